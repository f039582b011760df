import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../../base/failure.ts';
import { type AptSource, sourceLine } from './apt-source.ts';
import { debianRelease, type Release } from './distribution.ts';
import type { SourceFile } from './machine-sources.ts';
import { pgdgKey } from './pgdg-key.ts';
import { type PrivateApt, privateApt } from './private-apt.ts';

/** The repository of the PostgreSQL project for Debian and Ubuntu. https://wiki.postgresql.org/wiki/Apt */
const pgdg = 'https://apt.postgresql.org/pub/repos/apt';

/** Until it is released, a major has a component of its own besides `main`, or none, which does no harm. This is the newest that may be. */
const notReleased = 19;

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
  const source = given ? sourcesList({ arch, ...given }) : await pgdgFile(release, arch, major, folder);
  const apt = await privateApt(source, folder, arch, signal);
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

function sourcesList(source: AptSource): SourceFile {
  return { file: 'postgresql.list', text: sourceLine(source), uri: source.uri, suite: source.suite };
}

async function pgdgFile(
  { codename, name }: Release,
  arch: string,
  major: number | undefined,
  folder: string,
): Promise<SourceFile> {
  if (codename === undefined) throw impossible(`apt.postgresql.org has no packages for ${name}`);
  const [uri, suite, signedBy] = [pgdg, `${codename}-pgdg`, path.join(folder, 'pgdg.asc')];
  const components = ['main', String(Math.max(notReleased, major ?? 0))];
  await writeFile(signedBy, pgdgKey);
  if (!/[^\w./~+-]/.test(signedBy)) return sourcesList({ uri, suite, components, arch, signedBy });
  // A path with a space can stand in neither form; the key itself can, for apt 2.4 and newer.
  const key = pgdgKey
    .trim()
    .split('\n')
    .map((line) => ` ${line === '' ? '.' : line}`);
  const fields = {
    Types: 'deb',
    URIs: uri,
    Suites: suite,
    Components: components.join(' '),
    Architectures: arch,
  };
  const lines = Object.entries(fields).map(([field, value]) => `${field}: ${value}`);
  return { file: 'postgresql.sources', text: [...lines, 'Signed-By:', ...key].join('\n'), uri, suite };
}

function impossible(cause: string): Failure {
  return new Failure({ tried: 'Installing a client into the tool cache', cause, advice: '' });
}
