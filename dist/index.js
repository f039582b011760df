import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 2613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 5317:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");

/***/ }),

/***/ 6982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 8611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 5692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 4589:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:assert");

/***/ }),

/***/ 6698:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:async_hooks");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 1421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 7540:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:console");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 3053:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:diagnostics_channel");

/***/ }),

/***/ 610:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 1455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 2467:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http2");

/***/ }),

/***/ 4708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 8161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 643:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:perf_hooks");

/***/ }),

/***/ 1708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:process");

/***/ }),

/***/ 1792:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:querystring");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 8500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

/***/ }),

/***/ 1692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 3136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 3429:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util/types");

/***/ }),

/***/ 5919:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 6928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 2203:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");

/***/ }),

/***/ 3193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");

/***/ }),

/***/ 3557:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("timers");

/***/ }),

/***/ 4756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 2018:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tty");

/***/ }),

/***/ 7016:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("url");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 6785:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ cloudOf),
/* harmony export */   p: () => (/* binding */ isKnownAuthority)
/* harmony export */ });
const publicCloud = {
    authorityHost: 'https://login.microsoftonline.com',
    vaultSuffix: 'vault.azure.net',
    blobSuffix: 'blob.core.windows.net',
    tokenAudience: 'api://AzureADTokenExchange',
};
/** https://learn.microsoft.com/entra/workload-id/workload-identity-federation-create-trust#national-clouds */
const clouds = [
    publicCloud,
    {
        authorityHost: 'https://login.microsoftonline.us',
        vaultSuffix: 'vault.usgovcloudapi.net',
        blobSuffix: 'blob.core.usgovcloudapi.net',
        tokenAudience: 'api://AzureADTokenExchangeUSGov',
    },
    {
        authorityHost: 'https://login.chinacloudapi.cn',
        vaultSuffix: 'vault.azure.cn',
        blobSuffix: 'blob.core.chinacloudapi.cn',
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


/***/ }),

/***/ 7306:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ Failure),
/* harmony export */   r: () => (/* binding */ causeOf)
/* harmony export */ });
/**
 * An error made for the person who reads the run page: one message that says what was tried, the cause,
 * what to do, and what has become of the database. Everything that the action expects to go wrong ends as one of these; any other error is a bug.
 */
class Failure extends Error {
    explanation;
    constructor(explanation, options) {
        const { tried, cause, advice, state = '' } = explanation;
        super([`${tried} failed: ${cause}`, advice, state].filter((part) => part !== '').join('\n'), options);
        this.name = 'Failure';
        this.explanation = explanation;
    }
}
/** The cause of any error in one line or a few: a `Failure`'s own cause, else the message. */
function causeOf(error) {
    if (error instanceof Failure)
        return error.explanation.cause;
    if (error instanceof Error)
        return error.message;
    try {
        return String(error);
    }
    catch {
        return 'something was thrown that is no error'; // an object that cannot be made a text
    }
}


/***/ }),

/***/ 8253:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ey: () => (/* binding */ formatTimestamp),
/* harmony export */   RK: () => (/* binding */ visible),
/* harmony export */   TL: () => (/* binding */ quoted),
/* harmony export */   U9: () => (/* binding */ count),
/* harmony export */   UX: () => (/* binding */ inOneLine),
/* harmony export */   a3: () => (/* binding */ formatDuration),
/* harmony export */   pj: () => (/* binding */ plain),
/* harmony export */   vI: () => (/* binding */ shortened),
/* harmony export */   z3: () => (/* binding */ formatBytes)
/* harmony export */ });
const units = ['B', 'kB', 'MB', 'GB', 'TB'];
/** Bytes for people, in decimal units: `1234567` is `1.23 MB`. */
function formatBytes(bytes) {
    let value = bytes;
    let unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
        value /= 1000;
        unit++;
    }
    const rounded = Number(value.toPrecision(3));
    const digits = unit === 0 || rounded >= 100 ? 0 : rounded >= 10 ? 1 : 2;
    return `${value.toFixed(digits)} ${units[unit]}`;
}
/** Milliseconds for people: `4.2 s`, `3 min 05 s`, `2 h 03 min`. */
function formatDuration(milliseconds) {
    const seconds = milliseconds / 1000;
    if (seconds < 59.95)
        return `${seconds.toFixed(1)} s`;
    const whole = Math.round(seconds);
    const two = (value) => String(value).padStart(2, '0');
    if (whole < 3600)
        return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
    const minutes = Math.round(seconds / 60);
    return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}
/** A point in time as `20261122154210` (UTC), the form used in the names of backups and databases. */
function formatTimestamp(time) {
    return time.toISOString().slice(0, 19).replace(/\D/g, '');
}
/** Control characters that JSON leaves alone, line separators, and marks that turn the direction of writing around. */
const invisible = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;
/** The same, and control characters; but a newline, a carriage return before it and a tab are as they are. */
const invisibleInText = 
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about
/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]|\r(?!\n)/g;
function escapeOf(character) {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
/** A name as people should see it, in quotes, with quotes and control characters inside made visible. */
function quoted(name) {
    return JSON.stringify(name).replace(invisible, escapeOf);
}
/**
 * A text as people should see it: with the characters made visible that would colour it, overwrite it, turn it around, or end a line
 * where it has none.
 */
function visible(text) {
    return text.replace(invisibleInText, escapeOf);
}
/** The same in one line: for a name that is quoted as SQL wants it, in which newlines are as they are. */
function inOneLine(text) {
    return visible(text).replace(/[\n\r\t]/g, escapeOf);
}
/** A version, a time or a kind of thing as it is, and anything else, of which no more than its beginning, in quotes. */
function plain(text) {
    return /^[\w .:+()~-]{1,80}$/.test(text) ? text : quoted(text.slice(0, 80));
}
/**
 * A text without its middle, if it is longer than there is room: what comes first says what went wrong, and what comes last what to do.
 * @param room in characters, besides the few that say what is left out
 * @param elsewhere where all of it is to be found, if it is
 * @param hide is given a text that is to be cut, and takes out of it what must not be cut in two
 */
function shortened(text, room, elsewhere, hide = (unchanged) => unchanged) {
    if (text.length <= room)
        return text;
    const whole = hide(text);
    const [head, tail] = [Math.ceil(room * 0.6), Math.floor(room * 0.4)];
    const left = whole.length - head - tail;
    if (left <= 0)
        return whole;
    const where = elsewhere === undefined ? 'are left out here' : `more are in the ${elsewhere}`;
    return `${whole.slice(0, head)}… (${left} characters ${where}) …${whole.slice(whole.length - tail)}`.toWellFormed();
}
/** `2 rights` */
function count(number, what) {
    return `${number} ${what}${number === 1 ? '' : 's'}`;
}


/***/ }),

