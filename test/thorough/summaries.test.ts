import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProgram, titleFor } from '../support/command-line/real-programs.ts';
import { accountOf, type Jobs, jobsOn, until } from '../support/jobs.ts';
import { ownPrograms } from '../support/machine/own-programs.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';
import { findBrowser, layoutOf, takePicture } from '../support/page/browser.ts';
import { htmlOf, pageOf, strangersIn } from '../support/page/rendered.ts';
import type { StepResult } from '../support/runner/runner.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * What people see on the page of a run: the summaries of real steps, rendered as GitHub renders them. Set SUMMARIES to a folder to get
 * pictures of them.
 */
const browser = await findBrowser();
const gh = await findProgram('gh');
const pictures = process.env['SUMMARIES'];

let world: World;
let jobs: Jobs;
let folder: TemporaryFolder;
const steps = new Map<string, StepResult>();

/** In Markdown, HTML, a workflow command and a table, each of these would be something. */
const hostile = '**a** [b](//c) <img src=x> `d|e` @f #1 :tada: ::error::g "';
const hostileRole = '<b>h</b>\n# i\n::error::g\n| j |';

beforeAll(async () => {
  folder = await makeTemporaryFolder('summaries');
  world = await startWorld({ servers: [15] });
  jobs = jobsOn(world, 15);
  await server().createRole('reporting', 'secret');
  await server().createRole(hostileRole, 'secret');
  await jobs.createDatabase({ name: 'moodle_d01', sql: content });
  await jobs.createDatabase({ name: hostile, sql: content });
  for (const database of ['moodle_d01', hostile]) {
    const others = `GRANT SELECT ON ALL TABLES IN SCHEMA public TO reporting, ${quotedName(hostileRole)}`;
    await jobs.query(database, others);
    await server().query(ofSuperuser(database), { database });
  }
});
afterAll(async () => {
  await world.stop();
  await folder.remove();
});

const server = () => world.server(15);
const quotedName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const content = `
  CREATE TABLE mdl_user AS SELECT g AS id, md5(g::text) AS name FROM generate_series(1, 60) AS g;
  CREATE TABLE mdl_grade AS SELECT g AS id, g % 100 AS grade FROM generate_series(1, 2000) AS g;
  CREATE TABLE mdl_log AS SELECT g AS id, repeat(md5(g::text), 3) AS line FROM generate_series(1, 20000) AS g;`;

/** What the restoring role can neither restore nor set. */
const ofSuperuser = (database: string): string => `
  CREATE PUBLICATION everything FOR ALL TABLES;
  CREATE PUBLICATION "*k*\n::error::g" FOR ALL TABLES;
  CREATE FUNCTION audit() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
  CREATE EVENT TRIGGER audit ON ddl_command_end EXECUTE FUNCTION audit();
  ALTER DATABASE ${quotedName(database)} SET log_min_duration_statement = '1s';`;

const onGitHub = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'acme/moodle',
  GITHUB_RUN_ID: '42',
};
const portal = {
  azure_subscription_id: 'b1c2d3e4-0000-4000-8000-a1b2c3d4e5f6',
  storage_resource_group: 'rg-backups',
};

async function backup(title: string, database: string): Promise<string> {
  const step = await jobs.backup(database, { environment: onGitHub, inputs: portal });
  steps.set(title, step);
  return step.outputs['backup_file_name'] ?? '';
}

async function restore(
  title: string,
  database: string,
  name: string,
  inputs: Record<string, string> = {},
): Promise<StepResult> {
  const step = await jobs.restore(database, name, {
    environment: onGitHub,
    inputs: { ...portal, ...inputs },
  });
  steps.set(title, step);
  return step;
}

/** The backup of a database whose index calls a function that does something else in a restore. */
async function trap(database: string, sql: string): Promise<string> {
  const body = (inside: string): string =>
    `CREATE OR REPLACE FUNCTION trap(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$BEGIN ${inside} RETURN $1; END$$`;
  await jobs.createDatabase({
    name: database,
    sql: `${body('')}; CREATE TABLE item AS SELECT 1 AS id; CREATE INDEX slow ON item (trap(id)); ${body(sql)}`,
  });
  return (await jobs.backup(database)).outputs['backup_file_name'] ?? '';
}

