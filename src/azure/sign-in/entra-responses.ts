import {
  isRestError,
  type PipelinePolicy,
  type PipelineRequest,
  type PipelineResponse,
  RestError,
} from '@azure/core-rest-pipeline';
import { pageInstead, readJson, textOf } from '../json-response.ts';
import { strangerIn } from '../not-azure.ts';
import { type Mask, maskSecretParts } from '../request-json.ts';
import { redirected } from '../rest-error.ts';

/** What looks at the answers of Entra ID before the library does. */
export interface EntraResponses {
  policy: PipelinePolicy;
  position: 'perCall';
  /** What was wrong with the last request or its answer; undefined if nothing was. */
  problem(): unknown;
}

/**
 * Lets no answer through to the library besides those that it can use, and keeps what was wrong with the others. The library tells of an
 * answer that it cannot read all headers; of one without a token, that it cannot read a property of undefined; of a look-up that
 * failed, nothing. After a refusal for lack of time it refuses itself for a minute, without asking. Nor does it end a request with the job.
 */
export function entraResponses(mask: Mask, signal: AbortSignal): EntraResponses {
  let last: unknown;
  const policy: PipelinePolicy = {
    name: 'entraResponses',
    async sendRequest(request, next) {
      last = undefined;
      request.abortSignal = AbortSignal.any([signal, ...existing(request)]);
      try {
        const response = await next(request).catch(answerIn);
        const problem = unusableIn(request, response, mask);
        if (problem === undefined) return response;
        const { status: statusCode } = response;
        throw new RestError(problem, {
          ...{ statusCode, request, response: { ...response, bodyAsText: null } },
        });
      } catch (error) {
        last = error;
        throw error;
      }
    },
  };
  return { policy, position: 'perCall', problem: () => last };
}

/** The signal that a request has already; its type is older than the one of Node. */
function existing({ abortSignal }: PipelineRequest): AbortSignal[] {
  return abortSignal instanceof AbortSignal ? [abortSignal] : [];
}

/** What the library's parser throws has the answer in it that it could not read. */
function answerIn(error: unknown): PipelineResponse {
  if (isRestError(error) && error.response) return error.response;
  throw error;
}

/** In words, with the status; Entra ID's own where they have one of its codes, by which they are known to be its own. */
function unusableIn(request: PipelineRequest, response: PipelineResponse, mask: Mask): string | undefined {
  const { status, bodyAsText } = response;
  const stranger = strangerIn(response);
  const by = stranger === undefined ? ` (HTTP ${status})` : `: ${stranger}`;
  const answer = readJson(bodyAsText);
  if ('problem' in answer) {
    maskSecretParts(mask, bodyAsText);
    if (status >= 300 && status < 400) return `${redirected}${by}`;
    if (stranger !== undefined && (status >= 400 || answer.problem === pageInstead)) return stranger;
    const problem =
      answer.problem === pageInstead ? 'the response is an HTML or XML page, and not JSON' : answer.problem;
    return `${problem}${by}`;
  }
  const { fields } = answer;
  if (status === 200) {
    const lacks = expected(request.url).find((field) => !textOf(fields[field]));
    return lacks === undefined ? undefined : `the response contains no ${nameOf(lacks)}${by}`;
  }
  const words = textOf(fields['error_description']);
  if (words !== undefined && /AADSTS\d/.test(words)) return words;
  return stranger ?? `${words ?? textOf(fields['error']) ?? 'the request was refused'}${by}`;
}

/** What an answer has to have, by what was asked: a token, or, as the library wants it, where there is one. */
function expected(url: string): readonly string[] {
  const path = URL.parse(url)?.pathname ?? '';
  if (path.endsWith('/oauth2/v2.0/token')) return ['access_token'];
  if (path.endsWith('/.well-known/openid-configuration'))
    return ['token_endpoint', 'authorization_endpoint', 'issuer', 'jwks_uri'];
  return [];
}

function nameOf(field: string): string {
  return field === 'access_token' ? 'token' : field;
}
