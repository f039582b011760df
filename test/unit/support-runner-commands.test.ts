import { describe, expect, test } from 'vitest';
import { parseFileCommands } from '../support/runner/file-commands.ts';
import { render } from '../support/runner/render-log.ts';
import { readLog } from '../support/runner/workflow-commands.ts';

describe('file commands', () => {
  test.each([
    ['nothing', '', {}],
    ['a value in a line', 'name=value\n', { name: 'value' }],
    ['a value with an equals sign', 'name=a=b\n', { name: 'a=b' }],
    ['a value with a heredoc sign', 'name=a<<b\n', { name: 'a<<b' }],
    ['a heredoc', 'name<<END\none\ntwo\nEND\n', { name: 'one\ntwo' }],
    ['an empty heredoc', 'name<<END\nEND\n', { name: '' }],
    ['a heredoc with an equals sign in its delimiter', 'name<<E=D\none\nE=D\n', { name: 'one' }],
    ['a heredoc with lines that look like commands', 'a<<END\nb=c\nEND\n', { a: 'b=c' }],
    ['lines that end as on Windows', 'a=b\r\nc<<END\r\nd\r\nEND\r\n', { a: 'b', c: 'd' }],
    ['the last of two with one name', 'a=b\na=c\n', { a: 'c' }],
  ])('%s', (_, text, values) => {
    expect(parseFileCommands(text)).toEqual(values);
  });

  test.each([
    ['a line that is no command', 'name\n', "Invalid format 'name'"],
    ['no name', '=value\n', 'Name must not be empty'],
    ['no delimiter', 'name<<\n', 'Delimiter must not be empty'],
    ['a heredoc without an end', 'name<<END\nvalue\n', "Matching delimiter not found 'END'"],
  ])('refuses %s', (_, text, message) => {
    expect(() => parseFileCommands(text)).toThrow(message);
  });
});

describe('workflow commands', () => {
  test.each([
    ['text', 'hello', { kind: 'text', text: 'hello' }],
    ['an unknown command', '::hello::', { kind: 'text', text: '::hello::' }],
    ['colons in a text', 'a::b::c', { kind: 'text', text: 'a::b::c' }],
    ['an error', '::error::no', { kind: 'annotation', annotation: { level: 'error', message: 'no' } }],
    [
      'escapes',
      '::warning title=a%3Ab%2Cc,file=x::one%0Atwo %2525',
      { kind: 'annotation', annotation: { level: 'warning', title: 'a:b,c', message: 'one\ntwo %25' } },
    ],
    ['a mask', '::add-mask::se::cret', { kind: 'mask', value: 'se::cret' }],
    ['a group', '::group::Dump', { kind: 'group', title: 'Dump' }],
  ])('%s', (_, line, event) => {
    expect(readLog(line)).toEqual([event]);
  });

  test('have no meaning between stop-commands and its token', () => {
    const kinds = readLog('::stop-commands::t0k\n::error::no\n::t0k::\n::error::yes').map(({ kind }) => kind);
    expect(kinds).toEqual(['other', 'text', 'other', 'annotation']);
  });
});

test('a rendered log has headings, words for annotations and no secrets', () => {
  const log = [
    'before s3cret',
    '::add-mask::s3cret',
    '::debug::unseen',
    '::group::Backup of s3cret',
    'inside s3cret',
    '::warning::one%0As3cret',
    '::endgroup::',
    '::error title=x::given',
  ];
  expect(render(log.join('\n'), ['given']).split('\n')).toEqual([
    'before s3cret',
    '::add-mask::***',
    '▾ Backup of ***',
    '  inside ***',
    '  Warning: one',
    '  ***',
    'Error: ***',
  ]);
});
