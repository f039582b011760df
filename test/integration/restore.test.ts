import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Jobs, jobsOn, messages, onlyError, until } from '../support/jobs.ts';
import { installedClients } from '../support/postgres/clients.ts';
import { dumpByHand } from '../support/postgres/dump-by-hand.ts';
import type { PostgresMajor } from '../support/postgres/postgres-server.ts';
import { startWorld, type World } from '../support/world.ts';

const clients = await installedClients();
const newest = clients.at(-1);
const major: PostgresMajor = (newest?.major ?? 0) >= 17 ? 17 : 15;

let world: World;
let jobs: Jobs;
beforeAll(async () => {
  world = await startWorld({ servers: [major] });
  jobs = jobsOn(world, major);
});
afterAll(() => world.stop());

const sample = `CREATE TABLE note (id int PRIMARY KEY, words text);
  INSERT INTO note SELECT g, repeat(md5(g::text), 4) FROM generate_series(1, 3000) AS g;`;

/** A database, its text, and the name of its backup. */
async function backedUp(on: Jobs = jobs): Promise<{ database: string; before: string; name: string }> {
  const database = await on.createDatabase({ sql: sample });
  const backup = await on.backup(database);
  expect(backup.exitCode, backup.log).toBe(0);
  return { database, before: await on.text(database), name: backup.outputs['backup_file_name'] ?? '' };
}

test('a role that owns the database by membership may restore it', async () => {
  const { database, name } = await backedUp();
  const server = world.server(major);
  await server.query(
    `CREATE ROLE team; GRANT team TO ${world.login.user}; ALTER DATABASE "${database}" OWNER TO team`,
  );
  const restore = await jobs.restore(database, name);
  expect(restore.exitCode, restore.log).toBe(0);
});

