import { run } from '../../../base/process.ts';
import { installerEnvironment } from './environment.ts';

/** A package on this machine, as far as others may need it. */
export interface InstalledPackage {
  name: string;
  version: string;
  architecture: string;
  multiArch: string;
  provides: string;
}

/** What PostgreSQL's packages ask for, and its programs do without: it is for scripts, and for a server that the machine runs by itself. */
export const standIns: readonly string[] = [
  ...['postgresql-client-common', 'postgresql-common', 'perl', 'sensible-utils', 'ssl-cert', 'locales'],
  ...['debconf', 'ucf', 'adduser', 'netbase', 'procps', 'lsb-base', 'init-system-helpers'],
];

/** States of packages whose files are there; while others are upgraded, some are not configured yet. */
const unpackedStates: readonly (string | undefined)[] = [
  ...['installed', 'unpacked', 'half-configured', 'triggers-awaited', 'triggers-pending'],
];

/** The packages that dpkg has installed here. Throws a `ProcessFailure` where there is no dpkg. */
export async function installedPackages(signal: AbortSignal): Promise<InstalledPackage[]> {
  const fields = ['db:Status-Status', 'Package', 'Version', 'Architecture', 'Multi-Arch', 'Provides'];
  const format = `${fields.map((field) => `\${${field}}`).join('\\t')}\\n`;
  const args = ['--show', `--showformat=${format}`];
  const output = await run({ program: 'dpkg-query', args, env: installerEnvironment(), signal });
  return output.split('\n').flatMap((line) => {
    const [status, name = '', version = '', architecture = '', multiArch = '', provides = ''] =
      line.split('\t');
    return unpackedStates.includes(status) ? [{ name, version, architecture, multiArch, provides }] : [];
  });
}

/**
 * A status file for apt in which every library of the machine is installed, and nothing depends on anything: so apt adds what is lacking,
 * and mends nothing else. PostgreSQL's own packages are left out, and so come from the repository.
 */
export function statusFile(installed: readonly InstalledPackage[]): string {
  const real = installed.filter(({ name }) => !/^(postgresql|libpq)/.test(name) && !standIns.includes(name));
  const added = standIns.map((name) => ({
    ...{ name, version: '99999', architecture: 'all', multiArch: 'allowed', provides: '' },
  }));
  return [...real, ...added].map(stanza).join('\n');
}

function stanza({ name, version, architecture, multiArch, provides }: InstalledPackage): string {
  return [
    `Package: ${name}`,
    'Status: install ok installed',
    `Version: ${version}`,
    `Architecture: ${architecture}`,
    ...(multiArch === '' ? [] : [`Multi-Arch: ${multiArch}`]),
    ...(provides === '' ? [] : [`Provides: ${provides}`]),
    '',
  ].join('\n');
}
