import type { TokenCredential } from '../azure/sign-in/credential.ts';
import { isShownAnyway, readLogin, readPassword } from '../azure/vault/key-vault.ts';
import type { Step } from '../base/step.ts';
import type { Client } from '../postgres/client/find.ts';
import { type Clients, lookForClients } from '../postgres/client/obtain.ts';
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
import type { DatabaseRequest, Request } from './request.ts';
import { signInFor } from './sign-in.ts';

/** The login, and how the password is read again where the server rejects it in the midst of the job. */
export interface RenewableLogin extends Login {
  readPassword(): Promise<string>;
}

/**
 * Signs in, and fetches the database's login from Key Vault. Both values are masked before anything else happens, unless the user is a
 * part of the database's name.
 */
export async function fetchLogin(
  request: DatabaseRequest,
  step: Step,
): Promise<{ credential: TokenCredential; login: RenewableLogin }> {
  const credential = await signInForVault(request, step);
  return { credential, login: await readLoginWith(credential, request, step) };
}

/** Signs in; what is asked first is the vault. @throws Failure */
export function signInForVault(request: DatabaseRequest, step: Step): Promise<TokenCredential> {
  return signInFor(request, vaultScope(request), step);
}

function vaultScope({ cloud }: DatabaseRequest): string {
  return `https://${cloud.vaultSuffix}/.default`;
}

/** Fetches the login from Key Vault, and hides it, as `fetchLogin` does. @throws Failure */
export async function readLoginWith(
  credential: TokenCredential,
  request: DatabaseRequest,
  step: Step,
): Promise<RenewableLogin> {
  const { principal, secrets, database, patience } = request;
  const { mask, signal, info } = step;
  const { tenantId, clientId } = principal;
  const scope = vaultScope(request);
  const shown = [database];
  const access = { credential, scope, tenantId, clientId, mask, shown, patience, signal, info };
  const login = await readLogin(secrets, access);
  mask({
    ...(!isShownAnyway(login.user, shown) && { 'db_user_secret_name (the user itself)': login.user }),
    'db_password_secret_name (the password itself)': login.password,
  });
  info(`Read the database credentials from ${secrets.vaultUrl}`);
  return { ...login, readPassword: () => readPassword(secrets, access) };
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
 * Gets the PostgreSQL client to work with: asks the server for its version, with whatever `psql` there is, then takes the client that
 * `postgres/client/choose.ts` chooses. What the machine lacks is installed.
 * @param ask puts the job's first questions to the server; they are asked only once
 * @param oldestReader of a restore: the oldest major that reads the backup
 * @throws Failure if the action does not work with this server, or there is no client for it
 */
export async function prepareClient<S extends Server>(
  request: DatabaseRequest & Pick<Request, 'job'>,
  login: RenewableLogin,
  ask: (psql: Psql) => Promise<S>,
  oldestReader: number | undefined,
  step: Step,
): Promise<Prepared<S>> {
  const connection = await connectionFor(request, login, step);
  const clients = await lookForClients(request.client, request.job === 'backup', step);
  const psql = psqlOf(await clients.any(), connection, step);
  const server = await askFirst(request, login, psql, ask, step);
  const client = await takeClient(request, server, clients, oldestReader, step);
  return { client, connection, server, psql: psqlOf(client, connection, step) };
}

/** How the programs reach the server with a login. @throws Failure if the machine has nothing to verify it by */
export function connectionFor(
  { server, patience }: DatabaseRequest,
  login: RenewableLogin,
  { scratch, info }: Step,
): Promise<Connection> {
  return prepareConnection(server, login, scratch, { patience, info, readPassword: login.readPassword });
}

/** The `psql` of a client. */
export function psqlOf(client: Client, connection: Connection, { signal }: Step): Psql {
  return { program: client.psql, connection, signal };
}

/** Puts the first questions to a server. @throws Failure if it cannot be reached, refuses, or is none that the action works with */
export async function askFirst<S extends Server>(
  { secrets }: DatabaseRequest,
  login: Login,
  psql: Psql,
  ask: (psql: Psql) => Promise<S>,
  step: Step,
): Promise<S> {
  const server = await explainRejectedLogin(login, secrets, step, () => ask(psql));
  assertSupported(server, psql.connection);
  return server;
}

/** Takes the client that is best for a server. @throws Failure if there is none */
export async function takeClient(
  { server: { sslMode } }: DatabaseRequest,
  { major, version }: Server,
  clients: Clients,
  oldestReader: number | undefined,
  step: Step,
): Promise<Client> {
  const need = { server: major, ...(oldestReader !== undefined && { oldestReader }) };
  const client = await clients.choose(need, version);
  if (isUnverified({ sslMode }) && client.major < 16) step.warn(mayTellPassword(sslMode, client));
  return client;
}

function mayTellPassword(mode: string, { version }: Client): string {
  return (
    `Set ssl_mode to verify-full, or use a client 16 or newer. With ssl_mode ${mode} an impostor of the server is not detected, and ` +
    `client ${version} sends it the password in clear text if asked to.`
  );
}
