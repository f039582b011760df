import type { Definition } from '../archive/definitions.ts';
import type { Entry } from '../archive/table-of-contents.ts';
import { alteredTable, callsFunctions } from './one-pass.ts';
import { extensionData, type Sections } from './sections.ts';

/** One call of pg_restore out of several that fill a database together, one after the other. */
export interface Pass {
  /** What is restored, in words: `data`. */
  title: string;
  /** In the order of the archive. */
  entries: Entry[];
  /** Whether several sessions may work at once. */
  parallel: boolean;
}

function of(...types: string[]): (type: string) => boolean {
  return (type) => types.includes(type);
}

const refreshes = of('MATERIALIZED VIEW DATA');

/** What is about something that may come late, or would act on what is still to come. */
const last = of(
  ...['COMMENT', 'SECURITY LABEL', 'STATISTICS DATA', 'EVENT TRIGGER', 'SUBSCRIPTION', 'SUBSCRIPTION TABLE'],
);

/**
 * What comes after the data, in passes. In a parallel one no two entries ever wait for each other: indexes and constraints lock one
 * table each, foreign keys two, for which pg_restore lets only one of them at a time begin, and materialized views lock themselves
 * alone. What is instant and locks several tables, or their partitions, from the leaves to the root or from the root to the leaves,
 * is restored by one session; so is whatever is not known here.
 *
 * Row security comes after the foreign keys, which look at all rows, as pg_dump has it; rights come after all that they may be
 * in the way of, and event triggers when nothing is left that they would fire for.
 */
const stages: readonly { title: string; parallel: boolean; takes: (type: string) => boolean }[] = [
  { title: 'indexes and constraints', parallel: true, takes: of('INDEX', 'CONSTRAINT') },
  {
    title: 'partitions of indexes, triggers, rules',
    parallel: false,
    takes: of(
      ...['INDEX ATTACH', 'CHECK CONSTRAINT', 'RULE', 'TRIGGER', 'STATISTICS'],
      // what refers to a primary key, and has come after it
      ...['FUNCTION', 'PROCEDURE', 'VIEW', 'MATERIALIZED VIEW'],
    ),
  },
  { title: 'foreign keys', parallel: true, takes: of('INDEX', 'CONSTRAINT', 'FK CONSTRAINT') },
  { title: 'row security, rights', parallel: false, takes: (type) => !(last(type) || refreshes(type)) },
  { title: 'materialized views', parallel: true, takes: refreshes },
  { title: 'comments, event triggers', parallel: false, takes: () => true },
];

/**
 * Deals the entries of an archive out to passes: everything before the data, the data, and what comes after it, so that no
 * entry is begun before the rows are there that it may need, and no two sessions wait for each other.
 * @param entries in the order of the archive
 */
export function planPasses(
  entries: readonly Entry[],
  definitions: ReadonlyMap<number, Definition>,
  { preData, data }: Sections,
): Pass[] {
  const [early, middle] = [idsOf(preData), idsOf(data)];
  // An owner may have taken the right to write from itself.
  const isRight = ({ type }: Entry): boolean => /^ACL/.test(type);
  const before = entries.filter((entry) => early.has(entry.id) && !isRight(entry));
  const rows = entries.filter((entry) => middle.has(entry.id) && !isRight(entry));
  const after = entries.filter((entry) => isRight(entry) || !(early.has(entry.id) || middle.has(entry.id)));
  const ofExtensions = extensionData(rows, preData);
  const inOrder = idsOf(ofExtensions);
  return joined([
    { title: 'definitions', entries: before, parallel: false },
    { title: "data of extensions' tables", entries: ofExtensions, parallel: false },
    { title: 'data', entries: rows.filter(({ id }) => !inOrder.has(id)), parallel: true },
    ...afterData(after, definitions),
  ]);
}

function idsOf(entries: readonly Entry[]): Set<number> {
  return new Set(entries.map(({ id }) => id));
}

/** Each entry goes to the first stage that takes its type and has nothing in a later one that it depends on. */
function afterData(entries: readonly Entry[], definitions: ReadonlyMap<number, Definition>): Pass[] {
  const passes: Pass[] = stages.map(({ title, parallel }) => ({ title, parallel, entries: [] }));
  const isAlone = alone(definitions);
  const stageOf = new Map<number, number>();
  for (const entry of entries) {
    const dependencies = definitions.get(entry.id)?.dependencies ?? [];
    const earliest = Math.max(0, ...dependencies.map((id) => stageOf.get(id) ?? 0));
    const single = isAlone(entry);
    const stage = stages.findIndex(
      ({ parallel, takes }, index) => index >= earliest && (single ? !parallel : takes(entry.type)),
    );
    stageOf.set(entry.id, stage);
    passes[stage]?.entries.push(entry);
  }
  return passes;
}

/**
 * Tells entries that another session could wait for, and be waited for by, although their type is worked through in parallel:
 *
 * - a foreign key of a partition, or to one: pg_restore does not know that one of the partitioned table locks it, too
 * - a constraint whose function may read a table that another such constraint has locked
 * - the second index of a table that it is chosen for (`alteredTable`)
 */
function alone(definitions: ReadonlyMap<number, Definition>): (entry: Entry) => boolean {
  const partitions = partitionsIn(definitions);
  const altered = new Set<string>();
  return ({ id, type }) => {
    const { sql = '', dependencies = [] } = definitions.get(id) ?? {};
    if (type === 'FK CONSTRAINT') return dependencies.some((on) => partitions.has(on));
    if (type === 'CONSTRAINT') return callsFunctions(type, sql);
    const table = type === 'INDEX' ? alteredTable(sql) : undefined;
    if (table === undefined) return false;
    const another = altered.has(table);
    altered.add(table);
    return another;
  };
}

/** The ids of tables that are partitions. pg_dump attaches them by an entry of the same name since version 11. */
function partitionsIn(definitions: ReadonlyMap<number, Definition>): Set<number> {
  const key = ({ schema, name }: Definition): string => JSON.stringify([schema, name]);
  const attached = new Set<string>();
  for (const definition of definitions.values())
    if (/^ALTER TABLE [^\n]* ATTACH PARTITION /m.test(definition.sql)) attached.add(key(definition));
  const partitions = new Set<number>();
  for (const [id, definition] of definitions) {
    const { sql } = definition;
    if (!/^CREATE (UNLOGGED |FOREIGN )?TABLE /m.test(sql)) continue;
    if (attached.has(key(definition)) || / PARTITION OF /.test(sql)) partitions.add(id);
  }
  return partitions;
}

/** Without empty ones, and with neighbours in one that need not be apart. */
function joined(passes: readonly Pass[]): Pass[] {
  const found: Pass[] = [];
  for (const pass of passes) {
    if (pass.entries.length === 0) continue;
    const before = found.at(-1);
    if (!before || before.parallel || pass.parallel) found.push({ ...pass, entries: [...pass.entries] });
    else {
      before.title += `, ${pass.title}`;
      before.entries.push(...pass.entries);
    }
  }
  return found;
}
