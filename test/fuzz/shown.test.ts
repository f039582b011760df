import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, vi } from 'vitest';
import { Failure } from '../../src/base/failure.ts';
import { shortened, visible } from '../../src/base/format.ts';
import { linesOf } from '../../src/base/lines.ts';
import { tablesIn } from '../../src/postgres/dump/explain.ts';
import { excludesExtension, excludesTableData } from '../../src/postgres/dump/patterns.ts';
import { messageParts } from '../../src/postgres/errors/server-message.ts';
import { identifier } from '../../src/postgres/session/sql-text.ts';
import { Defect } from '../../src/runner/cancel-or-crash.ts';
import * as runner from '../../src/runner/commands.ts';
import { escapedForms, isMaskable, maskEverywhere, redactMasked } from '../../src/runner/masking.ts';
import { summaryOfFailure } from '../../src/runner/page/failure-summary.ts';
import { codeCell, inProse, sqlBlock } from '../../src/runner/page/markdown.ts';
import { summaryOf } from '../../src/runner/page/summary.ts';
import { inPieces, pieceLengths } from '../support/fuzz/changed-bytes.ts';
import { hostileName, hostileText } from '../support/fuzz/hostile-text.ts';
import { anyThrown } from '../support/fuzz/rest-errors.ts';
import { property } from '../support/fuzz/rounds.ts';
import { shownBy, summaryNotes } from '../support/runner/summary-notes.ts';
import { readLog } from '../support/runner/workflow-commands.ts';

/** What a text is in GitHub's Markdown if it is one code span; undefined if it is anything else. https://spec.commonmark.org/0.31.2/#code-spans */
function codeSpan(markdown: string): string | undefined {
  const [, fence = '', inside] = /^(`+)(?!`)(.*)(?<!`)\1$/s.exec(markdown) ?? [];
  // A run of as many backticks closes it, wherever it stands.
  if (inside?.match(/`+/g)?.some((run) => run.length === fence.length)) return undefined;
  return inside === undefined ? undefined : inside.replace(/^ (?=.*[^ ])(.*) $/s, '$1');
}

