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
  const effect =
    error > 0
      ? 'Until then, no rule of a retention counts it, and latest passes it over.'
      : 'So retention, latest and max_age_hours take it for older than it is: rules may delete it too early.';
  return `The clock of this machine is ${off} that of the storage account (${formatTime(now)} here, ${formatTime(new Date(now.getTime() - error))} there), and a backup made now is recorded with the time here.\n${effect} Set the clock of the machine, by NTP for example.`;
}

/** `40 days`, `3 h`, `12 min` */
function amountOf(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
