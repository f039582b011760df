import type { Entry } from '../../postgres/archive/table-of-contents.ts';
import type { TableName } from '../../postgres/archive/tables-without-rows.ts';
import type { Unrestorable } from '../../postgres/restore/entries/restorable.ts';
import type { WantedExtension } from '../../postgres/restore/extensions/wanted.ts';
import type { Pass } from '../../postgres/restore/passes.ts';
import type { EmptyCheck } from './empty-database/check.ts';
import type { Finding } from './finding.ts';
import type { PrivilegesPlan } from './privileges/plan.ts';
import type { SourceDatabase } from './source-database.ts';
/** What the preflight has found. */
export interface Preflight {
  /** Errors first, then warnings. */
  findings: Finding[];
  /** How many entries will be restored. */
  entries: number;
  /** Their ids. */
  ids: ReadonlySet<number>;
  /** How many of them are tables. */
  tables: number;
  /** Entries that will not be restored. */
  leftOut: Unrestorable[];
  /** The list of the others, for `RestoreOrder`; undefined if nothing is left out. */
  list: string | undefined;
  /** Schemas to be made first. */
  schemas: string[];
  /** Bytes that are free on the runner's disk. */
  room: number;
  /** Tables that come back empty, since the backup has no rows for them. */
  withoutRows: TableName[];
  /** How several sessions have to work through them, and why not all at once; undefined if they may. */
  inPasses: { why: string; passes: Pass[] } | undefined;
  /** What only a new database can tell. */
  emptyChecks: EmptyCheck[];
  /** What the backup says of the database that it was made of, if there is no old one to ask. */
  original: SourceDatabase | undefined;
  /** What of extensions is tried in it. */
  extensions: ExtensionPlan;
  /** What is done about rights in it before others get in. */
  rights: PrivilegesPlan;
}

/** What an archive has of extensions. */
export interface ExtensionPlan {
  wanted: WantedExtension[];
  /** The content of tables and sequences that they make. */
  data: Entry[];
  /** The major version of the pg_dump that made the archive. */
  dumpMajor: number;
}
