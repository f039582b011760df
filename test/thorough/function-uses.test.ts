import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseSql } from '../support/cases.ts';
import { type Jobs, jobsOn, messages } from '../support/jobs.ts';
import { makeTemporaryFolder } from '../support/machine/temporary-folder.ts';
import { installedClients } from '../support/postgres/clients.ts';
import { ownLackFor, someOf } from '../support/postgres/describe-on.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * Functions that do something else in a restore than they did in the original: a backup warns of them, and what it advises, a
 * restore takes. Without the original, the commands of docs/restore.md restore a backup that was made before.
 */

const clients = await installedClients();
const byHand = readFileSync(new URL('../../docs/restore.md', import.meta.url), 'utf8')
  .split('\n## A backup that needs a change\n')[1]
  ?.split('```')[3]
  ?.replace(/^sh\n/, '');

describe.each(someOf([15, 17], ownLackFor).filter((major) => clients.some((one) => one.major === major)))(
  'on %i',
  (major) => {
    let world: World;
    let jobs: Jobs;
    beforeAll(async () => {
      world = await startWorld({ servers: [major] });
      jobs = jobsOn(world, major);
    });
    afterAll(() => world.stop());

    /** Makes a backup, and takes the SQL from its warnings. */
    async function backUp(database: string): Promise<{ file: string; warnings: string[]; sql: string[] }> {
      const step = await jobs.backup(database);
      const warnings = messages(step, 'warning');
      const sql = warnings.flatMap((text) => text.split('\n').filter((line) => line.startsWith('ALTER ')));
      for (const statement of sql) expect(step.summary).toContain(statement);
      return { file: String(step.outputs['backup_file_name']), warnings, sql };
    }

    /** Runs the commands of docs/restore.md on a backup. Another statement than theirs mends the database. */
    async function restoreByHand(file: string, mending: string): Promise<string> {
      const folder = await makeTemporaryFolder('by-hand');
      try {
        await writeFile(path.join(folder.path, 'shop.dump'), await world.backups.read(file));
        const name = `again_${Math.random().toString(36).slice(2)}`;
        const commands = byHand
          ?.replaceAll('shop_again', name)
          .replace('ALTER FUNCTION public.slug(text) SET search_path = public', () =>
            mending.replaceAll("'", `'\\''`),
          );
        const { host, port } = world.server(major);
        const { user, password } = world.login;
        const client = clients.find((one) => one.major === major);
        await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', String(commands)], {
          cwd: folder.path,
          env: {
            PATH: `${path.dirname(String(client?.psql))}:${process.env['PATH']}`,
            ...{
              PGHOST: host,
              PGPORT: String(port),
              PGUSER: user,
              PGPASSWORD: password,
              PGSSLMODE: 'require',
            },
          },
        });
        return name;
      } finally {
        await folder.remove();
      }
    }

    // A server 17 or newer makes no such index, and no such materialized view.
    const indexes = major < 17 ? ['search-path-index', 'search-path-index-2'] : [];
    const paths: Record<string, string> = {
      'search-path-column': 'ALTER FUNCTION public.slug(text) SET search_path = public;',
      'search-path-column-2': 'ALTER FUNCTION "My tools"."Key"(text) SET search_path = "My tools";',
      'search-path-index': 'ALTER FUNCTION public.plain_name(text) SET search_path = public;',
      'search-path-index-2': 'ALTER FUNCTION public.folded(text) SET search_path = public;',
    };
    test.each(['search-path-column', 'search-path-column-2', ...indexes])(
      '%s: a warning with the SQL, with which a restore takes it, and a way without the original',
      async (name) => {
        const database = await jobs.createDatabase({ sql: await caseSql(name) });
        const before = await backUp(database);
        expect(before.sql).toEqual([paths[name]]);
        expect(before.warnings).toHaveLength(1);
        const original = await jobs.text(database);
        const again = await restoreByHand(before.file, String(paths[name]).replace(/;$/, ''));

        await jobs.query(database, before.sql.join('\n'));
        const mended = await jobs.text(database);
        expect(await jobs.text(again)).toBe(mended);
        expect(mended.replaceAll(/^ {4}SET search_path TO .*\n/gm, '')).toBe(original);
        const after = await backUp(database);
        expect(after.warnings).toEqual([]);
        const restored = await jobs.restore(database, after.file);
        expect(restored.exitCode, restored.log).toBe(0);
        expect(await jobs.text(database)).toBe(mended);
      },
    );

    test.each<[string, string[]]>([
      [
        'check-on-another-table',
        [
          'ALTER TABLE public.account DROP CONSTRAINT account_zone_check, ADD CONSTRAINT account_zone_check CHECK (public.known_zone(zone)) NOT VALID;',
        ],
      ],
      [
        'check-on-another-table-2',
        [
          `ALTER DOMAIN public."zone's code" DROP CONSTRAINT "it's known";`,
          `ALTER DOMAIN public."zone's code" ADD CONSTRAINT "it's known" CHECK (public.is_zone(VALUE)) NOT VALID;`,
          'ALTER TABLE public.bill DROP CONSTRAINT bill_zone, ADD CONSTRAINT bill_zone CHECK (public.is_zone(zone)) NOT VALID;',
        ],
      ],
    ])(
      '%s: a warning with the SQL, with which a restore takes it, and a way without the original',
      async (name, sql) => {
        const database = await jobs.createDatabase({ sql: await caseSql(name) });
        const before = await backUp(database);
        expect(before.sql).toEqual(sql);
        const drop = sql
          .filter((statement) => statement.includes(' DROP CONSTRAINT '))
          .map((statement) => statement.replace(/, ADD .*|;$/, ''))
          .join('; ');
        const again = await restoreByHand(before.file, drop);
        const accounts = [
          { id: 1, zone: 'EU' },
          { id: 2, zone: 'US' },
        ];
        expect(await jobs.query(again, 'SELECT id, zone::text FROM account ORDER BY 1')).toEqual(accounts);

        await jobs.query(database, sql.join('\n'));
        const mended = await jobs.text(database);
        const after = await backUp(database);
        expect(after.warnings).toEqual([]);
        const restored = await jobs.restore(database, after.file);
        expect(restored.exitCode, restored.log).toBe(0);
        expect(await jobs.text(database)).toBe(mended);
        await expect(jobs.query(database, "INSERT INTO account VALUES (9, 'XX')")).rejects.toThrow(
          /violates check/,
        );
      },
    );

    test('a column that is generated from another table: a warning, and a trigger in its place comes back', async () => {
      const database = await jobs.createDatabase({ sql: await caseSql('column-from-another-table') });
      const { file, warnings } = await backUp(database);
      expect(warnings).toEqual([
        'A restore of this backup may compute other values, or fail: these are computed for each row from tables that may still be empty then:\n- generated column public.account.label, by public.name_of(text), reads public.zone\n' +
          'Make a generated column a plain one (ALTER TABLE … ALTER … DROP EXPRESSION) that a trigger BEFORE INSERT OR UPDATE fills: its values are then restored as they were.',
      ]);

      // Without the original, the restore says so as well, and has the SQL that computes the values once more.
      const original = await jobs.text(database);
      const again = `${database}_again`;
      const changed = await jobs.restore(again, file, { inputs: { jobs: '1' } });
      expect(changed.exitCode, changed.log).toBe(0);
      expect(await jobs.query(again, 'SELECT count(label) FROM account')).toEqual([{ count: '0' }]);
      const told = messages(changed, 'warning').find((text) =>
        text.startsWith('Generated columns may have other values'),
      );
      expect(told).toContain('public.account.label (reads public.zone)');
      const [, remedy = ''] = told?.split('\n') ?? [];
      expect(remedy).toBe('UPDATE public.account SET zone = zone;');
      expect(changed.summary).toContain(remedy);
      await jobs.query(again, remedy);
      expect(await jobs.text(again)).toBe(original);

      await jobs.query(
        database,
        `ALTER TABLE public.account ALTER label DROP EXPRESSION;
          CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.label := public.name_of(NEW.zone); RETURN NEW; END';
          CREATE TRIGGER fill BEFORE INSERT OR UPDATE ON public.account FOR EACH ROW EXECUTE FUNCTION fill()`,
      );
      const mended = await jobs.text(database);
      const after = await backUp(database);
      expect(after.warnings).toEqual([]);
      const restored = await jobs.restore(database, after.file);
      expect(restored.exitCode, restored.log).toBe(0);
      expect(await jobs.text(database)).toBe(mended);
    });

    test('no warning of functions that find everything, or that a restore does not call', async () => {
      const sql = `CREATE EXTENSION unaccent; CREATE TABLE zone (code text); CREATE TYPE kind AS ENUM ('a');
        CREATE FUNCTION own(t text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = public AS 'SELECT unaccent($1)';
        CREATE FUNCTION calls_own(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT public.own($1)';
        CREATE FUNCTION named(t text) RETURNS text LANGUAGE sql IMMUTABLE AS
          'SELECT lower(public.unaccent(''public.unaccent'', $1)) -- not unaccent($1)';
        CREATE FUNCTION resolved(t text) RETURNS text LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT own(t); END;
        CREATE FUNCTION variables(zone text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS
          $$ DECLARE kind text; BEGIN kind := upper(zone); RETURN kind; END $$;
        CREATE FUNCTION of_trigger() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN NEW.t := unaccent(NEW.t) || (SELECT code FROM zone); RETURN NEW; END $$;
        CREATE FUNCTION of_default() RETURNS text LANGUAGE sql AS 'SELECT code FROM zone';
        CREATE TABLE note (t text DEFAULT of_default() CHECK (named(t) <> resolved('x')),
          g text GENERATED ALWAYS AS (own(t) || calls_own(t) || variables(t)) STORED);
        CREATE TRIGGER t BEFORE INSERT ON note FOR EACH ROW EXECUTE FUNCTION of_trigger();
        CREATE VIEW reads AS SELECT of_default()`;
      const database = await jobs.createDatabase({ sql });
      const { file, warnings } = await backUp(database);
      expect(warnings).toEqual([]);
      expect((await jobs.restore(database, file)).exitCode).toBe(0);
    });
  },
);
