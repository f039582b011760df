import { describe, expect, test } from 'vitest';
import {
  featuresThatMayBeLost,
  newFeatures,
} from '../../../../../src/postgres/restore/entries/newer-features.ts';

const since18 =
  'virtual generated columns, NOT ENFORCED, NOT NULL constraints that are NOT VALID or NO INHERIT, or of inherited columns, ' +
  'WITHOUT OVERLAPS and PERIOD, uuidv7() (since 18)';
const since17 =
  'JSON_TABLE, built-in collations, infinite intervals, MAINTAIN if rights are restored (since 17)';
const since16 = 'RULES of collations, IS JSON (since 16)';
const refused = (what: string): string =>
  `What the older version does not know makes the restore fail, for example: ${what}. ` +
  'With restore_strategy: swap the old database then stays unchanged.';

describe('what may be lost', () => {
  test.each([
    ['from 18 to 17', 18, 17, `${refused(since18)} Lost without an error: names of NOT NULL constraints.`],
    ['from 16 to 15', 16, 15, refused(since16)],
    [
      'from 18 to 15',
      18,
      15,
      `${refused([since18, since17, since16].join('; '))} Lost without an error: names of NOT NULL constraints, and ` +
        'identity columns of partitions.',
    ],
    [
      'from a version that is not known here',
      20,
      18,
      refused('whatever came with 20; whatever came with 19'),
    ],
  ])('%s', (_, newer, older, text) => {
    expect(featuresThatMayBeLost(newer, older)).toBe(text);
  });

  test('has room in an annotation, whatever the two versions are', () => {
    const majors = [...newFeatures.keys()];
    expect(featuresThatMayBeLost(Math.max(...majors) + 2, Math.min(...majors) - 1).length).toBeLessThan(
      1_500,
    );
    for (const newer of [999, 4_000_000_000, Number.MAX_SAFE_INTEGER, 1e300, Number.POSITIVE_INFINITY])
      expect(featuresThatMayBeLost(newer, 15).length).toBeLessThan(8_000);
  });
});
