export const id = 679;
export const ids = [679];
export const modules = {

/***/ 7012:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ chooseCompression)
/* harmony export */ });
/* harmony import */ var _base_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7306);
/* harmony import */ var _postgres_dump_compression_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5295);
/* harmony import */ var _postgres_dump_dump_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9648);



/** How a client is to compress a backup. @throws Failure if it cannot do it as it is asked to */
async function chooseCompression(compression, client, { signal }) {
    if ((0,_postgres_dump_compression_js__WEBPACK_IMPORTED_MODULE_1__/* .canCompress */ .RQ)(compression, client.major)) {
        const hasZstd = compression.method === 'auto' && (await (0,_postgres_dump_dump_js__WEBPACK_IMPORTED_MODULE_2__/* .supportsZstd */ .y)(client, signal));
        return (0,_postgres_dump_compression_js__WEBPACK_IMPORTED_MODULE_1__/* .resolveCompression */ .$o)(compression, hasZstd);
    }
    throw new _base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR({
        tried: `Compressing with ${(0,_postgres_dump_compression_js__WEBPACK_IMPORTED_MODULE_1__/* .describeCompression */ .uR)(compression)}`,
        cause: `pg_dump ${client.version} on this machine supports only gzip; lz4 and zstd need version 16`,
        advice: 'Use compression: auto, or a runner with a client 16 or newer.',
    });
}


/***/ }),

/***/ 5691:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ readDatabaseGrants)
/* harmony export */ });
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8253);
/* harmony import */ var _postgres_properties_read_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(584);
/* harmony import */ var _postgres_properties_restore_mark_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5148);
/* harmony import */ var _postgres_properties_serialize_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6528);
/* harmony import */ var _postgres_server_server_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2221);
/* harmony import */ var _archive_metadata_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6355);






/**
 * Who may do what with the database, to be recorded for where the archive is made without rights. Warns if a restore into the database
 * has not come to its end: a backup of it would be taken for one of the whole.
 * @throws Failure if the server refuses
 */
async function readDatabaseGrants(psql, database, step) {
    const { grants, comment } = await (0,_postgres_server_server_js__WEBPACK_IMPORTED_MODULE_3__/* .explainingErrors */ .ng)(psql, database, () => (0,_postgres_properties_read_js__WEBPACK_IMPORTED_MODULE_0__/* .readProperties */ .Q)(psql, database, database));
    const rights = (0,_postgres_properties_serialize_js__WEBPACK_IMPORTED_MODULE_2__/* .recordedGrants */ .Ee)(grants, (text) => (0,_archive_metadata_js__WEBPACK_IMPORTED_MODULE_4__/* .hasRoom */ .AB)(text, _archive_metadata_js__WEBPACK_IMPORTED_MODULE_4__/* .longest */ .xS.rights));
    if (!(0,_postgres_properties_restore_mark_js__WEBPACK_IMPORTED_MODULE_1__/* .readRestoreMark */ .gr)(comment))
        return { rights, notes: [] };
    const text = `Database ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_5__/* .quoted */ .TL)(database)} is incomplete, since a restore into it did not finish: this backup may lack data. Run that restore again with the same backup_file_name; it restores the settings and privileges of the database, too.`;
    step.warn(text);
    return { rights, notes: [{ text }] };
}


/***/ }),

/***/ 5067:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  A: () => (/* binding */ inspectExtensionsToBackUp)
});

// EXTERNAL MODULE: ./build/base/format.js
var format = __webpack_require__(8253);
// EXTERNAL MODULE: ./build/postgres/dump/exclude-options.js
var exclude_options = __webpack_require__(6544);
// EXTERNAL MODULE: ./build/postgres/server/server.js
var server = __webpack_require__(2221);
// EXTERNAL MODULE: ./build/postgres/session/psql.js
var session_psql = __webpack_require__(1793);
;// CONCATENATED MODULE: ./build/postgres/dump/extensions.js


/**
 * Asks a database about its extensions.
 * @throws Failure if the server can't be reached or refuses
 */
async function databaseExtensions(psql, database) {
    const output = await (0,server/* explainingErrors */.ng)(psql, database, () => (0,session_psql/* runScript */.j3)(psql, database, script));
    const lines = output.split('\n').filter((line) => line !== '');
    const [head, ...closed] = lines.map((line) => JSON.parse(line));
    return { ...head, closed: closed };
}
/**
 * The condition of a table is SQL that the extension has set, and that pg_dump runs as well. psql sends what a query with \\gexec
 * returns to the server as it stands. One that fails, fails in pg_dump too, which then says so.
 */
