import { searchablePart } from '../errors/server-message.ts';
import { ask, type Psql } from '../session/psql.ts';
import { toPaste } from '../session/sql-text.ts';

/** A name with its schema, in a statement of `pg_dump`. */
const qualified = '(?:"(?:[^"]|"")+"|[^\\s".(]+)\\.(?:"(?:[^"]|"")+"|[^\\s".(]+)';

/** PostgreSQL makes no piece of memory of 1 GiB or more. https://www.postgresql.org/docs/current/limits.html */
const largestPiece = 2 ** 30 - 1;

/**
 * The table with a row or a value that no dump can have, if that is why a dump failed: the server puts a row together as text,
 * which may not reach 1 GiB, and neither may the text of a value. One of its messages has no translation, the other tells in
 * any language how much there was, and what was to be added.
 * https://github.com/postgres/postgres/blob/master/src/common/stringinfo.c (enlargeStringInfo)
 * @param all what `pg_dump` said
 */
export function oversizedTable(all: string): string | undefined {
  const said = searchablePart(all);
  const [, is = '0', more = '0'] = /DETAIL: [^\n]*?(\d+)\D[^\n]*?(\d+)/.exec(said) ?? [];
  if (!/invalid memory alloc request size/.test(said) && Number(is) + Number(more) < largestPiece)
    return undefined;
  return new RegExp(`ommand was: COPY (${qualified})`).exec(said)?.[1];
}

const columns = `SELECT coalesce(json_agg(json_build_object('name', quote_ident(attname), 'type', typname) ORDER BY attnum), '[]')
  FROM pg_attribute AS a JOIN pg_type AS t ON t.oid = atttypid
  WHERE attrelid = to_regclass(:'table') AND attnum > 0 AND NOT attisdropped AND a.attlen = -1`;

/** How many bytes the text of a column has, about, without reading it where that is possible. */
function textSize({ name, type }: { name: string; type: string }): string {
  if (type === 'bytea') return `2 * octet_length(${name})::bigint`;
  if (type === 'bit' || type === 'varbit') return `bit_length(${name})::bigint`;
  if (type === 'text' || type === 'varchar' || type === 'bpchar') return `octet_length(${name})::bigint`;
  return `pg_column_size(${name})::bigint`;
}

/**
 * What to do about a table with a row that is too large. The ways were tried: with the 1 GB of text that 540 MB of `bytea` come
 * to, `COPY` in binary format is content.
 * @param table quoted where SQL needs it
 */
export async function adviceOnOversized(psql: Psql, database: string, table: string): Promise<string> {
  const found = await ask<{ name: string; type: string }[]>(psql, database, columns, { table }).catch(
    () => [],
  );
  const sizes = found.map((column) => `coalesce(${textSize(column)}, 0)`).join(' + ');
  const query =
    sizes === ''
      ? ''
      : ` This query finds it:\n${toPaste(`SELECT ctid, ${sizes} AS bytes FROM ${table} ORDER BY 2 DESC LIMIT 10;`)}\n`;
  return (
    `Table ${table} has a row that is too large for pg_dump: as text, which doubles a bytea, the row or a value in it reaches 1 GB. ` +
    `More memory does not help.${query || ' '}` +
    'Keep it in several rows or as a large object (lo_from_bytea), then run the job again. Or leave the rows of this table out, with ' +
    `pg_dump_options:\n--exclude-table-data=${asPattern(table)}\nand keep them in a file that psql writes, and reads after a restore:\n\\copy ${table} TO 'rows.bin' (FORMAT binary)\n\\copy ${table} FROM 'rows.bin' (FORMAT binary)`
  );
}

/** A table as a pattern of `pg_dump` in one word: a space is any character, outside of the quotes. */
function asPattern(table: string): string {
  return table.replace(/\s/g, '"?"');
}
