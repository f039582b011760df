/** SQL that makes a database of so many megabytes that no method compresses, always the same: what its archive is sent and read in is known. */
export function noise(megabytes: number): string {
  return `CREATE TABLE noise (bytes bytea); ALTER TABLE noise ALTER bytes SET STORAGE EXTERNAL;
    INSERT INTO noise SELECT (SELECT string_agg(sha512((g * 20000 + i)::text::bytea), '') FROM generate_series(1, 16384) AS i)
    FROM generate_series(1, ${megabytes}) AS g`;
}
