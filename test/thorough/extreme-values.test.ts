import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountOf, type Jobs, jobsOn, messages, onlyError } from '../support/jobs.ts';
import { localNames } from '../support/machine/certificates.ts';
import { type Clock, makeClock } from '../support/machine/clock.ts';
import { ownPrograms } from '../support/machine/own-programs.ts';
import { startAnsweringServer } from '../support/postgres/answering-server.ts';
import { noise } from '../support/postgres/databases/noise.ts';
import type { StepResult } from '../support/runner/runner.ts';
import { startWorld, type World } from '../support/world.ts';

/* Values at the end of what is possible, or beyond. */

let world: World;
let jobs: Jobs;
let database: string;
let before: string;
let backup: StepResult;
beforeAll(async () => {
  world = await startWorld({ servers: [15] });
  jobs = jobsOn(world, 15);
  database = await jobs.createDatabase({ sql: noise(2) });
  before = await jobs.text(database);
  backup = await jobs.backup(database);
  expect(backup.exitCode, backup.log).toBe(0);
});
afterAll(() => world.stop());

const nameOf = ({ outputs }: StepResult): string => outputs['backup_file_name'] ?? '';

describe('a blob with a name of 1,024 characters', () => {
  test.each([
    ['in one part', 'x'.repeat(1_019)],
    ['of three bytes each, in 254 parts', `${'€/'.repeat(253)}${'数'.repeat(513)}`],
    ['of which each is escaped', '%"'.repeat(509).concat('%')],
  ])('%s is restored', async (_, beginning) => {
    const name = `${beginning}.dump`;
    expect(name).toHaveLength(1_024);
    await world.backups.put(
      name,
      await world.backups.read(nameOf(backup)),
      await world.backups.metadata(nameOf(backup)),
    );
    const restore = await jobs.restore(database, name);
    expect(restore.exitCode, restore.log).toBe(0);
    expect(await jobs.text(database)).toBe(before);
    for (const { message } of restore.annotations) expect(message.length).toBeLessThan(4_096);
    const missing = await jobs.restore(database, `${name.slice(0, -1)}q`);
    expect(onlyError(missing)).toContain('(BlobNotFound, HTTP 404)');
    for (const { message } of missing.annotations) expect(message.length).toBeLessThan(4_096);
    await world.backups.remove(name);
  });
});

describe('a secret', () => {
  test.each([
    ['of several lines', 'u\n', 'line-1 of it\nline-2: "three"\r\n\n line-3 of it\n'],
    ['of one character', 'v', 'x'],
    ['of one character that every line has', 'e', ' :'],
  ])('%s is a password like any other', async (_, user, password) => {
    const role = { user: user.trim(), password };
    await world.server(15).createRole(role.user, password, 'CREATEDB');
    const own = jobsOn(world, 15, { ...accountOf(world, { user, password }), ...role });
    const itself = await own.createDatabase({ sql: 'CREATE TABLE t AS SELECT 1 AS a' });
    const made = await own.backup(itself);
    expect(made.exitCode, made.log).toBe(0);
    const restored = await own.restore(itself, nameOf(made));
    expect(restored.exitCode, restored.log).toBe(0);
    for (const step of [made, restored]) {
      if (password.length > 2) expect(step.masks).toContain(password);
      for (const line of password.split(/\r?\n/).filter((part) => part.trim().length > 2))
        expect(withoutMasks(step)).not.toContain(line.trim());
    }
  });
});

const withoutMasks = ({ log, summary }: StepResult): string =>
  [...log.split('\n').filter((line) => !line.startsWith('::add-mask::')), summary].join('\n');

