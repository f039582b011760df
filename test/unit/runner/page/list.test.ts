import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RecordedBackup } from '../../../../src/jobs/recorded-backup.ts';
import type { ListResult } from '../../../../src/jobs/result.ts';
import { summaryOf } from '../../../../src/runner/page/summary.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../../../support/machine/temporary-folder.ts';
import { findBrowser } from '../../../support/page/browser.ts';
import { chartsIn, type DrawnChart, drawCharts } from '../../../support/page/mermaid.ts';
import { htmlOf, strangersIn } from '../../../support/page/rendered.ts';

const hostile = '**a** [b](//c) <img src=x> `d|e` @f #1 :tada:\n::error::g\n```\n" ]';
const now = new Date('2026-11-28T11:00:00Z');
const days = (ago: number): Date => new Date(Date.UTC(2026, 10, 28, 2) - ago * 86_400_000);

function backup(daysAgo: number, more: Partial<RecordedBackup> = {}): RecordedBackup {
  const at = days(daysAgo);
  const name = `app_backup_${at.toISOString().slice(0, 19).replace(/\D/g, '')}.dump`;
  const about = { serverVersion: '17.6', compression: 'zstd:1', hasLegalHold: false, tier: 'Hot' };
  return { name, size: 250_000_000, etag: '"1"', host: 'db', database: 'app', at, ...about, ...more };
}

function resultWith(backups: RecordedBackup[], more: Partial<ListResult> = {}): ListResult {
  return {
    job: 'list',
    duration: 1_000,
    place: { container: 'backups', host: 'account.blob.core.windows.net', folder: '' },
    source: { hosts: ['db'], database: 'app' },
    ...{ backups, others: 0, foreign: 0, now },
    ...more,
  };
}

const all = { source: { hosts: undefined, database: '' } };
const nightly = (number: number, size: (ago: number) => number = () => 250_000_000): RecordedBackup[] =>
  Array.from({ length: number }, (_, ago) => backup(ago, { size: size(ago) }));
/** A page without its chart, in which spaces break. */
const shown = (result: ListResult, portalPage?: (name: string) => string): string =>
  summaryOf(result, portalPage ? { portalPage } : {})
    .replaceAll('\u00a0', ' ')
    .replaceAll('\u2060', '')
    .replace(/```mermaid\n.*?\n```\n\n/gs, '');

test('the page of a list has what there is to know of each backup, and the change of its size', () => {
  const backups = [
    backup(-1, { tier: 'Cool' }),
    backup(0, { size: 90_000_000, verifiedAt: days(0.5) }),
    backup(1, { size: 70_000_000, part: '--schema=a' }),
    backup(2, { protection: 'before 4.2', hasLegalHold: true, immutableUntil: days(-40) }),
    backup(3, { size: 200_000_000, immutableUntil: days(1), serverVersion: 'x y', compression: '' }),
  ];
  const result = resultWith(backups, { others: 3, foreign: 1, notes: [{ text: 'It has shrunk.' }] });
  expect(shown(result, (name) => `https://portal.azure.com/#${name.slice(11, 19)}`)).toBe(
    [
      '### 5 backups of `app`, the newest 9 h ago (90.0 MB)',
      'Newest from **2026-11-28 02:00:00 UTC** · all: 860 MB · 1 verified · 1 protected',
      '**Note.** It has shrunk.',
      [
        '| Backup | Taken (UTC) | Age | Size | Verified | Protected | PostgreSQL | Compression | Tier |',
        '| --- | --- | --- | --: | --- | --- | --- | --- | --- |',
        '| [`app_backup_20261129020000.dump`](https://portal.azure.com/#20261129) | 2026-11-29 02:00 | ⚠️ wrong clock | 250 MB | no | no | 17.6 | `zstd:1` | Cool |',
        '| [`app_backup_20261128020000.dump`](https://portal.azure.com/#20261128) | 2026-11-28 02:00 | 9 h | 90.0 MB, ⚠️ **−64 %** | 2026-11-27 | no | 17.6 | `zstd:1` | Hot |',
        '| [`app_backup_20261127020000.dump`](https://portal.azure.com/#20261127), **part**: `--schema=a` | 2026-11-27 02:00 | 33 h | 70.0 MB | no | no | 17.6 | `zstd:1` | Hot |',
        '| [`app_backup_20261126020000.dump`](https://portal.azure.com/#20261126) | 2026-11-26 02:00 | 2 days | 250 MB, +25 % | no | `before 4.2`, legal hold, immutable until 2027-01-07 | 17.6 | `zstd:1` | Hot |',
        '| [`app_backup_20261125020000.dump`](https://portal.azure.com/#20261125) | 2026-11-25 02:00 | 3 days | 200 MB | no | no | `x y` |  | Hot |',
      ].join('\n'),
      'Besides, in the same place: 3 backups of other databases or servers, 1 other file.',
      'Server `db` · container `backups` on `account.blob.core.windows.net`\n',
    ].join('\n\n'),
  );
});

