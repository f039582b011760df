export const id = 413;
export const ids = [413];
export const modules = {

/***/ 3413:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  check: () => (/* binding */ check)
});

// EXTERNAL MODULE: ./build/azure/storage/backup-store.js + 5 modules
var backup_store = __webpack_require__(9798);
// EXTERNAL MODULE: ./build/base/failure.js
var failure = __webpack_require__(7306);
// EXTERNAL MODULE: ./build/base/format.js
var format = __webpack_require__(8253);
// EXTERNAL MODULE: ./build/postgres/client/known-options.js
var known_options = __webpack_require__(3624);
// EXTERNAL MODULE: ./build/postgres/client/selection-options.js
var selection_options = __webpack_require__(6197);
// EXTERNAL MODULE: ./build/postgres/dump/compression.js
var dump_compression = __webpack_require__(5295);
// EXTERNAL MODULE: ./build/postgres/server/server.js
var server = __webpack_require__(2221);
// EXTERNAL MODULE: ./build/postgres/session/psql.js
var session_psql = __webpack_require__(1793);
;// CONCATENATED MODULE: ./build/postgres/dump/unreadable.js


/** How many of each kind are named. */
const namedAtMost = 100;
/**
 * Asks what of a database this role may not read, before `pg_dump` meets it: that ends at the first, and this finds all. Only what is
 * dumped counts: of extensions, no more than the tables that they say have content of users.
 * @throws Failure if the server can't be reached or refuses
 */
async function readability(psql, database) {
    return (0,server/* explainingErrors */.ng)(psql, database, () => (0,session_psql/* ask */.kA)(psql, database, readabilityQuery));
}
const named = (from, name = 'name') => `(SELECT json_build_object('count', count(*), 'names', coalesce(json_agg(${name} ORDER BY place) FILTER (WHERE place <= ${namedAtMost}), '[]'))
    FROM (SELECT *, row_number() OVER (ORDER BY ${name}) AS place FROM ${from}) AS numbered)`;
/**
 * Rows are read of tables, values of sequences; a partitioned table is locked, for which reading it is needed as well. Large objects have
 * no function that tells who may read them before 18, and pg_read_all_data does not go for them.
 */
const readabilityQuery = `WITH read AS (
  SELECT c.oid, c.relkind, n.nspname, format('%I.%I', n.nspname, c.relname) AS name, c.relowner, c.relforcerowsecurity,
    has_schema_privilege(n.oid, 'USAGE') AS entered,
    CASE WHEN c.relkind = 'S' THEN has_sequence_privilege(c.oid, 'SELECT') ELSE has_table_privilege(c.oid, 'SELECT') END AS readable
  FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'S') AND NOT starts_with(n.nspname, 'pg_') AND n.nspname <> 'information_schema'
    AND (NOT EXISTS (SELECT FROM pg_depend AS d
        WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
      OR EXISTS (SELECT FROM pg_extension AS e WHERE c.oid = ANY (e.extconfig)))
), schemas AS (
  SELECT DISTINCT quote_ident(nspname) AS name FROM read WHERE NOT entered
), tables AS (
  SELECT name FROM read WHERE relkind <> 'S' AND NOT readable
), sequences AS (
  SELECT name FROM read WHERE relkind = 'S' AND NOT readable
), objects AS (
  SELECT oid AS name FROM pg_largeobject_metadata
  WHERE current_setting('lo_compat_privileges') = 'off' AND NOT pg_has_role(lomowner, 'USAGE')
    AND NOT EXISTS (SELECT FROM aclexplode(lomacl) AS a
      WHERE a.privilege_type = 'SELECT' AND CASE a.grantee WHEN 0 THEN true ELSE pg_has_role(a.grantee, 'USAGE') END)
), hiding AS (
  SELECT json_build_object('name', name, 'forced', relforcerowsecurity AND pg_has_role(relowner, 'USAGE')) AS found, name
  FROM read WHERE relkind <> 'S' AND entered AND readable AND row_security_active(oid)
)
SELECT json_build_object(
  'role', current_user,
  'tables', (SELECT count(*) FROM read WHERE relkind <> 'S'),
  'closedSchemas', ${named('schemas')},
  'closedTables', ${named('tables')},
  'closedSequences', ${named('sequences')},
  'closedLargeObjects', ${named('objects', 'name::text')},
  'hiding', (SELECT json_build_object('count', count(*),
      'tables', coalesce(json_agg(found ORDER BY place) FILTER (WHERE place <= ${namedAtMost}), '[]'))
    FROM (SELECT found, row_number() OVER (ORDER BY name) AS place FROM hiding) AS numbered))`;

// EXTERNAL MODULE: ./build/postgres/server/session-overrides.js
var session_overrides = __webpack_require__(9236);
// EXTERNAL MODULE: ./build/jobs/backup/choose-compression.js
var choose_compression = __webpack_require__(7012);
// EXTERNAL MODULE: ./build/jobs/backup/database-grants.js
var database_grants = __webpack_require__(5691);
// EXTERNAL MODULE: ./build/jobs/backup/extensions.js + 2 modules
var backup_extensions = __webpack_require__(5067);
// EXTERNAL MODULE: ./build/jobs/backup/function-warnings.js
var function_warnings = __webpack_require__(8810);
// EXTERNAL MODULE: ./build/jobs/backup/size-warning.js
var size_warning = __webpack_require__(5134);
// EXTERNAL MODULE: ./build/base/process.js + 1 modules
var process = __webpack_require__(3418);
// EXTERNAL MODULE: ./build/base/system-errors.js
var system_errors = __webpack_require__(1703);
// EXTERNAL MODULE: ./build/postgres/errors/explain.js
var explain = __webpack_require__(8163);
;// CONCATENATED MODULE: ./build/jobs/check/checklist.js





