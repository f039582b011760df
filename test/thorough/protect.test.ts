import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Fault, type Passing, refusal, startFaults } from '../support/faults/start-faults.ts';
import { type Jobs, jobsOn, onlyError } from '../support/jobs.ts';
import { makeTemporaryFolder } from '../support/machine/temporary-folder.ts';
import { findBrowser, layoutOf, takePicture } from '../support/page/browser.ts';
import { htmlOf, pageOf, strangersIn } from '../support/page/rendered.ts';
import type { StepResult } from '../support/runner/runner.ts';
import { startWorld, type World } from '../support/world.ts';

/* Folders, tiers and protections, by the bundle on Azurite. All of it is about one database with a backup in each of three folders. */

const folder = "it's 100% \u00fc \ud83d\ude00/$(x) #?&";
const longFolder = `${'x'.repeat(300)}/${'\u4e2d'.repeat(100)}/${'y'.repeat(298)}`;
/** What it would do in a log, in Markdown or in a shell, it must not. */
const reason = 'before *4.2* | <b>`::error::"$(x)\' [a](http://b.example) @all 100%2F \u202e\ud83d\ude00';
/** What somebody else has written down with a backup. */
const foreign = { Owner: 'Team-A', ticket: '4%2F2 "x" & <y>', empty_but_there: '-' };

let world: World;
let jobs: Jobs;
let name: string;
/** Of all jobs that set or lift a protection. */
const pages: string[] = [];
const made: Record<'root' | 'folder' | 'long', StepResult> = {} as never;
const nameOf = ({ outputs }: StepResult): string => outputs['backup_file_name'] ?? '';

beforeAll(async () => {
  world = await startWorld({ servers: [15] });
  jobs = jobsOn(world, 15);
  await jobs.createDatabase({ name: 'shop', sql: 'CREATE TABLE t AS SELECT generate_series(1, 10) AS id' });
  made.root = await jobs.backup('shop', { inputs: { access_tier: 'Cool' } });
  made.folder = await jobs.backup('shop', { inputs: { blob_prefix: folder, protect: reason } });
  made.long = await jobs.backup('shop', { inputs: { blob_prefix: `${longFolder}/`, access_tier: 'cold' } });
  name = nameOf(made.folder);
});
afterAll(() => world.stop());

const run = (job: 'protect' | 'unprotect', backup: string, inputs: Record<string, string> = {}, extra = {}) =>
  jobs
    .start(
      { job_to_run: job, db_name: '', backup_file_name: backup },
      {
        ...extra,
        inputs: {
          ...{ key_vault_name: '', key_vault_url: '', db_user_secret_name: '', db_password_secret_name: '' },
          ...{ azure_db_host: '', ...inputs },
        },
      },
    )
    .then(({ done }) => done)
    .then((step) => {
      pages.push(step.summary);
      return step;
    });

/** All that Azure tells of a blob, as it is written there. */
async function look(blob: string) {
  for await (const { properties, metadata, ...item } of world.backups.client.listBlobsFlat({
    prefix: blob,
    includeMetadata: true,
  })) {
    if (item.name === blob) return { ...properties, metadata: { ...metadata } as Record<string, string> };
  }
  throw new Error(`There is no ${blob}`);
}

