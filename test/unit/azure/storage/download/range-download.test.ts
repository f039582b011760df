import { createHash } from 'node:crypto';
import { readdirSync, readlinkSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { oneForAll } from '../../../../../src/azure/storage/access.ts';
import { type BlobSource, readRange } from '../../../../../src/azure/storage/download/blob-reader.ts';
import { downloadRanges } from '../../../../../src/azure/storage/download/range-download.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../../../../support/machine/temporary-folder.ts';
import { accessTo } from '../../../support/container-access.ts';

const mebibyte = 1024 ** 2;
const rangeSize = 8 * mebibyte;

/** Differs from place to place, so that a byte in the wrong place is noticed. */
const content = Buffer.alloc(5 * rangeSize + 12_345);
for (let place = 0; place + 4 <= content.length; place += 4) content.writeUInt32LE(place + 1, place);

/** A request for bytes of the blob. */
interface Asked {
  start: number;
  /** The first byte that was not asked for. */
  end: number;
  ifMatch: string | undefined;
  /** How many requests came before. */
  earlier: number;
  /** Those without an answer yet, with this one. */
  atOnce: number;
  /** In milliseconds. */
  time: number;
}

/*
 * Blob Storage, as far as it takes to read the one blob that it has; a test says how it answers.
 */
let size: number;
let answer: (asked: Asked, response: ServerResponse) => void;
let asked: Asked[];
let unanswered = 0;
let server: Server;
let url: string;
let access: ReturnType<typeof accessTo>;
let folder: TemporaryFolder;
let files = 0;
let file: string;

beforeAll(async () => {
  folder = await makeTemporaryFolder('range-download');
  server = createServer((request, response) => {
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(String(request.headers['x-ms-range'])) ?? [];
    unanswered++;
    response.on('close', () => unanswered--);
    const one: Asked = {
      start: Number(from),
      end: Number(to) + 1,
      ifMatch: request.headers['if-match'],
      earlier: asked.length,
      atOnce: unanswered,
      time: performance.now(),
    };
    asked.push(one);
    answer(one, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}/account/backups`;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await folder.remove();
});

beforeEach(() => {
  access = accessTo(url);
  size = content.length;
  answer = send;
  asked = [];
  file = path.join(folder.path, String(files++));
});

/** Answers with bytes of the blob, by default with those that were asked for. */
function send({ start, end }: Pick<Asked, 'start' | 'end'>, response: ServerResponse): void {
  const body = content.subarray(start, end);
  response.writeHead(206, headers(body, `bytes ${start}-${end - 1}/${size}`)).end(body);
}

function headers(body: Buffer, contentRange?: string): Record<string, string | number> {
  return {
    etag: '"1"',
    'content-length': body.length,
    ...(contentRange !== undefined && { 'content-range': contentRange }),
  };
}

/** Breaks the connection off after some bytes of the answer. */
function breakOff({ start, end }: Asked, response: ServerResponse, after: number): void {
  const body = content.subarray(start, end);
  response.writeHead(206, headers(body, `bytes ${start}-${end - 1}/${size}`));
  response.write(body.subarray(0, after), () => setTimeout(() => response.destroy(), 100));
}

/** Sends the first bytes of an answer, and then nothing any more. */
function stall({ start, end }: Asked, response: ServerResponse): void {
  const body = content.subarray(start, end);
  response.writeHead(206, headers(body, `bytes ${start}-${end - 1}/${size}`));
  response.write(body.subarray(0, mebibyte));
}

function sendWhole(_: Asked, response: ServerResponse): void {
  response.writeHead(200, headers(content)).end(content);
}

function refuse(response: ServerResponse, status: number, more: Record<string, string> = {}): void {
  response.writeHead(status, { 'x-ms-error-code': 'Refused', 'content-length': 0, ...more }).end();
}

const source = (): BlobSource => {
  const client = access.container.getBlockBlobClient('x.dump');
  return { client, etag: '"1"', what: 'Downloading', info: oneForAll(access.info) };
};

const progress: number[] = [];
const seen: Buffer[] = [];
function download(signal = new AbortController().signal): Promise<string> {
  progress.length = 0;
  seen.length = 0;
  return downloadRanges(
    access,
    source(),
    size,
    file,
    { onProgress: (bytes) => progress.push(bytes), onContent: (bytes) => seen.push(Buffer.from(bytes)) },
    signal,
  );
}

async function expectWhole(sha256: string): Promise<void> {
  const whole = content.subarray(0, size);
  const written = await readFile(file);
  expect(written.equals(whole)).toBe(true);
  expect(Buffer.concat(seen).equals(whole)).toBe(true);
  expect(sha256).toBe(createHash('sha256').update(whole).digest('hex'));
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  expect(progress.at(-1) ?? 0).toBe(size);
}

/** Nothing is open or asked any more, and no byte is where it does not belong. */
async function expectEnded(): Promise<void> {
  const open = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return ''; // the one that the folder was read with
    }
  });
  expect(open).not.toContain(file);
  await new Promise((resolve) => setTimeout(resolve, 100)); // what was on its way gets there
  expect(unanswered).toBe(0);
  const written = await readFile(file);
  expect(written.every((byte, place) => byte === 0 || byte === content[place])).toBe(true);
}

const starts = (): number[] => asked.map(({ start }) => start).toSorted((a, b) => a - b);

describe('a blob arrives whole', () => {
  test.each([
    ['no bytes', 0, 0],
    ['one byte', 1, 1],
    ['less than a range', rangeSize - 1, 1],
    ['a range', rangeSize, 1],
    ['a byte more', rangeSize + 1, 2],
    ['several ranges', content.length, 6],
  ])('if it has %s', async (_, bytes, ranges) => {
    size = bytes;
    await expectWhole(await download());
    expect(starts()).toEqual(Array.from({ length: ranges }, (_, index) => index * rangeSize));
    expect(Math.max(...asked.map(({ end }) => end), 0)).toBe(size);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('with four requests at once, each bound to the ETag', async () => {
    let held: (() => void)[] = [];
    answer = (one, response) => {
      held.push(() => send(one, response));
      if (asked.length < 4) return;
      for (const release of held) release();
      held = [];
    };
    await expectWhole(await download());
    expect(Math.max(...asked.map(({ atOnce }) => atOnce))).toBe(4);
    expect(new Set(asked.map(({ ifMatch }) => ifMatch))).toEqual(new Set(['"1"']));
  });

  test('if its first range comes last', async () => {
    let first = (): void => {};
    answer = (one, response) => {
      if (one.start === 0) first = () => send(one, response);
      else send(one, response);
      if (one.end === size) setTimeout(first, 100);
    };
    await expectWhole(await download());
  });

  test('if connections break off, and no byte is asked for twice', async () => {
    answer = (one, response) =>
      one.earlier < 4 ? breakOff(one, response, 1_000_000 + one.earlier) : send(one, response);
    await expectWhole(await download());
    expect(asked).toHaveLength(10);
    expect(new Set(starts()).size).toBe(10);
    expect(asked.filter(({ start }) => start % rangeSize !== 0)).toHaveLength(4);
  });

  test('if a connection breaks off before the first byte', async () => {
    answer = (one, response) => (one.earlier === 1 ? response.destroy() : send(one, response));
    await expectWhole(await download());
    expect(asked).toHaveLength(7);
  });

  test('if answers hold fewer bytes than were asked for', async () => {
    answer = ({ start, end }, response) =>
      send({ start, end: Math.min(end, start + 3 * mebibyte) }, response);
    await expectWhole(await download());
    expect(asked).toHaveLength(5 * 3 + 1);
  });

  test('if the account is too busy and says when to come again', async () => {
    answer = (one, response) =>
      one.earlier === 0 ? refuse(response, 503, { 'retry-after': '1' }) : send(one, response);
    await expectWhole(await download());
    const [first, again] = asked.filter(({ start }) => start === 0);
    expect((again?.time ?? 0) - (first?.time ?? 0)).toBeGreaterThan(990);
  });
});

describe('the download fails, and all requests end,', () => {
  /** The fourth request is answered as given, and the others stall. */
  const oneOfFour = (what: typeof answer): typeof answer => {
    return (one, response) => (one.earlier === 3 ? what(one, response) : stall(one, response));
  };
  test.each([
    ['the blob is another by now', 412, {}],
    ['it may not be read', 403, {}],
    ['a range is not there', 416, {}],
  ])('if %s', async (_, statusCode, more) => {
    answer = oneOfFour((_, response) => refuse(response, statusCode, more));
    await expect(download()).rejects.toMatchObject({ name: 'RestError', statusCode });
    await expectEnded();
    expect(asked).toHaveLength(4);
  });

  test.each([
    ['the whole blob instead of its end', sendWhole],
    [
      'bytes from another place',
      ({ start, end }: Asked, response: ServerResponse) => send({ start: start - 4, end: end - 4 }, response),
    ],
    [
      'more bytes than were asked for',
      ({ start, end }: Asked, response: ServerResponse) => send({ start, end: end + 4 }, response),
    ],
  ])('if the answer is %s', async (_, what) => {
    answer = oneOfFour(what);
    await expect(download()).rejects.toThrow(
      /^bytes 25165824-33554431 were requested, and the response was /,
    );
    await expectEnded();
    expect(asked).toHaveLength(4);
  });

  test('if the answer to the first range is the whole blob', async () => {
    answer = sendWhole;
    await expect(download()).rejects.toThrow(/were requested, and the response was the whole blob$/);
    await expectEnded();
  });

  test('if it is cancelled', async () => {
    const cancelled = new Error('cancelled');
    const controller = new AbortController();
    answer = oneOfFour((one, response) => {
      stall(one, response);
      setTimeout(() => controller.abort(cancelled), 50);
    });
    await expect(download(controller.signal)).rejects.toBe(cancelled);
    await expectEnded();
  });

  test('if it was cancelled before', async () => {
    await expect(download(AbortSignal.abort(new Error('cancelled')))).rejects.toThrow('cancelled');
    await expectEnded();
    expect(asked).toEqual([]);
  });

  test('if what is told of the progress throws', async () => {
    const told = (): never => {
      throw new Error('not interested');
    };
    const { signal } = new AbortController();
    await expect(
      downloadRanges(access, source(), size, file, { onProgress: told, onContent: () => {} }, signal),
    ).rejects.toThrow('not interested');
    await expectEnded();
  });
});

test('a file that exists is left alone', async () => {
  await writeFile(file, 'here before');
  await expect(download()).rejects.toMatchObject({ code: 'EEXIST' });
  expect(await readFile(file, 'utf8')).toBe('here before');
  expect(asked).toEqual([]);
});

describe('what passes by itself is waited for', () => {
  test.each<[string, number, Record<string, string>]>([
    ['the account is too busy and does not say for how long', 503, {}],
    ['the account is asked too often', 429, {}],
    [
      'the account names a time of long ago to come again at',
      503,
      { 'retry-after': 'Fri, 31 Dec 1999 23:59:59 GMT' },
    ],
    ['a token is rejected for a while', 401, {}],
  ])('if %s', async (_, status, more) => {
    answer = (one, response) =>
      one.earlier > 0 && one.earlier < 9 ? refuse(response, status, more) : send(one, response);
    access.proven = true; // by the look-up
    await expectWhole(await download());
    expect(access.lines).toHaveLength(1); // of all four connections
  });

  test('if connections fall silent in the middle, each of which is taken up where it broke off', async () => {
    answer = (one, response) => (one.earlier < 4 ? stall(one, response) : send(one, response));
    const began = performance.now();
    await expectWhole(await download());
    expect(performance.now() - began).toBeGreaterThan(1_900); // the idle time that belongs to 10 s
    expect(performance.now() - began).toBeLessThan(6_000);
    expect(asked).toHaveLength(10);
    expect(starts().filter((start) => start % rangeSize !== 0)).toHaveLength(4);
    expect(access.lines).toEqual([
      'Downloading: 127.0.0.1 did not answer in time (ETIMEDOUT). Connecting again',
    ]);
  });

  test('if a connection falls silent before its answer', async () => {
    answer = (one, response) => (one.earlier === 1 ? undefined : send(one, response));
    await expectWhole(await download());
    expect(asked).toHaveLength(7);
  });

  test('but not without end, where connections bring a few bytes each', async () => {
    answer = (one, response) => breakOff(one, response, 10);
    await expect(download()).rejects.toThrow();
    await expectEnded();
    expect(asked.length).toBeLessThan(250);
  }, 20_000);

  test('and bytes that trickle are silence, too', async () => {
    const trickles: NodeJS.Timeout[] = [];
    answer = (one, response) => {
      if (one.earlier > 0) return send(one, response);
      const body = content.subarray(one.start, one.end);
      response.writeHead(206, headers(body, `bytes ${one.start}-${one.end - 1}/${size}`));
      let at = 0;
      trickles.push(setInterval(() => response.write(body.subarray(at, ++at)), 50));
    };
    await expectWhole(await download());
    for (const trickle of trickles) clearInterval(trickle);
    expect(asked).toHaveLength(7);
  });

  test('but a reader who lets the bytes stand is no silence', async () => {
    const { signal } = new AbortController();
    let received = 0;
    for await (const batch of readRange(access, source(), { start: 0, end: size }, signal)) {
      if (received === 0) await new Promise((resolve) => setTimeout(resolve, 3_000));
      received += batch.reduce((sum, { length }) => sum + length, 0);
    }
    expect(received).toBe(size);
    expect(asked).toHaveLength(1);
    expect(access.lines).toEqual([]);
  });
});
