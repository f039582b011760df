import { escapeIdentifier, escapeLiteral } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { oldNotDropped } from '../../src/jobs/replace/drop-old.ts';
import { refusedExtensionFindings } from '../../src/jobs/replace/extensions/refusals.ts';
import {
  emptyDatabaseFailed,
  newDatabaseFailed,
  SwapOutcomeUnknown,
  statisticsIncomplete,
} from '../../src/jobs/replace/failures.ts';
import type { Replacement } from '../../src/jobs/replace/replacement.ts';
import { noteOfLeftDatabase, wayBack } from '../../src/jobs/replace/retire-old.ts';
import { adviceOnOversized } from '../../src/postgres/dump/oversized.ts';
import { lockAdvice } from '../../src/postgres/errors/shared-advice.ts';
import type { ExtensionTrial } from '../../src/postgres/restore/extensions/trial.ts';
import { prepareConnection } from '../../src/postgres/session/connection.ts';
import type { Psql } from '../../src/postgres/session/psql.ts';
import { summaryOfFailure } from '../../src/runner/page/failure-summary.ts';
import { inProse } from '../../src/runner/page/markdown.ts';
import { caseSql } from '../support/cases.ts';
import { type Account, accountOf, type Extra, type Jobs, jobsOn } from '../support/jobs.ts';
import { clientOf } from '../support/postgres/clients.ts';
import type { Login, PostgresServer } from '../support/postgres/postgres-server.ts';
import type { StepResult } from '../support/runner/runner.ts';
import { pasteInto, statementsIn, statementsLike } from '../support/told-sql.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * The SQL that errors tell people to run: each error is met for real, its statements are taken out of the summary as they stand there, and
 * pasted into psql as the role that is told to run them. Then the job is run again, and is done. The SQL of restores that went well is run
 * by the tests that test/unit/told-sql.test.ts names.
 */
const major = 15;

let world: World;
let server: PostgresServer;
/** Of the login in the vault. */
let jobs: Jobs;
let backup: string;

/** In SQL and in psql, each of these would be something; two of them would end a line, or turn it around. */
const hostile = `"o'x; \\:y %s`;
const lines = 'two\nlines \u202e';

beforeAll(async () => {
  world = await startWorld({ servers: [major], settings: { wal_level: 'logical' } });
  server = world.server(major);
  jobs = jobsOn(world, major);
  backup = await backedUp('CREATE TABLE note AS SELECT 1 AS id');
});
afterAll(() => world.stop());

/** A database of what some SQL makes, and the name of its backup. */
async function backedUp(sql: string, database?: string, by = jobs): Promise<string> {
  const step = await by.backup(database ?? (await jobs.createDatabase({ sql })));
  expect(step.exitCode, step.log).toBe(0);
  return step.outputs['backup_file_name'] ?? '';
}

/** A role of its own that signs in, and its jobs. */
async function roleOf(user: string, attributes: string): Promise<{ account: Account; own: Jobs }> {
  const account = accountOf(world, await server.createRole(user, 'its secret', attributes));
  return { account, own: jobsOn(world, major, account) };
}

const bySuperuser = (sql: string, database = 'postgres') => server.query(sql, { database });
const paste = (told: readonly string[], where: { database?: string; login?: Login } = {}) =>
  pasteInto(server, told, { ...where, rootCert: world.caFile });

/** The psql of a role, as the action has it. */
async function psqlOf(login: Login): Promise<Psql> {
  const { host, port } = server;
  const address = { host, port, sslMode: 'verify-full', sslRootCert: world.caFile } as const;
  const connection = await prepareConnection(address, login, '/nowhere');
  return { program: (await clientOf(major)).psql, connection, signal: AbortSignal.timeout(60_000) };
}

/** The statements of a job that has failed. */
function toldBy(step: StepResult, ...shapes: RegExp[]): string[] {
  expect(step.exitCode, step.log).toBe(1);
  return statementsLike(step.summary, shapes);
}

function expectDone(step: StepResult): void {
  expect(step.exitCode, step.log).toBe(0);
}

