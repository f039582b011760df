import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type BackupPlace, backupRound, modelSql } from '../rounds/backup.ts';
import { figuresOf, killsIn, type LongRun, phases } from '../rounds/figures.ts';
import { loggingSettings, type RestorePlace, restoreRound } from '../rounds/restore.ts';
import { isLong, play, roundsOf } from '../rounds/round.ts';
import { startFaults } from '../support/faults/start-faults.ts';
import { path, seed } from '../support/fuzz/rounds.ts';
import { type Jobs, jobsOn } from '../support/jobs.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * Steps are killed, or their network is cut, at moments that follow from FUZZ_SEED; after each, what there is has to be whole. The long
 * form (CRASH_ROUNDS=long) is what docs/reliability.md has its figures from.
 */
vi.setConfig({ testTimeout: isLong ? 3_600_000 : 600_000 });
const atOnce = isLong ? 4 : 3;
let world: World;
let jobs: Jobs;
const run: Partial<LongRun> = {};

beforeAll(async () => {
  world = await startWorld({ servers: [15], settings: loggingSettings });
  jobs = jobsOn(world, 15);
  await world.server(15).createRole('visitor', 'visitor');
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

  const rounds = roundsOf('backup', { short: 8, long: 108 });
  const fell = await play(rounds, atOnce, (round) => backupRound(place, round));
  Object.assign(run, { blocks, backup: fell });
  if (!isLong || path !== undefined) return;
  expect(killsIn(fell, phases.beforeCommit)).toBeGreaterThanOrEqual(20);
  expect(killsIn(fell, phases.aroundCommit)).toBeGreaterThanOrEqual(10);
});

test.each([
  ['swap', 'the old one or the new one, whole, open and alone', { short: 4, long: 33 }],
  [
    'drop',
    'the old one, the new one, or said to be incomplete and restored by the next restore',
    { short: 3, long: 18 },
  ],
] as const)(
  'a restore by %s that is killed, or cut off, at any moment, and its post step, leave %s',
  async (strategy, _, count) => {
    const table = (name: string, rows: number): string =>
      `CREATE TABLE ${name} AS SELECT g AS id, md5(g::text) AS words FROM generate_series(1, ${rows}) AS g;
       ALTER TABLE ${name} ADD PRIMARY KEY (id); CREATE INDEX ON ${name} (words);`;
    const model = await jobs.createDatabase({ sql: table('old', 5_000) });
    const source = await jobs.createDatabase({ sql: table('new', 30_000) + table('other', 10_000) });
    const [old, restored] = [await jobs.text(model), await jobs.text(source)];
    const { outputs, exitCode, log } = await jobs.backup(source);
    expect(exitCode, log).toBe(0);
    const backup = outputs['backup_file_name'] ?? '';
    const begun = performance.now();
    const reference = await jobs.restore(source, backup, { inputs: { restore_strategy: strategy } });
    expect(reference.exitCode, reference.log).toBe(0);
    const duration = performance.now() - begun;
    const place: RestorePlace = { world, jobs, strategy, model, old, backup, restored, duration };

    const rounds = roundsOf(strategy, count);
    const fell = await play(rounds, atOnce, (round) => restoreRound(place, round));
    Object.assign(run, { [strategy]: fell });
  },
);

test('the figures of a long run are printed as docs/reliability.md has them', () => {
  if (!isLong || path !== undefined) return;
  const { blocks, backup, swap, drop } = run;
  if (!blocks || !backup || !swap || !drop) throw new Error('Some of the rounds have failed');
  expect(killsIn(swap, phases.aroundRename) + killsIn(drop, phases.aroundRename)).toBeGreaterThanOrEqual(10);
  console.log(figuresOf({ seed, atOnce, blocks, backup, swap, drop }));
});
