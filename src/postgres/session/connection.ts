import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../base/failure.ts';
import { quoted } from '../../base/format.ts';
import type { Patience } from '../../base/patience.ts';

export const sslModes = ['verify-full', 'verify-ca', 'require', 'disable'] as const;
export type SslMode = (typeof sslModes)[number];

export interface ServerAddress {
  host: string;
  port: number;
  sslMode: SslMode;
  /** A PEM file; without it the system's roots are used. */
  sslRootCert?: string;
}

export interface Login {
  user: string;
  password: string;
}

/** How PostgreSQL's programs reach the server. */
export interface Connection {
  address: ServerAddress;
  user: string;
  /** Their whole environment but the password: see `environmentOf`. */
  env: Record<string, string>;
  /** The same object in every copy of a connection: what one program finds out counts for the next. */
  admission: Admission;
}

/** How a job gets in, as far as that may change while it runs. */
export interface Admission {
  password: string;
  /** Whether the server has let the job in already. */
  worked: boolean;
  insistence?: Insistence;
  /** While the password is being read again. */
  renewal?: Promise<void>;
}

/** What is done about a server that does not let the job in; without it, the first failure is final. */
export interface Insistence {
  patience: Patience;
  info(line: string): void;
  /** Reads the password again where it comes from, and hides it. */
  readPassword(): Promise<string>;
}

/**
 * A parameter that means nothing, given to each session at its start. A server keeps it, a pooler such as pgBouncer does not:
 * that refuses it, or passes over it if its ignore_startup_parameters has `options` (tried with pgBouncer 1.18). The number of
 * the port tells little: poolers listen anywhere, and servers behind mappings of ports.
 */
export const directConnectionParameter = 'postgres_azure_backup.direct';

/**
 * What the sessions of psql, pg_dump and pg_restore are started with; it wins over what is set for a database or a role. Each is known
 * to every server that we talk to, and any role may set it. default_transaction_read_only is not among them, since a server whose
 * disk is full has it on, and a restore asks for it; nor is role, by which some let all objects belong to a group.
 */
const sessionSettings = {
  [directConnectionParameter]: 'on',
  default_transaction_isolation: 'read committed', // a standby knows no serializable one, parallel sessions would fail in it
  statement_timeout: '0',
  lock_timeout: '0',
};

/** Of the runner's environment, what PostgreSQL's programs need to run; no PG* variable, input or token is among it. */
const inherited = ['PATH', 'TMPDIR', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'SystemRoot'];

/**
 * Makes the environment that carries host, login and TLS settings to psql, pg_dump and pg_restore. Nothing of it
 * stands on a command line, and nothing of the runner's own libpq settings plays a part: variables are chosen, not
 * inherited, and the files that libpq looks for in the home folder are pointed at names that do not exist.
 *
 * The system's roots are written to a PEM file, since `sslrootcert=system` is known only from libpq 16 on.
 * https://www.postgresql.org/docs/current/libpq-envars.html
 *
 * @param scratch a private folder for that file
 * @param insistence what is done about a server that does not let the job in
 * @throws Failure if certificates are to be verified and the system has no roots
 */
export async function prepareConnection(
  address: ServerAddress,
  login: Login,
  scratch: string,
  insistence?: Insistence,
): Promise<Connection> {
  const nowhere = path.join(scratch, 'none');
  const env: Record<string, string> = {
    HOME: scratch,
    LC_ALL: 'C', // the programs' own messages in English, the server's as it has them
    PGHOST: address.host,
    PGPORT: String(address.port),
    PGUSER: login.user,
    PGSSLMODE: address.sslMode,
    // Nothing proves who answers then: whoever it is does not get the password in clear. Known from libpq 16 on.
    ...(isUnverified(address) && { PGREQUIREAUTH: '!password' }),
    PGSSLROOTCERT: await rootCertificates(address, scratch, nowhere),
    PGSSLCERT: nowhere,
    PGSSLKEY: nowhere,
    PGSSLCRL: nowhere,
    PGPASSFILE: nowhere,
    PGSERVICEFILE: nowhere,
    PGSYSCONFDIR: nowhere,
    PGGSSENCMODE: 'disable',
    PGCONNECT_TIMEOUT: String(connectTimeout(insistence)),
    PGAPPNAME: 'postgres-azure-backup',
    PGOPTIONS: optionsOf(sessionSettings),
  };
  for (const name of inherited) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  const admission = { password: login.password, worked: false, ...(insistence && { insistence }) };
  return { address, user: login.user, env, admission };
}

