import type { PipelineResponse } from '@azure/core-rest-pipeline';
import { plain } from '../base/format.ts';

/**
 * By which each answer of Azure's is known: Entra ID, Key Vault and Blob Storage put `x-ms-request-id` and others of that kind into all of
 * them, and Front Door, which is in front of some, `x-azure-ref`.
 * https://learn.microsoft.com/rest/api/storageservices/common-rest-api-response-headers and
 * https://learn.microsoft.com/azure/frontdoor/front-door-http-headers-protocol
 */
const ofAzure = /^(?:x-ms-|x-azure-ref$)/i;

/** What is looked at of an answer. */
type Answered = Pick<PipelineResponse, 'status' | 'headers'>;

/**
 * Who answered in Azure's place, in words for a cause. It is for answers that refuse or cannot be read: what can be used needs no name.
 * @returns undefined for an answer of Azure's own
 */
export function strangerIn(response: Answered): string | undefined {
  for (const [name] of response.headers) if (ofAzure.test(name)) return undefined;
  return (
    loginOfProxy(response) ??
    `something other than Azure answered, such as a proxy or firewall (${answererOf(response)})`
  );
}

/** That a proxy, which alone gives this answer, wants to know who asks; undefined for any other answer. */
export function loginOfProxy(response: Answered): string | undefined {
  return response.status === 407 ? `a proxy requires a login (${answererOf(response)})` : undefined;
}

/**
 * By what an answer is known: `HTTP 403, an HTML page, server: squid`. What stands in its headers is shown as far as it is short, and
 * nothing of its body.
 */
export function answererOf({ status, headers }: Answered): string {
  const signs = ['server', 'via'].flatMap((name) => {
    const value = headers.get(name)?.trim() ?? '';
    return value === '' ? [] : [`${name}: ${plain(value)}`];
  });
  const page = /^\s*text\/html\b/i.test(headers.get('content-type') ?? '') ? ['an HTML page'] : [];
  return [`HTTP ${status}`, ...page, ...signs].join(', ');
}

/** What to do about it. */
export const adviceOnStranger =
  "Check HTTPS_PROXY and NO_PROXY on the runner, and let its proxy and firewall pass this host's responses unchanged; then run the job " +
  'again. A proxy that requires a login takes it from HTTPS_PROXY: http://USER:PASSWORD@HOST:PORT, with special characters URL-encoded.';
