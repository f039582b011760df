import { accountKey } from '../support/azure/backups.ts';
import type { Contender } from './measuring.ts';
import { originalWay } from './original.ts';
import { type Surroundings, succeeded } from './surroundings.ts';

/** The name of the contender that the others are compared with. */
export const theAction = 'the action, from start to end of the step';

/**
 * Ways to make a backup of the database.
 * @param compression of all but the original way, which takes what `pg_dump` does by itself
 * @param withRclone whether rclone is there to be one of them
 */
export function backupContenders(
  surroundings: Surroundings,
  compression: string,
  withRclone: boolean,
): Contender[] {
  const { world, client, jobs, database, run } = surroundings;
  const original = originalWay(surroundings);
  const dump = ['--format=custom', `--compress=${compression}`, `--dbname=${database}`];
  const remove = async (): Promise<void> => {
    for (const name of await world.backups.list()) await world.backups.remove(name);
  };

  return [
    {
      name: theAction,
      run: async () => succeeded(await jobs.backup(database, { inputs: { compression } })),
      after: remove,
    },
    { name: `\`pg_dump --compress=${compression}\` to nowhere`, run: () => run(client.pg_dump, dump) },
    ...(withRclone
      ? [
          {
            name: `\`pg_dump --compress=${compression}\`, piped into \`rclone rcat\``,
            run: () =>
              run('bash', [...pipeline, client.pg_dump, rcatTarget(world), ...dump], rcloneVariables(world)),
            after: remove,
          },
        ]
      : []),
    {
      name: 'the original way: `pg_dump --format=custom` to a file, then an upload',
      run: original.backup,
      after: async () => {
        await original.removeFile();
        await remove();
      },
    },
  ];
}

/** The shell's own pipe between the two, and the failure of either. */
const pipeline = ['-o', 'pipefail', '-c', 'dump=$0 target=$1; shift; "$dump" "$@" | rclone rcat "$target"'];

function rcatTarget({ backups }: Surroundings['world']): string {
  return `azurite:${backups.container}/rclone.dump`;
}

/** Settings of rclone, which takes them from its environment. Only as its "emulator" it takes Azurite's whole URL. */
function rcloneVariables({ azurite, caFile }: Surroundings['world']): Record<string, string> {
  return {
    RCLONE_CONFIG: '/dev/null',
    RCLONE_CA_CERT: caFile,
    RCLONE_CONFIG_AZURITE_TYPE: 'azureblob',
    RCLONE_CONFIG_AZURITE_USE_EMULATOR: 'true',
    RCLONE_CONFIG_AZURITE_ENDPOINT: azurite.accountUrl,
    RCLONE_CONFIG_AZURITE_ACCOUNT: azurite.accountName,
    RCLONE_CONFIG_AZURITE_KEY: accountKey,
  };
}
