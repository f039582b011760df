import { isRestError } from '@azure/core-rest-pipeline';
import { causeOf, type Diagnosis } from '../../base/failure.ts';
import { commandLines } from '../../base/shell.ts';
import { explainSystemError } from '../../base/system-errors.ts';
import { adviceOnStranger, strangerIn } from '../not-azure.ts';
import { adviceOnCase, adviceOnIssuer, adviceOnTrust, principalOf, type SignInAttempt } from './trust.ts';

/**
 * Why Entra ID did not let us in, in its own words as far as the first line of them, and what to do. Its code is looked
 * for in the message, since the libraries in between put their own text around it.
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
export function explainEntraError(error: unknown, attempt: SignInAttempt): Diagnosis {
  const said = causeOf(error);
  const answer = isRestError(error) ? error.response : undefined;
  const isOverloaded = answer !== undefined && (answer.status === 429 || answer.status >= 500);
  const [words, code] = coded.exec(said) ?? [];
  if (words !== undefined && code !== undefined) {
    const [cause = words] = words.split(/\r?\n|(?: Trace ID: )|(?: - Correlation ID: )/);
    const otherwise = isOverloaded
      ? laterAdvice
      : `Check azure_client_id and azure_tenant_id. What the code means: https://login.microsoftonline.com/error?code=${code}`;
    return { cause, advice: adviceForCode(code, attempt) ?? otherwise };
  }
  const system = explainSystemError(error);
  if (system) return { advice: authorityHostAdvice(attempt), ...system };
  // What the library says of a look-up that failed is a name of its own, and a page that nobody needs.
  const cause = /endpoints_resolution_error|network_error/.test(said)
    ? 'the endpoints of the tenant could not be looked up'
    : said.replace(/\s+/g, ' ').trim();
  if (answer && strangerIn(answer) !== undefined) return { cause, advice: adviceOnStranger };
  return { cause, advice: isOverloaded ? laterAdvice : authorityHostAdvice(attempt) };
}

/** An error of Entra ID's in its words, with its number. */
const coded = /AADSTS(\d+).*/s;

/** The number of an error of Entra ID's, which stands in its words; undefined if they have none. */
export function codeIn(error: unknown): string | undefined {
  return coded.exec(causeOf(error))?.[1];
}

const laterAdvice =
  'Run the job again later. If it keeps failing, check https://azure.status.microsoft for Microsoft Entra ID.';

/** What to do about an error with this number; undefined if nothing is known of it. */
function adviceForCode(code: string, attempt: SignInAttempt): string | undefined {
  const application = principalOf(attempt);
  switch (code) {
    case '70021': // the older code for the next three
    case '700211':
    case '700212':
    case '700213':
    case '70025':
      return adviceOnTrust(attempt);
    case '7002138':
      return adviceOnCase(attempt);
    case '7002381':
      return (
        "This tenant takes GitHub's tokens only from repositories of the GitHub enterprises that the message names; no federated " +
        'credential changes that. Run the job in a repository of one of them, or ask an administrator of the tenant.'
      );
    case '501661':
      return adviceOnIssuer(attempt);
    case '700016':
      return [
        'Check azure_client_id and azure_tenant_id. azure_client_id is the application (client) ID, not an object ID. Does this tenant have it?',
        commandLines([application], 'az ad sp show --id "$application"'),
        'If it belongs to a managed identity that is gone, make a new one. If only the service principal of an application is missing:',
        commandLines([application], 'az ad sp create --id "$application"'),
      ].join('\n');
    case '7000229':
      return [
        'The application has no service principal in this tenant. Check azure_tenant_id. If it is right, create the service principal, and assign it the roles:',
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
    case '530036':
      return (
        "A conditional access policy for authentication flows blocks this sign-in. The tenant's sign-in logs (service principal " +
        'sign-ins) name it: let it except this application.'
      );
    case '700024':
      return (
        "GitHub's token had expired or was not valid yet when it arrived. Run the job again. If that does not help, check the clock of " +
        'your GitHub Enterprise Server. A runner that was suspended in between causes this, too.'
      );
    default:
      return undefined;
  }
}

function authorityHostAdvice({ authorityHost }: SignInAttempt): string {
  return `Check that the runner can reach ${authorityHost}, and check azure_authority_host if it is set.`;
}
