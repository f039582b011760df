import { statfs } from 'node:fs/promises';
import { formatBytes, quoted } from '../../base/format.ts';
import type { Step } from '../../base/step.ts';
import { readOptions } from '../../postgres/client/known-options.ts';
import { databaseOwner } from '../../postgres/restore/entries/foreign-schema-owners.ts';
import { type PreflightFacts, preflightFacts } from '../../postgres/restore/server-offers.ts';
import { isSystemDatabase } from '../../postgres/server/database-names.ts';
import { assertNoCluster } from '../../postgres/server/fit-server.ts';
import { publicSchema, thingsInPublic } from '../../postgres/server/public-schema.ts';
import { explainingErrors, maintenanceDatabase, type RestoreFacts } from '../../postgres/server/server.ts';
import { closedPublicSchema } from '../preflight/empty-database/in-public.ts';
import { extensionFindings } from '../preflight/extensions.ts';
import { type Finding, firstFew } from '../preflight/finding.ts';
import { obstacles } from '../preflight/obstacles.ts';
import { roleFindings, rolesOf } from '../preflight/roles.ts';
import { targetFinding, targetFindings } from '../preflight/target.ts';
import type { Prepared } from '../preparation.ts';
import type { CheckRequest } from '../request.ts';
import { type Area, attempt, checksOfFindings, uncheckedCheck } from './checklist.ts';

/** What is known of the database that is replaced, from looking at it for a backup. */
export interface Original {
  /** In bytes; undefined where there is none, or it could not be asked. */
  size: number | undefined;
  /** The names of its extensions; undefined likewise. */
  extensions: readonly string[] | undefined;
}

/** Checks what a restore of a database meets, as far as that can be known without a backup and without making anything. */
export async function checkRestore(
  area: Area,
  asked: CheckRequest,
  found: Prepared<RestoreFacts>,
  original: Original,
  step: Step,
): Promise<void> {
  const { database } = asked;
  const { psql, client, server } = found;
  const options = await attempt(area, 'pg_restore_options', step, async ({ signal }) => {
    const value = await readOptions(client, 'pg_restore', asked.restoreOptions, signal);
    const detail = value.length === 0 ? '' : `pg_restore ${client.version} takes ${quoted(value.join(' '))}.`;
    return { value, detail };
  });
  const sound: RestoreFacts = {
    ...server,
    ...{ inRecovery: false, readOnly: false, mayCreateDatabases: true, target: null },
  };
  const { inRecovery, readOnly, mayCreateDatabases, target } = server;
  const add = (what: string, findings: readonly Finding[], detail: string): void => {
    area.checks.push(...checksOfFindings(what, findings, detail));
  };
  add(
    'Writable server',
    obstacles(database, { ...sound, inRecovery, readOnly }, 0, undefined),
    'It is no replica, and not read-only.',
  );
  await attempt(area, 'New databases', step, async () => {
    assertNoCluster(server, psql.connection);
    add(
      'New databases',
      obstacles(database, { ...sound, mayCreateDatabases }, 0, undefined),
      `The role ${quoted(server.role)} may create them.`,
    );
    return { value: true, detail: '' };
  });
  const facts = await attempt(area, 'Database to replace', step, async () => {
    const roles = rolesOf(options ?? []);
    const named = { extensions: original.extensions ?? [], roles, tablespaces: [] };
    return { value: await preflightFacts(psql, database, named), detail: '' };
  });
  if (!facts) return;
  add(
    'Database to replace',
    [
      ...systemDatabase(database),
      ...obstacles(database, { ...sound, target }, 0, undefined),
      ...targetFindings({ ...asked, backupSize: 0, recordedSize: undefined }, { target }, facts),
    ],
    targetFinding(database, target).text,
  );
  await checkPublicSchema(area, database, found, facts, step);
  if (original.extensions === undefined)
    area.checks.push(uncheckedCheck('Extensions', 'A restore checks those of its backup.'));
  else if (original.extensions.length > 0)
    add(
      'Extensions',
      extensionFindings({ extensions: original.extensions, wanted: [] }, facts),
      'The server offers those of this database, and the role may create them.',
    );
  if (options !== undefined && options.length > 0)
    add('pg_restore_options', roleFindings(options, facts), '');
  await checkRoom(area, asked, original, step);
  area.checks.push(
    uncheckedCheck(
      'Content of the backup',
      'A restore checks owners, roles, tablespaces and what only a superuser may create, before it changes anything.',
    ),
  );
}

