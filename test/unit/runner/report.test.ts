import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { commandToSet } from '../../../src/azure/vault/errors.ts';
import type { Result } from '../../../src/jobs/result.ts';
import { maskEverywhere } from '../../../src/runner/masking.ts';
import { fail, info, maskedOutputs } from '../../../src/runner/report.ts';
import { summaryOf } from '../../../src/runner/summary.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../../support/machine/temporary-folder.ts';
import { shownBy, summaryNotes } from '../../support/runner/summary-notes.ts';
import { readLog } from '../../support/runner/workflow-commands.ts';

const result: Result = {
  job: 'backup',
  database: 'moodle',
  server: { host: 'db.example.com', version: '17.6' },
  backup: {
    name: 'moodle_backup_20261122154210.dump',
    url: 'https://account.blob.core.windows.net/backups/moodle_backup_20261122154210.dump',
    size: 250_000_000,
    sha256: 'e3b0c442',
  },
  databaseSize: 1_000_000_000,
  duration: 61_300,
};

/** The cells of a table's row, as GitHub Flavored Markdown splits them: `\|` is a bar inside a cell. */
function cells(markdown: string, name: string): string[] {
  const row = markdown.split('\n').find((line) => line.startsWith(`| ${name} |`)) ?? '';
  const parts = row.match(/(\\\||[^|])+/g) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** What a code span shows. https://spec.commonmark.org/0.31.2/#code-spans */
function shownInCell(span: string): string {
  const fence = /^`+/.exec(span)?.[0] ?? '';
  if (fence === '' || !span.endsWith(fence)) throw new Error(`no code span: ${span}`);
  return shownBy(fence, span.slice(fence.length, -fence.length)).replaceAll('\\|', '|');
}

describe('the summary', () => {
  test('of a backup is a table', () => {
    expect(summaryOf(result)).toBe(
      [
        '### ✅ Backup made',
        '',
        '| | |',
        '|---|---|',
        '| Database | `moodle` |',
        '| Server | `db.example.com`, PostgreSQL 17.6 |',
        '| Backup | `moodle_backup_20261122154210.dump` |',
        '| Size of the backup | 250 MB, 25 % of the database |',
        '| Size of the database | 1.00 GB |',
        '| Duration | 1 min 01 s |',
        '| SHA-256 | `e3b0c442` |',
        '| To bring it back | job_to_run `restore`, db_name `moodle`, backup_file_name `moodle_backup_20261122154210.dump` |',
        '',
      ].join('\n'),
    );
  });

  test('of a restore says what was restored from', () => {
    const summary = summaryOf({ ...result, job: 'restore' });
    expect(summary).toContain('### ✅ Database restored');
    expect(summary).not.toContain('To bring it back');
    expect(cells(summary, 'Restored from')).toEqual(['Restored from', '`moodle_backup_20261122154210.dump`']);
  });

  test.each([
    ['more than the database', 1_500, 1_000, '1.50 kB, 150 % of the database'],
    ['nothing of it that shows', 1, 1_000_000, '1 B, 0 % of the database'],
    ['nothing to compare with', 1_500, 0, '1.50 kB'],
  ])('tells a size that is %s', (_, size, databaseSize, text) => {
    const summary = summaryOf({ ...result, databaseSize, backup: { ...result.backup, size } });
    expect(cells(summary, 'Size of the backup')[1]).toBe(text);
  });

  test.each([
    ['a bar', 'a|b'],
    ['bars at its ends', '|a|'],
    ['a backslash and a bar', 'a\\|b'],
    ['a backslash at its end', 'a\\'],
    ['a backtick', 'a`b'],
    ['backticks at its ends', '`a`'],
    ['two backticks', 'a``b'],
    ['runs of one, two and three backticks', '```a`b``'],
    ['only a backtick', '`'],
    ['HTML', '<img src=x onerror=alert(1)>'],
    ['Markdown', '**a** [b](c) _d_ # e'],
    ['an entity', '&amp;'],
    ['spaces inside', 'a b'],
    ['spaces at both ends', ' a '],
    ['a space at one end', ' a'],
  ])('shows a name with %s as it is', (_, database) => {
    const row = cells(summaryOf({ ...result, database }), 'Database');
    expect(row).toHaveLength(2);
    expect(shownInCell(row[1] ?? '')).toBe(database);
  });
});

