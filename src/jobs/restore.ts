import { openBackupStore } from '../azure/storage/backup-store.ts';
import { quoted } from '../base/format.ts';
import type { Step } from '../base/step.ts';
import { oldestReader } from '../postgres/archive/header.ts';
import { readOptions } from '../postgres/client/known-options.ts';
import { allowsSeveralJobs } from '../postgres/client/tool-options.ts';
import { assertNoCluster } from '../postgres/server/fit-server.ts';
import { lostLocale } from '../postgres/server/locale.ts';
import { maintenanceDatabase, type RestoreFacts, restoreFacts } from '../postgres/server/server.ts';
import type { Psql } from '../postgres/session/psql.ts';
import { lockRestore, type RestoreLock } from '../postgres/swap/lock.ts';
import { describeHolder, statementToEnd } from '../postgres/swap/lock-claim.ts';
import { chooseSource } from './archive/file-or-stream.ts';
import { findLatest } from './archive/latest.ts';
import type { BackupMetadata } from './archive/metadata.ts';
import { downloadArchive, lookUpBackup, streamArchive } from './archive/obtain.ts';
import { makingRun } from './archive/origin.ts';
import { type Finding, notesOfWarnings, reportFindings } from './preflight/finding.ts';
import { chooseLocale } from './preflight/obstacles.ts';
import { preflight } from './preflight/preflight.ts';
import { restorePasses } from './preflight/restore-passes.ts';
import { fetchLogin, type Prepared, prepareClient } from './preparation.ts';
import { restoreByDrop } from './replace/by-drop.ts';
import { restoreBySwap } from './replace/by-swap.ts';
import { clearLeftovers } from './replace/clear-leftovers.ts';
import { beforeFirstChange } from './replace/failures.ts';
import type { Replacement, ReplacementOutcome } from './replace/replacement.ts';
import { latestName, type RestoreRequest } from './request.ts';
import type { RestoreResult } from './result.ts';

/**
 * Replaces a database by what is in a backup. Everything that can be known before is known before the first change: nobody
 * else restores this database, the server lets this role do what has to be done, and the archive lies on the runner's disk,
 * verified. How the old database is replaced then is the strategy's.
 * @throws Failure that says what state the database is in
 */
