import { randomUUID } from 'node:crypto';
import type { Certificate } from '../machine/certificates.ts';
import { type Answer, type Request, startHttpsServer } from '../machine/https-server.ts';
import { makeSigningKey, nowInSeconds } from '../machine/signing-key.ts';
import { checkAssertion, type FederatedCredential } from './entra-assertion.ts';
import {
  applicationNotFound,
  EntraError,
  errorAnswer,
  nothingTrusted,
  resourceNotFound,
  tenantNotFound,
} from './entra-error.ts';

/** Entra ID with one tenant, and one application in it that can sign in. */
export interface Entra {
  /** What `authorityHost` is to be set to. */
  url: string;
  tenantId: string;
  clientId: string;
  /** The object id of the application's service principal. */
  objectId: string;
  /** What the application trusts; change it to make a good assertion a bad one. */
  federatedCredential: FederatedCredential;
  /** All applications of the tenant by their client ids, with what each of them trusts; undefined if it trusts nobody. */
  applications: Map<string, FederatedCredential | undefined>;
  /** Seconds an access token lives. */
  lifetime: number;
  /** The resources for which tokens were issued, in order. */
  issued: string[];
  /** The access tokens themselves. */
  tokens: string[];
  /** What is made of the answer to a sign-in of an application, a text of JSON, on its way. */
  distort: Map<string, (json: string) => Partial<Answer>>;
  /** For what a token was asked, in order, given or not. */
  asked: string[];
  /** Where resources find the keys that check the tokens. */
  keysUrl: string;
  /** Issues a token for any resource without asking for an assertion, so that a test has a wrong or old one. */
  issueToken(resource: string, lifetime?: number): Promise<string>;
  stop(): Promise<void>;
}

/** The resources that a token can be asked for. */
const resources = ['https://storage.azure.com', 'https://vault.azure.net'];

/** Starts the endpoints that @azure/identity uses for a client assertion. */
export async function startEntra(certificate: Certificate, githubIssuer: string): Promise<Entra> {
  const key = await makeSigningKey();
  const tenantId = randomUUID();
  const server = await startHttpsServer(certificate, async (request) => identified(await handle(request)));
  const clientId = randomUUID();
  const federatedCredential = { issuer: githubIssuer, subject: '', audience: 'api://AzureADTokenExchange' };
  const entra: Entra = {
    url: server.url,
    tenantId,
    clientId,
    objectId: randomUUID(),
    federatedCredential,
    applications: new Map([[clientId, federatedCredential]]),
    lifetime: 3599,
    issued: [],
    tokens: [],
    distort: new Map(),
    asked: [],
    keysUrl: `${server.url}/${tenantId}/discovery/v2.0/keys`,
    issueToken,
    stop: server.stop,
  };
  return entra;

  async function handle(request: Request): Promise<Answer> {
    const [, tenant = '', ...rest] = request.url.pathname.split('/');
    const form = new URLSearchParams(request.body);
    try {
      switch (`${request.method} /${rest.join('/')}`) {
        case 'GET /v2.0/.well-known/openid-configuration':
          requireTenant(tenant, 'invalid_tenant');
          return { status: 200, body: configuration(entra) };
        case 'GET /discovery/v2.0/keys':
          return { status: 200, body: key.keySet };
        case 'POST /oauth2/v2.0/token':
          requireTenant(tenant, 'invalid_request');
          return distorted(await answerToken(form), form.get('client_id') ?? '');
        default:
          return { status: 404, body: { error: 'not_found' } };
      }
    } catch (error) {
      if (error instanceof EntraError) return errorAnswer(error, entra.url, form.get('client-request-id'));
      throw error;
    }
  }

  function distorted(body: unknown, clientId: string): Answer {
    return { status: 200, body, ...entra.distort.get(clientId)?.(JSON.stringify(body)) };
  }

  function requireTenant(tenant: string, error: string): void {
    if (tenant !== entra.tenantId) throw tenantNotFound(error, tenant);
  }

  async function answerToken(form: URLSearchParams) {
    entra.asked.push(form.get('scope') ?? '');
    requireGrant(form);
    const clientId = form.get('client_id') ?? '';
    if (!entra.applications.has(clientId)) throw applicationNotFound(clientId, entra.tenantId);
    const credential = entra.applications.get(clientId);
    if (!credential) throw nothingTrusted(clientId);
    await checkAssertion(form.get('client_assertion') ?? '', credential);
    const resource = requireResource(form.get('scope') ?? '');
    entra.issued.push(resource);
    const accessToken = await issueToken(resource, entra.lifetime, clientId);
    entra.tokens.push(accessToken);
    return {
      token_type: 'Bearer',
      expires_in: entra.lifetime,
      ext_expires_in: entra.lifetime,
      access_token: accessToken,
    };
  }

  /** MSAL asks for `<resource>/.default openid profile offline_access`. */
  function requireResource(scope: string): string {
    const asked = scope.split(' ').find((part) => part.endsWith('/.default')) ?? scope;
    const resource = asked.replace(/\/\.default$/, '').replace(/\/$/, '');
    if (resources.includes(resource)) return resource;
    throw resourceNotFound(resource, entra.tenantId);
  }

  function issueToken(
    resource: string,
    lifetime = entra.lifetime,
    clientId = entra.clientId,
  ): Promise<string> {
    const now = nowInSeconds();
    return key.sign({
      aud: resource,
      iss: `https://sts.windows.net/${entra.tenantId}/`,
      iat: now,
      nbf: now,
      exp: now + lifetime,
      appid: clientId,
      appidacr: '2',
      idp: `https://sts.windows.net/${entra.tenantId}/`,
      idtyp: 'app',
      oid: entra.objectId,
      sub: entra.objectId,
      tid: entra.tenantId,
      uti: randomUUID(),
      ver: '1.0',
    });
  }
}

/** An answer as Entra ID gives each of them, with an id of the request. */
function identified(answer: Answer): Answer {
  return { ...answer, headers: { 'x-ms-request-id': randomUUID(), ...answer.headers } };
}

function requireGrant(form: URLSearchParams): void {
  if (form.get('grant_type') !== 'client_credentials') {
    throw new EntraError(
      'unsupported_grant_type',
      70003,
      `The app requested an unsupported grant type '${form.get('grant_type')}'.`,
    );
  }
  if (form.get('client_assertion_type') !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer') {
    throw new EntraError(
      'invalid_client',
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    );
  }
}

function configuration({ url, tenantId, keysUrl }: Entra) {
  return {
    issuer: `${url}/${tenantId}/v2.0`,
    authorization_endpoint: `${url}/${tenantId}/oauth2/v2.0/authorize`,
    token_endpoint: `${url}/${tenantId}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: keysUrl,
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    tenant_region_scope: 'EU',
  };
}
