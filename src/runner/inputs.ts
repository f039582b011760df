import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { type Cloud, cloudOf } from '../azure/cloud.ts';
import { nameRules, problemWithBlobName } from '../azure/name-rules.ts';
import type { ServicePrincipal } from '../azure/sign-in/credential.ts';
import type { BackupContainer } from '../azure/storage/backup-store.ts';
import type { LoginSecrets } from '../azure/vault/key-vault.ts';
import { optionLines, problemWithToolOptions, type Tool } from '../postgres/client/tool-options.ts';
import { allowedCompression, type Compression, parseCompression } from '../postgres/dump/compression.ts';
import { isSystemDatabase, problemWithDatabaseName } from '../postgres/server/database-names.ts';
import { type ServerAddress, type SslMode, sslModes } from '../postgres/session/connection.ts';
import { getInput, warning } from './commands.ts';
import { InputError, usuallySecret } from './input-error.ts';
import { type Reader, reader } from './input-reader.ts';

/** What both jobs need. */
export interface Surroundings {
  database: string;
  cloud: Cloud;
  principal: ServicePrincipal;
  secrets: LoginSecrets;
  server: ServerAddress;
  store: BackupContainer;
}

export interface BackupRequest extends Surroundings {
  job: 'backup';
  compression: Compression;
  /** Further options of `pg_dump`, a line each, until the client is known; then its arguments. */
  dumpOptions: readonly string[];
}

export interface RestoreRequest extends Surroundings {
  job: 'restore';
  backupFileName: string;
  strategy: RestoreStrategy;
  /** Whether the old database stays, under another name. */
  keepPrevious: boolean;
  /** Whether owners and rights of the backup are left out. */
  noOwner: boolean;
  noPrivileges: boolean;
  /** Whether everybody (PUBLIC) keeps the use of what works with the rights of another owner than before. */
  keepPublicRights: boolean;
  /** How many sessions of `pg_restore` work at once. */
  jobs: number;
  /** Further options of `pg_restore`, a line each, until the client is known; then its arguments. */
  restoreOptions: readonly string[];
}

/** What becomes of the old database: it is renamed away when the new one is full, or dropped before that is filled. */
export type RestoreStrategy = 'swap' | 'drop';

export type Request = BackupRequest | RestoreRequest;

/** The values of the inputs that usually are secrets, by the inputs' names. */
export function secretiveInputs(): Record<string, string> {
  return Object.fromEntries(
    usuallySecret.map((name) => [name, getInput(name).trim()]).filter(([, value]) => value !== ''),
  );
}

/**
 * Reads every input of the action, once, and checks all of them before anything is contacted.
 * @throws InputError that lists all problems together
 */
export function readRequest(): Request {
  const problems: string[] = [];
  const read = reader(problems);

  const job = read('job_to_run', {
    check: (value) => (isJob(value) ? undefined : 'must be backup or restore'),
  });
  const database = read('db_name', { check: (value) => problemWithTarget(value, job), exact: true });
  const backupFileName = readBackupFileName(read, job);

  const authorityHost = read.url('azure_authority_host');
  const cloud = cloudOf(authorityHost);
  const principal: ServicePrincipal = {
    clientId: read.named('azure_client_id', nameRules.clientId),
    tenantId: read.named('azure_tenant_id', nameRules.tenantId),
    ...(authorityHost === undefined ? {} : { authorityHost }),
  };
  read('azure_subscription_id', { optional: true });

  const vaultUrl = read.url('key_vault_url');
  const vaultName = read.named('key_vault_name', nameRules.vault, { optional: vaultUrl !== undefined });
  const secrets: LoginSecrets = {
    vaultUrl: vaultUrl ?? `https://${vaultName}.${cloud.vaultSuffix}`,
    vaultName: vaultName || URL.parse(vaultUrl ?? '')?.hostname.split('.')[0] || '',
    userSecretName: read.named('db_user_secret_name', nameRules.secret),
    passwordSecretName: read.named('db_password_secret_name', nameRules.secret),
  };
  const server = readServer(read);

  const accountUrl = read.url('storage_account_url');
  const accountName = read.named('storage_account_name', nameRules.storageAccount, {
    optional: accountUrl !== undefined,
  });
  const store: BackupContainer = {
    accountUrl: accountUrl ?? `https://${accountName}.${cloud.blobSuffix}`,
    container: read.named('storage_container_name', nameRules.container),
  };
  const compression = parseCompression(
    read('compression', {
      check: (value) => (parseCompression(value) ? undefined : `must be ${allowedCompression}`),
      fallback: 'auto',
    }),
  );

  const dumpOptions = readToolOptions(read, 'pg_dump');
  const restoring = readRestoreInputs(read, problems);

  if (problems.length > 0 || !isJob(job) || !compression) throw new InputError(problems);
  const surroundings = { database, cloud, principal, secrets, server, store };
  return job === 'backup'
    ? { job, ...surroundings, compression, dumpOptions }
    : { job, ...surroundings, backupFileName, ...restoring };
}

