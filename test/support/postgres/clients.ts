import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The client programs of one PostgreSQL major on this machine. */
export interface InstalledClient {
  major: number;
  folder: string;
  psql: string;
  pg_dump: string;
  pg_restore: string;
}

/** The folders that hold one folder for each major: Debian and PGDG, RHEL, Homebrew on ARM and on Intel. */
const places = [
  { parent: '/usr/lib/postgresql', child: /^\d+$/ },
  { parent: '/usr', child: /^pgsql-\d+$/ },
  { parent: '/opt/homebrew/opt', child: /^(postgresql|libpq)(@\d+)?$/ },
  { parent: '/usr/local/opt', child: /^(postgresql|libpq)(@\d+)?$/ },
];

/** All clients on this machine, the oldest first; of two with the same major, the one in a place of its own. */
export async function installedClients(): Promise<InstalledClient[]> {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const found = new Map<number, InstalledClient>();
  for (const folder of [...(await foldersOfMajors()), ...onPath]) {
    const client = await clientIn(folder);
    if (client && !found.has(client.major)) found.set(client.major, client);
  }
  return [...found.values()].sort((a, b) => a.major - b.major);
}

/** The client of a major, or an error that says which there are. */
export async function clientOf(major: number): Promise<InstalledClient> {
  const clients = await installedClients();
  const client = clients.find((candidate) => candidate.major === major);
  if (client) return client;
  const others = clients.map((candidate) => candidate.major).join(', ') || 'none';
  throw new Error(`There is no PostgreSQL ${major} client on this machine, only: ${others}`);
}

async function foldersOfMajors(): Promise<string[]> {
  const folders = places.map(async ({ parent, child }) => {
    const names = await readdir(parent).catch(() => []);
    return names.filter((name) => child.test(name)).map((name) => join(parent, name, 'bin'));
  });
  return (await Promise.all(folders)).flat();
}

async function clientIn(folder: string): Promise<InstalledClient | undefined> {
  const [psql, pg_dump, pg_restore] = ['psql', 'pg_dump', 'pg_restore'].map((name) => join(folder, name));
  if (!psql || !pg_dump || !pg_restore || ![psql, pg_dump, pg_restore].every(existsSync)) return undefined;
  try {
    const { stdout } = await run(pg_dump, ['--version']);
    const major = Number(/\(PostgreSQL\) (\d+)/.exec(stdout)?.[1]);
    return Number.isNaN(major) ? undefined : { major, folder, psql, pg_dump, pg_restore };
  } catch {
    return undefined; // it is there but does not run
  }
}
