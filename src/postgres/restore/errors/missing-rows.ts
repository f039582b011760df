import { quoted } from '../../../base/format.ts';
import type { KeyToNothing, TableName } from '../../archive/tables-without-rows.ts';

/**
 * What to do about a foreign key that cannot be made, where rows were left out of the backup.
 * @param key the foreign key, if its statement is known
 * @param withoutRows the tables that the archive has no rows for
 */
export function adviceOnMissingRows(
  key: KeyToNothing | undefined,
  withoutRows: readonly TableName[],
): string {
  const asName = ({ schema, name }: TableName): string => quoted(`${schema}.${name}`);
  const missing = withoutRows.find((table) => key?.to.schema === table.schema && key.to.name === table.name);
  const tables =
    withoutRows.slice(0, 5).map(asName).join(', ') + (withoutRows.length > 5 ? ' and others' : '');
  const cause = missing
    ? `The rows of ${asName(missing)}, to which it refers, were left out of the backup (--exclude-table-data in pg_dump_options).`
    : `The rows of ${tables} were left out of the backup (--exclude-table-data in pg_dump_options), which is the cause if it needs them.`;
  const referring = key ? asName(key.of) : 'the table that refers to them';
  return (
    `${cause} Make a backup with these rows, or without those of ${referring}, too. To get the rows of this backup, restore it into a ` +
    'new database without keys, indexes and triggers, with pg_restore_options:\n--section=pre-data\n--section=data'
  );
}
