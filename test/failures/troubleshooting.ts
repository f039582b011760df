/** The tables of docs/troubleshooting.md, made of the failures. `node test/failures/troubleshooting.ts` writes them there. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { groups } from './groups.ts';

const page = path.join(import.meta.dirname, '..', '..', 'docs', 'troubleshooting.md');

const begin = '<!-- troubleshooting: made by test/failures/troubleshooting.ts -->\n';
const end = '<!-- end of troubleshooting -->\n';

/** The tables, one for each group. */
export function troubleshooting(): string {
  const tables = groups.map(({ title, rows }) => {
    const lines = rows.map(({ what, seen, remedy }) => `| ${what} | \`${seen}\` | ${remedy} |`);
    return `## ${title}\n\n| what is wrong | in the error | what to do |\n|---|---|---|\n${lines.join('\n')}\n`;
  });
  return `\n${tables.join('\n')}\n`;
}

/** A text with the tables between the two marks. Throws an Error if it has not both. */
export function withTroubleshooting(text: string): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from === -1 || to < from) throw new Error('docs/troubleshooting.md has no place for the tables');
  return text.slice(0, from + begin.length) + troubleshooting() + text.slice(to);
}

if (import.meta.main) await writeFile(page, withTroubleshooting(await readFile(page, 'utf8')));
