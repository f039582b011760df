import { formatDuration, shortened } from '../../base/format.ts';
import { type CheckTask, isOfFailure, shortDetail, tasksOf } from '../../jobs/check/report.ts';
import { countOf, othersIn, tallyOf, verdictOf } from '../../jobs/check/verdict.ts';
import type { Checked, CheckedGroup, CheckResult } from '../../jobs/result.ts';
import { redactMasked, withVariables } from '../masking.ts';
import { proseCell, sqlBlock } from './markdown.ts';
import { markdownTable, nameSpan } from './names.ts';
import { folded, longestParts, paragraph } from './summary-notes.ts';

const pageMarks: Record<Checked['came'], string> = {
  passed: '✅',
  failed: '❌',
  warning: '⚠️',
  'not checked': '➖',
};

/** So many statements are seen at once. */
const fewStatements = 10;

/** More of what was found, in characters, stands below the table, or in the log. */
const longestCell = 400;

/**
 * What came of all checks, as Markdown: which jobs would fail, a table of what was checked by area, and what to do, numbered as the table
 * refers to it.
 */
export function summaryOfCheck(result: CheckResult): string {
  const { groups, stopped, database, host, duration } = result;
  const tally = tallyOf(groups);
  const others = othersIn(tally);
  const tasks = tasksOf(groups);
  const name = nameSpan(database);
  const headline =
    stopped.length === 0
      ? `✅ ${verdictOf(result, `: ${name}`)}`
      : `❌ ${verdictOf(result, ` of ${name}`)}: ${countOf(tally)}`;
  const counts = [
    ...(stopped.length === 0 ? [`**${countOf(tally)}**`] : []),
    ...(others === '' ? [] : [others]),
  ].join(', ');
  return `${[
    `### ${headline}`,
    [...(counts === '' ? [] : [counts]), `server ${nameSpan(host)}`, formatDuration(duration)].join(' · '),
    markdownTable(
      ['Area', '', 'Check', 'Found'],
      ['---', '---', '---', '---'],
      groups.flatMap((group) => rowsOf(group, tasks)),
    ),
    ...(tasks.length > 0 ? ['#### What to do'] : []),
    ...tasks.map((task, place) => taskParagraph(task, place + 1, tasks.length)),
  ]
    .map((part) => part.trimEnd())
    .join('\n\n')}\n`;
}

function rowsOf({ title, checks }: CheckedGroup, tasks: readonly CheckTask[]): string[][] {
  return checks.map((one, index) => {
    const number = tasks.findIndex((task) => task.checks.includes(one)) + 1;
    const found = proseCell(shortened(shortDetail(one), longestCell, 'log', redactMasked));
    return [
      ...[index === 0 ? `**${title}**` : '', pageMarks[one.came], proseCell(one.what)],
      number === 0 ? found : `${found} **→ ${number}**`,
    ];
  });
}

function taskParagraph(task: CheckTask, number: number, all: number): string {
  const { title, text, sql } = task;
  const label = `**${number}. ${isOfFailure(task) ? '' : '⚠️ '}${title}.**`;
  const told = paragraph(text, longestParts.texts / all).trimEnd();
  const statements =
    sql.length <= fewStatements
      ? sqlBlock(withVariables(sql).join('\n'))
      : folded(sql, longestParts.sql / all);
  return `${label} ${told}${sql.length === 0 ? '' : `\n\n${statements}`}`;
}