/***/ 1935:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  D: () => (/* binding */ linesOf)
});

;// CONCATENATED MODULE: external "node:string_decoder"
const external_node_string_decoder_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:string_decoder");
;// CONCATENATED MODULE: ./build/base/lines.js

/** What of a line is kept unless more is asked for, in characters. */
const longestLine = 64 * 1024;
/**
 * Reads a stream line by line. Only a newline ends a line, with a carriage return before it or not: Node's own `readline` ends one at
 * U+2028, U+2029 and at a lone carriage return, too, which may stand in the name of a table.
 * @param onLine is given each line, cut off at its end if it is longer than `longest`, in characters
 */
function linesOf(stream, onLine, longest = longestLine) {
    const decoder = new external_node_string_decoder_namespaceObject.StringDecoder('utf8');
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


/***/ }),

/***/ 3418:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  iq: () => (/* binding */ ProcessFailure),
  E7: () => (/* binding */ killAll),
  eF: () => (/* binding */ run),
  ni: () => (/* binding */ start)
});

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __nccwpck_require__(1421);
;// CONCATENATED MODULE: external "node:stream/consumers"
const consumers_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/consumers");
// EXTERNAL MODULE: ./build/base/lines.js + 1 modules
var base_lines = __nccwpck_require__(1935);
;// CONCATENATED MODULE: ./build/base/process.js



/** How a child process failed: by its exit status, a signal, or because it could not be started. */
class ProcessFailure extends Error {
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
/** Whether this process is about to end: a child would outlive it. */
let isOver = false;
/**
 * Ends every child at once and without its leave, for when this process is about to end out of turn. From then on none is started: the
 * job goes on meanwhile, and cleans up by further programs where one has failed.
 */
function killAll() {
    isOver = true;
    for (const child of children)
        child.kill('SIGKILL');
}
/**
 * Starts a program and hands out its standard output as a stream: for what streams, is long, or has to end with the step. Short
 * commands of a set-up, which print a few lines, go through @actions/exec (`postgres/client`). Abort and `stop` send SIGINT, upon which
 * PostgreSQL's programs cancel their query on the server, and a few seconds later SIGKILL.
 * The runner signals only the node process, never its children, so nobody else ends them.
 */
function start(command) {
    const { program, signal } = command;
    if (isOver)
        throw new ProcessFailure(program, 'was not started, since the step ends', null, '');
    const child = (0,external_node_child_process_.spawn)(program, command.args, { env: command.env, stdio: ['pipe', 'pipe', 'pipe'] });
    children.add(child);
    const lines = [];
    let thrown;
    (0,base_lines/* linesOf */.D)(child.stderr, (line) => {
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
    child.stdin.on('error', () => { }); // a child that ends before it read all says why by its exit status
    child.stdin.write(command.input ?? '');
    if (!command.keepInput)
        child.stdin.end();
    const onAbort = () => endChild(child);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted)
        endChild(child);
    const closed = new Promise((resolve, reject) => {
        child.once('error', (cause) => {
            children.delete(child);
            reject(new ProcessFailure(program, `could not be started (${cause.message})`, null, '', { cause }));
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
                reject(new ProcessFailure(program, ending, code, lines.join('\n').trim()));
            }
        });
    });
    const finished = closed.finally(() => signal.removeEventListener('abort', onAbort));
    finished.catch(() => { }); // whoever awaits it hears of it; a stream that fails first must not crash the step
    const stop = async () => {
        endChild(child);
        await finished.catch(() => { });
    };
    return { stdin: child.stdin, stdout: child.stdout, finished, stop };
}
/**
 * Runs a program to its end and returns its standard output. Throws a `ProcessFailure`, or the abort's reason.
 * @param encoding of the output; with `latin1`, each character is a byte
 */
async function run(command, encoding = 'utf8') {
    const running = start(command);
    running.stdout.setEncoding(encoding);
    const output = (0,consumers_namespaceObject.text)(running.stdout);
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


/***/ }),

/***/ 9479:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8161);
/* harmony import */ var _base_failure_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7306);
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_11__ = __nccwpck_require__(8253);
/* harmony import */ var _base_process_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(3418);
/* harmony import */ var _runner_cancel_or_crash_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(1205);
/* harmony import */ var _runner_commands_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(6717);
/* harmony import */ var _runner_input_error_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(2252);
/* harmony import */ var _runner_inputs_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(7853);
/* harmony import */ var _runner_masking_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(339);
/* harmony import */ var _runner_report_js__WEBPACK_IMPORTED_MODULE_9__ = __nccwpck_require__(6236);
/* harmony import */ var _runner_silence_libraries_js__WEBPACK_IMPORTED_MODULE_10__ = __nccwpck_require__(2502);












