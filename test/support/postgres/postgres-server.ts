import { Client, escapeIdentifier, escapeLiteral, type QueryResultRow } from 'pg';
import type { Certificate } from '../machine/certificates.ts';
import { onFreePort } from '../machine/free-port.ts';
import { startServerProcess } from '../machine/server-process.ts';
import { makeFolderInMemory, makeTemporaryFolder } from '../machine/temporary-folder.ts';
import { azureSettings, azureSuperuser, setUpAzure } from './azure-like.ts';
import { superuserPassword } from './kept-clusters.ts';
import { makeCluster } from './postgres-cluster.ts';
import type { PostgresMajor } from './postgres-programs.ts';
import { quickPassword } from './quick-password.ts';

export type { PostgresMajor } from './postgres-programs.ts';

/** A role that can log in. */
export interface Login {
  user: string;
  password: string;
}

/** Where and as whom to connect: the database `postgres` as the superuser, unless said otherwise. */
export interface Session extends Partial<Login> {
  database?: string;
  /** What the session is started with, as PGOPTIONS has it. */
  options?: string;
}

/** A PostgreSQL server of our own. */
export interface PostgresServer {
  major: PostgresMajor;
  host: 'localhost';
  port: number;
  superuser: Login;
  /** Of a server as Azure runs it: a member of `azure_pg_admin`, no superuser. */
  administrator?: Login;
  /** Runs SQL, one statement or several, and returns the rows of the last. */
  query<Row extends QueryResultRow>(sql: string, session?: Session): Promise<Row[]>;
  /** A connection to keep open; whoever asked for it ends it. */
  connect(session?: Session): Promise<Client>;
  /** Creates a role that can log in, with further attributes such as `CREATEDB`. */
  createRole(user: string, password: string, attributes?: string): Promise<Login>;
  createDatabase(name: string, owner?: string): Promise<void>;
  /** What the server has logged. */
  log(): Promise<string>;
  logFile: string;
  stop(): Promise<void>;
}

/** What to start. */
export interface PostgresOptions {
  major: PostgresMajor;
  certificate: Certificate;
  /** Server parameters that differ from the usual ones. */
  settings?: Record<string, string | number | boolean>;
  /** Takes connections without TLS too, as the usual container images do. */
  plain?: boolean;
  /** Makes it a server as Azure runs it. */
  azure?: boolean;
  /** Offers the extensions of `extensions/` besides its own. */
  standIns?: boolean;
}

/** Starts a new, empty server on a free port. */
export function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  return onFreePort((port) => startPostgresOn(port, options));
}

async function startPostgresOn(port: number, options: PostgresOptions): Promise<PostgresServer> {
  const { major, certificate, plain = false, azure = false, standIns = false } = options;
  const settings = { ...(azure && azureSettings), ...options.settings };
  const superuser = {
    user: azure ? azureSuperuser : 'postgres',
    password: superuserPassword(),
  };
  const [folder, data] = [
    await makeTemporaryFolder(`postgres-${major}`),
    await makeFolderInMemory(`postgres-${major}-data`),
  ];
  const process = await start().catch(async (error: unknown) => {
    await Promise.all([folder.remove(), data.remove()]);
    throw error;
  });

  async function start() {
    const cluster = await makeCluster(folder.path, data.path, {
      ...{ major, certificate, port, settings, plain, azure, standIns },
      login: superuser,
    });
    // SIGQUIT ends a server at once, without writing out what will be removed anyhow.
    const places = { cwd: folder.path, folder: folder.path, data: data.path };
    return startServerProcess({ ...cluster, ...places, stopSignal: 'SIGQUIT' }, answers);
  }

  async function answers(): Promise<boolean> {
    try {
      await (await connect()).end();
      return true;
    } catch {
      return false;
    }
  }

  async function connect(session: Session = {}): Promise<Client> {
    const login = { database: 'postgres', ...superuser, ...session };
    const client = new Client({ ...login, host: 'localhost', port, ssl: { ca: certificate.caPem } });
    client.on('error', () => {}); // a test may end a session from elsewhere; its next query will say so
    await client.connect();
    return client;
  }

  async function query<Row extends QueryResultRow>(sql: string, session?: Session): Promise<Row[]> {
    const client = await connect(session);
    try {
      const result = await client.query<Row>(sql);
      return (Array.isArray(result) ? result.at(-1) : result).rows;
    } finally {
      await client.end();
    }
  }

  async function createRole(user: string, password: string, attributes = ''): Promise<Login> {
    await query(
      `CREATE ROLE ${escapeIdentifier(user)} LOGIN ${attributes} PASSWORD ${escapeLiteral(quickPassword(password))}`,
    );
    return { user, password };
  }

  async function createDatabase(name: string, owner = superuser.user): Promise<void> {
    await query(`CREATE DATABASE ${escapeIdentifier(name)} OWNER ${escapeIdentifier(owner)}`);
  }

  const administrator = azure
    ? await setUpAzure(query).catch(async (error: unknown) => {
        await process.stop();
        throw error;
      })
    : undefined;

  return {
    ...(administrator && { administrator }),
    ...{ major, host: 'localhost', port, superuser, query, connect, createRole, createDatabase },
    ...{ log: process.log, logFile: process.logFile },
    stop: process.stop,
  };
}
