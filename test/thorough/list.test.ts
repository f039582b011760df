import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Backups, createBackups } from '../support/azure/backups.ts';
import { nameOfRecorded, putRecorded, type Recorded } from '../support/azure/recorded.ts';
import { startFaults } from '../support/faults/start-faults.ts';
import { type Jobs, jobsOn, messages, onlyError } from '../support/jobs.ts';
import { makeTemporaryFolder } from '../support/machine/temporary-folder.ts';
import { findBrowser, layoutOf, takePicture } from '../support/page/browser.ts';
import { chartsIn } from '../support/page/mermaid.ts';
import { htmlOf, pageOf, strangersIn } from '../support/page/rendered.ts';
import type { StepResult } from '../support/runner/runner.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * Lists of a container with three hundred backups of several databases and servers, by the bundle, and the latest of another server's
 * restored. Set SUMMARIES to a folder to get pictures of the pages.
 */
const pictures = process.env['SUMMARIES'];

/** Of the server, as backups record it. */
const host = 'localhost';
const production = 'prod.example';

let world: World;
let jobs: Jobs;
let backups: Backups;
/** The names of the backups of production whose content is that of a real one, the newest first. */
let real: string[];
let before: string[];
const steps = new Map<string, StepResult>();

const now = Math.floor(Date.now() / 1000) * 1000;
const daysAgo = (days: number): Date => new Date(now - days * 24 * 60 * 60 * 1000);

/** So many nightly backups, the newest first. */
function nights(number: number, whose: Partial<Recorded> = {}): Recorded[] {
  return Array.from({ length: number }, (_, index) => ({
    ...{ database: 'app', host, at: daysAgo(index + 0.5) },
    ...whose,
  }));
}

const own = nights(100);
const [verified, protectedOne, part] = [2, 3, 4].map((index) => own[index] as Recorded) as [
  Recorded,
  Recorded,
  Recorded,
];
verified.metadata = { verified_at: daysAgo(1).toISOString() };
protectedOne.metadata = { protect: 'before release 4.2 | <b>x</b>' };
part.metadata = { pg_dump_options: '--schema=a', pg_dump_part: '--schema' };
const ahead: Recorded = { database: 'app', host, at: daysAgo(-400) };
const foreign = [
  'readme.txt',
  'app.dump',
  'app_backup_20200101000000.dump',
  'x/app_backup_20200101000000.dump',
];

beforeAll(async () => {
  world = await startWorld({ servers: [15] });
  jobs = jobsOn(world, 15);
  expect(world.server(15).host).toBe(host);
  backups = await createBackups(world.azurite);
  await putRecorded(backups, [
    ...own,
    ahead,
    ...nights(70, { database: 'app_backup' }),
    ...nights(70, { database: 'app_backup_20260101000000' }),
    ...nights(49, { host: production }).map((one) => ({ ...one, at: new Date(+one.at - 100 * 86_400_000) })),
    ...nights(4, { database: 'Shop <b>' }),
  ]);
  for (const name of foreign) await backups.put(name, 'x');
  await jobs.createDatabase({ name: 'app', sql: "CREATE TABLE which AS SELECT 'production' AS name" });
  const made = await jobs.backup('app');
  expect(made.exitCode, made.log).toBe(0);
  const name = made.outputs['backup_file_name'] ?? '';
  const [content, metadata] = [await world.backups.read(name), await world.backups.metadata(name)];
  const copies = [1, 2].map((days) => ({ database: 'app', host: production, at: daysAgo(days + 1 / 24) }));
  real = copies.map(nameOfRecorded);
  for (const one of copies)
    await backups.put(nameOfRecorded(one), content, {
      ...metadata,
      ...{ host: production, started_at: one.at.toISOString() },
    });
  before = await backups.list();
  expect(before).toHaveLength(300);
});
afterAll(() => world.stop());

const environment = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'acme/app',
  GITHUB_RUN_ID: '42',
};

async function list(title: string, inputs: Record<string, string>): Promise<StepResult> {
  const running = await jobs.start(
    { job_to_run: 'list', db_name: 'app' },
    { inputs: { storage_container_name: backups.container, ...inputs }, environment },
  );
  const step = await running.done;
  steps.set(title, step);
  return step;
}

const listed = ({ outputs }: StepResult): Record<string, unknown>[] =>
  JSON.parse(outputs['backups'] ?? 'null');
const fileNames = (step: StepResult): unknown[] => listed(step).map((one) => one['backup_file_name']);

