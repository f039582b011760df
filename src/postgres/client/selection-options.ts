import type { Tool } from './tool-options.ts';

/** Options that choose a part of a database or of a backup, or leave a part of it out, by their whole names. */
const ofPart: Record<Tool, readonly string[]> = {
  pg_dump: [
    ...['data-only', 'schema-only', 'statistics-only', 'no-data', 'no-schema', 'section', 'filter'],
    ...['schema', 'exclude-schema', 'table', 'table-and-children', 'exclude-table'],
    ...['exclude-table-and-children', 'no-large-objects', 'no-blobs'],
    'enable-row-security', // leaves out the rows that the role may not see
  ],
  pg_restore: [
    ...['data-only', 'schema-only', 'statistics-only', 'no-data', 'no-schema', 'section', 'filter'],
    ...['schema', 'exclude-schema', 'table', 'index', 'function', 'trigger'],
  ],
};

const ofWholeForBoth = [
  ...['disable-triggers', 'no-comments', 'no-policies', 'no-publications', 'no-security-labels'],
  ...[
    'no-statistics',
    'no-subscriptions',
    'no-table-access-method',
    'no-tablespaces',
    'restrict-key',
    'role',
  ],
  ...['statistics', 'strict-names', 'superuser', 'use-set-session-authorization'],
];

/**
 * Options that say how the whole is written or restored. The rows of a table are left out by some of `pg_dump`, in so many
 * words, and the restore names the tables; where it is those of all tables, that is a part (`excludesAllRows`). Extensions are left out where they cannot be created in the new database: the
 * restore says so, and what needs one is refused there.
 */
const ofWhole: Record<Tool, readonly string[]> = {
  pg_dump: [
    ...ofWholeForBoth,
    ...['exclude-table-data', 'exclude-table-data-and-children', 'no-unlogged-table-data'],
    ...['extension', 'exclude-extension'],
    ...['column-inserts', 'disable-dollar-quoting', 'encoding', 'extra-float-digits', 'include-foreign-data'],
    ...['inserts', 'large-objects', 'blobs', 'load-via-partition-root', 'lock-wait-timeout', 'no-owner'],
    ...[
      'no-privileges',
      'no-sync',
      'no-toast-compression',
      'on-conflict-do-nothing',
      'quote-all-identifiers',
    ],
    ...['rows-per-insert', 'sequence-data', 'serializable-deferrable', 'snapshot', 'sync-method'],
  ],
  pg_restore: [
    ...ofWholeForBoth,
    ...['enable-row-security', 'no-data-for-failed-tables', 'single-transaction', 'transaction-size'],
  ],
};

/** Whether it is known here what an option does. One that is not, of a version to come, is taken for one that chooses. */
export function isKnownSelection(tool: Tool, long: string): boolean | undefined {
  if (ofPart[tool].includes(long)) return true;
  return ofWhole[tool].includes(long) ? false : undefined;
}

/**
 * The options that choose a part of the whole, each once and without its value: `--schema`. All three sections together are
 * the whole.
 * @param options as `readOptions` gives them
 */
export function selectionOptions(tool: Tool, options: readonly string[]): string[] {
  const isWhole = sections.every((section) => options.includes(`--section=${section}`));
  const names = options
    .filter((option) => isKnownSelection(tool, optionName(option)) !== false || excludesAllRows.test(option))
    .map(optionName)
    .filter((long) => !(long === 'section' && isWhole));
  return [...new Set(names)].map((long) => `--${long}`);
}

/** Leaves out the rows of every table, as `--no-data` does: a pattern of nothing but stars, in as many words as it may have. */
const excludesAllRows = /^--exclude-table-data(?:-and-children)?=[*.]+$/;

/** The same as somebody wrote it: in any spelling, in the midst of other options. */
const writtenSo = /(?:^|\s)--exclude-table-data\S*?(?:=|\s+)["']?[*.]+["']?(?:\s|$)/;

const sections = ['pre-data', 'data', 'post-data'];

/** Whether options of `pg_restore` leave out the rows of all tables. */
export function excludesRows(options: readonly string[]): boolean {
  const names = options.map(optionName);
  if (names.some((long) => ['schema-only', 'no-data', 'statistics-only'].includes(long))) return true;
  return names.includes('section') && !options.includes('--section=data');
}

function optionName(option: string): string {
  return /^--([^=]*)/.exec(option)?.[1] ?? option;
}

/**
 * Whether options of `pg_dump` may have chosen a part, which are known only as somebody wrote them, with a space between them:
 * in any spelling, and cut off perhaps.
 */
export function mayBePartial(written: string): boolean {
  if (writtenSo.test(written)) return true;
  const words = written.split(/\s+/).filter((word) => word.startsWith('-'));
  return words.some((word) => {
    if (!word.startsWith('--')) return !/^-[bOx]*([bOx]|[ES].*)$/.test(word);
    const fits = (long: string): boolean => long.startsWith(optionName(word));
    if (
      ofWhole.pg_dump.includes(optionName(word)) ||
      ['no-acl', 'attribute-inserts'].includes(optionName(word))
    )
      return false;
    return ofPart.pg_dump.some(fits) || !ofWhole.pg_dump.some(fits);
  });
}
