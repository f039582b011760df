import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Access } from '../../../../src/azure/storage/access.ts';
import { describeOthers } from '../../../../src/azure/storage/find-backup.ts';
import { newestBackups } from '../../../../src/azure/storage/list-backups.ts';
import { accessTo } from '../../support/container-access.ts';

/*
 * The list of blobs of a container, as Blob Storage answers it: those with a prefix, in the order of the alphabet, in pages.
 */
let names: string[] = [];
let asked: string[] = [];
let refuse = false;
let server: Server;
let access: Access;

beforeAll(async () => {
  server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://x');
    const prefix = searchParams.get('prefix') ?? '';
    const marker = Number(searchParams.get('marker') ?? 0);
    const pageSize = Number(searchParams.get('maxresults') ?? 5_000);
    asked.push(prefix);
    if (refuse) return void response.writeHead(403, { 'x-ms-error-code': 'AuthorizationFailure' }).end();
    const all = names.filter((name) => name.startsWith(prefix));
    const next = marker + pageSize < all.length ? String(marker + pageSize) : '';
    const blobs = all
      .slice(marker, marker + pageSize)
      .map(blob)
      .join('');
    response.writeHead(200, { 'content-type': 'application/xml' });
    response.end(
      `<?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="http://x/" ContainerName="backups"><Blobs>${blobs}</Blobs><NextMarker>${next}</NextMarker></EnumerationResults>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/account/backups`;
  access = accessTo(url);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  names = [];
  asked = [];
  refuse = false;
});

const blob = (name: string): string =>
  `<Blob><Name>${name}</Name><Properties><Last-Modified>Sun, 22 Nov 2026 15:42:10 GMT</Last-Modified><Etag>1</Etag><Content-Length>${name.length}</Content-Length><BlobType>BlockBlob</BlobType></Properties></Blob>`;

const never = new AbortController().signal;
const listed = async (prefix = 'shop_backup_', signal = never) =>
  (await newestBackups(access, prefix, 3, signal))?.map(({ name }) => name);

describe('the newest backups of a database', () => {
  test('are the last of its names, and no others', async () => {
    names = [
      'shop_backup_20250101000000.dump',
      'shop_backup_20260101000000.dump',
      'shop_backup_20260101000001.dump',
      'shop_backup_20260201000000.dump',
      'shop_backup_20260301000000.dump.gz',
      'shop_backup_of_bob_backup_20260401000000.dump',
    ];
    expect(await newestBackups(access, 'shop_backup_', 3, never)).toEqual([
      { name: 'shop_backup_20260201000000.dump', timestamp: '20260201000000', size: 31 },
      { name: 'shop_backup_20260101000001.dump', timestamp: '20260101000001', size: 31 },
      { name: 'shop_backup_20260101000000.dump', timestamp: '20260101000000', size: 31 },
    ]);
    expect(asked).toEqual(['shop_backup_']);
  });

  test('are none, if there are none', async () => {
    expect(await listed()).toEqual([]);
  });

  test('are found in few requests among very many', async () => {
    const hour = 3_600_000;
    names = Array.from({ length: 100_000 }, (_, i) => {
      const time = new Date(Date.now() - i * hour).toISOString().slice(0, 19).replace(/\D/g, '');
      return `shop_backup_${time}.dump`;
    }).reverse();
    expect(await listed()).toEqual(names.slice(-3).reverse());
    expect(asked.length).toBeLessThanOrEqual(3);
  });

  test('are not known, if all of very many are old', async () => {
    names = Array.from({ length: 201 }, (_, i) => `shop_backup_${20000101000000 + i}.dump`);
    expect(await listed()).toBeUndefined();
  });

  test('are not known, if they may not be listed', async () => {
    refuse = true;
    expect(await listed()).toBeUndefined();
  });

  test('are not asked for any more after a cancel', async () => {
    const reason = new Error('cancelled');
    await expect(listed('shop_backup_', AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

const backup = (name: string, timestamp: string, size: number) => ({ name, timestamp, size });

test.each([
  [
    'none',
    ['shop_backup_'],
    [],
    'No such backup, and none named "shop_backup_…" in this container. Check backup_file_name (names are case-sensitive), blob_prefix and storage_container_name.',
  ],
  [
    'one',
    ['shop_backup_'],
    [backup('x.dump', '20261122154210', 1_234_567)],
    'No such backup (names are case-sensitive). The newest named "shop_backup_…" in this container:\n- x.dump (2026-11-22 15:42:10 UTC, 1.23 MB)',
  ],
  [
    'those of two databases, of which the newest five are named',
    ['a_backup_', 'b_backup_'],
    ['1', '3', '5', '2', '4', '6'].map((n) => backup(n, `2026112215421${n}`, 1)),
    'No such backup (names are case-sensitive). The newest named "a_backup_…" or "b_backup_…" in this container:\n' +
      ['6', '5', '4', '3', '2'].map((n) => `- ${n} (2026-11-22 15:42:1${n} UTC, 1 B)`).join('\n'),
  ],
])('other backups are named: %s', (_, prefixes, backups, text) => {
  expect(describeOthers(prefixes, backups)).toBe(text);
});
