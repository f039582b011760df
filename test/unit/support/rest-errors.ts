import { createHttpHeaders, createPipelineRequest, RestError } from '@azure/core-rest-pipeline';

/** A refusal of Key Vault as its client throws it: the answer's body parsed, `innererror` by another name. */
export function vaultRefusal(status: number, code: string, message: string, inner?: string): RestError {
  const request = createPipelineRequest({
    url: 'https://kv-prod.vault.azure.net/secrets/db-user?api-version=7.6',
  });
  const innerError = inner === undefined ? {} : { innererror: { code: inner } };
  const bodyAsText = JSON.stringify({ error: { code, message, ...innerError } });
  const error = new RestError(message, {
    code,
    statusCode: status,
    request,
    response: { request, status, headers: createHttpHeaders(), bodyAsText },
  });
  error.details = { error: { code, message, ...(inner !== undefined && { innerError: { code: inner } }) } };
  return error;
}

/** A connection that failed, as the clients of Azure throw it. */
export function noAnswer(message: string, code: string, url: string): RestError {
  return new RestError(message, { code, request: createPipelineRequest({ url }) });
}
