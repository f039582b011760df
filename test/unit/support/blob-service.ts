import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A blob as this service has it. */
export interface HeldBlob {
  content: Buffer;
  metadata: Record<string, string>;
  /** As headers have it. */
  etag: string;
  /** Elements of XML that a list has besides. */
  more?: string;
}

/** A request as a test sees it. */
export interface SeenRequest {
  kind: 'list' | 'read' | 'look' | 'put' | 'delete' | 'metadata' | 'container' | 'account' | 'service';
  /** Of the blob; empty where the request is about none. */
  name: string;
  headers: IncomingMessage['headers'];
  query: URLSearchParams;
  /** How many of this kind came before. */
  earlier: number;
}

/**
 * What becomes of a request: it is carried out and answered, carried out without an answer, its connection ends before, it is never
 * answered, or it is refused.
 */
export type Fate = 'pass' | 'lose' | 'reset' | 'silence' | { status: number; code: string };

/** Blob Storage, as far as lists and changes of whole blobs go, in one container named `backups`. */
export interface BlobService {
  url: string;
  blobs: Map<string, HeldBlob>;
  asked: SeenRequest[];
  decide: (request: SeenRequest) => Fate;
  /** Headers of the answers of a kind besides. */
  more: Partial<Record<SeenRequest['kind'], Record<string, string>>>;
  put(name: string, metadata?: Record<string, string>, more?: string): HeldBlob;
  reset(): void;
  stop(): void;
}

/** The time that the service tells. */
export const serviceTime = new Date('2026-11-22T15:42:10Z');

/** Starts it. */
export async function startBlobService(): Promise<BlobService> {
  let versions = 0;
  const service: BlobService = {
    ...{ url: '', blobs: new Map(), asked: [], more: {}, decide: () => 'pass', stop: () => {} },
    put(name, metadata = {}, more = '') {
      const blob = { content: Buffer.from('content'), metadata, etag: `"0x${++versions}"`, more };
      service.blobs.set(name, blob);
      return blob;
    },
    reset() {
      service.blobs.clear();
      Object.assign(service, { asked: [], more: {}, decide: () => 'pass' });
    },
  };
  const carryOut = async (
    { kind, name, query, headers }: SeenRequest,
    body: Buffer,
  ): Promise<[number, Record<string, string>, (string | Buffer)?]> => {
    const blob = service.blobs.get(name);
    if (kind === 'list') return [200, { 'content-type': 'application/xml' }, listOf(service.blobs, query)];
    if (kind === 'container' || kind === 'account') return [200, { etag: '"c"' }];
    if (kind === 'service')
      return [200, { 'content-type': 'application/xml' }, '<StorageServiceProperties/>'];
    if (kind === 'put') {
      if (blob && headers['if-none-match'] === '*') return [409, { 'x-ms-error-code': 'BlobAlreadyExists' }];
      const made = service.put(name);
      made.content = body;
      return [201, { etag: made.etag }];
    }
    if (!blob) return [404, { 'x-ms-error-code': 'BlobNotFound' }];
    if (headers['if-match'] !== undefined && headers['if-match'] !== blob.etag)
      return [412, { 'x-ms-error-code': 'ConditionNotMet' }];
    const metadata = Object.entries(blob.metadata).map(([key, value]) => [`x-ms-meta-${key}`, value]);
    const told = { etag: blob.etag, 'x-ms-blob-type': 'BlockBlob', ...Object.fromEntries(metadata) };
    if (kind === 'look') return [200, { ...told, 'content-length': String(blob.content.length) }];
    if (kind === 'read')
      return [200, { ...told, 'content-length': String(blob.content.length) }, blob.content];
    if (kind === 'delete') {
      service.blobs.delete(name);
      return [202, {}];
    }
    const written = Object.entries(headers).flatMap(([key, value]) =>
      key.startsWith('x-ms-meta-') ? [[key.slice('x-ms-meta-'.length), String(value)]] : [],
    );
    blob.metadata = Object.fromEntries(written);
    blob.etag = `"0x${++versions}"`;
    return [200, { etag: blob.etag }];
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams: query } = new URL(request.url ?? '', 'http://x');
    const [, , container = '', ...rest] = pathname.split('/').map(decodeURIComponent);
    const name = rest.join('/');
    const kind = kindOf(request.method ?? '', query, container, name);
    const earlier = service.asked.filter((one) => one.kind === kind).length;
    const seen: SeenRequest = { kind, name, headers: request.headers, query, earlier };
    service.asked.push(seen);
    const fate = service.decide(seen);
    if (fate === 'reset') return void response.destroy();
    const body = await buffer(request);
    if (fate === 'silence') return;
    const always = { 'x-ms-request-id': '1', date: serviceTime.toUTCString() };
    if (typeof fate === 'object')
      return void response.writeHead(fate.status, { 'x-ms-error-code': fate.code, ...always }).end();
    const [status, headers, content] = await carryOut(seen, body);
    if (fate === 'lose') return void response.destroy();
    response.writeHead(status, { ...always, ...headers, ...service.more[kind] }).end(content);
  };
  const server = createServer(
    (request, response) => void answer(request, response).catch(() => response.destroy()),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  service.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/account/backups`;
  service.stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return service;
}

function kindOf(
  method: string,
  query: URLSearchParams,
  container: string,
  name: string,
): SeenRequest['kind'] {
  const comp = query.get('comp');
  if (comp === 'list') return 'list';
  if (query.get('restype') === 'account') return 'account';
  if (comp === 'properties' || container === '') return 'service';
  if (name === '') return 'container';
  if (comp === 'metadata') return 'metadata';
  const kinds: Record<string, SeenRequest['kind']> = {
    GET: 'read',
    HEAD: 'look',
    PUT: 'put',
    DELETE: 'delete',
  };
  return kinds[method] ?? 'look';
}

/** A page of the blobs, in the order of the alphabet. ETags have no quotation marks there. */
function listOf(blobs: ReadonlyMap<string, HeldBlob>, query: URLSearchParams): string {
  const prefix = query.get('prefix') ?? '';
  const marker = Number(query.get('marker') ?? 0);
  const size = Number(query.get('maxresults') ?? 5_000);
  const all = [...blobs].filter(([name]) => name.startsWith(prefix)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const next = marker + size < all.length ? String(marker + size) : '';
  const items = all.slice(marker, marker + size).map(([name, { content, metadata, etag, more = '' }]) => {
    const pairs = Object.entries(metadata).map(([key, value]) => `<${key}>${value}</${key}>`);
    const properties = `<Last-Modified>${serviceTime.toUTCString()}</Last-Modified><Etag>${etag.replaceAll('"', '')}</Etag><Content-Length>${content.length}</Content-Length><BlobType>BlockBlob</BlobType>${more}`;
    return `<Blob><Name>${name}</Name><Properties>${properties}</Properties><Metadata>${pairs.join('')}</Metadata></Blob>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="http://x/" ContainerName="backups"><Blobs>${items.join('')}</Blobs><NextMarker>${next}</NextMarker></EnumerationResults>`;
}
