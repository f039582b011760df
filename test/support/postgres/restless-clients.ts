import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresServer, Session } from './postgres-server.ts';

/** An application that asks a database again and again which one it is, and connects anew as soon as it is cut off. */
export interface RestlessClient {
  /** How often each answer came. */
  seen: Record<'old' | 'new', number>;
  /** The answers in the order in which they came, without repetitions. Whatever else it saw stands here as well. */
  order: string[];
  times: { lastOld: number; firstNew: number };
  /** What else it met: the codes of errors, or their messages. */
  errors: string[];
  stop(): Promise<void>;
}

/**
 * Starts some; every other one makes a connection for each question.
 * @param question whose answer is a row with a `name`
 */
export function startClients(
  server: PostgresServer,
  session: Session,
  count: number,
  question = 'SELECT name FROM which',
): RestlessClient[] {
  return Array.from({ length: count }, (_, index) => startClient(server, session, question, index % 2 === 0));
}

function startClient(
  server: PostgresServer,
  session: Session,
  question: string,
  stays: boolean,
): RestlessClient {
  let stopped = false;
  const client: RestlessClient = {
    seen: { old: 0, new: 0 },
    order: [],
    times: { lastOld: 0, firstNew: 0 },
    errors: [],
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
        const { rows } = await connection.query(question).catch((error: { code?: string }) => {
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
    const note = (error: Error & { code?: string }): unknown =>
      client.errors.push(error.code ?? error.message);
    while (!stopped) await ask().catch(note);
  })();
  return client;
}
