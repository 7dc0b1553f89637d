/** Why a cloud could not be read. Closed, so that every reader can switch over it. */
export type ProviderErrorCode =
  | 'unauthenticated'
  | 'forbidden'
  | 'throttled'
  | 'unreachable'
  | 'timeout'
  | 'malformed'
  | 'unsupported';

/** Bad input of the user: one line that names the field and the fix. Exit code 2, nothing written. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * What an adapter throws, and the only thing: the SDK's own errors are translated at the adapter's edge.
 * `message` is one line without any secret; the SDK's error is kept as `cause` and never printed.
 */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly code: ProviderErrorCode;

  constructor(code: ProviderErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
