import { Failure, type Outcome } from '../../base/failure.ts';
import { quoted, shortened } from '../../base/format.ts';
import { EndedEarly } from '../cancel-or-crash.ts';
import { redactMasked } from '../masking.ts';
import { block } from './markdown.ts';
import { type Page, restoreCommand } from './page.ts';
import { nameSpan, tableOfPhases } from './summary.ts';
import { longestParts, notesOf, paragraph, withWarnings } from './summary-notes.ts';

/** What was to be done. */
export interface Order {
  database: string;
  /** Of a restore. */
  backupFileName?: string;
}

/**
 * A failure as Markdown: the state first, then what to do, then the cause, the server's own words folded; and what was warned of before.
 * @param title `Restore failed`
 */
export function summaryOfFailure(title: string, error: Error, page: Page = {}, order?: Order): string {
  const { state = '', advice = '', cause, outcome } = partsOf(error);
  const restore =
    order?.backupFileName === undefined ? undefined : { ...order, backup: order.backupFileName };
  const known = restore && outcome ? `: ${headlines[outcome](nameSpan(restore.database))}` : '';
  const again =
    restore && outcome && isToBeRepeated[outcome]
      ? restoreCommand('Run the same restore again', restore.database, restore.backup, page)
      : '';
  const [said, folded] = withoutAdditions(cause);
  const tell = (label: string, text: string): string =>
    text.trim() === '' ? '' : `**${label}** ${paragraph(text, longestParts.message / 3)}`;
  return `${[
    `### ${/cancelled$/.test(title) ? '🚫' : '❌'} ${title}${known}`,
    tell('State.', state),
    tell('What to do.', advice),
    again,
    tell('Cause.', said),
    folded === '' ? '' : details(folded),
    tableOfPhases(page.phases ?? []),
    notesOf(withWarnings([], page.warnings ?? [])),
  ]
    .map((part) => part.trimEnd())
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

/** The state of a database after a failed restore in a few words, undefined where it is not known, or there is none to speak of. */
export function stateInWords(error: Error, order?: Order): string | undefined {
  const { outcome } = partsOf(error);
  if (order?.backupFileName === undefined || outcome === undefined) return undefined;
  return headlines[outcome](`Database ${quoted(order.database)}`);
}

const headlines: Record<Outcome, (database: string) => string> = {
  unchanged: (database) => `${database} was not changed`,
  incomplete: (database) => `${database} is incomplete, keep applications out`,
  missing: (database) => `${database} is missing or unusable`,
  unknown: (database) => `${database} is in an unknown state`,
  restored: (database) => `${database} is restored in full`,
};

/** Whether running the same restore again is what helps. */
const isToBeRepeated: Record<Outcome, boolean> = {
  ...{ unchanged: false, restored: false, unknown: false },
  ...{ incomplete: true, missing: true },
};

interface Parts {
  state?: string;
  advice?: string;
  cause: string;
  outcome?: Outcome;
}

function partsOf(error: Error): Parts {
  if (error instanceof EndedEarly) return error.parts;
  if (!(error instanceof Failure)) return { cause: error.message };
  const { tried, cause, ...parts } = error.explanation;
  return { ...parts, cause: `${tried} failed: ${cause}` };
}

/** How a line of a message of the server begins that only adds to the first; what it was called in has no word before it any more. */
const addition =
  /^(?:(?:DETAIL|HINT|QUERY|CONTEXT|LOCATION|STATEMENT|LINE \d+|ERROR|FATAL|PANIC): |(?:PL\/\w+|SQL) (?:function|statement|expression) )/;

/** A cause without what the server said besides, and that. */
function withoutAdditions(cause: string): [said: string, folded: string] {
  const lines = cause.split('\n');
  const place = lines.findIndex((line, index) => index > 0 && addition.test(line));
  return place < 0 ? [cause, ''] : [lines.slice(0, place).join('\n'), lines.slice(place).join('\n')];
}

function details(text: string): string {
  // Cut by bytes at most three times as many as characters, fences aside.
  const shown = block(shortened(redactMasked(text), longestParts.message / 3, 'log'));
  return `<details><summary>What PostgreSQL said</summary>\n\n${shown}\n</details>`;
}
