import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { NewBackup } from '../../../../src/azure/storage/new-backup.ts';
import type { Step } from '../../../../src/base/step.ts';
import { streamDump } from '../../../../src/jobs/backup/stream-dump.ts';
import type { Activity } from '../../../../src/postgres/server/activity.ts';
import { makeTemporaryFolder } from '../../../support/machine/temporary-folder.ts';
import { makeArchive } from '../../support/synthetic-archive.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A step that keeps what is said. */
function stepWith(lines: string[]): Step {
  return {
    signal: new AbortController().signal,
    scratch: '/nowhere',
    run: { repository: '', id: '', attempt: '' },
    phase: (_, work) => work(),
    timed: (_, work) => work(),
    info: (line) => void lines.push(line),
    debug: () => {},
    warn: () => {},
    mask: () => {},
    writeDown: () => {},
    chose: () => {},
  };
}

const target: NewBackup = {
  name: 'x.dump',
  url: '',
  write: async () => {},
  flush: async () => {},
  commit: async () => ({}),
  abandon: () => {},
};

/** A client whose pg_restore is this script. */
const clientWith = (pgRestore: string) => ({
  ...{ major: 19, version: '19.1', psql: '/no/psql', pgDump: '/no/pg_dump', pgRestore },
});

test('progress of a backup tells its bytes, and the tables that are read as far as the server tells', async () => {
  const archive = makeArchive();
  const lines: string[] = [];
  const step = stepWith(lines);
  const stdout = new PassThrough();
  let end = (): void => {};
  const finished = new Promise<void>((resolve) => {
    end = resolve;
  });
  const dumping = { id: 1, stdin: new PassThrough(), stdout, finished, stop: async () => {} };
  const answers: (Activity | undefined)[] = [
    undefined,
    { copies: ['COPY "public.a" (1,000 rows)', 'COPY "public.b"'], builds: [], analyzed: [] },
    { copies: [], builds: [], analyzed: [] },
  ];
  const streaming = streamDump(
    dumping,
    clientWith('/no/pg_restore'),
    target,
    async () => answers.shift(),
    step,
  );
  stdout.write(archive.subarray(0, 500));
  await vi.advanceTimersByTimeAsync(10_000);
  stdout.end(archive.subarray(500));
  await vi.advanceTimersByTimeAsync(5_000);
  end();
  await vi.advanceTimersByTimeAsync(5_000);
  expect((await streaming).size).toBe(archive.length);
  expect(lines).toEqual([
    '5.0 s: 500 B so far, 100 B/s',
    '10.0 s: 500 B so far, 50 B/s; now COPY "public.a" (1,000 rows), COPY "public.b"',
    expect.stringMatching(/^15\.0 s: 1\.\d\d kB so far, \d+ B\/s$/),
  ]);
});

describe('an archive in a newer format', () => {
  const archive = Buffer.concat([Buffer.from('PGDMP\x01\x11\xff', 'latin1'), Buffer.alloc(300_000, 'rows ')]);

  /** Streams it in pieces, with a pg_restore that is this script and keeps what it reads in `read`. */
  async function stream(script: string, sizes: readonly number[]) {
    vi.useRealTimers();
    const folder = await makeTemporaryFolder('newer-format');
    try {
      const program = join(folder.path, 'pg_restore');
      await writeFile(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
      const stdout = new PassThrough();
      const dumping = {
        id: 1,
        stdin: new PassThrough(),
        stdout,
        finished: Promise.resolve(),
        stop: async () => {},
      };
      const lines: string[] = [];
      const streaming = streamDump(
        dumping,
        clientWith(program),
        target,
        async () => undefined,
        stepWith(lines),
      );
      streaming.catch(() => {});
      let at = 0;
      for (const size of sizes) {
        stdout.write(Buffer.from(archive.subarray(at, at + size))); // its memory is given back
        at += size;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      stdout.end(Buffer.from(archive.subarray(at)));
      const { size } = await streaming;
      return { lines, size, read: await readFile(join(folder.path, 'read')) };
    } finally {
      await folder.remove();
    }
  }
  const keep = 'cat > "$(dirname "$0")/read"';

  test.each([
    ['at once', []],
    ['with its first bytes in pieces', [1, 3, 2, 1, 5]],
    ['with its version at the end of a piece', [7]],
  ])('is read along by pg_restore, every byte of it: %s', async (_, sizes) => {
    const { lines, size, read } = await stream(`[ "$*" = --file=/dev/null ] && ${keep}`, sizes);
    expect(read.equals(archive)).toBe(true);
    expect(size).toBe(archive.length);
    expect(lines).toEqual([
      'pg_dump writes an archive format that is newer than this action; pg_restore also reads it, to check that it is complete',
    ]);
  });

  test.each([
    [
      'at its end',
      `${keep}; echo "pg_restore: error: could not read from input file: end of file" >&2; exit 1`,
    ],
    ['at once', 'echo "pg_restore: error: could not read from input file: end of file" >&2; exit 1'],
  ])('is no backup if pg_restore refuses it %s', async (_, script) => {
    await expect(stream(script, [])).rejects.toThrow(
      /the archive cannot be read by pg_restore 19\.1: could not read from input file: end of file\nRun the backup again; /,
    );
  });

  test('is no backup if pg_restore cannot be started', async () => {
    await expect(stream('exec /no/such/program', [])).rejects.toThrow(/cannot be read by pg_restore 19\.1: /);
    await expect(stream('kill -9 $$', [])).rejects.toThrow(/cannot be read by pg_restore 19\.1: .*SIGKILL/);
  });
});
