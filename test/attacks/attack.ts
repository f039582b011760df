import { expect } from 'vitest';
import { accountOf, type Jobs, jobsOn, messages, until, wholeError } from '../support/jobs.ts';
import type { Login, PostgresServer } from '../support/postgres/postgres-server.ts';
import type { StepResult } from '../support/runner/runner.ts';
import { logsOf, placesOf } from '../support/runner/what-is-told.ts';
import { ourSessions } from '../support/untouched.ts';
import type { World } from '../support/world.ts';

/** What an attacker may aim at: a backup, or a restore by one of the two strategies. */
export type Aim = 'backup' | 'swap' | 'drop';
export const aims: readonly Aim[] = ['backup', 'swap', 'drop'];

/** Something that somebody prepares to gain by the next run of the action, or to spoil it. */
export interface Attack {
  /** Who it is, as in SECURITY.md. */
  who: string;
  /** What is prepared, in a few words. */
  what: string;
  /** All, unless said otherwise. */
  aims?: readonly Aim[];
  prepare(scene: Scene, aim: Aim): Promise<Prepared> | Prepared;
}

/** Where an attack is made. */
export interface Scene {
  world: World;
  server: PostgresServer;
  /** As the role whose login is in the vault. */
  jobs: Jobs;
  superuser: Jobs;
  /** A role that may log in, and nothing else. Whatever it plants says `planted`. */
  stranger: Login;
  /** A database of the role's, with the secret in one of its tables. */
  database: string;
  /** Makes a backup of the database as it is now. */
  backup(): Promise<string>;
}

/** How a run has to end. */
export interface Prepared {
  /** The one error that it ends with; none if it succeeds. */
  error?: RegExp;
  /** What is restored; a backup of the database before the attack, unless said otherwise. */
  backup?: string;
  inputs?: Record<string, string>;
  /** Whether the database may be incomplete afterwards, which the error has to say. */
  incomplete?: boolean;
  /** What else must hold. */
  holds?: (step: StepResult) => unknown;
  undo?: () => unknown;
}

/** In a row that nobody but the role may read. */
export const secretRow = 'SSN-078-05-1120';

const sample = `CREATE TABLE note (id int PRIMARY KEY, words text);
  INSERT INTO note VALUES (1, '${secretRow}'), (2, 'other words');
  REVOKE ALL ON note FROM PUBLIC`;

/** What all attacks have in common: one database, made anew for each, and a backup of it as it is then. */
export interface Stage extends Omit<Scene, 'database' | 'backup'> {
  whole: string;
}

const database = 'attacked';

/** @param server one whose log tells who was called */
export async function stageOn(world: World, server: PostgresServer, stranger: Login): Promise<Stage> {
  const jobs = jobsOn(world, server.major);
  const superuser = jobsOn(world, server.major, accountOf(world, server.superuser));
  const stage = { ...{ world, server, stranger, jobs, superuser }, whole: '' };
  await makeAnew(stage);
  return { ...stage, whole: await backUp(stage) };
}

async function makeAnew({ jobs, superuser }: Stage): Promise<void> {
  await superuser.query('postgres', `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  await jobs.createDatabase({ name: database, sql: sample });
}

async function backUp({ jobs }: Stage): Promise<string> {
  const { exitCode, outputs, log } = await jobs.backup(database);
  expect(exitCode, log.slice(-2_000)).toBe(0);
  return outputs['backup_file_name'] ?? '';
}

/** Lets an attack meet the bundle, and checks that nothing was gained, nothing leaked, nothing left, and at most one error told. */
export async function meet(attack: Attack, aim: Aim, stage: Stage): Promise<void> {
  const { jobs, superuser, server, stranger, world, whole } = stage;
  await makeAnew(stage);
  const prepared = await attack.prepare({ ...stage, database, backup: () => backUp(stage) }, aim);
  try {
    const look = async () => ({
      databases: await superuser.databases(),
      gained: await gains(superuser, stranger),
      called: (await server.log()).match(/planted: .*/g) ?? [],
    });
    const before = await look();
    const content = await superuser.text(database);
    const extra = { inputs: { ...prepared.inputs }, environment: { RUNNER_DEBUG: '1' } };
    const restored = { ...extra, inputs: { restore_strategy: aim, ...extra.inputs } };
    const step =
      aim === 'backup'
        ? await jobs.backup(database, extra)
        : await jobs.restore(database, prepared.backup ?? whole, restored);

    const errors = messages(step, 'error').map((message) => wholeError(message, step.log).slice(0, 2_000));
    const end = logsOf(step).shown.slice(-2_000);
    if (prepared.error) expect(errors, end).toEqual([expect.stringMatching(prepared.error)]);
    else expect(errors, end).toEqual([]);
    expect(step.exitCode, end).toBe(prepared.error ? 1 : 0);
    if (prepared.incomplete) expect(errors[0]).toMatch(/is incomplete, keep applications out/);

    const left = `${ourSessions} AND usename <> '${stranger.user}'`;
    await until(
      'our sessions to be gone',
      async () => (await superuser.query('postgres', left)).length === 0,
    );
    expect(await look()).toEqual(before);
    if (aim === 'backup' || prepared.error) {
      if (!prepared.incomplete) expect(await superuser.text(database)).toBe(content);
    }
    await expect(server.query('SELECT * FROM public.note', { ...stranger, database })).rejects.toThrow(
      'permission denied',
    );
    expect(step.tempFilesLeft).toEqual([]);
    for (const [place, text] of Object.entries(placesOf(step))) {
      expect(text, place).not.toContain(secretRow);
      expect(text, place).not.toContain(world.login.password);
    }
    expect(commandsOf(step)).toEqual([]);
    expect(Buffer.byteLength(step.summary)).toBeLessThan(2 ** 20);
    await prepared.holds?.(step);
  } finally {
    await prepared.undo?.();
  }
}

/** What the attacker would have got: to be a member of another role, or to have a right or an attribute. */
async function gains(superuser: Jobs, { user }: Login): Promise<unknown> {
  return await superuser.query(
    'postgres',
    `SELECT rolname, rolsuper, rolcreatedb, rolcreaterole, rolreplication,
      ARRAY(SELECT member::regrole || ' in ' || roleid::regrole FROM pg_auth_members ORDER BY 1) AS members
    FROM pg_roles WHERE rolname = '${user}'`,
  );
}

/** What the runner was made to do by the attacker's text. */
function commandsOf({ masks, outputs, groups, annotations, commandFiles }: StepResult): string[] {
  const titles = annotations.map(({ title }) => title ?? '');
  const files = ['ENV', 'PATH', 'STATE'].map((name) => commandFiles[name] ?? '');
  const values = Object.entries(outputs).flat();
  return [...masks, ...values, ...groups, ...titles, ...files].filter((text) => text.includes('planted'));
}
