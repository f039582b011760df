import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Backups, createBackups } from '../support/azure/backups.ts';
import { nameOfRecorded, putRecorded, type Recorded } from '../support/azure/recorded.ts';
import { type Fault, type Passing, refusal, startFaults } from '../support/faults/start-faults.ts';
import { type Extra, type Jobs, jobsOn, messages, onlyError, until } from '../support/jobs.ts';
import { makeClock } from '../support/machine/clock.ts';
import { makeTemporaryFolder } from '../support/machine/temporary-folder.ts';
import { findBrowser, layoutOf, takePicture } from '../support/page/browser.ts';
import { htmlOf, pageOf, strangersIn } from '../support/page/rendered.ts';
import type { RunningStep, StepResult } from '../support/runner/runner.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * A retention in containers of backups that lie there without content, by the bundle: as a job of its own and after a backup. What the
 * rules choose is the matter of test/unit/jobs/retention. Set SUMMARIES to a folder to get pictures of the pages.
 */
const pictures = process.env['SUMMARIES'];

/** Of the server, as backups record it. */
const host = 'localhost';

let world: World;
let jobs: Jobs;
const steps = new Map<string, StepResult>();
beforeAll(async () => {
  world = await startWorld({ servers: [15] });
  jobs = jobsOn(world, 15);
  expect(world.server(15).host).toBe(host);
});
afterAll(() => world.stop());

const now = Math.floor(Date.now() / 1000) * 1000;
const daysAgo = (days: number): Date => new Date(now - days * 24 * 60 * 60 * 1000);

/** So many nightly backups, the newest first. */
function nights(number: number, whose: Partial<Recorded> = {}): Recorded[] {
  return Array.from({ length: number }, (_, index) => ({
    ...{ database: 'app', host, at: daysAgo(index + 1) },
    ...whose,
  }));
}

async function containerWith(...recorded: Recorded[]): Promise<Backups> {
  const backups = await createBackups(world.azurite);
  await putRecorded(backups, recorded);
  return backups;
}

const onGitHub = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'acme/app',
  GITHUB_RUN_ID: '42',
};

function startPrune(
  { container }: Pick<Backups, 'container'>,
  inputs: Record<string, string>,
  { environment, ...extra }: Extra = {},
): Promise<RunningStep> {
  return jobs.start(
    { job_to_run: 'prune', db_name: 'app' },
    {
      ...extra,
      inputs: { storage_container_name: container, ...inputs, ...extra.inputs },
      environment: { ...onGitHub, ...environment },
    },
  );
}

async function prune(
  title: string,
  backups: Pick<Backups, 'container'>,
  inputs: Record<string, string>,
  extra: Extra = {},
): Promise<StepResult> {
  const step = await (await startPrune(backups, inputs, extra)).done;
  if (title !== '') steps.set(title, step);
  return step;
}

/** A prune, or two, by a way on which requests meet with what `decide` says. */
const by = ({ inputs, environment }: Awaited<ReturnType<typeof startFaults>>): Extra => ({
  inputs: { ...inputs, retry_timeout_seconds: '10' },
  environment,
});

const isDeletion = ({ kind }: Passing): boolean => kind === 'blob DELETE';
const nameIn = ({ url }: Passing): string => decodeURIComponent(url.pathname.split('/').at(-1) ?? '');
const names = (recorded: readonly Recorded[]): string[] => recorded.map(nameOfRecorded);
const deletedBy = ({ outputs }: StepResult): string[] => JSON.parse(outputs['deleted_backups'] ?? 'null');

/** The names for which the log has a line that begins like this, in its order. */
const told = ({ log }: StepResult, start: string): string[] =>
  [...log.matchAll(new RegExp(`^${start} ("(?:[^"\\\\]|\\\\.)*")`, 'gm'))].map(([, name]) =>
    JSON.parse(name ?? ''),
  );

function expectDone({ exitCode, log }: StepResult): void {
  expect(exitCode, log).toBe(0);
}

