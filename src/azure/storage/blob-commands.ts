import type { ContainerClient } from '@azure/storage-blob';
import { commandLines } from '../../base/shell.ts';

/** Where a blob lies. */
export interface BlobPlace {
  /** Empty if its address does not tell. */
  account: string;
  container: string;
  name: string;
}

/** The place of a blob in this container. */
export function placeOfBlob({ accountName, containerName }: ContainerClient, name: string): BlobPlace {
  return { account: accountName, container: containerName, name };
}

/** https://learn.microsoft.com/azure/storage/blobs/archive-rehydrate-overview */
export const rehydrate =
  'Move the blob to the hot, cool or cold tier, wait until that is done, then run the job again. At standard priority this takes up to ' +
  '15 hours; at high priority, which costs more, often less than one for a blob below 10 GB. Azure charges an early deletion fee for a ' +
  'blob that has been in the archive tier for less than 180 days. A lifecycle rule of the account may archive it again.';
export const rehydrationPending =
  'Wait until that is done, up to 15 hours at standard priority, then run the job again. Setting the tier again with ' +
  '--rehydrate-priority High makes it faster, and costs more.';

/** What to do about a blob in the archive tier, with the command. */
export function rehydrateAdvice(place: BlobPlace): string {
  const command =
    'az storage blob set-tier --account-name "$account" --container-name "$container" --name="$blob" ' +
    '--tier Hot --rehydrate-priority High --auth-mode login';
  return `${rehydrate}\n${blobCommand(place, command)}`;
}

/**
 * How a deleted backup is brought back, with the commands. Where versioning is on, undelete brings back deleted versions and none of them
 * becomes the blob: that is done by a copy. https://learn.microsoft.com/azure/storage/blobs/soft-delete-blob-overview
 * @param url of the blob, with its name as URLs have it
 */
export function undeleteAdvice(place: BlobPlace, url: string): string {
  const inContainer = '--account-name "$account" --container-name "$container"';
  const is = 'backup_file_name';
  const undelete = blobCommand(
    place,
    `az storage blob undelete ${inContainer} --name="$blob" --auth-mode login`,
  );
  const { source, encoded } = urlInBash(url, place);
  const copy = commandLines(
    [
      ...(encoded === place.name ? [] : [{ variable: 'encoded', value: encoded, is }]),
      {
        ...{ variable: 'newest', is },
        value: `max([?name=='${place.name.replaceAll("'", "\\'")}'].versionId)`,
      },
    ],
    'az storage blob copy start --account-name "$account" --destination-container "$container" --destination-blob="$blob" ' +
      `--source-uri "${source}?versionid=$(az storage blob list ${inContainer} --prefix="$blob" --include v ` +
      '--num-results \'*\' --query "$newest" --output tsv --auth-mode login)" --auth-mode login',
  );
  return `If it was deleted, bring it back while soft delete keeps it:\n${undelete}\nIf the account has versioning on, then also make the newest version the blob again:\n${copy}`;
}

/** A blob's URL with the variables for what GitHub masks where it is shown, and the blob's name as it stands in there. */
function urlInBash(
  url: string,
  { account, container, name }: BlobPlace,
): { source: string; encoded: string } {
  const { protocol, host, pathname } = new URL(url);
  const parts = pathname.slice(1).split('/');
  const at = parts.indexOf(encodeURIComponent(container));
  const before = parts.slice(0, at).map((part) => (part === encodeURIComponent(account) ? '$account' : part));
  const encoded = parts.slice(at + 1).join('/');
  const place = host.startsWith(`${account}.`) ? `$account${host.slice(account.length)}` : host;
  const blob = encoded === name ? '$blob' : '$encoded';
  return { source: `${protocol}//${[place, ...before, '$container', blob].join('/')}`, encoded };
}

/** How to see whether a backup was made, with the command. */
export function lookAdvice(place: BlobPlace): string {
  const command =
    'az storage blob exists --account-name "$account" --container-name "$container" --name="$blob" --auth-mode login';
  return `A blob appears under this name only when the backup is complete. Check whether it exists:\n${blobCommand(place, command)}`;
}

function blobCommand({ account, container, name }: BlobPlace, command: string): string {
  return commandLines(
    [
      { variable: 'account', value: account || 'ACCOUNT', is: 'STORAGE_ACCOUNT_NAME' },
      { variable: 'container', value: container, is: 'STORAGE_CONTAINER_NAME' },
      { variable: 'blob', value: name, is: 'backup_file_name' },
    ],
    command,
  );
}
