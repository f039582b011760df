import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Jobs, jobsOn, messages, onlyError, until } from '../support/jobs.ts';
import { installedClients } from '../support/postgres/clients.ts';
import type { PostgresMajor } from '../support/postgres/postgres-server.ts';
import { startWorld, type World } from '../support/world.ts';

const newestClient = (await installedClients()).at(-1)?.major ?? 0;
const major: PostgresMajor = newestClient >= 17 ? 17 : 15;

/** Bytes that no method compresses, so that a dump of them takes its time. */
const incompressible = (megabytes: number): string => `
  CREATE TABLE noise (id int, bytes bytea);
  ALTER TABLE noise ALTER bytes SET STORAGE EXTERNAL;
  INSERT INTO noise SELECT g, (SELECT string_agg(sha512((g * 20000 + i)::text::bytea), '') FROM generate_series(1, 16384) AS i)
    FROM generate_series(1, ${megabytes}) AS g;`;

let world: World;
let jobs: Jobs;
beforeAll(async () => {
  world = await startWorld({ servers: [major] });
  jobs = jobsOn(world, major);
});
afterAll(() => world.stop());

const activity = (condition: string): string =>
  `FROM pg_stat_activity WHERE application_name = 'postgres-azure-backup' AND ${condition}`;

async function isDumping(database: string): Promise<boolean> {
  const found = await world
    .server(major)
    .query(`SELECT 1 ${activity(`datname = '${database}' AND query LIKE 'COPY %noise%'`)}`);
  return found.length > 0;
}

async function blobsOf(database: string): Promise<string[]> {
  return (await world.backups.list()).filter((name) => name.includes(database));
}

test('what is known about the backup is written down with it', async () => {
  const database = await jobs.createDatabase({ name: 'größe "1"', sql: 'CREATE TABLE t (id int)' });
  const backup = await jobs.backup(database);
  expect(backup.exitCode, backup.log).toBe(0);
  const metadata = await world.backups.metadata(backup.outputs['backup_file_name'] ?? '');
  expect(metadata).toEqual({
    upload_id: expect.stringMatching(/^[0-9a-f]{24}$/),
    host: 'localhost',
    port: String(world.server(major).port),
    database: 'gr%C3%B6%C3%9Fe "1"',
    server_version: backup.outputs['postgres_version'],
    pg_dump_version: expect.stringMatching(/^\d+\.\d+$/),
    compression: major >= 16 ? 'zstd:1' : expect.stringMatching(/^(zstd|gzip):1$/),
    sha256: backup.outputs['backup_sha256'],
    encoding: 'UTF8',
    collation: expect.any(String),
    character_type: expect.any(String),
    locale_provider: 'c',
    database_size: expect.stringMatching(/^\d{7,}$/),
    started_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    duration_seconds: expect.stringMatching(/^\d+\.\d$/),
    repository: expect.stringMatching(/^[\w.-]+\/[\w.-]+$/),
    run_id: expect.stringMatching(/^\d+$/),
    run_number: '17',
    run_attempt: '1',
  });
});

test('the summary tells what was made', async () => {
  const database = await jobs.createDatabase({
    sql: 'CREATE TABLE t AS SELECT generate_series(1, 1000) AS id',
  });
  const { outputs, summary } = await jobs.backup(database);
  const name = outputs['backup_file_name'] ?? '';
  expect(summary).toContain(`### ✅ \`${database}\` backed up\n`);
  for (const part of [
    '`localhost`',
    `\`${name}\``,
    '| Dump and upload | Commit |',
    '-f job_to_run=restore',
    `\`${outputs['backup_sha256']}\``,
    '<summary>Details: compression, client, SHA-256</summary>',
  ]) {
    expect(summary).toContain(part);
  }
  expect(summary).toMatch(/\nCompression `(zstd|gzip):1` · client: pg_dump \d+\.\d+ · SHA-256 /);
  expect(summary).not.toContain('| Run |');
});

