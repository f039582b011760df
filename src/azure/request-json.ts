import {
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineFromOptions,
  createPipelineRequest,
  type Pipeline,
  type PipelineRequest,
  type PipelineResponse,
  RestError,
  redirectPolicyName,
} from '@azure/core-rest-pipeline';
import { answerWithin } from './deadline.ts';
import { readJson, secretPartsOf } from './json-response.ts';
import { redirected } from './rest-error.ts';

/** Hides values everywhere in the log from now on, each given with what it is. */
export type Mask = (values: Readonly<Record<string, string>>) => void;

/** Hides what may be secret in an answer that is not what it should be. */
export function maskSecretParts(mask: Mask, body: string | null | undefined): void {
  mask(Object.fromEntries(secretPartsOf(body).map((part, index) => [`part ${index} of an answer`, part])));
}

/**
 * How something small is asked for: through the runner's proxy, once, and never where an answer redirects to.
 * @param limit for the whole answer, in milliseconds
 */
export function requestPipeline(limit: number): Pipeline {
  const pipeline = createPipelineFromOptions({ retryOptions: { maxRetries: 0 } });
  pipeline.removePolicy({ name: redirectPolicyName });
  pipeline.addPolicy(answerWithin(limit).policy);
  return pipeline;
}

/** What is asked of whom. */
export interface JsonRequest {
  url: string;
  headers?: Record<string, string>;
  mask: Mask;
  signal: AbortSignal;
}

/**
 * Gets an object of JSON. Of an answer that is anything else, what may be secret is hidden, and nothing is ever shown.
 * @throws RestError for any other status than 200 and any other answer, or if there is none
 */
export async function requestJson(
  pipeline: Pipeline,
  { url, headers = {}, mask, signal }: JsonRequest,
): Promise<Readonly<Record<string, unknown>>> {
  const request = createPipelineRequest({ url, headers: createHttpHeaders(headers), abortSignal: signal });
  const response = await pipeline.sendRequest(createDefaultHttpClient(), request);
  const fields = responseOf(request, response, mask);
  const { status: statusCode } = response;
  if (statusCode !== 200) throw new RestError('the request was refused', { statusCode, request, response });
  return fields;
}

/**
 * The fields of an answer that is an object of JSON, a refusal perhaps.
 * @throws RestError for any other; what may be secret in it is hidden, and the error has nothing of it
 */
export function responseOf(
  request: PipelineRequest,
  response: PipelineResponse,
  mask: Mask,
): Readonly<Record<string, unknown>> {
  const { status: statusCode, bodyAsText } = response;
  const answer = readJson(bodyAsText);
  if ('fields' in answer) return answer.fields;
  maskSecretParts(mask, bodyAsText);
  const readable: PipelineResponse = { ...response, bodyAsText: null };
  const said = statusCode >= 300 && statusCode < 400 ? redirected : answer.problem;
  throw new RestError(said, { statusCode, request, response: readable });
}
