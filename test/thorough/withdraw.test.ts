import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { revokeEach } from '../../src/postgres/privileges/revoke.ts';
import type { Psql } from '../../src/postgres/session/psql.ts';
import { installedClients } from '../support/postgres/clients.ts';
import type { PostgresMajor } from '../support/postgres/postgres-server.ts';
import { type BareServer, startBareServer } from '../support/postgres/psql-on.ts';

const major: PostgresMajor = ((await installedClients()).at(-1)?.major ?? 0) >= 17 ? 17 : 15;
let bare: BareServer;
let owner: Psql;
beforeAll(async () => {
  bare = await startBareServer(major);
  owner = await bare.psqlAs(await bare.server.createRole('owner', 'secret', 'CREATEDB'));
  await bare.server.createDatabase('many', 'owner');
  await bare.server.query('CREATE ROLE group_of_owner; GRANT group_of_owner TO owner');
  await bare.server.query(
    `CREATE FUNCTION of_superuser() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION closed() RETURNS int LANGUAGE sql AS 'SELECT 1';
      REVOKE EXECUTE ON FUNCTION closed() FROM PUBLIC;
      CREATE FUNCTION of_group() RETURNS int LANGUAGE sql AS 'SELECT 1'; ALTER FUNCTION of_group() OWNER TO group_of_owner;
      ALTER SCHEMA public OWNER TO owner;
      SET ROLE owner; DO $$ BEGIN FOR n IN 1 .. 1200 LOOP
        EXECUTE format('CREATE FUNCTION public.%I(int) RETURNS int LANGUAGE sql AS ''SELECT 1''', E'f \\\\; ":x''%;\\n--' || n);
      END LOOP; END $$`,
    { database: 'many' },
  );
});
afterAll(() => bare.stop());

const named = (n: number): string => `public."f \\; "":x'%;\n--${n}"(integer)`;
const revoke = (what: string): string => `REVOKE EXECUTE ON FUNCTION ${what} FROM PUBLIC`;
const open = async (): Promise<number> => {
  const [row] = await bare.server.query<{ count: number }>(
    `SELECT count(*)::int FROM pg_proc WHERE proname LIKE 'f %' AND has_function_privilege('public', oid, 'EXECUTE')`,
    { database: 'many' },
  );
  return row?.count ?? -1;
};

test('rights are withdrawn in any number, and what is refused or not there does not keep the others', async () => {
  expect(await open()).toBe(1200);
  const statements = [
    ...Array.from({ length: 1200 }, (_, n) => revoke(named(n + 1))),
    revoke('public.of_superuser()'), // the server warns, and does nothing
    revoke('public.closed()'), // the server refuses
    ...[
      revoke('public.gone(nowhere.gone)'),
      revoke('gone.gone()'),
      'REVOKE USAGE ON TYPE public.gone FROM PUBLIC',
    ],
  ];
  const outcomes = await revokeEach(owner, 'many', statements);
  expect(outcomes.slice(1200)).toEqual([
    ...['refused', 'refused', 'no such object', 'no such object', 'no such object'],
  ]);
  expect(new Set(outcomes.slice(0, 1200))).toEqual(new Set(['done']));
  expect(await open()).toBe(0);
});

test('what psql would take for a command of its own is not run', async () => {
  const file = `${owner.connection.env['HOME']}/planted`;
  const before = await open();
  const outcomes = await revokeEach(owner, 'many', [
    `REVOKE EXECUTE ON FUNCTION public.closed() \\! touch ${file}\n FROM PUBLIC`,
    'REVOKE EXECUTE ON FUNCTION public.closed() FROM PUBLIC; DROP SCHEMA public CASCADE',
    "REVOKE EXECUTE ON FUNCTION :'ON_ERROR_STOP' FROM PUBLIC",
    '\\q',
    '',
  ]);
  expect(outcomes).toEqual(Array.from({ length: 5 }, () => 'refused'));
  expect(existsSync(file)).toBe(false);
  expect(await open()).toBe(before);
});

test('as the role that owns them', async () => {
  expect(await revokeEach(owner, 'many', [revoke('public.of_group()')], 'group_of_owner')).toEqual(['done']);
});

test('whoever cannot connect is told', async () => {
  await expect(revokeEach(owner, 'nowhere', [revoke('a.b()')])).rejects.toMatchObject({
    stderr: expect.stringMatching(/nowhere|3D000/),
  });
});
