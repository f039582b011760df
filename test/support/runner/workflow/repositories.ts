/** A commit of a repository, and the files in it. */
export interface Commit {
  /** `owner/name` */
  repository: string;
  sha: string;
  /** Branches and tags that point at it; `main` is the default branch. */
  refs?: string[];
  folder: string;
}

/** The commit that a ref names: a branch, a tag or a commit's own hash. */
export function findCommit(commits: readonly Commit[], repository: string, ref: string): Commit | undefined {
  const name = ref.replace(/^refs\/(heads|tags)\//, '');
  return commits.find(
    (commit) =>
      commit.repository.toLowerCase() === repository.toLowerCase() &&
      (commit.sha === ref || commit.refs?.includes(name)),
  );
}

/** Reads `owner/name/path@ref`, the form in which `uses:` names what is in another repository. */
export function parseUses(uses: string): { repository: string; path: string; ref: string } | undefined {
  const [, repository, path = '', ref] = /^([^/@]+\/[^/@]+)(?:\/([^@]*))?@(.+)$/.exec(uses) ?? [];
  return repository === undefined || ref === undefined ? undefined : { repository, path, ref };
}
