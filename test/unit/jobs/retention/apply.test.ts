import { expect, test } from 'vitest';
import type { ListedBlob } from '../../../../src/azure/storage/listing.ts';
import { Failure } from '../../../../src/base/failure.ts';
import { patienceOf } from '../../../../src/base/patience.ts';
import type { Step } from '../../../../src/base/step.ts';
import type { RetentionRules } from '../../../../src/jobs/request.ts';
import { type AppliedRetention, applyRetention } from '../../../../src/jobs/retention/apply.ts';
import type { RetentionStore } from '../../../../src/jobs/retention/delete.ts';
import type { RetentionOrder } from '../../../../src/jobs/retention/look.ts';

/* What no account of the tests answers; the rest is in test/thorough/prune.test.ts. */
const now = new Date('2026-11-28T12:00:00Z');
const none: RetentionRules = { last: 0, withinDays: 0, daily: 0, weekly: 0, monthly: 0, yearly: 0 };

const day = (daysAgo: number): Date => new Date(now.getTime() - daysAgo * 86_400_000);
const nameOf = (at: Date): string => `app_backup_${at.toISOString().slice(0, 19).replace(/\D/g, '')}.dump`;

function blob(at: Date, more: Partial<ListedBlob> = {}): ListedBlob {
  return {
    ...{ name: nameOf(at), size: 1, etag: '"1"', tier: 'Hot', isRehydrating: false, hasLegalHold: false },
    metadata: { host: 'db', database: 'app', started_at: at.toISOString(), sha256: 'e'.repeat(64) },
    createdOn: day(0),
    ...more,
  };
}

async function apply(
  blobs: ListedBlob[],
  order: Partial<RetentionOrder> = {},
  whyKept?: string,
): Promise<AppliedRetention & { lines: string[]; warnings: string[]; removed: string[] }> {
  const [lines, warnings, removed]: [string[], string[], string[]] = [[], [], []];
  const step: Step = {
    signal: AbortSignal.any([]),
    scratch: '',
    run: { repository: '', id: '', attempt: '' },
    phase: (_, work) => work(),
    timed: (_, work) => work(),
    chose: () => {},
    info: (line) => void lines.push(line),
    debug: () => {},
    warn: (text) => void warnings.push(text),
    mask: () => {},
    writeDown: () => {},
  };
  const store: RetentionStore = {
    folder: '',
    inventory: async () => ({ blobs, now }),
    remove: async ({ name }) => {
      removed.push(name);
      return 'removed';
    },
    whyKept: async () => whyKept,
  };
  const usual: RetentionOrder = {
    source: { hosts: ['db'], database: 'app' },
    retention: { rules: { ...none, last: 1 }, isDryRun: false },
  };
  const applied = await applyRetention(store, { ...usual, ...order }, patienceOf(300), step);
  return { ...applied, lines, warnings, removed };
}

test('a backup that was just made with a slow clock stays, although it looks old', async () => {
  const slow = day(700);
  const { outcome, removed } = await apply([0, 1, 2].map((ago) => blob(day(ago))).concat(blob(slow)), {
    fresh: nameOf(slow),
  });
  expect(removed).toEqual([nameOf(day(2)), nameOf(day(1))]);
  expect(outcome.kept.map(({ backup, reasons }) => [backup.name, reasons])).toEqual([
    [nameOf(day(0)), ['newest', 'last 1']],
    [nameOf(slow), ['made a moment ago']],
  ]);
});

test('a list that lacks the backup that was just made is not relied on', async () => {
  const error = await apply([blob(day(1)), blob(day(2))], { fresh: nameOf(day(0)) }).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Failure);
  expect(String(error)).toMatch(
    /does not list the new backup "app_backup_20261128120000\.dump".*Nothing was deleted\.$/s,
  );
});

test.each([
  [{ hosts: undefined, database: 'app' }],
  [{ hosts: [], database: 'app' }],
  [{ hosts: ['db'], database: '' }],
])('no retention is for all of %j', async (source) => {
  await expect(apply([blob(day(1)), blob(day(2))], { source })).rejects.toThrow('one database on one server');
});

test('what a policy or a legal hold keeps stays, with a note if nothing else keeps it', async () => {
  const immutableUntil = new Date('2027-01-01T00:00:00Z');
  const { outcome, notes, removed } = await apply([
    blob(day(1), { hasLegalHold: true }),
    blob(day(2), { immutableUntil }),
    blob(day(3), { immutableUntil: day(1) }),
    blob(day(4), { hasLegalHold: true }),
  ]);
  expect(removed).toEqual([nameOf(day(3))]);
  expect(outcome.kept.map(({ reasons }) => reasons)).toEqual([
    ['newest', 'legal hold', 'last 1'],
    ['immutable until 2027-01-01'],
    ['legal hold'],
  ]);
  expect(notes).toHaveLength(1);
  expect(notes[0]?.text).toMatch(
    /^2 backups would go by the rules, and a policy or a legal hold keeps them: /,
  );
});

test('what the container keeps is told in a dry run, whose list does not show it', async () => {
  const [isDryRun, rules] = [true, { ...none, last: 1 }];
  const blobs = [blob(day(1)), blob(day(2))];
  const dry = { retention: { rules, isDryRun } };
  const kept = await apply(blobs, dry, 'the container has a legal hold');
  expect(kept.outcome.deleted.map(({ name }) => name)).toEqual([nameOf(day(2))]);
  expect(kept.notes.map(({ text }) => text)).toEqual([
    'The container has a legal hold: what it still keeps of the backups that would be deleted stays, and the first retention after its end deletes it.',
  ]);
  expect(kept.lines).toContain(kept.notes[0]?.text);
  expect((await apply(blobs, dry)).notes).toEqual([]);
  expect((await apply([blob(day(1))], dry, 'the container has a legal hold')).notes).toEqual([]);
});

test('a backup that is ahead of the account by seconds is the newest, and nobody is warned', async () => {
  const { warnings, removed } = await apply([blob(new Date(now.getTime() + 30_000)), blob(day(1))]);
  expect([warnings, removed]).toEqual([[], [nameOf(day(1))]]);
});

test('of very many, the log has a line for each that was deleted', async () => {
  const { lines, removed } = await apply(Array.from({ length: 2_501 }, (_, ago) => blob(day(ago))));
  expect(removed).toHaveLength(2_500);
  expect(lines.filter((line) => line.startsWith('To be deleted: '))).toHaveLength(2_500);
  expect(lines.filter((line) => line.startsWith('Deleted '))).toHaveLength(2_500);
});
