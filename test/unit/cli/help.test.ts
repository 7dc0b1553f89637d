import { describe, expect, test } from 'vitest';
import { createProgram } from '../../../src/cli/main.ts';

const program = createProgram(() => {});

describe.each([program, ...program.commands].map((command) => [command.name(), command] as const))(
  '%s --help',
  (_name, command) => {
    test('fits a terminal of 80 columns', () => {
      const lines = command.configureHelp({ helpWidth: 80 }).helpInformation().split('\n');
      expect(lines.filter((line) => line.length > 80)).toEqual([]);
    });

    test('says what each option does before what it is by default', () => {
      const helps = command.options.map(({ description }) => description);
      expect(helps.filter((help) => !/^[a-z]/.test(help) || help.startsWith('default'))).toEqual([]);
    });
  },
);
