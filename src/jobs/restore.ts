import { rm } from 'node:fs/promises';
import { openContainer } from '../azure/backup-store.ts';
import { causeOf } from '../failure.ts';
import { formatDuration, quoted } from '../format.ts';
import type { RestoreRequest } from '../inputs.ts';
import { oldestReader } from '../postgres/archive.ts';
import { analyze, restoreInto } from '../postgres/restore.ts';
import { databaseFacts, type RestoreFacts, restoreFacts } from '../postgres/server.ts';
import type { Result } from '../report.ts';
import { type Step, withProgress } from '../step.ts';
import { type LocalArchive, lookUp, obtain } from './obtain-archive.ts';
import { fetchLogin, type Prepared, prepareClient } from './preparation.ts';
import { replaceByEmpty } from './replace-by-empty.ts';
import { checkRestorable, chooseLocale } from './restore-checks.ts';
import { incomplete } from './restore-failures.ts';

/**
 * Replaces a database by what is in a backup. Everything that can be known before is known before the first change: the
 * archive lies on the runner's disk, verified, and the server lets this role do what has to be done. Then an empty
 * database is made, takes the old one's place, and is filled.
 * @throws Failure that says what state the database is in
 */
export async function restore(request: RestoreRequest, step: Step): Promise<Result> {
  const clock = performance.now();
  const { database, backupFileName } = request;
  const { credential, login } = await step.phase('Sign in to Azure', () => fetchLogin(request, step));
  const container = openContainer(request.store, credential);

  const found = await step.phase('Look at the backup', () => lookUp(container, backupFileName, step));
  const prepared = await step.phase('Look at the server', async () => {
    const it = await prepareClient(
      request,
      login,
      (psql) => restoreFacts(psql, database),
      oldestReader(found.header),
      step,
    );
    await checkRestorable(database, it.server, found.stored.size, step.scratch);
    describeTarget(database, it.server, step);
    return it;
  });

  const archive = await step.phase(`Download ${backupFileName}`, () =>
    obtain(container, found, prepared.client, step),
  );
  try {
    await step.phase(`Replace ${quoted(database)} by an empty database`, () =>
      replaceByEmpty(database, chooseLocale(found.record, prepared.server), prepared, step),
    );
    await step.phase(`Restore ${quoted(database)}`, () =>
      fill(database, archive, prepared, backupFileName, step),
    );
  } finally {
    await rm(archive.file, { force: true });
  }
  await step.phase('Collect statistics (ANALYZE)', () => collectStatistics(database, prepared, step));

  const { size: databaseSize } = await databaseFacts(prepared.psql, database);
  return {
    job: 'restore',
    database,
    server: { host: request.server.host, version: prepared.server.version },
    backup: { name: backupFileName, url: found.stored.url, size: found.stored.size, sha256: archive.sha256 },
    databaseSize,
    duration: performance.now() - clock,
  };
}

function describeTarget(database: string, { target }: RestoreFacts, step: Step): void {
  if (!target) {
    step.info(`There is no database ${quoted(database)} on the server; it will be created`);
    return;
  }
  const sessions = Object.entries(target.sessions).map(([name, count]) => `${count} of ${quoted(name)}`);
  const ended =
    sessions.length === 0
      ? 'nobody is connected to it'
      : `its sessions will be ended: ${sessions.join(', ')}`;
  step.info(`Database ${quoted(database)} will be replaced; ${ended}`);
}

async function fill(
  database: string,
  { file, entries }: LocalArchive,
  { client, connection }: Prepared<RestoreFacts>,
  backupFileName: string,
  step: Step,
): Promise<void> {
  let begun = 0;
  let current = 'connecting';
  const describe = (elapsed: number): string =>
    `${Math.min(99, Math.floor((100 * begun) / entries))} % of ${entries} entries, ${current}, ${formatDuration(elapsed)}`;
  const onEntry = (entry: string): void => {
    begun++;
    current = entry;
  };
  try {
    await withProgress(step, describe, () =>
      restoreInto(client, connection, database, file, onEntry, step.info, step.signal),
    );
  } catch (error) {
    throw incomplete(database, backupFileName, error);
  }
  step.info(`Restored ${entries} entries of the archive`);
}

/** A database without statistics is complete, only slow: if this fails, the restore has not. */
async function collectStatistics(
  database: string,
  { client, connection }: Prepared<RestoreFacts>,
  step: Step,
): Promise<void> {
  try {
    await analyze(client, connection, database, step.signal);
  } catch (error) {
    step.signal.throwIfAborted();
    step.warn(
      `The database is restored, but ANALYZE failed: ${causeOf(error)}\nRun ANALYZE in it, or queries may be slow.`,
    );
  }
}
