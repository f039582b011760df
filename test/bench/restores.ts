import path from 'node:path';
import { theAction } from './backups.ts';
import type { Contender } from './measuring.ts';
import { originalWay } from './original.ts';
import { type Surroundings, succeeded } from './surroundings.ts';

/**
 * Ways to restore the database, each from a backup of its own kind, which is made here.
 * @param workers of `pg_restore`, as many as the action has
 */
export async function restoreContenders(
  surroundings: Surroundings,
  compression: string,
  workers: number,
): Promise<Contender[]> {
  const { client, jobs, database, folder, run } = surroundings;
  const original = originalWay(surroundings);
  const archive = path.join(folder, 'local.dump');
  const local = `${database}_local`;

  await run(client.pg_dump, [
    ...['--format=custom', `--compress=${compression}`, `--file=${archive}`, `--dbname=${database}`],
  ]);
  await original.backup();
  await original.removeFile();
  const { outputs } = succeeded(await jobs.backup(database, { inputs: { compression } }));

  const restoreLocally = async (): Promise<void> => {
    await jobs.query('postgres', `CREATE DATABASE ${local}`);
    const options = ['--no-owner', '--no-privileges', `--jobs=${workers}`, `--dbname=${local}`];
    await run(client.pg_restore, [...options, archive]);
    await jobs.query(local, 'ANALYZE');
  };

  return [
    {
      name: theAction,
      run: async () =>
        succeeded(
          await jobs.restore(database, outputs['backup_file_name'] ?? '', { inputs: { jobs: 'auto' } }),
        ),
    },
    {
      name: `\`pg_restore --jobs=${workers}\` from a local file, then ANALYZE`,
      run: restoreLocally,
      after: () => jobs.query('postgres', `DROP DATABASE ${local}`),
    },
    {
      name: 'the original way: a download, then `pg_restore` with one worker',
      run: original.restore,
      after: original.removeFile,
    },
  ];
}
