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

/** What is asked for. Blobs are written by blocks alone. */
type Kind =
  | 'list'
  | 'read'
  | 'look'
  | 'block'
  | 'blocks'
  | 'commit'
  | 'delete'
  | 'metadata'
  | 'container'
  | 'account'
  | 'service';

/** A request as a test sees it. */
export interface SeenRequest {
  kind: Kind;
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
  more: Partial<Record<Kind, Record<string, string>>>;
  /** Elements of XML that tell the settings of the account. */
  settings: string;
  put(name: string, metadata?: Record<string, string>, more?: string): HeldBlob;
  reset(): void;
  stop(): void;
}

/** The time that the service tells. */
export const serviceTime = new Date('2026-11-22T15:42:10Z');

/** Starts it. */
export async function startBlobService(): Promise<BlobService> {
  let versions = 0;
  const nextEtag = (): string => `"0x${++versions}"`;
  const service: BlobService = {
    ...{ url: '', blobs: new Map(), asked: [], more: {}, settings: '', decide: () => 'pass', stop: () => {} },
    put(name, metadata = {}, more = '') {
      const blob = { content: Buffer.from('content'), metadata, etag: nextEtag(), more };
      service.blobs.set(name, blob);
      return blob;
    },
    reset() {
      service.blobs.clear();
      Object.assign(service, { asked: [], more: {}, settings: '', decide: () => 'pass' });
    },
  };
  const carryOut = actions(service, nextEtag);
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
    const [status, headers, content] = carryOut(seen, body);
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

type Answer = [status: number, headers: Record<string, string>, content?: string | Buffer];

const xml = { 'content-type': 'application/xml' };
const refused = (status: number, code: string): Answer => [status, { 'x-ms-error-code': code }];

/** What is done with each kind of request. */
function actions(service: BlobService, nextEtag: () => string): (seen: SeenRequest, body: Buffer) => Answer {
  /** By the name of the blob, then by the block's. */
  const staged = new Map<string, Map<string, Buffer>>();

  const ofContainer = (kind: Kind, query: URLSearchParams): Answer | undefined => {
    if (kind === 'list') return [200, xml, listOf(service.blobs, query)];
    if (kind === 'container' || kind === 'account') return [200, { etag: '"c"' }];
    if (kind !== 'service') return undefined;
    return [200, xml, `<StorageServiceProperties>${service.settings}</StorageServiceProperties>`];
  };

  const ofBlocks = ({ kind, name, query, headers }: SeenRequest, body: Buffer): Answer | undefined => {
    const blocks = staged.get(name) ?? new Map<string, Buffer>();
    if (kind === 'block') {
      staged.set(name, blocks.set(query.get('blockid') ?? '', body));
      return [201, {}];
    }
    if (kind === 'blocks') {
      const list = [...blocks].map(
        ([id, { length }]) => `<Block><Name>${id}</Name><Size>${length}</Size></Block>`,
      );
      return [
        ...([200, xml] as const),
        `<BlockList><CommittedBlocks/><UncommittedBlocks>${list.join('')}</UncommittedBlocks></BlockList>`,
      ];
    }
    if (kind !== 'commit') return undefined;
    if (service.blobs.has(name) && headers['if-none-match'] === '*') return refused(409, 'BlobAlreadyExists');
    const ids = [...body.toString().matchAll(/<Latest>([^<]*)<\/Latest>/g)].map(([, id = '']) => id);
    const made = service.put(name, metadataIn(headers));
    made.content = Buffer.concat(ids.map((id) => blocks.get(id) ?? Buffer.alloc(0)));
    staged.delete(name);
    return [201, { etag: made.etag }];
  };

  const ofBlob = ({ kind, name, headers }: SeenRequest): Answer => {
    const blob = service.blobs.get(name);
    if (!blob)
      return headers['if-match'] === undefined
        ? refused(404, 'BlobNotFound')
        : refused(412, 'ConditionNotMet');
    const wanted = headers['if-match'] ?? '*';
    if (wanted !== '*' && wanted !== blob.etag) return refused(412, 'ConditionNotMet');
    const { content, etag, metadata } = blob;
    if (kind === 'delete') {
      service.blobs.delete(name);
      return [202, {}];
    }
    if (kind === 'metadata') {
      blob.metadata = metadataIn(headers);
      blob.etag = nextEtag();
      return [200, { etag: blob.etag }];
    }
    const pairs = Object.entries(metadata).map(([key, value]) => [`x-ms-meta-${key}`, value]);
    const told = { etag, 'x-ms-blob-type': 'BlockBlob', ...Object.fromEntries(pairs) };
    if (kind === 'look') return [200, { ...told, 'content-length': String(content.length) }];
    const [, from, to] = /bytes=(\d+)-(\d+)/.exec(String(headers['x-ms-range'])) ?? [];
    const part = content.subarray(Number(from), Number(to) + 1);
    const range = `bytes ${from}-${Number(from) + part.length - 1}/${content.length}`;
    return [206, { ...told, 'content-length': String(part.length), 'content-range': range }, part];
  };

  return (seen, body) => ofContainer(seen.kind, seen.query) ?? ofBlocks(seen, body) ?? ofBlob(seen);
}

function metadataIn(headers: IncomingMessage['headers']): Record<string, string> {
  const written = Object.entries(headers).flatMap(([key, value]) =>
    key.startsWith('x-ms-meta-') ? [[key.slice('x-ms-meta-'.length), String(value)]] : [],
  );
  return Object.fromEntries(written);
}

function kindOf(method: string, query: URLSearchParams, container: string, name: string): Kind {
  const comp = query.get('comp');
  if (comp === 'list') return 'list';
  if (query.get('restype') === 'account') return 'account';
  if (container === '') return 'service';
  if (name === '') return 'container';
  if (comp === 'metadata') return 'metadata';
  if (comp === 'block') return 'block';
  if (comp === 'blocklist') return method === 'GET' ? 'blocks' : 'commit';
  const kinds: Record<string, Kind> = { GET: 'read', HEAD: 'look', DELETE: 'delete' };
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
