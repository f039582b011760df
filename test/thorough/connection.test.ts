import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { escapeIdentifier } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roundTripOf } from '../support/hostile-names.ts';
import { type Jobs, jobsOn, onlyError } from '../support/jobs.ts';
import { localNames, makeAuthority } from '../support/machine/certificates.ts';
import { makeTemporaryFolder } from '../support/machine/temporary-folder.ts';
import { startAnsweringServer } from '../support/postgres/answering-server.ts';
import { lackFor, titled } from '../support/postgres/describe-on.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
let jobs: Jobs;
let folder: Awaited<ReturnType<typeof makeTemporaryFolder>>;
beforeAll(async () => {
  world = await startWorld({ servers: [15], settings: { listen_addresses: '127.0.0.1, 127.0.0.2' } });
  jobs = jobsOn(world, 15);
  folder = await makeTemporaryFolder('connection');
});
afterAll(async () => {
  await folder.remove();
  await world.stop();
});

const sample = "CREATE TABLE which AS SELECT 'the right one' AS name";

/** Backs a database up, spoils it and restores it; the sample has to be there again. */
async function roundTrip(database: string, extra: Parameters<Jobs['backup']>[1] = {}): Promise<string> {
  const backup = await jobs.backup(database, extra);
  expect(backup.exitCode, backup.log).toBe(0);
  await jobs.query(database, 'DROP TABLE which');
  const restore = await jobs.restore(database, backup.outputs['backup_file_name'] ?? '', extra);
  expect(restore.exitCode, restore.log).toBe(0);
  expect(await jobs.query(database, 'SELECT name FROM which')).toEqual([{ name: 'the right one' }]);
  return backup.outputs['backup_file_name'] ?? '';
}

/* Those that are hardest of all are in test/thorough/names.test.ts. */
describe("a database's name is only ever a name", { concurrent: true }, () => {
  test.each([
    ['dbname=postgres', 'swap'],
    ['postgresql://localhost/postgres', 'drop'],
    ['../../etc/passwd', 'swap'],
    ['%2e%2e%2fpercent%00', 'drop'],
    ['UPPER lower'.padEnd(63, 'x'), 'swap'],
    [`x${'é'.repeat(31)}`, 'swap'],
  ])('%j, restored by %s', (name, restore_strategy) => roundTripOf(name, { world, jobs, restore_strategy }));
});

describe('TLS', () => {
  test("the system's roots are used where no certificate is given", async () => {
    const database = await jobs.createDatabase({ sql: sample });
    await roundTrip(database, {
      inputs: { ssl_root_cert: '' },
      environment: { SSL_CERT_FILE: world.caFile },
    });
  });

  test('a certificate for another name is taken by verify-ca', async () => {
    const database = await jobs.createDatabase({ sql: sample });
    // The server's certificate is for localhost and the loopback addresses, of which this is none.
    const inputs = { azure_db_host: '127.0.0.2', ssl_mode: 'verify-ca' };
    expect((await jobs.backup(database, { inputs })).exitCode).toBe(0);
  });

  test('require encrypts and verifies nothing', async () => {
    const database = await jobs.createDatabase({ sql: sample });
    await roundTrip(database, { inputs: { ssl_mode: 'require', ssl_root_cert: '' } });
  });
});

const lackOf16 = lackFor(16);
test.skipIf(lackOf16 !== undefined)(
  titled("a stranger in the server's place does not get the password with ssl_mode require", lackOf16),
  async () => {
    const taken: string[] = [];
    const certificate = await (await makeAuthority()).issue(localNames);
    await using stranger = await startAnsweringServer({
      certificate,
      takePassword: (one) => taken.push(one),
    });
    const step = await jobs.backup('any', {
      inputs: { db_port: String(stranger.port), ssl_mode: 'require', ssl_root_cert: '' },
    });
    expect(onlyError(step)).toContain(
      'Set ssl_mode to verify-full. The server asks for the password in clear text',
    );
    expect(taken).toEqual([]);
  },
);

test("the runner's own libpq settings play no part", async () => {
  const database = await jobs.createDatabase({ sql: sample });
  await writeFile(path.join(folder.path, '.psqlrc'), '\\echo from psqlrc\n\\q\n');
  await writeFile(path.join(folder.path, '.pgpass'), '*:*:*:*:wrong\n', { mode: 0o600 });
  await writeFile(path.join(folder.path, '.pg_service.conf'), '[x]\nhost=127.0.0.9\n');
  const environment = {
    HOME: folder.path,
    PGHOST: '127.0.0.9',
    PGHOSTADDR: '127.0.0.9',
    PGPORT: '1',
    PGDATABASE: 'postgres',
    PGUSER: 'somebody',
    PGPASSWORD: 'wrong',
    PGSSLMODE: 'disable',
    PGSERVICE: 'x',
    PGSERVICEFILE: path.join(folder.path, '.pg_service.conf'),
    PGOPTIONS: '-c search_path=nowhere -c default_transaction_read_only=on',
    PGCLIENTENCODING: 'LATIN1',
    PGAPPNAME: 'something else',
  };
  await roundTrip(database, { environment });
});

describe('logins with awkward characters', () => {
  test.each([
    ['quotes', `o'neil "x"`, `'single' "double" \`back\``],
    ['separators', 'user:name@host', 'p:a@s/s?w#o&r=d%41'],
    ['backslashes', 'back\\slash', 'ends with \\'],
    ['spaces and more than ASCII', ' üser 用户 ', '  pässwörd ключ 🔑  '],
    ['a connection string', 'dbname=postgres', 'postgresql://x:y@z/'],
  ])('%s', async (_, user, password) => {
    const server = world.server(15);
    await server.createRole(user, password, 'CREATEDB');
    world.vault.secrets.set('user', { value: user }).set('pass', { value: password });
    const database = await jobs.createDatabase({ sql: sample });
    const role = escapeIdentifier(user);
    await server.query(`ALTER DATABASE "${database}" OWNER TO ${role}; ALTER TABLE which OWNER TO ${role}`, {
      database,
    });
    const inputs = { db_user_secret_name: 'user', db_password_secret_name: 'pass' };
    const backup = await jobs.backup(database, { inputs });
    expect(backup.exitCode, backup.log).toBe(0);
    const restore = await jobs.restore(database, backup.outputs['backup_file_name'] ?? '', { inputs });
    expect(restore.exitCode, restore.log).toBe(0);
  });
});
