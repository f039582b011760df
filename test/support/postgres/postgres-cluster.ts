import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Certificate } from '../machine/certificates.ts';
import { withAzureExtensions } from './azure-like.ts';
import { newCluster, reachableCopy } from './kept-clusters.ts';
import {
  copyPrograms,
  findPrograms,
  giveTo,
  mayRun,
  type PostgresMajor,
  type ServerUser,
  serverUser,
} from './postgres-programs.ts';
import type { Login } from './postgres-server.ts';
import { withStandIns } from './stand-in-extensions.ts';

const run = promisify(execFile);

/** What a server is made with. */
export interface ClusterOptions {
  major: PostgresMajor;
  certificate: Certificate;
  port: number;
  /** The superuser. */
  login: Login;
  /** Whether it takes connections without TLS too. */
  plain: boolean;
  /** Further lines of postgresql.conf. */
  settings: Record<string, string | number | boolean>;
  /** Whether its extensions are as Azure's. */
  azure: boolean;
  /** Whether it offers the stand-ins among its extensions. */
  standIns: boolean;
}

/** A made cluster: how to start its server. */
export interface Cluster {
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  user?: ServerUser;
}

/**
 * Makes a cluster in an empty folder, its data in another: UTF-8, passwords by SCRAM, and over TCP nothing but TLS, as Azure
 * Database for PostgreSQL has it.
 */
export async function makeCluster(folder: string, data: string, options: ClusterOptions): Promise<Cluster> {
  const user = await serverUser();
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, options.login.password, { mode: 0o600 });
  if (user) await Promise.all([giveTo(folder, user), giveTo(data, user)]);
  const reachable = await reachablePrograms(options.major, folder, user);
  const all = options.standIns ? await withStandIns(reachable, join(folder, 'stand-ins')) : reachable;
  const programs = options.azure ? await withAzureExtensions(all, join(folder, 'azure')) : all;
  // With all symbols bound at once, a session finds those of the server bound already.
  const env = { PATH: process.env['PATH'], TZ: 'UTC', LC_ALL: 'C', LD_BIND_NOW: '1' };

  await newCluster(`${options.major}-${options.login.user}`, data, async () => {
    await run(
      join(programs, 'bin', 'initdb'),
      [
        ...['--pgdata', data, '--username', options.login.user, '--pwfile', passwordFile],
        ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', locale(), '--lc-messages', 'C'],
        '--no-sync',
      ],
      { cwd: folder, env, ...user },
    );
  });
  await rm(passwordFile);

  await writeFile(join(data, 'server.crt'), options.certificate.certPem);
  await writeFile(join(data, 'server.key'), options.certificate.keyPem, { mode: 0o600 });
  await writeFile(
    join(data, 'pg_hba.conf'),
    `${options.plain ? 'host' : 'hostssl'} all all samehost scram-sha-256\n`,
  );
  await writeFile(join(data, 'postgresql.auto.conf'), configuration(options));
  if (user) await giveTo(data, user);

  return { command: join(programs, 'bin', 'postgres'), args: ['-D', data], env, ...(user && { user }) };
}

async function reachablePrograms(
  major: PostgresMajor,
  folder: string,
  user: ServerUser | undefined,
): Promise<string> {
  const programs = findPrograms(major);
  if (!user || (await mayRun(programs, user))) return programs;
  return reachableCopy(`programs-${major}`, folder, (place) => copyPrograms(programs, place, user));
}

function configuration({ port, settings }: ClusterOptions): string {
  const all = {
    listen_addresses: 'localhost',
    port,
    unix_socket_directories: '', // a socket in a shared folder could meet another server's
    ssl: true,
    password_encryption: 'scram-sha-256',
    max_prepared_transactions: 5,
    fsync: false, // a crash of this machine costs nothing here
    synchronous_commit: false,
    full_page_writes: false,
    dynamic_shared_memory_type: 'mmap', // a server that is stopped at once leaves its segments in /dev/shm
    wal_init_zero: false, // each new database fills half a segment
    ...settings,
  };
  return Object.entries(all)
    .map(([name, value]) => `${name} = '${String(value).replaceAll("'", "''")}'\n`)
    .join('');
}

/** A locale with UTF-8 that every installation of the platform has. */
function locale(): string {
  return process.platform === 'linux' ? 'C.UTF-8' : process.platform === 'darwin' ? 'en_US.UTF-8' : 'C';
}
