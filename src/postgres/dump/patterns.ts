/*
 * What the options of pg_dump leave out, as far as it has to be known before a dump.
 * https://www.postgresql.org/docs/current/app-psql.html#APP-PSQL-PATTERNS
 */

/** What `*` stands for in a pattern, any number of characters, and `?`, a single one. */
const [many, one] = [Symbol('*'), Symbol('?')];
type Sign = string | typeof many | typeof one;

/**
 * The parts of a pattern, `schema.name` or `name`, each as single characters. Like pg_dump, it lowers the letters of ASCII only.
 * https://github.com/postgres/postgres/blob/master/src/fe_utils/string_utils.c (patternToSQLRegex)
 */
function patternParts(pattern: string): Sign[][] {
  const parts: Sign[][] = [[]];
  for (const [token] of pattern.matchAll(/"(?:""|[^"])*"?|[^".*?]+|[.*?]/gu)) {
    if (token === '.') parts.push([]);
    else for (const sign of signsOf(token)) parts.at(-1)?.push(sign);
  }
  return parts;
}

function signsOf(token: string): Sign[] {
  if (token === '*') return [many];
  if (token === '?') return [one];
  if (!token.startsWith('"')) return Array.from(token.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()));
  return Array.from(token.replace(/^"|"$/g, '').replaceAll('""', '"'));
}

/** Whether a name is as a part of a pattern says. A regular expression would try every way to share a name out among many stars. */
function fitsPattern(signs: readonly Sign[] | undefined, name: string): boolean {
  if (!signs) return false;
  const characters = Array.from(name);
  let [sign, at] = [0, 0];
  /** Behind the last star, and as much of the name as it has taken. */
  let again: { sign: number; at: number } | undefined;
  while (at < characters.length) {
    const wanted = signs[sign];
    if (wanted === many) again = { sign: ++sign, at };
    else if (wanted === one || wanted === characters[at]) [sign, at] = [sign + 1, at + 1];
    else if (again) [sign, at] = [again.sign, ++again.at];
    else return false;
  }
  return signs.slice(sign).every((left) => left === many);
}

/** The values of an option, `--long=value` and `--long`, `value`. */
function valuesOf(options: readonly string[], names: readonly string[]): string[] {
  return options.flatMap((option, index) => {
    const [, name = '', value] = /^(--?[^=]+)(?:=(.*))?$/s.exec(option) ?? [];
    if (!names.includes(name)) return [];
    return value ?? options[index + 1] ?? [];
  });
}

/**
 * Outside of quotes pg_dump takes the notation of regular expressions as the server does, but for `$`: `ref_[0-9]+` (tried with 15).
 * What such a pattern fits is not judged here.
 */
function isRegularExpression(pattern: string): boolean {
  return /[()[\]{}|+^\\]/.test(pattern.replace(/"[^"]*"?/g, ''));
}

/** Whether options of pg_dump leave out the rows of a table, as far as that can be judged: if not, people are told too much. */
export function excludesTableData(
  options: readonly string[],
  { schema, name }: { schema: string; name: string },
): boolean {
  if (options.some((option) => /^(--schema-o|-s$)/.test(option))) return true;
  return valuesOf(options, ['--exclude-table-data', '--exclude-table-data-and-children']).some((pattern) => {
    if (isRegularExpression(pattern)) return false;
    const parts = patternParts(pattern);
    const [last, before] = parts.toReversed();
    return fitsPattern(last, name) && (before === undefined || fitsPattern(before, schema));
  });
}

/** Whether options of pg_dump leave out an extension, as far as that can be judged. */
export function excludesExtension(options: readonly string[], name: string): boolean {
  const isMeant = (pattern: string): boolean => fitsPattern(patternParts(pattern).at(-1), name);
  const only = valuesOf(options, ['--extension', '-e']);
  if (only.length > 0 && !only.some((pattern) => isRegularExpression(pattern) || isMeant(pattern)))
    return true;
  return valuesOf(options, ['--exclude-extension']).some(
    (pattern) => !isRegularExpression(pattern) && isMeant(pattern),
  );
}
