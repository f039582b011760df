import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EmptyContext } from '../../src/jobs/preflight/empty-database/check.ts';
import { publicSchemaFindings } from '../../src/jobs/preflight/empty-database/in-public.ts';
import { environmentOf } from '../../src/postgres/session/connection.ts';
import type { Psql } from '../../src/postgres/session/psql.ts';
import { describeOn, lackFor } from '../support/postgres/describe-on.ts';
import { hasPrograms } from '../support/postgres/postgres-programs.ts';
import { type BareServer, startBareServer } from '../support/postgres/psql-on.ts';

/*
 * Who may create in schema public of a new database, on servers on which not everybody may: each remedy that is given is run, and the
 * next new database is asked again.
 */
const majors = ([14, 15, 17] as const).filter(hasPrograms);
const role = 'Owner "of" it';

describeOn(
  majors,
  (major) => {
    let bare: BareServer;
    let psql: Psql;
    let databases = 0;
    beforeAll(async () => {
      bare = await startBareServer(major);
      psql = await bare.psqlAs(await bare.server.createRole(role, 'secret', 'CREATEDB'));
      await bare.server.query('CREATE ROLE dba; CREATE ROLE app; GRANT app TO "Owner ""of"" it"');
    });
    afterAll(() => bare.stop());

    const entry = { id: 7, type: 'TABLE', schema: 'public', name: 'no\nte', owner: 'app', text: '' };
    const context: EmptyContext = {
      ...{ entries: [entry], definitions: new Map(), role, superuser: false, major },
    };

    /** What a new database answers. */
    async function answer(asked: EmptyContext = context): Promise<string[]> {
      const database = `empty_${++databases}`;
      await bare.server.query(`CREATE DATABASE ${database} TEMPLATE template0 OWNER "Owner ""of"" it"`);
      const findings = (await publicSchemaFindings(asked)?.(psql, database)) ?? [];
      expect(findings.map(({ level }) => level)).toEqual(findings.map(() => 'error'));
      return findings.map((one) => (one.level === 'error' ? `${one.text} ${one.remedy}` : one.text));
    }

    async function inTemplate(sql: string): Promise<void> {
      await bare.server.query('ALTER DATABASE template0 ALLOW_CONNECTIONS true');
      await bare.server.query(sql, { database: 'template0' });
      await bare.server.query('ALTER DATABASE template0 ALLOW_CONNECTIONS false');
    }

    /** Runs what stands in an error after its first line, with psql as a superuser. */
    async function follow(text: string): Promise<string[]> {
      const [, ...commands] = text.split('\n');
      const { connection, program } = await bare.psqlAs(bare.server.superuser);
      const args = ['--no-psqlrc', '--set=ON_ERROR_STOP=1', '--dbname=postgres'];
      const running = promisify(execFile)(program, args, { env: environmentOf(connection) });
      running.child.stdin?.end(`${commands.join('\n')}\n`);
      await running;
      return commands;
    }

    const closed = 'ALTER SCHEMA public OWNER TO dba; REVOKE CREATE ON SCHEMA public FROM PUBLIC';

    test('nothing is asked that the backup does not need, nor of a superuser', () => {
      expect(publicSchemaFindings({ ...context, superuser: true })).toBeUndefined();
      for (const other of [{ schema: 'shop' }, { type: 'TABLE DATA' }, { type: 'COMMENT' }])
        expect(publicSchemaFindings({ ...context, entries: [{ ...entry, ...other }] })).toBeUndefined();
    });

    test('as PostgreSQL comes, the owner of the database may', async () => {
      expect(await answer()).toEqual([]);
    });

    test('it belongs to another role', async () => {
      await inTemplate(closed);
      const [text = ''] = await answer();
      expect(text).toContain(
        `The role ${JSON.stringify(role)} may not create in schema public of a new database on this server, which belongs to "dba", ` +
          'and the backup has objects there: TABLE "no\\nte".',
      );
      expect(await follow(text)).toEqual(['GRANT "dba" TO "Owner ""of"" it";']);
      expect(await answer()).toEqual([]);
    });

    test('it belongs to a role of which this one is a member without its rights', async () => {
      const without =
        major >= 16
          ? 'GRANT dba TO "Owner ""of"" it" WITH INHERIT FALSE'
          : 'ALTER ROLE "Owner ""of"" it" NOINHERIT';
      await bare.server.query(without);
      const [text = ''] = await answer();
      expect(await follow(text)).toHaveLength(1);
      expect(await answer()).toEqual([]);
      await bare.server.query('REVOKE dba FROM "Owner ""of"" it"');
    });

    test('it belongs to a superuser, or has been taken from the owner of the database', async () => {
      await inTemplate('ALTER SCHEMA public OWNER TO postgres');
      expect(await follow((await answer())[0] ?? '')).toHaveLength(6);
      expect(await answer()).toEqual([]);
      await inTemplate('REVOKE CREATE ON SCHEMA public FROM pg_database_owner');
      expect(await follow((await answer())[0] ?? '')).toHaveLength(6);
      expect(await answer()).toEqual([]);
    });

    test('who gets objects there may not create', async () => {
      const definition = { name: 'note', schema: 'public', owner: 'app', tablespace: '', dependencies: [] };
      const sql = 'CREATE TABLE public.note (id int);\n\n\nALTER TABLE public.note OWNER TO app;';
      const asked = { ...context, definitions: new Map([[entry.id, { ...definition, sql }]]) };
      expect(await answer(asked)).toEqual([
        'Roles that own objects in schema public of the backup may not create there in a new database: "app". Restore without owners (no_owner: true).',
      ]);
      await inTemplate('GRANT CREATE ON SCHEMA public TO app');
      expect(await answer(asked)).toEqual([]);
    });

    test('there is none', async () => {
      await inTemplate('DROP SCHEMA public');
      const [text = ''] = await answer();
      expect(text).toContain('New databases on this server have no schema public');
      expect(await follow(text)).toHaveLength(5);
      expect(await answer()).toEqual([]);
    });
  },
  { title: (major) => `on a server ${major}`, lack: lackFor },
);
