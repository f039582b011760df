import { comparableHost } from '../../jobs/archive/recorded-backups.ts';
import { problemWithDatabaseName } from '../../postgres/server/database-names.ts';
import type { Reader } from './reader.ts';
import { problemWithHost } from './server.ts';

/** Whose backups are meant, as far as inputs say it. */
export interface GivenSource {
  /** Undefined if none is named. */
  hosts: readonly string[] | undefined;
  /** Whether every server is meant. */
  isEveryHost: boolean;
  /** Empty if none is named. */
  database: string;
}

/** More names than a server ever had. */
const mostHosts = 20;

/** Reads whose backups are meant, where they are not those of `db_name` on `azure_db_host`. */
export function readSource(read: Reader): GivenSource {
  const given = read('source_db_host', { check: problemWithHosts, optional: true });
  const isEveryHost = given === '*';
  return {
    ...{ isEveryHost, hosts: given === '' ? undefined : isEveryHost ? [] : hostsOf(given) },
    database: read('source_db_name', { check: problemWithDatabaseName, optional: true, exact: true }),
  };
}

/** The hosts in a text, each as it is compared. */
export function hostsOf(text: string): string[] {
  const hosts = text.split(/[\s,]+/).map(comparableHost);
  return [...new Set(hosts.filter((host) => host !== ''))];
}

function problemWithHosts(value: string): string | undefined {
  if (value === '*') return undefined;
  const hosts = hostsOf(value);
  if (hosts.length === 0 || hosts.length > mostHosts)
    return `must be 1 to ${mostHosts} host names, with commas between them`;
  const wrong = hosts.find((host) => problemWithHost(host) !== undefined);
  return wrong === undefined
    ? undefined
    : 'must be host names or IP addresses with commas between them, without ports or URLs around them';
}
