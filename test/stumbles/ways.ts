import { type Endpoint, type Fault, refusal } from '../support/faults/start-faults.ts';

/** A way to stumble, for a request that meets with it. */
export interface Way {
  title: string;
  fault: (endpoint: Endpoint) => Fault;
  /** What an error says of it that lasts. */
  says: RegExp;
  /** Whether what was asked has been done by then. */
  carriedOut?: boolean;
  /** Whether the answer is nobody's of Azure, which some endpoints are not asked again for. */
  strange?: boolean;
  /** Whether it takes an answer with a body. */
  inBody?: boolean;
  /** Whether it is final at once where it lasts: the other side says that it will not be over in time. */
  quick?: boolean;
}

/** How each of them says that it is asked too much, and that it has a fault of its own. */
const codes: Record<Endpoint, Record<429 | 500 | 503, [code: string | number, message: string]>> = {
  github: {
    429: ['', 'Too many requests'],
    500: ['', 'An error occurred on the server'],
    503: ['', 'The service is unavailable'],
  },
  entra: {
    429: [50196, 'The server terminated an operation because it encountered a client request loop.'],
    500: ['server_error', 'An unexpected error occurred'],
    503: [90033, 'A transient error has occurred. Please try again.'],
  },
  vault: {
    429: ['Throttled', 'Request was not processed because too many requests were received.'],
    500: ['InternalError', 'Internal server error'],
    503: ['ServiceUnavailable', 'The service is temporarily unavailable.'],
  },
  blob: {
    429: ['TooManyRequests', 'Too many requests.'],
    500: ['InternalError', 'The server encountered an internal error. Please retry the request.'],
    503: ['ServerBusy', 'Ingress is over the account limit.'],
  },
};

function refused(status: 429 | 500 | 503, headers: Record<string, string> = {}): Way['fault'] {
  return (endpoint) => refusal(endpoint, status, ...codes[endpoint][status], headers);
}

const page = '<!DOCTYPE html><html><body><form action="/login">Sign in to the network</form></body></html>';
const slow = /did not answer in time|no answer within/;

/** What GitHub, Azure and what lies between do when they stumble. */
export const ways = {
  silent: { title: 'silent before the answer', fault: () => ({ silent: 'before' }), says: slow },
  silentInHead: {
    title: 'silent in the head',
    fault: () => ({ silent: 'headers' }),
    says: slow,
    carriedOut: true,
  },
  silentInBody: {
    title: 'silent in the body',
    fault: () => ({ silent: 'body' }),
    says: slow,
    carriedOut: true,
  },
  reset: { title: 'a reset', fault: () => 'drop', says: /ECONNRESET/ },
  resetInBody: {
    title: 'a reset in the body',
    fault: () => ({ resetAfter: 0 }),
    says: /ECONNRESET/,
    inBody: true,
  },
  busy: { title: '429', fault: refused(429), says: /429|AADSTS50196/ },
  busyForNow: { title: '429 for a second', fault: refused(429, { 'retry-after': '1' }), says: /429/ },
  busyForLong: {
    title: '429 for an hour',
    fault: refused(429, { 'retry-after': '3600' }),
    says: /429|AADSTS50196/,
    quick: true,
  },
  broken: { title: '500', fault: refused(500), says: /500/ },
  unavailable: { title: '503', fault: refused(503), says: /503|AADSTS90033/ },
  empty: {
    title: '200 with nothing',
    fault: () => ({ answer: { status: 200 } }),
    says: /the response is empty|answered with nothing|something other than Azure answered/,
    strange: true,
  },
  page: {
    title: '200 with a page',
    fault: () => ({ answer: { status: 200, headers: { 'content-type': 'text/html' }, body: page } }),
    says: /HTML|a page|something other than Azure answered/,
    strange: true,
  },
} as const satisfies Record<string, Way>;

/**
 * Ways that one request can meet with one after another, within its patience: a silence at most, and that first, since what has never
 * been reached is waited for more briefly than what has answered.
 */
export const rounds: readonly (readonly Way[])[] = [
  [ways.silent, ways.busy, ways.broken],
  [ways.silentInHead, ways.reset, ways.unavailable],
  [ways.silentInBody, ways.busyForNow],
  [ways.empty, ways.page],
];

/** Ways that last, by what the action can know of them: within a kind they differ in what comes before it knows. */
const kinds: readonly (readonly Way[])[] = [
  [ways.silent, ways.silentInHead, ways.silentInBody],
  [ways.reset, ways.resetInBody],
  [ways.busy, ways.broken, ways.unavailable],
  [ways.busyForLong],
  [ways.empty, ways.page],
];

/**
 * The ways that the n-th operation is tried with, where they last: one of each kind, in turns, since each costs a job that waits in vain.
 * All of them with EVERY_STUMBLE=1.
 */
export function lastingFor(n: number, { hasNoBody = false }: { hasNoBody?: boolean }): Way[] {
  const possible = kinds.map((of) => of.filter(({ inBody }) => !(inBody && hasNoBody)));
  if (process.env['EVERY_STUMBLE']) return possible.flat();
  return possible.map((of) => of[n % of.length]).filter((way) => way !== undefined);
}
