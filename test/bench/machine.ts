import { execFile } from 'node:child_process';
import { cpus, release, totalmem, type } from 'node:os';
import { promisify } from 'node:util';
import { formatBytes } from '../../src/base/format.ts';
import type { Surroundings } from './surroundings.ts';

const run = promisify(execFile);

/** What the figures depend on, as a list in Markdown. */
export async function describeMachine(
  { server, client, size }: Surroundings,
  rclone: string | undefined,
): Promise<string> {
  const [row] = await server.query<{ version: string; fsync: string }>(
    `SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync`,
  );
  const { stdout } = await run(client.pg_dump, ['--version']);
  const lines = [
    `${cpus().length} × ${cpus()[0]?.model.trim()}, ${formatBytes(totalmem())} of memory, ${type()} ${release().replace(/-.*/, '')}`,
    `PostgreSQL ${row?.version} on the same machine, over TLS, fsync ${row?.fsync}`,
    `client ${stdout.trim().replace(/^.*\(PostgreSQL\) /, '')}, Node ${process.version.slice(1)}, ${rclone ?? 'no rclone'}`,
    `Azurite on the same machine, over TLS, for the storage account`,
    `a database of ${formatBytes(size)}, indexes included`,
  ];
  return lines.map((line) => `- ${line}`).join('\n');
}

/** The version of rclone as it says it itself; undefined if it is not there. */
export async function rcloneVersion(): Promise<string | undefined> {
  try {
    return (await run('rclone', ['version'])).stdout.split('\n')[0]?.trim();
  } catch {
    return undefined;
  }
}
