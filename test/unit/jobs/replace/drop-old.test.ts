import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { replaceWithEmpty } from '../../../../src/jobs/replace/drop-old.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../../../support/machine/temporary-folder.ts';

/*
 * What is made of a replacement that broke off, with a little program in the place of psql that keeps the state of both
 * databases in files: an empty file for one that is there, "-2" in it for one that a drop has left unusable.
 */
let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await makeTemporaryFolder('replace');
});
afterEach(() => folder.remove());

const psql = (onReplace: string): string => `#!/bin/bash
cd "$(dirname "$0")"
# A session that stays open, and ends the sessions of others: it answers to every statement.
if [[ -n $PGAPPNAME ]]; then
  while read -r line; do
    case $line in
      '\\echo :ERROR'*) echo 'false 00000' ;;
      '\\echo '*) echo "\${line#* }" ;;
      '\\warn '*) echo "\${line#* }" >&2 ;;
    esac
  done
  exit
fi
script=$(cat)
name=$(sed -n "s/^.set name '\\(.*\\)'$/\\1/p" <<< "$script")
case $script in
  *'CREATE DATABASE'*) touch fresh ;;
  *'ALTER DATABASE'*) ${onReplace} ;;
  *datconnlimit*)
    file=fresh; [[ $name == moodle ]] && file=old
    [[ -e $file ]] && echo "{\\"limit\\": $(cat $file; [[ -s $file ]] || echo -1)}" || echo '{"limit": null}' ;;
  *application_name*) echo 0 ;;
  *'DROP DATABASE'*) rm fresh ;;
esac`;

/** Runs a replacement in which `onReplace` happens, and returns what it says. */
async function replacing(onReplace: string): Promise<string> {
  const program = join(folder.path, 'psql');
  await writeFile(program, psql(onReplace));
  await chmod(program, 0o700);
  await writeFile(join(folder.path, 'old'), '');
  const address = { host: 'localhost', port: 5432, sslMode: 'verify-full' } as const;
  const connection = {
    address,
    user: 'x',
    env: { PATH: process.env['PATH'] ?? '' },
    admission: { password: '', worked: false },
  };
  const server = {
    version: '17.6',
    major: 17,
    direct: true,
    elasticCluster: false,
    inRecovery: false,
    readOnly: false,
    role: 'x',
    mayCreateDatabases: true,
    target: null,
  };
  const step = { info: () => {}, warn: () => {}, writeDown: () => {} };
  const prepared = { psql: { program, connection, signal: AbortSignal.timeout(60_000) }, server };
  const mark = { database: 'moodle', run: '1' };
  return replaceWithEmpty(
    mark,
    'moodle_restore_20261122010203',
    undefined,
    prepared,
    step,
    async () => {},
  ).then(
    () => 'done',
    (error: unknown) => String(error),
  );
}

const left = (name: string): Promise<boolean> =>
  readFile(join(folder.path, name)).then(
    () => true,
    () => false,
  );

const lost = 'echo "server closed the connection unexpectedly" >&2; exit 2';

describe('a replacement', () => {
  test('that goes well', async () => {
    expect(await replacing('mv fresh old')).toBe('done');
  });

  test('whose answer is lost, though all was done', async () => {
    expect(await replacing(`mv fresh old; ${lost}`)).toBe('done');
  });

  test('that is refused leaves the old database, and nothing beside it', async () => {
    const said = await replacing('echo "ERROR: database is being accessed by other users" >&2; exit 3');
    expect(said).toMatch(/accessed by other users[\s\S]*Database "moodle" was not changed\.$/);
    expect(await left('fresh')).toBe(false);
  });

  test('that breaks off after the drop is finished', async () => {
    const once = `if [[ -e old ]]; then rm old; ${lost}; else mv fresh old; fi`;
    expect(await replacing(once)).toBe('done');
  });

  test('that breaks off in the middle of the drop is finished, since the old database cannot be used any more', async () => {
    expect(await replacing(`if [[ -s old ]]; then mv fresh old; else echo -2 > old; ${lost}; fi`)).toBe(
      'done',
    );
  });

  test('that cannot be finished says that there is no database, and what is left', async () => {
    const said = await replacing(`rm -f old; ${lost}`);
    expect(said).toMatch(/Database "moodle" is missing or unusable\. The backup is untouched\.$/);
    expect(said).toMatch(
      /\nAfter the restore, drop the empty database:\nDROP DATABASE "moodle_restore_20261122010203";\n/,
    );
  });

  test('after which the server does not answer says that nobody knows', async () => {
    const said = await replacing(
      `printf '#!/bin/sh\\nexit 2\\n' > psql.new; chmod 700 psql.new; mv psql.new psql; ${lost}`,
    );
    expect(said).toMatch(/is in an unknown state/);
  });
});
