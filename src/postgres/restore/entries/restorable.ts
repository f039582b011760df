import { type Definition, writeList } from '../../archive/definitions.ts';
import type { Entry } from '../../archive/table-of-contents.ts';
import type { PreflightFacts } from '../server-offers.ts';
import { mappedRole } from './named-roles.ts';
import { type SuperuserRuleInput, sqlOfEntry, whyDispensable, whyImpossible } from './superuser-only.ts';
import { uselessStatistics } from './useless-statistics.ts';

/** An entry that cannot be restored. */
export interface Unrestorable {
  entry: Entry;
  /** In words that follow a dash: `needs a superuser`. */
  why: string;
}

/** What can be restored of an archive, and what cannot. */
export interface Restorable {
  /** In the order of the archive. */
  kept: Entry[];
  /** Entries that the database is whole without. */
  leftOut: Unrestorable[];
  /** Entries that the database is not whole without. */
  impossible: Unrestorable[];
  /** Statistics that are no use: `ANALYZE` collects what is missing then. */
  unneeded: Entry[];
}

/**
 * Sorts the entries of an archive by whether this role can restore them on this server.
 * @param definitions the statements of the entries, as far as they are known
 */
export function sortEntries(
  entries: readonly Entry[],
  definitions: ReadonlyMap<number, Definition>,
  server: { major: number },
  facts: SuperuserRuleInput['facts'] & Pick<PreflightFacts, 'superuser'>,
): Restorable {
  const sorted: Restorable = { kept: [], leftOut: [], impossible: [], unneeded: [] };
  const gone = new Set<string>();
  const isUnneeded = uselessStatistics(entries, definitions, server);
  for (const entry of entries) {
    if (isUnneeded(entry)) {
      sorted.unneeded.push(entry);
      continue;
    }
    const one = { entry, sql: sqlOfEntry(definitions, entry), server, facts };
    const why = whyLeftOut(one, definitions.get(entry.id), facts.superuser, gone);
    if (why !== undefined) {
      sorted.leftOut.push({ entry, why });
      gone.add(asSubject(entry));
      continue;
    }
    sorted.kept.push(entry);
    const obstacle = facts.superuser ? undefined : whyImpossible(one);
    if (obstacle !== undefined) sorted.impossible.push({ entry, why: obstacle });
  }
  return sorted;
}

/**
 * Writes the list for `--use-list`.
 * @param mayShrink whether entries may have to be taken out of it later
 * @returns the file, undefined if nothing is left out and no list is needed
 */
export async function restorableList(
  file: string,
  { kept, leftOut, unneeded }: Restorable,
  mayShrink = false,
): Promise<string | undefined> {
  if (leftOut.length + unneeded.length === 0 && !mayShrink) return undefined;
  await writeList(file, kept);
  return file;
}

function whyLeftOut(
  one: SuperuserRuleInput,
  definition: Definition | undefined,
  superuser: boolean,
  gone: ReadonlySet<string>,
): string | undefined {
  const { entry, facts } = one;
  if (/^(COMMENT|SECURITY LABEL|ACL)$/.test(entry.type) && gone.has(withoutQuotes(entry.text)))
    return 'what it belongs to is left out';
  if (entry.type === 'USER MAPPING' && definition) {
    const role = mappedRole(definition);
    if (role !== undefined && !Object.hasOwn(facts.roles, role)) return 'the server has no such role';
  }
  return superuser ? undefined : whyDispensable(one);
}

/**
 * How a comment names what it is on: `- EVENT TRIGGER audit postgres` for the event trigger `- audit postgres`. Some names
 * are in quotes there, where they need them in SQL.
 */
function asSubject({ type, text }: Entry): string {
  const space = text.indexOf(' ');
  return withoutQuotes(`${text.slice(0, space)} ${type}${text.slice(space)}`);
}

function withoutQuotes(text: string): string {
  return text.replaceAll('"', '');
}

/** Those that every new database has. */
const alwaysThere = /^(public|information_schema|pg_.*)$/;

/**
 * The schemas that entries are in, and that are not among the entries themselves. Options that choose a part (`--schema`,
 * `--table`) leave the schemas out, and extensions with them, which may bring schemas of their own.
 */
export function missingSchemas(
  entries: readonly Entry[],
  definitions: ReadonlyMap<number, Definition>,
): string[] {
  if (entries.some(({ type }) => type === 'EXTENSION')) return [];
  const made = new Set<string>();
  const used = new Set<string>();
  for (const { id, type } of entries) {
    const { name, schema } = definitions.get(id) ?? { name: '', schema: '' };
    if (type === 'SCHEMA') made.add(name);
    if (schema !== '' && !alwaysThere.test(schema)) used.add(schema);
  }
  return [...used].filter((schema) => !made.has(schema));
}
