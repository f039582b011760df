import { describe, expect, test } from 'vitest';
import {
  parseAptSource,
  problemWithAptSource,
  sourceLine,
  withoutPassword,
} from '../../../../../src/postgres/client/install/apt-source.ts';

const signedBy = '/etc/apt/keyrings/pgdg.gpg';
const key = `[signed-by=${signedBy}]`;

describe('a source line is accepted', () => {
  test.each([
    [
      `deb ${key} https://mirror.example/debian bookworm main`,
      { uri: 'https://mirror.example/debian', suite: 'bookworm', components: ['main'], signedBy },
    ],
    [
      'deb [arch=amd64,arm64 signed-by=/srv/keys/my_key-2.asc] http://10.0.0.1:8080/pgdg/ noble-pgdg main 17',
      {
        ...{ uri: 'http://10.0.0.1:8080/pgdg/', suite: 'noble-pgdg', components: ['main', '17'] },
        ...{ arch: 'amd64,arm64', signedBy: '/srv/keys/my_key-2.asc' },
      },
    ],
    [
      `deb   [ signed-by=${signedBy}  arch=arm64 ]   https://[2001:db8::1]:8443   bookworm/updates   non-free-firmware`,
      {
        ...{ uri: 'https://[2001:db8::1]:8443', suite: 'bookworm/updates' },
        ...{ components: ['non-free-firmware'], arch: 'arm64', signedBy },
      },
    ],
    [`deb ${key} file:/srv/mirror ./`, { uri: 'file:/srv/mirror', suite: './', components: [], signedBy }],
    [
      `deb ${key} file:///srv/my%20mirror stable/`,
      { uri: 'file:///srv/my%20mirror', suite: 'stable/', components: [], signedBy },
    ],
    [
      `deb ${key} https://mirror.example/@pgdg:a+b~1 jammy main`,
      { uri: 'https://mirror.example/@pgdg:a+b~1', suite: 'jammy', components: ['main'], signedBy },
    ],
  ])('%s', (line, source) => {
    expect(problemWithAptSource(line)).toBeUndefined();
    expect(parseAptSource(line)).toEqual(source);
    const written = sourceLine(source);
    expect(written).not.toMatch(/ {2}|\[ | \]/);
    const wordsOf = (text: string) => text.replaceAll(/[[\]]/g, ' ').split(/ +/).toSorted();
    expect(wordsOf(written)).toEqual(wordsOf(line));
    expect(parseAptSource(written)).toEqual(source);
  });
});

