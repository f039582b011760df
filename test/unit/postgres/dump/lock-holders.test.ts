import { expect, test } from 'vitest';
import { adviceOnLocks, type LockHolder } from '../../../../src/postgres/dump/lock-holders.ts';

const holder: LockHolder = {
  ...{ table: 'public.note', granted: true, pid: 4711, role: 'app', application: null, since: null },
};
const end =
  'Wait until that is over, then run the job again. To end the session, as its role or as an administrator:\nSELECT pg_terminate_backend(4711);';

test.each<[string, LockHolder[], string]>([
  ['a session', [holder], `Table public.note is locked by session 4711 of role "app". ${end}`],
  [
    'all that may be known of it',
    [{ ...holder, application: 'psql', since: '2026-11-22 15:42:10 UTC' }],
    `Table public.note is locked by session 4711 of role "app" with application "psql", whose transaction began 2026-11-22 15:42:10 UTC. ${end}`,
  ],
  [
    'one that waits itself',
    [{ ...holder, granted: false }],
    `Table public.note will be locked next by session 4711 of role "app". ${end}`,
  ],
  [
    'a process of the server',
    [{ ...holder, role: null }],
    `Table public.note is locked by session 4711. ${end}`,
  ],
  [
    'a prepared transaction',
    [{ ...holder, pid: null, role: null }],
    'Table public.note is locked by a prepared transaction (pg_prepared_xacts). Wait until that is over, or commit it or roll it back, then run the job again.',
  ],
  [
    'three of many',
    ['a', 'b', 'c', 'd'].map((table) => ({ ...holder, table })),
    `${['a', 'b', 'c'].map((table) => `Table ${table} is locked by session 4711 of role "app".`).join(' ')} ${end}`,
  ],
])('%s', (_, holders, advice) => {
  expect(adviceOnLocks(holders)).toBe(advice);
});
