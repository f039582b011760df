/**
 * Draws the picture of the front page: the summary of a restore that is run here, as GitHub shows it, in light and dark. Run it with
 * `node test/summary-picture.ts`, on a machine with Chromium, which tells how high the summary is.
 */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jobsOn } from './support/jobs.ts';
import { makeTemporaryFolder } from './support/machine/temporary-folder.ts';
import { findBrowser, takePicture } from './support/page/browser.ts';
import { heightOf, svgOf, themes } from './support/page/picture.ts';
import { htmlOf } from './support/page/rendered.ts';
import { installedClients } from './support/postgres/clients.ts';
import { fillMoodle } from './support/postgres/databases/moodle.ts';
import type { Query } from './support/postgres/databases/query.ts';
import { startWorld } from './support/world.ts';

const browser = await findBrowser();
if (!browser) throw new Error('This needs a browser: apt-get install chromium');
const database = 'moodle_d01';
const major = (await installedClients()).at(-1)?.major === 15 ? 15 : 17;

await using world = await startWorld({ servers: [major] });
const jobs = jobsOn(world, major);
const query: Query = async (sql) => ({ rows: await jobs.query(database, sql) });
const environment = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'acme/moodle',
  GITHUB_RUN_ID: '42',
};

await jobs.createDatabase({ name: database });
await fillMoodle(query);
for (const role of ['reporting', 'grader']) await world.server(major).createRole(role, 'for this picture');
await query('GRANT SELECT ON mdl_course, mdl_user, mdl_grade_grades TO reporting');
await query('GRANT SELECT, UPDATE ON mdl_grade_grades TO grader');
await world.server(major).query(
  `CREATE PUBLICATION everything FOR ALL TABLES;
  ALTER DATABASE ${database} SET log_min_duration_statement = '1s'`,
  { database },
);
const backup = await jobs.backup(database, { environment });
await query('DELETE FROM mdl_forum_posts WHERE id > 7500');
const restore = await jobs.restore(database, backup.outputs['backup_file_name'] ?? '', {
  environment,
  inputs: { keep_previous: 'true' },
});
if (restore.exitCode !== 0) throw new Error(restore.log);

const images = join(import.meta.dirname, '..', 'docs', 'images');
await mkdir(images, { recursive: true });
const folder = await makeTemporaryFolder('picture');
const html = htmlOf(restore.summary);
const height = await heightOf(browser, folder.path, html);
for (const theme of themes) {
  const svg = svgOf(html, theme, height);
  await writeFile(join(images, `restore-${theme}.svg`), svg);
  // To look at: the SVG as a browser draws it as an image.
  const shown = join(process.env['PICTURES'] ?? folder.path, `restore-${theme}.png`);
  const image = `<body style="margin:0"><img src="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}">`;
  await takePicture(browser, folder.path, image, shown, { width: 880, height: height + 20 });
}
await folder.remove();
await world.stop();
