import { execFileSync } from 'node:child_process';
import { chmod, chown, copyFile, cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { installPackages } from '../../src/postgres/client/install/install-packages.ts';
import { pgdgKey } from '../../src/postgres/client/install/pgdg-key.ts';
import { openRepository } from '../../src/postgres/client/install/repository.ts';
import { type Extra, type Jobs, jobsOn, messages, onlyError, until } from '../support/jobs.ts';
import {
  type MachineRepository,
  machineRepository,
  type RelayedRepository,
  relayRepository,
} from '../support/machine/apt-repository.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';
import { titled } from '../support/postgres/describe-on.ts';
import { hasPrograms, type PostgresMajor, serverUser } from '../support/postgres/postgres-programs.ts';
import { mayHideFolders } from '../support/runner/hidden-folders.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * A client is installed into the tool cache, for real: from the repository of this machine's own packages, by a user without any rights,
 * on a machine whose clients are out of sight.
 */

const repository = await machineRepository();
const user = await serverUser();
const major = ([14, 15, 16, 17, 18] as const).find(
  (one) => repository?.majors.includes(one) && hasPrograms(one),
);
const lack =
  user === undefined || !mayHideFolders()
    ? 'needs root, to hide the clients of this machine'
    : repository === undefined || major === undefined
      ? "needs apt, and a server of the version that this machine's repository has"
      : undefined;

/** Of a later release of Debian than this machine's, with a client for a later C library. */
const later = repository?.codename === 'bookworm' ? { suite: 'trixie', major: 17 as const } : undefined;

let world: World;
let jobs: Jobs;
let database: string;
let relay: RelayedRepository;
let folder: TemporaryFolder;
let toolCache: string;
let cut = false;
/** A tool cache with the client in it, as the first test has it installed. */
let filled: TemporaryFolder;

describe.skipIf(lack !== undefined)(titled('a client that the machine lacks', lack), () => {
  const { uri, codename, key } = repository as MachineRepository;
  const server = major as PostgresMajor;

  beforeAll(async () => {
    filled = await makeTemporaryFolder('filled');
    world = await startWorld({ servers: [server, ...(later ? [later.major] : [])] });
    jobs = jobsOn(world, server);
    database = await jobs.createDatabase({ sql: 'CREATE TABLE note AS SELECT 42 AS answer' });
    relay = await relayRepository(uri, (name, body) =>
      cut && name.endsWith('.deb') ? body.subarray(0, body.length - 1_000) : body,
    );
  });
  afterAll(async () => {
    await filled.remove();
    await relay.stop();
    await world.stop();
  });
  beforeEach(async () => {
    cut = false;
    folder = await makeTemporaryFolder('install');
    await chmod(folder.path, 0o755);
    toolCache = path.join(folder.path, 'tools');
    await mkdir(toolCache);
    await chmod(toolCache, 0o777);
    await copyFile(world.caFile, path.join(folder.path, 'ca.pem'));
  });
  afterEach(() => folder.remove());

  /** A step of nobody, on a machine without clients, whose tool cache is ours. */
  function poorly({ line = sourceOf(relay.uri), disk }: { line?: string; disk?: number } = {}): Extra {
    const ca = path.join(folder.path, 'ca.pem');
    return {
      machine: {
        hidden: ['/usr/lib/postgresql'],
        ...(user && { user }),
        ...(disk !== undefined && { disks: [{ folder: toolCache, bytes: disk }] }),
      },
      inputs: { ssl_root_cert: ca, postgres_version: 'auto', postgres_apt_repository: line },
      environment: {
        PATH: '/usr/bin:/bin',
        HOME: folder.path,
        NODE_EXTRA_CA_CERTS: ca,
        RUNNER_TOOL_CACHE: toolCache,
      },
    };
  }

  const sourceOf = (from: string, suite = codename, signedBy = key): string =>
    `deb [signed-by=${signedBy}] ${from} ${suite} main`;

  /** Puts the client into the tool cache that the first test has had installed. */
  async function fill(): Promise<void> {
    await cp(filled.path, toolCache, { recursive: true });
    execFileSync('chown', ['--recursive', `${user?.uid}:${user?.gid}`, toolCache]);
  }

  const inCache = async (): Promise<string[]> =>
    (await readdir(path.join(toolCache, 'postgresql-client'))).filter((name) => name !== 'newest.json');

  /** What a machine has installed, and all that its apt knows and keeps. */
  function machine(): string {
    const find = 'find /etc/apt /var/lib/apt /var/cache/apt /var/lib/dpkg -printf "%p %s %T@ %m\\n" | sort';
    return execFileSync('sh', ['-c', `dpkg -l; ${find}`], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  }

  test('is installed by a user without rights, leaves the machine as it was, and backs up and restores', async () => {
    const before = machine();
    const backup = await jobs.backup(database, poorly());
    expect(backup.exitCode, backup.log).toBe(0);
    expect(machine()).toBe(before);
    expect(backup.tempFilesLeft).toEqual([]);
    const place = `${toolCache}/postgresql-client/${server}.`;
    expect(backup.log).toContain(`Installed postgresql-client-${server} ${server}.`);
    expect(backup.log).toContain(` into the tool cache: ${place}`);
    expect(backup.log).toMatch(
      new RegExp(
        `using psql, pg_dump and pg_restore ${server}\\.\\d+ \\(same major version\\) from ${place}\\S+/bin, ready in \\d+\\.\\d s`,
      ),
    );
    expect(messages(backup, 'warning')).toEqual([]);

    // The network is out of reach from now on.
    const asked = relay.requests;
    const later = poorly({ line: sourceOf('http://127.0.0.1:9/') });
    await jobs.query(database, 'DELETE FROM note');
    const restore = await jobs.restore(database, backup.outputs['backup_file_name'] ?? '', later);
    expect(restore.exitCode, restore.log).toBe(0);
    expect(await jobs.query(database, 'SELECT answer FROM note')).toEqual([{ answer: 42 }]);
    expect(restore.log).not.toContain('Installed');
    expect(relay.requests).toBe(asked);

    await cp(toolCache, filled.path, { recursive: true });

    // Of the programs' own library, nothing is the machine's.
    const [version] = await inCache();
    const root = path.join(toolCache, 'postgresql-client', String(version), process.arch);
    const libraries = execFileSync('sh', ['-c', `LD_DEBUG=libs "${root}/bin/psql" --version 2>&1`], {
      encoding: 'utf8',
    });
    expect(libraries).toMatch(new RegExp(`calling init: ${root}/\\S+/libpq\\.so\\.5`));
  });

  test('is not installed where it is there already', async () => {
    const { machine: _, ...there } = poorly({ line: sourceOf('http://127.0.0.1:9/') });
    const PATH = process.env['PATH'] ?? '';
    const backup = await jobs.backup(database, { ...there, environment: { ...there.environment, PATH } });
    expect(backup.exitCode, backup.log).toBe(0);
    expect(backup.log).toMatch(/\(same major version\) from (?!\S*tools)\S+, ready in/);
    expect(await readdir(toolCache)).toEqual([]);
  });

  test('is not taken from a repository that another key has signed', async () => {
    const other = path.join(folder.path, 'other.asc');
    await writeFile(other, `${pgdgKey}\n`);
    const error = onlyError(
      await jobs.backup(database, poorly({ line: sourceOf(relay.uri, codename, other) })),
    );
    expect(error).toMatch(/apt-get update failed: [\s\S]*(is not signed|couldn't be verified)/);
    expect(error).toContain('are not on this machine, and could not be installed');
    expect(await readdir(toolCache)).toEqual([]);
  });

  test('is not taken from a download that is cut off; with a whole one it is, afterwards', async () => {
    cut = true;
    const error = onlyError(await jobs.backup(database, poorly()));
    expect(error).toMatch(/apt-get download .* failed: [\s\S]*E: Failed to fetch/);
    expect(await inCache()).toEqual([]);
    cut = false;
    const backup = await jobs.backup(database, poorly());
    expect(backup.exitCode, backup.log).toBe(0);
  });

  test('is not left in half on a disk that is full', async () => {
    const error = onlyError(await jobs.backup(database, poorly({ disk: 2 ** 20 })));
    expect(error).toMatch(/No space left on device|no space left/i);
  });

  test('takes the place of half a one', async () => {
    await fill();
    const [version = ''] = await inCache();
    const bin = path.join(
      toolCache,
      'postgresql-client',
      version,
      process.arch,
      'usr/lib/postgresql',
      String(server),
      'bin',
    );
    await writeFile(path.join(bin, 'pg_restore'), '');
    const second = await jobs.backup(database, poorly());
    expect(second.exitCode, second.log).toBe(0);
    expect(second.log).toContain(`Installed postgresql-client-${server}`);
    const third = await jobs.backup(database, poorly({ line: sourceOf('http://127.0.0.1:9/') }));
    expect(third.exitCode, third.log).toBe(0);
  });

  test('may be installed by two jobs at once', async () => {
    const databases = [database, await jobs.createDatabase()];
    const backups = await Promise.all(databases.map((one) => jobs.backup(one, poorly())));
    for (const { exitCode, log } of backups) expect(exitCode, log).toBe(0);
    expect(backups.map(({ log }) => log.includes('Installed postgresql-client-'))).toEqual([true, true]);
    expect(await inCache()).toHaveLength(1);
  });

  test('may be installed by a job that begins while another one unpacks', async () => {
    const databases = [database, await jobs.createDatabase()];
    const first = jobs.backup(databases[0] ?? '', poorly());
    await until('the first job to unpack', async () =>
      (await readdir(path.join(toolCache, 'postgresql-client')).catch(() => [])).some((name) =>
        name.startsWith('.unpacking-'),
      ),
    );
    const backups = await Promise.all([first, jobs.backup(databases[1] ?? '', poorly())]);
    for (const { exitCode, log } of backups) expect(exitCode, log).toBe(0);
    expect(await inCache()).toHaveLength(1);
  });

  test('that is older than the newest one of the repository is named', async () => {
    await fill();
    const newest = { asked: '2026-11-20T10:00:00.000Z', versions: { [server]: `${server}.99` } };
    await writeFile(path.join(toolCache, 'postgresql-client/newest.json'), JSON.stringify(newest));
    const second = await jobs.backup(database, poorly({ line: sourceOf('http://127.0.0.1:9/') }));
    expect(second.log).toMatch(
      new RegExp(
        `There is a newer client, ${server}\\.99, as of 2026-11-20\\. To have it installed, delete "${toolCache}/\\S+"\\.`,
      ),
    );
  });

  test('is not the only thing that can be: so can a server, with its own libraries', async () => {
    vi.stubEnv('RUNNER_TOOL_CACHE', toolCache);
    const { signal } = new AbortController();
    const opened = await openRepository(
      { uri: relay.uri, suite: codename, components: ['main'], signedBy: key },
      server,
      folder.path,
      signal,
    );
    const wanted = {
      tool: 'postgresql',
      packages: [`postgresql-${server}`, `postgresql-client-${server}`, 'libpq5'],
    };
    const { folder: place } = await installPackages(opened, wanted, toolCache, {
      scratch: folder.path,
      signal,
    });
    expect(path.dirname(path.dirname(place))).toBe(path.join(toolCache, 'postgresql'));
    const data = path.join(folder.path, 'data');
    await mkdir(data);
    await chown(data, user?.uid ?? 0, user?.gid ?? 0);
    const made = execFileSync(path.join(place, 'bin/initdb'), ['--no-sync', '--pgdata', data], {
      ...user,
      encoding: 'utf8',
      cwd: '/',
    });
    expect(made).toContain('Success. You can now start the database server');
    vi.unstubAllEnvs();
  });

  const lackOfLater =
    later === undefined ? 'needs a Debian 12, for which there are packages of a later release' : undefined;
  test.skipIf(lackOfLater !== undefined)(
    titled('is not taken from a later release, whose C library the machine has not', lackOfLater),
    async () => {
      const { suite, major: newer } = later as { suite: string; major: 17 };
      const others = jobsOn(world, newer);
      const name = await others.createDatabase();
      const error = onlyError(await others.backup(name, poorly({ line: sourceOf(uri, suite) })));
      expect(error).toMatch(
        /^Looking for a PostgreSQL client failed: [\s\S]*Installing postgresql-client-17 from \S+ trixie failed: it is built for a newer release than Debian GNU\/Linux 12 \(bookworm\): it comes with libc6 2\.41\S+, and Debian GNU\/Linux 12 \(bookworm\) has 2\.36/,
      );
      expect(error).toContain("Name the suite of this machine's release in postgres_apt_repository");
      expect(await inCache()).toEqual([]);
    },
  );
});
