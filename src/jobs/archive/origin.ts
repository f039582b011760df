import type { MakingRun } from '../result.ts';
import type { BackupMetadata } from './metadata.ts';

/** The run that a backup says it was made by; undefined if it says nothing of the kind. */
export function makingRun({
  repository = '',
  run_id: run = '',
  run_number: number = '',
}: Partial<BackupMetadata>): MakingRun | undefined {
  return repository === '' || run === '' ? undefined : { repository, run, ...(number !== '' && { number }) };
}
