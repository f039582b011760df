export const id = 156;
export const ids = [156];
export const modules = {

/***/ 3491:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ adviceFor)
/* harmony export */ });
/* harmony import */ var _kinds_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7808);
/* harmony import */ var _server_message_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6258);
/* harmony import */ var _shared_advice_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1747);



/**
 * Parts of libpq's and the server's messages, in English, and what to do about them; the first that fits counts. What the
 * server answered comes before what libpq says of the network, since of several addresses some may not answer at all.
 */
const advices = [
    [/unsupported startup parameter|doesn.t support command-line options/i, _shared_advice_js__WEBPACK_IMPORTED_MODULE_0__/* .poolerAdvice */ .Sy],
    [
        /conflict with recovery/i,
        'A replica ends what stands in the way of changes from the primary: back up from the primary, or raise ' +
            'max_standby_streaming_delay on the replica.',
    ],
    [
        _kinds_js__WEBPACK_IMPORTED_MODULE_1__/* .lostConnection */ .LQ,
        "The connection was ended. Look at the server's log for this time, then run the job again.",
    ],
    [
        /starting up|shutting down|in recovery mode|not yet accepting connections/i,
        'Wait until the server is up, then run the job again.',
    ],
    [
        /password authentication failed|no password supplied/i,
        'Check the two secrets in Key Vault against what the server knows: the user name, and the password.',
    ],
    [/is not permitted to log in/i, 'Let the role log in: ALTER ROLE … LOGIN.'],
    [
        /authentication method requirement/i,
        'Set ssl_mode to verify-full: whoever answers asks for the password in clear, and gets it only if it is proven to be your server.',
    ],
    [
        /pg_hba\.conf (entry|rejects).*(no encryption|SSL off)/is,
        'Leave ssl_mode at verify-full: this connection was not encrypted, which the server may not take. If it is refused then, ' +
            'too, let the runner through its firewall, on Azure under Networking.',
    ],
    [
        /pg_hba\.conf (entry|rejects)/i,
        "Let the runner through the server's firewall, on Azure under Networking; elsewhere look at the rules in pg_hba.conf.",
    ],
    [
        /database "postgres" does not exist/i,
        'While it looks at other databases, the action is in the database postgres, which this server lacks: create it.',
    ],
    [/database ".*" does not exist/is, 'Check db_name, upper and lower case and spaces included.'],
    [
        /is not currently accepting connections/i,
        'The database is closed to everybody: ALTER DATABASE … ALLOW_CONNECTIONS true opens it.',
    ],
    [
        /permission denied for database|CONNECT privilege/i,
        'Let the role connect: GRANT CONNECT ON DATABASE … TO … .',
    ],
    [
        /too many connections for (role|database)/i,
        ([, of = '']) => `The ${of.toLowerCase()} has all the sessions that its own limit allows: end some, or raise the limit with ` +
            `ALTER ${of.toUpperCase()} … CONNECTION LIMIT, then run the job again.`,
    ],
    [
        /too many clients|remaining connection slots/i,
        'The server has no session left: end some (pg_stat_activity shows them), or raise the server parameter max_connections ' +
            '(takes a restart of the server), then run the job again.',
    ],
    [
        /server does not support SSL/i,
        'This server speaks no TLS. Turn it on there; ssl_mode: disable sends everything in the clear.',
    ],
    [
        /certificate verify failed|provider signature failure|root certificate file|unable to get (local )?issuer/i,
        "Set ssl_root_cert to a PEM file with the root that issued the server's certificate, or correct the certificate.",
    ],
    [
        /does not match host name|server certificate for/i,
        "Set azure_db_host to a name in the server's certificate, on Azure the full one. ssl_mode: verify-ca, which does without " +
            'the comparison, is safe only with ssl_root_cert of an authority of your own.',
    ],
    [
        /invalid response to SSL negotiation|expected authentication request/i,
        'What answers there is no PostgreSQL server: check azure_db_host and db_port.',
    ],
    [
        /could not translate host name|could not resolve/i,
        'Check azure_db_host; a server with private access has a name that only its own network knows.',
    ],
    [/connection refused/i, 'Check azure_db_host and db_port, and that the server is running.'],
    [
        /timeout expired|timed out|no route to host|network is unreachable/i,
        "Let the runner through the server's firewall, or use a runner inside its network; check azure_db_host and db_port.",
    ],
    [_kinds_js__WEBPACK_IMPORTED_MODULE_1__/* .lockTimeout */ .ZI, _shared_advice_js__WEBPACK_IMPORTED_MODULE_0__/* .lockAdvice */ .q7],
    [
        /would be affected by row-level security policy for table "(.*?)"(.*NO FORCE ROW LEVEL SECURITY)?/is,
        ([, table = '', forced]) => (0,_shared_advice_js__WEBPACK_IMPORTED_MODULE_0__/* .adviceOnPolicies */ .aV)(table, forced !== undefined),
    ],
    [/permission denied for .*\b(query|command) was: /is, _shared_advice_js__WEBPACK_IMPORTED_MODULE_0__/* .readAdvice */ .Nc],
    [
        /(cache lookup failed for|could not open relation with OID|tuple concurrently|does not exist\b).*\b(query|command) was: /is,
        _shared_advice_js__WEBPACK_IMPORTED_MODULE_0__/* .changedAdvice */ .rs,
    ],
    [
        /permission denied for|must be owner|row-level security/i,
        'Give the role the rights that are missing; one that owns every object of the database has them all.',
    ],
    [
        /lock timeout|could not obtain lock|waiting for lock|deadlock detected/i,
        'Another session holds a lock that is in the way. Run the job again when it is gone.',
    ],
    [
        /canceling statement due to (statement timeout|user request)/i,
        "The server ended the statement, by a limit or because somebody told it to. Look at the server's log for this time, then " +
            'run the job again.',
    ],
    [
        /out of shared memory/i,
        'The server has no room for another lock: raise the server parameter max_locks_per_transaction (takes a restart of the ' +
            'server), then run the job again.',
    ],
    // Shared memory that is full is a device without space, too.
    [
        /out of memory|shared memory segment/i,
        'The memory ran out, most likely that of the database server: give it more, or restore with jobs: 1, then run the job again.',
    ],
    [
        /no space left|disk full/i,
        'The disk of the database server is full: make room there, or enlarge it, then run the job again.',
    ],
    [
        /in a read-only transaction/i,
        'The server takes no changes now. On Azure that happens when its storage is nearly full: make room or enlarge it, then ' +
            'run the job again.',
    ],
    [
        /invalid LC_(COLLATE|CTYPE)|locale name|could not (create|open) locale|conflicting locale/i,
        'The server lacks the locale that the backup was made with. Restore to a server that has it.',
    ],
    [
        /is being accessed by other users/i,
        'End the other sessions in the database (pg_stat_activity shows them), each as its role or as an administrator, or GRANT ' +
            "pg_signal_backend TO …, which does not help against a superuser's, then run the job again.",
    ],
    [
        /members of "azure_pg_admin" are allowed/i,
        'Make the role a member, as the administrator of the server: GRANT azure_pg_admin TO … .',
    ],
    [
        /permission denied to create extension|is not allow-listed|extension ".*" is not available|could not open extension control file/i,
        'Allow the extension on the server (on Azure with the server parameter azure.extensions), then run the job again.',
    ],
];
/** What to do about a message of libpq or the server, where that is known. */
function adviceFor(message) {
    const text = (0,_server_message_js__WEBPACK_IMPORTED_MODULE_2__/* .lookedInto */ .zj)(message);
    for (const [pattern, advice] of advices) {
        const match = pattern.exec(text);
        if (match)
            return typeof advice === 'string' ? advice : advice(match);
    }
    return undefined;
}