const titles = { backup: 'Backup failed', restore: 'Restore failed' };
/** What is said of the world, and what is left in it, if the step ends out of turn. */
const ending = { title: 'Wrong inputs', state: 'Nothing was changed.', scratch: '' };
/** Settled when it is told that the step has failed. */
let told;
/** Tells that the step has failed, once: the job fails as well where it is ended out of turn. */
async function tell(error, warnings = []) {
    told ??= (0,_runner_report_js__WEBPACK_IMPORTED_MODULE_9__/* .fail */ .fJ)(ending.title, error, warnings).catch((cause) => {
        told = undefined; // whoever hears of it may try once more
        throw cause;
    });
    await told;
}
/** The step, from its inputs to its outputs; the only place that fails it, unless it has to end out of turn. */
async function main() {
    (0,_runner_silence_libraries_js__WEBPACK_IMPORTED_MODULE_10__/* .silenceLibraries */ .B)();
    const interrupted = (0,_runner_cancel_or_crash_js__WEBPACK_IMPORTED_MODULE_4__/* .abortOnCancelOrCrash */ .E)((why) => endOutOfTurn(why));
    const warnings = [];
    try {
        const request = (0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_7__/* .readRequest */ .i)();
        ending.title = titles[request.job];
        ending.state = ifCutOff(request);
        const { saveState } = await toolkit();
        const { makeScratch } = await __nccwpck_require__.e(/* import() */ 273).then(__nccwpck_require__.bind(__nccwpck_require__, 8273));
        ending.scratch = await makeScratch(process.env['RUNNER_TEMP'] || (0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)());
        saveState('scratch', ending.scratch); // for src/post.ts
        const masked = (0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_7__/* .inputsToMask */ .p)();
        const result = await runJob(request, stepOf(ending.scratch, interrupted, masked, warnings));
        if (interrupted.reason instanceof _runner_cancel_or_crash_js__WEBPACK_IMPORTED_MODULE_4__/* .Defect */ .k)
            throw interrupted.reason;
        await reportResult(result, masked);
    }
    catch (error) {
        await tell(await failureFor(error, interrupted), warnings);
    }
    finally {
        await removeScratch();
    }
}
/** What is told of an error. Where nothing was prepared for it, the state is not known. */
async function failureFor(error, interrupted) {
    const expected = (error instanceof _base_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .Failure */ .H && !(error instanceof _runner_cancel_or_crash_js__WEBPACK_IMPORTED_MODULE_4__/* .Defect */ .k)) || error instanceof _runner_input_error_js__WEBPACK_IMPORTED_MODULE_6__/* .InputError */ .d;
    if (expected)
        return error;
    const unexpected = interrupted.aborted ? interrupted.reason : error;
    if (unexpected instanceof _base_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .Failure */ .H && !(unexpected instanceof _runner_cancel_or_crash_js__WEBPACK_IMPORTED_MODULE_4__/* .Defect */ .k))
        return unexpected;
    const known = unexpected instanceof _base_process_js__WEBPACK_IMPORTED_MODULE_3__/* .ProcessFailure */ .iq
        ? await programFailure(unexpected)
        : new _runner_cancel_or_crash_js__WEBPACK_IMPORTED_MODULE_4__/* .Defect */ .k(unexpected).explanation;
    return new _base_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .Failure */ .H({ ...known, state: ending.state }, { cause: unexpected });
}
async function programFailure(error) {
    const { explainServerError } = await __nccwpck_require__.e(/* import() */ 163).then(__nccwpck_require__.bind(__nccwpck_require__, 8163));
    return { tried: 'The step', ...explainServerError(error) };
}
async function removeScratch() {
    const { scratch } = ending;
    if (scratch === '')
        return;
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(scratch, { recursive: true, force: true, maxRetries: 3 }).catch((error) => _runner_commands_js__WEBPACK_IMPORTED_MODULE_5__/* .warning */ .$e(`${scratch} is left: ${(0,_base_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .causeOf */ .r)(error)}`));
}
/** The end where the job cannot be waited for: whatever fails in it, the step has failed, and no program of ours goes on. */
async function endOutOfTurn(why) {
    const telling = tell(new Error(`${why} ${ending.state}`)); // before the job fails, since its programs are ended
    (0,_base_process_js__WEBPACK_IMPORTED_MODULE_3__/* .killAll */ .E7)();
    try {
        await telling;
        await removeScratch();
    }
    finally {
        process.exit(1);
    }
}
/** Loaded only when there is a job to run: src/runner/commands.ts says why. */
const toolkit = () => Promise.all(/* import() */[__nccwpck_require__.e(955), __nccwpck_require__.e(264)]).then(__nccwpck_require__.bind(__nccwpck_require__, 7264));
/** Each job, with the Azure packages that it needs, is loaded only when it is run. */
async function runJob(request, step) {
    switch (request.job) {
        case 'backup':
            return (await Promise.all(/* import() */[__nccwpck_require__.e(955), __nccwpck_require__.e(243), __nccwpck_require__.e(163), __nccwpck_require__.e(387), __nccwpck_require__.e(836)]).then(__nccwpck_require__.bind(__nccwpck_require__, 6836))).backup(request, step);
        case 'restore':
            return (await Promise.all(/* import() */[__nccwpck_require__.e(955), __nccwpck_require__.e(243), __nccwpck_require__.e(163), __nccwpck_require__.e(387), __nccwpck_require__.e(315)]).then(__nccwpck_require__.bind(__nccwpck_require__, 7315))).restore(request, step);
    }
}
/** @param warnings is added to */
function stepOf(scratch, signal, masked, warnings) {
    return {
        signal,
        scratch,
        run: {
            repository: process.env['GITHUB_REPOSITORY'] ?? '',
            id: process.env['GITHUB_RUN_ID'] ?? '',
            attempt: process.env['GITHUB_RUN_ATTEMPT'] ?? '',
        },
        phase: async (title, work) => (await toolkit()).group(title, work),
        info: _runner_report_js__WEBPACK_IMPORTED_MODULE_9__/* .info */ .pq,
        warn: (message) => {
            (0,_runner_report_js__WEBPACK_IMPORTED_MODULE_9__/* .warn */ .R8)(message);
            warnings.push(message);
        },
        mask: (values) => {
            (0,_runner_masking_js__WEBPACK_IMPORTED_MODULE_8__/* .maskEverywhere */ .J5)(Object.values(values));
            Object.assign(masked, Object.fromEntries(Object.entries(values).filter(([, value]) => (0,_runner_masking_js__WEBPACK_IMPORTED_MODULE_8__/* .isMaskable */ .h_)(value))));
        },
    };
}
/** What a job may leave that is ended at any line. */
function ifCutOff(request) {
    if (request.job === 'backup')
        return 'There is no new backup, unless the log says that it was published.';
    const database = (0,_base_format_js__WEBPACK_IMPORTED_MODULE_11__/* .quoted */ .TL)(request.database);
    return request.strategy === 'swap'
        ? `Database ${database} is as it was or restored in full, as the log says, and never anything between. A half-filled ` +
            'database beside it may be left; the next restore drops it.'
        : `Unless the log has begun to replace database ${database} by an empty one, it is as it was. From then on it is missing ` +
            'or incomplete: run the restore again with the same backup.';
}
/** Tells the result. The job has done what it has done, and a full disk does not make a failure of it unseen. */
async function reportResult(result, masked) {
    const done = conclusion(result);
    try {
        (0,_runner_report_js__WEBPACK_IMPORTED_MODULE_9__/* .warnOfMaskedOutputs */ .ds)(await (0,_runner_report_js__WEBPACK_IMPORTED_MODULE_9__/* .setOutputs */ .n0)(result), masked);
    }
    catch (cause) {
        const advice = `The job itself is done: ${done}.`;
        throw new _base_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .Failure */ .H({ tried: 'Writing the outputs', cause: (0,_base_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .causeOf */ .r)(cause), advice }, { cause });
    }
    await (0,_runner_report_js__WEBPACK_IMPORTED_MODULE_9__/* .writeSummary */ .Sy)(result);
    (0,_runner_report_js__WEBPACK_IMPORTED_MODULE_9__/* .info */ .pq)(done);
}
function conclusion({ job, database, backup, duration }) {
    const size = (0,_base_format_js__WEBPACK_IMPORTED_MODULE_11__/* .formatBytes */ .z3)(backup.size);
    const time = (0,_base_format_js__WEBPACK_IMPORTED_MODULE_11__/* .formatDuration */ .a3)(duration);
    return job === 'backup'
        ? `Backed up ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_11__/* .quoted */ .TL)(database)} to ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_11__/* .quoted */ .TL)(backup.name)} (${size}) in ${time}`
        : `Restored ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_11__/* .quoted */ .TL)(database)} from ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_11__/* .quoted */ .TL)(backup.name)} (${size}) in ${time}`;
}
await main().catch((error) => endOutOfTurn(`The step could not tell how it ended: ${(0,_base_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .causeOf */ .r)(error)}.`));
process.exit(); // nothing that is still open, such as a kept-alive connection, holds the step up

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 7971:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C1: () => (/* binding */ extraWords),
/* harmony export */   HH: () => (/* binding */ allowsSeveralJobs),
/* harmony export */   Of: () => (/* binding */ refusalOf),
/* harmony export */   Sw: () => (/* binding */ problemWithToolOptions),
/* harmony export */   aV: () => (/* binding */ splitOption),
/* harmony export */   nN: () => (/* binding */ withoutLockWait),
/* harmony export */   rQ: () => (/* binding */ optionLines)
/* harmony export */ });
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8253);

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
    { long: 'verbose', short: 'v', why: 'the action shows what happens in its own way' },
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
            return `must have one option a line, each beginning with a dash: ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .quoted */ .TL)(line)}`;
        const [first = ''] = line.split(/\s/);
        const refused = refusedIn(tool, first);
        if (refused)
            return `must not contain --${refused.long}, since ${refused.why}`;
        for (const word of extraWords(line)) {
            // A name may go on with a dash and letters, so that only the first one counts here.
            const second = refusedIn(tool, word.startsWith('--') ? word : word.slice(0, 2));
            if (second) {
                return `must have one option a line, and not contain --${second.long}, since ${second.why}: ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .quoted */ .TL)(line)}`;
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


/***/ }),

