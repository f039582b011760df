import { expect, test } from 'vitest';
import { missingSchemas } from '../../../../../src/postgres/restore/entries/restorable.ts';

/** Each line an entry: its type, schema and name, with bars between. */
function missing(...lines: string[]): string[] {
  const split = lines.map((line) => line.split('|'));
  const entries = split.map(([type = ''], id) => ({ id, type, schema: '', name: '', owner: '', text: '' }));
  const others = { owner: '', tablespace: '', dependencies: [], sql: '' };
  const definitions = split.map(
    ([, schema = '', name = ''], id) => [id, { name, schema, ...others }] as const,
  );
  return missingSchemas(entries, new Map(definitions));
}

test.each<[string, string[], string[]]>([
  ['nothing', [], []],
  ['what is in schemas that are made', ['SCHEMA||my shop', 'TABLE|my shop|item', 'INDEX|my shop|i'], []],
  [
    'a part without its schemas',
    ['TABLE|my shop|item', 'INDEX|my shop|i', 'VIEW|office|v'],
    ['my shop', 'office'],
  ],
  ['a table that is called as the schema', ['TABLE|office|office'], ['office']],
  [
    'what is in schemas that are always there',
    ['TABLE|public|t', 'ACL|pg_catalog|f', 'ACL|information_schema|v'],
    [],
  ],
  ['what is in none', ['PUBLICATION||p', 'TABLE|office|t'], ['office']],
  ['a schema that an extension makes', ['EXTENSION||pg_cron', 'ACL|cron|job'], []],
])('%s', (_, lines, schemas) => {
  expect(missing(...lines)).toEqual(schemas);
});

test('entries of which no definition is known need no schema', () => {
  const entry = { id: 1, type: 'TABLE DATA', schema: 'office', name: 'desk', owner: '', text: '' };
  expect(missingSchemas([entry], new Map())).toEqual([]);
});