const script = `SELECT json_build_object(
    'versions', coalesce(json_object_agg(extname, extversion), '{}'),
    'schemas', coalesce(json_object_agg(extname, schemas), '{}'))
  FROM (SELECT e.extname, e.extversion, json_build_array(h.nspname)::jsonb || coalesce((
      SELECT jsonb_agg(n.nspname) FROM pg_depend AS d JOIN pg_namespace AS n ON n.oid = d.objid
      WHERE d.classid = 'pg_catalog.pg_namespace'::regclass AND d.deptype = 'e'
        AND d.refclassid = 'pg_catalog.pg_extension'::regclass AND d.refobjid = e.oid), '[]') AS schemas
    FROM pg_extension AS e JOIN pg_namespace AS h ON h.oid = e.extnamespace WHERE e.extname <> 'plpgsql') AS installed;
\\set ON_ERROR_STOP 0
SELECT format('SELECT json_build_object(''extension'', %L, ''schema'', %L, ''name'', %L, ''role'', %L, ''rows'', count(*)) FROM (SELECT FROM %I.%I %s LIMIT 1000) AS x HAVING count(*) > 0',
    extname, nspname, relname, rolname, nspname, relname, condition)
  FROM (SELECT r.rolname, e.extname, n.nspname, c.relname, coalesce(e.extcondition[i], '') AS condition
    FROM pg_extension AS e, generate_subscripts(e.extconfig, 1) AS i
    JOIN pg_roles AS r ON r.rolname = (SELECT CASE WHEN pg_has_role(datdba, 'USAGE') THEN current_user ELSE pg_get_userbyid(datdba) END
      FROM pg_database WHERE datname = current_database())
    JOIN pg_class AS c ON true JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.oid = e.extconfig[i] AND c.relkind IN ('r', 'p') AND has_schema_privilege(n.oid, 'USAGE')
      AND has_table_privilege(c.oid, 'SELECT') AND NOT (has_table_privilege(r.rolname, c.oid, 'INSERT')
        AND (r.rolname <> current_user OR NOT row_security_active(c.oid)))
    ORDER BY 2, 3, 4) AS configured
\\gexec
`;

;// CONCATENATED MODULE: ./build/postgres/dump/patterns.js
/*
 * What the options of pg_dump leave out, as far as it has to be known before a dump.
 * https://www.postgresql.org/docs/current/app-psql.html#APP-PSQL-PATTERNS
 */
/** What `*` stands for in a pattern, any number of characters, and `?`, a single one. */
const [many, one] = [Symbol('*'), Symbol('?')];
/**
 * The parts of a pattern, `schema.name` or `name`, each as single characters. Like pg_dump, it lowers the letters of ASCII only.
 * https://github.com/postgres/postgres/blob/master/src/fe_utils/string_utils.c (patternToSQLRegex)
 */
function patternParts(pattern) {
    const parts = [[]];
    for (const [token] of pattern.matchAll(/"(?:""|[^"])*"?|[^".*?]+|[.*?]/gu)) {
        if (token === '.')
            parts.push([]);
        else
            for (const sign of signsOf(token))
                parts.at(-1)?.push(sign);
    }
    return parts;
}
function signsOf(token) {
    if (token === '*')
        return [many];
    if (token === '?')
        return [one];
    if (!token.startsWith('"'))
        return Array.from(token.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()));
    return Array.from(token.replace(/^"|"$/g, '').replaceAll('""', '"'));
}
/** Whether a name is as a part of a pattern says. A regular expression would try every way to share a name out among many stars. */
function fitsPattern(signs, name) {
    if (!signs)
        return false;
    const characters = Array.from(name);
    let [sign, at] = [0, 0];
    /** Behind the last star, and as much of the name as it has taken. */
    let again;
    while (at < characters.length) {
        const wanted = signs[sign];
        if (wanted === many)
            again = { sign: ++sign, at };
        else if (wanted === one || wanted === characters[at])
            [sign, at] = [sign + 1, at + 1];
        else if (again)
            [sign, at] = [again.sign, ++again.at];
        else
            return false;
    }
    return signs.slice(sign).every((left) => left === many);
}
/** The values of an option, `--long=value` and `--long`, `value`. */
function valuesOf(options, names) {
    return options.flatMap((option, index) => {
        const [, name = '', value] = /^(--?[^=]+)(?:=(.*))?$/s.exec(option) ?? [];
        if (!names.includes(name))
            return [];
        return value ?? options[index + 1] ?? [];
    });
}
/**
 * Outside of quotes pg_dump takes the notation of regular expressions as the server does, but for `$`: `ref_[0-9]+` (tried with 15).
 * What such a pattern fits is not judged here.
 */
