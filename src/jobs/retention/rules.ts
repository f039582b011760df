import { count } from '../../base/format.ts';
import type { RecordedBackup } from '../recorded-backup.ts';
import type { RetentionRules } from '../request.ts';
import { daysBefore, type Period, periodOf } from './calendar.ts';

/** Backups with one recorded time: a rule keeps all of them or none, and they take one place together. */
interface Moment {
  time: number;
  backups: readonly RecordedBackup[];
}

/**
 * What the rules keep, with the name of each rule, or of the period, that keeps it.
 * @param counted backups whose recorded times can be right
 */
export function rulesThatKeep(
  counted: readonly RecordedBackup[],
  rules: RetentionRules,
): Map<RecordedBackup, string[]> {
  const moments: Moment[] = [...Map.groupBy(counted, ({ at }) => at.getTime())]
    .map(([time, backups]) => ({ time, backups }))
    .toSorted((one, other) => other.time - one.time);
  const kept = new Map<RecordedBackup, string[]>();
  const keep = (moment: Moment | undefined, reason: string): void => {
    for (const backup of moment?.backups ?? []) kept.set(backup, [...(kept.get(backup) ?? []), reason]);
  };

  for (const moment of moments.slice(0, rules.last)) keep(moment, `last ${rules.last}`);
  if (rules.withinDays > 0) keepWithin(moments, rules.withinDays, keep);
  keepPeriods(moments, 'day', rules.daily, keep);
  keepPeriods(moments, 'week', rules.weekly, keep);
  keepPeriods(moments, 'month', rules.monthly, keep);
  keepPeriods(moments, 'year', rules.yearly, keep);
  return kept;
}

type Keep = (moment: Moment | undefined, reason: string) => void;

/**
 * The days count back from the newest backup, not from now: an outage that is longer must not delete all. The last one before them stays too:
 * it is what the database was like when they began.
 */
function keepWithin(moments: readonly Moment[], days: number, keep: Keep): void {
  const start = daysBefore(moments[0]?.time ?? 0, days);
  const within = moments.filter(({ time }) => time >= start);
  for (const moment of within) keep(moment, `within ${count(days, 'day')}`);
  if (within.at(-1)?.time !== start) keep(moments[within.length], `last before the ${count(days, 'day')}`);
}

/** The newest backup of each of the newest periods that have one. */
function keepPeriods(moments: readonly Moment[], period: Period, number: number, keep: Keep): void {
  const taken = new Set<string>();
  for (const moment of moments) {
    const name = periodOf(new Date(moment.time), period);
    if (taken.has(name)) continue;
    if (taken.size === number) return;
    taken.add(name);
    keep(moment, `${period} ${name}`);
  }
}
