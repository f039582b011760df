/** A part of a statement. */
export interface Token {
  /** A keyword or a name without quotes, a name that was in quotes, a string, or anything else: a number, a sign. */
  kind: 'word' | 'name' | 'text' | 'sign';
  /** Without its quotes, escapes taken back. */
  value: string;
  /** Where it begins and ends in the script. */
  from: number;
  to: number;
}

/**
 * One token, by the kind of its first group that matches. Spaces, comments and the commands of psql (`\connect`) are in none. What is in
 * quotes is taken in runs: a step back for each of some million characters would be more than the engine keeps.
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html
 */
const tokenPattern =
  /\s+|--[^\n]*|\\[^\n]*|E'(?<escaped>[^'\\]*(?:(?:\\.|'')[^'\\]*)*)'|'(?<text>[^']*(?:''[^']*)*)'|(?<tag>\$\w*\$)|"(?<name>[^"]*(?:""[^"]*)*)"|(?<word>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)|(?<sign>-?\d[\d.]*|.)/gsu;

/**
 * The statements of a script as `pg_restore` writes it, each without its semicolon. Names and values may hold anything, what looks
 * like a comment or like another statement included.
 */
export function statementsOf(script: string): Token[][] {
  const statements: Token[][] = [[]];
  for (const token of tokensOf(script)) {
    if (token.kind === 'sign' && token.value === ';') statements.push([]);
    else statements.at(-1)?.push(token);
  }
  return statements.filter((statement) => statement.length > 0);
}

function* tokensOf(script: string): Generator<Token> {
  const scanner = new RegExp(tokenPattern);
  let closing: Map<string, number> | undefined;
  for (let match = scanner.exec(script); match; match = scanner.exec(script)) {
    const tag = match.groups?.['tag'];
    if (tag === undefined) {
      const token = tokenOf(match);
      if (token) yield token;
      continue;
    }
    const [from, begin] = [match.index, match.index + tag.length];
    closing ??= lastTags(script);
    if ((closing.get(tag) ?? -1) < begin) {
      // It is never closed.
      yield { kind: 'sign', value: '$', from, to: from + 1 };
      scanner.lastIndex = from + 1;
      continue;
    }
    const end = script.indexOf(tag, begin);
    scanner.lastIndex = end + tag.length;
    yield { kind: 'text', value: script.slice(begin, end), from, to: scanner.lastIndex };
  }
}

/** Where each tag of a text between dollar signs stands last, so that none is looked for in vain. */
function lastTags(script: string): Map<string, number> {
  const tags = script.matchAll(/\$(?=(\w*\$))/g);
  return new Map(Array.from(tags, ({ 1: rest = '', index }) => [`$${rest}`, index]));
}

function tokenOf(match: RegExpExecArray): Token | undefined {
  const { escaped, text, name, word, sign } = match.groups ?? {};
  const place = { from: match.index, to: match.index + match[0].length };
  if (escaped !== undefined)
    return { kind: 'text', value: unescaped(escaped.replaceAll("''", "'")), ...place };
  if (text !== undefined) return { kind: 'text', value: text.replaceAll("''", "'"), ...place };
  if (name !== undefined) return { kind: 'name', value: name.replaceAll('""', '"'), ...place };
  if (word !== undefined) return { kind: 'word', value: word, ...place };
  return sign === undefined ? undefined : { kind: 'sign', value: sign, ...place };
}

/** pg_dump escapes nothing but the backslash itself. */
function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, '$1');
}

/** Whether a token is one of these keywords. */
export function isWord(token: Token | undefined, ...words: readonly string[]): boolean {
  return token?.kind === 'word' && words.includes(token.value.toUpperCase());
}

/**
 * Whether a text is one statement of names, words and numbers alone, as those about rights are. What an archive says may be anything:
 * psql would take a backslash outside of quotes for a command of its own, which may be one for the shell, and a colon for a variable.
 */
export function isPlain(sql: string): boolean {
  const statements = statementsOf(sql);
  const [tokens = []] = statements;
  if (statements.length !== 1) return false;
  let end = 0;
  for (const { kind, value, from, to } of tokens) {
    if (sql.slice(end, from).trim() !== '') return false;
    if (kind === 'text' || (kind === 'sign' && !/^([(),.[\]*]|\d+)$/.test(value))) return false;
    end = to;
  }
  return sql.slice(end).trim() === '';
}
