import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { linesOf } from '../../../src/base/lines.ts';

async function read(pieces: readonly (string | Buffer)[], longest?: number): Promise<string[]> {
  const lines: string[] = [];
  const stream = Readable.from(pieces.map((piece) => Buffer.from(piece)));
  linesOf(stream, (line) => lines.push(line), longest);
  await new Promise((resolve) => stream.once('close', resolve));
  return lines;
}

test.each([
  ['an end that is no newline', ['a\nb'], ['a', 'b']],
  ['a carriage return before the newline', ['a\r\nb\n'], ['a', 'b']],
  ['what Node takes for the end of a line', ['a\u2028b\u2029c\rd\n'], ['a\u2028b\u2029c\rd']],
  ['empty lines', ['\n\n'], ['', '']],
  ['pieces', ['a', 'b\nc', '\n'], ['ab', 'c']],
  [
    'a character that two pieces share',
    [Buffer.from('ü\n').subarray(0, 1), Buffer.from('ü\n').subarray(1)],
    ['ü'],
  ],
])('%s', async (_, pieces, lines) => {
  expect(await read(pieces)).toEqual(lines);
});

test('a long line is cut, and the next one is whole', async () => {
  expect(await read(['abcdef', 'ghi\nnext\n'], 4)).toEqual(['abcd', 'next']);
  const long = 'x'.repeat(200_000);
  expect(await read([`${long}\n`], Number.POSITIVE_INFINITY)).toEqual([long]);
  expect((await read([`${long}\n`])).map(({ length }) => length)).toEqual([64 * 1024]);
});
