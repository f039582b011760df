import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a server on this machine that can be made to swallow its answers, and to break. */
export interface FreezingProxy {
  port: number;
  /** From now on nothing comes back from the server on the connections there are. */
  freeze(): void;
  /** Ends all connections without a word. */
  cut(): void;
  stop(): Promise<void>;
}

export async function freezingProxy(port: number): Promise<FreezingProxy> {
  const pairs = new Set<{ client: Socket; server: Socket }>();
  const listener = createServer((client) => {
    const pair = { client, server: connect(port, 'localhost') };
    pairs.add(pair);
    client.pipe(pair.server).pipe(client);
    for (const socket of [client, pair.server]) {
      socket.on('error', () => {});
      socket.on('close', () => {
        pairs.delete(pair);
        client.destroy();
        pair.server.destroy();
      });
    }
  });
  listener.listen(0, 'localhost');
  await once(listener, 'listening');
  const cut = (): void => {
    for (const { client, server } of pairs) {
      client.destroy();
      server.destroy();
    }
  };
  return {
    port: (listener.address() as AddressInfo).port,
    freeze() {
      for (const { client, server } of pairs) server.unpipe(client).resume();
    },
    cut,
    async stop() {
      cut();
      listener.close();
      await once(listener, 'close');
    },
  };
}
