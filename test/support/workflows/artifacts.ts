import type { Commit } from '../runner/workflow/repositories.ts';
import { writeCommit } from '../runner/workflow/write-commit.ts';

/**
 * The two actions that hand files from one job to another, at the commits that a workflow names: what is uploaded lies
 * in a folder beside theirs, by its name.
 * https://github.com/actions/upload-artifact, https://github.com/actions/download-artifact
 */
export function artifactActions(parent: string, workflow: string): Promise<Commit[]> {
  const kept = JSON.stringify(`${parent}/artifacts`);
  const upload = `
    const to = ${kept} + '/' + inputs.NAME;
    if (existsSync(to)) throw new Error('an artifact with this name already exists on the workflow run');
    cpSync(inputs.PATH, to, { recursive: true });`;
  const download = `
    const begin = inputs.PATTERN.replace(/[*]$/, '');
    if (inputs['MERGE-MULTIPLE'] !== 'true') throw new Error('without merge-multiple this is not played here');
    const names = existsSync(${kept}) ? readdirSync(${kept}).filter((name) => name.startsWith(begin)) : [];
    for (const name of names) cpSync(${kept} + '/' + name, inputs.PATH, { recursive: true });`;
  return Promise.all([
    action('actions/upload-artifact', ['name', 'path', 'retention-days'], upload),
    action('actions/download-artifact', ['pattern', 'path', 'merge-multiple'], download),
  ]);

  function action(repository: string, inputs: string[], code: string): Promise<Commit> {
    const [, sha = ''] = new RegExp(`${repository}@([0-9a-f]{40}) # v`).exec(workflow) ?? [];
    return writeCommit(parent, {
      ...{ repository, sha },
      files: {
        'action.yml': JSON.stringify({
          inputs: Object.fromEntries(inputs.map((input) => [input, {}])),
          runs: { using: 'node24', main: 'index.js' },
        }),
        'package.json': '{ "type": "module" }',
        'index.js': `import { cpSync, existsSync, readdirSync } from 'node:fs';
          const given = Object.entries(process.env).filter(([name]) => name.startsWith('INPUT_'));
          const inputs = Object.fromEntries(given.map(([name, value]) => [name.slice(6), value]));
          ${code}`,
      },
    });
  }
}
