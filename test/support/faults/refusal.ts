import { randomUUID } from 'node:crypto';
import { EntraError, errorAnswer } from '../azure/entra-error.ts';
import { vaultHeaders } from '../azure/key-vault.ts';
import type { Endpoint, StrangersAnswer } from './fault.ts';

/**
 * A refusal as the endpoint itself gives it. `code` is that of Key Vault or Blob Storage, of Entra ID the number of an AADSTS error or a
 * word of OAuth; GitHub has none. Without a message, Blob Storage's has no body, as its answers to HEAD.
 */
export function refusal(
  endpoint: Endpoint,
  status: number,
  code: string | number,
  message?: string,
  headers: Record<string, string> = {},
): { answer: StrangersAnswer } {
  const { headers: own, body } = forms[endpoint](code, message);
  return { answer: { status, headers: { ...own, ...headers }, body } };
}

type Form = (
  code: string | number,
  message: string | undefined,
) => { headers: Record<string, string>; body: string };

const json = 'application/json; charset=utf-8';

const forms: Record<Endpoint, Form> = {
  github: (code, message = String(code)) => ({
    headers: { 'content-type': json },
    body: JSON.stringify({ message }),
  }),
  entra: (code, message = 'A transient error has occurred. Please try again.') => ({
    headers: { 'content-type': json, 'x-ms-request-id': randomUUID() },
    body: JSON.stringify(
      typeof code === 'number'
        ? errorAnswer(
            new EntraError('temporarily_unavailable', code, message),
            'https://login.example.test',
            null,
          ).body
        : { error: code, error_description: message },
    ),
  }),
  vault: (code, message = String(code)) => ({
    headers: { 'content-type': json, ...vaultHeaders() },
    body: JSON.stringify({ error: { code, message } }),
  }),
  blob: (code, message) => {
    const id = randomUUID();
    const headers = {
      'content-type': 'application/xml',
      server: 'Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0',
      'x-ms-error-code': String(code),
      'x-ms-request-id': id,
      'x-ms-version': '2025-11-05',
    };
    return { headers, body: message === undefined ? '' : xml(String(code), message, id) };
  },
};

/** https://learn.microsoft.com/rest/api/storageservices/status-and-error-codes2 */
function xml(code: string, message: string, id: string): string {
  const ids = `RequestId:${id}\nTime:${new Date().toISOString()}`;
  return `\ufeff<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${message}\n${ids}</Message></Error>`;
}
