import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accountOf } from '../support/jobs.ts';
import { localNames, makeAuthority } from '../support/machine/certificates.ts';
import { makeTemporaryFolder } from '../support/machine/temporary-folder.ts';
import { type Manners, startAnsweringServer } from '../support/postgres/answering-server.ts';
import type { Arranged, Group } from './row.ts';
import type { Scene } from './scene.ts';

/** With an address in place of `localhost`, libpq tries one and not two. */
export const host = '127.0.0.1';

/** What comes before the cause, when a connection to a port of this machine does not come about. */
function connecting(scene: Scene, port: number | string, database = scene.database): string {
  return `Connecting to database "${database}" on ${host}:${port} as "${scene.world.login.user}" failed: `;
}

/** The beginning of what libpq says. */
const connection = (port: number | string): string =>
  `connection to server at "${host}", port ${port} failed: `;

/** A wrong connection to the real server. */
function toServer(
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
const refusing =
  (code: string, message: string, advice: string, job: 'backup' | 'restore' = 'backup') =>
  (scene: Scene): Promise<Arranged> => {
    const database = job === 'backup' ? scene.database : 'postgres';
    const end = job === 'backup' ? '' : `\nDatabase "${scene.database}" was not changed.`;
    return instead(
      scene,
      { refuse: () => ({ code, message }) },
      (port) => `${connecting(scene, port, database)}${connection(port)}FATAL:  ${message}\n${advice}${end}`,
    );
  };

const startsUp = 'Wait until the server is up, then run the job again.';
const pooler =
  'A pooler such as pgBouncer lends sessions to one client after the other: what pg_dump sets in one breaks the queries of ' +
  'applications, and no database can be replaced. Set db_port to the port of the server itself, on Azure 5432.';

/** What pgBouncer does with the option that a session is started with, unless it is told to ignore those. */
const likePgBouncer: Manners = {
  refuse: ({ options }) =>
    options === undefined ? undefined : { code: '08P01', message: 'unsupported startup parameter: options' },
};

/** Lends sessions with the real server that know nothing of the option. */
const ignoringOptions = ({ server }: Scene): Manners => ({
  async answer(query, { database = '' }) {
    const [row] = await server.query(query, { database });
    return JSON.stringify(Object.values(row ?? {})[0]);
  },
});

/** The server is not reached, or lets nobody in. */
export const connections: Group = {
  title: 'The connection to the server',
  rows: [
    {
      what: "The runner's packets don't reach the server",
      seen: 'timeout expired',
      remedy:
        "Let the runner through the server's firewall ([Quick start](#quick-start), 5), or use a runner inside its network; check `azure_db_host` and `db_port`",
      cases: [
        {
          job: 'backup',
          concurrent: true,
          async arrange(scene) {
            const silent = await startAnsweringServer({ silent: true });
            return {
              inputs: { azure_db_host: host, db_port: String(silent.port) },
              message:
                `${connecting(scene, silent.port)}${connection(silent.port)}timeout expired\n` +
                "Let the runner through the server's firewall, or use a runner inside its network; check azure_db_host and db_port.",
              putBack: () => silent[Symbol.asyncDispose](),
            };
          },
        },
      ],
    },
    {
      what: 'The host name is unknown',
      seen: 'could not translate host name',
      remedy:
        'Check `azure_db_host`; a server with private access has a name that only its own network knows, so use a runner in there',
      cases: [
        {
          job: 'backup',
          concurrent: true,
          arrange: (scene) => ({
            inputs: { azure_db_host: 'no-such-host.invalid' },
            // The resolver's own words differ.
            message: new RegExp(
              `^Connecting to database "${scene.database}" on no-such-host\\.invalid:${scene.server.port} as "${scene.world.login.user}" failed: ` +
                'could not translate host name "no-such-host\\.invalid" to address: [^\n]+\n' +
                'Check azure_db_host; a server with private access has a name that only its own network knows\\.$',
            ),
          }),
        },
      ],
    },
    {
      what: 'Nobody listens on the port',
      seen: 'Connection refused',
      remedy: 'Check `azure_db_host` and `db_port`, and that the server is running (on Azure: not stopped)',
      cases: [
        {
          job: 'backup',
          concurrent: true,
          arrange: (scene) => ({
            inputs: { azure_db_host: host, db_port: '1' },
            message:
              `${connecting(scene, 1)}${connection(1)}Connection refused\n` +
              '\tIs the server running on that host and accepting TCP/IP connections?\n' +
              'Check azure_db_host and db_port, and that the server is running.',
          }),
        },
      ],
    },
    {
      what: 'The server is starting up',
      seen: 'the database system is starting up',
      remedy: 'Wait, then run the job again',
      cases: [
        {
          job: 'backup',
          concurrent: true,
          arrange: refusing('57P03', 'the database system is starting up', startsUp),
        },
        {
          title: 'restore',
          job: 'restore',
          concurrent: true,
          arrange: refusing('57P03', 'the database system is starting up', startsUp, 'restore'),
        },
      ],
    },
    {
      what: 'The server speaks no TLS',
      seen: 'server does not support SSL, but SSL was required',
      remedy: 'Turn TLS on, on the server; `ssl_mode: disable` sends the password and all data in the clear',
      cases: [
        {
          job: 'backup',
          concurrent: true,
          async arrange(scene) {
            const plain = await startAnsweringServer({});
            return {
              inputs: { azure_db_host: host, db_port: String(plain.port) },
              message:
                `${connecting(scene, plain.port)}${connection(plain.port)}server does not support SSL, but SSL was required\n` +
                'This server speaks no TLS. Turn it on there; ssl_mode: disable sends everything in the clear.',
              putBack: () => plain[Symbol.asyncDispose](),
            };
          },
        },
      ],
    },
    {
      what: "The server's certificate is not trusted, or has expired",
      seen: 'certificate verify failed',
      remedy:
        "Set `ssl_root_cert` to a PEM file with the root that issued the server's certificate; or renew the certificate",
      cases: [
        {
          job: 'backup',
          concurrent: true,
          async arrange(scene) {
            const { path, remove } = await makeTemporaryFolder('foreign');
            const foreign = join(path, 'foreign.pem');
            await writeFile(foreign, (await makeAuthority('Another authority')).caPem);
            return {
              ...toServer(
                scene,
                { ssl_root_cert: foreign },
                'SSL error: certificate verify failed',
                "Set ssl_root_cert to a PEM file with the root that issued the server's certificate, or correct the certificate.",
              ),
              putBack: remove,
            };
          },
        },
      ],
    },
    {
      what: "The server's certificate is for another name",
      seen: 'does not match host name',
      remedy:
        'Set `azure_db_host` to a name in the certificate, on Azure the full one; `ssl_mode: verify-ca` does without the comparison',
      cases: [
        {
          job: 'backup',
          concurrent: true,
          async arrange(scene) {
            const certificate = await scene.world.authority.issue(['db.example.com']);
            return instead(
              scene,
              { certificate },
              (port) =>
                `${connecting(scene, port)}${connection(port)}server certificate for "db.example.com" (and 1 other name) does not match host name "${host}"\n` +
                "Set azure_db_host to a name in the server's certificate; ssl_mode: verify-ca does without the comparison.",
            );
          },
        },
      ],
    },
    {
      what: 'The server has no rule that lets this connection in',
      seen: 'no pg_hba.conf entry for host',
      remedy:
        "Let the runner through the server's firewall, on Azure under *Networking*; with `ssl_mode: disable` try without that",
      cases: [
        {
          job: 'backup',
          concurrent: true,
          arrange: (scene) =>
            toServer(
              scene,
              { ssl_mode: 'disable' },
              `FATAL:  no pg_hba.conf entry for host "${host}", user "${scene.world.login.user}", database "${scene.database}", no encryption`,
              'The server lets no such connection in: let the runner through its firewall, on Azure under Networking; check ssl_mode, ' +
                "and the server's other access rules.",
            ),
        },
      ],
    },
    {
      what: 'User or password is wrong',
      seen: 'password authentication failed',
      remedy:
        'Correct the two secrets in Key Vault; the password itself can be set on the server with `ALTER ROLE … PASSWORD`',
      cases: [
        {
          job: 'backup',
          concurrent: true,
          arrange(scene) {
            const { user } = scene.world.login;
            const { inputs } = accountOf(scene.world, { user, password: 'not the password' });
            return toServer(
              scene,
              inputs,
              `FATAL:  password authentication failed for user "${user}"`,
              'Check the two secrets in Key Vault against what the server knows: the user name, and the password.',
            );
          },
        },
      ],
    },
    {
      what: 'There is no such database',
      seen: 'Check db_name',
      remedy: 'Correct `db_name`; the error names databases of the server that are called alike',
      cases: [
        {
          title: 'but one that is called alike',
          job: 'backup',
          concurrent: true,
          arrange: (scene) => ({
            database: undefined,
            inputs: { azure_db_host: host, db_name: 'Shop ' },
            message:
              `${connecting(scene, scene.server.port, 'Shop ')}${connection(scene.server.port)}FATAL:  database "Shop " does not exist\n` +
              'Check db_name, upper and lower case and spaces included. This server has "shop".',
          }),
        },
        {
          title: 'and none that is called alike',
          job: 'backup',
          concurrent: true,
          arrange: (scene) => ({
            database: undefined,
            inputs: { azure_db_host: host, db_name: 'warehouse' },
            message:
              `${connecting(scene, scene.server.port, 'warehouse')}${connection(scene.server.port)}FATAL:  database "warehouse" does not exist\n` +
              'Check db_name, and azure_db_host: no database of this server is called anything like it.',
          }),
        },
      ],
    },
    {
      what: 'The role may not connect to the database',
      seen: 'User does not have CONNECT privilege',
      remedy: '`GRANT CONNECT ON DATABASE … TO …`, as the owner of the database',
      cases: [
        {
          job: 'backup',
          async arrange(scene) {
            const { server } = scene;
            await server.createDatabase('closed');
            await server.query('REVOKE CONNECT ON DATABASE closed FROM PUBLIC');
            return {
              database: 'closed',
              inputs: { azure_db_host: host },
              message:
                `${connecting(scene, server.port, 'closed')}${connection(server.port)}FATAL:  permission denied for database "closed"\n` +
                'DETAIL:  User does not have CONNECT privilege.\n' +
                'Let the role connect: GRANT CONNECT ON DATABASE … TO … .',
              putBack: () => server.query('DROP DATABASE closed'),
            };
          },
        },
      ],
    },
    {
      what: 'The role has all the sessions that it may have',
      seen: 'too many connections for role',
      remedy: 'End some of its sessions, or raise the limit: `ALTER ROLE … CONNECTION LIMIT`',
      cases: [
        {
          job: 'backup',
          async arrange(scene) {
            const { server, world } = scene;
            const { inputs } = accountOf(
              world,
              await server.createRole('limited', 'secret', 'CONNECTION LIMIT 0'),
            );
            return {
              inputs: { azure_db_host: host, ...inputs },
              message:
                `${connecting(scene, server.port).replace(world.login.user, 'limited')}${connection(server.port)}` +
                'FATAL:  too many connections for role "limited"\n' +
                'The role has all the sessions that its own limit allows: end some, or raise the limit with ' +
                'ALTER ROLE … CONNECTION LIMIT, then run the job again.',
              putBack: () => server.query('DROP ROLE limited'),
            };
          },
        },
      ],
    },
    {
      what: 'The server has no session left',
      seen: 'or raise the server parameter max_connections',
      remedy: 'End some sessions, which `pg_stat_activity` shows, or raise `max_connections`',
      cases: [
        'sorry, too many clients already',
        'remaining connection slots are reserved for roles with the SUPERUSER attribute',
      ].map((message) => ({
        title: message,
        job: 'backup' as const,
        concurrent: true,
        arrange: refusing(
          '53300',
          message,
          'The server has no session left: end some (pg_stat_activity shows them), or raise the server parameter max_connections, ' +
            'then run the job again.',
        ),
      })),
    },
    {
      what: "The port is a pooler's, such as pgBouncer's",
      seen: 'Set db_port to the port of the server itself',
      remedy:
        "Set `db_port` to the server's own port, on Azure 5432: through a pooler, a backup would break the queries of applications",
      cases: [
        {
          title: 'which refuses options',
          job: 'backup',
          concurrent: true,
          arrange: (scene) =>
            instead(
              scene,
              likePgBouncer,
              (port) =>
                `${connecting(scene, port)}${connection(port)}FATAL:  unsupported startup parameter: options\n${pooler}`,
            ),
        },
        ...(['backup', 'restore'] as const).map((job) => ({
          title: `which ignores options, ${job}`,
          job,
          concurrent: true,
          arrange: (scene: Scene) =>
            instead(
              scene,
              ignoringOptions(scene),
              (port) =>
                `Looking at the server ${host}:${port} failed: ` +
                `what answers there is a pooler, since it kept from the server what our session was started with\n${pooler}` +
                (job === 'restore' ? `\nDatabase "${scene.database}" was not changed.` : ''),
            ),
        })),
      ],
    },
  ],
};
