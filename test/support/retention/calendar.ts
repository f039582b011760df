/*
 * The calendar by counting days, for what a retention is measured by. It shares nothing with src/: no Date is asked for a day, a week or a
 * month. Periods are numbers that grow with time.
 */

const dayLength = 86_400_000;

/** Day 0 is 1970-01-01, a Thursday. */
export function dayOf(time: number): number {
  return Math.floor(time / dayLength);
}

/** Weeks from Monday to Sunday; week 0 began on 1969-12-29. */
export function weekOf(time: number): number {
  return Math.floor((dayOf(time) + 3) / 7);
}

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const [firstYear, lastYear] = [1900, 2400];

/** The first day of each month from 1900 on. */
const monthStarts: number[] = [];
{
  const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  let day = -25_567;
  for (let year = firstYear; year <= lastYear; year++) {
    for (const [month, length] of lengths.entries()) {
      monthStarts.push(day);
      day += length + (month === 1 && isLeap(year) ? 1 : 0);
    }
  }
}

/** Months since January 1900. */
export function monthOf(time: number): number {
  const day = dayOf(time);
  let [low, high] = [0, monthStarts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((monthStarts[middle] ?? 0) <= day) low = middle;
    else high = middle;
  }
  return low;
}

/** Years since 1900. */
export function yearOf(time: number): number {
  return Math.floor(monthOf(time) / 12);
}
