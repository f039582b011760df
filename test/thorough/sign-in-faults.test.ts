import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Fault,
  type Faults,
  type Passing,
  refusal,
  startFaults,
} from '../support/faults/start-faults.ts';
import { type Extra, type Jobs, jobsOn, onlyError } from '../support/jobs.ts';
import type { StepResult } from '../support/runner/runner.ts';
import { logsOf } from '../support/runner/what-is-told.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * GitHub's token endpoint and Entra ID while they stumble, and what answers in their place.
 */

let world: World;
let jobs: Jobs;
beforeAll(async () => {
  world = await startWorld({ servers: [15] });
  jobs = jobsOn(world, 15);
});
afterAll(() => world.stop());

type Kind = 'github token' | 'entra configuration' | 'entra token';

/** A backup on whose way the requests of some kinds meet with faults, one after the other. */
async function backupWith(
  faults: Partial<Record<Kind, readonly Fault[]>>,
  { seconds = 30, ...extra }: Extra & { seconds?: number } = {},
): Promise<{ step: StepResult; seen: Faults['seen'] }> {
  const met = new Map<string, number>();
  const decide = ({ kind }: Passing): Fault => {
    const number = met.get(kind) ?? 0;
    met.set(kind, number + 1);
    return faults[kind as Kind]?.[number] ?? 'pass';
  };
  return backupBy(decide, { seconds, ...extra });
}

async function backupBy(
  decide: (passing: Passing) => Fault,
  { seconds = 15, ...extra }: Extra & { seconds?: number } = {},
): Promise<{ step: StepResult; seen: Faults['seen'] }> {
  await using way = await startFaults(world, decide);
  // Of its own: the names of backups of one database tell them apart by the second.
  const step = await jobs.backup(await jobs.createDatabase(), {
    inputs: { ...way.inputs, retry_timeout_seconds: String(seconds), ...extra.inputs },
    environment: { ...way.environment, ...extra.environment },
  });
  return { step, seen: way.seen };
}

