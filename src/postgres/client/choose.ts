import type { Client } from './find.ts';

/** What a client is chosen by. */
export interface Need {
  /** Major version of the server. */
  server: number;
  /** The oldest major whose `pg_restore` reads the backup that is restored. */
  oldestReader?: number;
  /** The major that the user insists on. */
  insisted?: number;
}

/** A client, and why it was taken. */
export interface Choice {
  client: Client;
  reason: string;
  /** Whether it is of the very major that is best; if not, it is a newer one. */
  isBest: boolean;
}

/**
 * The major that does the job best: the one insisted on, else the server's own, else, for a backup of a newer server, the oldest that
 * reads it.
 */
export function bestMajor({ server, oldestReader = 0, insisted }: Need): number {
  return insisted ?? Math.max(server, oldestReader);
}

/**
 * Chooses among the clients of a machine: the best major, else the nearest newer one, since `pg_dump` refuses a server newer than itself,
 * and `pg_restore` an archive. What was insisted on is taken or nothing.
 * @param clients in any order, at most one of each major
 * @returns undefined if none can do the job
 */
export function chooseClient(clients: readonly Client[], need: Need): Choice | undefined {
  const best = bestMajor(need);
  const [client] = clients
    .filter(({ major }) => (need.insisted === undefined ? major >= best : major === best))
    .sort((a, b) => a.major - b.major);
  if (!client) return undefined;
  const isBest = client.major === best;
  return {
    client,
    isBest,
    reason: isBest ? whyBest(need) : `the nearest newer than ${best} on this machine`,
  };
}

function whyBest(need: Need): string {
  if (need.insisted !== undefined) return 'as postgres_version says';
  return bestMajor(need) === need.server ? 'same major version' : 'the oldest that reads this backup';
}

/** Why a major that was insisted on cannot do the job, as "must …"; undefined if it can. */
export function problemWithInsisted(
  { server, oldestReader, insisted }: Need,
  isBackup: boolean,
): string | undefined {
  if (insisted === undefined) return undefined;
  if (isBackup && insisted < server)
    return `must be ${server} or newer, since pg_dump refuses servers newer than itself`;
  if (oldestReader !== undefined && insisted < oldestReader)
    return `must be ${oldestReader} or newer, since an older pg_restore cannot read this backup`;
  return undefined;
}
