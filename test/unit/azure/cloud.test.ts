import { describe, expect, test } from 'vitest';
import { cloudOf, isKnownAuthority } from '../../../src/azure/cloud.ts';

const publicNames = { vaultSuffix: 'vault.azure.net', blobSuffix: 'blob.core.windows.net' };

describe('the cloud of an authority', () => {
  test.each([
    ['none', undefined, { ...publicNames, tokenAudience: 'api://AzureADTokenExchange' }],
    ['the public one', 'https://login.microsoftonline.com', publicNames],
    ['the public one with a slash', 'https://login.microsoftonline.com/', publicNames],
    [
      "the US government's",
      'https://login.microsoftonline.us',
      {
        vaultSuffix: 'vault.usgovcloudapi.net',
        blobSuffix: 'blob.core.usgovcloudapi.net',
        tokenAudience: 'api://AzureADTokenExchangeUSGov',
      },
    ],
    [
      "China's, in capitals",
      'https://LOGIN.chinacloudapi.cn',
      {
        vaultSuffix: 'vault.azure.cn',
        blobSuffix: 'blob.core.chinacloudapi.cn',
        tokenAudience: 'api://AzureADTokenExchangeChina',
      },
    ],
    [
      "somebody's own",
      'https://localhost:8443/x',
      {
        ...publicNames,
        authorityHost: 'https://localhost:8443/x',
        tokenAudience: 'api://AzureADTokenExchange',
      },
    ],
    [
      'a part of another',
      'https://microsoftonline.us',
      { ...publicNames, authorityHost: 'https://microsoftonline.us' },
    ],
    [
      'one that looks like another',
      'https://login.microsoftonline.us.evil.example',
      { ...publicNames, authorityHost: 'https://login.microsoftonline.us.evil.example' },
    ],
  ])('%s', (_, authority, cloud) => {
    expect(cloudOf(authority)).toMatchObject(cloud);
  });
});

test.each([
  ['https://login.microsoftonline.com', true],
  ['https://login.microsoftonline.com/', true],
  ['https://login.microsoftonline.us', true],
  ['https://login.chinacloudapi.cn', true],
  ['https://login.microsoftonline.com:8443', false],
  ['https://login.microsoftonline.com.evil.example', false],
  ['https://localhost', false],
])('%s is run by Microsoft: %s', (authority, known) => {
  expect(isKnownAuthority(authority)).toBe(known);
});