/**
 * Tries something, and takes down what came of it: that it passed, each thing that was warned of, or what an error of the job itself
 * would say.
 * @returns undefined where it failed
 */
async function attempt({ checks }, what, step, work) {
    const warnings = [];
    const warn = (text, sql) => void warnings.push(warningAbout(what, text, sql));
    try {
        const { value, detail } = await work({ ...step, warn });
        if (detail !== '')
            checks.push(passedCheck(what, detail));
        return value;
    }
    catch (error) {
        step.signal.throwIfAborted();
        checks.push(failedCheck(what, explanationFor(error)));
        return undefined;
    }
    finally {
        checks.push(...warnings);
    }
}
/** What passed. */
function passedCheck(what, detail) {
    return { what, came: 'passed', detail };
}
/** What did not, as the error of a job tells it. */
function failedCheck(what, { tried, cause, advice }) {
    const detail = tried === undefined ? cause : `${tried} failed: ${cause}`;
    return { what, came: 'failed', detail, ...(advice !== '' && { fix: advice }) };
}
/** Something to know that keeps nobody from anything. What there is to do begins with its second sentence, if it has one. */
function warningAbout(what, text, sql = []) {
    const { sentence, rest } = (0,format/* firstSentence */.qi)(text);
    return {
        ...{ what, came: 'warning', detail: sentence },
        ...(rest !== '' && { fix: rest }),
        ...(sql.length > 0 && { sql }),
    };
}
/**
 * @param why in a sentence
 * @param untried what a job does that may fail although nothing else does, for the verdict
 */
function uncheckedCheck(what, why, untried) {
    return { what, came: 'not checked', detail: why, ...(untried !== undefined && { untried }) };
}
/** What a preflight has found about one thing, each finding that is more than a word about it; and if none stops a restore, that it passed. */
function checksOfFindings(what, findings, detail) {
    const found = findings.flatMap((finding) => {
        if (finding.level === 'error')
            return [failedCheck(what, { cause: finding.text, advice: finding.remedy })];
        return finding.level === 'warning' ? [warningAbout(what, finding.text)] : [];
    });
    const isPassed = detail !== '' && found.every(({ came }) => came !== 'failed');
    return isPassed ? [passedCheck(what, detail), ...found] : found;
}
/** Why something failed. What is not known here is a bug of ours, and ends the job. */
function explanationFor(error) {
    if (error instanceof failure/* Failure */.HR)
        return error.explanation;
    if (error instanceof process/* ProcessFailure */.iq)
        return (0,explain.explainServerError)(error);
    const system = (0,system_errors/* explainSystemError */.T)(error);
    if (system)
        return { cause: system.cause, advice: system.advice ?? '' };
    throw error;
}

// EXTERNAL MODULE: ./build/postgres/dump/dump.js + 3 modules
var dump = __webpack_require__(9648);
// EXTERNAL MODULE: ./build/postgres/errors/kinds.js
var kinds = __webpack_require__(6519);
;// CONCATENATED MODULE: ./build/jobs/check/dump-trial.js






/** What the trial is called. */
const dumpTrial = 'Trial of pg_dump';
/** Options that do not go with --schema-only, or that have pg_dump wait. */
const unfit = /^--(data-only|no-schema|statistics-only|section|include-foreign-data|snapshot|serializable-deferrable|lock-wait-timeout|sequence-data)(=|$)/;
/** For a lock on a table, in milliseconds. A backup waits for it longer. */
const lockWait = 10_000;
/**
 * Has pg_dump read the definitions of a database, and lock its tables for that moment, as a backup does: what it does not like it says
 * itself, and nothing of it is kept.
 */
async function tryDump(area, psql, client, { database, dumpOptions }, step) {
    await attempt(area, dumpTrial, step, async ({ warn, signal }) => {
        const options = dumpOptions.filter((option) => !unfit.test(option));
        const all = ['--schema-only', `--lock-wait-timeout=${lockWait}`, ...options];
        const dumping = (0,dump/* dump */.B)(client, psql.connection, database, { method: 'none' }, all, warn, signal);
        try {
            dumping.stdout.resume();
            await dumping.finished;
        }
        catch (error) {
            if (!isLocked(error))
                throw error;
            const { cause, advice } = error.explanation;
            const waited = `pg_dump waited ${lockWait / 1000} s for a lock on a table; a backup waits up to 5 minutes.`;
            warn(`${waited} ${advice}\n${(0,format/* quoted */.TL)(cause)}`);
            return { value: true, detail: '' };
        }
        finally {
            await dumping.stop();
        }
        return { value: true, detail: 'It read all definitions, and no rows.' };
    });
}
function isLocked(error) {
    return (error instanceof failure/* Failure */.HR && error.cause instanceof process/* ProcessFailure */.iq && (0,kinds/* isLockTimeout */.Td)(error.cause.stderr));
}

// EXTERNAL MODULE: ./build/postgres/errors/shared-advice.js
var shared_advice = __webpack_require__(3588);
// EXTERNAL MODULE: ./build/postgres/session/sql-text.js
var sql_text = __webpack_require__(4953);
// EXTERNAL MODULE: ./build/jobs/preflight/finding.js
var preflight_finding = __webpack_require__(8716);
;// CONCATENATED MODULE: ./build/jobs/check/lacking-rights.js





