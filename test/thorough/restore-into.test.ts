import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Failure } from '../../src/base/failure.ts';
import { entryOf } from '../../src/postgres/restore/errors/messages.ts';
import { type RestoreOrder, restoreInto } from '../../src/postgres/restore/pg-restore.ts';
import { environmentOf } from '../../src/postgres/session/connection.ts';
import { caseSql } from '../support/cases.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';
import { clientOf, installedClients } from '../support/postgres/clients.ts';
import { ownLackFor, titled } from '../support/postgres/describe-on.ts';
import type { Login } from '../support/postgres/postgres-server.ts';
import { type BareServer, startBareServer } from '../support/postgres/psql-on.ts';

const majors = (await installedClients()).map(({ major }) => major);

/** A table whose rows its own check refuses, by the time that they are restored, and an index that takes a minute. */
const refusing = (rows: string, seconds = 60): string => `
  CREATE FUNCTION ok(int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true';
  CREATE FUNCTION slow(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN $1; END';
  CREATE TABLE first (id int, CHECK (ok(id)));
  INSERT INTO first ${rows};
  CREATE TABLE second AS SELECT 1 AS id;
  CREATE INDEX ON second (slow(id));
  CREATE OR REPLACE FUNCTION ok(int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT false';
  CREATE OR REPLACE FUNCTION slow(int) RETURNS int IMMUTABLE LANGUAGE plpgsql
    AS 'BEGIN PERFORM pg_sleep(${seconds}); RETURN $1; END';`;

/** Two rows that nobody else may see, and a function that takes them, until it is made anew: from then on it says what is in them. */
const secretRows = `
  CREATE TABLE t (ssn text);
  INSERT INTO t VALUES ('SSN-123-45-6789'), (E'SSN-9 (a)=(b)\\nCONTEXT:  SSN-8 "SSN-7"');
  CREATE FUNCTION f(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT md5($1)';
  CREATE FUNCTION n(text) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1';
  CREATE FUNCTION ok(text) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true';`;

const plpgsql = (body: string): string =>
  `CREATE OR REPLACE FUNCTION n(text) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$BEGIN ${body}; RETURN 1; END$$;`;
const sql = (body: string): string =>
  `CREATE OR REPLACE FUNCTION n(text) RETURNS int IMMUTABLE LANGUAGE sql AS $$SELECT ${body}$$;`;
const index = 'CREATE INDEX i ON t (n(ssn));';
const filled = `CREATE MATERIALIZED VIEW mv AS SELECT n(ssn) FROM t;`;

