import { describe, expect, test } from 'vitest';
import { wordsNotShown } from '../../../../../src/postgres/errors/redact-values.ts';
import { describeError } from '../../../../../src/postgres/restore/errors/describe.ts';
import type { RestoreError } from '../../../../../src/postgres/restore/errors/messages.ts';

describe('an error is described', () => {
  test.each<[string, RestoreError, string[]]>([
    [
      'with the beginning of a long statement',
      { entry: 'VIEW v me', message: 'no\nHINT:  try', statement: `CREATE VIEW v AS ${'x'.repeat(300)}` },
      ['VIEW v me: no', 'HINT:  try', `CREATE VIEW v AS ${'x'.repeat(183)}…`],
    ],
    [
      'without a row that is copied',
      {
        entry: 'TABLE DATA users me',
        message:
          'COPY failed for table "users": ERROR:  new row for relation "users" violates check constraint "ok"\n' +
          'DETAIL:  Failing row contains (1, hush).\nCONTEXT:  COPY users, line 5: "1\thush"',
        statement: '',
      },
      [
        'TABLE DATA users me: COPY failed for table "users": ERROR:  new row for relation "users" violates check constraint "ok"',
        'COPY users, line 5',
      ],
    ],
    [
      'without a value of a column',
      {
        entry: 'TABLE DATA users me',
        message:
          'COPY failed for table "users": ERROR:  invalid input syntax for type integer: "hush"\n' +
          'CONTEXT:  COPY users, line 12, column age: "hush"',
        statement: '',
      },
      [
        'TABLE DATA users me: COPY failed for table "users": ERROR:  invalid input syntax for type integer: …',
        'COPY users, line 12',
      ],
    ],
    [
      'without values that statistics have of rows',
      {
        entry: 'STATISTICS DATA users ',
        message: 'malformed array literal: "{hush}"\nDETAIL:  Unexpected "hush".\nLINE 1: SELECT hush',
        statement: "SELECT * FROM pg_catalog.pg_restore_attribute_stats('most_common_vals', '{hush}')",
      },
      ['STATISTICS DATA users: malformed array literal: …'],
    ],
    [
      'without a row in German',
      {
        entry: 'TABLE DATA users me',
        message:
          'COPY failed for table "users": FEHLER:  ungültige Eingabesyntax für Typ integer: »hush«\n' +
          'CONTEXT:  COPY users, Zeile 3, Spalte age: »hush«',
        statement: '',
      },
      [`TABLE DATA users me: COPY failed for table "users": FEHLER:  ${wordsNotShown}`, 'COPY users, line 3'],
    ],
    [
      'without a word of what may be a function’s, nor of its entry',
      {
        entry: 'TRIGGER hush',
        message: 'COPY failed for table "hush": ERROR:  value "hush" is out of range for type integer',
        statement: 'hush',
        doubtful: true,
      },
      ['value … is out of range for type integer'],
    ],
    [
      'without words of what an event trigger calls, where the beginning of its context is cut off',
      {
        entry: 'EVENT TRIGGER e me',
        message: 'hush\nPL/pgSQL function f() line 3 at PERFORM',
        statement: 'COMMENT ON EVENT TRIGGER e',
        cut: true,
      },
      [
        'EVENT TRIGGER e me: the server refused it (its message is too long to be shown without values of rows)',
        'COMMENT ON EVENT TRIGGER e',
      ],
    ],
    [
      'without a row that is inserted',
      {
        entry: 'TABLE DATA users me',
        message: `value "hush" is out of range for type integer\nLINE 1: INSERT INTO users VALUES ('hush')`,
        statement: "INSERT INTO users VALUES ('hush');",
      },
      ['TABLE DATA users me: value … is out of range for type integer'],
    ],
    [
      'without a statement that may be the end of a value',
      {
        entry: 'CHECK CONSTRAINT t c me',
        message: 'value "x',
        statement:
          'hush" is out of range for type integer\nCommand was: ALTER TABLE t VALIDATE CONSTRAINT c;',
        ambiguous: true,
      },
      [`CHECK CONSTRAINT t c me: ${wordsNotShown}`],
    ],
    [
      'without the key that is there twice',
      {
        entry: 'CONSTRAINT users users_email_key me',
        message:
          'could not create unique index "users_email_key"\nDETAIL:  Key (email)=(hush) (hush)) is duplicated.\nCONTEXT:  x',
        statement: 'ALTER TABLE ONLY users ADD CONSTRAINT users_email_key UNIQUE (email);',
      },
      [
        'CONSTRAINT users users_email_key me: could not create unique index "users_email_key"',
        'DETAIL:  Key (email)=(…) is duplicated.',
        'ALTER TABLE ONLY users ADD CONSTRAINT users_email_key UNIQUE (email);',
      ],
    ],
    [
      'without a key of several lines',
      {
        entry: 'INDEX i me',
        message: 'no\nDETAIL:  Key (a)=(1\nhush) is duplicated.',
        statement: 'CREATE INDEX i ON t (a)',
      },
      [`INDEX i me: ${wordsNotShown}`, 'DETAIL:  Key (a)=(…)', 'CREATE INDEX i ON t (a)'],
    ],
    ...[
      'USER MAPPING USER MAPPING me SERVER s me',
      'SUBSCRIPTION s me',
      'SERVER s me',
      'FOREIGN TABLE t me',
    ].map((entry): [string, RestoreError, string[]] => [
      `without the statement of ${entry}`,
      { entry, message: "no\nLINE 1: OPTIONS (x 'hush')", statement: "/* */ CREATE x OPTIONS (x 'hush')" },
      [`${entry}: no`, '(its statement is not shown, since a password may stand in it)'],
    ]),
    [
      'without a statement that has a password',
      { entry: 'FUNCTION f() me', message: 'no', statement: "CREATE FUNCTION f() 'host=h password=hush'" },
      ['FUNCTION f() me: no', '(its statement is not shown, since a password may stand in it)'],
    ],
  ])('%s', (_, error, lines) => {
    expect(describeError(error).split('\n')).toEqual(lines);
    expect(lines.join()).not.toContain('hush');
  });
});
