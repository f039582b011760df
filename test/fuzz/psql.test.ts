import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { run } from '../../src/base/process.ts';
import { connectionString, environmentOf } from '../../src/postgres/session/connection.ts';
import { type Psql, runScript, setCommands, uninterrupted } from '../../src/postgres/session/psql.ts';
import { identifier, literal } from '../../src/postgres/session/sql-text.ts';
import { hostileName, hostileText } from '../support/fuzz/hostile-text.ts';
import { property } from '../support/fuzz/rounds.ts';
import { type BareServer, startBareServer } from '../support/postgres/psql-on.ts';

let bare: BareServer;
/** Its signal ends everything after ten minutes; a soak takes longer. */
let psql: Psql;
beforeAll(async () => {
  bare = await startBareServer(15);
  psql = await bare.psqlAs(bare.server.superuser);
});
afterAll(() => bare?.stop());

/** The last two code points of the planes after the first mean no characters; psql leaves them out of what it prints (its mbprint.c). */
const unprinted = /[\u{1fffe}\u{1ffff}\u{2fffe}\u{2ffff}\u{3fffe}-\u{fffff}\u{10fffe}\u{10ffff}]/gu;
/** What a database can hold: no NUL, no half of a character. */
const value = hostileText().map((text) => text.replaceAll('\0', '').replace(unprinted, '').toWellFormed());
/** Many in one session, since it takes longer to begin one than to ask. */
const many = fc.array(fc.tuple(value, hostileName()), { minLength: 10, maxLength: 30 });

const shortOf = (name: string): string => Array.from(name).slice(0, 9).join('');

describe('to psql and the server themselves', () => {
  property(
    'a value is what it is, as a variable and in SQL, and so is a name',
    [many],
    async (given) => {
      const variables = Object.fromEntries(
        given.flatMap(([text, name], i) => [
          [`v${i}`, text],
          [`n${i}`, name],
        ]),
      );
      const questions = given.map(
        ([text, name], i) =>
          `SELECT json_build_array(:'v${i}', ${literal(text)}, (SELECT json_agg(k) FROM json_object_keys(row_to_json(the_asked_row)) AS k)) FROM (SELECT 1 AS :"n${i}", 2 AS ${identifier(`${shortOf(name)}"`)}) AS the_asked_row;`,
      );
      const answer = await runScript(uninterrupted(psql), 'postgres', `${questions.join('\n')}\n`, variables);
      const read = answer
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown);
      expect(read).toEqual(given.map(([text, name]) => [text, text, [name, `${shortOf(name)}"`]]));
    },
    { weight: 100 },
  );
  property(
    'what sets variables is nothing else',
    [many],
    async (given) => {
      const settings = setCommands(Object.fromEntries(given.map(([text], i) => [`v${i}`, text])));
      const output = await run({
        program: psql.program,
        args: [
          '--no-psqlrc',
          '--quiet',
          '--tuples-only',
          '--no-align',
          '--dbname',
          connectionString('postgres'),
        ],
        env: environmentOf(psql.connection),
        input: `${settings}\\echo end`,
        signal: uninterrupted(psql).signal,
      });
      expect(output).toBe('end\n');
      expect(settings.split('\n')).toHaveLength(given.length + 1);
    },
    { weight: 100 },
  );
});
