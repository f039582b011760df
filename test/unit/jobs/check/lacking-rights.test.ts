import { describe, expect, test } from 'vitest';
import { readabilityChecks } from '../../../../src/jobs/check/lacking-rights.ts';
import type { Readability } from '../../../../src/postgres/dump/unreadable.ts';

const none = { count: 0, names: [] };
const all: Readability = {
  ...{ role: 'a"b', tables: 3 },
  ...{ closedSchemas: none, closedTables: none, closedSequences: none, closedLargeObjects: none },
  hiding: { count: 0, tables: [] },
};
const plan = { major: 15, isPart: false, options: [] as string[] };
const came = (found: Readability, how: Partial<typeof plan> = {}) =>
  readabilityChecks(found, { ...plan, ...how }).map((one) => one.came);

describe('what a role may not read', () => {
  test('is nothing', () => expect(came(all)).toEqual(['passed', 'passed']));

  test('stops a backup of the whole, and may stop one of a part', () => {
    const found = { ...all, closedTables: { count: 1, names: ['public.note'] } };
    expect(came(found)).toEqual(['failed', 'passed']);
    expect(came(found, { isPart: true })).toEqual(['warning', 'passed']);
    const hiding = { ...all, hiding: { count: 1, tables: [{ name: 'public.note', forced: true }] } };
    expect(came(hiding)).toEqual(['passed', 'failed']);
    expect(readabilityChecks(hiding, plan)[1]?.fix).toContain('leave FORCE ROW LEVEL SECURITY as it is');
  });

  test('are large objects that are not read', () => {
    const found = { ...all, closedLargeObjects: { count: 2, names: ['17', '18'] } };
    expect(came(found)).toEqual(['failed', 'passed']);
    expect(came(found, { options: ['--no-blobs'] })).toEqual(['passed', 'passed']);
    expect(came(found, { options: ['--no-large-objects'] })).toEqual(['passed', 'passed']);
  });

  test('is granted one by one, or as a whole where it is too much to name', () => {
    const few = { ...all, closedTables: { count: 1, names: ['public.note'] } };
    expect(readabilityChecks(few, plan)[0]?.sql).toEqual(['GRANT SELECT ON TABLE public.note TO "a""b";']);
    const many = { ...all, closedTables: { count: 200, names: ['public.note'] } };
    expect(readabilityChecks(many, plan)[0]?.sql).toEqual(['GRANT pg_read_all_data TO "a""b";']);
    expect(readabilityChecks(many, plan)[0]?.detail).toContain('200 tables (public.note, …)');
    expect(readabilityChecks(many, { ...plan, major: 13 })[0]?.sql).toHaveLength(1);
  });
});
