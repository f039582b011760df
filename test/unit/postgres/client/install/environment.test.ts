import { afterEach, expect, test, vi } from 'vitest';
import { installerEnvironment } from '../../../../../src/postgres/client/install/environment.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each([
  'INPUT_DB_NAME',
  'STATE_restore',
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  'GITHUB_TOKEN',
  'GH_TOKEN',
  'AZURE_CLIENT_SECRET',
  'PGPASSWORD',
  'MY_SECRET',
  'NODE_OPTIONS',
  'LD_PRELOAD',
  'DPKG_ROOT',
  'HOMEBREW_GITHUB_API_TOKEN',
  'HOMEBREW_DOCKER_REGISTRY_BASIC_AUTH_TOKEN',
])('an installer does not get %s', (name) => {
  vi.stubEnv(name, 'x');
  expect(installerEnvironment()).not.toHaveProperty(name);
});

test.each(['PATH', 'HOME', 'TMPDIR', 'APT_CONFIG', 'HOMEBREW_PREFIX', 'SSL_CERT_FILE', 'https_proxy'])(
  'an installer gets %s',
  (name) => {
    vi.stubEnv(name, 'x y');
    expect(installerEnvironment()).toHaveProperty(name, 'x y');
  },
);

test('a proxy that is told in upper case is told in lower case', () => {
  vi.stubEnv('http_proxy', undefined);
  vi.stubEnv('HTTP_PROXY', 'http://proxy:1');
  vi.stubEnv('no_proxy', 'a');
  vi.stubEnv('NO_PROXY', 'b');
  expect(installerEnvironment()).toMatchObject({ http_proxy: 'http://proxy:1', no_proxy: 'a' });
});

test('nothing asks questions, and the messages are those that are known', () => {
  vi.stubEnv('LC_ALL', 'de_DE.UTF-8');
  expect(installerEnvironment()).toMatchObject({ LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' });
});
