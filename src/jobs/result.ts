import type { AccessTier } from '../azure/storage/upload/tiers.ts';
import type { Explanation } from '../base/failure.ts';
import type { RecordedBackup } from './recorded-backup.ts';
import type { RetentionRules, Source } from './request.ts';

/** What every job tells in the end. */
interface Ended {
  /** In milliseconds. */
  duration: number;
  /** What people should know, or do, in the end. */
  notes?: readonly Note[];
  /** Why the step fails, although the job has done what it could: outputs and summary are there all the same. */
  problem?: JobProblem;
}

/** A problem that a job has found, or met, and that does not keep it from telling what it came to. */
export interface JobProblem extends Explanation {
  /** Of the error, where that is not the one of a job that failed: `No recent backup`. */
  title?: string;
  /** Whether the summary of the result tells it, and nothing else has to. */
  isToldByResult?: boolean;
}

/** What a job came to that worked with a database and a backup of it. */
interface Transferred extends Ended {
  database: string;
  server: { host: string; version: string };
  backup: { name: string; url: string; size: number; sha256: string };
  /** Size of the database, in bytes, where it is known. */
  databaseSize: number | undefined;
  /** When the data was read from its database: the time that the backup tells, if it tells one. */
  dataFrom?: Date;
  /** How many tables were restored, or are in the database that was backed up. */
  tables?: number;
  /** How many rows; of a backup, about as many. */
  rows?: number;
}

export interface BackupResult extends Transferred {
  job: 'backup';
  /** How the backup was made: `zstd:1`, and the version of `pg_dump`. */
  made?: { compression: string; client: string };
  /** The tier that was asked for, if the account took it. */
  tier?: AccessTier;
  /** Why no retention deletes it; undefined if one may. */
  protection?: string;
  /** The backups before this one, the newest first. */
  earlier?: readonly EarlierBackup[];
  /** What the retention kept and deleted, if there is one and it did not fail. */
  retention?: RetentionOutcome;
}

export interface RestoreResult extends Transferred {
  job: 'restore';
  /** The run that made the backup that was restored, as the backup tells it. */
  madeBy?: MakingRun;
  /** Whether the content that was restored is what was backed up, by its recorded SHA-256. */
  verified?: boolean;
  /** For how long those had to wait who wanted to connect, at most, in milliseconds. */
  blocked?: number;
  /** The name under which the old database was kept, if it was. */
  previousDatabase?: string;
}

/** What a job came to that worked with the container alone. */
interface Kept extends Ended {
  /** Where the backups are: the container, its account's host, and the folder, empty for none. */
  place: { container: string; host: string; folder: string };
}

export interface ListResult extends Kept {
  job: 'list';
  source: Source;
  /** The newest first. */
  backups: readonly RecordedBackup[];
  /** How many backups of others there are in the folder, and how many files that are no backups. */
  others: number;
  foreign: number;
  /** The account's time when it was asked. */
  now: Date;
}

/** What became of the backups of a database by the rules of a retention. */
export interface RetentionOutcome {
  rules: RetentionRules;
  isDryRun: boolean;
  /** The newest first, each with its reasons. */
  kept: readonly { backup: RecordedBackup; reasons: readonly string[] }[];
  /** What was deleted, or, in a dry run, would be. */
  deleted: readonly RecordedBackup[];
  /** What was to be deleted and was not, each with the cause. */
  failed: readonly { backup: RecordedBackup; cause: string }[];
  /** What was gone already: another one deletes too. */
  gone: readonly RecordedBackup[];
}

export interface PruneResult extends Kept {
  job: 'prune';
  source: Source;
  outcome: RetentionOutcome;
}

export interface ProtectResult extends Kept {
  job: 'protect' | 'unprotect';
  backup: RecordedBackup;
  /** What it was protected with before; undefined for nothing. */
  before?: string;
}

/** Something that was looked at, in a few words, and what came of it. */
export interface Checked {
  what: string;
  /** `not checked` is what this identity may not see, or depends on what did not pass. */
  came: 'passed' | 'failed' | 'warning' | 'not checked';
  /** What was found, in a sentence. */
  detail: string;
  /** What to do, where it did not pass. */
  fix?: string;
  /** Statements that go with it. */
  sql?: readonly string[];
  /** What a job does that this would have tried, for the verdict: `reading a file`; only where it was not checked, and can be elsewhere. */
  untried?: string;
}

/** What was looked at together. */
export interface CheckedGroup {
  title: string;
  checks: readonly Checked[];
}

export interface CheckResult extends Ended {
  job: 'check';
  database: string;
  host: string;
  groups: readonly CheckedGroup[];
  /** The jobs that would fail. */
  stopped: readonly ('backup' | 'restore')[];
}

export type Result = BackupResult | RestoreResult | ListResult | PruneResult | ProtectResult | CheckResult;

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
