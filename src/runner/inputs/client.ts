import { readFileSync, statSync } from 'node:fs';
import {
  parseAptSource,
  problemWithAptSource,
  withoutPassword,
} from '../../postgres/client/install/apt-source.ts';
import type { ClientWish } from '../../postgres/client/obtain.ts';
import type { Reader } from './reader.ts';

/** Reads the inputs that say which PostgreSQL client is used, and where a missing one comes from. */
export function readClientInputs(read: Reader): ClientWish {
  const version = read('postgres_version', {
    check: (value) =>
      /^(auto|[1-9]\d)$/.test(value) ? undefined : 'must be auto or a major version from 10 to 99',
    fallback: 'auto',
  });
  const line = read('postgres_apt_repository', {
    check: (value) => problemWithAptSource(value) ?? problemWithKeyOf(value),
    show: withoutPassword,
    optional: true,
  });
  const source = parseAptSource(line);
  return { ...(version !== 'auto' && { major: Number(version) }), ...(source && { source }) };
}

/** First bytes of a public key: the three tags that apt takes in a binary file, or the armor. */
const keyBeginnings = ['\x98', '\x99', '\xc6', '-----BEGIN PGP PUBLIC KEY BLOCK-----'];

function problemWithKeyOf(line: string): string | undefined {
  const file = parseAptSource(line)?.signedBy ?? '';
  try {
    const start = statSync(file).isFile() ? readFileSync(file, 'latin1').trimStart() : '';
    return keyBeginnings.some((beginning) => start.startsWith(beginning))
      ? undefined
      : 'must have a file with an OpenPGP public key in signed-by';
  } catch (error) {
    return `must have a key in signed-by that can be read (${(error as NodeJS.ErrnoException).code})`;
  }
}
