import fc from 'fast-check';
import { describe, expect } from 'vitest';
import type { RecordedBackup } from '../../src/jobs/recorded-backup.ts';
import type { RetentionRules } from '../../src/jobs/request.ts';
import { chooseKept, type RetentionChoice } from '../../src/jobs/retention/choose.ts';
import { hostsByTurns } from '../../src/jobs/retention/hosts-by-turns.ts';
import { hostileText } from '../support/fuzz/hostile-text.ts';
import { property } from '../support/fuzz/rounds.ts';
import { isUndeletable, Ledger } from '../support/retention/ledger.ts';
import { recorded } from '../support/retention/recorded.ts';

const now = Date.UTC(2026, 10, 28, 12);
const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

/** Times that share seconds, days, weeks and years, lie at the edges of those, in the future, or nowhere near. */
const time = fc.oneof(
  fc
    .tuple(fc.integer({ min: -40, max: 3 }), fc.constantFrom(0, 1, hour, day - 1))
    .map(([n, m]) => startOf(n) + m),
  fc.integer({ min: -4_000, max: 40 }).map(startOf),
  fc.constantFrom(
    now - 1,
    now,
    now + 1,
    now + 5 * minute,
    now + 5 * minute + 1,
    Date.UTC(2024, 1, 29),
    Date.UTC(2021, 0, 3),
    Date.UTC(2020, 11, 28),
  ),
  fc.integer({ min: Date.UTC(1901, 0), max: Date.UTC(2399, 0) }),
);

function startOf(dayFromNow: number): number {
  return Math.floor(now / day + dayFromNow) * day;
}

const someBackup = fc
  .record({
    ...{ time, part: rarely(hostileText(1)), protection: rarely(hostileText(1)) },
    ...{ isVerified: fc.boolean(), hasLegalHold: fc.constantFrom(...Array(9).fill(false), true) },
    ...{ host: fc.constantFrom('a', 'b'), immutable: rarely(time) },
    came: fc.constantFrom(undefined, 0, minute, 50 * hour, 900 * day, -5 * minute, -5 * minute - 1, -day),
  })
  .map(({ time, part, protection, isVerified, immutable, came, ...others }) =>
    recorded(new Date(time), {
      ...others,
      ...(part === undefined ? {} : { part }),
      ...(protection === undefined ? {} : { protection }),
      ...(immutable === undefined ? {} : { immutableUntil: new Date(immutable) }),
      ...(isVerified ? { verifiedAt: new Date(now) } : {}),
      ...(came === undefined ? {} : { createdOn: new Date(time + came) }),
    }),
  );

/** A value in one of ten cases. */
function rarely<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ arbitrary: fc.constant(undefined), weight: 9 }, { arbitrary: value, weight: 1 });
}

const backups = fc
  .array(someBackup, { maxLength: 40 })
  .map((list) => list.map((backup, index) => ({ ...backup, name: `${index}` })));

const few = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 12 }),
  fc.constantFrom(1e6, Number.MAX_SAFE_INTEGER),
);
const rules = fc.record({ last: few, withinDays: few, daily: few, weekly: few, monthly: few, yearly: few });

const hasRules = (given: RetentionRules): boolean => Object.values(given).some((value) => value > 0);
const namesOf = (list: readonly RecordedBackup[]): string[] => list.map(({ name }) => name);
const kept = ({ kept }: RetentionChoice): RecordedBackup[] => kept.map(({ backup }) => backup);
const choose = (list: readonly RecordedBackup[], given: RetentionRules) =>
  chooseKept(list, given, new Date(now));
/** The indices of a list in an order of their own. */
const order = fc.infiniteStream(fc.integer({ min: 0, max: 1e9 }));

function shuffled<T>(list: readonly T[], keys: fc.Stream<number>): T[] {
  const numbered = list.map((value) => ({ value, key: keys.next().value ?? 0 }));
  return numbered.sort((one, other) => one.key - other.key).map(({ value }) => value);
}

