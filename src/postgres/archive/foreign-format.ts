import type { Diagnosis } from '../../base/failure.ts';
import type { ArchiveError } from './header.ts';

/** Something that people take for a backup, and that is no archive in custom format. */
interface Foreign {
  fits(start: Buffer): boolean;
  /** In words that follow "it is not an archive in PostgreSQL's custom format: ". */
  is: string;
  /** What can be done with it, where anything can. */
  use?: string;
}

const unpack = 'If it contains an archive in custom format, unpack it and upload that.';
const begins =
  (hex: string) =>
  (start: Buffer): boolean =>
    start.subarray(0, hex.length / 2).toString('hex') === hex;

/** The first that fits counts. */
const foreignFormats: readonly Foreign[] = [
  { fits: ({ length }) => length === 0, is: 'it is empty' },
  { fits: begins('1f8b'), is: 'it is compressed with gzip', use: unpack },
  { fits: begins('28b52ffd'), is: 'it is compressed with zstd', use: unpack },
  { fits: begins('504b0304'), is: 'it is a zip file', use: unpack },
  {
    fits: (start) => isTar(start) && start.subarray(0, 8).toString('latin1') === 'toc.dat\0',
    is: 'it is an archive in tar format',
    use: 'Restore an archive in tar format with pg_restore by hand.',
  },
  { fits: isTar, is: 'it is a tar file', use: unpack },
  {
    fits: (start) => start.subarray(0, 5).toString('latin1') === 'PGDMP' && start[10] === 3,
    is: 'it is the table of contents (toc.dat) of an archive in directory or tar format, whose data is in other files',
    use: 'Restore the whole archive (a folder or a tar file) with pg_restore by hand.',
  },
  {
    fits: (start) => /^(--|SET |CREATE |\\restrict)/m.test(start.toString('latin1')),
    is: 'it looks like a plain SQL script',
    use: 'Restore an SQL script with psql by hand.',
  },
];

/**
 * What a file is instead of an archive in custom format, and what to do.
 * @param start its first bytes
 * @param error what was found when they were read as an archive
 */
export function explainForeignFormat(start: Buffer, error: ArchiveError): Diagnosis {
  const { is, use } = foreignFormats.find(({ fits }) => fits(start)) ?? { is: error.message };
  const choose = 'Choose a backup made by this action or by pg_dump --format=custom.';
  return {
    cause: `it is not an archive in PostgreSQL's custom format: ${is}`,
    advice: use === undefined ? choose : `${choose} ${use}`,
  };
}

/** https://www.gnu.org/software/tar/manual/html_node/Standard.html */
function isTar(start: Buffer): boolean {
  return start.subarray(257, 262).toString('latin1') === 'ustar';
}
