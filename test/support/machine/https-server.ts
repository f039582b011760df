import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Certificate } from './certificates.ts';

/** A request as a stand-in sees it: read to its end. */
export interface Request {
  method: string;
  url: URL;
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}

/** What a stand-in answers; the body goes out as JSON, or as it is if that is `text`. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: unknown;
  text?: string;
}

/** A local HTTPS server that is listening. */
export interface HttpsServer {
  /** Without a slash at its end: `https://localhost:12345`. */
  url: string;
  stop(): Promise<void>;
}

/** Starts an HTTPS server on a free port of the loopback interface. */
export async function startHttpsServer(
  certificate: Certificate,
  handle: (request: Request) => Answer | Promise<Answer>,
): Promise<HttpsServer> {
  let url = '';
  const server = createServer({ cert: certificate.certPem, key: certificate.keyPem });

  server.on('request', async (incoming, outgoing) => {
    const { status, headers, body, text: raw } = await answer();
    outgoing.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    outgoing.end(raw ?? JSON.stringify(body));

    async function answer(): Promise<Answer> {
      try {
        return await handle({
          method: incoming.method ?? 'GET',
          url: new URL(incoming.url ?? '/', url),
          headers: incoming.headers,
          body: await text(incoming),
        });
      } catch (error) {
        return { status: 500, body: { error: { code: 'StandInFailed', message: String(error) } } };
      }
    }
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  url = `https://localhost:${(server.address() as AddressInfo).port}`;

  async function stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }

  return { url, stop };
}

/** The token of an `Authorization: Bearer …` header, if there is one. */
export function bearerToken(request: Request): string | undefined {
  return /^Bearer (.+)$/i.exec(String(request.headers['authorization'] ?? ''))?.[1];
}
