import { createHttpHeaders } from '@azure/core-rest-pipeline';
import { expect, test } from 'vitest';
import { strangerIn } from '../../../src/azure/not-azure.ts';

const between = 'something other than Azure answered, such as a proxy or firewall';

test.each([
  ['a request id', 403, { 'x-ms-request-id': '1', server: 'squid/5.7', via: '1.1 proxy' }],
  [
    'another header of its kind, in capitals',
    503,
    { 'X-MS-Ests-Server': '2.1', 'content-type': 'text/html' },
  ],
  ['the mark of Front Door', 503, { 'X-Azure-Ref': '0abc', 'content-type': 'text/html' }],
])('an answer with %s is of Azure', (_, status, headers) => {
  expect(strangerIn({ status, headers: createHttpHeaders(headers) })).toBeUndefined();
});

test.each<[string, number, Record<string, string>, string]>([
  ['nothing', 403, {}, `${between} (HTTP 403)`],
  ['nothing, and a 200', 200, { 'content-type': 'application/json' }, `${between} (HTTP 200)`],
  [
    'a page and its name',
    403,
    { 'content-type': 'text/html; charset=utf-8', server: 'Zscaler proxy' },
    `${between} (HTTP 403, an HTML page, server: Zscaler proxy)`,
  ],
  [
    'its way, and a name that is no plain text',
    502,
    { via: '1.1 proxy.corp.example (squid/5.7)', server: 'x\u001b[31m' },
    `${between} (HTTP 502, server: "x\\u001b[31m", via: "1.1 proxy.corp.example (squid/5.7)")`,
  ],
  ['a name without letters', 502, { server: '  ' }, `${between} (HTTP 502)`],
  [
    'a very long name',
    502,
    { server: 'x'.repeat(200) },
    `${between} (HTTP 502, server: "${'x'.repeat(80)}")`,
  ],
  [
    'the wish for a login',
    407,
    { 'proxy-authenticate': 'Basic', via: '1.1 proxy' },
    'a proxy requires a login (HTTP 407, via: 1.1 proxy)',
  ],
  [
    'something that only looks like it',
    403,
    { 'my-x-ms-request-id': '1', 'x-azure-reference': '2' },
    `${between} (HTTP 403)`,
  ],
])('an answer with %s is of something else', (_, status, headers, cause) => {
  expect(strangerIn({ status, headers: createHttpHeaders(headers) })).toBe(cause);
});
