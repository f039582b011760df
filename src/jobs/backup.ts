import { setTimeout as sleep } from 'node:timers/promises';
import { backupName } from '../azure/storage/backup-names.ts';
import { type BackupStore, openBackupStore } from '../azure/storage/backup-store.ts';
import type { NewBackup } from '../azure/storage/new-backup.ts';
import { Failure } from '../base/failure.ts';
import { formatBytes, formatTimestamp, quoted } from '../base/format.ts';
import type { Step } from '../base/step.ts';
import { readOptions } from '../postgres/client/known-options.ts';
import { describeCompression } from '../postgres/dump/compression.ts';
import { dump } from '../postgres/dump/dump.ts';
import { statisticsOption } from '../postgres/dump/statistics.ts';
import { watchActivity } from '../postgres/server/activity.ts';
import { estimatedContent } from '../postgres/server/content.ts';
import { existingDatabase } from '../postgres/server/missing-database.ts';
import { asLoginRole } from '../postgres/server/session-overrides.ts';
import { watchPulse } from '../postgres/session/pulse.ts';
import { toMetadata } from './archive/metadata.ts';
import { chooseCompression } from './backup/choose-compression.ts';
import { readDatabaseGrants } from './backup/database-grants.ts';
import { earlierBackups, leftBy } from './backup/earlier-backups.ts';
import { inspectExtensionsToBackUp } from './backup/extensions.ts';
import { warnOfFunctions } from './backup/function-warnings.ts';
import { type Begun, newMetadata } from './backup/new-metadata.ts';
import { retainAfterBackup } from './backup/retain.ts';
import { warnOfSize } from './backup/size-warning.ts';
import { streamDump } from './backup/stream-dump.ts';
import { problemOfTier } from './backup/tier.ts';
import { warningOfClock } from './clock.ts';
import { fetchLogin, prepareClient } from './preparation.ts';
import type { BackupRequest } from './request.ts';
import type { BackupResult } from './result.ts';

/**
 * Backs a database up: `pg_dump` streams into a blob, which appears under its name only when the dump is complete and
 * its archive was followed to the end. Whatever goes wrong before leaves nothing that looks like a backup.
 * @throws Failure
 */
export async function backup(asked: BackupRequest, step: Step): Promise<BackupResult> {
  let made: string | undefined;
  try {
    return await makeBackup(asked, step, (name) => {
      made = name;
    });
  } catch (error) {
    // A commit that fails says itself what became of the backup.
    if (!(error instanceof Failure) || error.explanation.state !== undefined) throw error;
    const state = made === undefined ? 'No backup was made.' : `Backup ${quoted(made)} is complete.`;
    throw new Failure({ ...error.explanation, state }, { cause: error });
  }
}

