import type { RecordedBackup } from '../../../src/jobs/recorded-backup.ts';
import { pseudoRandom } from '../../unit/support/pseudo-random.ts';
import { recorded } from './recorded.ts';

const minute = 60_000;
const day = 1440 * minute;

/** What happens to the backups of a database, and how often, by night. */
export interface Fate {
  seed: number;
  nights: number;
  /** For how many nights of a thousand it holds. */
  fails: number;
  outageBegins: number;
  /** The clock of the machine goes wrong for some nights, by minutes up to years, forwards or backwards. */
  clockJumps: number;
  flood: number;
  /** Whether the account says when a file came. */
  tellsCreation: boolean;
  /** For how many days a policy keeps each file. */
  immutableDays: number;
}

export const usualFate: Omit<Fate, 'seed'> = {
  ...{ nights: 3_653, fails: 40, outageBegins: 8, clockJumps: 10, flood: 3 },
  ...{ tellsCreation: true, immutableDays: 0 },
};

/** A night: its true time, and the backups that came; what somebody did to older ones is done. */
export interface Night {
  now: number;
  come: readonly RecordedBackup[];
  verified: readonly RecordedBackup[];
  random: () => number;
}

/**
 * The nights of some years, from 2019 on, so that they have leap days and weeks 53. What is wrong happens by chance that follows from the seed.
 * @param kept what is there, as it is when a night begins
 */
export function* nightsOf(fate: Fate, kept: () => readonly RecordedBackup[]): Generator<Night> {
  const random = pseudoRandom(fate.seed);
  const upTo = (most: number): number => Math.floor(random() * most);
  const happens = (ofThousand: number): boolean => random() * 1000 < ofThousand;
  let [outage, wrong, error] = [0, 0, 0];
  for (let night = 0; night < fate.nights; night++) {
    const now = Date.UTC(2019, 0, 1, 23, 0) + night * day + upTo(180) * minute;
    if (outage-- <= 0 && happens(fate.outageBegins)) outage = 1 + upTo(80);
    if (wrong-- <= 0) {
      wrong = happens(fate.clockJumps) ? 1 + upTo(6) : 0;
      const size = [2 * minute, 90 * minute, 3 * day, 45 * day, 800 * day][upTo(5)] ?? 0;
      error = wrong > 0 ? size * (happens(500) ? 1 : -1) : 0;
    }
    const make = (started: number): RecordedBackup => {
      const createdOn = new Date(Math.min(now, started + minute * (1 + upTo(20))));
      const immutable = fate.immutableDays * day;
      return recorded(new Date(started + error), {
        ...(fate.tellsCreation ? { createdOn } : {}),
        ...(immutable > 0 ? { immutableUntil: new Date(+createdOn + immutable) } : {}),
        ...(happens(10) ? { protection: 'before a release' } : {}),
        ...(happens(4) ? { part: 'without the rows of 1 table' } : {}),
      });
    };
    const begun = now - (25 + upTo(60)) * minute;
    const come = outage > 0 || happens(fate.fails) ? [] : [make(begun)];
    if (come.length > 0 && happens(fate.flood))
      for (let number = 20 + upTo(100); number > 0; number--) come.push(make(begun + upTo(1_200) * 1_000));
    for (const backup of come.filter(() => happens(60)))
      come.push({ ...backup, name: `${backup.name}-twin` });

    const some = <T>(list: readonly T[], ofThousand: number): readonly T[] =>
      list.length > 0 && happens(ofThousand) ? [list[upTo(list.length)] as T] : [];
    const old = kept();
    for (const backup of some(old, 10)) backup.hasLegalHold = !backup.hasLegalHold;
    for (const backup of old) if (backup.hasLegalHold && happens(5)) backup.hasLegalHold = false;
    for (const backup of some(old, 10)) backup.protection = 'looked for';
    for (const backup of old) if (backup.protection && happens(4)) delete backup.protection;
    const verified = some([...old, ...come], 60);
    for (const backup of verified) backup.verifiedAt = new Date(now);
    yield { now, come, verified, random };
  }
}
