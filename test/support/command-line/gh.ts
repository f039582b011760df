/**
 * Plays GitHub's command line for the commands of the documentation, and keeps what they do in the JSON file that GH_STATE names.
 * https://cli.github.com/manual/
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Repository } from './subscription.ts';

const stateFile = process.env['GH_STATE'] ?? '';
const state = JSON.parse(readFileSync(stateFile, 'utf8')) as Repository;

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    repo: { type: 'string' },
    jq: { type: 'string' },
    'env-file': { type: 'string' },
    'raw-field': { type: 'string', multiple: true },
    env: { type: 'string' },
    body: { type: 'string' },
  },
});
const fullName = `${state.owner}/${state.name}`;
const [command = '', verb = '', what] = positionals;
const called = command === 'api' ? command : `${command} ${verb}`;
const known: Record<string, string[]> = {
  api: ['jq'],
  'variable set': ['repo', 'env-file', 'env', 'body'],
  'variable delete': ['repo'],
  'workflow run': ['repo', 'raw-field'],
  'run watch': ['repo'],
};
const unknown = Object.keys(values).find((option) => !known[called]?.includes(option));
if (known[called] && unknown) fail(`unknown flag: --${unknown}`);
if (command !== 'api' && values.repo !== fullName)
  fail(`Could not resolve to a Repository with the name '${values.repo}'.`);

switch (called) {
  case 'api': {
    if (verb !== `repos/${fullName}`) fail('gh: Not Found (HTTP 404)');
    // The one filter of the documentation, in which jq's \( ) stands for a value of the answer.
    const answer: Record<string, unknown> = {
      '.owner.login': state.owner,
      '.owner.id': state.ownerId,
      '.name': state.name,
      '.id': state.id,
    };
    console.log(
      JSON.parse((values.jq ?? '').replaceAll(/\\\(([.\w]+)\)/g, (_, path: string) => String(answer[path]))),
    );
    break;
  }
  case 'variable set': {
    if (values.body !== undefined) {
      state.environmentVariables[`${values.env} ${what}`] = values.body;
      break;
    }
    if (values['env-file'] !== '-') fail('This stand-in takes variables from standard input.');
    for (const line of readFileSync('/dev/stdin', 'utf8').split('\n').filter(Boolean)) {
      const at = line.indexOf('=');
      state.variables[line.slice(0, at)] = line.slice(at + 1);
    }
    break;
  }
  case 'variable delete':
    if (state.variables[what ?? ''] === undefined) fail(`Variable ${what} was not found`);
    delete state.variables[what ?? ''];
    break;
  case 'run watch':
    if (state.dispatched.length === 0) fail('found no in progress runs to watch');
    break;
  case 'workflow run': {
    const inputs = (values['raw-field'] ?? []).map((field) => [
      field.slice(0, field.indexOf('=')),
      field.slice(field.indexOf('=') + 1),
    ]);
    state.dispatched.push({ workflow: what ?? '', inputs: Object.fromEntries(inputs) });
    break;
  }
  default:
    fail(`unknown command "${command} ${verb}" for "gh"`);
}
writeFileSync(stateFile, JSON.stringify(state));
