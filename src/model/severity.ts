/** Worst first; the order is the contract's. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;

export type Severity = (typeof severities)[number];

/** Below zero when `a` is worse than `b`: sorts worst first. */
export function compareSeverity(a: Severity, b: Severity): number {
  return severities.indexOf(a) - severities.indexOf(b);
}

/** The milder of the two: caps a severity, as for a stopped cluster. */
export function capSeverity(severity: Severity, cap: Severity): Severity {
  return compareSeverity(severity, cap) < 0 ? cap : severity;
}
