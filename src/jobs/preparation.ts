import type { TokenCredential } from '../azure/sign-in/credential.ts';
import { isShownAnyway, readLogin, readPassword } from '../azure/vault/key-vault.ts';
import type { Step } from '../base/step.ts';
import type { Client } from '../postgres/client/find.ts';
import { lookForClients } from '../postgres/client/obtain.ts';
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
  { principal, cloud, secrets, database, patience }: DatabaseRequest,
  step: Step,
): Promise<{ credential: TokenCredential; login: RenewableLogin }> {
  const { mask, signal, info } = step;
  const { tenantId, clientId } = principal;
  const scope = `https://${cloud.vaultSuffix}/.default`;
  const credential = await signInFor({ principal, patience }, scope, step);
  const shown = [database];
  const access = { credential, scope, tenantId, clientId, mask, shown, patience, signal, info };
  const login = await readLogin(secrets, access);
  mask({
    ...(!isShownAnyway(login.user, shown) && { 'db_user_secret_name (the user itself)': login.user }),
    'db_password_secret_name (the password itself)': login.password,
  });
  info(`Read the database credentials from ${secrets.vaultUrl}`);
  return { credential, login: { ...login, readPassword: () => readPassword(secrets, access) } };
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
  { job, server: address, secrets, client: wish, patience }: DatabaseRequest & Pick<Request, 'job'>,
  login: RenewableLogin,
  ask: (psql: Psql) => Promise<S>,
  oldestReader: number | undefined,
  step: Step,
): Promise<Prepared<S>> {
  const insistence = { patience, info: step.info, readPassword: login.readPassword };
  const connection = await prepareConnection(address, login, step.scratch, insistence);
  const withPsql = (client: Client): Psql => ({ program: client.psql, connection, signal: step.signal });

  const clients = await lookForClients(wish, job === 'backup', step);
  const asking = await clients.any();
  const server = await explainRejectedLogin(login, secrets, step, () => ask(withPsql(asking)));
  assertSupported(server, connection);
  const need = { server: server.major, ...(oldestReader !== undefined && { oldestReader }) };
  const client = await clients.choose(need, server.version);
  if (isUnverified(address) && client.major < 16) step.warn(mayTellPassword(address.sslMode, client));
  return { client, connection, server, psql: withPsql(client) };
}

function mayTellPassword(mode: string, { version }: Client): string {
  return (
    `Set ssl_mode to verify-full, or use a client 16 or newer. With ssl_mode ${mode} an impostor of the server is not detected, and ` +
    `client ${version} sends it the password in clear text if asked to.`
  );
}
