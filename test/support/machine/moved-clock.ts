import { readFileSync } from 'node:fs';

/*
 * Loaded into a process of the action, by NODE_OPTIONS: its clock is what a file says, as if somebody had set that of the machine. What
 * counts the time that passes goes on.
 */
const file = process.env['CLOCK_FILE'] ?? '';
const RealDate = Date;

function now(): number {
  const { stands, ahead = 0 } = JSON.parse(readFileSync(file, 'utf8')) as { stands?: number; ahead?: number };
  return stands ?? RealDate.now() + ahead;
}

globalThis.Date = new Proxy(RealDate, {
  construct: (target, values, own) => Reflect.construct(target, values.length === 0 ? [now()] : values, own),
  apply: () => new RealDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
