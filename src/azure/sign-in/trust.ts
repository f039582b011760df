import { inOneLine } from '../../base/format.ts';
import { bashWord, commandLines, type ShellVariable } from '../../base/shell.ts';
import { fieldsOf } from '../json-response.ts';

/** With what a sign-in was tried. */
export interface SignInAttempt {
  clientId: string;
  tenantId: string;
  authorityHost: string;
  /** GitHub's, as it was presented. */
  assertion: string;
}

/** Who signs in, as commands have it. */
export function principalOf({ clientId }: Pick<SignInAttempt, 'clientId'>): ShellVariable {
  return { variable: 'application', value: clientId, is: 'AZURE_CLIENT_ID' };
}

/** The claims that a federated credential is matched by, as texts. */
interface Trusted {
  subject: string;
  issuer: string;
  audience: string;
}

/**
 * What to do where no federated credential matches, or none that Entra ID knows of yet: the commands that make one, for an application
 * and for a managed identity, which a client ID alone does not tell apart.
 * https://learn.microsoft.com/cli/azure/identity/federated-credential
 */
export function adviceOnTrust(attempt: SignInAttempt): string {
  const application = principalOf(attempt);
  const claims = trustedIn(attempt.assertion);
  if (!claims)
    return `No federated credential matches this run. ${mayBeNew} Those of the application:\n${commandLines([application], `az ad app federated-credential list --id "$application" --query '[].subject'`)}`;
  const { subject, issuer, audience } = claims;
  const name = nameFor(subject);
  const parameters = bashWord(JSON.stringify({ name, issuer, subject, audiences: [audience] }));
  return [
    `No federated credential matches this run. ${mayBeNew} If this run may reach the database, add this subject:`,
    inOneLine(subject),
    'Whoever can run a workflow with this subject can then sign in. Otherwise run the job from a branch or environment that has a credential.',
    'If AZURE_CLIENT_ID is an application:',
    commandLines(
      [application],
      `az ad app federated-credential create --id "$application" --parameters ${parameters}`,
    ),
    'If it is a user-assigned managed identity:',
    commandLines([application], identityAndGroup),
    `az identity federated-credential create --name ${bashWord(name)} --identity-name "$identity" --resource-group "$group" ${claimOptions(claims)}`,
    `The credential has to match exactly: issuer ${inOneLine(issuer)}, audience ${inOneLine(audience)}.`,
  ].join('\n');
}

/** Entra ID's servers learn of a credential one after the other. */
const mayBeNew = 'If one was added minutes ago, or this worked before, run the job again.';

/**
 * What to do where a federated credential has the subject in other letters, upper and lower case taken for the same.
 * https://learn.microsoft.com/entra/identity-platform/reference-breaking-changes#august-2024
 */
export function adviceOnCase(attempt: SignInAttempt): string {
  const application = principalOf(attempt);
  const claims = trustedIn(attempt.assertion);
  if (!claims) return adviceOnTrust(attempt);
  const { subject, issuer, audience } = claims;
  const parameters = bashWord(JSON.stringify({ issuer, subject, audiences: [audience] }));
  return [
    'A federated credential has this subject with other upper and lower case, which has to match:',
    inOneLine(subject),
    'Name the environment or branch as the credential has it, or change the credential. If it was changed minutes ago, run the job again.',
    'If AZURE_CLIENT_ID is an application:',
    commandLines(
      [application],
      found(
        subject,
        `az ad app federated-credential list --id "$application" --query '[].[subject, id]' --output tsv`,
      ),
    ),
    `az ad app federated-credential update --id "$application" --federated-credential-id "$credential" --parameters ${parameters}`,
    'If it is a user-assigned managed identity:',
    commandLines([application], identityAndGroup),
    found(
      subject,
      `az identity federated-credential list --identity-name "$identity" --resource-group "$group" --query '[].[subject, name]' --output tsv`,
    ),
    `az identity federated-credential update --name "$credential" --identity-name "$identity" --resource-group "$group" ${claimOptions(claims)}`,
  ].join('\n');
}

/** What to do where Entra ID does not get at the keys of the issuer. https://docs.github.com/enterprise-server/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-azure */
export function adviceOnIssuer(attempt: SignInAttempt): string {
  const issuer = trustedIn(attempt.assertion)?.issuer;
  const address = `${issuer ?? ''}/.well-known/openid-configuration`;
  return [
    "Entra ID could not read the issuer's keys. If the issuer is GitHub Enterprise Server, it has to be reachable from the internet, with a certificate of a public authority. Otherwise, run the job again later.",
    ...(issuer === undefined
      ? []
      : ['Check from outside of your network:', `curl -fsS ${bashWord(address)}`]),
  ].join('\n');
}

const identityAndGroup = `read -r identity group <<< "$(az identity list --query "[?clientId=='$application'].[name, resourceGroup]" --output tsv)"`;

function claimOptions({ subject, issuer, audience }: Trusted): string {
  return `--issuer ${bashWord(issuer)} --subject ${bashWord(subject)} --audiences ${bashWord(audience)}`;
}

/** A line for bash that puts into `credential` what stands behind the subject in a list, upper and lower case taken for the same. */
function found(subject: string, list: string): string {
  const program = String.raw`awk -F '\t' 'tolower($1) == tolower(ENVIRON["subject"]) { print $2 }'`;
  return `read -r credential <<< "$(${list} | subject=${bashWord(subject)} ${program})"`;
}

/** A credential's name that is most likely free: of letters, digits and dashes, and of the subject's end, which differs most. */
function nameFor(subject: string): string {
  return subject
    .replace(/[^a-z0-9]+/gi, '-')
    .slice(-120)
    .replace(/^-|-$/g, '');
}

function trustedIn(assertion: string): Trusted | undefined {
  const claims = claimsOf(assertion);
  if (!claims) return undefined;
  const [subject = '', issuer = '', audience = ''] = [claims['sub'], claims['iss'], claims['aud']].map(
    (claim) => (typeof claim === 'string' ? claim : JSON.stringify(claim)),
  );
  return { subject, issuer, audience };
}

/** What a token of GitHub's says; undefined if that cannot be read. Its signature is for others to check. */
export function claimsOf(assertion: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return fieldsOf(JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString()));
  } catch {
    return undefined;
  }
}
