import { spawn } from 'node:child_process';
import { open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { ProcessFailure } from './process.ts';

/** A program that changes the machine, and must not be ended in the middle. */
export interface UnattendedCommand {
  program: string;
  args: readonly string[];
  /** The whole environment. */
  env: Readonly<Record<string, string>>;
}

const unattended = new Set<number>();

/** Is told of the ids of all that run, whenever there is another one. */
let onUnattended: ((running: readonly number[]) => void) | undefined;

/** Has the ids of all unattended programs told whenever one more has been started. @param tell must not throw */
export function watchUnattended(tell: (running: readonly number[]) => void): void {
  onUnattended = tell;
}

/**
 * Runs a program that nobody ends: neither a cancel, which it is not waited for, nor the end of this process. It is in a session of its
 * own, and what it says goes into a file, since a pipe whose reader is gone would end it too.
 * @param scratch a folder for that file
 * @returns how it ended, null by a signal, and what it wrote to standard error
 * @throws ProcessFailure if it can't be started; the signal's reason as soon as that is aborted
 */
export async function runUnattended(
  { program, args, env }: UnattendedCommand,
  { scratch, signal }: { scratch: string; signal: AbortSignal },
): Promise<{ exitCode: number | null; stderr: string }> {
  signal.throwIfAborted();
  const file = path.join(scratch, `said-${unattended.size}.txt`);
  const said = await open(file, 'w', 0o600);
  let stopWaiting = (): void => {};
  try {
    const child = spawn(program, args, { env, detached: true, stdio: ['ignore', 'ignore', said.fd] });
    const { pid } = child;
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once('exit', resolve);
      child.once('error', (cause) =>
        reject(new ProcessFailure(program, `could not be started (${cause.message})`, null, '', { cause })),
      );
    });
    if (pid !== undefined) unattended.add(pid);
    onUnattended?.([...unattended]);
    const aborted = new Promise<never>((_, reject) => {
      stopWaiting = () => reject(signal.reason);
    });
    signal.addEventListener('abort', stopWaiting, { once: true });
    if (signal.aborted) stopWaiting();
    ended.catch(() => {}); // after a cancel, nobody hears of it
    const exitCode = await Promise.race([ended, aborted]);
    if (pid !== undefined) unattended.delete(pid);
    return { exitCode, stderr: await readFile(file, 'utf8') };
  } finally {
    signal.removeEventListener('abort', stopWaiting);
    await said.close();
    await rm(file, { force: true });
  }
}
