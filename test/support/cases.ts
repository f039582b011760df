import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The SQL of a small database that is hard to bring back: test/cases has them, each with what is hard about it. */
export function caseSql(name: string): Promise<string> {
  return readFile(join(import.meta.dirname, '..', 'cases', `${name}.sql`), 'utf8');
}
