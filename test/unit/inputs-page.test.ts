import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { nineSettings } from '../support/workflows/commits.ts';
import { withInputTables } from '../support/workflows/inputs-page.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const page = read('docs/inputs.md');

interface Declared {
  inputs: Record<string, { default?: unknown }>;
  secrets: Record<string, unknown>;
  outputs: Record<string, unknown>;
}
const action = parse(read('action.yml')) as Declared;
const { on } = parse(read('.github/workflows/db-backup-restore.yml')) as { on: { workflow_call: Declared } };

/** The names that a table of the page has a row for, after a line that begins with this. */
function rowsOf(kind: 'input' | 'secret' | 'output'): string[] {
  const found = page.matchAll(new RegExp(`^\\| ${kind} .*\\n\\|[-|]+\\n((?:\\|.*\\n)*)`, 'gm'));
  return [...found].flatMap(([, rows = '']) =>
    [...rows.matchAll(/^\| `(\w+)` \|/gm)].map(([, name = '']) => name),
  );
}

test('docs/inputs.md is made of what there is', async () => {
  // If this fails: node test/support/workflows/inputs-page.ts
  expect(await withInputTables(page)).toBe(page);
});

test('has each input and output of the action and of the workflow, once', () => {
  const inputs = new Set([...Object.keys(action.inputs), ...Object.keys(on.workflow_call.inputs)]);
  expect(rowsOf('input').toSorted()).toEqual([...inputs].toSorted());
  expect(rowsOf('output')).toEqual(Object.keys(action.outputs));
  expect(Object.keys(on.workflow_call.outputs)).toEqual(Object.keys(action.outputs));
  expect([...nineSettings, ...rowsOf('secret')]).toEqual(Object.keys(on.workflow_call.secrets));
});

test('notices a default, a row or a mark that is not right', async () => {
  for (const wrong of [
    page.replace('| `5432` |', '| `5433` |'),
    page.replace(/\| `keep_previous` .*\n/, ''),
  ]) {
    expect(wrong).not.toBe(page);
    expect(await withInputTables(wrong)).toBe(page);
  }
  await expect(withInputTables(page.replace('table: job', 'table: jobs'))).rejects.toThrow(
    'docs/inputs.md asks for a table jobs, which nothing makes',
  );
});
