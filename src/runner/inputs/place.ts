import { cloudOf } from '../../azure/cloud.ts';
import { nameRules, problemWithBlobName } from '../../azure/name-rules.ts';
import type { ServicePrincipal } from '../../azure/sign-in/credential.ts';
import type { BackupContainer } from '../../azure/storage/backup-store.ts';
import { type Patience, patienceOf } from '../../base/patience.ts';
import type { StorageRequest } from '../../jobs/request.ts';
import type { Reader } from './reader.ts';

/** Reads who signs in, and where the backups are. */
export function readPlace(read: Reader): Omit<StorageRequest, 'database'> {
  const authorityHost = read.url('azure_authority_host');
  const cloud = cloudOf(authorityHost);
  const principal: ServicePrincipal = {
    clientId: read.named('azure_client_id', nameRules.clientId),
    tenantId: read.named('azure_tenant_id', nameRules.tenantId),
    ...(authorityHost === undefined ? {} : { authorityHost }),
  };
  const subscription = read('azure_subscription_id', { optional: true });
  const accountUrl = read.url('storage_account_url');
  const accountName = read.named('storage_account_name', nameRules.storageAccount, {
    optional: accountUrl !== undefined,
  });
  const store: BackupContainer = {
    accountUrl: accountUrl ?? `https://${accountName}.${cloud.blobSuffix}`,
    container: read.named('storage_container_name', nameRules.container),
    folder: readFolder(read),
  };
  const resourceGroup = read.named('storage_resource_group', nameRules.resourceGroup, { optional: true });
  const account = accountName || URL.parse(store.accountUrl)?.hostname.split('.')[0] || '';
  const isKnown = resourceGroup !== '' && nameRules.clientId.pattern.test(subscription);
  return {
    ...{ cloud, principal, store, patience: readPatience(read) },
    ...(isKnown && { account: { portal: cloud.portal, subscription, resourceGroup, account } }),
  };
}

/** The longest folder, in characters: the longest name of a backup has room after it. */
const longestFolder = 700;

/** @returns empty, also if it is wrong, or with a slash at its end */
function readFolder(read: Reader): string {
  const given = read('blob_prefix', { check: problemWithFolder, optional: true, exact: true });
  return given === '' || problemWithFolder(given) !== undefined ? '' : given.replace(/\/?$/, '/');
}

function problemWithFolder(value: string): string | undefined {
  const folder = value.replace(/(?<=[^/])\/$/, ''); // one slash at its end is as good as none
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(folder)) return 'must be the folder in the container, not a URL';
  if (folder.startsWith('/')) return 'must not begin with a slash';
  if (folder.length > longestFolder)
    return `must have at most ${longestFolder} characters, this one has ${folder.length}`;
  return problemWithBlobName(`${folder}/x`);
}

function readPatience(read: Reader): Patience {
  const seconds = read('retry_timeout_seconds', {
    check: (value) =>
      /^\d{1,5}$/.test(value) && Number(value) >= 10 && Number(value) <= 3600
        ? undefined
        : 'must be a whole number of seconds from 10 to 3600',
    fallback: '300',
  });
  return patienceOf(Number(seconds));
}
