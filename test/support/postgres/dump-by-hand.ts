import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeTemporaryFolder } from '../machine/temporary-folder.ts';
import { installedClients } from './clients.ts';
import type { Login, PostgresServer } from './postgres-server.ts';

/**
 * What `pg_dump` itself makes of a database, without the action; of the directory format, which is a folder, its `toc.dat`.
 */
export async function dumpByHand(
  { major, host, port }: PostgresServer,
  { user, password }: Login,
  database: string,
  format: 'plain' | 'custom' | 'tar' | 'directory',
  ...options: string[]
): Promise<Buffer> {
  const client = (await installedClients()).find((candidate) => candidate.major >= major);
  if (!client) throw new Error(`There is no PostgreSQL client for a server ${major} on this machine`);
  const folder = await makeTemporaryFolder('dump');
  try {
    const to = join(folder.path, 'dump');
    await promisify(execFile)(
      client.pg_dump,
      [`--format=${format}`, `--file=${to}`, ...options, `--dbname=dbname='${database}'`],
      {
        env: {
          PATH: process.env['PATH'],
          PGHOST: host,
          PGPORT: String(port),
          PGUSER: user,
          PGPASSWORD: password,
          PGSSLMODE: 'require',
        },
      },
    );
    return await readFile(format === 'directory' ? join(to, 'toc.dat') : to);
  } finally {
    await folder.remove();
  }
}
