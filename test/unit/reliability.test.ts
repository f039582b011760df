import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const page = readFileSync('docs/reliability.md', 'utf8');

/** The cells of the tables in a section, without the lines between head and body. */
function rowsOf(section: string): string[][] {
  const [, text = ''] = page.split(`\n## ${section}\n`);
  const [own = ''] = text.split('\n## ');
  return own
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()));
}

describe('docs/reliability.md', () => {
  const [, ...promises] = rowsOf('Promises');

  test('names a test for each promise, and each is there', () => {
    expect(promises.length).toBeGreaterThan(20);
    for (const [promise, file = '', title = ''] of promises) {
      const [path, name] = [file, title].map((cell) => /^`(.+)`$/.exec(cell)?.[1] ?? '');
      const text = readFileSync(`test/${path}`, 'utf8');
      const quotedTitle = ["'", '"', '`'].some((quote) => text.includes(`${quote}${name}${quote}`));
      expect(quotedTitle, `${promise}: ${file} has no test ${title}`).toBe(true);
    }
  });

  test('has the figures of enough rounds, and they add up', () => {
    const tables: string[][][] = [];
    for (const row of rowsOf('Where the faults fell')) {
      if (row[0] === 'phase') tables.push([]);
      else tables.at(-1)?.push(row);
    }
    const [backup = [], swap = [], drop = []] = tables;
    expect(tables).toHaveLength(3);
    const all = (table: string[][], phase = /^all$/): number =>
      sum(table.filter(([name = '']) => phase.test(name)).map((row) => Number(row.at(-1))));
    for (const table of tables) expect(all(table, /^\d/)).toBe(all(table));
    expect(all(backup)).toBeGreaterThanOrEqual(100);
    expect(all(backup, /between|around|within/)).toBeGreaterThanOrEqual(20);
    expect(all(backup, /within 50 ms/)).toBeGreaterThanOrEqual(10);
    expect(all(swap)).toBeGreaterThanOrEqual(30);
    expect(all(drop)).toBeGreaterThanOrEqual(15);
    expect(all(swap, /around the rename/) + all(drop, /around the rename/)).toBeGreaterThanOrEqual(10);
  });
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
