import { describe, expect, test } from 'vitest';
import { ProcessFailure } from '../../../../src/base/process.ts';
import { explainServerError } from '../../../../src/postgres/errors/explain.ts';

const failed = (stderr: string): ProcessFailure =>
  new ProcessFailure('psql', 'exited with status 2', 2, stderr);
const at = 'connection to server at "db.example.com" (10.0.0.1), port 5432 failed:';

/** What programs and servers of 13 to 18 really say, from runs of them or their sources; `at` was not there before 14. */
describe('what to do, by what psql, pg_dump and pg_restore say', () => {
  const refused =
    'Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?\n';
  test.each([
    [
      'an unknown host',
      'psql: error: could not translate host name "db.example.com" to address: Name or service not known',
      /^Check azure_db_host\. .*private access/,
    ],
    ['a closed port', `psql: error: ${at} ${refused}`, /^Check azure_db_host and db_port/],
    [
      'a closed port, by a program of 13',
      'psql: error: could not connect to server: Connection refused\n\tIs the server running on host "db.example.com" (10.0.0.1) and accepting\n\tTCP/IP connections on port 5432?',
      /^Check azure_db_host and db_port/,
    ],
    ['a firewall', `psql: error: ${at} timeout expired`, /firewall/],
    ['a firewall, by a program of 13', 'psql: error: timeout expired', /firewall/],
    ['a network without a way', `psql: error: ${at} No route to host`, /firewall/],
    [
      'a server that starts',
      `psql: error: ${at} FATAL:  the database system is starting up`,
      /^Wait until the server is up/,
    ],
    [
      'a server that recovers',
      `psql: error: ${at} FATAL:  the database system is not yet accepting connections\nDETAIL:  Consistent recovery state has not been yet reached.`,
      /^Wait until the server is up/,
    ],
    [
      'a server that starts, at one of two addresses',
      `psql: error: ${at} ${refused}${at} FATAL:  the database system is starting up`,
      /^Wait until the server is up/,
    ],
    [
      'a server without TLS',
      `psql: error: ${at} server does not support SSL, but SSL was required`,
      /does not offer TLS/,
    ],
    ['an unknown issuer', `psql: error: ${at} SSL error: certificate verify failed`, /^Set ssl_root_cert/],
    [
      'no file of roots',
      `psql: error: ${at} root certificate file "/x/none" does not exist\nEither provide the file, use the system's trusted roots with sslrootcert=system, or change sslmode to disable server certificate verification.`,
      /^Set ssl_root_cert/,
    ],
    [
      'a certificate for another name',
      `psql: error: ${at} server certificate for "other" (and 2 other names) does not match host name "db.example.com"`,
      /^Set azure_db_host to a name in the server's certificate/,
    ],
    [
      'another server than one of PostgreSQL',
      `psql: error: ${at} received invalid response to SSL negotiation: H`,
      /^Not a PostgreSQL server/,
    ],
    [
      'a wrong password',
      `psql: error: ${at} FATAL:  password authentication failed for user "x"`,
      /two secrets in Key Vault/,
    ],
    [
      'a wrong password, at one of two addresses',
      `psql: error: ${at} ${refused}${at} FATAL:  password authentication failed for user "x"`,
      /two secrets in Key Vault/,
    ],
    ['no password', `psql: error: ${at} fe_sendauth: no password supplied`, /two secrets in Key Vault/],
    [
      'a role without login',
      `psql: error: ${at} FATAL:  role "x" is not permitted to log in`,
      /^Let the role log in/,
    ],
    [
      'rules of access',
      `psql: error: ${at} FATAL:  no pg_hba.conf entry for host "1.2.3.4", user "x", database "d", no encryption`,
      /^Set ssl_mode to verify-full.*firewall/,
    ],
    [
      'rules of access of 13',
      'psql: error: FATAL:  no pg_hba.conf entry for host "1.2.3.4", user "x", database "d", SSL off',
      /^Set ssl_mode to verify-full.*firewall/,
    ],
    [
      'rules of access, which an encrypted connection does not meet',
      `psql: error: ${at} FATAL:  no pg_hba.conf entry for host "1.2.3.4", user "x", database "d", SSL encryption`,
      /^Allow the runner in the server's firewall/,
    ],
    [
      'rules of access of 13, which an encrypted connection does not meet',
      'psql: error: FATAL:  no pg_hba.conf entry for host "1.2.3.4", user "x", database "d", SSL on',
      /^Allow the runner in the server's firewall/,
    ],
    [
      'a rule that refuses',
      `psql: error: ${at} FATAL:  pg_hba.conf rejects connection for host "1.2.3.4", user "x", database "d", SSL encryption`,
      /^Allow the runner in the server's firewall/,
    ],
    ['no such database', `psql: error: ${at} FATAL:  database "nope" does not exist`, /^Check db_name/],
    [
      'no such database, by a program of 13',
      'psql: error: FATAL:  database "nope" does not exist',
      /^Check db_name/,
    ],
    [
      'no such database, that a template was copied to',
      `psql: error: ${at} FATAL:  database "nope" does not exist\nDETAIL:  It seems to have just been dropped or renamed.`,
      /^Check db_name/,
    ],
    [
      'no such database, with a newline in its name',
      `psql: error: ${at} FATAL:  database "no\npe" does not exist`,
      /^Check db_name/,
    ],
    [
      'no database to look at the others from',
      `psql: error: ${at} FATAL:  database "postgres" does not exist`,
      /no database postgres.*:\nCREATE DATABASE postgres;$/,
    ],
    [
      'no right to connect',
      `psql: error: ${at} FATAL:  permission denied for database "d"\nDETAIL:  User does not have CONNECT privilege.`,
      /^Let the role connect/,
    ],
    [
      'a closed database',
      `psql: error: ${at} FATAL:  database "d" is not currently accepting connections`,
      /accepts no connections/,
    ],
    [
      'too many sessions of a role',
      `psql: error: ${at} FATAL:  too many connections for role "x"`,
      /^The role .*ALTER ROLE with CONNECTION LIMIT/,
    ],
    [
      'too many sessions in a database',
      `psql: error: ${at} FATAL:  too many connections for database "x"`,
      /^The database .*ALTER DATABASE with CONNECTION LIMIT/,
    ],
    [
      'too many sessions',
      `psql: error: ${at} FATAL:  sorry, too many clients already`,
      /^The server has no connection left.*max_connections/,
    ],
    ...[
      'non-replication superuser connections', // up to 15
      'roles with the SUPERUSER attribute',
      'roles with privileges of the "pg_use_reserved_connections" role',
    ].map((whom): [string, string, RegExp] => [
      `too many sessions but for ${whom}`,
      `psql: error: ${at} FATAL:  remaining connection slots are reserved for ${whom}`,
      /^The server has no connection left.*max_connections/,
    ]),
    ...[
      'FATAL:  unsupported startup parameter: options', // up to 1.19
      'FATAL:  unsupported startup parameter in options: postgres_azure_backup.direct',
      "FATAL:  Feature not supported: RDS Proxy currently doesn't support command-line options.",
    ].map((said): [string, string, RegExp] => [
      `a pooler: ${said}`,
      `psql: error: ${at} ${said}`,
      /^Set db_port .*PgBouncer/,
    ]),
    [
      'no right to read',
      'pg_dump: error: query failed: ERROR:  permission denied for table secret\npg_dump: detail: Query was: LOCK TABLE public.secret IN ACCESS SHARE MODE',
      /pg_read_all_data/,
    ],
    [
      'no right to read, by a program of 14',
      'pg_dump: error: query failed: ERROR:  permission denied for table secret\npg_dump: error: query was: LOCK TABLE public.secret IN ACCESS SHARE MODE',
      /pg_read_all_data/,
    ],
    [
      'no right to use a schema',
      'pg_dump: error: query failed: ERROR:  permission denied for schema inner\npg_dump: detail: Query was: LOCK TABLE "inner".secret IN ACCESS SHARE MODE',
      /pg_read_all_data/,
    ],
    [
      'no right in general',
      'psql:<stdin>:1: ERROR:  permission denied for function pg_ls_dir',
      /^The role lacks privileges/,
    ],
    [
      'row-level security',
      'pg_dump: error: query failed: ERROR:  query would be affected by row-level security policy for table "t"\npg_dump: detail: Query was: COPY public.t (id) TO stdout;',
      / table "t" .*Back up as a role .*BYPASSRLS.*as the owner of the table, unless it has FORCE/,
    ],
    [
      'row-level security for the owner too',
      'pg_dump: error: query failed: ERROR:  query would be affected by row-level security policy for table "t"\nHINT:  To disable the policy for the table\'s owner, use ALTER TABLE NO FORCE ROW LEVEL SECURITY.\npg_dump: detail: Query was: COPY public.t (id) TO stdout;',
      / table "t" .*Back up as a role .*BYPASSRLS.*leave FORCE ROW LEVEL SECURITY as it is/,
    ],
    [
      'a lock',
      'pg_dump: error: query failed: ERROR:  canceling statement due to statement timeout\npg_dump: detail: Query was: LOCK TABLE public.t IN ACCESS SHARE MODE',
      /^Another session has locked the table\..*:\nSELECT .* FROM pg_locks .*;$/,
    ],
    [
      'a lock on one of many tables, by a program of 16',
      'pg_dump: error: query failed: ERROR:  canceling statement due to statement timeout\npg_dump: detail: Query was: LOCK TABLE public.t, public.u IN ACCESS SHARE MODE',
      /^Another session has locked the table\..*:\nSELECT .* FROM pg_locks .*;$/,
    ],
    [
      'a lock, by a program of 14',
      'pg_dump: error: query failed: ERROR:  canceling statement due to statement timeout\npg_dump: error: query was: LOCK TABLE public.t IN ACCESS SHARE MODE',
      /^Another session has locked the table\..*:\nSELECT .* FROM pg_locks .*;$/,
    ],
    [
      'a lock that a script waits for',
      'psql:<stdin>:2: ERROR:  canceling statement due to lock timeout',
      /holds a conflicting lock/,
    ],
    [
      'a replica',
      'pg_dump: error: Dumping the contents of table "t" failed: PQgetResult() failed.\npg_dump: detail: Error message from server: ERROR:  canceling statement due to conflict with recovery\nDETAIL:  User query might have needed to see row versions that must be removed.',
      /^Back up from the primary/,
    ],
    [
      'a replica that ends the session',
      'pg_dump: error: Dumping the contents of table "t" failed: PQgetCopyData() failed.\npg_dump: detail: Error message from server: FATAL:  terminating connection due to conflict with recovery',
      /^Back up from the primary/,
    ],
    [
      'an extension of an ordinary role on Azure',
      'pg_restore: error: could not execute query: ERROR:  Only members of "azure_pg_admin" are allowed to use CREATE EXTENSION',
      /a member of azure_pg_admin/,
    ],
    ['a full disk', 'pg_restore: error: could not write: No space left on device', /disk is full/],
    [
      'sessions in the way',
      'psql:<stdin>:1: ERROR:  database "x" is being accessed by other users\nDETAIL:  There is 1 other session using the database.',
      /^Other sessions are connected/,
    ],
    [
      'a session that was ended',
      'pg_dump: error: Dumping the contents of table "t" failed: PQgetResult() failed.\npg_dump: detail: Error message from server: FATAL:  terminating connection due to administrator command',
      /^Session lost at \d\d:\d\d:\d\d UTC\. Check the server's log for that time/,
    ],
    [
      'a session that was ended, under TLS',
      'pg_dump: error: Dumping the contents of table "t" failed: PQgetCopyData() failed.\npg_dump: detail: Error message from server: SSL connection has been closed unexpectedly',
      /^Session lost at \d\d:\d\d:\d\d UTC\. Check the server's log for that time/,
    ],
    [
      'a server that went away',
      'pg_dump: error: query failed: server closed the connection unexpectedly\n\tThis probably means the server terminated abnormally',
      /^Session lost at \d\d:\d\d:\d\d UTC\. Check the server's log for that time/,
    ],
  ] satisfies [string, string, RegExp][])('%s', (_, stderr, advice) => {
    expect(explainServerError(failed(stderr)).advice).toMatch(advice);
  });

  test.each([
    [
      `FATAL:  role "x" is not permitted to log in`,
      /^Let the role log in:\nALTER ROLE U&"o'""x\\000ay" LOGIN;$/,
    ],
    [
      'FATAL:  permission denied for database "d"',
      /:\nGRANT CONNECT ON DATABASE "my; db" TO U&"o'""x\\000ay";$/,
    ],
    [
      'FATAL:  database "d" is not currently accepting connections',
      /:\nALTER DATABASE "my; db" ALLOW_CONNECTIONS true;$/,
    ],
    [
      'ERROR:  Only members of "azure_pg_admin" are allowed to use CREATE EXTENSION',
      /:\nGRANT azure_pg_admin TO U&"o'""x\\000ay";$/,
    ],
  ])('is a statement on a line of its own, where it is known for whom: %s', (stderr, advice) => {
    const asker = { role: `o'"x\ny`, database: 'my; db' };
    expect(explainServerError(failed(`psql: error: ${stderr}`), asker).advice).toMatch(advice);
  });

  test.each([
    ['what is not known', 'ERROR:  something else'],
    ['what is said in another language', 'psql: Fehler: FATAL:  Passwort-Authentifizierung fehlgeschlagen'],
    ['nothing', ''],
  ])('is to look at the message for %s', (_, stderr) => {
    expect(explainServerError(failed(stderr)).advice).toMatch(/run the job again/);
  });
});

