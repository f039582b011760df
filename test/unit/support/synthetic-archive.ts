/**
 * Archives in PostgreSQL's custom format, made by hand and byte by byte, so that each can be wrong in one way.
 * https://github.com/postgres/postgres/blob/master/src/bin/pg_dump/pg_backup_archiver.c (WriteHead, WriteToc)
 */

export const notSet = 1;
export const positionSet = 2;
export const noData = 3;

/** How an archive writes numbers, and in which version of the format. */
export interface Layout {
  minor: number;
  intSize: number;
  offsetSize: number;
}

export interface Entry {
  id: number;
  /** What its data offset says; `notSet` promises data that follows. */
  state: number;
  /** Where its data is, if it says so. */
  offset?: number;
  tag?: string;
  dependencies?: number[];
}

export interface ArchiveParts {
  layout?: Partial<Layout>;
  entries?: readonly Entry[];
  blocks?: (write: Writer) => Buffer[];
  /** Bytes that take the header's place. */
  header?: Buffer;
}

/** What `pg_dump` 15, 16 and 17 write on a usual machine. */
export const usualLayout: Layout = { minor: 16, intSize: 4, offsetSize: 8 };

function lowestFirst(value: number, size: number): Buffer {
  return Buffer.from(Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** i) % 256));
}

/** Writes the parts of an archive in one layout. */
export class Writer {
  readonly layout: Layout;

  constructor(layout: Partial<Layout> = {}) {
    this.layout = { ...usualLayout, ...layout };
  }

  int(value: number): Buffer {
    const sign = Buffer.from([value < 0 ? 1 : 0]);
    return Buffer.concat([sign, lowestFirst(Math.abs(value), this.layout.intSize)]);
  }

  string(text: string | undefined): Buffer {
    if (text === undefined) return this.int(-1);
    return Buffer.concat([this.int(Buffer.byteLength(text)), Buffer.from(text)]);
  }

  /** @param format 1 is custom, 3 tar, 5 directory */
  header(format = 1, major = 1): Buffer {
    const { minor, intSize, offsetSize } = this.layout;
    return Buffer.concat([
      Buffer.from('PGDMP'),
      Buffer.from([major, minor, 0, intSize, offsetSize, format]),
      minor >= 15 ? Buffer.from([1]) : this.int(-1),
      ...[10, 42, 15, 22, 10, 126, 0].map((part) => this.int(part)),
      this.string('moodle — d01'),
      this.string('15.18'),
      this.string('17.11 (Debian 17.11-0+deb13u1)'),
    ]);
  }

  tableOfContents(entries: readonly Entry[]): Buffer {
    return Buffer.concat([this.int(entries.length), ...entries.map((entry) => this.#entry(entry))]);
  }

  #entry({ id, state, offset = 0, tag = 'mdl_course', dependencies = [] }: Entry): Buffer {
    const { minor, offsetSize } = this.layout;
    const hasData = state !== noData;
    return Buffer.concat([
      this.int(id),
      this.int(hasData ? 1 : 0),
      ...['1259', '16385', tag, hasData ? 'TABLE DATA' : 'TABLE'].map((text) => this.string(text)),
      this.int(2), // section
      ...[hasData ? '' : `CREATE TABLE ${tag} ();`, `DROP TABLE ${tag};`].map((text) => this.string(text)),
      ...[hasData ? `COPY ${tag} FROM stdin;` : undefined, 'public', undefined, 'heap'].map((text) =>
        this.string(text),
      ),
      minor >= 16 ? this.int('r'.charCodeAt(0)) : Buffer.alloc(0),
      this.string('moodle_owner'),
      this.string('false'),
      ...dependencies.map((on) => this.string(String(on))),
      this.string(undefined),
      Buffer.from([state]),
      lowestFirst(offset, offsetSize),
    ]);
  }

  /** The data of a table: its chunks, and a chunk of length 0 behind them. */
  data(id: number, chunks: readonly string[], type = 1): Buffer {
    return Buffer.concat([Buffer.from([type]), this.int(id), this.#chunks(chunks)]);
  }

  /** The data of large objects: for each its OID and chunks, and an OID 0 behind them. */
  largeObjects(id: number, objects: readonly { oid: number; chunks: readonly string[] }[]): Buffer {
    const each = objects.map(({ oid, chunks }) => Buffer.concat([this.int(oid), this.#chunks(chunks)]));
    return Buffer.concat([Buffer.from([3]), this.int(id), ...each, this.int(0)]);
  }

  #chunks(chunks: readonly string[]): Buffer {
    const each = chunks.map((chunk) =>
      Buffer.concat([this.int(Buffer.byteLength(chunk)), Buffer.from(chunk)]),
    );
    return Buffer.concat([...each, this.int(0)]);
  }
}

/** Three entries with data, one of them large objects, and two without. */
export const usualEntries: readonly Entry[] = [
  { id: 214, state: noData, tag: 'mdl_course' },
  { id: 3600, state: notSet, tag: 'mdl_course', dependencies: [214] },
  { id: 3601, state: notSet, tag: 'odd\nname "x"', dependencies: [214, 3600] },
  { id: 300, state: noData, tag: 'x' },
  { id: 3602, state: notSet, tag: 'BLOBS' },
];

/** Their data: two chunks, none at all, and three large objects. */
export function usualBlocks(write: Writer): Buffer[] {
  return [
    write.data(3600, ['1\tone\n2\ttwo\n', 'x'.repeat(300)]),
    write.data(3601, []),
    write.largeObjects(3602, [
      { oid: 16_385, chunks: ['some bytes', 'PGDMP'] },
      { oid: 16_386, chunks: [] },
      { oid: -1_294_967_296, chunks: ['the OID 3,000,000,000, as a signed number'] },
    ]),
  ];
}

/** An archive; whole, unless its parts are not. */
export function makeArchive(parts: ArchiveParts = {}): Buffer {
  const write = new Writer(parts.layout);
  return Buffer.concat([
    parts.header ?? write.header(),
    write.tableOfContents(parts.entries ?? usualEntries),
    ...(parts.blocks ?? usualBlocks)(write),
  ]);
}
