import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { patienceOf } from '../../../../src/base/patience.ts';
import { ask, type Psql } from '../../../../src/postgres/session/psql.ts';
import { watchPulse } from '../../../../src/postgres/session/pulse.ts';
import { openSession } from '../../../../src/postgres/session/session.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../../../support/machine/temporary-folder.ts';

/** A second in all; a silence of 0.2 s is looked into. */
const patience = patienceOf(1);

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await makeTemporaryFolder('pulse');
});
afterEach(() => folder.remove());

/** A psql that does this, in the words of bash. */
async function psqlThat(does: string): Promise<Psql> {
  const program = path.join(folder.path, 'psql');
  await writeFile(program, `#!/bin/bash\nread -r first\n${does}\n`);
  await chmod(program, 0o700);
  const insistence = { patience, info: () => {}, readPassword: async () => '' };
  return {
    program,
    connection: {
      address: { host: 'db.example.com', port: 5432, sslMode: 'verify-full' },
      ...{ user: 'u', env: { PATH: process.env['PATH'] ?? '' } },
      admission: { password: '', worked: true, insistence },
    },
    signal: AbortSignal.timeout(30_000),
  };
}

const failing = (what: string): string =>
  `echo 'psql: error: connection to server at "h" (::1), port 1 failed: ${what}' >&2; exit 2`;

describe('a server that a program hears nothing of', () => {
  test.each([
    'FATAL:  sorry, too many clients already',
    'FATAL:  remaining connection slots are reserved for roles with the SUPERUSER attribute',
    'FATAL:  too many connections for role "u"',
    'FATAL:  die verbleibenden Verbindungen sind reserviert',
    'FATAL:  password authentication failed for user "u"',
    'FATAL:  no pg_hba.conf entry for host "::1"',
  ])('is there if it says anything: %s', async (said) => {
    const begun = performance.now();
    const { lost, stop } = watchPulse(await psqlThat(failing(said)), 'd', () => begun);
    await sleep(2_000);
    stop();
    expect(lost.aborted).toBe(false);
  });

  test.each([
    failing('Connection refused'),
    failing('server closed the connection unexpectedly'),
    'exec sleep 60',
  ])('is lost if it says nothing: %s', async (does) => {
    const begun = performance.now();
    const { lost, stop } = watchPulse(await psqlThat(does), 'd', () => begun);
    await new Promise((resolve) => lost.addEventListener('abort', resolve));
    stop();
    expect(lost.reason).toMatchObject({
      message: expect.stringMatching(
        /^Working with database "d" on db\.example\.com:5432 as "u" failed: the server has not answered for \d\.\d s/,
      ),
    });
  });
});

/** What tells a psql that asks now and then from the one whose question it is. */
const isProbe = `[ "$first" = 'SELECT 1;' ]`;

describe('a question', () => {
  const questions = [
    ['of its own', (psql: Psql) => ask(psql, 'd', 'SELECT 7')],
    [
      'at the beginning of a session',
      async (psql: Psql) => (await openSession(psql, 'd', { applicationName: 'x' })).close(),
    ],
  ] as const;
  const unanswered =
    /^Asking database "d" on db\.example\.com:5432 as "u" failed: the server accepted the connection, but has not answered for \d\.\d s$/m;

  test.each(questions)('%s ends if it is let in, and nobody is answered', async (_, question) => {
    const begun = performance.now();
    await expect(question(await psqlThat('exec sleep 60'))).rejects.toMatchObject({
      name: 'Failure',
      message: expect.stringMatching(unanswered),
    });
    expect(performance.now() - begun).toBeLessThan(9_000);
  });

  test.each(questions)('%s ends with a cancel', async (_, question) => {
    const signal = AbortSignal.timeout(300);
    const asked = question({ ...(await psqlThat('exec sleep 60')), signal });
    await expect(asked).rejects.toHaveProperty('name', 'TimeoutError');
  });

  test.each([
    ['others are answered', `${isProbe} && exit 0; sleep 3; echo 7`],
    [
      'the server has no room for others',
      `${isProbe} && { ${failing('FATAL:  sorry, too many clients already')}; }; sleep 3; echo 7`,
    ],
  ])('may take longer than all patience while %s', async (_, does) => {
    expect(await ask(await psqlThat(does), 'd', 'SELECT 7')).toBe(7);
  });

  test('in a session may take longer, too', async () => {
    const answering = `${isProbe} && exit 0; sleep 3; while read -r line; do case "$line" in
      '\\echo :ERROR'*) echo false 00000;; '\\echo '*) mark="\${line#* }"; mark="\${mark%% *}"; echo "$mark"; echo "$mark" >&2;; esac; done`;
    const session = await openSession(await psqlThat(answering), 'd', { applicationName: 'x' });
    expect(await session.run('SELECT 1')).toBe('');
    await session.close();
  });
});
