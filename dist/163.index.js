export const id = 163;
export const ids = [163];
export const modules = {

/***/ 9378:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ adviceFor)
/* harmony export */ });
/* harmony import */ var _session_sql_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4953);
/* harmony import */ var _kinds_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6519);
/* harmony import */ var _server_message_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4435);
/* harmony import */ var _shared_advice_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3588);




/**
 * Parts of libpq's and the server's messages, in English, and what to do about them; the first that fits counts. What the
 * server answered comes before what libpq says of the network, since of several addresses some may not answer at all.
 */
const serverAdvices = [
    [/unsupported startup parameter|doesn.t support command-line options/i, _shared_advice_js__WEBPACK_IMPORTED_MODULE_1__/* .poolerAdvice */ .Sy],
    [
        /conflict with recovery/i,
        'Back up from the primary, or raise max_standby_streaming_delay on the replica: a replica cancels queries that conflict with ' +
            'changes from the primary.',
    ],
    [_kinds_js__WEBPACK_IMPORTED_MODULE_2__/* .lostConnection */ .LQ, () => (0,_shared_advice_js__WEBPACK_IMPORTED_MODULE_1__/* .lostAdvice */ .b6)(new Date())],
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
        (_, asker) => withSql('Let the role log in.', asker, ({ role }) => `ALTER ROLE ${(0,_session_sql_text_js__WEBPACK_IMPORTED_MODULE_0__/* .identifier */ .Cv)(role)} LOGIN;`),
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
        (_, asker) => withSql('The database accepts no connections. Open it, as its owner.', asker, ({ database }) => `ALTER DATABASE ${(0,_session_sql_text_js__WEBPACK_IMPORTED_MODULE_0__/* .identifier */ .Cv)(database)} ALLOW_CONNECTIONS true;`),
    ],
    [
        /permission denied for database|CONNECT privilege/i,
        (_, asker) => withSql('Let the role connect, as the owner of the database.', asker, ({ role, database }) => `GRANT CONNECT ON DATABASE ${(0,_session_sql_text_js__WEBPACK_IMPORTED_MODULE_0__/* .identifier */ .Cv)(database)} TO ${(0,_session_sql_text_js__WEBPACK_IMPORTED_MODULE_0__/* .identifier */ .Cv)(role)};`),
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
    [_kinds_js__WEBPACK_IMPORTED_MODULE_2__/* .lockTimeout */ .ZI, _shared_advice_js__WEBPACK_IMPORTED_MODULE_1__/* .lockAdvice */ .q7],
    [
        /would be affected by row-level security policy for table "(.*?)"(.*NO FORCE ROW LEVEL SECURITY)?/is,
        ([, table = '', forced]) => (0,_shared_advice_js__WEBPACK_IMPORTED_MODULE_1__/* .adviceOnPolicies */ .aV)(table, forced !== undefined),
    ],
    [/permission denied for .*\b(query|command) was: /is, _shared_advice_js__WEBPACK_IMPORTED_MODULE_1__/* .readAdvice */ .Nc],
    [
        /(cache lookup failed for|could not open relation with OID|tuple concurrently|does not exist\b).*\b(query|command) was: /is,
        _shared_advice_js__WEBPACK_IMPORTED_MODULE_1__/* .changedAdvice */ .rs,
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
        (_, asker) => withSql("As the server's administrator, make the role a member of azure_pg_admin.", asker, ({ role }) => `GRANT azure_pg_admin TO ${(0,_session_sql_text_js__WEBPACK_IMPORTED_MODULE_0__/* .identifier */ .Cv)(role)};`),
    ],
    [
        /permission denied to create extension|is not allow-listed|extension ".*" is not available|could not open extension control file/i,
        'Allow the extension on the server (on Azure in the server parameter azure.extensions), then run the job again.',
    ],
];
/** A sentence, and below it the statement, if it is known for whom. */
function withSql(sentence, asker, sql) {
    return asker === undefined ? sentence : `${sentence.replace(/\.$/, ':')}\n${(0,_session_sql_text_js__WEBPACK_IMPORTED_MODULE_0__/* .toPaste */ .XM)(sql(asker))}`;
}
/** What to do about a message of libpq or the server, where that is known. */
function adviceFor(message, asker) {
    const text = (0,_server_message_js__WEBPACK_IMPORTED_MODULE_3__/* .searchablePart */ .Aj)(message);
    for (const [pattern, advice] of serverAdvices) {
        const match = pattern.exec(text);
        if (match)
            return typeof advice === 'string' ? advice : advice(match, asker);
    }
    return undefined;
}


/***/ }),

/***/ 8163:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ describeExit),
/* harmony export */   explainServerError: () => (/* binding */ explainServerError)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _base_system_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1703);
/* harmony import */ var _advice_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9378);
/* harmony import */ var _redact_values_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1522);
/* harmony import */ var _severities_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7677);





/**
 * The cause of a failed psql, pg_dump or pg_restore in the words of the program and the server, and what to do.
 * @param asker whose session it was, if statements are to name the role and the database
 */
