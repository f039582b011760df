/**
 * The question behind `functionUses`, one JSON value. Its parts, each a step of the same train of thought:
 *
 * - `function`: the functions whose body is text, `loose` if no name in it was resolved when it was made (in `BEGIN ATOMIC` all
 *   are); `reached`: those that something else than a body may use, and those that these may call.
 * - `candidate`: these, without comments; `open` without a search_path of their own.
 * - `word`: the names in a body that look like functions, relations, types and configurations of text search.
 * - `mention`: which of them the database has, and only outside of `pg_catalog`, which is always searched.
 * - `using`: what uses a function, directly, through an operator, a view, or a function that calls it in its own body. A
 *   function with a search_path of its own lends that to those it calls.
 * - `place`: the uses that a restore evaluates while it works.
 *
 * It reads catalogs alone and calls no function of anybody else's.
 */
const sqlNamePattern = '([[:alpha:]_][[:alnum:]_$]*|"(?:[^"]|"")+")';
const wordStart = '(?<![[:alnum:]_$".])';
const wordEnd = '(?![[:alnum:]_$".(])';

/** Words of SQL and PL/pgSQL after which no type comes. */
const notVariables =
  'return|begin|loop|end|select|from|into|join|update|as|else|when|then|by|and|or|not|set|table|only|limit|in|perform';

const call = `${wordStart}(?:${sqlNamePattern}\\s*\\.\\s*)?${sqlNamePattern}\\s*\\(`;

/** What the names look like: with their schema, if they have one, as the first group. */
const looks: readonly [kind: string, pattern: string][] = [
  ['function', call],
  [
    'relation',
    `\\m(?:from|join|into|update|table|only)\\s+(?:${sqlNamePattern}\\s*\\.\\s*)?${sqlNamePattern}${wordEnd}`,
  ],
  [
    'row',
    `${wordStart}(?:${sqlNamePattern}\\s*\\.\\s*)?${sqlNamePattern}(?:\\s*\\.\\s*${sqlNamePattern})?\\s*%\\s*(?:row)?type\\M`,
  ],
  ['type', `::\\s*(?:${sqlNamePattern}\\s*\\.\\s*)?${sqlNamePattern}${wordEnd}`],
  ['type', `\\mas\\s+(?:${sqlNamePattern}\\s*\\.\\s*)?${sqlNamePattern}(?:\\[\\])?\\s*\\)`],
  [
    'declared',
    `${wordStart}(?!(?:${notVariables})\\M)${sqlNamePattern}\\s+(?:constant\\s+)?${sqlNamePattern}\\s*(?:;|:=|=|\\mdefault\\M)`,
  ],
  ['search', `'(?:${sqlNamePattern}\\s*\\.\\s*)?${sqlNamePattern}'`],
];

const words = looks
  .map(([kind, pattern]) => {
    // In a declaration, the first name is the variable's.
    const schema = kind === 'declared' ? 'NULL' : 'm[1]';
    return `SELECT oid, '${kind}' AS kind, ${schema} AS schema, m[2] AS word
      FROM candidate, regexp_matches(body, $pattern$${pattern}$pattern$, 'gi') AS m`;
  })
  .join(' UNION ');

const plainWord = (word: string): string =>
  `CASE WHEN ${word} LIKE '"%' THEN replace(substr(${word}, 2, length(${word}) - 2), '""', '"') ELSE lower(${word}) END`;

/** The kinds of objects that use functions, and that a restore may call them for. */
const users = ['attrdef', 'class', 'constraint', 'operator', 'proc', 'rewrite', 'statistic_ext']
  .map((catalog) => `'pg_${catalog}'::regclass`)
  .join(', ');

