import { nameOfRecorded, putRecorded, type Recorded } from '../support/azure/recorded.ts';
import { refusal } from '../support/faults/start-faults.ts';
import type { Arranged, Group } from './row.ts';
import type { Scene } from './scene.ts';
import { byWay, impatient, ownContainer } from './storage-places.ts';
import { host } from './to-server.ts';

/** Four nightly backups, the oldest first. */
function nights(scene: Scene, hosts: readonly string[] = [host]): Recorded[] {
  return [24, 25, 26, 27].map((day, index) => ({
    database: scene.database,
    host: hosts[index % hosts.length] ?? host,
    at: new Date(Date.UTC(2026, 10, day, 2)),
  }));
}

/** A prune that keeps the newest of these, in a container of its own. */
async function pruneOf(
  scene: Scene,
  recorded: readonly Recorded[],
): Promise<{ inputs: Record<string, string>; own: Awaited<ReturnType<typeof ownContainer>> }> {
  const own = await ownContainer(scene);
  await putRecorded(own.backups, recorded);
  return { own, inputs: { ...own.inputs, ...impatient, azure_db_host: host, retention_last: '1' } };
}

/** None of them is deleted, for one cause. */
function allFailed(scene: Scene, cause: string, advice: string): Pick<Arranged, 'message' | 'hasResult'> {
  const [, ...others] = nights(scene).map(nameOfRecorded).toReversed();
  const lines = others.toReversed().map((name) => `- "${name}"`);
  return {
    hasResult: true,
    message: [`3 of 3 backups could not be deleted: ${cause}`, ...lines, advice, 'Nothing was deleted.'].join(
      '\n',
    ),
  };
}

/** What a retention meets that runs as a job of its own. After a backup, the same is a warning. */
export const retention: Group = {
  title: 'Retention',
  rows: [
    {
      what: 'The identity may read backups and not delete them',
      seen: 'lets it read blobs and not delete them',
      remedy:
        'Assign the role *Storage Blob Data Contributor* on the container to the identity that prunes, or a role of your own that may delete blobs',
      cases: [
        {
          job: 'prune',
          concurrent: true,
          async arrange(scene) {
            const words = 'This request is not authorized to perform this operation using this permission.';
            const { inputs } = await pruneOf(scene, nights(scene));
            const way = await byWay(scene, ({ kind }) =>
              kind === 'blob DELETE'
                ? refusal('blob', 403, 'AuthorizationPermissionMismatch', words)
                : 'pass',
            );
            return {
              inputs: { ...inputs, ...way.inputs },
              putBack: way.putBack,
              ...allFailed(
                scene,
                `${words} (AuthorizationPermissionMismatch, HTTP 403)`,
                'The role of azure_client_id lets it read blobs and not delete them. Assign the role "Storage Blob Data Contributor" on the container, or a custom role with the data action Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete, to the identity that deletes backups.',
              ),
            };
          },
        },
      ],
    },
    {
      what: 'Somebody has leased backups that are to be deleted',
      seen: 'Somebody has leased it',
      remedy: 'Wait until the lease has ended, or break it, then run the job again; all others are deleted',
      cases: [
        {
          job: 'prune',
          concurrent: true,
          async arrange(scene) {
            const { inputs, own } = await pruneOf(scene, nights(scene));
            for (const name of await own.backups.list())
              await own.backups.client.getBlobClient(name).getBlobLeaseClient().acquireLease(-1);
            return {
              inputs,
              ...allFailed(
                scene,
                'There is currently a lease on the blob and no lease ID was specified in the request. (LeaseIdMissing, HTTP 412)',
                'Somebody has leased it. Wait until the lease has ended, or break it, then run the job again.',
              ),
            };
          },
        },
      ],
    },
    {
      what: '`source_db_host` names several servers that are in use',
      seen: 'the servers take turns',
      remedy:
        'Name one server, by the names that it has and had: rules count the backups of one server. Prune each by itself',
      cases: [
        {
          job: 'prune',
          concurrent: true,
          async arrange(scene) {
            const { inputs } = await pruneOf(scene, nights(scene, ['a.example', 'b.example']));
            return {
              inputs: { ...inputs, source_db_host: 'a.example, b.example' },
              message:
                `Choosing which backups of "${scene.database}" stay failed: the servers take turns, as one that moved to another name does not: ` +
                '"b.example" (newest 2026-11-27 02:00:00 UTC), "a.example" (newest 2026-11-26 02:00:00 UTC)\n' +
                'In source_db_host, name one server only, by the names that it has and had. Rules count the backups of one server: prune each by itself, also where one server has changed its name back and forth.\n' +
                'Nothing was deleted.',
            };
          },
        },
      ],
    },
  ],
};
