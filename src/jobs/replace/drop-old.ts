import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { quoted } from '../../base/format.ts';
import type { Step } from '../../base/step.ts';
import type { RestoreMark } from '../../postgres/properties/restore-mark.ts';
import { describeLocale, type Locale } from '../../postgres/server/locale.ts';
import type { RestoreFacts } from '../../postgres/server/server.ts';
import { type Psql, uninterrupted } from '../../postgres/session/psql.ts';
import { createForRestore, dropDatabase } from '../../postgres/swap/create.ts';
import { databaseState } from '../../postgres/swap/database-state.ts';
import { dropAndRename, isAtWork } from '../../postgres/swap/drop-and-rename.ts';
import type { Prepared } from '../preparation.ts';
import { databaseLost, emptyDatabaseFailed, replacementUnknown } from './failures.ts';

/**
 * Puts an empty database in the place of `database`. It is created under another name first, because creating is what
 * can fail (a locale that this server lacks, no room), and then nothing is lost.
 * @param mark says of the empty one whose place it takes, and what it is to have in the end
 * @param fresh a name that no database has
 * @param lastLook is called with the name of the empty one right before the drop, and prevents it by throwing
 * @returns what `lastLook` does
 * @throws Failure that says what state the database is in
 */
export async function replaceWithEmpty<T>(
  mark: RestoreMark,
  fresh: string,
  locale: Locale | undefined,
  { psql, server }: Pick<Prepared<RestoreFacts>, 'psql' | 'server'>,
  step: Pick<Step, 'info' | 'writeDown'>,
  lastLook: (empty: string) => Promise<T>,
): Promise<T> {
  const { database } = mark;
  const beside = { database, run: mark.run, stage: 'filling', fresh: { name: fresh } } as const;
  try {
    step.writeDown(beside);
    await createForRestore(psql, fresh, mark, locale, server.major);
  } catch (error) {
    const left = await tryToDropEmpty(fresh, psql); // if it came to be after all
    if (left === undefined) step.writeDown(undefined);
    throw emptyDatabaseFailed(`Creating an empty database beside ${quoted(database)}`, database, left, error);
  }
  step.info(`Created empty database ${quoted(fresh)}${describeLocale(locale)}`);
  let seen: T;
  try {
    seen = await lastLook(fresh);
  } catch (error) {
    const left = await tryToDropEmpty(fresh, psql);
    if (left === undefined) step.writeDown(undefined);
    throw emptyDatabaseFailed(`Replacing database ${quoted(database)}`, database, left, error);
  }
  // Random, so that it is ours alone.
  const session = `postgres-azure-backup replace ${randomBytes(4).toString('hex')}`;
  step.writeDown({ database, run: mark.run, stage: 'swapping' }); // from here on the new one is all that there is
  try {
    await dropAndRename(uninterrupted(psql), database, fresh, session);
  } catch (error) {
    await settle(database, fresh, session, uninterrupted(psql), error);
  } finally {
    step.writeDown({ database, run: mark.run, stage: 'swapped' });
  }
  step.info('Dropped the old database; the empty one has its name now');
  return seen;
}

/** How often a replacement that failed half way is taken up again, and how long it is waited for between. */
const mostAttempts = 3;
const pauseBetweenAttempts = 1_000;

/**
 * Finds out what a replacement that failed has left behind. While the old database is as it was, the empty one is
 * dropped and the restore gives up. After that there is no way back, and the replacement is finished.
 */
async function settle(
  database: string,
  fresh: string,
  session: string,
  psql: Psql,
  error: unknown,
): Promise<void> {
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const [old, empty] = await statesAfter(database, fresh, session, psql).catch(() => {
      throw replacementUnknown(database, fresh, error);
    });
    if (old === 'there' && empty === 'absent') return; // all was done, only the answer was lost
    if (old === 'there')
      throw emptyDatabaseFailed(
        `Dropping database ${quoted(database)}`,
        database,
        await tryToDropEmpty(fresh, psql),
        error,
      );
    if (empty !== 'there') throw databaseLost(database, undefined, error);
    await sleep(pauseBetweenAttempts);
    await dropAndRename(psql, database, fresh, session).then(
      () => (attempt = mostAttempts),
      () => {},
    );
  }
  const [old] = await statesAfter(database, fresh, session, psql).catch(() => ['unknown']);
  if (old !== 'there') throw databaseLost(database, fresh, error);
}

/** What became of both databases, once the server is no longer at work on them. */
async function statesAfter(
  database: string,
  fresh: string,
  session: string,
  psql: Psql,
): Promise<readonly [Awaited<ReturnType<typeof databaseState>>, Awaited<ReturnType<typeof databaseState>>]> {
  for (let round = 0; await isAtWork(psql, session); round++) {
    if (round === 30) throw new Error('the server is still at work');
    await sleep(pauseBetweenAttempts);
  }
  return [await databaseState(psql, database), await databaseState(psql, fresh)];
}

/** @returns the name of the database if it is still there */
async function tryToDropEmpty(fresh: string, psql: Psql): Promise<string | undefined> {
  try {
    await dropDatabase(uninterrupted(psql), fresh);
    return undefined;
  } catch {
    return fresh;
  }
}
