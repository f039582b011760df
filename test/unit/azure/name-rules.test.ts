import { describe, expect, test } from 'vitest';
import { nameRules, problemWithBlobName } from '../../../src/azure/name-rules.ts';
import { awkwardStrings } from '../support/pseudo-random.ts';

describe('the name of a blob', () => {
  test.each([
    ['as the action makes it', 'moodle_d01_backup_20261122154210.dump'],
    ['in a folder', '2026/11/moodle.dump'],
    ['with spaces', ' my backup .dump'],
    ['with quotes', `it's "the" one.dump`],
    ['with percent signs', '100%.dump'],
    ['that looks encoded', 'a/%2e%2e/b%2Fc.dump'],
    ['with what means something in a URL', 'a?b#c&d=e+f.dump'],
    ['in other scripts', 'Prüfung 考试 😀.dump'],
    ['with dots in and in front of it', '.hidden..old.dump'],
    ['of three dots with something behind', '...x'],
    ['with a colon', 'a:b/c:d'],
    ['of one character', 'a'],
    ['of 1,024 characters', 'a'.repeat(1024)],
    ['of 254 parts', Array.from({ length: 254 }, () => 'a').join('/')],
  ])('is accepted %s', (_, name) => {
    expect(problemWithBlobName(name)).toBeUndefined();
  });

  const url = 'must be the name of the blob in the container, not its URL';
  const control = 'must not contain a NUL, a newline or another control character';
  const dots = 'must not contain "." or ".." as a part between slashes';
  test.each([
    ['that is a URL', 'https://account.blob.core.windows.net/c/x.dump', url],
    ['that is a URL in capitals', 'HTTPS://account/x.dump', url],
    ['with a newline at its end', 'x.dump\n', control],
    ['with a carriage return', 'x\r.dump', control],
    ['with a NUL', 'x\0.dump', control],
    ['with a DEL', 'x\u007f.dump', control],
    ['with a control character above ASCII', 'x\u0081.dump', control],
    ['with half a character', 'x\ud83d.dump', control],
    ['of 1,025 characters', 'a'.repeat(1025), 'must have at most 1,024 characters, this one has 1025'],
    [
      'of 255 parts',
      Array.from({ length: 255 }, () => 'a').join('/'),
      'must have at most 254 parts between slashes',
    ],
    ['that begins with a slash', '/x.dump', 'must not begin or end with a slash'],
    ['that ends with a slash', 'x/', 'must not begin or end with a slash'],
    ['that is a slash', '/', 'must not begin or end with a slash'],
    ['with two slashes in a row', 'a//b', 'must not contain two slashes in a row'],
    ['that goes up', '../other-container/x.dump', dots],
    ['that goes up in the middle', 'a/../x.dump', dots],
    ['that goes up at its end', 'a/..', dots],
    ['with a dot as a part', 'a/./b', dots],
    ['that is a dot', '.', dots],
    ['that is two dots', '..', dots],
    ['that ends with a dot', 'x.dump.', 'must not have a part that ends with a dot'],
    ['with a part that ends with a dot', 'a./x.dump', 'must not have a part that ends with a dot'],
    ['of three dots', 'a/.../x.dump', 'must not have a part that ends with a dot'],
    ['with a backslash', 'a\\x.dump', 'must not contain a backslash'],
    ['that goes up with backslashes', '..\\x.dump', 'must not contain a backslash'],
  ])('is refused %s', (_, name, problem) => {
    expect(problemWithBlobName(name)).toBe(problem);
  });

  test('is refused when it is empty', () => {
    expect(problemWithBlobName('')).toBeDefined();
  });

  test('is refused if an HTTP client would make another path of it', () => {
    const encode = (name: string): string => name.split('/').map(encodeURIComponent).join('/');
    const accepted = awkwardStrings(2_000, 5, 1).filter(
      (name) => problemWithBlobName(name) === undefined && name !== '',
    );
    expect(accepted.length).toBeGreaterThan(200);
    for (const name of accepted) {
      const { pathname } = new URL(`https://account/container/${encode(name)}`);
      expect(pathname).toBe(`/container/${encode(name)}`);
      expect(pathname.split('/').slice(2).map(decodeURIComponent).join('/')).toBe(name);
    }
  });
});

describe.each(Object.entries(nameRules))('the rule for %s', (_, { words }) => {
  test('says what is allowed', () => {
    expect(words).toMatch(/^(a|the) /);
  });
});

const guid = '0b1f0c1e-52b4-4b0e-9b4c-0242ac120002';
test.each([
  ['clientId', guid, true],
  ['clientId', guid.toUpperCase(), true],
  ['clientId', `{${guid}}`, false],
  ['clientId', guid.slice(1), false],
  ['clientId', `${guid}\n`, false],
  ['clientId', 'contoso.com', false],
  ['tenantId', guid, true],
  ['tenantId', 'contoso.onmicrosoft.com', true],
  ['tenantId', 'contoso', false],
  ['tenantId', 'contoso.com/x', false],
  ['tenantId', '../x', false],
  ['tenantId', 'common', false],
  ['vault', 'kv-prod-01', true],
  ['vault', 'KV-Prod', true],
  ['vault', 'abc', true],
  ['vault', 'ab', false],
  ['vault', `a${'b'.repeat(23)}`, true],
  ['vault', `a${'b'.repeat(24)}`, false],
  ['vault', '1kv', false],
  ['vault', 'kv-', false],
  ['vault', 'k--v', false],
  ['vault', 'kv.evil.com/', false],
  ['vault', 'kv@evil', false],
  ['secret', 'db-user', true],
  ['secret', 'DB-User-2', true],
  ['secret', 'a'.repeat(127), true],
  ['secret', 'a'.repeat(128), false],
  ['secret', 'db_user', false],
  ['secret', '../keys/x', false],
  ['secret', 'db user', false],
  ['storageAccount', 'abc', true],
  ['storageAccount', 'a'.repeat(24), true],
  ['storageAccount', 'ab', false],
  ['storageAccount', 'a'.repeat(25), false],
  ['storageAccount', 'Account', false],
  ['storageAccount', 'my-account', false],
  ['storageAccount', 'x.evil.com/', false],
  ['container', 'backups', true],
  ['container', '2026-backups', true],
  ['container', 'a'.repeat(63), true],
  ['container', 'a'.repeat(64), false],
  ['container', 'ab', false],
  ['container', 'Backups', false],
  ['container', 'back--ups', false],
  ['container', '-backups', false],
  ['container', 'backups-', false],
  ['container', 'backups/x', false],
  ['container', '..', false],
] as const)('%s %s: %s', (rule, value, accepted) => {
  expect(nameRules[rule].pattern.test(value)).toBe(accepted);
});
