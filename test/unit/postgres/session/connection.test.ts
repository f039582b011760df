import { X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  environmentOf,
  prepareConnection,
  type ServerAddress,
} from '../../../../src/postgres/session/connection.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../../../support/machine/temporary-folder.ts';

let scratch: TemporaryFolder;

beforeEach(async () => {
  scratch = await makeTemporaryFolder('connection');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await scratch.remove();
});

const login = { user: 'back up', password: `a'b"c \\d%41:e@f/g?h#i&j$k=ü` };
const address: ServerAddress = { host: 'db.example.com', port: 6432, sslMode: 'verify-full' };
const environment = async (changes: Partial<ServerAddress> = {}) =>
  environmentOf(await prepareConnection({ ...address, ...changes }, login, scratch.path));

describe('the environment of the programs', () => {
  test('has host, port and login as they are', async () => {
    expect(await environment()).toMatchObject({
      PGHOST: 'db.example.com',
      PGPORT: '6432',
      PGUSER: login.user,
      PGPASSWORD: login.password,
      PGSSLMODE: 'verify-full',
    });
  });

  test("has none of the runner's own settings, inputs and tokens", async () => {
    const foreign = {
      PGHOSTADDR: '10.0.0.9',
      PGDATABASE: 'evil',
      PGSERVICE: 'evil',
      PGOPTIONS: '-c search_path=evil',
      PGPASSFILE: '/evil',
      PGSERVICEFILE: '/evil',
      PGSYSCONFDIR: '/evil',
      PGSSLCERT: '/evil',
      PGSSLKEY: '/evil',
      PGSSLCRL: '/evil',
      PGSSLCRLDIR: '/evil',
      PGAPPNAME: 'evil',
      PGHOST: 'evil',
      HOME: '/evil',
      INPUT_DB_NAME: 'evil',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'evil',
    };
    for (const [name, value] of Object.entries(foreign)) vi.stubEnv(name, value);
    const values = Object.values(await environment());
    expect(values.filter((value) => /evil|10\.0\.0\.9/.test(value))).toEqual([]);
  });

  test('has the path that programs are found by', async () => {
    vi.stubEnv('PATH', '/some/where');
    expect(await environment()).toMatchObject({ PATH: '/some/where' });
  });

  test('points at no file that exists, but the roots', async () => {
    const env = await environment();
    for (const name of ['PGPASSFILE', 'PGSERVICEFILE', 'PGSYSCONFDIR', 'PGSSLCERT', 'PGSSLKEY', 'PGSSLCRL']) {
      await expect(stat(env[name] ?? ''), name).rejects.toThrow('ENOENT');
    }
  });
});

describe('the roots', () => {
  test.each(['verify-full', 'verify-ca'] as const)(
    "are the system's for %s, in a private file",
    async (sslMode) => {
      const { PGSSLROOTCERT: file = '' } = await environment({ sslMode });
      const pem = await readFile(file, 'utf8');
      const all = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
      expect(all.length).toBeGreaterThan(10);
      for (const one of all) expect(() => new X509Certificate(one)).not.toThrow();
      expect(file.startsWith(scratch.path)).toBe(true);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
    },
  );

  test.each(['require', 'disable'] as const)(
    'are none for %s, or libpq would verify after all',
    async (sslMode) => {
      const { PGSSLROOTCERT: file = '' } = await environment({ sslMode });
      await expect(stat(file)).rejects.toThrow('ENOENT');
    },
  );

  test.each(['verify-full', 'verify-ca', 'require'] as const)(
    'are those that are given, for %s',
    async (sslMode) => {
      const given = { sslMode, sslRootCert: join(scratch.path, 'given.pem') };
      expect(await environment(given)).toMatchObject({
        PGSSLROOTCERT: given.sslRootCert,
        PGSSLMODE: sslMode,
      });
    },
  );

  test('are found by their whole path, since the programs may run elsewhere', async () => {
    const { PGSSLROOTCERT: file } = await environment({ sslRootCert: 'certs/root.pem' });
    expect(file).toBe(join(process.cwd(), 'certs/root.pem'));
  });
});

test.each([
  ['verify-full', undefined],
  ['verify-ca', undefined],
  ['require', '!password'],
  ['disable', '!password'],
] as const)(
  'with ssl_mode %s the password may be asked for in clear unless %s',
  async (sslMode, expected) => {
    const { PGREQUIREAUTH } = await environment({ sslMode });
    expect(PGREQUIREAUTH).toBe(expected);
  },
);
