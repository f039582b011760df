import { restoreMarkBeginning } from '../server/database-names.ts';
import type { DatabaseProperties } from './read.ts';
import { parseProperties } from './serialize.ts';

/** What a database that is being restored into says of itself. */
export interface RestoreMark {
  /** The database whose name it is to get. */
  database: string;
  /** The run that made it, in words or as a number that its log shows too. */
  run: string;
  /** What it is to have of the old database, where that is dropped before. */
  properties?: DatabaseProperties;
}

/** The comment that marks a database as ours; the end of the restore replaces it. */
export function restoreMark(mark: RestoreMark): string {
  return restoreMarkBeginning + JSON.stringify(mark);
}

/** What a comment says if it is our mark, word for word. */
export function readRestoreMark(comment: string | null): RestoreMark | undefined {
  if (!comment?.startsWith(restoreMarkBeginning)) return undefined;
  try {
    const { database, run, properties } = JSON.parse(comment.slice(restoreMarkBeginning.length));
    if (typeof database !== 'string' || typeof run !== 'string') return undefined;
    const known = parseProperties(properties);
    return { database, run, ...(known && { properties: known }) };
  } catch {
    return undefined;
  }
}

/** What an old database says of itself whose place a restore has taken, and which it is to drop. */
export interface ReplacedMark {
  /** What it was called. */
  database: string;
  run: string;
  /** Its own comment. */
  comment: string | null;
  /** The OID of the database that took its place; older versions did not write it down. */
  by?: number;
}

const replacedMarkBeginning =
  'postgres-azure-backup: replaced by a restore; the next restore of the same database drops this one. ';

/** The comment that marks an old database as one to be dropped. */
export function replacedMark(mark: ReplacedMark): string {
  return replacedMarkBeginning + JSON.stringify(mark);
}

/** What a comment says if it is that mark, word for word. */
export function readReplacedMark(comment: string | null): ReplacedMark | undefined {
  if (!comment?.startsWith(replacedMarkBeginning)) return undefined;
  try {
    const { database, run, comment: own, by } = JSON.parse(comment.slice(replacedMarkBeginning.length));
    if (typeof database !== 'string' || typeof run !== 'string') return undefined;
    const text = typeof own === 'string' ? own : null;
    return { database, run, comment: text, ...(Number.isSafeInteger(by) && { by }) };
  } catch {
    return undefined;
  }
}
