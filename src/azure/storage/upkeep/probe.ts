import { randomBytes } from 'node:crypto';
import { Failure } from '../../../base/failure.ts';
import type { Access } from '../access.ts';
import { curiosity, propertiesOf } from '../blob-properties.ts';
import { storageFailure } from '../errors.ts';
import { inventoryOfBlobs, type ListedBlob } from '../listing.ts';
import { beginBackup, type NewBackup } from '../new-backup.ts';
import { readStart } from '../read-backup.ts';
import { describeBlob, type StoredBackup } from '../stored-backup.ts';
import type { Committed } from '../upload/commit.ts';
import type { AccessTier } from '../upload/tiers.ts';
import { deleteBlob } from './remove.ts';
import { keptContainer } from './settings.ts';

/** What came of a step: that it passed, what it met, or why it was not tried. */
export type ProbeStep = 'passed' | Failure | { skipped: string };

/** What came of writing, reading and deleting a small blob. */
export interface Probe extends Committed {
  /** Of the blob. */
  name: string;
  write: ProbeStep;
  read: ProbeStep;
  remove: ProbeStep;
  /** Why it was not published, where a block was staged only. */
  unpublished?: string;
  /** What the answers tell besides, each undefined if they do not: whether the account keeps versions, */
  isVersioned?: boolean;
  /** whether soft delete has kept the blob, */
  isKept?: boolean;
  /** and whether its namespace is hierarchical. */
  isHierarchical?: boolean;
}

/** What the names of these blobs begin with in their folder. */
const probePrefix = '.postgres-azure-backup-probe-';

/** By which one is known that a check has left which was killed. */
const metadata = { purpose: 'probe' };

/** Whether a blob is one of these: it may be somebody else's who looks at the same time. */
export function isProbe({ name, metadata: told }: Pick<ListedBlob, 'name' | 'metadata'>): boolean {
  return name.includes(probePrefix) && told['purpose'] === metadata.purpose;
}

const content = Buffer.from('postgres-azure-backup has written this to see whether it can.\n');

/** How long the blob may take to be deleted when the job is ended meanwhile, in milliseconds. */
const timeToDelete = 3_000;

/**
 * Writes a blob into the folder in the way of a backup, reads it and deletes it. Its name is that of no backup, and nobody else's. Where
 * the container's policy would keep it, a block of it is staged only, which needs the same right, is no blob, and is gone after a week.
 * @param tier that of the account if undefined
 */
export async function probeFolder(access: Access, signal: AbortSignal, tier?: AccessTier): Promise<Probe> {
  const name = `${access.folder}${probePrefix}${randomBytes(8).toString('hex')}`;
  const kept = await keptContainer(access, signal);
  if (kept !== undefined) {
    const skipped = `nothing was published to try it: ${kept}, and the blob could not be deleted`;
    const write = await stepOutcome(() => stageOnly(access, name, signal), signal);
    return { name, write, read: { skipped }, remove: { skipped }, unpublished: kept };
  }
  const probe: Probe = {
    name,
    write: { skipped: 'not tried' },
    read: { skipped: 'nothing was written' },
    remove: { skipped: 'nothing was written' },
  };
  try {
    probe.write = await stepOutcome(async () => {
      Object.assign(probe, await writeProbe(access, name, signal, tier));
    }, signal);
    if (probe.write === 'passed')
      probe.read = await stepOutcome(async () => {
        Object.assign(probe, await readProbe(access, name, signal));
      }, signal);
  } finally {
    // What was not answered may have been carried out.
    const own = signal.aborted ? AbortSignal.timeout(timeToDelete) : signal;
    const removed = await stepOutcome(async () => {
      const { isKept } = await deleteBlob(access, { name, etag: '*' }, own);
      if (isKept !== undefined) probe.isKept = isKept;
    }, own).catch((error: unknown) =>
      storageFailure(`Deleting ${describeBlob(access.container, name)}`, error),
    );
    if (probe.write === 'passed') probe.remove = removed;
  }
  signal.throwIfAborted();
  await deleteLeft(access, signal);
  return probe;
}

/** From which age on a blob of this kind is one that nobody will delete any more, in milliseconds. */
const leftAfter = 3_600_000;

/** Deletes what checks have left that were killed. That it cannot is no error: the probe itself tells that. */
async function deleteLeft(access: Access, signal: AbortSignal): Promise<void> {
  const soon = AbortSignal.any([signal, AbortSignal.timeout(curiosity)]);
  const quiet = { ...access, folder: `${access.folder}${probePrefix}`, info: () => {} };
  try {
    const { blobs, now } = await inventoryOfBlobs(quiet, soon);
    for (const blob of blobs) {
      const age = now.getTime() - (blob.createdOn ?? now).getTime();
      if (isProbe(blob) && age > leftAfter) await deleteBlob(quiet, blob, soon);
    }
  } catch {
    signal.throwIfAborted();
  }
}

async function stepOutcome(work: () => Promise<void>, signal: AbortSignal): Promise<'passed' | Failure> {
  try {
    await work();
    return 'passed';
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Failure) return error;
    throw error;
  }
}

async function writeProbe(
  access: Access,
  name: string,
  signal: AbortSignal,
  tier: AccessTier | undefined,
): Promise<Committed> {
  const begun = await beginProbe(access, name, signal, tier);
  try {
    await begun.write(content);
    await begun.flush();
    return await begun.commit(metadata);
  } finally {
    begun.abandon();
  }
}

async function stageOnly(access: Access, name: string, signal: AbortSignal): Promise<void> {
  const begun = await beginProbe(access, name, signal);
  try {
    await begun.write(content);
    await begun.flush();
  } finally {
    begun.abandon();
  }
}

async function beginProbe(
  access: Access,
  name: string,
  signal: AbortSignal,
  tier?: AccessTier,
): Promise<NewBackup> {
  const begun = await beginBackup(access, name, signal, tier);
  if ('by' in begun) {
    throw new Failure({
      tried: `Writing ${describeBlob(access.container, name)}`,
      cause: 'the account says that this name, which was drawn by lot, is taken',
      advice: 'Find out what answers in place of the account.',
    });
  }
  return begun;
}

async function readProbe(
  access: Access,
  name: string,
  signal: AbortSignal,
): Promise<Pick<Probe, 'isVersioned' | 'isHierarchical'>> {
  const tried = `Reading ${describeBlob(access.container, name)}`;
  const properties = await propertiesOf(access, name, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    throw storageFailure(tried, error);
  });
  const size = properties.contentLength ?? 0;
  const stored: StoredBackup = {
    ...{ name, url: access.container.getBlobClient(name).url, size },
    ...{ etag: String(properties.etag), metadata: properties.metadata ?? {} },
  };
  if (!(await readStart(access, stored, size, signal)).equals(content)) {
    throw new Failure({
      tried,
      cause: 'what was read is not what was written',
      advice:
        'Find out what changes it between the runner and the account: a proxy, or a rule of the account.',
    });
  }
  // Only accounts with a hierarchical namespace tell whom a blob belongs to.
  const { headers } = properties._response;
  return {
    isVersioned: properties.versionId !== undefined,
    ...((headers.contains('x-ms-resource-type') || headers.contains('x-ms-owner')) && {
      isHierarchical: true,
    }),
  };
}
