import { describe, expect, test } from 'vitest';
import { isPlain, statementsOf } from '../../../../src/postgres/archive/statements.ts';

const values = (script: string): string[][] =>
  statementsOf(script).map((tokens) => tokens.map(({ kind, value }) => `${kind} ${value}`));

describe('texts between dollar signs', () => {
  test.each<[string, string[][]]>([
    ['a $$x;$a$$ b; c', [['word a', 'text x;$a', 'word b'], ['word c']]],
    ['a $a$x$$;"$b$$a$;', [['word a', 'text x$$;"$b$']]],
    [
      '$a$ ; $a',
      [
        ['sign $', 'word a$'],
        ['sign $', 'word a'],
      ],
    ],
    ['$1$2$1$', [['text 2']]],
    ['$$$', [['sign $', 'sign $', 'sign $']]],
  ])('%s', (script, expected) => {
    expect(values(script)).toEqual(expected);
  });

  test('that never end are no text, however many there are', () => {
    const script = Array.from({ length: 50_000 }, (_, i) => `$${i}$;`).join('');
    const begin = performance.now();
    expect(statementsOf(script)).toHaveLength(50_000);
    expect(performance.now() - begin).toBeLessThan(5_000);
  });
});

test.each(["'", '"'])('a text of many millions of characters between %s is one', (quote) => {
  const long = 'x'.repeat(20_000_000);
  const [tokens] = statementsOf(`COMMENT IS ${quote}${long}${quote}${quote}y${quote};`);
  expect(tokens?.at(-1)?.value.length).toBe(long.length + 2);
  expect(isPlain(`GRANT ${quote}${long}${quote}`)).toBe(quote === '"');
});
