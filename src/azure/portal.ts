/** Where a storage account is in Azure Resource Manager. */
export interface StorageAccountResource {
  /** `https://portal.azure.com`, or that of another cloud. */
  portal: string;
  subscription: string;
  resourceGroup: string;
  account: string;
}

/**
 * The address of a blob's page in the Azure portal. Microsoft documents none; this is what the portal itself goes to, and shows in the
 * browser's address bar.
 */
export function portalPage(
  { portal, subscription, resourceGroup, account }: StorageAccountResource,
  container: string,
  blob: string,
): string {
  const id = `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.Storage/storageAccounts/${account}`;
  const view = 'Microsoft_Azure_Storage/BlobPropertiesBladeV2';
  return `${portal}/#view/${view}/storageAccountId/${encoded(id)}/path/${encoded(`${container}/${blob}`)}/isDeleted~/false/tabToload~/0`;
}

/** With those characters encoded as well that mean something in Markdown. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*_~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
