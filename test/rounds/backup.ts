import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { escapeIdentifier, escapeLiteral } from 'pg';
import { copyOf } from '../stumbles/run.ts';
import { type Backups, createBackups } from '../support/azure/backups.ts';
import { type Fault, type Faults, type Passing, startFaults } from '../support/faults/start-faults.ts';
import { type Jobs, until } from '../support/jobs.ts';
import { makeTemporaryFolder } from '../support/machine/temporary-folder.ts';
import { clientOf } from '../support/postgres/clients.ts';
import type { StepResult } from '../support/runner/runner.ts';
import type { World } from '../support/world.ts';
import type { Fell } from './histogram.ts';
import type { Round } from './round.ts';
import { type Done, isKill, patienceFor, stillRunning, strike, type Way } from './ways.ts';

/** What the rounds of backups share. */
export interface BackupPlace {
  world: World;
  jobs: Jobs;
  /** The database of which each round backs up a copy. */
  model: string;
  /** How many blocks its backup has, and how long it takes, in milliseconds. */
  blocks: number;
  duration: number;
}

/** A database of some 45 MB, quick to make: its archive has a dozen blocks, where nothing is compressed. */
export const modelSql = `CREATE TABLE large (words text); ALTER TABLE large ALTER words SET STORAGE EXTERNAL;
  INSERT INTO large SELECT repeat(md5(g::text), 3200) FROM generate_series(1, 450) AS g`;

/** For how long the proxy holds the commit request back, where a kill is to come before it is passed on, in milliseconds. */
const hold = 50;

const weights = { 'kill alone': 40, 'kill all': 28, cut: 9, silence: 7, blip: 16 } satisfies Record<
  Way,
  number
>;

/** What triggers the fault of a round: a request, or the time since the step began. */
interface Plan {
  /** The request, by its kind and its number, from 0 on. */
  on?: { kind: string; number: number; when: 'comes' | 'answered' };
  /** How long after it, in milliseconds. */
  wait: number;
  /** What becomes of the commit request; it is held back first, if a kill is to come before it is passed on. */
  commit?: 'held' | Fault;
}

function planOf(round: Round, way: Way, { blocks, duration }: BackupPlace): Plan {
  const where = round.oneOf({ anywhere: 14, blocks: 36, 'last block': 10, held: 20, passed: 20 });
  const [wait, block] = [round.random(), Math.floor(round.random() * blocks)];
  const commit = { kind: 'blob commit', number: 0, when: 'comes' } as const;
  if (where === 'anywhere') return { wait: wait * duration };
  if (where === 'blocks')
    return { on: { kind: 'blob block', number: block, when: 'answered' }, wait: wait * 60 };
  if (where === 'last block')
    return { on: { kind: 'blob block', number: blocks - 1, when: 'answered' }, wait: wait * 25 };
  if (isKill(way))
    return where === 'held'
      ? { on: commit, wait: wait * hold, commit: 'held' }
      : { on: commit, wait: wait * hold * 0.8 }; // a busy machine is late
  return {
    on: commit,
    wait: where === 'held' ? 0 : wait * hold,
    commit: round.random() < 0.5 ? 'lose answer' : { silent: 'before', carriedOut: true },
  };
}

/**
 * A backup meets with a fault, and is followed by its post step.
 * @throws Error if a blob is listed that is not complete, or anything is left
 */
export async function backupRound(place: BackupPlace, round: Round): Promise<Fell> {
  const { world, jobs, model } = place;
  const database = await copyOf(jobs, model);
  const way = round.oneOf(weights);
  const plan = planOf(round, way, place);
  const moment = round.between(100, 1_500);
  const backups = await createBackups(world.azurite);
  const commit: Commit = {};
  const passOnCommit = (): void => {
    commit.passedOn = performance.now();
  };
  let onRequest = (_: Passing): void => {};
  await using faults = await startFaults(
    world,
    (passing) => {
      onRequest(passing);
      if (passing.kind !== 'blob commit' || passing.earlier > 0) return 'pass';
      commit.came = performance.now();
      if (plan.commit === 'held') return { after: () => sleep(hold).then(passOnCommit) };
      passOnCommit();
      return plan.commit ?? 'pass';
    },
    { tcp: { server: world.server(15) } },
  );
  let done: Done | undefined;
  const { inputs, environment } = faults;
  const order = { job_to_run: 'backup', db_name: database };
  const more = {
    compression: 'none',
    storage_container_name: backups.container,
    retry_timeout_seconds: patienceFor(way),
  };
  const running = await jobs.start(order, { inputs: { ...inputs, ...more }, environment });
  const meet = (): void => {
    done ??= running.child.exitCode === null ? strike(way, running, faults, moment) : undefined;
  };
  const trigger = (): void => void setTimeout(meet, plan.wait);
  if (plan.on === undefined) trigger();
  onRequest = (passing) => {
    const { on } = plan;
    if (on?.kind !== passing.kind || on.number !== passing.earlier) return;
    if (on.when === 'comes') trigger();
    else
      void until('an answer', async () => passing.answered !== undefined || done !== undefined).then(
        trigger,
        () => {},
      );
  };
  const step = await running.done;
  const spoilt = plan.commit !== undefined && plan.commit !== 'held' && commit.came !== undefined;
  const outcome = await expectInOrder(place, { database, backups, step, done, spoilt });
  await world.server(15).query(`DROP DATABASE ${escapeIdentifier(database)}`);
  return { way, outcome, ...phaseOf(faults, done, { ...commit, spoilt }) };
}

