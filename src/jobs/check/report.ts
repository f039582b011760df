import { firstSentence } from '../../base/format.ts';
import { toPaste } from '../../postgres/session/sql-text.ts';
import type { Checked, CheckedGroup, CheckResult } from '../result.ts';
import { countOf, othersIn, tallyOf, verdictOf } from './verdict.ts';

const logMarks = { passed: '✓', failed: '✗', warning: '!', 'not checked': '–' } as const;

/** What came of all checks, as lines of the log: by area, what was checked in a column of its own; below it what to do, numbered. */
export function reportOf(result: Pick<CheckResult, 'groups' | 'stopped'>): string[] {
  const { groups } = result;
  const tally = tallyOf(groups);
  const others = othersIn(tally);
  const width = Math.max(...groups.flatMap(({ checks }) => checks.map(({ what }) => what.length)));
  const tasks = tasksOf(groups);
  return [
    ...groups.flatMap(({ title, checks }) => [
      title,
      ...checks.map((one) => `  ${logMarks[one.came]} ${one.what.padEnd(width)}  ${shortDetail(one)}`),
      '',
    ]),
    `${verdictOf(result)}: ${countOf(tally)}${others === '' ? '' : `, ${others}`}`,
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
  /** The first of them gives its title. */
  checks: Checked[];
  /** `Restore, new databases` */
  title: string;
  /** What to do, after what was found if that is not told in full elsewhere. */
  text: string;
  sql: readonly string[];
}

/** What there is to do about checks that did not pass, and then about those that warn, in their order; the same about several is one. */
export function tasksOf(groups: readonly CheckedGroup[]): CheckTask[] {
  const each = groups.flatMap(({ title, checks }) =>
    checks.flatMap((check) => taskAbout(title, check) ?? []),
  );
  const same = Map.groupBy(each, ({ text, sql }) => JSON.stringify([text, sql]));
  const all = [...same.values()].flatMap(([first, ...others]) =>
    first ? [{ ...first, checks: [first, ...others].flatMap(({ checks }) => checks) }] : [],
  );
  const failures = all.filter(isOfFailure);
  return [...failures, ...all.filter((task) => !isOfFailure(task))];
}

/** Whether a job fails until it is done. */
export function isOfFailure({ checks }: CheckTask): boolean {
  return checks.some(({ came }) => came === 'failed');
}

function taskAbout(area: string, check: Checked): CheckTask | undefined {
  const { what, came, detail, fix = '', sql = [] } = check;
  const isTold = shortDetail(check) === detail;
  if (came === 'passed' || came === 'not checked' || (isTold && fix === '' && came === 'warning'))
    return undefined;
  const name = /^[A-Z][a-z]/.test(what) ? `${what.charAt(0).toLowerCase()}${what.slice(1)}` : what;
  const text = (isTold && fix !== '' ? [fix] : [detail, fix]).filter((part) => part !== '').join('\n');
  return { checks: [check], title: `${area}, ${name}`, text, sql: sql.map(toPaste) };
}

/** In characters, of what was found. */
const shortEnough = 300;

/** What was found, or its first sentence, if it has several lines or is long: the rest stands with what to do. */
export function shortDetail({ detail }: Pick<Checked, 'detail'>): string {
  if (detail.length <= shortEnough && !detail.includes('\n')) return detail;
  return firstSentence(detail).sentence;
}
