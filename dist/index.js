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

/***/ 8877:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:v8");

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

/***/ 4635:
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


/***/ }),

/***/ 7016:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ portalPage)
/* harmony export */ });
/**
 * The address of a blob's page in the Azure portal. Microsoft documents none; this is what the portal itself goes to, and shows in the
 * browser's address bar.
 */
function portalPage({ portal, subscription, resourceGroup, account }, container, blob) {
    const id = `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.Storage/storageAccounts/${account}`;
    const view = 'Microsoft_Azure_Storage/BlobPropertiesBladeV2';
    return `${portal}/#view/${view}/storageAccountId/${encoded(id)}/path/${encoded(`${container}/${blob}`)}/isDeleted~/false/tabToload~/0`;
}
/** With those characters encoded as well that mean something in Markdown. */
function encoded(text) {
    return encodeURIComponent(text).replace(/[!'()*_~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}


/***/ }),

/***/ 5571:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Td: () => (/* binding */ partsOfBackupName),
/* harmony export */   aw: () => (/* binding */ backupName),
/* harmony export */   nY: () => (/* binding */ backupPrefix)
/* harmony export */ });
/**
 * The name of a new backup: `moodle_d01_backup_20261122154210.dump`.
 * @param timestamp 14 digits, UTC
 */
function backupName(database, timestamp) {
    return `${backupPrefix(database)}${timestamp}.dump`;
}
/**
 * What the names of all backups of a database begin with: `moodle_d01_backup_`. A slash or backslash in the database's name
 * is percent-encoded, since in a blob's name it would mean a folder, and so is a per cent sign that would look like such a
 * code: no two databases share a name.
 */
function backupPrefix(database) {
    return `${database.replace(/[\\/]|%(?=2F|5C|25)/gi, encodeURIComponent)}_backup_`;
}
/** A name that `backupName` may have made, in its two parts; undefined for any other. */
function partsOfBackupName(name) {
    const [, prefix, timestamp] = /^(.+_backup_)(\d{14})\.dump$/s.exec(name) ?? [];
    return prefix === undefined || timestamp === undefined ? undefined : { prefix, timestamp };
}


/***/ }),

/***/ 7306:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   HR: () => (/* binding */ Failure),
/* harmony export */   SS: () => (/* binding */ describeOutcome),
/* harmony export */   rl: () => (/* binding */ causeOf)
/* harmony export */ });
const outcomes = {
    unchanged: 'was not changed',
    untouched: 'was not touched by this restore',
    unasked: 'was not touched by this restore, but the server could not be asked about it',
    exchanged: 'was created, dropped or replaced by somebody else during the restore',
    incomplete: 'is incomplete, keep applications out',
    unknown: 'is in an unknown state',
    restored: 'is restored in full',
};
/**
 * The same in a sentence without its full stop. A `state` begins with it where the outcome is known, and whoever shows both says it once.
 * @param database how it is called there: `Database "shop"`
 */
function describeOutcome(outcome, database) {
    return `${database} ${outcomes[outcome]}`;
}
/**
 * An error made for the person who reads the run page. The message has all of it, the cause first; the log and the page of the run tell
 * the parts in the order in which people need them. Everything that the action expects to go wrong ends as one of these; any other error is a bug.
 */
class Failure extends Error {
    explanation;
    constructor(explanation, options) {
        const { tried, cause, advice, state = '' } = explanation;
        const what = tried === undefined ? cause : `${tried} failed: ${cause}`;
        super([what, advice, state].filter((part) => part !== '').join('\n'), options);
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
        return 'a value was thrown that is not an error'; // an object that cannot be made a text
    }
}


/***/ }),

/***/ 8253:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   EH: () => (/* binding */ parseTimestamp),
/* harmony export */   Ey: () => (/* binding */ formatTimestamp),
/* harmony export */   RK: () => (/* binding */ visible),
/* harmony export */   TL: () => (/* binding */ quoted),
/* harmony export */   U9: () => (/* binding */ count),
/* harmony export */   UX: () => (/* binding */ inOneLine),
/* harmony export */   ZV: () => (/* binding */ formatNumber),
/* harmony export */   a3: () => (/* binding */ formatDuration),
/* harmony export */   fU: () => (/* binding */ formatTime),
/* harmony export */   nV: () => (/* binding */ formatAge),
/* harmony export */   pj: () => (/* binding */ plain),
/* harmony export */   qi: () => (/* binding */ firstSentence),
/* harmony export */   vI: () => (/* binding */ shortened),
/* harmony export */   z3: () => (/* binding */ formatBytes),
/* harmony export */   z7: () => (/* binding */ formatTransfer)
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
/**
 * How far a transfer is, for people: `12.3 MB of 37.7 MB read (32 %), 2.46 MB/s, about 11 s left`.
 * @param elapsed in milliseconds, since its beginning
 * @param what has become of what is done: `read`
 * @param left what follows the estimate of what is left, which there is only where something is done; when all is, time tells nothing of it
 */
function formatTransfer(done, all, elapsed, what, left) {
    const part = all > 0 ? ` (${Math.floor((100 * done) / all)} %)` : '';
    const words = `${formatBytes(done)} of ${formatBytes(all)} ${what}${part}`;
    if (done >= all)
        return words;
    const rate = (1000 * done) / elapsed;
    const rest = done > 0 ? `, about ${formatEstimate((all - done) / rate)} ${left}` : '';
    return `${words}, ${formatBytes(rate)}/s${rest}`;
}
/** Seconds that nobody knows exactly: `11 s`, `3 min`. */
function formatEstimate(seconds) {
    if (seconds < 59.5)
        return `${Math.max(1, Math.round(seconds))} s`;
    return seconds < 3570 ? `${Math.round(seconds / 60)} min` : formatDuration(1000 * seconds);
}
/** How long ago something was, from milliseconds, for people: `5 min ago`, `4 h ago`, `3 days ago`. */
function formatAge(milliseconds) {
    const minutes = Math.floor(milliseconds / 60_000);
    if (minutes < 1)
        return 'just now';
    if (minutes < 60)
        return `${minutes} min ago`;
    const hours = Math.floor(minutes / 60);
    return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`;
}
/** A number of many things: `1,234,567`. */
function formatNumber(number) {
    return number.toLocaleString('en-US');
}
/** A point in time for people: `2026-11-22 15:42:10 UTC`. */
function formatTime(time) {
    return `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
/** A point in time as `20261122154210` (UTC), the form used in the names of backups and databases. */
function formatTimestamp(time) {
    return time.toISOString().slice(0, 19).replace(/\D/g, '');
}
/** The point in time that 14 digits mean, as `formatTimestamp` makes them. */
function parseTimestamp(digits) {
    return new Date(digits.replace(/^(....)(..)(..)(..)(..)(..)$/, '$1-$2-$3T$4:$5:$6Z'));
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
/** A sentence up to a full stop, an exclamation or a question mark that is followed by white space, none of them inside of quotes. */
const sentence = /^(?:"(?:[^"\\\n]|\\.)*"|[^.!?\n]|[.!?](?!\s|$))*[.!?]?/;
/** A sentence is not longer than this, in characters: quotes that do not close are looked for again and again. */
const longestSentence = 4_000;
/** The first sentence of a text, which ends with its first line at the latest; and the rest, without white space at its ends. */
function firstSentence(text) {
    const [found = ''] = sentence.exec(text.slice(0, longestSentence)) ?? [];
    return { sentence: found.trim(), rest: text.slice(found.length).trim() };
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

/***/ 7705:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   GB: () => (/* binding */ pauseBefore),
/* harmony export */   Hw: () => (/* binding */ patienceOf),
/* harmony export */   Ko: () => (/* binding */ withLimit),
/* harmony export */   W_: () => (/* binding */ NoAnswer),
/* harmony export */   Wh: () => (/* binding */ unlessAborted),
/* harmony export */   d_: () => (/* binding */ patiently)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8500);
/* harmony import */ var _format_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8253);


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
        super(`no answer within ${(0,_format_js__WEBPACK_IMPORTED_MODULE_1__/* .formatDuration */ .a3)(milliseconds)}`);
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
    const waiting = setInterval(() => info(`${what}: waiting for ${(0,_format_js__WEBPACK_IMPORTED_MODULE_1__/* .formatDuration */ .a3)(performance.now() - began)}`), silence);
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
                info(`${what}: ${retry.why}. Trying again in ${(0,_format_js__WEBPACK_IMPORTED_MODULE_1__/* .formatDuration */ .a3)(pause)}`);
                waiting.refresh();
                await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(pause, undefined, { signal }).catch(() => signal.throwIfAborted());
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


/***/ }),

/***/ 3418:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  iq: () => (/* binding */ ProcessFailure),
  E7: () => (/* binding */ killAll),
  eF: () => (/* binding */ run),
  ni: () => (/* binding */ start),
  js: () => (/* binding */ watchChildren)
});

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __nccwpck_require__(1421);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __nccwpck_require__(7075);
;// CONCATENATED MODULE: external "node:stream/consumers"
const consumers_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/consumers");
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __nccwpck_require__(8500);
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
    await Promise.race([Promise.all(gone), (0,promises_.setTimeout)(longestDeath)]);
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
    const child = (0,external_node_child_process_.spawn)(program, command.args, {
        ...{ env: command.env, stdio: ['pipe', 'pipe', 'pipe'] },
        ...(command.cwd !== undefined && { cwd: command.cwd }),
    });
    const { stdin, stdout, stderr } = pipesOf(child);
    children.add(child);
    onStarted?.([...children].flatMap(({ pid }) => pid ?? []));
    const lines = [];
    let thrown;
    (0,base_lines/* linesOf */.D)(stderr, (line) => {
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
async function run(command, onOutput) {
    const running = start(command);
    running.stdout.setEncoding('utf8');
    const output = (0,consumers_namespaceObject.text)(running.stdout);
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


/***/ }),

/***/ 9650:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Hu: () => (/* binding */ bashWord),
/* harmony export */   Zm: () => (/* binding */ commandLines)
/* harmony export */ });
/* unused harmony export shellWord */
/* harmony import */ var _format_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8253);

/** As a POSIX shell takes it for one word. */
function shellWord(text) {
    return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw `'\''`)}'`;
}
/**
 * As bash takes it for one word, on one line, with nothing in it that is not seen.
 * https://www.gnu.org/software/bash/manual/html_node/ANSI_002dC-Quoting.html
 */
function bashWord(text) {
    if ((0,_format_js__WEBPACK_IMPORTED_MODULE_0__/* .visible */ .RK)(text) === text && !/[\n\r\t]/.test(text))
        return shellWord(text);
    const escaped = text
        .replace(/[\\']/g, '\\$&')
        .replace(/[\n\r\t]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
    return `$'${(0,_format_js__WEBPACK_IMPORTED_MODULE_0__/* .visible */ .RK)(escaped)}'`;
}
/**
 * A command for bash, as lines to be copied together: first one for each variable, `vault=kv-prod # KEY_VAULT_NAME`, which still says
 * what to put in when GitHub has made `***` of the value; then the command, which has it as `"$vault"`.
 */
function commandLines(variables, command) {
    return [
        ...variables.map(({ variable, value, is }) => `${variable}=${bashWord(value)} # ${is}`),
        command,
    ].join('\n');
}


/***/ }),

/***/ 1703:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ explainSystemError),
/* harmony export */   t: () => (/* binding */ passingTrouble)
/* harmony export */ });
const reach = "Allow this connection in the runner's network, firewall and proxy, then run the job again.";
const tryAgain = 'Run the job again. If it keeps failing, check the network between the runner and this host.';
const trust = 'If a proxy or firewall inspects TLS here, save its root certificate as a PEM file on the runner and set NODE_EXTRA_CA_CERTS to the path of that file, in env: of this step or in the file .env of a self-hosted runner.';
const makeRoomOnDisk = "Free space on the runner's disk, or use a runner with a larger disk, then run the job again.";
const clock = "Check the runner's clock. If it is right, the owner of this host has to renew the certificate.";
/**
 * Of a network, by the code that Node gives them. Nothing is advised about a name that does not exist: only the caller
 * knows which input it was made from.
 * https://nodejs.org/api/errors.html#common-system-errors and https://nodejs.org/api/tls.html#x509-certificate-error-codes
 */
const ofHosts = {
    ENOTFOUND: { says: 'was not found in DNS' },
    EAI_AGAIN: { says: 'was not found in DNS, which does not answer' },
    ECONNREFUSED: { says: 'refused the connection', advice: reach },
    ECONNRESET: { says: 'ended the connection', advice: tryAgain },
    EPIPE: { says: 'ended the connection', advice: tryAgain },
    UND_ERR_SOCKET: { says: 'ended the connection', advice: tryAgain },
    ETIMEDOUT: { says: 'did not answer in time', advice: reach },
    ESOCKETTIMEDOUT: { says: 'did not answer in time', advice: reach },
    UND_ERR_CONNECT_TIMEOUT: { says: 'did not answer in time', advice: reach },
    UND_ERR_HEADERS_TIMEOUT: { says: 'did not answer in time', advice: tryAgain },
    EHOSTUNREACH: { says: 'is unreachable from this network', advice: reach },
    ENETUNREACH: { says: 'is unreachable from this network', advice: reach },
    EPROTO: { says: 'failed the TLS handshake', advice: reach },
    SELF_SIGNED_CERT_IN_CHAIN: { says: 'has a certificate from an untrusted authority', advice: trust },
    DEPTH_ZERO_SELF_SIGNED_CERT: { says: 'has a self-signed certificate', advice: trust },
    UNABLE_TO_GET_ISSUER_CERT: { says: 'has a certificate from an unknown authority', advice: trust },
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: { says: 'has a certificate from an unknown authority', advice: trust },
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: { says: 'has a certificate from an unknown authority', advice: trust },
    CERT_UNTRUSTED: { says: 'has a certificate from an untrusted authority', advice: trust },
    CERT_HAS_EXPIRED: { says: 'has an expired certificate', advice: clock },
    CERT_NOT_YET_VALID: { says: 'has a certificate that is not valid yet', advice: clock },
    ERR_TLS_CERT_ALTNAME_INVALID: {
        says: 'has a certificate for other names',
        advice: 'Use a name from the certificate, or find out what answers in place of this host.',
    },
};
/** Of files, disks and processes. */
const ofFiles = {
    ENOSPC: { says: 'no space left on the disk', advice: makeRoomOnDisk },
    EDQUOT: {
        says: "the disk quota of the runner's user is exceeded",
        advice: 'Free space or raise the quota, then run the job again.',
    },
    EFBIG: {
        says: 'the file would exceed the file size limit',
        advice: "Raise the runner's file size limit (ulimit -f), then run the job again.",
    },
    EROFS: {
        says: 'the file system is read-only',
        advice: 'The runner sets RUNNER_TEMP itself (_temp in its work folder): put that folder on a writable file system.',
    },
    EACCES: {
        says: 'permission denied',
        advice: "Give the runner's user access to it, then run the job again.",
    },
    EPERM: {
        says: 'operation not permitted',
        advice: "Give the runner's user access to it, then run the job again.",
    },
    ENOENT: { says: 'no such file or folder' },
    ENOTDIR: { says: 'part of the path is not a folder' },
    EMFILE: {
        says: 'too many open files',
        advice: "Raise the runner's open file limit (ulimit -n), then run the job again.",
    },
    ENFILE: {
        says: 'too many open files on this machine',
        advice: 'Run the job again when the runner is less busy.',
    },
    EIO: { says: 'the disk failed', advice: 'Run the job again on another runner.' },
};
const knownErrors = new Map(Object.entries({ ...ofHosts, ...ofFiles }));
/** Those of a network that pass by themselves. Of a name that does not exist, or a port where nothing listens, it is likelier that they are wrong. */
const passingCodes = new Set([
    ...['EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ETIMEDOUT', 'ESOCKETTIMEDOUT'],
    ...['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND'],
]);
/** What happened to a connection, in a sentence without its full stop, if it is something that may pass by itself; undefined for anything else. */
function passingTrouble(error) {
    const isOne = withCauses(error).some(({ code }) => passingCodes.has(textOrEmpty(code)));
    return isOne ? explainSystemError(error)?.cause : undefined;
}
/**
 * An error that Node got from the operating system or from TLS, in a sentence with the host or the file where they are
 * known. It may lie in another one: as its cause, among those of an AggregateError, or as the mere code of an Azure SDK's
 * error. Where there is no advice, it is for the caller to say which input the name comes from.
 * @returns undefined for any other error
 */
