import { type PipelinePolicy, RestError } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import { type Diagnosis, Failure } from '../../base/failure.ts';
import { quoted } from '../../base/format.ts';
import { type Patience, patiently } from '../../base/patience.ts';
import { restrictedTo } from '../audience.ts';
import { answerWithin } from '../deadline.ts';
import { type Mask, maskSecretParts, responseOf } from '../request-json.ts';
import type { AskedSecret } from './asked-secret.ts';
import { combined, explainVaultError } from './errors.ts';
import { problemWithSecret } from './found-secret.ts';
import { retryOfVault } from './retry.ts';

/** Where the database's user and password are kept. */
export interface LoginSecrets {
  vaultUrl: string;
  /** As `az` takes it. */
  vaultName: string;
  userSecretName: string;
  passwordSecretName: string;
}

/** As whom, and how, a vault is asked. */
export interface VaultAccess {
  credential: TokenCredential;
  /** For what the token is asked: `https://vault.azure.net/.default`, by the cloud. */
  scope: string;
  /** Of the sign-in. */
  tenantId: string;
  clientId: string;
  mask: Mask;
  /** Names that are shown anyway: a user's name that is a part of one is no secret, and hiding it would tear holes into them. */
  shown: readonly string[];
  /** For how long what passes by itself is tried again. */
  patience: Patience;
  signal: AbortSignal;
  info(line: string): void;
}

/**
 * Reads the database's user and password, and hides them before anything else is done with them.
 * @throws Failure that says which secret of which vault, if one is missing, disabled, expired, not valid yet, empty or forbidden
 */
export async function readLogin(
  secrets: LoginSecrets,
  access: VaultAccess,
): Promise<{ user: string; password: string }> {
  const [user = '', password = ''] = await readSecrets(
    secrets,
    ['db_user_secret_name', 'db_password_secret_name'],
    access,
  );
  // A file given to `az keyvault secret set` often ends with a newline, which no user name does.
  return { user: user.replace(/\r?\n$/, ''), password };
}

/**
 * Reads the database's password alone, and hides it, when the job has read both secrets before: a right that is missing now was taken
 * away, and is not waited for.
 * @throws Failure as `readLogin`
 */
export async function readPassword(secrets: LoginSecrets, access: VaultAccess): Promise<string> {
  const [password = ''] = await readSecrets(secrets, ['db_password_secret_name'], access, true);
  return password;
}

/** @param worked whether this vault has let this application read a secret already */
async function readSecrets(
  { vaultUrl, vaultName, userSecretName, passwordSecretName }: LoginSecrets,
  inputs: readonly AskedSecret['input'][],
  access: VaultAccess,
  worked = false,
): Promise<string[]> {
  const { credential, scope, mask, tenantId, clientId } = access;
  const client = new SecretClient(vaultUrl, restrictedTo(scope, credential), {
    // Whatever a vault names, the token is for Key Vault; and a private name is not below the resource that it names.
    disableChallengeResourceVerification: true,
    redirectOptions: { maxRetries: 0 },
    retryOptions: { maxRetries: 0 }, // what is tried again is said in the log
    additionalPolicies: [
      answerWithin(access.patience.answer),
      { policy: readableOnly(mask), position: 'perCall' },
    ],
  });
  const names = { db_user_secret_name: userSecretName, db_password_secret_name: passwordSecretName };
  const seen = { worked };
  const answers = await Promise.all(
    inputs.map((input) =>
      read(client, { vaultName, tenantId, clientId, name: names[input], input }, access, seen),
    ),
  );
  const refused = answers.filter((answer) => 'cause' in answer);
  const problem = combined(refused);
  if (problem) {
    const what = refused
      .map(({ input, name }) => `${secretMeaning[input]} (secret ${quoted(name)})`)
      .join(' and ');
    const [error] = refused.map(({ error }) => error).filter((each) => each !== undefined);
    throw new Failure({ tried: `Reading ${what} from ${vaultUrl}`, ...problem }, { cause: error });
  }
  return answers.map((answer) => ('value' in answer ? answer.value : ''));
}

const secretMeaning = {
  db_user_secret_name: "the database's user",
  db_password_secret_name: "the database's password",
};

const itself = {
  db_user_secret_name: 'the user itself',
  db_password_secret_name: 'the password itself',
};

/** Whether a user's name, which may end with a newline in the vault, stands in names that are shown anyway. */
export function isShownAnyway(user: string, shown: readonly string[]): boolean {
  const name = user.trim();
  return name !== '' && shown.some((text) => text.includes(name));
}

type Answer = { value: string } | (AskedSecret & Diagnosis & { error?: unknown });

/** @param seen whether the vault has handed a secret out, which both reads tell each other */
async function read(
  client: SecretClient,
  asked: AskedSecret,
  { mask, shown, patience, signal, info }: VaultAccess,
  seen: { worked: boolean },
): Promise<Answer> {
  try {
    const { value = '', properties } = await patiently(
      `Reading secret ${quoted(asked.name)}`,
      (abortSignal) => client.getSecret(asked.name, { abortSignal }),
      { patience, signal, info, judge: (error) => retryOfVault(error, patience, seen.worked) },
    );
    seen.worked = true;
    // Whoever has the two names the wrong way round would see the password, were it not for the mask of the user.
    if (asked.input === 'db_password_secret_name' || !isShownAnyway(value, shown))
      mask({ [`${asked.input} (${itself[asked.input]})`]: value });
    const { expiresOn, notBefore } = properties;
    const found = { value, ...(expiresOn && { expires: expiresOn }), ...(notBefore && { notBefore }) };
    const problem = problemWithSecret(found, asked);
    return problem ? { ...asked, ...problem } : { value };
  } catch (error) {
    signal.throwIfAborted();
    return { ...asked, ...explainVaultError(error, asked), error };
  }
}

/**
 * Lets the SDK see only what it can read. Of an answer that it cannot, it would quote all, with the password in it; and one that does
 * not name its secret would be an error of its own.
 */
function readableOnly(mask: Mask): PipelinePolicy {
  return {
    name: 'readableOnly',
    async sendRequest(request, next) {
      const response = await next(request);
      const { id, value } = responseOf(request, response, mask);
      if (response.status !== 200) return response;
      const { status: statusCode } = response;
      const seen = { statusCode, request, response: { ...response, bodyAsText: null } };
      if (typeof value !== 'string') throw new RestError('the response contains no secret', seen);
      if (typeof id === 'string' && URL.canParse(id) && new URL(id).pathname.startsWith('/secrets/'))
        return response;
      maskSecretParts(mask, response.bodyAsText);
      throw new RestError('the response does not name its secret', seen);
    },
  };
}
