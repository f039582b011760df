import { toPaste } from '../../postgres/session/sql-text.ts';
import type { CheckedGroup, CheckResult } from '../result.ts';
import { countOf, othersIn, tallyOf, verdictOf } from './verdict.ts';

const logMarks = { passed: '✓', failed: '✗', warning: '!', 'not checked': '–' } as const;

/** What came of all checks, as lines of the log: by area, what was checked in a column of its own; below it what to do, numbered. */
export function reportOf({ groups, ...result }: Pick<CheckResult, 'groups' | 'stopped'>): string[] {
  const tally = tallyOf(groups);
  const rest = othersIn(tally);
  const width = Math.max(...groups.flatMap(({ checks }) => checks.map(({ what }) => what.length)));
  const tasks = tasksOf(groups);
  return [
    ...groups.flatMap(({ title, checks }) => [
      title,
      ...checks.map(
        ({ what, came, detail }) => `  ${logMarks[came]} ${what.padEnd(width)}  ${headLine(detail)}`,
      ),
      '',
    ]),
    `${verdictOf(result)}: ${countOf(tally)}${rest === '' ? '' : `, ${rest}`}`,
    ...(tasks.length > 0 ? ['', 'What to do:'] : []),
    ...tasks.flatMap(({ title, text, sql }, place) =>
      [`${place + 1}. ${title}: ${text}`, ...sql]
        .flatMap((part) => part.split('\n'))
        .map((line, at) => (at === 0 ? line : `   ${line}`)),
    ),
  ];
}

/** Something to do, or to know, about a check. */
export interface CheckTask {
  /** `Restore, new databases` */
  title: string;
  /** What was found, and what to do. */
  text: string;
  sql: readonly string[];
  isFailure: boolean;
}

/** What there is to do about checks that did not pass, and then about those that warn, in their order. */
export function tasksOf(groups: readonly CheckedGroup[]): CheckTask[] {
  const all = groups.flatMap(({ title, checks }) =>
    checks
      .filter(({ came, fix }) => came === 'failed' || (came === 'warning' && fix !== undefined))
      .map(({ what, came, detail, fix, sql = [] }) => ({
        title: `${title}, ${/^[A-Z][a-z]/.test(what) ? `${what.charAt(0).toLowerCase()}${what.slice(1)}` : what}`,
        text: fix === undefined ? detail : `${detail}\n${fix}`,
        sql: sql.map(toPaste),
        isFailure: came === 'failed',
      })),
  );
  return [...all.filter(({ isFailure }) => isFailure), ...all.filter(({ isFailure }) => !isFailure)];
}

/** The rest of what was found stands with what to do. */
function headLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
