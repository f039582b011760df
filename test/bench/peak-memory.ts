import type { StepResult } from '../support/runner/runner.ts';
import { type Surroundings, succeeded } from './surroundings.ts';

/**
 * Makes a backup and restores it, and gives the peak of each process (VmHWM, in bytes). It is apart from the runs that
 * are timed: looking every 20 ms takes time of its own.
 */
export async function peakMemory(
  { world, jobs, database }: Surroundings,
  compression: string,
): Promise<Map<string, number>> {
  const backup = succeeded(await jobs.backup(database, { inputs: { compression }, watch: true }));
  const name = backup.outputs['backup_file_name'] ?? '';
  const restore = succeeded(await jobs.restore(database, name, { inputs: { jobs: 'auto' }, watch: true }));
  await world.backups.remove(name);
  return new Map([...peaksOf('backup', backup), ...peaksOf('restore', restore)]);
}

/** Told by command lines: where the programs are scripts around the real ones, those have other names. */
function peaksOf(job: string, { peakMemory: own = 0, processes }: StepResult): Map<string, number> {
  const peaks = new Map([[`${job}: the action's node`, own]]);
  for (const { commandLines, peakMemory } of processes) {
    const program = /\b(psql|pg_dump|pg_restore)\b(?!.*--version)/.exec(commandLines.at(-1) ?? '')?.[1];
    if (program === undefined) continue;
    const name = `${job}: \`${program}\``;
    peaks.set(name, Math.max(peaks.get(name) ?? 0, peakMemory));
  }
  return peaks;
}
