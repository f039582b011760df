import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../base/failure.ts';
import { quoted } from '../../base/format.ts';
import { type RestoreMark, restoreMark } from '../properties/restore-mark.ts';
import { closingStatement } from '../properties/statements.ts';
import { createOptions, type Locale } from '../server/locale.ts';
import { maintenanceDatabase } from '../server/server.ts';
import { ask, type Psql, runScript } from '../session/psql.ts';
import { identifier, literal } from '../session/sql-text.ts';
import { isOurRole } from './database-state.ts';
import type { KnownDatabase } from './proof.ts';

/**
 * Creates an empty database, owned by the role. `template0` is the one template that takes any encoding and locale.
 * @param locale as it should be; undefined for the server's own
 * @param beforeOpened statements, each with its semicolon, that are run before anybody can connect to it
 */
export async function createDatabase(
  psql: Psql,
  name: string,
  locale: Locale | undefined,
  major: number,
  beforeOpened = '',
): Promise<void> {
  const options = locale ? createOptions(locale, major) : { sql: '', variables: {} };
  await runScript(
    psql,
    maintenanceDatabase,
    `SET application_name = :'creator'; SET statement_timeout = 0;\nCREATE DATABASE :"name" TEMPLATE template0 ${options.sql}${
      beforeOpened === ''
        ? ';'
        : ` ALLOW_CONNECTIONS false CONNECTION LIMIT ${birthmark(name)};\n${beforeOpened}\nALTER DATABASE :"name" ALLOW_CONNECTIONS true CONNECTION LIMIT -1;`
    }`,
    { name, creator: creatorOf(name), ...options.variables },
  );
}

/**
 * The connection limit with which a database of that name comes to be, closed to everybody: a comment can only be given to a database that
 * is there, and a run may be killed between the two. Nobody else gives one like it.
 */
export function birthmark(name: string): number {
  return 1_000_000_000 + (createHash('sha256').update(name).digest().readUInt32BE() % 1_000_000_000);
}

/**
 * Creates an empty database to restore into, with the mark as its comment. Nobody but its owner can ever connect to it, superusers
 * apart.
 * @throws ProcessFailure; the database may be there then, which `findCreated` tells
 */
export async function createForRestore(
  psql: Psql,
  name: string,
  mark: RestoreMark,
  locale: Locale | undefined,
  major: number,
): Promise<KnownDatabase> {
  const comment = `COMMENT ON DATABASE ${identifier(name)} IS ${literal(restoreMark(mark))}`;
  await createDatabase(psql, name, locale, major, `${comment};\n${closingStatement(name)};`);
  const created = await findCreated(psql, name, mark);
  if (created) return created;
  throw new Failure({
    tried: `Creating database ${quoted(name)}`,
    cause: 'it was dropped or renamed by somebody else at once',
    advice: 'Find out by whom, then run the restore again.',
  });
}

/**
 * The database that `createForRestore` has made with this name and this mark, if it is there; one that somebody else has made with that
 * name is none.
 * @throws ProcessFailure
 */
export async function findCreated(
  psql: Psql,
  name: string,
  mark: RestoreMark,
): Promise<KnownDatabase | undefined> {
  const comment = restoreMark(mark);
  const question = `SELECT json_build_object('found', (SELECT json_build_object('oid', oid::bigint, 'comment', shobj_description(oid, 'pg_database'))
    FROM pg_database WHERE datname = :'name' AND pg_has_role(datdba, 'USAGE') AND (shobj_description(oid, 'pg_database') = :'comment'
      OR (NOT datallowconn AND datconnlimit::text = :'birthmark'))))`;
  const variables = { name, comment, birthmark: String(birthmark(name)) };
  type Found = { found: { oid: number; comment: string | null } | null };
  const { found } = await ask<Found>(psql, maintenanceDatabase, question, variables);
  return found ? { name, oid: found.oid, ...(found.comment === comment && { comment }) } : undefined;
}

/** How the session is called that creates a database, in the 63 bytes that a server keeps of such a name. */
function creatorOf(database: string): string {
  return `postgres-azure-backup create ${createHash('sha256').update(database).digest('hex').slice(0, 16)}`;
}

/** Between two looks whether a session has ended, in milliseconds, and how often it is looked for. */
const endPause = 100;
const endLooks = 100;

/**
 * Ends the session that creates a database, if it is still at work: a lost connection does not end what the server is doing, and the
 * database would come to be after it was dropped.
 * @throws ProcessFailure if the server can't be reached; Error if it does not end the session
 */
export async function terminateCreation(psql: Psql, database: string): Promise<void> {
  const question = `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = :'creator' AND ${isOurRole}`;
  for (let look = 0; look < endLooks; look++) {
    const creator = creatorOf(database);
    if ((await ask<number>(psql, maintenanceDatabase, question, { creator })) === 0) return;
    await sleep(endPause);
  }
  throw new Error(`The server is still creating ${quoted(database)}`);
}
