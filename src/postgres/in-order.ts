import type { Definition } from './definitions.ts';
import type { Entry } from './table-of-contents.ts';

/**
 * Whether entries have to be restored one after the other, in the order of the archive. With several sessions pg_restore
 * knows what an entry waits for from the archive alone, and a constraint of a domain that is not validated waits for its
 * domain, not for the rows that it was not made to check: they are refused if they come after it (seen with 18).
 */
export function mustStayInOrder(
  entries: readonly Entry[],
  definitions: ReadonlyMap<number, Definition>,
): boolean {
  return entries.some(
    ({ id, type }) => type === 'CHECK CONSTRAINT' && /^ALTER DOMAIN /m.test(definitions.get(id)?.sql ?? ''),
  );
}
