import { chmod, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { patienceOf } from '../../../../src/base/patience.ts';
import { ProcessFailure } from '../../../../src/base/process.ts';
import type { Insistence } from '../../../../src/postgres/session/connection.ts';
import {
  type Psql,
  runScript,
  runWithDatabaseSettings,
  uninterrupted,
} from '../../../../src/postgres/session/psql.ts';
import { startConnected } from '../../../../src/postgres/session/reconnect.ts';
import { openSession } from '../../../../src/postgres/session/session.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../../../support/machine/temporary-folder.ts';

/** 10 s in all, 1 s where nobody answers, the first pause is 33 ms. */
const patience = patienceOf(10);

let folder: TemporaryFolder;
let lines: string[];
beforeEach(async () => {
  folder = await makeTemporaryFolder('reconnect');
  lines = [];
});
afterEach(() => folder.remove());

/**
 * A program in the place of psql and pg_dump: each call is answered by the next of these messages of a server that lets nobody in, and
 * when there are none left, it is let in if its password is the right one.
 * @param seconds that the work of a script takes
 */
async function serverThat(
  says: readonly string[],
  { password = 'right', seconds = 0 } = {},
): Promise<string> {
  const program = path.join(folder.path, 'psql');
  await writeFile(path.join(folder.path, 'says'), says.map((each) => `${each}\n`).join(''));
  const refuse = (what: string) =>
    `echo "psql: error: connection to server at \\"h\\" (::1), port 1 failed: ${what}" >&2; exit 2`;
  await writeFile(
    program,
    `#!/bin/bash
cd ${folder.path}; echo "$PGPASSWORD" >> passwords
next="$(head -n 1 says)"; sed -i 1d says
[ -z "$next" ] || { ${refuse('$next')}; }
[ "$PGPASSWORD" = '${password}' ] || { ${refuse(`FATAL:  password authentication failed for user \\"u\\"`)}; }
read -r first
[ -z "$first" ] || sleep ${seconds}
[ -z "$first" ] || echo "let in: $first"
`,
  );
  await chmod(program, 0o700);
  return program;
}

async function attempts(): Promise<string[]> {
  return (await readFile(path.join(folder.path, 'passwords'), 'utf8')).trim().split('\n');
}

function psqlOf(program: string, changes: Partial<Insistence> = {}, worked = false): Psql {
  const insistence = {
    ...{ patience, info: (line: string) => lines.push(line), readPassword: async () => 'right' },
    ...changes,
  };
  return {
    program,
    connection: {
      address: { host: 'db.example.com', port: 5432, sslMode: 'verify-full' },
      ...{ user: 'u', env: { PATH: process.env['PATH'] ?? '' } },
      admission: { password: 'right', worked, insistence },
    },
    signal: AbortSignal.timeout(30_000),
  };
}

const starting = 'FATAL:  the database system is starting up';
const refused = 'Connection refused';
const unresolved = 'could not translate host name \\"h\\" to address: Temporary failure in name resolution';

/** What a program that could not connect throws. */
const saying = (what: string) => ({ stderr: expect.stringContaining(what.replaceAll('\\', '')) });

describe('a server that lets nobody in yet', () => {
  test('is waited for, and each failure is said', async () => {
    const psql = psqlOf(await serverThat([starting, starting, 'FATAL:  sorry, too many clients already']));
    expect(await runScript(psql, 'd', 'SELECT 1')).toMatch(/^let in: /);
    expect(lines).toEqual([
      'Connecting to db.example.com:5432: the database system is starting up. Trying again in 0.0 s',
      'Connecting to db.example.com:5432: the database system is starting up. Trying again in 0.1 s',
      'Connecting to db.example.com:5432: sorry, too many clients already. Trying again in 0.1 s',
    ]);
  });

  test('is waited for with all kinds of programs', async () => {
    const program = await serverThat([starting]);
    const dump = startConnected(psqlOf(program), 'd', { program, args: [], input: 'content\n' });
    expect(await text(dump.stdout)).toBe('let in: content\n');
    await dump.finished;
    await serverThat([starting, starting]);
    await expect(openSession(psqlOf(program), 'd', { applicationName: 'x' })).rejects.toThrow(
      'has been closed',
    );
    expect(lines).toHaveLength(3);
  });

  test('is given up in the end', async () => {
    const psql = psqlOf(await serverThat(Array(1000).fill(starting)), { patience: patienceOf(2) });
    const begun = performance.now();
    await expect(runScript(psql, 'd', 'SELECT 1')).rejects.toHaveProperty(
      'stderr',
      expect.stringContaining(starting),
    );
    expect(performance.now() - begun).toBeLessThan(4_000);
    expect(lines.length).toBeGreaterThan(3);
  });

  test('is given up when the job is cancelled', async () => {
    const cancel = new AbortController();
    const info = () => cancel.abort(new Error('cancelled'));
    const program = await serverThat(Array(1000).fill(starting));
    const psql = { ...psqlOf(program, { info }), signal: cancel.signal };
    await expect(runScript(psql, 'd', 'SELECT 1')).rejects.toThrow('cancelled');
    const dump = startConnected(psqlOf(program), 'd', { program, args: [] });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await dump.stop();
    expect(await text(dump.stdout)).toBe('');
  });

  test('is not waited for in a hurry', async () => {
    const psql = { ...psqlOf(await serverThat([starting])), hurry: AbortSignal.abort() };
    await expect(runScript(psql, 'd', 'SELECT 1')).rejects.toBeInstanceOf(ProcessFailure);
    expect(await attempts()).toHaveLength(1);
  });
});

describe('what a cancel does not end', () => {
  test.each([starting, 'FATAL:  sorry, too many clients already'])(
    'is given up with why nobody gets in: %s',
    async (said) => {
      const psql = uninterrupted(psqlOf(await serverThat(Array(1000).fill(said))), 700);
      await expect(runScript(psql, 'd', 'DROP')).rejects.toMatchObject(saying(said));
    },
  );

  test('has its own time once the server lets somebody in', async () => {
    const says = Array(5).fill(starting);
    const psql = uninterrupted(psqlOf(await serverThat(says, { seconds: 2 })), 2_500);
    const begun = performance.now();
    expect(await runScript(psql, 'd', 'DROP')).toMatch(/^let in: /);
    expect(performance.now() - begun).toBeGreaterThan(2_500);
  });

  test('is ended when it takes too long itself', async () => {
    const psql = uninterrupted(psqlOf(await serverThat([], { seconds: 3 })), 500);
    await expect(runScript(psql, 'd', 'DROP')).rejects.toThrow('it took longer than 0.5 s');
  });

  test('is given up, with why nobody gets in, when a cancel comes', async () => {
    const cancel = new AbortController();
    const info = () => cancel.abort(new Error('cancelled'));
    const job = { ...psqlOf(await serverThat(Array(1000).fill(starting)), { info }), signal: cancel.signal };
    await expect(runScript(uninterrupted(job), 'd', 'DROP')).rejects.toMatchObject(saying(starting));
    expect(await attempts()).toHaveLength(1);
  });
});

describe('a host that does not answer', () => {
  test('is waited for briefly where it never did', async () => {
    const psql = psqlOf(await serverThat(Array(1000).fill(refused)));
    const begun = performance.now();
    await expect(runScript(psql, 'd', 'SELECT 1')).rejects.toHaveProperty(
      'stderr',
      expect.stringContaining(refused),
    );
    expect(performance.now() - begun).toBeLessThan(2_500);
    expect(lines.length).toBeGreaterThan(1);
  });

  test('is waited for longer where it did', async () => {
    const psql = psqlOf(await serverThat(Array(6).fill(refused)), {}, true);
    const begun = performance.now();
    expect(await runScript(psql, 'd', 'SELECT 1')).toMatch(/^let in: /);
    expect(performance.now() - begun).toBeGreaterThan(2_000);
  });
});

describe('a server that fails in several ways', () => {
  /** 5 s in all, half a second where nobody answers. */
  const short = patienceOf(5);

  test.each([
    ['that has said something', [...Array(6).fill(starting), refused, refused]],
    ['whose name was not resolved before', [...Array(7).fill(unresolved), refused]],
    ['that speaks at the end of what is short', [refused, refused, refused, starting, refused, refused]],
  ])('is waited for as one %s', async (_, says) => {
    const psql = psqlOf(await serverThat(says), { patience: short });
    expect(await runScript(psql, 'd', 'SELECT 1')).toMatch(/^let in: /);
    expect(lines).toHaveLength(says.length);
  });

  test('is waited for briefly from when nobody answers, where none has', async () => {
    const psql = psqlOf(await serverThat([...Array(5).fill(unresolved), ...Array(1000).fill(refused)]), {
      patience: short,
    });
    const begun = performance.now();
    await expect(runScript(psql, 'd', 'SELECT 1')).rejects.toMatchObject(saying(refused));
    expect(performance.now() - begun).toBeLessThan(3_000);
  });

  test('has one time for all of it, whatever a psql finds, and the pauses get longer', async () => {
    const says = Array(500).fill([starting, '']).flat();
    const psql = psqlOf(await serverThat(says), { patience: patienceOf(3) });
    const begun = performance.now();
    await expect(runScript(psql, 'd', 'SELECT 1')).rejects.toMatchObject(saying(starting));
    expect(performance.now() - begun).toBeLessThan(4_500);
    expect(lines.length).toBeLessThan(15);
  });
});

test.each([
  'FATAL:  database \\"d\\" does not exist',
  'FATAL:  no pg_hba.conf entry for host \\"::1\\"',
  'SSL error: certificate verify failed',
  'FATAL:  password authentication failed for user \\"u\\"',
])('what does not pass is final at once: %s', async (said) => {
  const psql = psqlOf(await serverThat([said]));
  await expect(runScript(psql, 'd', 'SELECT 1')).rejects.toBeInstanceOf(ProcessFailure);
  expect(await attempts()).toHaveLength(1);
  expect(lines).toEqual([]);
});

describe('a password that is another one now', () => {
  test('is read once, however many programs are rejected, and used from then on', async () => {
    const program = await serverThat([], { password: 'new' });
    let reads = 0;
    const readPassword = async (): Promise<string> => {
      reads++;
      await new Promise((resolve) => setTimeout(resolve, 300));
      return 'new';
    };
    const psql = psqlOf(program, { readPassword }, true);
    const copy = { ...psql, connection: { ...psql.connection } };
    const dump = startConnected(copy, 'd', { program, args: [], input: 'content\n' });
    expect(await runScript(psql, 'd', 'SELECT 1')).toMatch(/^let in: /);
    expect(await text(dump.stdout)).toBe('let in: content\n');
    expect(await runScript(psql, 'd', 'SELECT 2')).toMatch(/^let in: /);
    expect(reads).toBe(1);
    expect((await attempts()).toSorted()).toEqual(['new', 'new', 'new', 'right', 'right']);
    expect(lines).toEqual([
      'The server refuses the login that it accepted before. Reading the password again',
      'Connecting with the new password',
    ]);
  });

  test('is told as ever if it is the same, or cannot be read', async () => {
    const program = await serverThat([], { password: 'new' });
    await expect(runScript(psqlOf(program, {}, true), 'd', '')).rejects.toHaveProperty(
      'stderr',
      expect.stringContaining('password authentication failed'),
    );
    expect(lines.at(-1)).toBe('It is the same password');
    const readPassword = () => Promise.reject(new Error('No\nvault'));
    await expect(runScript(psqlOf(program, { readPassword }, true), 'd', '')).rejects.toBeInstanceOf(
      ProcessFailure,
    );
    expect(lines.at(-1)).toBe('The password could not be read: No\\u000avault');
    expect(await attempts()).toHaveLength(2);
  });

  test('is not looked for before the server has accepted one', async () => {
    const program = await serverThat([], { password: 'new' });
    await expect(runScript(psqlOf(program), 'd', '')).rejects.toBeInstanceOf(ProcessFailure);
    expect(lines).toEqual([]);
  });

  test('is found also by the psql that waits for the server', async () => {
    const program = await serverThat([starting, starting], { password: 'new' });
    const psql = psqlOf(program, { readPassword: async () => 'new' }, true);
    expect(await runScript(psql, 'd', 'SELECT 1')).toMatch(/^let in: /);
    expect(psql.connection.admission.password).toBe('new');
  });

  test.each([
    ['a script with the settings of the database', runWithDatabaseSettings],
    ['a script with ours', runScript],
  ])('is the one that %s connects with', async (_, runIt) => {
    const program = await serverThat([starting], { password: 'new' });
    const psql = psqlOf(program, { readPassword: async () => 'new' }, true);
    expect(await runIt(psql, 'd', 'ANALYZE')).toMatch(/^let in: /);
    expect(await attempts()).toEqual(['right', 'right', 'new']);
  });

  test('is not looked for without end', async () => {
    const program = await serverThat([], { password: 'never' });
    let reads = 0;
    const readPassword = async (): Promise<string> => (++reads % 2 ? 'one' : 'other');
    const refusal = saying('password authentication failed');
    await expect(runScript(psqlOf(program, { readPassword }, true), 'd', '')).rejects.toMatchObject(refusal);
    expect(reads).toBe(3);
    expect(await attempts()).toEqual(['right', 'one', 'other', 'one']);
  });
});
