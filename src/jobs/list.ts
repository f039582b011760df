import { quoted } from '../base/format.ts';
import type { Step } from '../base/step.ts';
import { belongsTo, inventoryOf } from './archive/recorded-backups.ts';
import { describeSource } from './archive/what-there-is.ts';
import { problemOfAge } from './list/age.ts';
import { warningsOfShrinking } from './list/shrunk.ts';
import { tableOfListed } from './list/table.ts';
import { openStore, placeToShow } from './open-store.ts';
import type { ListRequest } from './request.ts';
import type { ListResult } from './result.ts';

/**
 * Lists the backups of a database, or of all of them, and looks whether the newest one came: it is not too old, and did not shrink by more
 * than half. Works with the container alone, and changes nothing.
 * @throws Failure if the container cannot be listed
 */
export async function list(asked: ListRequest, step: Step): Promise<ListResult> {
  const clock = performance.now();
  const { source, maxAgeHours } = asked;
  const store = await openStore(asked, step);
  const title =
    source.database === '' ? 'List the backups' : `List the backups of ${quoted(source.database)}`;
  return step.phase(title, async () => {
    const inventory = await inventoryOf(store, step.signal);
    const backups = inventory.backups.filter(belongsTo(source));
    const others = inventory.backups.length - backups.length;
    step.info(`Backups of ${describeSource(source)}: ${backups.length}`);
    for (const line of tableOfListed(backups, inventory.now)) step.info(line);
    step.info(`Besides, in the same folder: backups of others ${others}, other files ${inventory.foreign}`);
    for (const warning of warningsOfShrinking(backups, inventory.now, source)) step.warn(warning);
    const problem = maxAgeHours === undefined ? undefined : problemOfAge(inventory, source, maxAgeHours);
    return {
      ...{ job: 'list', source, backups, others, foreign: inventory.foreign, now: inventory.now },
      place: placeToShow(asked.store),
      duration: performance.now() - clock,
      ...(problem && { problem }),
    };
  });
}
