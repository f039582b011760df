import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Account, accountOf, type Jobs, jobsOn, messages, onlyError } from '../support/jobs.ts';
import { installedClients } from '../support/postgres/clients.ts';
import type { PostgresMajor, PostgresServer } from '../support/postgres/postgres-server.ts';
import { errorIn, notesLabelled, summaryNotes, withHidden } from '../support/runner/summary-notes.ts';
import { startWorld, type World } from '../support/world.ts';

const major: PostgresMajor = ((await installedClients()).at(-1)?.major ?? 0) >= 17 ? 17 : 15;

let world: World;
let server: PostgresServer;
let jobs: Jobs;
let superuser: Account;
let backup: string;
let target: string;
beforeAll(async () => {
  world = await startWorld({ servers: [major] });
  server = world.server(major);
  jobs = jobsOn(world, major);
  superuser = accountOf(world, server.superuser);
  await server.query('CREATE ROLE chief');
  const original = await jobs.createDatabase({ name: 'the original' });
  await server.query(sample, { database: original });
  const made = await jobsOn(world, major, superuser).backup(original);
  expect(made.exitCode, made.log).toBe(0);
  backup = made.outputs['backup_file_name'] ?? '';
  target = await jobs.createDatabase({ name: 'the target', sql: 'CREATE TABLE note AS SELECT 1 AS id' });
});
afterAll(() => world.stop());

/** What a plain role can restore, what it cannot, and what it can do without. */
const sample = `
  CREATE TABLE item AS SELECT 1 AS id; ALTER TABLE item OWNER TO chief;
  CREATE FUNCTION "in ::c"(internal) RETURNS internal LANGUAGE internal AS 'int4in';
  CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
  CREATE EVENT TRIGGER "watch it" ON ddl_command_end EXECUTE FUNCTION watch();
  COMMENT ON EVENT TRIGGER "watch it" IS 'a comment'`;

const options = { pg_restore_options: '--no-security-labels' };

/** What a restore by a plain role warns of. */
const warnings = [
  /^The backup was made of database "the original"; this restore is of "the target"\.$/,
  /^Will not be restored: EVENT TRIGGER "watch it" \(.*\); COMMENT "EVENT TRIGGER "?.*\(what it belongs to is left out\)\.$/,
];

/** The first line of each thing in a list, without its number; statements that belong to it follow on lines of their own. */
const listed = (list: string): string[] =>
  list.split('\n').flatMap((line) => /^\d+\. (.*)$/.exec(line)?.[1] ?? []);

test('all errors are one failure, each warning is one annotation, and all of both are in the summary', async () => {
  const before = [await jobs.text(target), await jobs.databases()];
  await server.query(`ALTER DATABASE "${target}" OWNER TO chief`);
  const session = await server.connect({ database: target });
  await session.query(`BEGIN; SELECT 1; PREPARE TRANSACTION 'in the way'`);
  const restore = await jobs.restore(target, backup, { inputs: { ...options, no_owner: 'false' } });
  await session.query(`ROLLBACK PREPARED 'in the way'`);
  await session.end();
  await server.query(`ALTER DATABASE "${target}" OWNER TO ${world.login.user}`);

  const message = onlyError(restore);
  expect(message.split('\n')[0]).toBe('4 problems block the restore.');
  expect(listed(message)).toEqual([
    'The role "backup_admin" does not own database "the target".',
    'Database "the target" is blocked by 1 prepared transaction.',
    expect.stringMatching(
      /^The backup has objects owned by the roles "postgres", "chief", and the restoring role is not a member/,
    ),
    expect.stringMatching(/^The role "backup_admin" cannot restore FUNCTION "public\.in ::c\(internal\)"/),
    expect.stringMatching(/^Restore as its owner "chief"\. /),
    'To list the prepared transactions, run:',
    expect.stringMatching(/^Restore without owners and privileges /),
    expect.stringMatching(/^Restore as a superuser, or remove what the role cannot restore /),
  ]);
  expect(message).toMatch(/\nDatabase "the target" was not touched by this restore\.$/);
  const warned = messages(restore, 'warning');
  const expected = [/^1 session in database .* \("unnamed" of "postgres"\)/, ...warnings];
  expect(warned).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));

  expect(restore.summary).toMatch(/^### ❌ Restore failed: `the target` was not touched by this restore\n/);
  expect(withHidden(errorIn(restore.summary), restore.hidden)).toBe(message);
  const stillTrue = warned.filter((text) => !text.startsWith('Will not be restored'));
  expect(notesLabelled(restore.summary, /^(?:Note|Not restored)$/)).toEqual(stillTrue);
  expect([await jobs.text(target), await jobs.databases()]).toEqual(before);
});

test('warnings alone do not stop a restore, and stand in its summary once', async () => {
  await server.query('DROP FUNCTION "in ::c"', { database: 'the original' });
  const made = await jobsOn(world, major, superuser).backup('the original');
  const restore = await jobs.restore(target, made.outputs['backup_file_name'] ?? '', { inputs: options });
  expect(restore.exitCode, restore.log).toBe(0);
  const warned = messages(restore, 'warning');
  expect(warned).toEqual(warnings.map((pattern) => expect.stringMatching(pattern)));
  expect(restore.summary).toMatch(/^### ✅ `the target` restored\n/);
  const notes = summaryNotes(restore.summary);
  const inTheEnd = warned.map((text) => text.replace('Will not be restored', 'Not restored'));
  expect(notes.map(({ text }) => text).sort()).toEqual(inTheEnd.toSorted());
  expect(notesLabelled(restore.summary, /^Not restored$/)).toEqual([
    expect.stringMatching(/^Not restored: /),
  ]);
  expect(await jobs.query(target, 'SELECT id FROM item')).toEqual([{ id: 1 }]);
});
