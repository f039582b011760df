import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { howToSet } from '../../../src/azure/vault/asked-secret.ts';
import { Failure, type Outcome } from '../../../src/base/failure.ts';
import { inOneLine } from '../../../src/base/format.ts';
import { bashWord } from '../../../src/base/shell.ts';
import { restoreIncomplete } from '../../../src/jobs/replace/failures.ts';
import type { Result } from '../../../src/jobs/result.ts';
import { Cancelled, cancelledJob, EndedEarly } from '../../../src/runner/cancel-or-crash.ts';
import { InputError } from '../../../src/runner/inputs/error.ts';
import { maskEverywhere } from '../../../src/runner/masking.ts';
import { summaryOfFailure } from '../../../src/runner/page/failure-summary.ts';
import type { Page } from '../../../src/runner/page/page.ts';
import { summaryOf } from '../../../src/runner/page/summary.ts';
import { fail, info, warn } from '../../../src/runner/report.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../../support/machine/temporary-folder.ts';
import { errorIn, shownBy, summaryNotes } from '../../support/runner/summary-notes.ts';
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

const run = { server: 'https://github.com', repository: 'acme/moodle', id: '42', workflow: 'db.yml' };

/** What the code at the beginning of the headline shows. */
function nameIn(summary: string): string {
  const [headline = ''] = summary.split('\n');
  const [, span = ''] = /^### ✅ (.*) (?:backed up|restored)$/.exec(headline) ?? [];
  return shownBy(span);
}

