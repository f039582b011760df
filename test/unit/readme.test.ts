import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withTroubleshooting } from '../failures/troubleshooting.ts';
import { checkWorkflow } from '../support/github/workflow-check.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const readme = read('README.md');

/** The rows of a table, after a line of the README and before the next heading. */
function rowsBelow(line: string): string[] {
  const section = readme.split(`\n${line}\n`)[1]?.split('\n#')[0] ?? '';
  return section.split('\n').filter((row) => row.startsWith('| `'));
}

describe('the tables of the README', () => {
  test('tell of the states after a failed restore in the words of the errors', () => {
    const words = rowsBelow('### State of the database after a failed restore').map(
      (row) => row.split('`')[1] ?? '',
    );
    expect(words).toHaveLength(5);
    const errors = read('src/jobs/replace/failures.ts') + read('src/runner/cancel-or-crash.ts');
    expect(words.filter((text) => !errors.includes(text))).toEqual([]);
  });

  test('tell of the failures that are tested', () => {
    expect(readme).toBe(withTroubleshooting(readme));
  });
});

test('every YAML block is a workflow with which GitHub finds nothing wrong', async () => {
  const blocks = [...readme.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = '']) => block);
  expect(blocks).toHaveLength(1);
  for (const block of blocks) {
    expect(await checkWorkflow(`on: workflow_dispatch\n\n${block}`)).toEqual([]);
    const wrong = block.replace('db_name:', 'database:');
    expect(await checkWorkflow(`on: workflow_dispatch\n\n${wrong}`)).not.toEqual([]);
  }
});

test('every block of commands or SQL lies where a test runs it', () => {
  // By test/integration/readme.test.ts and test/thorough/function-uses.test.ts.
  const run = [
    ...['Quick start', 'In your own workflows', 'Keeping backups', 'What a restore touches', 'Roles'],
    'A backup that needs a change',
  ];
  const sections = readme.split(/\n#{2,3} /).slice(1);
  const elsewhere = sections.flatMap((section) => {
    const [heading = ''] = section.split('\n');
    const found = [...section.matchAll(/```(?:sh|sql|bash|shell)\n([\s\S]*?)```/g)].map(([, block = '']) =>
      block.trim(),
    );
    return run.includes(heading) ? [] : found;
  });
  expect(elsewhere).toEqual(['npm run demo', 'npm test']);
});

test('the gate runs those that no test runs, and all tests', () => {
  const lines = read('.ci/run').split('\n');
  for (const command of ['npm run demo', 'npm run test:all', 'npm test'])
    expect(lines.map((line) => line.trim())).toContain(command);
  expect(read('.ci/run')).toMatch(/^ +as_root unshare --mount .* -- "\$\{as_myself\[@\]\}" npm test$/m);
});

test('no command has a comment beside it or a modifier in it, for zsh would stumble over them', () => {
  const blocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block);
  expect(blocks.length).toBeGreaterThan(10);
  for (const block of blocks) expect(block).not.toMatch(/^#|\s#|\$\w+:/m);
});

describe.each([
  'README.md',
  'CONTRIBUTING.md',
  'AGENTS.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'docs/compression.md',
  'docs/memory.md',
  'docs/data-offsets.md',
])('%s', (file) => {
  const text = read(file);

  test('names npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...text.matchAll(/npm (?:run )?([a-z]+)/g)].map(([, name = '']) => name);
    const ofNpm = ['packages', 'install', 'ci'];
    expect(named.filter((name) => !ofNpm.includes(name) && !scripts[name])).toEqual([]);
  });

  test('has no link within the repository that leads nowhere', () => {
    const targets = [...text.matchAll(/\]\((?!https:)([^)]+)\)/g)].map(([, target = '']) => target);
    const broken = targets.filter((target) => {
      const [path = '', anchor] = target.split('#');
      const full = path === '' ? join(root, file) : join(root, dirname(file), path);
      return (
        !existsSync(full) || (anchor !== undefined && !anchorsOf(readFileSync(full, 'utf8')).includes(anchor))
      );
    });
    expect(broken).toEqual([]);
  });
});

/** As GitHub makes them of headings: lower case, without punctuation, dashes for spaces. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
