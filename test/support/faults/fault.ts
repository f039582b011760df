import type { IncomingHttpHeaders } from 'node:http';

/** What the action talks to by HTTPS. */
export type Endpoint = 'github' | 'entra' | 'vault' | 'blob';

/** A request on its way to an endpoint. */
export interface Passing {
  endpoint: Endpoint;
  /** What it is about: see `kindOf`. */
  kind: string;
  method: string;
  /** As the endpoint would see it. */
  url: URL;
  headers: IncomingHttpHeaders;
  /** What it sends, except to Blob Storage, whose requests are decided upon before their bodies come. */
  body: string;
  /** How many of its kind came before. */
  earlier: number;
  /** When its answer was passed on, as `performance.now()` counts; undefined as long as it was not, or not to its end. */
  answered?: number;
}

/** An answer in the place of the endpoint's: with no other headers than these, which is how a stranger on the way answers. */
export interface StrangersAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/**
 * What becomes of a request. Faults are placed by count (`earlier`) or by bytes. A reset is a TCP reset, after all that was sent before it
 * has been received. Silence is a connection that stays open and on which nothing more comes, until the client ends it.
 */
export type Fault =
  /** It is carried out, and answered. */
  | 'pass'
  /** The connection is reset before the request gets through. */
  | 'drop'
  /** It is carried out, and the connection reset in place of the answer. */
  | 'lose answer'
  /** It gets there without saying which bytes it wants. */
  | 'lose range'
  /** It gets there after so many milliseconds, or after something else has happened; then, what is said by `next`, or it passes. */
  | { delay: number; next?: Fault }
  | { after: () => Promise<unknown>; next?: Fault }
  /** The connection is reset after so many bytes of the answer's body, once they have been received and `meanwhile` is over. */
  | { resetAfter: number; meanwhile?: () => Promise<void> }
  /** The connection is reset when so many bytes of the request's body have come; the endpoint gets none of it. */
  | { resetRequestAfter: number }
  /** No answer comes. The endpoint gets the request only if it is `carriedOut`: then an answer was on its way. */
  | { silent: 'before'; carriedOut?: boolean }
  /** After so many bytes of the request's body, no more are taken, and no answer comes; the endpoint gets none of it. */
  | { silent: 'request'; after: number }
  /** It is carried out. Of the answer, all lines of its head come, but not its end. */
  | { silent: 'headers' }
  /** It is carried out. Of the answer's body come so many bytes, none unless said otherwise; of an answer without body, see `headers`. */
  | { silent: 'body'; after?: number }
  /** Both bodies come at so many bytes a second. */
  | { bandwidth: number }
  /** Somebody else answers. */
  | { answer: StrangersAnswer };

/**
 * What a request is about: `github token`, `entra configuration`, `entra token`, `vault challenge` (a vault asked without a token, which
 * says where to get one), `vault secret`, `blob head`, `blob claim` (the block that only claims a name), `blob claims` (who else does),
 * `blob block`, `blob commit`, `blob list`, `blob read`; otherwise the endpoint with the method, and with the operation of Blob Storage.
 */
export function kindOf({
  endpoint,
  method,
  url,
  headers,
}: Omit<Passing, 'kind' | 'earlier' | 'answered'>): string {
  const { pathname, searchParams } = url;
  if (endpoint === 'github') return 'github token';
  if (endpoint === 'entra' && pathname.endsWith('/.well-known/openid-configuration'))
    return 'entra configuration';
  if (endpoint === 'entra' && pathname.endsWith('/token')) return 'entra token';
  if (endpoint === 'vault') return headers.authorization === undefined ? 'vault challenge' : 'vault secret';
  const operation = [searchParams.get('restype'), searchParams.get('comp')].filter((part) => part !== null);
  const what = [method, ...operation].join(' ');
  const block = Buffer.from(searchParams.get('blockid') ?? '', 'base64').toString();
  if (endpoint === 'blob' && block.endsWith('-claim')) return 'blob claim';
  return `${endpoint} ${endpoint === 'blob' ? (blobKinds[what] ?? what) : what}`;
}

const blobKinds: Readonly<Record<string, string>> = {
  HEAD: 'head',
  GET: 'read',
  'PUT block': 'block',
  'PUT blocklist': 'commit',
  'GET blocklist': 'claims',
  'GET container list': 'list',
};
