import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { BackupStore } from '../../azure/storage/backup-store.ts';
import type { StoredBackup } from '../../azure/storage/stored-backup.ts';
import { Failure } from '../../base/failure.ts';
import {
  formatAge,
  formatBytes,
  formatDuration,
  formatTime,
  formatTransfer,
  plain,
  quoted,
} from '../../base/format.ts';
import { type Step, withProgress } from '../../base/step.ts';
import { dataOffsets } from '../../postgres/archive/data-offsets.ts';
import { explainForeignFormat } from '../../postgres/archive/foreign-format.ts';
import {
  ArchiveError,
  type ArchiveHeader,
  headerBytes,
  isNewerFormat,
  readHeader,
} from '../../postgres/archive/header.ts';
import { readThrough } from '../../postgres/archive/read.ts';
import type { Client } from '../../postgres/client/find.ts';
import { firstPortion } from './head.ts';
import { type BackupMetadata, fromMetadata } from './metadata.ts';

/** A backup that was looked up, and what is known of it before it is downloaded. */
export interface FoundBackup {
  stored: StoredBackup;
  record: Partial<BackupMetadata>;
  header: ArchiveHeader;
  /** The first `firstPortion` bytes, or all of them if it has less. */
  start: Buffer;
}

/** A backup that can be restored from. */
export interface ObtainedArchive {
  /** A file, or its bytes as they come. */
  archive: string | AsyncIterable<Buffer>;
  /** How long the data of each entry is in it, in bytes, by the entry's id; empty if that is not known. */
  dataSizes: ReadonlyMap<number, number>;
  /**
   * To be called when all of it has been read, before anything depends on it: returns its SHA-256, in hex.
   * @throws Failure if it is not what was backed up
   */
  verified(): string;
  /** Removes what it takes on the runner's disk. Never throws. */
  remove(): Promise<void>;
}

/**
 * Looks a backup up and reads its first bytes.
 * @param database whose backups are named if this one is not there
 * @throws Failure if it isn't there, can't be read, or is no archive in custom format
 */
export async function lookUpBackup(
  store: BackupStore,
  name: string,
  database: string,
  step: Step,
): Promise<FoundBackup> {
  const stored = await store.find(name, database, step.signal);
  const start = await store.readStart(stored, firstPortion, step.signal);
  const record = fromMetadata(stored.metadata);
  const header = withRecord(headerOf(name, start.subarray(0, headerBytes)), record);
  const told = (text: string): string => (text === '' ? 'unknown' : plain(text));
  step.info(
    `Found ${quoted(name)} (${formatBytes(stored.size)}): database ${header.database === '' ? 'unknown' : quoted(header.database)}` +
      `${madeAt(record.started_at)}, PostgreSQL ${told(header.serverVersion)}, pg_dump ${told(header.dumpVersion)}`,
  );
  if (isNewerFormat(header)) {
    step.info(
      `Its archive format ${header.format} is newer than this action; a pg_restore of the version that wrote it reads it`,
    );
  }
  return { stored, record, header, start };
}

/** What stands in the header of a newer format may not be what it was: what is recorded with the backup goes before it. */
function withRecord(header: ArchiveHeader, record: Partial<BackupMetadata>): ArchiveHeader {
  if (!isNewerFormat(header)) return header;
  return {
    format: header.format,
    database: record.database ?? header.database,
    serverVersion: record.server_version ?? header.serverVersion,
    dumpVersion: record.pg_dump_version ?? header.dumpVersion,
  };
}

/** When a backup says that it was made; anybody may have written that. */
function madeAt(started = ''): string {
  if (started === '') return '';
  const time = new Date(started);
  const ago = Number.isNaN(time.getTime()) ? '' : ` (${formatAge(Date.now() - time.getTime())})`;
  return ` as of ${plain(ago === '' ? started : formatTime(time))}${ago}`;
}