function systemDatabase(database: string): Finding[] {
  if (!isSystemDatabase(database)) return [];
  return [
    {
      level: 'error',
      text: `Database ${quoted(database)} is one of the server's own databases, which a restore never replaces.`,
      remedy: 'Set db_name to another database.',
    },
  ];
}

/**
 * Schema `public` of a new database is that of template0, which nobody may enter. The maintenance database was made with the server, and
 * has the same, unless somebody has changed the one and not the other.
 */
async function checkPublicSchema(
  area: Area,
  database: string,
  { psql, server: { role, major, target } }: Prepared<RestoreFacts>,
  { superuser }: PreflightFacts,
  step: Step,
): Promise<void> {
  const what = 'Schema public';
  await attempt(area, what, step, async () => {
    if (superuser) return { value: true, detail: 'A superuser may create in it.' };
    const seen = await explainingErrors(psql, maintenanceDatabase, () =>
      publicSchema(psql, maintenanceDatabase, []),
    );
    if (!seen) {
      const why = `There is none in database ${maintenanceDatabase} to look at.`;
      area.checks.push(uncheckedCheck(what, why, 'creating in schema public'));
      return { value: true, detail: '' };
    }
    // Who makes a database is its owner.
    if (seen.mayCreate || seen.owner === databaseOwner)
      return { value: true, detail: `The role ${quoted(role)} may create in that of a new database.` };
    const things = target ? await thingsInPublic(psql, database).catch(() => undefined) : undefined;
    if (things?.length === 0)
      return { value: true, detail: 'The role may not create in it, and this database has nothing there.' };
    const made = things?.map(({ type, name }) => `${type} ${quoted(name)}`);
    const finding = closedPublicSchema(role, firstFew(made ?? ['what the backup has']), seen, major);
    // Without a database it is not known whether its backup has something there.
    const level = made === undefined ? 'warning' : finding.level;
    area.checks.push(
      ...checksOfFindings(what, [finding], '').map((one) =>
        level === 'warning' ? { ...one, came: level } : one,
      ),
    );
    return { value: true, detail: '' };
  });
}

/** The server's disk cannot be asked about; the runner's can. */
async function checkRoom(
  area: Area,
  { strategy }: CheckRequest,
  { size }: Original,
  step: Step,
): Promise<void> {
  const what = 'Room';
  const about = size === undefined ? 'as much as the restored database' : `about ${formatBytes(size)}`;
  area.checks.push(
    uncheckedCheck(
      what,
      strategy === 'swap'
        ? `A restore needs ${about} free on the server, whose disk cannot be asked.`
        : 'The old database makes room on the server, whose disk cannot be asked.',
    ),
  );
  if (strategy === 'swap') return;
  await attempt(area, what, step, async ({ scratch, warn }) => {
    const { bavail, bsize } = await statfs(scratch);
    const room = bavail * bsize;
    if (size !== undefined && size > room) {
      warn(
        `The runner's disk has ${formatBytes(room)} free for the backup of a database of ${formatBytes(size)}. If the backup is larger, use restore_strategy: swap, which needs no space there, or a runner with a larger disk.`,
      );
      return { value: true, detail: '' };
    }
    return { value: true, detail: `The runner's disk has ${formatBytes(room)} free for the backup.` };
  });
}