/***/ }),

/***/ 9156:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   explainServerError: () => (/* binding */ explainServerError),
/* harmony export */   p: () => (/* binding */ endOf)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _advice_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3491);
/* harmony import */ var _without_values_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6450);



/** The cause of a failed psql, pg_dump or pg_restore in the words of the program and the server, and what to do. */
function explainServerError(error) {
    const cause = essence(error.stderr) || endOf(error);
    return { cause, advice: (0,_advice_js__WEBPACK_IMPORTED_MODULE_1__/* .adviceFor */ .c)(error.stderr) ?? "See the server's message, then run the job again." };
}
/** How a program ended, where it said nothing itself: `pg_restore exited with status 137`. */
function endOf({ program, ending }) {
    return `${node_path__WEBPACK_IMPORTED_MODULE_0__.basename(program)} ${ending}`;
}
const keptLines = 12;
/** From 16 on, pg_dump locks thousands of tables by one statement; the advice after it must not be cut off an annotation. */
const keptLineLength = 240;
/** The lines that say what is wrong, without the names of programs in front and without repetitions. */
function essence(stderr) {
    const lines = withoutRows(stderr)
        .split('\n')
        .map((line) => line.replace(/^(psql|pg_dump|pg_restore)(:<stdin>:\d+)?: (error: )?/, '').trimEnd())
        .filter((line) => line.trim() !== '')
        .map((line) => (line.length > keptLineLength ? `${line.slice(0, keptLineLength)}…` : line));
    return [...new Set(lines)].slice(-keptLines).join('\n');
}
/** What may come from rows: an error in a function, or while rows are read; and those of constraints. */
const mayHoldRows = /^CONTEXT: {2}|Dumping the contents of table|\)=\(|Failing row contains/m;
/** How a program begins a message, and the server's in it. */
const beginning = /^(?:psql|pg_dump|pg_restore)(?::<stdin>:\d+)?: /;
const severity = /(?:^|: )[\p{Lu}\p{Lo}]{2,20}: {2}/u;
/** What programs said, without values of rows in what the server said. */
function withoutRows(stderr) {
    if (!mayHoldRows.test(stderr))
        return stderr;
    const messages = [];
    for (const line of stderr.split('\n')) {
        const server = severity.exec(line.slice(0, keptLineLength));
        if (!server && !beginning.test(line))
            messages.at(-1)?.lines.push(line);
        else {
            const own = server ? line.slice(0, server.index + server[0].length) : '';
            messages.push({ own, lines: [line.slice(own.length)] });
        }
    }
    const known = messages.filter(({ own }) => own === '').map(({ lines }) => lines.join('\n'));
    return messages
        .map(({ own, lines }) => (own === '' ? lines.join('\n') : own + (0,_without_values_js__WEBPACK_IMPORTED_MODULE_2__/* .withoutValues */ .lO)(lines.join('\n'), known)))
        .join('\n');
}


/***/ }),

