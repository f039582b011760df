import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { escapeIdentifier, escapeLiteral } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Fault, type Passing, refusal, startFaults } from '../support/faults/start-faults.ts';
import { type Account, accountOf, type Jobs, jobsOn, onlyError, until } from '../support/jobs.ts';
import { startAnsweringServer } from '../support/postgres/answering-server.ts';
import { installedClients } from '../support/postgres/clients.ts';
import { titled } from '../support/postgres/describe-on.ts';
import type { StepResult } from '../support/runner/runner.ts';
import { startWorld, type World } from '../support/world.ts';

/* What becomes of a job whose server, or whose login, is another one for a while. */

let world: World;
beforeAll(async () => {
  world = await startWorld({ servers: [15] });
});
afterAll(() => world.stop());

const sample = `CREATE TABLE note (id int PRIMARY KEY, words text);
  INSERT INTO note SELECT g, repeat(md5(g::text), 4) FROM generate_series(1, 500) AS g;`;

/** Times that are a tenth of the usual ones. */
const shorter = { retry_timeout_seconds: '30' };

/** A role of its own with a database and a backup of it. */
interface Owner {
  account: Account;
  jobs: Jobs;
  database: string;
  backup: string;
  content: string;
  /** Gives the role another password, on the server and in the vault. */
  rotate(): Promise<void>;
}

async function makeOwner(): Promise<Owner> {
  const user = `owner_${randomBytes(4).toString('hex')}`;
  const server = world.server(15);
  const account = accountOf(world, await server.createRole(user, 'the first one', 'CREATEDB'));
  const jobs = jobsOn(world, 15, account);
  const database = await jobs.createDatabase({ sql: sample });
  const step = await jobs.backup(database);
  expect(step.exitCode, step.log).toBe(0);
  const content = await jobsOn(world, 15, accountOf(world, server.superuser)).text(database);
  return {
    ...{ account, jobs, database, content, backup: step.outputs['backup_file_name'] ?? '' },
    async rotate() {
      const password = `another one ${randomBytes(6).toString('hex')}`;
      await server.query(`ALTER ROLE ${escapeIdentifier(user)} PASSWORD ${escapeLiteral(password)}`);
      world.vault.secrets.set(account.inputs['db_password_secret_name'] ?? '', { value: password });
    },
  };
}

/** Does something when a line of the log is like this, once. */
function once(line: RegExp, work: () => unknown): (text: string) => void {
  let done = false;
  return (text) => {
    if (done || !line.test(text)) return;
    done = true;
    work();
  };
}

async function expectContent({ database, content }: Owner): Promise<void> {
  const superuser = accountOf(world, world.server(15).superuser);
  expect(await jobsOn(world, 15, superuser).text(database)).toBe(content);
}

