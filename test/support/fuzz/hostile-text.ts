import fc, { type Arbitrary } from 'fast-check';

const range = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCharCode(from + i));

/** What .NET, in which the runner is written, takes for white space. https://learn.microsoft.com/dotnet/api/system.char.iswhitespace */
export const dotNetSpaces = [
  ...[...range(0x09, 0x0d), ' ', '\u0085', '\u00a0', '\u1680', ...range(0x2000, 0x200a)],
  ...['\u2028', '\u2029', '\u202f', '\u205f', '\u3000'],
];

const controls = [...range(0, 0x1f), ...range(0x7f, 0x9f)];

/** What turns the direction of writing around, joins, or cannot be seen. */
const unseen = ['\u200b', '\u200d', '\u200e', '\u202e', '\u2066', '\u2069', '\ufeff', '\u0301', '\uffff'];
const loneSurrogates = ['\ud800', '\udbff', '\udc00', '\udfff'];
const letters = ['a', 'Z', '0', '9', '_', '-', '.', 'ä', 'é', '中', '😀', 'repository', 'public.t'];

/** What means something in SQL, in a shell, in Markdown, in HTML, in a URL, or in a pattern. */
const signs = [
  ...[
    '"',
    "'",
    '`',
    '``',
    '„',
    '“',
    '«',
    '»',
    '「',
    '」',
    '\\',
    '/',
    '//',
    '|',
    '||',
    '<',
    '>',
    '&',
    ';',
    '#',
  ],
  ...[
    '%',
    '%%',
    '%0A',
    '%2F',
    '%5c',
    '%25',
    '%zz',
    '$',
    '$$',
    '$a$',
    '$BODY$',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '*',
    '?',
    '+',
  ],
  ...[
    '^',
    '~',
    '!',
    '@',
    '=',
    ')=(',
    ',',
    ', ',
    ':',
    '::',
    ': ',
    '--',
    '/*',
    '*/',
    '...',
    '{}',
    '[]',
    'null',
  ],
];

/** What the runner, Markdown or HTML would take for a command. */
const commands = [
  ...[
    '::error::x',
    '::add-mask::a',
    '::stop-commands::x',
    '##[error]x',
    '##vso[x]y',
    '::warning title=a,b::c',
  ],
  ...[
    '</details>',
    '<script>',
    '<!--',
    '@octocat',
    '![](https://example.org/x)',
    '```',
    '\\.',
    '\\connect x',
  ],
];

/** What programs and servers say, at the beginnings of lines and within them. */
const sayings = [
  ...[
    'pg_restore: error: ',
    'pg_restore: ',
    'pg_restore: warning: ',
    'pg_restore: detail: ',
    'pg_dump: error: ',
  ],
  ...['pg_restore: from TOC entry 3; 1259 16385 TABLE DATA t x', 'pg_restore: while PROCESSING TOC:'],
  ...['pg_restore: creating TABLE "public.t"', 'pg_restore: processing data for table "public.t"'],
  ...[
    'could not execute query: ERROR:  ',
    'COPY failed for table "t": ERROR:  ',
    'Command was: ',
    'ERROR:  ',
  ],
  ...[
    'errors ignored on restore: 3',
    'DETAIL:  ',
    'HINT:  ',
    'CONTEXT:  ',
    'LINE 1: ',
    'QUERY:  ',
    'STATEMENT:  ',
  ],
  ...[
    'Key (a)=(b) already exists.',
    'Failing row contains (',
    'value "',
    '" is out of range',
    'query was: COPY ',
  ],
  ...[
    'invalid input syntax for type integer: "',
    'COPY t, line 1, column a: "',
    'PL/pgSQL function s.f(integer) line 3',
  ],
  ...[
    'SQL function "f" during inlining',
    'does not exist',
    'violates check constraint "c"',
    'LOCK TABLE public.t IN ',
  ],
  ...[
    'no pg_hba.conf entry for host ',
    'canceling statement due to lock timeout',
    'permission denied for table t',
  ],
  ...[
    'pg_hba.conf rejects',
    'would be affected by row-level security policy for table "',
    'database "x" does not exist',
  ],
  ...[
    'AADSTS700213: ',
    ' Trace ID: ',
    ' - Correlation ID: ',
    'Error Code : 401',
    ' Error Message: ',
    'appid=',
  ],
  ...[
    'getaddrinfo ENOTFOUND ',
    'connect ECONNREFUSED ',
    "in the cert's altnames: ",
    'deadlock detected',
    'PGDMP',
  ],
  ...[
    'SET client_encoding = ',
    'CREATE TABLE ',
    'GRANT ALL ON TABLE t TO ',
    ' OWNER TO ',
    ' WITH SCHEMA ',
    'AS $$',
  ],
  ...[
    '; Type: ',
    '; Schema: ',
    '; Owner: ',
    '-- TOC entry 1 (class 1 OID 2)',
    '-- Name: ',
    '-- Dependencies: 1 2',
  ],
  ...[
    '1; 2 3 TABLE public t owner',
    'REFERENCES ',
    'FOREIGN KEY (',
    'FOR ROLE ',
    'IN DATABASE ',
    'password=',
  ],
];

