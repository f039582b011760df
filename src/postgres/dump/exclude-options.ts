import { identifier } from '../session/sql-text.ts';

/*
 * Options of pg_dump that leave something out of a backup, as a person is to write them down.
 */

/** Names that a pattern of pg_dump takes as they are. */
const plainName = /^[a-z_][a-z0-9_]*$/;

function patternFor(name: string): string {
  return plainName.test(name) ? name : identifier(name);
}

/** The option that leaves out the rows of a table. */
export function withoutRowsOption({ schema, name }: { schema: string; name: string }): string {
  return `--exclude-table-data=${patternFor(schema)}.${patternFor(name)}`;
}

/**
 * The options, each on a line of its own, that leave out an extension and the rows of its tables. Before 17, pg_dump only
 * knows how to take along the others; plpgsql is always there, and is never written down.
 * @param others that are to stay in the backup
 * @param major of pg_dump
 */
export function withoutExtensionOption(name: string, others: readonly string[], major: number): string[] {
  if (major >= 17) return [`--exclude-extension=${patternFor(name)}`];
  const kept = others.filter((other) => other !== name && other !== 'plpgsql');
  return (kept.length === 0 ? ['plpgsql'] : kept).map((other) => `--extension=${patternFor(other)}`);
}
