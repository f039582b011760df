import type { Step } from '../../base/step.ts';
import { selectionOptions } from '../../postgres/client/selection-options.ts';
import { withoutLockWait } from '../../postgres/client/tool-options.ts';
import { type ChosenCompression, describeCompression } from '../../postgres/dump/compression.ts';
import type { DatabaseFacts } from '../../postgres/server/server.ts';
import {
  type BackupMetadata,
  formatVersions,
  hasRoom,
  longest,
  longestOptions,
  noPart,
} from '../archive/metadata.ts';
import type { Prepared } from '../preparation.ts';
import type { BackupRequest } from '../request.ts';
import type { BackupExtensions } from './extensions.ts';

/** In characters. */
const longestPart = 200;

/** When a backup began: by the clock of the machine, which somebody may set meanwhile, and by that of the process. */
export interface Begun {
  at: Date;
  /** As `performance.now()` gives it. */
  clock: number;
}

/** What is recorded with a new backup, but for the rights on its database. */
export function newMetadata(
  { database, server: { host, port }, dumpOptions, protect = '' }: BackupRequest,
  { client, server }: Prepared<DatabaseFacts>,
  compression: ChosenCompression,
  { versions }: BackupExtensions,
  { sha256 }: { sha256: string },
  begun: Begun,
  { run, warn }: Step,
): Omit<BackupMetadata, 'database_rights'> {
  const recordable = hasRoom(server.locale.icuRules, longest.rules);
  if (!recordable)
    warn(
      "The database's ICU sort rules are too long to be recorded with the backup; a restore does without them.",
    );
  const icuRules = recordable ? server.locale.icuRules : '';
  return {
    host,
    port: String(port),
    database,
    server_version: server.version,
    pg_dump_version: client.version,
    compression: describeCompression(compression),
    pg_dump_options: withoutLockWait(dumpOptions).join(' ').slice(0, longestOptions),
    pg_dump_part:
      dumpOptions.length === 0
        ? ''
        : selectionOptions('pg_dump', dumpOptions).join(' ').slice(0, longestPart) || noPart,
    sha256,
    encoding: server.locale.encoding,
    collation: server.locale.collation,
    character_type: server.locale.characterType,
    locale_provider: server.locale.provider,
    locale: server.locale.locale,
    icu_rules: icuRules,
    extensions: formatVersions(versions),
    database_size: String(server.size),
    started_at: begun.at.toISOString(),
    duration_seconds: ((performance.now() - begun.clock) / 1000).toFixed(1),
    repository: run.repository,
    run_id: run.id,
    run_number: run.number ?? '',
    run_attempt: run.attempt,
    protect,
    verified_at: '',
  };
}
