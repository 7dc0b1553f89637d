import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/cli/config-parser.ts';

const parse = (text: string) => parseConfig(text, 'kubeperimeter.yaml');

describe('parseConfig', () => {
  it('reads lists, single values and switches by the names of the options', () => {
    const raw = parse(
      'provider: [eks, gke]\naws-region: eu-west-1\ninside: true\nno-probe: false\nconfirm-after: 20\n',
    );
    expect(raw.get('provider')?.values).toEqual(['eks', 'gke']);
    expect(raw.get('aws-region')).toEqual({ values: ['eu-west-1'], source: 'kubeperimeter.yaml:2: aws-region' });
    expect(raw.get('inside')?.values).toEqual(['true']);
    expect(raw.get('no-probe')?.values).toEqual([]);
    expect(raw.get('confirm-after')?.values).toEqual(['20']);
  });

  it('takes an empty file', () => {
    expect(parse('# nothing yet\n').size).toBe(0);
  });

  it.each([
    ['unknown key', 'provider: eks\nawsregion: x\n', 'kubeperimeter.yaml:2: awsregion: unknown key'],
    ['not a map', '- eks\n', 'expected keys and values'],
    ['broken YAML', 'provider: [eks\nfoo: bar', /^kubeperimeter\.yaml:\d: /],
    ['a list where one value goes', 'vantage: [a, b]\n', 'kubeperimeter.yaml:1: vantage: takes one value, not a list'],
    ['a switch with text', '\ninside: maybe\n', 'kubeperimeter.yaml:2: inside: takes true or false'],
    ['a nested map', 'provider:\n  eks: true\n', 'kubeperimeter.yaml:1: provider: expected a text'],
    ['a key twice', 'inside: true\ninside: false\n', /^kubeperimeter\.yaml:2: /],
    ['the file naming another file', 'config: other.yaml\n', 'config: unknown key'],
  ])('refuses %s by line and key', (_, text, message) => {
    expect(() => parse(text)).toThrow(message);
  });
});
