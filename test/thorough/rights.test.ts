import { readFileSync } from 'node:fs';
import { escapeIdentifier as name } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toPaste } from '../../src/postgres/session/sql-text.ts';
import { accountOf, type Jobs, jobsOn, messages } from '../support/jobs.ts';
import { installedClients } from '../support/postgres/clients.ts';
import { everyObject } from '../support/postgres/databases/every-object.ts';
import type { PostgresMajor, PostgresServer } from '../support/postgres/postgres-server.ts';
import { rightsIn } from '../support/postgres/rights.ts';
import type { StepResult } from '../support/runner/step-result.ts';
import { lostPrivileges, noteAbout, summaryNotes } from '../support/runner/summary-notes.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * What everybody may do before and after a restore: nobody but who restores has a right that he had not.
 */
const newest: PostgresMajor = ((await installedClients()).at(-1)?.major ?? 0) >= 17 ? 17 : 15;
/** On 14, everybody may create in schema public. */
const majors: PostgresMajor[] = [14, newest];
const hostile = 'Hostile "role"';
const plain = ['team', 'app', 'reader', hostile, 'stranger', 'weak', 'hr'];
const roles = [...plain, 'chief', 'pg_monitor'];

let world: World;
let server: PostgresServer;
let bySuperuser: Jobs;
let jobs: Jobs;
beforeAll(async () => {
  world = await startWorld({ servers: majors, standIns: true });
  for (const one of world.servers) {
    await one.query(
      `${plain.map((role) => `CREATE ROLE ${name(role)} LOGIN`).join('; ')}; CREATE ROLE chief IN ROLE team`,
    );
    await one.createRole('owner', 'its secret', 'CREATEDB');
  }
});
afterAll(() => world.stop());

function on(major: PostgresMajor): void {
  server = world.server(major);
  jobs = jobsOn(world, major, accountOf(world, { user: 'owner', password: 'its secret' }));
  bySuperuser = jobsOn(world, major, accountOf(world, server.superuser));
}

const script = (file: string, database: string): string =>
  readFileSync(new URL(`../support/postgres/databases/${file}.sql`, import.meta.url), 'utf8')
    .replaceAll(':"database"', name(database))
    .replace('CREATE EXTENSION pg_trgm SCHEMA', 'ALTER EXTENSION pg_trgm SET SCHEMA');

async function made(parts: readonly string[]): Promise<{ database: string; file: string }> {
  const database = await jobs.createDatabase();
  for (const part of parts) {
    const sql =
      part === 'every-object'
        ? `SET ROLE owner; ${everyObject({ without: server.major < 15 ? ['Values', 'What only newer servers know'] : ['Values'] }).sql}`
        : script(part, database);
    await server.query(sql, { database });
  }
  const backup = await bySuperuser.backup(database);
  expect(backup.exitCode, backup.log).toBe(0);
  return { database, file: backup.outputs['backup_file_name'] ?? '' };
}

/** What is tried of things that work with their owner's rights. */
const attempts = [
  'SELECT public.reads()',
  `SELECT public."reads ""(it)""; --"('a', '{}', 'b')`,
  'CALL public.fills(1)',
  'SELECT count(*) FROM public.seen',
  'SELECT count(*) FROM public.seen_twice',
  'SELECT public.sum_of(1)',
  'SELECT count(i) FROM public.stored',
  'INSERT INTO public.ruled VALUES (1)',
  ...['guarded', 'hidden', 'indexed', 'defaulted'].map((t) => `INSERT INTO public.${t} VALUES (1)`),
  'DELETE FROM public.parent',
  'SELECT count(*) FROM public.policed',
  'SELECT public.calls()',
  'SELECT ROW(1)::public.pair::bigint',
  'SELECT OPERATOR(public.#) ROW(1)::public.pair',
  'SELECT public.reads_pay()',
  'SELECT public.closed()',
  'SELECT public.plain()',
];

