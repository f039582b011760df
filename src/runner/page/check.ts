import { formatDuration, shortened } from '../../base/format.ts';
import { type CheckTask, tasksOf } from '../../jobs/check/report.ts';
import { countOf, othersIn, tallyOf, verdictOf } from '../../jobs/check/verdict.ts';
import type { Checked, CheckResult } from '../../jobs/result.ts';
import { redactMasked } from '../masking.ts';
import { proseCell } from './markdown.ts';
import { markdownTable, nameSpan } from './names.ts';
import { folded, longestParts, paragraph } from './summary-notes.ts';

const pageMarks: Record<Checked['came'], string> = {
  passed: '✅',
  failed: '❌',
  warning: '⚠️',
  'not checked': '➖',
};

/** More of what was found, in characters, stands below the table, or in the log. */
const longestCell = 400;

/**
 * What came of all checks, as Markdown: which jobs would fail, a table of what was checked by area, and what to do, numbered.
 */
export function summaryOfCheck(result: CheckResult): string {
  const { groups, stopped, database, host, duration } = result;
  const tally = tallyOf(groups);
  const rest = othersIn(tally);
  const sign = stopped.length > 0 ? '❌' : '✅';
  const tasks = tasksOf(groups);
  return `${[
    `### ${sign} ${verdictOf(result)}: ${nameSpan(database)}`,
    `**${countOf(tally)}**${rest === '' ? '' : `, ${rest}`} · server ${nameSpan(host)} · ${formatDuration(duration)}`,
    markdownTable(
      ['', 'Check', 'Found'],
      ['---', '---', '---'],
      groups.flatMap(({ title, checks }) => [['', `**${title}**`, ''], ...checks.map(rowOf)]),
    ),
    ...tasks.map((task, place) => taskParagraph(task, place, tasks)),
  ]
    .map((part) => part.trimEnd())
    .join('\n\n')}\n`;
}

function rowOf({ came, what, detail }: Checked): string[] {
  return [pageMarks[came], proseCell(what), proseCell(shortened(detail, longestCell, 'log', redactMasked))];
}

function taskParagraph(
  { title, text, sql, isFailure }: CheckTask,
  place: number,
  tasks: readonly CheckTask[],
): string {
  const heading = place === 0 ? '#### What to do\n\n' : '';
  const label = `**${place + 1}. ${isFailure ? '' : '⚠️ '}${title}.** `;
  const told = paragraph(text, longestParts.texts / tasks.length).trimEnd();
  return `${heading}${label}${told}${sql.length === 0 ? '' : `\n\n${folded(sql, longestParts.sql / tasks.length)}`}`;
}