describe('a password that is changed on the server and in the vault in the middle of a job', () => {
  const newPassword = /Connecting with the new password/g;

  /** Changes the password when a request to the account is on its way. */
  function atRequest(owner: Owner, is: (passing: Passing) => boolean): (passing: Passing) => Fault {
    let done = false;
    return (passing) => {
      if (done || !is(passing)) return 'pass';
      done = true;
      return { after: owner.rotate };
    };
  }

  test('of a backup, before pg_dump', async () => {
    const owner = await makeOwner();
    const decide = atRequest(owner, ({ kind }) => kind === 'blob head');
    await using faults = await startFaults(world, decide);
    const step = await owner.jobs.backup(owner.database, {
      ...faults,
      inputs: { ...faults.inputs, ...shorter },
    });
    expect(step.exitCode, step.log).toBe(0);
    expect(step.log.match(newPassword)).toHaveLength(1);
    const name = owner.account.inputs['db_password_secret_name'] ?? '';
    const reads = faults.seen.filter(
      ({ kind, url }) => kind === 'vault secret' && url.pathname.includes(`/${name}`),
    );
    expect(reads).toHaveLength(2);
    // Both passwords are hidden.
    const { value } = world.vault.secrets.get(name) ?? { value: '' };
    expect(step.masks).toEqual(expect.arrayContaining(['the first one', value]));
  });

  test.each([
    ['a file', { jobs: '2' }],
    ['a stream', { jobs: '1' }],
  ])('of a restore of %s, after its checks', async (_, inputs) => {
    const owner = await makeOwner();
    await owner.jobs.query(owner.database, 'DROP TABLE note');
    const step = await owner.jobs.restore(owner.database, owner.backup, {
      inputs: { ...shorter, ...inputs },
      onLine: once(/Restore into new database/, owner.rotate),
    });
    expect(step.exitCode, step.log).toBe(0);
    expect(step.log.match(newPassword)).toHaveLength(1);
    await expectContent(owner);
  });

  test('of a restore by drop, after its checks', async () => {
    const owner = await makeOwner();
    await owner.jobs.query(owner.database, 'DROP TABLE note');
    const step = await owner.jobs.restore(owner.database, owner.backup, {
      inputs: { ...shorter, restore_strategy: 'drop' },
      onLine: once(/Replace .* with an empty database/, owner.rotate),
    });
    expect(step.exitCode, step.log).toBe(0);
    expect(step.log.match(newPassword)).toHaveLength(1);
    await expectContent(owner);
  });

  test('of a restore, before the swap, and once more while the old database is removed', async () => {
    const owner = await makeOwner();
    await owner.jobs.query(owner.database, 'DROP TABLE note');
    const first = once(/Restored \d+ entr/, owner.rotate);
    const second = once(/is now the restored one/, owner.rotate);
    const step = await owner.jobs.restore(owner.database, owner.backup, {
      inputs: shorter,
      onLine: (line) => {
        first(line);
        second(line);
      },
    });
    expect(step.exitCode, step.log).toBe(0);
    expect(step.log.match(newPassword)?.length).toBeGreaterThanOrEqual(1);
    await expectContent(owner);
  });

  test('while pg_restore works with several sessions, which it cannot get over: the old database is as it was', async () => {
    const owner = await makeOwner();
    const slow = `CREATE FUNCTION slow(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.01); RETURN $1; END';
      CREATE INDEX ON note (slow(id));`;
    await owner.jobs.query(owner.database, slow);
    const backup = await owner.jobs.backup(owner.database);
    const superuser = accountOf(world, world.server(15).superuser);
    const content = await jobsOn(world, 15, superuser).text(owner.database);
    const running = await owner.jobs.start(
      {
        job_to_run: 'restore',
        db_name: owner.database,
        backup_file_name: backup.outputs['backup_file_name'] ?? '',
      },
      { inputs: { ...shorter, jobs: '2' } },
    );
    const builds = `SELECT 1 FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX%' AND usename = ${escapeLiteral(owner.account.user)} AND state = 'active'`;
    await until('the index to be built', async () => (await world.server(15).query(builds)).length > 0);
    await owner.rotate();
    const error = onlyError(await running.done);
    expect(error).toContain('The password was changed while pg_restore was working');
    expect(error).toContain(`Database "${owner.database}" was not changed.`);
    await expectContent({ ...owner, content });
  });

  test('on the server only: the vault is asked once more, and the job ends', async () => {
    const owner = await makeOwner();
    const name = owner.account.inputs['db_password_secret_name'] ?? '';
    const decide = atRequest(
      {
        ...owner,
        async rotate() {
          const before = world.vault.secrets.get(name) ?? { value: '' };
          await owner.rotate();
          world.vault.secrets.set(name, before);
        },
      },
      ({ kind }) => kind === 'blob head',
    );
    await using faults = await startFaults(world, decide);
    const step = await owner.jobs.backup(owner.database, {
      ...faults,
      inputs: { ...faults.inputs, ...shorter },
    });
    expect(onlyError(step)).toContain('password authentication failed');
    expect(step.log).toContain('It is the same password');
    const reads = faults.seen.filter(
      ({ kind, url }) => kind === 'vault secret' && url.pathname.includes(`/${name}`),
    );
    expect(reads).toHaveLength(2);
  });
});

