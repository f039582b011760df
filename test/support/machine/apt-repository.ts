import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The keys of the distributions, where their packages put them. */
const keys = [
  '/usr/share/keyrings/debian-archive-keyring.gpg',
  '/usr/share/keyrings/ubuntu-archive-keyring.gpg',
];

/** A suite of the repository that this machine's own packages come from. */
export interface MachineRepository {
  uri: string;
  /** Of the release that this machine runs: `bookworm`. */
  codename: string;
  key: string;
  /** The majors of PostgreSQL whose clients it has. */
  majors: number[];
}

/**
 * Asks apt where this machine's packages come from. On a machine that is new, apt has to fetch its lists first, as root.
 * @returns undefined where there is no apt, or it says nothing
 */
export async function machineRepository(): Promise<MachineRepository | undefined> {
  try {
    return (await readTargets()) ?? (await run('apt-get', ['-qq', 'update']).then(readTargets));
  } catch {
    return undefined;
  }
}

async function readTargets(): Promise<MachineRepository | undefined> {
  const format = '$(REPO_URI)\t$(CODENAME)';
  const { stdout } = await run('apt-get', ['indextargets', '--format', format, 'Created-By: Packages']);
  const targets = stdout.split('\n').map((line) => line.split('\t'));
  const main = targets.find(
    ([uri, codename = '']) => !/security|updates|backports/.test(`${uri} ${codename}`),
  );
  const key = keys.find(existsSync);
  const [uri = '', codename = ''] = main ?? [];
  if (codename === '' || key === undefined) return undefined;
  const { stdout: names } = await run('apt-cache', ['pkgnames', 'postgresql-client-']);
  const majors = [...names.matchAll(/^postgresql-client-(\d+)$/gm)].map(([, major]) => Number(major));
  return { uri, codename, key, majors: majors.sort((a, b) => a - b) };
}

/** A repository on this machine that hands on what another one has. */
export interface RelayedRepository {
  uri: string;
  /** How many requests there were. */
  requests: number;
  stop(): Promise<void>;
}

/** @param change is given each body, and says what comes of it */
export async function relayRepository(
  uri: string,
  change: (path: string, body: Buffer) => Buffer = (_, body) => body,
): Promise<RelayedRepository> {
  const server = createServer(({ url = '', headers }, response) => {
    relayed.requests++;
    const { 'if-modified-since': since } = headers;
    const asked = request(new URL(url.slice(1), uri), {
      headers: since === undefined ? {} : { 'if-modified-since': since },
    });
    asked.on('error', () => response.destroy());
    asked.on('response', async (answer) => {
      const body = change(url, await buffer(answer));
      const { 'last-modified': modified } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, {
        'content-length': body.length,
        ...(modified !== undefined && { 'last-modified': modified }),
      });
      response.end(body);
    });
    asked.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const relayed: RelayedRepository = {
    uri: `http://127.0.0.1:${port}/`,
    requests: 0,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return relayed;
}
