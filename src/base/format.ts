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

/**
 * How far a transfer is, for people: `12.3 MB of 37.7 MB read (32 %), 2.46 MB/s, about 11 s left`.
 * @param elapsed in milliseconds, since its beginning
 * @param what has become of what is done: `read`
 * @param left what follows the estimate of what is left, which there is only where something is done; when all is, time tells nothing of it
 */
export function formatTransfer(
  done: number,
  all: number,
  elapsed: number,
  what: string,
  left: string,
): string {
  const part = all > 0 ? ` (${Math.floor((100 * done) / all)} %)` : '';
  const words = `${formatBytes(done)} of ${formatBytes(all)} ${what}${part}`;
  if (done >= all) return words;
  const rate = (1000 * done) / elapsed;
  const rest = done > 0 ? `, about ${formatEstimate((all - done) / rate)} ${left}` : '';
  return `${words}, ${formatBytes(rate)}/s${rest}`;
}

/** Seconds that nobody knows exactly: `11 s`, `3 min`. */
function formatEstimate(seconds: number): string {
  if (seconds < 59.5) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 3570 ? `${Math.round(seconds / 60)} min` : formatDuration(1000 * seconds);
}

/** How long ago something was, from milliseconds, for people: `5 min ago`, `4 h ago`, `3 days ago`. */
export function formatAge(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`;
}

/** A number of many things: `1,234,567`. */
export function formatNumber(number: number): string {
  return number.toLocaleString('en-US');
}

/** A point in time for people: `2026-11-22 15:42:10 UTC`. */
export function formatTime(time: Date): string {
  return `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** A point in time as `20261122154210` (UTC), the form used in the names of backups and databases. */
export function formatTimestamp(time: Date): string {
  return time.toISOString().slice(0, 19).replace(/\D/g, '');
}

/** The point in time that 14 digits mean, as `formatTimestamp` makes them. */
export function parseTimestamp(digits: string): Date {
  return new Date(digits.replace(/^(....)(..)(..)(..)(..)(..)$/, '$1-$2-$3T$4:$5:$6Z'));
}

/** Control characters that JSON leaves alone, line separators, and marks that turn the direction of writing around. */
const invisible = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/** The same, and control characters; but a newline, a carriage return before it and a tab are as they are. */
const invisibleInText =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]|\r(?!\n)/g;

function escapeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A name as people should see it, in quotes, with quotes and control characters inside made visible. */
export function quoted(name: string): string {
  return JSON.stringify(name).replace(invisible, escapeOf);
}

/**
 * A text as people should see it: with the characters made visible that would colour it, overwrite it, turn it around, or end a line
 * where it has none.
 */
export function visible(text: string): string {
  return text.replace(invisibleInText, escapeOf);
}

/** The same in one line: for a name that is quoted as SQL wants it, in which newlines are as they are. */
export function inOneLine(text: string): string {
  return visible(text).replace(/[\n\r\t]/g, escapeOf);
}

/** A version, a time or a kind of thing as it is, and anything else, of which no more than its beginning, in quotes. */
export function plain(text: string): string {
  return /^[\w .:+()~-]{1,80}$/.test(text) ? text : quoted(text.slice(0, 80));
}

/**
 * A text without its middle, if it is longer than there is room: what comes first says what went wrong, and what comes last what to do.
 * @param room in characters, besides the few that say what is left out
 * @param elsewhere where all of it is to be found, if it is
 * @param hide is given a text that is to be cut, and takes out of it what must not be cut in two
 */
export function shortened(
  text: string,
  room: number,
  elsewhere?: string,
  hide: (text: string) => string = (unchanged) => unchanged,
): string {
  if (text.length <= room) return text;
  const whole = hide(text);
  const [head, tail] = [Math.ceil(room * 0.6), Math.floor(room * 0.4)];
  const left = whole.length - head - tail;
  if (left <= 0) return whole;
  const where = elsewhere === undefined ? 'are left out here' : `more are in the ${elsewhere}`;
  return `${whole.slice(0, head)}… (${left} characters ${where}) …${whole.slice(whole.length - tail)}`.toWellFormed();
}

/** `2 rights` */
export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** A sentence up to a full stop, an exclamation or a question mark that is followed by white space, none of them inside of quotes. */
const sentence = /^(?:"(?:[^"\\\n]|\\.)*"|[^.!?\n]|[.!?](?!\s|$))*[.!?]?/;

/** A sentence is not longer than this, in characters: quotes that do not close are looked for again and again. */
const longestSentence = 4_000;

/** The first sentence of a text, which ends with its first line at the latest; and the rest, without white space at its ends. */
export function firstSentence(text: string): { sentence: string; rest: string } {
  const [found = ''] = sentence.exec(text.slice(0, longestSentence)) ?? [];
  return { sentence: found.trim(), rest: text.slice(found.length).trim() };
}
