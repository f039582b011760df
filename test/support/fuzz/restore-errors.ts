import { collectErrors, type RestoreError } from '../../../src/postgres/restore/errors/messages.ts';

/** Entries of an archive, as pg_restore names them. */
export const entries = [
  'TABLE DATA t',
  'MATERIALIZED VIEW DATA v',
  'INDEX i',
  'CONSTRAINT t c',
  'FK CONSTRAINT t c',
  'FUNCTION f(integer)',
  'TABLE t',
  'CHECK CONSTRAINT t c',
];

/** Those whose statements read rows. */
export const ofRows = entries.filter((entry) => !/^(FUNCTION|TABLE) (?!DATA)/.test(entry));

/**
 * The errors that come of an entry for which the server has said something.
 * @param said the message, in lines
 * @param several whether there are several connections
 */
export function errorsOf(entry: string, said: string, several: boolean): readonly RestoreError[] {
  const collected = collectErrors(() => {}, several);
  collected.take(`pg_restore: from TOC entry 3; 1259 16385 ${entry} owner`);
  const what = entry.includes(' DATA ') ? 'COPY failed for table "t": ' : 'could not execute query: ';
  for (const line of `pg_restore: error: ${what}${said}`.split('\n')) collected.take(line);
  if (!entry.includes('TABLE DATA ')) collected.take('Command was: CREATE SOMETHING;');
  return collected.result().found;
}
