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
  /** The name under which the old database was kept, if it was. */
  previousDatabase?: string;
  /** What people should know, or do, in the end. */
  notes?: readonly Note[];
}

/** Something for the page of the run that is longer than an annotation may be. */
export interface Note {
  /** One or more sentences. Names in it may be somebody else's. */
  text: string;
  /** Statements that go with it, each with its semicolon. */
  sql?: readonly string[];
  /** Whether it is for the page of the run alone, and no warning. */
  quiet?: boolean;
}

/** A note as an annotation: a long script is for the page of the run; a short one stands here, too. */
export function annotationOf({ text, sql = [] }: Note): string {
  if (sql.length === 0) return text;
  const all = sql.join('\n');
  const isLong = all.length > 1_500;
  return `${text}\n${isLong ? `(${sql.length} statements, in the summary of the job)` : all}`;
}