describe.each([
  ['hostile', hostile],
  ['of several lines', lines],
])('with names that are %s', (kind, name) => {
  const once: typeof test | (() => void) = name === hostile ? test : () => {};
  const named = (what: string): string => `${what} ${name}`;
  /** Of a role that signs in: GitHub masks it, and with it the statements, unless the name of the database has it in it. */
  const login = (what: string): string => named(what).replace(/\n/g, ' ');
  /** Of a database, which has no line breaks. */
  const databaseOf = (what: string): string => `${login(what)} of`;

  test('a role that may do nothing, with each of two ways to let it replace the database', async () => {
    const database = await jobs.createDatabase({ name: databaseOf('nothing') });
    const { own } = await roleOf(login('nothing'), '');
    const restore = () => own.restore(database, backup);
    const change = [/^ALTER DATABASE .* OWNER TO .*;$/, /^GRANT "backup_admin" TO .*;$/];
    const [create = '', owner = ''] = toldBy(await restore(), /^ALTER ROLE .* CREATEDB;$/, ...change);
    await paste([create, owner]);
    expectDone(await restore());
    await bySuperuser(`ALTER DATABASE ${escapeIdentifier(database)} OWNER TO backup_admin`);
    const [, member = ''] = toldBy(await restore(), ...change);
    await paste([member]);
    expectDone(await restore());
  });

  once('a role whose sessions are read-only', async () => {
    const { account, own } = await roleOf(login('reads'), 'CREATEDB');
    const role = escapeIdentifier(account.user);
    const restore = () => own.restore(databaseOf('reads'), backup);
    await bySuperuser(`ALTER ROLE ${role} SET default_transaction_read_only = on`);
    const shapes = [
      /^SET default_transaction_read_only = off;$/,
      /^ALTER ROLE .* RESET default_transaction_read_only;$/,
      /^ALTER DATABASE postgres RESET default_transaction_read_only;$/,
    ];
    const [first = '', ofRole = ''] = toldBy(await restore(), ...shapes);
    await paste([first, ofRole]);
    expectDone(await restore());
    await bySuperuser('ALTER DATABASE postgres SET default_transaction_read_only = on');
    try {
      // All of it, as people do: what is not set is reset without an error.
      await paste(toldBy(await restore(), ...shapes));
      expectDone(await restore());
    } finally {
      const options = { options: '-c default_transaction_read_only=off' };
      await server.query('ALTER DATABASE postgres RESET default_transaction_read_only', options);
    }
  });

  once('a template', async () => {
    const database = await jobs.createDatabase({ name: databaseOf('template') });
    await bySuperuser(`ALTER DATABASE ${escapeIdentifier(database)} IS_TEMPLATE true`);
    const told = toldBy(await jobs.restore(database, backup), /^ALTER DATABASE .* IS_TEMPLATE false;$/);
    await paste(told, { login: world.login });
    expectDone(await jobs.restore(database, backup));
  });

  test('default privileges of another role', async () => {
    const maker = escapeIdentifier(named('maker'));
    const database = await jobs.createDatabase({ name: `of backup_admin, ${kind}` });
    await bySuperuser(`CREATE ROLE ${maker}`);
    await bySuperuser(
      `ALTER DEFAULT PRIVILEGES FOR ROLE ${maker} GRANT SELECT ON TABLES TO PUBLIC`,
      database,
    );
    const file = await backedUp('', database);
    const restore = () => jobs.restore(database, file, { inputs: { no_privileges: 'false' } });
    await paste(toldBy(await restore(), /^GRANT .* TO "backup_admin";$/));
    expectDone(await restore());
  });

  once('a parameter that only a superuser may set', async () => {
    const { account, own } = await roleOf(login('sets'), 'CREATEDB');
    const database = await own.createDatabase({ name: databaseOf('sets') });
    const parameter = 'log_min_duration_statement';
    await bySuperuser(
      `CREATE FUNCTION slow() RETURNS int LANGUAGE sql SET ${parameter} = 0 AS 'SELECT 1'`,
      database,
    );
    const file = await backedUp('', database, own);
    const told = toldBy(await own.restore(database, file), /^GRANT SET ON PARAMETER .* TO .*;$/);
    await paste(told);
    const granted = `SELECT has_parameter_privilege(${escapeLiteral(account.user)}, '${parameter}', 'SET') AS is`;
    expect(await bySuperuser(granted)).toEqual([{ is: true }]);
    expectDone(await own.restore(database, file));
  });

  test('a slot and a subscription, with restore_strategy drop', async () => {
    const database = await jobs.createDatabase({ name: databaseOf('replicated') });
    const slot = `slot_${kind.length}`;
    const [publisher] = [await jobs.createDatabase()];
    await bySuperuser(`SELECT pg_create_logical_replication_slot('${slot}', 'pgoutput')`, database);
    // The publisher is a database of the same server, where the subscription cannot make its slot itself.
    await bySuperuser('CREATE PUBLICATION p', publisher);
    await bySuperuser(`SELECT pg_create_logical_replication_slot('s_${slot}', 'pgoutput')`, publisher);
    const to = `host=localhost port=${server.port} dbname=${publisher} user=postgres password=${server.superuser.password}`;
    await bySuperuser(
      `CREATE SUBSCRIPTION ${escapeIdentifier(named('s'))} CONNECTION ${escapeLiteral(to)} PUBLICATION p WITH (create_slot = false, slot_name = 's_${slot}', enabled = false)`,
      database,
    );
    const restore = () => jobs.restore(database, backup, { inputs: { restore_strategy: 'drop' } });
    const [drop = '', forget = ''] = toldBy(
      await restore(),
      /^SELECT pg_drop_replication_slot\('slot_\d+'\);$/,
      /^DROP SUBSCRIPTION .*;$/,
    );
    await paste([drop]);
    await paste([forget], { database });
    expect(await bySuperuser('SELECT slot_name FROM pg_replication_slots')).toEqual([]);
    expect(await bySuperuser('SELECT 1 FROM pg_subscription')).toEqual([]);
    expectDone(await restore());
  });

  once('a prepared transaction', async () => {
    const database = await jobs.createDatabase({ name: databaseOf('prepared') });
    await jobs.query(database, `BEGIN; CREATE TABLE t (); PREPARE TRANSACTION 'of ${kind}'`);
    const restore = () => jobs.restore(database, backup);
    const [query = ''] = toldBy(await restore(), /^SELECT gid, owner, database FROM pg_prepared_xacts .*;$/);
    const [row = ''] = (await paste([query])).join('\n').split('|backup_admin|');
    expect(row).toBe(`of ${kind}`);
    await paste([`ROLLBACK PREPARED '${row}';`], { database, login: world.login });
    expectDone(await restore());
  });

  once('a role that a setting makes another one, in one database and everywhere', async () => {
    const { account, own } = await roleOf(login('acts'), 'CREATEDB');
    const [role, clerk] = [escapeIdentifier(account.user), escapeIdentifier(named('clerk'))];
    const database = await own.createDatabase({
      name: databaseOf('acts'),
      sql: 'CREATE TABLE salary (id int)',
    });
    await bySuperuser(`CREATE ROLE ${clerk}; GRANT ${clerk} TO ${role}`);
    const shapes = [/^ALTER ROLE .* RESET role;$/, /^ALTER ROLE .* IN DATABASE .* RESET role;$/];
    for (const [index, where] of ['', `IN DATABASE ${escapeIdentifier(database)}`].entries()) {
      await bySuperuser(`ALTER ROLE ${role} ${where} SET role = ${clerk}`);
      const told = toldBy(await own.backup(database), ...shapes);
      await paste([told[index] ?? '']);
      expectDone(await own.backup(database));
    }
  });

  once('a lock on a table', async () => {
    const database = await jobs.createDatabase({
      name: databaseOf('locked'),
      sql: 'CREATE TABLE note (id int)',
    });
    const holder = await server.connect({ ...world.login, database });
    await holder.query('BEGIN; LOCK TABLE note IN ACCESS EXCLUSIVE MODE');
    const waiting: Extra = { inputs: { pg_dump_options: '--lock-wait-timeout=300ms' } };
    const told = toldBy(await jobs.backup(database, waiting), /^SELECT pg_terminate_backend\(\d+\);$/);
    // Where it is not known who holds it, this finds it.
    const [query = ''] = statementsLike(inProse(lockAdvice), [/^SELECT relation::regclass, pid, .*;$/]);
    expect((await paste([query], { database })).map((row) => row.replace(/\|\d+\|/, ' '))).toEqual([
      'note backup_admin|idle in transaction',
    ]);
    expect(await paste(told, { login: world.login })).toEqual(['t']);
    await expect(holder.query('SELECT 1')).rejects.toThrow();
    expectDone(await jobs.backup(database, waiting));
  });

  once('a role that may not log in, or not connect, or a database that is closed', async () => {
    const { account, own } = await roleOf(login('enters'), '');
    const database = databaseOf('enters');
    const [role, quotedName] = [escapeIdentifier(account.user), escapeIdentifier(database)];
    await jobs.createDatabase({ name: database });
    await bySuperuser(`ALTER ROLE ${role} NOLOGIN; REVOKE CONNECT ON DATABASE ${quotedName} FROM PUBLIC`);
    await paste(toldBy(await own.backup(database), /^ALTER ROLE .* LOGIN;$/));
    const connect = toldBy(await own.backup(database), /^GRANT CONNECT ON DATABASE .* TO .*;$/);
    await paste(connect, { login: world.login });
    await bySuperuser(`ALTER DATABASE ${quotedName} ALLOW_CONNECTIONS false`);
    const open = toldBy(await own.backup(database), /^ALTER DATABASE .* ALLOW_CONNECTIONS true;$/);
    await paste(open, { login: world.login });
    expectDone(await own.backup(database));
  });

  test('what a failed restore leaves over, and what it asks for', async () => {
    const [left, previous] = [named('left'), named('previous')];
    const there = async (name: string): Promise<boolean> => (await jobs.databases()).includes(name);
    const because = new Error('because');
    const seen = { outcome: 'unchanged', left: { state: 'there', name: left, reason: because } } as const;
    const failures = [
      emptyDatabaseFailed('x', 'shop', seen, because),
      newDatabaseFailed('shop', seen, because),
    ];
    const drops = [
      ...failures.map((failure) =>
        statementsLike(summaryOfFailure('Restore failed', failure), [/^DROP DATABASE IF EXISTS .*;$/]),
      ),
      noteOfLeftDatabase(seen.left).sql ?? [],
    ];
    for (const told of drops) {
      await jobs.createDatabase({ name: left });
      await paste(told, { login: world.login });
      expect(await there(left)).toBe(false);
      await paste(told, { login: world.login }); // the end of the job may have been faster
    }
    const inPlace = named('in place');
    await jobs.createDatabase({ name: inPlace });
    await jobs.createDatabase({ name: previous, sql: 'CREATE TABLE old AS SELECT 1 AS id' });
    const comment = `COMMENT ON DATABASE ${escapeIdentifier(inPlace)} IS 'its own'`;
    const aside = oldNotDropped(inPlace, previous, wayBack(previous, inPlace, comment), because);
    const back = [
      /^BEGIN;$/,
      /^ALTER DATABASE .* RENAME TO .*;$/,
      /^ALTER DATABASE .* RENAME TO .*;$/,
      /^COMMENT ON DATABASE .* IS 'its own';$/,
      /^COMMIT;$/,
    ];
    await paste(statementsLike(summaryOfFailure('Restore failed', aside), back), { login: world.login });
    expect(await jobs.query(inPlace, 'SELECT * FROM old')).toEqual([{ id: 1 }]);
    await jobs.createDatabase({ name: left, sql: 'CREATE TABLE note AS SELECT 1 AS id' });
    const unknown = new SwapOutcomeUnknown('shop', left, previous, because);
    const look = statementsLike(summaryOfFailure('Restore failed', unknown), [/^SELECT datname FROM .*;$/]);
    expect((await paste(look, { login: world.login })).join('\n')).toContain(left);
    const analyze = statisticsIncomplete(left, because);
    const told = statementsLike(summaryOfFailure('Restore failed', analyze), [/^ANALYZE;$/]);
    await paste(told, { database: left, login: world.login });
    expect(await jobs.query(left, "SELECT reltuples FROM pg_class WHERE relname = 'note'")).toEqual([
      { reltuples: 1 },
    ]);
  });

  test('a row that is too large', async () => {
    const table = `${escapeIdentifier(named('s'))}.${escapeIdentifier(named('scans'))}`;
    const page = escapeIdentifier(named('page'));
    const sql = `CREATE SCHEMA ${escapeIdentifier(named('s'))};
      CREATE TABLE ${table} (id int, ${page} text, thumbnail bytea, bits varbit, doc json);
      INSERT INTO ${table} VALUES (1, 'a', NULL, '1', '{}'), (2, repeat('x', 99), '\\x00', NULL, NULL), (3, NULL, NULL, NULL, '[]')`;
    const database = await jobs.createDatabase({ sql });
    const advice = await adviceOnOversized(await psqlOf(world.login), database, table);
    const told = statementsLike(inProse(advice), [/^SELECT ctid, .* DESC LIMIT 10;$/]);
    expect((await paste(told, { database }))[0]).toBe('(0,2)|101');
  });
});

