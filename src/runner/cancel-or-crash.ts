import { causeOf, type Explanation, Failure } from '../base/failure.ts';

/** Something went wrong that nothing was prepared for. */
export class Defect extends Failure {
  constructor(cause: unknown) {
    super(
      {
        tried: 'The step',
        cause: causeOf(cause).trim() || 'an error without a message',
        advice:
          'This is a bug in the action. Please report it, with the log of a run that has debug logging enabled.',
      },
      { cause },
    );
  }
}

/** The runner has cancelled the step. */
export class Cancelled extends Failure {
  readonly signalName: string;

  constructor(signalName: string) {
    super({
      tried: 'The step',
      cause: `it was cancelled (${signalName})`,
      advice: 'Run it again when you are ready.',
    });
    this.signalName = signalName;
  }
}

/** What is told where the form of a `Failure` does not fit. */
export class EndedEarly extends Error {
  readonly parts: Omit<Explanation, 'tried' | 'advice'> & { advice?: string };

  constructor(message: string, parts: EndedEarly['parts'], options?: ErrorOptions) {
    super(message, options);
    this.name = 'EndedEarly';
    this.parts = parts;
  }
}

/**
 * A cancel as it is told: the state first, and no failure.
 * @param title `Restore cancelled`
 * @param error that the job ended with
 */
export function cancelledJob(
  title: string,
  { signalName }: Cancelled,
  { tried, advice, ...rest }: Explanation,
): EndedEarly {
  const at = tried === undefined || tried === 'The step' ? '' : ` during: ${tried}`;
  const message = [`${title} (${signalName})${at}.`, rest.state ?? '', advice]
    .filter((part) => part !== '')
    .join('\n');
  return new EndedEarly(message, { ...rest, advice, cause: `It was cancelled (${signalName})${at}.` });
}

/**
 * Milliseconds for cleaning up: after a cancel, since the runner ends a step that has not ended within 10 s, and the last half of that is
 * for what must not be cut off; and after an error that nobody caught, where nobody is in a hurry, and databases may have to be dropped.
 */
const cleanUpTimes = { cancel: 4_500, uncut: 4_500, defect: 60_000 };

/** Between two looks whether what must not be cut off is over, in milliseconds. */
const uncutPause = 50;

/** How a job is ended that does not end by itself. */
export interface Ending {
  /** Is told why, when the job has not ended in time, or cannot any more. */
  endOutOfTurn(why: string): Promise<void>;
  /** Whether the job is at something now that is not to be cut off in the middle, and soon over. */
  isUncut?(): boolean;
}

/**
 * Tells the job to end when the runner cancels the step, and when an error is thrown where nobody catches it, as in a callback of a
 * stream: the promise that the job waits for may then never be settled. What comes first counts, and whatever comes after it never gives
 * the job more time.
 * @param times how long the job has for that, in milliseconds
 * @returns the signal for the job; its reason is a `Failure`, a `Defect` after such an error
 */
export function abortOnCancelOrCrash(
  { endOutOfTurn, isUncut = () => false }: Ending,
  times = cleanUpTimes,
): AbortSignal {
  const controller = new AbortController();
  let due = Number.POSITIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  const abort = (reason: Failure, milliseconds: number, why: string): void => {
    controller.abort(reason);
    const end = performance.now() + milliseconds;
    if (end >= due) return; // a second signal, or an error that comes with each line that a program writes
    due = end;
    const endUnlessUncut = (): void => {
      if (isUncut() && performance.now() < end + times.uncut) timer = setTimeout(endUnlessUncut, uncutPause);
      else void endOutOfTurn(why);
    };
    clearTimeout(timer);
    timer = setTimeout(endUnlessUncut, milliseconds);
  };
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      abort(new Cancelled(name), times.cancel, 'The step was cancelled, and ended before it had cleaned up.');
    });
  }
  // NODE_OPTIONS on a runner may say that a promise that nobody caught is to be passed over.
  for (const name of ['uncaughtException', 'unhandledRejection']) {
    process.on(name, (error: unknown) => {
      const why = `The step ended before it had cleaned up, after an unexpected error: ${causeOf(error)}.`;
      abort(new Defect(error), times.defect, why);
    });
  }
  // Nothing is left that could settle what the job waits for; Node would end the process without a word.
  process.on(
    'beforeExit',
    () => void endOutOfTurn('The step stopped: what it was waiting for could no longer come.'),
  );
  return controller.signal;
}
