export const id = 186;
export const ids = [186];
export const modules = {

/***/ 4576:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ restrictedTo),
/* harmony export */   s: () => (/* binding */ storageScope)
/* harmony export */ });
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


/***/ }),

/***/ 2902:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ asReset),
/* harmony export */   o: () => (/* binding */ answerWithin)
/* harmony export */ });
/* harmony import */ var _azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1818);

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
                        throw new _azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__/* .RestError */ .pj(error.message, { code: 'ETIMEDOUT', request });
                    throw asReset(error, request);
                }
            },
        },
    };
}
/** The error of a client that could not read an answer to its end, like Node's own; any other as it is. */
function asReset(error, request) {
    return (0,_azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__/* .isRestError */ .T0)(error) && error.code === _azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__/* .RestError */ .pj.PARSE_ERROR && !error.response
        ? new _azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__/* .RestError */ .pj('the response broke off', { code: 'ECONNRESET', request })
        : error;
}


/***/ }),

/***/ 7118:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K0: () => (/* binding */ secretPartsOf),
/* harmony export */   Pf: () => (/* binding */ fieldsOf),
/* harmony export */   Vh: () => (/* binding */ readJson),
/* harmony export */   YZ: () => (/* binding */ pageInstead),
/* harmony export */   b6: () => (/* binding */ textOf)
/* harmony export */ });
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


/***/ }),

/***/ 983:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ld: () => (/* binding */ loginOfProxy),
/* harmony export */   ef: () => (/* binding */ adviceOnStranger),
/* harmony export */   l2: () => (/* binding */ answererOf),
/* harmony export */   wT: () => (/* binding */ strangerIn)
/* harmony export */ });
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8253);

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
        return value === '' ? [] : [`${name}: ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .plain */ .pj)(value)}`];
    });
    const page = /^\s*text\/html\b/i.test(headers.get('content-type') ?? '') ? ['an HTML page'] : [];
    return [`HTTP ${status}`, ...page, ...signs].join(', ');
}
/** What to do about it. */
const adviceOnStranger = "Check HTTPS_PROXY and NO_PROXY on the runner, and let its proxy and firewall pass this host's responses unchanged; then run the job " +
    'again. A proxy that requires a login takes it from HTTPS_PROXY: http://USER:PASSWORD@HOST:PORT, with special characters URL-encoded.';


/***/ }),

/***/ 8167:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ retryAfter),
/* harmony export */   W: () => (/* binding */ retryOf)
/* harmony export */ });
/* harmony import */ var _base_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7306);
/* harmony import */ var _base_system_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1703);
/* harmony import */ var _rest_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3343);



/** Refusals that pass by themselves. https://learn.microsoft.com/azure/architecture/best-practices/transient-faults */
const passingStatus = new Set([408, 429, 500, 502, 503, 504]);
/**
 * Whether an error of a request to Azure or GitHub passes by itself, by its status or by that of the connection; undefined if it does
 * not. A failure in the midst of a request is one of the sign-in for it, which has been tried for long enough.
 */
function retryOf(error) {
    if (error instanceof _base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR)
        return undefined;
    if ((0,_rest_error_js__WEBPACK_IMPORTED_MODULE_2__/* .isRestError */ .T0)(error) && error.statusCode !== undefined) {
        if (!passingStatus.has(error.statusCode))
            return undefined;
        const after = retryAfter(error);
        return { why: (0,_rest_error_js__WEBPACK_IMPORTED_MODULE_2__/* .detailOf */ .Rw)(error).message, ...(after !== undefined && { after }) };
    }
    const why = (0,_base_system_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .passingTrouble */ .t)(error);
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


/***/ }),

/***/ 3343:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Rw: () => (/* binding */ detailOf),
/* harmony export */   T0: () => (/* reexport safe */ _azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__.T0),
/* harmony export */   cP: () => (/* binding */ redirected),
/* harmony export */   fQ: () => (/* binding */ withoutBody)
/* harmony export */ });
/* harmony import */ var _azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1818);
/* harmony import */ var _json_response_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7118);



/** What is said of an answer that redirects. */
const redirected = 'the response redirects to another address, which is not followed';
/**
 * Takes Azure's words out of an error of its SDKs, which keep them in different places for each service and method.
 * @param sentences what Azure says with a code, for answers that have no body, as those to HEAD
 */
function detailOf(error, sentences = new Map()) {
    const own = withoutBody(error);
    const details = (0,_json_response_js__WEBPACK_IMPORTED_MODULE_1__/* .fieldsOf */ .Pf)(error.details) ?? {};
    const answer = (0,_json_response_js__WEBPACK_IMPORTED_MODULE_1__/* .readJson */ .Vh)(error.response?.bodyAsText);
    const body = 'fields' in answer ? answer.fields : {};
    const said = (0,_json_response_js__WEBPACK_IMPORTED_MODULE_1__/* .fieldsOf */ .Pf)(details['error']) ?? (0,_json_response_js__WEBPACK_IMPORTED_MODULE_1__/* .fieldsOf */ .Pf)(body['error']) ?? {};
    const inside = (0,_json_response_js__WEBPACK_IMPORTED_MODULE_1__/* .fieldsOf */ .Pf)(said['innerError']) ?? (0,_json_response_js__WEBPACK_IMPORTED_MODULE_1__/* .fieldsOf */ .Pf)(said['innererror']) ?? {};
    const code = error.response?.headers.get('x-ms-error-code') ??
        (0,_json_response_js__WEBPACK_IMPORTED_MODULE_1__/* .textOf */ .b6)(details['errorCode']) ??
        (0,_json_response_js__WEBPACK_IMPORTED_MODULE_1__/* .textOf */ .b6)(said['code']) ??
        own.code ??
        '';
    const words = (0,_json_response_js__WEBPACK_IMPORTED_MODULE_1__/* .textOf */ .b6)(said['message']) ?? (0,_json_response_js__WEBPACK_IMPORTED_MODULE_1__/* .textOf */ .b6)(body['message']) ?? own.message;
    const status = error.statusCode === undefined ? '' : `HTTP ${error.statusCode}`;
    const sentence = words.split(/\r?\n/).find((line) => line.trim() !== '') ?? '';
    const otherwise = /^HTTP 3/.test(status) ? redirected : 'no message';
    const known = [code, status].filter((part) => part !== '').join(', ');
    return {
        code,
        inner: (0,_json_response_js__WEBPACK_IMPORTED_MODULE_1__/* .textOf */ .b6)(inside['code']) ?? '',
        message: known === '' ? sentence : `${sentence.trim() || sentences.get(code) || otherwise} (${known})`,
    };
}
/**
 * The same error, or if its message quotes the answer, as that of an SDK does which could not read one, another in its place that
 * does not. An answer that nobody could read is nothing to be shown, nor is what a parser says of it.
 */
function withoutBody(error) {
    const body = error.response?.bodyAsText?.trim() ?? '';
    const unreadable = error.code === _azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__/* .RestError */ .pj.PARSE_ERROR;
    if (!unreadable && (body === '' || !error.message.includes(body)))
        return error;
    const { statusCode } = error;
    const page = body.startsWith('<') && !body.startsWith('<?xml');
    return new _azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__/* .RestError */ .pj(page
        ? 'the response is an HTML page, as from a proxy or firewall'
        : 'the response cannot be read: it has another format, or was cut off or changed on the way', { ...(statusCode !== undefined && { statusCode }), ...(error.request && { request: error.request }) });
}


/***/ }),

/***/ 8954:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E2: () => (/* binding */ isThrottling),
/* harmony export */   RD: () => (/* binding */ withHost),
/* harmony export */   Xt: () => (/* binding */ passingOf),
/* harmony export */   r5: () => (/* binding */ askAccount),
/* harmony export */   vL: () => (/* binding */ oneForAll)
/* harmony export */ });
/* harmony import */ var _base_patience_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7705);
/* harmony import */ var _passing_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8167);
/* harmony import */ var _rest_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3343);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4359);
/* harmony import */ var _wire_http_client_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2394);





/**
 * Makes a request, and again as long as what it meets passes by itself.
 * @param what is tried, at the beginning of a line of the log
 * @throws RestError what the account refused with; Error if it could not be reached, or did not answer in time
 */
async function askAccount(access, what, attempt, { signal, limit, judge = (error) => passingOf(access, error), info = access.info, queued }) {
    try {
        const signed = async (own) => {
            await access.signIn(own);
            return (0,_base_patience_js__WEBPACK_IMPORTED_MODULE_0__/* .withLimit */ .Ko)(limit, own, attempt);
        };
        const answer = await (0,_base_patience_js__WEBPACK_IMPORTED_MODULE_0__/* .patiently */ .d_)(what, signed, {
            ...{ patience: access.patience, signal, info, ...(queued && { queued }) },
            judge: (error) => {
                access.reached ||= (0,_rest_error_js__WEBPACK_IMPORTED_MODULE_2__/* .isRestError */ .T0)(error) && error.statusCode !== undefined;
                return judge(withHost(access, error));
            },
        });
        access.reached = true;
        access.proven = true;
        return answer;
    }
    catch (error) {
        if ((0,_rest_error_js__WEBPACK_IMPORTED_MODULE_2__/* .isRestError */ .T0)(error) && (0,_rest_error_js__WEBPACK_IMPORTED_MODULE_2__/* .detailOf */ .Rw)(error).code === 'BlobNotFound')
            access.proven = true;
        throw error;
    }
}
/** An error that says which host did not answer in time, and whether it had before: the clock that ended the attempt does not know. */
function withHost({ container, reached }, error) {
    return error instanceof _base_patience_js__WEBPACK_IMPORTED_MODULE_0__/* .NoAnswer */ .W_
        ? Object.assign(error, { hostname: new URL(container.url).hostname, answeredBefore: reached })
        : error;
}
/** https://www.rfc-editor.org/rfc/rfc9110#section-15.6 */
const gatewayTrouble = new Set([502, 503, 504]);
/** For how long an account that never answered is tried to be reached, as a multiple of the time that one answer has: 40 s, and the last attempt. */
const firstContact = 2;
/** How many pauses a rejected token is tried again for while none was accepted yet, all of them together as long as so many first ones. */
const firstTokenPauses = 8;
/**
 * Whether what a request met passes by itself, and for how long that is waited for: as long as there is patience for in general, and
 * less where nothing has worked yet, since then the address, the network or the rights are likelier to be wrong.
 */
function passingOf({ patience, proven, reached }, error) {
    const { cause: why } = (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .explainStorageError */ .R)(error);
    // A gateway on the way has trouble of its own. Any other answer that is not Azure's will be the same again.
    if (error instanceof _wire_http_client_js__WEBPACK_IMPORTED_MODULE_4__/* .NotAzure */ .nN)
        return gatewayTrouble.has(error.status) ? { why } : undefined;
    if ((0,_rest_error_js__WEBPACK_IMPORTED_MODULE_2__/* .isRestError */ .T0)(error) && error.statusCode !== undefined) {
        const { code } = (0,_rest_error_js__WEBPACK_IMPORTED_MODULE_2__/* .detailOf */ .Rw)(error);
        // It was changed on the way: what is in memory is right, and is sent again.
        if (code === 'Md5Mismatch')
            return { why };
        // The SDK gets another token where the account asks for one; what is left is the account's own trouble, or a token of somewhere else.
        if (error.statusCode === 401)
            return { why, ...(!proven && { within: firstTokenPauses * patience.pause }) };
        if (code === 'AuthorizationPermissionMismatch' && !proven)
            return { why: `the role may not have taken effect yet (${code}, HTTP 403)`, within: patience.newRight };
    }
    const retry = (0,_passing_js__WEBPACK_IMPORTED_MODULE_1__/* .retryOf */ .W)(error);
    if (!retry)
        return undefined;
    const unreached = !(0,_rest_error_js__WEBPACK_IMPORTED_MODULE_2__/* .isRestError */ .T0)(error) || error.statusCode === undefined;
    return { ...retry, why, ...(unreached && !reached && { within: firstContact * patience.answer }) };
}
/** Whether the account has said that it is asked too much. https://learn.microsoft.com/azure/storage/blobs/scalability-targets */
function isThrottling(error) {
    if (!(0,_rest_error_js__WEBPACK_IMPORTED_MODULE_2__/* .isRestError */ .T0)(error))
        return false;
    return error.statusCode === 429 || error.statusCode === 503 || (0,_rest_error_js__WEBPACK_IMPORTED_MODULE_2__/* .detailOf */ .Rw)(error).code === 'OperationTimedOut';
}
/** How often a line of those is written that several requests have to say at once, in milliseconds. */
const seldom = 25_000;
/** Lets one line through of all that come within some time: where five requests wait for the same, one of them says so. */
function oneForAll(info) {
    let last = Number.NEGATIVE_INFINITY;
    return (line) => {
        const now = performance.now();
        if (now - last < seldom)
            return;
        last = now;
        info(line);
    };
}


/***/ }),

/***/ 5571:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
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

/***/ 1256:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  i: () => (/* binding */ openBackupStore)
});

// UNUSED EXPORTS: backupStore

// EXTERNAL MODULE: ./node_modules/@azure/storage-blob/dist/esm/index.js + 137 modules
var esm = __webpack_require__(8358);
// EXTERNAL MODULE: ./build/azure/audience.js
var audience = __webpack_require__(4576);
// EXTERNAL MODULE: ./build/azure/storage/blob-properties.js
var blob_properties = __webpack_require__(6317);
// EXTERNAL MODULE: ./build/base/failure.js
var failure = __webpack_require__(7306);
// EXTERNAL MODULE: ./build/base/format.js
var format = __webpack_require__(8253);
// EXTERNAL MODULE: ./build/azure/rest-error.js
var rest_error = __webpack_require__(3343);
// EXTERNAL MODULE: ./build/azure/storage/backup-names.js
var backup_names = __webpack_require__(5571);
// EXTERNAL MODULE: ./build/azure/storage/blob-commands.js
var blob_commands = __webpack_require__(2826);
// EXTERNAL MODULE: ./build/azure/storage/errors.js
var errors = __webpack_require__(4359);
// EXTERNAL MODULE: ./build/azure/storage/access.js
var storage_access = __webpack_require__(8954);
;// CONCATENATED MODULE: ./build/azure/storage/list-backups.js




/** How many backups are listed as a whole: a page of 5,000, Azure's largest, takes seconds to be read. */
const few = 200;
/** How far back the newest of more than these are looked for. */
const months = 24;
/**
 * The newest backups whose names begin with `prefix`, the newest first. Azure lists names in the order of the alphabet, so
 * the newest come last: where they are more than a few, it is asked month by month instead, from this one back.
 * @param most how many are wanted
 * @returns undefined if they may not be listed, that takes too long, or all of very many are old
 */
async function newestBackups(access, prefix, most, signal) {
    // Nobody waits for it but the reader of an error. A list whose pages never end is ended by this, too.
    const abortSignal = AbortSignal.any([signal, AbortSignal.timeout(blob_properties/* curiosity */.oU)]);
    try {
        return await newest(access, prefix, most, abortSignal);
    }
    catch {
        signal.throwIfAborted();
        return undefined;
    }
}
async function newest(access, prefix, most, signal) {
    const found = [];
    const add = (items) => {
        for (const { name, properties } of items) {
            const parts = (0,backup_names/* partsOfBackupName */.Td)(name);
            if (parts?.prefix !== prefix)
                continue;
            found.push({ name, timestamp: parts.timestamp, size: properties.contentLength ?? 0 });
        }
        found.sort((a, b) => b.timestamp.localeCompare(a.timestamp)).splice(most);
    };
    const first = await pageOf(access, prefix, { maxPageSize: few }, signal);
    if (!first)
        return [];
    if (!first.continuationToken) {
        add(first.segment.blobItems);
        return found;
    }
    const now = new Date();
    for (let ago = 0; ago < months && found.length < most; ago++) {
        const month = (0,format/* formatTimestamp */.Ey)(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - ago))).slice(0, 6);
        for (let next = ''; next !== undefined;) {
            const settings = next === '' ? {} : { continuationToken: next };
            const page = await pageOf(access, `${prefix}${month}`, settings, signal);
            add(page?.segment.blobItems ?? []);
            next = page?.continuationToken || undefined;
        }
    }
    return found.length === 0 ? undefined : found;
}
/** A page of the blobs whose names begin like this. What is waited for is not told: nothing depends on a list. */
function pageOf(access, prefix, settings, signal) {
    const attempt = async (abortSignal) => {
        const pages = access.container.listBlobsFlat({ prefix, abortSignal }).byPage(settings);
        const { value, done } = await pages.next();
        return done ? undefined : value;
    };
    const limit = access.patience.answer;
    return (0,storage_access/* askAccount */.r5)(access, `Listing ${(0,format/* quoted */.TL)(prefix)}`, attempt, { signal, limit, info: () => { } });
}

// EXTERNAL MODULE: ./build/azure/storage/stored-backup.js
var stored_backup = __webpack_require__(8590);
;// CONCATENATED MODULE: ./build/azure/storage/find-backup.js









/** How many other backups are named where one is missing. */
const mostOthersListed = 5;
/**
 * Looks a backup up.
 * @param database whose backups are named if there is none of this name, besides those that are named alike
 * @throws Failure if there is none of this name, or it can't be read as it is (archive tier)
 */
async function findBackup(access, name, database, signal) {
    const { container } = access;
    const client = container.getBlockBlobClient(name);
    const tried = `Looking up backup ${(0,stored_backup/* describeBlob */.f)(container, name)}`;
    const place = (0,blob_commands/* placeOfBlob */.KB)(container, name);
    const properties = await (0,blob_properties/* propertiesOf */.P1)(access, name, signal).catch(async (error) => {
        signal.throwIfAborted();
        if (!(0,rest_error/* isRestError */.T0)(error) || (0,rest_error/* detailOf */.Rw)(error).code !== 'BlobNotFound')
            throw (0,errors/* storageFailure */.K)(tried, error);
        const { cause, advice: otherwise } = (0,errors/* explainStorageError */.R)(error);
        const others = (await otherBackups(access, name, database, signal)) ?? otherwise;
        throw new failure/* Failure */.HR({ tried, cause, advice: `${others}\n${(0,blob_commands/* undeleteAdvice */.PF)(place, client.url)}` }, { cause: error });
    });
    if (isFolder(properties.metadata)) {
        throw new failure/* Failure */.HR({
            tried,
            cause: 'this is a folder, not a blob',
            advice: 'Check backup_file_name: it has to be the whole name of a backup, with its folders.',
        });
    }
    if (properties.accessTier === 'Archive') {
        throw new failure/* Failure */.HR(properties.archiveStatus === undefined
            ? {
                tried,
                cause: 'the blob is in the archive tier, where it cannot be read',
                advice: (0,blob_commands/* rehydrateAdvice */.xJ)(place),
            }
            : {
                tried,
                cause: `the blob is still being moved out of the archive tier (${(0,format/* plain */.pj)(String(properties.archiveStatus))})`,
                advice: blob_commands/* rehydrationPending */.pU,
            });
    }
    return {
        name,
        url: client.url,
        size: properties.contentLength ?? 0,
        etag: String(properties.etag),
        metadata: properties.metadata ?? {},
    };
}
/**
 * Where the account has a hierarchical namespace (Data Lake Storage Gen2), a folder answers as a blob without content would, with this
 * in its metadata. https://learn.microsoft.com/azure/storage/blobs/data-lake-storage-introduction
 */
function isFolder(metadata = {}) {
    return Object.entries(metadata).some(([key, value]) => key.toLowerCase() === 'hdi_isfolder' && value.toLowerCase() === 'true');
}
/** What to do instead, with the newest backups of the database, and of the one that the name is of; undefined if they are not known. */
async function otherBackups(access, name, database, signal) {
    const prefixes = [...new Set([(0,backup_names/* partsOfBackupName */.Td)(name)?.prefix, (0,backup_names/* backupPrefix */.nY)(database)])].filter((prefix) => prefix !== undefined);
    const listed = await Promise.all(prefixes.map((prefix) => newestBackups(access, prefix, mostOthersListed, signal)));
    const known = listed.filter((list) => list !== undefined);
    return known.length < prefixes.length ? undefined : describeOthers(prefixes, known.flat());
}
/** What to do where a backup is missing: the newest of the others, or where to look if there are none. */
function describeOthers(prefixes, backups) {
    const kinds = prefixes.map((prefix) => (0,format/* quoted */.TL)(`${prefix}…`)).join(' or ');
    if (backups.length === 0)
        return `No such backup, and none named ${kinds} in this container. Check backup_file_name (names are case-sensitive) and storage_container_name.`;
    const lines = backups
        .toSorted((a, b) => b.timestamp.localeCompare(a.timestamp))
        .slice(0, mostOthersListed)
        .map((backup) => `- ${backup.name} (${timeOf(backup)}, ${(0,format/* formatBytes */.z3)(backup.size)})`);
    return `No such backup (names are case-sensitive). The newest named ${kinds} in this container:\n${lines.join('\n')}`;
}
/** `2026-11-22 15:42:10 UTC` */
function timeOf({ timestamp }) {
    return timestamp.replace(/^(\d{4})(..)(..)(..)(..)(..)$/, '$1-$2-$3 $4:$5:$6 UTC');
}

// EXTERNAL MODULE: ./build/azure/storage/new-backup.js + 5 modules
var new_backup = __webpack_require__(9891);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./build/base/chunks.js
var base_chunks = __webpack_require__(7936);
// EXTERNAL MODULE: ./build/base/patience.js
var base_patience = __webpack_require__(7705);
// EXTERNAL MODULE: ./build/azure/storage/wire/http-client.js
var http_client = __webpack_require__(2394);
;// CONCATENATED MODULE: ./build/azure/storage/blob-reader.js






/** An answer that holds other bytes than were asked for, as that of a proxy that knows no ranges. */
class OtherBytes extends Error {
}
/** How many bytes a connection has to bring, in the time that it may be silent, to be one that works. */
const leastProgress = 64 * 1024;
/**
 * A range of a blob's content, in batches of chunks. A connection that breaks or falls silent is taken up again at the byte where it
 * broke off, as long as the blob is still the one that the ETag names. The SDK's own `maxRetryRequests` does not do it: it
 * takes a connection that was closed in the middle of a body for an abort by its caller, and gives up (seen with 12.34).
 * Patience begins anew when a connection has brought a little: bytes that trickle are not waited for without end.
 * @throws RestError what the account refused with; with status 412 if the blob is another by now
 * @throws Error if the connection failed for too long, or other bytes came than were asked for
 */
async function* readRange(access, source, { start, end }, signal) {
    const judge = (error) => (0,storage_access/* passingOf */.Xt)(access, error) ?? brokenOff(error);
    let offset = start;
    while (offset < end) {
        let held = [];
        const connect = async (own) => {
            const body = await openBody(access, source, { start: offset, end }, own);
            try {
                while (offset < end && (0,base_chunks/* lengthOf */.Y5)(held) < leastProgress) {
                    const batch = await body.next();
                    offset += (0,base_chunks/* lengthOf */.Y5)(batch);
                    held.push(...batch);
                }
                return body;
            }
            catch (error) {
                body.close();
                throw error;
            }
        };
        const body = await (0,storage_access/* askAccount */.r5)(access, source.what, connect, { signal, judge, info: source.info });
        try {
            yield held;
            held = [];
            while (offset < end) {
                const batch = await body.next();
                offset += (0,base_chunks/* lengthOf */.Y5)(batch);
                yield batch;
            }
            await body.end();
        }
        catch (error) {
            signal.throwIfAborted();
            const retry = judge((0,storage_access/* withHost */.RD)(access, error));
            if (!retry)
                throw error;
            source.info(`${source.what}: ${retry.why}. Connecting again`);
        }
        finally {
            body.close();
        }
    }
}
/** A connection that ended in the middle of a body fails with an error of the stream, which may be any. */
function brokenOff(error) {
    const isTold = [OtherBytes, http_client/* NotAzure */.nN, failure/* Failure */.HR].some((kind) => error instanceof kind);
    if (isTold || (0,rest_error/* isRestError */.T0)(error) || !(error instanceof Error))
        return undefined;
    return { why: error.message };
}
async function openBody({ patience }, { client, etag }, { start, end }, signal) {
    const own = new AbortController();
    let stream;
    let [waited, came, offset, ended] = [0, 0, start, false];
    const close = (reason) => {
        signal.removeEventListener('abort', cancel);
        if (ended)
            return;
        own.abort(reason);
        stream?.destroy();
    };
    const cancel = () => close(signal.reason);
    signal.addEventListener('abort', cancel);
    /** Waits for something of the other side, for as long as it has left. */
    const waitFor = async (work) => {
        const began = performance.now();
        const timer = setTimeout(() => close(new base_patience/* NoAnswer */.W_(patience.idle)), patience.idle - waited);
        try {
            const answer = await work;
            if (own.signal.aborted)
                throw own.signal.reason;
            return answer;
        }
        catch (error) {
            if (own.signal.reason instanceof base_patience/* NoAnswer */.W_)
                throw own.signal.reason;
            // Of a connection that was closed in the middle of a body, the SDK tells no more than that its stream was aborted.
            const isClosed = !own.signal.aborted && error instanceof Error && error.name === 'AbortError';
            throw isClosed ? closedBy(new URL(client.url).hostname, error) : error;
        }
        finally {
            clearTimeout(timer);
            waited += performance.now() - began;
        }
    };
    const otherBytes = (answered = 'the whole blob') => new OtherBytes(`bytes ${start}-${end - 1} were requested, and the response was ${answered}`);
    const options = { abortSignal: own.signal, conditions: { ifMatch: etag } };
    const { contentRange, readableStreamBody } = await waitFor(client.download(start, end - start, options)).catch((error) => {
        close();
        throw error;
    });
    stream = readableStreamBody;
    const batches = (0,base_chunks/* batchesOf */.cS)(stream);
    return {
        async next() {
            const { value: batch, done } = await waitFor(batches.next());
            if (done)
                throw new Error(`the response ended at byte ${offset} of bytes ${start}-${end - 1}`);
            const bytes = (0,base_chunks/* lengthOf */.Y5)(batch);
            if (startOf(contentRange) !== start || bytes > end - offset)
                throw otherBytes(contentRange);
            offset += bytes;
            came += bytes;
            if (came >= leastProgress)
                [waited, came] = [0, 0];
            return batch;
        },
        async end() {
            const { done } = await waitFor(batches.next()).catch(() => ({ done: true }));
            if (!done)
                throw otherBytes(contentRange);
            ended = !own.signal.aborted;
        },
        close: () => close(),
    };
}
function closedBy(hostname, cause) {
    const error = new Error('the connection was closed in the middle of the response', { cause });
    return Object.assign(error, { code: 'ECONNRESET', hostname });
}
/** Where the bytes of an answer begin: those of one that names no range are the whole blob. */
function startOf(contentRange) {
    return contentRange === undefined ? 0 : Number(/^bytes (\d+)-/.exec(contentRange)?.[1]);
}

