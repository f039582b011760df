import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { templateLines } from '../../src/postgres/errors/message-templates.ts';
import { describeError } from '../../src/postgres/restore/errors/describe.ts';
import { hostileText } from '../support/fuzz/hostile-text.ts';
import { errorsOf, ofRows } from '../support/fuzz/restore-errors.ts';
import { property } from '../support/fuzz/rounds.ts';

/** A value of a row, as nobody else would write it, in what the server says of rows. */
const planted = 'SSN-078-05-1120';
const aboutRows = fc.constantFrom(
  [
    'ERROR:  duplicate key value violates unique constraint "i"',
    `DETAIL:  Key (a)=(${planted}) already exists.`,
  ],
  ['ERROR:  could not create unique index "i"', `DETAIL:  Key (a, b)=(x)=(y, ${planted}) is duplicated.`],
  [
    'ERROR:  new row for relation "t" violates check constraint "c"',
    `DETAIL:  Failing row contains (1, ${planted}, null).`,
  ],
  [
    `ERROR:  invalid input syntax for type integer: "${planted}"`,
    `CONTEXT:  COPY t, line 7, column a: "${planted}"`,
  ],
  [`ERROR:  value "${planted}" is out of range for type integer`],
  [
    `ERROR:  date/time field value out of range: "${planted}"`,
    'HINT:  Perhaps you need a different "datestyle" setting.',
  ],
  [
    'ERROR:  insert or update on table "t" violates foreign key constraint "c"',
    `DETAIL:  Key (a)=(${planted}) is not present in table "u".`,
  ],
  [`ERROR:  bad value ${planted}`, 'CONTEXT:  PL/pgSQL function public.f(integer) line 3 at RAISE'],
  [
    'ERREUR:  syntaxe en entrée invalide pour le type integer : « SSN-078-05-1120 »',
    `CONTEXTE : COPY t, ligne 1, colonne a : « ${planted} »`,
  ],
);

describe('a value of a row', () => {
  property(
    'is never shown, for whatever entry',
    [fc.constantFrom(...ofRows), aboutRows, fc.boolean()],
    (entry, message, several) => {
      const found = errorsOf(entry, message.join('\n'), several);
      expect(found).toHaveLength(1);
      for (const error of found) expect(describeError(error)).not.toContain(planted);
    },
  );
});

describe('a value of a row, with anything around it', () => {
  const around = hostileText(3).map((text) => text.slice(0, 60));
  const messages: readonly ((value: string) => string)[] = [
    (value) =>
      `ERROR:  invalid input syntax for type integer: "${value}"\nCONTEXT:  COPY t, line 7, column a: "${value}"`,
    (value) =>
      `ERROR:  duplicate key value violates unique constraint "i"\nDETAIL:  Key (a)=(${value}) already exists.`,
    (value) => `ERROR:  value "${value}" is out of range for type integer`,
    (value) =>
      `ERROR:  new row violates check constraint "c"\nDETAIL:  Failing row contains (1, ${value}, null).`,
    (value) => `ERROR:  bad value ${value}\nCONTEXT:  PL/pgSQL function public.f(integer) line 3 at RAISE`,
    (value) => `FEHLER:  ungültig: »${value}«\nCONTEXT:  COPY t, Zeile 7, Spalte a: »${value}«`,
    (value) => `ОШИБКА:  '${value}' 7\nHINT:  ${value}`,
  ];
  property(
    'is never shown either',
    [fc.constantFrom(...ofRows), fc.constantFrom(...messages), around, around, fc.boolean()],
    (entry, message, before, after, several) => {
      for (const error of errorsOf(entry, message(`${before}${planted}${after}`), several)) {
        if (error.own || error.entry.includes(planted)) continue;
        expect(describeError(error)).not.toContain(planted);
      }
    },
  );
});

/** A value that is a word like any other, without a digit or a sign. */
const word = 'margarethe';

/** What stands in the templates of messages, around their gaps. */
const parts = [...new Set(templateLines.flatMap((line) => line.split(/…|\{[a-z]+\}/)))].filter(
  (one) => one !== '',
);

/** The word as it may stand in a gap: alone, as a name or a call, or with words of other messages around it. */
const inGap = fc.oneof(
  {
    arbitrary: fc.constantFrom(word, `"${word}"`, `"a ${word}"`, `${word}(integer)`, `a.${word}`),
    weight: 3,
  },
  {
    arbitrary: fc
      .array(
        fc.oneof(fc.constantFrom(...parts), fc.constantFrom(word, `"${word}"`, '"', '": ', 'integer', '7')),
        {
          minLength: 1,
          maxLength: 5,
        },
      )
      .map((some) => `"${some.join('')}${word}"`),
    weight: 2,
  },
);

/** What the server puts into the gaps of a message: names of its own where it has some, and a value anywhere else. */
const filled = fc
  .tuple(fc.constantFrom(...templateLines), fc.array(inGap, { minLength: 6, maxLength: 6 }))
  .map(([line, values]) => {
    let gap = 0;
    return line.replace(/…|\{[a-z]+\}/g, (which) => {
      const value = values[gap++] ?? word;
      if (which === '{kind}') return 'table';
      return which === '{name}' ? '"i"' : which === '{domain}' ? 'd' : value;
    });
  });

describe('a value of a row that is a word like any other', () => {
  property(
    'is not shown, in whatever message of the server',
    [fc.constantFrom(...ofRows), filled, filled, filled, fc.boolean()],
    (entry, first, detail, hint, several) => {
      const said = `ERROR:  ${first}\nDETAIL:  ${detail}\nHINT:  ${hint}\nCONTEXT:  COPY t, line 7, column a: "${word}"`;
      for (const error of errorsOf(entry, said, several)) expect(describeError(error)).not.toContain(word);
    },
  );
  const ownWords = fc.constantFrom(
    'PL/pgSQL function public.f(integer) line 3 at RAISE',
    'fonction PL/pgSQL f(), ligne 3 à RAISE',
    'PL/pgSQL function f() line 3 at ASSERT',
    'PL/Python function "f"',
    'Traceback (most recent call last):',
  );
  const named = fc
    .constantFrom(...templateLines.filter((line) => line.includes('{name}')))
    .map((line) => line.replace(/…|\{[a-z]+\}/g, (gap) => (gap === '{kind}' ? 'table' : `"${word}"`)));
  property(
    'is not shown as a name by what a function says in the words of the server',
    [fc.constantFrom(...ofRows), named, named, ownWords, fc.boolean()],
    (entry, first, hint, context, several) => {
      const said = `ERROR:  ${first}\nDETAIL:  Key (${word})=(x) already exists.\nHINT:  ${hint}\nCONTEXT:  ${context}`;
      for (const error of errorsOf(entry, said, several)) expect(describeError(error)).not.toContain(word);
    },
  );
});