/** As a person does it: psql has two quotes for one in a value. */
function putIn(name: string): (line: string) => string {
  return (line) =>
    setsHidden.test(line) ? line.replace(/'.*'/, () => `'${name.replaceAll("'", "''")}'`) : line;
}
const setsHidden = /^\\set hidden 'put in the name that GitHub hides'$/;

test.each(['masked_user', `masked "o''x"`])(
  'a role that GitHub hides, with a variable in its place: %j',
  async (user) => {
    const { own } = await roleOf(user, '');
    const database = await jobs.createDatabase();
    const shapes = [
      /^ALTER ROLE .* CREATEDB;$/,
      /^ALTER DATABASE .* OWNER TO .*;$/,
      /^GRANT "backup_admin" TO .*;$/,
    ];
    const step = await own.restore(database, backup);
    const told = toldBy(step, ...shapes.flatMap((shape) => [setsHidden, shape]));
    for (const [index, line] of told.entries()) if (index % 2 === 1) expect(line).toMatch(/ :"hidden"[ ;]/);
    for (const line of told) expect(step.log.split('\n')).toContain(line);
    await paste(told.slice(0, 4).map(putIn(user)));
    expectDone(await own.restore(database, backup));
  },
);

test.each(['hidden_owner', `hidden 'o"x`])(
  'a role that GitHub hides in what a restore tells besides: %j',
  async (user) => {
    const { account, own } = await roleOf(user, 'CREATEDB');
    const reader = escapeIdentifier(`reads for ${user.slice(0, 5)}${user.length}`);
    await bySuperuser(`CREATE ROLE ${reader}`);
    const database = await own.createDatabase({
      sql: `CREATE TABLE note (id int); GRANT SELECT ON note TO ${reader}; ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO ${reader}`,
    });
    const defaults = () =>
      bySuperuser('SELECT defaclrole::regrole::text, defaclacl::text FROM pg_default_acl', database);
    const before = await defaults();
    expect(before).toHaveLength(1);
    const step = await own.restore(database, await backedUp('', database, own));
    expectDone(step);
    expect(await defaults()).toEqual([]);
    const told = statementsIn(step.summary);
    expect(told.filter((line) => setsHidden.test(line))).toHaveLength(1);
    expect(told.filter((line) => !line.startsWith('--')).join('\n')).not.toContain(escapeIdentifier(user));
    await paste(told.map(putIn(user)), { database, login: account });
    expect(await defaults()).toEqual(before);
  },
);

