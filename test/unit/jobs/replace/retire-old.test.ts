import { expect, test } from 'vitest';
import { ProcessFailure } from '../../../../src/base/process.ts';
import { noteOfLeftDatabase } from '../../../../src/jobs/replace/retire-old.ts';

const reason = new ProcessFailure('psql', 'exited with status 3', 3, 'ERROR:  it is in use');
const name = 'old "one"';
const sql = ['DROP DATABASE IF EXISTS "old ""one""";'];

test('of a drop that was cut off in the middle is told that it leaves a ruin', () => {
  const note = noteOfLeftDatabase({ state: 'destroyed', name, reason });
  expect(note.text).toMatch(
    / still there as "old \\"one\\"", and unusable, .*: ERROR: +it is in use\nDrop it:$/,
  );
  expect(note.sql).toEqual(sql);
});

test('of a drop that was refused is told why', () => {
  const note = noteOfLeftDatabase({ state: 'there', name, reason });
  expect(note.text).toMatch(/: ERROR: +it is in use\nDrop it once it is no longer needed:$/);
  expect(note.text).not.toContain('unusable');
  expect(note.sql).toEqual(sql);
});

test('of one that nobody can be asked about, nothing is claimed', () => {
  const note = noteOfLeftDatabase({ state: 'unknown', name, reason });
  expect(note.text).toMatch(/^The server could not be asked whether .*\nIf it is still there, drop it:$/);
  expect(note.sql).toEqual(sql);
  const renamed = noteOfLeftDatabase({ state: 'unknown', name, dropping: `it's "x"`, reason });
  expect(renamed.text).toContain(`"old \\"one\\"" or by now "it's \\"x\\"", is dropped`);
  expect(renamed.sql).toEqual([...sql, 'DROP DATABASE IF EXISTS "it\'s ""x""";']);
});

test("of somebody else's in its place nobody is told to drop it", () => {
  const note = noteOfLeftDatabase({ state: 'another', name, reason });
  expect(note.text).toBe(
    'The old database is gone: somebody else has dropped it. Another one is called "old \\"one\\"" now; it was left alone.',
  );
  expect(note.sql).toBeUndefined();
  const renamed = noteOfLeftDatabase({ state: 'another', name, elsewhere: 'the "way" off', reason });
  expect(renamed.text).toMatch(
    /^The old database is still there as "the \\"way\\" off": .* Another one is called "old \\"one\\"" now; it was left alone\.\nDrop "the \\"way\\" off" once/,
  );
  expect(renamed.sql).toEqual(['DROP DATABASE IF EXISTS "the ""way"" off";']);
});

test('of the old one without our mark is told that it is that one, and how to drop it', () => {
  const note = noteOfLeftDatabase({ state: 'unmarked', name, reason });
  expect(note.text).toMatch(
    /^The old database is still there as "old \\"one\\""\. It was not dropped, since somebody else has changed its comment, .*\nDrop it once/,
  );
  expect(note.text).not.toContain('another');
  expect(note.sql).toEqual(sql);
});