const page: Fault = { answer: { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' } };
const empty: Fault = { answer: { status: 200, body: '' } };
/** Each fault that passes; how the log tells of it depends on who is asked. */
const passing: Record<string, Fault> = {
  'a reset': 'drop',
  'an answer that is lost': 'lose answer',
  'an answer that breaks off': { resetAfter: 10 },
  silence: { silent: 'before' },
  'silence in the headers': { silent: 'headers' },
  'silence in the body': { silent: 'body', after: 5 },
  'an empty answer': empty,
  'a page': page,
  'a page with 503': { answer: { status: 503, headers: { 'content-type': 'text/html' }, body: '<html>' } },
  'a gateway that has no answer': { answer: { status: 502, body: '' } },
};
const ofGitHub: Record<string, Fault> = {
  '500': refusal('github', 500, 'Something went wrong.'),
  '503': refusal('github', 503, 'Unavailable'),
  '429': refusal('github', 429, 'Too many requests'),
  '429 with Retry-After': refusal('github', 429, 'Too many requests', undefined, { 'retry-after': '1' }),
};
const ofEntra: Record<string, Fault> = {
  '500': refusal('entra', 500, 'server_error'),
  '503': refusal('entra', 503, 90033),
  '429': refusal('entra', 429, 90055, 'Too many requests.'),
  '429 with Retry-After': refusal('entra', 429, 90055, 'Too many requests.', { 'retry-after': '1' }),
};

/** The lines that tell of another attempt. */
function attempts({ log }: StepResult, what: string): string[] {
  return log
    .split('\n')
    .filter((line) => line.startsWith(`${what}: `) && / Trying again in [\d.]+ s$/.test(line));
}

/** Four of them for one step each: GitHub is asked five times, and pauses double. */
function inFours(faults: Record<string, Fault>): [string, Fault[]][] {
  const all = Object.entries(faults);
  return all.flatMap((_, from) => {
    const four = all.slice(from, from + 4);
    return from % 4 === 0 ? [[four.map(([name]) => name).join(', '), four.map(([, fault]) => fault)]] : [];
  });
}

describe.concurrent('what passes is asked again', () => {
  test.each(inFours({ ...ofGitHub, ...passing }))('of GitHub: %s', async (_, faults) => {
    const { step, seen } = await backupWith({ 'github token': faults });
    expect(step.exitCode, step.log).toBe(0);
    expect(seen.filter(({ kind }) => kind === 'github token')).toHaveLength(faults.length + 1);
    expect(attempts(step, "Asking GitHub for this run's OIDC token")).toHaveLength(faults.length);
  });

  const everywhere = (['entra configuration', 'entra token'] as const).flatMap((kind) =>
    inFours({ ...ofEntra, ...passing }).map(([names, faults]) => [kind, names, faults] as const),
  );
  test.each(everywhere)('of Entra ID, %s: %s', async (kind, _, faults) => {
    // What answers first says that Entra ID is reached.
    const all = [refusal('entra', 503, 90033), ...faults];
    const { step } = await backupWith({ [kind]: all });
    expect(step.exitCode, step.log).toBe(0);
    expect(attempts(step, 'Signing in to Entra ID')).toHaveLength(all.length);
    expect(logsOf(step).shown).not.toMatch(/aka\.ms|resolution_error|network_error|undefined|content-type/);
  });
});

describe('what lasts is told', () => {
  const between = 'something other than Azure answered, such as a proxy or firewall';
  const run: Record<string, [Kind, Fault, RegExp, RegExp]> = {
    'GitHub throttles': [
      'github token',
      refusal('github', 429, 'Too many requests'),
      /Too many requests \(HTTP 429\)/,
      /^GitHub is throttling requests for tokens\. Run the job again in some minutes\.$/,
    ],
    'GitHub does not answer': [
      'github token',
      { silent: 'before' },
      /localhost did not answer in time \(ETIMEDOUT\)/,
      /^Allow this connection/,
    ],
    'GitHub answers with nothing': [
      'github token',
      empty,
      /the response is empty \(HTTP 200\)/,
      /githubstatus\.com/,
    ],
    'a portal answers in place of GitHub': [
      'github token',
      { answer: { status: 302, headers: { location: 'https://portal.test/', server: 'nginx' } } },
      /the response redirects to another address, which is not followed \(HTTP 302, server: nginx\)/,
      /HTTPS_PROXY/,
    ],
    'a proxy on the way to GitHub wants a login': [
      'github token',
      { answer: { status: 407, headers: { via: '1.1 proxy' } } },
      /a proxy requires a login \(HTTP 407, via: 1\.1 proxy\)/,
      /HTTPS_PROXY/,
    ],
    'a firewall answers in place of GitHub': [
      'github token',
      { answer: { status: 403, headers: { 'content-type': 'text/html' }, body: '<html>s3cret</html>' } },
      /the response is an HTML or XML page, [^\n]* \(HTTP 403, an HTML page\)/,
      /HTTPS_PROXY/,
    ],
    'Entra ID does not answer': [
      'entra token',
      { silent: 'before' },
      /localhost did not answer in time \(ETIMEDOUT\)/,
      /^Allow this connection/,
    ],
    'Entra ID does not say where its endpoints are': [
      'entra configuration',
      { silent: 'body' },
      /localhost did not answer in time \(ETIMEDOUT\)/,
      /^Allow this connection/,
    ],
    'Entra ID answers with nothing': [
      'entra token',
      { answer: { status: 200, headers: { 'x-ms-request-id': '1' }, body: '' } },
      /the response is empty \(HTTP 200\)/,
      /^Check that the runner can reach/,
    ],
    'Entra ID is down': [
      'entra token',
      {
        answer: {
          status: 503,
          headers: { 'x-ms-request-id': '1', 'content-type': 'text/html' },
          body: '<p>',
        },
      },
      /the response is an HTML or XML page, and not JSON \(HTTP 503\)/,
      /azure\.status\.microsoft/,
    ],
    'Entra ID throttles': [
      'entra token',
      refusal('entra', 429, 90055, 'Too many requests.'),
      /AADSTS90055: Too many requests\./,
      /^Run the job again later\./,
    ],
    'a firewall answers in place of Entra ID': [
      'entra configuration',
      { answer: { status: 403, headers: { 'content-type': 'text/html', server: 'Zscaler' }, body: '<p>' } },
      new RegExp(`${between} \\(HTTP 403, an HTML page, server: Zscaler\\)`),
      /HTTPS_PROXY/,
    ],
    'a portal answers in place of Entra ID': [
      'entra token',
      page,
      new RegExp(`${between} \\(HTTP 200, an HTML page\\)`),
      /HTTPS_PROXY/,
    ],
    'a proxy on the way to Entra ID wants a login': [
      'entra configuration',
      { answer: { status: 407 } },
      /a proxy requires a login \(HTTP 407\)/,
      /HTTPS_PROXY/,
    ],
  };

  test.concurrent.each(Object.entries(run))('%s', async (_, [kind, fault, cause, advice]) => {
    const began = performance.now();
    const { step } = await backupBy((one) => (one.kind === kind ? fault : 'pass'), { seconds: 10 });
    expect(performance.now() - began).toBeLessThan(30_000);
    const lines = onlyError(step).split('\n');
    const tried = kind === 'github token' ? 'Asking GitHub' : 'Signing in to Entra ID';
    expect(lines[0]).toMatch(new RegExp(`^${tried}[^\\n]* failed: ${cause.source}$`));
    expect(lines[1]).toMatch(advice);
    expect(lines.slice(2)).toEqual(['No backup was made.']);
    expect(logsOf(step).shown).not.toMatch(/aka\.ms|s3cret|resolution_error|network_error/);
  });

  test('GitHub is asked five times at most, and once where it refuses', async () => {
    const lasting = await backupBy((one) =>
      one.endpoint === 'github' ? (ofGitHub['500'] ?? 'pass') : 'pass',
    );
    expect(lasting.seen).toHaveLength(5);
    for (const status of [401, 403, 404]) {
      const refused = await backupBy(() => refusal('github', status, 'No.'));
      expect(refused.seen).toHaveLength(1);
      expect(onlyError(refused.step)).toContain(`No. (HTTP ${status})`);
    }
  });
});

describe('a federated credential that Entra ID does not know of yet', () => {
  const unknown = refusal(
    'entra',
    401,
    700213,
    "No matching federated identity record found for presented assertion subject 'x'. Check it.",
  );

  test('is tried once more, with a line in the log', async () => {
    const { step } = await backupWith({ 'entra token': [unknown] });
    expect(step.exitCode, step.log).toBe(0);
    expect(attempts(step, 'Signing in to Entra ID')).toEqual([
      "Signing in to Entra ID: AADSTS700213: No matching federated identity record found for presented assertion subject 'x'. Trying again in 1.0 s",
    ]);
  });

  test('and no more than once', async () => {
    const { step, seen } = await backupBy(({ kind }) => (kind === 'entra token' ? unknown : 'pass'));
    expect(onlyError(step)).toContain('or this worked before, run the job again');
    expect(seen.filter(({ kind }) => kind === 'entra token')).toHaveLength(2);
  });
});

describe('a sign-in in the middle of a job', () => {
  /** What Entra ID answers where a token for the account is asked for. */
  const forTheAccount = (fault: Fault) => (one: Passing) =>
    one.kind === 'entra token' && one.body.includes('storage.azure.com') ? fault : 'pass';

  test('that fails is told as such, and at once where it is refused', async () => {
    const blocked = refusal('entra', 400, 53003, 'Access has been blocked by Conditional Access policies.');
    const { step, seen } = await backupBy(forTheAccount(blocked));
    expect(onlyError(step)).toMatch(
      /^Signing in to Entra ID \(\S+\) as application \S+ of tenant \S+ failed: AADSTS53003: Access has been blocked by Conditional Access policies\.\nA conditional access policy [^\n]+\nNo backup was made\.$/,
    );
    expect(seen.filter(({ kind }) => kind === 'entra token')).toHaveLength(2);
    expect(seen.filter(({ endpoint }) => endpoint === 'blob')).toEqual([]);
  });

  test('is tried no longer than it may, whoever waits for it', async () => {
    const began = performance.now();
    const down = refusal('entra', 503, 90033, 'A transient error has occurred.');
    const { step } = await backupBy(forTheAccount(down), { seconds: 10 });
    expect(performance.now() - began).toBeLessThan(30_000);
    expect(onlyError(step)).toMatch(/^Signing in to Entra ID [^\n]* failed: AADSTS90033: A transient error/);
    expect(attempts(step, 'Signing in to Entra ID').length).toBeGreaterThan(4);
  });
});

test('a cancel ends a sign-in at once', async () => {
  await using way = await startFaults(world, ({ kind }) =>
    kind === 'entra token' ? { silent: 'before' } : 'pass',
  );
  const order = { job_to_run: 'backup', db_name: 'shop' };
  const running = await jobs.start(order, { inputs: way.inputs, environment: way.environment });
  while (!way.seen.some(({ kind }) => kind === 'entra token'))
    await new Promise((resolve) => setTimeout(resolve, 50));
  const began = performance.now();
  running.cancel();
  const step = await running.done;
  expect(performance.now() - began).toBeLessThan(3_000);
  expect(onlyError(step)).toContain('cancelled (SIGINT)');
});
