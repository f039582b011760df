export const id = 527;
export const ids = [527];
export const modules = {

/***/ 527:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  backup: () => (/* binding */ backup)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./build/azure/backup-store.js + 4 modules
var backup_store = __webpack_require__(6242);
// EXTERNAL MODULE: ./build/azure/names.js
var names = __webpack_require__(3452);
// EXTERNAL MODULE: ./build/chunks.js
var build_chunks = __webpack_require__(1240);
// EXTERNAL MODULE: ./build/failure.js
var failure = __webpack_require__(9874);
// EXTERNAL MODULE: ./build/format.js
var format = __webpack_require__(7413);
// EXTERNAL MODULE: ./build/postgres/archive-follower.js
var archive_follower = __webpack_require__(459);
// EXTERNAL MODULE: ./build/postgres/archive-header.js
var archive_header = __webpack_require__(8835);
// EXTERNAL MODULE: ./build/postgres/compression.js
var postgres_compression = __webpack_require__(8360);
// EXTERNAL MODULE: ./build/process.js
var build_process = __webpack_require__(4677);
// EXTERNAL MODULE: ./build/postgres/connection.js
var postgres_connection = __webpack_require__(2992);
// EXTERNAL MODULE: ./build/postgres/errors.js
var errors = __webpack_require__(8167);
// EXTERNAL MODULE: ./build/postgres/psql.js
var postgres_psql = __webpack_require__(4560);
;// CONCATENATED MODULE: ./build/postgres/lock-holders.js


/** Only this kind of lock stands in the way of a dump: https://www.postgresql.org/docs/current/explicit-locking.html */
const query = `SELECT coalesce(json_agg(json_build_object(
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
    const holders = await (0,postgres_psql/* ask */.kA)(psql, database, query).catch(() => []);
    return holders.filter(({ table }) => said.includes(table));
}
/** What to do about those who hold locks, at least one. */
function adviceOnLocks(holders) {
    const [{ pid } = { pid: null }] = holders;
    const end = pid === null
        ? 'commit it or roll it back'
        : `end it (SELECT pg_terminate_backend(${pid}), as its role or as an administrator)`;
    return `${holders.slice(0, 3).map(describe).join(' ')} Wait until that is over, or ${end}, then run the job again.`;
}
function describe({ table, granted, pid, role, application, since }) {
    const verb = granted ? 'is locked by' : 'will be locked next by';
    if (pid === null)
        return `Table ${table} ${verb} a prepared transaction (pg_prepared_xacts).`;
    const known = [
        role !== null && ` of role ${(0,format/* quoted */.TL)(role)}`,
        application !== null && ` with application ${(0,format/* quoted */.TL)(application)}`,
        since !== null && `, whose transaction began ${since}`,
    ].filter((part) => part !== false);
    return `Table ${table} ${verb} session ${pid}${known.join('')}.`;
}

// EXTERNAL MODULE: ./build/postgres/server.js
var server = __webpack_require__(4167);
// EXTERNAL MODULE: ./build/postgres/server-advice.js
var server_advice = __webpack_require__(584);
;// CONCATENATED MODULE: ./build/postgres/dump.js








/** How long `pg_dump` waits for a lock that someone holds on a table, in milliseconds, unless its options say otherwise. */
const lockPatience = 300_000;
/**
 * Starts `pg_dump` in custom format. The archive is its standard output; `finished` tells whether it is complete, and
 * rejects with a `Failure` in the server's words if it is not.
 * @param options further arguments of `pg_dump`
 * @param warn is given the warnings of `pg_dump`
 */
function dump(client, connection, database, compression, options, warn, signal) {
    const running = (0,build_process/* start */.ni)({
        program: client.pgDump,
        args: [
            '--format=custom',
            `--compress=${(0,postgres_compression/* compressArgument */.m9)(compression, client.major)}`,
            `--lock-wait-timeout=${lockPatience}`,
            '--no-password',
            ...options,
            '--dbname',
            (0,postgres_connection/* connectionString */.cF)(database),
        ],
        env: connection.env,
        signal,
        onStderrLine: (line) => {
            if (/^pg_dump: warning:/.test(line))
                warn(line);
        },
    });
    const finished = running.finished.catch(async (error) => {
        if (!(error instanceof build_process/* ProcessFailure */.iq))
            throw error;
        const tried = `pg_dump of ${(0,server/* whereTo */.VM)(connection, database)}`;
        const explanation = { tried, ...(0,errors/* explainServerError */.F)(error) };
        const psql = { program: client.psql, connection, signal };
        const holders = (0,server_advice/* isLockTimeout */.Td)(error.stderr) ? await lockHolders(psql, database, error.stderr) : [];
        throw new failure/* Failure */.H(holders.length === 0 ? explanation : { ...explanation, advice: adviceOnLocks(holders) }, { cause: error });
    });
    finished.catch(() => { });
    return { ...running, finished };
}
/**
 * Whether this `pg_dump` was built with zstd, which a version 16 or newer may lack. It checks that before it connects, so
 * it is sent to a socket that does not exist, and what it complains of tells.
 */
async function knowsZstd(client, signal) {
    if (!(0,postgres_compression/* canCompress */.RQ)({ method: 'zstd' }, client.major))
        return false;
    const args = ['--format=custom', '--compress=zstd', '--no-password', '--dbname=host=/nonexistent'];
    try {
        await (0,build_process/* run */.eF)({ program: client.pgDump, args, env: { LC_ALL: 'C', PATH: process.env['PATH'] }, signal });
    }
    catch (error) {
        if (!(error instanceof build_process/* ProcessFailure */.iq))
            throw error;
        return error.stderr.includes('/nonexistent');
    }
    return true;
}

;// CONCATENATED MODULE: ./build/postgres/similar-names.js
const shown = 5;
/** A part of a name says little if it is shorter than this. */
const shortestPart = 3;
/** Of some names, those that may have been meant by one that is not among them: the most similar first, and five at most. */
function similarNames(wanted, names) {
    return names
        .map((name) => ({ name, distance: distance(plain(wanted), plain(name)) }))
        .filter(({ distance }) => distance !== undefined)
        .sort((a, b) => (a.distance ?? 0) - (b.distance ?? 0) || (a.name < b.name ? -1 : 1))
        .slice(0, shown)
        .map(({ name }) => name);
}
function plain(name) {
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

;// CONCATENATED MODULE: ./build/postgres/missing-database.js







/**
 * Asks about the server and one of its databases, as `databaseFacts` does.
 * @throws Failure if the server can't be reached or refuses; if there is no such database, it names those that are called alike
 */
async function existingDatabase(psql, database) {
    try {
        return await (0,server/* databaseFacts */.vS)(psql, database);
    }
    catch (error) {
        if (!(error instanceof failure/* Failure */.H && mayBeMissing(error.cause, database)))
            throw error;
        const names = await databaseNames(psql).catch(() => undefined);
        if (!names || names.includes(database))
            throw error;
        throw new failure/* Failure */.H({ ...error.explanation, advice: adviceOnMissing(database, names) }, { cause: error.cause });
    }
}
/** What to do about a database that is not there. */
function adviceOnMissing(database, names) {
    const similar = similarNames(database, names);
    return similar.length === 0
        ? 'Check db_name, and azure_db_host: no database of this server is called anything like it.'
        : `Check db_name, upper and lower case and spaces included. This server has ${similar.map(format/* quoted */.TL).join(', ')}.`;
}
/** Whether the server may have said, in whatever language, that there is no such database. psql exits with 2 if it could not connect. */
function mayBeMissing(error, database) {
    if (!(error instanceof build_process/* ProcessFailure */.iq && error.exitCode === 2))
        return false;
    const { stderr } = error;
    return /database ".*" does not exist/s.test(stderr) || (!(0,server_advice/* adviceFor */.cp)(stderr) && stderr.includes(database));
}
async function databaseNames(psql) {
    const query = `SELECT coalesce(json_agg(datname), '[]') FROM pg_database WHERE datallowconn AND NOT datistemplate`;
    return (0,postgres_psql/* ask */.kA)(psql, server/* maintenanceDatabase */.Xb, query);
}

// EXTERNAL MODULE: ./build/postgres/tool-options.js
var tool_options = __webpack_require__(5425);
// EXTERNAL MODULE: ./build/step.js
var build_step = __webpack_require__(4460);
// EXTERNAL MODULE: ./build/jobs/preparation.js + 10 modules
var preparation = __webpack_require__(7528);
// EXTERNAL MODULE: ./build/jobs/record.js
var record = __webpack_require__(8584);
;// CONCATENATED MODULE: ./build/jobs/backup.js
















/**
 * Backs a database up: `pg_dump` streams into a blob, which appears under its name only when the dump is complete and
 * its archive was followed to the end. Whatever goes wrong before leaves nothing that looks like a backup.
 * @throws Failure
 */
async function backup(request, step) {
    const clock = performance.now();
    const { database } = request;
    const { credential, login } = await step.phase('Sign in to Azure', () => (0,preparation/* fetchLogin */.M)(request, step));
    const prepared = await step.phase('Look at the server', async () => {
        const found = await (0,preparation/* prepareClient */.B)(request, login, (psql) => existingDatabase(psql, database), 0, step);
        step.info(`Database ${(0,format/* quoted */.TL)(database)} takes ${(0,format/* formatBytes */.z3)(found.server.size)} on the server`);
        return found;
    });
    const compression = await chooseCompression(request, prepared, step);
    return step.phase(`Back up ${(0,format/* quoted */.TL)(database)}`, async () => {
        const container = (0,backup_store/* openContainer */.Qx)(request.store, credential);
        const { name, started } = await freeName(container, database, step);
        const target = (0,backup_store/* beginBackup */.Gu)(container, name, step.signal);
        const { client, connection } = prepared;
        const { dumpOptions } = request;
        const dumping = dump(client, connection, database, compression, dumpOptions, step.warn, step.signal);
        try {
            if (dumpOptions.length > 0)
                step.info(`Further options of pg_dump: ${dumpOptions.join(' ')}`);
            step.info(`Streaming pg_dump, compressed with ${(0,postgres_compression/* describeCompression */.uR)(compression)}, to ${target.name}`);
            const archive = await stream(dumping, target, step);
            await target.commit((0,record/* toMetadata */.D)(recordOf(request, prepared, compression, archive, started, step)));
            const duration = performance.now() - clock;
            step.info(`Published ${target.name}, ${(0,format/* formatBytes */.z3)(archive.size)}, whole`);
            return {
                job: 'backup',
                database,
                server: { host: request.server.host, version: prepared.server.version },
                backup: { name: target.name, url: target.url, ...archive },
                databaseSize: prepared.server.size,
                duration,
            };
        }
        finally {
            await dumping.stop();
            target.abandon();
        }
    });
}
/** A name that no blob has: names carry the time to the second, and another backup may have been made in this one. */
async function freeName(container, database, step) {
    for (;;) {
        const started = new Date();
        const name = (0,names/* backupName */.aw)(database, (0,format/* formatTimestamp */.Ey)(started));
        if (!(await (0,backup_store/* isTaken */.Ck)(container, name, step.signal)))
            return { name, started };
        step.info(`There is a ${name} already; waiting for the next second`);
        await (0,promises_.setTimeout)(1_000 - started.getMilliseconds(), undefined, { signal: step.signal });
    }
}
async function chooseCompression({ compression }, { client }, step) {
    if ((0,postgres_compression/* canCompress */.RQ)(compression, client.major)) {
        const hasZstd = compression.method === 'auto' && (await knowsZstd(client, step.signal));
        return (0,postgres_compression/* resolveCompression */.$o)(compression, hasZstd);
    }
    throw new failure/* Failure */.H({
        tried: `Compressing with ${(0,postgres_compression/* describeCompression */.uR)(compression)}`,
        cause: `pg_dump ${client.version} on this machine knows only gzip; lz4 and zstd came with version 16`,
        advice: 'Use compression: auto, or a runner with a client 16 or newer. Nothing was done.',
    });
}
/**
 * Passes the archive from `pg_dump` to the blob, counts and hashes it, and follows its framing to the end.
 * Back-pressure reaches `pg_dump`: it is read only as fast as blocks can be staged.
 */
async function stream(dumping, target, step) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    const follower = new archive_follower/* ArchiveFollower */.X();
    let size = 0;
    const describe = (elapsed) => `${(0,format/* formatBytes */.z3)(size)} so far, ${(0,format/* formatBytes */.z3)((1000 * size) / elapsed)}/s, ${(0,format/* formatDuration */.a3)(elapsed)}`;
    await (0,build_step/* withProgress */.E)(step, describe, async () => {
        try {
            for await (const chunks of (0,build_chunks/* batchesOf */.cS)(dumping.stdout)) {
                for (const chunk of chunks) {
                    size += chunk.length;
                    hash.update(chunk);
                    follower.push(chunk);
                    await target.write(chunk);
                }
                (0,build_chunks/* release */._r)(chunks);
            }
        }
        catch (error) {
            if (step.signal.aborted)
                throw step.signal.reason;
            throw error instanceof archive_header/* ArchiveError */.di ? brokenArchive(error) : error;
        }
        await dumping.finished;
        checkWhole(follower, step);
        await target.flush();
    });
    return { size, sha256: hash.digest('hex') };
}
function checkWhole(follower, step) {
    try {
        if (follower.end())
            return;
    }
    catch (error) {
        throw error instanceof archive_header/* ArchiveError */.di ? brokenArchive(error) : error;
    }
    step.warn('This pg_dump writes a version of the archive format that the action does not know. That the archive is whole rests ' +
        'on the exit status of pg_dump alone.');
}
function brokenArchive(cause) {
    return new failure/* Failure */.H({
        tried: "Following pg_dump's archive",
        cause: `the archive is not whole: ${cause.message}`,
        advice: 'Nothing was published. Run the backup again; if this repeats, it is a bug worth reporting.',
    }, { cause });
}
/** The metadata of a blob takes 8 KiB in all, and percent-encoding makes up to nine bytes of a character. */
const longestRules = 400;
const longestOptions = 100;
function recordOf({ database, server: { host, port }, dumpOptions }, { client, server }, compression, { sha256 }, started, { run, warn }) {
    const recordable = server.locale.icuRules.length <= longestRules;
    if (!recordable)
        warn("The database's sorting rules for ICU are too long to be recorded with the backup; a restore goes without them.");
    const icuRules = recordable ? server.locale.icuRules : '';
    return {
        host,
        port: String(port),
        database,
        server_version: server.version,
        pg_dump_version: client.version,
        compression: (0,postgres_compression/* describeCompression */.uR)(compression),
        pg_dump_options: (0,tool_options/* withoutPatience */._y)(dumpOptions).join(' ').slice(0, longestOptions),
        sha256,
        encoding: server.locale.encoding,
        collation: server.locale.collation,
        character_type: server.locale.characterType,
        locale_provider: server.locale.provider,
        locale: server.locale.locale,
        icu_rules: icuRules,
        database_size: String(server.size),
        started_at: started.toISOString(),
        duration_seconds: ((Date.now() - started.getTime()) / 1000).toFixed(1),
        repository: run.repository,
        run_id: run.id,
        run_attempt: run.attempt,
    };
}


/***/ })

};
