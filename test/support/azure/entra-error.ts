import { randomUUID } from 'node:crypto';
import type { Answer } from '../machine/https-server.ts';

/** A refusal of Entra ID: the OAuth error, the AADSTS code, and the text that people search for. */
export class EntraError extends Error {
  readonly error: string;
  readonly code: number;

  constructor(error: string, code: number, text: string) {
    super(`AADSTS${code}: ${text}`);
    this.error = error;
    this.code = code;
  }
}

/** The refusal as Entra ID sends it. Only a client that could not prove who it is gets a 401. */
export function errorAnswer(refusal: EntraError, url: string, correlation: string | null): Answer {
  const traceId = randomUUID();
  const correlationId = correlation ?? randomUUID();
  const timestamp = new Date().toISOString().replace('T', ' ').replace(/\..*/, 'Z');
  return {
    status: refusal.error === 'invalid_client' ? 401 : 400,
    body: {
      error: refusal.error,
      error_description: `${refusal.message} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
      error_codes: [refusal.code],
      timestamp,
      trace_id: traceId,
      correlation_id: correlationId,
      error_uri: `${url}/error?code=${refusal.code}`,
    },
  };
}

/** The tenant id is wrong: the discovery document and the token endpoint differ in the OAuth error. */
export function tenantNotFound(error: string, tenant: string): EntraError {
  return new EntraError(
    error,
    90002,
    `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  );
}

/** The client id is wrong. */
export function applicationNotFound(clientId: string, tenant: string): EntraError {
  return new EntraError(
    'unauthorized_client',
    700016,
    `Application with identifier '${clientId}' was not found in the directory '${tenant}'. ${notInstalled} You may have sent your authentication request to the wrong tenant.`,
  );
}

/** The application has no federated credential at all. */
export function nothingTrusted(clientId: string): EntraError {
  return new EntraError(
    'invalid_client',
    70025,
    `The client '${clientId}'(backups) has no configured federated identity credentials.`,
  );
}

/** The scope names a resource that nobody has registered. */
export function resourceNotFound(resource: string, tenant: string): EntraError {
  return new EntraError(
    'invalid_resource',
    500011,
    `The resource principal named ${resource} was not found in the tenant named ${tenant}. ${notInstalled} You might have sent your authentication request to the wrong tenant.`,
  );
}

const notInstalled =
  'This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.';
