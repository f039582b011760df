import { escapeIdentifier } from 'pg';
import { type Fault, type FaultsOptions, type Passing, startFaults } from '../support/faults/start-faults.ts';
import type { Jobs } from '../support/jobs.ts';
import type { StepResult } from '../support/runner/runner.ts';
import type { World } from '../support/world.ts';
import type { Job } from './operations.ts';

/**
 * For how long what stumbles is tried again here, in seconds: what lasts, and what passes, which is not waited for that long, and needs to
 * have time enough to work on a busy machine.
 */
export const patience = { lasting: 25, passing: 40 };

/** What the cells of the table share. */
export interface Place {
  world: World;
  jobs: Jobs;
  /** A database of some megabytes to make copies of, and a backup of one of them. */
  model: string;
  backup: string;
}

/** What came of a job. */
export interface Outcome {
  step: StepResult;
  seen: Passing[];
  /** The database that it was about. */
  database: string;
  /** How long it took from the first fault on, and for how long at most its log said nothing, in seconds. */
  seconds: number;
  silence: number;
}

/** How a job meets with faults. */
export interface Meeting extends FaultsOptions {
  /** What it meets with either lasts, or passes. */
  it: keyof typeof patience;
  decide?: (passing: Passing) => Fault;
}

/** Few jobs work at once: on a machine with two cores, answers would be late otherwise. */
const busy = { lasting: atMost(2), passing: atMost(4) };

/**
 * Runs a job over a way with faults, with a database of its own: two backups of one in a second would have one name. Where what it meets with lasts, it makes room for others from
 * then on: it does nothing but wait.
 */
export async function runOver(
  { world, jobs, model, backup }: Place,
  job: Job,
  { it, decide = () => 'pass', ...options }: Meeting,
): Promise<Outcome> {
  const leave = await busy[it]();
  const database = await copyOf(jobs, model);
  let [began, last, silence] = [performance.now(), performance.now(), 0];
  let hasBegun = false;
  const faulty = (passing: Passing): Fault => {
    const fault = decide(passing);
    if (fault !== 'pass' && !hasBegun) {
      hasBegun = true;
      began = performance.now();
      if (it === 'lasting') leave();
    }
    return fault;
  };
  await using faults = await startFaults(world, faulty, options);
  const heard = (): void => {
    const now = performance.now();
    silence = Math.max(silence, now - last);
    last = now;
  };
  const extra = {
    inputs: { ...faults.inputs, retry_timeout_seconds: String(patience[it]) },
    environment: faults.environment,
    onLine: heard,
  };
  const missing = `${database}_backup_20261122154210.dump`;
  try {
    const step = await {
      backup: () => jobs.backup(database, extra),
      restore: () => jobs.restore(database, backup, extra),
      stream: () => jobs.restore(database, backup, { ...extra, inputs: { ...extra.inputs, jobs: '1' } }),
      missing: () => jobs.restore(database, missing, extra),
    }[job]();
    heard();
    const seconds = (performance.now() - began) / 1000;
    return { step, seen: faults.seen, database, seconds, silence: silence / 1000 };
  } finally {
    leave();
  }
}

/** Of a database to which nobody connects, as PostgreSQL wants it. */
export async function copyOf(jobs: Jobs, model: string): Promise<string> {
  const name = `${model}_${copies++}`;
  await jobs.query(
    'postgres',
    `CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(model)}`,
  );
  return name;
}

let copies = 0;

/** Lets so many in at once; who is let in gets what lets the next one in. */
function atMost(count: number): () => Promise<() => void> {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return async () => {
    if (inside === count) await new Promise<void>((resolve) => waiting.push(resolve));
    else inside++;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const next = waiting.shift();
      if (next) next();
      else inside--;
    };
  };
}
