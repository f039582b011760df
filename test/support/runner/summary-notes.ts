/** What a summary tells besides its facts: a text, and the SQL that goes with it. */
export interface SummaryNote {
  text: string;
  /** Empty if there is none. */
  sql: string;
}

interface LabelledNote extends SummaryNote {
  label: string;
}

const labels = /^\*\*(\d+|Not restored|Undo|Note|State|What to do|Cause)\.\*\* /;

/**
 * Reads a summary: each paragraph that begins with one of our labels is a text, to which the folded block after it belongs. Anything else,
 * such as a heading or a table, is passed over.
 */
function labelledNotes(summary: string): LabelledNote[] {
  const notes: LabelledNote[] = [];
  let open: { label: string; lines: string[] } | undefined;
  let block: { fence: string; language: string; lines: string[] } | undefined;
  const close = (): void => {
    if (open) notes.push({ label: open.label, text: open.lines.join('\n'), sql: '' });
    open = undefined;
  };
  for (const line of summary.split('\n')) {
    if (block) {
      if (line !== block.fence) block.lines.push(line);
      else {
        const note = notes.at(-1);
        if (note && block.language === 'sql') note.sql = block.lines.join('\n');
        else if (note && block.language === '') note.text += `\n${block.lines.join('\n')}`;
        block = undefined;
      }
      continue;
    }
    const [, fence, language = ''] = /^(`{3,})(\w*)$/.exec(line) ?? [];
    const label = labels.exec(line);
    if (line === '' || fence !== undefined) close();
    if (fence !== undefined) block = { fence, language, lines: [] };
    else if (open) open.lines.push(shownBy(line.replace(/\\$/, '')));
    else if (label)
      open = { label: label[1] ?? '', lines: [shownBy(line.slice(label[0].length).replace(/\\$/, ''))] };
  }
  close();
  return notes;
}

export function summaryNotes(summary: string): SummaryNote[] {
  return labelledNotes(summary).map(({ text, sql }) => ({ text, sql }));
}

/** What a person is to know or to do of it, by what it is labelled with. */
export function notesLabelled(summary: string, label: RegExp): string[] {
  return labelledNotes(summary).flatMap((note) => (label.test(note.label) ? [note.text] : []));
}

/** The message of the error that a summary tells of, which says the cause first and the state last. */
export function errorIn(summary: string): string {
  return ['Cause', 'What to do', 'State']
    .flatMap((label) => notesLabelled(summary, new RegExp(`^${label}$`)))
    .join('\n');
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

/** The one note whose text fits. */
export function noteAbout(summary: string, pattern: RegExp): SummaryNote {
  const [note, ...others] = summaryNotes(summary).filter(({ text }) => pattern.test(text));
  if (!note || others.length > 0) throw new Error(`Not one note about ${pattern} in:\n${summary}`);
  return note;
}
