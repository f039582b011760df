import { readFile, writeFile } from 'node:fs/promises';
import type { RestorePass } from './pg-restore.ts';

/**
 * Takes entries out of the lists that a restore goes by.
 * @param passes each with a list
 * @param gone the ids of the entries
 * @returns the passes that are left
 */
export async function excludeEntries(
  passes: readonly RestorePass[],
  gone: ReadonlySet<number>,
): Promise<RestorePass[]> {
  if (gone.size === 0) return [...passes];
  const kept: RestorePass[] = [];
  for (const pass of passes) {
    if (pass.list === undefined) throw new Error('A pass without a list takes every entry');
    const lines = (await readFile(pass.list, 'utf8')).split('\n').filter((line) => line !== '');
    const rest = lines.filter((line) => !gone.has(Number.parseInt(line, 10)));
    if (rest.length < lines.length) await writeFile(pass.list, rest.map((line) => `${line}\n`).join(''));
    if (rest.length === 0) continue;
    kept.push({ ...pass, ...(pass.ids && { ids: pass.ids.filter((id) => !gone.has(id)) }) });
  }
  return kept;
}
