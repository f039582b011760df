import type { Definition } from '../archive/definitions.ts';
import type { Entry } from '../archive/table-of-contents.ts';
import { type Psql, runScript } from '../session/psql.ts';
import { identifier, literal } from '../session/sql-text.ts';

/** What an archive uses and does not make itself, or makes by an extension: each with the entries that use it. */
export interface RequiredPrivileges {
  /** In the order of the archive, with their schemas. */
  extensions: { name: string; schema: string | undefined }[];
  /** Foreign-data wrappers, for foreign servers. */
  wrappers: Map<string, Entry[]>;
  /** Languages, for functions and procedures. */
  languages: Map<string, Entry[]>;
  /** Schemas, for objects in them. */
  schemas: Map<string, Entry[]>;
}

/** A name in SQL, in quotes or without. */
const wordPattern = '("(?:[^"]|"")+"|[^\\s",;()]+)';
const creatingExtension = new RegExp(
  `^CREATE EXTENSION IF NOT EXISTS ${wordPattern}(?: WITH SCHEMA ${wordPattern})?;$`,
  'm',
);
const creatingServer = new RegExp(
  `^CREATE SERVER ${wordPattern}(?: TYPE '(?:[^']|'')*')?(?: VERSION '(?:[^']|'')*')? FOREIGN DATA WRAPPER ${wordPattern}`,
);
const inLanguage = new RegExp(`^ {4}LANGUAGE ${wordPattern}`, 'm');

/** Everybody may use them, or only a superuser, of which it is told elsewhere. */
const builtInLanguages = new Set(['sql', 'plpgsql', 'c', 'internal']);

/** The entries that make an object in their schema. */
const makesObject =
  /^(TABLE|VIEW|MATERIALIZED VIEW|FOREIGN TABLE|SEQUENCE|FUNCTION|PROCEDURE|AGGREGATE|TYPE|DOMAIN|OPERATOR|COLLATION|CONVERSION|TEXT SEARCH \w+|STATISTICS)$/;

/** What entries use that their archive does not make by an entry of its own. */
export function requiredPrivileges(
  entries: readonly Entry[],
  definitions: ReadonlyMap<number, Definition>,
): RequiredPrivileges {
  const used: RequiredPrivileges = {
    extensions: [],
    wrappers: new Map(),
    languages: new Map(),
    schemas: new Map(),
  };
  const note = (into: Map<string, Entry[]>, name: string, entry: Entry): void => {
    const noted = into.get(name);
    if (noted) noted.push(entry);
    else into.set(name, [entry]);
  };
  for (const entry of entries) {
    const { sql = '', schema = '' } = definitions.get(entry.id) ?? {};
    if (entry.type === 'EXTENSION') {
      const [, name, where] = creatingExtension.exec(sql) ?? [];
      if (name !== undefined)
        used.extensions.push({ name: unquotedName(name), schema: where && unquotedName(where) });
    } else if (entry.type === 'SERVER') {
      const [, , wrapper] = creatingServer.exec(sql) ?? [];
      if (wrapper !== undefined) note(used.wrappers, unquotedName(wrapper), entry);
    } else if (/^(FUNCTION|PROCEDURE)$/.test(entry.type)) {
      const [, language] = inLanguage.exec(sql) ?? [];
      if (language !== undefined && !builtInLanguages.has(unquotedName(language)))
        note(used.languages, unquotedName(language), entry);
    }
    if (makesObject.test(entry.type) && schema !== '' && schema !== 'public')
      note(used.schemas, schema, entry);
  }
  for (const { type, id } of entries) {
    if (type === 'SCHEMA') used.schemas.delete(definitions.get(id)?.name ?? '');
  }
  return used;
}

function unquotedName(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}

/** The names, of those used, that this role may not use. */
export interface LackingPrivileges {
  wrappers: string[];
  languages: string[];
  schemas: string[];
}

/**
 * Asks in an empty database what the role lacks there once the extensions of the archive are created. Everything is taken back. What
 * an extension that cannot be created would bring is not found.
 * @throws ProcessFailure if the server refuses
 */
export async function lackingPrivileges(
  psql: Psql,
  database: string,
  used: RequiredPrivileges,
): Promise<LackingPrivileges> {
  const create = used.extensions.map(({ name, schema }) =>
    [
      'SAVEPOINT s;',
      schema === undefined || schema === 'public' ? '' : `CREATE SCHEMA IF NOT EXISTS ${identifier(schema)};`,
      `CREATE EXTENSION IF NOT EXISTS ${identifier(name)}${schema === undefined ? '' : ` WITH SCHEMA ${identifier(schema)}`} CASCADE;`,
      '\\if :ERROR\nROLLBACK TO SAVEPOINT s;\n\\endif\n',
    ].join('\n'),
  );
  const script = `\\set ON_ERROR_STOP 0\nSET client_min_messages = fatal;\nBEGIN;\n${create.join('')}\\set ON_ERROR_STOP 1\n${lackingRightsQuery(used)};\nROLLBACK;\n`;
  return JSON.parse(await runScript(psql, database, script)) as LackingPrivileges;
}

function lackingRightsQuery({ wrappers, languages, schemas }: RequiredPrivileges): string {
  const among = (names: ReadonlyMap<string, unknown>): string =>
    `(SELECT json_array_elements_text(${literal(JSON.stringify([...names.keys()]))}))`;
  const list = (
    column: string,
    catalog: string,
    names: ReadonlyMap<string, unknown>,
    lacks: string,
  ): string =>
    `(SELECT coalesce(json_agg(${column} ORDER BY ${column}), '[]') FROM ${catalog} WHERE ${column} IN ${among(names)} AND ${lacks})`;
  return `SELECT json_build_object(
    'wrappers', ${list('fdwname', 'pg_foreign_data_wrapper', wrappers, "NOT has_foreign_data_wrapper_privilege(oid, 'USAGE')")},
    'languages', ${list('lanname', 'pg_language', languages, "NOT (lanpltrusted AND has_language_privilege(oid, 'USAGE'))")},
    'schemas', ${list('nspname', 'pg_namespace', schemas, "NOT has_schema_privilege(oid, 'CREATE')")})`;
}
