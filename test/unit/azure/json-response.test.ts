import { describe, expect, test } from 'vitest';
import { readJson, secretPartsOf } from '../../../src/azure/json-response.ts';
import { superlinear } from '../../support/fuzz/growth.ts';

describe('an answer that has to be an object of JSON', () => {
  test.each([
    ['{"value":"x"}', { fields: { value: 'x' } }],
    ['{}', { fields: {} }],
    ['', { problem: 'the response is empty' }],
    [' \n', { problem: 'the response is empty' }],
    [undefined, { problem: 'the response is empty' }],
    ['null', { problem: 'the response is null, and not a JSON object' }],
    ['[]', { problem: 'the response is a list, and not a JSON object' }],
    ['17', { problem: 'the response is a number, and not a JSON object' }],
    ['"x"', { problem: 'the response is a string, and not a JSON object' }],
    ['<html>', { problem: expect.stringMatching(/^the response is an HTML or XML page/) }],
    ['{"value":"pass', { problem: expect.stringMatching(/^the response is not JSON, or was cut off/) }],
    ['{"value":"pass"}\nproxy', { problem: expect.stringMatching(/^the response is not JSON/) }],
  ])('%j', (body, answer) => {
    expect(readJson(body)).toEqual(answer);
  });
});

describe('what may be secret in another answer', () => {
  test.each([
    ['is read out of what was cut off', '{"value":"s3cret wor', ['s3cret wor']],
    ['is read although something comes behind it', '{"value":"s3cret"}\n<!-- proxy -->', ['s3cret']],
    [
      'is read as it was meant',
      String.raw`{"value":"a\"b\\c\u00fc\nsecond line","id":`,
      ['a"b\\cü\nsecond line', 'second line'],
    ],
    ['is read as it stands there', String.raw`{ "value" : "a\"b\\c\u00fc`, [String.raw`a\"b\\c\u00fc`]],
    ['is read where an escape was cut off', String.raw`{"value":"secret\u00`, ['secret']],
    ['is a token', '{"token_type":"Bearer","access_token":"eyJ0', ['eyJ0']],
    ['is each line', 'id = 12345678\npassword = "abc"', ['id = 12345678', 'password = "abc"']],
  ])('%s', (_, body, parts) => {
    expect(secretPartsOf(body)).toEqual(expect.arrayContaining(parts));
  });

  test('is found in millions of characters', () => {
    const value = 'a'.repeat(12_000_000);
    expect(secretPartsOf(`{"value":"${value}"}`).includes(value)).toBe(true);
  });

  test('takes time in proportion to its length', () => {
    const work = (length: number) => {
      const text = '"value":"'.repeat(length / 9) + '\\"'.repeat(length / 2);
      return () => secretPartsOf(text);
    };
    expect(superlinear(work, 20_000)).toBe(undefined);
  });
});
