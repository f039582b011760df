/*
 * What the options of pg_dump leave out, as far as it has to be known before a dump.
 * https://www.postgresql.org/docs/current/app-psql.html#APP-PSQL-PATTERNS
 */

/** The parts of a pattern, `schema.name` or `name`, as regular expressions. */
function partsOf(pattern: string): RegExp[] {
  const parts = [''];
  const add = (text: string): void => {
    parts.push(`${parts.pop() ?? ''}${text}`);
  };
  for (const [token] of pattern.matchAll(/"(?:[^"]|"")*"?|./gs)) {
    if (token === '.') parts.push('');
    else if (token === '*') add('.*');
    else if (token === '?') add('.');
    else if (token.startsWith('"')) add(escaped(token.replace(/^"|"$/g, '').replaceAll('""', '"')));
    else add(escaped(token.toLowerCase()));
  }
  return parts.map((part) => new RegExp(`^(?:${part})$`, 's'));
}

function escaped(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}

/** The values of an option, `--long=value` and `--long`, `value`. */
function valuesOf(options: readonly string[], names: readonly string[]): string[] {
  return options.flatMap((option, index) => {
    const [, name = '', value] = /^(--?[^=]+)(?:=(.*))?$/s.exec(option) ?? [];
    if (!names.includes(name)) return [];
    return value ?? options[index + 1] ?? [];
  });
}

/** Whether options of pg_dump leave out the rows of a table. */
export function leavesOutRows(
  options: readonly string[],
  { schema, name }: { schema: string; name: string },
): boolean {
  if (options.some((option) => /^(--schema-o|-s$)/.test(option))) return true;
  return valuesOf(options, ['--exclude-table-data', '--exclude-table-data-and-children']).some((pattern) => {
    const parts = partsOf(pattern);
    const [last, before] = parts.toReversed();
    return last?.test(name) === true && (before === undefined || before.test(schema));
  });
}

/** Whether options of pg_dump leave out an extension. */
export function leavesOutExtension(options: readonly string[], name: string): boolean {
  const fits = (pattern: string): boolean => partsOf(pattern).at(-1)?.test(name) === true;
  const only = valuesOf(options, ['--extension', '-e']);
  if (only.length > 0 && !only.some(fits)) return true;
  return valuesOf(options, ['--exclude-extension']).some(fits);
}
