import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Fault, type Passing, refusal, startFaults } from '../support/faults/start-faults.ts';
import { type Extra, type Jobs, jobsOn, onlyError } from '../support/jobs.ts';
import { noise } from '../support/postgres/databases/noise.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
let jobs: Jobs;
let database: string;
let before: string;
beforeAll(async () => {
  world = await startWorld({ servers: [15] });
  jobs = jobsOn(world, 15);
  // Six blocks, the last of them smaller.
  database = await jobs.createDatabase({ sql: noise(20) });
  before = await jobs.text(database);
});
afterAll(() => world.stop());

const isBlock = ({ kind }: Passing): boolean => kind === 'blob block';
const isCommit = ({ kind }: Passing): boolean => kind === 'blob commit';
const mebibyte = 1024 ** 2;
const rangeOf = ({ headers }: Passing): string => String(headers['x-ms-range'] ?? headers.range ?? 'all');
/** Whether it asks for a part of the archive to keep, not just for its header or its table of contents to look at. */
const isDownload = (passing: Passing): boolean =>
  passing.kind === 'blob read' && !['bytes=0-1023', `bytes=0-${mebibyte - 1}`].includes(rangeOf(passing));

type Result = Awaited<ReturnType<Jobs['backup']>>;

async function over(
  decide: (passing: Passing) => Fault,
  work: (extra: Extra) => Promise<Result>,
): Promise<{ step: Result; seen: Passing[] }> {
  await using faults = await startFaults(world, decide);
  const { inputs, environment, seen } = faults;
  return { step: await work({ inputs, environment }), seen };
}

const backupOver = (decide: (passing: Passing) => Fault): Promise<{ step: Result; seen: Passing[] }> =>
  over(decide, (extra) => jobs.backup(database, extra));

/** One backup that nothing has disturbed, for all that only read it: what is restored is what was there. */
function goodBackup(): Promise<string> {
  good ??= newBackup();
  return good;
}
let good: Promise<string> | undefined;

async function newBackup(): Promise<string> {
  const step = await jobs.backup(database);
  expect(step.exitCode, step.log).toBe(0);
  return step.outputs['backup_file_name'] ?? '';
}

async function properties(name: string): Promise<{ size: number; etag: string }> {
  const { contentLength, etag } = await world.backups.client.getBlobClient(name).getProperties();
  return { size: contentLength ?? 0, etag: etag ?? '' };
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
    expect(blocks).toHaveLength(6);
    for (const { headers } of blocks) expect(headers['content-md5']).toMatch(/^[A-Za-z0-9+/]{22}==$/);
    expect(seen.filter(isCommit).map(({ headers }) => headers['if-none-match'])).toEqual(['*']);
    const ids = blocks.map(({ url }) =>
      Buffer.from(url.searchParams.get('blockid') ?? '', 'base64').toString(),
    );
    expect(ids.toSorted().map((id) => id.slice(-5))).toEqual([
      '00000',
      '00001',
      '00002',
      '00003',
      '00004',
      '00005',
    ]);
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
  expect(seen.filter(isCommit)).toHaveLength(1); // it was looked up
  await expectWhole(step);
});

test('a block whose connection drops is sent again', async () => {
  const { step, seen } = await backupOver((passing) =>
    isBlock(passing) && passing.earlier === 1 ? 'drop' : 'pass',
  );
  expect(step.exitCode, step.log).toBe(0);
  expect(seen.filter(isBlock)).toHaveLength(7);
  await expectWhole(step);
});

test('blocks that are slow show progress', async () => {
  const { step } = await backupOver((passing) => (isBlock(passing) ? { delay: 6_000 } : 'pass'));
  expect(step.exitCode, step.log).toBe(0);
  expect(step.log).toMatch(
    /^[5-9]\.\d s: \d+(\.\d+)? MB so far, \d+(\.\d+)? [kM]B\/s(; now COPY "[^"]+".*)?$/m,
  );
});

const restoreOver = (
  name: string,
  decide: (passing: Passing) => Fault,
): Promise<{ step: Result; seen: Passing[] }> => over(decide, (extra) => jobs.restore(database, name, extra));

async function expectRestored(step: Result): Promise<void> {
  expect(step.exitCode, step.log).toBe(0);
  expect(await jobs.text(database)).toBe(before);
}

async function expectUntouched(step: Result): Promise<string> {
  const message = onlyError(step);
  expect(message).toMatch(/Database ".*" was not touched by this restore/);
  expect(step.groups).not.toContainEqual(expect.stringMatching(/^(Replace|Restore)/));
  expect(step.tempFilesLeft).toEqual([]);
  expect(await jobs.text(database)).toBe(before);
  return message;
}

