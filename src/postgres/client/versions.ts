/** The major version in what `pg_dump --version` and its kin print: `pg_dump (PostgreSQL) 17.6 (Debian …)`. */
export function parseVersion(printed: string): { major: number; version: string } | undefined {
  const match = /\(PostgreSQL\) ((\d+)\S*)/.exec(printed);
  return match ? { major: Number(match[2]), version: String(match[1]) } : undefined;
}

/** PostgreSQL's own version in that of a Debian package: `17.6` of `17.6-1.pgdg24.04+1`, `19beta2` of `19~beta2-1.pgdg13+1`. */
export function upstreamVersion(debianVersion: string): string {
  return debianVersion
    .replace(/^\d+:/, '')
    .replace(/-[^-]*$/, '')
    .replaceAll('~', '');
}

/** Whether a release is older than another one of the same major; what is before a release is not compared. */
export function isOlderMinor(version: string, other: string): boolean {
  const [mine, theirs] = [version, other].map((one) => /^(\d+)\.(\d+)$/.exec(one));
  return !!mine && !!theirs && mine[1] === theirs[1] && Number(mine[2]) < Number(theirs[2]);
}

/**
 * The oldest minors without a fault that a server can make use of: what `pg_dump` reads of large objects may overwrite its memory
 * (CVE-2026-6477). https://www.postgresql.org/support/security/CVE-2026-6477/
 */
const withoutKnownFault: Readonly<Record<number, number>> = { 14: 23, 15: 18, 16: 14, 17: 10, 18: 4 };

/** The oldest release of the same major without a fault that is known to be one for this action; undefined if this one has none. */
export function fixedVersion(version: string): string | undefined {
  const [major = '', minor = ''] = version.split('.');
  const fixed = withoutKnownFault[Number(major)];
  return fixed !== undefined && Number(minor) < fixed ? `${major}.${fixed}` : undefined;
}
