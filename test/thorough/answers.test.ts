import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountOf, type Extra, type Jobs, jobsOn, onlyError } from '../support/jobs.ts';
import { localNames } from '../support/machine/certificates.ts';
import {
  type Answer,
  type HttpsServer,
  type Request,
  startHttpsServer,
} from '../support/machine/https-server.ts';
import type { StepResult } from '../support/runner/runner.ts';
import { logsOf, placesOf } from '../support/runner/what-is-told.ts';
import { leaks } from '../support/secret-forms.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * What answers in place of Key Vault, Entra ID, GitHub or the account, or has changed an answer on its way, gains nothing by it, and
 * nothing of what it answers is told.
 */

let world: World;
let jobs: Jobs;
let database: string;
beforeAll(async () => {
  world = await startWorld({ servers: [15] });
  jobs = jobsOn(world, 15);
  database = await jobs.createDatabase();
});
afterAll(() => world.stop());

const debugging = { RUNNER_DEBUG: '1', ACTIONS_STEP_DEBUG: 'true', AZURE_LOG_LEVEL: 'verbose' };
const backup = (extra: Extra = {}): Promise<StepResult> =>
  jobs.backup(database, {
    ...extra,
    inputs: { retry_timeout_seconds: '30', ...extra.inputs },
    environment: { ...debugging, ...extra.environment },
  });

type Distort = (json: string) => Partial<Answer>;
const text = (text: string): Partial<Answer> => ({ text });
const upTo = (json: string, what: string, more = 0): string =>
  json.slice(0, json.indexOf(what) + what.length + more);

/** With what is escaped in JSON, and pieces that are easy to look for. */
function somethingSecret(): { value: string; pieces: Record<string, string> } {
  const [first, second, third] = [1, 2, 3].map(() => randomBytes(6).toString('hex')) as [
    string,
    string,
    string,
  ];
  const value = `${first} "quoted" \\ ${second}\nä ${third}`;
  return { value, pieces: { first, second, third } };
}

/** An answer that nobody can read, though what is secret can be read in it. */
const unreadable: Record<string, Distort> = {
  'cut off in the middle of a value': (json) => text(json.slice(0, json.indexOf('quoted') + 3)),
  'cut off behind a value': (json) => text(upTo(json, '","')),
  'with a line of a proxy behind it': (json) => text(`${json}\n<!-- checked by the proxy -->`),
  'with something in its midst': (json) => text(json.replace('":"', '":x"')),
  'over several lines, and cut off': (json) =>
    text(JSON.stringify(JSON.parse(json), null, 2).split('\n').slice(0, -1).join('\r\n')),
  'with a blank behind it that JSON does not know': (json) => text(`${json}\u00a0`),
  'with a mark of the byte order before it': (json) => text(`\ufeff${json}`),
  'as a page': (json) => text(`<html><pre>${json}</pre></html>`),
  'with another status': (json) => ({ status: 502, text: json.slice(0, -2) }),
};

describe.concurrent('of an answer of the vault that cannot be read, nothing is told', () => {
  test.each(Object.entries(unreadable))('%s', async (_, distort) => {
    const { value, pieces } = somethingSecret();
    const { inputs } = accountOf(world, { user: 'somebody', password: value });
    world.vault.secrets.set(inputs['db_password_secret_name'] ?? '', { value, distort });
    const step = await backup({ inputs });
    expect(leaks({ value, ...pieces }, placesOf(step))).toEqual([]);
    expect(step.masks.join('\n')).toContain(pieces['first'] ?? '');
    expect(onlyError(step)).toMatch(
      /^Reading the database's password \(secret "[^"]*"\) from \S+ failed: the response is [^\n]*\(HTTP \d+\)\n[^\n]*\.\nNo backup was made\.$/,
    );
  });
});

describe.concurrent('of an answer with a token that cannot be read, nothing is told', () => {
  test.each(['Entra ID', 'GitHub'])('%s', async (which) => {
    const { value, pieces } = somethingSecret();
    const name = randomUUID();
    const answer: Distort = () =>
      text(`{"token_type":"Bearer","access_token":${JSON.stringify(value)},"value":"${pieces['first']}`);
    const { entra, github } = world;
    entra.applications.set(name, entra.federatedCredential);
    (which === 'GitHub' ? github : entra).distort.set(name, answer);
    const tokens = `${github.environment.ACTIONS_ID_TOKEN_REQUEST_URL}&distort=${name}`;
    const step = await backup({
      inputs: { azure_client_id: name },
      environment: { ACTIONS_ID_TOKEN_REQUEST_URL: tokens },
    });
    expect(onlyError(step)).toMatch(
      /failed: the response is not JSON, or was cut off [^\n]*\(HTTP 200\)\n[^\n]*\.\nNo backup was made\.$/,
    );
    expect(leaks({ value, ...pieces }, placesOf(step))).toEqual([]);
    expect(step.masks.join('\n')).toContain(pieces['first'] ?? '');
  });
});

