import { quoted } from '../../base/format.ts';
import type { Step } from '../../base/step.ts';
import type { Server } from '../../postgres/server/server.ts';
import { identifier } from '../../postgres/session/sql-text.ts';
import { dropLeftover, findLeftovers, findPrevious } from '../../postgres/swap/leftovers.ts';
import type { RestoreLock } from '../../postgres/swap/lock.ts';
import { firstFew } from '../preflight/finding.ts';
import type { Prepared } from '../preparation.ts';
import type { Note } from '../result.ts';

/** What killed restores of this database have left: ours is dropped, anything else only named. */
export async function clearLeftovers(
  lock: RestoreLock,
  { psql }: Pick<Prepared<Server>, 'psql'>,
  step: Pick<Step, 'info' | 'warn'>,
): Promise<Note[]> {
  const previous = await findPrevious(lock);
  if (previous.length > 0)
    step.info(`Old databases from earlier restores, still on the server: ${firstFew(previous.map(quoted))}`);
  const others: string[] = [];
  for (const leftover of await findLeftovers(lock)) {
    const { name, run, droppable } = leftover;
    if (droppable) {
      const dropped = await dropLeftover(psql, leftover).then(
        () => true,
        () => false,
      );
      if (dropped) {
        step.info(`Dropped ${quoted(name)}, left unfinished by the restore of run ${run}`);
        continue;
      }
    }
    others.push(name);
  }
  if (others.length === 0) return [];
  const text =
    `A killed restore seems to have left ${firstFew(others.map(quoted))} on the server. It was not dropped, since that is not certain or ` +
    'it is in use. Check it, then drop it:';
  const sql = others.map((name) => `DROP DATABASE ${identifier(name)};`);
  step.warn(text, sql);
  return [{ text, sql }];
}
