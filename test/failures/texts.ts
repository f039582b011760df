/** A whole message in which something is not known before: what is given as text is meant to the letter. */
export function message(...parts: readonly (string | RegExp)[]): RegExp {
  const sources = parts.map((part) => (typeof part === 'string' ? escaped(part) : part.source));
  return new RegExp(`^${sources.join('')}$`, 's');
}

/** How a name is told that DNS does not know: whether it answers or not depends on the machine. */
export const notInDns = / was not found in DNS(?: \(ENOTFOUND\)|, which does not answer \(EAI_AGAIN\))/;

/** The same as a template: a RegExp in it stands for what is not known before. */
export function like(texts: TemplateStringsArray, ...values: (string | RegExp)[]): RegExp {
  return message(...texts.flatMap((text, i) => [text, values[i] ?? '']));
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
