import { causeOf, type Diagnosis, Failure } from '../../base/failure.ts';
import { NoAnswer } from '../../base/patience.ts';
import { explainSystemError } from '../../base/system-errors.ts';
import { adviceOnStranger } from '../not-azure.ts';
import { detailOf, isRestError, withoutBody } from '../rest-error.ts';
import { rehydrate, rehydrationPending } from './blob-commands.ts';
import { NotAzure, serviceVersion } from './wire/http-client.ts';

/** An error of the storage account as a `Failure`, in Azure's words and with what to do; one of the sign-in for a request as it is. */
export function storageFailure(tried: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
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
  'The storage account rejected the token of this sign-in. Check that the account belongs to the tenant azure_tenant_id, and to the cloud of azure_authority_host if set.';
const whereItIs =
  'Check storage_account_name, or storage_account_url if set. For a runner in a virtual network, check that its private DNS zone has a record for the account.';
const runAgain = 'Run the job again.';
const stalled =
  'It answered before. Run the job again; if it keeps failing, check the network between the runner and this host.';
const later = 'Azure Storage is busy or has a problem. Run the job again later.';
/**
 * By Azure's codes, each with the sentence that Azure sends in the body of an answer, where it has one.
 * https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes
 */
const knownCodes: ReadonlyMap<string, KnownCode> = new Map(
  Object.entries({
    ContainerNotFound: {
      says: 'The specified container does not exist.',
      advice:
        'Check storage_container_name and storage_account_name: the container has to exist in this account.',
    },
    ContainerBeingDeleted: {
      says: 'The specified container is being deleted. Try operation later.',
      advice:
        'Wait a few minutes and create the container again, or use another one (storage_container_name).',
    },
    BlobNotFound: {
      says: 'The specified blob does not exist.',
      advice: 'Check backup_file_name (names are case-sensitive).',
    },
    AuthorizationPermissionMismatch: {
      says: 'This request is not authorized to perform this operation using this permission.',
      advice:
        'Assign the role "Storage Blob Data Contributor" on the container to azure_client_id (Owner is not enough), wait a few minutes until it takes effect, then run the job again.',
    },
    AuthorizationFailure: {
      says: 'This request is not authorized to perform this operation.',
      advice:
        "The storage account's firewall blocks the runner. Use a runner in an allowed network (input runs_on of the workflow). GitHub-hosted runners change addresses; do not open the account to all networks for them.",
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
      advice: 'Check in the portal why the storage account is disabled; often its subscription is.',
    },
    ConditionNotMet: {
      says: 'The condition specified using HTTP conditional header(s) is not met.',
      advice: 'The blob changed while it was read. Run the job again.',
    },
    BlobArchived: { says: 'This operation is not permitted on an archived blob.', advice: rehydrate },
    BlobBeingRehydrated: {
      says: 'This operation is not permitted because the blob is being rehydrated.',
      advice: rehydrationPending,
    },
    LeaseIdMissing: {
      says: 'There is currently a lease on the blob and no lease ID was specified in the request.',
      advice: 'Wait until the lease of the blob has ended, or break it, then run the job again.',
    },
    InvalidHeaderValue: {
      says: 'The value for one of the HTTP headers is not in the correct format.',
      advice: `The account probably does not know version ${serviceVersion} of the Blob service (header x-ms-version), as one on an older Azure Stack Hub. Use an account that does.`,
    },
    Md5Mismatch: {
      says: 'The MD5 value specified in the request did not match with the MD5 value calculated by the server.',
      advice:
        'Something between the runner and Azure changes what is sent. Run the job again; if it keeps failing, check the proxies and firewalls on the way.',
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

/** Statuses below 500 of what passes by itself. */
const passingBelow500 = new Set([408, 429]);

const sentences: ReadonlyMap<string, string> = new Map(
  Array.from(knownCodes, ([code, { says }]) => [code, says] as const),
);

/** Cause and advice of an answer that the storage account refused with, of a connection to it, or of a file on the runner. */
export function explainStorageError(error: unknown): Diagnosis {
  if (error instanceof NotAzure) return { cause: error.message, advice: adviceOnStranger };
  if (isRestError(error) && error.statusCode !== undefined) {
    const { code, message } = detailOf(error, sentences);
    const passes = error.statusCode >= 500 || passingBelow500.has(error.statusCode);
    const otherwise = passes ? later : 'Fix what Azure reports, then run the job again.';
    return { cause: message, advice: knownCodes.get(code)?.advice ?? otherwise };
  }
  const system = explainSystemError(error);
  if (system === undefined) {
    // What the SDK does not find in an answer, it stumbles over.
    if (error instanceof TypeError || error instanceof SyntaxError)
      return { cause: 'the response is not from a storage account', advice: whereItIs };
    return {
      cause: isRestError(error) ? detailOf(error).message : causeOf(error),
      advice: runAgain,
    };
  }
  // It is neither a firewall that lets nothing through, nor another address.
  if (error instanceof NoAnswer && 'answeredBefore' in error && error.answeredBefore === true)
    return { cause: system.cause, advice: stalled };
  return {
    cause: system.cause,
    advice: system.advice ?? (isRestError(error) ? whereItIs : runAgain),
  };
}
