import { count, quoted } from '../../base/format.ts';
import type { Readability } from '../../postgres/dump/unreadable.ts';
import { adviceOnPolicies, readAdvice } from '../../postgres/errors/shared-advice.ts';
import { identifier } from '../../postgres/session/sql-text.ts';
import { firstFew } from '../preflight/finding.ts';
import type { Checked } from '../result.ts';
import { failedCheck, passedCheck } from './checklist.ts';

/** How a backup is made, as far as it decides what has to be read. */
interface DumpPlan {
  /** Of the server. */
  major: number;
  /** Whether options choose a part, which then may do without what cannot be read. */
  isPart: boolean;
  options: readonly string[];
}

/** pg_read_all_data came with 14. */
const firstWithReadAll = 14;

/** What there is to say of what `pg_dump` would have to read, all of it at once. */
export function readabilityChecks(found: Readability, { major, isPart, options }: DumpPlan): Checked[] {
  const what = 'Rights to read';
  const { role, tables, closedSchemas, closedTables, closedSequences, hiding } = found;
  const readsObjects = !options.some((option) => /^--no-(blobs|large-objects)$/.test(option));
  const closedObjects = readsObjects ? found.closedLargeObjects : { count: 0, names: [] };
  const kinds = [
    [closedSchemas, 'schema'],
    [closedTables, 'table'],
    [closedSequences, 'sequence'],
    [closedObjects, 'large object'],
  ] as const;
  const lacking = kinds.flatMap(([{ count: many, names }, kind]) =>
    many === 0 ? [] : [`${count(many, kind)} (${firstFew(names)}${many > names.length ? ', …' : ''})`],
  );
  const level = isPart ? 'warning' : 'failed';
  const unless = isPart ? ', which stops a backup unless pg_dump_options leave them out' : '';
  const checks: Checked[] = [];
  if (lacking.length === 0)
    checks.push(
      passedCheck(
        what,
        `The role ${quoted(role)} may read ${tables === 0 ? 'all that is there' : `${count(tables, 'table')}, and all else that is there`}.`,
      ),
    );
  else {
    const cause = `The role ${quoted(role)} may not read ${lacking.join(', ')}${unless}.`;
    const grants = missingGrants(found, major, readsObjects);
    const advice = `${readAdvice}\n${grants.words}`;
    checks.push({ ...failedCheck(what, { cause, advice }), came: level, sql: grants.sql });
  }
  const [first] = hiding.tables;
  if (first === undefined)
    checks.push(passedCheck('Row-level security', 'No policy hides rows from this role.'));
  else {
    const names = firstFew(hiding.tables.map(({ name }) => quoted(name)));
    const cause = `Policies hide rows of ${count(hiding.count, 'table')} from the role ${quoted(role)}: ${names}${unless}.`;
    const advice = adviceOnPolicies(first.name, first.forced);
    checks.push({ ...failedCheck('Row-level security', { cause, advice }), came: level });
  }
  return checks;
}

/** Statements that let the role read what it may not, and nothing else where that is possible. */
function missingGrants(
  found: Readability,
  major: number,
  readsObjects: boolean,
): { words: string; sql: string[] } {
  const { role, closedSchemas, closedTables, closedSequences, closedLargeObjects } = found;
  const to = identifier(role);
  const named = [
    ...closedSchemas.names.map((name) => `GRANT USAGE ON SCHEMA ${name} TO ${to};`),
    ...closedTables.names.map((name) => `GRANT SELECT ON TABLE ${name} TO ${to};`),
    ...closedSequences.names.map((name) => `GRANT SELECT ON SEQUENCE ${name} TO ${to};`),
  ];
  const objects = readsObjects
    ? closedLargeObjects.names.map((oid) => `GRANT SELECT ON LARGE OBJECT ${oid} TO ${to};`)
    : [];
  const isLong = [closedSchemas, closedTables, closedSequences].some(
    ({ count: many, names }) => many > names.length,
  );
  if (isLong && major >= firstWithReadAll)
    return {
      words: 'As an administrator of the server, in this database:',
      sql: [`GRANT pg_read_all_data TO ${to};`, ...objects],
    };
  return {
    words: 'Or grant what is missing, as its owner or a superuser, in this database:',
    sql: [...named, ...objects],
  };
}
