import { linesOf } from '../../../base/lines.ts';
import { start } from '../../../base/process.ts';
import { writeList } from '../../archive/definitions.ts';
import type { Entry } from '../../archive/table-of-contents.ts';
import type { Client } from '../../client/find.ts';

/** What an archive has for a table or sequence. */
export interface ArchivedRows {
  /** How many rows. */
  count: number;
  /** Their bytes, as `pg_dump` writes them. */
  bytes: number;
  /** The rows themselves, if they are few enough, and were not written down as INSERT statements; texts by columns. */
  rows: Record<string, string | null>[] | undefined;
  /** The statement that sets a sequence. */
  setval: string | undefined;
}

/** More than this is not kept. */
const most = { rows: 10_000, bytes: 4 * 2 ** 20 };

/**
 * Reads what an archive has for some tables and sequences.
 * @param file the whole archive
 * @param entries of data
 * @param list a file to be written, for `--use-list`
 * @returns by the ids of the entries
 * @throws ProcessFailure if pg_restore cannot read it
 */
export async function readRows(
  client: Client,
  file: string,
  entries: readonly Entry[],
  list: string,
  signal: AbortSignal,
): Promise<Map<number, ArchivedRows>> {
  await writeList(list, entries);
  const running = start({
    program: client.pgRestore,
    args: ['--data-only', '--verbose', `--use-list=${list}`, '--file=-', file],
    env: { LC_ALL: 'C', PATH: process.env['PATH'] },
    signal,
  });
  const reader = rowReader();
  linesOf(running.stdout, reader.take, Number.POSITIVE_INFINITY);
  await running.finished;
  return reader.found;
}

/** Picks rows out of the lines of a script that `pg_restore --data-only --verbose` writes. */
export function rowReader(): { take(line: string): void; found: Map<number, ArchivedRows> } {
  const found = new Map<number, ArchivedRows>();
  let current: ArchivedRows | undefined;
  let columns: string[] | undefined;
  let isUtf8 = false;
  const takeRow = (of: ArchivedRows, line: string): void => {
    of.count++;
    of.bytes += Buffer.byteLength(line) + 1;
    if (of.count > most.rows || of.bytes > most.bytes || !isUtf8) of.rows = undefined;
    else
      of.rows?.push(
        Object.fromEntries(line.split('\t').map((value, i) => [columns?.[i] ?? '', decodedValue(value)])),
      );
  };
  return {
    found,
    take(line) {
      if (columns && current) {
        if (line === '\\.') columns = undefined;
        else takeRow(current, line);
        return;
      }
      const id = /^-- TOC entry (\d+) /.exec(line)?.[1];
      if (id !== undefined) {
        current = { count: 0, bytes: 0, rows: [], setval: undefined };
        found.set(Number(id), current);
      } else if (/^SET client_encoding = 'UTF8';$/.test(line)) isUtf8 = true;
      else if (!current) return;
      else if (/^COPY .* FROM stdin;$/s.test(line)) columns = columnsOf(line);
      else if (/^SELECT pg_catalog\.setval\(.*\);$/s.test(line)) current.setval = line;
      else if (/^INSERT INTO /.test(line)) {
        takeRow(current, line);
        current.rows = undefined;
      }
    },
  };
}

/** `COPY public.t (id, "a b") FROM stdin;`; quotes that are doubled are taken as two names in a row, in one way only. */
function columnsOf(line: string): string[] {
  const [, list = ''] = /^COPY (?:"[^"]*"|[^"(])*\((.*)\) FROM stdin;$/s.exec(line) ?? [];
  const names = list.match(/"(?:[^"]|"")*"|[^", ]+/g) ?? [];
  return names.map((name) => name.replace(/^"(.*)"$/s, (_, inner: string) => inner.replaceAll('""', '"')));
}

const escapeCodes: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** A value as COPY writes it in text format. https://www.postgresql.org/docs/current/sql-copy.html */
function decodedValue(value: string): string | null {
  if (value === '\\N') return null;
  return value.replace(/\\(.)/gs, (_, letter: string) => escapeCodes[letter] ?? letter);
}
