import { expect, test } from 'vitest';
import type { Checked, CheckResult } from '../../../../src/jobs/result.ts';
import { summaryOfCheck } from '../../../../src/runner/page/check.ts';
import { htmlOf, strangersIn } from '../../../support/page/rendered.ts';

const result = (checks: Checked[], stopped: CheckResult['stopped'] = []): CheckResult => ({
  ...{ job: 'check', database: 'shop', host: 'localhost', duration: 1_234, stopped },
  groups: [{ title: 'Server', checks }],
});
const passed: Checked = { what: 'Connection', came: 'passed', detail: 'PostgreSQL 17.6.' };

test('a set-up that is ready', () =>
  expect(summaryOfCheck(result([passed]))).toBe(`### ✅ Ready for backup and restore: \`shop\`

**1 check passed** · server \`localhost\` · 1.2 s

| Area |  | Check | Found |
| --- | --- | --- | --- |
| **Server** | ✅ | Connection | PostgreSQL 17.6. |
`));

test('a set-up that is ready as far as it could be tried', () =>
  expect(
    summaryOfCheck(
      result([{ what: 'Reading', came: 'not checked', detail: 'No.', untried: 'reading a file' }]),
    ),
  ).toMatch(/^### ✅ Ready for backup and restore: `shop`; reading a file was not tried\n/));

test('what does not pass leads to what to do, once', () => {
  const failed: Checked = { what: 'Rights', came: 'failed', detail: 'None.', fix: 'Grant some:\nSELECT 1;' };
  const summary = summaryOfCheck(result([passed, failed, { ...failed, what: 'Others' }], ['restore']));
  expect(summary).toMatch(/^### ❌ A restore of `shop` would fail: 2 of 3 checks did not pass\n\nserver /);
  expect(summary.match(/None\. \*\*→ 1\*\* \|/g)).toHaveLength(2);
  expect(summary).toContain('**1. Server, rights.** Grant some:\n\n```sql\nSELECT 1;\n```');
  expect(summary).not.toContain('**2.');
});

test.each(['x', '`', '|', '\n', '<b>', 'ü ', '@a [b](c) '])(
  'has room for much of %j, and shows it',
  (part) => {
    const text = `"${part.repeat(2_000)}"`;
    const checks = Array.from({ length: 10 }, (_, index): Checked => {
      const sql = Array.from({ length: 100 }, () => `SELECT ${index};`);
      return { what: 'Rights', came: 'failed', detail: text, fix: `${index} ${text}`, sql };
    });
    const summary = summaryOfCheck(result(checks, ['backup', 'restore']));
    expect(Buffer.byteLength(summary)).toBeLessThan(2 ** 20);
    expect(strangersIn(htmlOf(summary))).toEqual([]);
    expect(summary.match(/^\| .* \|$/gm)?.filter((line) => line.includes('Rights'))).toHaveLength(10);
  },
);
