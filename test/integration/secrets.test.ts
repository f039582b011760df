import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Jobs, jobsOn, until } from '../support/jobs.ts';
import type { StepResult } from '../support/runner/runner.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
let jobs: Jobs;
beforeAll(async () => {
  world = await startWorld({ servers: [15] });
  jobs = jobsOn(world, 15);
});
afterAll(() => world.stop());

/** The part of the password that has no awkward character, and so looks the same in every escaped form. */
const tail = (): string => world.login.password.slice(-18);

/** What a step shows, with the lines taken out by which the runner is told what to mask. */
function shown({ log, post, summary, outputs, annotations }: StepResult): string {
  const lines = `${log}\n${post?.log}`.split('\n').filter((line) => !line.startsWith('::add-mask::'));
  return [...lines, summary, JSON.stringify(outputs), JSON.stringify(annotations)].join('\n');
}

async function filesWith(text: string, folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const found = await Promise.all(
    files.map(async (file) => ((await readFile(file).catch(() => '')).includes(text) ? file : undefined)),
  );
  return found.filter((file) => file !== undefined);
}

test('the password stands in no log, on no command line, and in no file that is left', async () => {
  const sql = `CREATE TABLE t AS SELECT g, md5(g::text) FROM generate_series(1, 200000) AS g; CREATE INDEX ON t (md5)`;
  const database = await jobs.createDatabase({ sql });
  const backup = await jobs.backup(database, { watch: true });
  const restore = await jobs.restore(database, backup.outputs['backup_file_name'] ?? '', { watch: true });
  for (const step of [backup, restore]) {
    expect(step.exitCode, step.log).toBe(0);
    expect(step.masks).toContain(world.login.password);
    expect(step.masks).toContain(world.login.user);
    expect(shown(step)).not.toContain(tail());
    const seen = step.processes.flatMap(({ commandLines }) => commandLines);
    expect(seen.some((line) => line.includes('pg_dump') || line.includes('pg_restore'))).toBe(true);
    expect(seen.filter((line) => line.includes(tail()))).toEqual([]);
    expect(step.tempFilesLeft).toEqual([]);
  }
});

test('the values are masked before the server is contacted', async () => {
  const database = await jobs.createDatabase();
  const { log } = await jobs.backup(database);
  const lines = log.split('\n');
  const lastMask = lines.findLastIndex((line) => line.startsWith('::add-mask::'));
  expect(lastMask).toBeGreaterThan(0);
  expect(lines.indexOf('::group::Look at the server')).toBeGreaterThan(lastMask);
});

test('while a restore runs, its files are for nobody else, and no password is in them', async () => {
  const slowly = (sql: string): string =>
    `CREATE OR REPLACE FUNCTION slowly(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN ${sql} RETURN $1; END'`;
  const sql = `${slowly('')}; CREATE TABLE t AS SELECT 1 AS id; CREATE INDEX ON t (slowly(id)); ${slowly('PERFORM pg_sleep(6);')}`;
  const database = await jobs.createDatabase({ sql });
  const backup = await jobs.backup(database);
  const running = await jobs.start({
    job_to_run: 'restore',
    db_name: database,
    backup_file_name: backup.outputs['backup_file_name'] ?? '',
  });
  const building = `SELECT 1 FROM pg_stat_activity WHERE datname LIKE '${database}%' AND query LIKE 'CREATE INDEX%'`;
  await until('the index to be built', async () => (await jobs.query('postgres', building)).length > 0);

  const temp = await environmentOf(Number(running.child.pid), 'RUNNER_TEMP');
  expect(await filesWith(tail(), temp)).toEqual([]);
  const [scratch = ''] = (await readdir(temp)).filter((name) => name.startsWith('postgres-azure-backup-'));
  const mode = async (...names: string[]): Promise<string> =>
    ((await stat(path.join(temp, scratch, ...names))).mode & 0o777).toString(8);
  expect(await mode()).toBe('700');
  expect(await mode('restore.dump')).toBe('600');

  const restore = await running.done;
  expect(restore.exitCode, restore.log).toBe(0);
  expect(restore.log).toMatch(/^\d+ % of \d+ entries, creating INDEX "public\.t_slowly_idx", [5-9]\.\d s$/m);
  expect(restore.tempFilesLeft).toEqual([]);
});

async function environmentOf(pid: number, name: string): Promise<string> {
  const variables = (await readFile(`/proc/${pid}/environ`, 'utf8')).split('\0');
  return variables.find((variable) => variable.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
}
