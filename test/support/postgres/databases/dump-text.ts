import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface DumpTextOptions {
  /** The program, of the server's own major version. */
  readonly pgDump: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** A PEM file. */
  readonly rootCert: string;
  /** Further arguments; by default, the rights of others are left out. */
  readonly options?: readonly string[];
}

/** What `pg_dump` writes about a database, so that two databases of equal content give equal text. */
export async function dumpText(options: DumpTextOptions): Promise<string> {
  const { stdout } = await promisify(execFile)(
    options.pgDump,
    [
      '--no-owner',
      ...(options.options ?? ['--no-privileges']),
      '--encoding=UTF8',
      '--dbname',
      conninfo(options.database),
    ],
    { env: environment(options), encoding: 'buffer', maxBuffer: Number.POSITIVE_INFINITY },
  );
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(stdout);
  return comparable(text);
}

/**
 * Takes out of a plain dump what differs from run to run: the key of `\restrict`, the versions, and the order
 * of a table's rows. SQL gives rows no order, and a small row may be put on an earlier page at restore.
 */
export function comparable(text: string): string {
  const key = /^\\restrict ([A-Za-z0-9]+)$/m.exec(text.slice(0, 1000))?.[1];
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith('SET '));
  const head = lines
    .slice(0, start)
    .filter((line) => line !== `\\restrict ${key}` && !/^-- Dumped (from|by) /.test(line));
  const body = lines.slice(start).filter((line) => line !== `\\unrestrict ${key}`);
  return [...head, ...withSortedRows(body)].join('\n');
}

/** Undefined if the texts are equal, else the place where they part; far quicker to read than a diff of megabytes. */
export function firstDifference(before: string, after: string): string | undefined {
  if (before === after) return undefined;
  const [left, right] = [before.split('\n'), after.split('\n')];
  let line = 0;
  while (left[line] === right[line]) line += 1;
  const around = (lines: string[], sign: string): string[] =>
    lines.slice(line, line + 5).map((text) => `${sign} ${excerpt(text)}`);
  const context = left.slice(Math.max(0, line - 5), line).map((text) => `  ${excerpt(text)}`);
  return [`line ${line + 1}:`, ...context, ...around(left, '-'), ...around(right, '+')].join('\n');
}

function withSortedRows(lines: readonly string[]): string[] {
  const result: string[] = [];
  let rows: string[] | undefined;
  for (const line of lines) {
    if (rows === undefined) {
      result.push(line);
      if (line.endsWith(' FROM stdin;')) rows = [];
    } else if (line === '\\.') {
      for (const row of rows.sort()) result.push(row);
      result.push(line);
      rows = undefined;
    } else {
      rows.push(line);
    }
  }
  return rows === undefined ? result : result.concat(rows);
}

/** As a conninfo, since a bare name that holds `=` would be read as one. */
function conninfo(database: string): string {
  return `dbname='${database.replace(/['\\]/g, '\\$&')}'`;
}

function environment(options: DumpTextOptions): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'));
  return {
    ...Object.fromEntries(inherited),
    PGHOST: options.host,
    PGPORT: String(options.port),
    PGUSER: options.user,
    PGPASSWORD: options.password,
    PGSSLMODE: 'verify-full',
    PGSSLROOTCERT: options.rootCert,
  };
}

function excerpt(line: string): string {
  return line.length > 300 ? `${line.slice(0, 300)}… (${line.length} characters)` : line;
}