/** The lines that a paragraph shows: of prose as it reads, of a block of code as they stand in it. */
function linesShown(markdown: string): string[] {
  const shown: string[] = [];
  const lines = markdown.slice(0, -1).split('\n');
  while (lines.length > 0) {
    const first = lines.shift() ?? '';
    const [, fence] = /^(`{3,})(?:sql|sh)$/.exec(first) ?? [];
    if (fence !== undefined) shown.push(...lines.splice(0, lines.indexOf(fence)));
    else shown.push(shownBy(first.replace(/\\$/, '')));
    if (fence !== undefined) lines.shift();
    const isGoingOn = fence === undefined && first.endsWith('\\');
    if (!isGoingOn && lines[0] === '') lines.shift();
  }
  return shown;
}

describe('in Markdown', () => {
  const text = hostileText().map((some) => some.toWellFormed());
  property(
    'a value in a table is one code span in one cell',
    [text.filter((some) => some !== '')],
    (value) => {
      const cell = codeCell(value);
      expect(cell).not.toMatch(/[\r\n]|(?<!\\)\|/);
      expect(codeSpan(cell.replaceAll('\\|', '|'))).toBe(
        visible(value).replaceAll('\r', '\\r').replaceAll('\n', '\\n'),
      );
    },
  );
  property('a paragraph reads as it was said, and nothing in it is Markdown', [text], (value) => {
    const markdown = inProse(value);
    const lines = markdown.replace(/^(`{3,})(?:sql|sh)\n.*?\n\1$/gms, '').split('\n');
    const meant = value
      .trim()
      .split(/\r\n?|\n/)
      .map((line) => visible(line).trim());
    expect(linesShown(markdown)).toEqual(meant);
    for (const line of lines) expect(line).not.toMatch(/^[-+=:#>]|^\d+[.)]/);
  });
  property('SQL is one block', [text], (sql) => {
    const block = sqlBlock(sql);
    const [, fence = ''] = /^(`{3,})sql\n/.exec(block) ?? [];
    const inside = block.slice(`${fence}sql\n`.length, -`\n${fence}\n`.length);
    expect(block).toBe(`${fence}sql\n${inside}\n${fence}\n`);
    expect(inside).toBe(visible(sql));
    for (const line of inside.split(/\r\n?|\n/))
      expect(/^ {0,3}(`{3,})[ \t]*$/.exec(line)?.[1]?.length ?? 0).toBeLessThan(fence.length);
  });
  const note = fc.record({
    text: text.map((some) => `It says: ${some}`),
    sql: fc.array(text, { maxLength: 3 }),
  });
  property(
    'a summary has room, and what is in it reads as it was said',
    [text, hostileName(), fc.array(note, { maxLength: 4 })],
    (value, name, notes) => {
      const backup = { name, url: value, size: 1, sha256: value };
      const server = { host: value, version: value };
      for (const markdown of [
        summaryOf({
          job: 'restore',
          backup,
          database: name,
          databaseSize: 2,
          duration: 1,
          server,
          notes,
        } as Parameters<typeof summaryOf>[0]),
        summaryOfFailure('Failed', new Error(value), { warnings: notes }),
        summaryOfFailure(
          'Failed',
          new Failure({
            tried: name,
            cause: `x\nDETAIL: ${value}`,
            advice: value,
            state: value,
            outcome: 'incomplete',
          }),
          {},
          { database: name, backupFileName: name },
        ),
      ]) {
        expect(Buffer.byteLength(markdown)).toBeLessThan(2 ** 20);
        const outside = markdown
          .replace(/^(`{3,})(?:sql)?\n.*?\n\1$/gms, '')
          .replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/gs, '')
          .replaceAll(/<\/?(details|summary)>/g, '');
        expect(outside).not.toMatch(/[<@[&]|https?:/);
      }
      const shown = summaryNotes(summaryOfFailure('Failed', new Error('x'), { warnings: notes }));
      expect(shown.length).toBeGreaterThanOrEqual(1);
    },
  );
});

describe('in the log', () => {
  property(
    'whatever is written is words, and whatever is warned of is one warning',
    [hostileText()],
    (text) => {
      const written: string[] = [];
      const write = vi
        .spyOn(process.stdout, 'write')
        .mockImplementation((part) => written.push(String(part)) > 0);
      try {
        runner.write(text);
        runner.error(text, 'Backup failed');
        runner.debug(text);
      } finally {
        write.mockRestore();
      }
      const [words = '', error = '', debug = ''] = written;
      expect(readLog(words).filter(({ kind }) => kind !== 'text')).toEqual([]);
      expect(words).not.toContain('##[');
      for (const line of words.split('\n'))
        expect(line.replace(/^[^\p{L}\p{N}\p{P}\p{S}]*/u, '')).not.toMatch(/^::/);
      expect(error.slice(0, -1).split('\n')).toHaveLength(1);
      expect(readLog(error.slice(0, -1))).toMatchObject([
        { kind: 'annotation', annotation: { message: visible(text) } },
      ]);
      expect(debug.slice(0, -1).split(/[\r\n]/)).toHaveLength(1);
    },
  );
  property('anything that nobody was prepared for is told of', [anyThrown()], (thrown) => {
    const { message } = new Defect(thrown);
    expect(message).toMatch(/^The step failed: \S/);
    expect(message).toContain('Please report it');
    expect(message).not.toMatch(/Cannot read prop/);
  });
});

describe('a secret', () => {
  const secret = hostileText(3).map((text) => `pw-${text.replaceAll('\0', '').slice(0, 40)}-7f3a`);
  property(
    'is masked in each form, and no part of it is left where a text is cut',
    [secret, fc.array(hostileText(2), { minLength: 1, maxLength: 4 }), fc.integer({ min: 10, max: 400 })],
    (value, around, room) => {
      const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
      try {
        maskEverywhere([value]);
        const masked = write.mock.calls.map(([part]) => String(part));
        for (const form of escapedForms(value).filter(isMaskable)) {
          const line = `::add-mask::${form.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')}\n`;
          expect(masked).toContain(line);
          const whole = around.join(form) + form;
          expect(redactMasked(whole)).not.toContain(form);
          const long = whole.repeat(60);
          expect(shortened(long, room, 'log', redactMasked)).not.toMatch(/-7f3a|7f3a-/);
        }
      } finally {
        write.mockRestore();
      }
    },
    { weight: 60 },
  );
});

