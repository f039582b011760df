import { describe, expect, test } from 'vitest';
import { chooseClient, type Need, problemWithInsisted } from '../../../../src/postgres/client/choose.ts';
import type { Client } from '../../../../src/postgres/client/find.ts';

const client = (major: number): Client => ({
  major,
  version: `${major}.1`,
  psql: `/pg/${major}/psql`,
  pgDump: `/pg/${major}/pg_dump`,
  pgRestore: `/pg/${major}/pg_restore`,
});

const all = [12, 13, 14, 15, 16, 17, 18, 19];

describe('the client that is chosen', () => {
  const same = 'same major version';
  const reads = 'the oldest that reads this backup';
  const insisted = 'as postgres_version says';
  const newer = (than: number): string => `the nearest newer than ${than} on this machine`;

  test.each<[string, number[], Need, number | undefined, string?]>([
    ['of a backup, the very one', [15, 16, 17, 18], { server: 16 }, 16, same],
    ['of a backup, the very one of all', all, { server: 12 }, 12, same],
    ['of a backup, the very one that is not out yet', all, { server: 19 }, 19, same],
    ['of a backup, whatever their order', [18, 14, 17], { server: 15 }, 17, newer(15)],
    ['of a backup, the nearest newer one', [14, 17, 18], { server: 15 }, 17, newer(15)],
    ['of a backup, the newest, if only that is new enough', [14, 15, 18], { server: 17 }, 18, newer(17)],
    ['of a backup, the only one', [18], { server: 12 }, 18, newer(12)],
    ['of a backup, none, if all are older', [14, 15], { server: 16 }, undefined],
    ['of a backup, none of none', [], { server: 15 }, undefined],
    ['of a restore, the very one that reads it', all, { server: 17, oldestReader: 12 }, 17, same],
    ['of a restore, the very one that just reads it', all, { server: 17, oldestReader: 17 }, 17, same],
    ['of a restore, the oldest that reads it', all, { server: 15, oldestReader: 17 }, 17, reads],
    [
      'of a restore, the nearest that reads it',
      [15, 16, 18],
      { server: 15, oldestReader: 17 },
      18,
      newer(17),
    ],
    ['of a restore, the nearest newer one', [14, 16, 18], { server: 15, oldestReader: 12 }, 16, newer(15)],
    ['of a restore, none, if none reads it', [15, 16], { server: 15, oldestReader: 17 }, undefined],
    ['that is insisted on', all, { server: 15, insisted: 17 }, 17, insisted],
    ["that is insisted on, the server's own", all, { server: 15, insisted: 15 }, 15, insisted],
    ['that is insisted on, or none', [15, 16, 18], { server: 15, insisted: 17 }, undefined],
    ['that is insisted on for a restore', all, { server: 17, oldestReader: 12, insisted: 15 }, 15, insisted],
  ])('is, %s', (_, majors, need, chosen, reason) => {
    const choice = chooseClient(majors.map(client), need);
    expect(choice?.client.major).toBe(chosen);
    expect(choice?.reason).toBe(reason);
    expect(choice?.isBest).toBe(reason === undefined ? undefined : !reason.startsWith('the nearest'));
  });
});

describe('a major that is insisted on', () => {
  test.each<[string, Need, boolean, RegExp | undefined]>([
    ["is right for a backup, if it is the server's", { server: 16, insisted: 16 }, true, undefined],
    ['is right for a backup, if it is newer', { server: 16, insisted: 18 }, true, undefined],
    ['is too old for a backup', { server: 16, insisted: 15 }, true, /^must be 16 or newer, since pg_dump/],
    [
      'is right for a restore, if it reads the backup',
      { server: 17, oldestReader: 14, insisted: 14 },
      false,
      undefined,
    ],
    [
      'is too old for a restore',
      { server: 14, oldestReader: 17, insisted: 16 },
      false,
      /^must be 17 or newer, since an older pg_restore/,
    ],
    ['is none', { server: 14, oldestReader: 17 }, false, undefined],
  ])('%s', (_, need, isBackup, problem) => {
    const found = problemWithInsisted(need, isBackup);
    if (problem) expect(found).toMatch(problem);
    else expect(found).toBeUndefined();
  });
});
