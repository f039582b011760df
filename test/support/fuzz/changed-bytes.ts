import fc, { type Arbitrary } from 'fast-check';

/** A place in some bytes, as a part of their whole length; more often near their beginning, where lengths and counts stand. */
const place = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean());

/** A number as an archive writes it, a sign and four bytes, that promises far more than there is, or makes no sense. */
const largeNumbers = ['00ffffff7f', '00ffffffff', '0100000080', '0000000001', '01ffffff7f', '0000ca9a3b'];

const change = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), bit: fc.integer({ min: 0, max: 7 }) }),
  fc.record({ kind: fc.constant('set' as const), bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }) }),
  fc.record({ kind: fc.constant('insert' as const), bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }) }),
  fc.record({ kind: fc.constant('cut' as const), length: fc.integer({ min: 1, max: 3_000 }) }),
  fc.record({ kind: fc.constant('end' as const) }),
  fc.record({
    kind: fc.constant('repeat' as const),
    length: fc.integer({ min: 1, max: 600 }),
    times: fc.integer({ min: 1, max: 20 }),
  }),
  fc.record({ kind: fc.constant('enlarge' as const), number: fc.constantFrom(...largeNumbers) }),
  fc.record({ kind: fc.constant('append' as const), bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }) }),
);

/** One to four changes of bytes, to be made by `changed`. */
export const byteChanges = fc.array(fc.tuple(place, change), { minLength: 1, maxLength: 4 });

type Changes = typeof byteChanges extends Arbitrary<infer T> ? T : never;

/** Bytes after these changes, made one after the other. */
export function changed(bytes: Buffer, changes: Changes): Buffer {
  return changes.reduce(changedOnce, bytes);
}

function changedOnce(before: Buffer, [[part, early], what]: Changes[number]): Buffer {
  const at = Math.floor((early ? part ** 3 : part) * before.length);
  const [head, tail] = [before.subarray(0, at), before.subarray(at)];
  switch (what.kind) {
    case 'flip':
      return Buffer.concat([
        head,
        Buffer.from(tail.subarray(0, 1).map((byte) => byte ^ (1 << what.bit))),
        tail.subarray(1),
      ]);
    case 'set':
      return Buffer.concat([head, what.bytes, tail.subarray(what.bytes.length)]);
    case 'insert':
      return Buffer.concat([head, what.bytes, tail]);
    case 'cut':
      return Buffer.concat([head, tail.subarray(what.length)]);
    case 'end':
      return Buffer.from(head);
    case 'repeat':
      return Buffer.concat([head, ...Array(what.times).fill(tail.subarray(0, what.length)), tail]);
    case 'enlarge':
      return Buffer.concat([head, Buffer.from(what.number, 'hex'), tail.subarray(5)]);
    case 'append':
      return Buffer.concat([before, what.bytes]);
  }
}

/** The lengths of the pieces that bytes come in, to be used over and over: tiny ones, empty ones, all at once. */
export const pieceLengths = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 10, max: 5_000 })), {
    minLength: 1,
    maxLength: 6,
  })
  .filter((lengths) => lengths.some((length) => length > 0));

/** Bytes in pieces of these lengths. */
export function* inPieces(bytes: Buffer, lengths: readonly number[]): Generator<Buffer> {
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const length = lengths[i % lengths.length] ?? 1;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}
