/**
 * What several sessions of pg_restore do to partitioned tables in one call, and in the passes that the action makes of an
 * archive. `node test/bench/passes.ts 200` restores each database so often by each number of sessions on each server, and prints
 * how many came back changed or failed; `node test/bench/passes.ts 200 5` measures 5 rounds of what passes cost, too.
 */
import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Failure } from '../../src/base/failure.ts';
import { readDefinitions, writeList } from '../../src/postgres/archive/definitions.ts';
import { readContents } from '../../src/postgres/archive/table-of-contents.ts';
import { entryProgress } from '../../src/postgres/restore/entry-progress.ts';
import { reasonForSeveralPasses } from '../../src/postgres/restore/one-pass.ts';
import { planPasses } from '../../src/postgres/restore/passes.ts';
import { type RestorePass, restoreInto } from '../../src/postgres/restore/pg-restore.ts';
import { readSections } from '../../src/postgres/restore/sections.ts';
import { environmentOf } from '../../src/postgres/session/connection.ts';
import { caseSql } from '../support/cases.ts';
import { makeTemporaryFolder } from '../support/machine/temporary-folder.ts';
import { installedClients } from '../support/postgres/clients.ts';
import type { PostgresMajor } from '../support/postgres/postgres-server.ts';
import { type BareServer, startBareServer } from '../support/postgres/psql-on.ts';
import { fillMany } from './many.ts';
import { race } from './measuring.ts';
import { comparison, table } from './table.ts';

const times = Number(process.argv[2] ?? 20);
const rounds = Number(process.argv[3] ?? 0);
const size = 500_000_000;

const never = new AbortController().signal;
await using folder = await makeFolder();

async function makeFolder() {
  const made = await makeTemporaryFolder('passes');
  return { ...made, [Symbol.asyncDispose]: made.remove };
}

/** An archive of a database, and how the action goes through it. */
interface Archived {
  database: string;
  /** Makes the database that is restored into, empty. */
  begin(): Promise<void>;
  restore(passes: readonly RestorePass[]): Promise<void>;
  passes(jobs: number): Promise<RestorePass[]>;
  /** Whether one pass is enough. */
  inOne: boolean;
  content(database: string): Promise<string>;
  bytes: number;
}

async function archive(bare: BareServer, database: string): Promise<Archived> {
  const { server, client } = bare;
  const { connection } = await bare.psqlAs(server.superuser);
  const file = join(folder.path, `${database}-${server.major}.dump`);
  await promisify(execFile)(client.pg_dump, ['-Fc', '-Z1', `--file=${file}`, database], {
    env: environmentOf(connection),
  });
  const programs = {
    major: server.major,
    version: '',
    psql: client.psql,
    pgDump: client.pg_dump,
    pgRestore: client.pg_restore,
  };
  const entries = await readContents(programs, file, ['--no-owner', '--no-privileges'], never);
  const definitions = await readDefinitions(programs, file, entries, [], `${file}.list`, never);
  const sections = await readSections(programs, file, never);
  const plan = planPasses(entries, definitions, sections);
  const target = `${database}_restored`;
  return {
    database: target,
    bytes: statSync(file).size,
    inOne: reasonForSeveralPasses(entries, definitions, sections) === undefined,
    async begin() {
      await server.query(`DROP DATABASE IF EXISTS ${target}`);
      await server.createDatabase(target);
    },
    restore: (passes) =>
      restoreInto(
        programs,
        connection,
        server,
        { database: target, archive: file, passes, noOwner: true, noPrivileges: true, options: [] },
        { progress: entryProgress(), onMessage: () => {} },
        never,
      ),
    passes: (jobs) =>
      Promise.all(
        plan.map(async ({ entries: some, parallel }, index) => {
          await writeList(`${file}.${index}`, some);
          return { jobs: parallel ? Math.min(jobs, some.length) : 1, list: `${file}.${index}` };
        }),
      ),
    async content(name) {
      const tables = await server.query<{ name: string }>(
        `SELECT oid::regclass::text AS name FROM pg_class
         WHERE relkind IN ('r', 'm') AND relnamespace = 'public'::regnamespace ORDER BY 1`,
        { database: name },
      );
      const sums = tables.map(
        ({ name: one }) =>
          `SELECT '${one}' AS name, md5(string_agg(t::text, ',' ORDER BY t::text)) AS sum FROM ${one} AS t`,
      );
      return JSON.stringify(await server.query(`${sums.join(' UNION ALL ')} ORDER BY 1`, { database: name }));
    },
  };
}

/** How many of some restores came back changed, and how many failed. */
async function outcomes(
  archived: Archived,
  before: string,
  passes: readonly RestorePass[],
  count: number,
): Promise<string> {
  const found = { changed: 0, failed: 0 };
  for (let i = 0; i < count; i++) {
    await archived.begin();
    try {
      await archived.restore(passes);
      if ((await archived.content(archived.database)) !== before) found.changed++;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      found.failed++;
    }
  }
  return `${found.changed} changed, ${found.failed} failed of ${count}`;
}

const majors = (await installedClients())
  .map(({ major }) => major)
  .filter((major): major is PostgresMajor => [15, 17, 18].includes(major));
const cases = [
  ...[2, 4, 8].flatMap((jobs) =>
    ['partition-triggers', 'partition-triggers-2'].map((name) => ({ name, jobs })),
  ),
  ...[8, 16].flatMap((jobs) =>
    ['nested-partition-indexes', 'nested-partition-indexes-2'].map((name) => ({ name, jobs })),
  ),
];
for (const major of majors) {
  const bare = await startBareServer(major);
  const rows: string[][] = [];
  for (const { name, jobs } of cases) {
    const database = name.replaceAll('-', '_');
    await bare.server.query(`DROP DATABASE IF EXISTS ${database}`);
    await bare.server.createDatabase(database);
    await bare.server.query(await caseSql(name), { database });
    const archived = await archive(bare, database);
    const before = await archived.content(database);
    const passes = await archived.passes(jobs);
    rows.push([
      `${name}, ${major}, ${jobs} sessions`,
      await outcomes(archived, before, passes, times),
      await outcomes(archived, before, [{ jobs }], Math.min(times, 10)),
    ]);
    console.error(rows.at(-1)?.join(' | '));
  }
  console.log(`${table(['database, client and server', 'in passes', 'in one call'], rows)}\n`);
  if (rounds > 0 && major === 17) {
    const database = 'many';
    await bare.server.createDatabase(database);
    await fillMany(bare.server, { database }, 20, size);
    const many = await archive(bare, database);
    const [one, several] = [[{ jobs: 2 }], await many.passes(2)];
    const measured = await race(
      [
        { name: `${several.length} passes`, run: () => many.restore(several) },
        { name: 'one call', run: () => many.restore(one) },
      ],
      rounds,
      () => many.begin(),
    );
    console.log(
      `20 tables, ${(many.bytes / 1e6).toFixed(0)} MB, 2 sessions; the action takes ${many.inOne ? 'one call' : 'passes'}\n`,
    );
    console.log(comparison('restore', `${several.length} passes`, measured, 'passes against it'));
  }
  await bare.stop();
}
