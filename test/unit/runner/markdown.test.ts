import { expect, test } from 'vitest';
import { asLines, code } from '../../../src/runner/markdown.ts';

test.each([
  ['a text', 'moodle', '`moodle`'],
  ['no text, which leaves no backtick open', '', '` `'],
  ['spaces alone', '  ', '`  `'],
  ['spaces at both ends', ' a ', '`  a  `'],
  ['backticks at both ends', '`a`', '`` `a` ``'],
  ['what would end a cell', 'a|b\nc', '`a\\|b\\nc`'],
])('a code span of %s', (_, text, span) => {
  expect(code(text)).toBe(span);
});

test('every line of a paragraph is a code span, and an empty one a break', () => {
  expect(asLines('<b>one</b>\n\n[two](x)')).toBe('`<b>one</b>`\\\n\\\n`[two](x)`\n');
});
