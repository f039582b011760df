import type { Step } from '../../../base/step.ts';
import type { Definition } from '../../../postgres/archive/definitions.ts';
import type { Entry } from '../../../postgres/archive/table-of-contents.ts';
import { explained } from '../../../postgres/server/server.ts';
import type { Psql } from '../../../postgres/session/psql.ts';
import type { Note } from '../../result.ts';
import { type Finding, list, report } from '../finding.ts';
import { inPublic } from './in-public.ts';
import { withoutRights } from './lacking-rights.ts';
import { parametersOfFunctions } from './parameters.ts';

/** What is known of a restore before there is a new database. */
export interface EmptyContext {
  /** What will be restored. */
  entries: readonly Entry[];
  definitions: ReadonlyMap<number, Definition>;
  /** Who restores. */
  role: string;
  superuser: boolean;
  major: number;
}

/**
 * Asks something in a new database that is still empty, while the old one is as it was. It keeps nothing of the context but what it
 * needs, since it lives as long as the restore.
 * @throws ProcessFailure if the server refuses
 */
export type EmptyCheck = (psql: Psql, database: string) => Promise<Finding[]>;

/** Each makes of the context what it has to ask; undefined where it has nothing to ask. */
const checks: readonly ((context: EmptyContext) => EmptyCheck | undefined)[] = [
  inPublic,
  withoutRights,
  parametersOfFunctions,
];

/** What has to be asked in the empty database before a restore. */
export function emptyChecks(context: EmptyContext): EmptyCheck[] {
  return checks.flatMap((check) => check(context) ?? []);
}

/**
 * Looks into the new, empty database, for what only that can tell: schema `public` is as the server's template has it, and what a
 * role may do there differs from server to server.
 * @param database what is to be replaced
 * @param empty what the new one is called now
 * @returns what there is to warn of
 * @throws Failure that lists what is in the way
 */
export async function lookIntoEmpty(
  database: string,
  empty: string,
  checks: readonly EmptyCheck[],
  psql: Psql,
  step: Pick<Step, 'info' | 'warn'>,
): Promise<Note[]> {
  const found = await explained(psql, empty, () => Promise.all(checks.map((check) => check(psql, empty))));
  const findings = found.flat();
  report(database, findings, step);
  const warnings = findings.filter(({ level }) => level === 'warning').map(({ text }) => text);
  return warnings.length === 0 ? [] : [{ text: list(warnings) }];
}
