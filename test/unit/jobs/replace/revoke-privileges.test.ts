import { expect, test } from 'vitest';
import type { CarryOverSource } from '../../../../src/jobs/replace/carry-over-source.ts';
import {
  privilegesToRevoke,
  type RevokeContext,
  revokePrivileges,
  statementsToRevoke,
  stillToRevoke,
  tryToRevokePrivileges,
} from '../../../../src/jobs/replace/revoke-privileges.ts';

const function_ = (name: string): string => `EXECUTE ON FUNCTION public.${name}()`;
const withheld = (name: string) => ({
  what: 'right' as const,
  withdraw: `REVOKE ${function_(name)} FROM PUBLIC`,
  giveBack: `GRANT ${function_(name)} TO PUBLIC`,
});

const gaining = { used: new Set<string>(), changed: new Set<string>() };

/** An old database in which `a` is closed; a backup in which `b` is, and where `a`, `b` and `c` work with another owner's rights. */
const script = [`REVOKE ${function_('a')} FROM PUBLIC;`, `GRANT ${function_('a')} TO "x FROM PUBLIC";`];
const defaults = 'ALTER DEFAULT PRIVILEGES FOR ROLE o';
const belongings = {
  source: 'old',
  properties: {
    ...{
      owner: 'o',
      tablespace: 'pg_default',
      connectionLimit: -1,
      allowConnections: true,
      isTemplate: false,
    },
    ...{ comment: null, settings: [], grants: null },
  },
  privileges: {
    ...{ roles: [], grantedToPublic: 0, revokedFromPublic: 1, defaultPrivileges: 3 },
    script: [
      ...script,
      `${defaults} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;`,
      `${defaults} REVOKE DELETE ON TABLES FROM o;`,
      `${defaults} GRANT SELECT ON TABLES TO "x FROM PUBLIC";`,
    ],
    administratorScript: ['REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;'],
    rights: { owned: {}, changes: [] },
  },
} satisfies CarryOverSource;

/** A role without a server to ask. */
function replacement(noPrivileges: boolean): RevokeContext {
  return {
    request: { database: 'shop', noPrivileges },
    prepared: {
      server: { role: 'o', major: 17 },
      psql: {
        program: '/bin/false',
        connection: {
          address: { host: 'localhost', port: 1, sslMode: 'verify-full' },
          env: {},
          user: 'o',
          admission: { password: '', worked: false },
        },
        signal: AbortSignal.timeout(60_000),
      },
    },
    rights: {
      revocations: noPrivileges
        ? [
            { sql: withheld('b').withdraw, said: withheld('b').withdraw },
            { sql: undefined, said: 'REVOKE USAGE ON SCHEMA public FROM PUBLIC' },
          ]
        : [],
      withheld: ['a', 'b', 'c'].map(withheld),
      ...{ gaining, extensionsGain: false },
      owner: undefined,
    },
  };
}

test('what is withdrawn: as in the old database, as in the backup, and what nobody looked at; each once', () => {
  const toClose = privilegesToRevoke(belongings, replacement(true));
  expect(statementsToRevoke(toClose)).toEqual([
    withheld('a').withdraw,
    `${defaults} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC`,
    'REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC',
    withheld('b').withdraw,
    withheld('c').withdraw,
  ]);
  expect(toClose.withheld).toEqual([withheld('c')]);
});

test('where the rights of the backup are restored, those of the old database are no matter', () => {
  expect(statementsToRevoke(privilegesToRevoke(belongings, replacement(false)))).toEqual(
    ['a', 'b', 'c'].map((name) => withheld(name).withdraw),
  );
});

test('nothing to withdraw: the server is not asked', async () => {
  const nothing = {
    ...replacement(true),
    rights: { revocations: [], withheld: [], gaining, extensionsGain: false, owner: undefined },
  };
  const toClose = privilegesToRevoke({ ...belongings, privileges: undefined }, nothing);
  const told: string[] = [];
  const closed = await revokePrivileges(toClose, 'shop', nothing, { info: (text) => told.push(text) });
  expect(closed).toEqual({ notes: [], done: new Set() });
  expect(told).toEqual([]);
});

test('what is done is not told as lost', () => {
  const { privileges } = stillToRevoke(belongings, { done: new Set(script.slice(0, 1)) });
  expect(privileges?.script).toEqual(belongings.privileges.script.slice(1));
  expect(privileges?.revokedFromPublic).toBe(1);
});

test('with drop, a database in which it fails stays closed, and the SQL opens it after that', async () => {
  const warnings: string[] = [];
  const step = { info: () => {}, warn: (text: string) => void warnings.push(text) };
  const { failed, notes } = await tryToRevokePrivileges(belongings, replacement(true), step);
  expect(notes).toEqual([]);
  expect(failed?.notes).toHaveLength(1);
  expect(failed?.notes[0]?.text).toMatch(
    /^Only "o" can connect to database "shop" yet, since privileges of others in it could not be revoked: .*\nRun this in order:$/s,
  );
  expect(failed?.notes[0]?.sql).toEqual([
    '-- In database "shop":',
    ...statementsToRevoke(privilegesToRevoke(belongings, replacement(true))).map((sql) => `${sql};`),
    '-- Then, in database postgres:',
    expect.stringContaining('"shop"'),
    expect.stringContaining('"shop"'),
  ]);
  expect(warnings).toHaveLength(1);
});
