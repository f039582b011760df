import { expect, test } from 'vitest';
import { wrongTime } from '../../../src/jobs/archive/recorded-time.ts';
import { warningOfClock } from '../../../src/jobs/clock.ts';

const now = new Date('2026-11-28T12:00:00Z');
const [minute, day] = [60_000, 86_400_000];

test.each([undefined, 0, 5 * minute, -5 * minute])(
  'of a clock that is off by %s ms nothing is said',
  (error) => {
    expect(warningOfClock(error, now)).toBeUndefined();
  },
);

test('of one that is behind, what it does to later backups', () => {
  expect(warningOfClock(-40 * day, now)).toBe(
    `The clock of this machine is 40 days behind that of the storage account (2026-11-28 12:00:00 UTC here, 2027-01-07 12:00:00 UTC there), and a backup made now is recorded with the time here.
Set the clock of the machine, by NTP for example: backups that are recorded too early are taken for older than they are, so rules may delete them too early, and latest may be another one.`,
  );
});

test.each([
  [6 * minute, '6 min ahead of'],
  [119 * minute, '119 min ahead of'],
  [3 * 60 * minute, '3 h ahead of'],
  [47 * 60 * minute, '47 h ahead of'],
  [3 * day, '3 days ahead of'],
])('of one that is ahead by %i ms, that its backups never count: %s', (error, words) => {
  expect(warningOfClock(error, now)).toContain(`The clock of this machine is ${words} that of the`);
  expect(warningOfClock(error, now)).toContain(
    ': a backup that is recorded later than its file came never counts, so latest, ',
  );
  // Which is so: soon, and when its time has come, and gone.
  const backup = { at: new Date(now.getTime() + error), createdOn: new Date(now.getTime() + minute / 2) };
  for (const later of [minute, error, error + minute, error + 400 * day])
    expect(wrongTime(backup, new Date(now.getTime() + later))).toBeDefined();
});