describe('what a restore has to tell', () => {
  const restored = (notes: Result['notes'] = []): string => summaryOf({ ...result, job: 'restore', notes });

  test('is nothing', () => {
    expect(restored()).not.toContain('To know');
    expect(summaryOf({ ...result, job: 'restore' })).toBe(restored());
  });

  test('comes after the table, each with its SQL', () => {
    const notes = [{ text: 'One.' }, { text: 'Two:', sql: ['SELECT 1;', 'SELECT 2;'] }];
    const [, told] = restored(notes).split('### ⚠️ To know\n\n');
    expect(told).toBe(
      [
        '`One.`\n',
        '`Two:`\n',
        '<details><summary>SQL</summary>\n',
        '```sql\nSELECT 1;\nSELECT 2;\n```\n',
        '</details>\n',
      ].join('\n'),
    );
  });

  test('is the name of the old database that was kept', () => {
    const kept = summaryOf({ ...result, job: 'restore', previousDatabase: 'moodle_before_1' });
    expect(cells(kept, 'Old database')).toEqual(['Old database', '`moodle_before_1`']);
    expect(restored()).not.toContain('Old database');
  });

  test('leaves every line of words and of SQL on one line, however long', () => {
    const sql = [`SELECT ${'1, '.repeat(100)}1;`];
    const command = `printf %s "$value" | ${'az --option '.repeat(50)}`.trim();
    const text = `- ${'word '.repeat(50)}run: ${command}\n\n  - short\n${'x'.repeat(200)}\r\nend`;
    const summary = restored([{ text, sql }]);
    expect(summary.split('\n')).toEqual(
      expect.arrayContaining([
        expect.stringContaining(command),
        ...sql,
        expect.stringContaining('x'.repeat(200)),
      ]),
    );
    expect(summaryNotes(summary)).toEqual([{ text: text.replace('\r', ''), sql: sql[0] }]);
  });

  test.each([
    ...[
      '```',
      'a\n```\n# b',
      '````\n</details>',
      '``` ````` `',
      '~~~',
      '</details><h1>x',
      'a\\',
      '`a`\\\n`',
      ' a ',
    ],
    ...[
      '**a** [b](https://example.com) @octocat :tada: #1 $a$',
      '- a\n\n\n- b',
      'a | b\n---|---',
      'a\n===',
      '```sql',
    ],
  ])('%j stays in its line or block', (hostile) => {
    const notes = [{ text: hostile, sql: [`-- ${hostile}`] }, { text: 'next' }];
    const summary = restored(notes);
    expect(summaryNotes(summary)).toEqual([
      { text: hostile.trim(), sql: `-- ${hostile}` },
      { text: 'next', sql: '' },
    ]);
    // Outside of the blocks nothing is left but what is ours.
    const [, told = ''] = summary.split('To know');
    const outside = told
      .replace(/^(`{3,})sql\n.*?\n\1$/gms, '')
      .replace(/^(`+)(?!`).*?(?<!`)\1\\?$|^\\$/gm, '')
      .replace(/\s+/g, ' ');
    expect(outside).toBe(' <details><summary>SQL</summary> </details> ');
  });

  test('has room for so much SQL, shared by all notes, and says how much is left out', () => {
    const statement = `SELECT '${'x'.repeat(990)}';`; // 1,000 characters
    const many = Array.from({ length: 300 }, () => statement);
    const alone = restored([{ text: 'a', sql: many }]);
    expect(alone.split(statement).length - 1).toBe(199);
    expect(alone).toContain('Of 300 statements, the last 101 have no room here.');
    const two = restored([
      { text: 'a', sql: many },
      { text: 'b', sql: many.slice(0, 99) },
    ]);
    expect(two.split(statement).length - 1).toBe(99 + 99);
    expect(two.match(/have no room here/g)).toHaveLength(1);
    expect(Buffer.byteLength(alone)).toBeLessThan(2 ** 20);
  });
});

