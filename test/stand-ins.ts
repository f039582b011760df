/**
 * Entra ID, Key Vault and Blob Storage for a job of GitHub Actions that has no Azure, as the jobs of ci.yml:
 *
 *     npm run stand-ins -- start FOLDER    starts them in the background
 *     npm run stand-ins -- stop FOLDER     stops them; the blobs stay in FOLDER for the next start
 *
 * `start` takes the database's login from DB_USER and DB_PASSWORD, and sets an output for each of the action's Azure
 * inputs. The token of the job is GitHub's own: the application trusts the very subject that this job presents.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exportVariable, getIDToken, setOutput } from '@actions/core';
import { decodeJwt } from 'jose';
import { startAzurite } from './support/azure/azurite.ts';
import { createBackups } from './support/azure/backups.ts';
import { startEntra } from './support/azure/entra.ts';
import { startKeyVault } from './support/azure/key-vault.ts';
import { localNames, makeAuthority, trust } from './support/machine/certificates.ts';

/** What the process in the background tells the one that started it. */
interface Ready {
  caFile: string;
  inputs: Record<string, string>;
}

const secretNames = { user: 'db-user', password: 'db-password' };

async function start(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const logFile = join(folder, 'stand-ins.log');
  const log = await open(logFile, 'w');
  const child: ChildProcess = spawn(process.execPath, [import.meta.filename, 'serve', folder], {
    detached: true,
    stdio: ['ignore', log.fd, log.fd, 'ipc'],
  });
  await log.close();
  const ended = once(child, 'exit').then(async () => {
    throw new Error(`The stand-ins did not start:\n${await readFile(logFile, 'utf8')}`);
  });
  const [ready] = (await Promise.race([once(child, 'message'), ended])) as [Ready];
  child.disconnect();
  child.unref();

  await writeFile(join(folder, 'pid'), String(child.pid));
  exportVariable('NODE_EXTRA_CA_CERTS', ready.caFile);
  for (const [name, value] of Object.entries(ready.inputs)) setOutput(name, value);
}

async function stop(folder: string): Promise<void> {
  const pidFile = join(folder, 'pid');
  process.kill(Number(await readFile(pidFile, 'utf8')), 'SIGTERM');
  const deadline = Date.now() + 30_000;
  while (existsSync(pidFile)) {
    if (Date.now() > deadline) throw new Error('The stand-ins did not stop');
    await sleep(50);
  }
}

async function serve(folder: string): Promise<void> {
  const { DB_USER: user = '', DB_PASSWORD: password = '' } = process.env;
  if (user === '' || password === '') throw new Error('DB_USER and DB_PASSWORD have to be set');
  const { sub = '', iss = '' } = decodeJwt(await getIDToken('api://AzureADTokenExchange'));

  const authority = await makeAuthority('Authority of the stand-ins');
  trust(authority.caPem);
  const caFile = join(folder, 'ca.pem');
  const { NODE_EXTRA_CA_CERTS: trustedAlready } = process.env;
  const others = trustedAlready ? await readFile(trustedAlready, 'utf8') : '';
  await writeFile(caFile, `${authority.caPem.trim()}\n${others}`);
  const certificate = await authority.issue(localNames);

  const entra = await startEntra(certificate, iss);
  entra.federatedCredential.subject = sub;
  const vault = await startKeyVault(certificate, entra);
  vault.secrets.set(secretNames.user, { value: user });
  vault.secrets.set(secretNames.password, { value: password });
  const blobs = join(folder, 'blobs');
  await mkdir(blobs, { recursive: true });
  const azurite = await startAzurite(certificate, blobs);
  const { container } = await createBackups(azurite, 'database-archives');

  const ready: Ready = {
    caFile,
    inputs: {
      azure_client_id: entra.clientId,
      azure_tenant_id: entra.tenantId,
      key_vault_name: vault.name,
      db_user_secret_name: secretNames.user,
      db_password_secret_name: secretNames.password,
      storage_account_name: azurite.accountName,
      storage_container_name: container,
      azure_authority_host: entra.url,
      key_vault_url: vault.url,
      storage_account_url: azurite.accountUrl,
    },
  };
  process.send?.(ready);
  process.once('SIGTERM', async () => {
    await Promise.all([azurite.stop(), vault.stop(), entra.stop()]);
    await rm(join(folder, 'pid'));
    process.exit();
  });
}

const programs: Record<string, (folder: string) => Promise<void>> = { start, stop, serve };
const [command = '', folder] = process.argv.slice(2);
const program = programs[command];
if (!program || folder === undefined) {
  console.error('Usage: npm run stand-ins -- start FOLDER, or stop FOLDER');
  process.exit(2);
}
await program(resolve(folder));