describe('of three hundred backups and other files', () => {
  const own = nights(100);
  const untouched = { metadata: { protect: 'before release 4.2 | <b>x</b> *y*' } };
  const special: Record<number, Partial<Recorded>> = {
    40: untouched,
    60: { metadata: { verified_at: daysAgo(1).toISOString() } },
    70: { metadata: { verified_at: daysAgo(9).toISOString() } },
    80: { metadata: { pg_dump_options: '--schema=a', pg_dump_part: '--schema' } },
  };
  const all = own.map((one, index) => ({ ...one, ...special[index] }));
  const ahead: Recorded = { database: 'app', host, at: daysAgo(-400) };
  const stay = [ahead, ...own.slice(0, 5), ...[40, 60, 80].map((index) => own[index] as Recorded)];
  const go = own.filter((one) => !stay.includes(one));
  const foreign = [
    'readme.txt',
    'app.dump',
    'app_backup_20200101000000.dump',
    'deeper/app_backup_20200101000000.dump',
  ];
  let backups: Backups;
  let before: string[];
  beforeAll(async () => {
    backups = await containerWith(
      ...all,
      ahead,
      ...nights(60, { database: 'app_backup' }),
      ...nights(60, { database: 'app_backup_20260101000000' }),
      ...nights(60, { host: 'other.example' }).map((one) => ({ ...one, at: new Date(+one.at - 5_000) })),
      ...nights(10, { folder: 'deeper/' }),
      ...nights(5, { database: 'App' }),
    );
    for (const name of foreign) await backups.put(name, 'x');
    before = await backups.list();
    expect(before).toHaveLength(300);
  });

  const rules = { retention_last: '5' };

  test('a dry run tells what would go, with the reasons for what stays, and deletes nothing', async () => {
    const step = await prune('dry run', backups, { ...rules, retention_dry_run: 'true' });
    expectDone(step);
    expect(await backups.list()).toEqual(before);
    expect(deletedBy(step)).toEqual([]);
    expect(told(step, 'Would be deleted:')).toEqual(names(go));
    expect(told(step, 'Stays:')).toEqual(names(stay));
    expect(step.log).toContain('101 backups of "app" on "localhost"');
    expect(step.log).toMatch(/185 backups of other databases or servers, 14 other files/);
    expect(step.log).toMatch(/^Stays: "[^"]+" \([^)]+, 1\.00 kB\): newest, last 5$/m);
    expect(step.log).toMatch(/: protected: "before release 4\.2 \| <b>x<\/b> \*y\*"$/m);
    expect(step.log).toMatch(/: newest verified$/m);
    expect(step.log).toMatch(/: leaves out a part$/m);
    expect(step.log).toMatch(/^Dry run: would delete 92 backups, kept 9, in /m);
    expect(step.summary).toMatch(
      /^### 🔎 Dry run, nothing was deleted\. 101 backups of `app`: 92 would be deleted, 9 stay\n/,
    );
    expect(messages(step, 'warning')).toEqual([
      expect.stringMatching(/^1 backup has a recorded time that cannot be right, .*"app_backup_\d+\.dump"\./),
    ]);
  });

  test('a prune deletes the same, the oldest first, and nothing else', async () => {
    const step = await prune('prune', backups, rules);
    expectDone(step);
    expect(await backups.list()).toEqual(before.filter((name) => !names(go).includes(name)));
    expect(deletedBy(step)).toEqual(names(go));
    expect(told(step, 'Deleted')).toEqual(names(go).toReversed());
    expect(step.summary).toMatch(/^### ✅ 101 backups of `app`: 92 deleted, 9 stay\n/);
    expect(step.summary).toContain('`protected: "before release 4.2 \\| <b>x</b> *y*"`');
    expect(step.groups).toEqual([
      'Sign in to Azure',
      'Choose which backups of "app" stay',
      'Delete 92 backups',
    ]);
  });

  test('and again, nothing', async () => {
    const there = await backups.list();
    const step = await prune('nothing to delete', backups, rules);
    expectDone(step);
    expect(deletedBy(step)).toEqual([]);
    expect(step.log).toContain('Nothing is to be deleted');
    expect(await backups.list()).toEqual(there);
  });

  test('a database that somebody mistyped has none, which is a warning with what there is', async () => {
    const there = await backups.list();
    const step = await prune('mistyped', backups, { ...rules, source_db_name: 'ap' });
    expectDone(step);
    const [warning = '', ...others] = messages(step, 'warning');
    expect(others).toEqual([]);
    expect(warning).toMatch(
      /^There is no backup of "ap" on "[^"]+" here, so nothing is to be deleted\.\nCheck db_name /,
    );
    expect(warning).toContain('- 60 backups of "app" on "other.example"');
    expect(step.summary).toMatch(/^### ⚠️ No backup of `ap` is there\n/);
    expect(deletedBy(step)).toEqual([]);
    expect(await backups.list()).toEqual(there);
  });

  test('a folder has its own, and neither a vault nor a server is needed', async () => {
    const without = ['key_vault_name', 'key_vault_url', 'db_user_secret_name', 'db_password_secret_name'];
    const step = await prune('', backups, {
      ...{ ...rules, blob_prefix: 'deeper', source_db_host: host, azure_db_host: '' },
      ...Object.fromEntries(without.map((name) => [name, ''])),
    });
    expectDone(step);
    expect(deletedBy(step)).toEqual(names(nights(10, { folder: 'deeper/' }).slice(5)));
  });
});

test('a flood of new backups pushes none of the last days out, and would push out all by a number alone', async () => {
  const flood = Array.from({ length: 40 }, (_, second) => ({
    ...{ database: 'app', host, at: new Date(now - 3_600_000 + second * 1_000) },
  })).toReversed();
  const honest = nights(20);
  const backups = await containerWith(...flood, ...honest);
  const alone = await prune('', backups, { retention_last: '3', retention_dry_run: 'true' });
  expect(told(alone, 'Would be deleted:')).toEqual(names([...flood.slice(3), ...honest]));
  const step = await prune('', backups, { retention_last: '3', retention_within_days: '7' });
  expectDone(step);
  // Of the days before the newest, and the last one before them.
  expect(deletedBy(step)).toEqual(names(honest.slice(8)));
});

describe('hosts', () => {
  const moved = [
    ...nights(3, { host: 'new.example' }),
    ...nights(5)
      .slice(3)
      .map((one) => ({ ...one, host: 'OLD.example' })),
  ];

  test('of a server that moved are counted together', async () => {
    const backups = await containerWith(...moved);
    const hosts = { source_db_host: 'New.example, old.example' };
    const step = await prune('', backups, { retention_last: '4', ...hosts });
    expectDone(step);
    expect(deletedBy(step)).toEqual(names(moved).slice(4));
  });

  test('that take turns are several servers, and nothing is deleted', async () => {
    const turns = nights(8).map((one, index) => ({ ...one, host: `${index % 2 === 0 ? 'a' : 'b'}.example` }));
    const backups = await containerWith(...turns);
    const step = await prune('by turns', backups, {
      retention_last: '1',
      source_db_host: 'a.example, b.example',
    });
    expect(onlyError(step)).toMatch(
      /^Choosing which backups of "app" stay failed: the servers take turns, .*: "a\.example" \(newest [^)]+\), "b\.example" \(newest [^)]+\)\nIn source_db_host, name one server only, .*\nNothing was deleted\.$/,
    );
    expect(await backups.list()).toHaveLength(8);
  });

  test('of which one has its first backup keep the newest of the other', async () => {
    const prod = nights(5, { host: 'prod.example' });
    const first = { database: 'app', host: 'staging.example', at: new Date(now - 60_000) };
    const backups = await containerWith(first, ...prod);
    const hosts = { source_db_host: 'staging.example, prod.example' };
    const step = await prune('', backups, { retention_last: '1', ...hosts });
    expectDone(step);
    expect(deletedBy(step)).toEqual(names(prod.slice(1)));
    expect(step.log).toMatch(/: newest of "prod\.example"$/m);
  });
});

