/**
 * A pattern for the whole of a message: the text is meant to the letter, and a RegExp stands for what in it cannot be known
 * before, as a time.
 */
export function like(texts: TemplateStringsArray, ...values: (string | RegExp)[]): RegExp {
  const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const parts = texts.map((text, i) => {
    const value = values[i] ?? '';
    return escaped(text) + (value instanceof RegExp ? `(?:${value.source})` : escaped(value));
  });
  return new RegExp(`^${parts.join('')}$`, 's');
}
