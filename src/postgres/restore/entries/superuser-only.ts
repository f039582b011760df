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
    why: 'the extension belongs to another role, and brings its own comment with it',
  },
  {
    type: /^COMMENT$/,
    applies: (one) => one.entry.text.startsWith('- SCHEMA public ') && !ownsPublic(one),
    why: 'the schema public belongs to another role',
  },
  { type: /^EVENT TRIGGER$/, why: 'only a superuser may create an event trigger' },
  {
    type: /^PUBLICATION$/,
    applies: ({ sql }) => /^CREATE PUBLICATION [^\n]* FOR ALL (TABLES|SEQUENCES)/m.test(sql),
    why: 'only a superuser may publish all tables',
  },
  { type: /^PUBLICATION TABLES IN SCHEMA$/, why: 'only a superuser may publish a schema' },
  {
    type: /^SUBSCRIPTION$/,
    applies: ({ facts }) => !facts.mayCreateSubscriptions,
    why: 'only a superuser, or from 16 on a member of pg_create_subscription, may subscribe',
  },
  {
    type: /^ACL$/,
    applies: ({ entry }) => /^(pg_catalog|information_schema)$/.test(entry.schema),
    why: "rights on the server's own objects are a superuser's to give",
  },
];

/** Entries that others depend on, or that are a part of the application: without them the database is another one. */
const indispensable: readonly Rule[] = [
  {
    type: /^(ACCESS METHOD|FOREIGN DATA WRAPPER|OPERATOR CLASS|OPERATOR FAMILY|SHELL TYPE)$/,
    why: 'only a superuser may create it',
  },
  { type: /^TEXT SEARCH (PARSER|TEMPLATE)$/, why: 'only a superuser may create it' },
  { type: /^TRANSFORM$/, why: 'it needs a function that only a superuser can make' },
  {
    type: /^PROCEDURAL LANGUAGE$/,
    applies: ({ entry, facts }) =>
      entry.name !== 'plpgsql' && !facts.privileged && facts.extensions[entry.name]?.trusted !== true,
    why: 'only a superuser may create a language that is not trusted',
  },
  {
    type: /^(FUNCTION|PROCEDURE)$/,
    applies: ({ sql }) => /^ {4}LANGUAGE (c|internal)\b/m.test(statementHead(sql)),
    why: 'only a superuser may create functions in C',
  },
  {
    type: /^(FUNCTION|PROCEDURE)$/,
    applies: ({ sql }) => /^ {4}LANGUAGE [^\n]* (LEAKPROOF|SUPPORT \S+)( |$)/m.test(statementHead(sql)),
    why: 'only a superuser may create functions that are leakproof or have a support function',
  },
  {
    type: /^AGGREGATE$/,
    applies: ({ sql }) => /^ {4}M?STYPE = internal,?$/m.test(sql),
    why: 'only a superuser may create aggregates with an internal state',
  },
  {
    type: /^CAST$/,
    applies: ({ sql }) => / WITHOUT FUNCTION\b/.test(sql),
    why: 'only a superuser may create casts without a function',
  },
  {
    type: /^TYPE$/,
    applies: ({ sql }) => /^CREATE TYPE [^\n]*(;$|\(\n {4}INTERNALLENGTH = )/m.test(sql),
    why: 'only a superuser may create base types',
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