;// CONCATENATED MODULE: ./build/azure/storage/prefix-hash.js

/** How much is read from the file at once, in bytes. */
const pieceSize = 1024 * 1024;
/**
 * Hashes a file from its first byte on while it is being written: the front, up to which everything is hashed, moves
 * over every range that adjoins it. The bytes are read back from the file, which is to say from memory that the system
 * holds as its cache: no range needs memory of ours while it waits, and what is hashed is what is in the file.
 * @param handle open for reading
 * @param onContent is given the bytes that the front passes over, in their order, and must not keep them
 */
function hashPrefix(handle, onContent, signal) {
    const sha256 = (0,external_node_crypto_.createHash)('sha256');
    const piece = Buffer.allocUnsafeSlow(pieceSize);
    /** The ends of the ranges that lie ahead of the front, by their starts. */
    const ahead = new Map();
    let front = 0;
    let moves = Promise.resolve();
    const hashTo = async (end) => {
        while (front < end) {
            signal.throwIfAborted();
            const { bytesRead } = await handle.read(piece, 0, Math.min(pieceSize, end - front), front);
            if (bytesRead === 0)
                throw new Error(`the file ends at byte ${front}, and ${end} were written`);
            const content = piece.subarray(0, bytesRead);
            sha256.update(content);
            onContent(content);
            front += bytesRead;
        }
    };
    const move = async () => {
        for (let end = ahead.get(front); end !== undefined; end = ahead.get(front)) {
            ahead.delete(front);
            await hashTo(end);
        }
    };
    return {
        written({ start, end }) {
            ahead.set(start, end);
            moves = moves.then(move); // one after the other, since all use the same piece
            return moves;
        },
        digest: () => sha256.digest('hex'),
    };
}

;// CONCATENATED MODULE: ./build/azure/storage/range-download.js




/**
 * How many ranges are on their way at once, for one connection may be slower than the network it runs on: 300 MiB over
 * connections of 50 MB/s each took 2 s with four of them, and 6 s with one.
 */
const rangesInFlight = 4;
/** In bytes. Each range is a request whose first byte is waited for, while the other connections go on. */
const rangeSize = 8 * 1024 * 1024;
/**
 * Downloads a blob into a new file (mode 0600): ranges side by side, each written where it belongs as its bytes come,
 * so that memory holds no more than what the connections have buffered. All are bound to the ETag.
 *
 * The first error ends all requests. Either way nothing is written any more and the file is closed when this returns;
 * what it leaves in the file after an error is the caller's to remove.
 * @returns the SHA-256 of the file, in hex
 * @throws RestError or Error if a range can't be had, see `readRange`
 * @throws NodeJS.ErrnoException if the file exists or can't be written (ENOSPC)
 */
async function downloadRanges(access, source, size, file, { onProgress, onContent }, signal) {
    const handle = await (0,promises_.open)(file, 'wx+', 0o600);
    const ownEnd = new AbortController();
    const abortSignal = AbortSignal.any([signal, ownEnd.signal]);
    const hash = hashPrefix(handle, onContent, abortSignal);
    let hashing = Promise.resolve();
    let failure;
    let next = 0;
    let received = 0;
    const fail = (error) => {
        failure ??= { error };
        ownEnd.abort();
    };
    const fetchRange = async (range) => {
        let position = range.start;
        for await (const chunks of readRange(access, source, range, abortSignal)) {
            const bytes = (0,base_chunks/* lengthOf */.Y5)(chunks);
            received += bytes;
            onProgress(received);
            await writeAt(handle, chunks, position);
            (0,base_chunks/* release */._r)(chunks);
            position += bytes;
        }
    };
    const fetchRanges = async () => {
        while (next < size) {
            const range = { start: next, end: Math.min(next + rangeSize, size) };
            next = range.end;
            await fetchRange(range);
            hashing = hash.written(range).catch(fail); // not awaited: the connection need not stand idle meanwhile
        }
    };
    try {
        await Promise.all(Array.from({ length: rangesInFlight }, () => fetchRanges().catch(fail)));
        await hashing;
    }
    finally {
        await handle.close();
    }
    if (failure)
        throw failure.error;
    return hash.digest();
}
/** Writes chunks one behind the other, all of them: a single write may take less, as the last one on a full disk does. */
async function writeAt(handle, chunks, position) {
    const end = position + (0,base_chunks/* lengthOf */.Y5)(chunks);
    let rest = chunks;
    for (let at = position; at < end;) {
        const { bytesWritten } = await handle.writev(rest, at);
        at += bytesWritten;
        if (at < end)
            rest = [Buffer.concat(rest).subarray(bytesWritten)];
    }
}

;// CONCATENATED MODULE: ./build/azure/storage/read-backup.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});









/** The first bytes of a backup, enough to see what it is. */
async function readStart(access, backup, bytes, signal) {
    const range = { start: 0, end: Math.min(bytes, backup.size) };
    const chunks = [];
    try {
        for await (const batch of readRange(access, sourceOf(access, backup, 'Reading'), range, signal))
            chunks.push(...batch);
        return Buffer.concat(chunks);
    }
    catch (error) {
        signal.throwIfAborted();
        throw (0,errors/* storageFailure */.K)(`Reading the start of ${(0,stored_backup/* describeBlob */.f)(access.container, backup.name)}`, error);
    }
}
/** Appends more of a backup to a file that has its beginning: as far as before byte `end`, or all. */
async function appendStart(access, backup, { start, end }, file, signal) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const range = { start, end: Math.min(end, backup.size) };
        const handle = __addDisposableResource(env_1, await (0,promises_.open)(file, 'a'), true);
        try {
            for await (const batch of readRange(access, sourceOf(access, backup, 'Reading'), range, signal)) {
                for (const chunk of batch)
                    await handle.appendFile(chunk);
                (0,base_chunks/* release */._r)(batch);
            }
        }
        catch (error) {
            signal.throwIfAborted();
            throw (0,errors/* storageFailure */.K)(`Reading the start of ${(0,stored_backup/* describeBlob */.f)(access.container, backup.name)}`, error);
        }
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** @param doing what is done, as the log says it */
function sourceOf(access, { name, etag }, doing) {
    const client = access.container.getBlockBlobClient(name);
    return { client, etag, what: `${doing} ${(0,format/* quoted */.TL)(name)}`, info: (0,storage_access/* oneForAll */.vL)(access.info) };
}
/**
 * Downloads a backup into a new file (mode 0600).
 * @returns the SHA-256 of what was received, in hex
 */
async function downloadBackup(access, backup, file, listener, signal) {
    try {
        const source = sourceOf(access, backup, 'Downloading');
        return await downloadRanges(access, source, backup.size, file, listener, signal);
    }
    catch (error) {
        signal.throwIfAborted();
        throw (0,errors/* storageFailure */.K)(`Downloading ${(0,stored_backup/* describeBlob */.f)(access.container, backup.name)}`, error);
    }
}
/** Reads a backup from its first byte to its last, by one connection. Nothing is asked before the first chunk is wanted. */
function streamBackup(access, backup, signal) {
    const source = sourceOf(access, backup, 'Downloading');
    const hash = (0,external_node_crypto_.createHash)('sha256');
    let received = 0;
    async function* read() {
        try {
            for await (const chunks of readRange(access, source, { start: 0, end: backup.size }, signal)) {
                for (const chunk of chunks) {
                    hash.update(chunk);
                    received += chunk.length;
                    yield chunk;
                }
            }
        }
        catch (error) {
            signal.throwIfAborted();
            throw (0,errors/* storageFailure */.K)(`Downloading ${(0,stored_backup/* describeBlob */.f)(access.container, backup.name)}`, error);
        }
    }
    return {
        chunks: read(),
        sha256() {
            if (received !== backup.size)
                throw new Error(`${received} of ${backup.size} bytes were read`);
            return hash.digest('hex');
        },
    };
}

;// CONCATENATED MODULE: ./build/azure/storage/wire/token-keeper.js


/** How long before its end a token is none any more, in milliseconds. The SDK waits for another one from 1 s before it on. */
const margin = 10_000;
/**
 * Sees to it that there is a token before a request is made, in place of the SDK, which gets it in the midst of the request: the time that
 * a sign-in takes would be the account's, and a sign-in that is tried again would be ended as a request without an answer. The SDK is
 * then given what the credential has kept.
 */
function tokenKeeper(credential) {
    let expires = 0;
    let getting;
    const get = async () => {
        const token = await credential.getToken(audience/* storageScope */.s);
        expires = token?.expiresOnTimestamp ?? 0;
    };
    return async (signal) => {
        if (expires - Date.now() > margin)
            return;
        getting ??= get().finally(() => {
            getting = undefined;
        });
        await (0,base_patience/* unlessAborted */.Wh)(getting, signal); // others wait for the same token
    };
}

;// CONCATENATED MODULE: ./build/azure/storage/backup-store.js









/** Signs every request with a token for Blob Storage. The SDK tries nothing again: `askAccount` does, and nothing is tried on two levels. */
function openBackupStore(place, credential, manner) {
    const restricted = (0,audience/* restrictedTo */.L)(audience/* storageScope */.s, credential);
    const account = new esm/* BlobServiceClient */.wS(place.accountUrl, restricted, {
        retryOptions: { maxTries: 1 },
        httpClient: (0,http_client/* blobHttpClient */.x6)(),
    });
    return backupStore(account.getContainerClient(place.container), manner, tokenKeeper(restricted));
}
/**
 * @param container its client, however it signs its requests
 * @param signIn see `Access`
 */
function backupStore(container, { patience, info }, signIn = async () => { }) {
    const access = { container, patience, info, signIn, proven: false, reached: false };
    return {
        begin: (name, signal) => (0,new_backup/* beginBackup */.Gu)(access, name, signal),
        find: (name, database, signal) => findBackup(access, name, database, signal),
        list: (prefix, most, signal) => newestBackups(access, prefix, most, signal),
        metadata: (name, signal) => (0,blob_properties/* metadataOf */.Nk)(access, name, signal),
        readStart: (backup, bytes, signal) => readStart(access, backup, bytes, signal),
        appendStart: (backup, range, file, signal) => appendStart(access, backup, range, file, signal),
        download: (backup, file, listener, signal) => downloadBackup(access, backup, file, listener, signal),
        stream: (backup, signal) => streamBackup(access, backup, signal),
    };
}


/***/ }),

/***/ 2826:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GP: () => (/* binding */ lookAdvice),
/* harmony export */   KB: () => (/* binding */ placeOfBlob),
/* harmony export */   PF: () => (/* binding */ undeleteAdvice),
/* harmony export */   pU: () => (/* binding */ rehydrationPending),
/* harmony export */   pz: () => (/* binding */ rehydrate),
/* harmony export */   xJ: () => (/* binding */ rehydrateAdvice)
/* harmony export */ });
/* harmony import */ var _base_shell_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9650);

/** The place of a blob in this container. */
function placeOfBlob({ accountName, containerName }, name) {
    return { account: accountName, container: containerName, name };
}
/** https://learn.microsoft.com/azure/storage/blobs/archive-rehydrate-overview */
const rehydrate = 'Move the blob to the hot, cool or cold tier and wait until that is done (up to 15 hours; often under one hour at high priority for a ' +
    'blob below 10 GB), then run the restore again.';
const rehydrationPending = 'Wait until that is done, then run the restore again.';
/** What to do about a blob in the archive tier, with the command. */
function rehydrateAdvice(place) {
    const command = 'az storage blob set-tier --account-name "$account" --container-name "$container" --name="$blob" ' +
        '--tier Hot --rehydrate-priority High --auth-mode login';
    return `${rehydrate}\n${blobCommand(place, command)}`;
}
/**
 * How a deleted backup is brought back, with the commands. Where versioning is on, undelete brings back deleted versions and none of them
 * becomes the blob: that is done by a copy. https://learn.microsoft.com/azure/storage/blobs/soft-delete-blob-overview
 * @param url of the blob, with its name as URLs have it
 */
function undeleteAdvice(place, url) {
    const inContainer = '--account-name "$account" --container-name "$container"';
    const is = 'backup_file_name';
    const undelete = blobCommand(place, `az storage blob undelete ${inContainer} --name="$blob" --auth-mode login`);
    const { source, encoded } = urlInBash(url, place);
    const copy = (0,_base_shell_js__WEBPACK_IMPORTED_MODULE_0__/* .commandLines */ .Zm)([
        ...(encoded === place.name ? [] : [{ variable: 'encoded', value: encoded, is }]),
        {
            ...{ variable: 'newest', is },
            value: `max([?name=='${place.name.replaceAll("'", "\\'")}'].versionId)`,
        },
    ], 'az storage blob copy start --account-name "$account" --destination-container "$container" --destination-blob="$blob" ' +
        `--source-uri "${source}?versionid=$(az storage blob list ${inContainer} --prefix="$blob" --include v ` +
        '--num-results \'*\' --query "$newest" --output tsv --auth-mode login)" --auth-mode login');
    return `If it was deleted, bring it back while soft delete keeps it:\n${undelete}\nIf the account has versioning on, then also make the newest version the blob again:\n${copy}`;
}
/** A blob's URL with the variables for what GitHub masks where it is shown, and the blob's name as it stands in there. */
function urlInBash(url, { account, container, name }) {
    const { protocol, host, pathname } = new URL(url);
    const parts = pathname.slice(1).split('/');
    const at = parts.indexOf(encodeURIComponent(container));
    const before = parts.slice(0, at).map((part) => (part === encodeURIComponent(account) ? '$account' : part));
    const encoded = parts.slice(at + 1).join('/');
    const place = host.startsWith(`${account}.`) ? `$account${host.slice(account.length)}` : host;
    const blob = encoded === name ? '$blob' : '$encoded';
    return { source: `${protocol}//${[place, ...before, '$container', blob].join('/')}`, encoded };
}
/** How to see whether a backup was made, with the command. */
function lookAdvice(place) {
    const command = 'az storage blob exists --account-name "$account" --container-name "$container" --name="$blob" --auth-mode login';
    return `A blob appears under this name only when the backup is complete. Check whether it exists:\n${blobCommand(place, command)}`;
}
function blobCommand({ account, container, name }, command) {
    return (0,_base_shell_js__WEBPACK_IMPORTED_MODULE_0__/* .commandLines */ .Zm)([
        { variable: 'account', value: account || 'ACCOUNT', is: 'STORAGE_ACCOUNT_NAME' },
        { variable: 'container', value: container, is: 'STORAGE_CONTAINER_NAME' },
        { variable: 'blob', value: name, is: 'backup_file_name' },
    ], command);
}


/***/ }),

/***/ 6317:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Nk: () => (/* binding */ metadataOf),
/* harmony export */   P1: () => (/* binding */ propertiesOf),
/* harmony export */   oU: () => (/* binding */ curiosity)
/* harmony export */ });
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8253);
/* harmony import */ var _access_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8954);


/**
 * Asks for a blob's properties, which is the first that every job asks of the account.
 * @throws RestError and Error as `askAccount`
 */
function propertiesOf(access, name, signal) {
    const client = access.container.getBlockBlobClient(name);
    return (0,_access_js__WEBPACK_IMPORTED_MODULE_0__/* .askAccount */ .r5)(access, `Looking for ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_1__/* .quoted */ .TL)(name)}`, (abortSignal) => client.getProperties({ abortSignal }), {
        signal,
        limit: access.patience.answer,
    });
}
/** How long may be waited for what is only good to know, in milliseconds. */
const curiosity = 10_000;
/**
 * A blob's metadata, in any tier, if it comes in a few seconds: nothing depends on it.
 * @throws RestError and Error as `propertiesOf`
 */
async function metadataOf(access, name, signal) {
    const soon = AbortSignal.any([signal, AbortSignal.timeout(curiosity)]);
    return (await propertiesOf({ ...access, info: () => { } }, name, soon)).metadata ?? {};
}


/***/ }),

/***/ 4359:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ storageFailure),
/* harmony export */   R: () => (/* binding */ explainStorageError)
/* harmony export */ });
/* harmony import */ var _base_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7306);
/* harmony import */ var _base_patience_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7705);
/* harmony import */ var _base_system_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1703);
/* harmony import */ var _not_azure_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(983);
/* harmony import */ var _rest_error_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3343);
/* harmony import */ var _blob_commands_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2826);
/* harmony import */ var _wire_http_client_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2394);







/** An error of the storage account as a `Failure`, in Azure's words and with what to do; one of the sign-in for a request as it is. */
function storageFailure(tried, error) {
    if (error instanceof _base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR)
        return error;
    // Debug logs show what a failure was caused by.
    const cause = (0,_rest_error_js__WEBPACK_IMPORTED_MODULE_3__/* .isRestError */ .T0)(error) ? (0,_rest_error_js__WEBPACK_IMPORTED_MODULE_3__/* .withoutBody */ .fQ)(error) : error;
    return new _base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR({ tried, ...explainStorageError(error) }, { cause });
}
const signInAdvice = 'The storage account rejected the token of this sign-in. Check that the account belongs to the tenant azure_tenant_id, and to the cloud of azure_authority_host if set.';
const whereItIs = 'Check storage_account_name, or storage_account_url if set. For a runner in a virtual network, check that its private DNS zone has a record for the account.';
const runAgain = 'Run the job again.';
const stalled = 'It answered before. Run the job again; if it keeps failing, check the network between the runner and this host.';
const later = 'Azure Storage is busy or has a problem. Run the job again later.';
/**
 * By Azure's codes, each with the sentence that Azure sends in the body of an answer, where it has one.
 * https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes
 */
const knownCodes = new Map(Object.entries({
    ContainerNotFound: {
        says: 'The specified container does not exist.',
        advice: 'Check storage_container_name and storage_account_name: the container has to exist in this account.',
    },
    ContainerBeingDeleted: {
        says: 'The specified container is being deleted. Try operation later.',
        advice: 'Wait a few minutes and create the container again, or use another one (storage_container_name).',
    },
    BlobNotFound: {
        says: 'The specified blob does not exist.',
        advice: 'Check backup_file_name (names are case-sensitive).',
    },
    AuthorizationPermissionMismatch: {
        says: 'This request is not authorized to perform this operation using this permission.',
        advice: 'Assign the role "Storage Blob Data Contributor" on the container to azure_client_id (Owner is not enough), wait a few minutes until it takes effect, then run the job again.',
    },
    AuthorizationFailure: {
        says: 'This request is not authorized to perform this operation.',
        advice: "The storage account's firewall blocks the runner. Use a runner in an allowed network (input runs_on of the workflow). GitHub-hosted runners change addresses; do not open the account to all networks for them.",
    },
    AuthenticationFailed: {
        says: 'Server failed to authenticate the request. Make sure the value of the Authorization header is formed correctly including the signature.',
        advice: signInAdvice,
    },
    InvalidAuthenticationInfo: {
        says: 'Server failed to authenticate the request. Please refer to the information in the www-authenticate header.',
        advice: signInAdvice,
    },
    AccountIsDisabled: {
        says: 'The specified account is disabled.',
        advice: 'Check in the portal why the storage account is disabled; often its subscription is.',
    },
    ConditionNotMet: {
        says: 'The condition specified using HTTP conditional header(s) is not met.',
        advice: 'The blob changed while it was read. Run the job again.',
    },
    BlobArchived: { says: 'This operation is not permitted on an archived blob.', advice: _blob_commands_js__WEBPACK_IMPORTED_MODULE_5__/* .rehydrate */ .pz },
    BlobBeingRehydrated: {
        says: 'This operation is not permitted because the blob is being rehydrated.',
        advice: _blob_commands_js__WEBPACK_IMPORTED_MODULE_5__/* .rehydrationPending */ .pU,
    },
    LeaseIdMissing: {
        says: 'There is currently a lease on the blob and no lease ID was specified in the request.',
        advice: 'Wait until the lease of the blob has ended, or break it, then run the job again.',
    },
    InvalidHeaderValue: {
        says: 'The value for one of the HTTP headers is not in the correct format.',
        advice: `The account probably does not know version ${_wire_http_client_js__WEBPACK_IMPORTED_MODULE_4__/* .serviceVersion */ .C6} of the Blob service (header x-ms-version), as one on an older Azure Stack Hub. Use an account that does.`,
    },
    Md5Mismatch: {
        says: 'The MD5 value specified in the request did not match with the MD5 value calculated by the server.',
        advice: 'Something between the runner and Azure changes what is sent. Run the job again; if it keeps failing, check the proxies and firewalls on the way.',
    },
    ServerBusy: {
        says: 'The server is currently unable to receive requests. Please retry your request.',
        advice: later,
    },
    InternalError: {
        says: 'The server encountered an internal error. Please retry the request.',
        advice: later,
    },
    OperationTimedOut: {
        says: 'The operation could not be completed within the permitted time.',
        advice: later,
    },
}));
/** Statuses below 500 of what passes by itself. */
const passingBelow500 = new Set([408, 429]);
const sentences = new Map(Array.from(knownCodes, ([code, { says }]) => [code, says]));
/** Cause and advice of an answer that the storage account refused with, of a connection to it, or of a file on the runner. */
function explainStorageError(error) {
    if (error instanceof _wire_http_client_js__WEBPACK_IMPORTED_MODULE_4__/* .NotAzure */ .nN)
        return { cause: error.message, advice: _not_azure_js__WEBPACK_IMPORTED_MODULE_6__/* .adviceOnStranger */ .ef };
    if ((0,_rest_error_js__WEBPACK_IMPORTED_MODULE_3__/* .isRestError */ .T0)(error) && error.statusCode !== undefined) {
        const { code, message } = (0,_rest_error_js__WEBPACK_IMPORTED_MODULE_3__/* .detailOf */ .Rw)(error, sentences);
        const passes = error.statusCode >= 500 || passingBelow500.has(error.statusCode);
        const otherwise = passes ? later : 'Fix what Azure reports, then run the job again.';
        return { cause: message, advice: knownCodes.get(code)?.advice ?? otherwise };
    }
    const system = (0,_base_system_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .explainSystemError */ .T)(error);
    if (system === undefined) {
        // What the SDK does not find in an answer, it stumbles over.
        if (error instanceof TypeError || error instanceof SyntaxError)
            return { cause: 'the response is not from a storage account', advice: whereItIs };
        return {
            cause: (0,_rest_error_js__WEBPACK_IMPORTED_MODULE_3__/* .isRestError */ .T0)(error) ? (0,_rest_error_js__WEBPACK_IMPORTED_MODULE_3__/* .detailOf */ .Rw)(error).message : (0,_base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .causeOf */ .rl)(error),
            advice: runAgain,
        };
    }
    // It is neither a firewall that lets nothing through, nor another address.
    if (error instanceof _base_patience_js__WEBPACK_IMPORTED_MODULE_1__/* .NoAnswer */ .W_ && 'answeredBefore' in error && error.answeredBefore === true)
        return { cause: system.cause, advice: stalled };
    return {
        cause: system.cause,
        advice: system.advice ?? ((0,_rest_error_js__WEBPACK_IMPORTED_MODULE_3__/* .isRestError */ .T0)(error) ? whereItIs : runAgain),
    };
}


/***/ }),

/***/ 9891:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Gu: () => (/* binding */ beginBackup),
  HR: () => (/* binding */ largestBackup),
  NF: () => (/* binding */ waysToFit)
});

// EXTERNAL MODULE: ./build/base/failure.js
var failure = __webpack_require__(7306);
// EXTERNAL MODULE: ./build/base/format.js
var format = __webpack_require__(8253);
// EXTERNAL MODULE: ./build/azure/rest-error.js
var rest_error = __webpack_require__(3343);
// EXTERNAL MODULE: ./build/azure/storage/blob-commands.js
var blob_commands = __webpack_require__(2826);
// EXTERNAL MODULE: ./build/azure/storage/blob-properties.js
var blob_properties = __webpack_require__(6317);
// EXTERNAL MODULE: ./build/azure/storage/errors.js
var errors = __webpack_require__(4359);
// EXTERNAL MODULE: ./build/azure/storage/stored-backup.js
var stored_backup = __webpack_require__(8590);
;// CONCATENATED MODULE: ./build/azure/storage/upload/block-sizes.js
const mebibyte = 1024 * 1024;
/**
 * From which block on blocks have which size, in MiB. A blob has at most 50,000 blocks, each of up to 4,000 MiB, and its final size is
 * not known while it is written. Up to 511 GiB blocks have at most 16 MiB, so that two of them are no more memory
 * than the small ones at the beginning; all 50,000 reach 5.2 TiB.
 * https://learn.microsoft.com/rest/api/storageservices/understanding-block-blobs--append-blobs--and-page-blobs
 */
const schedule = [
    [0, 4],
    [5_000, 8],
    [10_000, 16],
    [39_000, 64],
    [41_000, 128],
    [43_000, 256],
    [45_000, 512],
    [47_000, 1_024],
];
/** How many blocks a blob has at most. */
const mostBlocks = 50_000;
/** Bytes in memory at once, those of the block that is being filled included. */
const bytesInMemory = 32 * mebibyte;
/** How many blocks may be on their way at most. */
const mostInFlight = 5;
/** The size of a blob's n-th block, counted from 0, in bytes. */
function blockSize(index) {
    const [, size] = schedule.findLast(([first]) => index >= first) ?? [0, 4];
    return size * mebibyte;
}
/** How many bytes a blob has at most that is made of so many blocks. */
function bytesInBlocks(count) {
    return schedule.reduce((sum, [first, size], place) => {
        const [end] = schedule[place + 1] ?? [count];
        return sum + Math.max(0, Math.min(end, count) - first) * size * mebibyte;
    }, 0);
}
/** How many blocks of this size may be on their way, besides the one that is being filled. */
function mostOfSize(size) {
    return Math.max(1, Math.min(mostInFlight, Math.floor(bytesInMemory / size) - 1));
}
/** How slow a connection may be on which something still is done, in bytes per millisecond: 1 MiB/s. */
const slowest = mebibyte / 1000;
/**
 * How long one attempt to send a block may take, in milliseconds: as long as a connection may be silent, and what its bytes need. It is
 * twice as long after each attempt that was too slow, for a connection that is slower than that; eight times at most.
 */
