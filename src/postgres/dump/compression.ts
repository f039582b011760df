/** How `pg_dump` compresses the archive; `auto` leaves it to what the client can do. */
export type Compression =
  | { method: 'auto' }
  | { method: 'none' }
  | { method: 'gzip' | 'lz4' | 'zstd'; level?: number; long?: boolean };

/** A compression that `auto` has been resolved to. */
export type ChosenCompression = Exclude<Compression, { method: 'auto' }>;

const levels = { gzip: [1, 9], lz4: [0, 12], zstd: [-131_072, 22] } as const;

/** What the input `compression` may be, for messages. */
export const allowedCompression =
  'auto, none, gzip, lz4 or zstd, with a level after a colon if wanted (gzip:1 to gzip:9, lz4:1 to lz4:12, zstd:1 to zstd:22, zstd:level=19,long)';

/**
 * Reads `auto` or what `pg_dump --compress` takes: a method with a level or details (`zstd:3`, `zstd:level=9,long`),
 * or a bare number, which means gzip. Undefined if it is neither.
 * https://www.postgresql.org/docs/current/app-pgdump.html
 */
export function parseCompression(text: string): Compression | undefined {
  if (text === 'auto' || text === 'none') return { method: text };
  if (/^\d$/.test(text)) return text === '0' ? { method: 'none' } : { method: 'gzip', level: Number(text) };
  const match = /^(gzip|lz4|zstd)(?::(.+))?$/.exec(text);
  if (!match) return undefined;
  const method = match[1] as 'gzip' | 'lz4' | 'zstd';
  if (match[2] === undefined) return { method };
  let level: number | undefined;
  let long = false;
  const details = match[2].split(',');
  for (const part of details) {
    const number = (details.length === 1 ? /^(?:level=)?(-?\d{1,6})$/ : /^level=(-?\d{1,6})$/).exec(part);
    if (number && level === undefined) level = Number(number[1]);
    else if (part === 'long' && method === 'zstd' && !long) long = true;
    else return undefined;
  }
  const [lowest, highest] = levels[method];
  if (level !== undefined && (level < lowest || level > highest)) return undefined;
  return { method, ...(level === undefined ? {} : { level }), ...(long ? { long } : {}) };
}

/** The first major of `pg_dump` that knows lz4 and zstd, and takes a method's name at all. */
const firstWithMethods = 16;

/**
 * The compression that `auto` stands for: the best trade measured between time and size (docs/compression.md).
 * @param hasZstd whether this `pg_dump` knows zstd
 */
export function resolveCompression(compression: Compression, hasZstd: boolean): ChosenCompression {
  if (compression.method !== 'auto') return compression;
  return hasZstd ? { method: 'zstd', level: 1 } : { method: 'gzip', level: 1 };
}

/** Whether a client of this major can write archives with this compression. */
export function canCompress(compression: Compression, major: number): boolean {
  return major >= firstWithMethods || !['lz4', 'zstd'].includes(compression.method);
}

/** The value of `pg_dump --compress`; clients before 16 take only a gzip level, with 0 for none. */
export function compressArgument(compression: ChosenCompression, major: number): string {
  if (major < firstWithMethods) {
    return compression.method === 'none' ? '0' : String(compression.level ?? 6);
  }
  return describeCompression(compression);
}

/** The compression as `pg_dump` writes it: `zstd:1`, `zstd:level=9,long`, `none`. */
export function describeCompression(compression: Compression): string {
  if (compression.method === 'none' || compression.method === 'auto') return compression.method;
  const { method, level, long } = compression;
  if (long) return level === undefined ? `${method}:long` : `${method}:level=${level},long`;
  if (level === undefined) return method;
  return level < 0 ? `${method}:level=${level}` : `${method}:${level}`;
}
