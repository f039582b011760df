import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { escapeIdentifier } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { knownProcesses } from '../../src/runner/undo/processes.ts';
import { createBackups } from '../support/azure/backups.ts';
import { type Fault, refusal, startFaults } from '../support/faults/start-faults.ts';
import { startTcpProxy } from '../support/faults/tcp-proxy.ts';
import { type Extra, type Jobs, jobsOn, messages, onlyError, until } from '../support/jobs.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';
import { noise } from '../support/postgres/databases/noise.ts';
import type { RunningStep, StepResult } from '../support/runner/runner.ts';
import { cancelScript } from '../support/runner/step-process.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * Steps that are cancelled, or killed like a lost process: what the step itself does not put in order any more, its post step does.
 */
let world: World;
let jobs: Jobs;
let folder: TemporaryFolder;

/** Restoring the index, or collecting statistics, takes half a minute. */
const slow = (when: 'CREATE INDEX' | 'ANALYZE'): string => `
  CREATE FUNCTION pause(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$BEGIN RETURN $1; END$$;
  CREATE TABLE note AS SELECT g AS id, md5(g::text) AS words FROM generate_series(1, 500) AS g;
  CREATE TABLE item AS SELECT 1 AS id;
  CREATE INDEX ON item (pause(id));
  CREATE OR REPLACE FUNCTION pause(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$BEGIN
    IF current_query() ILIKE '%${when}%' THEN PERFORM pg_sleep(30); END IF; RETURN $1; END$$;`;

interface Sample {
  database: string;
  /** The name of the backup. */
  name: string;
  /** What is in the database before a restore, and what is in the backup, which has less. */
  old: string;
  restored: string;
}

async function backedUp(sql: string, name?: string): Promise<Sample> {
  const database = await jobs.createDatabase({ sql, ...(name !== undefined && { name }) });
  const restored = await jobs.text(database);
  const backup = await jobs.backup(database);
  expect(backup.exitCode, backup.log).toBe(0);
  await jobs.query(database, 'CREATE TABLE made_since AS SELECT 2 AS b');
  const old = await jobs.text(database);
  return { database, name: backup.outputs['backup_file_name'] ?? '', old, restored };
}

const start = ({ database, name }: Sample, extra: Extra = {}): Promise<RunningStep> =>
  jobs.start({ job_to_run: 'restore', db_name: database, backup_file_name: name }, extra);

/** Does something to a running restore when a line of its log comes. */
async function restoreUntil(
  sample: Sample,
  moment: RegExp,
  act: (running: RunningStep) => void,
  extra: Extra = {},
): Promise<StepResult> {
  let onMoment = (): void => {};
  const onLine = (line: string): void => {
    if (moment.test(line)) onMoment();
  };
  const running = await start(sample, { watch: true, onLine, ...extra });
  onMoment = () => {
    onMoment = () => {};
    act(running);
  };
  return running.done;
}

const kill = ({ child }: RunningStep): void => void child.kill('SIGKILL');

/** What stands beside a database. */
const beside = async (database: string): Promise<string[]> =>
  (await jobs.databases()).filter((one) => one.startsWith(`${database}_`));

const isAtWork = async (): Promise<boolean> => {
  const sql =
    "SELECT 1 FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND state = 'active' AND query ~ '^(CREATE INDEX|ANALYZE|COPY)'";
  return (await jobs.query('postgres', sql)).length > 0;
};

const waitsForLock = async (): Promise<boolean> => {
  const sql = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query ~ '^LOCK TABLE'";
  return (await world.server(15).query(sql)).length > 0;
};

async function expectAlone(
  killed: StepResult,
  sample: Sample,
  which: 'old' | 'restored' = 'old',
): Promise<void> {
  const { database } = sample;
  expect(killed.post?.exitCode, killed.post?.log).toBe(0);
  expect(killed.tempFilesLeft).toEqual([]);
  expect(killed.post?.processes.filter(({ alive }) => alive)).toEqual([]);
  expect(await beside(database), killed.post?.log).toEqual([]);
  expect(await jobs.text(database)).toBe(sample[which]);
  expect(await isAtWork()).toBe(false);
}

