import { causeOf, type Diagnosis, Failure } from '../../base/failure.ts';
import { formatDuration, quoted } from '../../base/format.ts';
import { commandLines } from '../../base/shell.ts';
import { explainSystemError } from '../../base/system-errors.ts';
import { adviceOnStranger, strangerIn } from '../not-azure.ts';
import { retryAfter } from '../passing.ts';
import { detailOf, isRestError, type RestError } from '../rest-error.ts';
import { type AskedSecret, setAttribute, vaultOf } from './asked-secret.ts';

/**
 * Why the vault did not hand a secret out, in Azure's words, and what to do.
 * https://learn.microsoft.com/azure/key-vault/general/rest-error-codes
 */
export function explainVaultError(error: unknown, asked: AskedSecret): Diagnosis {
  if (error instanceof Failure) return error.explanation; // of the sign-in, which was renewed for it
  const system = explainSystemError(error);
  if (system) return { advice: vaultHostAdvice, ...system };
  if (!isRestError(error))
    return { cause: causeOf(error), advice: 'Check key_vault_name and azure_tenant_id.' };
  const stranger = error.response && strangerIn(error.response);
  if (stranger !== undefined) return { cause: stranger, advice: adviceOnStranger };
  const { inner, message: cause } = detailOf(error);
  const said = `${error.message}\n${error.response?.bodyAsText ?? ''}`; // the clients of Azure don't always read the body
  switch (error.statusCode) {
    case 401:
      return explainUnauthorized(cause, error, asked.tenantId);
    case 403:
      return { cause, advice: adviceOnRefusal(inner, said, asked) };
    case 404:
      return {
        cause,
        advice: `Check ${asked.input}. The secrets of the vault:\n${commandLines([vaultOf(asked)], 'az keyvault secret list --vault-name "$vault" --query "[].name" --output tsv')}`,
      };
    case 429:
      return { cause, advice: adviceOnThrottling(retryAfter(error)) };
    case 200:
      return { cause, advice: adviceOnAnswer };
    default:
      return { cause, advice: (error.statusCode ?? 0) < 500 ? checkAndRunAgain : adviceOnOutage };
  }
}

const checkAndRunAgain = 'Check key_vault_name, and run the job again.';
const adviceOnOutage =
  'Key Vault has a fault of its own. Look at https://azure.status.microsoft, and run the job again later.';
const adviceOnAnswer =
  'Check what is between the runner and the vault, such as a proxy, and that key_vault_url, if set, is the URL of a vault; then run ' +
  'the job again.';
/** @param asked for how long the vault is to be left alone, in milliseconds, if it says so */
function adviceOnThrottling(asked = 0): string {
  const when = asked === 0 ? 'later' : `in ${formatDuration(asked)}, as it asks`;
  return `Key Vault is throttling requests. Run the job again ${when}.`;
}

const vaultHostAdvice =
  'Check key_vault_name, and key_vault_url if set. For a runner in a virtual network, check that the private DNS zone has a record for ' +
  'the vault. Vaults that were deleted:\naz keyvault list-deleted --query "[].name" --output tsv';

/** A vault names its tenant in the answer that refuses a token. Nothing is signed in to there. */
function explainUnauthorized(cause: string, { response }: RestError, tenantId: string): Diagnosis {
  const challenge = response?.headers.get('www-authenticate') ?? '';
  const tenant =
    /authorization(?:_uri)?="?https:\/\/[^/\s"]+\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/i.exec(
      challenge,
    )?.[1];
  return tenant === undefined || tenant.toLowerCase() === tenantId.toLowerCase()
    ? {
        cause,
        advice: "Check azure_tenant_id: it has to be the tenant of the vault's subscription.",
      }
    : {
        cause: `the vault belongs to tenant ${tenant}, and the sign-in to another`,
        advice: "Check azure_tenant_id and key_vault_name: the sign-in has to be in the vault's tenant.",
      };
}

/** Refused with 403. The code inside the code says what is meant; what is only in the text is there in English. */
function adviceOnRefusal(inner: string, said: string, asked: AskedSecret): string {
  const vault = vaultOf(asked);
  if (inner === 'SecretDisabled' || /disabled secret/i.test(said))
    return `The secret is disabled. Check ${asked.input}, or enable the secret:\n${setAttribute(asked, '--enabled true')}`;
  if (inner === 'ForbiddenByConnection' || /private link/i.test(said)) {
    return 'The vault accepts connections from its own network only: use a runner in that network (input runs_on of the workflow).';
  }
  if (inner === 'ForbiddenByFirewall' || /client address is not authorized/i.test(said)) {
    const address = /Client address: ([0-9a-f.:]+)/i.exec(said)?.[1] ?? 'ADDRESS';
    return (
      "The vault's firewall blocks the runner. Use a runner in an allowed network (input runs_on of the workflow); GitHub-hosted runners " +
      'change addresses. For a runner with a fixed address:\n' +
      commandLines([vault], `az keyvault network-rule add --name "$vault" --ip-address ${address}`)
    );
  }
  const application = { variable: 'application', value: asked.clientId, is: 'AZURE_CLIENT_ID' };
  if (inner === 'ForbiddenByPolicy' || /does not have secrets get permission/i.test(said)) {
    const command = 'az keyvault set-policy --name "$vault" --spn "$application" --secret-permissions get';
    return `Give azure_client_id the permission in the vault's access policies:\n${commandLines([vault, application], command)}`;
  }
  const command =
    'az role assignment create --role "Key Vault Secrets User" --assignee "$application" ' +
    '--scope "$(az keyvault show --name "$vault" --query id --output tsv)"';
  return (
    'Assign the role "Key Vault Secrets User" on this vault to azure_client_id, and wait a few minutes until it takes effect:\n' +
    commandLines([vault, application], command)
  );
}

/** What is said of one secret, or of both in one, with what they have in common said once. */
export function combined([first, ...others]: readonly (Diagnosis & { name: string })[]):
  | Diagnosis
  | undefined {
  if (!first) return undefined;
  const all = [first, ...others];
  const same = all.every(({ cause }) => cause === first.cause);
  const advice = [...new Set(all.map((each) => each.advice))].join('\n');
  return same
    ? { cause: first.cause, advice }
    : { cause: all.map(({ name, cause }) => `${quoted(name)}: ${cause}`).join('\n'), advice };
}
