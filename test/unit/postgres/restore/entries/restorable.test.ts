import { describe, expect, test } from 'vitest';
import { parseContents } from '../../../../../src/postgres/archive/table-of-contents.ts';
import { sortEntries } from '../../../../../src/postgres/restore/entries/restorable.ts';

const facts = {
  superuser: false,
  privileged: false,
  mayCreateSubscriptions: false,
  allowedExtensions: null as string[] | null,
  extensions: {
    ...{
      hstore: { trusted: true, version: '1.0', versions: ['1.0'] },
      postgis: { trusted: false, version: '1.0', versions: ['1.0'] },
      plpgsql: { trusted: true, version: '1.0', versions: ['1.0'] },
    },
    'uuid-ossp': { trusted: true, version: '1.0', versions: ['1.0'] },
  },
  roles: { app: { assumable: false, has: [] } },
};
interface Circumstances extends Partial<typeof facts> {
  major?: number;
  sql?: string;
}

/** What becomes of the first of these entries. */
function fate(lines: string, { major = 17, sql = '', ...others }: Circumstances = {}): string {
  const entries = parseContents(lines.replace(/^/gm, () => '1; 0 0 '));
  const withIds = entries.map((entry, i) => ({ ...entry, id: i }));
  const last = withIds.length - 1;
  const definitions = new Map([
    [last, { name: '', schema: '', owner: '', tablespace: '', dependencies: [], sql }],
  ]);
  const { leftOut, impossible, kept } = sortEntries(withIds, definitions, { major }, { ...facts, ...others });
  expect(leftOut.length + kept.length).toBe(entries.length);
  if (leftOut.some(({ entry }) => entry.id === last)) return 'left out';
  return impossible.some(({ entry }) => entry.id === last) ? 'impossible' : 'kept';
}

