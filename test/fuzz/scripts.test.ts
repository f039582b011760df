import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { type Definition, parseDefinitions } from '../../src/postgres/archive/definitions.ts';
import { ownership } from '../../src/postgres/archive/ownership.ts';
import { decodedCopyText } from '../../src/postgres/archive/read.ts';
import { isPlain, statementsOf } from '../../src/postgres/archive/statements.ts';
import type { Entry } from '../../src/postgres/archive/table-of-contents.ts';
import { revocations } from '../../src/postgres/privileges/revocations-in-archive.ts';
import { privilegeStatements } from '../../src/postgres/privileges/statements.ts';
import { parseDatabaseProperties } from '../../src/postgres/properties/from-archive.ts';
import { databaseRights, type Setting } from '../../src/postgres/properties/read.ts';
import { propertyStatements } from '../../src/postgres/properties/statements.ts';
import { namedRoles } from '../../src/postgres/restore/entries/named-roles.ts';
import { rowReader } from '../../src/postgres/restore/extensions/rows.ts';
import { identifier, literal } from '../../src/postgres/session/sql-text.ts';
import { almost, hostileName, hostileText } from '../support/fuzz/hostile-text.ts';
import { property } from '../support/fuzz/rounds.ts';

/** As pg_restore writes a name into a comment. */
const onOneLine = hostileName().map((name) => name.replace(/[\r\n]/g, ' '));
const unlabelled = onOneLine.map((name) => name.replaceAll(';', ''));

describe('the comments of a script', () => {
  const entry = fc.record({
    ...{
      name: onOneLine,
      schema: unlabelled,
      owner: unlabelled,
      tablespace: fc.option(unlabelled, { nil: '' }),
    },
    dependencies: fc.array(fc.nat(), { maxLength: 3 }),
    sql: fc.constantFrom('SELECT 1;', 'CREATE TABLE t (\n    a int\n);', '-- x'),
  });
  property('are read as they were written', [fc.array(entry, { maxLength: 5 })], (entries) => {
    const script = entries.map(({ name, schema, owner, tablespace, dependencies, sql }, id) => {
      const needs = dependencies.length === 0 ? '' : `-- Dependencies: ${dependencies.join(' ')}\n`;
      const end = tablespace === '' ? '' : `; Tablespace: ${tablespace}`;
      const named = `-- Name: ${name}; Type: TABLE; Schema: ${schema}; Owner: ${owner}${end}\n`;
      return `--\n-- TOC entry ${id} (class 1 OID 2)\n${needs}${named}--\n\n${sql}\n\n\n`;
    });
    const meant = entries.map((one) => ({ ...one, schema: one.schema === '-' ? '' : one.schema }));
    expect([...parseDefinitions(`--\n-- dump\n--\n\n${script.join('')}`).values()]).toEqual(meant);
  });
});

/** An entry with rights, as far as what looks at those goes by it. */
function ofRights(sql: string, type = 'ACL'): [Entry[], Map<number, Definition>] {
  const named = { schema: 'public', name: 't', owner: 'the owner of it' };
  return [
    [{ ...named, id: 1, type, text: 'public TABLE t x' }],
    new Map([[1, { ...named, tablespace: '', dependencies: [], sql }]]),
  ];
}

/** Everybody has no name. */
const asRole = (role: string | null): string => (role === null ? 'PUBLIC' : identifier(role));
const tableRights = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'];

