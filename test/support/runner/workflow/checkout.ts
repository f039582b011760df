import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { type Commit, findCommit } from './repositories.ts';

/** What the played checkout knows besides its inputs. */
export interface CheckoutOptions {
  commits: readonly Commit[];
  /** The commit of the run, which is checked out unless the inputs name another. */
  own: Commit;
  workspace: string;
}

/**
 * Does what actions/checkout does, without Git: it puts the files of a commit into a folder of the workspace, and
 * empties that folder first. Returns what it would log.
 * https://github.com/actions/checkout
 */
export async function checkOut(inputs: Record<string, string>, options: CheckoutOptions): Promise<string> {
  const { commits, own, workspace } = options;
  const repository = inputs['repository'] || own.repository;
  if (!/^[^/]+\/[^/]+$/.test(repository)) {
    throw new Error(`Invalid repository '${repository}'. Expected format {owner}/{repo}.`);
  }
  const isOwn = repository.toLowerCase() === own.repository.toLowerCase();
  const ref = inputs['ref'] || (isOwn ? own.sha : 'main');
  if (!commits.some((commit) => commit.repository.toLowerCase() === repository.toLowerCase())) {
    throw new Error('Not Found - https://docs.github.com/rest/repos/repos#get-a-repository');
  }
  const commit = findCommit(commits, repository, ref);
  if (!commit) throw new Error(`A branch or tag with the name '${ref}' could not be found`);

  const folder = resolve(workspace, inputs['path'] || '.');
  if (relative(workspace, folder).startsWith('..')) {
    throw new Error(`Repository path '${folder}' is not under '${workspace}'`);
  }
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
  await cp(commit.folder, folder, { recursive: true, dereference: true });
  return `Syncing repository: ${repository}\n${commit.sha}`;
}
