import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataOffsets } from '../../src/postgres/archive/data-offsets.ts';
import { environmentOf } from '../../src/postgres/session/connection.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';
import { installedClients } from '../support/postgres/clients.ts';
import { type BareServer, startBareServer } from '../support/postgres/psql-on.ts';

let bare: BareServer;
let folder: TemporaryFolder;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  bare = await startBareServer(15);
  folder = await makeTemporaryFolder('data-offsets');
  await bare.server.query(
    `DO $$ BEGIN FOR t IN 1..300 LOOP
      EXECUTE format('CREATE TABLE t%s AS SELECT g, repeat(md5(g::text), t%%5) FROM generate_series(1, %s) AS g, generate_series(%s, %s) AS t', t, t * 3, t, t);
    END LOOP; END $$;
    SELECT lo_from_bytea(0, convert_to(repeat('large ', g), 'UTF8')) FROM generate_series(1, 20) AS g`,
  );
  env = environmentOf((await bare.psqlAs(bare.server.superuser)).connection);
});
afterAll(async () => {
  await bare.stop();
  await folder.remove();
});

const clients = await installedClients();

test.each(clients)(
  'what is filled into the archive of pg_dump $major is what it writes itself where it can go back',
  async ({ pg_dump, pg_restore }) => {
    const [piped, filed] = [join(folder.path, 'piped.dump'), join(folder.path, 'filed.dump')];
    await promisify(execFile)(pg_dump, ['-Fc', '-Z1', `--file=${filed}`, 'postgres'], { env });
    const dump = spawn(pg_dump, ['-Fc', '-Z1', 'postgres'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(dump, 'exit');
    await pipeline(dump.stdout, createWriteStream(piped));
    expect(await ended).toEqual([0, null]);

    const expected = withoutTime(await readFile(filed));
    const content = await readFile(piped);
    expect(withoutTime(content).equals(expected)).toBe(false);
    const offsets = dataOffsets();
    for (let at = 0; at < content.length; at += 10_007) offsets.follow(content.subarray(at, at + 10_007));
    expect(await offsets.fillIn(piped)).toBeGreaterThan(300);
    const filled = await readFile(piped);
    expect(withoutTime(filled).equals(expected)).toBe(true);
    await promisify(execFile)(pg_restore, ['--file=/dev/null', piped]);
  },
);

/** An archive without the time at which it was made: seven numbers of five bytes, behind how it is compressed. */
function withoutTime(archive: Buffer): Buffer {
  const compressed = (archive[6] ?? 0) >= 15 ? 1 : 5;
  return Buffer.concat([archive.subarray(0, 11 + compressed), archive.subarray(11 + compressed + 7 * 5)]);
}