describe('what a retention chooses', () => {
  property('is what is promised, and what nothing may delete', [backups, rules], (list, given) => {
    const ledger = new Ledger();
    for (const backup of list) ledger.add(backup);
    ledger.passTo(now);
    const promised = ledger.promised(given);
    const choice = choose(list, given);
    const stays = new Set(kept(choice));
    for (const backup of list) {
      const must = promised.has(backup) || isUndeletable(backup, now) || !hasRules(given);
      const isLastFile = list.every(
        (other) =>
          other === backup ||
          !ledger.isCounted(other) ||
          +(backup.createdOn ?? 0) - +(other.createdOn ?? 0) > hour,
      );
      expect([backup.name, stays.has(backup)]).toEqual([backup.name, must || isLastFile]);
    }
  });

  property(
    'is each backup once, the newest first, and each that stays has a reason',
    [backups, rules],
    (list, given) => {
      const choice = choose(list, given);
      const all = [...kept(choice), ...choice.deleted];
      expect(namesOf(all).sort()).toEqual(namesOf(list).sort());
      for (const part of [kept(choice), choice.deleted, choice.wrongClock])
        expect(part.map(({ at }) => +at)).toEqual(
          part.map(({ at }) => +at).sort((one, other) => other - one),
        );
      for (const { reasons } of choice.kept) {
        expect(reasons.length).toBeGreaterThan(0);
        expect(new Set(reasons).size).toBe(reasons.length);
        for (const reason of reasons) expect(reason).not.toMatch(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u);
      }
    },
  );

  property(
    'does not depend on the order in which backups are listed',
    [backups, rules, order],
    (list, given, keys) => {
      expect(choose(shuffled(list, keys), given)).toEqual(choose(list, given));
    },
  );

  property(
    'goes no further when it is asked again, however much of it was done',
    [backups, rules, order],
    (list, given, keys) => {
      const first = choose(list, given);
      expect(choose(kept(first), given).deleted).toEqual([]);
      const undone = first.deleted.filter(() => (keys.next().value ?? 0) % 2 === 0);
      const second = choose([...kept(first), ...undone], given);
      expect(namesOf(first.deleted)).toEqual(expect.arrayContaining(namesOf(second.deleted)));
    },
  );

  property(
    'lets go of no less when another one comes: what goes by an older look goes by a newer one',
    [backups, rules, someBackup],
    (list, given, one) => {
      const more = [...list, { ...one, name: 'new' }];
      expect(namesOf(choose(more, given).deleted)).toEqual(
        expect.arrayContaining(namesOf(choose(list, given).deleted)),
      );
    },
  );

  property('is no less with a rule that keeps more', [backups, rules, rules], (list, given, more) => {
    fc.pre(hasRules(given));
    const larger: RetentionRules = {
      last: Math.max(given.last, more.last),
      withinDays: Math.max(given.withinDays, more.withinDays),
      daily: Math.max(given.daily, more.daily),
      weekly: Math.max(given.weekly, more.weekly),
      monthly: Math.max(given.monthly, more.monthly),
      yearly: Math.max(given.yearly, more.yearly),
    };
    expect(namesOf(kept(choose(list, larger)))).toEqual(
      expect.arrayContaining(namesOf(kept(choose(list, given)))),
    );
  });

  property('is all together what each rule chooses alone', [backups, rules], (list, given) => {
    fc.pre(hasRules(given));
    const none = { last: 0, withinDays: 0, daily: 0, weekly: 0, monthly: 0, yearly: 0 };
    const alone = Object.entries(given)
      .filter(([, value]) => value > 0)
      .flatMap(([rule, value]) => namesOf(kept(choose(list, { ...none, [rule]: value }))));
    expect(namesOf(kept(choose(list, given))).sort()).toEqual([...new Set(alone)].sort());
  });

  property('does not change by what cannot be counted', [backups, rules], (list, given) => {
    const right = list.filter((backup) => !choose(list, given).wrongClock.includes(backup));
    const whole = right.filter(({ part }) => part === undefined);
    expect(choose(whole, given).deleted).toEqual(choose(list, given).deleted);
  });

  property('never lets a database be without any', [backups, rules], (list, given) => {
    if (list.length > 0) expect(choose(list, given).kept).not.toEqual([]);
  });

  property('takes any time that there is', [fc.array(fc.date(), { maxLength: 9 }), rules], (times, given) => {
    const list = times.map((at, index) => recorded(at, { name: `${index}` }));
    for (const end of [-8.64e15, 0, 8.64e15]) {
      const { kept, deleted } = chooseKept(list, given, new Date(end));
      expect(kept.length + deleted.length).toBe(list.length);
    }
  });
});

describe('hosts that take turns', () => {
  property('do not depend on the order in which backups are listed', [backups, order], (list, keys) => {
    const distinct = [...new Map(list.map((backup) => [+backup.at, backup])).values()];
    expect(hostsByTurns(shuffled(distinct, keys), new Date(now))).toEqual(
      hostsByTurns(distinct, new Date(now)),
    );
  });
  property('are never those of one host', [backups], (list) => {
    const one = list.map((backup) => ({ ...backup, host: 'a' }));
    expect(hostsByTurns(one, new Date(now))).toBe(undefined);
  });
});