const kinds: Record<string, [Distort, RegExp]> = {
  empty: [() => text(''), /the response is empty/],
  'of HTML': [() => text('<!DOCTYPE html><title>Sign in</title>'), /the response is an HTML or XML page/],
  null: [() => text('null'), /the response is null, and not a JSON object/],
  'an empty object': [() => text('{}'), /the response contains no \w+/],
  'a list': [() => text('[]'), /the response is a list, and not a JSON object/],
  'a number': [() => text('17'), /the response is a number, and not a JSON object/],
  'a value that is none': [
    () => text('{"value":null,"access_token":null,"expires_in":null}'),
    /the response contains no \w+/,
  ],
  'a value of another type': [
    () => text('{"value":{"a":[1]},"access_token":{"a":[1]}}'),
    /the response contains no \w+/,
  ],
};

describe.concurrent('an answer of another kind is told in one sentence', () => {
  test.each(Object.entries(kinds))('%s', async (_, [distort, sentence]) => {
    const { inputs } = accountOf(world, { user: 'somebody', password: 'none' });
    world.vault.secrets.set(inputs['db_password_secret_name'] ?? '', { value: 'none', distort });
    const application = randomUUID();
    world.entra.applications.set(application, world.entra.federatedCredential);
    world.entra.distort.set(application, distort);
    world.github.distort.set(application, distort);
    const tokens = `${world.github.environment.ACTIONS_ID_TOKEN_REQUEST_URL}&distort=${application}`;
    const steps = await Promise.all([
      backup({ inputs }),
      backup({ inputs: { azure_client_id: application } }),
      backup({ environment: { ACTIONS_ID_TOKEN_REQUEST_URL: tokens } }),
    ]);
    for (const step of steps) {
      const [cause = '', ...advice] = onlyError(step).split(' failed: ')[1]?.split('\n') ?? [];
      expect(cause).toMatch(sentence);
      expect(advice).toEqual([expect.stringMatching(/^(?:Check|See|Run) .*\.$/), 'No backup was made.']);
      expect(logsOf(step).shown).not.toMatch(
        /Cannot read|Unexpected (?:token|end)|in JSON|undefined|SyntaxError|TypeError/,
      );
    }
  });
});

test('an answer without an id is told in a sentence', async () => {
  const { inputs } = accountOf(world, world.login);
  world.vault.secrets.set(inputs['db_password_secret_name'] ?? '', {
    value: world.login.password,
    distort: (json) => ({ body: { value: JSON.parse(json).value } }),
  });
  const step = await backup({ inputs });
  expect(onlyError(step)).toContain('the response does not name its secret');
  expect(logsOf(step).raw).not.toContain(world.login.password);
});

test('no variable of the runner makes anything print a token or the login of a proxy', async () => {
  const [user, password] = [randomBytes(6).toString('hex'), `it's:${randomBytes(6).toString('hex')}`];
  const login = `${user}:${encodeURIComponent(password)}`;
  await using proxy = await startRefusingProxy();
  const talkative = {
    ...{ AZURE_LOG_LEVEL: 'verbose', TYPESPEC_RUNTIME_LOG_LEVEL: 'verbose', DEBUG: '*' },
    NODE_DEBUG: 'http,https,net,tls,undici,fetch',
  };
  const [direct, throughProxy] = await Promise.all([
    backup({ environment: talkative }),
    backup({
      inputs: { azure_authority_host: '' },
      environment: {
        ...talkative,
        ...{ HTTPS_PROXY: `http://${login}@localhost:${proxy.port}`, NO_PROXY: 'localhost' },
      },
    }),
  ]);
  expect(direct).toMatchObject({ exitCode: 0 });
  expect(onlyError(throughProxy)).toContain('https://login.microsoftonline.com');
  expect(proxy.seen.join('\n')).toContain(Buffer.from(`${user}:${password}`).toString('base64'));
  const tokens = Object.fromEntries(
    [...world.github.tokens, ...world.entra.tokens].map((token, index) => [`token ${index}`, token]),
  );
  const asking = world.github.environment.ACTIONS_ID_TOKEN_REQUEST_TOKEN;
  for (const step of [direct, throughProxy])
    expect(leaks({ ...tokens, asking, password, login }, placesOf(step))).toEqual([]);
  for (const step of [direct, throughProxy])
    expect(step.log).not.toMatch(/azure:|typespec|^(?:HTTPS?|NET|TLS|FETCH|UNDICI) \d+:/m);
  expect(throughProxy.masks).toEqual(expect.arrayContaining([password, encodeURIComponent(password)]));
});