beforeAll(async () => {
  folder = await makeTemporaryFolder('killed');
  world = await startWorld({ servers: [15] });
  jobs = jobsOn(world, 15);
});
afterAll(async () => {
  await world.stop();
  await folder.remove();
});

describe('the post step', () => {
  test('of a step that did its work, or could not begin, prints nothing', async () => {
    const sample = await backedUp('CREATE TABLE t AS SELECT 1 AS a');
    for (const extra of [{}, { inputs: { restore_strategy: 'drop' } }, { inputs: { db_name: '' } }]) {
      const { post } = await (await start(sample, extra)).done;
      expect(post).toMatchObject({ exitCode: 0, log: '' });
    }
    expect((await jobs.backup(sample.database)).post).toMatchObject({ exitCode: 0, log: '' });
  });

  test.each([
    ['a name that needs no quotes', undefined],
    ['a name with everything in it', `it's "100%" \\ :x ::warning::a=b`],
  ])('ends what a killed restore left at work, and drops what it was filling: %s', async (_, name) => {
    const sample = await backedUp(slow('CREATE INDEX'), name);
    const running = await start(sample, { watch: true });
    await until('the index to be built', isAtWork);
    kill(running);
    const killed = await running.done;
    await expectAlone(killed, sample);
    expect(killed.post?.log).toMatch(/^Dropped ".*_restore_\d{14}(_\w+)?"$/m);
    expect(killed.annotations).toEqual([]);
  });

  test.each([
    ['swap', 'which it had just announced', 'old', /^::group::Restore into/],
    ['swap', 'which it had just made', 'old', /^Created( \(|$)/],
    ['swap', 'right before the swap', 'old', /^::group::Swap it for/],
    ['swap', 'after the swap', 'restored', /^Connections blocked for/],
    ['swap', 'as it began to drop the old one', 'restored', /^::group::Remove the old database/],
    ['drop', 'with an empty database beside the old one', 'old', /^Created empty database/],
  ] as const)(
    'puts a restore by %s in order that was killed, %s: the %s one is there',
    async (restore_strategy, _, which, moment) => {
      const sample = await backedUp('CREATE TABLE t AS SELECT 1 AS a');
      const killed = await restoreUntil(sample, moment, kill, { inputs: { restore_strategy } });
      expect(killed.signal).toBe('SIGKILL');
      await expectAlone(killed, sample, which);
      expect(killed.commandFiles['STATE']).not.toContain(world.login.password.slice(-18));
      expect(killed.commandFiles['STATE']).not.toContain(world.login.user);
    },
  );

  test.each([
    ['a name that needs no quotes', undefined],
    ['a name with everything in it', `it's "half" \\ :x ::warning::a=b`],
  ])(
    'says that a database is incomplete whose restore by drop was killed while it was filled: %s',
    async (_, name) => {
      const sample = await backedUp(slow('CREATE INDEX'), name);
      const running = await start(sample, { inputs: { restore_strategy: 'drop' }, watch: true });
      await until('the index to be built', isAtWork);
      kill(running);
      const killed = await running.done;
      expect(killed.post?.exitCode).toBe(0);
      expect(messages(killed, 'warning')).toEqual([
        expect.stringMatching(/^Database ".*" is incomplete\. Run the restore again with the same backup\./),
      ]);
      expect(await beside(sample.database)).toEqual([]);
      expect(await isAtWork()).toBe(false);
      const quick = await backedUp('CREATE TABLE t AS SELECT 1 AS a');
      const again = await (
        await start({ ...sample, name: quick.name }, { inputs: { restore_strategy: 'drop' } })
      ).done;
      expect(again.exitCode, again.log).toBe(0);
      expect(await beside(sample.database)).toEqual([]);
    },
  );

  test('of a backup that was killed ends pg_dump', async () => {
    const sample = await backedUp('CREATE TABLE t AS SELECT 1 AS a');
    const holder = await world.server(15).connect({ database: sample.database });
    await holder.query('BEGIN; LOCK TABLE t');
    const running = await jobs.start({ job_to_run: 'backup', db_name: sample.database }, { watch: true });
    await until('pg_dump to wait', waitsForLock);
    kill(running);
    const killed = await running.done;
    expect(killed.processes.filter(({ program }) => program === 'pg_dump')).not.toEqual([]);
    expect(killed.post).toMatchObject({ exitCode: 0, log: '' });
    expect(await waitsForLock()).toBe(false);
    await holder.end();
    await expectAlone(killed, sample);
  });

  test.each([
    ['of somebody else now', (fresh: string) => `COMMENT ON DATABASE "${fresh}" IS 'mine'`],
    [
      'of another run',
      (fresh: string) =>
        `DO $$ BEGIN EXECUTE format('COMMENT ON DATABASE "${fresh}" IS %L', replace((SELECT shobj_description(oid, 'pg_database')
          FROM pg_database WHERE datname = '${fresh}'), '7001/1', '7002/1')); END $$`,
    ],
  ])('leaves what is marked as that %s, and says so', async (_, change) => {
    const sample = await backedUp(slow('CREATE INDEX'));
    const running = await start(sample);
    await until('the index to be built', isAtWork);
    const [fresh = ''] = await beside(sample.database);
    await jobs.query('postgres', change(fresh));
    kill(running);
    const killed = await running.done;
    expect(killed.post?.exitCode).toBe(0);
    expect(await beside(sample.database)).toEqual([fresh]);
    expect(killed.annotations.map(({ message }) => message)).toEqual([
      `Database "${fresh}" is left. It was not dropped, since it may not be what this restore left. Check it, then drop it:\nDROP DATABASE "${fresh}";`,
    ]);
    await world.server(15).query(`DROP DATABASE "${fresh}" WITH (FORCE)`);
  });

  test('that may not sign in any more fails nothing, and says what it could not look at', async () => {
    const sample = await backedUp(slow('CREATE INDEX'));
    const running = await start(sample);
    await until('the index to be built', isAtWork);
    const secret = world.vault.secrets.get('db-password');
    world.vault.secrets.delete('db-password');
    kill(running);
    const killed = await running.done;
    if (secret) world.vault.secrets.set('db-password', secret);
    expect(killed.post?.exitCode).toBe(0);
    expect(killed.tempFilesLeft).toEqual([]);
    const [fresh] = await beside(sample.database);
    expect(messages(killed, 'warning').join('\n')).toContain(
      `It could not be seen whether the restore has left "${fresh}" on the server:`,
    );
    await world.server(15).query(`DROP DATABASE "${fresh}" WITH (FORCE)`);
  });
});

describe('the post step that waits for the package manager', () => {
  test.each([
    ['somebody cancels it', 'SIGINT', ''],
    ['the time of the job is over', undefined, 'performance.now = () => now() + 279_500;'],
  ] as const)('ends once %s, and says so', async (_, signal, later) => {
    const preload = join(folder.path, 'preload.cjs');
    await writeFile(preload, `const now = performance.now.bind(performance); ${later}`);
    const installer = spawn('sleep', ['60']);
    const [known] = knownProcesses([installer.pid ?? 0]);
    const begun = performance.now();
    const post = spawn(process.execPath, ['--require', preload, 'dist/post/index.js'], {
      env: { PATH: process.env['PATH'], STATE_unattended: JSON.stringify([known]) },
    });
    let log = '';
    post.stdout.on('data', (piece: Buffer) => {
      log += String(piece);
      if (signal && log.includes('Waiting for the package manager')) post.kill(signal);
    });
    const [exitCode] = await once(post, 'close');
    installer.kill();
    expect(performance.now() - begun).toBeLessThan(15_000);
    expect(exitCode).toBe(0);
    expect(log).toContain('::warning::The package manager of this machine still runs.');
  });
});

/** Makes time pass ten times as fast for the post step. */
const fasterPost = `
  if (/post.index\\.js$/.test(process.argv[1])) {
    const timers = require('node:timers/promises');
    const { setTimeout: sleep } = timers;
    timers.setTimeout = (milliseconds, ...rest) => sleep(milliseconds / 10, ...rest);
    const now = performance.now.bind(performance);
    performance.now = () => now() * 10;
    require('node:module').syncBuiltinESMExports();
  }`;

test('the post step gives up after a minute where the server lets nobody in, whatever retry_timeout_seconds is', async () => {
  const sample = await backedUp(slow('CREATE INDEX'));
  const preload = join(folder.path, 'preload.cjs');
  await writeFile(preload, fasterPost);
  const proxy = await startTcpProxy(world.server(15));
  const running = await start(sample, {
    environment: { NODE_OPTIONS: `--require=${preload}` },
    inputs: { db_port: String(proxy.port), retry_timeout_seconds: '3000' },
  });
  await until('the index to be built', isAtWork);
  const [fresh = ''] = await beside(sample.database);
  await proxy.down();
  kill(running);
  const { post, annotations } = await running.done;
  await proxy.stop();
  expect(post?.exitCode).toBe(0);
  const pauses = [...(post?.log ?? '').matchAll(/Trying again in ([\d.]+) s/g)].map(([, time]) =>
    Number(time),
  );
  const waited = pauses.reduce((sum, pause) => sum + pause, 0);
  expect(waited).toBeGreaterThan(2);
  expect(waited).toBeLessThan(95); // the last pause begins within the minute
  expect(annotations.map(({ message }) => message)).toEqual([
    expect.stringMatching(`^It could not be seen whether the restore has left "${fresh}" on the server: `),
  ]);
  await world.server(15).query(`DROP DATABASE "${fresh}" WITH (FORCE)`);
});

describe('the post step fails nothing', () => {
  test.each([
    ['after an error that nobody catches', "setTimeout(() => { throw new RangeError('deep') }, 20)", 'deep'],
    ['after a promise that nobody waits for', "Promise.reject(new RangeError('deep'))", 'deep'],
    ['when the job is cancelled meanwhile', "process.kill(process.pid, 'SIGINT')", 'the job was cancelled'],
    [
      'when what it waits for never comes',
      "require('node:fs').promises.mkdtemp = () => new Promise(() => {}); require('node:module').syncBuiltinESMExports()",
      'could no longer come',
    ],
  ])('%s', async (_, happens, words) => {
    const sample = await backedUp('CREATE TABLE t AS SELECT 1 AS a');
    const preload = join(folder.path, 'preload.cjs');
    const atOnce = happens.includes('mkdtemp');
    await writeFile(
      preload,
      `if (/post.index\\.js$/.test(process.argv[1])) {
        const write = process.stdout.write;
        const happens = () => { ${happens} };
        if (${atOnce}) happens();
        process.stdout.write = function (text, ...rest) {
          if (!${atOnce} && /Looking at what it left/.test(text)) happens();
          return write.call(this, text, ...rest);
        };
      }`,
    );
    const environment = { NODE_OPTIONS: `--require=${preload}` };
    const killed = await restoreUntil(sample, /^Created( \(|$)/, kill, { environment });
    expect(killed.post).toMatchObject({ exitCode: 0, signal: null });
    expect(messages(killed, 'warning')).toEqual([expect.stringContaining(words)]);
    expect(killed.post?.processes.filter(({ alive }) => alive)).toEqual([]);
    const [fresh] = await beside(sample.database);
    expect(fresh).toMatch(/_restore_\d{14}$/);
    await world.server(15).query(`DROP DATABASE "${fresh}" WITH (FORCE)`);
  });
});

/** The disk of the step's state is full from a record on. */
const fullFrom = (record: RegExp): string => `
  const fs = require('node:fs');
  const { appendFileSync } = fs;
  let full = false;
  fs.appendFileSync = (file, text, ...rest) => {
    full ||= file === process.env.GITHUB_STATE && ${record}.test(text);
    if (full && file === process.env.GITHUB_STATE)
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    return appendFileSync(file, text, ...rest);
  };
  require('node:module').syncBuiltinESMExports();`;

describe('what a restore by drop writes down', () => {
  const inputs = { restore_strategy: 'drop' };

  test.each([
    ['the new database', /"stage":"filling","fresh":\{"name":"[^"]+"\}/, false],
    ['its OID, which it does without', /"stage":"filling","fresh":\{"name":"[^"]+","oid"/, false],
    ['the old database', /"stage":"swapping"/, false],
    ['that the old one is dropped, which it does without', /"stage":"swapped"/, true],
  ])('must not fail for %s, or nothing is replaced', async (_, record, succeeds) => {
    const sample = await backedUp('CREATE TABLE t AS SELECT 1 AS a');
    const preload = join(folder.path, 'preload.cjs');
    await writeFile(preload, fullFrom(record));
    const step = await (
      await start(sample, { environment: { NODE_OPTIONS: `--require=${preload}` }, inputs, watch: true })
    ).done;
    if (succeeds) expect(step.exitCode, step.log).toBe(0);
    else expect(onlyError(step)).toMatch(/no space left on the disk.*was not changed\.$/s);
    expect(messages(step, 'warning')).toEqual([]);
    await expectAlone(step, sample, succeeds ? 'restored' : 'old');
  });

  test.each([
    ['', undefined],
    [', though that could not be struck out', /"stage":"swapped"/],
  ])(
    'leaves the one that is being filled alone after a kill%s, and the restore is run again',
    async (_, record) => {
      const sample = await backedUp('CREATE TABLE t AS SELECT 1 AS a');
      const preload = join(folder.path, 'preload.cjs');
      await writeFile(preload, record ? fullFrom(record) : '');
      const environment = { NODE_OPTIONS: `--require=${preload}` };
      const killed = await restoreUntil(sample, /^::group::Restore "/, kill, { inputs, environment });
      expect(killed.signal).toBe('SIGKILL');
      expect(killed.post?.exitCode).toBe(0);
      expect(messages(killed, 'warning')).toEqual([expect.stringContaining('" is incomplete. ')]);
      expect(killed.tempFilesLeft).toEqual([]);
      expect(await jobs.databases()).toContain(sample.database);
      expect(await beside(sample.database)).toEqual([]);
      await expectAlone(await (await start(sample, { inputs, watch: true })).done, sample, 'restored');
    },
  );
});

/** Opens files until there may be no more, when a line is written, and keeps them. */
const withoutFiles = (moment: RegExp): string => `
  const fs = require('node:fs');
  const { openSync } = fs;
  const write = process.stdout.write;
  process.stdout.write = function (text, ...rest) {
    if (${moment}.test(text)) try { for (;;) openSync('/dev/null'); } catch {}
    return write.call(this, text, ...rest);
  };`;

describe('a step that may open no more files', () => {
  test.each([
    ['restore', /::group::Check the server/],
    ['restore', /^Created( \(|$)/],
    ['restore', /::group::Restore into/],
    ['restore', /::group::Swap it for/],
    ['backup', /::group::Back up/],
    ['backup', /::group::Check the server/],
  ])(
    'while it is at a %s: %s, ends with one error that says so, and its post step puts the server in order',
    async (job, moment) => {
      const sample = await backedUp('CREATE TABLE t AS SELECT 1 AS a');
      const preload = join(folder.path, 'preload.cjs');
      await writeFile(preload, withoutFiles(moment));
      const environment = { NODE_OPTIONS: `--require=${preload}` };
      const order = {
        job_to_run: job,
        db_name: sample.database,
        ...(job === 'restore' && { backup_file_name: sample.name }),
      };
      const step = await (await jobs.start(order, { environment, watch: true })).done;
      expect(onlyError(step)).toMatch(/too many open files|EMFILE/);
      expect(step.log).not.toContain('This is a bug in the action');
      await expectAlone(step, sample);
    },
  );
});

describe('a cancel', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'of a backup by %s ends within five seconds, and says so last',
    async (signal) => {
      const sample = await backedUp('CREATE TABLE t AS SELECT 1 AS a');
      const holder = await world.server(15).connect({ database: sample.database });
      await holder.query('BEGIN; LOCK TABLE t');
      const running = await jobs.start({ job_to_run: 'backup', db_name: sample.database }, { watch: true });
      await until('pg_dump to wait', waitsForLock);
      const begun = performance.now();
      let took = Number.NaN;
      running.child.once('exit', () => {
        took = performance.now() - begun;
      });
      running.child.kill(signal);
      const backup = await running.done;
      expect(took).toBeLessThan(5_000);
      expect(await waitsForLock()).toBe(false);
      await holder.end();
      expect(onlyError(backup)).toContain(`cancelled (${signal})`);
      expect(backup.post).toMatchObject({ exitCode: 0, log: '' });
      expect(backup.log.trimEnd().split('\n').at(-1)).toBe('Cancelled. No backup was made.');
      await expectAlone(backup, sample);
    },
  );

  test.each<[string, Fault]>([
    ['not answered', { silent: 'before' }],
    ['refused', refusal('blob', 503, 'ServerBusy', 'The server is busy.')],
  ])('of a backup whose blocks are %s ends within five seconds, and leaves no blob', async (_, fault) => {
    const database = await jobs.createDatabase({ sql: noise(2) });
    const backups = await createBackups(world.azurite);
    await using faults = await startFaults(world, ({ kind }) => (kind === 'blob block' ? fault : 'pass'));
    const inputs = { ...faults.inputs, storage_container_name: backups.container };
    const order = { job_to_run: 'backup', db_name: database };
    const running = await jobs.start(order, { inputs, environment: faults.environment, watch: true });
    await until('a block', async () => faults.seen.some(({ kind }) => kind === 'blob block'));
    const begun = performance.now();
    let took = Number.NaN;
    running.child.once('exit', () => (took = performance.now() - begun));
    running.cancel();
    const backup = await running.done;
    expect(took).toBeLessThan(5_000);
    expect(onlyError(backup)).toContain('cancelled (SIGINT)');
    expect(backup.log.trimEnd().split('\n').at(-1)).toBe('Cancelled. No backup was made.');
    expect(backup.post).toMatchObject({ exitCode: 0, log: '' });
    expect(backup.tempFilesLeft).toEqual([]);
    expect(await backups.list()).toEqual([]);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s leaves nothing within five seconds, and says so last',
    async (signal) => {
      const sample = await backedUp(slow('CREATE INDEX'));
      const running = await start(sample, { watch: true });
      await until('the index to be built', isAtWork);
      const begun = performance.now();
      let took = 0;
      running.child.once('exit', () => (took = performance.now() - begun));
      running.child.kill(signal);
      const restore = await running.done;
      expect(took).toBeLessThan(5_000);
      expect(onlyError(restore)).toContain(`cancelled (${signal})`);
      await expectAlone(restore, sample);
      expect(restore.post?.log).toBe('');
      expect(restore.log.trimEnd().split('\n').at(-1)).toBe(
        `Cancelled. Database "${sample.database}" was not changed.`,
      );
    },
  );

  test('that comes three times is one', async () => {
    const sample = await backedUp(slow('CREATE INDEX'));
    const running = await start(sample, { watch: true });
    await until('the index to be built', isAtWork);
    const begun = performance.now();
    let took = Number.NaN;
    running.child.once('exit', () => (took = performance.now() - begun));
    for (const wait of [0, 100, 300]) setTimeout(() => running.child.kill('SIGINT'), wait);
    const restore = await running.done;
    expect(took).toBeLessThan(5_000);
    expect(onlyError(restore)).toContain('cancelled (SIGINT)');
    await expectAlone(restore, sample);
    expect(restore.post?.log).toBe(''); // the step itself has cleaned up
  });

  test('right after the swap lets the old database be dropped', async () => {
    const sample = await backedUp('CREATE TABLE t AS SELECT 1 AS a');
    const restore = await restoreUntil(sample, /^Database .* is now the restored one/, ({ child }) =>
      cancelScript(child),
    );
    await expectAlone(restore, sample, 'restored');
  });

  test('in the middle of an attempt to swap that fails then is told as a cancel', async () => {
    const sample = await backedUp('CREATE TABLE t AS SELECT 1 AS a');
    const name = escapeIdentifier(sample.database);
    const session = await world.server(15).connect();
    const renaming =
      "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'SET LOCAL%RENAME TO%'";
    let locked: Promise<unknown> | undefined;
    const onLine = (line: string): void => {
      if (/^::group::Swap it for/.test(line))
        locked ??= session.query(`BEGIN; ALTER DATABASE ${name} OWNER TO postgres`);
    };
    const running = await start(sample, { onLine, watch: true });
    await until('the rename to wait', async () => (await world.server(15).query(renaming)).length > 0);
    running.cancel();
    await new Promise((resolve) => setTimeout(resolve, 200));
    await session.query('COMMIT');
    const restore = await running.done;
    await locked;
    await session.query(`ALTER DATABASE ${name} OWNER TO ${escapeIdentifier(world.login.user)}`);
    await session.end();
    expect(onlyError(restore)).toMatch(/^It was cancelled \(SIGINT\).*was not changed\.$/s);
    expect(restore.log.trimEnd().split('\n').at(-1)).toBe(
      `Cancelled. Database "${sample.database}" was not changed.`,
    );
    await expectAlone(restore, sample);
  });

  test('while statistics are collected says that the old database is unchanged, and nothing of data that are restored', async () => {
    const sample = await backedUp(slow('ANALYZE'));
    const running = await start(sample, { watch: true });
    await until('the statistics', isAtWork);
    running.cancel();
    const restore = await running.done;
    expect(onlyError(restore)).toContain(`Database "${sample.database}" was not changed.`);
    expect(restore.log).not.toContain('All data is restored');
    expect(messages(restore, 'warning')).toEqual([]);
    await expectAlone(restore, sample);
  });
});

test('what the error of a swap in doubt tells to look for is left as it is', async () => {
  const sample = await backedUp('CREATE TABLE t AS SELECT 1 AS a');
  const { database } = sample;
  const proxy = await startTcpProxy(world.server(15));
  const session = await world.server(15).connect();
  const renaming =
    "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SET LOCAL%RENAME TO%'";
  let locked: Promise<unknown> | undefined;
  const onLine = (line: string): void => {
    if (/^::group::Swap it for/.test(line))
      locked ??= session.query(`BEGIN; COMMENT ON DATABASE ${escapeIdentifier(database)} IS 'changed'`);
  };
  const running = await start(sample, { onLine, inputs: { db_port: String(proxy.port) } });
  await until('the rename to wait', async () => (await world.server(15).query(renaming)).length > 0);
  const [fresh = ''] = await beside(database);
  await proxy.down();
  proxy.reset();
  running.child.once('exit', () => void proxy.up());
  const restore = await running.done;
  await locked;
  await session.query('ROLLBACK');
  await session.end();
  await proxy.stop();
  const message = onlyError(restore);
  expect(message).toContain(`Database "${database}" is in an unknown state.`);
  expect(message).toContain(`"${fresh}" listed: not swapped. "${database}" is the old one`);
  expect(restore.post).toMatchObject({ exitCode: 0, log: '' });
  expect(await beside(database)).toEqual([fresh]);
  expect(await jobs.text(database)).toBe(sample.old);
  const again = await (await start(sample)).done;
  expect(again.exitCode, again.log).toBe(0);
  expect(await beside(database)).toEqual([]);
});
