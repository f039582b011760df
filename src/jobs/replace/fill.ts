import { Failure } from '../../base/failure.ts';
import { count, inOneLine } from '../../base/format.ts';
import { type Step, withProgress } from '../../base/step.ts';
import { isOfServer } from '../../postgres/errors/kinds.ts';
import { createExtensions } from '../../postgres/restore/extensions/trial.ts';
import type { WantedExtension } from '../../postgres/restore/extensions/wanted.ts';
import { createSchemas, type RestoreOrder, restoreInto } from '../../postgres/restore/pg-restore.ts';
import { watchActivity } from '../../postgres/server/activity.ts';
import { analyze, type Unanalyzed } from '../../postgres/server/analyze.ts';
import { insertedRows } from '../../postgres/server/content.ts';
import { databaseSize, type Server } from '../../postgres/server/server.ts';
import { withSessionOverrides } from '../../postgres/server/session-overrides.ts';
import { type Psql, uninterrupted } from '../../postgres/session/psql.ts';
import { rolesOf } from '../preflight/roles.ts';
import type { Prepared } from '../preparation.ts';
import type { Note } from '../result.ts';
import { diagnose } from './failures.ts';
import { describeAnalyze, type RestoreScope, restoreProgress } from './progress.ts';

/** What an error is told with. */
export interface Hint {
  /** How the cause of the error begins; any, if it is undefined. */
  entry?: string;
  text: string;
}

/** What is known of a restore before it. */
export interface FillOrder extends RestoreScope {
  /** How many sessions work at once, at most. */
  sessions: number;
  /** Schemas to be made first. */
  schemas: readonly string[];
  /** The extensions to be created first. */
  extensions: readonly WantedExtension[];
  /** What may explain that an entry fails. */
  hints: readonly Hint[];
  /** Throws a Failure unless the archive, when all of it has been read, is what was backed up. */
  verified(): void;
}

/**
 * Fills an empty database from an archive, with progress.
 * @throws Failure that says which entry failed
 */
export async function fill(
  order: RestoreOrder,
  { entries, size, dataSizes, sessions, schemas, extensions, hints, verified }: FillOrder,
  { client, connection, psql, server }: Prepared<Server>,
  step: Step,
): Promise<void> {
  const progress = restoreProgress({ entries, size, dataSizes }, order);
  const listener = { ...progress.listener, onMessage: step.info };
  const watching = withSessionOverrides(psql, server.major);
  const activity = watchActivity(watching, server, order.database, sessions);
  const describe = async (elapsed: number, over: AbortSignal): Promise<string> =>
    progress.describe(elapsed, await activity(over));
  await createSchemas(psql, order.database, schemas);
  await createExtensions(psql, order.database, extensions, rolesOf(order.options).at(-1));
  try {
    await step.timed('Restore', () =>
      withProgress(step, describe, () =>
        restoreInto(client, connection, server, order, listener, step.signal),
      ),
    );
  } catch (error) {
    throw withHints(hints, error);
  }
  step.info(entries === 1 ? 'Restored 1 entry' : `Restored ${entries} entries`);
  verified();
}

/** Adds to the error of an entry what may explain it. */
function withHints(hints: readonly Hint[], error: unknown): unknown {
  if (!(error instanceof Failure) || isOfServer(error.explanation.cause)) return error;
  const { tried, cause, advice } = error.explanation;
  const texts = hints.filter(({ entry = '' }) => cause.startsWith(entry)).map(({ text }) => text);
  if (texts.length === 0) return error;
  return new Failure({ tried, cause: [cause, ...texts].join('\n'), advice }, { cause: error.cause });
}

/** What a restore has brought, as far as the server told. */
export interface RestoredContent {
  /** In bytes. */
  size: number | undefined;
  rows: number | undefined;
}

/**
 * Has statistics collected, and asks for the size of the database. A database without statistics is complete, only slow:
 * whatever goes wrong here is told, and for the caller to weigh.
 * @param database has its settings, on which functions may depend that ANALYZE runs
 * @param sessions how many work at once
 * @param onAbort whether a cancel is thrown, since the database is dropped then and nothing of it is worth telling, or told like the rest
 * @returns what is in it, and what people should know, which is told in the log already; `cut` if a cancel has ended it before it was through
 */
export async function collectStatistics(
  database: string,
  sessions: number,
  { psql, server }: { psql: Psql; server: Pick<Server, 'major' | 'spareSessions'> },
  step: Pick<Step, 'info' | 'warn' | 'timed'>,
  onAbort: 'throw' | 'tell',
): Promise<RestoredContent & { notes: Note[]; cut: boolean }> {
  const notes: Note[] = [];
  const tell = (note: Note): void => {
    notes.push(note);
    step.warn(note.text, note.sql, note.text); // a swap that fails leaves the old database, with its statistics
  };
  try {
    const asking = withSessionOverrides(psql, server.major);
    const activity = watchActivity(asking, server, database, sessions);
    let tables = { done: 0, all: 0 };
    const onProgress = (done: number, all: number): void => {
      tables = { done, all };
    };
    const describe = async (elapsed: number, over: AbortSignal): Promise<string> =>
      describeAnalyze(elapsed, tables, await activity(over));
    const failed = await step.timed('ANALYZE', () =>
      withProgress(step, describe, () => analyze(asking, server.major, database, sessions, onProgress)),
    );
    if (failed.length === 0 && tables.all > 0) step.info(`Analyzed ${count(tables.all, 'table')}`);
    notesOfUnanalyzed(failed).forEach(tell);
  } catch (error) {
    if (onAbort === 'throw') psql.signal.throwIfAborted();
    const text = `All data is restored, but ANALYZE failed: ${diagnose(error).cause}`;
    tell({ text: `${text}\nRun this in the restored database, or queries may be slow:`, sql: ['ANALYZE;'] });
    return { size: undefined, rows: undefined, notes, cut: psql.signal.aborted };
  }
  return { ...(await restoredContent(database, psql, step, onAbort)), notes, cut: false };
}

/** How large a restored database is. Nothing depends on it. */
async function restoredContent(
  database: string,
  psql: Psql,
  step: Pick<Step, 'info'>,
  onAbort: 'throw' | 'tell',
): Promise<RestoredContent> {
  const asking = onAbort === 'throw' ? psql : uninterrupted(psql);
  try {
    return { size: await databaseSize(asking, database), rows: await insertedRows(asking, database) };
  } catch (error) {
    asking.signal.throwIfAborted();
    step.info(`The server did not say how large the database is: ${diagnose(error).cause}`);
    return { size: undefined, rows: undefined };
  }
}

/** More tables than this are not named each. */
const mostTablesNamed = 10;

/** Which tables of a restored database have no statistics, and how they get them. */
export function notesOfUnanalyzed(failed: readonly Unanalyzed[]): Note[] {
  if (failed.length === 0) return [];
  const lines = failed
    .slice(0, mostTablesNamed)
    .map(({ table, reason }) => inOneLine(`- ${table}: ${reason}`));
  const others = failed.length - lines.length;
  const tables = failed.length === 1 ? '1 table' : `${failed.length} tables`;
  const text =
    `All data is restored, but ${tables} could not be analyzed, and queries on ${failed.length === 1 ? 'it' : 'them'} may be slow:\n` +
    `${lines.join('\n')}${others > 0 ? `\n- and ${others} more` : ''}\n` +
    'Once the cause is fixed, run this in the restored database:';
  return [{ text, sql: others > 0 ? ['ANALYZE;'] : failed.map(({ sql }) => sql) }];
}
