import { ProcessFailure } from '../../base/process.ts';
import { explainServerError } from '../errors/explain.ts';
import { ask, type Psql } from '../session/psql.ts';
import { functionUsesQuery } from './function-uses-query.ts';

/** Functions that a restore calls while it works, and that may not do then what they did in the original. */
export interface FunctionUses {
  /** Those that name something without its schema, and have no search_path of their own. */
  lost: LostFunction[];
  /** Those that read tables, where rows are checked or computed while others are still missing. */
  readers: TableReader[];
}

export interface LostFunction {
  /** `public.slug(text)`, quoted where SQL needs it. */
  signature: string;
  kind: 'FUNCTION' | 'PROCEDURE';
  /** Whose part it is, if it is an extension's: a backup does not keep what is changed about it. */
  extension: string | null;
  /** What its body names without a schema. */
  names: string[];
  /** The schemas in which these are, quoted where SQL needs it. */
  schemas: string[];
  /** `generated column public.page.slug` */
  uses: string[];
}

export interface TableReader {
  signature: string;
  use: 'check' | 'generated column' | 'partition key';
  /** `public.page.slug`, or `known_zone on TABLE public.account` */
  name: string;
  /** `TABLE public.account` or, of a check, `DOMAIN public.zone`; null of a partition key. */
  host: string | null;
  /** Of a check, its name, quoted where SQL needs it. */
  constraint: string | null;
  /** Of a check, `CHECK (…)`; of a generated column, the statement that computes it anew, if its table has a plain column. */
  definition: string | null;
  /** The tables that the function reads. */
  tables: string[];
}

/**
 * Looks in the catalogs of a database for functions that make trouble in a restore: `pg_restore` works with an empty
 * search_path, and fills one table after the other. What a body names is found by its looks, so a function may be missing
 * here, or be here in vain; a body in C tells nothing. No function is called.
 * https://www.postgresql.org/docs/current/app-pgdump.html (NOTES)
 * @returns undefined if it cannot be found out, with the reason
 * @throws what is no answer of the server
 */
export async function functionUses(
  psql: Psql,
  database: string,
): Promise<{ found: FunctionUses } | { found: undefined; reason: string }> {
  const script = `SET LOCAL statement_timeout = '60s' \\; ${functionUsesQuery}`;
  try {
    return { found: await ask<FunctionUses>(psql, database, script) };
  } catch (error) {
    psql.signal.throwIfAborted();
    if (!(error instanceof ProcessFailure)) throw error;
    return { found: undefined, reason: explainServerError(error).cause };
  }
}
