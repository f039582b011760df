import type { Definition } from '../../archive/definitions.ts';
import type { Entry } from '../../archive/table-of-contents.ts';
import type { PreflightFacts } from '../server-offers.ts';

/*
 * What a role without superuser cannot restore, found by trying: a database with everything that a superuser can make,
 * dumped, and restored by a plain role with CREATEDB on the servers 14 to 18 with the clients 15, 17 and 18.
 */

/** What the rules go by. */
export interface SuperuserRuleInput {
  entry: Entry;
  /** The entry's statements; empty if they are not known. */
  sql: string;
  server: { major: number };
  facts: Pick<
    PreflightFacts,
    'allowedExtensions' | 'extensions' | 'mayCreateSubscriptions' | 'privileged' | 'roles'
  >;
}

interface Rule {
  type: RegExp;
  applies?(one: SuperuserRuleInput): boolean;
  why: string;
}

/**
 * Entries that nothing else in an archive depends on, and that hold no data: without them the database is whole, and an
 * administrator can add them later.
 */
const dispensable: readonly Rule[] = [
  {
    type: /^COMMENT$/,
    applies: (one) => commentedExtension(one) !== undefined && !ownsExtension(one),
    why: 'the extension belongs to another role and has its own comment',
  },
  {
    type: /^COMMENT$/,
    applies: (one) => one.entry.text.startsWith('- SCHEMA public ') && !ownsPublic(one),
    why: 'the schema public belongs to another role',
  },
  { type: /^EVENT TRIGGER$/, why: 'needs a superuser' },
  {
    type: /^PUBLICATION$/,
    applies: ({ sql }) => /^CREATE PUBLICATION (?:"(?:[^"]|"")*"|\S+) FOR ALL (TABLES|SEQUENCES)/m.test(sql),
    why: 'needs a superuser',
  },
  { type: /^PUBLICATION TABLES IN SCHEMA$/, why: 'needs a superuser' },
  {
    type: /^SUBSCRIPTION$/,
    applies: ({ facts }) => !facts.mayCreateSubscriptions,
    why: 'needs a superuser, or from 16 on a member of pg_create_subscription',
  },
  {
    type: /^ACL$/,
    applies: ({ entry }) => /^(pg_catalog|information_schema)$/.test(entry.schema),
    why: 'needs a superuser',
  },
];

/** Entries that others depend on, or that are a part of the application: without them the database is another one. */
const indispensable: readonly Rule[] = [
  {
    type: /^(ACCESS METHOD|FOREIGN DATA WRAPPER|OPERATOR CLASS|OPERATOR FAMILY|SHELL TYPE)$/,
    why: 'needs a superuser',
  },
  { type: /^TEXT SEARCH (PARSER|TEMPLATE)$/, why: 'needs a superuser' },
  { type: /^TRANSFORM$/, why: 'its function needs a superuser' },
  {
    type: /^PROCEDURAL LANGUAGE$/,
    applies: ({ entry, facts }) =>
      entry.name !== 'plpgsql' && !facts.privileged && facts.extensions[entry.name]?.trusted !== true,
    why: 'an untrusted language needs a superuser',
  },
  {
    type: /^(FUNCTION|PROCEDURE)$/,
    applies: ({ sql }) => /^ {4}LANGUAGE (c|internal)\b/m.test(statementHead(sql)),
    why: 'functions in C need a superuser',
  },
  {
    type: /^(FUNCTION|PROCEDURE)$/,
    applies: ({ sql }) => /^ {4}LANGUAGE [^\n]* (LEAKPROOF|SUPPORT \S+)( |$)/m.test(statementHead(sql)),
    why: 'leakproof functions and those with a support function need a superuser',
  },
  {
    type: /^AGGREGATE$/,
    applies: ({ sql }) => /^ {4}M?STYPE = internal,?$/m.test(sql),
    why: 'aggregates with an internal state need a superuser',
  },
  {
    type: /^CAST$/,
    applies: ({ sql }) => / WITHOUT FUNCTION\b/.test(sql),
    why: 'casts without a function need a superuser',
  },
  {
    type: /^TYPE$/,
    applies: ({ sql }) => /^CREATE TYPE [^\n]*(;$|\(\n {4}INTERNALLENGTH = )/m.test(sql),
    why: 'base types need a superuser',
  },
];

/** Why the entry has to be left out, undefined if it need not be. */
export function whyDispensable(one: SuperuserRuleInput): string | undefined {
  return whyOf(dispensable, one);
}

/** Why the entry makes a restore impossible, undefined if it does not. */
export function whyImpossible(one: SuperuserRuleInput): string | undefined {
  return whyOf(indispensable, one);
}

/** The beginning of a function's definition, which its body does not belong to. */
function statementHead(sql: string): string {
  return sql.replace(/^ {4}AS .*/ms, '');
}

function whyOf(rules: readonly Rule[], one: SuperuserRuleInput): string | undefined {
  return rules.find(({ type, applies }) => type.test(one.entry.type) && (applies?.(one) ?? true))?.why;
}

/** The extension that a comment is on: `- EXTENSION hstore ` names `hstore`. What needs quotes in SQL has them: `"uuid-ossp"`. */
function commentedExtension({ entry }: SuperuserRuleInput): string | undefined {
  const [, name, quoted] = /^- EXTENSION (?:([^"]*)|"(.*)") $/s.exec(entry.text) ?? [];
  return name ?? quoted?.replaceAll('""', '"');
}

/**
 * Whether an extension will belong to this role: it does if this role creates it. `plpgsql` is in every new database
 * already, and where a provider creates extensions (Azure) they are the provider's.
 */
function ownsExtension(one: SuperuserRuleInput): boolean {
  const extension = commentedExtension(one) ?? '';
  const { allowedExtensions, extensions } = one.facts;
  return extension !== 'plpgsql' && allowedExtensions === null && extensions[extension]?.trusted === true;
}

/**
 * Whether schema `public` of a new database will be this role's to comment: from 15 on it belongs to the owner of the database, on
 * Azure to `azure_pg_admin` in every version.
 */
function ownsPublic({ server, facts }: SuperuserRuleInput): boolean {
  return facts.allowedExtensions === null ? server.major >= 15 : facts.privileged;
}

/** The definition's statements, or nothing. */
export function sqlOfEntry(definitions: ReadonlyMap<number, Definition>, { id }: Entry): string {
  return definitions.get(id)?.sql ?? '';
}
