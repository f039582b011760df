import { count, formatBytes, plain, quoted } from '../../base/format.ts';
import type { Step } from '../../base/step.ts';
import { readOptions } from '../../postgres/client/known-options.ts';
import { selectionOptions } from '../../postgres/client/selection-options.ts';
import { describeCompression } from '../../postgres/dump/compression.ts';
import { readability } from '../../postgres/dump/unreadable.ts';
import type { DatabaseFacts } from '../../postgres/server/server.ts';
import { asLoginRole } from '../../postgres/server/session-overrides.ts';
import { chooseCompression } from '../backup/choose-compression.ts';
import { readDatabaseGrants } from '../backup/database-grants.ts';
import { type BackupExtensions, inspectExtensionsToBackUp } from '../backup/extensions.ts';
import { warnOfFunctions } from '../backup/function-warnings.ts';
import { warnOfSize } from '../backup/size-warning.ts';
import type { Prepared } from '../preparation.ts';
import type { BackupRequest, CheckRequest } from '../request.ts';
import { type Area, attempt, uncheckedCheck } from './checklist.ts';
import { dumpTrial, tryDump } from './dump-trial.ts';
import { readabilityChecks } from './lacking-rights.ts';

/** Checks what a backup meets in its database. @returns the extensions that it would have, if they are known */
export async function checkBackup(
  area: Area,
  asked: CheckRequest,
  found: Prepared<DatabaseFacts>,
  step: Step,
): Promise<BackupExtensions | undefined> {
  const { database, compression } = asked;
  const { client, server } = found;
  const entered = await attempt(area, 'Database', step, async (own) => {
    const psql = await asLoginRole(found.psql, database);
    await readDatabaseGrants(psql, database, own);
    const prepared = { ...found, psql, connection: psql.connection };
    const { encoding, collation } = server.locale;
    const detail = `${quoted(database)} has ${formatBytes(server.size)} (${plain(encoding)}, ${plain(collation)}).`;
    return { value: prepared, detail };
  });
  const options = await attempt(area, 'pg_dump_options', step, async ({ signal }) => {
    const value = await readOptions(client, 'pg_dump', asked.dumpOptions, signal);
    return {
      value,
      detail: value.length === 0 ? '' : `pg_dump ${client.version} takes ${quoted(value.join(' '))}.`,
    };
  });
  await attempt(area, 'Compression', step, async (own) => {
    const value = await chooseCompression(compression, client, own);
    if (entered) await warnOfSize(entered, database, value, own);
    return { value, detail: `pg_dump compresses with ${describeCompression(value)}.` };
  });
  if (!entered || !options) {
    area.checks.push(uncheckedCheck('Rights to read', 'What did not pass above is needed first.'));
    return undefined;
  }
  const { psql } = entered;
  const request: Pick<BackupRequest, 'database' | 'dumpOptions'> = { database, dumpOptions: options };
  const isPart = selectionOptions('pg_dump', options).length > 0;
  const rights: Area = { ...area, checks: [] };
  await attempt(rights, 'Rights to read', step, async () => {
    const read = await readability(psql, database);
    rights.checks.push(...readabilityChecks(read, { major: server.major, isPart, options }));
    return { value: true, detail: '' };
  });
  area.checks.push(...rights.checks);
  if (rights.checks.some(({ came }) => came === 'failed'))
    area.checks.push(uncheckedCheck(dumpTrial, 'It would end at the first of what the role may not read.'));
  else await tryDump(area, psql, client, request, step);
  const extensions = await attempt(area, 'Extensions', step, async (own) => {
    const value = await inspectExtensionsToBackUp(request, entered, own);
    const names = Object.entries(value.versions).map(
      ([name, version]) => `${quoted(name)} ${plain(version)}`,
    );
    const many = names.length > 8 ? count(names.length, 'extension') : names.join(', ');
    return { value, detail: names.length === 0 ? '' : `The backup will have ${many}.` };
  });
  await attempt(area, 'Functions', step, async (own) => {
    const notes = await warnOfFunctions(psql, database, own);
    return { value: true, detail: notes.length === 0 ? 'None is known that a restore would break.' : '' };
  });
  return extensions;
}
