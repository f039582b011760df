import { mkdir, readdir, readFile, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  cachedClientFolders,
  cacheVersion,
  clientTool,
  folderForUnpacking,
  publish,
  readNewest,
  removeUnpacking,
  writeNewest,
} from '../../../../../src/postgres/client/install/tool-cache.ts';
import { isWhole } from '../../../../../src/postgres/client/install/unpack.ts';
import { makeTemporaryFolder } from '../../../../support/machine/temporary-folder.ts';

let folder: Awaited<ReturnType<typeof makeTemporaryFolder>>;
let cache: string;
let scratch: string;
beforeEach(async () => {
  folder = await makeTemporaryFolder('tool-cache');
  cache = path.join(folder.path, 'cache');
  scratch = path.join(folder.path, 'scratch');
  await mkdir(cache);
  await mkdir(scratch);
  vi.stubEnv('RUNNER_TOOL_CACHE', cache);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await folder.remove();
});

async function unpacked(content: string): Promise<string> {
  const place = await folderForUnpacking(cache, clientTool, scratch);
  await mkdir(path.join(place, 'bin'));
  await writeFile(path.join(place, 'bin/psql'), content);
  return place;
}

const contentOf = (place: string): Promise<string> => readFile(path.join(place, 'bin/psql'), 'utf8');
const whole = async (place: string): Promise<boolean> => (await contentOf(place)) !== 'half';

describe('the version in the cache', () => {
  test.each([
    ['17.6-1.pgdg24.04+1', '17.6.0-1-pgdg24-04-1'],
    ['15.18-0+deb12u1', '15.18.0-0-deb12u1'],
    ['1:16.9-0ubuntu0.24.04.1', '16.9.0-0ubuntu0-24-04-1'],
    ['19~beta2-1.pgdg13+1', '19.0.0-beta2-1-pgdg13-1'],
    ['17.6-01', '17.6.0-r01'],
    ['17.6', '17.6.0'],
  ])('of %s is one that the cache knows', async (debian, version) => {
    expect(cacheVersion(debian)).toBe(version);
    const { isExplicitVersion } = await import('@actions/tool-cache');
    expect(isExplicitVersion(version)).toBe(true);
  });
});

describe('a client in the cache', () => {
  test('is found, the newest first', async () => {
    for (const version of ['9.6.0-1', '17.10.0-1-pgdg24-04-1', '17.9.0-1-pgdg24-04-1'])
      await publish(cache, await unpacked(version), { tool: clientTool, version }, whole);
    const found = await cachedClientFolders();
    expect(await Promise.all(found.map((one) => readFile(path.join(one, 'psql'), 'utf8')))).toEqual([
      '17.10.0-1-pgdg24-04-1',
      '17.9.0-1-pgdg24-04-1',
      '9.6.0-1',
    ]);
  });

  test('is not found before it is whole, nor where there is no cache', async () => {
    await mkdir(path.join(cache, 'postgresql-client/17.6.0', process.arch, 'bin'), { recursive: true });
    expect(await cachedClientFolders()).toEqual([]);
    vi.stubEnv('RUNNER_TOOL_CACHE', '');
    expect(await cachedClientFolders()).toEqual([]);
  });

  test('stays as it is when a second job brings the same', async () => {
    const first = await publish(
      cache,
      await unpacked('first'),
      { tool: clientTool, version: '17.6.0' },
      whole,
    );
    const inode = (await stat(first)).ino;
    const second = await publish(
      cache,
      await unpacked('second'),
      { tool: clientTool, version: '17.6.0' },
      whole,
    );
    expect(second).toBe(first);
    expect((await stat(first)).ino).toBe(inode);
    expect(await contentOf(first)).toBe('first');
  });

  test.each([
    ['with the mark of a whole one', true],
    ['without it', false],
  ])('takes the place of half a one, %s', async (_, isMarked) => {
    const place = path.join(cache, 'postgresql-client/17.6.0', process.arch);
    await mkdir(path.join(place, 'bin'), { recursive: true });
    await writeFile(path.join(place, 'bin/psql'), 'half');
    if (isMarked) await writeFile(`${place}.complete`, '');
    expect(
      await publish(cache, await unpacked('whole'), { tool: clientTool, version: '17.6.0' }, whole),
    ).toBe(place);
    expect(await contentOf(place)).toBe('whole');
    expect(
      (await readdir(path.join(cache, 'postgresql-client'))).filter((name) => !name.startsWith('.')),
    ).toEqual(['17.6.0']);
    expect(await cachedClientFolders()).toEqual([path.join(place, 'bin')]);
  });

  test('that another job has just mended is not moved away', async () => {
    const place = path.join(cache, 'postgresql-client/17.6.0', process.arch);
    await mkdir(path.join(place, 'bin'), { recursive: true });
    await writeFile(path.join(place, 'bin/psql'), 'half');
    let looks = 0;
    const mendedMeanwhile = async (one: string): Promise<boolean> => {
      const isWhole = await whole(one);
      if (looks++ === 0) {
        await rename(place, path.join(cache, 'away'));
        await publish(
          cache,
          await unpacked('of the other job'),
          { tool: clientTool, version: '17.6.0' },
          whole,
        );
      }
      return isWhole;
    };
    await publish(cache, await unpacked('ours'), { tool: clientTool, version: '17.6.0' }, mendedMeanwhile);
    expect(await contentOf(place)).toBe('of the other job');
  });

  test('that is broken for good is told, and not tried for ever', async () => {
    const place = path.join(cache, 'postgresql-client/17.6.0', process.arch);
    // Somebody who moves the folder away while it is made here may make the call fail; the next one makes it.
    const again = async (): Promise<unknown> =>
      mkdir(path.join(place, 'bin'), { recursive: true }).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      });
    await again();
    const behindOurBack: Promise<unknown>[] = [];
    const comesBack = async (one: string): Promise<boolean> => {
      setImmediate(() => behindOurBack.push(again()));
      await rename(one, path.join(cache, `away-${Math.random()}`)).catch(() => {});
      await again();
      return false;
    };
    await expect(
      publish(cache, await unpacked('x'), { tool: clientTool, version: '17.6.0' }, comesBack),
    ).rejects.toThrow('is broken, and comes back');
    await Promise.all(behindOurBack);
  });

  test('of another user, whose folder is closed, is passed over', async () => {
    await writeFile(path.join(cache, 'postgresql-client'), 'a file in its place');
    expect(await cachedClientFolders()).toEqual([]);
  });

  test('of another job stays where it is when this one is cancelled while it looks at it', async () => {
    const version = { tool: clientTool, version: '17.6.0' };
    const place = await publish(cache, await unpacked('first'), version, whole);
    const cancelled = AbortSignal.abort(new Error('cancelled'));
    const second = publish(cache, await unpacked('second'), version, (one) => isWhole(one, cancelled));
    await expect(second).rejects.toThrow('cancelled');
    expect(await contentOf(place)).toBe('first');
  });

  test('may be published by several jobs at once', async () => {
    const places = await Promise.all(
      Array.from({ length: 8 }, async (_, i) =>
        publish(cache, await unpacked(`job ${i}`), { tool: clientTool, version: '17.6.0' }, whole),
      ),
    );
    expect(new Set(places).size).toBe(1);
    expect(await contentOf(String(places[0]))).toMatch(/^job \d$/);
  });
});

