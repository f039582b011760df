import { isRestError, type RestError } from '@azure/core-rest-pipeline';

export { isRestError };

/** What matters of an answer that Azure refused with, or of a connection that failed. */
export interface ErrorDetail {
  /** Azure's error code (`BlobNotFound`), or Node's (`ENOTFOUND`) when there was no answer. */
  code: string;
  /** The code inside the code, where Key Vault says what it means by `Forbidden`. */
  inner: string;
  /** Azure's own sentence, on one line and without the identifiers of the request. */
  message: string;
}

/**
 * Takes Azure's words out of an error of its SDKs, which keep them in different places for each service and method.
 * @param sentences what Azure says with a code, for answers that have no body, as those to HEAD
 */
export function detailOf(error: RestError, sentences: ReadonlyMap<string, string> = new Map()): ErrorDetail {
  const details = (error.details ?? {}) as { errorCode?: string; error?: VaultError; message?: string };
  const vaultError = details.error ?? bodyOf(error);
  const code =
    error.response?.headers.get('x-ms-error-code') ??
    details.errorCode ??
    vaultError?.code ??
    error.code ??
    '';
  const said = vaultError?.message ?? error.message;
  const sentence = said.split(/\r?\n/).find((line) => line.trim() !== '') ?? '';
  const status = error.statusCode === undefined ? '' : `HTTP ${error.statusCode}`;
  const known = [code, status].filter((part) => part !== '').join(', ');
  return {
    code,
    inner: (vaultError?.innerError ?? vaultError?.innererror)?.code ?? '',
    message: known === '' ? sentence : `${sentence.trim() || sentences.get(code) || 'no message'} (${known})`,
  };
}

interface VaultError {
  code?: string;
  message?: string;
  innererror?: { code?: string };
  /** As its client spells it. */
  innerError?: { code?: string };
}

function bodyOf(error: RestError): VaultError | undefined {
  try {
    return (JSON.parse(error.response?.bodyAsText ?? '') as { error?: VaultError }).error;
  } catch {
    return undefined;
  }
}