test('the summary leads from each backup to the run that made it, where that is recorded', async () => {
  const database = await jobs.createDatabase({ name: 'a|b](x) `c`' });
  const first = await jobs.backup(database, { environment: { GITHUB_RUN_ID: '41', GITHUB_RUN_NUMBER: '9' } });
  const name = first.outputs['backup_file_name'] ?? '';
  // Somebody else's: anybody may write what they like there.
  const others: [string, Record<string, string>][] = [
    ['20250101000000', {}],
    ['20250102000000', { repository: 'a/b](//evil) x', run_id: '7', run_number: '1' }],
    ['20250103000000', { repository: 'a/b', run_id: '8', run_number: '](//evil)' }],
  ];
  const content = await world.backups.read(name);
  for (const [time, metadata] of others.slice(1))
    await world.backups.put(name.replace(/\d{14}/, time), content, {
      ...metadata,
      ...{ host: world.server(major).host, database: encodeURIComponent(database) },
    });
  const { summary } = await jobs.backup(database, { environment: { GITHUB_RUN_NUMBER: '10' } });
  const runs = summary.match(/^\|.*(?=\|$)/gm)?.map((row) => row.slice(row.lastIndexOf('|', row.length) + 2));
  const link = (text: string, run: number, repository = '[^/]+/[^/]+'): unknown =>
    expect.stringMatching(
      new RegExp(`^\\[${text}\\]\\(https://github\\.com/${repository}/actions/runs/${run}\\) $`),
    );
  expect(runs?.slice(0, 6)).toEqual([
    ...['Run ', '--- ', link('#10', 7001), link('#9', 41), link('run', 8, 'a/b'), ' '],
  ]);
});

test("a user that is a part of the database's name is no secret, and empties no output", async () => {
  const database = await jobs.createDatabase({ name: `${world.login.user}_d01` });
  const [itself, another] = [await jobs.backup(database), await jobs.backup(await jobs.createDatabase())];
  expect(itself.masks).not.toContain(world.login.user);
  expect(itself.masks).toContain(world.login.password);
  expect(another.masks).toContain(world.login.user);
});

test('an output that GitHub will empty is a matter of debug logs, on no page and in no annotation', async () => {
  const database = await jobs.createDatabase({ name: `the_${world.login.user}_of` });
  const backup = await jobs.backup(database);
  expect(backup.exitCode, backup.log).toBe(0);
  expect(messages(backup, 'warning')).toEqual([]);
  expect(backup.summary).not.toContain('The output');
  const told = backup.log.split('\n').filter((line) => line.includes('The output '));
  expect(told).toEqual([
    expect.stringMatching(/^::debug::The output backup_url contains the value of .*storage_account_name/),
  ]);
});

describe('a step that is ended', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s takes its children along and publishes nothing',
    async (signal) => {
      const database = await jobs.createDatabase({ sql: incompressible(60) });
      const running = await jobs.start({ job_to_run: 'backup', db_name: database }, { watch: true });
      await until('the dump to copy the table', () => isDumping(database));
      const asked = Date.now();
      running.child.kill(signal);
      const backup = await running.done;
      expect(Date.now() - asked).toBeLessThan(7_000);
      expect(onlyError(backup)).toContain(`cancelled (${signal})`);
      expect(backup.summary).toContain('Backup cancelled');
      expect(backup.processes.filter(({ alive }) => alive)).toEqual([]);
      expect(
        backup.processes.some(({ commandLines }) => commandLines.some((line) => line.includes('pg_dump'))),
      ).toBe(true);
      expect(await blobsOf(database)).toEqual([]);
      expect(backup.tempFilesLeft).toEqual([]);
    },
  );

  test('by SIGKILL leaves no blob and no file, thanks to the post step', async () => {
    const database = await jobs.createDatabase({ sql: incompressible(60) });
    const running = await jobs.start({ job_to_run: 'backup', db_name: database });
    await until('the dump to copy the table', () => isDumping(database));
    running.child.kill('SIGKILL');
    const backup = await running.done;
    expect(backup.signal).toBe('SIGKILL');
    expect(await blobsOf(database)).toEqual([]);
    expect(backup.tempFilesLeft).toEqual([]);
    await until('pg_dump to notice', async () => !(await isDumping(database)));
  });
});

test('two backups of one database at the same moment: each that succeeds is there, and whole', async () => {
  const database = await jobs.createDatabase({ sql: incompressible(20) });
  const both = await Promise.all([jobs.backup(database), jobs.backup(database)]);
  const good = both.filter(({ exitCode }) => exitCode === 0);
  expect(good.length).toBeGreaterThanOrEqual(1);
  expect((await blobsOf(database)).sort()).toEqual(
    good.map(({ outputs }) => outputs['backup_file_name']).sort(),
  );
  for (const failed of both.filter(({ exitCode }) => exitCode !== 0)) {
    expect(onlyError(failed)).toMatch(/a blob with this name exists/);
  }
  const [first] = good;
  await jobs.query(database, 'DROP TABLE noise');
  const restore = await jobs.restore(database, first?.outputs['backup_file_name'] ?? '');
  expect(restore.exitCode, restore.log).toBe(0);
});
