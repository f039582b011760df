import type { Step } from '../../../base/step.ts';
import { explainingErrors } from '../../../postgres/server/server.ts';
import type { Psql } from '../../../postgres/session/psql.ts';
import type { Note } from '../../result.ts';
import { notesOfWarnings, reportFindings } from '../finding.ts';
import type { EmptyCheck, EmptyContext } from './check.ts';
import { publicSchemaFindings } from './in-public.ts';
import { lackingPrivilegeFindings } from './lacking-privileges.ts';
import { parameterFindings } from './parameters.ts';

/** Each makes of the context what it has to ask; undefined where it has nothing to ask. */
const checks: readonly ((context: EmptyContext) => EmptyCheck | undefined)[] = [
  publicSchemaFindings,
  lackingPrivilegeFindings,
  parameterFindings,
];

/** What has to be asked in the empty database before a restore. */
export function emptyChecks(context: EmptyContext): EmptyCheck[] {
  return checks.flatMap((check) => check(context) ?? []);
}

/**
 * Looks into the new, empty database, for what only that can tell: schema `public` is as the server's template has it, and what a
 * role may do there differs from server to server.
 * @param empty what it is called now
 * @returns what there is to warn of
 * @throws Failure that lists what is in the way
 */
export async function inspectEmptyDatabase(
  empty: string,
  checks: readonly EmptyCheck[],
  psql: Psql,
  step: Pick<Step, 'info' | 'warn'>,
): Promise<Note[]> {
  const found = await explainingErrors(psql, empty, () =>
    Promise.all(checks.map((check) => check(psql, empty))),
  );
  const findings = found.flat();
  reportFindings(findings, step);
  return notesOfWarnings(findings);
}
