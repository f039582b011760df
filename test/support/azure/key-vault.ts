import { randomUUID } from 'node:crypto';
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import type { Certificate } from '../machine/certificates.ts';
import { type Answer, bearerToken, type Request, startHttpsServer } from '../machine/https-server.ts';
import type { Entra } from './entra.ts';

/** A secret in the vault; enabled unless it says otherwise. */
export interface Secret {
  value: string;
  enabled?: boolean;
  expires?: Date;
  notBefore?: Date;
  /** Whom it is closed to: every caller, or every caller from this address. */
  forbidden?: 'rbac' | 'firewall';
  /** What is made of the answer, a text of JSON, on its way; or what else is answered. */
  distort?: (json: string) => Partial<Answer>;
}

/** A key vault whose contents and role assignments a test can change while it runs. */
export interface KeyVault {
  url: string;
  name: string;
  secrets: Map<string, Secret>;
  /** The client ids that have the role "Key Vault Secrets User". */
  readers: Set<string>;
  /** How often each path was asked for with a token that was accepted: `/secrets/db-user` to 1. */
  requests: Map<string, number>;
  stop(): Promise<void>;
}

const audience = 'https://vault.azure.net';

/** The address of the runner as the vault's firewall sees it; one of those that are kept for documentation. */
export const clientAddress = '203.0.113.17';

/** Starts the part of Key Vault's data plane that reads secrets. */
export async function startKeyVault(certificate: Certificate, entra: Entra): Promise<KeyVault> {
  const keys = createRemoteJWKSet(new URL(entra.keysUrl));
  const name = 'test-vault';
  const versions = new Map<string, string>();
  const server = await startHttpsServer(certificate, async (request) => identified(await handle(request)));
  const vault: KeyVault = {
    url: server.url,
    name,
    secrets: new Map(),
    readers: new Set([entra.clientId]),
    requests: new Map(),
    stop: server.stop,
  };
  return vault;

  async function handle(request: Request): Promise<Answer> {
    const path = decodeURIComponent(request.url.pathname).replace(/\/$/, '');
    const [, secretName = '', version] = /^\/secrets\/([^/]+)(?:\/([^/]+))?$/.exec(path) ?? [];
    if (request.method !== 'GET' || secretName === '') {
      return refusal(404, 'NotFound', `The stand-in knows no ${request.method} ${path}.`);
    }
    if (!request.url.searchParams.has('api-version')) {
      return refusal(400, 'BadParameter', 'api-version must be specified');
    }
    const caller = await whoAsks(request);
    if (isAnswer(caller)) return caller;
    vault.requests.set(path, (vault.requests.get(path) ?? 0) + 1);
    const closed = vault.secrets.get(secretName)?.forbidden;
    if (closed === 'firewall') return shutOut(caller);
    if (closed === 'rbac' || !vault.readers.has(String(caller['appid'])))
      return forbidden(caller, secretName);
    return read(secretName, version);
  }

  /** The claims of the caller's token, or the answer that sends the caller to Entra ID. */
  async function whoAsks(request: Request): Promise<JWTPayload | Answer> {
    const token = bearerToken(request);
    if (!token) return challenge('AKV10000: Request is missing a Bearer or PoP token.');
    try {
      const issuer = `https://sts.windows.net/${entra.tenantId}/`;
      return (await jwtVerify(token, keys, { audience, issuer })).payload;
    } catch (error) {
      return challenge(whyNotAccepted(error));
    }
  }

  function challenge(message: string): Answer {
    const authorization = `${entra.url}/${entra.tenantId}`;
    return {
      ...refusal(401, 'Unauthorized', message),
      headers: { 'www-authenticate': `Bearer authorization="${authorization}", resource="${audience}"` },
    };
  }

  function forbidden(caller: JWTPayload, secretName: string): Answer {
    const resource = `/subscriptions/${randomUUID()}/resourcegroups/test/providers/microsoft.keyvault/vaults/${name}/secrets/${secretName}`;
    const lines = [
      'Caller is not authorized to perform action on resource.',
      'If role assignments, deny assignments or role definitions were changed recently, please observe propagation time.',
      `Caller: appid=${caller['appid']};oid=${caller['oid']};iss=${caller.iss}`,
      "Action: 'Microsoft.KeyVault/vaults/secrets/getSecret/action'",
      `Resource: '${resource}'`,
      'Assignment: (not found)',
      'DenyAssignmentId: null',
      'DecisionReason: null ',
      `Vault: ${name};location=westeurope`,
      '',
    ];
    return refusal(403, 'Forbidden', lines.join('\r\n'), 'ForbiddenByRbac');
  }

  function shutOut(caller: JWTPayload): Answer {
    const lines = [
      'Client address is not authorized and caller is not a trusted service.',
      `Client address: ${clientAddress}`,
      `Caller: appid=${caller['appid']};oid=${caller['oid']};iss=${caller.iss}`,
      `Vault: ${name};location=westeurope`,
    ];
    return refusal(403, 'Forbidden', lines.join('\r\n'), 'ForbiddenByFirewall');
  }

  /** An expired secret is handed out all the same, and one that is not valid yet: to Key Vault, both are hints for the reader. */
  function read(secretName: string, version: string | undefined): Answer {
    const secret = vault.secrets.get(secretName);
    const current = versions.get(secretName) ?? randomUUID().replaceAll('-', '');
    versions.set(secretName, current);
    if (!secret || (version !== undefined && version !== current)) {
      const asked = version === undefined ? secretName : `${secretName}/${version}`;
      return refusal(
        404,
        'SecretNotFound',
        `A secret with (name/id) ${asked} was not found in this key vault. If you recently deleted this secret you may be able to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182`,
      );
    }
    if (secret.enabled === false) {
      return refusal(
        403,
        'Forbidden',
        'Operation get is not allowed on a disabled secret.',
        'SecretDisabled',
      );
    }
    const answer = {
      status: 200,
      body: {
        value: secret.value,
        id: `${vault.url}/secrets/${secretName}/${current}`,
        attributes: {
          enabled: true,
          ...(secret.notBefore && { nbf: Math.floor(secret.notBefore.getTime() / 1000) }),
          ...(secret.expires && { exp: Math.floor(secret.expires.getTime() / 1000) }),
          created: 1767225600,
          updated: 1767225600,
          recoveryLevel: 'Recoverable+Purgeable',
          recoverableDays: 90,
        },
        tags: {},
      },
    };
    return { ...answer, ...secret.distort?.(JSON.stringify(answer.body)) };
  }
}

/** What each answer of Key Vault says of itself. https://learn.microsoft.com/azure/key-vault/general/authentication-requests-and-responses */
export function vaultHeaders(): Record<string, string> {
  return { 'x-ms-request-id': randomUUID(), 'x-ms-keyvault-service-version': '1.9.2789.1' };
}

function identified(answer: Answer): Answer {
  return { ...answer, headers: { ...vaultHeaders(), ...answer.headers } };
}

function isAnswer(value: JWTPayload | Answer): value is Answer {
  return 'body' in value;
}

function refusal(status: number, code: string, message: string, inner?: string): Answer {
  return { status, body: { error: { code, message, ...(inner && { innererror: { code: inner } }) } } };
}

function whyNotAccepted(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'Error validating token: IDX10223';
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') {
    return `AKV10022: Invalid audience. Expected ${audience}, found: ${error.payload.aud}.`;
  }
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'iss') {
    return `AKV10032: Invalid issuer. Found ${error.payload.iss}.`;
  }
  return 'AKV10046: Unable to resolve the key used for signature validation.';
}
