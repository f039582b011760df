import { quoted } from '../../base/format.ts';
import type { Step } from '../../base/step.ts';
import { withoutExtensionOption, withoutRowsOption } from '../../postgres/dump/exclude-options.ts';
import { databaseExtensions } from '../../postgres/dump/extensions.ts';
import { excludesExtension, excludesTableData } from '../../postgres/dump/patterns.ts';
import { databasesOfExtensions } from '../../postgres/server/database-of-extension.ts';
import type { DatabaseFacts } from '../../postgres/server/server.ts';
import type { Prepared } from '../preparation.ts';
import type { BackupRequest } from '../request.ts';
import type { Note } from '../result.ts';

/** What a backup has to know of the extensions of its database. */
export interface BackupExtensions {
  /** Of those that come into the backup, by their names. */
  versions: Record<string, string>;
  /** What a restore of the backup will be refused. */
  notes: Note[];
}

/**
 * Finds out which extensions a backup will have, and warns of what a restore by the same role could not bring back.
 * @throws Failure if the server can't be reached or refuses
 */
export async function inspectExtensionsToBackUp(
  { database, dumpOptions }: Pick<BackupRequest, 'database' | 'dumpOptions'>,
  { psql, client }: Prepared<DatabaseFacts>,
  step: Pick<Step, 'warn'>,
): Promise<BackupExtensions> {
  const { versions, schemas, closed } = await databaseExtensions(psql, database);
  const all = Object.keys(versions);
  const names = all.filter((name) => !excludesExtension(dumpOptions, name));
  const asked = names.map((name) => ({
    name,
    schemas: (schemas[name] ?? []).filter((schema) => schema !== 'public'),
  }));
  const bound = await databasesOfExtensions(psql, database, asked);
  const rows = closed
    .filter((table) => names.includes(table.extension) && !excludesTableData(dumpOptions, table))
    .map(({ extension, schema, name, role, rows: count }) => {
      const many = count === 1 ? '1 row' : count === 1000 ? '1000 rows or more' : `${count} rows`;
      return (
        `The backup contains ${many} of the table ${quoted(`${schema}.${name}`)} of the extension ${quoted(extension)}, and the role ` +
        `${quoted(role)} may not write there: a restore by this role will be refused. Restore as a role that may, such as a superuser; or leave the rows out, with pg_dump_options:\n${withoutRowsOption({ schema, name })}`
      );
    });
  const alone = Array.from(bound, ([name, { setting, value }]) => {
    const where = value === undefined ? '' : `, ${quoted(value)} now`;
    return `The extension ${quoted(name)} can be created only in the database that the server parameter ${setting} names${where}: this backup cannot be restored with restore_strategy: swap, nor under another database name. Restore it with restore_strategy: drop, where that parameter names the restored database; or leave the extension and its rows out of the backup, with pg_dump_options:\n${withoutExtensionOption(name, names, client.major).join('\n')}`;
  });
  const warnings = [...rows, ...alone];
  for (const text of warnings) step.warn(text);
  return {
    versions: Object.fromEntries(names.map((name) => [name, versions[name] ?? ''])),
    notes: warnings.map((text) => ({ text })),
  };
}
