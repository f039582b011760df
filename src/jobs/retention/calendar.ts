const dayLength = 24 * 60 * 60 * 1000;

/** A calendar period, as the rules name it. */
export type Period = 'day' | 'week' | 'month' | 'year';

/** The period that a time lies in, by UTC: `2026-11-28`, `2026-W48` (ISO 8601), `2026-11` or `2026`. */
export function periodOf(time: Date, period: Period): string {
  if (period === 'week') return isoWeek(time);
  const year = String(time.getUTCFullYear());
  if (period === 'year') return year;
  const month = `${year}-${twoDigits(time.getUTCMonth() + 1)}`;
  return period === 'month' ? month : `${month}-${twoDigits(time.getUTCDate())}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

/** A week belongs to the year of its Thursday, and the first week of a year is that with its first Thursday. */
function isoWeek(time: Date): string {
  const sinceMonday = (time.getUTCDay() + 6) % 7;
  const midnight = Math.floor(time.getTime() / dayLength) * dayLength;
  const thursday = new Date(midnight + (3 - sinceMonday) * dayLength);
  const first = new Date(thursday).setUTCMonth(0, 1);
  const number = 1 + Math.floor((thursday.getTime() - first) / (7 * dayLength));
  return `${thursday.getUTCFullYear()}-W${twoDigits(number)}`;
}

/** The time so many days of 24 hours before another, in milliseconds. */
export function daysBefore(time: number, days: number): number {
  return time - days * dayLength;
}