function timeForBlock(bytes, idle, tooSlow) {
    return (idle + bytes / slowest) * Math.min(8, 2 ** tooSlow);
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/base/patience.js
var base_patience = __webpack_require__(7705);
// EXTERNAL MODULE: ./build/azure/storage/access.js
var storage_access = __webpack_require__(8954);
;// CONCATENATED MODULE: ./build/azure/storage/upload/claim.js



/** What writing meets if there is a blob of that name by now: only one that exists can have a lease. */
const meansTaken = new Set(['BlobAlreadyExists', 'ConditionNotMet', 'LeaseIdMissing']);
/**
 * The id of a block: all of a blob have to be of one length.
 * @param uploadId whose block it is
 * @param part five characters
 */
function blockId(uploadId, part) {
    return Buffer.from(`${uploadId}-${part}`).toString('base64');
}
/** The block by which a writer is seen before it has anything to write. It never becomes a part of a blob. */
const claimed = 'claim';
/**
 * Lets others see that somebody writes under this name, then looks for others. Of two who begin at once, the one that looks later sees
 * the other; it may be that both do. A block that is never committed is no blob, nobody sees it in a list, and Azure removes it with the
 * commit of another, or within a week: https://learn.microsoft.com/rest/api/storageservices/put-block#remarks
 * @returns undefined if there are no others
 * @throws RestError and Error as `askAccount`
 */
async function claimName(access, client, name, uploadId, signal) {
    const asking = { signal, limit: access.patience.answer };
    const what = `Claiming ${(0,format/* quoted */.TL)(name)}`;
    const id = blockId(uploadId, claimed);
    try {
        await (0,storage_access/* askAccount */.r5)(access, what, (abortSignal) => client.stageBlock(id, '-', 1, { abortSignal }), asking);
        const look = (abortSignal) => client.getBlockList('all', { abortSignal });
        const { uncommittedBlocks = [], committedBlocks = [] } = await (0,storage_access/* askAccount */.r5)(access, what, look, asking);
        if (committedBlocks.length > 0)
            return { by: 'blob', ahead: 0 }; // a moment ago
        const ids = uncommittedBlocks.map((block) => block.name);
        return rivalsIn(ids, uploadId);
    }
    catch (error) {
        const code = (0,rest_error/* isRestError */.T0)(error) ? (0,rest_error/* detailOf */.Rw)(error).code : '';
        if (meansTaken.has(code))
            return { by: 'blob', ahead: 0 };
        // Where an account says nothing of a blob before its commit, the condition of that is all there is.
        if (code !== 'BlobNotFound')
            throw error;
        access.info(`${(0,format/* quoted */.TL)(name)} could not be claimed: the account does not show blocks before their commit`);
        return undefined;
    }
}
/** Others of whom there are blocks, by the ids of all that are not committed. */
function rivalsIn(ids, uploadId) {
    const writers = new Set(ids.map(writerOf));
    writers.delete(uploadId);
    return writers.size === 0
        ? undefined
        : { by: 'writer', ahead: [...writers].filter((writer) => writer < uploadId).length };
}
function writerOf(id) {
    return Buffer.from(id, 'base64').toString().replace(/-.*$/s, '');
}

;// CONCATENATED MODULE: ./build/azure/storage/upload/commit.js




/** The key of the metadata that tells this run's blob from any other. */
const uploadIdKey = 'upload_id';
/** There is a blob of this name, of somebody else. */
class TakenByAnother extends Error {
}
/** Nobody could say whether the blob is there: its cause is the last that was met. */
class CommitUnknown extends Error {
}
/** The commit was ended, and the blob is there: its cause is why. */
class CommittedNevertheless extends Error {
}
/** How long the blob is looked for in the end, in milliseconds: the runner gives a job that is cancelled 7.5 s. */
const timeToLook = 3_000;
/**
 * Makes a blob of its blocks, if there is none of that name. A commit that nothing is known of may have been carried out: before it is
 * sent again, the blob is looked for, for as long as a commit is tried again.
 * @throws TakenByAnother, CommitUnknown and CommittedNevertheless
 * @throws RestError what the account refused with; Error if it could not be reached. No blob was made then.
 */
async function commitBlocks(access, client, staged, signal) {
    const { patience } = access;
    /** Whether one was sent that may have been carried out, or may yet be. */
    let unknown = false;
    const isThere = async (own) => {
        const found = await (0,base_patience/* withLimit */.Ko)(patience.answer, own, (abortSignal) => look(client, abortSignal));
        if (found && found.metadata?.[uploadIdKey] !== staged.uploadId)
            throw new TakenByAnother('a blob of that name exists');
        return found !== undefined;
    };
    const attempt = async (own) => {
        if (unknown && (await isThere(own)))
            return;
        const before = unknown;
        unknown = true;
        try {
            await (0,base_patience/* withLimit */.Ko)(patience.idle, own, (abortSignal) => commit(client, staged, abortSignal));
        }
        catch (error) {
            if (isConflict(error) && (await isThere(own)))
                return;
            if (isConflict(error) || isRefused(error))
                unknown = before;
            throw error;
        }
    };
    try {
        await (0,storage_access/* askAccount */.r5)(access, `Committing ${(0,format/* quoted */.TL)(staged.name)}`, attempt, { signal });
    }
    catch (error) {
        if (!unknown || error instanceof TakenByAnother)
            throw error;
        const found = await isThere(AbortSignal.timeout(timeToLook)).catch((reason) => {
            if (reason instanceof TakenByAnother)
                throw reason;
        });
        if (found && signal.aborted)
            throw new CommittedNevertheless('it was committed', { cause: error });
        if (found)
            return;
        throw new CommitUnknown('the outcome is unknown', { cause: error }); // what was not answered may still be carried out
    }
}
async function commit(client, { ids, metadata, uploadId }, abortSignal) {
    await client.commitBlockList(ids, {
        abortSignal,
        conditions: { ifNoneMatch: '*' },
        blobHTTPHeaders: { blobContentType: 'application/octet-stream' },
        metadata: { ...metadata, [uploadIdKey]: uploadId },
    });
}
/** The blob of this name; undefined if there is none. */
async function look(client, abortSignal) {
    try {
        return await client.getProperties({ abortSignal });
    }
    catch (error) {
        if ((0,rest_error/* isRestError */.T0)(error) && (0,rest_error/* detailOf */.Rw)(error).code === 'BlobNotFound')
            return undefined;
        throw error;
    }
}
/** Whether an answer says that there is a blob, which may be the one that an earlier attempt has made. */
function isConflict(error) {
    return (0,rest_error/* isRestError */.T0)(error) && (error.statusCode === 409 || error.statusCode === 412);
}
/**
 * Whether an answer says that nothing was done. One of a time-out, or of a fault of the service, does not:
 * https://learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes
 */
function isRefused(error) {
    if (!(0,rest_error/* isRestError */.T0)(error))
        return false;
    const { statusCode = 500 } = error; // none if no answer came
    return statusCode < 500 ? statusCode !== 408 : (0,rest_error/* detailOf */.Rw)(error).code === 'ServerBusy';
}

;// CONCATENATED MODULE: ./build/azure/storage/upload/pace.js


/** How many requests in a row have to get through, for each that may be on its way, before there is one more. */
const calm = 4;
/**
 * Lets fewer requests be on their way while the account says that it is asked too much: half as many each time, at least one, and one
 * more after several that got through. An account that is over its limit refuses more of what comes faster.
 */
function paceOf(most) {
    let [allowed, under, through] = [most, 0, 0];
    let waiting = [];
    const wake = () => {
        const woken = waiting;
        waiting = [];
        for (const resume of woken)
            resume();
    };
    const turn = async (signal) => {
        signal.throwIfAborted();
        while (under >= allowed) {
            const { promise, resolve } = Promise.withResolvers();
            waiting.push(resolve);
            signal.addEventListener('abort', wake);
            await promise;
            signal.removeEventListener('abort', wake);
            signal.throwIfAborted();
        }
        under++; // here, since others who are woken go on before whoever waits for this
    };
    return {
        async run(request, signal) {
            await turn(signal);
            try {
                const answer = await request();
                through++;
                if (through >= allowed * calm && allowed < most)
                    [allowed, through] = [allowed + 1, 0];
                return answer;
            }
            catch (error) {
                // One that was too slow may have had too many beside it.
                if ((0,storage_access/* isThrottling */.E2)(error) || error instanceof base_patience/* NoAnswer */.W_)
                    [allowed, through] = [Math.max(1, Math.floor(allowed / 2)), 0];
                throw error;
            }
            finally {
                under--;
                wake();
            }
        },
        get allowed() {
            return allowed;
        },
    };
}

;// CONCATENATED MODULE: ./build/azure/storage/upload/block-writer.js








/** There is more to write than a blob has room for. */
class TooLarge extends Error {
}
/**
 * Writes a block blob out of a stream: fixed buffers are filled in place and staged side by side, each with its MD5,
 * which the service compares. A block is sent again from its buffer as long as what it meets passes by itself; one that fails for good
 * fails the next `write`.
 *
 * The ids of the blocks begin with a random value of this writer, so that two writers of one name cannot commit each
 * other's blocks, and the same value in the metadata tells whose blob was committed when the answer got lost.
 * @param most how many blocks there may be
 */
function writeBlocks(access, name, signal, most = mostBlocks) {
    const client = access.container.getBlockBlobClient(name);
    const uploadId = (0,external_node_crypto_.randomBytes)(12).toString('hex');
    const ownEnd = new AbortController();
    const abortSignal = AbortSignal.any([signal, ownEnd.signal]);
    const ids = [];
    const inFlight = new Set();
    const send = blockSender(access, name, abortSignal);
    let failure;
    let spare = [];
    let block = Buffer.allocUnsafeSlow(blockSize(0));
    let filled = 0;
    let md5 = (0,external_node_crypto_.createHash)('md5');
    const stage = (buffer, length) => {
        const id = blockId(uploadId, String(ids.length).padStart(5, '0'));
        ids.push(id);
        const request = send(id, buffer.subarray(0, length), md5.digest())
            .then((isFree) => {
            if (isFree)
                spare.push(buffer);
        })
            .catch((error) => {
            failure ??= { error };
            ownEnd.abort();
        })
            .finally(() => inFlight.delete(request));
        inFlight.add(request);
    };
    const throwIfFailed = () => {
        signal.throwIfAborted();
        if (failure)
            throw failure.error;
    };
    const nextBlock = async () => {
        const size = blockSize(ids.length);
        while (inFlight.size >= mostOfSize(size))
            await Promise.race(inFlight);
        spare = spare.filter((buffer) => buffer.length === size);
        block = spare.pop() ?? Buffer.allocUnsafeSlow(size);
        filled = 0;
        md5 = (0,external_node_crypto_.createHash)('md5');
    };
    return {
        claim: () => claimName(access, client, name, uploadId, signal),
        async write(chunk) {
            for (let taken = 0; taken < chunk.length;) {
                throwIfFailed();
                if (ids.length === most)
                    throw new TooLarge('the blob is full');
                const copied = chunk.copy(block, filled, taken);
                // Piece by piece: that of a whole block at once would keep pg_dump waiting for some 15 ms.
                md5.update(block.subarray(filled, filled + copied));
                taken += copied;
                filled += copied;
                if (filled === block.length) {
                    stage(block, filled);
                    await nextBlock();
                }
            }
        },
        async flush() {
            if (filled > 0)
                stage(block, filled);
            filled = 0;
            await Promise.all(inFlight);
            throwIfFailed();
        },
        commit: (metadata) => commitBlocks(access, client, { name, ids, metadata, uploadId }, signal),
        abandon: () => ownEnd.abort(),
    };
}
function blockSender(access, name, signal) {
    const client = access.container.getBlockBlobClient(name);
    const { idle, total } = access.patience;
    const pace = paceOf(mostInFlight);
    const info = (0,storage_access/* oneForAll */.vL)(access.info);
    return async (id, body, transactionalContentMD5) => {
        let [tooSlow, reading, queued] = [0, 0, 0];
        /** When patience ends, by a clock that stands while it is not the turn of this block. */
        let end = Number.POSITIVE_INFINITY;
        const now = () => performance.now() - queued;
        const attempt = async (abortSignal) => {
            reading++;
            try {
                await client.stageBlock(id, body, body.length, { abortSignal, transactionalContentMD5 });
            }
            finally {
                reading--;
            }
        };
        const limited = async () => {
            try {
                // Counted from here, not from when it was its turn to be sent.
                const left = Math.max(idle, end - now());
                await (0,base_patience/* withLimit */.Ko)(Math.min(timeForBlock(body.length, idle, tooSlow), left), signal, attempt);
            }
            catch (error) {
                end = Math.min(end, now() + total);
                if (error instanceof base_patience/* NoAnswer */.W_)
                    tooSlow++;
                throw error;
            }
        };
        const inTurn = (own) => {
            const asked = performance.now();
            const begin = () => {
                queued += performance.now() - asked;
                return limited();
            };
            return pace.run(begin, own);
        };
        await (0,storage_access/* askAccount */.r5)(access, `Uploading ${(0,format/* quoted */.TL)(name)}`, inTurn, { signal, info, queued: () => queued });
        return reading === 0;
    };
}

;// CONCATENATED MODULE: ./build/azure/storage/new-backup.js











/** What makes a backup smaller. */
const waysToFit = 'Compress more (input compression), or leave out rows that you can do without (--exclude-table-data in pg_dump_options).';
/** The largest backup there can be, in bytes. */
const largestBackup = bytesInBlocks(mostBlocks);
/**
 * Begins a new backup under a name that nobody else has, or is about to have: whoever begins later sees this one, also if it is at once.
 * Nothing is visible under the name before it is committed. What the backup does throws a `Failure`, also if by then a blob of this
 * name exists. That of a commit says what has become of the backup.
 * @throws Failure if the container can't be reached with these rights
 */
async function beginBackup(access, name, signal) {
    if (await isTaken(access, name, signal))
        return { by: 'blob', ahead: 0 };
    const { container } = access;
    const target = (0,stored_backup/* describeBlob */.f)(container, name);
    const writer = writeBlocks(access, name, signal);
    const explained = async (tried, work) => {
        try {
            return await work;
        }
        catch (error) {
            if (error instanceof CommittedNevertheless)
                throw endedAfterwards(name, error);
            if (error instanceof CommitUnknown)
                throw commitUnknown(container, name, tried, error);
            if (error instanceof TooLarge)
                throw tooLarge(target, error);
            signal.throwIfAborted();
            const isOthers = error instanceof TakenByAnother || ((0,rest_error/* isRestError */.T0)(error) && meansTaken.has((0,rest_error/* detailOf */.Rw)(error).code));
            throw isOthers ? nameTaken(target) : (0,errors/* storageFailure */.K)(tried, error);
        }
    };
    const taken = await explained(`Writing ${target}`, writer.claim());
    if (taken)
        return taken;
    return {
        name,
        url: container.getBlockBlobClient(name).url,
        write: (chunk) => explained(`Writing ${target}`, writer.write(chunk)),
        flush: () => explained(`Writing ${target}`, writer.flush()),
        commit: (metadata) => explained(`Publishing ${target}`, writer.commit(metadata)),
        abandon: writer.abandon,
    };
}
async function isTaken(access, name, signal) {
    try {
        await (0,blob_properties/* propertiesOf */.P1)(access, name, signal);
        return true;
    }
    catch (error) {
        signal.throwIfAborted();
        if ((0,rest_error/* isRestError */.T0)(error) && (0,rest_error/* detailOf */.Rw)(error).code === 'BlobNotFound')
            return false;
        throw (0,errors/* storageFailure */.K)(`Looking for a blob named ${(0,stored_backup/* describeBlob */.f)(access.container, name)}`, error);
    }
}
function tooLarge(target, cause) {
    return new failure/* Failure */.HR({
        tried: `Writing ${target}`,
        cause: `the backup is larger than ${(0,format/* formatBytes */.z3)(largestBackup)}, which is all that fits into its ${(0,format/* formatNumber */.ZV)(mostBlocks)} blocks`,
        advice: waysToFit,
        state: 'No backup was made.',
    }, { cause });
}
function nameTaken(target) {
    return new failure/* Failure */.HR({
        tried: `Writing ${target}`,
        cause: 'a blob with this name exists, and a backup never replaces another',
        advice: 'Run the backup again: its name contains the time, and will be another one.',
        state: 'No backup was made.',
    });
}
/** Nobody could say what has become of a commit, or the job was cancelled in it. */
function commitUnknown(container, name, tried, error) {
    const { cause } = error;
    const { explanation } = cause instanceof failure/* Failure */.HR ? cause : (0,errors/* storageFailure */.K)(tried, cause);
    return new failure/* Failure */.HR({
        ...explanation,
        advice: (0,blob_commands/* lookAdvice */.GP)((0,blob_commands/* placeOfBlob */.KB)(container, name)),
        state: `It is not known whether backup ${(0,format/* quoted */.TL)(name)} was made.`,
    }, { cause });
}
/** The job was cancelled while the backup was being committed, and that was carried out. */
function endedAfterwards(name, { cause }) {
    if (!(cause instanceof failure/* Failure */.HR))
        return cause;
    const state = `Backup ${(0,format/* quoted */.TL)(name)} is complete.`;
    return new failure/* Failure */.HR({ ...cause.explanation, advice: '', state }, { cause });
}


/***/ }),

/***/ 8590:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ describeBlob)
/* harmony export */ });
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8253);

/** A blob and where it is: `"x.dump" in container "backups" on account.blob.core.windows.net`. */
function describeBlob(container, name) {
    return `${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .quoted */ .TL)(name)} in container ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .quoted */ .TL)(container.containerName)} on ${new URL(container.url).host}`;
}


/***/ }),

/***/ 2394:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C6: () => (/* binding */ serviceVersion),
/* harmony export */   nN: () => (/* binding */ NotAzure),
/* harmony export */   x6: () => (/* binding */ blobHttpClient)
/* harmony export */ });
/* harmony import */ var _azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1818);
/* harmony import */ var _deadline_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2902);
/* harmony import */ var _not_azure_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(983);



/**
 * The version of the service's interface that is asked for, in place of the SDK's own, which is newer than what some clouds know. Blocks
 * of more than 100 MiB and answers that say which token they want need 2019-12-12; lists with names that XML cannot hold, 2021-02-12.
 * https://learn.microsoft.com/rest/api/storageservices/previous-azure-storage-service-versions
 */
const serviceVersion = '2021-02-12';
/** An answer that is not the account's. */
class NotAzure extends Error {
    /** Of the answer. */
    status;
    constructor(cause, status) {
        super(cause);
        this.name = 'NotAzure';
        this.status = status;
    }
}
/**
 * Sends the SDK's requests, all for one version of the service. An answer that is none of Azure's is an error whatever its status: that
 * of a portal or a proxy may be any.
 * @param client by which they are sent
 */
function blobHttpClient(client = (0,_azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__/* .createDefaultHttpClient */ .fl)()) {
    return {
        async sendRequest(asked) {
            const request = requestOf(asked);
            const response = await client.sendRequest(request).catch((error) => {
                throw (0,_deadline_js__WEBPACK_IMPORTED_MODULE_1__/* .asReset */ .M)(error, request);
            });
            const stranger = (0,_not_azure_js__WEBPACK_IMPORTED_MODULE_2__/* .strangerIn */ .wT)(response);
            if (stranger !== undefined) {
                discard(response);
                throw new NotAzure(stranger, response.status);
            }
            return { ...response, request: asked, headers: headersOf(response, asked.headers) };
        },
    };
}
/** The SDK hands requests over in the form of its earlier versions. */
function requestOf(asked) {
    const request = (0,_azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__/* .createPipelineRequest */ .G6)({
        ...{ url: asked.url, method: asked.method, timeout: asked.timeout, requestId: asked.requestId },
        headers: (0,_azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__/* .createHttpHeaders */ .Nc)(asked.headers.toJson({ preserveCase: true })),
        body: asked.body,
        disableKeepAlive: asked.keepAlive ?? false, // the SDK's way of saying it
        allowInsecureConnection: true, // as the SDK has it: the input for the address takes https alone
        ...(asked.abortSignal && { abortSignal: asked.abortSignal }),
        ...(asked.proxySettings && { proxySettings: asked.proxySettings }),
        ...(asked.streamResponseStatusCodes && { streamResponseStatusCodes: asked.streamResponseStatusCodes }),
        ...(asked.onUploadProgress && { onUploadProgress: asked.onUploadProgress }),
        ...(asked.onDownloadProgress && { onDownloadProgress: asked.onDownloadProgress }),
    });
    if (asked.agent)
        request.agent = asked.agent; // that of the runner's proxy, which the constructor does not take
    request.headers.set('x-ms-version', serviceVersion);
    return request;
}
/** The headers of an answer in that form: an empty copy of those of the request, filled. */
function headersOf(response, like) {
    const headers = like.clone();
    for (const name of headers.headerNames())
        headers.remove(name);
    for (const [name, value] of response.headers)
        headers.set(name, value);
    return headers;
}
/** Ends a connection whose answer nobody will read. */
function discard({ readableStreamBody }) {
    readableStreamBody?.on('error', () => { });
    if (readableStreamBody &&
        'destroy' in readableStreamBody &&
        typeof readableStreamBody.destroy === 'function')
        readableStreamBody.destroy();
}


/***/ }),

/***/ 7936:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y5: () => (/* binding */ lengthOf),
/* harmony export */   _r: () => (/* binding */ release),
/* harmony export */   cS: () => (/* binding */ batchesOf)
/* harmony export */ });
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7075);

/** How many bytes may wait for the next batch before the stream is told to pause. */
const batchSize = 64 * 1024;
/**
 * A stream's chunks as they came, all that have come since the last time in one batch. Iterating over the stream itself
 * would join them first, and copy every byte once more.
 * @throws Error with which the stream failed, after the last batch
 */
async function* batchesOf(stream) {
    const state = {
        batch: [],
        ended: false,
    };
    let wake = () => { };
    (0,node_stream__WEBPACK_IMPORTED_MODULE_0__.finished)(stream, (error) => {
        Object.assign(state, { ended: true, error });
        wake();
    });
    stream.on('data', (chunk) => {
        state.batch.push(chunk);
        if (lengthOf(state.batch) >= batchSize)
            stream.pause();
        wake();
    });
    try {
        while (!state.ended || state.batch.length > 0) {
            const { batch } = state;
            if (batch.length === 0) {
                await new Promise((resolve) => {
                    wake = resolve;
                });
                continue;
            }
            state.batch = [];
            stream.resume();
            yield batch;
        }
        if (state.error)
            throw state.error;
    }
    finally {
        stream.destroy();
    }
}
/** How many bytes chunks have together. */
function lengthOf(chunks) {
    return chunks.reduce((sum, { length }) => sum + length, 0);
}
/**
 * Gives the memory of chunks back at once; they are empty afterwards. The garbage collector would do it too, but lets
 * 64 MiB outside its heap gather before it looks (V8's limit for them), and then looks through the whole heap: a download
 * of 300 MiB took 20 MiB more at its peak that way, and a third more of processor time.
 */
function release(chunks) {
    for (const { buffer, length } of chunks) {
        // A larger buffer is shared: with other chunks, or with whoever else takes small pieces from Node's pool.
        if (buffer instanceof ArrayBuffer && buffer.byteLength === length)
            buffer.transfer(0);
    }
}


/***/ }),

/***/ 7460:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ withProgress),
/* harmony export */   o: () => (/* binding */ nameOfRun)
/* harmony export */ });
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


/***/ }),

/***/ 6355:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AB: () => (/* binding */ hasRoom),
/* harmony export */   Bg: () => (/* binding */ longestOptions),
/* harmony export */   Db: () => (/* binding */ toMetadata),
/* harmony export */   JJ: () => (/* binding */ formatVersions),
/* harmony export */   JK: () => (/* binding */ parseVersions),
/* harmony export */   Np: () => (/* binding */ noPart),
/* harmony export */   U7: () => (/* binding */ fromMetadata),
/* harmony export */   xS: () => (/* binding */ longest)
/* harmony export */ });
/**
 * All metadata of a blob take 8 KiB, of which these may have so much, as they stand there: nine characters for each one that is not of
 * ASCII, and twelve for one of those that UTF-8 has four bytes for. Names of PostgreSQL have 63 bytes.
 */
const longest = { rules: 2_000, versions: 1_500, rights: 1_500 };
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

/***/ 1600:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ makingRun)
/* harmony export */ });
/** The run that a backup says it was made by; undefined if it says nothing of the kind. */
function makingRun({ repository = '', run_id: run = '', run_number: number = '', }) {
    return repository === '' || run === '' ? undefined : { repository, run, ...(number !== '' && { number }) };
}


/***/ }),

/***/ 8716:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dt: () => (/* binding */ firstFew),
/* harmony export */   LH: () => (/* binding */ reportFindings),
/* harmony export */   LS: () => (/* binding */ plural),
/* harmony export */   o: () => (/* binding */ notesOfWarnings),
/* harmony export */   zT: () => (/* binding */ sortedByLevel)
/* harmony export */ });
/* harmony import */ var _base_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7306);
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8253);


const order = { error: 0, warning: 1, info: 2 };
/** Errors first, then warnings; otherwise as they were. */
function sortedByLevel(findings) {
    return findings.toSorted((a, b) => order[a.level] - order[b.level]);
}
/**
 * Tells all findings together, each once: warnings as such, errors by what is thrown, the others in the log.
 * @throws Failure that lists what is in the way and what to do about each, if there is something; whoever knows the state adds it
 */
