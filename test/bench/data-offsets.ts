/**
 * Measures what the data offsets in an archive's table of contents are worth to several sessions of `pg_restore`: the same database
 * dumped through a pipe, which leaves them out, and into a file, which has them. Prints a Markdown table for each client:
 * `node test/bench/data-offsets.ts [GIGABYTES] [TABLES] [ROUNDS] [SESSIONS]`.
 *
 * With `COLD=1` the archive is dropped from the system's cache all the time, as one that is larger than the cache would be (Linux,
 * with python3).
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { installedClients } from '../support/postgres/clients.ts';
import { fillMany } from './many.ts';
import { race } from './measuring.ts';
import { makeSurroundings } from './surroundings.ts';
import { comparison } from './table.ts';

const gigabytes = Number(process.argv[2] ?? 1);
const tables = Number(process.argv[3] ?? 2_000);
const rounds = Number(process.argv[4] ?? 3);
const workers = Number(process.argv[5] ?? 2);
const cold = process.env['COLD'] === '1';

await using surroundings = await makeSurroundings(15, 0.01);
const { server, world, jobs, folder, run, settle } = surroundings;
await jobs.createDatabase({ name: 'many' });
await fillMany(server, { database: 'many', ...world.login }, tables, gigabytes * 2 ** 30);

/** Drops a file from the system's cache, again and again. */
function forget(file: string): () => void {
  const script =
    'import os,sys,time\nf=os.open(sys.argv[1],os.O_RDONLY)\nwhile True:\n os.posix_fadvise(f,0,0,os.POSIX_FADV_DONTNEED);time.sleep(0.1)';
  const child = spawn('python3', ['-c', script, file]);
  return () => void child.kill();
}

for (const client of await installedClients()) {
  const archives = { pipe: path.join(folder, 'pipe.dump'), file: path.join(folder, 'file.dump') };
  const dump = ['--format=custom', '--compress=gzip:1', '--dbname=many'].map((option) =>
    client.major === 15 ? option.replace('gzip:', '') : option,
  );
  await run(client.pg_dump, [...dump, `--file=${archives.file}`]);
  await run('bash', ['-c', 'out=$0; "$@" | cat > "$out"', archives.pipe, client.pg_dump, ...dump]);
  const contenders = (['file', 'pipe'] as const).map((kind) => ({
    name: kind === 'file' ? 'with offsets' : 'without',
    run: async () => {
      const stop = cold ? forget(archives[kind]) : () => {};
      const args = ['--no-owner', `--jobs=${workers}`, '--dbname=target', archives[kind]];
      // A newer client's one error of an older server.
      await run('bash', ['-c', '"$@" 2> /dev/null || [ $? = 1 ]', 'pg_restore', client.pg_restore, ...args]);
      stop();
    },
    after: () => jobs.query('postgres', 'DROP DATABASE target'),
  }));
  const prepare = async (): Promise<void> => {
    await jobs.query('postgres', 'CREATE DATABASE target');
    await settle();
  };
  const measured = await race(contenders, rounds, prepare);
  const title = `client ${client.major}, ${workers} sessions`;
  console.log(comparison(title, 'without', measured, 'without offsets against it'));
}
