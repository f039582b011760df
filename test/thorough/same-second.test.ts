import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Fault, type Passing, startFaults } from '../support/faults/start-faults.ts';
import { type Jobs, jobsOn, until } from '../support/jobs.ts';
import { type Clock, makeClock } from '../support/machine/clock.ts';
import type { RunningStep, StepResult } from '../support/runner/runner.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * Backups of one database that begin in one second: each has a name of its own before it dumps. Their clock stands still until they have
 * met.
 */
let world: World;
let jobs: Jobs;
beforeAll(async () => {
  world = await startWorld({ servers: [15] });
  jobs = jobsOn(world, 15);
});
afterAll(() => world.stop());

/** `npm run test:soak` begins more of them. */
const rounds = Number(process.env['SAME_SECOND_ROUNDS'] ?? 1);

/** A moment from which the second has yet some time to go. */
const moment = (): number => Math.floor(Date.now() / 1000) * 1000 + 300;
const nameOf = (database: string, time: number): string =>
  `${database}_backup_${new Date(time).toISOString().slice(0, 19).replace(/\D/g, '')}.dump`;

const gaveWay = / (exists already|is being written by another backup); waiting for another second$/;
const waitedFor = ({ log }: StepResult): string[] => log.split('\n').filter((line) => gaveWay.test(line));

/** Lets the clock go on as soon as somebody waits for that. */
const goOn =
  (clock: Clock) =>
  (line: string): void => {
    if (gaveWay.test(line)) clock.go();
  };

async function expectWhole(database: string, ...steps: StepResult[]): Promise<string[]> {
  const names: string[] = [];
  for (const { exitCode, log, outputs } of steps) {
    expect(exitCode, log).toBe(0);
    const name = outputs['backup_file_name'] ?? '';
    const content = await world.backups.read(name);
    expect(createHash('sha256').update(content).digest('hex')).toBe(outputs['backup_sha256']);
    names.push(name);
  }
  expect((await world.backups.list()).filter((name) => name.startsWith(database)).sort()).toEqual(
    names.toSorted(),
  );
  return names;
}

async function startAt(clock: Clock, database: string, inputs = {}, environment = {}): Promise<RunningStep> {
  const extra = {
    inputs,
    environment: { ...clock.environment, ...environment },
    onLine: goOn(clock),
  };
  return jobs.start({ job_to_run: 'backup', db_name: database }, extra);
}

const oneTable = 'CREATE TABLE t AS SELECT generate_series(1, 1000) AS id';

describe.each(Array.from({ length: rounds }, (_, round) => round + 1))('round %i', (round) => {
  test.each([
    ['and each sees the other, leave the name to nobody', 2, 2],
    ['as fast as they can, have names of their own', 3, 1],
  ])('backups that begin at once, %s', async (_, count, together) => {
    const database = await jobs.createDatabase({ sql: oneTable });
    await using clock = await makeClock();
    const time = moment() + round;
    clock.stand(time);
    const met = Promise.withResolvers<void>();
    let looks = 0;
    const decide = ({ kind }: Passing): Fault => {
      if (kind !== 'blob claims') return 'pass';
      looks++;
      if (looks >= together) met.resolve();
      return { after: () => met.promise };
    };
    await using way = await startFaults(world, decide);
    const running = await Promise.all(
      Array.from({ length: count }, () => startAt(clock, database, way.inputs, way.environment)),
    );
    const steps = await Promise.all(running.map(({ done }) => done));
    const names = await expectWhole(database, ...steps);
    expect(new Set(names).size).toBe(count);
    const waited = steps.filter((step) => waitedFor(step).length > 0);
    expect(waited.length).toBeGreaterThanOrEqual(together === 2 ? 2 : count - 1);
    if (together === 2) expect(names).not.toContain(nameOf(database, time));
  });
});

test('a backup that begins while another dumps takes another name before it dumps', async () => {
  const database = await jobs.createDatabase({ sql: oneTable });
  await using clock = await makeClock();
  const time = moment();
  clock.stand(time);
  const blocker = await world.server(15).connect({ database });
  await blocker.query('BEGIN; LOCK TABLE t');
  const waiting =
    "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'LOCK TABLE%'";
  const atWork = (count: number) => async () =>
    (await world.server(15).query(`${waiting} AND datname = '${database}'`)).length === count;
  const first = await startAt(clock, database);
  await until('the first dump', atWork(1));
  const second = await startAt(clock, database);
  await until('the second dump', atWork(2));
  await blocker.query('ROLLBACK');
  await blocker.end();
  const steps = [await first.done, await second.done] as const;
  const [name, other] = await expectWhole(database, ...steps);
  expect(name).toBe(nameOf(database, time));
  expect(other).not.toBe(name);
  expect(waitedFor(steps[0])).toEqual([]);
  expect(waitedFor(steps[1])[0]).toContain(' is being written by another backup');
});

test('a name under which a killed backup has begun is left alone, and nobody sees it', async () => {
  const database = await jobs.createDatabase({ name: `it's "100%" b`, sql: oneTable });
  await using clock = await makeClock();
  clock.stand(moment());
  const blocker = await world.server(15).connect({ database });
  await blocker.query('BEGIN; LOCK TABLE t');
  let begun = false;
  const onLine = (line: string): void => {
    if (line.startsWith('Uploading to ')) begun = true;
  };
  const killed = await jobs.start(
    { job_to_run: 'backup', db_name: database },
    { environment: clock.environment, onLine },
  );
  await until('the dump', async () => begun);
  killed.child.kill('SIGKILL');
  expect((await killed.done).exitCode).not.toBe(0);
  await blocker.query('ROLLBACK');
  await blocker.end();
  expect((await world.backups.list()).filter((name) => name.startsWith(database))).toEqual([]);
  const next = await (await startAt(clock, database)).done;
  expect(waitedFor(next)[0]).toContain(' is being written by another backup');
  await expectWhole(database, next);
});
