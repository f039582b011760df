import { describe, expect, test } from 'vitest';
import { checksOfFindings, uncheckedCheck, warningAbout } from '../../../../src/jobs/check/checklist.ts';
import { reportOf, tasksOf } from '../../../../src/jobs/check/report.ts';
import { countOf, othersIn, stoppedBy, tallyOf, verdictOf } from '../../../../src/jobs/check/verdict.ts';
import type { Checked } from '../../../../src/jobs/result.ts';

const passed: Checked = { what: 'Connection', came: 'passed', detail: 'PostgreSQL 17.6.' };
const failed: Checked = { what: 'Writing', came: 'failed', detail: 'No.', fix: 'Do it:\nSELECT 1;' };
const area = (title: string, stops: readonly ('backup' | 'restore')[], ...checks: Checked[]) => ({
  ...{ title, stops, checks },
});

test('the jobs that would fail are those of the areas, unless a check says otherwise', () => {
  expect(stoppedBy([area('A', ['backup', 'restore'], passed)])).toEqual([]);
  expect(stoppedBy([area('A', ['restore'], failed), area('B', ['backup'], failed)])).toEqual([
    'backup',
    'restore',
  ]);
  const only = {
    title: 'A',
    stops: ['backup', 'restore'] as const,
    checks: [{ ...failed, stops: ['restore'] as const }],
  };
  expect(stoppedBy([only])).toEqual(['restore']);
});

test.each([
  [[], 'Ready for backup and restore of it'],
  [['backup'], 'A backup of it would fail'],
  [['backup', 'restore'], 'A backup and a restore of it would fail'],
] as const)('%j in words', (stopped, words) =>
  expect(verdictOf({ stopped, groups: [] }, ' of it')).toBe(words),
);

test('that nothing would fail is said with what could not be tried', () => {
  const reading = uncheckedCheck('Reading', 'No.', 'reading a file');
  const told = (...checks: Checked[]) => verdictOf({ stopped: [], groups: [{ title: 'A', checks }] });
  expect(told(passed, uncheckedCheck('Room', 'No.'))).toBe('Ready for backup and restore');
  expect(told(passed, reading)).toBe('Ready for backup and restore; reading a file was not tried');
  expect(told(reading, uncheckedCheck('Access tier', 'No.', 'access tier cool'))).toBe(
    'Ready for backup and restore; reading a file and access tier cool were not tried',
  );
  expect(verdictOf({ stopped: ['backup'], groups: [{ title: 'A', checks: [reading] }] })).toBe(
    'A backup would fail',
  );
});

test('what was not checked is no check that was made', () => {
  const checks = [
    passed,
    failed,
    warningAbout('Room', 'Little. Make some.'),
    uncheckedCheck('Rights', 'No.'),
  ];
  const tally = tallyOf([{ title: 'A', checks }]);
  expect(tally).toEqual({ made: 3, failed: 1, warnings: 1, unchecked: 1 });
  expect(countOf(tally)).toBe('1 of 3 checks did not pass');
  expect(othersIn(tally)).toBe('1 warning, 1 not checked');
  expect(countOf({ ...tally, failed: 0 })).toBe('2 checks passed');
});

describe('what to do', () => {
  const tell = (...checks: Checked[]) =>
    tasksOf([{ title: 'Storage', checks }]).map(({ title, text }) => [title, text]);

  test('comes without what the line of the check says', () =>
    expect(tell(failed)).toEqual([['Storage, writing', 'Do it:\nSELECT 1;']]));

  test('comes with it where the line has no room', () => {
    const long = { ...failed, what: 'pg_dump_options', detail: `First.\n${'x'.repeat(400)}` };
    expect(tell(long)).toEqual([['Storage, pg_dump_options', `${long.detail}\n${long.fix}`]]);
  });

  test('is first what fails, then what is a warning, and not what is only to be known', () => {
    const warning = warningAbout('Room', 'Little. Make some.');
    expect(tell(passed, warning, warningAbout('Age', 'It is old.'), failed).map(([title]) => title)).toEqual([
      'Storage, writing',
      'Storage, room',
    ]);
  });
});

test('the log has each check in a line, and each statement in one of its own', () => {
  const groups = [{ title: 'Server', checks: [passed, { ...failed, sql: ['GRANT "a\nb" TO c;'] }] }];
  expect(reportOf({ groups, stopped: ['backup'] })).toEqual([
    'Server',
    '  ✓ Connection  PostgreSQL 17.6.',
    '  ✗ Writing     No.',
    '',
    'A backup would fail: 1 of 2 checks did not pass',
    '',
    'What to do:',
    '1. Server, writing: Do it:',
    '   SELECT 1;',
    '   GRANT U&"a\\000ab" TO c;',
  ]);
});

test('findings of a preflight', () => {
  const error = { level: 'error', text: 'It is closed.', remedy: 'Open it.' } as const;
  const info = { level: 'info', text: 'It is old.' } as const;
  const warning = { level: 'warning', text: 'It is slow. Wait.' } as const;
  expect(checksOfFindings('Door', [info], 'Open.')).toEqual([
    { what: 'Door', came: 'passed', detail: 'Open.' },
  ]);
  expect(checksOfFindings('Door', [warning], 'Open.').map(({ came }) => came)).toEqual(['passed', 'warning']);
  expect(checksOfFindings('Door', [error, warning], 'Open.')).toEqual([
    { what: 'Door', came: 'failed', detail: 'It is closed.', fix: 'Open it.' },
    { what: 'Door', came: 'warning', detail: 'It is slow.', fix: 'Wait.' },
  ]);
});