describe('two at once', () => {
  /** Nobody deletes before both have looked. */
  function together(): (passing: Passing) => Fault {
    const met = Promise.withResolvers<void>();
    return (passing) => {
      if (!isDeletion(passing)) return 'pass';
      if (passing.earlier === 1) met.resolve();
      return { after: () => met.promise };
    };
  }

  test('prunes by the same rules delete the same, each a part of it', async () => {
    const all = nights(12);
    const backups = await containerWith(...all);
    await using way = await startFaults(world, together());
    // A deletion waits for the other's, longer than an answer may take.
    const patient = { ...by(way), inputs: way.inputs };
    const both = await Promise.all([1, 2].map(() => startPrune(backups, { retention_last: '3' }, patient)));
    const [one, other] = (await Promise.all(both.map(({ done }) => done))) as [StepResult, StepResult];
    expectDone(one);
    expectDone(other);
    expect([...deletedBy(one), ...deletedBy(other)].toSorted()).toEqual(names(all.slice(3)).toSorted());
    expect(told(one, 'Gone already:').length + told(other, 'Gone already:').length).toBe(9);
    expect((await backups.list()).toSorted()).toEqual(names(all.slice(0, 3)).toSorted());
  });

  test('prunes by other rules leave what both keep, the newest in any case', async () => {
    const all = nights(8);
    const backups = await containerWith(...all);
    await using way = await startFaults(world, together());
    const patient = { ...by(way), inputs: way.inputs };
    const both = [{ retention_last: '3' }, { retention_monthly: '1' }];
    const running = await Promise.all(both.map((rules) => startPrune(backups, rules, patient)));
    for (const { done } of running) expectDone(await done);
    expect(await backups.list()).toEqual(names(all.slice(0, 1)));
  });

  test('a prune beside a backup leaves what it would, and the new one', async () => {
    const database = await jobs.createDatabase();
    const all = nights(5, { database });
    const backups = await containerWith(...all);
    const made = Promise.withResolvers<void>();
    await using way = await startFaults(world, (passing) =>
      isDeletion(passing) && passing.earlier === 0 ? { after: () => made.promise } : 'pass',
    );
    const inputs = { ...way.inputs, db_name: database };
    const pruning = await startPrune(backups, { retention_last: '2' }, { ...by(way), inputs });
    await until('the first deletion', async () => way.seen.some(isDeletion));
    const backup = await jobs.backup(database, { inputs: { storage_container_name: backups.container } });
    made.resolve();
    const step = await pruning.done;
    expectDone(step);
    expectDone(backup);
    const there = [...names(all.slice(0, 2)), backup.outputs['backup_file_name'] ?? ''];
    expect((await backups.list()).toSorted()).toEqual(there.toSorted());
  });
});

