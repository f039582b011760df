import { relative } from 'node:path';
import type { Reporter, TestCase, TestModule, TestSuite, Vitest } from 'vitest/node';

/** What a run has left out. */
export interface LeftOut {
  /** For each test that was not run: why, as its title has it; undefined where it does not say. */
  reasons: (string | undefined)[];
  /** The files with tests that were not asked for. */
  files: string[];
}

/** Makes the packages of the PostgreSQL project known to Debian or Ubuntu, which have clients of one version: ci.yml does so, too. */
const apt =
  'sudo apt-get install --yes postgresql-common && sudo /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y';

/**
 * Says in the end what was not tried, and what would bring it in: the tests that need what this machine has not, and, after
 * `npm test`, the files of `npm run test:all`.
 */
export function leftOutReporter(): Reporter {
  let vitest: Vitest | undefined;
  return {
    onInit: (one) => {
      vitest = one;
    },
    async onTestRunEnd(modules) {
      if (!vitest || vitest.config.testNamePattern) return;
      const root = vitest.config.root;
      const run = new Set(modules.map(({ moduleId }) => moduleId));
      const wanted = process.env['npm_lifecycle_event'] === 'test';
      const specifications = wanted ? await vitest.globTestSpecifications() : [];
      const files = specifications.map(({ moduleId }) => moduleId).filter((id) => !run.has(id));
      const text = leftOut({
        reasons: modules.flatMap(reasonsIn),
        files: files.map((file) => relative(root, file)),
      });
      if (text !== '') console.log(`${text}\n`);
    },
  };
}

function reasonsIn(module: TestModule): (string | undefined)[] {
  return [...module.children.allTests('skipped')].map(reasonOf);
}

/** The reason in the title of a test, or of what it is in. */
function reasonOf(test: TestCase): string | undefined {
  for (let one: TestCase | TestSuite | TestModule = test; one.type !== 'module'; one = one.parent) {
    const [, reason] = /\((needs .*)\)$/.exec(one.name) ?? [];
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** What is said of it: nothing if nothing was left out. */
export function leftOut({ reasons, files }: LeftOut): string {
  const lines: string[] = [];
  if (reasons.length > 0) {
    lines.push(`Left out here: ${counted(reasons.length, 'test')}.`);
    const groups = [...Map.groupBy(reasons, (reason) => reason)].sort(([, a], [, b]) => b.length - a.length);
    for (const [reason, { length }] of groups)
      lines.push(
        `  ${length} ${reason === undefined ? 'for a reason that the title does not give' : reasonFor(reason, length)}`,
      );
    const clients = [...new Set(reasons.flatMap(clientIn))].sort((a, b) => a - b);
    if (clients.length > 0)
      lines.push(
        `They come in with PostgreSQL's client ${clients.join(' and ')}. On Debian or Ubuntu:`,
        `  ${apt} && sudo apt-get install --yes ${clients.map((major) => `postgresql-client-${major}`).join(' ')}`,
      );
  }
  if (files.length > 0)
    lines.push(
      `Besides, "npm run test:all" runs ${counted(files.length, 'more file')} of tests (${folders(files)}), and more rounds of test/fuzz.`,
    );
  return lines.join('\n');
}

function reasonFor(reason: string, count: number): string {
  return count === 1 ? reason : reason.replace(/^needs /, 'need ');
}

function clientIn(reason: string | undefined): number[] {
  const [, major] = /^needs a client (\d+)/.exec(reason ?? '') ?? [];
  return major === undefined ? [] : [Number(major)];
}

function folders(files: string[]): string {
  return [...new Set(files.map((file) => file.replace(/\/[^/]*$/, '')))].sort().join(', ');
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
