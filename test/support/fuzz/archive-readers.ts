import { type Definition, parseDefinitions } from '../../../src/postgres/archive/definitions.ts';
import { isPlain } from '../../../src/postgres/archive/statements.ts';
import { type Entry, parseContents } from '../../../src/postgres/archive/table-of-contents.ts';
import { keysToNothing, tablesWithoutRows } from '../../../src/postgres/archive/tables-without-rows.ts';
import { privilegesLostInArchive } from '../../../src/postgres/privileges/lost-in-archive.ts';
import {
  revocations,
  revokesAll,
  silentRevocations,
} from '../../../src/postgres/privileges/revocations-in-archive.ts';
import { runningAsOwner } from '../../../src/postgres/privileges/runs-as-owner.ts';
import { parseDatabaseProperties } from '../../../src/postgres/properties/from-archive.ts';
import { mappedRole, namedRoles } from '../../../src/postgres/restore/entries/named-roles.ts';
import { missingSchemas, sortEntries } from '../../../src/postgres/restore/entries/restorable.ts';
import { rowReader } from '../../../src/postgres/restore/extensions/rows.ts';
import { wantedExtensions } from '../../../src/postgres/restore/extensions/wanted.ts';
import { reasonForSeveralPasses } from '../../../src/postgres/restore/one-pass.ts';
import { setParameters } from '../../../src/postgres/restore/parameters.ts';
import { planPasses } from '../../../src/postgres/restore/passes.ts';
import { requiredPrivileges } from '../../../src/postgres/restore/required-privileges.ts';
import type { Reader } from './readers.ts';

/** What a role that is nobody special may on a server. */
const facts = {
  ...{ allowedExtensions: null, extensions: {}, mayCreateSubscriptions: false, privileged: false, roles: {} },
  superuser: false,
};

type Definitions = ReadonlyMap<number, Definition>;

const there = { restorer: 'me', assumed: new Set(['me']), superusers: new Set<string>(), ownsPublic: false };

/** What looks at all entries of an archive, and at what they are made with. */
const ofEntries: Readonly<Record<string, (entries: readonly Entry[], definitions: Definitions) => unknown>> =
  {
    runningAsOwner,
    revocations,
    silentRevocations: (...given) => silentRevocations(...given, { dump: 15, server: 14 }),
    lostPrivileges: (...given) => privilegesLostInArchive(...given, there, true),
    withoutRows: (...given) => keysToNothing(...given, tablesWithoutRows(...given)),
    missingSchemas,
    namedRoles,
    sortEntries: (...given) => sortEntries(...given, { major: 18 }, facts),
    setParameters,
    requiredPrivileges,
    wantedExtensions: (...given) => wantedExtensions(...given, new Map(), facts),
    onePass: (...given) => reasonForSeveralPasses(...given, { preData: given[0] }),
    planPasses: (...given) => planPasses(...given, { preData: [], data: given[0] }),
  };

/** How the statements of an archive begin, by what looks at them, and in entries of which types. */
const statements: Readonly<
  Record<string, { of: readonly string[]; beginnings: readonly string[]; lexes?: true }>
