import { quoted } from '../../base/format.ts';
import type { KeyToNothing, TableName } from '../../postgres/archive/tables-without-rows.ts';
import type { RestoreStrategy } from '../request.ts';
import { type Finding, firstFew } from './finding.ts';

/**
 * Names the tables that come back empty. A foreign key to one of them fails if a row refers to it, which nobody knows before:
 * with `drop`, the old database would be gone by then.
 * @param keys of tables with rows to the empty ones
 */
export function emptyTableFindings(
  { strategy }: { strategy: RestoreStrategy },
  empty: readonly TableName[],
  keys: readonly KeyToNothing[],
): Finding[] {
  if (empty.length === 0) return [];
  const names = firstFew(empty.map(asName));
  const findings: Finding[] = [
    {
      level: 'warning',
      text: `The backup has no rows of ${names} (as with --exclude-table-data in pg_dump_options): ${empty.length === 1 ? 'it comes' : 'they come'} back empty.`,
    },
  ];
  if (keys.length === 0) return findings;
  const shown = firstFew(keys.map(({ key, of, to }) => `${quoted(key)} of ${asName(of)} to ${asName(to)}`));
  const fails = `A foreign key to a table that comes back empty fails if a row needs it: ${shown}.`;
  findings.push(
    strategy === 'drop'
      ? {
          level: 'error',
          text: `${fails} With restore_strategy: drop the old database would be gone by then.`,
          remedy: 'Use restore_strategy: swap, or a backup with these rows.',
        }
      : { level: 'warning', text: fails },
  );
  return findings;
}

function asName({ schema, name }: TableName): string {
  return quoted(`${schema}.${name}`);
}
