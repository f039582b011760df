import { randomBytes, randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Account, startAzurite } from './azure/azurite.ts';
import { type Backups, createBackups } from './azure/backups.ts';
import { type Entra, startEntra } from './azure/entra.ts';
import { type KeyVault, startKeyVault } from './azure/key-vault.ts';
import { sharedStorage } from './azure/shared-storage.ts';
import { type GitHubOidc, startGitHubOidc } from './github/github-oidc.ts';
import { type Authority, authorityWith, localNames, makeAuthority, trust } from './machine/certificates.ts';
import { makeTemporaryFolder } from './machine/temporary-folder.ts';
import {
  type Login,
  type PostgresMajor,
  type PostgresServer,
  startPostgres,
} from './postgres/postgres-server.ts';

/** What to start. */
export interface WorldOptions {
  servers: PostgresMajor[];
  /** Server parameters for all of them. */
  settings?: Record<string, string | number | boolean>;
  /** Whether they are servers as Azure runs them. The login of the vault is no member of `azure_pg_admin` there. */
  azure?: boolean;
  /** Whether they offer the stand-ins among their extensions. */
  standIns?: boolean;
}

/** Everything that the action talks to, on this machine. */
export interface World extends AsyncDisposable {
  authority: Authority;
  /** The authority's certificate as a file. */
  caFile: string;
  github: GitHubOidc;
  entra: Entra;
  vault: KeyVault;
  azurite: Account;
  /** The container that `inputsFor` names. */
  backups: Backups;
  servers: PostgresServer[];
  server(major: PostgresMajor): PostgresServer;
  /** Whose name and password are in the vault: a role on every server that may create databases, no superuser. */
  login: Login;
  /** The action's inputs for a job on a server: all that is the same for every job, and the job's own. */
  inputsFor(
    server: PostgresServer,
    job: { job_to_run: string; db_name: string } & Record<string, string>,
  ): Record<string, string>;
  /** The variables that a step needs to get a GitHub token and to trust the stand-ins. */
  environment: Record<string, string>;
  stop(): Promise<void>;
}

/** The names of the two secrets in the vault. */
export const secretNames = { user: 'db-user', password: 'db-password' };

/** Starts everything; what has been started is stopped again if the rest fails. */
export async function startWorld({
  servers: majors,
  settings = {},
  azure = false,
  standIns = false,
}: WorldOptions): Promise<World> {
  await using stack = new AsyncDisposableStack();
  const use = async <T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
    const started = await starting;
    stack.defer(started.stop);
    return started;
  };

  const folder = await makeTemporaryFolder('world');
  stack.defer(folder.remove);
  const shared = sharedStorage();
  const authority = shared ? authorityWith(shared.authority) : await makeAuthority();
  stack.defer(trust(authority.caPem));
  const caFile = join(folder.path, 'ca.pem');
  await writeFile(caFile, authority.caPem);
  const certificate = await authority.issue(localNames);

  const github = await use(startGitHubOidc(certificate));
  const entra = await use(startEntra(certificate, github.issuer));
  entra.federatedCredential.subject = github.subject;
  const vault = await use(startKeyVault(certificate, entra));
  const [azurite, servers] = await allStarted(
    shared?.azurite ?? use(startAzurite(certificate)),
    majors.map((major) => use(startPostgres({ major, certificate, settings, azure, standIns }))),
  );

  const login = awkwardLogin();
  vault.secrets.set(secretNames.user, { value: login.user });
  vault.secrets.set(secretNames.password, { value: login.password });
  for (const server of servers) await server.createRole(login.user, login.password, 'CREATEDB');
  const backups = await createBackups(azurite);
  const subscription = randomUUID();

  const everything = stack.move();
  const stop = () => everything.disposeAsync();

  return {
    ...{ authority, caFile, github, entra, vault, azurite, backups, servers, login },
    server: (major) => {
      const server = servers.find((candidate) => candidate.major === major);
      if (!server) throw new Error(`This world has no server ${major}`);
      return server;
    },
    inputsFor: (server, job) => ({
      azure_client_id: entra.clientId,
      azure_tenant_id: entra.tenantId,
      azure_subscription_id: subscription,
      key_vault_name: vault.name,
      db_user_secret_name: secretNames.user,
      db_password_secret_name: secretNames.password,
      azure_db_host: server.host,
      db_port: String(server.port),
      storage_account_name: azurite.accountName,
      storage_container_name: backups.container,
      ssl_root_cert: caFile,
      azure_authority_host: entra.url,
      key_vault_url: vault.url,
      storage_account_url: azurite.accountUrl,
      ...job,
    }),
    environment: { ...github.environment, NODE_EXTRA_CA_CERTS: caFile },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** Waits until every start has ended one way or the other, so that none comes up after the clean-up. */
async function allStarted<A, B>(first: A | Promise<A>, others: Promise<B>[]): Promise<[A, B[]]> {
  await Promise.allSettled([first, ...others]);
  return [await first, await Promise.all(others)];
}

/** A password with every character that somebody forgets to escape; its random end is easy to look for. */
function awkwardLogin(): Login {
  return { user: 'backup_admin', password: `a'b"c \\d%41:e@f/g?h#i&j$k=ü-${randomBytes(9).toString('hex')}` };
}
