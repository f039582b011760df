// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are GitHub's expressions, not JavaScript's

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkWorkflow } from '../support/github/workflow-check.ts';
import { nineSettings } from '../support/workflows/commits.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const page = read('docs/workflows.md');

describe('the workflows of docs/workflows.md', () => {
  const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = '']) => block);

  test('are whole, and GitHub finds nothing wrong with them', async () => {
    expect(blocks).toHaveLength(4);
    for (const block of blocks) {
      expect(await checkWorkflow(block)).toEqual([]);
      expect(await checkWorkflow(block.replace('db_name:', 'database:'))).not.toEqual([]);
      expect(block).toMatch(/postgres-azure-backup\S*@COMMIT # VERSION$/m);
    }
  });

  test('the one with the action as a step passes every setting but the reserved one, as a variable', () => {
    const { jobs } = parse(blocks.at(-1) ?? '') as {
      jobs: { backup: { steps: { with: Record<string, string> }[] } };
    };
    const { job_to_run, db_name, ...settings } = jobs.backup.steps[0]?.with ?? {};
    const needed = nineSettings.filter((name) => name !== 'AZURE_SUBSCRIPTION_ID');
    expect(settings).toEqual(
      Object.fromEntries(needed.map((name) => [name.toLowerCase(), `\${{ vars.${name} }}`])),
    );
  });
});

test('docs/workflows.md names every recipe that there is', () => {
  const linked = [...page.matchAll(/^\| \[.*\]\(\.\.\/\.github\/workflows\/examples\/(.*)\) \|/gm)].map(
    ([, file]) => file,
  );
  const examples = readdirSync(join(root, '.github', 'workflows', 'examples'));
  expect(linked.toSorted()).toEqual(examples.toSorted());
});

test('docs/workflows.md says what to delete on a server that does not know it, and the workflow has that line', () => {
  expect(page).toContain('**Delete the line `queue: max`**');
  const workflow = read('.github/workflows/db-backup-restore.yml');
  expect(workflow.match(/^ +queue: max #.*$/gm)).toHaveLength(1);
});
