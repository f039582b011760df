import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { patienceOf } from '../../../src/base/patience.ts';
import { InputError } from '../../../src/runner/inputs/error.ts';
import { inputsToMask, readRequest } from '../../../src/runner/inputs/read-request.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../../support/machine/temporary-folder.ts';
import { readLog } from '../../support/runner/workflow-commands.ts';
import { backupInputs, give, problemsOf, requestOf, restoreInputs } from '../support/inputs.ts';

let printed: string[];
let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await makeTemporaryFolder('inputs');
});

afterAll(() => folder.remove());

beforeEach(() => {
  printed = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed.push(String(text));
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const id = backupInputs.azure_client_id;

describe('a request', () => {
  test('for a backup has everything that it needs, with the defaults', () => {
    expect(requestOf(backupInputs)).toEqual({
      job: 'backup',
      database: 'moodle',
      cloud: expect.objectContaining({ tokenAudience: 'api://AzureADTokenExchange' }),
      principal: { clientId: id, tenantId: id },
      secrets: {
        vaultUrl: 'https://kv-prod.vault.azure.net',
        vaultName: 'kv-prod',
        userSecretName: 'db-user',
        passwordSecretName: 'db-password',
      },
      server: { host: 'db.example.com', port: 5432, sslMode: 'verify-full' },
      client: {},
      store: { accountUrl: 'https://account.blob.core.windows.net', container: 'backups', folder: '' },
      source: { hosts: ['db.example.com'], database: 'moodle' },
      compression: { method: 'auto' },
      dumpOptions: [],
      patience: patienceOf(300),
    });
  });

  test.each([
    ['10', 10],
    ['3600', 3600],
    [' 15 ', 15],
    ['', 300],
  ])('has the patience that retry_timeout_seconds says: %j', (given, seconds) => {
    const inputs = { ...restoreInputs, retry_timeout_seconds: given };
    expect(requestOf(inputs).patience).toEqual(patienceOf(seconds));
  });

  test.each(['0', '9', '3601', '-10', '1e2', '30.5', '5 min', 'Infinity', '\u0661\u0660'])(
    'never has a patience of %j',
    (given) => {
      expect(problemsOf({ ...backupInputs, retry_timeout_seconds: given })).toEqual([
        `retry_timeout_seconds must be a whole number of seconds from 10 to 3600; it is ${JSON.stringify(given)}`,
      ]);
    },
  );

  test('for a restore has the name of the backup, and no compression', () => {
    const request = requestOf(restoreInputs);
    expect(request).toMatchObject({ job: 'restore', database: 'moodle', backupFileName: 'moodle.dump' });
    expect(request).not.toHaveProperty('compression');
    expect(request).toMatchObject({
      ...{ strategy: 'swap', keepPrevious: false, noOwner: true, noPrivileges: true, restoreOptions: [] },
      keepPublicRights: false,
      jobs: Math.min(8, availableParallelism()),
    });
  });

  test('for a restore has what is chosen', () => {
    const request = requestOf({
      ...restoreInputs,
      jobs: '12',
      restore_strategy: 'drop',
      no_owner: 'false',
      no_privileges: 'FALSE',
      pg_restore_options: '--no-comments\n-n public\n',
    });
    expect(request).toMatchObject({
      ...{ strategy: 'drop', keepPrevious: false, noOwner: false, noPrivileges: false },
      jobs: 12,
      restoreOptions: ['--no-comments', '-n public'],
    });
    expect(requestOf({ ...restoreInputs, keep_previous: 'True' })).toMatchObject({ keepPrevious: true });
    expect(requestOf({ ...restoreInputs, keep_public_rights: 'true' })).toMatchObject({
      keepPublicRights: true,
    });
    expect(requestOf({ ...backupInputs, pg_dump_options: '--schema=public' })).toMatchObject({
      dumpOptions: ['--schema=public'],
    });
  });

  test.each([
    [
      'the spaces around a host',
      { azure_db_host: ' db.example.com\n' },
      { server: { host: 'db.example.com' } },
    ],
    ['the spaces around a port', { db_port: ' 6432 ' }, { server: { port: 6432 } }],
    ['the spaces around a job', { job_to_run: ' backup ' }, { job: 'backup' }],
    ['no spaces around the name of a database', { db_name: ' my db ' }, { database: ' my db ' }],
    ['the subscription', { azure_subscription_id: 'not even a GUID' }, { job: 'backup' }],
    [
      'one slash at the end of a URL',
      { key_vault_url: 'https://v/' },
      { secrets: { vaultUrl: 'https://v' } },
    ],
    [
      'the slashes at the end of a URL',
      { key_vault_url: 'https://v//' },
      { secrets: { vaultUrl: 'https://v' } },
    ],
  ])('passes over %s', (_, inputs, part) => {
    expect(requestOf({ ...backupInputs, ...inputs })).toMatchObject(part);
  });

  test('passes over no spaces around the name of a backup', () => {
    expect(requestOf({ ...restoreInputs, backup_file_name: ' a .dump ' })).toMatchObject({
      backupFileName: ' a .dump ',
    });
  });
});

describe('an input is accepted', () => {
  const accepted: [string, Record<string, string>, object][] = [
    ['the lowest port', { db_port: '1' }, { server: { port: 1 } }],
    ['the highest port', { db_port: '65535' }, { server: { port: 65_535 } }],
    ...['verify-full', 'verify-ca', 'require', 'disable'].map(
      (sslMode): [string, Record<string, string>, object] => [
        `ssl_mode ${sslMode}`,
        { ssl_mode: sslMode },
        { server: { sslMode } },
      ],
    ),
    ...[
      'db.example.com',
      'localhost',
      '10.0.0.1',
      '::1',
      'fe80::1',
      '::ffff:10.0.0.1',
      'my_db',
      'db.',
      'DB-1',
    ].map((host): [string, Record<string, string>, object] => [
      `host ${host}`,
      { azure_db_host: host },
      { server: { host } },
    ]),
    [
      'a compression',
      { compression: 'zstd:level=9,long' },
      { compression: { method: 'zstd', level: 9, long: true } },
    ],
    [
      'a vault by its URL',
      { key_vault_url: 'https://vault.internal:8443/x', key_vault_name: '' },
      { secrets: { vaultUrl: 'https://vault.internal:8443/x' } },
    ],
    [
      'a URL before a name',
      { key_vault_url: 'https://vault.internal' },
      { secrets: { vaultUrl: 'https://vault.internal' } },
    ],
    [
      'a storage account by its URL',
      { storage_account_url: 'https://127.0.0.1:10000/devstoreaccount1', storage_account_name: '' },
      { store: { accountUrl: 'https://127.0.0.1:10000/devstoreaccount1' } },
    ],
    [
      'another cloud by its authority',
      { azure_authority_host: 'https://login.microsoftonline.us/' },
      {
        principal: { authorityHost: 'https://login.microsoftonline.us' },
        secrets: { vaultUrl: 'https://kv-prod.vault.usgovcloudapi.net' },
        store: { accountUrl: 'https://account.blob.core.usgovcloudapi.net' },
      },
    ],
  ];
  test.each(accepted)('%s', (_, inputs, part) => {
    expect(requestOf({ ...backupInputs, ...inputs })).toMatchObject(part);
  });
});

describe('an input is refused', () => {
  const port = 'must be a number from 1 to 65535';
  const host = 'must be one host name or IP address, without a port or a URL around it';
  const url = 'must be a full URL that begins with https:// and has no query';
  const control = 'must not contain a NUL, a newline or another control character';
  test.each([
    ['job_to_run', 'Backup', 'must be backup, restore, list, prune, protect, unprotect or check'],
    ['job_to_run', 'verify', 'must be backup, restore, list, prune, protect, unprotect or check'],
    ['db_name', 'moodle\n', control],
    ['db_name', 'a'.repeat(64), 'must have at most 63 bytes in UTF-8, this one has 64'],
    ['db_port', '0', port],
    ['db_port', '65536', port],
    ['db_port', '-1', port],
    ['db_port', '5432.0', port],
    ['db_port', '0x1538', port],
    ['db_port', '1e3', port],
    ['db_port', '5432,5433', port],
    ['db_port', '000005432', port],
    ['db_port', 'postgres', port],
    ['ssl_mode', 'prefer', 'must be verify-full, verify-ca, require or disable'],
    ['ssl_mode', 'Verify-Full', 'must be verify-full, verify-ca, require or disable'],
    ...['0', '-1', '100', '2.5', '1e1', 'all', 'Auto'].map((value): [string, string, string] => [
      'jobs',
      value,
      'must be auto or a number from 1 to 99',
    ]),
    ['restore_strategy', 'Swap', 'must be swap or drop'],
    ['restore_strategy', 'overwrite', 'must be swap or drop'],
    ['keep_previous', 'yes', 'must be true or false'],
    ['no_owner', '1', 'must be true or false'],
    ['no_privileges', 'tRUE', 'must be true or false'],
    ['pg_dump_options', '--file=x', 'must not contain --file, since the action says where the archive goes'],
    ['pg_restore_options', 'moodle', 'must have one option a line, each beginning with a dash: "moodle"'],
    ['azure_db_host', 'a,b', host],
    ['azure_db_host', '/var/run', host],
    ['azure_db_host', '@x', host],
    ['azure_db_host', 'host:5432', host],
    ['azure_db_host', 'cafe:5432', host],
    ['azure_db_host', '10.0.0.1:5432', host],
    ['azure_db_host', '[::1]', host],
    ['azure_db_host', 'https://host', host],
    ['azure_db_host', 'postgresql://host/db', host],
    ['azure_db_host', 'user@host', host],
    ['azure_db_host', 'host/db', host],
    ['azure_db_host', 'two words', host],
    ['azure_db_host', 'host\nother', host],
    ['azure_db_host', '-host', host],
    ['azure_db_host', '.', host],
    ['azure_db_host', "x' dbname='y", host],
    ['azure_client_id', 'my-app', 'must be the application (client) ID, a GUID'],
    [
      'azure_tenant_id',
      'common',
      "must be the directory (tenant) ID, a GUID, or one of the tenant's domains",
    ],
    [
      'key_vault_name',
      'https://kv-prod.vault.azure.net',
      "must be a Key Vault's name: 3 to 24 letters, digits and hyphens, first a letter",
    ],
    ['key_vault_name', 'evil.example/#', expect.stringContaining("must be a Key Vault's name")],
    ['db_user_secret_name', 'db_user', "must be a secret's name: 1 to 127 letters, digits and hyphens"],
    ['db_password_secret_name', '../keys/x', "must be a secret's name: 1 to 127 letters, digits and hyphens"],
    [
      'storage_account_name',
      'My-Account',
      "must be a storage account's name: 3 to 24 lower-case letters and digits",
    ],
    [
      'storage_container_name',
      'My/Container',
      "must be a container's name: 3 to 63 lower-case letters, digits and single hyphens",
    ],
    ['compression', 'zip', expect.stringContaining('must be auto, none, gzip, lz4 or zstd')],
    ['compression', 'zstd:99', expect.stringContaining('zstd:1 to zstd:22')],
    ['ssl_root_cert', '/no/such/file.pem', 'must be a PEM file that can be read (ENOENT)'],
    ['azure_authority_host', 'login.microsoftonline.us', url],
    ['azure_authority_host', 'http://login.microsoftonline.us', url],
    ['key_vault_url', 'http://vault', url],
    ['key_vault_url', 'https://', url],
    ['key_vault_url', 'https:vault', url],
    ['key_vault_url', 'https:/vault', url],
    ['key_vault_url', 'https:\\\\vault', url],
    ['key_vault_url', 'https://va ult', url],
    ['key_vault_url', 'https://va\nult', url],
    ['key_vault_url', 'https://user@vault', url],
    ['key_vault_url', 'https://user:password@vault', url],
    ['key_vault_url', 'https://:password@vault', url],
    ['key_vault_url', 'https://vault?x=y', url],
    ['key_vault_url', 'https://vault?', url],
    ['key_vault_url', 'https://vault#', url],
    ['key_vault_url', 'https://vault#x', url],
    ['key_vault_url', 'file:///etc/passwd', url],
    ['storage_account_url', 'ftp://account', url],
    ['storage_account_url', 'https://account?sv=2024&sig=x', url],
  ])('%s %j', (name, value, problem) => {
    const problems = problemsOf({ ...backupInputs, [name]: value });
    expect(problems).toHaveLength(1);
    const given = name === 'db_name' ? value : value.trim();
    const tail = `; it is ${JSON.stringify(given)}`;
    expect(problems[0]).toMatch(new RegExp(`^${name} must `));
    expect(problems[0]?.endsWith(tail)).toBe(true);
    expect(problems[0]?.slice(name.length + 1, -tail.length)).toEqual(problem);
  });

  test('keep_previous together with restore_strategy drop', () => {
    expect(problemsOf({ ...restoreInputs, restore_strategy: 'drop', keep_previous: 'true' })).toEqual([
      'keep_previous must be false with restore_strategy drop, which drops the old database first',
    ]);
  });

  test.each([
    ['backup_file_name', '../x.dump', 'must not contain "." or ".." as a part between slashes'],
    ['backup_file_name', 'x.dump\n', control],
    [
      'backup_file_name',
      'https://account.blob.core.windows.net/c/x.dump',
      'must be the name of the blob in the container, not its URL',
    ],
  ])('%s %j', (name, value, problem) => {
    expect(problemsOf({ ...restoreInputs, [name]: value })).toEqual([
      `${name} ${problem}; it is ${JSON.stringify(value)}`,
    ]);
  });

  test.each(['postgres', 'template0', 'template1', 'azure_maintenance', 'azure_sys'])(
    'db_name %s for a restore, but not for a backup',
    (database) => {
      expect(problemsOf({ ...restoreInputs, db_name: database })).toEqual([
        `db_name must not be one of the server's own databases, which a restore never replaces; it is "${database}"`,
      ]);
      expect(problemsOf({ ...backupInputs, db_name: database })).toEqual([]);
    },
  );

  test.each(Object.keys(restoreInputs))('%s, if a restore lacks it', (name) => {
    expect(problemsOf({ ...restoreInputs, [name]: '' })).toEqual([`${name} is missing`]);
    const { [name]: _, ...rest }: Record<string, string> = restoreInputs;
    expect(problemsOf(rest)).toEqual([`${name} is missing`]);
  });

  test.each(['azure_client_id', 'azure_db_host', 'job_to_run'])('%s, if it is only spaces', (name) => {
    expect(problemsOf({ ...backupInputs, [name]: ' \n ' })).toEqual([`${name} is missing`]);
  });

  test.each([
    ['key_vault_url', 'key_vault_name', 'http://vault'],
    ['storage_account_url', 'storage_account_name', 'http://account'],
  ])('%s, and not for that reason %s, which it stands for', (url, name, value) => {
    const problems = problemsOf({ ...backupInputs, [name]: '', [url]: value });
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${url} must be a full URL`))]);
  });
});

describe('several inputs are wrong', () => {
  test('and all are told together, with what is allowed', () => {
    const inputs = {
      ...restoreInputs,
      db_name: 'a\nb',
      backup_file_name: '/',
      azure_client_id: 'x',
      db_port: 'x',
      ssl_mode: 'x',
      azure_db_host: '@',
      storage_container_name: '',
      compression: 'x',
    };
    expect(problemsOf(inputs).map((problem) => problem.split(' ')[0])).toEqual([
      'db_name',
      'azure_client_id',
      'storage_container_name',
      'backup_file_name',
      'db_port',
      'ssl_mode',
      'azure_db_host',
      'compression',
    ]);
  });

  test('when nothing is given, and each is told once', () => {
    const names = problemsOf({}).map((problem) => problem.replace(' is missing', ''));
    expect(names.toSorted()).toEqual(Object.keys(backupInputs).toSorted());
  });

  test('or one is, and the message says that nothing was done', () => {
    give({ ...backupInputs, db_port: 'x' });
    expect(readRequest).toThrow(/^1 invalid input; nothing was changed\.\nCorrect it:\n- db_port must/);
    give({ ...backupInputs, db_port: 'x', ssl_mode: 'x' });
    expect(readRequest).toThrow(
      /^2 invalid inputs; nothing was changed\.\nCorrect them:\n- db_port .*\n- ssl_mode /,
    );
  });
});

test.each([
  [{ azure_client_id: '' }, 'AZURE_CLIENT_ID is'],
  [
    { azure_tenant_id: '', storage_container_name: '', db_name: '' },
    'AZURE_TENANT_ID and STORAGE_CONTAINER_NAME are',
  ],
  [
    { key_vault_name: '', db_user_secret_name: '', azure_db_host: '' },
    'KEY_VAULT_NAME, DB_USER_SECRET_NAME and AZURE_DB_HOST are',
  ],
])(
  'of missing inputs that come from variables or secrets, the error names those, and two commands: %j',
  (inputs, names) => {
    give({ ...backupInputs, ...inputs });
    vi.stubEnv('GITHUB_REPOSITORY', undefined);
    const [advice, ...commands] = messageOf(readRequest).split('\n').slice(-3);
    expect(advice).toBe(
      `${names} empty: not set, or not passed by the caller. Check both lists, with --env NAME for a job that has an environment:`,
    );
    expect(commands).toEqual(['gh variable list', 'gh secret list']);
  },
);

test.each([
  ['acme/moodle', 'https://github.com', 'acme/moodle'],
  ['acme/moodle', 'https://git.acme.example', 'git.acme.example/acme/moodle'],
  ["it's $(x)/y\n::error::z", 'https://github.com', String.raw`$'it\'s $(x)/y\u000a::error::z'`],
  ['', 'https://github.com', undefined],
])('the two commands are about the repository %j at %s', (repository, server, shown) => {
  give({ ...backupInputs, azure_client_id: '' });
  vi.stubEnv('GITHUB_REPOSITORY', repository);
  vi.stubEnv('GITHUB_SERVER_URL', server);
  const target = shown === undefined ? '' : ` -R ${shown}`;
  expect(messageOf(readRequest).split('\n').slice(-2)).toEqual([
    `gh variable list${target}`,
    `gh secret list${target}`,
  ]);
});

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return String((error as Error).message);
  }
  throw new Error('nothing was thrown');
}

test('of other missing inputs, the error has no such advice', () => {
  give({ ...restoreInputs, db_name: '', backup_file_name: '' });
  expect(readRequest).toThrow(/is missing$/);
});

describe('a file of root certificates', () => {
  const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
  test.each([
    ['a certificate', pem],
    ['a trusted certificate', pem.replaceAll('CERTIFICATE', 'TRUSTED CERTIFICATE')],
    ['words in front of it', `# Root\n${pem}`],
    ['several of them', pem + pem],
  ])('is accepted with %s', async (_, text) => {
    const file = join(folder.path, 'roots.pem');
    await writeFile(file, text);
    expect(requestOf({ ...backupInputs, ssl_root_cert: file })).toMatchObject({
      server: { sslRootCert: file },
    });
  });

  test.each([
    ['nothing', ''],
    ['a private key', '-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n'],
    [
      'a request for a certificate',
      '-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----\n',
    ],
    ['a certificate that is not PEM', '\x30\x82\x01\x0a'],
  ])('is refused with %s', async (_, text) => {
    const file = join(folder.path, 'roots.pem');
    await writeFile(file, text);
    expect(problemsOf({ ...backupInputs, ssl_root_cert: file })).toEqual([
      `ssl_root_cert must be a PEM file with a certificate in it; it is ${JSON.stringify(file)}`,
    ]);
  });

  test('is refused if it is a folder', async () => {
    const file = join(folder.path, 'folder.pem');
    await mkdir(file);
    expect(problemsOf({ ...backupInputs, ssl_root_cert: file })).toEqual([
      `ssl_root_cert must be a PEM file that can be read (EISDIR); it is ${JSON.stringify(file)}`,
    ]);
  });
});

describe('a client', () => {
  const keyFile = () => join(folder.path, 'key.gpg');
  const lineWith = (file: string) => `deb [signed-by=${file}] https://mirror.example/pgdg noble-pgdg main`;

  test.each([
    ['nothing', {}, {}],
    ['an empty version', { postgres_version: '' }, {}],
    ['auto', { postgres_version: ' auto ' }, {}],
    ['the lowest version', { postgres_version: '10' }, { major: 10 }],
    ['the highest version', { postgres_version: '99' }, { major: 99 }],
    ['a version', { postgres_version: '17\n' }, { major: 17 }],
  ])('is what %s says, for both jobs', (_, inputs, client) => {
    expect(requestOf({ ...backupInputs, ...inputs }).client).toEqual(client);
    expect(requestOf({ ...restoreInputs, ...inputs }).client).toEqual(client);
  });

  test.each([
    ...['9', '100', '017', '9.6', '17.6', '-17', '1e1', '0x11', 'Auto', 'latest', '17;id', '17 18', '17\n18'],
    ...['\u0661\u0667', 'postgresql-client-17'],
  ])('is never of the version %j', (version) => {
    expect(problemsOf({ ...backupInputs, postgres_version: version })).toEqual([
      `postgres_version must be auto or a major version from 10 to 99; it is ${JSON.stringify(version)}`,
    ]);
  });

  test.each([
    ['an old RSA key', '\x99\x02\x0d\x04'],
    ['a short key', '\x98\x33\x04c'],
    ['a key with a new tag', '\xc6\x33\x04c'],
    ['an armored key', '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDM\n'],
  ])('may come from a repository with %s', async (_, key) => {
    await writeFile(keyFile(), key, 'latin1');
    const inputs = { ...restoreInputs, postgres_apt_repository: ` ${lineWith(keyFile())}\n` };
    expect(requestOf(inputs).client).toEqual({
      source: {
        ...{ uri: 'https://mirror.example/pgdg', suite: 'noble-pgdg', components: ['main'] },
        signedBy: keyFile(),
      },
    });
    expect(requestOf({ ...inputs, postgres_version: '16' }).client).toMatchObject({ major: 16, source: {} });
  });

  test.each([
    ['nothing', ''],
    ['a private key', '-----BEGIN PGP PRIVATE KEY BLOCK-----\n'],
    ['a web page', '<html>404</html>'],
    ['a certificate', '-----BEGIN CERTIFICATE-----\n'],
  ])('comes from no repository whose key is %s', async (_, key) => {
    await writeFile(keyFile(), key);
    const line = lineWith(keyFile());
    expect(problemsOf({ ...backupInputs, postgres_apt_repository: line })).toEqual([
      `postgres_apt_repository must have a file with an OpenPGP public key in signed-by; it is ${JSON.stringify(line)}`,
    ]);
  });

  test.each([
    ['/no/such/key.gpg', 'must have a key in signed-by that can be read (ENOENT)'],
    ['/etc/passwd/key.gpg', 'must have a key in signed-by that can be read (ENOTDIR)'],
    ['/dev/zero', 'must have a file with an OpenPGP public key in signed-by'],
    ['/tmp', 'must have a file with an OpenPGP public key in signed-by'],
  ])('comes from no repository whose key is in %s', (file, problem) => {
    const line = lineWith(file);
    expect(problemsOf({ ...backupInputs, postgres_apt_repository: line })).toEqual([
      `postgres_apt_repository ${problem}; it is ${JSON.stringify(line)}`,
    ]);
  });

  test.each([
    [
      'https://user:s3cret@mirror.example',
      'must have no user and password in its URL: apt reads them from /etc/apt/auth.conf.d',
      '***@mirror.example noble-pgdg main',
    ],
    [
      'https://mirror.example/pgdg?token=s3cret',
      'must have a URL that begins with https://, http:// or file:/ and has no query',
      'deb [signed-by=/no/such.gpg] https://mirror.example/pgdg?***',
    ],
  ])('comes from no repository with a password, which is not told: %s', (url, problem, shown) => {
    const line = `deb [signed-by=/no/such.gpg] ${url} noble-pgdg main`;
    expect(problemsOf({ ...backupInputs, postgres_apt_repository: line })).toEqual([
      `postgres_apt_repository ${problem}; it is ${JSON.stringify(shown)}`,
    ]);
  });
});

test('a backup that is given the name of a file says that it does not use it', () => {
  expect(requestOf({ ...backupInputs, backup_file_name: 'mine.dump' })).not.toHaveProperty('backupFileName');
  expect(readLog(printed.join('').trimEnd())).toEqual([
    { kind: 'annotation', annotation: { level: 'warning', message: expect.stringContaining('"mine.dump"') } },
  ]);
});

test.each([
  ['a backup', backupInputs],
  ['a restore', restoreInputs],
])('%s with what it needs says nothing', (_, inputs) => {
  requestOf(inputs);
  expect(printed).toEqual([]);
});

test('the values that usually are secrets are those that are given, without the spaces around them', () => {
  give({ ...backupInputs, azure_db_host: ' db.example.com ', azure_subscription_id: '', db_port: '5432' });
  const { job_to_run: _job, db_name: _name, ...secretive } = backupInputs;
  expect(inputsToMask()).toEqual(secretive);
});

describe('whatever is given', () => {
  const { inputs } = parse(readFileSync(new URL('../../../action.yml', import.meta.url), 'utf8')) as {
    inputs: Record<string, unknown>;
  };
  const hostile = [
    'x\n- jobs is right\n::error::planted',
    '\u001b[2K\u0085::error::planted',
    '-x\u2028::add-mask::planted\u202e',
    '-"\r--file=planted\r\n%0A::error::planted',
    'x\u009b31m`planted`\u0007\0',
    `-f ${'planted'.repeat(1_000)}`,
  ];

  test.each(Object.keys(inputs))('%s is told in one line, with nothing that cannot be seen', (name) => {
    for (const value of hostile) {
      for (const base of [backupInputs, restoreInputs]) {
        give({ ...base, [name]: value });
        const told = toldOf(readRequest);
        for (const line of told) {
          expect(Object.keys(inputs)).toContain(/^- (\w+) /.exec(line)?.[1]);
          expect(line).not.toMatch(/[\p{Cc}\u2028-\u202e]/u);
        }
        // Nothing is wrong with a name like that of a blob or of a database without control characters.
        expect(told.length).toBeLessThan(3);
      }
    }
  });

  /** The lines that an error has that name an input, or stand there in its place. */
  function toldOf(read: () => unknown): string[] {
    try {
      read();
      return [];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return error.message.split('\n').slice(2);
    }
  }
});

describe('the link to the portal', () => {
  const known = {
    ...backupInputs,
    azure_subscription_id: 'b1c2d3e4-0000-4000-8000-a1b2c3d4e5f6',
    storage_resource_group: 'rg-backups',
  };

  test('needs the subscription and the resource group of the account', () => {
    expect(requestOf(known).account).toEqual({
      ...{ portal: 'https://portal.azure.com', subscription: known.azure_subscription_id },
      ...{ resourceGroup: 'rg-backups', account: backupInputs.storage_account_name },
    });
    expect(requestOf({ ...known, azure_subscription_id: '' }).account).toBeUndefined();
    expect(requestOf({ ...known, storage_resource_group: '' }).account).toBeUndefined();
  });

  test('is one of the cloud that the account is in', () => {
    const azure_authority_host = 'https://login.microsoftonline.us';
    expect(requestOf({ ...known, azure_authority_host }).account?.portal).toBe('https://portal.azure.us');
  });

  test('takes no name that no resource group has', () => {
    expect(problemsOf({ ...known, storage_resource_group: 'a/b' }).join()).toContain(
      'storage_resource_group',
    );
    expect(problemsOf({ ...known, storage_resource_group: 'a.' }).join()).toContain('storage_resource_group');
  });
});
