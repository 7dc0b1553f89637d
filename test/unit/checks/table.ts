import { describe, expect, test } from 'vitest';
import type { Check, CheckContext, ClusterSubject, Verdict } from '../../../src/model/check.ts';
import type { Severity } from '../../../src/model/severity.ts';
import { fill } from '../../../src/lib/text.ts';

/** One line of a check's table. `says` is a part of the filled message. */
export interface Case<Subject> {
  readonly name: string;
  readonly subject: Subject;
  /** On an intercepted vantage. */
  readonly intercepted?: true;
  readonly status: Verdict['status'];
  readonly message?: string;
  readonly says?: string;
  readonly severity?: Severity;
  /** Facts that have to be among the evidence. */
  readonly evidence?: Readonly<Record<string, unknown>>;
}

const now = new Date('2026-01-01T00:00:00Z');

/** Runs a check's table, and sees to it that the table leaves out neither a message nor a pass. */
export function testCheck<Subject extends ClusterSubject>(check: Check, cases: readonly Case<Subject>[]): void {
  const evaluate = check.evaluate as (subject: Subject, context: CheckContext) => Verdict;
  describe(`the check ${check.meta.id}`, () => {
    test.each(cases)(
      '$name: $status',
      ({ subject, intercepted = false, status, message, says, severity, evidence }) => {
        const verdict = evaluate(subject, { now, intercepted });
        const told = 'message' in verdict ? verdict : undefined;
        expect({ status: verdict.status, message: told?.message, severity: told?.severity }).toEqual({
          status,
          message,
          severity,
        });
        const text = fill(check.meta.messages[told?.message ?? ''] ?? '', told?.values ?? {});
        expect(text, 'a message is filled whole, and ends in one full stop').not.toMatch(/\{\w+\}|\.\.$/);
        expect(text).toContain(says ?? '');
        expect(verdict.evidence ?? {}).toMatchObject(evidence ?? {});
      },
    );
    test('every message has a case', () => {
      const seen = new Set(cases.flatMap(({ message }) => message ?? []));
      expect([...seen].toSorted()).toEqual(Object.keys(check.meta.messages).toSorted());
    });
    test('a pass has a case', () => {
      expect(cases.map(({ status }) => status)).toContain('pass');
    });
  });
}
