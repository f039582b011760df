import type { Definition } from '../archive/definitions.ts';
import type { Entry } from '../archive/table-of-contents.ts';
import { type PrivilegeStatement, privilegeStatements } from './statements.ts';

/** Rights that an archive takes away from somebody who has them by themselves on a new object. */
export interface Revocation {
  /** The statement that takes exactly them, without a semicolon; undefined if the archive gives back all that it takes. */
  sql: string | undefined;
  /** The statement as the archive has it, which may take more, to give some of it back with the next one. */
  said: string;
}

/**
 * What an archive takes away, without what it gives.
 *
 * pg_dump writes each right that differs from what a new object has as REVOKE of all that there was and GRANT of all that there is:
 * `REVOKE USAGE ON SCHEMA public FROM PUBLIC; GRANT ALL ON SCHEMA public TO PUBLIC`. What is left is what a new object gives by
 * itself and the archive does not. What owners have taken from themselves is no matter of others.
 * @param entries, definitions with the owners and the rights of the archive
 */
export function revocations(
  entries: readonly Entry[],
  definitions: ReadonlyMap<number, Definition>,
): Revocation[] {
  return entries.flatMap(({ id, type, text }) => {
    const definition = definitions.get(id);
    if (!definition || !isAcl(type) || text.startsWith('- DATABASE ')) return [];
    const statements = privilegeStatements(definition.sql);
    const given = Map.groupBy(
      statements.filter(({ gives }) => gives),
      ({ role }) => role,
    );
    const back = new Map(
      Array.from(given, ([role, some]) => [role, new Set(some.flatMap((one) => one.privileges))]),
    );
    return statements
      .filter(({ gives, role }) => !gives && role !== definition.owner)
      .map((statement) => ({ sql: withoutRights(statement, back.get(statement.role)), said: statement.sql }));
  });
}

/**
 * What an archive takes away without saying so. pg_dump 15 and later means by silence that everybody may use schema public, as in a new
 * database of those versions, whatever the server was that it read; before 15, a new database lets everybody create in it, too. Nothing is
 * known of an archive that says nothing of rights at all.
 * https://www.postgresql.org/docs/15/release-15.html
 * @param versions of the pg_dump that made it, and of the server that it is restored to
 */
export function silentRevocations(
  entries: readonly Entry[],
  definitions: ReadonlyMap<number, Definition>,
  { dump, server }: { dump: number; server: number },
): Revocation[] {
  if (server >= 15 || dump < 15 || entries.length === 0) return [];
  const ofPublic = entries.filter(({ text }) => text.startsWith('- SCHEMA public '));
  const mayCreate = ofPublic
    .flatMap(({ id }) => privilegeStatements(definitions.get(id)?.sql ?? ''))
    .some(
      ({ gives, role, privileges }) =>
        gives && role === null && /^(ALL|CREATE)$/m.test(privileges.join('\n')),
    );
  const sql = 'REVOKE CREATE ON SCHEMA public FROM PUBLIC';
  return mayCreate ? [] : [{ sql, said: sql }];
}

/** Whether a statement, without its semicolon, takes all that another does. */
export function revokesAll(sql: string, other: string): boolean {
  const [[one], [two]] = [privilegeStatements(sql), privilegeStatements(other)];
  if (!one || !two || one.gives || one.before !== two.before || one.after !== two.after) return false;
  const taken = new Set(one.privileges);
  return two.privileges.every((privilege) => taken.has(privilege));
}

/** Whether a type of entry is about rights. */
export function isAcl(type: string): boolean {
  return /^(DEFAULT )?ACL\b/.test(type);
}

/** What `ALL` means to those that may have a part of it. */
const all: Readonly<Record<string, readonly string[]>> = {
  TABLE: ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'],
  SEQUENCE: ['USAGE', 'SELECT', 'UPDATE'],
  SCHEMA: ['USAGE', 'CREATE'],
  LARGE: ['SELECT', 'UPDATE'],
  ...{ FUNCTION: ['EXECUTE'], PROCEDURE: ['EXECUTE'], ROUTINE: ['EXECUTE'] },
  ...{ TYPE: ['USAGE'], DOMAIN: ['USAGE'], LANGUAGE: ['USAGE'], FOREIGN: ['USAGE'] },
};
const ofColumns = ['SELECT', 'INSERT', 'UPDATE', 'REFERENCES'];

function withoutRights(
  { sql, optionOnly, privileges, kind, before, after }: PrivilegeStatement,
  back: ReadonlySet<string> | undefined,
): string | undefined {
  const only = all[kind.replace(/S$/, '')];
  if (optionOnly) return sql;
  // Where there is one right, it is called by its name, as in what the old database is asked.
  if (!back) return only?.length === 1 ? `${before}REVOKE ${only.join()}${after}` : sql;
  const left = privileges
    .flatMap((privilege) => (back.has(privilege) ? [] : single(privilege, kind)))
    .filter((privilege) => !back.has(privilege) && !back.has(privilege.replace(/^\w+/, 'ALL')));
  return left.length === 0 ? undefined : `${before}REVOKE ${left.join(', ')}${after}`;
}

/** `ALL` as a list, with the columns that it is for. */
function single(privilege: string, kind: string): readonly string[] {
  const [, columns] = /^ALL(\(.*\))?$/s.exec(privilege) ?? [];
  if (columns !== undefined) return ofColumns.map((one) => `${one}${columns}`);
  return privilege === 'ALL' ? (all[kind.replace(/S$/, '')] ?? [privilege]) : [privilege];
}