/***/ 5295:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $o: () => (/* binding */ resolveCompression),
/* harmony export */   Gd: () => (/* binding */ parseCompression),
/* harmony export */   RQ: () => (/* binding */ canCompress),
/* harmony export */   ln: () => (/* binding */ allowedCompression),
/* harmony export */   m9: () => (/* binding */ compressArgument),
/* harmony export */   uR: () => (/* binding */ describeCompression)
/* harmony export */ });
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


/***/ }),

/***/ 6374:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ue: () => (/* binding */ siblingName),
/* harmony export */   Vl: () => (/* binding */ restoreMarkBeginning),
/* harmony export */   YG: () => (/* binding */ longestName),
/* harmony export */   _d: () => (/* binding */ problemWithDatabaseName),
/* harmony export */   xs: () => (/* binding */ isSystemDatabase)
/* harmony export */ });
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
const restoreMarkBeginning = 'postgres-azure-backup: unfinished restore; the next restore of the same database drops this one. ';


/***/ }),

/***/ 1453:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   R5: () => (/* binding */ sslModes),
/* harmony export */   Rv: () => (/* binding */ directConnectionParameter),
/* harmony export */   a_: () => (/* binding */ prepareConnection),
/* harmony export */   cF: () => (/* binding */ connectionString),
/* harmony export */   cz: () => (/* binding */ optionsOf),
/* harmony export */   sU: () => (/* binding */ isUnverified)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6760);
/* harmony import */ var _base_failure_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7306);



const sslModes = ['verify-full', 'verify-ca', 'require', 'disable'];
/**
 * A parameter that means nothing, given to each session at its start. A server keeps it, a pooler such as pgBouncer does not:
 * that refuses it, or passes over it if its ignore_startup_parameters has `options` (tried with pgBouncer 1.18). The number of
 * the port tells little: poolers listen anywhere, and servers behind mappings of ports.
 */
const directConnectionParameter = 'postgres_azure_backup.direct';
/**
 * What the sessions of psql, pg_dump and pg_restore are started with; it wins over what is set for a database or a role. Each is known
 * to every server that we talk to, and any role may set it. default_transaction_read_only is not among them, since a server whose
 * disk is full has it on, and a restore asks for it; nor is role, by which some let all objects belong to a group.
 */
const sessionSettings = {
    [directConnectionParameter]: 'on',
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
 * @throws Failure if certificates are to be verified and the system has no roots
 */
async function prepareConnection(address, login, scratch) {
    const nowhere = node_path__WEBPACK_IMPORTED_MODULE_1__.join(scratch, 'none');
    const env = {
        HOME: scratch,
        LC_ALL: 'C', // the programs' own messages in English, the server's as it has them
        PGHOST: address.host,
        PGPORT: String(address.port),
        PGUSER: login.user,
        PGPASSWORD: login.password,
        PGSSLMODE: address.sslMode,
        // Nothing proves who answers then: whoever it is does not get the password in clear. Known from libpq 16 on.
        ...(isUnverified(address) && { PGREQUIREAUTH: '!password' }),
        PGSSLROOTCERT: await rootCertificates(address, scratch, nowhere),
        PGSSLCERT: nowhere,
        PGSSLKEY: nowhere,
        PGSSLCRL: nowhere,
        PGPASSFILE: nowhere,
        PGSERVICEFILE: nowhere,
        PGSYSCONFDIR: nowhere,
        PGGSSENCMODE: 'disable',
        PGCONNECT_TIMEOUT: '30',
        PGAPPNAME: 'postgres-azure-backup',
        PGOPTIONS: optionsOf(sessionSettings),
    };
    for (const name of inherited) {
        const value = process.env[name];
        if (value !== undefined)
            env[name] = value;
    }
    return { address, user: login.user, env };
}
/** Whether a server is talked to without knowing whose it is. */
function isUnverified({ sslMode }) {
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
 * Keep-alives come with it, since load balancers drop connections that are silent for minutes, as they are while an
 * index is built, and no environment variable sets them.
 * https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING
 */
function connectionString(database) {
    const escaped = database.replace(/[\\']/g, '\\$&');
    return `dbname='${escaped}' keepalives_idle=60 keepalives_interval=10 keepalives_count=6`;
}
async function rootCertificates(address, scratch, nowhere) {
    if (address.sslRootCert !== undefined)
        return node_path__WEBPACK_IMPORTED_MODULE_1__.resolve(address.sslRootCert);
    // With `require`, libpq verifies as soon as it finds a root certificate: give it none.
    if (address.sslMode === 'require' || address.sslMode === 'disable')
        return nowhere;
    const { getCACertificates } = await Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 1692, 19)); // bad input is told sooner without it
    const roots = getCACertificates('system');
    if (roots.length === 0) {
        throw new _base_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .Failure */ .H({
            tried: `Reading the system's root certificates for ssl_mode ${address.sslMode}`,
            cause: 'the runner has none',
            advice: "Install the package ca-certificates, or set ssl_root_cert to a PEM file with the root of the server's certificate.",
        });
    }
    const file = node_path__WEBPACK_IMPORTED_MODULE_1__.join(scratch, 'roots.pem');
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(file, `${roots.join('\n')}\n`, { mode: 0o600 });
    return file;
}


/***/ }),

