import { describe, expect, test } from 'vitest';
import { connectionString } from '../../../../src/postgres/session/connection.ts';
import { awkwardStrings } from '../../support/pseudo-random.ts';

/** Reads a connection string as libpq does: conninfo_parse in fe-connect.c. */
function parse(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  let at = 0;
  while (at < text.length) {
    const equals = text.indexOf('=', at);
    if (equals === -1) throw new Error(`missing "=" after ${JSON.stringify(text.slice(at))}`);
    const name = text.slice(at, equals).trim();
    if (/\s/.test(name)) throw new Error(`missing "=" after ${JSON.stringify(name)}`);
    const inQuotes = text[equals + 1] === "'";
    at = equals + (inQuotes ? 2 : 1);
    let value = '';
    for (; ; at++) {
      const character = text[at];
      if (character === undefined && inQuotes) throw new Error('unterminated quoted string');
      if (character === undefined || (inQuotes ? character === "'" : /\s/.test(character))) break;
      if (character === '\\') at++;
      value += text[at] ?? '';
    }
    at++;
    found[name] = value;
  }
  return found;
}

const settings = ['dbname', 'keepalives', 'keepalives_count', 'keepalives_idle', 'keepalives_interval'];

describe('the connection string of a database', () => {
  test.each([
    ['plain', 'moodle', `dbname='moodle' `],
    ['empty', '', `dbname='' `],
    ['with spaces', ' my db ', `dbname=' my db ' `],
    ['with a quote', "bob's", String.raw`dbname='bob\'s' `],
    ['with a backslash at its end', 'a\\', String.raw`dbname='a\\' `],
    ['with a backslash and a quote', "a\\'b", String.raw`dbname='a\\\'b' `],
    ['that is a connection string', 'dbname=postgres', `dbname='dbname=postgres' `],
    [
      'that breaks out of its quotes',
      "x' host='evil' dbname='y",
      String.raw`dbname='x\' host=\'evil\' dbname=\'y' `,
    ],
    ['that is a URL', 'postgresql://evil/x', `dbname='postgresql://evil/x' `],
    ['with a dollar sign, which means something to replace()', "$&'$1", String.raw`dbname='$&\'$1' `],
  ])('%s', (_, database, start) => {
    const text = connectionString(database);
    expect(text.startsWith(start)).toBe(true);
    expect(parse(text)['dbname']).toBe(database);
  });

  test('names that database and nothing else, whatever it is called', () => {
    for (const database of awkwardStrings(1_000, 8, 4)) {
      const parsed = parse(connectionString(database));
      expect(parsed['dbname']).toBe(database);
      expect(Object.keys(parsed).toSorted()).toEqual([...settings, 'tcp_user_timeout']);
      expect(Object.keys(parse(connectionString(database, {}, 'rows'))).toSorted()).toEqual(settings);
    }
  });

  test('is never taken for a URL by the programs', () => {
    for (const database of ['postgres://x', 'postgresql://x']) {
      expect(connectionString(database)).toMatch(/^dbname='/);
    }
  });
});
