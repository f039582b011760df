import { inOneLine, quoted } from '../../../base/format.ts';
import { withoutExtensionOption } from '../../../postgres/dump/exclude-options.ts';
import { withoutOriginalHint } from '../../../postgres/restore/errors/functions.ts';
import type { ExtensionTrial, RefusedExtension } from '../../../postgres/restore/extensions/trial.ts';
import { databasesOfExtensions, type OneDatabase } from '../../../postgres/server/database-of-extension.ts';
import { identifier, toPaste } from '../../../postgres/session/sql-text.ts';
import type { Finding } from '../../preflight/finding.ts';
import type { Replacement } from '../replacement.ts';

/** SQLSTATE of what does not run in a transaction: it says nothing of what comes of it outside. */
const notInTransaction = '25001';
const denied = '42501';

/** What comes of extensions that the server did not create in the new database. */
export interface Refusals {
  findings: Finding[];
  /** Those that it will create when the database has its own name. */
  later: string[];
}

/**
 * What there is to say of extensions that the server did not create in the new database.
 *
 * One that can be created only in a database of a certain name may be refused for nothing but that: with restore_strategy drop
 * the new database has its own name before anything is created in it.
 */
export async function refusedExtensionFindings(
  { request, prepared, extensions: { wanted, dumpMajor } }: Replacement,
  { refused }: ExtensionTrial,
  empty: string,
): Promise<Refusals> {
  const final = refused.filter(({ version, state }) => version === null && state !== notInTransaction);
  if (final.length === 0) return { findings: [], later: [] };
  const schemas = (of: string): string[] =>
    wanted.flatMap(({ name, schema }) => (name === of && schema ? [schema] : []));
  const asked = final.map(({ name }) => ({ name, schemas: schemas(name) }));
  const bound = await databasesOfExtensions(prepared.psql, empty, asked);
  const names = wanted.map(({ name }) => name);
  const findings = final.map((one) => {
    const options = withoutExtensionOption(one.name, names, dumpMajor).join('\n');
    const without = `a backup without the extension, made with pg_dump_options:\n${options}\n${withoutOriginalHint}`;
    const only = one.state === denied ? undefined : bound.get(one.name);
    return only
      ? boundFinding(one, only, { ...request, role: prepared.server.role }, without)
      : plainFinding(one, without);
  });
  const later = final.filter((_, index) => findings[index]?.level === 'info').map(({ name }) => name);
  return { findings, later };
}

function boundFinding(
  { name, message }: RefusedExtension,
  { setting, value }: OneDatabase,
  { database, strategy, role }: { database: string; strategy: string; role: string },
  without: string,
): Finding {
  const state = `The extension ${quoted(name)} can be created only in the database that the server parameter ${setting} names`;
  if (value === undefined) {
    const grant = `As the server's administrator, let the role see the parameter, then restore with restore_strategy: drop, which needs ${quoted(database)} there:`;
    return {
      level: 'error',
      text: `${state}, and the server refuses it in a new one (${inOneLine(message)}). What it names is not shown to the role ${quoted(role)}.`,
      remedy: `${grant}\n${toPaste(`GRANT pg_read_all_settings TO ${identifier(role)};`)}\nOr restore ${without}`,
    };
  }
  if (value === database && strategy === 'drop')
    return {
      level: 'info',
      text: `${state}, which is ${quoted(value)}: it is created when the new database has that name`,
    };
  const change =
    value === database ? '' : ` set ${setting} to ${quoted(database)} (needs a restart of the server), then`;
  const why =
    value === database
      ? 'with restore_strategy: swap it is restored under another name first'
      : `that is ${quoted(value)}, and this restore is of ${quoted(database)}`;
  const remedy = `Either${change} restore with restore_strategy: drop; or restore ${without}`;
  return { level: 'error', text: `${state}, and ${why}.`, remedy };
}

function plainFinding({ name, state, message }: RefusedExtension, without: string): Finding {
  const remedy =
    state === denied
      ? 'On Azure, make the role a member of azure_pg_admin, and add the extension to the server parameter azure.extensions; elsewhere ' +
        'restore as a superuser. Or restore'
      : 'If the server cannot be changed, restore';
  return {
    level: 'error',
    text: `The server does not create the extension ${quoted(name)} in a new database: ${inOneLine(message)}.`,
    remedy: `${remedy} ${without}`,
  };
}
