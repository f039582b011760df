import { describe, expect, test } from 'vitest';
import { explainServerError } from '../../src/postgres/errors.ts';
import { ProcessFailure } from '../../src/process.ts';

const failed = (stderr: string): ProcessFailure =>
  new ProcessFailure('psql', 'exited with status 2', 2, stderr);
const at = 'connection to server at "db.example.com" (10.0.0.1), port 5432 failed:';

describe('what to do, by what psql, pg_dump and pg_restore say', () => {
  test.each([
    [
      'an unknown host',
      'psql: error: could not translate host name "db.example.com" to address: Name or service not known',
      /azure_db_host.*private access/,
    ],
    ['a closed port', `psql: error: ${at} Connection refused\n\tIs the server running?`, /db_port/],
    ['a firewall', `psql: error: ${at} timeout expired`, /firewall/],
    ['a network without a way', `psql: error: ${at} No route to host`, /firewall/],
    ['a server that starts', `psql: error: ${at} FATAL:  the database system is starting up`, /Wait until/],
    [
      'a server without TLS',
      `psql: error: ${at} server does not support SSL, but SSL was required`,
      /speaks no TLS/,
    ],
    ['an unknown issuer', `psql: error: ${at} SSL error: certificate verify failed`, /ssl_root_cert/],
    [
      'no file of roots',
      `psql: error: ${at} root certificate file "/x/none" does not exist\nEither provide the file`,
      /ssl_root_cert/,
    ],
    [
      'a certificate for another name',
      `psql: error: ${at} server certificate for "other" does not match host name "db.example.com"`,
      /name in the server's certificate/,
    ],
    [
      'a wrong password',
      `psql: error: ${at} FATAL:  password authentication failed for user "x"`,
      /two secrets in Key Vault/,
    ],
    ['no password', `psql: error: ${at} fe_sendauth: no password supplied`, /two secrets in Key Vault/],
    [
      'rules of access',
      `psql: error: ${at} FATAL:  no pg_hba.conf entry for host "1.2.3.4", user "x", database "d", no encryption`,
      /access rules/,
    ],
    ['no such database', `psql: error: ${at} FATAL:  database "nope" does not exist`, /db_name/],
    [
      'no such database, with a newline in its name',
      `psql: error: ${at} FATAL:  database "no\npe" does not exist`,
      /db_name/,
    ],
    [
      'no right to connect',
      `psql: error: ${at} FATAL:  permission denied for database "d"\nDETAIL:  User does not have CONNECT privilege.`,
      /GRANT CONNECT/,
    ],
    ['too many sessions', `psql: error: ${at} FATAL:  sorry, too many clients already`, /Wait for sessions/],
    [
      'no right to read',
      'pg_dump: error: query failed: ERROR:  permission denied for table secret\npg_dump: detail: Query was: LOCK TABLE public.secret IN ACCESS SHARE MODE',
      /rights that are missing/,
    ],
    [
      'row-level security',
      'pg_dump: error: query failed: ERROR:  query would be affected by row-level security policy for table "t"',
      /rights that are missing/,
    ],
    [
      'a lock',
      'pg_dump: error: query failed: ERROR:  canceling statement due to lock timeout\npg_dump: detail: Query was: LOCK TABLE public.t IN ACCESS SHARE MODE',
      /holds a lock/,
    ],
    [
      'an extension of an ordinary role on Azure',
      'pg_restore: error: could not execute query: ERROR:  Only members of "azure_pg_admin" are allowed to use CREATE EXTENSION',
      /GRANT azure_pg_admin TO/,
    ],
    ['a full disk', 'pg_restore: error: could not write: No space left on device', /Make room/],
    [
      'sessions in the way',
      'psql:<stdin>:1: ERROR:  database "x" is being accessed by other users\nDETAIL:  There is 1 other session using the database.',
      /^End the other sessions/,
    ],
    [
      'a session that was ended',
      'pg_dump: error: Dumping the contents of table "t" failed: PQgetResult() failed.\npg_dump: detail: Error message from server: FATAL:  terminating connection due to administrator command',
      /connection was ended/,
    ],
    [
      'a session that was ended, under TLS',
      'pg_dump: error: Dumping the contents of table "t" failed: PQgetCopyData() failed.\npg_dump: detail: Error message from server: SSL connection has been closed unexpectedly',
      /connection was ended/,
    ],
    [
      'a server that went away',
      'pg_dump: error: query failed: server closed the connection unexpectedly\n\tThis probably means the server terminated abnormally',
      /connection was ended/,
    ],
  ])('%s', (_, stderr, advice) => {
    expect(explainServerError(failed(stderr)).advice).toMatch(advice);
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

  test('is the end of a long text', () => {
    const lines = Array.from({ length: 30 }, (_, i) => `ERROR:  ${i}`);
    expect(explainServerError(failed(lines.join('\n'))).cause).toBe(lines.slice(-12).join('\n'));
  });
});