/**
 * Downloads a backup and makes sure that it is what was backed up: by the SHA-256 recorded with it, else by reading it
 * through. For several sessions the file then gets the data offsets that it lacks.
 * @param jobs how many sessions will read it
 * @throws Failure if it is not, or this client cannot read it
 */
export async function downloadArchive(
  store: BackupStore,
  { stored, record }: FoundBackup,
  client: Client,
  jobs: number,
  step: Step,
): Promise<ObtainedArchive> {
  const file = path.join(step.scratch, 'restore.dump');
  const { size, name } = stored;
  const offsets = jobs > 1 ? dataOffsets() : undefined;
  let received = 0;
  const describe = (elapsed: number): string =>
    `${formatDuration(elapsed)}: ${formatTransfer(received, size, elapsed, 'downloaded', 'left')}`;
  const listener = {
    onProgress: (bytes: number): void => {
      received = bytes;
    },
    onContent: (bytes: Buffer): void => offsets?.follow(bytes),
  };
  const sha256 = await withProgress(step, describe, () =>
    store.download(stored, file, listener, step.signal),
  );
  step.info(`Downloaded ${formatBytes(size)}, SHA-256 ${sha256}`);

  if (record.sha256 === undefined) await readUnproven(name, file, client, step);
  else verify(name, record.sha256, sha256, step);
  const filledIn = await offsets?.fillIn(file);
  if (filledIn) step.debug(`Data offsets of ${filledIn} entries written into the table of contents`);
  return {
    archive: file,
    dataSizes: offsets?.sizes ?? new Map(),
    verified: () => sha256,
    remove: () => rm(file, { force: true }).catch(() => {}), // the step's folder goes in the end anyway
  };
}

/** Makes a backup ready to be restored as it comes, without a file. Nothing is asked of the container before it is read. */
export function streamArchive(
  store: BackupStore,
  { stored, record }: FoundBackup,
  step: Step,
): ObtainedArchive {
  const { chunks, sha256 } = store.stream(stored, step.signal);
  let known: string | undefined;
  return {
    archive: chunks,
    dataSizes: new Map(),
    verified() {
      if (known !== undefined) return known;
      known = sha256();
      step.info(`Read all ${formatBytes(stored.size)}, SHA-256 ${known}`);
      if (record.sha256 === undefined) warnOfUnproven(stored.name, step);
      else verify(stored.name, record.sha256, known, step);
      return known;
    },
    remove: async () => {},
  };
}

function verify(name: string, recorded: string, actual: string, step: Pick<Step, 'info'>): void {
  if (recorded.toLowerCase() !== actual) throw changedContent(name, recorded, actual);
  step.info('SHA-256 verified');
}

async function readUnproven(name: string, file: string, client: Client, step: Step): Promise<void> {
  step.info('No SHA-256 recorded; reading the whole archive with pg_restore instead');
  const describe = (elapsed: number): string => `${formatDuration(elapsed)}: reading the whole archive`;
  await withProgress(step, describe, () => readThrough(client, file, step.signal));
  warnOfUnproven(name, step);
}

function warnOfUnproven(name: string, step: Pick<Step, 'warn'>): void {
  step.warn(
    `${quoted(name)} has no recorded SHA-256: it was not made by this action, or lost its metadata. It can be read to the end, but its content cannot be verified.`,
  );
}

function headerOf(name: string, start: Buffer): ArchiveHeader {
  try {
    return readHeader(start);
  } catch (cause) {
    if (!(cause instanceof ArchiveError)) throw cause;
    throw new Failure({ tried: `Reading ${quoted(name)}`, ...explainForeignFormat(start, cause) }, { cause });
  }
}

function changedContent(name: string, recorded: string, actual: string): Failure {
  return new Failure({
    tried: `Verifying ${quoted(name)}`,
    cause: `its content is not what was backed up. SHA-256: ${actual}, recorded was ${plain(recorded)}`,
    advice: 'Choose another backup, and find out who wrote to the blob.',
  });
}