/** What roles get for it: lines like `stranger: SELECT public.reads() gives 1`; what is refused is in no line. */
async function effects(database: string): Promise<string[]> {
  const session = await server.connect({ database });
  const found: string[] = [];
  for (const role of plain) {
    for (const sql of attempts) {
      await session.query(`BEGIN; SET LOCAL ROLE ${name(role)}`);
      const outcome = await session.query<Record<string, unknown>>(sql).then(
        ({ rows: [row] }) => `${role}: ${sql} gives ${Object.values(row ?? {}).join()}`,
        () => undefined,
      );
      await session.query('ROLLBACK');
      if (outcome !== undefined) found.push(outcome);
    }
  }
  await session.end();
  return found;
}

const access = async (database: string): Promise<string[]> => [
  ...(await rightsIn(server, database, roles)),
  ...(await effects(database)),
];

function gained(before: readonly string[], after: readonly string[]): string[] {
  const had = new Set(before);
  return after.filter((right) => !had.has(right) && !right.startsWith('default '));
}

/** Without the line that says where they are to be run. Names may have lines of their own. */
const statements = (sql: string): string[] =>
  sql
    .replace(/^(--.*)?\n/, '')
    .split(/(?<=;)\n/)
    .filter((one) => one !== '');

describe.each(majors)('the big database with every kind of object on %i, restored by default', (major) => {
  let database: string;
  let file: string;
  let before: string[];
  beforeAll(async () => {
    on(major);
    ({ database, file } = await made(['every-object', 'owner-rights', 'privileges']));
    before = await access(database);
  });

  /** Only what the role may not take away, which an administrator is told to. */
  const beyondTheRole =
    / (on function (pg_catalog\.pg_sleep|plain\.show_trgm)\(|on language plpgsql$|on view pg_catalog\.pg_stat_activity$)/;

  test.each([
    ['in the place of the old one', 'swap', false, /^$/],
    // pg_dump writes nothing of the type that each table has.
    ['where there is none', 'drop', true, /USAGE on type plain\.item(\[\])?$/],
  ])('%s, by %s: nobody has a right that he had not before', async (_, restore_strategy, gone, unknown) => {
    if (gone) await server.query(`DROP DATABASE ${name(database)}`);
    const restore = await jobs.restore(database, file, { inputs: { restore_strategy } });
    expect(restore.exitCode, restore.log).toBe(0);
    const more = gained(before, await access(database));
    expect(more.filter((right) => !beyondTheRole.test(right) && !unknown.test(right))).toEqual([]);
    expect(more).not.toEqual([]);

    const { sql } = noteAbout(restore.summary, lostPrivileges, world.login.user);
    const [, forAdministrator = ''] = sql.split('-- The rest as an administrator of the server:');
    await server.query(
      statements(forAdministrator)
        .filter((statement) => /^REVOKE /.test(statement))
        .join('\n'),
      { database },
    );
    expect(gained(before, await access(database)).filter((right) => !unknown.test(right))).toEqual([]);
    // What is made later is as closed as it would have been.
    await jobs.query(database, 'CREATE FUNCTION plain.later() RETURNS int LANGUAGE sql AS $$SELECT 1$$');
    expect(await rightsIn(server, database, ['stranger'])).not.toContain(
      'stranger: EXECUTE on function plain.later()',
    );
    await jobs.query(database, 'DROP FUNCTION plain.later()');
    expect(noteAbout(restore.summary, /^Privileges that had been revoked/).text).toMatch(
      /are revoked in the restored ".*", too\.$/,
    );
  });
});

test('with drop, where the session ends that would withdraw rights, nobody gets in until the SQL of the summary is run', async () => {
  on(newest);
  const database = await jobs.createDatabase({
    sql: `CREATE FUNCTION closed() RETURNS int LANGUAGE sql AS 'SELECT 1'; REVOKE EXECUTE ON FUNCTION closed() FROM PUBLIC`,
  });
  const sql = `CREATE FUNCTION ends() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); END';
    CREATE EVENT TRIGGER ended ON ddl_command_start WHEN TAG IN ('REVOKE') EXECUTE FUNCTION ends()`;
  await server.query(sql, { database });
  const { outputs } = await bySuperuser.backup(database);
  const restore = await bySuperuser.restore(database, outputs['backup_file_name'] ?? '', {
    inputs: { restore_strategy: 'drop' },
  });
  expect(restore.exitCode, restore.log).toBe(0);
  const note = noteAbout(restore.summary, /^Only "postgres" can connect to database/);
  expect(messages(restore, 'warning').join('\n')).toContain(
    'since privileges of others in it could not be revoked',
  );
  const byStranger = { database, user: 'owner', password: 'its secret' };
  await expect(server.query('SELECT 1', byStranger)).rejects.toMatchObject({ code: '42501' });

  await server.query('ALTER EVENT TRIGGER ended DISABLE', { database });
  const [inside = '', outside = ''] = note.sql.split('-- Then, in database postgres:');
  await server.query(inside, { database });
  await server.query(outside);
  await server.query('SELECT 1', byStranger);
  await expect(server.query('SELECT public.closed()', byStranger)).rejects.toMatchObject({ code: '42501' });
});

describe('what works with the rights of its owner', () => {
  let database: string;
  let file: string;
  let before: string[];
  let definersBefore: string[];
  beforeAll(async () => {
    on(newest);
    ({ database, file } = await made(['owner-rights']));
    before = await access(database);
    definersBefore = await definers();
  });
  const withheld = (restore: StepResult): string =>
    noteAbout(restore.summary, /^PUBLIC can no longer use/).sql;
  const functions = [
    'GRANT EXECUTE ON FUNCTION public."reads ""(it)""; --"("char", numeric[], text[]) TO PUBLIC;',
    'GRANT EXECUTE ON FUNCTION public."hides\n    AS ""(it)""; --"() TO PUBLIC;',
    'GRANT EXECUTE ON FUNCTION public.apart(double precision, double precision) TO PUBLIC;',
    'GRANT EXECUTE ON FUNCTION public.count_by(public.pair) TO PUBLIC;',
    'GRANT EXECUTE ON FUNCTION public.fixed(integer) TO PUBLIC;',
    'GRANT EXECUTE ON FUNCTION public.sees() TO PUBLIC;',
    'GRANT EXECUTE ON FUNCTION public.reads() TO PUBLIC;',
    'GRANT EXECUTE ON FUNCTION public.reads_pay() TO PUBLIC;',
    'GRANT EXECUTE ON FUNCTION public.step(integer, integer) TO PUBLIC;',
    'GRANT EXECUTE ON FUNCTION public.sum_of(integer) TO PUBLIC;',
    'GRANT EXECUTE ON PROCEDURE public.fills(integer) TO PUBLIC;',
  ];

  const definers = async (): Promise<string[]> => {
    const found = await server.query<{ name: string }>(
      `SELECT proname AS name FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace ORDER BY 1`,
      { database },
    );
    return found.map((one) => one.name);
  };
  const ofTriggers = [
    'ALTER FUNCTION public."hides\n    AS ""(it)""; --"() SECURITY DEFINER;',
    'ALTER FUNCTION public.apart(double precision, double precision) SECURITY DEFINER;',
    'ALTER FUNCTION public.guards() SECURITY DEFINER;',
    'ALTER FUNCTION public.sees() SECURITY DEFINER;',
  ];

  test('is withheld from everybody, and the SQL of the summary gives it back', async () => {
    const restore = await jobs.restore(database, file);
    expect(restore.exitCode, restore.log).toBe(0);
    expect(gained(before, await access(database))).toEqual([]);
    const warning = `${messages(restore, 'warning').join('\n')}\n${restore.log}`;
    for (const told of [
      'VIEW "public.seen" (before: "weak")',
      'MATERIALIZED VIEW "public.stored" (before: "weak")',
      'TABLE "public.child" (before: "weak"), TABLE "public.ruled" (before: "weak")',
      'and users of these objects, which run with its rights already, can get at that: FUNCTION "public.reads_pay()", AGGREGATE "public.sum_of(integer)"',
      '11 privileges of PUBLIC to use them will be revoked, and 4 functions called by triggers and the like will be SECURITY INVOKER',
    ])
      expect(warning).toContain(told);
    const sql = withheld(restore);
    expect(statements(sql).toSorted()).toEqual(functions.map(toPaste).toSorted());
    await jobs.query(database, sql);
    const rights = await rightsIn(server, database, ['stranger']);
    const was = before.filter((right) => /^stranger: EXECUTE on .* public\./.test(right));
    expect(rights.filter((right) => was.includes(right))).toEqual(was);
    expect(was.length).toBeGreaterThan(functions.length);
    expect(gained(before, await effects(database))).not.toEqual([]);
  });

  test('is withheld in triggers, too, and stands apart from the rights that may be given back without a look', async () => {
    await server.query(`DROP DATABASE ${name(database)}`);
    const restore = await jobs.restore(database, file);
    expect(restore.exitCode, restore.log).toBe(0);
    const note = (pattern: RegExp): string => noteAbout(restore.summary, pattern).sql;
    await jobs.query(database, note(lostPrivileges));
    expect(gained(before, await access(database))).toEqual([]);
    expect(await rightsIn(server, database, ['weak'])).toContain('weak: INSERT on table public.guarded');

    const apart = note(/^Kept apart: privileges/);
    expect(
      statements(apart).filter(
        (sql) =>
          !/ ON TABLE public\.(seen|seen_twice|stored|ruled|parent) TO | ON (FUNCTION|PROCEDURE) /.test(sql),
      ),
    ).toEqual([]);
    expect(await definers()).toEqual(
      definersBefore.filter((one) => !/^(apart|guards|hides.*|sees)$/s.test(one)),
    );
    const back = note(/functions? called by triggers (?:is|are) SECURITY INVOKER now/);
    expect(statements(back).toSorted()).toEqual(ofTriggers.map(toPaste).toSorted());
    await jobs.query(database, `${back}\n${apart}`);
    expect(await definers()).toEqual(definersBefore);
    expect(gained(before, await effects(database))).toEqual(
      expect.arrayContaining([
        'stranger: SELECT count(*) FROM public.seen gives 1',
        ...['INSERT INTO public.guarded VALUES (1)', 'DELETE FROM public.parent'].map(
          (sql) => `stranger: ${sql} gives `,
        ),
      ]),
    );
  });

  test('is withheld in extensions that belong to whoever creates them', async () => {
    const other = await jobs.createDatabase();
    const extension = `GRANT CREATE ON DATABASE ${name(other)} TO weak; CREATE SCHEMA tools AUTHORIZATION weak; SET ROLE weak; CREATE EXTENSION helpers SCHEMA tools; GRANT USAGE ON SCHEMA tools TO PUBLIC`;
    await server.query(extension, { database: other });
    const { outputs } = await bySuperuser.backup(other);
    const restore = await jobs.restore(other, outputs['backup_file_name'] ?? '');
    expect(restore.exitCode, restore.log).toBe(0);
    await jobs.query(other, noteAbout(restore.summary, lostPrivileges, world.login.user).sql);
    const byStranger = async (what: string): Promise<unknown> => {
      const sql = `SET ROLE stranger; SELECT ${what} AS found`;
      return server.query(sql, { database: other }).catch(({ code }: { code?: string }) => code);
    };
    expect(await byStranger('tools.harmless()')).toEqual([{ found: 'stranger' }]);
    for (const what of ['tools.helper()', 'one FROM tools.helped'])
      expect(await byStranger(what)).toBe('42501');
    expect(statements(withheld(restore))).toEqual([
      'GRANT EXECUTE ON FUNCTION tools.helper() TO PUBLIC;',
      'GRANT SELECT ON TABLE tools.helped TO PUBLIC;',
    ]);
    const back = noteAbout(
      restore.summary,
      /functions? called by triggers (?:is|are) SECURITY INVOKER now/,
    ).sql;
    expect(statements(back)).toEqual(['ALTER FUNCTION tools.helper_of_trigger() SECURITY DEFINER;']);
    await jobs.query(other, `${withheld(restore)}\n${back}`);
    expect(await byStranger('tools.helper()')).toEqual([{ found: 'owner' }]);
  });

  test('where a superuser restores, what was done for everybody who makes something, too', async () => {
    const other = await jobs.createDatabase();
    const ofEvents = 'CREATE EVENT TRIGGER seen ON ddl_command_start EXECUTE FUNCTION public.sees()';
    await server.query(`${script('owner-rights', other)}; ${ofEvents}`, { database: other });
    const wasThere = await access(other);
    const backup = await bySuperuser.backup(other);
    const restore = await bySuperuser.restore(other, backup.outputs['backup_file_name'] ?? '');
    expect(restore.exitCode, restore.log).toBe(0);
    const rowsByStranger = async (): Promise<unknown[]> => {
      const table = 'SET ROLE stranger; CREATE TEMPORARY TABLE made (); RESET ROLE; SELECT * FROM public.log';
      await server.query('TRUNCATE public.log', { database: other });
      return server.query(table, { database: other });
    };
    expect(await rowsByStranger()).toEqual([]);
    await server.query(noteAbout(restore.summary, lostPrivileges, world.login.user).sql, { database: other });
    expect(gained(wasThere, await access(other))).toEqual([]);
    await server.query(
      noteAbout(restore.summary, /functions? called by triggers (?:is|are) SECURITY INVOKER now/).sql,
      { database: other },
    );
    expect(await rowsByStranger()).toEqual([{ i: 0 }]);
  });

  test('with the rights of the backup too, which stay with the roles that it names', async () => {
    const restore = await jobs.restore(database, file, { inputs: { no_privileges: 'false' } });
    expect(restore.exitCode, restore.log).toBe(0);
    const of = (lines: readonly string[]): string[] => lines.filter((line) => !line.startsWith('app: '));
    expect(gained(of(before), of(await access(database)))).toEqual([]);
    expect(messages(restore, 'warning').join('\n')).toContain(
      'The backup\'s own grants let "app" use them: no_privileges: true leaves those out.',
    );
    const sql = withheld(restore);
    expect(statements(sql).toSorted()).toEqual(
      [
        ...functions.map(toPaste),
        'GRANT DELETE ON TABLE public.parent TO PUBLIC;',
        'GRANT INSERT ON TABLE public.ruled TO PUBLIC;',
        'GRANT SELECT ON TABLE public.seen TO PUBLIC;',
        'GRANT SELECT ON TABLE public.seen_twice TO PUBLIC;',
        'GRANT SELECT(i) ON TABLE public.stored TO PUBLIC;',
      ].toSorted(),
    );
    await jobs.query(database, sql);
    const rights = await rightsIn(server, database, ['stranger']);
    expect(before.filter((right) => right.startsWith('stranger: ') && !rights.includes(right))).toEqual(
      before.filter((right) => / gives /.test(right) && right.startsWith('stranger: ')),
    );
  });

  test('stays as it was where that is asked for', async () => {
    const restore = await jobs.restore(database, file, {
      inputs: { keep_public_rights: 'true', restore_strategy: 'drop' },
    });
    expect(restore.exitCode, restore.log).toBe(0);
    expect(summaryNotes(restore.summary).some(({ text }) => /^Everybody/.test(text))).toBe(false);
    expect(messages(restore, 'warning').join('\n')).toContain(
      'PUBLIC keeps 11 privileges to use them, and 4 functions called by triggers and the like remain SECURITY DEFINER',
    );
    expect(await effects(database)).toContain('stranger: SELECT public.reads() gives 1');
    expect(await effects(database)).not.toContain('stranger: SELECT public.closed() gives owner');
  });
});
