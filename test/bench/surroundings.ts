import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Jobs, jobsOn } from '../support/jobs.ts';
import { makeTemporaryFolder } from '../support/machine/temporary-folder.ts';
import { clientOf, type InstalledClient } from '../support/postgres/clients.ts';
import { fillBig } from '../support/postgres/databases/big.ts';
import type { PostgresMajor, PostgresServer } from '../support/postgres/postgres-server.ts';
import type { StepResult } from '../support/runner/runner.ts';
import { startWorld, type World, type WorldOptions } from '../support/world.ts';

/** What all contenders work with: the same servers, the same database, the same programs. */
export interface Surroundings extends AsyncDisposable {
  world: World;
  server: PostgresServer;
  client: InstalledClient;
  jobs: Jobs;
  /** The database that is backed up. */
  database: string;
  /** What it takes on the server, in bytes. */
  size: number;
  /** A folder for files, on the disk that a runner's own would be on. */
  folder: string;
  /** Runs a program with the server, its login and our authority in its environment; throws if it fails. */
  run(program: string, args: readonly string[], variables?: Record<string, string>): Promise<void>;
  /** Has the server write out what earlier runs have left in its memory, so that a later one does not pay for it. */
  settle(): Promise<unknown>;
}

/**
 * Starts a world, and makes a database of this size in it.
 * @param settings server parameters
 */
export async function makeSurroundings(
  major: PostgresMajor,
  gigabytes: number,
  settings: WorldOptions['settings'] = {},
): Promise<Surroundings> {
  await using stack = new AsyncDisposableStack();
  const client = await clientOf(major);
  const world = stack.use(await startWorld({ servers: [major], settings }));
  const folder = await makeTemporaryFolder('bench');
  stack.defer(folder.remove);
  const server = world.server(major);
  const jobs = jobsOn(world, major);
  const database = await jobs.createDatabase({ name: 'bench' });
  const size = await fill();
  const everything = stack.move();

  async function fill(): Promise<number> {
    const session = await server.connect({ database, ...world.login });
    await fillBig((sql) => session.query(sql), gigabytes);
    const { rows } = await session.query<{ size: string }>(
      'SELECT pg_database_size(current_database()) AS size',
    );
    await session.end();
    return Number(rows[0]?.size);
  }

  const env = {
    PATH: process.env['PATH'],
    PGHOST: server.host,
    PGPORT: String(server.port),
    PGUSER: world.login.user,
    PGPASSWORD: world.login.password,
    PGSSLMODE: 'verify-full',
    PGSSLROOTCERT: world.caFile,
    NODE_EXTRA_CA_CERTS: world.caFile,
  };

  return {
    ...{ world, server, client, jobs, database, size, folder: folder.path },
    run: async (program, args, variables = {}) => {
      // The archive is what these programs write to standard output where they are given no file.
      const child = spawn(program, args, {
        env: { ...env, ...variables },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      const [code] = await once(child, 'exit');
      if (code !== 0) throw new Error(`${program} exited with status ${code}`);
    },
    settle: () => server.query('CHECKPOINT'),
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}

/** The step, if it has done what it should. */
export function succeeded(step: StepResult): StepResult {
  if (step.exitCode !== 0) throw new Error(step.log);
  return step;
}
