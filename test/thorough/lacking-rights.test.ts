import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lackingPrivilegeFindings } from '../../src/jobs/preflight/empty-database/lacking-privileges.ts';
import type { Definition } from '../../src/postgres/archive/definitions.ts';
import { parseContents } from '../../src/postgres/archive/table-of-contents.ts';
import { caseSql } from '../support/cases.ts';
import { accountOf, type Jobs, jobsOn } from '../support/jobs.ts';
import { type BareServer, startBareServer } from '../support/postgres/psql-on.ts';
import { remember } from '../support/untouched.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * Rights that somebody had granted in the original, and that nobody can grant in a database that does not exist yet. It is told
 * before the old database is touched, whatever the strategy.
 */

const major = 15;

describe('a foreign server, on a server as Azure runs it', () => {
  let world: World;
  let jobs: Jobs;
  let superuser: Jobs;
  beforeAll(async () => {
    world = await startWorld({ servers: [major], azure: true });
    jobs = jobsOn(world, major);
    superuser = jobsOn(world, major, accountOf(world, world.server(major).superuser));
    await superuser.query('postgres', `GRANT azure_pg_admin TO ${world.login.user}`);
  });
  afterAll(() => world.stop());

  test.each([
    ['foreign-server', 'SERVER "other"'],
    ['foreign-server-2', `SERVER "it's, far"`],
  ])('%s', async (name, what) => {
    const database = await jobs.createDatabase();
    const granting = `CREATE EXTENSION postgres_fdw; GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO ${world.login.user}`;
    await superuser.query(database, granting);
    await jobs.query(database, await caseSql(name));
    const backup = await jobs.backup(database);
    const file = String(backup.outputs['backup_file_name']);
    const unchanged = await remember(jobs, database);
    for (const restore_strategy of ['swap', 'drop']) {
      const message = await unchanged(await jobs.restore(database, file, { inputs: { restore_strategy } }));
      expect(message).toContain(
        'The role "backup_admin" lacks USAGE on the foreign-data wrapper "postgres_fdw" in a new database, where it cannot be granted beforehand, and needs it for ' +
          `${what}.\nRestore as a superuser, or drop what needs the privilege in the original database and make a new backup.`,
      );
    }
    const restored = await superuser.restore(database, file);
    expect(restored.exitCode, restored.log).toBe(0);
  });
});

describe('a parameter that only a superuser may set', () => {
  let world: World;
  let jobs: Jobs;
  let superuser: Jobs;
  beforeAll(async () => {
    world = await startWorld({ servers: [major] });
    jobs = jobsOn(world, major);
    superuser = jobsOn(world, major, accountOf(world, world.server(major).superuser));
  });
  afterAll(() => world.stop());

  test('of functions, is found before the old database is touched, and the remedy helps', async () => {
    const database = await jobs.createDatabase();
    const sql = `CREATE EXTENSION pg_trgm; SELECT show_limit();
      CREATE FUNCTION known() RETURNS int LANGUAGE plpgsql SET pg_trgm.similarity_threshold = 0.4
        AS $$ BEGIN RETURN 1; END $$;
      CREATE SCHEMA "my schema" AUTHORIZATION ${world.login.user};
      CREATE FUNCTION "my schema".f(t text DEFAULT 'x') RETURNS int LANGUAGE sql SET log_min_duration_statement = 0 SET work_mem = '1MB' AS 'SELECT 1';
      CREATE PROCEDURE quiet() LANGUAGE plpgsql SET session_replication_role = replica SET "my.own" = 'x' AS $$ BEGIN NULL; END $$;
      CREATE FUNCTION plain() RETURNS text LANGUAGE plpgsql SET search_path = public AS $$
    BEGIN RETURN '
    SET log_statement TO x'; END $$`;
    await superuser.query(database, sql);
    const file = String((await superuser.backup(database)).outputs['backup_file_name']);
    const unchanged = await remember(superuser, database);
    let remedies: string[] = [];
    for (const restore_strategy of ['swap', 'drop']) {
      const message = await unchanged(await jobs.restore(database, file, { inputs: { restore_strategy } }));
      expect(message).toContain('3 problems');
      expect(message).toContain(
        'parameter log_min_duration_statement, as these functions of the backup do: "my schema.f(text)".',
      );
      expect(message).toContain(
        'parameter session_replication_role, as these functions of the backup do: "public.quiet()".',
      );
      expect(message).toContain('parameter "my.own", as these functions of the backup do: "public.quiet()".');
      remedies = message.match(/GRANT SET ON PARAMETER \S+ TO "\w+";/g) ?? [];
    }
    expect(remedies).toHaveLength(3);
    await superuser.query('postgres', remedies.join(''));
    const restore = await jobs.restore(database, file);
    expect(restore.exitCode, restore.log).toBe(0);
  });
});

