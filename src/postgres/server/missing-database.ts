import { Failure } from '../../base/failure.ts';
import { quoted } from '../../base/format.ts';
import { ProcessFailure } from '../../base/process.ts';
import { adviceFor } from '../errors/advice.ts';
import { searchablePart } from '../errors/server-message.ts';
import { ask, type Psql } from '../session/psql.ts';
import { type DatabaseFacts, databaseFacts, maintenanceDatabase } from './server.ts';
import { similarNames } from './similar-names.ts';

/**
 * Asks about the server and one of its databases, as `databaseFacts` does.
 * @throws Failure if the server can't be reached or refuses; if there is no such database, it names those that are called alike
 */
export async function existingDatabase(psql: Psql, database: string): Promise<DatabaseFacts> {
  try {
    return await databaseFacts(psql, database);
  } catch (error) {
    if (!(error instanceof Failure && mayBeMissing(error.cause, database))) throw error;
    const names = await databaseNames(psql).catch(() => undefined);
    if (!names || names.includes(database)) throw error;
    throw new Failure(
      { ...error.explanation, advice: adviceOnMissing(database, names) },
      { cause: error.cause },
    );
  }
}

/** What to do about a database that is not there. */
export function adviceOnMissing(database: string, names: readonly string[]): string {
  const similar = similarNames(database, names);
  return similar.length === 0
    ? 'Check db_name and azure_db_host: no database on this server has a similar name.'
    : `Check db_name (case and spaces matter). This server has ${similar.map(quoted).join(', ')}.`;
}

/** Whether the server may have said, in whatever language, that there is no such database. psql exits with 2 if it could not connect. */
function mayBeMissing(error: unknown, database: string): boolean {
  if (!(error instanceof ProcessFailure && error.exitCode === 2)) return false;
  const { stderr } = error;
  return (
    /database ".*" does not exist/s.test(searchablePart(stderr)) ||
    (!adviceFor(stderr) && stderr.includes(database))
  );
}

async function databaseNames(psql: Psql): Promise<string[]> {
  const query = `SELECT coalesce(json_agg(datname), '[]') FROM pg_database WHERE datallowconn AND NOT datistemplate`;
  return ask<string[]>(psql, maintenanceDatabase, query);
}
