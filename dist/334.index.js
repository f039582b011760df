export const id = 334;
export const ids = [334];
export const modules = {

/***/ 9334:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  backup: () => (/* binding */ backup)
});

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./build/azure/storage/backup-names.js
var backup_names = __webpack_require__(5571);
// EXTERNAL MODULE: ./build/azure/storage/backup-store.js + 5 modules
var backup_store = __webpack_require__(9798);
// EXTERNAL MODULE: ./build/base/failure.js
var failure = __webpack_require__(7306);
// EXTERNAL MODULE: ./build/base/format.js
var format = __webpack_require__(8253);
// EXTERNAL MODULE: ./build/postgres/client/known-options.js
var known_options = __webpack_require__(3624);
// EXTERNAL MODULE: ./build/postgres/dump/compression.js
var dump_compression = __webpack_require__(5295);
// EXTERNAL MODULE: ./build/postgres/dump/dump.js + 3 modules
var dump = __webpack_require__(9648);
// EXTERNAL MODULE: ./build/postgres/session/psql.js
var session_psql = __webpack_require__(1793);
;// CONCATENATED MODULE: ./build/postgres/dump/statistics.js

/** Options that say whether statistics are dumped, or that do not go with them. */
const decisive = new Set([
    '--data-only',
    '--no-statistics',
    '--schema-only',
    '--statistics',
    '--statistics-only',
]);
/**
 * So many bytes of statistics, as the server keeps them, may come with a backup. They stand in the archive's table of contents, about as
 * long as they are on the server and not compressed, and a restore reads all of that before it begins: 500 tables of ten columns
 * have 12 MB there.
 */
const mostStatistics = 32 * 2 ** 20;
/**
 * The option by which `pg_dump` takes the planner's statistics along, so that a restore need not collect them: from version 18 on of
 * both, if nothing speaks against it. https://www.postgresql.org/docs/18/app-pgdump.html
 * Never throws: a backup without them is as good.
 * @param options further arguments of `pg_dump`, as `readOptions` gives them
 */
async function statisticsOption(client, server, psql, database, options) {
    if (client.major < 18 || server.major < 18)
        return [];
    if (options.some((option) => decisive.has(option)))
        return [];
    const question = "SELECT pg_total_relation_size('pg_statistic')";
    const size = await (0,session_psql/* ask */.kA)(psql, database, question).catch(() => Number.POSITIVE_INFINITY);
    return size > mostStatistics ? [] : ['--statistics'];
}

// EXTERNAL MODULE: ./build/postgres/server/activity.js
var server_activity = __webpack_require__(4491);
// EXTERNAL MODULE: ./build/postgres/server/content.js
var server_content = __webpack_require__(4157);
// EXTERNAL MODULE: ./build/postgres/server/missing-database.js + 1 modules
var missing_database = __webpack_require__(7015);
// EXTERNAL MODULE: ./build/postgres/server/session-overrides.js
var session_overrides = __webpack_require__(9236);
// EXTERNAL MODULE: ./build/postgres/session/pulse.js
var session_pulse = __webpack_require__(4212);
// EXTERNAL MODULE: ./build/jobs/archive/metadata.js
var metadata = __webpack_require__(6355);
// EXTERNAL MODULE: ./build/jobs/backup/choose-compression.js
var choose_compression = __webpack_require__(7012);
// EXTERNAL MODULE: ./build/jobs/backup/database-grants.js
var database_grants = __webpack_require__(5691);
// EXTERNAL MODULE: ./build/jobs/archive/origin.js
var origin = __webpack_require__(1600);
// EXTERNAL MODULE: ./build/jobs/archive/recorded-backups.js
var recorded_backups = __webpack_require__(3928);
;// CONCATENATED MODULE: ./build/jobs/backup/earlier-backups.js





const mostEarlier = 3;
/** How many are looked at: another server's database of the same name may have its backups in the same folder. */
const mostLookedAt = 24;
/**
 * The last backups of a database for the page of the run, the newest first, with the runs that made them, by the host and the database
 * that are recorded with each: none, and no error, where they cannot be listed.
 */
