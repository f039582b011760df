import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { escapeIdentifier as name } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSourceDatabase, type SourceDatabase } from '../../src/jobs/preflight/source-database.ts';
import type { Client } from '../../src/postgres/client/find.ts';
import { connectionString, environmentOf } from '../../src/postgres/session/connection.ts';
import { type Psql, runScript } from '../../src/postgres/session/psql.ts';
import { describeOn } from '../support/postgres/describe-on.ts';
import { type BareServer, startBareServer } from '../support/postgres/psql-on.ts';
import { rightsIn } from '../support/postgres/rights.ts';

const everything = new URL('../support/postgres/databases/privileges.sql', import.meta.url);
const hostile = 'Hostile "role"';
const others = ['team', 'app', 'reader', hostile, 'chief', 'stranger', 'pg_monitor'];

/*
 * Rights in many hands, from the archive alone: the database that it was made of is gone.
 */
describeOn([15, 17, 18], (major) => {
  let bare: BareServer;
  let owner: Psql;
  let superuser: Psql;
  let original: SourceDatabase;
  let before: string[];
  beforeAll(async () => {
    bare = await startBareServer(major);
    superuser = await bare.psqlAs(bare.server.superuser);
    owner = await bare.psqlAs(await bare.server.createRole('owner', 'secret', 'CREATEDB'));
    await bare.server.query(
      `CREATE ROLE team; CREATE ROLE app; CREATE ROLE reader; CREATE ROLE stranger; CREATE ROLE ${name(hostile)};
        CREATE ROLE chief IN ROLE team`,
    );
    await bare.server.createDatabase('old', 'owner');
    await runScript(superuser, 'old', readFileSync(everything, 'utf8'), { database: 'old' });
    before = await rightsIn(bare.server, 'old', others);

    const folder = String(superuser.connection.env['HOME']);
    const archive = join(folder, 'archive');
    const run = promisify(execFile);
    await run(bare.client.pg_dump, ['-Fc', '-f', archive, '--dbname', connectionString('old')], {
      env: environmentOf(superuser.connection),
    });
    await bare.server.query('DROP DATABASE old');
    const { major: version, psql, pg_dump, pg_restore } = bare.client;
    const client: Client = {
      major: version,
      version: String(version),
      psql,
      pgDump: pg_dump,
      pgRestore: pg_restore,
    };
    const order = { noOwner: true, noPrivileges: true, options: [], record: {} };
    original = await readSourceDatabase(client, archive, order, owner, (file) => join(folder, file));

    await bare.server.createDatabase('new', 'owner');
    const options = ['--no-owner', '--no-privileges', '--exit-on-error', '--dbname', connectionString('new')];
    await run(pg_restore, [...options, archive], { env: environmentOf(owner.connection) });
  });
  afterAll(() => bare.stop());

  test('who loses what is told as it is of a database that is there', () => {
    const { script, administratorScript, ...counts } = original.privileges ?? {};
    expect(counts).toEqual({
      roles: [
        { role: hostile, owns: 0, holds: 3 },
        { role: 'app', owns: 3, holds: 11 },
        { role: 'pg_monitor', owns: 0, holds: 1 },
        { role: 'reader', owns: 0, holds: 13 },
        { role: 'team', owns: 3, holds: 3 },
      ],
      grantedToPublic: 2,
      revokedFromPublic: 12,
      defaultPrivileges: 7,
    });
    expect(script?.length).toBeGreaterThan(40);
    for (const statement of administratorScript ?? [])
      expect(statement).toMatch(
        / pg_catalog\.| show_trgm\(| plain\.show_trgm| LANGUAGE plpgsql |FOR ROLE app /,
      );
  });

  test('after the scripts, everybody may do what they could before', async () => {
    const { script = [], administratorScript = [] } = original.privileges ?? {};
    await runScript(owner, 'new', script.join('\n'));
    await runScript(superuser, 'new', administratorScript.join('\n'));
    const after = new Set(await rightsIn(bare.server, 'new', others));
    const lost = before.filter((right) => !after.has(right));
    const gained = [...after].filter((right) => !before.includes(right));
    // What only owners have, and large objects of others.
    expect(
      lost.filter(
        (right) => !/ WITH GRANT OPTION on type .*of_(app|team)|large object (70004|16002)/.test(right),
      ),
    ).toEqual([
      'chief: DELETE WITH GRANT OPTION on table team.of_team',
      'team: DELETE WITH GRANT OPTION on table team.of_team',
    ]);
    // pg_dump writes nothing of a table's own type.
    expect(gained.filter((right) => !/ on type plain\.item(\[\])?$/.test(right))).toEqual([]);
  });

  test('the properties are those of the database', () => {
    expect(original.properties).toMatchObject({
      owner: 'owner',
      settings: [{ role: null, name: 'search_path', value: '"plain"' }],
      grants: expect.arrayContaining([{ grantee: 'team', privileges: ['CREATE'], grantable: false }]),
    });
  });
});
