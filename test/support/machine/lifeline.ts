import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

/** What the lifeline is asked to run, as JSON in its first argument. */
export interface LifelineOrder {
  command: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Whom to run it as; only root can choose. */
  user?: { uid: number; gid: number };
  stopSignal: NodeJS.Signals;
  /** Holds the log. Removed once the server is gone. */
  folder: string;
  /** Another folder of the server's, removed with it. */
  data?: string;
}

/*
 * Runs a server for as long as the standard input of this little process stays open. That ends when the
 * process that started it says so or dies, of SIGKILL too, and then nobody else could stop the server and
 * remove its folder.
 */
const order = JSON.parse(process.argv[2] ?? '{}') as LifelineOrder;
const server: ChildProcess = spawn(order.command, order.args, {
  cwd: order.cwd,
  env: order.env,
  stdio: ['ignore', 'inherit', 'inherit'],
  ...order.user,
});

server.on('error', (error) => finish(`${order.command}: ${error.message}`));
server.on('exit', (code, signal) => finish(code === 0 ? undefined : `ended with ${code ?? signal}`));

process.stdin.resume().on('end', stop).on('error', stop);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);

function stop(): void {
  server.kill(order.stopSignal);
  setTimeout(() => server.kill('SIGKILL'), 10_000).unref();
}

function finish(problem: string | undefined): void {
  if (problem) process.stderr.write(`${problem}\n`);
  if (process.stdin.readableEnded) {
    for (const folder of [order.folder, order.data])
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  process.exit(problem ? 1 : 0);
}
