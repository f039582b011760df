import { writeFile } from 'node:fs/promises';
import type { Client } from '../client/find.ts';
import { readArchive } from './read.ts';
import type { Entry } from './table-of-contents.ts';

/** What an archive says of one entry, as far as its list does not. May hold passwords: never to be shown. */
export interface Definition {
  /** As it is, spaces and all. */
  name: string;
  /** Empty for what belongs to no schema. */
  schema: string;
  owner: string;
  /** Empty for that of the database. */
  tablespace: string;
  /** The ids of the entries that it depends on; one may come more than once. */
  dependencies: number[];
  sql: string;
}

/** Entries whose statements are of no interest here, and of which there may be very many. */
const passedOver =
  /^(BLOB|BLOBS|BLOB METADATA|LARGE OBJECT|COMMENT|STATISTICS DATA|(.* )?DATA|SEQUENCE SET)$/;

/**
 * Reads the statements that an archive makes its objects with.
 * @param file may be the beginning of an archive only, as long as all of its table of contents is in it
 * @param options of `pg_restore` that change statements: `--no-owner`
 * @param list a file to be written, for `--use-list`
 * @returns them by the ids of their entries
 * @throws Failure if this `pg_restore` cannot read the archive
 */
export async function readDefinitions(
  client: Client,
  file: string,
  entries: readonly Entry[],
  options: readonly string[],
  list: string,
  signal: AbortSignal,
): Promise<Map<number, Definition>> {
  const wanted = entries.filter(({ type }) => !passedOver.test(type));
  return definitionsOf(client, file, wanted, [...options, '--schema-only'], list, signal);
}

/**
 * Reads the statements that give rights on large objects, which pg_restore counts among the data.
 * @param file, list as above
 */
export async function readLargeObjectRights(
  client: Client,
  file: string,
  entries: readonly Entry[],
  list: string,
  signal: AbortSignal,
): Promise<Map<number, Definition>> {
  const wanted = entries.filter(({ type, text }) => type === 'ACL' && /^- LARGE OBJECTS? /.test(text));
  return definitionsOf(client, file, wanted, [], list, signal);
}

async function definitionsOf(
  client: Client,
  file: string,
  wanted: readonly Entry[],
  options: readonly string[],
  list: string,
  signal: AbortSignal,
): Promise<Map<number, Definition>> {
  if (wanted.length === 0) return new Map();
  await writeList(list, wanted);
  const args = [...options, '--verbose', `--use-list=${list}`, '--file=-', file];
  return parseDefinitions(await readArchive(client, args, signal));
}

/** Writes a list for `--use-list`, which takes the number before the semicolon. */
export async function writeList(file: string, entries: readonly Entry[]): Promise<void> {
  await writeFile(file, entries.map(({ id }) => `${id};\n`).join(''), { mode: 0o600 });
}

/** The heading of an entry in a script. Only a newline ends a line there: to a dot and the flag m, U+2028 would, which may be in a name. */
const heading =
  /(?<![^\n])--\n-- TOC entry (\d+) \(class \d+ OID \d+\)\n(?:-- Dependencies: ([\d ]*)\n)?-- Name: ([^\n]*)\n(?:-- Data Pos: [^\n]*\n)?--\n/g;

/** The definitions in a script that `pg_restore --verbose` writes. */
export function parseDefinitions(script: string): Map<number, Definition> {
  const found = new Map<number, Definition>();
  const headings = Array.from(script.matchAll(heading), (match) => ({
    match,
    named: headed(match[3] ?? ''),
  }));
  const sound = headings.flatMap(({ match, named }) => (named ? [{ match, named }] : []));
  sound.forEach(({ match, named }, i) => {
    const [whole, id, needs = ''] = match;
    const dependencies = needs === '' ? [] : needs.split(' ').map(Number);
    const sql = script.slice(match.index + whole.length, sound[i + 1]?.match.index).trim();
    found.set(Number(id), { ...named, dependencies, sql });
  });
  return found;
}

/**
 * What follows `-- Name: `, such as `t; Type: TABLE; Schema: public; Owner: shop; Tablespace: fast`. Labels may stand in names, too, in
 * an archive that somebody made for that by the thousands: the last ones count, and each is looked for once.
 */
function headed(line: string): Pick<Definition, 'name' | 'schema' | 'owner' | 'tablespace'> | undefined {
  const before = (label: string, end: number): number =>
    end < 0 ? -1 : line.slice(0, end).lastIndexOf(label);
  const ownerAt = before(ofOwner, line.length);
  const schemaAt = before(ofSchema, ownerAt);
  const typeAt = before(ofType, schemaAt);
  if (typeAt < 0) return undefined;
  const place = line.slice(schemaAt + ofSchema.length, ownerAt);
  const end = line.slice(ownerAt + ofOwner.length);
  const [owner = ''] = end.split(ofTablespace, 1);
  const tablespace = end.slice(owner.length + ofTablespace.length);
  return { name: line.slice(0, typeAt), schema: place === '-' ? '' : place, owner, tablespace };
}

const ofType = '; Type: ';
const ofSchema = '; Schema: ';
const ofOwner = '; Owner: ';
const ofTablespace = '; Tablespace: ';
