export const id = 439;
export const ids = [439];
export const modules = {

/***/ 5439:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  restore: () => (/* binding */ restore)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./build/azure/backup-store.js + 3 modules
var backup_store = __webpack_require__(1623);
// EXTERNAL MODULE: ./build/format.js
var format = __webpack_require__(7413);
// EXTERNAL MODULE: ./build/postgres/archive.js
var archive = __webpack_require__(1304);
// EXTERNAL MODULE: ./build/failure.js
var failure = __webpack_require__(9874);
// EXTERNAL MODULE: ./build/process.js
var build_process = __webpack_require__(4677);
// EXTERNAL MODULE: ./build/postgres/connection.js
var postgres_connection = __webpack_require__(2992);
// EXTERNAL MODULE: ./build/postgres/errors.js
var postgres_errors = __webpack_require__(8167);
// EXTERNAL MODULE: ./build/postgres/psql.js
var postgres_psql = __webpack_require__(4560);
;// CONCATENATED MODULE: ./build/postgres/restore-messages.js
/** What `pg_restore --verbose` is at: `processing data for table "public.mdl_course"`. */
function entryOf(line) {
    return /^pg_restore: ((?:creating|processing|executing) .*)$/.exec(line)?.[1];
}
/** The error of servers before 17, which do not know this parameter: nothing else is wrong. In any language it is named. */
function isHarmless({ message, statement }) {
    return statement === 'SET transaction_timeout = 0;' && message.includes('transaction_timeout');
}
/**
 * Picks the errors out of what `pg_restore --verbose` writes. An error spans lines: the entry, the server's message,
 * then the statement.
 * @param onError is given each error when it is complete, and its lines
 */
function collectErrors(onError = () => { }) {
    const found = [];
    let entry = '';
    let ignored = 0;
    let open;
    const close = () => {
        if (open)
            onError(open.error, open.lines);
        open = undefined;
    };
    const begin = (line, words) => {
        const message = words.replace(/^could not execute query: (ERROR: +)?/, '');
        const error = { entry, message, statement: '' };
        found.push(error);
        open = { error, part: 'message', lines: [line] };
    };
    return {
        take(line) {
            const said = /^pg_restore: (?:(error|warning|detail|hint): )?(.*)$/s.exec(line);
            if (said) {
                close();
                const [, level, words = ''] = said;
                if (entryOf(line) !== undefined)
                    entry = '';
                entry = /^from TOC entry \d+; \d+ \d+ (.*)$/.exec(words)?.[1] ?? entry;
                ignored = Number(/^errors ignored on restore: (\d+)$/.exec(words)?.[1] ?? ignored);
                if (level === 'error')
                    begin(line, words);
            }
            else if (open && line !== '') {
                open.lines.push(line);
                const { error, part } = open;
                if (part === 'message' && line.startsWith('Command was: ')) {
                    open.part = 'statement';
                    error.statement = line.slice('Command was: '.length);
                }
                else
                    error[part] += `\n${line}`;
            }
        },
        result() {
            close();
            return { found, ignored };
        },
    };
}
const shownErrors = 5;
const shownStatement = 200;
/** The first few errors as a list, and how many there are. */
function describeErrors(errors) {
    const shown = errors.slice(0, shownErrors).map(({ entry, message, statement }) => {
        const short = statement.length > shownStatement ? `${statement.slice(0, shownStatement)}…` : statement;
        return `- ${entry === '' ? '' : `${entry}: `}${message}${short === '' ? '' : `\n  ${short}`}`;
    });
    const more = errors.length - shown.length;
    if (more > 0)
        shown.push(`- and ${more} more, all of them in the log`);
    return `${errors.length === 1 ? 'an error' : `${errors.length} errors`}\n${shown.join('\n')}`;
}

;// CONCATENATED MODULE: ./build/postgres/restore.js







/** The restoring role owns everything, and nobody else gets rights. */
const withoutOwners = ['--no-owner', '--no-privileges'];
/**
 * The number of entries that a restore works through.
 * @throws Failure if this `pg_restore` cannot read the archive
 */
async function countEntries(client, file, signal) {
    const list = await readArchive(client, [...withoutOwners, '--list', file], signal);
    return list.split('\n').filter((line) => /^\d+; /.test(line)).length;
}
/**
 * Reads and decompresses a whole archive without a server. Finds every cut; content that was changed is found in gzip
 * data only, since `pg_dump` writes the other methods without checksums.
 * @throws Failure if the archive is damaged
 */
async function readThrough(client, file, signal) {
    await readArchive(client, ['--file=/dev/null', file], signal);
}
async function readArchive(client, args, signal) {
    try {
        return await (0,build_process/* run */.eF)({
            program: client.pgRestore,
            args,
            env: { LC_ALL: 'C', PATH: process.env['PATH'] },
            signal,
        });
    }
    catch (error) {
        if (!(error instanceof build_process/* ProcessFailure */.iq))
            throw error;
        const { cause } = (0,postgres_errors/* explainServerError */.Ff)(error);
        throw new failure/* Failure */.H({
            tried: `Reading the archive with pg_restore ${client.version}`,
            cause,
            advice: 'Nothing was changed. Choose another backup.',
        }, { cause: error });
    }
}
/**
 * Fills an empty database from an archive. The connecting role will own every object.
 *
 * `pg_restore` 17 and later sets `transaction_timeout` on any server; those before 17 answer with an error and nothing
 * else is wrong. That one error is passed over, any other is a failure.
 *
 * @param onEntry is told each entry as it is begun: `creating TABLE "public.mdl_course"`
 * @param onMessage is given each line of a warning or an error
 * @throws Failure that says which entries failed, and why
 */
async function restoreInto(client, connection, database, file, onEntry, onMessage, signal) {
    const errors = collectErrors((error, lines) => {
        if (!isHarmless(error))
            lines.forEach(onMessage);
    });
    const args = [...withoutOwners, '--verbose', '--no-password', '--dbname', (0,postgres_connection/* connectionString */.cF)(database), file];
    try {
        await (0,build_process/* run */.eF)({
            program: client.pgRestore,
            args,
            env: connection.env,
            signal,
            onStderrLine: (line) => {
                const entry = entryOf(line);
                if (entry !== undefined)
                    onEntry(entry);
                else if (/^pg_restore: warning: (?!errors ignored)/.test(line))
                    onMessage(line);
                errors.take(line);
            },
        });
    }
    catch (error) {
        if (!(error instanceof build_process/* ProcessFailure */.iq))
            throw error;
        const { found, ignored } = errors.result();
        const serious = found.filter((one) => !isHarmless(one));
        const onlyHarmless = error.exitCode === 1 && found.length > 0 && serious.length === 0 && ignored === found.length;
        if (onlyHarmless)
            return;
        throw new failure/* Failure */.H({
            tried: `pg_restore ${client.version} into ${(0,format/* quoted */.TL)(database)}`,
            cause: serious.length > 0 ? describeErrors(serious) : (0,postgres_errors/* endOf */.pJ)(error),
            advice: (0,postgres_errors/* adviceFor */.cp)(serious[0]?.message ?? '') ?? 'Mend the cause, then run the restore again.',
        }, { cause: error });
    }
}
/** Collects the statistics that the planner needs; an archive has none, unless a `pg_dump` from 18 on was asked for them. */
async function analyze(psql, database) {
    // The shared catalogs are not this role's to analyze, and the server says so for each of them.
    await (0,postgres_psql/* runScript */.j)(psql, database, 'SET client_min_messages = error; SET statement_timeout = 0; ANALYZE;');
}

// EXTERNAL MODULE: ./build/postgres/server.js
var postgres_server = __webpack_require__(4167);
// EXTERNAL MODULE: ./build/step.js
var build_step = __webpack_require__(4460);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/jobs/record.js
var jobs_record = __webpack_require__(8584);
;// CONCATENATED MODULE: ./build/jobs/obtain-archive.js








/**
 * Looks a backup up and reads its first bytes.
 * @throws Failure if it isn't there, can't be read, or is no archive in custom format
 */
async function lookUp(container, name, step) {
    const stored = await (0,backup_store/* findBackup */.SC)(container, name, step.signal);
    const header = headerOf(name, await (0,backup_store/* readStart */.H6)(container, stored, archive/* headerBytes */.RH, step.signal));
    const record = (0,jobs_record/* fromMetadata */.U)(stored.metadata);
    const when = record.started_at === undefined ? '' : `, made ${record.started_at}`;
    step.info(`Found ${name}, ${(0,format/* formatBytes */.z3)(stored.size)}${when}: database ${(0,format/* quoted */.TL)(header.database)} of PostgreSQL ` +
        `${header.serverVersion}, dumped by pg_dump ${header.dumpVersion}`);
    return { stored, record, header };
}
/**
 * Downloads a backup and makes sure that it is what was backed up: by the SHA-256 recorded with it, else by reading it
 * through.
 * @throws Failure if it is not, or this client cannot read it
 */
async function obtain(container, { stored, record }, client, step) {
    const file = external_node_path_.join(step.scratch, 'restore.dump');
    const { size, name } = stored;
    let received = 0;
    const describe = (elapsed) => `${Math.floor((100 * received) / size)} %, ${(0,format/* formatBytes */.z3)(received)} of ${(0,format/* formatBytes */.z3)(size)}, ` +
        `${(0,format/* formatBytes */.z3)((1000 * received) / elapsed)}/s, ${(0,format/* formatDuration */.a3)(elapsed)}`;
    const sha256 = await (0,build_step/* withProgress */.E)(step, describe, () => (0,backup_store/* downloadBackup */.$s)(container, stored, file, (bytes) => (received = bytes), step.signal));
    step.info(`Downloaded ${(0,format/* formatBytes */.z3)(size)}, SHA-256 ${sha256}`);
    if (record.sha256 === undefined)
        await readUnproven(name, file, client, step);
    else if (record.sha256.toLowerCase() !== sha256)
        throw changedContent(name, record.sha256, sha256);
    else
        step.info('It is the very content that was backed up: the SHA-256 is the recorded one');
    const entries = await countEntries(client, file, step.signal);
    return { file, sha256, entries };
}
async function readUnproven(name, file, client, step) {
    step.info('No SHA-256 is recorded with it; reading it through with pg_restore instead');
    const describe = (elapsed) => `Reading it through, ${(0,format/* formatDuration */.a3)(elapsed)}`;
    await (0,build_step/* withProgress */.E)(step, describe, () => readThrough(client, file, step.signal));
    step.warn(`${name} has no SHA-256 recorded with it: it was not made by this action, or has lost its metadata. It can be read ` +
        'from the first byte to the last, but that its content is what was backed up cannot be proven.');
}
function headerOf(name, start) {
    try {
        return (0,archive/* readHeader */.ay)(start);
    }
    catch (cause) {
        if (!(cause instanceof archive/* ArchiveError */.di))
            throw cause;
        throw new failure/* Failure */.H({
            tried: `Reading ${(0,format/* quoted */.TL)(name)}`,
            cause: `it is not an archive in PostgreSQL's custom format: ${cause.message}${guess(start)}`,
            advice: 'Nothing was changed. Choose a backup that this action or pg_dump --format=custom has made.',
        }, { cause });
    }
}
/** What a file is instead of an archive, by its first bytes, where that can be told. */
function guess(start) {
    if (start.length === 0)
        return ' (it is empty)';
    if (start.subarray(0, 2).toString('hex') === '1f8b')
        return ' (it is compressed with gzip)';
    if (start.subarray(257, 262).toString() === 'ustar')
        return ' (it is a tar file)';
    if (/^(--|SET |CREATE |\\restrict)/m.test(start.toString('latin1')))
        return ' (it looks like a plain SQL script)';
    return '';
}
function changedContent(name, recorded, actual) {
    return new failure/* Failure */.H({
        tried: `Verifying ${(0,format/* quoted */.TL)(name)}`,
        cause: `its content is not what was backed up: SHA-256 ${actual}, recorded was ${recorded}`,
        advice: 'Nothing was changed. Choose another backup, and find out who wrote to this blob.',
    });
}

// EXTERNAL MODULE: ./build/jobs/preparation.js + 4 modules
var preparation = __webpack_require__(2375);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./build/postgres/locale.js

/** Since which version databases can have them: https://www.postgresql.org/docs/release/ */
const providers = new Map([
    ['i', { since: 15, name: 'ICU' }],
    ['b', { since: 17, name: 'the built-in provider' }],
]);
const icuRulesSince = 16;
/**
 * The options of `CREATE DATABASE` for a locale, as far as a server of this version knows them, and the variables of
 * psql that they refer to.
 */
function createOptions(locale, major) {
    const sql = ["ENCODING :'encoding' LC_COLLATE :'collation' LC_CTYPE :'character_type'"];
    const provider = isKnown(locale, major) ? locale.provider : 'c';
    if (provider === 'i')
        sql.push("LOCALE_PROVIDER icu ICU_LOCALE :'locale'");
    else if (provider === 'b')
        sql.push("LOCALE_PROVIDER builtin BUILTIN_LOCALE :'locale'");
    else if (major >= 15)
        sql.push('LOCALE_PROVIDER libc');
    if (provider === 'i' && locale.icuRules !== '' && major >= icuRulesSince)
        sql.push("ICU_RULES :'icu_rules'");
    const { encoding, collation, characterType: character_type, icuRules: icu_rules } = locale;
    return {
        sql: sql.join(' '),
        variables: { encoding, collation, character_type, locale: locale.locale, icu_rules },
    };
}
/** What of a locale the server is too old for, as a warning. */
function lostLocale(locale, major) {
    const provider = providers.get(locale.provider);
    if (provider && !isKnown(locale, major)) {
        return (`The backup was made of a database with the locale ${(0,format/* quoted */.TL)(locale.locale)} of ${provider.name}, which databases ` +
            `have from version ${provider.since} on. The new database sorts by the C library's rules instead.`);
    }
    if (locale.provider === 'i' && locale.icuRules !== '' && major < icuRulesSince) {
        return `The backup was made of a database with sorting rules of its own for ICU, which databases have from version ${icuRulesSince} on. The new database sorts without them.`;
    }
    return undefined;
}
function isKnown({ provider }, major) {
    return major >= (providers.get(provider)?.since ?? 0);
}

// EXTERNAL MODULE: ./build/postgres/names.js
var names = __webpack_require__(2810);
;// CONCATENATED MODULE: ./build/postgres/replace.js




/**
 * Creates an empty database, owned by the role. `template0` is the one template that takes any encoding and locale.
 * @param locale as it should be; undefined for the server's own
 */
async function createDatabase(psql, name, locale, major) {
    const options = locale ? createOptions(locale, major) : { sql: '', variables: {} };
    await (0,postgres_psql/* runScript */.j)(psql, postgres_server/* maintenanceDatabase */.Xb, `SET statement_timeout = 0;\nCREATE DATABASE :"name" TEMPLATE template0 ${options.sql};`, { name, ...options.variables });
}
/** Between two rounds of ending sessions, in milliseconds. */
const roundPause = 200;
/**
 * Drops `old`, if it is there, and gives its name to `fresh`.
 *
 * The drop holds new connections back by its lock and waits up to five seconds for the others to leave; meanwhile a
 * second session ends them, so an application that reconnects at once does not get in between. Only client sessions
 * are ended: a plain role may not end an autovacuum worker, which the drop sends away by itself. Sessions in `fresh` are
 * ended as well, since monitoring and poolers connect to whatever database they find.
 *
 * It takes seconds, and must not be cut off in the middle: give it a `psql` whose signal does not end it.
 * @param session a name for the session that does it, by which `isAtWork` finds it
 * @throws ProcessFailure; what it has done until then is for `databaseState` to find out
 */
async function replaceDatabase(psql, old, fresh, session) {
    const script = `SET application_name = :'session'; SET statement_timeout = 0;
    DROP DATABASE IF EXISTS :"old";
    ALTER DATABASE :"fresh" RENAME TO :"old";`;
    let over = false;
    const replacing = (0,postgres_psql/* runScript */.j)(psql, postgres_server/* maintenanceDatabase */.Xb, script, { old, fresh, session }).finally(() => {
        over = true;
    });
    const ending = (async () => {
        while (!over) {
            await (0,postgres_psql/* runScript */.j)(psql, postgres_server/* maintenanceDatabase */.Xb, endSessions, { old, fresh }).catch(() => { }); // the drop says who is left
            await (0,external_node_timers_promises_.setTimeout)(roundPause);
        }
    })();
    const [replaced] = await Promise.allSettled([replacing, ending]);
    if (replaced.status === 'rejected')
        throw replaced.reason;
}
const endSessions = `
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname IN (:'old', :'fresh') AND ${postgres_server/* isClient */.oc} AND pid <> pg_backend_pid()
    AND (pg_has_role(usesysid, 'USAGE') OR pg_has_role('pg_signal_backend', 'USAGE'))
    AND (NOT (SELECT rolsuper FROM pg_roles WHERE oid = usesysid)
      OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user));`;
/** Drops a database, one that a drop has left behind half done included. Throws a `ProcessFailure` if the server refuses. */
async function dropDatabase(psql, name) {
    await (0,postgres_psql/* runScript */.j)(psql, postgres_server/* maintenanceDatabase */.Xb, 'DROP DATABASE IF EXISTS :"name";', { name });
}
async function databaseState(psql, name) {
    const query = `SELECT json_build_object('limit', (SELECT datconnlimit FROM pg_database WHERE datname = :'name'))`;
    const { limit } = await (0,postgres_psql/* ask */.k)(psql, postgres_server/* maintenanceDatabase */.Xb, query, { name });
    return limit === null ? 'absent' : limit === -2 ? 'destroyed' : 'there';
}
/** Whether the session of a `replaceDatabase` is still there: a lost connection does not end what the server is doing. */
async function isAtWork(psql, session) {
    const query = "SELECT count(*) FROM pg_stat_activity WHERE application_name = :'session'";
    return (await (0,postgres_psql/* ask */.k)(psql, postgres_server/* maintenanceDatabase */.Xb, query, { session })) > 0;
}

;// CONCATENATED MODULE: ./build/jobs/restore-failures.js




/**
 * Something failed before the old database was touched.
 * @param left the name of an empty database that could not be removed
 */
function unchanged(tried, database, left, error) {
    const { cause, advice } = explain(error);
    const leftover = left === undefined ? '' : ` The empty database ${(0,format/* quoted */.TL)(left)} is left: drop it.`;
    return new failure/* Failure */.H({ tried, cause, advice: `${advice}\nDatabase ${(0,format/* quoted */.TL)(database)} was not changed.${leftover}` }, { cause: error });
}
/** Adds to a failure before the first change that nothing was changed, where it does not say so itself. */
async function stillUnchanged(database, work) {
    try {
        return await work;
    }
    catch (error) {
        if (!(error instanceof failure/* Failure */.H) || /was (not )?changed/i.test(error.message))
            throw error;
        const { advice } = error.explanation;
        throw new failure/* Failure */.H({ ...error.explanation, advice: `${advice}\nDatabase ${(0,format/* quoted */.TL)(database)} was not changed.` }, { cause: error });
    }
}
/**
 * There is no database of that name now, or one that a drop has left unusable, and putting the empty one in its place
 * did not succeed.
 * @param fresh the empty database, if it is still there
 */
function destroyed(database, fresh, error) {
    const leftover = fresh === undefined ? '' : ` Then drop the empty database ${(0,format/* quoted */.TL)(fresh)}.`;
    return new failure/* Failure */.H({
        tried: `Putting an empty database in the place of ${(0,format/* quoted */.TL)(database)}`,
        cause: explain(error).cause,
        advice: `There is no usable database ${(0,format/* quoted */.TL)(database)} on the server now. The backup is untouched: run the restore ` +
            `again with the same backup.${leftover}`,
    }, { cause: error });
}
/** The state could not be found out, since the server does not answer. */
function unknownState(database, fresh, error) {
    return new failure/* Failure */.H({
        tried: `Putting an empty database in the place of ${(0,format/* quoted */.TL)(database)}`,
        cause: explain(error).cause,
        advice: `The server could not be asked what came of it: database ${(0,format/* quoted */.TL)(database)} may be there still, or be gone. The ` +
            `backup is untouched, and running the restore again with it is right in either case. Drop ${(0,format/* quoted */.TL)(fresh)} if it ` +
            'is left over.',
    }, { cause: error });
}
/** The old database is gone, and the new one is not full. */
function incomplete(database, backupFileName, error) {
    const { cause, advice } = explain(error);
    return new failure/* Failure */.H({
        tried: error instanceof failure/* Failure */.H ? error.explanation.tried : `pg_restore into ${(0,format/* quoted */.TL)(database)}`,
        cause,
        advice: `${advice}\nThe old database ${(0,format/* quoted */.TL)(database)} was dropped, and the new one is INCOMPLETE. The backup is ` +
            `untouched: when the cause is mended, run the restore again with backup_file_name ${(0,format/* quoted */.TL)(backupFileName)}.`,
    }, { cause: error });
}
/** Cause and advice of any error that the lower layers throw. */
function explain(error) {
    if (error instanceof failure/* Failure */.H)
        return error.explanation;
    if (error instanceof build_process/* ProcessFailure */.iq)
        return (0,postgres_errors/* explainServerError */.Ff)(error);
    return { cause: (0,failure/* causeOf */.r)(error), advice: 'Run the restore again.' };
}

;// CONCATENATED MODULE: ./build/jobs/replace-by-empty.js







/**
 * Puts an empty database in the place of `database`. It is created under another name first, because creating is what
 * can fail (a locale that this server lacks, no room), and then nothing is lost.
 * @throws Failure that says what state the database is in
 */
async function replaceByEmpty(database, locale, { psql, server }, step) {
    // Random, so that it is ours alone: what is cleaned up below is never another restore's.
    const ours = (0,external_node_crypto_.randomBytes)(4).toString('hex');
    const fresh = (0,names/* siblingName */.Ue)(database, `new_${(0,format/* formatTimestamp */.Ey)(new Date())}_${ours}`);
    const lost = locale && lostLocale(locale, server.major);
    if (lost !== undefined)
        step.warn(lost);
    try {
        await createDatabase(psql, fresh, locale, server.major);
    }
    catch (error) {
        const left = await tryToDrop(fresh, psql); // if it came to be after all
        throw unchanged(`Creating an empty database beside ${(0,format/* quoted */.TL)(database)}`, database, left, error);
    }
    step.info(`Created the empty database ${(0,format/* quoted */.TL)(fresh)}${locale ? ` with ${locale.encoding}, ${locale.collation}` : ''}`);
    const session = `postgres-azure-backup replace ${ours}`;
    try {
        await replaceDatabase(uninterrupted(psql), database, fresh, session);
    }
    catch (error) {
        await settle(database, fresh, session, uninterrupted(psql), error);
    }
    step.info(`Dropped the old database, and gave its name to the empty one`);
}
/** How often a replacement that failed half way is taken up again, and how long it is waited for between. */
const attempts = 3;
const pause = 1_000;
/**
 * Finds out what a replacement that failed has left behind. While the old database is as it was, the empty one is
 * dropped and the restore gives up. After that there is no way back, and the replacement is finished.
 */
async function settle(database, fresh, session, psql, error) {
    for (let attempt = 1; attempt <= attempts; attempt++) {
        const [old, empty] = await statesAfter(database, fresh, session, psql).catch(() => {
            throw unknownState(database, fresh, error);
        });
        if (old === 'there' && empty === 'absent')
            return; // all was done, only the answer was lost
        if (old === 'there')
            throw unchanged(`Dropping database ${(0,format/* quoted */.TL)(database)}`, database, await tryToDrop(fresh, psql), error);
        if (empty !== 'there')
            throw destroyed(database, undefined, error);
        await (0,external_node_timers_promises_.setTimeout)(pause);
        await replaceDatabase(psql, database, fresh, session).then(() => (attempt = attempts), () => { });
    }
    const [old] = await statesAfter(database, fresh, session, psql).catch(() => ['unknown']);
    if (old !== 'there')
        throw destroyed(database, fresh, error);
}
/** What became of both databases, once the server is no longer at work on them. */
async function statesAfter(database, fresh, session, psql) {
    for (let round = 0; await isAtWork(psql, session); round++) {
        if (round === 30)
            throw new Error('the server is still at work');
        await (0,external_node_timers_promises_.setTimeout)(pause);
    }
    return [await databaseState(psql, database), await databaseState(psql, fresh)];
}
/** @returns the name of the database if it is still there */
async function tryToDrop(fresh, psql) {
    try {
        await dropDatabase(uninterrupted(psql), fresh);
        return undefined;
    }
    catch {
        return fresh;
    }
}
/** For what must not be left half done: a cancel does not end it. The runner's kill, ten seconds later, would. */
function uninterrupted(psql) {
    return { ...psql, signal: AbortSignal.timeout(60_000) };
}

;// CONCATENATED MODULE: ./build/jobs/restore-checks.js



/**
 * What stands in the way of replacing `database`, a sentence each; none if nothing does.
 * @param room bytes that are free on the runner's disk
 */
function obstacles(database, facts, size, room) {
    const { target, role } = facts;
    const name = (0,format/* quoted */.TL)(database);
    return [
        facts.inRecovery &&
            'The server is a replica (in recovery), which takes no changes: give azure_db_host of the primary.',
        !facts.inRecovery &&
            facts.readOnly &&
            'The server is read-only. On Azure that also happens at 95 % of its storage: make it larger.',
        !facts.mayCreateDatabases && `The role ${(0,format/* quoted */.TL)(role)} may not create databases: ALTER ROLE … CREATEDB.`,
        target &&
            !target.owned &&
            `The role ${(0,format/* quoted */.TL)(role)} does not own database ${name}, its owner is ${(0,format/* quoted */.TL)(target.owner)}: make it a member of that role, or change the owner.`,
        target?.isTemplate && `Database ${name} is a template, which a restore never replaces.`,
        target &&
            target.preparedTransactions > 0 &&
            `Database ${name} has ${target.preparedTransactions} prepared transaction(s) (pg_prepared_xacts), and cannot be dropped before they are committed or rolled back.`,
        size > room &&
            `The backup has ${(0,format/* formatBytes */.z3)(size)}, and the runner's disk has room for ${(0,format/* formatBytes */.z3)(room)}.`,
    ].filter((sentence) => typeof sentence === 'string');
}
/** Stops a restore that cannot succeed, with all obstacles at once. Throws a `Failure` if there are any. */
async function checkRestorable(database, facts, size, folder) {
    const { bavail, bsize } = await (0,promises_.statfs)(folder);
    const found = obstacles(database, facts, size, bavail * bsize);
    if (found.length === 0)
        return;
    throw new failure/* Failure */.H({
        tried: `Checking whether database ${(0,format/* quoted */.TL)(database)} can be replaced`,
        cause: found.length === 1 ? String(found[0]) : `\n${found.map((sentence) => `- ${sentence}`).join('\n')}`,
        advice: 'Nothing was changed.',
    });
}
/**
 * The encoding and locale for the new database: as recorded with the backup, else as the database has them that it
 * replaces, else undefined for the server's own.
 */
function chooseLocale(record, { target }) {
    const { encoding, collation, character_type: characterType } = record;
    if (!encoding || !collation || !characterType)
        return target?.locale;
    const { locale_provider: provider = '', locale = '', icu_rules: icuRules = '' } = record;
    return { encoding, collation, characterType, provider, locale, icuRules };
}

;// CONCATENATED MODULE: ./build/jobs/restore.js












/**
 * Replaces a database by what is in a backup. Everything that can be known before is known before the first change: the
 * archive lies on the runner's disk, verified, and the server lets this role do what has to be done. Then an empty
 * database is made, takes the old one's place, and is filled.
 * @throws Failure that says what state the database is in
 */
async function restore(request, step) {
    const clock = performance.now();
    const { database, backupFileName } = request;
    const { credential, login } = await stillUnchanged(database, step.phase('Sign in to Azure', () => (0,preparation/* fetchLogin */.M)(request, step)));
    const container = (0,backup_store/* openContainer */.Qx)(request.store, credential);
    const found = await stillUnchanged(database, step.phase('Look at the backup', () => lookUp(container, backupFileName, step)));
    const prepared = await stillUnchanged(database, step.phase('Look at the server', () => lookAtServer(request, found, login, step)));
    const archive = await stillUnchanged(database, step.phase(`Download ${backupFileName}`, () => obtain(container, found, prepared.client, step)));
    try {
        await step.phase(`Replace ${(0,format/* quoted */.TL)(database)} by an empty database`, () => replaceByEmpty(database, chooseLocale(found.record, prepared.server), prepared, step));
        await step.phase(`Restore ${(0,format/* quoted */.TL)(database)}`, () => fill(database, archive, prepared, backupFileName, step));
    }
    finally {
        await (0,promises_.rm)(archive.file, { force: true });
    }
    const databaseSize = await step.phase('Collect statistics (ANALYZE)', () => finish(database, prepared, step));
    return {
        job: 'restore',
        database,
        server: { host: request.server.host, version: prepared.server.version },
        backup: { name: backupFileName, url: found.stored.url, size: found.stored.size, sha256: archive.sha256 },
        databaseSize,
        duration: performance.now() - clock,
    };
}
/** Finds the client, and checks what can be checked. Changes nothing. */
async function lookAtServer(request, { header, stored }, login, step) {
    const { database } = request;
    const ask = (psql) => (0,postgres_server/* restoreFacts */.O4)(psql, database);
    const prepared = await (0,preparation/* prepareClient */.B)(request, login, ask, (0,archive/* oldestReader */.jV)(header), step);
    const { server } = prepared;
    await checkRestorable(database, server, stored.size, step.scratch);
    if (Number.parseInt(header.serverVersion, 10) > server.major) {
        step.warn(`The backup is of PostgreSQL ${header.serverVersion}, and this server is the older ${server.version}: what the older ` +
            'one does not know cannot be restored, and then the restore fails after the old database was dropped.');
    }
    describeTarget(database, server, step);
    return prepared;
}
function describeTarget(database, { target }, step) {
    if (!target) {
        step.info(`There is no database ${(0,format/* quoted */.TL)(database)} on the server; it will be created`);
        return;
    }
    const sessions = Object.entries(target.sessions).map(([name, count]) => `${count} of ${(0,format/* quoted */.TL)(name)}`);
    const ended = sessions.length === 0
        ? 'nobody is connected to it'
        : `its sessions will be ended: ${sessions.join(', ')}`;
    step.info(`Database ${(0,format/* quoted */.TL)(database)} will be replaced; ${ended}`);
    step.info('With the old one go its owner, the rights that were granted on it and in it, and its own settings');
}
async function fill(database, { file, entries }, { client, connection }, backupFileName, step) {
    let begun = 0;
    let current = 'connecting';
    const describe = (elapsed) => `${Math.min(99, Math.floor((100 * begun) / entries))} % of ${entries} entries, ${current}, ${(0,format/* formatDuration */.a3)(elapsed)}`;
    const onEntry = (entry) => {
        begun++;
        current = entry;
    };
    try {
        await (0,build_step/* withProgress */.E)(step, describe, () => restoreInto(client, connection, database, file, onEntry, step.info, step.signal));
    }
    catch (error) {
        throw incomplete(database, backupFileName, error);
    }
    step.info(`Restored ${entries} entries of the archive`);
}
/**
 * Has statistics collected, and asks for the size of the database. A database without statistics is complete, only slow:
 * whatever goes wrong here, a cancel included, the restore has succeeded.
 * @returns bytes, or undefined if the server did not answer
 */
async function finish(database, { psql }, step) {
    try {
        const describe = (elapsed) => `Collecting statistics, ${(0,format/* formatDuration */.a3)(elapsed)}`;
        await (0,build_step/* withProgress */.E)(step, describe, () => analyze(psql, database));
        return (await (0,postgres_server/* databaseFacts */.vS)(psql, database)).size;
    }
    catch (error) {
        step.warn(`The database is restored, but ANALYZE did not end as it should: ${explain(error).cause}\n` +
            'Run ANALYZE in it, or queries may be slow.');
        return undefined;
    }
}


/***/ })

};
