import { expect, test } from 'vitest';
import { ProcessFailure } from '../../../../src/base/process.ts';
import { noteOfLeftDatabase } from '../../../../src/jobs/replace/retire-old.ts';

test('of a drop that was ended in the middle is told that it leaves a ruin', async () => {
  const signal = AbortSignal.timeout(1);
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
  const { text, sql } = noteOfLeftDatabase('old "one"', signal.reason);
  expect(text).toMatch(
    /^The restore succeeded, but .* "old \\"one\\"": .* took too long.* unusable\. Drop it:$/,
  );
  expect(text).not.toContain('aborted');
  expect(sql).toEqual(['DROP DATABASE "old ""one""";']);
});

test('of a drop that was refused is told why', () => {
  const refused = new ProcessFailure('psql', 'exited with status 3', 3, 'ERROR:  it is in use');
  const { text } = noteOfLeftDatabase('old', refused);
  expect(text).toMatch(/: ERROR: +it is in use\nDrop it once it is no longer needed:$/);
  expect(text).not.toContain('unusable');
});
