import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startTcpProxy, type TcpFault, type TcpProxy } from '../support/faults/tcp-proxy.ts';

/*
 * The proxy for faults in front of a server that speaks over TCP, here one that sends back what it gets: each fault is what it says.
 */
let server: Server;
let port: number;
/** What the server got on each connection. */
let got: string[];
const proxies: TcpProxy[] = [];

beforeAll(async () => {
  server = createServer((socket) => {
    const place = got.push('') - 1;
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      got[place] += String(chunk);
      socket.write(chunk);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  port = (server.address() as AddressInfo).port;
  got = [];
});
afterEach(async () => {
  for (const proxy of proxies.splice(0)) await proxy.stop();
  got = [];
});
afterAll(() => server.close());

interface Client {
  socket: Socket;
  received: string;
  ended: string | undefined;
}

async function proxyWith(decide: (earlier: number) => TcpFault, dropIdle?: number): Promise<TcpProxy> {
  const proxy = await startTcpProxy({ port, decide, ...(dropIdle !== undefined && { dropIdle }) });
  proxies.push(proxy);
  return proxy;
}

/** A client that has sent something, some time later. */
async function clientOf(proxy: TcpProxy, sent = '0123456789', milliseconds = 300): Promise<Client> {
  const socket = connect(proxy.port, '127.0.0.1');
  const client: Client = { socket, received: '', ended: undefined };
  socket.on('data', (chunk: Buffer) => {
    client.received += String(chunk);
  });
  socket.on('error', ({ code }: NodeJS.ErrnoException) => {
    client.ended ??= code ?? 'error';
  });
  socket.on('end', () => {
    client.ended ??= 'end';
  });
  socket.write(sent);
  await sleep(milliseconds);
  return client;
}

test('without a fault, what is sent comes, and so does the end', async () => {
  const proxy = await proxyWith(() => 'pass');
  const client = await clientOf(proxy);
  expect(client).toMatchObject({ received: '0123456789', ended: undefined });
  client.socket.end();
  await vi.waitFor(() => expect(client.ended).toBe('end'));
  expect(proxy.connections).toEqual([{ client: 10, server: 10, silent: false, open: false }]);
});

test('the first connection is refused, the second is not', async () => {
  const proxy = await proxyWith((earlier) => (earlier === 0 ? 'refuse' : 'pass'));
  expect(await clientOf(proxy)).toMatchObject({ received: '', ended: 'ECONNRESET' });
  expect(await clientOf(proxy)).toMatchObject({ received: '0123456789', ended: undefined });
});

test('what does not listen refuses, until it listens again', async () => {
  const proxy = await proxyWith(() => 'pass');
  await proxy.down();
  expect(await clientOf(proxy)).toMatchObject({ received: '', ended: 'ECONNREFUSED' });
  await proxy.up();
  expect(await clientOf(proxy)).toMatchObject({ received: '0123456789', ended: undefined });
});

test.each([
  ['client', '01234'],
  ['server', '01234'],
] as const)('a connection is reset when five bytes of the %s have been received', async (from, received) => {
  const proxy = await proxyWith(() => ({ resetAfter: 5, from }));
  const client = await clientOf(proxy);
  expect(client.ended).toBe('ECONNRESET');
  expect(got[0]).toBe(from === 'client' ? received : '0123456789');
  expect(proxy.connections[0]).toMatchObject({ [from]: 5, open: false });
});

test('a way is gone after five bytes of the server; the connection stays open, and nothing more gets through', async () => {
  const proxy = await proxyWith(() => ({ silentAfter: 5, from: 'server' }));
  const client = await clientOf(proxy);
  expect(client).toMatchObject({ received: '01234', ended: undefined });
  client.socket.write('more');
  await sleep(100);
  expect(got).toEqual(['0123456789']);
  expect(proxy.connections).toEqual([{ client: 10, server: 5, silent: true, open: true }]);
  client.socket.destroy();
  await sleep(100);
  expect(proxy.connections[0]?.open).toBe(true); // the server never learns of it
});

test.each(['asked for', 'from outside'])(
  'what is carried out gets to the server, and its answer is lost: %s',
  async (how) => {
    const proxy = await proxyWith(() =>
      how === 'asked for' ? { silentAfter: 0, from: 'server', carriedOut: true } : 'pass',
    );
    const client = await clientOf(proxy);
    if (how === 'from outside') proxy.silence({ carriedOut: true });
    client.socket.write('more');
    await sleep(100);
    expect(got).toEqual(['0123456789more']);
    expect(client).toMatchObject({ received: how === 'asked for' ? '' : '0123456789', ended: undefined });
  },
);

test('a way on which nothing went for a while is gone; one on which something goes stays', async () => {
  const proxy = await proxyWith(() => 'pass', 600);
  const [busy, idle] = await Promise.all([clientOf(proxy), clientOf(proxy)]);
  for (let i = 0; i < 4; i++) {
    await sleep(250);
    busy.socket.write('x');
  }
  idle.socket.write('x');
  await sleep(100);
  expect(busy).toMatchObject({ received: '0123456789xxxx', ended: undefined });
  expect(idle).toMatchObject({ received: '0123456789', ended: undefined });
});

test('all connections can be reset, or be led elsewhere', async () => {
  const other = createServer((socket) => socket.on('error', () => {}).end('the other'));
  await once(other.listen(0, '127.0.0.1'), 'listening');
  const proxy = await proxyWith((earlier) =>
    earlier === 0 ? 'pass' : { instead: (other.address() as AddressInfo).port },
  );
  const first = await clientOf(proxy);
  expect(await clientOf(proxy)).toMatchObject({ received: 'the other' });
  proxy.reset();
  await vi.waitFor(() => expect(first.ended).toBe('ECONNRESET'));
  other.close();
});

test('a narrow way takes its time', async () => {
  const proxy = await proxyWith(() => ({ bandwidth: 1000 }));
  const client = await clientOf(proxy, 'x'.repeat(1000));
  expect(client.received.length).toBeLessThan(500);
  await vi.waitFor(() => expect(client.received).toHaveLength(1000), 5000);
});
