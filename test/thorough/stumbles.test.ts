import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Job, type Operation, operations } from '../stumbles/operations.ts';
import { copyOf, type Outcome, type Place, patience, runOver } from '../stumbles/run.ts';
import { lastingFor, rounds, type Way, ways } from '../stumbles/ways.ts';
import type { Fault, Passing } from '../support/faults/start-faults.ts';
import { jobsOn, onlyError } from '../support/jobs.ts';
import { noise } from '../support/postgres/databases/noise.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * Everything that the action asks by HTTPS, with every way in which it may stumble: for a while, so that the job succeeds, and for good.
 * The jobs wait most of the time, so many of them do it side by side.
 */
vi.setConfig({ maxConcurrency: 100, testTimeout: 600_000 });
let world: World;
let place: Place;
let content: string;

beforeAll(async () => {
  world = await startWorld({ servers: [15] });
  const jobs = jobsOn(world, 15);
  const model = await jobs.createDatabase({ sql: noise(2) });
  const database = await copyOf(jobs, model);
  content = await jobs.text(database);
  const { exitCode, log, outputs } = await jobs.backup(database);
  expect(exitCode, log).toBe(0);
  place = { world, jobs, model, backup: outputs['backup_file_name'] ?? '' };
});
afterAll(() => world?.stop());

/** Whether this way is waited for: what somebody else answers in the place of a vault or an account is final. */
const passes = (operation: Operation, way: Way): boolean =>
  way.strange !== true || operation.strangersPass === true;

async function expectWhole({ step }: Outcome): Promise<void> {
  expect(step.exitCode, step.log).toBe(0);
  const read = await world.backups.read(step.outputs['backup_file_name'] ?? '');
  expect(createHash('sha256').update(read).digest('hex')).toBe(step.outputs['backup_sha256']);
}

/** What no error says, whatever has happened. */
const nonsense =
  /undefined|network_error|endpoints_resolution|aka\.ms|RestError|\[object|Fix what Azure|a backup never replaces/;

describe.concurrent('what lasts is told', () => {
  for (const [n, operation] of operations.entries()) {
    for (const way of lastingFor(n, operation)) {
      const decide = (passing: Passing): Fault =>
        operation.is(passing) ? way.fault(operation.endpoint) : 'pass';
      test(`${operation.title}: ${way.title}`, async ({ expect }) => {
        const outcome = await runOver(place, operation.job, { it: 'lasting', decide });
        if (operation.isLookedUp && way.carriedOut) return expectWhole(outcome);
        const { step, seconds, silence, database } = outcome;
        const message = onlyError(step);
        expect.soft(message).toMatch(operation.tried);
        if (!operation.besides) expect.soft(message).toMatch(way.says);
        expect.soft(message).not.toMatch(nonsense);
        const quick = way.quick === true || !passes(operation, way);
        expect.soft(seconds, step.log).toBeLessThan(patience.lasting * (quick ? 0.5 : 2.5));
        expect.soft(silence, step.log).toBeLessThan(30);
        await expectTrue(operation, message, database);
      });
    }
  }

  /** What is said of the state is so. */
  async function expectTrue(
    { job, isLookedUp }: Operation,
    message: string,
    database: string,
  ): Promise<void> {
    if (job !== 'backup') {
      expect(message).toMatch(
        new RegExp(`Database "${database}" was not (changed|touched by this restore)\\.`),
      );
      expect(await place.jobs.text(database)).toBe(content);
    } else if (isLookedUp) {
      expect(message).toMatch(/No backup was made\.|It is not known whether backup ".*" was made\./);
      const [, name = ''] = /"([^"]+\.dump)"/.exec(message) ?? [];
      if (message.includes('No backup was made.')) expect(await world.backups.list()).not.toContain(name);
    } else expect(message).toContain('No backup was made.');
  }
});

describe.concurrent('what passes is waited for', () => {
  for (const job of ['backup', 'restore', 'stream', 'missing'] as const) {
    const of = operations.filter((operation) => operation.job === job);
    for (const round of rounds) {
      const met = (operation: Operation): Way[] => round.filter((way) => passes(operation, way));
      if (of.every((operation) => met(operation).length === 0)) continue;
      const counts = new Map<Operation, number>();
      const decide = (passing: Passing): Fault => {
        const operation = of.find(({ is }) => is(passing));
        if (!operation) return 'pass';
        const count = counts.get(operation) ?? 0;
        counts.set(operation, count + 1);
        return met(operation)[count]?.fault(operation.endpoint) ?? 'pass';
      };
      test(`${job}: ${round.map(({ title }) => title).join(', ')}`, async () => {
        const outcome = await runOver(place, job, { it: 'passing', decide });
        await expectDone(job, outcome);
        expect(outcome.silence).toBeLessThan(30);
        for (const operation of of) expect(counts.get(operation), operation.title).toBeGreaterThan(0);
      });
    }
  }

  /** That the list has come: it has none of this database. */
  const missing = /none named ".*_backup_…" in this container/;

  async function expectDone(job: Job, outcome: Outcome): Promise<void> {
    const { step, database } = outcome;
    if (job === 'backup') return expectWhole(outcome);
    if (job === 'missing') return expect(onlyError(step)).toMatch(missing);
    expect(step.exitCode, step.log).toBe(0);
    expect(await place.jobs.text(database)).toBe(content);
  }
});

/** The n-th attempt of each block, and whether the first commit is silent. */
function outage(attempt: (n: number) => Fault): (passing: Passing) => Fault {
  const attempts = new Map<string, number>();
  return ({ kind, url, earlier }) => {
    if (kind === 'blob commit' && earlier === 0) return { silent: 'before', carriedOut: true };
    if (kind !== 'blob block') return 'pass';
    const block = url.searchParams.get('blockid') ?? '';
    const n = attempts.get(block) ?? 0;
    attempts.set(block, n + 1);
    return attempt(n);
  };
}

test.concurrent('a backup through forty seconds of 503, thirty seconds of resets and a silent commit succeeds, once, whole', async () => {
  // Pauses of 1, 2, 4, 8, 16 and 30 s, on the scale of this patience: 61 s, and then two of 30 s.
  const decide = outage((n) => (n < 6 ? ways.unavailable.fault('blob') : n < 8 ? 'drop' : 'pass'));
  const outcome = await runOver(place, 'backup', { it: 'passing', decide });
  await expectWhole(outcome);
  const { step, seen, seconds } = outcome;
  expect(seconds).toBeGreaterThan((70 * patience.passing) / 300);
  const written = seen.filter(({ kind }) => kind === 'blob commit');
  expect(written.map(({ url }) => url.pathname.split('/').at(-1))).toEqual([
    step.outputs['backup_file_name'],
  ]);
  expect(step.annotations.filter(({ level }) => level === 'error')).toEqual([]);
});

describe.concurrent('the connection to the server is reset in the middle of', () => {
  // More than any session but that of pg_dump or pg_restore has to say.
  const bytes = 500_000;
  test.each([
    ['backup', 'server', 'No backup was made.'],
    ['restore', 'client', 'was not changed.'],
  ] as const)('a %s, which fails once, and says so', async (job, from, state) => {
    const server = world.server(15);
    const tcp = { server, decide: () => ({ resetAfter: bytes, from }) };
    const { step, database } = await runOver(place, job, { it: 'passing', tcp });
    const message = onlyError(step);
    expect(message).toContain(state);
    expect(message).not.toMatch(nonsense);
    expect(await place.jobs.text(database)).toBe(content);
  });
});