function reportFindings(findings, step) {
    for (const finding of findings)
        if (finding.level === 'warning')
            step.warn(finding.text, [], finding.afterwards);
    for (const { level, text } of findings)
        if (level === 'info')
            step.info(text);
    const obstacles = findings.filter((finding) => finding.level === 'error');
    const [first, ...others] = obstacles;
    if (!first)
        return;
    throw new _base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR(others.length === 0
        ? { cause: first.text, advice: first.remedy }
        : {
            cause: `${obstacles.length} problems block the restore.\n${numbered(obstacles.map(({ text }) => text))}`,
            advice: numbered(obstacles.map(({ remedy }) => remedy)),
        });
}
function numbered(texts) {
    return texts.map((text, index) => `${index + 1}. ${text}`).join('\n');
}
/** What is to be said in the end of what was warned of. */
function notesOfWarnings(findings) {
    return findings.flatMap((finding) => {
        if (finding.level !== 'warning')
            return [];
        const { text, afterwards = text, about } = finding;
        return [{ text: afterwards, ...(about && { about }) }];
    });
}
const mostListed = 10;
/** The first few of many things, and how many more there are. */
function firstFew(things) {
    const more = things.length - mostListed;
    return `${things.slice(0, mostListed).map(_base_format_js__WEBPACK_IMPORTED_MODULE_1__/* .inOneLine */ .UX).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
/** Names of one kind: `the extensions "hstore", "postgis"`. */
function plural(kind, names) {
    return `the ${kind}${names.length === 1 ? '' : 's'} ${firstFew(names.map(_base_format_js__WEBPACK_IMPORTED_MODULE_1__/* .quoted */ .TL))}`;
}


/***/ }),

/***/ 3324:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  M: () => (/* binding */ fetchLogin),
  B: () => (/* binding */ prepareClient)
});

// EXTERNAL MODULE: ./node_modules/@azure/identity/dist/esm/index.js + 165 modules
var esm = __webpack_require__(3016);
// EXTERNAL MODULE: ./build/base/failure.js
var failure = __webpack_require__(7306);
// EXTERNAL MODULE: ./build/base/format.js
var format = __webpack_require__(8253);
// EXTERNAL MODULE: ./build/base/patience.js
var base_patience = __webpack_require__(7705);
// EXTERNAL MODULE: ./build/azure/cloud.js
var cloud = __webpack_require__(6785);
// EXTERNAL MODULE: ./build/azure/deadline.js
var deadline = __webpack_require__(2902);
// EXTERNAL MODULE: ./build/azure/not-azure.js
var not_azure = __webpack_require__(983);
// EXTERNAL MODULE: ./build/azure/passing.js
var passing = __webpack_require__(8167);
// EXTERNAL MODULE: ./build/azure/rest-error.js
var rest_error = __webpack_require__(3343);
// EXTERNAL MODULE: ./node_modules/@azure/core-rest-pipeline/dist/esm/index.js + 37 modules
var dist_esm = __webpack_require__(1818);
// EXTERNAL MODULE: ./build/azure/json-response.js
var json_response = __webpack_require__(7118);
;// CONCATENATED MODULE: ./build/azure/request-json.js




/** Hides what may be secret in an answer that is not what it should be. */
function maskSecretParts(mask, body) {
    mask(Object.fromEntries((0,json_response/* secretPartsOf */.K0)(body).map((part, index) => [`part ${index} of an answer`, part])));
}
/**
 * How something small is asked for: through the runner's proxy, once, and never where an answer redirects to.
 * @param limit for the whole answer, in milliseconds
 */
function requestPipeline(limit) {
    const pipeline = (0,dist_esm/* createPipelineFromOptions */.Fp)({ retryOptions: { maxRetries: 0 } });
    pipeline.removePolicy({ name: dist_esm/* redirectPolicyName */.Ou });
    pipeline.addPolicy((0,deadline/* answerWithin */.o)(limit).policy);
    return pipeline;
}
/**
 * Gets an object of JSON. Of an answer that is anything else, what may be secret is hidden, and nothing is ever shown.
 * @throws RestError for any other status than 200 and any other answer, or if there is none
 */
async function requestJson(pipeline, { url, headers = {}, mask, signal }) {
    const request = (0,dist_esm/* createPipelineRequest */.G6)({ url, headers: (0,dist_esm/* createHttpHeaders */.Nc)(headers), abortSignal: signal });
    const response = await pipeline.sendRequest((0,dist_esm/* createDefaultHttpClient */.fl)(), request);
    const fields = responseOf(request, response, mask);
    const { status: statusCode } = response;
    if (statusCode !== 200)
        throw new dist_esm/* RestError */.pj('the request was refused', { statusCode, request, response });
    return fields;
}
/**
 * The fields of an answer that is an object of JSON, a refusal perhaps.
 * @throws RestError for any other; what may be secret in it is hidden, and the error has nothing of it
 */
function responseOf(request, response, mask) {
    const { status: statusCode, bodyAsText } = response;
    const answer = (0,json_response/* readJson */.Vh)(bodyAsText);
    if ('fields' in answer)
        return answer.fields;
    maskSecretParts(mask, bodyAsText);
    const readable = { ...response, bodyAsText: null };
    const said = statusCode >= 300 && statusCode < 400 ? rest_error/* redirected */.cP : answer.problem;
    throw new dist_esm/* RestError */.pj(said, { statusCode, request, response: readable });
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
                throw new dist_esm/* RestError */.pj(problem, {
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
    if ((0,dist_esm/* isRestError */.T0)(error) && error.response)
        return error.response;
    throw error;
}
/** In words, with the status; Entra ID's own where they have one of its codes, by which they are known to be its own. */
function unusableIn(request, response, mask) {
    const { status, bodyAsText } = response;
    const stranger = (0,not_azure/* strangerIn */.wT)(response);
    const by = stranger === undefined ? ` (HTTP ${status})` : `: ${stranger}`;
    const answer = (0,json_response/* readJson */.Vh)(bodyAsText);
    if ('problem' in answer) {
        maskSecretParts(mask, bodyAsText);
        if (status >= 300 && status < 400)
            return `${rest_error/* redirected */.cP}${by}`;
        if (stranger !== undefined && (status >= 400 || answer.problem === json_response/* pageInstead */.YZ))
            return stranger;
        const problem = answer.problem === json_response/* pageInstead */.YZ ? 'the response is an HTML or XML page, and not JSON' : answer.problem;
        return `${problem}${by}`;
    }
    const { fields } = answer;
    if (status === 200) {
        const lacks = expected(request.url).find((field) => !(0,json_response/* textOf */.b6)(fields[field]));
        return lacks === undefined ? undefined : `the response contains no ${nameOf(lacks)}${by}`;
    }
    const words = (0,json_response/* textOf */.b6)(fields['error_description']);
    if (words !== undefined && /AADSTS\d/.test(words))
        return words;
    return stranger ?? `${words ?? (0,json_response/* textOf */.b6)(fields['error']) ?? 'the request was refused'}${by}`;
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

// EXTERNAL MODULE: ./build/base/shell.js
var shell = __webpack_require__(9650);
// EXTERNAL MODULE: ./build/base/system-errors.js
var system_errors = __webpack_require__(1703);
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
        return `No federated credential matches this run. ${mayBeNew} Those of the application:\n${(0,shell/* commandLines */.Zm)([application], `az ad app federated-credential list --id "$application" --query '[].subject'`)}`;
    const { subject, issuer, audience } = claims;
    const name = nameFor(subject);
    const parameters = (0,shell/* bashWord */.Hu)(JSON.stringify({ name, issuer, subject, audiences: [audience] }));
    return [
        `No federated credential matches this run. ${mayBeNew} If this run may reach the database, add this subject:`,
        (0,format/* inOneLine */.UX)(subject),
        'Whoever can run a workflow with this subject can then sign in. Otherwise run the job from a branch or environment that has a credential.',
        'If AZURE_CLIENT_ID is an application:',
        (0,shell/* commandLines */.Zm)([application], `az ad app federated-credential create --id "$application" --parameters ${parameters}`),
        'If it is a user-assigned managed identity:',
        (0,shell/* commandLines */.Zm)([application], identityAndGroup),
        `az identity federated-credential create --name ${(0,shell/* bashWord */.Hu)(name)} --identity-name "$identity" --resource-group "$group" ${claimOptions(claims)}`,
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
    const parameters = (0,shell/* bashWord */.Hu)(JSON.stringify({ issuer, subject, audiences: [audience] }));
    return [
        'A federated credential has this subject with other upper and lower case, which has to match:',
        (0,format/* inOneLine */.UX)(subject),
        'Name the environment or branch as the credential has it, or change the credential. If it was changed minutes ago, run the job again.',
        'If AZURE_CLIENT_ID is an application:',
        (0,shell/* commandLines */.Zm)([application], found(subject, `az ad app federated-credential list --id "$application" --query '[].[subject, id]' --output tsv`)),
        `az ad app federated-credential update --id "$application" --federated-credential-id "$credential" --parameters ${parameters}`,
        'If it is a user-assigned managed identity:',
        (0,shell/* commandLines */.Zm)([application], identityAndGroup),
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
            : ['Check from outside of your network:', `curl -fsS ${(0,shell/* bashWord */.Hu)(address)}`]),
    ].join('\n');
}
const identityAndGroup = `read -r identity group <<< "$(az identity list --query "[?clientId=='$application'].[name, resourceGroup]" --output tsv)"`;
function claimOptions({ subject, issuer, audience }) {
    return `--issuer ${(0,shell/* bashWord */.Hu)(issuer)} --subject ${(0,shell/* bashWord */.Hu)(subject)} --audiences ${(0,shell/* bashWord */.Hu)(audience)}`;
}
/** A line for bash that puts into `credential` what stands behind the subject in a list, upper and lower case taken for the same. */
function found(subject, list) {
    const program = String.raw `awk -F '\t' 'tolower($1) == tolower(ENVIRON["subject"]) { print $2 }'`;
    return `read -r credential <<< "$(${list} | subject=${(0,shell/* bashWord */.Hu)(subject)} ${program})"`;
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
        return (0,json_response/* fieldsOf */.Pf)(JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString()));
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
    const answer = (0,dist_esm/* isRestError */.T0)(error) ? error.response : undefined;
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
    if (answer && (0,not_azure/* strangerIn */.wT)(answer) !== undefined)
        return { cause, advice: not_azure/* adviceOnStranger */.ef };
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
                (0,shell/* commandLines */.Zm)([application], 'az ad sp show --id "$application"'),
                'If it belongs to a managed identity that is gone, make a new one. If only the service principal of an application is missing:',
                (0,shell/* commandLines */.Zm)([application], 'az ad sp create --id "$application"'),
            ].join('\n');
        case '7000229':
            return [
                'The application has no service principal in this tenant. Check azure_tenant_id. If it is right, create the service principal, and assign it the roles:',
                (0,shell/* commandLines */.Zm)([application], 'az ad sp create --id "$application"'),
            ].join('\n');
        case '7000112':
            return `The application is disabled. Enable it:\n${(0,shell/* commandLines */.Zm)([application], 'az ad sp update --id "$application" --set accountEnabled=true')}`;
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
        const { value } = await (0,base_patience/* patiently */.d_)(tried, ask, { patience, signal, info, most, judge });
        if ((0,json_response/* textOf */.b6)(value) === undefined)
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
    if ((0,rest_error/* isRestError */.T0)(error) && error.statusCode === 200)
        return { why };
    const retry = (0,passing/* retryOf */.W)(error);
    return retry && { ...retry, why };
}
/** Why GitHub gave no token, in its own words where there are any, and what to do. */
function explainGitHubError(error) {
    const system = (0,system_errors/* explainSystemError */.T)(error);
    if (system)
        return { advice: runAgainLater, ...system };
    if (!(0,rest_error/* isRestError */.T0)(error))
        return { cause: (0,failure/* causeOf */.rl)(error), advice: runAgainLater };
    const { response, message } = error;
    const status = error.statusCode ?? 0;
    const login = response && (0,not_azure/* loginOfProxy */.Ld)(response);
    if (login !== undefined)
        return { cause: login, advice: not_azure/* adviceOnStranger */.ef };
    // An answer that could not be read is not kept.
    if (response && !response.bodyAsText) {
        const between = message === json_response/* pageInstead */.YZ || message === rest_error/* redirected */.cP;
        return {
            cause: `${message} (${(0,not_azure/* answererOf */.l2)(response)})`,
            advice: between ? not_azure/* adviceOnStranger */.ef : runAgainLater,
        };
    }
    const { message: cause } = (0,rest_error/* detailOf */.Rw)(error);
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
    const { authorityHost, tokenAudience } = (0,cloud/* cloudOf */.h)(principal.authorityHost);
    const { mask, signal, patience, info } = step;
    const githubToken = githubTokens(tokenAudience, step);
    const answers = entraResponses(mask, signal);
    let assertion = '';
    const library = new esm/* ClientAssertionCredential */.XI(tenantId, clientId, async () => assertion, {
        authorityHost,
        disableInstanceDiscovery: !(0,cloud/* isKnownAuthority */.p)(authorityHost),
        additionalPolicies: [answers, (0,deadline/* answerWithin */.o)(patience.answer)],
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
            const token = await (0,base_patience/* patiently */.d_)('Signing in to Entra ID', () => attempt(scopes, claims), {
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
        const { response, code = '' } = (0,rest_error/* isRestError */.T0)(error) ? error : {};
        reached ||= worked() || (response ? (0,not_azure/* strangerIn */.wT)(response) === undefined : !unreached.has(code));
        const isUnread = response?.status === 200;
        const retry = isUnread ? {} : (0,passing/* retryOf */.W)(error);
        return retry && { ...retry, why, ...((isUnread || !reached) && { within: patience.total / 10 }) };
    };
}

// EXTERNAL MODULE: ./node_modules/@azure/keyvault-secrets/dist/esm/index.js + 31 modules
var keyvault_secrets_dist_esm = __webpack_require__(3917);
// EXTERNAL MODULE: ./build/azure/audience.js
var audience = __webpack_require__(4576);
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
    return (0,shell/* commandLines */.Zm)([vaultOf(asked), secretOf(asked)], command);
}
/** How a secret is set: by a command that waits for the value, shows it nowhere, and adds no newline to it. */
function howToSet(asked) {
    const command = 'IFS= read -rs value && printf %s "$value" | az keyvault secret set --vault-name "$vault" --name="$secret" ' +
        '--file /dev/stdin --encoding utf-8 --output none; unset value';
    return `To set its value, run this, then type or paste the value and press Enter:\n${(0,shell/* commandLines */.Zm)([vaultOf(asked), secretOf(asked)], command)}`;
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
    if (!(0,rest_error/* isRestError */.T0)(error))
        return { cause: (0,failure/* causeOf */.rl)(error), advice: 'Check key_vault_name and azure_tenant_id.' };
    const stranger = error.response && (0,not_azure/* strangerIn */.wT)(error.response);
    if (stranger !== undefined)
        return { cause: stranger, advice: not_azure/* adviceOnStranger */.ef };
    const { inner, message: cause } = (0,rest_error/* detailOf */.Rw)(error);
    const said = `${error.message}\n${error.response?.bodyAsText ?? ''}`; // the clients of Azure don't always read the body
    switch (error.statusCode) {
        case 401:
            return explainUnauthorized(cause, error, asked.tenantId);
        case 403:
            return { cause, advice: adviceOnRefusal(inner, said, asked) };
        case 404:
            return {
                cause,
                advice: `Check ${asked.input}. The secrets of the vault:\n${(0,shell/* commandLines */.Zm)([vaultOf(asked)], 'az keyvault secret list --vault-name "$vault" --query "[].name" --output tsv')}`,
            };
        case 429:
            return { cause, advice: adviceOnThrottling((0,passing/* retryAfter */.P)(error)) };
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
            (0,shell/* commandLines */.Zm)([vault], `az keyvault network-rule add --name "$vault" --ip-address ${address}`));
    }
    const application = { variable: 'application', value: asked.clientId, is: 'AZURE_CLIENT_ID' };
    if (inner === 'ForbiddenByPolicy' || /does not have secrets get permission/i.test(said)) {
        const command = 'az keyvault set-policy --name "$vault" --spn "$application" --secret-permissions get';
        return `Give azure_client_id the permission in the vault's access policies:\n${(0,shell/* commandLines */.Zm)([vault, application], command)}`;
    }
    const command = 'az role assignment create --role "Key Vault Secrets User" --assignee "$application" ' +
        '--scope "$(az keyvault show --name "$vault" --query id --output tsv)"';
    return ('Assign the role "Key Vault Secrets User" on this vault to azure_client_id, and wait a few minutes until it takes effect:\n' +
        (0,shell/* commandLines */.Zm)([vault, application], command));
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
            advice: `${howToSet(asked)}\nIf the value is still right, set another expiry date instead:\n` +
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
    const again = `Check ${asked.input}, or set the secret again. ${howToSet(asked)}`;
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
    const retry = (0,passing/* retryOf */.W)(error);
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
    if (!(0,rest_error/* isRestError */.T0)(error) || error.statusCode !== 403)
        return false;
    const { inner, message } = (0,rest_error/* detailOf */.Rw)(error);
    return (inner === 'ForbiddenByRbac' ||
        (inner === '' && /Caller is not authorized to perform action/.test(message)));
}
function reasonOf(error) {
    return (0,rest_error/* isRestError */.T0)(error) ? (0,rest_error/* detailOf */.Rw)(error).message : '';
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
    const client = new keyvault_secrets_dist_esm/* SecretClient */._V(vaultUrl, (0,audience/* restrictedTo */.L)(scope, credential), {
        // Whatever a vault names, the token is for Key Vault; and a private name is not below the resource that it names.
        disableChallengeResourceVerification: true,
        redirectOptions: { maxRetries: 0 },
        retryOptions: { maxRetries: 0 }, // what is tried again is said in the log
        additionalPolicies: [
            (0,deadline/* answerWithin */.o)(access.patience.answer),
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
        const { value = '', properties } = await (0,base_patience/* patiently */.d_)(`Reading secret ${(0,format/* quoted */.TL)(asked.name)}`, (abortSignal) => client.getSecret(asked.name, { abortSignal }), { patience, signal, info, judge: (error) => retryOfVault(error, patience, seen.worked) });
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
                throw new dist_esm/* RestError */.pj('the response contains no secret', seen);
            if (typeof id === 'string' && URL.canParse(id) && new URL(id).pathname.startsWith('/secrets/'))
                return response;
            maskSecretParts(mask, response.bodyAsText);
            throw new dist_esm/* RestError */.pj('the response does not name its secret', seen);
        },
    };
}

;// CONCATENATED MODULE: ./build/postgres/client/choose.js
/**
 * The major that does the job best: the one insisted on, else the server's own, else, for a backup of a newer server, the oldest that
 * reads it.
 */
function bestMajor({ server, oldestReader = 0, insisted }) {
    return insisted ?? Math.max(server, oldestReader);
}
/**
 * Chooses among the clients of a machine: the best major, else the nearest newer one, since `pg_dump` refuses a server newer than itself,
 * and `pg_restore` an archive. What was insisted on is taken or nothing.
 * @param clients in any order, at most one of each major
 * @returns undefined if none can do the job
 */
function chooseClient(clients, need) {
    const best = bestMajor(need);
    const [client] = clients
        .filter(({ major }) => (need.insisted === undefined ? major >= best : major === best))
        .sort((a, b) => a.major - b.major);
    if (!client)
        return undefined;
    const isBest = client.major === best;
    return {
        client,
        isBest,
        reason: isBest ? whyBest(need) : `the nearest newer than ${best} on this machine`,
    };
}
function whyBest(need) {
    if (need.insisted !== undefined)
        return 'as postgres_version says';
    return bestMajor(need) === need.server ? 'same major version' : 'the oldest that reads this backup';
}
/** Why a major that was insisted on cannot do the job, as "must …"; undefined if it can. */
function problemWithInsisted({ server, oldestReader, insisted }, isBackup) {
    if (insisted === undefined)
        return undefined;
    if (isBackup && insisted < server)
        return `must be ${server} or newer, since pg_dump refuses servers newer than itself`;
    if (oldestReader !== undefined && insisted < oldestReader)
        return `must be ${oldestReader} or newer, since an older pg_restore cannot read this backup`;
    return undefined;
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
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
function upstreamVersion(debianVersion) {
    return debianVersion
        .replace(/^\d+:/, '')
        .replace(/-[^-]*$/, '')
        .replaceAll('~', '');
}
/** Whether a release is older than another one of the same major; what is before a release is not compared. */
function isOlderMinor(version, other) {
    const [mine, theirs] = [version, other].map((one) => /^(\d+)\.(\d+)$/.exec(one));
    return !!mine && !!theirs && mine[1] === theirs[1] && Number(mine[2]) < Number(theirs[2]);
}
/**
 * The oldest minors without a fault that a server can make use of: what `pg_dump` reads of large objects may overwrite its memory
 * (CVE-2026-6477). https://www.postgresql.org/support/security/CVE-2026-6477/
 */
const withoutKnownFault = { 14: 23, 15: 18, 16: 14, 17: 10, 18: 4 };
/** The oldest release of the same major without a fault that is known to be one for this action; undefined if this one has none. */
function fixedVersion(version) {
    const [major = '', minor = ''] = version.split('.');
    const fixed = withoutKnownFault[Number(major)];
    return fixed !== undefined && Number(minor) < fixed ? `${major}.${fixed}` : undefined;
}

;// CONCATENATED MODULE: ./build/postgres/client/find.js





/** The folder that a client's programs are in, as it was found. */
function folderOf({ pgDump }) {
    return external_node_path_.dirname(pgDump);
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
async function findClients(signal, known = new Map()) {
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
        await Promise.all(Object.values(programs).map((program) => (0,promises_.access)(program, promises_.constants.X_OK)));
        // Debian's /usr/bin/pg_dump is a script that chooses a version by rules of its own; the real ones are found anyway.
        if ((await (0,promises_.realpath)(programs.pgDump)).endsWith('/pg_wrapper'))
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
    const names = await (0,promises_.readdir)(parent).catch(() => []);
    return names.filter((name) => name.startsWith(prefix)).map((name) => external_node_path_.join(parent, name) + rest);
}

// EXTERNAL MODULE: ./build/base/process.js + 1 modules
var base_process = __webpack_require__(3418);
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
const prefixes = ['HOMEBREW_'];
/**
 * The environment for a program that installs something. It is chosen: no input, no token of the step and no credential that a workflow
 * keeps in a variable is among it.
 */
function installerEnvironment() {
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
const needless = ['usr/share/doc', 'usr/share/man', 'usr/share/locale', 'usr/share/lintian'];
/**
 * Unpacks packages into a folder, as they are, and makes `bin` in it, with a script for each of PostgreSQL's programs that runs it with the
 * libraries that were unpacked with it. The folder may be moved afterwards. The packages' own scripts are not run.
 * @throws Failure with dpkg's own words
 */
async function unpackPackages(packages, folder, signal) {
    const env = installerEnvironment();
    for (const file of packages) {
        try {
            await (0,base_process/* run */.eF)({ program: 'dpkg', args: ['--extract', file, folder], env, signal });
        }
        catch (cause) {
            signal.throwIfAborted();
            if (!(cause instanceof base_process/* ProcessFailure */.iq))
                throw cause;
            const tried = `Unpacking ${external_node_path_.basename(file)}`;
            throw new failure/* Failure */.HR({ tried, cause: complaintOfTar(cause.stderr) || cause.ending, advice: '' }, { cause });
        }
    }
    for (const name of needless)
        await (0,promises_.rm)(external_node_path_.join(folder, name), { recursive: true, force: true });
    await makeScripts(folder);
}
async function makeScripts(folder) {
    const folders = await (0,promises_.readdir)(folder, { recursive: true, withFileTypes: true });
    const paths = folders
        .filter((entry) => entry.isDirectory())
        .map((entry) => external_node_path_.relative(folder, external_node_path_.join(entry.parentPath, entry.name)));
    const libraries = paths.filter((name) => libraryFolders.test(name)).map((name) => `$root/${name}`);
    await (0,promises_.mkdir)(external_node_path_.join(folder, 'bin'), { recursive: true });
    for (const programs of paths.filter((name) => programFolders.test(name))) {
        for (const name of await (0,promises_.readdir)(external_node_path_.join(folder, programs))) {
            const script = external_node_path_.join(folder, 'bin', name);
            await (0,promises_.writeFile)(script, `#!/bin/sh\nroot=\${0%/bin/*}\nLD_LIBRARY_PATH=${libraries.join(':')} exec "$root/${programs}/${name}" "$@"\n`);
            await (0,promises_.chmod)(script, 0o755);
        }
    }
}
/**
 * Runs every program of an unpacked folder once, for its version.
 * @throws Failure if one does not start on this machine, or there is none
 */
async function runEachProgram(folder, signal) {
    const names = await (0,promises_.readdir)(external_node_path_.join(folder, 'bin'));
    const tried = 'Starting what was unpacked';
    if (names.length === 0)
        throw new failure/* Failure */.HR({ tried, cause: 'the packages have no programs', advice: '' });
    await Promise.all(names.map(async (name) => {
        const program = external_node_path_.join(folder, 'bin', name);
        try {
            const child = { program, args: ['--version'], env: installerEnvironment(), signal };
            if (!/\bPostgreSQL\)? \d/.test(await (0,base_process/* run */.eF)(child)))
                throw new failure/* Failure */.HR(silent(name));
        }
        catch (cause) {
            signal.throwIfAborted();
            if (!(cause instanceof base_process/* ProcessFailure */.iq))
                throw cause;
            throw new failure/* Failure */.HR(doesNotStart(name, cause), { cause });
        }
    }));
}
/** Whether every program of a folder starts. Throws the abort's reason: a cancel says nothing of the folder, which another job may be using. */
async function isWhole(folder, signal) {
    try {
        await runEachProgram(folder, signal);
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
        tried: `Starting ${(0,format/* quoted */.TL)(name)}`,
        cause,
        advice: library === undefined ? '' : newerReleaseAdvice,
    };
}
/** What to do where a repository has packages of a newer release than the machine's. */
const newerReleaseAdvice = "Name the suite of this machine's release in postgres_apt_repository, or run the job on a newer release.";
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
async function installPackages(repository, { tool, packages }, cache, { scratch, signal }) {
    if (/[:;]/.test(cache))
        throw new failure/* Failure */.HR({
            tried: `Installing ${packages[0]}`,
            cause: `the path of the tool cache has a colon or a semicolon, which separates folders of libraries: ${cache}`,
            advice: '',
        });
    let planned = await plan(repository, packages);
    const downloads = external_node_path_.join(scratch, 'packages');
    await (0,promises_.mkdir)(downloads, { recursive: true });
    const unpacked = await (0,tool_cache/* folderForUnpacking */.yj)(cache, tool, scratch);
    try {
        const files = await repository.apt.download(planned, downloads).catch(async () => {
            // The repository may have got newer packages in place of these.
            signal.throwIfAborted();
            await repository.apt.update().catch(() => signal.throwIfAborted()); // the download says what is wrong
            await (0,promises_.rm)(downloads, { recursive: true, force: true });
            await (0,promises_.mkdir)(downloads);
            planned = await plan(repository, packages);
            return repository.apt.download(planned, downloads);
        });
        const sizes = await Promise.all(files.map(async (file) => (await (0,promises_.stat)(file)).size));
        await unpackPackages(files, unpacked, signal);
        await runEachProgram(unpacked, signal);
        const version = (0,tool_cache/* cacheVersion */.DS)(planned[0]?.version ?? '');
        const folder = await (0,tool_cache/* publish */.mk)(cache, unpacked, { tool, version }, (place) => isWhole(place, signal));
        return { packages: planned, bytes: sizes.reduce((sum, size) => sum + size, 0), folder };
    }
    finally {
        await (0,promises_.rm)(external_node_path_.dirname(unpacked), { recursive: true, force: true });
        await (0,promises_.rm)(downloads, { recursive: true, force: true });
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
    return new failure/* Failure */.HR({
        tried: `Installing ${packages[0]} from ${name}`,
        cause: `it is built for a newer release than ${release}: ${why}`,
        advice: newerReleaseAdvice,
    });
}

// EXTERNAL MODULE: ./build/postgres/client/install/apt-source.js
var apt_source = __webpack_require__(7089);
;// CONCATENATED MODULE: ./build/postgres/client/install/distribution.js

/** What this machine runs, if that is Debian, Ubuntu or a kin. */
async function debianRelease(file = '/etc/os-release') {
    return parseRelease(await (0,promises_.readFile)(file, 'utf8').catch(() => ''));
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

;// CONCATENATED MODULE: ./build/postgres/client/install/pgdg-key.js
/**
 * The key that signs the repository of the PostgreSQL project for Debian and Ubuntu, "PostgreSQL Debian Repository", with the fingerprint
 * B97B 0AFC AA1A 47F0 44F2 44A0 7FCC 7D46 ACCC 4CF8.
 * https://www.postgresql.org/media/keys/ACCC4CF8.asc, and package postgresql-common in /usr/share/postgresql-common/pgdg
 */
const pgdgKey = `-----BEGIN PGP PUBLIC KEY BLOCK-----

mQINBE6XR8IBEACVdDKT2HEH1IyHzXkb4nIWAY7echjRxo7MTcj4vbXAyBKOfjja
UrBEJWHN6fjKJXOYWXHLIYg0hOGeW9qcSiaa1/rYIbOzjfGfhE4x0Y+NJHS1db0V
G6GUj3qXaeyqIJGS2z7m0Thy4Lgr/LpZlZ78Nf1fliSzBlMo1sV7PpP/7zUO+aA4
bKa8Rio3weMXQOZgclzgeSdqtwKnyKTQdXY5MkH1QXyFIk1nTfWwyqpJjHlgtwMi
c2cxjqG5nnV9rIYlTTjYG6RBglq0SmzF/raBnF4Lwjxq4qRqvRllBXdFu5+2pMfC
IZ10HPRdqDCTN60DUix+BTzBUT30NzaLhZbOMT5RvQtvTVgWpeIn20i2NrPWNCUh
hj490dKDLpK/v+A5/i8zPvN4c6MkDHi1FZfaoz3863dylUBR3Ip26oM0hHXf4/2U
A/oA4pCl2W0hc4aNtozjKHkVjRx5Q8/hVYu+39csFWxo6YSB/KgIEw+0W8DiTII3
RQj/OlD68ZDmGLyQPiJvaEtY9fDrcSpI0Esm0i4sjkNbuuh0Cvwwwqo5EF1zfkVj
Tqz2REYQGMJGc5LUbIpk5sMHo1HWV038TWxlDRwtOdzw08zQA6BeWe9FOokRPeR2
AqhyaJJwOZJodKZ76S+LDwFkTLzEKnYPCzkoRwLrEdNt1M7wQBThnC5z6wARAQAB
tBxQb3N0Z3JlU1FMIERlYmlhbiBSZXBvc2l0b3J5iQJOBBMBCAA4AhsDBQsJCAcD
BRUKCQgLBRYCAwEAAh4BAheAFiEEuXsK/KoaR/BE8kSgf8x9RqzMTPgFAlhtCD8A
CgkQf8x9RqzMTPgECxAAk8uL+dwveTv6eH21tIHcltt8U3Ofajdo+D/ayO53LiYO
xi27kdHD0zvFMUWXLGxQtWyeqqDRvDagfWglHucIcaLxoxNwL8+e+9hVFIEskQAY
kVToBCKMXTQDLarz8/J030Pmcv3ihbwB+jhnykMuyyNmht4kq0CNgnlcMCdVz0d3
z/09puryIHJrD+A8y3TD4RM74snQuwc9u5bsckvRtRJKbP3GX5JaFZAqUyZNRJRJ
Tn2OQRBhCpxhlZ2afkAPFIq2aVnEt/Ie6tmeRCzsW3lOxEH2K7MQSfSu/kRz7ELf
Cz3NJHj7rMzC+76Rhsas60t9CjmvMuGONEpctijDWONLCuch3Pdj6XpC+MVxpgBy
2VUdkunb48YhXNW0jgFGM/BFRj+dMQOUbY8PjJjsmVV0joDruWATQG/M4C7O8iU0
B7o6yVv4m8LDEN9CiR6r7H17m4xZseT3f+0QpMe7iQjz6XxTUFRQxXqzmNnloA1T
7VjwPqIIzkj/u0V8nICG/ktLzp1OsCFatWXh7LbU+hwYl6gsFH/mFDqVxJ3+DKQi
vyf1NatzEwl62foVjGUSpvh3ymtmtUQ4JUkNDsXiRBWczaiGSuzD9Qi0ONdkAX3b
ewqmN4TfE+XIpCPxxHXwGq9Rv1IFjOdCX0iG436GHyTLC1tTUIKF5xV4Y0+cXIOI
RgQQEQgABgUCTpdI7gAKCRDFr3dKWFELWqaPAKD1TtT5c3sZz92Fj97KYmqbNQZP
+ACfSC6+hfvlj4GxmUjp1aepoVTo3weJAhwEEAEIAAYFAk6XSQsACgkQTFprqxLS
p64F8Q//cCcutwrH50UoRFejg0EIZav6LUKejC6kpLeubbEtuaIH3r2zMblPGc4i
+eMQKo/PqyQrceRXeNNlqO6/exHozYi2meudxa6IudhwJIOn1MQykJbNMSC2sGUp
1W5M1N5EYgt4hy+qhlfnD66LR4G+9t5FscTJSy84SdiOuqgCOpQmPkVRm1HX5X1+
dmnzMOCk5LHHQuiacV0qeGO7JcBCVEIDr+uhU1H2u5GPFNHm5u15n25tOxVivb94
xg6NDjouECBH7cCVuW79YcExH/0X3/9G45rjdHlKPH1OIUJiiX47OTxdG3dAbB4Q
fnViRJhjehFscFvYWSqXo3pgWqUsEvv9qJac2ZEMSz9x2mj0ekWxuM6/hGWxJdB+
+985rIelPmc7VRAXOjIxWknrXnPCZAMlPlDLu6+vZ5BhFX0Be3y38f7GNCxFkJzl
hWZ4Cj3WojMj+0DaC1eKTj3rJ7OJlt9S9xnO7OOPEUTGyzgNIDAyCiu8F4huLPaT
ape6RupxOMHZeoCVlqx3ouWctelB2oNXcxxiQ/8y+21aHfD4n/CiIFwDvIQjl7dg
mT3u5Lr6yxuosR3QJx1P6rP5ZrDTP9khT30t+HZCbvs5Pq+v/9m6XDmi+NlU7Zuh
Ehy97tL3uBDgoL4b/5BpFL5U9nruPlQzGq1P9jj40dxAaDAX/WKJAj0EEwEIACcC
GwMFCwkIBwMFFQoJCAsFFgIDAQACHgECF4AFAlB5KywFCQPDFt8ACgkQf8x9RqzM
TPhuCQ//QAjRSAOCQ02qmUAikT+mTB6baOAakkYq6uHbEO7qPZkv4E/M+HPIJ4wd
nBNeSQjfvdNcZBA/x0hr5EMcBneKKPDj4hJ0panOIRQmNSTThQw9OU351gm3YQct
AMPRUu1fTJAL/AuZUQf9ESmhyVtWNlH/56HBfYjE4iVeaRkkNLJyX3vkWdJSMwC/
LO3Lw/0M3R8itDsm74F8w4xOdSQ52nSRFRh7PunFtREl+QzQ3EA/WB4AIj3VohIG
kWDfPFCzV3cyZQiEnjAe9gG5pHsXHUWQsDFZ12t784JgkGyO5wT26pzTiuApWM3k
/9V+o3HJSgH5hn7wuTi3TelEFwP1fNzI5iUUtZdtxbFOfWMnZAypEhaLmXNkg4zD
kH44r0ss9fR0DAgUav1a25UnbOn4PgIEQy2fgHKHwRpCy20d6oCSlmgyWsR40EPP
YvtGq49A2aK6ibXmdvvFT+Ts8Z+q2SkFpoYFX20mR2nsF0fbt1lfH65P64dukxeR
GteWIeNakDD40bAAOH8+OaoTGVBJ2ACJfLVNM53PEoftavAwUYMrR910qvwYfd/4
6rh46g1Frr9SFMKYE9uvIJIgDsQB3QBp71houU4H55M5GD8XURYs+bfiQpJG1p7e
B8e5jZx1SagNWc4XwL2FzQ9svrkbg1Y+359buUiP7T6QXX2zY++JAj0EEwEIACcC
GwMFCwkIBwMFFQoJCAsFFgIDAQACHgECF4AFAlEqbZUFCQg2wEEACgkQf8x9RqzM
TPhFMQ//WxAfKMdpSIA9oIC/yPD/dJpY/+DyouOljpE6MucMy/ArBECjFTBwi/j9
NYM4ynAk34IkhuNexc1i9/05f5RM6+riLCLgAOsADDbHD4miZzoSxiVr6GQ3YXMb
OGld9kV9Sy6mGNjcUov7iFcf5Hy5w3AjPfKuR9zXswyfzIU1YXObiiZT38l55pp/
BSgvGVQsvbNjsff5CbEKXS7q3xW+WzN0QWF6YsfNVhFjRGj8hKtHvwKcA02wwjLe
LXVTm6915ZUKhZXUFc0vM4Pj4EgNswH8Ojw9AJaKWJIZmLyW+aP+wpu6YwVCicxB
Y59CzBO2pPJDfKFQzUtrErk9irXeuCCLesDyirxJhv8o0JAvmnMAKOLhNFUrSQ2m
+3EnF7zhfz70gHW+EG8X8mL/EN3/dUM09j6TVrjtw43RLxBzwMDeariFF9yC+5bL
tnGgxjsB9Ik6GV5v34/NEEGf1qBiAzFmDVFRZlrNDkq6gmpvGnA5hUWNr+y0i01L
jGyaLSWHYjgw2UEQOqcUtTFK9MNzbZze4mVaHMEz9/aMfX25R6qbiNqCChveIm8m
Yr5Ds2zdZx+G5bAKdzX7nx2IUAxFQJEE94VLSp3npAaTWv3sHr7dR8tSyUJ9poDw
gw4W9BIcnAM7zvFYbLF5FNggg/26njHCCN70sHt8zGxKQINMc6SJAj0EEwEIACcC
GwMFCwkIBwMFFQoJCAsFFgIDAQACHgECF4AFAlLpFRkFCQ6EJy0ACgkQf8x9RqzM
TPjOZA//Zp0e25pcvle7cLc0YuFr9pBv2JIkLzPm83nkcwKmxaWayUIG4Sv6pH6h
m8+S/CHQij/yFCX+o3ngMw2J9HBUvafZ4bnbI0RGJ70GsAwraQ0VlkIfg7GUw3Tz
voGYO42rZTru9S0K/6nFP6D1HUu+U+AsJONLeb6oypQgInfXQExPZyliUnHdipei
4WR1YFW6sjSkZT/5C3J1wkAvPl5lvOVthI9Zs6bZlJLZwusKxU0UM4Btgu1Sf3nn
JcHmzisixwS9PMHE+AgPWIGSec/N27a0KmTTvImV6K6nEjXJey0K2+EYJuIBsYUN
orOGBwDFIhfRk9qGlpgt0KRyguV+AP5qvgry95IrYtrOuE7307SidEbSnvO5ezNe
mE7gT9Z1tM7IMPfmoKph4BfpNoH7aXiQh1Wo+ChdP92hZUtQrY2Nm13cmkxYjQ4Z
gMWfYMC+DA/GooSgZM5i6hYqyyfAuUD9kwRN6BqTbuAUAp+hCWYeN4D88sLYpFh3
paDYNKJ+Gf7Yyi6gThcV956RUFDH3ys5Dk0vDL9NiWwdebWfRFbzoRM3dyGP889a
OyLzS3mh6nHzZrNGhW73kslSQek8tjKrB+56hXOnb4HaElTZGDvD5wmrrhN94kby
Gtz3cydIohvNO9d90+29h0eGEDYti7j7maHkBKUAwlcPvMg5m3Y=
=DA1T
-----END PGP PUBLIC KEY BLOCK-----
`;

;// CONCATENATED MODULE: ./build/postgres/client/install/installed-packages.js


/** What PostgreSQL's packages ask for, and its programs do without: it is for scripts, and for a server that the machine runs by itself. */
const standIns = [
    ...['postgresql-client-common', 'postgresql-common', 'perl', 'sensible-utils', 'ssl-cert', 'locales'],
    ...['debconf', 'ucf', 'adduser', 'netbase', 'procps', 'lsb-base', 'init-system-helpers'],
];
/** States of packages whose files are there; while others are upgraded, some are not configured yet. */
const unpackedStates = [
    ...['installed', 'unpacked', 'half-configured', 'triggers-awaited', 'triggers-pending'],
];
/** The packages that dpkg has installed here. Throws a `ProcessFailure` where there is no dpkg. */
async function installedPackages(signal) {
    const fields = ['db:Status-Status', 'Package', 'Version', 'Architecture', 'Multi-Arch', 'Provides'];
    const format = `${fields.map((field) => `\${${field}}`).join('\\t')}\\n`;
    const args = ['--show', `--showformat=${format}`];
    const output = await (0,base_process/* run */.eF)({ program: 'dpkg-query', args, env: installerEnvironment(), signal });
    return output.split('\n').flatMap((line) => {
        const [status, name = '', version = '', architecture = '', multiArch = '', provides = ''] = line.split('\t');
        return unpackedStates.includes(status) ? [{ name, version, architecture, multiArch, provides }] : [];
    });
}
/**
 * A status file for apt in which every library of the machine is installed, and nothing depends on anything: so apt adds what is lacking,
 * and mends nothing else. PostgreSQL's own packages are left out, and so come from the repository.
 */
function statusFile(installed) {
    const real = installed.filter(({ name }) => !/^(postgresql|libpq)/.test(name) && !standIns.includes(name));
    const added = standIns.map((name) => ({
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
async function copySources(folder, but) {
    const parts = await (0,promises_.readdir)('/etc/apt/sources.list.d').catch(() => []);
    const files = ['/etc/apt/sources.list', ...parts.map((name) => external_node_path_.join('/etc/apt/sources.list.d', name))];
    for (const [index, file] of files.entries()) {
        if (!/\.(list|sources)$/.test(file))
            continue;
        const text = withoutSource(await (0,promises_.readFile)(file, 'utf8').catch(() => ''), file.endsWith('.sources'), but);
        await (0,promises_.writeFile)(external_node_path_.join(folder, `machine-${index}-${external_node_path_.basename(file)}`), text);
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
async function privateApt(source, folder, architecture, signal) {
    const at = (name) => external_node_path_.join(folder, name);
    for (const name of ['sources', 'state/lists/partial', 'cache/archives/partial', 'log'])
        await (0,promises_.mkdir)(at(name), { recursive: true });
    await (0,promises_.writeFile)(at(`sources/${source.file}`), `${source.text}\n`);
    await (0,promises_.writeFile)(at('apt.conf'), configuration(folder, architecture));
    await (0,promises_.writeFile)(at('status'), statusFile(await installedPackages(signal)));
    const command = async (program, args, cwd = folder) => {
        const limit = AbortSignal.any([signal, AbortSignal.timeout(timeLimit)]);
        const allArgs = ['--config-file', at('apt.conf'), '--quiet', ...args];
        let output = '';
        const take = (piece) => {
            output += piece;
        };
        try {
            const child = { program, args: allArgs, env: installerEnvironment(), cwd, signal: limit };
            return await (0,base_process/* run */.eF)(child, take);
        }
        catch (cause) {
            signal.throwIfAborted();
            throw new failure/* Failure */.HR(explain([program, ...args].join(' '), cause, output), { cause });
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
            return (await (0,promises_.readdir)(target)).map((name) => external_node_path_.join(target, name)).sort();
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
        'Dir::Etc::SourceParts': external_node_path_.join(folder, 'sources'),
        'Dir::Etc::Preferences': '/dev/null',
        'Dir::Etc::PreferencesParts': '/dev/null',
        'Dir::State': external_node_path_.join(folder, 'state'),
        'Dir::State::Lists': external_node_path_.join(folder, 'state/lists'),
        'Dir::State::Status': external_node_path_.join(folder, 'status'),
        'Dir::Cache': external_node_path_.join(folder, 'cache'),
        'Dir::Cache::Archives': external_node_path_.join(folder, 'cache/archives'),
        // Images for containers turn these off, and each command would read all lists anew.
        'Dir::Cache::PkgCache': 'pkgcache.bin',
        'Dir::Cache::SrcPkgCache': 'srcpkgcache.bin',
        'Dir::Log': external_node_path_.join(folder, 'log'),
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
    if (!(cause instanceof base_process/* ProcessFailure */.iq))
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
async function openRepository(given, major, scratch, signal) {
    const release = await debianRelease();
    if (!release)
        throw impossible('packages can be unpacked only on Debian, Ubuntu and their kin');
    const arch = architectures[process.arch];
    if (arch === undefined)
        throw impossible(`there are no packages for ${process.arch}`);
    const folder = external_node_path_.join(scratch, 'apt');
    await (0,promises_.mkdir)(folder, { recursive: true });
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
    return { file: 'postgresql.list', text: (0,apt_source/* sourceLine */._J)(source), uri: source.uri, suite: source.suite };
}
async function pgdgFile({ codename, name }, arch, major, folder) {
    if (codename === undefined)
        throw impossible(`apt.postgresql.org has no packages for ${name}`);
    const [uri, suite, signedBy] = [pgdg, `${codename}-pgdg`, external_node_path_.join(folder, 'pgdg.asc')];
    const components = ['main', String(Math.max(notReleased, major ?? 0))];
    await (0,promises_.writeFile)(signedBy, pgdgKey);
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
    return new failure/* Failure */.HR({ tried: 'Installing a client into the tool cache', cause, advice: '' });
}

;// CONCATENATED MODULE: ./build/postgres/client/install/package-installer.js






/** @param source the repository; without it, PGDG's for this release of Debian or Ubuntu */
function packageInstaller(source, step) {
    let opened;
    return {
        async installClient(major, atLeast = 0) {
            const cache = (0,tool_cache/* toolCache */.XW)();
            const tried = 'Installing a client into the tool cache';
            if (cache === undefined)
                throw new failure/* Failure */.HR({ tried, cause: 'this runner has none (RUNNER_TOOL_CACHE)', advice: '' });
            const started = performance.now();
            opened ??= openRepository(source, major, step.scratch, step.signal);
            const repository = await opened;
            await noteNewest(repository, cache);
            const wanted = major ?? newestReleased(repository);
            if (!repository.clients.has(wanted) || wanted < atLeast)
                throw noSuchPackage(major, repository);
            const installed = await installPackages(repository, { tool: tool_cache/* clientTool */.YP, packages: [`postgresql-client-${wanted}`, 'libpq5'] }, cache, step);
            const [client] = installed.packages;
            return (`${client?.name} ${client?.version} from ${repository.name} into the tool cache: ${installed.folder} (` +
                `${(0,format/* count */.U9)(installed.packages.length, 'package')}, ${(0,format/* formatBytes */.z3)(installed.bytes)}, ${(0,format/* formatDuration */.a3)(performance.now() - started)})`);
        },
    };
}
/** Of the clients that a repository has, not one before its release; none gives -Infinity. */
function newestReleased({ clients }) {
    return Math.max(...[...clients].filter(([, version]) => !version.includes('~')).map(([major]) => major));
}
async function noteNewest({ clients }, cache) {
    const versions = [...clients].map(([major, version]) => [major, upstreamVersion(version)]);
    await (0,tool_cache/* writeNewest */.sA)(cache, { asked: new Date().toISOString(), versions: Object.fromEntries(versions) });
}
function noSuchPackage(major, { name, clients }) {
    const there = [...clients.keys()].sort((a, b) => a - b).join(', ');
    return new failure/* Failure */.HR({
        tried: `Installing postgresql-client${major === undefined ? '' : `-${major}`} from ${name}`,
        cause: there === '' ? 'it has no PostgreSQL client' : `it has no such package; it has those of ${there}`,
        advice: '',
    });
}

// EXTERNAL MODULE: ./node_modules/@actions/io/lib/io.js
var io = __webpack_require__(8701);
// EXTERNAL MODULE: ./build/base/unattended.js
var unattended = __webpack_require__(3828);
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
async function installSystemPackage(major, step) {
    const found = await findManager();
    if (!found)
        throw new failure/* Failure */.HR({
            tried: "Installing a client with the machine's package manager",
            cause: `none of ${managers.map(({ program }) => program).join(', ')} is on the PATH`,
            advice: '',
        });
    const { manager, program } = found;
    const name = manager.package(major);
    const tried = `Installing ${name} with ${manager.program}`;
    const sudo = manager.asRoot && process.getuid?.() !== 0 ? await (0,io/* which */.K7)('sudo') : '';
    if (manager.asRoot && process.getuid?.() !== 0 && sudo === '')
        throw new failure/* Failure */.HR({ tried, cause: 'the step does not run as root, and there is no sudo', advice: '' });
    const before = sudo === '' ? [] : [sudo, '--non-interactive'];
    const call = (args) => execute([...before, 'env', 'DEBIAN_FRONTEND=noninteractive', program, ...args], step);
    step.info(`${tried}${manager.refresh ? `, after ${manager.program} update` : ''}`);
    const refreshed = manager.refresh && (await call(manager.refresh));
    const installed = await call([...manager.install, name]);
    if (installed.exitCode === 0)
        return `${name} with ${manager.program}`;
    const complaints = `${refreshed?.stderr ?? ''}\n${installed.stderr}`.split('\n').filter(isComplaint);
    const cause = [...new Set(complaints)].slice(-5).join('\n');
    throw new failure/* Failure */.HR({ tried, cause: cause || `it exited with status ${installed.exitCode}`, advice: '' });
}
async function findManager() {
    for (const manager of managers) {
        const program = await (0,io/* which */.K7)(manager.program);
        if (program !== '')
            return { manager, program };
    }
    return undefined;
}
function execute([program = '', ...args], step) {
    return (0,unattended/* runUnattended */.m)({ program, args, env: installerEnvironment() }, step);
}
/** What apt, dnf, brew and sudo write on standard error when they fail. */
function isComplaint(line) {
    return /^(?:[EW]:|Error|Warning: No available|sudo:|No match for argument)/.test(line);
}

;// CONCATENATED MODULE: ./build/postgres/client/prepare-runner.js
/**
 * How to install a client on a runner by hand, with the commands.
 * @param major without it, the newest that the distribution has
 */
function prepareRunner(major) {
    const version = major === undefined ? '' : `-${major}`;
    return [
        'Let the runner reach apt.postgresql.org, or install the client on it. On Debian and Ubuntu:',
        'sudo apt-get install --yes postgresql-common ca-certificates',
        'sudo /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y',
        `sudo apt-get install --yes postgresql-client${version}`,
        'Without a way out to the Internet, name a mirror in postgres_apt_repository.',
    ].join('\n');
}

;// CONCATENATED MODULE: ./build/postgres/client/tell-choice.js






/**
 * Tells which client was chosen, why, and how long that took in milliseconds; and of one that is older than it should be.
 * @param version of the server
 */
async function tellChoice({ client, reason }, version, duration, step) {
    step.info(`PostgreSQL ${(0,format/* plain */.pj)(version)}; using psql, pg_dump and pg_restore ${client.version} (${reason}) from ${folderOf(client)}, ` +
        `ready in ${(duration / 1_000).toFixed(1)} s`);
    const fixed = fixedVersion(client.version);
    if (fixed !== undefined)
        step.warn(`Update client ${client.version} in ${folderOf(client)} to ${fixed} or newer. A malicious server can exploit older ` +
            'clients when they read large objects (CVE-2026-6477).');
    const cache = (0,tool_cache/* toolCache */.XW)();
    const newest = cache === undefined ? undefined : await (0,tool_cache/* readNewest */.L6)(cache);
    const latest = newest?.versions[client.major];
    if (newest && latest !== undefined && isOlderMinor(client.version, latest))
        step.info(`There is a newer client, ${latest}, as of ${newest.asked.slice(0, 10)}. ${renewal(client, cache)}`);
}
/** A client of the tool cache is renewed by deleting it; any other by whoever installed it. */
function renewal(client, cache = '') {
    const folder = folderOf(client);
    return cache !== '' && folder.startsWith(cache)
        ? `To have it installed, delete ${(0,format/* quoted */.TL)(folder.replace(/\/bin$/, ''))}.`
        : `Update the one in ${folder}.`;
}
/** The warning of a client that is newer than the best one would be. */
function secondBest({ client }, best, isBackup, failures) {
    const consequence = isBackup ? ` An older pg_restore than ${client.major} may not read this backup.` : '';
    return [
        `Client ${client.version} is used, since client ${best} is not here and could not be installed.${consequence}`,
        ...attempts(failures),
    ].join('\n');
}
/** What was tried, with what came of it, a line or more for each, without what was said already. */
function attempts(failures) {
    return [...new Set(failures.map(({ explanation: { tried, cause } }) => `${tried} failed: ${cause}`))];
}
/** The failure to get a client of a major, or without one any, which says what is there, and what was tried. */
function noClient(tried, major, clients, failures, isInsisted) {
    const found = clients.map((client) => `${client.version} (${folderOf(client)})`).join(', ') || 'none';
    const advice = failures.map(({ explanation }) => explanation.advice).find((one) => one !== '');
    return new failure/* Failure */.HR({
        tried,
        cause: [
            major === undefined
                ? 'psql, pg_dump and pg_restore are not on this machine, and could not be installed'
                : `it needs client ${major}${isInsisted ? ', as postgres_version says' : ' or newer'}. Found: ${found}`,
            ...attempts(failures),
        ].join('\n'),
        advice: [...(advice === undefined ? [] : [advice]), prepareRunner(major)].join('\n'),
    });
}

;// CONCATENATED MODULE: ./build/postgres/client/obtain.js







/** Looks for the clients of this machine. */
async function lookForClients(wish, isBackup, step) {
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
                throw new failure/* Failure */.HR({
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
                throw new failure/* Failure */.HR({
                    tried: `Choosing a client for the server ${(0,format/* plain */.pj)(version)}`,
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
            const tried = `Looking for a PostgreSQL client for the server ${(0,format/* plain */.pj)(version)}`;
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
    if (error instanceof failure/* Failure */.HR)
        return error;
    const explanation = { tried: 'Installing a client into the tool cache', cause: (0,failure/* causeOf */.rl)(error), advice: '' };
    return new failure/* Failure */.HR(explanation, { cause: error });
}

// EXTERNAL MODULE: ./build/postgres/server/fit-server.js
var fit_server = __webpack_require__(8079);
// EXTERNAL MODULE: ./build/postgres/session/connection.js
var session_connection = __webpack_require__(1453);
;// CONCATENATED MODULE: ./build/jobs/rejected-login.js



/**
 * Connects for the first time. If the server rejects the login, the error says how to update the secret. The password may end with a
 * newline, as one does that was put into the vault from a file; it is used as it is, since it may be meant, and the error says so, and
 * else a warning.
 */
async function explainRejectedLogin({ user, password }, { vaultName, userSecretName, passwordSecretName }, step, connect) {
    const toSet = howToSet({ vaultName, name: passwordSecretName, input: 'db_password_secret_name' });
    const newline = /\r?\n$/.test(password)
        ? `The password in secret ${(0,format/* quoted */.TL)(passwordSecretName)} ends with a newline`
        : undefined;
    try {
        const answer = await connect();
        if (newline !== undefined)
            step.warn(`${newline}, and it works. If the newline is not intended, set the password again without it, on the server and in the vault. ${toSet}`);
        return answer;
    }
    catch (error) {
        if (error instanceof failure/* Failure */.HR && rejected.test(error.explanation.cause)) {
            const advice = newline === undefined
                ? `The server rejected user ${(0,format/* quoted */.TL)(user)}. If the password was changed, update secret ${(0,format/* quoted */.TL)(passwordSecretName)}; if the ` +
                    `user is wrong, secret ${(0,format/* quoted */.TL)(userSecretName)}. ${toSet}`
                : `${newline}, which was sent, too. Set it again without. ${toSet}`;
            throw new failure/* Failure */.HR({ ...error.explanation, advice }, { cause: error });
        }
        if (newline !== undefined)
            step.warn(`${newline}. If the server rejects it, set it again without. ${toSet}`);
        throw error;
    }
}
/** In English; a server may say it in another language. */
const rejected = /password authentication failed/i;

;// CONCATENATED MODULE: ./build/jobs/preparation.js






/**
 * Signs in, and fetches the database's login from Key Vault. Both values are masked before anything else happens, unless the user is a
 * part of the database's name.
 */
async function fetchLogin({ principal, cloud, secrets, database, patience }, step) {
    const { mask, signal, info } = step;
    const { tenantId, clientId } = principal;
    const scope = `https://${cloud.vaultSuffix}/.default`;
    const credential = await signIn(principal, scope, { mask, signal, patience, info });
    info(`Signed in as application ${principal.clientId}`);
    const shown = [database];
    const access = { credential, scope, tenantId, clientId, mask, shown, patience, signal, info };
    const login = await readLogin(secrets, access);
    mask({
        ...(!isShownAnyway(login.user, shown) && { 'db_user_secret_name (the user itself)': login.user }),
        'db_password_secret_name (the password itself)': login.password,
    });
    info(`Read the database credentials from ${secrets.vaultUrl}`);
    return { credential, login: { ...login, readPassword: () => readPassword(secrets, access) } };
}
/**
 * Gets the PostgreSQL client to work with: asks the server for its version, with whatever `psql` there is, then takes the client that
 * `postgres/client/choose.ts` chooses. What the machine lacks is installed.
 * @param ask puts the job's first questions to the server; they are asked only once
 * @param oldestReader of a restore: the oldest major that reads the backup
 * @throws Failure if the action does not work with this server, or there is no client for it
 */
async function prepareClient({ job, server: address, secrets, client: wish, patience }, login, ask, oldestReader, step) {
    const insistence = { patience, info: step.info, readPassword: login.readPassword };
    const connection = await (0,session_connection/* prepareConnection */.a_)(address, login, step.scratch, insistence);
    const withPsql = (client) => ({ program: client.psql, connection, signal: step.signal });
    const clients = await lookForClients(wish, job === 'backup', step);
    const asking = await clients.any();
    const server = await explainRejectedLogin(login, secrets, step, () => ask(withPsql(asking)));
    (0,fit_server/* assertSupported */.hv)(server, connection);
    const need = { server: server.major, ...(oldestReader !== undefined && { oldestReader }) };
    const client = await clients.choose(need, server.version);
    if ((0,session_connection/* isUnverified */.sU)(address) && client.major < 16)
        step.warn(mayTellPassword(address.sslMode, client));
    return { client, connection, server, psql: withPsql(client) };
}
function mayTellPassword(mode, { version }) {
    return (`Set ssl_mode to verify-full, or use a client 16 or newer. With ssl_mode ${mode} an impostor of the server is not detected, and ` +
        `client ${version} sends it the password in clear text if asked to.`);
}


/***/ }),

/***/ 7557:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ positionSet),
/* harmony export */   X: () => (/* binding */ ArchiveFollower)
/* harmony export */ });
/* harmony import */ var _header_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4946);
/* harmony import */ var _input_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3175);
/**
 * PostgreSQL's custom archive format, as far as it takes to tell what an archive is and whether it is whole.
 *
 * An archive is a header, a table of contents, and the data: for each entry of the table that has data, a block type,
 * the entry's id, and chunks that each begin with their length and end with one of length 0. Nothing follows the last.
 * https://github.com/postgres/postgres/blob/master/src/bin/pg_dump/pg_backup_archiver.c (WriteHead, WriteToc)
 * https://github.com/postgres/postgres/blob/master/src/bin/pg_dump/pg_backup_custom.c (_StartData and on)
 */


const dataBlock = 1;
const largeObjectsBlock = 3;
/** States of an entry's data offset: it is not known, it is what stands behind, there is no data. */
const notSet = 1;
const positionSet = 2;
const noData = 3;
/**
 * Follows an archive's framing while it streams by, without keeping any of it.
 * `push` takes the next bytes, `end` is called after the last.
 */
class ArchiveFollower {
    #input = new _input_js__WEBPACK_IMPORTED_MODULE_0__/* .Input */ .pd();
    #walk;
    #known = true;
    #done = false;
    /**
     * @param onData is told of each entry's data as it begins
     * @param onSize is told, when it ends, how long it is in the archive, in bytes
     */
    constructor(onData = () => { }, onSize = () => { }) {
        this.#walk = walk(this.#input, onData, onSize);
    }
    /** Whether the version of the format is known here, as far as it has come by; without it, nothing is followed. */
    get known() {
        return this.#known;
    }
    /** @throws ArchiveError if the bytes cannot go on like this in an archive */
    push(chunk) {
        if (chunk.length === 0 || !this.#known)
            return;
        if (this.#done)
            throw new _header_js__WEBPACK_IMPORTED_MODULE_1__/* .ArchiveError */ .di('bytes follow after the end of its last data block');
        this.#input.take(chunk);
        const { value, done } = this.#walk.next();
        if (!done)
            return;
        this.#done = true;
        this.#known = value.known;
        if (value.known && this.#input.offset < chunk.length)
            this.push(chunk.subarray(this.#input.offset));
    }
    /**
     * @returns whether the framing could be followed; false for a version of the format that is not known here
     * @throws ArchiveError if the archive is cut short
     */
    end() {
        if (!this.#done)
            throw new _header_js__WEBPACK_IMPORTED_MODULE_1__/* .ArchiveError */ .di(`it ends too early, ${this.#input.place}`);
        return this.#known;
    }
}
/** From the first byte to the last; its result is false if the version of the format is not known. */
function* walk(input, onData, onSize) {
    const version = yield* (0,_header_js__WEBPACK_IMPORTED_MODULE_1__/* .formatVersion */ .qh)(input);
    if ((0,_header_js__WEBPACK_IMPORTED_MODULE_1__/* .isNewer */ .U4)(version))
        return { known: false };
    const { sizes } = yield* (0,_header_js__WEBPACK_IMPORTED_MODULE_1__/* .header */ .wx)(input, version);
    if (sizes.minor < _header_js__WEBPACK_IMPORTED_MODULE_1__/* .oldestKnown */ .Nm)
        return { known: false };
    const promised = yield* tableOfContents(input, sizes);
    const all = promised.size;
    while (promised.size > 0) {
        input.place = `after the data of ${all - promised.size} of ${all} entries`;
        const data = input.position;
        const type = yield* (0,_input_js__WEBPACK_IMPORTED_MODULE_0__/* .byte */ .PE)(input);
        const id = yield* (0,_input_js__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Wh)(input, sizes.int);
        const field = promised.get(id);
        if (!promised.delete(id))
            throw new _header_js__WEBPACK_IMPORTED_MODULE_1__/* .ArchiveError */ .di(`data of an entry ${id} that its table of contents does not promise`);
        if (field !== undefined)
            onData({ field, size: sizes.offset, data });
        input.place = `in the data of entry ${id}`;
        if (type === dataBlock)
            yield* chunks(input, sizes.int);
        else if (type === largeObjectsBlock)
            while ((yield* (0,_input_js__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Wh)(input, sizes.int)) !== 0)
                yield* chunks(input, sizes.int);
        else
            throw new _header_js__WEBPACK_IMPORTED_MODULE_1__/* .ArchiveError */ .di(`a block of unknown type ${type} for entry ${id}`);
        onSize(id, input.position - data);
    }
    return { known: true };
}
/** @returns the ids of the entries that have data, each with the position of its offset's state unless the offset is set */
function* tableOfContents(input, sizes) {
    const promised = new Map();
    input.place = 'in its table of contents';
    const count = yield* (0,_input_js__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Wh)(input, sizes.int);
    for (let entry = 0; entry < count; entry++) {
        const id = yield* (0,_input_js__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Wh)(input, sizes.int);
        yield* (0,_input_js__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Wh)(input, sizes.int); // whether it had data to be dumped
        // Catalog's table id, own id, tag, kind, then after the section: definition, drop and copy statement, schema,
        // tablespace, access method.
        for (let field = 0; field < 4; field++)
            yield* (0,_input_js__WEBPACK_IMPORTED_MODULE_0__/* .skipString */ .t9)(input, sizes.int);
        yield* (0,_input_js__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Wh)(input, sizes.int);
        for (let field = 0; field < 6; field++)
            yield* (0,_input_js__WEBPACK_IMPORTED_MODULE_0__/* .skipString */ .t9)(input, sizes.int);
        if (sizes.minor >= 16)
            yield* (0,_input_js__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Wh)(input, sizes.int); // kind of relation
        for (let field = 0; field < 2; field++)
            yield* (0,_input_js__WEBPACK_IMPORTED_MODULE_0__/* .skipString */ .t9)(input, sizes.int); // owner, WITH OIDS
        while (yield* (0,_input_js__WEBPACK_IMPORTED_MODULE_0__/* .skipString */ .t9)(input, sizes.int))
            ; // ids that it depends on, up to a missing string
        const field = input.position;
        const state = yield* (0,_input_js__WEBPACK_IMPORTED_MODULE_0__/* .byte */ .PE)(input);
        if (state < notSet || state > noData)
            throw new _header_js__WEBPACK_IMPORTED_MODULE_1__/* .ArchiveError */ .di(`an impossible data offset for entry ${id}`);
        if (state !== noData)
            promised.set(id, state === notSet ? field : undefined);
        yield* (0,_input_js__WEBPACK_IMPORTED_MODULE_0__/* .skip */ .iv)(input, sizes.offset);
    }
    return promised;
}
function* chunks(input, size) {
    for (;;) {
        // The common case without a generator: archives without compression have a chunk for each row.
        const length = input.int(size) ?? (yield* (0,_input_js__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Wh)(input, size));
        if (length === 0)
            return;
        if (length < 0)
            throw new _header_js__WEBPACK_IMPORTED_MODULE_1__/* .ArchiveError */ .di(`a chunk of impossible length, ${input.place}`);
        if (input.offset + length <= input.chunk.length)
            input.offset += length;
        else
            yield* (0,_input_js__WEBPACK_IMPORTED_MODULE_0__/* .skip */ .iv)(input, length);
    }
}


/***/ }),

/***/ 4946:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FY: () => (/* binding */ isNewerFormat),
/* harmony export */   Nm: () => (/* binding */ oldestKnown),
/* harmony export */   RH: () => (/* binding */ headerBytes),
/* harmony export */   U4: () => (/* binding */ isNewer),
/* harmony export */   ay: () => (/* binding */ readHeader),
/* harmony export */   di: () => (/* binding */ ArchiveError),
/* harmony export */   jV: () => (/* binding */ oldestReader),
/* harmony export */   qh: () => (/* binding */ formatVersion),
/* harmony export */   wx: () => (/* binding */ header)
/* harmony export */ });
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8253);
/* harmony import */ var _input_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3175);


/** An archive is not what it has to be. The message says what was found, and where. */
class ArchiveError extends Error {
    name = 'ArchiveError';
}
const customFormat = 1;
/**
 * What begins like an archive and is none in custom format; that of the directory format says that it was tar.
 * https://github.com/postgres/postgres/blob/master/src/bin/pg_dump/pg_backup_directory.c (_CloseArchive)
 */
const tocFile = 'table of contents (toc.dat) of an archive in directory or tar format';
/** Versions of the format whose every byte is known here: 1.14 (12 to 15), 1.15 (16) and 1.16 (17 and 18). */
const oldestKnown = 14;
const newestKnown = 16;
/** The bytes of the header that `readHeader` is sure to find enough in: fixed fields and three short strings. */
const headerBytes = 1024;
/** Whether a format is newer than those known here: then nothing is sure to stand where it did, the rest of the header included. */
function isNewerFormat({ format }) {
    const [major = 0, minor = 0] = format.split('.').map(Number);
    return isNewer({ major, minor });
}
function isNewer({ major, minor }) {
    return major > 1 || minor > newestKnown;
}
/**
 * The oldest major of `pg_restore` that reads an archive; of a format that is newer than those known here, the major
 * that wrote it, or 0 if even that cannot be read.
 */
function oldestReader(header) {
    if (isNewerFormat(header))
        return Number(/^\d\d(?!\d)/.exec(header.dumpVersion)?.[0] ?? 0);
    const minor = Number(header.format.split('.')[1]);
    return minor <= oldestKnown ? 12 : minor + 1;
}
/**
 * Reads the header out of an archive's first bytes. In one of a newer format than those known here, texts that are not where they were
 * are empty.
 * @throws ArchiveError that says what the bytes are instead, if they are no custom-format archive
 */
function readHeader(start) {
    const input = new _input_js__WEBPACK_IMPORTED_MODULE_0__/* .Input */ .pd();
    input.take(start);
    const version = formatVersion(input).next();
    if (!version.done)
        throw cutShort();
    const { major, minor } = version.value;
    try {
        const { value, done } = header(input, version.value).next();
        if (done)
            return value.header;
    }
    catch (error) {
        if (!isNewer(version.value) || !(error instanceof ArchiveError))
            throw error;
    }
    if (!isNewer(version.value))
        throw cutShort();
    return { format: `${major}.${minor}`, database: '', serverVersion: '', dumpVersion: '' };
}
function cutShort() {
    return new ArchiveError('it ends within the first bytes of its header');
}
/** Reads the first bytes, which are the same in every format. Throws an ArchiveError if they are not those of an archive. */
function* formatVersion(input) {
    let magic = '';
    for (let i = 0; i < 5; i++)
        magic += String.fromCharCode(yield* (0,_input_js__WEBPACK_IMPORTED_MODULE_0__/* .byte */ .PE)(input));
    if (magic !== 'PGDMP')
        throw new ArchiveError(`it begins with ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_1__/* .quoted */ .TL)(magic)} instead of "PGDMP"`);
    return { major: yield* (0,_input_js__WEBPACK_IMPORTED_MODULE_0__/* .byte */ .PE)(input), minor: yield* (0,_input_js__WEBPACK_IMPORTED_MODULE_0__/* .byte */ .PE)(input) };
}
/** Reads the header behind the version. Throws an ArchiveError if there is none, or it is not of an archive in custom format. */
function* header(input, { major, minor }) {
    yield* (0,_input_js__WEBPACK_IMPORTED_MODULE_0__/* .byte */ .PE)(input); // revision
    const sizes = { minor, int: yield* (0,_input_js__WEBPACK_IMPORTED_MODULE_0__/* .byte */ .PE)(input), offset: yield* (0,_input_js__WEBPACK_IMPORTED_MODULE_0__/* .byte */ .PE)(input) };
    const format = yield* (0,_input_js__WEBPACK_IMPORTED_MODULE_0__/* .byte */ .PE)(input);
    if (format !== customFormat)
        throw new ArchiveError(`it is the ${tocFile}`);
    if (major !== 1 || sizes.int < 2 || sizes.int > 8)
        throw nonsense();
    if (minor >= 15)
        yield* (0,_input_js__WEBPACK_IMPORTED_MODULE_0__/* .byte */ .PE)(input); // how it is compressed
    else
        yield* (0,_input_js__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Wh)(input, sizes.int);
    for (let field = 0; field < 7; field++)
        yield* (0,_input_js__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Wh)(input, sizes.int); // when it was made
    const database = yield* (0,_input_js__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj)(input, sizes.int, headerBytes);
    const serverVersion = yield* (0,_input_js__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj)(input, sizes.int, headerBytes);
    const dumpVersion = yield* (0,_input_js__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj)(input, sizes.int, headerBytes);
    if (database === undefined || serverVersion === undefined || dumpVersion === undefined)
        throw nonsense();
    return { header: { format: `${major}.${minor}`, database, serverVersion, dumpVersion }, sizes };
}
function nonsense() {
    return new ArchiveError('its header makes no sense');
}


/***/ }),

/***/ 3175:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   PE: () => (/* binding */ byte),
/* harmony export */   Wh: () => (/* binding */ int),
/* harmony export */   Yj: () => (/* binding */ string),
/* harmony export */   iv: () => (/* binding */ skip),
/* harmony export */   pd: () => (/* binding */ Input),
/* harmony export */   t9: () => (/* binding */ skipString)
/* harmony export */ });
/**
 * Reading an archive that comes in pieces of any length: its bytes, its integers and its strings.
 */
/** The bytes at hand, and where in the archive they are. */
class Input {
    chunk = Buffer.alloc(0);
    offset = 0;
    place = 'in its header';
    #before = 0;
    take(chunk) {
        this.#before += this.chunk.length;
        this.chunk = chunk;
        this.offset = 0;
    }
    /** Of the next byte in the archive. */
    get position() {
        return this.#before + this.offset;
    }
    /** An integer if all its bytes are at hand: a sign byte, then `size` bytes, the lowest first. */
    int(size) {
        const { chunk, offset } = this;
        if (size !== 4 || offset + 5 > chunk.length)
            return undefined;
        this.offset = offset + 5;
        const value = chunk.readUInt32LE(offset + 1);
        return chunk[offset] === 0 ? value : -value;
    }
}
/** The next byte. */
function* byte(input) {
    while (input.offset === input.chunk.length)
        yield;
    return input.chunk[input.offset++];
}
/** The next integer: a sign byte, then `size` bytes, the lowest first. */
function* int(input, size) {
    const atOnce = input.int(size);
    if (atOnce !== undefined)
        return atOnce;
    const negative = (yield* byte(input)) !== 0;
    let value = 0;
    for (let i = 0; i < size; i++)
        value += (yield* byte(input)) * 256 ** i;
    return negative ? -value : value;
}
/** Passes over bytes. */
function* skip(input, length) {
    let left = length;
    while (left > input.chunk.length - input.offset) {
        left -= input.chunk.length - input.offset;
        input.offset = input.chunk.length;
        yield;
    }
    input.offset += left;
}
/** Passes over a string. @returns whether there is one: a length below 0 says that it is missing */
function* skipString(input, size) {
    const length = yield* int(input, size);
    if (length > 0)
        yield* skip(input, length);
    return length >= 0;
}
/**
 * The next string, empty if it is missing.
 * @param longest in bytes: damage can make a length of it that would fill the memory with what follows
 * @returns undefined if it is longer
 */
function* string(input, size, longest) {
    const length = yield* int(input, size);
    if (length > longest)
        return undefined;
    const bytes = [];
    while (bytes.length < length)
        bytes.push(yield* byte(input));
    return Buffer.from(bytes).toString();
}


/***/ }),

/***/ 4807:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GL: () => (/* binding */ readAlong),
/* harmony export */   bL: () => (/* binding */ readArchive),
/* harmony export */   eI: () => (/* binding */ CutOff),
/* harmony export */   ir: () => (/* binding */ readThrough)
/* harmony export */ });
/* unused harmony exports decodedCopyText, adviceForArchive */
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4573);
/* harmony import */ var _base_chunks_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7936);
/* harmony import */ var _base_failure_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7306);
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8253);
/* harmony import */ var _base_process_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3418);
/* harmony import */ var _errors_explain_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8163);






