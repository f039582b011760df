import { createHttpHeaders, createPipelineRequest, RestError } from '@azure/core-rest-pipeline';
import { describe, expect, test } from 'vitest';
import { explainEntraError } from '../../../../src/azure/sign-in/errors.ts';
import { noAnswer } from '../../support/rest-errors.ts';

const subject = 'repo:octo-org/moodle:environment:production';
const clientId = '3f0d3c9b-6d53-4f6e-9c11-2b1f6a1f6e01';

function attempt(sub = subject) {
  const claims = {
    sub,
    iss: 'https://token.actions.githubusercontent.com',
    aud: 'api://AzureADTokenExchange',
  };
  return {
    clientId,
    tenantId: '9b6c0c4e-8a43-4b5a-a3a7-6a6f9d7f5b02',
    authorityHost: 'https://login.microsoftonline.com',
    assertion: `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`,
  };
}

/** A refusal as the library throws it: with a text of its own around that of Entra ID. */
function refusal(code: number, text: string): Error {
  const trace = 'Trace ID: 2f0 Correlation ID: 7c1 Timestamp: 2026-11-23 01:02:03Z';
  return new Error(
    `invalid_client: Error(s): ${code} - Timestamp: 2026-11-23 01:02:03Z - Description: AADSTS${code}: ${text} ${trace} - Correlation ID: 7c1 - Trace ID: 2f0`,
  );
}

/** The same as it is thrown before the library sees it. */
function answered(status: number, text: string, headers: object = { 'x-ms-request-id': '1' }): RestError {
  const request = createPipelineRequest({ url: 'https://login.microsoftonline.com/t/oauth2/v2.0/token' });
  const response = { request, status, headers: createHttpHeaders({ ...headers }) };
  return new RestError(text, { statusCode: status, request, response });
}

const trust =
  'No federated credential matches this run. If one was added minutes ago, or this worked before, run the job again. If this run may reach the database, add this subject:';
const application = `application=${clientId} # AZURE_CLIENT_ID`;

describe('why Entra ID lets nobody in, and what to do', () => {
  test.each([
    [70021, 'No matching federated identity record found for presented assertion.', trust],
    [70025, "The client 'x'(backups) has no configured federated identity credentials.", trust],
    [700211, "No matching federated identity record found for presented assertion issuer 'x'.", trust],
    [700212, "No matching federated identity record found for presented assertion audience 'x'.", trust],
    [700213, "No matching federated identity record found for presented assertion subject 'x'.", trust],
    [
      700016,
      "Application with identifier 'x' was not found in the directory 'y'.",
      `\n${application}\naz ad sp show --id "$application"\nIf it belongs to a managed identity that is gone, make a new one. If only the service principal of an application is missing:\n${application}\naz ad sp create --id "$application"`,
    ],
    [
      7000229,
      'The client application x is missing service principal in the tenant y.',
      `create the service principal, and assign it the roles:\n${application}\naz ad sp create --id "$application"`,
    ],
    [
      7002381,
      "Federated identity credentials issued by 'https://token.actions.githubusercontent.com/' for applications or managed identities registered in this tenant must contain the enterprise claim with value 'contoso' but actual value is ''.",
      'Run the job in a repository of one of them',
    ],
    [
      501661,
      'Request to External OIDC endpoint failed.',
      "\ncurl -fsS 'https://token.actions.githubusercontent.com/.well-known/openid-configuration'",
    ],
    [530036, 'The refresh token is invalid due to authentication flow checks.', 'authentication flows'],
    [7000112, "Application 'x'(backups) is disabled.", '--set accountEnabled=true'],
    [90002, "Tenant 'x' not found.", 'az account show --query tenantId'],
    [
      900023,
      "Specified tenant identifier 'x' is neither a valid DNS name, nor a valid external domain.",
      'azure_tenant_id',
    ],
    [500011, 'The resource principal named x was not found in the tenant named y.', 'azure_authority_host'],
    [53003, 'Access has been blocked by Conditional Access policies.', 'conditional access policy'],
    [700024, 'Client assertion is not within its valid time range.', 'Run the job again.'],
    [999999, 'Something new.', 'https://login.microsoftonline.com/error?code=999999'],
  ])('AADSTS%i', (code, text, advice) => {
    expect(explainEntraError(refusal(code, text), attempt())).toEqual({
      cause: `AADSTS${code}: ${text}`,
      advice: expect.stringContaining(advice),
    });
  });

  test.each([
    [
      'a host that does not exist',
      noAnswer('getaddrinfo ENOTFOUND login.x.invalid', 'ENOTFOUND', 'https://login.x.invalid/t'),
      'login.x.invalid was not found in DNS (ENOTFOUND)',
      'Check that the runner can reach https://login.microsoftonline.com, and check azure_authority_host if it is set.',
    ],
    [
      'the certificate of a proxy',
      noAnswer(
        'unable to get local issuer certificate',
        'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
        'https://x.test',
      ),
      'x.test has a certificate from an unknown authority (UNABLE_TO_GET_ISSUER_CERT_LOCALLY)',
      expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    ],
    [
      'lines of the description that only Microsoft can use',
      new Error("AADSTS90002: Tenant 'x' not found.\r\nTrace ID: 1\r\nCorrelation ID: 2"),
      "AADSTS90002: Tenant 'x' not found.",
      expect.stringContaining('azure_tenant_id'),
    ],
    [
      'anything else',
      new Error('something\n went wrong'),
      'something went wrong',
      expect.stringContaining('Check that the runner can reach'),
    ],
    [
      'a look-up that failed, which the library does not tell more of',
      new Error('network_error: See https://aka.ms/msal.js.errors#network_error for details'),
      'the endpoints of the tenant could not be looked up',
      expect.stringContaining('Check that the runner can reach'),
    ],
    [
      'a refusal for lack of time, with a code that nobody knows',
      answered(503, 'AADSTS90033: A transient error has occurred. Please try again. Trace ID: 1'),
      'AADSTS90033: A transient error has occurred. Please try again.',
      expect.stringContaining('https://azure.status.microsoft'),
    ],
    [
      'another, without a code',
      answered(429, 'too many requests (HTTP 429)'),
      'too many requests (HTTP 429)',
      expect.stringContaining('Run the job again later.'),
    ],
    [
      'an answer that is not of Entra ID',
      answered(503, 'something else answered', {}),
      'something else answered',
      expect.stringContaining('HTTPS_PROXY'),
    ],
  ])('%s', (_, error, cause, advice) => {
    expect(explainEntraError(error, attempt())).toEqual({ cause, advice });
  });
});