describe.each(['moodle_d01', hostile])('of %j', (database) => {
  const of = (what: string): string => (database === hostile ? `${what}, hostile` : what);
  let name: string;

  test('a backup, the second one', async () => {
    await backup(of('backup, the first'), database);
    name = await backup(of('backup'), database);
    const { summary } = steps.get(of('backup')) ?? { summary: '' };
    expect(summary).toMatch(/^### ✅ .* backed up\n/s);
    expect(summary).toMatch(/ · database [\d.]+ MB, 3 tables, about 22,060 rows · PostgreSQL 15\.\d+ · /);
    expect(summary).toMatch(
      /\| Backup \| Size \| Taken \| Run \|\n.*just now \| \[#17\].*\n.*(?: ago|just now) \| \[#17\]/s,
    );
    expect(summary).toContain('](https://portal.azure.com/#view/');
    expect(summary).toContain('gh workflow run manual-db-backup-restore.yml -R acme/moodle ');
  });

  test('a restore that leaves things to do', async () => {
    const step = await restore(of('restore'), database, name);
    expect(step.exitCode, step.log).toBe(0);
    expect(step.summary).toMatch(/^### ✅ .* restored, 2 things left to do\n/s);
    expect(step.summary).toMatch(/3 tables, 22,060 rows · SHA-256 verified · /);
    expect(step.summary).toMatch(/\*\*1\..*\*\*2\./s);
    expect(step.summary).toMatch(/\*\*Not restored:\*\* .*everything/s);
  });

  test('a kept old database', async () => {
    const step = await restore(of('kept'), database, name, { keep_previous: 'true' });
    expect(step.exitCode, step.log).toBe(0);
    expect(step.summary).toMatch(/\*\*Undo\..*ALTER DATABASE .*DROP DATABASE /s);
  });

  test('a practice restore', async () => {
    const step = await restore(of('practice'), `${database.slice(0, 50)}_try`, name);
    expect(step.exitCode, step.log).toBe(0);
    expect(step.summary).toMatch(/\*\*Note\.\*\* The backup was made of database .*; this restore is of /);
  });

  test('a backup that is not there', async () => {
    const step = await restore(of('no such backup'), database, `${name}x`);
    expect(step.summary).toMatch(/^### ❌ Restore failed: .* was not touched by this restore\n/s);
  });

  test('a restore with something in the way', async () => {
    const session = await server().connect({ database });
    await session.query(`BEGIN; SELECT 1; PREPARE TRANSACTION 'in the way'`);
    const step = await restore(of('in the way'), database, name);
    await session.query(`ROLLBACK PREPARED 'in the way'`);
    await session.end();
    expect(step.summary).toMatch(/^### ❌ Restore failed: .* was not touched by this restore\n/s);
  });
});

test('a secret that is missing', async () => {
  await restore('no secret', 'moodle_d01', 'x.dump', { db_user_secret_name: 'nowhere' });
  expect(steps.get('no secret')?.summary).toMatch(
    /^### ❌ Restore failed: `moodle_d01` was not touched by this restore\n/,
  );
});

test('a password that the server refuses', async () => {
  const { inputs } = accountOf(world, { user: 'backup_admin', password: 'wrong' });
  const step = await jobs.backup('moodle_d01', { environment: onGitHub, inputs });
  steps.set('refused', step);
  expect(step.summary).toMatch(/^### ❌ Backup failed\n/);
});

test('wrong inputs', async () => {
  const step = await jobs.backup('moodle_d01', { inputs: { db_port: 'x', compression: hostile } });
  steps.set('wrong inputs', step);
  expect(step.summary).toMatch(/^### ❌ 2 invalid inputs; nothing was changed\n/);
});

test('a restore that has dropped the old database, and failed', async () => {
  const name = await trap('shop', "RAISE EXCEPTION 'no <b>good</b>' USING HINT = '# look';");
  const step = await restore('incomplete', 'shop', name, { restore_strategy: 'drop' });
  expect(step.summary).toMatch(/^### ❌ Restore failed: `shop` is incomplete, keep applications out\n/);
  expect(step.summary).toMatch(
    /un the same restore again.*\n\n```sh\ngh run rerun 42 -R acme\/moodle --failed\n```/,
  );
});

test('a cancel', async () => {
  const name = await trap('slow', 'PERFORM pg_sleep(30);');
  const running = await jobs.start(
    { job_to_run: 'restore', db_name: 'slow', backup_file_name: name },
    { environment: onGitHub },
  );
  const building = "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX slow%'";
  await until('the index to be built', async () => (await jobs.query('postgres', building)).length > 0);
  running.cancel();
  const step = await running.done;
  steps.set('cancel', step);
  expect(step.summary).toMatch(/^### 🚫 Restore cancelled: `slow` was not changed\n/);
  expect(step.summary).not.toContain('failed');
});

describe('each of them, on the page', () => {
  test('is made of nothing but our own Markdown: what a name has of it has no effect', () => {
    expect(steps.size).toBeGreaterThanOrEqual(19);
    for (const [title, { summary }] of steps) {
      const html = htmlOf(summary);
      expect(strangersIn(html), title).toEqual([]);
      expect(html, title).toMatch(/^<h3>/);
      expect(html.match(/<h3>/g), title).toHaveLength(1);
      expect(html, title).not.toMatch(/<th[^>]*><\/th>|\b0 %/); // no empty header, and no share of nothing
    }
  });

  test('and no name of a database is a command to the runner', () => {
    for (const [title, { annotations }] of steps)
      expect(
        annotations.filter(({ message }) => message === 'g'),
        title,
      ).toEqual([]);
  });

  test.skipIf(!gh)(titleFor('has a command that gh reads, as bash hands it over', 'gh', gh), async () => {
    const commands = Array.from(steps.values()).flatMap(
      ({ summary }) => /```sh\n(gh (?:workflow run|run rerun) .*)\n```/.exec(summary)?.[1] ?? [],
    );
    expect(commands.length).toBeGreaterThanOrEqual(5);
    const { folder: bin, environment, add, remove } = await ownPrograms();
    await add('gh', `printf '%s\\0' "$@"`);
    const refusalOf = async (command: string): Promise<string | undefined> => {
      const { stdout } = await promisify(execFile)('bash', ['-c', command], { env: environment, cwd: bin });
      return gh?.refusal(stdout.split('\0').slice(0, -1), folder.path);
    };
    for (const command of commands) expect(await refusalOf(command), command).toBeUndefined();
    expect(await refusalOf(`${commands[0]} --nonsense`)).toContain('unknown flag');
    await remove();
  });

  test.skipIf(!browser)(
    `fits its window${browser ? '' : ' (left out: there is no Chromium on this machine)'}`,
    async () => {
      if (pictures) await mkdir(pictures, { recursive: true });
      for (const [title, { summary }] of steps) {
        const html = await pageOf(title, summary);
        const { overflow, elements } = await layoutOf(browser ?? '', folder.path, html, [1012, 500]);
        expect(overflow, title).toEqual([0, 0]);
        expect(elements).toBeGreaterThan(2);
        if (pictures) {
          const file = join(pictures, `${title}.png`);
          await takePicture(browser ?? '', folder.path, html, file, { width: 1060, height: 900 });
        }
      }
    },
  );
});
