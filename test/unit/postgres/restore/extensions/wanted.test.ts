import { expect, test } from 'vitest';
import { parseContents } from '../../../../../src/postgres/archive/table-of-contents.ts';
import { wantedExtensions } from '../../../../../src/postgres/restore/extensions/wanted.ts';

const entries = parseContents(`7; 2615 1 SCHEMA - Own place app
2; 3079 2 EXTENSION - hstore 
3; 3079 3 EXTENSION - uuid-ossp 
4; 3079 4 EXTENSION - ltree 
5; 3079 5 EXTENSION - plpgsql 
6; 3079 6 EXTENSION - topology 
`);
const definition = { schema: '', owner: '', tablespace: '', dependencies: [] };
const extension = (name: string, rest: string) => ({
  ...{ ...definition, name },
  sql: `CREATE EXTENSION IF NOT EXISTS ${rest};`,
});
const definitions = new Map([
  [7, { ...definition, name: 'Own place', sql: 'CREATE SCHEMA "Own place";' }],
  [2, extension('hstore', 'hstore WITH SCHEMA public')],
  [3, extension('uuid-ossp', '"uuid-ossp" WITH SCHEMA "a ""b"""')],
  [4, extension('ltree', 'ltree WITH SCHEMA "Own place"')],
  [6, extension('topology', 'topology')],
]);
const offered = { trusted: true, version: '1.8', versions: ['1.4', '1.8'] };

test('an extension is created in the recorded version where the server has it and the schema is there', () => {
  const recorded = new Map([
    ['hstore', '1.4'],
    ['uuid-ossp', '1.3'],
    ['ltree', '1.4'],
    ['topology', '1.8'],
  ]);
  const extensions = { hstore: offered, 'uuid-ossp': offered, ltree: offered, topology: offered };
  expect(wantedExtensions(entries, definitions, recorded, { extensions })).toEqual([
    { name: 'hstore', schema: 'public', madeByArchive: false, recorded: '1.4', version: '1.4' },
    { name: 'uuid-ossp', schema: 'a "b"', madeByArchive: false, recorded: '1.3', version: undefined },
    { name: 'ltree', schema: 'Own place', madeByArchive: true, recorded: '1.4', version: undefined },
    { name: 'topology', schema: undefined, madeByArchive: false, recorded: '1.8', version: undefined },
  ]);
});

test('nothing is asked for where nothing is recorded, or the server lacks it', () => {
  const found = wantedExtensions(entries, definitions, new Map([['ltree', '1.4']]), {
    extensions: { hstore: offered },
  });
  expect(found.map(({ version }) => version)).toEqual([undefined, undefined, undefined, undefined]);
});
