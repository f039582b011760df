import type { Cloud } from '../azure/cloud.ts';
import type { StorageAccountResource } from '../azure/portal.ts';
import type { ServicePrincipal } from '../azure/sign-in/credential.ts';
import type { BackupContainer } from '../azure/storage/backup-store.ts';
import type { LoginSecrets } from '../azure/vault/key-vault.ts';
import type { Patience } from '../base/patience.ts';
import type { ClientWish } from '../postgres/client/obtain.ts';
import type { Compression } from '../postgres/dump/compression.ts';
import type { ServerAddress } from '../postgres/session/connection.ts';

/** What every job is about: the database, and the way to it and to its backups. */
export interface DatabaseRequest {
  database: string;
  cloud: Cloud;
  principal: ServicePrincipal;
  secrets: LoginSecrets;
  server: ServerAddress;
  store: BackupContainer;
  /** For how long what passes by itself is waited for. */
  patience: Patience;
  /** Which PostgreSQL client is to be used. */
  client: ClientWish;
  /** Where the storage account is in the portal, if that is known. */
  account?: StorageAccountResource;
}

export interface BackupRequest extends DatabaseRequest {
  job: 'backup';
  compression: Compression;
  /** Further options of `pg_dump`, a line each, until the client is known; then its arguments. */
  dumpOptions: readonly string[];
}

export interface RestoreRequest extends DatabaseRequest {
  job: 'restore';
  backupFileName: string;
  strategy: RestoreStrategy;
  /** Whether the old database stays, under another name. */
  keepPrevious: boolean;
  /** Whether owners and rights of the backup are left out. */
  noOwner: boolean;
  noPrivileges: boolean;
  /** Whether everybody (PUBLIC) keeps the use of what works with the rights of another owner than before. */
  keepPublicRights: boolean;
  /** How many sessions of `pg_restore` work at once. */
  jobs: number;
  /** Further options of `pg_restore`, a line each, until the client is known; then its arguments. */
  restoreOptions: readonly string[];
}

/** What becomes of the old database: it is renamed away when the new one is full, or dropped before that is filled. */
export type RestoreStrategy = 'swap' | 'drop';

export type Request = BackupRequest | RestoreRequest;