/** A file ends before what was to be read from it is complete. */
class CutOff extends _base_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .Failure */ .HR {
}
/**
 * Lets `pg_restore` read an archive without a server.
 * @returns what it prints
 * @throws CutOff if the file ends too early
 * @throws Failure if it cannot be read for another reason
 */
async function readArchive(client, args, signal) {
    try {
        const reading = (0,_base_process_js__WEBPACK_IMPORTED_MODULE_3__/* .start */ .ni)({ program: client.pgRestore, args, env: environment(), signal });
        const output = allOf(reading.stdout);
        output.catch(() => { }); // cut short only when the child is, and then its exit says why
        await reading.finished;
        const bytes = await output.catch((error) => {
            signal.throwIfAborted();
            throw error;
        });
        if (bytes.length > node_buffer__WEBPACK_IMPORTED_MODULE_0__.constants.MAX_STRING_LENGTH)
            throw new _base_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .Failure */ .HR({
                tried: `Reading the archive with pg_restore ${client.version}`,
                cause: `its statements have ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_5__/* .formatBytes */ .z3)(bytes.length)}, and this action looks through ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_5__/* .formatBytes */ .z3)(node_buffer__WEBPACK_IMPORTED_MODULE_0__.constants.MAX_STRING_LENGTH)} at most`,
                advice: 'Download the backup and restore it with pg_restore by hand.',
            });
        return decodedCopyText(bytes);
    }
    catch (error) {
        if (!(error instanceof _base_process_js__WEBPACK_IMPORTED_MODULE_3__/* .ProcessFailure */ .iq))
            throw error;
        const { cause } = (0,_errors_explain_js__WEBPACK_IMPORTED_MODULE_4__.explainServerError)(error);
        const Kind = isCutOff(cause) ? CutOff : _base_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .Failure */ .HR;
        const tried = `Reading the archive with pg_restore ${client.version}`;
        throw new Kind({ tried, cause, advice: adviceForArchive(cause) }, { cause: error });
    }
}
/** The bytes of a stream, in one piece; they may be many, so no more than two copies are there at a time. */
async function allOf(stream) {
    const chunks = [];
    for await (const batch of (0,_base_chunks_js__WEBPACK_IMPORTED_MODULE_1__/* .batchesOf */ .cS)(stream))
        chunks.push(...batch);
    const all = Buffer.concat(chunks);
    (0,_base_chunks_js__WEBPACK_IMPORTED_MODULE_1__/* .release */ ._r)(chunks);
    return all;
}
function environment() {
    return { LC_ALL: 'C', PATH: process.env['PATH'] };
}
/** Lets `pg_restore` read and decompress an archive while it comes by, without a server. Finds what `readThrough` does. */
function readAlong(client, signal) {
    const args = ['--file=/dev/null'];
    const reading = (0,_base_process_js__WEBPACK_IMPORTED_MODULE_3__/* .start */ .ni)({ program: client.pgRestore, args, env: environment(), signal, keepInput: true });
    reading.stdout.resume();
    return {
        // What it does not take any more, because it has ended, is no error before it is known how it ended.
        write: (chunk) => new Promise((resolve) => reading.stdin.write(chunk, () => resolve())),
        async end() {
            reading.stdin.end();
            await reading.finished;
        },
        stop: reading.stop,
    };
}
/** How the encodings are called whose names differ: https://encoding.spec.whatwg.org/#names-and-labels */
const labels = {
    ...{
        LATIN1: 'iso-8859-1',
        LATIN2: 'iso-8859-2',
        LATIN3: 'iso-8859-3',
        LATIN4: 'iso-8859-4',
        LATIN5: 'iso-8859-9',
    },
    ...{ LATIN6: 'iso-8859-10', LATIN7: 'iso-8859-13', LATIN8: 'iso-8859-14', LATIN9: 'iso-8859-15' },
    ...{ LATIN10: 'iso-8859-16', WIN866: 'ibm866', KOI8R: 'koi8-r', KOI8U: 'koi8-u' },
};
/** Within how many bytes of a script its settings are, at most: with --verbose, before them stands what each is. */
const settingsBytes = 64 * 1024;
/**
 * A script is in the encoding of the database that the archive was made of, and says which that is. But roles, settings and
 * comments of databases, which are kept once for the whole server, are in that of the database in which they were made.
 */
