import { describe, expect, test } from 'vitest';
import { statementsOf } from '../../../../src/postgres/archive/statements.ts';
import { parseDatabaseProperties } from '../../../../src/postgres/properties/from-archive.ts';
import type { Grant } from '../../../../src/postgres/properties/read.ts';
import {
  parseGrants,
  parseProperties,
  recordedGrants,
} from '../../../../src/postgres/properties/serialize.ts';

const values = (script: string) => statementsOf(script).map((tokens) => tokens.map(({ value }) => value));

describe('the statements of a script', () => {
  test.each([
    ['nothing', '-- only this\n\n', []],
    ['words, signs and numbers', 'ALTER x SET a TO -1;', [['ALTER', 'x', 'SET', 'a', 'TO', '-1']]],
    [
      'names in quotes',
      'GRANT ALL ON "a ""b"";\n--" TO "ü 🐘";',
      [['GRANT', 'ALL', 'ON', 'a "b";\n--', 'TO', 'ü 🐘']],
    ],
    ['texts', "x 'it''s \\n; -- ';y", [['x', "it's \\n; -- "], ['y']]],
    ['texts with escapes', "x E'it''s \\\\n \\\\; ''';", [['x', "it's \\n \\; '"]]],
    ['what is in dollars', 'x $_$a; $$ b$_$;', [['x', 'a; $$ b']]],
    ['comments and commands of psql', '\\connect "x;\n-- TOC; entry\na;\\restrict b;\nc', [['a'], ['c']]],
  ])('%s', (_, script, expected) => {
    expect(values(script)).toEqual(expected);
  });

  test('know where they stand', () => {
    const [, second = []] = statementsOf('a; GRANT "x" ;');
    expect([second[0]?.from, second.at(-1)?.to]).toEqual([3, 12]);
  });
});

describe('the properties of a database in an archive', () => {
  const nothing = {
    ...{
      owner: 'o',
      tablespace: 'pg_default',
      connectionLimit: -1,
      allowConnections: true,
      isTemplate: false,
    },
    ...{ comment: null, settings: [], grants: null },
  };
  const made = `CREATE DATABASE "x" WITH TEMPLATE = template0 ENCODING = 'UTF8' LOCALE = 'C';\nALTER DATABASE "x" OWNER TO o;\n`;
  const everybody: Grant = { grantee: null, privileges: ['CONNECT', 'TEMPORARY'], grantable: false };
  const owner: Grant = { grantee: 'o', privileges: ['CONNECT', 'CREATE', 'TEMPORARY'], grantable: false };

  test.each<[string, string, object]>([
    ['nothing of its own', '', {}],
    [
      'a tablespace',
      'CREATE DATABASE x WITH TEMPLATE = template0 TABLESPACE = "fast ""one""";',
      { tablespace: 'fast "one"' },
    ],
    ['a name that is a keyword', 'CREATE DATABASE tablespace WITH TEMPLATE = template0;', {}],
    ['a limit', 'ALTER DATABASE x CONNECTION LIMIT = 17;', { connectionLimit: 17 }],
    ['that it is a template', 'ALTER DATABASE x IS_TEMPLATE = true;', { isTemplate: true }],
    [
      'a comment that looks like something else',
      "COMMENT ON DATABASE x IS 'it''s\n--\n-- TOC entry 7 (class 1 OID 2)\nALTER DATABASE x CONNECTION LIMIT = 3;';",
      { comment: "it's\n--\n-- TOC entry 7 (class 1 OID 2)\nALTER DATABASE x CONNECTION LIMIT = 3;" },
    ],
    [
      'settings',
      `ALTER DATABASE x SET search_path TO 'public', 'With "quotes", and', '$user';
       ALTER DATABASE x SET "DateStyle" TO 'German, DMY';
       ALTER DATABASE x SET "app.Jwt_secret" TO E'a\\\\b''c';
       ALTER DATABASE x SET temp_tablespaces TO '';
       ALTER ROLE "a ""role""" IN DATABASE "x ; y" SET work_mem TO '7MB';`,
      {
        settings: [
          { role: null, name: 'search_path', value: '"public", "With ""quotes"", and", "$user"' },
          { role: null, name: 'DateStyle', value: 'German, DMY' },
          { role: null, name: 'app.Jwt_secret', value: "a\\b'c" },
          { role: null, name: 'temp_tablespaces', value: '""' },
          { role: 'a "role"', name: 'work_mem', value: '7MB' },
        ],
      },
    ],
    [
      'rights that were added',
      'GRANT CONNECT ON DATABASE x TO app; GRANT CREATE,TEMPORARY ON DATABASE x TO app WITH GRANT OPTION;',
      {
        grants: [
          everybody,
          owner,
          { grantee: 'app', privileges: ['CONNECT'], grantable: false },
          { grantee: 'app', privileges: ['CREATE', 'TEMPORARY'], grantable: true },
        ],
      },
    ],
    ['rights that were taken', 'REVOKE CONNECT,TEMPORARY ON DATABASE x FROM PUBLIC;', { grants: [owner] }],
    [
      'rights that others gave, and that the owner gave up',
      `REVOKE ALL ON DATABASE x FROM o; GRANT CONNECT ON DATABASE x TO o; REVOKE ALL ON DATABASE x FROM PUBLIC;
       GRANT ALL ON DATABASE x TO PUBLIC; SET SESSION AUTHORIZATION app; GRANT TEMPORARY ON DATABASE x TO "PUBLIC"; RESET SESSION AUTHORIZATION;
       REVOKE GRANT OPTION FOR CREATE ON DATABASE x FROM PUBLIC;`,
      {
        grants: [
          { grantee: null, privileges: ['CONNECT', 'CREATE', 'TEMPORARY'], grantable: false },
          { grantee: 'o', privileges: ['CONNECT'], grantable: false },
          { grantee: 'PUBLIC', privileges: ['TEMPORARY'], grantable: false },
        ],
      },
    ],
  ])('%s', (_, script, expected) => {
    expect(parseDatabaseProperties(made + script)).toEqual({ ...nothing, ...expected });
  });
});

