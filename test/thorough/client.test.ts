import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Jobs, jobsOn, messages, onlyError, until } from '../support/jobs.ts';
import { makeTemporaryFolder } from '../support/machine/temporary-folder.ts';
import { type InstalledClient, installedClients } from '../support/postgres/clients.ts';
import type { RunningStep } from '../support/runner/runner.ts';
import { startWorld, type World } from '../support/world.ts';

/**
 * Which client is used, and how a missing one is installed. The machine must not be changed by a test, and a client
 * that no machine has is needed: so the archive claims to be from PostgreSQL 99, and the PATH has an apt-get and a sudo
 * of our own, which write down how they are called.
 */
let world: World;
let jobs: Jobs;
let real: InstalledClient;
let database: string;
let fromTheFuture: Buffer;
let folder: Awaited<ReturnType<typeof makeTemporaryFolder>>;
beforeAll(async () => {
  world = await startWorld({ servers: [15] });
  jobs = jobsOn(world, 15);
  const client = (await installedClients()).find(({ major }) => major >= 15);
  if (!client) throw new Error('The tests need a PostgreSQL client 15 or newer');
  real = client;
  database = await jobs.createDatabase({ sql: 'CREATE TABLE note AS SELECT 42 AS answer' });
  const backup = await jobs.backup(database);
  const archive = await world.backups.read(backup.outputs['backup_file_name'] ?? '');
  fromTheFuture = claimToBeWrittenBy(99, archive);
});
beforeEach(async () => {
  folder = await makeTemporaryFolder('client');
  return folder.remove;
});
afterAll(() => world.stop());

