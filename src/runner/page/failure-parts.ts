import { describeOutcome, Failure, type Outcome } from '../../base/failure.ts';
import { firstSentence, quoted } from '../../base/format.ts';
import { EndedEarly } from '../cancel-or-crash.ts';
import { InputError } from '../inputs/error.ts';

/** What was to be done. */
export interface Order {
  database: string;
  /** Of a restore; of one of the latest backup, `latest` until it is known which one that is. */
  backupFileName?: string;
  /** Whether it was `latest` that was asked for: what that is may change until the job is run again. */
  isLatest?: boolean;
}

/** What is told of a failure, each thing once, in the order in which people need it. */
export interface FailureParts {
  /** What has become of the database, where that is known of a restore. */
  outcome: Outcome | undefined;
  /** The state in a sentence, without its full stop; undefined if nothing is known of it. */
  lead: string | undefined;
  /** What there is to say of the state besides `lead`. */
  state: string;
  advice: string;
  /** Words that lead to the same restore, where it helps to run it again; undefined where something else does, or the advice says it. */
  again: { words: string; backup: string } | undefined;
  /** With what was tried. */
  cause: string;
}

/** @param order what was to be done, where the inputs say that */
export function partsOf(error: Error, order?: Order): FailureParts {
  if (error instanceof InputError)
    return { ...{ outcome: undefined, again: undefined, state: '', cause: '' }, ...error.parts };
  const { state = '', advice = '', cause, ...told } = explanationOf(error);
  const backup = order?.backupFileName;
  const outcome = backup === undefined ? undefined : told.outcome;
  const lead = order && outcome && describeOutcome(outcome, `Database ${quoted(order.database)}`);
  const isToBeRepeated = outcome === 'incomplete';
  const first = isToBeRepeated ? withoutRerun(advice) : advice;
  const again = backup !== undefined && isToBeRepeated ? { words: wordsBefore(first), backup } : undefined;
  return {
    outcome,
    ...(lead === undefined ? splitState(state) : { lead, state: without(`${lead}.`, state) }),
    advice: first,
    again,
    cause,
  };
}

/** Words that lead to the command of the same restore. Where another backup is the way out, it may not be. */
function wordsBefore(advice: string): string {
  if (advice === '') return 'Run the same restore again';
  return advice.includes('new backup')
    ? 'Or, once the cause is fixed without a new backup, run the same restore again'
    : 'Then run the same restore again';
}

/** The first sentence of a state is what leads. */
function splitState(text: string): { lead: string | undefined; state: string } {
  const { sentence, rest } = firstSentence(text);
  return sentence === ''
    ? { lead: undefined, state: '' }
    : { lead: sentence.replace(/\.$/, ''), state: rest };
}

function without(start: string, text: string): string {
  return text.startsWith(start) ? text.slice(start.length).trim() : text;
}

/** Advice without the words that the job is to be run again, where the command for that follows. */
export function withoutRerun(advice: string): string {
  return advice
    .replace(/, then run the (?:job|restore) again(?=[.:])/g, '')
    .replace(/\bRun the (?:job|restore) again when (it|that) is\b/g, 'Wait until $1 is')
    .replace(/\bRun the (?:job|restore) again with (\w+: \w+)\./g, 'Set $1.')
    .replace(/(?<=^|[.:] |\n)Run (?:the job|the restore|it) again(?: later| when you are ready)?\.\s*/g, '')
    .trim();
}

/** What is known of an error. */
function explanationOf(error: Error): Partial<FailureParts> & { cause: string } {
  if (error instanceof EndedEarly) return error.parts;
  if (!(error instanceof Failure)) return { cause: error.message };
  const { tried, cause, ...parts } = error.explanation;
  return { ...parts, cause: tried === undefined ? cause : `${tried} failed: ${cause}` };
}
