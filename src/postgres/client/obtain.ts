import { causeOf, Failure } from '../../base/failure.ts';
import { plain } from '../../base/format.ts';
import type { Step } from '../../base/step.ts';
import { bestMajor, chooseClient, type Need, problemWithInsisted } from './choose.ts';
import { type Client, findClients } from './find.ts';
import type { AptSource } from './install/apt-source.ts';
import { packageInstaller } from './install/package-installer.ts';
import { installSystemPackage } from './install/system-packages.ts';
import { attempts, noClient, secondBest, tellChoice } from './tell-choice.ts';

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
  let spent = 0;
  /** Takes down how long a part of the search takes, without what the server is asked between. */
  const timed = async <T>(work: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    try {
      return await work();
    } finally {
      spent += performance.now() - started;
    }
  };
  const known = new Map<string, Client>();
  let clients = await timed(() => findClients(step.signal, known));
  const installer = packageInstaller(wish.source, step);
  const failures: Failure[] = [];
  const isInsisted = wish.major !== undefined;

  /** Installs a major, or without one any from `atLeast` on, in the first way that works. What does not work is taken down. */
  const install = async (major: number | undefined, atLeast = 0): Promise<void> => {
    const suits = (client: Client): boolean =>
      major === undefined ? client.major >= atLeast : client.major === major;
    const ways = [() => installer.installClient(major, atLeast), () => installSystemPackage(major, step)];
    for (const way of ways) {
      try {
        const installed = await way();
        clients = await findClients(step.signal, known);
        if (clients.some(suits)) return step.info(`Installed ${installed}`);
        throw new Failure({
          tried: `Installing ${installed}`,
          cause: notFoundAfter(major, atLeast),
          advice: '',
        });
      } catch (error) {
        step.signal.throwIfAborted();
        failures.push(failedInstallation(error));
      }
    }
  };

  return {
    async any() {
      if (clients.length === 0) {
        step.info('No PostgreSQL client on this machine');
        await timed(() => install(wish.major));
      }
      const newest = clients.at(-1);
      if (!newest)
        throw noClient('Looking for a PostgreSQL client', wish.major, clients, failures, isInsisted);
      return newest;
    },
    async choose(asked, version) {
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
        await timed(() => install(bestMajor(need)));
        choice = chooseClient(clients, need);
      }
      if (!choice && failures.length > 0 && !isInsisted) {
        await timed(() => install(undefined, bestMajor(need)));
        choice = chooseClient(clients, need);
      }
      const tried = `Looking for a PostgreSQL client for the server ${plain(version)}`;
      if (!choice) throw noClient(tried, bestMajor(need), clients, failures, isInsisted);
      if (choice.isBest) for (const line of attempts(failures)) step.info(line);
      await tellChoice(choice, version, spent, step);
      if (!choice.isBest) step.warn(secondBest(choice, bestMajor(need), isBackup, failures));
      return choice.client;
    },
  };
}

function notFoundAfter(major: number | undefined, atLeast: number): string {
  return major === undefined
    ? `no client ${atLeast} or newer is found after it`
    : `no client ${major} is found after it`;
}

function failedInstallation(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const explanation = { tried: 'Installing a client into the tool cache', cause: causeOf(error), advice: '' };
  return new Failure(explanation, { cause: error });
}
