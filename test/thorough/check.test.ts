import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { escapeIdentifier, escapeLiteral } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusal, startFaults } from '../support/faults/start-faults.ts';
import { type Account, accountOf, type Extra, type Jobs, jobsOn } from '../support/jobs.ts';
import { makeClock } from '../support/machine/clock.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';
import { findBrowser, layoutOf, takePicture } from '../support/page/browser.ts';
import { htmlOf, pageOf, strangersIn } from '../support/page/rendered.ts';
import type { StepResult } from '../support/runner/runner.ts';
import { logsOf, placesOf } from '../support/runner/what-is-told.ts';
import { leaks } from '../support/secret-forms.ts';
import { pasteInto, statementsIn } from '../support/told-sql.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * What somebody runs first: all that is wrong with a set-up is told at once, and nothing is left of having looked. Set SUMMARIES to a folder
 * to get pictures of the pages, and the logs.
 */
const major = 15;
const browser = await findBrowser();
const pictures = process.env['SUMMARIES'];

let world: World;
let jobs: Jobs;
let folder: TemporaryFolder;
const steps = new Map<string, StepResult>();
/** What there is before the first check. */
let before: { databases: string[]; blobs: string[] };

beforeAll(async () => {
  [world, folder] = await Promise.all([startWorld({ servers: [major] }), makeTemporaryFolder('check')]);
  jobs = jobsOn(world, major);
  await jobs.createDatabase({
    name: 'shop',
    sql: 'CREATE TABLE note AS SELECT 1 AS id; CREATE EXTENSION hstore',
  });
  expect((await jobs.backup('shop')).exitCode).toBe(0);
  await world.backups.put('notes.txt', 'of somebody');
  await server().createDatabase(ledger);
  await server().query(ofSuperuser, { database: ledger });
  clerk = accountOf(world, await server().createRole(role, 'the secret of clerks', ''));
  before = await remains();
});
afterAll(async () => {
  await world.stop();
  await folder.remove();
});

const server = () => world.server(major);
const remains = async () => ({ databases: await jobs.databases(), blobs: await world.backups.list() });

async function check(title: string, database: string, extra: Extra = {}, by = jobs): Promise<StepResult> {
  const job = { job_to_run: 'check', db_name: database };
  const step = await (
    await by.start(job, { ...extra, inputs: { retry_timeout_seconds: '10', ...extra.inputs } })
  ).done;
  steps.set(title, step);
  return step;
}

/** A role, and the database that it is to back up, whose name has the role's in it, which GitHub does not mask then. */
const role = 'clerk "of" a|b';
const ledger = `books of ${role}`;
let clerk: Account;
const ofSuperuser = `
  CREATE TABLE "one|<b>two" (id int); CREATE TABLE open AS SELECT 1 AS id; CREATE TABLE guarded AS SELECT 1 AS id;
  CREATE SEQUENCE number; CREATE SCHEMA "in here"; CREATE TABLE "in here".inner (id int);
  SELECT lo_from_bytea(4711, 'x');
  GRANT SELECT ON open, guarded TO PUBLIC; ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;`;

/** The lines of the log about what was checked, by area and mark: `Restore ✗ New databases  The role …`. */
function reported(step: StepResult): string[] {
  const lines = logsOf(step).raw.split('\n');
  let area = '';
  return lines.flatMap((line) => {
    if (/^[A-Z][A-Za-z -]+$/.test(line)) area = line;
    const [, rest] = /^ {2}([✓✗!–] .*)$/.exec(line) ?? [];
    return rest === undefined ? [] : [`${area} ${rest.replace(/ {2,}/, ': ')}`];
  });
}

const marked = (step: StepResult, mark: string): string[] =>
  reported(step).filter((line) => line.includes(` ${mark} `));
const errorOf = ({ annotations }: StepResult): string[] =>
  annotations.filter(({ level }) => level === 'error').map(({ title, message }) => `${title}: ${message}`);

