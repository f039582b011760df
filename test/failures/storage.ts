import { expect } from 'vitest';
import { adviceOnStranger } from '../../src/azure/not-azure.ts';
import { serviceVersion } from '../../src/azure/storage/wire/http-client.ts';
import { refusal } from '../support/faults/start-faults.ts';
import { localNames, makeAuthority } from '../support/machine/certificates.ts';
import { startSilentServer } from '../support/machine/silent-server.ts';
import type { Arranged, Case, Group } from './row.ts';
import type { Scene } from './scene.ts';
import { byWay, impatient, isBlock, ownContainer, placeOf } from './storage-places.ts';
import { like, notInDns } from './texts.ts';

/** What Blob Storage answers, to requests that have a body in the answer. */
const notAuthorized = refusal(
  'blob',
  403,
  'AuthorizationFailure',
  'This request is not authorized to perform this operation.',
);
const noPermission = refusal(
  'blob',
  403,
  'AuthorizationPermissionMismatch',
  'This request is not authorized to perform this operation using this permission.',
);
const busy = refusal('blob', 503, 'ServerBusy', 'Ingress is over the account limit.');

const noFirewall = `This request is not authorized to perform this operation. (AuthorizationFailure, HTTP 403)
The storage account's firewall blocks the runner. Use a runner in an allowed network (input runs_on of the workflow). GitHub-hosted runners change addresses; do not open the account to all networks for them.`;
const noRole = `This request is not authorized to perform this operation using this permission. (AuthorizationPermissionMismatch, HTTP 403)
Assign the role "Storage Blob Data Contributor" on the container to azure_client_id (Owner is not enough), wait a few minutes until it takes effect, then run the job again.`;
const noContainer = `The specified container does not exist. (ContainerNotFound, HTTP 404)
Check storage_container_name and storage_account_name: the container has to exist in this account.`;
const noBlob = 'The specified blob does not exist. (BlobNotFound, HTTP 404)\n';

/** The lines that say which blob the command below them is about. */
function linesOfBlob({ world }: Scene, container: string, name: string): string {
  const account = new URL(world.azurite.accountUrl).pathname.slice(1);
  return `account=${account} # STORAGE_ACCOUNT_NAME\ncontainer=${container} # STORAGE_CONTAINER_NAME\nblob=${name} # backup_file_name\n`;
}

function undelete(
  scene: Scene,
  container: string,
  name: string,
  url = scene.world.azurite.accountUrl,
): string {
  const inContainer = '--account-name "$account" --container-name "$container"';
  return `If it was deleted, bring it back while soft delete keeps it:
${linesOfBlob(scene, container, name)}az storage blob undelete ${inContainer} --name="$blob" --auth-mode login
If the account has versioning on, then also make the newest version the blob again:
newest='max([?name=='\\''${name}'\\''].versionId)' # backup_file_name
az storage blob copy start --account-name "$account" --destination-container "$container" --destination-blob="$blob" --source-uri "${new URL(url).origin}/$account/$container/$blob?versionid=$(az storage blob list ${inContainer} --prefix="$blob" --include v --num-results '*' --query "$newest" --output tsv --auth-mode login)" --auth-mode login`;
}

const newName = /shop_backup_\d{14}\.dump/;
const untouched = 'Database "shop" was not touched by this restore.';

/** Both jobs, of which each first looks for a blob: a backup for a name that is free, a restore for the backup. */
function bothJobs(
  meet: (scene: Scene) => Promise<Omit<Arranged, 'message'> & { place: string; says: string | RegExp }>,
): Case[] {
  return (['backup', 'restore'] as const).map((job) => ({
    title: job,
    job,
    concurrent: true,
    arrange: async (scene) => {
      const { place, says, ...arranged } = await meet(scene);
      const message =
        job === 'backup'
          ? like`Looking for a blob named "${newName}" ${place} failed: ${says}`
          : like`Looking up backup "${scene.backup.name}" ${place} failed: ${says}\n${untouched}`;
      return { ...arranged, message };
    },
  }));
}

