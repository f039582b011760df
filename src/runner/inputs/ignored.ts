import { quoted } from '../../base/format.ts';
import type { Request, Retention } from '../../jobs/request.ts';
import { getInput, warning } from '../commands.ts';

type JobName = Request['job'];

/** Inputs of which somebody would think that they do something in other jobs than these. */
const onlyFor = {
  backup_file_name: ['restore', 'protect', 'unprotect'],
  protect: ['backup', 'protect'],
  max_age_hours: ['list'],
} as const satisfies Record<string, readonly JobName[]>;

/**
 * Warns of inputs that are given and do nothing in this job.
 * @param database whose backups a retention counts after a backup
 */
export function warnOfIgnored(job: JobName, database: string, retention: Retention | undefined): void {
  for (const [name, jobs] of Object.entries(onlyFor)) {
    const given = getInput(name);
    if (given.trim() === '' || jobs.some((one) => one === job)) continue;
    const list = jobs.join(', ').replace(/, (\w+)$/, ' and $1');
    warning(`${name} is for ${list} only; ${insteadOf(name, given, job)}`);
  }
  if (job !== 'backup') return;
  const source = getInput('source_db_name');
  if (source !== '' && source !== database)
    warning(
      `source_db_name is ignored: the retention after a backup counts those of db_name ${quoted(database)}`,
    );
  if (!retention && getInput('retention_dry_run').trim().toLowerCase() === 'true')
    warning(
      'retention_dry_run is ignored: no rule of a retention is given, so that nothing would be deleted',
    );
}

function insteadOf(name: string, given: string, job: JobName): string {
  if (name === 'backup_file_name' && job === 'backup')
    return `this backup gets a name of its own, not ${quoted(given)}`;
  return name === 'protect' && job === 'unprotect'
    ? 'unprotect lifts whatever protects the backup'
    : 'it is ignored';
}
