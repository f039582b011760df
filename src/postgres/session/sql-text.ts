import { inOneLine } from '../../base/format.ts';

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

/** What is in quotes: a name, a string, one with escapes; one of Unicode escapes, or a body between dollar signs, which stay as they are. */
const quotedPart =
  /(?<!\w)U&(?:"[^"]*"|'[^']*')|(?<!\w)E'(?<escaped>[^'\\]*(?:(?:\\.|'')[^'\\]*)*)'|'(?<text>[^']*(?:''[^']*)*)'|"(?<name>[^"]*(?:""[^"]*)*)"|(?<!\w)\$\w*\$/gis;

/**
 * A statement in one line, as a person can see, copy and run it: characters of names and strings that nobody can see, or that would end
 * the line, are escaped as SQL has it. It means the same. One with a body between dollar signs stays as it is.
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-STRINGS-ESCAPE
 */
export function toPaste(statement: string): string {
  if (inOneLine(statement) === statement || statement.startsWith('--')) return inOneLine(statement);
  let hasBody = false;
  const shown = statement.replace(quotedPart, (part, ...match) => {
    hasBody ||= part.startsWith('$');
    if (inOneLine(part) === part) return part;
    const { name, text, escaped } = match.at(-1) as Record<string, string | undefined>;
    if (name !== undefined) return `U&"${showHidden(name.replaceAll('\\', '\\\\'), '\\')}"`;
    const inside = text?.replaceAll('\\', '\\\\') ?? escaped?.replace(/\\(.)/gs, withoutNeedlessEscape);
    return inside === undefined ? part : `E'${showHidden(inside, '\\u')}'`;
  });
  return hasBody ? statement : inOneLine(shown.replace(/\s*[\n\r\t]\s*/g, ' '));
}

function withoutNeedlessEscape(whole: string, character: string): string {
  return inOneLine(character) === character ? whole : character;
}

/** A text in which each character that nobody can see is its code, after a sign that says so. */
function showHidden(text: string, sign: string): string {
  return text.replace(/[^ -~]/g, (one) =>
    inOneLine(one) === one ? one : `${sign}${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
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
