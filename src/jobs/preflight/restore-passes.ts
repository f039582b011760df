import path from 'node:path';
import type { Step } from '../../base/step.ts';
import { writeList } from '../../postgres/archive/definitions.ts';
import type { RestorePass } from '../../postgres/restore/pg-restore.ts';
import type { Preflight } from './outcome.ts';

/**
 * The calls of `pg_restore` that fill the new database. One session works through an archive in its own order; several do so
 * in passes, where that has to be.
 * @param way how many sessions work at once
 */
export async function restorePasses(
  { list, inPasses }: Pick<Preflight, 'list' | 'inPasses'>,
  { jobs }: { jobs: number },
  step: Pick<Step, 'info' | 'scratch'>,
): Promise<RestorePass[]> {
  if (jobs === 1 || !inPasses) return [{ jobs, ...(list !== undefined && { list }) }];
  const { why, passes } = inPasses;
  step.info(
    `Restore in ${passes.length} passes, since ${why}: ${passes.map(({ title }) => title).join('; ')}`,
  );
  return Promise.all(
    passes.map(async ({ entries, parallel }, index) => {
      const file = path.join(step.scratch, `pass-${index + 1}.list`);
      await writeList(file, entries);
      const ids = entries.map(({ id }) => id);
      return { jobs: parallel ? Math.min(jobs, entries.length) : 1, list: file, ids };
    }),
  );
}
