import type { Definition } from '../../archive/definitions.ts';
import type { Entry } from '../../archive/table-of-contents.ts';

/** Those that every new database has. */
const alwaysThere = /^(public|information_schema|pg_.*)$/;

/**
 * The schemas that entries are in, and that are not among the entries themselves. Options that choose a part (`--schema`,
 * `--table`) leave the schemas out, and extensions with them, which may bring schemas of their own.
 */
export function missingSchemas(
  entries: readonly Entry[],
  definitions: ReadonlyMap<number, Definition>,
): string[] {
  if (entries.some(({ type }) => type === 'EXTENSION')) return [];
  const made = new Set<string>();
  const used = new Set<string>();
  for (const { id, type } of entries) {
    const { name, schema } = definitions.get(id) ?? { name: '', schema: '' };
    if (type === 'SCHEMA') made.add(name);
    if (schema !== '' && !alwaysThere.test(schema)) used.add(schema);
  }
  return [...used].filter((schema) => !made.has(schema));
}