describe('the rights of an archive', () => {
  const [name, role] = [hostileName(), hostileName()];
  property(
    'name their roles, whatever these and the tables are called',
    [name, role, role, role],
    (...all) => {
      const [table, grantee, grantor, maker] = all;
      const on = `ON TABLE public.${identifier(table)}`;
      const sql = `REVOKE ALL ${on} FROM ${identifier(grantor)};\nSET SESSION AUTHORIZATION ${identifier(grantor)};\nGRANT SELECT ${on} TO ${identifier(grantee)} WITH GRANT OPTION;\nRESET SESSION AUTHORIZATION;`;
      const named = namedRoles(...ofRights(sql));
      expect([...named.grantees].sort()).toEqual([...new Set([grantor, grantee])].sort());
      expect([...named.grantors]).toEqual([grantor]);
      const defaults = `ALTER DEFAULT PRIVILEGES FOR ROLE ${identifier(maker)} IN SCHEMA ${identifier(table)} GRANT ALL ON TABLES TO ${identifier(grantee)};`;
      const ofDefaults = namedRoles(...ofRights(defaults, 'DEFAULT ACL'));
      expect([[...ofDefaults.makers], [...ofDefaults.grantees]]).toEqual([[maker], [grantee]]);
    },
  );
  property(
    'name the roles of policies',
    [name, name, fc.uniqueArray(role, { minLength: 1, maxLength: 3 })],
    (...all) => {
      const [policy, table, roles] = all;
      const sql = `CREATE POLICY ${identifier(policy)} ON public.${identifier(table)} FOR SELECT TO ${roles.map(identifier).join(', ')} USING ((a = 'x TO y'::text));`;
      expect([...namedRoles(...ofRights(sql, 'POLICY')).subjects]).toEqual(roles);
    },
  );
  property(
    'leave what is taken and not given, in one statement of names and words',
    [name, fc.option(role), fc.subarray(tableRights), fc.boolean()],
    (table, grantee, given, all) => {
      const on = `ON TABLE public.${identifier(table)}`;
      const taken = all ? ['ALL'] : tableRights;
      const sql = `REVOKE ${taken.join(',')} ${on} FROM ${asRole(grantee)};\nGRANT SELECT ${on} TO "the owner of it";\n${given.length === 0 ? '' : `GRANT ${given.join(',')} ${on} TO ${asRole(grantee)};\n`}`;
      const [only, ...others] = revocations(...ofRights(sql));
      expect(others).toEqual([]);
      const left = tableRights.filter((right) => !given.includes(right));
      if (only?.sql === undefined) {
        expect(left).toEqual([]);
        return;
      }
      expect(isPlain(only.sql)).toBe(true);
      const [statement] = privilegeStatements(only.sql);
      expect(statement).toMatchObject({ gives: false, role: grantee });
      if (given.length > 0 || !all) expect(statement?.privileges).toEqual(left);
      expect(only.sql.endsWith(`${on} FROM ${asRole(grantee)}`)).toBe(true);
    },
  );
  property('tell the owner, and what to grant on', [name, name, role], (schema, table, owner) => {
    const object = `${identifier(schema)}.${identifier(table)}`;
    const sql = `CREATE VIEW ${object} AS\n SELECT ';' AS "OWNER TO x;";\n\nALTER VIEW ${object} OWNER TO ${identifier(owner)};`;
    expect(ownership(ofRights(sql)[1].get(1))).toEqual({ owner, object: `TABLE ${object}` });
  });
});

