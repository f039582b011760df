import { wrongTime } from '../archive/recorded-time.ts';
import type { RecordedBackup } from '../recorded-backup.ts';

/** Servers that were given as one that moved, and that are several. */
export interface HostsByTurns {
  /** How often the backups go from one host to another, in order of time. */
  changes: number;
  /** Each host with its newest backup, the newest first. */
  hosts: readonly { host: string; newest: RecordedBackup }[];
}

/**
 * Whether backups come from several servers that are in use at one time, rather than from one that moved to another name: then their hosts
 * take turns. A server that moved, and moved back, changes as often as it has names at most. Undefined if they may be of one server.
 * @param backups of one database, in any order
 * @param now the account's time
 */
export function hostsByTurns(backups: readonly RecordedBackup[], now: Date): HostsByTurns | undefined {
  const dated = backups.filter((backup) => wrongTime(backup, now) === undefined);
  const moments = [...Map.groupBy(dated, ({ at }) => at.getTime())].toSorted(([one], [other]) => one - other);
  const newest = new Map<string, RecordedBackup>();
  let host: string | undefined;
  let changes = -1;
  for (const [, together] of moments) {
    for (const backup of together) newest.set(backup.host, backup);
    const others = new Set(together.map((backup) => backup.host).toSorted());
    if (host !== undefined) others.delete(host);
    changes += others.size;
    host = [...others].at(-1) ?? host;
  }
  if (changes <= newest.size) return undefined;
  const hosts = [...newest].map(([name, backup]) => ({ host: name, newest: backup }));
  return { changes, hosts: hosts.toSorted((one, other) => +other.newest.at - +one.newest.at) };
}
