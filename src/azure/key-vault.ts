import type { TokenCredential } from '@azure/identity';
import { type KeyVaultSecret, SecretClient } from '@azure/keyvault-secrets';
import { causeOf, Failure } from '../failure.ts';
import { quoted } from '../format.ts';
import { detailOf, isRestError } from './rest-error.ts';

/** Where the database's user and password are kept. */
export interface LoginSecrets {
  vaultUrl: string;
  /** Whether the URL is one of Azure's own names, which the vault's challenge must then belong to. */
  vaultIsPublic: boolean;
  userSecretName: string;
  passwordSecretName: string;
}

/**
 * Reads the database's user and password.
 * @throws Failure that says which secret of which vault, if one is missing, disabled, expired, empty or forbidden
 */
export async function readLogin(
  secrets: LoginSecrets,
  credential: TokenCredential,
  signal: AbortSignal,
): Promise<{ user: string; password: string }> {
  const client = new SecretClient(secrets.vaultUrl, credential, {
    // A private name of the vault is not below the resource that its challenge names.
    disableChallengeResourceVerification: !secrets.vaultIsPublic,
  });
  const names = [secrets.userSecretName, secrets.passwordSecretName];
  const answers = await Promise.allSettled(names.map((name) => read(client, name, signal)));
  const refused = answers
    .filter((answer) => answer.status === 'rejected')
    .map(({ reason }) => reason as unknown);
  if (refused.length > 0) throw together(client, names, refused);
  const [user = '', password = ''] = answers.map((answer) =>
    answer.status === 'fulfilled' ? answer.value : '',
  );
  // A file given to `az keyvault secret set` often ends with a newline, which no user name does.
  return { user: user.replace(/\r?\n$/, ''), password };
}

/** The one error, or both in one with what they have in common said once. */
function together({ vaultUrl }: SecretClient, names: readonly string[], errors: readonly unknown[]): unknown {
  const [first, second] = errors;
  if (!(first instanceof Failure && second instanceof Failure)) return first;
  const [one, other] = [first.explanation, second.explanation];
  const tried = `Reading secrets ${names.map(quoted).join(' and ')} from ${vaultUrl}`;
  const both = (key: 'cause' | 'advice'): string => [...new Set([one[key], other[key]])].join('\n');
  return new Failure({ tried, cause: both('cause'), advice: both('advice') }, { cause: first });
}

async function read(client: SecretClient, name: string, signal: AbortSignal): Promise<string> {
  const tried = `Reading secret ${quoted(name)} from ${client.vaultUrl}`;
  let secret: KeyVaultSecret;
  try {
    secret = await client.getSecret(name, { abortSignal: signal });
  } catch (error) {
    signal.throwIfAborted();
    throw new Failure({ tried, ...explain(error, name) }, { cause: error });
  }
  // Key Vault hands out expired secrets: https://learn.microsoft.com/azure/key-vault/secrets/about-secrets
  const { expiresOn } = secret.properties;
  if (expiresOn && expiresOn.getTime() < Date.now()) {
    throw new Failure({
      tried,
      cause: `the secret has been expired since ${expiresOn.toISOString()}`,
      advice: `Set a new version of ${quoted(name)}, or a later expiry date if the value is still right.`,
    });
  }
  if (!secret.value?.trim()) {
    throw new Failure({ tried, cause: 'the secret is empty', advice: `Set a value for ${quoted(name)}.` });
  }
  if (secret.value.includes('\0')) {
    throw new Failure({
      tried,
      cause: 'the secret contains a NUL',
      advice: `Set ${quoted(name)} again, as text.`,
    });
  }
  return secret.value;
}

/** https://learn.microsoft.com/azure/key-vault/general/rest-error-codes */
function explain(error: unknown, name: string): { cause: string; advice: string } {
  if (!isRestError(error))
    return { cause: causeOf(error), advice: 'Check key_vault_name and azure_tenant_id.' };
  const { code, inner, message } = detailOf(error);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return {
      cause: `no such host (${code})`,
      advice: 'Check key_vault_name; a vault with a private endpoint needs a runner in its network.',
    };
  }
  if (error.statusCode === 404) {
    return {
      cause: message,
      advice: `Check the secret's name; it has to be ${quoted(name)} in this very vault.`,
    };
  }
  if (inner === 'SecretDisabled' || /disabled secret/i.test(message)) {
    return { cause: message, advice: `Enable the secret ${quoted(name)}, or set a new version of it.` };
  }
  if (
    inner === 'ForbiddenByFirewall' ||
    inner === 'ForbiddenByConnection' ||
    /client address is not authorized/i.test(message)
  ) {
    return {
      cause: message,
      advice: "Let the runner's network through the vault's firewall, or use a runner inside it.",
    };
  }
  if (error.statusCode === 403) {
    return {
      cause: message,
      advice:
        'Give the application the role "Key Vault Secrets User" on this vault (a new assignment takes some minutes), ' +
        'or, for a vault with access policies, the secret permission "Get".',
    };
  }
  return { cause: message, advice: 'Check key_vault_name, and that the runner reaches the vault.' };
}
