import type { ProviderId } from './provider.ts';
import type { ProviderErrorCode } from './errors.ts';

export type IssueCode = ProviderErrorCode | 'intercepted' | 'internal';

/** Something that could not be seen. Never a pass: it stands in the report as a row of its own. */
export interface ScanIssue {
  readonly code: IssueCode;
  /** One line, without secrets, already cut. */
  readonly message: string;
  readonly provider?: ProviderId;
  readonly account?: string;
  readonly location?: string;
  readonly clusterId?: string;
}
