import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../../base/failure.ts';
import { type AptSource, sourceLine } from './apt-source.ts';
import { debianRelease, type Release } from './distribution.ts';
import { pgdgKey } from './pgdg-key.ts';
import { type PrivateApt, privateApt } from './private-apt.ts';

/** The repository of the PostgreSQL project for Debian and Ubuntu. https://wiki.postgresql.org/wiki/Apt */
const pgdg = 'https://apt.postgresql.org/pub/repos/apt';

/** The newest major in PGDG's component `main`; until a later one is released, it has a component of its own. */
const newestReleased = 18;

/** Debian's names of Node's architectures; PGDG has packages for these two. */
const architectures: Partial<Record<NodeJS.Architecture, string>> = { x64: 'amd64', arm64: 'arm64' };

/** An apt repository whose lists were fetched. */
export interface Repository {
  apt: PrivateApt;
  /** As messages call it. */
  name: string;
  /** What this machine runs: `Ubuntu 24.04.3 LTS`. */
  release: string;
  /** The newest package of each major's client that it has, by its Debian version. */
  clients: ReadonlyMap<number, string>;
}

/**
 * Fetches the lists of a repository into a folder of the step.
 * @param given without it, PGDG's for this release of Debian or Ubuntu
 * @param major that is wanted, if that is known
 * @throws Failure if this is another system, or the repository cannot be read, or is not signed by its key
 */
export async function openRepository(
  given: AptSource | undefined,
  major: number | undefined,
  scratch: string,
  signal: AbortSignal,
): Promise<Repository> {
  const release = await debianRelease();
  if (!release) throw impossible('packages can be unpacked only on Debian, Ubuntu and their kin');
  const arch = architectures[process.arch];
  if (arch === undefined) throw impossible(`there are no packages for ${process.arch}`);
  const folder = path.join(scratch, 'apt');
  await mkdir(folder, { recursive: true });
  const source = given ?? (await pgdgSource(release, major, folder));
  const apt = await privateApt(sourceLine({ arch, ...source }), folder, signal);
  await apt.update();
  const clients = new Map<number, string>();
  for (const [name, version] of await apt.newest('postgresql-client-')) {
    const [, number] = /^postgresql-client-(\d+)$/.exec(name) ?? [];
    if (number !== undefined) clients.set(Number(number), version);
  }
  return {
    apt,
    name: given ? `${given.uri} ${given.suite}` : 'apt.postgresql.org',
    release: release.name,
    clients,
  };
}

async function pgdgSource(
  { codename, name }: Release,
  major: number | undefined,
  folder: string,
): Promise<AptSource> {
  if (codename === undefined) throw impossible(`apt.postgresql.org has no packages for ${name}`);
  const signedBy = path.join(folder, 'pgdg.asc');
  await writeFile(signedBy, pgdgKey);
  const early = major !== undefined && major > newestReleased ? [String(major)] : [];
  return { uri: pgdg, suite: `${codename}-pgdg`, components: ['main', ...early], signedBy };
}

function impossible(cause: string): Failure {
  return new Failure({ tried: 'Installing a client into the tool cache', cause, advice: '' });
}
