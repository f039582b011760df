import { count, formatBytes, formatDuration, quoted } from '../base/format.ts';
import { countOf, tallyOf, verdictOf } from '../jobs/check/verdict.ts';
import type { Request } from '../jobs/request.ts';
import type { BackupResult, ListResult, ProtectResult, Result, RetentionOutcome } from '../jobs/result.ts';
import { listedAsJson, withRoom } from './listed-output.ts';

/** What an error of each job is titled. */
export const titles = {
  backup: { failed: 'Backup failed', cancelled: 'Backup cancelled' },
  restore: { failed: 'Restore failed', cancelled: 'Restore cancelled' },
  list: { failed: 'List failed', cancelled: 'List cancelled' },
  prune: { failed: 'Prune failed', cancelled: 'Prune cancelled' },
  protect: { failed: 'Protect failed', cancelled: 'Protect cancelled' },
  unprotect: { failed: 'Unprotect failed', cancelled: 'Unprotect cancelled' },
  check: { failed: 'Check failed', cancelled: 'Check cancelled' },
} as const satisfies Record<Request['job'], { failed: string; cancelled: string }>;

/** What a job has done, in a line. */
export function conclusion(result: Result): string {
  const time = formatDuration(result.duration);
  switch (result.job) {
    case 'backup':
    case 'restore': {
      const { database, backup } = result;
      const size = formatBytes(backup.size);
      return result.job === 'backup'
        ? `Backed up ${quoted(database)} to ${quoted(backup.name)} (${size}) in ${time}${retained(result)}`
        : `Restored ${quoted(database)} from ${quoted(backup.name)} (${size}) in ${time}`;
    }
    case 'list':
      return `Listed ${count(result.backups.length, 'backup')} in ${time}${leftOutOfOutput(result)}`;
    case 'prune': {
      const { deleted, isDryRun, kept, failed } = result.outcome;
      const what = isDryRun ? 'Dry run: would delete' : 'Deleted';
      const not = failed.length === 0 ? '' : `, could not delete ${failed.length}`;
      return `${what} ${count(deleted.length, 'backup')}${not}, kept ${kept.length}, in ${time}`;
    }
    case 'protect':
    case 'unprotect':
      return `${protectionChange(result)} in ${time}`;
    case 'check':
      return `${verdictOf(result)} (${countOf(tallyOf(result.groups))}), checked in ${time}`;
  }
}

function protectionChange({ job, backup, before }: ProtectResult): string {
  const name = quoted(backup.name);
  if (before === backup.protection)
    return `Left ${name} ${job === 'protect' ? 'protected' : 'unprotected'} as it was,`;
  if (job === 'unprotect') return `Lifted the protection of ${name}`;
  return before === undefined ? `Protected ${name}` : `Replaced the protection of ${name}`;
}

/** What the retention after a backup came to. */
function retained({ retention }: BackupResult): string {
  if (!retention) return '';
  const { deleted, isDryRun, kept } = retention;
  return `; ${isDryRun ? 'would delete' : 'deleted'} ${count(deleted.length, 'backup')} by the retention, kept ${kept.length}`;
}

function leftOutOfOutput(result: ListResult): string {
  const { left } = listedAsJson(result);
  return left === 0 ? '' : `; the output backups has no room for the ${left} oldest of them`;
}

/** The outputs of the action. */
export function outputsOf(result: Result): Record<string, string> {
  const always = { duration_seconds: (result.duration / 1000).toFixed(1) };
  switch (result.job) {
    case 'backup':
    case 'restore':
      return {
        backup_file_name: result.backup.name,
        backup_url: result.backup.url,
        backup_size_bytes: String(result.backup.size),
        backup_sha256: result.backup.sha256,
        ...always,
        postgres_version: result.server.version,
        ...(result.job === 'restore' &&
          result.previousDatabase !== undefined && { previous_database: result.previousDatabase }),
        ...(result.job === 'backup' &&
          result.retention && { deleted_backups: deletedNames(result.retention) }),
      };
    case 'prune':
      return { ...always, deleted_backups: deletedNames(result.outcome) };
    case 'protect':
    case 'unprotect':
      return { ...always, backup_file_name: result.backup.name };
    case 'list':
      return { ...always, backups: listedAsJson(result).json, backup_count: String(result.backups.length) };
    case 'check':
      return always;
  }
}

/** The names of those that were deleted, which is none in a dry run, as JSON. */
function deletedNames({ deleted, isDryRun }: RetentionOutcome): string {
  const names = isDryRun ? [] : deleted.map(({ name }) => name);
  return withRoom(names.map((name) => JSON.stringify(name))).json;
}
