import { expect, test } from 'vitest';
import type { Result } from '../../../src/jobs/result.ts';
import { summaryOfFailure } from '../../../src/runner/page/failure-summary.ts';
import { summaryOf } from '../../../src/runner/page/summary.ts';

const result: Result = {
  job: 'restore',
  database: 'shop',
  server: { host: 'localhost', version: '17.6' },
  backup: { name: 'shop.dump', url: 'https://localhost/shop.dump', size: 1, sha256: 'e3b0c442' },
  databaseSize: 1,
  duration: 1,
};

/** GitHub takes so many bytes of a step, and shows nothing if it is more. */
const limit = 2 ** 20;

test.each(['x', '`', 'ü', '\n', '|<b>', '\u0000'])(
  'stays below the limit of GitHub, whatever there is to tell (%j)',
  (part) => {
    const text = part.repeat(200_000);
    const sql = Array.from({ length: 300 }, () => `SELECT '${part.repeat(2_000)}';`);
    for (const number of [1, 3, 300]) {
      const notes = Array.from({ length: number }, () => ({ text, sql }));
      expect(Buffer.byteLength(summaryOf({ ...result, notes }))).toBeLessThan(limit);
      const warnings = notes;
      expect(
        Buffer.byteLength(summaryOfFailure('Restore failed', new Error(text), { warnings })),
      ).toBeLessThan(limit);
    }
  },
);

test('what a long message says first and last is there', () => {
  const summary = summaryOfFailure(
    'Restore failed',
    new Error(`It failed.\n${'x'.repeat(2_000_000)}\nIt was not changed.`),
  );
  expect(summary).toContain('It failed.');
  expect(summary).toContain('It was not changed.');
});
