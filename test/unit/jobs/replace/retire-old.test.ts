import { expect, test } from 'vitest';
import { ProcessFailure } from '../../../../src/base/process.ts';
import { noteOfLeftDatabase } from '../../../../src/jobs/replace/retire-old.ts';

test('of a drop that was ended in the middle is told that it leaves a ruin', async () => {
  const signal = AbortSignal.timeout(1);
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
  const { text, sql } = noteOfLeftDatabase('old "one"', signal.reason);
  expect(text).toMatch(
    /^The restore has succeeded, but .* "old \\"one\\"": .* took too long.* half dropped, .* of no use/,
  );
  expect(text).not.toContain('aborted');
  expect(sql).toEqual(['DROP DATABASE "old ""one""";']);
});

test('of a drop that was refused is told why', () => {
  const refused = new ProcessFailure('psql', 'exited with status 3', 3, 'ERROR:  it is in use');
  const { text } = noteOfLeftDatabase('old', refused);
  expect(text).toMatch(/: ERROR: +it is in use\nDrop it when nobody needs it any more\.$/);
  expect(text).not.toContain('half dropped');
});
