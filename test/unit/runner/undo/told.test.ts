import { expect, test } from 'vitest';
import type { Unfinished } from '../../../../src/base/step.ts';
import { notSeen } from '../../../../src/runner/undo/after-restore.ts';

const fresh = { name: 'shop_restore_20261122010203', oid: 20 };
const previous = { name: 'shop_before_20261122010203', oid: 10 };
const base = { database: 'shop', run: '7/1' };

test.each<[Unfinished, string]>([
  [
    { ...base, stage: 'filling', fresh },
    'It could not be seen whether the restore has left "shop_restore_20261122010203" on the server: why',
  ],
  [
    { ...base, stage: 'swapping', fresh, previous },
    'It could not be seen whether the restore has left "shop_restore_20261122010203" and "shop_before_20261122010203" on the server: why',
  ],
  [
    { ...base, stage: 'swapped', fresh },
    'It could not be seen whether database "shop" is whole: why\nIf its comment begins with "postgres-azure-backup", run the restore again with the same backup.',
  ],
])('what could not be looked at is told (%j)', (unfinished, text) => {
  expect(notSeen(unfinished, 'why')).toBe(text);
});
