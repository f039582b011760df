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
