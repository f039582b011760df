import { expect, test } from 'vitest';
import { portalPage } from '../../../src/azure/portal.ts';

const place = {
  portal: 'https://portal.azure.com',
  subscription: 'b1c2d3e4-0000-4000-8000-a1b2c3d4e5f6',
  resourceGroup: 'rg-backups',
  account: 'ownerbackups',
};

test("the page of a blob names the account's resource, and container and blob as one path", () => {
  expect(portalPage(place, 'backups', 'a/b.dump')).toBe(
    'https://portal.azure.com/#view/Microsoft_Azure_Storage/BlobPropertiesBladeV2/storageAccountId/' +
      '%2Fsubscriptions%2Fb1c2d3e4-0000-4000-8000-a1b2c3d4e5f6%2FresourceGroups%2Frg-backups%2Fproviders%2FMicrosoft.Storage' +
      '%2FstorageAccounts%2Fownerbackups/path/backups%2Fa%2Fb.dump/isDeleted~/false/tabToload~/0',
  );
});

test.each([')', '](x', '*a*', 'a b', '<', '"', "'", '#', '?', '|', '\u00e9'])(
  '%j in a name ends no link and is no Markdown',
  (name) => {
    const page = portalPage(place, 'backups', name);
    expect(page).toMatch(/^[\w\-.~:/#%]+$/);
    expect(decodeURIComponent(page)).toContain(`/path/backups/${name}/isDeleted`);
  },
);
