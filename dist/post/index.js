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

/***/ 8321:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/consumers");

/***/ }),

/***/ 6193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:string_decoder");

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
/* harmony export */   RK: () => (/* binding */ visible),
/* harmony export */   TL: () => (/* binding */ quoted),
/* harmony export */   U9: () => (/* binding */ count),
/* harmony export */   UX: () => (/* binding */ inOneLine),
/* harmony export */   a3: () => (/* binding */ formatDuration),
/* harmony export */   fU: () => (/* binding */ formatTime),
/* harmony export */   pj: () => (/* binding */ plain),
/* harmony export */   qi: () => (/* binding */ firstSentence),
/* harmony export */   vI: () => (/* binding */ shortened)
/* harmony export */ });
/* unused harmony exports formatBytes, formatTransfer, formatAge, formatNumber, formatTimestamp, parseTimestamp */
const units = (/* unused pure expression or super */ null && (['B', 'kB', 'MB', 'GB', 'TB']));
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

/***/ 4767:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Fc: () => (/* binding */ cachedClientFolders),
/* harmony export */   jT: () => (/* binding */ removeUnpacking)
/* harmony export */ });
/* unused harmony exports clientTool, toolCache, cacheVersion, folderForUnpacking, publish, readNewest, writeNewest */
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
    const { find, findAllVersions } = await Promise.all(/* import() */[__nccwpck_require__.e(58), __nccwpck_require__.e(522), __nccwpck_require__.e(805)]).then(__nccwpck_require__.bind(__nccwpck_require__, 9805)); // loaded when it is needed, as everything that takes time
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
    const parent = path.join(cache, tool);
    await mkdir(parent, { recursive: true });
    for (const name of await readdir(parent)) {
        const folder = path.join(parent, name);
        if (name.startsWith(unpacking) && Date.now() - (await changed(folder)) > abandonedAfter)
            await rm(folder, { recursive: true, force: true }).catch(() => { }); // of another user, or removed by another job
    }
    const made = await mkdtemp(path.join(parent, unpacking));
    await symlink(made, path.join(scratch, path.basename(made)));
    const folder = path.join(made, 'root');
    await mkdir(folder);
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
    return stat(folder).then(({ mtimeMs }) => mtimeMs, () => Date.now());
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
    const place = path.join(cache, tool, version, process.arch);
    await mkdir(path.dirname(place), { recursive: true });
    for (let attempt = 1; !(await renamed(unpacked, place)); attempt++) {
        const found = await identity(place);
        if (await works(place))
            break;
        if (attempt > mostReplacements)
            throw new Error(`${place} is broken, and comes back whenever it is moved away`);
        if ((await identity(place)) === found)
            await rename(place, `${unpacked}-broken-${attempt}`);
    }
    await writeFile(`${place}.complete`, ''); // by this @actions/tool-cache knows a whole one
    return place;
}
async function renamed(from, to) {
    try {
        await rename(from, to);
        return true;
    }
    catch (error) {
        if (!['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(String(error.code)))
            throw error;
        return false;
    }
}
async function identity(folder) {
    const { dev, ino } = await stat(folder).catch(() => ({ dev: 0, ino: 0 }));
    return `${dev}/${ino}`;
}
const record = (cache) => path.join(cache, clientTool, 'newest.json');
/** What the repository had when it was last asked by a job of this machine. */
async function readNewest(cache) {
    try {
        const { asked, versions } = JSON.parse(await readFile(record(cache), 'utf8'));
        return /^\d{4}-\d\d-\d\dT/.test(String(asked)) && versions
            ? { asked: String(asked), versions }
            : undefined;
    }
    catch {
        return undefined; // never asked, or a record that is cut off
    }
}
async function writeNewest(cache, newest) {
    await mkdir(path.join(cache, clientTool), { recursive: true });
    const file = record(cache);
    const folder = await mkdtemp(path.join(cache, clientTool, unpacking));
    await writeFile(path.join(folder, 'newest.json'), JSON.stringify(newest));
    await rename(path.join(folder, 'newest.json'), file);
    await rm(folder, { recursive: true, force: true });
}


/***/ }),

