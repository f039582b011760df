import { Failure } from '../../base/failure.ts';
import { quoted } from '../../base/format.ts';
import { ProcessFailure } from '../../base/process.ts';
import type { Step } from '../../base/step.ts';
import type { Client } from '../../postgres/client/find.ts';
import { dump } from '../../postgres/dump/dump.ts';
import { isLockTimeout } from '../../postgres/errors/kinds.ts';
import type { Psql } from '../../postgres/session/psql.ts';
import type { BackupRequest } from '../request.ts';
import { type Area, attempt } from './checklist.ts';

/** What the trial is called. */
export const dumpTrial = 'Trial of pg_dump';

/** Options that do not go with --schema-only, or that have pg_dump wait. */
const unfit =
  /^--(data-only|no-schema|statistics-only|section|include-foreign-data|snapshot|serializable-deferrable|lock-wait-timeout|sequence-data)(=|$)/;

/** For a lock on a table, in milliseconds. A backup waits for it longer. */
const lockWait = 10_000;

/**
 * Has pg_dump read the definitions of a database, and lock its tables for that moment, as a backup does: what it does not like it says
 * itself, and nothing of it is kept.
 */
export async function tryDump(
  area: Area,
  psql: Psql,
  client: Client,
  { database, dumpOptions }: Pick<BackupRequest, 'database' | 'dumpOptions'>,
  step: Step,
): Promise<void> {
  await attempt(area, dumpTrial, step, async ({ warn, signal }) => {
    const options = dumpOptions.filter((option) => !unfit.test(option));
    const all = ['--schema-only', `--lock-wait-timeout=${lockWait}`, ...options];
    const dumping = dump(client, psql.connection, database, { method: 'none' }, all, warn, signal);
    try {
      dumping.stdout.resume();
      await dumping.finished;
    } catch (error) {
      if (!isLocked(error)) throw error;
      const { cause, advice } = error.explanation;
      const waited = `pg_dump waited ${lockWait / 1000} s for a lock on a table; a backup waits up to 5 minutes.`;
      warn(`${waited} ${advice}\n${quoted(cause)}`);
      return { value: true, detail: '' };
    } finally {
      await dumping.stop();
    }
    return { value: true, detail: 'It read all definitions, and no rows.' };
  });
}

function isLocked(error: unknown): error is Failure {
  return (
    error instanceof Failure && error.cause instanceof ProcessFailure && isLockTimeout(error.cause.stderr)
  );
}
