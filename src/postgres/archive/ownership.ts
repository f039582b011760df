import type { Definition } from './definitions.ts';
import { isPlain, isWord, statementsOf, type Token } from './statements.ts';

/** How `GRANT` calls what `ALTER … OWNER TO` calls otherwise; nothing can be granted on what is not here. */
const grantable: Readonly<Record<string, string>> = {
  TABLE: 'TABLE',
  VIEW: 'TABLE',
  'MATERIALIZED VIEW': 'TABLE',
  'FOREIGN TABLE': 'TABLE',
  SEQUENCE: 'SEQUENCE',
  FUNCTION: 'FUNCTION',
  PROCEDURE: 'PROCEDURE',
  AGGREGATE: 'FUNCTION',
  SCHEMA: 'SCHEMA',
  TYPE: 'TYPE',
  DOMAIN: 'DOMAIN',
  LANGUAGE: 'LANGUAGE',
  'PROCEDURAL LANGUAGE': 'LANGUAGE',
  'FOREIGN DATA WRAPPER': 'FOREIGN DATA WRAPPER',
  SERVER: 'FOREIGN SERVER',
};

/** Whether the SQL of an entry says whom the object belongs to: `ALTER TABLE public.t OWNER TO shop;` */
export function givesOwner(sql: string): boolean {
  return (
    sql.includes(' OWNER TO ') &&
    sql.split('\n').some((line) => line.endsWith(';') && line.includes(' OWNER TO '))
  );
}

/** Whom an object belongs to, and how `GRANT` names it; undefined if nothing can be granted on it. */
export function ownership(
  definition: Definition | undefined,
): { owner: string; object: string | undefined } | undefined {
  if (!definition?.sql.includes(' OWNER TO ')) return undefined;
  const statement = statementsOf(definition.sql).find(
    (tokens) => isWord(tokens[0], 'ALTER') && isWord(tokens.at(-3), 'OWNER') && isWord(tokens.at(-2), 'TO'),
  );
  const [owner, end] = [statement?.at(-1), statement?.at(-3)];
  if (!statement || !owner || !end) return undefined;
  const kinds = wordsAfter(statement);
  const name = statement[1 + kinds.length];
  const kind = grantable[kinds.join(' ')];
  if (kind === undefined || !name) return { owner: owner.value, object: undefined };
  // Of an ordered aggregate, the two lists of arguments are one.
  const called = definition.sql
    .slice(name.from, end.from)
    .trim()
    .replace(/ ORDER BY /, ', ');
  const object = `${kind} ${called}`;
  return { owner: owner.value, object: isPlain(object) ? object : undefined };
}

/**
 * How the catalog itself names what `GRANT` is for: a function with its arguments by their types alone; otherwise as the archive does.
 * @param object as `ownership` has it
 */
export function signatureOf({ name: called }: Definition, object: string): string {
  const [, kind, schema, name] =
    /^(\w+) ("(?:[^"]|"")*"|[^\s".(]+)\.("(?:[^"]|"")*"|[^\s".(]+)\(/.exec(object) ?? [];
  if (kind === undefined || schema === undefined || name === undefined) return object;
  const plain = name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
  const types = called.slice(plain.length);
  const isWhole = called.startsWith(`${plain}(`) && !/[\n\r]/.test(types);
  // `GRANT` calls every aggregate a function, which has no star for no arguments.
  return isWhole
    ? `${kind} ${schema}.${name}${types === '(*)' ? '()' : types}`
    : object.replace(/\(\*\)$/, '()');
}

/** The longest kind of object that the words after `ALTER` name. */
function wordsAfter([, ...rest]: readonly Token[]): string[] {
  const words = rest.slice(0, 3).map(({ value }) => value.toUpperCase());
  return (
    [3, 2, 1].map((length) => words.slice(0, length)).find((some) => some.join(' ') in grantable) ??
    words.slice(0, 1)
  );
}
