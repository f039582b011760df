import { Failure } from '../../base/failure.ts';
import { inOneLine, quoted } from '../../base/format.ts';
import type { Step } from '../../base/step.ts';

/** Something that a person should know before a database is replaced. */
export interface Finding {
  /** An error stops the restore; a warning and an info do not. */
  level: 'error' | 'warning' | 'info';
  /** One or more sentences. Names in it may be somebody else's. */
  text: string;
  /** What of the backup is not restored. */
  about?: 'not restored';
}

const order = { error: 0, warning: 1, info: 2 };

/** Errors first, then warnings; otherwise as they were. */
export function sortedByLevel(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => order[a.level] - order[b.level]);
}

/**
 * Tells all findings together, each once: warnings as such, errors by what is thrown, the others in the log.
 * @throws Failure that lists all errors, if there are any
 */
export function reportFindings(
  database: string,
  findings: readonly Finding[],
  step: Pick<Step, 'info' | 'warn'>,
): void {
  const texts = (level: Finding['level']): string[] =>
    findings.filter((finding) => finding.level === level).map(({ text }) => text);
  for (const text of texts('warning')) step.warn(text);
  for (const text of texts('info')) step.info(text);
  const errors = texts('error');
  if (errors.length === 0) return;
  throw new Failure({
    tried: `Checking whether database ${quoted(database)} can be replaced`,
    cause: errors.length === 1 ? String(errors[0]) : `${errors.length} problems:\n${bulletList(errors)}`,
    advice: '',
    state: 'Nothing was changed.',
    outcome: 'unchanged',
  });
}

/** One text as it is, several as a list. */
export function bulletList(texts: readonly string[]): string {
  return texts.length === 1 ? String(texts[0]) : texts.map((text) => `- ${text}`).join('\n');
}

const mostListed = 10;

/** The first few of many things, and how many more there are. */
export function firstFew(things: readonly string[]): string {
  const more = things.length - mostListed;
  return `${things.slice(0, mostListed).map(inOneLine).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Names of one kind: `the extensions "hstore", "postgis"`. */
export function plural(kind: string, names: readonly string[]): string {
  return `the ${kind}${names.length === 1 ? '' : 's'} ${firstFew(names.map(quoted))}`;
}