describe('a source line is refused', () => {
  const oneLine = 'must be one line without control characters';
  const form = 'must be one apt source line: deb [signed-by=/path/of/key.gpg] URL suite component';
  const options = 'must have no options in the brackets but signed-by and arch, each once';
  const noKey = 'must have the path of its key in brackets after deb: [signed-by=/path/of/key.gpg]';
  const path = 'must have an absolute path in signed-by, of letters, digits and . _ ~ + - only';
  const arch = 'must have an architecture in arch, such as amd64 or arm64';
  const user = 'must have no user and password in its URL: apt reads them from /etc/apt/auth.conf.d';
  const url = 'must have a URL that begins with https://, http:// or file:/ and has no query';
  const words =
    'must have a suite and components of letters, digits and . _ ~ + / - after the URL, none with a dash first';
  const suite =
    'must have a suite and at least one component, or a folder that ends with a slash, after the URL';
  const unsafe = (name: string) => `must not have ${name}, which turns checks of signatures off`;
  const at = (uri: string) => `deb ${key} ${uri} bookworm main`;

  test.each([
    ['', form],
    ['deb', form],
    ['deb ', form],
    [`deb ${key}`, form],
    [`deb ${key} `, form],
    ['https://mirror.example', form],
    [`deb-src ${key} https://m.example bookworm main`, form],
    [`DEB ${key} https://m.example bookworm main`, form],
    [`# deb ${key} https://m.example bookworm main`, form],
    [`deb [ ${key} https://m.example bookworm main`, options],
    [`deb ${key}https://m.example bookworm main`, form],
    [`deb ${key} [trusted=yes] https://m.example bookworm main`, form],
    [`deb ${key} https://m.example bookworm main\ndeb https://evil.example x y`, oneLine],
    [`deb ${key} https://m.example bookworm main\rx`, oneLine],
    [`deb\t${key}\thttps://m.example\tbookworm\tmain`, oneLine],
    [`deb ${key} https://m.example bookworm main\u2028`, oneLine],
    [`deb ${key} https://m.example bookworm ma\0in`, oneLine],
    [`deb ${key} https://m.example bookworm \u001b[31mmain`, oneLine],
    ['deb https://m.example bookworm main', noKey],
    ['deb [] https://m.example bookworm main', noKey],
    ['deb [arch=amd64] https://m.example bookworm main', noKey],
    [`deb [trusted=yes] https://m.example bookworm main`, unsafe('trusted')],
    [`deb [signed-by=${signedBy} trusted=yes] https://m.example bookworm main`, unsafe('trusted')],
    [`deb [allow-insecure=yes signed-by=${signedBy}] https://m.example x main`, unsafe('allow-insecure')],
    [`deb [signed-by=${signedBy} allow-weak=1] https://m.example x main`, unsafe('allow-weak')],
    [
      `deb [signed-by=${signedBy} allow-downgrade-to-insecure=yes] https://m.example x main`,
      unsafe('allow-downgrade-to-insecure'),
    ],
    [`deb [signed-by=${signedBy} check-valid-until=no] https://m.example x main`, options],
    [`deb [signed-by=${signedBy} Trusted=yes] https://m.example x main`, options],
    [`deb [signed-by+=${signedBy}] https://m.example x main`, options],
    [`deb [signed-by=${signedBy} signed-by=/tmp/other.gpg] https://m.example x main`, options],
    [`deb [signed-by=${signedBy} arch=amd64 arch=arm64] https://m.example x main`, options],
    [`deb [signed-by=${signedBy} __proto__=x] https://m.example x main`, options],
    ['deb [signed-by] https://m.example x main', path],
    ['deb [signed-by=] https://m.example x main', path],
    ['deb [signed-by=key.gpg] https://m.example x main', path],
    ['deb [signed-by=~/key.gpg] https://m.example x main', path],
    ['deb [signed-by=B97B0AFCAA1A47F044F244A07FCC7D46ACCC4CF8] https://m.example x main', path],
    ['deb [signed-by=/a.gpg,/tmp/evil.gpg] https://m.example x main', path],
    ['deb [signed-by="/a.gpg"] https://m.example x main', path],
    ['deb [signed-by=/a%20b.gpg] https://m.example x main', path],
    ['deb [signed-by=/$(id).gpg] https://m.example x main', path],
    [`deb [signed-by=${signedBy} arch=] https://m.example x main`, arch],
    [`deb [signed-by=${signedBy} arch=amd64,] https://m.example x main`, arch],
    [`deb [signed-by=${signedBy} arch=$(ARCH)] https://m.example x main`, arch],
    [at('https://user:password@m.example'), user],
    [at('https://user@m.example'), user],
    [at('http://:password@m.example/x'), user],
    [at('user:password@m.example'), user],
    [at('https://user:pass/word@m.example'), url],
    [at('https://user%3Apassword%40m.example'), url],
    [at('ftp://m.example'), url],
    [at('HTTPS://m.example'), url],
    [at('cdrom:[Debian]/'), url],
    [at('copy:/srv/mirror'), url],
    [at('mirror+http://m.example/list'), url],
    [at('ssh://m.example/srv'), url],
    [at('m.example/debian'), url],
    [at('https:m.example'), url],
    [at('https:///debian'), url],
    [at('https://-m.example'), url],
    [at('https://m.example:port'), url],
    [at('https://m.example:99999'), url],
    [at('https://[::1'), url],
    [at('https://m.example?sig=secret'), url],
    [at('https://m.example/x?sig=secret'), url],
    [at('https://m.example/x#y'), url],
    [at('https://m.example/"x"'), url],
    [at('https://m.example/$(id)'), url],
    [at('https://m.example/`id`'), url],
    [at('https://m.example/a%0d%0aHost:x'), url],
    [at('https://m.example/%7F'), url],
    [at('https://m.example/%zz'), url],
    [at('file://host/srv'), url],
    [at('file:srv/mirror'), url],
    [at('file:'), url],
    [`deb ${key} https://m.example`, words],
    [`deb ${key} https://m.example bookworm`, suite],
    [`deb ${key} https://m.example ./ main`, suite],
    [`deb ${key} https://m.example -o main`, words],
    [`deb ${key} https://m.example bookworm --option=x`, words],
    [`deb ${key} https://m.example $(id) main`, words],
    [`deb ${key} https://m.example bookworm main # the mirror`, words],
    [`deb ${key} https://m.example bookworm main;id`, words],
    [`deb ${key} https://m.example bookworm mäin`, words],
    [`deb ${key} https://m.example "book worm" main`, words],
    [`deb ${key} https://m.example book%20worm main`, words],
  ])('%j', (line, problem) => {
    expect(problemWithAptSource(line)).toBe(problem);
    expect(parseAptSource(line)).toBeUndefined();
  });

  test.each([
    ['brackets and spaces', `deb ${'['.repeat(50_000)}${' '.repeat(50_000)}`],
    ['options', `deb [${'arch '.repeat(20_000)}] x`],
    ['spaces', `deb${' '.repeat(100_000)}`],
    ['percent signs', at(`https://m.example/${'%41'.repeat(30_000)}?`)],
    ['colons and slashes', at(':/'.repeat(50_000))],
  ])('in no time, of very many %s', (_, line) => {
    const start = performance.now();
    expect(problemWithAptSource(line)).toMatch(/^must /);
    withoutPassword(line);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

test.each([
  ['deb https://user:s3cret@m.example bookworm main', '***@m.example bookworm main'],
  ['deb https://u:s3/cr et@m.example x', '***@m.example x'],
  ['deb u:s3cret@a@m.example/p@th x', '***@th x'],
  ['deb https://m.example/x?sig=s3cret main', 'deb https://m.example/x?***'],
  ['deb https://u:s3cret@m.example?sig=s3cret', '***@m.example?***'],
  ['deb https://m.example bookworm main', 'deb https://m.example bookworm main'],
])('no password is shown of %s', (line, shown) => {
  expect(withoutPassword(line)).toBe(shown);
});