function decodedCopyText(content) {
    if ((0,node_buffer__WEBPACK_IMPORTED_MODULE_0__.isUtf8)(content))
        return content.toString();
    const start = content.subarray(0, settingsBytes).toString('latin1');
    const encoding = /^SET client_encoding = '(\w+)';$/m.exec(start)?.[1] ?? 'UTF8';
    const label = labels[encoding] ?? encoding.replace(/^WIN/, 'windows-').replaceAll('_', '-');
    try {
        return new TextDecoder(label).decode(content);
    }
    catch {
        return content.toString(); // SQL_ASCII, and what only PostgreSQL knows
    }
}
/**
 * What to do about an archive that `pg_restore` cannot read, by its own words, which LC_ALL keeps English.
 * https://github.com/postgres/postgres/blob/master/src/bin/pg_dump/pg_backup_archiver.c (ReadHead)
 */
function adviceForArchive(cause) {
    if (/unsupported version \(.*\) in file header/.test(cause)) {
        return 'The backup is fine, but was made by a newer pg_dump (its version is in the log above). Install the client of that version from apt.postgresql.org in a step before this one, or use a runner image that has it (input runs_on of the workflow).';
    }
    if (/this build does not support compression|compression not supported in this installation/.test(cause)) {
        return ("The backup is fine, but this pg_restore does not support its compression. Install PostgreSQL's own client " +
            '(https://www.postgresql.org/download/) in a step before this one, then run the restore again.');
    }
    if (/^options? -\S.* cannot be used together|^unrecognized section name|for option -|filter file/m.test(cause)) {
        return 'Correct pg_restore_options.';
    }
    return 'The blob is damaged or incomplete. Choose another backup.';
}
/** https://github.com/postgres/postgres/blob/master/src/bin/pg_dump/pg_backup_utils.h (READ_ERROR_EXIT) */
function isCutOff(cause) {
    return cause.includes('could not read from input file: end of file');
}
/**
 * Reads and decompresses a whole archive without a server. Finds every cut; content that was changed is found in gzip
 * data only, since `pg_dump` writes the other methods without checksums.
 * @throws Failure if the archive is damaged
 */