const newlines = ['\n', '\r', '\r\n', '\n\n'];

/** Every fragment that something in here might choke on. */
export const fragments: readonly string[] = [
  ...new Set([...dotNetSpaces, ...controls, ...unseen, ...loneSurrogates, ...letters, ...signs]),
  ...[...commands, ...sayings, ...newlines],
];

const oneOf = (choices: readonly string[]): Arbitrary<string> => fc.constantFrom(...choices);

/** A fragment, once, or very often in a row. */
function piece(): Arbitrary<string> {
  const any = fc.oneof(
    { arbitrary: oneOf(letters), weight: 4 },
    { arbitrary: oneOf(signs), weight: 4 },
    { arbitrary: oneOf([...dotNetSpaces, ...controls, ...unseen, ...loneSurrogates]), weight: 2 },
    { arbitrary: oneOf(sayings), weight: 4 },
    { arbitrary: oneOf(commands), weight: 1 },
    { arbitrary: oneOf(newlines), weight: 3 },
    { arbitrary: fc.string({ unit: 'binary', maxLength: 8 }), weight: 1 },
  );
  const often = fc.oneof(
    { arbitrary: fc.constant(1), weight: 60 },
    { arbitrary: fc.integer({ min: 2, max: 40 }), weight: 4 },
    { arbitrary: fc.integer({ min: 500, max: 3_000 }), weight: 1 },
  );
  return fc.tuple(any, often).map(([fragment, times]) => fragment.repeat(times));
}

/** A text by somebody who means no good, of up to so many fragments. */
export function hostileText(most = 12): Arbitrary<string> {
  return fc.array(piece(), { maxLength: most }).map((pieces) => pieces.join(''));
}

/** Such a text on one line, as programs hand it out line by line. */
export function hostileLine(most = 8): Arbitrary<string> {
  return hostileText(most).map((text) => text.replace(/\r\n?|\n/g, ' '));
}

/** A name of the database's: up to 63 bytes, anything but NUL. */
export function hostileName(): Arbitrary<string> {
  const character = fc.oneof(
    oneOf([...signs, ...letters, ...dotNetSpaces, ...unseen, ...newlines]),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  );
  return fc
    .array(character, { minLength: 1, maxLength: 30 })
    .map((parts) => within63Bytes(parts.join('').replaceAll('\0', '')))
    .filter((name) => name !== '');
}

function within63Bytes(text: string): string {
  let name = '';
  for (const character of text.toWellFormed()) {
    if (Buffer.byteLength(name + character) > 63) break;
    name += character;
  }
  return name;
}

/** Texts that are right but for a few places, in which something else was put, taken away, or repeated. */
export function almost(valid: Arbitrary<string>): Arbitrary<string> {
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    taken: fc.integer({ min: 0, max: 12 }),
    put: fc.oneof(fc.constant(''), piece()),
    twice: fc.boolean(),
  });
  return fc.tuple(valid, fc.array(change, { maxLength: 4 })).map(([text, changes]) =>
    changes.reduce((changed, { at, taken, put, twice }) => {
      const from = Math.floor(at * changed.length);
      const cut = changed.slice(from, from + taken);
      return changed.slice(0, from) + put + (twice ? cut + cut : '') + changed.slice(from + taken);
    }, text),
  );
}