async function earlierBackups(store, { database, hosts = [] }, signal) {
    const names = new Set(hosts.map(recorded_backups/* comparableHost */.$o));
    const found = await store
        .list(`${store.folder}${(0,backup_names/* backupPrefix */.nY)(database)}`, mostLookedAt, signal)
        .catch(() => undefined);
    const backups = (found ?? [])
        .map(({ name, size, timestamp }) => ({ name, size, at: (0,format/* parseTimestamp */.EH)(timestamp) }))
        .filter(({ at }) => !Number.isNaN(at.getTime())); // digits that are no time: not one of ours
    const own = [];
    while (own.length < mostEarlier && backups.length > 0) {
        const next = backups.splice(0, mostEarlier);
        const records = await Promise.all(next.map(async ({ name }) => (0,metadata/* fromMetadata */.U7)(await store.metadata(name, signal).catch(() => ({})))));
        for (const [place, one] of next.entries()) {
            const record = records[place] ?? {};
            if (record.database !== database || !names.has((0,recorded_backups/* comparableHost */.$o)(record.host ?? '')))
                continue;
            const madeBy = (0,origin/* makingRun */.d)(record);
            own.push({ ...one, ...(madeBy && { madeBy }) });
        }
    }
    return own.slice(0, mostEarlier);
}
/** Those of them that a retention has left: a page leads to no backup that is gone. */
function leftBy(retention, earlier) {
    if (!retention || retention.isDryRun)
        return earlier;
    const gone = new Set([...retention.deleted, ...retention.gone].map(({ name }) => name));
    return earlier.filter(({ name }) => !gone.has(name));
}

// EXTERNAL MODULE: ./build/jobs/backup/extensions.js + 2 modules
var backup_extensions = __webpack_require__(5067);
// EXTERNAL MODULE: ./build/jobs/backup/function-warnings.js
var function_warnings = __webpack_require__(8810);
// EXTERNAL MODULE: ./build/postgres/client/selection-options.js
var selection_options = __webpack_require__(6197);
// EXTERNAL MODULE: ./build/postgres/client/tool-options.js
var tool_options = __webpack_require__(7971);
;// CONCATENATED MODULE: ./build/jobs/backup/new-metadata.js




/** In characters. */
const longestPart = 200;
/** What is recorded with a new backup, but for the rights on its database. */
function newMetadata({ database, server: { host, port }, dumpOptions, protect = '' }, { client, server }, compression, { versions }, { sha256 }, begun, { run, warn }) {
    const recordable = (0,metadata/* hasRoom */.AB)(server.locale.icuRules, metadata/* longest */.xS.rules);
    if (!recordable)
        warn("The database's ICU sort rules are too long to be recorded with the backup; a restore does without them.");
    const icuRules = recordable ? server.locale.icuRules : '';
    return {
        host,
        port: String(port),
        database,
        server_version: server.version,
        pg_dump_version: client.version,
        compression: (0,dump_compression/* describeCompression */.uR)(compression),
        pg_dump_options: (0,tool_options/* withoutLockWait */.nN)(dumpOptions).join(' ').slice(0, metadata/* longestOptions */.Bg),
        pg_dump_part: dumpOptions.length === 0
            ? ''
            : (0,selection_options/* selectionOptions */.lo)('pg_dump', dumpOptions).join(' ').slice(0, longestPart) || metadata/* noPart */.Np,
        sha256,
        encoding: server.locale.encoding,
        collation: server.locale.collation,
        character_type: server.locale.characterType,
        locale_provider: server.locale.provider,
        locale: server.locale.locale,
        icu_rules: icuRules,
        extensions: (0,metadata/* formatVersions */.JJ)(versions),
        database_size: String(server.size),
        started_at: begun.at.toISOString(),
        duration_seconds: ((performance.now() - begun.clock) / 1000).toFixed(1),
        repository: run.repository,
        run_id: run.id,
        run_number: run.number ?? '',
        run_attempt: run.attempt,
        protect,
        verified_at: '',
    };
}

// EXTERNAL MODULE: ./build/jobs/retention/apply.js + 9 modules
var apply = __webpack_require__(5125);
;// CONCATENATED MODULE: ./build/jobs/backup/retain.js



/**
 * Applies the retention after a backup, if there is one. The backup is there: whatever goes wrong with the older ones is a warning.
 * @param name of the backup that was made a moment ago
 * @throws Failure if the job is cancelled
 */
