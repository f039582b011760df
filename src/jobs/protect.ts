import type { BackupStore } from '../azure/storage/backup-store.ts';
import type { StoredBackup } from '../azure/storage/stored-backup.ts';
import { isOutdated } from '../azure/storage/upkeep/errors.ts';
import { Failure } from '../base/failure.ts';
import { formatAge, formatBytes, formatTime, plain, quoted } from '../base/format.ts';
import type { Step } from '../base/step.ts';
import { withProtection } from './archive/metadata.ts';
import { fromListedBlob } from './archive/recorded-backups.ts';
import { openStore, placeToShow } from './open-store.ts';
import type { RecordedBackup } from './recorded-backup.ts';
import type { ProtectRequest } from './request.ts';
import type { ProtectResult } from './result.ts';

/**
 * Protects a backup from every retention, with the reason for that, or lifts its protection. All else that is recorded with it stays as
 * it is, and so does its content.
 * @throws Failure
 */
export async function protect(asked: ProtectRequest, step: Step): Promise<ProtectResult> {
  const clock = performance.now();
  const { job, backupFileName } = asked;
  try {
    const store = await openStore(asked, step);
    const title = `${job === 'protect' ? 'Protect' : 'Unprotect'} ${quoted(backupFileName)}`;
    const done = await step.phase(title, () => changeProtection(store, asked, step));
    return { job, ...done, place: placeToShow(asked.store), duration: performance.now() - clock };
  } catch (error) {
    if (!(error instanceof Failure) || error.explanation.state !== undefined) throw error;
    const state = `The protection of ${quoted(backupFileName)} was not changed.`;
    throw new Failure({ ...error.explanation, state }, { cause: error });
  }
}

/** What a backup was protected with before; nothing where it was not. */
type ChangedProtection = Pick<ProtectResult, 'backup' | 'before'>;

/** How often a backup is looked at again that somebody else changed meanwhile: another protection, or a proof that it can be restored. */
const mostLooksAgain = 2;

async function changeProtection(
  store: BackupStore,
  asked: ProtectRequest,
  step: Step,
): Promise<ChangedProtection> {
  const { backupFileName: name, protect: reason } = asked;
  for (let again = 0; ; again++) {
    const { stored, backup } = await lookUp(store, asked, step.signal);
    if (again === 0) step.info(describe(backup));
    const { protection: before, ...unprotected } = backup;
    const told = before === undefined ? {} : { before };
    if ((before ?? '') === reason) {
      step.info(reason === '' ? 'It is not protected' : `It is protected already: ${quoted(reason)}`);
      return { backup, ...told };
    }
    try {
      const etag = await store.record(stored, withProtection(stored.metadata, reason), step.signal);
      step.info(describeChange(before, reason));
      return { backup: { ...unprotected, etag, ...(reason !== '' && { protection: reason }) }, ...told };
    } catch (error) {
      if (again === mostLooksAgain || !isOutdated(error)) throw error;
      step.info(`Somebody else changed ${quoted(name)} meanwhile; looking at it again`);
    }
  }
}

/** @throws Failure also if it is no backup that this action made */
async function lookUp(
  store: BackupStore,
  { backupFileName: name, database }: ProtectRequest,
  signal: AbortSignal,
): Promise<{ stored: StoredBackup; backup: RecordedBackup }> {
  const stored = await store.find(name, database, signal);
  const folder = name.slice(0, name.lastIndexOf('/') + 1); // may be given with the name alone
  const backup = fromListedBlob({ ...stored, tier: '', isRehydrating: false, hasLegalHold: false }, folder);
  if (backup) return { stored, backup };
  throw new Failure({
    tried: `Looking at ${quoted(name)}`,
    cause:
      'it is no backup of this action: its name, or what is recorded with it, is not what the action gives',
    advice:
      'Check backup_file_name: job_to_run list shows the backups. Other files need no protection, since no retention deletes them.',
  });
}

function describe({ name, size, database, host, at, serverVersion }: RecordedBackup): string {
  const version = serverVersion === '' ? '' : `, PostgreSQL ${plain(serverVersion)}`;
  const age = formatAge(Date.now() - at.getTime());
  return `Found ${quoted(name)} (${formatBytes(size)}): database ${quoted(database)} on ${quoted(host)} as of ${formatTime(at)} (${age})${version}`;
}

function describeChange(before: string | undefined, reason: string): string {
  if (reason === '') return `Lifted the protection ${quoted(before ?? '')}: retention may delete it`;
  const instead = before === undefined ? '' : `, instead of ${quoted(before)}`;
  return `Protected: ${quoted(reason)}${instead}. No retention deletes it`;
}