test('what a killed job had begun to unpack is removed after a while, and not before', async () => {
  const old = await unpacked('old');
  const recent = await unpacked('recent');
  const longAgo = new Date(Date.now() - 3_700_000);
  await utimes(path.dirname(old), longAgo, longAgo);
  await utimes(recent, longAgo, longAgo); // as dpkg does: the time at which the package was built
  const mine = await folderForUnpacking(cache, clientTool, scratch);
  const left = (await readdir(path.join(cache, 'postgresql-client'))).sort();
  expect(left).toEqual([recent, mine].map((one) => path.basename(path.dirname(one))).sort());
});

test('what a killed step was unpacking is removed by its post step, and nothing else', async () => {
  await unpacked('others');
  const [others] = await readdir(scratch);
  await rm(path.join(scratch, String(others)));
  await unpacked('mine');
  await publish(cache, await unpacked('done'), { tool: clientTool, version: '17.6.0' }, whole);
  await symlink('/etc', path.join(scratch, '.unpacking-etc'));
  await symlink(cache, path.join(scratch, '.unpacking-x'));
  await writeFile(path.join(scratch, '.unpacking-y'), cache);
  await removeUnpacking(scratch);
  expect((await readdir(path.join(cache, clientTool))).sort()).toEqual([others, '17.6.0'].sort());
  await expect(removeUnpacking(path.join(scratch, 'gone'))).resolves.toBeUndefined();
});

describe('the newest versions that a repository had', () => {
  test('are remembered', async () => {
    const newest = { asked: '2026-11-27T10:00:00.000Z', versions: { 17: '17.12' } };
    await writeNewest(cache, newest);
    expect(await readNewest(cache)).toEqual(newest);
    expect(await readdir(path.join(cache, 'postgresql-client'))).toEqual(['newest.json']);
  });

  test.each([
    '',
    '{"asked":"2026',
    '[]',
    '{"asked":5,"versions":{}}',
    '{"asked":"\\n::error","versions":{}}',
    'null',
  ])('are not known from a record that says %j', async (text) => {
    await mkdir(path.join(cache, 'postgresql-client'));
    await writeFile(path.join(cache, 'postgresql-client/newest.json'), text);
    expect(await readNewest(cache)).toBeUndefined();
  });
});
