import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../../base/failure.ts';
import { quoted } from '../../../base/format.ts';
import { ProcessFailure, run } from '../../../base/process.ts';
import { installerEnvironment } from './environment.ts';

/** Where PostgreSQL's packages have their programs, and where packages have their libraries, for each processor. */
const programFolders = /^usr\/lib\/postgresql\/\d+\/bin$/;
const libraryFolders = /^(usr\/)?lib\/[^/]+-linux-gnu[^/]*$/;

/** What packages bring that no program needs. */
const needless = ['usr/share/doc', 'usr/share/man', 'usr/share/locale', 'usr/share/lintian'];

/**
 * Unpacks packages into a folder, as they are, and makes `bin` in it, with a script for each of PostgreSQL's programs that runs it with the
 * libraries that were unpacked with it. The folder may be moved afterwards. The packages' own scripts are not run.
 * @throws Failure with dpkg's own words
 */
export async function unpackPackages(
  packages: readonly string[],
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const env = installerEnvironment();
  for (const file of packages) {
    try {
      await run({ program: 'dpkg', args: ['--extract', file, folder], env, signal });
    } catch (cause) {
      signal.throwIfAborted();
      if (!(cause instanceof ProcessFailure)) throw cause;
      const tried = `Unpacking ${path.basename(file)}`;
      throw new Failure(
        { tried, cause: complaintOfTar(cause.stderr) || cause.ending, advice: '' },
        { cause },
      );
    }
  }
  for (const name of needless) await rm(path.join(folder, name), { recursive: true, force: true });
  await makeScripts(folder);
}

async function makeScripts(folder: string): Promise<void> {
  const folders = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = folders
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
  const libraries = paths.filter((name) => libraryFolders.test(name)).map((name) => `$root/${name}`);
  await mkdir(path.join(folder, 'bin'), { recursive: true });
  for (const programs of paths.filter((name) => programFolders.test(name))) {
    for (const name of await readdir(path.join(folder, programs))) {
      const script = path.join(folder, 'bin', name);
      await writeFile(
        script,
        `#!/bin/sh\nroot=\${0%/bin/*}\nLD_LIBRARY_PATH=${libraries.join(':')} exec "$root/${programs}/${name}" "$@"\n`,
      );
      await chmod(script, 0o755);
    }
  }
}

/**
 * Runs every program of an unpacked folder once, for its version.
 * @throws Failure if one does not start on this machine, or there is none
 */
export async function runEachProgram(folder: string, signal: AbortSignal): Promise<void> {
  const names = await readdir(path.join(folder, 'bin'));
  const tried = 'Starting what was unpacked';
  if (names.length === 0) throw new Failure({ tried, cause: 'the packages have no programs', advice: '' });
  await Promise.all(
    names.map(async (name) => {
      const program = path.join(folder, 'bin', name);
      try {
        const child = { program, args: ['--version'], env: installerEnvironment(), signal };
        if (!/\bPostgreSQL\)? \d/.test(await run(child))) throw new Failure(silent(name));
      } catch (cause) {
        signal.throwIfAborted();
        if (!(cause instanceof ProcessFailure)) throw cause;
        throw new Failure(doesNotStart(name, cause), { cause });
      }
    }),
  );
}

/** Whether every program of a folder starts. Throws the abort's reason: a cancel says nothing of the folder, which another job may be using. */
export async function isWhole(folder: string, signal: AbortSignal): Promise<boolean> {
  try {
    await runEachProgram(folder, signal);
    return true;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

function silent(name: string): { tried: string; cause: string; advice: string } {
  return { tried: `Starting ${name}`, cause: 'it does not tell its version', advice: '' };
}

/** The C library tells what a program was built for: "…libc.so.6: version `GLIBC_2.38' not found (required by …)". */
function doesNotStart(
  name: string,
  { stderr, ending }: ProcessFailure,
): { tried: string; cause: string; advice: string } {
  const [, library] = /version `([A-Z]+_[\d.]+)' not found/.exec(stderr) ?? [];
  const cause =
    library === undefined
      ? lastLine(stderr) || ending
      : `it is built for a newer release, with ${library.replace('GLIBC_', 'C library ')}, which this machine does not have`;
  return {
    tried: `Starting ${quoted(name)}`,
    cause,
    advice: library === undefined ? '' : newerReleaseAdvice,
  };
}

/** What to do where a repository has packages of a newer release than the machine's. */
export const newerReleaseAdvice =
  "Name the suite of this machine's release in postgres_apt_repository, or run the job on a newer release.";

/** What tar says of the first file that it could not write, without what dpkg says of tar. */
function complaintOfTar(text: string): string {
  const lines = text.trim().split('\n');
  return lines.find((line) => / Cannot |No space left/.test(line)) ?? lines.at(-1) ?? '';
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
