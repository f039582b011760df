/** The runner's environment for a program that installs something, proxies and all, but no input and no token of the step. */
export function installerEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !/^(INPUT_|STATE_|ACTIONS_)/.test(entry[0]),
  );
  const given = Object.fromEntries(entries);
  // apt reads these in lower case only, and runners are told of their proxies in either.
  const proxies = ['http_proxy', 'https_proxy', 'no_proxy'].flatMap((name) => {
    const value = given[name] || given[name.toUpperCase()];
    return value === undefined ? [] : [[name, value]];
  });
  return { ...given, ...Object.fromEntries(proxies), LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
}
