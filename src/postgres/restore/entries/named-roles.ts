import type { Definition } from '../../archive/definitions.ts';
import { givesOwner } from '../../archive/ownership.ts';
import { isWord, statementsOf, type Token } from '../../archive/statements.ts';
import type { Entry } from '../../archive/table-of-contents.ts';

/** A name in SQL, in quotes or without. */
const roleNamePattern = String.raw`(?:"(?:[^"]|"")+"|[^\s",;()]+)`;
const mapping = new RegExp(`^CREATE USER MAPPING FOR (${roleNamePattern}) SERVER `);

/** The roles that an archive names, by what for. */
export interface NamedRoles {
  owners: Set<string>;
  /** Those that get rights. */
  grantees: Set<string>;
  /** Those that gave rights that they had themselves with the option to grant. */
  grantors: Set<string>;
  /** Those for whose new objects default rights are set. */
  makers: Set<string>;
  /** Those that policies of row-level security are for. */
  subjects: Set<string>;
}

/** Which roles a restore of these entries needs on the server. */
export function namedRoles(
  entries: readonly Entry[],
  definitions: ReadonlyMap<number, Definition>,
): NamedRoles {
  const roles: NamedRoles = {
    owners: new Set(),
    grantees: new Set(),
    grantors: new Set(),
    makers: new Set(),
    subjects: new Set(),
  };
  for (const { id, type } of entries) {
    const definition = definitions.get(id);
    if (!definition) continue;
    const { owner, sql } = definition;
    if (owner !== '' && givesOwner(sql)) roles.owners.add(owner);
    if (type === 'ACL' || type === 'DEFAULT ACL') {
      for (const statement of statementsOf(sql)) takeRights(roles, statement);
    }
    if (type === 'POLICY') {
      for (const statement of statementsOf(sql)) takeSubjects(roles, statement);
    }
  }
  return roles;
}

/** Whom a statement of rights names: `GRANT … TO a WITH GRANT OPTION`, `ALTER DEFAULT PRIVILEGES FOR ROLE b … REVOKE … FROM a`. */
function takeRights({ grantees, grantors, makers }: NamedRoles, statement: readonly Token[]): void {
  const [verb, second, third, fourth, , maker] = statement;
  if (isWord(verb, 'SET')) {
    if (isWord(third, 'AUTHORIZATION')) addRole(grantors, fourth);
    return;
  }
  if (!isWord(verb, 'GRANT', 'REVOKE', 'ALTER')) return;
  if (isWord(second, 'DEFAULT') && isWord(statement[4], 'ROLE')) addRole(makers, maker);
  addRole(grantees, statement[statement.findLastIndex((token) => isWord(token, 'TO', 'FROM')) + 1]);
}

/** Whom `CREATE POLICY p ON s.t FOR SELECT TO a, b USING (…)` names. */
function takeSubjects({ subjects }: NamedRoles, statement: readonly Token[]): void {
  if (!isWord(statement[0], 'CREATE') || !isWord(statement[1], 'POLICY')) return;
  // What comes first is the policy's own name.
  const to = statement.findIndex((token, place) => place > 2 && isWord(token, 'TO'));
  if (to < 0) return;
  for (let place = to + 1; place === to + 1 || statement[place - 1]?.value === ','; place += 2)
    addRole(subjects, statement[place]);
}

function addRole(into: Set<string>, token: Token | undefined): void {
  if (token?.kind === 'name' || (token?.kind === 'word' && !notRoles.has(token.value))) into.add(token.value);
}

/** Every role, whatever it is named for. */
export function allRoles(roles: NamedRoles): Set<string> {
  return new Set(Object.values(roles).flatMap((some: Set<string>) => [...some]));
}

/** The role that a user mapping is for, undefined if it is for everybody or for whoever uses it. */
export function mappedRole({ sql }: Pick<Definition, 'sql'>): string | undefined {
  const found = new Set<string>();
  addName(found, mapping.exec(sql)?.[1]);
  return [...found][0];
}

const notRoles = new Set(['public', 'PUBLIC', 'CURRENT_USER', 'CURRENT_ROLE', 'SESSION_USER']);

function addName(into: Set<string>, written: string | undefined): void {
  if (written === undefined || notRoles.has(written)) return;
  into.add(written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written);
}
