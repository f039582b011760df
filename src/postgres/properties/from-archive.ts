import { isWord, statementsOf, type Token } from '../archive/statements.ts';
import { isQuotedList } from '../session/sql-text.ts';
import { grantsOf } from './grants-from-archive.ts';
import type { DatabaseProperties, Setting } from './read.ts';

/**
 * What belongs to a database as a whole, as the statements of an archive give it: those of the entries DATABASE, DATABASE
 * PROPERTIES, ACL and COMMENT.
 * https://github.com/postgres/postgres/blob/master/src/bin/pg_dump/pg_dump.c (dumpDatabase, dumpDatabaseConfig)
 */
export function parseDatabaseProperties(script: string): DatabaseProperties {
  const properties: DatabaseProperties = {
    owner: '',
    tablespace: 'pg_default',
    connectionLimit: -1,
    allowConnections: true,
    isTemplate: false,
    comment: null,
    settings: [],
    grants: null,
  };
  const rights: Token[][] = [];
  for (const statement of statementsOf(script)) {
    const [verb, kind, ...rest] = statement;
    if (isWord(verb, 'GRANT', 'REVOKE')) rights.push(statement);
    else if (isWord(verb, 'CREATE') && isWord(kind, 'DATABASE')) takeCreation(properties, rest);
    else if (isWord(verb, 'COMMENT') && isWord(rest[0], 'DATABASE'))
      properties.comment = statement.at(-1)?.value ?? null;
    else if (isWord(verb, 'ALTER') && isWord(kind, 'DATABASE')) takeChange(properties, rest.slice(1));
    else if (isWord(verb, 'ALTER') && isWord(kind, 'ROLE')) takeRoleSetting(properties.settings, rest);
  }
  if (rights.length > 0) properties.grants = grantsOf(rights, properties.owner);
  return properties;
}

/** `… WITH TEMPLATE = template0 ENCODING = 'UTF8' … TABLESPACE = fast` */
function takeCreation(properties: DatabaseProperties, rest: readonly Token[]): void {
  const place = rest.findIndex((token, index) => index > 0 && isWord(token, 'TABLESPACE'));
  const named = rest.slice(place + 1).find(({ kind }) => kind !== 'sign');
  if (place > 0 && named) properties.tablespace = named.value;
}

/** What follows `ALTER DATABASE name`. */
function takeChange(properties: DatabaseProperties, change: readonly Token[]): void {
  const [verb, second] = change;
  const value = change.at(-1)?.value ?? '';
  if (isWord(verb, 'OWNER')) properties.owner = value;
  else if (isWord(verb, 'CONNECTION') && isWord(second, 'LIMIT')) properties.connectionLimit = Number(value);
  else if (isWord(verb, 'IS_TEMPLATE')) properties.isTemplate = /^true$/i.test(value);
  else if (isWord(verb, 'SET')) takeSetting(properties.settings, null, change.slice(1));
}

/** What follows `ALTER ROLE`: `app IN DATABASE name SET work_mem TO '7MB'`. */
function takeRoleSetting(settings: Setting[], rest: readonly Token[]): void {
  const [role, within, database, , set, ...setting] = rest;
  if (role && isWord(within, 'IN') && isWord(database, 'DATABASE') && isWord(set, 'SET'))
    takeSetting(settings, role.value, setting);
}

/** `search_path TO 'public', 'a "b"'`; the server keeps such a list as one text, each element in quotes. */
function takeSetting(settings: Setting[], role: string | null, rest: readonly Token[]): void {
  const end = rest.findIndex((token) => isWord(token, 'TO'));
  const name = rest
    .slice(0, end)
    .map(({ value }) => value)
    .join('');
  const values = rest.slice(end + 1).flatMap(({ kind, value }) => (kind === 'text' ? [value] : []));
  settings.push({ role, name, value: keptAs(name, values) });
}

function keptAs(name: string, values: readonly string[]): string {
  if (!isQuotedList(name)) return values.join(', ');
  return values.map((value) => `"${value.replaceAll('"', '""')}"`).join(', ');
}
