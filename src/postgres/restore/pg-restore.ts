import type { Client } from '../client/find.ts';
import type { Connection } from '../session/connection.ts';
import { type Psql, runScript } from '../session/psql.ts';
import { identifier } from '../session/sql-text.ts';
import type { RestoreListener, RestoreOrder } from './order.ts';
import { runPass } from './run-pass.ts';

export { type RestoreListener, type RestoreOrder, type RestorePass, selectionArguments } from './order.ts';

/**
 * Fills an empty database from an archive, in one pass or several. The first error ends it.
 * @param server that the database is on
 * @throws Failure that says which entry failed, why, and what to do
 */
export async function restoreInto(
  client: Client,
  connection: Connection,
  server: { major: number },
  order: RestoreOrder,
  listener: RestoreListener,
  signal: AbortSignal,
): Promise<void> {
  for (const pass of order.passes) {
    await runPass(client, connection, server, order, pass, listener, signal);
    listener.progress.endPass(pass.ids);
  }
}

/** Makes schemas. Throws a ProcessFailure. */
export async function createSchemas(psql: Psql, database: string, schemas: readonly string[]): Promise<void> {
  if (schemas.length === 0) return;
  await runScript(psql, database, schemas.map((name) => `CREATE SCHEMA ${identifier(name)};\n`).join(''));
}
