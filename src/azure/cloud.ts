/** The endpoints of one Azure cloud. */
export interface Cloud {
  authorityHost: string;
  vaultSuffix: string;
  blobSuffix: string;
  portal: string;
  /** The audience that GitHub's token must carry for Entra ID of this cloud to take it. */
  tokenAudience: string;
}

const publicCloud: Cloud = {
  authorityHost: 'https://login.microsoftonline.com',
  vaultSuffix: 'vault.azure.net',
  blobSuffix: 'blob.core.windows.net',
  portal: 'https://portal.azure.com',
  tokenAudience: 'api://AzureADTokenExchange',
};

/** https://learn.microsoft.com/entra/workload-id/workload-identity-federation-create-trust#national-clouds */
const clouds: readonly Cloud[] = [
  publicCloud,
  {
    authorityHost: 'https://login.microsoftonline.us',
    vaultSuffix: 'vault.usgovcloudapi.net',
    blobSuffix: 'blob.core.usgovcloudapi.net',
    portal: 'https://portal.azure.us',
    tokenAudience: 'api://AzureADTokenExchangeUSGov',
  },
  {
    authorityHost: 'https://login.chinacloudapi.cn',
    vaultSuffix: 'vault.azure.cn',
    blobSuffix: 'blob.core.chinacloudapi.cn',
    portal: 'https://portal.azure.cn',
    tokenAudience: 'api://AzureADTokenExchangeChina',
  },
];

/**
 * The cloud that an authority host belongs to: the public one if none is given, and the public one's names with
 * another authority for a host that is not known.
 */
export function cloudOf(authorityHost: string | undefined): Cloud {
  if (authorityHost === undefined) return publicCloud;
  return knownCloud(authorityHost) ?? { ...publicCloud, authorityHost };
}

/** Whether Microsoft runs this authority. Any other is taken at the user's word, without asking Microsoft about it. */
export function isKnownAuthority(authorityHost: string): boolean {
  return knownCloud(authorityHost) !== undefined;
}

function knownCloud(authorityHost: string): Cloud | undefined {
  const host = URL.parse(authorityHost)?.host;
  return clouds.find((cloud) => URL.parse(cloud.authorityHost)?.host === host);
}
