/** Compares by one text after another, in code units: the same order on every machine, whatever its language. */
export function byTexts<T>(textsOf: (item: T) => readonly string[]): (a: T, b: T) => number {
  return (a, b) => {
    const others = textsOf(b);
    for (const [index, text] of textsOf(a).entries()) {
      const other = others[index] ?? '';
      if (text !== other) return text < other ? -1 : 1;
    }
    return 0;
  };
}
