import type { Cloud } from '../../azure/cloud.ts';
import { nameRules } from '../../azure/name-rules.ts';
import type { LoginSecrets } from '../../azure/vault/key-vault.ts';
import type { Reader } from './reader.ts';

/** Reads where the database's user and password are. */
export function readSecretNames(read: Reader, cloud: Cloud, optional: boolean): LoginSecrets {
  const vaultUrl = read.url('key_vault_url');
  const vaultName = read.named('key_vault_name', nameRules.vault, {
    optional: optional || vaultUrl !== undefined,
  });
  return {
    vaultUrl: vaultUrl ?? `https://${vaultName}.${cloud.vaultSuffix}`,
    vaultName: vaultName || URL.parse(vaultUrl ?? '')?.hostname.split('.')[0] || '',
    userSecretName: read.named('db_user_secret_name', nameRules.secret, { optional }),
    passwordSecretName: read.named('db_password_secret_name', nameRules.secret, { optional }),
  };
}
