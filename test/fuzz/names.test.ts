import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { problemWithBlobName } from '../../src/azure/name-rules.ts';
import { backupName, backupPrefix, partsOfBackupName } from '../../src/azure/storage/backup-names.ts';
import { quoted } from '../../src/base/format.ts';
import { statementsOf } from '../../src/postgres/archive/statements.ts';
import { parseForeignKey } from '../../src/postgres/archive/tables-without-rows.ts';
import { problemWithDatabaseName } from '../../src/postgres/server/database-names.ts';
import { similarNames } from '../../src/postgres/server/similar-names.ts';
import { connectionString, optionsOf } from '../../src/postgres/session/connection.ts';
import { identifier, listElements, literal } from '../../src/postgres/session/sql-text.ts';
import { isPreviousName, isRestoreName, restoreNames } from '../../src/postgres/swap/names.ts';
import { hostileName, hostileText } from '../support/fuzz/hostile-text.ts';
import { property } from '../support/fuzz/rounds.ts';

/** What the database can hold: no NUL. */
const value = hostileText().map((text) => text.replaceAll('\0', ''));
const time = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });

describe('what is written into SQL is read back', () => {
  property('as it was, a name or a value', [hostileName(), value, hostileName()], (name, text, role) => {
    const script = `ALTER DATABASE ${identifier(name)} SET x TO ${literal(text)}; GRANT ALL ON t TO ${identifier(role)};\n`;
    const [first = [], second = [], ...others] = statementsOf(script);
    expect(others).toEqual([]);
    expect(first[2]).toMatchObject({ kind: 'name', value: name });
    expect(first.at(-1)).toMatchObject({ kind: 'text', value: text });
    expect(second.at(-1)).toMatchObject({ kind: 'name', value: role });
  });
  property('as it was, a list', [fc.array(hostileName(), { maxLength: 6 })], (names) => {
    expect(listElements(names.map(identifier).join(', '))).toEqual(names);
  });
  property('as it was, a foreign key', [fc.array(hostileName(), { minLength: 5, maxLength: 5 })], (names) => {
    const [schema = '', name = '', key = '', otherSchema = '', other = ''] = names;
    const [s, t, k, r, o] = names.map(identifier);
    const sql = `ALTER TABLE ONLY ${s}.${t}\n    ADD CONSTRAINT ${k} FOREIGN KEY (${t}) REFERENCES ${r}.${o}(${k});`;
    expect(parseForeignKey(sql)).toEqual({
      ...{ key, of: { schema, name } },
      to: { schema: otherSchema, name: other },
    });
  });
});

describe('what is given to libpq is read back', () => {
  property('as the name of a database, and nothing else', [hostileName()], (name) => {
    const read = connectionParameters(connectionString(name));
    expect(read.get('dbname')).toBe(name);
    expect([...read.keys()].filter((key) => !/^(keepalives|tcp_user_timeout$)/.test(key))).toEqual([
      'dbname',
    ]);
  });
  property('as the value of a setting', [value.filter((text) => !/[\t\n\v\f\r]/.test(text))], (text) => {
    expect(optionWords(optionsOf({ 'a.b': text, c: 'd' }))).toEqual(['-c', `a.b=${text}`, '-c', 'c=d']);
  });
});

describe('what is shown in quotes', () => {
  property('has no control character, and is what it was', [hostileText()], (text) => {
    const shown = quoted(text);
    expect(shown).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
    expect(JSON.parse(shown)).toBe(text);
  });
});

describe('the name of a backup', () => {
  const stamp = fc.stringMatching(/^20[0-9]{12}$/);
  property(
    'is one that Azure takes, and tells the database',
    [hostileName(), stamp],
    (database, timestamp) => {
      if (problemWithDatabaseName(database) !== undefined) return;
      const name = backupName(database, timestamp);
      expect(partsOfBackupName(name)).toEqual({ prefix: backupPrefix(database), timestamp });
      const decoded = backupPrefix(database).replace(/%(?:2F|5C|25)/g, decodeURIComponent);
      expect(decoded).toBe(`${database}_backup_`);
      expect(problemWithBlobName(name)).toBeUndefined();
    },
  );
  property('is refused or free of what changes on the way', [hostileText()], (name) => {
    if (problemWithBlobName(name) !== undefined) return;
    expect(name).not.toMatch(/[\p{Cc}\p{Cs}\\]/u);
    const url = new URL(`https://account/container/${name.split('/').map(encodeURIComponent).join('/')}`);
    expect(decodeURIComponent(url.pathname)).toBe(`/container/${name}`);
  });
});

describe('the names of databases beside another', () => {
  property('fit, and are known again', [hostileName(), hostileName(), time], (database, other, now) => {
    const { fresh, previous } = restoreNames(database, now);
    for (const name of [fresh, previous]) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(63);
    expect([isRestoreName(fresh, database), isPreviousName(previous, database)]).toEqual([true, true]);
    expect([isRestoreName(previous, database), isPreviousName(fresh, database)]).toEqual([false, false]);
    if (other !== database) expect(isRestoreName(fresh, other)).toBe(false);
  });
  const slips = fc.array(fc.tuple(fc.nat(20), fc.constantFrom('x', 'é', '')), { maxLength: 12 });
  property(
    'that may have been meant are some that there are, five at most, and first the one with another case',
    [hostileName(), fc.array(hostileName(), { maxLength: 12 }), slips],
    (wanted, others, changes) => {
      const slipped = changes.map(([at, put]) => wanted.slice(0, at) + put + wanted.slice(at + 1));
      const names = [...others, ...slipped, ...(wanted.length > 3 ? [`${wanted.toUpperCase()} `] : [])];
      const similar = similarNames(wanted, names);
      expect(similar.length).toBeLessThanOrEqual(5);
      for (const name of similar) expect(names).toContain(name);
      const same = names.filter((name) => name.trim().toLowerCase() === wanted.trim().toLowerCase());
      if (wanted.trim().length > 1 && same.length > 0) expect(same).toContain(similar[0]);
    },
  );
});

/** https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-KEYWORD-VALUE */
function connectionParameters(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (let rest = text; rest.trim() !== ''; ) {
    const [whole, key, inQuotes, bare] =
      /^\s*(\w+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s'\\]|\\.)+))(?=\s|$)/s.exec(rest) ?? [];
    if (whole === undefined || key === undefined) throw new Error(`libpq would not read ${rest}`);
    found.set(key, (inQuotes ?? bare ?? '').replace(/\\(.)/gs, '$1'));
    rest = rest.slice(whole.length);
  }
  return found;
}

/** https://github.com/postgres/postgres/blob/master/src/backend/utils/init/postinit.c (pg_split_opts) */
function optionWords(text: string): string[] {
  const words = text.match(/(?:\\.|[^ \t\n\v\f\r\\])+/gs) ?? [];
  return words.map((word) => word.replace(/\\(.)/gs, '$1'));
}
