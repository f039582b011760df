import { namesIn, redactLine, wordsOfFunction } from '../errors/redact-values.ts';
import { ask, type Psql, runWithDatabaseSettings } from '../session/psql.ts';
import { identifier } from '../session/sql-text.ts';
import { type Refusal, tryEachForCode } from '../session/try-statements.ts';
import { tablesToAnalyze } from './tables-to-analyze.ts';

/** A table, or a partitioned one with all its partitions. */
export interface Analyzable {
  /** What ANALYZE is given: the name with its schema, both quoted as SQL wants them, behind `ONLY ` if partitions are left out. */
  name: string;
  /** What ANALYZE reads of it at most, in bytes. */
  weight: number;
  /** All its partitions, theirs included, but foreign tables; none of a table that is not partitioned. */
  partitions: string[];
}

/** A table that could not be analyzed. */
export interface Unanalyzed {
  /** With its schema, both quoted as SQL wants them. */
  table: string;
  /** In the server's words, without values of rows. */
  reason: string;
  /** What analyzes it, with its semicolon. */
  sql: string;
}

/**
 * Collects the statistics that the planner needs and that did not come with the archive. A table that fails does not keep another
 * from them, nor a partition the others.
 *
 * ANALYZE calls functions of users, for statistics on expressions and for indexes on them. Before 17 they find what they name by the
 * search_path of the session, and may find nothing by an empty one; so the sessions that analyze have what is set for the database,
 * and nothing is said in them that could call a function otherwise. What functions do there is no more than what they could do
 * anyhow: they run as the owner of the table, as a security-restricted operation, as they do for autovacuum and as they did when
 * pg_restore built the index. https://www.postgresql.org/docs/17/release-17.html#RELEASE-17-MIGRATION
 * @param major of the server
 * @param sessions how many work at once, each on tables of its own
 * @param onProgress is told how many tables are done, of how many, the system's own aside
 * @returns those that failed
 * @throws ProcessFailure if a session is lost, when all have ended
 */
export async function analyze(
  psql: Psql,
  major: number,
  database: string,
  sessions: number,
  onProgress: (done: number, all: number) => void = () => {},
): Promise<Unanalyzed[]> {
  const question = tablesToAnalyze(major);
  const { owner, tables } = await ask<{ owner: string; tables: Analyzable[] }>(psql, database, question);
  const shares = distribute(tables, sessions);
  const ofUsers = tables.filter(isOfUsers).length;
  let done = 0;
  const onTable = (table: Analyzable): void => {
    if (isOfUsers(table)) onProgress(++done, ofUsers);
  };
  onProgress(done, ofUsers);
  const outcomes = await Promise.allSettled(
    shares.map((one) => analyzeInTurn(psql, database, owner, one, onTable)),
  );
  return outcomes.flatMap((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}

function isOfUsers({ name }: Analyzable): boolean {
  return !/^(ONLY )?(pg_catalog|information_schema)\./.test(name);
}

async function analyzeInTurn(
  psql: Psql,
  database: string,
  owner: string,
  tables: readonly Analyzable[],
  onTable: (table: Analyzable) => void,
): Promise<Unanalyzed[]> {
  const names = tables.map(({ name }) => name);
  const failed = await analyzeEach(psql, database, owner, names, (place) => {
    const table = tables[place];
    if (table) onTable(table);
  });
  const partitions = tables.flatMap((one) =>
    failed.some(({ table }) => table === one.name) ? one.partitions : [],
  );
  if (partitions.length === 0) return failed;
  return [...failed, ...(await analyzeEach(psql, database, owner, partitions))];
}

/**
 * As the owner of the database, who may analyze all that is in it: another role, which a setting of the database may make of us,
 * may not, and hears of that as a warning only.
 */
async function analyzeEach(
  psql: Psql,
  database: string,
  owner: string,
  names: readonly string[],
  onTable: (place: number) => void = () => {},
): Promise<Unanalyzed[]> {
  const statements = [`SET ROLE ${identifier(owner)}`, ...names.map((name) => `ANALYZE ${name}`)];
  let place = -1; // of the statement before the tables
  const onOutcome = (): void => {
    if (place >= 0) onTable(place);
    place++;
  };
  const [role, ...reasons] = await tryEachForCode(
    psql,
    database,
    statements,
    runWithDatabaseSettings,
    onOutcome,
  );
  if (role) throw new Error(role.message);
  return names.flatMap((name, index) => {
    const reason = reasons[index];
    return reason === undefined
      ? []
      : [{ table: name.replace(/^ONLY /, ''), reason: shownRefusal(reason, name), sql: `ANALYZE ${name};` }];
  });
}

/** Codes of errors that functions make as they like, or whose words are those of another language's. */
const ofFunctions = /^(P0|38|39|XX)/;

/** ANALYZE calls functions with values of rows, which may then stand in the message. */
function shownRefusal({ sqlState, message }: Refusal, name: string): string {
  const [line = ''] = message.split('\n', 1);
  if (ofFunctions.test(sqlState)) return wordsOfFunction;
  const otherwise = `the server refused with SQLSTATE ${sqlState} (its message is not shown: it may contain values of rows)`;
  return redactLine(line, namesIn(name), otherwise);
}

/** What a table costs however little is in it, as if it were bytes of a sample. */
const least = 64 * 1024;

/** Deals tables out so that all shares weigh about the same: the heaviest first, each to whoever has least. None is empty. */
export function distribute<T extends Pick<Analyzable, 'weight'>>(tables: readonly T[], count: number): T[][] {
  const shares = Array.from({ length: count }, () => ({ tables: [] as T[], weight: 0 }));
  for (const table of [...tables].sort((a, b) => b.weight - a.weight)) {
    const lightest = shares.reduce((least, other) => (other.weight < least.weight ? other : least));
    lightest.tables.push(table);
    lightest.weight += least + table.weight;
  }
  return shares.map(({ tables }) => tables).filter((some) => some.length > 0);
}
