import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, type Psql, runScript } from '../../src/postgres/session/psql.ts';
import { openSession } from '../../src/postgres/session/session.ts';
import { identifier, literal, toPaste } from '../../src/postgres/session/sql-text.ts';
import { tryEach } from '../../src/postgres/session/try-statements.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';
import { installedClients } from '../support/postgres/clients.ts';
import { lackFor, titled } from '../support/postgres/describe-on.ts';
import { type BareServer, startBareServer } from '../support/postgres/psql-on.ts';

const newest = (await installedClients()).at(-1)?.major ?? 0;
const major = newest >= 17 ? 17 : 15;

let bare: BareServer;
let folder: TemporaryFolder;
let psql: Psql;
beforeAll(async () => {
  folder = await makeTemporaryFolder('psql');
  bare = await startBareServer(major);
  const login = await bare.server.createRole('plain', 'secret');
  psql = await bare.psqlAs(login);
  await bare.server.query(`ALTER DATABASE postgres SET search_path TO public, pg_catalog;
    ALTER ROLE plain SET search_path TO one; ALTER ROLE plain IN DATABASE postgres SET search_path TO two, public;
    ALTER ROLE plain IN DATABASE postgres SET quote_all_identifiers TO on`);
});
afterAll(async () => {
  await bare.stop();
  await folder.remove();
});

describe('a statement that a person is to run is on one line, and means what it says', () => {
  test.each(['two\nlines', 'tab\t, "quotes", it\'s \\ no newline', '\u202eturned\r\n', '\u0001\u2028\\'])(
    'the name and the value %j',
    async (name) => {
      const create = toPaste(`CREATE ROLE ${identifier(name)};`);
      const find = toPaste(`SELECT count(*) FROM pg_roles WHERE rolname = ${literal(name)};`);
      for (const sql of [create, find]) expect(sql).not.toMatch(/[\p{Cc}\u2028-\u202e]/u);
      await bare.server.query(create);
      for (const way of ['on', 'off']) {
        const script = `SET standard_conforming_strings TO ${way};\n${find}\n`;
        expect(await runScript(psql, 'postgres', script)).toBe('1\n');
      }
      // As psql reads it, which has a lexer of its own.
      const change = runScript(psql, 'postgres', toPaste(`ALTER ROLE ${identifier(name)} LOGIN;`));
      await expect(change).rejects.toMatchObject({ stderr: expect.stringContaining('permission denied') });
      await bare.server.query(toPaste(`DROP ROLE ${identifier(name)};`));
    },
  );
});

const schemas = 'SELECT array_to_json(current_schemas(true))';

describe('in each session of ours a name without a schema is the system’s', () => {
  test('a script', async () => {
    expect(await runScript(psql, 'postgres', `SHOW search_path; ${schemas};`)).toBe('""\n["pg_catalog"]\n');
  });

  test('a question, whose session is left as it was', async () => {
    expect(await ask(psql, 'postgres', schemas)).toEqual(['pg_catalog']);
    const left = `DO $$ BEGIN ASSERT current_setting('search_path') = 'two, public'; END $$`;
    expect(await ask(psql, 'postgres', `${schemas}; ${left}`)).toEqual(['pg_catalog']);
  });

  test('a session that stays', async () => {
    const session = await openSession(psql, 'postgres', { applicationName: 'x' });
    expect(await session.run(schemas)).toBe('["pg_catalog"]');
    await expect(session.run('SELECT 1 / 0')).rejects.toMatchObject({
      stderr: expect.stringContaining('division by zero'),
    });
    expect(await session.run('SHOW search_path')).toBe('""');
    await session.close();
  });

  test('statements of which some may fail', async () => {
    const check = (path: string) =>
      `DO $$ BEGIN IF current_setting('search_path') <> '${path}' THEN RAISE '%', current_setting('search_path'); END IF; END $$`;
    expect(await tryEach(psql, 'postgres', [check('""'), check('other'), check('""')])).toEqual([
      undefined,
      '""',
      undefined,
    ]);
  });
});

describe('values reach a script as they are, and by no command line', () => {
  const hostile = `${String.raw`a'b"c \n :x :'x' %s $1 `}\n\r\n\t\`echo x\` é😀\\`;
  const roles = Array.from({ length: 4_000 }, (_, i) => `role ${i} ${'x'.repeat(50)}`).join(',');
  test.each([
    ['with all that means something somewhere', hostile],
    ['longer than a command line may be', roles],
    ['that is empty', ''],
  ])('one %s', async (_, value) => {
    const calls = path.join(folder.path, 'arguments');
    const program = path.join(folder.path, 'psql');
    const all = `{ printf '%s\\n' "$@"; } >> ${calls}; exec ${psql.program} "$@"`;
    await writeFile(program, `#!/bin/sh\n${all}\n`, { mode: 0o755 });
    const watched = { ...psql, program };
    const query = "SELECT to_json(:'value'::text)";
    expect(JSON.parse(await runScript(watched, 'postgres', `${query};`, { value }))).toBe(value);
    expect(await ask(watched, 'postgres', query, { value })).toBe(value);
    const session = await openSession(watched, 'postgres', { applicationName: 'x' });
    expect(JSON.parse(await session.run(query, { value }))).toBe(value);
    await session.close();
    const told = await readFile(calls, 'utf8');
    expect(told).toContain('--no-psqlrc');
    expect(told).not.toMatch(/value|role 1/);
    expect(told).not.toContain(psql.connection.user);
  });
});

const lack = lackFor(17);
describe.skipIf(lack !== undefined)(titled('a login trigger, which older servers do not have', lack), () => {
  test('runs by the search_path that it was written for', async () => {
    await bare.server.createDatabase('guarded');
    const session = { database: 'guarded' };
    await bare.server.query(
      `ALTER ROLE plain IN DATABASE guarded SET search_path TO audit; ALTER DATABASE guarded SET search_path TO audit; CREATE SCHEMA audit; GRANT USAGE ON SCHEMA audit TO PUBLIC;
      CREATE TABLE audit.login (role text); GRANT INSERT ON audit.login TO PUBLIC;
      CREATE FUNCTION audit.note_login() RETURNS event_trigger LANGUAGE plpgsql AS
        $$ BEGIN INSERT INTO login VALUES (session_user); END $$;
      CREATE EVENT TRIGGER note_login ON login EXECUTE FUNCTION audit.note_login()`,
      session,
    );
    expect(await ask(psql, 'guarded', schemas)).toEqual(['pg_catalog']);
    await runScript(psql, 'guarded', 'SELECT 1;');
    await (await openSession(psql, 'guarded', { applicationName: 'x' })).close();
    const rows = await bare.server.query("SELECT FROM audit.login WHERE role = 'plain'", session);
    expect(rows).toHaveLength(3);
  });
});
