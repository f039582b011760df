import { type ChildProcess, spawn } from 'node:child_process';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { linesOf } from './lines.ts';

export interface Command {
  program: string;
  args: readonly string[];
  /** The whole environment of the child; nothing is inherited. */
  env: NodeJS.ProcessEnv;
  /** The folder that the child starts in; that of the step unless given. */
  cwd?: string;
  /** Ends the child; `finished` then rejects with the signal's reason. */
  signal: AbortSignal;
  /** Text for the child's standard input, which is closed after it unless `keepInput` is set. */
  input?: string;
  /** Leaves standard input open, for `stdin`. It closes by itself when this process ends, however it ends. */
  keepInput?: boolean;
  /** Each line of standard error, the end of a very long one cut off. What it throws ends the child, and `finished` rejects with it. */
  onStderrLine?: (line: string) => void;
}

export interface RunningProcess {
  /** Of the process; undefined if it could not be started. */
  id: number | undefined;
  stdin: Writable;
  stdout: Readable;
  /** Resolves when the child exited with status 0 and its output is read to the end. */
  finished: Promise<void>;
  /** Ends the child and waits until it is gone. Never throws. */
  stop(): Promise<void>;
}

/** How a child process failed: by its exit status, a signal, or because it could not be started. */
export class ProcessFailure extends Error {
  readonly program: string;
  readonly exitCode: number | null;
  /** How it ended: `exited with status 1`, `was ended by SIGKILL`. */
  readonly ending: string;
  /** The last lines of what it wrote to standard error. Values of rows may stand in it, so the message, which goes into debug logs, has it not. */
  readonly stderr: string;

  constructor(
    program: string,
    ending: string,
    exitCode: number | null,
    stderr: string,
    options?: ErrorOptions,
  ) {
    super(`${program} ${ending}`, options);
    this.name = 'ProcessFailure';
    this.program = program;
    this.exitCode = exitCode;
    this.ending = ending;
    this.stderr = stderr;
  }
}

const keptLines = 100;
const keptLineLength = 4_000;
/** Between the polite signal and the kill; the runner itself gives up 7.5 s after it cancelled. */
const killDelay = 3_000;

const children = new Set<ChildProcess>();

/** Is told of the ids of all children that run, whenever there is another one. */
let onStarted: ((running: readonly number[]) => void) | undefined;

/**
 * Has the ids of all children told whenever one more has been started, so that they can be found again should this process be killed.
 * @param tell must not throw
 */
export function watchChildren(tell: (running: readonly number[]) => void): void {
  onStarted = tell;
}

/** For how long a killed child is waited for, in milliseconds: one that the kernel holds, as at a disk that hangs, is not. */
const longestDeath = 500;

/** Whether this process is about to end: a child would outlive it. */
let isOver = false;

/**
 * Ends every child at once and without its leave, for when this process is about to end out of turn, and waits until they are gone. From
 * then on none is started: the job goes on meanwhile, and cleans up by further programs where one has failed.
 */
export async function killAll(): Promise<void> {
  isOver = true;
  const running = [...children].filter((child) => child.exitCode === null && child.signalCode === null);
  const gone = running.map((child) => new Promise((resolve) => child.once('exit', resolve)));
  for (const child of running) child.kill('SIGKILL');
  await Promise.race([Promise.all(gone), sleep(longestDeath)]);
}

/**
 * Starts a program and hands out its standard output as a stream: for what streams, is long, or has to end with the step. Short
 * commands of a set-up, which print a few lines, go through @actions/exec (`postgres/client`). Abort and `stop` send SIGINT, upon which
 * PostgreSQL's programs cancel their query on the server, and a few seconds later SIGKILL.
 * The runner signals only the node process, never its children, so nobody else ends them.
 */
export function start(command: Command): RunningProcess {
  const { program, signal } = command;
  if (isOver) throw new ProcessFailure(program, 'was not started, since the step ends', null, '');
  const child = spawn(program, command.args, {
    ...{ env: command.env, stdio: ['pipe', 'pipe', 'pipe'] as const },
    ...(command.cwd !== undefined && { cwd: command.cwd }),
  });
  const { stdin, stdout, stderr } = pipesOf(child);
  children.add(child);
  onStarted?.([...children].flatMap(({ pid }) => pid ?? []));
  const lines: string[] = [];
  let thrown: { error: unknown } | undefined;
  linesOf(stderr, (line) => {
    lines.push(line.slice(0, keptLineLength));
    if (lines.length > keptLines) lines.shift();
    try {
      if (!thrown) command.onStderrLine?.(line);
    } catch (error) {
      thrown = { error };
      endChild(child);
    }
  });
  stdin.on('error', () => {}); // a child that ends before it read all says why by its exit status
  stdin.write(command.input ?? '');
  if (!command.keepInput) stdin.end();

  const onAbort = (): void => endChild(child);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) endChild(child);

  const closed = new Promise<void>((resolve, reject) => {
    child.once('error', (cause) => {
      children.delete(child);
      reject(new ProcessFailure(program, `could not be started (${cause.message})`, null, '', { cause }));
    });
    child.once('close', (code, killedBy) => {
      children.delete(child);
      if (thrown) reject(thrown.error);
      else if (code === 0) resolve();
      else if (signal.aborted) reject(signal.reason);
      else {
        const ending = killedBy === null ? `exited with status ${code}` : `was ended by ${killedBy}`;
        reject(new ProcessFailure(program, ending, code, lines.join('\n').trim()));
      }
    });
  });
  const finished = closed.finally(() => signal.removeEventListener('abort', onAbort));
  finished.catch(() => {}); // whoever awaits it hears of it; a stream that fails first must not crash the step

  const stop = async (): Promise<void> => {
    endChild(child);
    await finished.catch(() => {});
  };
  return { id: child.pid, stdin, stdout, finished, stop };
}

/**
 * The pipes of a child. Where no file descriptor is left for them, Node makes none, whatever the types say, and tells it by the event
 * `error` like any other reason why a program could not be started: these are closed then, as those of a program that is not there.
 */
function pipesOf(child: ChildProcess): { stdin: Writable; stdout: Readable; stderr: Readable } {
  const { stdin, stdout, stderr } = child;
  if (stdin && stdout && stderr) return { stdin, stdout, stderr };
  const ended = (): PassThrough => new PassThrough().end();
  return { stdin: new PassThrough().resume(), stdout: ended(), stderr: ended() };
}

/**
 * Runs a program to its end and returns its standard output. Throws a `ProcessFailure`, or the abort's reason.
 * @param onOutput is given the output as it comes, in pieces
 */
export async function run(command: Command, onOutput?: (piece: string) => void): Promise<string> {
  const running = start(command);
  running.stdout.setEncoding('utf8');
  const output = text(running.stdout);
  if (onOutput) running.stdout.on('data', onOutput); // whoever reads it to the end says how fast
  output.catch(() => {}); // cut short only when the child is, and then its exit says why
  await running.finished;
  return output.catch((error: unknown) => {
    command.signal.throwIfAborted(); // which cut the output short while the child was ending with status 0
    throw error;
  });
}

function endChild(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGINT');
  child.stdout?.destroy(); // or 'close' would wait for a reader that has gone
  const timer = setTimeout(() => child.kill('SIGKILL'), killDelay);
  child.once('exit', () => clearTimeout(timer));
}
