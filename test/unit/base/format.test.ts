import { describe, expect, test } from 'vitest';
import {
  firstSentence,
  formatAge,
  formatBytes,
  formatDuration,
  formatNumber,
  formatTime,
  formatTimestamp,
  formatTransfer,
  inOneLine,
  parseTimestamp,
  plain,
  quoted,
  shortened,
  visible,
} from '../../../src/base/format.ts';

describe('bytes', () => {
  test.each([
    [0, '0 B'],
    [1, '1 B'],
    [999, '999 B'],
    [1_000, '1.00 kB'],
    [1_024, '1.02 kB'],
    [9_994, '9.99 kB'],
    [9_999, '10.0 kB'],
    [10_000, '10.0 kB'],
    [99_949, '99.9 kB'],
    [99_999, '100 kB'],
    [999_499, '999 kB'],
    [999_500, '1.00 MB'],
    [1_234_567, '1.23 MB'],
    [5_000_000_000, '5.00 GB'],
    [5_301_600_256_000, '5.30 TB'],
    [1_234_000_000_000_000, '1234 TB'],
    [0.4, '0 B'],
    [1_500.5, '1.50 kB'],
  ])('%d are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('a duration', () => {
  const second = 1_000;
  const minute = 60 * second;
  const hour = 60 * minute;
  test.each([
    [0, '0.0 s'],
    [49, '0.0 s'],
    [50, '0.1 s'],
    [4_240, '4.2 s'],
    [59_949, '59.9 s'],
    [59_950, '1 min 00 s'],
    [minute, '1 min 00 s'],
    [3 * minute + 5 * second, '3 min 05 s'],
    [hour - 501, '59 min 59 s'],
    [hour - 500, '1 h 00 min'],
    [hour, '1 h 00 min'],
    [2 * hour + 3 * minute, '2 h 03 min'],
    [2 * hour - 29 * second, '2 h 00 min'],
    [49 * hour + 59 * minute, '49 h 59 min'],
  ])('of %d ms is %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });
});

describe('a timestamp', () => {
  test.each([
    ['2026-11-22T15:42:10.999Z', '20261122154210'],
    ['2026-01-02T03:04:05Z', '20260102030405'],
    ['2026-12-31T23:59:59.999-05:00', '20270101045959'],
    ['2028-02-29T00:00:00+14:00', '20280228100000'],
  ])('of %s is %s, in UTC', (time, text) => {
    expect(formatTimestamp(new Date(time))).toBe(text);
  });
});

describe('a quoted name', () => {
  test.each([
    ['plain', 'moodle', '"moodle"'],
    ['empty', '', '""'],
    ['with spaces at its ends', ' a ', '" a "'],
    ['with a quote', 'a"b', '"a\\"b"'],
    ['with a backslash', 'a\\b', '"a\\\\b"'],
    ['with a newline and a NUL', 'a\nb\0', '"a\\nb\\u0000"'],
    ['in other scripts', 'Prüfung 考试 😀', '"Prüfung 考试 😀"'],
    ['with a DEL', 'a\u007fb', '"a\\u007fb"'],
    ['with a control character above ASCII', 'a\u009b31mb', '"a\\u009b31mb"'],
  ])('%s', (_, name, text) => {
    expect(quoted(name)).toBe(text);
  });
});

describe('a text as people should see it', () => {
  test.each([
    ['plain', 'a b', 'a b', 'a b'],
    ['of several lines', 'a\nb\r\nc\td', 'a\nb\r\nc\td', 'a\\u000ab\\u000d\\u000ac\\u0009d'],
    ['that overwrites itself', 'a\rb', 'a\\u000db', 'a\\u000db'],
    ['with colours', '\u001b[31ma\u009b0m', '\\u001b[31ma\\u009b0m', '\\u001b[31ma\\u009b0m'],
    ['with a NUL, a bell, a backspace', '\0\u0007\b', '\\u0000\\u0007\\u0008', '\\u0000\\u0007\\u0008'],
    ['with form feeds', '\v\f', '\\u000b\\u000c', '\\u000b\\u000c'],
    ['with other ends of lines', '\u0085\u2028\u2029', '\\u0085\\u2028\\u2029', '\\u0085\\u2028\\u2029'],
    ['that is turned around', '\u202ea\u2066b\u2069', '\\u202ea\\u2066b\\u2069', '\\u202ea\\u2066b\\u2069'],
    ['in other scripts', 'Prüfung 考试 😀', 'Prüfung 考试 😀', 'Prüfung 考试 😀'],
  ])('%s', (_, text, seen, inLine) => {
    expect(visible(text)).toBe(seen);
    expect(inOneLine(text)).toBe(inLine);
    expect(visible(seen)).toBe(seen);
  });

  test.each([
    ['15.4', '15.4'],
    ['17.2 (Debian 17.2-1.pgdg120+1)', '17.2 (Debian 17.2-1.pgdg120+1)'],
    ['1.0\n::error::x', '"1.0\\n::error::x"'],
    ['', '""'],
    ['x'.repeat(100), `"${'x'.repeat(80)}"`],
  ])('%j, as it is or in quotes', (text, shown) => {
    expect(plain(text)).toBe(shown);
  });
});

describe('a text that is too long', () => {
  test('is whole if there is room for it', () => {
    expect(shortened('x'.repeat(10), 10)).toBe('x'.repeat(10));
  });

  test('has its beginning and its end, and says what is missing', () => {
    const text = `${'a'.repeat(60)}${'b'.repeat(100)}${'c'.repeat(40)}`;
    expect(shortened(text, 100)).toBe(
      `${'a'.repeat(60)}… (100 characters are left out here) …${'c'.repeat(40)}`,
    );
    expect(shortened(text, 100, 'log')).toContain('… (100 characters more are in the log) …');
  });

  test('is not cut within a character', () => {
    const text = shortened('😀'.repeat(100), 101);
    expect(text.isWellFormed()).toBe(true);
  });

  test('has what must not be cut in two taken out before', () => {
    const secret = 'hushhush';
    const text = `${'a'.repeat(56)}${secret}${'b'.repeat(100)}`;
    expect(shortened(text, 100)).toContain('hush');
    const hide = (whole: string): string => whole.replaceAll(secret, '***');
    expect(shortened(text, 100, undefined, hide)).not.toContain('hush');
    expect(shortened(text, 155, undefined, () => '***')).toBe('***');
  });
});

test.each([
  ['One.', 'One.', ''],
  ['One. Two.', 'One.', 'Two.'],
  ['No stop', 'No stop', ''],
  ['A line:\n- a\n- b', 'A line:', '- a\n- b'],
  ['Version 17.6 is old! Update.', 'Version 17.6 is old!', 'Update.'],
  ['"a. b" is late. So.', '"a. b" is late.', 'So.'],
  ['A "quote that. never ends', 'A "quote that.', 'never ends'],
  ['', '', ''],
])('the first sentence of %j', (text, sentence, rest) => {
  expect(firstSentence(text)).toEqual({ sentence, rest });
});

test('a timestamp is read as it is written', () => {
  const time = new Date('2026-11-22T15:42:10Z');
  expect(parseTimestamp(formatTimestamp(time))).toEqual(time);
});

describe('an age', () => {
  const minute = 60_000;
  const hour = 60 * minute;
  test.each([
    [-5_000, 'just now'],
    [59_999, 'just now'],
    [minute, '1 min ago'],
    [hour - 1, '59 min ago'],
    [hour, '1 h ago'],
    [48 * hour - 1, '47 h ago'],
    [48 * hour, '2 days ago'],
    [400 * 24 * hour, '400 days ago'],
  ])('of %d ms is %s', (milliseconds, text) => {
    expect(formatAge(milliseconds)).toBe(text);
  });
});

test('a number of many has commas, and a time no fractions', () => {
  expect([0, 999, 1_000, 1_234_567].map(formatNumber)).toEqual(['0', '999', '1,000', '1,234,567']);
  expect(formatTime(new Date('2026-11-22T15:42:10.987Z'))).toBe('2026-11-22 15:42:10 UTC');
});

describe('a transfer', () => {
  test.each([
    [0, 1_000_000, 5_000, '0 B of 1.00 MB read (0 %), 0 B/s'],
    [250_000, 1_000_000, 5_000, '250 kB of 1.00 MB read (25 %), 50.0 kB/s, about 15 s left'],
    [999_999, 1_000_000, 5_000, '1.00 MB of 1.00 MB read (99 %), 200 kB/s, about 1 s left'],
    [1_000_000, 1_000_000, 5_000, '1.00 MB of 1.00 MB read (100 %)'],
    [1e9, 20e9, 60_000, '1.00 GB of 20.0 GB read (5 %), 16.7 MB/s, about 19 min left'],
    [1e9, 1e12, 60_000, '1.00 GB of 1.00 TB read (0 %), 16.7 MB/s, about 16 h 39 min left'],
    [0, 0, 5_000, '0 B of 0 B read'],
  ])('of %d of %d bytes after %d ms', (done, all, elapsed, text) => {
    expect(formatTransfer(done, all, elapsed, 'read', 'left')).toBe(text);
  });
});

test('a sentence that does not end is cut, and nothing of it lost', () => {
  const text = String.raw`\"`.repeat(10_000);
  const { sentence, rest } = firstSentence(text);
  expect(sentence.length).toBeLessThan(text.length);
  expect(sentence + rest).toBe(text);
});