async function readThrough(client, file, signal) {
    await readArchive(client, ['--file=/dev/null', file], signal);
}


/***/ }),

/***/ 3624:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Tt: () => (/* binding */ readOptions)
/* harmony export */ });
/* unused harmony exports parseHelp, parseOptionLine */
/* harmony import */ var _base_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7306);
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8253);
/* harmony import */ var _base_process_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3418);
/* harmony import */ var _tool_options_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7971);




/** Names that the documentation has and `--help` has not, each for the same as another one. */
const furtherNames = {
    'no-acl': 'no-privileges',
    'attribute-inserts': 'column-inserts',
};
/** The options in what a program prints for `--help`: `  -n, --schema=PATTERN  dump …`. */
function parseHelp(help) {
    const lines = help.matchAll(/^ {2,}(?:-(\S), )?--([\w-]+)(=\S)?/gm);
    return Array.from(lines, ([, short, long = '', value]) => ({
        long,
        ...(short !== undefined && { short }),
        takesValue: value !== undefined,
    }));
}
/**
 * Reads the lines of an input with the options that the client in use has. What is given to the program then is one
 * argument for each option, with its whole name and with its value behind `=`, so that it cannot be read in another way.
 * @param lines as `optionLines` gives them
 * @returns such as `--schema=my schema`, `--no-comments`
 * @throws Failure that names each line that is no option of this program, or not one alone
 */
async function readOptions(client, tool, lines, signal) {
    if (lines.length === 0)
        return [];
    const program = tool === 'pg_dump' ? client.pgDump : client.pgRestore;
    const env = { LC_ALL: 'C', PATH: process.env['PATH'] };
    const known = parseHelp(await (0,_base_process_js__WEBPACK_IMPORTED_MODULE_1__/* .run */ .eF)({ program, args: ['--help'], env, signal }));
    const problems = [];
    const read = lines.flatMap((line) => {
        const found = parseOptionLine(known, tool, line);
        if (Array.isArray(found))
            return found;
        problems.push(`${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .TL)(line)} ${found.problem}`);
        return [];
    });
    if (problems.length === 0)
        return read;
    throw new _base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR({
        tried: `Reading ${tool}_options with the options of ${tool} ${client.version}`,
        cause: problems.length === 1
            ? String(problems[0])
            : `${problems.length} lines are wrong:\n${problems.map((text) => `- ${text}`).join('\n')}`,
        advice: `Give one option per line, as ${tool} --help of this version lists it.`,
    });
}
/** What one line is, as arguments; or what is wrong with it, in words that follow the line. */
function parseOptionLine(known, tool, line) {
    const written = (0,_tool_options_js__WEBPACK_IMPORTED_MODULE_2__/* .splitOption */ .aV)(line);
    if (!written)
        return { problem: 'does not begin with an option' };
    const found = 'name' in written
        ? [{ ...findLong(known, written.name), value: written.value }]
        : findShort(known, written.letters);
    for (const each of found) {
        const problem = problemWith(tool, each);
        if (problem !== undefined)
            return { problem };
    }
    const second = (0,_tool_options_js__WEBPACK_IMPORTED_MODULE_2__/* .extraWords */ .C1)(line).find((word) => isOption(known, word));
    if (second !== undefined)
        return { problem: `has a second option on the line, ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .TL)(second)}` };
    return found.map(({ option, value = '' }) => `--${option?.long}${option?.takesValue ? `=${value}` : ''}`);
}
function problemWith(tool, { option, problem, value }) {
    if (!option)
        return problem;
    const { long, takesValue } = option;
    const why = (0,_tool_options_js__WEBPACK_IMPORTED_MODULE_2__/* .refusalOf */ .Of)(tool, long);
    if (why !== undefined)
        return `is --${long}, which must not be given, since ${why}`;
    if (takesValue && value === undefined)
        return `lacks the value of --${long}`;
    if (!takesValue && value !== undefined)
        return `has something after --${long}, which takes no value`;
    return undefined;
}
/** As the programs do, takes a whole name, or any beginning that fits only one. */
function findLong(known, name) {
    const names = [
        ...known.map((option) => ({ name: option.long, option })),
        ...Object.entries(furtherNames).flatMap(([further, long]) => known.filter((option) => option.long === long).map((option) => ({ name: further, option }))),
    ];
    const exact = names.find((one) => one.name === name);
    if (exact)
        return exact;
    const fitting = names.filter((one) => one.name.startsWith(name));
    const [first] = fitting;
    if (!first)
        return { problem: 'is not an option of it' };
    if (fitting.every(({ option }) => option === first.option))
        return first;
    return { problem: `may be ${fitting.map((one) => `--${one.name}`).join(' or ')}` };
}
/** Short options, several in one word: the first that takes a value takes all that follows, with white space before it or not. */
function findShort(known, letters) {
    const [letter = '', rest] = [letters.charAt(0), letters.slice(1)];
    const option = known.find(({ short }) => short === letter);
    if (!option)
        return [{ problem: `is not an option of it (${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .TL)(`-${letter}`)})` }];
    if (rest === '')
        return [{ option }];
    if (option.takesValue || /^\s/.test(rest))
        return [{ option, value: rest.trimStart() }];
    return [{ option }, ...findShort(known, rest)];
}
/** Whether a word is an option as it is. */
function isOption(known, word) {
    if (!word.startsWith('--'))
        return known.some(({ short }) => word === `-${short}`);
    const [name = ''] = word.slice(2).split('=');
    return findLong(known, name).option !== undefined;
}


/***/ }),

/***/ 6197:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
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
 * words, and the restore names the tables. Extensions are left out where they cannot be created in the new database: the
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
        .map(optionName)
        .filter((long) => isKnownSelection(tool, long) !== false && !(long === 'section' && isWhole));
    return [...new Set(names)].map((long) => `--${long}`);
}
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

/***/ 6544:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ withoutExtensionOption),
/* harmony export */   v: () => (/* binding */ withoutRowsOption)
/* harmony export */ });
/* harmony import */ var _session_sql_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4953);

/*
 * Options of pg_dump that leave something out of a backup, as a person is to write them down.
 */
/** Names that a pattern of pg_dump takes as they are. */
const plainName = /^[a-z_][a-z0-9_]*$/;
function patternFor(name) {
    return plainName.test(name) ? name : (0,_session_sql_text_js__WEBPACK_IMPORTED_MODULE_0__/* .identifier */ .Cv)(name);
}
/** The option that leaves out the rows of a table. */
function withoutRowsOption({ schema, name }) {
    return `--exclude-table-data=${patternFor(schema)}.${patternFor(name)}`;
}
/**
 * The options, each on a line of its own, that leave out an extension and the rows of its tables. Before 17, pg_dump only
 * knows how to take along the others; plpgsql is always there, and is never written down.
 * @param others that are to stay in the backup
 * @param major of pg_dump
 */
function withoutExtensionOption(name, others, major) {
    if (major >= 17)
        return [`--exclude-extension=${patternFor(name)}`];
    const kept = others.filter((other) => other !== name && other !== 'plpgsql');
    return (kept.length === 0 ? ['plpgsql'] : kept).map((other) => `--extension=${patternFor(other)}`);
}


/***/ }),

/***/ 6969:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  T: () => (/* binding */ functionUses)
});

// EXTERNAL MODULE: ./build/base/process.js + 1 modules
var process = __webpack_require__(3418);
// EXTERNAL MODULE: ./build/postgres/errors/explain.js
var explain = __webpack_require__(8163);
// EXTERNAL MODULE: ./build/postgres/session/psql.js
var session_psql = __webpack_require__(1793);
;// CONCATENATED MODULE: ./build/postgres/dump/function-uses-query.js
/**
 * The question behind `functionUses`, one JSON value. Its parts, each a step of the same train of thought:
 *
 * - `function`: the functions whose body is text, `loose` if no name in it was resolved when it was made (in `BEGIN ATOMIC` all
 *   are); `reached`: those that something else than a body may use, and those that these may call.
 * - `candidate`: these, without comments; `open` without a search_path of their own.
 * - `word`: the names in a body that look like functions, relations, types and configurations of text search.
 * - `mention`: which of them the database has, and only outside of `pg_catalog`, which is always searched.
 * - `using`: what uses a function, directly, through an operator, a view, or a function that calls it in its own body. A
 *   function with a search_path of its own lends that to those it calls.
 * - `place`: the uses that a restore evaluates while it works.
 *
 * It reads catalogs alone and calls no function of anybody else's.
 */
const sqlNamePattern = '([[:alpha:]_][[:alnum:]_$]*|"(?:[^"]|"")+")';
const wordStart = '(?<![[:alnum:]_$".])';
const wordEnd = '(?![[:alnum:]_$".(])';
/** Words of SQL and PL/pgSQL after which no type comes. */
const notVariables = 'return|begin|loop|end|select|from|into|join|update|as|else|when|then|by|and|or|not|set|table|only|limit|in|perform';
const call = `${wordStart}(?:${sqlNamePattern}\\s*\\.\\s*)?${sqlNamePattern}\\s*\\(`;
/** What the names look like: with their schema, if they have one, as the first group. */
const looks = [
    ['function', call],
    [
        'relation',
        `\\m(?:from|join|into|update|table|only)\\s+(?:${sqlNamePattern}\\s*\\.\\s*)?${sqlNamePattern}${wordEnd}`,
    ],
    [
        'row',
        `${wordStart}(?:${sqlNamePattern}\\s*\\.\\s*)?${sqlNamePattern}(?:\\s*\\.\\s*${sqlNamePattern})?\\s*%\\s*(?:row)?type\\M`,
    ],
    ['type', `::\\s*(?:${sqlNamePattern}\\s*\\.\\s*)?${sqlNamePattern}${wordEnd}`],
    ['type', `\\mas\\s+(?:${sqlNamePattern}\\s*\\.\\s*)?${sqlNamePattern}(?:\\[\\])?\\s*\\)`],
    [
        'declared',
        `${wordStart}(?!(?:${notVariables})\\M)${sqlNamePattern}\\s+(?:constant\\s+)?${sqlNamePattern}\\s*(?:;|:=|=|\\mdefault\\M)`,
    ],
    ['search', `'(?:${sqlNamePattern}\\s*\\.\\s*)?${sqlNamePattern}'`],
];
const words = looks
    .map(([kind, pattern]) => {
    // In a declaration, the first name is the variable's.
    const schema = kind === 'declared' ? 'NULL' : 'm[1]';
    return `SELECT oid, '${kind}' AS kind, ${schema} AS schema, m[2] AS word
      FROM candidate, regexp_matches(body, $pattern$${pattern}$pattern$, 'gi') AS m`;
})
    .join(' UNION ');
const plainWord = (word) => `CASE WHEN ${word} LIKE '"%' THEN replace(substr(${word}, 2, length(${word}) - 2), '""', '"') ELSE lower(${word}) END`;
/** The kinds of objects that use functions, and that a restore may call them for. */
const users = ['attrdef', 'class', 'constraint', 'operator', 'proc', 'rewrite', 'statistic_ext']
    .map((catalog) => `'pg_${catalog}'::regclass`)
    .join(', ');
const functionUsesQuery = `
WITH RECURSIVE
function AS (
  SELECT p.oid, pronamespace, p.oid::regprocedure::text AS name, proname, prosrc, proconfig,
    CASE prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END AS kind, to_jsonb(p) ->> 'prosqlbody' IS NULL AS loose
  FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = pronamespace JOIN pg_language AS l ON l.oid = prolang
  WHERE lanname NOT IN ('internal', 'c') AND prokind <> 'a' AND nspname NOT IN ('pg_catalog', 'information_schema')),
reached (oid) AS (
  SELECT DISTINCT refobjid FROM pg_depend
  WHERE refclassid = 'pg_proc'::regclass AND deptype IN ('n', 'a') AND classid IN (${users})
UNION
  SELECT callee.oid
  FROM reached JOIN function AS caller ON caller.oid = reached.oid
    CROSS JOIN regexp_matches(prosrc, $pattern$${call}$pattern$, 'gi') AS m
    JOIN function AS callee ON callee.proname = ${plainWord('m[2]')}),
candidate AS (
  SELECT oid, pronamespace, name, kind, loose,
    regexp_replace(prosrc, '/\\*.*?\\*/|--[^\\n]*', ' ', 'g') AS body,
    NOT EXISTS (SELECT FROM unnest(proconfig) AS setting WHERE setting LIKE 'search_path=%') AS open
  FROM function WHERE oid IN (SELECT oid FROM reached)),
named (kind, class, oid, space, name) AS (
  SELECT 'function', 'pg_proc'::regclass, oid, pronamespace, proname FROM pg_proc
UNION ALL
  SELECT 'relation', 'pg_class'::regclass, oid, relnamespace, relname FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
UNION ALL
  SELECT 'type', 'pg_type'::regclass, oid, typnamespace, typname FROM pg_type
UNION ALL
  SELECT 'search', 'pg_ts_config'::regclass, oid, cfgnamespace, cfgname FROM pg_ts_config
UNION ALL
  SELECT 'search', 'pg_ts_dict'::regclass, oid, dictnamespace, dictname FROM pg_ts_dict),
word AS (
  SELECT oid, kind, ${plainWord('schema')} AS schema, ${plainWord('word')} AS word FROM (${words}) AS w),
mention AS (
  SELECT word.oid AS caller, word.kind, word.schema IS NULL AS bare, named.class, named.oid, word AS name, nspname,
    row_number() OVER (PARTITION BY word.oid, word.kind, word.schema, word
      ORDER BY nspname = 'public' DESC, nspname) AS place
  FROM word JOIN named ON named.name = word.word
      AND named.kind = CASE word.kind WHEN 'row' THEN 'relation' WHEN 'declared' THEN 'type' ELSE word.kind END
    JOIN pg_namespace AS n ON n.oid = named.space
  WHERE nspname !~ '^(pg_|information_schema$)' AND coalesce(nspname = word.schema, true)
    AND (word.schema IS NOT NULL OR NOT EXISTS (
      SELECT FROM named AS built_in
      WHERE built_in.kind = named.kind AND built_in.name = word.word AND built_in.space = 'pg_catalog'::regnamespace))),
suspect AS (
  SELECT candidate.*,
    open AND loose AND EXISTS (SELECT FROM mention WHERE caller = candidate.oid AND bare) AS is_lost,
    EXISTS (SELECT FROM mention WHERE caller = candidate.oid AND mention.kind = 'relation') AS is_reader
  FROM candidate),
using_it (function, lost, class, oid, part) AS (
  SELECT oid, is_lost, 'pg_proc'::regclass::oid, oid, 0 FROM suspect WHERE is_lost OR is_reader
UNION
  SELECT function, lost, next.class, next.oid, next.part
  FROM using_it AS u CROSS JOIN LATERAL (
    SELECT classid AS class, objid AS oid, objsubid AS part FROM pg_depend AS d
    WHERE refclassid = u.class AND refobjid = u.oid AND deptype IN ('n', 'a') AND classid IN (${users})
      AND NOT (u.class = 'pg_class'::regclass AND classid <> 'pg_rewrite'::regclass)
  UNION ALL
    SELECT 'pg_class'::regclass, ev_class, 0 FROM pg_rewrite AS r
    WHERE u.class = 'pg_rewrite'::regclass AND r.oid = u.oid
  UNION ALL
    SELECT 'pg_proc'::regclass, caller, 0 FROM mention AS m
    WHERE u.class = 'pg_proc'::regclass AND m.class = 'pg_proc'::regclass AND m.oid = u.oid) AS next
  WHERE NOT (u.lost AND next.class = 'pg_proc'::regclass
    AND EXISTS (SELECT FROM candidate AS c WHERE c.oid = next.oid AND NOT c.open))),
place AS (
  SELECT u.function, 'generated column' AS kind, format('%I.%I.%I', nspname, relname, attname) AS name,
    'TABLE ' || attrelid::regclass AS host, NULL AS constraint_name, (
      SELECT format('UPDATE %s SET %I = %2$I;', plain.attrelid::regclass, plain.attname)
      FROM pg_depend AS of JOIN pg_attribute AS plain ON (plain.attrelid, plain.attnum) = (of.refobjid, of.refobjsubid)
      WHERE of.refclassid = 'pg_class'::regclass AND of.refobjid = a.attrelid AND plain.attgenerated = '' AND plain.attidentity <> 'a'
        AND (of.classid = 'pg_class'::regclass AND (of.objid, of.objsubid) = (a.attrelid, a.attnum)
          OR of.classid = 'pg_attrdef'::regclass AND of.objid IN (
            SELECT own.oid FROM pg_attrdef AS own WHERE (own.adrelid, own.adnum) = (a.attrelid, a.attnum)))
      ORDER BY plain.attnum LIMIT 1) AS definition
  FROM using_it AS u LEFT JOIN pg_attrdef AS d ON u.class = 'pg_attrdef'::regclass AND d.oid = u.oid
    JOIN pg_attribute AS a ON (a.attrelid, a.attnum) = (d.adrelid, d.adnum)
      OR u.class = 'pg_class'::regclass AND u.part > 0 AND (a.attrelid, a.attnum) = (u.oid, u.part)
    JOIN pg_class AS c ON c.oid = attrelid JOIN pg_namespace AS n ON n.oid = relnamespace
  WHERE attgenerated = 's'
UNION
  SELECT u.function, 'check', format('%I on %s', conname, host), host, format('%I', conname), pg_get_constraintdef(c.oid)
  FROM using_it AS u JOIN pg_constraint AS c ON u.class = 'pg_constraint'::regclass AND c.oid = u.oid
    CROSS JOIN LATERAL (SELECT CASE WHEN conrelid <> 0 THEN 'TABLE ' || conrelid::regclass
      ELSE 'DOMAIN ' || contypid::regtype END AS host) AS h
  WHERE contype = 'c' AND convalidated AND coninhcount = 0
UNION
  SELECT u.function, CASE relkind WHEN 'p' THEN 'partition key' WHEN 'm' THEN 'materialized view' ELSE 'index' END,
    format('%I.%I', nspname, relname), NULL, NULL, NULL
  FROM using_it AS u JOIN pg_class AS c ON u.class = 'pg_class'::regclass AND u.part = 0 AND c.oid = u.oid
    JOIN pg_namespace AS n ON n.oid = relnamespace
  WHERE relkind IN ('p', 'I', 'm') OR relkind = 'i' AND NOT relispartition
UNION
  SELECT u.function, 'statistics', format('%I.%I', nspname, stxname), NULL, NULL, NULL
  FROM using_it AS u JOIN pg_statistic_ext AS s ON u.class = 'pg_statistic_ext'::regclass AND s.oid = u.oid
    JOIN pg_namespace AS n ON n.oid = stxnamespace)
SELECT json_build_object(
  'lost', (SELECT coalesce(json_agg(json_build_object(
      'signature', s.name, 'kind', s.kind,
      'extension', (SELECT extname FROM pg_depend AS d JOIN pg_extension AS e ON e.oid = refobjid
        WHERE classid = 'pg_proc'::regclass AND objid = s.oid AND deptype = 'e'),
      'names', (SELECT json_agg(DISTINCT m.name) FROM mention AS m WHERE caller = s.oid AND bare),
      'schemas', (SELECT json_agg(DISTINCT quote_ident(nspname)) FROM mention AS m WHERE caller = s.oid AND bare AND m.place = 1),
      'uses', (SELECT json_agg(DISTINCT p.kind || ' ' || p.name) FROM place AS p WHERE p.function = s.oid)) ORDER BY s.name), '[]')
    FROM suspect AS s WHERE is_lost AND EXISTS (SELECT FROM place AS p WHERE p.function = s.oid)),
  'readers', (SELECT coalesce(json_agg(json_build_object(
      'signature', s.name, 'use', p.kind, 'name', p.name, 'host', p.host, 'constraint', p.constraint_name,
      'definition', p.definition,
      'tables', (SELECT json_agg(DISTINCT format('%I.%I', nspname, m.name)) FROM mention AS m
        WHERE caller = s.oid AND m.kind = 'relation')) ORDER BY p.kind, p.name), '[]')
    FROM suspect AS s JOIN place AS p ON p.function = s.oid
    WHERE is_reader AND p.kind IN ('check', 'generated column', 'partition key')))`;

;// CONCATENATED MODULE: ./build/postgres/dump/function-uses.js




/**
 * Looks in the catalogs of a database for functions that make trouble in a restore: `pg_restore` works with an empty
 * search_path, and fills one table after the other. What a body names is found by its looks, so a function may be missing
 * here, or be here in vain; a body in C tells nothing. No function is called.
 * https://www.postgresql.org/docs/current/app-pgdump.html (NOTES)
 * @returns undefined if it cannot be found out, with the reason
 * @throws what is no answer of the server
 */
async function functionUses(psql, database) {
    const script = `SET LOCAL statement_timeout = '60s' \\; ${functionUsesQuery}`;
    try {
        return { found: await (0,session_psql/* ask */.kA)(psql, database, script) };
    }
    catch (error) {
        psql.signal.throwIfAborted();
        if (!(error instanceof process/* ProcessFailure */.iq))
            throw error;
        return { found: undefined, reason: (0,explain.explainServerError)(error).cause };
    }
}


/***/ }),

/***/ 584:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ readProperties),
/* harmony export */   h: () => (/* binding */ databaseRights)
/* harmony export */ });
/* harmony import */ var _base_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7306);
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8253);
/* harmony import */ var _server_server_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2221);
/* harmony import */ var _session_psql_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1793);




/** Everything that can be granted on a database. */
const databaseRights = ['CONNECT', 'CREATE', 'TEMPORARY'];
/**
 * Reads what belongs to a database as a whole. Any role may read it. Grants to the same role by several are one, and what
 * is left of roles that are gone is left out.
 * @param from the database to ask in
 * @throws Failure if there is no such database; ProcessFailure if the server refuses
 */
async function readProperties(psql, database, from = _server_server_js__WEBPACK_IMPORTED_MODULE_1__/* .maintenanceDatabase */ .Xb) {
    const found = await (0,_session_psql_js__WEBPACK_IMPORTED_MODULE_2__/* .ask */ .kA)(psql, from, propertiesQuery, { database });
    if (found)
        return found;
    throw new _base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR({
        tried: `Reading the settings of database ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .TL)(database)}`,
        cause: 'it no longer exists',
        advice: 'Somebody dropped or renamed it. Run the job again.',
    });
}
const settingsQuery = `
  SELECT json_agg(json_build_object(
      'role', r.rolname,
      'name', split_part(line, '=', 1),
      'value', substr(line, strpos(line, '=') + 1)) ORDER BY r.rolname NULLS FIRST, place)
  FROM pg_db_role_setting AS s
    LEFT JOIN pg_roles AS r ON r.oid = s.setrole
    CROSS JOIN unnest(s.setconfig) WITH ORDINALITY AS u(line, place)
  WHERE s.setdatabase = d.oid AND (s.setrole = 0 OR r.oid IS NOT NULL)`;
const grants = `
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
    GROUP BY grantee, grantable) AS together`;
/** Rights that were taken and given back stand there in another order than at the beginning. */
const ordered = (acl) => `ARRAY(SELECT a::text FROM unnest(${acl}) AS a ORDER BY 1)`;
const propertiesQuery = `
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
    FROM pg_database AS d CROSS JOIN LATERAL acldefault('d', d.datdba) AS built_in WHERE d.datname = :'database'), 'null')`;


/***/ }),

/***/ 5148:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   If: () => (/* binding */ replacedMark),
/* harmony export */   QR: () => (/* binding */ restoreMark),
/* harmony export */   gr: () => (/* binding */ readRestoreMark),
/* harmony export */   ot: () => (/* binding */ readReplacedMark)
/* harmony export */ });
/* harmony import */ var _server_database_names_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6374);
/* harmony import */ var _serialize_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6528);


/** The comment that marks a database as ours; the end of the restore replaces it. */
function restoreMark(mark) {
    return _server_database_names_js__WEBPACK_IMPORTED_MODULE_0__/* .restoreMarkBeginning */ .Vl + JSON.stringify(mark);
}
/** What a comment says if it is our mark, word for word. */
function readRestoreMark(comment) {
    if (!comment?.startsWith(_server_database_names_js__WEBPACK_IMPORTED_MODULE_0__/* .restoreMarkBeginning */ .Vl))
        return undefined;
    try {
        const { database, run, properties } = JSON.parse(comment.slice(_server_database_names_js__WEBPACK_IMPORTED_MODULE_0__/* .restoreMarkBeginning */ .Vl.length));
        if (typeof database !== 'string' || typeof run !== 'string')
            return undefined;
        const known = (0,_serialize_js__WEBPACK_IMPORTED_MODULE_1__/* .parseProperties */ .$9)(properties);
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


/***/ }),

