/**
 * Moves one file to or from a blob with the storage SDK, in a process of its own, as the original workflow did with a
 * command of its own: `node transfer.ts upload|download FILE URL`.
 */
import { BlockBlobClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { accountKey } from '../support/azure/backups.ts';

const [direction, file = '', url = ''] = process.argv.slice(2);
const account = new URL(url).pathname.split('/')[1] ?? '';
const blob = new BlockBlobClient(url, new StorageSharedKeyCredential(account, accountKey));

switch (direction) {
  case 'upload':
    await blob.uploadFile(file);
    break;
  case 'download':
    await blob.downloadToFile(file);
    break;
  default:
    throw new Error(`Neither upload nor download: ${direction}`);
}
