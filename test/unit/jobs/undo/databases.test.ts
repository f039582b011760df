import { describe, expect, test } from 'vitest';
import type { Unfinished } from '../../../../src/base/step.ts';
import { leftDatabases, type SeenDatabase } from '../../../../src/jobs/undo/databases.ts';
import { restoreMark } from '../../../../src/postgres/properties/restore-mark.ts';

const [fresh, previous] = ['shop_restore_20261122010203', 'shop_before_20261122010203'];
const record: Unfinished = {
  ...{ database: 'shop', run: '7/1', stage: 'swapping' },
  fresh: { name: fresh, oid: 20 },
  previous: { name: previous, oid: 10 },
};
const mark = restoreMark({ database: 'shop', run: '7/1' });
const seen = (name: string, oid: number, more: Partial<SeenDatabase> = {}): SeenDatabase => ({
  ...{ name, oid, comment: null, owned: true },
  ...more,
});
const marked = { comment: mark };

describe('what a killed restore has left', () => {
  test.each<[string, SeenDatabase[], object[]]>([
    ['nothing', [seen('shop', 10)], []],
    [
      'the new database, before the swap',
      [seen('shop', 10), seen(fresh, 20, marked)],
      [{ name: fresh, what: 'half restored', ours: true }],
    ],
    [
      'the old database, after the swap',
      [seen('shop', 20), seen(previous, 10)],
      [{ name: previous, what: 'replaced', ours: true }],
    ],
  ])('is %s', (_, databases, left) => {
    expect(leftDatabases(record, databases)).toEqual(left);
  });

  test.each<[string, SeenDatabase[]]>([
    ['one of another OID', [seen(fresh, 21, marked)]],
    ['one without a mark', [seen(fresh, 20)]],
    ['one of another run', [seen(fresh, 20, { comment: restoreMark({ database: 'shop', run: '7/2' }) })]],
    ['one for another name', [seen(fresh, 20, { comment: restoreMark({ database: 'shop2', run: '7/1' }) })]],
    ['one of another owner', [seen(fresh, 20, { ...marked, owned: false })]],
    ['an old one while the new one has not its name', [seen('shop', 11), seen(previous, 10)]],
    ['an old one while there is no new one', [seen(previous, 10)]],
    ['an old one of another OID', [seen('shop', 20), seen(previous, 11)]],
    ['an old one of another owner', [seen('shop', 20), seen(previous, 10, { owned: false })]],
  ])('may not be %s', (_, databases) => {
    expect(leftDatabases(record, databases)).toEqual([expect.objectContaining({ ours: false })]);
  });

  test('is known by its mark alone as long as its OID is not known', () => {
    const early: Unfinished = { ...record, stage: 'filling', fresh: { name: fresh } };
    expect(leftDatabases(early, [seen(fresh, 99, marked)])).toMatchObject([{ ours: true }]);
    expect(leftDatabases(early, [seen(fresh, 99)])).toMatchObject([{ ours: false }]);
    // and without the OID of the new one, it can't be told that the swap is done
    expect(leftDatabases(early, [seen('shop', 20), seen(previous, 10)])).toMatchObject([{ ours: false }]);
  });

  test('is not looked for where nothing is to be dropped', () => {
    const kept: Unfinished = { database: 'shop', run: '7/1', stage: 'swapped' };
    expect(leftDatabases(kept, [seen(fresh, 20, marked), seen(previous, 10)])).toEqual([]);
  });
});
