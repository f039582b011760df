/** The tables of docs/inputs.md, made of action.yml and the reusable workflow. `node test/support/workflows/inputs-page.ts` writes them there. */
import { readFile, writeFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { nineSettings } from './commits.ts';

const root = new URL('../../../', import.meta.url);
const page = new URL('docs/inputs.md', root);

interface Described {
  description: string;
  required?: boolean;
  default?: string | number | boolean;
}
type All = Record<string, Described>;

/** The tables, by the names that the page has for their places. */
const tables: Record<string, (action: Declared, workflow: Declared) => string> = {
  job: ({ inputs }) => inputTable(inputs, ['job_to_run', 'db_name', 'backup_file_name']),
  settings: ({ inputs }) =>
    inputTable(
      inputs,
      nineSettings.map((name) => name.toLowerCase()),
    ),
  source: ({ inputs }) => inputTable(inputs, ['source_db_name', 'source_db_host']),
  place: ({ inputs }) => inputTable(inputs, ['blob_prefix', 'access_tier']),
  retention: ({ inputs }) =>
    inputTable(
      inputs,
      Object.keys(inputs).filter((name) => name.startsWith('retention_')),
    ),
  keeping: ({ inputs }) => inputTable(inputs, ['protect', 'max_age_hours']),
  server: ({ inputs }) => inputTable(inputs, ['db_port', 'ssl_mode', 'ssl_root_cert']),
  backup: ({ inputs }) => inputTable(inputs, ['compression', 'pg_dump_options']),
  restore: ({ inputs }) =>
    inputTable(inputs, [
      ...['restore_strategy', 'keep_previous', 'jobs', 'no_owner', 'no_privileges', 'keep_public_rights'],
      'pg_restore_options',
    ]),
  client: ({ inputs }) => inputTable(inputs, ['postgres_version', 'postgres_apt_repository']),
  patience: ({ inputs }) => inputTable(inputs, ['retry_timeout_seconds']),
  portal: ({ inputs }) => inputTable(inputs, ['storage_resource_group']),
  endpoints: ({ inputs }) =>
    inputTable(inputs, ['azure_authority_host', 'key_vault_url', 'storage_account_url']),
  workflow: ({ inputs: ofAction }, { inputs }) =>
    inputTable(
      inputs,
      Object.keys(inputs).filter((name) => !(name in ofAction)),
    ),
  secrets: (_, { secrets }) =>
    table(
      ['secret', ''],
      Object.entries(secrets)
        .filter(([name]) => !nineSettings.includes(name))
        .map(([name, { description }]) => [`\`${name}\``, description]),
    ),
  outputs: ({ outputs }) =>
    table(
      ['output', ''],
      Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, description]),
    ),
};

interface Declared {
  inputs: All;
  secrets: All;
  outputs: All;
}

function inputTable(inputs: All, names: string[]): string {
  return table(
    ['input', 'default', ''],
    names.map((name) => {
      const { description, required, default: value } = inputs[name] ?? { description: '' };
      const standard = required === true ? 'required' : value === undefined ? '' : `\`${value}\``;
      return [`\`${name}\``, standard, description];
    }),
  );
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `|${cells.map((cell) => (cell === '' ? ' ' : ` ${cell} `)).join('|')}|`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line), ''].join('\n');
}

/**
 * A page with the tables between their marks.
 * @throws Error if the page has a mark that is not known
 */
export async function withInputTables(text: string): Promise<string> {
  const read = async (file: string): Promise<unknown> => parse(await readFile(new URL(file, root), 'utf8'));
  const action = (await read('action.yml')) as Declared;
  const { on } = (await read('.github/workflows/db-backup-restore.yml')) as {
    on: { workflow_call: Declared };
  };
  return text.replaceAll(/<!-- table: (\w+) -->\n[\s\S]*?<!-- end -->\n/g, (_, name: string) => {
    const make = tables[name];
    if (!make) throw new Error(`docs/inputs.md asks for a table ${name}, which nothing makes`);
    return `<!-- table: ${name} -->\n${make(action, on.workflow_call)}<!-- end -->\n`;
  });
}

if (import.meta.main) await writeFile(page, await withInputTables(await readFile(page, 'utf8')));
