/**
 * What programs that install something need of the runner's environment: where programs are and whose files; the place for temporary
 * ones; the ways to a network; and what an administrator has set for the machine's own package manager.
 */
const names = [
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'TMPDIR', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH'],
  ...['http_proxy', 'https_proxy', 'ftp_proxy', 'all_proxy', 'no_proxy', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
  ...['APT_CONFIG', 'NEEDRESTART_MODE'],
];
const prefixes = ['HOMEBREW_'];

/**
 * The environment for a program that installs something. It is chosen: no input, no token of the step and no credential that a workflow
 * keeps in a variable is among it.
 */
export function installerEnvironment(): Record<string, string> {
  const chosen = names.flatMap((name) => {
    // apt reads its proxies in lower case only, and runners are told of theirs in either.
    const value =
      process.env[name] || (name.endsWith('_proxy') ? process.env[name.toUpperCase()] : undefined);
    return value === undefined ? [] : [[name, value]];
  });
  const prefixed = Object.entries(process.env).filter(([name]) =>
    prefixes.some((prefix) => name.startsWith(prefix) && !/TOKEN|AUTH/.test(name)),
  );
  return { ...Object.fromEntries([...chosen, ...prefixed]), LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
}
