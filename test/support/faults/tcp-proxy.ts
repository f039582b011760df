import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { slowly } from './bytes.ts';
import { received } from './connections.ts';

type Side = 'client' | 'server';

/**
 * What becomes of a connection to a server. Silence is a way that is gone without a word: the connection stays open at both ends, and
 * nothing gets through any more, nor does the end of either side.
 */
export type TcpFault =
  | 'pass'
  /** Taken and reset at once; a server that does not listen is `down()`. */
  | 'refuse'
  /** Reset at both ends when so many bytes of this side have been received by the other. */
  | { resetAfter: number; from: Side }
  /** Silent when so many bytes of this side have passed; where it is `carriedOut`, what the client sends still gets to the server. */
  | { silentAfter: number; from: Side; carriedOut?: boolean }
  /** Both ways at so many bytes a second. */
  | { bandwidth: number }
  /** With what listens at this port of this machine in the server's place. */
  | { instead: number };

/** A connection that came by: the bytes of each side that got through, and whether its way is gone. */
export interface SeenConnection {
  client: number;
  server: number;
  silent: boolean;
  open: boolean;
}

/** What stands in front of a server. */
export interface TcpProxy {
  host: 'localhost';
  port: number;
  /** All connections that came by, in order. */
  connections: SeenConnection[];
  /** Makes the ways of all connections there are silent; `carriedOut` as in a fault. */
  silence(how?: { carriedOut: boolean }): void;
  /** Resets all connections there are. */
  reset(): void;
  /** From now on new connections are refused by the system, until `up`. */
  down(): Promise<void>;
  up(): Promise<void>;
  stop(): Promise<void>;
}

/** What a proxy is started with. */
export interface TcpProxyOptions {
  /** The server's port on this machine. */
  port: number;
  /** Asked for the first connection with 0, for the next with 1. */
  decide?: (earlier: number) => TcpFault;
  /**
   * After how many milliseconds without a byte a way is gone, as those through a NAT gateway or a firewall, which forget what is idle. This
   * one lives above TCP: the keep-alives that would have kept a real way open are not seen here, and the system answers them. So it
   * shows what becomes of a job whose way is gone, neither that keep-alives keep it open nor that they find out that it is gone.
   */
  dropIdle?: number;
}

interface Way {
  client: Socket;
  server: Socket;
  seen: SeenConnection;
  /** Whether what the client sends gets to the server although the way is silent. */
  carriedOut: boolean;
  idle: NodeJS.Timeout | undefined;
}

/** Starts a proxy in front of a server that speaks over TCP. */
export async function startTcpProxy(options: TcpProxyOptions): Promise<TcpProxy> {
  const { port: serverPort, decide = () => 'pass', dropIdle } = options;
  const connections: SeenConnection[] = [];
  const ways = new Set<Way>();
  const listener = createServer((client) => {
    const fault = decide(connections.length);
    const seen: SeenConnection = { client: 0, server: 0, silent: false, open: true };
    connections.push(seen);
    if (fault === 'refuse') {
      seen.open = false;
      return void client.resetAndDestroy();
    }
    const instead = typeof fault === 'object' && 'instead' in fault;
    const server = connect(instead ? fault.instead : serverPort, '127.0.0.1');
    const idle = dropIdle === undefined ? undefined : setTimeout(() => fallSilent(way), dropIdle);
    const carriedOut = typeof fault === 'object' && 'carriedOut' in fault && fault.carriedOut === true;
    const way: Way = { client, server, seen, carriedOut, idle };
    ways.add(way);
    for (const socket of [client, server]) socket.on('error', () => {}).on('close', () => forget(way));
    for (const side of ['client', 'server'] as const) pass(way, side, fault).catch(() => forget(way));
  });
  // By IPv4, of which the system tells what has been received.
  const listen = (at: number): Promise<unknown> => once(listener.listen(at, '127.0.0.1'), 'listening');
  await listen(0);
  const { port } = listener.address() as AddressInfo;

  /** Where the way is not gone, one side learns of the other's end. */
  function forget(way: Way): void {
    if (!way.seen.silent) end(way);
    else if (way.client.destroyed && way.server.destroyed) end(way);
  }

  function end(way: Way): void {
    ways.delete(way);
    way.seen.open = false;
    clearTimeout(way.idle);
    way.client.destroy();
    way.server.destroy();
  }

  const down = async (): Promise<void> => {
    if (listener.listening) listener.close();
  };
  return {
    host: 'localhost',
    port,
    connections,
    silence({ carriedOut } = { carriedOut: false }) {
      for (const way of ways) {
        way.carriedOut = carriedOut;
        fallSilent(way);
      }
    },
    reset: () => ways.forEach(resetBoth),
    down,
    async up() {
      await listen(port);
    },
    async stop() {
      await down();
      ways.forEach(end);
    },
  };
}

function fallSilent({ seen }: Way): void {
  seen.silent = true;
}

function resetBoth({ client, server }: Way): void {
  client.resetAndDestroy();
  server.resetAndDestroy();
}

/** Passes on what one side sends, until it ends or the way is gone: then what comes is left where it is, as by a way that takes nothing. */
async function pass(way: Way, side: Side, fault: TcpFault): Promise<void> {
  const { seen, idle } = way;
  const [from, to] = side === 'client' ? [way.client, way.server] : [way.server, way.client];
  const limit = limitOf(fault, side);
  const read = from.iterator({ destroyOnReturn: false });
  const chunks = typeof fault === 'object' && 'bandwidth' in fault ? slowly(fault.bandwidth, read) : read;
  if (limit === 0) return end();
  for await (const chunk of chunks) {
    if (seen.silent && !(side === 'client' && way.carriedOut)) return;
    idle?.refresh();
    const part = chunk.subarray(0, limit - seen[side]);
    seen[side] += part.length;
    if (!to.write(part)) await once(to, 'drain');
    if (seen[side] >= limit) return end();
  }
  if (!seen.silent) to.end();

  async function end(): Promise<void> {
    if (typeof fault === 'object' && 'silentAfter' in fault) return fallSilent(way);
    await received(to);
    resetBoth(way);
  }
}

function limitOf(fault: TcpFault, side: Side): number {
  if (typeof fault !== 'object' || !('from' in fault) || fault.from !== side) return Number.POSITIVE_INFINITY;
  return 'resetAfter' in fault ? fault.resetAfter : fault.silentAfter;
}
