import { readFileSync } from 'node:fs';
import { type ServerAddress, type SslMode, sslModes } from '../../postgres/session/connection.ts';
import type { Reader } from './reader.ts';

/**
 * Reads the inputs that say where the server is and how the way to it is secured.
 * @param isOptional whether the job does without its name
 */
export function readServer(read: Reader, isOptional: boolean): ServerAddress {
  const port = read('db_port', { check: problemWithPort, fallback: '5432' });
  const sslMode = read('ssl_mode', {
    check: (value) =>
      isSslMode(value) ? undefined : `must be ${sslModes.join(', ').replace(/, (\S+)$/, ' or $1')}`,
    fallback: 'verify-full',
  });
  const sslRootCert = read('ssl_root_cert', { check: problemWithCertificateFile, optional: true });
  return {
    host: read('azure_db_host', { check: problemWithHost, optional: isOptional }),
    port: Number(port),
    sslMode: isSslMode(sslMode) ? sslMode : 'verify-full',
    ...(sslRootCert === '' ? {} : { sslRootCert }),
  };
}

function isSslMode(value: string): value is SslMode {
  return sslModes.some((mode) => mode === value);
}

function problemWithPort(value: string): string | undefined {
  return /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535
    ? undefined
    : 'must be a number from 1 to 65535';
}

/** libpq takes several hosts with commas between, and a path for a socket; a backup has one server, by its name. */
export function problemWithHost(value: string): string | undefined {
  const isName = /^[a-z0-9_.-]+$/i.test(value) && /^[a-z0-9_]/i.test(value) && !value.endsWith('-');
  const isAddress = /^[0-9a-f:.]+$/i.test(value) && value.split(':').length > 2;
  return isName || isAddress
    ? undefined
    : 'must be one host name or IP address, without a port or a URL around it';
}

function problemWithCertificateFile(file: string): string | undefined {
  try {
    return /-----BEGIN (TRUSTED )?CERTIFICATE-----/.test(readFileSync(file, 'utf8'))
      ? undefined
      : 'must be a PEM file with a certificate in it';
  } catch (error) {
    return `must be a PEM file that can be read (${(error as NodeJS.ErrnoException).code})`;
  }
}
