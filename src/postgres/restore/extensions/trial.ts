import { explainingErrors } from '../../server/server.ts';
import { type Psql, runScript } from '../../session/psql.ts';
import { identifier, literal } from '../../session/sql-text.ts';
import type { WantedExtension } from './wanted.ts';

/** A table or sequence whose content `pg_dump` takes along although it belongs to an extension. */
export interface ExtensionTable {
  extension: string;
  schema: string;
  name: string;
  /** Whether the role may write there what an archive has; where row-level security applies to it, COPY may not. */
  writable: boolean;
  /** How many rows the extension itself has put in, up to 1,000; 0 if the role may not look. Of a sequence, always 0. */
  rows: number;
  /** Whether it is not there yet, and the rest is what another database says. */
  later?: boolean;
}

/** What the server said to an extension that it did not create. */
export interface RefusedExtension {
  name: string;
  /** The version that was asked for; null for the server's own. */
  version: string | null;
  /** SQLSTATE. */
  state: string;
  /** The first line of its answer, in the server's language. */
  message: string;
}

/** What comes of extensions in an empty database. */
export interface ExtensionTrial {
  refused: RefusedExtension[];
  /** Those that can be created before anything else of the archive, by their names. */
  first: string[];
  /** Versions, by the names of the extensions. */
  versions: Record<string, string>;
  tables: ExtensionTable[];
  /** What came of rows that were tried, in the order in which they were given. */
  rows: TriedRows[];
}

/** Rows of an archive, for a table of an extension. */
export interface RowsToTry {
  schema: string;
  name: string;
  /** One object a row: texts or null, by the names of the columns. */
  rows: readonly Readonly<Record<string, string | null>>[];
}

/** What comes of rows in a table of an extension. */
export interface TriedRows {
  /** Whether they are the very rows that the extension itself has put in. */
  same: boolean | null;
  /** Whether the server refused them since a key of theirs is there already. */
  duplicate: boolean;
}

/**
 * Creates the extensions of an archive in an empty database as a restore would, looks at their tables, and takes
 * everything back. Whether a role may write in a table that an extension makes, and what the extension puts there itself, only this tells.
 * @param database empty, and nobody else's
 * @param options the rows of an archive, to be compared with those that the extensions put in, and to be put in, too; the role to be
 * @throws Failure if the server can't be reached or refuses
 */
export async function tryExtensions(
  psql: Psql,
  database: string,
  wanted: readonly WantedExtension[],
  { rows = [], role }: { rows?: readonly RowsToTry[]; role?: string | undefined } = {},
): Promise<ExtensionTrial> {
  const early = createdFirst(wanted);
  const script = [
    '\\set ON_ERROR_STOP 0\nSET client_min_messages = error; SET statement_timeout = 0; SET lock_timeout = 0;\n',
    `${become(role)}BEGIN;\n`,
    ...early.map((extension) => creation(extension, extension.version)),
    firstQuery,
    ...wanted.map((extension) => creation(extension, undefined)),
    `${versions}\n${extensionTablesQuery}\n${rows.map(trying).join('')}ROLLBACK;\n`,
  ];
  const output = await explainingErrors(psql, database, () => runScript(psql, database, script.join('')));
  return parseTrial(output);
}

/**
 * Creates extensions as they were tried, before pg_restore starts. Throws a ProcessFailure.
 * @param role to be; the connecting one if it is undefined
 */
export async function createExtensions(
  psql: Psql,
  database: string,
  wanted: readonly WantedExtension[],
  role: string | undefined,
): Promise<void> {
  const statements = wanted.map((extension) => `${statement(extension, extension.version)};\n`);
  if (statements.length > 0) await runScript(psql, database, `${become(role)}${statements.join('')}`);
}

function become(role: string | undefined): string {
  return role === undefined ? '' : `SET ROLE ${identifier(role)};\n`;
}

/** Those up to the last that a version is asked for, since it may need those before it. Where the archive makes the schema itself, pg_restore has to come first. */
function createdFirst(wanted: readonly WantedExtension[]): WantedExtension[] {
  const last = wanted.findLastIndex(({ version }) => version !== undefined);
  return wanted.slice(0, last + 1).filter(({ madeByArchive }) => !madeByArchive);
}

function statement({ name, schema }: WantedExtension, version: string | undefined): string {
  const where = schema === undefined ? '' : ` WITH SCHEMA ${identifier(schema)}`;
  const which = version === undefined ? '' : ` VERSION ${identifier(version)}`;
  return `CREATE EXTENSION IF NOT EXISTS ${identifier(name)}${where}${which}`;
}

