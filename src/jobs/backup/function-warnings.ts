import { inOneLine, quoted } from '../../base/format.ts';
import type { Step } from '../../base/step.ts';
import {
  type FunctionUses,
  functionUses,
  type LostFunction,
  type TableReader,
} from '../../postgres/dump/function-uses.ts';
import type { Psql } from '../../postgres/session/psql.ts';
import { firstFew } from '../preflight/finding.ts';
import type { Note } from '../result.ts';

/** Warns of what may make trouble when the backup of a database is restored, and returns it for the page of the run. */
export async function warnOfFunctions(
  psql: Psql,
  database: string,
  step: Pick<Step, 'info' | 'warn'>,
): Promise<Note[]> {
  const uses = await functionUses(psql, database);
  if (uses.found === undefined) {
    step.info(`Could not check whether a restore would break functions: ${uses.reason}`);
    return [];
  }
  const notes = warningsOfFunctions(database, uses.found);
  for (const note of notes) step.warn(note.text, note.sql);
  return notes;
}

/**
 * What of a database may make trouble when its backup is restored, each with the SQL that mends it as long as there is the
 * original. Tried on 15 and 17.
 */
export function warningsOfFunctions(database: string, { lost, readers }: FunctionUses): Note[] {
  const checks = readers.filter(({ use }) => use === 'check');
  const computed = readers.filter(({ use }) => use !== 'check');
  return [
    ...(lost.length > 0 ? [lostNote(database, lost)] : []),
    ...(checks.length > 0 ? [checkNote(database, checks)] : []),
    ...(computed.length > 0 ? [computedNote(computed)] : []),
  ];
}

function lostNote(database: string, lost: readonly LostFunction[]): Note {
  const each = lost.map(
    ({ signature, names, uses, extension }) =>
      `- ${signature}${extension === null ? '' : ` of the extension ${quoted(extension)}`} names ` +
      `${firstFew(names.map(quoted))} without a schema; used by ${firstFew(uses)}`,
  );
  const own = lost.filter(({ extension }) => extension === null);
  const ofExtensions =
    own.length === lost.length
      ? ''
      : "\nA backup does not keep changes of an extension's functions: call such a function only from one of your own that has SET search_path.";
  return {
    text:
      'A restore of this backup may fail: pg_restore works with an empty search_path, with which these functions cannot find what they name:\n' +
      `${firstLines(each)}${ofExtensions}` +
      (own.length === 0 ? '' : `\nTo fix it, run this in database ${quoted(database)}, then back up again:`),
    sql: own.map(
      ({ kind, signature, schemas }) => `ALTER ${kind} ${signature} SET search_path = ${schemas.join(', ')};`,
    ),
  };
}

function checkNote(database: string, checks: readonly TableReader[]): Note {
  const each = checks.map(({ name, tables }) => `- ${name} reads ${firstFew(tables)}`);
  return {
    text:
      'A restore of this backup may fail: these checks read tables that may still be empty when the rows are checked:\n' +
      `${firstLines(each)}\nDeclared NOT VALID, they are restored after all rows, and still check new ones. To do that, run this in database ` +
      `${quoted(database)}, then back up again:`,
    sql: [...new Set(checks.flatMap(notValid))],
  };
}

/** One line for a table, which is never without its check; a domain takes two statements. */
function notValid({ host, constraint, definition }: TableReader): string[] {
  const [drop, add] = [
    `DROP CONSTRAINT ${constraint}`,
    `ADD CONSTRAINT ${constraint} ${definition} NOT VALID`,
  ];
  return host?.startsWith('DOMAIN ')
    ? [`ALTER ${host} ${drop};`, `ALTER ${host} ${add};`]
    : [`ALTER ${host} ${drop}, ${add};`];
}

function computedNote(computed: readonly TableReader[]): Note {
  const each = computed.map(
    ({ use, name, signature, tables }) => `- ${use} ${name}, by ${signature}, reads ${firstFew(tables)}`,
  );
  return {
    text:
      'A restore of this backup may compute other values, or fail: these are computed for each row from tables that may still be empty then:\n' +
      `${firstLines(each)}\nMake a generated column a plain one (ALTER TABLE … ALTER … DROP EXPRESSION) that a trigger BEFORE INSERT OR UPDATE fills: its values are then restored as they were.`,
  };
}

const mostFunctionsListed = 10;

function firstLines(lines: readonly string[]): string {
  const more = lines.length - mostFunctionsListed;
  return [
    ...lines.slice(0, mostFunctionsListed).map(inOneLine),
    ...(more > 0 ? [`- and ${more} more`] : []),
  ].join('\n');
}