/***/ 1205:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ abortOnCancelOrCrash),
/* harmony export */   k: () => (/* binding */ Defect)
/* harmony export */ });
/* harmony import */ var _base_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7306);

/** Something went wrong that nothing was prepared for. */
class Defect extends _base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .H {
    constructor(cause) {
        super({
            tried: 'The step',
            cause: (0,_base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .causeOf */ .r)(cause).trim() || 'an error without words',
            advice: 'Nothing was prepared for this error: it is a defect of the action. Please report it, with the log of a run that has debug ' +
                'logging enabled.',
        }, { cause });
    }
}
/**
 * Milliseconds for cleaning up: after a cancel, since the runner's next signal comes 7.5 s after the first; and after an error that
 * nobody caught, where nobody is in a hurry, and databases may have to be dropped.
 */
const cleanUpTimes = { cancel: 7_000, defect: 60_000 };
/**
 * Tells the job to end when the runner cancels the step, and when an error is thrown where nobody catches it, as in a callback of a
 * stream: the promise that the job waits for may then never be settled.
 * @param endOutOfTurn is told why, when the job has not ended in time, or cannot any more
 * @param times how long the job has for that, in milliseconds
 * @returns the signal for the job; its reason is a `Failure`, a `Defect` after such an error
 */
function abortOnCancelOrCrash(endOutOfTurn, times = cleanUpTimes) {
    const controller = new AbortController();
    const abort = (reason, milliseconds, why) => {
        if (controller.signal.reason instanceof Defect)
            return; // it may come again with each line that a program writes
        controller.abort(reason);
        setTimeout(() => void endOutOfTurn(why), milliseconds);
    };
    for (const name of ['SIGINT', 'SIGTERM']) {
        process.on(name, () => {
            const explanation = {
                tried: 'The step',
                cause: `it was cancelled (${name})`,
                advice: 'Run it again when you are ready.',
            };
            abort(new _base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .H(explanation), times.cancel, 'The step was cancelled, and ended before it had cleaned up.');
        });
    }
    // NODE_OPTIONS on a runner may say that a promise that nobody caught is to be passed over.
    for (const name of ['uncaughtException', 'unhandledRejection']) {
        process.on(name, (error) => {
            const why = `The step ended before it had cleaned up, after an error that nothing was prepared for: ${(0,_base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .causeOf */ .r)(error)}.`;
            abort(new Defect(error), times.defect, why);
        });
    }
    // Nothing is left that could settle what the job waits for; Node would end the process without a word.
    process.on('beforeExit', () => void endOutOfTurn('The step came to a halt: nothing it waited for could come any more.'));
    return controller.signal;
}


/***/ }),

/***/ 6717:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $e: () => (/* binding */ warning),
/* harmony export */   M9: () => (/* binding */ write),
/* harmony export */   Pq: () => (/* binding */ setSecret),
/* harmony export */   UV: () => (/* binding */ appendToSummary),
/* harmony export */   V4: () => (/* binding */ getInput),
/* harmony export */   Yz: () => (/* binding */ debug),
/* harmony export */   z3: () => (/* binding */ error)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8161);
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8253);
/**
 * What is asked of the runner, and told to it, before it is known whether there is a job to run. `@actions/core` does the
 * same and much more, but only as a whole, with an HTTP client that takes longer to load than all the rest of a step with
 * bad input. So it is loaded for a job, for what is not here: groups, outputs, state and GitHub's token.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */



/** An input as the runner has it, empty if it is not given. */
function getInput(name) {
    return process.env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? '';
}
/**
 * Writes a text to the log, as words whatever it is: the one way there besides our own commands.
 *
 * What a server or a tool said may hold what the runner would take for a command. It looks at each line without what .NET takes for
 * white space at its beginning (U+0085 is among it, which is a control character, and the line separators), and for `##[` anywhere. A
 * comparison of strings in .NET also passes over characters that have no weight of their own, such as U+200B; a space has one.
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 * https://learn.microsoft.com/dotnet/api/system.char.iswhitespace
 */
function write(text) {
    process.stdout.write(wordsOf(text) + node_os__WEBPACK_IMPORTED_MODULE_1__.EOL);
}
/** What is neither a letter, a digit, nor a sign that is seen. */
const commandBeginning = /^([^\p{L}\p{N}\p{P}\p{S}\n]*):(?=:)/gmu;
function wordsOf(text) {
    return (0,_base_format_js__WEBPACK_IMPORTED_MODULE_2__/* .visible */ .RK)(text).replace(commandBeginning, '$1: ').replaceAll('##[', '## [');
}
/** Has GitHub replace a value by *** from now on. */
function setSecret(value) {
    command('add-mask', escapedData(value));
}
/** Tells something in debug logs only. */
function debug(message) {
    command('debug', escapedData((0,_base_format_js__WEBPACK_IMPORTED_MODULE_2__/* .visible */ .RK)(message)));
}
/** Puts a warning on the page of the run. */
function warning(message) {
    command('warning', escapedData((0,_base_format_js__WEBPACK_IMPORTED_MODULE_2__/* .visible */ .RK)(message)));
}
/** Puts an error on the page of the run. Whether the step fails is up to its exit status. */
function error(message, title) {
    command('error', escapedData((0,_base_format_js__WEBPACK_IMPORTED_MODULE_2__/* .visible */ .RK)(message)), title);
}
/** Adds to what the page of the run shows of this step. */
async function appendToSummary(markdown) {
    const file = process.env['GITHUB_STEP_SUMMARY'];
    if (!file)
        throw new Error('the runner has named no file for it (GITHUB_STEP_SUMMARY)');
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.appendFile)(file, markdown + node_os__WEBPACK_IMPORTED_MODULE_1__.EOL);
}
/** @param data escaped */
function command(name, data, title = '') {
    const properties = title === '' ? '' : ` title=${escapedData(title).replaceAll(':', '%3A').replaceAll(',', '%2C')}`;
    process.stdout.write(`::${name}${properties}::${data}${node_os__WEBPACK_IMPORTED_MODULE_1__.EOL}`);
}
function escapedData(text) {
    return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}


/***/ }),

/***/ 2252:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ secretInputNames),
/* harmony export */   d: () => (/* binding */ InputError)
/* harmony export */ });
/* harmony import */ var _input_reader_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2015);

