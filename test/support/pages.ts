import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** The text of a page of the repository, such as `docs/setup.md`. */
export const page = (file: string): string => readFileSync(join(root, file), 'utf8');

/** Every page that people read: those at the top and those in docs/. */
export function allPages(): string[] {
  const markdown = (folder: string): string[] =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name));
  return [...markdown('.'), ...markdown('docs')];
}

/** A page by its headings of the second level: the heading, and what stands below it. */
export function sectionsOf(file: string): { heading: string; text: string }[] {
  return page(file)
    .split(/^## /m)
    .slice(1)
    .map((text) => ({ heading: text.split('\n')[0] ?? '', text }));
}

/** The code blocks of a language in a text, in order, without the indentation of a list that they stand in. */
export function blocksIn(text: string, language: string): string[] {
  const fence = new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\``, 'gm');
  return [...text.matchAll(fence)].map(([, indent = '', block = '']) =>
    block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  );
}

/**
 * The code blocks of a language in a section of a page.
 * @throws Error if the page has no such section, or that no such block
 */
export function blocksOf(file: string, heading: string, language: 'sh' | 'sql' | 'text'): string[] {
  const section = sectionsOf(file).find((one) => one.heading === heading);
  const found = blocksIn(section?.text ?? '', language);
  if (found.length === 0) throw new Error(`${file} has no ${language} below "${heading}"`);
  return found;
}
