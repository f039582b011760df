import { formatBytes, quoted } from '../../../base/format.ts';
import type { Entry } from '../../../postgres/archive/table-of-contents.ts';
import { withoutRowsOption } from '../../../postgres/dump/exclude-options.ts';
import { withoutOriginalHint } from '../../../postgres/restore/errors/functions.ts';
import type { ArchivedRows } from '../../../postgres/restore/extensions/rows.ts';
import type { ExtensionTable, TriedRows } from '../../../postgres/restore/extensions/trial.ts';
import type { Finding } from '../../preflight/finding.ts';
import type { RestoreStrategy } from '../../request.ts';

/** A table or sequence of an extension, and what the archive has for it. */
export interface ArchivedTable {
  table: ExtensionTable;
  entry: Entry;
  /** Undefined if the archive cannot be looked into. */
  archived: ArchivedRows | undefined;
  /** What came of its rows in the new database. */
  tried: TriedRows | undefined;
}

/** What there is to say of the content of extensions' tables, and the entries that a restore does without. */
export interface ContentFindings {
  findings: Finding[];
  leftOut: Entry[];
}

/**
 * pg_dump takes along what tables of extensions have, whoever they belong to: always an entry, and often no row in it. What is
 * none, or the same as the extension brings, is left out. Rows that would be refused stop the restore.
 * @param role that restores
 * @param strategy with drop, what cannot be tried beforehand stops the restore as well
 */
export function contentFindings(
  tables: readonly ArchivedTable[],
  role: string,
  strategy: RestoreStrategy,
): ContentFindings {
  const found: ContentFindings = { findings: [], leftOut: [] };
  for (const one of tables) {
    const { leftOut, finding } =
      one.entry.type === 'SEQUENCE SET' ? ofSequence(one, role) : ofRows(one, role, strategy);
    if (finding) found.findings.push(finding);
    if (leftOut) found.leftOut.push(one.entry);
  }
  return found;
}

interface One {
  finding?: Finding;
  leftOut?: boolean;
}

function ofRows({ table, archived, tried }: ArchivedTable, role: string, strategy: RestoreStrategy): One {
  const name = describeTable(table);
  const without = `make a backup without the rows of this table, with pg_dump_options:\n${withoutRowsOption(table)}\n${withoutOriginalHint}`;
  if (!archived) {
    if (table.writable) return {};
    const text =
      `The role ${quoted(role)} may not write to the table ${name}. Whether the backup has rows for it shows only with the whole backup on ` +
      "the runner's disk, which is too small.";
    return { finding: { level: 'error', text, remedy: `Use a runner with a larger disk. Or ${without}` } };
  }
  if (archived.count === 0) {
    const text = `Left out, since the backup has no rows for it: the data of the table ${name}`;
    return { finding: { level: 'info', text }, leftOut: true };
  }
  const rows = `${archived.count === 1 ? '1 row' : `${archived.count} rows`} (${formatBytes(archived.bytes)})`;
  if (tried?.same) {
    const text = `Left out, since the extension brings the very same ${rows} with it: the data of the table ${name}`;
    return { finding: { level: 'info', text }, leftOut: true };
  }
  const state = `The backup has ${rows} of the table ${name}`;
  if (!table.writable) {
    const text = `${state}, and the role ${quoted(role)} may not write there.`;
    const remedy = `Restore as a role that may write there, such as a superuser; or ${without}`;
    return { finding: { level: 'error', text, remedy } };
  }
  if (!tried && table.rows > 0 && strategy === 'drop') {
    const text =
      `${state}, and the extension puts rows there itself when it is created. Whether the server takes both cannot be tried beforehand, ` +
      'since the backup has them as INSERT statements, in another encoding than UTF-8, or has very many.';
    const remedy = `Use restore_strategy: swap, with which nothing is lost if it does not; or ${without}`;
    return { finding: { level: 'error', text, remedy } };
  }
  if (!tried?.duplicate) return {};
  const text =
    `${state}, and among them some that the extension puts there itself when it is created: the server refuses them as ` +
    'duplicates, whoever restores. Only the author of the extension can tell the two apart, by a condition in pg_extension_config_dump.';
  const remedy = `Until then, add your own rows again after a restore, and ${without}`;
  return { finding: { level: 'error', text, remedy } };
}

/** A statement of pg_dump that sets a sequence, and nothing else. */
const setting = /^SELECT pg_catalog\.setval\('(?:[^']|'')+', -?\d+, (true|false)\);$/;

function ofSequence({ table, archived }: ArchivedTable, role: string): One {
  if (table.writable) return {};
  const [statement, isCalled] = setting.exec(archived?.setval ?? '') ?? [];
  const what = `Not restored, since the role ${quoted(role)} may not set it: the sequence ${describeTable(table)}`;
  if (isCalled === 'false')
    return { finding: { level: 'info', text: `${what}, which was never used` }, leftOut: true };
  const remedy = statement === undefined ? '' : ` To set it, run this as a role that may:\n${statement}`;
  const text = `${what}. It starts over.${remedy}`;
  return { finding: { level: 'warning', text, afterwards: text }, leftOut: true };
}

function describeTable({ schema, name, extension }: ExtensionTable): string {
  return `${quoted(`${schema}.${name}`)} of the extension ${quoted(extension)}`;
}
