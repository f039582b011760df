/**
 * What a message of the server consists of, as libpq puts it together. The labels are libpq's own, which LC_ALL keeps English, whatever
 * language the server speaks.
 * https://github.com/postgres/postgres/blob/master/src/interfaces/libpq/fe-protocol3.c (pqBuildErrorMessage3)
 */
export interface ServerMessage {
  first: string;
  /** The first line of each; empty if there is none. */
  detail: string;
  hint: string;
  /** Where it happened, from within: the lines after the last label of that kind, since a value in what comes before may look like it. */
  context: string[];
}

/** Takes a message apart. */
export function messageParts(message: string): ServerMessage {
  const [first = '', ...lines] = message.split('\n');
  const after = (label: string): string =>
    lines.find((line) => line.startsWith(label))?.slice(label.length) ?? '';
  const last = lines.findLastIndex((line) => line.startsWith(labelOfContext));
  const [beginning = '', ...rest] = last < 0 ? [] : lines.slice(last);
  const context = last < 0 ? [] : [beginning.slice(labelOfContext.length), ...rest];
  return { first, detail: after('DETAIL:  '), hint: after('HINT:  '), context };
}

const labelOfContext = 'CONTEXT:  ';

/**
 * What the server points at in a statement of a function, and not of the archive: `unaccent(t))`. It does so where it does not
 * find a name, while it tries to understand the body.
 */
export function nameAtCaret(message: string): string | undefined {
  const lines = message.split('\n');
  if (!lines.some((line) => line.startsWith('QUERY:  '))) return undefined;
  const at = lines.findIndex(
    (line, index) => /^LINE \d+: /.test(line) && /^ *\^$/.test(lines[index + 1] ?? ''),
  );
  const [label = ''] = /^LINE \d+: /.exec(lines[at] ?? '') ?? [];
  const column = (lines[at + 1] ?? '').length - 1;
  return lines[at]?.slice(Math.max(label.length, column));
}

/** As much of a text as messages are told by, in characters. */
const mostLookedInto = 8_000;

/**
 * The beginning and the end of a message, by which it is told what it is about. Patterns with a gap in them take time that grows
 * with the square of a text, and anybody's function may say megabytes.
 */
export function searchablePart(message: string): string {
  if (message.length <= mostLookedInto) return message;
  const half = mostLookedInto / 2;
  return `${message.slice(0, half)}\n${message.slice(-half)}`;
}
