import { createHash } from 'node:crypto';
import type { NewBackup } from '../../azure/storage/new-backup.ts';
import { batchesOf, release } from '../../base/chunks.ts';
import { Failure } from '../../base/failure.ts';
import { formatBytes, formatDuration } from '../../base/format.ts';
import type { RunningProcess } from '../../base/process.ts';
import { type Step, withProgress } from '../../base/step.ts';
import { ArchiveFollower } from '../../postgres/archive/follower.ts';
import { ArchiveError } from '../../postgres/archive/header.ts';
import type { AskActivity } from '../../postgres/server/activity.ts';

/**
 * Passes the archive from `pg_dump` to the blob, counts and hashes it, and follows its framing to the end.
 * Back-pressure reaches `pg_dump`: it is read only as fast as blocks can be staged.
 * @param activity tells what pg_dump is at
 */
export async function streamDump(
  dumping: RunningProcess,
  target: NewBackup,
  activity: AskActivity,
  step: Step,
): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  const follower = new ArchiveFollower();
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
          follower.push(chunk);
          await target.write(chunk);
        }
        release(chunks);
      }
    } catch (error) {
      if (step.signal.aborted) throw step.signal.reason;
      throw error instanceof ArchiveError ? brokenArchive(error) : error;
    }
    await dumping.finished;
    checkWhole(follower, step);
    await target.flush();
  });
  return { size, sha256: hash.digest('hex') };
}

function checkWhole(follower: ArchiveFollower, step: Step): void {
  try {
    if (follower.end()) return;
  } catch (error) {
    throw error instanceof ArchiveError ? brokenArchive(error) : error;
  }
  step.warn(
    'This pg_dump writes an archive format that is newer than this action. Only the exit status of pg_dump says that the archive is complete.',
  );
}

function brokenArchive(cause: ArchiveError): Failure {
  return new Failure(
    {
      tried: "Following pg_dump's archive",
      cause: `the archive is incomplete: ${cause.message}`,
      advice: 'Run the backup again; if this repeats, please report it.',
    },
    { cause },
  );
}
