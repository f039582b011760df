import { expect, test } from 'vitest';
import { adviceOnMissing } from '../../../../src/postgres/server/missing-database.ts';
import { similarNames } from '../../../../src/postgres/server/similar-names.ts';

const names = ['postgres', 'moodle_d01', 'moodle_d02', 'Shop', 'crm'];

test.each<[string, string, string[], string[]]>([
  ['another case of letters', 'SHOP', names, ['Shop']],
  ['spaces at its ends', ' crm ', names, ['crm']],
  ['a wrong letter', 'shap', names, ['Shop']],
  ['a letter too many', 'shopp', names, ['Shop']],
  ['a missing letter', 'sho', names, ['Shop']],
  ['two letters exchanged', 'hsop', names, ['Shop']],
  ['two slips in a long name', 'modle-d01', names, ['moodle_d01']],
  ['its beginning alone', 'moodle', names, ['moodle_d01', 'moodle_d02']],
  ['its end alone', 'd02', names, ['moodle_d02']],
  ['more than the name', 'crm_production', names, ['crm']],
  [
    'the closest first',
    'moodle_d02',
    ['moodle', 'xmoodle_d02', 'a_moodle_d02', 'Moodle_d02'],
    ['Moodle_d02', 'xmoodle_d02', 'a_moodle_d02', 'moodle'],
  ],
  [
    'five at most',
    'shop',
    Array.from('hgfedcba', (letter) => `shop_${letter}`),
    ['shop_a', 'shop_b', 'shop_c', 'shop_d', 'shop_e'],
  ],
  ['characters that are two in UTF-16', '🐘🐘🐘🐘', ['🐘🐘🐘🐬', '🐬🐬🐬🐬'], ['🐘🐘🐘🐬']],
  ['a name of which nothing is similar', 'warehouse', names, []],
  ['a part that says too little', 'm_', names, []],
  ['a name of one letter', 'x', ['y', 'xyz'], []],
  ['nothing', '', names, []],
  ['a server without databases', 'shop', [], []],
])('for %s: %j among %j', (_, wanted, among, expected) => {
  expect(similarNames(wanted, among)).toEqual(expected);
});

test.each([
  [
    'Shop',
    ['shop', 'shop\n::error::x'],
    'Check db_name (case and spaces matter). This server has "shop", "shop\\n::error::x".',
  ],
  ['shop', ['crm'], 'Check db_name and azure_db_host: no database on this server has a similar name.'],
])('what to do about a missing database %j among %j', (database, among, advice) => {
  expect(adviceOnMissing(database, among)).toBe(advice);
});
