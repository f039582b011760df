import { mayBePartial } from '../../postgres/client/selection-options.ts';
import { type BackupMetadata, longestOptions, noPart } from './metadata.ts';

/** Why a backup has not all of its database in it, or may not have it. */
export interface LeftOut {
  /** The options of `pg_dump` that left something out: `--schema, --filter`; where that is not certain, all of them as they are recorded. */
  options: string;
  isCertain: boolean;
}

/** More of them, in characters, is not shown: more of ours is never recorded. */
const longestPartShown = 300;

/**
 * What left a part of the database out of a backup, as it is recorded; undefined if nothing did. Of a backup that was made before the part
 * itself was recorded, only the options are known, as somebody wrote them, and perhaps cut.
 */
export function leftOut(record: Partial<BackupMetadata>): LeftOut | undefined {
  const { pg_dump_options: written = '', pg_dump_part: part = '' } = record;
  if (part === noPart) return undefined;
  if (part !== '')
    return { options: part.split(' ').join(', ').slice(0, longestPartShown).toWellFormed(), isCertain: true };
  const isPerhaps = written.length >= longestOptions || mayBePartial(written);
  return isPerhaps
    ? { options: written.slice(0, longestPartShown).toWellFormed(), isCertain: false }
    : undefined;
}
