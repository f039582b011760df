import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const root = path.join(import.meta.dirname, '..', '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const readme = read('README.md');

interface Described {
  description: string;
  required?: boolean;
  default?: string;
}
const action = parse(read('action.yml')) as {
  inputs: Record<string, Described>;
  outputs: Record<string, Described>;
};

/** The rows of the table below a heading of the README, without its head. */
function rowsBelow(heading: string): string[] {
  const section = readme.split(`\n### ${heading}\n`)[1]?.split('\n#')[0] ?? '';
  return section.split('\n').filter((line) => line.startsWith('| `'));
}

test('the table of inputs is that of action.yml', () => {
  const rows = Object.entries(action.inputs).map(([name, { description, required, default: value }]) => {
    const standard = required ? ' required ' : value === undefined ? ' ' : ` \`${value}\` `;
    return `| \`${name}\` |${standard}| ${description} |`;
  });
  expect(rowsBelow('Inputs')).toEqual(rows);
});

test('the table of outputs is that of action.yml', () => {
  const rows = Object.entries(action.outputs).map(
    ([name, { description }]) => `| \`${name}\` | ${description} |`,
  );
  expect(rowsBelow('Outputs')).toEqual(rows);
});

test('the example sets inputs that exist, and all that are required', () => {
  const example = /```yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const { jobs } = parse(example) as { jobs: { backup: { steps: { with?: Record<string, string> }[] } } };
  const given = Object.keys(jobs.backup.steps.find((step) => step.with)?.with ?? {});
  expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(given));
  const required = Object.keys(action.inputs).filter((name) => action.inputs[name]?.required);
  expect(given).toEqual(expect.arrayContaining(required));
});

test('every command is a script of package.json, and every link leads to a file', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const commands = [...readme.matchAll(/npm (?:run )?([a-z]+)/g)].map(([, name = '']) => name);
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(commands));
  const links = [...readme.matchAll(/\]\((?!https:)([^)]+)\)/g)].map(([, target = '']) => target);
  expect(links.filter((target) => !existsSync(path.join(root, target)))).toEqual([]);
});
