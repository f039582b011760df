import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { causeOf, Failure } from '../base/failure.ts';
import { quoted } from '../base/format.ts';
import { explainSystemError } from '../base/system-errors.ts';
import { removeUnpacking } from '../postgres/client/install/tool-cache.ts';

/** How the name of the folder begins, by which it is known again. */
const scratchPrefix = 'postgres-azure-backup-';

/** Whether a path may be that of a folder that `makeScratch` has made. */
export function isScratch(folder: string): boolean {
  return path.isAbsolute(folder) && path.basename(folder).startsWith(scratchPrefix);
}

/** Removes a folder of ours with all that is in it, and what was being unpacked elsewhere. One that is not there is no error. */
export async function removeFolder(folder: string): Promise<void> {
  await removeUnpacking(folder);
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

/**
 * Makes a private folder (mode 0700) for the step's files.
 * @param parent that it is to lie in
 * @throws Failure if that folder takes none
 */
export async function makeScratch(parent: string): Promise<string> {
  try {
    return await mkdtemp(path.join(parent, scratchPrefix));
  } catch (cause) {
    throw new Failure(
      {
        tried: `Making a folder for the step's files in ${quoted(parent)}`,
        cause: causeOf(cause),
        advice:
          "The runner sets RUNNER_TEMP itself (_temp in its work folder): see that it exists, and that the runner's user may write to it.",
        ...explainSystemError(cause),
        state: 'Nothing was changed.',
      },
      { cause },
    );
  }
}