function readRestoreInputs(
  read: Reader,
  problems: string[],
): Omit<RestoreRequest, keyof Surroundings | 'job' | 'backupFileName'> {
  const strategy = read('restore_strategy', {
    check: (value) => (value === 'swap' || value === 'drop' ? undefined : 'must be swap or drop'),
    fallback: 'swap',
  });
  const keepPrevious = read.flag('keep_previous', false);
  if (keepPrevious && strategy === 'drop')
    problems.push(
      'keep_previous must be false with restore_strategy drop, which drops the old database first',
    );
  return {
    strategy: strategy === 'drop' ? 'drop' : 'swap',
    keepPrevious,
    noOwner: read.flag('no_owner', true),
    noPrivileges: read.flag('no_privileges', true),
    keepPublicRights: read.flag('keep_public_rights', false),
    jobs: readJobs(read),
    restoreOptions: readToolOptions(read, 'pg_restore'),
  };
}

/** What `auto` stands for at most: beyond that, a server of usual size is what limits a restore. */
const mostJobsByItself = 8;

function readJobs(read: Reader): number {
  const jobs = read('jobs', {
    check: (value) => (/^(auto|[1-9]\d?)$/.test(value) ? undefined : 'must be auto or a number from 1 to 99'),
    fallback: 'auto',
  });
  return Number(jobs) || Math.min(availableParallelism(), mostJobsByItself);
}

function readToolOptions(read: Reader, tool: Tool): string[] {
  const check = (value: string) => problemWithToolOptions(tool, value);
  return optionLines(read(`${tool}_options`, { check, optional: true }));
}

function isJob(value: string): value is Request['job'] {
  return value === 'backup' || value === 'restore';
}

function problemWithTarget(database: string, job: string): string | undefined {
  return job === 'restore' && isSystemDatabase(database)
    ? "must not be one of the server's own databases, which a restore never replaces"
    : problemWithDatabaseName(database);
}

function readBackupFileName(read: Reader, job: string): string {
  const name = read('backup_file_name', {
    check: problemWithBlobName,
    optional: job !== 'restore',
    exact: true,
  });
  if (job === 'backup' && name !== '') {
    warning(
      `backup_file_name is for restore only; this backup gets a name of its own, not ${JSON.stringify(name)}`,
    );
  }
  return name;
}

function readServer(read: Reader): ServerAddress {
  const port = read('db_port', { check: problemWithPort, fallback: '5432' });
  const sslMode = read('ssl_mode', {
    check: (value) =>
      isSslMode(value) ? undefined : `must be ${sslModes.join(', ').replace(/, (\S+)$/, ' or $1')}`,
    fallback: 'verify-full',
  });
  const sslRootCert = read('ssl_root_cert', { check: problemWithCertificateFile, optional: true });
  return {
    host: read('azure_db_host', { check: problemWithHost }),
    port: Number(port),
    sslMode: isSslMode(sslMode) ? sslMode : 'verify-full',
    ...(sslRootCert === '' ? {} : { sslRootCert }),
  };
}

function isSslMode(value: string): value is SslMode {
  return sslModes.some((mode) => mode === value);
}

function problemWithPort(value: string): string | undefined {
  return /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535
    ? undefined
    : 'must be a number from 1 to 65535';
}

/** libpq takes several hosts with commas between, and a path for a socket; a backup has one server, by its name. */
function problemWithHost(value: string): string | undefined {
  const isName = /^[a-z0-9_.-]+$/i.test(value) && /^[a-z0-9_]/i.test(value) && !value.endsWith('-');
  const isAddress = /^[0-9a-f:.]+$/i.test(value) && value.split(':').length > 2;
  return isName || isAddress
    ? undefined
    : 'must be one host name or IP address, without a port or a URL around it';
}

function problemWithCertificateFile(file: string): string | undefined {
  try {
    return /-----BEGIN (TRUSTED )?CERTIFICATE-----/.test(readFileSync(file, 'utf8'))
      ? undefined
      : 'must be a PEM file with a certificate in it';
  } catch (error) {
    return `must be a PEM file that can be read (${(error as NodeJS.ErrnoException).code})`;
  }
}