/** A backup whose name another writer takes before its first block is there. */
async function race(scene: Scene, { leased }: { leased: boolean }): Promise<Arranged> {
  const { backups, inputs } = await ownContainer(scene);
  let name = '';
  let others: Promise<unknown> | undefined;
  const write = async (): Promise<void> => {
    await backups.put(name, 'of another writer');
    if (leased) await backups.client.getBlobClient(name).getBlobLeaseClient().acquireLease(-1);
  };
  const way = await byWay(scene, (passing) => {
    if (!isBlock(passing)) return 'pass';
    name = decodeURIComponent(passing.url.pathname.split('/').at(-1) ?? '');
    others ??= write();
    return { after: () => others ?? Promise.resolve() };
  });
  const place = placeOf(scene, way.inputs.storage_account_url, backups);
  return {
    inputs: { ...way.inputs, ...inputs },
    message: like`Writing "${newName}" ${place} failed: a blob with this name exists, and a backup never replaces another
Run the backup again: its name contains the time, and will be another one.`,
    putBack: async () => {
      await way.putBack();
      expect(await backups.list()).toEqual([name]);
      expect((await backups.read(name)).toString()).toBe('of another writer');
    },
  };
}

/** The restore of a backup that is not there, from a container with these blobs of as many bytes. */
async function missing(scene: Scene, sizes: Record<string, number>, others: string): Promise<Arranged> {
  const blobs = Object.entries(sizes).map(([name, bytes]) => [name, Buffer.alloc(bytes)]);
  const { backups, inputs, place } = await ownContainer(scene, Object.fromEntries(blobs));
  const name = 'shop_backup_20261122154211.dump';
  return {
    inputs: { ...inputs, backup_file_name: name },
    message: `Looking up backup "${name}" ${place} failed: ${noBlob}${others}\n${undelete(scene, backups.container, name)}\n${untouched}`,
  };
}

