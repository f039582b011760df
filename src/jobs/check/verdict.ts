import { count } from '../../base/format.ts';
import type { Checked, CheckedGroup, CheckResult } from '../result.ts';
import type { Area, StoppedJob } from './checklist.ts';

/** How many checks came to what. */
export interface Tally {
  /** All that were made. */
  made: number;
  failed: number;
  warnings: number;
  unchecked: number;
}

/** Counts what came of the checks. */
export function tallyOf(groups: readonly CheckedGroup[]): Tally {
  const all = groups.flatMap(({ checks }) => checks);
  const those = (wanted: Checked['came']): number => all.filter(({ came }) => came === wanted).length;
  const unchecked = those('not checked');
  return {
    made: all.length - unchecked,
    failed: those('failed'),
    warnings: those('warning'),
    unchecked,
  };
}

/** The jobs that would fail, by what did not pass. */
export function stoppedBy(areas: readonly Area[]): StoppedJob[] {
  const all = areas.flatMap(({ checks, stops }) =>
    checks.flatMap((one) => (one.came === 'failed' ? (one.stops ?? stops) : [])),
  );
  return (['backup', 'restore'] as const).filter((job) => all.includes(job));
}

/**
 * Which jobs would fail, in words; or that none would, with what could not be tried.
 * @param of what follows the jobs: ` of "shop"`
 */
export function verdictOf({ stopped, groups }: Pick<CheckResult, 'stopped' | 'groups'>, of = ''): string {
  const [first, second] = stopped;
  if (first === undefined) return `Ready for backup and restore${of}${untriedIn(groups)}`;
  return second === undefined ? `A ${first}${of} would fail` : `A ${first} and a ${second}${of} would fail`;
}

/** `; reading a file was not tried`; empty if all was that can be. */
function untriedIn(groups: readonly CheckedGroup[]): string {
  const untried = groups.flatMap(({ checks }) => checks.flatMap((one) => one.untried ?? []));
  if (untried.length === 0) return '';
  return `; ${untried.join(' and ')} ${untried.length === 1 ? 'was' : 'were'} not tried`;
}

/** How many checks passed, or did not, in words: `19 checks passed`, `2 of 19 checks did not pass`. */
export function countOf({ made, failed, warnings }: Tally): string {
  return failed === 0
    ? `${count(made - warnings, 'check')} passed`
    : `${failed} of ${count(made, 'check')} did not pass`;
}

/** What besides there is to know of: warnings, and what was not checked; empty for nothing. */
export function othersIn({ warnings, unchecked }: Tally): string {
  return [
    ...(warnings > 0 ? [count(warnings, 'warning')] : []),
    ...(unchecked > 0 ? [`${unchecked} not checked`] : []),
  ].join(', ');
}
