import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';

/** What clients are called in the runner's tool cache. */
export const clientTool = 'postgresql-client';

/** What the folder for unpacking is called, next to the versions. */
const unpacking = '.unpacking-';

/** How old a folder for unpacking has to be to be left by a run that was killed, in milliseconds. No installation takes so long. */
const abandonedAfter = 3_600_000;

/** The runner's tool cache, which jobs of one machine share; undefined outside a runner. */
export function toolCache(): string | undefined {
  return process.env['RUNNER_TOOL_CACHE'] || undefined;
}

/** The folders with programs of all clients in the tool cache, the newest first. */
export async function cachedClientFolders(): Promise<string[]> {
  if (toolCache() === undefined) return [];
  const { find, findAllVersions } = await import('@actions/tool-cache'); // loaded when it is needed, as everything that takes time
  const newestFirst = (a: string, b: string): number => b.localeCompare(a, 'en', { numeric: true });
  try {
    return findAllVersions(clientTool)
      .sort(newestFirst)
      .map((version) => find(clientTool, version))
      .filter((folder) => folder !== '') // another job has just removed it
      .map((folder) => path.join(folder, 'bin'));
  } catch {
    return []; // a folder of another user
  }
}

/** The cache's name for a Debian version: `17.6-1.pgdg24.04+1` is `17.6.0-1-pgdg24-04-1`, since the cache knows semantic versions only. */
export function cacheVersion(debianVersion: string): string {
  const [, major = '0', minor, rest = ''] = /^(?:\d+:)?(\d+)(?:\.(\d+))?(.*)$/.exec(debianVersion) ?? [];
  const suffix = rest
    .split(/[^0-9A-Za-z]+/)
    .filter(Boolean)
    .join('-');
  // A part of digits alone must not begin with a zero. https://semver.org/#spec-item-9
  return `${major}.${minor ?? '0'}.0${suffix === '' ? '' : `-${/^\d+$/.test(suffix) ? `r${suffix}` : suffix}`}`;
}

/**
 * A new folder to unpack into, inside the cache, so that it can be moved to its place in one go. It lies in one of its own, for dpkg gives it
 * the time at which the package was built. Those of killed runs are removed.
 * @param scratch the folder of the step's files, in which it is noted, for `removeUnpacking`
 */
export async function folderForUnpacking(cache: string, tool: string, scratch: string): Promise<string> {
  const parent = path.join(cache, tool);
  await mkdir(parent, { recursive: true });
  for (const name of await readdir(parent)) {
    const folder = path.join(parent, name);
    if (name.startsWith(unpacking) && Date.now() - (await changed(folder)) > abandonedAfter)
      await rm(folder, { recursive: true, force: true }).catch(() => {}); // of another user, or removed by another job
  }
  const made = await mkdtemp(path.join(parent, unpacking));
  await symlink(made, path.join(scratch, path.basename(made)));
  const folder = path.join(made, 'root');
  await mkdir(folder);
  return folder;
}

/**
 * Removes what a step that was killed was unpacking.
 * @param scratch the folder of its files
 */
export async function removeUnpacking(scratch: string): Promise<void> {
  const names = await readdir(scratch).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(unpacking))) {
    const folder = await readlink(path.join(scratch, name)).catch(() => '');
    if (path.basename(folder) === name) await rm(folder, { recursive: true, force: true });
  }
}

async function changed(folder: string): Promise<number> {
  return stat(folder).then(
    ({ mtimeMs }) => mtimeMs,
    () => Date.now(),
  );
}

/** How often a broken folder is moved away, which another job may be doing as well. */
const mostReplacements = 5;

/**
 * Moves an unpacked folder to its place in the cache. `cacheDir` of @actions/tool-cache deletes what is there before it copies, under the
 * feet of another job of this machine; here a folder appears as a whole, and the first of two jobs wins.
 * @param works whether a folder that is there already is whole, which one of a killed copy is not
 * @returns the place
 */
export async function publish(
  cache: string,
  unpacked: string,
  { tool, version }: { tool: string; version: string },
  works: (folder: string) => Promise<boolean>,
): Promise<string> {
  const place = path.join(cache, tool, version, process.arch);
  await mkdir(path.dirname(place), { recursive: true });
  for (let attempt = 1; !(await renamed(unpacked, place)); attempt++) {
    const found = await identity(place);
    if (await works(place)) break;
    if (attempt > mostReplacements)
      throw new Error(`${place} is broken, and comes back whenever it is moved away`);
    if ((await identity(place)) === found) await rename(place, `${unpacked}-broken-${attempt}`);
  }
  await writeFile(`${place}.complete`, ''); // by this @actions/tool-cache knows a whole one
  return place;
}

async function renamed(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(String((error as NodeJS.ErrnoException).code)))
      throw error;
    return false;
  }
}

async function identity(folder: string): Promise<string> {
  const { dev, ino } = await stat(folder).catch(() => ({ dev: 0, ino: 0 }));
  return `${dev}/${ino}`;
}

/** The newest versions that a repository had, by major, and when it was asked. */
export interface NewestVersions {
  /** In ISO 8601. */
  asked: string;
  versions: Record<string, string>;
}

const record = (cache: string): string => path.join(cache, clientTool, 'newest.json');

/** What the repository had when it was last asked by a job of this machine. */
export async function readNewest(cache: string): Promise<NewestVersions | undefined> {
  try {
    const { asked, versions } = JSON.parse(await readFile(record(cache), 'utf8')) as Partial<NewestVersions>;
    return /^\d{4}-\d\d-\d\dT/.test(String(asked)) && versions
      ? { asked: String(asked), versions }
      : undefined;
  } catch {
    return undefined; // never asked, or a record that is cut off
  }
}

export async function writeNewest(cache: string, newest: NewestVersions): Promise<void> {
  await mkdir(path.join(cache, clientTool), { recursive: true });
  const file = record(cache);
  const folder = await mkdtemp(path.join(cache, clientTool, unpacking));
  await writeFile(path.join(folder, 'newest.json'), JSON.stringify(newest));
  await rename(path.join(folder, 'newest.json'), file);
  await rm(folder, { recursive: true, force: true });
}
