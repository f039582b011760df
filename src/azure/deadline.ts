import { type PipelinePolicy, RestError } from '@azure/core-rest-pipeline';

/** How long one answer may take, in milliseconds. */
const answerTimeout = 20_000;

/**
 * For the clients of Entra ID and Key Vault, which are asked for something small: without it they wait as long as the system
 * tries to connect, two minutes, and that four times. A firewall that drops what it does not let through would have people wait
 * for nine minutes until they are told. No answer in time is an error like Node's own.
 */
export const answerDeadline: { policy: PipelinePolicy; position: 'perCall' } = {
  position: 'perCall',
  policy: {
    name: 'answerDeadline',
    async sendRequest(request, next) {
      request.timeout ||= answerTimeout;
      try {
        return await next(request);
      } catch (error) {
        const endedByTime =
          error instanceof Error && error.name === 'AbortError' && !request.abortSignal?.aborted;
        throw endedByTime ? new RestError(error.message, { code: 'ETIMEDOUT', request }) : error;
      }
    },
  },
};
