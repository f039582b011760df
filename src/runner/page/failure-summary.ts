import { describeOutcome } from '../../base/failure.ts';
import { shortened } from '../../base/format.ts';
import { InputError } from '../inputs/error.ts';
import { redactMasked } from '../masking.ts';
import { type Order, partsOf } from './failure-parts.ts';
import { block } from './markdown.ts';
import { nameSpan } from './names.ts';
import { type Page, rerunCommand, restoreCommand } from './page.ts';
import { longestParts, notesOf, paragraph, stillTrue } from './summary-notes.ts';
import { tableOfPhases } from './transfer.ts';

/**
 * A failure as Markdown: the state first, then what to do, then the cause, the server's own words folded; and what was warned of before,
 * as far as that is true whatever came of the job.
 * @param title `Restore failed`
 */
export function summaryOfFailure(title: string, error: Error, page: Page = {}, order?: Order): string {
  const { outcome, lead, state, advice, again, cause } = partsOf(error, order);
  const known = order && outcome ? `: ${describeOutcome(outcome, nameSpan(order.database))}` : '';
  const headline = error instanceof InputError ? lead : `${title}${known}`;
  const isLeadTold = lead === undefined || headline === lead || known !== '';
  const [said, folded] = withoutAdditions(cause);
  const tell = (label: string, text: string): string =>
    text.trim() === '' ? '' : `**${label}** ${paragraph(text, longestParts.message / 3)}`;
  return `${[
    `### ${/cancelled$/.test(title) ? '🚫' : '❌'} ${headline}`,
    tell('State.', isLeadTold ? state : `${lead}. ${state}`),
    tell('What to do.', advice),
    again === undefined ? '' : commandFor(again, page, order),
    tell('Cause.', isBareCancel.test(said) ? '' : said),
    folded === '' ? '' : details(folded),
    (page.phases ?? []).length > 1 ? tableOfPhases(page.phases ?? []) : '', // one alone says nothing
    notesOf(stillTrue(page.warnings ?? [], outcome)),
  ]
    .map((part) => part.trimEnd())
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

/** The same restore once more. Run again, a restore of the latest backup could take one of the incomplete database, so that one is named. */
function commandFor(
  { words, backup }: { words: string; backup: string },
  page: Page,
  order: Order | undefined,
): string {
  return order?.isLatest
    ? restoreCommand(`${words}, from the backup by its name, not the latest`, order.database, backup, page)
    : rerunCommand(words, page);
}

/** Nothing more than the headline of a cancel. */
const isBareCancel = /^It was cancelled \(\w+\)\.$/;

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
