import { positionIn } from '../../base/file-position.ts';
import { formatDuration, formatTransfer, inOneLine } from '../../base/format.ts';
import { type EntryProgress, entryProgress } from '../../postgres/restore/entry-progress.ts';
import type { RestoreListener, RestoreOrder } from '../../postgres/restore/pg-restore.ts';
import type { Activity } from '../../postgres/server/activity.ts';
import { firstFew } from '../preflight/finding.ts';

/** What progress is measured by. */
export interface RestoreScope {
  /** How many entries there are to restore. */
  entries: number;
  /** Of the archive, in bytes. */
  size: number;
  /** How long the data of each entry to restore is in the archive, in bytes, by its id; empty if that is not known. */
  dataSizes: ReadonlyMap<number, number>;
}

/** How much of an archive is through, and of how much, in bytes. */
interface Read {
  done: number;
  all: number;
  /** What is counted: all that pg_restore has read, or the data of entries that are done. */
  of: 'read' | 'done';
}

/** Tells how far a restore has come. */
export interface RestoreProgress {
  listener: Pick<RestoreListener, 'progress' | 'onRead' | 'onProcess'>;
  /** A line for the log, after so many milliseconds. */
  describe(elapsed: number, activity: Activity | undefined): Promise<string>;
}

/** Follows a restore. What is told is done is done; what runs is what the server tells, and pg_restore of what the server does not. */
export function restoreProgress(
  { entries, size, dataSizes }: RestoreScope,
  { archive, passes }: Pick<RestoreOrder, 'archive' | 'passes'>,
): RestoreProgress {
  const progress = entryProgress();
  const allData = [...dataSizes.values()].reduce((sum, one) => sum + one, 0);
  const [first, ...further] = passes;
  const isOneReader = first?.jobs === 1 && further.length === 0;
  let given = 0;
  let reader: number | undefined;

  async function read(): Promise<Read | undefined> {
    if (typeof archive !== 'string') return { done: given, all: size, of: 'read' };
    if (isOneReader) {
      const position = reader === undefined ? undefined : await positionIn(archive, reader);
      return position === undefined ? undefined : { done: position, all: size, of: 'read' };
    }
    let done = 0;
    for (const id of progress.ids()) done += dataSizes.get(id) ?? 0;
    return allData > 0 ? { done, all: allData, of: 'done' } : undefined;
  }

  return {
    listener: {
      progress,
      onRead: (bytes) => {
        given = bytes;
      },
      onProcess: (id) => {
        reader = id;
      },
    },
    async describe(elapsed, activity) {
      return describeRestore(elapsed, entries, progress, await read(), activity);
    },
  };
}

/** `5.0 s: 12 of 172 entries done; 12.3 MB of 37.7 MB read (32 %), 2.46 MB/s, about 11 s left for the data; now COPY "public.note" (1,000 rows)` */
export function describeRestore(
  elapsed: number,
  entries: number,
  progress: Pick<EntryProgress, 'finished' | 'mayBeMore' | 'running'>,
  read: Read | undefined,
  activity: Activity | undefined,
): string {
  const least = progress.mayBeMore() ? 'at least ' : '';
  const done = Math.min(progress.finished(), entries);
  const left = read?.of === 'read' ? 'left for the data' : 'left for the data of all';
  const what = read?.of === 'read' ? 'read' : 'of data done';
  return [
    `${formatDuration(elapsed)}: ${least}${done} of ${entries} entries done`,
    ...(read === undefined ? [] : [formatTransfer(read.done, read.all, elapsed, what, left)]),
    ...nowWords(progress.running(), activity),
  ].join('; ');
}

/** Of a table whose rows are being loaded the server knows more, and of an index its table, but nothing else by name. */
function nowWords(running: readonly string[], activity: Activity | undefined): string[] {
  const { copies = [], builds = [] } = activity ?? {};
  const begun =
    copies.length === 0 ? running : running.filter((entry) => !/^(data for table|TABLE DATA) /.test(entry));
  const words = [...copies, ...begun.map((entry) => inOneLine(entry).slice(0, longestEntry)), ...builds];
  return words.length === 0 ? [] : [`now ${firstFew(words)}`];
}

/** More of an entry's name, in characters, would be a name that somebody made for that. */
const longestEntry = 300;

/** `5.0 s: 12 of 18 tables analyzed; now "public.note" (acquiring sample rows 45 %)` */
export function describeAnalyze(
  elapsed: number,
  { done, all }: { done: number; all: number },
  activity: Activity | undefined,
): string {
  const { analyzed = [] } = activity ?? {};
  const now = analyzed.length === 0 ? '' : `; now ${firstFew(analyzed)}`;
  return `${formatDuration(elapsed)}: ${done} of ${all} tables analyzed${now}`;
}
