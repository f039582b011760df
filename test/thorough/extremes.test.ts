import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases } from '../extremes/databases.ts';
import { type Jobs, jobsOn, onlyError } from '../support/jobs.ts';
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

describe('owners, as many as there can be,', () => {
  const count = full ? 4_000 : 200;
  const name = (i: string): string => `'an "owner" ' || ${i}`;
  const each = (statement: string): string =>
    `DO $do$ BEGIN FOR i IN 1..${count} LOOP EXECUTE ${statement}; END LOOP; END $do$;`;

  test('of whom the role is none, or who are not there, are told so that it can be read', async () => {
    const server = world.server(15);
    await server.query(each(`format('CREATE ROLE %I', ${name('i')})`));
    const database = await jobs.createDatabase();
    await server.query(
      each(
        `format('CREATE FUNCTION owned_%s() RETURNS int LANGUAGE sql AS $$SELECT 1$$; ALTER FUNCTION owned_%s OWNER TO %I', i, i, ${name('i')})`,
      ),
      { database },
    );
    const backup = await jobs.backup(database, { watch: true });
    expect(backup.exitCode, backup.log).toBe(0);
    const inputs = { no_owner: 'false', no_privileges: 'false' };
    const restore = async (): Promise<StepResult> => {
      const since = performance.now();
      const step = await jobs.restore('elsewhere', backup.outputs['backup_file_name'] ?? '', {
        inputs,
        watch: true,
      });
      if (full) console.log(figures(`${count} owners: restore refused`, since, step));
      return step;
    };
    const refused = await restore();
    expect(onlyError(refused)).toContain(`and ${count - 10} more`);
    expectModest(refused);
    await server.query(`DROP DATABASE ${database}`);
    await server.query(each(`format('DROP ROLE %I', ${name('i')})`));
    const missing = await restore();
    expect(onlyError(missing)).toMatch(/^The backup needs roles|which this server does not have/m);
    expectModest(missing);
    expect(await jobs.databases()).not.toContain('elsewhere');
  });
});