/** pg_read_all_data came with 14. */
const firstWithReadAll = 14;
/** What there is to say of what `pg_dump` would have to read, all of it at once. */
function readabilityChecks(found, { major, isPart, options }) {
    const what = 'Rights to read';
    const { role, tables, closedSchemas, closedTables, closedSequences, hiding } = found;
    const readsObjects = !options.some((option) => /^--no-(blobs|large-objects)$/.test(option));
    const closedObjects = readsObjects ? found.closedLargeObjects : { count: 0, names: [] };
    const kinds = [
        [closedSchemas, 'schema'],
        [closedTables, 'table'],
        [closedSequences, 'sequence'],
        [closedObjects, 'large object'],
    ];
    const lacking = kinds.flatMap(([{ count: many, names }, kind]) => many === 0 ? [] : [`${(0,format/* count */.U9)(many, kind)} (${(0,preflight_finding/* firstFew */.Dt)(names)}${many > names.length ? ', …' : ''})`]);
    const level = isPart ? 'warning' : 'failed';
    const unless = isPart ? ', which stops a backup unless pg_dump_options leave them out' : '';
    const checks = [];
    if (lacking.length === 0)
        checks.push(passedCheck(what, `The role ${(0,format/* quoted */.TL)(role)} may read ${tables === 0 ? 'all that is there' : `${(0,format/* count */.U9)(tables, 'table')}, and all else that is there`}.`));
    else {
        const cause = `The role ${(0,format/* quoted */.TL)(role)} may not read ${lacking.join(', ')}${unless}.`;
        const grants = missingGrants(found, major, readsObjects);
        const advice = `${shared_advice/* readAdvice */.Nc}\n${grants.words}`;
        checks.push({ ...failedCheck(what, { cause, advice }), came: level, sql: grants.sql });
    }
    const [first] = hiding.tables;
    if (first === undefined)
        checks.push(passedCheck('Row-level security', 'No policy hides rows from this role.'));
    else {
        const names = (0,preflight_finding/* firstFew */.Dt)(hiding.tables.map(({ name }) => (0,format/* quoted */.TL)(name)));
        const cause = `Policies hide rows of ${(0,format/* count */.U9)(hiding.count, 'table')} from the role ${(0,format/* quoted */.TL)(role)}: ${names}${unless}.`;
        const advice = (0,shared_advice/* adviceOnPolicies */.aV)(first.name, first.forced);
        checks.push({ ...failedCheck('Row-level security', { cause, advice }), came: level });
    }
    return checks;
}
/** Statements that let the role read what it may not, and nothing else where that is possible. */
function missingGrants(found, major, readsObjects) {
    const { role, closedSchemas, closedTables, closedSequences, closedLargeObjects } = found;
    const to = (0,sql_text/* identifier */.Cv)(role);
    const named = [
        ...closedSchemas.names.map((name) => `GRANT USAGE ON SCHEMA ${name} TO ${to};`),
        ...closedTables.names.map((name) => `GRANT SELECT ON TABLE ${name} TO ${to};`),
        ...closedSequences.names.map((name) => `GRANT SELECT ON SEQUENCE ${name} TO ${to};`),
    ];
    const objects = readsObjects
        ? closedLargeObjects.names.map((oid) => `GRANT SELECT ON LARGE OBJECT ${oid} TO ${to};`)
        : [];
    const isLong = [closedSchemas, closedTables, closedSequences].some(({ count: many, names }) => many > names.length);
    if (isLong && major >= firstWithReadAll)
        return {
            words: 'As an administrator of the server, in this database:',
            sql: [`GRANT pg_read_all_data TO ${to};`, ...objects],
        };
    return {
        words: 'Or grant what is missing, as its owner or a superuser, in this database:',
        sql: [...named, ...objects],
    };
}

;// CONCATENATED MODULE: ./build/jobs/check/backup.js














/** Checks what a backup meets in its database. @returns the extensions that it would have, if they are known */
async function checkBackup(area, asked, found, step) {
    const { database, compression } = asked;
    const { client, server } = found;
    const entered = await attempt(area, 'Database', step, async (own) => {
        const psql = await (0,session_overrides/* asLoginRole */.W)(found.psql, database);
        await (0,database_grants/* readDatabaseGrants */.r)(psql, database, own);
        const prepared = { ...found, psql, connection: psql.connection };
        const { encoding, collation } = server.locale;
        const detail = `${(0,format/* quoted */.TL)(database)} has ${(0,format/* formatBytes */.z3)(server.size)} (${(0,format/* plain */.pj)(encoding)}, ${(0,format/* plain */.pj)(collation)}).`;
        return { value: prepared, detail };
    });
    const options = await attempt(area, 'pg_dump_options', step, async ({ signal }) => {
        const value = await (0,known_options/* readOptions */.Tt)(client, 'pg_dump', asked.dumpOptions, signal);
        return {
            value,
            detail: value.length === 0 ? '' : `pg_dump ${client.version} takes ${(0,format/* quoted */.TL)(value.join(' '))}.`,
        };
    });
    await attempt(area, 'Compression', step, async (own) => {
        const value = await (0,choose_compression/* chooseCompression */.g)(compression, client, own);
        if (entered)
            await (0,size_warning/* warnOfSize */.H)(entered, database, value, own);
        return { value, detail: `pg_dump compresses with ${(0,dump_compression/* describeCompression */.uR)(value)}.` };
    });
    if (!entered || !options) {
        area.checks.push(uncheckedCheck('Rights to read', 'What did not pass above is needed first.'));
        return undefined;
    }
    const { psql } = entered;
    const request = { database, dumpOptions: options };
    const isPart = (0,selection_options/* selectionOptions */.lo)('pg_dump', options).length > 0;
    const rights = { ...area, checks: [] };
    await attempt(rights, 'Rights to read', step, async () => {
        const read = await readability(psql, database);
        rights.checks.push(...readabilityChecks(read, { major: server.major, isPart, options }));
        return { value: true, detail: '' };
    });
    area.checks.push(...rights.checks);
    if (rights.checks.some(({ came }) => came === 'failed'))
        area.checks.push(uncheckedCheck(dumpTrial, 'It would end at the first of what the role may not read.'));
    else
        await tryDump(area, psql, client, request, step);
    const extensions = await attempt(area, 'Extensions', step, async (own) => {
        const value = await (0,backup_extensions/* inspectExtensionsToBackUp */.A)(request, entered, own);
        const names = Object.entries(value.versions).map(([name, version]) => `${(0,format/* quoted */.TL)(name)} ${(0,format/* plain */.pj)(version)}`);
        const many = names.length > 8 ? (0,format/* count */.U9)(names.length, 'extension') : names.join(', ');
        return { value, detail: names.length === 0 ? '' : `The backup will have ${many}.` };
    });
    await attempt(area, 'Functions', step, async (own) => {
        const notes = await (0,function_warnings/* warnOfFunctions */.H)(psql, database, own);
        return { value: true, detail: notes.length === 0 ? 'None is known that a restore would break.' : '' };
    });
    return extensions;
}

