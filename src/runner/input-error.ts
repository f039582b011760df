import { missingInput } from './input-reader.ts';

/** The inputs make no request. The message names each input that is wrong, and what is allowed. */
export class InputError extends Error {
  constructor(problems: readonly string[]) {
    const count = problems.length === 1 ? 'An input is' : `${problems.length} inputs are`;
    const list = problems.map((problem) => `- ${problem}`).join('\n');
    super(`${count} wrong, and nothing was done:\n${list}${adviceOnSecrets(problems)}`);
    this.name = 'InputError';
  }
}

/** Inputs that are usually given from secrets, whose values GitHub then masks everywhere. */
export const secretInputNames = [
  'azure_client_id',
  'azure_tenant_id',
  'azure_subscription_id',
  'key_vault_name',
  'db_user_secret_name',
  'db_password_secret_name',
  'azure_db_host',
  'storage_account_name',
  'storage_container_name',
] as const;

/** Where inputs are missing that are usually given from secrets, that is why: a secret that is not there is empty. */
function adviceOnSecrets(problems: readonly string[]): string {
  const secrets = secretInputNames.filter((name) => problems.includes(missingInput(name)));
  return secrets.length === 0
    ? ''
    : '\nA secret that is not set arrives as an empty text, and so does one that is not passed on to a called workflow. See ' +
        `that ${secrets.map((name) => name.toUpperCase()).join(', ')} is in: gh secret list (with --env NAME for a job that has ` +
        'an environment).';
}