test('a download asks for ranges side by side, all of the blob that was looked up', async () => {
  const name = await goodBackup();
  const { size, etag } = await properties(name);
  let allAsked = (): void => {};
  const all = new Promise<void>((resolve) => {
    allAsked = resolve;
  });
  let asked = 0;
  const { step, seen } = await restoreOver(name, (passing) => {
    if (!isDownload(passing)) return 'pass';
    if (++asked === 3) allAsked();
    return { after: () => all };
  });
  await expectRestored(step);
  const downloads = seen.filter(isDownload);
  expect(downloads.map(rangeOf).toSorted()).toEqual([
    `bytes=0-${8 * mebibyte - 1}`,
    `bytes=${16 * mebibyte}-${size - 1}`,
    `bytes=${8 * mebibyte}-${16 * mebibyte - 1}`,
  ]);
  expect(new Set(downloads.map(({ headers }) => headers['if-match']))).toEqual(new Set([etag]));
});

test('a download whose connection drops goes on where it broke off', async () => {
  const name = await goodBackup();
  const { step, seen } = await restoreOver(name, (passing) =>
    rangeOf(passing) === `bytes=0-${8 * mebibyte - 1}` ? { resetAfter: 5_000_000 } : 'pass',
  );
  await expectRestored(step);
  const [again, ...others] = seen.filter(isDownload).slice(3).map(rangeOf);
  expect(others).toEqual([]);
  const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(again ?? '') ?? [];
  expect(Number(start)).toBeGreaterThan(0);
  expect(Number(start)).toBeLessThanOrEqual(5_000_000);
  expect(Number(end)).toBe(8 * mebibyte - 1);
});

test('a range that never gets through is asked for again', async () => {
  const name = await goodBackup();
  let dropped = 0;
  const { step } = await restoreOver(name, (passing) =>
    isDownload(passing) && dropped++ === 1 ? 'drop' : 'pass',
  );
  await expectRestored(step);
});

test('a download waits for as long as a busy storage account asks', async () => {
  const name = await goodBackup();
  const busy = refusal('blob', 503, 'ServerBusy', undefined, { 'retry-after': '2' });
  let refused = 0;
  // The SDK asks five times before it gives up.
  const { step } = await restoreOver(name, (passing) =>
    isDownload(passing) && rangeOf(passing).startsWith('bytes=0-') && refused++ < 5 ? busy : 'pass',
  );
  await expectRestored(step);
  expect(refused).toBe(6);
});

test('a range that is refused fails the restore, and the other ranges are not waited for', async () => {
  const name = await goodBackup();
  const never = new Promise<void>(() => {});
  let asked = 0;
  const { step } = await restoreOver(name, (passing) => {
    if (!isDownload(passing)) return 'pass';
    return ++asked === 3 ? refusal('blob', 403, 'AuthorizationFailure') : { after: () => never };
  });
  expect(await expectUntouched(step)).toMatch(
    /^Downloading ".*" in container ".*" on localhost:\d+ failed: .*AuthorizationFailure/,
  );
});

test('an answer with other bytes than were asked for fails the restore', async () => {
  const name = await goodBackup();
  const { step } = await restoreOver(name, (passing) => (isDownload(passing) ? 'lose range' : 'pass'));
  expect(await expectUntouched(step)).toMatch(
    /^Downloading ".*" in container ".*" on localhost:\d+ failed: bytes \d+-\d+ were requested, and the response was the whole blob$/m,
  );
});

test('a cancel ends a download at once', async () => {
  const name = await goodBackup();
  const never = new Promise<void>(() => {});
  let cancel = (): void => {};
  const decide = (passing: Passing): Fault => {
    if (!isDownload(passing)) return 'pass';
    cancel();
    return { after: () => never };
  };
  const { step } = await over(decide, async (extra) => {
    const job = { job_to_run: 'restore', db_name: database, backup_file_name: name };
    const running = await jobs.start(job, extra);
    cancel = running.cancel;
    return running.done;
  });
  expect(await expectUntouched(step)).toContain('cancelled (SIGINT)');
});

test('a blob that changes while it is downloaded fails the restore, and nothing was changed', async () => {
  const name = await newBackup();
  const content = await world.backups.read(name);
  const metadata = await world.backups.metadata(name);
  const replace = (): Promise<void> => world.backups.put(name, content, metadata);
  let broken = 0;
  const decide = (passing: Passing): Fault =>
    isDownload(passing) && broken++ === 0 ? { resetAfter: 5_000_000, meanwhile: replace } : 'pass';
  const { step } = await restoreOver(name, decide);
  expect(await expectUntouched(step)).toContain('changed while it was read');
});

