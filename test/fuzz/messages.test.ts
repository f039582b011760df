import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { ProcessFailure } from '../../src/base/process.ts';
import { adviceOnLocks } from '../../src/postgres/dump/lock-holders.ts';
import { oversizedTable } from '../../src/postgres/dump/oversized.ts';
import { adviceFor } from '../../src/postgres/errors/advice.ts';
import { explainServerError } from '../../src/postgres/errors/explain.ts';
import { isLockTimeout, isOfServer } from '../../src/postgres/errors/kinds.ts';
import { adviceForRestore } from '../../src/postgres/restore/errors/advice.ts';
import { describeError } from '../../src/postgres/restore/errors/describe.ts';
import { adviceOnFunctions } from '../../src/postgres/restore/errors/functions.ts';
import { collectErrors, isHarmless } from '../../src/postgres/restore/errors/messages.ts';
import { identifier } from '../../src/postgres/session/sql-text.ts';
import { almost, hostileLine, hostileName, hostileText } from '../support/fuzz/hostile-text.ts';
import { entries } from '../support/fuzz/restore-errors.ts';
import { property } from '../support/fuzz/rounds.ts';

/** Lines of pg_restore as it writes them, with anything in them, and anything between them. */
const report = fc.array(
  fc.oneof(
    hostileLine(),
    fc
      .tuple(fc.constantFrom(...entries), hostileName())
      .map(([entry, name]) => `pg_restore: from TOC entry 3; 1259 16385 ${entry} ${name}`),
    hostileLine(4).map((text) => `pg_restore: error: could not execute query: ERROR:  ${text}`),
    hostileLine(4).map((text) => `pg_restore: error: COPY failed for table "t": ERROR:  ${text}`),
    hostileLine(4).map((text) => `Command was: ${text}`),
    hostileLine(3).map((text) => `CONTEXT:  COPY t, line 1, column a: "${text}"`),
    hostileLine(3).map((text) => `DETAIL:  Key (a)=(${text}) already exists.`),
  ),
  { maxLength: 30 },
);

describe('what pg_restore writes, in any order', () => {
  property(
    'is read as errors, each of which can be told in bounds',
    [report, fc.boolean()],
    (lines, several) => {
      const told: unknown[] = [];
      const collected = collectErrors((error) => told.push(error), several);
      for (const line of lines) collected.take(line);
      const { found, ignored } = collected.result();
      expect(told).toEqual(found);
      expect(ignored).toBeGreaterThanOrEqual(0);
      for (const error of found) {
        expect(describeError(error).length).toBeLessThan(6_000);
        expect(error.message.length).toBeLessThan(50_000);
        expect(error.statement.length).toBeLessThanOrEqual(20_000);
        expect(error.entry.length).toBeLessThanOrEqual(2_000);
        expect(adviceForRestore(error).trim()).not.toBe('');
        adviceOnFunctions(error);
        isHarmless(error, several);
      }
    },
  );
});

describe('what a program said', () => {
  const said = fc.oneof(
    hostileText(30),
    almost(
      fc.constant(
        'pg_dump: error: query failed: ERROR:  permission denied for table t\npg_dump: detail: Query was: LOCK TABLE public.t IN ACCESS SHARE MODE',
      ),
    ),
  );
  const large = fc.constantFrom(
    'pg_dump: error: query failed: ERROR:  invalid memory alloc request size 1073741824',
    'ERROR:  out of memory\nDETAIL:  Cannot enlarge string buffer containing 1073741822 bytes by 9 more bytes.',
  );
  property(
    'of a row that is too large names its table, if it is named',
    [almost(large), large, hostileName(), hostileName()],
    (changed, exact, schema, name) => {
      expect(['string', 'undefined']).toContain(typeof oversizedTable(changed));
      expect(oversizedTable(exact)).toBe(undefined);
      const table = `${identifier(schema)}.${identifier(name)}`;
      const command = `pg_dump: detail: Command was: COPY ${table} (id) TO stdout;`;
      expect(oversizedTable(`${exact}\n${command}`)).toBe(table);
    },
  );
  property('is told in bounds, with advice', [said], (stderr) => {
    const { cause, advice } = explainServerError(
      new ProcessFailure('/usr/bin/pg_dump', 'exited with status 1', 1, stderr),
    );
    expect(cause.length).toBeLessThan(12 * 250);
    expect(cause).not.toBe('');
    expect(advice.trim()).not.toBe('');
  });
  property('is of the server or not, of a lock or not, of a large row or not', [said], (text) => {
    for (const is of [isOfServer(text), isLockTimeout(text)]) expect(typeof is).toBe('boolean');
    expect(['string', 'undefined']).toContain(typeof adviceFor(text));
    expect(['string', 'undefined']).toContain(typeof oversizedTable(text));
  });
  property(
    'of who holds a lock is told',
    [hostileName(), fc.option(hostileText(3)), fc.option(fc.nat())],
    (table, role, pid) => {
      const advice = adviceOnLocks([{ table, granted: true, pid, role, application: role, since: null }]);
      expect(advice).toContain('then run the job again.');
    },
  );
});
