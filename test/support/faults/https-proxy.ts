import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Certificate } from '../machine/certificates.ts';
import { connectionsOf } from './connections.ts';
import { type Endpoint, type Fault, kindOf, type Passing } from './fault.ts';
import { meet } from './meet.ts';

/** What stands in front of one endpoint. */
export interface HttpsProxy {
  /** Without a slash at its end: `https://localhost:12345`. */
  url: string;
  /** Resets all connections there are. */
  reset(): void;
  stop(): Promise<void>;
}

/** What a proxy is started with. `seen` is added to. */
export interface HttpsProxyOptions {
  endpoint: Endpoint;
  /** The endpoint's own URL, of which the origin counts. */
  of: string;
  certificate: Certificate;
  seen: Passing[];
  decide: (passing: Passing) => Fault;
}

/** Starts a reverse proxy in front of an endpoint. What `decide` throws is caught by nobody, so that the test fails. */
export async function startHttpsProxy(options: HttpsProxyOptions): Promise<HttpsProxy> {
  const { endpoint, certificate, seen, decide } = options;
  const { origin } = new URL(options.of);
  const server = createServer({ cert: certificate.certPem, key: certificate.keyPem });
  // A connection that a client keeps is closed by nobody but the client, and a request may take as long as a test wants it to.
  Object.assign(server, { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 });
  const connections = connectionsOf(server);

  server.on('request', async (incoming, outgoing) => {
    const { method = 'GET', headers } = incoming;
    // A body that is always small is read first, so that a fault can depend on it.
    const body = endpoint === 'blob' ? '' : await text(incoming).catch(() => '');
    const request = { endpoint, method, url: new URL(incoming.url ?? '/', origin), headers, body };
    const kind = kindOf(request);
    const earlier = seen.filter((one) => one.kind === kind).length;
    const passing: Passing = { ...request, kind, earlier };
    outgoing.once('finish', () => (passing.answered = performance.now()));
    seen.push(passing);
    const fault = decide(passing);
    const sent = endpoint === 'blob' ? incoming : Readable.from(body === '' ? [] : [Buffer.from(body)]);
    await meet({ passing, sent, outgoing, connections, own: urlOf(server), origin }, fault).catch(() =>
      connections.reset(outgoing),
    );
  });

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: urlOf(server),
    reset: connections.resetAll,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      connections.end();
      await closed;
    },
  };
}

function urlOf(server: { address(): unknown }): string {
  return `https://localhost:${(server.address() as AddressInfo).port}`;
}
