/** One error that `pg_restore` reported. */
export interface RestoreError {
  /** The entry of the archive that it belongs to, with its owner: `TABLE mdl_course moodle`. */
  entry: string;
  message: string;
  /** The statement that the server refused, if it was one. */
  statement: string;
  /** Whether `pg_restore` or libpq said it, and not the server of a statement or of rows. */
  own?: true;
  /** Whether some of the message is left out, at least of the middle. */
  cut?: true;
  /** Whether the statement may be the end of the message: a value in that may have a line that looks like a statement's beginning. */
  ambiguous?: true;
  /** Whether the server has said something before it that is no error: a function may have put the error and its entry in there. */
  doubtful?: true;
}

/** What is kept of an error, in characters, of its statement, and of what its entry is called; of a longer message its last lines as well, which tell where it came from. */
const kept = { message: 8_000, line: 1_000, lastLines: 40, statement: 20_000, entry: 2_000 };

/** What `pg_restore --verbose` is at: `processing data for table "public.mdl_course"`. From 17 on it tells its first statement, too. */
export function entryOf(line: string): string | undefined {
  return /^pg_restore: ((?:creating|processing|executing) (?!SELECT ).*)$/s.exec(line)?.[1];
}

/** What `pg_restore` warns of, as far as that is of fixed words: in what looks like any other, a function may have said anything. */
export function isWarning(line: string): boolean {
  return warnings.some((words) => line === `pg_restore: warning: ${words}`);
}

/** https://github.com/postgres/postgres/blob/REL_18_STABLE/src/bin/pg_dump/pg_backup_archiver.c (pg_log_warning) */
const warnings = [
  'restoring tables WITH OIDS is not supported anymore',
  'archive was made on a machine with larger integers, some operations might fail',
  'invalid creation date in header',
];

/** What the server tells besides errors comes as it is, with its newlines: `pg_restore: WARNING:  x`, in any language. */
const serverNotice = /^(?!pg_restore: (?:error|detail|hint): ).*?\S: {2}/;

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
 *
 * Not every line that looks like an error is one: names stand in what `pg_restore` tells as they are, newlines included, and so do
 * warnings of functions. A name, of 63 bytes at most, has no room for an entry and the beginning of the error that follows it.
 * @param onError is given each error when it is complete, and whether no name can be what it is
 * @param several whether several sessions write at once: what one is at may stand between another's entry and its message
 */
export function collectErrors(
  onError: (error: RestoreError, certain: boolean) => void = () => {},
  several = false,
): {
  take(line: string): void;
  /** Whether what looks like a line of pg_restore may be one of a function. */
  isDoubtful(): boolean;
  /** The errors so far, and how many `pg_restore` itself has counted, if its last line tells. */
  result(): { found: RestoreError[]; ignored: number };
} {
  const found: RestoreError[] = [];
  let entry = '';
  /** Whether the line before names an entry. */
  let isNamed = false;
  const named = new Set<string>();
  let ignored = 0;
  let doubtful = false;
  let open:
    | { error: RestoreError; part: 'message' | 'statement'; certain: boolean; end: string[] }
    | undefined;

  const close = (): void => {
    const closed = open;
    open = undefined;
    if (!closed) return;
    closed.error.message = [closed.error.message, ...closed.end].join('\n');
    if (several) entry = '';
    onError(closed.error, closed.certain);
  };
  /** Where several sessions write, another error may have come between the entry and this one; but rows name their table. */
  const entryOfRows = (message: string): string | undefined => {
    const table = several ? /^COPY failed for table "(.*?)": /s.exec(message)?.[1] : undefined;
    return table === undefined ? undefined : [...named].find((one) => one.startsWith(`TABLE DATA ${table} `));
  };
  const begin = (words: string): void => {
    const isOwn = !/^(could not execute query: |COPY failed for table )/.test(words);
    const said = words.replace(/^could not execute query: (ERROR: +)?/, '');
    const message = said.slice(0, kept.message);
    const error: RestoreError = { entry: entryOfRows(message) ?? entry, message, statement: '' };
    if (isOwn) error.own = true;
    if (message !== said) error.cut = true;
    if (doubtful) error.doubtful = true;
    if (found.length < mostErrors) found.push(error);
    open = { error, part: 'message', certain: isNamed && !isOwn, end: [] };
  };
  return {
    take(line) {
      const whole = several ? untangled(line) : line;
      const said = /^pg_restore: (?:(error|warning|detail|hint): )?(.*)$/s.exec(whole);
      if (line !== '') ignored = 0;
      if ((said || !open) && serverNotice.test(whole)) doubtful = true;
      if (said) {
        close();
        const [, level, words = ''] = said;
        if (!several && entryOf(line) !== undefined) entry = '';
        const newEntry = /^from TOC entry \d+; \d+ \d+ (.*)$/s.exec(words)?.[1]?.slice(0, kept.entry);
        entry = newEntry ?? entry;
        if (several) named.add(entry);
        ignored = Number(/^errors ignored on restore: (\d+)$/.exec(words)?.[1] ?? 0);
        if (level === 'error') begin(words);
        isNamed = newEntry !== undefined;
      } else if (open && line !== '') {
        const { error, part } = open;
        const beginsStatement = line.startsWith('Command was: ');
        if (part === 'statement') {
          if (beginsStatement) error.ambiguous = true;
          if (error.statement.length < kept.statement)
            error.statement += `\n${line}`.slice(0, kept.statement - error.statement.length);
        } else if (beginsStatement) {
          open.part = 'statement';
          error.statement = line.slice('Command was: '.length, kept.statement);
        } else if (open.end.length === 0 && error.message.length + line.length < kept.message)
          error.message += `\n${line}`;
        else {
          open.end.push(line.slice(0, kept.line));
          if (line.length > kept.line || open.end.length > kept.lastLines) error.cut = true;
          if (open.end.length > kept.lastLines) open.end.shift();
        }
      } else if (line !== '') isNamed = false;
    },
    isDoubtful: () => doubtful,
    result() {
      close();
      return { found, ignored };
    },
  };
}

/** More errors than these are told, but not kept. */
const mostErrors = 1_000;

/** pg_restore writes the beginning of a line in pieces, and what comes after it at once: pieces of other sessions may stand between. */
function untangled(line: string): string {
  const [beginning = ''] = /^(?: ?pg_restore: ?| ?(?:error|warning|detail|hint): ?)*/.exec(line) ?? [];
  const rest = line.slice(beginning.length).trimStart();
  const isError =
    /^(could not execute query: |COPY failed for table )/.test(rest) || /error: ?$/.test(beginning);
  const isOurs = beginning !== '' || isError || /^(while [A-Z ]+:$|from TOC entry \d+; )/.test(rest);
  return isOurs ? `pg_restore: ${isError ? 'error: ' : ''}${rest}` : line;
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? '';
}
