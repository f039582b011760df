import { cloudOf } from '../azure/cloud.ts';
import { nameRules, problemWithBlobName } from '../azure/name-rules.ts';
import type { ServicePrincipal } from '../azure/sign-in/credential.ts';
import type { BackupContainer } from '../azure/storage/backup-store.ts';
import type { LoginSecrets } from '../azure/vault/key-vault.ts';
import { quoted } from '../base/format.ts';
import { type Patience, patienceOf } from '../base/patience.ts';
import type { Request } from '../jobs/request.ts';
import { allowedCompression, parseCompression } from '../postgres/dump/compression.ts';
import { isSystemDatabase, problemWithDatabaseName } from '../postgres/server/database-names.ts';
import { readClientInputs } from './client-inputs.ts';
import { getInput, warning } from './commands.ts';
import { InputError, secretInputNames } from './input-error.ts';
import { type Reader, reader, readToolOptions } from './input-reader.ts';
import { readRestoreInputs } from './restore-inputs.ts';
import { readServer } from './server-inputs.ts';

/** The values of the inputs that usually are secrets, by the inputs' names. */
export function inputsToMask(): Record<string, string> {
  return Object.fromEntries(
    secretInputNames.map((name) => [name, getInput(name).trim()]).filter(([, value]) => value !== ''),
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
  const subscription = read('azure_subscription_id', { optional: true });

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
  const resourceGroup = read.named('storage_resource_group', nameRules.resourceGroup, { optional: true });
  const account = accountName || URL.parse(store.accountUrl)?.hostname.split('.')[0] || '';
  const isKnown = resourceGroup !== '' && nameRules.clientId.pattern.test(subscription);
  const compression = parseCompression(
    read('compression', {
      check: (value) => (parseCompression(value) ? undefined : `must be ${allowedCompression}`),
      fallback: 'auto',
    }),
  );

  const dumpOptions = readToolOptions(read, 'pg_dump');
  const restoring = readRestoreInputs(read, problems);
  const client = readClientInputs(read);
  const patience = readPatience(read);

  if (problems.length > 0 || !isJob(job) || !compression) throw new InputError(problems);
  const place = {
    ...{ database, cloud, principal, secrets, server, client, store, patience },
    ...(isKnown && { account: { portal: cloud.portal, subscription, resourceGroup, account } }),
  };
  return job === 'backup'
    ? { job, ...place, compression, dumpOptions }
    : { job, ...place, backupFileName, ...restoring };
}

function readPatience(read: Reader): Patience {
  const seconds = read('retry_timeout_seconds', {
    check: (value) =>
      /^\d{1,5}$/.test(value) && Number(value) >= 10 && Number(value) <= 3600
        ? undefined
        : 'must be a whole number of seconds from 10 to 3600',
    fallback: '300',
  });
  return patienceOf(Number(seconds));
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
    warning(`backup_file_name is for restore only; this backup gets a name of its own, not ${quoted(name)}`);
  }
  return name;
}