describe('a step that fails', () => {
  let folder: TemporaryFolder;
  beforeAll(async () => {
    folder = await makeTemporaryFolder('report');
  });
  // The toolkit looks only once where the file is.
  beforeEach(async () => {
    vi.stubEnv('GITHUB_STEP_SUMMARY', join(folder.path, 'summary'));
    await writeFile(join(folder.path, 'summary'), '');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    process.exitCode = undefined;
  });
  afterAll(() => folder.remove());

  async function failed(error: unknown, warnings: string[] = []) {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await fail('Restore failed', error, warnings);
    const log = write.mock.calls.map(([chunk]) => String(chunk)).join('');
    const annotations = readLog(log).flatMap((event) =>
      event.kind === 'annotation' ? [event.annotation] : [],
    );
    return { annotations, summary: await readFile(join(folder.path, 'summary'), 'utf8') };
  }

  test('has one annotation, the same in the summary, and the warnings below', async () => {
    const { annotations, summary } = await failed(new Error('It ``` went\nwrong'), ['First.', '- a\n- b']);
    expect(annotations).toEqual([{ level: 'error', title: 'Restore failed', message: 'It ``` went\nwrong' }]);
    expect(process.exitCode).toBe(1);
    expect(summary).toMatch(/^### ❌ Restore failed\n\n````It ``` went````\\\n`wrong`\n\n### ⚠️ To know/);
    expect(summaryNotes(summary).map(({ text }) => text)).toEqual([
      'It ``` went\nwrong',
      'First.',
      '- a\n- b',
    ]);
  });

  test('has no heading for warnings that there are not', async () => {
    const { summary } = await failed(new Error('x'));
    expect(summary.trimEnd()).toBe('### ❌ Restore failed\n\n`x`');
  });

  test('points to the summary where the annotation is cut', async () => {
    const message = `${'word '.repeat(900)}end`;
    const { annotations, summary } = await failed(new Error(message));
    expect(annotations[0]?.message).toMatch(
      /^(word )+w?o?r?d?… \(\d+ characters more are in the summary\) …w?o?r?d?( word)+ end$/,
    );
    expect(annotations[0]?.message.length).toBeLessThan(4_096);
    expect(summaryNotes(summary)).toEqual([{ text: message, sql: '' }]);
  });

  test('shows the command that sets a secret as it has to be pasted', async () => {
    const advice = `Set it again, as text: ${commandToSet('kv-of-the-shop-in-production', 'password-of-the-role-shop')}`;
    const { annotations, summary } = await failed(new Error(`The secret is empty\n${advice}\nOr check it.`));
    const line = summaryNotes(summary)[0]?.text.split('\n')[1] ?? '';
    expect(annotations[0]?.message.split('\n')[1]).toBe(line);
    const [, command = ''] = line.split(' and press Enter: ');
    const value = `touch '${folder.path}/run'; echo "$HOME" %s \\n `;
    const { az, shown } = await pasted(folder.path, [command, value]);
    expect(az).toBe(
      `keyvault secret set --vault-name kv-of-the-shop-in-production --name password-of-the-role-shop --file /dev/stdin --encoding utf-8 --output none\n${value}`,
    );
    expect(shown).toBe('');
    expect(existsSync(join(folder.path, 'run'))).toBe(false);
  });

  test('breaks and cuts no masked value, of which GitHub would then show the parts', async () => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    maskEverywhere(['words of a secret', 'in two\nlines']);
    const broken = await failed(new Error('It is in two\nlines, and more'));
    expect(broken.summary).toContain('`It is ***, and more`');
    const cut = await failed(new Error(`${'x'.repeat(3_990)} words of a secret, ${'y'.repeat(200)}`));
    expect(cut.annotations.at(-1)?.message).toContain('x ***, y');
    expect(cut.annotations.at(-1)?.message).not.toContain('words');
  });
});

