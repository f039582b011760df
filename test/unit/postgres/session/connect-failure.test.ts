import { describe, expect, test } from 'vitest';
import { ProcessFailure } from '../../../../src/base/process.ts';
import { type ConnectFailure, connectFailure } from '../../../../src/postgres/session/connect-failure.ts';

const to = 'connection to server at "db.example.com" (10.0.0.4), port 5432 failed: ';

function kindOf(stderr: string): ConnectFailure['kind'] | undefined {
  return connectFailure(new ProcessFailure('psql', 'exited with status 2', 2, stderr))?.kind;
}

describe('what the server answers', () => {
  test.each<[ConnectFailure['kind'], string]>([
    ['passing', 'FATAL:  the database system is starting up'],
    ['passing', 'FATAL:  the database system is shutting down'],
    ['passing', 'FATAL:  the database system is in recovery mode'],
    [
      'passing',
      'FATAL:  the database system is not yet accepting connections\nDETAIL:  Consistent recovery state has not been yet reached.',
    ],
    ['passing', 'FATAL:  sorry, too many clients already'],
    ['passing', 'FATAL:  remaining connection slots are reserved for roles with the SUPERUSER attribute'],
    ['passing', 'FATAL:  too many connections for role "backup_admin"'],
    ['passing', 'FATAL:  too many connections for database "shop"'],
    ['passing', 'FATAL:  terminating connection due to administrator command'],
    ['passing', 'FATAL:  canceling authentication due to timeout'],
    ['passing', 'FATAL:  no more connections allowed (max_client_conn)'],
    ['rejected', 'FATAL:  password authentication failed for user "backup_admin"'],
    ['rejected', 'FATAL:  SASL authentication failed'],
    ['rejected', 'FATAL:  The access token has expired. Please acquire a new token and retry'],
    ['final', 'FATAL:  no pg_hba.conf entry for host "10.0.0.9", user "a", database "b", SSL encryption'],
    [
      'final',
      'FATAL:  pg_hba.conf rejects connection for host "10.0.0.9", user "a", database "b", no encryption',
    ],
    ['final', 'FATAL:  database "the database system is starting up" does not exist'],
    ['final', 'FATAL:  role "a" is not permitted to log in'],
    ['final', 'FATAL:  permission denied for database "b"\nDETAIL:  User does not have CONNECT privilege.'],
    ['final', 'FATAL:  unsupported startup parameter: options'],
    ['final', 'FATAL:  no such user'],
    ['final', 'ERROR:  SSL required'],
  ])('%s: %s', (kind, said) => {
    expect(kindOf(`psql: error: ${to}${said}`)).toBe(kind);
    expect(kindOf(`pg_dump: error: ${to}${said}`)).toBe(kind);
    expect(kindOf(`pg_restore: connecting to database for restore\npg_restore: error: ${to}${said}`)).toBe(
      kind,
    );
  });

  test.each<[ConnectFailure['kind'], string]>([
    ['passing', 'FATAL:  das Datenbanksystem startet'],
    ['passing', 'FATAL:  tut mir leid, schon zu viele Verbindungen'],
    ['passing', "FATAL:  le système de base de données s'arrête"],
    ['passing', 'FATAL:  désolé, trop de clients sont déjà connectés'],
    ['passing', 'FATAL:  el sistema de base de datos está iniciándose'],
    ['passing', 'ВАЖНО:  система баз данных запускается'],
    ['passing', 'FATAL:  データベースシステムは起動処理中です'],
    ['rejected', 'FATAL:  Passwort-Authentifizierung für Benutzer »backup_admin« fehlgeschlagen'],
    ['rejected', "FATAL:  authentification par mot de passe échouée pour l'utilisateur « backup_admin »"],
    ['rejected', 'ВАЖНО:  пользователь "backup_admin" не прошёл проверку подлинности (по паролю)'],
  ])('in another language, %s: %s', (kind, said) => {
    expect(kindOf(`psql: error: ${to}${said}`)).toBe(kind);
  });
});

