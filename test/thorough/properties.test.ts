import { escapeIdentifier as name, escapeLiteral as text } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyRest, applySettings, type RefusedProperty } from '../../src/postgres/properties/apply.ts';
import { readProperties } from '../../src/postgres/properties/read.ts';
import type { Psql } from '../../src/postgres/session/psql.ts';
import { databaseRights, databaseRow, sortedSettings } from '../support/postgres/database-row.ts';
import { describeOn, ownLackFor, someOf } from '../support/postgres/describe-on.ts';
import type { Login } from '../support/postgres/postgres-server.ts';
import { type BareServer, startBareServer } from '../support/postgres/psql-on.ts';

const hostile = `it's "quoted" \\ $$ :x\n; --`;
const long = 'é'.repeat(31);

describeOn(someOf([15, 17], ownLackFor), (major) => {
  let bare: BareServer;
  let owner: Login;
  let psql: Psql;
  let number = 0;
  beforeAll(async () => {
    bare = await startBareServer(major);
    owner = await bare.server.createRole('owner', 'secret', 'CREATEDB');
    psql = await bare.psqlAs(owner);
    await bare.server.query(
      `CREATE ROLE team; GRANT team TO owner; CREATE ROLE app; CREATE ROLE reader; CREATE ROLE ${name(hostile)}; CREATE ROLE ${name(long)}`,
    );
  });
  afterAll(() => bare.stop());

  /** A database without settings: a new one, or the same again. */
  async function emptied(database: string, itsOwner: string): Promise<void> {
    if (await catalog(database)) await bare.server.query(`ALTER DATABASE ${name(database)} RESET ALL`);
    else await bare.server.createDatabase(database, itsOwner);
  }

  /** An old database with properties, and the new one that takes them over as the role `owner` may. */
  async function carryOver(
    setup: (old: string) => string[],
    { oldOwner = 'owner', old = `old_${++number}`, restorer = psql } = {},
  ) {
    const fresh = `${old.slice(0, 25)}_fresh`;
    await emptied(old, oldOwner);
    await emptied(fresh, restorer.connection.user);
    for (const statement of setup(old)) await bare.server.query(statement);
    const before = await catalog(old);
    const properties = await readProperties(restorer, old);
    const refused = [
      ...(await applySettings(restorer, fresh, properties, old)).refused,
      ...(await applyRest(restorer, fresh, properties, old, 'commit')).refused,
    ];
    /** What the swap does, and then an administrator with the statements that were returned. */
    const finish = async (statements = refused) => {
      await bare.server.query(`DROP DATABASE ${name(old)}`);
      await bare.server.query(`ALTER DATABASE ${name(fresh)} RENAME TO ${name(old)}`);
      for (const { sql } of statements) await bare.server.query(sql ?? '');
      return catalog(old);
    };
    return { old, fresh, before, refused, after: await catalog(fresh), finish };
  }

  const catalog = (database: string) => databaseRow(bare.server, database);
  const rightsOf = (role: string, database: string) => databaseRights(bare.server, role, database);
  const whats = (refused: RefusedProperty[]): string[] => refused.map(({ what }) => what);

  test('a database with nothing of its own', async () => {
    const { before, after, refused } = await carryOver(() => []);
    expect(after).toEqual(before);
    expect(refused).toEqual([]);
  });

  test('a database that is not there', async () => {
    await expect(readProperties(psql, 'nowhere')).rejects.toThrow('"nowhere" failed: it no longer exists');
  });

  describe('settings', () => {
    const values: [string, string][] = [
      ['search_path', `'$user', 'public', 'With "quotes", and comma', ' space '`],
      ['search_path', `''`],
      ['temp_tablespaces', `''`],
      ['local_preload_libraries', `'auto_explain', '$libdir/plugins/Some lib'`],
      ['DateStyle', `'German, DMY'`],
      ['TimeZone', `'Europe/Berlin'`],
      ['statement_timeout', `'0'`],
      ['work_mem', `'12MB'`],
      ['default_transaction_read_only', 'on'],
      ['default_transaction_isolation', `'serializable'`],
      ['application_name', text(hostile)],
      ['application_name', `''`],
      ['random_page_cost', '1.25'],
      ['role', `'team'`],
    ];
    test.each(values)('%s = %s', async (parameter, value) => {
      const { before, after, refused } = await carryOver(
        (old) => [`ALTER DATABASE ${name(old)} SET ${parameter} TO ${value}`],
        { old: 'settings' },
      );
      expect(before?.settings).not.toBeNull();
      expect(after).toEqual(before);
      expect(refused).toEqual([]);
    });

    test('a list that was set as one text', async () => {
      const { before, after } = await carryOver((old) => [
        `DO ${text(`BEGIN
          PERFORM set_config('search_path', 'one,"Two, three" , "$user"', false);
          ALTER DATABASE ${name(old)} SET search_path FROM CURRENT;
        END`)}`,
      ]);
      expect(JSON.stringify(before?.settings)).toContain('one,');
      expect(after?.settings).toEqual({ '-': ['search_path=one, "Two, three", "$user"'] });
    });

    test('several, in their order, and of the role itself', async () => {
      const { before, after, refused } = await carryOver((old) => [
        `ALTER DATABASE ${name(old)} SET work_mem TO '7MB'`,
        `ALTER DATABASE ${name(old)} SET application_name TO 'x=y=z'`,
        `ALTER DATABASE ${name(old)} SET DateStyle TO 'SQL, YMD'`,
        `ALTER ROLE owner IN DATABASE ${name(old)} SET search_path TO "A", "b c"`,
      ]);
      expect(after).toEqual(before);
      expect(refused).toEqual([]);
    });

    test('those that this role may not set are returned with the SQL', async () => {
      const { old, before, after, refused, finish } = await carryOver((old) => [
        `ALTER DATABASE ${name(old)} SET log_min_duration_statement TO '250ms'`,
        `ALTER DATABASE ${name(old)} SET "Pg_Hint_Plan"."Some_setting" TO ${text(hostile)}`,
        `ALTER DATABASE ${name(old)} SET work_mem TO '7MB'`,
        `ALTER DATABASE ${name(old)} SET session_preload_libraries TO 'auto_explain', 'pg_stat_statements'`,
        `ALTER ROLE app IN DATABASE ${name(old)} SET search_path TO "$user", "Quoted ""schema"""`,
        `ALTER ROLE ${name(hostile)} IN DATABASE ${name(old)} SET application_name TO ''`,
        `ALTER ROLE ${name(long)} IN DATABASE ${name(old)} SET statement_timeout TO 5000`,
      ]);
      expect(whats(refused)).toEqual([
        'the setting "log_min_duration_statement"',
        'the setting "Pg_Hint_Plan.Some_setting"',
        'the setting "search_path" of role "app"',
        `the setting "application_name" of role ${JSON.stringify(hostile)}`,
        `the setting "statement_timeout" of role ${JSON.stringify(long)}`,
        'the setting "session_preload_libraries"',
      ]);
      expect(refused[0]).toEqual({
        kind: 'setting',
        what: 'the setting "log_min_duration_statement"',
        reason: 'permission denied to set parameter "log_min_duration_statement"',
        sql: `ALTER DATABASE "${old}" SET "log_min_duration_statement" TO '250ms';`,
      });
      expect(after?.settings).toEqual({ '-': ['work_mem=7MB'] });
      // One by one, the administrator's statements come after those that went well.
      expect(sortedSettings(await finish())).toEqual(sortedSettings(before));
    });

    const secrets: [string, string][] = [
      ['app.settings.jwt_secret', 'hush'],
      ['app.pwd', 'hush'],
      ['app.colour', 'hush'],
      ['"App"."dsn"', 'postgres://u:hush@host/db'],
      ['cron.target', 'host=h user=u password = hush'],
      ['auto_explain.address', 'https://user:hush@host/'],
      ['dynamic_library_path', 'Pwd=hush;'],
    ];
    test.each(secrets)('%s = %s is neither carried into a log nor forgotten', async (parameter, value) => {
      const { old, refused } = await carryOver((old) => [
        `ALTER DATABASE ${name(old)} SET ${parameter} TO ${text(value)}`,
        `ALTER ROLE app IN DATABASE ${name(old)} SET ${parameter} TO ${text(value)}`,
      ]);
      const setting = `the setting "${parameter.replaceAll('"', '')}"`;
      expect(whats(refused)).toEqual([setting, `${setting} of role "app"`]);
      expect(refused.map(({ sql }) => sql)).toEqual([undefined, undefined]);
      expect(JSON.stringify(refused)).not.toContain('hush');
      expect(JSON.stringify(await catalog(old))).toContain('hush');
    });

    test.each([
      ['auto_explain.log_min_duration', '250ms'],
      ['pg_stat_statements.track', 'all'],
      ['pgaudit.log', 'read, write'],
      ['plpgsql.extra_warnings', 'all'],
      ['dynamic_library_path', '%m https://host:80/ '],
    ])('%s = %s is shown', async (parameter, value) => {
      const { refused } = await carryOver((old) => [
        `ALTER ROLE app IN DATABASE ${name(old)} SET ${parameter} TO ${text(value)}`,
      ]);
      expect(refused.map(({ kind, sql }) => [kind, sql])).toEqual([
        ['setting', expect.stringContaining(`TO '${value}';`)],
      ]);
    });
  });

  describe('rights on the database', () => {
    test('with and without the right to hand them on, hostile names, PUBLIC shut out', async () => {
      const { before, after, refused } = await carryOver((old) => [
        `REVOKE ALL ON DATABASE ${name(old)} FROM PUBLIC`,
        `GRANT CONNECT ON DATABASE ${name(old)} TO app, ${name(hostile)}`,
        `GRANT CREATE, TEMPORARY ON DATABASE ${name(old)} TO app WITH GRANT OPTION`,
        `GRANT ALL ON DATABASE ${name(old)} TO ${name(long)} WITH GRANT OPTION`,
      ]);
      expect(after).toEqual(before);
      expect(refused).toEqual([]);
    });

    test('PUBLIC with other rights than the built-in ones', async () => {
      const { before, after } = await carryOver((old) => [
        `REVOKE TEMPORARY ON DATABASE ${name(old)} FROM PUBLIC`,
        `GRANT CREATE ON DATABASE ${name(old)} TO PUBLIC`,
      ]);
      expect(JSON.stringify(before?.acl)).toContain('"=Cc/owner"');
      expect(after).toEqual(before);
    });

    test('rights that the owner gave up itself', async () => {
      const { before, after } = await carryOver((old) => [
        `REVOKE CREATE, TEMPORARY ON DATABASE ${name(old)} FROM owner`,
      ]);
      expect(before?.acl).toContain('owner=c/owner');
      expect(after).toEqual(before);
    });

    test('rights that somebody else handed on', async () => {
      const { old, before, after } = await carryOver((old) => [
        `REVOKE ALL ON DATABASE ${name(old)} FROM PUBLIC`,
        `GRANT CONNECT ON DATABASE ${name(old)} TO app WITH GRANT OPTION`,
        `SET ROLE app; GRANT CONNECT ON DATABASE ${name(old)} TO reader`,
      ]);
      expect(before?.acl).toContain('reader=c/app');
      expect(after?.acl).toEqual(['app=c*/owner', 'owner=CTc/owner', 'reader=c/owner']);
      expect(await rightsOf('reader', old)).toEqual(['CONNECT']);
    });

    test.each([
      ['untouched', () => []],
      [
        'changed',
        (old: string) => [
          `REVOKE ALL ON DATABASE ${name(old)} FROM PUBLIC`,
          `GRANT CONNECT ON DATABASE ${name(old)} TO app`,
        ],
      ],
    ])('an owner that is another role keeps its own, and is returned (%s)', async (_, setup) => {
      const { old, fresh, before, refused, finish } = await carryOver(setup, { oldOwner: 'team' });
      for (const role of ['team', 'app', 'reader', 'public'])
        expect([role, await rightsOf(role, fresh)]).toEqual([role, await rightsOf(role, old)]);
      expect(refused).toEqual([
        {
          kind: 'owner',
          what: 'the owner',
          reason: 'it was "team", and is "owner" now, who restored it',
          sql: `ALTER DATABASE "${old}" OWNER TO "team";`,
        },
      ]);
      expect((await finish())?.owner).toBe(before?.owner);
      expect(await rightsOf('team', old)).toHaveLength(6);
    });
  });

  test('comment and connection limit, and a name of every kind', async () => {
    for (const old of [hostile, 'x'.repeat(63), 'dbname=postgres', 'é'.repeat(31)]) {
      const { before, after, refused, finish } = await carryOver(
        (database) => [
          `COMMENT ON DATABASE ${name(database)} IS ${text(hostile)}`,
          `ALTER DATABASE ${name(database)} CONNECTION LIMIT 0`,
          `ALTER DATABASE ${name(database)} SET role TO 'app'`,
          `ALTER DATABASE ${name(database)} SET log_statement TO 'all'`,
        ],
        { old },
      );
      expect(after).toMatchObject({ comment: hostile, datconnlimit: 0 });
      expect(refused).toHaveLength(1);
      const finished = await finish();
      expect(finished).toEqual(before);
    }
  });

  test('that nobody may connect', async () => {
    const { before, after, refused } = await carryOver((old) => [
      `ALTER DATABASE ${name(old)} ALLOW_CONNECTIONS false CONNECTION LIMIT 7`,
    ]);
    expect(after).toMatchObject({ datallowconn: false, datconnlimit: 7 });
    expect(after).toEqual(before);
    expect(refused).toEqual([]);
  });

  test('the mark of a database that is half dropped is no property', async () => {
    const { old, after, refused } = await carryOver((old) => [
      `UPDATE pg_database SET datconnlimit = -2 WHERE datname = ${text(old)}`,
    ]);
    expect((await catalog(old))?.datconnlimit).toBe(-2);
    expect(after).toMatchObject({ datconnlimit: -1 });
    expect(refused).toEqual([]);
  });

  test('the tablespace is returned', async () => {
    const session = await bare.server.connect();
    await session.query('SET allow_in_place_tablespaces = on');
    await session.query("CREATE TABLESPACE elsewhere LOCATION ''");
    await session.end();
    const { old, before, refused, finish } = await carryOver((old) => [
      `ALTER DATABASE ${name(old)} SET TABLESPACE elsewhere`,
    ]);
    expect(refused).toEqual([
      {
        kind: 'tablespace',
        what: 'the tablespace',
        reason: 'it was "elsewhere", and is "pg_default" now',
        sql: `ALTER DATABASE "${old}" SET TABLESPACE "elsewhere";`,
      },
    ]);
    expect(await finish()).toEqual(before);
  });

  test('a connection that cannot be made is no refusal', async () => {
    const { old, fresh } = await carryOver(() => []);
    const properties = await readProperties(psql, old);
    const wrong = await bare.psqlAs({ user: 'owner', password: 'wrong' });
    await expect(applyRest(wrong, fresh, properties, old, 'commit')).rejects.toHaveProperty(
      'stderr',
      expect.stringContaining('password'),
    );
  });
});
