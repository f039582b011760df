import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { NewBackup } from '../../../../src/azure/storage/new-backup.ts';
import type { Step } from '../../../../src/base/step.ts';
import { streamDump } from '../../../../src/jobs/backup/stream-dump.ts';
import type { Activity } from '../../../../src/postgres/server/activity.ts';
import { makeArchive } from '../../support/synthetic-archive.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('progress of a backup tells its bytes, and the tables that are read as far as the server tells', async () => {
  const archive = makeArchive();
  const lines: string[] = [];
  const step: Step = {
    signal: new AbortController().signal,
    scratch: '/nowhere',
    run: { repository: '', id: '', attempt: '' },
    phase: (_, work) => work(),
    timed: (_, work) => work(),
    info: (line) => void lines.push(line),
    debug: () => {},
    warn: () => {},
    mask: () => {},
  };
  const stdout = new PassThrough();
  let end = (): void => {};
  const finished = new Promise<void>((resolve) => {
    end = resolve;
  });
  const dumping = { id: 1, stdin: new PassThrough(), stdout, finished, stop: async () => {} };
  const target: NewBackup = {
    name: 'x.dump',
    url: '',
    write: async () => {},
    flush: async () => {},
    commit: async () => {},
    abandon: () => {},
  };
  const answers: (Activity | undefined)[] = [
    undefined,
    { copies: ['COPY "public.a" (1,000 rows)', 'COPY "public.b"'], builds: [], analyzed: [] },
    { copies: [], builds: [], analyzed: [] },
  ];
  const streaming = streamDump(dumping, target, async () => answers.shift(), step);
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
