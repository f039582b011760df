import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Fault, type Passing, refusal, startFaults } from '../support/faults/start-faults.ts';
import { type Jobs, jobsOn } from '../support/jobs.ts';
import { noise } from '../support/postgres/databases/noise.ts';
import type { StepResult } from '../support/runner/runner.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * Runs that outlive their tokens. The clients of Azure renew a token in the background two minutes before it expires, and the library for
 * sign-ins takes none that has less than five minutes left: one that lives for 125 seconds is renewed after five. Of those that live for
 * 12 seconds, several expire during a run, as during one of many hours. Azurite refuses a token that has expired.
 */

let world: World;
let jobs: Jobs;
let database: string;
let before: string;
beforeAll(async () => {
  world = await startWorld({ servers: [15] });
  jobs = jobsOn(world, 15);
  // Six blocks, and three ranges.
  database = await jobs.createDatabase({ sql: noise(20) });
  before = await jobs.text(database);
});
afterAll(() => world.stop());

/** What was presented to whom. */
interface Presented {
  kind: string;
  /** Of an access token that is asked for: what it is for. */
  scope: string;
  /** Seconds for which the token was still good when it came. */
  left: number;
}

/** Runs a job by a way on which requests to the account are slow, and GitHub and Entra ID fail now and then. */
async function run(
  githubLifetime: number,
  slow: (passing: Passing) => Fault,
  work: (inputs: Record<string, string>, environment: Record<string, string>) => Promise<StepResult>,
): Promise<{ step: StepResult; presented: Presented[] }> {
  const presented: Presented[] = [];
  const note = ({ kind, headers, body }: Passing): void => {
    const form = new URLSearchParams(body);
    const token = form.get('client_assertion') ?? headers.authorization?.replace(/^Bearer /, '');
    if (token === undefined || kind === 'github token') return;
    const left = (decodeJwt(token).exp ?? 0) - Date.now() / 1000;
    presented.push({ kind, scope: form.get('scope')?.split(' ')[0] ?? '', left });
  };
  const decide = (passing: Passing): Fault => {
    note(passing);
    const { kind, earlier } = passing;
    if (kind === 'github token' && earlier % 3 === 1) return refusal('github', 503, 'Unavailable');
    if (kind === 'github token' && earlier % 3 === 2) return 'drop';
    if (kind === 'entra token' && earlier % 4 === 3) return 'drop';
    return slow(passing);
  };
  await using way = await startFaults(world, decide);
  const url = `${way.environment.ACTIONS_ID_TOKEN_REQUEST_URL}&lifetime=${githubLifetime}`;
  const step = await work(
    { ...way.inputs, retry_timeout_seconds: '60' },
    { ACTIONS_ID_TOKEN_REQUEST_URL: url },
  );
  return { step, presented };
}

function expectRenewed({ step, presented }: Awaited<ReturnType<typeof run>>, least: number): void {
  expect(step.exitCode, step.log).toBe(0);
  expect(presented.filter(({ left }) => left <= 0)).toEqual([]);
  const ofStorage = presented.filter(({ scope }) => scope === 'https://storage.azure.com/.default');
  expect(ofStorage.length).toBeGreaterThanOrEqual(least);
}

describe.each([
  { lifetime: 125, githubLifetime: 300, pause: 7_000, least: 2 },
  { lifetime: 12, githubLifetime: 13, pause: 14_000, least: 3 },
])(
  'with access tokens of $lifetime s and GitHub tokens of $githubLifetime s',
  ({ lifetime, githubLifetime, pause, least }) => {
    let name = '';

    test('a backup succeeds', async () => {
      world.entra.lifetime = lifetime;
      const slow = ({ kind, earlier }: Passing): Fault => {
        if (kind === 'blob block' && earlier === 0) return { delay: pause, next: 'drop' };
        return kind === 'blob block' && earlier === 6 ? { delay: pause, next: 'drop' } : 'pass';
      };
      const ran = await run(githubLifetime, slow, (inputs, environment) =>
        jobs.backup(database, { inputs, environment }),
      );
      expectRenewed(ran, least);
      expect(ran.step.log).toMatch(/^(?:Asking GitHub|Signing in|Renewing)/m);
      name = ran.step.outputs['backup_file_name'] ?? '';
    });

    test('a restore succeeds', async () => {
      world.entra.lifetime = lifetime;
      let downloads = 0;
      const slow = ({ kind, headers }: Passing): Fault => {
        // The header and the table of contents are looked at before.
        const isLook = /^bytes=0-(?:1023|1048575)$/.test(String(headers['x-ms-range']));
        if (kind !== 'blob read' || isLook) return 'pass';
        downloads++;
        // The first of three, and what is asked for in its place.
        return downloads === 1 || downloads === 4 ? { delay: pause, next: 'drop' } : 'pass';
      };
      const ran = await run(githubLifetime, slow, (inputs, environment) =>
        jobs.restore(database, name, { inputs, environment }),
      );
      expectRenewed(ran, least);
      expect(await jobs.text(database)).toBe(before);
    });
  },
);
