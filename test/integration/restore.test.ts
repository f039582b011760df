import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountOf, type Jobs, jobsOn, messages, onlyError, until } from '../support/jobs.ts';
import { installedClients } from '../support/postgres/clients.ts';
import type { PostgresMajor } from '../support/postgres/postgres-server.ts';
import type { StepResult } from '../support/runner/runner.ts';
import { remember } from '../support/untouched.ts';
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

/** What `pg_dump` itself makes of a database, without the action. */
async function dumpByHand(database: string, ...options: string[]): Promise<Buffer> {
  const client = clients.find((candidate) => candidate.major >= major);
  const { stdout } = await promisify(execFile)(
    String(client?.pg_dump),
    [...options, `--dbname=dbname='${database}'`],
    {
      encoding: 'buffer',
      maxBuffer: 1e9,
      env: {
        PATH: process.env['PATH'],
        PGHOST: 'localhost',
        PGPORT: String(world.server(major).port),
        PGUSER: world.login.user,
        PGPASSWORD: world.login.password,
        PGSSLMODE: 'require',
      },
    },
  );
  return stdout;
}

describe('a restore that is refused leaves the database as it was', () => {
  let database: string;
  let before: string;
  let name: string;
  let content: Buffer;
  let metadata: Record<string, string>;
  let untouched: (restore: StepResult) => Promise<string>;
  beforeAll(async () => {
    ({ database, before, name } = await backedUp());
    untouched = await remember(jobs, database);
    content = await world.backups.read(name);
    metadata = await world.backups.metadata(name);
  });

  /** Puts a blob with this content and expects its restore to be refused. */
  async function refused(blob: Buffer | string, itsMetadata: Record<string, string> = {}): Promise<string> {
    await world.backups.put('broken.dump', blob, itsMetadata);
    return untouched(await jobs.restore(database, 'broken.dump'));
  }

  test('one flipped bit, by the SHA-256', async () => {
    const flipped = Buffer.from(content);
    const middle = Math.floor(flipped.length / 2);
    flipped.writeUInt8(flipped.readUInt8(middle) ^ 1, middle);
    const message = await refused(flipped, metadata);
    expect(message).toContain(String(metadata['sha256']));
    expect(message).toContain('its content is not what was backed up');
  });

  test('a byte too many, by the SHA-256', async () => {
    expect(await refused(Buffer.concat([content, Buffer.from('x')]), metadata)).toContain('SHA-256');
  });

  test.each([1, 5, 1000])('an archive without a record, cut by %i bytes', async (cut) => {
    expect(await refused(content.subarray(0, content.length - cut))).toMatch(
      /^Reading the archive with pg_restore/,
    );
  });

  test('a plain SQL script', async () => {
    expect(await refused(await dumpByHand(database, '--format=plain'))).toContain('plain SQL script');
  });

  test('a tar archive', async () => {
    expect(await refused(await dumpByHand(database, '--format=tar'))).toContain('tar file');
  });

  test('a custom archive inside gzip', async () => {
    expect(await refused(gzipSync(content))).toContain('compressed with gzip');
  });

  test('an empty blob', async () => {
    expect(await refused('')).toContain('it is empty');
  });

  test('a blob that is not there', async () => {
    const message = await untouched(await jobs.restore(database, 'no_such.dump'));
    expect(message).toContain('"no_such.dump"');
    expect(message).toContain('BlobNotFound');
  });

  test('a locale that this server does not have', async () => {
    const message = await refused(content, {
      ...metadata,
      collation: 'xx_XX.UTF-8',
      character_type: 'xx_XX.UTF-8',
    });
    expect(message).toContain('xx_XX.UTF-8');
  });

  describe('a role that', () => {
    const mayNotCreate = /"[^"]*" may not create databases/;
    const doesNotOwn = /"[^"]*" does not own database/;
    const restoredBy = async (options: string, owner?: string): Promise<string> => {
      const user = `role_${roles++}`;
      const account = accountOf(world, await world.server(major).createRole(user, 'its secret', options));
      const give = (to: string) => world.server(major).query(`ALTER DATABASE "${database}" OWNER TO ${to}`);
      if (owner !== undefined) await give(user);
      const restore = await jobsOn(world, major, account).restore(database, name);
      await give(world.login.user);
      return untouched(restore);
    };
    let roles = 0;

    test('may not create databases', async () => {
      const message = await restoredBy('', 'owner');
      expect(message).toMatch(mayNotCreate);
      expect(message).not.toMatch(doesNotOwn);
    });

    test('does not own this one', async () => {
      const message = await restoredBy('CREATEDB');
      expect(message).toMatch(doesNotOwn);
      expect(message).not.toMatch(mayNotCreate);
    });

    test('does neither', async () => {
      const message = await restoredBy('');
      expect(message).toMatch(mayNotCreate);
      expect(message).toMatch(doesNotOwn);
    });
  });

  test('a prepared transaction in the database', async () => {
    const session = await world.server(major).connect({ database, ...world.login });
    await session.query("BEGIN; INSERT INTO note VALUES (-1, 'prepared'); PREPARE TRANSACTION 'in the way'");
    await session.end();
    const message = await untouched(await jobs.restore(database, name));
    expect(message).toContain('1 prepared transaction(s)');
    await jobs.query(database, "ROLLBACK PREPARED 'in the way'");
    expect(await jobs.text(database)).toBe(before);
  });

  test('a session that this role may not end', async () => {
    const session = await world.server(major).connect({ database });
    const restore = await jobs.restore(database, name);
    await session.end();
    const message = await untouched(restore);
    expect(restore.log).toContain('its sessions will be ended: 1 of "unnamed"');
    expect(message).toMatch(/did not leave, and "backup_admin" may not end them: "unnamed" of "postgres"/);
  });

  test('a session that this role may not end, where the old database is dropped first', async () => {
    const session = await world.server(major).connect({ database });
    const restore = await jobs.restore(database, name, { inputs: { restore_strategy: 'drop' } });
    await session.end();
    expect(await untouched(restore)).toContain('is being accessed by other users');
  });

  test('a server that is read-only', async () => {
    await world.server(major).query(`ALTER ROLE ${world.login.user} SET default_transaction_read_only = on`);
    const restore = await jobs.restore(database, name);
    await world.server(major).query(`ALTER ROLE ${world.login.user} RESET default_transaction_read_only`);
    expect(await untouched(restore)).toContain('read-only');
  });
});

