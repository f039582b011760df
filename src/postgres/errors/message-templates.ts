import { messagesOnCode } from './messages-on-code.ts';
import { messagesOnObjects } from './messages-on-objects.ts';
import { messagesOnServer } from './messages-on-server.ts';
import { messagesOnValues } from './messages-on-values.ts';

/*
 * A message that rows may stand in is shown by the template of the server's that it is made of: each word that is shown stands in the
 * template, and what has been put into its gaps is shown only if it can be no value. `…` is a gap for a value; the others are
 * named by what has to be in them.
 */

/** Tells names that are known from elsewhere. */
export type IsKnown = (name: string) => boolean;

const identifierPattern = '(?:"[^"]{1,63}"|[\\p{L}_][\\p{L}\\p{N}_$]{0,62})';

const kinds = (
  'table|view|sequence|schema|type|domain|language|database|role|index|relation|trigger|policy|' +
  'collation|conversion|extension|server|foreign server|foreign-data wrapper|foreign table|materialized view|access method|operator|' +
  'operator class|operator family|text search configuration|text search dictionary|text search parser|text search template|' +
  'event trigger|publication|subscription|tablespace|statistics object|parameter|cursor|prepared statement|savepoint'
).split('|');

/** As `format_type` writes them, or as functions do. */
const types =
  '"?char"?|character|character varying|bit|bit varying|text|name|bytea|boolean|smallint|integer|bigint|int2|int4|int8|numeric|real|' +
  'double precision|float4|float8|money|date|time|timetz|timestamp|timestamptz|(time|timestamp) with(out)? time zone|interval|uuid|json|' +
  'jsonb|jsonpath|xml|inet|cidr|macaddr8?|point|line|lseg|box|path|polygon|circle|tsvector|tsquery|tid|xid8?|cid|oid|pg_lsn|' +
  'pg_snapshot|txid_snapshot|int2vector|oidvector|reg(class|collation|config|dictionary|namespace|operator|oper|procedure|proc|role|type)|' +
  '(int4|int8|num|date|ts|tstz)(multi)?range|any(array|element|enum|range)?|record|unknown|void|trigger|hstore|citext|ltree|lquery|' +
  'ltxtquery|cube|geometry|geography|raster|vector|halfvec|sparsevec|seg|isbn|ean13';

const reasons =
  'administrator command|statement timeout|lock timeout|transaction timeout|user request|conflict with recovery|idle-session timeout|' +
  'idle-in-transaction timeout';

const errnos =
  'No space left on device|Disk quota exceeded|Input/output error|Permission denied|No such file or directory|Cannot allocate memory|' +
  'File too large|Read-only file system|Too many open files( in system)?|Interrupted system call|Invalid argument|Is a directory|' +
  'File exists|Connection reset by peer|Connection timed out|Broken pipe|Success';

const commands =
  'INSERT|UPDATE|DELETE|MERGE|SELECT|SELECT FOR (UPDATE|SHARE)|COPY FROM|COMMENT|GRANT|REVOKE|ANALYZE|VACUUM|REINDEX|CLUSTER|TRUNCATE TABLE|' +
  'REFRESH MATERIALIZED VIEW|LOCK TABLE|(CREATE|ALTER|DROP) (TABLE|INDEX|SEQUENCE|TYPE|DOMAIN|SCHEMA|EXTENSION|FUNCTION|TRIGGER|DATABASE|' +
  'ROLE|MATERIALIZED VIEW|VIEW)|(nextval|setval|lo_\\w+)\\(\\)';