test('a prune that is killed half way has deleted the oldest, and the next one does the rest', async () => {
  const all = nights(12);
  const backups = await containerWith(...all);
  const reached = Promise.withResolvers<void>();
  await using way = await startFaults(world, (passing) => {
    if (!isDeletion(passing) || passing.earlier < 4) return 'pass';
    reached.resolve();
    return { silent: 'before', carriedOut: true };
  });
  const running = await startPrune(backups, { retention_last: '3' }, by(way));
  await reached.promise;
  running.child.kill('SIGKILL');
  const killed = await running.done;
  expect(killed.exitCode).not.toBe(0);
  expect(told(killed, 'Deleted')).toEqual(names(all.slice(8)).toReversed());
  await until('the last one to be carried out', async () => (await backups.list()).length === 7);
  expect((await backups.list()).toSorted()).toEqual(names(all.slice(0, 7)).toSorted());
  const step = await prune('', backups, { retention_last: '3' });
  expectDone(step);
  expect((await backups.list()).toSorted()).toEqual(names(all.slice(0, 3)).toSorted());
});

describe('of what does not go as it should', () => {
  const all = nights(6);
  const [newest, second, third, fourth, fifth, oldest] = names(all) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];

  async function pruneOver(
    title: string,
    decide: (passing: Passing, backups: Backups) => Fault,
    rules: Record<string, string> = { retention_last: '2' },
  ): Promise<{ step: StepResult; there: string[] }> {
    const backups = await containerWith(...all);
    await using way = await startFaults(world, (passing) => decide(passing, backups));
    const step = await prune(title, backups, rules, by(way));
    return { step, there: (await backups.list()).toSorted().toReversed() };
  }

  test('a deletion whose answer was lost is one', async () => {
    const { step, there } = await pruneOver('', (passing) =>
      isDeletion(passing) && passing.earlier === 0 ? 'lose answer' : 'pass',
    );
    expectDone(step);
    expect(deletedBy(step)).toEqual([third, fourth, fifth, oldest]);
    expect(there).toEqual([newest, second]);
  });

  test('a backup that was changed meanwhile stays, and the others go', async () => {
    const { step, there } = await pruneOver('changed', (passing, { client }) =>
      isDeletion(passing) && nameIn(passing) === fifth
        ? { after: () => client.getBlobClient(fifth).setMetadata({ protect: 'now' }) }
        : 'pass',
    );
    expect(onlyError(step)).toMatch(
      /^1 of 4 backups could not be deleted: The condition .*\(ConditionNotMet, HTTP 412\)\n- "[^"]+"\nIt was changed after it was looked at, and was not deleted\. Run the job again\.\n3 backups were deleted\.$/,
    );
    expect(there).toEqual([newest, second, fifth]);
    expect(deletedBy(step)).toEqual([third, fourth, oldest]);
    expect(step.summary).toMatch(
      /^### ❌ Prune failed\n.*\n#### 6 backups of `app`: 3 deleted, 1 could not be deleted, 2 stay\n/s,
    );
  });

  test('one that somebody protects meanwhile stays, and the others go', async () => {
    const { step, there } = await pruneOver('', (passing, { client }) => {
      if (!isDeletion(passing) || nameIn(passing) !== fifth) return 'pass';
      const blob = client.getBlobClient(fifth);
      const protect = async () => {
        const { metadata } = await blob.getProperties();
        return blob.setMetadata({ ...metadata, protect: 'now' });
      };
      return { after: protect };
    });
    expectDone(step);
    expect(there).toEqual([newest, second, fifth]);
    expect(deletedBy(step)).toEqual([third, fourth, oldest]);
    expect(step.log).toContain(`Stays: "${fifth}" was changed meanwhile, and stays now (protected: "now")`);
    expect(step.summary).toMatch(/^### ✅ 6 backups of `app`: 3 deleted, 3 stay\n/);
  });

  test('a leased one stays, and the others go', async () => {
    const backups = await containerWith(...all);
    await backups.client.getBlobClient(oldest).getBlobLeaseClient().acquireLease(-1);
    const step = await prune('', backups, { retention_last: '2' });
    expect(onlyError(step)).toMatch(/\(LeaseIdMissing, HTTP 412\)\n.*\nSomebody has leased it\./);
    expect((await backups.list()).toSorted()).toEqual([oldest, second, newest].toSorted());
  });

  test.each([
    ['BlobImmutableDueToPolicy', 'a policy', 'immutable by a policy of the container'],
    ['BlobImmutableDueToLegalHold', 'one or more legal holds', 'legal hold of the container'],
  ])('one that the container keeps (%s) stays, with a note', async (code, due, reason) => {
    const says = `This operation is not permitted as the blob is immutable due to ${due}.`;
    const { step, there } = await pruneOver('immutable', (passing) =>
      isDeletion(passing) && nameIn(passing) === fourth ? refusal('blob', 409, code, says) : 'pass',
    );
    expectDone(step);
    expect(there).toEqual([newest, second, fourth]);
    expect(step.log).toContain(`Not deleted: "${fourth}": ${reason}`);
    expect(step.summary).toMatch(
      /\*\*Note\. 1 backup would go by the rules, and a policy or a legal hold keeps them:\*\* /,
    );
  });

  test('a dry run tells of a hold on the container, which its list does not show', async () => {
    const isHeld = { answer: { status: 200, headers: { 'x-ms-has-legal-hold': 'true' } } };
    await using way = await startFaults(world, ({ kind }) =>
      kind === 'blob GET container' ? isHeld : 'pass',
    );
    const backups = await containerWith(...all);
    const rules = { retention_last: '2', retention_dry_run: 'true' };
    const step = await prune('dry run, held', backups, rules, by(way));
    expectDone(step);
    expect(await backups.list()).toHaveLength(all.length);
    const note =
      'The container has a legal hold: what it still keeps of the backups that would be deleted stays, and the first retention after its end deletes it.';
    expect(step.log).toContain(note);
    expect(step.summary).toContain(`**Note. The container has a legal hold:**`);
  });

  test('without the right to delete, nothing goes', async () => {
    const { step, there } = await pruneOver('forbidden', (passing) =>
      isDeletion(passing)
        ? refusal(
            'blob',
            403,
            'AuthorizationPermissionMismatch',
            'This request is not authorized to perform this operation using this permission.',
          )
        : 'pass',
    );
    expect(onlyError(step)).toMatch(
      /^4 of 4 backups could not be deleted: .*lets it read blobs and not delete them\..*\nNothing was deleted\.$/s,
    );
    expect(there).toEqual(names(all));
  });

  test('an account that does not answer any more is not asked for each', async () => {
    const asked = new Set<string>();
    const { step, there } = await pruneOver('', (passing) => {
      if (!isDeletion(passing)) return 'pass';
      asked.add(nameIn(passing));
      return passing.earlier === 0 ? 'pass' : refusal('blob', 503, 'ServerBusy', 'The server is busy.');
    });
    expect(onlyError(step)).toMatch(/^3 of 4 backups could not be deleted: .*\n1 backup was deleted\.$/s);
    expect(asked).toEqual(new Set([oldest, fifth]));
    expect(step.log).toContain('2 more are not tried');
    expect(there).toEqual([newest, second, third, fourth, fifth]);
  });

  test('where what should stay goes by hand, the next ones stay instead', async () => {
    const gone = new Map<string, Promise<unknown>>();
    const { step, there } = await pruneOver('', (passing, backups) => {
      if (!isDeletion(passing)) return 'pass';
      for (const name of [newest, second]) if (!gone.has(name)) gone.set(name, backups.remove(name));
      return passing.earlier < 3 ? { silent: 'before' } : 'pass'; // for two seconds
    });
    expectDone(step);
    expect(there).toEqual([third, fourth]);
    expect(step.log).toContain(`Not deleted: "${third}": by what there is now, it stays (newest, last 2)`);
    expect(deletedBy(step)).toEqual([fifth, oldest]);
  });
});

