import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..', '..');

test('the tests that SECURITY.md names are there', () => {
  const text = readFileSync(path.join(root, 'SECURITY.md'), 'utf8');
  const lastCells = text.matchAll(/^\|.*\|([^|]+)\|$/gm);
  const names = [...lastCells].flatMap(([, cell = '']) => cell.match(/(?<=`)[\w-]+(?=`)/g) ?? []);
  expect(names.length).toBeGreaterThan(15);
  const isThere = (name: string): boolean =>
    ['integration', 'thorough'].some((size) => existsSync(path.join(root, 'test', size, `${name}.test.ts`)));
  expect([...new Set(names)].filter((name) => !isThere(name))).toEqual([]);
});
