import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { escapeIdentifier as name } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LostPrivileges, lostPrivileges } from '../../src/postgres/privileges/lost-privileges.ts';
import { connectionString, environmentOf } from '../../src/postgres/session/connection.ts';
import { type Psql, runScript } from '../../src/postgres/session/psql.ts';
import { tryEach } from '../../src/postgres/session/try-statements.ts';
import { describeOn, ownLackFor, someOf } from '../support/postgres/describe-on.ts';
import { type BareServer, startBareServer } from '../support/postgres/psql-on.ts';
import { rightsIn } from '../support/postgres/rights.ts';

const everything = new URL('../support/postgres/databases/privileges.sql', import.meta.url);
const hostile = 'Hostile "role"';
const others = ['team', 'app', 'reader', hostile, 'chief', 'stranger', 'pg_monitor'];

describeOn(someOf([15, 17], ownLackFor), (major) => {
  let bare: BareServer;
  let owner: Psql;
  let superuser: Psql;
  beforeAll(async () => {
    bare = await startBareServer(major);
    superuser = await bare.psqlAs(bare.server.superuser);
    owner = await bare.psqlAs(await bare.server.createRole('owner', 'secret', 'CREATEDB'));
    await bare.server.query(
      `CREATE ROLE team; CREATE ROLE app; CREATE ROLE reader; CREATE ROLE stranger; CREATE ROLE ${name(hostile)};
        CREATE ROLE chief IN ROLE team`,
    );
  });
  afterAll(() => bare.stop());

  /** Dumps a database and restores it into a new one of the role's, as the action does. */
  async function restored(old: string, as: Psql): Promise<string> {
    const fresh = `${old}_fresh`;
    const { program, connection } = as;
    await bare.server.createDatabase(fresh, connection.user);
    const run = promisify(execFile);
    const folder = String(connection.env['HOME']);
    const { client } = bare;
    await run(client.pg_dump, ['-Fc', '-f', `${folder}/archive`, '--dbname', connectionString(old)], {
      env: environmentOf(superuser.connection),
    });
    const options = ['--no-owner', '--no-privileges', '--exit-on-error', '--dbname', connectionString(fresh)];
    await run(client.pg_restore, [...options, `${folder}/archive`], { env: environmentOf(connection) });
    expect(program).toBe(client.psql);
    return fresh;
  }

  /** Owners had these by being owners, whatever had been granted to them; grants cannot express it. */
  const onlyForOwners = [
    'app: USAGE WITH GRANT OPTION on type plain.of_app',
    'app: USAGE WITH GRANT OPTION on type plain.of_app[]',
    'chief: DELETE WITH GRANT OPTION on table team.of_team',
    'chief: USAGE WITH GRANT OPTION on type team.of_team',
    'chief: USAGE WITH GRANT OPTION on type team.of_team[]',
    'team: DELETE WITH GRANT OPTION on table team.of_team',
    'team: USAGE WITH GRANT OPTION on type team.of_team',
    'team: USAGE WITH GRANT OPTION on type team.of_team[]',
  ];

  const rights = (database: string, roles = others): Promise<string[]> =>
    rightsIn(bare.server, database, roles);

  function differences(before: string[], after: string[]): { lost: string[]; gained: string[] } {
    const [was, is] = [new Set(before), new Set(after)];
    return {
      lost: before.filter((right) => !is.has(right)),
      gained: after.filter((right) => !was.has(right)),
    };
  }

  describe('every kind of object, restored by the owner of most of them', () => {
    let lost: LostPrivileges;
    let before: string[];
    let fresh: string;
    beforeAll(async () => {
      await bare.server.createDatabase('old', 'owner');
      await runScript(superuser, 'old', readFileSync(everything, 'utf8'), { database: 'old' });
      before = await rights('old');
      lost = await lostPrivileges(owner, 'old', 'owner');
      fresh = await restored('old', owner);
    });

    test('the loss is real, and told', async () => {
      const { lost: gone, gained } = differences(before, await rights(fresh));
      expect(gone.length).toBeGreaterThan(100);
      expect(gained.length).toBeGreaterThan(10);
      expect({ ...lost, script: [], administratorScript: [], rights: null }).toEqual({
        roles: [
          { role: hostile, owns: 0, holds: 3 },
          { role: 'app', owns: 5, holds: 11 },
          { role: 'pg_monitor', owns: 0, holds: 1 },
          { role: 'reader', owns: 0, holds: 13 },
          { role: 'team', owns: 3, holds: 3 },
        ],
        grantedToPublic: 2,
        revokedFromPublic: 13,
        defaultPrivileges: 7,
        script: [],
        administratorScript: [],
        rights: null,
      });
    });

    test('after the scripts, everybody may do what they could before', async () => {
      await runScript(owner, fresh, lost.script.join('\n'));
      await runScript(superuser, fresh, lost.administratorScript.join('\n'));
      expect(differences(before, await rights(fresh))).toEqual({ lost: onlyForOwners, gained: [] });
    });

    test('default privileges are given back without a word too many', () => {
      const to = 'ALTER DEFAULT PRIVILEGES FOR ROLE owner';
      expect(lost.script.filter((statement) => statement.startsWith('ALTER DEFAULT'))).toEqual([
        `${to} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;`,
        `${to} GRANT USAGE ON SCHEMAS TO "Hostile ""role""";`,
        `${to} GRANT USAGE ON SEQUENCES TO reader;`,
        `${to} IN SCHEMA plain GRANT USAGE ON SEQUENCES TO app WITH GRANT OPTION;`,
        `${to} REVOKE DELETE ON TABLES FROM owner;`,
        `${to} GRANT SELECT ON TABLES TO reader;`,
      ]);
    });

    test('what only an administrator may run, and nothing else, is in a script of its own', async () => {
      expect(lost.administratorScript).toEqual([
        'GRANT EXECUTE ON FUNCTION pg_catalog.pg_ls_logdir() TO pg_monitor WITH GRANT OPTION;',
        'GRANT EXECUTE ON FUNCTION pg_catalog.pg_read_file(text) TO reader;',
        'REVOKE EXECUTE ON FUNCTION pg_catalog.pg_sleep(double precision) FROM PUBLIC;',
        'REVOKE EXECUTE ON FUNCTION plain.show_trgm(text) FROM PUBLIC;',
        'GRANT EXECUTE ON FUNCTION plain.show_trgm(text) TO app;',
        'REVOKE SELECT ON TABLE pg_catalog.pg_stat_activity FROM PUBLIC;',
        'GRANT SELECT (oid, rolpassword) ON TABLE pg_catalog.pg_authid TO app;',
        'REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;',
        'GRANT USAGE ON LANGUAGE plpgsql TO app;',
        'ALTER DEFAULT PRIVILEGES FOR ROLE app IN SCHEMA plain GRANT ALL ON TABLES TO team;',
        'ALTER DEFAULT PRIVILEGES FOR ROLE app REVOKE USAGE ON TYPES FROM PUBLIC;',
      ]);
      for (const statement of lost.administratorScript) {
        const refused = tryEach(owner, fresh, [statement.replace(/;$/, '')]);
        expect([statement, await refused]).toEqual([
          statement,
          [expect.stringMatching(/permission denied|must be/)],
        ]);
      }
    });

    test('a database that was restored so asks for the same rights again, and knows one owner', async () => {
      const again = await lostPrivileges(owner, fresh, 'owner');
      expect(again.script).toEqual(lost.script);
      expect(again.administratorScript).toEqual(lost.administratorScript);
      expect(again.roles.map(({ owns }) => owns)).toEqual([0, 0, 0, 0, 0]);
    });
  });

  test('foreign data wrappers and servers, restored by a superuser: all in one script', async () => {
    await bare.server.createDatabase('foreign');
    await bare.server.query(
      `CREATE EXTENSION file_fdw; CREATE FOREIGN DATA WRAPPER own; CREATE FOREIGN DATA WRAPPER "other one";
        GRANT USAGE ON FOREIGN DATA WRAPPER file_fdw TO team;
        GRANT USAGE ON FOREIGN DATA WRAPPER own TO app WITH GRANT OPTION;
        GRANT USAGE ON FOREIGN DATA WRAPPER "other one" TO PUBLIC;
        CREATE SERVER "server" FOREIGN DATA WRAPPER own; ALTER SERVER "server" OWNER TO app;
        GRANT USAGE ON FOREIGN SERVER "server" TO reader;
        CREATE FOREIGN TABLE far (a int) SERVER "server"; GRANT SELECT ON far TO reader;
        REVOKE EXECUTE ON FUNCTION pg_sleep(float8) FROM PUBLIC`,
      { database: 'foreign' },
    );
    const before = await rights('foreign');
    const lost = await lostPrivileges(superuser, 'foreign', bare.server.superuser.user);
    const fresh = await restored('foreign', superuser);
    expect(lost.administratorScript).toEqual([]);
    expect(lost.roles).toEqual([
      { role: 'app', owns: 1, holds: 1 },
      { role: 'reader', owns: 0, holds: 2 },
      { role: 'team', owns: 0, holds: 1 },
    ]);
    expect(differences(before, await rights(fresh)).lost).not.toEqual([]);
    await runScript(superuser, fresh, lost.script.join('\n'));
    expect(differences(before, await rights(fresh))).toEqual({ lost: [], gained: [] });
  });

  describe('schema public', () => {
    const cases: [string, string, string[]][] = [
      ['untouched', 'SELECT', []],
      ['open', 'GRANT CREATE ON SCHEMA public TO PUBLIC', ['GRANT CREATE ON SCHEMA public TO PUBLIC;']],
      [
        'closed, and open to one',
        'REVOKE ALL ON SCHEMA public FROM PUBLIC; GRANT USAGE ON SCHEMA public TO reader',
        ['REVOKE USAGE ON SCHEMA public FROM PUBLIC;', 'GRANT USAGE ON SCHEMA public TO reader;'],
      ],
      [
        'of another owner',
        'ALTER SCHEMA public OWNER TO app',
        ['GRANT ALL ON SCHEMA public TO app WITH GRANT OPTION;'],
      ],
      [
        'made anew',
        'DROP SCHEMA public; SET ROLE owner; CREATE SCHEMA public',
        ['REVOKE USAGE ON SCHEMA public FROM PUBLIC;'],
      ],
    ];
    test.each(cases)('%s', async (what, sql, script) => {
      const old = `public ${what}`;
      await bare.server.createDatabase(old, 'owner');
      await bare.server.query(sql, { database: old });
      const before = await rights(old);
      const lost = await lostPrivileges(owner, old, 'owner');
      expect(lost.script).toEqual(script);
      expect(lost.administratorScript).toEqual([]);
      const fresh = await restored(old, owner);
      await runScript(owner, fresh, lost.script.join('\n'));
      expect(differences(before, await rights(fresh))).toEqual({ lost: [], gained: [] });
    });

    test("the old database's owner had rights in it by being that", async () => {
      await bare.server.query('GRANT team TO owner');
      await bare.server.createDatabase('of team', 'team');
      await bare.server.query('SET ROLE team; CREATE TABLE note (words text); GRANT INSERT ON note TO app', {
        database: 'of team',
      });
      const before = await rights('of team');
      const lost = await lostPrivileges(owner, 'of team', 'owner');
      expect(lost.script).toEqual([
        'GRANT ALL ON SCHEMA public TO team WITH GRANT OPTION;',
        'GRANT ALL ON TABLE public.note TO team WITH GRANT OPTION;',
        'GRANT INSERT ON TABLE public.note TO app;',
      ]);
      expect(lost.roles).toEqual([
        { role: 'app', owns: 0, holds: 1 },
        { role: 'team', owns: 1, holds: 1 },
      ]);
      const fresh = await restored('of team', owner);
      await runScript(owner, fresh, lost.script.join('\n'));
      const { lost: gone, gained } = differences(before, await rights(fresh));
      expect(gone.filter((right) => !right.includes('WITH GRANT OPTION on type public.note'))).toEqual([]);
      expect(gained).toEqual([]);
      await bare.server.query('REVOKE team FROM owner');
    });
  });

  test('a database in which nobody else has anything', async () => {
    await bare.server.createDatabase('alone', 'owner');
    await bare.server.query('SET ROLE owner; CREATE TABLE note (words text); SELECT lo_create(0)', {
      database: 'alone',
    });
    expect(await lostPrivileges(owner, 'alone', 'owner')).toEqual({
      rights: { owned: {}, changes: [] },
      roles: [],
      grantedToPublic: 0,
      revokedFromPublic: 0,
      defaultPrivileges: 0,
      script: [],
      administratorScript: [],
    });
  });
});
