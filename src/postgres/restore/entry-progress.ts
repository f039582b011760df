import { quoted } from '../../base/format.ts';
import { typeOfEntry } from '../archive/table-of-contents.ts';
import { entryOf } from './errors/messages.ts';

/** How far `pg_restore` has come through the entries of an archive: never further than it has told. */
export interface EntryProgress {
  /** How many are done. */
  finished(): number;
  /** Whether more may be done than that. */
  mayBeMore(): boolean;
  /** The ids of those that are done, as far as they were told. */
  ids(): ReadonlySet<number>;
  /** What is begun and not done, as people should see it: `FK CONSTRAINT "course course_fk"`. */
  running(): string[];
  /**
   * Takes what `pg_restore --verbose` tells.
   * @param doubtful whether this line, and any other from now on, may be of a function or of an error, and hold values of rows
   */
  take(line: string, doubtful: boolean): void;
  /**
   * A call of pg_restore has ended well: all that it has begun is done.
   * @param ids of all its entries, if they are known
   */
  endPass(ids: readonly number[] | undefined): void;
}

/**
 * With one session, an entry is done when the next is begun. With several, pg_restore's leader begins what comes before the data in
 * this way, and then tells what its sessions are given and have done; they tell what they begin as well, which is no news.
 * https://github.com/postgres/postgres/blob/REL_18_STABLE/src/bin/pg_dump/pg_backup_archiver.c (restore_toc_entries_parallel)
 */
export function entryProgress(): EntryProgress {
  /** In the calls before. */
  let before = { finished: 0, mayBeMore: false };
  const done = new Set<number>();
  let inTurn = 0;
  let current: string | undefined;
  let shared = false;
  let lost = false;
  const launched = new Map<number, string>();
  const doneHere = new Set<number>();

  function endCurrent(): void {
    if (current !== undefined) inTurn++;
    current = undefined;
  }

  return {
    finished: () => before.finished + inTurn + doneHere.size,
    mayBeMore: () => before.mayBeMore || lost,
    ids: () => done,
    running: () => (lost ? [] : [...(current === undefined ? [] : [current]), ...launched.values()]),
    take(line, doubtful) {
      if (doubtful) lost = true;
      if (lost) return;
      const [, what, digits = '', name = ''] = shareOf.exec(line) ?? [];
      const id = Number(digits);
      if (shared && what === 'launching' && line.startsWith('pg_restore: ')) launched.set(id, shown(name));
      else if (shared && what === 'finished') {
        launched.delete(id);
        doneHere.add(id);
        done.add(id);
      } else if (/^pg_restore: (entering|finished) main parallel loop$/.test(line)) {
        endCurrent();
        shared = line.includes('entering');
      } else if (!shared) {
        const entry = entryOf(line);
        if (entry === undefined || entry.startsWith('processing item ')) return;
        endCurrent();
        current = shown(entry.replace(/^(creating|executing|processing) /, ''));
      }
    },
    endPass(ids) {
      if (!lost) endCurrent();
      for (const id of ids ?? []) done.add(id);
      before = {
        finished: before.finished + (ids?.length ?? inTurn + doneHere.size),
        mayBeMore: before.mayBeMore || (lost && ids === undefined),
      };
      [inTurn, current, shared, lost] = [0, undefined, false, false];
      launched.clear();
      doneHere.clear();
    },
  };
}

/** With its name in quotes, which pg_restore tells in quotes or without. */
function shown(entry: string): string {
  const [, beginning, inQuotes = ''] = /^([\w ]+) "(.*)"$/s.exec(entry) ?? [];
  if (beginning !== undefined) return `${beginning} ${quoted(inQuotes)}`;
  const type = typeOfEntry(entry);
  return type === entry ? type : `${type} ${quoted(entry.slice(type.length + 1))}`;
}

/**
 * Before it the name of the program may stand once more, of another session's line, or not at all. What has it not may go on with an
 * error, and is not shown.
 */
const shareOf = /^(?: ?pg_restore: ?)* ?(launching|finished) item (\d+) (.*)$/s;
