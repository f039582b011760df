import { createHttpHeaders, createPipelineRequest, RestError } from '@azure/core-rest-pipeline';
import fc, { type Arbitrary } from 'fast-check';
import { almost, hostileText } from './hostile-text.ts';

/** Anything that JSON can say, at the places where an answer of Azure has words, too. */
export function anyJson(): Arbitrary<unknown> {
  const leaf = fc.oneof(fc.constantFrom(null, true, 0, -1, 1e300, '', [], {}), hostileText(4));
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 5 }),
    ),
  }));
  return value;
}

const keys = [
  ...[
    'error',
    'code',
    'message',
    'innererror',
    'innerError',
    'details',
    'errorCode',
    'value',
    'id',
    'statusCode',
  ],
  ...[
    'hostname',
    'host',
    'address',
    'port',
    'path',
    'cause',
    'errors',
    'request',
    'url',
    'sub',
    'iss',
    'aud',
  ],
  ...['toString', 'valueOf', '__proto__', 'constructor', 'length', 'split'],
];

/** What a server, a proxy or somebody in between may answer with. */
export function anyBody(): Arbitrary<string> {
  // Mostly texts, as the services write them; but nothing says that they must be.
  const said = fc.oneof({ arbitrary: hostileText(4), weight: 4 }, { arbitrary: anyJson(), weight: 1 });
  const refusal = fc
    .tuple(said, said, said)
    .map(([code, message, inner]) =>
      JSON.stringify({ error: { code, message, innererror: { code: inner } } }),
    );
  const xml = fc
    .tuple(hostileText(4), hostileText(4))
    .map(
      ([code, message]) =>
        `\uFEFF<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
    );
  const html = hostileText(6).map(
    (text) => `<!DOCTYPE html><html><head><title>${text}</title></head></html>`,
  );
  const json = anyJson().map((value) => JSON.stringify(value) ?? '');
  return fc.oneof(
    almost(refusal),
    json,
    almost(json),
    almost(xml),
    almost(html),
    hostileText(),
    fc.constant(''),
  );
}

/** An error as the clients of Azure throw it: they put what they have read of the body here or there, of whatever type it is. */
export function anyRestError(): Arbitrary<RestError> {
  return fc
    .record({
      message: fc.oneof(hostileText(6), anyBody()),
      code: fc.option(
        fc.oneof(fc.constantFrom('Forbidden', 'ENOTFOUND', 'BlobNotFound', 'PARSE_ERROR'), hostileText(2)),
      ),
      status: fc.option(fc.constantFrom(200, 400, 401, 403, 404, 409, 412, 429, 500, 503)),
      header: fc.option(fc.constantFrom('BlobNotFound', 'AuthorizationFailure', 'x y', '')),
      body: fc.option(anyBody()),
      details: fc.option(anyJson()),
      host: fc.constantFrom(
        'https://kv-prod.vault.azure.net/secrets/a',
        'https://account.blob.core.windows.net/c/b',
      ),
    })
    .map(({ message, code, status, header, body, details, host }) => {
      const request = createPipelineRequest({ url: host });
      const headers = createHttpHeaders(header === null ? {} : { 'x-ms-error-code': header });
      const error = new RestError(message, {
        request,
        ...(code !== null && { code }),
        ...(status !== null && {
          statusCode: status,
          response: { request, status, headers, bodyAsText: body },
        }),
      });
      if (details !== null) error.details = details;
      return error;
    });
}

/** Anything that may be thrown, errors of the system, of the SDKs and of nobody among it. */
export function anyThrown(): Arbitrary<unknown> {
  const systemError = fc
    .tuple(
      hostileText(4),
      fc.dictionary(fc.constantFrom(...keys), fc.oneof(anyJson(), known), { maxKeys: 6 }),
    )
    .map(([message, fields]) => Object.assign(new Error(message), withoutProto(fields)));
  return fc.oneof(
    anyRestError(),
    systemError,
    fc.tuple(systemError, anyRestError()).map(([error, cause]) => Object.assign(error, { cause })),
    fc.array(systemError, { maxLength: 3 }).map((errors) => new AggregateError(errors)),
    anyJson(),
    fc.anything({ withNullPrototype: true, withBigInt: true, withSymbol: true } as never),
  );
}

const known = fc.constantFrom(
  'ENOTFOUND',
  'ECONNREFUSED',
  'ENOSPC',
  'EACCES',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
);

function withoutProto(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([key]) => !['__proto__', 'message', 'toString'].includes(key)),
  );
}
