import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Surroundings } from './surroundings.ts';

/**
 * What this action is to replace: a workflow that dumps to a file and then uploads it, and that downloads a file and
 * then restores it with one worker into a database that it has dropped and created, without ANALYZE.
 */
export function originalWay({ world, client, jobs, database, folder, run }: Surroundings) {
  const file = path.join(folder, 'original.dump');
  const blob = 'original.dump';
  const restored = `${database}_original`;
  const transfer = (direction: 'upload' | 'download'): Promise<void> =>
    run(process.execPath, [
      path.join(import.meta.dirname, 'transfer.ts'),
      ...[direction, file, world.backups.client.getBlobClient(blob).url],
    ]);

  return {
    async backup(): Promise<void> {
      await run(client.pg_dump, ['--format=custom', `--file=${file}`, `--dbname=${database}`]);
      await transfer('upload');
    },
    async restore(): Promise<void> {
      await transfer('download');
      await jobs.query('postgres', `DROP DATABASE IF EXISTS ${restored}`);
      await jobs.query('postgres', `CREATE DATABASE ${restored}`);
      await run(client.pg_restore, ['--no-owner', '--no-privileges', `--dbname=${restored}`, file]);
    },
    removeFile: () => rm(file, { force: true }),
  };
}
