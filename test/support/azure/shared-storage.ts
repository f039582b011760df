import type { TestProject } from 'vitest/node';
import { type AuthorityKey, localNames, makeAuthority } from '../machine/certificates.ts';
import { type Account, startAzurite } from './azurite.ts';

/** A storage account for all worlds of a run, and the authority whose certificate it has. */
export interface SharedStorage {
  authority: AuthorityKey;
  azurite: Account;
}

const variable = 'TEST_SHARED_STORAGE';

/** What `setup` has started; undefined where nobody has, as in the demo. */
export function sharedStorage(): SharedStorage | undefined {
  const text = process.env[variable];
  return text === undefined ? undefined : (JSON.parse(text) as SharedStorage);
}

/**
 * Starts Azurite for all files of a run, before the first of them: a start takes two seconds of a core, and each world has a container
 * of its own. Where the files that are run need none, there is none.
 */
export default async function setup({ vitest }: TestProject): Promise<(() => Promise<void>) | undefined> {
  const files = await vitest.globTestSpecifications(process.argv.filter((arg) => arg.startsWith('test/')));
  if (!files.some(({ moduleId }) => /\/test\/(integration|thorough)\//.test(moduleId))) return undefined;
  const authority = await makeAuthority();
  const { accountName, accountUrl, stop } = await startAzurite(await authority.issue(localNames));
  const { caPem, caKeyPem } = authority;
  const shared: SharedStorage = { authority: { caPem, caKeyPem }, azurite: { accountName, accountUrl } };
  process.env[variable] = JSON.stringify(shared);
  return stop;
}
