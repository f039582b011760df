import { describe, expect, test } from 'vitest';
import { parseContents } from '../../../../src/postgres/archive/table-of-contents.ts';

/*
 * Lines that pg_restore --list of 15, 17 and 18 has printed.
 */
const list = `;
; Archive created at 2026-11-22 19:33:57 UTC
;     dbname: everything
;     TOC Entries: 132
;
; Selected TOC Entries:
;
`;

/** The one entry of a list, without its id. */
function parsed(line: string, others = '') {
  const [entry] = parseContents(`${list}${line}\n${others}`);
  return [entry?.type, entry?.schema, entry?.name, entry?.owner];
}

describe('an entry', () => {
  test.each<[string, string[]]>([
    ['226; 1259 16396 TABLE public t postgres', ['TABLE', 'public', 't', 'postgres']],
    ['3565; 0 16396 TABLE DATA public t postgres', ['TABLE DATA', 'public', 't', 'postgres']],
    ['3; 3079 16532 EXTENSION - hstore ', ['EXTENSION', '', 'hstore', '']],
    ['3; 3079 16532 EXTENSION - uuid-ossp ', ['EXTENSION', '', 'uuid-ossp', '']],
    ['3595; 0 0 COMMENT - EXTENSION hstore ', ['COMMENT', '', 'EXTENSION hstore', '']],
    ['9; 0 0 COMMENT public COLUMN t.a postgres', ['COMMENT', 'public', 'COLUMN t.a', 'postgres']],
    ['3396; 3466 16768 EVENT TRIGGER - et postgres', ['EVENT TRIGGER', '', 'et', 'postgres']],
    ['5; 2753 1 OPERATOR FAMILY public f x', ['OPERATOR FAMILY', 'public', 'f', 'x']],
    ['5; 2617 1 OPERATOR public === x', ['OPERATOR', 'public', '===', 'x']],
    ['5; 2617 1 MATERIALIZED VIEW DATA public mv x', ['MATERIALIZED VIEW DATA', 'public', 'mv', 'x']],
    ['5; 2617 1 MATERIALIZED VIEW public mv x', ['MATERIALIZED VIEW', 'public', 'mv', 'x']],
    ['5; 6237 1 PUBLICATION TABLES IN SCHEMA s p s x', ['PUBLICATION TABLES IN SCHEMA', 's', 'p s', 'x']],
    ['5; 6106 1 PUBLICATION TABLE public p t x', ['PUBLICATION TABLE', 'public', 'p t', 'x']],
    ['5; 6104 1 PUBLICATION - p x', ['PUBLICATION', '', 'p', 'x']],
    ['7; 1255 1 FUNCTION public f(integer, text) x', ['FUNCTION', 'public', 'f(integer, text)', 'x']],
    ['7; 2605 1 CAST - CAST (public.a AS text) ', ['CAST', '', 'CAST (public.a AS text)', '']],
    [
      '7; 0 0 DEFAULT ACL - DEFAULT PRIVILEGES FOR TABLES x',
      ['DEFAULT ACL', '', 'DEFAULT PRIVILEGES FOR TABLES', 'x'],
    ],
    ['7; 0 4000000000 SEQUENCE OWNED BY public s x', ['SEQUENCE OWNED BY', 'public', 's', 'x']],
    ['7; 0 0 SOMETHING public of_tomorrow x', ['SOMETHING', 'public', 'of_tomorrow', 'x']],
  ])('%s', (line, expected) => {
    expect(parsed(line)).toEqual(expected);
  });

  test('in a schema with a space in its name', () => {
    const schema = '12; 2615 16728 SCHEMA - my schema postgres\n';
    expect(parsed('1; 1259 1 TABLE my schema a b x', schema)).toEqual(['TABLE', 'my schema', 'a b', 'x']);
  });

  test('keeps what stands after its type', () => {
    expect(parseContents('3; 3079 16532 EXTENSION - my ext ')[0]).toMatchObject({ id: 3, text: '- my ext ' });
  });
});

test('comments, empty lines and lines of another form are no entries', () => {
  expect(parseContents(`${list}\n;5; 1259 1 TABLE public t x\nx 5; 1259 1 TABLE public t x\n`)).toEqual([]);
});