describe('a server that lets nobody in for a while', () => {
  const trying = /Connecting to localhost:\d+: (.*?)\. Trying again in /g;
  const triedOn = (log: string): string[] => [...log.matchAll(trying)].map(([, why = '']) => why);

  test.each([
    ['57P03', 'the database system is starting up', 'backup'],
    ['57P03', 'das Datenbanksystem fährt herunter', 'restore'],
    ['53300', 'sorry, too many clients already', 'restore'],
  ])('at the beginning: %s, %s, %s', async (code, message, job) => {
    const owner = await makeOwner();
    const certificate = await world.authority.issue(['localhost']);
    await using answering = await startAnsweringServer({ certificate, refuse: () => ({ code, message }) });
    const decide = (earlier: number) => (earlier < 3 ? ({ instead: answering.port } as const) : 'pass');
    await using faults = await startFaults(world, () => 'pass', {
      tcp: { server: world.server(15), decide },
    });
    const { azure_db_host = '', db_port = '' } = faults.inputs;
    const extra = { inputs: { azure_db_host, db_port, ...shorter } };
    const step = await (job === 'backup'
      ? owner.jobs.backup(owner.database, extra)
      : owner.jobs.restore(owner.database, owner.backup, extra));
    expect(step.exitCode, step.log).toBe(0);
    expect(triedOn(step.log)).toEqual([message, message, message]);
  });

  test('before pg_dump, and pg_dump is started again', async () => {
    const owner = await makeOwner();
    const certificate = await world.authority.issue(['localhost']);
    const starting = { code: '57P03', message: 'the database system is in recovery mode' };
    await using answering = await startAnsweringServer({ certificate, refuse: () => starting });
    let refusing = 0;
    const decide = () => (refusing-- > 0 ? ({ instead: answering.port } as const) : 'pass');
    await using faults = await startFaults(
      world,
      ({ kind, earlier }) => {
        if (kind === 'blob head' && earlier === 0) refusing = 2;
        return 'pass';
      },
      { tcp: { server: world.server(15), decide } },
    );
    const step = await owner.jobs.backup(owner.database, {
      ...faults,
      inputs: { ...faults.inputs, ...shorter },
    });
    expect(step.exitCode, step.log).toBe(0);
    expect(triedOn(step.log)).toEqual([starting.message, starting.message]);
    const restored = await owner.jobs.restore(owner.database, step.outputs['backup_file_name'] ?? '');
    expect(restored.exitCode, restored.log).toBe(0);
    await expectContent(owner);
  });

  test.each([
    ['before the fill', /Restore into new database/],
    ['before the swap', /Restored \d+ entr/],
    ['before the old database is removed', /is now the restored one/],
  ])('in the middle of a restore, %s: new connections are refused for some seconds', async (_, line) => {
    const owner = await makeOwner();
    await owner.jobs.query(owner.database, 'DROP TABLE note');
    await using faults = await startFaults(world, () => 'pass', { tcp: { server: world.server(15) } });
    const { azure_db_host = '', db_port = '' } = faults.inputs;
    const away = async (): Promise<void> => {
      await faults.tcp?.down();
      await sleep(6_000); // longer than a server is waited for that never answered
      await faults.tcp?.up();
    };
    const step = await owner.jobs.restore(owner.database, owner.backup, {
      inputs: { azure_db_host, db_port, ...shorter },
      onLine: once(line, away),
    });
    expect(step.exitCode, step.log).toBe(0);
    expect(triedOn(step.log).length).toBeGreaterThan(2);
    expect(new Set(triedOn(step.log))).toEqual(new Set(['Connection refused']));
    await expectContent(owner);
  });

  test('for longer than it is waited for: the job ends with the state of the database', async () => {
    const owner = await makeOwner();
    await using faults = await startFaults(world, () => 'pass', { tcp: { server: world.server(15) } });
    const { azure_db_host = '', db_port = '' } = faults.inputs;
    const begun = performance.now();
    const step = await owner.jobs.restore(owner.database, owner.backup, {
      inputs: { azure_db_host, db_port, retry_timeout_seconds: '10' },
      onLine: once(/Restore into new database/, () => faults.tcp?.down()),
    });
    expect(onlyError(step)).toContain(`Database "${owner.database}" was not touched by this restore`);
    expect(performance.now() - begun).toBeLessThan(60_000);
    await expectContent(owner);
  });
});

/** What is missing for networks of a test's own, which a machine may not let anybody make. */
const cable = ['-rn', 'ip', 'link', 'add', 'name', 'here', 'type', 'veth'];
const lackOfNetworks = await promisify(execFile)('unshare', cable).then(
  () => undefined,
  () => 'needs the right to make networks of its own',
);

