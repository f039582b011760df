import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backupStore } from '../../src/azure/storage/backup-store.ts';
import { patienceOf } from '../../src/base/patience.ts';
import type { Step } from '../../src/base/step.ts';
import { lookUpBackup } from '../../src/jobs/archive/obtain.ts';
import type { Finding } from '../../src/jobs/preflight/finding.ts';
import type { Preflight } from '../../src/jobs/preflight/outcome.ts';
import { type PreflightOrder, preflight } from '../../src/jobs/preflight/preflight.ts';
import type { Prepared } from '../../src/jobs/preparation.ts';
import { entryProgress } from '../../src/postgres/restore/entry-progress.ts';
import { restoreInto } from '../../src/postgres/restore/pg-restore.ts';
import { type RestoreFacts, restoreFacts } from '../../src/postgres/server/server.ts';
import { environmentOf, prepareConnection } from '../../src/postgres/session/connection.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';
import { clientOf } from '../support/postgres/clients.ts';
import { describeOn, ownLackFor, titled } from '../support/postgres/describe-on.ts';
import type { Login, PostgresMajor } from '../support/postgres/postgres-server.ts';
import { startWorld, type World } from '../support/world.ts';

const both = [15, 17] as const;
const majors = both.filter((major) => ownLackFor(major) === undefined);
const lackOfOne = both.map(ownLackFor).find((lack) => lack !== undefined);

let world: World;
let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await makeTemporaryFolder('preflight');
  // Logical decoding, for slots.
  world = await startWorld({ servers: [...majors], settings: { wal_level: 'logical' } });
});
afterAll(async () => {
  await world.stop();
  await folder.remove();
});

const asSuperuser = (major: PostgresMajor): Login => world.server(major).superuser;
const random = (): string => randomBytes(6).toString('hex');
const fixture = (file: string): Promise<string> =>
  readFile(new URL(`../support/postgres/databases/${file}`, import.meta.url), 'utf8');

/** Creates a database that the plain role owns, and lets the superuser fill it. */
async function created(major: PostgresMajor, sql = ''): Promise<string> {
  const database = `db_${random()}`;
  const server = world.server(major);
  await server.createDatabase(database, world.login.user);
  if (sql !== '') await server.query(sql, { database });
  return database;
}

/** Dumps a database as the superuser, and puts the archive where backups are. */
async function dumped(major: PostgresMajor, database: string, ...options: string[]): Promise<string> {
  const name = `${database}.dump`;
  const file = join(folder.path, name);
  const env = environmentOf(await connectionOf(major, asSuperuser(major)));
  const { pg_dump } = await clientOf(major);
  await promisify(execFile)(pg_dump, ['-Fc', ...options, `--file=${file}`, database], { env });
  await world.backups.put(name, await readFile(file), { database_size: '123000000' });
  return name;
}

const connectionOf = (major: PostgresMajor, login: Login) =>
  prepareConnection(
    { host: 'localhost', port: world.server(major).port, sslMode: 'verify-full', sslRootCert: world.caFile },
    login,
    folder.path,
  );

interface Outcome extends Preflight {
  prepared: Prepared<RestoreFacts>;
  log: string[];
  /** The texts of the findings of a level, those of errors with what to do. */
  errors: string[];
  warnings: string[];
  infos: string[];
}

