/** A rule of Azure for a name: the pattern that it follows, and the same in words. */
export interface NameRule {
  pattern: RegExp;
  words: string;
}

/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules */
export const nameRules = {
  clientId: {
    pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    words: 'the application (client) ID, a GUID',
  },
  tenantId: {
    pattern: /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z0-9-]+(\.[a-z0-9-]+)+)$/i,
    words: "the directory (tenant) ID, a GUID, or one of the tenant's domains",
  },
  vault: {
    pattern: /^[a-z](?!.*--)[a-z0-9-]{1,22}[a-z0-9]$/i,
    words: "a Key Vault's name: 3 to 24 letters, digits and hyphens, first a letter",
  },
  secret: { pattern: /^[0-9a-z-]{1,127}$/i, words: "a secret's name: 1 to 127 letters, digits and hyphens" },
  resourceGroup: {
    pattern: /^[\p{L}\p{N}_().-]{0,89}[\p{L}\p{N}_()-]$/u,
    words:
      "a resource group's name: 1 to 90 letters, digits, hyphens, underscores, parentheses and full stops, none at the end",
  },
  storageAccount: {
    pattern: /^[a-z0-9]{3,24}$/,
    words: "a storage account's name: 3 to 24 lower-case letters and digits",
  },
  container: {
    pattern: /^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
    words: "a container's name: 3 to 63 lower-case letters, digits and single hyphens",
  },
} as const satisfies Record<string, NameRule>;

/**
 * What is wrong with a blob's name, as "must …", or undefined if nothing is. Besides Azure's own rules, names are
 * refused that an HTTP client would silently turn into another one: `a/../b` becomes `b` on the way.
 * https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata
 */
export function problemWithBlobName(name: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(name))
    return 'must be the name of the blob in the container, not its URL';
  if (/[\p{Cc}\p{Cs}]/u.test(name)) return 'must not contain a NUL, a newline or another control character';
  if (name.length > 1024) return `must have at most 1,024 characters, this one has ${name.length}`;
  const segments = name.split('/');
  if (segments.length > 254) return 'must have at most 254 parts between slashes';
  if (name.startsWith('/') || name.endsWith('/')) return 'must not begin or end with a slash';
  if (segments.some((segment) => segment === '')) return 'must not contain two slashes in a row';
  if (segments.some((segment) => segment === '.' || segment === '..')) {
    return 'must not contain "." or ".." as a part between slashes';
  }
  if (segments.some((segment) => segment.endsWith('.'))) return 'must not have a part that ends with a dot';
  if (name.includes('\\')) return 'must not contain a backslash';
  return undefined;
}
