import { partsOf, pointedAt } from './server-message.ts';

/*
 * What of a server's message may be shown where others read it: never a value out of a row. A value may stand anywhere in a message,
 * with quotes, brackets and newlines of its own, and the words around it may be in any language. So what is shown is what must be
 * words or names of the server's, and the rest is left out.
 */

/** Quotation marks of the languages that the server speaks. An apostrophe may be part of a word. */
const opening = '"„«»“”「『‘';
const closing = '"“”»«」』’';

/** A message's first line is cut here, in characters; one of the server's with its names is shorter. */
const longestLine = 1_000;

const name = `[${opening}] ?[^${opening}${closing}]{1,63} ?[${closing}]`;

/** What is in the server's messages, in English, whose quoted parts are always names and whose numbers are sizes. */
const templates = [
  `new row for relation ${name} violates (check|partition) constraint( ${name})?`,
  `new row violates row-level security policy( ${name})? for table ${name}`,
  `duplicate key value violates unique constraint ${name}`,
  `conflicting key value violates exclusion constraint ${name}`,
  `(insert or )?update (or delete )?on table ${name} violates foreign key constraint ${name}( on table ${name})?`,
  `null value in column ${name}( of relation ${name})? violates not-null constraint`,
  `value for domain [^:]{1,200} violates check constraint ${name}`,
  `(check|partition) constraint ${name} of relation ${name} is violated by some row`,
  `partition constraint of relation ${name} is violated by some row`,
  `updated partition constraint for default partition ${name} would be violated by some row`,
  `column ${name} of (relation|table) ${name} contains null values`,
  `could not create (unique index|exclusion constraint) ${name}`,
  `no partition of relation ${name} found for row`,
  `missing data for column ${name}`,
  `index row size \\d+ exceeds [a-z ]+\\d*[a-z ]+\\d+ for index ${name}`,
  'index row requires \\d+ bytes, maximum size is \\d+',
  'value too long for type [a-z ]+\\(\\d+\\)',
  'bit string length \\d+ does not match type bit\\(\\d+\\)',
  `permission denied for [a-z- ]+ ${name}`,
  `could not [a-z]+ [a-z ]*(file|segment|directory|log) ${name}: (No space left on device|Disk quota exceeded|Input/output error)`,
  'invalid memory alloc request size \\d+',
  `(invalid page in block|missing chunk number|unexpected chunk number) \\d+ [a-z ()0-9]*(${name}|pg_toast_\\d+)`,
  `unrecognized configuration parameter ${name}`,
].map((words) => new RegExp(`^${words}$`, 'u'));

/**
 * One line of a message without what may be a value: text in quotes that is no known name, what comes after a colon, and what has a
 * digit in it.
 * @param isKnown whether a text is a name that is known from elsewhere
 */
