import { count, quoted } from '../../base/format.ts';
import type { Step } from '../../base/step.ts';
import { extensionObjects } from '../../postgres/privileges/extension-objects.ts';
import { type Revocation, revokesAll } from '../../postgres/privileges/revocations-in-archive.ts';
import { type RevokeOutcome, revokeEach } from '../../postgres/privileges/revoke.ts';
import type { RestoreFacts } from '../../postgres/server/server.ts';
import { withSessionOverrides } from '../../postgres/server/session-overrides.ts';
import { type Psql, uninterrupted } from '../../postgres/session/psql.ts';
import type { PrivilegesPlan } from '../preflight/privileges/plan.ts';
import { type WithheldPrivilege, withheldOfExtensions } from '../preflight/privileges/withheld.ts';
import type { Note } from '../result.ts';
import { type CarryOverOutcome, leftClosed } from './carry-over.ts';
import type { CarryOverSource } from './carry-over-source.ts';
import type { Replacement } from './replacement.ts';

/** What has become of the rights that nobody should get by a restore. */
export interface RevokedPrivileges {
  notes: Note[];
  /** The statements of the old database's or of the archive's that are done, each with its semicolon. */
  done: ReadonlySet<string>;
}

/** The statements, each without its semicolon, and what they are for. */
export interface PrivilegesToRevoke {
  /** As the old database has it now. */
  ofOld: string[];
  ofArchive: Revocation[];
  withheld: WithheldPrivilege[];
  /** The statements, each with its semicolon, that are told as what is lost unless they are done. */
  told: ReadonlySet<string>;
}

/** What is needed of all that is known before a restore. */
export interface RevokeContext {
  request: Pick<Replacement['request'], 'database' | 'noPrivileges'>;
  prepared: { psql: Psql; server: Pick<RestoreFacts, 'role' | 'major'> };
  rights: PrivilegesPlan;
}

/**
 * Which rights are to be taken away in a restored database: those that the archive, and the old database, had taken away, since what
 * was closed after the backup was made is not to be opened by it; and those to use what works with another owner's rights now.
 */
export function privilegesToRevoke(
  { privileges }: CarryOverSource,
  { request, rights }: Pick<RevokeContext, 'request' | 'rights'>,
): PrivilegesToRevoke {
  const asked = request.noPrivileges ? privileges : undefined;
  // Without `rights` it is what the archive says, in its words.
  const lost = asked?.rights ? [...asked.script, ...asked.administratorScript] : [];
  const ofOld = lost.filter(isRevocation).map((statement) => statement.slice(0, -1));
  const known = new Set(ofOld);
  const ofArchive = rights.revocations.filter(({ sql }) => sql === undefined || !known.has(sql));
  const closed = new Set([...ofOld, ...ofArchive.map(({ sql }) => sql)]);
  return {
    ...{ ofOld, ofArchive },
    withheld: rights.withheld.filter(({ withdraw }) => !closed.has(withdraw)),
    told: new Set(privileges ? [...privileges.script, ...privileges.administratorScript] : []),
  };
}

/** Of default privileges, those that others have; what a role takes from itself is its own matter. */
function isRevocation(statement: string): boolean {
  return /^REVOKE /.test(statement) || /^ALTER DEFAULT PRIVILEGES .* FROM PUBLIC;$/s.test(statement);
}

/** All of the statements, in their order. */
export function statementsToRevoke({ ofOld, ofArchive, withheld }: PrivilegesToRevoke): string[] {
  const all = [...ofOld, ...ofArchive.map(({ sql }) => sql), ...withheld.map(({ withdraw }) => withdraw)];
  return [...new Set(all)].filter((sql) => sql !== undefined);
}

/**
 * Takes these rights away in a database that others cannot connect to yet. Nothing is asked of the server if there are none.
 * @param current what the database is called now
 * @throws ProcessFailure if the connection is lost
 */
