import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Certificate } from '../machine/certificates.ts';
import { onFreePort } from '../machine/free-port.ts';
import { startServerProcess } from '../machine/server-process.ts';
import { makeTemporaryFolder } from '../machine/temporary-folder.ts';

/** What plays the storage account. */
export interface Account {
  accountName: string;
  /** With the account's name in its path, as Azurite has it: `https://localhost:12345/devstoreaccount1`. */
  accountUrl: string;
}

/** Azurite's blob service. */
export interface Azurite extends Account {
  stop(): Promise<void>;
}

const require = createRequire(import.meta.url);
const accountName = 'devstoreaccount1';

/** Starts Azurite over HTTPS with OAuth. Its blobs are gone when it stops, unless a folder is given to keep them. */
export function startAzurite(certificate: Certificate, keptIn?: string): Promise<Azurite> {
  return onFreePort((port) => startAzuriteOn(port, certificate, keptIn));
}

async function startAzuriteOn(port: number, certificate: Certificate, keptIn?: string): Promise<Azurite> {
  const folder = await makeTemporaryFolder('azurite');
  const certFile = join(folder.path, 'server.crt');
  const keyFile = join(folder.path, 'server.key');
  await writeFile(certFile, certificate.certPem);
  await writeFile(keyFile, certificate.keyPem, { mode: 0o600 });

  const server = await startServerProcess(
    {
      command: process.execPath,
      args: [
        program(),
        ...['--blobHost', '127.0.0.1', '--blobPort', String(port), '--location', keptIn ?? folder.path],
        ...['--oauth', 'basic', '--cert', certFile, '--key', keyFile],
        // The SDK is newer than the API versions that Azurite has been told about.
        ...['--skipApiVersionCheck', '--disableTelemetry'],
      ],
      cwd: folder.path,
      env: { PATH: process.env['PATH'] },
      // Its orderly shutdown writes down what it has stored, and waits for idle connections.
      stopSignal: keptIn === undefined ? 'SIGKILL' : 'SIGTERM',
      folder: folder.path,
    },
    async (log) => /successfully listens on/.test(await log()),
  );

  return { accountName, accountUrl: `https://localhost:${port}/${accountName}`, stop: server.stop };
}

function program(): string {
  const manifest = require.resolve('azurite/package.json');
  const { bin } = require(manifest) as { bin: { 'azurite-blob': string } };
  return join(dirname(manifest), bin['azurite-blob']);
}