function explainSystemError(error) {
    const errors = withCauses(error);
    const code = errors.map(({ code }) => textOrEmpty(code)).find((code) => knownErrors.has(code)) ?? '';
    const { says = '', advice } = knownErrors.get(code) ?? {};
    if (says === '')
        return undefined;
    const cause = Object.hasOwn(ofHosts, code)
        ? `${placeOf(errors)} ${says}${hostNames(errors)} (${code})`
        : `${says}${fileOf(errors)} (${code})`;
    return advice === undefined ? { cause } : { cause, advice };
}
/** An error, what it was caused by, and what it sums up: the outermost first, each once. They may be very many. */
function withCauses(error) {
    const found = new Set();
    for (let left = [error]; left.length > 0;) {
        const one = left.pop();
        if (typeof one !== 'object' || one === null || found.has(one))
            continue;
        const traits = one;
        found.add(traits);
        if (Array.isArray(traits.errors))
            left = left.concat(traits.errors.toReversed());
        left.push(traits.cause);
    }
    return [...found];
}
/** Of an error that was made of an answer, any field may be anything. */
function textOrEmpty(value) {
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
/**
 * `kv-prod.vault.azure.net`, or with the address that was tried: `kv-prod.vault.azure.net (10.0.0.4:443)`. The Azure SDKs keep
 * of Node's error only code and message. A name in that counts more than the one of the request: it may be a proxy's.
 */
function placeOf(errors) {
    const inMessages = (pattern) => firstFound(errors, ({ message }) => pattern.exec(textOrEmpty(message))?.[1]);
    const host = firstFound(errors, ({ hostname }) => hostname) ??
        inMessages(/getaddrinfo [A-Z_]+ (\S+)$/) ??
        firstFound(errors, ({ request }) => URL.parse(textOrEmpty(request?.url))?.hostname) ??
        firstFound(errors, ({ host }) => host);
    const address = firstFound(errors, ({ address, port }) => textOrEmpty(address) === '' ? undefined : `${textOrEmpty(address)}:${textOrEmpty(port)}`) ?? inMessages(/connect [A-Z]+ (\S+:\d+)/);
    if (host === undefined)
        return address ?? 'the host';
    return address === undefined ? host : `${host} (${address})`;
}
/** Of the certificate, which Node tells where they are not the host's: `: DNS:*.example.org`. */
function hostNames(errors) {
    const names = firstFound(errors, ({ message }) => /in the cert's altnames: (.+)$/.exec(textOrEmpty(message))?.[1]);
    return names === undefined ? '' : `: ${names}`;
}
function fileOf(errors) {
    const file = firstFound(errors, ({ path }) => path);
    return file === undefined ? '' : `: ${file}`;
}
/** The first text that is found, empty ones left out. */
function firstFound(errors, find) {
    return errors.map(find).find((found) => typeof found === 'string' && found !== '');
}


/***/ }),

/***/ 3828:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ watchUnattended),
/* harmony export */   m: () => (/* binding */ runUnattended)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1421);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6760);
/* harmony import */ var _process_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(3418);




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
async function runUnattended({ program, args, env }, { scratch, signal }) {
    signal.throwIfAborted();
    const file = node_path__WEBPACK_IMPORTED_MODULE_2__.join(scratch, `said-${unattended.size}.txt`);
    const said = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(file, 'w', 0o600);
    let stopWaiting = () => { };
    try {
        const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(program, args, { env, detached: true, stdio: ['ignore', 'ignore', said.fd] });
        const { pid } = child;
        const ended = new Promise((resolve, reject) => {
            child.once('exit', resolve);
            child.once('error', (cause) => reject(new _process_js__WEBPACK_IMPORTED_MODULE_3__/* .ProcessFailure */ .iq(program, `could not be started (${cause.message})`, null, '', { cause })));
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
        return { exitCode, stderr: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(file, 'utf8') };
    }
    finally {
        signal.removeEventListener('abort', stopWaiting);
        await said.close();
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(file, { force: true });
    }
}


/***/ }),

/***/ 6355:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   AB: () => (/* binding */ hasRoom),
/* harmony export */   Bg: () => (/* binding */ longestOptions),
/* harmony export */   Db: () => (/* binding */ toMetadata),
/* harmony export */   JJ: () => (/* binding */ formatVersions),
/* harmony export */   JK: () => (/* binding */ parseVersions),
/* harmony export */   Mw: () => (/* binding */ withProtection),
/* harmony export */   Np: () => (/* binding */ noPart),
/* harmony export */   U7: () => (/* binding */ fromMetadata),
/* harmony export */   xS: () => (/* binding */ longest)
/* harmony export */ });
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
const longestOptions = 100;
/** What is recorded where options of `pg_dump` chose no part. */
const noPart = 'none';
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
function fromMetadata(metadata) {
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


/***/ }),

/***/ 7279:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ leftOut)
/* harmony export */ });
/* harmony import */ var _postgres_client_selection_options_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6197);
/* harmony import */ var _metadata_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6355);


/** More of them, in characters, is not shown: more of ours is never recorded. */
const longestPartShown = 300;
/**
 * What left a part of the database out of a backup, as it is recorded; undefined if nothing did. Of a backup that was made before the part
 * itself was recorded, only the options are known, as somebody wrote them, and perhaps cut.
 */
function leftOut(record) {
    const { pg_dump_options: written = '', pg_dump_part: part = '' } = record;
    if (part === _metadata_js__WEBPACK_IMPORTED_MODULE_1__/* .noPart */ .Np)
        return undefined;
    if (part !== '')
        return { options: part.split(' ').join(', ').slice(0, longestPartShown).toWellFormed(), isCertain: true };
    const isPerhaps = written.length >= _metadata_js__WEBPACK_IMPORTED_MODULE_1__/* .longestOptions */ .Bg || (0,_postgres_client_selection_options_js__WEBPACK_IMPORTED_MODULE_0__/* .mayBePartial */ .mA)(written);
    return isPerhaps
        ? { options: written.slice(0, longestPartShown).toWellFormed(), isCertain: false }
        : undefined;
}


/***/ }),

/***/ 3928:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $o: () => (/* binding */ comparableHost),
/* harmony export */   Bq: () => (/* binding */ byDatabase),
/* harmony export */   Ii: () => (/* binding */ newestWhole),
/* harmony export */   J$: () => (/* binding */ fromListing),
/* harmony export */   fY: () => (/* binding */ fromListedBlob),
/* harmony export */   g4: () => (/* binding */ belongsTo),
/* harmony export */   o8: () => (/* binding */ inventoryOf)
/* harmony export */ });
/* harmony import */ var _azure_storage_backup_names_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5571);
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8253);
/* harmony import */ var _metadata_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6355);
/* harmony import */ var _part_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7279);
/* harmony import */ var _recorded_time_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(4598);





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
    const record = (0,_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .fromMetadata */ .U7)(blob.metadata);
    const { host = '', database = '', started_at: started = '', sha256 = '' } = record;
    const at = timeIn(started);
    if (host === '' || database === '' || at === undefined || !/^[0-9a-f]{64}$/i.test(sha256))
        return undefined;
    const parts = (0,_azure_storage_backup_names_js__WEBPACK_IMPORTED_MODULE_2__/* .partsOfBackupName */ .Td)(blob.name.slice(folder.length));
    if (parts?.prefix !== (0,_azure_storage_backup_names_js__WEBPACK_IMPORTED_MODULE_2__/* .backupPrefix */ .nY)(database) || parts.timestamp !== (0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .formatTimestamp */ .Ey)(at))
        return undefined;
    const part = (0,_part_js__WEBPACK_IMPORTED_MODULE_1__/* .leftOut */ .i)(record);
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
function byDatabase(backups, { hosts }) {
    return Map.groupBy(backups, ({ database, host }) => JSON.stringify(hosts === undefined ? [database, host] : [database]));
}
/** The newest one with all of its database in it, and a recorded time that can be right; undefined if there is none. @param backups in any order */
function newestWhole(backups, now) {
    const whole = backups.filter((backup) => backup.part === undefined && !(0,_recorded_time_js__WEBPACK_IMPORTED_MODULE_4__/* .hasWrongTime */ .b)(backup, now));
    return whole.reduce((newest, backup) => (newest && newest.at >= backup.at ? newest : backup), undefined);
}
/** A time as backups record it; undefined for any other text. */
function timeIn(text) {
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(text))
        return undefined;
    const time = new Date(text);
    return Number.isNaN(time.getTime()) ? undefined : time;
}


/***/ }),

/***/ 4598:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ hasWrongTime),
/* harmony export */   j: () => (/* binding */ wrongTime)
/* harmony export */ });
/* harmony import */ var _clock_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8871);

/**
 * Why the recorded time of a backup cannot be right; undefined if it can. Such a backup is never the newest, and takes no place in any rule:
 * one that claims to be of next year would be the newest until then, and have true ones deleted. A time long before the file came is
 * no contradiction: that is how a backup looks that was copied from another account.
 * @param now the account's time
 */
function wrongTime({ at, createdOn }, now) {
    const time = at.getTime();
    if (Number.isNaN(time))
        return 'recorded time unreadable';
    if (time > now.getTime() + _clock_js__WEBPACK_IMPORTED_MODULE_0__/* .clockTolerance */ .A)
        return 'recorded in the future';
    if (createdOn && time > createdOn.getTime() + _clock_js__WEBPACK_IMPORTED_MODULE_0__/* .clockTolerance */ .A)
        return 'recorded later than its file was made';
    return undefined;
}
/** Whether nobody knows how old a backup is. */
function hasWrongTime(backup, now) {
    return wrongTime(backup, now) !== undefined;
}


/***/ }),

/***/ 4582:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ad: () => (/* binding */ shortDetail),
/* harmony export */   EI: () => (/* binding */ reportOf),
/* harmony export */   Ob: () => (/* binding */ isOfFailure),
/* harmony export */   a4: () => (/* binding */ tasksOf)
/* harmony export */ });
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8253);
/* harmony import */ var _postgres_session_sql_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4953);
/* harmony import */ var _verdict_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7811);



const logMarks = { passed: '✓', failed: '✗', warning: '!', 'not checked': '–' };
/** What came of all checks, as lines of the log: by area, what was checked in a column of its own; below it what to do, numbered. */
function reportOf(result) {
    const { groups } = result;
    const tally = (0,_verdict_js__WEBPACK_IMPORTED_MODULE_1__/* .tallyOf */ .sv)(groups);
    const others = (0,_verdict_js__WEBPACK_IMPORTED_MODULE_1__/* .othersIn */ .xG)(tally);
    const width = Math.max(...groups.flatMap(({ checks }) => checks.map(({ what }) => what.length)));
    const tasks = tasksOf(groups);
    return [
        ...groups.flatMap(({ title, checks }) => [
            title,
            ...checks.map((one) => `  ${logMarks[one.came]} ${one.what.padEnd(width)}  ${shortDetail(one)}`),
            '',
        ]),
        `${(0,_verdict_js__WEBPACK_IMPORTED_MODULE_1__/* .verdictOf */ .Vj)(result)}: ${(0,_verdict_js__WEBPACK_IMPORTED_MODULE_1__/* .countOf */ .pq)(tally)}${others === '' ? '' : `, ${others}`}`,
        ...(tasks.length > 0 ? ['', 'What to do:'] : []),
        ...tasks.flatMap(({ title, text, sql }, place) => [`${place + 1}. ${title}: ${text}`, ...sql]
            .flatMap((part) => part.split('\n'))
            .map((line, at) => (at === 0 ? line : `   ${line}`))),
    ];
}
/** What there is to do about checks that did not pass, and then about those that warn, in their order; the same about several is one. */
function tasksOf(groups) {
    const each = groups.flatMap(({ title, checks }) => checks.flatMap((check) => taskAbout(title, check) ?? []));
    const same = Map.groupBy(each, ({ text, sql }) => JSON.stringify([text, sql]));
    const all = [...same.values()].flatMap(([first, ...others]) => first ? [{ ...first, checks: [first, ...others].flatMap(({ checks }) => checks) }] : []);
    const failures = all.filter(isOfFailure);
    return [...failures, ...all.filter((task) => !isOfFailure(task))];
}
/** Whether a job fails until it is done. */
function isOfFailure({ checks }) {
    return checks.some(({ came }) => came === 'failed');
}
function taskAbout(area, check) {
    const { what, came, detail, fix = '', sql = [] } = check;
    const isTold = shortDetail(check) === detail;
    if (came === 'passed' || came === 'not checked' || (isTold && fix === '' && came === 'warning'))
        return undefined;
    const name = /^[A-Z][a-z]/.test(what) ? `${what.charAt(0).toLowerCase()}${what.slice(1)}` : what;
    const text = (isTold && fix !== '' ? [fix] : [detail, fix]).filter((part) => part !== '').join('\n');
    return { checks: [check], title: `${area}, ${name}`, text, sql: sql.map(_postgres_session_sql_text_js__WEBPACK_IMPORTED_MODULE_0__/* .toPaste */ .XM) };
}
/** In characters, of what was found. */
const shortEnough = 300;
/** What was found, or its first sentence, if it has several lines or is long: the rest stands with what to do. */
function shortDetail({ detail }) {
    if (detail.length <= shortEnough && !detail.includes('\n'))
        return detail;
    return (0,_base_format_js__WEBPACK_IMPORTED_MODULE_2__/* .firstSentence */ .qi)(detail).sentence;
}


/***/ }),

/***/ 7811:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ stoppedBy),
/* harmony export */   Vj: () => (/* binding */ verdictOf),
/* harmony export */   pq: () => (/* binding */ countOf),
/* harmony export */   sv: () => (/* binding */ tallyOf),
/* harmony export */   xG: () => (/* binding */ othersIn)
/* harmony export */ });
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8253);

/** Counts what came of the checks. */
function tallyOf(groups) {
    const all = groups.flatMap(({ checks }) => checks);
    const those = (wanted) => all.filter(({ came }) => came === wanted).length;
    const unchecked = those('not checked');
    return {
        made: all.length - unchecked,
        failed: those('failed'),
        warnings: those('warning'),
        unchecked,
    };
}
/** The jobs that would fail, by what did not pass. */
function stoppedBy(areas) {
    const all = areas.flatMap(({ checks, stops }) => checks.flatMap((one) => (one.came === 'failed' ? (one.stops ?? stops) : [])));
    return ['backup', 'restore'].filter((job) => all.includes(job));
}
/**
 * Which jobs would fail, in words; or that none would, with what could not be tried.
 * @param of what follows the jobs: ` of "shop"`
 */
function verdictOf({ stopped, groups }, of = '') {
    const [first, second] = stopped;
    if (first === undefined)
        return `Ready for backup and restore${of}${untriedIn(groups)}`;
    return second === undefined ? `A ${first}${of} would fail` : `A ${first} and a ${second}${of} would fail`;
}
/** `; reading a file was not tried`; empty if all was that can be. */
function untriedIn(groups) {
    const untried = groups.flatMap(({ checks }) => checks.flatMap((one) => one.untried ?? []));
    if (untried.length === 0)
        return '';
    return `; ${untried.join(' and ')} ${untried.length === 1 ? 'was' : 'were'} not tried`;
}
/** How many checks passed, or did not, in words: `19 checks passed`, `2 of 19 checks did not pass`. */
function countOf({ made, failed, warnings }) {
    return failed === 0
        ? `${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9)(made - warnings, 'check')} passed`
        : `${failed} of ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9)(made, 'check')} did not pass`;
}
/** What besides there is to know of: warnings, and what was not checked; empty for nothing. */
function othersIn({ warnings, unchecked }) {
    return [
        ...(warnings > 0 ? [(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9)(warnings, 'warning')] : []),
        ...(unchecked > 0 ? [`${unchecked} not checked`] : []),
    ].join(', ');
}


/***/ }),

/***/ 8871:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ clockTolerance),
/* harmony export */   a: () => (/* binding */ warningOfClock)
/* harmony export */ });
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8253);

/** By how much the clocks of a machine and of Azure may differ before a time is not believed, in milliseconds. */
const clockTolerance = 5 * 60 * 1000;
/**
 * What is to be said of a machine whose clock is wrong, since backups carry its time; undefined where it is right, or nobody knows.
 * @param error by how much it is ahead of the account's, in milliseconds
 * @param now the machine's time
 */
function warningOfClock(error, now = new Date()) {
    if (error === undefined || Math.abs(error) <= clockTolerance)
        return undefined;
    const off = `${amountOf(Math.abs(error))} ${error > 0 ? 'ahead of' : 'behind'}`;
    // Where a check tells it, what to do stands by itself: it begins with the second sentence.
    const effect = error > 0
        ? 'a backup that is recorded later than its file came never counts, so latest, max_age_hours and the rules of a retention pass it over, and no retention deletes it'
        : 'backups that are recorded too early are taken for older than they are, so rules may delete them too early, and latest may be another one';
    return `The clock of this machine is ${off} that of the storage account (${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .formatTime */ .fU)(now)} here, ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .formatTime */ .fU)(new Date(now.getTime() - error))} there), and a backup made now is recorded with the time here.\nSet the clock of the machine, by NTP for example: ${effect}.`;
}
/** `40 days`, `3 h`, `12 min` */
function amountOf(milliseconds) {
    const minutes = Math.round(milliseconds / 60_000);
    if (minutes < 120)
        return `${minutes} min`;
    const hours = Math.round(minutes / 60);
    return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}


/***/ }),

/***/ 368:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ latestName)
/* harmony export */ });
/** What `backup_file_name` is where the latest backup is meant. */
const latestName = 'latest';


/***/ }),

/***/ 2251:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ describeRules),
/* harmony export */   S: () => (/* binding */ describeRecorded)
/* harmony export */ });
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8253);