test('all passes, also if two look at once', async () => {
  const [step, other] = await Promise.all([check('passes', 'shop'), check('passes, too', 'shop')]);
  for (const one of [step, other]) {
    expect(one.exitCode, one.log).toBe(0);
    expect(marked(one, '✗')).toEqual([]);
    expect(one.annotations).toEqual([]);
    expect(one.log).toMatch(/^Ready for backup and restore: 2\d checks passed, 1 warning, 2 not checked$/m);
    expect(one.summary).toMatch(/^### ✅ Ready for backup and restore: `shop`\n/);
  }
  expect(reported(step)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(
        /^Server ✓ Connection: PostgreSQL 15\.\d+ on localhost:\d+, TLSv1\.3, certificate and name verified\.$/,
      ),
      expect.stringMatching(/^Backup ✓ Database: "shop" has [\d.]+ MB \(UTF8, /),
      expect.stringMatching(/^Restore ✓ Database to replace: Database "shop" will be replaced; /),
      expect.stringMatching(
        /^Storage ✓ List of backups: 1 backup of "shop" on "localhost", 1 file of another kind\. The latest: "shop_backup_\d{14}\.dump", /,
      ),
      'Storage ✓ Deleting: It was deleted.',
    ]),
  );
  expect(step.outputs).toEqual({ duration_seconds: expect.stringMatching(/^\d+\.\d$/) });
});

describe('a role that may do little', () => {
  test('is told all of it at once, with SQL that mends it', async () => {
    const own = jobsOn(world, major, clerk);
    await server().query('CREATE ROLE dba; ALTER SCHEMA public OWNER TO dba');
    const step = await check('a role that may do little', ledger, {}, own);
    expect(step.exitCode, step.log).toBe(1);
    expect(errorOf(step)).toEqual([
      expect.stringMatching(
        /^A backup and a restore would fail: 5 of \d\d checks did not pass: Backup, rights to read; Backup, row-level security; Restore, new databases; Restore, database to replace; Restore, schema public /,
      ),
    ]);
    expect(marked(step, '✗')).toEqual([
      `Backup ✗ Rights to read: The role ${JSON.stringify(role)} may not read 1 schema ("in here"), 2 tables ("in here"."inner", public."one|<b>two"), 1 sequence (public.number), 1 large object (4711).`,
      `Backup ✗ Row-level security: Policies hide rows of 1 table from the role ${JSON.stringify(role)}: "public.guarded".`,
      `Restore ✗ New databases: The role ${JSON.stringify(role)} may not create databases.`,
      `Restore ✗ Database to replace: The role ${JSON.stringify(role)} does not own database ${JSON.stringify(ledger)}.`,
      expect.stringContaining(
        'may not create in schema public of a new database on this server, which belongs to "dba", and the backup has objects there: TABLE "guarded"',
      ),
    ]);
    expect(marked(step, '✓').filter((line) => line.startsWith('Storage'))).toHaveLength(4);
    const told = statementsIn(step.summary);
    const grants = told.filter((line) => /^GRANT (USAGE|SELECT|"dba") /.test(line));
    expect(grants).toHaveLength(6);
    const change = told.filter((line) => /^ALTER (ROLE|DATABASE) /.test(line));
    expect(change).toHaveLength(2);
    const rootCert = world.caFile;
    await pasteInto(server(), [...grants, ...change], { database: ledger, rootCert });
    await server().query(`ALTER ROLE ${escapeIdentifier(role)} BYPASSRLS`);
    const again = await check('a role that may do enough', ledger, {}, own);
    await server().query('ALTER SCHEMA public OWNER TO pg_database_owner');
    expect(again.exitCode, again.log).toBe(0);
    expect(marked(again, '✗')).toEqual([]);
  });
});

