import { quoted } from '../../base/format.ts';
import type { Entry } from '../../postgres/archive/table-of-contents.ts';
import { selectionOptions } from '../../postgres/client/selection-options.ts';
import type { BackupMetadata } from '../archive/metadata.ts';
import { leftOut } from '../archive/part.ts';
import type { RestoreStrategy } from '../request.ts';
import type { Finding } from './finding.ts';

/** What a part would be restored into, and how. */
export interface SelectionOrder {
  database: string;
  strategy: RestoreStrategy;
  keepPrevious: boolean;
  /** Whether there is a database of this name. */
  replaced: boolean;
  /** Of `pg_restore`, as `readOptions` gives them. */
  options: readonly string[];
}

/**
 * A part never takes the place of the whole: neither what options of `pg_restore` choose of a backup, nor a backup that options
 * of `pg_dump` made of a part of its database. It needs a database that does not exist yet, or the old one is kept.
 * @param entries what is chosen of the backup
 */
export function selectionFindings(
  order: SelectionOrder,
  record: Partial<BackupMetadata>,
  entries: readonly Entry[],
): Finding[] {
  const parts = [partOfBackup(order.options, entries), partOfDatabase(record, entries)];
  const findings = parts.filter((part) => part !== undefined).map((part) => judged(part, order));
  const nothing = order.options.length > 0 && entries.length === 0;
  if (!nothing) return findings;
  const text = `The options of pg_restore (${quoted(order.options.join(' '))}) select nothing from the backup.`;
  return [
    {
      level: 'error',
      text,
      remedy: 'Correct pg_restore_options: a name may be misspelt, or lack its schema.',
    },
  ];
}

function judged(part: string, { database, strategy, keepPrevious, replaced }: SelectionOrder): Finding {
  if (!replaced || keepPrevious) {
    const kept = replaced ? '; the old database is kept under another name' : '';
    const text = `${part}. This is all that database ${quoted(database)} gets${kept}.`;
    return { level: 'warning', text, afterwards: text };
  }
  const swap = strategy === 'drop' ? 'restore_strategy: swap and ' : '';
  const effect = `It would replace everything in database ${quoted(database)}`;
  const ways = `Restore it into a new database (another db_name) and copy what you need from there; or keep the old database, with ${swap}keep_previous: true.`;
  return { level: 'error', text: `${part}. ${effect}.`, remedy: ways };
}

function partOfBackup(options: readonly string[], entries: readonly Entry[]): string | undefined {
  if (selectionOptions('pg_restore', options).length === 0) return undefined;
  return `pg_restore_options (${quoted(options.join(' '))}) select only part of the backup, ${describeEntries(entries)}`;
}

function describeEntries(entries: readonly Entry[]): string {
  const tables = entries.filter(({ type }) => type === 'TABLE DATA').length;
  const data = `the data of ${tables === 1 ? '1 table' : `${tables} tables`}`;
  return `${entries.length === 1 ? '1 entry' : `${entries.length} entries`} with ${data}`;
}

function partOfDatabase(record: Partial<BackupMetadata>, entries: readonly Entry[]): string | undefined {
  const part = leftOut(record);
  if (part?.isCertain)
    return `The backup has only part of its database, with ${part.options.split(', ').map(quoted).join(', ')} in pg_dump_options`;
  if (part)
    return `The backup may have only part of its database: it was made with pg_dump_options ${quoted(part.options)}`;
  if (record.pg_dump_part !== undefined || record.pg_dump_options) return undefined;
  // Somebody else's, of which nothing is recorded.
  const tables = entries.some(({ type }) => type === 'TABLE');
  const rows = entries.some(({ type }) => type === 'TABLE DATA');
  return tables && !rows && record.pg_dump_version === undefined ? noRows : undefined;
}

const noRows = 'The backup has tables, but no rows';
