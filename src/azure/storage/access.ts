import type { BlobServiceClient, ContainerClient } from '@azure/storage-blob';
import { NoAnswer, type Patience, patiently, type Retry, withLimit } from '../../base/patience.ts';
import { retryOf } from '../passing.ts';
import { detailOf, isRestError } from '../rest-error.ts';
import { explainStorageError } from './errors.ts';
import { NotAzure } from './wire/http-client.ts';

/** The way to a container, and how patiently it is asked. */
export interface Access {
  container: ContainerClient;
  /** The account, for what it tells of itself; undefined where only the container is at hand. */
  account?: BlobServiceClient;
  /** The folder that all backups are kept in: empty, or with a slash at its end. */
  folder: string;
  patience: Patience;
  /** Writes a line to the log. */
  info(line: string): void;
  /** Gets a token, if there is none that is still good: how long that may take is its own affair. */
  signIn(signal: AbortSignal): Promise<void>;
  /** Whether the account has let a request of this job through: from then on it is not a role that has yet to take effect. */
  proven: boolean;
  /** Whether it has answered at all: from then on it is not its address that is wrong. */
  reached: boolean;
}

/** How a request is made. */
export interface Asking {
  signal: AbortSignal;
  /** How long one attempt may take, in milliseconds; without it, the attempt limits itself. */
  limit?: number;
  /** Where that is another than of the container's other requests. */
  patience?: Patience;
  /** What passes by itself, where that is more than of any request. */
  judge?: (error: unknown) => Retry | undefined;
  /** Writes a line to the log, where not all of them are wanted. */
  info?: (line: string) => void;
  /** As patience has it. */
  queued?: () => number;
}

/**
 * Makes a request, and again as long as what it meets passes by itself.
 * @param what is tried, at the beginning of a line of the log
 * @throws RestError what the account refused with; Error if it could not be reached, or did not answer in time
 */
export async function askAccount<T>(
  access: Access,
  what: string,
  attempt: (signal: AbortSignal) => Promise<T>,
  {
    signal,
    limit,
    patience = access.patience,
    judge = (error) => passingOf(access, error),
    info = access.info,
    queued,
  }: Asking,
): Promise<T> {
  try {
    const signed = async (own: AbortSignal): Promise<T> => {
      await access.signIn(own);
      return withLimit(limit, own, attempt);
    };
    const answer = await patiently(what, signed, {
      ...{ patience, signal, info, ...(queued && { queued }) },
      judge: (error) => {
        access.reached ||= isRestError(error) && error.statusCode !== undefined;
        return judge(withHost(access, error));
      },
    });
    access.reached = true;
    access.proven = true;
    return answer;
  } catch (error) {
    if (isRestError(error) && detailOf(error).code === 'BlobNotFound') access.proven = true;
    throw error;
  }
}

/** An error that says which host did not answer in time, and whether it had before: the clock that ended the attempt does not know. */
export function withHost({ container, reached }: Access, error: unknown): unknown {
  return error instanceof NoAnswer
    ? Object.assign(error, { hostname: new URL(container.url).hostname, answeredBefore: reached })
    : error;
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-15.6 */
const gatewayTrouble = new Set([502, 503, 504]);

/** For how long an account that never answered is tried to be reached, as a multiple of the time that one answer has: 40 s, and the last attempt. */
const firstContact = 2;

/** How many pauses a rejected token is tried again for while none was accepted yet, all of them together as long as so many first ones. */
const firstTokenPauses = 8;

/**
 * Whether what a request met passes by itself, and for how long that is waited for: as long as there is patience for in general, and
 * less where nothing has worked yet, since then the address, the network or the rights are likelier to be wrong.
 */
export function passingOf({ patience, proven, reached }: Access, error: unknown): Retry | undefined {
  const { cause: why } = explainStorageError(error);
  // A gateway on the way has trouble of its own. Any other answer that is not Azure's will be the same again.
  if (error instanceof NotAzure) return gatewayTrouble.has(error.status) ? { why } : undefined;
  if (isRestError(error) && error.statusCode !== undefined) {
    const { code } = detailOf(error);
    // It was changed on the way: what is in memory is right, and is sent again.
    if (code === 'Md5Mismatch') return { why };
    // The SDK gets another token where the account asks for one; what is left is the account's own trouble, or a token of somewhere else.
    if (error.statusCode === 401)
      return { why, ...(!proven && { within: firstTokenPauses * patience.pause }) };
    if (code === 'AuthorizationPermissionMismatch' && !proven)
      return { why: `the role may not have taken effect yet (${code}, HTTP 403)`, within: patience.newRight };
  }
  const retry = retryOf(error);
  if (!retry) return undefined;
  const unreached = !isRestError(error) || error.statusCode === undefined;
  return { ...retry, why, ...(unreached && !reached && { within: firstContact * patience.answer }) };
}

/** Whether the account has said that it is asked too much. https://learn.microsoft.com/azure/storage/blobs/scalability-targets */
export function isThrottling(error: unknown): boolean {
  if (!isRestError(error)) return false;
  return error.statusCode === 429 || error.statusCode === 503 || detailOf(error).code === 'OperationTimedOut';
}

/** How often a line of those is written that several requests have to say at once, in milliseconds. */
const seldom = 25_000;

/** Lets one line through of all that come within some time: where five requests wait for the same, one of them says so. */
export function oneForAll(info: (line: string) => void): (line: string) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (line) => {
    const now = performance.now();
    if (now - last < seldom) return;
    last = now;
    info(line);
  };
}

/**
 * Whether an answer says that nothing was done. One of a time-out, or of a fault of the service, does not:
 * https://learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes
 */
export function isRefused(error: unknown): boolean {
  if (!isRestError(error)) return false;
  const { statusCode = 500 } = error; // none if no answer came
  return statusCode < 500 ? statusCode !== 408 : detailOf(error).code === 'ServerBusy';
}
