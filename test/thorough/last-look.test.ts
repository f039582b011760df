import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Extra, type Jobs, jobsOn, messages, onlyError } from '../support/jobs.ts';
import type { StepResult } from '../support/runner/runner.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * What is found out at the last moment, or could be lost by a mistake.
 */
let world: World;
let jobs: Jobs;
beforeAll(async () => {
  world = await startWorld({ servers: [15] });
  jobs = jobsOn(world, 15);
});
afterAll(() => world.stop());

const sample = 'CREATE TABLE note AS SELECT g AS id FROM generate_series(1, 100) AS g';

async function backedUp(sql = sample): Promise<{ database: string; before: string; name: string }> {
  const database = await jobs.createDatabase({ sql });
  const backup = await jobs.backup(database);
  expect(backup.exitCode, backup.log).toBe(0);
  return { database, before: await jobs.text(database), name: backup.outputs['backup_file_name'] ?? '' };
}

/** Restores, and does something else the moment a line of the log says that it is time. */
async function restoreWhile(
  database: string,
  name: string,
  moment: RegExp,
  meanwhile: () => Promise<unknown>,
  extra: Extra = {},
): Promise<StepResult> {
  let done: Promise<unknown> | undefined;
  const onLine = (line: string): void => {
    if (moment.test(line)) done ??= meanwhile();
  };
  const restore = await jobs.restore(database, name, { ...extra, onLine });
  expect(done).toBeDefined();
  await done;
  return restore;
}

const ofOurs = async (database: string) =>
  (await jobs.databases()).filter((one) => one.startsWith(`${database}_`));

describe.each(['swap', 'drop'])('restore_strategy %s', (restore_strategy) => {
  const inputs = { restore_strategy };
  const waiting = `CREATE FUNCTION pause(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$BEGIN RETURN $1; END$$;
    CREATE TABLE item AS SELECT 1 AS id; CREATE INDEX ON item (pause(id));
    CREATE OR REPLACE FUNCTION pause(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$BEGIN PERFORM pg_sleep(2); RETURN $1; END$$;`;

  test('a misspelt name in the options of pg_restore is refused, and not taken for an empty backup', async () => {
    const { database, before, name } = await backedUp();
    const restore = await jobs.restore(database, name, {
      inputs: { ...inputs, pg_restore_options: '--schema=pubic' },
    });
    expect(onlyError(restore)).toMatch(/--schema=pubic"\) select nothing from the backup/);
    expect(await jobs.text(database)).toBe(before);
  });

  test('a database that somebody has made meanwhile is left alone', async () => {
    const { database, name } = await backedUp(restore_strategy === 'swap' ? waiting : sample);
    await world.server(15).query(`DROP DATABASE ${database}`);
    const moment = restore_strategy === 'swap' ? /^Created( \(|$)/ : /^::group::Download/;
    const restore = await restoreWhile(
      database,
      name,
      moment,
      async () => {
        await jobs.createDatabase({ name: database, sql: 'CREATE TABLE somebody_s AS SELECT 1 AS one' });
      },
      { inputs },
    );
    expect(onlyError(restore)).toMatch(/created, dropped or replaced by somebody else/);
    expect(await jobs.query(database, 'SELECT * FROM somebody_s')).toEqual([{ one: 1 }]);
    expect(await ofOurs(database)).toEqual([]);
  });
});

test('a new database that somebody has marked otherwise is left and named, when its restore fails', async () => {
  const { database, before, name } =
    await backedUp(`CREATE FUNCTION trap(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$BEGIN RETURN $1; END$$;
    CREATE TABLE item AS SELECT 1 AS id; CREATE INDEX ON item (trap(id));
    CREATE OR REPLACE FUNCTION trap(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$BEGIN PERFORM pg_sleep(1); RAISE 'trap'; END$$;`);
  let fresh = '';
  const restore = await restoreWhile(database, name, /^Created( \(|$)/, async () => {
    [fresh = ''] = await ofOurs(database);
    await jobs.query('postgres', `COMMENT ON DATABASE ${fresh} IS 'mine'`);
  });
  const drop = `DROP DATABASE IF EXISTS "${fresh}";`;
  expect(onlyError(restore)).toContain(
    `Database "${database}" was not changed. Database "${fresh}" is left over. It was not dropped, since it does not bear the mark of this ` +
      `restore. Check it, then drop it:\n${drop}`,
  );
  expect(restore.post).toMatchObject({ exitCode: 0, log: '' });
  expect(await ofOurs(database)).toEqual([fresh]);
  expect(await jobs.text(database)).toBe(before);
  await jobs.query('postgres', drop);
  expect(await ofOurs(database)).toEqual([]);
});

test('with drop, a restore that fails leaves settings and rights to the one that is run again', async () => {
  const { database, name } = await backedUp();
  const failing =
    await backedUp(`CREATE FUNCTION trap(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$BEGIN RETURN $1; END$$;
    CREATE TABLE item AS SELECT 1 AS id; CREATE INDEX ON item (trap(id));
    CREATE OR REPLACE FUNCTION trap(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$BEGIN RAISE 'trap'; END$$;`);
  await world.server(15).createRole('reader_of_it', 'secret');
  await jobs.query(
    'postgres',
    `ALTER DATABASE ${database} SET work_mem = '17MB'; REVOKE CONNECT ON DATABASE ${database} FROM PUBLIC;
     GRANT CONNECT ON DATABASE ${database} TO reader_of_it; COMMENT ON DATABASE ${database} IS 'of the shop'`,
  );
  const inputs = { restore_strategy: 'drop' };
  expect(onlyError(await jobs.restore(database, failing.name, { inputs }))).toContain(
    'is incomplete, keep applications out.',
  );
  const again = await jobs.restore(database, name, { inputs });
  expect(again.exitCode, again.log).toBe(0);
  const [row] = await jobs.query(
    database,
    `SELECT current_setting('work_mem') AS work_mem, shobj_description(oid, 'pg_database') AS comment,
       has_database_privilege('reader_of_it', oid, 'CONNECT') AS reader,
       has_database_privilege('public', oid, 'CONNECT') AS everybody FROM pg_database WHERE datname = current_database()`,
  );
  expect(row).toEqual({ work_mem: '17MB', comment: 'of the shop', reader: true, everybody: false });
});

test('with drop, a setting that only the old database has is not lost: the restore is refused', async () => {
  const { database, before, name } = await backedUp();
  await world.server(15).query(`ALTER DATABASE ${database} SET app.jwt_secret = 'hush-hush'`);
  const refused = await jobs.restore(database, name, { inputs: { restore_strategy: 'drop' } });
  expect(onlyError(refused)).toMatch(/may not set the setting "app.jwt_secret".*was not changed/s);
  expect(refused.log).not.toContain('hush-hush');
  expect(await jobs.text(database)).toBe(before);
  expect(await ofOurs(database)).toEqual([]);

  const kept = await jobs.restore(database, name);
  expect(kept.exitCode, kept.log).toBe(0);
  expect(kept.outputs['previous_database']).toMatch(new RegExp(`^${database}_before_\\d{14}$`));
  expect(messages(kept, 'warning').join('\n')).toContain('The old database is kept');
  expect(`${kept.log}${kept.summary}`).not.toContain('hush-hush');
});
