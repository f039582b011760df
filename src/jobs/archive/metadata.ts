/** What is written down with a backup, as metadata of its blob, all of it as text. */
export interface BackupMetadata {
  host: string;
  port: string;
  database: string;
  server_version: string;
  pg_dump_version: string;
  compression: string;
  /** The beginning of the further options that were given to `pg_dump`, for people. */
  pg_dump_options: string;
  /** If there were any: which of them chose a part of the database, without their values, or `noPart`. */
  pg_dump_part: string;
  sha256: string;
  encoding: string;
  collation: string;
  character_type: string;
  /** `c` (libc), `i` (ICU) or `b` (built in); empty on servers before 15, which know only libc. */
  locale_provider: string;
  /** Of ICU or the built-in provider. */
  locale: string;
  icu_rules: string;
  /** As `formatVersions` writes them. */
  extensions: string;
  /** Who may do what with the database, as JSON; empty for the built-in rights. The archive lacks it if it is made without rights. */
  database_rights: string;
  database_size: string;
  started_at: string;
  duration_seconds: string;
  repository: string;
  run_id: string;
  /** The number of the run among those of its workflow, as GitHub shows it: `42`. */
  run_number: string;
  run_attempt: string;
  /** Why no retention deletes the backup; empty if one may. */
  protect: string;
  /** When a restore of it was last proven to work; empty for never. */
  verified_at: string;
}

/**
 * All metadata of a blob take 8 KiB, of which these may have so much, as they stand there: nine characters for each one that is not of
 * ASCII, and twelve for one of those that UTF-8 has four bytes for. Names of PostgreSQL have 63 bytes.
 */
export const longest = { rules: 2_000, versions: 1_500, rights: 1_500, protection: 200 };

/** Whether a value has the room in the metadata that it may take. */
export function hasRoom(value: string, most: number): boolean {
  return encode(value).length <= most;
}

/** How much of the options of `pg_dump` is recorded, in characters; what is as long may have been cut. */
export const longestOptions = 100;
/** What is recorded where options of `pg_dump` chose no part. */
export const noPart = 'none';

/**
 * A record as a blob's metadata. Header values carry printable ASCII only, and lose spaces at their ends: anything
 * else is percent-encoded, which `fromMetadata` takes back. Empty values are left out.
 */
export function toMetadata(record: BackupMetadata): Record<string, string> {
  const entries = Object.entries(record).filter(([, value]) => value !== '');
  return Object.fromEntries(entries.map(([key, value]) => [key, encode(value)]));
}

/**
 * What is known of a backup: the record, or what of it the metadata of somebody else's blob happens to have. Text of PostgreSQL has
 * no NUL in it, so a value with one is not ours.
 */
export function fromMetadata(metadata: Record<string, string>): Partial<BackupMetadata> {
  return Object.fromEntries(
    Object.entries(metadata)
      .map(([key, value]) => [key.toLowerCase(), decode(value)] as const)
      .filter(([, value]) => !value.includes('\0')),
  );
}

/**
 * Metadata of a blob with another protection, all else as it stands there, also what is not ours.
 * @param reason empty for none
 */
export function withProtection(metadata: Record<string, string>, reason: string): Record<string, string> {
  const others = Object.entries(metadata).filter(([key]) => key.toLowerCase() !== 'protect');
  return Object.fromEntries([...others, ...(reason === '' ? [] : [['protect', encode(reason)]])]);
}

/** A value as it stands in metadata. */
function encode(value: string): string {
  return value.replace(/[^\x20-\x7e]+|%|^ | $/gu, (part) => encodeURIComponent(part.toWellFormed()));
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value; // not ours
  }
}

/**
 * The versions of extensions as one text: `hstore=1.8,pg_trgm=1.6`. What a name or version has of other characters is
 * percent-encoded. Those that are too many are left out: a restore then takes the server's own version, as pg_dump has it.
 */
export function formatVersions(versions: Readonly<Record<string, string>>): string {
  const written: string[] = [];
  let length = 0;
  for (const [name, version] of Object.entries(versions).toSorted()) {
    const one = [name, version].map((part) => encodeURIComponent(part.toWellFormed())).join('=');
    // The record's own encoding makes three characters of each percent sign.
    length += encode(one).length + 1;
    if (length > longest.versions) break;
    written.push(one);
  }
  return written.join(',');
}

/** The versions that are recorded with a backup, by the names of extensions. */
export function parseVersions({ extensions = '' }: Partial<BackupMetadata>): Map<string, string> {
  return new Map(
    extensions.split(',').flatMap((one) => {
      const [name, version] = one.split('=').map(decode);
      return name && version ? [[name, version] as const] : [];
    }),
  );
}
