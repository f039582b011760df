export const id = 315;
export const ids = [315];
export const modules = {

/***/ 7315:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  restore: () => (/* binding */ restore)
});

// EXTERNAL MODULE: ./build/azure/storage/backup-store.js + 5 modules
var backup_store = __webpack_require__(9798);
// EXTERNAL MODULE: ./build/base/format.js
var format = __webpack_require__(8253);
// EXTERNAL MODULE: ./build/postgres/archive/header.js
var archive_header = __webpack_require__(4946);
// EXTERNAL MODULE: ./build/postgres/client/known-options.js
var known_options = __webpack_require__(3624);
// EXTERNAL MODULE: ./build/postgres/client/tool-options.js
var tool_options = __webpack_require__(7971);
// EXTERNAL MODULE: ./build/postgres/server/fit-server.js
var fit_server = __webpack_require__(8079);
;// CONCATENATED MODULE: ./build/postgres/server/locale.js

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
/** The locale of a new database, in brackets: ` (UTF8, C.UTF-8)`; empty for the server's own. */
function describeLocale(locale) {
    return locale ? ` (${(0,format/* plain */.pj)(locale.encoding)}, ${(0,format/* plain */.pj)(locale.collation)})` : '';
}
/** What of a locale the server is too old for, as a warning. */
function lostLocale(locale, major) {
    const provider = providers.get(locale.provider);
    if (provider && !isKnown(locale, major)) {
        return `The backup's database has the locale ${(0,format/* quoted */.TL)(locale.locale)} of ${provider.name}, which needs version ${provider.since} or newer. The new database uses the sort order of the C library instead.`;
    }
    if (locale.provider === 'i' && locale.icuRules !== '' && major < icuRulesSince) {
        return `The backup's database has ICU sort rules of its own, which needs version ${icuRulesSince} or newer. The new database sorts without them.`;
    }
    return undefined;
}
function isKnown({ provider }, major) {
    return major >= (providers.get(provider)?.since ?? 0);
}

// EXTERNAL MODULE: ./build/postgres/server/server.js
var server = __webpack_require__(2221);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./build/base/failure.js
var failure = __webpack_require__(7306);
// EXTERNAL MODULE: ./build/postgres/errors/explain.js
var explain = __webpack_require__(8163);
// EXTERNAL MODULE: ./build/postgres/session/connection.js
var session_connection = __webpack_require__(1453);
// EXTERNAL MODULE: ./build/postgres/session/session.js
var session_session = __webpack_require__(2013);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/postgres/session/sql-text.js
var sql_text = __webpack_require__(4953);
;// CONCATENATED MODULE: ./build/postgres/swap/lock-claim.js



/** How the session that holds the lock for a database is called in `pg_stat_activity`, which cuts it and shows ASCII alone. */
function applicationOf(database) {
    return `postgres-azure-backup restore ${database}`;
}
const family = "hashtext('postgres-azure-backup restore ' || :'database')";
/** Of `pg_locks`: the locks for restores of a database. https://www.postgresql.org/docs/current/view-pg-locks.html (advisory locks) */
const lockCondition = `locktype = 'advisory' AND objsubid = 2 AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND classid = (${family}::bigint & 4294967295)::oid`;
/**
 * Who could restore: where the database is there, its owner and who may become that; else whoever may create databases. A session's
 * role is the one that signed in, which no SET ROLE changes.
 */
const isAble = `EXISTS (SELECT FROM pg_roles AS role
    LEFT JOIN pg_database AS target ON target.datname = :'database'
    WHERE pg_has_role(held_by.oid, role.oid, 'MEMBER')
      AND (role.rolsuper OR CASE WHEN target.oid IS NULL THEN role.rolcreatedb ELSE role.oid = target.datdba END))`;
const holders = `SELECT coalesce(json_agg(json_build_object('pid', held.pid, 'role', held_by.rolname,
      'able', held_by.oid IS NULL OR ${isAble}, 'application', application_name,
      'since', to_char(coalesce(backend_start, prepared) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"'),
      'address', host(client_addr), 'prepared', gid)), '[]')
    FROM (SELECT DISTINCT pid, virtualtransaction FROM pg_locks WHERE pid IS DISTINCT FROM pg_backend_pid() AND ${lockCondition}) AS held
    LEFT JOIN pg_stat_activity AS activity ON activity.pid = held.pid
    LEFT JOIN pg_locks AS own ON held.pid IS NULL AND own.pid IS NULL AND own.locktype = 'transactionid'
      AND own.virtualtransaction = held.virtualtransaction
    LEFT JOIN pg_prepared_xacts ON transaction = own.transactionid
    LEFT JOIN pg_roles AS held_by ON held_by.oid = usesysid OR held_by.rolname = owner`;
/**
 * Claims the right to restore a database for a session. PostgreSQL has no lock that strangers cannot take: an advisory lock asks for
 * no right, an object for `LOCK` would have to be created in a database where a restoring role may create nothing, and what
 * `COMMENT ON DATABASE` locks stands in the way of the renaming. But the server says whose a session is. So whoever could not
 * restore the database is passed over, by another lock of the same family; and a claim holds only if, once it is made, nobody who
 * could restore has another.
 *
 * @returns those who were passed over; or who is in the way, in `by`. The session may hold a lock then, and is to be closed.
 */
async function acquireLock(session, database) {
    let key = 0;
    for (let round = 1;; round++) {
        const got = await session.run(`SELECT pg_try_advisory_lock(${family}, ${key})`, { database });
        const found = JSON.parse(await session.run(holders, { database }));
        const able = found.filter((holder) => holder.able);
        const by = able.find(({ role }) => role !== null) ?? (round < mostRounds ? undefined : able[0]);
        if (by)
            return { by };
        if (able.length > 0)
            continue; // whoever leaves while it is looked at is seen without a role
        if (got === 't')
            return { strangers: found };
        key = (0,external_node_crypto_.randomInt)(1, 2 ** 31);
    }
}
/** How often who holds a lock is looked for, before somebody without a role stands in the way. */
const mostRounds = 5;
/** A holder in words: `a session of the role "x" since …, from …`. */
function describeHolder({ since, address, application, pid, prepared, role }) {
    const details = [
        since && `since ${(0,format/* plain */.pj)(since)}`,
        address && `from ${(0,format/* plain */.pj)(address)}`,
        application && `as ${(0,format/* quoted */.TL)(application)}`,
        pid && `with process ID ${pid} on the server`,
    ].filter((part) => part);
    const what = prepared === null ? 'a session' : `the prepared transaction ${(0,format/* quoted */.TL)(prepared)}`;
    return [`${what} of the role ${(0,format/* quoted */.TL)(role ?? '?')}`, details.join(', ')].join(' ').trim();
}
/** The statement that ends what holds the lock, on one line: whoever prepared a transaction has named it. */
function statementToEnd({ pid, prepared }) {
    if (prepared === null)
        return `SELECT pg_terminate_backend(${pid});`;
    return (0,sql_text/* toPaste */.XM)(`ROLLBACK PREPARED ${(0,sql_text/* literal */.eu)(prepared)};`);
}

;// CONCATENATED MODULE: ./build/postgres/swap/lock.js








/** Between two questions whether the lock is still held, and how long an answer may take, in milliseconds. */
const interval = 20_000;
const longestAnswer = 30_000;
/**
 * Time limits that would end the session or its statements, and keep-alives, so that the server notices within a minute
 * that a runner is gone. Settings that this server does not know are passed over.
 */
const lockSessionSettings = `SELECT set_config(name, value, false) FROM pg_settings JOIN (VALUES
    ('idle_session_timeout', '0'), ('statement_timeout', '0'), ('lock_timeout', '0'), ('transaction_timeout', '0'),
    ('tcp_keepalives_idle', '30'), ('tcp_keepalives_interval', '10'), ('tcp_keepalives_count', '3')
  ) AS wanted(name, value) USING (name)`;
/**
 * Takes the lock for restores of a database, an advisory lock of a session in the maintenance database. It is asked now
 * and then whether it still holds it.
 * @throws Failure if another restore has it, or the server can't be reached. Nothing is changed then.
 */
async function lockRestore(psql, database) {
    const applicationName = applicationOf(database);
    const session = await (0,server/* explainingErrors */.ng)(psql, server/* maintenanceDatabase */.Xb, () => (0,session_session/* openSession */.fA)(psql, server/* maintenanceDatabase */.Xb, { applicationName }));
    try {
        const strangers = await (0,server/* explainingErrors */.ng)(psql, server/* maintenanceDatabase */.Xb, async () => {
            await session.run(lockSessionSettings);
            const claimed = await acquireLock(session, database);
            if ('by' in claimed)
                throw lockTaken(psql, database, claimed.by);
            return claimed.strangers;
        });
        return hold(session, psql, database, strangers);
    }
    catch (error) {
        await session.close();
        throw error;
    }
}
function hold(session, psql, database, strangers) {
    const tried = `Holding the lock for restores of ${(0,session_connection/* describeDatabase */.DZ)(psql.connection, database)}`;
    const lost = new AbortController();
    let released = false;
    const lose = ({ cause, advice }) => {
        if (!released)
            lost.abort(new failure/* Failure */.HR({ tried, cause, advice }));
    };
    session.lost.addEventListener('abort', () => lose((0,explain.explainServerError)(session.lost.reason)));
    async function confirm() {
        lost.signal.throwIfAborted();
        const question = `SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND ${lockCondition}`;
        const answer = await Promise.race([
            session.run(question, { database }).catch(String),
            (0,promises_.setTimeout)(longestAnswer, 'no answer', { ref: false }),
        ]);
        if (answer !== '1')
            lose({
                cause: `the server does not confirm it (${(0,format/* quoted */.TL)(answer.slice(0, 200))})`,
                advice: 'Run the job again.',
            });
        if (lost.signal.aborted)
            void session.close();
        lost.signal.throwIfAborted();
    }
    const timer = setInterval(() => void confirm().catch(() => { }), interval);
    return {
        ...{ database, session, lost: lost.signal, strangers, confirm },
        async release() {
            released = true;
            clearInterval(timer);
            await session.close();
        },
    };
}
/** Somebody else holds the lock. */
class LockTaken extends failure/* Failure */.HR {
    holder;
    constructor(diagnosis, holder) {
        super(diagnosis);
        this.holder = holder;
    }
    /** Whether that looks like a restore, or like a session that is just ending. */
    get isRestore() {
        const { application, role, prepared } = this.holder;
        return application?.startsWith(applicationOf('')) || (role === null && prepared === null);
    }
}
function lockTaken(psql, database, holder) {
    const tried = `Locking ${(0,session_connection/* describeDatabase */.DZ)(psql.connection, database)} for this restore`;
    const { application, role } = holder;
    const taken = (cause, advice) => new LockTaken({ tried, cause, advice }, holder);
    if (application?.startsWith(applicationOf('')))
        return taken(`another restore of this database is running: ${describeHolder(holder)}`, 'Wait until the other restore has ended, then run the job again.');
    return taken(`the lock for restores of this database is held by ${describeHolder(holder)}, which does not look like a restore`, 'Find out what holds the lock. To end it, run this in database ' +
        `${(0,format/* quoted */.TL)(server/* maintenanceDatabase */.Xb)} as ${role === null ? '' : `${(0,format/* quoted */.TL)(role)} or `}an administrator of the server, then run the job again:\n` +
        statementToEnd(holder));
}

;// CONCATENATED MODULE: ./build/jobs/archive/file-or-stream.js

/**
 * Chooses the way of an archive. A file is what several sessions need, and what strategy `drop` needs, which makes sure of the whole
 * archive before anything is dropped. Otherwise there is no need of one: with `swap` the SHA-256 is compared before the swap.
 * @param jobs how many sessions were asked for
 * @param size of the archive, and `room` on the runner's disk, in bytes
 * @param proven whether a SHA-256 is recorded with the backup; without one, it is read through beforehand, from a file
 * @param lookedInto whether something has to be looked up in the archive before it is restored
 */
function chooseSource({ strategy, jobs, size, room, proven, lookedInto = false, }) {
    const sessions = jobs === 1 ? '1 session' : `${jobs} sessions`;
    if (strategy === 'swap' && size > room) {
        const instead = jobs === 1 ? '' : ` instead of ${jobs}`;
        const why = `Restore: streamed from the container, 1 session${instead}; the runner has only ${(0,format/* formatBytes */.z3)(room)} free for ${(0,format/* formatBytes */.z3)(size)}`;
        return { through: 'stream', jobs: 1, why };
    }
    if (strategy === 'swap' && jobs === 1 && proven && !lookedInto) {
        const why = 'Restore: streamed from the container, 1 session; SHA-256 checked before the swap';
        return { through: 'stream', jobs, why };
    }
    const why = `Restore: downloaded to the runner first, ${sessions}`;
    return { through: 'file', jobs, why };
}

// EXTERNAL MODULE: ./build/jobs/archive/latest.js
var latest = __webpack_require__(4789);
// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/base/step.js
var base_step = __webpack_require__(7460);
// EXTERNAL MODULE: ./build/postgres/archive/follower.js
var archive_follower = __webpack_require__(7557);
;// CONCATENATED MODULE: ./build/postgres/archive/data-offsets.js



/** In bytes; 100,000 large objects make a table of contents of 19 MB. */
const largestHead = 32 * 1024 * 1024;
/** How much of the table of contents is read, changed and written at once, in bytes. */
const windowSize = 1024 * 1024;
/**
 * An archive that was written to a pipe does not say where each entry's data is, and every session of `pg_restore --jobs` then
 * looks for it by reading through the file: docs/data-offsets.md has what that costs.
 * https://github.com/postgres/postgres/blob/master/src/bin/pg_dump/pg_backup_custom.c (_PrintTocData)
 */
function dataOffsets() {
    const places = [];
    const sizes = new Map();
    const follower = new archive_follower/* ArchiveFollower */.X((place) => places.push(place), (id, size) => sizes.set(id, size));
    let followed = true;
    function pass(step) {
        try {
            followed = step();
        }
        catch (error) {
            if (!(error instanceof archive_header/* ArchiveError */.di))
                throw error;
            followed = false;
        }
    }
    return {
        sizes,
        follow(bytes) {
            if (!followed)
                return;
            pass(() => {
                follower.push(bytes);
                return (places[0]?.field ?? 0) < largestHead;
            });
        },
        async fillIn(file) {
            if (followed)
                pass(() => follower.end());
            places.sort((a, b) => a.field - b.field);
            if (!followed || places.some(isBeyond))
                return 0;
            const handle = await (0,external_node_fs_promises_.open)(file, 'r+');
            try {
                for (const window of windows(places))
                    await writeInto(handle, window);
            }
            finally {
                await handle.close();
            }
            return places.length;
        },
    };
}
/** Whether an offset cannot, or should not, be written. */
function isBeyond({ field, size, data }) {
    return field >= largestHead || data >= 256 ** size;
}
/** Places in their order, those together that can be changed in one piece. */
function windows(places) {
    const found = [];
    for (const place of places) {
        const window = found.at(-1);
        const start = window?.[0]?.field ?? Number.NEGATIVE_INFINITY;
        if (window && place.field + 1 + place.size - start <= windowSize)
            window.push(place);
        else
            found.push([place]);
    }
    return found;
}
async function writeInto(handle, places) {
    const [first, last] = [places[0], places.at(-1)];
    if (!first || !last)
        return;
    const bytes = Buffer.alloc(last.field + 1 + last.size - first.field);
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, first.field);
    for (const { field, size, data } of places) {
        const at = field - first.field;
        bytes[at] = archive_follower/* positionSet */.M;
        for (let i = 0; i < size; i++)
            bytes[at + 1 + i] = Math.floor(data / 256 ** i) % 256;
    }
    const { bytesWritten } = await handle.write(bytes, 0, bytes.length, first.field);
    if (bytesRead < bytes.length || bytesWritten < bytes.length)
        throw new Error(`${bytes.length} bytes at ${first.field} could not be changed`);
}

;// CONCATENATED MODULE: ./build/postgres/archive/foreign-format.js
const unpack = 'If it contains an archive in custom format, unpack it and upload that.';
const begins = (hex) => (start) => start.subarray(0, hex.length / 2).toString('hex') === hex;
/** The first that fits counts. */
const foreignFormats = [
    { fits: ({ length }) => length === 0, is: 'it is empty' },
    { fits: begins('1f8b'), is: 'it is compressed with gzip', use: unpack },
    { fits: begins('28b52ffd'), is: 'it is compressed with zstd', use: unpack },
    { fits: begins('504b0304'), is: 'it is a zip file', use: unpack },
    {
        fits: (start) => isTar(start) && start.subarray(0, 8).toString('latin1') === 'toc.dat\0',
        is: 'it is an archive in tar format',
        use: 'Restore an archive in tar format with pg_restore by hand.',
    },
    { fits: isTar, is: 'it is a tar file', use: unpack },
    {
        fits: (start) => start.subarray(0, 5).toString('latin1') === 'PGDMP' && start[10] === 3,
        is: 'it is the table of contents (toc.dat) of an archive in directory or tar format, whose data is in other files',
        use: 'Restore the whole archive (a folder or a tar file) with pg_restore by hand.',
    },
    {
        fits: (start) => /^(--|SET |CREATE |\\restrict)/m.test(start.toString('latin1')),
        is: 'it looks like a plain SQL script',
        use: 'Restore an SQL script with psql by hand.',
    },
];
/**
 * What a file is instead of an archive in custom format, and what to do.
 * @param start its first bytes
 * @param error what was found when they were read as an archive
 */
function explainForeignFormat(start, error) {
    const { is, use } = foreignFormats.find(({ fits }) => fits(start)) ?? { is: error.message };
    const choose = 'Choose a backup made by this action or by pg_dump --format=custom.';
    return {
        cause: `it is not an archive in PostgreSQL's custom format: ${is}`,
        advice: use === undefined ? choose : `${choose} ${use}`,
    };
}
/** https://www.gnu.org/software/tar/manual/html_node/Standard.html */
function isTar(start) {
    return start.subarray(257, 262).toString('latin1') === 'ustar';
}

// EXTERNAL MODULE: ./build/postgres/archive/read.js
var archive_read = __webpack_require__(4807);
// EXTERNAL MODULE: external "node:v8"
var external_node_v8_ = __webpack_require__(8877);
;// CONCATENATED MODULE: ./build/postgres/archive/table-of-contents.js

/**
 * The types of entries of pg_dump 9.2 to 18 that have several words; the longest that fits is meant.
 * https://github.com/postgres/postgres/blob/master/src/bin/pg_dump/pg_dump.c (the fields `description`)
 */
const longTypes = [
    'ACCESS METHOD',
    'ACL LANGUAGE',
    'BLOB COMMENTS',
    'BLOB METADATA',
    'CHECK CONSTRAINT',
    'DATABASE PROPERTIES',
    'DEFAULT ACL',
    'EVENT TRIGGER',
    'FK CONSTRAINT',
    'FOREIGN DATA WRAPPER',
    'FOREIGN SERVER',
    'FOREIGN TABLE',
    'INDEX ATTACH',
    'LARGE OBJECT',
    'MATERIALIZED VIEW DATA',
    'MATERIALIZED VIEW',
    'OPERATOR CLASS',
    'OPERATOR FAMILY',
    'PROCEDURAL LANGUAGE',
    'PUBLICATION TABLES IN SCHEMA',
    'PUBLICATION TABLE',
    'ROW SECURITY',
    'SECURITY LABEL',
    'SEQUENCE OWNED BY',
    'SEQUENCE SET',
    'SHELL TYPE',
    'STATISTICS DATA',
    'SUBSCRIPTION TABLE',
    'TABLE ATTACH',
    'TABLE DATA',
    'TEXT SEARCH CONFIGURATION',
    'TEXT SEARCH DICTIONARY',
    'TEXT SEARCH PARSER',
    'TEXT SEARCH TEMPLATE',
    'USER MAPPING',
];
/**
 * The entries of an archive that a restore with these options works through, in their order.
 * @param file may be the beginning of an archive only, as long as all of the table of contents is in it
 * @param options of `pg_restore` that choose entries: `--no-privileges`, `--schema=public`
 * @throws CutOff if the table of contents does not end in the file
 * @throws Failure if this `pg_restore` cannot read the archive
 */
async function readContents(client, file, options, signal) {
    return parseContents(await (0,archive_read/* readArchive */.bL)(client, [...options, '--list', file], signal));
}
/** The entries in what `pg_restore --list` prints. */
function parseContents(list) {
    const found = Array.from(list.matchAll(/(?<![^\n])(\d+); \d+ \d+ ([^\n]*)/g), ([, id, rest = '']) => {
        const type = typeOfEntry(rest);
        return { id: Number(id), type, text: rest.slice(type.length + 1) };
    });
    const spaced = found
        .filter(({ type }) => type === 'SCHEMA')
        .map(({ text }) => text.replace(/^- | [^ ]*$/g, ''))
        .filter((schema) => schema.includes(' '));
    const known = new Set(spaced);
    return found.map((entry) => ({ ...entry, ...split(entry.text, known) }));
}
/** The type that a text begins with: `TABLE DATA` of `TABLE DATA note`. */
function typeOfEntry(text) {
    return longTypes.find((long) => text.startsWith(`${long} `)) ?? text.replace(/ .*$/s, '');
}
/** The longest name of a schema, in characters; with room for servers that were built for longer ones. */
const longestSchema = 256;
/** @param spaced names of schemas that have a space in them */
function split(text, spaced) {
    const beginnings = spaced.size === 0
        ? []
        : Array.from(text.slice(0, longestSchema + 1).matchAll(/ /g), ({ index }) => text.slice(0, index));
    const first = beginnings.find((beginning) => spaced.has(beginning)) ?? text.replace(/ .*$/s, '');
    const rest = text.slice(first.length + 1);
    const end = rest.lastIndexOf(' ');
    return { schema: first === '-' ? '' : first, name: rest.slice(0, end), owner: rest.slice(end + 1) };
}

;// CONCATENATED MODULE: ./build/jobs/archive/head.js







/**
 * How much of a backup is looked through for its table of contents at most, in bytes. While they are looked through, statements take about
 * five times as much memory as in the archive, and up to nine times if they are not of ASCII alone (docs/memory.md); and no string is longer
 * than 512 MiB.
 * @param heapLimit how much memory Node may use, in bytes: about a quarter of the machine's, and 4 GiB at most
 */
function mostContents(heapLimit) {
    return Math.min(512 * 2 ** 20, Math.max(64 * 2 ** 20, Math.floor(heapLimit / 8)));
}
/**
 * How much of a backup is read, in bytes, until the table of contents is complete. A thousand tables take about 1 MB, 100,000 large
 * objects 19 MB.
 */
const portions = [
    ...[1, 8, 64].map((mebibytes) => mebibytes * 2 ** 20),
    mostContents((0,external_node_v8_.getHeapStatistics)().heap_size_limit),
];
/** The first of these portions, which is read when a backup is looked up. */
const firstPortion = 2 ** 20;
/**
 * Reads the table of contents of a backup that is not downloaded yet.
 * @param start its first portion, or all of it if it has less
 * @param options of `pg_restore` that choose entries
 * @throws Failure if the backup cannot be read, or this client cannot read it
 */
async function readHead(store, { stored, start }, client, options, step) {
    const file = external_node_path_.join(step.scratch, 'head.dump');
    await (0,external_node_fs_promises_.writeFile)(file, start, { mode: 0o600 });
    let read = start.length;
    for (const portion of portions) {
        if (read < Math.min(portion, stored.size))
            await store.appendStart(stored, { start: read, end: portion }, file, step.signal);
        read = Math.min(portion, stored.size);
        try {
            const entries = await readContents(client, file, options, step.signal);
            step.info(`Archive: ${entries.length === 1 ? '1 entry' : `${entries.length} entries`}`);
            return { file, entries };
        }
        catch (error) {
            if (!(error instanceof archive_read/* CutOff */.eI) || read === stored.size)
                throw error;
        }
    }
    throw tooMuchContents(stored.name, read);
}
function tooMuchContents(name, read) {
    return new failure/* Failure */.HR({
        tried: `Reading the table of contents of ${(0,format/* quoted */.TL)(name)}`,
        cause: `it does not end within the first ${(0,format/* formatBytes */.z3)(read)}, which is all that the action looks through with the memory of this runner`,
        advice: 'Use a runner with more memory (16 GB or more are enough for 537 MB), or download the backup and restore it with pg_restore by hand. A backup made with --no-statistics, or of parts of the database (--schema), in pg_dump_options has a smaller one.',
    });
}

// EXTERNAL MODULE: ./build/jobs/archive/metadata.js
var metadata = __webpack_require__(6355);
;// CONCATENATED MODULE: ./build/jobs/archive/obtain.js











/**
 * Looks a backup up and reads its first bytes.
 * @param database whose backups are named if this one is not there
 * @throws Failure if it isn't there, can't be read, or is no archive in custom format
 */
async function lookUpBackup(store, name, database, step) {
    const stored = await store.find(name, database, step.signal);
    const start = await store.readStart(stored, firstPortion, step.signal);
    const record = (0,metadata/* fromMetadata */.U7)(stored.metadata);
    const header = withRecord(headerOf(name, start.subarray(0, archive_header/* headerBytes */.RH)), record);
    const told = (text) => (text === '' ? 'unknown' : (0,format/* plain */.pj)(text));
    step.info(`Found ${(0,format/* quoted */.TL)(name)} (${(0,format/* formatBytes */.z3)(stored.size)}): database ${header.database === '' ? 'unknown' : (0,format/* quoted */.TL)(header.database)}` +
        `${madeAt(record.started_at)}, PostgreSQL ${told(header.serverVersion)}, pg_dump ${told(header.dumpVersion)}`);
    if ((0,archive_header/* isNewerFormat */.FY)(header)) {
        step.info(`Its archive format ${header.format} is newer than this action; a pg_restore of the version that wrote it reads it`);
    }
    return { stored, record, header, start };
}
/** What stands in the header of a newer format may not be what it was: what is recorded with the backup goes before it. */
function withRecord(header, record) {
    if (!(0,archive_header/* isNewerFormat */.FY)(header))
        return header;
    return {
        format: header.format,
        database: record.database ?? header.database,
        serverVersion: record.server_version ?? header.serverVersion,
        dumpVersion: record.pg_dump_version ?? header.dumpVersion,
    };
}
/** When a backup says that it was made; anybody may have written that. */
function madeAt(started = '') {
    if (started === '')
        return '';
    const time = new Date(started);
    const ago = Number.isNaN(time.getTime()) ? '' : ` (${(0,format/* formatAge */.nV)(Date.now() - time.getTime())})`;
    return ` as of ${(0,format/* plain */.pj)(ago === '' ? started : (0,format/* formatTime */.fU)(time))}${ago}`;
}
/**
 * Downloads a backup and makes sure that it is what was backed up: by the SHA-256 recorded with it, else by reading it
 * through. For several sessions the file then gets the data offsets that it lacks.
 * @param jobs how many sessions will read it
 * @throws Failure if it is not, or this client cannot read it
 */
async function downloadArchive(store, { stored, record }, client, jobs, step) {
    const file = external_node_path_.join(step.scratch, 'restore.dump');
    const { size, name } = stored;
    const offsets = jobs > 1 ? dataOffsets() : undefined;
    let received = 0;
    const describe = (elapsed) => `${(0,format/* formatDuration */.a3)(elapsed)}: ${(0,format/* formatTransfer */.z7)(received, size, elapsed, 'downloaded', 'left')}`;
    const listener = {
        onProgress: (bytes) => {
            received = bytes;
        },
        onContent: (bytes) => offsets?.follow(bytes),
    };
    const sha256 = await (0,base_step/* withProgress */.E)(step, describe, () => store.download(stored, file, listener, step.signal));
    step.info(`Downloaded ${(0,format/* formatBytes */.z3)(size)}, SHA-256 ${sha256}`);
    if (record.sha256 === undefined)
        await readUnproven(name, file, client, step);
    else
        verify(name, record.sha256, sha256, step);
    const filledIn = await offsets?.fillIn(file);
    if (filledIn)
        step.debug(`Data offsets of ${filledIn} entries written into the table of contents`);
    return {
        archive: file,
        dataSizes: offsets?.sizes ?? new Map(),
        verified: () => sha256,
        remove: () => (0,external_node_fs_promises_.rm)(file, { force: true }).catch(() => { }), // the step's folder goes in the end anyway
    };
}
/** Makes a backup ready to be restored as it comes, without a file. Nothing is asked of the container before it is read. */
function streamArchive(store, { stored, record }, step) {
    const { chunks, sha256 } = store.stream(stored, step.signal);
    let known;
    return {
        archive: chunks,
        dataSizes: new Map(),
        verified() {
            if (known !== undefined)
                return known;
            known = sha256();
            step.info(`Read all ${(0,format/* formatBytes */.z3)(stored.size)}, SHA-256 ${known}`);
            if (record.sha256 === undefined)
                warnOfUnproven(stored.name, step);
            else
                verify(stored.name, record.sha256, known, step);
            return known;
        },
        remove: async () => { },
    };
}
function verify(name, recorded, actual, step) {
    if (recorded.toLowerCase() !== actual)
        throw changedContent(name, recorded, actual);
    step.info('SHA-256 verified');
}
async function readUnproven(name, file, client, step) {
    step.info('No SHA-256 recorded; reading the whole archive with pg_restore instead');
    const describe = (elapsed) => `${(0,format/* formatDuration */.a3)(elapsed)}: reading the whole archive`;
    await (0,base_step/* withProgress */.E)(step, describe, () => (0,archive_read/* readThrough */.ir)(client, file, step.signal));
    warnOfUnproven(name, step);
}
function warnOfUnproven(name, step) {
    step.warn(`${(0,format/* quoted */.TL)(name)} has no recorded SHA-256: it was not made by this action, or lost its metadata. It can be read to the end, but its content cannot be verified.`);
}
function headerOf(name, start) {
    try {
        return (0,archive_header/* readHeader */.ay)(start);
    }
    catch (cause) {
        if (!(cause instanceof archive_header/* ArchiveError */.di))
            throw cause;
        throw new failure/* Failure */.HR({ tried: `Reading ${(0,format/* quoted */.TL)(name)}`, ...explainForeignFormat(start, cause) }, { cause });
    }
}
function changedContent(name, recorded, actual) {
    return new failure/* Failure */.HR({
        tried: `Verifying ${(0,format/* quoted */.TL)(name)}`,
        cause: `its content is not what was backed up. SHA-256: ${actual}, recorded was ${(0,format/* plain */.pj)(recorded)}`,
        advice: 'Choose another backup, and find out who wrote to the blob.',
    });
}

// EXTERNAL MODULE: ./build/jobs/archive/origin.js
var origin = __webpack_require__(1600);
// EXTERNAL MODULE: ./build/jobs/preflight/finding.js
var finding = __webpack_require__(8716);
// EXTERNAL MODULE: ./build/jobs/preflight/obstacles.js
var obstacles = __webpack_require__(4363);
;// CONCATENATED MODULE: ./build/postgres/archive/definitions.js


/** Entries whose statements are of no interest here, and of which there may be very many. */
const passedOver = /^(BLOB|BLOBS|BLOB METADATA|LARGE OBJECT|COMMENT|STATISTICS DATA|(.* )?DATA|SEQUENCE SET)$/;
/**
 * Reads the statements that an archive makes its objects with.
 * @param file may be the beginning of an archive only, as long as all of its table of contents is in it
 * @param options of `pg_restore` that change statements: `--no-owner`
 * @param list a file to be written, for `--use-list`
 * @returns them by the ids of their entries
 * @throws Failure if this `pg_restore` cannot read the archive
 */
async function readDefinitions(client, file, entries, options, list, signal) {
    const wanted = entries.filter(({ type }) => !passedOver.test(type));
    return definitionsOf(client, file, wanted, [...options, '--schema-only'], list, signal);
}
/**
 * Reads the statements that give rights on large objects, which pg_restore counts among the data.
 * @param file, list as above
 */
async function readLargeObjectRights(client, file, entries, list, signal) {
    const wanted = entries.filter(({ type, text }) => type === 'ACL' && /^- LARGE OBJECTS? /.test(text));
    return definitionsOf(client, file, wanted, [], list, signal);
}
async function definitionsOf(client, file, wanted, options, list, signal) {
    if (wanted.length === 0)
        return new Map();
    await writeList(list, wanted);
    const args = [...options, '--verbose', `--use-list=${list}`, '--file=-', file];
    return parseDefinitions(await (0,archive_read/* readArchive */.bL)(client, args, signal));
}
/** Writes a list for `--use-list`, which takes the number before the semicolon. */
async function writeList(file, entries) {
    await (0,external_node_fs_promises_.writeFile)(file, entries.map(({ id }) => `${id};\n`).join(''), { mode: 0o600 });
}
/** The heading of an entry in a script. Only a newline ends a line there: to a dot and the flag m, U+2028 would, which may be in a name. */
const heading = /(?<![^\n])--\n-- TOC entry (\d+) \(class \d+ OID \d+\)\n(?:-- Dependencies: ([\d ]*)\n)?-- Name: ([^\n]*)\n(?:-- Data Pos: [^\n]*\n)?--\n/g;
/** The definitions in a script that `pg_restore --verbose` writes. */
function parseDefinitions(script) {
    const found = new Map();
    const headings = Array.from(script.matchAll(heading), (match) => ({
        match,
        named: headed(match[3] ?? ''),
    }));
    const sound = headings.flatMap(({ match, named }) => (named ? [{ match, named }] : []));
    sound.forEach(({ match, named }, i) => {
        const [whole, id, needs = ''] = match;
        const dependencies = needs === '' ? [] : needs.split(' ').map(Number);
        const sql = script.slice(match.index + whole.length, sound[i + 1]?.match.index).trim();
        found.set(Number(id), { ...named, dependencies, sql });
    });
    return found;
}
/**
 * What follows `-- Name: `, such as `t; Type: TABLE; Schema: public; Owner: shop; Tablespace: fast`. Labels may stand in names, too, in
 * an archive that somebody made for that by the thousands: the last ones count, and each is looked for once.
 */
function headed(line) {
    const before = (label, end) => end < 0 ? -1 : line.slice(0, end).lastIndexOf(label);
    const ownerAt = before(ofOwner, line.length);
    const schemaAt = before(ofSchema, ownerAt);
    const typeAt = before(ofType, schemaAt);
    if (typeAt < 0)
        return undefined;
    const place = line.slice(schemaAt + ofSchema.length, ownerAt);
    const end = line.slice(ownerAt + ofOwner.length);
    const [owner = ''] = end.split(ofTablespace, 1);
    const tablespace = end.slice(owner.length + ofTablespace.length);
    return { name: line.slice(0, typeAt), schema: place === '-' ? '' : place, owner, tablespace };
}
const ofType = '; Type: ';
const ofSchema = '; Schema: ';
const ofOwner = '; Owner: ';
const ofTablespace = '; Tablespace: ';

;// CONCATENATED MODULE: ./build/postgres/archive/tables-without-rows.js
/**
 * The tables that an archive makes and has no rows for, not even none: `pg_dump --exclude-table-data` left them out. A
 * partitioned table has none of its own.
 * @param definitions the statements of the entries
 */
function tablesWithoutRows(entries, definitions) {
    const filled = new Set(entries.filter(({ type }) => type === 'TABLE DATA').map(({ text }) => text));
    return entries
        .filter(({ type, text }) => type === 'TABLE' && !filled.has(text))
        .map(({ id, schema, name }) => ({ schema, name, ...definitions.get(id) }))
        .filter(({ sql = '' }) => !/^PARTITION BY /m.test(sql))
        .map(({ schema, name }) => ({ schema, name }));
}
/**
 * The foreign keys of tables with rows to tables without: the rows satisfy them only where they refer to nothing.
 * @param empty the tables without rows
 */
function keysToNothing(entries, definitions, empty) {
    const find = (table) => table && empty.find(({ schema, name }) => schema === table.schema && name === table.name);
    if (empty.length === 0)
        return [];
    return entries
        .filter(({ type }) => type === 'FK CONSTRAINT')
        .map(({ id }) => parseForeignKey(definitions.get(id)?.sql ?? ''))
        .filter((key) => key !== undefined)
        .map(({ key, of, to }) => ({ key, of, to: find(to) }))
        .filter((each) => each.to !== undefined && !find(each.of));
}
const archivedName = String.raw `(?:"(?:[^"]|"")*"|[^\s".,()]+)`;
const foreignKey = new RegExp(String.raw `^ALTER TABLE (?:ONLY )?(${archivedName})\.(${archivedName})\s+ADD CONSTRAINT (${archivedName}) FOREIGN KEY \(${archivedName}(?:, (?:PERIOD )?${archivedName})*\) REFERENCES (${archivedName})\.(${archivedName})\(`);
/**
 * The two tables of a foreign key, from the statement that makes it.
 * https://github.com/postgres/postgres/blob/master/src/bin/pg_dump/pg_dump.c (dumpConstraint)
 */
function parseForeignKey(sql) {
    const match = foreignKey.exec(sql);
    if (!match)
        return undefined;
    const [, schema = '', table = '', key = '', otherSchema = '', other = ''] = match.map(unquoted);
    return { key, of: { schema, name: table }, to: { schema: otherSchema, name: other } };
}
function unquoted(name) {
    return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}

// EXTERNAL MODULE: ./build/postgres/client/selection-options.js
var selection_options = __webpack_require__(6197);
// EXTERNAL MODULE: ./build/postgres/restore/entries/foreign-schema-owners.js
var foreign_schema_owners = __webpack_require__(8471);
// EXTERNAL MODULE: ./build/postgres/archive/ownership.js
var ownership = __webpack_require__(4938);
// EXTERNAL MODULE: ./build/postgres/archive/statements.js
var archive_statements = __webpack_require__(3817);
;// CONCATENATED MODULE: ./build/postgres/restore/entries/named-roles.js


/** A name in SQL, in quotes or without. */
const roleNamePattern = String.raw `(?:"(?:[^"]|"")+"|[^\s",;()]+)`;
const mapping = new RegExp(`^CREATE USER MAPPING FOR (${roleNamePattern}) SERVER `);
/** Which roles a restore of these entries needs on the server. */
function namedRoles(entries, definitions) {
    const roles = {
        owners: new Set(),
        grantees: new Set(),
        grantors: new Set(),
        makers: new Set(),
        subjects: new Set(),
    };
    for (const { id, type } of entries) {
        const definition = definitions.get(id);
        if (!definition)
            continue;
        const { owner, sql } = definition;
        if (owner !== '' && (0,ownership/* givesOwner */.Q3)(sql))
            roles.owners.add(owner);
        if (type === 'ACL' || type === 'DEFAULT ACL') {
            for (const statement of (0,archive_statements/* statementsOf */.GX)(sql))
                takeRights(roles, statement);
        }
        if (type === 'POLICY') {
            for (const statement of (0,archive_statements/* statementsOf */.GX)(sql))
                takeSubjects(roles, statement);
        }
    }
    return roles;
}
/** Whom a statement of rights names: `GRANT … TO a WITH GRANT OPTION`, `ALTER DEFAULT PRIVILEGES FOR ROLE b … REVOKE … FROM a`. */
function takeRights({ grantees, grantors, makers }, statement) {
    const [verb, second, third, fourth, , maker] = statement;
    if ((0,archive_statements/* isWord */.Jg)(verb, 'SET')) {
        if ((0,archive_statements/* isWord */.Jg)(third, 'AUTHORIZATION'))
            addRole(grantors, fourth);
        return;
    }
    if (!(0,archive_statements/* isWord */.Jg)(verb, 'GRANT', 'REVOKE', 'ALTER'))
        return;
    if ((0,archive_statements/* isWord */.Jg)(second, 'DEFAULT') && (0,archive_statements/* isWord */.Jg)(statement[4], 'ROLE'))
        addRole(makers, maker);
    addRole(grantees, statement[statement.findLastIndex((token) => (0,archive_statements/* isWord */.Jg)(token, 'TO', 'FROM')) + 1]);
}
/** Whom `CREATE POLICY p ON s.t FOR SELECT TO a, b USING (…)` names. */
function takeSubjects({ subjects }, statement) {
    if (!(0,archive_statements/* isWord */.Jg)(statement[0], 'CREATE') || !(0,archive_statements/* isWord */.Jg)(statement[1], 'POLICY'))
        return;
    // What comes first is the policy's own name.
    const to = statement.findIndex((token, place) => place > 2 && (0,archive_statements/* isWord */.Jg)(token, 'TO'));
    if (to < 0)
        return;
    for (let place = to + 1; place === to + 1 || statement[place - 1]?.value === ','; place += 2)
        addRole(subjects, statement[place]);
}
function addRole(into, token) {
    if (token?.kind === 'name' || (token?.kind === 'word' && !notRoles.has(token.value)))
        into.add(token.value);
}
/** Every role, whatever it is named for. */
function allRoles(roles) {
    return new Set(Object.values(roles).flatMap((some) => [...some]));
}
/** The role that a user mapping is for, undefined if it is for everybody or for whoever uses it. */
function mappedRole({ sql }) {
    const found = new Set();
    addName(found, mapping.exec(sql)?.[1]);
    return [...found][0];
}
const notRoles = new Set(['public', 'PUBLIC', 'CURRENT_USER', 'CURRENT_ROLE', 'SESSION_USER']);
function addName(into, written) {
    if (written === undefined || notRoles.has(written))
        return;
    into.add(written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written);
}

;// CONCATENATED MODULE: ./build/postgres/restore/entries/superuser-only.js
/**
 * Entries that nothing else in an archive depends on, and that hold no data: without them the database is whole, and an
 * administrator can add them later.
 */
const dispensable = [
    {
        type: /^COMMENT$/,
        applies: (one) => commentedExtension(one) !== undefined && !ownsExtension(one),
        why: 'the extension belongs to another role and has its own comment',
    },
    {
        type: /^COMMENT$/,
        applies: (one) => one.entry.text.startsWith('- SCHEMA public ') && !ownsPublic(one),
        why: 'the schema public belongs to another role',
    },
    { type: /^EVENT TRIGGER$/, why: 'needs a superuser' },
    {
        type: /^PUBLICATION$/,
        applies: ({ sql }) => /^CREATE PUBLICATION (?:"(?:[^"]|"")*"|\S+) FOR ALL (TABLES|SEQUENCES)/m.test(sql),
        why: 'needs a superuser',
    },
    { type: /^PUBLICATION TABLES IN SCHEMA$/, why: 'needs a superuser' },
    {
        type: /^SUBSCRIPTION$/,
        applies: ({ facts }) => !facts.mayCreateSubscriptions,
        why: 'needs a superuser, or from 16 on a member of pg_create_subscription',
    },
    {
        type: /^ACL$/,
        applies: ({ entry }) => /^(pg_catalog|information_schema)$/.test(entry.schema),
        why: 'needs a superuser',
    },
];
/** Entries that others depend on, or that are a part of the application: without them the database is another one. */
const indispensable = [
    {
        type: /^(ACCESS METHOD|FOREIGN DATA WRAPPER|OPERATOR CLASS|OPERATOR FAMILY|SHELL TYPE)$/,
        why: 'needs a superuser',
    },
    { type: /^TEXT SEARCH (PARSER|TEMPLATE)$/, why: 'needs a superuser' },
    { type: /^TRANSFORM$/, why: 'its function needs a superuser' },
    {
        type: /^PROCEDURAL LANGUAGE$/,
        applies: ({ entry, facts }) => entry.name !== 'plpgsql' && !facts.privileged && facts.extensions[entry.name]?.trusted !== true,
        why: 'an untrusted language needs a superuser',
    },
    {
        type: /^(FUNCTION|PROCEDURE)$/,
        applies: ({ sql }) => /^ {4}LANGUAGE (c|internal)\b/m.test(statementHead(sql)),
        why: 'functions in C need a superuser',
    },
    {
        type: /^(FUNCTION|PROCEDURE)$/,
        applies: ({ sql }) => /^ {4}LANGUAGE [^\n]* (LEAKPROOF|SUPPORT \S+)( |$)/m.test(statementHead(sql)),
        why: 'leakproof functions and those with a support function need a superuser',
    },
    {
        type: /^AGGREGATE$/,
        applies: ({ sql }) => /^ {4}M?STYPE = internal,?$/m.test(sql),
        why: 'aggregates with an internal state need a superuser',
    },
    {
        type: /^CAST$/,
        applies: ({ sql }) => / WITHOUT FUNCTION\b/.test(sql),
        why: 'casts without a function need a superuser',
    },
    {
        type: /^TYPE$/,
        applies: ({ sql }) => /^CREATE TYPE [^\n]*(;$|\(\n {4}INTERNALLENGTH = )/m.test(sql),
        why: 'base types need a superuser',
    },
];
/** Why the entry has to be left out, undefined if it need not be. */
function whyDispensable(one) {
    return whyOf(dispensable, one);
}
/** Why the entry makes a restore impossible, undefined if it does not. */
function whyImpossible(one) {
    return whyOf(indispensable, one);
}
/** The beginning of a function's definition, which its body does not belong to. */
function statementHead(sql) {
    return sql.replace(/^ {4}AS .*/ms, '');
}
function whyOf(rules, one) {
    return rules.find(({ type, applies }) => type.test(one.entry.type) && (applies?.(one) ?? true))?.why;
}
/** The extension that a comment is on: `- EXTENSION hstore ` names `hstore`. What needs quotes in SQL has them: `"uuid-ossp"`. */
function commentedExtension({ entry }) {
    const [, name, quoted] = /^- EXTENSION (?:([^"]*)|"(.*)") $/s.exec(entry.text) ?? [];
    return name ?? quoted?.replaceAll('""', '"');
}
/**
 * Whether an extension will belong to this role: it does if this role creates it. `plpgsql` is in every new database
 * already, and where a provider creates extensions (Azure) they are the provider's.
 */
function ownsExtension(one) {
    const extension = commentedExtension(one) ?? '';
    const { allowedExtensions, extensions } = one.facts;
    return extension !== 'plpgsql' && allowedExtensions === null && extensions[extension]?.trusted === true;
}
/**
 * Whether schema `public` of a new database will be this role's to comment: from 15 on it belongs to the owner of the database, on
 * Azure to `azure_pg_admin` in every version.
 */
function ownsPublic({ server, facts }) {
    return facts.allowedExtensions === null ? server.major >= 15 : facts.privileged;
}
/** The definition's statements, or nothing. */
function sqlOfEntry(definitions, { id }) {
    return definitions.get(id)?.sql ?? '';
}

;// CONCATENATED MODULE: ./build/postgres/restore/entries/useless-statistics.js
/** The first version of servers that take the planner's statistics from an archive. */
const takesStatistics = 18;
/**
 * Tells the entries with statistics that a restore is better without: a server before 18 has no function for them, and answers with
 * an error; and those of a table whose rows are not in the archive (`--exclude-table-data`) speak of rows that will not be there.
 * @param entries in the order of the archive
 */
function uselessStatistics(entries, definitions, server) {
    const isStatistics = ({ type }) => type === 'STATISTICS DATA';
    if (server.major < takesStatistics)
        return isStatistics;
    if (!entries.some(isStatistics))
        return () => false;
    const filled = entries.filter(({ type }) => dataTypes.test(type));
    const texts = new Set(filled.map(({ text }) => text));
    const empty = entries.filter(
    // A partitioned table has no rows of its own, and statistics of its partitions' together.
    ({ id, type, text }) => tableTypes.test(type) && !texts.has(text) && !/^PARTITION BY /m.test(definitions.get(id)?.sql ?? ''));
    const ofFilled = new Set(filled.flatMap(beginnings));
    const ofEmpty = new Set(empty.flatMap(beginnings));
    return (entry) => isStatistics(entry) && ofEmpty.has(entry.text) && !ofFilled.has(entry.text);
}
/** Of two names and a space after each, in characters; with room for servers that were built for longer ones. */
const longestNames = 512;
const tableTypes = /^(TABLE|MATERIALIZED VIEW)$/;
const dataTypes = /^(TABLE DATA|MATERIALIZED VIEW DATA)$/;
/**
 * What may be schema and name of an entry, as an entry with statistics has them: `public note ` of `public note its owner`. Where
 * the parts end is not written down, so there is one for each space, as far as two names of PostgreSQL's may reach.
 */
function beginnings({ text }) {
    return Array.from(text.slice(0, longestNames).matchAll(/ /g), ({ index }) => text.slice(0, index + 1));
}

;// CONCATENATED MODULE: ./build/postgres/restore/entries/restorable.js




/**
 * Sorts the entries of an archive by whether this role can restore them on this server.
 * @param definitions the statements of the entries, as far as they are known
 */
function sortEntries(entries, definitions, server, facts) {
    const sorted = { kept: [], leftOut: [], impossible: [], unneeded: [] };
    const gone = new Set();
    const isUnneeded = uselessStatistics(entries, definitions, server);
    for (const entry of entries) {
        if (isUnneeded(entry)) {
            sorted.unneeded.push(entry);
            continue;
        }
        const one = { entry, sql: sqlOfEntry(definitions, entry), server, facts };
        const why = whyLeftOut(one, definitions.get(entry.id), facts.superuser, gone);
        if (why !== undefined) {
            sorted.leftOut.push({ entry, why });
            gone.add(asSubject(entry));
            continue;
        }
        sorted.kept.push(entry);
        const obstacle = facts.superuser ? undefined : whyImpossible(one);
        if (obstacle !== undefined)
            sorted.impossible.push({ entry, why: obstacle });
    }
    return sorted;
}
/**
 * Writes the list for `--use-list`.
 * @param mayShrink whether entries may have to be taken out of it later
 * @returns the file, undefined if nothing is left out and no list is needed
 */
async function restorableList(file, { kept, leftOut, unneeded }, mayShrink = false) {
    if (leftOut.length + unneeded.length === 0 && !mayShrink)
        return undefined;
    await writeList(file, kept);
    return file;
}
function whyLeftOut(one, definition, superuser, gone) {
    const { entry, facts } = one;
    if (/^(COMMENT|SECURITY LABEL|ACL)$/.test(entry.type) && gone.has(withoutQuotes(entry.text)))
        return 'what it belongs to is left out';
    if (entry.type === 'USER MAPPING' && definition) {
        const role = mappedRole(definition);
        if (role !== undefined && !Object.hasOwn(facts.roles, role))
            return 'the server has no such role';
    }
    return superuser ? undefined : whyDispensable(one);
}
/**
 * How a comment names what it is on: `- EVENT TRIGGER audit postgres` for the event trigger `- audit postgres`. Some names
 * are in quotes there, where they need them in SQL.
 */
function asSubject({ type, text }) {
    const space = text.indexOf(' ');
    return withoutQuotes(`${text.slice(0, space)} ${type}${text.slice(space)}`);
}
function withoutQuotes(text) {
    return text.replaceAll('"', '');
}
/** Those that every new database has. */
const alwaysThere = /^(public|information_schema|pg_.*)$/;
/**
 * The schemas that entries are in, and that are not among the entries themselves. Options that choose a part (`--schema`,
 * `--table`) leave the schemas out, and extensions with them, which may bring schemas of their own.
 */
function missingSchemas(entries, definitions) {
    if (entries.some(({ type }) => type === 'EXTENSION'))
        return [];
    const made = new Set();
    const used = new Set();
    for (const { id, type } of entries) {
        const { name, schema } = definitions.get(id) ?? { name: '', schema: '' };
        if (type === 'SCHEMA')
            made.add(name);
        if (schema !== '' && !alwaysThere.test(schema))
            used.add(schema);
    }
    return [...used].filter((schema) => !made.has(schema));
}

;// CONCATENATED MODULE: ./build/postgres/restore/extensions/wanted.js
/**
 * The extensions of an archive in its order, without plpgsql, which every new database has.
 *
 * pg_dump does not say in which version an extension is, so that pg_restore creates the server's default one. What depends on
 * it was made for the one that was there, and the original is not there to be changed on the day of a restore: where the server offers the
 * recorded version, it is created in that, as pg_upgrade leaves it, and an administrator may update it afterwards. It has
 * to be there before pg_restore starts, whose `CREATE EXTENSION IF NOT EXISTS` then does nothing; hence not where the
 * archive makes the schema that it goes into.
 * @param recorded versions by the names of extensions
 */
function wantedExtensions(entries, definitions, recorded, { extensions: offered }) {
    const made = new Set(entries.filter(({ type }) => type === 'SCHEMA').map(({ id, name }) => definitions.get(id)?.name ?? name));
    return entries
        .filter(({ type, name }) => type === 'EXTENSION' && name !== 'plpgsql')
        .map(({ id, name: listed }) => {
        const { name = listed, sql = '' } = definitions.get(id) ?? {};
        const schema = schemaOf(sql);
        const was = recorded.get(name);
        const own = Object.hasOwn(offered, name) ? offered[name] : undefined;
        const madeByArchive = schema !== undefined && made.has(schema);
        const asItWas = !madeByArchive && was !== own?.version && was !== undefined && own?.versions.includes(was);
        return { name, schema, madeByArchive, recorded: was, version: asItWas ? was : undefined };
    });
}
/** The schema in `CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA public;` */
function schemaOf(sql) {
    const [, schema] = /^CREATE EXTENSION IF NOT EXISTS (?:"[^"]*"|[^\s"])+ WITH SCHEMA ([^\n]+);$/m.exec(sql) ?? [];
    return schema?.replace(/^"(.*)"$/s, (_, quoted) => quoted.replaceAll('""', '"'));
}

;// CONCATENATED MODULE: ./build/postgres/restore/sections.js

/**
 * Asks pg_restore which entries of an archive come before the data, and which are data. All others come after it.
 * @param file may be the beginning of an archive only, as long as all of its table of contents is in it
 * @throws Failure if this `pg_restore` cannot read the archive
 */
async function readSections(client, file, signal) {
    const [preData, data] = await Promise.all(['--section=pre-data', '--section=data'].map((section) => readContents(client, file, [section], signal)));
    return { preData: preData ?? [], data: data ?? [] };
}
/**
 * The rows of tables that the archive does not make, but an extension of it: they may refer to each other, and pg_dump
 * writes them down in an order that is right, without saying why.
 * https://github.com/postgres/postgres/blob/master/src/bin/pg_dump/pg_dump.c (processExtensionTables)
 */
function extensionData(rows, preData) {
    const made = new Set(preData.filter(({ type }) => /(TABLE|SEQUENCE)$/.test(type)).map(({ text }) => text));
    return rows.filter(({ type, text }) => /^(TABLE DATA|SEQUENCE SET)$/.test(type) && !made.has(text));
}

;// CONCATENATED MODULE: ./build/postgres/restore/one-pass.js


/**
 * What several sessions may work through in one call of pg_restore. Of what comes after the data it starts each entry as soon as
 * the entries are done that the archive names for it, and takes an exclusive lock of a table as a reason to wait for another
 * entry on that table. That is right for what is on one table, or on two of them, and only reads what it is on. Any other type,
 * one of a later version included, is not proven to be.
 */
const provenTypes = new Set([
    // before the data, one after the other
    ...[
        'ACCESS METHOD',
        'AGGREGATE',
        'CAST',
        'COLLATION',
        'CONVERSION',
        'DATABASE',
        'DATABASE PROPERTIES',
        'DEFAULT',
    ],
    ...[
        'DOMAIN',
        'ENCODING',
        'EXTENSION',
        'FOREIGN DATA WRAPPER',
        'FOREIGN SERVER',
        'FOREIGN TABLE',
        'FUNCTION',
    ],
    ...[
        'MATERIALIZED VIEW',
        'OPERATOR',
        'OPERATOR CLASS',
        'OPERATOR FAMILY',
        'PROCEDURAL LANGUAGE',
        'PROCEDURE',
        'SCHEMA',
    ],
    ...[
        'SEQUENCE',
        'SEQUENCE OWNED BY',
        'SERVER',
        'SHELL TYPE',
        'STDSTRINGS',
        'SEARCHPATH',
        'TABLE',
        'TRANSFORM',
        'TYPE',
    ],
    ...['TEXT SEARCH CONFIGURATION', 'TEXT SEARCH DICTIONARY', 'TEXT SEARCH PARSER', 'TEXT SEARCH TEMPLATE'],
    ...['USER MAPPING', 'VIEW'],
    // the data, and what may be anywhere
    ...['ACL', 'ACL LANGUAGE', 'BLOB', 'BLOB COMMENTS', 'BLOB METADATA', 'BLOBS', 'COMMENT', 'LARGE OBJECT'],
    ...['SECURITY LABEL', 'SEQUENCE SET', 'STATISTICS DATA', 'TABLE DATA'],
    // after the data
    ...[
        'CONSTRAINT',
        'DEFAULT ACL',
        'EVENT TRIGGER',
        'FK CONSTRAINT',
        'INDEX',
        'MATERIALIZED VIEW DATA',
        'POLICY',
    ],
    ...[
        'PUBLICATION',
        'PUBLICATION TABLE',
        'PUBLICATION TABLES IN SCHEMA',
        'ROW SECURITY',
        'RULE',
        'STATISTICS',
    ],
    ...['SUBSCRIPTION', 'SUBSCRIPTION TABLE', 'TRIGGER'],
]);
/** What is made on a table, and has to wait for its rows: the archive has to say on which. */
const onTables = new Set([
    'CONSTRAINT',
    'FK CONSTRAINT',
    'INDEX',
    'POLICY',
    'ROW SECURITY',
    'RULE',
    'TRIGGER',
]);
const relationTypes = new Set(['TABLE', 'FOREIGN TABLE', 'VIEW', 'MATERIALIZED VIEW']);
/**
 * Why entries are not proven to come out right if several sessions work through all of them in one call of pg_restore, in words
 * that follow "since"; undefined if they are.
 *
 * A trigger of a partitioned table waits for that table, which has no rows of its own, and not for its partitions: it fires
 * for rows that are being loaded (seen with 15, 17 and 18). Constraints that are not validated are added to partitions, children and
 * domains in the same way. An index whose function reads another table does not wait for the rows of that.
 */
function reasonForSeveralPasses(entries, definitions, { preData }) {
    if (extensionData(entries, preData).length > 1)
        return 'tables of extensions may refer to each other';
    const typeOf = new Map(entries.map(({ id, type }) => [id, type]));
    const has = (type) => entries.some((entry) => entry.type === type);
    if (has('EVENT TRIGGER') && has('MATERIALIZED VIEW DATA'))
        return 'event triggers would fire for materialized views that are being filled';
    const altered = new Set();
    for (const { id, type, schema, name } of entries) {
        const { sql = '', dependencies = [] } = definitions.get(id) ?? {};
        if (/^(TABLE|INDEX) ATTACH$/.test(type) || (type === 'TABLE' && isPartOfTree(sql)))
            return 'it has tables with partitions or children';
        if (type === 'CHECK CONSTRAINT')
            return 'it has constraints that rows were not checked for';
        if (!provenTypes.has(type))
            return `it has an entry of type ${(0,format/* plain */.pj)(type)}`;
        if (onTables.has(type) && !dependencies.some((on) => relationTypes.has(typeOf.get(on) ?? '')))
            return `it does not say which table the ${type} ${(0,format/* quoted */.TL)(`${schema}.${name}`)} waits for`;
        if (callsFunctions(type, sql))
            return 'it has indexes or checks that call functions';
        const table = type === 'INDEX' ? alteredTable(sql) : undefined;
        if (table !== undefined && altered.has(table))
            return 'several indexes of a table are chosen for it';
        if (table !== undefined)
            altered.add(table);
    }
    return undefined;
}
function isPartOfTree(sql) {
    return (/^(PARTITION (BY|OF) |INHERITS \()/m.test(sql) ||
        /^CREATE (UNLOGGED )?TABLE [^\n]* PARTITION OF /m.test(sql));
}
/** A function that is not PostgreSQL's own is named with its schema, since pg_dump works without a search_path. */
const functionCall = /[\w"]\.(\w+|"(?:[^"]|"")+")\(|OPERATOR\(/;
/** Whether building an index or checking a row calls a function that may read what the entry does not wait for. */
function callsFunctions(type, sql) {
    if (type === 'INDEX' || type === 'CONSTRAINT')
        return functionCall.test(sql);
    if (type !== 'TABLE' && type !== 'DOMAIN')
        return false;
    return sql.split('\n').some((line) => {
        const [, checked = ''] = /\b(?:CHECK|GENERATED ALWAYS AS) (\(.*)/s.exec(line) ?? [];
        return functionCall.test(checked);
    });
}
/**
 * The table that an index is chosen for, by CLUSTER or as its replica identity. The index holds a lock on the table by
 * then, so that two sessions with such an index each would wait for each other.
 */
function alteredTable(sql) {
    return /^ALTER TABLE (?:ONLY )?([^\n]*) (?:CLUSTER ON|REPLICA IDENTITY USING INDEX) /m.exec(sql)?.[1];
}

;// CONCATENATED MODULE: ./build/postgres/restore/passes.js


function of(...types) {
    return (type) => types.includes(type);
}
const refreshes = of('MATERIALIZED VIEW DATA');
/** What is about something that may come late, or would act on what is still to come. */
const last = of(...['COMMENT', 'SECURITY LABEL', 'STATISTICS DATA', 'EVENT TRIGGER', 'SUBSCRIPTION', 'SUBSCRIPTION TABLE']);
/**
 * What comes after the data, in passes. In a parallel one no two entries ever wait for each other: indexes and constraints lock one
 * table each, foreign keys two, for which pg_restore lets only one of them at a time begin, and materialized views lock themselves
 * alone. What is instant and locks several tables, or their partitions, from the leaves to the root or from the root to the leaves,
 * is restored by one session; so is whatever is not known here.
 *
 * Row security comes after the foreign keys, which look at all rows, as pg_dump has it; rights come after all that they may be
 * in the way of, and event triggers when nothing is left that they would fire for.
 */
const stages = [
    { title: 'indexes and constraints', parallel: true, takes: of('INDEX', 'CONSTRAINT') },
    {
        title: 'partitions of indexes, triggers, rules',
        parallel: false,
        takes: of(...['INDEX ATTACH', 'CHECK CONSTRAINT', 'RULE', 'TRIGGER', 'STATISTICS'], 
        // what refers to a primary key, and has come after it
        ...['FUNCTION', 'PROCEDURE', 'VIEW', 'MATERIALIZED VIEW']),
    },
    { title: 'foreign keys', parallel: true, takes: of('INDEX', 'CONSTRAINT', 'FK CONSTRAINT') },
    { title: 'row security, rights', parallel: false, takes: (type) => !(last(type) || refreshes(type)) },
    { title: 'materialized views', parallel: true, takes: refreshes },
    { title: 'comments, event triggers', parallel: false, takes: () => true },
];
/**
 * Deals the entries of an archive out to passes: everything before the data, the data, and what comes after it, so that no
 * entry is begun before the rows are there that it may need, and no two sessions wait for each other.
 * @param entries in the order of the archive
 */
function planPasses(entries, definitions, { preData, data }) {
    const [early, middle] = [idsOf(preData), idsOf(data)];
    // An owner may have taken the right to write from itself.
    const isRight = ({ type }) => /^ACL/.test(type);
    const before = entries.filter((entry) => early.has(entry.id) && !isRight(entry));
    const rows = entries.filter((entry) => middle.has(entry.id) && !isRight(entry));
    const after = entries.filter((entry) => isRight(entry) || !(early.has(entry.id) || middle.has(entry.id)));
    const ofExtensions = extensionData(rows, preData);
    const inOrder = idsOf(ofExtensions);
    return joined([
        { title: 'definitions', entries: before, parallel: false },
        { title: "data of extensions' tables", entries: ofExtensions, parallel: false },
        { title: 'data', entries: rows.filter(({ id }) => !inOrder.has(id)), parallel: true },
        ...afterData(after, definitions),
    ]);
}
function idsOf(entries) {
    return new Set(entries.map(({ id }) => id));
}
/** Each entry goes to the first stage that takes its type and has nothing in a later one that it depends on. */
function afterData(entries, definitions) {
    const passes = stages.map(({ title, parallel }) => ({ title, parallel, entries: [] }));
    const isAlone = alone(definitions);
    const stageOf = new Map();
    for (const entry of entries) {
        const dependencies = definitions.get(entry.id)?.dependencies ?? [];
        const earliest = Math.max(0, ...dependencies.map((id) => stageOf.get(id) ?? 0));
        const single = isAlone(entry);
        const stage = stages.findIndex(({ parallel, takes }, index) => index >= earliest && (single ? !parallel : takes(entry.type)));
        stageOf.set(entry.id, stage);
        passes[stage]?.entries.push(entry);
    }
    return passes;
}
/**
 * Tells entries that another session could wait for, and be waited for by, although their type is worked through in parallel:
 *
 * - a foreign key of a partition, or to one: pg_restore does not know that one of the partitioned table locks it, too
 * - a constraint whose function may read a table that another such constraint has locked
 * - the second index of a table that it is chosen for (`alteredTable`)
 */
function alone(definitions) {
    const partitions = partitionsIn(definitions);
    const altered = new Set();
    return ({ id, type }) => {
        const { sql = '', dependencies = [] } = definitions.get(id) ?? {};
        if (type === 'FK CONSTRAINT')
            return dependencies.some((on) => partitions.has(on));
        if (type === 'CONSTRAINT')
            return callsFunctions(type, sql);
        const table = type === 'INDEX' ? alteredTable(sql) : undefined;
        if (table === undefined)
            return false;
        const another = altered.has(table);
        altered.add(table);
        return another;
    };
}
/** The ids of tables that are partitions. pg_dump attaches them by an entry of the same name since version 11. */
function partitionsIn(definitions) {
    const key = ({ schema, name }) => JSON.stringify([schema, name]);
    const attached = new Set();
    for (const definition of definitions.values())
        if (/^ALTER TABLE [^\n]* ATTACH PARTITION /m.test(definition.sql))
            attached.add(key(definition));
    const partitions = new Set();
    for (const [id, definition] of definitions) {
        const { sql } = definition;
        if (!/^CREATE (UNLOGGED |FOREIGN )?TABLE /m.test(sql))
            continue;
        if (attached.has(key(definition)) || / PARTITION OF /.test(sql))
            partitions.add(id);
    }
    return partitions;
}
/** Without empty ones, and with neighbours in one that need not be apart. */
function joined(passes) {
    const found = [];
    for (const pass of passes) {
        if (pass.entries.length === 0)
            continue;
        const before = found.at(-1);
        if (!before || before.parallel || pass.parallel)
            found.push({ ...pass, entries: [...pass.entries] });
        else {
            before.title += `, ${pass.title}`;
            before.entries.push(...pass.entries);
        }
    }
    return found;
}

// EXTERNAL MODULE: ./build/postgres/session/psql.js
var session_psql = __webpack_require__(1793);
// EXTERNAL MODULE: ./build/base/process.js + 1 modules
var base_process = __webpack_require__(3418);
// EXTERNAL MODULE: ./build/postgres/session/connect-failure.js
var connect_failure = __webpack_require__(5928);
// EXTERNAL MODULE: ./build/postgres/session/reconnect.js + 2 modules
var reconnect = __webpack_require__(6976);
// EXTERNAL MODULE: ./build/postgres/errors/advice.js
var advice = __webpack_require__(9378);
// EXTERNAL MODULE: ./build/postgres/errors/kinds.js
var kinds = __webpack_require__(6519);
// EXTERNAL MODULE: ./build/postgres/errors/redact-values.js + 5 modules
var redact_values = __webpack_require__(1522);
// EXTERNAL MODULE: ./build/postgres/errors/server-message.js
var server_message = __webpack_require__(4435);
;// CONCATENATED MODULE: ./build/postgres/restore/errors/functions.js



/*
 * What goes wrong in functions that a restore calls: those of generated columns, checks, domains, partition keys, indexes and
 * materialized views. The server's words may be in any language; the labels LINE, QUERY and CONTEXT, and the pointing
 * finger, are libpq's, which LC_ALL keeps English.
 * https://github.com/postgres/postgres/blob/master/src/interfaces/libpq/fe-protocol3.c (pqBuildErrorMessage3)
 */
const functionName = '(?:[\\p{L}_][\\p{L}\\p{N}_$]*|"(?:[^"]|"")+")';
const signature = new RegExp(`(${functionName})\\.${functionName}\\([^()]*(?:\\([^()]*\\)[^()]*)*\\)`, 'u');
const quotes = '"„«»“”「」';
/** How the server says it, in English, where it cannot point at the name, as in dynamic SQL or a cast to `regclass`. */
const notFound = /(^|: +)(function|relation|type|operator|schema|collation|text search \w+) [^\n]* does not exist(\n|$)/;
/** Where to look if nothing can be changed in the original any more. */
const withoutOriginalHint = 'If the original is gone, section "A backup that needs a change" of docs/restore.md has the commands that restore this one.';
/** What to do about an error inside of a function, or about a check; undefined if it is neither. */
function adviceOnFunctions({ entry, message: whole }) {
    const message = (0,server_message/* searchablePart */.Aj)(whole);
    const violated = violatedCheck(message);
    if (violated !== undefined && /^TABLE DATA /.test(entry))
        return adviceOnCheck(message, violated);
    const { context } = (0,server_message/* messageParts */.Ae)(message);
    const pointed = (0,server_message/* nameAtCaret */.AQ)(message);
    if (pointed === undefined && !(context.some(isFunction) && notFound.test(message)))
        return undefined;
    if (pointed !== undefined && new RegExp(`^${functionName}\\s*\\.`, 'u').test(pointed)) {
        return 'A function that is called here cannot find what it names: a table that is restored later, or something that this version of an extension lacks. If a column is generated from another table, make it a plain one in the original (ALTER TABLE … ALTER … DROP EXPRESSION) that a trigger fills, then make a new backup.';
    }
    return ('The rows are fine. A function that is called here names something without its schema, and pg_restore works with an empty search_path. In the original database, give the function a search_path with all schemas that it needs, then make a new backup' +
        `${settingSearchPath(context)}\n${withoutOriginalHint}`);
}
/** The name of a check that a row is refused by. In any language the table is named first, and the check then. */
function violatedCheck(message) {
    const { first, detail, context } = (0,server_message/* messageParts */.Ae)(message);
    if ((0,redact_values/* isOfFunction */.gp)(context))
        return undefined;
    const english = /(?:^|: +)(?:new row for relation ".*"|value for domain [^:]*) violates check constraint "(.*)"$/s.exec(first)?.[1];
    if (english !== undefined)
        return english;
    // Of a row it tells more; what else is in quotes may be a value.
    if (detail === '')
        return undefined;
    const [, table, said = ''] = /^COPY failed for table "(.*?)": (.*)/s.exec(first) ?? [];
    const names = Array.from(said.matchAll(new RegExp(`[${quotes}] ?([^${quotes}]+?) ?[${quotes}]`, 'g')), ([, name]) => name);
    return names.length === 2 && names[0] === table ? names[1] : undefined;
}
function adviceOnCheck(message, name) {
    const add = 'ADD CONSTRAINT %2$I %3$s NOT VALID;';
    const [type, host, format, from] = /value for domain /.test(message)
        ? [
            'contypid::regtype',
            'DOMAIN',
            'sql',
            // Two statements, each a row and so a line of its own.
            `pg_constraint, (VALUES ('ALTER DOMAIN %1$s DROP CONSTRAINT %2$I;'), ('ALTER DOMAIN %1$s ${add}')) AS s(sql)`,
        ]
        : ['conrelid::regclass', 'TABLE', `'ALTER TABLE %1$s DROP CONSTRAINT %2$I, ${add}'`, 'pg_constraint'];
    const query = `SELECT format(${format}, ${type}, conname, pg_get_constraintdef(oid)) FROM ${from} WHERE contype = 'c' AND coninhcount = 0 AND conname = ${(0,sql_text/* literal */.eu)(name)};`;
    return ('The rows are fine. This check depends on more than the row, such as another table, which may still be empty. Declared NOT VALID, it is restored after all rows, and still checks new ones; or use a trigger. In the original database, this query writes the ALTER ' +
        `${host} for that; run what it writes, then make a new backup:\n${(0,sql_text/* toPaste */.XM)(query)}\n${withoutOriginalHint}`);
}
/**
 * What gives the innermost function of the context a search_path, after words that lead to it: its ALTER; or, where it is named without its
 * schema, as those in SQL are, and those in PL/pgSQL while they are compiled, a query that writes it for each function of that name.
 */
function settingSearchPath(context) {
    const line = context.find(isFunction) ?? '';
    const [whole, schema = ''] = signature.exec(line) ?? [];
    const name = nameIn(line);
    if (whole !== undefined) {
        const more = schema === 'public' ? '' : `${schema}, `;
        return `:\n${(0,sql_text/* toPaste */.XM)(`ALTER FUNCTION ${whole} SET search_path = ${more}public;`)}`;
    }
    if (name === undefined)
        return ' (ALTER FUNCTION … SET search_path = …).';
    const query = "SELECT format('ALTER FUNCTION %s SET search_path = %s;', p.oid::regprocedure, concat_ws(', ', quote_ident(nullif(nspname, 'public')), 'public')) " +
        `FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = pronamespace WHERE proname = ${(0,sql_text/* literal */.eu)(name)} AND nspname <> 'pg_catalog';`;
    return `. This query writes the ALTER FUNCTION for that; run what it writes:\n${(0,sql_text/* toPaste */.XM)(query)}`;
}
/** Whether a line of the context is of a function, and not of a statement in one, or of a row. */
function isFunction(line) {
    const match = signature.exec(line);
    if (match && !new RegExp(`[${quotes}]`).test(line.slice(0, match.index)))
        return !/^COPY /.test(line);
    return !/^COPY /.test(line) && nameIn(line) !== undefined;
}
/** `sl`, of `SQL function "sl" during inlining`. */
function nameIn(line) {
    const name = new RegExp(`^[^${quotes}]*(?:SQL|PL/)[^${quotes}]*[${quotes}] ?([^${quotes}]+?) ?[${quotes}]`).exec(line)?.[1];
    return name === undefined || /^(SELECT|INSERT|UPDATE|DELETE|WITH|VALUES)\b|[\s;()]/i.test(name)
        ? undefined
        : name;
}

;// CONCATENATED MODULE: ./build/postgres/restore/errors/missing-rows.js

/**
 * What to do about a foreign key that cannot be made, where rows were left out of the backup.
 * @param key the foreign key, if its statement is known
 * @param withoutRows the tables that the archive has no rows for
 */
function adviceOnMissingRows(key, withoutRows) {
    const asName = ({ schema, name }) => (0,format/* quoted */.TL)(`${schema}.${name}`);
    const missing = withoutRows.find((table) => key?.to.schema === table.schema && key.to.name === table.name);
    const tables = withoutRows.slice(0, 5).map(asName).join(', ') + (withoutRows.length > 5 ? ' and others' : '');
    const cause = missing
        ? `The rows of ${asName(missing)}, to which it refers, were left out of the backup (--exclude-table-data in pg_dump_options).`
        : `The rows of ${tables} were left out of the backup (--exclude-table-data in pg_dump_options), which is the cause if it needs them.`;
    const referring = key ? asName(key.of) : 'the table that refers to them';
    return (`${cause} Make a backup with these rows, or without those of ${referring}, too. To get the rows of this backup, restore it into a ` +
        'new database without keys, indexes and triggers, with pg_restore_options:\n--section=pre-data\n--section=data');
}

;// CONCATENATED MODULE: ./build/postgres/restore/errors/advice.js





/** What to do about an error, by the type of the entry it belongs to and by the statement, in whatever language the server answers. */
const restoreAdvices = [
    {
        statement: /^ALTER .* OWNER TO /s,
        advice: 'Restore with no_owner: true. Or create the role, make the restoring role a member of it, and let it own the schema, too, unless you restore as a superuser.',
    },
    {
        entry: /^DEFAULT ACL /,
        advice: 'Restore with no_privileges: true. Or make the restoring role a member of the role that the statement names after FOR ROLE, and create the roles that get privileges.',
    },
    {
        entry: /^ACL /,
        advice: 'Restore with no_privileges: true, or create the roles that get privileges.',
    },
    {
        entry: /^EXTENSION /,
        advice: 'Make the extension available: on Azure, add it to the server parameter azure.extensions and make the role a member of azure_pg_admin; elsewhere, install its package on the server, and restore as a superuser if it is not trusted.',
    },
    { entry: /^COMMENT /, advice: 'Add --no-comments to pg_restore_options.' },
    { entry: /^SECURITY LABEL /, advice: 'Add --no-security-labels to pg_restore_options.' },
    { entry: /^PUBLICATION /, advice: 'Add --no-publications to pg_restore_options.' },
    { entry: /^SUBSCRIPTION /, advice: 'Add --no-subscriptions to pg_restore_options.' },
    {
        entry: /^(POLICY|USER MAPPING) /,
        advice: 'Create the roles that the statement names.',
    },
    {
        entry: /^(FUNCTION|PROCEDURE|AGGREGATE) /,
        statement: /^CREATE (FUNCTION|PROCEDURE) .*?^ {4}LANGUAGE (c|internal)\b/ms,
        advice: `It needs a superuser: restore as one, or drop it in the original database and make a new backup.\n${withoutOriginalHint}`,
    },
    {
        entry: /^SERVER /,
        advice: `Restore as a superuser (on Azure as the server's administrator): the role lacks USAGE on the foreign-data wrapper, which cannot be granted in a database that does not exist yet. Or drop the foreign server in the original database and make a new backup.\n${withoutOriginalHint}`,
    },
    {
        entry: /^(TABLE|MATERIALIZED VIEW) DATA /,
        advice: `If the server's message is not shown, look it up in the server's log. A new database refuses rows of the original if a function or a check depends on more than the row (another table, a setting, the time), or if this server differs (version, locale, extensions). After a change in the original, make a new backup.\n${withoutOriginalHint}`,
    },
    {
        entry: /^(INDEX|CONSTRAINT|FK CONSTRAINT|CHECK CONSTRAINT) /,
        advice: `If the server's message is not shown, look it up in the server's log. If rows are duplicates, or refer to missing rows, fix them in the original database and make a new backup.\n${withoutOriginalHint}`,
    },
];
/** Functions and databases with a parameter that only a superuser may set. */
const refusedParameter = /permission denied to set parameter "(.*?)"/;
/**
 * How the server tells of sessions that wait for each other. In any language it names two kinds of locks.
 * https://github.com/postgres/postgres/blob/master/src/backend/storage/lmgr/deadlock.c (DeadLockReport)
 */
const deadlock = /deadlock detected|^DETAIL: [^\n]*[a-z]Lock\b[^\n]*\n[^\n]*[a-z]Lock\b/m;
/**
 * What to do about an error of `pg_restore`. What is wrong with the server as a whole says nothing about the entry.
 * @param withoutRows tables that the archive has no rows for
 */
function adviceForRestore(error, withoutRows = []) {
    const { entry, message, statement } = error;
    if (deadlock.test(message)) {
        return 'Sessions of this restore blocked each other. Run the restore again with jobs: 1.';
    }
    const byMessage = (0,advice/* adviceFor */.c)(message);
    if (byMessage !== undefined && (0,kinds/* isOfServer */.ht)(message))
        return byMessage;
    if (message.startsWith('could not set default_tablespace'))
        return 'Add --no-tablespaces to pg_restore_options, or create the tablespace.';
    const name = refusedParameter.exec(message)?.[1];
    if (name !== undefined) {
        return (`Restore as a superuser. Or reset the parameter in the original database (ALTER FUNCTION … RESET ${name}) and make a new backup. Or ` +
            `let a superuser grant the restoring role SET ON PARAMETER ${name} (PostgreSQL 15 or newer).\n${withoutOriginalHint}`);
    }
    if (entry.startsWith('FK CONSTRAINT ') && withoutRows.length > 0)
        return adviceOnMissingRows(parseForeignKey(statement), withoutRows);
    const onFunctions = adviceOnFunctions(error);
    if (onFunctions !== undefined)
        return onFunctions;
    const byEntry = restoreAdvices.find((one) => (one.entry?.test(entry) ?? true) && (one.statement?.test(statement) ?? true));
    return byEntry?.advice ?? byMessage ?? 'Fix the cause, then run the restore again.';
}

;// CONCATENATED MODULE: ./build/postgres/restore/errors/describe.js




/** How much of a statement is shown, and of a message that holds no value of a row, in characters. */
const longestShown = { statement: 200, line: 500, message: 2_000 };
/** Entries and statements with a password in them, possibly: those of foreign servers, their users, and subscriptions. */
const secretiveEntry = /^(USER MAPPING|SUBSCRIPTION|SERVER|FOREIGN|DATABASE PROPERTIES)\b/;
const secretive = /^\s*(CREATE|ALTER)\s+(USER\s+MAPPING|SUBSCRIPTION|SERVER|FOREIGN)\b/i;
const notShown = '(its statement is not shown, since a password may stand in it)';
/** Entries that are rows, or values of them, and statements that hold them. */
const rowEntries = /^(TABLE|STATISTICS) DATA /;
const holdsRows = /^\s*(INSERT|UPDATE|SELECT \* FROM pg_catalog\.pg_restore_)/i;
/**
 * Entries that are made before there is a row in the new database. What they call can have none to tell of: not even an event trigger,
 * which pg_dump has come last.
 */
const beforeRows = /^(ACCESS METHOD|AGGREGATE|CAST|COLLATION|CONVERSION|DATABASE|DEFAULT|DOMAIN|ENCODING|EXTENSION|FOREIGN (DATA WRAPPER|SERVER|TABLE)|FUNCTION|MATERIALIZED VIEW|OPERATOR( CLASS| FAMILY)?|PROCEDURAL LANGUAGE|PROCEDURE|SCHEMA|SEARCHPATH|SEQUENCE|SEQUENCE OWNED BY|SERVER|SHELL TYPE|STDSTRINGS|TABLE|TEXT SEARCH (CONFIGURATION|DICTIONARY|PARSER|TEMPLATE)|TRANSFORM|TYPE|USER MAPPING|VIEW) /;
/** Entries that are made later, whose statements look at no row; an event trigger may. */
const besideRows = /^(ACL|ACL LANGUAGE|BLOB METADATA|COMMENT|DATABASE PROPERTIES|DEFAULT ACL|EVENT TRIGGER|LARGE OBJECT|POLICY|PUBLICATION( TABLES? ?(IN SCHEMA)?)?|ROW SECURITY|RULE|SECURITY LABEL|STATISTICS|SUBSCRIPTION( TABLE)?|TRIGGER) /;
/** What looks like one of the above by its beginning, and is not. */
const onRows = /^(TABLE|MATERIALIZED VIEW|STATISTICS) DATA |^TABLE ATTACH |^SEQUENCE SET /;
/** Whether a message cannot hold a value of a row. */
function tellsNoRow({ entry, message, cut }) {
    if (onRows.test(entry))
        return false;
    if (beforeRows.test(entry))
        return true;
    // Of a message that is cut, the beginning of the context may be missing.
    return besideRows.test(entry) && !cut && (0,server_message/* messageParts */.Ae)(message).context.length === 0;
}
/** Whether the statement of an error must not be shown, since a password may stand in it. */
function isSecretive({ entry, statement }) {
    return secretiveEntry.test(entry) || secretive.test(statement) || (0,sql_text/* holdsCredential */.KK)(statement);
}
/**
 * An error in a few lines for a log that others may read: the entry, the server's message without any value of a row, and the
 * beginning of the statement.
 */
function describeError(error) {
    const { entry, message, statement, own, doubtful } = error;
    if (doubtful)
        return (0,redact_values/* redactLine */.Mq)((0,server_message/* messageParts */.Ae)(message).first.replace(/^COPY failed for table .*?": (?:ERROR: {2})?/, ''), () => false);
    const head = entry === '' ? '' : `${entry.trimEnd()}: `;
    if (own)
        return head + inFull(message);
    const isRows = rowEntries.test(entry) || holdsRows.test(statement) || (error.ambiguous === true && !tellsNoRow(error));
    const isSecret = isSecretive(error);
    const known = isRows || isSecret ? [entry] : [entry, statement];
    if (isSecret) {
        // Later lines may quote the statement.
        const { first } = (0,server_message/* messageParts */.Ae)(message);
        return `${head}${tellsNoRow(error) ? (0,format/* shortened */.vI)(first, longestShown.line) : (0,redact_values/* redactLine */.Mq)(first, (0,redact_values/* namesIn */.wX)(...known))}\n${notShown}`;
    }
    const said = tellsNoRow(error) ? inFull(message) : (0,redact_values/* redactValues */.se)(message, known, tableOf(error), error.cut);
    const short = statement.length > longestShown.statement ? `${statement.slice(0, longestShown.statement)}…` : statement;
    return [head + said, ...(short === '' || isRows ? [] : [short])].join('\n');
}
function inFull(message) {
    const lines = message.split('\n').map((line) => (0,format/* shortened */.vI)(line, longestShown.line));
    return (0,format/* shortened */.vI)(lines.join('\n'), longestShown.message);
}
/** `COPY failed for table "t": …`; the context of the error names it, too. */
function tableOf({ entry, message }) {
    const table = /^COPY failed for table "(.*?)": /s.exec(message)?.[1];
    return table !== undefined && entry.startsWith(`TABLE DATA ${table} `) ? table : undefined;
}

;// CONCATENATED MODULE: ./build/postgres/restore/errors/messages.js
/** What is kept of an error, in characters, of its statement, and of what its entry is called; of a longer message its last lines as well, which tell where it came from. */
const kept = { message: 8_000, line: 1_000, lastLines: 40, statement: 20_000, entry: 2_000 };
/** What `pg_restore --verbose` is at: `processing data for table "public.mdl_course"`. From 17 on it tells its first statement, too. */
function entryOf(line) {
    return /^pg_restore: ((?:creating|processing|executing) (?!SELECT ).*)$/s.exec(line)?.[1];
}
/** What `pg_restore` warns of, as far as that is of fixed words: in what looks like any other, a function may have said anything. */
function isWarning(line) {
    return warnings.some((words) => line === `pg_restore: warning: ${words}`);
}
/** https://github.com/postgres/postgres/blob/REL_18_STABLE/src/bin/pg_dump/pg_backup_archiver.c (pg_log_warning) */
const warnings = [
    'restoring tables WITH OIDS is not supported anymore',
    'archive was made on a machine with larger integers, some operations might fail',
    'invalid creation date in header',
];
/** What the server tells besides errors comes as it is, with its newlines: `pg_restore: WARNING:  x`, in any language. */
const serverNotice = /^(?!pg_restore: (?:error|detail|hint): ).*?\S: {2}/;
/**
 * The error of servers before 17, which do not know this parameter: nothing else is wrong. In any language it is named. Message
 * and statement are never torn apart, since pg_restore writes them at once (seen with 17 and 18, 150 times by 9 sessions).
 * @param several whether several sessions write at once, so that the rest of another one's line may follow the statement
 */
function isHarmless({ message, statement }, several = false) {
    return ((several ? firstLine(statement) : statement) === 'SET transaction_timeout = 0;' &&
        /^[^\n]*["»„«“「]transaction_timeout["«“»」][^\n]*$/u.test(message));
}
/**
 * Picks the errors out of what `pg_restore --verbose` writes. An error spans lines: the entry, the server's message,
 * then the statement.
 *
 * Not every line that looks like an error is one: names stand in what `pg_restore` tells as they are, newlines included, and so do
 * warnings of functions. A name, of 63 bytes at most, has no room for an entry and the beginning of the error that follows it.
 * @param onError is given each error when it is complete, and whether no name can be what it is
 * @param several whether several sessions write at once: what one is at may stand between another's entry and its message
 */
function collectErrors(onError = () => { }, several = false) {
    const found = [];
    let entry = '';
    /** Whether the line before names an entry. */
    let isNamed = false;
    const named = new Set();
    let ignored = 0;
    let doubtful = false;
    let open;
    const close = () => {
        const closed = open;
        open = undefined;
        if (!closed)
            return;
        closed.error.message = [closed.error.message, ...closed.end].join('\n');
        if (several)
            entry = '';
        onError(closed.error, closed.certain);
    };
    /** Where several sessions write, another error may have come between the entry and this one; but rows name their table. */
    const entryOfRows = (message) => {
        const table = several ? /^COPY failed for table "(.*?)": /s.exec(message)?.[1] : undefined;
        return table === undefined ? undefined : [...named].find((one) => one.startsWith(`TABLE DATA ${table} `));
    };
    const begin = (words) => {
        const isOwn = !/^(could not execute query: |COPY failed for table )/.test(words);
        const said = words.replace(/^could not execute query: (ERROR: +)?/, '');
        const message = said.slice(0, kept.message);
        const error = { entry: entryOfRows(message) ?? entry, message, statement: '' };
        if (isOwn)
            error.own = true;
        if (message !== said)
            error.cut = true;
        if (doubtful)
            error.doubtful = true;
        if (found.length < mostErrors)
            found.push(error);
        open = { error, part: 'message', certain: isNamed && !isOwn, end: [] };
    };
    return {
        take(line) {
            const whole = several ? untangled(line) : line;
            const said = /^pg_restore: (?:(error|warning|detail|hint): )?(.*)$/s.exec(whole);
            if (line !== '')
                ignored = 0;
            if ((said || !open) && serverNotice.test(whole))
                doubtful = true;
            if (said) {
                close();
                const [, level, words = ''] = said;
                if (!several && entryOf(line) !== undefined)
                    entry = '';
                const newEntry = /^from TOC entry \d+; \d+ \d+ (.*)$/s.exec(words)?.[1]?.slice(0, kept.entry);
                entry = newEntry ?? entry;
                if (several)
                    named.add(entry);
                ignored = Number(/^errors ignored on restore: (\d+)$/.exec(words)?.[1] ?? 0);
                if (level === 'error')
                    begin(words);
                isNamed = newEntry !== undefined;
            }
            else if (open && line !== '') {
                const { error, part } = open;
                const beginsStatement = line.startsWith('Command was: ');
                if (part === 'statement') {
                    if (beginsStatement)
                        error.ambiguous = true;
                    if (error.statement.length < kept.statement)
                        error.statement += `\n${line}`.slice(0, kept.statement - error.statement.length);
                }
                else if (beginsStatement) {
                    open.part = 'statement';
                    error.statement = line.slice('Command was: '.length, kept.statement);
                }
                else if (open.end.length === 0 && error.message.length + line.length < kept.message)
                    error.message += `\n${line}`;
                else {
                    open.end.push(line.slice(0, kept.line));
                    if (line.length > kept.line || open.end.length > kept.lastLines)
                        error.cut = true;
                    if (open.end.length > kept.lastLines)
                        open.end.shift();
                }
            }
            else if (line !== '')
                isNamed = false;
        },
        isDoubtful: () => doubtful,
        result() {
            close();
            return { found, ignored };
        },
    };
}
/** More errors than these are told, but not kept. */
const mostErrors = 1_000;
/** pg_restore writes the beginning of a line in pieces, and what comes after it at once: pieces of other sessions may stand between. */
function untangled(line) {
    const [beginning = ''] = /^(?: ?pg_restore: ?| ?(?:error|warning|detail|hint): ?)*/.exec(line) ?? [];
    const rest = line.slice(beginning.length).trimStart();
    const isError = /^(could not execute query: |COPY failed for table )/.test(rest) || /error: ?$/.test(beginning);
    const isOurs = beginning !== '' || isError || /^(while [A-Z ]+:$|from TOC entry \d+; )/.test(rest);
    return isOurs ? `pg_restore: ${isError ? 'error: ' : ''}${rest}` : line;
}
function firstLine(message) {
    return message.split('\n', 1)[0] ?? '';
}

;// CONCATENATED MODULE: ./build/postgres/restore/order.js

/** The arguments of `pg_restore` that choose what is restored, for a restore and for a list of its entries alike. */
function selectionArguments({ noOwner, noPrivileges, options, }) {
    return [...(noOwner ? ['--no-owner'] : []), ...(noPrivileges ? ['--no-privileges'] : []), ...options];
}
/** The arguments of one call of `pg_restore`. */
function argumentsFor(connection, order, { jobs, list }) {
    return [
        ...selectionArguments(order),
        ...(list === undefined ? [] : [`--use-list=${list}`]),
        ...(jobs > 1 ? [`--jobs=${jobs}`] : []),
        ...['--verbose', '--no-password', '--dbname', (0,session_connection/* connectionString */.cF)(order.database, connection, 'rows')],
        ...(typeof order.archive === 'string' ? [order.archive] : []),
    ];
}

// EXTERNAL MODULE: ./build/base/patience.js
var patience = __webpack_require__(7705);
;// CONCATENATED MODULE: ./build/postgres/restore/pipe-archive.js

/**
 * Gives a program bytes to read, as fast as it takes them. If it ends before it has read all, the rest is taken from the
 * source nonetheless: whoever made that may be counting.
 * @param enough ends it at once, whatever the source is waiting for
 * @param onRead is told how many bytes the program has been given so far
 * @throws what the source throws, after the program has been ended
 */
async function pipeArchive(source, { stdin, stop }, enough, onRead = () => { }) {
    const chunks = source[Symbol.asyncIterator]();
    let given = 0;
    try {
        for (;;) {
            const next = await (0,patience/* unlessAborted */.Wh)(chunks.next(), enough);
            if (next.done)
                break;
            if (stdin.writable && !stdin.write(next.value))
                await drained(stdin);
            given += next.value.length;
            onRead(given);
        }
    }
    catch (error) {
        if (!enough.aborted) {
            await stop();
            throw error;
        }
        chunks.return?.().catch(() => { }); // nobody waits for it: a source that is silent ends when it is heard again
    }
    stdin.end();
}
/** Resolves when there is room for more, or nobody reads any more. */
function drained(stdin) {
    return new Promise((resolve) => {
        const done = () => {
            stdin.off('drain', done).off('close', done);
            resolve();
        };
        stdin.on('drain', done).on('close', done);
    });
}

;// CONCATENATED MODULE: ./build/postgres/restore/run-pass.js













/**
 * Runs `pg_restore` once. It is begun again only where it did not get to the server at all: whatever it has begun, nobody does twice.
 * An archive that is not a file can be read only once: a psql goes first then, to see that the server lets somebody in.
 * @throws Failure that says which entry failed, why, and what to do
 */
async function runPass(client, connection, server, order, pass, listener, signal) {
    const { archive, database } = order;
    const psql = { program: client.psql, connection, signal };
    const attempt = () => tryPass(client, connection, server, order, pass, listener, signal);
    try {
        if (typeof archive === 'string')
            return await (0,reconnect/* whenConnected */.O)(psql, database, attempt);
        if (connection.admission.insistence)
            await (0,reconnect/* whenConnected */.O)(psql, database, () => (0,base_process/* run */.eF)({ ...(0,session_psql/* psqlCommand */.K9)(psql, database), input: '', signal }));
        await attempt();
    }
    catch (error) {
        if (error instanceof failure/* Failure */.HR)
            throw withAdviceOnPassword(error);
        if (!(error instanceof base_process/* ProcessFailure */.iq))
            throw error;
        const tried = `pg_restore ${client.version} into ${(0,format/* quoted */.TL)(database)}`;
        throw new failure/* Failure */.HR({ tried, ...(0,explain.explainServerError)(error, { role: connection.user, database }) }, { cause: error });
    }
}
/** Between its sessions, pg_restore remembers the password that it began with. */
function withAdviceOnPassword(error) {
    if (!/^(?:reconnection failed: )?connection to server .* failed: FATAL: {2}password authentication failed/.test(error.explanation.cause))
        return error;
    const advice = 'The password was changed while pg_restore was working: at its end it connects again, with the password that it began with. Run the ' +
        'restore again.';
    return new failure/* Failure */.HR({ ...error.explanation, advice }, { cause: error.cause });
}
/**
 * `pg_restore` 17 and later sets `transaction_timeout` on any server; those before 17 answer with an error and nothing
 * else is wrong. There that one error is passed over, and any other is a failure; everywhere else the first error ends pg_restore.
 *
 * Whether it succeeded is said by its exit status and its own count of errors, and never by what looks like an error among what it
 * writes: only which error it was is found there.
 *
 * With a client 17 or newer, a server before 17 and several sessions, an error may be known only when the pass has come to its end:
 * where another session writes between the name of an entry and its error, that looks like what a name or a warning of a function
 * may hold, and is no reason to end pg_restore. The restore then fails later, and with the same error.
 */
async function tryPass(client, connection, server, order, pass, { progress, onMessage, onRead, onProcess }, signal) {
    const failed = new AbortController();
    const several = pass.jobs > 1;
    const isFirstSet = client.major >= 17 && server.major < 17;
    let harmless = 0;
    /** The first error that is certain; the first and the last that are not harmless; and the first of the server's. */
    const seen = {};
    let begun = 0;
    const errors = collectErrors((error, certain) => {
        // Each session makes it when it begins; with one session that is before the first entry.
        if (isFirstSet && (several || begun === 0) && isHarmless(error, several)) {
            harmless++;
            return;
        }
        seen.first ??= error;
        seen.last = error;
        if (!error.own)
            seen.ofServer ??= error;
        if (!certain || seen.certain)
            return;
        seen.certain = error;
        // Or it would go on; everywhere else it ends by itself, and so it does where it cannot connect.
        if (isFirstSet && (begun > 0 || !error.own))
            failed.abort();
    }, several);
    let ended;
    // With several sessions pg_restore counts those of its first one, at its beginning and its end, and of the others what is not
    // part of their start (seen with 17 and 18).
    const expected = several ? 2 : 1;
    const isWell = ({ exitCode }) => {
        const { ignored } = errors.result(); // with the error that was not at its end yet
        return exitCode === 1 && isFirstSet && ignored === expected && harmless >= expected;
    };
    try {
        const running = (0,base_process/* start */.ni)({
            program: client.pgRestore,
            args: [...(isFirstSet ? [] : ['--exit-on-error']), ...argumentsFor(connection, order, pass)],
            env: (0,session_connection/* environmentOf */.p7)(connection),
            keepInput: typeof order.archive !== 'string',
            signal: AbortSignal.any([signal, failed.signal]),
            onStderrLine: (line) => {
                if (failed.signal.aborted)
                    return;
                errors.take(line);
                progress.take(line, errors.isDoubtful() || seen.first !== undefined);
                if (entryOf(line) !== undefined)
                    begun++;
                else if (isWarning(line))
                    onMessage(line);
            },
        });
        running.finished.catch((error) => {
            // Nobody reads on. If all is well, the rest of the content has to be read nonetheless.
            if (!(error instanceof base_process/* ProcessFailure */.iq && isWell(error)))
                failed.abort();
        });
        running.stdout.resume();
        if (typeof order.archive !== 'string')
            await pipeArchive(order.archive, running, failed.signal, onRead);
        else if (running.id !== undefined)
            onProcess?.(running.id);
        await running.finished;
        return;
    }
    catch (error) {
        signal.throwIfAborted();
        if (error instanceof base_process/* ProcessFailure */.iq)
            ended = error;
        else if (!seen.certain)
            throw error;
    }
    // Before it did anything: what it said first may no longer be among the last lines.
    if (begun === 0 && (0,connect_failure/* connectFailure */.v)(ended))
        throw ended;
    if (ended && isWell(ended))
        return;
    const likely = isFirstSet || several ? (seen.ofServer ?? seen.first) : seen.last;
    const first = seen.certain ?? likely;
    if (!first && ended?.cause !== undefined)
        throw ended; // it could not be started
    if (first)
        for (const line of describeError(first).split('\n'))
            onMessage(line);
    throw failureOf(client, order, first, ended);
}
/** @param ended how `pg_restore` ended, if it was not ended because of the error */
function failureOf(client, { database, withoutRows }, first, ended) {
    return new failure/* Failure */.HR({
        tried: `pg_restore ${client.version} into ${(0,format/* quoted */.TL)(database)}`,
        cause: first ? describeError(first) : ended ? (0,explain/* describeExit */.K)(ended) : 'it was ended',
        advice: first && !first.doubtful
            ? adviceForRestore(first, withoutRows)
            : 'Fix the cause, then run the restore again.',
    });
}

;// CONCATENATED MODULE: ./build/postgres/restore/pg-restore.js




/**
 * Fills an empty database from an archive, in one pass or several. The first error ends it.
 * @param server that the database is on
 * @throws Failure that says which entry failed, why, and what to do
 */
async function restoreInto(client, connection, server, order, listener, signal) {
    for (const pass of order.passes) {
        await runPass(client, connection, server, order, pass, listener, signal);
        listener.progress.endPass(pass.ids);
    }
}
/** Makes schemas. Throws a ProcessFailure. */
async function createSchemas(psql, database, schemas) {
    if (schemas.length === 0)
        return;
    await (0,session_psql/* runScript */.j3)(psql, database, schemas.map((name) => `CREATE SCHEMA ${(0,sql_text/* identifier */.Cv)(name)};\n`).join(''));
}

// EXTERNAL MODULE: ./build/postgres/restore/server-offers.js
var server_offers = __webpack_require__(8938);
// EXTERNAL MODULE: ./build/postgres/server/session-overrides.js
var session_overrides = __webpack_require__(9236);
;// CONCATENATED MODULE: ./build/postgres/restore/entries/newer-features.js
/**
 * By major version, from https://www.postgresql.org/docs/release/. Not all that there is: what people use, and what does
 * not need a superuser. test/thorough/versions.test.ts tries each on the version before.
 */
const newFeatures = new Map([
    [
        14,
        {
            refused: [
                'range types',
                'BEGIN ATOMIC in functions',
                'COMPRESSION of columns',
                'statistics on expressions',
            ],
        },
    ],
    [
        15,
        {
            refused: [
                'NULLS NOT DISTINCT',
                'ON DELETE SET NULL of some columns',
                'security_invoker of views',
                'unlogged sequences (of unlogged tables)',
                'publications of some rows, some columns or schemas',
            ],
        },
    ],
    [16, { refused: ['RULES of collations', 'IS JSON'] }],
    [
        17,
        {
            refused: ['JSON_TABLE', 'built-in collations', 'infinite intervals', 'MAINTAIN if rights are restored'],
            reduced: ['identity columns of partitions'],
        },
    ],
    [
        18,
        {
            refused: [
                'virtual generated columns',
                'NOT ENFORCED',
                'NOT NULL constraints that are NOT VALID or NO INHERIT, or of inherited columns',
                'WITHOUT OVERLAPS and PERIOD',
                'uuidv7()',
            ],
            reduced: ['names of NOT NULL constraints'],
        },
    ],
]);
/** Of how many majors it is told at most what they brought. */
const mostMajors = 20;
/**
 * What a database of a newer server may lose on an older one, in sentences.
 * @param newer the major version of the server that the backup is of
 * @param older that of the server that it is restored to
 */
function featuresThatMayBeLost(newer, older) {
    const length = Math.min(newer - older, mostMajors); // an archive may say that it is of any version
    const majors = Array.from({ length }, (_, index) => newer - index);
    const refused = majors.map((major) => {
        const known = newFeatures.get(major);
        return known ? `${known.refused.join(', ')} (since ${major})` : `whatever came with ${major}`;
    });
    const reduced = majors.flatMap((major) => newFeatures.get(major)?.reduced ?? []);
    return (`What the older version does not know makes the restore fail, for example: ${refused.join('; ')}. ` +
        'With restore_strategy: swap the old database then stays unchanged.' +
        (reduced.length === 0 ? '' : ` Lost without an error: ${reduced.join(', and ')}.`));
}

// EXTERNAL MODULE: ./build/jobs/preflight/extensions.js
var preflight_extensions = __webpack_require__(9163);
;// CONCATENATED MODULE: ./build/jobs/preflight/archive.js






/** What there is to say about an archive on a server. */
function archiveFindings(database, header, server, needs, facts, restorable) {
    return [
        ...originFindings(database, header, server),
        ...(0,preflight_extensions/* extensionFindings */.GW)(needs, facts),
        ...missingRoleFindings(server.role, needs.roles, facts),
        ...tablespaceFindings(needs.tablespaces, facts),
        ...unrestorableFindings(server.role, restorable),
    ];
}
function originFindings(database, { database: original, serverVersion }, server) {
    const findings = [];
    // Of an archive in a newer format it may not be known.
    if (original !== '' && original !== database) {
        findings.push({
            level: 'warning',
            text: `The backup was made of database ${(0,format/* quoted */.TL)(original)}; this restore is of ${(0,format/* quoted */.TL)(database)}.`,
        });
    }
    const major = Number.parseInt(serverVersion, 10);
    if (major > server.major) {
        const versions = `The backup is from PostgreSQL ${(0,format/* plain */.pj)(serverVersion)}; this server has the older ${(0,format/* plain */.pj)(server.version)}.`;
        findings.push({ level: 'warning', text: `${versions} ${featuresThatMayBeLost(major, server.major)}` });
    }
    return findings;
}
function missingRoleFindings(role, needed, { roles, superuser }) {
    const { owners, grantors, makers, subjects } = needed;
    const missing = [...allRoles(needed)].filter((name) => !Object.hasOwn(roles, name));
    const strange = (name) => roles[name]?.assumable === false;
    const others = [...owners].filter(strange);
    const strangeMakers = [...makers].filter(strange);
    const findings = [
        missing.length > 0 && {
            level: 'error',
            text: `The backup needs ${(0,finding/* plural */.LS)('role', missing)}, which this server does not have.`,
            remedy: missing.some((name) => !subjects.has(name))
                ? `${withoutOwners}, or create ${(0,finding/* plural */.LS)('role', missing)}.`
                : `Create ${(0,finding/* plural */.LS)('role', missing)}.`,
        },
        !superuser &&
            others.length > 0 && {
            level: 'error',
            text: `The backup has objects owned by ${(0,finding/* plural */.LS)('role', others)}, and the restoring role is not a member of ${others.length === 1 ? 'it' : 'each'}.`,
            remedy: `${withoutOwners}. Or, as an administrator of the server, run:\n${memberships(others, role)}`,
        },
        !superuser &&
            strangeMakers.length > 0 && {
            level: 'error',
            text: `The backup has default privileges of ${(0,finding/* plural */.LS)('role', strangeMakers)}, which only a member can set.`,
            remedy: `Restore with no_privileges: true. Or, as an administrator of the server, run:\n${memberships(strangeMakers, role)}`,
        },
        !superuser &&
            grantors.size > 0 && {
            level: 'error',
            text: `The backup has privileges granted by ${(0,finding/* plural */.LS)('role', [...grantors])}, which only a superuser can restore.`,
            remedy: 'Restore with no_privileges: true, or as a superuser.',
        },
    ];
    return findings.filter((finding) => finding !== false);
}
const withoutOwners = 'Restore without owners and privileges (no_owner: true, no_privileges: true)';
function memberships(roles, member) {
    return roles.map((role) => (0,sql_text/* toPaste */.XM)(`GRANT ${(0,sql_text/* identifier */.Cv)(role)} TO ${(0,sql_text/* identifier */.Cv)(member)};`)).join('\n');
}
function tablespaceFindings(needed, { tablespaces }) {
    const missing = needed.filter((name) => !tablespaces.includes(name));
    if (missing.length === 0)
        return [];
    const text = `The backup uses ${(0,finding/* plural */.LS)('tablespace', missing)}, which this server does not have or the role may not use.`;
    return [{ level: 'error', text, remedy: 'Add --no-tablespaces to pg_restore_options.' }];
}
function unrestorableFindings(role, { leftOut, impossible }) {
    const findings = [];
    if (impossible.length > 0) {
        findings.push({
            level: 'error',
            text: `The role ${(0,format/* quoted */.TL)(role)} cannot restore ${describeUnrestorable(impossible)}.`,
            remedy: 'Restore as a superuser, or remove what the role cannot restore from the original database and make a new backup.',
        });
    }
    if (leftOut.length > 0) {
        findings.push({
            level: 'warning',
            about: 'not restored',
            text: `Will not be restored: ${describeUnrestorable(leftOut)}.`,
            afterwards: `Not restored: ${describeUnrestorable(leftOut)}.`,
        });
    }
    return findings;
}
/** Entries by the reason why they are refused. */
function describeUnrestorable(refused) {
    const byReason = Map.groupBy(refused, ({ why }) => why);
    return [...byReason]
        .map(([why, group]) => {
        const names = group.map(({ entry: { type, schema, name } }) => `${type} ${(0,format/* quoted */.TL)(schema === '' ? name : `${schema}.${name}`)}`);
        return `${(0,finding/* firstFew */.Dt)(names)} (${why})`;
    })
        .join('; ');
}

// EXTERNAL MODULE: ./build/jobs/preflight/empty-database/in-public.js
var in_public = __webpack_require__(3932);
;// CONCATENATED MODULE: ./build/postgres/restore/required-privileges.js


/** A name in SQL, in quotes or without. */
const wordPattern = '("(?:[^"]|"")+"|[^\\s",;()]+)';
const creatingExtension = new RegExp(`^CREATE EXTENSION IF NOT EXISTS ${wordPattern}(?: WITH SCHEMA ${wordPattern})?;$`, 'm');
const creatingServer = new RegExp(`^CREATE SERVER ${wordPattern}(?: TYPE '(?:[^']|'')*')?(?: VERSION '(?:[^']|'')*')? FOREIGN DATA WRAPPER ${wordPattern}`);
const inLanguage = new RegExp(`^ {4}LANGUAGE ${wordPattern}`, 'm');
/** Everybody may use them, or only a superuser, of which it is told elsewhere. */
const builtInLanguages = new Set(['sql', 'plpgsql', 'c', 'internal']);
/** The entries that make an object in their schema. */
const makesObject = /^(TABLE|VIEW|MATERIALIZED VIEW|FOREIGN TABLE|SEQUENCE|FUNCTION|PROCEDURE|AGGREGATE|TYPE|DOMAIN|OPERATOR|COLLATION|CONVERSION|TEXT SEARCH \w+|STATISTICS)$/;
/** What entries use that their archive does not make by an entry of its own. */
function requiredPrivileges(entries, definitions) {
    const used = {
        extensions: [],
        wrappers: new Map(),
        languages: new Map(),
        schemas: new Map(),
    };
    const note = (into, name, entry) => {
        const noted = into.get(name);
        if (noted)
            noted.push(entry);
        else
            into.set(name, [entry]);
    };
    for (const entry of entries) {
        const { sql = '', schema = '' } = definitions.get(entry.id) ?? {};
        if (entry.type === 'EXTENSION') {
            const [, name, where] = creatingExtension.exec(sql) ?? [];
            if (name !== undefined)
                used.extensions.push({ name: unquotedName(name), schema: where && unquotedName(where) });
        }
        else if (entry.type === 'SERVER') {
            const [, , wrapper] = creatingServer.exec(sql) ?? [];
            if (wrapper !== undefined)
                note(used.wrappers, unquotedName(wrapper), entry);
        }
        else if (/^(FUNCTION|PROCEDURE)$/.test(entry.type)) {
            const [, language] = inLanguage.exec(sql) ?? [];
            if (language !== undefined && !builtInLanguages.has(unquotedName(language)))
                note(used.languages, unquotedName(language), entry);
        }
        if (makesObject.test(entry.type) && schema !== '' && schema !== 'public')
            note(used.schemas, schema, entry);
    }
    for (const { type, id } of entries) {
        if (type === 'SCHEMA')
            used.schemas.delete(definitions.get(id)?.name ?? '');
    }
    return used;
}
function unquotedName(name) {
    return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}
/**
 * Asks in an empty database what the role lacks there once the extensions of the archive are created. Everything is taken back. What
 * an extension that cannot be created would bring is not found.
 * @throws ProcessFailure if the server refuses
 */
async function lackingPrivileges(psql, database, used) {
    const create = used.extensions.map(({ name, schema }) => [
        'SAVEPOINT s;',
        schema === undefined || schema === 'public' ? '' : `CREATE SCHEMA IF NOT EXISTS ${(0,sql_text/* identifier */.Cv)(schema)};`,
        `CREATE EXTENSION IF NOT EXISTS ${(0,sql_text/* identifier */.Cv)(name)}${schema === undefined ? '' : ` WITH SCHEMA ${(0,sql_text/* identifier */.Cv)(schema)}`} CASCADE;`,
        '\\if :ERROR\nROLLBACK TO SAVEPOINT s;\n\\endif\n',
    ].join('\n'));
    const script = `\\set ON_ERROR_STOP 0\nSET client_min_messages = fatal;\nBEGIN;\n${create.join('')}\\set ON_ERROR_STOP 1\n${lackingRightsQuery(used)};\nROLLBACK;\n`;
    return JSON.parse(await (0,session_psql/* runScript */.j3)(psql, database, script));
}
function lackingRightsQuery({ wrappers, languages, schemas }) {
    const among = (names) => `(SELECT json_array_elements_text(${(0,sql_text/* literal */.eu)(JSON.stringify([...names.keys()]))}))`;
    const list = (column, catalog, names, lacks) => `(SELECT coalesce(json_agg(${column} ORDER BY ${column}), '[]') FROM ${catalog} WHERE ${column} IN ${among(names)} AND ${lacks})`;
    return `SELECT json_build_object(
    'wrappers', ${list('fdwname', 'pg_foreign_data_wrapper', wrappers, "NOT has_foreign_data_wrapper_privilege(oid, 'USAGE')")},
    'languages', ${list('lanname', 'pg_language', languages, "NOT (lanpltrusted AND has_language_privilege(oid, 'USAGE'))")},
    'schemas', ${list('nspname', 'pg_namespace', schemas, "NOT has_schema_privilege(oid, 'CREATE')")})`;
}

;// CONCATENATED MODULE: ./build/jobs/preflight/empty-database/lacking-privileges.js



/**
 * Rights that nobody can grant beforehand: on what an extension, or the server's template, brings into a database that is still to be
 * made. In the original somebody had granted them. Tried on 15.
 */
function lackingPrivilegeFindings({ entries, definitions, role, superuser, }) {
    const used = requiredPrivileges(entries, definitions);
    const nothing = [used.wrappers, used.languages, used.schemas].every(({ size }) => size === 0);
    if (superuser || nothing)
        return undefined;
    return async (psql, database) => {
        const lacking = await lackingPrivileges(psql, database, used);
        return describeLackingRight(role, used, lacking);
    };
}
const kindsOfRights = [
    ['wrappers', 'USAGE on the foreign-data wrapper'],
    ['languages', 'USAGE on the untrusted language'],
    ['schemas', 'CREATE on the schema'],
];
function describeLackingRight(role, used, lacking) {
    return kindsOfRights.flatMap(([kind, right]) => lacking[kind].map((name) => ({
        level: 'error',
        text: `The role ${(0,format/* quoted */.TL)(role)} lacks ${right} ${(0,format/* quoted */.TL)(name)} in a new database, where it cannot be granted beforehand, and needs it for ${(0,finding/* firstFew */.Dt)((used[kind].get(name) ?? []).map(asText))}.`,
        remedy: 'Restore as a superuser, or drop what needs the privilege in the original database and make a new backup.',
    })));
}
function asText({ type, schema, name }) {
    return `${type} ${(0,format/* quoted */.TL)(schema === '' ? name : `${schema}.${name}`)}`;
}

;// CONCATENATED MODULE: ./build/postgres/restore/parameters.js

/** The parameters that functions and procedures set for themselves, as SQL has their names, each with the entries that do. */
function setParameters(entries, definitions) {
    const found = new Map();
    for (const entry of entries) {
        if (entry.type !== 'FUNCTION' && entry.type !== 'PROCEDURE')
            continue;
        const [head = ''] = (definitions.get(entry.id)?.sql ?? '').split(/^ {4}(?:AS |BEGIN ATOMIC$)/m, 1);
        for (const [, name = ''] of head.matchAll(/^ {4}SET (\S+) TO /gm)) {
            const setting = found.get(name);
            if (setting)
                setting.push(entry);
            else
                found.set(name, [entry]);
        }
    }
    return found;
}
/**
 * Those that only a superuser may set, and this role neither is one nor has been granted that, which is possible from 15 on. Nobody
 * else may give a function a parameter either that no library has defined: of those of an extension it is known when that is created,
 * right before.
 * https://www.postgresql.org/docs/current/ddl-priv.html (PARAMETER)
 * https://github.com/postgres/postgres/blob/master/src/backend/utils/misc/guc.c (validate_option_array_item)
 * @param names as SQL has them
 * @param extensions those that the archive creates
 * @throws ProcessFailure if the server refuses
 */
async function forbiddenParameters(psql, database, { names, extensions, major }) {
    const granted = major >= 15 ? "AND NOT has_parameter_privilege(plain, 'SET')" : '';
    const query = `SELECT coalesce(json_agg(asked ORDER BY asked), '[]')
    FROM json_array_elements_text(:'names') AS a(asked) CROSS JOIN LATERAL (SELECT replace(asked, '"', '') AS plain) AS p
      LEFT JOIN pg_settings ON lower(name) = lower(plain)
    WHERE (context = 'superuser' OR plain LIKE '%.%' AND coalesce(category = 'Customized Options', true)
        AND lower(split_part(plain, '.', 1)) NOT IN (SELECT lower(json_array_elements_text(:'extensions')))) ${granted}`;
    return (0,session_psql/* ask */.kA)(psql, database, query, {
        names: JSON.stringify(names),
        extensions: JSON.stringify(['plpgsql', ...extensions]),
    });
}

;// CONCATENATED MODULE: ./build/jobs/preflight/empty-database/parameters.js




/**
 * Functions that set a parameter which only a superuser may set: in the original, a superuser has made them, or has granted that.
 * Tried on 15 and 17.
 */
function parameterFindings({ entries, definitions, role, superuser, major, }) {
    const set = setParameters(entries, definitions);
    if (superuser || set.size === 0)
        return undefined;
    const functions = new Map(Array.from(set, ([name, by]) => [
        name,
        (0,finding/* firstFew */.Dt)(by.map(({ schema, name: its }) => (0,format/* quoted */.TL)(`${schema}.${its}`))),
    ]));
    const extensions = entries.filter(({ type }) => type === 'EXTENSION').map(({ name }) => name);
    return async (psql, database) => {
        const names = [...functions.keys()];
        const forbidden = await forbiddenParameters(psql, database, { names, extensions, major });
        return forbidden.map((name) => {
            const superusers = major >= 15
                ? ` Or, as a superuser, run:\n${(0,sql_text/* toPaste */.XM)(`GRANT SET ON PARAMETER ${name} TO ${(0,sql_text/* identifier */.Cv)(role)};`)}`
                : '';
            return {
                level: 'error',
                text: `The role ${(0,format/* quoted */.TL)(role)} may not set the parameter ${(0,format/* inOneLine */.UX)(name)}, as these functions of the backup do: ` +
                    `${functions.get(name)}.`,
                remedy: `Restore as a superuser. Or reset the parameter in the original database (ALTER FUNCTION … RESET ${(0,format/* inOneLine */.UX)(name)}) and make a new backup.${superusers}`,
            };
        });
    };
}

;// CONCATENATED MODULE: ./build/jobs/preflight/empty-database/inspect.js





/** Each makes of the context what it has to ask; undefined where it has nothing to ask. */
const checks = [
    in_public/* publicSchemaFindings */.v,
    lackingPrivilegeFindings,
    parameterFindings,
];
/** What has to be asked in the empty database before a restore. */
function emptyChecks(context) {
    return checks.flatMap((check) => check(context) ?? []);
}
/**
 * Looks into the new, empty database, for what only that can tell: schema `public` is as the server's template has it, and what a
 * role may do there differs from server to server.
 * @param empty what it is called now
 * @returns what there is to warn of
 * @throws Failure that lists what is in the way
 */
async function inspectEmptyDatabase(empty, checks, psql, step) {
    const found = await (0,server/* explainingErrors */.ng)(psql, empty, () => Promise.all(checks.map((check) => check(psql, empty))));
    const findings = found.flat();
    (0,finding/* reportFindings */.LH)(findings, step);
    return (0,finding/* notesOfWarnings */.o)(findings);
}

;// CONCATENATED MODULE: ./build/jobs/preflight/empty-tables.js


/**
 * Names the tables that come back empty. A foreign key to one of them fails if a row refers to it, which nobody knows before:
 * with `drop`, the old database would be gone by then.
 * @param keys of tables with rows to the empty ones
 */
function emptyTableFindings({ strategy }, empty, keys) {
    if (empty.length === 0)
        return [];
    const names = (0,finding/* firstFew */.Dt)(empty.map(asName));
    const findings = [
        {
            level: 'warning',
            text: `The backup has no rows of ${names} (as with --exclude-table-data in pg_dump_options): ${empty.length === 1 ? 'it comes' : 'they come'} back empty.`,
        },
    ];
    if (keys.length === 0)
        return findings;
    const shown = (0,finding/* firstFew */.Dt)(keys.map(({ key, of, to }) => `${(0,format/* quoted */.TL)(key)} of ${asName(of)} to ${asName(to)}`));
    const fails = `A foreign key to a table that comes back empty fails if a row needs it: ${shown}.`;
    findings.push(strategy === 'drop'
        ? {
            level: 'error',
            text: `${fails} With restore_strategy: drop the old database would be gone by then.`,
            remedy: 'Use restore_strategy: swap, or a backup with these rows.',
        }
        : { level: 'warning', text: fails });
    return findings;
}
function asName({ schema, name }) {
    return (0,format/* quoted */.TL)(`${schema}.${name}`);
}

// EXTERNAL MODULE: ./build/postgres/dump/function-uses.js + 1 modules
var function_uses = __webpack_require__(6969);
;// CONCATENATED MODULE: ./build/jobs/preflight/functions-before-drop.js



/**
 * Functions with which a restore may fail, or bring other values, where the old database would be dropped before that is known. They are
 * looked for in the old database, which has what uses them and where their names lead to; of those that are no more, nothing is known.
 * @param psql whose sessions get into the old database
 */
async function functionsBeforeDrop(entries, definitions, psql, old) {
    const archived = new Map();
    for (const { id, type } of entries) {
        const { schema, name, sql } = definitions.get(id) ?? { schema: '', name: '', sql: '' };
        if (type === 'FUNCTION' || type === 'PROCEDURE')
            archived.set(withoutArguments(`${schema}.${name}`), !/^ {4}SET search_path TO /m.test(sql));
    }
    if (archived.size === 0)
        return [];
    const { found } = await (0,function_uses/* functionUses */.T)(psql, old);
    // A statistics object is made without calling its functions; ANALYZE does, under the database's own settings.
    const lost = (found?.lost ?? [])
        .map((one) => ({ ...one, uses: one.uses.filter((use) => !use.startsWith('statistics ')) }))
        .filter(({ signature, uses }) => uses.length > 0 && archived.get(withoutArguments(signature)));
    const readers = found?.readers.filter(({ signature }) => archived.has(withoutArguments(signature))) ?? [];
    const reasons = [
        ...lost.map(({ signature, names, uses }) => `${signature} names ${(0,finding/* firstFew */.Dt)(names.map(format/* quoted */.TL))} without a schema (${(0,finding/* firstFew */.Dt)(uses)})`),
        ...readers.map(({ signature, use, name, tables }) => `${signature} reads ${(0,finding/* firstFew */.Dt)(tables)} (${use} ${name})`),
    ];
    if (reasons.length === 0)
        return [];
    const text = 'This restore may fail, or compute other values, after the old database is dropped: pg_restore works with an empty search_path and fills one table after the other, and functions of the backup depend on more: ' +
        `${(0,finding/* firstFew */.Dt)(reasons)}.`;
    const remedy = 'Use restore_strategy: swap, which keeps the old database if the restore fails; or fix these functions in the old database with the SQL that a backup warns with, and make a new backup. If the old database is no loss, drop it yourself, then run this restore again.';
    return [{ level: 'error', text, remedy }];
}
/** A function's signature, without quotes and spaces: the archive and the server write them differently. */
function withoutArguments(signature) {
    return signature.replace(/["\s]/g, '');
}

;// CONCATENATED MODULE: ./build/jobs/preflight/owners.js



/**
 * What there is to say of objects that a plain role is to give away in schemas of others. Tried on 15 and 17: "permission
 * denied for schema". Who may create in `public` is asked in the new database (`publicSchemaFindings`).
 */
function ownerFindings(found, { superuser, roles }) {
    if (superuser)
        return [];
    const lackCreate = found.filter(({ role, host }) => host !== foreign_schema_owners/* databaseOwner */.B &&
        // Of a role that this one may not give objects to, or that is missing, it is said elsewhere.
        roles[role]?.assumable &&
        role !== host &&
        !roles[role].has.includes(host));
    if (lackCreate.length === 0)
        return [];
    const described = lackCreate.map(({ role, schema }) => `${(0,format/* quoted */.TL)(role)} in ${(0,format/* quoted */.TL)(schema)}`);
    const text = `Roles may not create their objects in these schemas, since a restore grants privileges last: ${(0,finding/* firstFew */.Dt)(described)}.`;
    return [{ level: 'error', text, remedy: 'Restore without owners (no_owner: true), or as a superuser.' }];
}

;// CONCATENATED MODULE: ./build/postgres/privileges/new-owner.js


/**
 * Asks about the role that will own everything, and those that owned it before. Roles that the server does not have are in no answer.
 * @throws ProcessFailure if the server refuses
 */
async function newOwner(psql, owner, former) {
    const found = await (0,session_psql/* ask */.kA)(psql, server/* maintenanceDatabase */.Xb, newOwnerQuery, { owner, former: JSON.stringify(former) });
    const those = (is) => new Set(found.roles.filter(is).map(({ name }) => name));
    return {
        superuser: found.superuser,
        held: those(({ held }) => held).add(owner),
        superusers: those(({ superuser }) => superuser),
    };
}
const newOwnerQuery = `SELECT json_build_object(
  'superuser', coalesce((SELECT rolsuper FROM pg_roles WHERE rolname = :'owner'), false),
  'roles', (SELECT coalesce(json_agg(json_build_object('name', r.rolname, 'superuser', r.rolsuper,
      'held', coalesce(pg_has_role(o.oid, r.oid, 'USAGE'), false))), '[]')
    FROM pg_roles AS r LEFT JOIN pg_roles AS o ON o.rolname = :'owner'
    WHERE r.rolname IN (SELECT json_array_elements_text(:'former'))))`;

;// CONCATENATED MODULE: ./build/postgres/privileges/statements.js

/**
 * The grants and revocations of an entry; whose they were (`SET SESSION AUTHORIZATION`) is left out, and so is what pg_dump does not
 * write.
 * https://github.com/postgres/postgres/blob/REL_18_STABLE/src/bin/pg_dump/dumputils.c (buildACLCommands)
 */
function privilegeStatements(script) {
    return (0,archive_statements/* statementsOf */.GX)(script).flatMap((tokens) => {
        const verbAt = tokens.findIndex((token) => (0,archive_statements/* isWord */.Jg)(token, 'GRANT', 'REVOKE'));
        const optionOnly = (0,archive_statements/* isWord */.Jg)(tokens[verbAt + 1], 'GRANT') &&
            (0,archive_statements/* isWord */.Jg)(tokens[verbAt + 2], 'OPTION') &&
            (0,archive_statements/* isWord */.Jg)(tokens[verbAt + 3], 'FOR');
        const rightsAt = verbAt + (optionOnly ? 4 : 1);
        const onAt = tokens.findIndex((token, place) => place > verbAt && (0,archive_statements/* isWord */.Jg)(token, 'ON'));
        const roleAt = tokens.findLastIndex((token) => (0,archive_statements/* isWord */.Jg)(token, 'TO', 'FROM')) + 1;
        const [first, last, verb, on] = [tokens[0], tokens.at(-1), tokens[verbAt], tokens[onAt]];
        const role = tokens[roleAt];
        if (!first || !last || !verb || !on || !role || !(0,archive_statements/* isWord */.Jg)(first, 'GRANT', 'REVOKE', 'ALTER'))
            return [];
        const sql = script.slice(first.from, last.to);
        if (!(0,archive_statements/* isPlain */.$i)(sql))
            return [];
        return [
            {
                sql,
                gives: (0,archive_statements/* isWord */.Jg)(verb, 'GRANT'),
                role: (0,archive_statements/* isWord */.Jg)(role, 'PUBLIC') ? null : role.value,
                privileges: listed(script, tokens.slice(rightsAt, onAt)),
                kind: tokens[onAt + 1]?.value.toUpperCase() ?? '',
                optionOnly,
                before: script.slice(first.from, verb.from),
                after: script.slice(on.from - 1, last.to),
            },
        ];
    });
}
/** Whether a right lets rows be changed or deleted: `UPDATE(id)`, `ALL`. */
function changesRows(privilege) {
    return /^(ALL|UPDATE|DELETE)\b/.test(privilege);
}
/** What commas separate, but for those between brackets. */
function listed(script, tokens) {
    const parts = [[]];
    let depth = 0;
    for (const token of tokens) {
        if (token.kind === 'sign' && token.value === '(')
            depth++;
        if (token.kind === 'sign' && token.value === ')')
            depth--;
        if (token.kind === 'sign' && token.value === ',' && depth === 0)
            parts.push([]);
        else
            parts.at(-1)?.push(token);
    }
    return parts.flatMap((part) => {
        const [first, last] = [part[0], part.at(-1)];
        return first && last ? [script.slice(first.from, last.to).replace(/^(\w+)\s+\(/, '$1(')] : [];
    });
}

;// CONCATENATED MODULE: ./build/postgres/privileges/revocations-in-archive.js

/**
 * What an archive takes away, without what it gives.
 *
 * pg_dump writes each right that differs from what a new object has as REVOKE of all that there was and GRANT of all that there is:
 * `REVOKE USAGE ON SCHEMA public FROM PUBLIC; GRANT ALL ON SCHEMA public TO PUBLIC`. What is left is what a new object gives by
 * itself and the archive does not. What owners have taken from themselves is no matter of others.
 * @param entries, definitions with the owners and the rights of the archive
 */
function revocations(entries, definitions) {
    return entries.flatMap(({ id, type, text }) => {
        const definition = definitions.get(id);
        if (!definition || !isAcl(type) || text.startsWith('- DATABASE '))
            return [];
        const statements = privilegeStatements(definition.sql);
        const given = Map.groupBy(statements.filter(({ gives }) => gives), ({ role }) => role);
        const back = new Map(Array.from(given, ([role, some]) => [role, new Set(some.flatMap((one) => one.privileges))]));
        return statements
            .filter(({ gives, role }) => !gives && role !== definition.owner)
            .map((statement) => ({ sql: withoutRights(statement, back.get(statement.role)), said: statement.sql }));
    });
}
/**
 * What an archive takes away without saying so. pg_dump 15 and later means by silence that everybody may use schema public, as in a new
 * database of those versions, whatever the server was that it read; before 15, a new database lets everybody create in it, too. Nothing is
 * known of an archive that says nothing of rights at all.
 * https://www.postgresql.org/docs/15/release-15.html
 * @param versions of the pg_dump that made it, and of the server that it is restored to
 */
function silentRevocations(entries, definitions, { dump, server }) {
    if (server >= 15 || dump < 15 || entries.length === 0)
        return [];
    const ofPublic = entries.filter(({ text }) => text.startsWith('- SCHEMA public '));
    const mayCreate = ofPublic
        .flatMap(({ id }) => privilegeStatements(definitions.get(id)?.sql ?? ''))
        .some(({ gives, role, privileges }) => gives && role === null && /^(ALL|CREATE)$/m.test(privileges.join('\n')));
    const sql = 'REVOKE CREATE ON SCHEMA public FROM PUBLIC';
    return mayCreate ? [] : [{ sql, said: sql }];
}
/** Whether a statement, without its semicolon, takes all that another does. */
function revokesAll(sql, other) {
    const [[one], [two]] = [privilegeStatements(sql), privilegeStatements(other)];
    if (!one || !two || one.gives || one.before !== two.before || one.after !== two.after)
        return false;
    const taken = new Set(one.privileges);
    return two.privileges.every((privilege) => taken.has(privilege));
}
/** Whether a type of entry is about rights. */
function isAcl(type) {
    return /^(DEFAULT )?ACL\b/.test(type);
}
/** What `ALL` means to those that may have a part of it. */
const revocations_in_archive_all = {
    TABLE: ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'],
    SEQUENCE: ['USAGE', 'SELECT', 'UPDATE'],
    SCHEMA: ['USAGE', 'CREATE'],
    LARGE: ['SELECT', 'UPDATE'],
    ...{ FUNCTION: ['EXECUTE'], PROCEDURE: ['EXECUTE'], ROUTINE: ['EXECUTE'] },
    ...{ TYPE: ['USAGE'], DOMAIN: ['USAGE'], LANGUAGE: ['USAGE'], FOREIGN: ['USAGE'] },
};
const ofColumns = ['SELECT', 'INSERT', 'UPDATE', 'REFERENCES'];
function withoutRights({ sql, optionOnly, privileges, kind, before, after }, back) {
    const only = revocations_in_archive_all[kind.replace(/S$/, '')];
    if (optionOnly)
        return sql;
    // Where there is one right, it is called by its name, as in what the old database is asked.
    if (!back)
        return only?.length === 1 ? `${before}REVOKE ${only.join()}${after}` : sql;
    const left = privileges
        .flatMap((privilege) => (back.has(privilege) ? [] : single(privilege, kind)))
        .filter((privilege) => !back.has(privilege) && !back.has(privilege.replace(/^\w+/, 'ALL')));
    return left.length === 0 ? undefined : `${before}REVOKE ${left.join(', ')}${after}`;
}
/** `ALL` as a list, with the columns that it is for. */
function single(privilege, kind) {
    const [, columns] = /^ALL(\(.*\))?$/s.exec(privilege) ?? [];
    if (columns !== undefined)
        return ofColumns.map((one) => `${one}${columns}`);
    return privilege === 'ALL' ? (revocations_in_archive_all[kind.replace(/S$/, '')] ?? [privilege]) : [privilege];
}

;// CONCATENATED MODULE: ./build/postgres/privileges/called-without-execute.js

/** What calls functions without asking whether its user may, besides triggers: range types, and what indexes compare with. */
const callers = new Set(['TYPE', 'OPERATOR CLASS', 'OPERATOR FAMILY']);
/**
 * Of functions, those that the server calls for whoever does something, without asking for a right: of triggers and event triggers, it
 * asks who makes the trigger; of types and operator classes, who makes those. Everywhere else (defaults, checks, policies,
 * indexes, casts, operators, bodies of other functions) whoever uses it has to have EXECUTE.
 * Tried on 14 and 17; https://www.postgresql.org/docs/current/sql-createtrigger.html (Notes)
 * @returns the ids of their entries
 */
function calledWithoutExecute(entries, definitions, functions) {
    const used = new Set(entries.flatMap(({ id, type }) => (callers.has(type) ? (definitions.get(id)?.dependencies ?? []) : [])));
    const found = [...functions].filter(({ id }) => used.has(id) || isOfTrigger(definitions.get(id)?.sql ?? ''));
    return new Set(found.map(({ id }) => id));
}
/** `CREATE FUNCTION a.b() RETURNS trigger`; such a function has no arguments. */
function isOfTrigger(sql) {
    const [created = []] = (0,archive_statements/* statementsOf */.GX)(sql);
    const returns = created.findIndex((token) => (0,archive_statements/* isWord */.Jg)(token, 'RETURNS'));
    return (0,archive_statements/* isWord */.Jg)(created[returns + 1], 'TRIGGER', 'EVENT_TRIGGER');
}

;// CONCATENATED MODULE: ./build/postgres/privileges/changed-by-foreign-keys.js
/** What runs code when rows of a table change. */
const running = new Set(['TABLE', 'TRIGGER', 'CHECK CONSTRAINT', 'DEFAULT', 'INDEX']);
/**
 * Tables with functions of the database in triggers, checks, defaults or indexes, that foreign keys change with `ON DELETE` or
 * `ON UPDATE`: the server does that with the rights of the table's owner, whoever changed the other table, and what is called on the
 * way has them, too, whether it is SECURITY DEFINER or not (triggers `AFTER` only from 18 on). Tried on 14 and 17;
 * https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/utils/adt/ri_triggers.c (ri_PerformCheck)
 * @returns the ids of the tables that lead there, by those of these tables
 */
function changedByForeignKeys(entries, definitions) {
    const of = (...types) => new Set(entries.flatMap(({ id, type }) => (types.includes(type) ? [id] : [])));
    const [functions, tables] = [of('FUNCTION'), of('TABLE')];
    const withCode = new Set();
    for (const { id, type } of entries) {
        const needs = definitions.get(id)?.dependencies ?? [];
        if (!running.has(type) || !needs.some((need) => functions.has(need)))
            continue;
        for (const table of [id, ...needs])
            if (tables.has(table))
                withCode.add(table);
    }
    const found = new Map();
    for (const { id, type } of entries) {
        const key = definitions.get(id);
        if (type !== 'FK CONSTRAINT' || !key || !carriesOn.test(key.sql))
            continue;
        const both = [...new Set(key.dependencies)].filter((need) => tables.has(need));
        const changed = both.find((table) => belongsToTable(key, definitions.get(table)));
        if (changed === undefined || !withCode.has(changed))
            continue;
        const others = both.length > 1 ? both.filter((table) => table !== changed) : both;
        found.set(changed, [...new Set([...(found.get(changed) ?? []), ...others])]);
    }
    return found;
}
const carriesOn = / ON (?:DELETE|UPDATE) (?:CASCADE|SET NULL|SET DEFAULT)\b/;
/** Whether a key, a rule or a trigger is one of a table: it is called by the table's name first. */
function belongsToTable(part, table) {
    return part.schema === table?.schema && part.name.startsWith(`${table.name} `);
}

;// CONCATENATED MODULE: ./build/postgres/privileges/runs-as-owner.js



/**
 * What works with its owner's rights, whoever uses it:
 *
 * - functions with SECURITY DEFINER, and aggregates made of them, which call them with the rights of their own owner
 * - views but for those with security_invoker (from 15 on); materialized views, which are filled with their owner's rights
 * - tables and views with rules, whose actions are done with them, even with security_invoker
 * - tables that foreign keys change, with code of the database in triggers or checks
 *
 * https://www.postgresql.org/docs/current/sql-createfunction.html#SQL-CREATEFUNCTION-SECURITY
 * https://www.postgresql.org/docs/current/rules-privileges.html
 * https://www.postgresql.org/docs/current/sql-createaggregate.html (Notes)
 */
function runningAsOwner(entries, definitions) {
    const sqlOf = ({ id }) => definitions.get(id)?.sql ?? '';
    const definers = new Set(entries.filter((entry) => isRoutine(entry) && isDefiner(sqlOf(entry))));
    const names = [...definers].flatMap((entry) => qualifiedName(sqlOf(entry)) ?? []);
    const ruled = new Set(entries.flatMap(({ type, id }) => {
        const rule = type === 'RULE' ? definitions.get(id) : undefined;
        // A rule depends on what its action writes to, too.
        return rule?.dependencies.filter((need) => belongsToTable(rule, definitions.get(need))) ?? [];
    }));
    const unasked = calledWithoutExecute(entries, definitions, definers);
    const keys = changedByForeignKeys(entries, definitions);
    return entries.flatMap((entry) => {
        const { type, id } = entry;
        const byItself = definers.has(entry) ||
            type === 'MATERIALIZED VIEW' ||
            (type === 'VIEW' && !isInvoker(sqlOf(entry))) ||
            ((type === 'TABLE' || type === 'VIEW') && ruled.has(id)) ||
            (type === 'AGGREGATE' && names.some((name) => isPartOf(sqlOf(entry), name)));
        const byKeys = keys.get(id) ?? [];
        return byItself || byKeys.length > 0 ? [{ entry, byItself, unasked: unasked.has(id), byKeys }] : [];
    });
}
function isRoutine({ type }) {
    return type === 'FUNCTION' || type === 'PROCEDURE';
}
/** By its words alone: its name, and what its arguments are called, may read like anything, lines of their own included. */
function isDefiner(sql) {
    if (!sql.includes('SECURITY DEFINER'))
        return false;
    const [created = []] = (0,archive_statements/* statementsOf */.GX)(sql);
    const isBody = (token, place) => (0,archive_statements/* isWord */.Jg)(token, 'BEGIN') && (0,archive_statements/* isWord */.Jg)(created[place + 1], 'ATOMIC');
    return upTo(created, isBody).some((token, place, all) => (0,archive_statements/* isWord */.Jg)(token, 'SECURITY') && (0,archive_statements/* isWord */.Jg)(all[place + 1], 'DEFINER'));
}
/** `CREATE VIEW a WITH (security_invoker='true') AS` */
function isInvoker(sql) {
    if (!sql.includes('security_invoker'))
        return false;
    const [created = []] = (0,archive_statements/* statementsOf */.GX)(sql);
    return upTo(created, (token) => (0,archive_statements/* isWord */.Jg)(token, 'AS')).some((token, place, all) => (0,archive_statements/* isWord */.Jg)(token, 'SECURITY_INVOKER') && /^(true|on|yes|1)$/i.test(all[place + 2]?.value ?? ''));
}
function upTo(tokens, is) {
    const end = tokens.findIndex(is);
    return end < 0 ? tokens : tokens.slice(0, end);
}
const namePattern = String.raw `(?:"(?:[^"]|"")*"|[^\s".(]+)`;
const created = new RegExp(String.raw `^CREATE (?:FUNCTION|PROCEDURE) (${namePattern}\.${namePattern})\(`);
/** How SQL names a function; undefined if that cannot be found. */
function qualifiedName(sql) {
    return created.exec(sql)?.[1];
}
/** Whether an aggregate is made of a function: `SFUNC = shop.add,` */
function isPartOf(aggregate, called) {
    return [',', '\n'].some((end) => aggregate.includes(` = ${called}${end}`));
}

// EXTERNAL MODULE: ./build/jobs/preflight/roles.js
var roles = __webpack_require__(164);
;// CONCATENATED MODULE: ./build/jobs/preflight/privileges/security-definers.js


/**
 * What there is to say of it.
 * @param next the role that will own it, those that owned something, and of them those whose rights it has already
 * @param public_ what everybody could do with it, and whether that is left to them; the roles that the archive lets use it
 */
function definerFindings(changed, next, public_) {
    const given = changed.filter(({ former }) => former !== next.role);
    const own = changed.filter(({ former, more }) => former === next.role && more);
    if (given.length === 0 && own.length === 0)
        return [];
    const tell = (tense) => [...aboutOwner(given, own, next, tense), ...aboutUsers(public_, tense)].join(' ');
    return [{ level: 'warning', text: tell('before'), afterwards: tell('afterwards') }];
}
function aboutOwner(given, own, next, tense) {
    const owns = tense === 'before' ? 'will own' : 'owns';
    const parts = [];
    if (given.length > 0) {
        const names = byKind(given, (one) => `${describeObject(one)} (before: ${(0,format/* quoted */.TL)(one.former)})`);
        parts.push(`With no_owner: true the role ${(0,format/* quoted */.TL)(next.role)} ${owns} objects that run with their owner's rights, whoever uses them: ` +
            `${names}. Where that role may do more than the owner before, so may their users. ALTER … OWNER TO … gives them back.`);
    }
    if (own.length > 0) {
        const others = next.others.filter((name) => !next.held.has(name));
        parts.push(`With no_owner: true the role ${(0,format/* quoted */.TL)(next.role)} ${owns} all that belonged to ${(0,finding/* firstFew */.Dt)(others.map(format/* quoted */.TL))}, and users of these ` +
            `objects, which run with its rights already, can get at that: ${byKind(own, describeObject)}.`);
    }
    return parts;
}
function aboutUsers({ withheld, grantees, keepPublicRights }, tense) {
    const [willBe, were] = tense === 'before' ? ['will be', 'will be'] : ['are', 'were'];
    const [rights, definers] = ['right', 'definer'].map((kind) => withheld.filter(({ what }) => what === kind).length);
    const parts = keepPublicRights
        ? [
            ...(rights ? [`PUBLIC keeps ${(0,format/* count */.U9)(rights, 'privilege')} to use them`] : []),
            ...(definers
                ? [`${(0,format/* count */.U9)(definers, 'function')} called by triggers and the like remain SECURITY DEFINER`]
                : []),
        ]
        : [
            ...(rights
                ? [
                    `${(0,format/* count */.U9)(rights, 'privilege')} of PUBLIC to use them ${rights === 1 && tense === 'afterwards' ? 'was' : were} revoked`,
                ]
                : []),
            ...(definers
                ? [
                    `${(0,format/* count */.U9)(definers, 'function')} called by triggers and the like ${definers === 1 && tense === 'afterwards' ? 'is' : willBe} SECURITY INVOKER and ${definers === 1 && tense === 'afterwards' ? 'runs' : 'run'} with the rights of whoever writes`,
                ]
                : []),
        ];
    const everybody = keepPublicRights
        ? `As keep_public_rights: true asks, ${parts.join(', and ')}.`
        : tense === 'before'
            ? `Until you have reviewed them, ${parts.join(', and ')}; the summary will have the SQL that gives them back. keep_public_rights: true leaves them.`
            : `${parts.join(', and ')}. Review them: the SQL that gives them back is below. keep_public_rights: true leaves them.`;
    return [
        ...(parts.length > 0 ? [everybody] : []),
        ...(grantees.length > 0
            ? [
                `The backup's own grants let ${(0,finding/* firstFew */.Dt)(grantees.map(format/* quoted */.TL))} use them: no_privileges: true leaves those out.`,
            ]
            : []),
    ];
}
/** The first few of each kind, so that many functions do not hide a view. */
function byKind(objects, told) {
    const kinds = Map.groupBy(objects, ({ entry: { type } }) => type);
    return Array.from(kinds.values(), (group) => (0,finding/* firstFew */.Dt)(group.map(told))).join(', ');
}
function describeObject({ entry: { type }, definition: { schema, name } }) {
    return `${type} ${(0,format/* quoted */.TL)(`${schema}.${name}`)}`;
}

;// CONCATENATED MODULE: ./build/jobs/preflight/privileges/widening-grants.js



/**
 * By way of which objects anybody would get at more.
 * @param objects that work with more rights than before
 * @param owned definitions, with owners
 */
function wideningObjects(objects, owned) {
    const ways = (ids) => ids.flatMap((id) => {
        const definition = owned.get(id);
        const object = (0,ownership/* ownership */.kG)(definition)?.object;
        // What was asked of the old database calls a function by its types, what the archive says by its arguments.
        return definition && object !== undefined ? [object, (0,ownership/* signatureOf */.yK)(definition, object)] : [];
    });
    return {
        used: new Set(ways(objects.flatMap(({ byItself, entry }) => (byItself ? [entry.id] : []))).map(key)),
        changed: new Set(ways(objects.flatMap(({ byKeys }) => byKeys)).map(key)),
    };
}
/** Whether a statement, with or without its semicolon, gives a right to use something that lets its users do more than before. */
function widens(sql, { used, changed }) {
    const [statement] = privilegeStatements(sql);
    if (!statement?.gives || statement.before !== '')
        return false;
    const object = key(objectIn(statement.after));
    return used.has(object) || (changed.has(object) && statement.privileges.some(changesRows));
}
/** ` ON TABLE a.b TO c` without what is around the object. */
function objectIn(after) {
    const [tokens = []] = (0,archive_statements/* statementsOf */.GX)(after);
    const end = tokens.findLast((token) => (0,archive_statements/* isWord */.Jg)(token, 'TO'));
    return after.slice(tokens[1]?.from, end?.from);
}
/** The same for a name in quotes as without. */
function key(object) {
    return JSON.stringify((0,archive_statements/* statementsOf */.GX)(object).map((tokens) => tokens.map(({ value }) => value)));
}

;// CONCATENATED MODULE: ./build/jobs/preflight/privileges/withheld.js


/**
 * What everybody could do with objects, in the restored database: functions are for all by themselves, unless the archive takes
 * that away; all else the archive has to give, where its rights are restored.
 *
 * A function that the server calls without asking for a right, as that of a trigger, is made SECURITY INVOKER: it works with the rights
 * of whoever writes, so that nobody gets at more by writing. With fewer rights it fails and the row is not written, where a trigger
 * that is disabled would let a change pass unseen; but its code is then run by everybody who writes, as that of any
 * trigger is that is not SECURITY DEFINER. EXECUTE is withdrawn as well: with it, one makes a trigger of one's own.
 * @param rights of the archive
 * @returns besides, the roles that the archive itself lets use them, which will
 */
function withheldPrivileges(objects, rights, noPrivileges) {
    const byObject = Map.groupBy(rights, ({ dependencies }) => dependencies[0]);
    const statementsOn = (id) => (byObject.get(id) ?? []).flatMap(({ sql }) => privilegeStatements(sql));
    const withheld = [];
    const grantees = new Set();
    for (const one of objects) {
        const { entry, byItself, byKeys, unasked, former, object } = one;
        const statements = [
            ...(byItself ? statementsOn(entry.id) : []),
            ...byKeys.flatMap(statementsOn).flatMap(changing),
        ];
        const ofEverybody = statements.filter(({ role }) => role === null);
        if (!noPrivileges) {
            for (const { gives, role } of statements)
                if (gives && role !== null && role !== former)
                    grantees.add(role);
        }
        if (isCalled(one)) {
            const isClosed = ofEverybody.at(-1)?.gives === false;
            if (!isClosed && object !== undefined)
                withheld.push(inBothWays('EXECUTE', ` ON ${object} `));
            if (unasked && object !== undefined)
                withheld.push(asInvoker(object));
        }
        else if (!noPrivileges) {
            withheld.push(...ofEverybody.filter(({ gives }) => gives).map(takenBack));
        }
    }
    // What the archive calls its objects may be anything. Several tables may be changed by way of one.
    const once = new Map(withheld.map((one) => [one.withdraw, one]));
    return {
        withheld: [...once.values()].filter(({ withdraw }) => (0,archive_statements/* isPlain */.$i)(withdraw)),
        grantees: [...grantees],
    };
}
/** The same of what extensions have made. */
function withheldOfExtensions(works) {
    return works.flatMap(({ object, right, unasked }) => [
        ...(right === undefined ? [] : [inBothWays(right, ` ON ${object} `)]),
        ...(unasked ? [asInvoker(object)] : []),
    ]);
}
/** Whether everybody may use such an object unless that is taken away. */
function isCalled({ entry: { type } }) {
    return type === 'FUNCTION' || type === 'PROCEDURE' || type === 'AGGREGATE';
}
/** A statement without the rights that change no row that a foreign key refers to. */
function changing(statement) {
    const privileges = statement.privileges.flatMap((privilege) => {
        if (privilege === 'ALL')
            return ['UPDATE', 'DELETE'];
        return changesRows(privilege) ? [privilege.replace(/^ALL\(/, 'UPDATE(')] : [];
    });
    return privileges.length === 0 ? [] : [{ ...statement, privileges }];
}
function inBothWays(rights, on) {
    return {
        what: 'right',
        withdraw: `REVOKE ${rights}${on}FROM PUBLIC`,
        giveBack: `GRANT ${rights}${on}TO PUBLIC`,
    };
}
function takenBack({ privileges, after }) {
    return inBothWays(privileges.join(', '), after.replace(/TO PUBLIC$/, ''));
}
function asInvoker(object) {
    return {
        what: 'definer',
        withdraw: `ALTER ${object} SECURITY INVOKER`,
        giveBack: `ALTER ${object} SECURITY DEFINER`,
    };
}

;// CONCATENATED MODULE: ./build/jobs/preflight/privileges/plan.js











/**
 * Finds out, from the archive, which rights a restore with no_owner and no_privileges would hand out that nobody had before.
 * The server is asked only where something works with its owner's rights and the owners change.
 * @param file with the archive's table of contents
 * @param kept what will be restored
 * @param definitions of it, read as for a restore
 * @throws Failure if the archive cannot be read; ProcessFailure if the server refuses
 */
async function planPrivileges({ client, file, list }, kept, definitions, { noOwner, noPrivileges, keepPublicRights, options }, psql, { role, versions }) {
    const acls = (noPrivileges ? await readContents(client, file, [], psql.signal) : kept).filter(({ type }) => isAcl(type));
    const found = noOwner ? runningAsOwner(kept, definitions) : [];
    // In one pass: rights and, where somebody's rights change hands, the owners of all else.
    const ofExtensions = noOwner && kept.some(({ type }) => type === 'EXTENSION');
    const asksOwners = found.length > 0 || ofExtensions;
    const wanted = new Map(asksOwners ? kept.map((entry) => [entry.id, entry]) : []);
    if (noPrivileges || found.length > 0)
        for (const entry of acls)
            wanted.set(entry.id, entry);
    const owned = await readDefinitions(client, file, [...wanted.values()], [], list, psql.signal);
    const owner = (0,roles/* rolesOf */.R)(options).at(-1);
    const taken = noPrivileges
        ? [...revocations(acls, owned), ...silentRevocations(acls, owned, versions)]
        : [];
    const plan = { revocations: taken, owner, gaining: wideningObjects([], new Map()), extensionsGain: false };
    if (!asksOwners)
        return { ...plan, withheld: [], findings: [] };
    // Schema public comes with each database, before 15 as the administrator's, whoever made what is in it.
    const made = kept.filter(({ type, name }) => type !== 'SCHEMA' || name !== 'public');
    const former = [...namedRoles(made, owned).owners];
    const next = owner ?? role;
    if (former.every((name) => name === next))
        return { ...plan, withheld: [], findings: [] };
    const gains = await newOwner(psql, next, former);
    const changed = found.flatMap((work) => {
        const definition = owned.get(work.entry.id);
        const of = (0,ownership/* ownership */.kG)(definition);
        if (!definition || !of)
            return [];
        // A superuser could do everything. Of the new owner's own, those do more that were kept from what others owned.
        const more = of.owner === next
            ? !gains.superuser && former.some((name) => !gains.held.has(name))
            : !gains.superusers.has(of.owner);
        const object = of.object === undefined ? undefined : (0,ownership/* signatureOf */.yK)(definition, of.object);
        return [{ ...work, definition, former: of.owner, object, more }];
    });
    const more = changed.filter((one) => one.more);
    const withheld = withheldPrivileges(more, acls.flatMap(({ id }) => owned.get(id) ?? []), noPrivileges);
    const findings = definerFindings(changed, { role: next, others: former, held: gains.held }, {
        ...withheld,
        keepPublicRights,
    });
    return {
        ...plan,
        extensionsGain: ofExtensions && !keepPublicRights && mayGain(gains, next, former),
        withheld: keepPublicRights ? [] : withheld.withheld,
        gaining: wideningObjects(more, owned),
        findings,
    };
}
/** Whether a role may do more than one of those that owned something. */
function mayGain({ superuser, superusers, held }, next, former) {
    return former.some((name) => (superuser ? name !== next && !superusers.has(name) : !held.has(name)));
}

// EXTERNAL MODULE: ./build/jobs/archive/part.js
var archive_part = __webpack_require__(7279);
;// CONCATENATED MODULE: ./build/jobs/preflight/selection.js



/**
 * A part never takes the place of the whole: neither what options of `pg_restore` choose of a backup, nor a backup that options
 * of `pg_dump` made of a part of its database. It needs a database that does not exist yet, or the old one is kept.
 * @param entries what is chosen of the backup
 */
function selectionFindings(order, record, entries) {
    const parts = [partOfBackup(order.options, entries), partOfDatabase(record, entries)];
    const findings = parts.filter((part) => part !== undefined).map((part) => judged(part, order));
    const nothing = order.options.length > 0 && entries.length === 0;
    if (!nothing)
        return findings;
    const text = `The options of pg_restore (${(0,format/* quoted */.TL)(order.options.join(' '))}) select nothing from the backup.`;
    return [
        {
            level: 'error',
            text,
            remedy: 'Correct pg_restore_options: a name may be misspelt, or lack its schema.',
        },
    ];
}
function judged(part, { database, strategy, keepPrevious, replaced }) {
    if (!replaced || keepPrevious) {
        const kept = replaced ? '; the old database is kept under another name' : '';
        const text = `${part}. This is all that database ${(0,format/* quoted */.TL)(database)} gets${kept}.`;
        return { level: 'warning', text, afterwards: text };
    }
    const swap = strategy === 'drop' ? 'restore_strategy: swap and ' : '';
    const effect = `It would replace everything in database ${(0,format/* quoted */.TL)(database)}`;
    const ways = `Restore it into a new database (another db_name) and copy what you need from there; or keep the old database, with ${swap}keep_previous: true.`;
    return { level: 'error', text: `${part}. ${effect}.`, remedy: ways };
}
function partOfBackup(options, entries) {
    if ((0,selection_options/* selectionOptions */.lo)('pg_restore', options).length === 0)
        return undefined;
    return `pg_restore_options (${(0,format/* quoted */.TL)(options.join(' '))}) select only part of the backup, ${describeEntries(entries)}`;
}
function describeEntries(entries) {
    const tables = entries.filter(({ type }) => type === 'TABLE DATA').length;
    const data = `the data of ${tables === 1 ? '1 table' : `${tables} tables`}`;
    return `${entries.length === 1 ? '1 entry' : `${entries.length} entries`} with ${data}`;
}
function partOfDatabase(record, entries) {
    const part = (0,archive_part/* leftOut */.i)(record);
    if (part?.isCertain)
        return `The backup has only part of its database, with ${part.options.split(', ').map(format/* quoted */.TL).join(', ')} in pg_dump_options`;
    if (part)
        return `The backup may have only part of its database: it was made with pg_dump_options ${(0,format/* quoted */.TL)(part.options)}`;
    if (record.pg_dump_part !== undefined || record.pg_dump_options)
        return undefined;
    // Somebody else's, of which nothing is recorded.
    const tables = entries.some(({ type }) => type === 'TABLE');
    const rows = entries.some(({ type }) => type === 'TABLE DATA');
    return tables && !rows && record.pg_dump_version === undefined ? noRows : undefined;
}
const noRows = 'The backup has tables, but no rows';

;// CONCATENATED MODULE: ./build/postgres/archive/read-database.js




/** The entries of the database itself: `pg_restore` lists them only if it is to make the database. */
function concernsDatabase({ type, text }) {
    return (/^DATABASE( PROPERTIES)?$/.test(type) || (/^(ACL|COMMENT)$/.test(type) && text.startsWith('- DATABASE ')));
}
/**
 * Reads what an archive says of the database that it was made of, whether or not `pg_dump` was called with `--create`.
 * @param file may be the beginning of an archive only, as long as all of its table of contents is in it
 * @param list a file to be written, for `--use-list`
 * @throws Failure if this `pg_restore` cannot read the archive
 */
async function readDatabaseScript(client, file, list, signal) {
    const entries = await readContents(client, file, ['--create'], signal);
    const own = entries.filter(concernsDatabase);
    await writeList(list, own);
    const args = ['--create', '--schema-only', `--use-list=${list}`, '--file=-', file];
    const reading = own.length === 0 ? '' : (0,archive_read/* readArchive */.bL)(client, args, signal);
    return {
        sql: await Promise.resolve(reading).catch((error) => unreadable(own, error)),
        hasRights: own.some(({ type }) => type === 'ACL'),
        hasAnyRights: entries.some(({ type }) => /^(DEFAULT )?ACL$/.test(type)),
    };
}
/**
 * pg_restore makes no script for a database with a newline in its name, which other tools may have backed up. Its owner stands in the
 * list; of its rights nothing is known, and nobody is let in.
 */
function unreadable(own, error) {
    const { name, owner } = own.find(({ type }) => type === 'DATABASE') ?? {};
    // The list has a space in the place of a newline.
    if (!name?.includes(' ') || !owner)
        throw error;
    return `ALTER DATABASE "" OWNER TO ${(0,sql_text/* identifier */.Cv)(owner)}; REVOKE ALL ON DATABASE "" FROM PUBLIC;`;
}

;// CONCATENATED MODULE: ./build/postgres/privileges/existing-roles.js


/**
 * Asks about the roles that an archive names.
 * @returns besides what there is to know of them, those that there are
 * @throws ProcessFailure
 */
async function existingRoles(psql, names) {
    const found = await (0,session_psql/* ask */.kA)(psql, server/* maintenanceDatabase */.Xb, rolesQuery, { names: JSON.stringify(names) });
    const those = (is) => new Set(found.roles.filter(is).map(({ name }) => name));
    return {
        restorer: found.restorer,
        ownsPublic: found.ownsPublic,
        assumed: those(({ assumed }) => assumed).add(found.restorer),
        superusers: those(({ superuser }) => superuser),
        known: those(() => true),
    };
}
/** Schema `public` of a new database belongs to its owner from 15 on, on Azure to `azure_pg_admin`. */
const rolesQuery = `SELECT json_build_object(
  'restorer', current_user,
  'ownsPublic', (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) OR coalesce(
    (SELECT pg_has_role(oid, 'USAGE') FROM pg_roles WHERE rolname = 'azure_pg_admin'),
    current_setting('server_version_num')::int >= 150000),
  'roles', (SELECT coalesce(json_agg(json_build_object(
      'name', rolname, 'assumed', pg_has_role(oid, 'USAGE'), 'superuser', rolsuper)), '[]')
    FROM pg_roles WHERE rolname IN (SELECT json_array_elements_text(:'names'))))`;

;// CONCATENATED MODULE: ./build/postgres/privileges/lost-in-archive.js



/**
 * What `pg_restore --no-owner --no-privileges` takes from others than the restorer, as `privilegesLost` finds it in a database: from
 * the archive alone, where the database is gone. Whoever gave a right, the statements are for the restorer to run.
 *
 * An archive names what an owner could do only by naming the owner, who gets it by grants. Left out are large objects of
 * other owners, and rights on a table's own type, which no archive has.
 * @param noOwner whether objects will not belong to their old owners
 */
function privilegesLostInArchive(entries, definitions, there, noOwner) {
    const ledger = openLedger();
    const objects = new Set(entries.map(({ id }) => id));
    /** Objects whose old owner had chosen rights. */
    const chosen = new Set();
    for (const entry of entries) {
        const definition = definitions.get(entry.id);
        if (!definition || !/^(DEFAULT )?ACL$/.test(entry.type) || entry.text.startsWith('- DATABASE '))
            continue;
        const { owner: former, dependencies, schema } = definition;
        const object = dependencies[0] ?? entry.id;
        const isPublic = entry.text.startsWith('- SCHEMA public ');
        const isDefault = entry.type === 'DEFAULT ACL';
        const isOwn = isPublic ? there.ownsPublic : objects.has(object) && schema !== 'pg_catalog';
        const mine = isDefault ? there.assumed.has(former) : isOwn;
        for (const statement of privilegeStatements(definition.sql)) {
            const { role, gives, sql } = statement;
            if (role !== null && there.superusers.has(role))
                continue;
            if (isDefault) {
                ledger.takeDefault(entry.id, sql, mine);
            }
            else if (role === former && role !== there.restorer) {
                // What an owner may do, it may hand on; what it has not, it does not have by itself any more.
                if (!gives || !noOwner)
                    continue;
                chosen.add(object);
                ledger.take(`${sql}${/ WITH GRANT OPTION$/.test(sql) ? '' : ' WITH GRANT OPTION'}`, mine);
            }
            else if (role !== there.restorer) {
                ledger.takeRight(statement, object, mine);
            }
        }
    }
    if (noOwner)
        takeOwners(entries, definitions, there, chosen, ledger);
    return ledger.result();
}
/** Gives each former owner by grants what it could do by being the owner. */
function takeOwners(entries, definitions, there, chosen, ledger) {
    for (const { id } of entries) {
        const { owner, object } = (0,ownership/* ownership */.kG)(definitions.get(id)) ?? {};
        if (owner === undefined || object === 'SCHEMA public')
            continue;
        if (owner === there.restorer || there.superusers.has(owner))
            continue;
        ledger.lossOf(owner).owns++;
        if (object !== undefined && !chosen.has(id))
            ledger.take(`GRANT ALL ON ${object} TO ${(0,sql_text/* identifier */.Cv)(owner)} WITH GRANT OPTION`, true);
    }
}
/** Collects statements, and counts who loses what. */
function openLedger() {
    const [own, administrators] = [[], []];
    const losses = new Map();
    const [granted, revoked, defaults, held] = [
        new Set(),
        new Set(),
        new Set(),
        new Set(),
    ];
    const take = (sql, mine) => void (mine ? own : administrators).push(`${sql};`);
    const lossOf = (role) => {
        const loss = losses.get(role) ?? { role, owns: 0, holds: 0 };
        losses.set(role, loss);
        return loss;
    };
    return {
        take,
        lossOf,
        takeDefault(entry, sql, mine) {
            take(sql, mine);
            defaults.add(entry);
        },
        takeRight({ sql, role, gives }, object, mine) {
            take(sql, mine);
            const key = JSON.stringify([role, object]);
            if (role === null)
                (gives ? granted : revoked).add(object);
            else if (gives && !held.has(key))
                lossOf(role).holds++;
            if (gives)
                held.add(key);
        },
        result: () => ({
            roles: [...losses.values()].sort((a, b) => (a.role < b.role ? -1 : 1)),
            grantedToPublic: granted.size,
            revokedFromPublic: revoked.size,
            defaultPrivileges: defaults.size,
            script: own,
            administratorScript: administrators,
        }),
    };
}

// EXTERNAL MODULE: ./build/postgres/properties/read.js
var properties_read = __webpack_require__(584);
;// CONCATENATED MODULE: ./build/postgres/properties/grants-from-archive.js


/**
 * The rights that there are after these statements, on a database that has been made by `owner`. Whoever gave a right, by
 * `SET SESSION AUTHORIZATION`, the right is the same.
 */
function grantsOf(statements, owner) {
    const held = new Map([
        [null, new Map([['CONNECT', false], ['TEMPORARY', false]])],
        [owner, new Map(properties_read/* databaseRights */.h.map((right) => [right, false]))],
    ]);
    for (const statement of statements) {
        const change = changeOf(statement);
        if (!change)
            continue;
        const rights = held.get(change.role) ?? new Map();
        held.set(change.role, rights);
        for (const right of change.rights) {
            if (change.gives)
                rights.set(right, change.option || rights.get(right) === true);
            else if (change.option && rights.has(right))
                rights.set(right, false);
            else
                rights.delete(right);
        }
    }
    return [...held].flatMap(([grantee, rights]) => [false, true].flatMap((grantable) => {
        const privileges = properties_read/* databaseRights */.h.filter((right) => rights.get(right) === grantable);
        return privileges.length === 0 ? [] : [{ grantee, privileges, grantable }];
    }));
}
/** `GRANT CREATE,TEMPORARY ON DATABASE name TO role WITH GRANT OPTION`, `REVOKE GRANT OPTION FOR ALL ON DATABASE name FROM PUBLIC` */
function changeOf(statement) {
    const gives = (0,archive_statements/* isWord */.Jg)(statement[0], 'GRANT');
    const on = statement.findIndex((token, index) => (0,archive_statements/* isWord */.Jg)(token, 'ON') && (0,archive_statements/* isWord */.Jg)(statement[index + 1], 'DATABASE'));
    const [to, role] = statement.slice(on + 3);
    if (on < 0 || !role || !(0,archive_statements/* isWord */.Jg)(to, 'TO', 'FROM'))
        return undefined;
    const words = statement.slice(1, on).map(({ value }) => value.toUpperCase());
    const all = words.includes('ALL');
    return {
        gives,
        rights: properties_read/* databaseRights */.h.filter((right) => all || words.includes(right) || (right === 'TEMPORARY' && words.includes('TEMP'))),
        role: (0,archive_statements/* isWord */.Jg)(role, 'PUBLIC') ? null : role.value,
        option: gives ? (0,archive_statements/* isWord */.Jg)(statement.at(-1), 'OPTION') : words.includes('OPTION'),
    };
}

;// CONCATENATED MODULE: ./build/postgres/properties/from-archive.js



/**
 * What belongs to a database as a whole, as the statements of an archive give it: those of the entries DATABASE, DATABASE
 * PROPERTIES, ACL and COMMENT.
 * https://github.com/postgres/postgres/blob/master/src/bin/pg_dump/pg_dump.c (dumpDatabase, dumpDatabaseConfig)
 */
function parseDatabaseProperties(script) {
    const properties = {
        owner: '',
        tablespace: 'pg_default',
        connectionLimit: -1,
        allowConnections: true,
        isTemplate: false,
        comment: null,
        settings: [],
        grants: null,
    };
    const rights = [];
    for (const statement of (0,archive_statements/* statementsOf */.GX)(script)) {
        const [verb, kind, ...rest] = statement;
        if ((0,archive_statements/* isWord */.Jg)(verb, 'GRANT', 'REVOKE'))
            rights.push(statement);
        else if ((0,archive_statements/* isWord */.Jg)(verb, 'CREATE') && (0,archive_statements/* isWord */.Jg)(kind, 'DATABASE'))
            takeCreation(properties, rest);
        else if ((0,archive_statements/* isWord */.Jg)(verb, 'COMMENT') && (0,archive_statements/* isWord */.Jg)(rest[0], 'DATABASE'))
            properties.comment = statement.at(-1)?.value ?? null;
        else if ((0,archive_statements/* isWord */.Jg)(verb, 'ALTER') && (0,archive_statements/* isWord */.Jg)(kind, 'DATABASE'))
            takeChange(properties, rest.slice(1));
        else if ((0,archive_statements/* isWord */.Jg)(verb, 'ALTER') && (0,archive_statements/* isWord */.Jg)(kind, 'ROLE'))
            takeRoleSetting(properties.settings, rest);
    }
    if (rights.length > 0)
        properties.grants = grantsOf(rights, properties.owner);
    return properties;
}
/** `… WITH TEMPLATE = template0 ENCODING = 'UTF8' … TABLESPACE = fast` */
function takeCreation(properties, rest) {
    const place = rest.findIndex((token, index) => index > 0 && (0,archive_statements/* isWord */.Jg)(token, 'TABLESPACE'));
    const named = rest.slice(place + 1).find(({ kind }) => kind !== 'sign');
    if (place > 0 && named)
        properties.tablespace = named.value;
}
/** What follows `ALTER DATABASE name`. */
function takeChange(properties, change) {
    const [verb, second] = change;
    const value = change.at(-1)?.value ?? '';
    if ((0,archive_statements/* isWord */.Jg)(verb, 'OWNER'))
        properties.owner = value;
    else if ((0,archive_statements/* isWord */.Jg)(verb, 'CONNECTION') && (0,archive_statements/* isWord */.Jg)(second, 'LIMIT'))
        properties.connectionLimit = Number(value);
    else if ((0,archive_statements/* isWord */.Jg)(verb, 'IS_TEMPLATE'))
        properties.isTemplate = /^true$/i.test(value);
    else if ((0,archive_statements/* isWord */.Jg)(verb, 'SET'))
        takeSetting(properties.settings, null, change.slice(1));
}
/** What follows `ALTER ROLE`: `app IN DATABASE name SET work_mem TO '7MB'`. */
function takeRoleSetting(settings, rest) {
    const [role, within, database, , set, ...setting] = rest;
    if (role && (0,archive_statements/* isWord */.Jg)(within, 'IN') && (0,archive_statements/* isWord */.Jg)(database, 'DATABASE') && (0,archive_statements/* isWord */.Jg)(set, 'SET'))
        takeSetting(settings, role.value, setting);
}
/** `search_path TO 'public', 'a "b"'`; the server keeps such a list as one text, each element in quotes. */
function takeSetting(settings, role, rest) {
    const end = rest.findIndex((token) => (0,archive_statements/* isWord */.Jg)(token, 'TO'));
    const name = rest
        .slice(0, end)
        .map(({ value }) => value)
        .join('');
    const values = rest.slice(end + 1).flatMap(({ kind, value }) => (kind === 'text' ? [value] : []));
    settings.push({ role, name, value: keptAs(name, values) });
}
function keptAs(name, values) {
    if (!(0,sql_text/* isQuotedList */.pq)(name))
        return values.join(', ');
    return values.map((value) => `"${value.replaceAll('"', '""')}"`).join(', ');
}

// EXTERNAL MODULE: ./build/postgres/properties/serialize.js
var serialize = __webpack_require__(6528);
;// CONCATENATED MODULE: ./build/jobs/preflight/source-database.js








/**
 * Reads it from the archive, and from what was recorded with the backup where the archive has been made without rights.
 * @param file with the archive's table of contents
 * @param scratchFile a file of that name to be written
 * @throws Failure if the archive cannot be read; ProcessFailure if the server refuses
 */
async function readSourceDatabase(client, file, { noOwner, noPrivileges, options, record }, psql, scratchFile) {
    const { signal } = psql;
    const script = await readDatabaseScript(client, file, scratchFile('database.list'), signal);
    const properties = parseDatabaseProperties(script.sql);
    if (!script.hasRights && !script.hasAnyRights)
        properties.grants = (0,serialize/* parseGrants */.Ts)(record.database_rights) ?? null;
    if (!noOwner && !noPrivileges)
        return { properties, privileges: undefined };
    const entries = await readContents(client, file, options, signal);
    const list = scratchFile('all.list');
    const definitions = new Map([
        ...(await readDefinitions(client, file, entries, [], list, signal)),
        ...(await readLargeObjectRights(client, file, entries, list, signal)),
    ]);
    const names = [...allRoles(namedRoles(entries, definitions))];
    const there = await existingRoles(psql, names);
    const lost = privilegesLostInArchive(noPrivileges ? entries : entries.filter(({ type }) => !/ACL$/.test(type)), definitions, there, noOwner);
    const missing = names.filter((name) => !there.known.has(name));
    return { properties, privileges: { ...lost, ...(missing.length > 0 && { missingRoles: missing }) } };
}

// EXTERNAL MODULE: ./build/jobs/preflight/target.js
var target = __webpack_require__(5236);
;// CONCATENATED MODULE: ./build/jobs/preflight/preflight.js






























/**
 * Finds out, without changing anything, whether and how a backup can replace a database: from the server, and from the
 * archive's table of contents, of which only the beginning is downloaded.
 * @throws Failure if the backup or the server cannot be read
 */
async function preflight(store, found, order, { client, psql, server }, step) {
    const { database, strategy } = order;
    const { stored, header, record } = found;
    const head = await readHead(store, found, client, selectionArguments(order), step);
    const scratchFile = (name) => external_node_path_.join(step.scratch, name);
    const { entries, file } = head;
    const definitions = await readDefinitions(client, file, entries, statementOptions(order), scratchFile('asked.list'), step.signal);
    const sections = await readSections(client, file, step.signal);
    const original = server.target && !server.target.unfinished
        ? undefined
        : await readSourceDatabase(client, file, { ...order, record }, psql, scratchFile);
    const extensions = entryNames(entries, 'EXTENSION');
    const tablespaces = [...new Set(Array.from(definitions.values(), ({ tablespace }) => tablespace))].filter((name) => name !== '');
    const facts = await (0,server_offers/* preflightFacts */.l)(psql, database, {
        extensions: [...extensions, ...entryNames(entries, 'PROCEDURAL LANGUAGE')],
        roles: [
            ...allRoles(namedRoles(entries, definitions)),
            ...mappedRoles(definitions),
            ...(0,roles/* rolesOf */.R)(order.options),
        ],
        tablespaces,
    });
    const restorable = sortEntries(entries, definitions, server, facts);
    const { kept } = restorable;
    const dumpMajor = Number.parseInt(header.dumpVersion, 10);
    const { findings: ofRights, ...rights } = await planPrivileges({ client, file, list: scratchFile('rights.list') }, kept, definitions, order, psql, { role: server.role, versions: { dump: dumpMajor, server: server.major } });
    await (0,external_node_fs_promises_.rm)(file, { force: true });
    const why = reasonForSeveralPasses(kept, definitions, sections);
    const empty = (0,selection_options/* excludesRows */.Hm)(order.options) ? [] : tablesWithoutRows(kept, definitions);
    const wanted = wantedExtensions(kept, definitions, (0,metadata/* parseVersions */.JK)(record), facts);
    const data = extensionData(kept, sections.preData);
    const needs = { extensions, tablespaces, roles: namedRoles(kept, definitions), wanted };
    const { bavail, bsize } = await (0,external_node_fs_promises_.statfs)(step.scratch);
    const room = bavail * bsize;
    const recordedSize = Number(record.database_size) || undefined;
    const replacement = {
        ...{ database, strategy, recordedSize },
        backupSize: stored.size,
    };
    return {
        findings: (0,finding/* sortedByLevel */.zT)([
            ...(0,obstacles/* obstacles */.B)(database, server, stored.size, strategy === 'drop' ? room : undefined),
            ...(0,target/* targetFindings */.Y)(replacement, server, facts),
            ...selectionFindings({ ...order, replaced: server.target !== null }, record, entries),
            ...(0,preflight_extensions/* excludedExtensionFindings */.mt)(record),
            ...emptyTableFindings(order, empty, keysToNothing(kept, definitions, empty)),
            ...(0,roles/* roleFindings */.x)(order.options, facts),
            ...archiveFindings(database, header, server, needs, facts, restorable),
            ...ownerFindings((0,foreign_schema_owners/* foreignSchemaOwners */.K)(kept, definitions), facts),
            ...ofRights,
            ...(strategy === 'drop' && server.target
                ? await functionsBeforeDrop(kept, definitions, (0,session_overrides/* withSessionOverrides */.Q)(psql, server.major), database)
                : []),
        ]),
        entries: kept.length,
        ids: new Set(kept.map(({ id }) => id)),
        tables: kept.filter(({ type }) => type === 'TABLE').length,
        leftOut: restorable.leftOut,
        list: await restorableList(scratchFile('restore.list'), restorable, data.length > 0),
        schemas: missingSchemas(kept, definitions),
        room,
        withoutRows: empty,
        inPasses: why === undefined ? undefined : { why, passes: planPasses(kept, definitions, sections) },
        original,
        rights,
        emptyChecks: emptyChecks({
            ...{ entries: kept, definitions },
            ...{ role: server.role, superuser: facts.superuser, major: server.major },
        }),
        extensions: { wanted, data, dumpMajor },
    };
}
function entryNames(entries, type) {
    return entries.filter((entry) => entry.type === type).map(({ name }) => name);
}
function mappedRoles(definitions) {
    return [...definitions.values()].flatMap((definition) => mappedRole(definition) ?? []);
}
/** The options that change what the statements of entries say. */
function statementOptions({ noOwner, options }) {
    return [...(noOwner ? ['--no-owner'] : []), ...options.filter((option) => option === '--no-tablespaces')];
}

;// CONCATENATED MODULE: ./build/jobs/preflight/restore-passes.js


/**
 * The calls of `pg_restore` that fill the new database. One session works through an archive in its own order; several do so
 * in passes, where that has to be.
 * @param way how many sessions work at once
 */
async function restorePasses({ list, inPasses }, { jobs }, step) {
    if (jobs === 1 || !inPasses)
        return [{ jobs, ...(list !== undefined && { list }) }];
    const { why, passes } = inPasses;
    step.info(`Restore in ${passes.length} passes, since ${why}: ${passes.map(({ title }) => title).join('; ')}`);
    return Promise.all(passes.map(async ({ entries, parallel }, index) => {
        const file = external_node_path_.join(step.scratch, `pass-${index + 1}.list`);
        await writeList(file, entries);
        const ids = entries.map(({ id }) => id);
        return { jobs: parallel ? Math.min(jobs, entries.length) : 1, list: file, ids };
    }));
}

// EXTERNAL MODULE: ./build/jobs/preparation.js + 6 modules
var preparation = __webpack_require__(2966);
;// CONCATENATED MODULE: ./build/postgres/session/try-statements.js


/**
 * Runs statements one after the other in one session, each in a transaction of its own; one that the server refuses does
 * not keep the others from being run.
 * @param statements single statements without a semicolon at the end, which return no rows
 * @param run how the script is run
 * @returns for each statement the server's message, or undefined where it went well
 * @throws ProcessFailure if the connection was lost, or could not be made
 */
async function tryEach(psql, database, statements, run = session_psql/* runScript */.j3) {
    const refusals = await tryEachForCode(psql, database, statements, run);
    return refusals.map((refusal) => refusal?.message);
}
/**
 * As `tryEach`, with the code of each error.
 * @param run is given, last, what is told of each outcome as soon as it is there, in pieces
 * @param onOutcome is called when a statement has been run
 */
async function tryEachForCode(psql, database, statements, run, onOutcome = () => { }) {
    const mark = `end-of-outcome-${(0,external_node_crypto_.randomBytes)(8).toString('hex')}\n`;
    const parts = statements.map((statement) => `${statement};\n${tellOutcome}\\echo ${mark}`);
    let end = '';
    const count = (piece) => {
        const [first = '', ...others] = (end + piece).split(mark);
        end = (others.at(-1) ?? first).slice(-mark.length);
        for (const _ of others)
            onOutcome();
    };
    const output = await run(psql, database, `\\set ON_ERROR_STOP 0\n${parts.join('')}`, {}, count);
    const outcomes = output.split(mark);
    if (outcomes.length !== statements.length + 1)
        throw new Error('psql did not tell what came of all statements');
    return outcomes.slice(0, -1).map((outcome) => {
        const [, sqlState = '', message] = /^failed: (\w{5}) (.*)\n$/s.exec(outcome) ?? [];
        return message === undefined ? undefined : { sqlState, message };
    });
}
/**
 * psql keeps the last error in these variables: https://www.postgresql.org/docs/current/app-psql.html#APP-PSQL-VARIABLES
 * It tells them itself: a query would be one more that may fail, and in a session whose search_path may lead anywhere.
 */
const tellOutcome = `\\if :ERROR
  \\echo failed: :LAST_ERROR_SQLSTATE :LAST_ERROR_MESSAGE
\\endif
`;
/**
 * As `tryEach`, but all in one transaction: what the server accepts is there at once for everybody, or, if it is only rehearsed,
 * not at all.
 * @throws ProcessFailure if the transaction could not be committed, too
 */
async function tryTogether(psql, database, statements, end) {
    const command = end === 'commit' ? 'COMMIT' : 'ROLLBACK';
    // psql makes a savepoint before each statement, and goes back to it after an error.
    return tryEach(psql, database, statements, (with_, where, script) => (0,session_psql/* runScript */.j3)(with_, where, `\\set ON_ERROR_ROLLBACK on\nBEGIN;\n${script}\\set ON_ERROR_STOP 1\n${command};\n`));
}

;// CONCATENATED MODULE: ./build/postgres/properties/statements.js



/**
 * The statements that give a new database, owned by `newOwner`, the properties of another: settings first, since functions
 * depend on them, and what may keep even its owner out last.
 */
function propertyStatements({ owner, connectionLimit, allowConnections, isTemplate, comment, settings, grants }, newOwner) {
    const made = settings.map(settingStatement);
    const statements = [
        ...made.filter((setting) => !setting.last),
        ...made.filter((setting) => setting.last),
        ...grantStatements(grants, owner, newOwner),
    ];
    const add = (kind, what, sql) => {
        statements.push({ kind, last: true, what, sql: (database) => sql((0,sql_text/* identifier */.Cv)(database)) });
    };
    if (comment !== null)
        add('comment', 'the comment', (name) => `COMMENT ON DATABASE ${name} IS ${(0,sql_text/* literal */.eu)(comment)}`);
    // -2 is no limit but the mark of a database that a drop has left half done.
    if (connectionLimit >= 0)
        add('connection limit', 'the connection limit', (name) => `ALTER DATABASE ${name} CONNECTION LIMIT ${connectionLimit}`);
    if (isTemplate)
        add('template', 'that it is a template', (name) => `ALTER DATABASE ${name} IS_TEMPLATE true`);
    if (!allowConnections)
        add('closed to connections', 'that nobody may connect', (name) => `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    return statements;
}
/**
 * A new database has the built-in rights: all for its owner, CONNECT and TEMPORARY for PUBLIC. An owner whose database
 * gets another one keeps its rights by a grant, the right to hand them on included.
 */
function grantStatements(grants, owner, newOwner) {
    const sameOwner = owner === newOwner;
    if (grants === null) {
        return sameOwner ? [] : [granting({ grantee: owner, privileges: properties_read/* databaseRights */.h, grantable: true })];
    }
    const statements = [revoking(properties_read/* databaseRights */.h, null)];
    if (sameOwner) {
        const kept = grants.filter(({ grantee }) => grantee === owner).flatMap(({ privileges }) => privileges);
        const givenUp = properties_read/* databaseRights */.h.filter((privilege) => !kept.includes(privilege));
        if (givenUp.length > 0)
            statements.push(revoking(givenUp, owner));
    }
    for (const grant of grants) {
        if (grant.grantee === newOwner)
            continue;
        statements.push(granting({ ...grant, grantable: grant.grantable || grant.grantee === owner }));
    }
    return statements;
}
function granting({ grantee, privileges, grantable }) {
    const end = grantable ? ' WITH GRANT OPTION' : '';
    return {
        kind: 'right',
        last: true,
        what: `the right to ${privileges.join(', ')} for ${roleName(grantee)}`,
        sql: (database) => `GRANT ${privileges.join(', ')} ON DATABASE ${(0,sql_text/* identifier */.Cv)(database)} TO ${role(grantee)}${end}`,
    };
}
function revoking(privileges, grantee) {
    return {
        kind: 'withdrawn right',
        last: true,
        what: `the lack of the right to ${privileges.join(', ')} for ${roleName(grantee)}`,
        sql: (database) => `REVOKE ${privileges.join(', ')} ON DATABASE ${(0,sql_text/* identifier */.Cv)(database)} FROM ${role(grantee)}`,
    };
}
function role(name) {
    return name === null ? 'PUBLIC' : (0,sql_text/* identifier */.Cv)(name);
}
function roleName(role) {
    return role === null ? 'everybody (PUBLIC)' : (0,format/* quoted */.TL)(role);
}
/**
 * Applications keep secrets in parameters of their own (`app.settings.jwt_secret`, `app.dsn`), and nobody knows how they call
 * them; the server has none among its own, nor have these extensions.
 */
const knownParameter = /^([^.]*$|(auto_explain|cron|pgaudit|pg_hint_plan|pg_stat_statements|plpgsql|postgis|timescaledb)\.)/i;
/** A library that this server lacks ends every session in the database at its start. */
const preloads = /^(local|session)_preload_libraries$/i;
function settingStatement({ role: whose, name, value }) {
    const isList = (0,sql_text/* isQuotedList */.pq)(name);
    const elements = isList ? (0,sql_text/* listElements */.Oe)(value) : [value];
    const to = elements.length === 0 ? "''" : elements.map(sql_text/* literal */.eu).join(', ');
    return {
        kind: 'setting',
        last: preloads.test(name),
        what: `the setting ${(0,format/* quoted */.TL)(name)}${whose === null ? '' : ` of role ${(0,format/* quoted */.TL)(whose)}`}`,
        sql: (database) => `${altering(whose, database)} SET ${parameterName(name)} TO ${to}`,
        ...((!knownParameter.test(name) || (!isList && (0,sql_text/* holdsCredential */.KK)(value))) && { secret: value }),
    };
}
/** The statement that lets nobody but its owner connect to a new database. */
const closingStatement = (database) => `REVOKE CONNECT ON DATABASE ${(0,sql_text/* identifier */.Cv)(database)} FROM PUBLIC`;
/** What gives a database that was closed, and has our comment, what is built in. */
const openingStatement = {
    kind: 'as built in',
    last: true,
    what: 'the right to CONNECT for everybody (PUBLIC)',
    sql: (database) => `GRANT CONNECT ON DATABASE ${(0,sql_text/* identifier */.Cv)(database)} TO PUBLIC`,
};
const clearCommentStatement = {
    kind: 'as built in',
    last: true,
    what: 'the lack of a comment',
    sql: (database) => `COMMENT ON DATABASE ${(0,sql_text/* identifier */.Cv)(database)} IS NULL`,
};
/** The statement that takes a setting back. */
function resetStatement({ role: whose, name }, database) {
    return `${altering(whose, database)} RESET ${parameterName(name)}`;
}
function altering(role, database) {
    const name = (0,sql_text/* identifier */.Cv)(database);
    return role === null ? `ALTER DATABASE ${name}` : `ALTER ROLE ${(0,sql_text/* identifier */.Cv)(role)} IN DATABASE ${name}`;
}
/** Its parts are names, so that no word of the SQL standard stands for something else. */
function parameterName(name) {
    return name.split('.').map(sql_text/* identifier */.Cv).join('.');
}

;// CONCATENATED MODULE: ./build/postgres/properties/apply.js






/**
 * Gives a database the settings of another, as far as this role may: when it is full, since functions that ANALYZE runs depend on
 * them. Some get in the way of whoever works in the database afterwards (`default_transaction_read_only`, `role`): see `withSessionOverrides`.
 * @param database owned by the role
 * @param finalName what it will be called when somebody runs the statements that are returned
 * @throws ProcessFailure if the connection is lost; Failure if the database is not there
 */
async function applySettings(psql, database, properties, finalName) {
    const { owner } = await (0,properties_read/* readProperties */.Q)(psql, database);
    const statements = propertyStatements(properties, owner).filter(({ last }) => !last);
    const made = statements.map(({ sql }) => sql(database));
    return outcome(statements, await tryEach(psql, server/* maintenanceDatabase */.Xb, made), finalName);
}
/**
 * Gives a database all but the settings, at once: rights, comment and the like, as far as this role may. It lets others in, or keeps
 * even the owner out (a connection limit of 0): nothing may be left to do in there. Owner and tablespace are left as they are, and
 * reported if they differ: the role would lose the one, and the other moves every file.
 * @param database owned by the role, and closed to others
 * @param finalName as above
 * @param end `rehearse` only finds out what the role may
 * @returns besides, the statements that the role may run, for the database under its final name
 * @throws ProcessFailure if it could not be done; Failure if the database is not there
 */
async function applyRest(psql, database, properties, finalName, end) {
    const current = await (0,properties_read/* readProperties */.Q)(psql, database);
    const statements = restOf(properties, current.owner);
    const made = statements.map(({ sql }) => sql(database));
    const outcomes = await tryTogether(psql, server/* maintenanceDatabase */.Xb, made, end);
    const { given, refused } = outcome(statements, outcomes, finalName);
    return {
        given: given.filter((kind) => kind !== 'as built in'),
        refused: [...refused, ...ownerAndTablespaceChanges(properties, current, finalName)],
        statements: statements.flatMap(({ sql }, index) => outcomes[index] === undefined ? [sql(finalName)] : []),
    };
}
/** All statements but those of settings, for a database that is closed to others and has a comment of ours. */
function restOf(properties, owner) {
    return [
        ...(properties.grants === null ? [openingStatement] : []),
        ...(properties.comment === null ? [clearCommentStatement] : []),
        ...propertyStatements(properties, owner).filter(({ last }) => last),
    ];
}
function outcome(statements, outcomes, finalName) {
    const refused = statements.flatMap(({ kind, what, sql, secret }, index) => {
        const reason = outcomes[index];
        if (reason === undefined)
            return [];
        if (secret === undefined)
            return [{ kind, what, reason, sql: `${sql(finalName)};` }];
        const shown = secret === '' ? reason : reason.replaceAll(secret, '…');
        return [{ kind, what, reason: shown, sql: undefined }];
    });
    return {
        given: statements.flatMap(({ kind }, index) => (outcomes[index] === undefined ? [kind] : [])),
        refused,
    };
}
function ownerAndTablespaceChanges(was, is, finalName) {
    const alter = `ALTER DATABASE ${(0,sql_text/* identifier */.Cv)(finalName)}`;
    const differing = [];
    if (was.tablespace !== is.tablespace) {
        const reason = `it was ${(0,format/* quoted */.TL)(was.tablespace)}, and is ${(0,format/* quoted */.TL)(is.tablespace)} now`;
        const sql = `${alter} SET TABLESPACE ${(0,sql_text/* identifier */.Cv)(was.tablespace)};`;
        differing.push({ kind: 'tablespace', what: 'the tablespace', reason, sql });
    }
    if (was.owner !== is.owner) {
        const reason = `it was ${(0,format/* quoted */.TL)(was.owner)}, and is ${(0,format/* quoted */.TL)(is.owner)} now, who restored it`;
        differing.push({
            kind: 'owner',
            what: 'the owner',
            reason,
            sql: `${alter} OWNER TO ${(0,sql_text/* identifier */.Cv)(was.owner)};`,
        });
    }
    return differing;
}
/** Takes all settings from a database that it has been given. Throws a ProcessFailure if the connection is lost. */
async function resetSettings(psql, database) {
    const { settings } = await (0,properties_read/* readProperties */.Q)(psql, database);
    const statements = settings.map((setting) => resetStatement(setting, database));
    await tryEach(psql, server/* maintenanceDatabase */.Xb, statements);
}
/**
 * Which settings of an old database would be lost with it: the role may not make them in another one, and their values look
 * like secrets, which are not written down anywhere.
 * @param empty a new database, owned by the role, to try them on
 * @returns what they are, in words
 * @throws ProcessFailure if the connection is lost
 */
async function settingsThatWouldBeLost(psql, empty, properties) {
    const secrets = propertyStatements(properties, properties.owner).filter(({ secret }) => secret !== undefined);
    if (secrets.length === 0)
        return [];
    const outcomes = await tryTogether(psql, server/* maintenanceDatabase */.Xb, secrets.map(({ sql }) => sql(empty)), 'rehearse');
    return secrets.flatMap(({ what }, index) => (outcomes[index] === undefined ? [] : [what]));
}

;// CONCATENATED MODULE: ./build/postgres/swap/database-state.js


/** Of `pg_stat_activity`: the sessions of the role that we signed in as. Any role may call its own as ours are called. */
const isOurRole = 'usename = session_user';
/** The OID of the database of that name, null if there is none. Throws a ProcessFailure. */
async function oidOf(psql, name) {
    const query = "SELECT json_build_object('oid', (SELECT oid::bigint FROM pg_database WHERE datname = :'name'))";
    return (await (0,session_psql/* ask */.kA)(psql, server/* maintenanceDatabase */.Xb, query, { name })).oid;
}

// EXTERNAL MODULE: ./build/postgres/server/database-names.js
var database_names = __webpack_require__(6374);
;// CONCATENATED MODULE: ./build/postgres/swap/names.js





/**
 * The names for a restore at one point in time. A name that has to be shortened gets eight digits of a hash of the whole
 * one at its end, so that restores of two databases whose long names begin alike don't meet.
 */
function restoreNames(database, time) {
    const timestamp = (0,format/* formatTimestamp */.Ey)(time);
    return {
        fresh: beside(database, `restore_${timestamp}`),
        previous: beside(database, `before_${timestamp}`),
    };
}
/** `restoreNames` of which the server has neither: those of now, or of the next second that has them free. */
async function freeRestoreNames(psql, database, now = new Date()) {
    const taken = await (0,session_psql/* ask */.kA)(psql, server/* maintenanceDatabase */.Xb, "SELECT coalesce(json_agg(datname), '[]') FROM pg_database");
    for (let time = now.getTime();; time += 1_000) {
        const names = restoreNames(database, new Date(time));
        if (!taken.includes(names.fresh) && !taken.includes(names.previous))
            return names;
    }
}
/** Whether a restore of `database` may have called its new database so. */
function isRestoreName(name, database) {
    return isBeside(name, database, 'restore');
}
/** Whether a restore of `database` may have called the old database so. */
function isPreviousName(name, database) {
    return isBeside(name, database, 'before');
}
/** What a database is called while it is dropped: a name that nobody can know before, with random digits in place of a time. */
function droppingName(database) {
    const digits = [(0,external_node_crypto_.randomInt)(10 ** 7), (0,external_node_crypto_.randomInt)(10 ** 7)].map((number) => String(number).padStart(7, '0'));
    return beside(database, `dropping_${digits.join('')}`);
}
/** Whether a restore of `database` may have called a database so that it was about to drop. */
function isDroppingName(name, database) {
    return isBeside(name, database, 'dropping');
}
function isBeside(name, database, kind) {
    const [, timestamp] = new RegExp(`_${kind}_(\\d{14})(?:_[0-9a-f]{8})?$`).exec(name) ?? [];
    return timestamp !== undefined && name === beside(database, `${kind}_${timestamp}`);
}
function beside(database, suffix) {
    const whole = `${database}_${suffix}`;
    if (Buffer.byteLength(whole) <= database_names/* longestName */.YG)
        return whole;
    const hash = (0,external_node_crypto_.createHash)('sha256').update(database).digest('hex').slice(0, 8);
    return (0,database_names/* siblingName */.Ue)(database, `${suffix}_${hash}`);
}

// EXTERNAL MODULE: ./build/postgres/swap/attempt.js
var attempt = __webpack_require__(421);
// EXTERNAL MODULE: ./build/postgres/swap/end-sessions.js
var end_sessions = __webpack_require__(1295);
// EXTERNAL MODULE: ./build/postgres/swap/proof.js
var proof = __webpack_require__(7630);
;// CONCATENATED MODULE: ./build/postgres/swap/state.js



/** Asks in the session that will do the swap. Throws a ProcessFailure. */
async function readStateBeforeSwap(session, current, fresh) {
    const question = `SELECT json_build_object(
    'current', (SELECT oid::bigint FROM pg_database WHERE datname = :'current'),
    'fresh', (SELECT oid::bigint FROM pg_database WHERE datname = :'fresh'),
    'comment', (SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = :'current'),
    'pid', pid, 'since', backend_start::text)
  FROM pg_stat_activity WHERE pid = pg_backend_pid()`;
    return JSON.parse(await session.run(question, { current, fresh }));
}
/** How long the server is asked what became of a swap, and the time between two questions, in milliseconds. */
const longestDoubt = 60_000;
const pauseBetweenLooks = 500;
/**
 * What became of a swap whose answer is lost. A lost connection does not end what the server is doing: the session is ended,
 * and only when it is gone, with its transaction, does the name of the new database tell.
 */
async function stateAfterSwap(psql, { current, fresh }, before) {
    const patient = (0,session_psql/* uninterrupted */.qA)(psql, longestDoubt);
    while (!patient.signal.aborted) {
        try {
            if ((await sessionsLeft(patient, before)) === 0) {
                const name = await nameOfDatabase(patient, before.fresh);
                return name === current ? 'swapped' : name === fresh ? 'unchanged' : 'unknown';
            }
        }
        catch {
            // the server may be on its way back
        }
        await (0,promises_.setTimeout)(pauseBetweenLooks);
    }
    return 'unknown';
}
async function sessionsLeft(psql, { pid, since }) {
    const question = `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE pid = :'pid' AND backend_start::text = :'since'`;
    return (0,session_psql/* ask */.kA)(psql, server/* maintenanceDatabase */.Xb, question, { pid: String(pid), since });
}
async function nameOfDatabase(psql, oid) {
    const question = "SELECT json_build_object('name', (SELECT datname FROM pg_database WHERE oid = :'oid'))";
    const variables = { oid: String(oid ?? 0) };
    return (await (0,session_psql/* ask */.kA)(psql, server/* maintenanceDatabase */.Xb, question, variables)).name;
}

;// CONCATENATED MODULE: ./build/postgres/swap/swap.js









/**
 * For how long each attempt may hold back those who connect, and how long they have for themselves before it, in
 * milliseconds. The server itself waits up to five seconds for sessions to leave.
 */
const attemptPauses = [
    { pause: 0, limit: 1_000 },
    { pause: 1_000, limit: 2_000 },
    { pause: 2_000, limit: 4_000 },
    { pause: 4_000, limit: 6_000 },
];
/** Errors after which another attempt may succeed: in use, cancelled (by its time limit), lock not available, deadlock. */
const passing = new Set(['55006', '57014', '55P03', '40P01']);
/**
 * Gives the new database the name of the old one, in one transaction of the session that holds the lock for restores: if
 * that session is lost, no swap happens. The comment on the old database goes along, in place of the mark on the new one.
 *
 * The lock that a rename takes holds new connections back, and it waits for the others to leave; meanwhile a second
 * session ends them, in both databases, since monitoring and poolers connect to whatever they find. So nobody gets in
 * between, however quickly they reconnect, nothing needs to be disabled, and nothing to be undone.
 *
 * A cancel does not cut an attempt off in the middle, but there is no further one after it. Never throws.
 */
async function swapDatabases(lock, psql, names) {
    const { current, fresh } = names;
    const unchanged = (why) => ({
        state: 'unchanged',
        reason: psql.signal.aborted ? psql.signal.reason : why, // an attempt that fails after a cancel would have been repeated
    });
    let before;
    try {
        await lock.confirm();
        before = await readStateBeforeSwap(lock.session, current, fresh);
        if (names.expected !== undefined && before.current !== names.expected)
            throw replacedMeanwhile(current);
        if (before.fresh === null || (names.made ?? before.fresh) !== before.fresh)
            throw replacedMeanwhile(fresh);
    }
    catch (reason) {
        return unchanged(reason);
    }
    let reason;
    for (const [index, { pause, limit }] of attemptPauses.entries()) {
        let renamed;
        try {
            await (0,promises_.setTimeout)(pause, undefined, { signal: psql.signal });
            await (0,attempt/* waitForOthers */.i)(psql, names);
            renamed = await (0,end_sessions/* whileEndingSessions */.m4)((0,session_psql/* uninterrupted */.qA)(psql), [before.current, before.fresh], () => (0,attempt/* rename */.$w)(lock.session, names, before, limit));
        }
        catch (error) {
            return unchanged(error);
        }
        const swapped = {
            state: 'swapped',
            ...afterwards(names, before),
            held: renamed.held,
            attempts: index + 1,
        };
        if (!renamed.failed)
            return swapped;
        reason = renamed.failed.reason;
        const sqlState = (0,session_session/* sqlStateOf */.v9)(reason);
        if (sqlState === undefined) {
            const state = await stateAfterSwap(psql, names, before);
            return state === 'swapped' ? swapped : state === 'unchanged' ? unchanged(reason) : { state, reason };
        }
        const fault = await replacedSince(lock, names, before, reason);
        if (fault)
            return unchanged(fault);
        if (!passing.has(sqlState))
            break;
    }
    return unchanged(reason);
}
/** The old database, if there was one, after a swap. */
function afterwards(names, before) {
    const { previous } = names;
    const { current: oid, comment } = before;
    if (oid === null)
        return { previous: undefined };
    const mark = (0,attempt/* markAfter */.Qo)(names, before);
    return {
        previous,
        old: { known: { name: previous, oid, ...(mark !== undefined && { comment: mark }) }, comment },
    };
}
/**
 * That an attempt failed since it met other databases than it was meant for: they are not there, or there already, or in use by sessions
 * that are nobody's to end. Undefined if they are the same.
 */
async function replacedSince({ session }, { current, fresh }, before, reason) {
    const now = await readStateBeforeSwap(session, current, fresh).catch(() => undefined);
    if (now && now.current !== before.current)
        return replacedMeanwhile(current);
    if (now && now.fresh !== before.fresh)
        return replacedMeanwhile(fresh);
    return (0,proof/* isMistaken */.H)(reason) ? replacedMeanwhile(current) : undefined;
}
/** Somebody made, dropped or replaced the database after it was looked at. */
function replacedMeanwhile(database) {
    return new failure/* Failure */.HR({
        tried: `Replacing database ${(0,format/* quoted */.TL)(database)}`,
        cause: 'it was created, dropped or replaced by somebody else after the restore began',
        advice: 'Find out by whom, then run the restore again.',
    });
}

;// CONCATENATED MODULE: ./build/jobs/replace/carry-over-notes.js



/** What a restored database has got of the old one, in words for the log; empty if it is nothing. */
function describeGiven(kinds) {
    const number = (kind) => kinds.filter((one) => one === kind).length;
    const counted = ['setting', 'right', 'withdrawn right']
        .filter((kind) => number(kind) > 0)
        .map((kind) => (0,format/* count */.U9)(number(kind), kind));
    const single = ['comment', 'connection limit']
        .filter((kind) => number(kind) > 0)
        .map((kind) => `the ${kind}`);
    const others = [
        ...(number('template') > 0 ? ['that it is a template'] : []),
        ...(number('closed to connections') > 0 ? ['that nobody may connect'] : []),
    ];
    return [...counted, ...single, ...others].join(', ');
}
/** What the role could not give a restored database. */
function notesOfRefused(refused, source) {
    if (refused.length === 0)
        return [];
    const hidden = ` (its value is not shown here${source === 'original' ? '; pg_restore --create shows it' : ''})`;
    const what = refused
        .map(({ what, reason, sql }) => (0,format/* inOneLine */.UX)(`- ${what}: ${reason}${sql === undefined ? hidden : ''}`))
        .join('\n');
    const sql = refused.flatMap((one) => one.sql ?? []);
    const number = refused.length === 1 ? '1 property' : `${refused.length} properties`;
    const text = sql.length === 0
        ? `The restored database lacks ${number} of the ${source} one, which this role may not set:\n${what}`
        : `Set ${number} as an administrator of the server: the ${source} database had ${refused.length === 1 ? 'it' : 'them'}, and this role may not set ${refused.length === 1 ? 'it' : 'them'}.\n${what}\nRun:`;
    return [{ text, sql }];
}
/**
 * Who has lost rights by a restore without owners and rights.
 * @param gaining what would let others do more than they could, whose rights stand apart: nobody should give them back without looking
 */
function notesOfPrivileges(database, lost, source, gaining) {
    if (!lost)
        return [];
    const { roles, grantedToPublic, revokedFromPublic, missingRoles = [] } = lost;
    const [apart = [], script = []] = parted(lost.script, gaining);
    const [apartForAdministrator = [], administratorScript = []] = parted(lost.administratorScript, gaining);
    const commands = [
        ...script,
        ...(administratorScript.length > 0
            ? ['-- The rest as an administrator of the server:', ...administratorScript]
            : []),
    ];
    const where = `-- In database ${(0,format/* quoted */.TL)(database)}, as the role that restored it:`;
    const notesApart = noteOfApart([...apart, ...apartForAdministrator], where, source);
    if (commands.length === 0)
        return notesApart;
    const sql = [where, ...commands];
    const who = roles.map(({ role, owns, holds }) => {
        const parts = [holds > 0 && (0,format/* count */.U9)(holds, 'object'), owns > 0 && `owner of ${(0,format/* count */.U9)(owns, 'object')}`];
        return `${(0,format/* quoted */.TL)(role)} (${parts.filter((part) => part !== false).join(', ')})`;
    });
    const everybody = [
        grantedToPublic > 0 && `PUBLIC had privileges on ${(0,format/* count */.U9)(grantedToPublic, 'object')}`,
        revokedFromPublic > 0 &&
            `${(0,format/* count */.U9)(revokedFromPublic, 'object')} closed to PUBLIC before can be used by all now`,
    ].filter((part) => part !== false);
    const lead = who.length > 0
        ? `Give ${(0,format/* count */.U9)(who.length, 'role')} ${who.length === 1 ? 'its' : 'their'} privileges back`
        : 'Set the privileges of PUBLIC again';
    const affected = [
        ...(who.length > 0 ? [(0,finding/* firstFew */.Dt)(who)] : []),
        ...(everybody.length > 0 ? [everybody.join(', and ')] : []),
    ];
    const text = `${lead}, as in the ${source} database: ${affected.join('; ')}.\n` +
        (missingRoles.length > 0
            ? `This server lacks the ${missingRoles.length === 1 ? 'role' : 'roles'} ${(0,finding/* firstFew */.Dt)(missingRoles.map(format/* quoted */.TL))}: create ${missingRoles.length === 1 ? 'it' : 'them'} first, or leave out what is for ${missingRoles.length === 1 ? 'it' : 'them'}.\n`
            : '') +
        `Run this in ${(0,format/* quoted */.TL)(database)}, as the role that restored it:`;
    return [{ text, sql }, ...notesApart];
}
function parted(statements, gaining) {
    const is = statements.map((sql) => widens(sql, gaining));
    return [statements.filter((_, place) => is[place]), statements.filter((_, place) => !is[place])];
}
function noteOfApart(statements, where, source) {
    if (statements.length === 0)
        return [];
    const text = `Kept apart: privileges of the ${source} database on objects that run with more rights now than before ` +
        `(${(0,format/* count */.U9)(statements.length, 'statement')}). Whoever gets them can do more than before. Review each object, then grant what is ` +
        'intended; run in the restored database:';
    return [{ text, sql: [where, ...statements] }];
}

// EXTERNAL MODULE: ./build/base/system-errors.js
var system_errors = __webpack_require__(1703);
;// CONCATENATED MODULE: ./build/jobs/replace/failures.js






/** Something failed before the old database was touched. */
function emptyDatabaseFailed(tried, database, seen, error) {
    return asItWas(tried, database, seen, 'empty', error);
}
/** A restore into a new database failed before the two exchanged names: nobody has touched the old one. */
function newDatabaseFailed(database, seen, error) {
    return asItWas(`Restoring into a database beside ${(0,format/* quoted */.TL)(database)}`, database, seen, 'new', error);
}
/** Sentences about what is left of a database that was made beside the old one. */
function leftSentences(left, kind) {
    if (!left)
        return [];
    const name = (0,format/* quoted */.TL)(left.name);
    const drop = (0,sql_text/* toPaste */.XM)(`DROP DATABASE IF EXISTS ${(0,sql_text/* identifier */.Cv)(left.elsewhere ?? left.name)};`);
    if (left.state === 'another') {
        const text = `A database that this restore did not make is called ${name} now; it was left alone.`;
        return left.elsewhere === undefined
            ? [text]
            : [text, `The ${kind} one is left over as ${(0,format/* quoted */.TL)(left.elsewhere)}. Drop it:\n${drop}`];
    }
    if (left.state === 'unmarked')
        return [
            `Database ${name} is left over. It was not dropped, since it does not bear the mark of this restore. Check it, then drop it:\n${drop}`,
        ];
    return [
        left.state === 'unknown'
            ? `The server could not be asked whether the ${kind} database ${name} is left over; if it is, the end of the job or the next restore drops it.`
            : `The ${kind} database is left over. Drop it:\n${drop}`,
    ];
}
/** The state of a database in a sentence, and what else there is to say of it. */
function stateOf(outcome, database, ...more) {
    return [`${(0,failure/* describeOutcome */.SS)(outcome, `Database ${(0,format/* quoted */.TL)(database)}`)}.`, ...more].join(' ');
}
/** @param tried what was tried, for an error that does not say that itself */
function asItWas(tried, database, { outcome, left }, kind, error) {
    return new failure/* Failure */.HR({
        tried: error instanceof failure/* Failure */.HR ? error.explanation.tried : tried,
        ...diagnose(error),
        state: stateOf(outcome, database, ...leftSentences(left, kind)),
        outcome,
    }, { cause: error });
}
/** Whether two databases have exchanged their names could not be found out. */
class SwapOutcomeUnknown extends failure/* Failure */.HR {
    /** @param copy what `fresh` is before the exchange, and `replaced` what `database` is */
    constructor(database, fresh, previous, error, copy = 'the restored copy', replaced = 'the old one') {
        super({
            tried: `Swapping database ${(0,format/* quoted */.TL)(database)} for ${copy}`,
            cause: diagnose(error).cause,
            advice: [
                copy === 'the restored copy'
                    ? 'To find out, run this in database postgres:'
                    : 'The end of the job finds out, and gives the old database its place. If it says that it could not, run this in database postgres:',
                'SELECT datname FROM pg_database;',
                `${(0,format/* quoted */.TL)(fresh)} listed: not swapped. ${(0,format/* quoted */.TL)(database)} is ${replaced}, and ${(0,format/* quoted */.TL)(fresh)} is ${copy}.`,
                `${(0,format/* quoted */.TL)(fresh)} missing: swapped. ${(0,format/* quoted */.TL)(database)} is ${copy}, and ${replaced}, if there was one, is now ${(0,format/* quoted */.TL)(previous)}.`,
            ].join('\n'),
            outcome: 'unknown',
            state: stateOf('unknown', database, 'The server could not be asked whether they were swapped. The restore has dropped nothing.'),
        }, { cause: error });
    }
}
/**
 * Adds to what fails before the first change that the database was not touched, where it does not tell the state itself.
 * @param tried what was tried, for an error that does not say that either, such as one of a full disk
 */
async function beforeFirstChange(database, tried, work) {
    try {
        return await work;
    }
    catch (error) {
        const explanation = error instanceof failure/* Failure */.HR ? error.explanation : { tried, ...diagnose(error) };
        if (explanation.state !== undefined)
            throw error;
        const state = stateOf('untouched', database);
        throw new failure/* Failure */.HR({ ...explanation, state, outcome: 'untouched' }, { cause: error });
    }
}
/** The same as a sentence without its full stop; empty if there was none. */
function describeOld(old) {
    if (old === 'none')
        return '';
    if (old === 'dropped')
        return 'The old one was dropped';
    const { state, name, elsewhere } = old;
    if (state === 'another' && elsewhere === undefined)
        return 'The old one is gone, dropped by somebody else';
    return `The old one is still there as ${(0,format/* quoted */.TL)(elsewhere ?? name)}${state === 'destroyed' ? ', and unusable' : ''}`;
}
/**
 * The old database is not in its place any more, and the new one is not full.
 * @param seen what the server says of it now: that it is there, that another is, or nothing
 */
function restoreIncomplete(database, error, seen = 'there', old = 'dropped') {
    const what = describeOld(old);
    const outcome = seen === 'another' ? 'exchanged' : 'incomplete';
    return new failure/* Failure */.HR({
        tried: error instanceof failure/* Failure */.HR ? error.explanation.tried : `pg_restore into ${(0,format/* quoted */.TL)(database)}`,
        ...diagnose(error),
        outcome,
        state: stateOf(outcome, database, what === '' ? 'The backup is untouched.' : `${what}; the backup is untouched.`, ...(seen === 'another'
            ? []
            : ['Until a restore has completed, only the owner and superusers can connect.']), ...(seen === 'not asked' ? ['The server could not be asked how it is now.'] : [])),
    }, { cause: error });
}
/** The old database is gone, and the new one is full, but a cancel has ended ANALYZE. */
function statisticsIncomplete(database, error) {
    return new failure/* Failure */.HR({
        tried: `Collecting statistics in ${(0,format/* quoted */.TL)(database)}`,
        cause: diagnose(error).cause,
        advice: 'Run this in it, or queries may be slow:\nANALYZE;',
        outcome: 'restored',
        state: stateOf('restored', database),
    }, { cause: error });
}
/** Cause and advice of any error that the lower layers throw. */
function diagnose(error) {
    if (error instanceof failure/* Failure */.HR) {
        const { cause, advice } = error.explanation;
        return { cause, advice };
    }
    if (error instanceof base_process/* ProcessFailure */.iq)
        return (0,explain.explainServerError)(error);
    const system = (0,system_errors/* explainSystemError */.T)(error);
    return { cause: system?.cause ?? (0,failure/* causeOf */.rl)(error), advice: system?.advice ?? 'Run the restore again.' };
}

;// CONCATENATED MODULE: ./build/jobs/replace/carry-over.js






/**
 * Gives a restored database the settings that it is to have, as far as the role may.
 * @param current what it is called now
 * @param database what it is called in the end
 * @returns those that the role may not make
 */
async function applySettingsTo(psql, current, database, { properties, source }, step) {
    const { given, refused } = await applySettings(psql, current, properties, database);
    tellGiven(describeGiven(given), source, step);
    return refused;
}
/**
 * Finds out what a restored database can be given besides settings, for the swap to give it.
 * @returns the statements, and what the role may not give
 */
async function rehearseProperties(psql, current, database, { properties, source }, step) {
    const { given, refused, statements } = await applyRest(psql, current, properties, database, 'rehearse');
    tellGiven(describeGiven(given), source, step);
    return { statements, refused };
}
function tellGiven(words, source, step) {
    const from = source === 'old' ? 'the old database' : 'the backup';
    if (words !== '')
        step.info(`Carried over from ${from}: ${words}`);
}
/** What has become of all that a database was to have: what the role could not give, and who has lost rights. */
function carriedOver(database, { privileges, source }, refused, { gaining }) {
    return {
        notes: [...notesOfRefused(refused, source), ...notesOfPrivileges(database, privileges, source, gaining)],
        withheld: source === 'old' ? refused.flatMap(({ what, sql }) => (sql === undefined ? [what] : [])) : [],
    };
}
/**
 * Writes down the statements that would give a restored database everything that belonged to the old one, as long
 * as there is an old one to ask: nothing is lost then whatever happens later. Values that look like secrets are not shown.
 * @param role who restores, and will own the restored database
 * @param write a line: into the log where the old one is about to be dropped, into debug logs where it stays until all is carried over
 */
function logCarryOver(database, role, { properties, privileges, source }, write) {
    if (source !== 'old')
        return;
    const statements = [
        ...propertyStatements(properties, role).flatMap(({ sql, secret }) => secret === undefined ? [`${sql(database)};`] : []),
        ...(privileges ? [...privileges.script, ...privileges.administratorScript] : []),
    ];
    if (statements.length === 0)
        return;
    write('Properties and rights of the old database that are not in the backup, as SQL:');
    for (const statement of statements)
        write(`  ${statement}`);
}
/** Warns of what was not carried over. Only now, with the restored database in its place, is there something to do about it. */
function warnOfNotes(notes, step) {
    for (const note of notes)
        if (!note.quiet)
            step.warn(note.text, note.sql);
}
/** As `applySettingsTo`, for when there is no way back: a cancel does not end it, and what fails is told. */
async function tryToApplySettings(psql, database, belongings, step) {
    try {
        const refused = await applySettingsTo((0,session_psql/* uninterrupted */.qA)(psql), database, database, belongings, step);
        return { refused, notes: [] };
    }
    catch (error) {
        const statements = propertyStatements(belongings.properties, psql.connection.user).filter(({ last }) => !last);
        const sql = statements.flatMap((one) => (one.secret === undefined ? [`${one.sql(database)};`] : []));
        return failed(`The settings of database ${(0,format/* quoted */.TL)(database)} could not be restored`, sql, error, step);
    }
}
/** Gives a database the rest of what it is to have, in the same way, and lets others in by that. */
async function tryToApplyProperties(psql, database, { properties, source }, step) {
    try {
        const patient = (0,session_psql/* uninterrupted */.qA)(psql);
        const { given, refused } = await applyRest(patient, database, properties, database, 'commit');
        tellGiven(describeGiven(given), source, step);
        return { refused, notes: [] };
    }
    catch (error) {
        const role = psql.connection.user;
        const sql = restOf(properties, role).map(({ sql }) => `${sql(database)};`);
        const text = `Only ${(0,format/* quoted */.TL)(role)} can connect to database ${(0,format/* quoted */.TL)(database)} yet, since its privileges could not be restored`;
        return failed(text, sql, error, step);
    }
}
/**
 * Leaves a database closed to others, whose rights in it could not be taken away, and tells what is left to do.
 * @param statements that would have taken them away, each without a semicolon
 */
function leftClosed(database, role, statements, { properties }, error, step) {
    const open = restOf(properties, role).map(({ sql }) => `${sql(database)};`);
    const text = `Only ${(0,format/* quoted */.TL)(role)} can connect to database ${(0,format/* quoted */.TL)(database)} yet, since privileges of others in it could not be revoked`;
    const inside = [`-- In database ${(0,format/* quoted */.TL)(database)}:`, ...statements.map((sql) => `${sql};`)];
    const sql = [...inside, '-- Then, in database postgres:', ...open];
    return failed(text, sql, error, step, 'Run this in order:');
}
function failed(state, sql, error, step, advice = 'Run this in database postgres:') {
    const text = `${state}: ${diagnose(error).cause}\n${advice}`;
    const note = { text, sql };
    step.warn(note.text, note.sql);
    return { refused: [], notes: [note] };
}

;// CONCATENATED MODULE: ./build/postgres/privileges/lost-privileges-query.js
/**
 * The question behind `rightsIn`, one JSON value. Its parts, each a step of the same train of thought:
 *
 * - `object`: everything in the database that rights can be granted on, with its owner and its rights, and the letter by
 *   which `acldefault` knows its kind. https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-ACLITEM-TABLE
 * - `known`: the same with what it will start with in the restored database. Where nobody changed anything that is the built-in
 *   default, for an extension's or the system's own object what `pg_init_privs` has, for schema public what `template0` has, in which it
 *   belongs to whoever owns the database, or before 15 to a superuser, or on Azure to `azure_pg_admin`.
 * - `was`, `will`: single rights, before and after. An owner could hand its rights on.
 * - `grant`, `revoke`: the difference, for those whom it concerns.
 */
const privilegesQuery = `
WITH
restorer AS (
  SELECT r.oid AS me, r.rolsuper AS superuser, d.datdba, current_setting('server_version_num')::int AS version,
    (SELECT oid FROM pg_roles WHERE rolname = 'pg_database_owner') AS database_owner,
    (SELECT oid FROM pg_roles WHERE rolname = 'azure_pg_admin') AS provider
  FROM pg_roles AS r, pg_database AS d
  WHERE r.rolname = :'role' AND d.datname = current_database()),
space AS (
  SELECT oid, nspname, nspowner, nspacl FROM pg_namespace
  WHERE nspname !~ '^pg_(toast|temp_)' AND nspname <> 'information_schema'),
object (sort, class, oid, part, kind, owner, acl, name, part_name) AS (
  SELECT 1, 'pg_namespace'::regclass, oid, 0, 'n'::"char", nspowner, nspacl, format('SCHEMA %I', nspname), NULL
  FROM space
UNION ALL
  SELECT 2, 'pg_type'::regclass, t.oid, 0, 'T', typowner, typacl,
    format('%s %I.%I', CASE typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END, nspname, typname), NULL
  FROM pg_type AS t JOIN space AS n ON n.oid = typnamespace LEFT JOIN pg_class AS c ON c.oid = typrelid
  WHERE typtype <> 'm' AND typisdefined
    AND NOT EXISTS (SELECT FROM pg_type AS element WHERE element.typarray = t.oid)
    AND (typacl IS NOT NULL OR typtype <> 'c' OR relkind = 'c')
UNION ALL
  SELECT 3, 'pg_proc'::regclass, p.oid, 0, 'f', proowner, proacl,
    format('%s %I.%I(%s)', CASE prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END, nspname, proname,
      (SELECT string_agg(format_type(type, NULL), ', ' ORDER BY place)
        FROM unnest(proargtypes) WITH ORDINALITY AS a(type, place))), NULL
  FROM pg_proc AS p JOIN space AS n ON n.oid = pronamespace
UNION ALL
  SELECT CASE relkind WHEN 'S' THEN 6 ELSE 4 END, 'pg_class'::regclass, c.oid, 0,
    CASE relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END, relowner, relacl,
    format('%s %I.%I', CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, nspname, relname), NULL
  FROM pg_class AS c JOIN space AS n ON n.oid = relnamespace
  WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
UNION ALL
  SELECT 5, 'pg_class'::regclass, c.oid, attnum, 'c', relowner, attacl,
    format('TABLE %I.%I', nspname, relname), format('%I', attname)
  FROM pg_attribute JOIN pg_class AS c ON c.oid = attrelid JOIN space AS n ON n.oid = relnamespace
  WHERE attacl IS NOT NULL AND NOT attisdropped
UNION ALL
  SELECT 7, 'pg_language'::regclass, oid, 0, 'l', lanowner, lanacl, format('LANGUAGE %I', lanname), NULL
  FROM pg_language WHERE lanpltrusted
UNION ALL
  SELECT 8, 'pg_foreign_data_wrapper'::regclass, oid, 0, 'F', fdwowner, fdwacl,
    format('FOREIGN DATA WRAPPER %I', fdwname), NULL
  FROM pg_foreign_data_wrapper
UNION ALL
  SELECT 9, 'pg_foreign_server'::regclass, oid, 0, 'S', srvowner, srvacl, format('FOREIGN SERVER %I', srvname), NULL
  FROM pg_foreign_server
UNION ALL
  SELECT 11, 'pg_largeobject'::regclass, oid, 0, 'L', lomowner, lomacl, format('LARGE OBJECT %s', oid), NULL
  FROM pg_largeobject_metadata),
known AS (
  SELECT o.sort, o.class, o.oid, o.part, o.owner, o.name, o.part_name, '' AS prefix, false AS is_default,
    is_public, foreign_object, coalesce(o.acl, acldefault(o.kind, o.owner)) AS acl,
    CASE WHEN is_public
      THEN ARRAY[makeaclitem(0, o.owner, 'USAGE', false)]
        || CASE WHEN version < 150000 THEN ARRAY[makeaclitem(0, o.owner, 'CREATE', false)] ELSE '{}' END
      ELSE coalesce(CASE WHEN foreign_object THEN initprivs END, acldefault(o.kind, o.owner)) END AS start,
    (SELECT count(*) FROM aclexplode(acldefault(o.kind, o.owner)) AS a WHERE a.grantee = o.owner) AS all_rights,
    NOT (superuser OR CASE
      WHEN is_public THEN CASE WHEN provider IS NULL THEN version >= 150000 ELSE pg_has_role(me, provider, 'USAGE') END
      WHEN foreign_object THEN o.owner = me
      ELSE true END) AS for_administrator
  FROM restorer CROSS JOIN object AS o
    CROSS JOIN LATERAL (SELECT o.sort = 1 AND o.name = 'SCHEMA public' AS is_public) AS p
    CROSS JOIN LATERAL (SELECT NOT is_public AND (o.oid < 16384 AND o.sort <> 11 OR EXISTS (
      SELECT FROM pg_depend AS d WHERE d.classid = o.class AND d.objid = o.oid AND d.deptype = 'e')) AS foreign_object) AS f
    LEFT JOIN pg_init_privs AS i ON i.classoid = o.class AND i.objoid = o.oid AND i.objsubid = o.part
  WHERE o.acl IS NOT NULL OR is_public OR NOT foreign_object AND o.owner <> me
UNION ALL
  SELECT 10, 'pg_default_acl'::regclass, a.oid, 0, defaclrole,
    CASE defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES'
      WHEN 'n' THEN 'SCHEMAS' ELSE 'LARGE OBJECTS' END, NULL,
    format('ALTER DEFAULT PRIVILEGES FOR ROLE %I ', rolname) || coalesce('IN SCHEMA ' || quote_ident(nspname) || ' ', ''), true,
    false, false, defaclacl, CASE WHEN defaclnamespace = 0 THEN built_in END,
    (SELECT count(*) FROM aclexplode(built_in) AS e WHERE e.grantee = defaclrole),
    NOT (superuser OR pg_has_role(me, defaclrole, 'USAGE'))
  FROM restorer CROSS JOIN pg_default_acl AS a JOIN pg_roles AS r ON r.oid = defaclrole
    LEFT JOIN pg_namespace AS n ON n.oid = defaclnamespace
    CROSS JOIN LATERAL (SELECT acldefault(CASE defaclobjtype WHEN 'S' THEN 's' ELSE defaclobjtype END, defaclrole)
      AS built_in) AS b),
was AS (
  SELECT class, oid, part, grantee, privilege_type, bool_or(grantable) AS grantable
  FROM (
    SELECT class, known.oid, part, whom AS grantee, privilege_type,
      is_grantable OR NOT is_default AND a.grantee = owner AS grantable
    FROM restorer CROSS JOIN known CROSS JOIN aclexplode(acl) AS a
      CROSS JOIN unnest(CASE WHEN NOT is_default AND a.grantee = database_owner THEN ARRAY[a.grantee, datdba] ELSE ARRAY[a.grantee] END)
        AS whom
    WHERE is_default OR NOT (foreign_object AND a.grantee = owner)) AS single
  GROUP BY class, oid, part, grantee, privilege_type),
will AS (
  SELECT class, oid, part, grantee, privilege_type, is_grantable AS grantable
  FROM known CROSS JOIN aclexplode(start)
  WHERE is_default OR grantee = 0 OR foreign_object AND grantee <> owner),
change AS (
  SELECT 'GRANT' AS verb, was.* FROM was LEFT JOIN will USING (class, oid, part, grantee, privilege_type)
  WHERE will.class IS NULL OR was.grantable AND NOT will.grantable
UNION ALL
  SELECT 'REVOKE', class, oid, part, grantee, privilege_type, false
  FROM will LEFT JOIN was USING (class, oid, part, grantee, privilege_type) WHERE was.class IS NULL),
concerned AS (
  SELECT change.*, sort, name, prefix, part_name, all_rights, for_administrator, is_default, owner,
    r.rolname, CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE quote_ident(r.rolname) END AS whom
  FROM restorer CROSS JOIN change JOIN known USING (class, oid, part) LEFT JOIN pg_roles AS r ON r.oid = grantee
  WHERE (grantee = 0 OR r.oid IS NOT NULL)
    AND (is_default OR NOT coalesce(r.rolsuper, false)
      AND (grantee <> me OR known.is_public AND for_administrator AND version >= 150000)
      AND NOT (known.is_public AND (grantee IS NOT DISTINCT FROM database_owner OR grantee IS NOT DISTINCT FROM provider)))),
single AS (
  SELECT sort, class, oid, name, prefix, verb, whom, rolname, grantable, for_administrator, all_rights, is_default,
    coalesce(grantee = owner, false) AS of_owner, privilege_type, json_agg(part_name ORDER BY part) AS parts
  FROM concerned
  GROUP BY sort, class, oid, name, prefix, verb, whom, rolname, grantable, for_administrator, all_rights, is_default, grantee,
    owner, privilege_type),
owned AS (
  SELECT r.oid, count(*) AS objects
  FROM restorer CROSS JOIN pg_shdepend AS s JOIN pg_database AS d ON d.oid = s.dbid JOIN pg_roles AS r ON r.oid = refobjid
  WHERE d.datname = current_database() AND refclassid = 'pg_authid'::regclass AND deptype = 'o'
    AND s.classid NOT IN ('pg_default_acl'::regclass, 'pg_user_mapping'::regclass)
    AND NOT r.rolsuper AND r.oid <> me
    AND NOT (s.classid = 'pg_namespace'::regclass AND s.objid = to_regnamespace('public') AND r.oid IS NOT DISTINCT FROM provider)
    AND NOT EXISTS (
      SELECT FROM pg_depend AS e WHERE e.classid = s.classid AND e.objid = s.objid AND e.deptype = 'e')
    AND NOT EXISTS (
      SELECT FROM pg_class AS c WHERE s.classid = 'pg_class'::regclass AND c.oid = s.objid AND c.relpersistence = 't')
  GROUP BY r.oid)
SELECT json_build_object(
  'owned', (SELECT coalesce(json_object_agg(rolname, objects), '{}') FROM owned JOIN pg_roles USING (oid)),
  'changes', (SELECT coalesce(json_agg(change), '[]') FROM (
    SELECT sort, name, prefix, verb, whom, rolname AS role, grantable, for_administrator AS "forAdministrator",
      all_rights AS "allRights", is_default AS "isDefault", of_owner AS "ofOwner",
      json_agg(json_build_array(privilege_type, parts) ORDER BY privilege_type) AS privileges
    FROM single
    GROUP BY sort, class, oid, name, prefix, verb, whom, rolname, grantable, for_administrator, all_rights, is_default, of_owner)
  AS change))`;

;// CONCATENATED MODULE: ./build/postgres/privileges/privilege-change.js
/** The statements that make changes: single ones, each with its semicolon, one for all roles that get the same on an object. */
function statementsFor(changes) {
    const groups = Map.groupBy(changes, (change) => JSON.stringify([
        change.sort,
        change.prefix,
        change.name,
        change.verb,
        privilegesOf(change),
        change.grantable,
    ]));
    return [...groups.values()]
        .flatMap(([first, ...others]) => {
        if (!first)
            return [];
        const { sort, prefix, name, verb, grantable } = first;
        const whom = [first, ...others].map((one) => one.whom).toSorted(byCodePoint);
        const sql = `${prefix}${verb} ${privilegesOf(first)} ON ${name} ${verb === 'GRANT' ? 'TO' : 'FROM'} ${whom.join(', ')}` +
            `${grantable ? ' WITH GRANT OPTION' : ''};`;
        return [{ sort, name, prefix, verb, sql }];
    })
        .toSorted((a, b) => a.sort - b.sort ||
        byCodePoint(a.name, b.name) ||
        byCodePoint(a.prefix, b.prefix) ||
        byCodePoint(b.verb, a.verb) ||
        byCodePoint(a.sql, b.sql))
        .map(({ sql }) => sql);
}
/** `SELECT, UPDATE (id, words)`, or `ALL`. */
function privilegesOf({ sort, verb, allRights, privileges }) {
    const ofColumns = 5;
    if (verb === 'GRANT' && sort !== ofColumns && allRights > 1 && privileges.length === allRights)
        return 'ALL';
    return privileges
        .map(([privilege, parts]) => {
        const columns = parts.filter((part) => part !== null);
        return columns.length === 0 ? privilege : `${privilege} (${columns.join(', ')})`;
    })
        .join(', ');
}
function byCodePoint(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}

;// CONCATENATED MODULE: ./build/postgres/privileges/lost-privileges.js



/**
 * Finds out who else than the restoring role has rights in a database or owns things there. Any role that can connect may
 * ask.
 *
 * The statements give each role what it had, by grants of the restoring role, whoever made the original ones. What only an
 * owner may do (`ALTER`, `DROP`, passing by row security) cannot be granted. A statement on an object that the backup does
 * not have fails alone.
 * @param role who will own everything in the restored database
 * @throws ProcessFailure if the server refuses
 */
async function lostPrivileges(psql, database, role) {
    return summarised(await rightsIn(psql, database, role));
}
/**
 * What of it is still lost after a restore that brings owners or rights back.
 * @param restored the restored database
 * @throws ProcessFailure if the server refuses
 */
async function stillLost(psql, restored, role, rights) {
    return summarised(stillMissing(rights, await rightsIn(psql, restored, role)));
}
/** What of it a restore loses that brings one of the two back, as far as that can be known before. */
function lostBy({ noOwner, noPrivileges }, rights) {
    return summarised({
        owned: noOwner ? rights.owned : {},
        changes: rights.changes.filter(({ ofOwner }) => (ofOwner ? noOwner : noPrivileges)),
    });
}
async function rightsIn(psql, database, role) {
    return (0,session_psql/* ask */.kA)(psql, database, privilegesQuery, { role });
}
/** Rights that are not among others, which are of the same objects in another database. */
function stillMissing(was, is) {
    const single = (change, privilege, part, grantable) => JSON.stringify([change.prefix, change.name, change.verb, change.role, privilege, part, grantable]);
    const there = new Set();
    for (const change of is.changes) {
        for (const [privilege, parts] of change.privileges) {
            for (const part of parts) {
                there.add(single(change, privilege, part, change.grantable));
                there.add(single(change, privilege, part, false));
            }
        }
    }
    const changes = was.changes.flatMap((change) => {
        const privileges = change.privileges.flatMap(([privilege, parts]) => {
            const left = parts.filter((part) => !there.has(single(change, privilege, part, change.grantable)));
            return left.length === 0 ? [] : [[privilege, left]];
        });
        return privileges.length === 0 ? [] : [{ ...change, privileges }];
    });
    const owned = Object.entries(was.owned).map(([role, objects]) => [role, objects - (is.owned[role] ?? 0)]);
    return { owned: Object.fromEntries(owned.filter(([, objects]) => objects > 0)), changes };
}
function summarised(rights) {
    const { owned, changes } = rights;
    const objects = (of) => new Set(of.map(({ prefix, name }) => prefix + name)).size;
    const held = changes.filter(({ verb, isDefault, ofOwner }) => verb === 'GRANT' && !isDefault && !ofOwner);
    const byRole = Map.groupBy(held, ({ role }) => role);
    const names = new Set([...Object.keys(owned), ...held.flatMap(({ role }) => role ?? [])]);
    return {
        roles: [...names].toSorted(byCodePoint).map((role) => ({
            role,
            owns: owned[role] ?? 0,
            holds: objects(byRole.get(role) ?? []),
        })),
        grantedToPublic: objects(byRole.get(null) ?? []),
        revokedFromPublic: objects(changes.filter(({ verb, role, isDefault }) => verb === 'REVOKE' && role === null && !isDefault)),
        defaultPrivileges: objects(changes.filter(({ isDefault }) => isDefault)),
        script: statementsFor(changes.filter(({ forAdministrator }) => !forAdministrator)),
        administratorScript: statementsFor(changes.filter(({ forAdministrator }) => forAdministrator)),
        rights,
    };
}

// EXTERNAL MODULE: ./build/postgres/properties/restore-mark.js
var restore_mark = __webpack_require__(5148);
;// CONCATENATED MODULE: ./build/postgres/properties/old-database.js







/**
 * Reads what belongs to a database, and who loses rights in it. A drop that was cut off leaves a database that cannot be
 * entered, and only be dropped; it is `invalid`. https://www.postgresql.org/docs/release/15.4/ One that a restore was filling has
 * nothing of its own.
 * @param role who will own everything in the restored database; undefined if its archive brings the rights back
 * @throws Failure if there is no such database; ProcessFailure if the server refuses
 */
async function readOldDatabase(psql, database, role) {
    const read = await (0,properties_read/* readProperties */.Q)(psql, database);
    const replaced = (0,restore_mark/* readReplacedMark */.ot)(read.comment); // one that a person has put back into its place
    const properties = replaced ? { ...read, comment: replaced.comment } : read;
    if (properties.connectionLimit === -2)
        return { state: 'invalid' };
    const mark = (0,restore_mark/* readRestoreMark */.gr)(properties.comment);
    if (mark)
        return { state: 'unfinished', ...(mark.properties && { properties: mark.properties }) };
    if (role === undefined)
        return { state: 'valid', properties };
    try {
        return { state: 'valid', properties, privileges: await lostPrivileges(psql, database, role) };
    }
    catch (error) {
        // psql exits with 2 if it could not connect.
        if (!(error instanceof base_process/* ProcessFailure */.iq && error.exitCode === 2))
            throw error;
        if (!(await mayBeClosed(psql, database)))
            throw error;
        return { state: 'valid', properties, reason: (0,explain.explainServerError)(error).cause };
    }
}
/** Whether something about the database itself keeps this role out; the server's words for it are in any language. */
async function mayBeClosed(psql, database) {
    const query = `SELECT json_build_object('closed', NOT datallowconn OR datconnlimit >= 0
      OR NOT has_database_privilege(oid, 'CONNECT'))
    FROM pg_database WHERE datname = :'database'`;
    return (await (0,session_psql/* ask */.kA)(psql, server/* maintenanceDatabase */.Xb, query, { database })).closed;
}

;// CONCATENATED MODULE: ./build/jobs/replace/carry-over-source.js



/**
 * Finds out what a restored database is to have: what the old one has, whose place it takes. Where there is none, or only what is
 * left of one, it is what the backup says of the database that it was made of.
 * @param only whether it is asked for the properties alone, and not for who loses rights, which has to be asked in the database
 * @throws ProcessFailure
 */
async function readCarryOverSource({ request, prepared, original }, step, only) {
    const { database, noOwner, noPrivileges } = request;
    const { psql, server } = prepared;
    const ofBackup = {
        source: 'original',
        properties: original?.properties ?? builtIn(server.role),
        privileges: original?.privileges,
    };
    if (!server.target)
        return ofBackup;
    const loses = only === undefined && (noOwner || noPrivileges);
    const all = await readOldDatabase((0,session_overrides/* withSessionOverrides */.Q)(psql, server.major), database, loses ? server.role : undefined);
    if (all.state === 'invalid') {
        if (only === undefined)
            step.info('The old database is what an interrupted drop has left, with nothing to carry over: settings and rights come from the backup');
        return ofBackup;
    }
    if (all.state === 'unfinished') {
        return all.properties ? { ...ofBackup, source: 'old', properties: all.properties } : ofBackup;
    }
    const { properties, privileges, reason } = all;
    if (reason !== undefined)
        step.warn(`Who had privileges in the old database is unknown, since this role cannot connect to it: ${reason}`);
    return { source: 'old', properties, privileges };
}
/** What a database has of which nothing is known. */
function builtIn(owner) {
    return {
        ...{ owner, tablespace: 'pg_default', connectionLimit: -1, allowConnections: true, isTemplate: false },
        ...{ comment: null, settings: [], grants: null },
    };
}
/** The same with the rights alone that a restore like this is expected to lose, for as long as there is nothing to ask. */
function expectedLoss(belongings, { request }) {
    const { privileges } = belongings;
    if (!privileges?.rights)
        return belongings;
    return { ...belongings, privileges: lostBy(request, privileges.rights) };
}
/**
 * The same with the rights alone that have not come back with the archive.
 * @param restored what the restored database is called now
 * @throws ProcessFailure
 */
async function actualLoss(belongings, { request, prepared }, restored) {
    const { privileges } = belongings;
    if (!privileges?.rights || (request.noOwner && request.noPrivileges))
        return belongings;
    const { psql, server } = prepared;
    const lost = await stillLost((0,session_overrides/* withSessionOverrides */.Q)(psql, server.major), restored, server.role, privileges.rights);
    return { ...belongings, privileges: lost };
}

;// CONCATENATED MODULE: ./build/postgres/swap/drop.js











/** Whether the end of the job has nothing to look for: what there is, if anything, is not for it to drop. */
function isSettled({ state }) {
    return state === 'dropped' || state === 'another' || state === 'unmarked';
}
/** What a database is called that may have been renamed to be dropped. */
function eitherName(name, dropping) {
    return dropping === undefined ? (0,format/* quoted */.TL)(name) : `${(0,format/* quoted */.TL)(name)} or by now ${(0,format/* quoted */.TL)(dropping)}`;
}
/** How long a server that does not answer is waited for, in milliseconds, if not less: it may be about to start again. */
const longestSilence = 60_000;
/** How long the answer to the question is waited for what has become of a database, in milliseconds. */
const longestStateAnswer = 20_000;
const dropScript = (order, known) => {
    const message = [
        'ALTER DATABASE :"name" RENAME TO :"dropping"',
        (0,proof/* proof */.n)('dropping', 'oid', known.comment === undefined ? undefined : 'comment'),
        ...(order.mark === undefined ? [] : [`COMMENT ON DATABASE :"dropping" IS :'mark'`]),
    ];
    // A lock that somebody holds is not waited for without end; what the server itself does takes as long as it takes.
    return `SET application_name = :'session'; SET statement_timeout = 0; SET lock_timeout = '60s';
    ${message.join(' \\;\n')};
    DROP DATABASE :"dropping";`;
};
/**
 * Drops a database that nobody needs any more, and no other: it first gets a name that nobody else knows, in one transaction with a look
 * whether it is the one that is meant. The drop takes as long as it takes, which the log tells, and what came of it is looked up.
 *
 * It holds new connections back by its lock and waits up to five seconds for the others to leave; meanwhile a second session ends them.
 * A cancel does not end it. Never throws, since what failed or succeeded before stays so.
 */
async function dropDatabase(psql, known, order, step) {
    const { insistence } = psql.connection.admission;
    const longest = Math.min(longestSilence, insistence?.patience.total ?? longestSilence);
    const hurry = AbortSignal.any([psql.signal, AbortSignal.timeout(longest)]);
    const patient = { ...psql, signal: new AbortController().signal, hurry };
    const describe = (elapsed) => `${(0,format/* formatDuration */.a3)(elapsed)}: dropping ${(0,format/* quoted */.TL)(known.name)}`;
    return (0,base_step/* withProgress */.E)(step, describe, async () => {
        let { name } = known;
        for (const begun = performance.now();; await (0,promises_.setTimeout)(1_000)) {
            const outcome = await tryToDrop(patient, { ...known, name }, order, longest);
            if (!wasCutOff(outcome) || performance.now() - begun > longest)
                return outcome;
            name = outcome.name;
        }
    });
}
/** Whether the connection was lost, or there was none, and the database is left by that. psql exits with 2 then. */
function wasCutOff(outcome) {
    return ((outcome.state === 'there' || outcome.state === 'destroyed') &&
        outcome.reason instanceof base_process/* ProcessFailure */.iq &&
        outcome.reason.exitCode === 2);
}
async function tryToDrop(psql, known, order, silence) {
    const session = `postgres-azure-backup drop ${(0,external_node_crypto_.randomBytes)(4).toString('hex')}`;
    const { name, oid, comment = '' } = known;
    const dropping = droppingName(order.database);
    const work = () => (0,session_psql/* runScript */.j3)(psql, server/* maintenanceDatabase */.Xb, dropScript(order, known), {
        ...{ name, oid: String(oid), comment, dropping, session, mark: order.mark ?? '' },
    });
    try {
        await (order.endSessions ? (0,end_sessions/* whileEndingSessions */.m4)(psql, [oid], work) : work());
        return { state: 'dropped' };
    }
    catch (reason) {
        try {
            const found = await whatBecame(psql, known, session, silence);
            const isElsewhere = found.name !== null && ![name, dropping].includes(found.name);
            if ((0,proof/* isMistaken */.H)(reason) || (isElsewhere && found.another))
                return { ...mistakenFor(known, found.name), name, reason };
            if (found.name === null)
                return { state: 'dropped' };
            return { state: found.limit === -2 ? 'destroyed' : 'there', name: found.name, reason };
        }
        catch {
            return { state: 'unknown', name, dropping, reason };
        }
    }
}
/** What is true of a database whose proof has failed. @param now what it is called, by its OID; null if it is gone */
function mistakenFor({ name, comment }, now) {
    if (now === name)
        return { state: comment === undefined ? 'there' : 'unmarked' };
    return { state: 'another', ...(now !== null && { elsewhere: now }) };
}
/**
 * What a database is called, if it is there, once the server is no longer at work on it: a lost connection does not end what the server
 * is doing; and whether another has its name.
 * @param longest for how long a server that does not answer is asked, in milliseconds
 * @throws what asking failed with
 */
async function whatBecame(psql, { name, oid }, session, longest) {
    const question = `SELECT json_build_object(
      'atWork', EXISTS (SELECT FROM pg_stat_activity WHERE application_name = :'session' AND ${isOurRole}),
      'name', (SELECT datname FROM pg_database WHERE oid::text = :'oid'),
      'limit', (SELECT datconnlimit FROM pg_database WHERE oid::text = :'oid'),
      'another', EXISTS (SELECT FROM pg_database WHERE datname = :'name' AND oid::text <> :'oid'))`;
    for (let heard = performance.now();; await (0,promises_.setTimeout)(500)) {
        try {
            const asking = { ...psql, signal: AbortSignal.timeout(longestStateAnswer) };
            const variables = { session, oid: String(oid), name };
            const found = await (0,session_psql/* ask */.kA)(asking, server/* maintenanceDatabase */.Xb, question, variables);
            if (!found.atWork)
                return found;
            heard = performance.now();
        }
        catch (error) {
            if (performance.now() - heard > longest)
                throw error;
        }
    }
}

;// CONCATENATED MODULE: ./build/postgres/swap/create.js











/**
 * Creates an empty database, owned by the role. `template0` is the one template that takes any encoding and locale.
 * @param locale as it should be; undefined for the server's own
 * @param beforeOpened statements, each with its semicolon, that are run before anybody can connect to it
 */
async function createDatabase(psql, name, locale, major, beforeOpened = '') {
    const options = locale ? createOptions(locale, major) : { sql: '', variables: {} };
    await (0,session_psql/* runScript */.j3)(psql, server/* maintenanceDatabase */.Xb, `SET application_name = :'creator'; SET statement_timeout = 0;\nCREATE DATABASE :"name" TEMPLATE template0 ${options.sql}${beforeOpened === ''
        ? ';'
        : ` ALLOW_CONNECTIONS false CONNECTION LIMIT ${birthmark(name)};\n${beforeOpened}\nALTER DATABASE :"name" ALLOW_CONNECTIONS true CONNECTION LIMIT -1;`}`, { name, creator: creatorOf(name), ...options.variables });
}
/**
 * The connection limit with which a database of that name comes to be, closed to everybody: a comment can only be given to a database that
 * is there, and a run may be killed between the two. Nobody else gives one like it.
 */
function birthmark(name) {
    return 1_000_000_000 + ((0,external_node_crypto_.createHash)('sha256').update(name).digest().readUInt32BE() % 1_000_000_000);
}
/**
 * Creates an empty database to restore into, with the mark as its comment. Nobody but its owner can ever connect to it, superusers
 * apart.
 * @throws ProcessFailure; the database may be there then, which `findCreated` tells
 */
async function createForRestore(psql, name, mark, locale, major) {
    const comment = `COMMENT ON DATABASE ${(0,sql_text/* identifier */.Cv)(name)} IS ${(0,sql_text/* literal */.eu)((0,restore_mark/* restoreMark */.QR)(mark))}`;
    await createDatabase(psql, name, locale, major, `${comment};\n${closingStatement(name)};`);
    const created = await findCreated(psql, name, mark);
    if (created)
        return created;
    throw new failure/* Failure */.HR({
        tried: `Creating database ${(0,format/* quoted */.TL)(name)}`,
        cause: 'it was dropped or renamed by somebody else at once',
        advice: 'Find out by whom, then run the restore again.',
    });
}
/**
 * The database that `createForRestore` has made with this name and this mark, if it is there; one that somebody else has made with that
 * name is none.
 * @throws ProcessFailure
 */
async function findCreated(psql, name, mark) {
    const comment = (0,restore_mark/* restoreMark */.QR)(mark);
    const question = `SELECT json_build_object('found', (SELECT json_build_object('oid', oid::bigint, 'comment', shobj_description(oid, 'pg_database'))
    FROM pg_database WHERE datname = :'name' AND pg_has_role(datdba, 'USAGE') AND (shobj_description(oid, 'pg_database') = :'comment'
      OR (NOT datallowconn AND datconnlimit::text = :'birthmark'))))`;
    const variables = { name, comment, birthmark: String(birthmark(name)) };
    const { found } = await (0,session_psql/* ask */.kA)(psql, server/* maintenanceDatabase */.Xb, question, variables);
    return found ? { name, oid: found.oid, ...(found.comment === comment && { comment }) } : undefined;
}
/** How the session is called that creates a database, in the 63 bytes that a server keeps of such a name. */
function creatorOf(database) {
    return `postgres-azure-backup create ${(0,external_node_crypto_.createHash)('sha256').update(database).digest('hex').slice(0, 16)}`;
}
/** Between two looks whether a session has ended, in milliseconds, and how often it is looked for. */
const endPause = 100;
const endLooks = 100;
/**
 * Ends the session that creates a database, if it is still at work: a lost connection does not end what the server is doing, and the
 * database would come to be after it was dropped.
 * @throws ProcessFailure if the server can't be reached; Error if it does not end the session
 */
async function terminateCreation(psql, database) {
    const question = `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = :'creator' AND ${isOurRole}`;
    for (let look = 0; look < endLooks; look++) {
        const creator = creatorOf(database);
        if ((await (0,session_psql/* ask */.kA)(psql, server/* maintenanceDatabase */.Xb, question, { creator })) === 0)
            return;
        await (0,promises_.setTimeout)(endPause);
    }
    throw new Error(`The server is still creating ${(0,format/* quoted */.TL)(database)}`);
}

;// CONCATENATED MODULE: ./build/postgres/swap/leftovers.js






/**
 * Finds what killed restores of a database have left, and what others have kept. Whoever holds the lock knows that no other restore of it
 * is running. An old database is not droppable unless the very one that took its place, by its OID, still has it and is whole, or it is a
 * ruin: what somebody else has made there since is no reason to drop what may be the last copy.
 * @throws ProcessFailure
 */
async function findLeftovers({ session, database }) {
    const question = `SELECT json_build_object(
    'target', (SELECT json_build_object('oid', oid::bigint, 'comment', shobj_description(oid, 'pg_database'), 'limit', datconnlimit)
      FROM pg_database WHERE datname = :'database'),
    'beside', (SELECT coalesce(json_agg(json_build_object(
      'name', datname, 'oid', oid::bigint, 'comment', shobj_description(oid, 'pg_database'), 'owned', pg_has_role(datdba, 'USAGE'),
      'limit', CASE WHEN NOT datallowconn THEN datconnlimit END, 'ruined', datconnlimit = -2,
      'sessions', (SELECT count(*) FROM pg_stat_activity AS s WHERE s.datid = d.oid AND usesysid IS NOT NULL))
      ORDER BY datname), '[]')
    FROM pg_database AS d WHERE datname ~ '_(restore|before|dropping)_[0-9]{14}' AND NOT datistemplate))`;
    const { target, beside } = JSON.parse(await session.run(question, { database }));
    const isWhole = target !== null && target.limit !== -2 && (0,restore_mark/* readRestoreMark */.gr)(target.comment) === undefined;
    const leftovers = beside.flatMap((found) => leftoverOf(found, database, isWhole ? target.oid : undefined) ?? []);
    const kept = beside.map(({ name }) => name).filter((name) => isPreviousName(name, database));
    return { leftovers, kept: kept.filter((name) => !leftovers.some((leftover) => leftover.name === name)) };
}
/** @param whole the OID of what has the name of the database, if it is whole */
function leftoverOf(found, database, whole) {
    const { name, oid, comment, owned, limit, ruined, sessions } = found;
    const [isNew, isOld] = [isRestoreName(name, database), isPreviousName(name, database)];
    if (!isNew && !isOld && !isDroppingName(name, database))
        return undefined;
    const of = (mark) => mark?.database === database ? mark.run : undefined;
    const replaced = (0,restore_mark/* readReplacedMark */.ot)(comment);
    const replacedBy = of(replaced);
    const unmarked = isNew && comment === null && limit === birthmark(name) ? '' : undefined;
    const run = of((0,restore_mark/* readRestoreMark */.gr)(comment)) ?? replacedBy ?? unmarked;
    if (isOld && run === undefined)
        return undefined; // one that was kept
    const isNeeded = replacedBy !== undefined && !ruined && (whole === undefined || replaced?.by !== whole);
    return {
        ...{ name, oid, run, sessions, ...(comment !== null && { comment }) },
        kind: replacedBy === undefined ? 'new' : 'old',
        droppable: run !== undefined && owned && sessions === 0 && !isNeeded,
    };
}
/** Drops a leftover that is `droppable`. Ends nobody's session: it is still there if it is used after all. */
async function dropLeftover(psql, database, leftover, step) {
    return dropDatabase(psql, leftover, { database, endSessions: false }, step);
}
/**
 * Drops the database that `createForRestore` has made with this name and this mark, if it has, and the sessions in it. Nobody else's of
 * that name is touched, or told. Never throws.
 * @param oid of the one that was made, if it was; undefined while that is not known
 */
async function dropCreated(psql, { name, oid }, mark, step) {
    const patient = (0,session_psql/* uninterrupted */.qA)(psql);
    try {
        await terminateCreation(patient, name);
        const created = await findCreated(patient, name, mark);
        if (!created) {
            const isThere = oid !== undefined && (await oidOf(patient, name)) === oid;
            return isThere ? { state: 'unmarked', name, reason: undefined } : { state: 'dropped' };
        }
        return await dropDatabase(psql, created, { database: mark.database, endSessions: true }, step);
    }
    catch (reason) {
        return { state: 'unknown', name, reason };
    }
}

;// CONCATENATED MODULE: ./build/jobs/replace/retire-old.js





/** Drops the old database after a swap, or leaves it under its new name. The restore has succeeded, whatever happens here. */
async function retireOldDatabase(known, { withheld }, { request, prepared }, step) {
    const { database, keepPrevious } = request;
    const { name: previous } = known;
    const notes = [];
    if (withheld.length > 0) {
        const text = `The old database is kept as ${(0,format/* quoted */.TL)(previous)}: only it has the value of ${withheld.join(', ')}, which is not shown here. As an ` +
            `administrator, copy what was set in it with psql and this query${keepPrevious ? '' : ', then drop it'}:`;
        const sql = copySettings(previous, database);
        step.warn(text, sql);
        notes.push({ text, sql });
    }
    if (keepPrevious) {
        step.info(`Old database kept as ${(0,format/* quoted */.TL)(previous)}`);
        const text = `The old database is kept as ${(0,format/* quoted */.TL)(previous)}. To go back to it, run this in database postgres while nobody is connected to ` +
            'either of the two:';
        notes.push({ text, about: 'undo', sql: wayBack(previous, database) });
        const drop = 'Drop the kept database when it is no longer needed:';
        notes.push({ text: drop, about: 'clean up', sql: [`DROP DATABASE ${(0,sql_text/* identifier */.Cv)(previous)};`] });
    }
    if (notes.length > 0) {
        step.writeDown(undefined);
        return { previousDatabase: previous, notes };
    }
    const dropped = await dropDatabase(prepared.psql, known, { database, endSessions: true }, step);
    if (isSettled(dropped))
        step.writeDown(undefined);
    if (dropped.state === 'dropped') {
        step.info(`Dropped ${(0,format/* quoted */.TL)(previous)}`);
        return {};
    }
    const note = noteOfLeftDatabase(dropped);
    step.warn(note.text, note.sql);
    return { notes: [note] };
}
/** What to tell of an old database that could not be dropped. A drop that is cut off in the middle leaves a ruin. */
function noteOfLeftDatabase(left) {
    const { state, name, elsewhere, dropping, reason } = left;
    const { cause } = diagnose(reason);
    const sql = dropStatements(name, dropping); // the end of the job tries it again
    switch (state) {
        case 'another':
            if (elsewhere === undefined)
                return {
                    text: `The old database is gone: somebody else has dropped it. Another one is called ${(0,format/* quoted */.TL)(name)} now; it was left alone.`,
                };
            return {
                text: `The old database is still there as ${(0,format/* quoted */.TL)(elsewhere)}: somebody else has renamed it. Another one is called ${(0,format/* quoted */.TL)(name)} now; it was ` +
                    `left alone.\nDrop ${(0,format/* quoted */.TL)(elsewhere)} once it is no longer needed:`,
                sql: dropStatements(elsewhere),
            };
        case 'unmarked':
            return {
                text: `The old database is still there as ${(0,format/* quoted */.TL)(name)}. It was not dropped, since somebody else has changed its comment, which marked ` +
                    'it as no longer needed.\nDrop it once it is no longer needed:',
                sql,
            };
        case 'unknown':
            return noteOfUnknownDrop(left, (names) => `the old database, ${names},`);
        case 'destroyed':
            return {
                text: `The old database is still there as ${(0,format/* quoted */.TL)(name)}, and unusable, since dropping it was cut off: ${cause}\nDrop it:`,
                sql,
            };
        case 'there':
            return {
                text: `The restore succeeded, but the old database is still there as ${(0,format/* quoted */.TL)(name)}: ${cause}\nDrop it once it is no longer needed:`,
                sql,
            };
    }
}
/** What to tell of a database of which nobody knows whether it is dropped. @param what it is, made of its names */
function noteOfUnknownDrop({ name, dropping, reason }, what = (names) => names) {
    const which = what(eitherName(name, dropping));
    return {
        text: `The server could not be asked whether ${which} is dropped: ${diagnose(reason).cause}\nIf it is still there, drop it:`,
        sql: dropStatements(name, dropping),
    };
}
/** Statements that drop a database, whichever of its names it has, and whether it is still there or not. */
function dropStatements(...names) {
    return names.flatMap((name) => name === undefined ? [] : [`DROP DATABASE IF EXISTS ${(0,sql_text/* identifier */.Cv)(name)};`]);
}
/**
 * Statements that put an old database into its old place, both renamed or none.
 * @param comment the statement that gives it its comment, where it has a mark of ours in place of that
 */
function wayBack(previous, database, comment) {
    return [
        'BEGIN;',
        `ALTER DATABASE ${(0,sql_text/* identifier */.Cv)(database)} RENAME TO ${(0,sql_text/* identifier */.Cv)((0,database_names/* siblingName */.Ue)(previous, 'undone'))};`,
        `ALTER DATABASE ${(0,sql_text/* identifier */.Cv)(previous)} RENAME TO ${(0,sql_text/* identifier */.Cv)(database)};`,
        ...(comment === undefined ? [] : [`${comment};`]),
        'COMMIT;',
    ];
}
/**
 * A query whose rows psql runs as statements, without anybody's functions in place of the system's:
 * https://www.postgresql.org/docs/current/app-psql.html (\gexec)
 */
function copySettings(previous, database) {
    return [
        "SET search_path TO '';",
        [
            "SELECT CASE WHEN setrole = 0 THEN 'ALTER ' ELSE format('ALTER ROLE %I IN ', rolname) END",
            `|| format('DATABASE %I SET %s TO %L', ${(0,sql_text/* literal */.eu)(database)}::text, parameter, substr(line, strpos(line, '=') + 1))`,
            'FROM pg_db_role_setting LEFT JOIN pg_roles AS r ON r.oid = setrole',
            "CROSS JOIN unnest(setconfig) AS s(line), split_part(line, '=', 1) AS n(name),",
            "LATERAL (SELECT string_agg(quote_ident(part), '.' ORDER BY place) AS parameter",
            "FROM unnest(string_to_array(name, '.')) WITH ORDINALITY AS p(part, place)) AS quoted",
            "WHERE name LIKE '%.%' AND (setrole = 0 OR rolname IS NOT NULL)",
            `AND setdatabase = (SELECT oid FROM pg_database WHERE datname = ${(0,sql_text/* literal */.eu)(previous)}) \\gexec`,
        ].join(' '),
    ];
}

;// CONCATENATED MODULE: ./build/jobs/replace/clear-leftovers.js








/** What killed restores of this database have left: ours is dropped, anything else only named. */
async function clearLeftovers(lock, { psql }, step) {
    const { leftovers, kept } = await findLeftovers(lock);
    if (kept.length > 0)
        step.info(`Old databases from earlier restores, still on the server: ${(0,finding/* firstFew */.Dt)(kept.map(format/* quoted */.TL))}`);
    const others = [];
    const unknown = [];
    for (const leftover of leftovers) {
        const { name, run, droppable, kind } = leftover;
        const dropped = droppable && (await dropLeftover(psql, lock.database, leftover, step));
        if (!dropped)
            others.push(leftover);
        else if (dropped.state === 'unknown') {
            const which = (names) => `${names}, which a killed restore has left,`;
            unknown.push(noteOfUnknownDrop(dropped, which));
        }
        else if (dropped.state === 'another' && dropped.elsewhere === undefined)
            step.info(`${(0,format/* quoted */.TL)(name)} is another database now; it was left alone`);
        else if (dropped.state !== 'dropped')
            others.push({ ...leftover, name: dropped.elsewhere ?? dropped.name });
        else {
            const by = run === '' ? 'a restore that was killed' : `the restore of run ${run}`;
            step.info(`Dropped ${(0,format/* quoted */.TL)(name)}, ${kind === 'new' ? 'left unfinished' : 'replaced and left'} by ${by}`);
        }
    }
    return [...notesOfLeftovers(others, lock.database), ...unknown].map((note) => {
        step.warn(note.text, note.sql);
        return note;
    });
}
function notesOfLeftovers(leftovers, database) {
    const note = (kind, text) => {
        const names = leftovers.filter((one) => one.kind === kind).map(({ name }) => name);
        if (names.length === 0)
            return [];
        const sql = names.map((name) => `DROP DATABASE ${(0,sql_text/* identifier */.Cv)(name)};`);
        return [{ text: text((0,finding/* firstFew */.Dt)(names.map(format/* quoted */.TL)), names.length), sql }];
    };
    return [
        ...note('new', (names) => `A killed restore seems to have left ${names} on the server. It was not dropped, since that is not certain or ` +
            'it is in use. Check it, then drop it:'),
        ...note('old', (names, number) => `${(0,format/* count */.U9)(number, 'old database')} of ${(0,format/* quoted */.TL)(database)} from before a restore that was killed ${number === 1 ? 'is' : 'are'} still on the ` +
            `server: ${names}. It was not dropped, since it is in use, or what took its place is not whole, not known or no longer there. Once it is no longer needed, drop it:`),
    ];
}
/**
 * Gives up a restore before the old database was touched: drops what was made beside it, and looks what is there. Never throws.
 * @param fresh the name that the new database was to have, and its OID once it was made; one of that name that this restore has not made is
 * left alone
 */
async function giveUp({ request, prepared }, fresh, mark, step) {
    const { psql, server } = prepared;
    const dropped = await dropCreated(psql, fresh, mark, step);
    if (isSettled(dropped))
        step.writeDown(undefined);
    const left = dropped.state === 'dropped' ? {} : { left: dropped };
    try {
        const oid = await oidOf((0,session_psql/* uninterrupted */.qA)(psql, longestLook), request.database);
        return { outcome: oid === (server.target?.oid ?? null) ? 'unchanged' : 'exchanged', ...left };
    }
    catch {
        return { outcome: 'unasked', ...left };
    }
}
/** How long the server is asked for what has become of a database, in milliseconds. */
const longestLook = 20_000;

;// CONCATENATED MODULE: ./build/postgres/swap/put-back.js


/** The statement that gives an old database its comment, in the place of the mark. It has the name `database` by then. */
function commentAgain(database, comment) {
    return `COMMENT ON DATABASE ${(0,sql_text/* identifier */.Cv)(database)} IS ${comment === null ? 'NULL' : (0,sql_text/* literal */.eu)(comment)}`;
}
/**
 * Gives an old database its place back, and its comment; whatever of that does not happen, nothing has. Never throws.
 * @param psql whose cancel prevents a further attempt
 */
function putOldBack(lock, psql, { database, old, comment, empty }) {
    return swapDatabases(lock, psql, {
        ...{ current: database, fresh: old.name, previous: empty.first },
        ...{ expected: empty.oid, made: old.oid },
        statements: [commentAgain(database, comment)],
    });
}

;// CONCATENATED MODULE: ./build/jobs/replace/drop-old.js












/**
 * Puts an empty database in the place of `database`, and drops that. The empty one is created under another name first, because creating
 * is what can fail (a locale that this server lacks, no room). The two exchange names as in a swap, and the old one is dropped then, before
 * anything takes room: so there is a database of that name at every moment, which nobody can create in between, and which an extension finds
 * that is bound to a name; and if the old one cannot be dropped, it goes back to its place.
 * @param mark says of the empty one whose place it takes, and what it is to have in the end
 * @param lastLook is called right before the exchange, and prevents it by throwing
 * @throws Failure that says what state the database is in
 */
async function replaceWithEmpty(replacement, mark, { fresh, previous }, step, lastLook) {
    const { prepared, lock, locale } = replacement;
    const { psql, server } = prepared;
    const { database } = mark;
    let made;
    const failed = async (tried, error) => emptyDatabaseFailed(tried, database, await giveUp(replacement, { name: fresh, oid: made }, mark, step), error);
    const run = { database, run: mark.run };
    let empty;
    let seen;
    try {
        step.writeDown({ ...run, stage: 'filling', fresh: { name: fresh } });
        empty = await createForRestore(psql, fresh, mark, locale, server.major);
        made = empty.oid;
        step.writeDown({ ...run, stage: 'filling', fresh: { name: fresh, oid: empty.oid } });
    }
    catch (error) {
        throw await failed(`Creating an empty database beside ${(0,format/* quoted */.TL)(database)}`, error);
    }
    step.info(`Created empty database ${(0,format/* quoted */.TL)(fresh)}${describeLocale(locale)}`);
    const expected = server.target?.oid ?? null;
    const beside = { ...run, fresh: { name: fresh, oid: empty.oid } };
    const replaced = expected === null ? {} : { previous: { name: previous, oid: expected } };
    try {
        seen = await lastLook(fresh);
        step.writeDown({ ...beside, ...replaced, stage: 'swapping' });
    }
    catch (error) {
        throw await failed(`Replacing database ${(0,format/* quoted */.TL)(database)}`, error);
    }
    const names = { current: database, fresh, previous, statements: [], discardedBy: mark.run };
    const swapped = await swapDatabases(lock, psql, { ...names, expected, made: empty.oid });
    if (swapped.state === 'unknown') {
        // What was written down stays: the end of the job looks how it ended, and undoes it.
        throw new SwapOutcomeUnknown(database, fresh, previous, swapped.reason, 'the empty one');
    }
    if (swapped.state === 'unchanged') {
        step.writeDown({ ...beside, stage: 'filling' });
        throw await failed(`Replacing database ${(0,format/* quoted */.TL)(database)}`, swapped.reason);
    }
    const notes = [];
    const { old } = swapped;
    let became = old ? 'dropped' : 'none';
    if (old && step.signal.aborted) {
        const left = { state: 'there', name: old.known.name, reason: step.signal.reason };
        throw await putBack(replacement, mark, fresh, { ...old, empty }, left, step);
    }
    if (old) {
        const dropped = await dropDatabase(psql, old.known, { database, endSessions: true }, step);
        if (dropped.state === 'there')
            throw await putBack(replacement, mark, fresh, { ...old, empty }, dropped, step);
        // What was written down stays: the old one may be whole, and the end of the job is the next that may be able to look.
        if (dropped.state === 'unknown')
            throw oldNotDropped(database, dropped.name, { oid: old.known.oid, ...dropped }, dropped.reason);
        if (dropped.state !== 'dropped') {
            const note = noteOfLeftDatabase(dropped);
            step.warn(note.text, note.sql);
            notes.push(note);
            became = dropped;
        }
    }
    step.writeDown({ ...beside, stage: 'swapped' }); // the empty one is all that there is
    if (became === 'dropped')
        step.info('Dropped the old database; an empty one has its name now');
    else
        step.info(['The empty database has its name now', describeOld(became)].join('. ').replace(/\. $/, ''));
    return { empty: { ...empty, name: database }, seen, old: became, notes };
}
/** Puts an old database back that the server does not drop, or that a cancel has saved. @returns what to tell */
async function putBack(replacement, mark, fresh, { empty, comment, known, }, { name, reason }, step) {
    const { lock, prepared } = replacement;
    const { database } = mark;
    step.info('Putting the old database back');
    const exchanged = { database, old: { ...known, name }, comment, empty: { oid: empty.oid, first: fresh } };
    const back = await putOldBack(lock, (0,session_psql/* uninterrupted */.qA)(prepared.psql), exchanged);
    const unfinished = { database, run: mark.run };
    if (back.state === 'swapped')
        step.writeDown({ ...unfinished, stage: 'filling', fresh: { name: fresh, oid: empty.oid } });
    // Otherwise what was written down stays: without the lock, or the server, or while somebody is in the way, the end of the job is the next
    // to try.
    if (back.state === 'unknown')
        return new SwapOutcomeUnknown(database, name, fresh, reason, 'the old one', 'the empty one');
    if (back.state === 'unchanged')
        return oldNotDropped(database, name, wayBack(name, database, commentAgain(database, comment)), reason);
    const seen = await giveUp(replacement, { name: fresh, oid: empty.oid }, mark, step);
    return emptyDatabaseFailed(`Dropping database ${(0,format/* quoted */.TL)(database)}`, database, seen, reason);
}
/**
 * An empty database is in the place of the old one, which was not dropped and could not be put back either, or may be dropped.
 * @param next statements that put it back; or, if the server cannot be asked whether it is dropped, what it is known by
 */
function oldNotDropped(database, old, next, error) {
    const { cause, advice } = diagnose(error);
    const steps = 'oid' in next
        ? [
            'The end of the job looks whether the old database is there, and puts it back. If it says that it could not, run this in database ' +
                'postgres, which shows what the old one is called, or nothing if it is dropped:',
            `SELECT datname FROM pg_database WHERE oid = ${next.oid};`,
        ]
        : [
            'The end of the job tries to put the old database back. If it says that it could not, run this in database postgres while nobody is ' +
                'connected to either of the two:',
            ...next.map(sql_text/* toPaste */.XM),
        ];
    return new failure/* Failure */.HR({
        tried: `Dropping the old database ${(0,format/* quoted */.TL)(database)}`,
        cause,
        advice: [advice, ...steps].join('\n'),
        outcome: 'incomplete',
        state: stateOf('incomplete', database, 'It is empty.', 'oid' in next
            ? `The server could not be asked whether the old one, ${eitherName(old, next.dropping)}, is dropped.`
            : `The old one is there as ${(0,format/* quoted */.TL)(old)}.`),
    }, { cause: error });
}

;// CONCATENATED MODULE: ./build/postgres/restore/exclude-entries.js

/**
 * Takes entries out of the lists that a restore goes by.
 * @param passes each with a list
 * @param gone the ids of the entries
 * @returns the passes that are left
 */
async function excludeEntries(passes, gone) {
    if (gone.size === 0)
        return [...passes];
    const kept = [];
    for (const pass of passes) {
        if (pass.list === undefined)
            throw new Error('A pass without a list takes every entry');
        const lines = (await (0,external_node_fs_promises_.readFile)(pass.list, 'utf8')).split('\n').filter((line) => line !== '');
        const rest = lines.filter((line) => !gone.has(Number.parseInt(line, 10)));
        if (rest.length < lines.length)
            await (0,external_node_fs_promises_.writeFile)(pass.list, rest.map((line) => `${line}\n`).join(''));
        if (rest.length === 0)
            continue;
        kept.push({ ...pass, ...(pass.ids && { ids: pass.ids.filter((id) => !gone.has(id)) }) });
    }
    return kept;
}

// EXTERNAL MODULE: ./build/base/lines.js + 1 modules
var lines = __webpack_require__(1935);
;// CONCATENATED MODULE: ./build/postgres/restore/extensions/rows.js



/** More than this is not kept. */
const most = { rows: 10_000, bytes: 4 * 2 ** 20 };
/**
 * Reads what an archive has for some tables and sequences.
 * @param file the whole archive
 * @param entries of data
 * @param list a file to be written, for `--use-list`
 * @returns by the ids of the entries
 * @throws ProcessFailure if pg_restore cannot read it
 */
async function readRows(client, file, entries, list, signal) {
    await writeList(list, entries);
    const running = (0,base_process/* start */.ni)({
        program: client.pgRestore,
        args: ['--data-only', '--verbose', `--use-list=${list}`, '--file=-', file],
        env: { LC_ALL: 'C', PATH: process.env['PATH'] },
        signal,
    });
    const reader = rowReader();
    (0,lines/* linesOf */.D)(running.stdout, reader.take, Number.POSITIVE_INFINITY);
    await running.finished;
    return reader.found;
}
/** Picks rows out of the lines of a script that `pg_restore --data-only --verbose` writes. */
function rowReader() {
    const found = new Map();
    let current;
    let columns;
    let isUtf8 = false;
    const takeRow = (of, line) => {
        of.count++;
        of.bytes += Buffer.byteLength(line) + 1;
        if (of.count > most.rows || of.bytes > most.bytes || !isUtf8)
            of.rows = undefined;
        else
            of.rows?.push(Object.fromEntries(line.split('\t').map((value, i) => [columns?.[i] ?? '', decodedValue(value)])));
    };
    return {
        found,
        take(line) {
            if (columns && current) {
                if (line === '\\.')
                    columns = undefined;
                else
                    takeRow(current, line);
                return;
            }
            const id = /^-- TOC entry (\d+) /.exec(line)?.[1];
            if (id !== undefined) {
                current = { count: 0, bytes: 0, rows: [], setval: undefined };
                found.set(Number(id), current);
            }
            else if (/^SET client_encoding = 'UTF8';$/.test(line))
                isUtf8 = true;
            else if (!current)
                return;
            else if (/^COPY .* FROM stdin;$/s.test(line))
                columns = columnsOf(line);
            else if (/^SELECT pg_catalog\.setval\(.*\);$/s.test(line))
                current.setval = line;
            else if (/^INSERT INTO /.test(line)) {
                takeRow(current, line);
                current.rows = undefined;
            }
        },
    };
}
/** `COPY public.t (id, "a b") FROM stdin;`; quotes that are doubled are taken as two names in a row, in one way only. */
function columnsOf(line) {
    const [, list = ''] = /^COPY (?:"[^"]*"|[^"(])*\((.*)\) FROM stdin;$/s.exec(line) ?? [];
    const names = list.match(/"(?:[^"]|"")*"|[^", ]+/g) ?? [];
    return names.map((name) => name.replace(/^"(.*)"$/s, (_, inner) => inner.replaceAll('""', '"')));
}
const escapeCodes = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
/** A value as COPY writes it in text format. https://www.postgresql.org/docs/current/sql-copy.html */
function decodedValue(value) {
    if (value === '\\N')
        return null;
    return value.replace(/\\(.)/gs, (_, letter) => escapeCodes[letter] ?? letter);
}

;// CONCATENATED MODULE: ./build/postgres/restore/extensions/trial.js



/**
 * Creates the extensions of an archive in an empty database as a restore would, looks at their tables, and takes
 * everything back. Whether a role may write in a table that an extension makes, and what the extension puts there itself, only this tells.
 * @param database empty, and nobody else's
 * @param options the rows of an archive, to be compared with those that the extensions put in, and to be put in, too; the role to be
 * @throws Failure if the server can't be reached or refuses
 */
async function tryExtensions(psql, database, wanted, { rows = [], role } = {}) {
    const early = createdFirst(wanted);
    const script = [
        '\\set ON_ERROR_STOP 0\nSET client_min_messages = error; SET statement_timeout = 0; SET lock_timeout = 0;\n',
        `${become(role)}BEGIN;\n`,
        ...early.map((extension) => creation(extension, extension.version)),
        firstQuery,
        ...wanted.map((extension) => creation(extension, undefined)),
        `${versions}\n${extensionTablesQuery}\n${rows.map(trying).join('')}ROLLBACK;\n`,
    ];
    const output = await (0,server/* explainingErrors */.ng)(psql, database, () => (0,session_psql/* runScript */.j3)(psql, database, script.join('')));
    return parseTrial(output);
}
/**
 * Creates extensions as they were tried, before pg_restore starts. Throws a ProcessFailure.
 * @param role to be; the connecting one if it is undefined
 */
async function createExtensions(psql, database, wanted, role) {
    const statements = wanted.map((extension) => `${statement(extension, extension.version)};\n`);
    if (statements.length > 0)
        await (0,session_psql/* runScript */.j3)(psql, database, `${become(role)}${statements.join('')}`);
}
function become(role) {
    return role === undefined ? '' : `SET ROLE ${(0,sql_text/* identifier */.Cv)(role)};\n`;
}
/** Those up to the last that a version is asked for, since it may need those before it. Where the archive makes the schema itself, pg_restore has to come first. */
function createdFirst(wanted) {
    const last = wanted.findLastIndex(({ version }) => version !== undefined);
    return wanted.slice(0, last + 1).filter(({ madeByArchive }) => !madeByArchive);
}
function statement({ name, schema }, version) {
    const where = schema === undefined ? '' : ` WITH SCHEMA ${(0,sql_text/* identifier */.Cv)(schema)}`;
    const which = version === undefined ? '' : ` VERSION ${(0,sql_text/* identifier */.Cv)(version)}`;
    return `CREATE EXTENSION IF NOT EXISTS ${(0,sql_text/* identifier */.Cv)(name)}${where}${which}`;
}
/** Creates an extension, and tells if the server refuses that or its schema. */
function creation(extension, version) {
    const { name, schema } = extension;
    const asked = version === undefined ? 'NULL' : (0,sql_text/* literal */.eu)(version);
    const refused = `ROLLBACK TO SAVEPOINT before;
  SELECT json_build_object('refused', json_build_object('name', ${(0,sql_text/* literal */.eu)(name)}, 'version', ${asked},
    'state', :'LAST_ERROR_SQLSTATE', 'message', :'LAST_ERROR_MESSAGE'));`;
    return `SAVEPOINT before;
${schema === undefined ? 'SELECT 1 WHERE false' : `CREATE SCHEMA IF NOT EXISTS ${(0,sql_text/* identifier */.Cv)(schema)}`};
\\if :ERROR
  ${refused}
\\else
  ${statement(extension, version)};
  \\if :ERROR
    ${refused}
  \\endif
\\endif
`;
}
const firstQuery = `SELECT json_build_object('first', json_agg(extname)) FROM pg_extension;\n`;
const versions = `SELECT json_build_object('versions', json_object_agg(extname, extversion)) FROM pg_extension;`;
/** psql sends what a query with \\gexec returns to the server, one value after the other. */
const extensionTablesQuery = `SELECT format('SELECT json_build_object(''table'', json_build_object(''extension'', %L, ''schema'', %L, ''name'', %L, ''writable'', %L::boolean, ''rows'', %s))',
    extname, nspname, relname, writable,
    CASE WHEN relkind IN ('r', 'p') AND readable THEN format('(SELECT count(*) FROM (SELECT FROM %I.%I LIMIT 1000) AS x)', nspname, relname) ELSE '0' END)
  FROM (SELECT e.extname, n.nspname, c.relname, c.relkind,
      has_schema_privilege(n.oid, 'USAGE') AND CASE WHEN c.relkind = 'S' THEN has_sequence_privilege(c.oid, 'UPDATE') ELSE has_table_privilege(c.oid, 'INSERT') AND NOT row_security_active(c.oid) END AS writable,
      has_schema_privilege(n.oid, 'USAGE') AND CASE WHEN c.relkind <> 'S' THEN has_table_privilege(c.oid, 'SELECT') END AS readable
    FROM pg_extension AS e, unnest(e.extconfig) AS relation JOIN pg_class AS c ON c.oid = relation JOIN pg_namespace AS n ON n.oid = c.relnamespace
    ORDER BY 1, 2, 3) AS configured
\\gexec`;
/** Compares rows with those of a table, then puts them in. */
function trying({ schema, name, rows }) {
    const table = `${(0,sql_text/* identifier */.Cv)(schema)}.${(0,sql_text/* identifier */.Cv)(name)}`;
    const given = `json_populate_recordset(NULL::${table}, ${(0,sql_text/* literal */.eu)(JSON.stringify(rows))})`;
    const [here, there] = [`SELECT to_jsonb(x) FROM ${table} AS x`, `SELECT to_jsonb(x) FROM ${given} AS x`];
    return `SAVEPOINT before;
\\set same NULL
SELECT NOT EXISTS ((${here}) EXCEPT ALL (${there})) AND NOT EXISTS ((${there}) EXCEPT ALL (${here})) AS same
\\gset
\\if :ERROR
  ROLLBACK TO SAVEPOINT before;
\\endif
INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM ${given};
\\set state :SQLSTATE
ROLLBACK TO SAVEPOINT before;
SELECT json_build_object('rows', json_build_object('same', :'same' = 't', 'duplicate', :'state' = '23505'));
`;
}
function parseTrial(output) {
    const lines = output
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line));
    const versionsHere = Object.assign({}, ...lines.map((line) => line.versions ?? {}));
    // What was refused at first may have been created in the end, or refused again.
    const refused = new Map(lines.flatMap((line) => line.refused ?? []).map((one) => [JSON.stringify([one.name, one.version]), one]));
    return {
        refused: [...refused.values()].filter(({ name, version }) => version !== null || !Object.hasOwn(versionsHere, name)),
        first: lines.flatMap((line) => line.first ?? []),
        versions: versionsHere,
        tables: lines.flatMap(({ table }) => table ?? []),
        rows: lines.flatMap(({ rows }) => rows ?? []),
    };
}

// EXTERNAL MODULE: ./build/postgres/dump/exclude-options.js
var exclude_options = __webpack_require__(6544);
;// CONCATENATED MODULE: ./build/jobs/replace/extensions/content.js



/**
 * pg_dump takes along what tables of extensions have, whoever they belong to: always an entry, and often no row in it. What is
 * none, or the same as the extension brings, is left out. Rows that would be refused stop the restore.
 * @param role that restores
 * @param strategy with drop, what cannot be tried beforehand stops the restore as well
 */
function contentFindings(tables, role, strategy) {
    const found = { findings: [], leftOut: [] };
    for (const one of tables) {
        const { leftOut, finding } = one.entry.type === 'SEQUENCE SET' ? ofSequence(one, role) : ofRows(one, role, strategy);
        if (finding)
            found.findings.push(finding);
        if (leftOut)
            found.leftOut.push(one.entry);
    }
    return found;
}
function ofRows({ table, archived, tried }, role, strategy) {
    const name = describeTable(table);
    const without = `make a backup without the rows of this table, with pg_dump_options:\n${(0,exclude_options/* withoutRowsOption */.v)(table)}\n${withoutOriginalHint}`;
    if (!archived) {
        if (table.writable)
            return {};
        const text = `The role ${(0,format/* quoted */.TL)(role)} may not write to the table ${name}. Whether the backup has rows for it shows only with the whole backup on ` +
            "the runner's disk, which is too small.";
        return { finding: { level: 'error', text, remedy: `Use a runner with a larger disk. Or ${without}` } };
    }
    if (archived.count === 0) {
        const text = `Left out, since the backup has no rows for it: the data of the table ${name}`;
        return { finding: { level: 'info', text }, leftOut: true };
    }
    const rows = `${archived.count === 1 ? '1 row' : `${archived.count} rows`} (${(0,format/* formatBytes */.z3)(archived.bytes)})`;
    if (tried?.same) {
        const text = `Left out, since the extension brings the very same ${rows} with it: the data of the table ${name}`;
        return { finding: { level: 'info', text }, leftOut: true };
    }
    const state = `The backup has ${rows} of the table ${name}`;
    if (!table.writable) {
        const text = `${state}, and the role ${(0,format/* quoted */.TL)(role)} may not write there.`;
        const remedy = `Restore as a role that may write there, such as a superuser; or ${without}`;
        return { finding: { level: 'error', text, remedy } };
    }
    if (!tried && table.rows > 0 && strategy === 'drop') {
        const text = `${state}, and the extension puts rows there itself when it is created. Whether the server takes both cannot be tried beforehand, ` +
            'since the backup has them as INSERT statements, in another encoding than UTF-8, or has very many.';
        const remedy = `Use restore_strategy: swap, with which nothing is lost if it does not; or ${without}`;
        return { finding: { level: 'error', text, remedy } };
    }
    if (!tried?.duplicate)
        return {};
    const text = `${state}, and among them some that the extension puts there itself when it is created: the server refuses them as ` +
        'duplicates, whoever restores. Only the author of the extension can tell the two apart, by a condition in pg_extension_config_dump.';
    const remedy = `Until then, add your own rows again after a restore, and ${without}`;
    return { finding: { level: 'error', text, remedy } };
}
/** A statement of pg_dump that sets a sequence, and nothing else. */
const setting = /^SELECT pg_catalog\.setval\('(?:[^']|'')+', -?\d+, (true|false)\);$/;
function ofSequence({ table, archived }, role) {
    if (table.writable)
        return {};
    const [statement, isCalled] = setting.exec(archived?.setval ?? '') ?? [];
    const what = `Not restored, since the role ${(0,format/* quoted */.TL)(role)} may not set it: the sequence ${describeTable(table)}`;
    if (isCalled === 'false')
        return { finding: { level: 'info', text: `${what}, which was never used` }, leftOut: true };
    const remedy = statement === undefined ? '' : ` To set it, run this as a role that may:\n${statement}`;
    const text = `${what}. It starts over.${remedy}`;
    return { finding: { level: 'warning', text, afterwards: text }, leftOut: true };
}
function describeTable({ schema, name, extension }) {
    return `${(0,format/* quoted */.TL)(`${schema}.${name}`)} of the extension ${(0,format/* quoted */.TL)(extension)}`;
}

;// CONCATENATED MODULE: ./build/jobs/replace/extensions/hints.js


/** Of extensions whose version is not, or may not be, the one that the backup was made with. */
function versionHints(created, { versions }) {
    return created.flatMap(({ name, recorded }) => {
        const is = versions[name];
        if (is === undefined || is === recorded)
            return [];
        const was = recorded === undefined
            ? 'it is not recorded which one the backup was made with'
            : `the backup was made with ${(0,format/* plain */.pj)(recorded)}`;
        return [{ text: `The extension ${(0,format/* quoted */.TL)(name)} is here in version ${(0,format/* plain */.pj)(is)}, and ${was}.` }];
    });
}
/** Of the tables that extensions make: the error of an entry names the table alone. */
function tableHints(tables) {
    return tables.map((table) => ({
        entry: `TABLE DATA ${table.name} `,
        text: `The table belongs to the extension ${(0,format/* quoted */.TL)(table.extension)}, which may have put rows there itself. A backup without its rows is ` +
            `made with pg_dump_options:\n${(0,exclude_options/* withoutRowsOption */.v)(table)}`,
    }));
}

// EXTERNAL MODULE: ./build/postgres/server/database-of-extension.js
var database_of_extension = __webpack_require__(6245);
;// CONCATENATED MODULE: ./build/jobs/replace/extensions/refusals.js





/** SQLSTATE of what does not run in a transaction: it says nothing of what comes of it outside. */
const notInTransaction = '25001';
const denied = '42501';
/**
 * What there is to say of extensions that the server did not create in the new database.
 *
 * One that can be created only in a database of a certain name may be refused for nothing but that: with restore_strategy drop
 * the new database has its own name before anything is created in it.
 */
async function refusedExtensionFindings({ request, prepared, extensions: { wanted, dumpMajor } }, { refused }, empty) {
    const final = refused.filter(({ version, state }) => version === null && state !== notInTransaction);
    if (final.length === 0)
        return { findings: [], later: [] };
    const schemas = (of) => wanted.flatMap(({ name, schema }) => (name === of && schema ? [schema] : []));
    const asked = final.map(({ name }) => ({ name, schemas: schemas(name) }));
    const bound = await (0,database_of_extension/* databasesOfExtensions */.c)(prepared.psql, empty, asked);
    const names = wanted.map(({ name }) => name);
    const findings = final.map((one) => {
        const options = (0,exclude_options/* withoutExtensionOption */.B)(one.name, names, dumpMajor).join('\n');
        const without = `a backup without the extension, made with pg_dump_options:\n${options}\n${withoutOriginalHint}`;
        const only = one.state === denied ? undefined : bound.get(one.name);
        return only
            ? boundFinding(one, only, { ...request, role: prepared.server.role }, without)
            : plainFinding(one, without);
    });
    const later = final.filter((_, index) => findings[index]?.level === 'info').map(({ name }) => name);
    return { findings, later };
}
function boundFinding({ name, message }, { setting, value }, { database, strategy, role }, without) {
    const state = `The extension ${(0,format/* quoted */.TL)(name)} can be created only in the database that the server parameter ${setting} names`;
    if (value === undefined) {
        const grant = `As the server's administrator, let the role see the parameter, then restore with restore_strategy: drop, which needs ${(0,format/* quoted */.TL)(database)} there:`;
        return {
            level: 'error',
            text: `${state}, and the server refuses it in a new one (${(0,format/* inOneLine */.UX)(message)}). What it names is not shown to the role ${(0,format/* quoted */.TL)(role)}.`,
            remedy: `${grant}\n${(0,sql_text/* toPaste */.XM)(`GRANT pg_read_all_settings TO ${(0,sql_text/* identifier */.Cv)(role)};`)}\nOr restore ${without}`,
        };
    }
    if (value === database && strategy === 'drop')
        return {
            level: 'info',
            text: `${state}, which is ${(0,format/* quoted */.TL)(value)}: it is created when the new database has that name`,
        };
    const change = value === database ? '' : ` set ${setting} to ${(0,format/* quoted */.TL)(database)} (needs a restart of the server), then`;
    const why = value === database
        ? 'with restore_strategy: swap it is restored under another name first'
        : `that is ${(0,format/* quoted */.TL)(value)}, and this restore is of ${(0,format/* quoted */.TL)(database)}`;
    const remedy = `Either${change} restore with restore_strategy: drop; or restore ${without}`;
    return { level: 'error', text: `${state}, and ${why}.`, remedy };
}
function plainFinding({ name, state, message }, without) {
    const remedy = state === denied
        ? 'On Azure, make the role a member of azure_pg_admin, and add the extension to the server parameter azure.extensions; elsewhere ' +
            'restore as a superuser. Or restore'
        : 'If the server cannot be changed, restore';
    return {
        level: 'error',
        text: `The server does not create the extension ${(0,format/* quoted */.TL)(name)} in a new database: ${(0,format/* inOneLine */.UX)(message)}.`,
        remedy: `${remedy} ${without}`,
    };
}

;// CONCATENATED MODULE: ./build/jobs/replace/extensions/inspect.js











/**
 * Tries the extensions of an archive in the new, still empty database, while the old one is as it was: whether the server creates them
 * there, and in which version, and whether it takes what the archive has for their tables.
 * @param empty what the new database is called now
 * @throws Failure that lists what is in the way
 */
async function inspectExtensions(replacement, empty, step) {
    const { request, prepared, archive, extensions } = replacement;
    const { wanted, data } = extensions;
    if (wanted.length === 0)
        return { archive, notes: [] };
    const { psql } = prepared;
    const role = (0,roles/* rolesOf */.R)(request.restoreOptions).at(-1);
    const trial = await tryExtensions(psql, empty, wanted, { role });
    const created = wanted.map((one) => asCreated(one, trial));
    const refusals = await refusedExtensionFindings(replacement, trial, empty);
    const later = await tablesCreatedLater(replacement, refusals.later, trial.tables);
    const tables = await archivedTables(replacement, [...trial.tables, ...later], data, step);
    const known = tables.filter(({ table, archived }) => !table.later && archived?.rows !== undefined && archived.rows.length > 0);
    if (known.length > 0) {
        const again = await tryExtensions(psql, empty, created, { rows: known.map(toTry), role });
        known.forEach((table, index) => {
            table.tried = again.rows[index];
        });
    }
    const content = contentFindings(tables, role ?? prepared.server.role, request.strategy);
    const findings = [...refusals.findings, ...createdVersionFindings(created, trial), ...content.findings];
    (0,finding/* reportFindings */.LH)(findings, step);
    const passes = await excludeEntries(archive.order.passes, new Set(content.leftOut.map(({ id }) => id)));
    const asked = created.some(({ version }) => version !== undefined);
    return {
        archive: {
            ...{ ...archive, order: { ...archive.order, passes } },
            entries: archive.entries - content.leftOut.length,
            extensions: asked ? created.filter(({ name }) => trial.first.includes(name)) : [],
            hints: [...tableHints(trial.tables), ...versionHints(created, trial)],
        },
        notes: (0,finding/* notesOfWarnings */.o)(findings),
    };
}
/** Without a version that the server has refused to create. */
function asCreated(one, { refused }) {
    const isRefused = refused.some(({ name, version }) => name === one.name && version !== null);
    return isRefused ? { ...one, version: undefined } : one;
}
function createdVersionFindings(created, { refused, versions }) {
    return refused.flatMap(({ name, version, message }) => {
        const is = versions[name];
        const isWanted = created.some((one) => one.name === name);
        if (version === null || is === undefined || !isWanted)
            return [];
        return [(0,preflight_extensions/* otherVersion */.Zt)(name, version, is, `which this server does not create (${(0,format/* inOneLine */.UX)(message)})`)];
    });
}
/**
 * The tables of extensions that are created only when the database has its own name, and the old one is gone. Who may write in them
 * is asked in the old one; where that does not have them, they may be closed. Where there is none, nothing can be lost by trying.
 */
async function tablesCreatedLater({ request: { database, restoreOptions }, prepared, extensions: { data } }, later, known) {
    const [extension] = later;
    if (extension === undefined)
        return [];
    const { psql, server } = prepared;
    const role = (0,roles/* rolesOf */.R)(restoreOptions).at(-1);
    const old = server.target ? (await tryExtensions(psql, database, [], { role })).tables : [];
    return data
        .filter(({ text }) => !known.some((table) => isOf(text, table)))
        .map(({ type, text, schema, name }) => {
        const there = old.find((table) => later.includes(table.extension) && isOf(text, table));
        const writable = server.target === null && type !== 'SEQUENCE SET';
        const unknown = { extension, schema, name, writable };
        // What the extension itself puts there is not known before.
        return { ...(there ?? unknown), rows: 0, later: true };
    });
}
/** The entries whose content may be refused, or be there already, with what the archive has for them. */
async function archivedTables({ archive, prepared }, tables, data, step) {
    const found = tables
        .filter(({ writable, rows, later }) => !writable || rows > 0 || later)
        .flatMap((table) => {
        const entry = data.find(({ text }) => isOf(text, table));
        return entry ? [{ table, entry }] : [];
    });
    const file = archive.order.archive;
    let archived = new Map();
    if (typeof file === 'string' && found.length > 0) {
        const entries = found.map(({ entry }) => entry);
        const scratch = external_node_path_.join(step.scratch, 'extension-data.list');
        archived = await readRows(prepared.client, file, entries, scratch, step.signal);
    }
    return found.map(({ table, entry }) => ({
        table,
        entry,
        archived: archived.get(entry.id),
        tried: undefined,
    }));
}
/** pg_restore lists schema, name and owner one after the other, with spaces for line breaks in them. */
function isOf(text, { schema, name }) {
    return text.startsWith(`${schema} ${name} `.replaceAll(/[\r\n]/g, ' '));
}
function toTry({ table: { schema, name }, archived }) {
    return { schema, name, rows: archived?.rows ?? [] };
}

// EXTERNAL MODULE: ./build/postgres/server/activity.js
var server_activity = __webpack_require__(4491);
;// CONCATENATED MODULE: ./build/postgres/server/tables-to-analyze.js
/**
 * Which tables of a database to analyze, as `{ owner, tables }`: the owner of the database, and an `Analyzable` each. Shared catalogs
 * are not among them, which only a superuser may analyze.
 *
 * A server from 18 on may have been given statistics by the archive, and there it is the tables that lack some. An archive has none on
 * what an extended statistics object is for, none where nobody had analyzed, as is usual for a partitioned table itself, and none
 * that the role that made the backup might not read. Statistics that are there have come from the archive, or from autovacuum.
 */
function tablesToAnalyze(major) {
    return major < 18 ? `${sample} ${wholeTables}` : `${sample}, ${lacking} ${tablesThatLack}`;
}
/** ANALYZE reads a block for each row of its sample at most: https://www.postgresql.org/docs/current/runtime-config-query.html */
const sample = `WITH sample AS (SELECT 300 * current_setting('default_statistics_target')::bigint
    * current_setting('block_size')::bigint AS bytes)`;
const tablesQuery = (name, partitions) => `SELECT json_build_object(
    'owner', (SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()),
    'tables', coalesce(json_agg(json_build_object('name', ${name}, 'weight', weight, 'partitions', ${partitions})), '[]'))
  FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace CROSS JOIN sample
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(least(coalesce(pg_relation_size(p.oid), 0), bytes)), 0)::float8 AS weight,
        coalesce(json_agg(format('%I.%I', s.nspname, p.relname)) FILTER (WHERE p.relkind IN ('r', 'p') AND p.oid <> c.oid), '[]')
          AS partitions
      FROM (SELECT c.oid AS relid WHERE c.relkind <> 'p' UNION ALL
          SELECT relid FROM pg_partition_tree(c.oid) WHERE c.relkind = 'p') AS parts
        JOIN pg_class AS p ON p.oid = relid JOIN pg_namespace AS s ON s.oid = p.relnamespace) AS whole
  WHERE c.relkind IN ('r', 'm', 'p') AND NOT c.relisshared AND c.relpersistence <> 't'`;
/** All that `ANALYZE` without a name works on. Partitions come with the table that they are of. */
const wholeTables = `${tablesQuery(`format('%I.%I', nspname, relname)`, 'partitions')} AND NOT c.relispartition`;
/**
 * What has no statistics: `column_of`, relations with the columns that have none, or expressions where it is an index; `object_of`,
 * tables with the extended statistics objects that have none. Each for the rows of the table alone, and for all that inherit from it.
 *
 * Of types that an extension analyzes in its own way, PostGIS's among them, an archive has only what all types have.
 */
const lacking = `column_of (relation, part, inherited) AS MATERIALIZED (
    SELECT attrelid, attnum, kind.inherited
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace JOIN pg_attribute AS a ON attrelid = c.oid
      JOIN pg_type AS t ON t.oid = atttypid CROSS JOIN (VALUES (false), (true)) AS kind (inherited)
      LEFT JOIN pg_stats AS s ON s.schemaname = nspname AND s.tablename = relname AND s.attname = a.attname
        AND s.inherited = kind.inherited
    WHERE relkind IN ('r', 'm', 'p', 'i') AND attnum > 0 AND NOT attisdropped AND attgenerated <> 'v'
      AND attstattarget IS DISTINCT FROM 0 AND (s.schemaname IS NULL OR typanalyze::oid >= 16384)),
  object_of (relation, inherited) AS MATERIALIZED (
    SELECT stxrelid, kind.inherited
    FROM pg_statistic_ext JOIN pg_namespace AS n ON n.oid = stxnamespace
      CROSS JOIN (VALUES (false), (true)) AS kind (inherited)
      LEFT JOIN pg_stats_ext AS s ON s.statistics_schemaname = nspname AND s.statistics_name = stxname
        AND s.inherited = kind.inherited
    WHERE stxstattarget IS DISTINCT FROM 0 AND s.statistics_name IS NULL)`;
const lacks = (inherited) => `(c.oid IN (SELECT relation FROM column_of WHERE inherited = ${inherited})
      OR c.oid IN (SELECT relation FROM object_of WHERE inherited = ${inherited}))`;
/** https://github.com/postgres/postgres/blob/REL_18_STABLE/src/bin/scripts/vacuumdb.c (--missing-stats-only) asks much the same. */
const tablesThatLack = `${tablesQuery(`CASE WHEN c.relkind = 'p' THEN 'ONLY ' ELSE '' END || format('%I.%I', nspname, relname)`, `'[]'::json`)}
    AND (c.reltuples < 0
      OR (c.relkind = 'p' OR c.oid IN (SELECT inhparent FROM pg_inherits)) AND ${lacks(true)}
      OR c.relkind <> 'p' AND pg_relation_size(c.oid) > 0 AND (${lacks(false)}
        OR c.oid IN (SELECT indrelid FROM column_of JOIN pg_index ON indexrelid = relation
          WHERE indkey[part - 1] = 0 AND NOT inherited)))`;

;// CONCATENATED MODULE: ./build/postgres/server/analyze.js





/**
 * Collects the statistics that the planner needs and that did not come with the archive. A table that fails does not keep another
 * from them, nor a partition the others.
 *
 * ANALYZE calls functions of users, for statistics on expressions and for indexes on them. Before 17 they find what they name by the
 * search_path of the session, and may find nothing by an empty one; so the sessions that analyze have what is set for the database,
 * and nothing is said in them that could call a function otherwise. What functions do there is no more than what they could do
 * anyhow: they run as the owner of the table, as a security-restricted operation, as they do for autovacuum and as they did when
 * pg_restore built the index. https://www.postgresql.org/docs/17/release-17.html#RELEASE-17-MIGRATION
 * @param major of the server
 * @param sessions how many work at once, each on tables of its own
 * @param onProgress is told how many tables are done, of how many, the system's own aside
 * @returns those that failed
 * @throws ProcessFailure if a session is lost, when all have ended
 */
async function analyze(psql, major, database, sessions, onProgress = () => { }) {
    const question = tablesToAnalyze(major);
    const { owner, tables } = await (0,session_psql/* ask */.kA)(psql, database, question);
    const shares = distribute(tables, sessions);
    const ofUsers = tables.filter(isOfUsers).length;
    let done = 0;
    const onTable = (table) => {
        if (isOfUsers(table))
            onProgress(++done, ofUsers);
    };
    onProgress(done, ofUsers);
    const outcomes = await Promise.allSettled(shares.map((one) => analyzeInTurn(psql, database, owner, one, onTable)));
    return outcomes.flatMap((outcome) => {
        if (outcome.status === 'rejected')
            throw outcome.reason;
        return outcome.value;
    });
}
function isOfUsers({ name }) {
    return !/^(ONLY )?(pg_catalog|information_schema)\./.test(name);
}
async function analyzeInTurn(psql, database, owner, tables, onTable) {
    const names = tables.map(({ name }) => name);
    const failed = await analyzeEach(psql, database, owner, names, (place) => {
        const table = tables[place];
        if (table)
            onTable(table);
    });
    const partitions = tables.flatMap((one) => failed.some(({ table }) => table === one.name) ? one.partitions : []);
    if (partitions.length === 0)
        return failed;
    return [...failed, ...(await analyzeEach(psql, database, owner, partitions))];
}
/**
 * As the owner of the database, who may analyze all that is in it: another role, which a setting of the database may make of us,
 * may not, and hears of that as a warning only.
 */
async function analyzeEach(psql, database, owner, names, onTable = () => { }) {
    const statements = [`SET ROLE ${(0,sql_text/* identifier */.Cv)(owner)}`, ...names.map((name) => `ANALYZE ${name}`)];
    let place = -1; // of the statement before the tables
    const onOutcome = () => {
        if (place >= 0)
            onTable(place);
        place++;
    };
    const [role, ...reasons] = await tryEachForCode(psql, database, statements, session_psql/* runWithDatabaseSettings */.aJ, onOutcome);
    if (role)
        throw new Error(role.message);
    return names.flatMap((name, index) => {
        const reason = reasons[index];
        return reason === undefined
            ? []
            : [{ table: name.replace(/^ONLY /, ''), reason: shownRefusal(reason, name), sql: `ANALYZE ${name};` }];
    });
}
/** Codes of errors that functions make as they like, or whose words are those of another language's. */
const ofFunctions = /^(P0|38|39|XX)/;
/** ANALYZE calls functions with values of rows, which may then stand in the message. */
function shownRefusal({ sqlState, message }, name) {
    const [line = ''] = message.split('\n', 1);
    if (ofFunctions.test(sqlState))
        return redact_values/* wordsOfFunction */.$k;
    const otherwise = `the server refused with SQLSTATE ${sqlState} (its message is not shown: it may contain values of rows)`;
    return (0,redact_values/* redactLine */.Mq)(line, (0,redact_values/* namesIn */.wX)(name), otherwise);
}
/** What a table costs however little is in it, as if it were bytes of a sample. */
const least = 64 * 1024;
/** Deals tables out so that all shares weigh about the same: the heaviest first, each to whoever has least. None is empty. */
function distribute(tables, count) {
    const shares = Array.from({ length: count }, () => ({ tables: [], weight: 0 }));
    for (const table of [...tables].sort((a, b) => b.weight - a.weight)) {
        const lightest = shares.reduce((least, other) => (other.weight < least.weight ? other : least));
        lightest.tables.push(table);
        lightest.weight += least + table.weight;
    }
    return shares.map(({ tables }) => tables).filter((some) => some.length > 0);
}

// EXTERNAL MODULE: ./build/postgres/server/content.js
var content = __webpack_require__(4157);
;// CONCATENATED MODULE: ./build/base/file-position.js

/**
 * How far a process of ours has come in a file that it reads, in bytes, as Linux tells it; undefined anywhere else, and if it has not
 * opened the file. Never throws. https://man7.org/linux/man-pages/man5/proc_pid_fdinfo.5.html
 */
async function positionIn(file, processId) {
    const process = `/proc/${processId}`;
    try {
        const wanted = await (0,external_node_fs_promises_.realpath)(file);
        for (const descriptor of await (0,external_node_fs_promises_.readdir)(`${process}/fd`)) {
            const opened = await (0,external_node_fs_promises_.readlink)(`${process}/fd/${descriptor}`).catch(() => ''); // closed meanwhile
            if (opened !== wanted)
                continue;
            const info = await (0,external_node_fs_promises_.readFile)(`${process}/fdinfo/${descriptor}`, 'utf8');
            const digits = /^pos:\s*(\d+)$/m.exec(info)?.[1];
            return digits === undefined ? undefined : Number(digits);
        }
    }
    catch {
        // another system, or the process has ended
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/postgres/restore/entry-progress.js



/**
 * With one session, an entry is done when the next is begun. With several, pg_restore's leader begins what comes before the data in
 * this way, and then tells what its sessions are given and have done; they tell what they begin as well, which is no news.
 * https://github.com/postgres/postgres/blob/REL_18_STABLE/src/bin/pg_dump/pg_backup_archiver.c (restore_toc_entries_parallel)
 */
function entryProgress() {
    /** In the calls before. */
    let before = { finished: 0, mayBeMore: false };
    const done = new Set();
    let inTurn = 0;
    let current;
    let shared = false;
    let lost = false;
    const launched = new Map();
    const doneHere = new Set();
    function endCurrent() {
        if (current !== undefined)
            inTurn++;
        current = undefined;
    }
    return {
        finished: () => before.finished + inTurn + doneHere.size,
        mayBeMore: () => before.mayBeMore || lost,
        ids: () => done,
        running: () => (lost ? [] : [...(current === undefined ? [] : [current]), ...launched.values()]),
        take(line, doubtful) {
            if (doubtful)
                lost = true;
            if (lost)
                return;
            const [, what, digits = '', name = ''] = shareOf.exec(line) ?? [];
            const id = Number(digits);
            if (shared && what === 'launching' && line.startsWith('pg_restore: '))
                launched.set(id, shown(name));
            else if (shared && what === 'finished') {
                launched.delete(id);
                doneHere.add(id);
                done.add(id);
            }
            else if (/^pg_restore: (entering|finished) main parallel loop$/.test(line)) {
                endCurrent();
                shared = line.includes('entering');
            }
            else if (!shared) {
                const entry = entryOf(line);
                if (entry === undefined || entry.startsWith('processing item '))
                    return;
                endCurrent();
                current = shown(entry.replace(/^(creating|executing|processing) /, ''));
            }
        },
        endPass(ids) {
            if (!lost)
                endCurrent();
            for (const id of ids ?? [])
                done.add(id);
            before = {
                finished: before.finished + (ids?.length ?? inTurn + doneHere.size),
                mayBeMore: before.mayBeMore || (lost && ids === undefined),
            };
            [inTurn, current, shared, lost] = [0, undefined, false, false];
            launched.clear();
            doneHere.clear();
        },
    };
}
/** With its name in quotes, which pg_restore tells in quotes or without. */
function shown(entry) {
    const [, beginning, inQuotes = ''] = /^([\w ]+) "(.*)"$/s.exec(entry) ?? [];
    if (beginning !== undefined)
        return `${beginning} ${(0,format/* quoted */.TL)(inQuotes)}`;
    const type = typeOfEntry(entry);
    return type === entry ? type : `${type} ${(0,format/* quoted */.TL)(entry.slice(type.length + 1))}`;
}
/**
 * Before it the name of the program may stand once more, of another session's line, or not at all. What has it not may go on with an
 * error, and is not shown.
 */
const shareOf = /^(?: ?pg_restore: ?)* ?(launching|finished) item (\d+) (.*)$/s;

;// CONCATENATED MODULE: ./build/jobs/replace/progress.js




/** Follows a restore. What is told is done is done; what runs is what the server tells, and pg_restore of what the server does not. */
function restoreProgress({ entries, size, dataSizes }, { archive, passes }) {
    const progress = entryProgress();
    const allData = [...dataSizes.values()].reduce((sum, one) => sum + one, 0);
    const [first, ...further] = passes;
    const isOneReader = first?.jobs === 1 && further.length === 0;
    let given = 0;
    let reader;
    async function read() {
        if (typeof archive !== 'string')
            return { done: given, all: size, of: 'read' };
        if (isOneReader) {
            const position = reader === undefined ? undefined : await positionIn(archive, reader);
            return position === undefined ? undefined : { done: position, all: size, of: 'read' };
        }
        let done = 0;
        for (const id of progress.ids())
            done += dataSizes.get(id) ?? 0;
        return allData > 0 ? { done, all: allData, of: 'done' } : undefined;
    }
    return {
        listener: {
            progress,
            onRead: (bytes) => {
                given = bytes;
            },
            onProcess: (id) => {
                reader = id;
            },
        },
        async describe(elapsed, activity) {
            return describeRestore(elapsed, entries, progress, await read(), activity);
        },
    };
}
/** `5.0 s: 12 of 172 entries done; 12.3 MB of 37.7 MB read (32 %), 2.46 MB/s, about 11 s left for the data; now COPY "public.note" (1,000 rows)` */
function describeRestore(elapsed, entries, progress, read, activity) {
    const least = progress.mayBeMore() ? 'at least ' : '';
    const done = Math.min(progress.finished(), entries);
    const left = read?.of === 'read' ? 'left for the data' : 'left for the data of all';
    const what = read?.of === 'read' ? 'read' : 'of data done';
    return [
        `${(0,format/* formatDuration */.a3)(elapsed)}: ${least}${done} of ${entries} entries done`,
        ...(read === undefined ? [] : [(0,format/* formatTransfer */.z7)(read.done, read.all, elapsed, what, left)]),
        ...nowWords(progress.running(), activity),
    ].join('; ');
}
/** Of a table whose rows are being loaded the server knows more, and of an index its table, but nothing else by name. */
function nowWords(running, activity) {
    const { copies = [], builds = [] } = activity ?? {};
    const begun = copies.length === 0 ? running : running.filter((entry) => !/^(data for table|TABLE DATA) /.test(entry));
    const words = [...copies, ...begun.map((entry) => (0,format/* inOneLine */.UX)(entry).slice(0, longestEntry)), ...builds];
    return words.length === 0 ? [] : [`now ${(0,finding/* firstFew */.Dt)(words)}`];
}
/** More of an entry's name, in characters, would be a name that somebody made for that. */
const longestEntry = 300;
/** `5.0 s: 12 of 18 tables analyzed; now "public.note" (acquiring sample rows 45 %)` */
function describeAnalyze(elapsed, { done, all }, activity) {
    const { analyzed = [] } = activity ?? {};
    const now = analyzed.length === 0 ? '' : `; now ${(0,finding/* firstFew */.Dt)(analyzed)}`;
    return `${(0,format/* formatDuration */.a3)(elapsed)}: ${done} of ${all} tables analyzed${now}`;
}

;// CONCATENATED MODULE: ./build/jobs/replace/fill.js















/**
 * Fills an empty database from an archive, with progress.
 * @throws Failure that says which entry failed
 */
async function fill(order, { entries, size, dataSizes, sessions, schemas, extensions, hints, verified }, { client, connection, psql, server }, step) {
    const progress = restoreProgress({ entries, size, dataSizes }, order);
    const listener = { ...progress.listener, onMessage: step.info };
    const watching = (0,session_overrides/* withSessionOverrides */.Q)(psql, server.major);
    const activity = (0,server_activity/* watchActivity */.t)(watching, server, order.database, sessions);
    const describe = async (elapsed, over) => progress.describe(elapsed, await activity(over));
    await createSchemas(psql, order.database, schemas);
    await createExtensions(psql, order.database, extensions, (0,roles/* rolesOf */.R)(order.options).at(-1));
    try {
        await step.timed('Restore', () => (0,base_step/* withProgress */.E)(step, describe, () => restoreInto(client, connection, server, order, listener, step.signal)));
    }
    catch (error) {
        throw withHints(hints, error);
    }
    step.info(entries === 1 ? 'Restored 1 entry' : `Restored ${entries} entries`);
    verified();
}
/** Adds to the error of an entry what may explain it. */
function withHints(hints, error) {
    if (!(error instanceof failure/* Failure */.HR) || (0,kinds/* isOfServer */.ht)(error.explanation.cause))
        return error;
    const { tried, cause, advice } = error.explanation;
    const texts = hints.filter(({ entry = '' }) => cause.startsWith(entry)).map(({ text }) => text);
    if (texts.length === 0)
        return error;
    return new failure/* Failure */.HR({ tried, cause: [cause, ...texts].join('\n'), advice }, { cause: error.cause });
}
/**
 * Has statistics collected, and asks for the size of the database. A database without statistics is complete, only slow:
 * whatever goes wrong here is told, and for the caller to weigh.
 * @param database has its settings, on which functions may depend that ANALYZE runs
 * @param sessions how many work at once
 * @param onAbort whether a cancel is thrown, since the database is dropped then and nothing of it is worth telling, or told like the rest
 * @returns what is in it, and what people should know, which is told in the log already; `cut` if a cancel has ended it before it was through
 */
async function collectStatistics(database, sessions, { psql, server }, step, onAbort) {
    const notes = [];
    const tell = (note) => {
        notes.push(note);
        step.warn(note.text, note.sql, note.text); // a swap that fails leaves the old database, with its statistics
    };
    try {
        const asking = (0,session_overrides/* withSessionOverrides */.Q)(psql, server.major);
        const activity = (0,server_activity/* watchActivity */.t)(asking, server, database, sessions);
        let tables = { done: 0, all: 0 };
        const onProgress = (done, all) => {
            tables = { done, all };
        };
        const describe = async (elapsed, over) => describeAnalyze(elapsed, tables, await activity(over));
        const failed = await step.timed('ANALYZE', () => (0,base_step/* withProgress */.E)(step, describe, () => analyze(asking, server.major, database, sessions, onProgress)));
        if (failed.length === 0 && tables.all > 0)
            step.info(`Analyzed ${(0,format/* count */.U9)(tables.all, 'table')}`);
        notesOfUnanalyzed(failed).forEach(tell);
    }
    catch (error) {
        if (onAbort === 'throw')
            psql.signal.throwIfAborted();
        const text = `All data is restored, but ANALYZE failed: ${diagnose(error).cause}`;
        tell({ text: `${text}\nRun this in the restored database, or queries may be slow:`, sql: ['ANALYZE;'] });
        return { size: undefined, rows: undefined, notes, cut: psql.signal.aborted };
    }
    return { ...(await restoredContent(database, psql, step, onAbort)), notes, cut: false };
}
/** How large a restored database is. Nothing depends on it. */
async function restoredContent(database, psql, step, onAbort) {
    const asking = onAbort === 'throw' ? psql : (0,session_psql/* uninterrupted */.qA)(psql);
    try {
        return { size: await (0,server/* databaseSize */.Ju)(asking, database), rows: await (0,content/* insertedRows */.Id)(asking, database) };
    }
    catch (error) {
        asking.signal.throwIfAborted();
        step.info(`The server did not say how large the database is: ${diagnose(error).cause}`);
        return { size: undefined, rows: undefined };
    }
}
/** More tables than this are not named each. */
const mostTablesNamed = 10;
/** Which tables of a restored database have no statistics, and how they get them. */
function notesOfUnanalyzed(failed) {
    if (failed.length === 0)
        return [];
    const lines = failed
        .slice(0, mostTablesNamed)
        .map(({ table, reason }) => (0,format/* inOneLine */.UX)(`- ${table}: ${reason}`));
    const others = failed.length - lines.length;
    const tables = failed.length === 1 ? '1 table' : `${failed.length} tables`;
    const text = `All data is restored, but ${tables} could not be analyzed, and queries on ${failed.length === 1 ? 'it' : 'them'} may be slow:\n` +
        `${lines.join('\n')}${others > 0 ? `\n- and ${others} more` : ''}\n` +
        'Once the cause is fixed, run this in the restored database:';
    return [{ text, sql: others > 0 ? ['ANALYZE;'] : failed.map(({ sql }) => sql) }];
}

;// CONCATENATED MODULE: ./build/jobs/replace/recomputed.js


/**
 * Warns of columns that a restore has computed from tables which it may not have filled by then: no archive has the values of generated
 * columns. With all tables filled, an UPDATE of what a column is generated from computes it once more; tried on 15 and 17.
 * @param restored what the restored database is called now
 */
async function warnAboutRecomputed(psql, restored, step) {
    const { found } = await (0,function_uses/* functionUses */.T)(psql, restored);
    const computed = found?.readers.filter(({ use }) => use === 'generated column') ?? [];
    if (computed.length === 0)
        return [];
    const each = computed.map(({ name, tables }) => `${name} (reads ${(0,finding/* firstFew */.Dt)(tables)})`);
    const note = {
        text: `Generated columns may have other values than in the original: they were computed from tables that may have been empty then. ` +
            `${(0,finding/* firstFew */.Dt)(each)}. To compute them again, run this in the restored database (triggers for UPDATE fire):`,
        sql: [...new Set(computed.flatMap(({ definition }) => definition ?? []))],
    };
    step.warn(note.text, note.sql, note.text);
    return [note];
}

;// CONCATENATED MODULE: ./build/postgres/privileges/extension-objects.js

/**
 * Finds functions with SECURITY DEFINER, and views without security_invoker, of extensions that belong to whoever created
 * the extension: of those that need no superuser. Of those that need one, they belong to a superuser, of trusted ones to the server's first, as
 * they did before. No archive says whose they were. Tried on 18 with an extension of each kind;
 * https://www.postgresql.org/docs/current/extend-extensions.html (superuser, trusted)
 * @param owner who has created the extensions
 * @throws ProcessFailure if the server refuses
 */
async function extensionObjects(psql, database, owner) {
    return (0,session_psql/* ask */.kA)(psql, database, query, { owner });
}
const query = `WITH part AS (
  SELECT d.classid, d.objid FROM pg_extension AS e
    JOIN pg_available_extension_versions AS v ON v.name = extname AND v.version = extversion AND NOT v.superuser
    JOIN pg_depend AS d ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND d.deptype = 'e'),
me AS (SELECT oid FROM pg_roles WHERE rolname = :'owner'),
work AS (
  SELECT format('%s %I.%I(%s)', CASE prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END, nspname, proname,
      (SELECT string_agg(format_type(type, NULL), ', ' ORDER BY place)
        FROM unnest(proargtypes) WITH ORDINALITY AS a(type, place))) AS object,
    CASE WHEN has_function_privilege('public', p.oid, 'EXECUTE') THEN 'EXECUTE' END AS right,
    prorettype IN ('trigger'::regtype, 'event_trigger'::regtype) AS unasked
  FROM part JOIN pg_proc AS p ON classid = 'pg_proc'::regclass AND p.oid = objid JOIN me ON me.oid = proowner
    JOIN pg_namespace AS n ON n.oid = pronamespace
  WHERE prosecdef
UNION ALL
  SELECT format('TABLE %I.%I', nspname, relname), 'SELECT', false
  FROM part JOIN pg_class AS c ON classid = 'pg_class'::regclass AND c.oid = objid JOIN me ON me.oid = relowner
    JOIN pg_namespace AS n ON n.oid = relnamespace
  WHERE relkind IN ('v', 'm') AND has_table_privilege('public', c.oid, 'SELECT')
    AND NOT coalesce((SELECT option_value::boolean FROM pg_options_to_table(reloptions)
      WHERE option_name = 'security_invoker'), false))
SELECT coalesce(json_agg(work), '[]') FROM work`;

;// CONCATENATED MODULE: ./build/postgres/privileges/revoke.js





/** How many statements are one message, hence one transaction. */
const statementsAtOnce = 500;
/**
 * Takes rights away, as far as the role may, in any number: many statements are one message, and only where one of them fails, each
 * is one. Whatever is refused does not keep the others from being done.
 * @param statements each without a semicolon; one that is run twice does no harm. One that is not of names and words alone is refused,
 * and not run
 * @param role whose objects they are about, if it is not the one that is connected
 * @returns what came of each
 * @throws ProcessFailure if the connection was lost, or could not be made
 */
async function revokeEach(psql, database, statements, role) {
    const outcomes = statements.map((sql) => ((0,archive_statements/* isPlain */.$i)(sql) ? 'done' : 'refused'));
    const sound = Array.from(statements.keys()).filter((place) => outcomes[place] === 'done');
    const chunks = Array.from({ length: Math.ceil(sound.length / statementsAtOnce) }, (_, i) => sound.slice(i * statementsAtOnce, (i + 1) * statementsAtOnce));
    const textOf = (places) => places.map((place) => statements[place]).join(' \\;\n');
    const states = await runBatch(psql, database, chunks.map(textOf), role);
    const left = chunks.flatMap((places, i) => ((states[i] ?? []).length > 0 ? places : []));
    if (left.length === 0)
        return outcomes;
    const single = await runBatch(psql, database, left.map((place) => textOf([place])), role);
    left.forEach((place, i) => {
        outcomes[place] = outcomeOf(single[i] ?? []);
    });
    return outcomes;
}
/**
 * undefined_table, undefined_column, undefined_function, undefined_object, invalid_schema_name, wrong_object_type: a part of a backup was
 * restored, or the old database has what the backup has not. https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const notThere = new Set(['42P01', '42703', '42883', '42704', '3F000', '42809']);
/**
 * A role that has a right but does not own the object is not refused: the server warns (01006, privilege_not_revoked), and nothing
 * has changed.
 */
function outcomeOf(states) {
    if (states.length === 0)
        return 'done';
    return states.every((state) => notThere.has(state)) ? 'no such object' : 'refused';
}
/** @returns the SQLSTATEs of the errors and warnings that each message was answered with */
async function runBatch(psql, database, messages, role) {
    const mark = `end-of-outcome-${(0,external_node_crypto_.randomBytes)(8).toString('hex')}`;
    const command = (0,session_psql/* psqlCommand */.K9)(psql, database);
    const answers = [[]];
    const running = (0,base_process/* start */.ni)({
        ...command,
        input: `${(0,session_psql/* setCommands */.dm)({ ON_ERROR_STOP: '1', VERBOSITY: 'sqlstate' })}${session_psql/* emptySearchPath */.v$};\n${role === undefined ? '' : `SET ROLE ${(0,sql_text/* identifier */.Cv)(role)};\n`}\\set ON_ERROR_STOP 0\n` +
            messages.map((message) => `${message};\n\\warn ${mark}\n`).join(''),
        signal: psql.signal,
        onStderrLine: (line) => {
            if (line === mark)
                answers.push([]);
            else
                answers.at(-1)?.push(/\b([0-9A-Z]{5})$/.exec(line)?.[1] ?? line);
        },
    });
    running.stdout.resume();
    await running.finished;
    if (answers.length !== messages.length + 1)
        throw new Error('psql did not tell what came of all statements');
    return answers.slice(0, -1);
}

;// CONCATENATED MODULE: ./build/jobs/replace/revoke-privileges.js








/**
 * Which rights are to be taken away in a restored database: those that the archive, and the old database, had taken away, since what
 * was closed after the backup was made is not to be opened by it; and those to use what works with another owner's rights now.
 */
function privilegesToRevoke({ privileges }, { request, rights }) {
    const asked = request.noPrivileges ? privileges : undefined;
    // Without `rights` it is what the archive says, in its words.
    const lost = asked?.rights ? [...asked.script, ...asked.administratorScript] : [];
    const ofOld = lost.filter(isRevocation).map((statement) => statement.slice(0, -1));
    const known = new Set(ofOld);
    const ofArchive = rights.revocations.filter(({ sql }) => sql === undefined || !known.has(sql));
    const closed = new Set([...ofOld, ...ofArchive.map(({ sql }) => sql)]);
    return {
        ...{ ofOld, ofArchive },
        withheld: rights.withheld.filter(({ withdraw }) => !closed.has(withdraw)),
        told: new Set(privileges ? [...privileges.script, ...privileges.administratorScript] : []),
    };
}
/** Of default privileges, those that others have; what a role takes from itself is its own matter. */
function isRevocation(statement) {
    return /^REVOKE /.test(statement) || /^ALTER DEFAULT PRIVILEGES .* FROM PUBLIC;$/s.test(statement);
}
/** All of the statements, in their order. */
function statementsToRevoke({ ofOld, ofArchive, withheld }) {
    const all = [...ofOld, ...ofArchive.map(({ sql }) => sql), ...withheld.map(({ withdraw }) => withdraw)];
    return [...new Set(all)].filter((sql) => sql !== undefined);
}
/**
 * Takes these rights away in a database that others cannot connect to yet. Nothing is asked of the server if there are none.
 * @param current what the database is called now
 * @throws ProcessFailure if the connection is lost
 */
async function revokePrivileges(known, current, { request, prepared, rights }, step) {
    const psql = (0,session_overrides/* withSessionOverrides */.Q)(prepared.psql, prepared.server.major);
    const owner = rights.owner ?? prepared.server.role;
    const works = rights.extensionsGain ? await extensionObjects(psql, current, owner) : [];
    const toClose = { ...known, withheld: [...known.withheld, ...withheldOfExtensions(works)] };
    const statements = statementsToRevoke(toClose);
    const outcomes = statements.length === 0 ? [] : await revokeEach(psql, current, statements, rights.owner);
    const which = (outcome) => new Set(statements.filter((_, place) => outcomes[place] === outcome));
    const [done, refused] = [which('done'), which('refused')];
    const ofOld = toClose.ofOld.filter((sql) => done.has(sql));
    const ofArchive = toClose.ofArchive.filter(({ sql }) => sql === undefined || done.has(sql));
    const closed = [...new Set([...ofOld, ...ofArchive.flatMap(({ sql }) => sql ?? [])])];
    const withheld = toClose.withheld.filter(({ withdraw }) => done.has(withdraw));
    const isTold = (sql) => toClose.told.has(`${sql};`);
    const told = toClose.ofArchive.flatMap(({ sql, said }) => (isTold(said) ? [sql] : []));
    const refusedOfOld = toClose.ofOld.filter((sql) => refused.has(sql));
    const left = [...refused].filter((sql) => !told.includes(sql) && !isTold(sql) && !refusedOfOld.some((other) => revokesAll(other, sql)));
    const { database } = request;
    const notes = [
        ...noteOfClosed(closed, database),
        ...notesOfWithheld(withheld, database, owner),
        ...noteOfRefused(left, database),
    ];
    for (const { text, quiet } of notes)
        if (quiet)
            step.info(text);
    const said = [...ofOld, ...ofArchive.map(({ said }) => said)].map((sql) => `${sql};`);
    return { notes, done: new Set(said) };
}
/**
 * As `revokePrivileges`, for when there is no way back: a cancel does not end it. If it fails, `failed` says so, and the database has to
 * stay closed to others.
 */
async function tryToRevokePrivileges(belongings, replacement, step) {
    const { request, prepared } = replacement;
    const toClose = privilegesToRevoke(belongings, replacement);
    try {
        const patient = { ...prepared, psql: (0,session_psql/* uninterrupted */.qA)(prepared.psql) };
        return await revokePrivileges(toClose, request.database, { ...replacement, prepared: patient }, step);
    }
    catch (error) {
        const { role } = prepared.server;
        const failed = leftClosed(request.database, role, statementsToRevoke(toClose), belongings, error, step);
        return { notes: [], done: new Set(), failed };
    }
}
function noteOfClosed(closed, database) {
    if (closed.length === 0)
        return [];
    const text = `Privileges that had been revoked from others are revoked in the restored ${(0,format/* quoted */.TL)(database)}, too.`;
    return [{ text, quiet: true }];
}
function notesOfWithheld(withheld, database, owner) {
    const where = `-- In database ${(0,format/* quoted */.TL)(database)}, as ${(0,format/* quoted */.TL)(owner)}:`;
    const note = (what, text) => {
        const back = withheld.flatMap((one) => (one.what === what ? [`${one.giveBack};`] : []));
        return back.length === 0 ? [] : [{ text: text(back.length), sql: [where, ...back] }];
    };
    return [
        ...note('right', (number) => `PUBLIC can no longer use objects that run with the rights of ${(0,format/* quoted */.TL)(owner)} now, and ran with those of others or fewer before ` +
            `(${(0,format/* count */.U9)(number, 'privilege')} revoked). Review them, then grant again what is meant for all; run in the restored database:`),
        ...note('definer', (number) => `${(0,format/* count */.U9)(number, 'function')} called by triggers ${number === 1 ? 'is' : 'are'} SECURITY INVOKER now, and ${number === 1 ? 'was' : 'were'} SECURITY DEFINER: ` +
            `${number === 1 ? 'it' : 'they'} would run with the rights of ${(0,format/* quoted */.TL)(owner)}, which are others or more than before. With the rights of whoever writes, a row is ` +
            'refused where those are not enough. Review them, then make them SECURITY DEFINER again; to have one run with the rights of its ' +
            'former owner, let an administrator change the owner (ALTER FUNCTION … OWNER TO …) afterwards. Run in the restored database:'),
    ];
}
function noteOfRefused(refused, database) {
    if (refused.length === 0)
        return [];
    const text = `Privileges that others should not have in the restored ${(0,format/* quoted */.TL)(database)} could not be revoked by this role ` +
        `(${(0,format/* count */.U9)(refused.length, 'statement')}). As an administrator of the server, run:`;
    return [{ text, sql: [`-- In database ${(0,format/* quoted */.TL)(database)}:`, ...refused.map((sql) => `${sql};`)] }];
}
/** The same without what is done already. */
function stillToRevoke(belongings, { done }) {
    const { privileges } = belongings;
    if (!privileges || done.size === 0)
        return belongings;
    const left = (statements) => statements.filter((sql) => !done.has(sql));
    const [script, administratorScript] = [left(privileges.script), left(privileges.administratorScript)];
    const open = [...script, ...administratorScript].filter((sql) => /^REVOKE .* FROM PUBLIC;$/s.test(sql));
    return {
        ...belongings,
        privileges: {
            ...privileges,
            ...{ script, administratorScript },
            revokedFromPublic: Math.min(open.length, privileges.revokedFromPublic),
        },
    };
}

;// CONCATENATED MODULE: ./build/jobs/replace/by-drop.js


















/**
 * Drops the old database, then restores into an empty one in its place: for a server without room for two. The archive is
 * there and verified, but from the drop on there is no way back. Until it is full, nobody but its owner may connect to the new one,
 * and its comment says what it is to have of the old one, for the restore that is run again.
 * @throws Failure that says what state the database is in
 */
async function restoreByDrop(replacement, step) {
    const { request, prepared, lock } = replacement;
    const { database } = request;
    const { psql } = prepared;
    const title = `Replace ${(0,format/* quoted */.TL)(database)} with an empty database`;
    const { belongings, archive, found, empty, old } = await step.phase(title, () => step.timed('Replace by an empty one', () => replace(replacement, title, step)));
    await step.phase(`Restore ${(0,format/* quoted */.TL)(database)}`, async () => {
        try {
            await fill({ ...archive.order, database }, archive, prepared, step);
        }
        catch (error) {
            step.writeDown({ database, run: (0,base_step/* nameOfRun */.o)(step.run), stage: 'swapped' }); // the error tells what there is
            throw restoreIncomplete(database, error, await whatIsThere(psql, empty), old);
        }
    });
    return step.phase('Finish', async () => {
        const computed = await warnAboutRecomputed((0,session_psql/* uninterrupted */.qA)(psql), database, step);
        const settings = await tryToApplySettings(psql, database, belongings, step);
        const statistics = await collectStatistics(database, archive.sessions, prepared, step, 'tell');
        const closed = await tryToRevokePrivileges(belongings, replacement, step);
        const lost = stillToRevoke(await knownLoss(belongings, replacement), closed);
        const rest = closed.failed ?? (await tryToApplyProperties(psql, database, belongings, step));
        const carried = carriedOver(database, lost, [...settings.refused, ...rest.refused], replacement.rights);
        const notes = [...carried.notes, ...closed.notes];
        warnOfNotes(notes, step);
        step.writeDown(undefined);
        if (statistics.cut && !lock.lost.aborted)
            throw statisticsIncomplete(database, step.signal.reason);
        return {
            databaseSize: statistics.size,
            ...(statistics.rows !== undefined && { rows: statistics.rows }),
            notes: [...found, ...computed, ...settings.notes, ...statistics.notes, ...rest.notes, ...notes],
        };
    });
}
/** Whether a database is still what has its name. */
async function whatIsThere(psql, { name, oid }) {
    return oidOf((0,session_psql/* uninterrupted */.qA)(psql, longestLook), name).then((found) => (found === oid ? 'there' : 'another'), () => 'not asked');
}
/** What is lost as the restored database has it, or, if that cannot be asked any more, as it is expected. */
async function knownLoss(belongings, replacement) {
    const { psql } = replacement.prepared;
    const prepared = { ...replacement.prepared, psql: (0,session_psql/* uninterrupted */.qA)(psql) };
    return actualLoss(belongings, { ...replacement, prepared }, replacement.request.database).catch(() => expectedLoss(belongings, replacement));
}
/** Puts an empty database in the place of the old one. @returns what it is to have, and what it told while it was empty */
async function replace(replacement, title, step) {
    const { request, prepared } = replacement;
    const { database } = request;
    const known = async () => [
        await readCarryOverSource(replacement, step),
        await freeRestoreNames(prepared.psql, database),
    ];
    const [belongings, names] = await beforeFirstChange(database, title, known());
    logCarryOver(database, prepared.server.role, expectedLoss(belongings, replacement), step.info);
    const { properties } = belongings;
    const mark = { database, run: (0,base_step/* nameOfRun */.o)(step.run), properties };
    const { seen, empty, old, notes } = await replaceWithEmpty(replacement, mark, names, step, (fresh) => lastLook(replacement, fresh, belongings, step));
    return { belongings, archive: seen.archive, found: [...seen.notes, ...notes], empty, old };
}
/**
 * Right before the drop: throws if the restore was cancelled, the lock is lost, the new database tells of something in the way, or
 * something would be lost for good.
 */
async function lastLook(replacement, empty, { properties, source }, step) {
    const { request, prepared, lock, emptyChecks } = replacement;
    const { database } = request;
    const { psql, server } = prepared;
    const found = await inspectEmptyDatabase(empty, emptyChecks, psql, step);
    const seen = await inspectExtensions(replacement, empty, step);
    const lost = source === 'old' ? await settingsThatWouldBeLost(psql, empty, properties) : [];
    if (lost.length > 0) {
        throw new failure/* Failure */.HR({
            tried: `Carrying over the settings of database ${(0,format/* quoted */.TL)(database)}`,
            cause: `this role may not set ${lost.join(', ')}, and with restore_strategy: drop its value would be lost`,
            advice: 'Use restore_strategy: swap, which keeps the old database in this case, or remove the setting.',
        });
    }
    if ((await oidOf(psql, database)) !== (server.target?.oid ?? null))
        throw replacedMeanwhile(database);
    await lock.confirm();
    step.signal.throwIfAborted();
    return { ...seen, notes: [...found, ...seen.notes] };
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./build/jobs/replace/by-swap.js


















/**
 * Restores into a new database beside the old one. Only when that is full, the two exchange their names in one
 * transaction; the old one is dropped last. Whatever fails before leaves the old database exactly as it was.
 * @throws Failure that says what state the database is in
 */
async function restoreBySwap(replacement, step) {
    const { database, keepPrevious } = replacement.request;
    const names = await beforeFirstChange(database, `Looking at the databases beside ${(0,format/* quoted */.TL)(database)}`, freeRestoreNames(replacement.prepared.psql, database));
    const created = {};
    const { found, carried, size, rows, previous, blocked } = await step
        .phase(`Restore into new database ${(0,format/* quoted */.TL)(names.fresh)}`, () => fillBeside(replacement, names, created, step))
        .then(({ notes, settings, made, ...content }) => step.phase(`Swap it for ${(0,format/* quoted */.TL)(database)}`, async () => {
        const { carried, statements } = await step.timed('Carry over', () => carryOver(names.fresh, replacement, settings, step));
        const swapped = await step.timed('Swap', () => swap(replacement, { ...names, made, statements, ...discarding(replacement, carried, step) }, step));
        return { found: notes, ...content, carried, ...swapped };
    }))
        .catch(async (error) => {
        throw await undone(error, replacement, { name: names.fresh, oid: created.oid }, step);
    });
    if (previous === undefined)
        step.writeDown(undefined);
    warnOfNotes(carried.notes, step);
    const told = { databaseSize: size, ...(rows !== undefined && { rows }) };
    const notes = [...found, ...carried.notes];
    if (previous === undefined)
        return { ...told, notes };
    const retire = () => retireOldDatabase(previous, carried, replacement, step);
    const old = keepPrevious
        ? await step.phase('Keep the old database', retire)
        : await step.phase('Remove the old database', () => step.timed('Remove the old one', retire));
    return { ...told, blocked, ...old, notes: [...notes, ...(old.notes ?? [])] };
}
/**
 * Makes the new database, fills it, and collects its statistics under its settings.
 * @param created is told its OID as soon as there is one
 */
async function fillBeside(replacement, { fresh }, created, step) {
    const { request, prepared, locale, emptyChecks } = replacement;
    const { psql, server } = prepared;
    const { database } = request;
    const mark = { database, run: (0,base_step/* nameOfRun */.o)(step.run) };
    step.writeDown({ ...mark, stage: 'filling', fresh: { name: fresh } });
    const { oid: made } = await createForRestore(psql, fresh, mark, locale, server.major);
    created.oid = made;
    step.writeDown({ ...mark, stage: 'filling', fresh: { name: fresh, oid: made } });
    step.info(`Created${describeLocale(locale)}`);
    const found = await inspectEmptyDatabase(fresh, emptyChecks, psql, step);
    const { archive, notes } = await inspectExtensions(replacement, fresh, step);
    await fill({ ...archive.order, database: fresh }, archive, prepared, step);
    const computed = await warnAboutRecomputed(psql, fresh, step);
    const belongings = await readCarryOverSource(replacement, step, 'properties');
    const settings = {
        wanted: belongings.properties.settings,
        refused: await applySettingsTo(psql, fresh, database, belongings, step),
    };
    const statistics = await collectStatistics(fresh, archive.sessions, prepared, step, 'throw');
    return {
        notes: [...found, ...notes, ...computed, ...statistics.notes],
        ...{ settings, made },
        size: statistics.size,
        rows: statistics.rows,
    };
}
/**
 * Gives the new database the settings that the old one has right before the swap, and prepares the rest, which is a part of the swap:
 * until then, nobody but its owner may connect to it.
 */
async function carryOver(fresh, replacement, settings, step) {
    const { request, prepared } = replacement;
    const { database } = request;
    const { psql } = prepared;
    const read = await readCarryOverSource(replacement, step);
    const closed = await revokePrivileges(privilegesToRevoke(read, replacement), fresh, replacement, step);
    const belongings = await actualLoss(read, replacement, fresh);
    logCarryOver(database, prepared.server.role, belongings, step.debug);
    let { refused } = settings;
    if (!(0,external_node_util_.isDeepStrictEqual)(belongings.properties.settings, settings.wanted)) {
        step.info('The settings of the old database changed during the restore; applying them again');
        await resetSettings(psql, fresh);
        refused = await applySettingsTo(psql, fresh, database, belongings, step);
    }
    const rest = await rehearseProperties(psql, fresh, database, belongings, step);
    const left = stillToRevoke(belongings, closed);
    const { notes, withheld } = carriedOver(database, left, [...refused, ...rest.refused], replacement.rights);
    return { carried: { notes: [...notes, ...closed.notes], withheld }, statements: rest.statements };
}
/** Whether the old database is to be marked as one to be dropped; `retireOldDatabase` drops it then. */
function discarding({ request }, { withheld }, step) {
    return request.keepPrevious || withheld.length > 0 ? {} : { discardedBy: (0,base_step/* nameOfRun */.o)(step.run) };
}
/** @returns the old database, if there was one, and for how long connections were held back, in milliseconds */
async function swap({ request: { database }, prepared, lock }, names, step) {
    step.signal.throwIfAborted();
    const expected = prepared.server.target?.oid ?? null;
    const { fresh, made, previous, discardedBy } = names;
    const unfinished = {
        ...{ database, run: (0,base_step/* nameOfRun */.o)(step.run), fresh: { name: fresh, oid: made } },
        ...(discardedBy !== undefined && expected !== null && { previous: { name: previous, oid: expected } }),
    };
    step.writeDown({ ...unfinished, stage: 'swapping' });
    const outcome = await swapDatabases(lock, prepared.psql, { ...names, current: database, expected });
    if (outcome.state === 'unknown') {
        step.writeDown(undefined); // what the error says of the names tells how it ended, as long as nobody drops one
        throw new SwapOutcomeUnknown(database, fresh, previous, outcome.reason);
    }
    step.writeDown({ ...unfinished, stage: outcome.state === 'swapped' ? 'swapped' : 'filling' });
    if (outcome.state === 'unchanged')
        throw outcome.reason;
    const old = outcome.previous === undefined ? '' : `; the old one is now ${(0,format/* quoted */.TL)(outcome.previous)}`;
    step.info(`Database ${(0,format/* quoted */.TL)(database)} is now the restored one${old}`);
    step.info(`Connections blocked for at most ${(0,format/* formatDuration */.a3)(outcome.held)}`);
    return { previous: outcome.old?.known, blocked: outcome.held };
}
/** Removes the new database after a failure before the swap. @returns what to tell */
async function undone(error, replacement, fresh, step) {
    if (error instanceof SwapOutcomeUnknown)
        return error; // the new database may be the one in use
    const { database } = replacement.request;
    step.info(`Dropping the new database ${(0,format/* quoted */.TL)(fresh.name)}`);
    const mark = { database, run: (0,base_step/* nameOfRun */.o)(step.run) };
    return newDatabaseFailed(database, await giveUp(replacement, fresh, mark, step), error);
}

// EXTERNAL MODULE: ./build/jobs/request.js
var jobs_request = __webpack_require__(368);
;// CONCATENATED MODULE: ./build/jobs/restore.js
























/**
 * Replaces a database by what is in a backup. Everything that can be known before is known before the first change: nobody
 * else restores this database, the server lets this role do what has to be done, and the archive lies on the runner's disk,
 * verified. How the old database is replaced then is the strategy's.
 * @throws Failure that says what state the database is in
 */
async function restore(asked, step) {
    const clock = performance.now();
    const { database, strategy, noOwner, noPrivileges } = asked;
    const phase = (title, work) => beforeFirstChange(database, title, step.phase(title, work));
    const { credential, login } = await phase('Sign in to Azure', () => (0,preparation/* fetchLogin */.Mx)(asked, step));
    const { patience } = asked;
    const store = (0,backup_store/* openBackupStore */.i)(asked.store, credential, { patience, info: step.info });
    const { found, backupFileName } = await phase('Find the backup', async () => {
        const isLatest = asked.backupFileName === jobs_request/* latestName */.L;
        const name = isLatest ? await (0,latest/* findLatest */.h)(store, asked.source, step) : asked.backupFileName;
        if (isLatest)
            step.chose(name);
        return { found: await lookUpBackup(store, name, database, step), backupFileName: name };
    });
    const { prepared, request, lock } = await phase('Check the server', async () => {
        const ask = (psql) => (0,server/* restoreFacts */.O4)(psql, database);
        const ready = await (0,preparation/* prepareClient */.Br)(asked, login, ask, (0,archive_header/* oldestReader */.jV)(found.header), step);
        (0,fit_server/* assertNoCluster */.QY)(ready.server, ready.connection);
        const options = await (0,known_options/* readOptions */.Tt)(ready.client, 'pg_restore', asked.restoreOptions, step.signal);
        return {
            prepared: ready,
            request: { ...asked, restoreOptions: options },
            lock: await lockRestore(ready.psql, database),
        };
    });
    try {
        const guarded = guardedBy(lock, prepared, step);
        const checked = await phase('Preflight checks', () => step.timed('Checks', async () => {
            const order = { ...request, options: request.restoreOptions };
            const result = await preflight(store, found, order, guarded.prepared, guarded.step);
            const findings = [
                ...result.findings,
                ...localeFindings(found.record, prepared.server),
                ...strangerFindings(lock),
            ];
            (0,finding/* reportFindings */.LH)(findings, step);
            return { ...result, findings, leftovers: await clearLeftovers(lock, guarded.prepared, step) };
        }));
        const way = chooseSource({
            strategy,
            jobs: (0,tool_options/* allowsSeveralJobs */.HH)(request.restoreOptions) ? request.jobs : 1,
            size: found.stored.size,
            room: checked.room,
            proven: found.record.sha256 !== undefined,
            lookedInto: checked.extensions.data.length > 0,
        });
        step.info(way.why);
        const passes = await restorePasses(checked, way, step);
        const obtained = way.through === 'stream'
            ? streamArchive(store, found, guarded.step)
            : await phase(`Download ${(0,format/* quoted */.TL)(backupFileName)}`, () => step.timed('Download', () => downloadArchive(store, found, prepared.client, way.jobs, guarded.step)));
        const replaced = await replace({
            request,
            lock,
            prepared: guarded.prepared,
            original: checked.original,
            emptyChecks: checked.emptyChecks,
            locale: (0,obstacles/* chooseLocale */.u)(found.record, prepared.server),
            extensions: checked.extensions,
            rights: checked.rights,
            archive: {
                order: {
                    ...{ archive: obtained.archive, passes, noOwner, noPrivileges },
                    options: request.restoreOptions,
                    withoutRows: checked.withoutRows,
                },
                sessions: way.jobs,
                entries: checked.entries,
                size: found.stored.size,
                dataSizes: new Map([...obtained.dataSizes].filter(([id]) => checked.ids.has(id))),
                schemas: checked.schemas,
                ...{ extensions: [], hints: [] },
                verified: obtained.verified,
            },
        }, guarded.step).finally(obtained.remove);
        return {
            job: 'restore',
            database,
            server: { host: request.server.host, version: prepared.server.version },
            backup: {
                name: backupFileName,
                url: found.stored.url,
                size: found.stored.size,
                sha256: obtained.verified(),
            },
            duration: performance.now() - clock,
            ...originOf(found.record),
            verified: found.record.sha256 !== undefined,
            tables: checked.tables,
            ...replaced,
            notes: [...(0,finding/* notesOfWarnings */.o)(checked.findings), ...(replaced.notes ?? []), ...checked.leftovers],
        };
    }
    finally {
        await lock.release();
    }
    function replace(replacement, guarded) {
        return strategy === 'swap' ? restoreBySwap(replacement, guarded) : restoreByDrop(replacement, guarded);
    }
}
/** The step, and the connection, for work that has to end when the lock is lost. */
function guardedBy({ lost }, prepared, step) {
    const signal = AbortSignal.any([step.signal, lost]);
    return { step: { ...step, signal }, prepared: { ...prepared, psql: { ...prepared.psql, signal } } };
}
/** What of the locale that is recorded this server is too old for. */
function localeFindings(record, server) {
    const locale = (0,obstacles/* chooseLocale */.u)(record, server);
    const lost = locale && lostLocale(locale, server.major);
    return lost === undefined ? [] : [{ level: 'warning', text: lost }];
}
/** Who holds a lock for restores and could not restore. */
function strangerFindings({ strangers, database }) {
    return strangers.map((holder) => ({
        level: 'warning',
        text: `A lock for restores of ${(0,format/* quoted */.TL)(database)} is held by ${describeHolder(holder)}. It is ignored, since that role could not restore ` +
            `the database. To end it, run this in database ${(0,format/* quoted */.TL)(server/* maintenanceDatabase */.Xb)} as that role or as an administrator of the server:\n` +
            statementToEnd(holder),
    }));
}
/** When and where a backup says that it was made; anybody may have written that. */
function originOf(record) {
    const dataFrom = new Date(record.started_at ?? '');
    const madeBy = (0,origin/* makingRun */.d)(record);
    return { ...(!Number.isNaN(dataFrom.getTime()) && { dataFrom }), ...(madeBy && { madeBy }) };
}


/***/ })

};
