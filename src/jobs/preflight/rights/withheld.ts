import type { Definition } from '../../../postgres/archive/definitions.ts';
import { isPlain } from '../../../postgres/archive/statements.ts';
import type { Entry } from '../../../postgres/archive/table-of-contents.ts';
import { type PrivilegeStatement, privilegeStatements } from '../../../postgres/privileges/statements.ts';

/** Something that works with its owner's rights, whoever uses it, and may have other rights after a restore with no_owner. */
export interface NewRights {
  entry: Entry;
  /** With its owner. */
  definition: Definition;
  former: string;
  /** How `GRANT` names it. */
  object: string | undefined;
  /** Whether its owner may do more than before. */
  more: boolean;
}

/** A right that everybody (PUBLIC) had, as statements without a semicolon. */
export interface Withheld {
  withdraw: string;
  giveBack: string;
}

/**
 * What everybody could do with objects, in the restored database: functions are for all by themselves, unless the archive takes
 * that away; all else the archive has to give, where its rights are restored.
 * @param rights of the archive
 * @returns besides, the roles that the archive itself lets use them, which will
 */
export function withheldFrom(
  objects: readonly NewRights[],
  rights: readonly Definition[],
  noPrivileges: boolean,
): { withheld: Withheld[]; grantees: string[] } {
  const byObject = Map.groupBy(rights, ({ dependencies }) => dependencies[0]);
  const withheld: Withheld[] = [];
  const grantees = new Set<string>();
  for (const one of objects) {
    const statements = (byObject.get(one.entry.id) ?? []).flatMap(({ sql }) => privilegeStatements(sql));
    const ofEverybody = statements.filter(({ role }) => role === null);
    if (!noPrivileges) {
      for (const { gives, role } of statements)
        if (gives && role !== null && role !== one.former) grantees.add(role);
    }
    if (isCalled(one)) {
      const isClosed = ofEverybody.at(-1)?.gives === false;
      const object = signatureOf(one);
      if (!isClosed && object !== undefined) withheld.push(inBothWays('EXECUTE', ` ON ${object} `));
    } else if (!noPrivileges) {
      withheld.push(...ofEverybody.filter(({ gives }) => gives).map(takenBack));
    }
  }
  // What the archive calls its objects may be anything.
  return { withheld: withheld.filter(({ withdraw }) => isPlain(withdraw)), grantees: [...grantees] };
}

/** Whether everybody may use such an object unless that is taken away. */
function isCalled({ entry: { type } }: NewRights): boolean {
  return type === 'FUNCTION' || type === 'PROCEDURE' || type === 'AGGREGATE';
}

function inBothWays(rights: string, on: string): Withheld {
  return { withdraw: `REVOKE ${rights}${on}FROM PUBLIC`, giveBack: `GRANT ${rights}${on}TO PUBLIC` };
}

function takenBack({ privileges, after }: PrivilegeStatement): Withheld {
  return inBothWays(privileges.join(', '), after.replace(/TO PUBLIC$/, ''));
}

/** A function as the catalog itself names it, its arguments by their types alone; otherwise as the archive does. */
function signatureOf({ definition, object }: NewRights): string | undefined {
  const [, kind, schema, name] =
    /^(\w+) ("(?:[^"]|"")*"|[^\s".(]+)\.("(?:[^"]|"")*"|[^\s".(]+)\(/.exec(object ?? '') ?? [];
  if (kind === undefined || schema === undefined || name === undefined) return object;
  const plain = name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
  const types = definition.name.slice(plain.length);
  const isWhole = definition.name.startsWith(`${plain}(`) && !/[\n\r]/.test(types);
  // `GRANT` calls every aggregate a function, which has no star for no arguments.
  return isWhole
    ? `${kind} ${schema}.${name}${types === '(*)' ? '()' : types}`
    : object?.replace(/\(\*\)$/, '()');
}
