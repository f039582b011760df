/**
 * Names and values as parts of SQL text. Scripts that psql runs for us use its variables instead; this is for statements
 * that a person is to run, and whose parts are as many as the database has settings or grants.
 */

/** A name in double quotes. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A string constant that means the same whatever `standard_conforming_strings` is. */
export function literal(value: string): string {
  const doubled = value.replaceAll("'", "''");
  return value.includes('\\') ? `E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`;
}

/** A constant with the escapes of C; one without; a name: each as the server, `identifier` and `literal` write them. */
const quotedPart = /(?<![\w$])[eE]'((?:[^'\\]|''|\\[\s\S])*)'|'((?:[^']|'')*)'|"((?:[^"]|"")*)"/g;

/** What ends a line, or people would not see. */
const hidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about
  /[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/**
 * A statement that a person is to run, on one line whatever is in a name or a value: what ends a line, or is not seen, is written as
 * PostgreSQL's own escapes, with which the statement still means the same.
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html (U&"…" and E'…')
 */
export function runnable(sql: string): string {
  const escapes = (text: string, sign: string): string =>
    text.replace(hidden, (one) => `${sign}${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const inConstant = (text: string): string => escapes(text.replaceAll('\n', '\\n'), '\\u');
  const written = sql.replace(quotedPart, (all, escaped?: string, plain?: string, name?: string) => {
    if (all.search(hidden) < 0) return all;
    if (name !== undefined) return `U&"${escapes(name.replaceAll('\\', '\\\\'), '\\')}"`;
    return `E'${inConstant(escaped ?? plain?.replaceAll('\\', '\\\\') ?? '')}'`;
  });
  return written.replace(/\s*\n\s*/g, ' ');
}

/**
 * The elements of a list that the server keeps as one text, `"$user", public`. Names in double quotes are taken as they
 * stand; around the others spaces do not count.
 */
export function listElements(list: string): string[] {
  const elements = list.match(/(?:"(?:[^"]|"")*"?|[^",])+/g) ?? [];
  return elements.map((element) => {
    const trimmed = element.trim();
    const inQuotes = /^"(.*)"$/s.exec(trimmed)?.[1];
    return inQuotes === undefined ? trimmed : inQuotes.replaceAll('""', '"');
  });
}

/**
 * The parameters whose lists the server quotes element by element; extensions cannot add any.
 * https://github.com/postgres/postgres/blob/master/src/backend/utils/misc/guc_parameters.dat (GUC_LIST_QUOTE)
 */
const quotedLists = new Set([
  'local_preload_libraries',
  'search_path',
  'session_preload_libraries',
  'shared_preload_libraries',
  'temp_tablespaces',
  'unix_socket_directories',
]);

/** Whether the value of a parameter is such a list. */
export function isQuotedList(parameter: string): boolean {
  return quotedLists.has(parameter.toLowerCase());
}

/** A URL with a password, or what libpq, ADO.NET and the like call one: `://user:pass@`, `password=`, `Pwd = ` */
const credential =
  /:\/\/[^\s/@]*:[^\s@]*@|\b(password|passwd|passphrase|pwd|secret|token|\w*key)['"]?\s*[=:]/i;

/** Whether a text looks as if it held a password. */
export function holdsCredential(text: string): boolean {
  return credential.test(text);
}
