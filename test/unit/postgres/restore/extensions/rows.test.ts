import { describe, expect, test } from 'vitest';
import { rowReader } from '../../../../../src/postgres/restore/extensions/rows.ts';

/** What is read of the lines of a script. */
function read(...lines: string[]) {
  const reader = rowReader();
  for (const line of lines) reader.take(line);
  return reader.found;
}

const utf8 = "SET client_encoding = 'UTF8';";
const entry = (id: number): string => `-- TOC entry ${id} (class 0 OID 16431)`;

describe('of an archive is read', () => {
  test('the rows of each table, whatever is in them', () => {
    const found = read(
      ...[utf8, entry(7), 'COPY public.t (id, "a ""b"", c") FROM stdin;'],
      ...['1\tplain', '2\t\\N', '3\ta\\tb\\n\\\\N', '-- TOC entry 8 (class 0 OID 1)', '\\.', ''],
      ...[entry(9), 'COPY "Geo (x) FROM"."t ""1""" (id) FROM stdin;', '\\.'],
    );
    expect(found.get(7)).toEqual({
      count: 4,
      bytes: 56,
      rows: [
        { id: '1', 'a "b", c': 'plain' },
        { id: '2', 'a "b", c': null },
        { id: '3', 'a "b", c': 'a\tb\n\\N' },
        { id: '-- TOC entry 8 (class 0 OID 1)' },
      ],
      setval: undefined,
    });
    expect(found.get(9)).toEqual({ count: 0, bytes: 0, rows: [], setval: undefined });
    expect([...found.keys()]).toEqual([7, 9]);
  });

  test('that there are rows, where they are statements', () => {
    const found = read(
      utf8,
      entry(7),
      "INSERT INTO public.t VALUES (1, 'a",
      "b');",
      'INSERT INTO public.t VALUES (2);',
    );
    expect(found.get(7)).toMatchObject({ count: 2, rows: undefined });
  });

  test('how many there are, but not which, in another encoding or if they are too many', () => {
    const copy = 'COPY public.t (id) FROM stdin;';
    expect(read("SET client_encoding = 'LATIN1';", entry(1), copy, '1', '\\.').get(1)).toMatchObject({
      count: 1,
      rows: undefined,
    });
    const many = Array.from({ length: 10_001 }, (_, i) => String(i));
    expect(read(utf8, entry(1), copy, ...many, '\\.').get(1)).toMatchObject({
      count: 10_001,
      rows: undefined,
    });
  });

  test('the statement that sets a sequence', () => {
    const statement = "SELECT pg_catalog.setval('clock.job_id_seq', 1, false);";
    expect(read(utf8, entry(3), statement).get(3)).toMatchObject({ count: 0, setval: statement });
  });

  test('nothing, at once, of a statement whose quotes lead nowhere', () => {
    for (const quotes of ['""', '"a"']) {
      const found = read(utf8, entry(7), `COPY ${quotes.repeat(500)} FROM stdin;`, '1', '\\.');
      expect(found.get(7)).toMatchObject({ count: 1, rows: [{ '': '1' }] });
    }
  });
});
