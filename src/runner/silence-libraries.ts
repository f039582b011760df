import { maskEverywhere } from './masking.ts';

/** By which the packages of the bundle, and Node itself, are told to print what they do: requests with their headers, proxies, options. */
const talkative = ['AZURE_LOG_LEVEL', 'TYPESPEC_RUNTIME_LOG_LEVEL', 'DEBUG', 'NODE_DEBUG'];
const proxies = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()]);

/**
 * Sees to it that nothing of what the runner's variables hold, or make others print, shows a credential in the log: nobody but the
 * action itself writes there, and the login of a proxy is hidden in what it writes. It comes before any package is loaded, which
 * reads its variable then.
 */
export function silenceLibraries(environment: NodeJS.ProcessEnv = process.env): void {
  // Node reads its own before anything of ours runs, and prints tokens (NODE_DEBUG=https). It does so on standard error, on
  // which the action writes nothing.
  if (environment['NODE_DEBUG']) process.stderr.write = () => true;
  for (const name of talkative) delete environment[name];
  maskEverywhere(proxies.flatMap((name) => loginOf(environment[name])));
}

/** The login in the address of a proxy, in the forms that it goes through the network and error messages in. */
function loginOf(proxy: string | undefined): string[] {
  const url = URL.parse(proxy ?? '') ?? URL.parse(`http://${proxy ?? ''}`);
  if (!url?.password) return [];
  const [user, password] = [decodedOrAsIs(url.username), decodedOrAsIs(url.password)];
  return [
    url.password,
    password,
    `${url.username}:${url.password}`,
    Buffer.from(`${user}:${password}`).toString('base64'),
  ];
}

function decodedOrAsIs(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
