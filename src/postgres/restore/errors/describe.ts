import { shortened } from '../../../base/format.ts';
import { namesIn, redactLine, redactValues } from '../../errors/redact-values.ts';
import { messageParts } from '../../errors/server-message.ts';
import { holdsCredential } from '../../session/sql-text.ts';
import type { RestoreError } from './messages.ts';

/** How much of a statement is shown, and of a message that holds no value of a row, in characters. */
const longestShown = { statement: 200, line: 500, message: 2_000 };

/** Entries and statements with a password in them, possibly: those of foreign servers, their users, and subscriptions. */
const secretiveEntry = /^(USER MAPPING|SUBSCRIPTION|SERVER|FOREIGN|DATABASE PROPERTIES)\b/;
const secretive = /^\s*(CREATE|ALTER)\s+(USER\s+MAPPING|SUBSCRIPTION|SERVER|FOREIGN)\b/i;
const notShown = '(its statement is not shown, since a password may stand in it)';

/** Entries that are rows, or values of them, and statements that hold them. */
const rowEntries = /^(TABLE|STATISTICS) DATA /;
const holdsRows = /^\s*(INSERT|UPDATE|SELECT \* FROM pg_catalog\.pg_restore_)/i;

/**
 * Entries that are made before there is a row in the new database. What they call can have none to tell of: not even an event trigger,
 * which pg_dump has come last.
 */
const beforeRows =
  /^(ACCESS METHOD|AGGREGATE|CAST|COLLATION|CONVERSION|DATABASE|DEFAULT|DOMAIN|ENCODING|EXTENSION|FOREIGN (DATA WRAPPER|SERVER|TABLE)|FUNCTION|MATERIALIZED VIEW|OPERATOR( CLASS| FAMILY)?|PROCEDURAL LANGUAGE|PROCEDURE|SCHEMA|SEARCHPATH|SEQUENCE|SEQUENCE OWNED BY|SERVER|SHELL TYPE|STDSTRINGS|TABLE|TEXT SEARCH (CONFIGURATION|DICTIONARY|PARSER|TEMPLATE)|TRANSFORM|TYPE|USER MAPPING|VIEW) /;

/** Entries that are made later, whose statements look at no row; an event trigger may. */
const besideRows =
  /^(ACL|ACL LANGUAGE|BLOB METADATA|COMMENT|DATABASE PROPERTIES|DEFAULT ACL|EVENT TRIGGER|LARGE OBJECT|POLICY|PUBLICATION( TABLES? ?(IN SCHEMA)?)?|ROW SECURITY|RULE|SECURITY LABEL|STATISTICS|SUBSCRIPTION( TABLE)?|TRIGGER) /;

/** What looks like one of the above by its beginning, and is not. */
const onRows = /^(TABLE|MATERIALIZED VIEW|STATISTICS) DATA |^TABLE ATTACH |^SEQUENCE SET /;

/** Whether a message cannot hold a value of a row. */
function tellsNoRow({ entry, message, cut }: RestoreError): boolean {
  if (onRows.test(entry)) return false;
  if (beforeRows.test(entry)) return true;
  // Of a message that is cut, the beginning of the context may be missing.
  return besideRows.test(entry) && !cut && messageParts(message).context.length === 0;
}

/** Whether the statement of an error must not be shown, since a password may stand in it. */
function isSecretive({ entry, statement }: RestoreError): boolean {
  return secretiveEntry.test(entry) || secretive.test(statement) || holdsCredential(statement);
}

/**
 * An error in a few lines for a log that others may read: the entry, the server's message without any value of a row, and the
 * beginning of the statement.
 */
export function describeError(error: RestoreError): string {
  const { entry, message, statement, own, doubtful } = error;
  if (doubtful)
    return redactLine(
      messageParts(message).first.replace(/^COPY failed for table .*?": (?:ERROR: {2})?/, ''),
      () => false,
    );
  const head = entry === '' ? '' : `${entry.trimEnd()}: `;
  if (own) return head + inFull(message);
  const isRows =
    rowEntries.test(entry) || holdsRows.test(statement) || (error.ambiguous === true && !tellsNoRow(error));
  const isSecret = isSecretive(error);
  const known = isRows || isSecret ? [entry] : [entry, statement];
  if (isSecret) {
    // Later lines may quote the statement.
    const { first } = messageParts(message);
    return `${head}${tellsNoRow(error) ? shortened(first, longestShown.line) : redactLine(first, namesIn(...known))}\n${notShown}`;
  }
  const said = tellsNoRow(error) ? inFull(message) : redactValues(message, known, tableOf(error), error.cut);
  const short =
    statement.length > longestShown.statement ? `${statement.slice(0, longestShown.statement)}…` : statement;
  return [head + said, ...(short === '' || isRows ? [] : [short])].join('\n');
}

function inFull(message: string): string {
  const lines = message.split('\n').map((line) => shortened(line, longestShown.line));
  return shortened(lines.join('\n'), longestShown.message);
}

/** `COPY failed for table "t": …`; the context of the error names it, too. */
function tableOf({ entry, message }: RestoreError): string | undefined {
  const table = /^COPY failed for table "(.*?)": /s.exec(message)?.[1];
  return table !== undefined && entry.startsWith(`TABLE DATA ${table} `) ? table : undefined;
}