describe('a server that claims to be version 99', () => {
  const facts = { version: '99.1', major: 99, direct: true, spareSessions: 10, size: 1, locale: {} };

  test.each(['backup', 'restore'])('needs a client that there is none of, for a %s', async (job_to_run) => {
    const certificate = await world.authority.issue(localNames);
    const programs = await ownPrograms(); // apt-get does nothing, and says that it was well done
    for (const name of ['sudo', 'apt-get', 'apt-cache']) await programs.add(name, 'exit 0');
    await using server = await startAnsweringServer({ certificate, answer: () => JSON.stringify(facts) });
    const order = {
      db_name: database,
      ...(job_to_run === 'restore' && { backup_file_name: nameOf(backup) }),
    };
    const running = await jobs.start(
      { job_to_run, ...order },
      {
        inputs: { db_port: String(server.port), postgres_version: 'auto' },
        environment: programs.environment,
      },
    );
    const step = await running.done;
    await programs.remove();
    const message = onlyError(step);
    expect(message).toMatch(
      /^Looking for a PostgreSQL client for the server 99\.1 failed: it needs client 99 or newer\. Found: /,
    );
    expect(message).toContain('\nsudo apt-get install --yes postgresql-client-99\n');
    if (job_to_run === 'restore')
      expect(message).toContain(`\nDatabase "${database}" was not touched by this restore.`);
    expect(await jobs.text(database)).toBe(before);
  });

  test.each([
    [
      'backup',
      'postgres_version must be 99 or newer, since pg_dump refuses servers newer than itself; it is 15',
    ],
  ] as const)('is told of by a %s with postgres_version: 15', async (job_to_run, cause) => {
    const certificate = await world.authority.issue(localNames);
    await using server = await startAnsweringServer({ certificate, answer: () => JSON.stringify(facts) });
    const running = await jobs.start(
      { job_to_run, db_name: database },
      { inputs: { db_port: String(server.port), postgres_version: '15' } },
    );
    expect(onlyError(await running.done)).toContain(cause);
  });
});

describe('a clock that jumps', () => {
  const hour = 3_600_000;

  /** No time is negative, or longer than the test. */
  function expectSane({ exitCode, log, summary }: StepResult): void {
    expect(exitCode, log).toBe(0);
    for (const text of [log, summary]) {
      expect(text).not.toMatch(/(?<![\w-])-\d+(\.\d+)? (s|min|h)\b|NaN|Infinity/);
      expect(text).not.toMatch(/\b\d+ h \d+ min\b/);
    }
  }

  const jumping = (clock: Clock, at: RegExp, ahead: number) => ({
    environment: clock.environment,
    onLine: (line: string): void => {
      if (at.test(line)) clock.go(ahead);
    },
  });

  test.each([
    ['ahead', 5 * hour, 'swap', /^Created /],
    ['back', -5 * hour, 'drop', /^Found /],
    ['back', -5 * hour, 'swap', /^Restored \d/],
  ] as const)(
    '%s by hours, in the midst of a job, changes nothing',
    async (_, ahead, restore_strategy, moment) => {
      await using clock = await makeClock();
      const made = await jobs.backup(database, jumping(clock, /^Uploading to /, ahead));
      expectSane(made);
      const { duration_seconds: seconds } = await world.backups.metadata(nameOf(made));
      expect(Number(seconds)).toBeGreaterThan(0);
      expect(Number(seconds)).toBeLessThan(240);
      clock.go(0);
      const restored = await jobs.restore(database, nameOf(made), {
        inputs: { restore_strategy },
        ...jumping(clock, moment, ahead),
      });
      expectSane(restored);
      expect(await jobs.text(database)).toBe(before);
      expect(messages(restored, 'warning')).toEqual([]);
    },
  );

  test('back by hours, so that an expired token seems good, is told and does not hang', async () => {
    await using clock = await makeClock();
    world.entra.lifetime = 12;
    const blocker = await world.server(15).connect({ database });
    await blocker.query('BEGIN; LOCK TABLE noise');
    const uploading = Promise.withResolvers<void>();
    const { environment, onLine } = jumping(clock, /^Uploading to /, -5 * hour);
    const running = await jobs.start(
      { job_to_run: 'backup', db_name: database },
      {
        ...{ inputs: { retry_timeout_seconds: '10' }, environment },
        onLine: (line) => {
          onLine(line);
          if (line.startsWith('Uploading to ')) uploading.resolve();
        },
      },
    );
    await Promise.race([uploading.promise, running.done]);
    await sleep(14_000); // however slowly it began
    await blocker.query('ROLLBACK');
    await blocker.end();
    const released = performance.now();
    const message = onlyError(await running.done);
    expect(performance.now() - released).toBeLessThan(60_000);
    expect(message).toContain('The storage account rejected the token of this sign-in.');
    expect(message).toContain('No backup was made.');
  });
});
