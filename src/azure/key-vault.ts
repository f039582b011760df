import type { TokenCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import { Failure } from '../failure.ts';
import { quoted } from '../format.ts';
import { patience } from './patience.ts';
import { type AskedSecret, explainVaultError, problemWithSecret, together } from './vault-errors.ts';

/** Where the database's user and password are kept. */
export interface LoginSecrets {
  vaultUrl: string;
  /** As `az` takes it. */
  vaultName: string;
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
  { vaultUrl, vaultName, vaultIsPublic, userSecretName, passwordSecretName }: LoginSecrets,
  credential: TokenCredential,
  signal: AbortSignal,
): Promise<{ user: string; password: string }> {
  const client = new SecretClient(vaultUrl, credential, {
    // A private name of the vault is not below the resource that its challenge names.
    disableChallengeResourceVerification: !vaultIsPublic,
    additionalPolicies: [patience],
  });
  const asked: AskedSecret[] = [
    { vaultName, name: userSecretName, input: 'db_user_secret_name' },
    { vaultName, name: passwordSecretName, input: 'db_password_secret_name' },
  ];
  const answers = await Promise.all(asked.map((secret) => read(client, secret, signal)));
  const refused = answers.filter((answer) => 'cause' in answer);
  const problem = together(refused);
  if (problem) {
    const what = refused.map(({ input, name }) => `${whatIn[input]} (secret ${quoted(name)})`).join(' and ');
    const [error] = refused.map(({ error }) => error).filter((each) => each !== undefined);
    throw new Failure({ tried: `Reading ${what} from ${vaultUrl}`, ...problem }, { cause: error });
  }
  const [user = '', password = ''] = answers.map((answer) => ('value' in answer ? answer.value : ''));
  // A file given to `az keyvault secret set` often ends with a newline, which no user name does.
  return { user: user.replace(/\r?\n$/, ''), password };
}

const whatIn = {
  db_user_secret_name: "the database's user",
  db_password_secret_name: "the database's password",
};

type Answer = { value: string } | (AskedSecret & { cause: string; advice: string; error?: unknown });

async function read(client: SecretClient, asked: AskedSecret, signal: AbortSignal): Promise<Answer> {
  try {
    const secret = await client.getSecret(asked.name, { abortSignal: signal });
    const problem = problemWithSecret(secret, asked);
    return problem ? { ...asked, ...problem } : { value: secret.value ?? '' };
  } catch (error) {
    signal.throwIfAborted();
    return { ...asked, ...explainVaultError(error, asked), error };
  }
}
