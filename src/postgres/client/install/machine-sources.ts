import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The repository, as a file of /etc/apt/sources.list.d has it. */
export interface SourceFile {
  /** `postgresql.list`, or `postgresql.sources`, which says in what form. */
  file: string;
  text: string;
  uri: string;
  suite: string;
}

/**
 * The machine's repositories, copied; one without signed-by is checked against the machine's own keys.
 * @param but is left out, for apt takes a suite of a repository with one key only
 */
export async function copySources(folder: string, but: SourceFile): Promise<void> {
  const parts = await readdir('/etc/apt/sources.list.d').catch(() => []);
  const files = ['/etc/apt/sources.list', ...parts.map((name) => path.join('/etc/apt/sources.list.d', name))];
  for (const [index, file] of files.entries()) {
    if (!/\.(list|sources)$/.test(file)) continue;
    const text = withoutSource(await readFile(file, 'utf8').catch(() => ''), file.endsWith('.sources'), but);
    await writeFile(path.join(folder, `machine-${index}-${path.basename(file)}`), text);
  }
}

/**
 * A file of sources without the entries of one suite of one repository, however its URI is written.
 * @param inStanzas whether it is in the deb822 form, in which an entry ends with an empty line
 */
export function withoutSource(
  text: string,
  inStanzas: boolean,
  { uri, suite }: Pick<SourceFile, 'uri' | 'suite'>,
): string {
  const end = inStanzas ? '\n\n' : '\n';
  const bare = (word: string): string => word.replace(/^(?:URIs:)?\w+:\/*|\/+$/gi, '');
  const isIt = (entry: string): boolean => {
    const words = entry.split(/\s+/);
    return words.includes(suite) && words.some((word) => bare(word) === bare(uri));
  };
  return text
    .replace(/^[ \t]*#.*\n?/gm, '')
    .split(inStanzas ? /\n[ \t]*\n/ : '\n')
    .filter((entry) => !isIt(entry.replace(/\bSuites:/gi, ' ')))
    .join(end);
}
