import { createHttpHeaders, createPipelineRequest, RestError } from '@azure/core-rest-pipeline';

/** A refusal of Key Vault, with the answer's body as it came. */
export function vaultRefusal(
  status: number,
  code: string,
  message: string,
  inner?: string,
  headers: Record<string, string> = {},
): RestError {
  const request = createPipelineRequest({
    url: 'https://kv-prod.vault.azure.net/secrets/db-user?api-version=7.6',
  });
  const innerError = inner === undefined ? {} : { innererror: { code: inner } };
  const bodyAsText = JSON.stringify({ error: { code, message, ...innerError } });
  return new RestError('the request was refused', {
    statusCode: status,
    request,
    response: {
      request,
      status,
      headers: createHttpHeaders({ 'x-ms-request-id': '1', ...headers }),
      bodyAsText,
    },
  });
}

/** A connection that failed, as the clients of Azure throw it. */
export function noAnswer(message: string, code: string, url: string): RestError {
  return new RestError(message, { code, request: createPipelineRequest({ url }) });
}
