import type { Definition } from '../archive/definitions.ts';
import { ownership } from '../archive/ownership.ts';
import type { Entry } from '../archive/table-of-contents.ts';
import { identifier } from '../session/sql-text.ts';
import type { LostByRole, LostPrivileges } from './lost-privileges.ts';
import { type PrivilegeStatement, privilegeStatements } from './statements.ts';

/** What is known of the roles that an archive names, on the server that it is restored to. */
export interface ExistingRoles {
  /** Who restores, and will own everything. */
  restorer: string;
  /** Those whose rights the restorer has, itself among them. */
  assumed: ReadonlySet<string>;
  /** Those that have all rights anyhow. */
  superusers: ReadonlySet<string>;
  /** Whether schema `public` of a new database is the restorer's to grant rights on. */
  ownsPublic: boolean;
}

/**
 * What `pg_restore --no-owner --no-privileges` takes from others than the restorer, as `privilegesLost` finds it in a database: from
 * the archive alone, where the database is gone. Whoever gave a right, the statements are for the restorer to run.
 *
 * An archive names what an owner could do only by naming the owner, who gets it by grants. Left out are large objects of
 * other owners, and rights on a table's own type, which no archive has.
 * @param noOwner whether objects will not belong to their old owners
 */
export function privilegesLostInArchive(
  entries: readonly Entry[],
  definitions: ReadonlyMap<number, Definition>,
  there: ExistingRoles,
  noOwner: boolean,
): Omit<LostPrivileges, 'rights'> {
  const ledger = openLedger();
  const objects = new Set(entries.map(({ id }) => id));
  /** Objects whose old owner had chosen rights. */
  const chosen = new Set<number>();
  for (const entry of entries) {
    const definition = definitions.get(entry.id);
    if (!definition || !/^(DEFAULT )?ACL$/.test(entry.type) || entry.text.startsWith('- DATABASE ')) continue;
    const { owner: former, dependencies, schema } = definition;
    const object = dependencies[0] ?? entry.id;
    const isPublic = entry.text.startsWith('- SCHEMA public ');
    const isDefault = entry.type === 'DEFAULT ACL';
    const isOwn = isPublic ? there.ownsPublic : objects.has(object) && schema !== 'pg_catalog';
    const mine = isDefault ? there.assumed.has(former) : isOwn;
    for (const statement of privilegeStatements(definition.sql)) {
      const { role, gives, sql } = statement;
      if (role !== null && there.superusers.has(role)) continue;
      if (isDefault) {
        ledger.takeDefault(entry.id, sql, mine);
      } else if (role === former && role !== there.restorer) {
        // What an owner may do, it may hand on; what it has not, it does not have by itself any more.
        if (!gives || !noOwner) continue;
        chosen.add(object);
        ledger.take(`${sql}${/ WITH GRANT OPTION$/.test(sql) ? '' : ' WITH GRANT OPTION'}`, mine);
      } else if (role !== there.restorer) {
        ledger.takeRight(statement, object, mine);
      }
    }
  }
  if (noOwner) takeOwners(entries, definitions, there, chosen, ledger);
  return ledger.result();
}

/** Gives each former owner by grants what it could do by being the owner. */
function takeOwners(
  entries: readonly Entry[],
  definitions: ReadonlyMap<number, Definition>,
  there: ExistingRoles,
  chosen: ReadonlySet<number>,
  ledger: Ledger,
): void {
  for (const { id } of entries) {
    const { owner, object } = ownership(definitions.get(id)) ?? {};
    if (owner === undefined || object === 'SCHEMA public') continue;
    if (owner === there.restorer || there.superusers.has(owner)) continue;
    ledger.lossOf(owner).owns++;
    if (object !== undefined && !chosen.has(id))
      ledger.take(`GRANT ALL ON ${object} TO ${identifier(owner)} WITH GRANT OPTION`, true);
  }
}

type Ledger = ReturnType<typeof openLedger>;

/** Collects statements, and counts who loses what. */
function openLedger() {
  const [own, administrators]: [string[], string[]] = [[], []];
  const losses = new Map<string, LostByRole>();
  const [granted, revoked, defaults, held] = [
    new Set<number>(),
    new Set<number>(),
    new Set<number>(),
    new Set<string>(),
  ];
  const take = (sql: string, mine: boolean): void => void (mine ? own : administrators).push(`${sql};`);
  const lossOf = (role: string): LostByRole => {
    const loss = losses.get(role) ?? { role, owns: 0, holds: 0 };
    losses.set(role, loss);
    return loss;
  };
  return {
    take,
    lossOf,
    takeDefault(entry: number, sql: string, mine: boolean): void {
      take(sql, mine);
      defaults.add(entry);
    },
    takeRight({ sql, role, gives }: PrivilegeStatement, object: number, mine: boolean): void {
      take(sql, mine);
      const key = JSON.stringify([role, object]);
      if (role === null) (gives ? granted : revoked).add(object);
      else if (gives && !held.has(key)) lossOf(role).holds++;
      if (gives) held.add(key);
    },
    result: (): Omit<LostPrivileges, 'rights'> => ({
      roles: [...losses.values()].sort((a, b) => (a.role < b.role ? -1 : 1)),
      grantedToPublic: granted.size,
      revokedFromPublic: revoked.size,
      defaultPrivileges: defaults.size,
      script: own,
      administratorScript: administrators,
    }),
  };
}
