/** A backup that this action made, as its blob tells it. Whoever may write to the container may have written that. */
export interface RecordedBackup {
  /** The whole name of the blob, with its folder. */
  name: string;
  /** In bytes. */
  size: number;
  /** What is deleted or changed is what was looked at. */
  etag: string;
  /** The server's name, in lower case. */
  host: string;
  database: string;
  /** The recorded start: the time that everything goes by. */
  at: Date;
  /** When Azure says that the blob came; writing metadata does not change it. Undefined where the account does not say it. */
  createdOn?: Date;
  /** As it is recorded: `17.6`, `zstd:1`; empty where it is not. */
  serverVersion: string;
  compression: string;
  /** The options that left a part of the database out, in words; undefined for a whole backup. */
  part?: string;
  /** When a restore of it was last proven to work; undefined for never. */
  verifiedAt?: Date;
  /** Why no retention deletes it, as somebody wrote it; undefined if one may. */
  protection?: string;
  /** Until when the container's policy keeps it. */
  immutableUntil?: Date;
  hasLegalHold: boolean;
  /** As Azure names it: `Hot`; empty where the account does not say it. */
  tier: string;
}

/** What lies in a folder of a container. */
export interface Inventory {
  /** The newest first. */
  backups: readonly RecordedBackup[];
  /** How many files are no backups of this action. */
  foreign: number;
  /** The account's time when it was asked. */
  now: Date;
}
