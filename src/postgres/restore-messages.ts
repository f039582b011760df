import { holdsCredential } from './secretive.ts';

/** One error that `pg_restore` reported. */
export interface RestoreError {
  /** The entry of the archive that it belongs to, with its owner: `TABLE mdl_course moodle`. */
  entry: string;
  message: string;
  /** The statement that the server refused, if it was one. */
  statement: string;
}

/** What `pg_restore --verbose` is at: `processing data for table "public.mdl_course"`. From 17 on it tells its first statement, too. */
export function entryOf(line: string): string | undefined {
  return /^pg_restore: ((?:creating|processing|executing) (?!SELECT ).*)$/.exec(line)?.[1];
}

/**
 * The error of servers before 17, which do not know this parameter: nothing else is wrong. In any language it is named. Message
 * and statement are never torn apart, since pg_restore writes them at once (seen with 17 and 18, 150 times by 9 sessions).
 * @param several whether several sessions write at once, so that the rest of another one's line may follow the statement
 */
export function isHarmless({ message, statement }: RestoreError, several = false): boolean {
  return (
    (several ? firstLine(statement) : statement) === 'SET transaction_timeout = 0;' &&
    /^[^\n]*["»„«“「]transaction_timeout["«“»」][^\n]*$/u.test(message)
  );
}

/**
 * Picks the errors out of what `pg_restore --verbose` writes. An error spans lines: the entry, the server's message,
 * then the statement.
 * @param onError is given each error when it is complete
 * @param several whether several sessions write at once: what one is at may stand between another's entry and its message
 */
export function collectErrors(
  onError: (error: RestoreError) => void = () => {},
  several = false,
): {
  take(line: string): void;
  /** The errors so far, and how many `pg_restore` itself has counted. */
  result(): { found: RestoreError[]; ignored: number };
} {
  const found: RestoreError[] = [];
  let entry = '';
  const named = new Set<string>();
  let ignored = 0;
  let open: { error: RestoreError; part: 'message' | 'statement' } | undefined;

  const close = (): void => {
    const closed = open;
    open = undefined;
    if (!closed) return;
    if (several) entry = '';
    onError(closed.error);
  };
  /** Where several sessions write, another error may have come between the entry and this one; but rows name their table. */
  const entryOfRows = (message: string): string | undefined => {
    const table = several ? /^COPY failed for table "(.*?)": /.exec(message)?.[1] : undefined;
    return table === undefined ? undefined : [...named].find((one) => one.startsWith(`TABLE DATA ${table} `));
  };
  const begin = (words: string): void => {
    const message = words.replace(/^could not execute query: (ERROR: +)?/, '');
    const error = { entry: entryOfRows(message) ?? entry, message, statement: '' };
    found.push(error);
    open = { error, part: 'message' };
  };
  return {
    take(line) {
      const whole = several ? untangled(line) : line;
      const said = /^pg_restore: (?:(error|warning|detail|hint): )?(.*)$/s.exec(whole);
      if (said) {
        close();
        const [, level, words = ''] = said;
        if (!several && entryOf(line) !== undefined) entry = '';
        entry = /^from TOC entry \d+; \d+ \d+ (.*)$/.exec(words)?.[1] ?? entry;
        if (several) named.add(entry);
        ignored = Number(/^errors ignored on restore: (\d+)$/.exec(words)?.[1] ?? ignored);
        if (level === 'error') begin(words);
      } else if (open && line !== '') {
        const { error, part } = open;
        if (part === 'message' && line.startsWith('Command was: ')) {
          open.part = 'statement';
          error.statement = line.slice('Command was: '.length);
        } else error[part] += `\n${line}`;
      }
    },
    result() {
      close();
      return { found, ignored };
    },
  };
}

/** pg_restore writes the beginning of a line in pieces, and what comes after it at once: pieces of other sessions may stand between. */
function untangled(line: string): string {
  const [beginning = ''] = /^(?: ?pg_restore: ?| ?(?:error|warning|detail|hint): ?)*/.exec(line) ?? [];
  const rest = line.slice(beginning.length).trimStart();
  const isError =
    /^(could not execute query: |COPY failed for table )/.test(rest) || /error: ?$/.test(beginning);
  const isOurs = beginning !== '' || isError || /^(while [A-Z ]+:$|from TOC entry \d+; )/.test(rest);
  return isOurs ? `pg_restore: ${isError ? 'error: ' : ''}${rest}` : line;
}

const shownStatement = 200;

/** Entries and statements with a password in them, possibly: those of foreign servers, their users, and subscriptions. */
const secretiveEntry = /^(USER MAPPING|SUBSCRIPTION|SERVER|FOREIGN|DATABASE PROPERTIES)\b/;
const secretive = /^\s*(CREATE|ALTER)\s+(USER\s+MAPPING|SUBSCRIPTION|SERVER|FOREIGN)\b/i;
const notShown = '(its statement is not shown, since a password may stand in it)';

/** Entries that are rows, or values of them: their statements hold them, if they are not copied, and so do the server's messages. */
const rows = /^(TABLE|STATISTICS) DATA /;

/** Whether the statement of an error must not be shown, since a password may stand in it. */
function isSecretive({ entry, statement }: RestoreError): boolean {
  return secretiveEntry.test(entry) || secretive.test(statement) || holdsCredential(statement);
}

/** An error in a few lines for a log that others may read: the entry, the server's message, and the beginning of the statement. */
export function describeError(error: RestoreError): string {
  const { entry, message, statement } = error;
  const head = entry === '' ? '' : `${entry.trimEnd()}: `;
  if (rows.test(entry)) return `${head}${messageAboutRows(message)}`;
  // Later lines may quote the statement.
  if (isSecretive(error)) return `${head}${firstLine(message)}\n${notShown}`;
  const short = statement.length > shownStatement ? `${statement.slice(0, shownStatement)}…` : statement;
  return [`${head}${withoutKeys(message)}`, ...(short === '' ? [] : [short])].join('\n');
}

/**
 * What is wrong with a row, and where it stands, but nothing of what is in it. The lines after the first differ with the
 * server's language; all may hold values.
 */
function messageAboutRows(message: string): string {
  const what = firstLine(message)
    .replace(/: ["'»„«“「].*$/u, ': …')
    .replace(/\bvalue ".*" (is|out)\b/, 'value … $1');
  const where = /^\S+\s+(COPY [^"]*?, \p{L}+ \d+)(?=[:,]|$)/mu.exec(restOf(message))?.[1];
  return where === undefined ? what : `${what}\n${where}`;
}

/** Without the values of a unique or foreign key: `Key (email)=(…) is duplicated.` A value may have lines and brackets in it. */
function withoutKeys(message: string): string {
  const start = message.search(/\)=\(|Failing row contains \(/);
  if (start < 0) return message;
  const [line = '', ...others] = message.slice(start).split('\n');
  const end = /\)([^()]*[.。])$/u.exec(line);
  const opening = line.startsWith(')=(') ? ')=(' : 'Failing row contains (';
  const kept = end ? `…)${end[1]}` : '…';
  const rest = end && others.length > 0 ? `\n${withoutKeys(others.join('\n'))}` : '';
  return `${message.slice(0, start)}${opening}${kept}${rest}`;
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? '';
}

function restOf(message: string): string {
  return message.slice(firstLine(message).length + 1);
}
