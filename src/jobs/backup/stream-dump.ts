import { createHash } from 'node:crypto';
import type { NewBackup } from '../../azure/storage/new-backup.ts';
import { batchesOf, release } from '../../base/chunks.ts';
import { Failure } from '../../base/failure.ts';
import { formatBytes, formatDuration } from '../../base/format.ts';
import { ProcessFailure, type RunningProcess } from '../../base/process.ts';
import { type Step, withProgress } from '../../base/step.ts';
import { ArchiveFollower } from '../../postgres/archive/follower.ts';
import { ArchiveError } from '../../postgres/archive/header.ts';
import { type AccompanyingReader, readAlong } from '../../postgres/archive/read.ts';
import type { Client } from '../../postgres/client/find.ts';
import { explainServerError } from '../../postgres/errors/explain.ts';
import type { AskActivity } from '../../postgres/server/activity.ts';

/**
 * Passes the archive from `pg_dump` to the blob, counts and hashes it, and follows its framing to the end; one in a format that is
 * newer than those known here is read along by the client's own `pg_restore` instead.
 * Back-pressure reaches `pg_dump`: it is read only as fast as blocks can be staged.
 * @param activity tells what pg_dump is at
 */
export async function streamDump(
  dumping: Pick<RunningProcess, 'stdout' | 'finished'>,
  client: Client,
  target: NewBackup,
  activity: AskActivity,
  step: Step,
): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  const check = wholeCheck(client, step);
  let size = 0;
  const describe = async (elapsed: number, over: AbortSignal): Promise<string> => {
    const { copies = [] } = (await activity(over)) ?? {};
    const now = copies.length === 0 ? '' : `; now ${copies.join(', ')}`;
    return `${formatDuration(elapsed)}: ${formatBytes(size)} so far, ${formatBytes((1000 * size) / elapsed)}/s${now}`;
  };

  await withProgress(step, describe, async () => {
    try {
      for await (const chunks of batchesOf(dumping.stdout)) {
        for (const chunk of chunks) {
          size += chunk.length;
          hash.update(chunk);
          await Promise.all([check.write(chunk), target.write(chunk)]);
        }
        release(chunks);
      }
    } catch (error) {
      if (step.signal.aborted) throw step.signal.reason;
      throw error;
    }
    await dumping.finished;
    await check.end();
    await target.flush();
  }).finally(check.stop);
  return { size, sha256: hash.digest('hex') };
}

/** As much of an archive as tells the version of its format, in bytes. */
const versionBytes = 7;

/** Checks that an archive is whole. Each part throws a Failure if it is not. */
function wholeCheck(client: Client, step: Step): AccompanyingReader {
  const follower = new ArchiveFollower();
  let reader: AccompanyingReader | undefined;
  let beginning = Buffer.alloc(0);

  async function write(chunk: Buffer): Promise<void> {
    try {
      follower.push(chunk);
    } catch (error) {
      throw error instanceof ArchiveError ? brokenArchive(`is incomplete: ${error.message}`, error) : error;
    }
    if (!follower.known && !reader) {
      step.info(
        'pg_dump writes an archive format that is newer than this action; pg_restore also reads it, to check that it is complete',
      );
      reader = readAlong(client, step.signal);
      await reader.write(beginning);
    }
    if (beginning.length < versionBytes)
      beginning = Buffer.concat([beginning, chunk.subarray(0, versionBytes)]);
    await reader?.write(chunk);
  }

  async function end(): Promise<void> {
    try {
      follower.end();
      await reader?.end();
    } catch (error) {
      if (error instanceof ArchiveError) throw brokenArchive(`is incomplete: ${error.message}`, error);
      if (!(error instanceof ProcessFailure)) throw error;
      const { cause } = explainServerError(error);
      throw brokenArchive(`cannot be read by pg_restore ${client.version}: ${cause}`, error);
    }
  }

  return { write, end, stop: async () => reader?.stop() };
}

function brokenArchive(what: string, cause: Error): Failure {
  return new Failure(
    {
      tried: "Following pg_dump's archive",
      cause: `the archive ${what}`,
      advice: 'Run the backup again; if this repeats, please report it.',
    },
    { cause },
  );
}
