import type { Definition } from '../../archive/definitions.ts';
import type { Entry } from '../../archive/table-of-contents.ts';

/** The first version of servers that take the planner's statistics from an archive. */
const takesStatistics = 18;

/**
 * Tells the entries with statistics that a restore is better without: a server before 18 has no function for them, and answers with
 * an error; and those of a table whose rows are not in the archive (`--exclude-table-data`) speak of rows that will not be there.
 * @param entries in the order of the archive
 */
export function uselessStatistics(
  entries: readonly Entry[],
  definitions: ReadonlyMap<number, Definition>,
  server: { major: number },
): (entry: Entry) => boolean {
  const isStatistics = ({ type }: Entry): boolean => type === 'STATISTICS DATA';
  if (server.major < takesStatistics) return isStatistics;
  if (!entries.some(isStatistics)) return () => false;
  const filled = entries.filter(({ type }) => dataTypes.test(type));
  const texts = new Set(filled.map(({ text }) => text));
  const empty = entries.filter(
    // A partitioned table has no rows of its own, and statistics of its partitions' together.
    ({ id, type, text }) =>
      tableTypes.test(type) && !texts.has(text) && !/^PARTITION BY /m.test(definitions.get(id)?.sql ?? ''),
  );
  const ofFilled = new Set(filled.flatMap(beginnings));
  const ofEmpty = new Set(empty.flatMap(beginnings));
  return (entry) => isStatistics(entry) && ofEmpty.has(entry.text) && !ofFilled.has(entry.text);
}

/** Of two names and a space after each, in characters; with room for servers that were built for longer ones. */
const longestNames = 512;

const tableTypes = /^(TABLE|MATERIALIZED VIEW)$/;
const dataTypes = /^(TABLE DATA|MATERIALIZED VIEW DATA)$/;

/**
 * What may be schema and name of an entry, as an entry with statistics has them: `public note ` of `public note its owner`. Where
 * the parts end is not written down, so there is one for each space, as far as two names of PostgreSQL's may reach.
 */
function beginnings({ text }: Entry): string[] {
  return Array.from(text.slice(0, longestNames).matchAll(/ /g), ({ index }) => text.slice(0, index + 1));
}
