/** The SDK's types promise strings and check nothing: a null, a number or an empty string stands for a field without a value. */
export function textOf(field: unknown): string | undefined {
  return typeof field === 'string' && field !== '' ? field : undefined;
}
