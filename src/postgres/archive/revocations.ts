import type { Definition } from '../definitions.ts';
import type { Entry } from '../table-of-contents.ts';
import { type PrivilegeStatement, privilegeStatements } from './privilege-statements.ts';

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
    return statements
      .filter(({ gives, role }) => !gives && role !== definition.owner)
      .map((statement) => {
        const given = statements.filter(({ gives, role }) => gives && role === statement.role);
        return { sql: without(statement, given), said: statement.sql };
      });
  });
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

function without(
  { sql, optionOnly, privileges, kind, before, after }: PrivilegeStatement,
  given: readonly PrivilegeStatement[],
): string | undefined {
  if (optionOnly || given.length === 0) return sql;
  const back = new Set(given.flatMap((statement) => statement.privileges));
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
