import { type Diagnosis, Failure } from '../../base/failure.ts';
import { plain } from '../../base/format.ts';
import { poolerAdvice } from '../errors/shared-advice.ts';
import type { Connection } from '../session/connection.ts';
import type { RestoreFacts, Server } from './server.ts';

/** The oldest server that the action is meant for. */
const oldestMajor = 13;

/** Why the action does not work with what answered, and what to do; undefined if it does. */
export function problemWithServer({ version, major, direct }: Server): Diagnosis | undefined {
  if (!direct) {
    return {
      cause:
        'what answers there is a pooler, since it kept from the server what our session was started with',
      advice: poolerAdvice,
    };
  }
  if (major >= oldestMajor) return undefined;
  return {
    cause: `it is PostgreSQL ${plain(version)}, and the oldest that this action works with is ${oldestMajor}`,
    advice: `Upgrade the server to ${oldestMajor} or newer. Until then, use pg_dump and pg_restore by hand.`,
  };
}

/** Throws a Failure if the action does not work with what answered. */
export function assertSupported(server: Server, { address }: Connection): void {
  const problem = problemWithServer(server);
  if (problem)
    throw new Failure({ tried: `Looking at the server ${address.host}:${address.port}`, ...problem });
}

/**
 * Throws a Failure if nothing can be restored to this server, since it makes no databases.
 * https://learn.microsoft.com/azure/postgresql/elastic-clusters/concepts-elastic-clusters-limitations
 */
export function assertNoCluster(
  { elasticCluster }: Pick<RestoreFacts, 'elasticCluster'>,
  { address }: Connection,
): void {
  if (!elasticCluster) return;
  throw new Failure({
    tried: `Looking at the server ${address.host}:${address.port}`,
    cause: 'it is an elastic cluster of Azure (Citus): it has one database, and CREATE DATABASE fails there',
    advice:
      'Restore to a flexible server that is no cluster (azure_db_host). Backups can be made of the database of a cluster.',
  });
}
