import type { Cloud } from '../azure/cloud.ts';
import type { StorageAccountResource } from '../azure/portal.ts';
import type { ServicePrincipal } from '../azure/sign-in/credential.ts';
import type { BackupContainer } from '../azure/storage/backup-store.ts';
import type { AccessTier } from '../azure/storage/upload/tiers.ts';
import type { LoginSecrets } from '../azure/vault/key-vault.ts';
import type { Patience } from '../base/patience.ts';
import type { ClientWish } from '../postgres/client/obtain.ts';
import type { Compression } from '../postgres/dump/compression.ts';
import type { ServerAddress } from '../postgres/session/connection.ts';

/** What every job has: who signs in, and the container with the backups. */
export interface StorageRequest {
  /** Empty for a list of all databases, and for a backup that is named as a whole. */
  database: string;
  cloud: Cloud;
  principal: ServicePrincipal;
  store: BackupContainer;
  /** For how long what passes by itself is waited for. */
  patience: Patience;
  /** Where the storage account is in the portal, if that is known. */
  account?: StorageAccountResource;
}

/** What a job has besides that works with the database itself. */
export interface DatabaseRequest extends StorageRequest {
  secrets: LoginSecrets;
  server: ServerAddress;
  /** Which PostgreSQL client is to be used. */
  client: ClientWish;
}

/** Whose backups are meant, as the backups record it. */
export interface Source {
  /** The names that the server has, or had before it moved: one is enough. Undefined for every server. */
  hosts: readonly string[] | undefined;
  /** Empty for every database. */
  database: string;
}

/** What is kept, each as a number of backups, periods or days; 0 for a rule that is not given. */
export interface RetentionRules {
  last: number;
  withinDays: number;
  daily: number;
  weekly: number;
  monthly: number;
  yearly: number;
}

/** What is to be kept of the backups of a database, and whether the others are deleted. */
export interface Retention {
  rules: RetentionRules;
  /** Only tells what would be deleted. */
  isDryRun: boolean;
}

export interface BackupRequest extends DatabaseRequest {
  job: 'backup';
  compression: Compression;
  /** Further options of `pg_dump`, a line each, until the client is known; then its arguments. */
  dumpOptions: readonly string[];
  /** Of the new blob; undefined for that of the account. */
  tier?: AccessTier;
  /** Why no retention deletes this backup; undefined if one may. */
  protect?: string;
  /** Undefined where nothing is deleted. */
  retention?: Retention;
  /** Whose backups the retention counts: this database, on this server and under the names that it had before. */
  source: Source;
}

/** What `backup_file_name` is where the latest backup is meant. */
export const latestName = 'latest';

export interface RestoreRequest extends DatabaseRequest {
  job: 'restore';
  /** The blob's name, or `latest`. */
  backupFileName: string;
  /** Whose latest backup is meant. */
  source: Source;
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

export interface ListRequest extends StorageRequest {
  job: 'list';
  source: Source;
  /** The job fails when the newest backup is older. */
  maxAgeHours?: number;
}

export interface PruneRequest extends StorageRequest {
  job: 'prune';
  source: Source;
  retention: Retention;
}

export interface ProtectRequest extends StorageRequest {
  job: 'protect' | 'unprotect';
  backupFileName: string;
  /** Why the backup is kept; empty for `unprotect`. */
  protect: string;
}

/** What a backup and a restore of this database would be given. */
export interface CheckRequest extends DatabaseRequest {
  job: 'check';
  compression: Compression;
  dumpOptions: readonly string[];
  tier?: AccessTier;
  source: Source;
  strategy: RestoreStrategy;
  restoreOptions: readonly string[];
}

export type Request =
  | BackupRequest
  | RestoreRequest
  | ListRequest
  | PruneRequest
  | ProtectRequest
  | CheckRequest;