describe('what does not pass keeps nothing else from being checked', () => {
  test('no secret in the vault', async () => {
    const inputs = { db_password_secret_name: 'nobody-knows' };
    const step = await check('no secret', 'shop', { inputs });
    expect(step.exitCode, step.log).toBe(1);
    expect(marked(step, '✗')).toEqual([
      expect.stringMatching(/^Key Vault ✗ Database credentials: .* was not found in this key vault\./),
    ]);
    expect(marked(step, '–').map((line) => line.split(':')[0])).toEqual([
      'Server – Connection',
      'Backup – Database and rights',
      'Restore – Database and rights',
    ]);
    expect(marked(step, '✓').filter((line) => line.startsWith('Storage'))).toHaveLength(4);
  });

  test('another password', async () => {
    world.vault.secrets.set('old-password', { value: 'of last year' });
    const step = await check('another password', 'shop', {
      inputs: { db_password_secret_name: 'old-password' },
    });
    expect(marked(step, '✗')).toEqual([
      expect.stringMatching(/^Server ✗ Connection: .*password authentication failed for user/),
    ]);
    expect(step.summary).toContain('If the password was changed, update secret `"old-password"`');
  });

  test('no container', async () => {
    const step = await check('no container', 'shop', { inputs: { storage_container_name: 'not-there' } });
    expect(step.exitCode, step.log).toBe(1);
    expect(marked(step, '✗')).toEqual([
      expect.stringMatching(/^Storage ✗ Writing: .*The specified container does not exist/),
      expect.stringMatching(/^Storage ✗ List of backups: .*The specified container does not exist/),
    ]);
    expect(marked(step, '✓').filter((line) => /^(Backup|Restore)/.test(line)).length).toBeGreaterThan(8);
    expect(step.summary.match(/the container has to exist in this account/g)).toHaveLength(1);
  });

  test('no server', async () => {
    const step = await check('no server', 'shop', { inputs: { db_port: '1' } });
    expect(step.exitCode, step.log).toBe(1);
    expect(marked(step, '✗')).toEqual([expect.stringMatching(/^Server ✗ Connection: .*refused/i)]);
    expect(marked(step, '✓').filter((line) => line.startsWith('Storage'))).toHaveLength(4);
  });

  test('no sign-in', async () => {
    const step = await check('no sign-in', 'shop', { inputs: { azure_client_id: randomUUID() } });
    expect(step.exitCode, step.log).toBe(1);
    expect(marked(step, '✗')).toEqual([
      expect.stringMatching(/^Azure sign-in ✗ GitHub OIDC: .*AADSTS700016/),
    ]);
    expect(marked(step, '–')).toHaveLength(5);
  });
});

test('a database that does not exist yet is made by a restore, and cannot be backed up', async () => {
  const step = await check('no database', 'shopp');
  expect(step.exitCode, step.log).toBe(1);
  expect(errorOf(step)).toEqual([
    expect.stringMatching(/^A backup would fail: 1 of \d+ checks did not pass: Backup, database/),
  ]);
  expect(marked(step, '✗')).toEqual([
    expect.stringMatching(/^Backup ✗ Database: .*database "shopp" does not exist/),
  ]);
  expect(step.summary).toContain('This server has `"shop"`');
  expect(reported(step)).toContain(
    'Restore ✓ Database to replace: Database "shopp" does not exist on the server; it will be created.',
  );
});

test('a probe that cannot be deleted is a warning, and is named', async () => {
  const noRight = refusal('blob', 403, 'AuthorizationPermissionMismatch', 'This request is not authorized.');
  await using faults = await startFaults(world, ({ method }) => (method === 'DELETE' ? noRight : 'pass'));
  const { inputs, environment } = faults;
  const step = await check('no right to delete', 'shop', { inputs, environment });
  expect(step.exitCode, step.log).toBe(0);
  const [left = ''] = (await world.backups.list()).filter((name) => !before.blobs.includes(name));
  expect(marked(step, '!')).toContainEqual(
    expect.stringMatching(/^Storage ! Deleting: .*AuthorizationPermissionMismatch/),
  );
  expect(step.summary).toContain(`The probe file \`${JSON.stringify(left)}\` is left`);
  await world.backups.remove(left);
});

