import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { InstalledClient } from './clients.ts';

/** Lines of a shell script that runs before each of the programs, in which `$0` and `$@` are the program's. */
export interface PosingOptions {
  before?: string;
}

/**
 * Makes programs that say they are of other majors, and are those of one client, so that the action takes that one for a
 * server whose own client this machine has, too.
 * @param folder where to put them; it has to be there
 * @param majors that they pose as
 * @returns a PATH on which they come first
 */
export async function posingClient(
  folder: string,
  client: InstalledClient,
  majors: readonly number[],
  { before = '' }: PosingOptions = {},
): Promise<string> {
  const folders = majors.map((major) => join(folder, `posing-as-${major}`));
  for (const [index, major] of majors.entries()) {
    const place = folders[index] ?? '';
    await mkdir(place);
    for (const name of ['psql', 'pg_dump', 'pg_restore'] as const) {
      const script = [
        '#!/bin/sh',
        `[ "$1" = --version ] && echo "${name} (PostgreSQL) ${major}.99" && exit`,
        before,
        `exec "${client[name]}" "$@"`,
      ];
      await writeFile(join(place, name), `${script.join('\n')}\n`, { mode: 0o755 });
    }
  }
  return [...folders, process.env['PATH'] ?? ''].join(delimiter);
}
