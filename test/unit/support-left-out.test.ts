import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { leftOut } from '../support/left-out.ts';

test('nothing is said where nothing was left out', () => {
  expect(leftOut({ reasons: [], files: [] })).toBe('');
});

test('the reasons are counted, and what brings the tests in is a command', () => {
  const reasons = [
    'needs a client 18, and this machine has only 15',
    ...Array<string>(3).fill('needs a client 17 or newer, and this machine has only 15'),
    undefined,
  ];
  expect(leftOut({ reasons, files: [] }).split('\n')).toEqual([
    'Left out here: 5 tests.',
    '  3 need a client 17 or newer, and this machine has only 15',
    '  1 needs a client 18, and this machine has only 15',
    '  1 for a reason that the title does not give',
    "They come in with PostgreSQL's client 17 and 18. On Debian or Ubuntu:",
    expect.stringMatching(
      /^ {2}sudo .* && sudo apt-get install --yes postgresql-client-17 postgresql-client-18$/,
    ),
  ]);
});

test('a reason that no client removes is no reason to install one', () => {
  const reasons = ['needs root, to hide the older clients from it'];
  expect(leftOut({ reasons, files: [] }).split('\n')).toEqual([
    'Left out here: 1 test.',
    '  1 needs root, to hide the older clients from it',
  ]);
});

test('files are counted by what runs them', () => {
  const files = ['test/thorough/swap.test.ts', 'test/thorough/versions.test.ts'];
  expect(leftOut({ reasons: [], files })).toMatch(
    /^Besides, "npm run test:all" runs 2 more files .*\(test\/thorough\)/,
  );
});

test('the packages come as CI gets them', () => {
  const ci = readFileSync(join(import.meta.dirname, '..', '..', '.github', 'workflows', 'ci.yml'), 'utf8');
  const said = leftOut({ reasons: ['needs a client 17, and this machine has none'], files: [] });
  const [script] = /sudo \S+apt\.postgresql\.org\.sh -y/.exec(ci) ?? [];
  expect(script).toBeDefined();
  expect(said).toContain(script);
});