describe('a statement of names and words', () => {
  const valid = fc
    .tuple(hostileName(), hostileName())
    .map(([a, b]) => `GRANT SELECT(a),UPDATE ON TABLE ${identifier(a)} TO ${identifier(b)}`);
  property(
    'holds nothing that psql or the server would take for more',
    [fc.oneof(almost(valid), hostileText(4))],
    (sql) => {
      if (!isPlain(sql)) return;
      expect(statementsOf(sql)).toHaveLength(1);
      expect(sql.replace(/"(?:[^"]|"")*"/g, ' x ')).not.toMatch(/[;:\\'"`{}<>=|&!@#%^~?/-]/);
    },
  );
  property('is what grants are, whatever the names', [valid], (sql) => expect(isPlain(sql)).toBe(true));
});

describe('what a database has as a whole', () => {
  const value = hostileText(4).map((text) => text.replaceAll('\0', ''));
  const setting = fc.record({
    role: fc.option(hostileName()),
    name: fc.constantFrom('work_mem', 'app.secret', 'my.own', 'search_path'),
    value,
  });
  property(
    'is read from its statements as it was written into them',
    [
      hostileName(),
      hostileName(),
      fc.array(setting, { maxLength: 3 }),
      fc.option(value),
      fc.nat(99),
      fc.subarray([...databaseRights]),
    ],
    (database, owner, given, comment, connectionLimit, privileges) => {
      const settings = given.map((one) =>
        one.name === 'search_path' ? { ...one, value: identifier(one.value || 'a') } : one,
      );
      const grants =
        privileges.length === 0 ? null : [{ grantee: 'some"body', privileges, grantable: false }];
      const properties = {
        ...{ owner, tablespace: 'pg_default', connectionLimit, allowConnections: true, isTemplate: true },
        ...{ comment, settings, grants },
      };
      const statements = propertyStatements(properties, owner).map(({ sql }) => `${sql(database)};\n`);
      const read = parseDatabaseProperties(
        `ALTER DATABASE ${identifier(database)} OWNER TO ${identifier(owner)};\n${statements.join('')}`,
      );
      const inOrder = (some: readonly Setting[]) => some.map((one) => JSON.stringify(one)).sort();
      // A list is kept with quotes around each of its elements.
      const asKept = settings.map((one) =>
        one.name === 'search_path'
          ? { ...one, value: `"${one.value.replace(/^"(.*)"$/s, '$1').replace(/^(?!.*"")(.*)$/s, '$1')}"` }
          : one,
      );
      expect({ ...read, settings: inOrder(read.settings), grants: null }).toEqual({
        ...{ ...properties, settings: inOrder(asKept), grants: null },
      });
      const granted = read.grants?.find(({ grantee }) => grantee === 'some"body')?.privileges ?? [];
      expect(granted).toEqual(databaseRights.filter((right) => privileges.includes(right)));
    },
  );
  property('names a secret of an application as one', [setting, hostileName()], (given, database) => {
    const secret = `SECRET-${given.value}`;
    const properties = {
      ...{ owner: 'o', tablespace: '', connectionLimit: -1, allowConnections: true, isTemplate: false },
      ...{ comment: null, grants: null, settings: [{ ...given, name: 'app.jwt', value: secret }] },
    };
    const [statement] = propertyStatements(properties, 'o');
    expect(statement?.secret).toBe(secret);
    expect(statement?.what).not.toContain('SECRET-');
    expect(statement?.sql(database)).toContain(literal(secret));
  });
});

describe('rows of an archive', () => {
  const escapes: Record<string, string> = {
    '\\': '\\\\',
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
    '\b': '\\b',
    '\f': '\\f',
    '\v': '\\v',
  };
  const written = (value: string | null): string =>
    value === null ? '\\N' : value.replace(/[\\\n\r\t\b\f\v]/g, (one) => escapes[one] ?? one);
  const value = fc.option(hostileText(3).map((text) => text.replaceAll('\0', '').toWellFormed()));
  property(
    'are read as they are, whatever their table is called',
    [
      onOneLine,
      fc.uniqueArray(onOneLine, { minLength: 1, maxLength: 4 }),
      fc.array(fc.array(value, { minLength: 4, maxLength: 4 }), { maxLength: 4 }),
    ],
    (table, columns, rows) => {
      const reader = rowReader();
      const data = rows.map((row) => columns.map((_, i) => row[i] ?? null));
      const copy = `COPY public.${identifier(table)} (${columns.map(identifier).join(', ')}) FROM stdin;`;
      const lines = data.map((row) => row.map(written).join('\t'));
      for (const line of [
        "SET client_encoding = 'UTF8';",
        '-- TOC entry 7 (class 1 OID 2)',
        copy,
        ...lines,
        '\\.',
        '',
      ])
        reader.take(line);
      const meant = data.map((row) => Object.fromEntries(row.map((one, i) => [columns[i] ?? '', one])));
      expect(reader.found.get(7)?.rows).toEqual(meant);
      expect(reader.found.get(7)?.bytes).toBe(Buffer.byteLength(lines.map((line) => `${line}\n`).join('')));
    },
  );
});

describe('the encoding of a script', () => {
  const encoding = fc.oneof(
    fc.constantFrom('UTF8', 'LATIN1', 'WIN1252', 'EUC_JP', 'SQL_ASCII', 'KOI8R'),
    fc.stringMatching(/^\w{1,20}$/),
  );
  property('is found, or does no harm', [encoding, hostileText(6)], (name, text) => {
    const script = `SET client_encoding = '${name}';\n${text.toWellFormed()}`;
    expect(decodedCopyText(Buffer.from(script))).toBe(script);
    if (name === 'LATIN1' || name === 'WIN1252') {
      const western = `SET client_encoding = '${name}';\n${text.replace(/[^\x20-\x7e\xa0-\xff]/g, 'ä')}é `;
      expect(decodedCopyText(Buffer.from(western, 'latin1'))).toBe(western);
    }
  });
});
