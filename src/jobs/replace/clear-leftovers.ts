import { count, quoted } from '../../base/format.ts';
import type { Step } from '../../base/step.ts';
import type { RestoreMark } from '../../postgres/properties/restore-mark.ts';
import type { Server } from '../../postgres/server/server.ts';
import { uninterrupted } from '../../postgres/session/psql.ts';
import { identifier } from '../../postgres/session/sql-text.ts';
import { oidOf } from '../../postgres/swap/database-state.ts';
import { isSettled } from '../../postgres/swap/drop.ts';
import { dropCreated, dropLeftover, findLeftovers, type Leftover } from '../../postgres/swap/leftovers.ts';
import type { RestoreLock } from '../../postgres/swap/lock.ts';
import { firstFew } from '../preflight/finding.ts';
import type { Prepared } from '../preparation.ts';
import type { Note } from '../result.ts';
import type { Seen } from './failures.ts';
import type { Replacement } from './replacement.ts';
import { noteOfUnknownDrop } from './retire-old.ts';

/** What killed restores of this database have left: ours is dropped, anything else only named. */
export async function clearLeftovers(
  lock: RestoreLock,
  { psql }: Pick<Prepared<Server>, 'psql'>,
  step: Pick<Step, 'info' | 'warn'>,
): Promise<Note[]> {
  const { leftovers, kept } = await findLeftovers(lock);
  if (kept.length > 0)
    step.info(`Old databases from earlier restores, still on the server: ${firstFew(kept.map(quoted))}`);
  const others: Leftover[] = [];
  const unknown: Note[] = [];
  for (const leftover of leftovers) {
    const { name, run, droppable, kind } = leftover;
    const dropped = droppable && (await dropLeftover(psql, lock.database, leftover, step));
    if (!dropped) others.push(leftover);
    else if (dropped.state === 'unknown') {
      const which = (names: string): string => `${names}, which a killed restore has left,`;
      unknown.push(noteOfUnknownDrop(dropped, which));
    } else if (dropped.state === 'another' && dropped.elsewhere === undefined)
      step.info(`${quoted(name)} is another database now; it was left alone`);
    else if (dropped.state !== 'dropped')
      others.push({ ...leftover, name: dropped.elsewhere ?? dropped.name });
    else {
      const by = run === '' ? 'a restore that was killed' : `the restore of run ${run}`;
      step.info(
        `Dropped ${quoted(name)}, ${kind === 'new' ? 'left unfinished' : 'replaced and left'} by ${by}`,
      );
    }
  }
  return [...notesOfLeftovers(others, lock.database), ...unknown].map((note) => {
    step.warn(note.text, note.sql);
    return note;
  });
}

function notesOfLeftovers(leftovers: readonly Leftover[], database: string): Note[] {
  const note = (kind: Leftover['kind'], text: (names: string, number: number) => string): Note[] => {
    const names = leftovers.filter((one) => one.kind === kind).map(({ name }) => name);
    if (names.length === 0) return [];
    const sql = names.map((name) => `DROP DATABASE ${identifier(name)};`);
    return [{ text: text(firstFew(names.map(quoted)), names.length), sql }];
  };
  return [
    ...note(
      'new',
      (names) =>
        `A killed restore seems to have left ${names} on the server. It was not dropped, since that is not certain or ` +
        'it is in use. Check it, then drop it:',
    ),
    ...note(
      'old',
      (names, number) =>
        `${count(number, 'old database')} of ${quoted(database)} from before a restore that was killed ${number === 1 ? 'is' : 'are'} still on the ` +
        `server: ${names}. It was not dropped, since it is in use, or what took its place is not whole, not known or no longer there. Once it is no longer needed, drop it:`,
    ),
  ];
}

/**
 * Gives up a restore before the old database was touched: drops what was made beside it, and looks what is there. Never throws.
 * @param fresh the name that the new database was to have, and its OID once it was made; one of that name that this restore has not made is
 * left alone
 */
export async function giveUp(
  { request, prepared }: Pick<Replacement, 'request' | 'prepared'>,
  fresh: { name: string; oid: number | undefined },
  mark: RestoreMark,
  step: Pick<Step, 'info' | 'writeDown'>,
): Promise<Seen> {
  const { psql, server } = prepared;
  const dropped = await dropCreated(psql, fresh, mark, step);
  if (isSettled(dropped)) step.writeDown(undefined);
  const left = dropped.state === 'dropped' ? {} : { left: dropped };
  try {
    const oid = await oidOf(uninterrupted(psql, longestLook), request.database);
    return { outcome: oid === (server.target?.oid ?? null) ? 'unchanged' : 'exchanged', ...left };
  } catch {
    return { outcome: 'unasked', ...left };
  }
}

/** How long the server is asked for what has become of a database, in milliseconds. */
export const longestLook = 20_000;
