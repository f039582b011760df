import { readFileSync } from 'node:fs';
import type { Query } from './query.ts';

/** What somebody who knows the site would look at first. */
export type VitalSigns = Record<string, string>;

const gone = '(table is gone)';

const signs: Record<string, string> = {
  users: 'SELECT count(*)::text AS value FROM mdl_user',
  courses: 'SELECT count(*)::text AS value FROM mdl_course',
  'last course': 'SELECT fullname AS value FROM mdl_course ORDER BY id DESC LIMIT 1',
  'forum posts': 'SELECT count(*)::text AS value FROM mdl_forum_posts',
  'newest post':
    'SELECT left(subject, 22) AS value FROM mdl_forum_posts ORDER BY created DESC, id DESC LIMIT 1',
  grades: 'SELECT count(*)::text AS value FROM mdl_grade_grades',
  'sum of grades': 'SELECT sum(finalgrade)::text AS value FROM mdl_grade_grades',
  'log entries': 'SELECT count(*)::text AS value FROM mdl_logstore_standard_log',
  'left-over tables': `SELECT count(*)::text AS value FROM pg_tables WHERE tablename LIKE 'mdl_tmp_%'`,
};

/** Fills an empty database, as its owner. */
export async function fillMoodle(query: Query): Promise<void> {
  await query(readFileSync(new URL('moodle.sql', import.meta.url), 'utf8'));
}

export async function vitalSigns(query: Query): Promise<VitalSigns> {
  const found: VitalSigns = {};
  for (const [name, sql] of Object.entries(signs)) {
    found[name] = await answerTo(query, sql);
  }
  return found;
}

/** A release gone wrong, step by step: in words and in SQL. */
export const spoiling: readonly { says: string; sql: string }[] = [
  { says: 'drops the table mdl_grade_grades', sql: 'DROP TABLE mdl_grade_grades' },
  { says: 'deletes the newer half of the forum posts', sql: 'DELETE FROM mdl_forum_posts WHERE id > 7500' },
  { says: 'overwrites the names of all courses', sql: `UPDATE mdl_course SET fullname = 'untitled'` },
  {
    says: 'leaves a table behind',
    sql: `CREATE TABLE mdl_tmp_migration AS SELECT id, 'pending' AS state FROM mdl_user`,
  },
];

export async function spoilMoodle(query: Query): Promise<void> {
  for (const { sql } of spoiling) {
    await query(sql);
  }
}

async function answerTo(query: Query, sql: string): Promise<string> {
  try {
    const { rows } = await query(sql);
    return String(rows[0]?.['value']);
  } catch (error) {
    const undefinedTable = '42P01';
    if ((error as { code?: string }).code === undefinedTable) return gone;
    throw error;
  }
}
