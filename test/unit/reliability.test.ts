import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { markers } from '../rounds/figures.ts';

const page = readFileSync('docs/reliability.md', 'utf8');

/** The cells of the tables in a text, without the lines between head and body. */
function rowsOf(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()));
}

function sectionOf(title: string): string {
  const [, text = ''] = page.split(`\n## ${title}\n`);
  return text.split('\n## ')[0] ?? '';
}

/** Whether a file has a test, or a group of tests, of a title, which is not left out. */
function hasTest(text: string, title: string): boolean {
  const escaped = title.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
  const call = String.raw`^[^\S\n]*(test|describe|onOne)(\.concurrent)?\(\s*['"\`]${escaped}['"\`]`;
  const each = String.raw`^[^\S\n]*(test|describe)(\.concurrent)?\.each(?:(?!^[^\S\n]*(?:test|describe)\b)[\s\S])*?\)\(\s*['"\`]${escaped}['"\`]`;
  return new RegExp(call, 'm').test(text) || new RegExp(each, 'm').test(text);
}

describe('a title', () => {
  test.each([
    ["test('of it', () => {});", true],
    ["  describe.concurrent('of it', () => {});", true],
    ["test.each([\n  ['a', (x) => f(x)],\n])(\n  'of it',\n  () => {});", true],
    ["test.each(['a'] as const)('of it', () => {});", true],
    ["test.skip('of it', () => {});", false],
    ["test.todo('of it');", false],
    ["test.skip.each(['a'])('of it', () => {});", false],
    ["test.each(['a']).skip('of it', () => {});", false],
    ["// test('of it', () => {});", false],
    ["test('another', () => expect(text).toBe('of it'));", false],
    ["test.each(['a'])('another', () => f('of it'));", false],
    ["test.each(['a'])('another', () => {});\ntest.skip('of it', () => {});", false],
  ])('in %j is that of a test: %s', (text, is) => {
    expect(hasTest(text, 'of it')).toBe(is);
  });
});

describe('docs/reliability.md', () => {
  const [, ...promises] = rowsOf(sectionOf('Promises'));

  test('names a test for each promise, and each is there', () => {
    expect(promises.length).toBeGreaterThan(20);
    for (const [promise, file = '', title = ''] of promises) {
      const [path, name] = [file, title].map((cell) => /^`(.+)`$/.exec(cell)?.[1] ?? '');
      expect(name, `${promise} has no title`).not.toBe('');
      const text = readFileSync(`test/${path}`, 'utf8');
      expect(hasTest(text, name ?? ''), `${promise}: ${file} has no test ${title}`).toBe(true);
    }
  });

  const [begin, end] = markers;
  const [, figures = ''] = page.split(begin);
  const parts = (figures.split(end)[0] ?? '').split(/^(?=\*\*\d)/m).slice(1);

  test.each([
    [0, 'backups', 100],
    [1, 'restores by `swap`', 30],
    [2, 'restores by `drop`', 15],
  ])('has the figures of enough rounds, and they add up: %i, %s', (place, what, least) => {
    const part = parts[place] ?? '';
    const [head = [], ...rows] = rowsOf(part);
    const sums = rows.pop() ?? [];
    const numbers = (row: string[]): number[] => row.slice(1).map(Number);
    const all = numbers(sums).at(-1) ?? 0;
    expect(part).toContain(`**${all} ${what}`);
    expect(all).toBeGreaterThanOrEqual(least);
    expect([head[0], head.at(-1), sums[0]]).toEqual(['phase', 'all', 'all']);
    for (const row of [...rows, sums])
      expect(sum(numbers(row).slice(0, -1)), row.join(' ')).toBe(numbers(row).at(-1));
    for (const [column, total] of numbers(sums).entries())
      expect(sum(rows.map((row) => numbers(row)[column] ?? Number.NaN)), head[column + 1]).toBe(total);
    const ways = [...(/By way: (.*)\./.exec(part)?.[1] ?? '').matchAll(/([a-z ]+): (\d+)/g)];
    expect(sum(ways.map(([, , count]) => Number(count)))).toBe(all);
    const kills = ways.filter(([, way = '']) => way.trim().startsWith('kill'));
    expect(sum(kills.map(([, , count]) => Number(count)))).toBe(counted(part, /(\d+) were killed/));
  });

  test('has enough kills where they matter most, and not more of them than there were faults', () => {
    const [backup = '', swap = '', drop = ''] = parts;
    const faults = (part: string, phase: RegExp): number =>
      sum(
        rowsOf(part)
          .filter(([name = '']) => phase.test(name))
          .map((row) => Number(row.at(-1))),
      );
    const staged = counted(backup, /(\d+) between the first staged block and the commit request/);
    expect(staged).toBeGreaterThanOrEqual(20);
    expect(staged).toBeLessThanOrEqual(faults(backup, /^2 /));
    const committed = counted(backup, /(\d+) within 50 ms around that request/);
    expect(committed).toBeGreaterThanOrEqual(10);
    expect(committed).toBeLessThanOrEqual(faults(backup, /within 50 ms/));
    const renamed = [swap, drop].map((part) => {
      const kills = counted(part, /(\d+) within 100 ms around the rename/);
      expect(kills).toBeLessThanOrEqual(faults(part, /around the rename/));
      return kills;
    });
    expect(sum(renamed)).toBeGreaterThanOrEqual(10);
  });
});

/** The number that a sentence has. */
function counted(text: string, sentence: RegExp): number {
  return Number(sentence.exec(text)?.[1]);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
