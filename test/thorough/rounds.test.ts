import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type BackupPlace, backupRound, modelSql } from '../rounds/backup.ts';
import { isLong, play, roundsOf } from '../rounds/round.ts';
import { isKill } from '../rounds/ways.ts';
import { startFaults } from '../support/faults/start-faults.ts';
import { type Jobs, jobsOn } from '../support/jobs.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * Steps are killed, or their network is cut, at moments that follow from FUZZ_SEED; after each, what there is has to be whole. The long
 * form (CRASH_ROUNDS=long) is what docs/reliability.md has its figures from.
 */
vi.setConfig({ testTimeout: isLong ? 3_600_000 : 600_000 });
const atOnce = 3;
let world: World;
let jobs: Jobs;

beforeAll(async () => {
  world = await startWorld({ servers: [15] });
  jobs = jobsOn(world, 15);
});
afterAll(() => world?.stop());

test('a backup that is killed, or cut off, at any moment leaves no blob or a whole one', async () => {
  const model = await jobs.createDatabase({ sql: modelSql });
  await using faults = await startFaults(world, () => 'pass');
  const begun = performance.now();
  const { inputs, environment, seen } = faults;
  const reference = await jobs.backup(model, { inputs: { ...inputs, compression: 'none' }, environment });
  const duration = performance.now() - begun;
  expect(reference.exitCode, reference.log).toBe(0);
  const blocks = seen.filter(({ kind }) => kind === 'blob block').length;
  expect(blocks).toBeGreaterThan(10);
  const place: BackupPlace = { world, jobs, model, blocks, duration };

  const rounds = roundsOf('backup', { short: 8, long: 120 });
  const fell = await play(rounds, atOnce, (round) => backupRound(place, round));
  if (!isLong || rounds.length < 100) return;
  const kills = fell.all.filter(({ way }) => isKill(way));
  expect(kills.filter(({ phase }) => /^[23] .*(between|before)/.test(phase)).length).toBeGreaterThanOrEqual(
    20,
  );
  expect(kills.filter(({ phase }) => phase.startsWith('3 ')).length).toBeGreaterThanOrEqual(10);
});
