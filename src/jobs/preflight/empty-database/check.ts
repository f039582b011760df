import type { Definition } from '../../../postgres/archive/definitions.ts';
import type { Entry } from '../../../postgres/archive/table-of-contents.ts';
import type { Psql } from '../../../postgres/session/psql.ts';
import type { Finding } from '../finding.ts';

/** What is known of a restore before there is a new database. */
export interface EmptyContext {
  /** What will be restored. */
  entries: readonly Entry[];
  definitions: ReadonlyMap<number, Definition>;
  /** Who restores. */
  role: string;
  superuser: boolean;
  major: number;
}

/**
 * Asks something in a new database that is still empty, while the old one is as it was. It keeps nothing of the context but what it
 * needs, since it lives as long as the restore.
 * @throws ProcessFailure if the server refuses
 */
export type EmptyCheck = (psql: Psql, database: string) => Promise<Finding[]>;
