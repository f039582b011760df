import { isRestError, type PipelinePolicy, type PipelineResponse } from '@azure/core-rest-pipeline';
import { readJson, textOf } from '../json-response.ts';
import { type Mask, maskSecretParts } from '../request-json.ts';

/** What looks at the answers of Entra ID before the library does. */
export interface EntraResponses {
  policy: PipelinePolicy;
  position: 'perCall';
  /** What was wrong with the last answer; undefined if nothing was. */
  problem(): Error | undefined;
}

/**
 * Lets no answer through to the library that is not an object of JSON, nor one to a sign-in that has no token. The library
 * tells of the first kind in its own logs what a parser quotes, and in its error all headers; of the second, that it cannot read
 * a property of undefined. It keeps to itself why an answer did not come, so it is asked here.
 */
export function entraResponses(mask: Mask): EntraResponses {
  let last: Error | undefined;
  const policy: PipelinePolicy = {
    name: 'entraResponses',
    async sendRequest(request, next) {
      const response = await next(request).catch(answerIn);
      const answer = readJson(response.bodyAsText);
      if ('problem' in answer) maskSecretParts(mask, response.bodyAsText);
      const problem =
        'problem' in answer
          ? answer.problem
          : response.status === 200 && isSignIn(request.url) && !textOf(answer.fields['access_token'])
            ? 'the response contains no token'
            : undefined;
      last = problem === undefined ? undefined : new Error(`${problem} (HTTP ${response.status})`);
      if (last) throw last;
      return response;
    },
  };
  return { policy, position: 'perCall', problem: () => last };
}

/** What the library's parser throws has the answer in it that it could not read. */
function answerIn(error: unknown): PipelineResponse {
  if (isRestError(error) && error.response) return error.response;
  throw error;
}

function isSignIn(url: string): boolean {
  return URL.parse(url)?.pathname.endsWith('/oauth2/v2.0/token') === true;
}
