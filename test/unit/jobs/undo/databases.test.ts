import { describe, expect, test } from 'vitest';
import type { Unfinished } from '../../../../src/base/step.ts';
import { remnantsOf, type SeenDatabase, unfinishedInPlace } from '../../../../src/jobs/undo/databases.ts';
import { replacedMark, restoreMark } from '../../../../src/postgres/properties/restore-mark.ts';
import { birthmark } from '../../../../src/postgres/swap/create.ts';
import { droppingName } from '../../../../src/postgres/swap/names.ts';

const [fresh, previous] = ['shop_restore_20261122010203', 'shop_before_20261122010203'];
const record: Unfinished = {
  ...{ database: 'shop', run: '7/1', stage: 'swapping' },
  fresh: { name: fresh, oid: 20 },
  previous: { name: previous, oid: 10 },
};
const mark = { comment: restoreMark({ database: 'shop', run: '7/1' }) };
const replacedBy = (run: string, database = 'shop') => ({
  comment: replacedMark({ database, run, comment: 'of the shop' }),
});
const replaced = replacedBy('7/1');
const seen = (name: string, oid: number, more: Partial<SeenDatabase> = {}): SeenDatabase => ({
  ...{ name, oid, comment: null, owned: true, open: true, limit: -1 },
  ...more,
});
/** As it comes to be, before it has a mark. */
const newborn = { open: false, limit: birthmark(fresh) };

describe('what a killed restore has left', () => {
  test.each<[string, SeenDatabase[], object[]]>([
    ['nothing', [seen('shop', 10)], []],
    ['the new database, in its place', [seen('shop', 20), seen('shop_x', 10)], []],
    [
      'the new database, before the swap',
      [seen('shop', 10), seen(fresh, 20, mark)],
      [{ name: fresh, oid: 20, ...mark, what: 'half restored', state: 'ours' }],
    ],
    [
      'the new database, before it got its mark',
      [seen('shop', 10), seen(fresh, 20, newborn)],
      [{ name: fresh, oid: 20, what: 'half restored', state: 'ours' }],
    ],
    [
      'the old database, after the swap',
      [seen('shop', 20), seen(previous, 10, replaced)],
      [{ name: previous, oid: 10, ...replaced, what: 'replaced', state: 'ours' }],
    ],
  ])('is %s', (_, databases, left) => {
    expect(remnantsOf(record, databases)).toEqual(left);
  });

  test('may be a database that was being dropped, which has another name then', () => {
    const [one, two] = [droppingName('shop'), droppingName('shop')];
    expect(
      remnantsOf(record, [seen('shop', 20), seen(one, 10, replaced), seen(two, 20, mark)]),
    ).toMatchObject([
      { name: one, what: 'replaced', state: 'ours' },
      { name: two, what: 'half restored', state: 'ours' },
    ]);
    expect(remnantsOf(record, [seen(one, 20, newborn)])).toMatchObject([{ name: one, state: 'ours' }]);
    const others = [
      seen(one, 11, replaced),
      seen(one, 10, replacedBy('7/2')),
      seen(one, 10),
      seen(one, 21, mark),
      seen(droppingName('shop2'), 20, mark),
    ];
    for (const other of others) expect(remnantsOf(record, [seen('shop', 20), other])).toEqual([]);
  });

  test.each<[string, SeenDatabase[]]>([
    ['one of another OID', [seen(fresh, 21, mark)]],
    ['one without a mark', [seen(fresh, 20)]],
    ['one that came to be with another limit', [seen(fresh, 20, { ...newborn, limit: 7 })]],
    ['one that came to be under another name', [seen(fresh, 20, { ...newborn, limit: birthmark('shop') })]],
    ['one with such a limit that is open', [seen(fresh, 20, { ...newborn, open: true })]],
    ['one of another run', [seen(fresh, 20, { comment: restoreMark({ database: 'shop', run: '7/2' }) })]],
    ['one for another name', [seen(fresh, 20, { comment: restoreMark({ database: 'shop2', run: '7/1' }) })]],
    ['one of another owner', [seen(fresh, 20, { ...mark, owned: false })]],
    ['an old one without a mark', [seen('shop', 20), seen(previous, 10)]],
    ['an old one of another OID', [seen('shop', 20), seen(previous, 11, replaced)]],
    ['an old one of another run', [seen('shop', 20), seen(previous, 10, replacedBy('7/2'))]],
    ['an old one of another name', [seen('shop', 20), seen(previous, 10, replacedBy('7/1', 'shop2'))]],
    ['an old one of another owner', [seen('shop', 20), seen(previous, 10, { ...replaced, owned: false })]],
  ])('may not be %s', (_, databases) => {
    expect(remnantsOf(record, databases)).toEqual([expect.objectContaining({ state: 'doubtful' })]);
  });

  test.each<[string, SeenDatabase[]]>([
    ['another one has its name', [seen('shop', 11)]],
    ['there is none in its place', []],
    ['the one in its place is not full', [seen('shop', 20, mark)]],
  ])('is needed as long as %s, unless it is a ruin', (_, databases) => {
    const state = (limit: number) =>
      remnantsOf(record, [...databases, seen(previous, 10, { ...replaced, limit })]).map((one) => one.state);
    expect(state(-1)).toEqual(['needed']);
    expect(state(-2)).toEqual(['ours']);
  });

  test('is known by its mark alone as long as its OID is not known', () => {
    const early: Unfinished = { ...record, stage: 'filling', fresh: { name: fresh } };
    expect(remnantsOf(early, [seen(fresh, 99, mark)])).toMatchObject([{ state: 'ours' }]);
    expect(remnantsOf(early, [seen(fresh, 99)])).toMatchObject([{ state: 'doubtful' }]);
    // and without the OID of the new one, it can't be told that the swap is done
    expect(remnantsOf(early, [seen('shop', 20), seen(previous, 10, replaced)])).toMatchObject([
      { state: 'needed' },
    ]);
  });

  test('is not looked for where nothing is to be dropped', () => {
    const kept: Unfinished = { database: 'shop', run: '7/1', stage: 'swapped' };
    expect(remnantsOf(kept, [seen(fresh, 20, mark), seen(previous, 10, replaced)])).toEqual([]);
  });

  test('is not whole in the place of the old one as long as it has its mark', () => {
    const inPlace = (...databases: SeenDatabase[]) => unfinishedInPlace(record, databases)?.oid;
    expect(inPlace(seen('shop', 20, mark), seen(previous, 10, replaced))).toBe(20);
    expect(inPlace(seen('shop', 20, mark))).toBe(20);
    expect(inPlace(seen('shop', 20))).toBeUndefined();
    expect(inPlace(seen('shop', 21, mark))).toBeUndefined();
    expect(inPlace(seen('shop', 20, { ...mark, owned: false }))).toBeUndefined();
    expect(
      inPlace(seen('shop', 20, { comment: restoreMark({ database: 'shop', run: '7/2' }) })),
    ).toBeUndefined();
    expect(inPlace(seen(fresh, 20, mark))).toBeUndefined();
  });
});