describe('after a backup', () => {
  let database: string;
  let older: Recorded[];
  /** What goes by the rules: the newest of the other name that the server had stays. */
  let go: Recorded[];
  let backups: Backups;
  beforeAll(async () => {
    database = await jobs.createDatabase({ sql: 'CREATE TABLE t AS SELECT 1 AS id' });
    older = [...nights(4, { database }), ...nights(8, { database, host: 'old.example' }).slice(4)];
    go = older.filter((_, index) => ![0, 1, 4].includes(index));
    backups = await containerWith(...older, ...nights(3, { database: `${database}_backup` }));
  });

  const rules = { retention_last: '3', source_db_host: 'old.example' };
  const backup = (inputs: Record<string, string>, extra: Extra = {}): Promise<StepResult> =>
    jobs.backup(database, {
      ...extra,
      inputs: { storage_container_name: backups.container, ...rules, ...inputs, ...extra.inputs },
      environment: { ...onGitHub, ...extra.environment },
    });

  test('on a machine whose clock is slow, one is warned, and the new backup stays', async () => {
    await using clock = await makeClock();
    clock.go(-3 * 24 * 60 * 60_000 - 60 * 60_000);
    const step = await backup({ retention_dry_run: 'true' }, { environment: clock.environment });
    expectDone(step);
    expect(messages(step, 'warning')).toEqual([
      expect.stringMatching(
        /^The clock of this machine is 3 days behind that of the storage account \(.*\), and a backup made now is recorded with the time here\.\nSet the clock of the machine, by NTP for example: backups that are recorded too early are taken for older/,
      ),
    ]);
    expect(step.log).toMatch(/^Stays: .*made a moment ago/m);
    await backups.remove(step.outputs['backup_file_name'] ?? '');
  });

  test('a dry run is told with the backup', async () => {
    const before = await backups.list();
    const step = await backup({ retention_dry_run: 'true' });
    expectDone(step);
    expect(await backups.list()).toHaveLength(before.length + 1);
    expect(deletedBy(step)).toEqual([]);
    expect(told(step, 'Would be deleted:')).toEqual(names(go));
    expect(step.summary).toContain(
      '**Retention, a dry run: nothing was deleted.** 5 would be deleted, 4 stay',
    );
    await backups.remove(step.outputs['backup_file_name'] ?? '');
  });

  test('without the right to delete, the backup is made, with one warning', async () => {
    await using way = await startFaults(world, (passing) =>
      isDeletion(passing)
        ? refusal('blob', 403, 'AuthorizationPermissionMismatch', 'This request is not authorized.')
        : 'pass',
    );
    const step = await backup({}, by(way));
    expectDone(step);
    const name = step.outputs['backup_file_name'] ?? '';
    const [warning, ...others] = messages(step, 'warning');
    expect(others).toEqual([]);
    expect(warning).toMatch(
      new RegExp(
        `^Backup "${name}" is complete; its retention failed\\.\nNothing was deleted\\.\n5 of 5 backups could not be deleted: `,
      ),
    );
    expect(deletedBy(step)).toEqual([]);
    steps.set('backup, forbidden', step);
    await backups.remove(name);
  });

  test('if the container cannot be listed, the backup is made, with one warning', async () => {
    const before = await backups.list();
    let dumped = false;
    await using way = await startFaults(world, ({ kind, url }) => {
      dumped ||= kind === 'blob commit';
      return dumped && kind === 'blob list' && url.searchParams.get('include')?.includes('metadata')
        ? refusal('blob', 403, 'AuthorizationFailure', 'This request is not authorized.')
        : 'pass';
    });
    const step = await backup({}, by(way));
    expectDone(step);
    expect(messages(step, 'warning')).toEqual([
      expect.stringMatching(/is complete; its retention failed.*AuthorizationFailure/s),
    ]);
    expect(step.outputs['deleted_backups']).toBeUndefined();
    expect(await backups.list()).toHaveLength(before.length + 1);
    await backups.remove(step.outputs['backup_file_name'] ?? '');
  });

  test('a cancel in the midst of it says that the backup is complete', async () => {
    const reached = Promise.withResolvers<void>();
    await using way = await startFaults(world, (passing) => {
      if (!isDeletion(passing)) return 'pass';
      reached.resolve();
      return { silent: 'before' };
    });
    const running = await jobs.start(
      { job_to_run: 'backup', db_name: database },
      {
        inputs: { ...way.inputs, storage_container_name: backups.container, ...rules },
        environment: way.environment,
      },
    );
    await reached.promise;
    running.cancel();
    const step = await running.done;
    expect(onlyError(step)).toMatch(
      /\nBackup "[^"]+" is complete\. Its retention was ended: the log has a line for each backup that was deleted\.$/,
    );
    expect(step.log).toMatch(/^Whether "[^"]+" was deleted is not known: the job was ended$/m);
    const made = (await backups.list()).filter(
      (name) => !names(older).includes(name) && name.startsWith(`${database}_backup_2`),
    );
    expect(made).toHaveLength(1);
    await backups.remove(made[0] ?? '');
  });

  test('what the rules let go of goes, of the names that the server had too, and the new one stays', async () => {
    const step = await backup({});
    expectDone(step);
    const name = step.outputs['backup_file_name'] ?? '';
    expect(messages(step, 'warning')).toEqual([]);
    expect(deletedBy(step)).toEqual(names(go));
    expect((await backups.list()).toSorted()).toEqual(
      [
        name,
        ...names(older.filter((one) => !go.includes(one))),
        ...names(nights(3, { database: `${database}_backup` })),
      ].toSorted(),
    );
    expect(step.summary).toMatch(
      /\*\*Retention\.\*\* 5 deleted, 4 stay · rules: last 3\n\n<details><summary>5 backups deleted<\/summary>/,
    );
    expect(step.log).toMatch(/; deleted 5 backups by the retention, kept 4$/m);
    steps.set('backup', step);
  });
});

const browser = await findBrowser();

describe('each page', () => {
  test('is made of nothing but our own Markdown', () => {
    expect(steps.size).toBeGreaterThan(8);
    for (const [title, { summary }] of steps) {
      const html = htmlOf(summary);
      expect(strangersIn(html), title).toEqual([]);
      expect(html.match(/<h3>/g), title).toHaveLength(1);
      expect(html, title).not.toMatch(/<th[^>]*><\/th>/);
    }
  });

  test.skipIf(!browser)(
    `fits its window${browser ? '' : ' (left out: there is no Chromium on this machine)'}`,
    async () => {
      const folder = await makeTemporaryFolder('prune-pages');
      if (pictures) await mkdir(pictures, { recursive: true });
      for (const [title, { summary }] of steps) {
        const html = await pageOf(title, summary);
        const { overflow } = await layoutOf(browser ?? '', folder.path, html, [1012, 500]);
        expect(overflow, title).toEqual([0, 0]);
        if (!pictures) continue;
        await writeFile(join(pictures, `${title}.md`), summary);
        await takePicture(browser ?? '', folder.path, html, join(pictures, `${title}.png`), {
          width: 1060,
          height: 1100,
        });
      }
      await folder.remove();
    },
  );
});