test('what no backup has gets no column', () => {
  const [header] = shown(resultWith([backup(0, { tier: '', compression: '' })])).match(/^\| .*/m) ?? [];
  expect(header).toBe('| Backup | Taken (UTC) | Age | Size |');
});

test('several databases and servers are counted, each pair in a line, in the order of their names', () => {
  const backups = [
    backup(0, { database: 'b' }),
    backup(1, { host: 'other' }),
    backup(2),
    backup(3, { database: 'b' }),
    backup(4, { database: 'c', part: '--table' }),
  ];
  const page = shown(resultWith(backups, { ...all, foreign: 2 }));
  expect(page).toMatch(/^### 5 backups of 3 databases on 2 servers, the newest 9 h ago \(250 MB\)\n/);
  expect(page).toContain(
    [
      '| Database | Server | Backups | Newest (UTC) | Age | Total |',
      '| --- | --- | --: | --- | --- | --: |',
      '| `app` | `db` | 1 | 2026-11-26 02:00 | 2 days | 250 MB |',
      '| `app` | `other` | 1 | 2026-11-27 02:00 | 33 h | 250 MB |',
      '| `b` | `db` | 2 | 2026-11-28 02:00 | 9 h | 500 MB |',
      '| `c` | `db` | 1 | no complete one |  | 250 MB |',
      '\n**The newest ones**\n',
      '| Backup | Taken (UTC) | Age | Size | Server |',
    ].join('\n'),
  );
  expect(page).toContain('Besides, in the same place: 2 other files.');
  expect(page).toContain('Servers all · container');
});

test('without a backup, it says so, and what else there is', () => {
  expect(shown(resultWith([], { others: 1 }))).toBe(
    [
      '### ⚠️ No backup of `app` is there',
      'Besides, in the same place: 1 backup of other databases or servers.',
      'Server `db` · container `backups` on `account.blob.core.windows.net`\n',
    ].join('\n\n'),
  );
  expect(shown(resultWith([], all))).toMatch(/^### ⚠️ No backup is there\n/);
  const problem = { state: 'There is none.', cause: 'max_age_hours is 26', advice: 'Look.' };
  expect(shown(resultWith([], { problem }))).toMatch(/^#### No backup of `app` is there\n/);
  expect(shown(resultWith([backup(0, { part: '--table' })]))).toMatch(
    /^### 1 backup of `app`, none of them complete\n/,
  );
});

test('the newest 30 are open, 170 more are folded, and the others have no room', () => {
  const page = summaryOf(resultWith(nightly(300)));
  expect(page.match(/^\| `app_backup_/gm)).toHaveLength(200);
  expect(page).toContain('<details><summary>170 older</summary>');
  expect(page).toContain('\n\n100 more, older ones, have no room here.\n');
  expect(summaryOf(resultWith(nightly(30)))).not.toContain('<details>');
});

test('a server that has another name now is one server', () => {
  const moved = [
    backup(0, { size: 100_000_000 }),
    backup(1, { host: 'other' }),
    backup(2, { host: 'other' }),
  ];
  const source = { hosts: ['db', 'other'], database: 'app' };
  const page = summaryOf(resultWith(moved, { source }));
  expect(page).toMatch(/^### 3 backups of `app` under 2 names of the server, the newest 9 h ago/);
  expect(chartsIn(page)).toHaveLength(1);
  expect(page).toContain('bar [250, 250, 100]');
  expect(shown(resultWith(moved, { source }))).toContain('⚠️ **−60 %** | `db` |');
  expect(page).not.toContain('| Database |');
  const another = backup(3, { database: 'b', host: 'other' });
  const both = shown(resultWith([...moved, another], { source: { ...source, database: '' } }));
  expect(both).toContain('| `app` | `db`, `other` | 3 | 2026-11-28 02:00 | 9 h | 600 MB |');
  expect(both).toContain('| `b` | `other` | 1 |');
});

describe('what somebody means no good by', () => {
  const worst = (more: Partial<RecordedBackup>): RecordedBackup[] =>
    nightly(250).map((one) => ({
      ...one,
      ...{ name: `${'\u202e/'.repeat(350)}${hostile}${one.name}`, protection: hostile.repeat(50) },
      ...{ host: hostile, database: hostile, serverVersion: hostile, compression: hostile, part: hostile },
      ...{ tier: hostile, ...more },
    }));
  const place = { container: hostile, host: hostile, folder: hostile };

  test('has no effect on the page', () => {
    for (const database of [hostile, '']) {
      const source = { hosts: undefined, database };
      const backups = [...worst({}).slice(0, 2), ...worst({ host: `${hostile}2`, part: '' }).slice(0, 2)];
      const html = htmlOf(summaryOf(resultWith(backups, { source, place })));
      expect(strangersIn(html)).toEqual([]);
      expect(html.match(/<tr>/g)).toHaveLength(8);
      expect(html.match(/<h3>/g)).toHaveLength(1);
    }
  });

  test('has room', () => {
    const backups = worst({}).map((one, index) => ({ ...one, database: `${'\u202e'.repeat(800)}${index}` }));
    const portalPage = (name: string): string =>
      `https://portal.azure.com/#${encodeURIComponent(encodeURIComponent(name))}`;
    const summary = summaryOf(resultWith(backups, { ...all, place }), { portalPage });
    expect(Buffer.byteLength(summary)).toBeLessThan(600_000);
    expect(summary).toMatch(/\n\d+ more have no room here\.\n/);
    expect(summary).toMatch(/\n\d+ more, older ones, have no room here\.\n/);
  });
});

const browser = await findBrowser();

describe('a chart', () => {
  const charts = {
    shrunk: nightly(30, (ago) => (ago === 0 ? 90e6 : 250e6)),
    'of many': nightly(100, (ago) => 2e9 - ago * 1e6),
    'of two': nightly(2),
    'of nothing': nightly(60, () => 0),
    'of one minute': nightly(20).map((one, index) => ({ ...one, at: new Date(days(0).getTime() + index) })),
    'of one day': nightly(20).map((one, index) => ({
      ...one,
      at: new Date(days(0).getTime() - index * 3_600_000),
    })),
    'of years': nightly(60, () => 150e12).map((one, index) => ({ ...one, at: days(index * 200) })),
    'of the year 0': nightly(3).map((one, index) => ({
      ...one,
      at: new Date(Date.parse('0000-01-03T00:00:00Z') - index * 86_400_000),
    })),
    'of very different sizes': nightly(3, (ago) => [1e12, 1, 0][ago] ?? 0),
    hostile: nightly(5).map((one) => ({ ...one, host: hostile, database: hostile, name: hostile })),
  };
  const sourceOf = (backups: RecordedBackup[]): string => chartsIn(summaryOf(resultWith(backups)))[0] ?? '';
  const drawn: Record<string, DrawnChart> = {};
  let folder: TemporaryFolder;
  beforeAll(async () => {
    folder = await makeTemporaryFolder('charts');
    if (!browser) return;
    const sources = Object.values(charts).map(sourceOf);
    const results = await drawCharts(browser, folder.path, [...sources, 'xychart-beta\nbar [']);
    for (const [index, result] of results.entries()) drawn[Object.keys(charts)[index] ?? 'broken'] = result;
  });
  afterAll(() => folder.remove());

  test('has the whole backups of each database on each server, unless they are many', () => {
    const two = [backup(0), backup(1), backup(2, { part: '--table' }), backup(-1)];
    expect(sourceOf(two)).toContain('\nbar [250, 250]');
    expect(sourceOf(two.slice(1))).toBe('');
    const servers = (number: number): RecordedBackup[] =>
      Array.from({ length: number }, (_, index) => two.map((one) => ({ ...one, host: `h${index}` }))).flat();
    expect(chartsIn(summaryOf(resultWith(servers(3), all)))).toHaveLength(3);
    expect(summaryOf(resultWith(servers(2), all))).toContain('**Sizes** of `app` on `h1`\n\n```mermaid\n');
    expect(chartsIn(summaryOf(resultWith(servers(4), all)))).toEqual([]);
  });

  test('holds nothing that somebody wrote', () => {
    expect(sourceOf(charts.hostile)).toBe(sourceOf(nightly(5)));
  });

  test.skipIf(!browser)(
    `is drawn by Mermaid, with a bar for each backup${browser ? '' : ' (left out: there is no Chromium on this machine)'}`,
    () => {
      expect(drawn['broken']?.error).toMatch(/Parse error/);
      for (const [title, backups] of Object.entries(charts)) {
        const { error, heights, places, overlap } = drawn[title] ?? { heights: [] };
        expect(error, title).toBeUndefined();
        expect(heights, title).toHaveLength(Math.min(backups.length, 60));
        expect(places, title).toBe(heights.length);
        expect(overlap, title).toBe(0);
      }
    },
  );

  test.skipIf(!browser)('shows a backup that shrank, and the dates', () => {
    const { heights = [], below, beside } = drawn['shrunk'] ?? {};
    expect((heights.at(-1) ?? 0) / (heights.at(-2) ?? 0)).toBeCloseTo(90 / 250, 1);
    expect(below).toEqual([
      ...['11-01', '11-04', '11-07', '11-10', '11-13', '11-16', '11-19', '11-22', '11-25', '11-28'],
      '2026-10-30 to 2026-11-28 (UTC)',
    ]);
    expect(beside).toContain('MB');
    expect(drawn['of one minute']?.below.slice(0, -1)).toEqual(['02:00']);
    expect(drawn['of years']?.below).toContain('2026-11');
  });
});
