/**
 * Runs when the job ends, even if the step itself was killed: removes the folder that the step has left in that case.
 * It is a program of its own and imports nothing of the action, so that whatever went wrong it can never run a job.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';

const scratch = process.env['STATE_scratch'] ?? '';
if (path.basename(scratch).startsWith('postgres-azure-backup-'))
  await rm(scratch, { recursive: true, force: true });
