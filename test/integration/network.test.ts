import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Fate,
  type Passing,
  startUnreliableNetwork,
  type UnreliableNetwork,
} from '../support/azure/unreliable-network.ts';
import { type Jobs, jobsOn, onlyError } from '../support/jobs.ts';
import { type Certificate, localNames } from '../support/machine/certificates.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
let jobs: Jobs;
let certificate: Certificate;
let database: string;
let before: string;
beforeAll(async () => {
  world = await startWorld({ servers: [15] });
  jobs = jobsOn(world, 15);
  certificate = await world.authority.issue(localNames);
  // About 20 MB that no method compresses: three blocks.
  database = await jobs.createDatabase({
    sql: `CREATE TABLE noise (bytes bytea); ALTER TABLE noise ALTER bytes SET STORAGE EXTERNAL;
      INSERT INTO noise SELECT (SELECT string_agg(sha512((g * 20000 + i)::text::bytea), '') FROM generate_series(1, 16384) AS i)
      FROM generate_series(1, 20) AS g`,
  });
  before = await jobs.text(database);
});
afterAll(() => world.stop());

const isBlock = ({ method, url }: Passing): boolean =>
  method === 'PUT' && url.searchParams.get('comp') === 'block';
const isCommit = ({ method, url }: Passing): boolean =>
  method === 'PUT' && url.searchParams.get('comp') === 'blocklist';
const isWholeDownload = ({ method, headers }: Passing): boolean =>
  method === 'GET' && !/^bytes=0-1023$/.test(String(headers['x-ms-range'] ?? headers.range ?? ''));

type Result = Awaited<ReturnType<Jobs['backup']>>;

async function over(
  decide: (passing: Passing) => Fate,
  work: (inputs: Record<string, string>, network: UnreliableNetwork) => Promise<Result>,
): Promise<{ step: Result; seen: Passing[] }> {
  const network = await startUnreliableNetwork(world.azurite.accountUrl, certificate, decide);
  try {
    return { step: await work({ storage_account_url: network.accountUrl }, network), seen: network.seen };
  } finally {
    await network.stop();
  }
}

const backupOver = (decide: (passing: Passing) => Fate): Promise<{ step: Result; seen: Passing[] }> =>
  over(decide, (inputs) => jobs.backup(database, { inputs }));

async function goodBackup(): Promise<string> {
  const step = await jobs.backup(database);
  expect(step.exitCode, step.log).toBe(0);
  return step.outputs['backup_file_name'] ?? '';
}

async function expectWhole({ outputs }: Result): Promise<void> {
  const content = await world.backups.read(outputs['backup_file_name'] ?? '');
  expect(createHash('sha256').update(content).digest('hex')).toBe(outputs['backup_sha256']);
}

test('blocks carry a checksum and ids of this run alone, and are committed only if there is no such blob', async () => {
  const runs = [await backupOver(() => 'pass'), await backupOver(() => 'pass')];
  const prefixes = runs.map(({ step, seen }) => {
    expect(step.exitCode, step.log).toBe(0);
    const blocks = seen.filter(isBlock);
    expect(blocks).toHaveLength(3);
    for (const { headers } of blocks) expect(headers['content-md5']).toMatch(/^[A-Za-z0-9+/]{22}==$/);
    expect(seen.filter(isCommit).map(({ headers }) => headers['if-none-match'])).toEqual(['*']);
    const ids = blocks.map(({ url }) =>
      Buffer.from(url.searchParams.get('blockid') ?? '', 'base64').toString(),
    );
    expect(ids.toSorted().map((id) => id.slice(-5))).toEqual(['00000', '00001', '00002']);
    const [prefix, ...others] = new Set(ids.map((id) => id.slice(0, -5)));
    expect(others).toEqual([]);
    return prefix;
  });
  expect(prefixes[0]).not.toBe(prefixes[1]);
});