/** `"app_backup_20261122020007.dump" (2026-11-22 02:00:07 UTC, 250 MB)` */
function describeRecorded({ name, at, size }) {
    return `${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .quoted */ .TL)(name)} (${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .formatTime */ .fU)(at)}, ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .formatBytes */ .z3)(size)})`;
}
/** `last 7, within 30 days, daily 14` */
function describeRules(rules) {
    const { last, withinDays, daily, weekly, monthly, yearly } = rules;
    const told = (name, value) => (value > 0 ? [`${name} ${value}`] : []);
    return [
        ...told('last', last),
        ...(withinDays > 0 ? [`within ${withinDays} days`] : []),
        ...told('daily', daily),
        ...told('weekly', weekly),
        ...told('monthly', monthly),
        ...told('yearly', yearly),
    ].join(', ');
}


/***/ }),

/***/ 9479:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8161);
/* harmony import */ var _azure_portal_js__WEBPACK_IMPORTED_MODULE_17__ = __nccwpck_require__(7016);
/* harmony import */ var _base_failure_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7306);
/* harmony import */ var _base_process_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3418);
/* harmony import */ var _base_unattended_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(3828);
/* harmony import */ var _runner_cancel_or_crash_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(1205);
/* harmony import */ var _runner_commands_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(6717);
/* harmony import */ var _runner_endings_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(27);
/* harmony import */ var _runner_inputs_read_request_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(9418);
/* harmony import */ var _runner_page_page_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(9528);
/* harmony import */ var _runner_phase_time_js__WEBPACK_IMPORTED_MODULE_9__ = __nccwpck_require__(7736);
/* harmony import */ var _runner_report_js__WEBPACK_IMPORTED_MODULE_10__ = __nccwpck_require__(4928);
/* harmony import */ var _runner_results_js__WEBPACK_IMPORTED_MODULE_11__ = __nccwpck_require__(1773);
/* harmony import */ var _runner_scratch_js__WEBPACK_IMPORTED_MODULE_12__ = __nccwpck_require__(8273);
/* harmony import */ var _runner_silence_libraries_js__WEBPACK_IMPORTED_MODULE_13__ = __nccwpck_require__(2502);
/* harmony import */ var _runner_step_js__WEBPACK_IMPORTED_MODULE_14__ = __nccwpck_require__(8617);
/* harmony import */ var _runner_undo_keeper_js__WEBPACK_IMPORTED_MODULE_15__ = __nccwpck_require__(6270);
/* harmony import */ var _runner_undo_record_js__WEBPACK_IMPORTED_MODULE_16__ = __nccwpck_require__(1497);


















/** What is said of the world, and what is left in it, if the step ends out of turn. */
const ending = {
    titles: { failed: 'Invalid inputs', cancelled: 'The step was cancelled' },
    state: () => 'Nothing was changed.',
    scratch: '',
};
/** What was to be done, once that is known. */
let asked;
/** What is written down for src/post.ts. */
let keeper;
const reached = () => ({ stage: keeper?.stage(), unfinished: keeper?.unfinished() });
/** Settled when it is told that the step has failed. */
let told;
/** The end of the step where the job was not waited for any more; the job may end meanwhile. */
let outOfTurn;
/** Tells that the step has failed, once: the job fails as well where it is ended out of turn. */
async function tell(error, page = {}, isCancel = false) {
    const title = isCancel ? ending.titles.cancelled : ending.titles.failed;
    told ??= (0,_runner_report_js__WEBPACK_IMPORTED_MODULE_10__/* .fail */ .fJ)(title, error, page, asked).catch((cause) => {
        told = undefined; // whoever hears of it may try once more
        throw cause;
    });
    await told;
}
/** The step, from its inputs to its outputs; the only place that fails it, unless it has to end out of turn. */
async function main() {
    (0,_runner_silence_libraries_js__WEBPACK_IMPORTED_MODULE_13__/* .silenceLibraries */ .B)();
    const interrupted = (0,_runner_cancel_or_crash_js__WEBPACK_IMPORTED_MODULE_4__/* .abortOnCancelOrCrash */ .Ew)({
        endOutOfTurn: (why) => {
            outOfTurn = endOutOfTurn(why, interrupted.reason instanceof _runner_cancel_or_crash_js__WEBPACK_IMPORTED_MODULE_4__/* .Cancelled */ .cJ);
            return outOfTurn;
        },
        isUncut: () => keeper?.unfinished()?.stage === 'swapping',
    });
    const phases = [];
    const warnings = [];
    const lines = []; // after all else
    let masked = {};
    const run = (0,_runner_page_page_js__WEBPACK_IMPORTED_MODULE_8__/* .currentRun */ .xh)();
    const page = { phases, warnings, ...(run && { run }) };
    try {
        const request = (0,_runner_inputs_read_request_js__WEBPACK_IMPORTED_MODULE_7__/* .readRequest */ .i)();
        ending.titles = _runner_results_js__WEBPACK_IMPORTED_MODULE_11__/* .titles */ .YC[request.job];
        asked = request;
        ending.state = () => (0,_runner_endings_js__WEBPACK_IMPORTED_MODULE_6__/* .ifCutOff */ .H4)(request, reached());
        const { saveState } = await Promise.all(/* import() */[__nccwpck_require__.e(955), __nccwpck_require__.e(58)]).then(__nccwpck_require__.bind(__nccwpck_require__, 6058));
        ending.scratch = await (0,_runner_scratch_js__WEBPACK_IMPORTED_MODULE_12__/* .makeScratch */ .lP)(process.env['RUNNER_TEMP'] || (0,node_os__WEBPACK_IMPORTED_MODULE_0__.tmpdir)());
        saveState(_runner_undo_record_js__WEBPACK_IMPORTED_MODULE_16__/* .stateNames */ .U.scratch, ending.scratch);
        keeper = (0,_runner_undo_keeper_js__WEBPACK_IMPORTED_MODULE_15__/* .keepState */ .J)(saveState, process.env['GITHUB_STATE'] || undefined);
        (0,_base_process_js__WEBPACK_IMPORTED_MODULE_2__/* .watchChildren */ .js)(keeper.noteProcesses);
        (0,_base_unattended_js__WEBPACK_IMPORTED_MODULE_3__/* .watchUnattended */ .a)(keeper.noteUnattended);
        masked = (0,_runner_inputs_read_request_js__WEBPACK_IMPORTED_MODULE_7__/* .inputsToMask */ .p)();
        const { account, store } = request;
        if (account)
            page.portalPage = (backup) => (0,_azure_portal_js__WEBPACK_IMPORTED_MODULE_17__/* .portalPage */ .q)(account, store.container, backup);
        const chose = (backup) => {
            asked = { ...request, backupFileName: backup, isLatest: true };
        };
        const step = (0,_runner_step_js__WEBPACK_IMPORTED_MODULE_14__/* .stepOf */ .c)(ending.scratch, interrupted, { masked, warnings, phases, chose }, keeper);
        const result = await (0,_runner_phase_time_js__WEBPACK_IMPORTED_MODULE_9__/* .breakingSilence */ .h)(_runner_report_js__WEBPACK_IMPORTED_MODULE_10__/* .info */ .pq, () => runJob(request, step));
        if (interrupted.reason instanceof _runner_cancel_or_crash_js__WEBPACK_IMPORTED_MODULE_4__/* .Defect */ .kl)
            throw interrupted.reason;
        await reportResult(result, masked, page);
    }
    catch (error) {
        const state = ending.state();
        const failure = await (0,_runner_endings_js__WEBPACK_IMPORTED_MODULE_6__/* .failureFor */ .em)(error, interrupted, state);
        const cancel = (0,_runner_endings_js__WEBPACK_IMPORTED_MODULE_6__/* .cancelIn */ .Q9)(ending.titles.cancelled, failure, interrupted.reason, state);
        await tell(cancel ?? failure, { ...page, masked: Object.values(masked) }, cancel !== undefined);
        lines.push(...(cancel instanceof _runner_cancel_or_crash_js__WEBPACK_IMPORTED_MODULE_4__/* .EndedEarly */ .AY ? [(0,_runner_endings_js__WEBPACK_IMPORTED_MODULE_6__/* .closingLine */ .oM)(cancel.parts.state ?? '', reached())] : []));
    }
    finally {
        await removeScratch();
    }
    await outOfTurn; // it tells how the step ended, and ends it
    lines.forEach(_runner_report_js__WEBPACK_IMPORTED_MODULE_10__/* .info */ .pq);
}
async function removeScratch() {
    const { scratch } = ending;
    if (scratch === '')
        return;
    await (0,_runner_scratch_js__WEBPACK_IMPORTED_MODULE_12__/* .removeFolder */ .v$)(scratch).catch((error) => _runner_commands_js__WEBPACK_IMPORTED_MODULE_5__/* .warning */ .$e(`${scratch} is left: ${(0,_base_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .causeOf */ .rl)(error)}`));
}
/** The end where the job cannot be waited for: whatever fails in it, the step has failed, and no program of ours goes on. */
async function endOutOfTurn(why, isCancel = false) {
    const state = ending.state();
    const error = new _runner_cancel_or_crash_js__WEBPACK_IMPORTED_MODULE_4__/* .EndedEarly */ .AY(`${state} ${why}`, { state, cause: why });
    const telling = tell(error, {}, isCancel); // before the job fails, since its programs are ended
    const ended = (0,_base_process_js__WEBPACK_IMPORTED_MODULE_2__/* .killAll */ .E7)();
    try {
        await telling;
        await ended;
        await removeScratch();
        if (isCancel)
            (0,_runner_report_js__WEBPACK_IMPORTED_MODULE_10__/* .info */ .pq)((0,_runner_endings_js__WEBPACK_IMPORTED_MODULE_6__/* .closingLine */ .oM)(state, reached()));
    }
    finally {
        process.exit(1);
    }
}
/** Each job, with the Azure packages that it needs, is loaded only when it is run. */
async function runJob(request, step) {
    switch (request.job) {
        case 'backup':
            return (await Promise.all(/* import() */[__nccwpck_require__.e(88), __nccwpck_require__.e(847), __nccwpck_require__.e(955), __nccwpck_require__.e(917), __nccwpck_require__.e(983), __nccwpck_require__.e(163), __nccwpck_require__.e(628), __nccwpck_require__.e(679), __nccwpck_require__.e(125), __nccwpck_require__.e(347), __nccwpck_require__.e(334)]).then(__nccwpck_require__.bind(__nccwpck_require__, 9334))).backup(request, step);
        case 'restore':
            return (await Promise.all(/* import() */[__nccwpck_require__.e(88), __nccwpck_require__.e(847), __nccwpck_require__.e(955), __nccwpck_require__.e(917), __nccwpck_require__.e(983), __nccwpck_require__.e(163), __nccwpck_require__.e(628), __nccwpck_require__.e(873), __nccwpck_require__.e(347), __nccwpck_require__.e(315)]).then(__nccwpck_require__.bind(__nccwpck_require__, 7315))).restore(request, step);
        case 'list':
            return (await Promise.all(/* import() */[__nccwpck_require__.e(88), __nccwpck_require__.e(847), __nccwpck_require__.e(983), __nccwpck_require__.e(458)]).then(__nccwpck_require__.bind(__nccwpck_require__, 5458))).list(request, step);
        case 'prune':
            return (await Promise.all(/* import() */[__nccwpck_require__.e(88), __nccwpck_require__.e(847), __nccwpck_require__.e(983), __nccwpck_require__.e(125), __nccwpck_require__.e(236)]).then(__nccwpck_require__.bind(__nccwpck_require__, 3901))).prune(request, step);
        case 'protect':
        case 'unprotect':
            return (await Promise.all(/* import() */[__nccwpck_require__.e(88), __nccwpck_require__.e(847), __nccwpck_require__.e(983), __nccwpck_require__.e(94)]).then(__nccwpck_require__.bind(__nccwpck_require__, 8094))).protect(request, step);
        case 'check':
            return (await Promise.all(/* import() */[__nccwpck_require__.e(88), __nccwpck_require__.e(847), __nccwpck_require__.e(955), __nccwpck_require__.e(917), __nccwpck_require__.e(983), __nccwpck_require__.e(163), __nccwpck_require__.e(628), __nccwpck_require__.e(873), __nccwpck_require__.e(679), __nccwpck_require__.e(413)]).then(__nccwpck_require__.bind(__nccwpck_require__, 3413))).check(request, step);
    }
}
/**
 * Tells the result, after the problem that fails the step all the same if there is one. The job has done what it has done, and a full disk
 * does not make a failure of it unseen.
 */
async function reportResult(result, masked, page) {
    const done = (0,_runner_results_js__WEBPACK_IMPORTED_MODULE_11__/* .conclusion */ .q$)(result);
    try {
        (0,_runner_report_js__WEBPACK_IMPORTED_MODULE_10__/* .noteMaskedOutputs */ .qr)(await (0,_runner_report_js__WEBPACK_IMPORTED_MODULE_10__/* .setOutputs */ .n0)(result), masked);
    }
    catch (cause) {
        throw (0,_runner_endings_js__WEBPACK_IMPORTED_MODULE_6__/* .outputsFailed */ .Mr)(result, cause);
    }
    const whole = { ...page, masked: Object.values(masked) };
    const { problem } = result;
    if (problem) {
        ending.titles = { ...ending.titles, ...(problem.title !== undefined && { failed: problem.title }) };
        // What else there is to tell is the result's.
        await tell(new _base_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Failure */ .HR(problem), {
            ...(0,_runner_page_page_js__WEBPACK_IMPORTED_MODULE_8__/* .withoutDetails */ .DA)(whole),
            isToldByResult: problem.isToldByResult ?? false,
        });
    }
    await (0,_runner_report_js__WEBPACK_IMPORTED_MODULE_10__/* .writeSummary */ .Sy)(result, whole);
    (0,_runner_report_js__WEBPACK_IMPORTED_MODULE_10__/* .info */ .pq)(done);
}
await main().catch((error) => endOutOfTurn(`The step could not tell how it ended: ${(0,_base_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .causeOf */ .rl)(error)}.`));
process.exit(); // nothing that is still open, such as a kept-alive connection, holds the step up

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 7089:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   G5: () => (/* binding */ withoutPassword),
/* harmony export */   _J: () => (/* binding */ sourceLine),
/* harmony export */   oM: () => (/* binding */ parseAptSource),
/* harmony export */   ur: () => (/* binding */ problemWithAptSource)
/* harmony export */ });
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
function sourceLine({ uri, suite, components, arch, signedBy }) {
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


/***/ }),

/***/ 4767:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   DS: () => (/* binding */ cacheVersion),
/* harmony export */   Fc: () => (/* binding */ cachedClientFolders),
/* harmony export */   L6: () => (/* binding */ readNewest),
/* harmony export */   XW: () => (/* binding */ toolCache),
/* harmony export */   YP: () => (/* binding */ clientTool),
/* harmony export */   jT: () => (/* binding */ removeUnpacking),
/* harmony export */   mk: () => (/* binding */ publish),
/* harmony export */   sA: () => (/* binding */ writeNewest),
/* harmony export */   yj: () => (/* binding */ folderForUnpacking)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6760);


/** What clients are called in the runner's tool cache. */
const clientTool = 'postgresql-client';
/** What the folder for unpacking is called, next to the versions. */
const unpacking = '.unpacking-';
/** How old a folder for unpacking has to be to be left by a run that was killed, in milliseconds. No installation takes so long. */
const abandonedAfter = 3_600_000;
/** The runner's tool cache, which jobs of one machine share; undefined outside a runner. */
function toolCache() {
    return process.env['RUNNER_TOOL_CACHE'] || undefined;
}
/** The folders with programs of all clients in the tool cache, the newest first. */
async function cachedClientFolders() {
    if (toolCache() === undefined)
        return [];
    const { find, findAllVersions } = await Promise.all(/* import() */[__nccwpck_require__.e(88), __nccwpck_require__.e(955), __nccwpck_require__.e(58), __nccwpck_require__.e(805)]).then(__nccwpck_require__.bind(__nccwpck_require__, 9805)); // loaded when it is needed, as everything that takes time
    const newestFirst = (a, b) => b.localeCompare(a, 'en', { numeric: true });
    try {
        return findAllVersions(clientTool)
            .sort(newestFirst)
            .map((version) => find(clientTool, version))
            .filter((folder) => folder !== '') // another job has just removed it
            .map((folder) => node_path__WEBPACK_IMPORTED_MODULE_1__.join(folder, 'bin'));
    }
    catch {
        return []; // a folder of another user
    }
}
/** The cache's name for a Debian version: `17.6-1.pgdg24.04+1` is `17.6.0-1-pgdg24-04-1`, since the cache knows semantic versions only. */
function cacheVersion(debianVersion) {
    const [, major = '0', minor, rest = ''] = /^(?:\d+:)?(\d+)(?:\.(\d+))?(.*)$/.exec(debianVersion) ?? [];
    const suffix = rest
        .split(/[^0-9A-Za-z]+/)
        .filter(Boolean)
        .join('-');
    // A part of digits alone must not begin with a zero. https://semver.org/#spec-item-9
    return `${major}.${minor ?? '0'}.0${suffix === '' ? '' : `-${/^\d+$/.test(suffix) ? `r${suffix}` : suffix}`}`;
}
/**
 * A new folder to unpack into, inside the cache, so that it can be moved to its place in one go. It lies in one of its own, for dpkg gives it
 * the time at which the package was built. Those of killed runs are removed.
 * @param scratch the folder of the step's files, in which it is noted, for `removeUnpacking`
 */
