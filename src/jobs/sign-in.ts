import { signIn, type TokenCredential } from '../azure/sign-in/credential.ts';
import type { Step } from '../base/step.ts';
import type { StorageRequest } from './request.ts';

/** Signs in. @param scope of the first token: what is asked first @throws Failure */
export async function signInFor(
  { principal, patience }: Pick<StorageRequest, 'principal' | 'patience'>,
  scope: string,
  { mask, signal, info }: Step,
): Promise<TokenCredential> {
  const credential = await signIn(principal, scope, { mask, signal, patience, info });
  info(`Signed in as application ${principal.clientId}`);
  return credential;
}