describe('without superuser', () => {
  test.each<[string, string, Circumstances]>([
    ['COMMENT - EXTENSION plpgsql ', 'left out', {}],
    ['COMMENT - EXTENSION hstore ', 'kept', {}],
    ['COMMENT - EXTENSION "uuid-ossp" ', 'kept', {}],
    ['COMMENT - EXTENSION hstore ', 'left out', { allowedExtensions: ['hstore'] }],
    ['COMMENT - EXTENSION postgis ', 'left out', {}],
    ['COMMENT public TABLE t x', 'kept', {}],
    ['COMMENT - SCHEMA public x', 'left out', { major: 14 }],
    ['COMMENT - SCHEMA public x', 'kept', { major: 15 }],
    ['COMMENT - SCHEMA publication x', 'kept', { major: 14 }],
    ['EVENT TRIGGER - et x', 'left out', {}],
    ['EVENT TRIGGER - et x\nCOMMENT - EVENT TRIGGER et x', 'left out', {}],
    ['EVENT TRIGGER - e t x\nCOMMENT - EVENT TRIGGER "e t" x', 'left out', {}],
    ['EVENT TRIGGER - et x\nCOMMENT - EVENT TRIGGER other x', 'kept', {}],
    ['SUBSCRIPTION - s x', 'left out', {}],
    ['SUBSCRIPTION - s x', 'kept', { mayCreateSubscriptions: true }],
    ['PUBLICATION - p x', 'left out', { sql: 'CREATE PUBLICATION p FOR ALL TABLES WITH (publish = 1);' }],
    ['PUBLICATION - p x', 'kept', { sql: 'CREATE PUBLICATION p WITH (publish = 1);' }],
    ['PUBLICATION TABLE public p t x', 'kept', {}],
    ['PUBLICATION TABLES IN SCHEMA s p s x', 'left out', {}],
    ['ACL pg_catalog FUNCTION pg_read_file(text) x', 'left out', {}],
    ['ACL public TABLE t x', 'kept', {}],
    ['USER MAPPING - USER MAPPING app SERVER s x', 'kept', { sql: 'CREATE USER MAPPING FOR app SERVER s;' }],
    ['USER MAPPING - USER MAPPING y SERVER s x', 'left out', { sql: 'CREATE USER MAPPING FOR y SERVER s;' }],
    ['USER MAPPING - x SERVER s x', 'left out', { sql: 'CREATE USER MAPPING FOR constructor SERVER s;' }],
    ['SHELL TYPE public t x', 'impossible', {}],
    ['TYPE public t x', 'impossible', { sql: 'CREATE TYPE public.t (\n    INTERNALLENGTH = 4,' }],
    ['TYPE public t x', 'impossible', { sql: 'CREATE TYPE public.t;' }],
    ['TYPE public t x', 'kept', { sql: 'CREATE TYPE public.t AS (\n\ta integer\n);' }],
    ['TYPE public t x', 'kept', { sql: "CREATE TYPE public.t AS ENUM (\n    'INTERNALLENGTH = '\n);" }],
    ['ACCESS METHOD - m ', 'impossible', {}],
    ['OPERATOR CLASS public c x', 'impossible', {}],
    ['OPERATOR FAMILY public c x', 'impossible', {}],
    ['OPERATOR public === x', 'kept', {}],
    ['TEXT SEARCH PARSER public p ', 'impossible', {}],
    ['TEXT SEARCH TEMPLATE public p ', 'impossible', {}],
    ['TEXT SEARCH DICTIONARY public p x', 'kept', {}],
    ['FOREIGN DATA WRAPPER - w x', 'impossible', {}],
    ['SERVER - s x', 'kept', {}],
    ['TRANSFORM - TRANSFORM FOR integer LANGUAGE sql ', 'impossible', {}],
    ['PROCEDURAL LANGUAGE - plpgsql x', 'kept', {}],
    ['PROCEDURAL LANGUAGE - mine x', 'impossible', {}],
    ['PROCEDURAL LANGUAGE - hstore x', 'kept', {}],
    [
      'FUNCTION public f() x',
      'impossible',
      { sql: 'CREATE FUNCTION f()\n    LANGUAGE c STRICT\n    AS $$x$$;' },
    ],
    [
      'FUNCTION public f() x',
      'impossible',
      { sql: 'CREATE FUNCTION f()\n    LANGUAGE internal\n    AS $$x$$;' },
    ],
    [
      'FUNCTION public f() x',
      'impossible',
      { sql: 'CREATE FUNCTION f()\n    LANGUAGE sql STABLE LEAKPROOF\n    AS' },
    ],
    [
      'FUNCTION public f() x',
      'impossible',
      { sql: 'CREATE FUNCTION f()\n    LANGUAGE sql SUPPORT s.g PARALLEL SAFE\n' },
    ],
    [
      'FUNCTION public f() x',
      'kept',
      { sql: 'CREATE FUNCTION f()\n    LANGUAGE sql\n    AS $$\n    LANGUAGE c\n$$;' },
    ],
    ['FUNCTION public f() x', 'kept', { sql: 'CREATE FUNCTION f()\n    LANGUAGE cobol\n    AS $$x$$;' }],
    ['FUNCTION public f() x', 'kept', {}],
    ['PROCEDURE public f() x', 'impossible', { sql: 'CREATE PROCEDURE f()\n    LANGUAGE c\n    AS $$x$$;' }],
    [
      'AGGREGATE public a(internal) x',
      'impossible',
      { sql: 'CREATE AGGREGATE a(internal) (\n    STYPE = internal\n);' },
    ],
    [
      'AGGREGATE public a(internal) x',
      'kept',
      { sql: 'CREATE AGGREGATE a(int) (\n    STYPE = internal_count\n);' },
    ],
    ['CAST - CAST (a AS b) ', 'impossible', { sql: 'CREATE CAST (a AS b) WITHOUT FUNCTION;' }],
    ['CAST - CAST (a AS b) ', 'kept', { sql: 'CREATE CAST (a AS b) WITH FUNCTION f(a);' }],
    ['TABLE public t x', 'kept', {}],
  ])('%s is %s', (lines, expected, circumstances) => {
    expect(fate(lines, circumstances)).toBe(expected);
    const forSuperuser = /^USER MAPPING/.test(lines) ? expected : 'kept';
    expect(fate(lines, { ...circumstances, superuser: true })).toBe(forSuperuser);
  });
});

test('what is kept stays in order', () => {
  const entries = parseContents(
    '7; 0 0 TABLE public a x\n3; 0 0 EVENT TRIGGER - e x\n5; 0 0 TABLE public b x\n',
  );
  const { kept } = sortEntries(entries, new Map(), { major: 17 }, facts);
  expect(kept.map(({ id }) => id)).toEqual([7, 5]);
});