describe('what the application has to trust', () => {
  const refused = refusal(700213, 'No.');

  test('is shown as it has to be typed, and as a command', () => {
    expect(explainEntraError(refused, attempt()).advice.split('\n')).toEqual([
      trust,
      subject,
      'Whoever can run a workflow with this subject can then sign in. Otherwise run the job from a branch or environment that has a credential.',
      'If AZURE_CLIENT_ID is an application:',
      application,
      `az ad app federated-credential create --id "$application" --parameters '{"name":"repo-octo-org-moodle-environment-production","issuer":"https://token.actions.githubusercontent.com","subject":"${subject}","audiences":["api://AzureADTokenExchange"]}'`,
      'If it is a user-assigned managed identity:',
      application,
      `read -r identity group <<< "$(az identity list --query "[?clientId=='$application'].[name, resourceGroup]" --output tsv)"`,
      `az identity federated-credential create --name repo-octo-org-moodle-environment-production --identity-name "$identity" --resource-group "$group" --issuer 'https://token.actions.githubusercontent.com' --subject '${subject}' --audiences 'api://AzureADTokenExchange'`,
      'The credential has to match exactly: issuer https://token.actions.githubusercontent.com, audience api://AzureADTokenExchange.',
    ]);
  });

  test('is quoted for the shell', () => {
    const { advice } = explainEntraError(refused, attempt("repo:o/r:environment:Ann's"));
    expect(advice).toContain(String.raw`"subject":"repo:o/r:environment:Ann'\''s"`);
  });

  test.each([
    ['repo:octo-org@1/moodle@23:ref:refs/heads/main', 'repo-octo-org-1-moodle-23-ref-refs-heads-main'],
    ['repo:o/r:environment:Zürich (west)', 'repo-o-r-environment-Z-rich-west'],
    [`repo:o/r:ref:refs/heads/${'x'.repeat(119)}`, `${'x'.repeat(119)}`],
    [`repo:o/r:ref:refs/heads/a/${'x'.repeat(130)}`, 'x'.repeat(120)],
  ])('is named after the subject %s', (sub, name) => {
    expect(explainEntraError(refused, attempt(sub)).advice).toContain(`"name":"${name}"`);
  });

  test('is left open where the token cannot be read', () => {
    const { advice } = explainEntraError(refused, { ...attempt(), assertion: 'x' });
    expect(advice).toBe(
      `No federated credential matches this run. If one was added minutes ago, or this worked before, run the job again. Those of the application:\n${application}\naz ad app federated-credential list --id "$application" --query '[].subject'`,
    );
  });
});

describe('where upper and lower case differ', () => {
  const { advice } = explainEntraError(refusal(7002138, 'No.'), attempt("repo:Octo/m:environment:Ann's"));
  const list = `subject='repo:Octo/m:environment:Ann'\\''s' awk -F '\\t' 'tolower($1) == tolower(ENVIRON["subject"]) { print $2 }')"`;

  test('the credential is looked for and changed', () => {
    expect(advice.split('\n')).toEqual([
      'A federated credential has this subject with other upper and lower case, which has to match:',
      "repo:Octo/m:environment:Ann's",
      'Name the environment or branch as the credential has it, or change the credential. If it was changed minutes ago, run the job again.',
      'If AZURE_CLIENT_ID is an application:',
      application,
      `read -r credential <<< "$(az ad app federated-credential list --id "$application" --query '[].[subject, id]' --output tsv | ${list}`,
      String.raw`az ad app federated-credential update --id "$application" --federated-credential-id "$credential" --parameters '{"issuer":"https://token.actions.githubusercontent.com","subject":"repo:Octo/m:environment:Ann'\''s","audiences":["api://AzureADTokenExchange"]}'`,
      'If it is a user-assigned managed identity:',
      application,
      `read -r identity group <<< "$(az identity list --query "[?clientId=='$application'].[name, resourceGroup]" --output tsv)"`,
      `read -r credential <<< "$(az identity federated-credential list --identity-name "$identity" --resource-group "$group" --query '[].[subject, name]' --output tsv | ${list}`,
      String.raw`az identity federated-credential update --name "$credential" --identity-name "$identity" --resource-group "$group" --issuer 'https://token.actions.githubusercontent.com' --subject 'repo:Octo/m:environment:Ann'\''s' --audiences 'api://AzureADTokenExchange'`,
    ]);
  });
});

test('a claim that is no text is shown as it is', () => {
  const claims = Buffer.from('{"sub":{"toString":1,"valueOf":1},"iss":["x"],"aud":3}').toString('base64url');
  const odd = { ...attempt(), assertion: `e30.${claims}.x` };
  expect(explainEntraError(refusal(700213, 'No matching credential.'), odd).advice).toContain('["x"]');
});
