import type { Definition } from '../../../postgres/archive/definitions.ts';
import { isPlain } from '../../../postgres/archive/statements.ts';
import type { ExtensionObjects } from '../../../postgres/privileges/extension-objects.ts';
import type { RunsAsOwner } from '../../../postgres/privileges/runs-as-owner.ts';
import {
  changesRows,
  type PrivilegeStatement,
  privilegeStatements,
} from '../../../postgres/privileges/statements.ts';

/** Something that works with its owner's rights, whoever uses it, and may have other rights after a restore with no_owner. */
export interface ElevatedObject extends RunsAsOwner {
  /** With its owner. */
  definition: Definition;
  former: string;
  /** How `GRANT` names it; undefined if nothing can be granted on it. */
  object: string | undefined;
  /** Whether its owner may do more than before. */
  more: boolean;
}

/** What is taken away until somebody has looked at it, as statements without a semicolon. */
export interface WithheldPrivilege {
  /** A right that everybody (PUBLIC) had, or that a function works with its owner's rights, which nobody needs a right for. */
  what: 'right' | 'definer';
  withdraw: string;
  giveBack: string;
}

/**
 * What everybody could do with objects, in the restored database: functions are for all by themselves, unless the archive takes
 * that away; all else the archive has to give, where its rights are restored.
 *
 * A function that the server calls without asking for a right, as that of a trigger, is made SECURITY INVOKER: it works with the rights
 * of whoever writes, so that nobody gets at more by writing. With fewer rights it fails and the row is not written, where a trigger
 * that is disabled would let a change pass unseen; but its code is then run by everybody who writes, as that of any
 * trigger is that is not SECURITY DEFINER. EXECUTE is withdrawn as well: with it, one makes a trigger of one's own.
 * @param rights of the archive
 * @returns besides, the roles that the archive itself lets use them, which will
 */
export function withheldPrivileges(
  objects: readonly ElevatedObject[],
  rights: readonly Definition[],
  noPrivileges: boolean,
): { withheld: WithheldPrivilege[]; grantees: string[] } {
  const byObject = Map.groupBy(rights, ({ dependencies }) => dependencies[0]);
  const statementsOn = (id: number): PrivilegeStatement[] =>
    (byObject.get(id) ?? []).flatMap(({ sql }) => privilegeStatements(sql));
  const withheld: WithheldPrivilege[] = [];
  const grantees = new Set<string>();
  for (const one of objects) {
    const { entry, byItself, byKeys, unasked, former, object } = one;
    const statements = [
      ...(byItself ? statementsOn(entry.id) : []),
      ...byKeys.flatMap(statementsOn).flatMap(changing),
    ];
    const ofEverybody = statements.filter(({ role }) => role === null);
    if (!noPrivileges) {
      for (const { gives, role } of statements)
        if (gives && role !== null && role !== former) grantees.add(role);
    }
    if (isCalled(one)) {
      const isClosed = ofEverybody.at(-1)?.gives === false;
      if (!isClosed && object !== undefined) withheld.push(inBothWays('EXECUTE', ` ON ${object} `));
      if (unasked && object !== undefined) withheld.push(asInvoker(object));
    } else if (!noPrivileges) {
      withheld.push(...ofEverybody.filter(({ gives }) => gives).map(takenBack));
    }
  }
  // What the archive calls its objects may be anything. Several tables may be changed by way of one.
  const once = new Map(withheld.map((one) => [one.withdraw, one]));
  return {
    withheld: [...once.values()].filter(({ withdraw }) => isPlain(withdraw)),
    grantees: [...grantees],
  };
}

/** The same of what extensions have made. */
export function withheldOfExtensions(works: readonly ExtensionObjects[]): WithheldPrivilege[] {
  return works.flatMap(({ object, right, unasked }) => [
    ...(right === undefined ? [] : [inBothWays(right, ` ON ${object} `)]),
    ...(unasked ? [asInvoker(object)] : []),
  ]);
}

/** Whether everybody may use such an object unless that is taken away. */
function isCalled({ entry: { type } }: ElevatedObject): boolean {
  return type === 'FUNCTION' || type === 'PROCEDURE' || type === 'AGGREGATE';
}

/** A statement without the rights that change no row that a foreign key refers to. */
function changing(statement: PrivilegeStatement): PrivilegeStatement[] {
  const privileges = statement.privileges.flatMap((privilege) => {
    if (privilege === 'ALL') return ['UPDATE', 'DELETE'];
    return changesRows(privilege) ? [privilege.replace(/^ALL\(/, 'UPDATE(')] : [];
  });
  return privileges.length === 0 ? [] : [{ ...statement, privileges }];
}

function inBothWays(rights: string, on: string): WithheldPrivilege {
  return {
    what: 'right',
    withdraw: `REVOKE ${rights}${on}FROM PUBLIC`,
    giveBack: `GRANT ${rights}${on}TO PUBLIC`,
  };
}

function takenBack({ privileges, after }: PrivilegeStatement): WithheldPrivilege {
  return inBothWays(privileges.join(', '), after.replace(/TO PUBLIC$/, ''));
}

function asInvoker(object: string): WithheldPrivilege {
  return {
    what: 'definer',
    withdraw: `ALTER ${object} SECURITY INVOKER`,
    giveBack: `ALTER ${object} SECURITY DEFINER`,
  };
}