/** What comes of sessions with a server in a network of its own. */
async function overNetworks(mode: 'vanishes' | 'forgets'): Promise<string> {
  const script = path.join(import.meta.dirname, '..', 'support', 'machine', 'vanishing-peer.ts');
  const [client] = await installedClients();
  const args = ['-rn', process.execPath, script, client?.psql ?? '', mode];
  return (await promisify(execFile)('unshare', args, { timeout: 60_000 })).stdout;
}

describe('a server that is silent', () => {
  test.skipIf(lackOfNetworks !== undefined)(
    titled('and has vanished is given up after two minutes; here, four seconds', lackOfNetworks),
    async () => {
      const stdout = await overNetworks('vanishes');
      const { waited, asked } = JSON.parse(stdout) as { waited: number; asked: number };
      // One had sent nothing that was not received, the other had.
      expect(waited).toBeGreaterThan(1_000);
      expect(asked).toBeGreaterThan(1_000);
      expect(Math.max(waited, asked)).toBeLessThan(15_000);
    },
  );

  test.skipIf(lackOfNetworks !== undefined)(
    titled('because it works for long is heard over a way that forgets idle connections', lackOfNetworks),
    async () => {
      // The same question gets no answer without keep-alives.
      expect(JSON.parse(await overNetworks('forgets'))).toEqual({ kept: true, forgotten: true });
    },
  );

  test('because it works for long is asked by the system whether it is there, twice a minute', async () => {
    const owner = await makeOwner();
    const lock = await world.server(15).connect({ ...owner.account, database: owner.database });
    await lock.query('BEGIN; LOCK TABLE note');
    await using faults = await startFaults(world, () => 'pass', { tcp: { server: world.server(15) } });
    const { azure_db_host = '', db_port = '' } = faults.inputs;
    const running = await owner.jobs.start(
      { job_to_run: 'backup', db_name: owner.database },
      { inputs: { azure_db_host, db_port } },
    );
    const waits = `SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'note'::regclass`;
    await until('pg_dump to wait', async () => (await owner.jobs.query(owner.database, waits)).length > 0);
    const idle = /timer:\(keepalive,(?:[12]?\d(?:\.\d+)?sec|30sec|\d+ms),0\)/;
    await until('all connections to be idle, and watched', async () => {
      const asked = ['-tnoH', 'state', 'established', `dport = :${db_port}`];
      const sockets = (await promisify(execFile)('ss', asked)).stdout.trim().split('\n');
      return sockets.every((socket) => idle.test(socket));
    });
    await lock.end();
    const step = await running.done;
    expect(step.exitCode, step.log).toBe(0);
  });

  test('and takes no new connections either ends a backup, with one error', async () => {
    const owner = await makeOwner();
    const lock = await world.server(15).connect({ ...owner.account, database: owner.database });
    await lock.query('BEGIN; LOCK TABLE note');
    await using silent = await startAnsweringServer({ silent: true });
    let isSilent = false;
    const decide = () => (isSilent ? ({ instead: silent.port } as const) : 'pass');
    await using faults = await startFaults(world, () => 'pass', {
      tcp: { server: world.server(15), decide },
    });
    const { azure_db_host = '', db_port = '' } = faults.inputs;
    const running = await owner.jobs.start(
      { job_to_run: 'backup', db_name: owner.database },
      { inputs: { azure_db_host, db_port, retry_timeout_seconds: '10' } },
    );
    const waits = `SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'note'::regclass`;
    await until('pg_dump to wait', async () => (await owner.jobs.query(owner.database, waits)).length > 0);
    await sleep(12_000); // longer than a silence is borne, while others are answered
    isSilent = true;
    faults.tcp?.silence();
    const begun = performance.now();
    expect(onlyError(await running.done)).toMatch(/failed: the server has not answered for 1\d\.\d s/);
    expect(performance.now() - begun).toBeLessThan(30_000);
    await lock.end();
  });

  test('to the session of a restore ends it within a minute, with one error', async () => {
    const owner = await makeOwner();
    await using faults = await startFaults(world, () => 'pass', { tcp: { server: world.server(15) } });
    const { azure_db_host = '', db_port = '' } = faults.inputs;
    let begun = Number.NaN;
    const step = await owner.jobs.restore(owner.database, owner.backup, {
      inputs: { azure_db_host, db_port, ...shorter },
      onLine: once(/Restored \d+ entr/, () => {
        begun = performance.now();
        faults.tcp?.silence();
      }),
    });
    expect(onlyError(step)).toContain(`Database "${owner.database}" was not changed.`);
    expect(performance.now() - begun).toBeLessThan(90_000);
    await expectContent(owner);
  });
});

