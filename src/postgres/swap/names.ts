import { createHash, randomInt } from 'node:crypto';
import { formatTimestamp } from '../../base/format.ts';
import { longestName, siblingName } from '../server/database-names.ts';
import { maintenanceDatabase } from '../server/server.ts';
import { ask, type Psql } from '../session/psql.ts';

/** The databases beside the one that is restored. */
export interface RestoreNames {
  /** That it is restored into, `moodle_restore_20261122154210`. */
  fresh: string;
  /** What the old one is called after the swap, `moodle_before_20261122154210`. */
  previous: string;
}

/**
 * The names for a restore at one point in time. A name that has to be shortened gets eight digits of a hash of the whole
 * one at its end, so that restores of two databases whose long names begin alike don't meet.
 */
export function restoreNames(database: string, time: Date): RestoreNames {
  const timestamp = formatTimestamp(time);
  return {
    fresh: beside(database, `restore_${timestamp}`),
    previous: beside(database, `before_${timestamp}`),
  };
}

/** `restoreNames` of which the server has neither: those of now, or of the next second that has them free. */
export async function freeRestoreNames(
  psql: Psql,
  database: string,
  now = new Date(),
): Promise<RestoreNames> {
  const taken = await ask<string[]>(
    psql,
    maintenanceDatabase,
    "SELECT coalesce(json_agg(datname), '[]') FROM pg_database",
  );
  for (let time = now.getTime(); ; time += 1_000) {
    const names = restoreNames(database, new Date(time));
    if (!taken.includes(names.fresh) && !taken.includes(names.previous)) return names;
  }
}

/** Whether a restore of `database` may have called its new database so. */
export function isRestoreName(name: string, database: string): boolean {
  return isBeside(name, database, 'restore');
}

/** Whether a restore of `database` may have called the old database so. */
export function isPreviousName(name: string, database: string): boolean {
  return isBeside(name, database, 'before');
}

/** What a database is called while it is dropped: a name that nobody can know before, with random digits in place of a time. */
export function droppingName(database: string): string {
  const digits = [randomInt(10 ** 7), randomInt(10 ** 7)].map((number) => String(number).padStart(7, '0'));
  return beside(database, `dropping_${digits.join('')}`);
}

/** Whether a restore of `database` may have called a database so that it was about to drop. */
export function isDroppingName(name: string, database: string): boolean {
  return isBeside(name, database, 'dropping');
}

function isBeside(name: string, database: string, kind: 'restore' | 'before' | 'dropping'): boolean {
  const [, timestamp] = new RegExp(`_${kind}_(\\d{14})(?:_[0-9a-f]{8})?$`).exec(name) ?? [];
  return timestamp !== undefined && name === beside(database, `${kind}_${timestamp}`);
}

function beside(database: string, suffix: string): string {
  const whole = `${database}_${suffix}`;
  if (Buffer.byteLength(whole) <= longestName) return whole;
  const hash = createHash('sha256').update(database).digest('hex').slice(0, 8);
  return siblingName(database, `${suffix}_${hash}`);
}
