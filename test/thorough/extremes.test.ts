import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases } from '../extremes/databases.ts';
import { type Jobs, jobsOn } from '../support/jobs.ts';
import type { StepResult } from '../support/runner/runner.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * As much as there can be. `npm run test:soak` makes all of it, with EXTREMES=full, and prints how long it took and how much memory the
 * programs had; `npm run test:all` makes less of what takes long.
 */
const full = process.env['EXTREMES'] === 'full';

const mebibyte = 2 ** 20;
/** The most memory of the action itself, in bytes, also with 100 MB of statements (docs/memory.md). */
const bound = (full ? 768 : 320) * mebibyte;

let world: World;
let jobs: Jobs;
beforeAll(async () => {
  world = await startWorld({ servers: [15], settings: { max_locks_per_transaction: 512 } });
  jobs = jobsOn(world, 15);
});
afterAll(() => world.stop());

/** `backup 12.3 s, node 151 MiB, pg_dump 40 MiB`. */
function figures(what: string, since: number, { peakMemory = 0, processes }: StepResult): string {
  const others = ['pg_dump', 'pg_restore', 'psql'].flatMap((name) => {
    const peak = Math.max(
      0,
      ...processes.filter(({ program }) => program === name).map((one) => one.peakMemory),
    );
    return peak > 0 ? [`${name} ${Math.round(peak / mebibyte)} MiB`] : [];
  });
  const seconds = ((performance.now() - since) / 1000).toFixed(1);
  return [`${what} ${seconds} s`, `node ${Math.round(peakMemory / mebibyte)} MiB`, ...others].join(', ');
}

const lengthiest = ({ log }: StepResult): number => Math.max(...log.split('\n').map((line) => line.length));

function expectModest(step: StepResult): void {
  expect(step.peakMemory).toBeLessThan(bound);
  expect(lengthiest(step)).toBeLessThan(20_000);
  expect(step.summary.length).toBeLessThan(200_000);
  expect(step.tempFilesLeft).toEqual([]);
}

describe('a database of', () => {
  test.each(databases.map((row) => [full ? row.all : row.some, row.title, row] as const))(
    '%i %s is backed up and restored',
    { timeout: full ? 1_800_000 : 240_000 },
    async (count, title, { before, sql, inputs, count: counted }) => {
      if (before) await world.server(15).query(before(count));
      const database = await jobs.createDatabase({ sql: sql(count) });
      const counts = (of: string) => world.server(15).query(counted, { database: of });
      const expected = await counts(database);
      let since = performance.now();
      const backup = await jobs.backup(database, { watch: true });
      const told = [figures('backup', since, backup)];
      expect(backup.exitCode, backup.log).toBe(0);
      expectModest(backup);
      const name = backup.outputs['backup_file_name'] ?? '';
      for (const restore_strategy of full ? ['swap', 'drop'] : ['swap']) {
        const into = restore_strategy === 'swap' ? database : `db_${randomBytes(6).toString('hex')}`;
        since = performance.now();
        const restore = await jobs.restore(into, name, {
          watch: true,
          inputs: { ...inputs, restore_strategy },
        });
        told.push(figures(`restore by ${restore_strategy}`, since, restore));
        if (full) console.log(`${count} ${title}: ${told.join('; ')}`);
        expect(restore.exitCode, restore.log.slice(-20_000)).toBe(0);
        expectModest(restore);
        expect(await counts(into), restore.log).toEqual(expected);
      }
    },
  );
});
