/** One error that `pg_restore` reported. */
export interface RestoreError {
  /** The entry of the archive that it belongs to, with its owner: `TABLE mdl_course moodle`. */
  entry: string;
  message: string;
  /** The statement that the server refused, if it was one. */
  statement: string;
}

/** What `pg_restore --verbose` is at: `processing data for table "public.mdl_course"`. */
export function entryOf(line: string): string | undefined {
  return /^pg_restore: ((?:creating|processing|executing) .*)$/.exec(line)?.[1];
}

/** The error of servers before 17, which do not know this parameter: nothing else is wrong. In any language it is named. */
export function isHarmless({ message, statement }: RestoreError): boolean {
  return statement === 'SET transaction_timeout = 0;' && message.includes('transaction_timeout');
}

/**
 * Picks the errors out of what `pg_restore --verbose` writes. An error spans lines: the entry, the server's message,
 * then the statement.
 * @param onError is given each error when it is complete, and its lines
 */
export function collectErrors(onError: (error: RestoreError, lines: readonly string[]) => void = () => {}): {
  take(line: string): void;
  /** The errors so far, and how many `pg_restore` itself has counted. */
  result(): { found: RestoreError[]; ignored: number };
} {
  const found: RestoreError[] = [];
  let entry = '';
  let ignored = 0;
  let open: { error: RestoreError; part: 'message' | 'statement'; lines: string[] } | undefined;

  const close = (): void => {
    const closed = open;
    open = undefined;
    if (closed) onError(closed.error, closed.lines);
  };
  const begin = (line: string, words: string): void => {
    const message = words.replace(/^could not execute query: (ERROR: +)?/, '');
    const error = { entry, message, statement: '' };
    found.push(error);
    open = { error, part: 'message', lines: [line] };
  };
  return {
    take(line) {
      const said = /^pg_restore: (?:(error|warning|detail|hint): )?(.*)$/s.exec(line);
      if (said) {
        close();
        const [, level, words = ''] = said;
        if (entryOf(line) !== undefined) entry = '';
        entry = /^from TOC entry \d+; \d+ \d+ (.*)$/.exec(words)?.[1] ?? entry;
        ignored = Number(/^errors ignored on restore: (\d+)$/.exec(words)?.[1] ?? ignored);
        if (level === 'error') begin(line, words);
      } else if (open && line !== '') {
        open.lines.push(line);
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

const shownStatement = 200;

/** Statements with a password in them, possibly: those of foreign servers, their users, and subscriptions. */
const secretive = /^(CREATE|ALTER) (USER MAPPING|SUBSCRIPTION|SERVER|FOREIGN) /;
const notShown = '(its statement is not shown, since a password may stand in it)';

/** Whether the statement of an error must not be shown. */
export function isSecretive({ statement }: RestoreError): boolean {
  return secretive.test(statement);
}

/** An error in a few lines: the entry, the server's message, and the beginning of the statement. */
export function describeError(error: RestoreError): string {
  const { entry, message, statement } = error;
  const short = statement.length > shownStatement ? `${statement.slice(0, shownStatement)}…` : statement;
  return [
    `${entry === '' ? '' : `${entry.trimEnd()}: `}${message}`,
    ...(isSecretive(error) ? [notShown] : short === '' ? [] : [short]),
  ].join('\n');
}
