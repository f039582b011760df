import { formatTime } from '../base/format.ts';

/** By how much the clocks of a machine and of Azure may differ before a time is not believed, in milliseconds. */
export const clockTolerance = 5 * 60 * 1000;

/**
 * What is to be said of a machine whose clock is wrong, since backups carry its time; undefined where it is right, or nobody knows.
 * @param error by how much it is ahead of the account's, in milliseconds
 * @param now the machine's time
 */
export function warningOfClock(error: number | undefined, now = new Date()): string | undefined {
  if (error === undefined || Math.abs(error) <= clockTolerance) return undefined;
  const off = `${amountOf(Math.abs(error))} ${error > 0 ? 'ahead of' : 'behind'}`;
  // Where a check tells it, what to do stands by itself: it begins with the second sentence.
  const effect =
    error > 0
      ? 'a backup that is recorded later than its file came never counts, so latest, max_age_hours and the rules of a retention pass it over, and no retention deletes it'
      : 'backups that are recorded too early are taken for older than they are, so rules may delete them too early, and latest may be another one';
  return `The clock of this machine is ${off} that of the storage account (${formatTime(now)} here, ${formatTime(new Date(now.getTime() - error))} there), and a backup made now is recorded with the time here.\nSet the clock of the machine, by NTP for example: ${effect}.`;
}

/** `40 days`, `3 h`, `12 min` */
function amountOf(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
