import type { RecordedBackup } from '../../../src/jobs/recorded-backup.ts';
import type { RetentionRules } from '../../../src/jobs/request.ts';
import { dayOf, monthOf, weekOf, yearOf } from './calendar.ts';

/** The slots of a rule, by number: the newest time in each, and those that are taken, the earliest first. */
interface Slots {
  rule: keyof RetentionRules;
  slotOf: (time: number) => number;
  newest: Map<number, number>;
  taken: number[];
}

/**
 * All backups that a database ever had, and what the rules promise of them: that what is promised of all that ever were is still there, and
 * nothing else, is more than that each choice was right when it was made. It is written apart from src/, and works the other way round:
 * by what each slot holds at most, told as backups come, where src/ goes through what is there.
 */
export class Ledger {
  readonly #slots: readonly Slots[] = [
    { rule: 'daily', slotOf: dayOf, newest: new Map(), taken: [] },
    { rule: 'weekly', slotOf: weekOf, newest: new Map(), taken: [] },
    { rule: 'monthly', slotOf: monthOf, newest: new Map(), taken: [] },
    { rule: 'yearly', slotOf: yearOf, newest: new Map(), taken: [] },
  ];
  /** The different times of what counts, the earliest first. */
  readonly #times: number[] = [];
  readonly #at = new Map<number, RecordedBackup[]>();
  #waiting: RecordedBackup[] = [];
  /** By host: the newest time, and the newest of a verified one. */
  readonly #newest = new Map<string, number>();
  readonly #verified = new Map<string, number>();

  add(backup: RecordedBackup): void {
    if (backup.part === undefined && !isLaterThanItsFile(backup)) this.#waiting.push(backup);
  }

  /** Counts what is no longer of the future. */
  passTo(now: number): void {
    const [come, waiting] = [true, false].map((is) =>
      this.#waiting.filter(({ at }) => !isOfFuture(at, now) === is),
    );
    this.#waiting = waiting ?? [];
    for (const backup of come ?? []) this.#count(backup);
  }

  #count(backup: RecordedBackup): void {
    const time = backup.at.getTime();
    const those = this.#at.get(time);
    if (those) those.push(backup);
    else {
      this.#at.set(time, [backup]);
      putInOrder(this.#times, time);
      for (const { slotOf, newest, taken } of this.#slots) {
        const slot = slotOf(time);
        if (!newest.has(slot)) putInOrder(taken, slot);
        newest.set(slot, Math.max(time, newest.get(slot) ?? -Infinity));
      }
    }
    this.#newest.set(backup.host, Math.max(time, this.#newest.get(backup.host) ?? -Infinity));
    this.noteVerified(backup);
  }

  /** A backup may be verified at any time later. */
  noteVerified(backup: RecordedBackup): void {
    const isCounted = this.#at.get(backup.at.getTime())?.includes(backup);
    if (isCounted && backup.verifiedAt)
      this.#verified.set(backup.host, Math.max(+backup.at, this.#verified.get(backup.host) ?? -Infinity));
  }

  isCounted(backup: RecordedBackup): boolean {
    return this.#at.get(backup.at.getTime())?.includes(backup) ?? false;
  }

  /** What must be there now: what the rules promise, the newest, and the newest verified one, of each host. */
  promised(rules: RetentionRules): Set<RecordedBackup> {
    const newest = this.#times.at(-1);
    if (newest === undefined) return new Set();
    const times = new Set([newest]);
    for (let place = 1; place <= Math.min(rules.last, this.#times.length); place++)
      times.add(this.#times.at(-place) ?? newest);
    if (rules.withinDays > 0) {
      const begin = newest - rules.withinDays * 86_400_000;
      for (let place = this.#times.length - 1; place >= 0; place--) {
        const time = this.#times[place] ?? newest;
        times.add(time);
        if (time <= begin) break;
      }
    }
    for (const { rule, newest, taken } of this.#slots)
      if (rules[rule] > 0) for (const slot of taken.slice(-rules[rule])) times.add(newest.get(slot) ?? 0);
    const at = (time: number): RecordedBackup[] => this.#at.get(time) ?? [];
    const ofHosts = [...this.#newest].flatMap(([host, time]) => at(time).filter((one) => one.host === host));
    const verified = [...this.#verified].flatMap(([host, time]) =>
      at(time).filter((one) => one.host === host && one.verifiedAt),
    );
    return new Set([...[...times].flatMap(at), ...ofHosts, ...verified]);
  }
}

function putInOrder(ascending: number[], number: number): void {
  let place = ascending.length;
  while (place > 0 && (ascending[place - 1] ?? 0) > number) place--;
  ascending.splice(place, 0, number);
}

/** Clocks may differ by five minutes, as docs/keeping.md says. */
function isOfFuture(at: Date, now: number): boolean {
  return +at - now > 300_000;
}

function isLaterThanItsFile({ at, createdOn }: RecordedBackup): boolean {
  return createdOn !== undefined && at.getTime() - createdOn.getTime() > 300_000;
}

/** Whether nothing may ever delete a backup, whatever the rules are. */
export function isUndeletable(backup: RecordedBackup, now: number): boolean {
  return [
    backup.part !== undefined,
    backup.protection !== undefined,
    backup.hasLegalHold,
    backup.immutableUntil !== undefined && +backup.immutableUntil > now,
    isOfFuture(backup.at, now),
    isLaterThanItsFile(backup),
  ].includes(true);
}
