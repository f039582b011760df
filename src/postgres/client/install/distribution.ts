import { readFile } from 'node:fs/promises';

/** A release of Debian or Ubuntu, or of a kin that uses the packages of one. */
export interface Release {
  /** As the machine's users know it: `Ubuntu 24.04.3 LTS`. */
  name: string;
  /** Of the release of Debian or Ubuntu whose packages it takes: `noble`; none for those that are never released (sid). */
  codename?: string;
}

/** What this machine runs, if that is Debian, Ubuntu or a kin. */
export async function debianRelease(file = '/etc/os-release'): Promise<Release | undefined> {
  return parseRelease(await readFile(file, 'utf8').catch(() => ''));
}

/**
 * Reads an os-release file.
 * https://www.freedesktop.org/software/systemd/man/latest/os-release.html; its kins add UBUNTU_CODENAME or DEBIAN_CODENAME
 * @returns undefined for other distributions
 */
export function parseRelease(text: string): Release | undefined {
  const fields = new Map(
    [...text.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [
      String(name),
      String(value).replace(/^(["'])(.*)\1$/, '$2'),
    ]),
  );
  const family = `${fields.get('ID')} ${fields.get('ID_LIKE')}`.split(/\s+/);
  if (!family.includes('debian') && !family.includes('ubuntu')) return undefined;
  const codename =
    fields.get('UBUNTU_CODENAME') || fields.get('DEBIAN_CODENAME') || fields.get('VERSION_CODENAME') || '';
  const name = fields.get('PRETTY_NAME') || `${fields.get('ID')} ${fields.get('VERSION_ID')}`;
  return { name, ...(/^[a-z]+$/.test(codename) && { codename }) };
}
