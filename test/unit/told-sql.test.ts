// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the source

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

/*
 * Every statement in src/ that is written out with its semicolon, as those for people are, and who runs it: the test that takes it out of
 * what a person sees and runs it on a real server, or the action itself, which shows it to nobody. Statements that are read from a server or
 * an archive and shown are found by the semicolon that is put behind them.
 */
const root = join(import.meta.dirname, '..', '..');

const verbs =
  'ALTER|ANALYZE|BEGIN|COMMENT ON|COMMIT|CREATE|DROP|GRANT|REINDEX|REVOKE|ROLLBACK|SELECT|SET|UPDATE|VACUUM';
/** How a statement begins that a string begins with, or a line in it: up to the first name that is put in. */
const beginning = new RegExp(String.raw`(?:['"\`]|\\n)((?:${verbs})\b(?:[^'"\`;\\$(]|\\')*)`, 'g');
const withSemicolon = /;(?:['"`]|\\n)/;
/** A statement that comes from elsewhere, with its semicolon. */
const fromElsewhere = /`(\$\{[^`]*;)`/g;

/** The statements of a file, each by its beginning. */
function statementsOfFile(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => !/^\s*(\*|\/\/|\/\*)/.test(line))
    .flatMap((line) => [
      ...(withSemicolon.test(line) ? line.matchAll(beginning) : []),
      ...line.matchAll(fromElsewhere),
    ])
    .map(([, statement = '']) => statement.trim());
}

/** `file: statement`, each once. */
function statementsOfSource(): string[] {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  return [
    ...new Set(
      files.flatMap((file) =>
        statementsOfFile(readFileSync(join(root, 'src', file), 'utf8')).map((one) => `${file}: ${one}`),
      ),
    ),
  ].sort();
}

const told = 'test/thorough/told-sql.test.ts';
const previous = 'test/thorough/previous-database.test.ts';
const inPublic = 'test/thorough/in-public.test.ts';
const functionUses = 'test/thorough/function-uses.test.ts';
const strategies = 'test/thorough/strategies.test.ts';
const rights = 'test/thorough/rights.test.ts';
const check = 'test/thorough/check.test.ts';
const leftDatabases = 'test/thorough/left-databases.test.ts';
const itself = 'the action';

const runBy: Record<string, Record<string, string>> = {
  'jobs/backup/function-warnings.ts': { ALTER: functionUses },
  'jobs/check/lacking-rights.ts': {
    ...{ 'GRANT SELECT ON LARGE OBJECT': check, 'GRANT SELECT ON SEQUENCE': check },
    ...{ 'GRANT SELECT ON TABLE': check, 'GRANT USAGE ON SCHEMA': check },
    'GRANT pg_read_all_data TO': check,
  },
  'jobs/preflight/archive.ts': { GRANT: told },
  'jobs/preflight/empty-database/in-public.ts': {
    ...{ '${member ? inherit : grant};': inPublic, 'GRANT ALL ON SCHEMA public TO': inPublic },
    'ALTER DATABASE template0 ALLOW_CONNECTIONS false': inPublic,
    'ALTER DATABASE template0 ALLOW_CONNECTIONS true': inPublic,
    'ALTER SCHEMA public OWNER TO': inPublic,
    'CREATE SCHEMA public AUTHORIZATION pg_database_owner': inPublic,
    'GRANT CREATE ON SCHEMA public TO PUBLIC': inPublic,
  },
  'jobs/preflight/empty-database/parameters.ts': { 'GRANT SET ON PARAMETER': told },
  'jobs/preflight/obstacles.ts': {
    ...{ 'ALTER DATABASE': told, 'ALTER ROLE': told, GRANT: told },
    'SET default_transaction_read_only = off': told,
  },
  'jobs/preflight/target.ts': { 'DROP SUBSCRIPTION': told, 'SELECT pg_drop_replication_slot': told },
  'jobs/replace/carry-over.ts': {
    ...{ '${one.sql(database)};': strategies, '${sql(database)};': rights, '${sql};': rights },
  },
  'jobs/replace/clear-leftovers.ts': { 'DROP DATABASE': 'test/thorough/two-restores.test.ts' },
  'jobs/replace/drop-old.ts': {
    'SELECT datname FROM pg_database WHERE oid =': 'test/thorough/slow-drops.test.ts',
  },
  'jobs/replace/extensions/refusals.ts': { 'GRANT pg_read_all_settings TO': told },
  'jobs/replace/failures.ts': {
    ...{ ANALYZE: told, 'DROP DATABASE IF EXISTS': told, 'SELECT datname FROM pg_database': told },
  },
  'jobs/replace/fill.ts': { ANALYZE: told },
  'jobs/replace/retire-old.ts': {
    ...{ 'ALTER DATABASE': previous, BEGIN: previous, COMMIT: previous, 'DROP DATABASE': told },
    'DROP DATABASE IF EXISTS': told,
    '${comment};': told,
    'SET search_path TO': previous,
  },
  'jobs/replace/revoke-privileges.ts': { '${one.giveBack};': rights, '${sql};': rights },
  'jobs/undo/drop-left.ts': {
    ...{
      'ALTER DATABASE': leftDatabases,
      BEGIN: leftDatabases,
      COMMIT: leftDatabases,
      '${comment};': leftDatabases,
    },
    'ALTER DATABASE :': itself,
    'DROP DATABASE': leftDatabases,
  },
  'postgres/archive/read-database.ts': { 'ALTER DATABASE': itself },
  'postgres/client/install/private-apt.ts': { '${name} "${value}";': itself }, // a line of apt.conf
  'postgres/dump/explain.ts': { 'ALTER ROLE': told },
  'postgres/dump/function-uses-query.ts': { 'UPDATE %s SET %I = %2': functionUses },
  'postgres/dump/lock-holders.ts': { 'SELECT pg_terminate_backend': told },
  'postgres/dump/oversized.ts': { 'SELECT ctid,': told },
  'postgres/errors/advice.ts': {
    ...{ 'ALTER DATABASE': told, 'ALTER ROLE': told, 'CREATE DATABASE postgres': told },
    ...{ 'GRANT CONNECT ON DATABASE': told, 'GRANT azure_pg_admin TO': 'test/thorough/azure-like.test.ts' },
  },
  'postgres/errors/shared-advice.ts': {
    'SELECT relation::regclass, pid, usename, state FROM pg_locks JOIN pg_stat_activity USING': told,
  },
  'postgres/privileges/lost-in-archive.ts': { '${sql};': 'test/thorough/gone.test.ts' },
  'postgres/privileges/privilege-change.ts': { "${grantable ? ' WITH GRANT OPTION' : ''};": rights },
  'postgres/privileges/revoke.ts': { 'SET ROLE': itself },
  'postgres/properties/apply.ts': {
    ...{ '${sql(finalName)};': 'test/thorough/properties.test.ts' },
    '${alter} OWNER TO ${identifier(was.owner)};': 'test/thorough/roles.test.ts',
    '${alter} SET TABLESPACE ${identifier(was.tablespace)};': 'test/thorough/properties.test.ts',
  },
  'postgres/restore/errors/functions.ts': {
    ...{ 'ALTER DOMAIN %1': told, 'SELECT format': told },
    ...{ 'ALTER FUNCTION': told, 'ALTER FUNCTION %s SET search_path = %s': told },
  },
  'postgres/restore/errors/messages.ts': { 'SET transaction_timeout = 0': itself },
  'postgres/restore/extensions/trial.ts': {
    ...{ 'SELECT json_build_object': itself, 'SET ROLE': itself },
    'SET client_min_messages = error': itself,
  },
  'postgres/restore/pg-restore.ts': { 'CREATE SCHEMA': itself },
  'postgres/restore/required-privileges.ts': {
    ...{ BEGIN: itself, ROLLBACK: itself, 'ROLLBACK TO SAVEPOINT s': itself },
    ...{ 'CREATE EXTENSION IF NOT EXISTS': itself, 'CREATE SCHEMA IF NOT EXISTS': itself },
    'SET client_min_messages = fatal': itself,
  },
  'postgres/server/analyze.ts': { ANALYZE: 'test/thorough/analyze.test.ts' },
  'postgres/session/pulse.ts': { 'SELECT 1': itself },
  'postgres/session/psql.ts': { 'SET LOCAL search_path TO': itself },
  'postgres/session/try-statements.ts': { BEGIN: itself },
  'postgres/swap/attempt.ts': {
    'GRANT pg_signal_backend TO': told,
    'SELECT gid, owner, database FROM pg_prepared_xacts WHERE database IN': told,
  },
  'postgres/swap/create.ts': {
    ...{ 'ALTER DATABASE :': itself, 'CREATE DATABASE :': itself },
    ...{ 'SET application_name = :': itself, '${comment};\\n${closingStatement(name)};': itself },
  },
  'postgres/swap/end-sessions.ts': { 'SELECT pg_terminate_backend': told },
  'postgres/swap/lock-claim.ts': {
    'ROLLBACK PREPARED': 'test/thorough/restore-lock.test.ts',
    'SELECT pg_terminate_backend': 'test/thorough/restore-lock.test.ts',
  },
};

describe('each statement that src/ writes out', () => {
  test('is run by a test as it is shown, or shown to nobody', () => {
    const known = Object.entries(runBy).flatMap(([file, statements]) =>
      Object.keys(statements).map((statement) => `${file}: ${statement}`),
    );
    expect(statementsOfSource()).toEqual(known.sort());
  });

  test('by a test that there is, which runs SQL that it has read', () => {
    const places = new Set(Object.values(runBy).flatMap((statements) => Object.values(statements)));
    for (const place of places)
      if (place.startsWith('test/'))
        expect(readFileSync(join(root, place), 'utf8'), place).toMatch(/\.query\(|paste(?:Into)?\(|follow\(/);
  });

  test.each([
    ["const text = 'Do it:\\nDROP TABLE x;';", ['DROP TABLE x']],
    ['  `REINDEX TABLE ${identifier(name)};`,', ['REINDEX TABLE']],
    ['  sql: [`${statement};`],', ['${statement};']],
    ["  await ask(psql, 'SELECT 1', {});", []],
    ['  // or `DROP TABLE x;`', []],
  ])('is found: %s', (line, found) => expect(statementsOfFile(line)).toEqual(found));
});
