import { type Backups, createBackups } from '../support/azure/backups.ts';
import { type Fault, type Passing, startFaults } from '../support/faults/start-faults.ts';
import type { Certificate } from '../support/machine/certificates.ts';
import type { Scene } from './scene.ts';

/** The container of a world, and the account as the step is given it, in the words of an error. */
export function placeOf(
  { world }: Scene,
  accountUrl = world.azurite.accountUrl,
  { container }: Pick<Backups, 'container'> = world.backups,
): string {
  return `in container "${container}" on ${new URL(accountUrl).host}`;
}

/** A container of a case's own, so that others see nothing of what is put into it. */
export interface OwnContainer {
  backups: Backups;
  inputs: { storage_container_name: string };
  /** As `placeOf` has it. */
  place: string;
}

/** Makes a container with these blobs. */
export async function ownContainer(
  scene: Scene,
  blobs: Record<string, Buffer | string> = {},
  metadata: Record<string, string> = {},
): Promise<OwnContainer> {
  const backups = await createBackups(scene.world.azurite);
  for (const [name, content] of Object.entries(blobs)) await backups.put(name, content, metadata);
  const inputs = { storage_container_name: backups.container };
  return { backups, inputs, place: placeOf(scene, undefined, backups) };
}

/** What fails in the end, fails soon. */
export const impatient = { retry_timeout_seconds: '10' };

/** A way to the account on which requests meet with what `decide` says; `place` is the container by this way. */
export async function byWay(
  scene: Scene,
  decide: (passing: Passing) => Fault,
  certificate?: Certificate,
): Promise<{ inputs: { storage_account_url: string }; place: string; url: string; putBack: () => unknown }> {
  const { inputs, stop } = await startFaults(scene.world, decide, certificate && { certificate });
  const { storage_account_url } = inputs;
  const place = placeOf(scene, storage_account_url);
  return { inputs: { storage_account_url, ...impatient }, place, url: storage_account_url, putBack: stop };
}

export const isBlock = ({ kind }: Passing): boolean => kind === 'blob block';
