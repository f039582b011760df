import type { Definition } from '../../archive/definitions.ts';
import { givesOwner } from '../../archive/ownership.ts';
import type { Entry } from '../../archive/table-of-contents.ts';

/** A name in SQL, in quotes or without. */
const name = String.raw`(?:"(?:[^"]|"")+"|[^\s",;()]+)`;
const granted = new RegExp(
  `^(?:GRANT|REVOKE|ALTER DEFAULT PRIVILEGES)\\b.* (?:TO|FROM) (${name})(?: WITH GRANT OPTION)?(?: GRANTED BY ${name})?;$`,
  'gm',
);
const grantor = new RegExp(`^SET SESSION AUTHORIZATION (${name});$`, 'gm');
const defaults = new RegExp(`^ALTER DEFAULT PRIVILEGES FOR ROLE (${name}) `, 'gm');
const policy = new RegExp(
  `^CREATE POLICY .*? TO (${name}(?:, ${name})*)(?= USING \\(| WITH CHECK \\(|;$)`,
  'm',
);
const mapping = new RegExp(`^CREATE USER MAPPING FOR (${name}) SERVER `);

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
  const collect = (into: Set<string>, text: string, pattern: RegExp): void => {
    for (const [, role] of text.matchAll(pattern)) addName(into, role);
  };
  for (const { id, type } of entries) {
    const definition = definitions.get(id);
    if (!definition) continue;
    const { owner, sql } = definition;
    if (owner !== '' && givesOwner(sql)) roles.owners.add(owner);
    if (type === 'ACL' || type === 'DEFAULT ACL') {
      collect(roles.grantees, sql, granted);
      collect(roles.grantors, sql, grantor);
      collect(roles.makers, sql, defaults);
    }
    if (type === 'POLICY') {
      const names = policy.exec(sql)?.[1] ?? '';
      collect(roles.subjects, names, new RegExp(`(${name})`, 'g'));
    }
  }
  return roles;
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
