import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AnonymousCredential, ContainerClient } from '@azure/storage-blob';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type BackupStore, backupStore } from '../../../../src/azure/storage/backup-store.ts';
import { Failure } from '../../../../src/base/failure.ts';
import { patienceOf } from '../../../../src/base/patience.ts';
import type { Step } from '../../../../src/base/step.ts';
import { lookUpBackup } from '../../../../src/jobs/archive/obtain.ts';
import { makeArchive } from '../../support/synthetic-archive.ts';

/*
 * Blob Storage, as far as it takes to look up the one blob that it has, whatever its name.
 */
interface Stored {
  content: Buffer;
  headers: Record<string, string>;
}

let blob: Stored | undefined;
let server: Server;
let store: BackupStore;

beforeAll(async () => {
  server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/account/backups`;
  const client = new ContainerClient(url, new AnonymousCredential(), { retryOptions: { maxTries: 1 } });
  store = backupStore(client, { patience: patienceOf(10), info: () => {}, folder: '' });
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  blob = undefined;
});

function answer(request: IncomingMessage, response: ServerResponse): void {
  if (!blob) {
    response.writeHead(404, { 'x-ms-error-code': 'BlobNotFound' }).end();
    return;
  }
  const { content } = blob;
  const headers = { etag: '"1"', 'x-ms-blob-type': 'BlockBlob', ...blob.headers };
  if (request.method === 'HEAD') {
    response.writeHead(200, { ...headers, 'content-length': content.length }).end();
    return;
  }
  const [, from, to] = /bytes=(\d+)-(\d+)/.exec(String(request.headers['x-ms-range'])) ?? [];
  const part = content.subarray(Number(from), Number(to) + 1);
  const range = `bytes ${from}-${Number(from) + part.length - 1}/${content.length}`;
  response.writeHead(206, { ...headers, 'content-length': part.length, 'content-range': range }).end(part);
}

/** Puts a blob there. */
function put(content: Buffer, headers: Record<string, string> = {}): void {
  blob = { content, headers };
}

const said: string[] = [];
const step: Step = {
  signal: new AbortController().signal,
  scratch: '/nowhere',
  run: { repository: '', id: '', attempt: '' },
  phase: (_, work) => work(),
  timed: (_, work) => work(),
  info: (line) => void said.push(line),
  debug: () => {},
  warn: (line) => void said.push(line),
  mask: () => {},
  writeDown: () => {},
  chose: () => {},
};

describe('a backup that is looked up', () => {
  test('tells its size, its record and its header', async () => {
    said.length = 0;
    const archive = makeArchive();
    put(archive, { 'x-ms-meta-database': '100%25', 'x-ms-meta-sha256': 'ab' });
    expect(await lookUpBackup(store, 'a b/x.dump', 'moodle', step)).toMatchObject({
      stored: { name: 'a b/x.dump', size: archive.length, etag: '"1"' },
      record: { database: '100%', sha256: 'ab' },
      header: { format: '1.16', serverVersion: '15.18' },
    });
    expect(said).toEqual([
      expect.stringMatching(
        /^Found "a b\/x\.dump" \(\S+ kB\): database "moodle — d01", PostgreSQL 15\.18, pg_dump /,
      ),
    ]);
  });

  test.each([
    [
      new Date(Date.now() - 4 * 3_600_000 - 5_000).toISOString(),
      / as of \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC \(4 h ago\), Post/,
    ],
    ['2019-03-01T10:00:00.123Z', / as of 2019-03-01 10:00:00 UTC \(\d{4} days ago\), Post/],
    ['never "', / as of "never \\"", Post/],
  ])('tells when it was made: %s', async (started, words) => {
    said.length = 0;
    put(makeArchive(), { 'x-ms-meta-started_at': encodeURIComponent(started) });
    await lookUpBackup(store, 'x.dump', 'moodle', step);
    expect(said).toEqual([expect.stringMatching(words)]);
  });
});

describe('no backup is', () => {
  test.each([
    ['an empty blob', Buffer.alloc(0), 'it is empty'],
    [
      'the start of an archive',
      makeArchive().subarray(0, 20),
      'it ends within the first bytes of its header',
    ],
    [
      'a picture',
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      'it begins with "\\u0089PNG\\r" instead of "PGDMP"',
    ],
  ])('%s', async (_, content, words) => {
    put(content);
    const looking = lookUpBackup(store, 'x.dump', 'moodle', step);
    await expect(looking).rejects.toThrow(Failure);
    await expect(looking).rejects.toThrow(
      `Reading "x.dump" failed: it is not an archive in PostgreSQL's custom format: ${words}\nChoose a backup `,
    );
  });

  test.each([
    [
      'on its way',
      { 'x-ms-archive-status': 'rehydrate-pending-to-hot' },
      '(rehydrate-pending-to-hot)\nWait until that is done, up to 15 hours at standard priority, then run the job again. Setting the tier again with --rehydrate-priority High makes it faster, and costs more.',
    ],
    ['and stays there', {}, 'where it can be neither read nor changed\nMove the blob to the hot'],
  ])('a blob in the archive tier, %s', async (_, headers, words) => {
    put(makeArchive(), { 'x-ms-access-tier': 'Archive', ...headers });
    await expect(lookUpBackup(store, 'x.dump', 'moodle', step)).rejects.toThrow(words);
  });

  test('one that is not there, and the message says so', async () => {
    const { port } = server.address() as AddressInfo;
    const host = `127.0.0.1:${port}`;
    await expect(lookUpBackup(store, 'x.dump', 'moodle', step)).rejects.toThrow(
      `Looking up backup "x.dump" in container "backups" on ${host} failed: The specified blob does not exist. (BlobNotFound, HTTP 404)\nCheck backup_file_name (names are case-sensitive).\nIf it was deleted, `,
    );
  });
});
