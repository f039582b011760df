import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { batchesOf, lengthOf, release } from '../../../src/base/chunks.ts';

const kibibyte = 1024;

/** What can be had of a stream, and with what it ended. */
async function drain(stream: Readable): Promise<{ batches: Buffer[][]; error?: unknown }> {
  const batches: Buffer[][] = [];
  try {
    for await (const batch of batchesOf(stream)) batches.push(batch);
    return { batches };
  } catch (error) {
    return { batches, error };
  }
}

describe('the batches of a stream', () => {
  test('hold every chunk as it came', async () => {
    const chunks = ['a', 'bc', 'def'].map((text) => Buffer.from(text));
    const { batches, error } = await drain(Readable.from(chunks, { objectMode: false }));
    expect(error).toBeUndefined();
    expect(batches.flat()).toEqual(chunks);
  });

  test('are none if the stream is empty', async () => {
    expect(await drain(Readable.from([], { objectMode: false }))).toEqual({ batches: [] });
  });

  test('do not grow while nobody takes them', async () => {
    let given = 0;
    const stream = new Readable({
      read() {
        given += 16 * kibibyte;
        this.push(given > 16 * 1024 * kibibyte ? null : Buffer.alloc(16 * kibibyte));
      },
    });
    const batches = batchesOf(stream);
    const first = await batches.next();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(given).toBeLessThan(512 * kibibyte);
    let bytes = lengthOf(first.value ?? []);
    for await (const batch of batches) bytes += lengthOf(batch);
    expect(bytes).toBe(16 * 1024 * kibibyte);
  });

  test('come before the error that the stream ends with', async () => {
    const stream = new Readable({ read() {} });
    stream.push('some');
    const draining = drain(stream);
    setImmediate(() => stream.destroy(new Error('cut')));
    expect(await draining).toEqual({ batches: [[Buffer.from('some')]], error: new Error('cut') });
  });

  test('end with an error if the stream is closed before its end, or was already', async () => {
    const stream = new Readable({ read() {} });
    const draining = drain(stream);
    stream.destroy();
    expect((await draining).error).toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
    expect((await drain(stream)).error).toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
  });

  test('leave a stream destroyed that is not wanted any more', async () => {
    const stream = Readable.from([Buffer.from('a'), Buffer.from('b')], { objectMode: false });
    for await (const _ of batchesOf(stream)) break;
    expect(stream.destroyed).toBe(true);
  });
});

test('chunks that are released are empty, unless they share their memory', () => {
  const own = Buffer.allocUnsafeSlow(10);
  const shared = Buffer.from('of the pool');
  release([own, shared]);
  expect(own).toHaveLength(0);
  expect(shared.toString()).toBe('of the pool');
});
