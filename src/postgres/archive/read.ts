import { constants, isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { batchesOf, release } from '../../base/chunks.ts';
import { Failure } from '../../base/failure.ts';
import { formatBytes } from '../../base/format.ts';
import { ProcessFailure, start } from '../../base/process.ts';
import type { Client } from '../client/find.ts';
import { explainServerError } from '../errors/explain.ts';

/** A file ends before what was to be read from it is complete. */
export class CutOff extends Failure {}

/**
 * Lets `pg_restore` read an archive without a server.
 * @returns what it prints
 * @throws CutOff if the file ends too early
 * @throws Failure if it cannot be read for another reason
 */
export async function readArchive(
  client: Client,
  args: readonly string[],
  signal: AbortSignal,
): Promise<string> {
  try {
    const reading = start({ program: client.pgRestore, args, env: environment(), signal });
    const output = allOf(reading.stdout);
    output.catch(() => {}); // cut short only when the child is, and then its exit says why
    await reading.finished;
    const bytes = await output.catch((error: unknown) => {
      signal.throwIfAborted();
      throw error;
    });
    if (bytes.length > constants.MAX_STRING_LENGTH)
      throw new Failure({
        tried: `Reading the archive with pg_restore ${client.version}`,
        cause: `its statements have ${formatBytes(bytes.length)}, and this action looks through ${formatBytes(constants.MAX_STRING_LENGTH)} at most`,
        advice: 'Download the backup and restore it with pg_restore by hand.',
      });
    return decodedCopyText(bytes);
  } catch (error) {
    if (!(error instanceof ProcessFailure)) throw error;
    const { cause } = explainServerError(error);
    const Kind = isCutOff(cause) ? CutOff : Failure;
    const tried = `Reading the archive with pg_restore ${client.version}`;
    throw new Kind({ tried, cause, advice: adviceForArchive(cause) }, { cause: error });
  }
}

/** The bytes of a stream, in one piece; they may be many, so no more than two copies are there at a time. */
async function allOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const batch of batchesOf(stream)) chunks.push(...batch);
  const all = Buffer.concat(chunks);
  release(chunks);
  return all;
}

function environment(): NodeJS.ProcessEnv {
  return { LC_ALL: 'C', PATH: process.env['PATH'] };
}

/** Somebody who reads an archive while it comes by. */
export interface AccompanyingReader {
  /** Gives it the next bytes. Resolves when their memory is not needed any more. Never throws. */
  write(chunk: Buffer): Promise<void>;
  /**
   * To be called after the last byte.
   * @throws ProcessFailure if it could not read the archive to its end
   */
  end(): Promise<void>;
  /** Ends it. Never throws. */
  stop(): Promise<void>;
}

/** Lets `pg_restore` read and decompress an archive while it comes by, without a server. Finds what `readThrough` does. */
export function readAlong(client: Client, signal: AbortSignal): AccompanyingReader {
  const args = ['--file=/dev/null'];
  const reading = start({ program: client.pgRestore, args, env: environment(), signal, keepInput: true });
  reading.stdout.resume();
  return {
    // What it does not take any more, because it has ended, is no error before it is known how it ended.
    write: (chunk) => new Promise((resolve) => reading.stdin.write(chunk, () => resolve())),
    async end() {
      reading.stdin.end();
      await reading.finished;
    },
    stop: reading.stop,
  };
}

/** How the encodings are called whose names differ: https://encoding.spec.whatwg.org/#names-and-labels */
const labels: Readonly<Record<string, string>> = {
  ...{
    LATIN1: 'iso-8859-1',
    LATIN2: 'iso-8859-2',
    LATIN3: 'iso-8859-3',
    LATIN4: 'iso-8859-4',
    LATIN5: 'iso-8859-9',
  },
  ...{ LATIN6: 'iso-8859-10', LATIN7: 'iso-8859-13', LATIN8: 'iso-8859-14', LATIN9: 'iso-8859-15' },
  ...{ LATIN10: 'iso-8859-16', WIN866: 'ibm866', KOI8R: 'koi8-r', KOI8U: 'koi8-u' },
};

/** Within how many bytes of a script its settings are, at most: with --verbose, before them stands what each is. */
const settingsBytes = 64 * 1024;

/**
 * A script is in the encoding of the database that the archive was made of, and says which that is. But roles, settings and
 * comments of databases, which are kept once for the whole server, are in that of the database in which they were made.
 */
export function decodedCopyText(content: Buffer): string {
  if (isUtf8(content)) return content.toString();
  const start = content.subarray(0, settingsBytes).toString('latin1');
  const encoding = /^SET client_encoding = '(\w+)';$/m.exec(start)?.[1] ?? 'UTF8';
  const label = labels[encoding] ?? encoding.replace(/^WIN/, 'windows-').replaceAll('_', '-');
  try {
    return new TextDecoder(label).decode(content);
  } catch {
    return content.toString(); // SQL_ASCII, and what only PostgreSQL knows
  }
}

/**
 * What to do about an archive that `pg_restore` cannot read, by its own words, which LC_ALL keeps English.
 * https://github.com/postgres/postgres/blob/master/src/bin/pg_dump/pg_backup_archiver.c (ReadHead)
 */
export function adviceForArchive(cause: string): string {
  if (/unsupported version \(.*\) in file header/.test(cause)) {
    return 'The backup is fine, but was made by a newer pg_dump (its version is in the log above). Install the client of that version from apt.postgresql.org in a step before this one, or use a runner image that has it (input runs_on of the workflow).';
  }
  if (/this build does not support compression|compression not supported in this installation/.test(cause)) {
    return (
      "The backup is fine, but this pg_restore does not support its compression. Install PostgreSQL's own client " +
      '(https://www.postgresql.org/download/) in a step before this one, then run the restore again.'
    );
  }
  if (
    /^options? -\S.* cannot be used together|^unrecognized section name|for option -|filter file/m.test(cause)
  ) {
    return 'Correct pg_restore_options.';
  }
  return 'The blob is damaged or incomplete. Choose another backup.';
}

/** https://github.com/postgres/postgres/blob/master/src/bin/pg_dump/pg_backup_utils.h (READ_ERROR_EXIT) */
function isCutOff(cause: string): boolean {
  return cause.includes('could not read from input file: end of file');
}

/**
 * Reads and decompresses a whole archive without a server. Finds every cut; content that was changed is found in gzip
 * data only, since `pg_dump` writes the other methods without checksums.
 * @throws Failure if the archive is damaged
 */
export async function readThrough(client: Client, file: string, signal: AbortSignal): Promise<void> {
  await readArchive(client, ['--file=/dev/null', file], signal);
}
