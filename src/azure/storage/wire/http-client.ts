import {
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineRequest,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import type { HttpHeaders, IHttpClient, WebResource } from '@azure/storage-blob';
import { asReset } from '../../deadline.ts';
import { strangerIn } from '../../not-azure.ts';

/**
 * The version of the service's interface that is asked for, in place of the SDK's own, which is newer than what some clouds know. Blocks
 * of more than 100 MiB and answers that say which token they want need 2019-12-12; lists with names that XML cannot hold, 2021-02-12;
 * the cold tier, 2021-12-02, which says no word of what an earlier one is told of a blob in it.
 * https://learn.microsoft.com/rest/api/storageservices/previous-azure-storage-service-versions
 */
export const serviceVersion = '2021-12-02';

/** An answer that is not the account's. */
export class NotAzure extends Error {
  /** Of the answer. */
  readonly status: number;

  constructor(cause: string, status: number) {
    super(cause);
    this.name = 'NotAzure';
    this.status = status;
  }
}

/**
 * Sends the SDK's requests, all for one version of the service. An answer that is none of Azure's is an error whatever its status: that
 * of a portal or a proxy may be any.
 * @param onDate is given the time that each answer tells
 * @param client by which they are sent
 */
export function blobHttpClient(
  onDate: (date: Date) => void = () => {},
  client: HttpClient = createDefaultHttpClient(),
): IHttpClient {
  return {
    async sendRequest(asked) {
      const request = requestOf(asked);
      const response = await client.sendRequest(request).catch((error: unknown) => {
        throw asReset(error, request);
      });
      const stranger = strangerIn(response);
      if (stranger !== undefined) {
        discard(response);
        throw new NotAzure(stranger, response.status);
      }
      const date = new Date(response.headers.get('date') ?? '');
      if (!Number.isNaN(date.getTime())) onDate(date);
      return { ...response, request: asked, headers: headersOf(response, asked.headers) };
    },
  };
}

/** The SDK hands requests over in the form of its earlier versions. */
function requestOf(asked: WebResource): PipelineRequest {
  const request = createPipelineRequest({
    ...{ url: asked.url, method: asked.method, timeout: asked.timeout, requestId: asked.requestId },
    headers: createHttpHeaders(asked.headers.toJson({ preserveCase: true })),
    body: asked.body,
    disableKeepAlive: asked.keepAlive ?? false, // the SDK's way of saying it
    allowInsecureConnection: true, // as the SDK has it: the input for the address takes https alone
    ...(asked.abortSignal && { abortSignal: asked.abortSignal }),
    ...(asked.proxySettings && { proxySettings: asked.proxySettings }),
    ...(asked.streamResponseStatusCodes && { streamResponseStatusCodes: asked.streamResponseStatusCodes }),
    ...(asked.onUploadProgress && { onUploadProgress: asked.onUploadProgress }),
    ...(asked.onDownloadProgress && { onDownloadProgress: asked.onDownloadProgress }),
  });
  if (asked.agent) request.agent = asked.agent; // that of the runner's proxy, which the constructor does not take
  request.headers.set('x-ms-version', serviceVersion);
  return request;
}

/** The headers of an answer in that form: an empty copy of those of the request, filled. */
function headersOf(response: PipelineResponse, like: HttpHeaders): HttpHeaders {
  const headers = like.clone();
  for (const name of headers.headerNames()) headers.remove(name);
  for (const [name, value] of response.headers) headers.set(name, value);
  return headers;
}

/** Ends a connection whose answer nobody will read. */
function discard({ readableStreamBody }: PipelineResponse): void {
  readableStreamBody?.on('error', () => {});
  if (
    readableStreamBody &&
    'destroy' in readableStreamBody &&
    typeof readableStreamBody.destroy === 'function'
  )
    readableStreamBody.destroy();
}