/***/ 6528:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $9: () => (/* binding */ parseProperties),
/* harmony export */   Ee: () => (/* binding */ recordedGrants),
/* harmony export */   Ts: () => (/* binding */ parseGrants)
/* harmony export */ });
/* harmony import */ var _read_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(584);

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
        privileges.every((right) => _read_js__WEBPACK_IMPORTED_MODULE_0__/* .databaseRights */ .h.includes(right)));
}


/***/ }),

/***/ 4491:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ watchActivity)
/* harmony export */ });
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8253);
/* harmony import */ var _session_psql_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1793);


/** How long an answer is waited for, in milliseconds: less than until the next line of progress. */
const longestQuestion = 4_000;
/** After so many questions without an answer no more are asked. */
const mostFailures = 3;
/**
 * Prepares questions to the server about what our sessions do in a database. Each is a session of its own, the only one besides those
 * that work, and short; there are none where a server has hardly room for these.
 * @param psql as what works: whoever is another role may not see what its sessions do
 * @param spare how many more sessions the server would have taken, before those that work
 * @param sessions how many work at once
 */
function watchActivity(psql, { major, spareSessions = 0 }, database, sessions) {
    let failures = spareSessions < sessions + sessionsForOthers ? mostFailures : 0;
    return async (over) => {
        if (failures >= mostFailures)
            return undefined;
        const signal = AbortSignal.any([psql.signal, over, AbortSignal.timeout(longestQuestion)]);
        try {
            const asking = { ...psql, signal, hurry: AbortSignal.abort() };
            return describeActivity(await (0,_session_psql_js__WEBPACK_IMPORTED_MODULE_0__/* .ask */ .kA)(asking, database, activityQuery(major)));
        }
        catch {
            failures++;
            return undefined;
        }
    };
}
/** Sessions that are left to others: for the lock of a restore, for this question, and one more. */
const sessionsForOthers = 3;
function describeActivity({ copies, indexes, analyzed }) {
    return {
        copies: copies.map(({ table, rows }) => `COPY ${nameOfTable(table)}${rows > 0 ? ` (${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_1__/* .formatNumber */ .ZV)(rows)} rows)` : ''}`),
        builds: indexes.map(({ table, phase, part }) => `building on ${nameOfTable(table)} (${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_1__/* .plain */ .pj)(phase.replace(/^building index: /, ''))}${percent(part)})`),
        analyzed: analyzed.map(({ table, phase, part }) => `${nameOfTable(table)} (${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_1__/* .plain */ .pj)(phase)}${percent(part)})`),
    };
}
function nameOfTable(table) {
    return table ? (0,_base_format_js__WEBPACK_IMPORTED_MODULE_1__/* .quoted */ .TL)(`${table.schema}.${table.name}`) : 'a table';
}
function percent(part) {
    return part === null ? '' : ` ${Math.floor(100 * Math.min(1, part))} %`;
}
/**
 * The views have rows for all databases, and nothing but numbers of processes for sessions that this role may not look into.
 * `pg_stat_progress_analyze` came with 13, `pg_stat_progress_copy` with 14.
 * https://www.postgresql.org/docs/current/progress-reporting.html
 */
function activityQuery(major) {
    const list = (view, columns) => `(SELECT coalesce(json_agg(json_build_object('table', ${tableAtWork}, ${columns}) ORDER BY p.pid), '[]')
      FROM ${view} AS p JOIN ours ON ours.pid = p.pid WHERE p.relid IS NOT NULL)`;
    const none = `'[]'::json`;
    return `WITH ours AS MATERIALIZED (SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
      AND application_name = current_setting('application_name'))
  SELECT json_build_object(
    'copies', ${major >= 14 ? list('pg_stat_progress_copy', `'rows', tuples_processed`) : none},
    'indexes', ${list('pg_stat_progress_create_index', `'phase', phase, 'part', ${builtPart}`)},
    'analyzed', ${major >= 13 ? list('pg_stat_progress_analyze', `'phase', phase, 'part', ${analyzedPart}`) : none})`;
}
const tableAtWork = `(SELECT json_build_object('schema', nspname, 'name', relname)
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace WHERE c.oid = p.relid)`;
const part = (done, all) => `round(${done}::numeric / nullif(${all}, 0), 3)::float8`;
/** Rows are sampled first; the statistics are computed from them after that, column by column. */
const analyzedPart = `CASE WHEN phase LIKE 'acquiring %' THEN ${part('sample_blks_scanned', 'sample_blks_total')} END`;
/** Blocks are counted while the table is read, rows while the index is written. */
const builtPart = `CASE WHEN phase LIKE '%scanning table' THEN ${part('blocks_done', 'blocks_total')}
        WHEN phase LIKE '%loading tuples%' THEN ${part('tuples_done', 'tuples_total')} END`;


/***/ }),

/***/ 4157:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Id: () => (/* binding */ insertedRows),
/* harmony export */   Ve: () => (/* binding */ dumpedBytes),
/* harmony export */   u5: () => (/* binding */ estimatedContent)
/* harmony export */ });
/* harmony import */ var _session_psql_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1793);

/** Tables that belong neither to the system nor to an extension. */
const ownTables = `pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    LEFT JOIN pg_stat_user_tables AS s ON s.relid = c.oid
  WHERE c.relkind IN ('r', 'p') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM pg_depend AS d
      WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`;
/**
 * Asks for what a database holds, by the statistics that the server keeps anyway: nothing is counted, and no table is locked.
 * @returns an estimate; undefined if the server did not say
 */
async function estimatedContent(psql, database) {
    return (0,_session_psql_js__WEBPACK_IMPORTED_MODULE_0__/* .ask */ .kA)(psql, database, `SELECT json_build_object(
      'tables', count(*) FILTER (WHERE NOT c.relispartition),
      'rows', coalesce(sum(CASE WHEN c.reltuples > 0 THEN c.reltuples ELSE s.n_live_tup END) FILTER (WHERE c.relkind = 'r'), 0)::bigint)
    FROM ${ownTables}`).catch(() => undefined);
}
/**
 * Asks how much room rows and large objects take on the server, in bytes: what is dumped, without indexes.
 * @returns undefined if the server did not say
 */
async function dumpedBytes(psql, database) {
    return (0,_session_psql_js__WEBPACK_IMPORTED_MODULE_0__/* .ask */ .kA)(psql, database, `SELECT (coalesce(sum(pg_table_size(c.oid)), 0) + pg_table_size('pg_largeobject'))::bigint
    FROM ${ownTables} AND c.relkind = 'r'`).catch(() => undefined);
}
/**
 * How many rows were put into the tables of a database that is new, as the server has counted them.
 * https://www.postgresql.org/docs/current/monitoring-stats.html (n_tup_ins)
 * @returns undefined if it did not, or did not say
 */
async function insertedRows(psql, database) {
    const rows = await (0,_session_psql_js__WEBPACK_IMPORTED_MODULE_0__/* .ask */ .kA)(psql, database, `SELECT coalesce(sum(s.n_tup_ins), 0)::bigint FROM ${ownTables} AND c.relkind = 'r' AND current_setting('track_counts') = 'on'`).catch(() => 0);
    return rows > 0 ? rows : undefined;
}


/***/ }),

/***/ 6245:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ databasesOfExtensions)
/* harmony export */ });
/* harmony import */ var _session_psql_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1793);
/* harmony import */ var _session_sql_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4953);
/* harmony import */ var _server_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2221);



/** https://github.com/citusdata/pg_cron/blob/main/README.md: such a parameter is shown only to those who may see all settings. */
const databaseParameters = new Map([['pg_cron', 'cron.database_name']]);
/**
 * Finds the extensions that can be created only in the database that a server parameter names: pg_cron, and others that
 * call it as pg_cron does.
 * @param extensions with the schemas that belong to them
 * @returns by their names
 * @throws Failure if the server can't be reached or refuses
 */
async function databasesOfExtensions(psql, database, extensions) {
    const questions = extensions.flatMap(({ name, schemas }) => [...new Set([name, name.replace(/^pg_/, ''), ...schemas])].map((prefix) => {
        const setting = (0,_session_sql_text_js__WEBPACK_IMPORTED_MODULE_1__/* .literal */ .eu)(`${prefix}.database_name`);
        return `SELECT json_build_object('name', ${(0,_session_sql_text_js__WEBPACK_IMPORTED_MODULE_1__/* .literal */ .eu)(name)}, 'setting', ${setting}, 'value', current_setting(${setting}, true))
  WHERE current_setting(${setting}, true) <> '';\n`;
    }));
    if (questions.length === 0)
        return new Map();
    // The question about a parameter that is not shown to this role, or whose name is none, is an error of its own.
    const script = `\\set ON_ERROR_STOP 0\n${questions.join('')}`;
    const output = await (0,_server_js__WEBPACK_IMPORTED_MODULE_2__/* .explainingErrors */ .ng)(psql, database, () => (0,_session_psql_js__WEBPACK_IMPORTED_MODULE_0__/* .runScript */ .j3)(psql, database, script));
    const found = new Map();
    for (const { name } of extensions) {
        const setting = databaseParameters.get(name);
        if (setting !== undefined)
            found.set(name, { setting, value: undefined });
    }
    for (const line of output.split('\n').filter((part) => part !== '')) {
        const { name, ...one } = JSON.parse(line);
        found.set(name, one);
    }
    return found;
}


/***/ }),

/***/ 8079:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   QY: () => (/* binding */ assertNoCluster),
/* harmony export */   hv: () => (/* binding */ assertSupported)
/* harmony export */ });
/* unused harmony export problemWithServer */
/* harmony import */ var _base_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7306);
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8253);
/* harmony import */ var _errors_shared_advice_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3588);



/** The oldest server that the action is meant for. */
const oldestMajor = 12;
/** Why the action does not work with what answered, and what to do; undefined if it does. */
function problemWithServer({ version, major, direct }) {
    if (!direct) {
        return {
            cause: 'a connection pooler answers there, not the server itself',
            advice: _errors_shared_advice_js__WEBPACK_IMPORTED_MODULE_1__/* .poolerAdvice */ .Sy,
        };
    }
    if (major >= oldestMajor)
        return undefined;
    return {
        cause: `it is PostgreSQL ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_2__/* .plain */ .pj)(version)}, and this action needs at least version ${oldestMajor}`,
        advice: `Upgrade the server to ${oldestMajor} or newer. Until then, use pg_dump and pg_restore by hand.`,
    };
}
/** Throws a Failure if the action does not work with what answered. */
function assertSupported(server, { address }) {
    const problem = problemWithServer(server);
    if (problem)
        throw new _base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR({ tried: `Looking at the server ${address.host}:${address.port}`, ...problem });
}
/**
 * Throws a Failure if nothing can be restored to this server, since it makes no databases.
 * https://learn.microsoft.com/azure/postgresql/elastic-clusters/concepts-elastic-clusters-limitations
 */
function assertNoCluster({ elasticCluster }, { address }) {
    if (!elasticCluster)
        return;
    throw new _base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR({
        tried: `Looking at the server ${address.host}:${address.port}`,
        cause: 'it is an Azure elastic cluster (Citus), which has one database and refuses CREATE DATABASE',
        advice: 'Restore to a flexible server that is not a cluster (azure_db_host). Only backups work with a cluster.',
    });
}


/***/ }),

/***/ 2221:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ju: () => (/* binding */ databaseSize),
/* harmony export */   O4: () => (/* binding */ restoreFacts),
/* harmony export */   Xb: () => (/* binding */ maintenanceDatabase),
/* harmony export */   ng: () => (/* binding */ explainingErrors),
/* harmony export */   oc: () => (/* binding */ isClient),
/* harmony export */   vS: () => (/* binding */ databaseFacts)
/* harmony export */ });
/* harmony import */ var _base_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7306);
/* harmony import */ var _base_process_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3418);
/* harmony import */ var _errors_explain_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8163);
/* harmony import */ var _session_connection_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1453);
/* harmony import */ var _session_psql_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1793);
/* harmony import */ var _database_names_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6374);






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
const sessions = `(SELECT datid, usesysid, application_name, to_jsonb(a) ->> 'backend_type' AS backend_type
              FROM pg_stat_activity AS a) AS a`;
const version = `
    'version', split_part(current_setting('server_version'), ' ', 1),
    'major', current_setting('server_version_num')::int / 10000,
    'direct', coalesce(current_setting('${_session_connection_js__WEBPACK_IMPORTED_MODULE_3__/* .directConnectionParameter */ .Rv}', true) = 'on', false),
    'spareSessions', least(
      current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
        - coalesce(current_setting('reserved_connections', true)::int, 0)
        - (SELECT count(*) FROM ${sessions} WHERE ${isClient}),
      (SELECT nullif(rolconnlimit, -1) - (SELECT count(*) FROM ${sessions} WHERE usesysid = r.oid)
        FROM pg_roles AS r WHERE rolname = session_user),
      (SELECT nullif(datconnlimit, -1) - (SELECT count(*) FROM ${sessions} WHERE datid = d.oid AND ${isClient})
        FROM pg_database AS d WHERE datname = current_database()))`;
/**
 * Asks about the server and one of its databases, connected to that database.
 * @throws Failure if the server can't be reached or refuses
 */
async function databaseFacts(psql, database) {
    return explainingErrors(psql, database, () => (0,_session_psql_js__WEBPACK_IMPORTED_MODULE_4__/* .ask */ .kA)(psql, database, `SELECT json_build_object(${version},
    'size', pg_database_size(oid),
    'locale', ${localeOf('pg_database')})
  FROM pg_database WHERE datname = current_database()`));
}
/** The database to be in while another one is dropped, made or renamed. */
const maintenanceDatabase = 'postgres';
/**
 * Asks how large a database is on the server's disk. It is not entered, so that nothing which is set for it plays a part.
 * @returns bytes
 * @throws Failure if the server can't be reached or refuses
 */
async function databaseSize(psql, database) {
    return explainingErrors(psql, maintenanceDatabase, () => (0,_session_psql_js__WEBPACK_IMPORTED_MODULE_4__/* .ask */ .kA)(psql, maintenanceDatabase, "SELECT pg_database_size(:'database')", { database }));
}
/**
 * Asks what a restore of `target` would meet. Changes nothing.
 * @throws Failure if the server can't be reached or refuses
 */
async function restoreFacts(psql, target) {
    return explainingErrors(psql, maintenanceDatabase, () => (0,_session_psql_js__WEBPACK_IMPORTED_MODULE_4__/* .ask */ .kA)(psql, maintenanceDatabase, `SELECT json_build_object(${version},
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
      FROM pg_database AS d WHERE d.datname = :'target'))`, { target, mark: _database_names_js__WEBPACK_IMPORTED_MODULE_5__/* .restoreMarkBeginning */ .Vl }));
}
/** Gives an error of psql as a `Failure` that names the server, the database and the role. psql exits with 2 if it could not connect. */
async function explainingErrors(psql, database, work) {
    try {
        return await work();
    }
    catch (error) {
        if (!(error instanceof _base_process_js__WEBPACK_IMPORTED_MODULE_1__/* .ProcessFailure */ .iq))
            throw error;
        throw new _base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR({
            tried: `${error.exitCode === 2 ? 'Connecting to' : 'Asking'} ${(0,_session_connection_js__WEBPACK_IMPORTED_MODULE_3__/* .describeDatabase */ .DZ)(psql.connection, database)}`,
            ...(0,_errors_explain_js__WEBPACK_IMPORTED_MODULE_2__.explainServerError)(error, { role: psql.connection.user, database }),
        }, { cause: error });
    }
}


/***/ }),

/***/ 9236:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ withSessionOverrides),
/* harmony export */   W: () => (/* binding */ asLoginRole)
/* harmony export */ });
/* harmony import */ var _session_psql_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1793);
/* harmony import */ var _server_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2221);


/**
 * What may be set for a database, or for a role in it, and would get in the way of our own sessions there: they would read only,
 * be somebody else, be ended, or not begin at all.
 */
const harmless = [
    ['default_transaction_read_only', 'off', 0],
    ['role', 'none', 0],
    ['statement_timeout', '0', 0],
    ['lock_timeout', '0', 0],
    ['idle_in_transaction_session_timeout', '0', 0],
    ['transaction_timeout', '0', 17],
    ['exit_on_error', 'off', 0],
    ['local_preload_libraries', '', 0],
];
/**
 * The same psql, whose sessions work in a database as if nothing were set for it that hinders them. What they do not ask for is
 * theirs as it is for everybody there. A server ends a session that asks for a parameter which it does not know.
 * https://www.postgresql.org/docs/current/config-setting.html (what a session is started with has its way)
 * @param major of the server
 */
function withSessionOverrides(psql, major) {
    const options = harmless.filter(([, , since]) => major >= since);
    return started(psql, options.map(([name, value]) => `-c ${name}=${value}`));
}
/**
 * The same psql, whose sessions stay who they are where `ALTER DATABASE … SET role` makes everybody another role, who may not be
 * allowed to read everything. What is set for the login role itself is meant, and stays: a group that it works for, perhaps.
 * @throws Failure if the server refuses
 */
async function asLoginRole(psql, database) {
    const ofDatabase = await (0,_server_js__WEBPACK_IMPORTED_MODULE_1__/* .explainingErrors */ .ng)(psql, database, () => (0,_session_psql_js__WEBPACK_IMPORTED_MODULE_0__/* .ask */ .kA)(psql, database, roleOfDatabase));
    return ofDatabase ? started(psql, ['-c role=none']) : psql;
}
/** What is set for a role wins over what is set for a database; a session knows its own `role` only by its effect. */
const roleOfDatabase = `SELECT to_json(current_user <> session_user AND coalesce(bool_or(setrole = 0), false)
    AND NOT coalesce(bool_or(setrole <> 0), false))
  FROM pg_db_role_setting
  WHERE setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
    AND setrole IN (0, (SELECT oid FROM pg_roles WHERE rolname = session_user))
    AND EXISTS (SELECT FROM unnest(setconfig) AS setting WHERE setting LIKE 'role=%')`;
function started(psql, options) {
    const { env } = psql.connection;
    const PGOPTIONS = [env['PGOPTIONS'] ?? '', ...options].join(' ').trim();
    return { ...psql, connection: { ...psql.connection, env: { ...env, PGOPTIONS } } };
}


/***/ }),

/***/ 5928:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   v: () => (/* binding */ connectFailure)
/* harmony export */ });
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8253);
/* harmony import */ var _base_process_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3418);


/** How libpq begins a message when it could not connect, in English by LC_ALL; nothing was done before, where it stands first. */
const notConnected = /^(?:pg_restore: connecting to (?:new )?database[^\n]*\n)*(?:psql: error: |(?:pg_dump|pg_restore): error: (?=connection to |could not translate host name |could not connect ))/;
/**
 * Why a program could not connect; undefined if it could, or ended for another reason. Only what failed before anything was done
 * counts: a session that is lost later, or a worker of pg_restore that connects later, is another matter.
 */
function connectFailure(error) {
    if (!(error instanceof _base_process_js__WEBPACK_IMPORTED_MODULE_0__/* .ProcessFailure */ .iq) || !notConnected.test(error.stderr))
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
    return (0,_base_format_js__WEBPACK_IMPORTED_MODULE_1__/* .inOneLine */ .UX)(text.trim().slice(0, 200));
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


/***/ }),

/***/ 2457:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ psqlCommand)
/* harmony export */ });
/* harmony import */ var _connection_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1453);

/**
 * With other values, which may be set for a database or a role, our questions would be answered otherwise than they are meant. They
 * are psql's alone: a function that a restore calls may depend on what is set.
 */
const ofQuestions = (0,_connection_js__WEBPACK_IMPORTED_MODULE_0__/* .optionsOf */ .cz)({
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
            (0,_connection_js__WEBPACK_IMPORTED_MODULE_0__/* .connectionString */ .cF)(database, connection),
        ],
        env: {
            ...(0,_connection_js__WEBPACK_IMPORTED_MODULE_0__/* .environmentOf */ .p7)(connection),
            PGCLIENTENCODING: 'UTF8',
            PGOPTIONS: `${connection.env['PGOPTIONS'] ?? ''} ${ofQuestions}`,
        },
    };
}


/***/ }),

/***/ 1793:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K9: () => (/* reexport safe */ _psql_command_js__WEBPACK_IMPORTED_MODULE_1__.K),
/* harmony export */   aJ: () => (/* binding */ runWithDatabaseSettings),
/* harmony export */   dm: () => (/* binding */ setCommands),
/* harmony export */   j3: () => (/* binding */ runScript),
/* harmony export */   kA: () => (/* binding */ ask),
/* harmony export */   qA: () => (/* binding */ uninterrupted),
/* harmony export */   v$: () => (/* binding */ emptySearchPath)
/* harmony export */ });
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8253);
/* harmony import */ var _base_process_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3418);
/* harmony import */ var _psql_command_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2457);
/* harmony import */ var _pulse_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4212);
/* harmony import */ var _reconnect_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6976);






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
async function runScript(psql, database, script, variables = {}) {
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
    return (0,_reconnect_js__WEBPACK_IMPORTED_MODULE_3__/* .whenConnected */ .O)(psql, database, () => {
        const command = (0,_psql_command_js__WEBPACK_IMPORTED_MODULE_1__/* .psqlCommand */ .K)(psql, database);
        const input = inputOf(script, variables);
        const asked = { ...command, env: { ...command.env, ...environment }, input, signal: psql.signal };
        return (0,_base_process_js__WEBPACK_IMPORTED_MODULE_0__/* .run */ .eF)(asked, onOutput);
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
        over.abort(new DOMException(`it took longer than ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_4__/* .formatDuration */ .a3)(milliseconds)}`, 'TimeoutError'));
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
async function ask(psql, database, query, variables = {}) {
    const script = `SET LOCAL search_path TO '' \\; ${query};`;
    const input = inputOf(script, variables);
    const answer = await (0,_reconnect_js__WEBPACK_IMPORTED_MODULE_3__/* .whenConnected */ .O)(psql, database, () => (0,_pulse_js__WEBPACK_IMPORTED_MODULE_2__/* .whileAnswered */ .f)(psql, database, (signal) => (0,_base_process_js__WEBPACK_IMPORTED_MODULE_0__/* .run */ .eF)({ ...(0,_psql_command_js__WEBPACK_IMPORTED_MODULE_1__/* .psqlCommand */ .K)(psql, database), input, signal })));
    return JSON.parse(answer);
}


/***/ }),

/***/ 4212:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ whileAnswered),
/* harmony export */   h: () => (/* binding */ watchPulse)
/* harmony export */ });
/* harmony import */ var _base_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7306);
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8253);
/* harmony import */ var _base_process_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3418);
/* harmony import */ var _connect_failure_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5928);
/* harmony import */ var _connection_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1453);
/* harmony import */ var _psql_command_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2457);






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
        lost.abort(new _base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR({
            tried: `${told.tried} ${(0,_connection_js__WEBPACK_IMPORTED_MODULE_3__/* .describeDatabase */ .DZ)(psql.connection, database)}`,
            cause: `the server ${told.before}has not answered for ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_5__/* .formatDuration */ .a3)(silence)}`,
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
        await (0,_base_process_js__WEBPACK_IMPORTED_MODULE_1__/* .run */ .eF)({ ...(0,_psql_command_js__WEBPACK_IMPORTED_MODULE_4__/* .psqlCommand */ .K)(psql, database), input: 'SELECT 1;', signal });
        return true;
    }
    catch (error) {
        const failure = (0,_connect_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .connectFailure */ .v)(error);
        return failure !== undefined && (failure.answered || failure.kind === 'final');
    }
}


/***/ }),

/***/ 6976:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  I: () => (/* binding */ startConnected),
  O: () => (/* binding */ whenConnected)
});

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: ./build/base/process.js + 1 modules
var process = __webpack_require__(3418);
// EXTERNAL MODULE: ./build/postgres/session/connect-failure.js
var connect_failure = __webpack_require__(5928);
// EXTERNAL MODULE: ./build/postgres/session/connection.js
var connection = __webpack_require__(1453);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./build/base/patience.js
var base_patience = __webpack_require__(7705);
// EXTERNAL MODULE: ./build/base/failure.js
var failure = __webpack_require__(7306);
// EXTERNAL MODULE: ./build/base/format.js
var format = __webpack_require__(8253);
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

// EXTERNAL MODULE: ./build/postgres/session/psql-command.js
var psql_command = __webpack_require__(2457);
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
        const after = (0,base_patience/* pauseBefore */.GB)(++rounds, patience);
        let first = { error: known };
        let last = known;
        const attempt = async () => {
            const password = first ? used : admission.password;
            try {
                const { error } = first ?? {};
                first = undefined;
                if (error !== undefined)
                    throw error;
                await (0,process/* run */.eF)({ ...(0,psql_command/* psqlCommand */.K)(psql, database), input: '', signal });
            }
            catch (error) {
                if (!signal.aborted)
                    last = error;
                const failure = (0,connect_failure/* connectFailure */.v)(error);
                if (!failure || passwords === mostPasswords)
                    throw error;
                if (!(await hasAnotherPassword(failure, admission, insistence, password)))
                    throw error;
                await (0,promises_.setTimeout)(passwords++ * patience.pause, undefined, { signal });
            }
        };
        const left = timeLeft();
        const judge = (error) => {
            const failure = (0,connect_failure/* connectFailure */.v)(error);
            return failure && isRetried(failure) ? { why: failure.said, after, within: left(failure) } : undefined;
        };
        const what = `Connecting to ${address.host}:${address.port}`;
        try {
            await (0,base_patience/* patiently */.d_)(what, attempt, { patience, signal, info, judge });
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
            if (!insistence || psql.hurry?.aborted || !(0,connect_failure/* connectFailure */.v)(error))
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
    const stdout = new external_node_stream_.PassThrough();
    let heard = performance.now();
    const finished = whenConnected({ ...psql, signal }, database, async () => {
        const running = (0,process/* start */.ni)({ ...command, env: (0,connection/* environmentOf */.p7)(psql.connection), signal });
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


/***/ })

};
