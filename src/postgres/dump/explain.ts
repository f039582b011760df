import type { Diagnosis } from '../../base/failure.ts';
import { quoted } from '../../base/format.ts';
import type { ProcessFailure } from '../../base/process.ts';
import { adviceFor } from '../errors/advice.ts';
import { explainServerError } from '../errors/explain.ts';
import { isLockTimeout } from '../errors/kinds.ts';
import { adviceOnPolicies, changedAdvice, readAdvice } from '../errors/shared-advice.ts';
import { ask, type Psql } from '../session/psql.ts';
import { identifier, toPaste } from '../session/sql-text.ts';
import { adviceOnLocks, lockHolders } from './lock-holders.ts';
import { adviceOnOversized, oversizedTable } from './oversized.ts';

/**
 * The cause of a failed `pg_dump` in its words and the server's, and what to do. What the server's catalogs can tell is asked,
 * since its words may be in any language.
 */
export async function explainDumpError(
  psql: Psql,
  database: string,
  error: ProcessFailure,
): Promise<Diagnosis> {
  const explanation = explainServerError(error, { role: psql.connection.user, database });
  const said = error.stderr;
  const large = oversizedTable(said);
  if (large !== undefined) return { ...explanation, advice: await adviceOnOversized(psql, database, large) };
  const known = adviceFor(said);
  if (known === readAdvice) return { ...explanation, advice: known + (await asAnother(psql, database)) };
  if (known !== undefined && !isLockTimeout(said)) return explanation;
  const holders = await lockHolders(psql, database, lockedIn(said));
  if (holders.length > 0) return { ...explanation, advice: adviceOnLocks(holders) };
  const advice = known ?? (await fromCatalog(psql, database, said)) ?? explanation.advice;
  return {
    ...explanation,
    advice: advice === readAdvice ? advice + (await asAnother(psql, database)) : advice,
  };
}

/** What there is to say where a setting makes the login role another one; empty if none does. */
async function asAnother(psql: Psql, database: string): Promise<string> {
  const question = 'SELECT to_json(CASE WHEN current_user <> session_user THEN current_user::text END)';
  // psql prints nothing for null.
  const role = await ask<string>(psql, database, question).catch(() => undefined);
  return role === undefined
    ? ''
    : ` A setting makes the role act as ${quoted(role)} here. To remove it, one of these:\n${resetRole(psql, database)}`;
}

/** The setting may be of the role, or of the role in this database. */
function resetRole({ connection: { user } }: Psql, database: string): string {
  return [
    `ALTER ROLE ${identifier(user)} RESET role;`,
    `ALTER ROLE ${identifier(user)} IN DATABASE ${identifier(database)} RESET role;`,
  ]
    .map(toPaste)
    .join('\n');
}

/** What a statement of `pg_dump` is about; empty if it is no LOCK TABLE. */
function lockedIn(said: string): string {
  return /uery was: LOCK TABLE (.*)/s.exec(said)?.[1] ?? '';
}

interface NamedTable {
  name: string;
  /** Whether it is there; if so, what stands between this role and its rows. */
  exists: boolean;
  readable: boolean;
  hidden: boolean;
  forced: boolean;
}

const statesQuery = `SELECT coalesce(json_agg(json_build_object('name', name, 'exists', c.oid IS NOT NULL,
    'readable', coalesce(has_table_privilege(c.oid, 'SELECT') AND has_schema_privilege(relnamespace, 'USAGE'), false),
    'hidden', coalesce(row_security_active(c.oid), false),
    'forced', coalesce(relforcerowsecurity AND pg_has_role(relowner, 'USAGE'), false))), '[]')
  FROM json_array_elements_text(:'names') AS n(name) LEFT JOIN pg_class AS c ON c.oid = to_regclass(name)`;

/** A name with its schema, at the beginning of a list. */
const firstListedName = /^((?:"(?:[^"]|"")+"|[^\s".,(]+)\.(?:"(?:[^"]|"")+"|[^\s".,(]+))(?:, )?/;

/** How many tables are asked about: `pg_dump` 16 and newer lock thousands by one statement. */
const mostAskedFor = 500;

async function fromCatalog(psql: Psql, database: string, said: string): Promise<string | undefined> {
  const names = tablesIn(lockedIn(said) || /(?:uery|ommand) was: COPY (.*)/s.exec(said)?.[1] || '');
  if (names.length === 0) return undefined;
  const tables = await ask<NamedTable[]>(psql, database, statesQuery, { names: JSON.stringify(names) }).catch(
    () => [],
  );
  if (tables.some(({ exists }) => !exists)) return changedAdvice;
  if (tables.some(({ readable }) => !readable)) return readAdvice;
  const hidden = tables.find((table) => table.hidden);
  return hidden && adviceOnPolicies(hidden.name, hidden.forced);
}

/** The tables that such a list begins with, each as SQL names it, `asked` at most. */
export function tablesIn(list: string): string[] {
  const names: string[] = [];
  for (let rest = list; names.length < mostAskedFor; ) {
    const [whole, name] = firstListedName.exec(rest) ?? [];
    if (whole === undefined || name === undefined) break;
    names.push(name);
    rest = rest.slice(whole.length);
  }
  return names;
}
