import { expect, test } from 'vitest';
import { ofArchives } from '../support/fuzz/archive-readers.ts';
import { superlinear } from '../support/fuzz/growth.ts';
import { fragments } from '../support/fuzz/hostile-text.ts';
import { ofMessages, ofValues, type Reader } from '../support/fuzz/readers.ts';

const readers: Readonly<Record<string, Reader>> = { ...ofMessages, ...ofValues, ...ofArchives };

/** What is repeated to make a text long: by its number in the row, where each has to be another one. */
type Repeated = (index: number) => string;

const numbered: readonly Repeated[] = [
  (i) => `$a${i}$ `,
  (i) => `${i}; 2 3 SCHEMA - a ${i} o\n`,
  (i) => `${i}; 2 3 ACL - a${i} o\n`,
  (i) => `${i}; 2 3 FUNCTION - a${i} o\n`,
  (i) => `${i}; 2 3 TABLE a ${i} b o\n`,
  (i) => `GRANT SELECT ON TABLE t TO a${i};\nREVOKE ALL ON TABLE t FROM a${i};\n`,
  (i) => `, SELECT(a${i})`,
  (i) => `    SET a${i} TO b\n`,
  (i) => `"name${i}": `,
];

const repeated: readonly [string, Repeated][] = [
  ...[
    ...fragments,
    ...[
      '""',
      '\\"',
      '"a"',
      '"a""',
      "''",
      "'a''",
      '\\\\',
      '*a',
      '; Type: ; Schema: ; Owner: ',
      ' WITH SCHEMA a',
    ],
    ...[
      ' TO "a',
      ' TO "a", ',
      '(a',
      '((',
      'a.',
      ', a',
      ' FROM PUBLIC;\n',
      '    LANGUAGE c\n',
      '    SET a TO b\n',
    ],
    ...['aLock x', 'DETAIL:  aLock', 'CONTEXT:  SQL function "f" x\n', 'Key (a)=(b) ', '%25', 'a=1,'],
  ].map((fragment): [string, Repeated] => [JSON.stringify(fragment), () => fragment]),
  ...numbered.map((make): [string, Repeated] => [`${JSON.stringify(make(1))} and so on`, make]),
];

/** Which of them may mean more behind a beginning than by themselves. */
const meaningful = /["'$:(*,;\\]|\s/;

function textOf(beginning: string, repeat: Repeated, length: number): string {
  const pieces = [beginning];
  for (let size = 0, i = 0; size < length; i++) {
    const piece = repeat(i);
    pieces.push(piece);
    size += piece.length;
  }
  return `${pieces.join('')}x`;
}

test('what grows with the square of a text is told from what grows with it', () => {
  const work = (times: number) => () => {
    let sum = 0;
    for (let i = 0; i < times; i++) sum = Math.imul(sum, 31) + i;
    return sum;
  };
  expect(superlinear((length) => work(1_000 * length), 4_000)).toBe(undefined);
  expect(superlinear((length) => work(length ** 2 / 16), 4_000)).toMatch(
    /^1\d\.\d times as long for 16000 char/,
  );
});

test.each(Object.keys(readers))(
  '%s takes four times as long for four times as much, whatever it is',
  { timeout: 300_000 },
  (name) => {
    const { read, beginnings = [''], length: shorter = 4_000, lexes } = readers[name] ?? { read: () => {} };
    const found = beginnings.flatMap((beginning, index) =>
      repeated.flatMap(([words, repeat]) => {
        // Every one with the first beginning, a part of them with the others.
        if ((index > 0 || lexes) && !meaningful.test(repeat(0))) return [];
        const longest = superlinear((length) => {
          const text = textOf(beginning, repeat, length);
          return () => read(text);
        }, shorter);
        return longest === undefined ? [] : [`${JSON.stringify(beginning)} and ${words}: ${longest}`];
      }),
    );
    expect(found).toEqual([]);
  },
);
