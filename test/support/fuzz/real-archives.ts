import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { environmentOf } from '../../../src/postgres/session/connection.ts';
import { makeTemporaryFolder } from '../machine/temporary-folder.ts';
import { installedClients } from '../postgres/clients.ts';
import { startBareServer } from '../postgres/psql-on.ts';

/** An archive that `pg_dump` itself has made. */
export interface RealArchive {
  /** `pg_dump 15, gzip, to a pipe`. */
  made: string;
  bytes: Buffer;
}

/** Small, with everything that the framing of an archive tells apart: rows, none, large objects, names, dependencies. */
const content = `
  CREATE SCHEMA "odd; name --";
  CREATE TABLE "odd; name --"."a ""table""
PGDMP" (id int PRIMARY KEY, "é" text);
  INSERT INTO "odd; name --"."a ""table""
PGDMP" SELECT g, repeat(md5(g::text), g % 7) FROM generate_series(1, 40) AS g;
  CREATE TABLE empty (id int);
  CREATE TABLE refers (id int REFERENCES "odd; name --"."a ""table""
PGDMP", note text DEFAULT 'x');
  INSERT INTO refers SELECT g, chr(64 + g) FROM generate_series(1, 20) AS g;
  CREATE VIEW seen AS SELECT * FROM refers;
  CREATE FUNCTION twice(a int) RETURNS int LANGUAGE sql AS 'SELECT 2 * a';
  COMMENT ON TABLE empty IS 'nothing';
  SELECT lo_from_bytea(0, convert_to(repeat('large ', g), 'UTF8')) FROM generate_series(1, 5) AS g;
  SELECT lo_create(0)`;

/**
 * Archives of one database, by every client on this machine: with and without compression, written to a pipe, where data offsets
 * are missing, and to a file.
 */
export async function makeRealArchives(): Promise<RealArchive[]> {
  const bare = await startBareServer(15);
  const folder = await makeTemporaryFolder('archives');
  try {
    await bare.server.query(content);
    const env = environmentOf((await bare.psqlAs(bare.server.superuser)).connection);
    const archives: RealArchive[] = [];
    for (const { major, pg_dump } of (await installedClients()).filter((client) => client.major >= 15)) {
      for (const [compression, level] of [
        ['none', '0'],
        ['gzip', '6'],
      ]) {
        const args = ['--format=custom', `--compress=${level}`];
        const file = join(folder.path, 'archive');
        await promisify(execFile)(pg_dump, [...args, `--file=${file}`, 'postgres'], { env });
        archives.push({ made: `pg_dump ${major}, ${compression}, to a file`, bytes: await readFile(file) });
        const dump = execFile(pg_dump, [...args, 'postgres'], { env, encoding: 'buffer' });
        if (!dump.stdout) throw new Error('pg_dump has no standard output');
        const ended = once(dump, 'exit');
        const bytes = await buffer(dump.stdout);
        if ((await ended)[0] !== 0) throw new Error(`pg_dump ${major} failed`);
        archives.push({ made: `pg_dump ${major}, ${compression}, to a pipe`, bytes });
      }
    }
    return archives;
  } finally {
    await bare.stop();
    await folder.remove();
  }
}
