/**
 * PostgreSQL's custom archive format, as far as it takes to tell what an archive is and whether it is whole.
 *
 * An archive is a header, a table of contents, and the data: for each entry of the table that has data, a block type,
 * the entry's id, and chunks that each begin with their length and end with one of length 0. Nothing follows the last.
 * https://github.com/postgres/postgres/blob/master/src/bin/pg_dump/pg_backup_archiver.c (WriteHead, WriteToc)
 * https://github.com/postgres/postgres/blob/master/src/bin/pg_dump/pg_backup_custom.c (_StartData and on)
 */
import { quoted } from '../format.ts';

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
const dataBlock = 1;
const largeObjectsBlock = 3;
/** States of an entry's data offset: it is not known, it is what stands behind, there is no data. */
const notSet = 1;
export const positionSet = 2;
const noData = 3;

/** Versions of the format whose every byte is known here: 1.14 (12 to 15), 1.15 (16) and 1.16 (17 and 18). */
const oldestKnown = 14;
const newestKnown = 16;

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

/**
 * Follows an archive's framing while it streams by, without keeping any of it.
 * `push` takes the next bytes, `end` is called after the last.
 */
export class ArchiveFollower {
  readonly #input = new Input();
  readonly #walk: Part<{ known: boolean }>;
  #known = true;
  #done = false;

  /** @param onData is told of each entry's data as it begins */
  constructor(onData: DataListener = () => {}) {
    this.#walk = walk(this.#input, onData);
  }