async function folderForUnpacking(cache, tool, scratch) {
    const parent = node_path__WEBPACK_IMPORTED_MODULE_1__.join(cache, tool);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(parent, { recursive: true });
    for (const name of await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(parent)) {
        const folder = node_path__WEBPACK_IMPORTED_MODULE_1__.join(parent, name);
        if (name.startsWith(unpacking) && Date.now() - (await changed(folder)) > abandonedAfter)
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(folder, { recursive: true, force: true }).catch(() => { }); // of another user, or removed by another job
    }
    const made = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)(node_path__WEBPACK_IMPORTED_MODULE_1__.join(parent, unpacking));
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.symlink)(made, node_path__WEBPACK_IMPORTED_MODULE_1__.join(scratch, node_path__WEBPACK_IMPORTED_MODULE_1__.basename(made)));
    const folder = node_path__WEBPACK_IMPORTED_MODULE_1__.join(made, 'root');
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(folder);
    return folder;
}
/**
 * Removes what a step that was killed was unpacking.
 * @param scratch the folder of its files
 */
async function removeUnpacking(scratch) {
    const names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(scratch).catch(() => []);
    for (const name of names.filter((one) => one.startsWith(unpacking))) {
        const folder = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readlink)(node_path__WEBPACK_IMPORTED_MODULE_1__.join(scratch, name)).catch(() => '');
        if (node_path__WEBPACK_IMPORTED_MODULE_1__.basename(folder) === name)
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(folder, { recursive: true, force: true });
    }
}
async function changed(folder) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(folder).then(({ mtimeMs }) => mtimeMs, () => Date.now());
}
/** How often a broken folder is moved away, which another job may be doing as well. */
const mostReplacements = 5;
/**
 * Moves an unpacked folder to its place in the cache. `cacheDir` of @actions/tool-cache deletes what is there before it copies, under the
 * feet of another job of this machine; here a folder appears as a whole, and the first of two jobs wins.
 * @param works whether a folder that is there already is whole, which one of a killed copy is not
 * @returns the place
 */
async function publish(cache, unpacked, { tool, version }, works) {
    const place = node_path__WEBPACK_IMPORTED_MODULE_1__.join(cache, tool, version, process.arch);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(node_path__WEBPACK_IMPORTED_MODULE_1__.dirname(place), { recursive: true });
    for (let attempt = 1; !(await renamed(unpacked, place)); attempt++) {
        const found = await identity(place);
        if (await works(place))
            break;
        if (attempt > mostReplacements)
            throw new Error(`${place} is broken, and comes back whenever it is moved away`);
        if ((await identity(place)) === found)
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rename)(place, `${unpacked}-broken-${attempt}`);
    }
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(`${place}.complete`, ''); // by this @actions/tool-cache knows a whole one
    return place;
}
async function renamed(from, to) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rename)(from, to);
        return true;
    }
    catch (error) {
        if (!['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(String(error.code)))
            throw error;
        return false;
    }
}
async function identity(folder) {
    const { dev, ino } = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(folder).catch(() => ({ dev: 0, ino: 0 }));
    return `${dev}/${ino}`;
}
const record = (cache) => node_path__WEBPACK_IMPORTED_MODULE_1__.join(cache, clientTool, 'newest.json');
/** What the repository had when it was last asked by a job of this machine. */
async function readNewest(cache) {
    try {
        const { asked, versions } = JSON.parse(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(record(cache), 'utf8'));
        return /^\d{4}-\d\d-\d\dT/.test(String(asked)) && versions
            ? { asked: String(asked), versions }
            : undefined;
    }
    catch {
        return undefined; // never asked, or a record that is cut off
    }
}
async function writeNewest(cache, newest) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(node_path__WEBPACK_IMPORTED_MODULE_1__.join(cache, clientTool), { recursive: true });
    const file = record(cache);
    const folder = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)(node_path__WEBPACK_IMPORTED_MODULE_1__.join(cache, clientTool, unpacking));
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(node_path__WEBPACK_IMPORTED_MODULE_1__.join(folder, 'newest.json'), JSON.stringify(newest));
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rename)(node_path__WEBPACK_IMPORTED_MODULE_1__.join(folder, 'newest.json'), file);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(folder, { recursive: true, force: true });
}


/***/ }),

/***/ 6197:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Hm: () => (/* binding */ excludesRows),
/* harmony export */   lo: () => (/* binding */ selectionOptions),
/* harmony export */   mA: () => (/* binding */ mayBePartial)
/* harmony export */ });
/* unused harmony export isKnownSelection */
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
const sections = ['pre-data', 'data', 'post-data'];
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
function mayBePartial(written) {
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
/* harmony export */   DZ: () => (/* binding */ describeDatabase),
/* harmony export */   R5: () => (/* binding */ sslModes),
/* harmony export */   Rv: () => (/* binding */ directConnectionParameter),
/* harmony export */   a_: () => (/* binding */ prepareConnection),
/* harmony export */   cF: () => (/* binding */ connectionString),
/* harmony export */   cz: () => (/* binding */ optionsOf),
/* harmony export */   p7: () => (/* binding */ environmentOf),
/* harmony export */   sU: () => (/* binding */ isUnverified)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6760);
/* harmony import */ var _base_failure_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7306);
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8253);




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
 * @param insistence what is done about a server that does not let the job in
 * @throws Failure if certificates are to be verified and the system has no roots
 */
async function prepareConnection(address, login, scratch, insistence) {
    const nowhere = node_path__WEBPACK_IMPORTED_MODULE_1__.join(scratch, 'none');
    const env = {
        HOME: scratch,
        LC_ALL: 'C', // the programs' own messages in English, the server's as it has them
        PGHOST: address.host,
        PGPORT: String(address.port),
        PGUSER: login.user,
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
function environmentOf({ env, admission }) {
    return { ...env, PGPASSWORD: admission.password };
}
/** For one attempt to connect, in seconds; libpq takes less than two for two. */
function connectTimeout(insistence) {
    return Math.max(2, Math.ceil((insistence?.patience.answer ?? 20_000) / 1000));
}
/** A database and its server, for messages. */
function describeDatabase({ address, user }, database) {
    return `database ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .TL)(database)} on ${address.host}:${address.port} as ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .TL)(user)}`;
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
        return node_path__WEBPACK_IMPORTED_MODULE_1__.resolve(address.sslRootCert);
    // With `require`, libpq verifies as soon as it finds a root certificate: give it none.
    if (address.sslMode === 'require' || address.sslMode === 'disable')
        return nowhere;
    const { getCACertificates } = await Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 1692, 19)); // bad input is told sooner without it
    const roots = getCACertificates('system');
    if (roots.length === 0) {
        throw new _base_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .Failure */ .HR({
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

/***/ 4953:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Cv: () => (/* binding */ identifier),
/* harmony export */   KK: () => (/* binding */ holdsCredential),
/* harmony export */   Oe: () => (/* binding */ listElements),
/* harmony export */   XM: () => (/* binding */ toPaste),
/* harmony export */   eu: () => (/* binding */ literal),
/* harmony export */   pq: () => (/* binding */ isQuotedList)
/* harmony export */ });
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8253);

/**
 * Names and values as parts of SQL text. Scripts that psql runs for us use its variables instead; this is for statements
 * that a person is to run, and whose parts are as many as the database has settings or grants.
 */
/** A name in double quotes. */
function identifier(name) {
    return `"${name.replaceAll('"', '""')}"`;
}
/** A string constant that means the same whatever `standard_conforming_strings` is. */
function literal(value) {
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
function toPaste(statement) {
    if ((0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .inOneLine */ .UX)(statement) === statement || statement.startsWith('--'))
        return (0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .inOneLine */ .UX)(statement);
    let hasBody = false;
    const shown = statement.replace(quotedPart, (part, ...match) => {
        hasBody ||= part.startsWith('$');
        if ((0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .inOneLine */ .UX)(part) === part)
            return part;
        const { name, text, escaped } = match.at(-1);
        if (name !== undefined)
            return `U&"${showHidden(name.replaceAll('\\', '\\\\'), '\\')}"`;
        const inside = text?.replaceAll('\\', '\\\\') ?? escaped?.replace(/\\(.)/gs, withoutNeedlessEscape);
        return inside === undefined ? part : `E'${showHidden(inside, '\\u')}'`;
    });
    return hasBody ? statement : (0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .inOneLine */ .UX)(shown.replace(/\s*[\n\r\t]\s*/g, ' '));
}
function withoutNeedlessEscape(whole, character) {
    return (0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .inOneLine */ .UX)(character) === character ? whole : character;
}
/** A text in which each character that nobody can see is its code, after a sign that says so. */
function showHidden(text, sign) {
    return text.replace(/[^ -~]/g, (one) => (0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .inOneLine */ .UX)(one) === one ? one : `${sign}${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
/**
 * The elements of a list that the server keeps as one text, `"$user", public`. Names in double quotes are taken as they
 * stand; around the others spaces do not count.
 */
function listElements(list) {
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
function isQuotedList(parameter) {
    return quotedLists.has(parameter.toLowerCase());
}
/** A URL with a password, or what libpq, ADO.NET and the like call one: `://user:pass@`, `password=`, `Pwd = ` */
const credential = /:\/\/[^\s/@]*:[^\s@]*@|\b(password|passwd|passphrase|pwd|secret|token|\w*key)['"]?\s*[=:]/i;
/** Whether a text looks as if it held a password. */
function holdsCredential(text) {
    return credential.test(text);
}


/***/ }),

/***/ 1205:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   AY: () => (/* binding */ EndedEarly),
/* harmony export */   Ew: () => (/* binding */ abortOnCancelOrCrash),
/* harmony export */   PM: () => (/* binding */ cancelledJob),
/* harmony export */   cJ: () => (/* binding */ Cancelled),
/* harmony export */   kl: () => (/* binding */ Defect)
/* harmony export */ });
/* harmony import */ var _base_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7306);

/** Something went wrong that nothing was prepared for. */
class Defect extends _base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR {
    constructor(cause) {
        super({
            tried: 'The step',
            cause: (0,_base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .causeOf */ .rl)(cause).trim() || 'an error without a message',
            advice: 'This is a bug in the action. Please report it, with the log of a run that has debug logging enabled.',
        }, { cause });
    }
}
/** The runner has cancelled the step. */
class Cancelled extends _base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR {
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
class EndedEarly extends Error {
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
    return new EndedEarly(message, { ...rest, advice, cause: `It was cancelled (${signalName})${at}.` });
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
            const why = `The step ended before it had cleaned up, after an unexpected error: ${(0,_base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .causeOf */ .rl)(error)}.`;
            abort(new Defect(error), times.defect, why);
        });
    }
    // Nothing is left that could settle what the job waits for; Node would end the process without a word.
    process.on('beforeExit', () => void endOutOfTurn('The step stopped: what it was waiting for could no longer come.'));
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
/* harmony export */   qA: () => (/* binding */ lastWritten),
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
    written = performance.now();
    process.stdout.write(wordsOf(text) + node_os__WEBPACK_IMPORTED_MODULE_1__.EOL);
}
let written = 0;
/** When something was written to the log last that everybody sees, by `performance.now()`. */
function lastWritten() {
    return written;
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

/***/ 27:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   H4: () => (/* binding */ ifCutOff),
/* harmony export */   Mr: () => (/* binding */ outputsFailed),
/* harmony export */   Q9: () => (/* binding */ cancelIn),
/* harmony export */   em: () => (/* binding */ failureFor),
/* harmony export */   oM: () => (/* binding */ closingLine)
/* harmony export */ });
/* harmony import */ var _base_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7306);
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(8253);
/* harmony import */ var _base_process_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3418);
/* harmony import */ var _base_system_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1703);
/* harmony import */ var _cancel_or_crash_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1205);
/* harmony import */ var _inputs_error_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(3707);
/* harmony import */ var _results_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(1773);







/** What becomes of a database that the step leaves behind. */
const whoDropsIt = 'The end of the job drops it, or tells why it could not.';
/** What a job leaves that is ended now. */
function ifCutOff(request, { stage, unfinished } = {}) {
    if (request.job === 'backup') {
        const backup = 'There is a new backup only if the log says that it was uploaded, or says "Committing" and a blob of that name is in the container, which is complete then.';
        return request.retention && !request.retention.isDryRun
            ? `${backup} Of older ones, the log has a line for each that was deleted.`
            : backup;
    }
    if (request.job === 'protect' || request.job === 'unprotect')
        return `The protection of ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_6__/* .quoted */ .TL)(request.backupFileName)} may have been changed: job_to_run list shows it.`;
    if (request.job === 'prune' && !request.retention.isDryRun)
        return 'Backups may have been deleted: the log has a line for each one that was.';
    if (request.job === 'check')
        return 'No database and no backup was changed. A probe file may be left in the container: a later check deletes it.';
    if (request.job !== 'restore')
        return 'Nothing was changed.';
    const database = `Database ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_6__/* .quoted */ .TL)(request.database)}`;
    const { fresh, previous } = unfinished ?? {};
    const beside = fresh ? ` ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_6__/* .quoted */ .TL)(fresh.name)} beside it may be left. ${whoDropsIt}` : '';
    if (stage === undefined || stage === 'filling')
        return `${database} was not touched by this restore.${beside}`;
    if (request.strategy === 'drop' && stage === 'swapping')
        return `${database} is either the old one or empty. If it is empty, the end of the job puts the old one back, or tells why it could not${previous ? `; that is ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_6__/* .quoted */ .TL)(previous.name)}, unless it was dropped` : ''}.`;
    if (request.strategy === 'drop')
        return `${database} is incomplete, unless the log says that it was restored: run the restore again with the same backup.`;
    if (stage === 'swapping')
        return `${database} is either the old one or restored in full, never in between.${beside}`;
    return `${database} is restored in full.${previous ? ` The old one may be left as ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_6__/* .quoted */ .TL)(previous.name)}. ${whoDropsIt}` : ''}`;
}
/**
 * The last line of a step that was cancelled: the state, and what is still to be undone.
 * @param state as it was told
 */
function closingLine(state, { unfinished }) {
    const { sentence } = (0,_base_format_js__WEBPACK_IMPORTED_MODULE_6__/* .firstSentence */ .qi)(state);
    const { fresh, previous, stage } = unfinished ?? {};
    const left = stage === 'swapped' ? previous : fresh;
    const rest = left === undefined ? '' : ` ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_6__/* .quoted */ .TL)(left.name)} may still be there. ${whoDropsIt}`;
    return `Cancelled. ${sentence}${rest}`;
}
/** The outputs could not be written, after a job that has done what it has done. */
function outputsFailed(result, error) {
    return new _base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR({
        tried: 'Writing the outputs',
        cause: (0,_base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .causeOf */ .rl)(error),
        advice: '',
        state: `The job itself is done: ${(0,_results_js__WEBPACK_IMPORTED_MODULE_5__/* .conclusion */ .q$)(result)}.`,
        ...(result.job === 'restore' && { outcome: 'restored' }),
    }, { cause: error });
}
/**
 * What is told of an error. Where nothing was prepared for it, only `state` is known of the world.
 * @param interrupted of the job
 */
async function failureFor(error, interrupted, state) {
    const expected = (error instanceof _base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR && !(error instanceof _cancel_or_crash_js__WEBPACK_IMPORTED_MODULE_3__/* .Defect */ .kl)) || error instanceof _inputs_error_js__WEBPACK_IMPORTED_MODULE_4__/* .InputError */ .d;
    if (expected)
        return error;
    const unexpected = interrupted.aborted ? interrupted.reason : error;
    if (unexpected instanceof _base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR && !(unexpected instanceof _cancel_or_crash_js__WEBPACK_IMPORTED_MODULE_3__/* .Defect */ .kl))
        return unexpected;
    const known = unexpected instanceof _base_process_js__WEBPACK_IMPORTED_MODULE_1__/* .ProcessFailure */ .iq ? await programFailure(unexpected) : unexpectedFailure(unexpected);
    return new _base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR({ ...known, state }, { cause: unexpected });
}
/** What the machine refused, such as one more open file, is no bug of ours, wherever it happened. */
function unexpectedFailure(error) {
    const system = (0,_base_system_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .explainSystemError */ .T)(error);
    return system
        ? { tried: 'The step', cause: system.cause, advice: system.advice ?? 'Run the job again.' }
        : new _cancel_or_crash_js__WEBPACK_IMPORTED_MODULE_3__/* .Defect */ .kl(error instanceof _cancel_or_crash_js__WEBPACK_IMPORTED_MODULE_3__/* .Defect */ .kl ? error.cause : error).explanation;
}
async function programFailure(error) {
    const { explainServerError } = await __nccwpck_require__.e(/* import() */ 163).then(__nccwpck_require__.bind(__nccwpck_require__, 8163));
    return { tried: 'The step', ...explainServerError(error) };
}
/** A cancel as that, if it is what the job ended with. */
function cancelIn(title, failure, reason, state) {
    if (!(reason instanceof _cancel_or_crash_js__WEBPACK_IMPORTED_MODULE_3__/* .Cancelled */ .cJ) || !(failure instanceof _base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR))
        return undefined;
    const { explanation } = failure;
    return explanation.cause === reason.explanation.cause
        ? (0,_cancel_or_crash_js__WEBPACK_IMPORTED_MODULE_3__/* .cancelledJob */ .PM)(title, reason, { state, ...explanation })
        : undefined;
}


