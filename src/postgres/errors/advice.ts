import { lockTimeout, lostConnection } from './kinds.ts';
import { searchablePart } from './server-message.ts';
import { adviceOnPolicies, changedAdvice, lockAdvice, poolerAdvice, readAdvice } from './shared-advice.ts';

type Advice = string | ((match: RegExpExecArray) => string);

/**
 * Parts of libpq's and the server's messages, in English, and what to do about them; the first that fits counts. What the
 * server answered comes before what libpq says of the network, since of several addresses some may not answer at all.
 */
const serverAdvices: readonly [RegExp, Advice][] = [
  [/unsupported startup parameter|doesn.t support command-line options/i, poolerAdvice],
  [
    /conflict with recovery/i,
    'A replica ends what stands in the way of changes from the primary: back up from the primary, or raise ' +
      'max_standby_streaming_delay on the replica.',
  ],
  [
    lostConnection,
    "The connection was ended. Look at the server's log for this time, then run the job again.",
  ],
  [
    /starting up|shutting down|in recovery mode|not yet accepting connections/i,
    'Wait until the server is up, then run the job again.',
  ],
  [
    /password authentication failed|no password supplied/i,
    'Check the two secrets in Key Vault against what the server knows: the user name, and the password.',
  ],
  [/is not permitted to log in/i, 'Let the role log in: ALTER ROLE … LOGIN.'],
  [
    /authentication method requirement/i,
    'Set ssl_mode to verify-full: whoever answers asks for the password in clear, and gets it only if it is proven to be your server.',
  ],
  [
    /pg_hba\.conf (entry|rejects).*(no encryption|SSL off)/is,
    'Leave ssl_mode at verify-full: this connection was not encrypted, which the server may not take. If it is refused then, ' +
      'too, let the runner through its firewall, on Azure under Networking.',
  ],
  [
    /pg_hba\.conf (entry|rejects)/i,
    "Let the runner through the server's firewall, on Azure under Networking; elsewhere look at the rules in pg_hba.conf.",
  ],
  [
    /database "postgres" does not exist/i,
    'While it looks at other databases, the action is in the database postgres, which this server lacks: create it.',
  ],
  [/database ".*" does not exist/is, 'Check db_name, upper and lower case and spaces included.'],
  [
    /is not currently accepting connections/i,
    'The database is closed to everybody: ALTER DATABASE … ALLOW_CONNECTIONS true opens it.',
  ],
  [
    /permission denied for database|CONNECT privilege/i,
    'Let the role connect: GRANT CONNECT ON DATABASE … TO … .',
  ],
  [
    /too many connections for (role|database)/i,
    ([, of = '']) =>
      `The ${of.toLowerCase()} has all the sessions that its own limit allows: end some, or raise the limit with ` +
      `ALTER ${of.toUpperCase()} … CONNECTION LIMIT, then run the job again.`,
  ],
  [
    /too many clients|remaining connection slots/i,
    'The server has no session left: end some (pg_stat_activity shows them), or raise the server parameter max_connections ' +
      '(takes a restart of the server), then run the job again.',
  ],
  [
    /server does not support SSL/i,
    'This server speaks no TLS. Turn it on there; ssl_mode: disable sends everything in the clear.',
  ],
  [
    /certificate verify failed|provider signature failure|root certificate file|unable to get (local )?issuer/i,
    "Set ssl_root_cert to a PEM file with the root that issued the server's certificate, or correct the certificate.",
  ],
  [
    /does not match host name|server certificate for/i,
    "Set azure_db_host to a name in the server's certificate, on Azure the full one. ssl_mode: verify-ca, which does without " +
      'the comparison, is safe only with ssl_root_cert of an authority of your own.',
  ],
  [
    /invalid response to SSL negotiation|expected authentication request/i,
    'What answers there is no PostgreSQL server: check azure_db_host and db_port.',
  ],
  [
    /could not translate host name|could not resolve/i,
    'Check azure_db_host; a server with private access has a name that only its own network knows.',
  ],
  [/connection refused/i, 'Check azure_db_host and db_port, and that the server is running.'],
  [
    /timeout expired|timed out|no route to host|network is unreachable/i,
    "Let the runner through the server's firewall, or use a runner inside its network; check azure_db_host and db_port.",
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
    'Give the role the rights that are missing; one that owns every object of the database has them all.',
  ],
  [
    /lock timeout|could not obtain lock|waiting for lock|deadlock detected/i,
    'Another session holds a lock that is in the way. Run the job again when it is gone.',
  ],
  [
    /canceling statement due to (statement timeout|user request)/i,
    "The server ended the statement, by a limit or because somebody told it to. Look at the server's log for this time, then " +
      'run the job again.',
  ],
  [
    /out of shared memory/i,
    'The server has no room for another lock: raise the server parameter max_locks_per_transaction (takes a restart of the ' +
      'server), then run the job again.',
  ],
  // Shared memory that is full is a device without space, too.
  [
    /out of memory|shared memory segment/i,
    'The memory ran out, most likely that of the database server: give it more, or restore with jobs: 1, then run the job again.',
  ],
  [
    /no space left|disk full/i,
    'The disk of the database server is full: make room there, or enlarge it, then run the job again.',
  ],
  [
    /in a read-only transaction/i,
    'The server takes no changes now. On Azure that happens when its storage is nearly full: make room or enlarge it, then ' +
      'run the job again.',
  ],
  [
    /invalid LC_(COLLATE|CTYPE)|locale name|could not (create|open) locale|conflicting locale/i,
    'The server lacks the locale that the backup was made with. Restore to a server that has it.',
  ],
  [
    /is being accessed by other users/i,
    'End the other sessions in the database (pg_stat_activity shows them), each as its role or as an administrator, or GRANT ' +
      "pg_signal_backend TO …, which does not help against a superuser's, then run the job again.",
  ],
  [
    /members of "azure_pg_admin" are allowed/i,
    'Make the role a member, as the administrator of the server: GRANT azure_pg_admin TO … .',
  ],
  [
    /permission denied to create extension|is not allow-listed|extension ".*" is not available|could not open extension control file/i,
    'Allow the extension on the server (on Azure with the server parameter azure.extensions), then run the job again.',
  ],
];

/** What to do about a message of libpq or the server, where that is known. */
export function adviceFor(message: string): string | undefined {
  const text = searchablePart(message);
  for (const [pattern, advice] of serverAdvices) {
    const match = pattern.exec(text);
    if (match) return typeof advice === 'string' ? advice : advice(match);
  }
  return undefined;
}
