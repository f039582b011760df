import { afterEach, describe, expect, test, vi } from 'vitest';
import { connectionString } from '../../../src/postgres/session/connection.ts';
import { escapedForms, maskEverywhere, redactMasked, withVariables } from '../../../src/runner/masking.ts';
import { readLog } from '../../support/runner/workflow-commands.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const awkward = `a'b"c \\d%41:e@f/g?h#i&j$k=ü\n😀`;

describe('the forms of a value', () => {
  test.each([
    ['as it is', awkward],
    ['in JSON', JSON.stringify(awkward).slice(1, -1)],
    ['in a connection string', `a\\'b"c \\\\d%41:e@f/g?h#i&j$k=ü\n😀`],
    ['as a literal of SQL', `a''b"c \\d%41:e@f/g?h#i&j$k=ü\n😀`],
    ['as an identifier of SQL', `a'b""c \\d%41:e@f/g?h#i&j$k=ü\n😀`],
    ['in a URL', "a'b%22c%20%5Cd%2541%3Ae%40f%2Fg%3Fh%23i%26j%24k%3D%C3%BC%0A%F0%9F%98%80"],
  ])('hold it %s', (_, form) => {
    expect(escapedForms(awkward)).toContain(form);
  });

  test('hold it as it stands in a connection string', () => {
    expect(
      escapedForms(awkward).filter((form) => connectionString(awkward).includes(`'${form}'`)),
    ).toHaveLength(1);
  });

  test('exist of half a character', () => {
    expect(escapedForms('pass\ud800word')).toContain('pass\ud800word');
  });
});

/** The masks that GitHub is told to set. */
function masksFor(values: readonly string[]): string[] {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  maskEverywhere(values);
  const log = write.mock.calls.map(([text]) => String(text)).join('');
  const events = log === '' ? [] : readLog(log.trimEnd());
  return events.map((event) => (event.kind === 'mask' ? event.value : `no mask but ${event.kind}`));
}

test('what is masked can be hidden before a text is cut, in all of its forms, or only some of it', () => {
  masksFor([`o'neil of "x"`, 'hidden-too', 'no']);
  expect(redactMasked(`o'neil of "x", o''neil of "x", "o'neil of \\"x\\"", hidden-too, no`)).toBe(
    '***, ***, "***", ***, no',
  );
  expect(redactMasked(`o'neil of "x", hidden-too`, (value) => value.includes(' '))).toBe('***, hidden-too');
});

test.each([
  ['ALTER ROLE "app_user" CREATEDB;', 'ALTER ROLE :"hidden" CREATEDB;'],
  ['GRANT "o""x" TO "o""x", "other";', 'GRANT :"hidden" TO :"hidden", "other";'],
  ['GRANT "app_user" TO "o""x";', 'GRANT "app_user" TO "o""x";'], // there are two, and one variable
  ['DROP ROLE "my app_user", "a""app_user""b";', 'DROP ROLE "my app_user", "a""app_user""b";'],
  ['GRANT x TO app_user;', 'GRANT x TO :"hidden";'],
  ['GRANT x TO app_user2, xapp_user, app_user$;', 'GRANT x TO app_user2, xapp_user, app_user$;'],
  ["SELECT 1 WHERE rolname = 'app_user';", "SELECT 1 WHERE rolname = :'hidden';"],
  [
    "SELECT 'my app_user', E'\\n app_user', E'app_user';",
    "SELECT 'my app_user', E'\\n app_user', E'app_user';",
  ],
  ['ALTER ROLE U&"app_user" CREATEDB;', 'ALTER ROLE U&"app_user" CREATEDB;'],
  ['DO $a$ GRANT x TO "app_user" $a$;', 'DO $a$ GRANT x TO "app_user" $a$;'],
])('a masked name in a statement has a variable of psql in its place: %s', (statement, shown) => {
  masksFor(['app_user', 'o"x']);
  const setting = "\\set hidden 'put in the name that GitHub hides'";
  expect(withVariables([statement])).toEqual(shown === statement ? [shown] : [setting, shown]);
  expect(withVariables(['ANALYZE;', statement, statement])).toEqual(
    shown === statement ? ['ANALYZE;', shown, shown] : [setting, 'ANALYZE;', shown, shown],
  );
});

describe('masks', () => {
  test.each([
    ['a plain value, once', ['moodle'], ['moodle']],
    ['a value that is given twice, once', ['moodle', 'moodle'], ['moodle']],
    ['a value of three characters', ['abc'], ['abc']],
    ['no value of two, which would ruin the log', ['ab', 'a', ''], []],
    ['a short value in the forms that are long enough', ['"'], ['%22']],
    ['a value with a newline, as one', ['one\ntwo'], ['one\ntwo', 'one\\ntwo', 'one%0Atwo']],
    ['a value with a percent sign, which is not decoded', ['100%0A'], ['100%0A', '100%250A']],
  ])('are set for %s', (_, values, masks) => {
    expect(masksFor(values)).toEqual(masks);
  });

  test('are set for every form of every value', () => {
    expect(masksFor(['user', awkward]).toSorted()).toEqual(
      [...new Set(['user', ...escapedForms(awkward)])].toSorted(),
    );
  });
});
