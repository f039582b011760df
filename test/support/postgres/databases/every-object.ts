import { readFileSync } from 'node:fs';

/** SQL that fills an empty database with every kind of object that a role without superuser can own. */
export interface SeedScript {
  /** One query of several statements, to be sent as the owner of the database. */
  readonly sql: string;
  /** Roles that have to exist besides that owner. */
  readonly roles: readonly string[];
}

/** Parts of the script that all others can do without. */
export type DispensablePart = 'Values' | 'Awkward names' | 'What only newer servers know';

/** @param without parts to leave out: the first two are most of the work, the third differs between servers */
export function everyObject({ without = [] }: { without?: readonly DispensablePart[] } = {}): SeedScript {
  const whole = readFileSync(new URL('every-object.sql', import.meta.url), 'utf8');
  const parts = whole.split(/^(?=-{20,}\n-- )/m);
  const left = parts.filter(
    (part) => !without.some((title) => /^-+\n-- (.*)/.exec(part)?.[1]?.startsWith(title)),
  );
  if (left.length + without.length !== parts.length)
    throw new Error('A part of the script has another title');
  return { sql: left.join(''), roles: [] };
}