describe('a new backup', () => {
  test('lies in its folder, in its tier, with its protection, and says so', async () => {
    for (const { exitCode, log } of Object.values(made)) expect(exitCode, log).toBe(0);
    expect(nameOf(made.root)).toMatch(/^shop_backup_\d{14}\.dump$/);
    expect(name.startsWith(`${folder}/shop_backup_`)).toBe(true);
    expect(nameOf(made.long).startsWith(`${longFolder}/shop_backup_`)).toBe(true);
    expect((await world.backups.list()).toSorted()).toEqual(Object.values(made).map(nameOf).toSorted());

    expect(await look(nameOf(made.root))).toMatchObject({ accessTier: 'Cool' });
    expect(await look(nameOf(made.long))).toMatchObject({ accessTier: 'Cold' });
    expect(made.root.log).toMatch(/^Uploading to .*, cool tier$/m);
    expect(made.root.summary).toContain(' · cool tier');
    expect(made.long.log).toMatch(/^Uploading to .*, cold tier$/m);

    const { metadata } = await look(name);
    expect(decodeURIComponent(metadata['protect'] ?? '')).toBe(reason);
    expect(Object.keys((await look(nameOf(made.root))).metadata)).not.toContain('protect');
    expect(made.folder.log).toContain('Protected: "before *4.2*');
    expect(made.folder.summary).toMatch(
      /^🔒 Protected: ``before \*4\.2\* .*``\. No retention deletes it\.$/m,
    );
    expect(made.root.summary).not.toContain('Protected');
    for (const { annotations } of Object.values(made)) expect(annotations).toEqual([]);
  });

  test('sees only those of its own folder', async () => {
    const again = await jobs.backup('shop', { inputs: { blob_prefix: folder } });
    expect(again.exitCode, again.log).toBe(0);
    const rows = again.summary.split('\n').filter((line) => /^\| .*shop_backup_/.test(line));
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(row).toContain("it's 100%");
    expect(again.summary).toMatch(/^gh workflow run .* -f backup_file_name=/m);
    await world.backups.remove(nameOf(again));
  });

  test('of which the account refuses the tier is complete all the same, and the job fails', async () => {
    const decide = ({ kind, headers }: Passing): Fault =>
      kind === 'blob commit' && headers['x-ms-access-tier'] !== undefined
        ? refusal(
            'blob',
            400,
            'InvalidHeaderValue',
            'The value for one of the HTTP headers is not in the correct format.',
          )
        : 'pass';
    await using way = await startFaults(world, decide);
    const inputs = { ...way.inputs, access_tier: 'cold' };
    const step = await jobs.backup('shop', { inputs, environment: way.environment });
    const made = nameOf(step);
    expect(onlyError(step)).toBe(
      `Committing "${made}" in the cold tier failed: The value for one of the HTTP headers is not in the correct format. (InvalidHeaderValue, HTTP 400)
Leave access_tier out, or use a storage account that has this tier: accounts of premium performance have none, and those of an older kind not all.
Backup "${made}" is complete, in the default tier of the account.`,
    );
    expect(step.annotations).toMatchObject([{ title: 'Backup complete, access tier refused' }]);
    expect(step.summary).toMatch(
      /^### ❌ Backup complete, access tier refused\n[\s\S]*^### ✅ `shop` backed up$/m,
    );
    expect((await look(made)).metadata['sha256']).toBe(step.outputs['backup_sha256']);
    const tiers = way.seen.flatMap(({ kind, headers }) =>
      kind === 'blob commit' ? [headers['x-ms-access-tier']] : [],
    );
    expect(tiers).toEqual(['Cold', undefined]);
    // The first version that knows the tier.
    expect(new Set(way.seen.flatMap(({ headers }) => headers['x-ms-version'] ?? []))).toEqual(
      new Set(['2021-12-02']),
    );
    await world.backups.remove(made);
  });

  test.each(['with its folder', 'without it'])('is restored by its name %s', async (how) => {
    const isWhole = how === 'with its folder';
    const given = isWhole ? name : name.slice(folder.length + 1);
    const step = await jobs.restore('shop', given, { inputs: isWhole ? {} : { blob_prefix: `${folder}/` } });
    expect(step.exitCode, step.log).toBe(0);
    expect(nameOf(step)).toBe(name);
  });

  test('is not found from another folder, where the others are named', async () => {
    const given = name.slice(folder.length + 1);
    const step = await jobs.restore('shop', given, { inputs: { blob_prefix: longFolder } });
    const error = onlyError(step);
    expect(error).toContain(`Looking up backup "${longFolder}/${given}"`);
    expect(error).toContain(`- ${nameOf(made.long)} (`);
    expect(error).not.toContain(`- ${nameOf(made.root)}`);
    expect(error).not.toContain(`- ${name}`);
  });
});