test.each(['postgres', 'template0', 'template1', 'azure_maintenance', 'azure_sys'])(
  'the system database %s is never replaced',
  async (database) => {
    const { name } = await backedUp();
    const restore = await jobs.restore(database, name);
    expect(onlyError(restore)).toMatch(/^db_name |\n- db_name /m);
    expect(restore.log).not.toContain('Signed in');
  },
);

test('a template is never replaced', async () => {
  const { database, name } = await backedUp();
  await world.server(major).query(`ALTER DATABASE "${database}" IS_TEMPLATE true`);
  expect(onlyError(await jobs.restore(database, name))).toContain('is a template');
  await world.server(major).query(`ALTER DATABASE "${database}" IS_TEMPLATE false`);
});

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
  await world.backups.put('by hand/äöü 1.dump', await dumpByHand(database, '--format=custom'));
  await jobs.query(database, 'DROP TABLE note');
  const restore = await jobs.restore(database, 'by hand/äöü 1.dump');
  expect(restore.exitCode, restore.log).toBe(0);
  expect(messages(restore, 'warning')).toEqual([
    expect.stringMatching(/no SHA-256 recorded .* cannot be proven/s),
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
    expect(message).toContain('::warning::x');
    expect(restore.log).toContain(':\u200b:warning::x');
    expect(messages(restore, 'warning')).toEqual([]);
    expect(restore.log).not.toMatch(/^(?!::).*##\[/m);
    expect(restore.outputs).toEqual({});
    expect(restore.tempFilesLeft).toEqual([]);
    expect(await jobs.databases()).not.toContainEqual(expect.stringContaining(`${database}_`));
    if (restore_strategy === 'swap') {
      expect(message).toContain(`Database "${database}" was not changed`);
      expect(await jobs.text(database)).toBe(before);
    } else {
      expect(message).toContain('INCOMPLETE');
      expect(message).toContain(`backup_file_name "${name}"`);
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
      expect(message).toContain('INCOMPLETE');
      expect(message).toContain(`"${name}"`);
    }
  });
});

test.each([
  ['swap', /^Downloaded/],
  ['swap', /^Created it, empty/],
  ['swap', /^::group::Put it in the place/],
  ['drop', /^Created the empty database/],
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
