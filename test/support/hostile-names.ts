import { expect } from 'vitest';
import type { Jobs } from './jobs.ts';
import type { World } from './world.ts';

/** Backs a database of this name up, spoils it, and restores it: nothing may have taken its name for anything but a name. */
export async function roundTripOf(
  name: string,
  { world, jobs, restore_strategy }: { world: World; jobs: Jobs; restore_strategy: string },
): Promise<void> {
  await jobs.createDatabase({ name, sql: "CREATE TABLE which AS SELECT 'the right one' AS name" });
  const before = await jobs.text(name);
  const backup = await jobs.backup(name);
  expect(backup.exitCode, backup.log).toBe(0);
  const [blob = '', ...others] = await backupsOf(world, name);
  expect([blob, ...others]).toEqual([backup.outputs['backup_file_name']]);
  expect(blob.split('/')).toHaveLength(1);
  await jobs.query(name, 'DROP TABLE which');
  const restore = await jobs.restore(name, blob, { inputs: { restore_strategy } });
  expect(restore.exitCode, restore.log).toBe(0);
  expect(await jobs.text(name)).toBe(before);
}

/** The backups of a database, found by what is recorded with them. */
async function backupsOf({ backups }: World, database: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, metadata } of backups.client.listBlobsFlat({ includeMetadata: true })) {
    if (decodeURIComponent(metadata?.['database'] ?? '') === database) found.push(name);
  }
  return found;
}