describe('the summary', () => {
  test('of a backup tells what a person wants, and the command that restores it', () => {
    const phases = [
      { name: 'Dump and upload', duration: 60_000 },
      { name: 'Commit', duration: 40 },
    ];
    const dataFrom = new Date('2026-11-22T15:42:10.123Z');
    expect(
      summaryOf({ ...result, made: { compression: 'zstd:1', client: '17.6' }, dataFrom }, { run, phases }),
    ).toBe(
      [
        '### ✅ `moodle` backed up',
        '',
        '**250 MB** in **1 min 01 s** · database 1.00 GB · PostgreSQL 17.6 · data as of **2026-11-22 15:42:10 UTC**',
        '',
        '| Dump and upload | Commit |',
        '| --: | --: |',
        '| 1 min 00 s | 0.0 s |',
        '',
        '**To restore it** into `moodle` (replaces the database), or into another by changing `db_name`:',
        '',
        '```sh',
        'gh workflow run db.yml -R acme/moodle -f job_to_run=restore -f db_name=moodle -f backup_file_name=moodle_backup_20261122154210.dump',
        '```',
        '',
        'Backup `moodle_backup_20261122154210.dump` · server `db.example.com` · [this run](https://github.com/acme/moodle/actions/runs/42)',
        '',
        '<details><summary>Details: compression, client, SHA-256</summary>',
        '',
        'Compression `zstd:1` · client: pg_dump 17.6 · SHA-256 `e3b0c442`',
        '',
        '</details>',
        '',
      ].join('\n'),
    );
  });

  test('of a restore tells how old the data is, what was verified, and who waited', () => {
    const restored: Result = {
      ...{ ...result, job: 'restore', dataFrom: new Date('2026-11-22T15:42:10Z'), tables: 3 },
      ...{ verified: true, blocked: 20, madeBy: { repository: 'acme/moodle', run: '41' } },
      notes: [{ text: 'Do it:', sql: ['SELECT 1;'] }, { text: 'Know it.' }],
    };
    const [headline, , facts, ...rest] = summaryOf(restored, { run }, new Date('2026-11-22T19:50:00Z')).split(
      '\n',
    );
    expect(headline).toBe('### ✅ `moodle` restored, 1 thing left to do');
    expect(facts).toBe(
      'Data as of **2026-11-22 15:42:10 UTC** (4 h ago) · **1.00 GB**, 3 tables · SHA-256 verified · **1 min 01 s**, connections blocked for at most **0.0 s**',
    );
    expect(rest.at(-2)).toContain(
      '[the run that made the backup](https://github.com/acme/moodle/actions/runs/41)',
    );
    expect(rest.at(-2)).toMatch(/ · SHA-256 `e3b0c442`$/);
    expect(rest.join('\n')).not.toContain('gh workflow run');
  });

  test.each([
    ['a repository that is none', { repository: 'a/b](https://x', run: '1' }],
    ['a run that is none', { repository: 'a/b', run: '1)' }],
  ])('has no link to %s', (_, madeBy) => {
    expect(summaryOf({ ...result, job: 'restore', madeBy }, { run })).not.toContain('made the backup');
  });

  test.each(["it's", 'a b', '$(touch x)', '`x`', '"', '\\', 'two\nlines', "\u202e'\t", '-x', '@x'])(
    'has a command that bash gives %j on with, on one line',
    async (database) => {
      const block = /```sh\n(.*)\n```\n/.exec(summaryOf({ ...result, database }, { run }))?.[1] ?? '';
      const { stdout } = await promisify(execFile)(
        'bash',
        ['-c', `gh() { printf '%s\\0' "$@"; }; ${block}`],
        {
          env: { ...process.env, LC_ALL: 'C.UTF-8' },
        },
      );
      expect(stdout.split('\0')).toContain(`db_name=${database}`);
    },
  );

  test('of a backup shows those before it, each with its run, and leads to the portal', () => {
    const at = new Date('2026-11-21T15:42:10Z');
    const dataFrom = new Date('2026-11-22T15:42:10Z');
    const earlier = [
      {
        name: 'a|b',
        size: 125_000_000,
        at,
        madeBy: { repository: 'acme/moodle', run: '41', number: '9' },
      },
      { name: 'by hand', size: 1, at },
    ];
    const portalPage = (name: string): string => `https://portal.example/${encodeURIComponent(name)}`;
    const told = { ...result, dataFrom, earlier };
    const own = { ...run, number: '10' };
    const table = (page: Page): string[] =>
      summaryOf(told, page, dataFrom)
        .split('\n')
        .filter((line) => line.startsWith('|'));
    const [name, url] = [result.backup.name, 'https://github.com/acme/moodle/actions/runs'];
    expect(table({ run: own, portalPage })).toEqual([
      '| Backup | Size | Taken | Run |',
      '| --- | --: | --- | --- |',
      `| **[\`${name}\`](${portalPage(name)})** (this one) | 250 MB, +100 % | just now | [#10](${url}/42) |`,
      `| [\`a\\|b\`](https://portal.example/a%7Cb) | 125 MB | 24 h ago | [#9](${url}/41) |`,
      '| [`by hand`](https://portal.example/by%20hand) | 1 B | 24 h ago |  |',
    ]);
    expect(table({})).toEqual([
      '| Backup | Size | Taken |',
      '| --- | --: | --- |',
      `| **\`${name}\`** (this one) | 250 MB, +100 % | just now |`,
      '| `a\\|b` | 125 MB | 24 h ago |',
      '| `by hand` | 1 B | 24 h ago |',
    ]);
  });

  test('has a variable in the command for what GitHub hides', () => {
    const summary = summaryOf(result, { run, masked: ['backup'] });
    expect(summary).toContain('-f db_name=moodle -f backup_file_name="$backup_file_name"\n');
    expect(summary).toContain('Set `backup_file_name` in your shell first');
  });

  test('tells what was only warned of', () => {
    const notes = [{ text: 'One.' }];
    const summary = summaryOf({ ...result, notes }, { warnings: [{ text: 'One.' }, { text: 'Two.' }] });
    expect(summaryNotes(summary).map(({ text }) => text)).toEqual(['One.', 'Two.']);
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
    expect(nameIn(summaryOf({ ...result, database }))).toBe(database);
  });
});

