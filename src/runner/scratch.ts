import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { causeOf, Failure } from '../base/failure.ts';
import { quoted } from '../base/format.ts';
import { explainSystemError } from '../base/system-errors.ts';

/**
 * Makes a private folder (mode 0700) for the step's files.
 * @param parent that it is to lie in
 * @throws Failure if that folder takes none
 */
export async function makeScratch(parent: string): Promise<string> {
  try {
    return await mkdtemp(path.join(parent, 'postgres-azure-backup-'));
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
