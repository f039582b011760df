import { type Diagnosis, Failure } from '../../base/failure.ts';
import { plain } from '../../base/format.ts';
import { poolerAdvice } from '../errors/shared-advice.ts';
import type { Connection } from '../session/connection.ts';
import type { RestoreFacts, Server } from './server.ts';

/** The oldest server that the action is meant for. */
const oldestMajor = 12;

/** Why the action does not work with what answered, and what to do; undefined if it does. */
export function problemWithServer({ version, major, direct }: Server): Diagnosis | undefined {
  if (!direct) {
    return {
      cause: 'a connection pooler answers there, not the server itself',
      advice: poolerAdvice,
    };
  }
  if (major >= oldestMajor) return undefined;
  return {
    cause: `it is PostgreSQL ${plain(version)}, and this action needs at least version ${oldestMajor}`,
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
    cause: 'it is an Azure elastic cluster (Citus), which has one database and refuses CREATE DATABASE',
    advice:
      'Restore to a flexible server that is not a cluster (azure_db_host). Only backups work with a cluster.',
  });
}
