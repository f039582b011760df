import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Backups, createBackups } from '../support/azure/backups.ts';
import { type Fault, type Passing, refusal, startFaults } from '../support/faults/start-faults.ts';
import { type Jobs, jobsOn, onlyError } from '../support/jobs.ts';
import { noise } from '../support/postgres/databases/noise.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * Blob Storage stumbles in every way, and each request of the bundle's is met by it. What it waits for follows from
 * retry_timeout_seconds: 15 of them make 1 s for a small answer and 3 s for silence.
 */
let world: World;
let jobs: Jobs;
let database: string;
let before: string;
let good: string;
beforeAll(async () => {
  world = await startWorld({ servers: [15] });
  jobs = jobsOn(world, 15);
  // Three blocks, and two ranges.
  database = await jobs.createDatabase({ sql: noise(11) });
  before = await jobs.text(database);
  const step = await jobs.backup(database);
  expect(step.exitCode, step.log).toBe(0);
  good = step.outputs['backup_file_name'] ?? '';
});
afterAll(() => world.stop());

type Result = Awaited<ReturnType<Jobs['backup']>>;
type Decide = (passing: Passing) => Fault;
const patient = { retry_timeout_seconds: '15' };

/** A container of its own for what a backup leaves. */
async function backupOver(
  decide: Decide,
  more: Record<string, string> = {},
): Promise<{ step: Result; seen: Passing[]; backups: Backups }> {
  const backups = await createBackups(world.azurite);
  await using faults = await startFaults(world, decide);
  const { seen, environment } = faults;
  const inputs = { ...faults.inputs, ...patient, ...more, storage_container_name: backups.container };
  return { step: await jobs.backup(database, { inputs, environment }), seen, backups };
}

async function restoreOver(
  decide: Decide,
  more: Record<string, string> = {},
  name = good,
): Promise<{ step: Result; seen: Passing[] }> {
  await using faults = await startFaults(world, decide);
  const { seen, environment } = faults;
  const inputs = { ...faults.inputs, ...patient, ...more };
  return { step: await jobs.restore(database, name, { inputs, environment }), seen };
}

/** There is one blob, which is what the outputs say. */
async function expectBackup({ outputs, exitCode, log }: Result, backups: Backups): Promise<void> {
  expect(exitCode, log).toBe(0);
  const name = outputs['backup_file_name'] ?? '';
  expect(await backups.list()).toEqual([name]);
  const content = await backups.read(name);
  expect(createHash('sha256').update(content).digest('hex')).toBe(outputs['backup_sha256']);
}

const ofKind =
  (kind: string, fault: (earlier: number) => Fault): Decide =>
  (passing) =>
    passing.kind === kind ? fault(passing.earlier) : 'pass';
const first =
  (times: number, fault: Fault) =>
  (earlier: number): Fault =>
    earlier < times ? fault : 'pass';
const busy = refusal('blob', 503, 'ServerBusy', 'The server is busy.');
const page = (status: number): Fault => ({
  answer: { status, headers: { 'content-type': 'text/html' }, body: '<html>Sorry</html>' },
});

describe('a backup is made, once and whole,', () => {
  test.each<[string, Decide]>([
    ['if the first look is not answered', ofKind('blob head', first(1, { silent: 'before' }))],
    ['if the first look is answered by half', ofKind('blob head', first(1, { silent: 'headers' }))],
    ['if the first look is refused for a while', ofKind('blob head', first(5, busy))],
    ['if blocks are not answered', ofKind('blob block', first(2, { silent: 'before', carriedOut: true }))],
    ['if blocks are taken by half', ofKind('blob block', first(2, { silent: 'request', after: 1_000_000 }))],
    ['if blocks are answered by half', ofKind('blob block', first(1, { silent: 'headers' }))],
    ['if blocks are reset by half', ofKind('blob block', first(4, { resetRequestAfter: 2_000_000 }))],
    ['if the way for blocks is narrow', ofKind('blob block', () => ({ bandwidth: 400_000 }))],
    ['if blocks are refused for a while', ofKind('blob block', first(15, busy))],
    [
      'if there are too many',
      ofKind(
        'blob block',
        first(3, refusal('blob', 429, 'TooManyRequests', 'Slow down.', { 'retry-after': '2' })),
      ),
    ],
    [
      'if a token is rejected for a while',
      ofKind('blob block', first(2, refusal('blob', 401, 'InvalidAuthenticationInfo', 'No.'))),
    ],
    ['if a gateway has trouble', ofKind('blob block', first(3, page(502)))],
    ['if a commit is not answered', ofKind('blob commit', first(1, { silent: 'before', carriedOut: true }))],
    ['if a commit does not get there', ofKind('blob commit', first(1, { silent: 'before' }))],
    ['if a commit is refused for a while', ofKind('blob commit', first(4, busy))],
  ])('%s', async (_, decide) => {
    const { step, backups } = await backupOver(decide);
    await expectBackup(step, backups);
    expect(step.log).toMatch(/^(?:Looking for|Uploading|Committing) ".*": .*\. Trying again in \d+\.\d s$/m);
  });

  test('if the answer of a commit is lost and the blob cannot be looked up for a while', async () => {
    let lost = false;
    const { step, seen, backups } = await backupOver(({ kind, earlier }) => {
      if (kind === 'blob commit' && earlier === 0) {
        lost = true;
        return 'lose answer';
      }
      return lost && kind === 'blob head' && earlier < 5 ? busy : 'pass';
    });
    await expectBackup(step, backups);
    expect(seen.filter(({ kind }) => kind === 'blob commit')).toHaveLength(1);
  });

  test('if everything comes together', async () => {
    const { step, backups } = await backupOver(
      ({ kind, earlier }) => {
        if (kind === 'blob head') return earlier < 3 ? 'drop' : 'pass';
        if (kind === 'blob commit') return earlier === 0 ? { silent: 'before', carriedOut: true } : 'pass';
        if (kind !== 'blob block') return 'pass';
        if (earlier < 12) return busy;
        return earlier < 20 ? { resetRequestAfter: 1_000_000 } : 'pass';
      },
      { retry_timeout_seconds: '60' },
    );
    await expectBackup(step, backups);
  });
});

