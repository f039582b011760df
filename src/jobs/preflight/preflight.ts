import { rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { BackupStore } from '../../azure/storage/backup-store.ts';
import type { Step } from '../../base/step.ts';
import { type Definition, readDefinitions } from '../../postgres/archive/definitions.ts';
import type { Entry } from '../../postgres/archive/table-of-contents.ts';
import { keysToNothing, tablesWithoutRows } from '../../postgres/archive/tables-without-rows.ts';
import { excludesRows } from '../../postgres/client/selection-options.ts';
import { foreignSchemaOwners } from '../../postgres/restore/entries/foreign-schema-owners.ts';
import { allRoles, mappedRole, namedRoles } from '../../postgres/restore/entries/named-roles.ts';
import { missingSchemas, restorableList, sortEntries } from '../../postgres/restore/entries/restorable.ts';
import { wantedExtensions } from '../../postgres/restore/extensions/wanted.ts';
import { reasonForSeveralPasses } from '../../postgres/restore/one-pass.ts';
import { planPasses } from '../../postgres/restore/passes.ts';
import { type RestoreOrder, selectionArguments } from '../../postgres/restore/pg-restore.ts';
import { extensionData, readSections } from '../../postgres/restore/sections.ts';
import { preflightFacts } from '../../postgres/restore/server-offers.ts';
import type { RestoreFacts } from '../../postgres/server/server.ts';
import { withSessionOverrides } from '../../postgres/server/session-overrides.ts';
import { readHead } from '../archive/head.ts';
import { parseVersions } from '../archive/metadata.ts';
import type { FoundBackup } from '../archive/obtain.ts';
import type { Prepared } from '../preparation.ts';
import type { RestoreStrategy } from '../request.ts';
import { archiveFindings } from './archive.ts';
import { emptyChecks } from './empty-database/inspect.ts';
import { emptyTableFindings } from './empty-tables.ts';
import { excludedExtensionFindings } from './extensions.ts';
import { sortedByLevel } from './finding.ts';
import { functionsBeforeDrop } from './functions-before-drop.ts';
import { obstacles } from './obstacles.ts';
import type { Preflight } from './outcome.ts';
import { ownerFindings } from './owners.ts';
import { planPrivileges } from './privileges/plan.ts';
import { roleFindings, rolesOf } from './roles.ts';
import { selectionFindings } from './selection.ts';
import { readSourceDatabase } from './source-database.ts';
import { targetFindings } from './target.ts';

/** What is to be restored, and how. */
export type PreflightOrder = Pick<RestoreOrder, 'database' | 'noOwner' | 'noPrivileges' | 'options'> & {
  strategy: RestoreStrategy;
  keepPrevious: boolean;
  keepPublicRights: boolean;
};

/**
 * Finds out, without changing anything, whether and how a backup can replace a database: from the server, and from the
 * archive's table of contents, of which only the beginning is downloaded.
 * @throws Failure if the backup or the server cannot be read
 */
export async function preflight(
  store: BackupStore,
  found: FoundBackup,
  order: PreflightOrder,
  { client, psql, server }: Prepared<RestoreFacts>,
  step: Step,
): Promise<Preflight> {
  const { database, strategy } = order;
  const { stored, header, record } = found;
  const head = await readHead(store, found, client, selectionArguments(order), step);
  const scratchFile = (name: string): string => path.join(step.scratch, name);
  const { entries, file } = head;
  const definitions = await readDefinitions(
    client,
    file,
    entries,
    statementOptions(order),
    scratchFile('asked.list'),
    step.signal,
  );
  const sections = await readSections(client, file, step.signal);
  const original =
    server.target && !server.target.unfinished
      ? undefined
      : await readSourceDatabase(client, file, { ...order, record }, psql, scratchFile);

  const extensions = entryNames(entries, 'EXTENSION');
  const tablespaces = [...new Set(Array.from(definitions.values(), ({ tablespace }) => tablespace))].filter(
    (name) => name !== '',
  );
  const facts = await preflightFacts(psql, database, {
    extensions: [...extensions, ...entryNames(entries, 'PROCEDURAL LANGUAGE')],
    roles: [
      ...allRoles(namedRoles(entries, definitions)),
      ...mappedRoles(definitions),
      ...rolesOf(order.options),
    ],
    tablespaces,
  });
  const restorable = sortEntries(entries, definitions, server, facts);
  const { kept } = restorable;
  const dumpMajor = Number.parseInt(header.dumpVersion, 10);
  const { findings: ofRights, ...rights } = await planPrivileges(
    { client, file, list: scratchFile('rights.list') },
    kept,
    definitions,
    order,
    psql,
    { role: server.role, versions: { dump: dumpMajor, server: server.major } },
  );
  await rm(file, { force: true });
  const why = reasonForSeveralPasses(kept, definitions, sections);
  const empty = excludesRows(order.options) ? [] : tablesWithoutRows(kept, definitions);
  const wanted = wantedExtensions(kept, definitions, parseVersions(record), facts);
  const data = extensionData(kept, sections.preData);
  const needs = { extensions, tablespaces, roles: namedRoles(kept, definitions), wanted };

  const { bavail, bsize } = await statfs(step.scratch);
  const room = bavail * bsize;
  const recordedSize = Number(record.database_size) || undefined;
  const replacement = {
    ...{ database, strategy, recordedSize },
    backupSize: stored.size,
  };
  return {
    findings: sortedByLevel([
      ...obstacles(database, server, stored.size, strategy === 'drop' ? room : undefined),
      ...targetFindings(replacement, server, facts),
      ...selectionFindings({ ...order, replaced: server.target !== null }, record, entries),
      ...excludedExtensionFindings(record),
      ...emptyTableFindings(order, empty, keysToNothing(kept, definitions, empty)),
      ...roleFindings(order.options, facts),
      ...archiveFindings(database, header, server, needs, facts, restorable),
      ...ownerFindings(foreignSchemaOwners(kept, definitions), facts),
      ...ofRights,
      ...(strategy === 'drop' && server.target
        ? await functionsBeforeDrop(kept, definitions, withSessionOverrides(psql, server.major), database)
        : []),
    ]),
    entries: kept.length,
    ids: new Set(kept.map(({ id }) => id)),
    tables: kept.filter(({ type }) => type === 'TABLE').length,
    leftOut: restorable.leftOut,
    list: await restorableList(scratchFile('restore.list'), restorable, data.length > 0),
    schemas: missingSchemas(kept, definitions),
    room,
    withoutRows: empty,
    inPasses: why === undefined ? undefined : { why, passes: planPasses(kept, definitions, sections) },
    original,
    rights,
    emptyChecks: emptyChecks({
      ...{ entries: kept, definitions },
      ...{ role: server.role, superuser: facts.superuser, major: server.major },
    }),
    extensions: { wanted, data, dumpMajor },
  };
}

function entryNames(entries: readonly Entry[], type: string): string[] {
  return entries.filter((entry) => entry.type === type).map(({ name }) => name);
}

function mappedRoles(definitions: ReadonlyMap<number, Definition>): string[] {
  return [...definitions.values()].flatMap((definition) => mappedRole(definition) ?? []);
}

/** The options that change what the statements of entries say. */
function statementOptions({ noOwner, options }: PreflightOrder): string[] {
  return [...(noOwner ? ['--no-owner'] : []), ...options.filter((option) => option === '--no-tablespaces')];
}
