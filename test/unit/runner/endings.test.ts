import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { Defect } from '../../../src/runner/cancel-or-crash.ts';
import { closingLine, failureFor, ifCutOff, type Reached } from '../../../src/runner/endings.ts';
import { backupInputs, listInputs, requestOf, restoreInputs } from '../support/inputs.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('a backup that is cut off in its commit may have been made: the line that begins it says where to look', () => {
  expect(ifCutOff(requestOf(backupInputs))).toBe(
    'There is a new backup only if the log says that it was uploaded, or says "Committing" and a blob of that name is in the container, which is complete then.',
  );
  const job = readFileSync(path.join(import.meta.dirname, '../../../src/jobs/backup.ts'), 'utf8');
  expect(job.indexOf('step.info(`Committing ')).toBeGreaterThan(0);
  expect(job.indexOf('step.info(`Committing ')).toBeLessThan(job.indexOf('target.commit('));
});

test('a job of the container that is cut off says what it may have done', () => {
  const prune = { ...listInputs, job_to_run: 'prune', db_name: 'moodle', retention_last: '3' };
  expect(ifCutOff(requestOf(prune))).toMatch(/^Backups may have been deleted: /);
  expect(ifCutOff(requestOf({ ...prune, retention_dry_run: 'true' }))).toBe('Nothing was changed.');
  const backup = { ...backupInputs, retention_last: '3' };
  expect(ifCutOff(requestOf(backup))).toContain('Of older ones');
  expect(ifCutOff(requestOf({ ...backup, retention_dry_run: 'true' }))).not.toContain('Of older ones');
  expect(ifCutOff(requestOf({ ...backupInputs, job_to_run: 'check' }))).toContain('A probe file may be left');
  expect(ifCutOff(requestOf(listInputs))).toBe('Nothing was changed.');
});

const unfinished = {
  ...{ database: 'moodle', run: '7/1' },
  fresh: { name: 'moodle_restore_1', oid: 2 },
  previous: { name: 'moodle_before_1', oid: 1 },
};
const drops = 'The end of the job drops it, or tells why it could not.';

test.each<[string, Reached, string, string]>([
  ['swap', {}, 'was not touched by this restore.', ''],
  [
    'swap',
    { stage: 'filling', unfinished: { ...unfinished, stage: 'filling' } },
    `was not touched by this restore. "moodle_restore_1" beside it may be left. ${drops}`,
    ` "moodle_restore_1" may still be there. ${drops}`,
  ],
  ['swap', { stage: 'filling' }, 'was not touched by this restore.', ''],
  [
    'swap',
    { stage: 'swapping', unfinished: { ...unfinished, stage: 'swapping' } },
    `is either the old one or restored in full, never in between. "moodle_restore_1" beside it may be left. ${drops}`,
    ` "moodle_restore_1" may still be there. ${drops}`,
  ],
  [
    'swap',
    { stage: 'swapped', unfinished: { ...unfinished, stage: 'swapped' } },
    `is restored in full. The old one may be left as "moodle_before_1". ${drops}`,
    ` "moodle_before_1" may still be there. ${drops}`,
  ],
  ['swap', { stage: 'swapped' }, 'is restored in full.', ''],
  ['drop', {}, 'was not touched by this restore.', ''],
  [
    'drop',
    { stage: 'swapping', unfinished: { ...unfinished, stage: 'swapping' } },
    'is either the old one or empty. If it is empty, the end of the job puts the old one back, or tells why it could not; that is "moodle_before_1", unless it was dropped.',
    ` "moodle_restore_1" may still be there. ${drops}`,
  ],
  [
    'drop',
    { stage: 'swapping' },
    'is either the old one or empty. If it is empty, the end of the job puts the old one back, or tells why it could not.',
    '',
  ],
  [
    'drop',
    { stage: 'swapped', unfinished: { database: 'moodle', run: '7/1', stage: 'swapped' } },
    'is incomplete, unless the log says that it was restored: run the restore again with the same backup.',
    '',
  ],
])(
  'a restore by %s that is cut off at %j says what state the database is in',
  (strategy, reached, state, left) => {
    const request = requestOf({ ...restoreInputs, db_name: 'moodle', restore_strategy: strategy });
    expect(ifCutOff(request, reached)).toBe(`Database "moodle" ${state}`);
    const first = state.split('. ')[0]?.replace(/\.$/, '');
    expect(closingLine(ifCutOff(request, reached), reached)).toBe(
      `Cancelled. Database "moodle" ${first}.${left}`,
    );
  },
);

const running = new AbortController().signal;

test.each([
  [
    'EMFILE',
    'too many open files: /x (EMFILE)',
    "Raise the runner's open file limit (ulimit -n), then run the job again.",
  ],
  ['ENOSPC', 'no space left on the disk: /x (ENOSPC)', /^Free space on the runner's disk/],
])('what the machine refuses by %s is no bug, where nobody caught it either', async (code, cause, advice) => {
  const error = Object.assign(new Error(`${code}: open '/x'`), { code, path: '/x' });
  for (const [thrown, interrupted] of [
    [error, running],
    [new Error('ended'), AbortSignal.abort(new Defect(error))],
  ] as const) {
    const failure = await failureFor(thrown, interrupted, 'As it was.');
    expect(failure).toHaveProperty('explanation', {
      ...{ tried: 'The step', cause, state: 'As it was.' },
      advice: typeof advice === 'string' ? advice : expect.stringMatching(advice),
    });
  }
});

test('an error that nothing was prepared for is a bug, and one of ours is told as it is', async () => {
  const failure = await failureFor(new RangeError('deep'), running, 'As it was.');
  expect(failure.message).toMatch(/^The step failed: deep\nThis is a bug in the action.*\nAs it was\.$/);
  const uncaught = AbortSignal.abort(new Defect(new RangeError('deep')));
  expect((await failureFor(new Error('ended'), uncaught, 'As it was.')).message).toBe(failure.message);
});
