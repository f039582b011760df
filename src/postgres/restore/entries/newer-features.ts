/** What came with a major version, as far as a database can hold it and `pg_dump` writes it down. */
interface Brought {
  /** What an older server answers with an error. */
  refused: readonly string[];
  /** What an older server takes, and makes less of. */
  reduced?: readonly string[];
}

/**
 * By major version, from https://www.postgresql.org/docs/release/. Not all that there is: what people use, and what does
 * not need a superuser. test/thorough/versions.test.ts tries each on the version before.
 */
export const newFeatures: ReadonlyMap<number, Brought> = new Map([
  [
    14,
    {
      refused: [
        'range types',
        'BEGIN ATOMIC in functions',
        'COMPRESSION of columns',
        'statistics on expressions',
      ],
    },
  ],
  [
    15,
    {
      refused: [
        'NULLS NOT DISTINCT',
        'ON DELETE SET NULL of some columns',
        'security_invoker of views',
        'unlogged sequences (of unlogged tables)',
        'publications of some rows, some columns or schemas',
      ],
    },
  ],
  [16, { refused: ['RULES of collations', 'IS JSON'] }],
  [
    17,
    {
      refused: ['JSON_TABLE', 'built-in collations', 'infinite intervals', 'MAINTAIN if rights are restored'],
      reduced: ['identity columns of partitions'],
    },
  ],
  [
    18,
    {
      refused: [
        'virtual generated columns',
        'NOT ENFORCED',
        'NOT NULL constraints that are NOT VALID or NO INHERIT, or of inherited columns',
        'WITHOUT OVERLAPS and PERIOD',
        'uuidv7()',
      ],
      reduced: ['names of NOT NULL constraints'],
    },
  ],
]);

/** Of how many majors it is told at most what they brought. */
const mostMajors = 20;

/**
 * What a database of a newer server may lose on an older one, in sentences.
 * @param newer the major version of the server that the backup is of
 * @param older that of the server that it is restored to
 */
export function featuresThatMayBeLost(newer: number, older: number): string {
  const length = Math.min(newer - older, mostMajors); // an archive may say that it is of any version
  const majors = Array.from({ length }, (_, index) => newer - index);
  const refused = majors.map((major) => {
    const known = newFeatures.get(major);
    return known ? `${known.refused.join(', ')} (since ${major})` : `whatever came with ${major}`;
  });
  const reduced = majors.flatMap((major) => newFeatures.get(major)?.reduced ?? []);
  return (
    `What the older version does not know makes the restore fail, for example: ${refused.join('; ')}. ` +
    'With restore_strategy: swap the old database then stays unchanged.' +
    (reduced.length === 0 ? '' : ` Lost without an error: ${reduced.join(', and ')}.`)
  );
}
