/** What a person on the run page has to know about something that went wrong. */
export interface Explanation {
  /** What was tried, and on what: `Reading secret "db-user" from vault "kv-prod"`. */
  tried: string;
  /** Why it did not work, in the words of the server or of Azure where there are any. */
  cause: string;
  /** What to do next. */
  advice: string;
}

/**
 * An error made for the person who reads the run page: one message that says what was tried, the cause, and
 * what to do. Everything that the action expects to go wrong ends as one of these; any other error is a bug.
 */
export class Failure extends Error {
  readonly explanation: Explanation;

  constructor(explanation: Explanation, options?: ErrorOptions) {
    super(`${explanation.tried} failed: ${explanation.cause}\n${explanation.advice}`, options);
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
    return 'something was thrown that is no error'; // an object that cannot be made a text
  }
}
