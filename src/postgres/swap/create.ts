import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { quoted } from '../../base/format.ts';
import { type RestoreMark, restoreMark } from '../properties/restore-mark.ts';
import { closingStatement } from '../properties/statements.ts';
import { createOptions, type Locale } from '../server/locale.ts';
import { maintenanceDatabase } from '../server/server.ts';
import { ask, type Psql, runScript } from '../session/psql.ts';
import { identifier, literal } from '../session/sql-text.ts';
import { isOurRole } from './database-state.ts';

/**
 * Creates an empty database, owned by the role. `template0` is the one template that takes any encoding and locale.
 * @param locale as it should be; undefined for the server's own
 * @param beforeOpened statements, each with its semicolon, that are run before anybody but a superuser can connect to it
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
        : ` CONNECTION LIMIT 0;\n${beforeOpened}\nALTER DATABASE :"name" CONNECTION LIMIT -1;`
    }`,
    { name, creator: creatorOf(name), ...options.variables },
  );
}

/**
 * Creates an empty database to restore into, with the mark as its comment. Nobody but its owner can ever connect to it, superusers
 * apart.
 * @throws ProcessFailure; the database may be there then, with or without its mark
 */
export async function createForRestore(
  psql: Psql,
  name: string,
  mark: RestoreMark,
  locale: Locale | undefined,
  major: number,
): Promise<void> {
  const comment = `COMMENT ON DATABASE ${identifier(name)} IS ${literal(restoreMark(mark))}`;
  await createDatabase(psql, name, locale, major, `${comment};\n${closingStatement(name)};`);
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

/** Drops a database, one that a drop has left behind half done included. Throws a `ProcessFailure` if the server refuses. */
export async function dropDatabase(psql: Psql, name: string): Promise<void> {
  await terminateCreation(psql, name);
  await runScript(psql, maintenanceDatabase, 'DROP DATABASE IF EXISTS :"name";', { name });
}