describe('what is written down', () => {
  const grants: Grant[] = [
    { grantee: null, privileges: ['CONNECT'], grantable: false },
    { grantee: 'it\'s "app"', privileges: ['CREATE', 'TEMPORARY'], grantable: true },
  ];
  const properties = {
    ...{
      owner: 'o',
      tablespace: 't',
      connectionLimit: 3,
      allowConnections: true,
      isTemplate: false,
      comment: 'c',
    },
    ...{ settings: [{ role: null, name: 'a', value: 'b' }], grants },
  };

  test('rights, all of them or everybody’s', () => {
    expect(parseGrants(recordedGrants(grants, () => true))).toEqual(grants);
    expect(parseGrants(recordedGrants(grants, () => false))).toEqual(grants.slice(0, 1));
    expect(recordedGrants(null, () => true)).toBe('');
    expect(parseGrants('')).toBeUndefined();
  });

  test('properties', () => {
    expect(parseProperties(JSON.parse(JSON.stringify(properties)))).toEqual(properties);
  });

  test.each([
    ['no JSON', '{'],
    ['no list', '{}'],
    [
      'a statement in the place of a right',
      '[{"grantee":null,"privileges":["CONNECT; DROP"],"grantable":false}]',
    ],
    ['no role', '[{"grantee":7,"privileges":["CONNECT"],"grantable":false}]'],
  ])('is no record: %s', (_, text) => {
    expect(parseGrants(text)).toBeUndefined();
  });

  test.each([
    ['nothing', undefined],
    ['a text as the limit', { ...properties, connectionLimit: '3; DROP DATABASE x' }],
    ['a setting without a value', { ...properties, settings: [{ role: null, name: 'a' }] }],
    ['another right', { ...properties, grants: [{ grantee: null, privileges: ['ALL'], grantable: false }] }],
  ])('are no properties: %s', (_, value) => {
    expect(parseProperties(value)).toBeUndefined();
  });
});
