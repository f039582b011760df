import { maintenanceDatabase } from '../server/server.ts';
import { attemptTogether } from '../session/attempt.ts';
import type { Psql } from '../session/psql.ts';
import type { DatabaseProperties } from './read.ts';
import { propertyStatements } from './statements.ts';

/**
 * Which settings of an old database would be lost with it: the role may not make them in another one, and their values look
 * like secrets, which are not written down anywhere.
 * @param empty a new database, owned by the role, to try them on
 * @returns what they are, in words
 * @throws ProcessFailure if the connection is lost
 */
export async function settingsThatWouldBeLost(
  psql: Psql,
  empty: string,
  properties: DatabaseProperties,
): Promise<string[]> {
  const secrets = propertyStatements(properties, properties.owner).filter(
    ({ secret }) => secret !== undefined,
  );
  if (secrets.length === 0) return [];
  const outcomes = await attemptTogether(
    psql,
    maintenanceDatabase,
    secrets.map(({ sql }) => sql(empty)),
    'rehearse',
  );
  return secrets.flatMap(({ what }, index) => (outcomes[index] === undefined ? [] : [what]));
}
