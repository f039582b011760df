import { type Certificate, localNames } from '../machine/certificates.ts';
import type { World } from '../world.ts';
import type { Endpoint, Fault, Passing } from './fault.ts';
import { type HttpsProxy, startHttpsProxy } from './https-proxy.ts';
import { startTcpProxy, type TcpProxy, type TcpProxyOptions } from './tcp-proxy.ts';

export type { Endpoint, Fault, Passing } from './fault.ts';
export { refusal } from './refusal.ts';
export type { TcpFault, TcpProxy } from './tcp-proxy.ts';

/** A way to everything that the action talks to on which things go wrong as a test wants it. */
export interface Faults extends AsyncDisposable {
  /** What leads a step by this way: inputs, and variables. */
  inputs: Record<'azure_authority_host' | 'key_vault_url' | 'storage_account_url', string> &
    Partial<Record<'azure_db_host' | 'db_port', string>>;
  environment: { ACTIONS_ID_TOKEN_REQUEST_URL: string };
  /** All requests that came by, in order. */
  seen: Passing[];
  /** The way to the server, if that was asked for. */
  tcp?: TcpProxy;
  /**
   * Cuts every way until it is mended, and the server takes no new connections: what is under way is reset; or, if `silently`, nothing gets
   * through any more without a word, but for the answers to what was asked by HTTPS already.
   */
  cut(how?: 'silently'): Promise<void>;
  mend(): Promise<void>;
  stop(): Promise<void>;
}

/** What can be otherwise on the way. */
export interface FaultsOptions {
  /** That of the proxies, if it is not of the authority that a step trusts. */
  certificate?: Certificate;
  /** Leads the step to this server, on a way on which things go wrong too. */
  tcp?: Omit<TcpProxyOptions, 'port'> & { server: { port: number } };
}

/** Starts proxies in front of everything that a world has; `decide` says what becomes of each request. */
export async function startFaults(
  world: World,
  decide: (passing: Passing) => Fault,
  { certificate, tcp: server }: FaultsOptions = {},
): Promise<Faults> {
  const own = certificate ?? (await world.authority.issue(localNames));
  const seen: Passing[] = [];
  let whileCut: Fault | undefined;
  const ways: HttpsProxy[] = [];
  await using stack = new AsyncDisposableStack();
  const inFrontOf = async (endpoint: Endpoint, of: string): Promise<HttpsProxy> => {
    const proxy = await startHttpsProxy({
      endpoint,
      of,
      certificate: own,
      seen,
      decide: (passing) => whileCut ?? decide(passing),
    });
    ways.push(proxy);
    stack.defer(proxy.stop);
    return proxy;
  };
  const { ACTIONS_ID_TOKEN_REQUEST_URL: tokenUrl } = world.github.environment;
  const github = await inFrontOf('github', tokenUrl);
  const entra = await inFrontOf('entra', world.entra.url);
  const vault = await inFrontOf('vault', world.vault.url);
  const blob = await inFrontOf('blob', world.azurite.accountUrl);
  const tcp = server && (await startTcpProxy({ ...server, port: server.server.port }));
  if (tcp) stack.defer(tcp.stop);
  const by = (proxy: HttpsProxy, url: string): string => url.replace(new URL(url).origin, proxy.url);

  const everything = stack.move();
  const stop = () => everything.disposeAsync();
  return {
    inputs: {
      azure_authority_host: entra.url,
      key_vault_url: vault.url,
      storage_account_url: by(blob, world.azurite.accountUrl),
      ...(tcp && { azure_db_host: tcp.host, db_port: String(tcp.port) }),
    },
    environment: { ACTIONS_ID_TOKEN_REQUEST_URL: by(github, tokenUrl) },
    seen,
    ...(tcp && { tcp }),
    async cut(how) {
      whileCut = how === 'silently' ? { silent: 'before' } : 'drop';
      await tcp?.down();
      if (how === 'silently') return tcp?.silence();
      for (const way of ways) way.reset();
      tcp?.reset();
    },
    async mend() {
      if (whileCut === undefined) return;
      whileCut = undefined;
      tcp?.reset(); // whatever was silent is forgotten
      await tcp?.up();
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