/** The inputs make no request. The message names each input that is wrong, and what is allowed. */
class InputError extends Error {
    constructor(problems) {
        const count = problems.length === 1 ? 'An input is' : `${problems.length} inputs are`;
        const list = problems.map((problem) => `- ${problem}`).join('\n');
        super(`${count} wrong, and nothing was done:\n${list}${adviceOnSecrets(problems)}`);
        this.name = 'InputError';
    }
}
/** Inputs that are usually given from secrets, whose values GitHub then masks everywhere. */
const secretInputNames = [
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
/** Where inputs are missing that are usually given from secrets, that is why: a secret that is not there is empty. */
function adviceOnSecrets(problems) {
    const secrets = secretInputNames.filter((name) => problems.includes((0,_input_reader_js__WEBPACK_IMPORTED_MODULE_0__/* .missingInput */ .fV)(name)));
    return secrets.length === 0
        ? ''
        : '\nA secret that is not set arrives as an empty text, and so does one that is not passed on to a called workflow. See ' +
            `that ${secrets.map((name) => name.toUpperCase()).join(', ')} is in: gh secret list (with --env NAME for a job that has ` +
            'an environment).';
}


/***/ }),

/***/ 2015:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Fh: () => (/* binding */ readToolOptions),
/* harmony export */   fV: () => (/* binding */ missingInput),
/* harmony export */   wA: () => (/* binding */ reader)
/* harmony export */ });
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8253);
/* harmony import */ var _postgres_client_tool_options_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7971);
/* harmony import */ var _commands_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6717);



/** The problem of an input that has to be given, and is not. */
function missingInput(name) {
    return `${name} is missing`;
}
/** @param problems is added to, a line for each input that is wrong */
function reader(problems) {
    const read = (name, { check, fallback = '', optional = false, exact = false } = {}) => {
        const given = (0,_commands_js__WEBPACK_IMPORTED_MODULE_1__/* .getInput */ .V4)(name);
        const value = (exact ? given : given.trim()) || fallback;
        const problem = value === '' ? undefined : check?.(value);
        if (problem !== undefined)
            problems.push(`${name} ${problem}; it is ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .TL)(value)}`);
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
    const check = (value) => (0,_postgres_client_tool_options_js__WEBPACK_IMPORTED_MODULE_0__/* .problemWithToolOptions */ .Sw)(tool, value);
    return (0,_postgres_client_tool_options_js__WEBPACK_IMPORTED_MODULE_0__/* .optionLines */ .rQ)(read(`${tool}_options`, { check, optional: true }));
}


/***/ }),

/***/ 7853:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  p: () => (/* binding */ inputsToMask),
  i: () => (/* binding */ readRequest)
});

// EXTERNAL MODULE: ./build/azure/cloud.js
var azure_cloud = __nccwpck_require__(6785);
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

// EXTERNAL MODULE: ./build/base/format.js
var format = __nccwpck_require__(8253);
// EXTERNAL MODULE: ./build/postgres/dump/compression.js
var dump_compression = __nccwpck_require__(5295);
// EXTERNAL MODULE: ./build/postgres/server/database-names.js
var database_names = __nccwpck_require__(6374);
// EXTERNAL MODULE: ./build/runner/commands.js
var commands = __nccwpck_require__(6717);
// EXTERNAL MODULE: ./build/runner/input-error.js
var input_error = __nccwpck_require__(2252);
// EXTERNAL MODULE: ./build/runner/input-reader.js
var input_reader = __nccwpck_require__(2015);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(8161);
;// CONCATENATED MODULE: ./build/runner/restore-inputs.js


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
        restoreOptions: (0,input_reader/* readToolOptions */.Fh)(read, 'pg_restore'),
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

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: ./build/postgres/session/connection.js
var connection = __nccwpck_require__(1453);
;// CONCATENATED MODULE: ./build/runner/server-inputs.js


/** Reads the inputs that say where the server is and how the way to it is secured. */
function readServer(read) {
    const port = read('db_port', { check: problemWithPort, fallback: '5432' });
    const sslMode = read('ssl_mode', {
        check: (value) => isSslMode(value) ? undefined : `must be ${connection/* sslModes */.R5.join(', ').replace(/, (\S+)$/, ' or $1')}`,
        fallback: 'verify-full',
    });
    const sslRootCert = read('ssl_root_cert', { check: problemWithCertificateFile, optional: true });
    return {
        host: read('azure_db_host', { check: problemWithHost }),
        port: Number(port),
        sslMode: isSslMode(sslMode) ? sslMode : 'verify-full',
        ...(sslRootCert === '' ? {} : { sslRootCert }),
    };
}
function isSslMode(value) {
    return connection/* sslModes */.R5.some((mode) => mode === value);
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

;// CONCATENATED MODULE: ./build/runner/inputs.js










/** The values of the inputs that usually are secrets, by the inputs' names. */
function inputsToMask() {
    return Object.fromEntries(input_error/* secretInputNames */.T.map((name) => [name, (0,commands/* getInput */.V4)(name).trim()]).filter(([, value]) => value !== ''));
}
/**
 * Reads every input of the action, once, and checks all of them before anything is contacted.
 * @throws InputError that lists all problems together
 */
function readRequest() {
    const problems = [];
    const read = (0,input_reader/* reader */.wA)(problems);
    const job = read('job_to_run', {
        check: (value) => (isJob(value) ? undefined : 'must be backup or restore'),
    });
    const database = read('db_name', { check: (value) => problemWithTarget(value, job), exact: true });
    const backupFileName = readBackupFileName(read, job);
    const authorityHost = read.url('azure_authority_host');
    const cloud = (0,azure_cloud/* cloudOf */.h)(authorityHost);
    const principal = {
        clientId: read.named('azure_client_id', nameRules.clientId),
        tenantId: read.named('azure_tenant_id', nameRules.tenantId),
        ...(authorityHost === undefined ? {} : { authorityHost }),
    };
    read('azure_subscription_id', { optional: true });
    const vaultUrl = read.url('key_vault_url');
    const vaultName = read.named('key_vault_name', nameRules.vault, { optional: vaultUrl !== undefined });
    const secrets = {
        vaultUrl: vaultUrl ?? `https://${vaultName}.${cloud.vaultSuffix}`,
        vaultName: vaultName || URL.parse(vaultUrl ?? '')?.hostname.split('.')[0] || '',
        userSecretName: read.named('db_user_secret_name', nameRules.secret),
        passwordSecretName: read.named('db_password_secret_name', nameRules.secret),
    };
    const server = readServer(read);
    const accountUrl = read.url('storage_account_url');
    const accountName = read.named('storage_account_name', nameRules.storageAccount, {
        optional: accountUrl !== undefined,
    });
    const store = {
        accountUrl: accountUrl ?? `https://${accountName}.${cloud.blobSuffix}`,
        container: read.named('storage_container_name', nameRules.container),
    };
    const compression = (0,dump_compression/* parseCompression */.Gd)(read('compression', {
        check: (value) => ((0,dump_compression/* parseCompression */.Gd)(value) ? undefined : `must be ${dump_compression/* allowedCompression */.ln}`),
        fallback: 'auto',
    }));
    const dumpOptions = (0,input_reader/* readToolOptions */.Fh)(read, 'pg_dump');
    const restoring = readRestoreInputs(read, problems);
    if (problems.length > 0 || !isJob(job) || !compression)
        throw new input_error/* InputError */.d(problems);
    const place = { database, cloud, principal, secrets, server, store };
    return job === 'backup'
        ? { job, ...place, compression, dumpOptions }
        : { job, ...place, backupFileName, ...restoring };
}
function isJob(value) {
    return value === 'backup' || value === 'restore';
}
function problemWithTarget(database, job) {
    return job === 'restore' && (0,database_names/* isSystemDatabase */.xs)(database)
        ? "must not be one of the server's own databases, which a restore never replaces"
        : (0,database_names/* problemWithDatabaseName */._d)(database);
}
function readBackupFileName(read, job) {
    const name = read('backup_file_name', {
        check: problemWithBlobName,
        optional: job !== 'restore',
        exact: true,
    });
    if (job === 'backup' && name !== '') {
        (0,commands/* warning */.$e)(`backup_file_name is for restore only; this backup gets a name of its own, not ${(0,format/* quoted */.TL)(name)}`);
    }
    return name;
}


/***/ }),

