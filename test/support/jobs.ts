import { randomBytes } from 'node:crypto';
import { escapeIdentifier, type QueryResultRow } from 'pg';
import { firstSentence } from '../../src/base/format.ts';
import { installedClients } from './postgres/clients.ts';
import { dumpText } from './postgres/databases/dump-text.ts';
import type { Login, PostgresMajor } from './postgres/postgres-server.ts';
import { type RunningStep, type StepOptions, type StepResult, startStep } from './runner/runner.ts';
import { summaryNotes, withHidden } from './runner/summary-notes.ts';
import { readLog } from './runner/workflow-commands.ts';
import type { World } from './world.ts';

/** The action's jobs on one server, as the role whose login is in the vault. */
export interface Jobs {
  /** Creates an empty database that the role owns, and fills it with `sql`; the name is a random one by default. */
  createDatabase(options?: { name?: string; sql?: string }): Promise<string>;
  query<Row extends QueryResultRow>(database: string, sql: string): Promise<Row[]>;
  /** Everything in a database as text that can be compared. */
  text(database: string): Promise<string>;
  databases(): Promise<string[]>;
  backup(database: string, extra?: Extra): Promise<StepResult>;
  restore(database: string, backupFileName: string, extra?: Extra): Promise<StepResult>;
  start(
    job: Record<string, string> & { job_to_run: string; db_name: string },
    extra?: Extra,
  ): Promise<RunningStep>;
}

/** A role, and the inputs that name its secrets in the vault. */
export interface Account extends Login {
  inputs: Record<string, string>;
}

/** Puts the login of a role into the vault. */
export function accountOf(world: World, { user, password }: Login): Account {
  const [userSecret, passwordSecret] = [`user-${secrets++}`, `password-${secrets++}`];
  world.vault.secrets.set(userSecret, { value: user }).set(passwordSecret, { value: password });
  const inputs = { db_user_secret_name: userSecret, db_password_secret_name: passwordSecret };
  return { user, password, inputs };
}

let secrets = 0;

/** Looked up once: each look starts every one of them. */
let clients: ReturnType<typeof installedClients> | undefined;

/** What `postgres_version` has to be for the client of a server to be one of this machine: `auto` if it is the server's own. */
export async function clientHere(major: number): Promise<string> {
  clients ??= installedClients();
  const client = (await clients).find((candidate) => candidate.major >= major);
  return client === undefined || client.major === major ? 'auto' : String(client.major);
}

/** Inputs and variables besides the usual ones, and what else `startStep` takes. */
export type Extra = Partial<Omit<StepOptions, 'action'>>;

/** @param account whose jobs they are; that of the role whose login is in the vault, unless said otherwise */
export function jobsOn(
  world: World,
  major: PostgresMajor,
  account: Account = { ...world.login, inputs: {} },
): Jobs {
  const server = world.server(major);
  const { user, password } = account;

  const query = <Row extends QueryResultRow>(database: string, sql: string): Promise<Row[]> =>
    server.query<Row>(sql, { database, user, password });

  const start: Jobs['start'] = async (job, { inputs = {}, environment = {}, ...rest } = {}) => {
    const step = await startStep({
      ...rest,
      // With `auto`, a machine of one core would take another way, and one without this server's client would install it.
      inputs: {
        ...{ ...world.inputsFor(server, job), jobs: '2', postgres_version: await clientHere(major) },
        ...{ ...account.inputs, ...inputs },
      },
      environment: { ...world.environment, ...environment },
    });
    const name = inputs['db_user_secret_name'];
    const hidden = name === undefined ? user : world.vault.secrets.get(name)?.value;
    return { ...step, done: step.done.then((result) => ({ ...result, ...(hidden && { hidden }) })) };
  };

  return {
    query,
    start,
    async createDatabase({ name = `db_${randomBytes(6).toString('hex')}`, sql = '' } = {}) {
      await query('postgres', `CREATE DATABASE ${escapeIdentifier(name)}`);
      if (sql !== '') await query(name, sql);
      return name;
    },
    async text(database) {
      clients ??= installedClients();
      const client = (await clients).find((candidate) => candidate.major >= major);
      if (!client) throw new Error(`There is no PostgreSQL client for a server ${major} on this machine`);
      const { host, port } = server;
      return dumpText({
        pgDump: client.pg_dump,
        host,
        port,
        user,
        password,
        database,
        rootCert: world.caFile,
      });
    },
    async databases() {
      const rows = await query<{ datname: string }>('postgres', 'SELECT datname FROM pg_database ORDER BY 1');
      return rows.map(({ datname }) => datname);
    },
    backup: async (database, extra) => (await start({ job_to_run: 'backup', db_name: database }, extra)).done,
    restore: async (database, backupFileName, extra) =>
      (await start({ job_to_run: 'restore', db_name: database, backup_file_name: backupFileName }, extra))
        .done,
  };
}

