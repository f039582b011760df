import {
  compactVerify,
  createRemoteJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
} from 'jose';
import { EntraError } from './entra-error.ts';

/** What an application is told to trust: tokens of this issuer, with this subject, for this audience. */
export interface FederatedCredential {
  issuer: string;
  subject: string;
  audience: string;
}

/** Refuses an assertion that the federated credential does not cover, with the code that Entra ID gives. */
export async function checkAssertion(assertion: string, credential: FederatedCredential): Promise<void> {
  const claims = read(assertion);
  if (claims.iss !== credential.issuer) throw noRecord(700211, 'issuer', String(claims.iss));
  await checkSignature(assertion, credential.issuer);
  checkTimes(claims);
  if (claims.aud !== credential.audience) throw noRecord(700212, 'audience', String(claims.aud));
  if (claims.sub !== credential.subject) throw otherSubject(String(claims.sub), credential.subject);
}

/** https://learn.microsoft.com/entra/identity-platform/reference-breaking-changes#august-2024 */
function otherSubject(presented: string, trusted: string): EntraError {
  if (presented.toLowerCase() !== trusted.toLowerCase()) return noRecord(700213, 'subject', presented);
  return new EntraError(
    'invalid_client',
    7002138,
    `No matching federated identity record found for presented assertion subject '${presented}'. The subject matches with case-insensitive comparison, but not with case-sensitive comparison. Check your federated identity credential Subject, Audience and Issuer against the presented assertion. See documentation at: https://learn.microsoft.com/entra/workload-id/workload-identity-federation. See breaking change notification and remediation at: https://learn.microsoft.com/en-us/entra/identity-platform/reference-breaking-changes#august-2024.`,
  );
}

function read(assertion: string): JWTPayload {
  try {
    return decodeJwt(assertion);
  } catch {
    throw new EntraError(
      'invalid_request',
      50027,
      'JWT token is invalid or malformed. Invalid JWT token. Token format not valid.',
    );
  }
}

/** The key is the one that the issuer publishes at this moment: nothing is kept between two requests. */
async function checkSignature(assertion: string, issuer: string): Promise<void> {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`);
  const { jwks_uri } = (await response.json()) as { jwks_uri: string };
  try {
    await compactVerify(assertion, createRemoteJWKSet(new URL(jwks_uri)));
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey) {
      throw new EntraError(
        'invalid_client',
        7000272,
        `The certificate with identifier ${decodeProtectedHeader(assertion).kid} used to sign the federated credential could not be found in the metadata of identity provider ${issuer}. Please validate that your Identity Provider's metadata exposes the key used to sign the incoming token.`,
      );
    }
    throw new EntraError(
      'invalid_client',
      700027,
      'Client assertion contains an invalid signature. [Reason - The provided signature value did not match the expected signature value.]',
    );
  }
}

function checkTimes({ nbf = 0, exp = 0 }: JWTPayload): void {
  const now = Date.now();
  if (nbf * 1000 <= now && now < exp * 1000) return;
  const moment = (milliseconds: number) => new Date(milliseconds).toISOString().replace('Z', '0000Z');
  throw new EntraError(
    'invalid_client',
    700024,
    `Client assertion is not within its valid time range. Current time: ${moment(now)}, assertion valid from ${moment(nbf * 1000)}, expiry time of assertion ${moment(exp * 1000)}. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .`,
  );
}

function noRecord(code: number, claim: string, value: string): EntraError {
  return new EntraError(
    'invalid_client',
    code,
    `No matching federated identity record found for presented assertion ${claim} '${value}'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion. https://learn.microsoft.com/entra/workload-id/workload-identity-federation`,
  );
}
