import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { Connections } from './connections.ts';
import type { Passing } from './fault.ts';

/** A request that is waiting for its answer. */
export interface Exchange {
  passing: Passing;
  /** The request's body. */
  sent: Readable;
  outgoing: ServerResponse;
  connections: Connections;
  /** The origin of the proxy's URL, and of the endpoint's. */
  own: string;
  origin: string;
}

/** What the endpoint answered; its body as it comes. */
export interface Answered {
  status: number;
  reason: string;
  /** Names and values in turns. */
  headers: string[];
  body: AsyncIterable<Buffer>;
  /** Whether it ends with its head. */
  bare: boolean;
}

/** Each request has a connection of its own: one that is kept might be closed by the endpoint just then. */
const agent = new Agent({ keepAlive: false });

/** What a proxy does not pass on, since it is about one connection. */
const ofConnection = ['connection', 'keep-alive'];

/**
 * Asks the endpoint what the proxy was asked. Where the client goes away, so does this request, unless it is to be carried out `anyway`.
 * @throws if the endpoint does not answer
 */
export async function forward(
  { passing, sent, outgoing, own, origin }: Exchange,
  {
    headers = passing.headers,
    body = sent,
    anyway = false,
  }: { headers?: IncomingHttpHeaders; body?: Readable; anyway?: boolean } = {},
): Promise<Answered> {
  const { url, method } = passing;
  // It may have gone while its request was held back, and closes only once.
  if (!anyway && outgoing.destroyed) throw new Error('The client has gone away');
  const kept = Object.entries(headers).filter(([name]) => !ofConnection.includes(name));
  const request = httpsRequest(url, {
    method,
    agent,
    headers: { ...Object.fromEntries(kept), host: url.host },
  });
  if (!anyway) outgoing.on('close', () => request.destroy());
  const answered = once(request, 'response') as Promise<[IncomingMessage]>;
  // What goes wrong here is an error of the request too; an answer may come before all is sent.
  pipeline(body, request).catch(() => {});
  const [answer] = await answered;
  return passing.endpoint === 'entra'
    ? atHome(describe(answer, method), origin, own)
    : describe(answer, method);
}

function describe(answer: IncomingMessage, method: string): Answered {
  const { statusCode: status = 500, statusMessage: reason = '', rawHeaders } = answer;
  const headers = rawHeaders.filter(
    (_, place) => !ofConnection.includes(rawHeaders[place - (place % 2)]?.toLowerCase() ?? ''),
  );
  const bare = method === 'HEAD' || status === 204 || answer.headers['content-length'] === '0';
  return { status, reason, headers, body: answer, bare };
}

/** Entra ID tells where its own endpoints are: here they have to be where the proxy is. */
async function atHome(answered: Answered, origin: string, own: string): Promise<Answered> {
  const body = Buffer.from((await text(Readable.from(answered.body))).replaceAll(origin, own));
  const headers = answered.headers.map((value, place, all) =>
    place % 2 === 1 && /^content-length$/i.test(all[place - 1] ?? '') ? String(body.length) : value,
  );
  return { ...answered, headers, body: Readable.from([body]) };
}

/** Answers as the endpoint did, to the end. */
export async function passOn(exchange: Exchange, answered: Answered): Promise<void> {
  await begin(exchange, answered);
  exchange.outgoing.end();
}

/** Sends an answer's head, and what there is of its body, and leaves it open. */
export async function begin({ outgoing }: Exchange, { status, headers, body }: Answered): Promise<void> {
  outgoing.writeHead(status, headers);
  outgoing.flushHeaders();
  await pipeline(Readable.from(body), outgoing, { end: false });
}

/** Sends an answer's head without the empty line at its end. */
export function beginHead({ outgoing }: Exchange, { status, reason, headers }: Answered): void {
  const lines = headers.flatMap((name, place) => (place % 2 === 0 ? [`${name}: ${headers[place + 1]}`] : []));
  outgoing.socket?.write([`HTTP/1.1 ${status} ${reason}`, ...lines, ''].join('\r\n'));
}
