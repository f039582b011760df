/** The same numbers from 0 up to 1 in every run, for cases that are many but never differ (mulberry32). */
export function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What somebody forgets to think of, each as likely as the other. */
const awkward = [
  ...[
    ' ',
    '  ',
    '%',
    '%41',
    '%zz',
    '+',
    "'",
    '"',
    '\\',
    '/',
    '|',
    '`',
    '=',
    ';',
    ':',
    '@',
    '#',
    '?',
    '&',
    '~',
  ],
  ...['\0', '\t', '\n', '\r\n', '\u001f', '\u007f', '\u0085', '\u00a0', '\u2028', '\ufeff', '\uffff'],
  ...['ä', 'ß', 'é', '中', 'の', '😀', '👩‍👧', '\ud800', '\udc00', 'a', 'Z', '0', '_', '-', '.', '..'],
];

/** Strings of up to `longest` parts, most of them awkward. */
export function awkwardStrings(count: number, longest: number, seed: number): string[] {
  const random = pseudoRandom(seed);
  const part = (): string => awkward[Math.floor(random() * awkward.length)] ?? '';
  return Array.from({ length: count }, () =>
    Array.from({ length: Math.floor(random() * (longest + 1)) }, part).join(''),
  );
}