test('applications that reconnect at once do not hold a restore up', async () => {
  const { database, before, name } = await backedUp();
  const server = world.server(major);
  let stopped = false;
  let ended = 0;
  const application = async (): Promise<void> => {
    while (!stopped) {
      try {
        const session = await server.connect({ database, ...world.login });
        await session.query('SELECT pg_sleep(10)').finally(() => session.end());
      } catch {
        ended++;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
  };
  const applications = [application(), application(), application()];
  const connected = `SELECT 1 FROM pg_stat_activity WHERE datname = '${database}' AND query = 'SELECT pg_sleep(10)'`;
  await until('three sessions', async () => (await server.query(connected)).length === 3);
  const restore = await jobs.restore(database, name);
  stopped = true;
  await server.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(10)'`,
  );
  await Promise.all(applications);
  expect(restore.exitCode, restore.log).toBe(0);
  expect(restore.log).toMatch(/its sessions will be ended: 3 of "unnamed"/);
  expect(ended).toBeGreaterThanOrEqual(3);
  expect(await jobs.text(database)).toBe(before);
});

test('a dump that somebody else made is restored, with a warning that nothing proves its content', async () => {
  const { database, before } = await backedUp();
  await world.backups.put(
    'by hand/äöü 1.dump',
    await dumpByHand(world.server(major), world.login, database, 'custom'),
  );
  await jobs.query(database, 'DROP TABLE note');
  const restore = await jobs.restore(database, 'by hand/äöü 1.dump');
  expect(restore.exitCode, restore.log).toBe(0);
  expect(messages(restore, 'warning')).toEqual([
    expect.stringMatching(/no recorded SHA-256: .* cannot be verified/s),
  ]);
  expect(await jobs.text(database)).toBe(before);
});

/** A database whose backup cannot be restored as it is: an index calls a function that does `inRestore` by then. */
async function trap(inRestore: string): Promise<{ database: string; before: string; name: string }> {
  const body = (sql: string): string =>
    `CREATE OR REPLACE FUNCTION trap(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$BEGIN ${sql} RETURN $1; END$$`;
  const database = await jobs.createDatabase({
    sql: `${body('')}; CREATE TABLE item AS SELECT 1 AS id; CREATE INDEX ON item (trap(id)); ${body(inRestore)}`,
  });
  const backup = await jobs.backup(database);
  expect(backup.exitCode, backup.log).toBe(0);
  return { database, before: await jobs.text(database), name: backup.outputs['backup_file_name'] ?? '' };
}

const building = "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX item_trap_idx%'";
const isBuilding = async () => (await jobs.query('postgres', building)).length > 0;

describe.each(['swap', 'drop'])('with restore_strategy %s', (restore_strategy) => {
  const inputs = { restore_strategy };

  test('an error of pg_restore fails the step, names the entry, and says what state the database is in', async () => {
    const { database, before, name } = await trap("RAISE EXCEPTION E'\\n::warning::x\\n##[error]y';");
    const restore = await jobs.restore(database, name, { inputs });
    const message = onlyError(restore);
    expect(message).toMatch(/INDEX item_trap_idx/);
    expect(message).toContain('a function that it calls failed');
    expect(restore.log).not.toContain('::warning::x');
    expect(messages(restore, 'warning')).toEqual([]);
    expect(restore.log).not.toMatch(/^(?!::).*##\[/m);
    expect(restore.outputs).toEqual({});
    expect(restore.tempFilesLeft).toEqual([]);
    expect(await jobs.databases()).not.toContainEqual(expect.stringContaining(`${database}_`));
    if (restore_strategy === 'swap') {
      expect(message).toContain(`Database "${database}" was not changed`);
      expect(await jobs.text(database)).toBe(before);
    } else {
      expect(message).toContain('is incomplete, keep applications out.');
      expect(restore.log).toContain(`run the same restore again (backup_file_name: "${name}").`);
    }
  });

  test('a cancelled restore says what state the database is in, and ends pg_restore', async () => {
    const { database, before, name } = await trap('PERFORM pg_sleep(30);');
    const running = await jobs.start(
      { job_to_run: 'restore', db_name: database, backup_file_name: name },
      { watch: true, inputs },
    );
    await until('the index to be built', isBuilding);
    running.cancel();
    const restore = await running.done;
    const message = onlyError(restore);
    expect(message).toContain('cancelled (SIGINT)');
    expect(restore.processes.filter(({ alive }) => alive)).toEqual([]);
    expect(restore.tempFilesLeft).toEqual([]);
    await until('the server to stop building', async () => !(await isBuilding()), 5);
    expect(await jobs.databases()).not.toContainEqual(expect.stringContaining(`${database}_`));
    if (restore_strategy === 'swap') {
      expect(message).toContain(`Database "${database}" was not changed`);
      expect(await jobs.text(database)).toBe(before);
    } else {
      expect(message).toContain('is incomplete, keep applications out.');
      expect(restore.log).toContain(`Run the same restore again (backup_file_name: "${name}").`);
    }
  });
});

test.each([
  ['swap', /^Downloaded/],
  ['swap', /^Created( \(|$)/],
  ['swap', /^::group::Swap it for/],
  ['drop', /^Created empty database/],
  ['drop', /^::group::Restore/],
])(
  'a restore by %s that is killed at %s leaves no file, and running it again repairs everything',
  async (restore_strategy, moment) => {
    const { database, before, name } = await backedUp();
    const inputs = { restore_strategy };
    let kill = (): void => {};
    const onLine = (line: string): void => {
      if (moment.test(line)) kill();
    };
    const running = await jobs.start(
      { job_to_run: 'restore', db_name: database, backup_file_name: name },
      { onLine, inputs },
    );
    kill = () => void running.child.kill('SIGKILL');
    const killed = await running.done;
    expect(killed.signal).toBe('SIGKILL');
    expect(killed.tempFilesLeft).toEqual([]);
    if (restore_strategy === 'swap') expect(await jobs.text(database)).toBe(before);
    const restore = await jobs.restore(database, name, { inputs });
    expect(restore.exitCode, restore.log).toBe(0);
    expect(await jobs.text(database)).toBe(before);
  },
);