test('those of one database on this server, of which the names of others begin with its own', async () => {
  const step = await list('one', {});
  expect(step.exitCode, step.log).toBe(0);
  expect(fileNames(step)).toEqual([ahead, ...own].map(nameOfRecorded));
  expect(step.outputs['backup_count']).toBe('101');
  expect(listed(step)[3]).toMatchObject({
    ...{ db_name: 'app', size_bytes: 1000, server_version: '17.6', compression: 'zstd:1' },
    ...{ started_at: verified.at.toISOString(), verified_at: daysAgo(1).toISOString(), leaves_out: null },
  });
  expect(listed(step)[0]).toMatchObject({ wrong_time: 'recorded in the future' });
  // The host that was asked for may be a secret, which would blank the output of a job.
  expect(step.outputs['backups']).not.toContain(host);
  expect(listed(step)[4]?.['protect']).toBe('before release 4.2 | <b>x</b>');
  expect(listed(step)[5]?.['leaves_out']).toContain('--schema');
  expect(step.summary).toMatch(/^### 101 backups of `app`, the newest 12 h ago \(1\.00 kB\)\n/);
  expect(step.summary).toContain('195 backups of other databases or servers, 4 other files');
  expect(chartsIn(step.summary)).toHaveLength(1);
  expect(step.log).toContain(nameOfRecorded(own[99] as Recorded));
});

test('those of every database on every server', async () => {
  const step = await list('all', { db_name: '', source_db_host: '*' });
  expect(step.exitCode, step.log).toBe(0);
  expect(step.outputs['backup_count']).toBe('296');
  expect(fileNames(step)).toHaveLength(296);
  expect(step.summary).toMatch(/^### 296 backups of 4 databases on 2 servers, the newest 12 h ago /);
  expect(step.summary).toMatch(/^\| `app_backup_20260101000000` \| `localhost` \| 70 \|/m);
  expect(step.summary).toMatch(/^\| `app` \| `prod\.example` \| 51 \|/m);
  expect(step.summary).toContain('Besides, in the same place: 4 other files.');
});

test('those of a container whose list has several pages', async () => {
  const many = await createBackups(world.azurite);
  const [first, last] = [nights(2), nights(3, { database: 'zzz' })];
  await putRecorded(many, [...first, ...last]);
  const others = Array.from({ length: 1_100 }, (_, index) => `m/${index}.txt`);
  while (others.length > 0) await Promise.all(others.splice(0, 50).map((name) => many.put(name, '')));
  await using way = await startFaults(world, () => 'pass');
  const inputs = { ...way.inputs, db_name: '', storage_container_name: many.container };
  const running = await jobs.start(
    { job_to_run: 'list', db_name: '' },
    { inputs, environment: { ...environment, ...way.environment } },
  );
  const step = await running.done;
  expect(step.exitCode, step.log).toBe(0);
  expect(way.seen.filter(({ kind }) => kind === 'blob list')).toHaveLength(2);
  expect(new Set(fileNames(step))).toEqual(new Set([...first, ...last].map(nameOfRecorded)));
  expect(step.outputs['backup_count']).toBe('5');
  expect(step.summary).toContain('1100 other files.');
});

test('those of one database on two servers', async () => {
  const step = await list('two servers', { source_db_host: `${host}, PROD.example` });
  expect(step.exitCode, step.log).toBe(0);
  expect(step.outputs['backup_count']).toBe('152');
  expect(new Set(listed(step).map((one) => one['db_name']))).toEqual(new Set(['app']));
  expect(new Set(listed(step).map((one) => one['db_host']))).toEqual(new Set([host, production]));
  expect(step.summary).toMatch(/^### 152 backups of `app` under 2 names of the server, the newest 12 h ago /);
  expect(chartsIn(step.summary)).toHaveLength(1);
});

test('a backup that is too old fails the step, which tells everything all the same', async () => {
  const step = await list('too old', { max_age_hours: '6' });
  expect(step.exitCode).toBe(1);
  expect(onlyError(step)).toMatch(/newest complete backup of "app" on "localhost" is from .* \(12 h ago\)/);
  expect(step.outputs['backup_count']).toBe('101');
  expect(fileNames(step)).toHaveLength(101);
  expect(step.summary).toMatch(/^### ❌ .*\n/);
  expect(step.summary).toMatch(/^#### 101 backups of `app`, the newest 12 h ago /m);
});

test('one that is young enough does not', async () => {
  const step = await list('', { max_age_hours: '13' });
  expect(step.exitCode, step.log).toBe(0);
  steps.delete('');
});

test('none fails a watch, which says what there is; a list without max_age_hours only tells it', async () => {
  const step = await list('none', { db_name: 'App', max_age_hours: '26' });
  expect(step.exitCode).toBe(1);
  expect(onlyError(step)).toContain('There is no backup of "App" on "localhost"');
  expect(step.summary).toContain('70 backups of');
  expect(step.outputs).toMatchObject({ backups: '[]', backup_count: '0' });
  const told = await list('none, no watch', { db_name: 'App' });
  expect(told.exitCode, told.log).toBe(0);
  expect(told.summary).toMatch(/^### ⚠️ No backup of `App` is there\n/);
});

describe('latest', () => {
  const inputs = (more: Record<string, string>) => ({
    inputs: { storage_container_name: backups.container, ...more },
  });

  test('of production is restored into staging', async () => {
    await jobs.createDatabase({ name: 'staging', sql: "CREATE TABLE which AS SELECT 'staging' AS name" });
    const whose = { source_db_host: production, source_db_name: 'app' };
    const step = await jobs.restore('staging', 'latest', inputs(whose));
    expect(step.exitCode, step.log).toBe(0);
    expect(step.outputs['backup_file_name']).toBe(real[0]);
    expect(step.log).toContain(`Latest backup of "app" on "${production}": "${real[0]}", `);
    expect(await jobs.query('staging', 'SELECT name FROM which')).toEqual([{ name: 'production' }]);
  });

  test('of a database that has none fails, and says what there is', async () => {
    const step = await jobs.restore('staging', 'latest', inputs({}));
    expect(step.exitCode).toBe(1);
    expect(onlyError(step)).toMatch(/latest backup of "staging" on "localhost".*there is none/);
    expect(step.summary).toMatch(/51 backups of `?"?app/);
    expect(await jobs.query('staging', 'SELECT name FROM which')).toEqual([{ name: 'production' }]);
  });
});

test('nothing was changed in the container', async () => {
  expect(await backups.list()).toEqual(before);
});

describe('in the same container', () => {
  const start = async (job: string, inputs: Record<string, string>): Promise<StepResult> => {
    const order = { job_to_run: job, db_name: 'app', storage_container_name: backups.container };
    return (await jobs.start({ ...order, ...inputs }, { environment })).done;
  };
  /** Which blobs there are, each with its metadata, and with the ETag that each change of it gives it. */
  const state = async (): Promise<Map<string, string>> => {
    const found = new Map<string, string>();
    for await (const { name, metadata, properties } of backups.client.listBlobsFlat({
      includeMetadata: true,
    }))
      found.set(name, JSON.stringify([properties.etag, metadata]));
    return found;
  };
  /** The names of blobs that are not as they were: gone, new or changed. */
  const changedSince = async (old: Map<string, string>): Promise<string[]> => {
    const current = await state();
    return [...new Set([...old.keys(), ...current.keys()])]
      .filter((name) => old.get(name) !== current.get(name))
      .toSorted();
  };

  test('a check changes nothing', async () => {
    const old = await state();
    const step = await start('check', {});
    expect(step.exitCode, step.log).toBe(0);
    expect(step.summary).toContain('101 backups of');
    expect(await changedSince(old)).toEqual([]);
  });

  test('a protection is that of one backup, and so is its end', async () => {
    const name = nameOfRecorded(own[50] as Recorded);
    const old = await state();
    const step = await start('protect', { backup_file_name: name, protect: 'audit' });
    expect(step.exitCode, step.log).toBe(0);
    expect(await changedSince(old)).toEqual([name]);
    const protection = await backups.metadata(name);
    expect((await start('unprotect', { backup_file_name: name })).exitCode).toBe(0);
    expect(await changedSince(old)).toEqual([name]);
    const { protect, ...others } = protection;
    expect(protect).toBe('audit');
    expect(await backups.metadata(name)).toEqual(others);
  });

  test('a backup deletes what its retention does not keep, of this very database and server', async () => {
    const old = await state();
    const step = await start('backup', { retention_last: '3' });
    expect(step.exitCode, step.log).toBe(0);
    const made = step.outputs['backup_file_name'] ?? '';
    // It is the newest of three; the verified, the protected, the partial one and the one ahead of time stay, whatever the rules are.
    const stays = [0, 1, 2, 3, 4].map((index) => own[index]);
    const goes = own.filter((one) => !stays.includes(one)).map(nameOfRecorded);
    expect(goes).toHaveLength(95);
    expect(await changedSince(old)).toEqual([...goes, made].toSorted());
    expect(JSON.parse(step.outputs['deleted_backups'] ?? '').toSorted()).toEqual(goes.toSorted());
    for (const name of goes) expect(step.summary).not.toContain(`[${name}]`);
  });
});

const browser = await findBrowser();

describe('each page', () => {
  test('is made of nothing but our own Markdown', () => {
    expect(steps.size).toBe(6);
    for (const [title, step] of steps) {
      const html = htmlOf(step.summary);
      expect(strangersIn(html), title).toEqual([]);
      expect(html.match(/<h3>/g), title).toHaveLength(1);
      expect(html, title).not.toMatch(/<th[^>]*><\/th>/);
      expect(
        messages(step, 'warning').filter((text) => !text.includes('in the future')),
        title,
      ).toEqual([]);
    }
  });

  test.skipIf(!browser)('fits its window', async () => {
    const folder = await makeTemporaryFolder('list-pages');
    if (pictures) await mkdir(pictures, { recursive: true });
    for (const title of ['one', 'all', 'too old']) {
      const { summary = '' } = steps.get(title) ?? {};
      const html = await pageOf(title, summary);
      const { overflow } = await layoutOf(browser ?? '', folder.path, html, [1012, 500]);
      expect(overflow, title).toEqual([0, 0]);
      if (!pictures) continue;
      await writeFile(join(pictures, `${title}.md`), summary);
      await takePicture(browser ?? '', folder.path, html, join(pictures, `${title}.png`), {
        width: 1060,
        height: 1400,
      });
    }
    await folder.remove();
  });
});
