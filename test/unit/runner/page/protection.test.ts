import { describe, expect, test } from 'vitest';
import type { ProtectResult } from '../../../../src/jobs/result.ts';
import { summaryOf } from '../../../../src/runner/page/summary.ts';
import { conclusion } from '../../../../src/runner/results.ts';
import { htmlOf, strangersIn } from '../../../support/page/rendered.ts';

const now = new Date('2026-11-25T15:42:10Z');
const run = { server: 'https://github.com', repository: 'acme/shop', id: '7001' };

function resultOf(job: ProtectResult['job'], before?: string, protection?: string): ProtectResult {
  return {
    ...{ job, duration: 1_234, ...(before !== undefined && { before }) },
    place: { container: 'backups', host: 'account.blob.core.windows.net', folder: 'prod/' },
    backup: {
      ...{ name: 'prod/shop_backup_20261122154210.dump', size: 4_930_000, etag: '"1"' },
      ...{ host: 'db.example.com', database: 'shop', at: new Date('2026-11-22T15:42:10Z') },
      ...{ serverVersion: '17.6', compression: 'zstd:1', hasLegalHold: false, tier: '' },
      ...(protection !== undefined && { protection }),
    },
  };
}

describe('what became of a protection', () => {
  const name = 'prod/shop_backup_20261122154210.dump';
  const stays = '🔒 Protected: `new`. No retention deletes it. `job_to_run: unprotect` lifts that.';
  test.each<[ProtectResult, string, string, string]>([
    [resultOf('protect', undefined, 'new'), `\`${name}\` protected`, stays, `Protected "${name}"`],
    [
      resultOf('protect', 'old', 'new'),
      `\`${name}\` protected for another reason`,
      `${stays}\n\nBefore: \`old\``,
      `Replaced the protection of "${name}"`,
    ],
    [
      resultOf('protect', 'new', 'new'),
      `\`${name}\` was protected already`,
      stays,
      `Left "${name}" protected as it was,`,
    ],
    [
      resultOf('unprotect', 'old'),
      `\`${name}\` is no longer protected`,
      'Retention may delete it.\n\nBefore: `old`',
      `Lifted the protection of "${name}"`,
    ],
    [
      resultOf('unprotect'),
      `\`${name}\` was not protected`,
      'Retention may delete it.',
      `Left "${name}" unprotected as it was,`,
    ],
  ])('%#', (result, headline, what, done) => {
    expect(summaryOf(result, { run, portalPage: () => 'https://portal.azure.com/#x' }, now)).toBe(
      `### ✅ ${headline}

${what}

Database \`shop\` on \`db.example.com\` · data as of **2026-11-22 15:42:10 UTC** (3 days ago) · 4.93 MB · **1.2 s**

Backup \`${name}\` in container \`backups\` on \`account.blob.core.windows.net\` · [in the portal](https://portal.azure.com/#x) · [this run](https://github.com/acme/shop/actions/runs/7001)
`,
    );
    expect(conclusion(result)).toBe(`${done} in 1.2 s`);
  });
});

test.each([
  '`',
  '``` \n\n# x',
  '<img src=x onerror=alert(1)>',
  '[a](javascript:alert(1)) @all #1 :tada: https://evil.example',
  'a\r\n\r\n| x |\n|---|\n| y |',
  '\u202e***x***\u2028',
  '</details>'.repeat(1_000),
])('the text of a protection is nothing but text: %j', (text) => {
  for (const result of [resultOf('protect', text, 'x'), resultOf('protect', 'x', text)]) {
    const html = htmlOf(summaryOf(result, { run }, now));
    expect(strangersIn(html)).toEqual([]);
    expect(html.match(/<(h3|p)>/g)).toEqual(['<h3>', '<p>', '<p>', '<p>', '<p>']);
    expect(html).not.toMatch(/[\u202e\u2028]/);
  }
});

test('a warning is on the page as well', () => {
  const warnings = [{ text: 'Something is odd.' }];
  expect(summaryOf(resultOf('unprotect'), { warnings }, now)).toContain('**Note.** Something is odd.');
});
