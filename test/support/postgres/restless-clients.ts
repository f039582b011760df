import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresServer, Session } from './postgres-server.ts';

/** An application that asks a database again and again which one it is, and connects anew as soon as it is cut off. */
export interface RestlessClient {
  /** How often each answer came. */
  seen: Record<'old' | 'new', number>;
  /** The answers in the order in which they came, without repetitions. Whatever else it saw stands here as well. */
  order: string[];
  times: { lastOld: number; firstNew: number };
  errors: number;
  stop(): Promise<void>;
}

/** Starts some; every other one makes a connection for each question. The answer is in a table `which (name)`. */
export function startClients(server: PostgresServer, session: Session, count: number): RestlessClient[] {
  return Array.from({ length: count }, (_, index) => startClient(server, session, index % 2 === 0));
}

function startClient(server: PostgresServer, session: Session, stays: boolean): RestlessClient {
  let stopped = false;
  const client: RestlessClient = {
    seen: { old: 0, new: 0 },
    order: [],
    times: { lastOld: 0, firstNew: 0 },
    errors: 0,
    async stop() {
      stopped = true;
      await running;
    },
  };

  function note(name: string): void {
    if (name === 'old' || name === 'new') client.seen[name]++;
    if (client.order.at(-1) !== name) client.order.push(name);
    if (name === 'old') client.times.lastOld = performance.now();
    if (name === 'new') client.times.firstNew ||= performance.now();
  }

  async function ask(): Promise<void> {
    const connection = await server.connect(session);
    try {
      do {
        // A missing table is an answer too: that of an empty database.
        const { rows } = await connection
          .query('SELECT name FROM which')
          .catch((error: { code?: string }) => {
            if (error.code === '42P01') return { rows: [{ name: 'empty' }] };
            throw error;
          });
        note(rows[0]?.name);
        await sleep(10);
      } while (stays && !stopped);
    } finally {
      await connection.end().catch(() => {});
    }
  }

  const running = (async () => {
    while (!stopped) await ask().catch(() => client.errors++);
  })();
  return client;
}