async function retainAfterBackup({ source, retention, patience }, store, name, step) {
    if (!retention)
        return { notes: [] };
    try {
        const { outcome, notes, problem } = await (0,apply/* applyRetention */.d)(store, { source, retention, fresh: name }, patience, step);
        if (problem)
            step.warn(warningOf(name, problem, outcome.deleted.length > 0));
        return { retention: outcome, notes };
    }
    catch (error) {
        if (step.signal.aborted)
            throw cutOff(name, step.signal.reason);
        step.warn(warningOf(name, explanationIn(error), false));
        return { notes: [] };
    }
}
function warningOf(name, { tried, cause, advice, state = '' }, isPart) {
    const came = isPart ? 'did only a part of its work' : 'failed';
    const why = tried === undefined ? cause : `${tried} failed: ${cause}`;
    return [
        `Backup ${(0,format/* quoted */.TL)(name)} is complete; its retention ${came}.`,
        ...[state, why, advice].filter((part) => part !== ''),
        'To try the retention alone, run the job with job_to_run: prune.',
    ].join('\n');
}
function explanationIn(error) {
    return error instanceof failure/* Failure */.HR ? error.explanation : { cause: (0,failure/* causeOf */.rl)(error), advice: '' };
}
/** The job was cancelled in the midst of it. */
function cutOff(name, reason) {
    if (!(reason instanceof failure/* Failure */.HR))
        return reason;
    const state = `Backup ${(0,format/* quoted */.TL)(name)} is complete. Its retention was ended: the log has a line for each backup that was deleted.`;
    return new failure/* Failure */.HR({ ...reason.explanation, state }, { cause: reason });
}

// EXTERNAL MODULE: ./build/jobs/backup/size-warning.js
var size_warning = __webpack_require__(5134);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/base/chunks.js
var base_chunks = __webpack_require__(7936);
// EXTERNAL MODULE: ./build/base/process.js + 1 modules
var process = __webpack_require__(3418);
// EXTERNAL MODULE: ./build/base/step.js
var base_step = __webpack_require__(7460);
// EXTERNAL MODULE: ./build/postgres/archive/follower.js
var archive_follower = __webpack_require__(7557);
// EXTERNAL MODULE: ./build/postgres/archive/header.js
var header = __webpack_require__(4946);
// EXTERNAL MODULE: ./build/postgres/archive/read.js
var read = __webpack_require__(4807);
// EXTERNAL MODULE: ./build/postgres/errors/explain.js
var explain = __webpack_require__(8163);
;// CONCATENATED MODULE: ./build/jobs/backup/stream-dump.js










/**
 * Passes the archive from `pg_dump` to the blob, counts and hashes it, and follows its framing to the end; one in a format that is
 * newer than those known here is read along by the client's own `pg_restore` instead.
 * Back-pressure reaches `pg_dump`: it is read only as fast as blocks can be staged.
 * @param activity tells what pg_dump is at
 */
async function streamDump(dumping, client, target, activity, step) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    const check = wholeCheck(client, step);
    let size = 0;
    const describe = async (elapsed, over) => {
        const { copies = [] } = (await activity(over)) ?? {};
        const now = copies.length === 0 ? '' : `; now ${copies.join(', ')}`;
        return `${(0,format/* formatDuration */.a3)(elapsed)}: ${(0,format/* formatBytes */.z3)(size)} so far, ${(0,format/* formatBytes */.z3)((1000 * size) / elapsed)}/s${now}`;
    };
    await (0,base_step/* withProgress */.E)(step, describe, async () => {
        try {
            for await (const chunks of (0,base_chunks/* batchesOf */.cS)(dumping.stdout)) {
                for (const chunk of chunks) {
                    size += chunk.length;
                    hash.update(chunk);
                    await Promise.all([check.write(chunk), target.write(chunk)]);
                }
                (0,base_chunks/* release */._r)(chunks);
            }
        }
        catch (error) {
            if (step.signal.aborted)
                throw step.signal.reason;
            throw error;
        }
        await dumping.finished;
        await check.end();
        await target.flush();
    }).finally(check.stop);
    return { size, sha256: hash.digest('hex') };
}
/** As much of an archive as tells the version of its format, in bytes. */
const versionBytes = 7;
/** Checks that an archive is whole. Each part throws a Failure if it is not. */
function wholeCheck(client, step) {
    const follower = new archive_follower/* ArchiveFollower */.X();
    let reader;
    let beginning = Buffer.alloc(0);
    async function write(chunk) {
        try {
            follower.push(chunk);
        }
        catch (error) {
            throw error instanceof header/* ArchiveError */.di ? brokenArchive(`is incomplete: ${error.message}`, error) : error;
        }
        if (!follower.known && !reader) {
            step.info('pg_dump writes an archive format that is newer than this action; pg_restore also reads it, to check that it is complete');
            reader = (0,read/* readAlong */.GL)(client, step.signal);
            await reader.write(beginning);
        }
        if (beginning.length < versionBytes)
            beginning = Buffer.concat([beginning, chunk.subarray(0, versionBytes)]);
        await reader?.write(chunk);
    }
    async function end() {
        try {
            follower.end();
            await reader?.end();
        }
        catch (error) {
            if (error instanceof header/* ArchiveError */.di)
                throw brokenArchive(`is incomplete: ${error.message}`, error);
            if (!(error instanceof process/* ProcessFailure */.iq))
                throw error;
            const { cause } = (0,explain.explainServerError)(error);
            throw brokenArchive(`cannot be read by pg_restore ${client.version}: ${cause}`, error);
        }
    }
    return { write, end, stop: async () => reader?.stop() };
}
function brokenArchive(what, cause) {
    return new failure/* Failure */.HR({
        tried: "Following pg_dump's archive",
        cause: `the archive ${what}`,
        advice: 'Run the backup again; if this repeats, please report it.',
    }, { cause });
}

