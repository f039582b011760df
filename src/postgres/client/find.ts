import { access, constants, readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { getExecOutput } from '@actions/exec';
import { cachedClientFolders } from './install/tool-cache.ts';
import { parseVersion } from './versions.ts';

/** The three programs of one PostgreSQL client package. */
export interface Client {
  major: number;
  /** As the programs print it, `17.6`. */
  version: string;
  psql: string;
  pgDump: string;
  pgRestore: string;
}

/** The folder that a client's programs are in, as it was found. */
export function folderOf({ pgDump }: Client): string {
  return path.dirname(pgDump);
}

/** Where packages put their clients, a folder for each major at the star. */
const packageFolders = [
  '/usr/lib/postgresql/*/bin', // Debian and Ubuntu, PGDG's packages for them too
  '/usr/pgsql-*/bin', // PGDG's packages for RHEL and its kin
  '/opt/homebrew/opt/postgresql@*/bin', // Homebrew on Apple silicon
  '/opt/homebrew/opt/libpq/bin',
  '/usr/local/opt/postgresql@*/bin', // Homebrew on Intel
  '/usr/local/opt/libpq/bin',
];

/**
 * Finds the clients on this machine: on the PATH, where packages put them, and in the runner's tool cache. Folders that lack one of the
 * three programs, and programs that do not run, are passed over.
 * @param known clients that were found before, by their folders, which are not asked for their version again; it is added to
 * @returns one for each major, in ascending order; for a major found twice, the one that comes first on the PATH
 */
export async function findClients(
  signal: AbortSignal,
  known: Map<string, Client> = new Map(),
): Promise<Client[]> {
  const packaged = (await Promise.all(packageFolders.map(expand))).flat();
  const folders = [...foldersOfEnvironment(process.env), ...packaged, ...(await cachedClientFolders())];
  const found = await Promise.all(
    [...new Set(folders)].map(async (folder) => {
      const client = known.get(folder) ?? (await clientIn(folder, signal));
      if (client) known.set(folder, client);
      return client;
    }),
  );
  const byMajor = new Map<number, Client>();
  for (const client of found) {
    if (client && !byMajor.has(client.major)) byMajor.set(client.major, client);
  }
  return [...byMajor.values()].sort((a, b) => a.major - b.major);
}

/** The folders that the environment names: those of the PATH, and PGBIN, which GitHub's images for Windows set. */
export function foldersOfEnvironment(environment: NodeJS.ProcessEnv): string[] {
  const { PATH = '', PGBIN = '' } = environment;
  return [...PATH.split(path.delimiter), PGBIN].filter((folder) => path.isAbsolute(folder));
}

/** Where a folder has a program, by the name that the system gives it. */
export function programIn(folder: string, name: string, platform = process.platform): string {
  return path.join(folder, platform === 'win32' ? `${name}.exe` : name);
}

async function clientIn(folder: string, signal: AbortSignal): Promise<Client | undefined> {
  const programs = {
    psql: programIn(folder, 'psql'),
    pgDump: programIn(folder, 'pg_dump'),
    pgRestore: programIn(folder, 'pg_restore'),
  };
  try {
    await Promise.all(Object.values(programs).map((program) => access(program, constants.X_OK)));
    // Debian's /usr/bin/pg_dump is a script that chooses a version by rules of its own; the real ones are found anyway.
    if ((await realpath(programs.pgDump)).endsWith('/pg_wrapper')) return undefined;
    const versions = await Promise.all(Object.values(programs).map(askVersion));
    signal.throwIfAborted();
    const [version] = versions;
    if (!version || versions.some((other) => other?.major !== version.major)) return undefined;
    return { ...version, ...programs };
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

/**
 * What a program says of itself. Such short questions of a set-up go through @actions/exec: they print a
 * line or two, and there is nothing to stream and nothing on a server to cancel. What is long is `base/process.ts`'s.
 */
async function askVersion(program: string): Promise<ReturnType<typeof parseVersion>> {
  const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' };
  // It takes a command line, in which quotes keep a path with spaces together.
  const commandLine = `"${program.replaceAll('"', '\\"')}"`;
  const { stdout } = await getExecOutput(commandLine, ['--version'], { env, silent: true });
  return parseVersion(stdout);
}

async function expand(pattern: string): Promise<string[]> {
  const star = pattern.indexOf('*');
  if (star === -1) return [pattern];
  const parent = path.dirname(pattern.slice(0, star + 1));
  const prefix = path.basename(pattern.slice(0, star + 1)).slice(0, -1);
  const rest = pattern.slice(star + 1);
  const names = await readdir(parent).catch(() => []);
  return names.filter((name) => name.startsWith(prefix)).map((name) => path.join(parent, name) + rest);
}
