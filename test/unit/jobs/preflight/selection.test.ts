import { expect, test } from 'vitest';
import type { BackupMetadata } from '../../../../src/jobs/archive/metadata.ts';
import { type SelectionOrder, selectionFindings } from '../../../../src/jobs/preflight/selection.ts';
import type { Entry } from '../../../../src/postgres/archive/table-of-contents.ts';

const order: SelectionOrder = {
  database: 'shop',
  strategy: 'swap',
  keepPrevious: false,
  replaced: true,
  options: [],
};
const part: Partial<SelectionOrder> = { options: ['--table=a'] };
const entry = (type: string): Entry => ({
  id: 1,
  type,
  schema: 'public',
  name: 'a',
  owner: 'x',
  text: 'public a x',
});
const table = [entry('TABLE'), entry('TABLE DATA')];
const ours = { pg_dump_version: '17.6' };
const cut = '--no-comments '.repeat(9).slice(0, 100);

test.each<[string, Partial<SelectionOrder>, Partial<BackupMetadata>, Entry[], RegExp[]]>([
  ['the whole', {}, ours, table, []],
  [
    'the whole, with options',
    { options: ['--no-comments'] },
    { ...ours, pg_dump_options: '--inserts', pg_dump_part: 'none' },
    table,
    [],
  ],
  [
    'a part',
    part,
    ours,
    table,
    [
      /^error: pg_restore_options \("--table=a"\) .*, 2 entries with the data of 1 table\. .* \| .* keep_previous: true\.$/,
    ],
  ],
  [
    'a part, with drop',
    { ...part, strategy: 'drop' },
    ours,
    table,
    [/^error: .* \| .* restore_strategy: swap and keep_previous: true\.$/],
  ],
  ['a part, kept', { ...part, keepPrevious: true }, ours, table, [/^warning: .* under another name\.$/]],
  [
    'a part, of a new database',
    { ...part, replaced: false },
    ours,
    table,
    [/^warning: .* This is all that database "shop" gets\.$/],
  ],
  ['nothing', part, ours, [], [/^error: .* select nothing from the backup/]],
  ['nothing of nothing', {}, ours, [], []],
  [
    'a backup of a part',
    {},
    { ...ours, pg_dump_part: '--schema --filter' },
    table,
    [/^error: The backup has only part of its database, with "--schema", "--filter"/],
  ],
  [
    'a part of a backup of a part',
    part,
    { ...ours, pg_dump_part: '--schema' },
    table,
    [/^error: pg_restore_options/, /^error: The backup has only part/],
  ],
  ['a backup with options of before', {}, { ...ours, pg_dump_options: '--no-comments -E UTF8' }, table, []],
  [
    'a backup of a part of before',
    {},
    { ...ours, pg_dump_options: '--no-comments -n public' },
    table,
    [/^error: The backup may have only part of its database: .* "--no-comments -n public"/],
  ],
  [
    'a backup with a record that may be cut',
    {},
    { ...ours, pg_dump_options: cut },
    table,
    [/^error: The backup may have only part/],
  ],
  ["somebody else's without a row", {}, {}, [entry('TABLE')], [/^error: The backup has tables, but no rows/]],
  ['one of ours without a row', {}, ours, [entry('TABLE')], []],
  ["somebody else's without a table", {}, {}, [entry('VIEW')], []],
])('%s', (_, changed, record, entries, expected) => {
  const found = selectionFindings({ ...order, ...changed }, record, entries);
  const told = found.map(
    (one) => `${one.level}: ${one.text}${one.level === 'error' ? ` | ${one.remedy}` : ''}`,
  );
  expect(told).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
});