test('a commit whose answer is lost is a success, since the blob there is ours', async () => {
  const { step, seen } = await backupOver((passing) =>
    isCommit(passing) && passing.earlier === 0 ? 'lose answer' : 'pass',
  );
  expect(step.exitCode, step.log).toBe(0);
  expect(seen.filter(isCommit).length).toBeGreaterThan(1);
  await expectWhole(step);
});

test('a commit that meets a blob of another writer fails, and leaves that blob alone', async () => {
  let others: Promise<void> = Promise.resolve();
  const { step } = await backupOver((passing) => {
    const name = decodeURIComponent(passing.url.pathname.split('/').at(-1) ?? '');
    if (isBlock(passing) && passing.earlier === 0) others = world.backups.put(name, 'of another writer');
    return isCommit(passing) ? { after: () => others } : 'pass';
  });
  const message = onlyError(step);
  expect(message).toContain('a blob of that name exists');
  const name = /"([^"]+\.dump)"/.exec(message)?.[1] ?? '';
  expect((await world.backups.read(name)).toString()).toBe('of another writer');
});

test('a block whose connection drops is sent again', async () => {
  const { step, seen } = await backupOver((passing) =>
    isBlock(passing) && passing.earlier === 1 ? 'drop' : 'pass',
  );
  expect(step.exitCode, step.log).toBe(0);
  expect(seen.filter(isBlock)).toHaveLength(4);
  await expectWhole(step);
});

test('blocks that are slow show progress', async () => {
  const { step } = await backupOver((passing) => (isBlock(passing) ? { delay: 6_000 } : 'pass'));
  expect(step.exitCode, step.log).toBe(0);
  expect(step.log).toMatch(/^\d+(\.\d+)? MB so far, \d+(\.\d+)? [kM]B\/s, [5-9]\.\d s$/m);
});

test('a storage account that keeps failing ends pg_dump and publishes nothing', async () => {
  const names = await world.backups.list();
  const { step } = await backupOver((passing) =>
    isBlock(passing) ? { status: 503, code: 'ServerBusy' } : 'pass',
  );
  const message = onlyError(step);
  expect(message).toMatch(/^Writing ".*" in container/);
  expect(message).toContain('ServerBusy, HTTP 503');
  expect(await world.backups.list()).toEqual(names);
});

test.each([
  ['AuthorizationPermissionMismatch', 'Storage Blob Data Contributor'],
  ['AuthorizationFailure', 'firewall'],
])('a block that is refused with %s', async (code, advice) => {
  const { step } = await backupOver((passing) => (isBlock(passing) ? { status: 403, code } : 'pass'));
  expect(onlyError(step)).toContain(code);
  expect(onlyError(step)).toContain(advice);
});

test('a download whose connection drops goes on where it broke off', async () => {
  const name = await goodBackup();
  let broken = 0;
  const decide = (passing: Passing): Fate =>
    isWholeDownload(passing) && broken++ === 0 ? { breakAfter: 5_000_000 } : 'pass';
  const { step, seen } = await over(decide, (inputs) => jobs.restore(database, name, { inputs }));
  expect(step.exitCode, step.log).toBe(0);
  expect(seen.filter(isWholeDownload).length).toBeGreaterThan(1);
  expect(await jobs.text(database)).toBe(before);
});

test('a blob that changes while it is downloaded fails the restore, and nothing was changed', async () => {
  const name = await goodBackup();
  const content = await world.backups.read(name);
  const metadata = await world.backups.metadata(name);
  const replace = (): Promise<void> => world.backups.put(name, content, metadata);
  let broken = 0;
  const decide = (passing: Passing): Fate =>
    isWholeDownload(passing) && broken++ === 0 ? { breakAfter: 5_000_000, meanwhile: replace } : 'pass';
  const { step } = await over(decide, (inputs) => jobs.restore(database, name, { inputs }));
  expect(onlyError(step)).toMatch(/changed while it was read[\s\S]*Database ".*" was not changed/);
  expect(step.groups).not.toContainEqual(expect.stringMatching(/^(Replace|Restore)/));
  expect(step.tempFilesLeft).toEqual([]);
  expect(await jobs.text(database)).toBe(before);
});
