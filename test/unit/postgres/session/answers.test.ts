import { expect, test } from 'vitest';
import { answers } from '../../../../src/postgres/session/session.ts';

test('an answer ends with its mark, in whatever pieces that comes', async () => {
  const said = answers();
  const first = said.until('<end>');
  for (const piece of ['a<en', 'd>b', '', 'c<', 'e', 'nd>']) said.add(piece);
  expect(await first).toBe('a<end>bc');
  const second = said.until('<other>');
  said.add('<end><other>');
  expect(await second).toBe('<end>');
});

test('many pieces take no longer each than few', async () => {
  const said = answers();
  const answer = said.until('<end>');
  const begin = performance.now();
  for (let i = 0; i < 8_000; i++) said.add('x'.repeat(1_000));
  said.add('<end>');
  expect((await answer).length).toBe(8_000_000);
  expect(performance.now() - begin).toBeLessThan(5_000);
});
