import { Worker } from 'node:worker_threads';

/** How long one round may take, in milliseconds. The longest take some; a machine may be very busy. */
const longestRound = 60_000;

/**
 * Runs in a thread of its own, since a loop that never ends lets nothing else happen in its own. Plain JavaScript, so that it
 * needs no file.
 */
const watcher = `
const { workerData: { shared, name, longestRound } } = require('node:worker_threads');
const { writeSync } = require('node:fs');
const counter = new Int32Array(shared);
let [last, since] = [-1, Date.now()];
setInterval(() => {
  const now = Atomics.load(counter, 0);
  if (now !== last) [last, since] = [now, Date.now()];
  else if (Date.now() - since > longestRound) {
    writeSync(2, '\\nA round hangs: ' + name + ' FUZZ_PATH=' + (now - 1) + '\\n');
    process.kill(process.pid, 'SIGKILL');
  }
}, 1_000);
`;

/**
 * Ends the process if a round of some work does not end.
 * @param name is told then
 * @param work calls what it is given at the beginning of each round
 */
export async function watched<T>(name: string, work: (begin: () => void) => Promise<T>): Promise<T> {
  const shared = new SharedArrayBuffer(4);
  const counter = new Int32Array(shared);
  const worker = new Worker(watcher, { eval: true, workerData: { shared, name, longestRound } });
  worker.unref();
  try {
    return await work(() => Atomics.add(counter, 0, 1));
  } finally {
    await worker.terminate();
  }
}
