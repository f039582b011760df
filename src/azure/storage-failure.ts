import { causeOf, Failure } from '../failure.ts';
import { detailOf, isRestError } from './rest-error.ts';

/** An error of the storage account as a `Failure`, in Azure's words and with what to do. */
export function storageFailure(tried: string, error: unknown): Failure {
  return new Failure({ tried, ...explain(error) }, { cause: error });
}

/** https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes */
function explain(error: unknown): { cause: string; advice: string } {
  if (!isRestError(error)) {
    const full = (error as NodeJS.ErrnoException).code === 'ENOSPC';
    return { cause: causeOf(error), advice: full ? "Make room on the runner's disk." : 'Run the job again.' };
  }
  const { code, message } = detailOf(error);
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return { cause: `no such host (${code})`, advice: 'Check storage_account_name.' };
    case 'ContainerNotFound':
      return {
        cause: `there is no container of that name (${code}, HTTP 404)`,
        advice: 'Check storage_container_name; the container has to exist already.',
      };
    case 'BlobNotFound':
      return {
        cause: `there is no blob of that name (${code}, HTTP 404)`,
        advice: 'Check backup_file_name, upper and lower case included.',
      };
    case 'AuthorizationPermissionMismatch':
      return {
        cause: message,
        advice:
          'Give the application the role "Storage Blob Data Contributor" on the storage account or the container. ' +
          'Being its Owner is not enough, and a new assignment takes some minutes.',
      };
    case 'AuthorizationFailure':
    case 'PublicAccessNotPermitted':
      return { cause: message, advice: "Let the runner's network through the storage account's firewall." };
    case 'ConditionNotMet':
      return { cause: message, advice: 'The blob was changed while it was read. Run the job again.' };
    default:
      return { cause: message, advice: 'Check the storage account, and run the job again.' };
  }
}
