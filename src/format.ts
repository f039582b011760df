const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Bytes for people, in decimal units: `1234567` is `1.23 MB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const rounded = Number(value.toPrecision(3));
  const digits = unit === 0 || rounded >= 100 ? 0 : rounded >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

/** Milliseconds for people: `4.2 s`, `3 min 05 s`, `2 h 03 min`. */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

/** A point in time as `20261122154210` (UTC), the form used in the names of backups and databases. */
export function formatTimestamp(time: Date): string {
  return time.toISOString().slice(0, 19).replace(/\D/g, '');
}

/** Control characters that JSON leaves alone, line separators, and marks that turn the direction of writing around. */
const invisible = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/** A name as people should see it, in quotes, with quotes and control characters inside made visible. */
export function quoted(name: string): string {
  return JSON.stringify(name).replace(invisible, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
