import type { RestoreOrder } from '../../postgres/restore/pg-restore.ts';
import type { Locale } from '../../postgres/server/locale.ts';
import type { RestoreFacts } from '../../postgres/server/server.ts';
import type { RestoreLock } from '../../postgres/swap/lock.ts';
import type { EmptyCheck } from '../preflight/empty-database/check.ts';
import type { ExtensionPlan } from '../preflight/outcome.ts';
import type { PrivilegesPlan } from '../preflight/privileges/plan.ts';
import type { SourceDatabase } from '../preflight/source-database.ts';
import type { Prepared } from '../preparation.ts';
import type { RestoreRequest } from '../request.ts';
import type { RestoreResult } from '../result.ts';
import type { FillOrder } from './fill.ts';

/** Everything that is known before the first change. */
export interface Replacement {
  request: RestoreRequest;
  prepared: Prepared<RestoreFacts>;
  lock: RestoreLock;
  /** The verified archive, and how it is restored. */
  archive: FillOrder & { order: Omit<RestoreOrder, 'database'> };
  /** What the backup says of the database that it was made of; it is not read where there is an old one to ask. */
  original: SourceDatabase | undefined;
  /** What is asked in the new database while it is empty. */
  emptyChecks: readonly EmptyCheck[];
  extensions: ExtensionPlan;
  /** What is done about rights in the new database before others get in. */
  rights: PrivilegesPlan;
  /** Of the new database; undefined for the server's own. */
  locale: Locale | undefined;
}

/** What a replacement came to. */
export type ReplacementOutcome = Pick<
  RestoreResult,
  'databaseSize' | 'rows' | 'previousDatabase' | 'blocked' | 'notes'
>;