// EXTERNAL MODULE: ./build/jobs/check/report.js
var report = __webpack_require__(4582);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./build/postgres/restore/entries/foreign-schema-owners.js
var foreign_schema_owners = __webpack_require__(8471);
// EXTERNAL MODULE: ./build/postgres/restore/server-offers.js
var server_offers = __webpack_require__(8938);
// EXTERNAL MODULE: ./build/postgres/server/database-names.js
var database_names = __webpack_require__(6374);
// EXTERNAL MODULE: ./build/postgres/server/fit-server.js
var fit_server = __webpack_require__(8079);
// EXTERNAL MODULE: ./build/postgres/server/public-schema.js
var public_schema = __webpack_require__(7543);
// EXTERNAL MODULE: ./build/jobs/preflight/empty-database/in-public.js
var in_public = __webpack_require__(3932);
// EXTERNAL MODULE: ./build/jobs/preflight/extensions.js
var extensions = __webpack_require__(9163);
// EXTERNAL MODULE: ./build/jobs/preflight/obstacles.js
var obstacles = __webpack_require__(4363);
// EXTERNAL MODULE: ./build/jobs/preflight/roles.js
var preflight_roles = __webpack_require__(164);
// EXTERNAL MODULE: ./build/jobs/preflight/target.js
var preflight_target = __webpack_require__(5236);
;// CONCATENATED MODULE: ./build/jobs/check/restore.js
















/** Checks what a restore of a database meets, as far as that can be known without a backup and without making anything. */
async function checkRestore(area, asked, found, original, step) {
    const { database } = asked;
    const { psql, client, server } = found;
    const options = await attempt(area, 'pg_restore_options', step, async ({ signal }) => {
        const value = await (0,known_options/* readOptions */.Tt)(client, 'pg_restore', asked.restoreOptions, signal);
        const detail = value.length === 0 ? '' : `pg_restore ${client.version} takes ${(0,format/* quoted */.TL)(value.join(' '))}.`;
        return { value, detail };
    });
    const sound = {
        ...server,
        ...{ inRecovery: false, readOnly: false, mayCreateDatabases: true, target: null },
    };
    const { inRecovery, readOnly, mayCreateDatabases, target } = server;
    const add = (what, findings, detail) => {
        area.checks.push(...checksOfFindings(what, findings, detail));
    };
    add('Writable server', (0,obstacles/* obstacles */.B)(database, { ...sound, inRecovery, readOnly }, 0, undefined), 'It is no replica, and not read-only.');
    await attempt(area, 'New databases', step, async () => {
        (0,fit_server/* assertNoCluster */.QY)(server, psql.connection);
        add('New databases', (0,obstacles/* obstacles */.B)(database, { ...sound, mayCreateDatabases }, 0, undefined), `The role ${(0,format/* quoted */.TL)(server.role)} may create them.`);
        return { value: true, detail: '' };
    });
    const facts = await attempt(area, 'Database to replace', step, async () => {
        const roles = (0,preflight_roles/* rolesOf */.R)(options ?? []);
        const named = { extensions: original.extensions ?? [], roles, tablespaces: [] };
        return { value: await (0,server_offers/* preflightFacts */.l)(psql, database, named), detail: '' };
    });
    if (!facts)
        return;
    add('Database to replace', [
        ...systemDatabase(database),
        ...(0,obstacles/* obstacles */.B)(database, { ...sound, target }, 0, undefined),
        ...(0,preflight_target/* targetFindings */.Y)({ ...asked, backupSize: 0, recordedSize: undefined }, { target }, facts),
    ], (0,preflight_target/* targetFinding */.f)(database, target).text);
    await checkPublicSchema(area, database, found, facts, step);
    if (original.extensions === undefined)
        area.checks.push(uncheckedCheck('Extensions', 'A restore checks those of its backup.'));
    else if (original.extensions.length > 0)
        add('Extensions', (0,extensions/* extensionFindings */.GW)({ extensions: original.extensions, wanted: [] }, facts), 'The server offers those of this database, and the role may create them.');
    if (options !== undefined && options.length > 0)
        add('pg_restore_options', (0,preflight_roles/* roleFindings */.x)(options, facts), '');
    await checkRoom(area, asked, original, step);
    area.checks.push(uncheckedCheck('Content of the backup', 'A restore checks owners, roles, tablespaces and what only a superuser may create, before it changes anything.'));
}
function systemDatabase(database) {
    if (!(0,database_names/* isSystemDatabase */.xs)(database))
        return [];
    return [
        {
            level: 'error',
            text: `Database ${(0,format/* quoted */.TL)(database)} is one of the server's own databases, which a restore never replaces.`,
            remedy: 'Set db_name to another database.',
        },
    ];
}
/**
 * Schema `public` of a new database is that of template0, which nobody may enter. The maintenance database was made with the server, and
 * has the same, unless somebody has changed the one and not the other.
 */