const purposes =
  'index expression|partition bound expression|string comparison|string hashing|regular expressions?|LIKE|ILIKE|substring searches|' +
  '(lower|upper|initcap|casefold)\\(\\) function';

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`, 'u');
const type = whole(`(?:${types})(?:\\(\\d{1,9}(?:,-?\\d{1,4})?\\))?(?:\\[\\])*`);
const signaturePattern = whole(`(${identifierPattern}(?:\\.${identifierPattern})?)\\((.*)\\)`);

/** What may be in a gap, by its name. */
const fitsTemplate: Record<string, RegExp> = {
  name: whole('"[^"]{1,63}"'),
  domain: whole(`${identifierPattern}(?:\\.${identifierPattern})?(?:\\[\\])*`),
  number: whole('-?\\d{1,20}(?:\\.\\.\\d{1,20})?'),
  encoding: whole('"[A-Z][A-Z0-9_]{2,15}"'),
  path: whole('"?(?:base/|global/|pg_\\w{1,40}/|/PostgreSQL\\.)[\\w./-]{1,80}"?'),
  toast: whole('pg_toast_\\d{1,10}'),
  reason: whole(reasons),
  errno: whole(errnos),
  command: whole(commands),
  purpose: whole(purposes),
};

interface Template {
  /** What stands before, between and after the gaps. */
  words: string[];
  gaps: string[];
}

/** Every template there is, as it is written. */
export const templateLines: readonly string[] = [
  ...messagesOnObjects,
  ...messagesOnServer,
  ...messagesOnValues,
  ...messagesOnCode,
];

const templates: readonly Template[] = templateLines
  .flatMap((line) => (line.includes('{kind}') ? kinds.map((kind) => line.replace('{kind}', kind)) : [line]))
  .map(parseTemplate)
  .sort((a, b) => b.words.join('').length - a.words.join('').length);

function parseTemplate(line: string): Template {
  const parts = line.split(/(…|\{[a-z]+\})/);
  return {
    words: parts.filter((_, index) => index % 2 === 0),
    gaps: parts.filter((_, index) => index % 2 === 1).map((gap) => gap.replace(/[{}]/g, '')),
  };
}

/** A message by the template that it is made of, with what must not be shown left out; undefined if none is known. */
export function asTemplate(line: string, isKnown: IsKnown): string | undefined {
  for (const { words, gaps } of templates) {
    const found = between(line, words);
    if (found === undefined) continue;
    const shown = found.map((text, index) => inGap(gaps[index] ?? '…', text, isKnown));
    return words.map((word, index) => word + (shown[index] ?? '')).join('');
  }
  return undefined;
}

/** What stands between words, each taken as early as it comes; undefined if they are not there in this order. */
function between(line: string, words: readonly string[]): string[] | undefined {
  const [first = '', ...rest] = words;
  const last = rest.pop();
  if (last === undefined) return line === first ? [] : undefined;
  if (!line.startsWith(first)) return undefined;
  const found: string[] = [];
  let at = first.length;
  for (const word of rest) {
    const next = line.indexOf(word, at);
    if (next < 0) return undefined;
    found.push(line.slice(at, next));
    at = next + word.length;
  }
  const end = line.length - last.length;
  if (end < at || !line.endsWith(last)) return undefined;
  return [...found, line.slice(at, end)];
}

function inGap(gap: string, text: string, isKnown: IsKnown): string {
  if (gap === 'known') return isNamed(text, isKnown) ? text : '…';
  if (gap === 'type') return isType(text, isKnown) ? text : '…';
  if (gap === 'signature') {
    const [, name = '', list = ''] = signaturePattern.exec(text) ?? [];
    if (name === '' || !isNamed(name, isKnown)) return '…';
    return list.split(', ').every((one) => one === '' || isType(one, isKnown)) ? text : `${name}(…)`;
  }
  return fitsTemplate[gap]?.test(text) ? text : '…';
}

function isType(text: string, isKnown: IsKnown): boolean {
  return type.test(text) || isNamed(text.replace(/(\[\])*$/, ''), isKnown);
}

/** Whether a name is known, with its schema or by each of its parts. */
function isNamed(text: string, isKnown: IsKnown): boolean {
  const name = /^"([^"]+)"$/.exec(text)?.[1] ?? text;
  return isKnown(name) || (name.includes('.') && name.split('.').every((part) => isKnown(part)));
}
