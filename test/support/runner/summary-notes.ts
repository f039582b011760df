import { escapeIdentifier, escapeLiteral } from 'pg';

/** What a summary tells besides its facts: a text, and the SQL that goes with it. */
export interface SummaryNote {
  text: string;
  /** Empty if there is none. */
  sql: string;
}

interface LabelledNote extends SummaryNote {
  label: string;
}

const labels =
  /^\*\*(\d+|Not restored|Undo|Clean up|Note|State|What to do|Cause)([.:])(?: ([^*]+:))?\*\*(?: |\\?$)/;

/** How paragraphs begin that are the page's own. */
const ofThePage =
  /^(?:[#|<]|\*\*To restore it\*\*|(?:Run|Then run|Or, once the cause is fixed .*, run) the same restore again|Backup `|\d+ more are in the log)/;

/**
 * Reads a summary: each paragraph that begins with one of our labels is a text, to which blocks and paragraphs after it belong, and the
 * folded SQL. What is the page's own, such as a heading or a table, is passed over, with the block after it.
 */
function labelledNotes(summary: string): LabelledNote[] {
  const notes: LabelledNote[] = [];
  let lines: string[] | undefined;
  let block: { fence: string; language: string; lines: string[] } | undefined;
  let isFolded = false;
  let note: LabelledNote | undefined;
  const close = (): void => {
    if (lines && note) note.text += `${note.text === '' ? '' : '\n'}${lines.join('\n')}`;
    lines = undefined;
  };
  for (const line of summary.split('\n')) {
    if (block) {
      if (line !== block.fence) block.lines.push(line);
      else {
        const inside = block.lines.join('\n');
        if (note && isFolded && block.language === 'sql') note.sql = inside;
        else if (note) note.text += `\n${inside}`;
        block = undefined;
      }
      continue;
    }
    const [, fence, language = ''] = /^(`{3,})(\w*)$/.exec(line) ?? [];
    if (line === '' || fence !== undefined) close();
    if (fence !== undefined) block = { fence, language, lines: [] };
    else if (line.startsWith('<details>')) isFolded = true;
    else if (line === '</details>') isFolded = false;
    else if (lines) lines.push(shownBy(line.replace(/\\$/, '')));
    else if (line !== '') begin(line);
  }
  close();
  return notes;

  function begin(line: string): void {
    const label = labels.exec(line);
    if (label) {
      note = { label: label[1] ?? '', text: '', sql: '' };
      notes.push(note);
    } else if (ofThePage.test(line)) note = undefined;
    if (!note) return;
    const [all = '', name = '', sign, lead = sign === ':' ? `${name}:` : ''] = label ?? [];
    const rest = shownBy(line.slice(all.length).replace(/\\$/, ''));
    lines = [[lead, rest].filter((part) => part !== '').join(' ')];
  }
}

export function summaryNotes(summary: string): SummaryNote[] {
  return labelledNotes(summary).map(({ text, sql }) => ({ text, sql }));
}

/** What a person is to know or to do of it, by what it is labelled with. */
export function notesLabelled(summary: string, label: RegExp): string[] {
  return labelledNotes(summary).flatMap((note) => (label.test(note.label) ? [note.text] : []));
}

/** The message of the error that a summary tells of: that says the cause first and the state, which is the headline's here, last. */
export function errorIn(summary: string): string {
  const [cause, advice, state] = ['Cause', 'What to do', 'State'].map((label) =>
    notesLabelled(summary, new RegExp(`^${label}$`)).join('\n'),
  );
  const [, inputs] = /^### ❌ (\d+ invalid inputs?; .*)\n/.exec(summary) ?? [];
  if (inputs !== undefined) return `${inputs}.\n${advice}`;
  const lead = stateInHeadline(summary);
  return [cause, advice, [lead, state].filter(Boolean).join(' ')].filter(Boolean).join('\n');
}

function stateInHeadline(summary: string): string {
  const [headline = ''] = summary.split('\n');
  const [, span, state] =
    /^### \S+ [\w ]+: (`+.*`+) (was not changed|was not touched .*|is incomplete, .*|is missing .*|is in an .*|is restored .*)$/.exec(
      headline,
    ) ?? [];
  return span === undefined ? '' : `Database ${JSON.stringify(shownBy(span))} ${state}.`;
}

/** A message as prose shows it: without the spaces at the ends of its lines. */
export function inProseLines(message: string): string {
  return message
    .split('\n')
    .map((line) => line.trim())
    .join('\n');
}

/** What a line of prose with code spans shows; throws if anything outside of the spans could be Markdown or HTML. */
export function shownBy(line: string): string {
  let shown = '';
  let rest = line;
  if (/^\\[-+=:]|^\d+\\[.)]/.test(rest)) rest = rest.replace('\\', '');
  while (rest !== '') {
    const [, words = '', fence = ''] = /^([^`]*)(`*)/.exec(rest) ?? [];
    if (/[*_<>&@#[\]|~$\\{}^]|:\/\//.test(words)) throw new Error(`more than prose: ${line}`);
    shown += words;
    rest = rest.slice(words.length + fence.length);
    if (fence === '') continue;
    const runs = [...rest.matchAll(/`+/g)];
    const end = runs.find(([run]) => run === fence);
    if (!end) throw new Error(`no code span: ${line}`);
    // https://spec.commonmark.org/0.31.2/#code-spans
    const inner = rest.slice(0, end.index);
    const padded = inner.startsWith(' ') && inner.endsWith(' ') && inner.trim() !== '';
    shown += padded ? inner.slice(1, -1) : inner;
    rest = rest.slice(end.index + fence.length);
  }
  return shown;
}

/**
 * The one note whose text fits.
 * @param hidden the name that GitHub hides, which a person puts in: psql has it where its variable stands
 */
export function noteAbout(summary: string, pattern: RegExp, hidden?: string): SummaryNote {
  const [note, ...others] = summaryNotes(summary).filter(({ text }) => pattern.test(text));
  if (!note || others.length > 0) throw new Error(`Not one note about ${pattern} in:\n${summary}`);
  return hidden === undefined ? note : { ...note, sql: withHidden(note.sql, hidden) };
}

/** A text with the name that GitHub hides where statements have a variable for it. */
export function withHidden(text: string, name = ''): string {
  const lines = text.split('\n');
  const others = lines.filter((line) => line !== "\\set hidden 'put in the name that GitHub hides'");
  if (others.length === lines.length) return text;
  return others
    .join('\n')
    .replaceAll(':"hidden"', () => escapeIdentifier(name))
    .replaceAll(":'hidden'", () => escapeLiteral(name));
}

/** How the note begins with what gives people their privileges back. */
export const lostPrivileges =
  /^(?:Give \d+ roles? (?:its|their) privileges back|Set the privileges of PUBLIC again), as in the (?:old|original) database: /;
