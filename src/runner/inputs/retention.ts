import type { Retention, RetentionRules } from '../../jobs/request.ts';
import type { Reader } from './reader.ts';

/** What is watched and kept of the backups of a database. */
interface Upkeep {
  /** Undefined if no rule is given. */
  retention: Retention | undefined;
  maxAgeHours: number | undefined;
}

/**
 * Reads the rules of a retention, and how old the newest backup may be.
 * @param isNeeded whether there has to be a rule
 * @param problems is added to
 */
export function readRetention(read: Reader, isNeeded: boolean, problems: string[]): Upkeep {
  const number = (name: string, most: number, least = 0): number => {
    const words = `must be a whole number from ${least} to ${most}`;
    const check = (value: string): string | undefined =>
      /^\d{1,6}$/.test(value) && Number(value) >= least && Number(value) <= most ? undefined : words;
    return Number(read(name, { check, optional: true }));
  };
  const before = problems.length;
  const rules: RetentionRules = {
    last: number('retention_last', 10_000),
    withinDays: number('retention_within_days', 36_500),
    daily: number('retention_daily', 10_000),
    weekly: number('retention_weekly', 10_000),
    monthly: number('retention_monthly', 10_000),
    yearly: number('retention_yearly', 1_000),
  };
  const areRight = problems.length === before;
  const isDryRun = read.flag('retention_dry_run', false);
  const hours = number('max_age_hours', 87_600, 1);
  const isEmpty = Object.values(rules).every((value) => value === 0);
  if (isEmpty && isNeeded && areRight)
    problems.push(
      'retention_last, or another rule of a retention, must be given, and above 0: without one, nothing would be deleted',
    );
  return {
    retention: isEmpty ? undefined : { rules, isDryRun },
    maxAgeHours: hours === 0 ? undefined : hours,
  };
}