test('an extension of one database, whose name the role may not see', async () => {
  const { account } = await roleOf(`sees ${hostile}`, '');
  const psql = await psqlOf(account);
  const replacement = {
    request: { database: 'shop', strategy: 'swap' },
    prepared: { psql, server: { role: account.user } },
    extensions: { wanted: [{ name: 'pg_cron' }], dumpMajor: 17 },
  } as Replacement;
  // As a server with pg_cron refuses it; this one has no such parameter to show.
  const refused = [{ name: 'pg_cron', version: null, state: 'P0001', message: 'only there' }];
  const { findings } = await refusedExtensionFindings(replacement, { refused } as ExtensionTrial, 'postgres');
  const told = statementsLike(
    inProse(findings.flatMap((one) => (one.level === 'error' ? [one.remedy] : [])).join('\n')),
    [/^GRANT pg_read_all_settings TO .*;$/],
  );
  await paste(told);
  const sees = `SELECT pg_has_role(${escapeLiteral(account.user)}, 'pg_read_all_settings', 'USAGE') AS is`;
  expect(await bySuperuser(sees)).toEqual([{ is: true }]);
});

test('sessions that only an administrator, or a role that may signal, can end', {
  timeout: 120_000,
}, async () => {
  const { account } = await roleOf(`app ${lines}`, '');
  const { account: other, own } = await roleOf(`swaps ${hostile}`, 'CREATEDB');
  const database = await own.createDatabase({ name: `swaps ${hostile} it` });
  const session = () => server.connect({ ...account, database });
  const restore = () => own.restore(database, backup);
  const terminate = /^SELECT pg_terminate_backend\(pid\) FROM unnest\(ARRAY\[\d+, \d+\]\) AS pid;$/;
  const grant = /^GRANT pg_signal_backend TO .*;$/;
  let open = await Promise.all([session(), session()]);
  // In the error, and in the warning that came before it.
  const [now = '', always = '', before = ''] = toldBy(await restore(), terminate, grant, terminate);
  expect(before).toBe(now);
  expect(await paste([now])).toEqual(['t', 't']);
  for (const one of open) await expect(one.query('SELECT 1')).rejects.toThrow();
  expectDone(await restore());
  open = await Promise.all([session(), session()]);
  await paste([always]);
  expect(
    await bySuperuser(`SELECT pg_has_role(${escapeLiteral(other.user)}, 'pg_signal_backend', 'USAGE') AS is`),
  ).toEqual([{ is: true }]);
  expectDone(await restore());
  for (const one of open) await expect(one.query('SELECT 1')).rejects.toThrow();
});

