import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roundTripOf } from '../support/hostile-names.ts';
import { type Jobs, jobsOn, onlyError } from '../support/jobs.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
let jobs: Jobs;
beforeAll(async () => {
  world = await startWorld({ servers: [15] });
  jobs = jobsOn(world, 15);
});
afterAll(() => world.stop());

/* There are more of them in test/thorough/connection.test.ts. */
describe("a database's name is only ever a name", { concurrent: true }, () => {
  test.each([
    [`  It's "quoted" \\ back  `, 'swap'],
    ['-Fp --clean', 'drop'],
    ['$(touch x); `id` | & ; * ? # host=/tmp', 'swap'],
    ['ÄÖÜ 数据库 🐘\u2028', 'drop'],
  ])('%j, restored by %s', (name, restore_strategy) => roundTripOf(name, { world, jobs, restore_strategy }));

  test.each(['two\nlines', 'a\ttab'])('%j is refused, and nothing is asked of anybody', async (name) => {
    const step = await jobs.backup(name);
    expect(onlyError(step)).toContain(
      'db_name must not contain a NUL, a newline or another control character',
    );
    expect(step.log).not.toContain('Sign in');
  });
});
