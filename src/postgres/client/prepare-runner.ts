/**
 * How to install a client on a runner by hand, with the commands.
 * @param major without it, the newest that the distribution has
 */
export function prepareRunner(major: number | undefined): string {
  const version = major === undefined ? '' : `-${major}`;
  return [
    'Let the runner reach apt.postgresql.org, or install the client on it. On Debian and Ubuntu:',
    'sudo apt-get install --yes postgresql-common ca-certificates',
    'sudo /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y',
    `sudo apt-get install --yes postgresql-client${version}`,
    'Without a way out to the Internet, name a mirror in postgres_apt_repository.',
  ].join('\n');
}
