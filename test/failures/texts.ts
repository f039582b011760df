/** A whole message in which something is not known before: what is given as text is meant to the letter. */
export function message(...parts: readonly (string | RegExp)[]): RegExp {
  const sources = parts.map((part) => (typeof part === 'string' ? escaped(part) : part.source));
  return new RegExp(`^${sources.join('')}$`, 's');
}

/** How a name is told that DNS does not know: whether it answers or not depends on the machine. */
export const notInDns = / cannot be found in DNS(?: \(ENOTFOUND\)|, which does not answer \(EAI_AGAIN\))/;

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
