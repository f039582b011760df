import { availableParallelism } from 'node:os';
import type { DatabaseRequest, RestoreRequest } from '../../jobs/request.ts';
import { type Reader, readToolOptions } from './reader.ts';

/** Reads the inputs that say how a database is replaced. */
export function readRestoreInputs(
  read: Reader,
  problems: string[],
): Omit<RestoreRequest, keyof DatabaseRequest | 'job' | 'backupFileName' | 'source'> {
  const strategy = read('restore_strategy', {
    check: (value) => (value === 'swap' || value === 'drop' ? undefined : 'must be swap or drop'),
    fallback: 'swap',
  });
  const keepPrevious = read.flag('keep_previous', false);
  if (keepPrevious && strategy === 'drop')
    problems.push(
      'keep_previous must be false with restore_strategy drop, which drops the old database first',
    );
  return {
    strategy: strategy === 'drop' ? 'drop' : 'swap',
    keepPrevious,
    noOwner: read.flag('no_owner', true),
    noPrivileges: read.flag('no_privileges', true),
    keepPublicRights: read.flag('keep_public_rights', false),
    jobs: readJobs(read),
    restoreOptions: readToolOptions(read, 'pg_restore'),
  };
}

/** What `auto` stands for at most: beyond that, a server of usual size is what limits a restore. */
const mostJobsByItself = 8;

function readJobs(read: Reader): number {
  const jobs = read('jobs', {
    check: (value) => (/^(auto|[1-9]\d?)$/.test(value) ? undefined : 'must be auto or a number from 1 to 99'),
    fallback: 'auto',
  });
  return Number(jobs) || Math.min(availableParallelism(), mostJobsByItself);
}
