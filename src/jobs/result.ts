/** What a job came to. */
export interface Result {
  job: 'backup' | 'restore';
  database: string;
  server: { host: string; version: string };
  backup: { name: string; url: string; size: number; sha256: string };
  /** Size of the database, in bytes, where it is known. */
  databaseSize: number | undefined;
  /** In milliseconds. */
  duration: number;
  /** When the data was read from its database: the time that the backup tells, if it tells one. */
  dataFrom?: Date;
  /** The run that made the backup that was restored, as the backup tells it. */
  madeBy?: MakingRun;
  /** How a backup was made: `zstd:1`, and the version of `pg_dump`. */
  made?: { compression: string; client: string };
  /** How many tables were restored, or are in the database that was backed up. */
  tables?: number;
  /** How many rows; of a backup, about as many. */
  rows?: number;
  /** The backups before this one, the newest first. */
  earlier?: readonly EarlierBackup[];
  /** Whether the content that was restored is what was backed up, by its recorded SHA-256. */
  verified?: boolean;
  /** For how long those had to wait who wanted to connect, at most, in milliseconds. */
  blocked?: number;
  /** The name under which the old database was kept, if it was. */
  previousDatabase?: string;
  /** What people should know, or do, in the end. */
  notes?: readonly Note[];
}

/** The run that made a backup, as the backup tells it; anybody may have written that. */
export interface MakingRun {
  repository: string;
  run: string;
  /** Its number among those of its workflow; empty where that is not recorded. */
  number?: string;
}

/** A backup that was made before. */
export interface EarlierBackup {
  name: string;
  /** In bytes. */
  size: number;
  /** When it was begun. */
  at: Date;
  madeBy?: MakingRun;
}

/** Something for the page of the run that is longer than an annotation may be. */
export interface Note {
  /** One or more sentences. Names in it may be somebody else's. */
  text: string;
  /** What it says once the job has done its work, where that is the only time when something like it is true. */
  afterwards?: string;
  /** What it is about, where it is neither something to do (that has statements) nor only something to know. */
  about?: 'not restored' | 'undo' | 'clean up';
  /** Statements that go with it, each with its semicolon. */
  sql?: readonly string[];
  /** Whether it is for the page of the run alone, and no warning. */
  quiet?: boolean;
}
