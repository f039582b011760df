import { type Psql, runScript } from '../session/psql.ts';
import { literal } from '../session/sql-text.ts';
import { explainingErrors } from './server.ts';

/** The one database that an extension can be created in. */
export interface OneDatabase {
  /** The server parameter that names it. */
  setting: string;
  /** What it is set to; undefined if the role may not see that. */
  value: string | undefined;
}

/** https://github.com/citusdata/pg_cron/blob/main/README.md: such a parameter is shown only to those who may see all settings. */
const databaseParameters = new Map([['pg_cron', 'cron.database_name']]);

/**
 * Finds the extensions that can be created only in the database that a server parameter names: pg_cron, and others that
 * call it as pg_cron does.
 * @param extensions with the schemas that belong to them
 * @returns by their names
 * @throws Failure if the server can't be reached or refuses
 */
export async function databasesOfExtensions(
  psql: Psql,
  database: string,
  extensions: readonly { name: string; schemas: readonly string[] }[],
): Promise<Map<string, OneDatabase>> {
  const questions = extensions.flatMap(({ name, schemas }) =>
    [...new Set([name, name.replace(/^pg_/, ''), ...schemas])].map((prefix) => {
      const setting = literal(`${prefix}.database_name`);
      return `SELECT json_build_object('name', ${literal(name)}, 'setting', ${setting}, 'value', current_setting(${setting}, true))
  WHERE current_setting(${setting}, true) <> '';\n`;
    }),
  );
  if (questions.length === 0) return new Map();
  // The question about a parameter that is not shown to this role, or whose name is none, is an error of its own.
  const script = `\\set ON_ERROR_STOP 0\n${questions.join('')}`;
  const output = await explainingErrors(psql, database, () => runScript(psql, database, script));
  const found = new Map<string, OneDatabase>();
  for (const { name } of extensions) {
    const setting = databaseParameters.get(name);
    if (setting !== undefined) found.set(name, { setting, value: undefined });
  }
  for (const line of output.split('\n').filter((part) => part !== '')) {
    const { name, ...one } = JSON.parse(line) as { name: string; setting: string; value: string };
    found.set(name, one);
  }
  return found;
}
