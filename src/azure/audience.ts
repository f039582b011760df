import type { AccessToken, TokenCredential } from '@azure/identity';

/** What tokens for Blob Storage are asked for, in every cloud. https://learn.microsoft.com/azure/storage/blobs/authorize-access-azure-active-directory */
export const storageScope = 'https://storage.azure.com/.default';

/**
 * A credential that gets tokens of its own tenant for one service, and no others, whatever it is asked for. The clients of Azure ask
 * for what a service names in its answer (resource, scope and tenant of a challenge): one that poses as a vault or an account
 * would be handed a token for all that the application may do elsewhere.
 */
export function restrictedTo(scope: string, credential: TokenCredential): TokenCredential {
  return {
    getToken(_, { abortSignal, claims } = {}): Promise<AccessToken | null> {
      return credential.getToken(scope, {
        ...(abortSignal && { abortSignal }),
        ...(claims !== undefined && { claims }),
        enableCae: true,
      });
    },
  };
}
