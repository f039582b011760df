import { causeOf, type Diagnosis } from '../../base/failure.ts';
import { inOneLine } from '../../base/format.ts';
import { bashWord, commandLines, type ShellVariable } from '../../base/shell.ts';
import { explainSystemError } from '../../base/system-errors.ts';

/** With what a sign-in was tried. */
export interface SignInAttempt {
  clientId: string;
  tenantId: string;
  authorityHost: string;
  /** GitHub's, as it was presented. */
  assertion: string;
}

/**
 * Why Entra ID did not let us in, in its own words as far as the first line of them, and what to do. Its code is looked
 * for in the message, since the libraries in between put their own text around it.
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
export function explainEntraError(error: unknown, attempt: SignInAttempt): Diagnosis {
  const said = causeOf(error);
  const [words, code] = /AADSTS(\d+).*/s.exec(said) ?? [];
  if (words !== undefined && code !== undefined) {
    const [cause = words] = words.split(/\r?\n|(?: Trace ID: )|(?: - Correlation ID: )/);
    return { cause, advice: adviceForCode(code, attempt) };
  }
  const system = explainSystemError(error);
  if (system) return { advice: authorityHostAdvice(attempt), ...system };
  return { cause: said.replace(/\s+/g, ' ').trim(), advice: authorityHostAdvice(attempt) };
}

function adviceForCode(code: string, attempt: SignInAttempt): string {
  const application = principalOf(attempt);
  switch (code) {
    case '70021': // the older code for the next three
    case '700211':
    case '700212':
    case '700213':
    case '70025':
      return adviceOnTrust(attempt);
    case '700016':
      return [
        'Check azure_client_id and azure_tenant_id. azure_client_id is the application (client) ID, not an object ID. Does this tenant have it?',
        commandLines([application], 'az ad sp show --id "$application"'),
        'If only its service principal is missing:',
        commandLines([application], 'az ad sp create --id "$application"'),
      ].join('\n');
    case '7000112':
      return `The application is disabled. Enable it:\n${commandLines([application], 'az ad sp update --id "$application" --set accountEnabled=true')}`;
    case '90002':
    case '900023':
      return (
        'Check azure_tenant_id, and azure_authority_host if the tenant is not in the public cloud. The tenant of your own sign-in:\n' +
        'az account show --query tenantId --output tsv'
      );
    case '500011':
      return 'Check azure_authority_host: the tenant seems to be in a different cloud than the vault.';
    case '53003':
      return "A conditional access policy for workload identities blocks this sign-in. Let it allow this application from the runner's address.";
    case '700024':
      return (
        "GitHub's token had expired or was not valid yet when it arrived. Run the job again. If that does not help, check the clock of " +
        'your GitHub Enterprise Server. A runner that was suspended in between causes this, too.'
      );
    default:
      return `Check azure_client_id and azure_tenant_id. What the code means: https://login.microsoftonline.com/error?code=${code}`;
  }
}

function authorityHostAdvice({ authorityHost }: SignInAttempt): string {
  return `Check that the runner can reach ${authorityHost}, and check azure_authority_host if it is set.`;
}

function principalOf({ clientId }: SignInAttempt): ShellVariable {
  return { variable: 'application', value: clientId, is: 'AZURE_CLIENT_ID' };
}

/**
 * The claims that a federated credential is matched by, and the commands that make one of them: one for an application, one for a managed
 * identity, which a client ID alone does not tell apart. https://learn.microsoft.com/cli/azure/identity/federated-credential
 */
function adviceOnTrust(attempt: SignInAttempt): string {
  const application = principalOf(attempt);
  const claims = claimsOf(attempt.assertion);
  if (!claims)
    return `No federated credential matches this run. Those of the application:\n${commandLines([application], `az ad app federated-credential list --id "$application" --query '[].subject'`)}`;
  const [subject = '', issuer = '', audience = ''] = [claims.sub, claims.iss, claims.aud].map((claim) =>
    typeof claim === 'string' ? claim : JSON.stringify(claim),
  );
  const name = nameFor(subject);
  const parameters = bashWord(JSON.stringify({ name, issuer, subject, audiences: [audience] }));
  return [
    'No federated credential matches this run. If it may reach the database, add this subject:',
    inOneLine(subject),
    'Whoever can run a workflow with this subject can then sign in. Otherwise run the job from a branch or environment that has a credential.',
    'If AZURE_CLIENT_ID is an application:',
    commandLines(
      [application],
      `az ad app federated-credential create --id "$application" --parameters ${parameters}`,
    ),
    'If it is a user-assigned managed identity:',
    commandLines(
      [application],
      `read -r identity group <<< "$(az identity list --query "[?clientId=='$application'].[name, resourceGroup]" --output tsv)"`,
    ),
    `az identity federated-credential create --name ${bashWord(name)} --identity-name "$identity" --resource-group "$group" ` +
      `--issuer ${bashWord(issuer)} --subject ${bashWord(subject)} --audiences ${bashWord(audience)}`,
    `The credential has to match exactly: issuer ${inOneLine(issuer)}, audience ${inOneLine(audience)}.`,
  ].join('\n');
}

/** A credential's name that is most likely free: of letters, digits and dashes, and of the subject's end, which differs most. */
function nameFor(subject: string): string {
  return subject
    .replace(/[^a-z0-9]+/gi, '-')
    .slice(-120)
    .replace(/^-|-$/g, '');
}

function claimsOf(assertion: string): { sub?: unknown; iss?: unknown; aud?: unknown } | undefined {
  try {
    return JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString());
  } catch {
    return undefined;
  }
}
