import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ProcessFailure } from '../../src/base/process.ts';
import { explainDumpError } from '../../src/postgres/dump/explain.ts';
import { oversizedTable } from '../../src/postgres/dump/oversized.ts';
import { environmentOf } from '../../src/postgres/session/connection.ts';
import type { Psql } from '../../src/postgres/session/psql.ts';
import { type BareServer, startBareServer } from '../support/postgres/psql-on.ts';

/*
 * What a German server 15 said to pg_dump, each where an English one has the same in its catalogs: the servers of the tests
 * know no other language.
 */

const refused = (said: string, statement: string): ProcessFailure =>
  new ProcessFailure(
    'pg_dump',
    'exited with status 1',
    1,
    `pg_dump: error: query failed: FEHLER:  ${said}\npg_dump: detail: Query was: ${statement}\n`,
  );
const lock = (tables: string): string => `LOCK TABLE ${tables} IN ACCESS SHARE MODE`;

describe('a server that speaks German', () => {
  let bare: BareServer;
  let plain: Psql;
  beforeAll(async () => {
    bare = await startBareServer(15);
    plain = await bare.psqlAs(await bare.server.createRole('plain', 'secret', ''));
    await bare.server.createDatabase('d', 'plain');
    const sql = `GRANT CREATE ON SCHEMA public TO plain; CREATE TABLE hidden (); CREATE TABLE "it's, so" (i int);
      GRANT SELECT ON "it's, so" TO plain; ALTER TABLE "it's, so" ENABLE ROW LEVEL SECURITY;
      CREATE TABLE own (i int); ALTER TABLE own OWNER TO plain; ALTER TABLE own ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE TABLE note (i int); ALTER TABLE note OWNER TO plain`;
    await bare.server.query(sql, { database: 'd' });
  });
  afterAll(() => bare.stop());
  const adviceOn = async (error: ProcessFailure) => (await explainDumpError(plain, 'd', error)).advice;

  test.each([
    [
      'no right to read',
      refused('keine Berechtigung für Tabelle hidden', lock('public."it\'s, so", public.hidden')),
      /^Back up as the owner of all objects.*pg_read_all_data/,
    ],
    [
      'policies',
      refused('Policy für Sicherheit auf Zeilenebene …', 'COPY public."it\'s, so" (i) TO stdout;'),
      /BYPASSRLS.*, or as the owner of the table/,
    ],
    [
      'policies for the owner, too, whose hint the documentation warns against',
      refused(
        'Policy für … haben\nHINT:  … ALTER TABLE NO FORCE ROW LEVEL SECURITY.',
        'COPY public.own (i) TO stdout;',
      ),
      /BYPASSRLS.*leave FORCE ROW LEVEL SECURITY as it is/,
    ],
    [
      'a table that is gone',
      refused('Relation »public.gone« existiert nicht', lock('public.note, public.gone')),
      /^Something was dropped or changed while pg_dump/,
    ],
    ['what nobody knows', refused('etwas anderes', lock('public.note')), /^Check the server's message/],
    ['what nobody knows, of no table', refused('etwas anderes', 'SELECT 1'), /^Check the server's message/],
  ])('%s', async (_, error, advice) => {
    expect(await adviceOn(error)).toMatch(advice);
  });

  test('a lock that somebody holds', async () => {
    const holder = await bare.server.connect({ database: 'd' });
    await holder.query('BEGIN; LOCK TABLE note IN ACCESS EXCLUSIVE MODE');
    const error = refused('storniere Anfrage wegen Zeitüberschreitung der Anfrage', lock('public.note'));
    expect(await adviceOn(error)).toMatch(/^Table public\.note is locked by session \d+ /);
    await holder.end();
  });
});

describe('a value that the server tells of while it is read', () => {
  let bare: BareServer;
  beforeAll(async () => {
    bare = await startBareServer(15);
  });
  afterAll(() => bare.stop());

  test.each([
    ['of a number', 'int', /invalid input syntax for type integer: …\ndetail: Command was: COPY/],
    ['of a key', 'public.ean13', /the server refused it \(.*\)\ndetail: Command was: COPY/],
  ])('is in no cause: %s', async (_, type, shown) => {
    const database = `of_${type.replace(/\W/g, '')}`;
    await bare.server.createDatabase(database);
    await bare.server.query(
      `CREATE EXTENSION file_fdw; CREATE EXTENSION isn SCHEMA public; CREATE SERVER s FOREIGN DATA WRAPPER file_fdw;
      CREATE FOREIGN TABLE t (id ${type}) SERVER s OPTIONS (program 'echo smithsecret')`,
      { database },
    );
    const psql = await bare.psqlAs(bare.server.superuser);
    const dumped = promisify(execFile)(bare.client.pg_dump, ['-Fc', '--include-foreign-data=*', database], {
      env: environmentOf(psql.connection),
    });
    const stderr = await dumped.then(
      () => '',
      (error: { stderr: string }) => error.stderr,
    );
    expect(stderr).toContain('smithsecret');
    const failure = new ProcessFailure('pg_dump', 'exited with status 1', 1, stderr);
    const explanation = await explainDumpError(psql, database, failure);
    expect(explanation.cause).toMatch(shown);
    expect(JSON.stringify(explanation)).not.toContain('smith');
  });
});

describe('a row that is too large', () => {
  const of = (said: string): string =>
    `pg_dump: detail: Error message from server: ${said}\npg_dump: detail: Command was: COPY public."a ""(b)" (id, a) TO stdout;`;
  test.each([
    ['a value', 'ERROR:  invalid memory alloc request size 1080000003', 'public."a ""(b)"'],
    [
      'a row',
      'ERROR:  out of memory\nDETAIL:  Cannot enlarge string buffer containing 1073741822 bytes by 1 more bytes.',
      'public."a ""(b)"',
    ],
    [
      'a row, in German',
      'FEHLER:  Speicher aufgebraucht\nDETAIL:  Kann Zeichenkettenpuffer mit 560000003 Bytes nicht um 560000000 Bytes vergrößern.',
      'public."a ""(b)"',
    ],
    ['a server without memory', 'ERROR:  out of memory\nDETAIL:  Failed on request of size 1024.', undefined],
    ['something else', 'ERROR:  x\nDETAIL:  Process 12 waits for 13.', undefined],
  ])('%s', (_, said, table) => {
    expect(oversizedTable(of(said))).toBe(table);
  });
});
