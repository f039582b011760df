import { formatNumber, plain, quoted } from '../../base/format.ts';
import { ask, type Psql } from '../session/psql.ts';
import type { Server } from './server.ts';

/** What sessions of ours do in a database at one moment, as the server tells it: names and numbers, never values of rows. */
interface SessionsAtWork {
  /** Rows that are being read or written by COPY; servers from 16 on count them by the thousand. */
  copies: { table: TableAtWork; rows: number }[];
  /** Indexes that are being built, those of constraints included. Others do not see their names before they are there. */
  indexes: { table: TableAtWork; phase: string; part: number | null }[];
  /** Tables that are being analyzed. */
  analyzed: { table: TableAtWork; phase: string; part: number | null }[];
}

/** The same in words, one for each session. */
export interface Activity {
  /** `COPY "public.note" (1,000 rows)` */
  copies: string[];
  /** `building on "public.note" (scanning table 45 %)` */
  builds: string[];
  /** `"public.note" (acquiring sample rows 45 %)` */
  analyzed: string[];
}

/** Null if others cannot see it yet. */
type TableAtWork = { schema: string; name: string } | null;

/** How long an answer is waited for, in milliseconds: less than until the next line of progress. */
const longestQuestion = 4_000;

/** After so many questions without an answer no more are asked. */
const mostFailures = 3;

/** Asks what sessions of ours do at the moment; undefined if the server does not tell. Never throws. */
export type AskActivity = (over: AbortSignal) => Promise<Activity | undefined>;

/**
 * Prepares questions to the server about what our sessions do in a database. Each is a session of its own, the only one besides those
 * that work, and short; there are none where a server has hardly room for these.
 * @param psql as what works: whoever is another role may not see what its sessions do
 * @param spare how many more sessions the server would have taken, before those that work
 * @param sessions how many work at once
 */
export function watchActivity(
  psql: Psql,
  { major, spareSessions = 0 }: Pick<Server, 'major' | 'spareSessions'>,
  database: string,
  sessions: number,
): AskActivity {
  let failures = spareSessions < sessions + sessionsForOthers ? mostFailures : 0;
  return async (over) => {
    if (failures >= mostFailures) return undefined;
    const signal = AbortSignal.any([psql.signal, over, AbortSignal.timeout(longestQuestion)]);
    try {
      const asking = { ...psql, signal, hurry: AbortSignal.abort() };
      return describeActivity(await ask<SessionsAtWork>(asking, database, activityQuery(major)));
    } catch {
      failures++;
      return undefined;
    }
  };
}

/** Sessions that are left to others: for the lock of a restore, for this question, and one more. */
const sessionsForOthers = 3;

function describeActivity({ copies, indexes, analyzed }: SessionsAtWork): Activity {
  return {
    copies: copies.map(
      ({ table, rows }) => `COPY ${nameOfTable(table)}${rows > 0 ? ` (${formatNumber(rows)} rows)` : ''}`,
    ),
    builds: indexes.map(
      ({ table, phase, part }) =>
        `building on ${nameOfTable(table)} (${plain(phase.replace(/^building index: /, ''))}${percent(part)})`,
    ),
    analyzed: analyzed.map(
      ({ table, phase, part }) => `${nameOfTable(table)} (${plain(phase)}${percent(part)})`,
    ),
  };
}

function nameOfTable(table: TableAtWork): string {
  return table ? quoted(`${table.schema}.${table.name}`) : 'a table';
}

function percent(part: number | null): string {
  return part === null ? '' : ` ${Math.floor(100 * Math.min(1, part))} %`;
}

/**
 * The views have rows for all databases, and nothing but numbers of processes for sessions that this role may not look into.
 * `pg_stat_progress_analyze` came with 13, `pg_stat_progress_copy` with 14.
 * https://www.postgresql.org/docs/current/progress-reporting.html
 */
function activityQuery(major: number): string {
  const list = (view: string, columns: string): string =>
    `(SELECT coalesce(json_agg(json_build_object('table', ${tableAtWork}, ${columns}) ORDER BY p.pid), '[]')
      FROM ${view} AS p JOIN ours ON ours.pid = p.pid WHERE p.relid IS NOT NULL)`;
  const none = `'[]'::json`;
  return `WITH ours AS MATERIALIZED (SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
      AND application_name = current_setting('application_name'))
  SELECT json_build_object(
    'copies', ${major >= 14 ? list('pg_stat_progress_copy', `'rows', tuples_processed`) : none},
    'indexes', ${list('pg_stat_progress_create_index', `'phase', phase, 'part', ${builtPart}`)},
    'analyzed', ${major >= 13 ? list('pg_stat_progress_analyze', `'phase', phase, 'part', ${analyzedPart}`) : none})`;
}

const tableAtWork = `(SELECT json_build_object('schema', nspname, 'name', relname)
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace WHERE c.oid = p.relid)`;

const part = (done: string, all: string): string => `round(${done}::numeric / nullif(${all}, 0), 3)::float8`;

/** Rows are sampled first; the statistics are computed from them after that, column by column. */
const analyzedPart = `CASE WHEN phase LIKE 'acquiring %' THEN ${part('sample_blks_scanned', 'sample_blks_total')} END`;

/** Blocks are counted while the table is read, rows while the index is written. */
const builtPart = `CASE WHEN phase LIKE '%scanning table' THEN ${part('blocks_done', 'blocks_total')}
        WHEN phase LIKE '%loading tuples%' THEN ${part('tuples_done', 'tuples_total')} END`;
