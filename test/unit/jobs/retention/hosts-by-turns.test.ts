import { expect, test } from 'vitest';
import { hostsByTurns } from '../../../../src/jobs/retention/hosts-by-turns.ts';
import { recorded } from '../../../support/retention/recorded.ts';

const now = new Date('2026-11-28T12:00:00Z');

/** Backups of the hosts that the letters name, a night each; those in brackets at one time. */
function backupsOf(hosts: string) {
  return [...hosts.matchAll(/\((\w+)\)|(\w)/g)].flatMap(([, together, one = ''], night) =>
    [...(together ?? one)].map((host) =>
      recorded(new Date(Date.UTC(2026, 0, 1 + night)), { host, name: `${night} ${host}` }),
    ),
  );
}

test.each(['', 'a', 'aaaa', 'ab', 'aaabbb', 'aaabbbaaa', 'abc', 'abca', 'a(ab)b', 'aa(ba)bba', '(ab)'])(
  'one server that moved: %s',
  (hosts) => {
    expect(hostsByTurns(backupsOf(hosts), now)).toBe(undefined);
    expect(hostsByTurns(backupsOf(hosts).reverse(), now)).toBe(undefined);
  },
);

test.each([
  ['abab', 3],
  ['aaabaab', 3],
  ['abcbca', 5],
  ['(ab)(ab)(ab)', 3],
  ['aaaaabababb', 5],
])('several servers in use: %s', (hosts, changes) => {
  expect(hostsByTurns(backupsOf(hosts), now)).toMatchObject({ changes });
  expect(hostsByTurns(backupsOf(hosts).reverse(), now)).toMatchObject({ changes });
});

test('each is told with its newest backup, the newest first', () => {
  const backups = backupsOf('aababa');
  expect(hostsByTurns(backups, now)).toEqual({
    changes: 4,
    hosts: [
      { host: 'a', newest: backups[5] },
      { host: 'b', newest: backups[4] },
    ],
  });
});

test('a clock that jumped makes no turn', () => {
  const jumped = (host: string, day: number) =>
    recorded(new Date(Date.UTC(2027, 0, day)), { host, name: `${day} ${host}` });
  expect(hostsByTurns([...backupsOf('aba'), jumped('b', 1), jumped('a', 2)], now)).toBe(undefined);
});
