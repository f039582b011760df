import { expect } from 'vitest';
import { accountOf, type Jobs, jobsOn, onlyError, until } from '../support/jobs.ts';
import type { PostgresMajor, PostgresServer } from '../support/postgres/postgres-server.ts';
import { errorIn, inProseLines, withHidden } from '../support/runner/summary-notes.ts';
import { ourSessions } from '../support/untouched.ts';
import { startWorld, type World } from '../support/world.ts';
import type { Case } from './row.ts';

/** Where failures are made: a database that is not empty, and a good backup of it. */
export interface Scene extends AsyncDisposable {
  world: World;
  server: PostgresServer;
  /** As the role whose login is in the vault, which owns the database. */
  jobs: Jobs;
  /** As the superuser: sees what the role may not. */
  superuser: Jobs;
  database: string;
  backup: { name: string; content: Buffer; metadata: Record<string, string> };
}

const sample = `CREATE TABLE note (id int PRIMARY KEY, words text);
  INSERT INTO note SELECT g, repeat(md5(g::text), 4) FROM generate_series(1, 500) AS g;`;

/** Starts a world with one server, and makes the database and its backup. */
export async function setScene(major: PostgresMajor): Promise<Scene> {
  await using stack = new AsyncDisposableStack();
  const world = stack.use(await startWorld({ servers: [major], standIns: true }));
  const server = world.server(major);
  const jobs = jobsOn(world, major);
  const superuser = jobsOn(world, major, accountOf(world, server.superuser));
  const database = await jobs.createDatabase({ name: 'shop', sql: sample });
  const { exitCode, log, outputs } = await jobs.backup(database);
  if (exitCode !== 0) throw new Error(log);
  const name = outputs['backup_file_name'] ?? '';
  const [content, metadata] = await Promise.all([world.backups.read(name), world.backups.metadata(name)]);
  const everything = stack.move();
  return {
    ...{ world, server, jobs, superuser, database, backup: { name, content, metadata } },
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}

/**
 * Runs the bundle into a failure, and checks that it says what it should and leaves everything as it was: the content of the
 * database, all other databases, the backups, the outputs, and no file or session of its own.
 */
export async function meet(
  { job, concurrent = false, arrange }: Case,
  seen: string,
  scene: Scene,
): Promise<void> {
  const { jobs, superuser, world, backup } = scene;
  const arranged = await arrange(scene);
  const all = { database: scene.database, ...arranged };
  const { message, inputs = {}, onStart, putBack, database, hasResult = false, ...extra } = all;
  const look = async () => ({
    content: database === undefined ? undefined : await superuser.text(database),
    databases: concurrent ? undefined : await superuser.databases(),
    backups: await world.backups.list(),
  });
  // Of the jobs that run alone; one may have been arranged.
  const sessions = async () =>
    concurrent ? [] : await superuser.query<{ pid: number }>('postgres', ourSessions);
  try {
    const before = await look();
    const others = (await sessions()).map(({ pid }) => pid);
    const common = { job_to_run: job, db_name: database ?? scene.database, retry_timeout_seconds: '10' };
    const order = job === 'restore' ? { ...common, backup_file_name: backup.name } : common;
    const running = await jobs.start(order, { ...extra, inputs });
    await onStart?.(running);
    const step = await running.done;
    const whole = onlyError(step);
    const error = job === 'backup' ? whole.replace(/\nNo backup was made\.$/, '') : whole;
    // What fails before there is a job to do, has changed nothing.
    if (error === whole)
      expect(whole).toMatch(
        /was not (changed|touched by this restore)\.|othing was (changed|deleted)\.|It is not known whether/,
      );
    if (typeof message === 'string') expect(error).toBe(message);
    else expect(error).toMatch(message);
    expect(error).toContain(seen);
    // The same in another order; each line, with the commands and the SQL in it, is one line there as well.
    const shown = inProseLines(errorIn(step.summary));
    expect(withHidden(shown, step.hidden)).toBe(inProseLines(whole));
    if (!hasResult) expect(step.outputs).toEqual({});
    expect(step.tempFilesLeft).toEqual([]);
    expect(await look()).toEqual(before);
    await until('its sessions to be gone', async () =>
      (await sessions()).every(({ pid }) => others.includes(pid)),
    );
  } finally {
    await putBack?.();
  }
}
