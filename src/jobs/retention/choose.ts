import { quoted } from '../../base/format.ts';
import { wrongTime } from '../archive/recorded-time.ts';
import type { RecordedBackup } from '../recorded-backup.ts';
import type { RetentionRules } from '../request.ts';
import { isCountable } from './countable.ts';
import { rulesThatKeep } from './rules.ts';

/** A backup that stays, with what keeps it, in a few words each; never without any. */
export interface KeptBackup {
  backup: RecordedBackup;
  reasons: readonly string[];
}

/** What becomes of each backup of a database, the newest first. */
export interface RetentionChoice {
  kept: readonly KeptBackup[];
  deleted: readonly RecordedBackup[];
  /** Those among the kept ones whose recorded time cannot be right. No rule counts them, so they stay until somebody deletes them. */
  wrongClock: readonly RecordedBackup[];
}

/**
 * Which backups stay by the rules of a retention, and which go. What one rule keeps stays, and so does what must never be deleted. Without
 * any rule all of them stay. Whoever has deleted only some of those that go, and asks again, is told to delete none but the others.
 * @param backups of one database, in any order
 * @param now the account's time
 * @throws if a rule is no whole number: nothing may be chosen by it
 */
export function chooseKept(
  backups: readonly RecordedBackup[],
  rules: RetentionRules,
  now: Date,
): RetentionChoice {
  for (const [rule, value] of Object.entries(rules))
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${rule} is ${value}`);
  const counted = backups.filter((backup) => isCountable(backup, now));
  const byRules = Object.values(rules).some((value) => value > 0)
    ? rulesThatKeep(counted, rules)
    : new Map(backups.map((backup) => [backup, ['no rule is set']]));
  const newest = latest(counted);
  const last = newestOfEachHost(counted, 'newest');
  const lastVerified = newestOfEachHost(
    counted.filter(({ verifiedAt }) => verifiedAt !== undefined),
    'newest verified',
  );
  const lastFile = fileThatCameLast(counted);

  const reasonsOf = (backup: RecordedBackup): string[] => [
    ...(last.get(backup) ?? []),
    ...(lastVerified.get(backup) ?? []),
    ...(backup === lastFile && !newest.includes(backup) ? ['newest file'] : []),
    ...ofItself(backup, now),
    ...(byRules.get(backup) ?? []),
  ];
  const judged = backups.toSorted(newestFirst).map((backup) => ({ backup, reasons: reasonsOf(backup) }));
  return {
    kept: judged.filter(({ reasons }) => reasons.length > 0),
    deleted: judged.filter(({ reasons }) => reasons.length === 0).map(({ backup }) => backup),
    wrongClock: judged.map(({ backup }) => backup).filter((backup) => wrongTime(backup, now) !== undefined),
  };
}

/** What keeps a backup whatever others there are. */
function ofItself(backup: RecordedBackup, now: Date): string[] {
  const { part, protection, immutableUntil, hasLegalHold } = backup;
  const wrong = wrongTime(backup, now);
  return [
    ...(wrong === undefined ? [] : [wrong]),
    ...(part === undefined ? [] : ['leaves out a part']),
    ...(protection === undefined ? [] : [`protected: ${quoted(protection)}`]),
    ...(immutableUntil && immutableUntil > now
      ? [`immutable until ${immutableUntil.toISOString().split('T')[0]}`]
      : []),
    ...(hasLegalHold ? ['legal hold'] : []),
  ];
}

/** All that have the latest time: none of those that share it is deleted. */
function latest(counted: readonly RecordedBackup[]): RecordedBackup[] {
  const time = counted.reduce((last, { at }) => Math.max(last, at.getTime()), -Infinity);
  return counted.filter(({ at }) => at.getTime() === time);
}

/**
 * The newest of each server that is named: where two that are in use are given as one that moved, the last backup of neither goes.
 * @param reason of the newest of all; the others' have their host in it
 */
function newestOfEachHost(
  backups: readonly RecordedBackup[],
  reason: string,
): Map<RecordedBackup, readonly string[]> {
  const ofAll = new Set(latest(backups));
  return new Map(
    [...Map.groupBy(backups, ({ host }) => host)].flatMap(([host, those]) =>
      latest(those).map((one) => [one, [ofAll.has(one) ? reason : `${reason} of ${quoted(host)}`]] as const),
    ),
  );
}

/** How long after all others a file came that is taken for the last: when many are copied, they come within minutes. */
const apart = 60 * 60 * 1000;

/**
 * The backup whose file came last by Azure's clock. It is the newest too, unless it was made with a clock that is slow: then it looks old, and
 * would be deleted as soon as it is made. Undefined if others came about then.
 */
function fileThatCameLast(counted: readonly RecordedBackup[]): RecordedBackup | undefined {
  const cameAt = ({ createdOn }: RecordedBackup): number => createdOn?.getTime() ?? -Infinity;
  const [last, before] = counted.toSorted((one, other) => (cameAt(one) < cameAt(other) ? 1 : -1));
  if (!last || !before) return last;
  return cameAt(last) > cameAt(before) + apart ? last : undefined;
}

function newestFirst(one: RecordedBackup, other: RecordedBackup): number {
  return readableTime(other) - readableTime(one) || (one.name < other.name ? -1 : 1);
}

/** Those without a time that can be read come last. */
function readableTime({ at }: RecordedBackup): number {
  return Number.isNaN(at.getTime()) ? -Infinity : at.getTime();
}
