import { Failure } from '../../base/failure.ts';
import { inOneLine, quoted } from '../../base/format.ts';
import type { Step } from '../../base/step.ts';
import type { Note } from '../result.ts';

/** Something that a person should know before a database is replaced. */
export type Finding = Obstacle | Notice;

/** What stops a restore. */
export interface Obstacle {
  level: 'error';
  /** What is wrong, in one or more sentences. Names in it may be somebody else's. */
  text: string;
  /** What to do about it. */
  remedy: string;
}

/** What does not stop it. */
export interface Notice {
  level: 'warning' | 'info';
  /** One or more sentences. Names in it may be somebody else's. */
  text: string;
  /** What is said in the end, of a restore that succeeds, where `text` speaks of what is to come. */
  afterwards?: string;
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
 * @throws Failure that lists what is in the way and what to do about each, if there is something; whoever knows the state adds it
 */
export function reportFindings(findings: readonly Finding[], step: Pick<Step, 'info' | 'warn'>): void {
  for (const finding of findings)
    if (finding.level === 'warning') step.warn(finding.text, [], finding.afterwards);
  for (const { level, text } of findings) if (level === 'info') step.info(text);
  const obstacles = findings.filter((finding) => finding.level === 'error');
  const [first, ...others] = obstacles;
  if (!first) return;
  throw new Failure(
    others.length === 0
      ? { cause: first.text, advice: first.remedy }
      : {
          cause: `${obstacles.length} problems block the restore.\n${numbered(obstacles.map(({ text }) => text))}`,
          advice: numbered(obstacles.map(({ remedy }) => remedy)),
        },
  );
}

function numbered(texts: readonly string[]): string {
  return texts.map((text, index) => `${index + 1}. ${text}`).join('\n');
}

/** What is to be said in the end of what was warned of. */
export function notesOfWarnings(findings: readonly Finding[]): Note[] {
  return findings.flatMap((finding) => {
    if (finding.level !== 'warning') return [];
    const { text, afterwards = text, about } = finding;
    return [{ text: afterwards, ...(about && { about }) }];
  });
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