/**
 * What a step told on one level. A warning's annotation is the first sentence of it: here it is whole, as the summary has it, with its SQL.
 * One that the summary has in the words of afterwards ("owns" for "will own") keeps its first sentence.
 */
export function messages(result: StepResult, level: 'error' | 'warning'): string[] {
  const told = result.annotations.filter((annotation) => annotation.level === level);
  const notes = level === 'warning' ? summaryNotes(result.summary) : [];
  const texts = told.map(({ message }) => {
    const sentence = message.replace(/ \(see the summary\)$/, '');
    const exact = notes.find(({ text }) => text.startsWith(sentence));
    if (exact) return [exact.text, exact.sql].filter((part) => part !== '').join('\n');
    const afterwards =
      sentence === message ? undefined : notes.find(({ text }) => beginAlike(text, sentence));
    if (!afterwards) return message;
    const rest = afterwards.text.slice(firstSentence(afterwards.text).sentence.length);
    return [`${sentence}${rest}`, afterwards.sql].filter((part) => part !== '').join('\n');
  });
  return texts.map((text) => withHidden(text, result.hidden));
}

/** Whether two texts begin with the same dozen characters. */
function beginAlike(one: string, other: string): boolean {
  return one.slice(0, 12) === other.slice(0, 12);
}

/** The one error that a failed step has to end with. */
export function onlyError(result: StepResult): string {
  const [error, ...others] = messages(result, 'error');
  if (error === undefined || others.length > 0 || result.exitCode !== 1) {
    throw new Error(`Expected exit status 1 and one error, got ${result.exitCode} and:\n${result.log}`);
  }
  return withHidden(wholeError(error, result.log), result.hidden);
}

/**
 * An error with all that its annotation and the lines of the log below it say, which is the state first and the cause last, in the order
 * in which a Failure has it as its message: the cause, what to do, the state.
 */
export function wholeError(annotation: string, log: string): string {
  const { lead, first } = partsOfAnnotation(annotation);
  const parts: Record<string, string[]> = { State: [], 'What to do': [], Details: [] };
  let part = 'Details';
  for (const line of linesBelowError(log)) {
    const [all = '', label] = /^(State|What to do|Details):(?: |$)/.exec(line) ?? [];
    part = label ?? part;
    if (label === undefined || line !== all) parts[part]?.push(line.slice(all.length));
  }
  const state = [...(lead === undefined ? [] : [`${lead}.`]), parts['State']?.join('\n') ?? ''];
  const advice = parts['What to do']?.filter(
    (line) => !/un the same restore again \(backup_file_name: /.test(line),
  );
  return [first, ...(parts['Details'] ?? []), ...(advice ?? []), state.join(' ').trim()]
    .filter((text, place, all) => text !== '' || (place > 0 && place < all.length - 1))
    .join('\n');
}

/** What an annotation says of the state, and the first line of the cause. */
function partsOfAnnotation(annotation: string): { lead?: string; first: string } {
  const pointer = ' (see the summary)';
  const [before = '', after] = annotation.split(`${pointer}: `);
  if (after !== undefined)
    return { lead: before, first: annotation.slice(before.length + pointer.length + 2) };
  const text = annotation.replace(pointer, '');
  return { first: /^\d+ invalid inputs?; /.test(text) ? `${text}.` : text };
}

function linesBelowError(log: string): string[] {
  const events = readLog(log.trimEnd());
  const below = events.slice(
    events.findIndex((event) => event.kind === 'annotation' && event.annotation.level === 'error') + 1,
  );
  const end = below.findIndex(({ kind }) => kind !== 'text');
  return below
    .slice(0, end < 0 ? below.length : end)
    .map((event) => (event.kind === 'text' ? event.text : ''));
}

/** Waits until a condition holds, or fails with what was waited for. */
export async function until(what: string, holds: () => Promise<boolean>, seconds = 30): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Waited ${seconds} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
