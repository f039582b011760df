import { expect, test } from 'vitest';
import { heading, logLine, renderedSummary, tableOf } from '../../support/demo-text.ts';

const widest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));

test('a summary is shown as a person sees it: tables in frames, words without signs, what is folded by its title', () => {
  const summary = [
    '### ✅ `shop` restored, 1 thing left to do',
    '',
    '**1.0 s** · [this run](https://github.com/a/b)',
    '',
    '| Checks | Swap |',
    '| --: | --: |',
    '| 0.1 s | 12.0 s |',
    '',
    '**1.** Do `it`:\\',
    '\\- now',
    '',
    '<details><summary>1 statement</summary>',
    '',
    '```sql',
    'SELECT 1;',
    '```',
    '',
    '</details>',
    '',
    '```sh',
    'gh run list',
    '```',
  ].join('\n');
  expect(renderedSummary(summary)).toBe(
    [
      '  ✅ shop restored, 1 thing left to do',
      '',
      '  1.0 s · this run',
      '',
      '  ┌────────┬────────┐',
      '  │ Checks │ Swap   │',
      '  ├────────┼────────┤',
      '  │ 0.1 s  │ 12.0 s │',
      '  └────────┴────────┘',
      '',
      '  1. Do it:',
      '  - now',
      '',
      '  ▸ 1 statement',
      '',
      '    gh run list',
    ].join('\n'),
  );
});

test('nothing but a command and a long word is wider than 100 characters', () => {
  const long = 'some words '.repeat(40).trim();
  expect(widest(heading('A title'))).toBe(100);
  expect(widest(logLine(`  ${long}`))).toBeLessThanOrEqual(100);
  expect(widest(renderedSummary(`**Note.** ${long}`))).toBeLessThanOrEqual(100);
  expect(logLine(`  ${long}`).replace(/\s*\n {2}│ +/g, ' ')).toBe(`  │   ${long}`);
  expect(renderedSummary(`\`\`\`sh\n${long}\n\`\`\``)).toBe(`    ${long}`);
});

test('a table has aligned columns', () => {
  expect(
    tableOf([
      ['', 'one'],
      ['a long name', '2'],
    ]),
  ).toBe('                one\n  ───────────   ───\n  a long name   2');
});
