import { isOfFunction } from '../../errors/redact-values.ts';
import { messageParts, nameAtCaret, searchablePart } from '../../errors/server-message.ts';
import { literal, toPaste } from '../../session/sql-text.ts';
import type { RestoreError } from './messages.ts';

/*
 * What goes wrong in functions that a restore calls: those of generated columns, checks, domains, partition keys, indexes and
 * materialized views. The server's words may be in any language; the labels LINE, QUERY and CONTEXT, and the pointing
 * finger, are libpq's, which LC_ALL keeps English.
 * https://github.com/postgres/postgres/blob/master/src/interfaces/libpq/fe-protocol3.c (pqBuildErrorMessage3)
 */

const functionName = '(?:[\\p{L}_][\\p{L}\\p{N}_$]*|"(?:[^"]|"")+")';
const signature = new RegExp(`(${functionName})\\.${functionName}\\([^()]*(?:\\([^()]*\\)[^()]*)*\\)`, 'u');
const quotes = '"„«»“”「」';

/** How the server says it, in English, where it cannot point at the name, as in dynamic SQL or a cast to `regclass`. */
const notFound =
  /(^|: +)(function|relation|type|operator|schema|collation|text search \w+) [^\n]* does not exist(\n|$)/;

/** Where to look if nothing can be changed in the original any more. */
export const withoutOriginalHint =
  'If the original is gone, section "A backup that needs a change" of docs/restore.md has the commands that restore this one.';

/** What to do about an error inside of a function, or about a check; undefined if it is neither. */
export function adviceOnFunctions({ entry, message: whole }: RestoreError): string | undefined {
  const message = searchablePart(whole);
  const violated = violatedCheck(message);
  if (violated !== undefined && /^TABLE DATA /.test(entry)) return adviceOnCheck(message, violated);
  const { context } = messageParts(message);
  const pointed = nameAtCaret(message);
  if (pointed === undefined && !(context.some(isFunction) && notFound.test(message))) return undefined;
  if (pointed !== undefined && new RegExp(`^${functionName}\\s*\\.`, 'u').test(pointed)) {
    return 'A function that is called here cannot find what it names: a table that is restored later, or something that this version of an extension lacks. If a column is generated from another table, make it a plain one in the original (ALTER TABLE … ALTER … DROP EXPRESSION) that a trigger fills, then make a new backup.';
  }
  return (
    'The rows are fine. A function that is called here names something without its schema, and pg_restore works with an empty search_path. In the original database, give the function a search_path with all schemas that it needs, then make a new backup' +
    `${settingSearchPath(context)}\n${withoutOriginalHint}`
  );
}

/** The name of a check that a row is refused by. In any language the table is named first, and the check then. */
function violatedCheck(message: string): string | undefined {
  const { first, detail, context } = messageParts(message);
  if (isOfFunction(context)) return undefined;
  const english =
    /(?:^|: +)(?:new row for relation ".*"|value for domain [^:]*) violates check constraint "(.*)"$/s.exec(
      first,
    )?.[1];
  if (english !== undefined) return english;
  // Of a row it tells more; what else is in quotes may be a value.
  if (detail === '') return undefined;
  const [, table, said = ''] = /^COPY failed for table "(.*?)": (.*)/s.exec(first) ?? [];
  const names = Array.from(
    said.matchAll(new RegExp(`[${quotes}] ?([^${quotes}]+?) ?[${quotes}]`, 'g')),
    ([, name]) => name,
  );
  return names.length === 2 && names[0] === table ? names[1] : undefined;
}

function adviceOnCheck(message: string, name: string): string {
  const add = 'ADD CONSTRAINT %2$I %3$s NOT VALID;';
  const [type, host, format, from] = /value for domain /.test(message)
    ? [
        'contypid::regtype',
        'DOMAIN',
        'sql',
        // Two statements, each a row and so a line of its own.
        `pg_constraint, (VALUES ('ALTER DOMAIN %1$s DROP CONSTRAINT %2$I;'), ('ALTER DOMAIN %1$s ${add}')) AS s(sql)`,
      ]
    : ['conrelid::regclass', 'TABLE', `'ALTER TABLE %1$s DROP CONSTRAINT %2$I, ${add}'`, 'pg_constraint'];
  const query = `SELECT format(${format}, ${type}, conname, pg_get_constraintdef(oid)) FROM ${from} WHERE contype = 'c' AND coninhcount = 0 AND conname = ${literal(name)};`;
  return (
    'The rows are fine. This check depends on more than the row, such as another table, which may still be empty. Declared NOT VALID, it is restored after all rows, and still checks new ones; or use a trigger. In the original database, this query writes the ALTER ' +
    `${host} for that; run what it writes, then make a new backup:\n${toPaste(query)}\n${withoutOriginalHint}`
  );
}

/**
 * What gives the innermost function of the context a search_path, after words that lead to it: its ALTER; or, where it is named without its
 * schema, as those in SQL are, and those in PL/pgSQL while they are compiled, a query that writes it for each function of that name.
 */
function settingSearchPath(context: readonly string[]): string {
  const line = context.find(isFunction) ?? '';
  const [whole, schema = ''] = signature.exec(line) ?? [];
  const name = nameIn(line);
  if (whole !== undefined) {
    const more = schema === 'public' ? '' : `${schema}, `;
    return `:\n${toPaste(`ALTER FUNCTION ${whole} SET search_path = ${more}public;`)}`;
  }
  if (name === undefined) return ' (ALTER FUNCTION … SET search_path = …).';
  const query =
    "SELECT format('ALTER FUNCTION %s SET search_path = %s;', p.oid::regprocedure, concat_ws(', ', quote_ident(nullif(nspname, 'public')), 'public')) " +
    `FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = pronamespace WHERE proname = ${literal(name)} AND nspname <> 'pg_catalog';`;
  return `. This query writes the ALTER FUNCTION for that; run what it writes:\n${toPaste(query)}`;
}

/** Whether a line of the context is of a function, and not of a statement in one, or of a row. */
function isFunction(line: string): boolean {
  const match = signature.exec(line);
  if (match && !new RegExp(`[${quotes}]`).test(line.slice(0, match.index))) return !/^COPY /.test(line);
  return !/^COPY /.test(line) && nameIn(line) !== undefined;
}

/** `sl`, of `SQL function "sl" during inlining`. */
function nameIn(line: string): string | undefined {
  const name = new RegExp(
    `^[^${quotes}]*(?:SQL|PL/)[^${quotes}]*[${quotes}] ?([^${quotes}]+?) ?[${quotes}]`,
  ).exec(line)?.[1];
  return name === undefined || /^(SELECT|INSERT|UPDATE|DELETE|WITH|VALUES)\b|[\s;()]/i.test(name)
    ? undefined
    : name;
}
