import { isPlain, isWord, statementsOf, type Token } from '../archive/statements.ts';

/** A statement of an archive about rights. */
export interface PrivilegeStatement {
  sql: string;
  gives: boolean;
  /** null for PUBLIC. */
  role: string | null;
  /** `SELECT`, `UPDATE(id)`, `ALL`. */
  privileges: string[];
  /** What kind of object it is about, in capitals: `TABLE`, or, for default privileges, `TABLES`. */
  kind: string;
  /** Whether it takes only the right to hand a right on. */
  optionOnly: boolean;
  /** What stands before the verb and after the rights: `ALTER DEFAULT PRIVILEGES FOR ROLE a `, ` ON TABLE b FROM PUBLIC`. */
  before: string;
  after: string;
}

/**
 * The grants and revocations of an entry; whose they were (`SET SESSION AUTHORIZATION`) is left out, and so is what pg_dump does not
 * write.
 * https://github.com/postgres/postgres/blob/REL_18_STABLE/src/bin/pg_dump/dumputils.c (buildACLCommands)
 */
export function privilegeStatements(script: string): PrivilegeStatement[] {
  return statementsOf(script).flatMap((tokens) => {
    const verbAt = tokens.findIndex((token) => isWord(token, 'GRANT', 'REVOKE'));
    const optionOnly =
      isWord(tokens[verbAt + 1], 'GRANT') &&
      isWord(tokens[verbAt + 2], 'OPTION') &&
      isWord(tokens[verbAt + 3], 'FOR');
    const rightsAt = verbAt + (optionOnly ? 4 : 1);
    const onAt = tokens.findIndex((token, place) => place > verbAt && isWord(token, 'ON'));
    const roleAt = tokens.findLastIndex((token) => isWord(token, 'TO', 'FROM')) + 1;
    const [first, last, verb, on] = [tokens[0], tokens.at(-1), tokens[verbAt], tokens[onAt]];
    const role = tokens[roleAt];
    if (!first || !last || !verb || !on || !role || !isWord(first, 'GRANT', 'REVOKE', 'ALTER')) return [];
    const sql = script.slice(first.from, last.to);
    if (!isPlain(sql)) return [];
    return [
      {
        sql,
        gives: isWord(verb, 'GRANT'),
        role: isWord(role, 'PUBLIC') ? null : role.value,
        privileges: listed(script, tokens.slice(rightsAt, onAt)),
        kind: tokens[onAt + 1]?.value.toUpperCase() ?? '',
        optionOnly,
        before: script.slice(first.from, verb.from),
        after: script.slice(on.from - 1, last.to),
      },
    ];
  });
}

/** Whether a right lets rows be changed or deleted: `UPDATE(id)`, `ALL`. */
export function changesRows(privilege: string): boolean {
  return /^(ALL|UPDATE|DELETE)\b/.test(privilege);
}

/** What commas separate, but for those between brackets. */
function listed(script: string, tokens: readonly Token[]): string[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'sign' && token.value === '(') depth++;
    if (token.kind === 'sign' && token.value === ')') depth--;
    if (token.kind === 'sign' && token.value === ',' && depth === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.flatMap((part) => {
    const [first, last] = [part[0], part.at(-1)];
    return first && last ? [script.slice(first.from, last.to).replace(/^(\w+)\s+\(/, '$1(')] : [];
  });
}
