import type { Step } from '../../../base/step.ts';
import { explained } from '../../../postgres/server/server.ts';
import type { Psql } from '../../../postgres/session/psql.ts';
import type { Note } from '../../result.ts';
import { list, report } from '../finding.ts';
import type { EmptyCheck, EmptyContext } from './check.ts';
import { inPublic } from './in-public.ts';
import { withoutRights } from './lacking-rights.ts';
import { parametersOfFunctions } from './parameters.ts';

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
