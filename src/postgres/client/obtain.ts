import { causeOf, Failure } from '../../base/failure.ts';
import { plain, quoted } from '../../base/format.ts';
import type { Step } from '../../base/step.ts';
import { bestMajor, type Choice, chooseClient, type Need, problemWithInsisted } from './choose.ts';
import { type Client, findClients, folderOf } from './find.ts';
import type { AptSource } from './install/apt-source.ts';
import { packageInstaller } from './install/package-installer.ts';
import { installSystemPackage } from './install/system-packages.ts';
import { readNewest, toolCache } from './install/tool-cache.ts';
import { prepareRunner } from './prepare-runner.ts';
import { fixedVersion, isOlderMinor } from './versions.ts';

/** What the user says of the client. */
export interface ClientWish {
  /** The major version to insist on; without it, the server's own is the best one. */
  major?: number;
  /** Where a missing client is installed from; without it, from PGDG's repository. */
  source?: AptSource;
}

/** The clients of this machine, and the way to further ones. */
export interface Clients {
  /** One to ask the server with, whatever that is. @throws Failure if there is none, and none can be installed */
  any(): Promise<Client>;
  /**
   * The client for a job. What the machine lacks is installed: into the tool cache, else by the system's package manager, else the nearest
   * newer one is taken. The choice and its reason are told.
   * @param version of the server, as it prints it
   * @throws Failure if none can do the job, that says what was found, and what was tried with what came of it
   */
  choose(need: Need, version: string): Promise<Client>;
}

/** Looks for the clients of this machine. */
export async function lookForClients(wish: ClientWish, isBackup: boolean, step: Step): Promise<Clients> {
  const started = performance.now();
  let clients = await findClients(step.signal);
  const looked = performance.now() - started;
  const installer = packageInstaller(wish.source, step);
  const failures: Failure[] = [];

  /** Installs a major in the first way that works. What does not is taken down. */
  const install = async (major: number | undefined, atLeast = 0): Promise<boolean> => {
    const ways = [
      () => installer.installClient(major, atLeast),
      async () => step.info(`Installed ${await installSystemPackage(major, step.info)}`),
    ];
    for (const way of ways) {
      try {
        await way();
      } catch (error) {
        step.signal.throwIfAborted();
        failures.push(failedInstallation(error));
        continue;
      }
      clients = await findClients(step.signal);
      if (clients.some((one) => (major === undefined ? one.major >= atLeast : one.major === major)))
        return true;
    }
    return false;
  };

  return {
    async any() {
      if (clients.length === 0) {
        step.info('No PostgreSQL client on this machine');
        await install(wish.major);
      }
      const newest = clients.at(-1);
      if (!newest) throw none('Looking for a PostgreSQL client', wish.major, clients, failures);
      return newest;
    },
    async choose(asked, version) {
      const began = performance.now();
      const need = { ...asked, ...(wish.major !== undefined && { insisted: wish.major }) };
      const problem = problemWithInsisted(need, isBackup);
      if (problem !== undefined)
        throw new Failure({
          tried: `Choosing a client for the server ${plain(version)}`,
          cause: `postgres_version ${problem}; it is ${wish.major}`,
          advice: 'Set postgres_version to auto.',
        });
      let choice = chooseClient(clients, need);
      if (!choice?.isBest) {
        await install(bestMajor(need));
        choice = chooseClient(clients, need);
      }
      if (!choice && failures.length > 0 && wish.major === undefined) {
        await install(undefined, bestMajor(need));
        choice = chooseClient(clients, need);
      }
      const tried = `Looking for a PostgreSQL client for the server ${plain(version)}`;
      if (!choice) throw none(tried, bestMajor(need), clients, failures);
      if (choice.isBest) for (const line of attempts(failures)) step.info(line);
      await tellChoice(choice, version, looked + performance.now() - began, step);
      if (!choice.isBest) step.warn(secondBest(choice, need, failures));
      return choice.client;
    },
  };
}

async function tellChoice(
  { client, reason }: Choice,
  version: string,
  duration: number,
  step: Step,
): Promise<void> {
  step.info(
    `PostgreSQL ${plain(version)}; using psql, pg_dump and pg_restore ${client.version} (${reason}) from ${folderOf(client)}, ` +
      `ready in ${(duration / 1_000).toFixed(1)} s`,
  );
  const fixed = fixedVersion(client.version);
  if (fixed !== undefined)
    step.warn(
      `Update client ${client.version} in ${folderOf(client)} to ${fixed} or newer. A server with a bad intention can overwrite the memory of older ` +
        'ones with large objects (CVE-2026-6477).',
    );
  const cache = toolCache();
  const newest = cache === undefined ? undefined : await readNewest(cache);
  const latest = newest?.versions[client.major];
  if (newest && latest !== undefined && isOlderMinor(client.version, latest))
    step.info(
      `There is a newer client, ${latest}, as of ${newest.asked.slice(0, 10)}. ${renewal(client, cache)}`,
    );
}

/** A client of the tool cache is renewed by deleting it; any other by whoever installed it. */
function renewal(client: Client, cache = ''): string {
  const folder = folderOf(client);
  return cache !== '' && folder.startsWith(cache)
    ? `To have it installed, delete ${quoted(folder.replace(/\/bin$/, ''))}.`
    : `Update the one in ${folder}.`;
}

function failedInstallation(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const explanation = { tried: 'Installing a client into the tool cache', cause: causeOf(error), advice: '' };
  return new Failure(explanation, { cause: error });
}

function secondBest({ client }: Choice, need: Need, failures: readonly Failure[]): string {
  const best = bestMajor(need);
  return [
    `Client ${client.version} is used, since client ${best} is not here and could not be installed. It works, but what it writes may need a newer ` +
      `pg_restore than ${best}.`,
    ...attempts(failures),
  ].join('\n');
}

/** What was tried, with what came of it, a line or more for each, without what was said already. */
function attempts(failures: readonly Failure[]): string[] {
  return [...new Set(failures.map(({ explanation: { tried, cause } }) => `${tried} failed: ${cause}`))];
}

function none(
  tried: string,
  major: number | undefined,
  clients: readonly Client[],
  failures: readonly Failure[],
): Failure {
  const found = clients.map((client) => `${client.version} (${folderOf(client)})`).join(', ') || 'none';
  const advice = failures.map(({ explanation }) => explanation.advice).find((one) => one !== '');
  return new Failure({
    tried,
    cause: [
      `it needs client ${major ?? 'programs (psql, pg_dump, pg_restore)'}${major === undefined ? '' : ' or newer'}. Found: ${found}`,
      ...attempts(failures),
    ].join('\n'),
    advice: [...(advice === undefined ? [] : [advice]), prepareRunner(major)].join('\n'),
  });
}