/***/ }),

/***/ 3707:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ secretInputNames),
/* harmony export */   d: () => (/* binding */ InputError)
/* harmony export */ });
/* harmony import */ var _base_shell_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9650);
/* harmony import */ var _reader_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2078);


/** The inputs make no request. What to do names each input that is wrong, and what is allowed: there is no other cause to tell. */
class InputError extends Error {
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
/** Where inputs are missing that come from variables or secrets, that is why: one that is not there is empty. */
function adviceOnSettings(problems, environment) {
    const names = secretInputNames
        .filter((name) => problems.includes((0,_reader_js__WEBPACK_IMPORTED_MODULE_0__/* .missingInput */ .fV)(name)))
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
    return ` -R ${(0,_base_shell_js__WEBPACK_IMPORTED_MODULE_1__/* .bashWord */ .Hu)(host === 'github.com' ? repository : `${host}/${repository}`)}`;
}
function joinedByAnd(names) {
    const [last = '', ...before] = names.toReversed();
    return before.length === 0 ? last : `${before.toReversed().join(', ')} and ${last}`;
}


/***/ }),

/***/ 9418:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  p: () => (/* binding */ inputsToMask),
  i: () => (/* binding */ readRequest)
});

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

// EXTERNAL MODULE: ./build/jobs/request.js
var request = __nccwpck_require__(368);
// EXTERNAL MODULE: ./build/postgres/dump/compression.js
var dump_compression = __nccwpck_require__(5295);
// EXTERNAL MODULE: ./build/postgres/server/database-names.js
var database_names = __nccwpck_require__(6374);
// EXTERNAL MODULE: ./build/runner/commands.js
var commands = __nccwpck_require__(6717);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: ./build/postgres/client/install/apt-source.js
var apt_source = __nccwpck_require__(7089);
;// CONCATENATED MODULE: ./build/runner/inputs/client.js


/** Reads the inputs that say which PostgreSQL client is used, and where a missing one comes from. */
function readClientInputs(read) {
    const version = read('postgres_version', {
        check: (value) => /^(auto|[1-9]\d)$/.test(value) ? undefined : 'must be auto or a major version from 10 to 99',
        fallback: 'auto',
    });
    const line = read('postgres_apt_repository', {
        check: (value) => (0,apt_source/* problemWithAptSource */.ur)(value) ?? problemWithKeyOf(value),
        show: apt_source/* withoutPassword */.G5,
        optional: true,
    });
    const source = (0,apt_source/* parseAptSource */.oM)(line);
    return { ...(version !== 'auto' && { major: Number(version) }), ...(source && { source }) };
}
/** First bytes of a public key: the three tags that apt takes in a binary file, or the armor. */
const keyBeginnings = ['\x98', '\x99', '\xc6', '-----BEGIN PGP PUBLIC KEY BLOCK-----'];
function problemWithKeyOf(line) {
    const file = (0,apt_source/* parseAptSource */.oM)(line)?.signedBy ?? '';
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

// EXTERNAL MODULE: ./build/runner/inputs/error.js
var error = __nccwpck_require__(3707);
// EXTERNAL MODULE: ./build/base/format.js
var format = __nccwpck_require__(8253);
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
        const given = (0,commands/* getInput */.V4)(name);
        if (given.trim() === '' || jobs.some((one) => one === job))
            continue;
        const list = jobs.join(', ').replace(/, (\w+)$/, ' and $1');
        (0,commands/* warning */.$e)(`${name} is for ${list} only; ${insteadOf(name, given, job)}`);
    }
    if (job !== 'backup')
        return;
    const source = (0,commands/* getInput */.V4)('source_db_name');
    if (source !== '' && source !== database)
        (0,commands/* warning */.$e)(`source_db_name is ignored: the retention after a backup counts those of db_name ${(0,format/* quoted */.TL)(database)}`);
    if (!retention && (0,commands/* getInput */.V4)('retention_dry_run').trim().toLowerCase() === 'true')
        (0,commands/* warning */.$e)('retention_dry_run is ignored: no rule of a retention is given, so that nothing would be deleted');
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

// EXTERNAL MODULE: ./build/jobs/archive/metadata.js
var metadata = __nccwpck_require__(6355);
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
    return (0,metadata/* hasRoom */.AB)(value, metadata/* longest */.xS.protection)
        ? undefined
        : `must have at most ${metadata/* longest */.xS.protection} characters, of which those that are not ASCII count as 6 to 12 and a per cent sign as 3`;
}

// EXTERNAL MODULE: ./build/azure/cloud.js
var azure_cloud = __nccwpck_require__(6785);
// EXTERNAL MODULE: ./build/base/patience.js
var patience = __nccwpck_require__(7705);
;// CONCATENATED MODULE: ./build/runner/inputs/place.js



/** Reads who signs in, and where the backups are. */
function readPlace(read) {
    const authorityHost = read.url('azure_authority_host');
    const cloud = (0,azure_cloud/* cloudOf */.h)(authorityHost);
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
    return (0,patience/* patienceOf */.Hw)(Number(seconds));
}

// EXTERNAL MODULE: ./build/runner/inputs/reader.js
var reader = __nccwpck_require__(2078);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(8161);
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
        restoreOptions: (0,reader/* readToolOptions */.Fh)(read, 'pg_restore'),
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

// EXTERNAL MODULE: ./build/postgres/session/connection.js
var connection = __nccwpck_require__(1453);
;// CONCATENATED MODULE: ./build/runner/inputs/server.js


/**
 * Reads the inputs that say where the server is and how the way to it is secured.
 * @param isOptional whether the job does without its name
 */
function readServer(read, isOptional) {
    const port = read('db_port', { check: problemWithPort, fallback: '5432' });
    const sslMode = read('ssl_mode', {
        check: (value) => isSslMode(value) ? undefined : `must be ${connection/* sslModes */.R5.join(', ').replace(/, (\S+)$/, ' or $1')}`,
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

// EXTERNAL MODULE: ./build/jobs/archive/recorded-backups.js
var recorded_backups = __nccwpck_require__(3928);
;// CONCATENATED MODULE: ./build/runner/inputs/source.js



/** More names than a server ever had. */
const mostHosts = 20;
/** Reads whose backups are meant, where they are not those of `db_name` on `azure_db_host`. */
function readSource(read) {
    const given = read('source_db_host', { check: problemWithHosts, optional: true });
    const isEveryHost = given === '*';
    return {
        ...{ isEveryHost, hosts: given === '' ? undefined : isEveryHost ? [] : hostsOf(given) },
        database: read('source_db_name', { check: database_names/* problemWithDatabaseName */._d, optional: true, exact: true }),
    };
}
/** The hosts in a text, each as it is compared. */
function hostsOf(text) {
    const hosts = text.split(/[\s,]+/).map(recorded_backups/* comparableHost */.$o);
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
    return Object.fromEntries(error/* secretInputNames */.T.map((name) => [name, (0,commands/* getInput */.V4)(name).trim()]).filter(([, value]) => value !== ''));
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
    const read = (0,reader/* reader */.wA)(problems);
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
    const compression = (0,dump_compression/* parseCompression */.Gd)(read('compression', {
        check: (value) => ((0,dump_compression/* parseCompression */.Gd)(value) ? undefined : `must be ${dump_compression/* allowedCompression */.ln}`),
        fallback: 'auto',
    }));
    const dumpOptions = (0,reader/* readToolOptions */.Fh)(read, 'pg_dump');
    const restoring = readRestoreInputs(read, problems);
    const client = readClientInputs(read);
    const keeping = readKeeping(read, job === 'protect');
    const { retention, maxAgeHours } = readRetention(read, job === 'prune', problems);
    if (problems.length > 0 || !isJob(job) || !compression)
        throw new error/* InputError */.d(problems);
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
                throw new error/* InputError */.d(problems); // readRetention has told that
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
    return job === 'restore' && (0,database_names/* isSystemDatabase */.xs)(database)
        ? "must not be one of the server's own databases, which a restore never replaces"
        : (0,database_names/* problemWithDatabaseName */._d)(database);
}
/** @returns the blob's whole name, `latest`, or nothing */
function readBackupFileName(read, job, folder) {
    const name = read('backup_file_name', {
        check: (value) => value === request/* latestName */.L && withBackup.has(job) && job !== 'restore'
            ? `must name one backup for ${job}: which one is the latest may have changed by then`
            : problemWithBlobName(value.startsWith(folder) ? value : `${folder}${value}`),
        optional: !withBackup.has(job),
        exact: true,
    });
    return name === '' || name === request/* latestName */.L || name.startsWith(folder) ? name : `${folder}${name}`;
}


/***/ }),

/***/ 2078:
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
    const read = (name, { check, fallback = '', optional = false, exact = false, show = (value) => value } = {}) => {
        const given = (0,_commands_js__WEBPACK_IMPORTED_MODULE_1__/* .getInput */ .V4)(name);
        const value = (exact ? given : given.trim()) || fallback;
        const problem = value === '' ? undefined : check?.(value);
        if (problem !== undefined)
            problems.push(`${name} ${problem}; it is ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .TL)(show(value))}`);
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

/***/ 4638:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ withRoom),
/* harmony export */   a: () => (/* binding */ listedAsJson)
/* harmony export */ });
/* harmony import */ var _jobs_archive_recorded_time_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4598);

/** GitHub takes a megabyte of all outputs of a job; so much of it, in characters, is for a list. */
const longestOutput = 400_000;
/** The listed backups as JSON, the newest first; where that is too long, as many as have room. */
function listedAsJson({ backups, source, now }) {
    // GitHub blanks a job's output that contains a secret, which the host's name may be: where one was asked for, nobody has to be told.
    const isKnown = source.hosts?.length === 1;
    return withRoom(backups.map((backup) => JSON.stringify({
        backup_file_name: backup.name,
        ...(isKnown ? {} : { db_host: backup.host }),
        ...jsonOf(backup, now),
    })));
}
/** Items of JSON as a list of as many as have room, and how many have none. */
function withRoom(items) {
    const shown = [];
    let length = 2;
    for (const item of items) {
        length += item.length + 1;
        if (length > longestOutput)
            break;
        shown.push(item);
    }
    return { json: `[${shown.join(',')}]`, left: items.length - shown.length };
}
function jsonOf(backup, now) {
    return {
        db_name: backup.database,
        started_at: backup.at.toISOString(),
        size_bytes: backup.size,
        server_version: backup.serverVersion,
        compression: backup.compression,
        access_tier: backup.tier.toLowerCase(),
        verified_at: backup.verifiedAt?.toISOString() ?? null,
        protect: backup.protection ?? null,
        immutable_until: backup.immutableUntil?.toISOString() ?? null,
        legal_hold: backup.hasLegalHold,
        leaves_out: backup.part ?? null,
        wrong_time: (0,_jobs_archive_recorded_time_js__WEBPACK_IMPORTED_MODULE_0__/* .wrongTime */ .j)(backup, now) ?? null,
    };
}


/***/ }),

/***/ 339:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   J5: () => (/* binding */ maskEverywhere),
/* harmony export */   h_: () => (/* binding */ isMaskable),
/* harmony export */   jh: () => (/* binding */ redactMasked),
/* harmony export */   sO: () => (/* binding */ withVariables)
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
/** Sets the variable of psql that stands for what GitHub hides in the statements after it, and says so. */
const settingOfHidden = "\\set hidden 'put in the name that GitHub hides'";
/** Statements that can be pasted although GitHub hides a name in some of them: before these, a line says what to put in. */
function withVariables(statements) {
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
        (0,_base_format_js__WEBPACK_IMPORTED_MODULE_1__/* .quoted */ .TL)(value).slice(1, -1),
        value.replace(/[\\']/g, '\\$&'),
        value.replaceAll("'", "''"),
        value.replaceAll('"', '""'),
        encodeURIComponent(value.toWellFormed()),
    ];
}


/***/ }),

/***/ 1866:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   MZ: () => (/* binding */ codeCell),
/* harmony export */   VX: () => (/* binding */ withStatementVariables),
/* harmony export */   ZQ: () => (/* binding */ inProse),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   oR: () => (/* binding */ sqlBlock),
/* harmony export */   om: () => (/* binding */ block),
/* harmony export */   qy: () => (/* binding */ proseCell)
/* harmony export */ });
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8253);
/* harmony import */ var _masking_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(339);


/** Any text as a code span, in which a newline would end what it is in. */
function code(text) {
    return codeSpan((0,_base_format_js__WEBPACK_IMPORTED_MODULE_1__/* .visible */ .RK)(text).replaceAll('\r', '\\r').replaceAll('\n', '\\n'));
}
/** The same inside a table, where a bar would end its cell, in a code span too. */
function codeCell(text) {
    return code(text).replaceAll('|', '\\|');
}
/**
 * Any text as prose with the line breaks that it has. Whatever could be Markdown, HTML, a link, a mention or an emoji, in Markdown or to
 * GitHub, is a code span: what stands in quotes, a word with a sign that prose does not need, and a command at the end of a line. Lines
 * that are commands or statements are blocks of code, to be copied. Spaces at the ends of lines are left out.
 */
function inProse(text) {
    // A value that is no single word would be broken by what stands around its words, and GitHub would not find it any more.
    const lines = (0,_masking_js__WEBPACK_IMPORTED_MODULE_0__/* .redactMasked */ .jh)(withStatementVariables(text), (value) => !/^\w([\w.-]*\w)?$/.test(value))
        .trim()
        .split(/\r\n?|\n/)
        .map((line) => (0,_base_format_js__WEBPACK_IMPORTED_MODULE_1__/* .visible */ .RK)(line).trim());
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
        : block(run.lines.join('\n'), run.language))
        .join('\n');
}
/** The first line of a text as prose in a table. */
function proseCell(text) {
    const [line = ''] = (0,_masking_js__WEBPACK_IMPORTED_MODULE_0__/* .redactMasked */ .jh)(text, (value) => !/^\w([\w.-]*\w)?$/.test(value)).split(/\r\n?|\n/);
    return prose((0,_base_format_js__WEBPACK_IMPORTED_MODULE_1__/* .visible */ .RK)(line).trim()).replaceAll('|', '\\|');
}
/** A text in which statements can be pasted although GitHub hides a name in them: a line before those that follow each other says what to put in. */
function withStatementVariables(text) {
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
        if (statement === '' || (0,_masking_js__WEBPACK_IMPORTED_MODULE_0__/* .withVariables */ .sO)([statement]).length === 1)
            add(languageOf(line.trim()) === 'sql', line);
        else {
            const words = line.slice(0, line.length - statement.length).trimEnd();
            if (words !== '')
                add(false, words);
            add(true, statement);
        }
    }
    return runs.flatMap(({ isSql, lines }) => (isSql ? (0,_masking_js__WEBPACK_IMPORTED_MODULE_0__/* .withVariables */ .sO)(lines) : lines)).join('\n');
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
function sqlBlock(sql) {
    return block(sql, 'sql');
}
/** Any text as a block of code, in a language if one is named. */
function block(text, language = '') {
    const fence = fenceAround(text, 3);
    return `${fence}${language}\n${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_1__/* .visible */ .RK)(text)}\n${fence}\n`;
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


/***/ }),

/***/ 9528:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   DA: () => (/* binding */ withoutDetails),
/* harmony export */   Od: () => (/* binding */ restoreCommand),
/* harmony export */   sO: () => (/* binding */ runToRecord),
/* harmony export */   uM: () => (/* binding */ linkTo),
/* harmony export */   w4: () => (/* binding */ rerunCommand),
/* harmony export */   xh: () => (/* binding */ currentRun),
/* harmony export */   yj: () => (/* binding */ timedInto)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var _base_shell_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9650);
/* harmony import */ var _masking_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(339);
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1866);




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
const restoreInputs = ['job_to_run', 'db_name', 'backup_file_name'];
/**
 * Whether the workflow was run by hand, with the inputs that a restore needs. Others may be there if this run was not given them, so that
 * a restore does without them, too, or if they are nothing to a restore: what they would have to be is not known.
 */