describe('lines of a program', () => {
  property(
    'are what newlines part, in whatever pieces they come',
    [hostileText(), pieceLengths, fc.integer({ min: 1, max: 60 })],
    (text, lengths, longest) => {
      const read = (most?: number): string[] => {
        const lines: string[] = [];
        const stream = new Readable({ read() {} });
        linesOf(stream, (line) => lines.push(line), most);
        for (const piece of inPieces(Buffer.from(text), lengths)) stream.emit('data', piece);
        stream.emit('end');
        return lines;
      };
      const whole = text.toWellFormed().split('\n');
      const last = whole.pop() ?? '';
      const meant = [...whole.map((line) => line.replace(/\r$/, '')), ...(last === '' ? [] : [last])];
      expect(read(Number.POSITIVE_INFINITY)).toEqual(meant);
      for (const [i, line] of read(longest).entries()) {
        expect(line.length).toBeLessThanOrEqual(longest);
        expect(meant[i]?.startsWith(line)).toBe(true);
      }
    },
  );
});

describe('names', () => {
  const [schema, name] = [hostileName(), hostileName()];
  property(
    'of tables that pg_dump locks are read out of its words',
    [fc.array(fc.tuple(schema, name), { minLength: 1, maxLength: 5 })],
    (tables) => {
      const names = tables.map((parts) => parts.map(identifier).join('.'));
      expect(tablesIn(`${names.join(', ')} IN ACCESS SHARE MODE`)).toEqual(names);
    },
  );
  property('in quotes are patterns for themselves alone', [schema, name, name], (own, table, other) => {
    const options = [`--exclude-table-data=${identifier(own)}.${identifier(table)}`];
    expect(excludesTableData(options, { schema: own, name: table })).toBe(true);
    expect(excludesTableData(options, { schema: own, name: other })).toBe(other === table);
    expect(excludesExtension([`--extension=${identifier(table)}`], other)).toBe(other !== table);
  });
  const few = fc.array(fc.constantFrom('a', 'b', '😀'), { maxLength: 6 }).map((parts) => parts.join(''));
  const stars = fc
    .array(fc.constantFrom('a', 'b', '*', '?', '"*"', '😀'), { maxLength: 8 })
    .map((parts) => parts.join(''));
  property('with stars fit as a regular expression says', [stars, few], (pattern, table) => {
    const expression = pattern.replaceAll('"*"', '\\x2a').replaceAll('*', '.*').replaceAll('?', '.');
    const fits = new RegExp(`^${expression}$`, 'su').test(table);
    expect(excludesExtension([`--exclude-extension=${pattern}`], table)).toBe(fits);
  });
});

describe('a message of the server', () => {
  property('is taken apart at its labels', [hostileText(3), hostileText(3), hostileText(3)], (...texts) => {
    const [first = '', detail = '', context = ''] = texts.map((text) => text.replaceAll('\n', ' '));
    const message = `${first}\nDETAIL:  ${detail}\nCONTEXT:  of a value\nCONTEXT:  ${context}\nmore`;
    expect(messageParts(message)).toEqual({ first, detail, hint: '', context: [context, 'more'] });
  });
});
