import { describe, expect, test } from 'vitest';
import type { RecordedBackup } from '../../../../src/jobs/recorded-backup.ts';
import type { RetentionRules } from '../../../../src/jobs/request.ts';
import { chooseKept } from '../../../../src/jobs/retention/choose.ts';
import { isUndeletable, Ledger } from '../../../support/retention/ledger.ts';
import { noRules } from '../../../support/retention/recorded.ts';
import { type Fate, nightsOf, usualFate } from '../../../support/retention/years.ts';

/** What is wrong with what is there after a night; empty if nothing is. */
function wrongWith(
  there: ReadonlySet<RecordedBackup>,
  {
    ledger,
    rules,
    now,
    hasPruned,
  }: { ledger: Ledger; rules: RetentionRules; now: number; hasPruned: boolean },
): string[] {
  const promised = ledger.promised(rules);
  const missing = [...promised].filter((backup) => !there.has(backup)).map(({ name }) => `lacks ${name}`);
  if (!hasPruned) return missing;
  const counted = [...there].filter((backup) => ledger.isCounted(backup));
  // Where the account says when files came, the last one that came stays, too.
  const lastFile = Math.max(...counted.map(({ createdOn }) => createdOn?.getTime() ?? 0));
  const tooMuch = [...there].filter(
    (backup) =>
      !promised.has(backup) && !isUndeletable(backup, now) && backup.createdOn?.getTime() !== lastFile,
  );
  return [...missing, ...tooMuch.map(({ name }) => `still has ${name}`)];
}

/** Plays a fate with a retention each night, and returns what happened, so that a test can say that it was much. */
function play(fate: Fate, rulesOf: (night: number) => RetentionRules) {
  let ledger = new Ledger();
  const there = new Set<RecordedBackup>();
  const seen = { made: 0, deleted: 0, wrongClock: 0, cutShort: 0, most: 0 };
  let rules = rulesOf(0);
  let night = 0;
  for (const { now, come, verified, random } of nightsOf(fate, () => [...there])) {
    if (rulesOf(night) !== rules) {
      // What the old rules let go is gone: the new ones can promise what is there.
      rules = rulesOf(night);
      ledger = new Ledger();
      for (const backup of there) ledger.add(backup);
    }
    for (const backup of come) {
      there.add(backup);
      ledger.add(backup);
    }
    ledger.passTo(now);
    for (const backup of verified) ledger.noteVerified(backup);
    const undeletable = [...there].filter((backup) => isUndeletable(backup, now));

    const shuffled = [...there].sort(() => random() - 0.5);
    const { deleted, wrongClock } = chooseKept(shuffled, rules, new Date(now));
    // One night in twelve, the account fails while it is deleted from, or before.
    const hasPruned = random() > 1 / 12;
    const gone = hasPruned ? deleted : deleted.filter(() => random() > 0.6);
    for (const backup of gone) there.delete(backup);
    const wrong = wrongWith(there, { ledger, rules, now, hasPruned });
    for (const backup of undeletable) if (!there.has(backup)) wrong.push(`deleted ${backup.name}`);
    if (hasPruned && night % 10 === 0)
      for (const { name } of chooseKept([...there], rules, new Date(now)).deleted)
        wrong.push(`then deletes ${name}`);
    // `expect` is slow, for what is asked ten thousands of times.
    if (wrong.length > 0) expect({ night, wrong }).toEqual({ night, wrong: [] });

    night++;
    seen.made += come.length;
    seen.deleted += gone.length;
    seen.wrongClock += wrongClock.length;
    seen.cutShort += hasPruned ? 0 : 1;
    seen.most = Math.max(seen.most, there.size);
  }
  return seen;
}

const grandfather: RetentionRules = { ...noRules, daily: 7, weekly: 5, monthly: 12, yearly: 10 };
const all: RetentionRules = { last: 5, withinDays: 14, daily: 20, weekly: 6, monthly: 15, yearly: 99 };
const last3: RetentionRules = { ...noRules, last: 3 };
const within30: RetentionRules = { ...noRules, withinDays: 30 };
const flooded: RetentionRules = { ...grandfather, last: 10 };
const changing = [last3, all, within30, grandfather];

describe('ten years of nights: each leaves what is promised of all backups that there ever were, and nothing beyond', () => {
  test.each<[string, Partial<Fate>, (night: number) => RetentionRules]>([
    ['days, weeks, months and years', { seed: 1 }, () => grandfather],
    ['every rule', { seed: 2 }, () => all],
    ['only the last 3, and a machine whose clock is often wrong', { seed: 3, clockJumps: 60 }, () => last3],
    ['only 30 days, and many outages', { seed: 4, outageBegins: 30 }, () => within30],
    [
      'an account that does not say when files came, with a policy of 14 days',
      { seed: 5, tellsCreation: false, immutableDays: 14 },
      () => grandfather,
    ],
    ['many floods', { seed: 6, flood: 10 }, () => flooded],
    ['rules that change', { seed: 7 }, (night) => changing[Math.floor(night / 400) % 4] ?? all],
  ])('%s', (_, fate, rulesOf) => {
    const seen = play({ ...usualFate, ...fate } as Fate, rulesOf);
    expect(seen.made).toBeGreaterThan(1_500);
    expect(seen.deleted).toBeGreaterThan(1_000);
    expect(seen.cutShort).toBeGreaterThan(200);
    if (fate.clockJumps !== undefined) expect(seen.wrongClock).toBeGreaterThan(1_000);
    if (fate.flood !== undefined) expect(seen.most).toBeGreaterThan(40);
  });
});
