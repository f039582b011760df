import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseFileCommands, parsePathCommands } from './file-commands.ts';

const names = ['OUTPUT', 'STATE', 'ENV', 'PATH', 'STEP_SUMMARY'] as const;

/** The files by which a step talks to the runner. */
export interface RunnerFiles {
  folder: string;
  /** `GITHUB_OUTPUT` and the others. */
  variables: Record<string, string>;
  read(): Promise<{
    outputs: Record<string, string>;
    state: Record<string, string>;
    environment: Record<string, string>;
    paths: string[];
    summary: string;
    /** Each file as it is, by its name. */
    texts: Record<string, string>;
  }>;
  /** Everything else in RUNNER_TEMP. */
  filesLeft(): Promise<string[]>;
}

/**
 * Puts the files, empty, where the runner has them: in a folder inside RUNNER_TEMP.
 * @param step tells the files of the steps of one job apart
 */
export async function makeRunnerFiles(runnerTemp: string, step = ''): Promise<RunnerFiles> {
  const folder = join(runnerTemp, '_runner_file_commands', step);
  await mkdir(folder, { recursive: true });
  const paths = Object.fromEntries(names.map((name) => [name, join(folder, name.toLowerCase())]));
  for (const path of Object.values(paths)) await writeFile(path, '');
  const text = (name: (typeof names)[number]) => readFile(join(folder, name.toLowerCase()), 'utf8');

  return {
    folder,
    variables: Object.fromEntries(Object.entries(paths).map(([name, path]) => [`GITHUB_${name}`, path])),
    read: async () => ({
      outputs: parseFileCommands(await text('OUTPUT')),
      state: parseFileCommands(await text('STATE')),
      environment: parseFileCommands(await text('ENV')),
      paths: parsePathCommands(await text('PATH')),
      summary: await text('STEP_SUMMARY'),
      texts: Object.fromEntries(await Promise.all(names.map(async (name) => [name, await text(name)]))),
    }),
    filesLeft: async () =>
      (await readdir(runnerTemp, { recursive: true, withFileTypes: true }))
        .map((entry) => relative(runnerTemp, join(entry.parentPath, entry.name)))
        .filter((path) => !path.startsWith('_runner_file_commands'))
        .sort(),
  };
}