/***/ 7808:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LQ: () => (/* binding */ lostConnection),
/* harmony export */   Td: () => (/* binding */ isLockTimeout),
/* harmony export */   ZI: () => (/* binding */ lockTimeout),
/* harmony export */   ht: () => (/* binding */ isOfServer)
/* harmony export */ });
/* harmony import */ var _server_message_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6258);

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
    return lockTimeout.test((0,_server_message_js__WEBPACK_IMPORTED_MODULE_0__/* .lookedInto */ .zj)(message));
}


/***/ }),

/***/ 6258:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CI: () => (/* binding */ partsOf),
/* harmony export */   Vu: () => (/* binding */ pointedAt),
/* harmony export */   zj: () => (/* binding */ lookedInto)
/* harmony export */ });
/** Takes a message apart. */
function partsOf(message) {
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
function pointedAt(message) {
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
function lookedInto(message) {
    if (message.length <= mostLookedInto)
        return message;
    const half = mostLookedInto / 2;
    return `${message.slice(0, half)}\n${message.slice(-half)}`;
}


/***/ }),

/***/ 1747:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Nc: () => (/* binding */ readAdvice),
/* harmony export */   Sy: () => (/* binding */ poolerAdvice),
/* harmony export */   aV: () => (/* binding */ adviceOnPolicies),
/* harmony export */   q7: () => (/* binding */ lockAdvice),
/* harmony export */   rs: () => (/* binding */ changedAdvice)
/* harmony export */ });
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9422);

/** What to do where a pooler answers in place of the server. https://github.com/pgbouncer/pgbouncer/issues/452 */
const poolerAdvice = 'A pooler such as pgBouncer lends sessions to one client after the other: what pg_dump sets in one breaks the queries of ' +
    'applications, and no database can be replaced. Set db_port to the port of the server itself, on Azure 5432.';
/** What to do about a table that somebody has locked, where it is not known who has. */
const lockAdvice = 'Another session holds a lock on the table. In this database, SELECT relation::regclass, pid, usename, state FROM pg_locks ' +
    "JOIN pg_stat_activity USING (pid) WHERE mode = 'AccessExclusiveLock' shows which. Run the job again when it is gone.";
/** What to do where a role may not read what it is to back up. */
const readAdvice = 'Back up as the owner of every object, or as a role that only backups use: GRANT pg_read_all_data TO … (PostgreSQL 14 or ' +
    'newer). That role then reads every database of this server, but no large objects.';
/** What to do where tables, or other objects, have changed in the middle of a dump, which locks tables only. */
const changedAdvice = 'Somebody has dropped or changed something while pg_dump was reading it, a migration perhaps: run the job again when that is ' +
    'over.';
/**
 * What to do where the policies of a table hide rows from the role that backs up.
 * @param forced whether they do so although it is the owner's
 */
