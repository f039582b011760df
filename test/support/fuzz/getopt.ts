import type { KnownOption } from '../../../src/postgres/client/known-options.ts';

/** What a program makes of its arguments: options by their whole names, or that it refuses them. */
export type Understood = { options: { long: string; value?: string }[] } | { refused: string };

/**
 * How PostgreSQL's programs read their arguments, by `getopt_long` of the C library: a long option may be cut as long as one only
 * fits, a whole name wins; short ones stand together, and the first that takes a value takes the rest.
 * https://www.gnu.org/software/libc/manual/html_node/Getopt-Long-Options.html
 */
export function getoptLong(known: readonly KnownOption[], words: readonly string[]): Understood {
  const options: { long: string; value?: string }[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === '--') break;
    if (word.startsWith('--')) {
      const [, name = '', value] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
      const fitting = known.filter(({ long }) => long.startsWith(name));
      const option =
        known.find(({ long }) => long === name) ?? (fitting.length === 1 ? fitting[0] : undefined);
      if (!option) return { refused: fitting.length === 0 ? 'unrecognized' : 'ambiguous' };
      if (!option.takesValue) {
        if (value !== undefined) return { refused: 'takes no value' };
        options.push({ long: option.long });
      } else {
        const given = value ?? words[++i];
        if (given === undefined) return { refused: 'lacks its value' };
        options.push({ long: option.long, value: given });
      }
    } else if (word.startsWith('-') && word !== '-') {
      for (let at = 1; at < word.length; at++) {
        const option = known.find(({ short }) => short === word[at]);
        if (!option) return { refused: 'unrecognized' };
        if (!option.takesValue) {
          options.push({ long: option.long });
          continue;
        }
        const given = at + 1 < word.length ? word.slice(at + 1) : words[++i];
        if (given === undefined) return { refused: 'lacks its value' };
        options.push({ long: option.long, value: given });
        break;
      }
    }
  }
  return { options };
}