function takesRestores(eventPath) {
    try {
        const event = JSON.parse((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(eventPath, 'utf8'));
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
function linkTo({ server }, repository, id, text) {
    return isRun(repository, id) ? `[${text}](${server}/${repository}/actions/runs/${id})` : '';
}
/** The repository of a run, as `gh` takes it. */
function forGh({ server, repository }) {
    const { host } = new URL(server);
    return host === 'github.com' ? repository : `${host}/${repository}`;
}
/** The command that runs the failed jobs of this run again, with all of their inputs, after words that introduce it; empty outside of a run. */
function rerunCommand(intro, { run }) {
    return run ? `${intro}:\n\n${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .block */ .om)(`gh run rerun ${run.id} -R ${forGh(run)} --failed`, 'sh')}` : '';
}
/** The workflow of the README that is started by hand. */
const usualWorkflow = 'manual-db-backup-restore.yml';
/** More of a command, in bytes, has no room here. */
const longestCommand = 10_000;
/** The command that restores a backup, ready to be pasted into bash, after words that introduce it; empty outside of a run. */
function restoreCommand(intro, database, backup, page) {
    const { run, masked = [] } = page;
    if (!run)
        return '';
    const isHidden = (value) => (0,_masking_js__WEBPACK_IMPORTED_MODULE_1__/* .redactMasked */ .jh)(value) !== value || masked.some((one) => one !== '' && value.includes(one));
    const variables = Object.entries({ db_name: database, backup_file_name: backup });
    const hidden = variables.filter(([, value]) => isHidden(value)).map(([name]) => name);
    const fields = variables.map(([name, value]) => `-f ${name}=${isHidden(value) ? `"$${name}"` : (0,_base_shell_js__WEBPACK_IMPORTED_MODULE_3__/* .bashWord */ .Hu)(value)}`);
    const workflow = run.workflow ?? usualWorkflow;
    const command = `gh workflow run ${workflow} -R ${forGh(run)} -f job_to_run=restore ${fields.join(' ')}`;
    if (Buffer.byteLength(command) > longestCommand)
        return '';
    const where = run.workflow === undefined
        ? `, if the repository has the workflow ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(usualWorkflow)}, and its settings name this server`
        : '';
    const first = hidden.length === 0
        ? ''
        : ` Set ${hidden.map((name) => (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(name)).join(' and ')} in your shell first: GitHub hides a part of the value.`;
    return `${intro}${where}:${first}\n\n${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .block */ .om)(command, 'sh')}`;
}


/***/ }),

/***/ 7736:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ withTime),
/* harmony export */   h: () => (/* binding */ breakingSilence)
/* harmony export */ });
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8253);
/* harmony import */ var _cancel_or_crash_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1205);
/* harmony import */ var _commands_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6717);



/** Runs a phase of the job, and writes as its last line how long it took, whether or not it went well. */
async function withTime(info, signal, work) {
    const clock = performance.now();
    const tell = (how) => info(`${how} ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a3)(performance.now() - clock)}`);
    try {
        const result = await work();
        tell('Done in');
        return result;
    }
    catch (error) {
        tell(signal.reason instanceof _cancel_or_crash_js__WEBPACK_IMPORTED_MODULE_0__/* .Cancelled */ .cJ ? 'Cancelled after' : 'Failed after');
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
            if (now - (0,_commands_js__WEBPACK_IMPORTED_MODULE_1__/* .lastWritten */ .qA)() >= silenceAllowed)
                info(`Still working, ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a3)(now - began)} so far`);
            wait();
        }, Math.max(began, (0,_commands_js__WEBPACK_IMPORTED_MODULE_1__/* .lastWritten */ .qA)()) + silenceAllowed - performance.now());
    };
    wait();
    try {
        return await work();
    }
    finally {
        clearTimeout(timer);
    }
}


/***/ }),

/***/ 4928:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  fJ: () => (/* binding */ fail),
  pq: () => (/* binding */ info),
  qr: () => (/* binding */ noteMaskedOutputs),
  n0: () => (/* binding */ setOutputs),
  R8: () => (/* binding */ warn),
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
// EXTERNAL MODULE: ./build/runner/cancel-or-crash.js
var cancel_or_crash = __nccwpck_require__(1205);
// EXTERNAL MODULE: ./build/runner/inputs/error.js
var inputs_error = __nccwpck_require__(3707);
;// CONCATENATED MODULE: ./build/runner/page/failure-parts.js




/** @param order what was to be done, where the inputs say that */
function partsOf(error, order) {
    if (error instanceof inputs_error/* InputError */.d)
        return { ...{ outcome: undefined, again: undefined, state: '', cause: '' }, ...error.parts };
    const { state = '', advice = '', cause, ...told } = explanationOf(error);
    const backup = order?.backupFileName;
    const outcome = backup === undefined ? undefined : told.outcome;
    const lead = order && outcome && (0,failure/* describeOutcome */.SS)(outcome, `Database ${(0,format/* quoted */.TL)(order.database)}`);
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
    const { sentence, rest } = (0,format/* firstSentence */.qi)(text);
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
    if (error instanceof cancel_or_crash/* EndedEarly */.AY)
        return error.parts;
    if (!(error instanceof failure/* Failure */.HR))
        return { cause: error.message };
    const { tried, cause, ...parts } = error.explanation;
    return { ...parts, cause: tried === undefined ? cause : `${tried} failed: ${cause}` };
}

// EXTERNAL MODULE: ./build/runner/page/markdown.js
var markdown = __nccwpck_require__(1866);
;// CONCATENATED MODULE: ./build/runner/page/names.js