function adviceOnPolicies(table, forced) {
    return ('Back up as a role that only backups use, with BYPASSRLS (ALTER ROLE … BYPASSRLS; on Azure from PostgreSQL 16 on)' +
        (forced
            ? ', and leave FORCE ROW LEVEL SECURITY as it is. '
            : ', or as the owner of the table, unless it has FORCE ROW LEVEL SECURITY. ') +
        `The policies of table ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .quoted */ .TL)(table)} hide rows from this role, and a backup needs them all. An application that ` +
        'connects as a role with BYPASSRLS would see them all, too.');
}


/***/ }),

/***/ 6450:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $k: () => (/* binding */ wordsOfFunction),
/* harmony export */   lO: () => (/* binding */ withoutValues),
/* harmony export */   tt: () => (/* binding */ lineWithoutValues),
/* harmony export */   wX: () => (/* binding */ namesIn)
/* harmony export */ });
/* harmony import */ var _server_message_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6258);

/*
 * What of a server's message may be shown where others read it: never a value out of a row. A value may stand anywhere in a message,
 * with quotes, brackets and newlines of its own, and the words around it may be in any language. So what is shown is what must be
 * words or names of the server's, and the rest is left out.
 */
/** Quotation marks of the languages that the server speaks. An apostrophe may be part of a word. */
const opening = '"„«»“”「『‘';
const closing = '"“”»«」』’';
/** A message's first line is cut here, in characters; one of the server's with its names is shorter. */
const longestLine = 1_000;
const name = `[${opening}] ?[^${opening}${closing}]{1,63} ?[${closing}]`;
/** What is in the server's messages, in English, whose quoted parts are always names and whose numbers are sizes. */
const templates = [
    `new row for relation ${name} violates (check|partition) constraint( ${name})?`,
    `new row violates row-level security policy( ${name})? for table ${name}`,
    `duplicate key value violates unique constraint ${name}`,
    `conflicting key value violates exclusion constraint ${name}`,
    `(insert or )?update (or delete )?on table ${name} violates foreign key constraint ${name}( on table ${name})?`,
    `null value in column ${name}( of relation ${name})? violates not-null constraint`,
    `value for domain [^:]{1,200} violates check constraint ${name}`,
    `(check|partition) constraint ${name} of relation ${name} is violated by some row`,
    `partition constraint of relation ${name} is violated by some row`,
    `updated partition constraint for default partition ${name} would be violated by some row`,
    `column ${name} of (relation|table) ${name} contains null values`,
    `could not create (unique index|exclusion constraint) ${name}`,
    `no partition of relation ${name} found for row`,
    `missing data for column ${name}`,
    `index row size \\d+ exceeds [a-z ]+\\d*[a-z ]+\\d+ for index ${name}`,
    'index row requires \\d+ bytes, maximum size is \\d+',
    'value too long for type [a-z ]+\\(\\d+\\)',
    'bit string length \\d+ does not match type bit\\(\\d+\\)',
    `permission denied for [a-z- ]+ ${name}`,
    `could not [a-z]+ [a-z ]*(file|segment|directory|log) ${name}: (No space left on device|Disk quota exceeded|Input/output error)`,
    'invalid memory alloc request size \\d+',
    `(invalid page in block|missing chunk number|unexpected chunk number) \\d+ [a-z ()0-9]*(${name}|pg_toast_\\d+)`,
    `unrecognized configuration parameter ${name}`,
].map((words) => new RegExp(`^${words}$`, 'u'));
/**
 * One line of a message without what may be a value: text in quotes that is no known name, what comes after a colon, and what has a
 * digit in it.
 * @param isKnown whether a text is a name that is known from elsewhere
 */