/***/ 339:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   J5: () => (/* binding */ maskEverywhere),
/* harmony export */   h_: () => (/* binding */ isMaskable),
/* harmony export */   jh: () => (/* binding */ redactMasked)
/* harmony export */ });
/* unused harmony export escapedForms */
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8253);
/* harmony import */ var _commands_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6717);


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
        (0,_commands_js__WEBPACK_IMPORTED_MODULE_0__/* .setSecret */ .Pq)(form);
        masked.add(form);
    }
}
const masked = new Set();
/**
 * Replaces what is masked by *** in a text that is to be cut or broken: GitHub would not know again what is then only a
 * part of a value.
 * @param which values; all of them without it
 */
function redactMasked(text, which = () => true) {
    const longestFirst = [...masked].filter(which).sort((a, b) => b.length - a.length);
    return longestFirst.reduce((hidden, value) => hidden.replaceAll(value, '***'), text);
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
        (0,_base_format_js__WEBPACK_IMPORTED_MODULE_1__/* .quoted */ .TL)(value).slice(1, -1),
        value.replace(/[\\']/g, '\\$&'),
        value.replaceAll("'", "''"),
        value.replaceAll('"', '""'),
        encodeURIComponent(value.toWellFormed()),
    ];
}


/***/ }),

/***/ 6236:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  fJ: () => (/* binding */ fail),
  pq: () => (/* binding */ info),
  n0: () => (/* binding */ setOutputs),
  R8: () => (/* binding */ warn),
  ds: () => (/* binding */ warnOfMaskedOutputs),
  Sy: () => (/* binding */ writeSummary)
});

// UNUSED EXPORTS: maskedOutputs

// EXTERNAL MODULE: ./build/base/failure.js
var failure = __nccwpck_require__(7306);
// EXTERNAL MODULE: ./build/base/format.js
var format = __nccwpck_require__(8253);
// EXTERNAL MODULE: ./build/runner/commands.js
var commands = __nccwpck_require__(6717);
// EXTERNAL MODULE: ./build/runner/masking.js
var masking = __nccwpck_require__(339);
;// CONCATENATED MODULE: ./build/runner/markdown.js


/** Any text as a code span inside a Markdown table, in which a bar or a newline would end the cell. */
function code(text) {
    return codeSpan((0,format/* visible */.RK)(text).replaceAll('\r', '\\r').replaceAll('\n', '\\n')).replaceAll('|', '\\|');
}
/**
 * Any text as a paragraph in which each line is a code span: nothing in it is Markdown, HTML, a link or a mention, and a command
 * in it stays on its one line, to be copied as it stands. The page wraps what is too long, without a break in what is
 * copied; a block of code it would not wrap.
 */
