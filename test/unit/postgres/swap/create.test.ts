import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Locale, lostLocale } from '../../../../src/postgres/server/locale.ts';
import type { Psql } from '../../../../src/postgres/session/psql.ts';
import { createDatabase } from '../../../../src/postgres/swap/create.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../../../support/machine/temporary-folder.ts';

/*
 * What psql is given, by a little program in its place that writes it down.
 */
let folder: TemporaryFolder;
let psql: Psql;

beforeEach(async () => {
  folder = await makeTemporaryFolder('psql');
  const program = join(folder.path, 'psql');
  await writeFile(program, '#!/bin/sh\ncat > "$0.input"\nprintf "%s\\0" "$@" > "$0.arguments"\n');
  await chmod(program, 0o700);
  const address = { host: 'localhost', port: 5432, sslMode: 'verify-full' } as const;
  const env = { PATH: process.env['PATH'] ?? '' };
  const connection = { address, user: 'x', env, admission: { password: '', worked: false } };
  psql = { program, connection, signal: AbortSignal.timeout(60_000) };
});

afterEach(() => folder.remove());

async function given(): Promise<{ statement: string; settings: string; args: string[] }> {
  const input = await readFile(`${psql.program}.input`, 'utf8');
  const args = await readFile(`${psql.program}.arguments`, 'utf8');
  const statement = input.split('\n').find((line) => line.startsWith('CREATE')) ?? input;
  const settings = input
    .split('\n')
    .filter((line) => line.startsWith('\\set '))
    .join('\n');
  return { statement, settings, args: args.split('\0') };
}

const libc: Locale = {
  encoding: 'UTF8',
  collation: 'de_DE.utf8',
  characterType: 'C',
  provider: 'c',
  locale: '',
  icuRules: '',
};
const before15: Locale = { ...libc, provider: '' };
const icu: Locale = { ...libc, provider: 'i', locale: 'de' };
const withRules: Locale = { ...icu, icuRules: '& V << w' };
const builtIn: Locale = { ...libc, provider: 'b', locale: 'C.UTF-8' };

const start = `CREATE DATABASE :"name" TEMPLATE template0`;
const inAll = `${start} ENCODING :'encoding' LC_COLLATE :'collation' LC_CTYPE :'character_type'`;

describe('a database is created', () => {
  const cases: [string, Locale | undefined, number, string][] = [
    ["with the server's own locale", undefined, 17, `${start} ;`],
    ['with a locale of libc on 14', libc, 14, `${inAll};`],
    ['with a locale of libc on 15', libc, 15, `${inAll} LOCALE_PROVIDER libc;`],
    ['with a locale from before 15 on 17', before15, 17, `${inAll} LOCALE_PROVIDER libc;`],
    ['with a locale of ICU on 14, which knows only libc', icu, 14, `${inAll};`],
    ['with a locale of ICU on 15', icu, 15, `${inAll} LOCALE_PROVIDER icu ICU_LOCALE :'locale';`],
    [
      'with rules for ICU on 15, which knows none',
      withRules,
      15,
      `${inAll} LOCALE_PROVIDER icu ICU_LOCALE :'locale';`,
    ],
    [
      'with rules for ICU on 16',
      withRules,
      16,
      `${inAll} LOCALE_PROVIDER icu ICU_LOCALE :'locale' ICU_RULES :'icu_rules';`,
    ],
    ['with the built-in locale on 14', builtIn, 14, `${inAll};`],
    ['with the built-in locale on 16, which knows none', builtIn, 16, `${inAll} LOCALE_PROVIDER libc;`],
    [
      'with the built-in locale on 17',
      builtIn,
      17,
      `${inAll} LOCALE_PROVIDER builtin BUILTIN_LOCALE :'locale';`,
    ],
  ];
  test.each(cases)('%s', async (_, locale, major, statement) => {
    await createDatabase(psql, 'fresh', locale, major);
    expect((await given()).statement.replace(/\s+;/, ' ;')).toBe(statement);
  });

  test.each([
    ['ICU', icu],
    ['the built-in provider', builtIn],
  ])(
    'with what was announced: a locale of %s is given up on the very servers that the warning is for',
    async (_, locale) => {
      for (const major of [12, 14, 15, 16, 17, 18]) {
        await createDatabase(psql, 'fresh', locale, major);
        const { statement } = await given();
        const kept = /LOCALE_PROVIDER (icu|builtin)/.test(statement);
        expect({ major, kept }).toEqual({ major, kept: lostLocale(locale, major) === undefined });
      }
    },
  );

  test('without any name or value in the script, whatever they are', async () => {
    const awkward = `x"; DROP DATABASE 'y'; \\! id`;
    const every = {
      ...withRules,
      collation: awkward,
      characterType: awkward,
      locale: awkward,
      icuRules: awkward,
    };
    await createDatabase(psql, awkward, every, 17);
    const { statement, settings, args } = await given();
    expect(statement).not.toContain('DROP');
    expect(args.join(' ')).not.toContain('DROP');
    for (const name of ['name', 'collation', 'character_type', 'locale', 'icu_rules']) {
      expect(settings).toContain(String.raw`\set ${name} 'x"; DROP DATABASE \'y\'; \\! id'`);
    }
  });

  test('without the start-up file of psql or a prompt for a password, and stops at an error', async () => {
    await createDatabase(psql, 'fresh', undefined, 17);
    const { args, settings } = await given();
    expect(settings).toMatch(/^\\set ON_ERROR_STOP '1'$/m);
    expect(args).toEqual(expect.arrayContaining(['--no-psqlrc', '--no-password']));
    expect(args[args.indexOf('--dbname') + 1]).toMatch(/^dbname='postgres' /);
  });
});
