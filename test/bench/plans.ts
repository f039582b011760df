import type { Jobs } from '../support/jobs.ts';

/** Queries on `big.ts`, each of which is planned by another kind of statistics. */
const queries = [
  "SELECT * FROM event WHERE kind = 'order.paid' AND happened_at < '2022-06-02'",
  "SELECT * FROM order_line WHERE state = 'returned' AND pieces > 10",
  'SELECT count(*) FROM order_line WHERE account_id BETWEEN 100 AND 3000',
  "SELECT * FROM account JOIN order_line USING (account_id) WHERE city = 'Lima'",
  "SELECT device_id, avg(value) FROM reading WHERE taken_at > '2023-02-15' GROUP BY device_id",
  "SELECT * FROM message WHERE sent_at > '2022-12-01' ORDER BY sent_at LIMIT 10",
  'SELECT DISTINCT product FROM order_line',
];

interface Plan {
  'Node Type': string;
  'Plan Rows': number;
  Plans?: Plan[];
}

/** By query, the kinds of steps from the top down, and how many rows the planner expects; empty where there are no such tables. */
export async function plansOf(jobs: Jobs, database: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const query of queries) {
    const rows = await jobs
      .query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(database, `EXPLAIN (FORMAT JSON) ${query}`)
      .catch(() => []);
    const plan = rows[0]?.['QUERY PLAN'][0].Plan;
    if (plan) found.set(query, `${steps(plan).join(', ')}: ${plan['Plan Rows']}`);
  }
  return found;
}

function steps(plan: Plan): string[] {
  return [plan['Node Type'], ...(plan.Plans ?? []).flatMap(steps)];
}
