import { expect, test } from 'vitest';
import type { RecordedBackup } from '../../../../src/jobs/recorded-backup.ts';
import type { PruneResult } from '../../../../src/jobs/result.ts';
import { summaryOf } from '../../../../src/runner/page/summary.ts';
import { conclusion, outputsOf } from '../../../../src/runner/results.ts';
import { htmlOf, strangersIn } from '../../../support/page/rendered.ts';

const hostile = '**a** [b](//c) <img src=x> `d|e` @f #1 :tada:\n::error::g "';

function backup(name: string): RecordedBackup {
  const at = new Date('2026-11-28T02:00:00Z');
  const about = { serverVersion: '17.6', compression: 'zstd:1', hasLegalHold: false, tier: 'Hot' };
  return { name, size: 250_000_000, etag: '"1"', host: 'db', database: 'app', at, ...about };
}

function resultWith(outcome: Partial<PruneResult['outcome']>, more: Partial<PruneResult> = {}): PruneResult {
  const rules = { last: 2, withinDays: 30, daily: 0, weekly: 0, monthly: 0, yearly: 0 };
  return {
    job: 'prune',
    duration: 1_000,
    place: { container: 'backups', host: 'account.blob.core.windows.net', folder: '' },
    source: { hosts: ['db'], database: 'app' },
    outcome: { ...{ rules, isDryRun: false, kept: [], deleted: [], failed: [], gone: [] }, ...outcome },
    ...more,
  };
}

test('the page of a prune tells the rules, what was deleted, and why what stays does', () => {
  const portalPage = (name: string): string => `https://portal.azure.com/#${name}`;
  const kept = [{ backup: backup('new.dump'), reasons: ['newest', 'last 2', 'week 2026-W48'] }];
  const result = resultWith({ kept, deleted: [backup('old.dump')] });
  expect(summaryOf(result, { portalPage }).replaceAll('\u00a0', ' ')).toBe(
    [
      '### ✅ 2 backups of `app`: 1 deleted, 1 stays',
      'Rules: **last 2, within 30 days**',
      '**1 backup deleted**',
      '| Backup | Taken | Size |\n| --- | --- | --: |\n| `old.dump` | 2026-11-28 02:00:00 UTC | 250 MB |',
      '**1 backup stays**',
      '| Backup | Taken | Size | Kept as |\n| --- | --- | --: | --- |\n' +
        '| [`new.dump`](https://portal.azure.com/#new.dump) | 2026-11-28 02:00:00 UTC | 250 MB | newest, last 2, week 2026-W48 |',
      'Server `db` · container `backups` on `account.blob.core.windows.net`\n',
    ].join('\n\n'),
  );
  expect(conclusion(result)).toBe('Deleted 1 backup, kept 1, in 1.0 s');
  expect(outputsOf(result)).toEqual({ duration_seconds: '1.0', deleted_backups: '["old.dump"]' });
  const tried = resultWith({ kept, deleted: [backup('old.dump')], isDryRun: true });
  expect(outputsOf(tried)).toEqual({ duration_seconds: '1.0', deleted_backups: '[]' });
});

test('what a name or a protection has of Markdown has no effect', () => {
  const kept = [{ backup: backup(hostile), reasons: [`protected: ${JSON.stringify(hostile)}`] }];
  const failed = [{ backup: backup(hostile), cause: hostile }];
  const source = { hosts: [hostile], database: hostile };
  const place = { container: hostile, host: hostile, folder: hostile };
  const outcome = { kept, failed, deleted: [backup(hostile)] };
  for (const isDryRun of [true, false]) {
    const html = htmlOf(summaryOf(resultWith({ ...outcome, isDryRun }, { source, place })));
    expect(strangersIn(html)).toEqual([]);
    expect(html.match(/<tr>/g)).toHaveLength(6);
    expect(html).not.toContain('<img');
  }
});

test('a page has room for very many', () => {
  const deleted = Array.from({ length: 20_000 }, (_, index) => backup(`${'é'.repeat(200)}${index}`));
  const kept = deleted.map((one) => ({ backup: one, reasons: ['legal hold'] }));
  const summary = summaryOf(resultWith({ deleted, kept }));
  expect(Buffer.byteLength(summary)).toBeLessThan(500_000);
  expect(summary.match(/\d+ more are in the log\./g)).toHaveLength(2);
});
