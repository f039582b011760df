import { escapeIdentifier, escapeLiteral } from 'pg';
import { copyOf } from '../stumbles/run.ts';
import { startFaults } from '../support/faults/start-faults.ts';
import { type Jobs, messages, until } from '../support/jobs.ts';
import type { RunningStep, StepResult } from '../support/runner/runner.ts';
import type { World } from '../support/world.ts';
import { whatIsWrong } from './backup.ts';
import type { Fell } from './histogram.ts';
import type { Round } from './round.ts';
import { type FollowedLog, followLog, type LoggedStatement } from './server-log.ts';
import { type Done, patienceFor, stillRunning, strike, type Way } from './ways.ts';

/** What the rounds of restores share. */
export interface RestorePlace {
  world: World;
  jobs: Jobs;
  strategy: 'swap' | 'drop';
  /** The old database, of which each round replaces a copy, and what is in it. */
  model: string;
  old: string;
  /** The backup, and what is in it. */
  backup: string;
  restored: string;
  /** How long a restore takes, in milliseconds. */
  duration: number;
}

/** What a server has to log, so that it is seen at what a restore was. */
export const loggingSettings = { log_statement: 'ddl', log_min_duration_statement: 0, log_timezone: 'UTC' };

const weights = { 'kill alone': 38, 'kill all': 27, cut: 8, silence: 7, blip: 20 } satisfies Record<
  Way,
  number
>;

/** Which statement of a restore is which. */
const isRename = (database: string) => (text: string) => text.includes(`RENAME TO "${database}"`);
const isCreation = (database: string) => (text: string) =>
  text.startsWith(`CREATE DATABASE "${database}_restore_`);
const isDrop = (database: string) => (text: string) =>
  text.startsWith(`DROP DATABASE "${database}_dropping_`);

/** What the fault of a round comes after: a statement of the server's log, a line of the step's, or the time since its beginning. */
interface Plan {
  statement?: (text: string) => boolean;
  line?: RegExp;
  /** In milliseconds. */
  wait: number;
  /**
   * The line from which on the rename is kept waiting, by a lock that somebody else has on the database, and for how long after the fault,
   * in milliseconds.
   */
  hold?: { from: RegExp; after: number };
}

