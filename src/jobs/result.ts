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
}
