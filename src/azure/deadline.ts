import { isRestError, type PipelinePolicy, type PipelineRequest, RestError } from '@azure/core-rest-pipeline';

/** A policy as the clients of Azure take it. */
interface AddedPolicy {
  policy: PipelinePolicy;
  position: 'perCall';
}

/**
 * For whoever is asked for something small: without it the clients of Azure wait as long as the system tries to connect, two minutes,
 * and for the rest of an answer for ever. No answer in time, and one that breaks off, is an error like Node's own: the client says that
 * it was aborted, or that it could not read.
 * @param limit for the whole answer, in milliseconds
 */
export function answerWithin(limit: number): AddedPolicy {
  return {
    position: 'perCall',
    policy: {
      name: 'answerDeadline',
      async sendRequest(request, next) {
        request.timeout ||= limit;
        try {
          return await next(request);
        } catch (error) {
          const endedByTime =
            error instanceof Error && error.name === 'AbortError' && !request.abortSignal?.aborted;
          if (endedByTime) throw new RestError(error.message, { code: 'ETIMEDOUT', request });
          throw asReset(error, request);
        }
      },
    },
  };
}

/** The error of a client that could not read an answer to its end, like Node's own; any other as it is. */
export function asReset(error: unknown, request: PipelineRequest): unknown {
  return isRestError(error) && error.code === RestError.PARSE_ERROR && !error.response
    ? new RestError('the response broke off', { code: 'ECONNRESET', request })
    : error;
}
