import { type Entry, readContents } from '../archive/table-of-contents.ts';
import type { Client } from '../client/find.ts';

/** What an archive has before its data, and as its data, as pg_restore tells these apart, whatever of it is restored. */
export interface Sections {
  preData: readonly Entry[];
  data: readonly Entry[];
}

/**
 * Asks pg_restore which entries of an archive come before the data, and which are data. All others come after it.
 * @param file may be the beginning of an archive only, as long as all of its table of contents is in it
 * @throws Failure if this `pg_restore` cannot read the archive
 */
export async function readSections(client: Client, file: string, signal: AbortSignal): Promise<Sections> {
  const [preData, data] = await Promise.all(
    ['--section=pre-data', '--section=data'].map((section) => readContents(client, file, [section], signal)),
  );
  return { preData: preData ?? [], data: data ?? [] };
}

/**
 * The rows of tables that the archive does not make, but an extension of it: they may refer to each other, and pg_dump
 * writes them down in an order that is right, without saying why.
 * https://github.com/postgres/postgres/blob/master/src/bin/pg_dump/pg_dump.c (processExtensionTables)
 */
export function extensionData(rows: readonly Entry[], preData: readonly Entry[]): Entry[] {
  const made = new Set(preData.filter(({ type }) => /(TABLE|SEQUENCE)$/.test(type)).map(({ text }) => text));
  return rows.filter(({ type, text }) => /^(TABLE DATA|SEQUENCE SET)$/.test(type) && !made.has(text));
}