/** Creates an extension, and tells if the server refuses that or its schema. */
function creation(extension: WantedExtension, version: string | undefined): string {
  const { name, schema } = extension;
  const asked = version === undefined ? 'NULL' : literal(version);
  const refused = `ROLLBACK TO SAVEPOINT before;
  SELECT json_build_object('refused', json_build_object('name', ${literal(name)}, 'version', ${asked},
    'state', :'LAST_ERROR_SQLSTATE', 'message', :'LAST_ERROR_MESSAGE'));`;
  return `SAVEPOINT before;
${schema === undefined ? 'SELECT 1 WHERE false' : `CREATE SCHEMA IF NOT EXISTS ${identifier(schema)}`};
\\if :ERROR
  ${refused}
\\else
  ${statement(extension, version)};
  \\if :ERROR
    ${refused}
  \\endif
\\endif
`;
}

const firstQuery = `SELECT json_build_object('first', json_agg(extname)) FROM pg_extension;\n`;
const versions = `SELECT json_build_object('versions', json_object_agg(extname, extversion)) FROM pg_extension;`;

/** psql sends what a query with \\gexec returns to the server, one value after the other. */
const extensionTablesQuery = `SELECT format('SELECT json_build_object(''table'', json_build_object(''extension'', %L, ''schema'', %L, ''name'', %L, ''writable'', %L::boolean, ''rows'', %s))',
    extname, nspname, relname, writable,
    CASE WHEN relkind IN ('r', 'p') AND readable THEN format('(SELECT count(*) FROM (SELECT FROM %I.%I LIMIT 1000) AS x)', nspname, relname) ELSE '0' END)
  FROM (SELECT e.extname, n.nspname, c.relname, c.relkind,
      has_schema_privilege(n.oid, 'USAGE') AND CASE WHEN c.relkind = 'S' THEN has_sequence_privilege(c.oid, 'UPDATE') ELSE has_table_privilege(c.oid, 'INSERT') AND NOT row_security_active(c.oid) END AS writable,
      has_schema_privilege(n.oid, 'USAGE') AND CASE WHEN c.relkind <> 'S' THEN has_table_privilege(c.oid, 'SELECT') END AS readable
    FROM pg_extension AS e, unnest(e.extconfig) AS relation JOIN pg_class AS c ON c.oid = relation JOIN pg_namespace AS n ON n.oid = c.relnamespace
    ORDER BY 1, 2, 3) AS configured
\\gexec`;

/** Compares rows with those of a table, then puts them in. */
function trying({ schema, name, rows }: RowsToTry): string {
  const table = `${identifier(schema)}.${identifier(name)}`;
  const given = `json_populate_recordset(NULL::${table}, ${literal(JSON.stringify(rows))})`;
  const [here, there] = [`SELECT to_jsonb(x) FROM ${table} AS x`, `SELECT to_jsonb(x) FROM ${given} AS x`];
  return `SAVEPOINT before;
\\set same NULL
SELECT NOT EXISTS ((${here}) EXCEPT ALL (${there})) AND NOT EXISTS ((${there}) EXCEPT ALL (${here})) AS same
\\gset
\\if :ERROR
  ROLLBACK TO SAVEPOINT before;
\\endif
INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM ${given};
\\set state :SQLSTATE
ROLLBACK TO SAVEPOINT before;
SELECT json_build_object('rows', json_build_object('same', :'same' = 't', 'duplicate', :'state' = '23505'));
`;
}

type Line = Partial<{
  refused: RefusedExtension;
  first: string[];
  versions: ExtensionTrial['versions'];
  table: ExtensionTable;
  rows: TriedRows;
}>;

function parseTrial(output: string): ExtensionTrial {
  const lines = output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
  const versionsHere: ExtensionTrial['versions'] = Object.assign(
    {},
    ...lines.map((line) => line.versions ?? {}),
  );
  // What was refused at first may have been created in the end, or refused again.
  const refused = new Map(
    lines.flatMap((line) => line.refused ?? []).map((one) => [JSON.stringify([one.name, one.version]), one]),
  );
  return {
    refused: [...refused.values()].filter(
      ({ name, version }) => version !== null || !Object.hasOwn(versionsHere, name),
    ),
    first: lines.flatMap((line) => line.first ?? []),
    versions: versionsHere,
    tables: lines.flatMap(({ table }) => table ?? []),
    rows: lines.flatMap(({ rows }) => rows ?? []),
  };
}