describe('functions and checks that a restore cannot call', () => {
  const byName = /^SELECT format\('ALTER FUNCTION .*;$/;
  test.each([
    ['search-path-column', [/^ALTER FUNCTION public\.slug\(text\) SET search_path = public;$/]],
    ['search-path-column-2', [byName]],
    ['search-path-index-2', [byName]],
    ['check-on-another-table', [/^SELECT format\('ALTER TABLE .*;$/]],
    [
      'check-on-another-table-2',
      [/^SELECT format\(sql, .*'ALTER DOMAIN .*;$/, /^SELECT format\('ALTER TABLE .*;$/],
    ],
  ])('%s: each remedy in the original, and a new backup is restored', async (name, shapes) => {
    const database = await jobs.createDatabase({ sql: await caseSql(name) });
    const owner = { database, login: world.login };
    const restored = async () =>
      jobs.restore('again', await backedUp('', database), { inputs: { jobs: '1' } });
    for (const shape of shapes) {
      const { summary } = await restored();
      const told = statementsLike(summary.replaceAll(/^```sql\n(CREATE|ALTER TABLE) .*?^```$/gms, ''), [
        shape,
      ]);
      const written = await paste(told, owner);
      if (!/^SELECT/.test(told[0] ?? '')) continue;
      expect(written).not.toEqual([]);
      await paste(written, owner);
    }
    expectDone(await restored());
    await bySuperuser('DROP DATABASE again');
  });
});

test('a kept database that is no longer needed', async () => {
  const database = await jobs.createDatabase({ name: `kept ${hostile}` });
  const restore = await jobs.restore(database, backup, { inputs: { keep_previous: 'true' } });
  expectDone(restore);
  const told = statementsLike(restore.summary, [
    ...[/^BEGIN;$/, /^ALTER DATABASE .* RENAME TO .*;$/, /^ALTER DATABASE .* RENAME TO .*;$/, /^COMMIT;$/],
    /^DROP DATABASE .*;$/,
  ]);
  const previous = restore.outputs['previous_database'] ?? '';
  expect(await jobs.databases()).toContain(previous);
  await paste(told.slice(-1), { login: world.login });
  expect(await jobs.databases()).not.toContain(previous);
  expect(await jobs.databases()).toContain(database);
});

test('a server without the database postgres', async () => {
  const database = await jobs.createDatabase();
  const elsewhere = { database: 'template1' };
  await server.query('DROP DATABASE postgres WITH (FORCE)', elsewhere);
  await paste(toldBy(await jobs.restore(database, backup), /^CREATE DATABASE postgres;$/), elsewhere);
  expectDone(await jobs.restore(database, backup));
});