/** Runs the preflight of restoring a backup into `database`. */
async function preflightOf(
  major: PostgresMajor,
  database: string,
  backup: string,
  { login = world.login, ...order }: Partial<PreflightOrder> & { login?: Login } = {},
): Promise<Outcome> {
  const scratch = join(folder.path, random());
  await mkdir(scratch);
  const log: string[] = [];
  const signal = AbortSignal.timeout(100_000);
  const step: Step = {
    ...{ signal, scratch, run: { repository: '', id: '', attempt: '' } },
    phase: (_, work) => work(),
    debug: () => {},
    timed: (_, work) => work(),
    info: (line) => log.push(line),
    warn: (message) => log.push(message),
    mask: () => {},
    writeDown: () => {},
    chose: () => {},
  };
  const { psql: program, pg_dump: pgDump, pg_restore: pgRestore } = await clientOf(major);
  const connection = await connectionOf(major, login);
  const psql = { program, connection, signal };
  const server = await restoreFacts(psql, database);
  const client = { major, version: String(major), psql: program, pgDump, pgRestore };
  const prepared = { client, connection, server, psql };
  const store = backupStore(world.backups.client, { patience: patienceOf(30), info: () => {}, folder: '' });
  const found = await lookUpBackup(store, backup, database, step);
  const whole: PreflightOrder = {
    ...{ database, strategy: 'swap', keepPrevious: false, noOwner: true, noPrivileges: true, options: [] },
    keepPublicRights: false,
    ...order,
  };
  const result = await preflight(store, found, whole, prepared, step);
  const texts = (level: Finding['level']) =>
    result.findings
      .filter((finding) => finding.level === level)
      .map((one) => (one.level === 'error' ? `${one.text} ${one.remedy}` : one.text));
  return {
    ...{ ...result, prepared, log },
    ...{ errors: texts('error'), warnings: texts('warning'), infos: texts('info') },
  };
}

/** The entries that the server refuses one by one, as pg_restore names them, when no error ends the restore. */
async function refusedEntries(major: PostgresMajor, backup: string, ...options: string[]): Promise<string[]> {
  const env = environmentOf(await connectionOf(major, world.login));
  const database = await created(major);
  const args = ['--verbose', '--no-owner', '--no-privileges', ...options, `--dbname=${database}`];
  const { pg_restore } = await clientOf(major);
  const run = promisify(execFile)(pg_restore, [...args, join(folder.path, backup)], { env, maxBuffer: 1e8 });
  const { stderr } = await run.catch((error: { stderr: string }) => error);
  // An entry that could not be made because another one is missing says nothing of itself.
  const pattern = /^pg_restore: from TOC entry \d+; \d+ \d+ (.*)\npg_restore: error: (.*)$/gm;
  return Array.from(stderr.matchAll(pattern), ([, entry = '', message = '']) => ({ entry, message }))
    .filter(({ message }) => !/does not exist/.test(message))
    .map(({ entry }) => entry.replace(/ (postgres|\(no owner\)|)$/, ''));
}

describeOn(
  both,
  (major) => {
    const sql = (text: string) => world.server(major).query(text);

    test('are refused where their new owner may not create, and that is foretold', async () => {
      const [team, app] = [`team ${random()}`, `app ${random()}`];
      await sql(
        `CREATE ROLE "${team}"; CREATE ROLE "${app}"; GRANT "${team}", "${app}" TO ${world.login.user}`,
      );
      const original = await created(
        major,
        `CREATE SCHEMA shop AUTHORIZATION "${team}"; CREATE SCHEMA own AUTHORIZATION "${app}";
       CREATE TABLE shop.item (); CREATE TABLE shop.price (); CREATE TABLE own.item (); CREATE TABLE note ();
       ALTER TABLE shop.item OWNER TO "${app}"; ALTER TABLE shop.price OWNER TO "${team}";
       ALTER TABLE own.item OWNER TO "${app}"; ALTER TABLE note OWNER TO "${app}"; GRANT ALL ON SCHEMA shop TO "${app}"`,
      );
      const backup = await dumped(major, original);
      const all = { noOwner: false, noPrivileges: false };
      const inShop = expect.stringMatching(
        `^Roles may not create .* grants privileges last: "${app}" in "shop". Restore`,
      );
      // Whether they may in public is asked in the new database: in-public.test.ts.
      for (const strategy of ['swap', 'drop'] as const)
        expect((await preflightOf(major, original, backup, { ...all, strategy })).errors).toEqual([inShop]);
      const env = environmentOf(await connectionOf(major, world.login));
      const outcome = async (...options: string[]): Promise<string> => {
        const { pg_restore } = await clientOf(major);
        const args = [...options, '--no-privileges', '--exit-on-error', `--dbname=${await created(major)}`];
        const run = promisify(execFile)(pg_restore, [...args, join(folder.path, backup)], { env });
        return run.then(() => 'restored').catch(({ stderr }: { stderr: string }) => stderr);
      };
      expect(await outcome('--exclude-schema=public')).toContain('permission denied for schema shop');
      expect(await outcome('--schema=public')).toContain('permission denied for schema public');
      expect(await outcome('--exclude-schema=public', '--exclude-schema=shop')).toBe('restored');

      await sql(`GRANT "${team}" TO "${app}"`);
      expect((await preflightOf(major, original, backup, all)).errors).toEqual([]);
      expect(await outcome('--exclude-schema=public')).toBe('restored');
      const bySuperuser = await preflightOf(major, original, backup, { ...all, login: asSuperuser(major) });
      expect(bySuperuser.warnings.filter((text) => /may not create/.test(text))).toEqual([]);
    });
  },
  { title: (major) => `objects that are to be given to others, on ${major}` },
);

