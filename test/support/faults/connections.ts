import { readFile } from 'node:fs/promises';
import type { OutgoingMessage, ServerResponse } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Server, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** The connections of a listener below TLS, so that they can be reset. */
export interface Connections {
  /** Resets the connection on which an answer is waited for. */
  reset(outgoing: ServerResponse): void;
  resetAll(): void;
  /** Ends all of them. */
  end(): void;
}

/** Keeps account of the connections that come in. */
export function connectionsOf(server: HttpsServer | Server): Connections {
  const open = new Map<number | undefined, Socket>();
  server.on('connection', (socket: Socket) => {
    const { remotePort } = socket;
    open.set(remotePort, socket);
    socket.on('error', () => {}).on('close', () => open.delete(remotePort));
  });
  return {
    reset({ socket }) {
      open.get(socket?.remotePort)?.resetAndDestroy();
    },
    resetAll() {
      for (const socket of open.values()) socket.resetAndDestroy();
    },
    end() {
      for (const socket of open.values()) socket.destroy();
    },
  };
}

/** Waits until all that was written has been received by the other side's system, or the connection is gone. */
export async function received(outgoing: Socket | OutgoingMessage): Promise<void> {
  const socket = outgoing instanceof Object && 'socket' in outgoing ? outgoing.socket : outgoing;
  if (!socket) return;
  while (!socket.destroyed && (await unreceived(outgoing, socket)) > 0) await sleep(5);
}

async function unreceived(outgoing: Socket | OutgoingMessage, socket: Socket): Promise<number> {
  return outgoing.writableLength + socket.writableLength || (await sentAndNotAcknowledged(socket));
}

/**
 * What a connection of IPv4 has sent and the other side has not acknowledged: a reset would take it back. Where the system does not say,
 * on another than Linux, it is given a moment. https://docs.kernel.org/networking/proc_net_tcp.html
 */
async function sentAndNotAcknowledged({ localPort, remotePort }: Socket): Promise<number> {
  const table = await readFile('/proc/net/tcp', 'utf8').catch(() => undefined);
  if (table === undefined) {
    await sleep(50);
    return 0;
  }
  const [ours, theirs] = [hexadecimal(localPort), hexadecimal(remotePort)];
  for (const line of table.split('\n')) {
    const [, local = '', remote = '', , queues = ''] = line.trim().split(/\s+/);
    if (local.endsWith(ours) && remote.endsWith(theirs)) return Number.parseInt(queues, 16);
  }
  return 0;
}

function hexadecimal(port = 0): string {
  return `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
}
