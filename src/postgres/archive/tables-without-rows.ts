import type { Definition } from './definitions.ts';
import type { Entry } from './table-of-contents.ts';

/** A table as an archive names it. */
export interface TableName {
  schema: string;
  name: string;
}

/** A foreign key to a table without rows. */
export interface KeyToNothing {
  key: string;
  /** The table that it is of. */
  of: TableName;
  /** The table without rows. */
  to: TableName;
}

/**
 * The tables that an archive makes and has no rows for, not even none: `pg_dump --exclude-table-data` left them out. A
 * partitioned table has none of its own.
 * @param definitions the statements of the entries
 */
export function tablesWithoutRows(
  entries: readonly Entry[],
  definitions: ReadonlyMap<number, Definition>,
): TableName[] {
  const filled = new Set(entries.filter(({ type }) => type === 'TABLE DATA').map(({ text }) => text));
  return entries
    .filter(({ type, text }) => type === 'TABLE' && !filled.has(text))
    .map(({ id, schema, name }) => ({ schema, name, ...definitions.get(id) }))
    .filter(({ sql = '' }: Partial<Definition>) => !/^PARTITION BY /m.test(sql))
    .map(({ schema, name }) => ({ schema, name }));
}

/**
 * The foreign keys of tables with rows to tables without: the rows satisfy them only where they refer to nothing.
 * @param empty the tables without rows
 */
export function keysToNothing(
  entries: readonly Entry[],
  definitions: ReadonlyMap<number, Definition>,
  empty: readonly TableName[],
): KeyToNothing[] {
  const find = (table: TableName | undefined): TableName | undefined =>
    table && empty.find(({ schema, name }) => schema === table.schema && name === table.name);
  if (empty.length === 0) return [];
  return entries
    .filter(({ type }) => type === 'FK CONSTRAINT')
    .map(({ id }) => parseForeignKey(definitions.get(id)?.sql ?? ''))
    .filter((key) => key !== undefined)
    .map(({ key, of, to }) => ({ key, of, to: find(to) }))
    .filter((each): each is KeyToNothing => each.to !== undefined && !find(each.of));
}

const archivedName = String.raw`(?:"(?:[^"]|"")*"|[^\s".,()]+)`;
const foreignKey = new RegExp(
  String.raw`^ALTER TABLE (?:ONLY )?(${archivedName})\.(${archivedName})\s+ADD CONSTRAINT (${archivedName}) FOREIGN KEY \(${archivedName}(?:, (?:PERIOD )?${archivedName})*\) REFERENCES (${archivedName})\.(${archivedName})\(`,
);

/**
 * The two tables of a foreign key, from the statement that makes it.
 * https://github.com/postgres/postgres/blob/master/src/bin/pg_dump/pg_dump.c (dumpConstraint)
 */
export function parseForeignKey(sql: string): KeyToNothing | undefined {
  const match = foreignKey.exec(sql);
  if (!match) return undefined;
  const [, schema = '', table = '', key = '', otherSchema = '', other = ''] = match.map(unquoted);
  return { key, of: { schema, name: table }, to: { schema: otherSchema, name: other } };
}

function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}