/** The whole environment of a program that is about to connect, with the password that counts now. */
export function environmentOf({ env, admission }: Connection): Record<string, string> {
  return { ...env, PGPASSWORD: admission.password };
}

/** For one attempt to connect, in seconds; libpq takes less than two for two. */
function connectTimeout(insistence: Insistence | undefined): number {
  return Math.max(2, Math.ceil((insistence?.patience.answer ?? 20_000) / 1000));
}

/** A database and its server, for messages. */
export function describeDatabase({ address, user }: Connection, database: string): string {
  return `database ${quoted(database)} on ${address.host}:${address.port} as ${quoted(user)}`;
}

/** Whether a server is talked to without knowing whose it is. */
export function isUnverified({ sslMode }: Pick<ServerAddress, 'sslMode'>): boolean {
  return sslMode === 'require' || sslMode === 'disable';
}

/** Settings as PGOPTIONS takes them for the start of a session: https://www.postgresql.org/docs/current/libpq-connect.html (options) */
export function optionsOf(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `-c ${name}=${value.replace(/[\\ ]/g, '\\$&')}`)
    .join(' ');
}

/**
 * A database's name as a connection string. The programs take a bare name with `=` or `postgresql://` in it for a
 * connection string and would reach another database; a quoted `dbname` is only ever a name.
 * Keep-alives come with it, since no environment variable sets them.
 * https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING
 * @param sends whether the program sends rows, for which a server may have no room for minutes
 */
export function connectionString(
  database: string,
  { admission }: Partial<Pick<Connection, 'admission'>> = {},
  sends: 'questions' | 'rows' = 'questions',
): string {
  const escaped = database.replace(/[\\']/g, '\\$&');
  const longest = 2 * (admission?.insistence?.patience.idle ?? 60_000);
  return `dbname='${escaped}' ${keepAlives(longest)}${sends === 'questions' ? ` tcp_user_timeout=${longest}` : ''}`;
}

/**
 * Load balancers drop connections that are silent for some minutes, as they are while an index is built: after half a minute the
 * system asks whether the other end is still there, and then every 15 s. If it is not, the connection is given up after two minutes;
 * by TCP_USER_TIMEOUT also where something was sent and not received, for which the system takes a quarter of an hour otherwise. That
 * counts what the other end has no room for as well: https://man7.org/linux/man-pages/man7/tcp.7.html
 * @param longest in milliseconds
 */
function keepAlives(longest: number): string {
  const seconds = (part: number): number => Math.max(1, Math.round(longest / 1000 / part));
  return `keepalives=1 keepalives_idle=${seconds(4)} keepalives_interval=${seconds(8)} keepalives_count=6`;
}

async function rootCertificates(address: ServerAddress, scratch: string, nowhere: string): Promise<string> {
  if (address.sslRootCert !== undefined) return path.resolve(address.sslRootCert);
  // With `require`, libpq verifies as soon as it finds a root certificate: give it none.
  if (address.sslMode === 'require' || address.sslMode === 'disable') return nowhere;
  const { getCACertificates } = await import('node:tls'); // bad input is told sooner without it
  const roots = getCACertificates('system');
  if (roots.length === 0) {
    throw new Failure({
      tried: `Reading the system's root certificates for ssl_mode ${address.sslMode}`,
      cause: 'the runner has none',
      advice:
        "Install the package ca-certificates, or set ssl_root_cert to a PEM file with the root of the server's certificate.",
    });
  }
  const file = path.join(scratch, 'roots.pem');
  await writeFile(file, `${roots.join('\n')}\n`, { mode: 0o600 });
  return file;
}