  /** @throws ArchiveError if the bytes cannot go on like this in an archive */
  push(chunk: Buffer): void {
    if (chunk.length === 0 || !this.#known) return;
    if (this.#done) throw new ArchiveError('bytes follow after the end of its last data block');
    this.#input.take(chunk);
    const { value, done } = this.#walk.next();
    if (!done) return;
    this.#done = true;
    this.#known = value.known;
    if (value.known && this.#input.offset < chunk.length) this.push(chunk.subarray(this.#input.offset));
  }

  /**
   * @returns whether the framing could be followed; false for a version of the format that is not known here
   * @throws ArchiveError if the archive is cut short
   */
  end(): boolean {
    if (!this.#done) throw new ArchiveError(`it ends too early, ${this.#input.place}`);
    return this.#known;
  }
}

/** Where an entry's data begins, and where the table of contents would say so; both are positions in the archive, in bytes. */
export interface DataPlace {
  /** Of the state of the entry's data offset, one byte, with the offset behind it. */
  field: number;
  /** How many bytes the offset has, the lowest first. */
  size: number;
  /** Of the block of data. */
  data: number;
}

/** Is told where data is that the table of contents does not say. */
export type DataListener = (place: DataPlace) => void;

/** The bytes at hand, and where in the archive they are. */
class Input {
  chunk: Buffer = Buffer.alloc(0);
  offset = 0;
  place = 'in its header';
  #before = 0;

  take(chunk: Buffer): void {
    this.#before += this.chunk.length;
    this.chunk = chunk;
    this.offset = 0;
  }

  /** Of the next byte in the archive. */
  get position(): number {
    return this.#before + this.offset;
  }

  /** An integer if all its bytes are at hand: a sign byte, then `size` bytes, the lowest first. */
  int(size: number): number | undefined {
    const { chunk, offset } = this;
    if (size !== 4 || offset + 5 > chunk.length) return undefined;
    this.offset = offset + 5;
    const value = chunk.readUInt32LE(offset + 1);
    return chunk[offset] === 0 ? value : -value;
  }
}

/** Each part of the walk yields when it needs the next bytes. */
type Part<T> = Generator<void, T, void>;

function* byte(input: Input): Part<number> {
  while (input.offset === input.chunk.length) yield;
  return input.chunk[input.offset++] as number;
}

function* int(input: Input, size: number): Part<number> {
  const atOnce = input.int(size);
  if (atOnce !== undefined) return atOnce;
  const negative = (yield* byte(input)) !== 0;
  let value = 0;
  for (let i = 0; i < size; i++) value += (yield* byte(input)) * 256 ** i;
  return negative ? -value : value;
}

function* skip(input: Input, length: number): Part<void> {
  let left = length;
  while (left > input.chunk.length - input.offset) {
    left -= input.chunk.length - input.offset;
    input.offset = input.chunk.length;
    yield;
  }
  input.offset += left;
}

function* skipString(input: Input, size: number): Part<boolean> {
  const length = yield* int(input, size);
  if (length > 0) yield* skip(input, length);
  return length >= 0;
}

function* string(input: Input, size: number): Part<string> {
  const length = yield* int(input, size);
  const bytes: number[] = [];
  while (bytes.length < length) bytes.push(yield* byte(input));
  return Buffer.from(bytes).toString();
}

interface Sizes {
  minor: number;
  int: number;
  offset: number;
}

function* header(input: Input): Part<{ header: ArchiveHeader; sizes: Sizes }> {
  let magic = '';
  for (let i = 0; i < 5; i++) magic += String.fromCharCode(yield* byte(input));
  if (magic !== 'PGDMP') throw new ArchiveError(`it begins with ${quoted(magic)} instead of "PGDMP"`);
  const [major, minor] = [yield* byte(input), yield* byte(input)];
  yield* byte(input); // revision
  const sizes = { minor, int: yield* byte(input), offset: yield* byte(input) };
  const format = yield* byte(input);
  if (format !== customFormat) throw new ArchiveError(`it is the ${tocFile}`);
  if (major !== 1 || sizes.int < 2 || sizes.int > 8) throw new ArchiveError('its header makes no sense');
  if (minor >= 15)
    yield* byte(input); // how it is compressed
  else yield* int(input, sizes.int);
  for (let field = 0; field < 7; field++) yield* int(input, sizes.int); // when it was made
  const strings = [
    yield* string(input, sizes.int),
    yield* string(input, sizes.int),
    yield* string(input, sizes.int),
  ];
  const [database = '', serverVersion = '', dumpVersion = ''] = strings;
  return { header: { format: `${major}.${minor}`, database, serverVersion, dumpVersion }, sizes };
}

/** From the first byte to the last; its result is false if the version of the format is not known. */
function* walk(input: Input, onData: DataListener): Part<{ known: boolean }> {
  const { sizes } = yield* header(input);
  if (sizes.minor < oldestKnown || sizes.minor > newestKnown) return { known: false };
  const promised = yield* tableOfContents(input, sizes);
  const all = promised.size;
  while (promised.size > 0) {
    input.place = `after the data of ${all - promised.size} of ${all} entries`;
    const data = input.position;
    const type = yield* byte(input);
    const id = yield* int(input, sizes.int);
    const field = promised.get(id);
    if (!promised.delete(id))
      throw new ArchiveError(`data of an entry ${id} that its table of contents does not promise`);
    if (field !== undefined) onData({ field, size: sizes.offset, data });
    input.place = `in the data of entry ${id}`;
    if (type === dataBlock) yield* chunks(input, sizes.int);
    else if (type === largeObjectsBlock)
      while ((yield* int(input, sizes.int)) !== 0) yield* chunks(input, sizes.int);
    else throw new ArchiveError(`a block of unknown type ${type} for entry ${id}`);
  }
  return { known: true };
}

/** @returns the ids of the entries that have data, each with the position of its offset's state unless the offset is set */
function* tableOfContents(input: Input, sizes: Sizes): Part<Map<number, number | undefined>> {
  const promised = new Map<number, number | undefined>();
  input.place = 'in its table of contents';
  const count = yield* int(input, sizes.int);
  for (let entry = 0; entry < count; entry++) {
    const id = yield* int(input, sizes.int);
    yield* int(input, sizes.int); // whether it had data to be dumped
    // Catalog's table id, own id, tag, kind, then after the section: definition, drop and copy statement, schema,
    // tablespace, access method.
    for (let field = 0; field < 4; field++) yield* skipString(input, sizes.int);
    yield* int(input, sizes.int);
    for (let field = 0; field < 6; field++) yield* skipString(input, sizes.int);
    if (sizes.minor >= 16) yield* int(input, sizes.int); // kind of relation
    for (let field = 0; field < 2; field++) yield* skipString(input, sizes.int); // owner, WITH OIDS
    while (yield* skipString(input, sizes.int)); // ids that it depends on, up to a missing string
    const field = input.position;
    const state = yield* byte(input);
    if (state < notSet || state > noData) throw new ArchiveError(`an impossible data offset for entry ${id}`);
    if (state !== noData) promised.set(id, state === notSet ? field : undefined);
    yield* skip(input, sizes.offset);
  }
  return promised;
}

function* chunks(input: Input, size: number): Part<void> {
  for (;;) {
    // The common case without a generator: archives without compression have a chunk for each row.
    const length = input.int(size) ?? (yield* int(input, size));
    if (length === 0) return;
    if (length < 0) throw new ArchiveError(`a chunk of impossible length, ${input.place}`);
    if (input.offset + length <= input.chunk.length) input.offset += length;
    else yield* skip(input, length);
  }
}