/** When the first commit request came to the proxy, and when it was passed on, as `performance.now()` counts. */
interface Commit {
  came?: number;
  passedOn?: number;
}

function phaseOf(
  { seen }: Faults,
  done: Done | undefined,
  { came, passedOn, spoilt }: Commit & { spoilt: boolean },
): Pick<Fell, 'phase' | 'offset'> {
  if (done === undefined)
    return {
      phase: spoilt ? '6 none but the lost answer to the commit' : '7 none: the step had ended before',
    };
  const { at } = done;
  const offset = came === undefined ? undefined : at - came;
  const near = offset !== undefined && Math.abs(offset) <= 50;
  const waits = passedOn === undefined || at < passedOn;
  const staged = seen.filter(
    ({ kind, answered }) => kind === 'blob block' && answered !== undefined && answered <= at,
  );
  const phase =
    offset !== undefined && offset > 50
      ? '5 more than 50 ms after the commit request came'
      : near && offset >= 0
        ? waits
          ? '3 within 50 ms after the commit request came, not passed on yet'
          : '4 within 50 ms after the commit request came, passed on'
        : near
          ? '3 within 50 ms before the commit request came'
          : staged.length > 0
            ? '2 between the first staged block and the commit'
            : '1 before the first staged block';
  return { phase, ...(near && { offset }) };
}

/** What there is when a round has ended. */
interface Ended {
  database: string;
  backups: Backups;
  step: StepResult;
  done: Done | undefined;
  /** Whether the commit met with a fault of its own. */
  spoilt: boolean;
}

/** @returns what came of it, in words */
async function expectInOrder(
  { world, jobs }: BackupPlace,
  { database, backups, step, done, spoilt }: Ended,
): Promise<string> {
  const wrong: string[] = [];
  const { outputs, exitCode, log, tempFilesLeft, post } = step;
  if (exitCode !== 0 && done === undefined && !spoilt) wrong.push('It failed without a fault');
  const listed = await backups.list();
  for (const name of listed) wrong.push(...(await whatIsWrong(backups, name)));
  if (listed.length > 1) wrong.push(`There are ${listed.length} blobs`);
  const told = outputs['backup_file_name'];
  if (exitCode === 0 && (told === undefined || !listed.includes(told)))
    wrong.push('It succeeded without its blob');
  if (listed.length > 0 && /No backup was made/.test(log)) wrong.push('It denies the blob that is listed');
  if (listed.length === 0 && /\bBackup ".*" is complete\./.test(log))
    wrong.push('It claims a blob that is not listed');
  const beside = (await jobs.databases()).filter((name) => name.startsWith(`${database}_`));
  if (beside.length > 0) wrong.push(`Databases are left: ${beside.join(', ')}`);
  if (tempFilesLeft.length > 0) wrong.push(`Files are left: ${tempFilesLeft.join(', ')}`);
  if (post?.exitCode !== 0 || post.log !== '') wrong.push(`The post step ended with ${post?.exitCode}`);
  const left = done ? stillRunning(done) : [];
  if (left.length > 0) wrong.push(`Processes are left: ${left.map(({ command }) => command).join(', ')}`);
  await until('the sessions to end', async () => (await sessionsIn(world, database)) === 0).catch(
    (error: unknown) => wrong.push(String(error)),
  );
  await backups.client.delete();
  if (wrong.length > 0) throw new Error([...wrong, step.log].join('\n'));
  if (exitCode === 0) return 'backup made';
  return listed.length > 0 ? 'whole blob, step failed' : 'no blob';
}

async function sessionsIn(world: World, database: string): Promise<number> {
  const sql = `SELECT FROM pg_stat_activity WHERE datname = ${escapeLiteral(database)} AND backend_type = 'client backend'`;
  return (await world.server(15).query(sql)).length;
}

const run = promisify(execFile);

/** A listed blob is what its metadata say, and pg_restore reads it to its end. */
export async function whatIsWrong(backups: Backups, name: string): Promise<string[]> {
  const content = await backups.read(name);
  const { sha256 } = await backups.metadata(name);
  const actual = createHash('sha256').update(content).digest('hex');
  if (actual !== sha256) return [`${name} has the SHA-256 ${actual}, and its metadata say ${sha256}`];
  const folder = await makeTemporaryFolder('round');
  try {
    const file = join(folder.path, 'archive');
    await writeFile(file, content);
    const { pg_restore } = await clientOf(15);
    await run(pg_restore, ['--file=/dev/null', file]);
    return [];
  } catch (error) {
    return [`${name} cannot be read to its end: ${error}`];
  } finally {
    await folder.remove();
  }
}