/** The storage account: reaching it, its rights, its container, and what is in that. */
export const storage: Group = {
  title: 'Storage account and container',
  rows: [
    {
      what: 'There is no storage account with this name',
      seen: 'Check storage_account_name, or storage_account_url',
      remedy:
        'Correct the name; for a runner in a virtual network, check that its private DNS zone has a record for the account',
      cases: bothJobs(async (scene) => {
        const storage_account_url = 'https://no-such-account.invalid';
        return {
          inputs: { storage_account_url, ...impatient },
          place: placeOf(scene, storage_account_url),
          says: new RegExp(
            `no-such-account\\.invalid${notInDns.source}\nCheck storage_account_name, or storage_account_url if set\\. For a runner in a virtual network, check that its private DNS zone has a record for the account\\.`,
          ),
        };
      }),
    },
    {
      what: 'Nothing answers where the storage account should be',
      seen: 'refused the connection',
      remedy: 'Give the runner network access to the account, or correct `storage_account_url`',
      cases: bothJobs(async (scene) => {
        const storage_account_url = 'https://127.0.0.1:1/account';
        return {
          inputs: { storage_account_url, ...impatient },
          place: placeOf(scene, storage_account_url),
          says: `127.0.0.1 (127.0.0.1:1) refused the connection (ECONNREFUSED)
Allow this connection in the runner's network, firewall and proxy, then run the job again.`,
        };
      }).slice(0, 1),
    },
    {
      what: 'The storage account does not answer, as one in a network that the runner cannot reach',
      seen: 'did not answer in time',
      remedy: "Use a runner in the account's network (`runs_on`), or give your runner network access",
      cases: bothJobs(async (scene) => {
        const { port, close } = await startSilentServer();
        const storage_account_url = `https://localhost:${port}/account`;
        return {
          inputs: { storage_account_url, ...impatient },
          putBack: close,
          place: placeOf(scene, storage_account_url),
          says: `localhost did not answer in time (ETIMEDOUT)
Allow this connection in the runner's network, firewall and proxy, then run the job again.`,
        };
      }).slice(0, 1),
    },
    {
      what: 'Something between the runner and Azure closes the connections',
      seen: 'ended the connection',
      remedy: 'Run the job again; if it keeps failing, check the firewalls and proxies on the way',
      cases: bothJobs(async (scene) => ({
        ...(await byWay(scene, () => 'drop')),
        says: `localhost ended the connection (ECONNRESET)
Run the job again. If it keeps failing, check the network between the runner and this host.`,
      })).slice(1),
    },
    {
      what: 'A proxy or firewall between the runner and Azure inspects TLS, or the certificate is a private one',
      seen: 'NODE_EXTRA_CA_CERTS',
      remedy:
        "Save the authority's root certificate as a PEM file on the runner, and set `NODE_EXTRA_CA_CERTS` to its path",
      cases: bothJobs(async (scene) => {
        const another = await (await makeAuthority('Another authority')).issue(localNames);
        return {
          ...(await byWay(scene, () => 'pass', another)),
          says: `localhost has a certificate from an unknown authority (UNABLE_TO_VERIFY_LEAF_SIGNATURE)
If a proxy or firewall inspects TLS here, save its root certificate as a PEM file on the runner and set NODE_EXTRA_CA_CERTS to the path of that file, in env: of this step or in the file .env of a self-hosted runner.`,
        };
      }).slice(0, 1),
    },
    {
      what: "The account's firewall blocks the runner",
      seen: '(AuthorizationFailure, HTTP 403)',
      remedy: 'Use a runner in an allowed network (`runs_on`); GitHub-hosted runners change addresses',
      cases: bothJobs(async (scene) => ({ ...(await byWay(scene, () => notAuthorized)), says: noFirewall })),
    },
    {
      what: 'The application may not read or write blobs',
      seen: '(AuthorizationPermissionMismatch, HTTP 403)',
      remedy:
        'Assign it the role *Storage Blob Data Contributor* on the container, and wait a few minutes; Owner is not enough',
      cases: [
        ...bothJobs(async (scene) => ({ ...(await byWay(scene, () => noPermission)), says: noRole })),
        {
          title: 'backup by one that may only read',
          job: 'backup',
          concurrent: true,
          arrange: async (scene) => {
            const { place, ...way } = await byWay(scene, ({ method }) =>
              method === 'PUT' ? noPermission : 'pass',
            );
            return { ...way, message: like`Writing "${newName}" ${place} failed: ${noRole}` };
          },
        },
      ],
    },
    {
      what: 'There is no such container',
      seen: '(ContainerNotFound, HTTP 404)',
      remedy: 'Correct `storage_container_name`, or create the container: the action does not create it',
      cases: bothJobs(async (scene) => ({
        inputs: { storage_container_name: 'no-such-container' },
        place: placeOf(scene, undefined, { container: 'no-such-container' }),
        says: noContainer,
      })),
    },
    {
      what: 'There is no such backup',
      seen: '(BlobNotFound, HTTP 404)',
      remedy:
        'Use one of the names in the error. A folder is a part of the name; the command in the error brings a deleted one back while soft delete keeps it',
      cases: [
        {
          title: 'others are there, of which the newest are named',
          job: 'restore',
          concurrent: true,
          arrange: (scene) =>
            missing(
              scene,
              {
                'shop_backup_20251122154210.dump': 1,
                'shop_backup_20261122154210.dump': 1_234_567,
                'shop_backup_20261121154210.dump': 12_345,
                'shop_backup_20261120154210.dump': 0,
                'shop_backup_20261119154210.dump': 1,
                'shop_backup_20261118154210.dump': 999,
                'shop_backup_old_backup_20261123154210.dump': 1,
                'workshop_backup_20261123154210.dump': 1,
                'shop_backup_20261123154210.dump.txt': 1,
              },
              `No such backup (names are case-sensitive). The newest named "shop_backup_…" in this container:
- shop_backup_20261122154210.dump (2026-11-22 15:42:10 UTC, 1.23 MB)
- shop_backup_20261121154210.dump (2026-11-21 15:42:10 UTC, 12.3 kB)
- shop_backup_20261120154210.dump (2026-11-20 15:42:10 UTC, 0 B)
- shop_backup_20261119154210.dump (2026-11-19 15:42:10 UTC, 1 B)
- shop_backup_20261118154210.dump (2026-11-18 15:42:10 UTC, 999 B)`,
            ),
        },
        {
          title: 'none of this database is there',
          job: 'restore',
          concurrent: true,
          arrange: (scene) =>
            missing(
              scene,
              { 'workshop_backup_20261122154210.dump': 1 },
              'No such backup, and none named "shop_backup_…" in this container. Check backup_file_name (names are case-sensitive), blob_prefix and storage_container_name.',
            ),
        },
        {
          title: 'the backups may not be listed',
          job: 'restore',
          concurrent: true,
          arrange: async (scene) => {
            const { place, url, ...way } = await byWay(scene, ({ url }) =>
              url.searchParams.get('comp') === 'list' ? noPermission : 'pass',
            );
            return {
              ...way,
              inputs: { ...way.inputs, backup_file_name: 'x.dump' },
              message: `Looking up backup "x.dump" ${place} failed: ${noBlob}Check backup_file_name (names are case-sensitive).\n${undelete(scene, scene.world.backups.container, 'x.dump', url)}\n${untouched}`,
            };
          },
        },
      ],
    },
    {
      what: 'Another backup of the same database began in the same second',
      seen: 'a blob with this name exists',
      remedy: 'Run the backup again; the other one is complete',
      cases: [
        { job: 'backup', concurrent: true, arrange: (scene) => race(scene, { leased: false }) },
        {
          title: 'and has a lease',
          job: 'backup',
          concurrent: true,
          arrange: (scene) => race(scene, { leased: true }),
        },
      ],
    },
    {
      what: 'The backup is in the archive tier',
      seen: 'in the archive tier',
      remedy:
        'Move it to the hot, cool or cold tier (the error has the command), and wait some hours until that is done',
      cases: [
        {
          job: 'restore',
          concurrent: true,
          arrange: async (scene) => {
            const { name, content } = scene.backup;
            const { backups, inputs, place } = await ownContainer(scene, { [name]: content });
            await backups.client.getBlobClient(name).setAccessTier('Archive');
            return {
              inputs,
              message: `Looking up backup "${name}" ${place} failed: the blob is in the archive tier, where it can be neither read nor changed
Move the blob to the hot, cool or cold tier, wait until that is done, then run the job again. At standard priority this takes up to 15 hours; at high priority, which costs more, often less than one for a blob below 10 GB. Azure charges an early deletion fee for a blob that has been in the archive tier for less than 180 days. A lifecycle rule of the account may archive it again.
${linesOfBlob(scene, backups.container, name)}az storage blob set-tier --account-name "$account" --container-name "$container" --name="$blob" --tier Hot --rehydrate-priority High --auth-mode login
${untouched}`,
            };
          },
        },
      ],
    },
    {
      what: 'The backup was written to while it was read',
      seen: 'The blob changed while it was read',
      remedy: 'Find out who writes to the container, then run the restore again',
      cases: [
        {
          job: 'restore',
          arrange: async (scene) => {
            const { name, content, metadata } = scene.backup;
            const { backups, inputs, place } = await ownContainer(scene, { [name]: content }, metadata);
            let replaced: Promise<void> | undefined;
            return {
              inputs,
              onLine: (line) => {
                if (line.startsWith('::group::Check the server'))
                  replaced ??= backups.put(name, content, metadata);
              },
              message: `Downloading "${name}" ${place} failed: The condition specified using HTTP conditional header(s) is not met. (ConditionNotMet, HTTP 412)
The blob changed while it was read. Run the job again.
${untouched}`,
              putBack: () => replaced,
            };
          },
        },
      ],
    },
    {
      what: 'Something else answers in place of the storage account: a portal to log in at, a proxy or a firewall',
      seen: 'something other than Azure answered',
      remedy: 'Check `HTTPS_PROXY`, `NO_PROXY`, and what the proxy or firewall lets through',
      cases: bothJobs(async (scene) => ({
        ...(await byWay(scene, () => ({
          answer: {
            status: 200,
            headers: { 'content-type': 'text/html', server: 'portal' },
            body: '<html>Log in</html>',
          },
        }))),
        says: `something other than Azure answered, such as a proxy or firewall (HTTP 200, an HTML page, server: portal)
${adviceOnStranger}`,
      })),
    },
    {
      what: 'The storage account is of a cloud that does not know the version of the service that the action needs',
      seen: '(InvalidHeaderValue, HTTP 400)',
      remedy: `Use an account that knows version ${serviceVersion} of the Blob service; every account in Azure does`,
      cases: bothJobs(async (scene) => ({
        ...(await byWay(scene, () => refusal('blob', 400, 'InvalidHeaderValue'))),
        says: `The value for one of the HTTP headers is not in the correct format. (InvalidHeaderValue, HTTP 400)
The account probably does not know version ${serviceVersion} of the Blob service (header x-ms-version), as one on an older Azure Stack Hub. Use an account that does.`,
      })).slice(1),
    },
    {
      what: 'The backup to restore is a folder (accounts with a hierarchical namespace)',
      seen: 'this is a folder, not a blob',
      remedy: 'Correct `backup_file_name`: the whole name, with its folders',
      cases: [
        {
          job: 'restore',
          concurrent: true,
          arrange: async (scene) => {
            const { backups, inputs, place } = await ownContainer(
              scene,
              { folder: '' },
              { hdi_isfolder: 'true' },
            );
            expect(await backups.list()).toEqual(['folder']);
            return {
              inputs: { ...inputs, backup_file_name: 'folder' },
              message: `Looking up backup "folder" ${place} failed: this is a folder, not a blob
Check backup_file_name: it has to be the whole name of a backup, with its folders.
${untouched}`,
            };
          },
        },
      ],
    },
    {
      what: 'The connection was lost while the backup was being committed, and the account could not be asked again',
      seen: 'It is not known whether backup',
      remedy: 'Look for the backup with the command in the error: if it exists, it is complete',
      cases: [
        {
          job: 'backup',
          concurrent: true,
          arrange: async (scene) => {
            const { backups, inputs, place: own } = await ownContainer(scene);
            let lost = false;
            const { place: _, ...way } = await byWay(scene, ({ kind }) => {
              if (kind === 'blob commit') {
                lost = true;
                return 'lose answer';
              }
              return lost && kind === 'blob head' ? busy : 'pass';
            });
            const where = placeOf(scene, way.url, backups);
            expect(own).not.toBe(where);
            const [account = ''] = new URL(way.url).pathname.slice(1).split('/');
            return {
              inputs: { ...way.inputs, ...inputs },
              message: like`Publishing "${newName}" ${where} failed: The server is currently unable to receive requests. Please retry your request. (ServerBusy, HTTP 503)
A blob appears under this name only when the backup is complete. Check whether it exists:
account=${account} # STORAGE_ACCOUNT_NAME
container=${backups.container} # STORAGE_CONTAINER_NAME
blob=${newName} # backup_file_name
az storage blob exists --account-name "$account" --container-name "$container" --name="$blob" --auth-mode login
It is not known whether backup "${newName}" was made.`,
              putBack: async () => {
                await way.putBack();
                expect(await backups.list()).toHaveLength(1);
              },
            };
          },
        },
      ],
    },
    {
      what: 'The storage account is busy or has a problem',
      seen: '(ServerBusy, HTTP 503)',
      remedy: 'Run the job again later, or wait longer with `retry_timeout_seconds`',
      cases: [
        {
          job: 'backup',
          concurrent: true,
          arrange: async (scene) => {
            const { place, ...way } = await byWay(scene, (passing) => (isBlock(passing) ? busy : 'pass'));
            return {
              ...way,
              message: like`Writing "${newName}" ${place} failed: Ingress is over the account limit. (ServerBusy, HTTP 503)
Azure Storage is busy or has a problem. Run the job again later.`,
            };
          },
        },
      ],
    },
  ],
};