test('the time that a sign-in takes in the midst of it is not that of the account', async () => {
  // The second token is that for the account, whose first request may take a second.
  const stumbles = refusal('entra', 503, 90033);
  const { step, backups } = await backupOver(
    ofKind('entra token', (earlier) => (earlier > 0 && earlier < 7 ? stumbles : 'pass')),
  );
  await expectBackup(step, backups);
  expect(step.log).toContain('Trying again in');
  expect(step.log).not.toContain('did not answer in time');
});

test('a backup through forty seconds of 503, thirty of resets and a silent commit is made, with a log that is never silent for long', async () => {
  let began = Number.NaN;
  const times: number[] = [];
  const backups = await createBackups(world.azurite);
  await using faults = await startFaults(world, ({ kind, earlier }) => {
    if (kind === 'blob commit') return earlier === 0 ? { silent: 'before', carriedOut: true } : 'pass';
    if (kind !== 'blob block') return 'pass';
    if (Number.isNaN(began)) began = performance.now();
    const seconds = (performance.now() - began) / 1000;
    if (seconds < 40) return busy;
    return seconds < 70 ? { resetRequestAfter: 1_000_000 } : 'pass';
  });
  const step = await jobs.backup(database, {
    inputs: { ...faults.inputs, storage_container_name: backups.container },
    environment: faults.environment,
    onLine: () => void times.push(performance.now()),
  });
  await expectBackup(step, backups);
  const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  expect(times.length).toBeGreaterThan(10);
  expect(Math.max(...pauses)).toBeLessThan(31_000);
  expect(faults.seen.filter(({ kind }) => kind === 'blob commit')).toHaveLength(1);
});

describe('a role that has yet to take effect is waited for', () => {
  const noRole = refusal('blob', 403, 'AuthorizationPermissionMismatch', 'This request is not authorized.');

  test('if nothing has worked yet', async () => {
    const { step, backups } = await backupOver(ofKind('blob head', first(4, noRole)));
    await expectBackup(step, backups);
    expect(step.log).toMatch(
      /^Looking for ".*": the role may not have taken effect yet \(AuthorizationPermissionMismatch, HTTP 403\)\. Trying again/m,
    );
    const restored = await restoreOver(ofKind('blob head', first(2, noRole)));
    expect(restored.step.exitCode, restored.step.log).toBe(0);
  });

  test('and not if something has', async () => {
    const { step, seen } = await backupOver(ofKind('blob block', () => noRole));
    expect(onlyError(step)).toContain('AuthorizationPermissionMismatch');
    expect(seen.filter(({ kind }) => kind === 'blob block').length).toBeLessThanOrEqual(3);
  });
});

