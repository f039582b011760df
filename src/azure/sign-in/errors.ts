import { causeOf, type Diagnosis } from '../../base/failure.ts';
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
  const { clientId } = attempt;
  switch (code) {
    case '70021': // the older code for the next three
    case '700211':
    case '700212':
    case '700213':
    case '70025':
      return adviceOnTrust(attempt);
    case '700016':
      return (
        'Check azure_client_id and azure_tenant_id. It has to be the application (client) ID, not an object ID, of an application ' +
        `that this tenant has: az ad sp show --id ${clientId}\nIf only its service principal is missing: az ad sp create --id ${clientId}`
      );
    case '7000112':
      return `The application is turned off. Turn it on: az ad sp update --id ${clientId} --set accountEnabled=true`;
    case '90002':
    case '900023':
      return (
        'Check azure_tenant_id (az account show --query tenantId --output tsv), and azure_authority_host if the tenant is in ' +
        'another cloud than the public one.'
      );
    case '500011':
      return 'Check azure_authority_host: the tenant seems to be in another cloud than the vault.';
    case '53003':
      return "A conditional access policy for workload identities is in the way. Let it admit this application from the runner's address.";
    case '700024':
      return (
        "GitHub's token had expired when it arrived, or was not valid yet. Run the job again. If that does not help: on GitHub " +
        'Enterprise Server check the clock of that server; a runner that was suspended meanwhile also does this.'
      );
    default:
      return (
        `See https://login.microsoftonline.com/error?code=${code} for what this code means, and check azure_client_id and ` +
        'azure_tenant_id.'
      );
  }
}

function authorityHostAdvice({ authorityHost }: SignInAttempt): string {
  return `Check that the runner reaches ${authorityHost}, and azure_authority_host if that is set.`;
}

/** The claims that a federated credential is matched by, and the command that makes one of them. */
function adviceOnTrust({ clientId, assertion }: SignInAttempt): string {
  const claims = claimsOf(assertion);
  const list = `az ad app federated-credential list --id ${clientId}`;
  if (!claims) return `The application does not trust this run. What it trusts: ${list}`;
  const [subject = '', issuer, audience] = [claims.sub, claims.iss, claims.aud].map((claim) =>
    typeof claim === 'string' ? claim : JSON.stringify(claim),
  );
  const parameters = JSON.stringify({ name: nameFor(subject), issuer, subject, audiences: [audience] });
  return [
    'This run presented what no federated credential of the application has:',
    '',
    `Subject:  ${subject}`,
    `Issuer:   ${issuer}`,
    `Audience: ${audience}`,
    '',
    `If this branch or environment must not reach the database, run the job from the one that is trusted (${list}).`,
    'If it may, add a credential; whoever can run a workflow with this subject can then sign in as the application:',
    '',
    `az ad app federated-credential create --id ${clientId} --parameters '${parameters.replaceAll("'", "'\\''")}'`,
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
