import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { featuresThatMayBeLost, newFeatures } from '../../src/postgres/restore/entries/newer-features.ts';
import { clientHere, type Extra, type Jobs, jobsOn, messages } from '../support/jobs.ts';
import { installedClients } from '../support/postgres/clients.ts';
import { dumpText, firstDifference } from '../support/postgres/databases/dump-text.ts';
import { everyObject } from '../support/postgres/databases/every-object.ts';
import { newerFeatures, tryFeature } from '../support/postgres/databases/newer-features.ts';
import { lackFor, titled } from '../support/postgres/describe-on.ts';
import { hasPrograms } from '../support/postgres/postgres-programs.ts';
import type { PostgresMajor } from '../support/postgres/postgres-server.ts';
import type { StepResult } from '../support/runner/runner.ts';
import { lostPrivileges } from '../support/runner/summary-notes.ts';
import { remember } from '../support/untouched.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * Servers of all majors and every client of this machine, in all pairs that PostgreSQL allows, and backups of one major on a
 * server of another.
 */

const majors = ([14, 15, 16, 17, 18] as const).filter(hasPrograms) as PostgresMajor[];
const clients = await installedClients();
const newest = clients.at(-1);
const here = `(here are the servers ${majors.join(', ')} and the clients ${clients.map(({ major }) => major).join(', ')})`;
/** Why nothing can be tried with a server of this major here, in words for a title; undefined if it can. */
const lackOf = (major: PostgresMajor): string | undefined =>
  majors.includes(major)
    ? lackFor(major)
    : `needs a server ${major}, of which there is none for this platform`;

let world: World;
beforeAll(async () => {
  world = await startWorld({ servers: majors });
});
afterAll(() => world.stop());

/** The text of a database in the spelling of the newest client, which reads all servers. */
function textOf(major: PostgresMajor, database: string, options?: string[]): Promise<string> {
  const { host, port, superuser } = world.server(major);
  const where = { host, port, ...superuser, database, rootCert: world.caFile };
  return dumpText({ pgDump: newest?.pg_dump ?? '', ...where, ...(options && { options }) });
}

const known = everyObject({ without: ['Values', 'Awkward names'] }).sql;
/**
 * Older servers do not know these either: NOT NULL for a column that a table inherits (since 18), and the sequences of
 * unlogged tables, which are unlogged too (since 15).
 */
const knownToAll = `${everyObject({ without: ['Values', 'Awkward names', 'What only newer servers know'] }).sql};
  DROP TABLE depot.forklift, depot.scratch CASCADE;`;

interface Sample {
  database: string;
  text: string;
}
const samples = new Map<PostgresMajor, Promise<Sample>>();

/** A database with all that its server knows, made once. */
function sampleOn(major: PostgresMajor): Promise<Sample> {
  const sample = samples.get(major) ?? makeSample(jobsOn(world, major));
  samples.set(major, sample);
  return sample;
}

async function makeSample(jobs: Jobs): Promise<Sample> {
  const database = await jobs.createDatabase({ sql: known });
  return { database, text: await jobs.text(database) };
}

/** The warnings besides that of rights, which are left out unless something else is asked for. */
function warnings(restore: StepResult): string[] {
  return messages(restore, 'warning').filter((text) => !lostPrivileges.test(text));
}

for (const major of majors)
  describe.skipIf(lackFor(major) !== undefined)(titled(`a server ${major} ${here}`, lackFor(major)), () => {
    const fitting = clients.filter((client) => client.major >= major);
    // Where there is none, the newest stands for it in the title of what is skipped.
    for (const client of fitting.length > 0 ? fitting : clients.slice(-1)) {
      test(`with the client ${client.major} gets back what it had`, async () => {
        const jobs = jobsOn(world, major);
        const { database, text } = await sampleOn(major);
        const extra: Extra = { inputs: { postgres_version: String(client.major) } };
        const backup = await jobs.backup(database, extra);
        expect(backup.exitCode, backup.log).toBe(0);
        expect(backup.log).toMatch(
          new RegExp(
            `using psql, pg_dump and pg_restore ${client.major}\\.\\d+ \\(as postgres_version says\\)`,
          ),
        );
        await jobs.query(database, 'CREATE TABLE stray (); DROP TABLE depot.empty_table');
        const restore = await jobs.restore(database, backup.outputs['backup_file_name'] ?? '', extra);
        expect(restore.exitCode, restore.log).toBe(0);
        expect(restore.log).toContain('(as postgres_version says)');
        expect(restore.log).toContain(`, pg_dump ${client.major}.`);
        expect(warnings(restore)).toEqual([]);
        // A server before 17 does not know it, and pg_restore 17 and later says so.
        expect(restore.log).not.toContain('transaction_timeout');
        expect(firstDifference(text, await jobs.text(database))).toBeUndefined();
      });
    }
  });

/**
 * What stands in a text in any spelling: the names of all objects, and all rows. The schema that every database has stands
 * there only if it is not as the client's own version would have it.
 */
function contentOf(text: string): string {
  const rows = [...text.matchAll(/^COPY .* FROM stdin;\n.*?^\\\.$/gms)].map(([copy]) => copy);
  const names = text
    .split('\n')
    .filter((line) => /^-- (Data for )?Name: (?!public; Type: SCHEMA)/.test(line));
  return [...names.toSorted(), ...rows.toSorted()].join('\n');
}

interface Move {
  from: PostgresMajor;
  to: PostgresMajor;
}

