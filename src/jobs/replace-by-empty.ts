import { randomBytes } from 'node:crypto';
import { formatTimestamp, quoted } from '../format.ts';
import { type Locale, lostLocale } from '../postgres/locale.ts';
import { siblingName } from '../postgres/names.ts';
import type { Psql } from '../postgres/psql.ts';
import { createDatabase, databaseExists, dropDatabase, replaceDatabase } from '../postgres/replace.ts';
import type { RestoreFacts } from '../postgres/server.ts';
import type { Step } from '../step.ts';
import type { Prepared } from './preparation.ts';
import { betweenNames, unchanged, unknownState } from './restore-failures.ts';

/** What is left of the time that the runner gives a cancelled step has to do for cleaning up, in milliseconds. */
const cleaningTime = 4_000;

/**
 * Puts an empty database in the place of `database`. It is created under another name first, because creating is what
 * can fail (a locale that this server lacks, no room), and then nothing is lost.
 * @throws Failure that says what state the database is in
 */
export async function replaceByEmpty(
  database: string,
  locale: Locale | undefined,
  { psql, server }: Prepared<RestoreFacts>,
  step: Step,
): Promise<void> {
  // Random, so that it is ours alone: what is cleaned up below is never another restore's.
  const fresh = siblingName(database, `new_${formatTimestamp(new Date())}_${randomBytes(4).toString('hex')}`);
  const lost = locale && lostLocale(locale, server.major);
  if (lost !== undefined) step.warn(lost);
  try {
    await createDatabase(psql, fresh, locale, server.major);
  } catch (error) {
    await dropDatabase(whileCleaning(psql), fresh).catch(() => {}); // if it came to be after all
    throw unchanged(`Creating an empty database beside ${quoted(database)}`, database, error);
  }
  step.info(
    `Created the empty database ${quoted(fresh)}${locale ? ` with ${locale.encoding}, ${locale.collation}` : ''}`,
  );
  try {
    await replaceDatabase(psql, database, fresh);
  } catch (error) {
    await settle(database, fresh, psql, error);
  }
  step.info(`Dropped the old database, and gave its name to the empty one`);
}

/** Finds out what a replacement that failed has left behind, and undoes what can be undone. */
async function settle(database: string, fresh: string, psql: Psql, error: unknown): Promise<void> {
  const cleaning = whileCleaning(psql);
  const [old, empty] = await Promise.all([
    databaseExists(cleaning, database),
    databaseExists(cleaning, fresh),
  ]).catch(() => {
    throw unknownState(database, fresh, error);
  });
  if (old && !empty) {
    psql.signal.throwIfAborted();
    return; // both steps were taken, only the answer was lost
  }
  if (!old) throw betweenNames(database, fresh, error);
  await dropDatabase(cleaning, fresh).catch(() => {});
  throw unchanged(`Dropping database ${quoted(database)}`, database, error);
}

function whileCleaning(psql: Psql): Psql {
  return { ...psql, signal: AbortSignal.timeout(cleaningTime) };
}
