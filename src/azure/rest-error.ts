import { isRestError, RestError } from '@azure/core-rest-pipeline';
import { fieldsOf, readJson, textOf } from './json-response.ts';

export { isRestError, type RestError };

/** What is said of an answer that redirects. */
export const redirected = 'the response redirects to another address, which is not followed';

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
  const own = withoutBody(error);
  const details = fieldsOf(error.details) ?? {};
  const answer = readJson(error.response?.bodyAsText);
  const body = 'fields' in answer ? answer.fields : {};
  const said = fieldsOf(details['error']) ?? fieldsOf(body['error']) ?? {};
  const inside = fieldsOf(said['innerError']) ?? fieldsOf(said['innererror']) ?? {};
  const code =
    error.response?.headers.get('x-ms-error-code') ??
    textOf(details['errorCode']) ??
    textOf(said['code']) ??
    own.code ??
    '';
  const words = textOf(said['message']) ?? textOf(body['message']) ?? own.message;
  const status = error.statusCode === undefined ? '' : `HTTP ${error.statusCode}`;
  const sentence = words.split(/\r?\n/).find((line) => line.trim() !== '') ?? '';
  const otherwise = /^HTTP 3/.test(status) ? redirected : 'no message';
  const known = [code, status].filter((part) => part !== '').join(', ');
  return {
    code,
    inner: textOf(inside['code']) ?? '',
    message: known === '' ? sentence : `${sentence.trim() || sentences.get(code) || otherwise} (${known})`,
  };
}

/**
 * The same error, or if its message quotes the answer, as that of an SDK does which could not read one, another in its place that
 * does not. An answer that nobody could read is nothing to be shown, nor is what a parser says of it.
 */
export function withoutBody(error: RestError): RestError {
  const body = error.response?.bodyAsText?.trim() ?? '';
  const unreadable = error.code === RestError.PARSE_ERROR;
  if (!unreadable && (body === '' || !error.message.includes(body))) return error;
  const { statusCode } = error;
  const page = body.startsWith('<') && !body.startsWith('<?xml');
  return new RestError(
    page
      ? 'the response is an HTML page, as from a proxy or firewall'
      : 'the response cannot be read: it has another format, or was cut off or changed on the way',
    { ...(statusCode !== undefined && { statusCode }), ...(error.request && { request: error.request }) },
  );
}
