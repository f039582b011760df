import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ProcessWatch, type SeenProcess, watchProcesses } from './process-watch.ts';

/** What to run, and who listens. */
export interface ScriptOptions {
  script: string;
  /** What runs the script; this very Node unless said otherwise. */
  program?: [string, ...string[]];
  cwd: string;
  env: Record<string, string>;
  watch: boolean;
  onLine: (line: string) => void;
}

/** How a script ended. */
export interface ScriptResult {
  /** Null if a signal ended it. */
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  /** Standard output and standard error, in the order in which their lines arrived. */
  log: string;
  /** What ran meanwhile, the script itself first; empty unless it was watched. */
  processes: SeenProcess[];
}

/** A script that is running. */
export interface RunningScript {
  child: ChildProcess;
  done: Promise<ScriptResult>;
}

/** Starts a script, that of an action under this very Node as the runner does under its own. */
export function startScript(options: ScriptOptions): RunningScript {
  const { script, cwd, env, watch, onLine } = options;
  const [program, ...args] = options.program ?? [process.execPath];
  const child = spawn(program, [...args, script], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
      lines.push(line);
      onLine(line);
    });
  }
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const closed = once(child, 'close');
  const processWatch: ProcessWatch | undefined =
    watch && child.pid !== undefined ? watchProcesses(child.pid) : undefined;

  async function finish(): Promise<ScriptResult> {
    const [exitCode, signal] = await exited;
    // A process that was left behind may hold the output open; the runner does not wait for it either.
    await Promise.race([closed, sleep(5_000, undefined, { ref: false })]);
    return { exitCode, signal, log: lines.join('\n'), processes: processWatch?.stop() ?? [] };
  }

  return { child, done: finish() };
}

/** Cancels a script as the runner does: an interrupt, 7.5 s later a request to end, 2.5 s later the end. */
export function cancelScript(child: ChildProcess): void {
  child.kill('SIGINT');
  const terminate = setTimeout(() => child.kill('SIGTERM'), 7_500);
  const kill = setTimeout(() => child.kill('SIGKILL'), 10_000);
  child.once('exit', () => {
    clearTimeout(terminate);
    clearTimeout(kill);
  });
}
