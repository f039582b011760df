import { shortened } from '../../base/format.ts';
import { redactMasked } from '../masking.ts';
import { code, codeCell } from './markdown.ts';
import type { Page } from './page.ts';

/** A name as code, of which too much would be hostile. */
export function nameSpan(text: string): string {
  return code(shortened(text, 1_100, undefined, redactMasked));
}

/** The same inside a table. */
export function nameCell(text: string): string {
  return codeCell(shortened(text, 1_100, undefined, redactMasked));
}

/** A name of a backup in a table, which leads to the portal if the way there is known. */
export function linkedName(name: string, { portalPage }: Page): string {
  return portalPage === undefined ? nameCell(name) : `[${nameCell(name)}](${portalPage(name)})`;
}

/** A table in Markdown. @param alignments of its columns: `---`, or `--:` for numbers */
export function markdownTable(
  header: readonly string[],
  alignments: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  return [header, alignments, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
