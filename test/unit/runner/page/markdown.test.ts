import { expect, test } from 'vitest';
import { code, codeCell, inProse } from '../../../../src/runner/page/markdown.ts';

test.each([
  ['a text', 'moodle', '`moodle`'],
  ['no text, which leaves no backtick open', '', '` `'],
  ['spaces alone', '  ', '`  `'],
  ['spaces at both ends', ' a ', '`  a  `'],
  ['backticks at both ends', '`a`', '`` `a` ``'],
  ['a bar, and a newline', 'a|b\nc', '`a|b\\nc`'],
])('a code span of %s', (_, text, span) => {
  expect(code(text)).toBe(span);
});

test('a paragraph keeps its lines, and whatever could be Markdown is a code span', () => {
  expect(inProse('<b>one</b>\n\n[two](x)')).toBe('`<b>one</b>`\\\n\\\n`[two](x`)\n');
});

test('a bar in a cell of a table does not end it', () => {
  expect(codeCell('a|b')).toBe('`a\\|b`');
});
