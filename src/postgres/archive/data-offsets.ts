import { type FileHandle, open } from 'node:fs/promises';
import { ArchiveFollower, type DataPlace, positionSet } from './follower.ts';
import { ArchiveError } from './header.ts';

/** The data offsets that an archive lacks, found while its bytes go by. */
export interface DataOffsets {
  /** How long the data of each entry is in the archive, in bytes, as far as it has gone by; by the entry's id. */
  sizes: ReadonlyMap<number, number>;
  /** Takes the next bytes of the archive. What is no archive, or one of an unknown version, is passed over. */
  follow(bytes: Buffer): void;
  /**
   * Writes the offsets into the archive's table of contents, as `pg_dump` does where it can go back in its file. An archive
   * that is not whole, or has a table of contents beyond `largestHead`, is left alone.
   * @returns how many were written
   * @throws NodeJS.ErrnoException if the file can't be written
   */
  fillIn(file: string): Promise<number>;
}

/** In bytes; 100,000 large objects make a table of contents of 19 MB. */
const largestHead = 32 * 1024 * 1024;

/** How much of the table of contents is read, changed and written at once, in bytes. */
const windowSize = 1024 * 1024;

/**
 * An archive that was written to a pipe does not say where each entry's data is, and every session of `pg_restore --jobs` then
 * looks for it by reading through the file: docs/data-offsets.md has what that costs.
 * https://github.com/postgres/postgres/blob/master/src/bin/pg_dump/pg_backup_custom.c (_PrintTocData)
 */
export function dataOffsets(): DataOffsets {
  const places: DataPlace[] = [];
  const sizes = new Map<number, number>();
  const follower = new ArchiveFollower(
    (place) => places.push(place),
    (id, size) => sizes.set(id, size),
  );
  let followed = true;

  function pass(step: () => boolean): void {
    try {
      followed = step();
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      followed = false;
    }
  }

  return {
    sizes,
    follow(bytes) {
      if (!followed) return;
      pass(() => {
        follower.push(bytes);
        return (places[0]?.field ?? 0) < largestHead;
      });
    },
    async fillIn(file) {
      if (followed) pass(() => follower.end());
      places.sort((a, b) => a.field - b.field);
      if (!followed || places.some(isBeyond)) return 0;
      const handle = await open(file, 'r+');
      try {
        for (const window of windows(places)) await writeInto(handle, window);
      } finally {
        await handle.close();
      }
      return places.length;
    },
  };
}

/** Whether an offset cannot, or should not, be written. */
function isBeyond({ field, size, data }: DataPlace): boolean {
  return field >= largestHead || data >= 256 ** size;
}

/** Places in their order, those together that can be changed in one piece. */
function windows(places: readonly DataPlace[]): DataPlace[][] {
  const found: DataPlace[][] = [];
  for (const place of places) {
    const window = found.at(-1);
    const start = window?.[0]?.field ?? Number.NEGATIVE_INFINITY;
    if (window && place.field + 1 + place.size - start <= windowSize) window.push(place);
    else found.push([place]);
  }
  return found;
}

async function writeInto(handle: FileHandle, places: readonly DataPlace[]): Promise<void> {
  const [first, last] = [places[0], places.at(-1)];
  if (!first || !last) return;
  const bytes = Buffer.alloc(last.field + 1 + last.size - first.field);
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, first.field);
  for (const { field, size, data } of places) {
    const at = field - first.field;
    bytes[at] = positionSet;
    for (let i = 0; i < size; i++) bytes[at + 1 + i] = Math.floor(data / 256 ** i) % 256;
  }
  const { bytesWritten } = await handle.write(bytes, 0, bytes.length, first.field);
  if (bytesRead < bytes.length || bytesWritten < bytes.length)
    throw new Error(`${bytes.length} bytes at ${first.field} could not be changed`);
}
