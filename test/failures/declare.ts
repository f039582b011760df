import { afterAll, beforeAll, describe, test } from 'vitest';
import type { PostgresMajor } from '../support/postgres/postgres-server.ts';
import type { Group } from './row.ts';
import { meet, type Scene, setScene } from './scene.ts';

/** Declares a test for each case of these groups, all on one scene. */
export function declareFailures(groups: readonly Group[], major: PostgresMajor): void {
  let scene: Scene;
  beforeAll(async () => {
    scene = await setScene(major);
  });
  afterAll(() => scene[Symbol.asyncDispose]());

  for (const concurrent of [true, false]) {
    for (const { title, rows } of groups) {
      const cases = rows.flatMap(({ what, seen, cases }) =>
        cases
          .filter((each) => (each.concurrent ?? false) === concurrent)
          .map((each) => [[what, each.title].filter(Boolean).join(': '), seen, each] as const),
      );
      describe.runIf(cases.length > 0)(title, { concurrent }, () => {
        // By %s, since $name cuts a long name.
        test.each(cases)('%s', (_, seen, each) => meet(each, seen, scene));
      });
    }
  }
}