describe('a backup fails', () => {
  test.each([
    [
      'the account is busy to the end',
      ofKind('blob block', () => busy),
      /ServerBusy.*\n.*Run the job again later/,
    ],
    [
      'a page comes in place of an answer to a block',
      ofKind('blob block', () => page(200)),
      /something other than Azure answered.*\(HTTP 200, an HTML page\)/,
    ],
    [
      'a proxy refuses a block',
      ofKind('blob block', () => page(403)),
      /something other than Azure answered.*\(HTTP 403, an HTML page\)/,
    ],
    [
      'there is a blob under each name',
      ofKind('blob head', () => ({ answer: { status: 200, headers: { 'x-ms-request-id': '1' } } })),
      /each of 10 names is taken by a blob/,
    ],
  ] as const)('if %s', async (_, decide, message) => {
    const { step, backups } = await backupOver(decide, { retry_timeout_seconds: '10' });
    expect(onlyError(step)).toMatch(message);
    expect(onlyError(step)).not.toMatch(/Fix what Azure|Give the application|Assign the role/);
    expect(onlyError(step)).toMatch(/No backup was made\.$/);
    expect(await backups.list()).toEqual([]);
  });

  test.each([
    ['was carried out, as is seen', true, /^Backup "[^"]+" is complete\.$/m],
    ['was perhaps not', false, /^It is not known whether backup "[^"]+" was made\.$/m],
  ])('if it is cancelled in a commit that %s', async (_, carriedOut, state) => {
    const backups = await createBackups(world.azurite);
    let cancel = (): void => {};
    await using faults = await startFaults(world, ({ kind }) => {
      if (kind !== 'blob commit') return 'pass';
      setTimeout(() => cancel(), 1_000);
      return { silent: 'before', carriedOut };
    });
    const { inputs, environment } = faults;
    const running = await jobs.start(
      { job_to_run: 'backup', db_name: database },
      { inputs: { ...inputs, storage_container_name: backups.container }, environment },
    );
    cancel = running.cancel;
    const message = onlyError(await running.done);
    expect(message).toMatch(state);
    expect(message).toContain('cancelled (SIGINT)');
    expect(message).not.toMatch(/No backup was made|no new backup/);
    expect(await backups.list()).toHaveLength(carriedOut ? 1 : 0);
  });
});

describe('a restore gets all of its backup', () => {
  test.each<[string, Decide, Record<string, string>]>([
    ['if the look-up is not answered', ofKind('blob head', first(1, { silent: 'before' })), {}],
    ['if the first read is not answered', ofKind('blob read', first(1, { silent: 'before' })), {}],
    ['if the first read is refused for a while', ofKind('blob read', first(5, busy)), {}],
    [
      'if the first read is rejected for a while',
      ofKind('blob read', first(2, refusal('blob', 401, 'InvalidAuthenticationInfo'))),
      {},
    ],
    [
      'if ranges fall silent',
      ofKind('blob read', (earlier) =>
        earlier > 0 && earlier < 4 ? { silent: 'body', after: 300_000 } : 'pass',
      ),
      {},
    ],
    [
      'if ranges fall silent before their bytes',
      ofKind('blob read', (earlier) => (earlier > 0 && earlier < 3 ? { silent: 'body' } : 'pass')),
      {},
    ],
    [
      'if ranges are reset',
      ofKind('blob read', (earlier) => (earlier > 0 && earlier < 6 ? { resetAfter: 500_000 } : 'pass')),
      {},
    ],
    [
      'if ranges are too many',
      ofKind('blob read', (earlier) =>
        earlier > 0 && earlier < 6 ? refusal('blob', 429, 'TooManyRequests') : 'pass',
      ),
      {},
    ],
    [
      'if a stream falls silent',
      ofKind('blob read', (earlier) => (earlier === 1 ? { silent: 'body', after: 3_000_000 } : 'pass')),
      { jobs: '1' },
    ],
    [
      'if a stream is refused when it is taken up',
      ofKind('blob read', (earlier) =>
        earlier === 1 ? { resetAfter: 3_000_000 } : earlier > 1 && earlier < 6 ? busy : 'pass',
      ),
      { jobs: '1' },
    ],
  ])('%s', async (_, decide, more) => {
    const { step } = await restoreOver(decide, more);
    expect(step.exitCode, step.log).toBe(0);
    expect(step.log).toContain('SHA-256');
    expect(await jobs.text(database)).toBe(before);
  });
});

describe('a list of other backups that does not come to an end is done without', () => {
  test.each<[string, Fault]>([
    ['since nothing answers', { silent: 'before' }],
    [
      'since each page names another',
      {
        answer: {
          status: 200,
          headers: { 'content-type': 'application/xml', 'x-ms-request-id': '1' },
          body: '<?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="https://x/" ContainerName="c"><Blobs></Blobs><NextMarker>again</NextMarker></EnumerationResults>',
        },
      },
    ],
  ])('%s', async (_, fault) => {
    const began = performance.now();
    const { step } = await restoreOver(
      ofKind('blob list', () => fault),
      {},
      'no-such.dump',
    );
    expect(onlyError(step)).toContain('Check backup_file_name (names are case-sensitive).');
    expect(performance.now() - began).toBeLessThan(30_000);
  });
});