export const functionUsesQuery = `
WITH RECURSIVE
function AS (
  SELECT p.oid, pronamespace, p.oid::regprocedure::text AS name, proname, prosrc, proconfig,
    CASE prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END AS kind, to_jsonb(p) ->> 'prosqlbody' IS NULL AS loose
  FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = pronamespace JOIN pg_language AS l ON l.oid = prolang
  WHERE lanname NOT IN ('internal', 'c') AND prokind <> 'a' AND nspname NOT IN ('pg_catalog', 'information_schema')),
reached (oid) AS (
  SELECT DISTINCT refobjid FROM pg_depend
  WHERE refclassid = 'pg_proc'::regclass AND deptype IN ('n', 'a') AND classid IN (${users})
UNION
  SELECT callee.oid
  FROM reached JOIN function AS caller ON caller.oid = reached.oid
    CROSS JOIN regexp_matches(prosrc, $pattern$${call}$pattern$, 'gi') AS m
    JOIN function AS callee ON callee.proname = ${plainWord('m[2]')}),
candidate AS (
  SELECT oid, pronamespace, name, kind, loose,
    regexp_replace(prosrc, '/\\*.*?\\*/|--[^\\n]*', ' ', 'g') AS body,
    NOT EXISTS (SELECT FROM unnest(proconfig) AS setting WHERE setting LIKE 'search_path=%') AS open
  FROM function WHERE oid IN (SELECT oid FROM reached)),
named (kind, class, oid, space, name) AS (
  SELECT 'function', 'pg_proc'::regclass, oid, pronamespace, proname FROM pg_proc
UNION ALL
  SELECT 'relation', 'pg_class'::regclass, oid, relnamespace, relname FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
UNION ALL
  SELECT 'type', 'pg_type'::regclass, oid, typnamespace, typname FROM pg_type
UNION ALL
  SELECT 'search', 'pg_ts_config'::regclass, oid, cfgnamespace, cfgname FROM pg_ts_config
UNION ALL
  SELECT 'search', 'pg_ts_dict'::regclass, oid, dictnamespace, dictname FROM pg_ts_dict),
word AS (
  SELECT oid, kind, ${plainWord('schema')} AS schema, ${plainWord('word')} AS word FROM (${words}) AS w),
mention AS (
  SELECT word.oid AS caller, word.kind, word.schema IS NULL AS bare, named.class, named.oid, word AS name, nspname,
    row_number() OVER (PARTITION BY word.oid, word.kind, word.schema, word
      ORDER BY nspname = 'public' DESC, nspname) AS place
  FROM word JOIN named ON named.name = word.word
      AND named.kind = CASE word.kind WHEN 'row' THEN 'relation' WHEN 'declared' THEN 'type' ELSE word.kind END
    JOIN pg_namespace AS n ON n.oid = named.space
  WHERE nspname !~ '^(pg_|information_schema$)' AND coalesce(nspname = word.schema, true)
    AND (word.schema IS NOT NULL OR NOT EXISTS (
      SELECT FROM named AS built_in
      WHERE built_in.kind = named.kind AND built_in.name = word.word AND built_in.space = 'pg_catalog'::regnamespace))),
suspect AS (
  SELECT candidate.*,
    open AND loose AND EXISTS (SELECT FROM mention WHERE caller = candidate.oid AND bare) AS is_lost,
    EXISTS (SELECT FROM mention WHERE caller = candidate.oid AND mention.kind = 'relation') AS is_reader
  FROM candidate),
using_it (function, lost, class, oid, part) AS (
  SELECT oid, is_lost, 'pg_proc'::regclass::oid, oid, 0 FROM suspect WHERE is_lost OR is_reader
UNION
  SELECT function, lost, next.class, next.oid, next.part
  FROM using_it AS u CROSS JOIN LATERAL (
    SELECT classid AS class, objid AS oid, objsubid AS part FROM pg_depend AS d
    WHERE refclassid = u.class AND refobjid = u.oid AND deptype IN ('n', 'a') AND classid IN (${users})
      AND NOT (u.class = 'pg_class'::regclass AND classid <> 'pg_rewrite'::regclass)
  UNION ALL
    SELECT 'pg_class'::regclass, ev_class, 0 FROM pg_rewrite AS r
    WHERE u.class = 'pg_rewrite'::regclass AND r.oid = u.oid
  UNION ALL
    SELECT 'pg_proc'::regclass, caller, 0 FROM mention AS m
    WHERE u.class = 'pg_proc'::regclass AND m.class = 'pg_proc'::regclass AND m.oid = u.oid) AS next
  WHERE NOT (u.lost AND next.class = 'pg_proc'::regclass
    AND EXISTS (SELECT FROM candidate AS c WHERE c.oid = next.oid AND NOT c.open))),
place AS (
  SELECT u.function, 'generated column' AS kind, format('%I.%I.%I', nspname, relname, attname) AS name,
    'TABLE ' || attrelid::regclass AS host, NULL AS constraint_name, (
      SELECT format('UPDATE %s SET %I = %2$I;', plain.attrelid::regclass, plain.attname)
      FROM pg_depend AS of JOIN pg_attribute AS plain ON (plain.attrelid, plain.attnum) = (of.refobjid, of.refobjsubid)
      WHERE of.refclassid = 'pg_class'::regclass AND of.refobjid = a.attrelid AND plain.attgenerated = '' AND plain.attidentity <> 'a'
        AND (of.classid = 'pg_class'::regclass AND (of.objid, of.objsubid) = (a.attrelid, a.attnum)
          OR of.classid = 'pg_attrdef'::regclass AND of.objid IN (
            SELECT own.oid FROM pg_attrdef AS own WHERE (own.adrelid, own.adnum) = (a.attrelid, a.attnum)))
      ORDER BY plain.attnum LIMIT 1) AS definition
  FROM using_it AS u LEFT JOIN pg_attrdef AS d ON u.class = 'pg_attrdef'::regclass AND d.oid = u.oid
    JOIN pg_attribute AS a ON (a.attrelid, a.attnum) = (d.adrelid, d.adnum)
      OR u.class = 'pg_class'::regclass AND u.part > 0 AND (a.attrelid, a.attnum) = (u.oid, u.part)
    JOIN pg_class AS c ON c.oid = attrelid JOIN pg_namespace AS n ON n.oid = relnamespace
  WHERE attgenerated = 's'
UNION
  SELECT u.function, 'check', format('%I on %s', conname, host), host, format('%I', conname), pg_get_constraintdef(c.oid)
  FROM using_it AS u JOIN pg_constraint AS c ON u.class = 'pg_constraint'::regclass AND c.oid = u.oid
    CROSS JOIN LATERAL (SELECT CASE WHEN conrelid <> 0 THEN 'TABLE ' || conrelid::regclass
      ELSE 'DOMAIN ' || contypid::regtype END AS host) AS h
  WHERE contype = 'c' AND convalidated AND coninhcount = 0
UNION
  SELECT u.function, CASE relkind WHEN 'p' THEN 'partition key' WHEN 'm' THEN 'materialized view' ELSE 'index' END,
    format('%I.%I', nspname, relname), NULL, NULL, NULL
  FROM using_it AS u JOIN pg_class AS c ON u.class = 'pg_class'::regclass AND u.part = 0 AND c.oid = u.oid
    JOIN pg_namespace AS n ON n.oid = relnamespace
  WHERE relkind IN ('p', 'I', 'm') OR relkind = 'i' AND NOT relispartition
UNION
  SELECT u.function, 'statistics', format('%I.%I', nspname, stxname), NULL, NULL, NULL
  FROM using_it AS u JOIN pg_statistic_ext AS s ON u.class = 'pg_statistic_ext'::regclass AND s.oid = u.oid
    JOIN pg_namespace AS n ON n.oid = stxnamespace)
SELECT json_build_object(
  'lost', (SELECT coalesce(json_agg(json_build_object(
      'signature', s.name, 'kind', s.kind,
      'extension', (SELECT extname FROM pg_depend AS d JOIN pg_extension AS e ON e.oid = refobjid
        WHERE classid = 'pg_proc'::regclass AND objid = s.oid AND deptype = 'e'),
      'names', (SELECT json_agg(DISTINCT m.name) FROM mention AS m WHERE caller = s.oid AND bare),
      'schemas', (SELECT json_agg(DISTINCT quote_ident(nspname)) FROM mention AS m WHERE caller = s.oid AND bare AND m.place = 1),
      'uses', (SELECT json_agg(DISTINCT p.kind || ' ' || p.name) FROM place AS p WHERE p.function = s.oid)) ORDER BY s.name), '[]')
    FROM suspect AS s WHERE is_lost AND EXISTS (SELECT FROM place AS p WHERE p.function = s.oid)),
  'readers', (SELECT coalesce(json_agg(json_build_object(
      'signature', s.name, 'use', p.kind, 'name', p.name, 'host', p.host, 'constraint', p.constraint_name,
      'definition', p.definition,
      'tables', (SELECT json_agg(DISTINCT format('%I.%I', nspname, m.name)) FROM mention AS m
        WHERE caller = s.oid AND m.kind = 'relation')) ORDER BY p.kind, p.name), '[]')
    FROM suspect AS s JOIN place AS p ON p.function = s.oid
    WHERE is_reader AND p.kind IN ('check', 'generated column', 'partition key')))`;
