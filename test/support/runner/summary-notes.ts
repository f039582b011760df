/** What a summary tells besides its table: a text, and the SQL that goes with it. */
export interface SummaryNote {
  text: string;
  /** Empty if there is none. */
  sql: string;
}

/** A code span that is all of a line, but for a break after it. https://spec.commonmark.org/0.31.2/#code-spans */
const codeLine = /^(`+)(?!`)(.*?)(?<!`)\1(\\?)$/;

/**
 * Reads a summary: each paragraph of code spans, one a line, is a text, to which the block of SQL after it belongs. Lines
 * of anything else, such as a heading, are passed over.
 */
export function summaryNotes(summary: string): SummaryNote[] {
  const notes: SummaryNote[] = [];
  let open: string[] | undefined;
  let block: { fence: string; lines: string[] } | undefined;
  for (const line of summary.split('\n')) {
    if (block) {
      if (line !== block.fence) block.lines.push(line);
      else {
        const note = notes.at(-1);
        if (note) note.sql = block.lines.join('\n');
        block = undefined;
      }
      continue;
    }
    const fence = /^(`{3,})sql$/.exec(line)?.[1];
    if (fence !== undefined) block = { fence, lines: [] };
    const read = readLine(line, open !== undefined);
    if (read === undefined) continue;
    if (open) open.push(read.text);
    else open = [read.text];
    if (read.isLast) {
      notes.push({ text: open.join('\n'), sql: '' });
      open = undefined;
    }
  }
  return notes;
}

function readLine(line: string, goesOn: boolean): { text: string; isLast: boolean } | undefined {
  if (goesOn && line === '\\') return { text: '', isLast: false };
  const [, fence = '', inner = '', lineBreak] = codeLine.exec(line) ?? [];
  if (fence === '') {
    if (goesOn) throw new Error(`no code span: ${line}`);
    return undefined;
  }
  return { text: shownBy(fence, inner), isLast: lineBreak === '' };
}

/** What a code span shows of what stands between its backticks. */
export function shownBy(fence: string, inner: string): string {
  const runs: string[] = inner.match(/`+/g) ?? [];
  if (runs.includes(fence)) throw new Error(`no code span: ${fence}${inner}${fence}`);
  const padded = inner.startsWith(' ') && inner.endsWith(' ') && inner.trim() !== '';
  return padded ? inner.slice(1, -1) : inner;
}

/** The one note whose text fits. */
export function noteAbout(summary: string, pattern: RegExp): SummaryNote {
  const [note, ...others] = summaryNotes(summary).filter(({ text }) => pattern.test(text));
  if (!note || others.length > 0) throw new Error(`Not one note about ${pattern} in:\n${summary}`);
  return note;
}
