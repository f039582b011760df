import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { inputVariables, readAction } from '../support/runner/action.ts';
import type { Contender } from './measuring.ts';
import type { Surroundings } from './surroundings.ts';

const start = promisify(execFile);

/** Node alone, and the action with one input that is missing. */
export async function startUpContenders({ world, server, database }: Surroundings): Promise<Contender[]> {
  const action = await readAction(path.join(import.meta.dirname, '..', '..'));
  const inputs = world.inputsFor(server, { job_to_run: '', db_name: database });
  const env = { PATH: process.env['PATH'], GITHUB_STEP_SUMMARY: '/dev/null' };
  const badInput = { env: { ...env, ...inputVariables(action, inputs) } };
  return [
    { name: '`node -e 0`', run: () => start(process.execPath, ['-e', '0'], { env }) },
    { name: 'the action, `job_to_run` missing', run: () => failing(action.main, badInput) },
  ];
}

async function failing(script: string, options: { env: NodeJS.ProcessEnv }): Promise<void> {
  const error: unknown = await start(process.execPath, [script], options).catch((reason: unknown) => reason);
  const { stdout } = error as { stdout?: string };
  if (!stdout?.includes('job_to_run is missing')) throw new Error('Bad input was not told', { cause: error });
}
