import type { Definition } from '../archive/definitions.ts';
import type { Entry } from '../archive/table-of-contents.ts';
import { ask, type Psql } from '../session/psql.ts';

/** The parameters that functions and procedures set for themselves, as SQL has their names, each with the entries that do. */
export function setParameters(
  entries: readonly Entry[],
  definitions: ReadonlyMap<number, Definition>,
): Map<string, Entry[]> {
  const found = new Map<string, Entry[]>();
  for (const entry of entries) {
    if (entry.type !== 'FUNCTION' && entry.type !== 'PROCEDURE') continue;
    const [head = ''] = (definitions.get(entry.id)?.sql ?? '').split(/^ {4}(?:AS |BEGIN ATOMIC$)/m, 1);
    for (const [, name = ''] of head.matchAll(/^ {4}SET (\S+) TO /gm)) {
      const setting = found.get(name);
      if (setting) setting.push(entry);
      else found.set(name, [entry]);
    }
  }
  return found;
}

/**
 * Those that only a superuser may set, and this role neither is one nor has been granted that, which is possible from 15 on. Nobody
 * else may give a function a parameter either that no library has defined: of those of an extension it is known when that is created,
 * right before.
 * https://www.postgresql.org/docs/current/ddl-priv.html (PARAMETER)
 * https://github.com/postgres/postgres/blob/master/src/backend/utils/misc/guc.c (validate_option_array_item)
 * @param names as SQL has them
 * @param extensions those that the archive creates
 * @throws ProcessFailure if the server refuses
 */
export async function forbiddenParameters(
  psql: Psql,
  database: string,
  { names, extensions, major }: { names: readonly string[]; extensions: readonly string[]; major: number },
): Promise<string[]> {
  const granted = major >= 15 ? "AND NOT has_parameter_privilege(plain, 'SET')" : '';
  const query = `SELECT coalesce(json_agg(asked ORDER BY asked), '[]')
    FROM json_array_elements_text(:'names') AS a(asked) CROSS JOIN LATERAL (SELECT replace(asked, '"', '') AS plain) AS p
      LEFT JOIN pg_settings ON lower(name) = lower(plain)
    WHERE (context = 'superuser' OR plain LIKE '%.%' AND coalesce(category = 'Customized Options', true)
        AND lower(split_part(plain, '.', 1)) NOT IN (SELECT lower(json_array_elements_text(:'extensions')))) ${granted}`;
  return ask<string[]>(psql, database, query, {
    names: JSON.stringify(names),
    extensions: JSON.stringify(['plpgsql', ...extensions]),
  });
}
