import { causeOf, type Diagnosis } from '../../base/failure.ts';
import { quoted } from '../../base/format.ts';
import { explainSystemError } from '../../base/system-errors.ts';
import { detailOf, isRestError, type RestError } from '../rest-error.ts';

/** What was asked of which vault. */
export interface AskedSecret {
  vaultName: string;
  /** Of the sign-in. */
  tenantId: string;
  name: string;
  /** The input that the name comes from. */
  input: 'db_user_secret_name' | 'db_password_secret_name';
}

/** A secret as far as it says whether it can be used. */
export interface FoundSecret {
  value: string;
  expires?: Date;
}

/**
 * Why the vault did not hand a secret out, in Azure's words, and what to do.
 * https://learn.microsoft.com/azure/key-vault/general/rest-error-codes
 */
export function explainVaultError(error: unknown, asked: AskedSecret): Diagnosis {
  const system = explainSystemError(error);
  if (system) return { advice: vaultHostAdvice, ...system };
  if (!isRestError(error))
    return { cause: causeOf(error), advice: 'Check key_vault_name and azure_tenant_id.' };
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
        advice: `Check ${asked.input}. These are the secrets of the vault: az keyvault secret list --vault-name ${asked.vaultName} --query "[].name"`,
      };
    case 429:
      return { cause, advice: 'The vault is asked too much at the moment. Run the job again later.' };
    case 200:
      return { cause, advice: adviceOnAnswer };
    default:
      return { cause, advice: 'Check key_vault_name, and run the job again.' };
  }
}

const adviceOnAnswer =
  'See what lies between the runner and the vault, such as a proxy, and whether key_vault_url, if that is set, names a vault; then run ' +
  'the job again.';
const vaultHostAdvice =
  'Check key_vault_name, and key_vault_url if that is set. The vault may be deleted: az keyvault list-deleted. For a runner in ' +
  'a virtual network, see that the private DNS zone there has a record for it.';

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
        advice: 'Check azure_tenant_id: it has to be the tenant of the subscription that the vault is in.',
      }
    : {
        cause: `the vault belongs to tenant ${tenant}, another one than that of the sign-in`,
        advice:
          'Check azure_tenant_id and key_vault_name: an application signs in to the tenant of the vault.',
      };
}

/** Refused with 403. The code inside the code says what is meant; what is only in the text is there in English. */
function adviceOnRefusal(
  inner: string,
  said: string,
  { vaultName: vault, name, input }: AskedSecret,
): string {
  const application = /appid=([0-9a-f-]{36})/i.exec(said)?.[1] ?? 'CLIENT_ID';
  if (inner === 'SecretDisabled' || /disabled secret/i.test(said)) {
    return `Enable it, or check ${input}: az keyvault secret set-attributes --vault-name ${vault} --name ${name} --enabled true`;
  }
  if (inner === 'ForbiddenByConnection' || /private link/i.test(said)) {
    return 'The vault takes no connections from outside its own network: use a runner in it (the workflow takes runs_on).';
  }
  if (inner === 'ForbiddenByFirewall' || /client address is not authorized/i.test(said)) {
    const address = /Client address: ([0-9a-f.:]+)/i.exec(said)?.[1] ?? 'ADDRESS';
    return (
      "Use a runner whose network the vault's firewall lets in (the workflow takes runs_on); one of GitHub's own has another " +
      `address each time. For a runner that keeps its address: az keyvault network-rule add --name ${vault} --ip-address ${address}`
    );
  }
  if (inner === 'ForbiddenByPolicy' || /does not have secrets get permission/i.test(said)) {
    return (
      'Give the application the permission in the access policies of the vault: ' +
      `az keyvault set-policy --name ${vault} --spn ${application} --secret-permissions get`
    );
  }
  return (
    'Give the application the role "Key Vault Secrets User" on this vault (it takes some minutes to work): ' +
    `az role assignment create --role "Key Vault Secrets User" --assignee ${application} ` +
    `--scope "$(az keyvault show --name ${vault} --query id --output tsv)"`
  );
}

/**
 * What is wrong with a secret that the vault handed out, and what to do; undefined if nothing is. Key Vault hands out
 * expired ones: https://learn.microsoft.com/azure/key-vault/secrets/about-secrets
 */
export function problemWithSecret(
  { value, expires }: FoundSecret,
  { vaultName, name, input }: AskedSecret,
  now = new Date(),
): Diagnosis | undefined {
  const again = `Set it again, as text: ${commandToSet(vaultName, name)}`;
  if (expires && expires < now) {
    return {
      cause: `the secret expired at ${expires.toISOString().replace('.000Z', 'Z')}`,
      advice:
        `Set its new value: ${commandToSet(vaultName, name)}\nIf the value is still right, set another date: az keyvault secret ` +
        `set-attributes --vault-name ${vaultName} --name ${name} --expires ${inAYear(now)}`,
    };
  }
  if (!value.trim()) return { cause: 'the secret is empty', advice: `${again}\nOr check ${input}.` };
  if (value.includes('\0')) return { cause: 'the secret contains a NUL', advice: again };
  return undefined;
}

/** How a secret is set: by a command that waits for the value, shows it nowhere, and adds no newline to it. */
export function commandToSet(vaultName: string, name: string): string {
  return (
    'run this, then type or paste the value and press Enter: IFS= read -rs value && printf %s "$value" | ' +
    `az keyvault secret set --vault-name ${vaultName} --name ${name} --file /dev/stdin --encoding utf-8 --output none; unset value`
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

/** The beginning of this day a year later, in the form that `az` takes. */
function inAYear(now: Date): string {
  const day = new Date(Date.UTC(now.getUTCFullYear() + 1, now.getUTCMonth(), now.getUTCDate()));
  return day.toISOString().replace('.000Z', 'Z');
}