describe('a protection', () => {
  let before: Awaited<ReturnType<typeof look>>;
  const others = ({ metadata: { protect: _, ...rest } }: { metadata: Record<string, string> }) => rest;
  beforeAll(async () => {
    const blob = world.backups.client.getBlobClient(name);
    const { metadata } = await look(name);
    await blob.setMetadata({ ...metadata, ...foreign });
    before = await look(name);
    expect(others(before)).toMatchObject(foreign);
  });

  test('is lifted, all else stays', async () => {
    const step = await run('unprotect', name);
    expect(step.exitCode, step.log).toBe(0);
    const after = await look(name);
    expect(after.metadata).toEqual(others(before));
    expect(after).toMatchObject({ createdOn: before.createdOn, contentLength: before.contentLength });
    expect(step.outputs).toMatchObject({ backup_file_name: name, duration_seconds: expect.any(String) });
    expect(step.groups).toEqual(['Sign in to Azure', expect.stringMatching(/^Unprotect "it's 100% /)]);
    expect(step.log).toMatch(/^Lifted the protection "before \*4\.2\*.*\\u202e/m);
    expect(step.summary).toMatch(/^### ✅ `it's .*` is no longer protected$/m);
    expect(step.annotations).toEqual([]);
  });

  test('that is not there is not lifted, which is no failure', async () => {
    const { etag } = await look(name);
    const step = await run('unprotect', name.slice(folder.length + 1), { blob_prefix: folder });
    expect(step.exitCode, step.log).toBe(0);
    expect((await look(name)).etag).toBe(etag);
    expect(step.log).toContain('It is not protected');
    expect(step.summary).toMatch(/^### ✅ `it's .*` was not protected$/m);
  });

  test('is set again, by two at once with different texts: one after the other', async () => {
    let first: Promise<StepResult> | undefined;
    const decide = ({ kind, earlier }: Passing): Fault =>
      kind === 'blob PUT metadata' && earlier === 0
        ? { after: () => (first ??= run('protect', name, { protect: 'of somebody else' })) }
        : 'pass';
    await using way = await startFaults(world, decide);
    const step = await run(
      'protect',
      name,
      { ...way.inputs, protect: ` ${reason}\n` },
      { environment: way.environment },
    );
    expect((await first)?.exitCode).toBe(0);
    expect(step.exitCode, step.log).toBe(0);
    expect(step.log).toMatch(/^Somebody else changed ".*" meanwhile; looking at it again$/m);
    expect(step.log).toContain('", instead of "of somebody else". No retention deletes it');
    expect(step.summary).toContain('\n\nBefore: `of somebody else`\n\n');
    // The proxy on this way passes headers on in lower case.
    const lower = Object.entries(before.metadata).map(([key, value]) => [key.toLowerCase(), value]);
    expect((await look(name)).metadata).toEqual(Object.fromEntries(lower));
  });

  test('that is the same already is left as it is', async () => {
    const { etag } = await look(name);
    const step = await run('protect', name, { protect: reason });
    expect(step.exitCode, step.log).toBe(0);
    expect((await look(name)).etag).toBe(etag);
    expect(step.log).toContain('It is protected already: "before *4.2*');
    expect(step.summary).toMatch(/ was protected already$/m);
  });

  test.each([
    [
      'a policy keeps the blob',
      409,
      'BlobImmutableDueToPolicy',
      'This operation is not permitted as the blob is immutable due to a policy.',
      'An immutability policy keeps it as it is.',
    ],
    [
      'a legal hold keeps the blob',
      409,
      'BlobImmutableDueToLegalHold',
      'This operation is not permitted as the blob is immutable due to one or more legal holds.',
      'A legal hold keeps it as it is. Have the hold removed by whoever set it',
    ],
    [
      'somebody changes it again and again',
      412,
      'ConditionNotMet',
      'The condition specified using HTTP conditional header(s) is not met.',
      'It was changed after it was looked at, and was left as it is. Run the job again.',
    ],
  ])('cannot be set where %s, and nothing is changed', async (_, status, code, says, advice) => {
    const { etag } = await look(name);
    const decide = ({ kind }: Passing): Fault =>
      kind === 'blob PUT metadata' ? refusal('blob', status, code, says) : 'pass';
    await using way = await startFaults(world, decide);
    const step = await run('unprotect', name, way.inputs, { environment: way.environment });
    const error = onlyError(step);
    expect(error).toContain(`: ${says} (${code}, HTTP ${status})\n${advice}`);
    expect(error).toContain(`\nThe protection of ${JSON.stringify(name)} was not changed.`);
    expect(step.annotations).toMatchObject([{ title: 'Unprotect failed' }]);
    expect(step.outputs).toEqual({});
    expect(way.seen.filter(({ kind }) => kind === 'blob PUT metadata')).toHaveLength(status === 412 ? 3 : 1);
    expect((await look(name)).etag).toBe(etag);
  });

  test('is for backups of this action alone, each in its own place', async () => {
    const { metadata } = await look(nameOf(made.root));
    const renamed = 'kept/other_backup_20260101000000.dump';
    await world.backups.put(renamed, 'x', metadata);
    await world.backups.put('notes.txt', 'x', foreign);
    for (const blob of [renamed, 'notes.txt']) {
      const { etag } = await look(blob);
      const step = await run('protect', blob, { protect: 'x' });
      expect(onlyError(step)).toBe(
        `Looking at "${blob}" failed: it is no backup of this action: its name, or what is recorded with it, is not what the action gives
Check backup_file_name: job_to_run list shows the backups. Other files need no protection, since no retention deletes them.
The protection of "${blob}" was not changed.`,
      );
      expect((await look(blob)).etag).toBe(etag);
    }
    const missing = await run('protect', 'shop_backup_20200101000000.dump', { protect: 'x' });
    expect(onlyError(missing)).toContain(`- ${nameOf(made.root)} (`);
    expect(onlyError(missing)).not.toContain(`- ${name}`);
  });
});

const browser = await findBrowser();
const pictures = process.env['SUMMARIES'];

describe('the pages', () => {
  test('hold no Markdown and no HTML of anybody', () => {
    expect(pages.length).toBeGreaterThan(5);
    for (const page of pages) expect(strangersIn(htmlOf(page)), page).toEqual([]);
  });

  test.skipIf(browser === undefined)('fit their window', async () => {
    const shots = await makeTemporaryFolder('protect-pages');
    if (pictures) await mkdir(pictures, { recursive: true });
    for (const [index, page] of [...new Set(pages)].entries()) {
      const html = await pageOf(`protect ${index}`, page);
      const { overflow } = await layoutOf(browser ?? '', shots.path, html, [1012, 500]);
      expect(overflow, page).toEqual([0, 0]);
      const size = { width: 1060, height: 700 };
      if (pictures)
        await takePicture(browser ?? '', shots.path, html, join(pictures, `protect ${index}.png`), size);
    }
    await shots.remove();
  });
});