/** Changes the versions of pg_dump and of the format in an archive's header, and nothing else. */
function claimToBeWrittenBy(major: number, archive: Buffer): Buffer {
  // Up to format 1.14, four bytes and a sign tell of the compression where later there is one byte.
  const cut = archive.readUInt8(6) <= 14 ? 5 : 1;
  const changed = Buffer.concat([archive.subarray(0, 11), Buffer.of(1), archive.subarray(11 + cut)]);
  const versions = [
    ...changed
      .subarray(0, 200)
      .toString('latin1')
      .matchAll(/\d\d\.\d+( \(|\0)/g),
  ];
  const last = versions.at(-1);
  if (!last) throw new Error('The header has no version');
  changed.write(String(major), last.index, 'latin1');
  changed.writeUInt8(99, 6); // the format's minor version, which only pg_restore 99 can know
  return changed;
}

async function program(name: string, script: string, place = 'bin'): Promise<void> {
  const file = path.join(folder.path, place, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/bash\n${script}\n`);
  await chmod(file, 0o755);
}

/** A PATH with our own programs first, and with what shell scripts need behind them. */
function withOwnPrograms(): { environment: Record<string, string> } {
  return { environment: { PATH: `${path.join(folder.path, 'bin')}:/usr/bin:/bin` } };
}

const writeDown = 'echo "$(basename "$0") $*" >> "$(dirname "$0")/../calls"';

async function restoreFromTheFuture(): Promise<Awaited<ReturnType<Jobs['restore']>>> {
  await world.backups.put('future.dump', fromTheFuture);
  return jobs.restore(database, 'future.dump', withOwnPrograms());
}

describe('a client that the machine lacks', () => {
  test('is installed with apt, then used', async () => {
    // What apt installs calls itself 99, and is the real client, which is given the archive as it really is.
    const archive = path.join(folder.path, 'real.dump');
    const backup = (await world.backups.list()).find((name) => name.startsWith(database)) ?? '';
    await writeFile(archive, await world.backups.read(backup));
    const version = (name: string): string =>
      `[ "$1" = --version ] && echo "${name} (PostgreSQL) 99.1" && exit`;
    await program('psql', `${version('psql')}; exec "${real.psql}" "$@"`, 'package');
    await program('pg_dump', version('pg_dump'), 'package');
    await program(
      'pg_restore',
      `${version('pg_restore')}; exec "${real.pg_restore}" "\${@:1:$#-1}" "${archive}"`,
      'package',
    );
    await program('sudo', `${writeDown}; shift; exec "$@"`);
    await program('apt-cache', 'exit 0');
    await program(
      'apt-get',
      `${writeDown}; case "$*" in *--config-file*) exit 0;; esac; cd "$(dirname "$0")"
       case "$*" in *update) ;; *postgresql-client-99) mv ../package/* . ;; *) exit 100 ;; esac`,
    );
    const restore = await restoreFromTheFuture();
    expect(restore.exitCode, restore.log).toBe(0);
    expect(restore.log).toContain(
      'using psql, pg_dump and pg_restore 99.1 (the oldest that reads this backup)',
    );
    expect(await jobs.query(database, 'SELECT answer FROM note')).toEqual([{ answer: 42 }]);
    const calls = (await readFile(path.join(folder.path, 'calls'), 'utf8')).trim().split('\n');
    // First with a configuration of our own, without root; then as the machine's package manager.
    const [own, machines] = [
      calls.filter((call) => call.includes('--config-file')),
      calls.filter((call) => call.startsWith('apt-get') && !call.includes('--config-file')),
    ];
    expect(own).toEqual([expect.stringMatching(/^apt-get --config-file \S+ --quiet update$/)]);
    expect(machines).toEqual([
      expect.stringMatching(/^apt-get .* update$/),
      expect.stringMatching(/^apt-get .* install --yes --no-install-recommends postgresql-client-99$/),
    ]);
    expect(calls.some((call) => call.startsWith('sudo'))).toBe(process.getuid?.() !== 0);
    expect(restore.log).toContain(
      'Installing postgresql-client-99 from apt.postgresql.org failed: it has no PostgreSQL client',
    );
    expect(restore.log).toContain('Installed postgresql-client-99 with apt-get');
  });

  test('is refused with both versions if apt has none that is new enough, and nothing was changed', async () => {
    await program('sudo', `${writeDown}; shift; exec "$@"`);
    await program('apt-get', `${writeDown}; case "$*" in *client-99*) exit 100;; *) exit 0;; esac`);
    await program('apt-cache', 'exit 0');
    const restore = await restoreFromTheFuture();
    const message = onlyError(restore);
    const newest = (await installedClients()).at(-1);
    expect(message).toMatch(
      new RegExp(
        `server 15\\.\\d+ failed: it needs client 99 or newer\\. Found: .*\\b${newest?.major}\\.\\S+ \\(${newest?.folder}\\)\\n`,
      ),
    );
    expect(message).toContain(
      'Installing postgresql-client-99 from apt.postgresql.org failed: it has no PostgreSQL client\n',
    );
    expect(message).toContain(
      'Installing postgresql-client-99 with apt-get failed: it exited with status 100\n',
    );
    expect(message).toContain('\nsudo apt-get install --yes postgresql-client-99\n');
    expect(await jobs.query(database, 'SELECT answer FROM note')).toEqual([{ answer: 42 }]);
  });

  test.each([
    ['cancelled', ({ cancel }: RunningStep) => cancel()],
    ['killed', ({ child }: RunningStep) => void child.kill('SIGKILL')],
  ])(
    'is installed to the end where the step is %s meanwhile, which does not wait for it',
    async (how, end) => {
      await program('sudo', `shift; exec "$@"`);
      await program('apt-cache', 'exit 0');
      await program(
        'apt-get',
        `case "$*" in *client-99) echo begun > "$(dirname "$0")/../${how}"; sleep 4; seq 100000; seq 100000 >&2
        echo whole > "$(dirname "$0")/../${how}";; esac`,
      );
      await world.backups.put('future.dump', fromTheFuture);
      const order = { job_to_run: 'restore', db_name: database, backup_file_name: 'future.dump' };
      const running = await jobs.start(order, withOwnPrograms());
      const state = (): Promise<string> => readFile(path.join(folder.path, how), 'utf8').catch(() => '');
      await until('apt to install', async () => (await state()) === 'begun\n');
      const begun = performance.now();
      let took = Number.NaN;
      running.child.once('exit', () => {
        took = performance.now() - begun;
      });
      end(running);
      const restore = await running.done;
      expect(took).toBeLessThan(3_000);
      expect(await state()).toBe('whole\n');
      expect(restore.post).toMatchObject({
        exitCode: 0,
        log: 'Waiting for the package manager of this machine, which the step has started',
      });
      if (how === 'cancelled') expect(onlyError(restore)).toMatch(/cancelled \(SIGINT\)/);
      expect(restore.tempFilesLeft).toEqual([]);
    },
  );

  test("is refused in apt's own words if nothing can be installed", async () => {
    await program('sudo', `shift; exec "$@"`);
    await program('apt-get', 'echo "E: Could not get lock /var/lib/dpkg/lock-frontend" >&2; exit 100');
    const message = onlyError(await restoreFromTheFuture());
    expect(message).toContain(
      'Installing postgresql-client-99 with apt-get failed: E: Could not get lock /var/lib/dpkg/lock-frontend\n',
    );
  });
});

test("the client of the server's own major is used although the PATH has a newer one first", async () => {
  const newest = (await installedClients()).at(-1);
  await mkdir(path.join(folder.path, 'bin'));
  for (const name of ['psql', 'pg_dump', 'pg_restore'] as const) {
    await symlink(String(newest?.[name]), path.join(folder.path, 'bin', name));
  }
  const backup = await jobs.backup(database, withOwnPrograms());
  expect(backup.exitCode, backup.log).toBe(0);
  expect(backup.log).toMatch(new RegExp(`using psql, pg_dump and pg_restore ${real.major}\\.\\d+ \\(`));
});

test('a folder on the PATH that has only some of the programs, or broken ones, is passed over', async () => {
  await program('pg_dump', 'echo "pg_dump (PostgreSQL) 15.0"');
  await program('psql', 'exit 1');
  const backup = await jobs.backup(database, withOwnPrograms());
  expect(backup.exitCode, backup.log).toBe(0);
  expect(backup.log).toContain(` from ${path.dirname(real.pg_dump)}`);
});

describe('a client whose archives are of a format that the action does not know', () => {
  /** The real client, but for the header of its archives: in a newer version of the format, it has two bytes more. */
  async function newerFormat(written = 'cat'): Promise<void> {
    const version = (name: string): string =>
      `[ "$1" = --version ] && echo "${name} (PostgreSQL) ${real.major}.99" && exit`;
    const archive = await world.backups.read((await world.backups.list())[0] ?? '');
    const minor = archive.readUInt8(6).toString(8);
    await program('psql', `${version('psql')}; exec "${real.psql}" "$@"`);
    await program(
      'pg_dump',
      `${version('pg_dump')}; set -o pipefail
       [[ "$*" == *--format=custom* ]] || exec "${real.pg_dump}" "$@"
       "${real.pg_dump}" "$@" | { head -c 6; head -c 1 > /dev/null; printf '\\021\\377\\377'; cat; } | ${written}`,
    );
    await program(
      'pg_restore',
      `${version('pg_restore')}; set -o pipefail
       known() { head -c 6; head -c 3 > /dev/null; printf '\\${minor}'; cat; }
       echo "$*" >> "$(dirname "$0")/../calls"
       file="\${@: -1}"
       if [ -f "$file" ]; then
         known < "$file" > "$file.$$"
         "${real.pg_restore}" "\${@:1:$#-1}" "$file.$$"; status=$?
         rm "$file.$$"; exit $status
       fi
       [[ "$*" == *--help* || "$*" == *--version* ]] && exec "${real.pg_restore}" "$@"
       known | "${real.pg_restore}" "$@"`,
    );
  }
  const newerThanThis = /archive format .*is newer than this action/;

  test.each([
    { restore_strategy: 'swap', jobs: '1' },
    { restore_strategy: 'swap', jobs: '2' },
    { restore_strategy: 'drop', jobs: '2' },
  ])('backs up what it can restore, with %j', async (inputs) => {
    await newerFormat();
    const backup = await jobs.backup(database, withOwnPrograms());
    expect(backup.exitCode, backup.log).toBe(0);
    expect(backup.log).toMatch(newerThanThis);
    const name = backup.outputs['backup_file_name'] ?? '';
    expect((await world.backups.read(name)).readUInt8(6)).toBe(17);
    const calls = await readFile(path.join(folder.path, 'calls'), 'utf8');
    expect(calls.split('\n')).toContain('--file=/dev/null');

    await jobs.query(database, 'UPDATE note SET answer = 41');
    const restore = await jobs.restore(database, name, { ...withOwnPrograms(), inputs });
    expect(restore.exitCode, restore.log).toBe(0);
    expect(restore.log).toContain(`): database "${database}" as of `);
    expect(restore.log).toMatch(newerThanThis);
    expect(messages(restore, 'warning')).toEqual([]);
    expect(await jobs.query(database, 'SELECT answer FROM note')).toEqual([{ answer: 42 }]);
  });

  test('makes no backup of one that is cut short, though pg_dump ended well', async () => {
    await newerFormat('head -c 1000');
    const before = await world.backups.list();
    const backup = await jobs.backup(database, withOwnPrograms());
    expect(onlyError(backup)).toMatch(
      /the archive cannot be read by pg_restore \d+\.99: could not read from input file: end of file\nRun the backup again; if this repeats, please report it\./,
    );
    expect(await world.backups.list()).toEqual(before);
  });

  test('restores one that somebody else put there, of which nothing is recorded', async () => {
    await newerFormat();
    const backup = await jobs.backup(database, withOwnPrograms());
    await world.backups.put('bare.dump', await world.backups.read(backup.outputs['backup_file_name'] ?? ''));
    await jobs.query(database, 'UPDATE note SET answer = 41');
    const restore = await jobs.restore(database, 'bare.dump', withOwnPrograms());
    expect(restore.exitCode, restore.log).toBe(0);
    expect(restore.log).toContain('): database unknown, PostgreSQL unknown, pg_dump unknown');
    expect(
      messages(restore, 'warning').filter((text) => /^The backup (was made of|is from)/.test(text)),
    ).toEqual([]);
    expect(await jobs.query(database, 'SELECT answer FROM note')).toEqual([{ answer: 42 }]);
  });
});

