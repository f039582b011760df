import { expect, test } from 'vitest';
import { problemWithServer } from '../../../../src/postgres/server/fit-server.ts';

test.each([
  ['12.0', true],
  ['13.22', true],
  ['18.4', true],
  ['99.1', true],
])('nothing is wrong with a server %s', (version, direct) => {
  expect(problemWithServer({ version, major: Number.parseInt(version, 10), direct })).toBeUndefined();
});

test.each([
  [
    'one that is too old',
    '11.22',
    true,
    /^it is PostgreSQL 11\.22, and this action needs at least version 12$/,
    /^Upgrade/,
  ],
  ['one of before', '9.6.24', true, /^it is PostgreSQL 9\.6\.24,/, /^Upgrade/],
  ['a pooler', '17.6', false, /^a connection pooler answers there, not the server itself$/, /Set db_port/],
  [
    'a pooler before one that is too old',
    '11.22',
    false,
    /^a connection pooler answers there, not the server itself$/,
    /Set db_port/,
  ],
])('%s', (_, version, direct, cause, advice) => {
  const problem = problemWithServer({ version, major: Number.parseInt(version, 10), direct });
  expect(problem?.cause).toMatch(cause);
  expect(problem?.advice).toMatch(advice);
});
