/**
 * Reading an archive that comes in pieces of any length: its bytes, its integers and its strings.
 */

/** The bytes at hand, and where in the archive they are. */
export class Input {
  chunk: Buffer = Buffer.alloc(0);
  offset = 0;
  place = 'in its header';
  #before = 0;

  take(chunk: Buffer): void {
    this.#before += this.chunk.length;
    this.chunk = chunk;
    this.offset = 0;
  }

  /** Of the next byte in the archive. */
  get position(): number {
    return this.#before + this.offset;
  }

  /** An integer if all its bytes are at hand: a sign byte, then `size` bytes, the lowest first. */
  int(size: number): number | undefined {
    const { chunk, offset } = this;
    if (size !== 4 || offset + 5 > chunk.length) return undefined;
    this.offset = offset + 5;
    const value = chunk.readUInt32LE(offset + 1);
    return chunk[offset] === 0 ? value : -value;
  }
}

/** Each part of the walk yields when it needs the next bytes. */
export type Part<T> = Generator<void, T, void>;

/** The next byte. */
export function* byte(input: Input): Part<number> {
  while (input.offset === input.chunk.length) yield;
  return input.chunk[input.offset++] as number;
}

/** The next integer: a sign byte, then `size` bytes, the lowest first. */
export function* int(input: Input, size: number): Part<number> {
  const atOnce = input.int(size);
  if (atOnce !== undefined) return atOnce;
  const negative = (yield* byte(input)) !== 0;
  let value = 0;
  for (let i = 0; i < size; i++) value += (yield* byte(input)) * 256 ** i;
  return negative ? -value : value;
}

/** Passes over bytes. */
export function* skip(input: Input, length: number): Part<void> {
  let left = length;
  while (left > input.chunk.length - input.offset) {
    left -= input.chunk.length - input.offset;
    input.offset = input.chunk.length;
    yield;
  }
  input.offset += left;
}

/** Passes over a string. @returns whether there is one: a length below 0 says that it is missing */
export function* skipString(input: Input, size: number): Part<boolean> {
  const length = yield* int(input, size);
  if (length > 0) yield* skip(input, length);
  return length >= 0;
}

/**
 * The next string, empty if it is missing.
 * @param longest in bytes: damage can make a length of it that would fill the memory with what follows
 * @returns undefined if it is longer
 */
export function* string(input: Input, size: number, longest: number): Part<string | undefined> {
  const length = yield* int(input, size);
  if (length > longest) return undefined;
  const bytes: number[] = [];
  while (bytes.length < length) bytes.push(yield* byte(input));
  return Buffer.from(bytes).toString();
}
