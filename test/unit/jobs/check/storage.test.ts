import { describe, expect, test } from 'vitest';
import type { Safety } from '../../../../src/azure/storage/upkeep/safety.ts';
import { Failure } from '../../../../src/base/failure.ts';
import {
  describeInventory,
  probeChecks,
  safetyCheck,
  warningsOnLatest,
} from '../../../../src/jobs/check/storage.ts';
import type { RecordedBackup } from '../../../../src/jobs/recorded-backup.ts';

const off = { state: 'off', detail: '' } as const;
const hidden = { state: 'unknown', detail: 'azure_client_id may not see it' } as const;
const nothing: Safety = {
  ...{ softDelete: off, versioning: off, immutability: off },
  ...{ containerSoftDelete: hidden, hierarchicalNamespace: off },
};

describe('what keeps deleted backups', () => {
  test('is one of several things', () => {
    const softDelete = { state: 'on', detail: 'for 7 days' } as const;
    expect(safetyCheck({ ...nothing, softDelete })).toMatchObject({
      came: 'passed',
      detail:
        'Soft delete is on (for 7 days), versioning is off, immutability is off. Not known: soft delete of containers (azure_client_id may not see it).',
    });
  });

  test('is nothing, which is a warning', () =>
    expect(safetyCheck(nothing)).toMatchObject({
      came: 'warning',
      fix: expect.stringContaining('soft delete'),
    }));

  test('is not known, which is none', () =>
    expect(safetyCheck({ ...nothing, softDelete: hidden })).toMatchObject({
      came: 'not checked',
      detail:
        'Versioning is off, immutability is off. Not known: soft delete, soft delete of containers (azure_client_id may not see it).',
    }));
});

describe('a probe', () => {
  const store = { accountUrl: 'https://a.example', container: 'c', folder: 'prod/' };
  const failure = new Failure({ tried: 'Deleting it', cause: 'no', advice: 'Ask.' });
  const came = { name: 'prod/probe', write: 'passed', read: 'passed', remove: 'passed' } as const;

  test('that was written, read and deleted', () => {
    const checks = probeChecks(came, { store });
    expect(checks.map((one) => one.came)).toEqual(['passed', 'passed', 'passed']);
    expect(checks[0]?.detail).toBe('A probe file was written to container "c", folder "prod/".');
  });

  test('that was staged only', () => {
    const skipped = { skipped: 'nothing was published' };
    const unpublished = 'the container has a legal hold';
    const checks = probeChecks(
      { ...came, read: skipped, remove: skipped, unpublished },
      { store, tier: 'cool' },
    );
    expect(checks.map((one) => one.came)).toEqual(['passed', 'not checked', 'not checked', 'not checked']);
    expect(checks.map((one) => one.untried)).toEqual([
      ...[undefined, 'reading a file', undefined, 'access tier cool'],
    ]);
    expect(checks[0]?.detail).toBe(
      'A block was staged in container "c", folder "prod/", and not published: the container has a legal hold.',
    );
  });

  test('that is left stops nothing', () =>
    expect(probeChecks({ ...came, remove: failure }, { store })[2]).toMatchObject({
      came: 'warning',
      detail: 'Deleting it failed: no',
      fix: expect.stringMatching(/^The probe file "prod\/probe" is left\. .* Ask\.$/),
    }));

  test('that could not be written stops a backup, and is not read', () => {
    const skipped = { skipped: 'nothing was written' };
    const checks = probeChecks(
      { ...came, write: failure, read: skipped, remove: skipped },
      { store, tier: 'cool' },
    );
    expect(checks.map((one) => one.came)).toEqual(['failed', 'not checked', 'not checked']);
    expect(checks[0]?.stops).toEqual(['backup']);
    expect(checks[1]?.detail).toBe('Nothing was written.');
  });

  test('tells whether the account takes the tier', () => {
    const told = (tier?: { tier: 'cold'; cause: string }) =>
      probeChecks({ ...came, ...(tier ? { refusedTier: tier } : {}) }, { store, tier: 'cold' })[3];
    expect(told()).toMatchObject({ came: 'passed' });
    expect(told({ tier: 'cold', cause: 'unsupported' })).toMatchObject({
      came: 'failed',
      stops: ['backup'],
      fix: expect.stringContaining('Leave access_tier out'),
    });
  });
});

test('what there is in the container', () => {
  const now = new Date('2026-11-28T12:00:00Z');
  const backup = (database: string, hour: string, part?: string) =>
    ({
      name: `${database}_${hour}.dump`,
      database,
      host: 'a',
      at: new Date(`2026-11-28T${hour}:00:00Z`),
      size: 1e6,
      part,
    }) as RecordedBackup;
  const source = { hosts: ['a'], database: 'shop' };
  expect(describeInventory({ backups: [], foreign: 0, now }, source)).toBe('No backup of "shop" on "a".');
  const backups = [backup('shop', '09', '--schema'), backup('shop', '08'), backup('blog', '10')];
  expect(describeInventory({ backups, foreign: 2, now }, source)).toBe(
    '2 backups of "shop" on "a", 1 backup of others, 2 files of another kind. The latest: "shop_08.dump", 4 h ago, 1.00 MB.',
  );

  const warnings = (all: RecordedBackup[]) => warningsOnLatest({ backups: all, foreign: 0, now }, source);
  expect(warnings([])).toEqual([]);
  expect(warnings([backup('blog', '10')])).toEqual([]);
  expect(warnings([backup('shop', '08')])).toEqual([]);
  expect(warnings(backups)).toEqual([expect.stringContaining('"shop_09.dump"')]);
  expect(warnings([{ ...backup('shop', '08'), tier: 'Archive' }])).toEqual([
    expect.stringMatching(/^The latest backup, "shop_08.dump", is in the archive tier, .*\nMove the blob/),
  ]);
  expect(warnings([backup('shop', '09', '--schema')])).toEqual([
    expect.stringMatching(
      /^A restore of the latest backup would fail: there is no complete one, but 1 backup of it/,
    ),
  ]);
});