> = {
  runningAsOwner: {
    of: ['FUNCTION', 'AGGREGATE', 'VIEW', 'RULE'],
    beginnings: ['', 'CREATE FUNCTION "', 'CREATE FUNCTION a.b()\n    LANGUAGE ', 'CREATE VIEW v AS '],
  },
  revocations: { of: ['ACL'], beginnings: ['', 'REVOKE ALL ON TABLE t FROM ', 'GRANT ALL(a'], lexes: true },
  lostPrivileges: { of: ['TABLE'], beginnings: ['ALTER TABLE t OWNER TO '], lexes: true },
  withoutRows: {
    of: ['TABLE', 'FK CONSTRAINT'],
    beginnings: ['', 'ALTER TABLE ONLY a.b ADD CONSTRAINT c FOREIGN KEY ('],
  },
  namedRoles: {
    of: ['ACL', 'POLICY'],
    beginnings: ['', 'ALTER DEFAULT PRIVILEGES FOR ROLE "', 'CREATE POLICY p ON t TO '],
    lexes: true,
  },
  sortEntries: {
    of: ['PUBLICATION', 'TYPE', 'FUNCTION', 'COMMENT', 'USER MAPPING', 'AGGREGATE'],
    beginnings: ['', 'CREATE PUBLICATION ', 'CREATE TYPE ', 'CREATE FUNCTION a.b()\n    LANGUAGE '],
  },
  setParameters: { of: ['FUNCTION'], beginnings: ['', '    SET a TO b\n'] },
  requiredPrivileges: {
    of: ['EXTENSION', 'SERVER', 'FUNCTION', 'TABLE'],
    beginnings: ['', 'CREATE EXTENSION IF NOT EXISTS x', "CREATE SERVER s TYPE '", '    LANGUAGE '],
  },
  wantedExtensions: {
    of: ['EXTENSION', 'SCHEMA'],
    beginnings: ['', 'CREATE EXTENSION IF NOT EXISTS x', 'CREATE EXTENSION IF NOT EXISTS "'],
  },
  onePass: {
    of: ['TABLE', 'DOMAIN', 'INDEX'],
    beginnings: ['', 'CREATE TABLE t (a int CHECK (', 'ALTER TABLE '],
  },
  planPasses: { of: ['TABLE', 'INDEX'], beginnings: ['', 'ALTER TABLE a ATTACH PARTITION '] },
};

/** One entry of each of the types, with the same statement. */
function ofOneStatement(name: string): Reader {
  const named = { schema: 'a', name: 'b', owner: 'o' };
  const { of = [], beginnings = [], lexes } = statements[name] ?? {};
  const entries = of.map((type, id): Entry => ({ ...named, id, type, text: 'a b o' }));
  return {
    read: (sql) => {
      const definition: Definition = { ...named, tablespace: '', dependencies: [1], sql };
      return ofEntries[name]?.(entries, new Map(entries.map(({ id }) => [id, definition])));
    },
    beginnings,
    length: lexes ? 1_000 : 2_000,
    ...(lexes && { lexes }),
  };
}

const short: Definition = {
  ...{ name: 'a', schema: 's', owner: 'o', tablespace: '', dependencies: [1, 2] },
  sql: 'ALTER FUNCTION s.a() OWNER TO o;\nREVOKE ALL ON FUNCTION s.a() FROM PUBLIC;',
};

/** What takes what is in archives. */
export const ofArchives: Readonly<Record<string, Reader>> = {
  ...Object.fromEntries(
    Object.keys(statements).map((name) => [`${name} of one statement`, ofOneStatement(name)]),
  ),
  parseContents: { read: parseContents },
  'many entries': {
    read: (list) => {
      const entries = parseContents(list);
      const definitions = new Map(entries.map(({ id }) => [id, short]));
      for (const read of Object.values(ofEntries)) read(entries, definitions);
    },
    beginnings: ['1; 2 3 ', '1; 2 3 ACL - ', '1; 2 3 SCHEMA - '],
    length: 2_000,
  },
  parseDefinitions: {
    read: parseDefinitions,
    beginnings: ['', '--\n-- TOC entry 1 (class 1 OID 2)\n-- Name: ', '--\n-- TOC entry 1 (class 1 OID 2)\n'],
  },
  statements: {
    read: (sql) => [isPlain(sql), revokesAll(sql, short.sql), mappedRole({ sql })],
    beginnings: ['', '$a$', "E'", 'CREATE USER MAPPING FOR "'],
    length: 1_000,
    lexes: true,
  },
  parseDatabaseProperties: {
    read: parseDatabaseProperties,
    beginnings: ['', 'ALTER DATABASE d SET a TO ', 'GRANT ', 'CREATE DATABASE d WITH '],
    length: 1_000,
    lexes: true,
  },
  rowReader: {
    read: (text) => {
      const reader = rowReader();
      for (const line of ['-- TOC entry 1 (class 1 OID 2)', ...text.split('\n')]) reader.take(line);
      reader.take(`COPY ${text.replaceAll('\n', ' ').slice(-4_000)} FROM stdin;`);
    },
    beginnings: ['', 'COPY t (', 'COPY t (a) FROM stdin;\n', 'SELECT pg_catalog.setval('],
  },
};