async function checkPublicSchema(area, database, { psql, server: { role, major, target } }, { superuser }, step) {
    const what = 'Schema public';
    await attempt(area, what, step, async () => {
        if (superuser)
            return { value: true, detail: 'A superuser may create in it.' };
        const seen = await (0,server/* explainingErrors */.ng)(psql, server/* maintenanceDatabase */.Xb, () => (0,public_schema/* publicSchema */.Z)(psql, server/* maintenanceDatabase */.Xb, []));
        if (!seen) {
            const why = `There is none in database ${server/* maintenanceDatabase */.Xb} to look at.`;
            area.checks.push(uncheckedCheck(what, why, 'creating in schema public'));
            return { value: true, detail: '' };
        }
        // Who makes a database is its owner.
        if (seen.mayCreate || seen.owner === foreign_schema_owners/* databaseOwner */.B)
            return { value: true, detail: `The role ${(0,format/* quoted */.TL)(role)} may create in that of a new database.` };
        const things = target ? await (0,public_schema/* thingsInPublic */.U)(psql, database).catch(() => undefined) : undefined;
        if (things?.length === 0)
            return { value: true, detail: 'The role may not create in it, and this database has nothing there.' };
        const made = things?.map(({ type, name }) => `${type} ${(0,format/* quoted */.TL)(name)}`);
        const finding = (0,in_public/* closedPublicSchema */.b)(role, (0,preflight_finding/* firstFew */.Dt)(made ?? ['what the backup has']), seen, major);
        // Without a database it is not known whether its backup has something there.
        const level = made === undefined ? 'warning' : finding.level;
        area.checks.push(...checksOfFindings(what, [finding], '').map((one) => level === 'warning' ? { ...one, came: level } : one));
        return { value: true, detail: '' };
    });
}
/** The server's disk cannot be asked about; the runner's can. */
async function checkRoom(area, { strategy }, { size }, step) {
    const what = 'Room';
    const about = size === undefined ? 'as much as the restored database' : `about ${(0,format/* formatBytes */.z3)(size)}`;
    area.checks.push(uncheckedCheck(what, strategy === 'swap'
        ? `A restore needs ${about} free on the server, whose disk cannot be asked.`
        : 'The old database makes room on the server, whose disk cannot be asked.'));
    if (strategy === 'swap')
        return;
    await attempt(area, what, step, async ({ scratch, warn }) => {
        const { bavail, bsize } = await (0,promises_.statfs)(scratch);
        const room = bavail * bsize;
        if (size !== undefined && size > room) {
            warn(`The runner's disk has ${(0,format/* formatBytes */.z3)(room)} free for the backup of a database of ${(0,format/* formatBytes */.z3)(size)}. If the backup is larger, use restore_strategy: swap, which needs no space there, or a runner with a larger disk.`);
            return { value: true, detail: '' };
        }
        return { value: true, detail: `The runner's disk has ${(0,format/* formatBytes */.z3)(room)} free for the backup.` };
    });
}

// EXTERNAL MODULE: ./build/postgres/client/find.js
var find = __webpack_require__(9569);
// EXTERNAL MODULE: ./build/postgres/client/obtain.js + 14 modules
var obtain = __webpack_require__(5997);
// EXTERNAL MODULE: ./build/postgres/server/missing-database.js + 1 modules
var missing_database = __webpack_require__(7015);
// EXTERNAL MODULE: ./build/postgres/session/connect-failure.js
var connect_failure = __webpack_require__(5928);
// EXTERNAL MODULE: ./build/postgres/session/connection.js
var session_connection = __webpack_require__(1453);
// EXTERNAL MODULE: ./build/jobs/preparation.js + 6 modules
var preparation = __webpack_require__(2966);
;// CONCATENATED MODULE: ./build/jobs/check/server.js












/** Checks the way to the server, and the client. @returns undefined where nothing more can be asked */
async function checkServer(area, asked, login, step) {
    const { database, server: address } = asked;
    const clientChecks = { ...area, checks: [] };
    const clients = await attempt(clientChecks, 'PostgreSQL client', step, async (own) => {
        const found = await (0,obtain/* lookForClients */.V)(asked.client, true, own);
        return { value: { found, any: await found.any() }, detail: '' };
    });
    if (!clients) {
        area.checks.push(uncheckedCheck('Connection', 'A PostgreSQL client is needed first.'), ...clientChecks.checks);
        return undefined;
    }
    const reached = await attempt(area, 'Connection', step, async (own) => {
        const connection = await (0,preparation/* connectionFor */.EP)(asked, login, own);
        const psql = (0,preparation/* psqlOf */.iA)(clients.any, connection, own);
        const answers = await (0,preparation/* askFirst */.aK)(asked, login, psql, (one) => askForBoth(one, database), own);
        const entered = answers.forBackup instanceof failure/* Failure */.HR ? server/* maintenanceDatabase */.Xb : database;
        const tls = await transportOf(psql, entered);
        const how = tls === undefined ? 'not encrypted' : `${(0,format/* plain */.pj)(tls)}, ${verification(address.sslMode)}`;
        const where = `${address.host}:${address.port}`;
        return {
            value: { connection, answers },
            detail: `PostgreSQL ${(0,format/* plain */.pj)(answers.version)} on ${where}, ${how}.`,
        };
    });
    if (!reached) {
        area.checks.push(uncheckedCheck('PostgreSQL client', 'Its version is chosen by that of the server.'));
        return undefined;
    }
    const { connection, answers } = reached;
    if ((0,session_connection/* isUnverified */.sU)(address))
        area.checks.push(warningAbout('Connection', unverified(address.sslMode)));
    const client = await attempt(clientChecks, 'PostgreSQL client', step, async (own) => {
        const value = await (0,preparation/* takeClient */.xu)(asked, answers, clients.found, undefined, own);
        return { value, detail: `pg_dump and pg_restore ${value.version} from ${(0,find/* folderOf */.yS)(value)}.` };
    });
    area.checks.push(...clientChecks.checks, ...sessionChecks(answers));
    return client && { client, psql: (0,preparation/* psqlOf */.iA)(client, connection, step), answers };
}
/**
 * Asks what a restore asks, and what a backup does. The one may get an answer where the other gets none: they connect to different
 * databases.
 * @throws Failure if there is no answer at all, or the login is rejected
 */