/** Entries as pg_restore names them in its errors. */
const named = (refused: Preflight['leftOut']): string[] =>
  refused.map(({ entry }) => `${entry.type} ${entry.name}`);

describeOn(
  both,
  (major) => {
    test('is left out, if the database is whole without it: then everything else is restored', async () => {
      const original = await created(major, await fixture('dispensable.sql'));
      const backup = await dumped(major, original);
      const { errors, leftOut, list, entries, warnings, prepared } = await preflightOf(
        major,
        original,
        backup,
      );
      expect(errors).toEqual([]);
      expect(named(leftOut)).toEqual([
        'COMMENT EXTENSION plpgsql',
        'PUBLICATION everything',
        'COMMENT PUBLICATION everything',
        expect.stringMatching(/^PUBLICATION TABLES IN SCHEMA /),
        'EVENT TRIGGER on every command',
        'COMMENT EVENT TRIGGER "on every command"',
      ]);
      expect(warnings).toEqual([
        expect.stringMatching(
          /^Will not be restored: COMMENT "EXTENSION plpgsql" \(.*EVENT TRIGGER "on every command" \(needs a superuser/,
        ),
      ]);
      expect(await refusedEntries(major, backup)).toHaveLength(leftOut.length - 2); // without comments on what is missing

      const database = await created(major);
      const progress = entryProgress();
      await restoreInto(
        prepared.client,
        prepared.connection,
        { major },
        {
          database,
          archive: join(folder.path, backup),
          passes: [{ jobs: 1, ...(list !== undefined && { list }) }],
          noOwner: true,
          noPrivileges: true,
          options: [],
        },
        { progress, onMessage: () => {} },
        AbortSignal.timeout(60_000),
      );
      expect(progress.finished()).toBe(entries);
      const [row] = await world.server(major).query(
        `SELECT (SELECT count(*)::int FROM note) AS notes,
         (SELECT array_agg(pubname::text ORDER BY 1) FROM pg_publication) AS publications,
         obj_description((SELECT oid FROM pg_extension WHERE extname = 'hstore'), 'pg_extension') AS comment`,
        { database },
      );
      expect(row).toEqual({ notes: 100, publications: ['notes', 'parts'], comment: 'a comment of our own' });
    });

    test('is left out with rights, too', async () => {
      const original = await created(major, await fixture('dispensable.sql'));
      const backup = await dumped(major, original);
      const { leftOut } = await preflightOf(major, original, backup, { noPrivileges: false });
      expect(named(leftOut)).toEqual(expect.arrayContaining(['ACL FUNCTION lo_create(oid)']));
    });

    test('makes a restore impossible, if the database needs it, and all of it is named', async () => {
      const original = await created(major, await fixture('impossible.sql'));
      const backup = await dumped(major, original);
      const { errors, leftOut } = await preflightOf(major, original, backup);
      const truth = await refusedEntries(major, backup);
      expect(truth.length).toBeGreaterThan(15);
      const all = errors.join('\n');
      expect(all).toContain('the extension "pageinspect", which only a superuser can create');
      const bare = all.replaceAll(/"|public\./g, '');
      const entriesRefused = truth.filter((entry) => entry !== 'EXTENSION pageinspect');
      for (const entry of entriesRefused) expect(bare).toContain(entry.replaceAll('public.', ''));
      const quotes = /cannot restore (.*) Restore as a superuser/m.exec(all)?.[1]?.match(/"/g);
      expect(quotes).toHaveLength(2 * entriesRefused.length);
      expect(all).not.toMatch(
        /harmless|conversion|dictionary|configuration|"public.(pair|mood|span|positive)"/,
      );
      expect(named(leftOut)).toEqual(['COMMENT EXTENSION pageinspect']);
    });

    test('is no matter for a superuser', async () => {
      for (const file of ['dispensable.sql', 'impossible.sql']) {
        const original = await created(major, await fixture(file));
        const found = await preflightOf(major, original, await dumped(major, original), {
          login: asSuperuser(major),
        });
        expect(found).toMatchObject({ errors: [], warnings: [], leftOut: [], list: undefined });
      }
    });

    test('is asked about only as far as it would be restored', async () => {
      const original = await created(major, await fixture('impossible.sql'));
      const backup = await dumped(major, original);
      const { errors, entries } = await preflightOf(major, original, backup, {
        options: ['--table=note'],
        keepPrevious: true,
      });
      expect(errors).toEqual([]);
      expect(entries).toBe(2);
    });
  },
  { title: (major) => `what a role without superuser cannot restore, on ${major}` },
);

describeOn(
  both,
  (major) => {
    const sql = (text: string, database = 'postgres') => world.server(major).query(text, { database });
    const plain = async (): Promise<{ database: string; backup: string }> => {
      const database = await created(major, 'CREATE TABLE note (id int)');
      return { database, backup: await dumped(major, database) };
    };
    const asPlain = (text: string, database = 'postgres') =>
      world.server(major).query(text, { database, ...world.login });

    test('is nothing to speak of, and the sizes and sessions are told', async () => {
      const { database, backup } = await plain();
      const session = await world.server(major).connect({ database, ...world.login });
      const found = await preflightOf(major, database, backup);
      await session.end();
      expect(found.errors).toEqual([]);
      expect(found.warnings).toEqual([]);
      expect(found.infos).toEqual([
        expect.stringMatching(
          /^Backup \d\S* \wB, source 123 MB, current \d\S* MB; needs about 130 MB free on the server$/,
        ),
        `Database "${database}" will be replaced; its sessions will be ended: 1 of "unnamed".`,
      ]);
    });

    test('may be a session that this role may not end', async () => {
      const { database, backup } = await plain();
      const session = await world.server(major).connect({ database });
      const found = await preflightOf(major, database, backup);
      await session.end();
      expect(found.warnings).toEqual([
        expect.stringMatching(
          /may not end .* \("unnamed" of "postgres"\)\. .*:\nSELECT pg_terminate_backend\(\d+\);$/,
        ),
      ]);
      const own = await world.server(major).connect({ database, ...world.login });
      expect((await preflightOf(major, database, backup)).warnings).toEqual([]);
      await own.end();
    });

    test('is nothing at all, if it is not there', async () => {
      const { backup } = await plain();
      const { errors, warnings, infos } = await preflightOf(major, 'not there yet', backup);
      expect(errors).toEqual([]);
      expect(warnings).toEqual([expect.stringMatching(/^The backup was made of database "db_\w+"/)]);
      expect(infos[1]).toBe('Database "not there yet" does not exist on the server; it will be created.');
    });

    test('may be a slot: what is said of it is what happens', async () => {
      const { database, backup } = await plain();
      await sql(`SELECT pg_create_logical_replication_slot('slot_of_${major}', 'test_decoding')`, database);
      const swap = await preflightOf(major, database, backup);
      const drop = await preflightOf(major, database, backup, { strategy: 'drop' });
      expect(swap.errors).toEqual([]);
      expect(swap.warnings).toEqual([
        expect.stringMatching(
          /has the logical replication slot "slot_of_\d+"\. It stays with the old database/,
        ),
      ]);
      expect(drop.errors).toEqual([expect.stringMatching(/slot "slot_of_\d+"\. It would be lost/)]);

      await asPlain(`ALTER DATABASE "${database}" RENAME TO "${database}_old"`);
      const slots = 'SELECT database FROM pg_replication_slots';
      expect(await sql(slots)).toEqual([{ database: `${database}_old` }]);
      await asPlain(`DROP DATABASE "${database}_old"`);
      expect(await sql(slots)).toEqual([]);
    });

    test('may be a subscription: what is said of it is what happens', async () => {
      const { database, backup } = await plain();
      const create = `CREATE SUBSCRIPTION sub_${major} CONNECTION 'dbname=nowhere' PUBLICATION p WITH (connect = false)`;
      await sql(create, database);
      const swap = await preflightOf(major, database, backup);
      const drop = await preflightOf(major, database, backup, { strategy: 'drop' });
      expect(swap.errors).toEqual([]);
      expect(swap.warnings).toEqual([
        expect.stringMatching(/subscription "sub_\d+", .* cannot be dropped\. The old/),
      ]);
      expect(drop.errors).toEqual([
        expect.stringMatching(/subscription "sub_\d+".*:\nDROP SUBSCRIPTION "sub_\d+";$/),
      ]);
      await expect(asPlain(`DROP DATABASE "${database}"`)).rejects.toThrow(/subscription/);
      await asPlain(`ALTER DATABASE "${database}" RENAME TO "${database}_old"`);
      const old = `${database}_old`;
      await sql(
        `ALTER SUBSCRIPTION sub_${major} SET (slot_name = NONE); DROP SUBSCRIPTION sub_${major}`,
        old,
      );
    });

    test('may be several things, which are told together', async () => {
      const { database, backup } = await plain();
      const session = await world.server(major).connect({ database });
      await session.query(`BEGIN; INSERT INTO note VALUES (1); PREPARE TRANSACTION '${database}'`);
      await session.end();
      await sql(`ALTER DATABASE "${database}" OWNER TO postgres`);
      const { errors } = await preflightOf(major, database, backup);
      await sql(`ROLLBACK PREPARED '${database}'`, database);
      expect(errors).toEqual([
        expect.stringMatching(/does not own database/),
        expect.stringMatching(/is blocked by 1 prepared transaction/),
      ]);
    });
  },
  { title: (major) => `what hangs on the database, on ${major}` },
);

describe('what the archive needs', () => {
  const major: PostgresMajor = majors.at(-1) ?? 15;
  const sql = (text: string, database = 'postgres') => world.server(major).query(text, { database });
  const backedUp = async (setup: string): Promise<[string, string]> => {
    const database = await created(major, setup);
    return [database, await dumped(major, database)];
  };

  test.skipIf(majors.length < 2)(
    titled('is an extension that the server does not have', lackOfOne),
    async () => {
      const original = await created(15, 'CREATE EXTENSION adminpack; CREATE EXTENSION hstore');
      const { errors } = await preflightOf(17, await created(17), await dumped(15, original));
      expect(errors).toEqual([
        expect.stringMatching(/needs the extension "adminpack", which this server does not have/),
      ]);
    },
  );

  test('is an extension that Azure is told to allow', async () => {
    const [database, backup] = await backedUp(
      'CREATE EXTENSION hstore; CREATE EXTENSION "uuid-ossp"; CREATE EXTENSION pg_trgm',
    );
    await sql(`ALTER ROLE ${world.login.user} SET azure.extensions = 'HSTORE, Uuid-Ossp'`);
    const { errors, leftOut } = await preflightOf(major, database, backup);
    await sql(`ALTER ROLE ${world.login.user} RESET azure.extensions`);
    expect(errors).toEqual([
      'The backup needs the extension "pg_trgm", which this server does not allow. Add the extension "pg_trgm" to the server parameter azure.extensions.',
    ]);
    expect(leftOut.map(({ entry }) => entry.name)).toEqual([
      'EXTENSION hstore',
      'EXTENSION pg_trgm',
      'EXTENSION "uuid-ossp"',
    ]);
  });

  test('are roles', async () => {
    const [owner, grantee, subject, mapped, maker] = ['own er', 'Grantee', 'sub"ject', 'mapped', 'maker'].map(
      (name) => `${name} ${random()}`,
    );
    const roles = [owner, grantee, subject, mapped, maker].map((role) => `"${role?.replace('"', '""')}"`);
    const [o, g, s, m, k] = roles;
    await sql(roles.map((role) => `CREATE ROLE ${role}`).join(';'));
    const [database, backup] = await backedUp(`CREATE TABLE note (id int); ALTER TABLE note OWNER TO ${o};
      GRANT SELECT ON note TO ${g} WITH GRANT OPTION; CREATE POLICY p ON note TO ${s}, ${g} USING (true);
      ALTER DEFAULT PRIVILEGES FOR ROLE ${k} GRANT SELECT ON TABLES TO ${g};
      CREATE EXTENSION postgres_fdw; CREATE SERVER elsewhere FOREIGN DATA WRAPPER postgres_fdw;
      CREATE USER MAPPING FOR ${m} SERVER elsewhere; CREATE USER MAPPING FOR PUBLIC SERVER elsewhere;`);
    const all = { noOwner: false, noPrivileges: false, login: asSuperuser(major) };
    expect((await preflightOf(major, database, backup, all)).errors).toEqual([]);
    const { errors } = await preflightOf(major, database, backup, { ...all, login: world.login });
    expect(errors).toContainEqual(
      expect.stringContaining(`has objects owned by the roles "postgres", "${owner}"`),
    );
    expect(errors).toContainEqual(expect.stringContaining(`has default privileges of the role "${maker}"`));

    await sql(`DROP DATABASE "${database}"; `);
    await sql(`DROP ROLE ${roles.join(', ')}`);
    const whole = await preflightOf(major, database, backup, all);
    expect(whole.errors).toHaveLength(1);
    for (const role of [owner, grantee, subject, maker])
      expect(whole.errors[0]).toContain(JSON.stringify(role));
    expect(whole.errors[0]).not.toContain(mapped);
    expect(named(whole.leftOut)).toEqual([expect.stringContaining(`${mapped} SERVER`)]);
    const plain = await preflightOf(major, database, backup, { login: asSuperuser(major) });
    expect(plain.errors).toEqual([
      expect.stringMatching(/^The backup needs the roles [^:]*\. Create the roles [^:]*\.$/),
    ]);
    expect(plain.errors[0]).not.toContain(owner);
    expect(plain.errors[0]).not.toContain(maker);
  });

  test('is a tablespace', async () => {
    const session = await world.server(major).connect();
    await session.query('SET allow_in_place_tablespaces = on');
    await session.query(`CREATE TABLESPACE fast_${major} LOCATION ''`);
    await session.end();
    const [database, backup] = await backedUp(`CREATE TABLE note (id int) TABLESPACE fast_${major}`);
    const { errors } = await preflightOf(major, database, backup);
    expect(errors).toEqual([
      expect.stringMatching(/^The backup uses the tablespace "fast_\d+".* --no-tablespaces/),
    ]);
    expect((await preflightOf(major, database, backup, { options: ['--no-tablespaces'] })).errors).toEqual(
      [],
    );
    expect((await preflightOf(major, database, backup, { login: asSuperuser(major) })).errors).toEqual([]);
  });

  test('is looked up in as much of the archive as holds its table of contents, and no more', async () => {
    const [database, backup] = await backedUp(`
      SELECT lo_create(g) FROM generate_series(100001, 105000) AS g;
      CREATE FUNCTION long() RETURNS text LANGUAGE sql AS 'SELECT $x$${'long '.repeat(400_000)}$x$';
      CREATE TABLE note AS SELECT repeat(md5(g::text), 100) AS words FROM generate_series(1, 5000) AS g`);
    const large = await dumped(major, database, '--compress=0');
    expect((await preflightOf(major, database, large)).log).toContainEqual(
      expect.stringMatching(/^Archive: \d+ entries$/),
    );
    expect(backup).toBe(large);
  });

  test.skipIf(majors.length < 2)(titled('is a newer server', lackOfOne), async () => {
    const original = await created(17, 'CREATE TABLE note (id int)');
    const backup = await dumped(17, original);
    await expect(preflightOf(15, 'elsewhere', backup)).rejects.toThrow(/unsupported version/);
  });
});
