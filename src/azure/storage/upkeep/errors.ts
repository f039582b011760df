import { Failure } from '../../../base/failure.ts';
import { quoted } from '../../../base/format.ts';
import { detailOf, isRestError } from '../../rest-error.ts';
import type { Access } from '../access.ts';
import { storageFailure } from '../errors.ts';
import { describeBlob } from '../stored-backup.ts';

/** What is done with a blob that exists. */
export type BlobChange = 'delete' | 'record';

const doing: Record<BlobChange, string> = { delete: 'Deleting', record: 'Writing the metadata of' };

const done: Record<BlobChange, string> = {
  delete: 'was deleted',
  record: 'has the new metadata',
};

const immutable = {
  BlobImmutableDueToPolicy:
    'An immutability policy keeps it as it is. Wait until the policy no longer holds for it, then run the job again.',
  BlobImmutableDueToLegalHold:
    'A legal hold keeps it as it is. Have the hold removed by whoever set it, then run the job again.',
};

/** What to do about Azure's codes where they mean something else than to a backup or restore. */
const advices: Record<BlobChange, Readonly<Record<string, string>>> = {
  delete: {
    ConditionNotMet: 'It was changed after it was looked at, and was not deleted. Run the job again.',
    ...immutable,
    SnapshotsPresent:
      'It has snapshots, which this action did not make and does not delete. Delete them first if nobody needs them.',
    AuthorizationPermissionMismatch:
      'The role of azure_client_id lets it read blobs and not delete them. Assign the role "Storage Blob Data Contributor" on the container, or a custom role with the data action Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete, to the identity that deletes backups.',
    LeaseIdMissing:
      'Somebody has leased it. Wait until the lease has ended, or break it, then run the job again.',
  },
  record: {
    ConditionNotMet: 'It was changed after it was looked at, and was left as it is. Run the job again.',
    ...immutable,
    BlobNotFound: 'It was deleted after it was looked at.',
    BlobArchived:
      'Metadata of a blob in the archive tier cannot be changed. Move it to the hot, cool or cold tier first.',
    BlobBeingRehydrated:
      'Metadata of a blob cannot be changed while it is moved out of the archive tier. Wait until that is done, then run the job again.',
    AuthorizationPermissionMismatch:
      'The role of azure_client_id lets it read blobs and not write them. Assign the role "Storage Blob Data Contributor" on the container to it, wait a few minutes until it takes effect, then run the job again.',
    LeaseIdMissing:
      'Somebody has leased it. Wait until the lease has ended, or break it, then run the job again.',
  },
};

/**
 * The condition under which a blob is changed: that it is the one which was looked at. Without an ETag there would be none, and whatever is
 * there by then would be changed.
 * @throws Failure if the ETag is empty
 */
export function onlyIfSame(
  { container }: Access,
  change: BlobChange,
  { name, etag }: { name: string; etag: string },
): { ifMatch: string } {
  if (etag !== '') return { ifMatch: etag };
  throw new Failure({
    tried: `${doing[change]} ${describeBlob(container, name)}`,
    cause: 'the account told no ETag of it, so nothing tells whether it is still what was looked at',
    advice:
      'It was left as it is. Check whether something between the runner and the account changes answers, such as a proxy.',
  });
}

/** What a blob met that was to be changed and is not there any more, where the account does not say so itself. */
export function deletedMeanwhile(): Failure {
  return new Failure({
    cause: 'the blob is not there any more',
    advice: advices.record['BlobNotFound'] ?? '',
  });
}

/**
 * What a change of a blob met, as a `Failure`.
 * @param unknown whether a request was sent that may have been carried out
 */
export function changeFailure(
  { container }: Access,
  change: BlobChange,
  name: string,
  error: unknown,
  unknown: boolean,
): Failure {
  const tried = `${doing[change]} ${describeBlob(container, name)}`;
  const failure = storageFailure(tried, error);
  const explanation = { tried, ...failure.explanation };
  const code = isRestError(error) ? detailOf(error).code : '';
  const advice = advices[change][code] ?? explanation.advice;
  const state = unknown ? { state: `It is not known whether ${quoted(name)} ${done[change]}.` } : {};
  return new Failure({ ...explanation, advice, ...state }, { cause: failure.cause });
}

/** Whether a change was refused because the blob is no longer the one that was looked at. */
export function isOutdated(error: unknown): boolean {
  const cause = error instanceof Failure ? error.cause : undefined;
  return isRestError(cause) && detailOf(cause).code === 'ConditionNotMet';
}
