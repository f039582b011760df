import { describe, expect, test } from 'vitest';
import { parseDefinitions } from '../../../../src/postgres/archive/definitions.ts';
import { mappedRole, namedRoles } from '../../../../src/postgres/restore/entries/named-roles.ts';

/*
 * Scripts as pg_restore --verbose --file=- of 15, 17 and 18 writes them.
 */
const script = String.raw`--
-- PostgreSQL database dump
--

\restrict GORZFz9sxeIWZpfaOqqgJHjY1b4WZt3WdVpUuZx4

SET row_security = off;

--
-- TOC entry 12 (class 2615 OID 16728)
-- Name: my schema; Type: SCHEMA; Schema: -; Owner: my role
-- Data Pos: 0
--

CREATE SCHEMA "my schema";


ALTER SCHEMA "my schema" OWNER TO "my role";

SET default_tablespace = tsx;

--
-- TOC entry 235 (class 1259 OID 16732)
-- Dependencies: 12 13
-- Name: odd; Owner: x; Type: TABLE; Schema: public; Owner: postgres; Tablespace: tsx
--

CREATE TABLE public.odd ();
--
-- a comment that nobody wrote
--

`;

test('definitions are found by the ids of their entries', () => {
  expect([...parseDefinitions(script)]).toEqual([
    [
      12,
      {
        ...{ name: 'my schema', schema: '', owner: 'my role', tablespace: '', dependencies: [] },
        sql: expect.stringMatching(/^CREATE SCHEMA .*tsx;$/s),
      },
    ],
    [
      235,
      {
        ...{
          name: 'odd; Owner: x',
          schema: 'public',
          owner: 'postgres',
          tablespace: 'tsx',
          dependencies: [12, 13],
        },
        sql: expect.stringMatching(/^CREATE TABLE .*wrote\n--$/s),
      },
    ],
  ]);
});

test('an empty script has none', () => {
  expect(parseDefinitions('').size).toBe(0);
});

/** The roles that one entry names. */
function rolesOf(type: string, sql: string, owner = 'own er') {
  const entry = { id: 1, type, schema: '', name: '', owner, text: '' };
  const roles = namedRoles(
    [entry],
    new Map([[1, { name: '', schema: '', owner, tablespace: '', dependencies: [], sql }]]),
  );
  return Object.fromEntries(
    Object.entries({ ...roles })
      .filter(([, names]) => names.size > 0)
      .map(([what, names]) => [what, [...names]]),
  );
}

describe('the roles named by', () => {
  test.each<[string, string, Record<string, string[]>]>([
    ['TABLE', 'CREATE TABLE t ();\n\n\nALTER TABLE public.t OWNER TO "own er";', { owners: ['own er'] }],
    ['TABLE', 'CREATE TABLE t ();', {}],
    ['ACL', 'GRANT SELECT ON TABLE public.t TO app;', { grantees: ['app'] }],
    ['ACL', 'GRANT ALL ON TABLE public.t TO "a ""b" WITH GRANT OPTION;', { grantees: ['a "b'] }],
    ['ACL', 'GRANT SELECT ON TABLE public.t TO PUBLIC;', {}],
    [
      'ACL',
      'REVOKE ALL ON TABLE public.t FROM gone;\nGRANT SELECT(a) ON TABLE t TO b;',
      { grantees: ['gone', 'b'] },
    ],
    [
      'ACL',
      'SET SESSION AUTHORIZATION "x y";\nGRANT SELECT ON TABLE public.t TO app;',
      { grantees: ['app'], grantors: ['x y'] },
    ],
    [
      'DEFAULT ACL',
      'ALTER DEFAULT PRIVILEGES FOR ROLE maker IN SCHEMA s GRANT SELECT ON TABLES TO app;',
      { makers: ['maker'], grantees: ['app'] },
    ],
    ['POLICY', 'CREATE POLICY p ON public.t TO a, "b c" USING (true);', { subjects: ['a', 'b c'] }],
    [
      'POLICY',
      "CREATE POLICY p ON public.t FOR INSERT TO a WITH CHECK ((x = ' TO z;'::text));",
      { subjects: ['a'] },
    ],
    ['POLICY', 'CREATE POLICY p ON public.t AS RESTRICTIVE TO a;', { subjects: ['a'] }],
    ['POLICY', 'CREATE POLICY p ON public.t USING ((a = CURRENT_USER));', {}],
    ['FUNCTION', "CREATE FUNCTION f() AS '\nGRANT SELECT ON t TO app;\n';", {}],
  ])('%s: %s', (type, sql, expected) => {
    expect(rolesOf(type, sql)).toEqual(expected);
  });
});

test.each([
  ['CREATE USER MAPPING FOR app SERVER s;', 'app'],
  ['CREATE USER MAPPING FOR "a b" SERVER s OPTIONS (', 'a b'],
  ['CREATE USER MAPPING FOR public SERVER s;', undefined],
  ['CREATE TABLE x ();', undefined],
])('%s is for %s', (sql, role) => {
  expect(mappedRole({ sql })).toBe(role);
});

test('labels in a name by the thousands do not keep it', () => {
  const name = '; Type: TABLE; Schema: s; Owner: o'.repeat(3_000);
  const heading = `--\n-- TOC entry 7 (class 1259 OID 1)\n-- Name: ${name}; Type: TABLE; Schema: -; Owner: me\n--\n\nSELECT 1;`;
  expect(parseDefinitions(heading).get(7)).toEqual({
    ...{ name, schema: '', owner: 'me', tablespace: '', dependencies: [], sql: 'SELECT 1;' },
  });
  expect(parseDefinitions(heading.replace('; Owner: me', '')).get(7)?.owner).toBe(
    'o; Type: TABLE; Schema: -',
  );
  expect(
    parseDefinitions('--\n-- TOC entry 7 (class 1259 OID 1)\n-- Name: t; Schema: s; Owner: o\n--\n'),
  ).toEqual(new Map());
});

test('a line ends with a newline alone, not with what else is a line separator', () => {
  const name = 'a\u2028b\u0085\u2029';
  const heading = `--\n-- TOC entry 7 (class 1259 OID 1)\n-- Name: ${name}; Type: ACL; Schema: ${name}; Owner: ${name}\n--\n\n`;
  const sql = `GRANT SELECT ON TABLE "${name}\nx"."${name}" TO "${name}\nrole";`;
  const definitions = parseDefinitions(heading + sql);
  expect(definitions.get(7)).toMatchObject({ name, schema: name, owner: name, sql });
  const entry = { id: 7, type: 'ACL', schema: name, name, owner: name, text: '' };
  expect([...namedRoles([entry], definitions).grantees]).toEqual([`${name}\nrole`]);
});
