import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Certificate } from '../machine/certificates.ts';

/** A request on its way to the storage account. */
export interface Passing {
  method: string;
  url: URL;
  headers: IncomingMessage['headers'];
  /** How many requests of this method and `comp` came before. */
  earlier: number;
}

/**
 * What becomes of a request: it goes through, its answer is lost after the account has carried it out, its answer breaks
 * off after some bytes, it never gets there, it gets there late or without saying which bytes it wants, or it is answered
 * with a status in the account's place, and if there is a message, with a body as Blob Storage has it.
 */
export type Fate =
  | 'pass'
  | 'lose answer'
  | 'drop'
  | 'lose range'
  | { breakAfter: number; meanwhile?: () => Promise<void> }
  | { status: number; code: string; message?: string; headers?: Record<string, string> }
  | { delay: number }
  | { after: () => Promise<unknown> };

/** A way to the storage account on which things go wrong as a test wants it. */
export interface UnreliableNetwork {
  /** The account's URL by this way. */
  accountUrl: string;
  /** All requests that came by. */
  seen: Passing[];
  stop(): Promise<void>;
}

/** Starts a proxy in front of the storage account; `decide` says what becomes of each request. */
export async function startUnreliableNetwork(
  accountUrl: string,
  certificate: Certificate,
  decide: (passing: Passing) => Fate,
): Promise<UnreliableNetwork> {
  const account = new URL(accountUrl);
  const seen: Passing[] = [];
  const server = createServer(
    { cert: certificate.certPem, key: certificate.keyPem },
    (incoming, outgoing) => {
      handle(incoming, outgoing).catch(() => outgoing.destroy());
    },
  );

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', account.origin);
    const method = incoming.method ?? 'GET';
    const kind = (passing: { method: string; url: URL }): string =>
      `${passing.method} ${passing.url.searchParams.get('comp')}`;
    const earlier = seen.filter((passing) => kind(passing) === kind({ method, url })).length;
    const passing = { method, url, headers: incoming.headers, earlier };
    seen.push(passing);
    const body = await buffer(incoming);
    const fate = decide(passing);
    if (fate === 'drop') return void outgoing.destroy();
    if (typeof fate === 'object' && 'status' in fate) {
      const content = bodyOf(fate);
      const headers = {
        'x-ms-error-code': fate.code,
        'content-type': 'application/xml',
        'content-length': Buffer.byteLength(content),
        ...fate.headers,
      };
      // Node leaves the body away in an answer to HEAD.
      return void outgoing.writeHead(fate.status, headers).end(content);
    }
    if (typeof fate === 'object' && 'delay' in fate)
      await new Promise((resolve) => setTimeout(resolve, fate.delay));
    if (typeof fate === 'object' && 'after' in fate) await fate.after();
    const headers = { ...incoming.headers };
    if (fate === 'lose range') delete headers['x-ms-range'];
    const answer = await forward(url, method, headers, body);
    const content = await buffer(answer);
    if (fate === 'lose answer') return void outgoing.destroy();
    outgoing.writeHead(answer.statusCode ?? 500, answer.rawHeaders);
    if (typeof fate === 'object' && 'breakAfter' in fate) {
      outgoing.write(content.subarray(0, fate.breakAfter));
      await fate.meanwhile?.();
      setTimeout(() => outgoing.destroy(), 50); // after what was written has left
      return;
    }
    outgoing.end(content);
  }

  function forward(
    url: URL,
    method: string,
    headers: IncomingMessage['headers'],
    body: Buffer,
  ): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const forwarded = httpsRequest(url, { method, headers: { ...headers, host: account.host } }, resolve);
      forwarded.on('error', reject);
      forwarded.end(body);
    });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    accountUrl: `https://localhost:${port}${account.pathname}`,
    seen,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** https://learn.microsoft.com/rest/api/storageservices/status-and-error-codes2 */
function bodyOf({ code, message }: { code: string; message?: string }): string {
  if (message === undefined) return '';
  const ids = 'RequestId:0b0a1c5e-401e-0045-1c2d-5c6a7b000000\nTime:2026-11-22T15:42:10.1234567Z';
  return `\ufeff<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${message}\n${ids}</Message></Error>`;
}
