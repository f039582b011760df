import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JSONWebKeySet, type JWTPayload, SignJWT } from 'jose';

/** A key that signs JSON Web Tokens, and the key set by which others check them. */
export interface SigningKey {
  keySet: JSONWebKeySet;
  sign(claims: JWTPayload): Promise<string>;
}

/** Makes an RS256 key, the only algorithm that GitHub and Entra ID use. */
export async function makeSigningKey(): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const kid = randomUUID();
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' };

  return {
    keySet: { keys: [jwk] },
    sign: (claims) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid }).sign(privateKey),
  };
}

/** Now, in the whole seconds in which tokens count. */
export function nowInSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
