import { plain, quoted } from '../../base/format.ts';
import type { Definition } from '../archive/definitions.ts';
import type { Entry } from '../archive/table-of-contents.ts';
import { extensionData, type Sections } from './sections.ts';

/**
 * What several sessions may work through in one call of pg_restore. Of what comes after the data it starts each entry as soon as
 * the entries are done that the archive names for it, and takes an exclusive lock of a table as a reason to wait for another
 * entry on that table. That is right for what is on one table, or on two of them, and only reads what it is on. Any other type,
 * one of a later version included, is not proven to be.
 */
const provenTypes = new Set([
  // before the data, one after the other
  ...[
    'ACCESS METHOD',
    'AGGREGATE',
    'CAST',
    'COLLATION',
    'CONVERSION',
    'DATABASE',
    'DATABASE PROPERTIES',
    'DEFAULT',
  ],
  ...[
    'DOMAIN',
    'ENCODING',
    'EXTENSION',
    'FOREIGN DATA WRAPPER',
    'FOREIGN SERVER',
    'FOREIGN TABLE',
    'FUNCTION',
  ],
  ...[
    'MATERIALIZED VIEW',
    'OPERATOR',
    'OPERATOR CLASS',
    'OPERATOR FAMILY',
    'PROCEDURAL LANGUAGE',
    'PROCEDURE',
    'SCHEMA',
  ],
  ...[
    'SEQUENCE',
    'SEQUENCE OWNED BY',
    'SERVER',
    'SHELL TYPE',
    'STDSTRINGS',
    'SEARCHPATH',
    'TABLE',
    'TRANSFORM',
    'TYPE',
  ],
  ...['TEXT SEARCH CONFIGURATION', 'TEXT SEARCH DICTIONARY', 'TEXT SEARCH PARSER', 'TEXT SEARCH TEMPLATE'],
  ...['USER MAPPING', 'VIEW'],
  // the data, and what may be anywhere
  ...['ACL', 'ACL LANGUAGE', 'BLOB', 'BLOB COMMENTS', 'BLOB METADATA', 'BLOBS', 'COMMENT', 'LARGE OBJECT'],
  ...['SECURITY LABEL', 'SEQUENCE SET', 'STATISTICS DATA', 'TABLE DATA'],
  // after the data
  ...[
    'CONSTRAINT',
    'DEFAULT ACL',
    'EVENT TRIGGER',
    'FK CONSTRAINT',
    'INDEX',
    'MATERIALIZED VIEW DATA',
    'POLICY',
  ],
  ...[
    'PUBLICATION',
    'PUBLICATION TABLE',
    'PUBLICATION TABLES IN SCHEMA',
    'ROW SECURITY',
    'RULE',
    'STATISTICS',
  ],
  ...['SUBSCRIPTION', 'SUBSCRIPTION TABLE', 'TRIGGER'],
]);

/** What is made on a table, and has to wait for its rows: the archive has to say on which. */
const onTables = new Set([
  'CONSTRAINT',
  'FK CONSTRAINT',
  'INDEX',
  'POLICY',
  'ROW SECURITY',
  'RULE',
  'TRIGGER',
]);
const relationTypes = new Set(['TABLE', 'FOREIGN TABLE', 'VIEW', 'MATERIALIZED VIEW']);

/**
 * Why entries are not proven to come out right if several sessions work through all of them in one call of pg_restore, in words
 * that follow "since"; undefined if they are.
 *
 * A trigger of a partitioned table waits for that table, which has no rows of its own, and not for its partitions: it fires
 * for rows that are being loaded (seen with 15, 17 and 18). Constraints that are not validated are added to partitions, children and
 * domains in the same way. An index whose function reads another table does not wait for the rows of that.
 */
export function reasonForSeveralPasses(
  entries: readonly Entry[],
  definitions: ReadonlyMap<number, Definition>,
  { preData }: Pick<Sections, 'preData'>,
): string | undefined {
  if (extensionData(entries, preData).length > 1) return 'tables of extensions may refer to each other';
  const typeOf = new Map(entries.map(({ id, type }) => [id, type]));
  const has = (type: string): boolean => entries.some((entry) => entry.type === type);
  if (has('EVENT TRIGGER') && has('MATERIALIZED VIEW DATA'))
    return 'event triggers would fire for materialized views that are being filled';
  const altered = new Set<string>();
  for (const { id, type, schema, name } of entries) {
    const { sql = '', dependencies = [] } = definitions.get(id) ?? {};
    if (/^(TABLE|INDEX) ATTACH$/.test(type) || (type === 'TABLE' && isPartOfTree(sql)))
      return 'it has tables with partitions or children';
    if (type === 'CHECK CONSTRAINT') return 'it has constraints that rows were not checked for';
    if (!provenTypes.has(type)) return `it has an entry of type ${plain(type)}`;
    if (onTables.has(type) && !dependencies.some((on) => relationTypes.has(typeOf.get(on) ?? '')))
      return `it does not say which table the ${type} ${quoted(`${schema}.${name}`)} waits for`;
    if (callsFunctions(type, sql)) return 'it has indexes or checks that call functions';
    const table = type === 'INDEX' ? alteredTable(sql) : undefined;
    if (table !== undefined && altered.has(table)) return 'several indexes of a table are chosen for it';
    if (table !== undefined) altered.add(table);
  }
  return undefined;
}

function isPartOfTree(sql: string): boolean {
  return (
    /^(PARTITION (BY|OF) |INHERITS \()/m.test(sql) ||
    /^CREATE (UNLOGGED )?TABLE [^\n]* PARTITION OF /m.test(sql)
  );
}

/** A function that is not PostgreSQL's own is named with its schema, since pg_dump works without a search_path. */
const functionCall = /[\w"]\.(\w+|"(?:[^"]|"")+")\(|OPERATOR\(/;

/** Whether building an index or checking a row calls a function that may read what the entry does not wait for. */
export function callsFunctions(type: string, sql: string): boolean {
  if (type === 'INDEX' || type === 'CONSTRAINT') return functionCall.test(sql);
  if (type !== 'TABLE' && type !== 'DOMAIN') return false;
  return sql.split('\n').some((line) => {
    const [, checked = ''] = /\b(?:CHECK|GENERATED ALWAYS AS) (\(.*)/s.exec(line) ?? [];
    return functionCall.test(checked);
  });
}

/**
 * The table that an index is chosen for, by CLUSTER or as its replica identity. The index holds a lock on the table by
 * then, so that two sessions with such an index each would wait for each other.
 */
export function alteredTable(sql: string): string | undefined {
  return /^ALTER TABLE (?:ONLY )?([^\n]*) (?:CLUSTER ON|REPLICA IDENTITY USING INDEX) /m.exec(sql)?.[1];
}
