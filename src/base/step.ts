/**
 * What a job is given by the step that it runs in: the way to tell people what happens, the signal that ends
 * it, and a place for files. Jobs and everything below know the runner only through this.
 */
export interface Step {
  /** Aborted when the runner cancels the step; its reason is a `Failure`. */
  signal: AbortSignal;
  /** A private folder (mode 0700) that is gone when the step ends. */
  scratch: string;
  /** Where the run is recorded: `owner/repository`, run id, its number among those of its workflow and attempt, empty when run by hand. */
  run: { repository: string; id: string; number?: string; attempt: string };
  /** Runs a phase of the job as a group of the log. */
  phase<T>(title: string, work: () => Promise<T>): Promise<T>;
  /** Runs a part of a phase, or all of it, and takes down how long it took, under a short name for the page of the run. */
  timed<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Tells which backup `latest` is: what is told from then on names that one. */
  chose(backup: string): void;
  info(line: string): void;
  /** For whoever looks for the cause of something: in the log only if debug logging is on. */
  debug(line: string): void;
  /**
   * Warns, in the log and on the page of the run.
   * @param sql statements that go with it, each with its semicolon, for the page alone
   * @param afterwards what the page says instead once the job has done its work; if it fails before, nothing, since what the text says
   * has not come to pass. Undefined where the text is true in any case.
   */
  warn(text: string, sql?: readonly string[], afterwards?: string): void;
  /**
   * Writes down, before it comes about, what the end of the job has to undo if the step is killed; undefined once that is nothing.
   * @throws Error if it names a database that was not written down before and can't be written: then that must not come about
   */
  writeDown(unfinished: Unfinished | undefined): void;
  /** Hides values everywhere in the log from now on. They are given with what they are, in words that name the input. */
  mask(values: Readonly<Record<string, string>>): void;
}

/** What a restore has on the server that would have to be undone, or finished, if the step were killed now. */
export interface Unfinished {
  /** The database that is restored. */
  database: string;
  /** The run, as the mark on the new database names it. */
  run: string;
  /**
   * `swapping` while the two databases exchange their names, and, where nothing whole takes its place, while the old one is dropped: that
   * is not to be cut off in the middle.
   */
  stage: 'filling' | 'swapping' | 'swapped';
  /**
   * The database that is filled, by the name that it had first; its OID as soon as it is known. Undefined where nothing is to be looked at
   * any more.
   */
  fresh?: { name: string; oid?: number };
  /** The old database: what it is called after the exchange, if it is to be dropped then. */
  previous?: { name: string; oid: number };
}

/** A run, in a few characters. */
export function nameOfRun({ id, attempt }: Step['run']): string {
  return id === '' ? 'a run by hand' : `${id}/${attempt}`;
}

/** How often a line of progress is written, in milliseconds: in the first minute, and after it. No log is silent for half a minute. */
const [firstMinute, often, seldom] = [60_000, 5_000, 29_000];

/**
 * Writes a line of progress now and then while `work` runs, none if it is over before the first is due.
 * @param describe gives the line, from the milliseconds since `work` began. It may ask somebody first, and is told when `work` is over,
 * which waits for it to give up. A line that is not there when the next is due delays that; one that fails is left out.
 */
export async function withProgress<T>(
  step: Pick<Step, 'info'>,
  describe: (elapsed: number, over: AbortSignal) => string | Promise<string>,
  work: () => Promise<T>,
): Promise<T> {
  const started = performance.now();
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let telling: Promise<void> | undefined;
  const tell = async (elapsed: number): Promise<void> => {
    const line = await describe(elapsed, over.signal);
    if (!over.signal.aborted) step.info(line);
  };
  const wait = (due: number): void => {
    timer = setTimeout(
      () => {
        telling ??= tell(performance.now() - started)
          .catch(() => {})
          .finally(() => {
            telling = undefined;
          });
        wait(due + (due < firstMinute ? often : seldom));
      },
      Math.max(0, started + due - performance.now()),
    );
  };
  wait(often);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    over.abort();
    await telling;
  }
}
