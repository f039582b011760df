import { count, quoted } from '../../base/format.ts';
import type { Inventory } from '../recorded-backup.ts';
import type { Source } from '../request.ts';

/** How many databases are named where there are no backups of the one that is meant. */
const mostGroups = 10;

/** `"app" on "db.example.com" or "old.example.com"`, `every database on every server` */
export function describeSource({ database, hosts }: Source): string {
  const where = hosts === undefined ? 'every server' : hosts.map(quoted).join(' or ');
  return `${database === '' ? 'every database' : quoted(database)} on ${where}`;
}

/** What there is where there are no backups of those that are meant, and what to check: it may be a name that somebody mistyped. */
export function whatThereIs({ backups, foreign }: Inventory): string {
  const groups = [...Map.groupBy(backups, ({ database, host }) => `${quoted(database)} on ${quoted(host)}`)];
  const lines = groups
    .slice(0, mostGroups)
    .map(([whose, those]) => `- ${count(those.length, 'backup')} of ${whose}`);
  const more = groups.length > mostGroups ? [`- and of ${groups.length - mostGroups} more`] : [];
  return groups.length === 0
    ? `There is no backup of any database there, and ${count(foreign, 'other file')}. Check storage_container_name and blob_prefix.`
    : `Check db_name and azure_db_host, or source_db_name and source_db_host (upper and lower case of a database's name count). There are:\n${[...lines, ...more].join('\n')}`;
}
