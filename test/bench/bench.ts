/**
 * Measures a backup and a restore by the committed bundle side by side with what limits them: `pg_dump` to nowhere, and
 * `pg_restore` from a local file plus ANALYZE. Prints a Markdown table of times, as ratios, and of peak memory.
 * `npm run bench -- 4` makes a database of 4 GB; 1 GB is the default.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { jobsOn } from '../support/jobs.ts';
import { makeTemporaryFolder } from '../support/machine/temporary-folder.ts';
import { clientOf } from '../support/postgres/clients.ts';
import { fillBig } from '../support/postgres/databases/big.ts';
import type { StepResult } from '../support/runner/runner.ts';
import { startWorld } from '../support/world.ts';

const gigabytes = Number(process.argv[2] ?? 1);
const rounds = Number(process.argv[3] ?? 3);
const major = 17;
const database = 'bench';

await using world = await startWorld({ servers: [major] });
const server = world.server(major);
const jobs = jobsOn(world, major);
const client = await clientOf(major);
const folder = await makeTemporaryFolder('bench');
const archive = path.join(folder.path, 'local.dump');
const env = {
  PATH: process.env['PATH'],
  PGHOST: server.host,
  PGPORT: String(server.port),
  PGUSER: world.login.user,
  PGPASSWORD: world.login.password,
  PGSSLMODE: 'verify-full',
  PGSSLROOTCERT: world.caFile,
};

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

async function run(program: string, args: string[], file?: string): Promise<void> {
  const child = spawn(program, args, {
    env,
    stdio: ['ignore', file === undefined ? 'ignore' : 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  if (child.stdout && file !== undefined) await pipeline(child.stdout, createWriteStream(file));
  const [code] = await exited;
  if (code !== 0) throw new Error(`${program} exited with status ${code}`);
}

function succeeded(step: StepResult): StepResult {
  if (step.exitCode !== 0) throw new Error(step.log);
  return step;
}

const dump = ['--format=custom', '--compress=zstd:1', `--dbname=${database}`];
const restoreLocally = async (): Promise<void> => {
  await jobs.query('postgres', 'CREATE DATABASE local');
  await run(client.pg_restore, ['--no-owner', '--no-privileges', '--dbname=local', archive]);
  await jobs.query('local', 'ANALYZE');
};

const session = await server.connect({
  database: await jobs.createDatabase({ name: database }),
  ...world.login,
});
await fillBig((sql) => session.query(sql), gigabytes);
await session.end();
const [size] = await jobs.query<{ text: string }>(
  database,
  `SELECT pg_size_pretty(pg_database_size('${database}')) AS text`,
);
await run(client.pg_dump, dump, archive);

const seconds: Record<'dump' | 'backup' | 'local' | 'restore', number[]> = {
  dump: [],
  backup: [],
  local: [],
  restore: [],
};
const peaks = new Map<string, number>();
const note = (job: string, { processes }: StepResult): void => {
  for (const { commandLines, peakMemory } of processes) {
    const line = commandLines.at(-1) ?? '';
    const name =
      /\b(pg_dump|pg_restore|psql)\b(?!.*--version)/.exec(line)?.[1] ??
      (line.includes('index.js') ? 'node' : '');
    if (name !== '') peaks.set(`${job}: ${name}`, Math.max(peaks.get(`${job}: ${name}`) ?? 0, peakMemory));
  }
};
for (let round = 0; round < rounds; round++) {
  seconds.dump.push(await timed(() => run(client.pg_dump, dump)));
  let backup: StepResult | undefined;
  seconds.backup.push(
    await timed(async () => (backup = succeeded(await jobs.backup(database, { watch: true })))),
  );
  seconds.local.push(await timed(restoreLocally));
  await jobs.query('postgres', 'DROP DATABASE local');
  const name = backup?.outputs['backup_file_name'] ?? '';
  let restore: StepResult | undefined;
  seconds.restore.push(
    await timed(async () => (restore = succeeded(await jobs.restore(database, name, { watch: true })))),
  );
  if (backup) note('backup', backup);
  if (restore) note('restore', restore);
  await world.backups.remove(name);
}
await rm(folder.path, { recursive: true, force: true });

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const row = (name: string, values: number[], limit: number[]): string =>
  `| ${name} | ${median(values).toFixed(1)} s | ${(median(values) / median(limit)).toFixed(2)} |`;
console.log(`
PostgreSQL ${major}, client ${major}, a database of ${size?.text}, ${cpus().length} × ${cpus()[0]?.model}, median of ${rounds}

| | time | ratio to the limit |
|---|---|---|
${row('`pg_dump --compress=zstd:1` to nowhere', seconds.dump, seconds.dump)}
${row('backup, start to end of the step', seconds.backup, seconds.dump)}
${row('`pg_restore` from a local file, and ANALYZE', seconds.local, seconds.local)}
${row('restore, start to end of the step', seconds.restore, seconds.local)}

| process | peak memory (VmHWM) |
|---|---|
${[...peaks].map(([name, bytes]) => `| ${name} | ${(bytes / 1024 ** 2).toFixed(0)} MiB |`).join('\n')}
`);