/** A name as code, of which too much would be hostile. */
function nameSpan(text) {
    return (0,markdown/* code */.aY)((0,format/* shortened */.vI)(text, 1_100, undefined, masking/* redactMasked */.jh));
}
/** The same inside a table. */
function nameCell(text) {
    return (0,markdown/* codeCell */.MZ)((0,format/* shortened */.vI)(text, 1_100, undefined, masking/* redactMasked */.jh));
}
/** A name of a backup in a table, which leads to the portal if the way there is known. */
function linkedName(name, { portalPage }) {
    return portalPage === undefined ? nameCell(name) : `[${nameCell(name)}](${portalPage(name)})`;
}
/** A table in Markdown. @param alignments of its columns: `---`, or `--:` for numbers */
function markdownTable(header, alignments, rows) {
    return [header, alignments, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

// EXTERNAL MODULE: ./build/runner/page/page.js
var page_page = __nccwpck_require__(9528);
// EXTERNAL MODULE: ./build/postgres/session/sql-text.js
var sql_text = __nccwpck_require__(4953);
;// CONCATENATED MODULE: ./build/runner/page/summary-notes.js




/**
 * How many bytes of the summary its parts take at most, each kind in all: GitHub takes 1 MiB a step, and shows nothing if it is more. A
 * block of SQL may be fenced by as many backticks as there are in it, twice.
 */
const longestParts = { message: 100_000, texts: 200_000, sql: 200_000 };
/** More notes than this stand in the log only. */
const mostNotes = 200;
/** How many things there are to do. */
function toDo(notes) {
    return notes.filter(isToDo).length;
}
function isToDo({ about, sql = [] }) {
    return about === undefined && sql.length > 0;
}
/** Notes of a job that has done its work, and what was warned of besides. */
function withWarnings(notes, warnings) {
    const told = new Set(notes.map(inTheEnd).map(({ text }) => text));
    return [...notes.map(inTheEnd), ...warnings.map(inTheEnd).filter(({ text }) => !told.has(text))];
}
/** What was warned of in a job that failed, without what is true only where the database was restored. */
function stillTrue(warnings, outcome) {
    return outcome === 'restored'
        ? warnings.map(inTheEnd)
        : warnings.filter(({ afterwards }) => afterwards === undefined);
}
function inTheEnd(note) {
    return { ...note, text: note.afterwards ?? note.text };
}
/** What to do, numbered, each with its statements to open and copy; then what is only to be known; empty if it is nothing. */
function notesOf(all) {
    if (all.length === 0)
        return '';
    const notes = all.slice(0, mostNotes);
    const room = { text: longestParts.texts / notes.length, sql: longestParts.sql / notes.length };
    const tell = (label, { text, sql = [] }) => `${labelled(label, text, room.text)}${sql.length === 0 ? '' : `\n${folded(sql, room.sql)}`}`;
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
    if ((0,markdown/* inProse */.ZQ)(lead).trimEnd() !== lead || lead === '')
        return `**${label}** ${paragraph(text, room)}`;
    const head = `**${lead.replace(/:$/, '.') === label ? lead : `${label} ${lead}`}**`;
    const rest = paragraph(text.slice(lead.length), room);
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
function folded(sql, room) {
    const shown = firstStatements(sql, room);
    const more = sql.length - shown.length;
    const rest = more > 0 ? `\nOf ${sql.length} statements, the last ${more} have no room here.\n` : '';
    const number = sql.filter((line) => !line.startsWith('--') && /(;|\\gexec)\s*$/.test(line)).length;
    const title = number === 0 ? 'SQL' : (0,format/* count */.U9)(number, 'statement');
    return `<details><summary>${title}</summary>\n\n${(0,markdown/* sqlBlock */.oR)((0,masking/* withVariables */.sO)(shown).join('\n'))}${rest}\n</details>\n`;
}
/** A text as prose, its middle left out if it would take more bytes than there is room for. */
function paragraph(text, room) {
    const start = text.slice(0, room);
    const bytesEach = start === '' ? 1 : Math.max(1, Buffer.byteLength((0,format/* visible */.RK)(start)) / start.length);
    for (let length = Math.floor(room / bytesEach);; length = Math.floor(length / 2)) {
        const lines = (0,markdown/* inProse */.ZQ)((0,format/* shortened */.vI)(text, length, 'log', masking/* redactMasked */.jh));
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
        const one = (0,format/* visible */.RK)((0,sql_text/* toPaste */.XM)(statement));
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
function summaryOfProtection(result, page, now) {
    const { backup, before, place, duration, notes = [] } = result;
    const { run, portalPage } = page;
    return `${[
        `### ✅ ${headline(result)}`,
        backup.protection === undefined
            ? 'Retention may delete it.'
            : `${protectedWith(backup.protection)} ${(0,markdown/* code */.aY)('job_to_run: unprotect')} lifts that.`,
        before === undefined || before === backup.protection ? '' : `Before: ${nameSpan(before)}`,
        [
            `Database ${nameSpan(backup.database)} on ${nameSpan(backup.host)}`,
            `data as of **${(0,format/* formatTime */.fU)(backup.at)}** (${(0,format/* formatAge */.nV)(now.getTime() - backup.at.getTime())})`,
            ...[(0,format/* formatBytes */.z3)(backup.size), `**${(0,format/* formatDuration */.a3)(duration)}**`],
        ].join(' · '),
        notesOf(withWarnings(notes, page.warnings ?? [])).trimEnd(),
        [
            `Backup ${nameSpan(backup.name)} in container ${nameSpan(place.container)} on ${nameSpan(place.host)}`,
            portalPage === undefined ? '' : `[in the portal](${portalPage(backup.name)})`,
            run === undefined ? '' : (0,page_page/* linkTo */.uM)(run, run.repository, run.id, 'this run'),
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
function protectedWith(reason) {
    return `🔒 Protected: ${nameSpan(reason)}. No retention deletes it.`;
}

// EXTERNAL MODULE: ./build/jobs/retention/describe.js
var describe = __nccwpck_require__(2251);
;// CONCATENATED MODULE: ./build/runner/page/retention.js




/** How many bytes a table takes at most: GitHub takes 1 MiB for a whole summary. */
const roomForTable = 150_000;
/** `28 deleted, 12 stay`; of a dry run `28 would be deleted, 12 stay`. */
function countsOfRetention({ isDryRun, deleted, kept, failed, gone }) {
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
function tablesOfRetention(outcome, page, mostUnfolded = 10) {
    const { isDryRun, deleted, kept, failed } = outcome;
    const when = ({ at, size }) => [
        unbroken((0,format/* formatTime */.fU)(at)),
        unbroken((0,format/* formatBytes */.z3)(size)),
    ];
    return [
        tableUnder(`${(0,format/* count */.U9)(failed.length, 'backup')} could not be deleted`, ['Backup', 'Taken', 'Size', 'Cause'], failed.map(({ backup, cause }) => [linkedName(backup.name, page), ...when(backup), nameCell(cause)]), failed.length > mostUnfolded),
        tableUnder(`${(0,format/* count */.U9)(deleted.length, 'backup')} ${isDryRun ? 'would be deleted' : 'deleted'}`, ['Backup', 'Taken', 'Size'], deleted.map((backup) => [
            isDryRun ? linkedName(backup.name, page) : nameCell(backup.name),
            ...when(backup),
        ]), deleted.length > mostUnfolded),
        tableUnder(`${(0,format/* count */.U9)(kept.length, 'backup')} ${kept.length === 1 ? 'stays' : 'stay'}`, ['Backup', 'Taken', 'Size', 'Kept as'], kept.map(({ backup, reasons }) => [
            linkedName(backup.name, page),
            ...when(backup),
            reasons.map(reasonCell).join(', '),
        ]), kept.length > mostUnfolded),
    ]
        .filter((part) => part !== '')
        .join('\n\n');
}
/** The retention that was applied after a backup; empty where there was none. */
function sectionOfRetention({ retention }, page) {
    if (!retention)
        return '';
    const title = retention.isDryRun ? 'Retention, a dry run: nothing was deleted' : 'Retention';
    const facts = `**${title}.** ${countsOfRetention(retention)} · rules: ${(0,describe/* describeRules */.N)(retention.rules)}`;
    return [facts, tablesOfRetention(retention, page, 0)].filter((part) => part !== '').join('\n\n');
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
function unbroken(text) {
    return text.replaceAll(' ', '\u00a0');
}
/** A reason as words, or as code where somebody's text is in it. */
function reasonCell(reason) {
    return /^[\w -]+$/.test(reason) ? reason : (0,markdown/* codeCell */.MZ)(reason);
}

;// CONCATENATED MODULE: ./build/runner/page/transfer.js







/**
 * What came of a backup or a restore as Markdown: how much there is to do, what a person wants to know first, what to do, and the rest.
 * @param now for the age of the data
 */
function summaryOfTransfer(result, page, now) {
    const { database, backup } = result;
    const isBackup = result.job === 'backup';
    const notes = withWarnings(result.notes ?? [], page.warnings ?? []);
    const tasks = toDo(notes);
    const left = tasks === 0 ? '' : `, ${(0,format/* count */.U9)(tasks, 'thing')} left to do`;
    const again = `**To restore it** into ${nameSpan(database)} (replaces the database), or into another by changing ${(0,markdown/* code */.aY)('db_name')}`;
    return `${[
        `### ✅ ${nameSpan(database)} ${isBackup ? 'backed up' : 'restored'}${left}`,
        isBackup ? factsOfBackup(result) : factsOfRestore(result, now),
        isBackup && result.protection !== undefined ? protectedWith(result.protection) : '',
        ...(isBackup ? [tableOfBackups(result, page, now), sectionOfRetention(result, page)] : []),
        tableOfPhases(page.phases ?? []),
        notesOf(notes).trimEnd(),
        isBackup ? (0,page_page/* restoreCommand */.Od)(again, database, backup.name, page).trimEnd() : '',
        origin(result, page),
        isBackup ? detailsOf(result) : '',
    ]
        .filter((part) => part !== '')
        .join('\n\n')}\n`;
}
function factsOfBackup({ backup, databaseSize, duration, server, dataFrom, tier, ...content }) {
    const database = [
        ...(databaseSize ? [`database ${(0,format/* formatBytes */.z3)(databaseSize)}`] : []),
        ...contentOf(content, 'about '),
    ];
    return [
        `**${(0,format/* formatBytes */.z3)(backup.size)}** in **${(0,format/* formatDuration */.a3)(duration)}**`,
        ...(database.length > 0 ? [database.join(', ')] : []),
        `PostgreSQL ${serverVersion(server.version)}`,
        ...(dataFrom ? [`data as of **${(0,format/* formatTime */.fU)(dataFrom)}**`] : []),
        ...(tier ? [`${tier} tier`] : []),
    ].join(' · ');
}
function factsOfRestore(result, now) {
    const { dataFrom, databaseSize, verified, duration, blocked } = result;
    const size = [...(databaseSize ? [`**${(0,format/* formatBytes */.z3)(databaseSize)}**`] : []), ...contentOf(result, '')];
    const wait = blocked === undefined ? '' : `, connections blocked for at most **${(0,format/* formatDuration */.a3)(blocked)}**`;
    return [
        ...(dataFrom
            ? [`Data as of **${(0,format/* formatTime */.fU)(dataFrom)}** (${(0,format/* formatAge */.nV)(now.getTime() - dataFrom.getTime())})`]
            : []),
        ...(size.length > 0 ? [size.join(', ')] : []),
        ...(verified === undefined ? [] : [verified ? 'SHA-256 verified' : 'no SHA-256 recorded']),
        `**${(0,format/* formatDuration */.a3)(duration)}**${wait}`,
    ].join(' · ');
}
/** Tables and rows, as far as they are known. */
function contentOf({ tables, rows }, nearly) {
    return [
        ...(tables === undefined ? [] : [(0,format/* count */.U9)(tables, 'table')]),
        ...(rows === undefined ? [] : [`${nearly}${(0,format/* formatNumber */.ZV)(rows)} ${rows === 1 ? 'row' : 'rows'}`]),
    ];
}
/** This backup and those before it, where there are any: what has shrunk or is missing is seen at once. */
function tableOfBackups({ backup, dataFrom, earlier = [] }, page, now) {
    const [last] = earlier;
    if (!last || !dataFrom)
        return '';
    const age = (at) => (0,format/* formatAge */.nV)(now.getTime() - at.getTime());
    const rows = [
        [
            `**${linkedName(backup.name, page)}** (this one)`,
            [(0,format/* formatBytes */.z3)(backup.size), change(last.size, backup.size)].filter((part) => part !== '').join(', '),
            ...[age(dataFrom), linkToMaker(page.run && { ...page.run, run: page.run.id }, page)],
        ],
        ...earlier.map(({ name, size, at, madeBy }) => [
            ...[linkedName(name, page), (0,format/* formatBytes */.z3)(size), age(at), linkToMaker(madeBy, page)],
        ]),
    ];
    const columns = rows.some((cells) => cells.at(-1) !== '') ? 4 : 3;
    return markdownTable(['Backup', 'Size', 'Taken', 'Run'].slice(0, columns), ['---', '--:', '---', '---'].slice(0, columns), rows.map((cells) => cells.slice(0, columns)));
}
/** The run that made a backup, by its number, empty where it is not known. */
function linkToMaker(madeBy, { run }) {
    const { number = '' } = madeBy ?? {};
    const text = /^\d{1,10}$/.test(number) ? `#${number}` : 'run';
    return run && madeBy ? (0,page_page/* linkTo */.uM)(run, madeBy.repository, madeBy.run, text) : '';
}
/** By how much something has grown or shrunk, if it is one per cent or more: `−12 %`. */
function change(before, after) {
    const percent = Math.round((100 * (after - before)) / before);
    return before === 0 || percent === 0 ? '' : `${percent > 0 ? '+' : '−'}${Math.abs(percent)} %`;
}
/** How long the parts of a job took; empty for none. */
function tableOfPhases(phases) {
    if (phases.length === 0)
        return '';
    return markdownTable(phases.map((phase) => phase.name), phases.map(() => '--:'), [phases.map(({ duration }) => (0,format/* formatDuration */.a3)(duration))]);
}
/** Where all of it is, and the SHA-256 at last. */
function origin(result, { run, portalPage }) {
    const { job, backup, server } = result;
    const madeBy = result.job === 'restore' ? result.madeBy : undefined;
    const links = run && [
        (0,page_page/* linkTo */.uM)(run, run.repository, run.id, 'this run'),
        ...(madeBy ? [(0,page_page/* linkTo */.uM)(run, madeBy.repository, madeBy.run, 'the run that made the backup')] : []),
    ];
    const size = job === 'restore' ? ` (${(0,format/* formatBytes */.z3)(backup.size)})` : '';
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
    return /^[\w.+~-]{1,40}$/.test(version) ? version : (0,markdown/* code */.aY)((0,format/* shortened */.vI)(version, 40, 'log'));
}

;// CONCATENATED MODULE: ./build/runner/page/failure-summary.js










/**
 * A failure as Markdown: the state first, then what to do, then the cause, the server's own words folded; and what was warned of before,
 * as far as that is true whatever came of the job.
 * @param title `Restore failed`
 */
function summaryOfFailure(title, error, page = {}, order) {
    const { outcome, lead, state, advice, again, cause } = partsOf(error, order);
    const known = order && outcome ? `: ${(0,failure/* describeOutcome */.SS)(outcome, nameSpan(order.database))}` : '';
    const headline = error instanceof inputs_error/* InputError */.d ? lead : `${title}${known}`;
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
        ? (0,page_page/* restoreCommand */.Od)(`${words}, from the backup by its name, not the latest`, order.database, backup, page)
        : (0,page_page/* rerunCommand */.w4)(words, page);
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
    const shown = (0,markdown/* block */.om)((0,format/* shortened */.vI)((0,masking/* redactMasked */.jh)(text), longestParts.message / 3, 'log'));
    return `<details><summary>What PostgreSQL said</summary>\n\n${shown}\n</details>`;
}

// EXTERNAL MODULE: ./build/jobs/check/report.js
var report = __nccwpck_require__(4582);
// EXTERNAL MODULE: ./build/jobs/check/verdict.js
var verdict = __nccwpck_require__(7811);
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
function summaryOfCheck(result) {
    const { groups, stopped, database, host, duration } = result;
    const tally = (0,verdict/* tallyOf */.sv)(groups);
    const others = (0,verdict/* othersIn */.xG)(tally);
    const tasks = (0,report/* tasksOf */.a4)(groups);
    const name = nameSpan(database);
    const headline = stopped.length === 0
        ? `✅ ${(0,verdict/* verdictOf */.Vj)(result, `: ${name}`)}`
        : `❌ ${(0,verdict/* verdictOf */.Vj)(result, ` of ${name}`)}: ${(0,verdict/* countOf */.pq)(tally)}`;
    const counts = [
        ...(stopped.length === 0 ? [`**${(0,verdict/* countOf */.pq)(tally)}**`] : []),
        ...(others === '' ? [] : [others]),
    ].join(', ');
    return `${[
        `### ${headline}`,
        [...(counts === '' ? [] : [counts]), `server ${nameSpan(host)}`, (0,format/* formatDuration */.a3)(duration)].join(' · '),
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
        const found = (0,markdown/* proseCell */.qy)((0,format/* shortened */.vI)((0,report/* shortDetail */.Ad)(one), longestCell, 'log', masking/* redactMasked */.jh));
        return [
            ...[index === 0 ? `**${title}**` : '', pageMarks[one.came], (0,markdown/* proseCell */.qy)(one.what)],
            number === 0 ? found : `${found} **→ ${number}**`,
        ];
    });
}
function taskParagraph(task, number, all) {
    const { title, text, sql } = task;
    const label = `**${number}. ${(0,report/* isOfFailure */.Ob)(task) ? '' : '⚠️ '}${title}.**`;
    const told = paragraph(text, longestParts.texts / all).trimEnd();
    const statements = sql.length <= fewStatements
        ? (0,markdown/* sqlBlock */.oR)((0,masking/* withVariables */.sO)(sql).join('\n'))
        : folded(sql, longestParts.sql / all);
    return `${label} ${told}${sql.length === 0 ? '' : `\n\n${statements}`}`;
}

// EXTERNAL MODULE: ./build/jobs/archive/recorded-backups.js
var recorded_backups = __nccwpck_require__(3928);
// EXTERNAL MODULE: ./build/runner/listed-output.js
var listed_output = __nccwpck_require__(4638);
// EXTERNAL MODULE: ./build/jobs/archive/recorded-time.js
var recorded_time = __nccwpck_require__(4598);
;// CONCATENATED MODULE: ./build/runner/page/list/cells.js






/** How much of somebody's text has room in a cell, in characters. */
const longestOfCell = 200;
/** How long ago a backup was made. A time that cannot be right is marked. */
function ageOf(backup, now) {
    const age = now.getTime() - backup.at.getTime();
    return (0,recorded_time/* hasWrongTime */.b)(backup, now) ? '⚠️ wrong clock' : (0,format/* formatAge */.nV)(Math.max(0, age));
}
/** The same in a column whose title says what it is. */
function ageCell(backup, now) {
    return unbroken(ageOf(backup, now).replace(/ ago$/, ''));
}
/** Whether the size of a backup tells something beside that of another one of the same database. */
function isComparable(backup, now) {
    return backup.part === undefined && !(0,recorded_time/* hasWrongTime */.b)(backup, now);
}
/** Why no retention deletes a backup, each reason as a part of a cell; nothing where one may. */
function reasonsOf({ protection, immutableUntil, hasLegalHold }, now) {
    return [
        ...(protection === undefined ? [] : [shortCell(protection)]),
        ...(hasLegalHold ? ['legal hold'] : []),
        ...(immutableUntil && immutableUntil > now ? [`immutable until ${dayCell(immutableUntil)}`] : []),
    ];
}
/** What marks a backup that leaves out a part. */
function partOf({ part }) {
    return part === undefined ? '' : `, **part**: ${shortCell(part)}`;
}
/** The size of a backup, and by how much it is larger or smaller than the one before, marked where it has less than half of that. */
function sizeCell(before, size) {
    const percent = before === undefined ? '' : change(before, size);
    const marked = before !== undefined && size * 2 < before ? `⚠️ **${percent}**` : percent;
    return unbroken([(0,format/* formatBytes */.z3)(size), marked].filter((part) => part !== '').join(', '));
}
/** A time, to the minute, in a column whose title names the zone. It stays on one line, which its hyphens would not. */
function timeCell(time) {
    return unbroken((0,format/* formatTime */.fU)(time).slice(0, 16)).replaceAll('-', '-\u2060');
}
/** The day of it. */
function dayCell(time) {
    return timeCell(time).slice(0, -6);
}
/** A version or a tier as it is, and anything else as code. */
function wordCell(text) {
    return /^(?:[A-Za-z]{1,20}|\d{1,3}(?:\.\d{1,3}){0,2})$/.test(text) ? text : shortCell(text);
}
/** Somebody's text as code, of which not too much; empty for none. */
function shortCell(text) {
    return text === '' ? '' : (0,markdown/* codeCell */.MZ)((0,format/* shortened */.vI)(text, longestOfCell, 'log', masking/* redactMasked */.jh));
}

;// CONCATENATED MODULE: ./build/runner/page/list/chart.js

/** So many of the newest backups are drawn: more bars are too thin. */
const mostBars = 60;
/** So many of them have their date below: more would overlap. */
const mostDates = 10;
/**
 * The sizes of backups over time as a bar chart, which GitHub draws; empty for fewer than two.
 * https://mermaid.js.org/syntax/xyChart.html
 * @param backups of one database on one server, the newest first, each of them whole
 */
function chartOfSizes(backups) {
    const shown = backups.slice(0, mostBars);
    const [last, first] = [shown[0], shown.at(-1)];
    if (shown.length < 2 || !first || !last)
        return '';
    const { unit, bytes } = unitFor(Math.max(...shown.map(({ size }) => size)));
    const values = shown.map(({ size }) => size / bytes);
    const labels = labelsOf(shown.map(({ at }) => at)).map((label) => `"${label}"`);
    return [
        '```mermaid',
        ...['---', 'config:', '  xyChart:', '    width: 900', '    height: 300'],
        // The palest ones are the default.
        ...['  themeVariables:', '    xyChart:', '      plotColorPalette: "#4a86e8"', '---'],
        'xychart-beta',
        `x-axis "${dayOf(first.at)} to ${dayOf(last.at)} (UTC)" [${labels.toReversed().join(', ')}]`,
        `y-axis "${unit}" 0 --> ${decimal(Math.max(...values) * 1.05 || 1)}`,
        `bar [${values.map(decimal).toReversed().join(', ')}]`,
        '```',
    ].join('\n');
}
/** The unit in which people are told so many bytes, and how many bytes it has. */
function unitFor(size) {
    const [, unit = ''] = (0,format/* formatBytes */.z3)(size).split(' ');
    return { unit, bytes: 1000 ** ['B', 'kB', 'MB', 'GB', 'TB'].indexOf(unit) };
}
/** A number without an exponent, which Mermaid does not know. */
function decimal(value) {
    return value.toFixed(3).replace(/\.?0+$/, '');
}
function dayOf(at) {
    return at.toISOString().slice(0, 10);
}
/**
 * A label for each bar, the newest first. Mermaid draws bars with the same label in the same place, so no two may be the same: those
 * without a date are made of characters that have no width.
 */
function labelsOf(times) {
    const each = Math.ceil(times.length / mostDates);
    const told = new Set();
    return times.map((at, place) => {
        const date = dateIn(times, at);
        const isTold = place % each === 0 && !told.has(date);
        if (isTold)
            told.add(date);
        return isTold ? date : place.toString(2).replaceAll('0', '\u200b').replaceAll('1', '\u200c');
    });
}
/** As much of a time as is wanted beside the first and the last day. */
function dateIn(times, at) {
    const days = (Number(times[0]) - Number(times.at(-1))) / 86_400_000;
    if (days > 365)
        return at.toISOString().slice(0, 7);
    return at.toISOString().slice(...(days < 1 ? [11, 16] : [5, 10]));
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
function sharedFacts(backups) {
    return aboutMaking.flatMap((column) => {
        const cell = sharedBy(backups, column) ?? '';
        return cell === '' ? [] : [column.inWords(cell.replaceAll('\\|', '|'))];
    });
}
/** The newest backups; what is the same in all of them, or in none, has no column. */
function tableOfNewest({ backups, now }, groups, page) {
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
    const all = withinRoom(backups.slice(0, mostShown).map((backup) => columns.map(({ cell }) => cell(backup))));
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
function withinRoom(rows) {
    let left = roomForRows;
    const end = rows.slice(0, mostShown).findIndex((cells) => {
        left -= Buffer.byteLength(cells.join(' | '));
        return left < 0;
    });
    return rows.slice(0, end < 0 ? mostShown : end);
}

;// CONCATENATED MODULE: ./build/runner/page/prune.js







/** What a retention came to that ran as a job of its own, as Markdown. Below a problem, its headline is not the first one. */
function summaryOfPrune(result, page) {
    const { outcome, problem, notes = [] } = result;
    return `${[
        problem ? `#### ${headlineOf(result)}` : `### ${signOf(outcome)} ${headlineOf(result)}`,
        `Rules: **${(0,describe/* describeRules */.N)(outcome.rules)}**`,
        tablesOfRetention(outcome, page),
        notesOf(withWarnings(notes, page.warnings ?? [])).trimEnd(),
        tableOfPhases(page.phases ?? []),
        whereabouts(result, page),
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
        : `${(0,format/* count */.U9)(all, 'backup')} of ${whose}: ${countsOfRetention(outcome)}`;
    return isDryRun ? `Dry run, nothing was deleted. ${what}` : what;
}
/** Where all of it is. */
function whereabouts({ source: { hosts }, place }, { run }) {
    const servers = hosts?.map(nameSpan).join(', ') ?? 'all';
    return [
        `${hosts?.length === 1 ? 'Server' : 'Servers'} ${servers}`,
        `container ${nameSpan(place.container)} on ${nameSpan(place.host)}`,
        ...(place.folder === '' ? [] : [`folder ${nameSpan(place.folder)}`]),
        run ? (0,page_page/* linkTo */.uM)(run, run.repository, run.id, 'this run') : '',
    ]
        .filter((part) => part !== '')
        .join(' · ');
}

;// CONCATENATED MODULE: ./build/runner/page/list.js











/** Charts of more databases or servers would be a page of their own. */
const mostCharts = 3;
/** The backups that there are, as Markdown, with a chart of their sizes. Below a problem, its headline is not the first one. */
function summaryOfList(result, page) {
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
    return [...(0,recorded_backups/* byDatabase */.Bq)(backups, source)].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}
function headlineOfList({ source, backups, now }) {
    const databases = new Set(source.database === '' ? backups.map(({ database }) => database) : [source.database]);
    const hosts = hostNamesOf(backups).length;
    const where = source.hosts ? `under ${hosts} names of the server` : `on ${(0,format/* count */.U9)(hosts, 'server')}`;
    const [one = ''] = databases;
    const whose = databases.size > 1 ? (0,format/* count */.U9)(databases.size, 'database') : one && nameSpan(one);
    if (backups.length === 0)
        return `No backup${whose && ` of ${whose}`} is there`;
    const newest = (0,recorded_backups/* newestWhole */.Ii)(backups, now);
    return [
        `${(0,format/* count */.U9)(backups.length, 'backup')} of ${whose}${hosts > 1 ? ` ${where}` : ''}`,
        newest ? `the newest ${ageOf(newest, now)} (${(0,format/* formatBytes */.z3)(newest.size)})` : 'none of them complete',
    ].join(', ');
}
/** What one wants to know first: the newest, how much all of them take, and which of them are verified or stay. */
function factsOf({ backups, now }) {
    if (backups.length === 0)
        return '';
    const newest = (0,recorded_backups/* newestWhole */.Ii)(backups, now);
    const verified = backups.filter(({ verifiedAt }) => verifiedAt).length;
    const kept = backups.filter((backup) => reasonsOf(backup, now).length > 0).length;
    return [
        ...(newest ? [`Newest from **${(0,format/* formatTime */.fU)(newest.at)}**`] : []),
        ...(backups.length > 1 ? [`all: ${(0,format/* formatBytes */.z3)(sizeOf(backups))}`] : []),
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
        const newest = (0,recorded_backups/* newestWhole */.Ii)(group, now);
        return [
            nameCell(group[0]?.database ?? ''),
            hostNamesOf(group).map(nameCell).join(', '),
            String(group.length),
            ...(newest ? [timeCell(newest.at), ageCell(newest, now)] : ['no complete one', '']),
            unbroken((0,format/* formatBytes */.z3)(sizeOf(group))),
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
            ? [`${(0,format/* count */.U9)(others, 'backup')} of other ${source.database === '' ? 'servers' : 'databases or servers'}`]
            : []),
        ...(foreign > 0 ? [(0,format/* count */.U9)(foreign, 'other file')] : []),
    ];
    return what.length > 0 ? `Besides, in the same place: ${what.join(', ')}.` : '';
}
/** What the output does not have; empty for nothing. */
function leftOutOfJson(result) {
    const { left } = (0,listed_output/* listedAsJson */.a)(result);
    return left === 0 ? '' : `The output ${(0,markdown/* code */.aY)('backups')} has no room for the ${left} oldest of them.`;
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
function summaryOf(result, page = {}, now = new Date()) {
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

// EXTERNAL MODULE: ./build/runner/results.js
var results = __nccwpck_require__(1773);
;// CONCATENATED MODULE: ./build/runner/report.js









/** More of one text than this, in characters, helps nobody who reads the log. */
const longestText = 200_000;
/** A stack, in characters: a debug line has no line breaks, and what the messages in it say stands in the log already. */
const longestStack = 15_000;
/** Writes a text to the log, as words whatever it is. */
function info(text) {
    commands/* write */.M9((0,format/* shortened */.vI)(text, longestText, undefined, masking/* redactMasked */.jh));
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
    const { sentence, rest } = (0,format/* firstSentence */.qi)((0,masking/* redactMasked */.jh)(text, (value) => /\s/.test(value)));
    const hasMore = hasStatements || rest !== '';
    const line = hasMore ? `${sentence.replace(/[.:]$/, '')} ${pointer}` : sentence;
    if (before < mostWarnings - 1)
        commands/* warning */.$e((0,format/* shortened */.vI)(line, longestAnnotation, 'log', masking/* redactMasked */.jh));
    else {
        if (before === mostWarnings - 1)
            commands/* warning */.$e(`There are more warnings ${pointer}`);
        info(`Warning: ${line}`);
    }
    const below = hasStatements ? rest.replace(/(^|\n)[^\n]*:$/, '') : rest; // words that introduce them
    if (below !== '')
        info((0,markdown/* withStatementVariables */.VX)(below));
}
/** Writes the outputs of the action. */
async function setOutputs(result) {
    const outputs = (0,results/* outputsOf */.Yz)(result);
    const { setOutput } = await Promise.all(/* import() */[__nccwpck_require__.e(955), __nccwpck_require__.e(58)]).then(__nccwpck_require__.bind(__nccwpck_require__, 6058));
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
        commands/* debug */.Yz(`The output ${output} contains the value of ${inputs.join(', ')}; if GitHub masks that, other jobs get nothing.`);
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
        await commands/* appendToSummary */.UV(markdown);
    }
    catch (error) {
        commands/* warning */.$e(`The summary could not be written: ${(0,failure/* causeOf */.rl)(error)}`);
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
    const [first = '', ...others] = (0,masking/* redactMasked */.jh)(parts.cause, (value) => value.includes('\n')).split('\n');
    const annotation = parts.lead === undefined
        ? first.replace(/:?$/, ` ${pointer}$&`)
        : [`${parts.lead} ${pointer}`, first].filter((part) => part !== '').join(': ');
    commands/* error */.z3((0,format/* shortened */.vI)(annotation, longestAnnotation, 'summary', masking/* redactMasked */.jh), title);
    const below = [afterLabel('State', parts.state), afterLabel('What to do', toDoIn(parts))].filter((text) => text !== '');
    if (others.length > 0)
        below.push(`${below.length > 0 ? 'Details:\n' : ''}${others.join('\n')}`);
    if (below.length > 0)
        info((0,markdown/* withStatementVariables */.VX)(below.join('\n')));
    commands/* debug */.Yz((0,format/* shortened */.vI)(stackOf(error), longestStack, undefined, masking/* redactMasked */.jh));
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
    const rerun = `${again.words} (backup_file_name: ${(0,format/* quoted */.TL)(again.backup)}).`;
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


/***/ }),

/***/ 1773:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   YC: () => (/* binding */ titles),
/* harmony export */   Yz: () => (/* binding */ outputsOf),
/* harmony export */   q$: () => (/* binding */ conclusion)
/* harmony export */ });
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8253);
/* harmony import */ var _jobs_check_verdict_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7811);
/* harmony import */ var _listed_output_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4638);



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
    const time = (0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(result.duration);
    switch (result.job) {
        case 'backup':
        case 'restore': {
            const { database, backup } = result;
            const size = (0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .formatBytes */ .z3)(backup.size);
            return result.job === 'backup'
                ? `Backed up ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .quoted */ .TL)(database)} to ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .quoted */ .TL)(backup.name)} (${size}) in ${time}${retained(result)}`
                : `Restored ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .quoted */ .TL)(database)} from ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .quoted */ .TL)(backup.name)} (${size}) in ${time}`;
        }
        case 'list':
            return `Listed ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9)(result.backups.length, 'backup')} in ${time}${leftOutOfOutput(result)}`;
        case 'prune': {
            const { deleted, isDryRun, kept, failed } = result.outcome;
            const what = isDryRun ? 'Dry run: would delete' : 'Deleted';
            const not = failed.length === 0 ? '' : `, could not delete ${failed.length}`;
            return `${what} ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9)(deleted.length, 'backup')}${not}, kept ${kept.length}, in ${time}`;
        }
        case 'protect':
        case 'unprotect':
            return `${protectionChange(result)} in ${time}`;
        case 'check':
            return `${(0,_jobs_check_verdict_js__WEBPACK_IMPORTED_MODULE_1__/* .verdictOf */ .Vj)(result)} (${(0,_jobs_check_verdict_js__WEBPACK_IMPORTED_MODULE_1__/* .countOf */ .pq)((0,_jobs_check_verdict_js__WEBPACK_IMPORTED_MODULE_1__/* .tallyOf */ .sv)(result.groups))}), checked in ${time}`;
    }
}
function protectionChange({ job, backup, before }) {
    const name = (0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .quoted */ .TL)(backup.name);
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
    return `; ${isDryRun ? 'would delete' : 'deleted'} ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9)(deleted.length, 'backup')} by the retention, kept ${kept.length}`;
}
function leftOutOfOutput(result) {
    const { left } = (0,_listed_output_js__WEBPACK_IMPORTED_MODULE_2__/* .listedAsJson */ .a)(result);
    return left === 0 ? '' : `; the output backups has no room for the ${left} oldest of them`;
}
/** The outputs of the action. */
function outputsOf(result) {
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
            return { ...always, backups: (0,_listed_output_js__WEBPACK_IMPORTED_MODULE_2__/* .listedAsJson */ .a)(result).json, backup_count: String(result.backups.length) };
        case 'check':
            return always;
    }
}
/** The names of those that were deleted, which is none in a dry run, as JSON. */
function deletedNames({ deleted, isDryRun }) {
    const names = isDryRun ? [] : deleted.map(({ name }) => name);
    return (0,_listed_output_js__WEBPACK_IMPORTED_MODULE_2__/* .withRoom */ .E)(names.map((name) => JSON.stringify(name))).json;
}


/***/ }),

