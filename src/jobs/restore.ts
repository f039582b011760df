import { rm } from 'node:fs/promises';
import { openContainer } from '../azure/backup-store.ts';
import { formatDuration, quoted } from '../format.ts';
import type { RestoreRequest } from '../inputs.ts';
import { oldestReader } from '../postgres/archive.ts';
import type { Login } from '../postgres/connection.ts';
import type { Psql } from '../postgres/psql.ts';
import { analyze, restoreInto } from '../postgres/restore.ts';
import { databaseFacts, type RestoreFacts, restoreFacts } from '../postgres/server.ts';
import { type Step, withProgress } from '../step.ts';
import { type FoundBackup, type LocalArchive, lookUp, obtain } from './obtain-archive.ts';
import { fetchLogin, type Prepared, prepareClient } from './preparation.ts';
import { replaceByEmpty } from './replace-by-empty.ts';
import { checkRestorable, chooseLocale } from './restore-checks.ts';
import { explain, incomplete, stillUnchanged } from './restore-failures.ts';
import type { Result } from './result.ts';

/**
 * Replaces a database by what is in a backup. Everything that can be known before is known before the first change: the
 * archive lies on the runner's disk, verified, and the server lets this role do what has to be done. Then an empty
 * database is made, takes the old one's place, and is filled.
 * @throws Failure that says what state the database is in
 */
export async function restore(request: RestoreRequest, step: Step): Promise<Result> {
  const clock = performance.now();
  const { database, backupFileName } = request;
  const { credential, login } = await stillUnchanged(
    database,
    step.phase('Sign in to Azure', () => fetchLogin(request, step)),
  );
  const container = openContainer(request.store, credential);

  const found = await stillUnchanged(
    database,
    step.phase('Look at the backup', () => lookUp(container, backupFileName, step)),
  );
  const prepared = await stillUnchanged(
    database,
    step.phase('Look at the server', () => lookAtServer(request, found, login, step)),
  );

  const archive = await stillUnchanged(
    database,
    step.phase(`Download ${backupFileName}`, () => obtain(container, found, prepared.client, step)),
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
  const databaseSize = await step.phase('Collect statistics (ANALYZE)', () =>
    finish(database, prepared, step),
  );
  return {
    job: 'restore',
    database,
    server: { host: request.server.host, version: prepared.server.version },
    backup: { name: backupFileName, url: found.stored.url, size: found.stored.size, sha256: archive.sha256 },
    databaseSize,
    duration: performance.now() - clock,
  };
}

/** Finds the client, and checks what can be checked. Changes nothing. */
async function lookAtServer(
  request: RestoreRequest,
  { header, stored }: FoundBackup,
  login: Login,
  step: Step,
): Promise<Prepared<RestoreFacts>> {
  const { database } = request;
  const ask = (psql: Psql): Promise<RestoreFacts> => restoreFacts(psql, database);
  const prepared = await prepareClient(request, login, ask, oldestReader(header), step);
  const { server } = prepared;
  await checkRestorable(database, server, stored.size, step.scratch);
  if (Number.parseInt(header.serverVersion, 10) > server.major) {
    step.warn(
      `The backup is of PostgreSQL ${header.serverVersion}, and this server is the older ${server.version}: what the older ` +
        'one does not know cannot be restored, and then the restore fails after the old database was dropped.',
    );
  }
  describeTarget(database, server, step);
  return prepared;
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
  step.info(
    'With the old one go its owner, the rights that were granted on it and in it, and its own settings',
  );
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
      restoreInto(
        client,
        connection,
        { database, file, noOwner: true, noPrivileges: true, options: [] },
        { onEntry, onMessage: step.info },
        step.signal,
      ),
    );
  } catch (error) {
    throw incomplete(database, backupFileName, error);
  }
  step.info(`Restored ${entries} entries of the archive`);
}

/**
 * Has statistics collected, and asks for the size of the database. A database without statistics is complete, only slow:
 * whatever goes wrong here, a cancel included, the restore has succeeded.
 * @returns bytes, or undefined if the server did not answer
 */
async function finish(
  database: string,
  { psql }: Prepared<RestoreFacts>,
  step: Step,
): Promise<number | undefined> {
  try {
    const describe = (elapsed: number): string => `Collecting statistics, ${formatDuration(elapsed)}`;
    await withProgress(step, describe, () => analyze(psql, database));
    return (await databaseFacts(psql, database)).size;
  } catch (error) {
    step.warn(
      `The database is restored, but ANALYZE did not end as it should: ${explain(error).cause}\n` +
        'Run ANALYZE in it, or queries may be slow.',
    );
    return undefined;
  }
}