function isRegularExpression(pattern) {
    return /[()[\]{}|+^\\]/.test(pattern.replace(/"[^"]*"?/g, ''));
}
/** Whether options of pg_dump leave out the rows of a table, as far as that can be judged: if not, people are told too much. */
function excludesTableData(options, { schema, name }) {
    if (options.some((option) => /^(--schema-o|-s$)/.test(option)))
        return true;
    return valuesOf(options, ['--exclude-table-data', '--exclude-table-data-and-children']).some((pattern) => {
        if (isRegularExpression(pattern))
            return false;
        const parts = patternParts(pattern);
        const [last, before] = parts.toReversed();
        return fitsPattern(last, name) && (before === undefined || fitsPattern(before, schema));
    });
}
/** Whether options of pg_dump leave out an extension, as far as that can be judged. */
function excludesExtension(options, name) {
    const isMeant = (pattern) => fitsPattern(patternParts(pattern).at(-1), name);
    const only = valuesOf(options, ['--extension', '-e']);
    if (only.length > 0 && !only.some((pattern) => isRegularExpression(pattern) || isMeant(pattern)))
        return true;
    return valuesOf(options, ['--exclude-extension']).some((pattern) => !isRegularExpression(pattern) && isMeant(pattern));
}

// EXTERNAL MODULE: ./build/postgres/server/database-of-extension.js
var database_of_extension = __webpack_require__(6245);
;// CONCATENATED MODULE: ./build/jobs/backup/extensions.js





/**
 * Finds out which extensions a backup will have, and warns of what a restore by the same role could not bring back.
 * @throws Failure if the server can't be reached or refuses
 */
async function inspectExtensionsToBackUp({ database, dumpOptions }, { psql, client }, step) {
    const { versions, schemas, closed } = await databaseExtensions(psql, database);
    const all = Object.keys(versions);
    const names = all.filter((name) => !excludesExtension(dumpOptions, name));
    const asked = names.map((name) => ({
        name,
        schemas: (schemas[name] ?? []).filter((schema) => schema !== 'public'),
    }));
    const bound = await (0,database_of_extension/* databasesOfExtensions */.c)(psql, database, asked);
    const rows = closed
        .filter((table) => names.includes(table.extension) && !excludesTableData(dumpOptions, table))
        .map(({ extension, schema, name, role, rows: count }) => {
        const many = count === 1 ? '1 row' : count === 1000 ? '1000 rows or more' : `${count} rows`;
        return (`The backup contains ${many} of the table ${(0,format/* quoted */.TL)(`${schema}.${name}`)} of the extension ${(0,format/* quoted */.TL)(extension)}, and the role ` +
            `${(0,format/* quoted */.TL)(role)} may not write there: a restore by this role will be refused. Restore as a role that may, such as a superuser; or leave the rows out, with pg_dump_options:\n${(0,exclude_options/* withoutRowsOption */.v)({ schema, name })}`);
    });
    const alone = Array.from(bound, ([name, { setting, value }]) => {
        const where = value === undefined ? '' : `, ${(0,format/* quoted */.TL)(value)} now`;
        return `The extension ${(0,format/* quoted */.TL)(name)} can be created only in the database that the server parameter ${setting} names${where}: this backup cannot be restored with restore_strategy: swap, nor under another database name. Restore it with restore_strategy: drop, where that parameter names the restored database; or leave the extension and its rows out of the backup, with pg_dump_options:\n${(0,exclude_options/* withoutExtensionOption */.B)(name, names, client.major).join('\n')}`;
    });
    const warnings = [...rows, ...alone];
    for (const text of warnings)
        step.warn(text);
    return {
        versions: Object.fromEntries(names.map((name) => [name, versions[name] ?? ''])),
        notes: warnings.map((text) => ({ text })),
    };
}


/***/ }),

/***/ 8810:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ warnOfFunctions)
/* harmony export */ });
/* unused harmony export warningsOfFunctions */
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8253);
/* harmony import */ var _postgres_dump_function_uses_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6969);
/* harmony import */ var _preflight_finding_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8716);



/** Warns of what may make trouble when the backup of a database is restored, and returns it for the page of the run. */
async function warnOfFunctions(psql, database, step) {
    const uses = await (0,_postgres_dump_function_uses_js__WEBPACK_IMPORTED_MODULE_0__/* .functionUses */ .T)(psql, database);
    if (uses.found === undefined) {
        step.info(`Could not check whether a restore would break functions: ${uses.reason}`);
        return [];
    }
    const notes = warningsOfFunctions(database, uses.found);
    for (const note of notes)
        step.warn(note.text, note.sql);
    return notes;
}
/**
 * What of a database may make trouble when its backup is restored, each with the SQL that mends it as long as there is the
 * original. Tried on 15 and 17.
 */
