import { Failure } from '../../base/failure.ts';
import { plain } from '../../base/format.ts';
import { ProcessFailure } from '../../base/process.ts';
import type { Step } from '../../base/step.ts';
import { type Client, folderOf } from '../../postgres/client/find.ts';
import { lookForClients } from '../../postgres/client/obtain.ts';
import { existingDatabase } from '../../postgres/server/missing-database.ts';
import {
  type DatabaseFacts,
  maintenanceDatabase,
  type RestoreFacts,
  restoreFacts,
  type Server,
} from '../../postgres/server/server.ts';
import { connectFailure } from '../../postgres/session/connect-failure.ts';
import { isUnverified } from '../../postgres/session/connection.ts';
import { ask, type Psql } from '../../postgres/session/psql.ts';
import { askFirst, connectionFor, psqlOf, type RenewableLogin, takeClient } from '../preparation.ts';
import type { CheckRequest } from '../request.ts';
import { type Area, attempt, uncheckedCheck, warningAbout } from './checklist.ts';

/** What a server says to a backup and to a restore, each of which asks in a database of its own: the facts, or why there are none. */
export interface ServerAnswers extends Server {
  forBackup: DatabaseFacts | Failure;
  forRestore: RestoreFacts | Failure;
}

/** A server that can be asked, with the client to work with. */
export interface CheckedServer {
  client: Client;
  psql: Psql;
  answers: ServerAnswers;
}

/** Checks the way to the server, and the client. @returns undefined where nothing more can be asked */
export async function checkServer(
  area: Area,
  asked: CheckRequest,
  login: RenewableLogin,
  step: Step,
): Promise<CheckedServer | undefined> {
  const { database, server: address } = asked;
  const clientChecks: Area = { ...area, checks: [] };
  const clients = await attempt(clientChecks, 'PostgreSQL client', step, async (own) => {
    const found = await lookForClients(asked.client, true, own);
    return { value: { found, any: await found.any() }, detail: '' };
  });
  if (!clients) {
    area.checks.push(
      uncheckedCheck('Connection', 'A PostgreSQL client is needed first.'),
      ...clientChecks.checks,
    );
    return undefined;
  }
  const reached = await attempt(area, 'Connection', step, async (own) => {
    const connection = await connectionFor(asked, login, own);
    const psql = psqlOf(clients.any, connection, own);
    const answers = await askFirst(asked, login, psql, (one) => askForBoth(one, database), own);
    const entered = answers.forBackup instanceof Failure ? maintenanceDatabase : database;
    const tls = await transportOf(psql, entered);
    const how = tls === undefined ? 'not encrypted' : `${plain(tls)}, ${verification(address.sslMode)}`;
    const where = `${address.host}:${address.port}`;
    return {
      value: { connection, answers },
      detail: `PostgreSQL ${plain(answers.version)} on ${where}, ${how}.`,
    };
  });
  if (!reached) {
    area.checks.push(uncheckedCheck('PostgreSQL client', 'Its version is chosen by that of the server.'));
    return undefined;
  }
  const { connection, answers } = reached;
  if (isUnverified(address)) area.checks.push(warningAbout('Connection', unverified(address.sslMode)));
  const client = await attempt(clientChecks, 'PostgreSQL client', step, async (own) => {
    const value = await takeClient(asked, answers, clients.found, undefined, own);
    return { value, detail: `pg_dump and pg_restore ${value.version} from ${folderOf(value)}.` };
  });
  area.checks.push(...clientChecks.checks, ...sessionChecks(answers));
  return client && { client, psql: psqlOf(client, connection, step), answers };
}

/**
 * Asks what a restore asks, and what a backup does. The one may get an answer where the other gets none: they connect to different
 * databases.
 * @throws Failure if there is no answer at all, or the login is rejected
 */
async function askForBoth(psql: Psql, database: string): Promise<ServerAnswers> {
  const forRestore = await orRefusal(restoreFacts(psql, database));
  const forBackup = await orRefusal(existingDatabase(psql, database));
  const facts = forRestore instanceof Failure ? forBackup : forRestore;
  if (facts instanceof Failure) throw facts;
  const { version, major, direct } = facts;
  const spare = [forBackup, forRestore].flatMap((one) =>
    one instanceof Failure || one.spareSessions === undefined ? [] : [one.spareSessions],
  );
  return {
    ...{ version, major, direct, forBackup, forRestore },
    ...(spare.length > 0 && { spareSessions: Math.min(...spare) }),
  };
}

/** The answer, or why the server refused it in this database alone. */
async function orRefusal<T>(answer: Promise<T>): Promise<T | Failure> {
  return answer.catch((error: unknown) => {
    if (error instanceof Failure && isOfOneDatabase(error)) return error;
    throw error;
  });
}

function isOfOneDatabase({ cause }: Failure): boolean {
  if (!(cause instanceof ProcessFailure)) return false;
  const refused = connectFailure(cause);
  return refused === undefined || (refused.answered && refused.kind === 'final');
}

/** `TLSv1.3`; undefined if the connection is not encrypted. */
async function transportOf(psql: Psql, database: string): Promise<string | undefined> {
  const query = 'SELECT to_json(coalesce(version, $$$$)) FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
  const version = await ask<string>(psql, database, query).catch(() => '');
  return version === '' ? undefined : version;
}

function verification(mode: string): string {
  if (mode === 'verify-full') return 'certificate and name verified';
  return mode === 'verify-ca' ? 'certificate verified' : 'certificate not verified';
}

function unverified(mode: string): string {
  return mode === 'disable'
    ? 'The connection is not encrypted (ssl_mode disable). Set ssl_mode to verify-full: everything, the password apart, can be read on the way.'
    : `Nothing proves whose server this is (ssl_mode ${mode}). Set ssl_mode to verify-full, with ssl_root_cert where the server's root is not among those of the runner.`;
}

/** A job needs some besides those of pg_dump and pg_restore: for its lock, its questions and its progress. */
const fewSessions = 5;

function sessionChecks({ spareSessions }: ServerAnswers): Area['checks'] {
  const what = 'Free sessions';
  if (spareSessions === undefined) return [uncheckedCheck(what, 'The server does not tell it to this role.')];
  if (spareSessions >= fewSessions)
    return [{ what, came: 'passed', detail: `The server takes about ${spareSessions} more.` }];
  const text = `The server takes about ${Math.max(0, spareSessions)} more sessions of this role now, and a job uses up to ${fewSessions} besides those of input jobs.`;
  return [
    warningAbout(
      what,
      `${text} End some (see pg_stat_activity), or raise max_connections, or the CONNECTION LIMIT of the role or the database.`,
    ),
  ];
}
