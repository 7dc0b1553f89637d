/** Compares by one text after another, in code units: the same order on every machine, whatever its language. */
export function byTexts<T>(textsOf: (item: T) => readonly string[]): (a: T, b: T) => number {
  return (a, b) => {
    const [one, other] = [textsOf(a).join('\0'), textsOf(b).join('\0')];
    return one === other ? 0 : one < other ? -1 : 1;
  };
}