describe('a client that is not the best one', () => {
  /** A machine with a client 100, where a backup needs 99 and nothing can be installed. */
  async function withNewerClient(): Promise<void> {
    const archive = path.join(folder.path, 'real.dump');
    const backup = (await world.backups.list()).find((name) => name.startsWith(database)) ?? '';
    await writeFile(archive, await world.backups.read(backup));
    const version = (name: string): string =>
      `[ "$1" = --version ] && echo "${name} (PostgreSQL) 100.1" && exit`;
    await program('psql', `${version('psql')}; exec "${real.psql}" "$@"`);
    await program('pg_dump', version('pg_dump'));
    await program(
      'pg_restore',
      `${version('pg_restore')}; exec "${real.pg_restore}" "\${@:1:$#-1}" "${archive}"`,
    );
    await program('sudo', `shift; exec "$@"`);
    await program('apt-get', 'echo "E: No network" >&2; exit 100');
  }

  test('is used, with a warning that says what was tried', async () => {
    await withNewerClient();
    const restore = await restoreFromTheFuture();
    expect(restore.exitCode, restore.log).toBe(0);
    expect(restore.log).toContain('100.1 (the nearest newer than 99 on this machine)');
    const [warning] = messages(restore, 'warning');
    expect(warning).toMatch(
      /^Client 100\.1 is used, since client 99 is not here and could not be installed\./,
    );
    expect(warning).toContain('apt-get update failed: E: No network');
    expect(warning).toContain('Installing postgresql-client-99 with apt-get failed: E: No network');
  });

  test('is not used where postgres_version insists on another', async () => {
    await withNewerClient();
    await world.backups.put('future.dump', fromTheFuture);
    const restore = await jobs.restore(database, 'future.dump', {
      ...withOwnPrograms(),
      inputs: { postgres_version: '99' },
    });
    expect(onlyError(restore)).toMatch(
      /^Looking for a PostgreSQL client for the server 15\.\d+ failed: it needs client 99, as postgres_version says\. Found: .*\b100\.1 /,
    );
    expect(await jobs.query(database, 'SELECT answer FROM note')).toEqual([{ answer: 42 }]);
  });
});

describe('a client that postgres_version insists on', () => {
  test('is refused before anything is changed if it cannot do the job', async () => {
    await world.backups.put('future.dump', fromTheFuture);
    const restore = await jobs.restore(database, 'future.dump', { inputs: { postgres_version: '15' } });
    expect(onlyError(restore)).toMatch(
      /^Choosing a client for the server 15\.\d+ failed: postgres_version must be 99 or newer, since an older pg_restore cannot read this backup; it is 15\n/,
    );
    const backup = await jobs.backup(database, { inputs: { postgres_version: '14' } });
    expect(onlyError(backup)).toMatch(
      /^Choosing a client for the server 15\.\d+ failed: postgres_version must be 15 or newer, since pg_dump refuses servers newer than itself; it is 14\n/,
    );
  });
});
