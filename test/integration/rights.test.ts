import { readFileSync } from 'node:fs';
import { escapeIdentifier as name } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountOf, type Jobs, jobsOn, messages } from '../support/jobs.ts';
import { installedClients } from '../support/postgres/clients.ts';
import { everyObject } from '../support/postgres/databases/every-object.ts';
import type { PostgresMajor, PostgresServer } from '../support/postgres/postgres-server.ts';
import { rightsIn } from '../support/postgres/rights.ts';
import type { StepResult } from '../support/runner/step-result.ts';
import { noteAbout, summaryNotes } from '../support/runner/summary-notes.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * What everybody may do before and after a restore: nobody but who restores has a right that he had not.
 */
const major: PostgresMajor = ((await installedClients()).at(-1)?.major ?? 0) >= 17 ? 17 : 15;
const hostile = 'Hostile "role"';
const plain = ['team', 'app', 'reader', hostile, 'stranger', 'weak', 'hr'];
const roles = [...plain, 'chief', 'pg_monitor'];

let world: World;
let server: PostgresServer;
let bySuperuser: Jobs;
let jobs: Jobs;
beforeAll(async () => {
  world = await startWorld({ servers: [major] });
  server = world.server(major);
  await server.query(
    `${plain.map((role) => `CREATE ROLE ${name(role)} LOGIN`).join('; ')}; CREATE ROLE chief IN ROLE team`,
  );
  jobs = jobsOn(world, major, accountOf(world, await server.createRole('owner', 'its secret', 'CREATEDB')));
  bySuperuser = jobsOn(world, major, accountOf(world, server.superuser));
});
afterAll(() => world.stop());

const script = (file: string, database: string): string =>
  readFileSync(new URL(`../support/postgres/databases/${file}.sql`, import.meta.url), 'utf8')
    .replaceAll(':"database"', name(database))
    .replace('CREATE EXTENSION pg_trgm SCHEMA', 'ALTER EXTENSION pg_trgm SET SCHEMA');

async function made(parts: readonly string[]): Promise<{ database: string; file: string }> {
  const database = await jobs.createDatabase();
  for (const part of parts) {
    const sql =
      part === 'every-object'
        ? `SET ROLE owner; ${everyObject({ without: ['Values'] }).sql}`
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

const statements = (sql: string): string[] => sql.split('\n').filter((line) => !line.startsWith('--'));

describe('the big database with every kind of object, restored by default', () => {
  let database: string;
  let file: string;
  let before: string[];
  beforeAll(async () => {
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

    const { sql } = noteAbout(restore.summary, /^Rights that were granted/);
    const [, forAdministrator = ''] = sql.split('-- The rest is for an administrator of the server.');
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
    expect(noteAbout(restore.summary, /^Rights that had been withdrawn/).text).toMatch(
      /are withdrawn in the restored ".*", too\.$/,
    );
  });
});

describe('what works with the rights of its owner', () => {
  let database: string;
  let file: string;
  let before: string[];
  beforeAll(async () => {
    ({ database, file } = await made(['owner-rights']));
    before = await access(database);
  });
  const withheld = (restore: StepResult): string =>
    noteAbout(restore.summary, /^Everybody \(PUBLIC\) may not use/).sql;
  const functions = [
    'GRANT EXECUTE ON FUNCTION public."reads ""(it)""; --"("char", numeric[], text[]) TO PUBLIC;',
    'GRANT EXECUTE ON FUNCTION public.reads() TO PUBLIC;',
    'GRANT EXECUTE ON FUNCTION public.reads_pay() TO PUBLIC;',
    'GRANT EXECUTE ON FUNCTION public.step(integer, integer) TO PUBLIC;',
    'GRANT EXECUTE ON FUNCTION public.sum_of(integer) TO PUBLIC;',
    'GRANT EXECUTE ON PROCEDURE public.fills(integer) TO PUBLIC;',
  ];

  test('is withheld from everybody, and the SQL of the summary gives it back', async () => {
    const restore = await jobs.restore(database, file);
    expect(restore.exitCode, restore.log).toBe(0);
    expect(gained(before, await access(database))).toEqual([]);
    const warning = messages(restore, 'warning').join('\n');
    for (const told of [
      'VIEW "public.seen" (before: "weak")',
      'MATERIALIZED VIEW "public.stored" (before: "weak")',
      'TABLE "public.ruled" (before: "weak")',
      'and so do the users of what works with its rights already get at that: FUNCTION "public.reads_pay()", AGGREGATE "public.sum_of(integer)"',
      '6 rights of everybody (PUBLIC) to use them will be withdrawn',
    ])
      expect(warning).toContain(told);
    const sql = withheld(restore);
    expect(statements(sql).toSorted()).toEqual(functions.toSorted());
    await jobs.query(database, sql);
    const rights = await rightsIn(server, database, ['stranger']);
    const was = before.filter((right) => /^stranger: EXECUTE on .* public\./.test(right));
    expect(rights.filter((right) => was.includes(right))).toEqual(was);
    expect(was.length).toBeGreaterThan(functions.length);
    expect(gained(before, await effects(database))).not.toEqual([]);
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
        ...functions,
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
    expect(messages(restore, 'warning').join('\n')).toContain('Everybody (PUBLIC) keeps 6 rights');
    expect(await effects(database)).toContain('stranger: SELECT public.reads() gives 1');
    expect(await effects(database)).not.toContain('stranger: SELECT public.closed() gives owner');
  });
});