/** Archives whose restore fails with a message in which the server has a value of a row, and what is shown of it. */
const telling: Record<string, { sql: string; shown: RegExp }> = {
  'an index, by a function that raises what it likes': {
    sql: index + plpgsql("RAISE EXCEPTION 'bad: %', $1 USING DETAIL = $1, HINT = $1, ERRCODE = '42501'"),
    shown:
      /^INDEX i owner: a function that it calls failed .*\nPL\/pgSQL function public\.n\(text\) line 1 at RAISE\nCREATE INDEX/,
  },
  'a materialized view, by a cast': {
    sql: filled + sql('$1::int'),
    shown: /^MATERIALIZED VIEW DATA mv owner: invalid input syntax for type integer: …\nREFRESH/,
  },
  'an index, by a cast in PL/pgSQL': {
    sql: index + plpgsql('PERFORM $1::numeric'),
    shown:
      /^INDEX i owner: invalid input syntax for type numeric: …\nPL\/pgSQL function public\.n\(text\) line 1 at PERFORM\n/,
  },
  'an index, by a date': {
    sql: index + sql("extract(day FROM pg_catalog.to_date($1, 'YYYY'))::int"),
    shown: /^INDEX i owner: invalid value … for …\nSQL function "n" statement 1\n/,
  },
  'an index, by JSON': {
    sql: index + sql("($1::json ->> 'a')::int"),
    shown: /^INDEX i owner: invalid input syntax for type json\n/,
  },
  'a materialized view, by the name of a table': {
    sql: filled + sql('$1::regclass::oid::int'),
    shown: /^MATERIALIZED VIEW DATA mv owner: (relation … does not exist|invalid name syntax)\n/,
  },
  'an index, by the name of a setting': {
    sql: index + sql('pg_catalog.length(pg_catalog.current_setting($1))'),
    shown: /^INDEX i owner: unrecognized configuration parameter …\nSQL function "n" statement 1\n/,
  },
  'an index, by a statement that a function of the server runs': {
    sql: index + plpgsql("PERFORM pg_catalog.query_to_xml($1, true, false, '')"),
    shown:
      /^INDEX i owner: syntax error at or near …\nPL\/pgSQL function public\.n\(text\) line 1 at PERFORM\n/,
  },
  'a materialized view, by a function in C of an extension': {
    sql: `CREATE EXTENSION pgcrypto; ${filled}${sql("pg_catalog.length(public.digest('x', $1))")}`,
    shown: /^MATERIALIZED VIEW DATA mv owner: the server refused it \(its message is in the .*\)\n/,
  },
  'an index, by a statement that a function puts together': {
    sql: index + plpgsql("EXECUTE 'SELECT ' || quote_ident($1)"),
    shown: /^INDEX i owner: column … does not exist\n/,
  },
  'an index, by an assertion': {
    sql: index + plpgsql('ASSERT false, $1'),
    shown: /^INDEX i owner: a function that it calls failed/,
  },
  'a unique index, by a key that is there twice': {
    sql: `INSERT INTO t TABLE t; CREATE FUNCTION u(text) RETURNS text IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN random(); END';
      CREATE UNIQUE INDEX i ON t (u(ssn)); CREATE OR REPLACE FUNCTION u(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT $1';`,
    shown: /^INDEX i owner: could not create unique index "i"\nDETAIL: {2}Key \((public\.)?u\(ssn\)\)=\(…\)/,
  },
  'an exclusion constraint': {
    sql: `CREATE FUNCTION u(text) RETURNS text IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN random(); END'; INSERT INTO t TABLE t;
      ALTER TABLE t ADD CONSTRAINT x EXCLUDE USING hash (u(ssn) WITH =);
      CREATE OR REPLACE FUNCTION u(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT $1';`,
    shown: /^CONSTRAINT t x owner: could not create exclusion constraint "x"\nDETAIL: {2}Key \(/,
  },
  'rows, by a check': {
    sql: `ALTER TABLE t ADD CONSTRAINT checked CHECK (ok(ssn)); CREATE OR REPLACE FUNCTION ok(text) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT false';`,
    shown:
      /^TABLE DATA t owner: COPY failed for table "t": ERROR: {2}new row for relation "t" violates check constraint "checked"\nCOPY t, line 1$/,
  },
  'rows, by a domain': {
    sql: `CREATE DOMAIN d AS text CONSTRAINT checked CHECK (public.ok(value)); CREATE TABLE u AS SELECT ssn::d FROM t;
      CREATE OR REPLACE FUNCTION ok(text) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT false';`,
    shown:
      /^TABLE DATA u owner: .*value for domain (public\.)?d violates check constraint "checked"\nCOPY u, line 1$/,
  },
  'rows, by a generated column': {
    sql: `ALTER TABLE t ADD COLUMN g int GENERATED ALWAYS AS (n(ssn)) STORED; ${sql('$1::int')}`,
    shown:
      /^TABLE DATA t owner: COPY failed for table "t": ERROR: {2}invalid input syntax for type integer: …\n/,
  },
  'rows, by a partition': {
    sql: `CREATE TABLE p (ssn text) PARTITION BY LIST (f(ssn)); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (md5('SSN-1'));
      INSERT INTO p VALUES ('SSN-1'); CREATE OR REPLACE FUNCTION f(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT $1';`,
    shown:
      /^TABLE DATA p1 owner: COPY failed for table "p1": ERROR: {2}new row for relation "p1" violates partition constraint\n/,
  },
};

const lack = ownLackFor(15);
describe.skipIf(lack !== undefined).each(majors)(titled('pg_restore %i into a server 15', lack), (major) => {
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
      env: environmentOf(connection),
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
      {
        progress: {
          take: (line, doubtful) => {
            const entry = entryOf(line);
            if (entry !== undefined && !doubtful) entries.push(entry);
          },
          endPass: () => {},
        },
        onMessage: (line) => messages.push(line),
      },
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
    // Where pg_restore goes on after errors, what is written at the same time by another session may leave it uncertain whose one is.
    const sql = refusing('VALUES (1)', major >= 17 ? 5 : 60);
    const { failure, database } = await restored(sql, { passes: [{ jobs: 2 }] });
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
      expect(failure.advice).toMatch(/^Sessions of this restore blocked each other\. .* jobs: 1\.$/);
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

  test('succeeds, whatever names look like', async () => {
    const name = (text: string): string => `"${text}"`;
    const names = [
      'x\npg_restore: error: nobody said this',
      'y\npg_restore: error: could not execute query: ERROR:  no',
      'z\rpg_restore: error: a\u2028pg_restore: error: b',
    ];
    const sql = names.map(
      (one) => `CREATE TABLE ${name(one)} AS SELECT 1 AS id; CREATE INDEX ON ${name(one)} (id)`,
    );
    for (const jobs of [1, 2]) {
      const { failure, tables } = await restored(sql.join(';'), { passes: [{ jobs }] });
      expect(failure).toBeUndefined();
      expect(tables).toEqual(expect.arrayContaining(names));
    }
  });

  test('tells what did fail, whatever names look like', async () => {
    const sql = `CREATE TABLE "x\npg_restore: error: could not execute query: ERROR:  no" AS SELECT 1 AS id; ${refusing('VALUES (1)')}`;
    const { failure } = await restored(sql);
    expect(failure?.cause).toMatch(/^TABLE DATA first owner: COPY failed for table "first": /);
  });

  test.each(major === 15 ? Object.entries(telling) : Object.entries(telling).slice(0, 1))(
    'shows no value of a row with the error of %s',
    async (_, { sql, shown }) => {
      const { failure, messages } = await restored(secretRows + sql);
      expect(failure?.cause).toMatch(shown);
      expect(JSON.stringify([failure, messages])).not.toContain('SSN');
    },
  );
});
