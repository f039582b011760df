import { describe, expect, test } from 'vitest';
import { parseRelease } from '../../../../../src/postgres/client/install/distribution.ts';
import { statusFile } from '../../../../../src/postgres/client/install/installed-packages.ts';
import { withoutSource } from '../../../../../src/postgres/client/install/machine-sources.ts';
import { candidatesIn, plannedIn } from '../../../../../src/postgres/client/install/private-apt.ts';

describe('the release that a machine runs', () => {
  test.each([
    [
      'Ubuntu',
      'PRETTY_NAME="Ubuntu 24.04.3 LTS"\nID=ubuntu\nID_LIKE=debian\nVERSION_CODENAME=noble\nUBUNTU_CODENAME=noble\n',
      { name: 'Ubuntu 24.04.3 LTS', codename: 'noble' },
    ],
    [
      'Debian',
      'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_CODENAME=bookworm\n',
      { name: 'Debian GNU/Linux 12 (bookworm)', codename: 'bookworm' },
    ],
    [
      'a kin of Ubuntu, by the packages that it takes',
      'PRETTY_NAME="Linux Mint 22"\nID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_CODENAME=wilma\nUBUNTU_CODENAME=noble\n',
      { name: 'Linux Mint 22', codename: 'noble' },
    ],
    [
      'Debian before its release',
      "PRETTY_NAME='Debian GNU/Linux forky/sid'\nID=debian\n",
      { name: 'Debian GNU/Linux forky/sid' },
    ],
    ['a codename that is none', 'PRETTY_NAME=x\nID=debian\nVERSION_CODENAME="../../etc"\n', { name: 'x' }],
  ])('is read of %s', (_, text, release) => {
    expect(parseRelease(text)).toEqual(release);
  });

  test.each([
    ['another distribution', 'ID=fedora\nVERSION_CODENAME=""\n'],
    ['one with a name alike', 'ID=notdebian\nID_LIKE="rhel fedora"\n'],
    ['nothing', ''],
  ])('is not known of %s', (_, text) => {
    expect(parseRelease(text)).toBeUndefined();
  });
});

test('what apt would install is read from its simulation, with what it would replace', () => {
  const output = [
    'Reading package lists...',
    'The following NEW packages will be installed:',
    '  libpq5 postgresql-client-17',
    'Inst libc6 [2.36-9+deb12u14] (2.41-12+deb13u5 Debian:13.5/stable [amd64]) []',
    'Inst libpq5 (17.12-0+deb13u1 Debian:13.5/stable, Debian-Security:13/stable-security [amd64])',
    'Inst postgresql-client-17 (17.6-1.pgdg24.04+1 apt.postgresql.org:24.04/noble-pgdg [arm64])',
    'Conf libpq5 (17.12-0+deb13u1 Debian:13.5/stable [amd64])',
  ].join('\n');
  expect(plannedIn(output)).toEqual([
    { name: 'libc6', version: '2.41-12+deb13u5', architecture: 'amd64', replaces: '2.36-9+deb12u14' },
    { name: 'libpq5', version: '17.12-0+deb13u1', architecture: 'amd64' },
    { name: 'postgresql-client-17', version: '17.6-1.pgdg24.04+1', architecture: 'arm64' },
  ]);
});

test('the version that apt would take of each package is read from its policy', () => {
  const output = [
    'postgresql-client-15:',
    '  Installed: (none)',
    '  Candidate: 15.18-0+deb12u1',
    '  Version table:',
    '     15.18-0+deb12u1 500',
    '        500 http://mirror/debian bookworm/main amd64 Packages',
    'postgresql-client-16:',
    '  Installed: 16.1-1',
    '  Candidate: (none)',
    '  Version table:',
    'postgresql-client-17:',
    '  Installed: (none)',
    '  Candidate: 17.6-1.pgdg12+1',
    '',
  ].join('\n');
  expect([...candidatesIn(output)]).toEqual([
    ['postgresql-client-15', '15.18-0+deb12u1'],
    ['postgresql-client-17', '17.6-1.pgdg12+1'],
  ]);
});

test('apt sees the libraries of the machine, none of PostgreSQL, and what scripts would need', () => {
  const one = { version: '1.2', architecture: 'amd64', multiArch: 'same', provides: '' };
  const file = statusFile([
    { ...one, name: 'libssl3', provides: 'libssl (= 3.0)' },
    { ...one, name: 'libpq5' },
    { ...one, name: 'postgresql-client-15' },
    { ...one, name: 'perl', version: '5.36' },
  ]);
  expect(file.split('\n\n')).toContain(
    'Package: libssl3\nStatus: install ok installed\nVersion: 1.2\nArchitecture: amd64\nMulti-Arch: same\nProvides: libssl (= 3.0)',
  );
  expect(file).not.toMatch(/libpq5|postgresql-client-15|5\.36/);
  expect(file).toContain('Package: perl\nStatus: install ok installed\nVersion: 99999');
});

describe('the sources of the machine, without that of PostgreSQL', () => {
  const pgdg = { uri: 'https://apt.postgresql.org/pub/repos/apt', suite: 'noble-pgdg' };
  const line = 'deb [signed-by=/k.gpg] http://apt.postgresql.org/pub/repos/apt/ noble-pgdg main';
  const ubuntu = 'deb http://archive.ubuntu.com/ubuntu noble main universe';

  test('lack its line, however the address is written, and a comment that names it', () => {
    const text = `${ubuntu}\n# ${line}\n${line}\ndeb ${pgdg.uri} noble-pgdg 19\n`;
    expect(withoutSource(text, false, pgdg)).toBe(`${ubuntu}\n`);
  });

  test('keep another suite of it, and what only has its name in it', () => {
    const text = `deb ${pgdg.uri} jammy-pgdg main\ndeb http://mirror/apt.postgresql.org/pub/repos/apt noble-pgdg main\n`;
    expect(withoutSource(text, false, pgdg)).toBe(text);
  });

  test('lack its stanza, and keep the others', () => {
    const stanza = (uri: string, suites: string): string =>
      `Types: deb\nURIs: ${uri}\nSuites: ${suites}\nComponents: main\nSigned-By: /k.gpg`;
    const other = stanza('http://archive.ubuntu.com/ubuntu', 'noble noble-updates');
    const text = `# of this machine\n${other}\n\n${stanza(`${pgdg.uri}/`, 'noble-pgdg')}\n \n${stanza('file:/repo', 'noble')}\n`;
    expect(withoutSource(text, true, pgdg)).toBe(`${other}\n\n${stanza('file:/repo', 'noble')}\n`);
    expect(
      withoutSource(`${stanza('file:/repo', 'noble')}\n`, true, { uri: 'file:///repo', suite: 'noble' }),
    ).toBe('');
  });
});