describe('the cause', () => {
  test.each([
    ['has no names of programs', 'psql:<stdin>:12: ERROR:  no\nDETAIL:  so', 'ERROR:  no\nDETAIL:  so'],
    ['has no names of programs in any line', 'pg_dump: error: a\npg_dump: detail: b', 'a\ndetail: b'],
    ['keeps what only looks like one', 'ERROR:  psql: no', 'ERROR:  psql: no'],
    ['has no empty lines', '\npsql: error: a\n\n  \nb\n', 'a\nb'],
    ['has each line once', 'ERROR:  a\nERROR:  a\nERROR:  b', 'ERROR:  a\nERROR:  b'],
    [
      'keeps the space in front of a line',
      'ERROR:  a\nLINE 1: x\n        ^',
      'ERROR:  a\nLINE 1: x\n        ^',
    ],
    ['is the message of the process, if it said nothing', '', 'psql exited with status 2'],
  ])('%s', (_, stderr, cause) => {
    expect(explainServerError(failed(stderr)).cause.trim()).toBe(cause);
  });

  test('has the beginning of a long line', () => {
    const tables = Array.from({ length: 100 }, (_, i) => `public.table_${i}`).join(', ');
    const { cause } = explainServerError(
      failed(`ERROR:  no\npg_dump: detail: Query was: LOCK TABLE ${tables}`),
    );
    expect(cause).toHaveLength('ERROR:  no\n'.length + 241);
    expect(cause).toMatch(/^ERROR: {2}no\ndetail: Query was: LOCK TABLE public\.table_0, .*…$/);
  });

  test('is the end of a long text', () => {
    const lines = Array.from({ length: 30 }, (_, i) => `ERROR:  ${i}`);
    expect(explainServerError(failed(lines.join('\n'))).cause).toBe(lines.slice(-12).join('\n'));
  });
});

