import { asTemplate, type IsKnown } from './message-templates.ts';
import { messageParts, nameAtCaret } from './server-message.ts';
import { errorSeverities } from './severities.ts';

/*
 * What of a server's message may be shown where others read it: never a value out of a row. A value may stand anywhere in a message,
 * as a plain word, too, where a function in C puts it, and the words around it may be in any language. So what is shown is what
 * is known to be the server's words, and names that are known from elsewhere.
 */

/** What is said where the server's words are none of those that are known. */
export const wordsNotShown =
  "the server refused it (its message is in the server's log, and not shown: it may contain values of rows)";

/**
 * One line of a message without what may be a value: by the template of the server's that it is made of.
 * @param isKnown whether a text is a name that is known from elsewhere
 * @param otherwise what is said where no template fits
 */
export function redactLine(line: string, isKnown: IsKnown, otherwise = wordsNotShown): string {
  return asTemplate(line, isKnown)?.toWellFormed() ?? otherwise;
}

/** Tells names that stand in a text, each as a whole. */
export function namesIn(...texts: readonly string[]): IsKnown {
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

/** Whether a message is a function's own, which says what it likes. */
export function isOfFunction(context: readonly string[]): boolean {
  return context.some((line) => ownWords.test(line));
}

/** What is said where all of a message is a function's. */
export const wordsOfFunction =
  'a function that it calls failed (its message is not shown: it may contain values of rows)';

/** What is said where a message is so long that it is not kept as a whole. */
const tooLong = 'the server refused it (its message is too long to be shown without values of rows)';

/** What comes first: `COPY failed for table "t": `, which is pg_restore's, and how the server calls an error in its languages. */
const beginning = new RegExp(
  `^(?:COPY failed for table "(?:(?!": ).){1,300}": )?(?:(?:${errorSeverities}): {2})?`,
  'u',
);

/**
 * A server's message in a few lines without any value of a row.
 * @param known texts whose names may be shown: the entry of an archive, a statement
 * @param table whose rows are copied, if any are
 * @param isCut whether some of the message is missing: who raised it may have stood there
 */
export function redactValues(
  message: string,
  known: readonly string[],
  table?: string,
  isCut = false,
): string {
  const { first, detail, hint, context } = messageParts(message);
  const isKnown = namesIn(...known, pointedName(message, context));
  const [head = ''] = beginning.exec(first) ?? [];
  const isOwn = isCut || isOfFunction(context);
  const said = (): string => (isOwn ? wordsOfFunction : redactLine(first.slice(head.length), isKnown));
  const lines = [head + (isCut ? tooLong : said())];
  if (!isOwn) {
    const key = keyOf(detail, isKnown);
    if (key !== undefined) lines.push(`DETAIL:  ${key}`);
    const advised = asTemplate(hint, isKnown);
    if (advised !== undefined) lines.push(`HINT:  ${advised}`);
  }
  const place = context.map(placeInContext).find((one) => one !== undefined);
  if (place !== undefined) lines.push(place);
  const row =
    table === undefined ? undefined : context.findLast((line) => line.startsWith(`COPY ${table}, `));
  const number = /^, \p{L}+ (\d+)/u.exec(row?.slice(`COPY ${table}`.length) ?? '')?.[1];
  if (number !== undefined) lines.push(`COPY ${table}, line ${number}`);
  return lines.join('\n');
}

const word = '(?:[\\p{L}_][\\p{L}\\p{N}_$]*|"[^"]{1,63}")';
const functionSignature = `(?:${word}\\.)?${word}\\([^()]{0,200}(?:\\([^()]{0,40}\\)[^()]{0,100}){0,9}\\)`;
const ofPlpgsql = new RegExp(
  `^PL/pgSQL function (?:inline_code_block|${functionSignature}) (?:line \\d+ at|line \\d+ during|during|while) [A-Za-z ,'/-]{1,60}$`,
  'u',
);
const ofSql = new RegExp(`^SQL function ${word} (?:statement \\d+|during (?:inlining|startup))$`, 'u');
const signatureAlone = new RegExp(`(?:^|\\s)(${functionSignature})`, 'u');

/**
 * A line of the context that tells of a function alone: `PL/pgSQL function public.f(integer) line 3 at RAISE`. In another language
 * only the function is shown.
 */
function placeInContext(line: string): string | undefined {
  if (line.length > 300) return undefined;
  if (ofPlpgsql.test(line) || ofSql.test(line)) return line;
  const named = /\bPL\/pgSQL\b/.test(line) ? signatureAlone.exec(line)?.[1] : undefined;
  return named === undefined ? undefined : `PL/pgSQL function ${named}`;
}

/**
 * The name that the server does not find in the text of a function, while it reads that. In a statement that a function puts
 * together it may be a value: then another line of the context comes first, or the function is at work already.
 */
function pointedName(message: string, context: readonly string[]): string {
  const [innermost = ''] = context;
  const isAtWork = /\bPL\/pgSQL\b/.test(innermost)
    ? /\b(EXECUTE|OPEN|RETURN QUERY)\b/.test(innermost)
    : !/SQL[^"„«»“「]*["„«»“「]\s?[\p{L}_][\p{L}\p{N}_$]*\s?["“»«”」]\P{N}+$/u.test(innermost);
  if (isAtWork) return '';
  return /^[\p{L}_][\p{L}\p{N}_$.]*/u.exec(nameAtCaret(message) ?? '')?.[0] ?? '';
}

/** `Key (email)=(…) is duplicated.` Columns are shown as far as they are known. */
function keyOf(detail: string, isKnown: IsKnown): string | undefined {
  const columns = /^\p{L}+ [»"„«]?\((.{1,500}?)\)=\(/u.exec(detail)?.[1];
  if (columns === undefined) return undefined;
  const all = columns.match(/[\p{L}\p{N}_$]+/gu) ?? [];
  const end = [' is duplicated.', ' already exists.'].find((one) => detail.endsWith(`)${one}`)) ?? '';
  return `Key (${all.length > 0 && all.every(isKnown) ? columns : '…'})=(…)${end}`;
}