/** Gives bash what a person pastes and types, with an az that keeps what it gets; the answer is its arguments and its input. */
async function pasted(folder: string, lines: readonly string[]): Promise<{ az: string; shown: string }> {
  const kept = join(folder, 'kept');
  await writeFile(join(folder, 'az'), `#!/bin/sh\n{ echo "$@"; cat; } > '${kept}'\n`, { mode: 0o700 });
  const shell = execFile('bash', ['--norc', '-s'], { env: { PATH: `${folder}:${process.env['PATH']}` } });
  let shown = '';
  for (const stream of [shell.stdout, shell.stderr]) stream?.on('data', (chunk) => (shown += chunk));
  shell.stdin?.end(`${lines.join('\n')}\n`);
  await once(shell, 'close');
  return { az: await readFile(kept, 'utf8'), shown };
}

describe('outputs that GitHub empties', () => {
  const outputs = {
    backup_file_name: 'moodle_backup_20261122154210.dump',
    backup_url: 'https://account.blob.core.windows.net/backups/moodle_backup_20261122154210.dump',
    backup_size_bytes: '250000000',
    postgres_version: '17.6',
  };
  test.each([
    ['are none without masks', {}, []],
    ['are none for values that stand in none', { azure_client_id: 'x-y-z' }, []],
    ['are none for empty values, which stand in all', { azure_client_id: '' }, []],
    [
      'are those with the name of the container',
      { storage_container_name: 'backup' },
      [
        ['backup_file_name', ['storage_container_name']],
        ['backup_url', ['storage_container_name']],
      ],
    ],
    [
      'are told with every input whose value they hold',
      { storage_container_name: 'backups', storage_account_name: 'account', db_user_secret_name: 'moodle' },
      [
        ['backup_file_name', ['db_user_secret_name']],
        ['backup_url', ['storage_container_name', 'storage_account_name', 'db_user_secret_name']],
      ],
    ],
    ['are not those in another case', { db_user_secret_name: 'Moodle' }, []],
    ['are those with a number in them', { x: '7.6' }, [['postgres_version', ['x']]]],
    ['are not found by a pattern', { x: '17.6.*' }, []],
  ])('%s', (_, masked, found) => {
    expect(maskedOutputs(outputs, masked)).toEqual(found);
  });
});

describe('a line of the log', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  /** What the runner sees of a text, line by line. A carriage return alone ends a line there, too. */
  function seen(text: string) {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    info(text);
    const log = write.mock.calls.map(([chunk]) => String(chunk)).join('');
    return readLog(log.replace(/\n$/, '').replace(/\r\n?/g, '\n'));
  }

  test.each(['plain', '', 'a::b::c', 'a: b', ': x', '[x] ##', ' :a:', 'Prüfung 😀'])(
    '%j stays as it is',
    (text) => {
      expect(seen(text)).toEqual([{ kind: 'text', text }]);
    },
  );

  test.each([
    ['a command', '::add-mask::a'],
    ['a command behind spaces', ' \t ::add-mask::a'],
    ['a command in the second line', 'x\n::warning::b'],
    ['a command behind a carriage return', 'x\r::error::b'],
    ['commands in all lines', '::group::a\n::group::b\n\n::endgroup::'],
    ['a command behind empty lines', '\n\n  ::error::x'],
    ['three colons', ':::error::x'],
    ['the end of commands', '::stop-commands::t0k'],
  ])('%s from a server is words', (_, text) => {
    expect(new Set(seen(text).map(({ kind }) => kind))).toEqual(new Set(['text']));
  });

  test('a command of the old kind, anywhere in a line, is words', () => {
    const [event] = seen('x ##[error]y ##[add-mask]z');
    expect(JSON.stringify(event)).not.toContain('##[');
  });
});
