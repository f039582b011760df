import { vi } from 'vitest';
import type { BackupRequest, Request, RestoreRequest } from '../../../src/jobs/request.ts';
import { InputError } from '../../../src/runner/inputs/error.ts';
import { readRequest } from '../../../src/runner/inputs/read-request.ts';

const guid = '0b1f0c1e-52b4-4b0e-9b4c-0242ac120002';

/** What a backup needs at least. */
export const backupInputs = {
  job_to_run: 'backup',
  db_name: 'moodle',
  azure_client_id: guid,
  azure_tenant_id: guid,
  key_vault_name: 'kv-prod',
  db_user_secret_name: 'db-user',
  db_password_secret_name: 'db-password',
  azure_db_host: 'db.example.com',
  storage_account_name: 'account',
  storage_container_name: 'backups',
};

/** What a restore needs at least. */
export const restoreInputs = { ...backupInputs, job_to_run: 'restore', backup_file_name: 'moodle.dump' };

/** Gives inputs as the runner does, in place of those given before, until `vi.unstubAllEnvs()`. */
export function give(inputs: Readonly<Record<string, string>>): void {
  vi.unstubAllEnvs();
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('INPUT_')) vi.stubEnv(name, undefined);
  }
  for (const [name, value] of Object.entries(inputs)) vi.stubEnv(`INPUT_${name.toUpperCase()}`, value);
}

/** What a list needs at least. */
export const listInputs = {
  job_to_run: 'list',
  azure_client_id: guid,
  azure_tenant_id: guid,
  azure_db_host: 'db.example.com',
  storage_account_name: 'account',
  storage_container_name: 'backups',
};

/** The request that these inputs make, of the kind that they are known to make. */
export function requestOf<R extends Request = BackupRequest | RestoreRequest>(
  inputs: Readonly<Record<string, string>>,
): R {
  give(inputs);
  return readRequest() as R;
}

/** What is wrong with these inputs, a line each. */
export function problemsOf(inputs: Readonly<Record<string, string>>): string[] {
  try {
    requestOf(inputs);
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.message.split('\n').flatMap((line) => (line.startsWith('- ') ? [line.slice(2)] : []));
  }
}
