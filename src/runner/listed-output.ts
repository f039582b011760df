import { wrongTime } from '../jobs/archive/recorded-time.ts';
import type { RecordedBackup } from '../jobs/recorded-backup.ts';
import type { ListResult } from '../jobs/result.ts';

/** GitHub takes a megabyte of all outputs of a job; so much of it, in characters, is for a list. */
const longestOutput = 400_000;

/** The listed backups as JSON, the newest first; where that is too long, as many as have room. */
export function listedAsJson({ backups, source, now }: Pick<ListResult, 'backups' | 'source' | 'now'>): {
  json: string;
  left: number;
} {
  // GitHub blanks a job's output that contains a secret, which the host's name may be: where one was asked for, nobody has to be told.
  const isKnown = source.hosts?.length === 1;
  return withRoom(
    backups.map((backup) =>
      JSON.stringify({
        backup_file_name: backup.name,
        ...(isKnown ? {} : { db_host: backup.host }),
        ...jsonOf(backup, now),
      }),
    ),
  );
}

/** Items of JSON as a list of as many as have room, and how many have none. */
export function withRoom(items: readonly string[]): { json: string; left: number } {
  const shown: string[] = [];
  let length = 2;
  for (const item of items) {
    length += item.length + 1;
    if (length > longestOutput) break;
    shown.push(item);
  }
  return { json: `[${shown.join(',')}]`, left: items.length - shown.length };
}

function jsonOf(backup: RecordedBackup, now: Date): Record<string, string | number | boolean | null> {
  return {
    db_name: backup.database,
    started_at: backup.at.toISOString(),
    size_bytes: backup.size,
    server_version: backup.serverVersion,
    compression: backup.compression,
    access_tier: backup.tier.toLowerCase(),
    verified_at: backup.verifiedAt?.toISOString() ?? null,
    protect: backup.protection ?? null,
    immutable_until: backup.immutableUntil?.toISOString() ?? null,
    legal_hold: backup.hasLegalHold,
    leaves_out: backup.part ?? null,
    wrong_time: wrongTime(backup, now) ?? null,
  };
}
