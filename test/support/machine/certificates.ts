import { isIP } from 'node:net';
import tls from 'node:tls';
import { generate } from 'selfsigned';

/** A certificate, its private key and the certificate of who issued it, as PEM text. */
export interface Certificate {
  certPem: string;
  keyPem: string;
  caPem: string;
}

/** What an authority issues with. */
export interface AuthorityKey {
  caPem: string;
  caKeyPem: string;
}

/** A certificate authority of our own: what it issues is accepted wherever its own certificate is trusted. */
export interface Authority extends AuthorityKey {
  /** A server certificate for DNS names and IP addresses, the first of which is also its common name. */
  issue(names: string[]): Promise<Certificate>;
}

/** The names under which every stand-in on this machine is reached. */
export const localNames = ['localhost', '127.0.0.1', '::1'];

const shared = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const;

/** Makes a certificate authority that lives for a day. */
export async function makeAuthority(name = 'Test authority'): Promise<Authority> {
  const ca = await generate([{ name: 'commonName', value: name }], {
    ...shared,
    ...validity(),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return authorityWith({ caPem: ca.cert, caKeyPem: ca.private });
}

/** An authority that was made before, maybe by another process. */
export function authorityWith({ caPem, caKeyPem }: AuthorityKey): Authority {
  async function issue(names: string[]): Promise<Certificate> {
    const issued = await generate([{ name: 'commonName', value: names[0] ?? 'localhost' }], {
      ...shared,
      ...validity(),
      ca: { key: caKeyPem, cert: caPem },
      extensions: [
        { name: 'basicConstraints', cA: false, critical: true },
        { name: 'keyUsage', digitalSignature: true, critical: true },
        { name: 'extKeyUsage', serverAuth: true },
        { name: 'subjectAltName', altNames: names.map(alternativeName) },
      ],
    });
    return { certPem: issued.cert, keyPem: issued.private, caPem };
  }

  return { caPem, caKeyPem, issue };
}

/**
 * Makes this very process trust an authority, besides the ones it trusts already, until the answer is
 * called. NODE_EXTRA_CA_CERTS does the same for child processes, but is read only when Node starts.
 */
export function trust(caPem: string): () => void {
  const times = trusted.get(caPem) ?? 0;
  trusted.set(caPem, times + 1);
  if (times === 0) tls.setDefaultCACertificates([...tls.getCACertificates('default'), caPem]);
  return () => {
    const left = (trusted.get(caPem) ?? 1) - 1;
    trusted.set(caPem, left);
    if (left > 0) return;
    const others = tls.getCACertificates('default').filter((pem) => pem.trim() !== caPem.trim());
    tls.setDefaultCACertificates(others);
  };
}

/** How many times an authority was asked to be trusted. */
const trusted = new Map<string, number>();

function alternativeName(name: string) {
  return isIP(name) ? { type: 7 as const, ip: name } : { type: 2 as const, value: name };
}

/** From an hour ago, for clocks that disagree a little, until tomorrow. */
function validity() {
  const hour = 3_600_000;
  return { notBeforeDate: new Date(Date.now() - hour), notAfterDate: new Date(Date.now() + 24 * hour) };
}
