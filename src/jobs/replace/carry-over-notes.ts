import { count, inOneLine, quoted } from '../../base/format.ts';
import type { LostPrivileges } from '../../postgres/privileges/lost-privileges.ts';
import type { RefusedProperty } from '../../postgres/properties/apply.ts';
import type { PropertyKind } from '../../postgres/properties/statements.ts';
import { firstFew } from '../preflight/finding.ts';
import { type WideningObjects, widens } from '../preflight/privileges/widening-grants.ts';
import type { Note } from '../result.ts';

/** What a restored database has got of the old one, in words for the log; empty if it is nothing. */
export function describeGiven(kinds: readonly PropertyKind[]): string {
  const number = (kind: PropertyKind): number => kinds.filter((one) => one === kind).length;
  const counted = (['setting', 'right', 'withdrawn right'] as const)
    .filter((kind) => number(kind) > 0)
    .map((kind) => count(number(kind), kind));
  const single = (['comment', 'connection limit'] as const)
    .filter((kind) => number(kind) > 0)
    .map((kind) => `the ${kind}`);
  const others = [
    ...(number('template') > 0 ? ['that it is a template'] : []),
    ...(number('closed to connections') > 0 ? ['that nobody may connect'] : []),
  ];
  return [...counted, ...single, ...others].join(', ');
}

/** Whose belongings a restored database gets: those of the database that it replaces, or those that the backup has. */
export type PropertySource = 'old' | 'original';

/** What the role could not give a restored database. */
export function notesOfRefused(refused: readonly RefusedProperty[], source: PropertySource): Note[] {
  if (refused.length === 0) return [];
  const hidden = ` (its value is not shown here${source === 'original' ? '; pg_restore --create shows it' : ''})`;
  const what = refused
    .map(({ what, reason, sql }) => inOneLine(`- ${what}: ${reason}${sql === undefined ? hidden : ''}`))
    .join('\n');
  const sql = refused.flatMap((one) => one.sql ?? []);
  const number = refused.length === 1 ? '1 property' : `${refused.length} properties`;
  const text =
    sql.length === 0
      ? `The restored database lacks ${number} of the ${source} one, which this role may not set:\n${what}`
      : `Set ${number} as an administrator of the server: the ${source} database had ${refused.length === 1 ? 'it' : 'them'}, and this role may not set ${refused.length === 1 ? 'it' : 'them'}.\n${what}\nRun:`;
  return [{ text, sql }];
}

/**
 * Who has lost rights by a restore without owners and rights.
 * @param gaining what would let others do more than they could, whose rights stand apart: nobody should give them back without looking
 */
export function notesOfPrivileges(
  database: string,
  lost: Omit<LostPrivileges, 'rights'> | undefined,
  source: PropertySource,
  gaining: WideningObjects,
): Note[] {
  if (!lost) return [];
  const { roles, grantedToPublic, revokedFromPublic, missingRoles = [] } = lost;
  const [apart = [], script = []] = parted(lost.script, gaining);
  const [apartForAdministrator = [], administratorScript = []] = parted(lost.administratorScript, gaining);
  const commands = [
    ...script,
    ...(administratorScript.length > 0
      ? ['-- The rest as an administrator of the server:', ...administratorScript]
      : []),
  ];
  const where = `-- In database ${quoted(database)}, as the role that restored it:`;
  const notesApart = noteOfApart([...apart, ...apartForAdministrator], where, source);
  if (commands.length === 0) return notesApart;
  const sql = [where, ...commands];
  const who = roles.map(({ role, owns, holds }) => {
    const parts = [holds > 0 && count(holds, 'object'), owns > 0 && `owner of ${count(owns, 'object')}`];
    return `${quoted(role)} (${parts.filter((part) => part !== false).join(', ')})`;
  });
  const everybody = [
    grantedToPublic > 0 && `PUBLIC had privileges on ${count(grantedToPublic, 'object')}`,
    revokedFromPublic > 0 &&
      `${count(revokedFromPublic, 'object')} closed to PUBLIC before can be used by all now`,
  ].filter((part) => part !== false);
  const lead =
    who.length > 0
      ? `Give ${count(who.length, 'role')} ${who.length === 1 ? 'its' : 'their'} privileges back`
      : 'Set the privileges of PUBLIC again';
  const affected = [
    ...(who.length > 0 ? [firstFew(who)] : []),
    ...(everybody.length > 0 ? [everybody.join(', and ')] : []),
  ];
  const text =
    `${lead}, as in the ${source} database: ${affected.join('; ')}.\n` +
    (missingRoles.length > 0
      ? `This server lacks the ${missingRoles.length === 1 ? 'role' : 'roles'} ${firstFew(missingRoles.map(quoted))}: create ${missingRoles.length === 1 ? 'it' : 'them'} first, or leave out what is for ${missingRoles.length === 1 ? 'it' : 'them'}.\n`
      : '') +
    `Run this in ${quoted(database)}, as the role that restored it:`;
  return [{ text, sql }, ...notesApart];
}

function parted(statements: readonly string[], gaining: WideningObjects): [string[], string[]] {
  const is = statements.map((sql) => widens(sql, gaining));
  return [statements.filter((_, place) => is[place]), statements.filter((_, place) => !is[place])];
}

function noteOfApart(statements: readonly string[], where: string, source: PropertySource): Note[] {
  if (statements.length === 0) return [];
  const text =
    `Kept apart: privileges of the ${source} database on objects that run with more rights now than before ` +
    `(${count(statements.length, 'statement')}). Whoever gets them can do more than before. Review each object, then grant what is ` +
    'intended; run in the restored database:';
  return [{ text, sql: [where, ...statements] }];
}