export function lineWithoutValues(line: string, isKnown: (name: string) => boolean): string {
  const short = line.slice(0, longestLine).toWellFormed();
  if (templates.some((template) => template.test(short))) return short;
  const colon = /[:：](?=\s|[\p{Ps}\p{Pi}\p{Pf}"'])/u.exec(short);
  const head = colon ? short.slice(0, colon.index + 1) : short;
  const unquoted = head.replace(/(^|\s)'.*'/, '$1…');
  return `${withoutQuoted(unquoted, isKnown)}${colon ? ' …' : ''}`;
}

function withoutQuoted(text: string, isKnown: (name: string) => boolean): string {
  let shown = '';
  let rest = text;
  for (;;) {
    const start = indexOfAny(rest, opening);
    if (start < 0) return shown + withoutNumbers(rest, isKnown);
    const end = indexOfAny(rest, closing, start + 1);
    const inside = end < 0 ? '' : rest.slice(start + 1, end).trim();
    if (end >= 0 && isKnown(inside)) {
      shown += withoutNumbers(rest.slice(0, start), isKnown) + rest.slice(start, end + 1);
      rest = rest.slice(end + 1);
      continue;
    }
    // A value may have quotes in it: it ends with the last one there is.
    const last = lastIndexOfAny(rest, closing);
    const after = last > start ? rest.slice(last + 1) : '';
    return `${shown}${withoutNumbers(rest.slice(0, start), isKnown)}…${withoutNumbers(after, isKnown)}`;
  }
}

function withoutNumbers(text: string, isKnown: (name: string) => boolean): string {
  return text.replace(/\S+/g, (word) => (/[\p{N}@]/u.test(word) && !isKnown(word) ? '…' : word));
}

function indexOfAny(text: string, characters: string, from = 0): number {
  for (let index = from; index < text.length; index++)
    if (characters.includes(text[index] ?? '')) return index;
  return -1;
}

function lastIndexOfAny(text: string, characters: string): number {
  for (let index = text.length - 1; index >= 0; index--)
    if (characters.includes(text[index] ?? '')) return index;
  return -1;
}

/** Tells names that stand in a text, each as a whole. */
export function namesIn(...texts: readonly string[]): (name: string) => boolean {
  return (wanted) =>
    wanted !== '' &&
    texts.some((text) => {
      for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
        const around = [text[at - 1] ?? ' ', text[at + wanted.length] ?? ' '];
        if (!around.some((character) => /[\p{L}\p{N}_$-]/u.test(character))) return true;
      }
      return false;
    });
}

/** How an error of a function in PL/pgSQL that says what it likes is called, in any language, and those of other languages. */
const ownWords = /\b(RAISE|ASSERT)\b|\bPL\/(?!pgSQL)|plv8|Traceback|^LINE \d/i;

/** What is said where all of a message is a function's. */
export const wordsOfFunction =
  'a function that it calls refuses (its words are not shown, since values of rows may stand in them)';

/** Whether a line of the context tells of a function alone: `PL/pgSQL function public.f(integer) line 3 at RAISE`. */
function isPlace(line: string): boolean {
  if (line.length > 300 || line.includes(':')) return false;
  const quoted = indexOfAny(line, opening);
  if (quoted < 0) return /\bPL\/pgSQL\b/.test(line);
  // `SQL function "f" during startup`, but not `SQL statement "SELECT …"`
  return (
    /SQL/.test(line) && /^.\s?[\p{L}_][\p{L}\p{N}_$]*\s?[^\p{L}\p{N}\s]\P{P}*$/u.test(line.slice(quoted))
  );
}

/** What is said where a message is so long that it is not kept as a whole. */
const tooLong = 'the server refuses (its message is too long to be shown without values of rows)';

/**
 * A server's message in a few lines without any value of a row.
 * @param known texts whose names may be shown: the entry of an archive, a statement
 * @param table whose rows are copied, if any are
 * @param isCut whether some of the message is missing: who raised it may have stood there
 */
export function withoutValues(
  message: string,
  known: readonly string[],
  table?: string,
  isCut = false,
): string {
  const { first, detail, hint, context } = partsOf(message);
  const isKnown = namesIn(...known, pointedName(message, context));
  const [beginning] = /^(?:COPY failed for table ".*?": )?(?:[\p{Lu}\p{Lo}]{2,20}: {2})?/u.exec(first) ?? [
    '',
  ];
  const isOfFunction = isCut || context.some((line) => ownWords.test(line));
  const lines = [
    beginning +
      (isCut
        ? tooLong
        : isOfFunction
          ? wordsOfFunction
          : lineWithoutValues(first.slice(beginning.length), isKnown)),
  ];
  const key = isOfFunction ? undefined : keyOf(detail, isKnown);
  if (key !== undefined) lines.push(`DETAIL:  ${key}`);
  if (hint !== '' && !isOfFunction) lines.push(`HINT:  ${lineWithoutValues(hint, isKnown)}`);
  const place = context.find(isPlace);
  if (place !== undefined) lines.push(place);
  const row =
    table === undefined ? undefined : context.findLast((line) => line.startsWith(`COPY ${table}, `));
  const number = /^, \p{L}+ \d+/u.exec(row?.slice(`COPY ${table}`.length) ?? '')?.[0];
  if (number !== undefined) lines.push(`COPY ${table}${number}`);
  return lines.join('\n');
}

/** The name that the server does not find in the text of a function. In a statement that the function puts together it may be a value. */
function pointedName(message: string, context: readonly string[]): string {
  if (context.some((line) => /\b(EXECUTE|OPEN|RETURN QUERY)\b/.test(line))) return '';
  return /^[\p{L}_][\p{L}\p{N}_$.]*/u.exec(pointedAt(message) ?? '')?.[0] ?? '';
}

/** `Key (email)=(…) is duplicated.` Columns are shown as far as they are known. */
function keyOf(detail: string, isKnown: (name: string) => boolean): string | undefined {
  const [, word = '', columns = ''] = /^(\p{L}+ )[»"„«]?\((.{1,500}?)\)=\(/u.exec(detail) ?? [];
  if (columns === '') return undefined;
  const all = columns.match(/[\p{L}\p{N}_$]+/gu) ?? [];
  const end = [' is duplicated.', ' already exists.'].find((one) => detail.endsWith(`)${one}`)) ?? '';
  return `${word}(${all.every(isKnown) ? columns : '…'})=(…)${end}`;
}