describe('a backup that is restored as it comes', () => {
  const jobs1 = (extra: Extra): Extra => ({ ...extra, inputs: { ...extra.inputs, jobs: '1' } });
  const streamed = (name: string, decide: (passing: Passing) => Fault) =>
    over(decide, (extra) => jobs.restore(database, name, jobs1(extra)));

  async function expectNoChange(step: Result): Promise<string> {
    const message = onlyError(step);
    expect(message).toContain(`Database "${database}" was not changed`);
    expect(await jobs.text(database)).toBe(before);
    expect((await jobs.databases()).filter((one) => one.startsWith(`${database}_`))).toEqual([]);
    expect(step.tempFilesLeft).toEqual([]);
    return message;
  }

  test('is asked for once, as a whole, and its SHA-256 is compared before the swap', async () => {
    const name = await goodBackup();
    const { size, etag } = await properties(name);
    const { step, seen } = await streamed(name, () => 'pass');
    await expectRestored(step);
    expect(step.groups).not.toContainEqual(expect.stringMatching(/^Download/));
    expect(step.log).toMatch(
      /streamed from the container.*\n.*Read all [^\n]*SHA-256.*\n::group::Swap it for/s,
    );
    const downloads = seen.filter(isDownload);
    expect(downloads.map(rangeOf)).toEqual([`bytes=0-${size - 1}`]);
    expect(downloads[0]?.headers['if-match']).toBe(etag);
  });

  test('goes on where a connection broke off', async () => {
    const name = await goodBackup();
    const { size } = await properties(name);
    let broken = 0;
    const { step, seen } = await streamed(name, (passing) =>
      isDownload(passing) && broken++ < 2 ? { resetAfter: 5_000_000 } : 'pass',
    );
    await expectRestored(step);
    const downloads = seen.filter(isDownload).map(rangeOf);
    expect(downloads).toHaveLength(3);
    expect(downloads.every((range) => range.endsWith(`-${size - 1}`))).toBe(true);
  });

  test('and cannot be had to its end leaves everything as it was', async () => {
    const name = await goodBackup();
    let asked = 0;
    const { step } = await streamed(name, (passing) => {
      if (!isDownload(passing)) return 'pass';
      return asked++ === 0 ? { resetAfter: 5_000_000 } : refusal('blob', 403, 'AuthorizationFailure');
    });
    expect(await expectNoChange(step)).toMatch(
      /^Downloading ".*" in container ".*" on localhost:\d+ failed: .*AuthorizationFailure/,
    );
  });

  test('and is replaced meanwhile leaves everything as it was', async () => {
    const name = await newBackup();
    const content = await world.backups.read(name);
    const metadata = await world.backups.metadata(name);
    const replace = (): Promise<void> => world.backups.put(name, content, metadata);
    let broken = 0;
    const { step } = await streamed(name, (passing) =>
      isDownload(passing) && broken++ === 0 ? { resetAfter: 5_000_000, meanwhile: replace } : 'pass',
    );
    expect(await expectNoChange(step)).toContain('changed while it was read');
  });

  test('and is not what was backed up is found out before the swap', async () => {
    const name = await goodBackup();
    const content = await world.backups.read(name);
    const other = Buffer.concat([content, Buffer.from('x')]); // which pg_restore does not mind
    await world.backups.put('other.dump', other, await world.backups.metadata(name));
    const step = await jobs.restore(database, 'other.dump', jobs1({}));
    expect(step.log).toContain('Restored ');
    expect(await expectNoChange(step)).toMatch(/its content is not what was backed up\. SHA-256/);
  });

  test('and is cancelled ends at once', async () => {
    const name = await goodBackup();
    const never = new Promise<void>(() => {});
    let cancel = (): void => {};
    const decide = (passing: Passing): Fault => {
      if (!isDownload(passing)) return 'pass';
      setTimeout(cancel, 300);
      return { after: () => never };
    };
    const { step } = await over(decide, async (extra) => {
      const job = { job_to_run: 'restore', db_name: database, backup_file_name: name };
      const running = await jobs.start(job, { ...jobs1(extra), watch: true });
      cancel = running.cancel;
      return running.done;
    });
    expect(await expectNoChange(step)).toContain('cancelled (SIGINT)');
    expect(step.processes.filter(({ alive }) => alive)).toEqual([]);
  });
});
