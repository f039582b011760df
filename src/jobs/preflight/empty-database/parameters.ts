import { inOneLine, quoted } from '../../../base/format.ts';
import { forbiddenParameters, setParameters } from '../../../postgres/restore/parameters.ts';
import { identifier, toPaste } from '../../../postgres/session/sql-text.ts';
import { type Finding, firstFew } from '../finding.ts';
import type { EmptyCheck, EmptyContext } from './check.ts';

/**
 * Functions that set a parameter which only a superuser may set: in the original, a superuser has made them, or has granted that.
 * Tried on 15 and 17.
 */
export function parameterFindings({
  entries,
  definitions,
  role,
  superuser,
  major,
}: EmptyContext): EmptyCheck | undefined {
  const set = setParameters(entries, definitions);
  if (superuser || set.size === 0) return undefined;
  const functions = new Map(
    Array.from(set, ([name, by]) => [
      name,
      firstFew(by.map(({ schema, name: its }) => quoted(`${schema}.${its}`))),
    ]),
  );
  const extensions = entries.filter(({ type }) => type === 'EXTENSION').map(({ name }) => name);
  return async (psql, database) => {
    const names = [...functions.keys()];
    const forbidden = await forbiddenParameters(psql, database, { names, extensions, major });
    return forbidden.map((name): Finding => {
      const superusers =
        major >= 15
          ? ` Or, as a superuser, run:\n${toPaste(`GRANT SET ON PARAMETER ${name} TO ${identifier(role)};`)}`
          : '';
      return {
        level: 'error',
        text:
          `The role ${quoted(role)} may not set the parameter ${inOneLine(name)}, as these functions of the backup do: ` +
          `${functions.get(name)}.`,
        remedy: `Restore as a superuser. Or reset the parameter in the original database (ALTER FUNCTION … RESET ${inOneLine(name)}) and make a new backup.${superusers}`,
      };
    });
  };
}
