import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { onFreePort } from '../support/machine/free-port.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(port: number): Promise<number> {
  const server = createServer().listen(port, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return port;
}

test('a server whose port was taken in the last moment gets another one', async () => {
  const tried: number[] = [];
  const port = await onFreePort(async (free) => {
    tried.push(free);
    if (tried.length === 1) await listen(free); // somebody else
    return listen(free);
  });
  expect(tried).toHaveLength(2);
  expect(port).toBe(tried[1]);
});

test('any other problem is told at once', async () => {
  let attempts = 0;
  const starting = onFreePort(() => {
    attempts++;
    return Promise.reject(new Error('initdb: command not found'));
  });
  await expect(starting).rejects.toThrow('initdb: command not found');
  expect(attempts).toBe(1);
});

test('a machine without a free port is no reason to try for ever', async () => {
  let attempts = 0;
  const starting = onFreePort(() => {
    attempts++;
    return Promise.reject(new Error('could not bind IPv4 address "127.0.0.1": Address already in use'));
  });
  await expect(starting).rejects.toThrow('Address already in use');
  expect(attempts).toBe(5);
});
