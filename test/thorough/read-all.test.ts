import { escapeLiteral as text } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readOldDatabase } from '../../src/postgres/properties/old-database.ts';
import type { Psql } from '../../src/postgres/session/psql.ts';
import { describeOn } from '../support/postgres/describe-on.ts';
import type { Login } from '../support/postgres/postgres-server.ts';
import { type BareServer, startBareServer } from '../support/postgres/psql-on.ts';

describeOn([15, 17], (major) => {
  let bare: BareServer;
  let owner: Login;
  let psql: Psql;
  let number = 0;
  beforeAll(async () => {
    bare = await startBareServer(major);
    owner = await bare.server.createRole('owner', 'secret', 'CREATEDB');
    psql = await bare.psqlAs(owner);
    await bare.server.query('CREATE ROLE app');
  });
  afterAll(() => bare.stop());

  /** A database of the role's with a setting, and a table on which another has rights. */
  async function created(): Promise<string> {
    const database = `old_${++number}`;
    await bare.server.createDatabase(database, 'owner');
    const sql = `CREATE TABLE note (); GRANT SELECT ON note TO app; ALTER DATABASE ${database} SET work_mem TO '7MB'`;
    await bare.server.query(sql, { database, ...owner });
    return database;
  }

  const settings = [{ role: null, name: 'work_mem', value: '7MB' }];

  test('all that can be entered', async () => {
    const database = await created();
    expect(await readOldDatabase(psql, database, 'owner')).toEqual({
      state: 'valid',
      properties: expect.objectContaining({ settings, allowConnections: true }),
      privileges: expect.objectContaining({ script: ['GRANT SELECT ON TABLE public.note TO app;'] }),
    });
    expect(await readOldDatabase(psql, database, undefined)).toEqual({
      state: 'valid',
      properties: expect.objectContaining({ settings }),
    });
  });

  test('a database that a drop has left half done', async () => {
    const database = await created();
    await bare.server.query(`UPDATE pg_database SET datconnlimit = -2 WHERE datname = ${text(database)}`);
    expect(await readOldDatabase(psql, database, 'owner')).toEqual({ state: 'invalid' });
    expect(await readOldDatabase(psql, database, undefined)).toEqual({ state: 'invalid' });
  });

  test.each([
    ['is closed', 'ALLOW_CONNECTIONS false', 'is not currently accepting connections'],
    ['has a limit of no connection', 'CONNECTION LIMIT 0', 'too many connections for database'],
  ])('a database that %s', async (_, option, reason) => {
    const database = await created();
    await bare.server.query(`ALTER DATABASE ${database} ${option}`);
    const all = await readOldDatabase(psql, database, 'owner');
    expect(all).toEqual({
      state: 'valid',
      properties: expect.objectContaining({ settings }),
      reason: expect.stringContaining(reason),
    });
    expect(all).not.toHaveProperty('privileges');
  });

  test('a database whose connections are used up', async () => {
    const database = await created();
    await bare.server.query(`ALTER DATABASE ${database} CONNECTION LIMIT 1`);
    const session = await bare.server.connect({ database, ...owner });
    const all = await readOldDatabase(psql, database, 'owner');
    await session.end();
    expect(all).toMatchObject({ reason: expect.stringContaining('too many connections for database') });
    expect(await readOldDatabase(psql, database, 'owner')).toHaveProperty('privileges');
  });

  test('a database in which this role may not connect', async () => {
    const database = await created();
    await bare.server.query(`REVOKE CONNECT ON DATABASE ${database} FROM PUBLIC, owner`);
    expect(await readOldDatabase(psql, database, 'owner')).toMatchObject({
      reason: expect.stringContaining('permission denied for database'),
    });
  });

  test('a server that lets nobody in is not a closed database', async () => {
    const database = await created();
    await bare.server.query('ALTER ROLE owner CONNECTION LIMIT 0');
    const reading = readOldDatabase(psql, database, 'owner');
    await expect(reading).rejects.toHaveProperty(
      'stderr',
      expect.stringContaining('too many connections for role'),
    );
    await bare.server.query('ALTER ROLE owner CONNECTION LIMIT -1');
  });
});
