/** What an answer was made of that should have been an object of JSON: its fields, or in words what it was instead. */
export type JsonResponse = { fields: Readonly<Record<string, unknown>> } | { problem: string };

/** What is said of an answer that is made for people, or for another kind of client. */
export const pageInstead = 'the response is an HTML or XML page, as from a proxy or firewall, and not JSON';

/**
 * Reads an answer that has to be an object of JSON. What a parser says of any other is not kept, since it quotes from what it
 * could not read: of an answer that was cut off, or that a proxy put a line behind, that may be a password.
 */
export function readJson(body: string | null | undefined): JsonResponse {
  const text = (body ?? '').trim();
  if (text === '') return { problem: 'the response is empty' };
  if (text.startsWith('<')) return { problem: pageInstead };
  let value: unknown;
  try {
    // Of the whole body, as the clients of Azure do it, which quote what they cannot read: trimmed is more than blanks of JSON.
    value = JSON.parse(body ?? '');
  } catch {
    return { problem: 'the response is not JSON, or was cut off or changed on the way' };
  }
  const fields = fieldsOf(value);
  return fields ? { fields } : { problem: `the response is ${kindOf(value)}, and not a JSON object` };
}

/** A value as an object whose fields may be looked at; undefined for anything else, a list included. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

/** A value if it is a text that says something. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

/** A line that is shorter says nothing, and hiding it would blot out the log. */
const shortestLine = 8;
const mostLines = 200;

/**
 * Of an answer that is not what it should be, all that may be secret, to be hidden before anything is told of it: the values of
 * `value` and of tokens as far as they can be read, as they stand there and without JSON's escapes, and each line.
 */
export function secretPartsOf(body: string | null | undefined): string[] {
  const text = body ?? '';
  const written = secretStrings(text);
  const meant = written.map(withoutEscapes);
  const lines = (value: string) => value.split(/\r\n?|\n/).map((line) => line.trim());
  const found = [
    ...[...written, ...meant].flatMap((value) => [value, ...lines(value)]),
    ...lines(text)
      .filter((line) => line.length >= shortestLine)
      .slice(0, mostLines),
  ];
  return [...new Set(found)].filter((part) => part !== '');
}

/**
 * The strings of such fields, as they are written. Their ends are looked for without a pattern, which would keep a step back for each
 * of their characters: some million are more than the engine has room for.
 */
function secretStrings(text: string): string[] {
  const found: string[] = [];
  const field = /"(?:value|[\w-]*token)"\s*:\s*"/gi;
  while (field.test(text)) {
    const from = field.lastIndex;
    let end = from;
    while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
    found.push(text.slice(from, end));
    field.lastIndex = end;
  }
  return found;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** Of an escape that was cut off at the end, nothing is known. */
function withoutEscapes(json: string): string {
  return json
    .replace(/(?<!\\)((?:\\\\)*)\\(?:u[0-9a-f]{0,3})?$/i, '$1')
    .replace(/\\(?:u([0-9a-f]{4})|(.))/gis, (_, code: string | undefined, character = '') =>
      code === undefined ? (escapes[character] ?? character) : String.fromCharCode(Number.parseInt(code, 16)),
    );
}