function explainServerError(error, asker) {
    const cause = essence(error.stderr) || describeExit(error);
    const system = error.stderr === '' ? (0,_base_system_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .explainSystemError */ .T)(error.cause) : undefined;
    if (system)
        return {
            cause: `${node_path__WEBPACK_IMPORTED_MODULE_0__.basename(error.program)} could not be started: ${system.cause}`,
            advice: system.advice ?? '',
        };
    return {
        cause,
        advice: (0,_advice_js__WEBPACK_IMPORTED_MODULE_2__/* .adviceFor */ .c)(error.stderr, asker) ?? "Check the server's message, then run the job again.",
    };
}
/** How a program ended, where it said nothing itself: `pg_restore exited with status 137`. */
function describeExit({ program, ending }) {
    return `${node_path__WEBPACK_IMPORTED_MODULE_0__.basename(program)} ${ending}`;
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
const errorLine = new RegExp(`^(?:${program}(?:.*?: )?)?(?:${_severities_js__WEBPACK_IMPORTED_MODULE_4__/* .errorSeverities */ .c}): {2}`, 'u');
const notice = new RegExp(`^(?:${program})?(?:${_severities_js__WEBPACK_IMPORTED_MODULE_4__/* .noticeSeverities */ .K})\\d?: {2}`, 'u');
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
        return own + (of === 'server' && isOfRows ? (0,_redact_values_js__WEBPACK_IMPORTED_MODULE_3__/* .redactValues */ .se)(text, known) : text);
    })
        .join('\n');
}


/***/ }),

/***/ 6519:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LQ: () => (/* binding */ lostConnection),
/* harmony export */   Td: () => (/* binding */ isLockTimeout),
/* harmony export */   ZI: () => (/* binding */ lockTimeout),
/* harmony export */   ht: () => (/* binding */ isOfServer)
/* harmony export */ });
/* harmony import */ var _server_message_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4435);

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
    return lockTimeout.test((0,_server_message_js__WEBPACK_IMPORTED_MODULE_0__/* .searchablePart */ .Aj)(message));
}


/***/ }),

/***/ 1522:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  gp: () => (/* binding */ isOfFunction),
  wX: () => (/* binding */ namesIn),
  Mq: () => (/* binding */ redactLine),
  se: () => (/* binding */ redactValues),
  $k: () => (/* binding */ wordsOfFunction)
});

// UNUSED EXPORTS: wordsNotShown

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

// EXTERNAL MODULE: ./build/postgres/errors/server-message.js
var server_message = __webpack_require__(4435);
// EXTERNAL MODULE: ./build/postgres/errors/severities.js
var severities = __webpack_require__(7677);
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
const beginning = new RegExp(`^(?:COPY failed for table "(?:(?!": ).){1,300}": )?(?:(?:${severities/* errorSeverities */.c}): {2})?`, 'u');
/**
 * A server's message in a few lines without any value of a row.
 * @param known texts whose names may be shown: the entry of an archive, a statement
 * @param table whose rows are copied, if any are
 * @param isCut whether some of the message is missing: who raised it may have stood there
 */
function redactValues(message, known, table, isCut = false) {
    const { first, detail, hint, context } = (0,server_message/* messageParts */.Ae)(message);
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
    return /^[\p{L}_][\p{L}\p{N}_$.]*/u.exec((0,server_message/* nameAtCaret */.AQ)(message) ?? '')?.[0] ?? '';
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


/***/ }),

/***/ 4435:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AQ: () => (/* binding */ nameAtCaret),
/* harmony export */   Ae: () => (/* binding */ messageParts),
/* harmony export */   Aj: () => (/* binding */ searchablePart)
/* harmony export */ });
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
function searchablePart(message) {
    if (message.length <= mostLookedInto)
        return message;
    const half = mostLookedInto / 2;
    return `${message.slice(0, half)}\n${message.slice(-half)}`;
}


/***/ }),

/***/ 7677:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ noticeSeverities),
/* harmony export */   c: () => (/* binding */ errorSeverities)
/* harmony export */ });
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


/***/ }),

/***/ 3588:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Nc: () => (/* binding */ readAdvice),
/* harmony export */   Sy: () => (/* binding */ poolerAdvice),
/* harmony export */   aV: () => (/* binding */ adviceOnPolicies),
/* harmony export */   b6: () => (/* binding */ lostAdvice),
/* harmony export */   q7: () => (/* binding */ lockAdvice),
/* harmony export */   rs: () => (/* binding */ changedAdvice)
/* harmony export */ });
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8253);

/** What to do where a pooler answers in place of the server. https://github.com/pgbouncer/pgbouncer/issues/452 */
const poolerAdvice = "Set db_port to the server's own port (5432 on Azure). A pooler such as PgBouncer shares sessions between clients: what pg_dump sets " +
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
    return (`Row-level security of table ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .quoted */ .TL)(table)} hides rows from this role. Back up as a role for backups only that has BYPASSRLS ` +
        '(possible on Azure from PostgreSQL 16 on)' +
        (forced
            ? ', and leave FORCE ROW LEVEL SECURITY as it is.'
            : ', or as the owner of the table, unless it has FORCE ROW LEVEL SECURITY.') +
        ' Do not let an application use such a role: it would see all rows.');
}


/***/ })

};