/** Backs a database of one server up, and restores it in the place of another one of that name on another server. */
async function move(database: string, { from, to }: Move): Promise<StepResult> {
  const backup = await jobsOn(world, from).backup(database);
  expect(backup.exitCode, backup.log).toBe(0);
  const extra = { inputs: { postgres_version: await clientHere(Math.max(from, to)) } };
  return jobsOn(world, to).restore(database, backup.outputs['backup_file_name'] ?? '', extra);
}

/** A little database on a server. */
async function little(major: PostgresMajor, name: string): Promise<void> {
  await jobsOn(world, major).createDatabase({ name, sql: 'CREATE TABLE stray AS SELECT 1 AS one' });
}

/** Declares a test for each move. What cannot be tried here is skipped, and its title says why. */
function eachMove(
  moves: readonly Move[],
  what: (move: Move) => string,
  run: (move: Move) => Promise<void>,
): void {
  for (const each of moves) {
    const lack = lackOf(each.from) ?? lackOf(each.to);
    test.skipIf(lack !== undefined)(titled(what(each), lack), () => run(each));
  }
}

/** What is told of extensions that the servers have in other versions. */
const ofExtensions =
  /^(The extension ".*" comes in version |\d+ extensions come in another version |- "\w+": \S+ instead of )/;

describe(`a backup of another version ${here}`, () => {
  eachMove(
    [
      { from: 14, to: 18 },
      { from: 15, to: 17 },
      { from: 16, to: 18 },
    ],
    ({ from, to }) => `of ${from} is restored on ${to} with all that is in it`,
    async ({ from, to }) => {
      const { database } = await sampleOn(from);
      await little(to, database);
      const restore = await move(database, { from, to });
      expect(restore.exitCode, restore.log).toBe(0);
      // An older server's extensions are of older versions, and some come in the schema that the backup makes for them.
      const told = messages(restore, 'warning').flatMap((warning) => warning.split('\n'));
      expect(told.filter((line) => !ofExtensions.test(line))).toEqual([]);
      expect(messages(restore, 'error')).toEqual([]);
      const [there, here] = await Promise.all([textOf(from, database), textOf(to, database)]);
      expect(firstDifference(contentOf(there), contentOf(here))).toBeUndefined();
    },
  );

  eachMove(
    [
      { from: 18, to: 14 },
      { from: 17, to: 15 },
    ],
    ({ from, to }) =>
      `of ${from} is restored on ${to} if ${to} knows all that is in it, with a warning of what may be lost`,
    async ({ from, to }) => {
      const database = await jobsOn(world, from).createDatabase({ sql: knownToAll });
      const restore = await move(database, { from, to });
      expect(restore.exitCode, restore.log).toBe(0);
      const [first, ...others] = messages(restore, 'warning').filter((text) => !ofExtensions.test(text));
      expect(first).toMatch(
        new RegExp(`^(- )?The backup is from PostgreSQL ${from}\\..* has the older ${to}\\.`),
      );
      // There is no old database, hence the script of the archive's own rights.
      const granted = lostPrivileges;
      // Before 15 everybody may create in schema public of a new database, whose owner the role is not.
      const open = /^Privileges that others should not have .*REVOKE CREATE ON SCHEMA public FROM PUBLIC;$/s;
      const expected = from >= 15 && to < 15 ? [granted, open] : [granted];
      expect(others).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
      expect(messages(restore, 'warning')[0]).toContain(featuresThatMayBeLost(from, to));
      expect(restore.log).toMatch(
        /\((the oldest that reads this backup|the next newer than 17 on this machine)\)/,
      );
      expect(restore.log).not.toContain('transaction_timeout');
      const [there, here] = await Promise.all([textOf(from, database), textOf(to, database)]);
      expect(firstDifference(contentOf(there), contentOf(here))).toBeUndefined();
    },
  );

  eachMove(
    [{ from: 18, to: 17 }],
    ({ from, to }) =>
      `of ${from} with what ${to} does not know ends in an error, and the old database is as it was`,
    async ({ from, to }) => {
      const virtual = 'CREATE TABLE price (net int, gross int GENERATED ALWAYS AS (net * 2) VIRTUAL)';
      const database = await jobsOn(world, from).createDatabase({ sql: virtual });
      await little(to, database);
      const untouched = await remember(jobsOn(world, to), database);
      const restore = await move(database, { from, to });
      const message = await untouched(restore);
      expect(message).toMatch(
        /^pg_restore 1\d\.\d+ into ".*" failed: TABLE price .*: syntax error at or near "\)"/,
      );
      expect(messages(restore, 'warning')[0]).toContain('virtual generated columns');
    },
  );
});

describe(`what is said to be lost ${here}`, () => {
  test('is each tried', () => {
    const said = [...newFeatures].flatMap(([since, { refused, reduced = [] }]) =>
      [...refused, ...reduced].map((what) => ({ since, what })),
    );
    expect(newerFeatures.map(({ since, what }) => ({ since, what }))).toEqual(said);
  });

  for (const feature of newerFeatures) {
    const { since, what } = feature;
    const lack = lackOf(since);
    test.skipIf(lack !== undefined)(titled(`${what}, since ${since}`, lack), () => tryIt(feature));
  }

  async function tryIt(feature: (typeof newerFeatures)[number]): Promise<void> {
    const { since, kept, refusal: message } = feature;
    // No older server than the first is there to try it on.
    const older = since === majors[0] ? undefined : world.server(majors[majors.indexOf(since) - 1] ?? since);
    const outcome = await tryFeature(feature, world.server(since), older, (database) =>
      textOf(since, database, ['--schema-only']),
    );
    expect(outcome.newer).toEqual({ kept: true });
    if (older) expect(outcome.older).toMatchObject(kept === undefined ? { message } : { kept: false });
  }
});
