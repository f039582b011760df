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
export const newestKnown = 16;

/** The bytes of the header that `readHeader` is sure to find enough in: fixed fields and three short strings. */
export const headerBytes = 1024;

/**
 * The oldest major of `pg_restore` that reads an archive; of a format that is newer than those known here, the major
 * that wrote it, or 0 if even that cannot be read.
 */
export function oldestReader({ format, dumpVersion }: ArchiveHeader): number {
  const minor = Number(format.split('.')[1]);
  if (minor > newestKnown) return Number.parseInt(dumpVersion, 10) || 0;
  return minor <= oldestKnown ? 12 : minor + 1;
}

/**
 * Reads the header out of an archive's first bytes.
 * @throws ArchiveError that says what the bytes are instead, if they are no custom-format archive
 */
export function readHeader(start: Buffer): ArchiveHeader {
  const input = new Input();
  input.take(start);
  const { value, done } = header(input).next();
  if (!done) throw new ArchiveError('it ends within the first bytes of its header');
  return value.header;
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

/** Reads the header. Throws an ArchiveError if there is none, or it is not of an archive in custom format. */
export function* header(input: Input): Part<{ header: ArchiveHeader; sizes: Sizes }> {
  let magic = '';
  for (let i = 0; i < 5; i++) magic += String.fromCharCode(yield* byte(input));
  if (magic !== 'PGDMP') throw new ArchiveError(`it begins with ${quoted(magic)} instead of "PGDMP"`);
  const [major, minor] = [yield* byte(input), yield* byte(input)];
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