describe('a value of a row is in no cause', () => {
  const copied = 'pg_dump: error: Dumping the contents of table "t" failed: PQgetResult() failed.\n';
  const from = 'pg_dump: detail: Error message from server: ';
  const command = 'pg_dump: detail: Command was: COPY public.t (id) TO stdout;';
  test.each([
    [
      'of a cast',
      `${copied}${from}ERROR:  invalid input syntax for type integer: "Smith"\n${command}`,
      /integer: …\n/,
    ],
    [
      'of a function in C',
      `${copied}${from}ERROR:  no person Smith here\n${command}`,
      /ERROR: {2}the server refused it \(/,
    ],
    [
      'of a function that says what it likes',
      `${copied}${from}ERROR:  division by zero\nDETAIL:  Smith\nHINT:  Smith\nCONTEXT:  PL/pgSQL function f(text) line 1 at RAISE\n${command}`,
      /ERROR: {2}a function that it calls failed .*\nPL\/pgSQL function f\(text\) line 1 at RAISE\ndetail: Command/,
    ],
    [
      'of several lines',
      `${copied}${from}ERROR:  a\nSMITH:  Smith\nMr. Smith: FATAL:  Smith\n${command}`,
      /ERROR: {2}the server/,
    ],
    [
      'in German',
      `${copied}${from}FEHLER:  ungültig: »Smith«\n${command}`,
      /FEHLER: {2}the server refused it/,
    ],
    ['in a language that nobody expects', `${copied}${from}LỖI:  Smith\n${command}`, /the server refused it/],
    [
      'in the end of a text',
      `Smith\nCONTEXT:  COPY t, line 1, column id: "Smith"\n${command}`,
      /^detail: Command/,
    ],
    [
      'in what is said besides',
      'psql:<stdin>:1: WARNING:  Smith\nMr. Smith\npsql:<stdin>:2: HINWEIS:  Smith\npsql:<stdin>:3: ERROR:  no',
      /^ERROR: {2}no$/,
    ],
  ])('%s', (_, stderr, shown) => {
    const { cause } = explainServerError(failed(stderr));
    expect(cause).toMatch(shown);
    expect(cause).not.toMatch(/smith/i);
  });
});
