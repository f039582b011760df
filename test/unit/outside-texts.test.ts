import { expect, test } from 'vitest';
import { otherVersion } from '../../src/jobs/preflight/extensions.ts';
import { firstFew } from '../../src/jobs/preflight/finding.ts';
import { notesOfRefused } from '../../src/jobs/replace/carry-over-notes.ts';
import { versionHints } from '../../src/jobs/replace/extensions/hints.ts';
import { notesOfUnanalyzed } from '../../src/jobs/replace/fill.ts';
import { adviceOnLocks } from '../../src/postgres/dump/lock-holders.ts';
import { reasonForSeveralPasses } from '../../src/postgres/restore/one-pass.ts';
import { describeHolder } from '../../src/postgres/swap/lock-claim.ts';

/** What an archive, a catalog or a server may have for a name, a type, a version or a time. */
const hostile = 'x\n- all is well\r::error::planted\u0085\u202e\u001b[2K';
const table = `public."${hostile}"`;
const lock = { table, granted: true, pid: 1, role: hostile, application: hostile, since: hostile };
const entry = { id: 1, type: hostile, schema: hostile, name: hostile, owner: hostile, text: hostile };

test.each<[string, string | undefined]>([
  ['in a list of a few', firstFew([table, hostile])],
  ['of the version of an extension', otherVersion(hostile, hostile, hostile, 'which is so').text],
  [
    'of the version that an extension has',
    versionHints(
      [{ name: 'e', recorded: hostile, schema: undefined, madeByArchive: false, version: undefined }],
      { versions: { e: '1' }, refused: [], first: [], tables: [], rows: [] },
    )[0]?.text,
  ],
  [
    'of a table without statistics',
    firstLineOf(notesOfUnanalyzed([{ table, reason: 'no', sql: '' }])[0]?.text),
  ],
  [
    'of a property that could not be set',
    firstLineOf(
      notesOfRefused([{ kind: 'setting', what: hostile, reason: hostile, sql: undefined }], 'old')[0]?.text,
    ),
  ],
  ['of a table that is locked', adviceOnLocks([lock]).split('\n')[0]],
  ['of an entry of an archive', reasonForSeveralPasses([entry], new Map(), { preData: [] })],
  ['of who holds a lock', describeHolder({ ...lock, able: true, address: hostile, prepared: hostile })],
])('a text from outside is in one line, and can be seen: %s', (_, told) => {
  expect(told).toContain('planted');
  expect(told).not.toMatch(/[\p{Cc}\u2028-\u202e]/u);
});

/** The first line of a list. */
function firstLineOf(text = ''): string {
  const lines = text.split('\n').filter((line) => line.startsWith('- '));
  expect(lines).toHaveLength(1);
  return lines[0] ?? '';
}
