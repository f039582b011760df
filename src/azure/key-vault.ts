import { bearerTokenAuthenticationPolicy, type Pipeline } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import { Failure } from '../failure.ts';
import { quoted } from '../format.ts';
import { askForJson, askingPipeline, type Mask } from './ask.ts';
import { onlyFor } from './audience.ts';
import { fieldsOf } from './json-answer.ts';
import { type AskedSecret, explainVaultError, problemWithSecret, together } from './vault-errors.ts';

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
  mask: Mask;
  signal: AbortSignal;
}

/** https://learn.microsoft.com/rest/api/keyvault/secrets/get-secret/get-secret */
const apiVersion = '7.4';

/**
 * Reads the database's user and password, and hides them before anything else is done with them.
 *
 * It does without the SDK's client. That shows an answer that it cannot read, with the password in it, and asks for a token for
 * whatever the vault names: this asks for one for Key Vault, once, and never for another.
 * @throws Failure that says which secret of which vault, if one is missing, disabled, expired, empty or forbidden
 */
export async function readLogin(
  { vaultUrl, vaultName, userSecretName, passwordSecretName }: LoginSecrets,
  access: VaultAccess,
): Promise<{ user: string; password: string }> {
  const { credential, scope } = access;
  const pipeline = askingPipeline();
  const authentication = bearerTokenAuthenticationPolicy({
    credential: onlyFor(scope, credential),
    scopes: scope,
  });
  pipeline.addPolicy(authentication, { phase: 'Sign' });
  const { tenantId } = access;
  const asked: AskedSecret[] = [
    { vaultName, tenantId, name: userSecretName, input: 'db_user_secret_name' },
    { vaultName, tenantId, name: passwordSecretName, input: 'db_password_secret_name' },
  ];
  const answers = await Promise.all(asked.map((secret) => read(pipeline, vaultUrl, secret, access)));
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

const itself = {
  db_user_secret_name: 'the user itself',
  db_password_secret_name: 'the password itself',
};

type Answer = { value: string } | (AskedSecret & { cause: string; advice: string; error?: unknown });

async function read(
  pipeline: Pipeline,
  vaultUrl: string,
  asked: AskedSecret,
  { mask, signal }: VaultAccess,
): Promise<Answer> {
  try {
    const path = `secrets/${encodeURIComponent(asked.name)}?api-version=${apiVersion}`;
    const url = `${vaultUrl.replace(/\/+$/, '')}/${path}`;
    const { value, attributes } = await askForJson(pipeline, { url, mask, signal });
    if (typeof value !== 'string') return { ...asked, ...noSecret };
    mask({ [`${asked.input} (${itself[asked.input]})`]: value });
    const problem = problemWithSecret({ value, ...endOf(attributes) }, asked);
    return problem ? { ...asked, ...problem } : { value };
  } catch (error) {
    signal.throwIfAborted();
    return { ...asked, ...explainVaultError(error, asked), error };
  }
}

const noSecret = {
  cause: 'the answer has no secret in it',
  advice:
    'Check key_vault_name, and key_vault_url if that is set: something else than a vault may answer there.',
};

/** When a secret ends, which a vault tells in seconds since 1970. */
function endOf(attributes: unknown): { expires?: Date } {
  const expires = new Date(Number(fieldsOf(attributes)?.['exp'] ?? Number.NaN) * 1000);
  return Number.isNaN(expires.getTime()) ? {} : { expires };
}