/***/ 8273:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   lP: () => (/* binding */ makeScratch),
/* harmony export */   v$: () => (/* binding */ removeFolder)
/* harmony export */ });
/* unused harmony export isScratch */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6760);
/* harmony import */ var _base_failure_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7306);
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(8253);
/* harmony import */ var _base_system_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1703);
/* harmony import */ var _postgres_client_install_tool_cache_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(4767);






/** How the name of the folder begins, by which it is known again. */
const scratchPrefix = 'postgres-azure-backup-';
/** Whether a path may be that of a folder that `makeScratch` has made. */
function isScratch(folder) {
    return path.isAbsolute(folder) && path.basename(folder).startsWith(scratchPrefix);
}
/** Removes a folder of ours with all that is in it, and what was being unpacked elsewhere. One that is not there is no error. */
async function removeFolder(folder) {
    await (0,_postgres_client_install_tool_cache_js__WEBPACK_IMPORTED_MODULE_4__/* .removeUnpacking */ .jT)(folder);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(folder, { recursive: true, force: true, maxRetries: 3 });
}
/**
 * Makes a private folder (mode 0700) for the step's files.
 * @param parent that it is to lie in
 * @throws Failure if that folder takes none
 */
async function makeScratch(parent) {
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)(node_path__WEBPACK_IMPORTED_MODULE_1__.join(parent, scratchPrefix));
    }
    catch (cause) {
        throw new _base_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .Failure */ .HR({
            tried: `Making a folder for the step's files in ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_5__/* .quoted */ .TL)(parent)}`,
            cause: (0,_base_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .causeOf */ .rl)(cause),
            advice: "The runner sets RUNNER_TEMP itself (_temp in its work folder): see that it exists, and that the runner's user may write to it.",
            ...(0,_base_system_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .explainSystemError */ .T)(cause),
            state: 'Nothing was changed.',
        }, { cause });
    }
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


/***/ }),

/***/ 8617:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ stepOf)
/* harmony export */ });
/* harmony import */ var _commands_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6717);
/* harmony import */ var _masking_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(339);
/* harmony import */ var _page_page_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9528);
/* harmony import */ var _phase_time_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(7736);
/* harmony import */ var _report_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(4928);





/** The step, as its job knows it. */
function stepOf(scratch, signal, { warnings, phases, masked, chose }, { writeDown }) {
    return {
        ...{ signal, scratch, info: _report_js__WEBPACK_IMPORTED_MODULE_4__/* .info */ .pq, debug: _commands_js__WEBPACK_IMPORTED_MODULE_0__/* .debug */ .Yz, writeDown, chose },
        run: (0,_page_page_js__WEBPACK_IMPORTED_MODULE_2__/* .runToRecord */ .sO)(),
        // Loaded only when there is a job to run: src/runner/commands.ts says why.
        phase: async (title, work) => (await Promise.all(/* import() */[__nccwpck_require__.e(955), __nccwpck_require__.e(58)]).then(__nccwpck_require__.bind(__nccwpck_require__, 6058))).group(title, () => (0,_phase_time_js__WEBPACK_IMPORTED_MODULE_3__/* .withTime */ .C)(_report_js__WEBPACK_IMPORTED_MODULE_4__/* .info */ .pq, signal, work)),
        timed: (0,_page_page_js__WEBPACK_IMPORTED_MODULE_2__/* .timedInto */ .yj)(phases),
        warn: (text, sql = [], afterwards) => {
            (0,_report_js__WEBPACK_IMPORTED_MODULE_4__/* .warn */ .R8)(text, sql.length > 0, warnings.length);
            warnings.push({ text, sql, ...(afterwards && { afterwards }) });
        },
        mask: (values) => {
            (0,_masking_js__WEBPACK_IMPORTED_MODULE_1__/* .maskEverywhere */ .J5)(Object.values(values));
            Object.assign(masked, Object.fromEntries(Object.entries(values).filter(([, value]) => (0,_masking_js__WEBPACK_IMPORTED_MODULE_1__/* .isMaskable */ .h_)(value))));
        },
    };
}


/***/ }),

/***/ 6270:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  J: () => (/* binding */ keepState)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __nccwpck_require__(8500);
;// CONCATENATED MODULE: ./build/runner/undo/processes.js


/**
 * The time at which a process was started, and whether it is one that still runs. Undefined if there is none, or no /proc.
 * https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html (fields 3 and 22; the name before them may hold anything)
 */
function lookAt(id) {
    try {
        const text = (0,external_node_fs_.readFileSync)(`/proc/${id}/stat`, 'latin1');
        const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
        return { started: fields[19] ?? '', runs: fields[0] !== 'Z' && fields[0] !== 'X' };
    }
    catch {
        return undefined;
    }
}
/** Processes, as they can be found again later; those that have ended already, and all where there is no /proc, are left out. */
function knownProcesses(ids) {
    return ids.flatMap((id) => {
        const seen = lookAt(id);
        return seen?.runs ? [{ id, started: seen.started }] : [];
    });
}
/** Whether this very process still runs. */
function stillRuns({ id, started }) {
    const seen = lookAt(id);
    return seen?.runs === true && seen.started === started;
}
/** Between two looks, and for how long a process may clean up, in milliseconds. */
const betweenLooks = 50;
const timeToEnd = 3_000;
/**
 * Ends processes, and waits until they are gone: first politely, upon which PostgreSQL's programs cancel their query on the server.
 * Never another's: one whose id has been given to another process since is left alone.
 * @returns those that were still there
 */
async function endProcesses(known) {
    const found = known.filter(stillRuns);
    for (const [signal, time] of [
        ['SIGINT', timeToEnd],
        ['SIGKILL', timeToEnd],
    ]) {
        for (const one of found.filter(stillRuns))
            send(one.id, signal);
        for (const end = performance.now() + time; found.some(stillRuns) && performance.now() < end;)
            await sleep(betweenLooks);
    }
    return found;
}
/** For how long a package manager is waited for, in milliseconds: one that waits for another to end takes two minutes. */
const longestInstallation = 150_000;
/**
 * Waits for processes that nobody may end.
 * @param longest in milliseconds
 * @param signal whether somebody does not let it wait
 * @param onWait is called once if there are any
 * @returns whether all of them are over
 */
async function waitForProcesses(known, longest, signal, onWait) {
    const end = performance.now() + longest;
    if (known.some(stillRuns))
        onWait();
    while (known.some(stillRuns)) {
        if (signal.aborted || performance.now() > end)
            return false;
        await sleep(betweenLooks, undefined, { signal }).catch(() => { });
    }
    return true;
}
function send(id, signal) {
    try {
        process.kill(id, signal);
    }
    catch {
        // it has just ended, or another user runs it
    }
}

// EXTERNAL MODULE: ./build/runner/undo/record.js
var record = __nccwpck_require__(1497);
;// CONCATENATED MODULE: ./build/runner/undo/keeper.js



/**
 * @param saveState of @actions/core: appends to a file, in one call, and the runner reads that however the step ends
 * @param file that file. Without one, the state would go through the log, where a line for each process is too much.
 */
function keepState(saveState, file) {
    const save = file === undefined ? saveState : wholeOrNotAtAll(saveState, file);
    let current;
    let reached;
    const noteAs = (name) => {
        let known = [];
        return (ids) => {
            if (file === undefined)
                return;
            const before = new Map(known.map((one) => [one.id, one]));
            known = knownProcesses(ids.filter((id) => !before.has(id)));
            known.push(...ids.flatMap((id) => before.get(id) ?? []));
            try {
                save(name, JSON.stringify(known));
            }
            catch {
                // No room on the disk: what runs ends by itself when it can't write to us any more.
            }
        };
    };
    return {
        writeDown(unfinished) {
            try {
                save(record/* stateNames */.U.restore, unfinished === undefined ? '' : JSON.stringify(unfinished));
            }
            catch (error) {
                // src/post.ts looks at the server itself, so an older record of the same databases does no harm.
                if (namesMore(unfinished, current))
                    throw error;
            }
            current = unfinished;
            reached = unfinished?.stage ?? reached;
        },
        noteProcesses: noteAs(record/* stateNames */.U.processes),
        noteUnattended: noteAs(record/* stateNames */.U.unattended),
        unfinished: () => current,
        stage: () => reached,
    };
}
/** A disk that gets full in the middle of a record would leave half of it, and the runner would fail the step for that. */
function wholeOrNotAtAll(saveState, file) {
    return (name, value) => {
        const { size } = (0,external_node_fs_.statSync)(file);
        try {
            saveState(name, value);
        }
        catch (error) {
            if ((0,external_node_fs_.statSync)(file).size > size)
                (0,external_node_fs_.truncateSync)(file, size);
            throw error;
        }
    };
}
/** Whether a record names a database that the one before did not name. */
function namesMore(next, known) {
    const names = [known?.fresh?.name, known?.previous?.name];
    return [next?.fresh, next?.previous].some((one) => one !== undefined && !names.includes(one.name));
}


/***/ }),

/***/ 1497:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ stateNames)
/* harmony export */ });
/* unused harmony export readState */
/*
 * What the step writes down in its state for src/post.ts, which the runner hands to it in variables `STATE_…`. Nothing of it is a secret.
 * A name that is written again has its last value: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
/** The names under which it is kept. */
const stateNames = {
    scratch: 'scratch',
    processes: 'processes',
    unattended: 'unattended',
    restore: 'restore',
};
/** Reads what was written down. What does not look as this action writes it is passed over. */
function readState(environment) {
    const value = (name) => environment[`STATE_${name}`] ?? '';
    const scratch = value(stateNames.scratch);
    const restore = parsed(value(stateNames.restore));
    return {
        ...(scratch !== '' && { scratch }),
        processes: processesIn(value(stateNames.processes)),
        unattended: processesIn(value(stateNames.unattended)),
        ...(isUnfinished(restore) && { restore }),
    };
}
function processesIn(text) {
    const processes = parsed(text);
    return Array.isArray(processes) ? processes.filter(isKnownProcess) : [];
}
function parsed(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
function isRecord(value) {
    return typeof value === 'object' && value !== null;
}
function isKnownProcess(value) {
    return isRecord(value) && isId(value['id']) && value['id'] > 1 && typeof value['started'] === 'string';
}
function isUnfinished(value) {
    if (!isRecord(value))
        return false;
    const { database, run, stage, fresh, previous } = value;
    return ([database, run].every((text) => typeof text === 'string' && text !== '') &&
        ['filling', 'swapping', 'swapped'].includes(String(stage)) &&
        (fresh === undefined || (hasName(fresh) && (fresh['oid'] === undefined || isId(fresh['oid'])))) &&
        (previous === undefined || (hasName(previous) && isId(previous['oid']))));
}
function hasName(value) {
    return isRecord(value) && typeof value['name'] === 'string' && value['name'] !== '';
}
function isId(value) {
    return Number.isSafeInteger(value) && Number(value) > 0;
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
