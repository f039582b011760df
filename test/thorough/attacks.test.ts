import { afterAll, beforeAll, describe, test } from 'vitest';
import { aims, meet, type Stage, stageOn } from '../attacks/attack.ts';
import { attacks } from '../attacks/attacks.ts';
import { hasPrograms } from '../support/postgres/postgres-programs.ts';
import { startWorld, type World } from '../support/world.ts';

/** The last server on which every role may create in schema public of every database, where there is one for this machine. */
const major = hasPrograms(14) ? 14 : 15;

let world: World;
let stage: Stage;
beforeAll(async () => {
  world = await startWorld({ servers: [major] });
  const server = world.server(major);
  if (major > 14) await server.query('GRANT CREATE ON SCHEMA public TO PUBLIC', { database: 'template1' });
  stage = await stageOn(world, server, await server.createRole('stranger', 'its secret'));
});
afterAll(() => world.stop());

describe.each([...Map.groupBy(attacks, ({ who }) => who)])('%s', (_, ofOne) => {
  const runs = ofOne.flatMap((attack) =>
    (attack.aims ?? aims).map((aim) => [attack.what, aim, attack] as const),
  );
  test.each(runs)('%s: %s', (_, aim, attack) => meet(attack, aim, stage));
});