test('a list that cannot be had is a warning, since a backup does without it', async () => {
  const noRight = refusal('blob', 403, 'AuthorizationPermissionMismatch', 'This request is not authorized.');
  await using faults = await startFaults(world, ({ kind }) => (kind === 'blob list' ? noRight : 'pass'));
  const { inputs, environment } = faults;
  const step = await check('no right to list', 'shop', { inputs, environment });
  expect(step.exitCode, step.log).toBe(0);
  expect(marked(step, '✗')).toEqual([]);
  expect(marked(step, '!')).toContainEqual(
    expect.stringMatching(/^Storage ! List of backups: .*AuthorizationPermissionMismatch/),
  );
  expect(step.summary).toContain('A backup, and a restore by the name of a file, do without it;');
  const made = await jobs.backup('shop', { inputs, environment });
  expect(made.exitCode, made.log).toBe(0);
  await world.backups.remove(made.outputs['backup_file_name'] ?? '');
});

test('a clock that is wrong is a warning', async () => {
  await using clock = await makeClock();
  clock.go(2 * 60 * 60_000);
  const step = await check('clock ahead', 'shop', { environment: clock.environment });
  expect(step.exitCode, step.log).toBe(0);
  expect(step.summary).toContain('⚠️ Storage, clock.** Set the clock of the machine, by NTP for example: a');
  expect(marked(step, '!')).toContainEqual(
    expect.stringMatching(
      /^Storage ! Clock: The clock of this machine is 2 h ahead of that of the storage account \(/,
    ),
  );
});

describe('a container with a legal hold', () => {
  const isHeld = { answer: { status: 200, headers: { 'x-ms-has-legal-hold': 'true' } } };

  test('gets no file, and the verdict says what was not tried', async () => {
    await using faults = await startFaults(world, ({ kind }) =>
      kind === 'blob GET container' ? isHeld : 'pass',
    );
    const { environment } = faults;
    const step = await check('a legal hold', 'shop', {
      inputs: { ...faults.inputs, access_tier: 'cool' },
      environment,
    });
    expect(step.exitCode, step.log).toBe(0);
    expect(step.summary).toMatch(
      /^### ✅ Ready for backup and restore: `shop`; reading a file and access tier cool were not tried\n/,
    );
    expect(marked(step, '✓')).toContainEqual(expect.stringMatching(/^Storage ✓ Writing: A block was staged/));
    expect(await world.backups.list()).toEqual(before.blobs);
    const staged = await world.backups.listUncommitted();
    expect(staged).toEqual([expect.stringContaining('.postgres-azure-backup-probe-')]);
    for (const name of staged) {
      await world.backups.put(name, '');
      await world.backups.remove(name);
    }
  });

  test('whose list cannot be had stops no backup', async () => {
    const noRight = refusal(
      'blob',
      403,
      'AuthorizationPermissionMismatch',
      'This request is not authorized.',
    );
    await using faults = await startFaults(world, ({ kind }) => {
      if (kind === 'blob GET container') return isHeld;
      return kind === 'blob list' ? noRight : 'pass';
    });
    const { inputs, environment } = faults;
    const step = await check('a legal hold, and no list', 'shop', { inputs, environment });
    expect(step.exitCode, step.log).toBe(0);
    expect(marked(step, '!')).toContainEqual(expect.stringMatching(/^Storage ! List of backups: /));
    for (const name of await world.backups.listUncommitted()) {
      await world.backups.put(name, '');
      await world.backups.remove(name);
    }
  });

  test('does not hide that nothing may be written', async () => {
    const noRight = refusal(
      'blob',
      403,
      'AuthorizationPermissionMismatch',
      'This request is not authorized.',
    );
    await using faults = await startFaults(world, ({ endpoint, kind, method }) => {
      if (kind === 'blob GET container') return isHeld;
      return endpoint === 'blob' && method === 'PUT' ? noRight : 'pass';
    });
    const { inputs, environment } = faults;
    const step = await check('a legal hold, and no right to write', 'shop', { inputs, environment });
    expect(step.exitCode, step.log).toBe(1);
    expect(errorOf(step)).toEqual([
      expect.stringMatching(/^A backup would fail: 1 of \d+ checks did not pass: Storage, writing/),
    ]);
  });
});

test('options are tried', async () => {
  const wrong = await check('wrong options', 'shop', {
    inputs: {
      ...{ pg_dump_options: '--nonsense', pg_restore_options: '--role=nobody' },
      ...{ compression: 'gzip:9', restore_strategy: 'drop', access_tier: 'cool' },
    },
  });
  expect(marked(wrong, '✗')).toEqual([
    expect.stringMatching(/^Backup ✗ pg_dump_options: .*"--nonsense" is not an option of it/),
    expect.stringMatching(
      /^Restore ✗ pg_restore_options: pg_restore_options name the role "nobody", which this server does not have/,
    ),
  ]);
  expect(marked(wrong, '✓')).toContainEqual(
    expect.stringMatching(/^Restore ✓ Room: The runner's disk has .* free/),
  );
});

test('what options leave out is not missed, and much is granted as a whole', async () => {
  const sql = 'CREATE SCHEMA closed; GRANT USAGE ON SCHEMA closed TO PUBLIC';
  const tables =
    "DO $$BEGIN FOR i IN 1..101 LOOP EXECUTE format('CREATE TABLE closed.t%s ()', i); END LOOP; END$$";
  await server().query(`${sql}; ${tables}`, { database: ledger });
  const inputs = { pg_dump_options: '--exclude-schema=closed' };
  const step = await check('a part', ledger, { inputs }, jobsOn(world, major, clerk));
  expect(step.exitCode, step.log).toBe(0);
  expect(marked(step, '!')).toContainEqual(
    expect.stringMatching(
      /^Backup ! Rights to read: .* 101 tables \(closed\.t1, .*unless pg_dump_options leave them out/,
    ),
  );
  expect(marked(step, '✓')).toContainEqual(
    'Backup ✓ Trial of pg_dump: It read all definitions, and no rows.',
  );
  await pasteInto(server(), statementsIn(step.summary), { rootCert: world.caFile });
  const asked = `SELECT count(*)::int FROM pg_class WHERE relnamespace = 'closed'::regnamespace AND has_table_privilege($1, oid, 'SELECT')`;
  expect(await server().query(asked.replace('$1', escapeLiteral(role)), { database: ledger })).toEqual([
    { count: 101 },
  ]);
});

describe('of all of these', () => {
  test('nothing is left', async () => {
    expect(await remains()).toEqual(before);
    expect(await world.backups.listUncommitted()).toEqual([]);
    for (const [title, { tempFilesLeft, workspaceLeft }] of steps)
      expect([...tempFilesLeft, ...workspaceLeft], title).toEqual([]);
  });

  test('no secret is shown', () => {
    const secrets = { 'the password': world.login.password, "the clerk's": clerk.password };
    for (const [title, step] of steps) expect(leaks(secrets, placesOf(step)), title).toEqual([]);
  });

  test('no name is Markdown or HTML on the page', () => {
    for (const [title, { summary }] of steps) expect(strangersIn(htmlOf(summary)), title).toEqual([]);
  });

  test.skipIf(browser === undefined)('the page has room in a browser', { timeout: 120_000 }, async () => {
    if (pictures) await mkdir(pictures, { recursive: true });
    for (const [title, { summary, log }] of steps) {
      if (!pictures && !/passes$|little/.test(title)) continue;
      const html = await pageOf(title, summary);
      const { overflow } = await layoutOf(browser ?? '', folder.path, html, [1012, 500]);
      expect(overflow, title).toEqual([0, 0]);
      if (!pictures) continue;
      const size = { width: 1060, height: 1500 };
      await takePicture(browser ?? '', folder.path, html, join(pictures, `${title}.png`), size);
      await writeFile(join(pictures, `${title}.log`), log);
      await writeFile(join(pictures, `${title}.md`), summary);
    }
  });
});
