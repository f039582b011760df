import { storageScope } from '../azure/audience.ts';
import { type BackupContainer, type BackupStore, openBackupStore } from '../azure/storage/backup-store.ts';
import type { Step } from '../base/step.ts';
import type { StorageRequest } from './request.ts';
import { signInFor } from './sign-in.ts';

/**
 * Signs in, and opens the container of the backups, for a job that works with that alone.
 * @throws Failure
 */
export async function openStore(
  { principal, store, patience }: StorageRequest,
  step: Step,
): Promise<BackupStore> {
  const credential = await step.phase('Sign in to Azure', () =>
    signInFor({ principal, patience }, storageScope, step),
  );
  return openBackupStore(store, credential, { patience, info: step.info });
}

/** Where the backups are, for people. */
export function placeToShow({ accountUrl, container, folder }: BackupContainer): {
  container: string;
  host: string;
  folder: string;
} {
  return { container, host: new URL(accountUrl).host, folder };
}