describe('what libpq says itself', () => {
  test.each<[ConnectFailure['kind'], string]>([
    [
      'doubtful',
      `${to}Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?`,
    ],
    ['doubtful', `${to}timeout expired`],
    ['doubtful', `${to}Connection timed out\n\tIs the server running on that host?`],
    ['doubtful', `${to}No route to host`],
    ['doubtful', 'could not translate host name "no-such.invalid" to address: Name or service not known'],
    [
      'passing',
      'could not translate host name "db.example.com" to address: Temporary failure in name resolution',
    ],
    [
      'passing',
      `${to}server closed the connection unexpectedly\n\tThis probably means the server terminated abnormally`,
    ],
    ['passing', `${to}SSL SYSCALL error: EOF detected`],
    ['passing', `${to}could not receive data from server: Connection reset by peer`],
    ['final', `${to}SSL error: certificate verify failed`],
    ['final', `${to}server certificate for "x" does not match host name "db.example.com"`],
    ['final', `${to}root certificate file "/none" does not exist`],
    ['final', `${to}server does not support SSL, but SSL was required`],
    ['final', `${to}received invalid response to SSL negotiation: H`],
    ['final', `${to}fe_sendauth: no password supplied`],
  ])('%s: %s', (kind, said) => {
    expect(kindOf(`psql: error: ${said}`)).toBe(kind);
  });

  test('of several addresses, the one that answers counts', () => {
    const refused = `${to}Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?\n`;
    expect(kindOf(`psql: error: ${refused}${to}FATAL:  the database system is starting up`)).toBe('passing');
    expect(kindOf(`psql: error: ${refused}${to}FATAL:  database "b" does not exist`)).toBe('final');
  });
});

describe('an older libpq', () => {
  test.each<[ConnectFailure['kind'], string]>([
    ['passing', 'psql: error: could not connect to server: FATAL:  the database system is starting up'],
    ['passing', 'psql: error: FATAL:  the database system is starting up'],
    [
      'rejected',
      'psql: error: could not connect to server: FATAL:  password authentication failed for user "a"',
    ],
    ['final', 'psql: error: could not connect to server: FATAL:  database "b" does not exist'],
    ['passing', 'pg_dump: error: connection to database "b" failed: FATAL:  sorry, too many clients already'],
    [
      'passing',
      'pg_restore: error: connection to database "b" failed: FATAL:  the database system is shutting down\nFATAL:  the database system is shutting down',
    ],
    [
      'doubtful',
      'psql: error: could not connect to server: Connection refused\n\tIs the server running on host "h" (::1) and accepting\n\tTCP/IP connections on port 1?',
    ],
  ])('%s: %s', (kind, said) => expect(kindOf(said)).toBe(kind));
});

test.each([
  ['ფატალური', 'მონაცემთა ბაზის სისტემა ეშვება'],
  ['치명적오류', '데이터베이스 시스템이 시작 중입니다'],
  ['致命错误', '数据库系统正在启动'],
])('the words of each language for how severe it is are known: %s', (severity, said) => {
  const failure = connectFailure(
    new ProcessFailure('psql', 'exited with status 2', 2, `psql: error: ${to}${severity}:  ${said}`),
  );
  expect(failure).toMatchObject({ kind: 'passing', answered: true });
});

test('of several answers, the one that passes counts', () => {
  const no = `${to}FATAL:  no pg_hba.conf entry for host "::1", user "a", database "b"\n`;
  const starting = `${to}FATAL:  the database system is starting up`;
  expect(kindOf(`psql: error: ${no}${starting}`)).toBe('passing');
  expect(kindOf(`psql: error: ${starting}\n${no}`)).toBe('passing');
  expect(kindOf(`psql: error: ${no}${no}`)).toBe('final');
});

test.each([
  'psql:<stdin>:1: error: connection to server was lost',
  'psql:<stdin>:3: ERROR:  the database system is starting up',
  'ERROR:  connection to server at "x" failed: FATAL:  the database system is starting up',
  `pg_restore: creating TABLE "public.a"\npg_restore: error: ${to}FATAL:  the database system is shutting down`,
  `pg_restore: connecting to database for restore\npg_restore: processing item 1\npg_restore: error: ${to}Connection refused`,
  'pg_dump: error: query failed: server closed the connection unexpectedly',
  'pg_restore: error: could not open input file "x": No such file or directory',
  '',
])('what was begun is no failure to connect: %j', (stderr) => {
  expect(kindOf(stderr)).toBeUndefined();
});

test('what is said is one line, whatever it is', () => {
  const said = `psql: error: ${to}FATAL:  das Datenbanksystem \u202e\u0007startet${'!'.repeat(500)}`;
  const failure = connectFailure(new ProcessFailure('psql', 'exited with status 2', 2, said));
  expect(failure?.said).toMatch(/^das Datenbanksystem [ -~]+$/);
  expect(connectFailure(new Error(said))).toBeUndefined();
});
