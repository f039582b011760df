import { randomBytes, randomUUID } from 'node:crypto';
import type { JWTPayload } from 'jose';
import type { Certificate } from '../machine/certificates.ts';
import { type Answer, bearerToken, type Request, startHttpsServer } from '../machine/https-server.ts';
import { makeSigningKey, nowInSeconds, type SigningKey } from '../machine/signing-key.ts';

/** The repository whose workflow run is being played. */
export const repository = { owner: 'octo-org', ownerId: '123', name: 'moodle', id: '456' };

/** The subject of a run on the main branch, in the form of repositories created since July 2026. */
export const subjectOfMain = `repo:${repository.owner}@${repository.ownerId}/${repository.name}@${repository.id}:ref:refs/heads/main`;

/**
 * GitHub's token endpoint, and what it presents. Change `subject` or `lifetime` to present something else, or add a
 * `lifetime` to the endpoint's URL for one step's tokens.
 */
export interface GitHubOidc {
  issuer: string;
  subject: string;
  /** In seconds; negative for a token that is expired when it is issued. */
  lifetime: number;
  /** Another key than the published one, to forge tokens with. */
  signWith: SigningKey | undefined;
  /** How many tokens were issued. */
  issued: number;
  /** The tokens themselves. */
  tokens: string[];
  /** What is made of the answer, a text of JSON, on its way to a step whose endpoint has this as `distort`. */
  distort: Map<string, (json: string) => Partial<Answer>>;
  /** The variables that the runner sets where `permissions: id-token: write` is given. */
  environment: { ACTIONS_ID_TOKEN_REQUEST_URL: string; ACTIONS_ID_TOKEN_REQUEST_TOKEN: string };
  stop(): Promise<void>;
}

/**
 * Starts the endpoint. It is also the issuer that publishes the key, as token.actions.githubusercontent.com is.
 * https://docs.github.com/actions/reference/openid-connect-reference
 */
export async function startGitHubOidc(certificate: Certificate): Promise<GitHubOidc> {
  const key = await makeSigningKey();
  const requestToken = randomBytes(32).toString('base64url');
  const server = await startHttpsServer(certificate, handle);
  const github: GitHubOidc = {
    issuer: server.url,
    subject: subjectOfMain,
    lifetime: 300,
    signWith: undefined,
    issued: 0,
    tokens: [],
    distort: new Map(),
    environment: {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${server.url}/idtoken/7001/1?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
    },
    stop: server.stop,
  };
  return github;

  async function handle(request: Request): Promise<Answer> {
    switch (request.url.pathname) {
      case '/.well-known/openid-configuration':
        return { status: 200, body: configuration(github.issuer) };
      case '/.well-known/jwks':
        return { status: 200, body: key.keySet };
      case '/idtoken/7001/1':
        if (bearerToken(request) !== requestToken) {
          return { status: 401, body: { message: 'The request token is missing or not valid.' } };
        }
        return distorted(
          await tokenAnswer(request.url.searchParams),
          request.url.searchParams.get('distort'),
        );
      default:
        return { status: 404, body: { message: 'Not Found' } };
    }
  }

  function distorted(body: unknown, how: string | null): Answer {
    return { status: 200, body, ...github.distort.get(how ?? '')?.(JSON.stringify(body)) };
  }

  async function tokenAnswer(asked: URLSearchParams) {
    github.issued += 1;
    const audience = asked.get('audience') ?? `https://github.com/${repository.owner}`;
    const lifetime = Number(asked.get('lifetime') ?? github.lifetime);
    const value = await (github.signWith ?? key).sign(claims({ ...github, lifetime }, audience));
    github.tokens.push(value);
    return { count: value.length, value };
  }
}

function claims({ issuer, subject, lifetime }: GitHubOidc, audience: string): JWTPayload {
  const now = nowInSeconds();
  const fullName = `${repository.owner}/${repository.name}`;
  const workflow = `${fullName}/.github/workflows/backup.yml@refs/heads/main`;
  return {
    iss: issuer,
    sub: subject,
    aud: audience,
    jti: randomUUID(),
    iat: now,
    nbf: now - 600,
    exp: now + lifetime,
    ref: 'refs/heads/main',
    ref_type: 'branch',
    repository: fullName,
    repository_id: repository.id,
    repository_owner: repository.owner,
    repository_owner_id: repository.ownerId,
    repository_visibility: 'private',
    run_id: '7001',
    run_number: '17',
    run_attempt: '1',
    event_name: 'workflow_dispatch',
    workflow: 'Backup',
    workflow_ref: workflow,
    job_workflow_ref: workflow,
    runner_environment: 'github-hosted',
  };
}

function configuration(issuer: string) {
  return {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks`,
    subject_types_supported: ['public', 'pairwise'],
    response_types_supported: ['id_token'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid'],
    claims_supported: ['sub', 'aud', 'exp', 'iat', 'iss', 'jti', 'nbf', 'ref', 'repository', 'run_id'],
  };
}
