import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { first, slowly } from './bytes.ts';
import { received } from './connections.ts';
import type { Fault } from './fault.ts';
import { begin, beginHead, type Exchange, forward, passOn } from './forward.ts';

/**
 * Has a request meet with its fault.
 * @throws if the endpoint does not answer, or the client goes away
 */
export async function meet(exchange: Exchange, fault: Fault): Promise<void> {
  const { passing, sent, outgoing, connections } = exchange;
  const reset = (): void => connections.reset(outgoing);
  if (fault === 'pass') return passOn(exchange, await forward(exchange));
  if (fault === 'drop') return reset();
  if (fault === 'lose answer') {
    await carryOut(exchange);
    return reset();
  }
  if (fault === 'lose range') {
    const { 'x-ms-range': _, range: __, ...headers } = passing.headers;
    return passOn(exchange, await forward(exchange, { headers }));
  }
  if ('silent' in fault) return fallSilent(exchange, fault);
  if ('delay' in fault) {
    await sleep(fault.delay);
    return meet(exchange, fault.next ?? 'pass');
  }
  if ('after' in fault) {
    await fault.after();
    return meet(exchange, fault.next ?? 'pass');
  }
  if ('bandwidth' in fault) {
    const answered = await forward(exchange, { body: Readable.from(slowly(fault.bandwidth, sent)) });
    return passOn(exchange, { ...answered, body: slowly(fault.bandwidth, answered.body) });
  }
  if ('resetRequestAfter' in fault) {
    await take(fault.resetRequestAfter, sent);
    return reset();
  }
  if ('resetAfter' in fault) {
    const answered = await forward(exchange);
    await begin(exchange, { ...answered, body: first(fault.resetAfter, answered.body) });
    await received(outgoing);
    await fault.meanwhile?.();
    return reset();
  }
  await buffer(sent);
  const { status, headers = {}, body = '' } = fault.answer;
  // Node leaves the body away in an answer to HEAD.
  outgoing.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers }).end(body);
}

async function fallSilent(exchange: Exchange, fault: Extract<Fault, { silent: string }>): Promise<void> {
  switch (fault.silent) {
    case 'before':
      await (fault.carriedOut ? carryOut(exchange) : buffer(exchange.sent));
      return;
    case 'request':
      return take(fault.after, exchange.sent);
    case 'headers':
      return beginHead(exchange, await forward(exchange));
    case 'body': {
      const answered = await forward(exchange);
      if (answered.bare) return beginHead(exchange, answered);
      return begin(exchange, { ...answered, body: first(fault.after ?? 0, answered.body) });
    }
  }
}

async function carryOut(exchange: Exchange): Promise<void> {
  const { body } = await forward(exchange, { anyway: true });
  await buffer(body);
}

/** Takes so many bytes of a request's body, and leaves the rest where it is. */
async function take(bytes: number, sent: Readable): Promise<void> {
  for await (const _ of first(bytes, sent.iterator({ destroyOnReturn: false })));
  sent.pause();
}