export async function restore(asked: RestoreRequest, step: Step): Promise<RestoreResult> {
  const clock = performance.now();
  const { database, strategy, noOwner, noPrivileges } = asked;
  const phase = <T>(title: string, work: () => Promise<T>): Promise<T> =>
    beforeFirstChange(database, title, step.phase(title, work));

  const { credential, login } = await phase('Sign in to Azure', () => fetchLogin(asked, step));
  const { patience } = asked;
  const store = openBackupStore(asked.store, credential, { patience, info: step.info });
  const { found, backupFileName } = await phase('Find the backup', async () => {
    const isLatest = asked.backupFileName === latestName;
    const name = isLatest ? await findLatest(store, asked.source, step) : asked.backupFileName;
    if (isLatest) step.chose(name);
    return { found: await lookUpBackup(store, name, database, step), backupFileName: name };
  });
  const { prepared, request, lock } = await phase('Check the server', async () => {
    const ask = (psql: Psql): Promise<RestoreFacts> => restoreFacts(psql, database);
    const ready = await prepareClient(asked, login, ask, oldestReader(found.header), step);
    assertNoCluster(ready.server, ready.connection);
    const options = await readOptions(ready.client, 'pg_restore', asked.restoreOptions, step.signal);
    return {
      prepared: ready,
      request: { ...asked, restoreOptions: options },
      lock: await lockRestore(ready.psql, database),
    };
  });
  try {
    const guarded = guardedBy(lock, prepared, step);
    const checked = await phase('Preflight checks', () =>
      step.timed('Checks', async () => {
        const order = { ...request, options: request.restoreOptions };
        const result = await preflight(store, found, order, guarded.prepared, guarded.step);
        const findings = [
          ...result.findings,
          ...localeFindings(found.record, prepared.server),
          ...strangerFindings(lock),
        ];
        reportFindings(findings, step);
        return { ...result, findings, leftovers: await clearLeftovers(lock, guarded.prepared, step) };
      }),
    );
    const way = chooseSource({
      strategy,
      jobs: allowsSeveralJobs(request.restoreOptions) ? request.jobs : 1,
      size: found.stored.size,
      room: checked.room,
      proven: found.record.sha256 !== undefined,
      lookedInto: checked.extensions.data.length > 0,
    });
    step.info(way.why);
    const passes = await restorePasses(checked, way, step);
    const obtained =
      way.through === 'stream'
        ? streamArchive(store, found, guarded.step)
        : await phase(`Download ${quoted(backupFileName)}`, () =>
            step.timed('Download', () =>
              downloadArchive(store, found, prepared.client, way.jobs, guarded.step),
            ),
          );
    const replaced = await replace(
      {
        request,
        lock,
        prepared: guarded.prepared,
        original: checked.original,
        emptyChecks: checked.emptyChecks,
        locale: chooseLocale(found.record, prepared.server),
        extensions: checked.extensions,
        rights: checked.rights,
        archive: {
          order: {
            ...{ archive: obtained.archive, passes, noOwner, noPrivileges },
            options: request.restoreOptions,
            withoutRows: checked.withoutRows,
          },
          sessions: way.jobs,
          entries: checked.entries,
          size: found.stored.size,
          dataSizes: new Map([...obtained.dataSizes].filter(([id]) => checked.ids.has(id))),
          schemas: checked.schemas,
          ...{ extensions: [], hints: [] },
          verified: obtained.verified,
        },
      },
      guarded.step,
    ).finally(obtained.remove);
    return {
      job: 'restore',
      database,
      server: { host: request.server.host, version: prepared.server.version },
      backup: {
        name: backupFileName,
        url: found.stored.url,
        size: found.stored.size,
        sha256: obtained.verified(),
      },
      duration: performance.now() - clock,
      ...originOf(found.record),
      verified: found.record.sha256 !== undefined,
      tables: checked.tables,
      ...replaced,
      notes: [...notesOfWarnings(checked.findings), ...(replaced.notes ?? []), ...checked.leftovers],
    };
  } finally {
    await lock.release();
  }

  function replace(replacement: Replacement, guarded: Step): Promise<ReplacementOutcome> {
    return strategy === 'swap' ? restoreBySwap(replacement, guarded) : restoreByDrop(replacement, guarded);
  }
}

/** The step, and the connection, for work that has to end when the lock is lost. */
function guardedBy(
  { lost }: RestoreLock,
  prepared: Prepared<RestoreFacts>,
  step: Step,
): { step: Step; prepared: Prepared<RestoreFacts> } {
  const signal = AbortSignal.any([step.signal, lost]);
  return { step: { ...step, signal }, prepared: { ...prepared, psql: { ...prepared.psql, signal } } };
}

/** What of the locale that is recorded this server is too old for. */
function localeFindings(record: Partial<BackupMetadata>, server: RestoreFacts): Finding[] {
  const locale = chooseLocale(record, server);
  const lost = locale && lostLocale(locale, server.major);
  return lost === undefined ? [] : [{ level: 'warning', text: lost }];
}

/** Who holds a lock for restores and could not restore. */
function strangerFindings({ strangers, database }: RestoreLock): Finding[] {
  return strangers.map((holder) => ({
    level: 'warning',
    text:
      `A lock for restores of ${quoted(database)} is held by ${describeHolder(holder)}. It is ignored, since that role could not restore ` +
      `the database. To end it, run this in database ${quoted(maintenanceDatabase)} as that role or as an administrator of the server:\n` +
      statementToEnd(holder),
  }));
}

/** When and where a backup says that it was made; anybody may have written that. */
function originOf(record: Partial<BackupMetadata>): Pick<RestoreResult, 'dataFrom' | 'madeBy'> {
  const dataFrom = new Date(record.started_at ?? '');
  const madeBy = makingRun(record);
  return { ...(!Number.isNaN(dataFrom.getTime()) && { dataFrom }), ...(madeBy && { madeBy }) };
}
