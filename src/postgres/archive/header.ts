import { quoted } from '../../base/format.ts';
import { byte, Input, int, type Part, string } from './input.ts';

/** What an archive says of itself in its first bytes. */
export interface ArchiveHeader {
  /** Version of the format, `1.16`. */
  format: string;
  /** The database that it was made from. */
  database: string;
  /** Version of that database's server, as it prints it. */
  serverVersion: string;
  /** Version of the `pg_dump` that wrote it. */
  dumpVersion: string;
}

/** An archive is not what it has to be. The message says what was found, and where. */
export class ArchiveError extends Error {
  override name = 'ArchiveError';
}

const customFormat = 1;
/**
 * What begins like an archive and is none in custom format; that of the directory format says that it was tar.
 * https://github.com/postgres/postgres/blob/master/src/bin/pg_dump/pg_backup_directory.c (_CloseArchive)
 */
const tocFile = 'table of contents (toc.dat) of an archive in directory or tar format';

/** Versions of the format whose every byte is known here: 1.14 (12 to 15), 1.15 (16) and 1.16 (17 and 18). */
export const oldestKnown = 14;
const newestKnown = 16;

/** The bytes of the header that `readHeader` is sure to find enough in: fixed fields and three short strings. */
export const headerBytes = 1024;

/** The version of an archive's format. */
interface FormatVersion {
  major: number;
  minor: number;
}

/** Whether a format is newer than those known here: then nothing is sure to stand where it did, the rest of the header included. */
export function isNewerFormat({ format }: Pick<ArchiveHeader, 'format'>): boolean {
  const [major = 0, minor = 0] = format.split('.').map(Number);
  return isNewer({ major, minor });
}

export function isNewer({ major, minor }: FormatVersion): boolean {
  return major > 1 || minor > newestKnown;
}

/**
 * The oldest major of `pg_restore` that reads an archive; of a format that is newer than those known here, the major
 * that wrote it, or 0 if even that cannot be read.
 */
export function oldestReader(header: ArchiveHeader): number {
  if (isNewerFormat(header)) return Number(/^\d\d(?!\d)/.exec(header.dumpVersion)?.[0] ?? 0);
  const minor = Number(header.format.split('.')[1]);
  return minor <= oldestKnown ? 12 : minor + 1;
}

/**
 * Reads the header out of an archive's first bytes. In one of a newer format than those known here, texts that are not where they were
 * are empty.
 * @throws ArchiveError that says what the bytes are instead, if they are no custom-format archive
 */
export function readHeader(start: Buffer): ArchiveHeader {
  const input = new Input();
  input.take(start);
  const version = formatVersion(input).next();
  if (!version.done) throw cutShort();
  const { major, minor } = version.value;
  try {
    const { value, done } = header(input, version.value).next();
    if (done) return value.header;
  } catch (error) {
    if (!isNewer(version.value) || !(error instanceof ArchiveError)) throw error;
  }
  if (!isNewer(version.value)) throw cutShort();
  return { format: `${major}.${minor}`, database: '', serverVersion: '', dumpVersion: '' };
}

function cutShort(): ArchiveError {
  return new ArchiveError('it ends within the first bytes of its header');
}

/** How an archive writes things. */
export interface Sizes {
  /** Of the format's version. */
  minor: number;
  /** Bytes of an integer, besides its sign. */
  int: number;
  /** Bytes of a data offset. */
  offset: number;
}

/** Reads the first bytes, which are the same in every format. Throws an ArchiveError if they are not those of an archive. */
export function* formatVersion(input: Input): Part<FormatVersion> {
  let magic = '';
  for (let i = 0; i < 5; i++) magic += String.fromCharCode(yield* byte(input));
  if (magic !== 'PGDMP') throw new ArchiveError(`it begins with ${quoted(magic)} instead of "PGDMP"`);
  return { major: yield* byte(input), minor: yield* byte(input) };
}

/** Reads the header behind the version. Throws an ArchiveError if there is none, or it is not of an archive in custom format. */
export function* header(
  input: Input,
  { major, minor }: FormatVersion,
): Part<{ header: ArchiveHeader; sizes: Sizes }> {
  yield* byte(input); // revision
  const sizes = { minor, int: yield* byte(input), offset: yield* byte(input) };
  const format = yield* byte(input);
  if (format !== customFormat) throw new ArchiveError(`it is the ${tocFile}`);
  if (major !== 1 || sizes.int < 2 || sizes.int > 8) throw nonsense();
  if (minor >= 15)
    yield* byte(input); // how it is compressed
  else yield* int(input, sizes.int);
  for (let field = 0; field < 7; field++) yield* int(input, sizes.int); // when it was made
  const database = yield* string(input, sizes.int, headerBytes);
  const serverVersion = yield* string(input, sizes.int, headerBytes);
  const dumpVersion = yield* string(input, sizes.int, headerBytes);
  if (database === undefined || serverVersion === undefined || dumpVersion === undefined) throw nonsense();
  return { header: { format: `${major}.${minor}`, database, serverVersion, dumpVersion }, sizes };
}

function nonsense(): ArchiveError {
  return new ArchiveError('its header makes no sense');
}
