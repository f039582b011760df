import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { ifCutOff } from '../../../src/runner/endings.ts';
import { backupInputs, requestOf } from '../support/inputs.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('a backup that is cut off in its commit may have been made: the line that begins it says where to look', () => {
  expect(ifCutOff(requestOf(backupInputs))).toBe(
    'There is no new backup, unless the log says that it was uploaded. If it has a line "Committing", look for that name in the container: it is there only if the backup is complete.',
  );
  const job = readFileSync(path.join(import.meta.dirname, '../../../src/jobs/backup.ts'), 'utf8');
  expect(job.indexOf('step.info(`Committing ')).toBeGreaterThan(0);
  expect(job.indexOf('step.info(`Committing ')).toBeLessThan(job.indexOf('target.commit('));
});