describe('what a restore has to tell', () => {
  const restored = (notes: Result['notes'] = []): string => summaryOf({ ...result, job: 'restore', notes });

  test('is nothing', () => {
    expect(restored()).not.toContain('To do');
    expect(summaryOf({ ...result, job: 'restore' })).toBe(restored());
  });

  test('is what to do, numbered, then what was not restored, how to undo it, and what to know', () => {
    const notes: Result['notes'] = [
      { text: 'One "a b".' },
      { text: 'Go back:', sql: ['SELECT 0;'], about: 'undo' },
      { text: 'Two:', sql: ['-- in x', 'SELECT 1;', 'SELECT 2;'] },
      { text: 'Left out.', about: 'not restored' },
    ];
    const [, told = ''] = restored(notes).split('#### ⚠️ To do\n\n');
    expect(told.split('\n\nBackup ')[0]).toBe(
      [
        '**1. Two:**\n',
        '<details><summary>2 statements</summary>\n',
        '```sql\n-- in x\nSELECT 1;\nSELECT 2;\n```\n',
        '</details>\n',
        '**Not restored.** Left out.\n',
        '**Undo. Go back:**\n',
        '<details><summary>1 statement</summary>\n',
        '```sql\nSELECT 0;\n```\n',
        '</details>\n',
        '**Note.** One `"a b"`.',
      ].join('\n'),
    );
  });

  test('leaves every line of words and of SQL on one line, however long', () => {
    const sql = [`SELECT ${'1, '.repeat(100)}1;`];
    const command = `printf %s "$value" | ${'az --option '.repeat(50)}`.trim();
    const text = `- ${'word '.repeat(50)}run: ${command}\n\n- short\n${'x'.repeat(200)}\r\nend`;
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
      { text: hostile.trim(), sql: inOneLine(`-- ${hostile}`) },
      { text: 'next', sql: '' },
    ]);
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

  const order = { database: 'shop', backupFileName: 'shop.dump' };
  const unchanged = 'Database "shop" was not changed.';

  async function failed(error: unknown, texts: string[] = []) {
    const warnings = texts.map((text) => ({ text }));
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await fail('Restore failed', error, { warnings }, order);
    const log = write.mock.calls.map(([chunk]) => String(chunk)).join('');
    const annotations = readLog(log).flatMap((event) =>
      event.kind === 'annotation' ? [event.annotation] : [],
    );
    const below = readLog(log.trimEnd()).flatMap((event) => (event.kind === 'text' ? [event.text] : []));
    return { annotations, below, summary: await readFile(join(folder.path, 'summary'), 'utf8') };
  }

  test('has one annotation of a line, the others in the log, all of it in the summary, and the warnings below', async () => {
    const { annotations, below, summary } = await failed(new Error('It ``` went\nwrong'), [
      'First.',
      '- a\n- b',
    ]);
    const message = 'It ``` went (see the summary)';
    expect(annotations).toEqual([{ level: 'error', title: 'Restore failed', message }]);
    expect(below).toEqual(['wrong']);
    expect(process.exitCode).toBe(1);
    expect(summary).toMatch(
      /^### ❌ Restore failed\n\n\*\*Cause\.\*\* It ```` ``` ```` went\\\nwrong\n\n\*\*Note\./,
    );
    expect(summaryNotes(summary).map(({ text }) => text)).toEqual([
      'It ``` went\nwrong',
      'First.',
      '- a\n- b',
    ]);
  });

  test('has an annotation that says the state first, where it is known', async () => {
    const explanation = { tried: 'Signing in', cause: 'it said\nno', advice: 'Ask.', state: unchanged };
    const { annotations, below, summary } = await failed(
      new Failure({ ...explanation, outcome: 'unchanged' }),
    );
    expect(annotations.map(({ message }) => message)).toEqual([
      'Database "shop" was not changed (see the summary): Signing in failed: it said',
    ]);
    expect(below).toEqual(['What to do: Ask.', 'Details:', 'no']);
    expect(summary.match(/was not changed/g)).toHaveLength(1);
  });

  test('says what else there is to say of the state, and lists what to do, before the rest of the cause', async () => {
    const { annotations, below, summary } = await failed(
      new Failure({
        ...{ cause: '2 problems block the restore.\n1. One.\n2. Two.', advice: '1. Do one.\n2. Do two.' },
        ...{
          state: `${unchanged} The new one is left over. Drop it:\nDROP DATABASE "x";`,
          outcome: 'unchanged',
        },
      }),
    );
    expect(annotations.map(({ message }) => message)).toEqual([
      'Database "shop" was not changed (see the summary): 2 problems block the restore.',
    ]);
    expect(below).toEqual([
      ...['State: The new one is left over. Drop it:', 'DROP DATABASE "x";'],
      ...['What to do:', '1. Do one.', '2. Do two.', 'Details:', '1. One.', '2. Two.'],
    ]);
    expect(summary.trimEnd()).toBe(
      [
        '### ❌ Restore failed: `shop` was not changed',
        '**State.** The new one is left over. Drop it:\n\n```sql\nDROP DATABASE "x";\n```',
        '**What to do.** 1\\. Do one.\\\n2\\. Do two.',
        '**Cause.** 2 problems block the restore.\\\n1\\. One.\\\n2\\. Two.',
      ].join('\n\n'),
    );
  });

  test('says a state that is not that of a database first as well', async () => {
    const state = 'There is no new backup, unless the log says so. Look.';
    const told = new EndedEarly(`${state} It stopped.`, { state, cause: 'It stopped.' });
    const { annotations, below, summary } = await failed(told);
    expect(annotations[0]?.message).toBe(
      'There is no new backup, unless the log says so (see the summary): It stopped.',
    );
    expect(below).toEqual(['State: Look.']);
    expect(summary.trimEnd().split('\n\n').slice(1)).toEqual([
      `**State.** ${state}`,
      '**Cause.** It stopped.',
    ]);
  });

  test('of wrong inputs says what to do, and no other cause', async () => {
    const { annotations, below, summary } = await failed(
      new InputError(['jobs must be auto; it is "x"', 'key_vault_name is missing']),
    );
    expect(annotations[0]?.message).toBe('2 invalid inputs; nothing was changed (see the summary)');
    expect(below.slice(0, 2)).toEqual(['What to do: Correct them:', '- jobs must be auto; it is "x"']);
    expect(below.at(-1)).toBe('gh secret list');
    expect(summary).toMatch(
      /^### ❌ 2 invalid inputs; nothing was changed\n\n\*\*What to do\.\*\* Correct them:\\\n\\- jobs must be /,
    );
    expect(summary).not.toMatch(/Cause|State/);
  });

  test.each([
    ['Run the job again.', ''],
    ['Fix the cause, then run the restore again.', 'Fix the cause.'],
    ["Check the server's log, then run the job again.", "Check the server's log."],
    [
      'As an administrator, run this, then run the job again:\nSELECT 1;',
      'As an administrator, run this:\nSELECT 1;',
    ],
    ['It is locked. Run the job again when it is gone.', 'It is locked. Wait until it is gone.'],
    ['They blocked each other. Run the restore again with jobs: 1.', 'They blocked each other. Set jobs: 1.'],
    ['Run the job again. If it keeps failing, check the network.', 'If it keeps failing, check the network.'],
    ['Restore with no_owner: true.', 'Restore with no_owner: true.'],
    ['Fix it and make a new backup.', 'Fix it and make a new backup.'],
  ])('says once that the restore is to be run again: %j', async (advice, left) => {
    const incomplete = restoreIncomplete('shop', new Failure({ tried: 'It', cause: 'broke', advice }));
    const { below, summary } = await failed(incomplete);
    const words = left.includes('new backup')
      ? 'Or, once the cause is fixed without a new backup, run'
      : left === ''
        ? 'Run'
        : 'Then run';
    const then = `${words} the same restore again (backup_file_name: "shop.dump").`;
    expect(below.join('\n')).toContain(`What to do: ${left}${left === '' ? '' : '\n'}${then}`);
    expect(`${below.join(' ')}`.match(/again/g)).toHaveLength(1);
    expect(errorIn(summary)).toContain(left);
    expect(summary).not.toMatch(/run the (job|restore) again/i);
  });

  test('warns of nothing that has not come to pass', async () => {
    const warnings = [
      { text: 'Will not be restored: x.', afterwards: 'Not restored: x.' },
      { text: 'Its SHA-256 is not recorded.' },
    ];
    const notes = (outcome: Outcome) =>
      summaryNotes(
        summaryOfFailure(
          'Restore failed',
          new Failure({ cause: 'c', advice: '', outcome }),
          { warnings },
          order,
        ),
      ).map(({ text }) => text);
    for (const outcome of ['unchanged', 'untouched', 'exchanged', 'incomplete', 'unknown'] as const)
      expect(notes(outcome)).toEqual(['c', 'Its SHA-256 is not recorded.']);
    expect(notes('restored')).toEqual(['c', 'Not restored: x.', 'Its SHA-256 is not recorded.']);
    const restored = summaryOf({ ...result, notes: [{ text: 'Not restored: x.' }] }, { warnings });
    expect(summaryNotes(restored).map(({ text }) => text)).toEqual([
      'Not restored: x.',
      'Its SHA-256 is not recorded.',
    ]);
  });

  test('says the state first, then what to do, then the cause, with the rest of what the server said folded', async () => {
    const explanation = {
      tried: 'pg_restore into "shop"',
      cause: 'INDEX slow: ERROR:  it <b>broke\nDETAIL:  ```\nCREATE INDEX slow',
      ...{ advice: 'Mend the cause.', outcome: 'incomplete' as const },
      state: 'Database "shop" is incomplete, keep applications out. The old one was dropped.',
    };
    const summary = summaryOfFailure('Restore failed', new Failure(explanation), { run }, order);
    expect(summary).toBe(
      [
        '### ❌ Restore failed: `shop` is incomplete, keep applications out',
        '**State.** The old one was dropped.',
        '**What to do.** Mend the cause.',
        'Then run the same restore again:',
        '```sh\ngh run rerun 42 -R acme/moodle --failed\n```',
        '**Cause.** `pg_restore` into `"shop"` failed: INDEX slow: ERROR:  it `<b>broke`',
        '<details><summary>What PostgreSQL said</summary>',
        '````\nDETAIL:  ```\nCREATE INDEX slow\n````',
        '</details>\n',
      ].join('\n\n'),
    );
    expect(errorIn(summary)).toBe(new Failure(explanation).message);
  });

  test('names the backup where a restore of the latest is to be run again: one made meanwhile has the incomplete database', () => {
    const explanation = { cause: 'c', advice: '', outcome: 'incomplete' as const };
    const latest = { ...order, isLatest: true };
    const summary = summaryOfFailure('Restore failed', new Failure(explanation), { run }, latest);
    expect(summary).toContain('Run the same restore again, from the backup by its name, not the latest');
    expect(summary).toContain('-f job_to_run=restore -f db_name=shop -f backup_file_name=shop.dump');
    expect(summary).not.toContain('gh run rerun');
  });

  test('folds what a statement was run in', () => {
    const cause =
      'INDEX slow: a function that it calls failed\nPL/pgSQL function public.f(integer) line 1 at RAISE\nCREATE INDEX slow;';
    const failure = new Failure({ tried: 'pg_restore into "shop"', cause, advice: '' });
    const summary = summaryOfFailure('Restore failed', failure);
    expect(summary).toMatch(
      /calls failed\n\n<details><summary>What PostgreSQL said<\/summary>\n\n```\nPL\/pgSQL /,
    );
    expect(errorIn(summary)).toBe(failure.message);
  });

  test('by a cancel is cancelled, not failed', () => {
    const told = cancelledJob('Restore cancelled', new Cancelled('SIGINT'), {
      ...new Cancelled('SIGINT').explanation,
      ...{ state: unchanged, outcome: 'unchanged' },
    });
    expect(told.message).toBe(`Restore cancelled (SIGINT).\n${unchanged}\nRun it again when you are ready.`);
    const summary = summaryOfFailure('Restore cancelled', told, { run }, order);
    expect(summary).toMatch(/^### 🚫 Restore cancelled: `shop` was not changed\n\n\*\*What to do\.\*\* /);
    expect(summary).not.toMatch(/fail|Cause|SIGINT/i);
  });

  test('has no heading for warnings that there are not', async () => {
    const { summary } = await failed(new Error('x'));
    expect(summary.trimEnd()).toBe('### ❌ Restore failed\n\n**Cause.** x');
  });

  test('points to the summary where the annotation is cut', async () => {
    const message = `${'word '.repeat(900)}end`;
    const { annotations, summary } = await failed(new Error(message));
    expect(annotations[0]?.message).toMatch(
      /^(word )+w?o?r?d?… \(\d+ characters more are in the summary\) …w?o?r?d?( word)+ end \(see the summary\)$/,
    );
    expect(annotations[0]?.message.length).toBeLessThan(4_096);
    expect(summaryNotes(summary)).toEqual([{ text: message, sql: '' }]);
  });

  test.each(['a b', "it's", '`d|e` <img>', '***', 'plain-1.dump', '$(x) \\', "\\'"])(
    'shows a variable of a command whose value is %j in the block of the command',
    async (value) => {
      const lines = [`blob=${bashWord(value)} # backup_file_name`, 'az storage blob undelete --name "$blob"'];
      const advice = `Bring it back:\n${lines.join('\n')}`;
      const { summary } = await failed(new Failure({ tried: 'It', cause: 'c', advice }));
      expect(summary).toContain(`\n\n\`\`\`sh\n${lines.join('\n')}\n\`\`\`\n`);
    },
  );

  test('shows the command that sets a secret as it has to be pasted', async () => {
    const advice = howToSet({
      vaultName: 'kv-of-the-shop-in-production',
      name: 'password-of-the-role-shop',
      input: 'db_password_secret_name',
    });
    const { below, summary } = await failed(new Error(`The secret is empty\n${advice}\nOr check it.`));
    const lines = summaryNotes(summary)[0]?.text.split('\n').slice(2, 5) ?? [];
    expect(below.slice(1, 4)).toEqual(lines);
    const value = `touch '${folder.path}/run'; echo "$HOME" %s \\n `;
    const { az, shown } = await pasted(folder.path, [...lines, value]);
    expect(az).toBe(
      `keyvault secret set --vault-name kv-of-the-shop-in-production --name=password-of-the-role-shop --file /dev/stdin --encoding utf-8 --output none\n${value}`,
    );
    expect(shown).toBe('');
    expect(existsSync(join(folder.path, 'run'))).toBe(false);
  });

  test('breaks and cuts no masked value, of which GitHub would then show the parts', async () => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    maskEverywhere(['words of a secret', 'in two\nlines']);
    const broken = await failed(new Error('It is in two\nlines, and more'));
    expect(broken.summary).toContain('It is `***`, and more');
    expect(broken.annotations[0]?.message).toBe('It is ***, and more (see the summary)');
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

describe('a warning', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  /** What the log has of warnings, given one after the other. */
  function warned(...texts: [text: string, hasStatements?: boolean][]) {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    texts.forEach(([text, hasStatements = false], before) => {
      warn(text, hasStatements, before);
    });
    const log = write.mock.calls.map(([chunk]) => String(chunk)).join('');
    write.mockRestore();
    return readLog(log.trimEnd()).map((event) =>
      event.kind === 'annotation' ? event.annotation.message : event.kind === 'text' ? [event.text] : event,
    );
  }

  test('is one sentence, and what else there is to say stands below', () => {
    expect(warned(['It is late.'])).toEqual(['It is late.']);
    expect(warned(['It is late. Go.'])).toEqual(['It is late (see the summary)', ['Go.']]);
    expect(warned(['Table "a. b" is late:\n- c\n- d'])).toEqual([
      'Table "a. b" is late (see the summary)',
      ['- c'],
      ['- d'],
    ]);
  });

  test('points to the summary for its statements, which the log does not have', () => {
    expect(warned(['Run this:', true])).toEqual(['Run this (see the summary)']);
    expect(warned(['It is gone. Sorry.\nRun this:', true])).toEqual([
      'It is gone (see the summary)',
      ['Sorry.'],
    ]);
  });

  test('splits no masked value, of which GitHub would then show the parts', () => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    maskEverywhere(['half a. half b']);
    vi.restoreAllMocks();
    expect(warned(['It is half a. half b, and more.'])).toEqual(['It is ***, and more.']);
  });

  test('keeps a carriage return of its own in its line, where all can see it', () => {
    expect(warned(['It is odd. One\rtwo.'])).toEqual(['It is odd (see the summary)', ['One\\u000dtwo.']]);
  });

  test('is an annotation as long as GitHub shows them, the last of which says that there are more', () => {
    const told = warned(...Array.from({ length: 12 }, (_, place): [string] => [`No ${place}.`]));
    expect(told.filter((one) => typeof one === 'string')).toHaveLength(10);
    expect(told.slice(8)).toEqual([
      'No 8.',
      'There are more warnings (see the summary)',
      ...[['Warning: No 9.'], ['Warning: No 10.'], ['Warning: No 11.']],
    ]);
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