// EXTERNAL MODULE: ./build/jobs/backup/tier.js
var backup_tier = __webpack_require__(9501);
// EXTERNAL MODULE: ./build/jobs/clock.js
var jobs_clock = __webpack_require__(8871);
// EXTERNAL MODULE: ./build/jobs/preparation.js + 6 modules
var preparation = __webpack_require__(2966);
;// CONCATENATED MODULE: ./build/jobs/backup.js



























/**
 * Backs a database up: `pg_dump` streams into a blob, which appears under its name only when the dump is complete and
 * its archive was followed to the end. Whatever goes wrong before leaves nothing that looks like a backup.
 * @throws Failure
 */
async function backup(asked, step) {
    let made;
    try {
        return await makeBackup(asked, step, (name) => {
            made = name;
        });
    }
    catch (error) {
        // A commit that fails says itself what became of the backup.
        if (!(error instanceof failure/* Failure */.HR) || error.explanation.state !== undefined)
            throw error;
        const state = made === undefined ? 'No backup was made.' : `Backup ${(0,format/* quoted */.TL)(made)} is complete.`;
        throw new failure/* Failure */.HR({ ...error.explanation, state }, { cause: error });
    }
}
/** @param onMade is given the name of the backup when it is complete */
async function makeBackup(asked, step, onMade) {
    const clock = performance.now();
    const { database } = asked;
    const { credential, login } = await step.phase('Sign in to Azure', () => (0,preparation/* fetchLogin */.Mx)(asked, step));
    const { prepared, request } = await step.phase('Check the server', async () => {
        const found = await (0,preparation/* prepareClient */.Br)(asked, login, (psql) => (0,missing_database/* existingDatabase */.l)(psql, database), undefined, step);
        step.info(`Database ${(0,format/* quoted */.TL)(database)}: ${(0,format/* formatBytes */.z3)(found.server.size)} on the server`);
        const options = await (0,known_options/* readOptions */.Tt)(found.client, 'pg_dump', asked.dumpOptions, step.signal);
        const psql = await (0,session_overrides/* asLoginRole */.W)(found.psql, database);
        const itself = { ...found, psql, connection: psql.connection };
        return { prepared: itself, request: { ...asked, dumpOptions: options } };
    });
    const compression = await (0,choose_compression/* chooseCompression */.g)(request.compression, prepared.client, step);
    const { rights, notes: unfinished } = await (0,database_grants/* readDatabaseGrants */.r)(prepared.psql, database, step);
    const extensions = await (0,backup_extensions/* inspectExtensionsToBackUp */.A)(request, prepared, step);
    const notes = [
        ...unfinished,
        ...extensions.notes,
        ...(await (0,function_warnings/* warnOfFunctions */.H)(prepared.psql, database, step)),
    ];
    await (0,size_warning/* warnOfSize */.H)(prepared, database, compression, step);
    const content = await (0,server_content/* estimatedContent */.u5)(prepared.psql, database);
    const { patience } = request;
    const store = (0,backup_store/* openBackupStore */.i)(request.store, credential, { patience, info: step.info });
    const made = await step.phase(`Back up ${(0,format/* quoted */.TL)(database)}`, async () => {
        const { target, begun } = await beginUnderFreeName(store, request, step);
        const ofClock = (0,jobs_clock/* warningOfClock */.a)(store.clockError());
        if (ofClock !== undefined)
            step.warn(ofClock);
        const earlier = earlierBackups(store, asked.source, step.signal); // while the dump is on its way, and never an error
        const { client, connection, server, psql } = prepared;
        const { dumpOptions, protect, tier } = request;
        const statistics = await statisticsOption(client, server, psql, database, dumpOptions);
        const options = [...statistics, ...dumpOptions];
        const pulse = (0,session_pulse/* watchPulse */.h)(psql, database, () => dumping.lastHeard());
        const signal = AbortSignal.any([step.signal, pulse.lost]);
        const dumping = (0,dump/* dump */.B)(client, connection, database, compression, options, step.warn, signal);
        try {
            if (dumpOptions.length > 0)
                step.info(`pg_dump options: ${(0,format/* quoted */.TL)(dumpOptions.join(' '))}`);
            const how = `compression ${(0,dump_compression/* describeCompression */.uR)(compression)}${tier ? `, ${tier} tier` : ''}`;
            step.info(`Uploading to ${(0,format/* quoted */.TL)(target.name)}, ${how}`);
            const activity = (0,server_activity/* watchActivity */.t)(psql, server, database, 1);
            const archive = await step.timed('Dump and upload', () => streamDump(dumping, client, target, activity, step));
            const record = newMetadata(request, prepared, compression, extensions, archive, begun, step);
            step.info(`Committing ${(0,format/* quoted */.TL)(target.name)}`); // src/runner/endings.ts refers to it
            const { refusedTier } = await step.timed('Commit', () => target.commit((0,metadata/* toMetadata */.Db)({ ...record, database_rights: rights })));
            onMade(target.name);
            step.info(`Uploaded ${(0,format/* quoted */.TL)(target.name)} (${(0,format/* formatBytes */.z3)(archive.size)})`);
            if (protect !== undefined)
                step.info(`Protected: ${(0,format/* quoted */.TL)(protect)}. No retention deletes it`);
            return {
                database,
                server: { host: request.server.host, version: prepared.server.version },
                backup: { name: target.name, url: target.url, ...archive },
                databaseSize: prepared.server.size,
                dataFrom: begun.at,
                made: { compression: record.compression, client: client.version },
                ...(refusedTier ? { problem: (0,backup_tier/* problemOfTier */.$)(target.name, refusedTier) } : tier && { tier }),
                ...(protect !== undefined && { protection: protect }),
                ...content,
                earlier: (await earlier).filter((one) => one.name !== target.name), // a slow listing may have it already
            };
        }
        finally {
            pulse.stop();
            await dumping.stop();
            target.abandon();
        }
    });
    const retained = await retainAfterBackup(request, store, made.backup.name, step);
    return {
        ...{ job: 'backup', ...made, ...retained },
        earlier: leftBy(retained.retention, made.earlier),
        ...{ notes: [...notes, ...retained.notes], duration: performance.now() - clock },
    };
}
/** How many names are tried: of as many seconds in a row, not each can have a backup of this database. */
const mostNames = 10;
/**
 * Begins a backup under a name of its own: names carry the time to the second, and another one may have been made in this one, or may be
 * about to be. All who meet under one name leave it, each for a second of its own.
 * @throws Failure if each name that is tried is taken
 */
async function beginUnderFreeName(store, { database, tier }, step) {
    for (let tried = 1;; tried++) {
        const begun = { at: new Date(), clock: performance.now() };
        const name = `${store.folder}${(0,backup_names/* backupName */.aw)(database, (0,format/* formatTimestamp */.Ey)(begun.at))}`;
        const target = await store.begin(name, step.signal, tier);
        if (!('by' in target))
            return { target, begun };
        if (tried === mostNames)
            throw noFreeName(name);
        const why = target.by === 'blob' ? 'exists already' : 'is being written by another backup';
        step.info(`${(0,format/* quoted */.TL)(name)} ${why}; waiting for another second`);
        const seconds = 1 + Math.min(target.ahead, mostNames);
        await (0,promises_.setTimeout)(1_000 * seconds - begun.at.getMilliseconds(), undefined, { signal: step.signal });
    }
}
function noFreeName(last) {
    return new failure/* Failure */.HR({
        tried: 'Finding a name for the backup',
        cause: `the account says that each of ${mostNames} names is taken by a blob or by one that is being written, the last of them ${(0,format/* quoted */.TL)(last)}`,
        advice: 'Check the container. If these blobs are not there, and no other backup of this database is running, find out what answers in place of the account.',
    });
}


/***/ })

};
