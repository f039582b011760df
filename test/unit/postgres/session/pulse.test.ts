import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { patienceOf } from '../../../../src/base/patience.ts';
import type { Psql } from '../../../../src/postgres/session/psql.ts';
import { watchPulse } from '../../../../src/postgres/session/pulse.ts';
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