/** Something that takes connections as a proxy does, and lets none through. */
async function startRefusingProxy(): Promise<AsyncDisposable & { port: number; seen: string[] }> {
  const seen: string[] = [];
  const server = createServer((socket) => {
    socket
      .on('error', () => {})
      .on('data', (data) => {
        seen.push(data.toString());
        socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    ...{ port, seen },
    [Symbol.asyncDispose]: async () => void server.close(),
  };
}

/** Runs a step against something that answers in place of another; what it was sent, and for what tokens were asked meanwhile. */
async function against(
  handle: (request: Request) => Answer,
  input: (url: string) => Extra,
): Promise<{ step: StepResult; requests: Request[]; asked: string[] }> {
  const requests: Request[] = [];
  const server = await startHttpsServer(await world.authority.issue(localNames), (request) => {
    requests.push(request);
    return handle(request);
  });
  try {
    const earlier = world.entra.asked.length;
    const step = await backup(input(server.url));
    const asked = world.entra.asked.slice(earlier).map((scope) => scope.split(' ')[0] ?? '');
    return { step, requests, asked };
  } finally {
    await server.stop();
  }
}

const vault = 'https://vault.azure.net/.default';
const storage = 'https://storage.azure.com/.default';

describe('tokens are asked for the vault and for storage only, whatever an answer names', () => {
  const own = (): string => `${world.entra.url}/${world.entra.tenantId}`;
  const challenges: Record<string, () => string> = {
    'the resource of management': () =>
      `Bearer authorization="${own()}", resource="https://management.azure.com"`,
    'the resource of storage': () => `Bearer authorization="${own()}", resource="https://storage.azure.com"`,
    'the scope of Graph': () =>
      `Bearer authorization="${own()}", scope="https://graph.microsoft.com/.default"`,
    'another tenant': () =>
      `Bearer authorization="${world.entra.url}/${randomUUID()}", resource="https://vault.azure.net"`,
    'another authority': () =>
      `Bearer authorization="https://localhost:9/${world.entra.tenantId}", resource="https://vault.azure.net"`,
    'no challenge at all': () => '',
    claims: () =>
      `Bearer error="insufficient_claims", claims="${btoa('{"access_token":{}}')}", resource="https://management.azure.com"`,
  };
  test.each(Object.entries(challenges))('a vault that names %s', async (_, challenge) => {
    const header = challenge();
    const { step, requests, asked } = await against(
      () => ({ status: 401, headers: header === '' ? {} : { 'www-authenticate': header }, body: {} }),
      (url) => ({ inputs: { key_vault_url: url } }),
    );
    expect(onlyError(step)).toMatch(/HTTP 401|belongs to tenant/);
    expect(requests.length).toBeGreaterThan(0);
    expect(new Set(asked)).toEqual(new Set([vault]));
  });

  test.each(['https://management.azure.com', 'https://vault.azure.net', 'https://graph.microsoft.com'])(
    'an account that names %s',
    async (resource) => {
      const tenant = `https://login.microsoftonline.com/${world.entra.tenantId}/oauth2/authorize`;
      const { step, requests, asked } = await against(
        () => ({
          status: 401,
          headers: { 'www-authenticate': `Bearer authorization_uri=${tenant} resource_id=${resource}` },
          body: {},
        }),
        (url) => ({ inputs: { storage_account_url: `${url}/account` } }),
      );
      expect(onlyError(step)).toMatch(/HTTP 401/);
      expect(requests.length).toBeGreaterThan(0);
      expect(new Set(asked)).toEqual(new Set([vault, storage]));
    },
  );
});

describe('no token goes to where an answer redirects', () => {
  let elsewhere: HttpsServer;
  let received: Request[];
  beforeAll(async () => {
    elsewhere = await startHttpsServer(await world.authority.issue(localNames), (request) => {
      received.push(request);
      return { status: 200, body: { value: 'x'.repeat(20), id: 'x' } };
    });
  });
  afterAll(() => elsewhere.stop());

  const places: Record<string, (url: string) => Extra> = {
    'the vault': (url) => ({ inputs: { key_vault_url: url } }),
    'the account': (url) => ({ inputs: { storage_account_url: `${url}/account` } }),
    GitHub: (url) => ({ environment: { ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/token?x=1` } }),
    'Entra ID': (url) => ({ inputs: { azure_authority_host: url } }),
  };
  const runs = Object.entries(places).flatMap(([what, input]) =>
    [302, 307, 308].map((status) => ({ what, status, input })),
  );
  test.each(runs)('$what, with $status', async ({ status, input }) => {
    received = [];
    const { step, requests } = await against(
      ({ url: { pathname } }) => ({ status, headers: { location: `${elsewhere.url}${pathname}` }, body: {} }),
      input,
    );
    expect(onlyError(step)).not.toMatch(/Cannot read|undefined/);
    expect(requests.length).toBeGreaterThan(0);
    expect(received.map(({ headers }) => headers['authorization'])).toEqual([]);
  });
});
