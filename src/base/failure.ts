/** Why something did not work, and what to do about it. */
export interface Diagnosis {
  /** In the words of the server or of Azure where there are any. */
  cause: string;
  /** What to do next; empty where the cause says it. */
  advice: string;
}

/** What a person on the run page has to know about something that went wrong. */
export interface Explanation extends Diagnosis {
  /** What was tried, and on what: `Reading secret "db-user" from vault "kv-prod"`; undefined where the cause says all of it. */
  tried?: string | undefined;
  /** What has become of the database, in a sentence or more, where that is known: `Nothing was changed.` */
  state?: string;
  /** The same in a word, of the database that is to be replaced. */
  outcome?: Outcome;
}

/**
 * What has become of a database that is to be replaced. `unchanged`: the server was asked, and it is the one that was there before.
 * `untouched`: nobody asked, since the restore had not begun to change anything. `unasked`: nobody answered.
 */
export type Outcome =
  | 'unchanged'
  | 'untouched'
  | 'unasked'
  | 'exchanged'
  | 'incomplete'
  | 'unknown'
  | 'restored';

const outcomes: Record<Outcome, string> = {
  unchanged: 'was not changed',
  untouched: 'was not touched by this restore',
  unasked: 'was not touched by this restore, but the server could not be asked about it',
  exchanged: 'was created, dropped or replaced by somebody else during the restore',
  incomplete: 'is incomplete, keep applications out',
  unknown: 'is in an unknown state',
  restored: 'is restored in full',
};

/**
 * The same in a sentence without its full stop. A `state` begins with it where the outcome is known, and whoever shows both says it once.
 * @param database how it is called there: `Database "shop"`
 */
export function describeOutcome(outcome: Outcome, database: string): string {
  return `${database} ${outcomes[outcome]}`;
}

/**
 * An error made for the person who reads the run page. The message has all of it, the cause first; the log and the page of the run tell
 * the parts in the order in which people need them. Everything that the action expects to go wrong ends as one of these; any other error is a bug.
 */
export class Failure extends Error {
  readonly explanation: Explanation;

  constructor(explanation: Explanation, options?: ErrorOptions) {
    const { tried, cause, advice, state = '' } = explanation;
    const what = tried === undefined ? cause : `${tried} failed: ${cause}`;
    super([what, advice, state].filter((part) => part !== '').join('\n'), options);
    this.name = 'Failure';
    this.explanation = explanation;
  }
}

/** The cause of any error in one line or a few: a `Failure`'s own cause, else the message. */
export function causeOf(error: unknown): string {
  if (error instanceof Failure) return error.explanation.cause;
  if (error instanceof Error) return error.message;
  try {
    return String(error);
  } catch {
    return 'a value was thrown that is not an error'; // an object that cannot be made a text
  }
}