/***/ 6717:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $e: () => (/* binding */ warning),
/* harmony export */   M9: () => (/* binding */ write),
/* harmony export */   Pq: () => (/* binding */ setSecret),
/* harmony export */   V4: () => (/* binding */ getInput),
/* harmony export */   Yz: () => (/* binding */ debug)
/* harmony export */ });
/* unused harmony exports lastWritten, error, appendToSummary */
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
    command('error', escapedData(visible(message)), title);
}
/** Adds to what the page of the run shows of this step. */
async function appendToSummary(markdown) {
    const file = process.env['GITHUB_STEP_SUMMARY'];
    if (!file)
        throw new Error('the runner has named no file for it (GITHUB_STEP_SUMMARY)');
    await appendFile(file, markdown + EOL);
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

/***/ 8273:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $h: () => (/* binding */ isScratch),
/* harmony export */   lP: () => (/* binding */ makeScratch),
/* harmony export */   v$: () => (/* binding */ removeFolder)
/* harmony export */ });
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
    return node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute(folder) && node_path__WEBPACK_IMPORTED_MODULE_1__.basename(folder).startsWith(scratchPrefix);
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
var __webpack_exports__ = {};

// EXTERNAL MODULE: ./build/base/failure.js
var failure = __nccwpck_require__(7306);
// EXTERNAL MODULE: ./build/runner/commands.js
var commands = __nccwpck_require__(6717);
// EXTERNAL MODULE: ./build/runner/scratch.js
var scratch = __nccwpck_require__(8273);
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
            await (0,promises_.setTimeout)(betweenLooks);
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
        await (0,promises_.setTimeout)(betweenLooks, undefined, { signal }).catch(() => { });
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

;// CONCATENATED MODULE: ./build/runner/undo/record.js
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

;// CONCATENATED MODULE: ./build/post.js
/**
 * Runs when the job ends, however the step ended, and puts in order what that has left and written down: processes that still run, the
 * databases of a restore, the folder of its files. It is a program of its own and never runs a job; where nothing is left, it loads
 * nothing more and prints nothing. It never fails, since the job has done what it has done.
 */





const { scratch: post_scratch, processes, unattended, restore } = readState(process.env);
/** Somebody cancels the job while it is being put in order. */
const cancelled = new AbortController();
/**
 * For all of it, in milliseconds from the start of this program. GitHub ends a job five minutes after it was cancelled, of which the step
 * itself has had up to ten seconds: https://docs.github.com/actions/reference/workflows-and-actions/workflow-cancellation
 */
const timeForAll = 280_000;
async function putInOrder() {
    await endProcesses(processes);
    const toUndo = restore?.fresh ?? restore?.previous;
    if (restore && toUndo)
        await (await Promise.all(/* import() */[__nccwpck_require__.e(522), __nccwpck_require__.e(186), __nccwpck_require__.e(497)]).then(__nccwpck_require__.bind(__nccwpck_require__, 6497))).cleanUpAfter(restore, cancelled.signal);
    const waiting = () => (0,commands/* write */.M9)('Waiting for the package manager of this machine, which the step has started');
    const longest = Math.min(longestInstallation, timeForAll - performance.now());
    if (!(await waitForProcesses(unattended, longest, cancelled.signal, waiting)))
        (0,commands/* warning */.$e)('The package manager of this machine still runs.');
}
async function removeFiles() {
    if (post_scratch !== undefined && (0,scratch/* isScratch */.$h)(post_scratch))
        await (0,scratch/* removeFolder */.v$)(post_scratch);
}
/** Whoever is the first ends it. */
let lastAct;
function end(problem) {
    if (problem && !lastAct)
        (0,commands/* warning */.$e)(`What the step left could not be put in order: ${(0,failure/* causeOf */.rl)(problem.error)}`);
    lastAct ??= removeFiles().catch((error) => (0,commands/* warning */.$e)(`${post_scratch} is left: ${(0,failure/* causeOf */.rl)(error)}`));
    void lastAct.then(() => process.exit(0)); // nothing that is still open holds the job up
}
for (const name of ['SIGINT', 'SIGTERM'])
    process.on(name, () => cancelled.abort(new Error('the job was cancelled')));
for (const name of ['uncaughtException', 'unhandledRejection'])
    process.on(name, (error) => end({ error }));
process.on('beforeExit', () => end({ error: new Error('what it was waiting for could no longer come') }));
putInOrder().then(() => end(), (error) => end({ error }));