describe('Key Vault', () => {
  /** Where an answer is given 0.7 s, and a role that was just assigned 4 s. */
  const short = { retry_timeout_seconds: '10' };
  const secret = /Reading secret "[^"]+": (.*?)\. Trying again in /g;

  /** A backup in which the first requests for each secret meet with a fault. */
  async function backup(
    fault: (earlier: number) => Fault,
    count: number,
    inputs: Record<string, string>,
  ): Promise<{ step: StepResult; seconds: number; whys: string[] }> {
    const earlier = new Map<string, number>();
    await using faults = await startFaults(world, ({ kind, url }) => {
      if (kind !== 'vault secret') return 'pass';
      const before = earlier.get(url.pathname) ?? 0;
      earlier.set(url.pathname, before + 1);
      return before < count ? fault(before) : 'pass';
    });
    const jobs = jobsOn(world, 15);
    const database = await jobs.createDatabase({ sql: sample });
    const begun = performance.now();
    const step = await jobs.backup(database, { ...faults, inputs: { ...faults.inputs, ...inputs } });
    const whys = [...step.log.matchAll(secret)].map(([, why = '']) => why);
    return { step, whys, seconds: (performance.now() - begun) / 1000 };
  }

  const throttled = (headers = {}): Fault =>
    refusal('vault', 429, 'Throttled', 'Too many requests.', headers);
  test.each<[string, Fault, RegExp]>([
    ['silent before its answer', { silent: 'before' }, /did not answer in time/],
    ['silent in the head of its answer', { silent: 'headers' }, /did not answer in time/],
    ['silent in the body of its answer', { silent: 'body', after: 10 }, /did not answer in time/],
    ['resets connections', 'drop', /ended the connection/],
    ['resets connections in the body of its answer', { resetAfter: 10 }, /ended the connection/],
    ['throttles', throttled(), /HTTP 429/],
    ['throttles for a second', throttled({ 'retry-after': '1' }), /HTTP 429/],
    ['answers 500', refusal('vault', 500, 'InternalServerError', 'Sorry.'), /HTTP 500/],
    ['answers 503', refusal('vault', 503, 'ServiceUnavailable', 'Sorry.'), /HTTP 503/],
    ['does not know of a role yet', roleIsMissing(), /A role that was just assigned takes some minutes/],
  ])('that %s twice is asked again, and says so', async (_, fault, why) => {
    const { step, whys } = await backup(() => fault, 2, shorter);
    expect(step.exitCode, step.log).toBe(0);
    // On a machine that is busy, an answer may be late besides.
    expect(whys.filter((one) => why.test(one)).length).toBeGreaterThanOrEqual(4);
  });

  test.each<[string, Fault, number, string]>([
    ['silent', { silent: 'before' }, 14, 'did not answer in time'],
    ['throttling', throttled(), 13, 'Key Vault is throttling requests. Run the job again later.'],
    [
      'throttling for ten minutes',
      throttled({ 'retry-after': '600' }),
      4,
      'Run the job again in 10 min 00 s, as it asks.',
    ],
    [
      'out of order',
      refusal('vault', 503, 'ServiceUnavailable', 'Sorry.'),
      13,
      'Key Vault has a fault of its own.',
    ],
    ['ignorant of a role', roleIsMissing(), 8, 'Assign the role "Key Vault Secrets User"'],
    ['empty', { answer: { status: 200, body: '' } }, 4, 'something other than Azure answered'],
    [
      'an HTML page',
      { answer: { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' } },
      4,
      'an HTML page',
    ],
    [
      'behind a proxy that wants a login',
      { answer: { status: 407, body: '' } },
      4,
      'a proxy requires a login',
    ],
  ])('that stays %s ends the job in time', async (_, fault, most, told) => {
    const { step, seconds } = await backup(() => fault, 1000, short);
    expect(onlyError(step)).toContain(told);
    expect(seconds).toBeLessThan(most + 6); // besides what a job takes on a machine that is busy
  });

  function roleIsMissing(): Fault {
    const { answer } = refusal(
      'vault',
      403,
      'Forbidden',
      'Caller is not authorized to perform action on resource.',
    );
    return { answer };
  }
});
