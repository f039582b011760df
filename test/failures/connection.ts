import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeAuthority } from '../support/machine/certificates.ts';
import { makeTemporaryFolder } from '../support/machine/temporary-folder.ts';
import { startAnsweringServer } from '../support/postgres/answering-server.ts';
import type { Arranged, Group } from './row.ts';
import type { Scene } from './scene.ts';
import { connecting, connection, host, instead, refusing, toServer } from './to-server.ts';

const startsUp = 'Wait until the server is up, then run the job again.';

/** Something that takes every session, and answers no question. */
const fallingSilent =
  (job: 'backup' | 'restore') =>
  async (scene: Scene): Promise<Arranged> => {
    const silent = await instead(scene, { answer: () => new Promise(() => {}) }, () => '');
    const { azure_db_host, db_port } = silent.inputs ?? {};
    const database = job === 'backup' ? scene.database : 'postgres';
    const end = job === 'backup' ? '' : `\nDatabase "${scene.database}" was not touched by this restore\\.`;
    return {
      ...silent,
      inputs: { ...silent.inputs, retry_timeout_seconds: '10' },
      message: new RegExp(
        `^Asking database "${database}" on ${azure_db_host}:${db_port} as "${scene.world.login.user}" failed: ` +
          'the server accepted the connection, but has not answered for \\d\\d\\.\\d s\n' +
          `Check the server and the runner's network, then run the job again\\.${end}$`,
      ),
    };
  };

/** The server is not reached, or not safely. */
export const connections: Group = {
  title: 'Reaching the server',
  rows: [
    {
      what: "The runner's packets don't reach the server",
      seen: 'timeout expired',
      remedy:
        "Allow the runner in the server's firewall ([setup, step 5](setup.md#5-allow-network-access)), or use a runner in its network; check `azure_db_host` and `db_port`",
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
                "Allow the runner in the server's firewall, or use a runner in its network. Check azure_db_host and db_port.",
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
        'Check `azure_db_host`; the name of a server with private access is known in its own network only: use a runner there',
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
                "Check azure_db_host\\. The name of a server with private access is known in the server's own network only\\.$",
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
      what: 'The server, or a pooler or gateway before it, lets the job in and then answers nobody',
      seen: 'has not answered for',
      remedy: 'Check the server and what is between it and the runner, then run the job again',
      cases: (['backup', 'restore'] as const).map((job) => ({
        title: job,
        job,
        concurrent: true,
        arrange: fallingSilent(job),
      })),
    },
    {
      what: 'The server does not offer TLS',
      seen: 'server does not support SSL, but SSL was required',
      remedy: 'Turn on TLS on the server; `ssl_mode: disable` sends the password and all data unencrypted',
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
                'The server does not offer TLS. Turn TLS on there. ssl_mode: disable sends everything unencrypted.',
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
                "Set ssl_root_cert to a PEM file with the root that issued the server's certificate, or fix the certificate.",
              ),
              putBack: remove,
            };
          },
        },
      ],
    },
    {
      what: "The server's certificate is for a different name",
      seen: 'does not match host name',
      remedy:
        'Set `azure_db_host` to a name in the certificate (on Azure the full one). `ssl_mode: verify-ca` skips this check, and is safe only with `ssl_root_cert` of your own authority: otherwise any public certificate would pass',
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
                "Set azure_db_host to a name in the server's certificate (on Azure the full one). ssl_mode: verify-ca skips this check, and is safe only with ssl_root_cert of your own authority." +
                '',
            );
          },
        },
      ],
    },
  ],
};
