import { join } from 'node:path';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { inputsToMask } from '../../src/runner/inputs/read-request.ts';
import { type Action, readAction } from '../support/runner/action.ts';
import { backupInputs, give, listInputs, problemsOf, requestOf, restoreInputs } from './support/inputs.ts';

/*
 * action.yml and the code say the same.
 */
let action: Action;

beforeAll(async () => {
  action = await readAction(join(import.meta.dirname, '../..'));
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** The names of the inputs that are looked at while something runs. */
function inputsReadBy(work: () => unknown): string[] {
  const real = process.env;
  const seen = new Set<string>();
  process.env = new Proxy(real, {
    get(variables, name) {
      if (String(name).startsWith('INPUT_')) seen.add(String(name).slice('INPUT_'.length).toLowerCase());
      return Reflect.get(variables, name);
    },
  });
  try {
    work();
  } finally {
    process.env = real;
  }
  return [...seen].toSorted();
}

test.each([
  ['a backup', backupInputs],
  ['a restore', restoreInputs],
  ['a list', listInputs],
  ['wrong inputs', {}],
])('every input that is declared is read for %s, and no other', (_, inputs) => {
  const read = inputsReadBy(() => problemsOf(inputs));
  expect(read).toEqual(Object.keys(action.inputs).toSorted());
});

test('the inputs that usually are secrets are declared', () => {
  expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(inputsReadBy(inputsToMask)));
});

test.each([
  ['a backup', backupInputs],
  ['a restore', restoreInputs],
])('the defaults of action.yml are those of the code, for %s', (_, inputs) => {
  const defaults: Record<string, string> = {};
  for (const [name, input] of Object.entries(action.inputs)) {
    if (input.default !== undefined) defaults[name] = input.default;
  }
  expect(Object.keys(defaults).toSorted()).toEqual([
    ...[
      'compression',
      'db_port',
      'jobs',
      'keep_previous',
      'keep_public_rights',
      'no_owner',
      'no_privileges',
      'postgres_version',
      'restore_strategy',
      'retention_dry_run',
      'retry_timeout_seconds',
      'ssl_mode',
    ],
  ]);
  expect(requestOf({ ...inputs, ...defaults })).toEqual(requestOf(inputs));
});

test('an input is required by action.yml if no job can do without it, whatever else is given', () => {
  const everything: Record<string, string> = {
    ...listInputs,
    db_name: 'moodle',
    source_db_host: 'db.example.com',
    key_vault_url: 'https://vault.internal',
    storage_account_url: 'https://account.internal',
    azure_subscription_id: 'x',
  };
  const needed = Object.keys(everything).filter(
    (name) => problemsOf({ ...everything, [name]: '' }).length > 0,
  );
  const required = Object.keys(action.inputs).filter((name) => action.inputs[name]?.required === true);
  expect(needed.toSorted()).toEqual(required.toSorted());
});

test('nothing is read from the variables of the tests', () => {
  vi.stubEnv('INPUT_DB_PORT', 'x');
  give(backupInputs);
  expect(problemsOf(backupInputs)).toEqual([]);
});
