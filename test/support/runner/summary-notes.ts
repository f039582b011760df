/** What a summary tells besides its table: a text, and the SQL that goes with it. */
export interface SummaryNote {
  text: string;
  /** Empty if there is none. */
  sql: string;
}

/** Reads the blocks of code in a summary: each text, with its long lines in one, and the SQL that follows it. */
export function summaryNotes(summary: string): SummaryNote[] {
  const blocks = Array.from(
    summary.matchAll(/^(`{3,})(text|sql)\n(.*?)\n\1$/gms),
    ([, , language, content = '']) => ({ language, content }),
  );
  return blocks.flatMap(({ language, content }, index) => {
    if (language === 'sql') return [];
    const next = blocks[index + 1];
    return [{ text: content.replace(/\n {2}/g, ' '), sql: next?.language === 'sql' ? next.content : '' }];
  });
}

/** The one note whose text fits. */
export function noteAbout(summary: string, pattern: RegExp): SummaryNote {
  const [note, ...others] = summaryNotes(summary).filter(({ text }) => pattern.test(text));
  if (!note || others.length > 0) throw new Error(`Not one note about ${pattern} in:\n${summary}`);
  return note;
}
