import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { prepareConnection } from '../../../src/postgres/session/connection.ts';
import type { Psql } from '../../../src/postgres/session/psql.ts';
import { localNames, makeAuthority } from '../machine/certificates.ts';
import { makeTemporaryFolder } from '../machine/temporary-folder.ts';
import { clientOf, type InstalledClient, installedClients } from './clients.ts';
import { type Login, type PostgresMajor, type PostgresServer, startPostgres } from './postgres-server.ts';

/** A server alone, and the means to run the action's own modules on it. */
export interface BareServer {
  server: PostgresServer;
  /** The programs of the server's own major, or of the next newer one. */
  client: InstalledClient;
  /** psql as a role, with the connection that the action would make. */
  psqlAs(login: Login): Promise<Psql>;
  /** The same, by another port of this machine that leads to the server. */
  psqlThrough(login: Login, port: number): Promise<Psql>;
  stop(): Promise<void>;
}

export async function startBareServer(major: PostgresMajor): Promise<BareServer> {
  await using stack = new AsyncDisposableStack();
  const folder = await makeTemporaryFolder('bare-server');
  stack.defer(folder.remove);
  const authority = await makeAuthority();
  const sslRootCert = join(folder.path, 'ca.pem');
  await writeFile(sslRootCert, authority.caPem);
  const newer = (await installedClients()).find((candidate) => candidate.major >= major);
  const client = newer ?? (await clientOf(major));
  const server = await startPostgres({ major, certificate: await authority.issue(localNames) });
  stack.defer(server.stop);
  const everything = stack.move();

  async function psqlThrough(login: Login, port: number): Promise<Psql> {
    const address = { host: server.host, port, sslMode: 'verify-full', sslRootCert } as const;
    const connection = await prepareConnection(address, login, folder.path);
    return { program: client.psql, connection, signal: AbortSignal.timeout(600_000) };
  }

  return {
    server,
    client,
    psqlAs: (login) => psqlThrough(login, server.port),
    psqlThrough,
    stop: () => everything.disposeAsync(),
  };
}