/** @param onMade is given the name of the backup when it is complete */
async function makeBackup(
  asked: BackupRequest,
  step: Step,
  onMade: (name: string) => void,
): Promise<BackupResult> {
  const clock = performance.now();
  const { database } = asked;
  const { credential, login } = await step.phase('Sign in to Azure', () => fetchLogin(asked, step));

  const { prepared, request } = await step.phase('Check the server', async () => {
    const found = await prepareClient(
      asked,
      login,
      (psql) => existingDatabase(psql, database),
      undefined,
      step,
    );
    step.info(`Database ${quoted(database)}: ${formatBytes(found.server.size)} on the server`);
    const options = await readOptions(found.client, 'pg_dump', asked.dumpOptions, step.signal);
    const psql = await asLoginRole(found.psql, database);
    const itself = { ...found, psql, connection: psql.connection };
    return { prepared: itself, request: { ...asked, dumpOptions: options } };
  });
  const compression = await chooseCompression(request.compression, prepared.client, step);
  const { rights, notes: unfinished } = await readDatabaseGrants(prepared.psql, database, step);
  const extensions = await inspectExtensionsToBackUp(request, prepared, step);
  const notes = [
    ...unfinished,
    ...extensions.notes,
    ...(await warnOfFunctions(prepared.psql, database, step)),
  ];

  await warnOfSize(prepared, database, compression, step);
  const content = await estimatedContent(prepared.psql, database);

  const { patience } = request;
  const store = openBackupStore(request.store, credential, { patience, info: step.info });
  const made = await step.phase(`Back up ${quoted(database)}`, async () => {
    const { target, begun } = await beginUnderFreeName(store, request, step);
    const ofClock = warningOfClock(store.clockError());
    if (ofClock !== undefined) step.warn(ofClock);
    const earlier = earlierBackups(store, asked.source, step.signal); // while the dump is on its way, and never an error
    const { client, connection, server, psql } = prepared;
    const { dumpOptions, protect, tier } = request;
    const statistics = await statisticsOption(client, server, psql, database, dumpOptions);
    const options = [...statistics, ...dumpOptions];
    const pulse = watchPulse(psql, database, () => dumping.lastHeard());
    const signal = AbortSignal.any([step.signal, pulse.lost]);
    const dumping = dump(client, connection, database, compression, options, step.warn, signal);
    try {
      if (dumpOptions.length > 0) step.info(`pg_dump options: ${quoted(dumpOptions.join(' '))}`);
      const how = `compression ${describeCompression(compression)}${tier ? `, ${tier} tier` : ''}`;
      step.info(`Uploading to ${quoted(target.name)}, ${how}`);
      const activity = watchActivity(psql, server, database, 1);
      const archive = await step.timed('Dump and upload', () =>
        streamDump(dumping, client, target, activity, step),
      );
      const record = newMetadata(request, prepared, compression, extensions, archive, begun, step);
      step.info(`Committing ${quoted(target.name)}`); // src/runner/endings.ts refers to it
      const { refusedTier } = await step.timed('Commit', () =>
        target.commit(toMetadata({ ...record, database_rights: rights })),
      );
      onMade(target.name);
      step.info(`Uploaded ${quoted(target.name)} (${formatBytes(archive.size)})`);
      if (protect !== undefined) step.info(`Protected: ${quoted(protect)}. No retention deletes it`);
      return {
        database,
        server: { host: request.server.host, version: prepared.server.version },
        backup: { name: target.name, url: target.url, ...archive },
        databaseSize: prepared.server.size,
        dataFrom: begun.at,
        made: { compression: record.compression, client: client.version },
        ...(refusedTier ? { problem: problemOfTier(target.name, refusedTier) } : tier && { tier }),
        ...(protect !== undefined && { protection: protect }),
        ...content,
        earlier: (await earlier).filter((one) => one.name !== target.name), // a slow listing may have it already
      };
    } finally {
      pulse.stop();
      await dumping.stop();
      target.abandon();
    }
  });
  const retained = await retainAfterBackup(request, store, made.backup.name, step);
  return {
    ...{ job: 'backup', ...made, ...retained },
    earlier: leftBy(retained.retention, made.earlier),
    ...{ notes: [...notes, ...retained.notes], duration: performance.now() - clock },
  };
}

/** How many names are tried: of as many seconds in a row, not each can have a backup of this database. */
const mostNames = 10;

/**
 * Begins a backup under a name of its own: names carry the time to the second, and another one may have been made in this one, or may be
 * about to be. All who meet under one name leave it, each for a second of its own.
 * @throws Failure if each name that is tried is taken
 */
async function beginUnderFreeName(
  store: BackupStore,
  { database, tier }: BackupRequest,
  step: Step,
): Promise<{ target: NewBackup; begun: Begun }> {
  for (let tried = 1; ; tried++) {
    const begun = { at: new Date(), clock: performance.now() };
    const name = `${store.folder}${backupName(database, formatTimestamp(begun.at))}`;
    const target = await store.begin(name, step.signal, tier);
    if (!('by' in target)) return { target, begun };
    if (tried === mostNames) throw noFreeName(name);
    const why = target.by === 'blob' ? 'exists already' : 'is being written by another backup';
    step.info(`${quoted(name)} ${why}; waiting for another second`);
    const seconds = 1 + Math.min(target.ahead, mostNames);
    await sleep(1_000 * seconds - begun.at.getMilliseconds(), undefined, { signal: step.signal });
  }
}

function noFreeName(last: string): Failure {
  return new Failure({
    tried: 'Finding a name for the backup',
    cause: `the account says that each of ${mostNames} names is taken by a blob or by one that is being written, the last of them ${quoted(last)}`,
    advice:
      'Check the container. If these blobs are not there, and no other backup of this database is running, find out what answers in place of the account.',
  });
}
