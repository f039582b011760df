import type { Client } from '../client/find.ts';
import { readArchive } from './read.ts';

/**
 * One entry of an archive's table of contents. Schema, name and owner are as `pg_restore` prints them, one after the
 * other and without quotes: where a name has a space in it, they are a guess, good enough to be read by people.
 * `text` is exact.
 */
export interface Entry {
  /** By which the archive itself, and a list for `--use-list`, name it. */
  id: number;
  /** `TABLE DATA`, `COMMENT`, `EXTENSION` … */
  type: string;
  /** Empty for what belongs to no schema. */
  schema: string;
  name: string;
  /** Empty for what has no owner of its own, as an extension. */
  owner: string;
  /** What follows the type: `public mdl_course moodle`, `- hstore `. */
  text: string;
}

/**
 * The types of entries of pg_dump 9.2 to 18 that have several words; the longest that fits is meant.
 * https://github.com/postgres/postgres/blob/master/src/bin/pg_dump/pg_dump.c (the fields `description`)
 */
const longTypes = [
  'ACCESS METHOD',
  'ACL LANGUAGE',
  'BLOB COMMENTS',
  'BLOB METADATA',
  'CHECK CONSTRAINT',
  'DATABASE PROPERTIES',
  'DEFAULT ACL',
  'EVENT TRIGGER',
  'FK CONSTRAINT',
  'FOREIGN DATA WRAPPER',
  'FOREIGN SERVER',
  'FOREIGN TABLE',
  'INDEX ATTACH',
  'LARGE OBJECT',
  'MATERIALIZED VIEW DATA',
  'MATERIALIZED VIEW',
  'OPERATOR CLASS',
  'OPERATOR FAMILY',
  'PROCEDURAL LANGUAGE',
  'PUBLICATION TABLES IN SCHEMA',
  'PUBLICATION TABLE',
  'ROW SECURITY',
  'SECURITY LABEL',
  'SEQUENCE OWNED BY',
  'SEQUENCE SET',
  'SHELL TYPE',
  'STATISTICS DATA',
  'SUBSCRIPTION TABLE',
  'TABLE ATTACH',
  'TABLE DATA',
  'TEXT SEARCH CONFIGURATION',
  'TEXT SEARCH DICTIONARY',
  'TEXT SEARCH PARSER',
  'TEXT SEARCH TEMPLATE',
  'USER MAPPING',
];

/**
 * The entries of an archive that a restore with these options works through, in their order.
 * @param file may be the beginning of an archive only, as long as all of the table of contents is in it
 * @param options of `pg_restore` that choose entries: `--no-privileges`, `--schema=public`
 * @throws CutOff if the table of contents does not end in the file
 * @throws Failure if this `pg_restore` cannot read the archive
 */
export async function readContents(
  client: Client,
  file: string,
  options: readonly string[],
  signal: AbortSignal,
): Promise<Entry[]> {
  return parseContents(await readArchive(client, [...options, '--list', file], signal));
}

/** The entries in what `pg_restore --list` prints. */
export function parseContents(list: string): Entry[] {
  const found = Array.from(list.matchAll(/(?<![^\n])(\d+); \d+ \d+ ([^\n]*)/g), ([, id, rest = '']) => {
    const type = typeOfEntry(rest);
    return { id: Number(id), type, text: rest.slice(type.length + 1) };
  });
  const spaced = found
    .filter(({ type }) => type === 'SCHEMA')
    .map(({ text }) => text.replace(/^- | [^ ]*$/g, ''))
    .filter((schema) => schema.includes(' '));
  const known = new Set(spaced);
  return found.map((entry) => ({ ...entry, ...split(entry.text, known) }));
}

/** The type that a text begins with: `TABLE DATA` of `TABLE DATA note`. */
export function typeOfEntry(text: string): string {
  return longTypes.find((long) => text.startsWith(`${long} `)) ?? text.replace(/ .*$/s, '');
}

/** The longest name of a schema, in characters; with room for servers that were built for longer ones. */
const longestSchema = 256;

/** @param spaced names of schemas that have a space in them */
function split(text: string, spaced: ReadonlySet<string>): Pick<Entry, 'schema' | 'name' | 'owner'> {
  const beginnings =
    spaced.size === 0
      ? []
      : Array.from(text.slice(0, longestSchema + 1).matchAll(/ /g), ({ index }) => text.slice(0, index));
  const first = beginnings.find((beginning) => spaced.has(beginning)) ?? text.replace(/ .*$/s, '');
  const rest = text.slice(first.length + 1);
  const end = rest.lastIndexOf(' ');
  return { schema: first === '-' ? '' : first, name: rest.slice(0, end), owner: rest.slice(end + 1) };
}