function lineWithoutValues(line, isKnown) {
    const short = line.slice(0, longestLine).toWellFormed();
    if (templates.some((template) => template.test(short)))
        return short;
    const colon = /[:：](?=\s|[\p{Ps}\p{Pi}\p{Pf}"'])/u.exec(short);
    const head = colon ? short.slice(0, colon.index + 1) : short;
    const unquoted = head.replace(/(^|\s)'.*'/, '$1…');
    return `${withoutQuoted(unquoted, isKnown)}${colon ? ' …' : ''}`;
}
function withoutQuoted(text, isKnown) {
    let shown = '';
    let rest = text;
    for (;;) {
        const start = indexOfAny(rest, opening);
        if (start < 0)
            return shown + withoutNumbers(rest, isKnown);
        const end = indexOfAny(rest, closing, start + 1);
        const inside = end < 0 ? '' : rest.slice(start + 1, end).trim();
        if (end >= 0 && isKnown(inside)) {
            shown += withoutNumbers(rest.slice(0, start), isKnown) + rest.slice(start, end + 1);
            rest = rest.slice(end + 1);
            continue;
        }
        // A value may have quotes in it: it ends with the last one there is.
        const last = lastIndexOfAny(rest, closing);
        const after = last > start ? rest.slice(last + 1) : '';
        return `${shown}${withoutNumbers(rest.slice(0, start), isKnown)}…${withoutNumbers(after, isKnown)}`;
    }
}
function withoutNumbers(text, isKnown) {
    return text.replace(/\S+/g, (word) => (/[\p{N}@]/u.test(word) && !isKnown(word) ? '…' : word));
}
function indexOfAny(text, characters, from = 0) {
    for (let index = from; index < text.length; index++)
        if (characters.includes(text[index] ?? ''))
            return index;
    return -1;
}
function lastIndexOfAny(text, characters) {
    for (let index = text.length - 1; index >= 0; index--)
        if (characters.includes(text[index] ?? ''))
            return index;
    return -1;
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
/** What is said where all of a message is a function's. */
const wordsOfFunction = 'a function that it calls refuses (its words are not shown, since values of rows may stand in them)';
/** Whether a line of the context tells of a function alone: `PL/pgSQL function public.f(integer) line 3 at RAISE`. */
function isPlace(line) {
    if (line.length > 300 || line.includes(':'))
        return false;
    const quoted = indexOfAny(line, opening);
    if (quoted < 0)
        return /\bPL\/pgSQL\b/.test(line);
    // `SQL function "f" during startup`, but not `SQL statement "SELECT …"`
    return (/SQL/.test(line) && /^.\s?[\p{L}_][\p{L}\p{N}_$]*\s?[^\p{L}\p{N}\s]\P{P}*$/u.test(line.slice(quoted)));
}
/** What is said where a message is so long that it is not kept as a whole. */
const tooLong = 'the server refuses (its message is too long to be shown without values of rows)';
/**
 * A server's message in a few lines without any value of a row.
 * @param known texts whose names may be shown: the entry of an archive, a statement
 * @param table whose rows are copied, if any are
 * @param isCut whether some of the message is missing: who raised it may have stood there
 */
function withoutValues(message, known, table, isCut = false) {
    const { first, detail, hint, context } = (0,_server_message_js__WEBPACK_IMPORTED_MODULE_0__/* .partsOf */ .CI)(message);
    const isKnown = namesIn(...known, pointedName(message, context));
    const [beginning] = /^(?:COPY failed for table ".*?": )?(?:[\p{Lu}\p{Lo}]{2,20}: {2})?/u.exec(first) ?? [
        '',
    ];
    const isOfFunction = isCut || context.some((line) => ownWords.test(line));
    const lines = [
        beginning +
            (isCut
                ? tooLong
                : isOfFunction
                    ? wordsOfFunction
                    : lineWithoutValues(first.slice(beginning.length), isKnown)),
    ];
    const key = isOfFunction ? undefined : keyOf(detail, isKnown);
    if (key !== undefined)
        lines.push(`DETAIL:  ${key}`);
    if (hint !== '' && !isOfFunction)
        lines.push(`HINT:  ${lineWithoutValues(hint, isKnown)}`);
    const place = context.find(isPlace);
    if (place !== undefined)
        lines.push(place);
    const row = table === undefined ? undefined : context.findLast((line) => line.startsWith(`COPY ${table}, `));
    const number = /^, \p{L}+ \d+/u.exec(row?.slice(`COPY ${table}`.length) ?? '')?.[0];
    if (number !== undefined)
        lines.push(`COPY ${table}${number}`);
    return lines.join('\n');
}
/** The name that the server does not find in the text of a function. In a statement that the function puts together it may be a value. */
function pointedName(message, context) {
    if (context.some((line) => /\b(EXECUTE|OPEN|RETURN QUERY)\b/.test(line)))
        return '';
    return /^[\p{L}_][\p{L}\p{N}_$.]*/u.exec((0,_server_message_js__WEBPACK_IMPORTED_MODULE_0__/* .pointedAt */ .Vu)(message) ?? '')?.[0] ?? '';
}
/** `Key (email)=(…) is duplicated.` Columns are shown as far as they are known. */
function keyOf(detail, isKnown) {
    const [, word = '', columns = ''] = /^(\p{L}+ )[»"„«]?\((.{1,500}?)\)=\(/u.exec(detail) ?? [];
    if (columns === '')
        return undefined;
    const all = columns.match(/[\p{L}\p{N}_$]+/gu) ?? [];
    const end = [' is duplicated.', ' already exists.'].find((one) => detail.endsWith(`)${one}`)) ?? '';
    return `${word}(${all.every(isKnown) ? columns : '…'})=(…)${end}`;
}


/***/ })

};
