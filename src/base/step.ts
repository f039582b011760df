/**
 * What a job is given by the step that it runs in: the way to tell people what happens, the signal that ends
 * it, and a place for files. Jobs and everything below know the runner only through this.
 */
export interface Step {
  /** Aborted when the runner cancels the step; its reason is a `Failure`. */
  signal: AbortSignal;
  /** A private folder (mode 0700) that is gone when the step ends. */
  scratch: string;
  /** Where the run is recorded: `owner/repository`, run id and attempt, empty when run by hand. */
  run: { repository: string; id: string; attempt: string };
  /** Runs a phase of the job as a group of the log. */
  phase<T>(title: string, work: () => Promise<T>): Promise<T>;
  /** Runs a part of a phase, or all of it, and takes down how long it took, under a short name for the page of the run. */
  timed<T>(name: string, work: () => Promise<T>): Promise<T>;
  info(line: string): void;
  /** Warns, in the log and on the page of the run. @param sql statements that go with it, each with its semicolon, for the page alone */
  warn(text: string, sql?: readonly string[]): void;
  /** Hides values everywhere in the log from now on. They are given with what they are, in words that name the input. */
  mask(values: Readonly<Record<string, string>>): void;
}

/** A run, in a few characters. */
export function nameOfRun({ id, attempt }: Step['run']): string {
  return id === '' ? 'a run by hand' : `${id}/${attempt}`;
}

/** How often a line of progress is written, in milliseconds. */
const progressInterval = 5_000;

/**
 * Writes a line of progress every few seconds while `work` runs, none if it is over before the first is due.
 * @param describe gives the line, from the milliseconds since `work` began
 */
export async function withProgress<T>(
  step: Pick<Step, 'info'>,
  describe: (elapsed: number) => string,
  work: () => Promise<T>,
): Promise<T> {
  const started = performance.now();
  const timer = setInterval(() => step.info(describe(performance.now() - started)), progressInterval);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