function warningsOfFunctions(database, { lost, readers }) {
    const checks = readers.filter(({ use }) => use === 'check');
    const computed = readers.filter(({ use }) => use !== 'check');
    return [
        ...(lost.length > 0 ? [lostNote(database, lost)] : []),
        ...(checks.length > 0 ? [checkNote(database, checks)] : []),
        ...(computed.length > 0 ? [computedNote(computed)] : []),
    ];
}
function lostNote(database, lost) {
    const each = lost.map(({ signature, names, uses, extension }) => `- ${signature}${extension === null ? '' : ` of the extension ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .TL)(extension)}`} names ` +
        `${(0,_preflight_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .firstFew */ .Dt)(names.map(_base_format_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .TL))} without a schema; used by ${(0,_preflight_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .firstFew */ .Dt)(uses)}`);
    const own = lost.filter(({ extension }) => extension === null);
    const ofExtensions = own.length === lost.length
        ? ''
        : "\nA backup does not keep changes of an extension's functions: call such a function only from one of your own that has SET search_path.";
    return {
        text: 'A restore of this backup may fail: pg_restore works with an empty search_path, with which these functions cannot find what they name:\n' +
            `${firstLines(each)}${ofExtensions}` +
            (own.length === 0 ? '' : `\nTo fix it, run this in database ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .TL)(database)}, then back up again:`),
        sql: own.map(({ kind, signature, schemas }) => `ALTER ${kind} ${signature} SET search_path = ${schemas.join(', ')};`),
    };
}
function checkNote(database, checks) {
    const each = checks.map(({ name, tables }) => `- ${name} reads ${(0,_preflight_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .firstFew */ .Dt)(tables)}`);
    return {
        text: 'A restore of this backup may fail: these checks read tables that may still be empty when the rows are checked:\n' +
            `${firstLines(each)}\nDeclared NOT VALID, they are restored after all rows, and still check new ones. To do that, run this in database ` +
            `${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .TL)(database)}, then back up again:`,
        sql: [...new Set(checks.flatMap(notValid))],
    };
}
/** One line for a table, which is never without its check; a domain takes two statements. */
function notValid({ host, constraint, definition }) {
    const [drop, add] = [
        `DROP CONSTRAINT ${constraint}`,
        `ADD CONSTRAINT ${constraint} ${definition} NOT VALID`,
    ];
    return host?.startsWith('DOMAIN ')
        ? [`ALTER ${host} ${drop};`, `ALTER ${host} ${add};`]
        : [`ALTER ${host} ${drop}, ${add};`];
}
function computedNote(computed) {
    const each = computed.map(({ use, name, signature, tables }) => `- ${use} ${name}, by ${signature}, reads ${(0,_preflight_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .firstFew */ .Dt)(tables)}`);
    return {
        text: 'A restore of this backup may compute other values, or fail: these are computed for each row from tables that may still be empty then:\n' +
            `${firstLines(each)}\nMake a generated column a plain one (ALTER TABLE … ALTER … DROP EXPRESSION) that a trigger BEFORE INSERT OR UPDATE fills: its values are then restored as they were.`,
    };
}
const mostFunctionsListed = 10;
function firstLines(lines) {
    const more = lines.length - mostFunctionsListed;
    return [
        ...lines.slice(0, mostFunctionsListed).map(_base_format_js__WEBPACK_IMPORTED_MODULE_2__/* .inOneLine */ .UX),
        ...(more > 0 ? [`- and ${more} more`] : []),
    ].join('\n');
}


/***/ }),

/***/ 5134:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ warnOfSize)
/* harmony export */ });
/* unused harmony export sizeWarning */
/* harmony import */ var _azure_storage_new_backup_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9891);
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8253);
/* harmony import */ var _postgres_dump_compression_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5295);
/* harmony import */ var _postgres_server_content_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4157);




/**
 * Warns before a dump if it may turn out larger than a backup can be. That is never certain: dead rows take room too, compression saves
 * some, and options leave rows out. So it is no error.
 */
async function warnOfSize({ psql, server }, database, compression, step) {
    if (server.size <= _azure_storage_new_backup_js__WEBPACK_IMPORTED_MODULE_0__/* .largestBackup */ .HR)
        return;
    const bytes = await (0,_postgres_server_content_js__WEBPACK_IMPORTED_MODULE_2__/* .dumpedBytes */ .Ve)(psql, database);
    const text = sizeWarning(database, bytes ?? server.size, compression, _azure_storage_new_backup_js__WEBPACK_IMPORTED_MODULE_0__/* .largestBackup */ .HR);
    if (text !== undefined)
        step.warn(text);
}
/**
 * What is to be said of a database of this size.
 * @param bytes of rows and large objects, as they lie on the server
 * @param most how many a backup can have
 */
function sizeWarning(database, bytes, compression, most) {
    if (bytes <= most)
        return undefined;
    const smaller = compression.method === 'none'
        ? 'It is not compressed (compression: none), so it may be as large'
        : `Compression (${(0,_postgres_dump_compression_js__WEBPACK_IMPORTED_MODULE_1__/* .describeCompression */ .uR)(compression)}) has to make it smaller`;
    return (`The backup of database ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .TL)(database)} may become too large: the tables have ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .formatBytes */ .z3)(bytes)} on the server, without indexes, ` +
        `and a backup can have ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .formatBytes */ .z3)(most)}. ${smaller}. If it reaches that size, the job fails at once. ${_azure_storage_new_backup_js__WEBPACK_IMPORTED_MODULE_0__/* .waysToFit */ .NF}`);
}


/***/ }),

/***/ 9501:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ problemOfTier)
/* harmony export */ });
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8253);

/** The problem of a backup that the account did not take in the tier that was asked for. */
function problemOfTier(name, { tier, cause }) {
    return {
        title: 'Backup complete, access tier refused',
        tried: `Committing ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .quoted */ .TL)(name)} in the ${tier} tier`,
        cause,
        advice: 'Leave access_tier out, or use a storage account that has this tier: accounts of premium performance have none, and those of an older kind not all.',
        state: `Backup ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .quoted */ .TL)(name)} is complete, in the default tier of the account.`,
    };
}


/***/ }),

