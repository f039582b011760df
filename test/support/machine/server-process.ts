import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LifelineOrder } from './lifeline.ts';

/** A server program that is running and answers. */
export interface ServerProcess {
  /** Everything that the server has written so far. */
  log(): Promise<string>;
  logFile: string;
  /** Stops the server and removes its folders. */
  stop(): Promise<void>;
}

const lifeline = join(import.meta.dirname, 'lifeline.ts');

/**
 * Starts a server program that dies with this process, and waits until it answers. That has to be its own
 * answer, or the line in its log that says so: another server may have been quicker to take its port.
 */
export async function startServerProcess(
  order: LifelineOrder,
  answers: (log: () => Promise<string>) => Promise<boolean>,
): Promise<ServerProcess> {
  const logFile = join(order.folder, 'server.log');
  const output = await open(logFile, 'a');
  // In a process group of its own: Ctrl-C should reach the tests, which then stop their servers.
  const child = spawn(process.execPath, [lifeline, JSON.stringify(order)], {
    stdio: ['pipe', output.fd, output.fd],
    detached: true,
  }) as ChildProcessByStdio<Writable, null, null>;
  await output.close();
  const ended = once(child, 'exit');
  child.unref();
  child.stdin.on('error', () => {}); // the lifeline may be gone already

  const log = () => readFile(logFile, 'utf8');

  async function stop(): Promise<void> {
    child.ref();
    child.stdin.end();
    if (child.exitCode === null && child.signalCode === null) await ended;
    for (const folder of [order.folder, order.data])
      if (folder !== undefined) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }

  const deadline = Date.now() + 60_000;
  while (!(await answers(log))) {
    const dead = child.exitCode !== null || child.signalCode !== null;
    if (dead || Date.now() > deadline) {
      const written = await log();
      await stop();
      throw new Error(`${order.command} ${dead ? 'ended' : 'did not answer'}. Its output:\n${written}`);
    }
    await sleep(50);
  }

  return { log, logFile, stop };
}