function planOf(round: Round, database: string, { strategy, duration }: RestorePlace): Plan {
  const where = round.oneOf({
    anywhere: 14,
    creation: 8,
    filling: 20,
    'before the rename': 12,
    rename: 14,
    'held rename': 20,
    drop: 15,
  });
  const share = round.random();
  const isBySwap = strategy === 'swap';
  const soonRename = isBySwap ? /^::group::Swap it for/ : /^Created empty database/;
  switch (where) {
    case 'anywhere':
      return { wait: share * duration };
    case 'creation':
      return { statement: isCreation(database), wait: share * 100 };
    case 'filling':
      return isBySwap
        ? { line: /^Created( \(|$)/, wait: share * duration * 0.4 }
        : { line: /^::group::Restore /, wait: share * duration * 0.4 };
    case 'before the rename':
      return { line: soonRename, wait: share * duration * 0.15 };
    case 'rename':
      return { statement: isRename(database), wait: share * 30 };
    case 'held rename':
      return {
        ...{ statement: isRename(database), wait: share * 60 },
        hold: { from: soonRename, after: round.between(0, 300) },
      };
    case 'drop':
      return { statement: isDrop(database), wait: share * 60 };
  }
}

/** How a round looks at the database: everything but what is in it. */
interface Face {
  open: boolean;
  limit: number;
  comment: string | null;
  settings: string[] | null;
  visitors: boolean;
}

/** What the old database has besides its content, which a restore carries over. */
const own: Face = {
  ...{ open: true, limit: -1, comment: 'of the shop', settings: ['work_mem=5MB'], visitors: true },
};

/**
 * A restore meets with a fault, and is followed by its post step.
 * @throws Error unless the database is the old one or the new one, whole, open and alone; with `drop`, unless it is the old one, the new one
 * or said to be incomplete, and whole after another restore
 */
export async function restoreRound(place: RestorePlace, round: Round): Promise<Fell> {
  const { world, jobs, model, backup, strategy } = place;
  const server = world.server(15);
  const database = await copyOf(jobs, model);
  await jobs.query(
    'postgres',
    `COMMENT ON DATABASE ${escapeIdentifier(database)} IS 'of the shop'; ALTER DATABASE ${escapeIdentifier(database)} SET work_mem = '5MB'`,
  );
  const way = round.oneOf(weights);
  const plan = planOf(round, database, place);
  const moment = round.between(100, 1_500);
  await using faults = await startFaults(world, () => 'pass', { tcp: { server } });
  let running: RunningStep | undefined;
  let done: Done | undefined;
  const meet = (): void => {
    if (running?.child.exitCode === null) done ??= strike(way, running, faults, moment);
    if (plan.hold) setTimeout(() => void held?.then((release) => release()), plan.hold.after);
  };
  let armed = true;
  const trigger = (): void => {
    if (armed) setTimeout(meet, plan.wait);
    armed = false;
  };
  using log = followLog(server.logFile, (text) => plan.statement?.(text) && trigger());
  const order = { job_to_run: 'restore', db_name: database, backup_file_name: backup };
  const inputs = { ...faults.inputs, restore_strategy: strategy, retry_timeout_seconds: patienceFor(way) };
  let held: ReturnType<typeof lockOn> | undefined;
  const onLine = (line: string): void => {
    if (plan.hold?.from.test(line)) held ??= lockOn(world, database);
    if (plan.line?.test(line)) trigger();
  };
  running = await jobs.start(order, { inputs, environment: faults.environment, onLine });
  if (!plan.statement && !plan.line) trigger();
  running.child.once('exit', () =>
    setTimeout(() => void held?.then((release) => release()), plan.hold?.after),
  );
  const step = await running.done;
  await (await held)?.();
  log.read();
  const outcome = await expectInOrder(place, { database, step, done, held: held !== undefined });
  await server.query(`DROP DATABASE ${escapeIdentifier(database)} WITH (FORCE)`);
  return { way, outcome, ...phaseOf(log, database, strategy, done) };
}

/** Takes a lock for which a rename of the database waits, and nothing else. @returns what gives it back */
async function lockOn(world: World, database: string): Promise<() => Promise<void>> {
  const session = await world.server(15).connect();
  await session.query(`BEGIN; COMMENT ON DATABASE ${escapeIdentifier(database)} IS 'held'`);
  let isOver: Promise<void> | undefined;
  return () => (isOver ??= session.query('ROLLBACK').then(() => session.end()));
}

/** How near is near, in milliseconds. */
const near = 100;

function phaseOf(
  { statements }: FollowedLog,
  database: string,
  strategy: RestorePlace['strategy'],
  done: Done | undefined,
): Pick<Fell, 'phase' | 'offset'> {
  if (done === undefined) return { phase: '6 never: the step had ended before' };
  const { time } = done;
  const first = (is: (text: string) => boolean): LoggedStatement | undefined =>
    statements.find(({ text }) => is(text));
  const [creation, rename, drop] = [isCreation, isRename, isDrop].map((is) => first(is(database)));
  const isBefore = (one: LoggedStatement | undefined): boolean => one === undefined || time < one.began;
  if (rename && time >= rename.began - near && time <= (rename.ended ?? rename.began) + near)
    return { phase: `3 within ${near} ms around the rename`, offset: time - rename.began };
  if (isBefore(creation)) return { phase: '1 before there is a new database' };
  if (isBefore(rename))
    return { phase: strategy === 'swap' ? '2 while the new one is filled' : '2 while the new one is empty' };
  if (isBefore(drop) || time <= (drop?.ended ?? drop?.began ?? 0) + near)
    return { phase: '4 until the old one is dropped' };
  return { phase: strategy === 'swap' ? '5 after that' : '5 while the new one is filled in its place' };
}

/** What there is when a round has ended. */
interface Ended {
  database: string;
  step: StepResult;
  done: Done | undefined;
  /** Whether the rename had to wait for somebody's lock. */
  held: boolean;
}

/** @returns what came of it, in words */
async function expectInOrder(place: RestorePlace, { database, step, done, held }: Ended): Promise<string> {
  const { world, jobs, strategy, backup, old, restored } = place;
  const wrong: string[] = [];
  const { exitCode, log, tempFilesLeft, post } = step;
  if (exitCode !== 0 && done === undefined && !held) wrong.push('It failed without a fault');
  if (post?.exitCode !== 0) wrong.push(`The post step ended with ${post?.exitCode}`);
  if (tempFilesLeft.length > 0) wrong.push(`Files are left: ${tempFilesLeft.join(', ')}`);
  const left = done ? stillRunning(done) : [];
  if (left.length > 0) wrong.push(`Processes are left: ${left.map(({ command }) => command).join(', ')}`);
  await until('the sessions to end', async () => (await sessionsOf(world, database)) === 0, 10).catch(
    (error: unknown) => wrong.push(String(error)),
  );
  const beside = (await jobs.databases()).filter((name) => name.startsWith(`${database}_`));
  const said = [...messages(step, 'error'), ...messages(step, 'warning')].join('\n');
  // Where nobody could be asked how a swap ended, nothing is dropped, and the error tells both names and how to find out.
  const isUnknown = done?.isForGood === true && / is in an unknown state/.test(said);
  const isNamed = (name: string): boolean => isUnknown && log.includes(`"${name}"`);
  if (!beside.every(isNamed)) wrong.push(`Databases are left: ${beside.join(', ')}`);
  for (const name of beside.filter(isNamed))
    await world.server(15).query(`DROP DATABASE ${escapeIdentifier(name)} WITH (FORCE)`);
  if (!(await world.backups.list()).includes(backup)) wrong.push('The backup is gone');
  else wrong.push(...(await whatIsWrong(world.backups, backup)));

  let outcome: string;
  let text: string | undefined;
  const face = await faceOf(world, database);
  if (
    strategy === 'drop' &&
    done?.isForGood &&
    exitCode === 0 &&
    /^Only "[^"]*" can connect to database .* since its privileges could not be restored/m.test(said)
  ) {
    outcome = 'the new one, closed, said so';
    text = await jobs.text(database);
    if (text !== restored) wrong.push('It says that all data is restored, and it is not');
    if (face?.visitors) wrong.push('It says that others cannot connect, and they can');
  } else if (face?.comment?.startsWith('postgres-azure-backup')) {
    outcome = 'incomplete, said so, restored again';
    if (strategy === 'swap') wrong.push('It is not whole');
    if (face.visitors) wrong.push('It is incomplete, and open to others');
    if (!/ is incomplete[.,]/.test(said)) wrong.push('Nothing says that it is incomplete');
    const again = await jobs.restore(database, backup, { inputs: { restore_strategy: strategy } });
    if (again.exitCode !== 0) wrong.push(`It could not be restored again:\n${again.log}`);
    wrong.push(...differences(own, await faceOf(world, database)));
    if ((await jobs.text(database)) !== restored) wrong.push('After another restore, it is not the new one');
  } else {
    wrong.push(...differences(own, face));
    text = face ? await jobs.text(database) : '';
    outcome = text === old ? 'the old one' : 'the new one';
    if (beside.length > 0) outcome += ', with the other beside it, said so';
    if (text !== old && text !== restored) wrong.push('It is neither the old one nor the new one');
    if (exitCode === 0 && text !== restored) wrong.push('The step succeeded, and it is not the new one');
  }
  if (/" was not (changed|touched)/.test(log) && text !== old)
    wrong.push('It says that it has left the database alone, and that is not the old one');
  if (/" is restored in full/.test(log) && text !== restored)
    wrong.push('It says that the database is restored in full, and that is not the new one');
  if (wrong.length > 0) throw new Error([...wrong, log].join('\n'));
  return exitCode === 0 ? `${outcome}, step succeeded` : outcome;
}

function differences(wanted: Face, face: Face | undefined): string[] {
  if (JSON.stringify(face) === JSON.stringify(wanted)) return [];
  return [`It is ${JSON.stringify(face)} and should be ${JSON.stringify(wanted)}`];
}

async function faceOf(world: World, database: string): Promise<Face | undefined> {
  const [row] = await world.server(15).query<{ face: Face }>(
    `SELECT json_build_object('open', datallowconn, 'limit', datconnlimit, 'comment', shobj_description(d.oid, 'pg_database'),
       'settings', (SELECT setconfig FROM pg_db_role_setting WHERE setdatabase = d.oid AND setrole = 0),
       'visitors', has_database_privilege('visitor', d.oid, 'CONNECT')) AS face
     FROM pg_database AS d WHERE datname = ${escapeLiteral(database)}`,
  );
  return row?.face;
}

/** Sessions in the database, in those beside it, and those that hold its lock; none of them is anybody's but the step's. */
async function sessionsOf(world: World, database: string): Promise<number> {
  const sql = `SELECT FROM pg_stat_activity WHERE backend_type = 'client backend' AND (datname ~ ${escapeLiteral(`^${database}(_|$)`)}
    OR application_name = ${escapeLiteral(`postgres-azure-backup restore ${database}`)})`;
  return (await world.server(15).query(sql)).length;
}