/***/ 9648:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  B: () => (/* binding */ dump),
  y: () => (/* binding */ supportsZstd)
});

// EXTERNAL MODULE: ./build/base/failure.js
var failure = __webpack_require__(7306);
// EXTERNAL MODULE: ./build/base/process.js + 1 modules
var base_process = __webpack_require__(3418);
// EXTERNAL MODULE: ./build/postgres/session/connection.js
var session_connection = __webpack_require__(1453);
// EXTERNAL MODULE: ./build/postgres/session/reconnect.js + 2 modules
var reconnect = __webpack_require__(6976);
// EXTERNAL MODULE: ./build/postgres/dump/compression.js
var dump_compression = __webpack_require__(5295);
// EXTERNAL MODULE: ./build/base/format.js
var format = __webpack_require__(8253);
// EXTERNAL MODULE: ./build/postgres/errors/advice.js
var errors_advice = __webpack_require__(9378);
// EXTERNAL MODULE: ./build/postgres/errors/explain.js
var explain = __webpack_require__(8163);
// EXTERNAL MODULE: ./build/postgres/errors/kinds.js
var kinds = __webpack_require__(6519);
// EXTERNAL MODULE: ./build/postgres/errors/shared-advice.js
var shared_advice = __webpack_require__(3588);
// EXTERNAL MODULE: ./build/postgres/session/psql.js
var session_psql = __webpack_require__(1793);
// EXTERNAL MODULE: ./build/postgres/session/sql-text.js
var sql_text = __webpack_require__(4953);
;// CONCATENATED MODULE: ./build/postgres/dump/lock-holders.js


