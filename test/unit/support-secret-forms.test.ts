import { describe, expect, test } from 'vitest';
import { formsOf, leaks } from '../support/secret-forms.ts';

const secret = `a'b"c \\d%41:e@f/g?h#i&j$k=ü\nand <another> line`;

describe('a secret is found', () => {
  test.each([
    ['as it is', secret],
    ['in JSON', JSON.stringify({ secret })],
    ['in JSON in JSON', JSON.stringify(JSON.stringify({ secret }))],
    ['as a literal of SQL', `'a''b"c \\d%41:e@f/g?h#i&j$k=ü\nand <another> line'`],
    ['as an identifier of SQL', `"a'b""c \\d%41:e@f/g?h#i&j$k=ü\nand <another> line"`],
    ['in a connection string', `password='a\\'b"c \\\\d%41:e@f/g?h#i&j$k=ü\nand <another> line'`],
    ['in a connection string in SQL', `'password=''a\\''b"c \\\\d%41:e@f/g?h#i&j$k=ü\nand <another> line'''`],
    ['in COPY', `1\ta'b"c \\\\d%41:e@f/g?h#i&j$k=ü\\nand <another> line`],
    ['in a URL', `https://x/?p=${encodeURIComponent(secret)}`],
    ['in a form', new URLSearchParams({ a: '1', p: secret, z: '2' }).toString()],
    ['in a password of a URL', Object.assign(new URL('https://user@host'), { password: secret }).href],
    ["in a workflow's command", `::error::a'b"c \\d%2541:e@f/g?h#i&j$k=ü%0Aand <another> line`],
    ['in a shell', `PGPASSWORD='a'\\''b"c \\d%41:e@f/g?h#i&j$k=ü\nand <another> line'`],
    ['in HTML', `<p>a'b&quot;c \\d%41:e@f/g?h#i&amp;j$k=ü\nand &lt;another&gt; line</p>`],
    ['in hexadecimal digits', Buffer.from(`user:${secret}:x`).toString('hex')],
    ['line 1 as it is', `a'b"c \\d%41:e@f/g?h#i&j$k=ü`],
    ['line 2 as it is', '  and <another> line'],
    ['line 2 in HTML', 'and &lt;another&gt; line'],
  ])('%s', (form, place) => {
    expect(leaks({ it: secret }, { 'a place': place })).toContain(`it, ${form}, in a place`);
  });

  test.each(['', 'x', 'xy', 'xyz', 'xyz1'])('in base64 behind %j', (before) => {
    for (const after of ['', '1', '12', '123']) {
      const text = Buffer.from(`${before}${secret}${after}`);
      for (const encoding of ['base64', 'base64url'] as const) {
        const found = leaks({ it: secret }, { 'a place': text.toString(encoding) });
        expect(found).toContainEqual(expect.stringMatching(/^it, in base64( for URLs)?, in a place$/));
      }
    }
  });
});

test('nothing is found where nothing is', () => {
  const places = { 'a place': 'a b c and a line', 'another place': '' };
  expect(leaks({ it: secret, other: 'nowhere' }, places)).toEqual([]);
});

test('what is too short to be told from other words is no form', () => {
  expect(formsOf('a\nlonger line').map(({ text }) => text)).not.toContain('a');
});
