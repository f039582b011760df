import { identifier, toPaste } from '../session/sql-text.ts';
import { lockTimeout, lostConnection } from './kinds.ts';
import { searchablePart } from './server-message.ts';
import {
  adviceOnPolicies,
  changedAdvice,
  lockAdvice,
  lostAdvice,
  poolerAdvice,
  readAdvice,
} from './shared-advice.ts';

/** Who asked, and in which database. */
export interface Asker {
  role: string;
  database: string;
}

type Advice = string | ((match: RegExpExecArray, asker: Asker | undefined) => string);

/**
 * Parts of libpq's and the server's messages, in English, and what to do about them; the first that fits counts. What the
 * server answered comes before what libpq says of the network, since of several addresses some may not answer at all.
 */
const serverAdvices: readonly [RegExp, Advice][] = [
  [/unsupported startup parameter|doesn.t support command-line options/i, poolerAdvice],
  [
    /conflict with recovery/i,
    'Back up from the primary, or raise max_standby_streaming_delay on the replica: a replica cancels queries that conflict with ' +
      'changes from the primary.',
  ],
  [lostConnection, () => lostAdvice(new Date())],
  [
    /starting up|shutting down|in recovery mode|not yet accepting connections/i,
    'Wait until the server is up, then run the job again.',
  ],
  [
    /password authentication failed|no password supplied/i,
    'The server rejected this user or password. Check the two secrets in Key Vault (db_user_secret_name, db_password_secret_name).',
  ],
  [
    /is not permitted to log in/i,
    (_, asker) =>
      withSql('Let the role log in.', asker, ({ role }) => `ALTER ROLE ${identifier(role)} LOGIN;`),
  ],
  [
    /authentication method requirement/i,
    'Set ssl_mode to verify-full. The server asks for the password in clear text, and gets it only once its identity is verified.',
  ],
  [
    /pg_hba\.conf (entry|rejects).*(no encryption|SSL off)/is,
    'Set ssl_mode to verify-full: this connection was not encrypted, and the server may refuse that. If it still refuses, allow the ' +
      "runner in the server's firewall (on Azure under Networking).",
  ],
  [
    /pg_hba\.conf (entry|rejects)/i,
    "Allow the runner in the server's firewall (on Azure under Networking), elsewhere in pg_hba.conf.",
  ],
  [
    /database "postgres" does not exist/i,
    'The server has no database postgres, which the action connects to while it works on other databases. Create it:\nCREATE DATABASE postgres;',
  ],
  [/database ".*" does not exist/is, 'Check db_name (case and spaces matter).'],
  [
    /is not currently accepting connections/i,
    (_, asker) =>
      withSql(
        'The database accepts no connections. Open it, as its owner.',
        asker,
        ({ database }) => `ALTER DATABASE ${identifier(database)} ALLOW_CONNECTIONS true;`,
      ),
  ],
  [
    /permission denied for database|CONNECT privilege/i,
    (_, asker) =>
      withSql(
        'Let the role connect, as the owner of the database.',
        asker,
        ({ role, database }) => `GRANT CONNECT ON DATABASE ${identifier(database)} TO ${identifier(role)};`,
      ),
  ],
  [
    /too many connections for (role|database)/i,
    ([, of = '']) =>
      `The ${of.toLowerCase()} has reached its connection limit. End some of its sessions (see pg_stat_activity), or raise the limit ` +
      `(ALTER ${of.toUpperCase()} with CONNECTION LIMIT), then run the job again.`,
  ],
  [
    /too many clients|remaining connection slots/i,
    'The server has no connection left. End some sessions (see pg_stat_activity), or raise the server parameter max_connections ' +
      '(needs a restart), then run the job again.',
  ],
  [
    /server does not support SSL/i,
    'The server does not offer TLS. Turn TLS on there. ssl_mode: disable sends everything unencrypted.',
  ],
  [
    /certificate verify failed|provider signature failure|root certificate file|unable to get (local )?issuer/i,
    "Set ssl_root_cert to a PEM file with the root that issued the server's certificate, or fix the certificate.",
  ],
  [
    /does not match host name|server certificate for/i,
    "Set azure_db_host to a name in the server's certificate (on Azure the full one). ssl_mode: verify-ca skips this check, and is safe " +
      'only with ssl_root_cert of your own authority.',
  ],
  [
    /invalid response to SSL negotiation|expected authentication request/i,
    'Not a PostgreSQL server. Check azure_db_host and db_port.',
  ],
  [
    /could not translate host name|could not resolve/i,
    "Check azure_db_host. The name of a server with private access is known in the server's own network only.",
  ],
  [/connection refused/i, 'Check azure_db_host and db_port, and that the server is running.'],
  [
    /timeout expired|timed out|no route to host|network is unreachable/i,
    "Allow the runner in the server's firewall, or use a runner in its network. Check azure_db_host and db_port.",
  ],
  [lockTimeout, lockAdvice],
  [
    /would be affected by row-level security policy for table "(.*?)"(.*NO FORCE ROW LEVEL SECURITY)?/is,
    ([, table = '', forced]) => adviceOnPolicies(table, forced !== undefined),
  ],
  [/permission denied for .*\b(query|command) was: /is, readAdvice],
  [
    /(cache lookup failed for|could not open relation with OID|tuple concurrently|does not exist\b).*\b(query|command) was: /is,
    changedAdvice,
  ],
  [
    /permission denied for|must be owner|row-level security/i,
    'The role lacks privileges. Use the owner of all objects in the database, or grant the role what is missing.',
  ],
  [
    /lock timeout|could not obtain lock|waiting for lock|deadlock detected/i,
    'Another session holds a conflicting lock. Run the job again when it is gone.',
  ],
  [
    /canceling statement due to (statement timeout|user request)/i,
    "The server cancelled the statement: a time limit, or somebody's request. Check the server's log, then run the job again.",
  ],
  [
    /out of shared memory/i,
    'The lock table is full. Raise the server parameter max_locks_per_transaction (needs a restart), then run the job again.',
  ],
  // Shared memory that is full is a device without space, too.
  [
    /out of memory|shared memory segment/i,
    'Out of memory, most likely on the database server. Restore with jobs: 1, or give the server more memory, then run the job again.',
  ],
  [
    /no space left|disk full/i,
    "The database server's disk is full. Free space or enlarge the disk, then run the job again.",
  ],
  [
    /in a read-only transaction/i,
    'The server is read-only now. On Azure that happens when its storage is nearly full: free space or enlarge the storage, then run ' +
      'the job again.',
  ],
  [
    /invalid LC_(COLLATE|CTYPE)|locale name|could not (create|open) locale|conflicting locale/i,
    'The server lacks the locale of the backup. Restore to a server that has it.',
  ],
  [
    /is being accessed by other users/i,
    'Other sessions are connected to the database. End them (see pg_stat_activity), each as its role or as an administrator, then run ' +
      'the job again.',
  ],
  [
    /members of "azure_pg_admin" are allowed/i,
    (_, asker) =>
      withSql(
        "As the server's administrator, make the role a member of azure_pg_admin.",
        asker,
        ({ role }) => `GRANT azure_pg_admin TO ${identifier(role)};`,
      ),
  ],
  [
    /permission denied to create extension|is not allow-listed|extension ".*" is not available|could not open extension control file/i,
    'Allow the extension on the server (on Azure in the server parameter azure.extensions), then run the job again.',
  ],
];

/** A sentence, and below it the statement, if it is known for whom. */
function withSql(sentence: string, asker: Asker | undefined, sql: (asker: Asker) => string): string {
  return asker === undefined ? sentence : `${sentence.replace(/\.$/, ':')}\n${toPaste(sql(asker))}`;
}

/** What to do about a message of libpq or the server, where that is known. */
export function adviceFor(message: string, asker?: Asker): string | undefined {
  const text = searchablePart(message);
  for (const [pattern, advice] of serverAdvices) {
    const match = pattern.exec(text);
    if (match) return typeof advice === 'string' ? advice : advice(match, asker);
  }
  return undefined;
}