export async function revokePrivileges(
  known: PrivilegesToRevoke,
  current: string,
  { request, prepared, rights }: RevokeContext,
  step: Pick<Step, 'info'>,
): Promise<RevokedPrivileges> {
  const psql = withSessionOverrides(prepared.psql, prepared.server.major);
  const owner = rights.owner ?? prepared.server.role;
  const works = rights.extensionsGain ? await extensionObjects(psql, current, owner) : [];
  const toClose = { ...known, withheld: [...known.withheld, ...withheldOfExtensions(works)] };
  const statements = statementsToRevoke(toClose);
  const outcomes = statements.length === 0 ? [] : await revokeEach(psql, current, statements, rights.owner);
  const which = (outcome: RevokeOutcome): Set<string> =>
    new Set(statements.filter((_, place) => outcomes[place] === outcome));
  const [done, refused] = [which('done'), which('refused')];
  const ofOld = toClose.ofOld.filter((sql) => done.has(sql));
  const ofArchive = toClose.ofArchive.filter(({ sql }) => sql === undefined || done.has(sql));
  const closed = [...new Set([...ofOld, ...ofArchive.flatMap(({ sql }) => sql ?? [])])];
  const withheld = toClose.withheld.filter(({ withdraw }) => done.has(withdraw));
  const isTold = (sql: string): boolean => toClose.told.has(`${sql};`);
  const told = toClose.ofArchive.flatMap(({ sql, said }) => (isTold(said) ? [sql] : []));
  const refusedOfOld = toClose.ofOld.filter((sql) => refused.has(sql));
  const left = [...refused].filter(
    (sql) => !told.includes(sql) && !isTold(sql) && !refusedOfOld.some((other) => revokesAll(other, sql)),
  );
  const { database } = request;
  const notes = [
    ...noteOfClosed(closed, database),
    ...notesOfWithheld(withheld, database, owner),
    ...noteOfRefused(left, database),
  ];
  for (const { text, quiet } of notes) if (quiet) step.info(text);
  const said = [...ofOld, ...ofArchive.map(({ said }) => said)].map((sql) => `${sql};`);
  return { notes, done: new Set(said) };
}

/**
 * As `revokePrivileges`, for when there is no way back: a cancel does not end it. If it fails, `failed` says so, and the database has to
 * stay closed to others.
 */
export async function tryToRevokePrivileges(
  belongings: CarryOverSource,
  replacement: RevokeContext,
  step: Pick<Step, 'info' | 'warn'>,
): Promise<RevokedPrivileges & { failed?: CarryOverOutcome }> {
  const { request, prepared } = replacement;
  const toClose = privilegesToRevoke(belongings, replacement);
  try {
    const patient = { ...prepared, psql: uninterrupted(prepared.psql) };
    return await revokePrivileges(toClose, request.database, { ...replacement, prepared: patient }, step);
  } catch (error) {
    const { role } = prepared.server;
    const failed = leftClosed(request.database, role, statementsToRevoke(toClose), belongings, error, step);
    return { notes: [], done: new Set(), failed };
  }
}

function noteOfClosed(closed: readonly string[], database: string): Note[] {
  if (closed.length === 0) return [];
  const text = `Privileges that had been revoked from others are revoked in the restored ${quoted(database)}, too.`;
  return [{ text, quiet: true }];
}

function notesOfWithheld(withheld: readonly WithheldPrivilege[], database: string, owner: string): Note[] {
  const where = `-- In database ${quoted(database)}, as ${quoted(owner)}:`;
  const note = (what: WithheldPrivilege['what'], text: (number: number) => string): Note[] => {
    const back = withheld.flatMap((one) => (one.what === what ? [`${one.giveBack};`] : []));
    return back.length === 0 ? [] : [{ text: text(back.length), sql: [where, ...back] }];
  };
  return [
    ...note(
      'right',
      (number) =>
        `PUBLIC can no longer use objects that run with the rights of ${quoted(owner)} now, and ran with those of others or fewer before ` +
        `(${count(number, 'privilege')} revoked). Review them, then grant again what is meant for all; run in the restored database:`,
    ),
    ...note(
      'definer',
      (number) =>
        `${count(number, 'function')} called by triggers ${number === 1 ? 'is' : 'are'} SECURITY INVOKER now, and ${number === 1 ? 'was' : 'were'} SECURITY DEFINER: ` +
        `${number === 1 ? 'it' : 'they'} would run with the rights of ${quoted(owner)}, which are others or more than before. With the rights of whoever writes, a row is ` +
        'refused where those are not enough. Review them, then make them SECURITY DEFINER again; to have one run with the rights of its ' +
        'former owner, let an administrator change the owner (ALTER FUNCTION … OWNER TO …) afterwards. Run in the restored database:',
    ),
  ];
}

function noteOfRefused(refused: readonly string[], database: string): Note[] {
  if (refused.length === 0) return [];
  const text =
    `Privileges that others should not have in the restored ${quoted(database)} could not be revoked by this role ` +
    `(${count(refused.length, 'statement')}). As an administrator of the server, run:`;
  return [{ text, sql: [`-- In database ${quoted(database)}:`, ...refused.map((sql) => `${sql};`)] }];
}

/** The same without what is done already. */
export function stillToRevoke(
  belongings: CarryOverSource,
  { done }: Pick<RevokedPrivileges, 'done'>,
): CarryOverSource {
  const { privileges } = belongings;
  if (!privileges || done.size === 0) return belongings;
  const left = (statements: readonly string[]): string[] => statements.filter((sql) => !done.has(sql));
  const [script, administratorScript] = [left(privileges.script), left(privileges.administratorScript)];
  const open = [...script, ...administratorScript].filter((sql) => /^REVOKE .* FROM PUBLIC;$/s.test(sql));
  return {
    ...belongings,
    privileges: {
      ...privileges,
      ...{ script, administratorScript },
      revokedFromPublic: Math.min(open.length, privileges.revokedFromPublic),
    },
  };
}
