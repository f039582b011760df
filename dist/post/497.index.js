export const id = 497;
export const ids = [497];
export const modules = {

/***/ 6497:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  cleanUpAfter: () => (/* binding */ cleanUpAfter),
  notSeen: () => (/* binding */ notSeen)
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./build/base/failure.js
var failure = __webpack_require__(7306);
// EXTERNAL MODULE: ./build/base/format.js
var format = __webpack_require__(8253);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/@actions/exec/lib/exec.js + 1 modules
var exec = __webpack_require__(1955);
// EXTERNAL MODULE: ./build/postgres/client/install/tool-cache.js
var tool_cache = __webpack_require__(4767);
;// CONCATENATED MODULE: ./build/postgres/client/versions.js
/** The major version in what `pg_dump --version` and its kin print: `pg_dump (PostgreSQL) 17.6 (Debian …)`. */
function parseVersion(printed) {
    const match = /\(PostgreSQL\) ((\d+)\S*)/.exec(printed);
    return match ? { major: Number(match[2]), version: String(match[1]) } : undefined;
}
/** PostgreSQL's own version in that of a Debian package: `17.6` of `17.6-1.pgdg24.04+1`, `19beta2` of `19~beta2-1.pgdg13+1`. */
function versions_upstreamVersion(debianVersion) {
    return debianVersion
        .replace(/^\d+:/, '')
        .replace(/-[^-]*$/, '')
        .replaceAll('~', '');
}
/** Whether a release is older than another one of the same major; what is before a release is not compared. */
function versions_isOlderMinor(version, other) {
    const [mine, theirs] = [version, other].map((one) => /^(\d+)\.(\d+)$/.exec(one));
    return !!mine && !!theirs && mine[1] === theirs[1] && Number(mine[2]) < Number(theirs[2]);
}
/**
 * The oldest minors without a fault that a server can make use of: what `pg_dump` reads of large objects may overwrite its memory
 * (CVE-2026-6477). https://www.postgresql.org/support/security/CVE-2026-6477/
 */
const withoutKnownFault = { 14: 23, 15: 18, 16: 14, 17: 10, 18: 4 };
/** The oldest release of the same major without a fault that is known to be one for this action; undefined if this one has none. */
function versions_fixedVersion(version) {
    const [major = '', minor = ''] = version.split('.');
    const fixed = withoutKnownFault[Number(major)];
    return fixed !== undefined && Number(minor) < fixed ? `${major}.${fixed}` : undefined;
}

;// CONCATENATED MODULE: ./build/postgres/client/find.js





/** The folder that a client's programs are in, as it was found. */
function find_folderOf({ pgDump }) {
    return path.dirname(pgDump);
}
/** Where packages put their clients, a folder for each major at the star. */
const packageFolders = [
    '/usr/lib/postgresql/*/bin', // Debian and Ubuntu, PGDG's packages for them too
    '/usr/pgsql-*/bin', // PGDG's packages for RHEL and its kin
    '/opt/homebrew/opt/postgresql@*/bin', // Homebrew on Apple silicon
    '/opt/homebrew/opt/libpq/bin',
    '/usr/local/opt/postgresql@*/bin', // Homebrew on Intel
    '/usr/local/opt/libpq/bin',
];
/**
 * Finds the clients on this machine: on the PATH, where packages put them, and in the runner's tool cache. Folders that lack one of the
 * three programs, and programs that do not run, are passed over.
 * @param known clients that were found before, by their folders, which are not asked for their version again; it is added to
 * @returns one for each major, in ascending order; for a major found twice, the one that comes first on the PATH
 */
async function find_findClients(signal, known = new Map()) {
    const packaged = (await Promise.all(packageFolders.map(expand))).flat();
    const folders = [...foldersOfEnvironment(process.env), ...packaged, ...(await (0,tool_cache/* cachedClientFolders */.Fc)())];
    const found = await Promise.all([...new Set(folders)].map(async (folder) => {
        const client = known.get(folder) ?? (await clientIn(folder, signal));
        if (client)
            known.set(folder, client);
        return client;
    }));
    const byMajor = new Map();
    for (const client of found) {
        if (client && !byMajor.has(client.major))
            byMajor.set(client.major, client);
    }
    return [...byMajor.values()].sort((a, b) => a.major - b.major);
}
/** The folders that the environment names: those of the PATH, and PGBIN, which GitHub's images for Windows set. */
function foldersOfEnvironment(environment) {
    const { PATH = '', PGBIN = '' } = environment;
    return [...PATH.split(external_node_path_.delimiter), PGBIN].filter((folder) => external_node_path_.isAbsolute(folder));
}
/** Where a folder has a program, by the name that the system gives it. */
function programIn(folder, name, platform = process.platform) {
    return external_node_path_.join(folder, platform === 'win32' ? `${name}.exe` : name);
}
async function clientIn(folder, signal) {
    const programs = {
        psql: programIn(folder, 'psql'),
        pgDump: programIn(folder, 'pg_dump'),
        pgRestore: programIn(folder, 'pg_restore'),
    };
    try {
        await Promise.all(Object.values(programs).map((program) => (0,external_node_fs_promises_.access)(program, external_node_fs_promises_.constants.X_OK)));
        // Debian's /usr/bin/pg_dump is a script that chooses a version by rules of its own; the real ones are found anyway.
        if ((await (0,external_node_fs_promises_.realpath)(programs.pgDump)).endsWith('/pg_wrapper'))
            return undefined;
        const versions = await Promise.all(Object.values(programs).map(askVersion));
        signal.throwIfAborted();
        const [version] = versions;
        if (!version || versions.some((other) => other?.major !== version.major))
            return undefined;
        return { ...version, ...programs };
    }
    catch {
        signal.throwIfAborted();
        return undefined;
    }
}
/**
 * What a program says of itself. Such short questions of a set-up go through @actions/exec: they print a
 * line or two, and there is nothing to stream and nothing on a server to cancel. What is long is `base/process.ts`'s.
 */
async function askVersion(program) {
    const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' };
    // It takes a command line, in which quotes keep a path with spaces together.
    const commandLine = `"${program.replaceAll('"', '\\"')}"`;
    const { stdout } = await (0,exec/* getExecOutput */.H)(commandLine, ['--version'], { env, silent: true });
    return parseVersion(stdout);
}
async function expand(pattern) {
    const star = pattern.indexOf('*');
    if (star === -1)
        return [pattern];
    const parent = external_node_path_.dirname(pattern.slice(0, star + 1));
    const prefix = external_node_path_.basename(pattern.slice(0, star + 1)).slice(0, -1);
    const rest = pattern.slice(star + 1);
    const names = await (0,external_node_fs_promises_.readdir)(parent).catch(() => []);
    return names.filter((name) => name.startsWith(prefix)).map((name) => external_node_path_.join(parent, name) + rest);
}

;// CONCATENATED MODULE: ./build/postgres/session/connection.js




const sslModes = ['verify-full', 'verify-ca', 'require', 'disable'];
/**
 * A parameter that means nothing, given to each session at its start. A server keeps it, a pooler such as pgBouncer does not:
 * that refuses it, or passes over it if its ignore_startup_parameters has `options` (tried with pgBouncer 1.18). The number of
 * the port tells little: poolers listen anywhere, and servers behind mappings of ports.
 */
const connection_directConnectionParameter = 'postgres_azure_backup.direct';
/**
 * What the sessions of psql, pg_dump and pg_restore are started with; it wins over what is set for a database or a role. Each is known
 * to every server that we talk to, and any role may set it. default_transaction_read_only is not among them, since a server whose
 * disk is full has it on, and a restore asks for it; nor is role, by which some let all objects belong to a group.
 */
const sessionSettings = {
    [connection_directConnectionParameter]: 'on',
    default_transaction_isolation: 'read committed', // a standby knows no serializable one, parallel sessions would fail in it
    statement_timeout: '0',
    lock_timeout: '0',
};
/** Of the runner's environment, what PostgreSQL's programs need to run; no PG* variable, input or token is among it. */
const inherited = ['PATH', 'TMPDIR', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'SystemRoot'];
/**
 * Makes the environment that carries host, login and TLS settings to psql, pg_dump and pg_restore. Nothing of it
 * stands on a command line, and nothing of the runner's own libpq settings plays a part: variables are chosen, not
 * inherited, and the files that libpq looks for in the home folder are pointed at names that do not exist.
 *
 * The system's roots are written to a PEM file, since `sslrootcert=system` is known only from libpq 16 on.
 * https://www.postgresql.org/docs/current/libpq-envars.html
 *
 * @param scratch a private folder for that file
 * @param insistence what is done about a server that does not let the job in
 * @throws Failure if certificates are to be verified and the system has no roots
 */
async function connection_prepareConnection(address, login, scratch, insistence) {
    const nowhere = external_node_path_.join(scratch, 'none');
    const env = {
        HOME: scratch,
        LC_ALL: 'C', // the programs' own messages in English, the server's as it has them
        PGHOST: address.host,
        PGPORT: String(address.port),
        PGUSER: login.user,
        PGSSLMODE: address.sslMode,
        // Nothing proves who answers then: whoever it is does not get the password in clear. Known from libpq 16 on.
        ...(connection_isUnverified(address) && { PGREQUIREAUTH: '!password' }),
        PGSSLROOTCERT: await rootCertificates(address, scratch, nowhere),
        PGSSLCERT: nowhere,
        PGSSLKEY: nowhere,
        PGSSLCRL: nowhere,
        PGPASSFILE: nowhere,
        PGSERVICEFILE: nowhere,
        PGSYSCONFDIR: nowhere,
        PGGSSENCMODE: 'disable',
        PGCONNECT_TIMEOUT: String(connectTimeout(insistence)),
        PGAPPNAME: 'postgres-azure-backup',
        PGOPTIONS: optionsOf(sessionSettings),
    };
    for (const name of inherited) {
        const value = process.env[name];
        if (value !== undefined)
            env[name] = value;
    }
    const admission = { password: login.password, worked: false, ...(insistence && { insistence }) };
    return { address, user: login.user, env, admission };
}
/** The whole environment of a program that is about to connect, with the password that counts now. */
function connection_environmentOf({ env, admission }) {
    return { ...env, PGPASSWORD: admission.password };
}
/** For one attempt to connect, in seconds; libpq takes less than two for two. */
function connectTimeout(insistence) {
    return Math.max(2, Math.ceil((insistence?.patience.answer ?? 20_000) / 1000));
}
/** A database and its server, for messages. */
function describeDatabase({ address, user }, database) {
    return `database ${(0,format/* quoted */.TL)(database)} on ${address.host}:${address.port} as ${(0,format/* quoted */.TL)(user)}`;
}
/** Whether a server is talked to without knowing whose it is. */
function connection_isUnverified({ sslMode }) {
    return sslMode === 'require' || sslMode === 'disable';
}
/** Settings as PGOPTIONS takes them for the start of a session: https://www.postgresql.org/docs/current/libpq-connect.html (options) */
function optionsOf(parameters) {
    return Object.entries(parameters)
        .map(([name, value]) => `-c ${name}=${value.replace(/[\\ ]/g, '\\$&')}`)
        .join(' ');
}
/**
 * A database's name as a connection string. The programs take a bare name with `=` or `postgresql://` in it for a
 * connection string and would reach another database; a quoted `dbname` is only ever a name.
 * Keep-alives come with it, since no environment variable sets them.
 * https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING
 * @param sends whether the program sends rows, for which a server may have no room for minutes
 */
function connectionString(database, { admission } = {}, sends = 'questions') {
    const escaped = database.replace(/[\\']/g, '\\$&');
    const longest = 2 * (admission?.insistence?.patience.idle ?? 60_000);
    return `dbname='${escaped}' ${keepAlives(longest)}${sends === 'questions' ? ` tcp_user_timeout=${longest}` : ''}`;
}
/**
 * Load balancers drop connections that are silent for some minutes, as they are while an index is built: after half a minute the
 * system asks whether the other end is still there, and then every 15 s. If it is not, the connection is given up after two minutes;
 * by TCP_USER_TIMEOUT also where something was sent and not received, for which the system takes a quarter of an hour otherwise. That
 * counts what the other end has no room for as well: https://man7.org/linux/man-pages/man7/tcp.7.html
 * @param longest in milliseconds
 */
function keepAlives(longest) {
    const seconds = (part) => Math.max(1, Math.round(longest / 1000 / part));
    return `keepalives=1 keepalives_idle=${seconds(4)} keepalives_interval=${seconds(8)} keepalives_count=6`;
}
async function rootCertificates(address, scratch, nowhere) {
    if (address.sslRootCert !== undefined)
        return external_node_path_.resolve(address.sslRootCert);
    // With `require`, libpq verifies as soon as it finds a root certificate: give it none.
    if (address.sslMode === 'require' || address.sslMode === 'disable')
        return nowhere;
    const { getCACertificates } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 1692, 19)); // bad input is told sooner without it
    const roots = getCACertificates('system');
    if (roots.length === 0) {
        throw new failure/* Failure */.HR({
            tried: `Reading the system's root certificates for ssl_mode ${address.sslMode}`,
            cause: 'the runner has none',
            advice: "Install the package ca-certificates, or set ssl_root_cert to a PEM file with the root of the server's certificate.",
        });
    }
    const file = external_node_path_.join(scratch, 'roots.pem');
    await (0,external_node_fs_promises_.writeFile)(file, `${roots.join('\n')}\n`, { mode: 0o600 });
    return file;
}

// EXTERNAL MODULE: ./build/base/system-errors.js
var system_errors = __webpack_require__(1703);
;// CONCATENATED MODULE: ./build/postgres/session/sql-text.js

/**
 * Names and values as parts of SQL text. Scripts that psql runs for us use its variables instead; this is for statements
 * that a person is to run, and whose parts are as many as the database has settings or grants.
 */
/** A name in double quotes. */
function sql_text_identifier(name) {
    return `"${name.replaceAll('"', '""')}"`;
}
/** A string constant that means the same whatever `standard_conforming_strings` is. */
function sql_text_literal(value) {
    const doubled = value.replaceAll("'", "''");
    return value.includes('\\') ? `E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`;
}
/** What is in quotes: a name, a string, one with escapes; one of Unicode escapes, or a body between dollar signs, which stay as they are. */
const quotedPart = /(?<!\w)U&(?:"[^"]*"|'[^']*')|(?<!\w)E'(?<escaped>[^'\\]*(?:(?:\\.|'')[^'\\]*)*)'|'(?<text>[^']*(?:''[^']*)*)'|"(?<name>[^"]*(?:""[^"]*)*)"|(?<!\w)\$\w*\$/gis;
/**
 * A statement in one line, as a person can see, copy and run it: characters of names and strings that nobody can see, or that would end
 * the line, are escaped as SQL has it. It means the same. One with a body between dollar signs stays as it is.
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-STRINGS-ESCAPE
 */
function sql_text_toPaste(statement) {
    if ((0,format/* inOneLine */.UX)(statement) === statement || statement.startsWith('--'))
        return (0,format/* inOneLine */.UX)(statement);
    let hasBody = false;
    const shown = statement.replace(quotedPart, (part, ...match) => {
        hasBody ||= part.startsWith('$');
        if ((0,format/* inOneLine */.UX)(part) === part)
            return part;
        const { name, text, escaped } = match.at(-1);
        if (name !== undefined)
            return `U&"${showHidden(name.replaceAll('\\', '\\\\'), '\\')}"`;
        const inside = text?.replaceAll('\\', '\\\\') ?? escaped?.replace(/\\(.)/gs, withoutNeedlessEscape);
        return inside === undefined ? part : `E'${showHidden(inside, '\\u')}'`;
    });
    return hasBody ? statement : (0,format/* inOneLine */.UX)(shown.replace(/\s*[\n\r\t]\s*/g, ' '));
}
function withoutNeedlessEscape(whole, character) {
    return (0,format/* inOneLine */.UX)(character) === character ? whole : character;
}
/** A text in which each character that nobody can see is its code, after a sign that says so. */
function showHidden(text, sign) {
    return text.replace(/[^ -~]/g, (one) => (0,format/* inOneLine */.UX)(one) === one ? one : `${sign}${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
/**
 * The elements of a list that the server keeps as one text, `"$user", public`. Names in double quotes are taken as they
 * stand; around the others spaces do not count.
 */
function sql_text_listElements(list) {
    const elements = list.match(/(?:"(?:[^"]|"")*"?|[^",])+/g) ?? [];
    return elements.map((element) => {
        const trimmed = element.trim();
        const inQuotes = /^"(.*)"$/s.exec(trimmed)?.[1];
        return inQuotes === undefined ? trimmed : inQuotes.replaceAll('""', '"');
    });
}
/**
 * The parameters whose lists the server quotes element by element; extensions cannot add any.
 * https://github.com/postgres/postgres/blob/master/src/backend/utils/misc/guc_parameters.dat (GUC_LIST_QUOTE)
 */
const quotedLists = new Set([
    'local_preload_libraries',
    'search_path',
    'session_preload_libraries',
    'shared_preload_libraries',
    'temp_tablespaces',
    'unix_socket_directories',
]);
/** Whether the value of a parameter is such a list. */
function sql_text_isQuotedList(parameter) {
    return quotedLists.has(parameter.toLowerCase());
}
/** A URL with a password, or what libpq, ADO.NET and the like call one: `://user:pass@`, `password=`, `Pwd = ` */
const credential = /:\/\/[^\s/@]*:[^\s@]*@|\b(password|passwd|passphrase|pwd|secret|token|\w*key)['"]?\s*[=:]/i;
/** Whether a text looks as if it held a password. */
function sql_text_holdsCredential(text) {
    return credential.test(text);
}

;// CONCATENATED MODULE: ./build/postgres/errors/kinds.js

/** How libpq and the server say that a connection is gone; one of the lines is libpq's own, in English. */
const lostConnection = /terminating connection|server closed the connection|connection to server was lost|could not (receive|send) data|SSL SYSCALL|connection has been closed|no connection to the server/i;
/** How pg_dump says that it waited in vain: its --lock-wait-timeout is a statement_timeout to the server. */
const lockTimeout = /canceling statement due to (statement|lock) timeout.*\bLOCK TABLE /is;
/**
 * Messages about the server as a whole, or about who else is at work there, and not about what they came in the midst of.
 */
const stateOfServer = /no space left|disk full|out of (shared )?memory|shared memory segment|in a read-only transaction|canceling statement|lock timeout|could not obtain lock|waiting for lock|deadlock detected/i;
/**
 * Whether a message is about the connection or the server as a whole, and says nothing about what it came in the midst of.
 * Rows of a table may be quoted below the first line.
 */
function isOfServer(message) {
    const [first = ''] = message.split('\n', 1);
    return lostConnection.test(message) || stateOfServer.test(first);
}
/** Whether pg_dump says that it waited too long for a lock on a table. */
function isLockTimeout(message) {
    return lockTimeout.test(searchablePart(message));
}

;// CONCATENATED MODULE: ./build/postgres/errors/server-message.js
/** Takes a message apart. */
function messageParts(message) {
    const [first = '', ...lines] = message.split('\n');
    const after = (label) => lines.find((line) => line.startsWith(label))?.slice(label.length) ?? '';
    const last = lines.findLastIndex((line) => line.startsWith(labelOfContext));
    const [beginning = '', ...rest] = last < 0 ? [] : lines.slice(last);
    const context = last < 0 ? [] : [beginning.slice(labelOfContext.length), ...rest];
    return { first, detail: after('DETAIL:  '), hint: after('HINT:  '), context };
}
const labelOfContext = 'CONTEXT:  ';
/**
 * What the server points at in a statement of a function, and not of the archive: `unaccent(t))`. It does so where it does not
 * find a name, while it tries to understand the body.
 */
function nameAtCaret(message) {
    const lines = message.split('\n');
    if (!lines.some((line) => line.startsWith('QUERY:  ')))
        return undefined;
    const at = lines.findIndex((line, index) => /^LINE \d+: /.test(line) && /^ *\^$/.test(lines[index + 1] ?? ''));
    const [label = ''] = /^LINE \d+: /.exec(lines[at] ?? '') ?? [];
    const column = (lines[at + 1] ?? '').length - 1;
    return lines[at]?.slice(Math.max(label.length, column));
}
/** As much of a text as messages are told by, in characters. */
const mostLookedInto = 8_000;
/**
 * The beginning and the end of a message, by which it is told what it is about. Patterns with a gap in them take time that grows
 * with the square of a text, and anybody's function may say megabytes.
 */
function server_message_searchablePart(message) {
    if (message.length <= mostLookedInto)
        return message;
    const half = mostLookedInto / 2;
    return `${message.slice(0, half)}\n${message.slice(-half)}`;
}

;// CONCATENATED MODULE: ./build/postgres/errors/shared-advice.js

/** What to do where a pooler answers in place of the server. https://github.com/pgbouncer/pgbouncer/issues/452 */
const shared_advice_poolerAdvice = "Set db_port to the server's own port (5432 on Azure). A pooler such as PgBouncer shares sessions between clients: what pg_dump sets " +
    'would break the queries of applications, and no database can be replaced through it.';
/**
 * What to do about a session that the server, or something on the way to it, has ended.
 * @param now when that was seen
 */
function lostAdvice(now) {
    const time = now.toISOString().slice(11, 19);
    return `Session lost at ${time} UTC. Check the server's log for that time, then run the job again.`;
}
/** What to do about a table that somebody has locked, where it is not known who has. */
const lockAdvice = 'Another session has locked the table. Run the job again when it is gone. To see who it is, run this in the database:\n' +
    "SELECT relation::regclass, pid, usename, state FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE mode = 'AccessExclusiveLock';";
/** What to do where a role may not read what it is to back up. */
const readAdvice = 'Back up as the owner of all objects, or as a role for backups only that is a member of pg_read_all_data (PostgreSQL 14 or newer). ' +
    'Such a role can read every database of the server, but not large objects.';
/** What to do where tables, or other objects, have changed in the middle of a dump, which locks tables only. */
const changedAdvice = 'Something was dropped or changed while pg_dump was reading it, perhaps by a migration. Run the job again when that is over.';
/**
 * What to do where the policies of a table hide rows from the role that backs up.
 * @param forced whether they do so although it is the owner's
 */
function adviceOnPolicies(table, forced) {
    return (`Row-level security of table ${(0,format/* quoted */.TL)(table)} hides rows from this role. Back up as a role for backups only that has BYPASSRLS ` +
        '(possible on Azure from PostgreSQL 16 on)' +
        (forced
            ? ', and leave FORCE ROW LEVEL SECURITY as it is.'
            : ', or as the owner of the table, unless it has FORCE ROW LEVEL SECURITY.') +
        ' Do not let an application use such a role: it would see all rows.');
}

;// CONCATENATED MODULE: ./build/postgres/errors/advice.js




/**
 * Parts of libpq's and the server's messages, in English, and what to do about them; the first that fits counts. What the
 * server answered comes before what libpq says of the network, since of several addresses some may not answer at all.
 */
const serverAdvices = [
    [/unsupported startup parameter|doesn.t support command-line options/i, shared_advice_poolerAdvice],
    [
        /conflict with recovery/i,
        'Back up from the primary, or raise max_standby_streaming_delay on the replica: a replica cancels queries that conflict with ' +
            'changes from the primary.',
    ],
    [lostConnection, () => lostAdvice(new Date())],
    [
        /starting up|shutting down|in recovery mode|not yet accepting connections/i,
        'Wait until the server is up, then run the job again.',
    ],
    [
        /password authentication failed|no password supplied/i,
        'The server rejected this user or password. Check the two secrets in Key Vault (db_user_secret_name, db_password_secret_name).',
    ],
    [
        /is not permitted to log in/i,
        (_, asker) => withSql('Let the role log in.', asker, ({ role }) => `ALTER ROLE ${sql_text_identifier(role)} LOGIN;`),
    ],
    [
        /authentication method requirement/i,
        'Set ssl_mode to verify-full. The server asks for the password in clear text, and gets it only once its identity is verified.',
    ],
    [
        /pg_hba\.conf (entry|rejects).*(no encryption|SSL off)/is,
        'Set ssl_mode to verify-full: this connection was not encrypted, and the server may refuse that. If it still refuses, allow the ' +
            "runner in the server's firewall (on Azure under Networking).",
    ],
    [
        /pg_hba\.conf (entry|rejects)/i,
        "Allow the runner in the server's firewall (on Azure under Networking), elsewhere in pg_hba.conf.",
    ],
    [
        /database "postgres" does not exist/i,
        'The server has no database postgres, which the action connects to while it works on other databases. Create it:\nCREATE DATABASE postgres;',
    ],
    [/database ".*" does not exist/is, 'Check db_name (case and spaces matter).'],
    [
        /is not currently accepting connections/i,
        (_, asker) => withSql('The database accepts no connections. Open it, as its owner.', asker, ({ database }) => `ALTER DATABASE ${sql_text_identifier(database)} ALLOW_CONNECTIONS true;`),
    ],
    [
        /permission denied for database|CONNECT privilege/i,
        (_, asker) => withSql('Let the role connect, as the owner of the database.', asker, ({ role, database }) => `GRANT CONNECT ON DATABASE ${sql_text_identifier(database)} TO ${sql_text_identifier(role)};`),
    ],
    [
        /too many connections for (role|database)/i,
        ([, of = '']) => `The ${of.toLowerCase()} has reached its connection limit. End some of its sessions (see pg_stat_activity), or raise the limit ` +
            `(ALTER ${of.toUpperCase()} with CONNECTION LIMIT), then run the job again.`,
    ],
    [
        /too many clients|remaining connection slots/i,
        'The server has no connection left. End some sessions (see pg_stat_activity), or raise the server parameter max_connections ' +
            '(needs a restart), then run the job again.',
    ],
    [
        /server does not support SSL/i,
        'The server does not offer TLS. Turn TLS on there. ssl_mode: disable sends everything unencrypted.',
    ],
    [
        /certificate verify failed|provider signature failure|root certificate file|unable to get (local )?issuer/i,
        "Set ssl_root_cert to a PEM file with the root that issued the server's certificate, or fix the certificate.",
    ],
    [
        /does not match host name|server certificate for/i,
        "Set azure_db_host to a name in the server's certificate (on Azure the full one). ssl_mode: verify-ca skips this check, and is safe " +
            'only with ssl_root_cert of your own authority.',
    ],
    [
        /invalid response to SSL negotiation|expected authentication request/i,
        'Not a PostgreSQL server. Check azure_db_host and db_port.',
    ],
    [
        /could not translate host name|could not resolve/i,
        "Check azure_db_host. The name of a server with private access is known in the server's own network only.",
    ],
    [/connection refused/i, 'Check azure_db_host and db_port, and that the server is running.'],
    [
        /timeout expired|timed out|no route to host|network is unreachable/i,
        "Allow the runner in the server's firewall, or use a runner in its network. Check azure_db_host and db_port.",
    ],
    [lockTimeout, lockAdvice],
    [
        /would be affected by row-level security policy for table "(.*?)"(.*NO FORCE ROW LEVEL SECURITY)?/is,
        ([, table = '', forced]) => adviceOnPolicies(table, forced !== undefined),
    ],
    [/permission denied for .*\b(query|command) was: /is, readAdvice],
    [
        /(cache lookup failed for|could not open relation with OID|tuple concurrently|does not exist\b).*\b(query|command) was: /is,
        changedAdvice,
    ],
    [
        /permission denied for|must be owner|row-level security/i,
        'The role lacks privileges. Use the owner of all objects in the database, or grant the role what is missing.',
    ],
    [
        /lock timeout|could not obtain lock|waiting for lock|deadlock detected/i,
        'Another session holds a conflicting lock. Run the job again when it is gone.',
    ],
    [
        /canceling statement due to (statement timeout|user request)/i,
        "The server cancelled the statement: a time limit, or somebody's request. Check the server's log, then run the job again.",
    ],
    [
        /out of shared memory/i,
        'The lock table is full. Raise the server parameter max_locks_per_transaction (needs a restart), then run the job again.',
    ],
    // Shared memory that is full is a device without space, too.
    [
        /out of memory|shared memory segment/i,
        'Out of memory, most likely on the database server. Restore with jobs: 1, or give the server more memory, then run the job again.',
    ],
    [
        /no space left|disk full/i,
        "The database server's disk is full. Free space or enlarge the disk, then run the job again.",
    ],
    [
        /in a read-only transaction/i,
        'The server is read-only now. On Azure that happens when its storage is nearly full: free space or enlarge the storage, then run ' +
            'the job again.',
    ],
    [
        /invalid LC_(COLLATE|CTYPE)|locale name|could not (create|open) locale|conflicting locale/i,
        'The server lacks the locale of the backup. Restore to a server that has it.',
    ],
    [
        /is being accessed by other users/i,
        'Other sessions are connected to the database. End them (see pg_stat_activity), each as its role or as an administrator, then run ' +
            'the job again.',
    ],
    [
        /members of "azure_pg_admin" are allowed/i,
        (_, asker) => withSql("As the server's administrator, make the role a member of azure_pg_admin.", asker, ({ role }) => `GRANT azure_pg_admin TO ${sql_text_identifier(role)};`),
    ],
    [
        /permission denied to create extension|is not allow-listed|extension ".*" is not available|could not open extension control file/i,
        'Allow the extension on the server (on Azure in the server parameter azure.extensions), then run the job again.',
    ],
];
/** A sentence, and below it the statement, if it is known for whom. */
function withSql(sentence, asker, sql) {
    return asker === undefined ? sentence : `${sentence.replace(/\.$/, ':')}\n${sql_text_toPaste(sql(asker))}`;
}
/** What to do about a message of libpq or the server, where that is known. */
function adviceFor(message, asker) {
    const text = server_message_searchablePart(message);
    for (const [pattern, advice] of serverAdvices) {
        const match = pattern.exec(text);
        if (match)
            return typeof advice === 'string' ? advice : advice(match, asker);
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/postgres/errors/messages-on-code.js
/* What a server says of functions and their statements, in English, as in messages-on-objects.ts; and what it advises. */
/** Of functions in PL/pgSQL and in SQL, and of the statements in them. */
const ofLanguages = `
syntax error
syntax error at end of input
syntax error at or near …
control reached end of function without RETURN
query returned no rows
query returned more than one row
query has no destination for result data
structure of query does not match function result type
returned record type does not match expected record type
return type mismatch in function declared to return {type}
case not found
infinite recursion detected
FOREACH expression must not be null
query string argument of EXECUTE is null
null value cannot be assigned to variable {known} declared NOT NULL
invalid transaction termination
{command} is not allowed in a non-volatile function
set-returning functions are not allowed in …
set-valued function called in context that cannot accept a set
materialize mode required, but it is not allowed in this context
function result type must be {type}`;
/** What the server advises in such cases, as far as it says what the message does not. */
const hints = `
No function matches the given name and argument types. You might need to add explicit type casts.
No operator matches the given name and argument types. You might need to add explicit type casts.
No operator matches the given name and argument type. You might need to add an explicit type cast.
You must specify an operator class for the index or define a default operator class for the data type.
Could not choose a best candidate function. You might need to add explicit type casts.
Perhaps you need a different "datestyle" setting.
Use the COLLATE clause to set the collation explicitly.
See server log for query details.
Check free disk space.
You might need to increase max_locks_per_transaction.
You might need to increase "max_locks_per_transaction".
Increase the configuration parameter max_stack_depth (currently {number}kB), after ensuring the platform's stack depth limit is adequate.
Increase the configuration parameter "max_stack_depth" (currently {number}kB), after ensuring the platform's stack depth limit is adequate.
Values larger than 1/3 of a buffer page cannot be indexed.
Use the REFRESH MATERIALIZED VIEW command.
Create a unique index with no WHERE clause on one or more columns of the materialized view.
In a moment you should be able to reconnect to the database and repeat your command.
There is a column named {known} in table {known}, but it cannot be referenced from this part of the query.`;
/** Templates of messages that are about functions, and of hints. */
const messagesOnCode = [ofLanguages, hints].flatMap((list) => list.trim().split('\n'));

;// CONCATENATED MODULE: ./build/postgres/errors/messages-on-objects.js
/*
 * What a server says of objects, in English, as it stands in its sources. `{…}` and `…` are explained in
 * message-templates.ts. What is not in such a list is not shown where rows may stand in it.
 * https://github.com/postgres/postgres/blob/master/src/backend/po
 */
/** Of rows as a whole, which a constraint, an index or a table refuses. The names are those of the catalog, never a row's. */
const ofConstraints = `
new row for relation {name} violates check constraint {name}
new row for relation {name} violates partition constraint
new row violates row-level security policy for table {name}
new row violates row-level security policy {name} for table {name}
duplicate key value violates unique constraint {name}
conflicting key value violates exclusion constraint {name}
insert or update on table {name} violates foreign key constraint {name}
update or delete on table {name} violates foreign key constraint {name} on table {name}
update or delete on table {name} violates RESTRICT setting of foreign key constraint {name} on table {name}
null value in column {name} violates not-null constraint
null value in column {name} of relation {name} violates not-null constraint
domain {domain} does not allow null values
value for domain {domain} violates check constraint {name}
check constraint {name} of relation {name} is violated by some row
partition constraint of relation {name} is violated by some row
updated partition constraint for default partition {name} would be violated by some row
column {name} of relation {name} contains null values
column {name} of table {name} contains null values
column {name} contains null values
could not create unique index {name}
could not create exclusion constraint {name}
no partition of relation {name} found for row
missing data for column {name}
null is not allowed in column {name}
index row size {number} exceeds btree version {number} maximum {number} for index {name}
index row size {number} exceeds maximum {number} for index {name}
index row requires {number} bytes, maximum size is {number}
row is too big: size {number}, maximum size {number}
query would be affected by row-level security policy for table {name}`;
/** Of objects that are named, which may be a name that a row gives: shown as far as it is known from elsewhere. */
const ofNames = `
relation {known} does not exist
relation {known} already exists
{kind} {known} does not exist
{kind} {known} already exists
column {known} does not exist
column {known} of relation {known} does not exist
column {known} of relation {known} already exists
column {known} does not exist in {known}
column {known} named in key does not exist
column {known} referenced in foreign key constraint does not exist
column reference {known} is ambiguous
missing FROM-clause entry for table {known}
record {known} has no field {known}
function {signature} does not exist
function {signature} is not unique
procedure {signature} does not exist
aggregate {signature} does not exist
operator does not exist: …
operator is not unique: …
type {known} is only a shell
collation {known} for encoding {encoding} does not exist
operator class {known} does not exist for access method {known}
operator class {known} does not accept data type {type}
data type {type} has no default operator class for access method {known}
could not identify an equality operator for type {type}
could not identify a comparison function for type {type}
could not identify an ordering operator for type {type}
could not identify a hash function for type {type}
constraint {known} for relation {known} already exists
constraint {known} of relation {known} does not exist
multiple primary keys for table {known} are not allowed
there is no unique constraint matching given keys for referenced table {known}
there is no primary key for referenced table {known}
foreign key constraint {known} cannot be implemented
referenced relation {known} is not a table
number of referencing and referenced columns for foreign key disagree
access method {known} does not support unique indexes
access method {known} does not support included columns
access method {known} does not support multicolumn indexes
access method {known} does not support exclusion constraints
access method {known} does not support ASC/DESC options
operator {known} is not a member of operator family {known}
operator … is not commutative
functions in index expression must be marked IMMUTABLE
functions in index predicate must be marked IMMUTABLE
generation expression is not immutable
could not determine which collation to use for {purpose}
nondeterministic collations are not supported for {purpose}
cannot create index on relation {known}
cannot attach index {known} as a partition of index {known}
partition {known} would overlap partition {known}
child table is missing column {known}
child table is missing constraint {known}
child table {known} has different type for column {known}
column {known} in child table must be marked NOT NULL
constraint {known} conflicts with non-inherited constraint on child table {known}
column {known} is a generated column
cannot insert a non-DEFAULT value into column {known}
cannot insert into column {known}
cannot insert into foreign table {known}
cannot copy to view {known}
materialized view {known} has not been populated
setval: value … is out of bounds for sequence {known} (…)
nextval: reached maximum value of sequence {known} (…)
unrecognized configuration parameter {known}
invalid value for parameter {known}: …
parameter {known} cannot be changed now
permission denied to set parameter {known}
cannot set parameter {known} within security-restricted operation
cannot create temporary table within security-restricted operation
permission denied for {kind} {known}
permission denied for function {known}
permission denied for procedure {known}
permission denied for aggregate {known}
permission denied for large object {number}
must be owner of {kind} {known}
must be owner of function {known}
function {known} already exists with same argument types
must be member of role {known}
must be able to SET ROLE {known}
could not access file {known}: {errno}
could not load library …
could not find function … in file …
could not connect to server {known}
user mapping not found for {known}
foreign-data wrapper {known} has no handler
cache lookup failed for …`;
/** Templates of messages that are about objects. */
const messagesOnObjects = [ofConstraints, ofNames].flatMap((list) => list.trim().split('\n'));

;// CONCATENATED MODULE: ./build/postgres/errors/messages-on-server.js
/* What a server says of itself, in English, as in messages-on-objects.ts. */
/** Of the server as a whole, of its disk and its memory, and of the connection; some of it is libpq's. */
const ofState = `
terminating connection due to {reason}
terminating connection because of crash of another server process
terminating background worker {known} due to administrator command
canceling statement due to {reason}
canceling autovacuum task
the database system is starting up
the database system is shutting down
the database system is in recovery mode
the database system is not yet accepting connections
server closed the connection unexpectedly
no connection to the server
connection to server was lost
SSL connection has been closed unexpectedly
SSL SYSCALL error: EOF detected
SSL SYSCALL error: {errno}
could not receive data from server: {errno}
could not send data to server: {errno}
sorry, too many clients already
deadlock detected
could not serialize access due to concurrent update
tuple concurrently updated
tuple concurrently deleted
could not obtain lock on relation {known}
lock timeout
out of memory
out of shared memory
stack depth limit exceeded
invalid memory alloc request size {number}
cannot execute {command} in a read-only transaction
cannot execute {command} during recovery
temporary file size exceeds temp_file_limit ({number}kB)
could not create file {path}: {errno}
could not open file {path}: {errno}
could not stat file {path}: {errno}
could not fsync file {path}: {errno}
could not rename file {path} to {path}: {errno}
could not truncate file {path}: {errno}
could not truncate file {path} to {number} blocks: {errno}
could not extend file {path}: {errno}
could not extend file {path} with FileFallocate(): {errno}
could not extend file {path}: wrote only {number} of {number} bytes at block {number}
could not read block {number} in file {path}: {errno}
could not read block {number} in file {path}: read only {number} of {number} bytes
could not read blocks {number} in file {path}: {errno}
could not read blocks {number} in file {path}: read only {number} of {number} bytes
could not write block {number} in file {path}: {errno}
could not write block {number} in file {path}: wrote only {number} of {number} bytes
could not write to file {path}: {errno}
could not write to log file {path} at offset {number}, length {number}: {errno}
could not write to temporary file: {errno}
could not read from temporary file: {errno}
could not create temporary file {path}: {errno}
could not create temporary directory {path}: {errno}
could not create directory {path}: {errno}
could not open directory {path}: {errno}
could not seek to block {number} in file {path}: {errno}
could not resize shared memory segment {path} to {number} bytes: {errno}
could not open shared memory segment {path}: {errno}
invalid page in block {number} of relation {path}
page verification failed, calculated checksum {number} but expected {number}
missing chunk number {number} for toast value {number} in {toast}
unexpected chunk number {number} (expected {number}) for toast value {number} in {toast}
unexpected chunk size {number} (expected {number}) in chunk {number} for toast value {number} in {toast}
unexpected chunk size {number} (expected {number}) in chunk {number} of {number} for toast value {number} in {toast}
compressed pglz data is corrupt
compressed lz4 data is corrupt
could not open relation with OID {number}
large object {number} does not exist
invalid large-object descriptor: {number}`;
/** Templates of messages that are about the server. */
const messagesOnServer = ofState.trim().split('\n');

;// CONCATENATED MODULE: ./build/postgres/errors/messages-on-values.js
/*
 * What a server says of values, in English, with the values left out. `{…}` and `…` are explained in message-templates.ts.
 */
/** Of input, and of what does not fit into a type. */
const ofInput = `
invalid input syntax for type {type}
invalid input syntax for type {type}: …
value … is out of range for type {type}
value too long for type {type}
value out of range: overflow
value out of range: underflow
value overflows numeric format
numeric field overflow
{type} out of range
{type} out of range: …
bit string length {number} does not match type {type}
bit string too long for type {type}
date/time field value out of range: …
date/time value … is no longer supported
interval field value out of range: …
time zone displacement out of range: …
time zone … not recognized
input is out of range
result is out of range
invalid input value for enum {known}: …
invalid input value for domain {known}: …
invalid byte sequence for encoding {encoding}: …
invalid byte sequence for encoding {encoding}
character with byte sequence … in encoding {encoding} has no equivalent in encoding {encoding}
malformed array literal: …
malformed record literal: …
malformed range literal: …
malformed multirange literal: …
range lower bound must be less than or equal to range upper bound
invalid value … for …
invalid value for …
invalid name syntax
string is not a valid identifier: …
invalid size: …
invalid parameter list format: …
index {number} out of valid range, {number}
{type} syntax error at character {number}
syntax error in hstore: unexpected end of string
bad seg representation
improper qualified name (too many dotted names): …
improper relation name (too many dotted names): …
extra data after last expected column
unterminated CSV quoted field
literal carriage return found in data
literal newline found in data
end-of-copy marker corrupt
invalid number: …
invalid cidr value: …
invalid octet value in … value: …
invalid hexadecimal digit: …
invalid hexadecimal data: odd number of digits
invalid symbol … found while decoding base64 sequence
invalid base64 end sequence
invalid encoding name …
unrecognized encoding: …
invalid source encoding name …
invalid destination encoding name …
invalid locale name: …
invalid Unicode escape
invalid Unicode escape value
invalid Unicode code point
invalid Unicode surrogate pair
unsupported Unicode escape sequence
null character not permitted
requested character too large
requested character not valid for encoding …
requested length too large
requested length cannot be negative
negative substring length not allowed
string is too long for tsvector ({number} bytes, max {number} bytes)
string is too long to represent as jsonb string
string too long to represent as jsonb string
word is too long in tsquery: …
word is too long ({number} bytes, max {number} bytes)
syntax error in tsquery: …
syntax error in tsvector: …
no operand in tsquery: …
too many columns`;
/** Of calculations, arrays, JSON, patterns, XML and formats. */
const messagesOfFunctions = `
division by zero
… is out of range for type {type}
factorial of a negative number is undefined
Wrong key or corrupt data
cannot take logarithm of zero
cannot take logarithm of a negative number
cannot take square root of a negative number
zero raised to a negative power is undefined
a negative number raised to a non-integer power yields a complex result
cannot convert NaN to {type}
cannot convert infinity to {type}
cannot cast jsonb array or object to type {type}
cannot cast jsonb array to type {type}
cannot cast jsonb boolean to type {type}
cannot cast jsonb null to type {type}
cannot cast jsonb numeric to type {type}
cannot cast jsonb object to type {type}
cannot cast jsonb string to type {type}
cannot cast type {type} to {type}
cannot call … on a non-array
cannot call … on a non-object
cannot call … on a scalar
cannot call … on an array
cannot call … on an object
cannot get array length of a non-array
cannot get array length of a scalar
cannot extract elements from a scalar
cannot extract elements from an object
cannot deconstruct a scalar
cannot deconstruct an array as an object
cannot set path in scalar
cannot delete from scalar
argument {number}: key must not be null
argument {number} cannot be null
field name must not be null
null value not allowed for object key
JSON object key value must not be null
duplicate JSON object key value
malformed JSON array
argument list must have even number of elements
array must have even number of elements
mismatched array dimensions
path element at position {number} is not an integer: …
argument … of jsonpath item method … is invalid for type {type}
date format is not recognized: …
datetime format is not recognized: …
invalid datetime format separator: …
jsonpath member accessor can only be applied to an object
jsonpath wildcard array accessor can only be applied to an array
jsonpath array accessor can only be applied to an array
jsonpath array subscript is out of bounds
JSON object does not contain key …
could not find jsonpath variable …
array subscript out of range
array must not contain nulls
array size exceeds the maximum allowed ({number})
number of array dimensions ({number}) exceeds the maximum allowed ({number})
cannot concatenate incompatible arrays
cannot accumulate arrays of different dimensionality
multidimensional arrays must have array expressions with matching dimensions
null array element not allowed in this context
invalid regular expression: …
invalid regexp option: …
invalid regular expression option: …
invalid escape string
LIKE pattern must not end with escape character
field position must not be zero
unit … not recognized for type {type}
unit … not supported for type {type}
{type} units … not recognized
{type} units … not supported
unrecognized format() type specifier …
too few arguments for format()
invalid normalization form: …
invalid XML content
invalid XML document
invalid XML comment
invalid XML processing instruction
not an XML document
could not parse XML document
error parsing XML document
could not create XPath object
invalid XPath expression
could not determine polymorphic type because input has type unknown
more than one row returned by a subquery used as an expression
step size cannot equal zero
count must be greater than zero
lower bound cannot equal upper bound
invalid mask length: …
invalid argument for SQL function …
text search configuration name … must be schema-qualified
date out of range for timestamp
timestamp out of range
timestamp cannot be NaN
bigint out of range`;
/** Templates of messages that are about values. */
const messagesOnValues = [ofInput, messagesOfFunctions].flatMap((list) => list.trim().split('\n'));

;// CONCATENATED MODULE: ./build/postgres/errors/message-templates.js




const identifierPattern = '(?:"[^"]{1,63}"|[\\p{L}_][\\p{L}\\p{N}_$]{0,62})';
const kinds = ('table|view|sequence|schema|type|domain|language|database|role|index|relation|trigger|policy|' +
    'collation|conversion|extension|server|foreign server|foreign-data wrapper|foreign table|materialized view|access method|operator|' +
    'operator class|operator family|text search configuration|text search dictionary|text search parser|text search template|' +
    'event trigger|publication|subscription|tablespace|statistics object|parameter|cursor|prepared statement|savepoint').split('|');
/** As `format_type` writes them, or as functions do. */
const types = '"?char"?|character|character varying|bit|bit varying|text|name|bytea|boolean|smallint|integer|bigint|int2|int4|int8|numeric|real|' +
    'double precision|float4|float8|money|date|time|timetz|timestamp|timestamptz|(time|timestamp) with(out)? time zone|interval|uuid|json|' +
    'jsonb|jsonpath|xml|inet|cidr|macaddr8?|point|line|lseg|box|path|polygon|circle|tsvector|tsquery|tid|xid8?|cid|oid|pg_lsn|' +
    'pg_snapshot|txid_snapshot|int2vector|oidvector|reg(class|collation|config|dictionary|namespace|operator|oper|procedure|proc|role|type)|' +
    '(int4|int8|num|date|ts|tstz)(multi)?range|any(array|element|enum|range)?|record|unknown|void|trigger|hstore|citext|ltree|lquery|' +
    'ltxtquery|cube|geometry|geography|raster|vector|halfvec|sparsevec|seg|isbn|ean13';
const reasons = 'administrator command|statement timeout|lock timeout|transaction timeout|user request|conflict with recovery|idle-session timeout|' +
    'idle-in-transaction timeout';
const errnos = 'No space left on device|Disk quota exceeded|Input/output error|Permission denied|No such file or directory|Cannot allocate memory|' +
    'File too large|Read-only file system|Too many open files( in system)?|Interrupted system call|Invalid argument|Is a directory|' +
    'File exists|Connection reset by peer|Connection timed out|Broken pipe|Success';
const commands = 'INSERT|UPDATE|DELETE|MERGE|SELECT|SELECT FOR (UPDATE|SHARE)|COPY FROM|COMMENT|GRANT|REVOKE|ANALYZE|VACUUM|REINDEX|CLUSTER|TRUNCATE TABLE|' +
    'REFRESH MATERIALIZED VIEW|LOCK TABLE|(CREATE|ALTER|DROP) (TABLE|INDEX|SEQUENCE|TYPE|DOMAIN|SCHEMA|EXTENSION|FUNCTION|TRIGGER|DATABASE|' +
    'ROLE|MATERIALIZED VIEW|VIEW)|(nextval|setval|lo_\\w+)\\(\\)';
const purposes = 'index expression|partition bound expression|string comparison|string hashing|regular expressions?|LIKE|ILIKE|substring searches|' +
    '(lower|upper|initcap|casefold)\\(\\) function';
const whole = (pattern) => new RegExp(`^(?:${pattern})$`, 'u');
const type = whole(`(?:${types})(?:\\(\\d{1,9}(?:,-?\\d{1,4})?\\))?(?:\\[\\])*`);
const signaturePattern = whole(`(${identifierPattern}(?:\\.${identifierPattern})?)\\((.*)\\)`);
/** What may be in a gap, by its name. */
const fitsTemplate = {
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
/** Every template there is, as it is written. */
const templateLines = [
    ...messagesOnObjects,
    ...messagesOnServer,
    ...messagesOnValues,
    ...messagesOnCode,
];
const templates = templateLines
    .flatMap((line) => (line.includes('{kind}') ? kinds.map((kind) => line.replace('{kind}', kind)) : [line]))
    .map(parseTemplate)
    .sort((a, b) => b.words.join('').length - a.words.join('').length);
function parseTemplate(line) {
    const parts = line.split(/(…|\{[a-z]+\})/);
    return {
        words: parts.filter((_, index) => index % 2 === 0),
        gaps: parts.filter((_, index) => index % 2 === 1).map((gap) => gap.replace(/[{}]/g, '')),
    };
}
/** A message by the template that it is made of, with what must not be shown left out; undefined if none is known. */
function asTemplate(line, isKnown) {
    for (const { words, gaps } of templates) {
        const found = between(line, words);
        if (found === undefined)
            continue;
        const shown = found.map((text, index) => inGap(gaps[index] ?? '…', text, isKnown));
        return words.map((word, index) => word + (shown[index] ?? '')).join('');
    }
    return undefined;
}
/** What stands between words, each taken as early as it comes; undefined if they are not there in this order. */
function between(line, words) {
    const [first = '', ...rest] = words;
    const last = rest.pop();
    if (last === undefined)
        return line === first ? [] : undefined;
    if (!line.startsWith(first))
        return undefined;
    const found = [];
    let at = first.length;
    for (const word of rest) {
        const next = line.indexOf(word, at);
        if (next < 0)
            return undefined;
        found.push(line.slice(at, next));
        at = next + word.length;
    }
    const end = line.length - last.length;
    if (end < at || !line.endsWith(last))
        return undefined;
    return [...found, line.slice(at, end)];
}
function inGap(gap, text, isKnown) {
    if (gap === 'known')
        return isNamed(text, isKnown) ? text : '…';
    if (gap === 'type')
        return isType(text, isKnown) ? text : '…';
    if (gap === 'signature') {
        const [, name = '', list = ''] = signaturePattern.exec(text) ?? [];
        if (name === '' || !isNamed(name, isKnown))
            return '…';
        return list.split(', ').every((one) => one === '' || isType(one, isKnown)) ? text : `${name}(…)`;
    }
    return fitsTemplate[gap]?.test(text) ? text : '…';
}
function isType(text, isKnown) {
    return type.test(text) || isNamed(text.replace(/(\[\])*$/, ''), isKnown);
}
/** Whether a name is known, with its schema or by each of its parts. */
function isNamed(text, isKnown) {
    const name = /^"([^"]+)"$/.exec(text)?.[1] ?? text;
    return isKnown(name) || (name.includes('.') && name.split('.').every((part) => isKnown(part)));
}

;// CONCATENATED MODULE: ./build/postgres/errors/severities.js
/*
 * How the server calls what it says, in its languages. What stands there is shown, so that it must be one of these words.
 * https://github.com/postgres/postgres/blob/master/src/backend/utils/error/elog.c (error_severity)
 */
/** What ends a statement or a session, as alternatives of a pattern. */
const errorSeverities = 'ERROR|FATAL|PANIC|FEHLER|PANIK|ERREUR|ERRO|ERRORE|FATALE|PANICO|FEL|FATALT|HATA|CHYBA|BŁĄD|ОШИБКА|ВАЖНО|ПАНИКА|ПОМИЛКА|ФАТАЛЬНО|' +
    'ПАНІКА|შეცდომა|ფატალური|პანიკა|오류|치명적오류|손상|错误|致命错误|錯誤|嚴重錯誤';
/** What is told besides, and is no reason for an end. */
const noticeSeverities = 'WARNING|NOTICE|INFO|LOG|DEBUG|WARNUNG|HINWEIS|ADVERTENCIA|AVISO|NOTA|ATTENTION|ATTENZIONE|NOTIFICA|VARNING|NOTIS|LOGG|UYARI|' +
    'VAROVÁNÍ|OSTRZEŻENIE|UWAGA|ПРЕДУПРЕЖДЕНИЕ|ЗАМЕЧАНИЕ|ИНФОРМАЦИЯ|СООБЩЕНИЕ|ОТЛАДКА|ПОПЕРЕДЖЕННЯ|ПОВІДОМЛЕННЯ|ІНФОРМАЦІЯ|ЗАПИСУВАННЯ|' +
    'НАЛАГОДЖЕННЯ|გაფრთხილება|შეტყობინება|경고|알림|정보|로그|警告|注意|信息|日志|調試|调试';

;// CONCATENATED MODULE: ./build/postgres/errors/redact-values.js



/*
 * What of a server's message may be shown where others read it: never a value out of a row. A value may stand anywhere in a message,
 * as a plain word, too, where a function in C puts it, and the words around it may be in any language. So what is shown is what
 * is known to be the server's words, and names that are known from elsewhere.
 */
/** What is said where the server's words are none of those that are known. */
const wordsNotShown = "the server refused it (its message is in the server's log, and not shown: it may contain values of rows)";
/**
 * One line of a message without what may be a value: by the template of the server's that it is made of.
 * @param isKnown whether a text is a name that is known from elsewhere
 * @param otherwise what is said where no template fits
 */
function redactLine(line, isKnown, otherwise = wordsNotShown) {
    return asTemplate(line, isKnown)?.toWellFormed() ?? otherwise;
}
/** Tells names that stand in a text, each as a whole. */
function namesIn(...texts) {
    return (wanted) => wanted !== '' &&
        texts.some((text) => {
            for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
                const around = [text[at - 1] ?? ' ', text[at + wanted.length] ?? ' '];
                if (!around.some((character) => /[\p{L}\p{N}_$-]/u.test(character)))
                    return true;
            }
            return false;
        });
}
/** How an error of a function in PL/pgSQL that says what it likes is called, in any language, and those of other languages. */
const ownWords = /\b(RAISE|ASSERT)\b|\bPL\/(?!pgSQL)|plv8|Traceback|^LINE \d/i;
/** Whether a message is a function's own, which says what it likes. */
function isOfFunction(context) {
    return context.some((line) => ownWords.test(line));
}
/** What is said where all of a message is a function's. */
const wordsOfFunction = 'a function that it calls failed (its message is not shown: it may contain values of rows)';
/** What is said where a message is so long that it is not kept as a whole. */
const tooLong = 'the server refused it (its message is too long to be shown without values of rows)';
/** What comes first: `COPY failed for table "t": `, which is pg_restore's, and how the server calls an error in its languages. */
const beginning = new RegExp(`^(?:COPY failed for table "(?:(?!": ).){1,300}": )?(?:(?:${errorSeverities}): {2})?`, 'u');
/**
 * A server's message in a few lines without any value of a row.
 * @param known texts whose names may be shown: the entry of an archive, a statement
 * @param table whose rows are copied, if any are
 * @param isCut whether some of the message is missing: who raised it may have stood there
 */
function redactValues(message, known, table, isCut = false) {
    const { first, detail, hint, context } = messageParts(message);
    const isKnown = namesIn(...known, pointedName(message, context));
    const [head = ''] = beginning.exec(first) ?? [];
    const isOwn = isCut || isOfFunction(context);
    const said = () => (isOwn ? wordsOfFunction : redactLine(first.slice(head.length), isKnown));
    const lines = [head + (isCut ? tooLong : said())];
    if (!isOwn) {
        const key = keyOf(detail, isKnown);
        if (key !== undefined)
            lines.push(`DETAIL:  ${key}`);
        const advised = asTemplate(hint, isKnown);
        if (advised !== undefined)
            lines.push(`HINT:  ${advised}`);
    }
    const place = context.map(placeInContext).find((one) => one !== undefined);
    if (place !== undefined)
        lines.push(place);
    const row = table === undefined ? undefined : context.findLast((line) => line.startsWith(`COPY ${table}, `));
    const number = /^, \p{L}+ (\d+)/u.exec(row?.slice(`COPY ${table}`.length) ?? '')?.[1];
    if (number !== undefined)
        lines.push(`COPY ${table}, line ${number}`);
    return lines.join('\n');
}
const word = '(?:[\\p{L}_][\\p{L}\\p{N}_$]*|"[^"]{1,63}")';
const functionSignature = `(?:${word}\\.)?${word}\\([^()]{0,200}(?:\\([^()]{0,40}\\)[^()]{0,100}){0,9}\\)`;
const ofPlpgsql = new RegExp(`^PL/pgSQL function (?:inline_code_block|${functionSignature}) (?:line \\d+ at|line \\d+ during|during|while) [A-Za-z ,'/-]{1,60}$`, 'u');
const ofSql = new RegExp(`^SQL function ${word} (?:statement \\d+|during (?:inlining|startup))$`, 'u');
const signatureAlone = new RegExp(`(?:^|\\s)(${functionSignature})`, 'u');
/**
 * A line of the context that tells of a function alone: `PL/pgSQL function public.f(integer) line 3 at RAISE`. In another language
 * only the function is shown.
 */
function placeInContext(line) {
    if (line.length > 300)
        return undefined;
    if (ofPlpgsql.test(line) || ofSql.test(line))
        return line;
    const named = /\bPL\/pgSQL\b/.test(line) ? signatureAlone.exec(line)?.[1] : undefined;
    return named === undefined ? undefined : `PL/pgSQL function ${named}`;
}
/**
 * The name that the server does not find in the text of a function, while it reads that. In a statement that a function puts
 * together it may be a value: then another line of the context comes first, or the function is at work already.
 */
function pointedName(message, context) {
    const [innermost = ''] = context;
    const isAtWork = /\bPL\/pgSQL\b/.test(innermost)
        ? /\b(EXECUTE|OPEN|RETURN QUERY)\b/.test(innermost)
        : !/SQL[^"„«»“「]*["„«»“「]\s?[\p{L}_][\p{L}\p{N}_$]*\s?["“»«”」]\P{N}+$/u.test(innermost);
    if (isAtWork)
        return '';
    return /^[\p{L}_][\p{L}\p{N}_$.]*/u.exec(nameAtCaret(message) ?? '')?.[0] ?? '';
}
/** `Key (email)=(…) is duplicated.` Columns are shown as far as they are known. */
function keyOf(detail, isKnown) {
    const columns = /^\p{L}+ [»"„«]?\((.{1,500}?)\)=\(/u.exec(detail)?.[1];
    if (columns === undefined)
        return undefined;
    const all = columns.match(/[\p{L}\p{N}_$]+/gu) ?? [];
    const end = [' is duplicated.', ' already exists.'].find((one) => detail.endsWith(`)${one}`)) ?? '';
    return `Key (${all.length > 0 && all.every(isKnown) ? columns : '…'})=(…)${end}`;
}

;// CONCATENATED MODULE: ./build/postgres/errors/explain.js





/**
 * The cause of a failed psql, pg_dump or pg_restore in the words of the program and the server, and what to do.
 * @param asker whose session it was, if statements are to name the role and the database
 */
function explainServerError(error, asker) {
    const cause = essence(error.stderr) || describeExit(error);
    const system = error.stderr === '' ? (0,system_errors/* explainSystemError */.T)(error.cause) : undefined;
    if (system)
        return {
            cause: `${external_node_path_.basename(error.program)} could not be started: ${system.cause}`,
            advice: system.advice ?? '',
        };
    return {
        cause,
        advice: adviceFor(error.stderr, asker) ?? "Check the server's message, then run the job again.",
    };
}
/** How a program ended, where it said nothing itself: `pg_restore exited with status 137`. */
function describeExit({ program, ending }) {
    return `${external_node_path_.basename(program)} ${ending}`;
}
const mostLinesShown = 12;
/** From 16 on, pg_dump locks thousands of tables by one statement; the advice after it must not be cut off an annotation. */
const longestLineShown = 240;
/** The lines that say what is wrong, without the names of programs in front and without repetitions. */
function essence(stderr) {
    const lines = withoutRowContext(stderr)
        .split('\n')
        .map((line) => line.replace(/^(psql|pg_dump|pg_restore)(:<stdin>:\d+)?: (error: )?/, '').trimEnd())
        .filter((line) => line.trim() !== '')
        .map((line) => (line.length > longestLineShown ? `${line.slice(0, longestLineShown)}…` : line));
    return [...new Set(lines)].slice(-mostLinesShown).join('\n');
}
/** What may come from rows: an error in a function, or while rows are read; and those of constraints. */
const mayHoldRows = /^CONTEXT: {2}|Dumping the contents of table|\)=\(|Failing row contains/m;
/** How a program begins a message, and the server's in it, in a language that is known or in another. */
const program = '(?:psql|pg_dump|pg_restore)(?::<stdin>:\\d+)?: ';
const ofProgram = new RegExp(`^${program}`);
const errorLine = new RegExp(`^(?:${program}(?:.*?: )?)?(?:${errorSeverities}): {2}`, 'u');
const notice = new RegExp(`^(?:${program})?(?:${noticeSeverities})\\d?: {2}`, 'u');
const inAnother = new RegExp(`^(?:${program}(?:.*?: )?)?(?!DETAIL|HINT|QUERY|CONTEXT|LOCATION)[\\p{Lu}\\p{Lo}]{2,20}: {2}`, 'u');
/** What begins with a line; undefined if that goes on with what came before. */
function begun(line) {
    const start = line.slice(0, longestLineShown);
    if (notice.test(start))
        return { of: 'notice', own: '', lines: [] };
    const own = errorLine.exec(start)?.[0] ?? (inAnother.test(start) ? '' : undefined);
    if (own !== undefined)
        return { of: 'server', own, lines: [line.slice(own.length)] };
    return ofProgram.test(start) ? { of: 'program', own: '', lines: [line] } : undefined;
}
/**
 * What programs said, without values of rows in what the server said. What it tells besides is left out: it is no cause, and says
 * what functions like.
 */
function withoutRowContext(stderr) {
    const isOfRows = mayHoldRows.test(stderr);
    const messages = [{ of: isOfRows ? 'nobody' : 'program', own: '', lines: [] }];
    for (const line of stderr.split('\n')) {
        const message = begun(line);
        if (message)
            messages.push(message);
        else
            messages.at(-1)?.lines.push(line);
    }
    const told = messages.filter(({ of, lines }) => /program|server/.test(of) && lines.length > 0);
    const known = told.filter(({ of }) => of === 'program').map(({ lines }) => lines.join('\n'));
    return told
        .map(({ of, own, lines }) => {
        const text = lines.join('\n');
        return own + (of === 'server' && isOfRows ? redactValues(text, known) : text);
    })
        .join('\n');
}

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: external "node:stream/consumers"
var consumers_ = __webpack_require__(8321);
// EXTERNAL MODULE: external "node:string_decoder"
var external_node_string_decoder_ = __webpack_require__(6193);
;// CONCATENATED MODULE: ./build/base/lines.js

/** What of a line is kept unless more is asked for, in characters. */
const longestLine = 64 * 1024;
/**
 * Reads a stream line by line. Only a newline ends a line, with a carriage return before it or not: Node's own `readline` ends one at
 * U+2028, U+2029 and at a lone carriage return, too, which may stand in the name of a table.
 * @param onLine is given each line, cut off at its end if it is longer than `longest`, in characters
 */
function linesOf(stream, onLine, longest = longestLine) {
    const decoder = new external_node_string_decoder_.StringDecoder('utf8');
    let open = '';
    const take = (text) => {
        let from = 0;
        for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            add(text.slice(from, end));
            onLine(open.endsWith('\r') ? open.slice(0, -1) : open);
            open = '';
            from = end + 1;
        }
        add(text.slice(from));
    };
    const add = (part) => {
        open += part.slice(0, longest - open.length);
    };
    stream.on('data', (chunk) => take(decoder.write(chunk)));
    stream.on('end', () => {
        take(decoder.end());
        if (open !== '')
            onLine(open);
    });
}

;// CONCATENATED MODULE: ./build/base/process.js





/** How a child process failed: by its exit status, a signal, or because it could not be started. */
class process_ProcessFailure extends Error {
    program;
    exitCode;
    /** How it ended: `exited with status 1`, `was ended by SIGKILL`. */
    ending;
    /** The last lines of what it wrote to standard error. Values of rows may stand in it, so the message, which goes into debug logs, has it not. */
    stderr;
    constructor(program, ending, exitCode, stderr, options) {
        super(`${program} ${ending}`, options);
        this.name = 'ProcessFailure';
        this.program = program;
        this.exitCode = exitCode;
        this.ending = ending;
        this.stderr = stderr;
    }
}
const keptLines = 100;
const keptLineLength = 4_000;
/** Between the polite signal and the kill; the runner itself gives up 7.5 s after it cancelled. */
const killDelay = 3_000;
const children = new Set();
/** Is told of the ids of all children that run, whenever there is another one. */
let onStarted;
/**
 * Has the ids of all children told whenever one more has been started, so that they can be found again should this process be killed.
 * @param tell must not throw
 */
function watchChildren(tell) {
    onStarted = tell;
}
/** For how long a killed child is waited for, in milliseconds: one that the kernel holds, as at a disk that hangs, is not. */
const longestDeath = 500;
/** Whether this process is about to end: a child would outlive it. */
let isOver = false;
/**
 * Ends every child at once and without its leave, for when this process is about to end out of turn, and waits until they are gone. From
 * then on none is started: the job goes on meanwhile, and cleans up by further programs where one has failed.
 */
async function killAll() {
    isOver = true;
    const running = [...children].filter((child) => child.exitCode === null && child.signalCode === null);
    const gone = running.map((child) => new Promise((resolve) => child.once('exit', resolve)));
    for (const child of running)
        child.kill('SIGKILL');
    await Promise.race([Promise.all(gone), sleep(longestDeath)]);
}
/**
 * Starts a program and hands out its standard output as a stream: for what streams, is long, or has to end with the step. Short
 * commands of a set-up, which print a few lines, go through @actions/exec (`postgres/client`). Abort and `stop` send SIGINT, upon which
 * PostgreSQL's programs cancel their query on the server, and a few seconds later SIGKILL.
 * The runner signals only the node process, never its children, so nobody else ends them.
 */
function process_start(command) {
    const { program, signal } = command;
    if (isOver)
        throw new process_ProcessFailure(program, 'was not started, since the step ends', null, '');
    const child = (0,external_node_child_process_.spawn)(program, command.args, {
        ...{ env: command.env, stdio: ['pipe', 'pipe', 'pipe'] },
        ...(command.cwd !== undefined && { cwd: command.cwd }),
    });
    const { stdin, stdout, stderr } = pipesOf(child);
    children.add(child);
    onStarted?.([...children].flatMap(({ pid }) => pid ?? []));
    const lines = [];
    let thrown;
    linesOf(stderr, (line) => {
        lines.push(line.slice(0, keptLineLength));
        if (lines.length > keptLines)
            lines.shift();
        try {
            if (!thrown)
                command.onStderrLine?.(line);
        }
        catch (error) {
            thrown = { error };
            endChild(child);
        }
    });
    stdin.on('error', () => { }); // a child that ends before it read all says why by its exit status
    stdin.write(command.input ?? '');
    if (!command.keepInput)
        stdin.end();
    const onAbort = () => endChild(child);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted)
        endChild(child);
    const closed = new Promise((resolve, reject) => {
        child.once('error', (cause) => {
            children.delete(child);
            reject(new process_ProcessFailure(program, `could not be started (${cause.message})`, null, '', { cause }));
        });
        child.once('close', (code, killedBy) => {
            children.delete(child);
            if (thrown)
                reject(thrown.error);
            else if (code === 0)
                resolve();
            else if (signal.aborted)
                reject(signal.reason);
            else {
                const ending = killedBy === null ? `exited with status ${code}` : `was ended by ${killedBy}`;
                reject(new process_ProcessFailure(program, ending, code, lines.join('\n').trim()));
            }
        });
    });
    const finished = closed.finally(() => signal.removeEventListener('abort', onAbort));
    finished.catch(() => { }); // whoever awaits it hears of it; a stream that fails first must not crash the step
    const stop = async () => {
        endChild(child);
        await finished.catch(() => { });
    };
    return { id: child.pid, stdin, stdout, finished, stop };
}
/**
 * The pipes of a child. Where no file descriptor is left for them, Node makes none, whatever the types say, and tells it by the event
 * `error` like any other reason why a program could not be started: these are closed then, as those of a program that is not there.
 */
function pipesOf(child) {
    const { stdin, stdout, stderr } = child;
    if (stdin && stdout && stderr)
        return { stdin, stdout, stderr };
    const ended = () => new external_node_stream_.PassThrough().end();
    return { stdin: new external_node_stream_.PassThrough().resume(), stdout: ended(), stderr: ended() };
}
/**
 * Runs a program to its end and returns its standard output. Throws a `ProcessFailure`, or the abort's reason.
 * @param onOutput is given the output as it comes, in pieces
 */
async function process_run(command, onOutput) {
    const running = process_start(command);
    running.stdout.setEncoding('utf8');
    const output = (0,consumers_.text)(running.stdout);
    if (onOutput)
        running.stdout.on('data', onOutput); // whoever reads it to the end says how fast
    output.catch(() => { }); // cut short only when the child is, and then its exit says why
    await running.finished;
    return output.catch((error) => {
        command.signal.throwIfAborted(); // which cut the output short while the child was ending with status 0
        throw error;
    });
}
function endChild(child) {
    if (child.exitCode !== null || child.signalCode !== null)
        return;
    child.kill('SIGINT');
    child.stdout?.destroy(); // or 'close' would wait for a reader that has gone
    const timer = setTimeout(() => child.kill('SIGKILL'), killDelay);
    child.once('exit', () => clearTimeout(timer));
}

;// CONCATENATED MODULE: ./build/postgres/session/psql-command.js

/**
 * With other values, which may be set for a database or a role, our questions would be answered otherwise than they are meant. They
 * are psql's alone: a function that a restore calls may depend on what is set.
 */
const ofQuestions = optionsOf({
    standard_conforming_strings: 'on', // or backslashes in our patterns would be escapes
    quote_all_identifiers: 'off', // or a name in the catalog would not be the one in a message
    DateStyle: 'ISO',
    client_min_messages: 'warning', // or an error is lost among what else the server tells
});
/** How psql is called: nothing of its own start-up file, no question for a password, plain output. */
function psqlCommand({ connection, program }, database) {
    return {
        program,
        args: [
            '--no-psqlrc',
            '--no-password',
            '--quiet',
            '--no-align',
            '--tuples-only',
            '--dbname',
            connectionString(database, connection),
        ],
        env: {
            ...connection_environmentOf(connection),
            PGCLIENTENCODING: 'UTF8',
            PGOPTIONS: `${connection.env['PGOPTIONS'] ?? ''} ${ofQuestions}`,
        },
    };
}

;// CONCATENATED MODULE: ./build/postgres/session/connect-failure.js


/** How libpq begins a message when it could not connect, in English by LC_ALL; nothing was done before, where it stands first. */
const notConnected = /^(?:pg_restore: connecting to (?:new )?database[^\n]*\n)*(?:psql: error: |(?:pg_dump|pg_restore): error: (?=connection to |could not translate host name |could not connect ))/;
/**
 * Why a program could not connect; undefined if it could, or ended for another reason. Only what failed before anything was done
 * counts: a session that is lost later, or a worker of pg_restore that connects later, is another matter.
 */
function connectFailure(error) {
    if (!(error instanceof process_ProcessFailure) || !notConnected.test(error.stderr))
        return undefined;
    const text = error.stderr.replace(notConnected, '').slice(0, longestLookedInto);
    const answers = [...text.matchAll(answerOfServer)].map(([, answer = '']) => answer);
    const answer = answers.find((each) => kindOfAnswer(each) === 'passing') ?? answers[0];
    if (answer !== undefined)
        return { kind: kindOfAnswer(answer), answered: true, said: inShort(answer) };
    const [first = ''] = text.split('\n');
    const said = inShort(first.replace(/^connection to .*? failed: /, ''));
    return { kind: kindOfNetwork(text), answered: false, said };
}
const longestLookedInto = 4_000;
function inShort(text) {
    return (0,format/* inOneLine */.UX)(text.trim().slice(0, 200));
}
/**
 * What a server says, after how severe it is, in its own language: `failed: FATAL:  `. The two spaces are libpq's. One before 14 says
 * nothing of itself before that, and psql of that time `could not connect to server: `. Each address of a host may answer.
 */
const answerOfServer = /(?:^| failed: |could not connect to server: )\p{L}{2,20}: {2}([^\n]*)/gu;
/** Of servers and poolers, which come before any database and name none, nor a role. */
const passingAnswer = /^the database system is |too many clients|remaining connection slots|too many connections for|terminating connection|authentication due to timeout|no more connections allowed|query_wait_timeout|server_login_retry|server login has been failing/i;
const rejectedLogin = /password authentication failed|SASL authentication failed|access token has expired|authentication failed for user/i;
/** Words that are in almost any English message, and in none of the other languages that a server speaks. */
const english = /\b(?:the|is|are|was|has|been|for|not|of|failed|required?|invalid|unsupported|such)\b/i;
/** Any quotation marks of the languages of PostgreSQL but the apostrophe. */
const quotationMark = /["«»„“”「」『』]/;
/**
 * libpq does not tell the SQLSTATE of an error at the start of a session. In another language than English, what the server says of
 * itself (it starts, it has no room) names neither a role nor a database; what it says of a login does.
 */
function kindOfAnswer(answer) {
    if (passingAnswer.test(answer))
        return 'passing';
    if (rejectedLogin.test(answer))
        return 'rejected';
    if (english.test(answer))
        return 'final';
    return quotationMark.test(answer) ? 'rejected' : 'passing';
}
const finalNetwork = /certificate|SSL error|does not support SSL|SSL was required|SSL negotiation|authentication request|no password supplied|authentication method|root\.crt/i;
const doubtfulNetwork = /timeout expired|timed out|connection refused|no route to host|(?:network|host) is unreachable|name or service not known|no address associated|non-recoverable failure/i;
const passingNetwork = /server closed the connection|connection reset|broken pipe|SSL SYSCALL|SSL connection has been closed|could not (?:receive|send)|temporary failure in name resolution|system lacks/i;
/** What libpq says itself, of one address of the host or of several: one that may answer soon is enough. */
function kindOfNetwork(text) {
    if (finalNetwork.test(text))
        return 'final';
    if (passingNetwork.test(text))
        return 'passing';
    return doubtfulNetwork.test(text) ? 'doubtful' : 'final';
}

;// CONCATENATED MODULE: ./build/postgres/session/pulse.js






/**
 * Watches a server that may be silent for hours since it works: what tells such a silence from one without end is that it answers others.
 * The system's keep-alives tell as much of a server that is gone, and nothing of one that hangs. While the program hears nothing, a psql
 * asks now and then, and any answer will do.
 * @param lastHeard when the program heard of it last, by `performance.now()`
 * @param told how the error tells what was done, and what the server did before it fell silent
 */
function watchPulse(psql, database, lastHeard, told = { tried: 'Working with', before: '' }) {
    const lost = new AbortController();
    const { insistence } = psql.connection.admission;
    if (!insistence)
        return { lost: lost.signal, stop: () => { } };
    const { idle, answer, total } = insistence.patience;
    let heard = performance.now();
    let asking = false;
    const over = new AbortController();
    const asker = { ...psql, signal: AbortSignal.any([psql.signal, over.signal]) };
    async function look() {
        heard = Math.max(heard, lastHeard());
        if (asking || performance.now() - heard < idle)
            return;
        asking = true;
        if (await isAnswered(asker, database, answer))
            heard = performance.now();
        asking = false;
        const silence = performance.now() - Math.max(heard, lastHeard());
        if (silence < total || over.signal.aborted)
            return;
        lost.abort(new failure/* Failure */.HR({
            tried: `${told.tried} ${describeDatabase(psql.connection, database)}`,
            cause: `the server ${told.before}has not answered for ${(0,format/* formatDuration */.a3)(silence)}`,
            advice: "Check the server and the runner's network, then run the job again.",
        }));
    }
    const timer = setInterval(() => void look(), idle / 2);
    return {
        lost: lost.signal,
        stop() {
            clearInterval(timer);
            over.abort();
        },
    };
}
/**
 * Asks a question that has no limit, since it may be long, or has to wait for a lock: it ends when the server answers nobody. A pooler or
 * a gateway may let everybody in, and never hand on what is asked.
 * @param question ends when its signal is aborted
 * @throws Failure if nobody is answered for too long; what the question does
 */
async function whileAnswered(psql, database, question) {
    const begun = performance.now();
    const told = { tried: 'Asking', before: 'accepted the connection, but ' };
    const { lost, stop } = watchPulse(psql, database, () => begun, told);
    try {
        return await question(AbortSignal.any([psql.signal, lost]));
    }
    finally {
        stop();
    }
}
/** The least time that a psql gets, in milliseconds: it has to be started, and libpq itself takes two seconds. */
const leastAnswer = 2_000;
/** Whether a server answers, be it that it lets nobody in. @param longest in milliseconds */
async function isAnswered(psql, database, longest) {
    const signal = AbortSignal.any([psql.signal, AbortSignal.timeout(Math.max(leastAnswer, longest))]);
    try {
        await process_run({ ...psqlCommand(psql, database), input: 'SELECT 1;', signal });
        return true;
    }
    catch (error) {
        const failure = connectFailure(error);
        return failure !== undefined && (failure.answered || failure.kind === 'final');
    }
}

;// CONCATENATED MODULE: ./build/base/patience.js


/**
 * Which times follow from `retry_timeout_seconds`, in whole milliseconds, as `AbortSignal.timeout` wants them. At its default of 300 all of
 * them are as long as they get, besides `total`.
 */
function patienceOf(seconds) {
    const total = seconds * 1000;
    const part = (longest, of) => Math.min(longest, Math.round(total / of));
    return {
        total,
        answer: part(20_000, 15),
        idle: part(60_000, 5),
        newRight: part(120_000, 2.5),
        pause: part(1_000, 300),
    };
}
/** What one attempt is ended with where there was no answer within its limit. The code is that of a connection that timed out. */
class NoAnswer extends Error {
    code = 'ETIMEDOUT';
    constructor(milliseconds) {
        super(`no answer within ${(0,format/* formatDuration */.a3)(milliseconds)}`);
        this.name = 'NoAnswer';
    }
}
/** The longest pause between two attempts, as a multiple of the first. */
const longestPause = 30;
/** After how long without a line the log says that something is still waited for, in milliseconds. */
const silence = 25_000;
/**
 * Tries something until it works, fails for good, or has failed for too long. Pauses double; a longer one that the other side asks for
 * is kept to, unless it would take more time than there is.
 * @param what is tried, at the beginning of a line of the log: `Reading secret "db-user"`
 * @param attempt has to end when its signal is aborted; it may have been carried out nevertheless
 * @throws what the last attempt threw: NoAnswer where it took longer than its limit; the signal's reason once that is aborted
 */
async function patiently(what, attempt, { patience, signal, info, judge, limit, most = Number.POSITIVE_INFINITY, queued = () => 0 }) {
    const began = performance.now();
    const waiting = setInterval(() => info(`${what}: waiting for ${(0,format/* formatDuration */.a3)(performance.now() - began)}`), silence);
    let tooSlow = 0;
    let first;
    let like;
    try {
        for (let tries = 1;; tries++) {
            try {
                return await withLimit(limit?.(tooSlow), signal, attempt);
            }
            catch (error) {
                signal.throwIfAborted();
                if (error instanceof NoAnswer)
                    tooSlow++;
                const retry = judge(error);
                const now = performance.now() - queued();
                first ??= now;
                if (!like || like.within !== retry?.within)
                    like = { within: retry?.within, since: now };
                const pause = Math.max(retry?.after ?? 0, pauseBefore(tries, patience));
                const isOver = now - first + pause > patience.total || now - like.since + pause > (like.within ?? patience.total);
                if (!retry || tries >= most || isOver)
                    throw error;
                info(`${what}: ${retry.why}. Trying again in ${(0,format/* formatDuration */.a3)(pause)}`);
                waiting.refresh();
                await (0,promises_.setTimeout)(pause, undefined, { signal }).catch(() => signal.throwIfAborted());
            }
        }
    }
    finally {
        clearInterval(waiting);
    }
}
/** After how long something is tried again that has failed so often, in milliseconds, if nobody asks for more. */
function pauseBefore(tries, { pause }) {
    return pause * Math.min(2 ** (tries - 1), longestPause);
}
/** Waits for what others may wait for too, no longer than until the signal is aborted. */
function unlessAborted(work, signal) {
    return new Promise((resolve, reject) => {
        const end = () => reject(signal.reason);
        if (signal.aborted)
            end();
        signal.addEventListener('abort', end, { once: true });
        work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
    });
}
/**
 * Runs one attempt under a signal that is aborted with the given one, and after the limit.
 * @param milliseconds no limit if undefined
 * @throws NoAnswer if the attempt ended because of the limit
 */
async function withLimit(milliseconds, signal, attempt) {
    signal.throwIfAborted();
    if (milliseconds === undefined)
        return attempt(signal);
    const own = new AbortController();
    const end = () => own.abort(signal.reason);
    signal.addEventListener('abort', end, { once: true });
    const timer = setTimeout(() => own.abort(new NoAnswer(milliseconds)), milliseconds);
    try {
        return await attempt(own.signal);
    }
    catch (error) {
        throw own.signal.reason instanceof NoAnswer ? own.signal.reason : error;
    }
    finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
    }
}

;// CONCATENATED MODULE: ./build/postgres/session/new-password.js


/**
 * Whether a login was refused that worked before, and there is another password now, which counts from then on.
 * @param used the password of that login
 */
async function hasAnotherPassword({ kind }, admission, insistence, used) {
    if (kind !== 'rejected' || !admission.worked)
        return false;
    if (admission.password === used) {
        admission.renewal ??= renew(admission, insistence).finally(() => {
            delete admission.renewal;
        });
        await admission.renewal;
    }
    return admission.password !== used;
}
/** Never throws: without a new password, it is for the server's refusal to be told. */
async function renew(admission, { info, readPassword }) {
    info('The server refuses the login that it accepted before. Reading the password again');
    try {
        const password = await readPassword();
        info(password === admission.password ? 'It is the same password' : 'Connecting with the new password');
        admission.password = password;
    }
    catch (error) {
        info(`The password could not be read: ${(0,format/* inOneLine */.UX)((0,failure/* causeOf */.rl)(error))}`);
    }
}

;// CONCATENATED MODULE: ./build/postgres/session/waiting.js






/** How many new passwords are tried for one connection: a vault and a server that keep to different ones would go on for ever. */
const mostPasswords = 3;
/**
 * Prepares the waits of one program that has to connect. All of them have one clock, from its first failure on, and the pauses double with
 * each: it may be let in no time at all where a psql is.
 * @returns waits until a psql gets in, or there is another password; it is given why the program could not connect, and with which password
 * it tried, and throws that, or what became of the last psql, if the server does not let it in for too long, or for good
 */
function waits(psql, database, insistence) {
    const { address, admission } = psql.connection;
    const { patience, info } = insistence;
    const signal = psql.hurry ? AbortSignal.any([psql.signal, psql.hurry]) : psql.signal;
    const timeLeft = timeToConnect(() => admission.worked, patience);
    let [rounds, passwords] = [0, 0];
    return async (known, used) => {
        const after = pauseBefore(++rounds, patience);
        let first = { error: known };
        let last = known;
        const attempt = async () => {
            const password = first ? used : admission.password;
            try {
                const { error } = first ?? {};
                first = undefined;
                if (error !== undefined)
                    throw error;
                await process_run({ ...psqlCommand(psql, database), input: '', signal });
            }
            catch (error) {
                if (!signal.aborted)
                    last = error;
                const failure = connectFailure(error);
                if (!failure || passwords === mostPasswords)
                    throw error;
                if (!(await hasAnotherPassword(failure, admission, insistence, password)))
                    throw error;
                await (0,promises_.setTimeout)(passwords++ * patience.pause, undefined, { signal });
            }
        };
        const left = timeLeft();
        const judge = (error) => {
            const failure = connectFailure(error);
            return failure && isRetried(failure) ? { why: failure.said, after, within: left(failure) } : undefined;
        };
        const what = `Connecting to ${address.host}:${address.port}`;
        try {
            await patiently(what, attempt, { patience, signal, info, judge });
        }
        catch (error) {
            if (psql.hurry?.aborted || isOutOfTime(psql.signal))
                throw last;
            psql.signal.throwIfAborted();
            throw error;
        }
        psql.onceLetIn?.();
    };
}
function isRetried({ kind }) {
    return kind === 'passing' || kind === 'doubtful';
}
/** Whether nobody has cancelled: the time is over, and what it was spent on is to be told. */
function isOutOfTime({ reason }) {
    return reason instanceof DOMException && reason.name === 'TimeoutError';
}
/**
 * For how long it is tried to connect, in milliseconds from the beginning of one wait on. A name that does not exist, a port where nothing
 * listens, and a firewall are waited for briefly, from the first such failure in a row on, unless the server has let the job in before,
 * or has said anything at all; but for longer than the longest pause, so that one of them is never the end.
 */
function timeToConnect(worked, { total, pause }) {
    let answered = false;
    let since;
    let unlikely;
    return () => {
        const begun = performance.now();
        since ??= begun;
        const all = since - begun + total;
        return (failure) => {
            answered ||= worked() || failure.answered;
            unlikely = failure.kind === 'doubtful' && !answered ? (unlikely ?? performance.now()) : undefined;
            return unlikely === undefined ? all : Math.min(all, unlikely - begun + total / 10 + pause);
        };
    };
}

;// CONCATENATED MODULE: ./build/postgres/session/reconnect.js





/**
 * Runs something that begins by connecting. If that fails, and only then, it is run again: as soon as the server lets a psql in, where the
 * cause passes, and with the password that the vault has now, where the server takes the one no more that it took before.
 * @param attempt starts the program, with the environment of that moment
 * @throws what the attempt did, or the last of those psqls, if the server does not let it in for too long, or for good
 */
async function whenConnected(psql, database, attempt) {
    const { admission } = psql.connection;
    const { insistence } = admission;
    let wait;
    for (;;) {
        const { password } = admission;
        try {
            const result = await attempt();
            admission.worked = true;
            return result;
        }
        catch (error) {
            if (!insistence || psql.hurry?.aborted || !connectFailure(error))
                throw error;
            wait ??= waits(psql, database, insistence);
            await wait(error, password);
        }
    }
}
/**
 * Starts a program that connects, as `whenConnected` runs it: what it writes is one stream, whichever attempt it comes from.
 * @param command but the environment and the signal, which are those of the connection and of `psql`
 */
function startConnected(psql, database, command) {
    const stopped = new AbortController();
    const signal = AbortSignal.any([psql.signal, stopped.signal]);
    const stdout = new PassThrough();
    let heard = performance.now();
    const finished = whenConnected({ ...psql, signal }, database, async () => {
        const running = start({ ...command, env: environmentOf(psql.connection), signal });
        running.stdout.on('data', () => {
            heard = performance.now();
        });
        running.stdout.pipe(stdout, { end: false });
        await running.finished;
    }).finally(() => stdout.end());
    finished.catch(() => { }); // whoever awaits it hears of it
    const stop = async () => {
        stopped.abort();
        await finished.catch(() => { });
    };
    return { stdout, finished, stop, lastHeard: () => heard };
}

;// CONCATENATED MODULE: ./build/postgres/session/psql.js






/** The lines that give values to psql's variables. Between its quotes psql knows the escapes of C, and puts no variables in. */
function setCommands(variables) {
    const literal = (value) => `'${value.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;
    return Object.entries(variables)
        .map(([name, value]) => `\\set ${name} ${literal(value)}\n`)
        .join('');
}
/**
 * The first statement of each session of ours: from then on a name without a schema is the system's own. Otherwise the functions,
 * operators and views that anybody may have put into a schema of the database's search_path, `public` before version 15, would be
 * called in place of the system's where their types fit better, with our rights.
 *
 * It is no option of the connection, as other settings are. A login trigger (from 17 on) runs before anything else, by the
 * search_path that it was written for; with an empty one its function fails, and nobody gets into the database (tried with 17).
 * What an empty search_path leaves besides `pg_catalog` is the session's own temporary schema, into which nobody else gets.
 */
const emptySearchPath = "SET search_path TO ''";
/**
 * Runs a script in one session and returns what it printed, unaligned and without headers. The first error ends it.
 * The script comes by standard input, because psql puts variables in there and not in `--command`.
 * @throws ProcessFailure with the server's message in `stderr`
 */
async function psql_runScript(psql, database, script, variables = {}) {
    return inOneSession(psql, database, `${emptySearchPath}; ${script}`, variables);
}
/**
 * As `runScript`, but with the search_path and all else that is set for the database or the role: for what has to be done as a user
 * of it would. Nothing in the script may call a function or an operator by its name alone, not even one of the system's.
 * @param onOutput is given what it prints as it comes, in pieces
 */
async function runWithDatabaseSettings(psql, database, script, variables = {}, onOutput) {
    const { PGOPTIONS = '' } = psql.connection.env;
    return inOneSession(psql, database, script, variables, { PGOPTIONS }, onOutput);
}
function inOneSession(psql, database, script, variables, environment = {}, onOutput) {
    return whenConnected(psql, database, () => {
        const command = psqlCommand(psql, database);
        const input = inputOf(script, variables);
        const asked = { ...command, env: { ...command.env, ...environment }, input, signal: psql.signal };
        return process_run(asked, onOutput);
    });
}
/** The first error ends it. */
function inputOf(script, variables) {
    return setCommands({ ON_ERROR_STOP: '1', ...variables }) + script;
}
/**
 * For what must not be left half done: a cancel does not end it. The runner's kill, ten seconds later, would; so after a cancel no
 * connection is tried again.
 * @param milliseconds for a server that lets nobody in, and again for what is done once it does
 */
function uninterrupted(psql, milliseconds = 60_000) {
    const over = new AbortController();
    const end = () => {
        over.abort(new DOMException(`it took longer than ${(0,format/* formatDuration */.a3)(milliseconds)}`, 'TimeoutError'));
    };
    const timer = setTimeout(end, milliseconds).unref();
    const onceLetIn = () => {
        psql.onceLetIn?.();
        timer.refresh();
    };
    return { ...psql, signal: over.signal, hurry: psql.signal, onceLetIn };
}
/**
 * Asks one question, whose answer is one JSON value. Throws as `runScript` does, and a Failure if the server answers nobody for too long.
 *
 * It comes in one message, hence one transaction, with a search_path for that alone: the first questions find out whether a pooler
 * answers, and in a session of a pooler's nothing may stay as we set it.
 */
async function psql_ask(psql, database, query, variables = {}) {
    const script = `SET LOCAL search_path TO '' \\; ${query};`;
    const input = inputOf(script, variables);
    const answer = await whenConnected(psql, database, () => whileAnswered(psql, database, (signal) => process_run({ ...psqlCommand(psql, database), input, signal })));
    return JSON.parse(answer);
}

;// CONCATENATED MODULE: ./build/postgres/server/database-names.js
/** PostgreSQL's NAMEDATALEN is 64 with the closing NUL: longer names would be cut without a word. */
const longestName = 63;
/** What is wrong with a database name, as "must …", or undefined if nothing is. */
function problemWithDatabaseName(name) {
    if (/\p{Cc}/u.test(name))
        return 'must not contain a NUL, a newline or another control character';
    const bytes = Buffer.byteLength(name);
    if (bytes > longestName)
        return `must have at most ${longestName} bytes in UTF-8, this one has ${bytes}`;
    return undefined;
}
/**
 * A name for a database beside another: `moodle` and `restore_20261122154210` make `moodle_restore_20261122154210`,
 * the first part shortened, never inside a character, so that the whole has at most 63 bytes.
 */
function siblingName(database, suffix) {
    const room = longestName - Buffer.byteLength(`_${suffix}`);
    let base = '';
    for (const character of database) {
        if (Buffer.byteLength(base + character) > room)
            break;
        base += character;
    }
    return `${base}_${suffix}`;
}
/** Databases that belong to the server or to its provider, never to an application. */
const systemDatabases = new Set(['postgres', 'template0', 'template1', 'azure_maintenance', 'azure_sys']);
/** Whether a restore must keep its hands off a database of this name. */
function isSystemDatabase(name) {
    return systemDatabases.has(name);
}
/** How the comment begins by which a database that is being restored into is known as ours (`RestoreMark`). */
const database_names_restoreMarkBeginning = 'postgres-azure-backup: unfinished restore; the next restore of the same database drops this one. ';

;// CONCATENATED MODULE: ./build/postgres/server/server.js






/**
 * The columns of `pg_database` differ between versions (`daticulocale` in 15 and 16, `datlocale` since 17), hence
 * the detour over JSON: a column that is not there is null.
 */
const localeOf = (row) => `json_build_object(
    'encoding', pg_encoding_to_char(${row}.encoding),
    'collation', ${row}.datcollate,
    'characterType', ${row}.datctype,
    'provider', coalesce(to_jsonb(${row}) ->> 'datlocprovider', ''),
    'locale', coalesce(to_jsonb(${row}) ->> 'datlocale', to_jsonb(${row}) ->> 'daticulocale', ''),
    'icuRules', coalesce(to_jsonb(${row}) ->> 'daticurules', ''))`;
/**
 * Who may not see another role's sessions is not told their kind either, only that they are there; the server's own
 * processes have no user.
 */
const isClient = "usesysid IS NOT NULL AND coalesce(backend_type, 'client backend') = 'client backend'";
/** Servers before 10, which have no `backend_type`, can be asked as well, and be told of as too old. */
const sessions = (/* unused pure expression or super */ null && (`(SELECT datid, usesysid, application_name, to_jsonb(a) ->> 'backend_type' AS backend_type
              FROM pg_stat_activity AS a) AS a`));
const version = (/* unused pure expression or super */ null && (`
    'version', split_part(current_setting('server_version'), ' ', 1),
    'major', current_setting('server_version_num')::int / 10000,
    'direct', coalesce(current_setting('${directConnectionParameter}', true) = 'on', false),
    'spareSessions', least(
      current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
        - coalesce(current_setting('reserved_connections', true)::int, 0)
        - (SELECT count(*) FROM ${sessions} WHERE ${isClient}),
      (SELECT nullif(rolconnlimit, -1) - (SELECT count(*) FROM ${sessions} WHERE usesysid = r.oid)
        FROM pg_roles AS r WHERE rolname = session_user),
      (SELECT nullif(datconnlimit, -1) - (SELECT count(*) FROM ${sessions} WHERE datid = d.oid AND ${isClient})
        FROM pg_database AS d WHERE datname = current_database()))`));
/**
 * Asks about the server and one of its databases, connected to that database.
 * @throws Failure if the server can't be reached or refuses
 */
async function databaseFacts(psql, database) {
    return explainingErrors(psql, database, () => ask(psql, database, `SELECT json_build_object(${version},
    'size', pg_database_size(oid),
    'locale', ${localeOf('pg_database')})
  FROM pg_database WHERE datname = current_database()`));
}
/** The database to be in while another one is dropped, made or renamed. */
const server_maintenanceDatabase = 'postgres';
/**
 * Asks how large a database is on the server's disk. It is not entered, so that nothing which is set for it plays a part.
 * @returns bytes
 * @throws Failure if the server can't be reached or refuses
 */
async function databaseSize(psql, database) {
    return explainingErrors(psql, server_maintenanceDatabase, () => ask(psql, server_maintenanceDatabase, "SELECT pg_database_size(:'database')", { database }));
}
/**
 * Asks what a restore of `target` would meet. Changes nothing.
 * @throws Failure if the server can't be reached or refuses
 */
async function restoreFacts(psql, target) {
    return explainingErrors(psql, server_maintenanceDatabase, () => ask(psql, server_maintenanceDatabase, `SELECT json_build_object(${version},
    'elasticCluster', current_setting('citus.version', true) IS NOT NULL AND current_setting('azure.extensions', true) IS NOT NULL,
    'inRecovery', pg_is_in_recovery(),
    'readOnly', current_setting('transaction_read_only')::boolean,
    'role', current_user,
    'mayCreateDatabases', (SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user),
    'target', (SELECT json_build_object(
        'oid', d.oid::bigint,
        'owner', pg_get_userbyid(d.datdba),
        'owned', pg_has_role(d.datdba, 'USAGE'),
        'isTemplate', d.datistemplate,
        'unfinished', d.datconnlimit = -2 OR coalesce(starts_with(shobj_description(d.oid, 'pg_database'), :'mark'), false),
        'preparedTransactions', (SELECT count(*) FROM pg_prepared_xacts WHERE database = d.datname),
        'sessions', (SELECT coalesce(json_object_agg(application, sessions), '{}') FROM (
            SELECT coalesce(nullif(application_name, ''), 'unnamed') AS application, count(*) AS sessions
            FROM ${sessions} WHERE datid = d.oid AND ${isClient}
            GROUP BY 1) AS connected),
        'locale', ${localeOf('d')})
      FROM pg_database AS d WHERE d.datname = :'target'))`, { target, mark: restoreMarkBeginning }));
}
/** Gives an error of psql as a `Failure` that names the server, the database and the role. psql exits with 2 if it could not connect. */
async function explainingErrors(psql, database, work) {
    try {
        return await work();
    }
    catch (error) {
        if (!(error instanceof process_ProcessFailure))
            throw error;
        throw new failure/* Failure */.HR({
            tried: `${error.exitCode === 2 ? 'Connecting to' : 'Asking'} ${describeDatabase(psql.connection, database)}`,
            ...explainServerError(error, { role: psql.connection.user, database }),
        }, { cause: error });
    }
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./build/postgres/session/session.js






/**
 * Opens a session. A cancel of the step does not end it once it is open: whoever opened it closes it. It ends with this process, even if
 * that is killed, since psql's standard input is a pipe from here.
 * @param applicationName how it is called in `pg_stat_activity`
 * @throws ProcessFailure if psql cannot connect; Failure if the server lets it in and answers nobody
 */
async function openSession(psql, database, { applicationName }) {
    psql.signal.throwIfAborted();
    return whenConnected(psql, database, async () => {
        const command = psqlCommand(psql, database);
        const session = converse({ ...command, env: { ...command.env, PGAPPNAME: applicationName } });
        try {
            await whileAnswered(psql, database, (signal) => unlessAborted(session.run(emptySearchPath), signal));
        }
        catch (error) {
            await session.close();
            throw error;
        }
        return session;
    });
}
/** The five characters of an error that the server answered with, `55006`. https://www.postgresql.org/docs/current/errcodes-appendix.html */
function sqlStateOf(error) {
    const cause = error instanceof process_ProcessFailure ? error.cause : undefined;
    return cause instanceof Error ? /^SQLSTATE (\w{5})$/.exec(cause.message)?.[1] : undefined;
}
/** How long psql may take to leave when its input is closed, in milliseconds. */
const closeTimeout = 2_000;
/** Talks to a psql that is called like this. After every statement it is told to print a line that ends the answer. */
function converse(command) {
    const never = new AbortController().signal;
    const said = answers();
    const running = process_start({
        ...command,
        keepInput: true,
        signal: never,
        onStderrLine: (line) => said.add(`${line}\n`),
    });
    const printed = answers();
    running.stdout.setEncoding('utf8').on('data', printed.add);
    const lost = new AbortController();
    let closed = false;
    let over;
    const ended = running.finished
        .then(() => new process_ProcessFailure(command.program, 'has been closed', 0, ''))
        .catch(({ program, ending, exitCode, stderr }) => {
        const last = stderr.replace(/^.*end-of-answer-\w+(\n|$)/s, ''); // what came before was said of other statements
        return new process_ProcessFailure(program, ending, exitCode, last);
    })
        .then((failure) => {
        over = failure;
        for (const { fail } of [printed, said])
            fail(failure);
        if (!closed)
            lost.abort(failure);
    });
    async function answer(statement, variables) {
        if (over)
            throw over;
        const mark = `end-of-answer-${(0,external_node_crypto_.randomBytes)(8).toString('hex')}\n`;
        const both = Promise.all([printed.until(mark), said.until(mark)]);
        running.stdin.write(`${setCommands(variables)}${statement}\n;\n\\echo :ERROR :SQLSTATE\n\\echo ${mark}\\warn ${mark}`);
        const [text, complaints] = await both;
        const [, rows = '', failed, sqlState] = /^(?:(.*)\n)?(true|false) (\w{5})\n$/s.exec(text) ?? [];
        if (failed === 'false')
            return rows;
        const cause = new Error(`SQLSTATE ${sqlState}`);
        throw new process_ProcessFailure(command.program, 'was given an error', null, complaints.trim(), { cause });
    }
    async function run(statement, variables = {}) {
        try {
            return await answer(statement, variables);
        }
        catch (error) {
            if (sqlStateOf(error))
                await answer('ROLLBACK', {}).catch(() => { }); // warns where there is nothing to roll back
            throw error;
        }
    }
    let last = Promise.resolve();
    return {
        lost: lost.signal,
        run(statement, variables) {
            const result = last.then(() => run(statement, variables));
            last = result.catch(() => { });
            return result;
        },
        async close() {
            closed = true;
            running.stdin.end();
            const timer = setTimeout(() => void running.stop(), closeTimeout);
            await ended;
            clearTimeout(timer);
        },
    };
}
/** Takes text in pieces, and hands it out up to a mark that is printed at the end of each answer. */
function answers() {
    let pieces = [];
    /** What comes last, as much as the mark is long: to look at all of it with each piece would take the square of the time. */
    let end = '';
    let waiting;
    return {
        add(piece) {
            if (!waiting)
                return;
            pieces.push(piece);
            end = (end + piece).slice(-waiting.mark.length);
            if (end !== waiting.mark)
                return;
            waiting.resolve(pieces.join('').slice(0, -waiting.mark.length));
            waiting = undefined;
        },
        until(mark) {
            [pieces, end] = [[], ''];
            return new Promise((resolve, reject) => {
                waiting = { mark, resolve, reject };
            });
        },
        fail(reason) {
            waiting?.reject(reason);
        },
    };
}

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
    return sql_text_toPaste(`ROLLBACK PREPARED ${sql_text_literal(prepared)};`);
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
    const session = await explainingErrors(psql, server_maintenanceDatabase, () => openSession(psql, server_maintenanceDatabase, { applicationName }));
    try {
        const strangers = await explainingErrors(psql, server_maintenanceDatabase, async () => {
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
    const tried = `Holding the lock for restores of ${describeDatabase(psql.connection, database)}`;
    const lost = new AbortController();
    let released = false;
    const lose = ({ cause, advice }) => {
        if (!released)
            lost.abort(new failure/* Failure */.HR({ tried, cause, advice }));
    };
    session.lost.addEventListener('abort', () => lose(explainServerError(session.lost.reason)));
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
    const tried = `Locking ${describeDatabase(psql.connection, database)} for this restore`;
    const { application, role } = holder;
    const taken = (cause, advice) => new LockTaken({ tried, cause, advice }, holder);
    if (application?.startsWith(applicationOf('')))
        return taken(`another restore of this database is running: ${describeHolder(holder)}`, 'Wait until the other restore has ended, then run the job again.');
    return taken(`the lock for restores of this database is held by ${describeHolder(holder)}, which does not look like a restore`, 'Find out what holds the lock. To end it, run this in database ' +
        `${(0,format/* quoted */.TL)(server_maintenanceDatabase)} as ${role === null ? '' : `${(0,format/* quoted */.TL)(role)} or `}an administrator of the server, then run the job again:\n` +
        statementToEnd(holder));
}

// EXTERNAL MODULE: ./node_modules/@azure/core-rest-pipeline/dist/esm/index.js + 37 modules
var esm = __webpack_require__(1818);
// EXTERNAL MODULE: ./node_modules/@azure/keyvault-secrets/dist/esm/index.js + 47 modules
var dist_esm = __webpack_require__(9336);
;// CONCATENATED MODULE: ./build/azure/audience.js
/** What tokens for Blob Storage are asked for, in every cloud. https://learn.microsoft.com/azure/storage/blobs/authorize-access-azure-active-directory */
const storageScope = 'https://storage.azure.com/.default';
/**
 * A credential that gets tokens of its own tenant for one service, and no others, whatever it is asked for. The clients of Azure ask
 * for what a service names in its answer (resource, scope and tenant of a challenge): one that poses as a vault or an account
 * would be handed a token for all that the application may do elsewhere.
 */
function restrictedTo(scope, credential) {
    return {
        getToken(_, { abortSignal, claims } = {}) {
            return credential.getToken(scope, {
                ...(abortSignal && { abortSignal }),
                ...(claims !== undefined && { claims }),
                enableCae: true,
            });
        },
    };
}

;// CONCATENATED MODULE: ./build/azure/deadline.js

/**
 * For whoever is asked for something small: without it the clients of Azure wait as long as the system tries to connect, two minutes,
 * and for the rest of an answer for ever. No answer in time, and one that breaks off, is an error like Node's own: the client says that
 * it was aborted, or that it could not read.
 * @param limit for the whole answer, in milliseconds
 */
function answerWithin(limit) {
    return {
        position: 'perCall',
        policy: {
            name: 'answerDeadline',
            async sendRequest(request, next) {
                request.timeout ||= limit;
                try {
                    return await next(request);
                }
                catch (error) {
                    const endedByTime = error instanceof Error && error.name === 'AbortError' && !request.abortSignal?.aborted;
                    if (endedByTime)
                        throw new esm/* RestError */.pj(error.message, { code: 'ETIMEDOUT', request });
                    throw asReset(error, request);
                }
            },
        },
    };
}
/** The error of a client that could not read an answer to its end, like Node's own; any other as it is. */
function asReset(error, request) {
    return (0,esm/* isRestError */.T0)(error) && error.code === esm/* RestError */.pj.PARSE_ERROR && !error.response
        ? new esm/* RestError */.pj('the response broke off', { code: 'ECONNRESET', request })
        : error;
}

;// CONCATENATED MODULE: ./build/azure/json-response.js
/** What is said of an answer that is made for people, or for another kind of client. */
const pageInstead = 'the response is an HTML or XML page, as from a proxy or firewall, and not JSON';
/**
 * Reads an answer that has to be an object of JSON. What a parser says of any other is not kept, since it quotes from what it
 * could not read: of an answer that was cut off, or that a proxy put a line behind, that may be a password.
 */
function readJson(body) {
    const text = (body ?? '').trim();
    if (text === '')
        return { problem: 'the response is empty' };
    if (text.startsWith('<'))
        return { problem: pageInstead };
    let value;
    try {
        // Of the whole body, as the clients of Azure do it, which quote what they cannot read: trimmed is more than blanks of JSON.
        value = JSON.parse(body ?? '');
    }
    catch {
        return { problem: 'the response is not JSON, or was cut off or changed on the way' };
    }
    const fields = fieldsOf(value);
    return fields ? { fields } : { problem: `the response is ${kindOf(value)}, and not a JSON object` };
}
/** A value as an object whose fields may be looked at; undefined for anything else, a list included. */
function fieldsOf(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}
/** A value if it is a text that says something. */
function textOf(value) {
    return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
function kindOf(value) {
    if (value === null)
        return 'null';
    return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
/** A line that is shorter says nothing, and hiding it would blot out the log. */
const shortestLine = 8;
const mostLines = 200;
/**
 * Of an answer that is not what it should be, all that may be secret, to be hidden before anything is told of it: the values of
 * `value` and of tokens as far as they can be read, as they stand there and without JSON's escapes, and each line.
 */
function secretPartsOf(body) {
    const text = body ?? '';
    const written = secretStrings(text);
    const meant = written.map(withoutEscapes);
    const lines = (value) => value.split(/\r\n?|\n/).map((line) => line.trim());
    const found = [
        ...[...written, ...meant].flatMap((value) => [value, ...lines(value)]),
        ...lines(text)
            .filter((line) => line.length >= shortestLine)
            .slice(0, mostLines),
    ];
    return [...new Set(found)].filter((part) => part !== '');
}
/**
 * The strings of such fields, as they are written. Their ends are looked for without a pattern, which would keep a step back for each
 * of their characters: some million are more than the engine has room for.
 */
function secretStrings(text) {
    const found = [];
    const field = /"(?:value|[\w-]*token)"\s*:\s*"/gi;
    while (field.test(text)) {
        const from = field.lastIndex;
        let end = from;
        while (end < text.length && text[end] !== '"')
            end += text[end] === '\\' ? 2 : 1;
        found.push(text.slice(from, end));
        field.lastIndex = end;
    }
    return found;
}
const escapes = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
/** Of an escape that was cut off at the end, nothing is known. */
function withoutEscapes(json) {
    return json
        .replace(/(?<!\\)((?:\\\\)*)\\(?:u[0-9a-f]{0,3})?$/i, '$1')
        .replace(/\\(?:u([0-9a-f]{4})|(.))/gis, (_, code, character = '') => code === undefined ? (escapes[character] ?? character) : String.fromCharCode(Number.parseInt(code, 16)));
}

;// CONCATENATED MODULE: ./build/azure/rest-error.js



/** What is said of an answer that redirects. */
const redirected = 'the response redirects to another address, which is not followed';
/**
 * Takes Azure's words out of an error of its SDKs, which keep them in different places for each service and method.
 * @param sentences what Azure says with a code, for answers that have no body, as those to HEAD
 */
function detailOf(error, sentences = new Map()) {
    const own = withoutBody(error);
    const details = fieldsOf(error.details) ?? {};
    const answer = readJson(error.response?.bodyAsText);
    const body = 'fields' in answer ? answer.fields : {};
    const said = fieldsOf(details['error']) ?? fieldsOf(body['error']) ?? {};
    const inside = fieldsOf(said['innerError']) ?? fieldsOf(said['innererror']) ?? {};
    const code = error.response?.headers.get('x-ms-error-code') ??
        textOf(details['errorCode']) ??
        textOf(said['code']) ??
        own.code ??
        '';
    const words = textOf(said['message']) ?? textOf(body['message']) ?? own.message;
    const status = error.statusCode === undefined ? '' : `HTTP ${error.statusCode}`;
    const sentence = words.split(/\r?\n/).find((line) => line.trim() !== '') ?? '';
    const otherwise = /^HTTP 3/.test(status) ? redirected : 'no message';
    const known = [code, status].filter((part) => part !== '').join(', ');
    return {
        code,
        inner: textOf(inside['code']) ?? '',
        message: known === '' ? sentence : `${sentence.trim() || sentences.get(code) || otherwise} (${known})`,
    };
}
/**
 * The same error, or if its message quotes the answer, as that of an SDK does which could not read one, another in its place that
 * does not. An answer that nobody could read is nothing to be shown, nor is what a parser says of it.
 */
function withoutBody(error) {
    const body = error.response?.bodyAsText?.trim() ?? '';
    const unreadable = error.code === esm/* RestError */.pj.PARSE_ERROR;
    if (!unreadable && (body === '' || !error.message.includes(body)))
        return error;
    const { statusCode } = error;
    const page = body.startsWith('<') && !body.startsWith('<?xml');
    return new esm/* RestError */.pj(page
        ? 'the response is an HTML page, as from a proxy or firewall'
        : 'the response cannot be read: it has another format, or was cut off or changed on the way', { ...(statusCode !== undefined && { statusCode }), ...(error.request && { request: error.request }) });
}

;// CONCATENATED MODULE: ./build/azure/request-json.js




/** Hides what may be secret in an answer that is not what it should be. */
function maskSecretParts(mask, body) {
    mask(Object.fromEntries(secretPartsOf(body).map((part, index) => [`part ${index} of an answer`, part])));
}
/**
 * How something small is asked for: through the runner's proxy, once, and never where an answer redirects to.
 * @param limit for the whole answer, in milliseconds
 */
function requestPipeline(limit) {
    const pipeline = (0,esm/* createPipelineFromOptions */.Fp)({ retryOptions: { maxRetries: 0 } });
    pipeline.removePolicy({ name: esm/* redirectPolicyName */.Ou });
    pipeline.addPolicy(answerWithin(limit).policy);
    return pipeline;
}
/**
 * Gets an object of JSON. Of an answer that is anything else, what may be secret is hidden, and nothing is ever shown.
 * @throws RestError for any other status than 200 and any other answer, or if there is none
 */
async function requestJson(pipeline, { url, headers = {}, mask, signal }) {
    const request = (0,esm/* createPipelineRequest */.G6)({ url, headers: (0,esm/* createHttpHeaders */.Nc)(headers), abortSignal: signal });
    const response = await pipeline.sendRequest((0,esm/* createDefaultHttpClient */.fl)(), request);
    const fields = responseOf(request, response, mask);
    const { status: statusCode } = response;
    if (statusCode !== 200)
        throw new esm/* RestError */.pj('the request was refused', { statusCode, request, response });
    return fields;
}
/**
 * The fields of an answer that is an object of JSON, a refusal perhaps.
 * @throws RestError for any other; what may be secret in it is hidden, and the error has nothing of it
 */
function responseOf(request, response, mask) {
    const { status: statusCode, bodyAsText } = response;
    const answer = readJson(bodyAsText);
    if ('fields' in answer)
        return answer.fields;
    maskSecretParts(mask, bodyAsText);
    const readable = { ...response, bodyAsText: null };
    const said = statusCode >= 300 && statusCode < 400 ? redirected : answer.problem;
    throw new esm/* RestError */.pj(said, { statusCode, request, response: readable });
}

;// CONCATENATED MODULE: ./build/base/shell.js

/** As a POSIX shell takes it for one word. */
function shellWord(text) {
    return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw `'\''`)}'`;
}
/**
 * As bash takes it for one word, on one line, with nothing in it that is not seen.
 * https://www.gnu.org/software/bash/manual/html_node/ANSI_002dC-Quoting.html
 */
function shell_bashWord(text) {
    if ((0,format/* visible */.RK)(text) === text && !/[\n\r\t]/.test(text))
        return shellWord(text);
    const escaped = text
        .replace(/[\\']/g, '\\$&')
        .replace(/[\n\r\t]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
    return `$'${(0,format/* visible */.RK)(escaped)}'`;
}
/**
 * A command for bash, as lines to be copied together: first one for each variable, `vault=kv-prod # KEY_VAULT_NAME`, which still says
 * what to put in when GitHub has made `***` of the value; then the command, which has it as `"$vault"`.
 */
function commandLines(variables, command) {
    return [
        ...variables.map(({ variable, value, is }) => `${variable}=${shell_bashWord(value)} # ${is}`),
        command,
    ].join('\n');
}

;// CONCATENATED MODULE: ./build/azure/not-azure.js

/**
 * By which each answer of Azure's is known: Entra ID, Key Vault and Blob Storage put `x-ms-request-id` and others of that kind into all of
 * them, and Front Door, which is in front of some, `x-azure-ref`.
 * https://learn.microsoft.com/rest/api/storageservices/common-rest-api-response-headers and
 * https://learn.microsoft.com/azure/frontdoor/front-door-http-headers-protocol
 */
const ofAzure = /^(?:x-ms-|x-azure-ref$)/i;
/**
 * Who answered in Azure's place, in words for a cause. It is for answers that refuse or cannot be read: what can be used needs no name.
 * @returns undefined for an answer of Azure's own
 */
function strangerIn(response) {
    for (const [name] of response.headers)
        if (ofAzure.test(name))
            return undefined;
    return (loginOfProxy(response) ??
        `something other than Azure answered, such as a proxy or firewall (${answererOf(response)})`);
}
/** That a proxy, which alone gives this answer, wants to know who asks; undefined for any other answer. */
function loginOfProxy(response) {
    return response.status === 407 ? `a proxy requires a login (${answererOf(response)})` : undefined;
}
/**
 * By what an answer is known: `HTTP 403, an HTML page, server: squid`. What stands in its headers is shown as far as it is short, and
 * nothing of its body.
 */
function answererOf({ status, headers }) {
    const signs = ['server', 'via'].flatMap((name) => {
        const value = headers.get(name)?.trim() ?? '';
        return value === '' ? [] : [`${name}: ${(0,format/* plain */.pj)(value)}`];
    });
    const page = /^\s*text\/html\b/i.test(headers.get('content-type') ?? '') ? ['an HTML page'] : [];
    return [`HTTP ${status}`, ...page, ...signs].join(', ');
}
/** What to do about it. */
const adviceOnStranger = "Check HTTPS_PROXY and NO_PROXY on the runner, and let its proxy and firewall pass this host's responses unchanged; then run the job " +
    'again. A proxy that requires a login takes it from HTTPS_PROXY: http://USER:PASSWORD@HOST:PORT, with special characters URL-encoded.';

;// CONCATENATED MODULE: ./build/azure/passing.js



/** Refusals that pass by themselves. https://learn.microsoft.com/azure/architecture/best-practices/transient-faults */
const passingStatus = new Set([408, 429, 500, 502, 503, 504]);
/**
 * Whether an error of a request to Azure or GitHub passes by itself, by its status or by that of the connection; undefined if it does
 * not. A failure in the midst of a request is one of the sign-in for it, which has been tried for long enough.
 */
function retryOf(error) {
    if (error instanceof failure/* Failure */.HR)
        return undefined;
    if ((0,esm/* isRestError */.T0)(error) && error.statusCode !== undefined) {
        if (!passingStatus.has(error.statusCode))
            return undefined;
        const after = retryAfter(error);
        return { why: detailOf(error).message, ...(after !== undefined && { after }) };
    }
    const why = (0,system_errors/* passingTrouble */.t)(error);
    return why === undefined ? undefined : { why };
}
/**
 * When an answer asks to come again, in milliseconds from now: a number of seconds, or a date, as HTTP has it; or Azure's own in
 * milliseconds. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
function retryAfter({ response }, now = Date.now()) {
    const milliseconds = response?.headers.get('retry-after-ms') ?? response?.headers.get('x-ms-retry-after-ms');
    if (milliseconds !== undefined && /^\d{1,9}$/.test(milliseconds))
        return Number(milliseconds);
    const given = response?.headers.get('retry-after')?.trim() ?? '';
    if (/^\d{1,6}$/.test(given))
        return 1000 * Number(given);
    const date = /^[A-Z][a-z]{2}, /.test(given) ? Date.parse(given) : Number.NaN;
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

;// CONCATENATED MODULE: ./build/azure/vault/asked-secret.js

/** The line of a command that says which vault it is about. */
function vaultOf({ vaultName }) {
    return { variable: 'vault', value: vaultName, is: 'KEY_VAULT_NAME' };
}
function secretOf({ name, input }) {
    return { variable: 'secret', value: name, is: input.toUpperCase() };
}
/** The command that sets something of a secret but its value, with the lines that say which. */
function setAttribute(asked, attribute) {
    const command = `az keyvault secret set-attributes --vault-name "$vault" --name="$secret" ${attribute}`;
    return commandLines([vaultOf(asked), secretOf(asked)], command);
}
/** How a secret is set: by a command that waits for the value, shows it nowhere, and adds no newline to it. */
function asked_secret_howToSet(asked) {
    const command = 'IFS= read -rs value && printf %s "$value" | az keyvault secret set --vault-name "$vault" --name="$secret" ' +
        '--file /dev/stdin --encoding utf-8 --output none; unset value';
    return `To set its value, run this, then type or paste the value and press Enter:\n${commandLines([vaultOf(asked), secretOf(asked)], command)}`;
}

;// CONCATENATED MODULE: ./build/azure/vault/errors.js








/**
 * Why the vault did not hand a secret out, in Azure's words, and what to do.
 * https://learn.microsoft.com/azure/key-vault/general/rest-error-codes
 */
function explainVaultError(error, asked) {
    if (error instanceof failure/* Failure */.HR)
        return error.explanation; // of the sign-in, which was renewed for it
    const system = (0,system_errors/* explainSystemError */.T)(error);
    if (system)
        return { advice: vaultHostAdvice, ...system };
    if (!(0,esm/* isRestError */.T0)(error))
        return { cause: (0,failure/* causeOf */.rl)(error), advice: 'Check key_vault_name and azure_tenant_id.' };
    const stranger = error.response && strangerIn(error.response);
    if (stranger !== undefined)
        return { cause: stranger, advice: adviceOnStranger };
    const { inner, message: cause } = detailOf(error);
    const said = `${error.message}\n${error.response?.bodyAsText ?? ''}`; // the clients of Azure don't always read the body
    switch (error.statusCode) {
        case 401:
            return explainUnauthorized(cause, error, asked.tenantId);
        case 403:
            return { cause, advice: adviceOnRefusal(inner, said, asked) };
        case 404:
            return {
                cause,
                advice: `Check ${asked.input}. The secrets of the vault:\n${commandLines([vaultOf(asked)], 'az keyvault secret list --vault-name "$vault" --query "[].name" --output tsv')}`,
            };
        case 429:
            return { cause, advice: adviceOnThrottling(retryAfter(error)) };
        case 200:
            return { cause, advice: adviceOnAnswer };
        default:
            return { cause, advice: (error.statusCode ?? 0) < 500 ? checkAndRunAgain : adviceOnOutage };
    }
}
const checkAndRunAgain = 'Check key_vault_name, and run the job again.';
const adviceOnOutage = 'Key Vault has a fault of its own. Look at https://azure.status.microsoft, and run the job again later.';
const adviceOnAnswer = 'Check what is between the runner and the vault, such as a proxy, and that key_vault_url, if set, is the URL of a vault; then run ' +
    'the job again.';
/** @param asked for how long the vault is to be left alone, in milliseconds, if it says so */
function adviceOnThrottling(asked = 0) {
    const when = asked === 0 ? 'later' : `in ${(0,format/* formatDuration */.a3)(asked)}, as it asks`;
    return `Key Vault is throttling requests. Run the job again ${when}.`;
}
const vaultHostAdvice = 'Check key_vault_name, and key_vault_url if set. For a runner in a virtual network, check that the private DNS zone has a record for ' +
    'the vault. Vaults that were deleted:\naz keyvault list-deleted --query "[].name" --output tsv';
/** A vault names its tenant in the answer that refuses a token. Nothing is signed in to there. */
function explainUnauthorized(cause, { response }, tenantId) {
    const challenge = response?.headers.get('www-authenticate') ?? '';
    const tenant = /authorization(?:_uri)?="?https:\/\/[^/\s"]+\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/i.exec(challenge)?.[1];
    return tenant === undefined || tenant.toLowerCase() === tenantId.toLowerCase()
        ? {
            cause,
            advice: "Check azure_tenant_id: it has to be the tenant of the vault's subscription.",
        }
        : {
            cause: `the vault belongs to tenant ${tenant}, and the sign-in to another`,
            advice: "Check azure_tenant_id and key_vault_name: the sign-in has to be in the vault's tenant.",
        };
}
/** Refused with 403. The code inside the code says what is meant; what is only in the text is there in English. */
function adviceOnRefusal(inner, said, asked) {
    const vault = vaultOf(asked);
    if (inner === 'SecretDisabled' || /disabled secret/i.test(said))
        return `The secret is disabled. Check ${asked.input}, or enable the secret:\n${setAttribute(asked, '--enabled true')}`;
    if (inner === 'ForbiddenByConnection' || /private link/i.test(said)) {
        return 'The vault accepts connections from its own network only: use a runner in that network (input runs_on of the workflow).';
    }
    if (inner === 'ForbiddenByFirewall' || /client address is not authorized/i.test(said)) {
        const address = /Client address: ([0-9a-f.:]+)/i.exec(said)?.[1] ?? 'ADDRESS';
        return ("The vault's firewall blocks the runner. Use a runner in an allowed network (input runs_on of the workflow); GitHub-hosted runners " +
            'change addresses. For a runner with a fixed address:\n' +
            commandLines([vault], `az keyvault network-rule add --name "$vault" --ip-address ${address}`));
    }
    const application = { variable: 'application', value: asked.clientId, is: 'AZURE_CLIENT_ID' };
    if (inner === 'ForbiddenByPolicy' || /does not have secrets get permission/i.test(said)) {
        const command = 'az keyvault set-policy --name "$vault" --spn "$application" --secret-permissions get';
        return `Give azure_client_id the permission in the vault's access policies:\n${commandLines([vault, application], command)}`;
    }
    const command = 'az role assignment create --role "Key Vault Secrets User" --assignee "$application" ' +
        '--scope "$(az keyvault show --name "$vault" --query id --output tsv)"';
    return ('Assign the role "Key Vault Secrets User" on this vault to azure_client_id, and wait a few minutes until it takes effect:\n' +
        commandLines([vault, application], command));
}
/** What is said of one secret, or of both in one, with what they have in common said once. */
function combined([first, ...others]) {
    if (!first)
        return undefined;
    const all = [first, ...others];
    const same = all.every(({ cause }) => cause === first.cause);
    const advice = [...new Set(all.map((each) => each.advice))].join('\n');
    return same
        ? { cause: first.cause, advice }
        : { cause: all.map(({ name, cause }) => `${(0,format/* quoted */.TL)(name)}: ${cause}`).join('\n'), advice };
}

;// CONCATENATED MODULE: ./build/azure/vault/found-secret.js

/**
 * What is wrong with a secret that the vault handed out, and what to do; undefined if nothing is. Key Vault hands out
 * expired ones, and those that are not valid yet, as it hands out others: it always takes the newest version.
 * https://learn.microsoft.com/azure/key-vault/secrets/about-secrets#date-time-controlled-operations
 */
function problemWithSecret({ value, notBefore, expires }, asked, now = new Date()) {
    if (expires && expires < now) {
        return {
            cause: `the secret expired at ${withoutMilliseconds(expires)}`,
            advice: `${asked_secret_howToSet(asked)}\nIf the value is still right, set another expiry date instead:\n` +
                setAttribute(asked, `--expires ${inAYear(now)}`),
        };
    }
    if (notBefore && notBefore > now) {
        return {
            cause: `the secret is not valid before ${withoutMilliseconds(notBefore)}`,
            advice: 'Run the job again then. If the server has the new password already, set another activation date:\n' +
                setAttribute(asked, `--not-before ${withoutMilliseconds(now)}`),
        };
    }
    const again = `Check ${asked.input}, or set the secret again. ${asked_secret_howToSet(asked)}`;
    if (!value.trim())
        return { cause: 'the secret is empty', advice: again };
    if (value.includes('\0'))
        return { cause: 'the secret contains a NUL', advice: again };
    return undefined;
}
/** The beginning of this day a year later, in the form that `az` takes. */
function inAYear(now) {
    const day = new Date(Date.UTC(now.getUTCFullYear() + 1, now.getUTCMonth(), now.getUTCDate()));
    return withoutMilliseconds(day);
}
/** A time as `az` takes it. */
function withoutMilliseconds(time) {
    return time.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

;// CONCATENATED MODULE: ./build/azure/vault/retry.js




/**
 * Whether a vault that did not hand a secret out may do so by and by; undefined if it will not. Key Vault asks to be left alone for 1, 2,
 * 4, 8 and 16 s when it throttles: https://learn.microsoft.com/azure/key-vault/general/overview-throttling
 * @param worked whether it has handed a secret out to this application: a role that is missing then was not given a moment ago
 */
function retryOfVault(error, { total, newRight }, worked) {
    if (error instanceof failure/* Failure */.HR)
        return undefined; // of the sign-in, which has been tried again already
    if (!worked && isRefusedByRole(error))
        return { why: `${reasonOf(error)}. A role that was just assigned takes some minutes`, within: newRight };
    const retry = retryOf(error);
    // A name that does not exist, or a host that nobody reaches, is wrong, or closed to the runner, more often than down.
    const isDoubtful = /ENOTFOUND|ECONNREFUSED|ETIMEDOUT|E(?:HOST|NET)UNREACH/.test((0,system_errors/* explainSystemError */.T)(error)?.cause ?? '');
    return retry && isDoubtful && !worked ? { ...retry, within: total / 10 } : retry;
}
/**
 * Whether a vault says that no role of the application lets it read the secret: a vault with access policies, a firewall, a private
 * network and a disabled secret say something else, and change by somebody's doing alone.
 * https://learn.microsoft.com/azure/key-vault/general/rest-error-codes#http-403-insufficient-permissions
 */
function isRefusedByRole(error) {
    if (!(0,esm/* isRestError */.T0)(error) || error.statusCode !== 403)
        return false;
    const { inner, message } = detailOf(error);
    return (inner === 'ForbiddenByRbac' ||
        (inner === '' && /Caller is not authorized to perform action/.test(message)));
}
function reasonOf(error) {
    return (0,esm/* isRestError */.T0)(error) ? detailOf(error).message : '';
}

;// CONCATENATED MODULE: ./build/azure/vault/key-vault.js











/**
 * Reads the database's user and password, and hides them before anything else is done with them.
 * @throws Failure that says which secret of which vault, if one is missing, disabled, expired, not valid yet, empty or forbidden
 */
async function readLogin(secrets, access) {
    const [user = '', password = ''] = await readSecrets(secrets, ['db_user_secret_name', 'db_password_secret_name'], access);
    // A file given to `az keyvault secret set` often ends with a newline, which no user name does.
    return { user: user.replace(/\r?\n$/, ''), password };
}
/**
 * Reads the database's password alone, and hides it, when the job has read both secrets before: a right that is missing now was taken
 * away, and is not waited for.
 * @throws Failure as `readLogin`
 */
async function readPassword(secrets, access) {
    const [password = ''] = await readSecrets(secrets, ['db_password_secret_name'], access, true);
    return password;
}
/** @param worked whether this vault has let this application read a secret already */
async function readSecrets({ vaultUrl, vaultName, userSecretName, passwordSecretName }, inputs, access, worked = false) {
    const { credential, scope, mask, tenantId, clientId } = access;
    const client = new dist_esm/* SecretClient */._V(vaultUrl, restrictedTo(scope, credential), {
        // Whatever a vault names, the token is for Key Vault; and a private name is not below the resource that it names.
        disableChallengeResourceVerification: true,
        redirectOptions: { maxRetries: 0 },
        retryOptions: { maxRetries: 0 }, // what is tried again is said in the log
        additionalPolicies: [
            answerWithin(access.patience.answer),
            { policy: readableOnly(mask), position: 'perCall' },
        ],
    });
    const names = { db_user_secret_name: userSecretName, db_password_secret_name: passwordSecretName };
    const seen = { worked };
    const answers = await Promise.all(inputs.map((input) => read(client, { vaultName, tenantId, clientId, name: names[input], input }, access, seen)));
    const refused = answers.filter((answer) => 'cause' in answer);
    const problem = combined(refused);
    if (problem) {
        const what = refused
            .map(({ input, name }) => `${secretMeaning[input]} (secret ${(0,format/* quoted */.TL)(name)})`)
            .join(' and ');
        const [error] = refused.map(({ error }) => error).filter((each) => each !== undefined);
        throw new failure/* Failure */.HR({ tried: `Reading ${what} from ${vaultUrl}`, ...problem }, { cause: error });
    }
    return answers.map((answer) => ('value' in answer ? answer.value : ''));
}
const secretMeaning = {
    db_user_secret_name: "the database's user",
    db_password_secret_name: "the database's password",
};
const itself = {
    db_user_secret_name: 'the user itself',
    db_password_secret_name: 'the password itself',
};
/** Whether a user's name, which may end with a newline in the vault, stands in names that are shown anyway. */
function isShownAnyway(user, shown) {
    const name = user.trim();
    return name !== '' && shown.some((text) => text.includes(name));
}
/** @param seen whether the vault has handed a secret out, which both reads tell each other */
async function read(client, asked, { mask, shown, patience, signal, info }, seen) {
    try {
        const { value = '', properties } = await patiently(`Reading secret ${(0,format/* quoted */.TL)(asked.name)}`, (abortSignal) => client.getSecret(asked.name, { abortSignal }), { patience, signal, info, judge: (error) => retryOfVault(error, patience, seen.worked) });
        seen.worked = true;
        // Whoever has the two names the wrong way round would see the password, were it not for the mask of the user.
        if (asked.input === 'db_password_secret_name' || !isShownAnyway(value, shown))
            mask({ [`${asked.input} (${itself[asked.input]})`]: value });
        const { expiresOn, notBefore } = properties;
        const found = { value, ...(expiresOn && { expires: expiresOn }), ...(notBefore && { notBefore }) };
        const problem = problemWithSecret(found, asked);
        return problem ? { ...asked, ...problem } : { value };
    }
    catch (error) {
        signal.throwIfAborted();
        return { ...asked, ...explainVaultError(error, asked), error };
    }
}
/**
 * Lets the SDK see only what it can read. Of an answer that it cannot, it would quote all, with the password in it; and one that does
 * not name its secret would be an error of its own.
 */
function readableOnly(mask) {
    return {
        name: 'readableOnly',
        async sendRequest(request, next) {
            const response = await next(request);
            const { id, value } = responseOf(request, response, mask);
            if (response.status !== 200)
                return response;
            const { status: statusCode } = response;
            const seen = { statusCode, request, response: { ...response, bodyAsText: null } };
            if (typeof value !== 'string')
                throw new esm/* RestError */.pj('the response contains no secret', seen);
            if (typeof id === 'string' && URL.canParse(id) && new URL(id).pathname.startsWith('/secrets/'))
                return response;
            maskSecretParts(mask, response.bodyAsText);
            throw new esm/* RestError */.pj('the response does not name its secret', seen);
        },
    };
}

;// CONCATENATED MODULE: ./build/postgres/client/install/environment.js
/**
 * What programs that install something need of the runner's environment: where programs are and whose files; the place for temporary
 * ones; the ways to a network; and what an administrator has set for the machine's own package manager.
 */
const names = [
    ...['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'TMPDIR', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH'],
    ...['http_proxy', 'https_proxy', 'ftp_proxy', 'all_proxy', 'no_proxy', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
    ...['APT_CONFIG', 'NEEDRESTART_MODE'],
];
const prefixes = (/* unused pure expression or super */ null && (['HOMEBREW_']));
/**
 * The environment for a program that installs something. It is chosen: no input, no token of the step and no credential that a workflow
 * keeps in a variable is among it.
 */
function environment_installerEnvironment() {
    const chosen = names.flatMap((name) => {
        // apt reads its proxies in lower case only, and runners are told of theirs in either.
        const value = process.env[name] || (name.endsWith('_proxy') ? process.env[name.toUpperCase()] : undefined);
        return value === undefined ? [] : [[name, value]];
    });
    const prefixed = Object.entries(process.env).filter(([name]) => prefixes.some((prefix) => name.startsWith(prefix) && !/TOKEN|AUTH/.test(name)));
    return { ...Object.fromEntries([...chosen, ...prefixed]), LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
}

;// CONCATENATED MODULE: ./build/postgres/client/install/unpack.js






/** Where PostgreSQL's packages have their programs, and where packages have their libraries, for each processor. */
const programFolders = /^usr\/lib\/postgresql\/\d+\/bin$/;
const libraryFolders = /^(usr\/)?lib\/[^/]+-linux-gnu[^/]*$/;
/** What packages bring that no program needs. */
const needless = (/* unused pure expression or super */ null && (['usr/share/doc', 'usr/share/man', 'usr/share/locale', 'usr/share/lintian']));
/**
 * Unpacks packages into a folder, as they are, and makes `bin` in it, with a script for each of PostgreSQL's programs that runs it with the
 * libraries that were unpacked with it. The folder may be moved afterwards. The packages' own scripts are not run.
 * @throws Failure with dpkg's own words
 */
async function unpack_unpackPackages(packages, folder, signal) {
    const env = installerEnvironment();
    for (const file of packages) {
        try {
            await run({ program: 'dpkg', args: ['--extract', file, folder], env, signal });
        }
        catch (cause) {
            signal.throwIfAborted();
            if (!(cause instanceof ProcessFailure))
                throw cause;
            const tried = `Unpacking ${path.basename(file)}`;
            throw new Failure({ tried, cause: complaintOfTar(cause.stderr) || cause.ending, advice: '' }, { cause });
        }
    }
    for (const name of needless)
        await rm(path.join(folder, name), { recursive: true, force: true });
    await makeScripts(folder);
}
async function makeScripts(folder) {
    const folders = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = folders
        .filter((entry) => entry.isDirectory())
        .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
    const libraries = paths.filter((name) => libraryFolders.test(name)).map((name) => `$root/${name}`);
    await mkdir(path.join(folder, 'bin'), { recursive: true });
    for (const programs of paths.filter((name) => programFolders.test(name))) {
        for (const name of await readdir(path.join(folder, programs))) {
            const script = path.join(folder, 'bin', name);
            await writeFile(script, `#!/bin/sh\nroot=\${0%/bin/*}\nLD_LIBRARY_PATH=${libraries.join(':')} exec "$root/${programs}/${name}" "$@"\n`);
            await chmod(script, 0o755);
        }
    }
}
/**
 * Runs every program of an unpacked folder once, for its version.
 * @throws Failure if one does not start on this machine, or there is none
 */
async function unpack_runEachProgram(folder, signal) {
    const names = await readdir(path.join(folder, 'bin'));
    const tried = 'Starting what was unpacked';
    if (names.length === 0)
        throw new Failure({ tried, cause: 'the packages have no programs', advice: '' });
    await Promise.all(names.map(async (name) => {
        const program = path.join(folder, 'bin', name);
        try {
            const child = { program, args: ['--version'], env: installerEnvironment(), signal };
            if (!/\bPostgreSQL\)? \d/.test(await run(child)))
                throw new Failure(silent(name));
        }
        catch (cause) {
            signal.throwIfAborted();
            if (!(cause instanceof ProcessFailure))
                throw cause;
            throw new Failure(doesNotStart(name, cause), { cause });
        }
    }));
}
/** Whether every program of a folder starts. Throws the abort's reason: a cancel says nothing of the folder, which another job may be using. */
async function unpack_isWhole(folder, signal) {
    try {
        await unpack_runEachProgram(folder, signal);
        return true;
    }
    catch {
        signal.throwIfAborted();
        return false;
    }
}
function silent(name) {
    return { tried: `Starting ${name}`, cause: 'it does not tell its version', advice: '' };
}
/** The C library tells what a program was built for: "…libc.so.6: version `GLIBC_2.38' not found (required by …)". */
function doesNotStart(name, { stderr, ending }) {
    const [, library] = /version `([A-Z]+_[\d.]+)' not found/.exec(stderr) ?? [];
    const cause = library === undefined
        ? lastLine(stderr) || ending
        : `it is built for a newer release, with ${library.replace('GLIBC_', 'C library ')}, which this machine does not have`;
    return {
        tried: `Starting ${quoted(name)}`,
        cause,
        advice: library === undefined ? '' : unpack_newerReleaseAdvice,
    };
}
/** What to do where a repository has packages of a newer release than the machine's. */
const unpack_newerReleaseAdvice = "Name the suite of this machine's release in postgres_apt_repository, or run the job on a newer release.";
/** What tar says of the first file that it could not write, without what dpkg says of tar. */
function complaintOfTar(text) {
    const lines = text.trim().split('\n');
    return lines.find((line) => / Cannot |No space left/.test(line)) ?? lines.at(-1) ?? '';
}
function lastLine(text) {
    return text.trim().split('\n').at(-1) ?? '';
}

;// CONCATENATED MODULE: ./build/postgres/client/install/install-packages.js





/**
 * Fetches packages with what they need and the machine lacks, unpacks them together, runs every program once, and moves the whole into
 * the cache, under the version of the first: a client, or a server with what belongs to it.
 * @param tool what it is called in the cache
 * @throws Failure, with nothing in the cache that was not there before
 */
async function install_packages_installPackages(repository, { tool, packages }, cache, { scratch, signal }) {
    if (/[:;]/.test(cache))
        throw new Failure({
            tried: `Installing ${packages[0]}`,
            cause: `the path of the tool cache has a colon or a semicolon, which separates folders of libraries: ${cache}`,
            advice: '',
        });
    let planned = await plan(repository, packages);
    const downloads = path.join(scratch, 'packages');
    await mkdir(downloads, { recursive: true });
    const unpacked = await folderForUnpacking(cache, tool, scratch);
    try {
        const files = await repository.apt.download(planned, downloads).catch(async () => {
            // The repository may have got newer packages in place of these.
            signal.throwIfAborted();
            await repository.apt.update().catch(() => signal.throwIfAborted()); // the download says what is wrong
            await rm(downloads, { recursive: true, force: true });
            await mkdir(downloads);
            planned = await plan(repository, packages);
            return repository.apt.download(planned, downloads);
        });
        const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
        await unpackPackages(files, unpacked, signal);
        await runEachProgram(unpacked, signal);
        const version = cacheVersion(planned[0]?.version ?? '');
        const folder = await publish(cache, unpacked, { tool, version }, (place) => isWhole(place, signal));
        return { packages: planned, bytes: sizes.reduce((sum, size) => sum + size, 0), folder };
    }
    finally {
        await rm(path.dirname(unpacked), { recursive: true, force: true });
        await rm(downloads, { recursive: true, force: true });
    }
}
/** What to fetch, what was asked for first. The C library is the machine's own, and has to be new enough. */
async function plan(repository, packages) {
    const { apt } = repository;
    const planned = await apt.plan(packages).catch(async (error) => {
        const [, needed] = / : (?:Pre)?Depends: libc6 \(>= ([^)]+)\)/.exec(String(error)) ?? [];
        if (needed !== undefined)
            throw forNewerRelease(repository, packages, `it needs libc6 ${needed}`);
        // Libraries of the distribution are not in PGDG's repository.
        if (!/ : (?:Pre)?Depends: /.test(String(error)))
            throw error;
        await apt.addMachineSources();
        return apt.plan(packages);
    });
    const newer = planned.find((one) => one.name === 'libc6');
    if (newer) {
        const has = newer.replaces === undefined ? '' : `, and ${repository.release} has ${newer.replaces}`;
        throw forNewerRelease(repository, packages, `it comes with libc6 ${newer.version}${has}`);
    }
    const rank = ({ name }) => packages.includes(name) ? packages.indexOf(name) : packages.length;
    return planned.toSorted((a, b) => rank(a) - rank(b));
}
function forNewerRelease({ name, release }, packages, why) {
    return new Failure({
        tried: `Installing ${packages[0]} from ${name}`,
        cause: `it is built for a newer release than ${release}: ${why}`,
        advice: newerReleaseAdvice,
    });
}

;// CONCATENATED MODULE: ./build/postgres/client/install/distribution.js

/** What this machine runs, if that is Debian, Ubuntu or a kin. */
async function distribution_debianRelease(file = '/etc/os-release') {
    return parseRelease(await readFile(file, 'utf8').catch(() => ''));
}
/**
 * Reads an os-release file.
 * https://www.freedesktop.org/software/systemd/man/latest/os-release.html; its kins add UBUNTU_CODENAME or DEBIAN_CODENAME
 * @returns undefined for other distributions
 */
function parseRelease(text) {
    const fields = new Map([...text.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [
        String(name),
        String(value).replace(/^(["'])(.*)\1$/, '$2'),
    ]));
    const family = `${fields.get('ID')} ${fields.get('ID_LIKE')}`.split(/\s+/);
    if (!family.includes('debian') && !family.includes('ubuntu'))
        return undefined;
    const codename = fields.get('UBUNTU_CODENAME') || fields.get('DEBIAN_CODENAME') || fields.get('VERSION_CODENAME') || '';
    const name = fields.get('PRETTY_NAME') || `${fields.get('ID')} ${fields.get('VERSION_ID')}`;
    return { name, ...(/^[a-z]+$/.test(codename) && { codename }) };
}

;// CONCATENATED MODULE: ./build/postgres/client/install/installed-packages.js


/** What PostgreSQL's packages ask for, and its programs do without: it is for scripts, and for a server that the machine runs by itself. */
const installed_packages_standIns = [
    ...['postgresql-client-common', 'postgresql-common', 'perl', 'sensible-utils', 'ssl-cert', 'locales'],
    ...['debconf', 'ucf', 'adduser', 'netbase', 'procps', 'lsb-base', 'init-system-helpers'],
];
/** States of packages whose files are there; while others are upgraded, some are not configured yet. */
const unpackedStates = [
    ...['installed', 'unpacked', 'half-configured', 'triggers-awaited', 'triggers-pending'],
];
/** The packages that dpkg has installed here. Throws a `ProcessFailure` where there is no dpkg. */
async function installed_packages_installedPackages(signal) {
    const fields = ['db:Status-Status', 'Package', 'Version', 'Architecture', 'Multi-Arch', 'Provides'];
    const format = `${fields.map((field) => `\${${field}}`).join('\\t')}\\n`;
    const args = ['--show', `--showformat=${format}`];
    const output = await run({ program: 'dpkg-query', args, env: installerEnvironment(), signal });
    return output.split('\n').flatMap((line) => {
        const [status, name = '', version = '', architecture = '', multiArch = '', provides = ''] = line.split('\t');
        return unpackedStates.includes(status) ? [{ name, version, architecture, multiArch, provides }] : [];
    });
}
/**
 * A status file for apt in which every library of the machine is installed, and nothing depends on anything: so apt adds what is lacking,
 * and mends nothing else. PostgreSQL's own packages are left out, and so come from the repository.
 */
function installed_packages_statusFile(installed) {
    const real = installed.filter(({ name }) => !/^(postgresql|libpq)/.test(name) && !installed_packages_standIns.includes(name));
    const added = installed_packages_standIns.map((name) => ({
        ...{ name, version: '99999', architecture: 'all', multiArch: 'allowed', provides: '' },
    }));
    return [...real, ...added].map(stanza).join('\n');
}
function stanza({ name, version, architecture, multiArch, provides }) {
    return [
        `Package: ${name}`,
        'Status: install ok installed',
        `Version: ${version}`,
        `Architecture: ${architecture}`,
        ...(multiArch === '' ? [] : [`Multi-Arch: ${multiArch}`]),
        ...(provides === '' ? [] : [`Provides: ${provides}`]),
        '',
    ].join('\n');
}

;// CONCATENATED MODULE: ./build/postgres/client/install/machine-sources.js


/**
 * The machine's repositories, copied; one without signed-by is checked against the machine's own keys.
 * @param but is left out, for apt takes a suite of a repository with one key only
 */
async function machine_sources_copySources(folder, but) {
    const parts = await readdir('/etc/apt/sources.list.d').catch(() => []);
    const files = ['/etc/apt/sources.list', ...parts.map((name) => path.join('/etc/apt/sources.list.d', name))];
    for (const [index, file] of files.entries()) {
        if (!/\.(list|sources)$/.test(file))
            continue;
        const text = withoutSource(await readFile(file, 'utf8').catch(() => ''), file.endsWith('.sources'), but);
        await writeFile(path.join(folder, `machine-${index}-${path.basename(file)}`), text);
    }
}
/**
 * A file of sources without the entries of one suite of one repository, however its URI is written.
 * @param inStanzas whether it is in the deb822 form, in which an entry ends with an empty line
 */
function withoutSource(text, inStanzas, { uri, suite }) {
    const end = inStanzas ? '\n\n' : '\n';
    const bare = (word) => word.replace(/^(?:URIs:)?\w+:\/*|\/+$/gi, '');
    const isIt = (entry) => {
        const words = entry.split(/\s+/);
        return words.includes(suite) && words.some((word) => bare(word) === bare(uri));
    };
    return text
        .replace(/^[ \t]*#.*\n?/gm, '')
        .split(inStanzas ? /\n[ \t]*\n/ : '\n')
        .filter((entry) => !isIt(entry.replace(/\bSuites:/gi, ' ')))
        .join(end);
}

;// CONCATENATED MODULE: ./build/postgres/client/install/private-apt.js







/** How long apt may take for one of its commands: for lists and packages of some megabytes, over the slowest of lines. */
const timeLimit = 180_000;
/**
 * @param architecture of the packages, by Debian's name
 * @param folder an empty folder for all that apt writes
 */
async function private_apt_privateApt(source, folder, architecture, signal) {
    const at = (name) => path.join(folder, name);
    for (const name of ['sources', 'state/lists/partial', 'cache/archives/partial', 'log'])
        await mkdir(at(name), { recursive: true });
    await writeFile(at(`sources/${source.file}`), `${source.text}\n`);
    await writeFile(at('apt.conf'), configuration(folder, architecture));
    await writeFile(at('status'), statusFile(await installedPackages(signal)));
    const command = async (program, args, cwd = folder) => {
        const limit = AbortSignal.any([signal, AbortSignal.timeout(timeLimit)]);
        const allArgs = ['--config-file', at('apt.conf'), '--quiet', ...args];
        let output = '';
        const take = (piece) => {
            output += piece;
        };
        try {
            const child = { program, args: allArgs, env: installerEnvironment(), cwd, signal: limit };
            return await run(child, take);
        }
        catch (cause) {
            signal.throwIfAborted();
            throw new Failure(explain([program, ...args].join(' '), cause, output), { cause });
        }
    };
    return {
        async update() {
            await command('apt-get', ['update']);
        },
        async addMachineSources() {
            await copySources(at('sources'), source);
            // What one of them lacks may be none that is needed, and the lists of the others are there.
            await command('apt-get', ['update']).catch(() => signal.throwIfAborted());
        },
        async plan(packages) {
            const output = await command('apt-get', [
                'install',
                '--simulate',
                '--no-install-recommends',
                ...packages,
            ]);
            return plannedIn(output).filter(({ name }) => !standIns.includes(name));
        },
        async newest(prefix) {
            const names = await command('apt-cache', ['pkgnames', prefix]);
            const output = await command('apt-cache', ['policy', ...names.split('\n').filter(Boolean).sort()]);
            return candidatesIn(output);
        },
        async download(packages, target) {
            const wanted = packages.map(({ name, version, architecture }) => `${name}:${architecture}=${version}`);
            await command('apt-get', ['download', ...wanted], target);
            return (await readdir(target)).map((name) => path.join(target, name)).sort();
        },
    };
}
/**
 * Read after the machine's own configuration, of which proxies and time limits stay. Hooks that other packages have put there
 * (`APT::Update::Post-Invoke`) would write to the machine, and its priorities are about other repositories.
 * https://manpages.debian.org/bookworm/apt/apt.conf.5.en.html
 */
function configuration(folder, architecture) {
    const own = {
        'Dir::Etc::SourceList': '/dev/null',
        'Dir::Etc::SourceParts': path.join(folder, 'sources'),
        'Dir::Etc::Preferences': '/dev/null',
        'Dir::Etc::PreferencesParts': '/dev/null',
        'Dir::State': path.join(folder, 'state'),
        'Dir::State::Lists': path.join(folder, 'state/lists'),
        'Dir::State::Status': path.join(folder, 'status'),
        'Dir::Cache': path.join(folder, 'cache'),
        'Dir::Cache::Archives': path.join(folder, 'cache/archives'),
        // Images for containers turn these off, and each command would read all lists anew.
        'Dir::Cache::PkgCache': 'pkgcache.bin',
        'Dir::Cache::SrcPkgCache': 'srcpkgcache.bin',
        'Dir::Log': path.join(folder, 'log'),
        'Debug::NoLocking': 'true', // nobody else uses this folder, and the machine's locks are for root
        'APT::Sandbox::User': 'root', // for root itself: the user _apt may not write to the step's folder
        'APT::Update::Error-Mode': 'any',
        'APT::Architectures': architecture,
        'APT::Default-Release': '',
        'APT::Install-Suggests': 'false',
        'APT::Get::AllowUnauthenticated': 'false',
        'Acquire::AllowInsecureRepositories': 'false',
        'Acquire::AllowDowngradeToInsecureRepositories': 'false',
        'Acquire::Languages': 'none',
        'Acquire::Retries': '2',
        'Acquire::http::Timeout': '20',
        'Acquire::https::Timeout': '20',
    };
    const cleared = [
        ...['APT::Update', 'APT::Architectures', 'AptCli::Hooks', 'Acquire::IndexTargets::deb::Contents-deb'],
    ];
    return [
        ...cleared.map((name) => `#clear ${name};`),
        ...Object.entries(own).map(([name, value]) => `${name} "${value}";`),
        '',
    ].join('\n');
}
/** The lines of a simulation: `Inst libpq5 [15.1-1] (15.18-0+deb12u1 Debian:12.15/oldstable [amd64])`. */
function plannedIn(output) {
    return [...output.matchAll(/^Inst (\S+)(?: \[(\S+)\])? \((\S+) .*?\[([^\]\s]+)\]\)/gm)].map(([, name, replaces, version, architecture]) => ({
        name: String(name),
        version: String(version),
        architecture: String(architecture),
        ...(replaces !== undefined && { replaces }),
    }));
}
/** What `apt-cache policy` prints: a name at the beginning of a line, and below it the version that would be taken. */
function candidatesIn(output) {
    return new Map([...output.matchAll(/^(\S+):\n(?: {2}.*\n)*? {2}Candidate: (\S+)/gm)]
        .filter(([, , version]) => version !== '(none)')
        .map(([, name, version]) => [String(name), String(version)]));
}
function explain(tried, cause, output) {
    const advice = '';
    if (!(cause instanceof ProcessFailure))
        return { tried, cause: `it had not ended after ${timeLimit / 60_000} minutes`, advice };
    const unmet = [...output.matchAll(/^ *(\S+ : (?:Pre)?Depends: .*)$/gm)].map(([, line]) => String(line));
    const complaints = cause.stderr.split('\n').filter((line) => /^[EW]:/.test(line));
    return {
        tried,
        cause: [...new Set([...unmet, ...complaints])].slice(0, 6).join('\n') || cause.ending,
        advice,
    };
}

;// CONCATENATED MODULE: ./build/postgres/client/install/repository.js







/** The repository of the PostgreSQL project for Debian and Ubuntu. https://wiki.postgresql.org/wiki/Apt */
const pgdg = 'https://apt.postgresql.org/pub/repos/apt';
/** Until it is released, a major has a component of its own besides `main`, or none, which does no harm. This is the newest that may be. */
const notReleased = 19;
/** Debian's names of Node's architectures; PGDG has packages for these two. */
const architectures = { x64: 'amd64', arm64: 'arm64' };
/**
 * Fetches the lists of a repository into a folder of the step.
 * @param given without it, PGDG's for this release of Debian or Ubuntu
 * @param major that is wanted, if that is known
 * @throws Failure if this is another system, or the repository cannot be read, or is not signed by its key
 */
async function repository_openRepository(given, major, scratch, signal) {
    const release = await debianRelease();
    if (!release)
        throw impossible('packages can be unpacked only on Debian, Ubuntu and their kin');
    const arch = architectures[process.arch];
    if (arch === undefined)
        throw impossible(`there are no packages for ${process.arch}`);
    const folder = path.join(scratch, 'apt');
    await mkdir(folder, { recursive: true });
    const source = given ? sourcesList({ arch, ...given }) : await pgdgFile(release, arch, major, folder);
    const apt = await privateApt(source, folder, arch, signal);
    await apt.update();
    const clients = new Map();
    for (const [name, version] of await apt.newest('postgresql-client-')) {
        const [, number] = /^postgresql-client-(\d+)$/.exec(name) ?? [];
        if (number !== undefined)
            clients.set(Number(number), version);
    }
    return {
        apt,
        name: given ? `${given.uri} ${given.suite}` : 'apt.postgresql.org',
        release: release.name,
        clients,
    };
}
function sourcesList(source) {
    return { file: 'postgresql.list', text: sourceLine(source), uri: source.uri, suite: source.suite };
}
async function pgdgFile({ codename, name }, arch, major, folder) {
    if (codename === undefined)
        throw impossible(`apt.postgresql.org has no packages for ${name}`);
    const [uri, suite, signedBy] = [pgdg, `${codename}-pgdg`, path.join(folder, 'pgdg.asc')];
    const components = ['main', String(Math.max(notReleased, major ?? 0))];
    await writeFile(signedBy, pgdgKey);
    if (!/[^\w./~+-]/.test(signedBy))
        return sourcesList({ uri, suite, components, arch, signedBy });
    // A path with a space can stand in neither form; the key itself can, for apt 2.4 and newer.
    const key = pgdgKey
        .trim()
        .split('\n')
        .map((line) => ` ${line === '' ? '.' : line}`);
    const fields = {
        Types: 'deb',
        URIs: uri,
        Suites: suite,
        Components: components.join(' '),
        Architectures: arch,
    };
    const lines = Object.entries(fields).map(([field, value]) => `${field}: ${value}`);
    return { file: 'postgresql.sources', text: [...lines, 'Signed-By:', ...key].join('\n'), uri, suite };
}
function impossible(cause) {
    return new Failure({ tried: 'Installing a client into the tool cache', cause, advice: '' });
}

;// CONCATENATED MODULE: ./build/postgres/client/install/package-installer.js






/** @param source the repository; without it, PGDG's for this release of Debian or Ubuntu */
function package_installer_packageInstaller(source, step) {
    let opened;
    return {
        async installClient(major, atLeast = 0) {
            const cache = toolCache();
            const tried = 'Installing a client into the tool cache';
            if (cache === undefined)
                throw new Failure({ tried, cause: 'this runner has none (RUNNER_TOOL_CACHE)', advice: '' });
            const started = performance.now();
            opened ??= openRepository(source, major, step.scratch, step.signal);
            const repository = await opened;
            await noteNewest(repository, cache);
            const wanted = major ?? newestReleased(repository);
            if (!repository.clients.has(wanted) || wanted < atLeast)
                throw noSuchPackage(major, repository);
            const installed = await installPackages(repository, { tool: clientTool, packages: [`postgresql-client-${wanted}`, 'libpq5'] }, cache, step);
            const [client] = installed.packages;
            return (`${client?.name} ${client?.version} from ${repository.name} into the tool cache: ${installed.folder} (` +
                `${count(installed.packages.length, 'package')}, ${formatBytes(installed.bytes)}, ${formatDuration(performance.now() - started)})`);
        },
    };
}
/** Of the clients that a repository has, not one before its release; none gives -Infinity. */
function newestReleased({ clients }) {
    return Math.max(...[...clients].filter(([, version]) => !version.includes('~')).map(([major]) => major));
}
async function noteNewest({ clients }, cache) {
    const versions = [...clients].map(([major, version]) => [major, upstreamVersion(version)]);
    await writeNewest(cache, { asked: new Date().toISOString(), versions: Object.fromEntries(versions) });
}
function noSuchPackage(major, { name, clients }) {
    const there = [...clients.keys()].sort((a, b) => a - b).join(', ');
    return new Failure({
        tried: `Installing postgresql-client${major === undefined ? '' : `-${major}`} from ${name}`,
        cause: there === '' ? 'it has no PostgreSQL client' : `it has no such package; it has those of ${there}`,
        advice: '',
    });
}

// EXTERNAL MODULE: ./node_modules/@actions/io/lib/io.js
var io = __webpack_require__(8701);
;// CONCATENATED MODULE: ./build/base/unattended.js




const unattended = new Set();
/** Is told of the ids of all that run, whenever there is another one. */
let onUnattended;
/** Has the ids of all unattended programs told whenever one more has been started. @param tell must not throw */
function watchUnattended(tell) {
    onUnattended = tell;
}
/**
 * Runs a program that nobody ends: neither a cancel, which it is not waited for, nor the end of this process. It is in a session of its
 * own, and what it says goes into a file, since a pipe whose reader is gone would end it too.
 * @param scratch a folder for that file
 * @returns how it ended, null by a signal, and what it wrote to standard error
 * @throws ProcessFailure if it can't be started; the signal's reason as soon as that is aborted
 */
async function unattended_runUnattended({ program, args, env }, { scratch, signal }) {
    signal.throwIfAborted();
    const file = path.join(scratch, `said-${unattended.size}.txt`);
    const said = await open(file, 'w', 0o600);
    let stopWaiting = () => { };
    try {
        const child = spawn(program, args, { env, detached: true, stdio: ['ignore', 'ignore', said.fd] });
        const { pid } = child;
        const ended = new Promise((resolve, reject) => {
            child.once('exit', resolve);
            child.once('error', (cause) => reject(new ProcessFailure(program, `could not be started (${cause.message})`, null, '', { cause })));
        });
        if (pid !== undefined)
            unattended.add(pid);
        onUnattended?.([...unattended]);
        const aborted = new Promise((_, reject) => {
            stopWaiting = () => reject(signal.reason);
        });
        signal.addEventListener('abort', stopWaiting, { once: true });
        if (signal.aborted)
            stopWaiting();
        ended.catch(() => { }); // after a cancel, nobody hears of it
        const exitCode = await Promise.race([ended, aborted]);
        if (pid !== undefined)
            unattended.delete(pid);
        return { exitCode, stderr: await readFile(file, 'utf8') };
    }
    finally {
        signal.removeEventListener('abort', stopWaiting);
        await said.close();
        await rm(file, { force: true });
    }
}

;// CONCATENATED MODULE: ./build/postgres/client/install/system-packages.js




/** A network that is silent must not hold the job up, nor somebody else who installs something just now. Times in seconds. */
const aptOptions = [
    '--quiet',
    ...[
        'DPkg::Lock::Timeout=120',
        'Acquire::Retries=2',
        'Acquire::http::Timeout=20',
        'Acquire::https::Timeout=20',
    ].map((option) => `--option=${option}`),
];
const managers = [
    {
        program: 'apt-get',
        asRoot: true,
        refresh: [...aptOptions, 'update'],
        install: [...aptOptions, 'install', '--yes', '--no-install-recommends'],
        package: (major) => (major === undefined ? 'postgresql-client' : `postgresql-client-${major}`),
    },
    {
        program: 'dnf',
        asRoot: true,
        install: ['--quiet', '--assumeyes', 'install'],
        package: (major) => `postgresql${major ?? ''}`, // PGDG's packages for RHEL and Fedora's of a major have these names
    },
    {
        program: 'brew',
        asRoot: false, // it refuses root
        install: ['install', '--quiet'],
        package: (major) => (major === undefined ? 'libpq' : `postgresql@${major}`),
    },
];
/**
 * Installs a client with the machine's package manager, as root or by sudo where that asks nothing.
 * A half-installed package is what a later run trips over: so nobody ends the package manager in the middle. A cancel does not wait for
 * it; it installs to the end by itself, and src/post.ts waits for that.
 * @param major without it, whichever the distribution has
 * @returns what was installed: `postgresql-client-17 with apt-get`
 * @throws Failure if there is no package manager that is known, no right to use it, or it fails itself; the signal's reason at once
 */
async function system_packages_installSystemPackage(major, step) {
    const found = await findManager();
    if (!found)
        throw new Failure({
            tried: "Installing a client with the machine's package manager",
            cause: `none of ${managers.map(({ program }) => program).join(', ')} is on the PATH`,
            advice: '',
        });
    const { manager, program } = found;
    const name = manager.package(major);
    const tried = `Installing ${name} with ${manager.program}`;
    const sudo = manager.asRoot && process.getuid?.() !== 0 ? await which('sudo') : '';
    if (manager.asRoot && process.getuid?.() !== 0 && sudo === '')
        throw new Failure({ tried, cause: 'the step does not run as root, and there is no sudo', advice: '' });
    const before = sudo === '' ? [] : [sudo, '--non-interactive'];
    const call = (args) => execute([...before, 'env', 'DEBIAN_FRONTEND=noninteractive', program, ...args], step);
    step.info(`${tried}${manager.refresh ? `, after ${manager.program} update` : ''}`);
    const refreshed = manager.refresh && (await call(manager.refresh));
    const installed = await call([...manager.install, name]);
    if (installed.exitCode === 0)
        return `${name} with ${manager.program}`;
    const complaints = `${refreshed?.stderr ?? ''}\n${installed.stderr}`.split('\n').filter(isComplaint);
    const cause = [...new Set(complaints)].slice(-5).join('\n');
    throw new Failure({ tried, cause: cause || `it exited with status ${installed.exitCode}`, advice: '' });
}
async function findManager() {
    for (const manager of managers) {
        const program = await which(manager.program);
        if (program !== '')
            return { manager, program };
    }
    return undefined;
}
function execute([program = '', ...args], step) {
    return runUnattended({ program, args, env: installerEnvironment() }, step);
}
/** What apt, dnf, brew and sudo write on standard error when they fail. */
function isComplaint(line) {
    return /^(?:[EW]:|Error|Warning: No available|sudo:|No match for argument)/.test(line);
}

;// CONCATENATED MODULE: ./build/postgres/client/tell-choice.js






/**
 * Tells which client was chosen, why, and how long that took in milliseconds; and of one that is older than it should be.
 * @param version of the server
 */
async function tell_choice_tellChoice({ client, reason }, version, duration, step) {
    step.info(`PostgreSQL ${plain(version)}; using psql, pg_dump and pg_restore ${client.version} (${reason}) from ${folderOf(client)}, ` +
        `ready in ${(duration / 1_000).toFixed(1)} s`);
    const fixed = fixedVersion(client.version);
    if (fixed !== undefined)
        step.warn(`Update client ${client.version} in ${folderOf(client)} to ${fixed} or newer. A malicious server can exploit older ` +
            'clients when they read large objects (CVE-2026-6477).');
    const cache = toolCache();
    const newest = cache === undefined ? undefined : await readNewest(cache);
    const latest = newest?.versions[client.major];
    if (newest && latest !== undefined && isOlderMinor(client.version, latest))
        step.info(`There is a newer client, ${latest}, as of ${newest.asked.slice(0, 10)}. ${renewal(client, cache)}`);
}
/** A client of the tool cache is renewed by deleting it; any other by whoever installed it. */
function renewal(client, cache = '') {
    const folder = folderOf(client);
    return cache !== '' && folder.startsWith(cache)
        ? `To have it installed, delete ${quoted(folder.replace(/\/bin$/, ''))}.`
        : `Update the one in ${folder}.`;
}
/** The warning of a client that is newer than the best one would be. */
function tell_choice_secondBest({ client }, best, isBackup, failures) {
    const consequence = isBackup ? ` An older pg_restore than ${client.major} may not read this backup.` : '';
    return [
        `Client ${client.version} is used, since client ${best} is not here and could not be installed.${consequence}`,
        ...tell_choice_attempts(failures),
    ].join('\n');
}
/** What was tried, with what came of it, a line or more for each, without what was said already. */
function tell_choice_attempts(failures) {
    return [...new Set(failures.map(({ explanation: { tried, cause } }) => `${tried} failed: ${cause}`))];
}
/** The failure to get a client of a major, or without one any, which says what is there, and what was tried. */
function tell_choice_noClient(tried, major, clients, failures, isInsisted) {
    const found = clients.map((client) => `${client.version} (${folderOf(client)})`).join(', ') || 'none';
    const advice = failures.map(({ explanation }) => explanation.advice).find((one) => one !== '');
    return new Failure({
        tried,
        cause: [
            major === undefined
                ? 'psql, pg_dump and pg_restore are not on this machine, and could not be installed'
                : `it needs client ${major}${isInsisted ? ', as postgres_version says' : ' or newer'}. Found: ${found}`,
            ...tell_choice_attempts(failures),
        ].join('\n'),
        advice: [...(advice === undefined ? [] : [advice]), prepareRunner(major)].join('\n'),
    });
}

;// CONCATENATED MODULE: ./build/postgres/client/obtain.js







/** Looks for the clients of this machine. */
async function obtain_lookForClients(wish, isBackup, step) {
    let spent = 0;
    /** Takes down how long a part of the search takes, without what the server is asked between. */
    const timed = async (work) => {
        const started = performance.now();
        try {
            return await work();
        }
        finally {
            spent += performance.now() - started;
        }
    };
    const known = new Map();
    let clients = await timed(() => findClients(step.signal, known));
    const installer = packageInstaller(wish.source, step);
    const failures = [];
    const isInsisted = wish.major !== undefined;
    /** Installs a major, or without one any from `atLeast` on, in the first way that works. What does not work is taken down. */
    const install = async (major, atLeast = 0) => {
        const suits = (client) => major === undefined ? client.major >= atLeast : client.major === major;
        const ways = [() => installer.installClient(major, atLeast), () => installSystemPackage(major, step)];
        for (const way of ways) {
            try {
                const installed = await way();
                clients = await findClients(step.signal, known);
                if (clients.some(suits))
                    return step.info(`Installed ${installed}`);
                throw new Failure({
                    tried: `Installing ${installed}`,
                    cause: notFoundAfter(major, atLeast),
                    advice: '',
                });
            }
            catch (error) {
                step.signal.throwIfAborted();
                failures.push(failedInstallation(error));
            }
        }
    };
    return {
        async any() {
            if (clients.length === 0) {
                step.info('No PostgreSQL client on this machine');
                await timed(() => install(wish.major));
            }
            const newest = clients.at(-1);
            if (!newest)
                throw noClient('Looking for a PostgreSQL client', wish.major, clients, failures, isInsisted);
            return newest;
        },
        async choose(asked, version) {
            const need = { ...asked, ...(wish.major !== undefined && { insisted: wish.major }) };
            const problem = problemWithInsisted(need, isBackup);
            if (problem !== undefined)
                throw new Failure({
                    tried: `Choosing a client for the server ${plain(version)}`,
                    cause: `postgres_version ${problem}; it is ${wish.major}`,
                    advice: 'Set postgres_version to auto.',
                });
            let choice = chooseClient(clients, need);
            if (!choice?.isBest) {
                await timed(() => install(bestMajor(need)));
                choice = chooseClient(clients, need);
            }
            if (!choice && failures.length > 0 && !isInsisted) {
                await timed(() => install(undefined, bestMajor(need)));
                choice = chooseClient(clients, need);
            }
            const tried = `Looking for a PostgreSQL client for the server ${plain(version)}`;
            if (!choice)
                throw noClient(tried, bestMajor(need), clients, failures, isInsisted);
            if (choice.isBest)
                for (const line of attempts(failures))
                    step.info(line);
            await tellChoice(choice, version, spent, step);
            if (!choice.isBest)
                step.warn(secondBest(choice, bestMajor(need), isBackup, failures));
            return choice.client;
        },
    };
}
function notFoundAfter(major, atLeast) {
    return major === undefined
        ? `no client ${atLeast} or newer is found after it`
        : `no client ${major} is found after it`;
}
function failedInstallation(error) {
    if (error instanceof Failure)
        return error;
    const explanation = { tried: 'Installing a client into the tool cache', cause: causeOf(error), advice: '' };
    return new Failure(explanation, { cause: error });
}

;// CONCATENATED MODULE: ./build/postgres/server/fit-server.js



/** The oldest server that the action is meant for. */
const oldestMajor = 12;
/** Why the action does not work with what answered, and what to do; undefined if it does. */
function problemWithServer({ version, major, direct }) {
    if (!direct) {
        return {
            cause: 'a connection pooler answers there, not the server itself',
            advice: poolerAdvice,
        };
    }
    if (major >= oldestMajor)
        return undefined;
    return {
        cause: `it is PostgreSQL ${plain(version)}, and this action needs at least version ${oldestMajor}`,
        advice: `Upgrade the server to ${oldestMajor} or newer. Until then, use pg_dump and pg_restore by hand.`,
    };
}
/** Throws a Failure if the action does not work with what answered. */
function fit_server_assertSupported(server, { address }) {
    const problem = problemWithServer(server);
    if (problem)
        throw new Failure({ tried: `Looking at the server ${address.host}:${address.port}`, ...problem });
}
/**
 * Throws a Failure if nothing can be restored to this server, since it makes no databases.
 * https://learn.microsoft.com/azure/postgresql/elastic-clusters/concepts-elastic-clusters-limitations
 */
function assertNoCluster({ elasticCluster }, { address }) {
    if (!elasticCluster)
        return;
    throw new Failure({
        tried: `Looking at the server ${address.host}:${address.port}`,
        cause: 'it is an Azure elastic cluster (Citus), which has one database and refuses CREATE DATABASE',
        advice: 'Restore to a flexible server that is not a cluster (azure_db_host). Only backups work with a cluster.',
    });
}

;// CONCATENATED MODULE: ./build/jobs/rejected-login.js



/**
 * Connects for the first time. If the server rejects the login, the error says how to update the secret. The password may end with a
 * newline, as one does that was put into the vault from a file; it is used as it is, since it may be meant, and the error says so, and
 * else a warning.
 */
async function rejected_login_explainRejectedLogin({ user, password }, { vaultName, userSecretName, passwordSecretName }, step, connect) {
    const toSet = howToSet({ vaultName, name: passwordSecretName, input: 'db_password_secret_name' });
    const newline = /\r?\n$/.test(password)
        ? `The password in secret ${quoted(passwordSecretName)} ends with a newline`
        : undefined;
    try {
        const answer = await connect();
        if (newline !== undefined)
            step.warn(`${newline}, and it works. If the newline is not intended, set the password again without it, on the server and in the vault. ${toSet}`);
        return answer;
    }
    catch (error) {
        if (error instanceof Failure && rejected.test(error.explanation.cause)) {
            const advice = newline === undefined
                ? `The server rejected user ${quoted(user)}. If the password was changed, update secret ${quoted(passwordSecretName)}; if the ` +
                    `user is wrong, secret ${quoted(userSecretName)}. ${toSet}`
                : `${newline}, which was sent, too. Set it again without. ${toSet}`;
            throw new Failure({ ...error.explanation, advice }, { cause: error });
        }
        if (newline !== undefined)
            step.warn(`${newline}. If the server rejects it, set it again without. ${toSet}`);
        throw error;
    }
}
/** In English; a server may say it in another language. */
const rejected = /password authentication failed/i;

// EXTERNAL MODULE: ./node_modules/@azure/identity/dist/esm/index.js + 182 modules
var identity_dist_esm = __webpack_require__(5563);
;// CONCATENATED MODULE: ./build/azure/cloud.js
const publicCloud = {
    authorityHost: 'https://login.microsoftonline.com',
    vaultSuffix: 'vault.azure.net',
    blobSuffix: 'blob.core.windows.net',
    portal: 'https://portal.azure.com',
    tokenAudience: 'api://AzureADTokenExchange',
};
/** https://learn.microsoft.com/entra/workload-id/workload-identity-federation-create-trust#national-clouds */
const clouds = [
    publicCloud,
    {
        authorityHost: 'https://login.microsoftonline.us',
        vaultSuffix: 'vault.usgovcloudapi.net',
        blobSuffix: 'blob.core.usgovcloudapi.net',
        portal: 'https://portal.azure.us',
        tokenAudience: 'api://AzureADTokenExchangeUSGov',
    },
    {
        authorityHost: 'https://login.chinacloudapi.cn',
        vaultSuffix: 'vault.azure.cn',
        blobSuffix: 'blob.core.chinacloudapi.cn',
        portal: 'https://portal.azure.cn',
        tokenAudience: 'api://AzureADTokenExchangeChina',
    },
];
/**
 * The cloud that an authority host belongs to: the public one if none is given, and the public one's names with
 * another authority for a host that is not known.
 */
function cloudOf(authorityHost) {
    if (authorityHost === undefined)
        return publicCloud;
    return knownCloud(authorityHost) ?? { ...publicCloud, authorityHost };
}
/** Whether Microsoft runs this authority. Any other is taken at the user's word, without asking Microsoft about it. */
function isKnownAuthority(authorityHost) {
    return knownCloud(authorityHost) !== undefined;
}
function knownCloud(authorityHost) {
    const host = URL.parse(authorityHost)?.host;
    return clouds.find((cloud) => URL.parse(cloud.authorityHost)?.host === host);
}

;// CONCATENATED MODULE: ./build/azure/sign-in/entra-responses.js





/**
 * Lets no answer through to the library besides those that it can use, and keeps what was wrong with the others. The library tells of an
 * answer that it cannot read all headers; of one without a token, that it cannot read a property of undefined; of a look-up that
 * failed, nothing. After a refusal for lack of time it refuses itself for a minute, without asking. Nor does it end a request with the job.
 */
function entraResponses(mask, signal) {
    let last;
    const policy = {
        name: 'entraResponses',
        async sendRequest(request, next) {
            last = undefined;
            request.abortSignal = AbortSignal.any([signal, ...existing(request)]);
            try {
                const response = await next(request).catch(answerIn);
                const problem = unusableIn(request, response, mask);
                if (problem === undefined)
                    return response;
                const { status: statusCode } = response;
                throw new esm/* RestError */.pj(problem, {
                    ...{ statusCode, request, response: { ...response, bodyAsText: null } },
                });
            }
            catch (error) {
                last = error;
                throw error;
            }
        },
    };
    return { policy, position: 'perCall', problem: () => last };
}
/** The signal that a request has already; its type is older than the one of Node. */
function existing({ abortSignal }) {
    return abortSignal instanceof AbortSignal ? [abortSignal] : [];
}
/** What the library's parser throws has the answer in it that it could not read. */
function answerIn(error) {
    if ((0,esm/* isRestError */.T0)(error) && error.response)
        return error.response;
    throw error;
}
/** In words, with the status; Entra ID's own where they have one of its codes, by which they are known to be its own. */
function unusableIn(request, response, mask) {
    const { status, bodyAsText } = response;
    const stranger = strangerIn(response);
    const by = stranger === undefined ? ` (HTTP ${status})` : `: ${stranger}`;
    const answer = readJson(bodyAsText);
    if ('problem' in answer) {
        maskSecretParts(mask, bodyAsText);
        if (status >= 300 && status < 400)
            return `${redirected}${by}`;
        if (stranger !== undefined && (status >= 400 || answer.problem === pageInstead))
            return stranger;
        const problem = answer.problem === pageInstead ? 'the response is an HTML or XML page, and not JSON' : answer.problem;
        return `${problem}${by}`;
    }
    const { fields } = answer;
    if (status === 200) {
        const lacks = expected(request.url).find((field) => !textOf(fields[field]));
        return lacks === undefined ? undefined : `the response contains no ${nameOf(lacks)}${by}`;
    }
    const words = textOf(fields['error_description']);
    if (words !== undefined && /AADSTS\d/.test(words))
        return words;
    return stranger ?? `${words ?? textOf(fields['error']) ?? 'the request was refused'}${by}`;
}
/** What an answer has to have, by what was asked: a token, or, as the library wants it, where there is one. */
function expected(url) {
    const path = URL.parse(url)?.pathname ?? '';
    if (path.endsWith('/oauth2/v2.0/token'))
        return ['access_token'];
    if (path.endsWith('/.well-known/openid-configuration'))
        return ['token_endpoint', 'authorization_endpoint', 'issuer', 'jwks_uri'];
    return [];
}
function nameOf(field) {
    return field === 'access_token' ? 'token' : field;
}

;// CONCATENATED MODULE: ./build/azure/sign-in/trust.js



/** Who signs in, as commands have it. */
function principalOf({ clientId }) {
    return { variable: 'application', value: clientId, is: 'AZURE_CLIENT_ID' };
}
/**
 * What to do where no federated credential matches, or none that Entra ID knows of yet: the commands that make one, for an application
 * and for a managed identity, which a client ID alone does not tell apart.
 * https://learn.microsoft.com/cli/azure/identity/federated-credential
 */
function adviceOnTrust(attempt) {
    const application = principalOf(attempt);
    const claims = trustedIn(attempt.assertion);
    if (!claims)
        return `No federated credential matches this run. ${mayBeNew} Those of the application:\n${commandLines([application], `az ad app federated-credential list --id "$application" --query '[].subject'`)}`;
    const { subject, issuer, audience } = claims;
    const name = nameFor(subject);
    const parameters = shell_bashWord(JSON.stringify({ name, issuer, subject, audiences: [audience] }));
    return [
        `No federated credential matches this run. ${mayBeNew} If this run may reach the database, add this subject:`,
        (0,format/* inOneLine */.UX)(subject),
        'Whoever can run a workflow with this subject can then sign in. Otherwise run the job from a branch or environment that has a credential.',
        'If AZURE_CLIENT_ID is an application:',
        commandLines([application], `az ad app federated-credential create --id "$application" --parameters ${parameters}`),
        'If it is a user-assigned managed identity:',
        commandLines([application], identityAndGroup),
        `az identity federated-credential create --name ${shell_bashWord(name)} --identity-name "$identity" --resource-group "$group" ${claimOptions(claims)}`,
        `The credential has to match exactly: issuer ${(0,format/* inOneLine */.UX)(issuer)}, audience ${(0,format/* inOneLine */.UX)(audience)}.`,
    ].join('\n');
}
/** Entra ID's servers learn of a credential one after the other. */
const mayBeNew = 'If one was added minutes ago, or this worked before, run the job again.';
/**
 * What to do where a federated credential has the subject in other letters, upper and lower case taken for the same.
 * https://learn.microsoft.com/entra/identity-platform/reference-breaking-changes#august-2024
 */
function adviceOnCase(attempt) {
    const application = principalOf(attempt);
    const claims = trustedIn(attempt.assertion);
    if (!claims)
        return adviceOnTrust(attempt);
    const { subject, issuer, audience } = claims;
    const parameters = shell_bashWord(JSON.stringify({ issuer, subject, audiences: [audience] }));
    return [
        'A federated credential has this subject with other upper and lower case, which has to match:',
        (0,format/* inOneLine */.UX)(subject),
        'Name the environment or branch as the credential has it, or change the credential. If it was changed minutes ago, run the job again.',
        'If AZURE_CLIENT_ID is an application:',
        commandLines([application], found(subject, `az ad app federated-credential list --id "$application" --query '[].[subject, id]' --output tsv`)),
        `az ad app federated-credential update --id "$application" --federated-credential-id "$credential" --parameters ${parameters}`,
        'If it is a user-assigned managed identity:',
        commandLines([application], identityAndGroup),
        found(subject, `az identity federated-credential list --identity-name "$identity" --resource-group "$group" --query '[].[subject, name]' --output tsv`),
        `az identity federated-credential update --name "$credential" --identity-name "$identity" --resource-group "$group" ${claimOptions(claims)}`,
    ].join('\n');
}
/** What to do where Entra ID does not get at the keys of the issuer. https://docs.github.com/enterprise-server/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-azure */
function adviceOnIssuer(attempt) {
    const issuer = trustedIn(attempt.assertion)?.issuer;
    const address = `${issuer ?? ''}/.well-known/openid-configuration`;
    return [
        "Entra ID could not read the issuer's keys. If the issuer is GitHub Enterprise Server, it has to be reachable from the internet, with a certificate of a public authority. Otherwise, run the job again later.",
        ...(issuer === undefined
            ? []
            : ['Check from outside of your network:', `curl -fsS ${shell_bashWord(address)}`]),
    ].join('\n');
}
const identityAndGroup = `read -r identity group <<< "$(az identity list --query "[?clientId=='$application'].[name, resourceGroup]" --output tsv)"`;
function claimOptions({ subject, issuer, audience }) {
    return `--issuer ${shell_bashWord(issuer)} --subject ${shell_bashWord(subject)} --audiences ${shell_bashWord(audience)}`;
}
/** A line for bash that puts into `credential` what stands behind the subject in a list, upper and lower case taken for the same. */
function found(subject, list) {
    const program = String.raw `awk -F '\t' 'tolower($1) == tolower(ENVIRON["subject"]) { print $2 }'`;
    return `read -r credential <<< "$(${list} | subject=${shell_bashWord(subject)} ${program})"`;
}
/** A credential's name that is most likely free: of letters, digits and dashes, and of the subject's end, which differs most. */
function nameFor(subject) {
    return subject
        .replace(/[^a-z0-9]+/gi, '-')
        .slice(-120)
        .replace(/^-|-$/g, '');
}
function trustedIn(assertion) {
    const claims = claimsOf(assertion);
    if (!claims)
        return undefined;
    const [subject = '', issuer = '', audience = ''] = [claims['sub'], claims['iss'], claims['aud']].map((claim) => (typeof claim === 'string' ? claim : JSON.stringify(claim)));
    return { subject, issuer, audience };
}
/** What a token of GitHub's says; undefined if that cannot be read. Its signature is for others to check. */
function claimsOf(assertion) {
    try {
        return fieldsOf(JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString()));
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/azure/sign-in/errors.js






/**
 * Why Entra ID did not let us in, in its own words as far as the first line of them, and what to do. Its code is looked
 * for in the message, since the libraries in between put their own text around it.
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
function explainEntraError(error, attempt) {
    const said = (0,failure/* causeOf */.rl)(error);
    const answer = (0,esm/* isRestError */.T0)(error) ? error.response : undefined;
    const isOverloaded = answer !== undefined && (answer.status === 429 || answer.status >= 500);
    const [words, code] = coded.exec(said) ?? [];
    if (words !== undefined && code !== undefined) {
        const [cause = words] = words.split(/\r?\n|(?: Trace ID: )|(?: - Correlation ID: )/);
        const otherwise = isOverloaded
            ? laterAdvice
            : `Check azure_client_id and azure_tenant_id. What the code means: https://login.microsoftonline.com/error?code=${code}`;
        return { cause, advice: adviceForCode(code, attempt) ?? otherwise };
    }
    const system = (0,system_errors/* explainSystemError */.T)(error);
    if (system)
        return { advice: authorityHostAdvice(attempt), ...system };
    // What the library says of a look-up that failed is a name of its own, and a page that nobody needs.
    const cause = /endpoints_resolution_error|network_error/.test(said)
        ? 'the endpoints of the tenant could not be looked up'
        : said.replace(/\s+/g, ' ').trim();
    if (answer && strangerIn(answer) !== undefined)
        return { cause, advice: adviceOnStranger };
    return { cause, advice: isOverloaded ? laterAdvice : authorityHostAdvice(attempt) };
}
/** An error of Entra ID's in its words, with its number. */
const coded = /AADSTS(\d+).*/s;
/** The number of an error of Entra ID's, which stands in its words; undefined if they have none. */
function codeIn(error) {
    return coded.exec((0,failure/* causeOf */.rl)(error))?.[1];
}
const laterAdvice = 'Run the job again later. If it keeps failing, check https://azure.status.microsoft for Microsoft Entra ID.';
/** What to do about an error with this number; undefined if nothing is known of it. */
function adviceForCode(code, attempt) {
    const application = principalOf(attempt);
    switch (code) {
        case '70021': // the older code for the next three
        case '700211':
        case '700212':
        case '700213':
        case '70025':
            return adviceOnTrust(attempt);
        case '7002138':
            return adviceOnCase(attempt);
        case '7002381':
            return ("This tenant takes GitHub's tokens only from repositories of the GitHub enterprises that the message names; no federated " +
                'credential changes that. Run the job in a repository of one of them, or ask an administrator of the tenant.');
        case '501661':
            return adviceOnIssuer(attempt);
        case '700016':
            return [
                'Check azure_client_id and azure_tenant_id. azure_client_id is the application (client) ID, not an object ID. Does this tenant have it?',
                commandLines([application], 'az ad sp show --id "$application"'),
                'If it belongs to a managed identity that is gone, make a new one. If only the service principal of an application is missing:',
                commandLines([application], 'az ad sp create --id "$application"'),
            ].join('\n');
        case '7000229':
            return [
                'The application has no service principal in this tenant. Check azure_tenant_id. If it is right, create the service principal, and assign it the roles:',
                commandLines([application], 'az ad sp create --id "$application"'),
            ].join('\n');
        case '7000112':
            return `The application is disabled. Enable it:\n${commandLines([application], 'az ad sp update --id "$application" --set accountEnabled=true')}`;
        case '90002':
        case '900023':
            return ('Check azure_tenant_id, and azure_authority_host if the tenant is not in the public cloud. The tenant of your own sign-in:\n' +
                'az account show --query tenantId --output tsv');
        case '500011':
            return 'Check azure_authority_host: the tenant seems to be in a different cloud than the vault.';
        case '53003':
            return "A conditional access policy for workload identities blocks this sign-in. Let it allow this application from the runner's address.";
        case '530036':
            return ("A conditional access policy for authentication flows blocks this sign-in. The tenant's sign-in logs (service principal " +
                'sign-ins) name it: let it except this application.');
        case '700024':
            return ("GitHub's token had expired or was not valid yet when it arrived. Run the job again. If that does not help, check the clock of " +
                'your GitHub Enterprise Server. A runner that was suspended in between causes this, too.');
        default:
            return undefined;
    }
}
function authorityHostAdvice({ authorityHost }) {
    return `Check that the runner can reach ${authorityHost}, and check azure_authority_host if it is set.`;
}

;// CONCATENATED MODULE: ./build/azure/sign-in/github-token.js









const tried = "Asking GitHub for this run's OIDC token";
/** How often GitHub is asked at most for one token. */
const asksAtMost = 5;
/**
 * Where GitHub's tokens for one audience come from: each is given out until a minute before it expires.
 * @param audience that they are meant for
 * @returns asks GitHub for one if need be: five times at most, or as often as is said
 * @throws Failure if the job may not ask for one, or GitHub gives none
 */
function githubTokens(audience, step) {
    let kept = { token: '', until: 0 };
    return async (most = asksAtMost) => {
        if (Date.now() >= kept.until) {
            const token = await askGitHub(audience, most, step);
            kept = { token, until: usableUntil(token, Date.now()) };
        }
        return kept.token;
    };
}
/** A token is not given out for the last minute of its life, in milliseconds: it has to get to Entra ID, which may be slow. */
const spare = 60_000;
/**
 * Until when a token may be given out, in milliseconds as `now`. It has to be good by the clock that it was made by, as well as by this
 * machine's: if they differ, it is asked for more often than it has to be. One that does not tell is given out once.
 */
function usableUntil(token, now) {
    const { iat, exp } = claimsOf(token) ?? {};
    if (typeof exp !== 'number' || typeof iat !== 'number')
        return now;
    return Math.min(now + 1000 * (exp - iat), 1000 * exp) - spare;
}
/** Asks GitHub for a token that says which run this is. */
async function askGitHub(audience, most, { mask, signal, patience, info }) {
    // Both are missing when the permission is: https://docs.github.com/actions/reference/security/oidc
    if (!process.env['ACTIONS_ID_TOKEN_REQUEST_URL'] || !process.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN']) {
        throw new failure/* Failure */.HR({
            tried,
            cause: 'the job lacks the permission id-token: write',
            advice: 'Add this line to the workflow that you start, and to the workflow that it calls, if any:\n' +
                'permissions: { contents: read, id-token: write }\n' +
                'Pull requests from forks never get this permission.',
        });
    }
    const headers = { authorization: `Bearer ${process.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN']}` };
    try {
        const url = new URL(process.env['ACTIONS_ID_TOKEN_REQUEST_URL']);
        url.searchParams.set('audience', audience);
        const ask = () => requestJson(requestPipeline(patience.answer), { url: url.href, headers, mask, signal });
        const { value } = await patiently(tried, ask, { patience, signal, info, most, judge });
        if (textOf(value) === undefined)
            throw new Error('the response contains no token');
        const token = String(value);
        mask({ "GitHub's token": token });
        return token;
    }
    catch (error) {
        signal.throwIfAborted();
        throw new failure/* Failure */.HR({ tried, ...explainGitHubError(error) }, { cause: error });
    }
}
/** What passes by itself: besides refusals for lack of time, an answer that should be a token and is nothing, or a page. */
function judge(error) {
    const why = explainGitHubError(error).cause.replace(/\.$/, '');
    if ((0,esm/* isRestError */.T0)(error) && error.statusCode === 200)
        return { why };
    const retry = retryOf(error);
    return retry && { ...retry, why };
}
/** Why GitHub gave no token, in its own words where there are any, and what to do. */
function explainGitHubError(error) {
    const system = (0,system_errors/* explainSystemError */.T)(error);
    if (system)
        return { advice: runAgainLater, ...system };
    if (!(0,esm/* isRestError */.T0)(error))
        return { cause: (0,failure/* causeOf */.rl)(error), advice: runAgainLater };
    const { response, message } = error;
    const status = error.statusCode ?? 0;
    const login = response && loginOfProxy(response);
    if (login !== undefined)
        return { cause: login, advice: adviceOnStranger };
    // An answer that could not be read is not kept.
    if (response && !response.bodyAsText) {
        const between = message === pageInstead || message === redirected;
        return {
            cause: `${message} (${answererOf(response)})`,
            advice: between ? adviceOnStranger : runAgainLater,
        };
    }
    const { message: cause } = detailOf(error);
    if (status === 429)
        return { cause, advice: 'GitHub is throttling requests for tokens. Run the job again in some minutes.' };
    return status >= 400 && status < 500
        ? { cause, advice: 'Run the job again: GitHub issues tokens only while the job runs.' }
        : { cause, advice: runAgainLater };
}
const runAgainLater = 'Run the job again. If it keeps failing, check https://www.githubstatus.com and that the runner can reach GitHub.';

;// CONCATENATED MODULE: ./build/azure/sign-in/renewal.js


/** So long before it expires, a token is renewed, in milliseconds: as the library for sign-ins does it, which gives out no older ones. */
const early = 5 * 60_000;
/** A token that is good for less is none, in milliseconds: it has to get there. */
const usableFor = 5_000;
/**
 * A credential whose tokens are renewed as long as the job takes. The clients of Azure ask for a new one in the background some minutes
 * before theirs expires, and whenever they like after that: an error there would end the process, since nobody waits for it. So a token
 * that is still good is given out again where there is no newer one, and only one that is not is worth waiting for.
 * @param obtain gets one with patience
 * @param once tries it once
 */
function renewing(obtain, once, { patience, signal, info }) {
    const kept = new Map();
    // One after the other: what is kept of an answer belongs to the last question.
    let before = Promise.resolve();
    async function get(scopes, claims) {
        const name = [scopes].flat().join(' ');
        const has = claims === undefined ? kept.get(name) : undefined;
        const now = Date.now();
        if (has && (isFresh(has.token, now) || (isGood(has.token, now) && now < has.retryAt)))
            return has.token;
        const token = has && isGood(has.token, now) ? await renewed(scopes, has.token) : await obtain(scopes, claims);
        // After a failure, some time passes before the next attempt; the token does not expire in it unseen.
        kept.set(name, { token, retryAt: Date.now() + 10 * patience.pause });
        return token;
    }
    async function renewed(scopes, token) {
        try {
            return await once(scopes);
        }
        catch (error) {
            if (!signal.aborted)
                info(`Renewing the access token: ${(0,failure/* causeOf */.rl)(error)}. The present one is valid until ${(0,format/* formatTime */.fU)(new Date(token.expiresOnTimestamp))}`);
            return token;
        }
    }
    return {
        // Not under the signal of who asks: others may wait for the same token. The job's own ends it.
        getToken(scopes, { claims } = {}) {
            const mine = before.then(() => get(scopes, claims));
            before = mine.catch(() => { });
            return mine;
        },
    };
}
/** Whether a token need not be renewed yet. */
function isFresh({ expiresOnTimestamp, refreshAfterTimestamp }, now) {
    return (now < expiresOnTimestamp - early && (refreshAfterTimestamp === undefined || now < refreshAfterTimestamp));
}
function isGood({ expiresOnTimestamp }, now) {
    return now < expiresOnTimestamp - usableFor;
}

;// CONCATENATED MODULE: ./build/azure/sign-in/credential.js













/**
 * Signs in to Entra ID as a service principal with a federated credential: GitHub vouches for the run with an OIDC
 * token, so no secret is stored anywhere. The credential renews its access tokens by itself for as long as a job takes.
 * One token is asked for at once, so that a wrong set-up shows here and not in the middle of something else.
 *
 * @param scope of that first token, such as `https://vault.azure.net/.default`
 * @throws Failure if the job may not ask for GitHub's token, or Entra ID does not take it; so does the credential, later
 */
async function signIn(principal, scope, step) {
    const { tenantId, clientId } = principal;
    const { authorityHost, tokenAudience } = cloudOf(principal.authorityHost);
    const { mask, signal, patience, info } = step;
    const githubToken = githubTokens(tokenAudience, step);
    const answers = entraResponses(mask, signal);
    let assertion = '';
    const library = new identity_dist_esm/* ClientAssertionCredential */.XI(tenantId, clientId, async () => assertion, {
        authorityHost,
        disableInstanceDiscovery: !isKnownAuthority(authorityHost),
        additionalPolicies: [answers, answerWithin(patience.answer)],
        retryOptions: { maxRetries: 0 },
        redirectOptions: { maxRetries: 0 },
    });
    /** One attempt. GitHub's token is asked for each time, since it may expire before Entra ID answers. */
    const attempt = async (scopes, claims, asksGitHub) => {
        assertion = await githubToken(asksGitHub);
        try {
            // The clients of the vault and the account ask for tokens with continuous access evaluation, and those without it
            // are kept apart: they would be asked for again.
            return await library.getToken(scopes, {
                enableCae: true,
                ...(claims !== undefined && { claims }),
            });
        }
        catch (error) {
            throw answers.problem() ?? error;
        }
    };
    const what = `Signing in to Entra ID (${authorityHost}) as application ${clientId} of tenant ${tenantId}`;
    const present = () => ({ clientId, tenantId, authorityHost, assertion });
    const told = (error) => {
        signal.throwIfAborted();
        if (error instanceof failure/* Failure */.HR)
            throw error;
        throw new failure/* Failure */.HR({ tried: what, ...explainEntraError(error, present()) }, { cause: error });
    };
    let worked = false;
    const obtain = async (scopes, claims) => {
        try {
            const token = await patiently('Signing in to Entra ID', () => attempt(scopes, claims), {
                ...{ patience, signal, info },
                judge: judgeOf(present, step, () => worked),
            });
            worked = true;
            return token;
        }
        catch (error) {
            return told(error);
        }
    };
    const signedIn = renewing(obtain, (scopes) => attempt(scopes, undefined, 1).catch(told), step);
    await signedIn.getToken(scope);
    return signedIn;
}
/**
 * Codes of what may pass: one of Entra ID's servers may not know of a credential yet, and now and then of one that has worked for long;
 * or it has not got at the issuer's keys.
 */
const late = new Set(['70021', '70025', '700211', '700212', '700213', '7002138', '501661']);
/** Node's codes of a host that was never reached. */
const unreached = new Set(['ENOTFOUND', 'ECONNREFUSED', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH']);
/**
 * Which errors of one sign-in pass by themselves. Where nothing but a proxy has ever answered, or a good answer is none, it is likelier
 * that an address is wrong, or a way closed or changed, than that Entra ID is down: a tenth of the time, from the first of them in a row
 * on, is enough for that.
 */
function judgeOf(present, { patience }, worked) {
    let [again, reached] = [false, false];
    return (error) => {
        if (error instanceof failure/* Failure */.HR)
            return undefined;
        const why = (0,format/* firstSentence */.qi)(explainEntraError(error, present()).cause).sentence.replace(/\.$/, '');
        if (late.has(codeIn(error) ?? '')) {
            if (again)
                return undefined;
            again = true;
            return { why, after: 10 * patience.pause };
        }
        const { response, code = '' } = (0,esm/* isRestError */.T0)(error) ? error : {};
        reached ||= worked() || (response ? strangerIn(response) === undefined : !unreached.has(code));
        const isUnread = response?.status === 200;
        const retry = isUnread ? {} : retryOf(error);
        return retry && { ...retry, why, ...((isUnread || !reached) && { within: patience.total / 10 }) };
    };
}

;// CONCATENATED MODULE: ./build/jobs/sign-in.js

/** Signs in. @param scope of the first token: what is asked first @throws Failure */
async function signInFor({ principal, patience }, scope, { mask, signal, info }) {
    const credential = await signIn(principal, scope, { mask, signal, patience, info });
    info(`Signed in as application ${principal.clientId}`);
    return credential;
}

;// CONCATENATED MODULE: ./build/jobs/preparation.js






/**
 * Signs in, and fetches the database's login from Key Vault. Both values are masked before anything else happens, unless the user is a
 * part of the database's name.
 */
async function fetchLogin(request, step) {
    const credential = await signInForVault(request, step);
    return { credential, login: await readLoginWith(credential, request, step) };
}
/** Signs in; what is asked first is the vault. @throws Failure */
function signInForVault(request, step) {
    return signInFor(request, vaultScope(request), step);
}
function vaultScope({ cloud }) {
    return `https://${cloud.vaultSuffix}/.default`;
}
/** Fetches the login from Key Vault, and hides it, as `fetchLogin` does. @throws Failure */
async function readLoginWith(credential, request, step) {
    const { principal, secrets, database, patience } = request;
    const { mask, signal, info } = step;
    const { tenantId, clientId } = principal;
    const scope = vaultScope(request);
    const shown = [database];
    const access = { credential, scope, tenantId, clientId, mask, shown, patience, signal, info };
    const login = await readLogin(secrets, access);
    mask({
        ...(!isShownAnyway(login.user, shown) && { 'db_user_secret_name (the user itself)': login.user }),
        'db_password_secret_name (the password itself)': login.password,
    });
    info(`Read the database credentials from ${secrets.vaultUrl}`);
    return { ...login, readPassword: () => readPassword(secrets, access) };
}
/**
 * Gets the PostgreSQL client to work with: asks the server for its version, with whatever `psql` there is, then takes the client that
 * `postgres/client/choose.ts` chooses. What the machine lacks is installed.
 * @param ask puts the job's first questions to the server; they are asked only once
 * @param oldestReader of a restore: the oldest major that reads the backup
 * @throws Failure if the action does not work with this server, or there is no client for it
 */
async function prepareClient(request, login, ask, oldestReader, step) {
    const connection = await connectionFor(request, login, step);
    const clients = await lookForClients(request.client, request.job === 'backup', step);
    const psql = psqlOf(await clients.any(), connection, step);
    const server = await askFirst(request, login, psql, ask, step);
    const client = await takeClient(request, server, clients, oldestReader, step);
    return { client, connection, server, psql: psqlOf(client, connection, step) };
}
/** How the programs reach the server with a login. @throws Failure if the machine has nothing to verify it by */
function connectionFor({ server, patience }, login, { scratch, info }) {
    return prepareConnection(server, login, scratch, { patience, info, readPassword: login.readPassword });
}
/** The `psql` of a client. */
function psqlOf(client, connection, { signal }) {
    return { program: client.psql, connection, signal };
}
/** Puts the first questions to a server. @throws Failure if it cannot be reached, refuses, or is none that the action works with */
async function askFirst({ secrets }, login, psql, ask, step) {
    const server = await explainRejectedLogin(login, secrets, step, () => ask(psql));
    assertSupported(server, psql.connection);
    return server;
}
/** Takes the client that is best for a server. @throws Failure if there is none */
async function takeClient({ server: { sslMode } }, { major, version }, clients, oldestReader, step) {
    const need = { server: major, ...(oldestReader !== undefined && { oldestReader }) };
    const client = await clients.choose(need, version);
    if (isUnverified({ sslMode }) && client.major < 16)
        step.warn(mayTellPassword(sslMode, client));
    return client;
}
function mayTellPassword(mode, { version }) {
    return (`Set ssl_mode to verify-full, or use a client 16 or newer. With ssl_mode ${mode} an impostor of the server is not detected, and ` +
        `client ${version} sends it the password in clear text if asked to.`);
}

;// CONCATENATED MODULE: ./build/postgres/properties/read.js




/** Everything that can be granted on a database. */
const read_databaseRights = ['CONNECT', 'CREATE', 'TEMPORARY'];
/**
 * Reads what belongs to a database as a whole. Any role may read it. Grants to the same role by several are one, and what
 * is left of roles that are gone is left out.
 * @param from the database to ask in
 * @throws Failure if there is no such database; ProcessFailure if the server refuses
 */
async function readProperties(psql, database, from = maintenanceDatabase) {
    const found = await ask(psql, from, propertiesQuery, { database });
    if (found)
        return found;
    throw new Failure({
        tried: `Reading the settings of database ${quoted(database)}`,
        cause: 'it no longer exists',
        advice: 'Somebody dropped or renamed it. Run the job again.',
    });
}
const settingsQuery = (/* unused pure expression or super */ null && (`
  SELECT json_agg(json_build_object(
      'role', r.rolname,
      'name', split_part(line, '=', 1),
      'value', substr(line, strpos(line, '=') + 1)) ORDER BY r.rolname NULLS FIRST, place)
  FROM pg_db_role_setting AS s
    LEFT JOIN pg_roles AS r ON r.oid = s.setrole
    CROSS JOIN unnest(s.setconfig) WITH ORDINALITY AS u(line, place)
  WHERE s.setdatabase = d.oid AND (s.setrole = 0 OR r.oid IS NOT NULL)`));
const grants = (/* unused pure expression or super */ null && (`
  SELECT coalesce(json_agg(json_build_object(
      'grantee', grantee, 'privileges', privileges, 'grantable', grantable)
      ORDER BY grantee NULLS FIRST, grantable), '[]')
  FROM (
    SELECT grantee, grantable, array_agg(privilege_type ORDER BY privilege_type) AS privileges
    FROM (
      SELECT r.rolname AS grantee, privilege_type, bool_or(is_grantable) AS grantable
      FROM aclexplode(d.datacl) AS a LEFT JOIN pg_roles AS r ON r.oid = a.grantee
      WHERE a.grantee = 0 OR r.oid IS NOT NULL
      GROUP BY r.rolname, privilege_type) AS single
    GROUP BY grantee, grantable) AS together`));
/** Rights that were taken and given back stand there in another order than at the beginning. */
const ordered = (acl) => `ARRAY(SELECT a::text FROM unnest(${acl}) AS a ORDER BY 1)`;
const propertiesQuery = (/* unused pure expression or super */ null && (`
  SELECT coalesce((
    SELECT json_build_object(
      'owner', pg_get_userbyid(d.datdba),
      'tablespace', (SELECT spcname FROM pg_tablespace WHERE oid = d.dattablespace),
      'connectionLimit', d.datconnlimit,
      'allowConnections', d.datallowconn,
      'isTemplate', d.datistemplate,
      'comment', shobj_description(d.oid, 'pg_database'),
      'settings', coalesce((${settingsQuery}), '[]'),
      'grants', CASE WHEN ${ordered('coalesce(d.datacl, built_in)')} <> ${ordered('built_in')} THEN (${grants}) END)
    FROM pg_database AS d CROSS JOIN LATERAL acldefault('d', d.datdba) AS built_in WHERE d.datname = :'database'), 'null')`));

;// CONCATENATED MODULE: ./build/postgres/properties/serialize.js

/**
 * Rights on a database as a short text, for what is written down with a backup, which has little room.
 * @param fits whether there is room for a text
 * @returns empty where they are the built-in ones; only everybody's where there is no room for all
 */
function recordedGrants(grants, fits) {
    if (grants === null)
        return '';
    const text = JSON.stringify(grants);
    return fits(text) ? text : JSON.stringify(grants.filter(({ grantee }) => grantee === null));
}
/** What `JSON.stringify` has made of properties; undefined if it is anything else. */
function parseProperties(value) {
    return isProperties(value) ? value : undefined;
}
function isProperties(value) {
    const { owner, tablespace, connectionLimit, allowConnections, isTemplate, comment, settings, grants } = recordFields(value);
    return ([owner, tablespace].every((name) => typeof name === 'string') &&
        Number.isInteger(connectionLimit) &&
        [allowConnections, isTemplate].every((is) => typeof is === 'boolean') &&
        isTextOrNull(comment) &&
        Array.isArray(settings) &&
        settings.every(isSetting) &&
        (grants === null || (Array.isArray(grants) && grants.every(isGrant))));
}
function isSetting(value) {
    const { role, name, value: text } = recordFields(value);
    return isTextOrNull(role) && typeof name === 'string' && typeof text === 'string';
}
function isTextOrNull(value) {
    return value === null || typeof value === 'string';
}
function recordFields(value) {
    return typeof value === 'object' && value !== null ? { ...value } : {};
}
/** The rights that a record has; undefined if it has none, or what is not one. */
function parseGrants(text) {
    if (!text)
        return undefined;
    try {
        const found = JSON.parse(text);
        return Array.isArray(found) && found.every(isGrant) ? found : undefined;
    }
    catch {
        return undefined;
    }
}
function isGrant(value) {
    const { grantee, privileges, grantable } = recordFields(value);
    return (isTextOrNull(grantee) &&
        typeof grantable === 'boolean' &&
        Array.isArray(privileges) &&
        privileges.every((right) => read_databaseRights.includes(right)));
}

;// CONCATENATED MODULE: ./build/postgres/properties/restore-mark.js


/** The comment that marks a database as ours; the end of the restore replaces it. */
function restore_mark_restoreMark(mark) {
    return restoreMarkBeginning + JSON.stringify(mark);
}
/** What a comment says if it is our mark, word for word. */
function readRestoreMark(comment) {
    if (!comment?.startsWith(database_names_restoreMarkBeginning))
        return undefined;
    try {
        const { database, run, properties } = JSON.parse(comment.slice(database_names_restoreMarkBeginning.length));
        if (typeof database !== 'string' || typeof run !== 'string')
            return undefined;
        const known = parseProperties(properties);
        return { database, run, ...(known && { properties: known }) };
    }
    catch {
        return undefined;
    }
}
const replacedMarkBeginning = 'postgres-azure-backup: replaced by a restore; the next restore of the same database drops this one. ';
/** The comment that marks an old database as one to be dropped. */
function replacedMark(mark) {
    return replacedMarkBeginning + JSON.stringify(mark);
}
/** What a comment says if it is that mark, word for word. */
function readReplacedMark(comment) {
    if (!comment?.startsWith(replacedMarkBeginning))
        return undefined;
    try {
        const { database, run, comment: own, by } = JSON.parse(comment.slice(replacedMarkBeginning.length));
        if (typeof database !== 'string' || typeof run !== 'string')
            return undefined;
        const text = typeof own === 'string' ? own : null;
        return { database, run, comment: text, ...(Number.isSafeInteger(by) && { by }) };
    }
    catch {
        return undefined;
    }
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
        statements.push({ kind, last: true, what, sql: (database) => sql(identifier(database)) });
    };
    if (comment !== null)
        add('comment', 'the comment', (name) => `COMMENT ON DATABASE ${name} IS ${literal(comment)}`);
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
        return sameOwner ? [] : [granting({ grantee: owner, privileges: databaseRights, grantable: true })];
    }
    const statements = [revoking(databaseRights, null)];
    if (sameOwner) {
        const kept = grants.filter(({ grantee }) => grantee === owner).flatMap(({ privileges }) => privileges);
        const givenUp = databaseRights.filter((privilege) => !kept.includes(privilege));
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
        sql: (database) => `GRANT ${privileges.join(', ')} ON DATABASE ${identifier(database)} TO ${role(grantee)}${end}`,
    };
}
function revoking(privileges, grantee) {
    return {
        kind: 'withdrawn right',
        last: true,
        what: `the lack of the right to ${privileges.join(', ')} for ${roleName(grantee)}`,
        sql: (database) => `REVOKE ${privileges.join(', ')} ON DATABASE ${identifier(database)} FROM ${role(grantee)}`,
    };
}
function role(name) {
    return name === null ? 'PUBLIC' : identifier(name);
}
function roleName(role) {
    return role === null ? 'everybody (PUBLIC)' : quoted(role);
}
/**
 * Applications keep secrets in parameters of their own (`app.settings.jwt_secret`, `app.dsn`), and nobody knows how they call
 * them; the server has none among its own, nor have these extensions.
 */
const knownParameter = /^([^.]*$|(auto_explain|cron|pgaudit|pg_hint_plan|pg_stat_statements|plpgsql|postgis|timescaledb)\.)/i;
/** A library that this server lacks ends every session in the database at its start. */
const preloads = /^(local|session)_preload_libraries$/i;
function settingStatement({ role: whose, name, value }) {
    const isList = isQuotedList(name);
    const elements = isList ? listElements(value) : [value];
    const to = elements.length === 0 ? "''" : elements.map(literal).join(', ');
    return {
        kind: 'setting',
        last: preloads.test(name),
        what: `the setting ${quoted(name)}${whose === null ? '' : ` of role ${quoted(whose)}`}`,
        sql: (database) => `${altering(whose, database)} SET ${parameterName(name)} TO ${to}`,
        ...((!knownParameter.test(name) || (!isList && holdsCredential(value))) && { secret: value }),
    };
}
/** The statement that lets nobody but its owner connect to a new database. */
const statements_closingStatement = (database) => `REVOKE CONNECT ON DATABASE ${identifier(database)} FROM PUBLIC`;
/** What gives a database that was closed, and has our comment, what is built in. */
const openingStatement = {
    kind: 'as built in',
    last: true,
    what: 'the right to CONNECT for everybody (PUBLIC)',
    sql: (database) => `GRANT CONNECT ON DATABASE ${sql_text_identifier(database)} TO PUBLIC`,
};
const clearCommentStatement = {
    kind: 'as built in',
    last: true,
    what: 'the lack of a comment',
    sql: (database) => `COMMENT ON DATABASE ${sql_text_identifier(database)} IS NULL`,
};
/** The statement that takes a setting back. */
function resetStatement({ role: whose, name }, database) {
    return `${altering(whose, database)} RESET ${parameterName(name)}`;
}
function altering(role, database) {
    const name = identifier(database);
    return role === null ? `ALTER DATABASE ${name}` : `ALTER ROLE ${identifier(role)} IN DATABASE ${name}`;
}
/** Its parts are names, so that no word of the SQL standard stands for something else. */
function parameterName(name) {
    return name.split('.').map(identifier).join('.');
}

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
function locale_createOptions(locale, major) {
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
    return locale ? ` (${plain(locale.encoding)}, ${plain(locale.collation)})` : '';
}
/** What of a locale the server is too old for, as a warning. */
function lostLocale(locale, major) {
    const provider = providers.get(locale.provider);
    if (provider && !isKnown(locale, major)) {
        return `The backup's database has the locale ${quoted(locale.locale)} of ${provider.name}, which needs version ${provider.since} or newer. The new database uses the sort order of the C library instead.`;
    }
    if (locale.provider === 'i' && locale.icuRules !== '' && major < icuRulesSince) {
        return `The backup's database has ICU sort rules of its own, which needs version ${icuRulesSince} or newer. The new database sorts without them.`;
    }
    return undefined;
}
function isKnown({ provider }, major) {
    return major >= (providers.get(provider)?.since ?? 0);
}

;// CONCATENATED MODULE: ./build/postgres/swap/database-state.js


/** Of `pg_stat_activity`: the sessions of the role that we signed in as. Any role may call its own as ours are called. */
const isOurRole = 'usename = session_user';
/** The OID of the database of that name, null if there is none. Throws a ProcessFailure. */
async function oidOf(psql, name) {
    const query = "SELECT json_build_object('oid', (SELECT oid::bigint FROM pg_database WHERE datname = :'name'))";
    return (await ask(psql, maintenanceDatabase, query, { name })).oid;
}

;// CONCATENATED MODULE: ./build/postgres/swap/create.js











/**
 * Creates an empty database, owned by the role. `template0` is the one template that takes any encoding and locale.
 * @param locale as it should be; undefined for the server's own
 * @param beforeOpened statements, each with its semicolon, that are run before anybody can connect to it
 */
async function createDatabase(psql, name, locale, major, beforeOpened = '') {
    const options = locale ? createOptions(locale, major) : { sql: '', variables: {} };
    await runScript(psql, maintenanceDatabase, `SET application_name = :'creator'; SET statement_timeout = 0;\nCREATE DATABASE :"name" TEMPLATE template0 ${options.sql}${beforeOpened === ''
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
    const comment = `COMMENT ON DATABASE ${identifier(name)} IS ${literal(restoreMark(mark))}`;
    await createDatabase(psql, name, locale, major, `${comment};\n${closingStatement(name)};`);
    const created = await findCreated(psql, name, mark);
    if (created)
        return created;
    throw new Failure({
        tried: `Creating database ${quoted(name)}`,
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
    const comment = restoreMark(mark);
    const question = `SELECT json_build_object('found', (SELECT json_build_object('oid', oid::bigint, 'comment', shobj_description(oid, 'pg_database'))
    FROM pg_database WHERE datname = :'name' AND pg_has_role(datdba, 'USAGE') AND (shobj_description(oid, 'pg_database') = :'comment'
      OR (NOT datallowconn AND datconnlimit::text = :'birthmark'))))`;
    const variables = { name, comment, birthmark: String(birthmark(name)) };
    const { found } = await ask(psql, maintenanceDatabase, question, variables);
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
        if ((await psql_ask(psql, server_maintenanceDatabase, question, { creator })) === 0)
            return;
        await (0,promises_.setTimeout)(endPause);
    }
    throw new Error(`The server is still creating ${(0,format/* quoted */.TL)(database)}`);
}

;// CONCATENATED MODULE: ./build/base/step.js
/** A run, in a few characters. */
function nameOfRun({ id, attempt }) {
    return id === '' ? 'a run by hand' : `${id}/${attempt}`;
}
/** How often a line of progress is written, in milliseconds: in the first minute, and after it. No log is silent for half a minute. */
const [firstMinute, often, seldom] = [60_000, 5_000, 29_000];
/**
 * Writes a line of progress now and then while `work` runs, none if it is over before the first is due.
 * @param describe gives the line, from the milliseconds since `work` began. It may ask somebody first, and is told when `work` is over,
 * which waits for it to give up. A line that is not there when the next is due delays that; one that fails is left out.
 */
async function withProgress(step, describe, work) {
    const started = performance.now();
    const over = new AbortController();
    let timer;
    let telling;
    const tell = async (elapsed) => {
        const line = await describe(elapsed, over.signal);
        if (!over.signal.aborted)
            step.info(line);
    };
    const wait = (due) => {
        timer = setTimeout(() => {
            telling ??= tell(performance.now() - started)
                .catch(() => { })
                .finally(() => {
                telling = undefined;
            });
            wait(due + (due < firstMinute ? often : seldom));
        }, Math.max(0, started + due - performance.now()));
    };
    wait(often);
    try {
        return await work();
    }
    finally {
        clearTimeout(timer);
        over.abort();
        await telling;
    }
}

;// CONCATENATED MODULE: ./build/postgres/swap/end-sessions.js




/** Whether this role may end a session of `pg_stat_activity`. A plain role ends nothing of a superuser's. */
const mayEnd = `(pg_has_role(usesysid, 'USAGE') OR pg_has_role('pg_signal_backend', 'USAGE'))
    AND (NOT (SELECT rolsuper FROM pg_roles WHERE oid = usesysid)
      OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user))`;
/**
 * Ends the client sessions in the databases with the OIDs `:'oids'`, all that this role may end. Other kinds are left
 * alone: a plain role may not end an autovacuum worker, which a drop or a rename sends away by itself.
 */
const endSessions = `
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datid::text = ANY (string_to_array(:'oids', ',')) AND ${isClient} AND pid <> pg_backend_pid() AND ${mayEnd}`;
/** A session in words: `pid 123 ("psql" of "moodle")`. */
function describeSession({ application, user, pid }) {
    return `pid ${pid} (${(0,format/* quoted */.TL)(application || 'unnamed')} of ${(0,format/* quoted */.TL)(user)})`;
}
/** The statement that ends sessions, for a role that may. */
function endingStatement(sessions) {
    const [first, ...others] = sessions.map(({ pid }) => pid);
    return others.length === 0
        ? `SELECT pg_terminate_backend(${first});`
        : `SELECT pg_terminate_backend(pid) FROM unnest(ARRAY[${[first, ...others].join(', ')}]) AS pid;`;
}
/** Asks for the obstacles in `:'database'` and `:'other'`, as JSON. */
const findObstacles = `
  SELECT json_build_object(
    'preparedTransactions', (SELECT count(*) FROM pg_prepared_xacts WHERE database IN (:'database', :'other')),
    'sessions', (SELECT coalesce(json_agg(
        json_build_object('application', application_name, 'user', usename, 'pid', pid) ORDER BY pid), '[]')
      FROM pg_stat_activity
      WHERE datname IN (:'database', :'other') AND ${isClient} AND NOT (${mayEnd})))`;
/** Between two rounds of ending sessions, in milliseconds. */
const roundPause = 25;
/**
 * Ends the client sessions in databases, over and over, while `work` runs. It holds a session of its own for that, so that a round takes
 * no longer than its way to the server and back.
 * @param oids of the databases: what somebody else gives their names to is another, and its sessions are left alone
 */
async function whileEndingSessions(psql, oids, work) {
    const ender = await openSession(psql, server_maintenanceDatabase, {
        applicationName: 'postgres-azure-backup end sessions',
    });
    const variables = { oids: oids.filter((oid) => oid !== null).join(',') };
    let over = false;
    const end = async () => {
        while (!over) {
            await ender.run(endSessions, variables).catch(() => { }); // whoever waits for them says who is left
            await (0,promises_.setTimeout)(roundPause);
        }
    };
    try {
        const working = work(); // takes its lock before the first are ended, or they would be back
        void end();
        return await working;
    }
    finally {
        over = true;
        await ender.close();
    }
}

;// CONCATENATED MODULE: ./build/postgres/swap/names.js





/**
 * The names for a restore at one point in time. A name that has to be shortened gets eight digits of a hash of the whole
 * one at its end, so that restores of two databases whose long names begin alike don't meet.
 */
function restoreNames(database, time) {
    const timestamp = formatTimestamp(time);
    return {
        fresh: beside(database, `restore_${timestamp}`),
        previous: beside(database, `before_${timestamp}`),
    };
}
/** `restoreNames` of which the server has neither: those of now, or of the next second that has them free. */
async function freeRestoreNames(psql, database, now = new Date()) {
    const taken = await ask(psql, maintenanceDatabase, "SELECT coalesce(json_agg(datname), '[]') FROM pg_database");
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
    if (Buffer.byteLength(whole) <= longestName)
        return whole;
    const hash = (0,external_node_crypto_.createHash)('sha256').update(database).digest('hex').slice(0, 8);
    return siblingName(database, `${suffix}_${hash}`);
}

;// CONCATENATED MODULE: ./build/postgres/swap/proof.js

/** What the server quotes in its error, in any language, if a proof fails. */
const mistaken = 'not the database that was looked at';
/**
 * A statement that fails unless the database of a name is the one with an OID. In one message with a statement that has renamed it, it is
 * a part of that transaction: what was renamed is looked at while nobody else can rename or drop it, and if it is another, nothing has
 * happened. Names and values are psql's variables, since a DO block takes none.
 * @param name the variable with the name
 * @param oid the variable with the OID
 * @param comment the variable with the comment, if that is to be compared
 */
function proof(name, oid, comment) {
    const marked = comment === undefined ? '' : ` AND shobj_description(oid, 'pg_database') = :'${comment}'`;
    return `SELECT CAST(CASE WHEN EXISTS (SELECT FROM pg_database WHERE datname = :'${name}'
      AND oid::text = :'${oid}'${marked}) THEN '0' ELSE '${mistaken}' END AS int)`;
}
/** Whether something failed since another database was met than the one that was looked at. */
function isMistaken(error) {
    return error instanceof process_ProcessFailure && error.stderr.includes(`"${mistaken}"`);
}

;// CONCATENATED MODULE: ./build/postgres/swap/drop.js











/** Whether the end of the job has nothing to look for: what there is, if anything, is not for it to drop. */
function drop_isSettled({ state }) {
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
        proof('dropping', 'oid', known.comment === undefined ? undefined : 'comment'),
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
async function drop_dropDatabase(psql, known, order, step) {
    const { insistence } = psql.connection.admission;
    const longest = Math.min(longestSilence, insistence?.patience.total ?? longestSilence);
    const hurry = AbortSignal.any([psql.signal, AbortSignal.timeout(longest)]);
    const patient = { ...psql, signal: new AbortController().signal, hurry };
    const describe = (elapsed) => `${(0,format/* formatDuration */.a3)(elapsed)}: dropping ${(0,format/* quoted */.TL)(known.name)}`;
    return withProgress(step, describe, async () => {
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
        outcome.reason instanceof process_ProcessFailure &&
        outcome.reason.exitCode === 2);
}
async function tryToDrop(psql, known, order, silence) {
    const session = `postgres-azure-backup drop ${(0,external_node_crypto_.randomBytes)(4).toString('hex')}`;
    const { name, oid, comment = '' } = known;
    const dropping = droppingName(order.database);
    const work = () => psql_runScript(psql, server_maintenanceDatabase, dropScript(order, known), {
        ...{ name, oid: String(oid), comment, dropping, session, mark: order.mark ?? '' },
    });
    try {
        await (order.endSessions ? whileEndingSessions(psql, [oid], work) : work());
        return { state: 'dropped' };
    }
    catch (reason) {
        try {
            const found = await whatBecame(psql, known, session, silence);
            const isElsewhere = found.name !== null && ![name, dropping].includes(found.name);
            if (isMistaken(reason) || (isElsewhere && found.another))
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
            const found = await psql_ask(asking, server_maintenanceDatabase, question, variables);
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

;// CONCATENATED MODULE: ./build/postgres/swap/attempt.js









/** For how long, before an attempt, sessions are waited for that this role may not end, in milliseconds. */
const longestWaitForSessions = 10_000;
/** An answer that takes longer than its limit by this, in milliseconds, will not come any more. */
const grace = 15_000;
/**
 * Renames both databases. Everything is one message, and so one transaction, which does not depend on us once it is sent. It is a part
 * of it that both are the ones that were looked at before. Never throws.
 * @param limit in milliseconds, after which it is rolled back
 */
async function rename(session, names, before, limit) {
    const { current, fresh, comment } = before;
    const message = [
        `SET LOCAL statement_timeout = ${limit}`,
        `SET LOCAL lock_timeout = ${limit / 2}`,
        ...(current === null ? [] : ['ALTER DATABASE :"current" RENAME TO :"previous"']),
        'ALTER DATABASE :"fresh" RENAME TO :"current"',
        ...(current === null ? [] : [proof('previous', 'old')]),
        proof('current', 'new'),
        ...(current === null || names.discardedBy === undefined
            ? []
            : [`COMMENT ON DATABASE :"previous" IS :'mark'`]),
        ...(names.statements ?? [
            `COMMENT ON DATABASE :"current" IS ${comment === null ? 'NULL' : ":'comment'"}`,
        ]),
    ];
    const begun = performance.now();
    const held = () => performance.now() - begun;
    const timer = setTimeout(() => void session.close(), limit + grace);
    try {
        await session.run(message.join(' \\;\n'), {
            current: names.current,
            fresh: names.fresh,
            previous: names.previous,
            comment: comment ?? '',
            ...{ old: String(current), new: String(fresh), mark: markAfter(names, before) ?? '' },
        });
        return { held: held() };
    }
    catch (reason) {
        return { held: held(), failed: { reason } };
    }
    finally {
        clearTimeout(timer);
    }
}
/** The comment that what was `current` has after the swap, if it gets a mark. */
function markAfter({ current, discardedBy }, { fresh, comment }) {
    if (discardedBy === undefined)
        return undefined;
    return replacedMark({
        database: current,
        run: discardedBy,
        comment,
        ...(fresh !== null && { by: fresh }),
    });
}
/** Waits while there are sessions that this role may not end, before anybody is held back on their account. */
async function waitForOthers(psql, { current, fresh }) {
    const tried = `Replacing database ${(0,format/* quoted */.TL)(current)}`;
    for (const begun = performance.now();; await (0,promises_.setTimeout)(500)) {
        const variables = { database: current, other: fresh };
        const found = await psql_ask(psql, server_maintenanceDatabase, findObstacles, variables);
        if (found.preparedTransactions > 0) {
            throw new failure/* Failure */.HR({
                tried,
                cause: `blocked by ${(0,format/* count */.U9)(found.preparedTransactions, 'prepared transaction')}`,
                advice: adviceOnPrepared(current, fresh),
            });
        }
        if (found.sessions.length === 0)
            return;
        if (performance.now() - begun > longestWaitForSessions) {
            const number = found.sessions.length;
            const blocked = `${(0,format/* count */.U9)(number, 'session')} ${number === 1 ? 'is' : 'are'} in the way`;
            const { user } = psql.connection;
            throw new failure/* Failure */.HR({
                tried,
                cause: `${blocked}, and ${(0,format/* quoted */.TL)(user)} may not end ${number === 1 ? 'it' : 'them'}: ${found.sessions.map(describeSession).join(', ')}`,
                advice: adviceOnSessions(found.sessions, user),
            });
        }
    }
}
function adviceOnSessions(sessions, role) {
    return [
        'As an administrator of the server, run this, then run the job again:',
        endingStatement(sessions),
        "Or let this role end all sessions but a superuser's from now on:",
        sql_text_toPaste(`GRANT pg_signal_backend TO ${sql_text_identifier(role)};`),
    ].join('\n');
}
/** What to do about prepared transactions in a database. */
function adviceOnPrepared(...databases) {
    return [
        'To list the prepared transactions, run:',
        sql_text_toPaste(`SELECT gid, owner, database FROM pg_prepared_xacts WHERE database IN (${databases.map(sql_text_literal).join(', ')});`),
        'End each in its database and as its owner, with COMMIT PREPARED or ROLLBACK PREPARED and its gid, then run the job again.',
    ].join('\n');
}

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
    const patient = uninterrupted(psql, longestDoubt);
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
    return psql_ask(psql, server_maintenanceDatabase, question, { pid: String(pid), since });
}
async function nameOfDatabase(psql, oid) {
    const question = "SELECT json_build_object('name', (SELECT datname FROM pg_database WHERE oid = :'oid'))";
    const variables = { oid: String(oid ?? 0) };
    return (await psql_ask(psql, server_maintenanceDatabase, question, variables)).name;
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
            await waitForOthers(psql, names);
            renamed = await whileEndingSessions(uninterrupted(psql), [before.current, before.fresh], () => rename(lock.session, names, before, limit));
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
        const sqlState = sqlStateOf(reason);
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
    const mark = markAfter(names, before);
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
    return isMistaken(reason) ? replacedMeanwhile(current) : undefined;
}
/** Somebody made, dropped or replaced the database after it was looked at. */
function replacedMeanwhile(database) {
    return new failure/* Failure */.HR({
        tried: `Replacing database ${(0,format/* quoted */.TL)(database)}`,
        cause: 'it was created, dropped or replaced by somebody else after the restore began',
        advice: 'Find out by whom, then run the restore again.',
    });
}

;// CONCATENATED MODULE: ./build/postgres/swap/put-back.js


/** The statement that gives an old database its comment, in the place of the mark. It has the name `database` by then. */
function commentAgain(database, comment) {
    return `COMMENT ON DATABASE ${sql_text_identifier(database)} IS ${comment === null ? 'NULL' : sql_text_literal(comment)}`;
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

;// CONCATENATED MODULE: ./build/jobs/replace/failures.js






/** Something failed before the old database was touched. */
function emptyDatabaseFailed(tried, database, seen, error) {
    return asItWas(tried, database, seen, 'empty', error);
}
/** A restore into a new database failed before the two exchanged names: nobody has touched the old one. */
function newDatabaseFailed(database, seen, error) {
    return asItWas(`Restoring into a database beside ${quoted(database)}`, database, seen, 'new', error);
}
/** Sentences about what is left of a database that was made beside the old one. */
function leftSentences(left, kind) {
    if (!left)
        return [];
    const name = quoted(left.name);
    const drop = toPaste(`DROP DATABASE IF EXISTS ${identifier(left.elsewhere ?? left.name)};`);
    if (left.state === 'another') {
        const text = `A database that this restore did not make is called ${name} now; it was left alone.`;
        return left.elsewhere === undefined
            ? [text]
            : [text, `The ${kind} one is left over as ${quoted(left.elsewhere)}. Drop it:\n${drop}`];
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
    return new Failure({
        tried: error instanceof Failure ? error.explanation.tried : tried,
        ...failures_diagnose(error),
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
            cause: failures_diagnose(error).cause,
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
        const explanation = error instanceof Failure ? error.explanation : { tried, ...failures_diagnose(error) };
        if (explanation.state !== undefined)
            throw error;
        const state = stateOf('untouched', database);
        throw new Failure({ ...explanation, state, outcome: 'untouched' }, { cause: error });
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
    return `The old one is still there as ${quoted(elsewhere ?? name)}${state === 'destroyed' ? ', and unusable' : ''}`;
}
/**
 * The old database is not in its place any more, and the new one is not full.
 * @param seen what the server says of it now: that it is there, that another is, or nothing
 */
function restoreIncomplete(database, error, seen = 'there', old = 'dropped') {
    const what = describeOld(old);
    const outcome = seen === 'another' ? 'exchanged' : 'incomplete';
    return new Failure({
        tried: error instanceof Failure ? error.explanation.tried : `pg_restore into ${quoted(database)}`,
        ...failures_diagnose(error),
        outcome,
        state: stateOf(outcome, database, what === '' ? 'The backup is untouched.' : `${what}; the backup is untouched.`, ...(seen === 'another'
            ? []
            : ['Until a restore has completed, only the owner and superusers can connect.']), ...(seen === 'not asked' ? ['The server could not be asked how it is now.'] : [])),
    }, { cause: error });
}
/** The old database is gone, and the new one is full, but a cancel has ended ANALYZE. */
function statisticsIncomplete(database, error) {
    return new Failure({
        tried: `Collecting statistics in ${quoted(database)}`,
        cause: failures_diagnose(error).cause,
        advice: 'Run this in it, or queries may be slow:\nANALYZE;',
        outcome: 'restored',
        state: stateOf('restored', database),
    }, { cause: error });
}
/** Cause and advice of any error that the lower layers throw. */
function failures_diagnose(error) {
    if (error instanceof failure/* Failure */.HR) {
        const { cause, advice } = error.explanation;
        return { cause, advice };
    }
    if (error instanceof process_ProcessFailure)
        return explainServerError(error);
    const system = (0,system_errors/* explainSystemError */.T)(error);
    return { cause: system?.cause ?? (0,failure/* causeOf */.rl)(error), advice: system?.advice ?? 'Run the restore again.' };
}

;// CONCATENATED MODULE: ./build/jobs/replace/retire-old.js





/** Drops the old database after a swap, or leaves it under its new name. The restore has succeeded, whatever happens here. */
async function retireOldDatabase(known, { withheld }, { request, prepared }, step) {
    const { database, keepPrevious } = request;
    const { name: previous } = known;
    const notes = [];
    if (withheld.length > 0) {
        const text = `The old database is kept as ${quoted(previous)}: only it has the value of ${withheld.join(', ')}, which is not shown here. As an ` +
            `administrator, copy what was set in it with psql and this query${keepPrevious ? '' : ', then drop it'}:`;
        const sql = copySettings(previous, database);
        step.warn(text, sql);
        notes.push({ text, sql });
    }
    if (keepPrevious) {
        step.info(`Old database kept as ${quoted(previous)}`);
        const text = `The old database is kept as ${quoted(previous)}. To go back to it, run this in database postgres while nobody is connected to ` +
            'either of the two:';
        notes.push({ text, about: 'undo', sql: wayBack(previous, database) });
        const drop = 'Drop the kept database when it is no longer needed:';
        notes.push({ text: drop, about: 'clean up', sql: [`DROP DATABASE ${identifier(previous)};`] });
    }
    if (notes.length > 0) {
        step.writeDown(undefined);
        return { previousDatabase: previous, notes };
    }
    const dropped = await dropDatabase(prepared.psql, known, { database, endSessions: true }, step);
    if (isSettled(dropped))
        step.writeDown(undefined);
    if (dropped.state === 'dropped') {
        step.info(`Dropped ${quoted(previous)}`);
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
                    text: `The old database is gone: somebody else has dropped it. Another one is called ${quoted(name)} now; it was left alone.`,
                };
            return {
                text: `The old database is still there as ${quoted(elsewhere)}: somebody else has renamed it. Another one is called ${quoted(name)} now; it was ` +
                    `left alone.\nDrop ${quoted(elsewhere)} once it is no longer needed:`,
                sql: dropStatements(elsewhere),
            };
        case 'unmarked':
            return {
                text: `The old database is still there as ${quoted(name)}. It was not dropped, since somebody else has changed its comment, which marked ` +
                    'it as no longer needed.\nDrop it once it is no longer needed:',
                sql,
            };
        case 'unknown':
            return noteOfUnknownDrop(left, (names) => `the old database, ${names},`);
        case 'destroyed':
            return {
                text: `The old database is still there as ${quoted(name)}, and unusable, since dropping it was cut off: ${cause}\nDrop it:`,
                sql,
            };
        case 'there':
            return {
                text: `The restore succeeded, but the old database is still there as ${quoted(name)}: ${cause}\nDrop it once it is no longer needed:`,
                sql,
            };
    }
}
/** What to tell of a database of which nobody knows whether it is dropped. @param what it is, made of its names */
function noteOfUnknownDrop({ name, dropping, reason }, what = (names) => names) {
    const which = what(eitherName(name, dropping));
    return {
        text: `The server could not be asked whether ${which} is dropped: ${failures_diagnose(reason).cause}\nIf it is still there, drop it:`,
        sql: dropStatements(name, dropping),
    };
}
/** Statements that drop a database, whichever of its names it has, and whether it is still there or not. */
function dropStatements(...names) {
    return names.flatMap((name) => name === undefined ? [] : [`DROP DATABASE IF EXISTS ${sql_text_identifier(name)};`]);
}
/**
 * Statements that put an old database into its old place, both renamed or none.
 * @param comment the statement that gives it its comment, where it has a mark of ours in place of that
 */
function wayBack(previous, database, comment) {
    return [
        'BEGIN;',
        `ALTER DATABASE ${sql_text_identifier(database)} RENAME TO ${sql_text_identifier(siblingName(previous, 'undone'))};`,
        `ALTER DATABASE ${sql_text_identifier(previous)} RENAME TO ${sql_text_identifier(database)};`,
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
            `|| format('DATABASE %I SET %s TO %L', ${literal(database)}::text, parameter, substr(line, strpos(line, '=') + 1))`,
            'FROM pg_db_role_setting LEFT JOIN pg_roles AS r ON r.oid = setrole',
            "CROSS JOIN unnest(setconfig) AS s(line), split_part(line, '=', 1) AS n(name),",
            "LATERAL (SELECT string_agg(quote_ident(part), '.' ORDER BY place) AS parameter",
            "FROM unnest(string_to_array(name, '.')) WITH ORDINALITY AS p(part, place)) AS quoted",
            "WHERE name LIKE '%.%' AND (setrole = 0 OR rolname IS NOT NULL)",
            `AND setdatabase = (SELECT oid FROM pg_database WHERE datname = ${literal(previous)}) \\gexec`,
        ].join(' '),
    ];
}

;// CONCATENATED MODULE: ./build/jobs/undo/databases.js



/**
 * Which databases a restore has left that it would have dropped itself. One that bears a name that was written down, or one that it gets
 * while it is dropped, is the one that is meant if it has our mark, of this very run, and the OID that was written down. A new one may have
 * been killed before it got its mark; it is known by what it came to be with, then. An old one is needed as long as what has its place is
 * not the new one, and whole; what a cut off drop has made a ruin is no use to anybody.
 */
function remnantsOf(unfinished, seen) {
    const { database, fresh, previous } = unfinished;
    const left = [];
    const add = (one, what, state) => {
        const { name, oid, comment } = one;
        left.push({ name, oid, ...(comment !== null && { comment }), what, state });
    };
    for (const one of seen) {
        const isDropping = isDroppingName(one.name, database);
        if (fresh && (one.name === fresh.name || (isDropping && isNewOne(unfinished, one))))
            add(one, 'half restored', isNewOne(unfinished, one) ? 'ours' : 'doubtful');
        else if (previous && (one.name === previous.name || (isDropping && isOldOne(unfinished, one)))) {
            const isNeeded = one.limit !== -2 && !isReplacedByWhole(unfinished, seen);
            add(one, 'replaced', !isOldOne(unfinished, one) ? 'doubtful' : isNeeded ? 'needed' : 'ours');
        }
    }
    return left;
}
function isNewOne({ database, run, fresh }, { oid, comment, owned, ...one }) {
    if (!fresh || !owned || (fresh.oid ?? oid) !== oid)
        return false;
    if (comment === null)
        return !one.open && one.limit === birthmark(fresh.name);
    const mark = readRestoreMark(comment);
    return mark?.database === database && mark.run === run;
}
function isOldOne({ database, run, previous }, { oid, comment, owned }) {
    const mark = readReplacedMark(comment);
    return owned && oid === previous?.oid && mark?.database === database && mark.run === run;
}
/**
 * What has the name of the old database, if that is the new one, and not whole: it is empty as long as the old one is there, and half full
 * where that is gone.
 */
function unfinishedInPlace(unfinished, seen) {
    const current = seen.find(({ name }) => name === unfinished.database);
    return current?.comment && isNewOne(unfinished, current) ? current : undefined;
}
/** Whether the new database has the name of the old one, and is no longer marked as one that is being filled. */
function isReplacedByWhole({ database, fresh }, seen) {
    const current = seen.find(({ name }) => name === database);
    return (current !== undefined && current.oid === fresh?.oid && readRestoreMark(current.comment) === undefined);
}

;// CONCATENATED MODULE: ./build/jobs/undo/drop-left.js













/**
 * Puts the databases in order that a killed restore has left: drops those that nobody needs, puts an old one back whose place an empty one
 * has, names what it can't prove to be ours, and says so if what is in the place of the old one is not whole.
 * @param lock for restores of the database
 * @param psql of whoever holds it
 * @throws ProcessFailure if the server can't be asked; the reason of the signal of `psql` as soon as that is aborted
 */
async function dropLeftDatabases(lock, psql, unfinished, step) {
    const { database, fresh } = unfinished;
    if (fresh && fresh.oid === undefined)
        await terminateCreation(psql, fresh.name);
    let seen = await lookAtServer(psql, unfinished);
    const empty = unfinishedInPlace(unfinished, seen);
    const needed = remnantsOf(unfinished, seen).find(({ state }) => state === 'needed');
    if (needed && empty && fresh) {
        step.info(`Putting the old database ${(0,format/* quoted */.TL)(database)} back, in whose place an empty one is`);
        const own = { oid: empty.oid, first: fresh.name };
        const back = await putOldBack(lock, psql, exchangedBy(needed, database, own));
        if (back.state === 'swapped')
            step.info(`Database ${(0,format/* quoted */.TL)(database)} is the old one again`);
        seen = await lookAtServer(psql, unfinished);
    }
    for (const left of remnantsOf(unfinished, seen)) {
        const { name, what, state } = left;
        if (state === 'ours') {
            step.info(`Dropping ${(0,format/* quoted */.TL)(name)}, ${what === 'replaced' ? 'the old database' : 'half restored'}, which the restore has left`);
            const dropping = drop_dropDatabase(psql, left, { database, endSessions: true }, step);
            tellOfDrop(name, await withNameBack(psql, left, await unlessAborted(dropping, psql.signal)), step);
        }
        else if (state === 'needed')
            tellOfNeeded(left, unfinished, seen, step);
        else
            tellOfDoubtful(name, step);
    }
    const isNeeded = remnantsOf(unfinished, seen).some(({ state }) => state === 'needed');
    if (!isNeeded && unfinishedInPlace(unfinished, seen))
        tellOfIncomplete(database, step);
}
/** What may be of the restore, and what has the name that it was for. */
async function lookAtServer(psql, { fresh, previous, database }) {
    const question = `SELECT coalesce(json_agg(json_build_object('name', datname, 'oid', oid::bigint,
      'comment', shobj_description(oid, 'pg_database'), 'owned', pg_has_role(datdba, 'USAGE'),
      'open', datallowconn, 'limit', datconnlimit)), '[]')
    FROM pg_database WHERE datname IN (:'fresh', :'previous', :'database') OR datname ~ '_dropping_[0-9]{14}'`;
    const names = { fresh: fresh?.name ?? '', previous: previous?.name ?? '', database };
    return psql_ask(psql, server_maintenanceDatabase, question, names);
}
/** What an old database is put back with, whose mark has the comment that it had. */
function exchangedBy({ what: _, state: __, ...old }, database, empty) {
    return { database, old, comment: readReplacedMark(old.comment ?? null)?.comment ?? null, empty };
}
/** What could not be dropped is called again as the step has told it, for whoever pastes what that has shown. */
async function withNameBack(psql, { name, oid }, outcome) {
    if ((outcome.state !== 'there' && outcome.state !== 'destroyed') || outcome.name === name)
        return outcome;
    const script = `ALTER DATABASE :"now" RENAME TO :"before" \\; ${proof('before', 'oid')};`;
    const names = { now: outcome.name, before: name, oid: String(oid) };
    return psql_runScript(psql, server_maintenanceDatabase, script, names).then(() => ({ ...outcome, name }), () => outcome);
}
/** @param before what it was called */
function tellOfDrop(before, outcome, step) {
    if (outcome.state === 'dropped') {
        step.info(`Dropped ${(0,format/* quoted */.TL)(before)}`);
        return;
    }
    const { name, elsewhere, state, reason } = outcome;
    if (state === 'another') {
        const text = `A database that this restore did not make is called ${(0,format/* quoted */.TL)(name)} now; it was left alone.`;
        if (elsewhere === undefined)
            step.warn(text);
        else
            step.warn(`${text} What the restore has left is called ${(0,format/* quoted */.TL)(elsewhere)}. Drop it:`, dropStatements(elsewhere));
    }
    else if (state === 'unmarked')
        tellOfDoubtful(name, step);
    else if (state === 'unknown') {
        const { text, sql } = noteOfUnknownDrop(outcome);
        step.warn(text, sql);
    }
    else
        step.warn(`Database ${(0,format/* quoted */.TL)(name)} is left: ${failures_diagnose(reason).cause}\nDrop it:`, dropStatements(name));
}
/** What is called as something that the restore has made, and may not be that: it does not bear its mark. */
function tellOfDoubtful(name, step) {
    step.warn(`Database ${(0,format/* quoted */.TL)(name)} is left. It was not dropped, since it may not be what this restore left. Check it, then drop it:`, [`DROP DATABASE ${sql_text_identifier(name)};`]);
}
/**
 * The restore was killed between the exchange with an empty database and the drop of the old one, which could not be put back; or somebody
 * has dropped or replaced what had taken the place of the old one.
 */
function tellOfNeeded({ name, comment }, unfinished, seen, step) {
    const { database } = unfinished;
    const own = readReplacedMark(comment ?? null)?.comment ?? null;
    const current = seen.some((one) => one.name === database);
    const state = unfinishedInPlace(unfinished, seen)
        ? `Database ${(0,format/* quoted */.TL)(database)} is not restored.`
        : current
            ? `What is called ${(0,format/* quoted */.TL)(database)} now is not what the restore had put there; it was left alone.`
            : `There is no database ${(0,format/* quoted */.TL)(database)} any more.`;
    const where = current ? ' while nobody is connected to either of the two' : '';
    const commented = commentAgain(database, own);
    step.warn(`${state} The old one is there as ${(0,format/* quoted */.TL)(name)}. To go back to it, run this in database postgres${where}:`, current ? wayBack(name, database, commented) : intoFreePlace(name, database, commented));
}
/** Statements that put an old database into its old place, which nothing has. */
function intoFreePlace(previous, database, comment) {
    return [
        'BEGIN;',
        `ALTER DATABASE ${sql_text_identifier(previous)} RENAME TO ${sql_text_identifier(database)};`,
        `${comment};`,
        'COMMIT;',
    ];
}
/** The restore ended before it had filled the database in its place: there is neither a whole new one nor an old one. */
function tellOfIncomplete(database, step) {
    step.warn(`Database ${(0,format/* quoted */.TL)(database)} is incomplete. Run the restore again with the same backup. This one ended before the database was full, and ` +
        'until a restore has completed, only the owner and superusers can connect.');
}

;// CONCATENATED MODULE: ./build/jobs/undo/put-in-order.js








/**
 * For how long what passes by itself is tried again, in milliseconds, if not less: the job has ended, and the next restore does what this
 * could not.
 */
const longestTrouble = 60_000;
/**
 * Puts the server in order after a restore that was killed: signs in again, takes the lock that the restore had, so that no other one
 * of this database is under way, and puts the databases in order.
 * @throws Failure or ProcessFailure if that is not possible
 */
async function putServerInOrder(unfinished, request, step) {
    step.info(`The restore of ${(0,format/* quoted */.TL)(unfinished.database)} ended before it had cleaned up. Looking at what it left`);
    const patience = { ...request.patience, total: Math.min(request.patience.total, longestTrouble) };
    const { login } = await fetchLogin({ ...request, patience }, step);
    const insistence = { patience, info: step.info, readPassword: login.readPassword };
    const connection = await connection_prepareConnection(request.server, login, step.scratch, insistence);
    const client = (await find_findClients(step.signal)).at(-1);
    if (!client)
        throw new failure/* Failure */.HR({
            tried: 'Looking at what the restore left',
            cause: 'there is no PostgreSQL client on this machine any more',
            advice: '',
        });
    const psql = { program: client.psql, connection, signal: step.signal };
    const lock = await lockOfTheDead(psql, unfinished.database);
    try {
        const guarded = { ...psql, signal: AbortSignal.any([step.signal, lock.lost]) };
        await dropLeftDatabases(lock, guarded, unfinished, step);
    }
    finally {
        await lock.release();
    }
}
/**
 * For how long the session of the killed step may still hold its lock, in milliseconds, and between two attempts: it may be finishing a
 * swap, and where the way to it was cut, the server finds out by its keep-alives, after a minute.
 */
const longestHold = 75_000;
const betweenAttempts = 500;
/**
 * Takes the lock that the session of a killed step may still hold. Only that is waited for, as one and the same session: whoever has the lock
 * after it is another restore.
 * @throws Failure that says why it can't be had, at once unless a restore holds it; the reason of the signal of `psql`
 */
async function lockOfTheDead(psql, database) {
    let held;
    for (const begun = performance.now();;) {
        try {
            return await lockRestore(psql, database);
        }
        catch (error) {
            if (!(error instanceof LockTaken && error.isRestore))
                throw error;
            const { pid, since } = error.holder;
            const holder = `${pid} ${since}`;
            held ??= since === null ? undefined : holder;
            const isAnother = since !== null && holder !== held;
            if (isAnother || performance.now() - begun > longestHold)
                throw error;
        }
        await (0,promises_.setTimeout)(betweenAttempts, undefined, { signal: psql.signal }).catch(() => psql.signal.throwIfAborted());
    }
}

// EXTERNAL MODULE: ./build/runner/commands.js
var runner_commands = __webpack_require__(6717);
;// CONCATENATED MODULE: ./build/azure/name-rules.js
/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules */
const nameRules = {
    clientId: {
        pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
        words: 'the application (client) ID, a GUID',
    },
    tenantId: {
        pattern: /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z0-9-]+(\.[a-z0-9-]+)+)$/i,
        words: "the directory (tenant) ID, a GUID, or one of the tenant's domains",
    },
    vault: {
        pattern: /^[a-z](?!.*--)[a-z0-9-]{1,22}[a-z0-9]$/i,
        words: "a Key Vault's name: 3 to 24 letters, digits and hyphens, first a letter",
    },
    secret: { pattern: /^[0-9a-z-]{1,127}$/i, words: "a secret's name: 1 to 127 letters, digits and hyphens" },
    resourceGroup: {
        pattern: /^[\p{L}\p{N}_().-]{0,89}[\p{L}\p{N}_()-]$/u,
        words: "a resource group's name: 1 to 90 letters, digits, hyphens, underscores, parentheses and full stops, none at the end",
    },
    storageAccount: {
        pattern: /^[a-z0-9]{3,24}$/,
        words: "a storage account's name: 3 to 24 lower-case letters and digits",
    },
    container: {
        pattern: /^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
        words: "a container's name: 3 to 63 lower-case letters, digits and single hyphens",
    },
};
/**
 * What is wrong with a blob's name, as "must …", or undefined if nothing is. Besides Azure's own rules, names are
 * refused that an HTTP client would silently turn into another one: `a/../b` becomes `b` on the way.
 * https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata
 */
function problemWithBlobName(name) {
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(name))
        return 'must be the name of the blob in the container, not its URL';
    if (/[\p{Cc}\p{Cs}]/u.test(name))
        return 'must not contain a NUL, a newline or another control character';
    if (name.length > 1024)
        return `must have at most 1,024 characters, this one has ${name.length}`;
    const segments = name.split('/');
    if (segments.length > 254)
        return 'must have at most 254 parts between slashes';
    if (name.startsWith('/') || name.endsWith('/'))
        return 'must not begin or end with a slash';
    if (segments.some((segment) => segment === ''))
        return 'must not contain two slashes in a row';
    if (segments.some((segment) => segment === '.' || segment === '..')) {
        return 'must not contain "." or ".." as a part between slashes';
    }
    if (segments.some((segment) => segment.endsWith('.')))
        return 'must not have a part that ends with a dot';
    if (name.includes('\\'))
        return 'must not contain a backslash';
    return undefined;
}

;// CONCATENATED MODULE: ./build/jobs/request.js
/** What `backup_file_name` is where the latest backup is meant. */
const latestName = 'latest';

;// CONCATENATED MODULE: ./build/postgres/dump/compression.js
const levels = { gzip: [1, 9], lz4: [0, 12], zstd: [-131_072, 22] };
/** What the input `compression` may be, for messages. */
const allowedCompression = 'auto, none, gzip, lz4 or zstd, with a level after a colon if wanted (gzip:1 to gzip:9, lz4:1 to lz4:12, zstd:1 to zstd:22, zstd:level=19,long)';
/**
 * Reads `auto` or what `pg_dump --compress` takes: a method with a level or details (`zstd:3`, `zstd:level=9,long`),
 * or a bare number, which means gzip. Undefined if it is neither.
 * https://www.postgresql.org/docs/current/app-pgdump.html
 */
function parseCompression(text) {
    if (text === 'auto' || text === 'none')
        return { method: text };
    if (/^\d$/.test(text))
        return text === '0' ? { method: 'none' } : { method: 'gzip', level: Number(text) };
    const match = /^(gzip|lz4|zstd)(?::(.+))?$/.exec(text);
    if (!match)
        return undefined;
    const method = match[1];
    if (match[2] === undefined)
        return { method };
    let level;
    let long = false;
    const details = match[2].split(',');
    for (const part of details) {
        const number = (details.length === 1 ? /^(?:level=)?(-?\d{1,6})$/ : /^level=(-?\d{1,6})$/).exec(part);
        if (number && level === undefined)
            level = Number(number[1]);
        else if (part === 'long' && method === 'zstd' && !long)
            long = true;
        else
            return undefined;
    }
    const [lowest, highest] = levels[method];
    if (level !== undefined && (level < lowest || level > highest))
        return undefined;
    return { method, ...(level === undefined ? {} : { level }), ...(long ? { long } : {}) };
}
/** The first major of `pg_dump` that knows lz4 and zstd, and takes a method's name at all. */
const firstWithMethods = 16;
/**
 * The compression that `auto` stands for: the best trade measured between time and size (docs/compression.md).
 * @param hasZstd whether this `pg_dump` knows zstd
 */
function resolveCompression(compression, hasZstd) {
    if (compression.method !== 'auto')
        return compression;
    return hasZstd ? { method: 'zstd', level: 1 } : { method: 'gzip', level: 1 };
}
/** Whether a client of this major can write archives with this compression. */
function canCompress(compression, major) {
    return major >= firstWithMethods || !['lz4', 'zstd'].includes(compression.method);
}
/** The value of `pg_dump --compress`; clients before 16 take only a gzip level, with 0 for none. */
function compressArgument(compression, major) {
    if (major < firstWithMethods) {
        return compression.method === 'none' ? '0' : String(compression.level ?? 6);
    }
    return describeCompression(compression);
}
/** The compression as `pg_dump` writes it: `zstd:1`, `zstd:level=9,long`, `none`. */
function describeCompression(compression) {
    if (compression.method === 'none' || compression.method === 'auto')
        return compression.method;
    const { method, level, long } = compression;
    if (long)
        return level === undefined ? `${method}:long` : `${method}:level=${level},long`;
    if (level === undefined)
        return method;
    return level < 0 ? `${method}:level=${level}` : `${method}:${level}`;
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
;// CONCATENATED MODULE: ./build/postgres/client/install/apt-source.js
/** The source that a line describes; undefined if `problemWithAptSource` has something to say of it. */
function parseAptSource(line) {
    const read = readLine(line);
    return typeof read === 'string' ? undefined : read;
}
/**
 * What is wrong with a source line, as "must …", or undefined if nothing is. Far less is allowed than apt knows: nothing that turns its
 * checks off, asks for another key, or means something else to apt than to who reads the line. The file of the key is not looked at.
 */
function problemWithAptSource(line) {
    const read = readLine(line);
    return typeof read === 'string' ? read : undefined;
}
/** A source as the one line that apt takes. */
function apt_source_sourceLine({ uri, suite, components, arch, signedBy }) {
    const options = [`signed-by=${signedBy}`, ...(arch === undefined ? [] : [`arch=${arch}`])];
    return ['deb', `[${options.join(' ')}]`, uri, suite, ...components].join(' ');
}
/** A source line as it may be shown: a password, which has no place in it, is hidden, and so is a token in a query. */
function withoutPassword(line) {
    return line.replace(/^[\s\S]*@/, '***@').replace(/\?[\s\S]*$/, '?***');
}
/** What apt takes as it is in every part of a line. The first character is no dash: nothing becomes an option. */
const aptWord = /^[A-Za-z0-9._~+/][A-Za-z0-9._~+/-]*$/;
/** Options that make apt take packages whose signature is missing, weak or wrong. */
const unsafeOptions = ['trusted', 'allow-insecure', 'allow-weak', 'allow-downgrade-to-insecure'];
/** @returns the source, or what is wrong with the line */
function readLine(line) {
    if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(line))
        return 'must be one line without control characters';
    const [, inside, after = ''] = /^deb +(?:\[([^\]]*)\] +)?([^ [].*)$/.exec(line) ?? [];
    if (after === '')
        return 'must be one apt source line: deb [signed-by=/path/of/key.gpg] URL suite component';
    const options = readSourceOptions(splitAtSpaces(inside ?? ''));
    if (typeof options === 'string')
        return options;
    const [uri = '', suite = '', ...components] = splitAtSpaces(after);
    const problem = problemWithUri(uri) ?? problemWithSuite(suite, components);
    return problem ?? { uri, suite, components, ...options };
}
function splitAtSpaces(text) {
    return text.split(' ').filter((part) => part !== '');
}
function readSourceOptions(given) {
    const options = new Map();
    for (const option of given) {
        const [, name = '', value = ''] = /^([^=]*)=?(.*)$/.exec(option) ?? [];
        if (unsafeOptions.includes(name))
            return `must not have ${name}, which turns checks of signatures off`;
        if ((name !== 'signed-by' && name !== 'arch') || options.has(name))
            return 'must have no options in the brackets but signed-by and arch, each once';
        options.set(name, value);
    }
    const [signedBy, arch] = [options.get('signed-by'), options.get('arch')];
    if (signedBy === undefined)
        return 'must have the path of its key in brackets after deb: [signed-by=/path/of/key.gpg]';
    if (!aptWord.test(signedBy) || !signedBy.startsWith('/'))
        return 'must have an absolute path in signed-by, of letters, digits and . _ ~ + - only';
    if (arch === undefined)
        return { signedBy };
    return /^[a-z0-9]+(,[a-z0-9]+)*$/.test(arch)
        ? { signedBy, arch }
        : 'must have an architecture in arch, such as amd64 or arm64';
}
function problemWithUri(uri) {
    if (/^[^/]*(\/\/)?[^/]*@/.test(uri))
        return 'must have no user and password in its URL: apt reads them from /etc/apt/auth.conf.d';
    // Of what a percent sign makes, apt takes a control character as it is.
    const path = /^(\/([\w.~+,=:@/-]|%(?![01]|7f)[0-9a-f]{2})*)?$/i;
    const web = /^https?:\/\/([A-Za-z0-9][\w.-]*|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?(?=\/|$)/;
    const file = /^file:(\/\/)?(?=\/(?!\/))/;
    const start = web.exec(uri)?.[0] ?? file.exec(uri)?.[0];
    return start !== undefined && path.test(uri.slice(start.length)) && URL.canParse(uri)
        ? undefined
        : 'must have a URL that begins with https://, http:// or file:/ and has no query';
}
function problemWithSuite(suite, components) {
    if (![suite, ...components].every((name) => aptWord.test(name)))
        return 'must have a suite and components of letters, digits and . _ ~ + / - after the URL, none with a dash first';
    return suite.endsWith('/') === (components.length === 0)
        ? undefined
        : 'must have a suite and at least one component, or a folder that ends with a slash, after the URL';
}

;// CONCATENATED MODULE: ./build/runner/inputs/client.js


/** Reads the inputs that say which PostgreSQL client is used, and where a missing one comes from. */
function readClientInputs(read) {
    const version = read('postgres_version', {
        check: (value) => /^(auto|[1-9]\d)$/.test(value) ? undefined : 'must be auto or a major version from 10 to 99',
        fallback: 'auto',
    });
    const line = read('postgres_apt_repository', {
        check: (value) => problemWithAptSource(value) ?? problemWithKeyOf(value),
        show: withoutPassword,
        optional: true,
    });
    const source = parseAptSource(line);
    return { ...(version !== 'auto' && { major: Number(version) }), ...(source && { source }) };
}
/** First bytes of a public key: the three tags that apt takes in a binary file, or the armor. */
const keyBeginnings = ['\x98', '\x99', '\xc6', '-----BEGIN PGP PUBLIC KEY BLOCK-----'];
function problemWithKeyOf(line) {
    const file = parseAptSource(line)?.signedBy ?? '';
    try {
        const start = (0,external_node_fs_.statSync)(file).isFile() ? (0,external_node_fs_.readFileSync)(file, 'latin1').trimStart() : '';
        return keyBeginnings.some((beginning) => start.startsWith(beginning))
            ? undefined
            : 'must have a file with an OpenPGP public key in signed-by';
    }
    catch (error) {
        return `must have a key in signed-by that can be read (${error.code})`;
    }
}

;// CONCATENATED MODULE: ./build/postgres/client/tool-options.js

const connection = 'the action connects by its own inputs';
const ofBoth = [
    { long: 'dbname', short: 'd', why: connection },
    { long: 'host', short: 'h', why: connection },
    { long: 'port', short: 'p', why: connection },
    { long: 'username', short: 'U', why: connection },
    { long: 'no-password', short: 'w', why: connection },
    { long: 'password', short: 'W', why: connection },
    { long: 'file', short: 'f', why: 'the action says where the archive goes' },
    { long: 'format', short: 'F', why: 'a backup is always in custom format' },
    { long: 'create', short: 'C', why: 'the action creates the database itself' },
    { long: 'clean', short: 'c', why: 'a restore goes into an empty database' },
    { long: 'if-exists', why: 'a restore goes into an empty database' },
    { long: 'jobs', short: 'j', why: 'the action decides how many work at once' },
    { long: 'verbose', short: 'v', why: 'the action reports what happens itself' },
    { long: 'version', short: 'V', why: 'it does no work' },
    { long: 'help', short: '?', why: 'it does no work' },
];
const refusedOf = {
    pg_dump: [
        ...ofBoth,
        { long: 'compress', short: 'Z', why: 'use the input compression' },
        { long: 'binary-upgrade', why: 'it is for pg_upgrade only' },
    ],
    pg_restore: [
        ...ofBoth,
        { long: 'list', short: 'l', why: 'it restores nothing' },
        { long: 'use-list', short: 'L', why: 'the action makes the list' },
        { long: 'exit-on-error', short: 'e', why: 'the action ends a restore at its first error' },
        { long: 'no-owner', short: 'O', why: 'use the input no_owner' },
        { long: 'no-privileges', short: 'x', why: 'use the input no_privileges' },
        { long: 'no-acl', why: 'use the input no_privileges' },
    ],
};
/** Short options that take a value, in some version: what is joined to them is no further option. */
const withValue = { pg_dump: 'dhpUfFjZeEnNStT', pg_restore: 'dhpUfFjLInNPStT' };
/**
 * Splits the text of an input into its options: one a line, without the spaces around it and without empty lines. What a line
 * says is known only with the client that is to take it, see `readOptions`.
 */
function optionLines(text) {
    return text
        .split(/\r\n?|\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '');
}
/**
 * The name of the option that a line begins with, as it is written, `--schema` or `--sch`, or what follows the dash of a
 * short one; and the value behind its `=`, or behind white space. Undefined if it begins with no option.
 */
function splitOption(line) {
    const [, letters] = /^-([^-\s].*)$/s.exec(line) ?? [];
    if (letters !== undefined)
        return { letters };
    const [, name, rest = ''] = /^--([^\s=]+)(.*)$/s.exec(line) ?? [];
    if (name === undefined)
        return undefined;
    return { name, value: rest === '' ? undefined : rest.replace(/^(=|\s+)/, '') };
}
/**
 * The words of a line after the first that might be meant as options. What is in double quotes is not: patterns have names in
 * them.
 */
function extraWords(line) {
    const [, ...words] = line.replace(/"[^"]*"/g, '""').split(/\s+/);
    return words.filter((word) => /^-[^-]|^--[^=]/.test(word));
}
/**
 * What is wrong with the options of an input, as "must not …", before it is known which client is to take them; undefined if
 * nothing is. Refused is what the action sets itself or what would break a promise, in every form that the programs
 * understand: long, shortened (`--form=p`), short, several short ones together (`-ac`), with the value joined or not, and as
 * a further word of a line.
 */
function problemWithToolOptions(tool, text) {
    for (const line of optionLines(text)) {
        if (!splitOption(line))
            return `must have one option a line, each beginning with a dash: ${(0,format/* quoted */.TL)(line)}`;
        const [first = ''] = line.split(/\s/);
        const refused = refusedIn(tool, first);
        if (refused)
            return `must not contain --${refused.long}, since ${refused.why}`;
        for (const word of extraWords(line)) {
            // A name may go on with a dash and letters, so that only the first one counts here.
            const second = refusedIn(tool, word.startsWith('--') ? word : word.slice(0, 2));
            if (second) {
                return `must have one option a line, and not contain --${second.long}, since ${second.why}: ${(0,format/* quoted */.TL)(line)}`;
            }
        }
    }
    return undefined;
}
/** The refused option that a word is, or that is one of its letters, in any spelling. */
function refusedIn(tool, word) {
    return word.startsWith('--') ? refusedLong(tool, word) : refusedShort(tool, word);
}
/** The programs take any beginning of a long option that fits only one; here it is refused if it fits a refused one. */
function refusedLong(tool, word) {
    const [name = ''] = word.slice(2).split('=');
    return refusedOf[tool].find(({ long }) => long.startsWith(name));
}
function refusedShort(tool, word) {
    for (const letter of word.slice(1)) {
        const refused = refusedOf[tool].find(({ short }) => short === letter);
        if (refused)
            return refused;
        if (withValue[tool].includes(letter))
            return undefined; // the rest is its value
    }
    return undefined;
}
/** Why an option is refused, by its whole name; undefined if it is not. */
function refusalOf(tool, long) {
    return refusedOf[tool].find((refused) => refused.long === long)?.why;
}
/**
 * The arguments of `pg_dump` without how long it waits for locks, which changes nothing of what is in the archive.
 * @param options as `readOptions` gives them
 */
function withoutLockWait(options) {
    return options.filter((option) => !option.startsWith('--lock-wait-timeout='));
}
/**
 * Whether several sessions can work at once with these options of `pg_restore`: it does all in one transaction otherwise, or
 * in a few. https://www.postgresql.org/docs/current/app-pgrestore.html
 * @param options as `readOptions` gives them
 */
function allowsSeveralJobs(options) {
    return !options.some((option) => /^--(single-transaction$|transaction-size=)/.test(option));
}

;// CONCATENATED MODULE: ./build/runner/inputs/reader.js



/** The problem of an input that has to be given, and is not. */
function missingInput(name) {
    return `${name} is missing`;
}
/** @param problems is added to, a line for each input that is wrong */
function reader(problems) {
    const read = (name, { check, fallback = '', optional = false, exact = false, show = (value) => value } = {}) => {
        const given = (0,runner_commands/* getInput */.V4)(name);
        const value = (exact ? given : given.trim()) || fallback;
        const problem = value === '' ? undefined : check?.(value);
        if (problem !== undefined)
            problems.push(`${name} ${problem}; it is ${(0,format/* quoted */.TL)(show(value))}`);
        else if (value === '' && !optional)
            problems.push(missingInput(name));
        return value;
    };
    const named = (name, { pattern, words }, rules = {}) => read(name, { ...rules, check: (value) => (pattern.test(value) ? undefined : `must be ${words}`) });
    const url = (name) => {
        const value = read(name, { check: problemWithUrl, optional: true });
        return value === '' ? undefined : withoutSlashes(value);
    };
    const flag = (name, fallback) => read(name, { check: problemWithFlag, fallback: String(fallback) }).toLowerCase() === 'true';
    return Object.assign(read, { named, url, flag });
}
/** As YAML 1.2 has them, and the toolkit's `getBooleanInput`. */
function problemWithFlag(value) {
    return /^(true|True|TRUE|false|False|FALSE)$/.test(value) ? undefined : 'must be true or false';
}
function problemWithUrl(value) {
    return /^https:\/\/[^\s\\@?#]+$/i.test(value) && URL.canParse(value)
        ? undefined
        : 'must be a full URL that begins with https:// and has no query';
}
function withoutSlashes(url) {
    let end = url.length;
    while (url[end - 1] === '/')
        end--;
    return url.slice(0, end);
}
/** Reads the further options of a tool, a line each. */
function readToolOptions(read, tool) {
    const check = (value) => problemWithToolOptions(tool, value);
    return optionLines(read(`${tool}_options`, { check, optional: true }));
}

;// CONCATENATED MODULE: ./build/runner/inputs/error.js


/** The inputs make no request. What to do names each input that is wrong, and what is allowed: there is no other cause to tell. */
class error_InputError extends Error {
    /** The state in a sentence, without its full stop, and what to do. */
    parts;
    constructor(problems, environment = process.env) {
        const [count, them] = problems.length === 1 ? ['1 invalid input', 'it'] : [`${problems.length} invalid inputs`, 'them'];
        const lead = `${count}; nothing was changed`;
        const list = problems.map((problem) => `- ${problem}`).join('\n');
        const advice = `Correct ${them}:\n${list}${adviceOnSettings(problems, environment)}`;
        super(`${lead}.\n${advice}`);
        this.name = 'InputError';
        this.parts = { lead, advice };
    }
}
/** Inputs that are usually given from variables, or from secrets, whose values GitHub then masks everywhere. */
const error_secretInputNames = [
    'azure_client_id',
    'azure_tenant_id',
    'azure_subscription_id',
    'key_vault_name',
    'db_user_secret_name',
    'db_password_secret_name',
    'azure_db_host',
    'storage_account_name',
    'storage_container_name',
];
/** Where inputs are missing that come from variables or secrets, that is why: one that is not there is empty. */
function adviceOnSettings(problems, environment) {
    const names = error_secretInputNames
        .filter((name) => problems.includes(missingInput(name)))
        .map((name) => name.toUpperCase());
    if (names.length === 0)
        return '';
    const target = repositoryOption(environment);
    return [
        `\n${joinedByAnd(names)} ${names.length === 1 ? 'is' : 'are'} empty: not set, or not passed by the caller. ` +
            'Check both lists, with --env NAME for a job that has an environment:',
        `gh variable list${target}`,
        `gh secret list${target}`,
    ].join('\n');
}
/** Says to gh which repository is meant, since it is run outside of a checkout; empty if this is no run of a workflow. */
function repositoryOption(environment) {
    const { GITHUB_SERVER_URL: server = '', GITHUB_REPOSITORY: repository = '' } = environment;
    if (repository === '')
        return '';
    const host = URL.parse(server)?.host ?? 'github.com';
    return ` -R ${shell_bashWord(host === 'github.com' ? repository : `${host}/${repository}`)}`;
}
function joinedByAnd(names) {
    const [last = '', ...before] = names.toReversed();
    return before.length === 0 ? last : `${before.toReversed().join(', ')} and ${last}`;
}

;// CONCATENATED MODULE: ./build/runner/inputs/ignored.js


/** Inputs of which somebody would think that they do something in other jobs than these. */
const onlyFor = {
    backup_file_name: ['restore', 'protect', 'unprotect'],
    protect: ['backup', 'protect'],
    max_age_hours: ['list'],
};
/**
 * Warns of inputs that are given and do nothing in this job.
 * @param database whose backups a retention counts after a backup
 */
function warnOfIgnored(job, database, retention) {
    for (const [name, jobs] of Object.entries(onlyFor)) {
        const given = (0,runner_commands/* getInput */.V4)(name);
        if (given.trim() === '' || jobs.some((one) => one === job))
            continue;
        const list = jobs.join(', ').replace(/, (\w+)$/, ' and $1');
        (0,runner_commands/* warning */.$e)(`${name} is for ${list} only; ${insteadOf(name, given, job)}`);
    }
    if (job !== 'backup')
        return;
    const source = (0,runner_commands/* getInput */.V4)('source_db_name');
    if (source !== '' && source !== database)
        (0,runner_commands/* warning */.$e)(`source_db_name is ignored: the retention after a backup counts those of db_name ${(0,format/* quoted */.TL)(database)}`);
    if (!retention && (0,runner_commands/* getInput */.V4)('retention_dry_run').trim().toLowerCase() === 'true')
        (0,runner_commands/* warning */.$e)('retention_dry_run is ignored: no rule of a retention is given, so that nothing would be deleted');
}
function insteadOf(name, given, job) {
    if (name === 'backup_file_name' && job === 'backup')
        return `this backup gets a name of its own, not ${(0,format/* quoted */.TL)(given)}`;
    return name === 'protect' && job === 'unprotect'
        ? 'unprotect lifts whatever protects the backup'
        : 'it is ignored';
}

;// CONCATENATED MODULE: ./build/azure/storage/upload/tiers.js
/** The tiers of a blob that can be read at once. https://learn.microsoft.com/azure/storage/blobs/access-tiers-overview */
const accessTiers = ['hot', 'cool', 'cold'];

;// CONCATENATED MODULE: ./build/jobs/archive/metadata.js
/**
 * All metadata of a blob take 8 KiB, of which these may have so much, as they stand there: nine characters for each one that is not of
 * ASCII, and twelve for one of those that UTF-8 has four bytes for. Names of PostgreSQL have 63 bytes.
 */
const longest = { rules: 2_000, versions: 1_500, rights: 1_500, protection: 200 };
/** Whether a value has the room in the metadata that it may take. */
function hasRoom(value, most) {
    return encode(value).length <= most;
}
/** How much of the options of `pg_dump` is recorded, in characters; what is as long may have been cut. */
const metadata_longestOptions = 100;
/** What is recorded where options of `pg_dump` chose no part. */
const metadata_noPart = 'none';
/**
 * A record as a blob's metadata. Header values carry printable ASCII only, and lose spaces at their ends: anything
 * else is percent-encoded, which `fromMetadata` takes back. Empty values are left out.
 */
function toMetadata(record) {
    const entries = Object.entries(record).filter(([, value]) => value !== '');
    return Object.fromEntries(entries.map(([key, value]) => [key, encode(value)]));
}
/**
 * What is known of a backup: the record, or what of it the metadata of somebody else's blob happens to have. Text of PostgreSQL has
 * no NUL in it, so a value with one is not ours.
 */
function metadata_fromMetadata(metadata) {
    return Object.fromEntries(Object.entries(metadata)
        .map(([key, value]) => [key.toLowerCase(), decode(value)])
        .filter(([, value]) => !value.includes('\0')));
}
/**
 * Metadata of a blob with another protection, all else as it stands there, also what is not ours.
 * @param reason empty for none
 */
function withProtection(metadata, reason) {
    const others = Object.entries(metadata).filter(([key]) => key.toLowerCase() !== 'protect');
    return Object.fromEntries([...others, ...(reason === '' ? [] : [['protect', encode(reason)]])]);
}
/** A value as it stands in metadata. */
function encode(value) {
    return value.replace(/[^\x20-\x7e]+|%|^ | $/gu, (part) => encodeURIComponent(part.toWellFormed()));
}
function decode(value) {
    try {
        return decodeURIComponent(value);
    }
    catch {
        return value; // not ours
    }
}
/**
 * The versions of extensions as one text: `hstore=1.8,pg_trgm=1.6`. What a name or version has of other characters is
 * percent-encoded. Those that are too many are left out: a restore then takes the server's own version, as pg_dump has it.
 */
function formatVersions(versions) {
    const written = [];
    let length = 0;
    for (const [name, version] of Object.entries(versions).toSorted()) {
        const one = [name, version].map((part) => encodeURIComponent(part.toWellFormed())).join('=');
        // The record's own encoding makes three characters of each percent sign.
        length += encode(one).length + 1;
        if (length > longest.versions)
            break;
        written.push(one);
    }
    return written.join(',');
}
/** The versions that are recorded with a backup, by the names of extensions. */
function parseVersions({ extensions = '' }) {
    return new Map(extensions.split(',').flatMap((one) => {
        const [name, version] = one.split('=').map(decode);
        return name && version ? [[name, version]] : [];
    }));
}

;// CONCATENATED MODULE: ./build/runner/inputs/keeping.js


/** @param isNeeded whether there has to be a reason for a protection */
function readKeeping(read, isNeeded) {
    const tier = read('access_tier', {
        check: (value) => (tierOf(value) ? undefined : 'must be hot, cool or cold'),
        optional: true,
    });
    const protect = read('protect', { check: problemWithReason, optional: !isNeeded });
    return { tier: tierOf(tier), protect };
}
function tierOf(value) {
    return accessTiers.find((tier) => tier === value.toLowerCase());
}
function problemWithReason(value) {
    if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(value))
        return 'must be one line, without control characters';
    return hasRoom(value, longest.protection)
        ? undefined
        : `must have at most ${longest.protection} characters, of which those that are not ASCII count as 6 to 12 and a per cent sign as 3`;
}

;// CONCATENATED MODULE: ./build/runner/inputs/place.js



/** Reads who signs in, and where the backups are. */
function readPlace(read) {
    const authorityHost = read.url('azure_authority_host');
    const cloud = cloudOf(authorityHost);
    const principal = {
        clientId: read.named('azure_client_id', nameRules.clientId),
        tenantId: read.named('azure_tenant_id', nameRules.tenantId),
        ...(authorityHost === undefined ? {} : { authorityHost }),
    };
    const subscription = read('azure_subscription_id', { optional: true });
    const accountUrl = read.url('storage_account_url');
    const accountName = read.named('storage_account_name', nameRules.storageAccount, {
        optional: accountUrl !== undefined,
    });
    const store = {
        accountUrl: accountUrl ?? `https://${accountName}.${cloud.blobSuffix}`,
        container: read.named('storage_container_name', nameRules.container),
        folder: readFolder(read),
    };
    const resourceGroup = read.named('storage_resource_group', nameRules.resourceGroup, { optional: true });
    const account = accountName || URL.parse(store.accountUrl)?.hostname.split('.')[0] || '';
    const isKnown = resourceGroup !== '' && nameRules.clientId.pattern.test(subscription);
    return {
        ...{ cloud, principal, store, patience: readPatience(read) },
        ...(isKnown && { account: { portal: cloud.portal, subscription, resourceGroup, account } }),
    };
}
/** The longest folder, in characters: the longest name of a backup has room after it. */
const longestFolder = 700;
/** @returns empty, also if it is wrong, or with a slash at its end */
function readFolder(read) {
    const given = read('blob_prefix', { check: problemWithFolder, optional: true, exact: true });
    return given === '' || problemWithFolder(given) !== undefined ? '' : given.replace(/\/?$/, '/');
}
function problemWithFolder(value) {
    const folder = value.replace(/(?<=[^/])\/$/, ''); // one slash at its end is as good as none
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(folder))
        return 'must be the folder in the container, not a URL';
    if (folder.startsWith('/'))
        return 'must not begin with a slash';
    if (folder.length > longestFolder)
        return `must have at most ${longestFolder} characters, this one has ${folder.length}`;
    return problemWithBlobName(`${folder}/x`);
}
function readPatience(read) {
    const seconds = read('retry_timeout_seconds', {
        check: (value) => /^\d{1,5}$/.test(value) && Number(value) >= 10 && Number(value) <= 3600
            ? undefined
            : 'must be a whole number of seconds from 10 to 3600',
        fallback: '300',
    });
    return patienceOf(Number(seconds));
}

;// CONCATENATED MODULE: ./build/runner/inputs/restore.js


/** Reads the inputs that say how a database is replaced. */
function readRestoreInputs(read, problems) {
    const strategy = read('restore_strategy', {
        check: (value) => (value === 'swap' || value === 'drop' ? undefined : 'must be swap or drop'),
        fallback: 'swap',
    });
    const keepPrevious = read.flag('keep_previous', false);
    if (keepPrevious && strategy === 'drop')
        problems.push('keep_previous must be false with restore_strategy drop, which drops the old database first');
    return {
        strategy: strategy === 'drop' ? 'drop' : 'swap',
        keepPrevious,
        noOwner: read.flag('no_owner', true),
        noPrivileges: read.flag('no_privileges', true),
        keepPublicRights: read.flag('keep_public_rights', false),
        jobs: readJobs(read),
        restoreOptions: readToolOptions(read, 'pg_restore'),
    };
}
/** What `auto` stands for at most: beyond that, a server of usual size is what limits a restore. */
const mostJobsByItself = 8;
function readJobs(read) {
    const jobs = read('jobs', {
        check: (value) => (/^(auto|[1-9]\d?)$/.test(value) ? undefined : 'must be auto or a number from 1 to 99'),
        fallback: 'auto',
    });
    return Number(jobs) || Math.min((0,external_node_os_.availableParallelism)(), mostJobsByItself);
}

;// CONCATENATED MODULE: ./build/runner/inputs/retention.js
/**
 * Reads the rules of a retention, and how old the newest backup may be.
 * @param isNeeded whether there has to be a rule
 * @param problems is added to
 */
function readRetention(read, isNeeded, problems) {
    const number = (name, most, least = 0) => {
        const words = `must be a whole number from ${least} to ${most}`;
        const check = (value) => /^\d{1,6}$/.test(value) && Number(value) >= least && Number(value) <= most ? undefined : words;
        return Number(read(name, { check, optional: true }));
    };
    const before = problems.length;
    const rules = {
        last: number('retention_last', 10_000),
        withinDays: number('retention_within_days', 36_500),
        daily: number('retention_daily', 10_000),
        weekly: number('retention_weekly', 10_000),
        monthly: number('retention_monthly', 10_000),
        yearly: number('retention_yearly', 1_000),
    };
    const areRight = problems.length === before;
    const isDryRun = read.flag('retention_dry_run', false);
    const hours = number('max_age_hours', 87_600, 1);
    const isEmpty = Object.values(rules).every((value) => value === 0);
    if (isEmpty && isNeeded && areRight)
        problems.push('retention_last, or another rule of a retention, must be given, and above 0: without one, nothing would be deleted');
    return {
        retention: isEmpty ? undefined : { rules, isDryRun },
        maxAgeHours: hours === 0 ? undefined : hours,
    };
}

;// CONCATENATED MODULE: ./build/runner/inputs/server.js


/**
 * Reads the inputs that say where the server is and how the way to it is secured.
 * @param isOptional whether the job does without its name
 */
function readServer(read, isOptional) {
    const port = read('db_port', { check: problemWithPort, fallback: '5432' });
    const sslMode = read('ssl_mode', {
        check: (value) => isSslMode(value) ? undefined : `must be ${sslModes.join(', ').replace(/, (\S+)$/, ' or $1')}`,
        fallback: 'verify-full',
    });
    const sslRootCert = read('ssl_root_cert', { check: problemWithCertificateFile, optional: true });
    return {
        host: read('azure_db_host', { check: problemWithHost, optional: isOptional }),
        port: Number(port),
        sslMode: isSslMode(sslMode) ? sslMode : 'verify-full',
        ...(sslRootCert === '' ? {} : { sslRootCert }),
    };
}
function isSslMode(value) {
    return sslModes.some((mode) => mode === value);
}
function problemWithPort(value) {
    return /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535
        ? undefined
        : 'must be a number from 1 to 65535';
}
/** libpq takes several hosts with commas between, and a path for a socket; a backup has one server, by its name. */
function problemWithHost(value) {
    const isName = /^[a-z0-9_.-]+$/i.test(value) && /^[a-z0-9_]/i.test(value) && !value.endsWith('-');
    const isAddress = /^[0-9a-f:.]+$/i.test(value) && value.split(':').length > 2;
    return isName || isAddress
        ? undefined
        : 'must be one host name or IP address, without a port or a URL around it';
}
function problemWithCertificateFile(file) {
    try {
        return /-----BEGIN (TRUSTED )?CERTIFICATE-----/.test((0,external_node_fs_.readFileSync)(file, 'utf8'))
            ? undefined
            : 'must be a PEM file with a certificate in it';
    }
    catch (error) {
        return `must be a PEM file that can be read (${error.code})`;
    }
}

;// CONCATENATED MODULE: ./build/postgres/client/selection-options.js
/** Options that choose a part of a database or of a backup, or leave a part of it out, by their whole names. */
const ofPart = {
    pg_dump: [
        ...['data-only', 'schema-only', 'statistics-only', 'no-data', 'no-schema', 'section', 'filter'],
        ...['schema', 'exclude-schema', 'table', 'table-and-children', 'exclude-table'],
        ...['exclude-table-and-children', 'no-large-objects', 'no-blobs'],
        'enable-row-security', // leaves out the rows that the role may not see
    ],
    pg_restore: [
        ...['data-only', 'schema-only', 'statistics-only', 'no-data', 'no-schema', 'section', 'filter'],
        ...['schema', 'exclude-schema', 'table', 'index', 'function', 'trigger'],
    ],
};
const ofWholeForBoth = [
    ...['disable-triggers', 'no-comments', 'no-policies', 'no-publications', 'no-security-labels'],
    ...[
        'no-statistics',
        'no-subscriptions',
        'no-table-access-method',
        'no-tablespaces',
        'restrict-key',
        'role',
    ],
    ...['statistics', 'strict-names', 'superuser', 'use-set-session-authorization'],
];
/**
 * Options that say how the whole is written or restored. The rows of a table are left out by some of `pg_dump`, in so many
 * words, and the restore names the tables; where it is those of all tables, that is a part (`excludesAllRows`). Extensions are left out where they cannot be created in the new database: the
 * restore says so, and what needs one is refused there.
 */
const ofWhole = {
    pg_dump: [
        ...ofWholeForBoth,
        ...['exclude-table-data', 'exclude-table-data-and-children', 'no-unlogged-table-data'],
        ...['extension', 'exclude-extension'],
        ...['column-inserts', 'disable-dollar-quoting', 'encoding', 'extra-float-digits', 'include-foreign-data'],
        ...['inserts', 'large-objects', 'blobs', 'load-via-partition-root', 'lock-wait-timeout', 'no-owner'],
        ...[
            'no-privileges',
            'no-sync',
            'no-toast-compression',
            'on-conflict-do-nothing',
            'quote-all-identifiers',
        ],
        ...['rows-per-insert', 'sequence-data', 'serializable-deferrable', 'snapshot', 'sync-method'],
    ],
    pg_restore: [
        ...ofWholeForBoth,
        ...['enable-row-security', 'no-data-for-failed-tables', 'single-transaction', 'transaction-size'],
    ],
};
/** Whether it is known here what an option does. One that is not, of a version to come, is taken for one that chooses. */
function isKnownSelection(tool, long) {
    if (ofPart[tool].includes(long))
        return true;
    return ofWhole[tool].includes(long) ? false : undefined;
}
/**
 * The options that choose a part of the whole, each once and without its value: `--schema`. All three sections together are
 * the whole.
 * @param options as `readOptions` gives them
 */
function selectionOptions(tool, options) {
    const isWhole = sections.every((section) => options.includes(`--section=${section}`));
    const names = options
        .filter((option) => isKnownSelection(tool, optionName(option)) !== false || excludesAllRows.test(option))
        .map(optionName)
        .filter((long) => !(long === 'section' && isWhole));
    return [...new Set(names)].map((long) => `--${long}`);
}
/** Leaves out the rows of every table, as `--no-data` does: a pattern of nothing but stars, in as many words as it may have. */
const excludesAllRows = /^--exclude-table-data(?:-and-children)?=[*.]+$/;
/** The same as somebody wrote it: in any spelling, in the midst of other options. */
const writtenSo = /(?:^|\s)--exclude-table-data\S*?(?:=|\s+)["']?[*.]+["']?(?:\s|$)/;
const sections = (/* unused pure expression or super */ null && (['pre-data', 'data', 'post-data']));
/** Whether options of `pg_restore` leave out the rows of all tables. */
function excludesRows(options) {
    const names = options.map(optionName);
    if (names.some((long) => ['schema-only', 'no-data', 'statistics-only'].includes(long)))
        return true;
    return names.includes('section') && !options.includes('--section=data');
}
function optionName(option) {
    return /^--([^=]*)/.exec(option)?.[1] ?? option;
}
/**
 * Whether options of `pg_dump` may have chosen a part, which are known only as somebody wrote them, with a space between them:
 * in any spelling, and cut off perhaps.
 */
function selection_options_mayBePartial(written) {
    if (writtenSo.test(written))
        return true;
    const words = written.split(/\s+/).filter((word) => word.startsWith('-'));
    return words.some((word) => {
        if (!word.startsWith('--'))
            return !/^-[bOx]*([bOx]|[ES].*)$/.test(word);
        const fits = (long) => long.startsWith(optionName(word));
        if (ofWhole.pg_dump.includes(optionName(word)) ||
            ['no-acl', 'attribute-inserts'].includes(optionName(word)))
            return false;
        return ofPart.pg_dump.some(fits) || !ofWhole.pg_dump.some(fits);
    });
}

;// CONCATENATED MODULE: ./build/jobs/archive/part.js


/** More of them, in characters, is not shown: more of ours is never recorded. */
const longestPartShown = 300;
/**
 * What left a part of the database out of a backup, as it is recorded; undefined if nothing did. Of a backup that was made before the part
 * itself was recorded, only the options are known, as somebody wrote them, and perhaps cut.
 */
function part_leftOut(record) {
    const { pg_dump_options: written = '', pg_dump_part: part = '' } = record;
    if (part === noPart)
        return undefined;
    if (part !== '')
        return { options: part.split(' ').join(', ').slice(0, longestPartShown).toWellFormed(), isCertain: true };
    const isPerhaps = written.length >= longestOptions || mayBePartial(written);
    return isPerhaps
        ? { options: written.slice(0, longestPartShown).toWellFormed(), isCertain: false }
        : undefined;
}

;// CONCATENATED MODULE: ./build/jobs/archive/recorded-backups.js





/**
 * Looks at everything in the folder of a store: the backups that this action made there, and how many other files there are.
 * @throws Failure if it cannot be listed
 */
async function inventoryOf(store, signal) {
    return fromListing(await store.inventory(signal), store.folder);
}
/** The same of a listing. */
function fromListing({ blobs, now }, folder) {
    const backups = blobs
        .map((blob) => fromListedBlob(blob, folder))
        .filter((backup) => backup !== undefined)
        .toSorted((a, b) => b.at.getTime() - a.at.getTime() || (a.name < b.name ? 1 : -1));
    return { backups, foreign: blobs.length - backups.length, now };
}
/**
 * The backup that a blob is, or undefined: it is one only if it lies directly in the folder, has the name that the action gives to a
 * backup of the recorded database and time, and tells what every backup of this action does.
 */
function fromListedBlob(blob, folder) {
    if (!blob.name.startsWith(folder))
        return undefined;
    const record = fromMetadata(blob.metadata);
    const { host = '', database = '', started_at: started = '', sha256 = '' } = record;
    const at = timeIn(started);
    if (host === '' || database === '' || at === undefined || !/^[0-9a-f]{64}$/i.test(sha256))
        return undefined;
    const parts = partsOfBackupName(blob.name.slice(folder.length));
    if (parts?.prefix !== backupPrefix(database) || parts.timestamp !== formatTimestamp(at))
        return undefined;
    const part = leftOut(record);
    const verifiedAt = timeIn(record.verified_at ?? '');
    const { name, size, etag, tier, hasLegalHold, createdOn, immutableUntil } = blob;
    return {
        ...{ name, size, etag, tier, hasLegalHold, database, at },
        host: comparableHost(host),
        serverVersion: record.server_version ?? '',
        compression: record.compression ?? '',
        ...(part && { part: part.options }),
        ...(verifiedAt && { verifiedAt }),
        ...(record.protect && { protection: record.protect }),
        ...(createdOn && { createdOn }),
        ...(immutableUntil && { immutableUntil }),
    };
}
/** A host as it is compared: DNS knows no upper case, and a dot at the end changes nothing. */
function comparableHost(host) {
    return host.toLowerCase().replace(/\.$/, '');
}
/** Whether a backup is one of those that are meant: the host and the database decide, as they are recorded, and never the name alone. */
function belongsTo({ hosts, database }) {
    const wanted = hosts && new Set(hosts.map(comparableHost));
    return (backup) => (wanted === undefined || wanted.has(backup.host)) && (database === '' || backup.database === database);
}
/**
 * The backups of each database on each server, by a key that orders them by these names. Hosts that are named are names of one server,
 * which has moved.
 */
function recorded_backups_byDatabase(backups, { hosts }) {
    return Map.groupBy(backups, ({ database, host }) => JSON.stringify(hosts === undefined ? [database, host] : [database]));
}
/** The newest one with all of its database in it, and a recorded time that can be right; undefined if there is none. @param backups in any order */
function recorded_backups_newestWhole(backups, now) {
    const whole = backups.filter((backup) => backup.part === undefined && !hasWrongTime(backup, now));
    return whole.reduce((newest, backup) => (newest && newest.at >= backup.at ? newest : backup), undefined);
}
/** A time as backups record it; undefined for any other text. */
function timeIn(text) {
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(text))
        return undefined;
    const time = new Date(text);
    return Number.isNaN(time.getTime()) ? undefined : time;
}

;// CONCATENATED MODULE: ./build/runner/inputs/source.js



/** More names than a server ever had. */
const mostHosts = 20;
/** Reads whose backups are meant, where they are not those of `db_name` on `azure_db_host`. */
function readSource(read) {
    const given = read('source_db_host', { check: problemWithHosts, optional: true });
    const isEveryHost = given === '*';
    return {
        ...{ isEveryHost, hosts: given === '' ? undefined : isEveryHost ? [] : hostsOf(given) },
        database: read('source_db_name', { check: problemWithDatabaseName, optional: true, exact: true }),
    };
}
/** The hosts in a text, each as it is compared. */
function hostsOf(text) {
    const hosts = text.split(/[\s,]+/).map(comparableHost);
    return [...new Set(hosts.filter((host) => host !== ''))];
}
function problemWithHosts(value) {
    if (value === '*')
        return undefined;
    const hosts = hostsOf(value);
    if (hosts.length === 0 || hosts.length > mostHosts)
        return `must be 1 to ${mostHosts} host names, with commas between them`;
    const wrong = hosts.find((host) => problemWithHost(host) !== undefined);
    return wrong === undefined
        ? undefined
        : 'must be host names or IP addresses with commas between them, without ports or URLs around them';
}

;// CONCATENATED MODULE: ./build/runner/inputs/vault.js

/** Reads where the database's user and password are. */
function readSecretNames(read, cloud, optional) {
    const vaultUrl = read.url('key_vault_url');
    const vaultName = read.named('key_vault_name', nameRules.vault, {
        optional: optional || vaultUrl !== undefined,
    });
    return {
        vaultUrl: vaultUrl ?? `https://${vaultName}.${cloud.vaultSuffix}`,
        vaultName: vaultName || URL.parse(vaultUrl ?? '')?.hostname.split('.')[0] || '',
        userSecretName: read.named('db_user_secret_name', nameRules.secret, { optional }),
        passwordSecretName: read.named('db_password_secret_name', nameRules.secret, { optional }),
    };
}

;// CONCATENATED MODULE: ./build/runner/inputs/read-request.js
















/** The values of the inputs that usually are secrets, by the inputs' names. */
function inputsToMask() {
    return Object.fromEntries(secretInputNames.map((name) => [name, getInput(name).trim()]).filter(([, value]) => value !== ''));
}
const jobs = ['backup', 'restore', 'list', 'prune', 'protect', 'unprotect', 'check'];
/** Those that connect to the server. */
const onServer = new Set(['backup', 'restore', 'check']);
/** Those for which it matters whose a backup is. */
const bySource = new Set(['backup', 'restore', 'list', 'prune', 'check']);
/** Those that are told a backup by its name. */
const withBackup = new Set(['restore', 'protect', 'unprotect']);
/**
 * Reads every input of the action, once, and checks all of them before anything is contacted.
 * @throws InputError that lists all problems together
 */
function readRequest() {
    const problems = [];
    const read = reader(problems);
    const job = read('job_to_run', {
        check: (value) => (isJob(value) ? undefined : `must be ${jobs.join(', ').replace(/, (\w+)$/, ' or $1')}`),
    });
    const connects = onServer.has(job) || !isJob(job);
    const source = readSource(read);
    const database = read('db_name', {
        check: (value) => problemWithTarget(value, job),
        optional: !connects && (job !== 'prune' || source.database !== ''),
        exact: true,
    });
    const place = readPlace(read);
    const backupFileName = readBackupFileName(read, job, place.store.folder);
    const secrets = readSecretNames(read, place.cloud, !connects);
    const server = readServer(read, !connects && (withBackup.has(job) || source.hosts !== undefined));
    if (source.isEveryHost && bySource.has(job) && job !== 'list')
        problems.push('source_db_host must be host names; only a list takes * for every server');
    const compression = parseCompression(read('compression', {
        check: (value) => (parseCompression(value) ? undefined : `must be ${allowedCompression}`),
        fallback: 'auto',
    }));
    const dumpOptions = readToolOptions(read, 'pg_dump');
    const restoring = readRestoreInputs(read, problems);
    const client = readClientInputs(read);
    const keeping = readKeeping(read, job === 'protect');
    const { retention, maxAgeHours } = readRetention(read, job === 'prune', problems);
    if (problems.length > 0 || !isJob(job) || !compression)
        throw new error_InputError(problems);
    warnOfIgnored(job, database, retention);
    const { tier, protect } = keeping;
    const whose = {
        hosts: source.isEveryHost ? undefined : (source.hosts ?? hostsOf(server.host)),
        database: source.database || database,
    };
    const common = { database, ...place };
    const connected = { ...common, secrets, server, client };
    switch (job) {
        case 'backup':
            return {
                ...{ job, ...connected, compression, dumpOptions },
                ...(tier && { tier }),
                ...(protect !== '' && { protect }),
                ...(retention && { retention }),
                source: { hosts: [...new Set([...hostsOf(server.host), ...(source.hosts ?? [])])], database },
            };
        case 'restore':
            return { job, ...connected, backupFileName, ...restoring, source: whose };
        case 'list':
            return { job, ...common, source: whose, ...(maxAgeHours !== undefined && { maxAgeHours }) };
        case 'prune':
            if (!retention)
                throw new error_InputError(problems); // readRetention has told that
            return { job, ...common, source: whose, retention };
        case 'protect':
        case 'unprotect':
            return { job, ...common, backupFileName, protect: job === 'protect' ? protect : '' };
        case 'check': {
            const { strategy, restoreOptions } = restoring;
            const asBackup = { compression, dumpOptions, ...(tier && { tier }) };
            return { job, ...connected, ...asBackup, source: whose, strategy, restoreOptions };
        }
    }
}
function isJob(value) {
    return jobs.some((job) => job === value);
}
function problemWithTarget(database, job) {
    return job === 'restore' && isSystemDatabase(database)
        ? "must not be one of the server's own databases, which a restore never replaces"
        : problemWithDatabaseName(database);
}
/** @returns the blob's whole name, `latest`, or nothing */
function readBackupFileName(read, job, folder) {
    const name = read('backup_file_name', {
        check: (value) => value === latestName && withBackup.has(job) && job !== 'restore'
            ? `must name one backup for ${job}: which one is the latest may have changed by then`
            : problemWithBlobName(value.startsWith(folder) ? value : `${folder}${value}`),
        optional: !withBackup.has(job),
        exact: true,
    });
    return name === '' || name === latestName || name.startsWith(folder) ? name : `${folder}${name}`;
}

;// CONCATENATED MODULE: ./build/runner/masking.js


/** A mask of one or two characters would blot out half of the log. */
const shortestMask = 3;
/**
 * Has GitHub replace values by *** in the log and on the page of the run, as they are and in each form that an escape
 * gives them on the way there.
 */
function maskEverywhere(values) {
    for (const form of new Set(values.flatMap(escapedForms))) {
        if (!isMaskable(form))
            continue;
        (0,runner_commands/* setSecret */.Pq)(form);
        masked.add(form);
    }
}
const masked = new Set();
/**
 * Replaces what is masked by *** in a text that is to be cut or broken: GitHub would not know again what is then only a
 * part of a value.
 * @param which values; all of them without it
 */
function masking_redactMasked(text, which = () => true) {
    const longestFirst = [...masked].filter(which).sort((a, b) => b.length - a.length);
    return longestFirst.reduce((hidden, value) => hidden.replaceAll(value, '***'), text);
}
/** Sets the variable of psql that stands for what GitHub hides in the statements after it, and says so. */
const settingOfHidden = "\\set hidden 'put in the name that GitHub hides'";
/** Statements that can be pasted although GitHub hides a name in some of them: before these, a line says what to put in. */
function masking_withVariables(statements) {
    const shown = statements.map(withVariable);
    return shown.every((one, place) => one === statements[place]) ? shown : [settingOfHidden, ...shown];
}
/**
 * A statement with a variable of psql in the place of a name that GitHub would hide, so that it can be pasted once the variable is set. It
 * stays as it is if there is no such name in it, or more than one, in a comment, and between dollar signs, where psql has no variables.
 */
function withVariable(statement) {
    if (statement.startsWith('--'))
        return statement;
    const found = new Set();
    const shown = statement.replace(nameOrString, (part) => {
        const value = meaningOf(part);
        if (value === undefined || !masked.has(value))
            return part;
        found.add(value);
        return part.startsWith("'") ? ":'hidden'" : ':"hidden"';
    });
    return found.size === 1 ? shown : statement;
}
/** What stays as it is: a body between dollar signs, and what has escapes; then a name or a string in quotes, or a word. */
const nameOrString = /\$(\w*)\$.*?\$\1\$|\b(?:E|U&)'(?:[^'\\]|\\.|'')*'|\bU&"(?:[^"]|"")*"|"(?:[^"]|"")*"|'(?:[^']|'')*'|(?<![\w$:])[a-z_][a-z0-9_$]*(?![\w$])/gs;
/** What a name or a string means; undefined for anything else. */
function meaningOf(part) {
    if (part.startsWith('"'))
        return part.slice(1, -1).replaceAll('""', '"');
    if (part.startsWith("'"))
        return part.slice(1, -1).replaceAll("''", "'");
    return /^\w+$/.test(part) ? part : undefined;
}
/** Whether a value is long enough to be masked. */
function isMaskable(value) {
    return value.length >= shortestMask;
}
/** A value as it is, in JSON, in quoted names, in a connection string, in SQL, and in a URL. */
function escapedForms(value) {
    return [
        value,
        JSON.stringify(value).slice(1, -1),
        (0,format/* quoted */.TL)(value).slice(1, -1),
        value.replace(/[\\']/g, '\\$&'),
        value.replaceAll("'", "''"),
        value.replaceAll('"', '""'),
        encodeURIComponent(value.toWellFormed()),
    ];
}

;// CONCATENATED MODULE: ./build/runner/page/markdown.js


/** Any text as a code span, in which a newline would end what it is in. */
function markdown_code(text) {
    return codeSpan((0,format/* visible */.RK)(text).replaceAll('\r', '\\r').replaceAll('\n', '\\n'));
}
/** The same inside a table, where a bar would end its cell, in a code span too. */
function markdown_codeCell(text) {
    return markdown_code(text).replaceAll('|', '\\|');
}
/**
 * Any text as prose with the line breaks that it has. Whatever could be Markdown, HTML, a link, a mention or an emoji, in Markdown or to
 * GitHub, is a code span: what stands in quotes, a word with a sign that prose does not need, and a command at the end of a line. Lines
 * that are commands or statements are blocks of code, to be copied. Spaces at the ends of lines are left out.
 */
function markdown_inProse(text) {
    // A value that is no single word would be broken by what stands around its words, and GitHub would not find it any more.
    const lines = redactMasked(markdown_withStatementVariables(text), (value) => !/^\w([\w.-]*\w)?$/.test(value))
        .trim()
        .split(/\r\n?|\n/)
        .map((line) => visible(line).trim());
    const runs = [];
    for (const line of lines) {
        const language = languageOf(line);
        const last = runs.at(-1);
        if (last?.language === language)
            last.lines.push(line);
        else
            runs.push({ language, lines: [line] });
    }
    // A backslash at the end of a line is a line break. https://spec.commonmark.org/0.31.2/#hard-line-breaks
    return runs
        .map((run) => run.language === ''
        ? `${run.lines.map(proseLine).join('\\\n')}\n`
        : markdown_block(run.lines.join('\n'), run.language))
        .join('\n');
}
/** The first line of a text as prose in a table. */
function markdown_proseCell(text) {
    const [line = ''] = redactMasked(text, (value) => !/^\w([\w.-]*\w)?$/.test(value)).split(/\r\n?|\n/);
    return prose(visible(line).trim()).replaceAll('|', '\\|');
}
/** A text in which statements can be pasted although GitHub hides a name in them: a line before those that follow each other says what to put in. */
function markdown_withStatementVariables(text) {
    const runs = [];
    const add = (isSql, line) => {
        const last = runs.at(-1);
        if (last?.isSql === isSql)
            last.lines.push(line);
        else
            runs.push({ isSql, lines: [line] });
    };
    for (const line of text.split('\n')) {
        const [statement = ''] = (line.length <= longestCommandLine && statementAtEnd.exec(line)) || [];
        if (statement === '' || withVariables([statement]).length === 1)
            add(languageOf(line.trim()) === 'sql', line);
        else {
            const words = line.slice(0, line.length - statement.length).trimEnd();
            if (words !== '')
                add(false, words);
            add(true, statement);
        }
    }
    return runs.flatMap(({ isSql, lines }) => (isSql ? withVariables(lines) : lines)).join('\n');
}
/** What a line is written in as a whole: `sh`, `sql`, or, if it is words, nothing. */
function languageOf(line) {
    if (line.length > longestCommandLine)
        return '';
    if (shellLine.test(line))
        return 'sh';
    return statementLine.test(line) ? 'sql' : '';
}
/** SQL as a block of code, so that nothing in it is Markdown or HTML. */
function markdown_sqlBlock(sql) {
    return markdown_block(sql, 'sql');
}
/** Any text as a block of code, in a language if one is named. */
function markdown_block(text, language = '') {
    const fence = fenceAround(text, 3);
    return `${fence}${language}\n${visible(text)}\n${fence}\n`;
}
/** A word as `bashWord` writes it, quotes and all, or a value that is masked. */
const bashValue = String.raw `(?:\$'(?:[^'\\]|\\.)*'|'[^']*'|\\.|[^\s'\\$])+`;
const commandStart = String.raw `(?:(?:az|gh|sudo) [a-z/]|printf \S|IFS=|(?:psql|pg_dump|pg_restore) -|[a-z_]+=${bashValue} # )`;
const oneStatement = String.raw `(?:ALTER|ANALYZE|BEGIN|COMMENT|COMMIT|CREATE|DROP|GRANT|REVOKE|SELECT|SET|UPDATE)\b.*;`;
/** A line that is a command, or sets a variable that commands use: `vault=kv-prod # KEY_VAULT_NAME`. */
const shellLine = new RegExp(`^${commandStart}`);
const statementLine = new RegExp(String.raw `^(?:${oneStatement}|\\set hidden '.*')$`);
/** A command or a statement at the end of a line, which has one line. */
const commandAtEnd = new RegExp(`(?<=: )(?:${commandStart}.*|${oneStatement})$`);
/** A statement that is a line, or the end of one. */
const statementAtEnd = new RegExp(String.raw `(?:(?<=^\s*)|(?<=: ))${oneStatement}$`);
/** Longer lines, in characters, are no commands of ours, and would take long to look through. */
const longestCommandLine = 10_000;
function proseLine(line) {
    const found = line.length > longestCommandLine ? null : commandAtEnd.exec(line);
    if (found)
        return `${prose(line.slice(0, found.index))}${codeSpan(found[0])}`;
    return prose(line);
}
/** A text in quotes, with what touches it, or a word. */
const wordsOrQuoted = /(?:"(?:[^"\\]|\\.){0,1100}"|[^\s"]|")+/gu;
function prose(text) {
    const marked = text.replace(wordsOrQuoted, (word) => (isProse(word) ? word : around(word)));
    // What makes a list, a heading, a rule or a table of a line.
    return marked.replace(/^([-+=:]|\d+(?=[.)]))/, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`));
}
/** Letters, digits, and signs of prose that mean nothing in Markdown inside a line. */
const proseWord = /^[\p{L}\p{M}\p{N}.,;:!?'()/%+=…–—“”‘’-]+$/u;
/**
 * What GitHub makes something of besides Markdown: addresses, emoji (`:tada:`), commits, other numbers of issues, and options of
 * programs, which are code.
 * https://docs.github.com/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
 */
const special = /:\/\/|www\.|:[^:]+:|\b[0-9a-f]{7,40}\b|\b(?:gh|cve|ghsa)-\w|^\(?--?\p{L}|^(?:mailto|xmpp):/iu;
const time = /^\(?\d\d:\d\d:\d\d[.,;)]*$/;
function isProse(word) {
    return proseWord.test(word) && (time.test(word) || !special.test(word));
}
/** A word as code, but for the punctuation around it. */
function around(word) {
    const start = word.startsWith('(') ? 1 : 0;
    let end = word.length;
    while (end > start + 1 && '.,;:)'.includes(word.charAt(end - 1)))
        end--;
    return `${word.slice(0, start)}${codeSpan(word.slice(start, end))}${word.slice(end)}`;
}
/** A line of text as a code span, in which only backticks mean something. */
function codeSpan(text) {
    if (text === '')
        return '` `'; // two backticks would open one that what comes later closes
    const fence = fenceAround(text, 1);
    // Markdown takes one space away at each end of a span that has one at both, unless it is nothing but spaces.
    const space = /^`|`$/.test(text) || (/^ .* $/.test(text) && text.trim() !== '') ? ' ' : '';
    return `${fence}${space}${text}${space}${fence}`;
}
/** Backticks that close only where they should: more in a row than the text has anywhere. */
function fenceAround(text, least) {
    let longest = 0;
    for (const [run] of text.matchAll(/`+/g))
        longest = Math.max(longest, run.length);
    return '`'.repeat(Math.max(least, longest + 1));
}

;// CONCATENATED MODULE: ./build/runner/page/page.js




/** Takes down in a list how long something took, whether or not it went well. */
function timedInto(phases) {
    return async (name, work) => {
        const clock = performance.now();
        try {
            return await work();
        }
        finally {
            phases.push({ name, duration: performance.now() - clock });
        }
    };
}
/** The same without what is told only once where a problem and a result stand on one page. */
function withoutDetails({ phases: _phases, warnings: _warnings, ...rest }) {
    return rest;
}
/** The run as the runner tells of it, undefined outside of one. */
function currentRun(env = process.env) {
    const { GITHUB_SERVER_URL: server = '', GITHUB_REPOSITORY: repository = '', GITHUB_RUN_ID: id = '', GITHUB_WORKFLOW_REF: ref = '', GITHUB_EVENT_PATH: event = '', } = env;
    if (!/^https?:\/\/[\w.:-]+$/.test(server) || !isRun(repository, id))
        return undefined;
    const workflow = /\/([\w.-]+\.ya?ml)@/.exec(ref)?.[1];
    return {
        ...{ server, repository, id, number: runToRecord(env).number },
        ...(workflow !== undefined && takesRestores(event) && { workflow }),
    };
}
/** The run as a backup records it, and restores that look for others: empty where the runner does not tell it. */
function runToRecord(env = process.env) {
    const { GITHUB_REPOSITORY: repository = '', GITHUB_RUN_ID: id = '', GITHUB_RUN_NUMBER: number = '', GITHUB_RUN_ATTEMPT: attempt = '', } = env;
    return { repository, id, number, attempt };
}
function isRun(repository, id) {
    return /^[\w.-]+\/[\w.-]+$/.test(repository) && /^\d{1,20}$/.test(id);
}
/** What the command of a restore gives to a workflow. */
const restoreInputs = (/* unused pure expression or super */ null && (['job_to_run', 'db_name', 'backup_file_name']));
/**
 * Whether the workflow was run by hand, with the inputs that a restore needs. Others may be there if this run was not given them, so that
 * a restore does without them, too, or if they are nothing to a restore: what they would have to be is not known.
 */
function takesRestores(eventPath) {
    try {
        const event = JSON.parse(readFileSync(eventPath, 'utf8'));
        const inputs = event instanceof Object && 'inputs' in event ? event.inputs : undefined;
        if (!(inputs instanceof Object))
            return false;
        const others = Object.entries(inputs).filter(([name]) => !restoreInputs.includes(name));
        return (restoreInputs.every((name) => Object.hasOwn(inputs, name)) &&
            others.every(([name, value]) => value === '' || name === 'protect'));
    }
    catch {
        return false; // there is no such file, or it holds something else
    }
}
/** A link to a run, empty if it cannot be one. @param text what it reads, ours */
function page_linkTo({ server }, repository, id, text) {
    return isRun(repository, id) ? `[${text}](${server}/${repository}/actions/runs/${id})` : '';
}
/** The repository of a run, as `gh` takes it. */
function forGh({ server, repository }) {
    const { host } = new URL(server);
    return host === 'github.com' ? repository : `${host}/${repository}`;
}
/** The command that runs the failed jobs of this run again, with all of their inputs, after words that introduce it; empty outside of a run. */
function page_rerunCommand(intro, { run }) {
    return run ? `${intro}:\n\n${block(`gh run rerun ${run.id} -R ${forGh(run)} --failed`, 'sh')}` : '';
}
/** The workflow of the README that is started by hand. */
const usualWorkflow = 'manual-db-backup-restore.yml';
/** More of a command, in bytes, has no room here. */
const longestCommand = 10_000;
/** The command that restores a backup, ready to be pasted into bash, after words that introduce it; empty outside of a run. */
function page_restoreCommand(intro, database, backup, page) {
    const { run, masked = [] } = page;
    if (!run)
        return '';
    const isHidden = (value) => redactMasked(value) !== value || masked.some((one) => one !== '' && value.includes(one));
    const variables = Object.entries({ db_name: database, backup_file_name: backup });
    const hidden = variables.filter(([, value]) => isHidden(value)).map(([name]) => name);
    const fields = variables.map(([name, value]) => `-f ${name}=${isHidden(value) ? `"$${name}"` : bashWord(value)}`);
    const workflow = run.workflow ?? usualWorkflow;
    const command = `gh workflow run ${workflow} -R ${forGh(run)} -f job_to_run=restore ${fields.join(' ')}`;
    if (Buffer.byteLength(command) > longestCommand)
        return '';
    const where = run.workflow === undefined
        ? `, if the repository has the workflow ${code(usualWorkflow)}, and its settings name this server`
        : '';
    const first = hidden.length === 0
        ? ''
        : ` Set ${hidden.map((name) => code(name)).join(' and ')} in your shell first: GitHub hides a part of the value.`;
    return `${intro}${where}:${first}\n\n${block(command, 'sh')}`;
}

;// CONCATENATED MODULE: ./build/runner/cancel-or-crash.js

/** Something went wrong that nothing was prepared for. */
class Defect extends failure/* Failure */.HR {
    constructor(cause) {
        super({
            tried: 'The step',
            cause: (0,failure/* causeOf */.rl)(cause).trim() || 'an error without a message',
            advice: 'This is a bug in the action. Please report it, with the log of a run that has debug logging enabled.',
        }, { cause });
    }
}
/** The runner has cancelled the step. */
class Cancelled extends failure/* Failure */.HR {
    signalName;
    constructor(signalName) {
        super({
            tried: 'The step',
            cause: `it was cancelled (${signalName})`,
            advice: 'Run it again when you are ready.',
        });
        this.signalName = signalName;
    }
}
/** What is told where the form of a `Failure` does not fit. */
class cancel_or_crash_EndedEarly extends Error {
    parts;
    constructor(message, parts, options) {
        super(message, options);
        this.name = 'EndedEarly';
        this.parts = parts;
    }
}
/**
 * A cancel as it is told: the state first, and no failure.
 * @param title `Restore cancelled`
 * @param error that the job ended with
 */
function cancelledJob(title, { signalName }, { tried, advice, ...rest }) {
    const at = tried === undefined || tried === 'The step' ? '' : ` during: ${tried}`;
    const message = [`${title} (${signalName})${at}.`, rest.state ?? '', advice]
        .filter((part) => part !== '')
        .join('\n');
    return new cancel_or_crash_EndedEarly(message, { ...rest, advice, cause: `It was cancelled (${signalName})${at}.` });
}
/**
 * Milliseconds for cleaning up: after a cancel, since the runner ends a step that has not ended within 10 s, and the last half of that is
 * for what must not be cut off; and after an error that nobody caught, where nobody is in a hurry, and databases may have to be dropped.
 */
const cleanUpTimes = { cancel: 4_500, uncut: 4_500, defect: 60_000 };
/** Between two looks whether what must not be cut off is over, in milliseconds. */
const uncutPause = 50;
/**
 * Tells the job to end when the runner cancels the step, and when an error is thrown where nobody catches it, as in a callback of a
 * stream: the promise that the job waits for may then never be settled. What comes first counts, and whatever comes after it never gives
 * the job more time.
 * @param times how long the job has for that, in milliseconds
 * @returns the signal for the job; its reason is a `Failure`, a `Defect` after such an error
 */
function abortOnCancelOrCrash({ endOutOfTurn, isUncut = () => false }, times = cleanUpTimes) {
    const controller = new AbortController();
    let due = Number.POSITIVE_INFINITY;
    let timer;
    const abort = (reason, milliseconds, why) => {
        controller.abort(reason);
        const end = performance.now() + milliseconds;
        if (end >= due)
            return; // a second signal, or an error that comes with each line that a program writes
        due = end;
        const endUnlessUncut = () => {
            if (isUncut() && performance.now() < end + times.uncut)
                timer = setTimeout(endUnlessUncut, uncutPause);
            else
                void endOutOfTurn(why);
        };
        clearTimeout(timer);
        timer = setTimeout(endUnlessUncut, milliseconds);
    };
    for (const name of ['SIGINT', 'SIGTERM']) {
        process.on(name, () => {
            abort(new Cancelled(name), times.cancel, 'The step was cancelled, and ended before it had cleaned up.');
        });
    }
    // NODE_OPTIONS on a runner may say that a promise that nobody caught is to be passed over.
    for (const name of ['uncaughtException', 'unhandledRejection']) {
        process.on(name, (error) => {
            const why = `The step ended before it had cleaned up, after an unexpected error: ${causeOf(error)}.`;
            abort(new Defect(error), times.defect, why);
        });
    }
    // Nothing is left that could settle what the job waits for; Node would end the process without a word.
    process.on('beforeExit', () => void endOutOfTurn('The step stopped: what it was waiting for could no longer come.'));
    return controller.signal;
}

;// CONCATENATED MODULE: ./build/runner/phase-time.js



/** Runs a phase of the job, and writes as its last line how long it took, whether or not it went well. */
async function withTime(info, signal, work) {
    const clock = performance.now();
    const tell = (how) => info(`${how} ${(0,format/* formatDuration */.a3)(performance.now() - clock)}`);
    try {
        const result = await work();
        tell('Done in');
        return result;
    }
    catch (error) {
        tell(signal.reason instanceof Cancelled ? 'Cancelled after' : 'Failed after');
        throw error;
    }
}
/** How long nothing may be written while a job works, in milliseconds: people take a log that is silent for longer for one that hangs. */
const silenceAllowed = 29_900;
/** Writes a line whenever the log has been silent for half a minute while `work` runs, whatever it waits for. */
async function breakingSilence(info, work) {
    const began = performance.now();
    let timer;
    const wait = () => {
        timer = setTimeout(() => {
            const now = performance.now();
            if (now - lastWritten() >= silenceAllowed)
                info(`Still working, ${formatDuration(now - began)} so far`);
            wait();
        }, Math.max(began, lastWritten()) + silenceAllowed - performance.now());
    };
    wait();
    try {
        return await work();
    }
    finally {
        clearTimeout(timer);
    }
}

;// CONCATENATED MODULE: ./build/runner/page/failure-parts.js




/** @param order what was to be done, where the inputs say that */
function failure_parts_partsOf(error, order) {
    if (error instanceof InputError)
        return { ...{ outcome: undefined, again: undefined, state: '', cause: '' }, ...error.parts };
    const { state = '', advice = '', cause, ...told } = explanationOf(error);
    const backup = order?.backupFileName;
    const outcome = backup === undefined ? undefined : told.outcome;
    const lead = order && outcome && describeOutcome(outcome, `Database ${quoted(order.database)}`);
    const isToBeRepeated = outcome === 'incomplete';
    const first = isToBeRepeated ? withoutRerun(advice) : advice;
    const again = backup !== undefined && isToBeRepeated ? { words: wordsBefore(first), backup } : undefined;
    return {
        outcome,
        ...(lead === undefined ? splitState(state) : { lead, state: without(`${lead}.`, state) }),
        advice: first,
        again,
        cause,
    };
}
/** Words that lead to the command of the same restore. Where another backup is the way out, it may not be. */
function wordsBefore(advice) {
    if (advice === '')
        return 'Run the same restore again';
    return advice.includes('new backup')
        ? 'Or, once the cause is fixed without a new backup, run the same restore again'
        : 'Then run the same restore again';
}
/** The first sentence of a state is what leads. */
function splitState(text) {
    const { sentence, rest } = firstSentence(text);
    return sentence === ''
        ? { lead: undefined, state: '' }
        : { lead: sentence.replace(/\.$/, ''), state: rest };
}
function without(start, text) {
    return text.startsWith(start) ? text.slice(start.length).trim() : text;
}
/** Advice without the words that the job is to be run again, where the command for that follows. */
function withoutRerun(advice) {
    return advice
        .replace(/, then run the (?:job|restore) again(?=[.:])/g, '')
        .replace(/\bRun the (?:job|restore) again when (it|that) is\b/g, 'Wait until $1 is')
        .replace(/\bRun the (?:job|restore) again with (\w+: \w+)\./g, 'Set $1.')
        .replace(/(?<=^|[.:] |\n)Run (?:the job|the restore|it) again(?: later| when you are ready)?\.\s*/g, '')
        .trim();
}
/** What is known of an error. */
function explanationOf(error) {
    if (error instanceof EndedEarly)
        return error.parts;
    if (!(error instanceof Failure))
        return { cause: error.message };
    const { tried, cause, ...parts } = error.explanation;
    return { ...parts, cause: tried === undefined ? cause : `${tried} failed: ${cause}` };
}

;// CONCATENATED MODULE: ./build/runner/page/names.js



/** A name as code, of which too much would be hostile. */
function names_nameSpan(text) {
    return code(shortened(text, 1_100, undefined, redactMasked));
}
/** The same inside a table. */
function names_nameCell(text) {
    return codeCell(shortened(text, 1_100, undefined, redactMasked));
}
/** A name of a backup in a table, which leads to the portal if the way there is known. */
function names_linkedName(name, { portalPage }) {
    return portalPage === undefined ? names_nameCell(name) : `[${names_nameCell(name)}](${portalPage(name)})`;
}
/** A table in Markdown. @param alignments of its columns: `---`, or `--:` for numbers */
function names_markdownTable(header, alignments, rows) {
    return [header, alignments, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

;// CONCATENATED MODULE: ./build/runner/page/summary-notes.js




/**
 * How many bytes of the summary its parts take at most, each kind in all: GitHub takes 1 MiB a step, and shows nothing if it is more. A
 * block of SQL may be fenced by as many backticks as there are in it, twice.
 */
const summary_notes_longestParts = { message: 100_000, texts: 200_000, sql: 200_000 };
/** More notes than this stand in the log only. */
const mostNotes = 200;
/** How many things there are to do. */
function summary_notes_toDo(notes) {
    return notes.filter(isToDo).length;
}
function isToDo({ about, sql = [] }) {
    return about === undefined && sql.length > 0;
}
/** Notes of a job that has done its work, and what was warned of besides. */
function summary_notes_withWarnings(notes, warnings) {
    const told = new Set(notes.map(inTheEnd).map(({ text }) => text));
    return [...notes.map(inTheEnd), ...warnings.map(inTheEnd).filter(({ text }) => !told.has(text))];
}
/** What was warned of in a job that failed, without what is true only where the database was restored. */
function summary_notes_stillTrue(warnings, outcome) {
    return outcome === 'restored'
        ? warnings.map(inTheEnd)
        : warnings.filter(({ afterwards }) => afterwards === undefined);
}
function inTheEnd(note) {
    return { ...note, text: note.afterwards ?? note.text };
}
/** What to do, numbered, each with its statements to open and copy; then what is only to be known; empty if it is nothing. */
function summary_notes_notesOf(all) {
    if (all.length === 0)
        return '';
    const notes = all.slice(0, mostNotes);
    const room = { text: summary_notes_longestParts.texts / notes.length, sql: summary_notes_longestParts.sql / notes.length };
    const tell = (label, { text, sql = [] }) => `${labelled(label, text, room.text)}${sql.length === 0 ? '' : `\n${summary_notes_folded(sql, room.sql)}`}`;
    const tasks = notes.filter(isToDo).map((note, place) => tell(`${place + 1}.`, note));
    const labels = { 'not restored': 'Not restored.', undo: 'Undo.', 'clean up': 'Clean up.' };
    const others = notes
        .filter((note) => !isToDo(note))
        .toSorted((a, b) => rank(a) - rank(b))
        .map((note) => tell(note.about ? labels[note.about] : 'Note.', note));
    const more = all.length - notes.length;
    return [
        ...(tasks.length > 0 ? ['#### ⚠️ To do\n', ...tasks] : []),
        ...others,
        ...(more > 0 ? [`${more} more are in the log.\n`] : []),
    ].join('\n');
}
/** A text after a label in bold, together with the words that lead to the rest, if there are a few: `**1. Set it back:** …`. */
function labelled(label, text, room) {
    const [lead = ''] = /^[^\n:.!?"'`]{3,80}:(?=\s|$)/.exec(text) ?? [];
    if (inProse(lead).trimEnd() !== lead || lead === '')
        return `**${label}** ${summary_notes_paragraph(text, room)}`;
    const head = `**${lead.replace(/:$/, '.') === label ? lead : `${label} ${lead}`}**`;
    const rest = summary_notes_paragraph(text.slice(lead.length), room);
    if (rest.trim() === '')
        return `${head}\n`;
    if (rest.startsWith('```'))
        return `${head}\n\n${rest}`;
    return `${head}${text.charAt(lead.length) === '\n' ? '\\\n' : ' '}${rest}`;
}
function rank({ about }) {
    return ['not restored', 'undo', 'clean up', undefined].indexOf(about);
}
/** Statements to open and copy. @param room in bytes */
function summary_notes_folded(sql, room) {
    const shown = firstStatements(sql, room);
    const more = sql.length - shown.length;
    const rest = more > 0 ? `\nOf ${sql.length} statements, the last ${more} have no room here.\n` : '';
    const number = sql.filter((line) => !line.startsWith('--') && /(;|\\gexec)\s*$/.test(line)).length;
    const title = number === 0 ? 'SQL' : count(number, 'statement');
    return `<details><summary>${title}</summary>\n\n${sqlBlock(withVariables(shown).join('\n'))}${rest}\n</details>\n`;
}
/** A text as prose, its middle left out if it would take more bytes than there is room for. */
function summary_notes_paragraph(text, room) {
    const start = text.slice(0, room);
    const bytesEach = start === '' ? 1 : Math.max(1, Buffer.byteLength(visible(start)) / start.length);
    for (let length = Math.floor(room / bytesEach);; length = Math.floor(length / 2)) {
        const lines = inProse(shortened(text, length, 'log', redactMasked));
        if (Buffer.byteLength(lines) <= room || length < 100)
            return lines;
    }
}
/** As many of the first statements as have room, in bytes, each as it is to be pasted. */
function firstStatements(sql, room) {
    const shown = [];
    let left = room;
    for (const statement of sql) {
        if (statement.length > left)
            break;
        const one = visible(toPaste(statement));
        left -= Buffer.byteLength(one) + 1;
        if (left < 0)
            break;
        shown.push(one);
    }
    return shown;
}

;// CONCATENATED MODULE: ./build/runner/page/protection.js





/**
 * What became of the protection of a backup, as Markdown. Its text may be anybody's.
 * @param now for the age of the data
 */
function protection_summaryOfProtection(result, page, now) {
    const { backup, before, place, duration, notes = [] } = result;
    const { run, portalPage } = page;
    return `${[
        `### ✅ ${headline(result)}`,
        backup.protection === undefined
            ? 'Retention may delete it.'
            : `${protection_protectedWith(backup.protection)} ${code('job_to_run: unprotect')} lifts that.`,
        before === undefined || before === backup.protection ? '' : `Before: ${nameSpan(before)}`,
        [
            `Database ${nameSpan(backup.database)} on ${nameSpan(backup.host)}`,
            `data as of **${formatTime(backup.at)}** (${formatAge(now.getTime() - backup.at.getTime())})`,
            ...[formatBytes(backup.size), `**${formatDuration(duration)}**`],
        ].join(' · '),
        notesOf(withWarnings(notes, page.warnings ?? [])).trimEnd(),
        [
            `Backup ${nameSpan(backup.name)} in container ${nameSpan(place.container)} on ${nameSpan(place.host)}`,
            portalPage === undefined ? '' : `[in the portal](${portalPage(backup.name)})`,
            run === undefined ? '' : linkTo(run, run.repository, run.id, 'this run'),
        ]
            .filter((part) => part !== '')
            .join(' · '),
    ]
        .filter((part) => part !== '')
        .join('\n\n')}\n`;
}
function headline({ backup: { name, protection }, before }) {
    const span = nameSpan(name);
    if (protection === undefined)
        return before === undefined ? `${span} was not protected` : `${span} is no longer protected`;
    if (before === protection)
        return `${span} was protected already`;
    return before === undefined ? `${span} protected` : `${span} protected for another reason`;
}
/** Why a backup stays, in a line. */
function protection_protectedWith(reason) {
    return `🔒 Protected: ${nameSpan(reason)}. No retention deletes it.`;
}

;// CONCATENATED MODULE: ./build/runner/page/retention.js




/** How many bytes a table takes at most: GitHub takes 1 MiB for a whole summary. */
const roomForTable = 150_000;
/** `28 deleted, 12 stay`; of a dry run `28 would be deleted, 12 stay`. */
function retention_countsOfRetention({ isDryRun, deleted, kept, failed, gone }) {
    return [
        isDryRun ? `${deleted.length} would be deleted` : `${deleted.length} deleted`,
        ...(failed.length > 0 ? [`${failed.length} could not be deleted`] : []),
        ...(gone.length > 0 ? [`${gone.length} deleted by somebody else meanwhile`] : []),
        kept.length === 1 ? '1 stays' : `${kept.length} stay`,
    ].join(', ');
}
/**
 * What was deleted, or would be, and what stays, with the reasons for each; empty where there was nothing.
 * @param mostUnfolded a table with more rows than this is folded
 */
function retention_tablesOfRetention(outcome, page, mostUnfolded = 10) {
    const { isDryRun, deleted, kept, failed } = outcome;
    const when = ({ at, size }) => [
        retention_unbroken(formatTime(at)),
        retention_unbroken(formatBytes(size)),
    ];
    return [
        tableUnder(`${count(failed.length, 'backup')} could not be deleted`, ['Backup', 'Taken', 'Size', 'Cause'], failed.map(({ backup, cause }) => [linkedName(backup.name, page), ...when(backup), nameCell(cause)]), failed.length > mostUnfolded),
        tableUnder(`${count(deleted.length, 'backup')} ${isDryRun ? 'would be deleted' : 'deleted'}`, ['Backup', 'Taken', 'Size'], deleted.map((backup) => [
            isDryRun ? linkedName(backup.name, page) : nameCell(backup.name),
            ...when(backup),
        ]), deleted.length > mostUnfolded),
        tableUnder(`${count(kept.length, 'backup')} ${kept.length === 1 ? 'stays' : 'stay'}`, ['Backup', 'Taken', 'Size', 'Kept as'], kept.map(({ backup, reasons }) => [
            linkedName(backup.name, page),
            ...when(backup),
            reasons.map(reasonCell).join(', '),
        ]), kept.length > mostUnfolded),
    ]
        .filter((part) => part !== '')
        .join('\n\n');
}
/** The retention that was applied after a backup; empty where there was none. */
function retention_sectionOfRetention({ retention }, page) {
    if (!retention)
        return '';
    const title = retention.isDryRun ? 'Retention, a dry run: nothing was deleted' : 'Retention';
    const facts = `**${title}.** ${retention_countsOfRetention(retention)} · rules: ${describeRules(retention.rules)}`;
    return [facts, retention_tablesOfRetention(retention, page, 0)].filter((part) => part !== '').join('\n\n');
}
/** A table below its title, or folded behind it; empty without rows. */
function tableUnder(title, header, rows, isFolded) {
    if (rows.length === 0)
        return '';
    let left = roomForTable;
    const shown = rows.filter((cells) => {
        left -= Buffer.byteLength(cells.join(' | '));
        return left >= 0;
    });
    const more = rows.length - shown.length;
    const alignments = header.map((column) => (column === 'Size' ? '--:' : '---'));
    const table = `${markdownTable(header, alignments, shown)}${more > 0 ? `\n\n${more} more are in the log.` : ''}`;
    return isFolded
        ? `<details><summary>${title}</summary>\n\n${table}\n\n</details>`
        : `**${title}**\n\n${table}`;
}
/** A text that stays on one line. */
function retention_unbroken(text) {
    return text.replaceAll(' ', '\u00a0');
}
/** A reason as words, or as code where somebody's text is in it. */
function reasonCell(reason) {
    return /^[\w -]+$/.test(reason) ? reason : codeCell(reason);
}

;// CONCATENATED MODULE: ./build/runner/page/transfer.js







/**
 * What came of a backup or a restore as Markdown: how much there is to do, what a person wants to know first, what to do, and the rest.
 * @param now for the age of the data
 */
function transfer_summaryOfTransfer(result, page, now) {
    const { database, backup } = result;
    const isBackup = result.job === 'backup';
    const notes = withWarnings(result.notes ?? [], page.warnings ?? []);
    const tasks = toDo(notes);
    const left = tasks === 0 ? '' : `, ${count(tasks, 'thing')} left to do`;
    const again = `**To restore it** into ${nameSpan(database)} (replaces the database), or into another by changing ${code('db_name')}`;
    return `${[
        `### ✅ ${nameSpan(database)} ${isBackup ? 'backed up' : 'restored'}${left}`,
        isBackup ? factsOfBackup(result) : factsOfRestore(result, now),
        isBackup && result.protection !== undefined ? protectedWith(result.protection) : '',
        ...(isBackup ? [tableOfBackups(result, page, now), sectionOfRetention(result, page)] : []),
        transfer_tableOfPhases(page.phases ?? []),
        notesOf(notes).trimEnd(),
        isBackup ? restoreCommand(again, database, backup.name, page).trimEnd() : '',
        origin(result, page),
        isBackup ? detailsOf(result) : '',
    ]
        .filter((part) => part !== '')
        .join('\n\n')}\n`;
}
function factsOfBackup({ backup, databaseSize, duration, server, dataFrom, tier, ...content }) {
    const database = [
        ...(databaseSize ? [`database ${formatBytes(databaseSize)}`] : []),
        ...contentOf(content, 'about '),
    ];
    return [
        `**${formatBytes(backup.size)}** in **${formatDuration(duration)}**`,
        ...(database.length > 0 ? [database.join(', ')] : []),
        `PostgreSQL ${serverVersion(server.version)}`,
        ...(dataFrom ? [`data as of **${formatTime(dataFrom)}**`] : []),
        ...(tier ? [`${tier} tier`] : []),
    ].join(' · ');
}
function factsOfRestore(result, now) {
    const { dataFrom, databaseSize, verified, duration, blocked } = result;
    const size = [...(databaseSize ? [`**${formatBytes(databaseSize)}**`] : []), ...contentOf(result, '')];
    const wait = blocked === undefined ? '' : `, connections blocked for at most **${formatDuration(blocked)}**`;
    return [
        ...(dataFrom
            ? [`Data as of **${formatTime(dataFrom)}** (${formatAge(now.getTime() - dataFrom.getTime())})`]
            : []),
        ...(size.length > 0 ? [size.join(', ')] : []),
        ...(verified === undefined ? [] : [verified ? 'SHA-256 verified' : 'no SHA-256 recorded']),
        `**${formatDuration(duration)}**${wait}`,
    ].join(' · ');
}
/** Tables and rows, as far as they are known. */
function contentOf({ tables, rows }, nearly) {
    return [
        ...(tables === undefined ? [] : [count(tables, 'table')]),
        ...(rows === undefined ? [] : [`${nearly}${formatNumber(rows)} ${rows === 1 ? 'row' : 'rows'}`]),
    ];
}
/** This backup and those before it, where there are any: what has shrunk or is missing is seen at once. */
function tableOfBackups({ backup, dataFrom, earlier = [] }, page, now) {
    const [last] = earlier;
    if (!last || !dataFrom)
        return '';
    const age = (at) => formatAge(now.getTime() - at.getTime());
    const rows = [
        [
            `**${linkedName(backup.name, page)}** (this one)`,
            [formatBytes(backup.size), transfer_change(last.size, backup.size)].filter((part) => part !== '').join(', '),
            ...[age(dataFrom), linkToMaker(page.run && { ...page.run, run: page.run.id }, page)],
        ],
        ...earlier.map(({ name, size, at, madeBy }) => [
            ...[linkedName(name, page), formatBytes(size), age(at), linkToMaker(madeBy, page)],
        ]),
    ];
    const columns = rows.some((cells) => cells.at(-1) !== '') ? 4 : 3;
    return markdownTable(['Backup', 'Size', 'Taken', 'Run'].slice(0, columns), ['---', '--:', '---', '---'].slice(0, columns), rows.map((cells) => cells.slice(0, columns)));
}
/** The run that made a backup, by its number, empty where it is not known. */
function linkToMaker(madeBy, { run }) {
    const { number = '' } = madeBy ?? {};
    const text = /^\d{1,10}$/.test(number) ? `#${number}` : 'run';
    return run && madeBy ? linkTo(run, madeBy.repository, madeBy.run, text) : '';
}
/** By how much something has grown or shrunk, if it is one per cent or more: `−12 %`. */
function transfer_change(before, after) {
    const percent = Math.round((100 * (after - before)) / before);
    return before === 0 || percent === 0 ? '' : `${percent > 0 ? '+' : '−'}${Math.abs(percent)} %`;
}
/** How long the parts of a job took; empty for none. */
function transfer_tableOfPhases(phases) {
    if (phases.length === 0)
        return '';
    return markdownTable(phases.map((phase) => phase.name), phases.map(() => '--:'), [phases.map(({ duration }) => formatDuration(duration))]);
}
/** Where all of it is, and the SHA-256 at last. */
function origin(result, { run, portalPage }) {
    const { job, backup, server } = result;
    const madeBy = result.job === 'restore' ? result.madeBy : undefined;
    const links = run && [
        linkTo(run, run.repository, run.id, 'this run'),
        ...(madeBy ? [linkTo(run, madeBy.repository, madeBy.run, 'the run that made the backup')] : []),
    ];
    const size = job === 'restore' ? ` (${formatBytes(backup.size)})` : '';
    return [
        `Backup ${nameSpan(backup.name)}${size}`,
        portalPage === undefined ? '' : `[in the portal](${portalPage(backup.name)})`,
        `server ${nameSpan(server.host)}${job === 'restore' ? `, PostgreSQL ${serverVersion(server.version)}` : ''}`,
        ...(links ?? []),
        job === 'restore' ? `SHA-256 ${nameSpan(backup.sha256)}` : '',
    ]
        .filter((part) => part !== '')
        .join(' · ');
}
/** What one seldom wants to know of a backup, folded. */
function detailsOf({ backup, made }) {
    const lines = [
        ...(made
            ? [`Compression ${nameSpan(made.compression)}`, `client: pg_dump ${serverVersion(made.client)}`]
            : []),
        `SHA-256 ${nameSpan(backup.sha256)}`,
    ];
    const title = made ? 'Details: compression, client, SHA-256' : 'Details: SHA-256';
    return `<details><summary>${title}</summary>\n\n${lines.join(' · ')}\n\n</details>`;
}
/** A version comes from the server, and may be anything. */
function serverVersion(version) {
    return /^[\w.+~-]{1,40}$/.test(version) ? version : code(shortened(version, 40, 'log'));
}

;// CONCATENATED MODULE: ./build/runner/page/failure-summary.js










/**
 * A failure as Markdown: the state first, then what to do, then the cause, the server's own words folded; and what was warned of before,
 * as far as that is true whatever came of the job.
 * @param title `Restore failed`
 */
function failure_summary_summaryOfFailure(title, error, page = {}, order) {
    const { outcome, lead, state, advice, again, cause } = partsOf(error, order);
    const known = order && outcome ? `: ${describeOutcome(outcome, nameSpan(order.database))}` : '';
    const headline = error instanceof InputError ? lead : `${title}${known}`;
    const isLeadTold = lead === undefined || headline === lead || known !== '';
    const [said, folded] = withoutAdditions(cause);
    const tell = (label, text) => text.trim() === '' ? '' : `**${label}** ${paragraph(text, longestParts.message / 3)}`;
    return `${[
        `### ${/cancelled$/.test(title) ? '🚫' : '❌'} ${headline}`,
        tell('State.', isLeadTold ? state : `${lead}. ${state}`),
        tell('What to do.', advice),
        again === undefined ? '' : commandFor(again, page, order),
        tell('Cause.', isBareCancel.test(said) ? '' : said),
        folded === '' ? '' : details(folded),
        (page.phases ?? []).length > 1 ? tableOfPhases(page.phases ?? []) : '', // one alone says nothing
        notesOf(stillTrue(page.warnings ?? [], outcome)),
    ]
        .map((part) => part.trimEnd())
        .filter((part) => part !== '')
        .join('\n\n')}\n`;
}
/** The same restore once more. Run again, a restore of the latest backup could take one of the incomplete database, so that one is named. */
function commandFor({ words, backup }, page, order) {
    return order?.isLatest
        ? restoreCommand(`${words}, from the backup by its name, not the latest`, order.database, backup, page)
        : rerunCommand(words, page);
}
/** Nothing more than the headline of a cancel. */
const isBareCancel = /^It was cancelled \(\w+\)\.$/;
/** How a line of a message of the server begins that only adds to the first; what it was called in has no word before it any more. */
const addition = /^(?:(?:DETAIL|HINT|QUERY|CONTEXT|LOCATION|STATEMENT|LINE \d+|ERROR|FATAL|PANIC): |(?:PL\/\w+|SQL) (?:function|statement|expression) )/;
/** A cause without what the server said besides, and that. */
function withoutAdditions(cause) {
    const lines = cause.split('\n');
    const place = lines.findIndex((line, index) => index > 0 && addition.test(line));
    return place < 0 ? [cause, ''] : [lines.slice(0, place).join('\n'), lines.slice(place).join('\n')];
}
function details(text) {
    // Cut by bytes at most three times as many as characters, fences aside.
    const shown = block(shortened(redactMasked(text), longestParts.message / 3, 'log'));
    return `<details><summary>What PostgreSQL said</summary>\n\n${shown}\n</details>`;
}

;// CONCATENATED MODULE: ./build/jobs/check/report.js



const logMarks = { passed: '✓', failed: '✗', warning: '!', 'not checked': '–' };
/** What came of all checks, as lines of the log: by area, what was checked in a column of its own; below it what to do, numbered. */
function reportOf(result) {
    const { groups } = result;
    const tally = tallyOf(groups);
    const others = othersIn(tally);
    const width = Math.max(...groups.flatMap(({ checks }) => checks.map(({ what }) => what.length)));
    const tasks = report_tasksOf(groups);
    return [
        ...groups.flatMap(({ title, checks }) => [
            title,
            ...checks.map((one) => `  ${logMarks[one.came]} ${one.what.padEnd(width)}  ${report_shortDetail(one)}`),
            '',
        ]),
        `${verdictOf(result)}: ${countOf(tally)}${others === '' ? '' : `, ${others}`}`,
        ...(tasks.length > 0 ? ['', 'What to do:'] : []),
        ...tasks.flatMap(({ title, text, sql }, place) => [`${place + 1}. ${title}: ${text}`, ...sql]
            .flatMap((part) => part.split('\n'))
            .map((line, at) => (at === 0 ? line : `   ${line}`))),
    ];
}
/** What there is to do about checks that did not pass, and then about those that warn, in their order; the same about several is one. */
function report_tasksOf(groups) {
    const each = groups.flatMap(({ title, checks }) => checks.flatMap((check) => taskAbout(title, check) ?? []));
    const same = Map.groupBy(each, ({ text, sql }) => JSON.stringify([text, sql]));
    const all = [...same.values()].flatMap(([first, ...others]) => first ? [{ ...first, checks: [first, ...others].flatMap(({ checks }) => checks) }] : []);
    const failures = all.filter(report_isOfFailure);
    return [...failures, ...all.filter((task) => !report_isOfFailure(task))];
}
/** Whether a job fails until it is done. */
function report_isOfFailure({ checks }) {
    return checks.some(({ came }) => came === 'failed');
}
function taskAbout(area, check) {
    const { what, came, detail, fix = '', sql = [] } = check;
    const isTold = report_shortDetail(check) === detail;
    if (came === 'passed' || came === 'not checked' || (isTold && fix === '' && came === 'warning'))
        return undefined;
    const name = /^[A-Z][a-z]/.test(what) ? `${what.charAt(0).toLowerCase()}${what.slice(1)}` : what;
    const text = (isTold && fix !== '' ? [fix] : [detail, fix]).filter((part) => part !== '').join('\n');
    return { checks: [check], title: `${area}, ${name}`, text, sql: sql.map(toPaste) };
}
/** In characters, of what was found. */
const shortEnough = 300;
/** What was found, or its first sentence, if it has several lines or is long: the rest stands with what to do. */
function report_shortDetail({ detail }) {
    if (detail.length <= shortEnough && !detail.includes('\n'))
        return detail;
    return firstSentence(detail).sentence;
}

;// CONCATENATED MODULE: ./build/runner/page/check.js







const pageMarks = {
    passed: '✅',
    failed: '❌',
    warning: '⚠️',
    'not checked': '➖',
};
/** So many statements are seen at once. */
const fewStatements = 10;
/** More of what was found, in characters, stands below the table, or in the log. */
const longestCell = 400;
/**
 * What came of all checks, as Markdown: which jobs would fail, a table of what was checked by area, and what to do, numbered as the table
 * refers to it.
 */
function check_summaryOfCheck(result) {
    const { groups, stopped, database, host, duration } = result;
    const tally = tallyOf(groups);
    const others = othersIn(tally);
    const tasks = tasksOf(groups);
    const name = nameSpan(database);
    const headline = stopped.length === 0
        ? `✅ ${verdictOf(result, `: ${name}`)}`
        : `❌ ${verdictOf(result, ` of ${name}`)}: ${countOf(tally)}`;
    const counts = [
        ...(stopped.length === 0 ? [`**${countOf(tally)}**`] : []),
        ...(others === '' ? [] : [others]),
    ].join(', ');
    return `${[
        `### ${headline}`,
        [...(counts === '' ? [] : [counts]), `server ${nameSpan(host)}`, formatDuration(duration)].join(' · '),
        markdownTable(['Area', '', 'Check', 'Found'], ['---', '---', '---', '---'], groups.flatMap((group) => rowsOf(group, tasks))),
        ...(tasks.length > 0 ? ['#### What to do'] : []),
        ...tasks.map((task, place) => taskParagraph(task, place + 1, tasks.length)),
    ]
        .map((part) => part.trimEnd())
        .join('\n\n')}\n`;
}
function rowsOf({ title, checks }, tasks) {
    return checks.map((one, index) => {
        const number = tasks.findIndex((task) => task.checks.includes(one)) + 1;
        const found = proseCell(shortened(shortDetail(one), longestCell, 'log', redactMasked));
        return [
            ...[index === 0 ? `**${title}**` : '', pageMarks[one.came], proseCell(one.what)],
            number === 0 ? found : `${found} **→ ${number}**`,
        ];
    });
}
function taskParagraph(task, number, all) {
    const { title, text, sql } = task;
    const label = `**${number}. ${isOfFailure(task) ? '' : '⚠️ '}${title}.**`;
    const told = paragraph(text, longestParts.texts / all).trimEnd();
    const statements = sql.length <= fewStatements
        ? sqlBlock(withVariables(sql).join('\n'))
        : folded(sql, longestParts.sql / all);
    return `${label} ${told}${sql.length === 0 ? '' : `\n\n${statements}`}`;
}

;// CONCATENATED MODULE: ./build/runner/page/list/cells.js






/** How much of somebody's text has room in a cell, in characters. */
const longestOfCell = 200;
/** How long ago a backup was made. A time that cannot be right is marked. */
function cells_ageOf(backup, now) {
    const age = now.getTime() - backup.at.getTime();
    return hasWrongTime(backup, now) ? '⚠️ wrong clock' : formatAge(Math.max(0, age));
}
/** The same in a column whose title says what it is. */
function cells_ageCell(backup, now) {
    return unbroken(cells_ageOf(backup, now).replace(/ ago$/, ''));
}
/** Whether the size of a backup tells something beside that of another one of the same database. */
function cells_isComparable(backup, now) {
    return backup.part === undefined && !hasWrongTime(backup, now);
}
/** Why no retention deletes a backup, each reason as a part of a cell; nothing where one may. */
function cells_reasonsOf({ protection, immutableUntil, hasLegalHold }, now) {
    return [
        ...(protection === undefined ? [] : [shortCell(protection)]),
        ...(hasLegalHold ? ['legal hold'] : []),
        ...(immutableUntil && immutableUntil > now ? [`immutable until ${cells_dayCell(immutableUntil)}`] : []),
    ];
}
/** What marks a backup that leaves out a part. */
function cells_partOf({ part }) {
    return part === undefined ? '' : `, **part**: ${shortCell(part)}`;
}
/** The size of a backup, and by how much it is larger or smaller than the one before, marked where it has less than half of that. */
function cells_sizeCell(before, size) {
    const percent = before === undefined ? '' : change(before, size);
    const marked = before !== undefined && size * 2 < before ? `⚠️ **${percent}**` : percent;
    return unbroken([formatBytes(size), marked].filter((part) => part !== '').join(', '));
}
/** A time, to the minute, in a column whose title names the zone. It stays on one line, which its hyphens would not. */
function cells_timeCell(time) {
    return unbroken(formatTime(time).slice(0, 16)).replaceAll('-', '-\u2060');
}
/** The day of it. */
function cells_dayCell(time) {
    return cells_timeCell(time).slice(0, -6);
}
/** A version or a tier as it is, and anything else as code. */
function wordCell(text) {
    return /^(?:[A-Za-z]{1,20}|\d{1,3}(?:\.\d{1,3}){0,2})$/.test(text) ? text : shortCell(text);
}
/** Somebody's text as code, of which not too much; empty for none. */
function shortCell(text) {
    return text === '' ? '' : markdown_codeCell((0,format/* shortened */.vI)(text, longestOfCell, 'log', masking_redactMasked));
}

;// CONCATENATED MODULE: ./build/runner/page/list/table.js


/** More rows of a table are folded, and more than the second number are left out. */
const [mostOpen, mostShown] = [30, 200];
/** How many bytes the rows of a table take at most: GitHub takes 1 MiB for a whole summary. */
const roomForRows = 200_000;
/** What is the same for all backups in most places. */
const aboutMaking = [
    {
        title: 'PostgreSQL',
        cell: ({ serverVersion }) => wordCell(serverVersion),
        inWords: (cell) => `PostgreSQL ${cell}`,
    },
    { title: 'Compression', cell: ({ compression }) => shortCell(compression), inWords: (cell) => cell },
    { title: 'Tier', cell: ({ tier }) => wordCell(tier), inWords: (cell) => `${cell} tier` },
];
/** What all backups have in a column; undefined if they differ. */
function sharedBy(backups, { cell }) {
    const [first, ...others] = new Set(backups.map(cell));
    return others.length === 0 ? first : undefined;
}
/** What stands once for all backups, in words, and has no column. */
function table_sharedFacts(backups) {
    return aboutMaking.flatMap((column) => {
        const cell = sharedBy(backups, column) ?? '';
        return cell === '' ? [] : [column.inWords(cell.replaceAll('\\|', '|'))];
    });
}
/** The newest backups; what is the same in all of them, or in none, has no column. */
function table_tableOfNewest({ backups, now }, groups, page) {
    if (backups.length === 0)
        return '';
    const before = new Map(groups.flatMap((group) => {
        const comparable = group.filter((backup) => isComparable(backup, now));
        return comparable.map((backup, place) => [backup, comparable[place + 1]?.size]);
    }));
    const hasVerified = backups.some(({ verifiedAt }) => verifiedAt);
    const hasKept = backups.some((backup) => reasonsOf(backup, now).length > 0);
    const differs = (of) => new Set(backups.map(of)).size > 1;
    const columns = [
        { title: 'Backup', cell: (backup) => `${linkedName(backup.name, page)}${partOf(backup)}` },
        { title: 'Taken (UTC)', cell: ({ at }) => timeCell(at) },
        { title: 'Age', cell: (backup) => ageCell(backup, now) },
        { title: 'Size', isNumber: true, cell: (backup) => sizeCell(before.get(backup), backup.size) },
        ...(differs(({ host }) => host)
            ? [{ title: 'Server', cell: ({ host }) => nameCell(host) }]
            : []),
        ...(hasVerified
            ? [
                {
                    title: 'Verified',
                    cell: ({ verifiedAt }) => (verifiedAt ? dayCell(verifiedAt) : 'no'),
                },
            ]
            : []),
        ...(hasKept
            ? [{ title: 'Protected', cell: (one) => reasonsOf(one, now).join(', ') || 'no' }]
            : []),
        ...aboutMaking.filter((column) => sharedBy(backups, column) === undefined),
    ];
    const all = table_withinRoom(backups.slice(0, mostShown).map((backup) => columns.map(({ cell }) => cell(backup))));
    const used = columns.map((_, place) => all.some((cells) => cells[place] !== ''));
    const table = (rows) => {
        const those = columns.filter((_, place) => used[place]);
        return markdownTable(those.map(({ title }) => title), those.map(({ isNumber }) => (isNumber ? '--:' : '---')), rows.map((cells) => cells.filter((_, place) => used[place])));
    };
    const [open, folded] = [all.slice(0, mostOpen), all.slice(mostOpen)];
    const left = backups.length - all.length;
    return [
        table(open),
        ...(folded.length > 0
            ? [`<details><summary>${folded.length} older</summary>\n\n${table(folded)}\n\n</details>`]
            : []),
        ...(left > 0 ? [`${left} more, older ones, have no room here.`] : []),
    ].join('\n\n');
}
/** As many of the first rows as have room. */
function table_withinRoom(rows) {
    let left = roomForRows;
    const end = rows.slice(0, mostShown).findIndex((cells) => {
        left -= Buffer.byteLength(cells.join(' | '));
        return left < 0;
    });
    return rows.slice(0, end < 0 ? mostShown : end);
}

;// CONCATENATED MODULE: ./build/runner/page/prune.js







/** What a retention came to that ran as a job of its own, as Markdown. Below a problem, its headline is not the first one. */
function prune_summaryOfPrune(result, page) {
    const { outcome, problem, notes = [] } = result;
    return `${[
        problem ? `#### ${headlineOf(result)}` : `### ${signOf(outcome)} ${headlineOf(result)}`,
        `Rules: **${describeRules(outcome.rules)}**`,
        tablesOfRetention(outcome, page),
        notesOf(withWarnings(notes, page.warnings ?? [])).trimEnd(),
        tableOfPhases(page.phases ?? []),
        prune_whereabouts(result, page),
    ]
        .filter((part) => part !== '')
        .join('\n\n')}\n`;
}
function signOf({ isDryRun, kept, deleted }) {
    if (kept.length + deleted.length === 0)
        return '⚠️';
    return isDryRun ? '🔎' : '✅';
}
function headlineOf({ source, outcome }) {
    const whose = nameSpan(source.database);
    const { isDryRun, kept, deleted, failed, gone } = outcome;
    const all = kept.length + deleted.length + failed.length + gone.length;
    const what = all === 0
        ? `No backup of ${whose} is there`
        : `${count(all, 'backup')} of ${whose}: ${countsOfRetention(outcome)}`;
    return isDryRun ? `Dry run, nothing was deleted. ${what}` : what;
}
/** Where all of it is. */
function prune_whereabouts({ source: { hosts }, place }, { run }) {
    const servers = hosts?.map(nameSpan).join(', ') ?? 'all';
    return [
        `${hosts?.length === 1 ? 'Server' : 'Servers'} ${servers}`,
        `container ${nameSpan(place.container)} on ${nameSpan(place.host)}`,
        ...(place.folder === '' ? [] : [`folder ${nameSpan(place.folder)}`]),
        run ? linkTo(run, run.repository, run.id, 'this run') : '',
    ]
        .filter((part) => part !== '')
        .join(' · ');
}

;// CONCATENATED MODULE: ./build/runner/page/list.js











/** Charts of more databases or servers would be a page of their own. */
const mostCharts = 3;
/** The backups that there are, as Markdown, with a chart of their sizes. Below a problem, its headline is not the first one. */
function list_summaryOfList(result, page) {
    const { backups, problem, notes = [] } = result;
    const groups = groupsOf(result);
    const sign = problem ? '####' : backups.length === 0 ? '### ⚠️' : '###';
    return `${[
        `${sign} ${headlineOfList(result)}`,
        factsOf(result),
        notesOf(withWarnings(notes, page.warnings ?? [])).trimEnd(),
        chartsOf(result, groups),
        groups.length > 1 ? tableOfGroups(result, groups) : '',
        groups.length > 1 ? '**The newest ones**' : '',
        tableOfNewest(result, groups, page),
        besides(result),
        leftOutOfJson(result),
        whereabouts(result, page),
    ]
        .filter((part) => part !== '')
        .join('\n\n')}\n`;
}
/** The backups of each database on each server, in the order of these names. */
function groupsOf({ backups, source }) {
    return [...byDatabase(backups, source)].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}
function headlineOfList({ source, backups, now }) {
    const databases = new Set(source.database === '' ? backups.map(({ database }) => database) : [source.database]);
    const hosts = hostNamesOf(backups).length;
    const where = source.hosts ? `under ${hosts} names of the server` : `on ${count(hosts, 'server')}`;
    const [one = ''] = databases;
    const whose = databases.size > 1 ? count(databases.size, 'database') : one && nameSpan(one);
    if (backups.length === 0)
        return `No backup${whose && ` of ${whose}`} is there`;
    const newest = newestWhole(backups, now);
    return [
        `${count(backups.length, 'backup')} of ${whose}${hosts > 1 ? ` ${where}` : ''}`,
        newest ? `the newest ${ageOf(newest, now)} (${formatBytes(newest.size)})` : 'none of them complete',
    ].join(', ');
}
/** What one wants to know first: the newest, how much all of them take, and which of them are verified or stay. */
function factsOf({ backups, now }) {
    if (backups.length === 0)
        return '';
    const newest = newestWhole(backups, now);
    const verified = backups.filter(({ verifiedAt }) => verifiedAt).length;
    const kept = backups.filter((backup) => reasonsOf(backup, now).length > 0).length;
    return [
        ...(newest ? [`Newest from **${formatTime(newest.at)}**`] : []),
        ...(backups.length > 1 ? [`all: ${formatBytes(sizeOf(backups))}`] : []),
        ...sharedFacts(backups),
        `${verified === 0 ? 'none' : verified} verified`,
        ...(kept > 0 ? [`${kept} protected`] : []),
    ].join(' · ');
}
/** A chart for each database on each server, unless they are many. */
function chartsOf({ now }, groups) {
    if (groups.length > mostCharts)
        return '';
    return groups
        .flatMap((group) => {
        const chart = chartOfSizes(group.filter((backup) => isComparable(backup, now)));
        const [one] = group;
        if (chart === '' || !one)
            return [];
        return groups.length === 1
            ? [chart]
            : [
                `**Sizes** of ${nameSpan(one.database)} on ${hostNamesOf(group).map(nameSpan).join(' and ')}`,
                chart,
            ];
    })
        .join('\n\n');
}
/** How many backups there are of each database on each server, and from when the newest is. */
function tableOfGroups({ now }, groups) {
    const rows = groups.map((group) => {
        const newest = newestWhole(group, now);
        return [
            nameCell(group[0]?.database ?? ''),
            hostNamesOf(group).map(nameCell).join(', '),
            String(group.length),
            ...(newest ? [timeCell(newest.at), ageCell(newest, now)] : ['no complete one', '']),
            unbroken(formatBytes(sizeOf(group))),
        ];
    });
    const shown = withinRoom(rows);
    const table = markdownTable(['Database', 'Server', 'Backups', 'Newest (UTC)', 'Age', 'Total'], ['---', '---', '--:', '---', '---', '--:'], shown);
    const more = rows.length - shown.length;
    return more > 0 ? `${table}\n\n${more} more have no room here.` : table;
}
/** What lies there besides, which is never touched; empty for nothing. */
function besides({ others, foreign, source }) {
    const what = [
        ...(others > 0
            ? [`${count(others, 'backup')} of other ${source.database === '' ? 'servers' : 'databases or servers'}`]
            : []),
        ...(foreign > 0 ? [count(foreign, 'other file')] : []),
    ];
    return what.length > 0 ? `Besides, in the same place: ${what.join(', ')}.` : '';
}
/** What the output does not have; empty for nothing. */
function leftOutOfJson(result) {
    const { left } = listedAsJson(result);
    return left === 0 ? '' : `The output ${code('backups')} has no room for the ${left} oldest of them.`;
}
/** The names under which backups were made, the newest first. */
function hostNamesOf(group) {
    return [...new Set(group.map(({ host }) => host))];
}
function sizeOf(backups) {
    return backups.reduce((sum, { size }) => sum + size, 0);
}

;// CONCATENATED MODULE: ./build/runner/page/summary.js





/**
 * What a job came to, as Markdown.
 * @param now for the age of what is told
 */
function summary_summaryOf(result, page = {}, now = new Date()) {
    switch (result.job) {
        case 'backup':
        case 'restore':
            return summaryOfTransfer(result, page, now);
        case 'prune':
            return summaryOfPrune(result, page);
        case 'protect':
        case 'unprotect':
            return summaryOfProtection(result, page, now);
        case 'list':
            return summaryOfList(result, page);
        case 'check':
            return summaryOfCheck(result);
    }
}

;// CONCATENATED MODULE: ./build/runner/results.js



/** What an error of each job is titled. */
const titles = {
    backup: { failed: 'Backup failed', cancelled: 'Backup cancelled' },
    restore: { failed: 'Restore failed', cancelled: 'Restore cancelled' },
    list: { failed: 'List failed', cancelled: 'List cancelled' },
    prune: { failed: 'Prune failed', cancelled: 'Prune cancelled' },
    protect: { failed: 'Protect failed', cancelled: 'Protect cancelled' },
    unprotect: { failed: 'Unprotect failed', cancelled: 'Unprotect cancelled' },
    check: { failed: 'Check failed', cancelled: 'Check cancelled' },
};
/** What a job has done, in a line. */
function conclusion(result) {
    const time = formatDuration(result.duration);
    switch (result.job) {
        case 'backup':
        case 'restore': {
            const { database, backup } = result;
            const size = formatBytes(backup.size);
            return result.job === 'backup'
                ? `Backed up ${quoted(database)} to ${quoted(backup.name)} (${size}) in ${time}${retained(result)}`
                : `Restored ${quoted(database)} from ${quoted(backup.name)} (${size}) in ${time}`;
        }
        case 'list':
            return `Listed ${count(result.backups.length, 'backup')} in ${time}${leftOutOfOutput(result)}`;
        case 'prune': {
            const { deleted, isDryRun, kept, failed } = result.outcome;
            const what = isDryRun ? 'Dry run: would delete' : 'Deleted';
            const not = failed.length === 0 ? '' : `, could not delete ${failed.length}`;
            return `${what} ${count(deleted.length, 'backup')}${not}, kept ${kept.length}, in ${time}`;
        }
        case 'protect':
        case 'unprotect':
            return `${protectionChange(result)} in ${time}`;
        case 'check':
            return `${verdictOf(result)} (${countOf(tallyOf(result.groups))}), checked in ${time}`;
    }
}
function protectionChange({ job, backup, before }) {
    const name = quoted(backup.name);
    if (before === backup.protection)
        return `Left ${name} ${job === 'protect' ? 'protected' : 'unprotected'} as it was,`;
    if (job === 'unprotect')
        return `Lifted the protection of ${name}`;
    return before === undefined ? `Protected ${name}` : `Replaced the protection of ${name}`;
}
/** What the retention after a backup came to. */
function retained({ retention }) {
    if (!retention)
        return '';
    const { deleted, isDryRun, kept } = retention;
    return `; ${isDryRun ? 'would delete' : 'deleted'} ${count(deleted.length, 'backup')} by the retention, kept ${kept.length}`;
}
function leftOutOfOutput(result) {
    const { left } = listedAsJson(result);
    return left === 0 ? '' : `; the output backups has no room for the ${left} oldest of them`;
}
/** The outputs of the action. */
function results_outputsOf(result) {
    const always = { duration_seconds: (result.duration / 1000).toFixed(1) };
    switch (result.job) {
        case 'backup':
        case 'restore':
            return {
                backup_file_name: result.backup.name,
                backup_url: result.backup.url,
                backup_size_bytes: String(result.backup.size),
                backup_sha256: result.backup.sha256,
                ...always,
                postgres_version: result.server.version,
                ...(result.job === 'restore' &&
                    result.previousDatabase !== undefined && { previous_database: result.previousDatabase }),
                ...(result.job === 'backup' &&
                    result.retention && { deleted_backups: deletedNames(result.retention) }),
            };
        case 'prune':
            return { ...always, deleted_backups: deletedNames(result.outcome) };
        case 'protect':
        case 'unprotect':
            return { ...always, backup_file_name: result.backup.name };
        case 'list':
            return { ...always, backups: listedAsJson(result).json, backup_count: String(result.backups.length) };
        case 'check':
            return always;
    }
}
/** The names of those that were deleted, which is none in a dry run, as JSON. */
function deletedNames({ deleted, isDryRun }) {
    const names = isDryRun ? [] : deleted.map(({ name }) => name);
    return withRoom(names.map((name) => JSON.stringify(name))).json;
}

;// CONCATENATED MODULE: ./build/runner/report.js









/** More of one text than this, in characters, helps nobody who reads the log. */
const longestText = 200_000;
/** A stack, in characters: a debug line has no line breaks, and what the messages in it say stands in the log already. */
const longestStack = 15_000;
/** Writes a text to the log, as words whatever it is. */
function info(text) {
    runner_commands/* write */.M9((0,format/* shortened */.vI)(text, longestText, undefined, masking_redactMasked));
}
/** GitHub cuts annotations at 4,096 characters. */
const longestAnnotation = 4_000;
/** GitHub shows ten annotations of a kind for each step. */
const mostWarnings = 10;
/** Where an annotation, which is one sentence, sends its readers. */
const pointer = '(see the summary)';
/**
 * Warns: the first sentence is an annotation, what else there is to say stands in the log below it, and statements in the summary alone.
 * @param hasStatements whether there are any
 * @param before how many warnings of the step came before
 */
function warn(text, hasStatements, before) {
    // GitHub would not find a masked value that stands in two lines.
    const { sentence, rest } = firstSentence(redactMasked(text, (value) => /\s/.test(value)));
    const hasMore = hasStatements || rest !== '';
    const line = hasMore ? `${sentence.replace(/[.:]$/, '')} ${pointer}` : sentence;
    if (before < mostWarnings - 1)
        runner.warning(shortened(line, longestAnnotation, 'log', redactMasked));
    else {
        if (before === mostWarnings - 1)
            runner.warning(`There are more warnings ${pointer}`);
        info(`Warning: ${line}`);
    }
    const below = hasStatements ? rest.replace(/(^|\n)[^\n]*:$/, '') : rest; // words that introduce them
    if (below !== '')
        info(withStatementVariables(below));
}
/** Writes the outputs of the action. */
async function setOutputs(result) {
    const outputs = outputsOf(result);
    const { setOutput } = await __webpack_require__.e(/* import() */ 58).then(__webpack_require__.bind(__webpack_require__, 6058));
    for (const [name, value] of Object.entries(outputs))
        setOutput(name, value);
    return outputs;
}
/**
 * Tells, in debug logs only, which outputs GitHub will empty on their way to another job, because a masked value stands in
 * them: docs/workflows.md says once how a set-up avoids that.
 * @param masked values that are masked, or usually are, by the input that they belong to
 */
function noteMaskedOutputs(outputs, masked) {
    for (const [output, inputs] of maskedOutputs(outputs, masked))
        runner.debug(`The output ${output} contains the value of ${inputs.join(', ')}; if GitHub masks that, other jobs get nothing.`);
}
/** The outputs in which a masked value stands, each with the inputs that the values belong to. */
function maskedOutputs(outputs, masked) {
    return Object.entries(outputs)
        .map(([output, value]) => [
        output,
        Object.keys(masked).filter((input) => masked[input] !== '' && value.includes(masked[input] ?? '')),
    ])
        .filter(([, inputs]) => inputs.length > 0);
}
/** Adds the result to the page of the run. */
async function writeSummary(result, page) {
    await addToSummary(summaryOf(result, page));
}
/** The job has done what it has done: a summary that cannot be written (a full disk) does not change that. */
async function addToSummary(markdown) {
    try {
        await runner.appendToSummary(markdown);
    }
    catch (error) {
        runner.warning(`The summary could not be written: ${causeOf(error)}`);
    }
}
/**
 * Ends the step as failed: the state and the first line of the cause as an annotation; below it in the log what else there is to say of
 * the state, what to do, and the rest of the cause; all of it on the page of the run, and the stack in debug logs only.
 * @param page with the warnings that came before
 * @param order what was to be done, where the inputs say that
 */
async function fail(title, thrown, page = {}, order) {
    process.exitCode = 1;
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const parts = partsOf(error, order);
    const [first = '', ...others] = redactMasked(parts.cause, (value) => value.includes('\n')).split('\n');
    const annotation = parts.lead === undefined
        ? first.replace(/:?$/, ` ${pointer}$&`)
        : [`${parts.lead} ${pointer}`, first].filter((part) => part !== '').join(': ');
    runner.error(shortened(annotation, longestAnnotation, 'summary', redactMasked), title);
    const below = [afterLabel('State', parts.state), afterLabel('What to do', toDoIn(parts))].filter((text) => text !== '');
    if (others.length > 0)
        below.push(`${below.length > 0 ? 'Details:\n' : ''}${others.join('\n')}`);
    if (below.length > 0)
        info(withStatementVariables(below.join('\n')));
    runner.debug(shortened(stackOf(error), longestStack, undefined, redactMasked));
    if (!page.isToldByResult)
        await addToSummary(summaryOfFailure(title, error, page, order));
}
/** A text after a label, on lines of its own if it is a list. */
function afterLabel(label, text) {
    if (text === '')
        return '';
    return `${label}:${/^(?:1\.|-) /.test(text) ? '\n' : ' '}${text}`;
}
/** What to do, with the restore that is to be run again, in words: its command is on the page of the run. */
function toDoIn({ advice, again }) {
    if (again === undefined)
        return advice;
    const rerun = `${again.words} (backup_file_name: ${quoted(again.backup)}).`;
    return advice === '' ? rerun : `${advice}\n${rerun}`;
}
/** How many causes of an error are told, in case they go round in a circle. */
const mostCauses = 20;
function stackOf(error) {
    const stacks = [];
    for (let one = error; one instanceof Error && stacks.length < mostCauses; one = one.cause)
        stacks.push(one.stack ?? one.message);
    return stacks.join('\ncaused by ');
}

// EXTERNAL MODULE: ./build/runner/scratch.js
var runner_scratch = __webpack_require__(8273);
;// CONCATENATED MODULE: ./build/runner/silence-libraries.js

/** By which the packages of the bundle, and Node itself, are told to print what they do: requests with their headers, proxies, options. */
const talkative = ['AZURE_LOG_LEVEL', 'TYPESPEC_RUNTIME_LOG_LEVEL', 'DEBUG', 'NODE_DEBUG'];
const proxies = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()]);
/**
 * Sees to it that nothing of what the runner's variables hold, or make others print, shows a credential in the log: nobody but the
 * action itself writes there, and the login of a proxy is hidden in what it writes. It comes before any package is loaded, which
 * reads its variable then.
 */
function silenceLibraries(environment = process.env) {
    // Node reads its own before anything of ours runs, and prints tokens (NODE_DEBUG=https). It does so on standard error, on
    // which the action writes nothing.
    if (environment['NODE_DEBUG'])
        process.stderr.write = () => true;
    for (const name of talkative)
        delete environment[name];
    maskEverywhere(proxies.flatMap((name) => loginOf(environment[name])));
}
/** The login in the address of a proxy, in the forms that it goes through the network and error messages in. */
function loginOf(proxy) {
    const url = URL.parse(proxy ?? '') ?? URL.parse(`http://${proxy ?? ''}`);
    if (!url?.password)
        return [];
    const [user, password] = [decodedOrAsIs(url.username), decodedOrAsIs(url.password)];
    return [
        url.password,
        password,
        `${url.username}:${url.password}`,
        Buffer.from(`${user}:${password}`).toString('base64'),
    ];
}
function decodedOrAsIs(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}

;// CONCATENATED MODULE: ./build/runner/undo/after-restore.js












/** In milliseconds, of the time that src/post.ts has for all. */
const timeForUndoing = 240_000;
/**
 * Puts the server in order after a restore that has not done so itself, with the inputs of its step, which a post step gets again. Never
 * throws: what could not be done is warned of.
 * @param cancelled whether somebody does not let it end
 */
async function cleanUpAfter(unfinished, cancelled) {
    silenceLibraries();
    const signal = AbortSignal.any([cancelled, AbortSignal.timeout(timeForUndoing)]);
    let scratch;
    try {
        scratch = await (0,runner_scratch/* makeScratch */.lP)(process.env['RUNNER_TEMP'] || (0,external_node_os_.tmpdir)());
        const request = readRequest();
        if (request.job !== 'restore')
            throw new Error('the inputs are no longer those of a restore');
        await putServerInOrder(unfinished, request, stepFor(scratch, signal));
    }
    catch (error) {
        const why = signal.aborted && !cancelled.aborted ? 'there was not enough time' : (0,failure/* causeOf */.rl)(error);
        (0,runner_commands/* warning */.$e)(notSeen(unfinished, why));
    }
    finally {
        if (scratch !== undefined)
            await (0,runner_scratch/* removeFolder */.v$)(scratch).catch(() => { });
    }
}
/** That the server could not be asked what a restore has left; after the old database is gone, that is whether the new one is whole. */
function notSeen({ database, stage, fresh, previous }, why) {
    if (stage === 'swapped' && !previous)
        return (`It could not be seen whether database ${(0,format/* quoted */.TL)(database)} is whole: ${why}\n` +
            'If its comment begins with "postgres-azure-backup", run the restore again with the same backup.');
    const names = [fresh, previous].flatMap((one) => (one ? [(0,format/* quoted */.TL)(one.name)] : [])).join(' and ');
    return `It could not be seen whether the restore has left ${names} on the server: ${why}`;
}
function stepFor(scratch, signal) {
    return {
        ...{ signal, scratch, run: runToRecord(), info: info, debug: runner_commands/* debug */.Yz },
        phase: (_, work) => withTime(info, signal, work),
        timed: (_, work) => work(),
        warn: (text, sql = []) => (0,runner_commands/* warning */.$e)([text, ...sql].join('\n')), // whole: the page of the run is the step's own
        mask: (values) => maskEverywhere(Object.values(values)),
        writeDown: () => { },
        chose: () => { },
    };
}


/***/ })

};
