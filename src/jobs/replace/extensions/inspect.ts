import path from 'node:path';
import { inOneLine } from '../../../base/format.ts';
import type { Step } from '../../../base/step.ts';
import type { Entry } from '../../../postgres/archive/table-of-contents.ts';
import { excludeEntries } from '../../../postgres/restore/exclude-entries.ts';
import { type ArchivedRows, readRows } from '../../../postgres/restore/extensions/rows.ts';
import {
  type ExtensionTable,
  type ExtensionTrial,
  type RowsToTry,
  tryExtensions,
} from '../../../postgres/restore/extensions/trial.ts';
import type { WantedExtension } from '../../../postgres/restore/extensions/wanted.ts';
import { otherVersion } from '../../preflight/extensions.ts';
import { notesOfWarnings, reportFindings } from '../../preflight/finding.ts';
import { rolesOf } from '../../preflight/roles.ts';
import type { Note } from '../../result.ts';
import type { Replacement } from '../replacement.ts';
import { type ArchivedTable, contentFindings } from './content.ts';
import { tableHints, versionHints } from './hints.ts';
import { refusedExtensionFindings } from './refusals.ts';

/** How an archive is restored after its extensions were tried, and what there is to say of them. */
export interface ExtensionInspection {
  archive: Replacement['archive'];
  notes: Note[];
}

/**
 * Tries the extensions of an archive in the new, still empty database, while the old one is as it was: whether the server creates them
 * there, and in which version, and whether it takes what the archive has for their tables.
 * @param empty what the new database is called now
 * @throws Failure that lists what is in the way
 */
export async function inspectExtensions(
  replacement: Replacement,
  empty: string,
  step: Step,
): Promise<ExtensionInspection> {
  const { request, prepared, archive, extensions } = replacement;
  const { wanted, data } = extensions;
  if (wanted.length === 0) return { archive, notes: [] };
  const { psql } = prepared;
  const role = rolesOf(request.restoreOptions).at(-1);
  const trial = await tryExtensions(psql, empty, wanted, { role });
  const created = wanted.map((one) => asCreated(one, trial));
  const refusals = await refusedExtensionFindings(replacement, trial, empty);
  const later = await tablesCreatedLater(replacement, refusals.later, trial.tables);
  const tables = await archivedTables(replacement, [...trial.tables, ...later], data, step);
  const known = tables.filter(
    ({ table, archived }) => !table.later && archived?.rows !== undefined && archived.rows.length > 0,
  );
  if (known.length > 0) {
    const again = await tryExtensions(psql, empty, created, { rows: known.map(toTry), role });
    known.forEach((table, index) => {
      table.tried = again.rows[index];
    });
  }
  const content = contentFindings(tables, role ?? prepared.server.role, request.strategy);
  const findings = [...refusals.findings, ...createdVersionFindings(created, trial), ...content.findings];
  reportFindings(findings, step);
  const passes = await excludeEntries(archive.order.passes, new Set(content.leftOut.map(({ id }) => id)));
  const asked = created.some(({ version }) => version !== undefined);
  return {
    archive: {
      ...{ ...archive, order: { ...archive.order, passes } },
      entries: archive.entries - content.leftOut.length,
      extensions: asked ? created.filter(({ name }) => trial.first.includes(name)) : [],
      hints: [...tableHints(trial.tables), ...versionHints(created, trial)],
    },
    notes: notesOfWarnings(findings),
  };
}

/** Without a version that the server has refused to create. */
function asCreated(one: WantedExtension, { refused }: ExtensionTrial): WantedExtension {
  const isRefused = refused.some(({ name, version }) => name === one.name && version !== null);
  return isRefused ? { ...one, version: undefined } : one;
}

function createdVersionFindings(created: readonly WantedExtension[], { refused, versions }: ExtensionTrial) {
  return refused.flatMap(({ name, version, message }) => {
    const is = versions[name];
    const isWanted = created.some((one) => one.name === name);
    if (version === null || is === undefined || !isWanted) return [];
    return [otherVersion(name, version, is, `which this server does not create (${inOneLine(message)})`)];
  });
}

/**
 * The tables of extensions that are created only when the database has its own name, and the old one is gone. Who may write in them
 * is asked in the old one; where that does not have them, they may be closed. Where there is none, nothing can be lost by trying.
 */
async function tablesCreatedLater(
  { request: { database, restoreOptions }, prepared, extensions: { data } }: Replacement,
  later: readonly string[],
  known: readonly ExtensionTable[],
): Promise<ExtensionTable[]> {
  const [extension] = later;
  if (extension === undefined) return [];
  const { psql, server } = prepared;
  const role = rolesOf(restoreOptions).at(-1);
  const old = server.target ? (await tryExtensions(psql, database, [], { role })).tables : [];
  return data
    .filter(({ text }) => !known.some((table) => isOf(text, table)))
    .map(({ type, text, schema, name }) => {
      const there = old.find((table) => later.includes(table.extension) && isOf(text, table));
      const writable = server.target === null && type !== 'SEQUENCE SET';
      const unknown = { extension, schema, name, writable };
      // What the extension itself puts there is not known before.
      return { ...(there ?? unknown), rows: 0, later: true };
    });
}

/** The entries whose content may be refused, or be there already, with what the archive has for them. */
async function archivedTables(
  { archive, prepared }: Replacement,
  tables: readonly ExtensionTable[],
  data: readonly Entry[],
  step: Pick<Step, 'scratch' | 'signal'>,
): Promise<ArchivedTable[]> {
  const found = tables
    .filter(({ writable, rows, later }) => !writable || rows > 0 || later)
    .flatMap((table) => {
      const entry = data.find(({ text }) => isOf(text, table));
      return entry ? [{ table, entry }] : [];
    });
  const file = archive.order.archive;
  let archived = new Map<number, ArchivedRows>();
  if (typeof file === 'string' && found.length > 0) {
    const entries = found.map(({ entry }) => entry);
    const scratch = path.join(step.scratch, 'extension-data.list');
    archived = await readRows(prepared.client, file, entries, scratch, step.signal);
  }
  return found.map(({ table, entry }) => ({
    table,
    entry,
    archived: archived.get(entry.id),
    tried: undefined,
  }));
}

/** pg_restore lists schema, name and owner one after the other, with spaces for line breaks in them. */
function isOf(text: string, { schema, name }: ExtensionTable): boolean {
  return text.startsWith(`${schema} ${name} `.replaceAll(/[\r\n]/g, ' '));
}

function toTry({ table: { schema, name }, archived }: ArchivedTable): RowsToTry {
  return { schema, name, rows: archived?.rows ?? [] };
}
