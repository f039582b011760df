import { signIn, type TokenCredential } from '../azure/sign-in/credential.ts';
import { isShownAnyway, readLogin } from '../azure/vault/key-vault.ts';
import { Failure } from '../base/failure.ts';
import { plain } from '../base/format.ts';
import type { Step } from '../base/step.ts';
import { installClient } from '../postgres/client/apt.ts';
import { type Client, chooseClient, findClients } from '../postgres/client/find.ts';
import { assertSupported } from '../postgres/server/fit-server.ts';
import type { Server } from '../postgres/server/server.ts';
import {
  type Connection,
  isUnverified,
  type Login,
  prepareConnection,
} from '../postgres/session/connection.ts';
import type { Psql } from '../postgres/session/psql.ts';
import { explainRejectedLogin } from './rejected-login.ts';
import type { DatabaseRequest } from './request.ts';

/**
 * Signs in, and fetches the database's login from Key Vault. Both values are masked before anything else happens, unless the user is a
 * part of the database's name.
 */
export async function fetchLogin(
  { principal, cloud, secrets, database }: DatabaseRequest,
  step: Step,
): Promise<{ credential: TokenCredential; login: Login }> {
  const { mask, signal } = step;
  const { tenantId, clientId } = principal;
  const scope = `https://${cloud.vaultSuffix}/.default`;
  const credential = await signIn(principal, scope, { mask, signal });
  step.info(`Signed in as application ${principal.clientId}`);
  const shown = [database];
  const login = await readLogin(secrets, { credential, scope, tenantId, clientId, mask, shown, signal });
  mask({
    ...(!isShownAnyway(login.user, shown) && { 'db_user_secret_name (the user itself)': login.user }),
    'db_password_secret_name (the password itself)': login.password,
  });
  step.info(`Read the database credentials from ${secrets.vaultUrl}`);
  return { credential, login };
}

/** The client, and what the server answered when it was asked. */
export interface Prepared<S extends Server> {
  client: Client;
  connection: Connection;
  server: S;
  /** `client.psql` on this connection. */
  psql: Psql;
}

/**
 * Finds the PostgreSQL client to work with: asks the server for its version, with whatever `psql` there is, then takes
 * the client of that major, or the next newer one. What the machine lacks is installed.
 * @param ask puts the job's first questions to the server; they are asked only once
 * @param atLeast the oldest major that can do the job whatever the server is
 * @throws Failure if the action does not work with this server, or no client is new enough, with both versions in it
 */
export async function prepareClient<S extends Server>(
  { server: address, secrets }: DatabaseRequest,
  login: Login,
  ask: (psql: Psql) => Promise<S>,
  atLeast: number,
  step: Step,
): Promise<Prepared<S>> {
  const connection = await prepareConnection(address, login, step.scratch);
  const withPsql = (client: Client): Psql => ({ program: client.psql, connection, signal: step.signal });

  let clients = await findClients(step.signal);
  if (clients.length === 0) {
    step.info('No PostgreSQL client on this machine');
    await installClient(undefined, step.info);
    clients = await findClients(step.signal);
  }
  const newest = clients.at(-1);
  if (!newest) throw noClient();

  const server = await explainRejectedLogin(login, secrets, step, () => ask(withPsql(newest)));
  assertSupported(server, connection);
  const wanted = Math.max(server.major, atLeast);
  let client = chooseClient(clients, wanted);
  if (!client) {
    step.info(
      `PostgreSQL ${plain(server.version)} needs a client ${wanted} or newer; the newest here is ${newest.version}`,
    );
    await installClient(wanted, step.info);
    clients = await findClients(step.signal);
    client = chooseClient(clients, wanted);
  }
  if (!client) throw tooOld(clients, server, wanted);
  step.info(describeChoice(client, server, wanted));
  if (isUnverified(address) && client.major < 16) step.warn(mayTellPassword(address.sslMode, client));
  return { client, connection, server, psql: withPsql(client) };
}

function mayTellPassword(mode: string, { version }: Client): string {
  return (
    `Set ssl_mode to verify-full, or use a client 16 or newer. With ssl_mode ${mode} an impostor of the server is not detected, and ` +
    `client ${version} sends it the password in clear text if asked to.`
  );
}

function describeChoice(client: Client, server: Server, wanted: number): string {
  const why =
    client.major === server.major
      ? 'same major version'
      : wanted > server.major && client.major === wanted
        ? 'the oldest that reads this backup'
        : `the next newer than ${wanted} on this machine`;
  return `PostgreSQL ${plain(server.version)}; using psql, pg_dump and pg_restore ${client.version} (${why}) from ${client.pgDump.replace(/\/pg_dump$/, '')}`;
}

function noClient(): Failure {
  return new Failure({
    tried: 'Looking for the PostgreSQL client',
    cause: 'psql, pg_dump and pg_restore were not found after installing their package',
    advice: 'Add the folder with all three to PATH.',
  });
}

function tooOld(clients: readonly Client[], server: Server, wanted: number): Failure {
  const newest = clients.at(-1)?.version ?? 'none';
  return new Failure({
    tried: `Looking for a PostgreSQL client for a server ${plain(server.version)}`,
    cause:
      `the newest client that this machine has, or can install, is ${newest}, and version ${wanted} or newer is needed: ` +
      'older clients reject newer servers and newer archives',
    advice:
      `Install postgresql-client-${wanted} from apt.postgresql.org in a step before this one, or use a runner image that has it (input ` +
      'runs_on of the workflow).',
  });
}