describe('a language that is not trusted, and a schema of somebody else', () => {
  let bare: BareServer;
  beforeAll(async () => {
    bare = await startBareServer(major);
    // As if extensions had brought them, or the server's template.
    const sql = `CREATE LANGUAGE rough HANDLER plpgsql_call_handler; CREATE SCHEMA "The's"; CREATE SCHEMA shared;
      GRANT CREATE ON SCHEMA shared TO PUBLIC`;
    await bare.server.createRole('plain', 'secret', '');
    await bare.server.createDatabase('empty', 'plain');
    await bare.server.query(sql, { database: 'empty' });
  });
  afterAll(() => bare.stop());

  const list = `1; 1255 1 FUNCTION The's f(text, integer) x
2; 1255 2 FUNCTION public g() x
3; 1255 3 FUNCTION public in_sql() x
4; 1259 4 TABLE The's note x
5; 1259 5 TABLE shared note x
6; 1259 6 TABLE mine note x
7; 2615 7 SCHEMA - mine x
8; 3079 8 EXTENSION - nowhere x
9; 1417 9 SERVER - far x
`;
  const define = (name: string, schema: string, sql: string): Definition => ({
    name,
    schema,
    owner: '',
    tablespace: '',
    sql,
    dependencies: [],
  });
  const definitions = new Map([
    [
      1,
      define(
        'f(text, integer)',
        "The's",
        `CREATE FUNCTION "The's".f(text, integer) RETURNS int\n    LANGUAGE rough\n    AS $$x$$;`,
      ),
    ],
    [
      2,
      define(
        'g()',
        'public',
        'CREATE FUNCTION public.g() RETURNS int\n    LANGUAGE "rough" STABLE\n    AS $$x$$;',
      ),
    ],
    [
      3,
      define(
        'in_sql()',
        'public',
        'CREATE FUNCTION public.in_sql() RETURNS int\n    LANGUAGE sql\n    AS $$SELECT 1$$;',
      ),
    ],
    [4, define('note', "The's", `CREATE TABLE "The's".note ();`)],
    [5, define('note', 'shared', 'CREATE TABLE shared.note ();')],
    [6, define('note', 'mine', 'CREATE TABLE mine.note ();')],
    [7, define('mine', '', 'CREATE SCHEMA mine;')],
    [8, define('nowhere', '', 'CREATE EXTENSION IF NOT EXISTS nowhere WITH SCHEMA mine;')],
    [9, define('far', '', 'CREATE SERVER far FOREIGN DATA WRAPPER of_nowhere;')],
  ]);
  const context = { entries: parseContents(list), definitions, role: 'plain', major };

  test('are told, and nothing is left', async () => {
    const plain = await bare.psqlAs({ user: 'plain', password: 'secret' });
    const check = lackingPrivilegeFindings({ ...context, superuser: false });
    const state = 'in a new database, where it cannot be granted beforehand, and needs it for';
    const remedy =
      'Restore as a superuser, or drop what needs the privilege in the original database and make a new backup.';
    expect(await check?.(plain, 'empty')).toEqual([
      {
        level: 'error',
        text: `The role "plain" lacks USAGE on the untrusted language "rough" ${state} FUNCTION "The's.f(text, integer)", FUNCTION "public.g()".`,
        remedy,
      },
      {
        level: 'error',
        text: `The role "plain" lacks CREATE on the schema "The's" ${state} FUNCTION "The's.f(text, integer)", TABLE "The's.note".`,
        remedy,
      },
    ]);
    const left = await bare.server.query("SELECT 1 FROM pg_namespace WHERE nspname = 'mine'", {
      database: 'empty',
    });
    expect(left).toEqual([]);
  });

  test('are nothing to a superuser, and nothing is asked where nothing is used', () => {
    expect(lackingPrivilegeFindings({ ...context, superuser: true })).toBeUndefined();
    expect(
      lackingPrivilegeFindings({ ...context, entries: context.entries.slice(2, 3), superuser: false }),
    ).toBeUndefined();
  });
});
