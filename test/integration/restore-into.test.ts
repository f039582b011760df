import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Failure } from '../../src/failure.ts';
import { type RestoreOrder, restoreInto } from '../../src/postgres/restore.ts';
import { caseSql } from '../support/cases.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';
import { clientOf, installedClients } from '../support/postgres/clients.ts';
import type { Login } from '../support/postgres/postgres-server.ts';
import { type BareServer, startBareServer } from '../support/postgres/psql-on.ts';

const majors = (await installedClients()).map(({ major }) => major);

/** A table whose rows its own check refuses, by the time that they are restored, and an index that takes a minute. */
const refusing = (rows: string): string => `
  CREATE FUNCTION ok(int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true';
  CREATE FUNCTION slow(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN $1; END';
  CREATE TABLE first (id int, CHECK (ok(id)));
  INSERT INTO first ${rows};
  CREATE TABLE second AS SELECT 1 AS id;
  CREATE INDEX ON second (slow(id));
  CREATE OR REPLACE FUNCTION ok(int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT false';
  CREATE OR REPLACE FUNCTION slow(int) RETURNS int IMMUTABLE LANGUAGE plpgsql
    AS 'BEGIN PERFORM pg_sleep(60); RETURN $1; END';`;

describe.skipIf(!majors.includes(15)).each(majors)('pg_restore %i into a server 15', (major) => {
  let bare: BareServer;
  let folder: TemporaryFolder;
  let owner: Login;
  let number = 0;
  beforeAll(async () => {
    bare = await startBareServer(15);
    folder = await makeTemporaryFolder('restore-into');
    owner = await bare.server.createRole('owner', 'secret', 'CREATEDB');
  });
  afterAll(async () => {
    await bare.stop();
    await folder.remove();
  });

  /** Makes an archive of a database that is made with `sql`, and restores it into an empty one, from a file unless told. */
  async function restored(sql: string, { archive, ...order }: Partial<RestoreOrder> = {}) {
    const [original, database] = [`original_${++number}`, `restored_${number}`];
    await bare.server.createDatabase(original, owner.user);
    await bare.server.createDatabase(database, owner.user);
    await bare.server.query(sql, { database: original, ...owner });
    const { connection } = await bare.psqlAs(owner);
    const file = join(folder.path, `${original}.dump`);
    // The oldest client's archive is read by all.
    await promisify(execFile)(bare.client.pg_dump, ['-Fc', `--file=${file}`, original], {
      env: connection.env,
    });
    const { psql, pg_dump: pgDump, pg_restore: pgRestore } = await clientOf(major);
    const entries: string[] = [];
    const messages: string[] = [];
    const failure = await restoreInto(
      { major, version: String(major), psql, pgDump, pgRestore },
      connection,
      bare.server,
      {
        ...{ database, passes: [{ jobs: 1 }], noOwner: true, noPrivileges: true, options: [], ...order },
        archive: archive === 'stream' ? createReadStream(file) : file,
      },
      { onEntry: (entry) => entries.push(entry), onMessage: (line) => messages.push(line) },
      AbortSignal.timeout(50_000),
    ).then(
      () => undefined,
      (error: unknown) => {
        if (error instanceof Failure) return error.explanation;
        throw error;
      },
    );
    const tables = await bare.server.query<{ name: string }>(
      "SELECT relname::text AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1",
      { database },
    );
    return { failure, entries, messages, tables: tables.map(({ name }) => name), database };
  }

  test('restores, and no word is said of a parameter that the server does not know', async () => {
    const { failure, messages, tables } = await restored('CREATE TABLE note AS SELECT 1 AS id');
    expect(failure).toBeUndefined();
    expect(messages).toEqual([]);
    expect(tables).toEqual(['note']);
  });

  test('does so with several sessions at once', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const sql = names.map((name) => `CREATE TABLE ${name} AS SELECT 1 AS id; CREATE INDEX ON ${name} (id)`);
    const { failure, messages, tables } = await restored(sql.join(';'), { passes: [{ jobs: 3 }] });
    expect(failure).toBeUndefined();
    expect(messages).toEqual([]);
    expect(tables).toEqual(names.flatMap((name) => [name, `${name}_id_idx`]));
  });

  test('with several sessions, too, the first error ends all of them, and is that of its entry', async () => {
    const { failure, database } = await restored(refusing('VALUES (1)'), { passes: [{ jobs: 2 }] });
    expect(failure?.cause).toMatch(/^TABLE DATA first owner: COPY failed for table "first": /);
    const left = await bare.server.query(`SELECT 1 FROM pg_stat_activity WHERE datname = '${database}'`);
    expect(left).toEqual([]);
  });

  test('tells of sessions that wait for each other whose they are, and how to go on', async () => {
    // In one call, which the action does not make of this one, it happens nine times of ten.
    const sql = await caseSql('nested-partition-indexes-2');
    for (let attempt = 0; attempt < 10; attempt++) {
      const { failure } = await restored(sql, { passes: [{ jobs: 8 }] });
      if (!failure?.cause.includes('deadlock detected')) continue;
      expect(failure.advice).toMatch(/^Sessions of this restore have waited for each other, .* jobs: 1\.$/);
      return;
    }
    expect.fail('Nothing had to wait for each other');
  });

  test('restores what comes as a stream', async () => {
    const { failure, messages, tables } = await restored('CREATE TABLE note AS SELECT 1 AS id', {
      archive: 'stream',
    });
    expect(failure).toBeUndefined();
    expect(messages).toEqual([]);
    expect(tables).toEqual(['note']);
  });

  test('ends at the first error, long before the work that is left would be done', async () => {
    const { failure, entries, messages, database } = await restored(refusing('VALUES (1)'));
    expect(failure?.cause).toMatch(
      /^TABLE DATA first owner: COPY failed for table "first": .*check constraint/,
    );
    expect(failure?.advice).toMatch(/in the original database/i);
    expect(messages.join('\n')).toContain('COPY failed');
    expect(messages.join('\n')).not.toContain('INDEX');
    expect(entries.at(-1)).toMatch(/data for table/);
    const left = await bare.server.query(`SELECT 1 FROM pg_stat_activity WHERE datname = '${database}'`);
    expect(left).toEqual([]);
  });

  test('restores only what further options choose', async () => {
    const sql = 'CREATE TABLE wanted AS SELECT 1 AS id; CREATE TABLE other AS SELECT 1 AS id';
    const { failure, tables } = await restored(sql, { options: ['--table=wanted'] });
    expect(failure).toBeUndefined();
    expect(tables).toEqual(['wanted']);
  });
});
