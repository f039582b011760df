/**
 * PostgreSQL's custom archive format, as far as it takes to tell what an archive is and whether it is whole.
 *
 * An archive is a header, a table of contents, and the data: for each entry of the table that has data, a block type,
 * the entry's id, and chunks that each begin with their length and end with one of length 0. Nothing follows the last.
 * https://github.com/postgres/postgres/blob/master/src/bin/pg_dump/pg_backup_archiver.c (WriteHead, WriteToc)
 * https://github.com/postgres/postgres/blob/master/src/bin/pg_dump/pg_backup_custom.c (_StartData and on)
 */
import { ArchiveError, formatVersion, header, isNewer, oldestKnown, type Sizes } from './header.ts';
import { byte, Input, int, type Part, skip, skipString } from './input.ts';

const dataBlock = 1;
const largeObjectsBlock = 3;
/** States of an entry's data offset: it is not known, it is what stands behind, there is no data. */
const notSet = 1;
export const positionSet = 2;
const noData = 3;

/**
 * Follows an archive's framing while it streams by, without keeping any of it.
 * `push` takes the next bytes, `end` is called after the last.
 */
export class ArchiveFollower {
  readonly #input = new Input();
  readonly #walk: Part<{ known: boolean }>;
  #known = true;
  #done = false;

  /**
   * @param onData is told of each entry's data as it begins
   * @param onSize is told, when it ends, how long it is in the archive, in bytes
   */
  constructor(onData: DataListener = () => {}, onSize: (id: number, size: number) => void = () => {}) {
    this.#walk = walk(this.#input, onData, onSize);
  }

  /** Whether the version of the format is known here, as far as it has come by; without it, nothing is followed. */
  get known(): boolean {
    return this.#known;
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

/** From the first byte to the last; its result is false if the version of the format is not known. */
function* walk(
  input: Input,
  onData: DataListener,
  onSize: (id: number, size: number) => void,
): Part<{ known: boolean }> {
  const version = yield* formatVersion(input);
  if (isNewer(version)) return { known: false };
  const { sizes } = yield* header(input, version);
  if (sizes.minor < oldestKnown) return { known: false };
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
    onSize(id, input.position - data);
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