function asLines(text) {
    const lines = (0,masking/* redactMasked */.jh)(text, (value) => /[\r\n]/.test(value))
        .trim()
        .split(/\r\n?|\n/);
    // A backslash at the end of a line is a line break. https://spec.commonmark.org/0.31.2/#hard-line-breaks
    return `${lines.map((line) => (line.trim() === '' ? '' : codeSpan((0,format/* visible */.RK)(line)))).join('\\\n')}\n`;
}
/** SQL as a block of code, so that nothing in it is Markdown or HTML. */
function sqlBlock(sql) {
    const fence = fenceAround(sql, 3);
    return `${fence}sql\n${(0,format/* visible */.RK)(sql)}\n${fence}\n`;
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

;// CONCATENATED MODULE: ./build/runner/summary.js



/** The result as Markdown. */
function summaryOf(result) {
    const { backup, databaseSize, duration, server } = result;
    const ratio = databaseSize ? `, ${((100 * backup.size) / databaseSize).toFixed(0)} % of the database` : '';
    const rows = [
        ['Database', code(result.database)],
        ['Server', `${code(server.host)}, PostgreSQL ${serverVersion(server.version)}`],
        [result.job === 'backup' ? 'Backup' : 'Restored from', code(backup.name)],
        ['Size of the backup', `${(0,format/* formatBytes */.z3)(backup.size)}${ratio}`],
        ['Size of the database', databaseSize ? (0,format/* formatBytes */.z3)(databaseSize) : 'unknown'],
        ['Duration', (0,format/* formatDuration */.a3)(duration)],
        ['SHA-256', code(backup.sha256)],
    ];
    if (result.job === 'backup') {
        rows.push([
            'To bring it back',
            `job_to_run ${code('restore')}, db_name ${code(result.database)}, backup_file_name ${code(backup.name)}`,
        ]);
    }
    if (result.previousDatabase !== undefined)
        rows.push(['Old database', code(result.previousDatabase)]);
    const title = result.job === 'backup' ? 'Backup made' : 'Database restored';
    const table = rows.map(([name, value]) => `| ${name} | ${value} |`).join('\n');
    return `### ✅ ${title}\n\n| | |\n|---|---|\n${table}\n${notesOf(result.notes ?? [])}`;
}
/** A version comes from the server, and may be anything. */
function serverVersion(version) {
    return /^[\w.+~-]{1,40}$/.test(version) ? version : code((0,format/* shortened */.vI)(version, 40, 'log'));
}
/** A failure as Markdown, with the warnings that came before it. */
function summaryOfFailure(title, message, warnings) {
    return `### ❌ ${title}\n\n${paragraph(message, longestParts.message)}${notesOf(warnings.map((text) => ({ text })))}`;
}
/**
 * How many bytes of the summary its parts take at most, each kind in all: GitHub takes 1 MiB a step, and shows nothing if it is more. A
 * block of SQL may be fenced by as many backticks as there are in it, twice.
 */
const longestParts = { message: 100_000, texts: 200_000, sql: 200_000 };
/** More notes than this stand in the log only. */
const mostNotes = 200;
/** What people should know, each with its statements to open and copy. */
function notesOf(all) {
    if (all.length === 0)
        return '';
    const notes = all.slice(0, mostNotes);
    const room = { text: longestParts.texts / notes.length, sql: longestParts.sql / notes.length };
    const parts = notes.map(({ text, sql = [] }) => {
        const words = paragraph(text, room.text);
        if (sql.length === 0)
            return words;
        const shown = firstStatements(sql, room.sql);
        const more = sql.length - shown.length;
        const rest = more > 0 ? `\nOf ${sql.length} statements, the last ${more} have no room here.\n` : '';
        return `${words}\n<details><summary>SQL</summary>\n\n${sqlBlock(shown.join('\n'))}${rest}\n</details>\n`;
    });
    const more = all.length - notes.length;
    if (more > 0)
        parts.push(asLines(`${more} more are in the log.`));
    return `\n### ⚠️ To know\n\n${parts.join('\n')}`;
}
/** A text in its lines, its middle left out if it would take more bytes than there is room for. */
function paragraph(text, room) {
    for (let length = Math.floor(room);; length = Math.floor(length / 2)) {
        const lines = asLines((0,format/* shortened */.vI)(text, length, 'log', masking/* redactMasked */.jh));
        if (Buffer.byteLength(lines) <= room || length < 100)
            return lines;
    }
}
/** As many of the first statements as have room, in bytes as they are shown. */
function firstStatements(sql, room) {
    let length = 0;
    const end = sql.findIndex((statement) => {
        length += Buffer.byteLength((0,format/* visible */.RK)(statement)) + 1;
        return length > room;
    });
    return end < 0 ? sql : sql.slice(0, end);
}

;// CONCATENATED MODULE: ./build/runner/report.js





/** More of one text than this, in characters, helps nobody who reads the log. */
const longestText = 200_000;
/** Writes a text to the log, as words whatever it is. */
function info(text) {
    commands/* write */.M9((0,format/* shortened */.vI)(text, longestText, undefined, masking/* redactMasked */.jh));
}
/** GitHub cuts annotations at 4,096 characters. */
const longestAnnotation = 4_000;
/** Warns in an annotation; a text that is too long for one stands in the log as a whole. */
function warn(text) {
    if (text.length > longestAnnotation)
        info(text);
    commands/* warning */.$e((0,format/* shortened */.vI)(text, longestAnnotation, 'log', masking/* redactMasked */.jh));
}
/** Writes the outputs of the action. */
async function setOutputs(result) {
    const outputs = {
        backup_file_name: result.backup.name,
        backup_url: result.backup.url,
        backup_size_bytes: String(result.backup.size),
        backup_sha256: result.backup.sha256,
        duration_seconds: (result.duration / 1000).toFixed(1),
        postgres_version: result.server.version,
        ...(result.previousDatabase !== undefined && { previous_database: result.previousDatabase }),
    };
    const { setOutput } = await Promise.all(/* import() */[__nccwpck_require__.e(955), __nccwpck_require__.e(264)]).then(__nccwpck_require__.bind(__nccwpck_require__, 7264));
    for (const [name, value] of Object.entries(outputs))
        setOutput(name, value);
    return outputs;
}
/**
 * Warns of outputs that GitHub will empty on their way to another job, because a masked value stands in them.
 * The URL always holds the names of account and container, which the reusable workflow keeps as secrets; that is told
 * in the log and is no reason for a warning with every run.
 * @param masked values that are masked, or usually are, by the input that they belong to
 */
function warnOfMaskedOutputs(outputs, masked) {
    for (const [output, inputs] of maskedOutputs(outputs, masked)) {
        const found = `The output ${output} contains the value of ${inputs.join(', ')}`;
        const effect = 'where GitHub masks that value, other jobs get an empty output';
        if (output === 'backup_url')
            commands/* write */.M9(`${found}; ${effect}.`);
        else {
            commands/* warning */.$e(`${found}: ${effect}. Use the output in this job only, or choose a value that is not part of ` +
                `${(0,format/* quoted */.TL)(outputs[output] ?? '')}, or keep it in a variable if it is a secret without need.`);
        }
    }
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
/** Adds the result to the page of the run, as a table. */
async function writeSummary(result) {
    await addToSummary(summaryOf(result));
}
/** The job has done what it has done: a summary that cannot be written (a full disk) does not change that. */
async function addToSummary(markdown) {
    try {
        await commands/* appendToSummary */.UV(markdown);
    }
    catch (error) {
        commands/* warning */.$e(`The summary could not be written: ${(0,failure/* causeOf */.r)(error)}`);
    }
}
/**
 * Ends the step as failed: one annotation, the same on the page of the run, and the stack in debug logs only.
 * @param warnings that came before, for the page of the run
 */
async function fail(title, error, warnings) {
    process.exitCode = 1;
    const message = error instanceof Error ? error.message : String(error);
    commands/* error */.z3((0,format/* shortened */.vI)(message, longestAnnotation, 'summary', masking/* redactMasked */.jh), title);
    if (error instanceof Error)
        commands/* debug */.Yz((0,format/* shortened */.vI)(stackOf(error), longestText, undefined, masking/* redactMasked */.jh));
    await addToSummary(summaryOfFailure(title, message, warnings));
}
/** How many causes of an error are told, in case they go round in a circle. */
const mostCauses = 20;
function stackOf(error) {
    const stacks = [];
    for (let one = error; one instanceof Error && stacks.length < mostCauses; one = one.cause)
        stacks.push(one.stack ?? one.message);
    return stacks.join('\ncaused by ');
}


/***/ }),

/***/ 2502:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ silenceLibraries)
/* harmony export */ });
/* harmony import */ var _masking_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(339);

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
    (0,_masking_js__WEBPACK_IMPORTED_MODULE_0__/* .maskEverywhere */ .J5)(proxies.flatMap((name) => loginOf(environment[name])));
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


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(9479);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
