import type { PostgresServer } from './postgres-server.ts';

/**
 * Everything that roles may do in a database, as the server itself answers for each of them: lines like
 * `app: INSERT on table plain.item`. `public` stands for everybody. Rights by membership are among them.
 */
export async function rightsIn(server: PostgresServer, database: string, roles: string[]): Promise<string[]> {
  const [row] = await server.query<{ rights: string[] }>(
    `SELECT coalesce(json_agg(format('%s: %s on %s', role, right_name, what) ORDER BY 1), '[]') AS rights
      FROM unnest($roles$${array([...roles, 'public'])}$roles$::text[]) AS role CROSS JOIN LATERAL (${questions}) AS answers
      WHERE allowed`.replace('ORDER BY 1', 'ORDER BY role, what, right_name'),
    { database },
  );
  const [defaults] = await server.query<{ rights: string[] }>(
    `SELECT coalesce(json_agg(format('default %s %s %s %s', defaclrole::regrole, nspname, defaclobjtype,
        (SELECT array_agg(e::text ORDER BY e::text) FROM unnest(defaclacl) AS e))), '[]') AS rights
      FROM pg_default_acl LEFT JOIN pg_namespace AS n ON n.oid = defaclnamespace`,
    { database },
  );
  return [
    ...(row?.rights ?? []),
    ...(defaults?.rights ?? []).sort(),
    ...(await largeObjects(server, database, roles)),
  ];
}

/** One question for each kind of object: the catalog, the function that answers, and the rights that there are. */
function question(catalog: string, ask: string, rights: string[], where = 'true'): string {
  const all = rights.flatMap((right) => [right, `${right} WITH GRANT OPTION`]);
  return `SELECT right_name, type || ' ' || identity AS what, ${ask} AS allowed
    FROM ${catalog} AS c CROSS JOIN pg_identify_object('${catalog}'::regclass, c.oid, 0)
      CROSS JOIN unnest('{${all.join(',')}}'::text[]) AS right_name
    WHERE ${where}`;
}

const relation = "relkind IN ('r', 'p', 'v', 'm', 'f') AND relnamespace <> 'pg_toast'::regnamespace";
const questions = [
  question(
    'pg_namespace',
    'has_schema_privilege(role, oid, right_name)',
    ['CREATE', 'USAGE'],
    "nspname !~ '^pg_t'",
  ),
  question(
    'pg_class',
    'has_table_privilege(role, oid, right_name)',
    ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'],
    relation,
  ),
  question(
    'pg_class',
    'has_sequence_privilege(role, oid, right_name)',
    ['USAGE', 'SELECT', 'UPDATE'],
    "relkind = 'S'",
  ),
  question('pg_proc', 'has_function_privilege(role, oid, right_name)', ['EXECUTE']),
  question(
    'pg_type',
    'has_type_privilege(role, oid, right_name)',
    ['USAGE'],
    `typtype <> 'p' AND oid >= 16384`,
  ),
  question('pg_language', 'has_language_privilege(role, oid, right_name)', ['USAGE']),
  question('pg_foreign_data_wrapper', 'has_foreign_data_wrapper_privilege(role, oid, right_name)', ['USAGE']),
  question('pg_foreign_server', 'has_server_privilege(role, oid, right_name)', ['USAGE']),
  `SELECT right_name, format('column %s of %s', attname, identity), has_column_privilege(role, c.oid, attnum, right_name)
    FROM pg_class AS c JOIN pg_attribute ON attrelid = c.oid AND NOT attisdropped
      CROSS JOIN pg_identify_object('pg_class'::regclass, c.oid, 0)
      CROSS JOIN unnest('{SELECT,SELECT WITH GRANT OPTION,INSERT,UPDATE,UPDATE WITH GRANT OPTION,REFERENCES,REFERENCES WITH GRANT OPTION}'::text[]) AS right_name
    WHERE ${relation} AND (c.oid >= 16384 OR relname = 'pg_authid')`,
].join(' UNION ALL ');

/** No function answers for large objects before version 18: they are read and written. */
async function largeObjects(server: PostgresServer, database: string, roles: string[]): Promise<string[]> {
  const ids = await server.query<{ oid: number }>('SELECT oid FROM pg_largeobject_metadata ORDER BY 1', {
    database,
  });
  const session = await server.connect({ database });
  const allowed: string[] = [];
  for (const role of roles) {
    for (const { oid } of ids) {
      for (const [right, sql] of Object.entries({
        SELECT: `lo_get(${oid})`,
        UPDATE: `lo_put(${oid}, 0, 'x')`,
      })) {
        await session.query('BEGIN');
        await session.query(`SET LOCAL ROLE "${role.replaceAll('"', '""')}"`);
        const done = await session.query(`SELECT ${sql}`).then(
          () => true,
          () => false,
        );
        await session.query('ROLLBACK');
        if (done) allowed.push(`${role}: ${right} on large object ${oid}`);
      }
    }
  }
  await session.end();
  return allowed;
}

function array(values: string[]): string {
  return `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
