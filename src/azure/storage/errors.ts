import { causeOf, type Diagnosis, Failure } from '../../base/failure.ts';
import { shellWord } from '../../base/shell.ts';
import { explainSystemError } from '../../base/system-errors.ts';
import { detailOf, isRestError, withoutBody } from '../rest-error.ts';

/** An error of the storage account as a `Failure`, in Azure's words and with what to do. */
export function storageFailure(tried: string, error: unknown): Failure {
  // Debug logs show what a failure was caused by.
  const cause = isRestError(error) ? withoutBody(error) : error;
  return new Failure({ tried, ...explainStorageError(error) }, { cause });
}

/** What Azure says with one of its codes, and what to do about it. */
interface KnownCode {
  says: string;
  advice: string;
}

const signInAdvice =
  'The account does not take the token of this sign-in: check that it belongs to the directory azure_tenant_id, and to the ' +
  'cloud of azure_authority_host if that is given.';
const whereItIs =
  'Check storage_account_name, or storage_account_url if it is given. For a runner in a virtual network, see that its private ' +
  'DNS zone has a record for the account.';
const runAgain = 'Run the job again.';
const later = 'Azure Storage has trouble or too much to do. Run the job again later.';
/** https://learn.microsoft.com/azure/storage/blobs/archive-rehydrate-overview */
const rehydrate =
  'Move it to the hot, cool or cold tier, wait until that is done (up to 15 hours; at high priority often under one for a blob ' +
  'below 10 GB), then run the restore again.';
export const rehydrationPending = 'Wait until that is done, then run the restore again.';

/** What to do about a blob in the archive tier, with the command. */
export function rehydrateAdvice({ account, container, name }: BlobPlace): string {
  return (
    `${rehydrate} The command: az storage blob set-tier --account-name ${account || 'ACCOUNT'} --container-name ` +
    `${shellWord(container)} --name ${shellWord(name)} --tier Hot --rehydrate-priority High --auth-mode login`
  );
}

/** Where a blob lies. */
interface BlobPlace {
  /** Empty if its address does not tell. */
  account: string;
  container: string;
  name: string;
}

/**
 * By Azure's codes, each with the sentence that Azure sends in the body of an answer, where it has one.
 * https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes
 */
const knownCodes: ReadonlyMap<string, KnownCode> = new Map(
  Object.entries({
    ContainerNotFound: {
      says: 'The specified container does not exist.',
      advice:
        'Check storage_container_name and storage_account_name; the container has to exist already, in this account.',
    },
    ContainerBeingDeleted: {
      says: 'The specified container is being deleted. Try operation later.',
      advice:
        'Wait some minutes and create the container anew, or set storage_container_name to another one.',
    },
    BlobNotFound: {
      says: 'The specified blob does not exist.',
      advice:
        'Check backup_file_name, upper and lower case included. A deleted backup can be brought back while soft delete keeps ' +
        'it: az storage blob undelete.',
    },
    AuthorizationPermissionMismatch: {
      says: 'This request is not authorized to perform this operation using this permission.',
      advice:
        'Give the application azure_client_id the role "Storage Blob Data Contributor" on the container; its role Owner would not ' +
        'be enough. Wait some minutes until Azure knows of it, then run the job again.',
    },
    AuthorizationFailure: {
      says: 'This request is not authorized to perform this operation.',
      advice:
        "The storage account's firewall keeps the runner out. Use a runner in a network that the account lets in (the workflow " +
        "takes runs_on). One of GitHub's own has another address each time; do not open the account to all networks for it.",
    },
    AuthenticationFailed: {
      says: 'Server failed to authenticate the request. Make sure the value of the Authorization header is formed correctly including the signature.',
      advice: signInAdvice,
    },
    InvalidAuthenticationInfo: {
      says: 'Server failed to authenticate the request. Please refer to the information in the www-authenticate header.',
      advice: signInAdvice,
    },
    AccountIsDisabled: {
      says: 'The specified account is disabled.',
      advice: 'See in the portal why the storage account is disabled; often its subscription is.',
    },
    ConditionNotMet: {
      says: 'The condition specified using HTTP conditional header(s) is not met.',
      advice: 'The blob was changed while it was read. Run the job again.',
    },
    BlobArchived: { says: 'This operation is not permitted on an archived blob.', advice: rehydrate },
    BlobBeingRehydrated: {
      says: 'This operation is not permitted because the blob is being rehydrated.',
      advice: rehydrationPending,
    },
    LeaseIdMissing: {
      says: 'There is currently a lease on the blob and no lease ID was specified in the request.',
      advice: 'Break the lease of the blob, or wait until it has ended, then run the job again.',
    },
    ServerBusy: {
      says: 'The server is currently unable to receive requests. Please retry your request.',
      advice: later,
    },
    InternalError: {
      says: 'The server encountered an internal error. Please retry the request.',
      advice: later,
    },
    OperationTimedOut: {
      says: 'The operation could not be completed within the permitted time.',
      advice: later,
    },
  }),
);

const sentences: ReadonlyMap<string, string> = new Map(
  Array.from(knownCodes, ([code, { says }]) => [code, says] as const),
);

/** Cause and advice of an answer that the storage account refused with, of a connection to it, or of a file on the runner. */
export function explainStorageError(error: unknown): Diagnosis {
  if (isRestError(error) && error.statusCode !== undefined) {
    const { code, message } = detailOf(error, sentences);
    const otherwise =
      error.statusCode >= 500 ? later : 'Mend what Azure names there, then run the job again.';
    return { cause: message, advice: knownCodes.get(code)?.advice ?? otherwise };
  }
  const system = explainSystemError(error);
  if (system === undefined) {
    // What the SDK does not find in an answer, it stumbles over.
    if (error instanceof TypeError || error instanceof SyntaxError)
      return { cause: 'the answer is not that of a storage account', advice: whereItIs };
    return {
      cause: isRestError(error) ? detailOf(error).message : causeOf(error),
      advice: runAgain,
    };
  }
  return {
    cause: system.cause,
    advice: system.advice ?? (isRestError(error) ? whereItIs : runAgain),
  };
}
