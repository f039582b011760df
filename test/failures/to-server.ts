import { localNames } from '../support/machine/certificates.ts';
import { type Manners, startAnsweringServer } from '../support/postgres/answering-server.ts';
import type { Arranged } from './row.ts';
import type { Scene } from './scene.ts';

/** With an address in place of `localhost`, libpq tries one and not two. */
export const host = '127.0.0.1';

/** What comes before the cause, when a connection to a port of this machine does not come about. */
export function connecting(scene: Scene, port: number | string, database = scene.database): string {
  return `Connecting to database "${database}" on ${host}:${port} as "${scene.world.login.user}" failed: `;
}

/** The beginning of what libpq says. */
export const connection = (port: number | string): string =>
  `connection to server at "${host}", port ${port} failed: `;

/** A wrong connection to the real server. */
export function toServer(
  scene: Scene,
  inputs: Record<string, string>,
  cause: string,
  advice: string,
): Pick<Arranged, 'inputs' | 'message'> {
  const { port } = scene.server;
  return {
    inputs: { azure_db_host: host, ...inputs },
    message: `${connecting(scene, port)}${connection(port)}${cause}\n${advice}`,
  };
}

/** Something in place of the server, with a certificate of the authority that is trusted. */
export async function instead(
  scene: Scene,
  manners: Manners,
  message: (port: number) => string,
): Promise<Arranged> {
  const certificate = await scene.world.authority.issue(localNames);
  const other = await startAnsweringServer({ certificate, ...manners });
  return {
    inputs: { azure_db_host: host, db_port: String(other.port) },
    message: message(other.port),
    putBack: () => other[Symbol.asyncDispose](),
  };
}

/** A server that refuses every session. */
export const refusing =
  (code: string, message: string, advice: string, job: 'backup' | 'restore' = 'backup') =>
  (scene: Scene): Promise<Arranged> => {
    const database = job === 'backup' ? scene.database : 'postgres';
    const end = job === 'backup' ? '' : `\nDatabase "${scene.database}" was not touched by this restore.`;
    return instead(
      scene,
      { refuse: () => ({ code, message }) },
      (port) => `${connecting(scene, port, database)}${connection(port)}FATAL:  ${message}\n${advice}${end}`,
    );
  };
