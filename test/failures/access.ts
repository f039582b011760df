import { accountOf } from '../support/jobs.ts';
import type { Manners } from '../support/postgres/answering-server.ts';
import type { Group } from './row.ts';
import type { Scene } from './scene.ts';
import { howToSet } from './secrets.ts';
import { connecting, connection, host, instead, refusing, toServer } from './to-server.ts';

const pooler =
  "Set db_port to the server's own port (5432 on Azure). A pooler such as PgBouncer shares sessions between clients: what pg_dump sets would break the queries of applications, and no database can be replaced through it.";

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

/** The server is reached, and does not let the role in. */
export const access: Group = {
  title: 'Authentication and access',
  rows: [
    {
      what: 'The server does not allow this connection',
      seen: 'no pg_hba.conf entry for host',
      remedy:
        "Set `ssl_mode` to `verify-full`; if that is not it, allow the runner in the server's firewall (on Azure under *Networking*)",
      cases: [
        {
          job: 'backup',
          concurrent: true,
          arrange: (scene) =>
            toServer(
              scene,
              { ssl_mode: 'disable' },
              `FATAL:  no pg_hba.conf entry for host "${host}", user "${scene.world.login.user}", database "${scene.database}", no encryption`,
              "Set ssl_mode to verify-full: this connection was not encrypted, and the server may refuse that. If it still refuses, allow the runner in the server's firewall (on Azure under Networking).",
            ),
        },
      ],
    },
    {
      what: 'User or password is wrong',
      seen: 'password authentication failed',
      remedy:
        'Update the secret in Key Vault; the error has the command. A new password on the server has to reach every application that uses the role',
      cases: [
        {
          job: 'backup',
          concurrent: true,
          arrange(scene) {
            const { user } = scene.world.login;
            const { inputs } = accountOf(scene.world, { user, password: 'not the password' });
            const { db_user_secret_name: userSecret = '', db_password_secret_name: secret = '' } = inputs;
            return toServer(
              scene,
              inputs,
              `FATAL:  password authentication failed for user "${user}"`,
              `The server rejected user "${user}". If the password was changed, update secret "${secret}"; if the user is wrong, secret ` +
                `"${userSecret}". ${howToSet(scene.world.vault.name, secret, 'password')}`,
            );
          },
        },
      ],
    },
    {
      what: 'There is no such database',
      seen: 'Check db_name',
      remedy: 'Correct `db_name`; the error lists databases with similar names',
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
              'Check db_name (case and spaces matter). This server has "shop".',
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
              'Check db_name and azure_db_host: no database on this server has a similar name.',
          }),
        },
      ],
    },
    {
      what: 'The role may not connect to the database',
      seen: 'User does not have CONNECT privilege',
      remedy: 'As the owner of the database, run the `GRANT CONNECT` of the error',
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
                `Let the role connect, as the owner of the database:\nGRANT CONNECT ON DATABASE "closed" TO "${scene.world.login.user}";`,
              putBack: () => server.query('DROP DATABASE closed'),
            };
          },
        },
      ],
    },
    {
      what: 'The role has reached its connection limit',
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
                'The role has reached its connection limit. End some of its sessions (see pg_stat_activity), or raise the limit ' +
                '(ALTER ROLE with CONNECTION LIMIT), then run the job again.',
              putBack: () => server.query('DROP ROLE limited'),
            };
          },
        },
      ],
    },
    {
      what: 'The server has no connection left',
      seen: 'or raise the server parameter max_connections',
      remedy:
        'End some sessions (`pg_stat_activity`), or raise `max_connections` (needs a restart of the server)',
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
          'The server has no connection left. End some sessions (see pg_stat_activity), or raise the server parameter max_connections (needs a restart), then run the job again.',
        ),
      })),
    },
    {
      what: 'The port is that of a connection pooler, such as PgBouncer',
      seen: "Set db_port to the server's own port",
      remedy:
        "Set `db_port` to the server's own port (5432 on Azure): through a pooler, a backup would break the queries of applications",
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
                `a connection pooler answers there, not the server itself\n${pooler}` +
                (job === 'restore' ? `\nDatabase "${scene.database}" was not touched by this restore.` : ''),
            ),
        })),
      ],
    },
  ],
};