/** Only this kind of lock stands in the way of a dump: https://www.postgresql.org/docs/current/explicit-locking.html */
const lockHoldersQuery = `SELECT coalesce(json_agg(json_build_object(
    'table', format('%I.%I', n.nspname, c.relname),
    'granted', l.granted,
    'pid', l.pid,
    'role', a.usename,
    'application', nullif(a.application_name, ''),
    'since', to_char(a.xact_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"')) ORDER BY l.granted DESC), '[]')
  FROM pg_locks AS l
    JOIN pg_class AS c ON c.oid = l.relation JOIN pg_namespace AS n ON n.oid = c.relnamespace
    LEFT JOIN pg_stat_activity AS a ON a.pid = l.pid
  WHERE l.mode = 'AccessExclusiveLock' AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
/**
 * Asks who holds the locks that `pg_dump` waited for in vain. Never throws; finds nobody if the server does not answer, or they
 * are gone.
 * @param said what `pg_dump` said, with the names of the tables that it wanted to lock
 */
async function lockHolders(psql, database, said) {
    const holders = await (0,session_psql/* ask */.kA)(psql, database, lockHoldersQuery).catch(() => []);
    return holders.filter(({ table }) => said.includes(table));
}
/** What to do about those who hold locks, at least one. */
function adviceOnLocks(holders) {
    const [{ pid } = { pid: null }] = holders;
    const end = pid === null
        ? 'or commit it or roll it back, then run the job again.'
        : `then run the job again. To end the session, as its role or as an administrator:\nSELECT pg_terminate_backend(${pid});`;
    return `${holders.slice(0, 3).map(describeLockHolder).join(' ')} Wait until that is over, ${end}`;
}
function describeLockHolder({ table, granted, pid, role, application, since }) {
    const verb = granted ? 'is locked by' : 'will be locked next by';
    if (pid === null)
        return `Table ${(0,format/* inOneLine */.UX)(table)} ${verb} a prepared transaction (pg_prepared_xacts).`;
    const known = [
        role !== null && ` of role ${(0,format/* quoted */.TL)(role)}`,
        application !== null && ` with application ${(0,format/* quoted */.TL)(application)}`,
        since !== null && `, whose transaction began ${(0,format/* plain */.pj)(since)}`,
    ].filter((part) => part !== false);
    return `Table ${(0,format/* inOneLine */.UX)(table)} ${verb} session ${pid}${known.join('')}.`;
}

// EXTERNAL MODULE: ./build/postgres/errors/server-message.js
var server_message = __webpack_require__(4435);
;// CONCATENATED MODULE: ./build/postgres/dump/oversized.js



/** A name with its schema, in a statement of `pg_dump`. */
const qualified = '(?:"(?:[^"]|"")+"|[^\\s".(]+)\\.(?:"(?:[^"]|"")+"|[^\\s".(]+)';
/** PostgreSQL makes no piece of memory of 1 GiB or more. https://www.postgresql.org/docs/current/limits.html */
const largestPiece = 2 ** 30 - 1;
/**
 * The table with a row or a value that no dump can have, if that is why a dump failed: the server puts a row together as text,
 * which may not reach 1 GiB, and neither may the text of a value. One of its messages has no translation, the other tells in
 * any language how much there was, and what was to be added.
 * https://github.com/postgres/postgres/blob/master/src/common/stringinfo.c (enlargeStringInfo)
 * @param all what `pg_dump` said
 */
function oversizedTable(all) {
    const said = (0,server_message/* searchablePart */.Aj)(all);
    const [, is = '0', more = '0'] = /DETAIL: [^\n]*?(\d+)\D[^\n]*?(\d+)/.exec(said) ?? [];
    if (!/invalid memory alloc request size/.test(said) && Number(is) + Number(more) < largestPiece)
        return undefined;
    return new RegExp(`ommand was: COPY (${qualified})`).exec(said)?.[1];
}
const columns = `SELECT coalesce(json_agg(json_build_object('name', quote_ident(attname), 'type', typname) ORDER BY attnum), '[]')
  FROM pg_attribute AS a JOIN pg_type AS t ON t.oid = atttypid
  WHERE attrelid = to_regclass(:'table') AND attnum > 0 AND NOT attisdropped AND a.attlen = -1`;
/** How many bytes the text of a column has, about, without reading it where that is possible. */
function textSize({ name, type }) {
    if (type === 'bytea')
        return `2 * octet_length(${name})::bigint`;
    if (type === 'bit' || type === 'varbit')
        return `bit_length(${name})::bigint`;
    if (type === 'text' || type === 'varchar' || type === 'bpchar')
        return `octet_length(${name})::bigint`;
    return `pg_column_size(${name})::bigint`;
}
/**
 * What to do about a table with a row that is too large. The ways were tried: with the 1 GB of text that 540 MB of `bytea` come
 * to, `COPY` in binary format is content.
 * @param table quoted where SQL needs it
 */
async function adviceOnOversized(psql, database, table) {
    const found = await (0,session_psql/* ask */.kA)(psql, database, columns, { table }).catch(() => []);
    const sizes = found.map((column) => `coalesce(${textSize(column)}, 0)`).join(' + ');
    const query = sizes === ''
        ? ''
        : ` This query finds it:\n${(0,sql_text/* toPaste */.XM)(`SELECT ctid, ${sizes} AS bytes FROM ${table} ORDER BY 2 DESC LIMIT 10;`)}\n`;
    return (`Table ${table} has a row that is too large for pg_dump: as text, which doubles a bytea, the row or a value in it reaches 1 GB. ` +
        `More memory does not help.${query || ' '}` +
        'Keep it in several rows or as a large object (lo_from_bytea), then run the job again. Or leave the rows of this table out, with ' +
        `pg_dump_options:\n--exclude-table-data=${asPattern(table)}\nand keep them in a file that psql writes, and reads after a restore:\n\\copy ${table} TO 'rows.bin' (FORMAT binary)\n\\copy ${table} FROM 'rows.bin' (FORMAT binary)`);
}
/** A table as a pattern of `pg_dump` in one word: a space is any character, outside of the quotes. */
function asPattern(table) {
    return table.replace(/\s/g, '"?"');
}

;// CONCATENATED MODULE: ./build/postgres/dump/explain.js









/**
 * The cause of a failed `pg_dump` in its words and the server's, and what to do. What the server's catalogs can tell is asked,
 * since its words may be in any language.
 */
async function explainDumpError(psql, database, error) {
    const explanation = (0,explain.explainServerError)(error, { role: psql.connection.user, database });
    const said = error.stderr;
    const large = oversizedTable(said);
    if (large !== undefined)
        return { ...explanation, advice: await adviceOnOversized(psql, database, large) };
    const known = (0,errors_advice/* adviceFor */.c)(said);
    if (known === shared_advice/* readAdvice */.Nc)
        return { ...explanation, advice: known + (await asAnother(psql, database)) };
    if (known !== undefined && !(0,kinds/* isLockTimeout */.Td)(said))
        return explanation;
    const holders = await lockHolders(psql, database, lockedIn(said));
    if (holders.length > 0)
        return { ...explanation, advice: adviceOnLocks(holders) };
    const advice = known ?? (await fromCatalog(psql, database, said)) ?? explanation.advice;
    return {
        ...explanation,
        advice: advice === shared_advice/* readAdvice */.Nc ? advice + (await asAnother(psql, database)) : advice,
    };
}
/** What there is to say where a setting makes the login role another one; empty if none does. */
async function asAnother(psql, database) {
    const question = 'SELECT to_json(CASE WHEN current_user <> session_user THEN current_user::text END)';
    // psql prints nothing for null.
    const role = await (0,session_psql/* ask */.kA)(psql, database, question).catch(() => undefined);
    return role === undefined
        ? ''
        : ` A setting makes the role act as ${(0,format/* quoted */.TL)(role)} here. To remove it, one of these:\n${resetRole(psql, database)}`;
}
/** The setting may be of the role, or of the role in this database. */
function resetRole({ connection: { user } }, database) {
    return [
        `ALTER ROLE ${(0,sql_text/* identifier */.Cv)(user)} RESET role;`,
        `ALTER ROLE ${(0,sql_text/* identifier */.Cv)(user)} IN DATABASE ${(0,sql_text/* identifier */.Cv)(database)} RESET role;`,
    ]
        .map(sql_text/* toPaste */.XM)
        .join('\n');
}
/** What a statement of `pg_dump` is about; empty if it is no LOCK TABLE. */
function lockedIn(said) {
    return /uery was: LOCK TABLE (.*)/s.exec(said)?.[1] ?? '';
}
const statesQuery = `SELECT coalesce(json_agg(json_build_object('name', name, 'exists', c.oid IS NOT NULL,
    'readable', coalesce(has_table_privilege(c.oid, 'SELECT') AND has_schema_privilege(relnamespace, 'USAGE'), false),
    'hidden', coalesce(row_security_active(c.oid), false),
    'forced', coalesce(relforcerowsecurity AND pg_has_role(relowner, 'USAGE'), false))), '[]')
  FROM json_array_elements_text(:'names') AS n(name) LEFT JOIN pg_class AS c ON c.oid = to_regclass(name)`;
/** A name with its schema, at the beginning of a list. */
const firstListedName = /^((?:"(?:[^"]|"")+"|[^\s".,(]+)\.(?:"(?:[^"]|"")+"|[^\s".,(]+))(?:, )?/;
/** How many tables are asked about: `pg_dump` 16 and newer lock thousands by one statement. */
const mostAskedFor = 500;
async function fromCatalog(psql, database, said) {
    const names = tablesIn(lockedIn(said) || /(?:uery|ommand) was: COPY (.*)/s.exec(said)?.[1] || '');
    if (names.length === 0)
        return undefined;
    const tables = await (0,session_psql/* ask */.kA)(psql, database, statesQuery, { names: JSON.stringify(names) }).catch(() => []);
    if (tables.some(({ exists }) => !exists))
        return shared_advice/* changedAdvice */.rs;
    if (tables.some(({ readable }) => !readable))
        return shared_advice/* readAdvice */.Nc;
    const hidden = tables.find((table) => table.hidden);
    return hidden && (0,shared_advice/* adviceOnPolicies */.aV)(hidden.name, hidden.forced);
}
/** The tables that such a list begins with, each as SQL names it, `asked` at most. */
function tablesIn(list) {
    const names = [];
    for (let rest = list; names.length < mostAskedFor;) {
        const [whole, name] = firstListedName.exec(rest) ?? [];
        if (whole === undefined || name === undefined)
            break;
        names.push(name);
        rest = rest.slice(whole.length);
    }
    return names;
}

;// CONCATENATED MODULE: ./build/postgres/dump/dump.js






/** How long `pg_dump` waits for a lock that someone holds on a table, in milliseconds, unless its options say otherwise. */
const lockWaitTimeout = 300_000;
/**
 * Starts `pg_dump` in custom format. The archive is its standard output; `finished` tells whether it is complete, and
 * rejects with a `Failure` in the server's words if it is not.
 * @param options further arguments of `pg_dump`
 * @param warn is given the warnings of `pg_dump`
 */
function dump(client, connection, database, compression, options, warn, signal) {
    const psql = { program: client.psql, connection, signal };
    const running = (0,reconnect/* startConnected */.I)(psql, database, {
        program: client.pgDump,
        args: [
            '--format=custom',
            `--compress=${(0,dump_compression/* compressArgument */.m9)(compression, client.major)}`,
            `--lock-wait-timeout=${lockWaitTimeout}`,
            '--no-password',
            ...options,
            '--dbname',
            (0,session_connection/* connectionString */.cF)(database, connection),
        ],
        onStderrLine: (line) => {
            if (/^pg_dump: warning:/.test(line))
                warn(line);
        },
    });
    const finished = running.finished.catch(async (error) => {
        if (!(error instanceof base_process/* ProcessFailure */.iq))
            throw error;
        const tried = `pg_dump of ${(0,session_connection/* describeDatabase */.DZ)(connection, database)}`;
        const explanation = await explainDumpError(psql, database, error);
        throw new failure/* Failure */.HR({ tried, ...explanation, ...adviceOnOptions(error.stderr, options) }, { cause: error });
    });
    finished.catch(() => { });
    return { ...running, finished };
}
/**
 * Options that `pg_dump` has and cannot work with: two that exclude each other, a value that is none, a pattern that fits nothing.
 * These are its own words, which LC_ALL keeps English whatever the server speaks.
 */
const optionProblem = /^pg_dump: error: (options? -|unrecognized section name|invalid value .* for option|no matching |could not open filter file|--\S+ must be in range)/m;
function adviceOnOptions(stderr, options) {
    if (options.length === 0 || !optionProblem.test(stderr))
        return {};
    return { advice: 'Correct pg_dump_options, then run the job again.' };
}
/**
 * Whether this `pg_dump` was built with zstd, which a version 16 or newer may lack. It checks that before it connects, so
 * it is sent to a socket that does not exist, and what it complains of tells.
 */
async function supportsZstd(client, signal) {
    if (!(0,dump_compression/* canCompress */.RQ)({ method: 'zstd' }, client.major))
        return false;
    const args = ['--format=custom', '--compress=zstd', '--no-password', '--dbname=host=/nonexistent'];
    try {
        await (0,base_process/* run */.eF)({ program: client.pgDump, args, env: { LC_ALL: 'C', PATH: process.env['PATH'] }, signal });
    }
    catch (error) {
        if (!(error instanceof base_process/* ProcessFailure */.iq))
            throw error;
        return error.stderr.includes('/nonexistent');
    }
    return true;
}


/***/ }),

/***/ 7015:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  l: () => (/* binding */ existingDatabase)
});

// UNUSED EXPORTS: adviceOnMissing

// EXTERNAL MODULE: ./build/base/failure.js
var failure = __webpack_require__(7306);
// EXTERNAL MODULE: ./build/base/format.js
var format = __webpack_require__(8253);
// EXTERNAL MODULE: ./build/base/process.js + 1 modules
var process = __webpack_require__(3418);
// EXTERNAL MODULE: ./build/postgres/errors/advice.js
var advice = __webpack_require__(9378);
// EXTERNAL MODULE: ./build/postgres/errors/server-message.js
var server_message = __webpack_require__(4435);
// EXTERNAL MODULE: ./build/postgres/session/psql.js
var session_psql = __webpack_require__(1793);
// EXTERNAL MODULE: ./build/postgres/server/server.js
var server = __webpack_require__(2221);
;// CONCATENATED MODULE: ./build/postgres/server/similar-names.js
const mostSimilarNames = 5;
/** A part of a name says little if it is shorter than this. */
const shortestPart = 3;
/** Of some names, those that may have been meant by one that is not among them: the most similar first, and five at most. */
function similarNames(wanted, names) {
    return names
        .map((name) => ({ name, distance: distance(withoutDiacritics(wanted), withoutDiacritics(name)) }))
        .filter(({ distance }) => distance !== undefined)
        .sort((a, b) => (a.distance ?? 0) - (b.distance ?? 0) || (a.name < b.name ? -1 : 1))
        .slice(0, mostSimilarNames)
        .map(({ name }) => name);
}
function withoutDiacritics(name) {
    return name.trim().toLowerCase();
}
/** The number of slips of the pen between two names; more if one is a part of the other; undefined if they are not similar. */
function distance(a, b) {
    const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a];
    const slips = slipsBetween(shorter, longer);
    if (slips <= Math.max(1, Math.floor(shorter.length / 4)) && shorter.length > 1)
        return slips;
    return shorter.length >= shortestPart && longer.includes(shorter) ? 100 + slips : undefined;
}
/** How many characters have to be put in, left out, replaced, or exchanged with their neighbour. */
function slipsBetween(a, b) {
    const [from, to] = [Array.from(a), Array.from(b)];
    let [beforeLast, last] = [[], [0, ...to.map((_, index) => index + 1)]];
    for (const [i, character] of from.entries()) {
        const row = [i + 1];
        for (const [j, other] of to.entries()) {
            const same = character === other;
            const swapped = character === to[j - 1] && other === from[i - 1];
            row.push(Math.min((last?.[j] ?? 0) + (same ? 0 : 1), (last?.[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1, swapped ? (beforeLast?.[j - 1] ?? 0) + 1 : Number.POSITIVE_INFINITY));
        }
        [beforeLast, last] = [last, row];
    }
    return last?.at(-1) ?? 0;
}

;// CONCATENATED MODULE: ./build/postgres/server/missing-database.js








/**
 * Asks about the server and one of its databases, as `databaseFacts` does.
 * @throws Failure if the server can't be reached or refuses; if there is no such database, it names those that are called alike
 */
async function existingDatabase(psql, database) {
    try {
        return await (0,server/* databaseFacts */.vS)(psql, database);
    }
    catch (error) {
        if (!(error instanceof failure/* Failure */.HR && mayBeMissing(error.cause, database)))
            throw error;
        const names = await databaseNames(psql).catch(() => undefined);
        if (!names || names.includes(database))
            throw error;
        throw new failure/* Failure */.HR({ ...error.explanation, advice: adviceOnMissing(database, names) }, { cause: error.cause });
    }
}
/** What to do about a database that is not there. */
function adviceOnMissing(database, names) {
    const similar = similarNames(database, names);
    return similar.length === 0
        ? 'Check db_name and azure_db_host: no database on this server has a similar name.'
        : `Check db_name (case and spaces matter). This server has ${similar.map(format/* quoted */.TL).join(', ')}.`;
}
/** Whether the server may have said, in whatever language, that there is no such database. psql exits with 2 if it could not connect. */
function mayBeMissing(error, database) {
    if (!(error instanceof process/* ProcessFailure */.iq && error.exitCode === 2))
        return false;
    const { stderr } = error;
    return (/database ".*" does not exist/s.test((0,server_message/* searchablePart */.Aj)(stderr)) ||
        (!(0,advice/* adviceFor */.c)(stderr) && stderr.includes(database)));
}
async function databaseNames(psql) {
    const query = `SELECT coalesce(json_agg(datname), '[]') FROM pg_database WHERE datallowconn AND NOT datistemplate`;
    return (0,session_psql/* ask */.kA)(psql, server/* maintenanceDatabase */.Xb, query);
}


/***/ })

};
