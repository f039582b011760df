import { describe, expect, test } from 'vitest';
import { foldersOfEnvironment, programIn } from '../../../../src/postgres/client/find.ts';

describe('the folders that the environment names', () => {
  test.each([
    ['those of the PATH', { PATH: '/usr/bin:/opt/pg/bin' }, ['/usr/bin', '/opt/pg/bin']],
    [
      "PGBIN of GitHub's images for Windows too, after them",
      { PATH: '/usr/bin', PGBIN: '/pg/bin' },
      ['/usr/bin', '/pg/bin'],
    ],
    ['none that depend on where the step runs', { PATH: '.:bin::/usr/bin', PGBIN: 'bin' }, ['/usr/bin']],
    ['none without either', {}, []],
  ])('are %s', (_, environment, folders) => {
    expect(foldersOfEnvironment(environment)).toEqual(folders);
  });
});

test('a program has the name that its system gives it', () => {
  expect(programIn('/pg', 'psql', 'linux')).toBe('/pg/psql');
  expect(programIn('/pg', 'psql', 'win32')).toBe('/pg/psql.exe');
});