async function askForBoth(psql, database) {
    const forRestore = await orRefusal((0,server/* restoreFacts */.O4)(psql, database));
    const forBackup = await orRefusal((0,missing_database/* existingDatabase */.l)(psql, database));
    const facts = forRestore instanceof failure/* Failure */.HR ? forBackup : forRestore;
    if (facts instanceof failure/* Failure */.HR)
        throw facts;
    const { version, major, direct } = facts;
    const spare = [forBackup, forRestore].flatMap((one) => one instanceof failure/* Failure */.HR || one.spareSessions === undefined ? [] : [one.spareSessions]);
    return {
        ...{ version, major, direct, forBackup, forRestore },
        ...(spare.length > 0 && { spareSessions: Math.min(...spare) }),
    };
}
/** The answer, or why the server refused it in this database alone. */
async function orRefusal(answer) {
    return answer.catch((error) => {
        if (error instanceof failure/* Failure */.HR && isOfOneDatabase(error))
            return error;
        throw error;
    });
}
function isOfOneDatabase({ cause }) {
    if (!(cause instanceof process/* ProcessFailure */.iq))
        return false;
    const refused = (0,connect_failure/* connectFailure */.v)(cause);
    return refused === undefined || (refused.answered && refused.kind === 'final');
}
/** `TLSv1.3`; undefined if the connection is not encrypted. */
async function transportOf(psql, database) {
    const query = 'SELECT to_json(coalesce(version, $$$$)) FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
    const version = await (0,session_psql/* ask */.kA)(psql, database, query).catch(() => '');
    return version === '' ? undefined : version;
}
function verification(mode) {
    if (mode === 'verify-full')
        return 'certificate and name verified';
    return mode === 'verify-ca' ? 'certificate verified' : 'certificate not verified';
}
function unverified(mode) {
    return mode === 'disable'
        ? 'The connection is not encrypted (ssl_mode disable). Set ssl_mode to verify-full: everything, the password apart, can be read on the way.'
        : `Nothing proves whose server this is (ssl_mode ${mode}). Set ssl_mode to verify-full, with ssl_root_cert where the server's root is not among those of the runner.`;
}
/** A job needs some besides those of pg_dump and pg_restore: for its lock, its questions and its progress. */
const fewSessions = 5;
function sessionChecks({ spareSessions }) {
    const what = 'Free sessions';
    if (spareSessions === undefined)
        return [uncheckedCheck(what, 'The server does not tell it to this role.')];
    if (spareSessions >= fewSessions)
        return [{ what, came: 'passed', detail: `The server takes about ${spareSessions} more.` }];
    const text = `The server takes about ${Math.max(0, spareSessions)} more sessions of this role now, and a job uses up to ${fewSessions} besides those of input jobs.`;
    return [
        warningAbout(what, `${text} End some (see pg_stat_activity), or raise max_connections, or the CONNECTION LIMIT of the role or the database.`),
    ];
}

// EXTERNAL MODULE: ./build/azure/storage/blob-commands.js
var blob_commands = __webpack_require__(2826);
// EXTERNAL MODULE: ./build/azure/storage/upkeep/probe.js
var upkeep_probe = __webpack_require__(521);
// EXTERNAL MODULE: ./build/jobs/archive/latest.js
var archive_latest = __webpack_require__(4789);
// EXTERNAL MODULE: ./build/jobs/archive/recorded-backups.js
var recorded_backups = __webpack_require__(3928);
// EXTERNAL MODULE: ./build/jobs/archive/what-there-is.js
var what_there_is = __webpack_require__(6844);
// EXTERNAL MODULE: ./build/jobs/backup/tier.js
var backup_tier = __webpack_require__(9501);
// EXTERNAL MODULE: ./build/jobs/clock.js
var clock = __webpack_require__(8871);
;// CONCATENATED MODULE: ./build/jobs/check/storage.js










