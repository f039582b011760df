import { Failure } from '../failure.ts';
import { formatDuration } from '../format.ts';
import { analyze } from '../postgres/analyze.ts';
import type { Psql } from '../postgres/psql.ts';
import { createExtensions } from '../postgres/restore/extension-trial.ts';
import type { WantedExtension } from '../postgres/restore/wanted-extensions.ts';
import { createSchemas, type RestoreOrder, restoreInto } from '../postgres/restore.ts';
import { databaseSize, type Server } from '../postgres/server.ts';
import { isOfServer } from '../postgres/server-advice.ts';
import { unhindered } from '../postgres/unhindered.ts';
import { type Step, withProgress } from '../step.ts';
import { annotationOf } from './carry-over-notes.ts';
import type { Prepared } from './preparation.ts';
import { explain } from './restore-failures.ts';
import { notesOfUnanalyzed } from './statistics-notes.ts';

/** What is known of a restore before it. */
export interface Filling {
  /** How many entries there are to restore. */
  entries: number;
  /** How many sessions work at once, at most. */
  sessions: number;
  /** Schemas to be made first. */
  schemas: readonly string[];
  /** The extensions of the archive, of which some may have to be created first. */
  extensions: readonly WantedExtension[];
  /** Of extensions that are not in the version which the backup was made with, as sentences. */
  versions?: string;
  /** Throws a Failure unless the archive, when all of it has been read, is what was backed up. */
  verified(): void;
}

/**
 * Fills an empty database from an archive, with progress.
 * @throws Failure that says which entry failed
 */
export async function fill(
  order: RestoreOrder,
  { entries, schemas, extensions, versions, verified }: Filling,
  { client, connection, psql, server }: Prepared<Server>,
  step: Step,
): Promise<void> {
  let begun = 0;
  let current = 'connecting';
  const describe = (elapsed: number): string =>
    `${Math.min(99, Math.floor((100 * begun) / Math.max(1, entries)))} % of ${entries} entries, ${current}, ${formatDuration(elapsed)}`;
  const listener = {
    onEntry: (entry: string): void => {
      begun++;
      current = entry;
    },
    onMessage: step.info,
  };
  await createSchemas(psql, order.database, schemas);
  await createExtensions(psql, order.database, extensions);
  try {
    await withProgress(step, describe, () =>
      restoreInto(client, connection, server, order, listener, step.signal),
    );
  } catch (error) {
    throw versions === undefined ? error : naming(versions, error);
  }
  step.info(`Restored ${entries} entries of the archive`);
  verified();
}

/** Tells of other versions of extensions where they may be what an entry failed for. */
function naming(versions: string, error: unknown): unknown {
  if (!(error instanceof Failure) || isOfServer(error.explanation.cause)) return error;
  const { tried, cause, advice } = error.explanation;
  return new Failure({ tried, cause: `${cause}\n${versions}`, advice }, { cause: error.cause });
}

/**
 * Has statistics collected, and asks for the size of the database. A database without statistics is complete, only slow:
 * whatever goes wrong here, a cancel included, is told, and for the caller to weigh.
 * @param database has its settings, on which functions may depend that ANALYZE runs
 * @param sessions how many work at once
 * @returns bytes, or undefined if the server did not answer
 */
export async function collectStatistics(
  database: string,
  sessions: number,
  { psql, server }: { psql: Psql; server: Pick<Server, 'major'> },
  step: Pick<Step, 'info' | 'warn'>,
): Promise<number | undefined> {
  try {
    const describe = (elapsed: number): string => `Collecting statistics, ${formatDuration(elapsed)}`;
    const failed = await withProgress(step, describe, () =>
      analyze(unhindered(psql, server.major), server.major, database, sessions),
    );
    for (const note of notesOfUnanalyzed(failed)) step.warn(annotationOf(note));
    return await databaseSize(psql, database);
  } catch (error) {
    step.warn(
      `All data is in the new database, but ANALYZE did not end as it should: ${explain(error).cause}\n` +
        'Run ANALYZE in it, or queries may be slow.',
    );
    return undefined;
  }
}
