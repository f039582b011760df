import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountOf, type Jobs, jobsOn, messages } from '../support/jobs.ts';
import { secretNames, startWorld, type World } from '../support/world.ts';

let world: World;
let jobs: Jobs;
let database: string;
beforeAll(async () => {
  world = await startWorld({ servers: [15] });
  jobs = jobsOn(world, 15);
  database = await jobs.createDatabase();
});
afterAll(() => world.stop());

describe('a newline at the end of a secret', () => {
  test('is no part of a user name', async () => {
    const { inputs } = accountOf(world, { ...world.login, user: `${world.login.user}\n` });
    const step = await jobs.backup(database, { inputs });
    expect(step).toMatchObject({ exitCode: 0 });
    expect(messages(step, 'warning')).toEqual([]);
  });

  test('is part of a password, of which a warning tells', async () => {
    const account = accountOf(world, { user: 'newline', password: 'from a file\n' });
    await world.server(15).createRole(account.user, account.password, 'CREATEDB');
    const own = jobsOn(world, 15, account);
    const step = await own.backup(await own.createDatabase());
    expect(step).toMatchObject({ exitCode: 0 });
    expect(messages(step, 'warning')).toEqual([
      expect.stringMatching(
        new RegExp(
          `^The password in secret "${account.inputs['db_password_secret_name']}" ends with a newline,`,
        ),
      ),
    ]);
  });

  test('is told of in a warning too if something else fails', async () => {
    const account = accountOf(world, { ...world.login, password: `${world.login.password}\n` });
    const step = await jobs.backup(database, {
      inputs: { ...account.inputs, azure_db_host: 'no.such.host.invalid' },
    });
    expect(step).toMatchObject({ exitCode: 1 });
    expect(messages(step, 'warning')).toEqual([expect.stringContaining('ends with a newline')]);
  });
});

test('each secret is asked for once, GitHub for one token, and Entra ID for one of each service', async () => {
  world.vault.requests.clear();
  const tokens = world.github.issued;
  world.entra.issued.length = 0;
  expect((await jobs.backup(database)).exitCode).toBe(0);
  expect(world.github.issued - tokens).toBe(1);
  expect(world.entra.issued).toEqual(['https://vault.azure.net', 'https://storage.azure.com']);
  expect(Object.fromEntries(world.vault.requests)).toEqual({
    [`/secrets/${secretNames.user}`]: 1,
    [`/secrets/${secretNames.password}`]: 1,
  });
});