/** Checks the container: what a backup and a restore do there, with a blob that is gone afterwards, and how it keeps what is deleted. */
async function checkStorage(area, asked, store, step) {
    const { signal } = step;
    const probe = await store.probe(signal, asked.tier);
    area.checks.push(...probeChecks(probe, asked));
    const ofClock = (0,clock/* warningOfClock */.a)(store.clockError());
    if (ofClock !== undefined)
        area.checks.push(warningAbout('Clock', ofClock));
    await attempt(area, listOfBackups, step, async ({ warn }) => {
        const { blobs, now } = await store.inventory(signal);
        const listed = { blobs: blobs.filter((blob) => !(0,upkeep_probe/* isProbe */.T)(blob)), now };
        const inventory = (0,recorded_backups/* fromListing */.J$)(listed, store.folder);
        for (const warning of warningsOnLatest(inventory, asked.source))
            warn(warning);
        return { value: true, detail: describeInventory(inventory, asked.source) };
    });
    area.checks = area.checks.map((check) => withoutList(check, probe));
    const isReached = area.checks.some(({ came }) => came === 'passed');
    area.checks.push(isReached
        ? safetyCheck(await store.safety(signal, probe))
        : uncheckedCheck('Deleted backups', 'The container is needed first.'));
}
const listOfBackups = 'List of backups';
/** A list that cannot be had, where a file can be written: that stops no backup, and no restore by a file's name unless it cannot be read. */
function withoutList(check, { write, read }) {
    if (check.what !== listOfBackups || check.came !== 'failed' || write !== 'passed')
        return check;
    if (read instanceof failure/* Failure */.HR)
        return { ...check, stops: ['restore'] };
    const needing = 'A backup, and a restore by the name of a file, do without it; latest, list, prune and a retention do not.';
    return {
        ...check,
        came: 'warning',
        fix: [needing, ...(check.fix === undefined ? [] : [check.fix])].join(' '),
    };
}
/** What came of the blob that was written, read and deleted. What cannot be deleted stops neither a backup nor a restore. */
function probeChecks({ name, write, read, remove, refusedTier, unpublished }, { store: { container, folder }, tier }) {
    const where = `container ${(0,format/* quoted */.TL)(container)}${folder === '' ? '' : `, folder ${(0,format/* quoted */.TL)(folder)}`}`;
    const checks = [
        {
            ...checkOfStep('Writing', write, unpublished === undefined
                ? `A probe file was written to ${where}.`
                : `A block was staged in ${where}, and not published: ${unpublished}.`),
            stops: ['backup'],
        },
        {
            ...checkOfStep('Reading', read, 'It was read again, and is what was written.', 'reading a file'),
            stops: ['restore'],
        },
        checkOfStep('Deleting', remove, 'It was deleted.'),
    ].map((one) => (one.what === 'Deleting' && one.came === 'failed' ? left(one, name) : one));
    if (tier === undefined || write !== 'passed')
        return checks;
    const what = 'Access tier';
    if (unpublished !== undefined)
        return [
            ...checks,
            uncheckedCheck(what, `Nothing was published to try it: ${unpublished}.`, `access tier ${tier}`),
        ];
    return [
        ...checks,
        refusedTier === undefined
            ? passedCheck(what, `The account takes ${tier}.`)
            : { ...failedCheck(what, (0,backup_tier/* problemOfTier */.$)(name, refusedTier)), stops: ['backup'] },
    ];
}
function checkOfStep(what, came, passed, untried) {
    if (came === 'passed')
        return passedCheck(what, passed);
    return came instanceof failure/* Failure */.HR
        ? failedCheck(what, came.explanation)
        : uncheckedCheck(what, sentenceOf(came.skipped), untried);
}
/** What cannot be deleted is said to be there. */
function left(failed, name) {
    const fix = [
        `The probe file ${(0,format/* quoted */.TL)(name)} is left. Backups and restores do without this right; a retention, and job_to_run: prune, do not.`,
        ...(failed.fix === undefined ? [] : [failed.fix]),
    ].join(' ');
    return { ...failed, came: 'warning', fix };
}
/** What there is in the folder of the database that is meant, and what a restore of the latest would take. */
function describeInventory(inventory, source) {
    const { backups, foreign, now } = inventory;
    const own = backups.filter((0,recorded_backups/* belongsTo */.g4)(source));
    const others = backups.length - own.length;
    const found = [
        `${own.length === 0 ? 'no backup' : (0,format/* count */.U9)(own.length, 'backup')} of ${(0,what_there_is/* describeSource */.B)(source)}`,
        ...(others > 0 ? [`${(0,format/* count */.U9)(others, 'backup')} of others`] : []),
        ...(foreign > 0 ? [`${(0,format/* count */.U9)(foreign, 'file')} of another kind`] : []),
    ];
    const newest = (0,recorded_backups/* newestWhole */.Ii)(own, now);
    const latest = newest
        ? ` The latest: ${(0,format/* quoted */.TL)(newest.name)}, ${(0,format/* formatAge */.nV)(now.getTime() - newest.at.getTime())}, ${(0,format/* formatBytes */.z3)(newest.size)}.`
        : '';
    return `${sentenceOf(found.join(', '))}${latest}`;
}
/** Why a restore of the latest would fail, or take another one than people may think; nothing where there is no backup yet. */
function warningsOnLatest(inventory, source) {
    if (!inventory.backups.some((0,recorded_backups/* belongsTo */.g4)(source)))
        return [];
    try {
        const { latest, warnings } = (0,archive_latest/* chooseLatest */.x)(inventory, source);
        return latest.tier === 'Archive'
            ? [
                ...warnings,
                `The latest backup, ${(0,format/* quoted */.TL)(latest.name)}, is in the archive tier, so a restore of it fails.\n${blob_commands/* rehydrate */.pz}`,
            ]
            : warnings;
    }
    catch (error) {
        if (!(error instanceof failure/* Failure */.HR))
            throw error;
        const { cause, advice } = error.explanation;
        return [`A restore of the latest backup would fail: ${cause}.\n${advice}`];
    }
}
const settings = [
    ['softDelete', 'soft delete'],
    ['versioning', 'versioning'],
    ['immutability', 'immutability'],
    ['containerSoftDelete', 'soft delete of containers'],
];
/** What is seen of how the container keeps what is deleted: one of these is enough, and none of it stops a job. */
function safetyCheck(safety) {
    const what = 'Deleted backups';
    const seen = settings.map(([name, words]) => ({ words, ...safety[name] }));
    const told = seen
        .filter(({ state }) => state !== 'unknown')
        .map(({ words, state, detail }) => `${words} is ${state}${detail === '' ? '' : ` (${detail})`}`);
    const reasons = Map.groupBy(seen.filter(({ state }) => state === 'unknown'), ({ detail }) => detail);
    const hidden = Array.from(reasons, ([why, those]) => ` Not known: ${those.map(({ words }) => words).join(', ')} (${why}).`);
    const detail = `${told.length === 0 ? '' : sentenceOf(told.join(', '))}${hidden.join('')}`.trim();
    if (seen.some(({ state }) => state === 'on'))
        return passedCheck(what, detail);
    const isKnown = settings.slice(0, 3).every(([name]) => safety[name].state !== 'unknown');
    if (!isKnown)
        return uncheckedCheck(what, detail);
    const fix = 'Nothing brings a deleted backup back. Turn on soft delete for blobs and for containers (in the portal under Data protection).';
    return { what, came: 'warning', detail, fix };
}
/** A part of a sentence as one. */
function sentenceOf(text) {
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

// EXTERNAL MODULE: ./build/jobs/check/verdict.js
var verdict = __webpack_require__(7811);
;// CONCATENATED MODULE: ./build/jobs/check.js










/**
 * Finds out whether a backup and a restore of a database would work, and changes nothing but for a small file in the container, which is
 * gone in the end. What does not pass keeps nothing else from being checked, unless that depends on it.
 * @returns what was checked, with the problem that fails the step if a job would fail
 */
async function check(asked, step) {
    const clock = performance.now();
    const { database, patience } = asked;
    const areas = emptyAreas();
    const { signIn, vault, server, storage } = areas;
    const credential = await step.phase('Sign in to Azure', () => attempt(signIn, 'GitHub OIDC', step, async (own) => {
        const value = await (0,preparation/* signInForVault */.w4)(asked, own);
        return { value, detail: `Signed in as application ${asked.principal.clientId}.` };
    }));
    const login = credential &&
        (await step.phase('Read the secrets', () => attempt(vault, 'Database credentials', step, async (own) => {
            const value = await (0,preparation/* readLoginWith */.uX)(credential, asked, own);
            return { value, detail: `User and password, from ${asked.secrets.vaultUrl}.` };
        })));
    const reached = login && (await step.phase('Check the server', () => checkServer(server, asked, login, step)));
    if (reached)
        await checkJobs(areas, asked, reached, step);
    if (credential) {
        const store = (0,backup_store/* openBackupStore */.i)(asked.store, credential, { patience, info: step.info });
        await step.phase('Check the container', () => checkStorage(storage, asked, store, step));
    }
    sayWhatIsMissing(areas);
    const all = Object.values(areas);
    const groups = all.map(({ title, checks }) => ({ title, checks }));
    const stopped = (0,verdict/* stoppedBy */.$)(all);
    for (const line of (0,report/* reportOf */.EI)({ groups, stopped }))
        step.info(line);
    return {
        ...{ job: 'check', database, host: asked.server.host, groups, stopped },
        duration: performance.now() - clock,
        ...(stopped.length > 0 && {
            problem: problemOfCheck({ groups, stopped }),
        }),
    };
}
/** Of the error, which names what did not pass; the summary is the result's alone. */
function problemOfCheck(result) {
    const failed = (0,report/* tasksOf */.a4)(result.groups).filter(report/* isOfFailure */.Ob);
    const names = failed.map(({ title }) => title).join('; ');
    return {
        title: (0,verdict/* verdictOf */.Vj)(result),
        cause: `${(0,verdict/* countOf */.pq)((0,verdict/* tallyOf */.sv)(result.groups))}: ${names}`,
        advice: '',
        isToldByResult: true,
    };
}
function emptyAreas() {
    const area = (title, ...stops) => ({ title, stops, checks: [] });
    return {
        signIn: area('Azure sign-in', 'backup', 'restore'),
        vault: area('Key Vault', 'backup', 'restore'),
        server: area('Server', 'backup', 'restore'),
        backup: area('Backup', 'backup'),
        restore: area('Restore', 'restore'),
        storage: area('Storage', 'backup', 'restore'),
    };
}
/** What a backup and a restore meet on a server that can be asked. */
async function checkJobs({ backup, restore }, asked, { client, psql, answers: { forBackup, forRestore } }, step) {
    const found = { client, psql, connection: psql.connection };
    const extensions = await step.phase('Check a backup', async () => {
        if (!(forBackup instanceof failure/* Failure */.HR))
            return checkBackup(backup, asked, { ...found, server: forBackup }, step);
        backup.checks.push(failedCheck('Database', forBackup.explanation));
        return undefined;
    });
    await step.phase('Check a restore', async () => {
        if (forRestore instanceof failure/* Failure */.HR) {
            restore.checks.push(failedCheck('Maintenance database', forRestore.explanation));
            return;
        }
        const original = {
            size: forBackup instanceof failure/* Failure */.HR ? undefined : forBackup.size,
            extensions: extensions && Object.keys(extensions.versions),
        };
        await checkRestore(restore, asked, { ...found, server: forRestore }, original, step);
    });
}
/** An area with nothing in it depends on one that did not pass. */
function sayWhatIsMissing({ signIn, vault, server, backup, restore, storage }) {
    const needs = [
        [vault, 'Database credentials', signIn],
        [server, 'Connection', vault],
        [backup, 'Database and rights', server],
        [restore, 'Database and rights', server],
        [storage, 'Container', signIn],
    ];
    for (const [area, what, needed] of needs) {
        if (area.checks.length === 0)
            area.checks.push(uncheckedCheck(what, `${needed.title} did not pass, and is needed first.`));
    }
}


/***/ })

};
