export const id = 983;
export const ids = [983];
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

/***/ 6136:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   SS: () => (/* binding */ requestJson),
/* harmony export */   "do": () => (/* binding */ maskSecretParts),
/* harmony export */   kh: () => (/* binding */ requestPipeline),
/* harmony export */   lR: () => (/* binding */ responseOf)
/* harmony export */ });
/* harmony import */ var _azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1818);
/* harmony import */ var _deadline_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2902);
/* harmony import */ var _json_response_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7118);
/* harmony import */ var _rest_error_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3343);




/** Hides what may be secret in an answer that is not what it should be. */
function maskSecretParts(mask, body) {
    mask(Object.fromEntries((0,_json_response_js__WEBPACK_IMPORTED_MODULE_2__/* .secretPartsOf */ .K0)(body).map((part, index) => [`part ${index} of an answer`, part])));
}
/**
 * How something small is asked for: through the runner's proxy, once, and never where an answer redirects to.
 * @param limit for the whole answer, in milliseconds
 */
function requestPipeline(limit) {
    const pipeline = (0,_azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__/* .createPipelineFromOptions */ .Fp)({ retryOptions: { maxRetries: 0 } });
    pipeline.removePolicy({ name: _azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__/* .redirectPolicyName */ .Ou });
    pipeline.addPolicy((0,_deadline_js__WEBPACK_IMPORTED_MODULE_1__/* .answerWithin */ .o)(limit).policy);
    return pipeline;
}
/**
 * Gets an object of JSON. Of an answer that is anything else, what may be secret is hidden, and nothing is ever shown.
 * @throws RestError for any other status than 200 and any other answer, or if there is none
 */
async function requestJson(pipeline, { url, headers = {}, mask, signal }) {
    const request = (0,_azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__/* .createPipelineRequest */ .G6)({ url, headers: (0,_azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__/* .createHttpHeaders */ .Nc)(headers), abortSignal: signal });
    const response = await pipeline.sendRequest((0,_azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__/* .createDefaultHttpClient */ .fl)(), request);
    const fields = responseOf(request, response, mask);
    const { status: statusCode } = response;
    if (statusCode !== 200)
        throw new _azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__/* .RestError */ .pj('the request was refused', { statusCode, request, response });
    return fields;
}
/**
 * The fields of an answer that is an object of JSON, a refusal perhaps.
 * @throws RestError for any other; what may be secret in it is hidden, and the error has nothing of it
 */
function responseOf(request, response, mask) {
    const { status: statusCode, bodyAsText } = response;
    const answer = (0,_json_response_js__WEBPACK_IMPORTED_MODULE_2__/* .readJson */ .Vh)(bodyAsText);
    if ('fields' in answer)
        return answer.fields;
    maskSecretParts(mask, bodyAsText);
    const readable = { ...response, bodyAsText: null };
    const said = statusCode >= 300 && statusCode < 400 ? _rest_error_js__WEBPACK_IMPORTED_MODULE_3__/* .redirected */ .cP : answer.problem;
    throw new _azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__/* .RestError */ .pj(said, { statusCode, request, response: readable });
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
/* harmony export */   H0: () => (/* binding */ isRefused),
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
async function askAccount(access, what, attempt, { signal, limit, patience = access.patience, judge = (error) => passingOf(access, error), info = access.info, queued, }) {
    try {
        const signed = async (own) => {
            await access.signIn(own);
            return (0,_base_patience_js__WEBPACK_IMPORTED_MODULE_0__/* .withLimit */ .Ko)(limit, own, attempt);
        };
        const answer = await (0,_base_patience_js__WEBPACK_IMPORTED_MODULE_0__/* .patiently */ .d_)(what, signed, {
            ...{ patience, signal, info, ...(queued && { queued }) },
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
/**
 * Whether an answer says that nothing was done. One of a time-out, or of a fault of the service, does not:
 * https://learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes
 */
function isRefused(error) {
    if (!(0,_rest_error_js__WEBPACK_IMPORTED_MODULE_2__/* .isRestError */ .T0)(error))
        return false;
    const { statusCode = 500 } = error; // none if no answer came
    return statusCode < 500 ? statusCode !== 408 : (0,_rest_error_js__WEBPACK_IMPORTED_MODULE_2__/* .detailOf */ .Rw)(error).code === 'ServerBusy';
}


/***/ }),

/***/ 9798:
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
    if ((0,blob_properties/* isFolder */.lQ)(properties.metadata)) {
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
                cause: 'the blob is in the archive tier, where it can be neither read nor changed',
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
/** What to do instead, with the newest backups of the database, and of the one that the name is of; undefined if they are not known. */
async function otherBackups(access, name, database, signal) {
    const ofDatabase = database === '' ? undefined : `${access.folder}${(0,backup_names/* backupPrefix */.nY)(database)}`;
    const prefixes = [...new Set([(0,backup_names/* partsOfBackupName */.Td)(name)?.prefix, ofDatabase])].filter((prefix) => prefix !== undefined);
    if (prefixes.length === 0)
        return undefined;
    const listed = await Promise.all(prefixes.map((prefix) => newestBackups(access, prefix, mostOthersListed, signal)));
    const known = listed.filter((list) => list !== undefined);
    return known.length < prefixes.length ? undefined : describeOthers(prefixes, known.flat());
}
/** What to do where a backup is missing: the newest of the others, or where to look if there are none. */
function describeOthers(prefixes, backups) {
    const kinds = prefixes.map((prefix) => (0,format/* quoted */.TL)(`${prefix}…`)).join(' or ');
    if (backups.length === 0)
        return `No such backup, and none named ${kinds} in this container. Check backup_file_name (names are case-sensitive), blob_prefix and storage_container_name.`;
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

// EXTERNAL MODULE: ./build/azure/storage/listing.js
var listing = __webpack_require__(694);
// EXTERNAL MODULE: ./build/azure/storage/new-backup.js + 5 modules
var new_backup = __webpack_require__(9891);
// EXTERNAL MODULE: ./build/azure/storage/read-backup.js + 3 modules
var read_backup = __webpack_require__(3971);
// EXTERNAL MODULE: ./build/azure/storage/upkeep/probe.js
var probe = __webpack_require__(521);
// EXTERNAL MODULE: ./build/base/patience.js
var patience = __webpack_require__(7705);
// EXTERNAL MODULE: ./build/azure/storage/upkeep/errors.js
var upkeep_errors = __webpack_require__(1416);
;// CONCATENATED MODULE: ./build/azure/storage/upkeep/record.js






/**
 * Replaces what is written down with a blob, if it is still the one that was looked at. Where an answer got lost, the blob has another
 * ETag by then if the request was carried out: what is written down with it tells.
 * @returns its new ETag
 * @throws Failure
 */
async function recordMetadata(access, blob, metadata, signal) {
    const { name } = blob;
    const conditions = (0,upkeep_errors/* onlyIfSame */.yT)(access, 'record', blob);
    const client = access.container.getBlobClient(name);
    const written = await keysAsWritten(access, name, signal);
    const asWritten = Object.fromEntries(Object.entries(metadata).map(([key, value]) => [written.get(key.toLowerCase()) ?? key, value]));
    const { answer } = access.patience;
    /** Whether a request was sent that may have been carried out, or may yet be. */
    let unknown = false;
    const attempt = async (own) => {
        const before = unknown;
        unknown = true;
        try {
            const write = (abortSignal) => client.setMetadata(asWritten, { abortSignal, conditions });
            return String((await (0,patience/* withLimit */.Ko)(answer, own, write)).etag);
        }
        catch (error) {
            if ((0,rest_error/* isRestError */.T0)(error) && (0,rest_error/* detailOf */.Rw)(error).code === 'ConditionNotMet') {
                const found = await (0,patience/* withLimit */.Ko)(answer, own, (look) => (0,blob_properties/* existingBlob */.Zh)(client, look));
                if (before && found && isSame(found, metadata))
                    return String(found.etag);
                unknown = false; // none of the requests can be carried out any more
                if (!found)
                    throw (0,upkeep_errors/* deletedMeanwhile */.e_)();
            }
            else if ((0,storage_access/* isRefused */.H0)(error))
                unknown = before;
            throw error;
        }
    };
    try {
        return await (0,storage_access/* askAccount */.r5)(access, `Writing the metadata of ${(0,format/* quoted */.TL)(name)}`, attempt, { signal });
    }
    catch (error) {
        signal.throwIfAborted();
        throw (0,upkeep_errors/* changeFailure */.Fs)(access, 'record', name, error, unknown);
    }
}
/**
 * The keys of a blob's metadata by the same in lower case, as headers tell them: what somebody else wrote down stays as it was written.
 * Lists tell that; where they do not come in a few seconds, the keys stay as they are given.
 */
async function keysAsWritten(access, name, signal) {
    const soon = AbortSignal.any([signal, AbortSignal.timeout(blob_properties/* curiosity */.oU)]);
    const attempt = async (abortSignal) => {
        // The first of all names that begin like this is this one.
        const options = { prefix: name, includeMetadata: true, abortSignal };
        const pages = access.container.listBlobsFlat(options).byPage({ maxPageSize: 1 });
        const [first] = (await pages.next()).value?.segment.blobItems ?? [];
        return first?.name === name ? Object.keys(first.metadata ?? {}) : [];
    };
    const asking = { signal: soon, limit: access.patience.answer, info: () => { } };
    const keys = await (0,storage_access/* askAccount */.r5)(access, `Listing ${(0,format/* quoted */.TL)(name)}`, attempt, asking).catch(() => []);
    signal.throwIfAborted();
    return new Map(keys.map((key) => [key.toLowerCase(), key]));
}
/** Keys are told in lower case, whatever they were written in. */
function isSame({ metadata: found = {} }, wanted) {
    const lower = (of) => JSON.stringify(Object.entries(of)
        .map(([key, value]) => [key.toLowerCase(), value])
        .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)));
    return lower(found) === lower(wanted);
}

// EXTERNAL MODULE: ./build/azure/storage/upkeep/remove.js
var remove = __webpack_require__(8915);
// EXTERNAL MODULE: ./build/azure/storage/upkeep/settings.js
var settings = __webpack_require__(1610);
;// CONCATENATED MODULE: ./build/azure/storage/upkeep/safety.js


/**
 * What can be seen of how the account keeps what is deleted or replaced, as far as the rights of the sign-in go. None of it is waited for
 * longer than a few seconds.
 * @param probe what was seen when one was written
 */
async function safetyOf(access, signal, probe) {
    const [service, container, account] = await Promise.all([
        (0,settings/* settingOf */.y)(access, signal, (abortSignal) => access.account?.getProperties({ abortSignal })),
        (0,settings/* settingOf */.y)(access, signal, (abortSignal) => access.container.getProperties({ abortSignal })),
        (0,settings/* settingOf */.y)(access, signal, (abortSignal) => access.container.getAccountInfo({ abortSignal })),
    ]);
    signal.throwIfAborted();
    return {
        softDelete: softDelete(service, probe),
        containerSoftDelete: { state: 'unknown', detail: 'Azure tells it to its administrators only' },
        versioning: versioning(container, probe),
        immutability: immutability(container),
        hierarchicalNamespace: hierarchicalNamespace(account, probe),
    };
}
/** A policy that is told counts; else what became of the probe, which says nothing where its versions are kept. */
function softDelete(service, probe) {
    const policy = 'told' in service ? service.told.deleteRetentionPolicy : undefined;
    if (policy !== undefined) {
        const days = policy.days === undefined ? '' : `for ${(0,format/* count */.U9)(policy.days, 'day')}`;
        return policy.enabled ? { state: 'on', detail: days } : { state: 'off', detail: '' };
    }
    if (probe?.isKept !== undefined && probe.isVersioned === false)
        return { state: probe.isKept ? 'on' : 'off', detail: '' };
    return { state: 'unknown', detail: 'why' in service ? service.why : 'the account does not tell it' };
}
function versioning(container, probe) {
    if ('told' in container && container.told.isImmutableStorageWithVersioningEnabled)
        return { state: 'on', detail: '' };
    if (probe?.isVersioned !== undefined)
        return { state: probe.isVersioned ? 'on' : 'off', detail: '' };
    return { state: 'unknown', detail: 'only a blob that is written tells it' };
}
function immutability(container) {
    if ('why' in container)
        return { state: 'unknown', detail: container.why };
    const { hasImmutabilityPolicy, hasLegalHold, isImmutableStorageWithVersioningEnabled } = container.told;
    const kinds = [
        ...(hasImmutabilityPolicy ? ['a policy on the container'] : []),
        ...(hasLegalHold ? ['a legal hold on the container'] : []),
        ...(isImmutableStorageWithVersioningEnabled ? ['policies for single versions'] : []),
    ];
    if (kinds.length > 0)
        return { state: 'on', detail: kinds.join(', ') };
    if (hasImmutabilityPolicy === undefined && hasLegalHold === undefined)
        return { state: 'unknown', detail: 'the account does not tell it' };
    return { state: 'off', detail: '' };
}
function hierarchicalNamespace(account, probe) {
    if (probe?.isHierarchical)
        return { state: 'on', detail: '' };
    if ('why' in account)
        return { state: 'unknown', detail: account.why };
    const { isHierarchicalNamespaceEnabled: isOn } = account.told;
    if (isOn === undefined)
        return { state: 'unknown', detail: 'the account does not tell it' };
    return { state: isOn ? 'on' : 'off', detail: '' };
}

// EXTERNAL MODULE: ./build/azure/storage/wire/http-client.js
var http_client = __webpack_require__(2394);
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
        await (0,patience/* unlessAborted */.Wh)(getting, signal); // others wait for the same token
    };
}

;// CONCATENATED MODULE: ./build/azure/storage/backup-store.js















/** Signs every request with a token for Blob Storage. The SDK tries nothing again: `askAccount` does, and nothing is tried on two levels. */
function openBackupStore(place, credential, manner) {
    const restricted = (0,audience/* restrictedTo */.L)(audience/* storageScope */.s, credential);
    let clockError;
    const onDate = (date) => {
        clockError = Date.now() - date.getTime();
    };
    const account = new esm/* BlobServiceClient */.wS(place.accountUrl, restricted, {
        retryOptions: { maxTries: 1 },
        httpClient: (0,http_client/* blobHttpClient */.x6)(onDate),
    });
    const container = account.getContainerClient(place.container);
    const { folder } = place;
    return backupStore(container, { ...manner, folder, account, clockError: () => clockError }, tokenKeeper(restricted));
}
/**
 * @param container its client, however it signs its requests
 * @param signIn see `Access`
 */
function backupStore(container, { patience, info, folder, account, clockError = () => undefined, }, signIn = async () => { }) {
    const access = {
        ...{ container, folder, patience, info, signIn, proven: false, reached: false },
        ...(account && { account }),
    };
    return {
        ...{ folder, clockError },
        begin: (name, signal, tier) => (0,new_backup/* beginBackup */.Gu)(access, name, signal, tier),
        find: (name, database, signal) => findBackup(access, name, database, signal),
        list: (prefix, most, signal) => newestBackups(access, prefix, most, signal),
        inventory: (signal) => (0,listing/* inventoryOfBlobs */.G)(access, signal),
        remove: (blob, signal) => (0,remove/* removeBlob */.u)(access, blob, signal),
        record: (blob, metadata, signal) => recordMetadata(access, blob, metadata, signal),
        probe: (signal, tier) => (0,probe/* probeFolder */.$)(access, signal, tier),
        safety: (signal, probe) => safetyOf(access, signal, probe),
        whyKept: (signal) => (0,settings/* keptContainer */.U)(access, signal),
        metadata: (name, signal) => (0,blob_properties/* metadataOf */.Nk)(access, name, signal),
        readStart: (backup, bytes, signal) => (0,read_backup/* readStart */.H6)(access, backup, bytes, signal),
        appendStart: (backup, range, file, signal) => (0,read_backup/* appendStart */.V$)(access, backup, range, file, signal),
        download: (backup, file, listener, signal) => (0,read_backup/* downloadBackup */.$s)(access, backup, file, listener, signal),
        stream: (backup, signal) => (0,read_backup/* streamBackup */.p1)(access, backup, signal),
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
const rehydrate = 'Move the blob to the hot, cool or cold tier, wait until that is done, then run the job again. At standard priority this takes up to ' +
    '15 hours; at high priority, which costs more, often less than one for a blob below 10 GB. Azure charges an early deletion fee for a ' +
    'blob that has been in the archive tier for less than 180 days. A lifecycle rule of the account may archive it again.';
const rehydrationPending = 'Wait until that is done, up to 15 hours at standard priority, then run the job again. Setting the tier again with ' +
    '--rehydrate-priority High makes it faster, and costs more.';
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
/* harmony export */   Zh: () => (/* binding */ existingBlob),
/* harmony export */   lQ: () => (/* binding */ isFolder),
/* harmony export */   oU: () => (/* binding */ curiosity)
/* harmony export */ });
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8253);
/* harmony import */ var _rest_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3343);
/* harmony import */ var _access_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8954);



/**
 * Asks for a blob's properties, which is the first that every job asks of the account.
 * @throws RestError and Error as `askAccount`
 */
function propertiesOf(access, name, signal) {
    const client = access.container.getBlockBlobClient(name);
    return (0,_access_js__WEBPACK_IMPORTED_MODULE_1__/* .askAccount */ .r5)(access, `Looking for ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .TL)(name)}`, (abortSignal) => client.getProperties({ abortSignal }), {
        signal,
        limit: access.patience.answer,
    });
}
/** A blob, by one request; undefined if there is none. */
async function existingBlob(client, abortSignal) {
    try {
        return await client.getProperties({ abortSignal });
    }
    catch (error) {
        if ((0,_rest_error_js__WEBPACK_IMPORTED_MODULE_0__/* .isRestError */ .T0)(error) && (0,_rest_error_js__WEBPACK_IMPORTED_MODULE_0__/* .detailOf */ .Rw)(error).code === 'BlobNotFound')
            return undefined;
        throw error;
    }
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
/**
 * Where the account has a hierarchical namespace (Data Lake Storage Gen2), a folder answers as a blob without content would, with this
 * in its metadata. https://learn.microsoft.com/azure/storage/blobs/data-lake-storage-introduction
 */
function isFolder(metadata = {}) {
    return Object.entries(metadata).some(([key, value]) => key.toLowerCase() === 'hdi_isfolder' && value.toLowerCase() === 'true');
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

/***/ 694:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ inventoryOfBlobs)
/* harmony export */ });
/* harmony import */ var _base_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7306);
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8253);
/* harmony import */ var _rest_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3343);
/* harmony import */ var _access_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8954);
/* harmony import */ var _blob_properties_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6317);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4359);






/** How many blobs are listed by one request: with 8 KiB of metadata each, which is the most, an answer of 8 MiB. */
const blobsInPage = 1_000;
/**
 * Lists every blob of the folder, with its metadata. What passes by itself is waited for as long for all pages together as for one
 * request; how many pages there are is not limited, unless the account begins from the front again.
 * @param pageSize how many blobs are listed by one request
 * @throws Failure
 */
async function inventoryOfBlobs(access, signal, pageSize = blobsInPage) {
    const pages = pagesOf(access, signal, pageSize);
    const blobs = [];
    let now;
    try {
        for await (const page of pages) {
            now ??= page.date ?? new Date();
            for (const item of page.segment.blobItems)
                if (!(0,_blob_properties_js__WEBPACK_IMPORTED_MODULE_3__/* .isFolder */ .lQ)(item.metadata))
                    blobs.push(listedBlob(item));
        }
        return { blobs, now: now ?? new Date() };
    }
    catch (error) {
        signal.throwIfAborted();
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .storageFailure */ .K)(`Listing ${describeFolder(access)}`, error);
    }
}
/** `the blobs in container "backups" on account.blob.core.windows.net`, or those of a folder. */
function describeFolder({ container, folder }) {
    const place = `container ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_5__/* .quoted */ .TL)(container.containerName)} on ${new URL(container.url).host}`;
    return folder === '' ? `the blobs in ${place}` : `the folder ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_5__/* .quoted */ .TL)(folder)} in ${place}`;
}
async function* pagesOf(access, signal, maxPageSize) {
    const { patience } = access;
    const seen = new Set();
    let detail = 'all';
    let left = patience.total;
    for (let token = ''; token !== undefined;) {
        const settings = { maxPageSize, ...(token !== '' && { continuationToken: token }) };
        let failedFirst;
        const ask = (how) => (0,_access_js__WEBPACK_IMPORTED_MODULE_2__/* .askAccount */ .r5)(access, `Listing ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_5__/* .quoted */ .TL)(access.folder)}`, (own) => pageWith(access, how, settings, own), {
            ...{ signal, limit: patience.idle, patience: { ...patience, total: left } },
            judge: (error) => {
                failedFirst ??= performance.now();
                return (0,_access_js__WEBPACK_IMPORTED_MODULE_2__/* .passingOf */ .Xt)(access, error);
            },
        });
        const page = await ask(detail).catch((error) => {
            if (detail === 'metadata' || !mayMeanDetail(error))
                throw error;
            detail = 'metadata';
            return ask(detail);
        });
        if (failedFirst !== undefined)
            left = Math.max(0, left - (performance.now() - failedFirst));
        if (!page)
            return;
        yield page;
        token = page.continuationToken || undefined;
        if (token !== undefined && seen.has(token))
            throw endless();
        if (token !== undefined)
            seen.add(token);
    }
}
/**
 * Whether an answer may be about what was asked for besides: accounts with a hierarchical namespace have no immutability of single blobs,
 * and older ones than the service of today have never heard of it.
 */
function mayMeanDetail(error) {
    return ((0,_rest_error_js__WEBPACK_IMPORTED_MODULE_1__/* .isRestError */ .T0)(error) && (error.statusCode === 400 || error.statusCode === 409 || error.statusCode === 501));
}
async function pageWith({ container, folder }, detail, settings, abortSignal) {
    const isAll = detail === 'all';
    const options = {
        ...{ abortSignal, includeMetadata: true, includeImmutabilityPolicy: isAll, includeLegalHold: isAll },
        ...(folder !== '' && { prefix: folder }),
    };
    const { value, done } = await container.listBlobsFlat(options).byPage(settings).next();
    return done ? undefined : value;
}
function listedBlob({ name, properties, metadata = {} }) {
    const { createdOn, immutabilityPolicyExpiresOn: immutableUntil } = properties;
    return {
        name,
        size: properties.contentLength ?? 0,
        etag: asHeader(properties.etag),
        metadata: Object.fromEntries(Object.entries(metadata).flatMap(([key, value]) => typeof value === 'string' ? [[key.toLowerCase(), value]] : [])),
        ...(createdOn && { createdOn }),
        tier: properties.accessTier ?? '',
        isRehydrating: properties.archiveStatus !== undefined,
        ...(immutableUntil && { immutableUntil }),
        hasLegalHold: properties.legalHold ?? false,
    };
}
/** An ETag as headers have it: lists leave its quotation marks out. */
function asHeader(etag) {
    return etag === '' || etag.startsWith('"') || etag.startsWith('W/') ? etag : `"${etag}"`;
}
function endless() {
    return new _base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR({
        cause: 'the list has no end: the account names a page as the next that it has given before',
        advice: 'Run the job again; if it keeps failing, find out what answers in place of the account.',
    });
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
 * sent again, the blob is looked for, for as long as a commit is tried again. A tier that the account refuses is left out: a backup in
 * another tier is a backup.
 * @throws TakenByAnother, CommitUnknown and CommittedNevertheless
 * @throws RestError what the account refused with; Error if it could not be reached. No blob was made then.
 */
async function commitBlocks(access, client, staged, signal) {
    const { patience } = access;
    let refusedTier;
    /** Whether one was sent that may have been carried out, or may yet be. */
    let unknown = false;
    const isThere = async (own) => {
        const found = await (0,base_patience/* withLimit */.Ko)(patience.answer, own, (abortSignal) => (0,blob_properties/* existingBlob */.Zh)(client, abortSignal));
        if (found && found.metadata?.[uploadIdKey] !== staged.uploadId)
            throw new TakenByAnother('a blob of that name exists');
        return found !== undefined;
    };
    const committed = () => (refusedTier ? { refusedTier } : {});
    const inTier = async (own) => {
        const { tier } = refusedTier ? {} : staged;
        const send = (how) => (0,base_patience/* withLimit */.Ko)(patience.idle, own, (abortSignal) => commit(client, how, abortSignal));
        const { tier: _, ...withoutTier } = staged;
        if (tier === undefined)
            return send(withoutTier);
        await send(staged).catch((error) => {
            if ((0,storage_access/* passingOf */.Xt)(access, error) || !mayMeanTier(error))
                throw error;
            refusedTier = { tier, cause: (0,errors/* explainStorageError */.R)(error).cause };
            return send(withoutTier);
        });
    };
    const attempt = async (own) => {
        if (unknown && (await isThere(own)))
            return;
        const before = unknown;
        unknown = true;
        try {
            await inTier(own);
        }
        catch (error) {
            if (isConflict(error) && (await isThere(own)))
                return;
            if (isConflict(error) || (0,storage_access/* isRefused */.H0)(error))
                unknown = before;
            throw error;
        }
    };
    try {
        await (0,storage_access/* askAccount */.r5)(access, `Committing ${(0,format/* quoted */.TL)(staged.name)}`, attempt, { signal });
        return committed();
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
            return committed();
        throw new CommitUnknown('the outcome is unknown', { cause: error }); // what was not answered may still be carried out
    }
}
/** As Azure writes them. */
const nameOfTier = { hot: 'Hot', cool: 'Cool', cold: 'Cold' };
/**
 * Whether an answer may be about the tier: accounts of premium performance and of the first generation have none, and older services do
 * not know all. Codes for that differ; where it is not the tier, the same answer comes again without it.
 */
function mayMeanTier(error) {
    return (0,rest_error/* isRestError */.T0)(error) && (error.statusCode === 400 || /Tier|NotSupported/.test((0,rest_error/* detailOf */.Rw)(error).code));
}
async function commit(client, { ids, metadata, uploadId, tier }, abortSignal) {
    await client.commitBlockList(ids, {
        abortSignal,
        conditions: { ifNoneMatch: '*' },
        blobHTTPHeaders: { blobContentType: 'application/octet-stream' },
        metadata: { ...metadata, [uploadIdKey]: uploadId },
        ...(tier && { tier: nameOfTier[tier] }),
    });
}
/** Whether an answer says that there is a blob, which may be the one that an earlier attempt has made. */
function isConflict(error) {
    return (0,rest_error/* isRestError */.T0)(error) && (error.statusCode === 409 || error.statusCode === 412);
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
 * @param options `tier`, that of the account if undefined; `most`, how many blocks there may be
 */
function writeBlocks(access, name, signal, { tier, most = mostBlocks } = {}) {
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
        commit: (metadata) => commitBlocks(access, client, { name, ids, metadata, uploadId, ...(tier && { tier }) }, signal),
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
 * @param tier that of the account if undefined
 * @throws Failure if the container can't be reached with these rights
 */
async function beginBackup(access, name, signal, tier) {
    if (await isTaken(access, name, signal))
        return { by: 'blob', ahead: 0 };
    const { container } = access;
    const target = (0,stored_backup/* describeBlob */.f)(container, name);
    const writer = writeBlocks(access, name, signal, { ...(tier && { tier }) });
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

/***/ 3971:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  V$: () => (/* binding */ appendStart),
  $s: () => (/* binding */ downloadBackup),
  H6: () => (/* binding */ readStart),
  p1: () => (/* binding */ streamBackup)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./build/base/chunks.js
var base_chunks = __webpack_require__(7936);
// EXTERNAL MODULE: ./build/base/format.js
var format = __webpack_require__(8253);
// EXTERNAL MODULE: ./build/azure/storage/access.js
var storage_access = __webpack_require__(8954);
// EXTERNAL MODULE: ./build/base/failure.js
var failure = __webpack_require__(7306);
// EXTERNAL MODULE: ./build/base/patience.js
var base_patience = __webpack_require__(7705);
// EXTERNAL MODULE: ./build/azure/rest-error.js
var rest_error = __webpack_require__(3343);
// EXTERNAL MODULE: ./build/azure/storage/wire/http-client.js
var http_client = __webpack_require__(2394);
;// CONCATENATED MODULE: ./build/azure/storage/download/blob-reader.js






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

;// CONCATENATED MODULE: ./build/azure/storage/download/prefix-hash.js

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

;// CONCATENATED MODULE: ./build/azure/storage/download/range-download.js




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

// EXTERNAL MODULE: ./build/azure/storage/errors.js
var errors = __webpack_require__(4359);
// EXTERNAL MODULE: ./build/azure/storage/stored-backup.js
var stored_backup = __webpack_require__(8590);
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

/***/ 1416:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fs: () => (/* binding */ changeFailure),
/* harmony export */   e_: () => (/* binding */ deletedMeanwhile),
/* harmony export */   lY: () => (/* binding */ isOutdated),
/* harmony export */   yT: () => (/* binding */ onlyIfSame)
/* harmony export */ });
/* harmony import */ var _base_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7306);
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8253);
/* harmony import */ var _rest_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3343);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4359);
/* harmony import */ var _stored_backup_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8590);





const doing = { delete: 'Deleting', record: 'Writing the metadata of' };
const done = {
    delete: 'was deleted',
    record: 'has the new metadata',
};
const immutable = {
    BlobImmutableDueToPolicy: 'An immutability policy keeps it as it is. Wait until the policy no longer holds for it, then run the job again.',
    BlobImmutableDueToLegalHold: 'A legal hold keeps it as it is. Have the hold removed by whoever set it, then run the job again.',
};
/** What to do about Azure's codes where they mean something else than to a backup or restore. */
const advices = {
    delete: {
        ConditionNotMet: 'It was changed after it was looked at, and was not deleted. Run the job again.',
        ...immutable,
        SnapshotsPresent: 'It has snapshots, which this action did not make and does not delete. Delete them first if nobody needs them.',
        AuthorizationPermissionMismatch: 'The role of azure_client_id lets it read blobs and not delete them. Assign the role "Storage Blob Data Contributor" on the container, or a custom role with the data action Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete, to the identity that deletes backups.',
        LeaseIdMissing: 'Somebody has leased it. Wait until the lease has ended, or break it, then run the job again.',
    },
    record: {
        ConditionNotMet: 'It was changed after it was looked at, and was left as it is. Run the job again.',
        ...immutable,
        BlobNotFound: 'It was deleted after it was looked at.',
        BlobArchived: 'Metadata of a blob in the archive tier cannot be changed. Move it to the hot, cool or cold tier first.',
        BlobBeingRehydrated: 'Metadata of a blob cannot be changed while it is moved out of the archive tier. Wait until that is done, then run the job again.',
        AuthorizationPermissionMismatch: 'The role of azure_client_id lets it read blobs and not write them. Assign the role "Storage Blob Data Contributor" on the container to it, wait a few minutes until it takes effect, then run the job again.',
        LeaseIdMissing: 'Somebody has leased it. Wait until the lease has ended, or break it, then run the job again.',
    },
};
/**
 * The condition under which a blob is changed: that it is the one which was looked at. Without an ETag there would be none, and whatever is
 * there by then would be changed.
 * @throws Failure if the ETag is empty
 */
function onlyIfSame({ container }, change, { name, etag }) {
    if (etag !== '')
        return { ifMatch: etag };
    throw new _base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR({
        tried: `${doing[change]} ${(0,_stored_backup_js__WEBPACK_IMPORTED_MODULE_3__/* .describeBlob */ .f)(container, name)}`,
        cause: 'the account told no ETag of it, so nothing tells whether it is still what was looked at',
        advice: 'It was left as it is. Check whether something between the runner and the account changes answers, such as a proxy.',
    });
}
/** What a blob met that was to be changed and is not there any more, where the account does not say so itself. */
function deletedMeanwhile() {
    return new _base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR({
        cause: 'the blob is not there any more',
        advice: advices.record['BlobNotFound'] ?? '',
    });
}
/**
 * What a change of a blob met, as a `Failure`.
 * @param unknown whether a request was sent that may have been carried out
 */
function changeFailure({ container }, change, name, error, unknown) {
    const tried = `${doing[change]} ${(0,_stored_backup_js__WEBPACK_IMPORTED_MODULE_3__/* .describeBlob */ .f)(container, name)}`;
    const failure = (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .storageFailure */ .K)(tried, error);
    const explanation = { tried, ...failure.explanation };
    const code = (0,_rest_error_js__WEBPACK_IMPORTED_MODULE_1__/* .isRestError */ .T0)(error) ? (0,_rest_error_js__WEBPACK_IMPORTED_MODULE_1__/* .detailOf */ .Rw)(error).code : '';
    const advice = advices[change][code] ?? explanation.advice;
    const state = unknown ? { state: `It is not known whether ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_4__/* .quoted */ .TL)(name)} ${done[change]}.` } : {};
    return new _base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR({ ...explanation, advice, ...state }, { cause: failure.cause });
}
/** Whether a change was refused because the blob is no longer the one that was looked at. */
function isOutdated(error) {
    const cause = error instanceof _base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR ? error.cause : undefined;
    return (0,_rest_error_js__WEBPACK_IMPORTED_MODULE_1__/* .isRestError */ .T0)(cause) && (0,_rest_error_js__WEBPACK_IMPORTED_MODULE_1__/* .detailOf */ .Rw)(cause).code === 'ConditionNotMet';
}


/***/ }),

/***/ 521:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ probeFolder),
/* harmony export */   T: () => (/* binding */ isProbe)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _base_failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7306);
/* harmony import */ var _blob_properties_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6317);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4359);
/* harmony import */ var _listing_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(694);
/* harmony import */ var _new_backup_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9891);
/* harmony import */ var _read_backup_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(3971);
/* harmony import */ var _stored_backup_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(8590);
/* harmony import */ var _remove_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(8915);
/* harmony import */ var _settings_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(1610);










/** What the names of these blobs begin with in their folder. */
const probePrefix = '.postgres-azure-backup-probe-';
/** By which one is known that a check has left which was killed. */
const metadata = { purpose: 'probe' };
/** Whether a blob is one of these: it may be somebody else's who looks at the same time. */
function isProbe({ name, metadata: told }) {
    return name.includes(probePrefix) && told['purpose'] === metadata.purpose;
}
const content = Buffer.from('postgres-azure-backup has written this to see whether it can.\n');
/** How long the blob may take to be deleted when the job is ended meanwhile, in milliseconds. */
const timeToDelete = 3_000;
/**
 * Writes a blob into the folder in the way of a backup, reads it and deletes it. Its name is that of no backup, and nobody else's. Where
 * the container's policy would keep it, a block of it is staged only, which needs the same right, is no blob, and is gone after a week.
 * @param tier that of the account if undefined
 */
async function probeFolder(access, signal, tier) {
    const name = `${access.folder}${probePrefix}${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(8).toString('hex')}`;
    const kept = await (0,_settings_js__WEBPACK_IMPORTED_MODULE_8__/* .keptContainer */ .U)(access, signal);
    if (kept !== undefined) {
        const skipped = `nothing was published to try it: ${kept}, and the blob could not be deleted`;
        const write = await stepOutcome(() => stageOnly(access, name, signal), signal);
        return { name, write, read: { skipped }, remove: { skipped }, unpublished: kept };
    }
    const probe = {
        name,
        write: { skipped: 'not tried' },
        read: { skipped: 'nothing was written' },
        remove: { skipped: 'nothing was written' },
    };
    try {
        probe.write = await stepOutcome(async () => {
            Object.assign(probe, await writeProbe(access, name, signal, tier));
        }, signal);
        if (probe.write === 'passed')
            probe.read = await stepOutcome(async () => {
                Object.assign(probe, await readProbe(access, name, signal));
            }, signal);
    }
    finally {
        // What was not answered may have been carried out.
        const own = signal.aborted ? AbortSignal.timeout(timeToDelete) : signal;
        const removed = await stepOutcome(async () => {
            const { isKept } = await (0,_remove_js__WEBPACK_IMPORTED_MODULE_7__/* .deleteBlob */ .j)(access, { name, etag: '*' }, own);
            if (isKept !== undefined)
                probe.isKept = isKept;
        }, own).catch((error) => (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .storageFailure */ .K)(`Deleting ${(0,_stored_backup_js__WEBPACK_IMPORTED_MODULE_9__/* .describeBlob */ .f)(access.container, name)}`, error));
        if (probe.write === 'passed')
            probe.remove = removed;
    }
    signal.throwIfAborted();
    await deleteLeft(access, signal);
    return probe;
}
/** From which age on a blob of this kind is one that nobody will delete any more, in milliseconds. */
const leftAfter = 3_600_000;
/** Deletes what checks have left that were killed. That it cannot is no error: the probe itself tells that. */
async function deleteLeft(access, signal) {
    const soon = AbortSignal.any([signal, AbortSignal.timeout(_blob_properties_js__WEBPACK_IMPORTED_MODULE_2__/* .curiosity */ .oU)]);
    const quiet = { ...access, folder: `${access.folder}${probePrefix}`, info: () => { } };
    try {
        const { blobs, now } = await (0,_listing_js__WEBPACK_IMPORTED_MODULE_4__/* .inventoryOfBlobs */ .G)(quiet, soon);
        for (const blob of blobs) {
            const age = now.getTime() - (blob.createdOn ?? now).getTime();
            if (isProbe(blob) && age > leftAfter)
                await (0,_remove_js__WEBPACK_IMPORTED_MODULE_7__/* .deleteBlob */ .j)(quiet, blob, soon);
        }
    }
    catch {
        signal.throwIfAborted();
    }
}
async function stepOutcome(work, signal) {
    try {
        await work();
        return 'passed';
    }
    catch (error) {
        signal.throwIfAborted();
        if (error instanceof _base_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Failure */ .HR)
            return error;
        throw error;
    }
}
async function writeProbe(access, name, signal, tier) {
    const begun = await beginProbe(access, name, signal, tier);
    try {
        await begun.write(content);
        await begun.flush();
        return await begun.commit(metadata);
    }
    finally {
        begun.abandon();
    }
}
async function stageOnly(access, name, signal) {
    const begun = await beginProbe(access, name, signal);
    try {
        await begun.write(content);
        await begun.flush();
    }
    finally {
        begun.abandon();
    }
}
async function beginProbe(access, name, signal, tier) {
    const begun = await (0,_new_backup_js__WEBPACK_IMPORTED_MODULE_5__/* .beginBackup */ .Gu)(access, name, signal, tier);
    if ('by' in begun) {
        throw new _base_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Failure */ .HR({
            tried: `Writing ${(0,_stored_backup_js__WEBPACK_IMPORTED_MODULE_9__/* .describeBlob */ .f)(access.container, name)}`,
            cause: 'the account says that this name, which was drawn by lot, is taken',
            advice: 'Find out what answers in place of the account.',
        });
    }
    return begun;
}
async function readProbe(access, name, signal) {
    const tried = `Reading ${(0,_stored_backup_js__WEBPACK_IMPORTED_MODULE_9__/* .describeBlob */ .f)(access.container, name)}`;
    const properties = await (0,_blob_properties_js__WEBPACK_IMPORTED_MODULE_2__/* .propertiesOf */ .P1)(access, name, signal).catch((error) => {
        signal.throwIfAborted();
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .storageFailure */ .K)(tried, error);
    });
    const size = properties.contentLength ?? 0;
    const stored = {
        ...{ name, url: access.container.getBlobClient(name).url, size },
        ...{ etag: String(properties.etag), metadata: properties.metadata ?? {} },
    };
    if (!(await (0,_read_backup_js__WEBPACK_IMPORTED_MODULE_6__/* .readStart */ .H6)(access, stored, size, signal)).equals(content)) {
        throw new _base_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Failure */ .HR({
            tried,
            cause: 'what was read is not what was written',
            advice: 'Find out what changes it between the runner and the account: a proxy, or a rule of the account.',
        });
    }
    // Only accounts with a hierarchical namespace tell whom a blob belongs to.
    const { headers } = properties._response;
    return {
        isVersioned: properties.versionId !== undefined,
        ...((headers.contains('x-ms-resource-type') || headers.contains('x-ms-owner')) && {
            isHierarchical: true,
        }),
    };
}


/***/ }),

/***/ 8915:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ deleteBlob),
/* harmony export */   u: () => (/* binding */ removeBlob)
/* harmony export */ });
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8253);
/* harmony import */ var _base_patience_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7705);
/* harmony import */ var _rest_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3343);
/* harmony import */ var _access_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8954);
/* harmony import */ var _blob_properties_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6317);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1416);






/**
 * Deletes a blob if it is still the one that was looked at. One that has snapshots is refused by Azure, and stays: they are somebody
 * else's. An account may say of a blob that is not there that it is another. Where an answer got lost, a blob that is not there afterwards counts as deleted by this.
 * @returns `gone` if somebody else has deleted it
 * @throws Failure
 */
async function removeBlob(access, blob, signal) {
    return (await deleteBlob(access, blob, signal)).came;
}
/**
 * Deletes a blob, as `removeBlob` does.
 * @throws Failure
 */
async function deleteBlob(access, blob, signal) {
    const { name } = blob;
    const conditions = (0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .onlyIfSame */ .yT)(access, 'delete', blob);
    const client = access.container.getBlobClient(name);
    const { answer } = access.patience;
    /** Whether a request was sent that may have been carried out, or may yet be. */
    let unknown = false;
    const attempt = async (own) => {
        const before = unknown;
        unknown = true;
        try {
            const send = (abortSignal) => client.delete({ abortSignal, conditions });
            const { _response } = await (0,_base_patience_js__WEBPACK_IMPORTED_MODULE_0__/* .withLimit */ .Ko)(answer, own, send);
            const isPermanent = _response.headers.get('x-ms-delete-type-permanent');
            return { came: 'removed', ...(isPermanent !== undefined && { isKept: isPermanent === 'false' }) };
        }
        catch (error) {
            const code = (0,_rest_error_js__WEBPACK_IMPORTED_MODULE_1__/* .isRestError */ .T0)(error) ? (0,_rest_error_js__WEBPACK_IMPORTED_MODULE_1__/* .detailOf */ .Rw)(error).code : '';
            const isMissing = code === 'BlobNotFound' ||
                (code === 'ConditionNotMet' && !(await (0,_base_patience_js__WEBPACK_IMPORTED_MODULE_0__/* .withLimit */ .Ko)(answer, own, (look) => (0,_blob_properties_js__WEBPACK_IMPORTED_MODULE_3__/* .existingBlob */ .Zh)(client, look))));
            if (isMissing)
                return { came: before ? 'removed' : 'gone' };
            // It is there, and is another: none of the requests can be carried out any more.
            if (code === 'ConditionNotMet')
                unknown = false;
            else if ((0,_access_js__WEBPACK_IMPORTED_MODULE_2__/* .isRefused */ .H0)(error))
                unknown = before;
            throw error;
        }
    };
    try {
        return await (0,_access_js__WEBPACK_IMPORTED_MODULE_2__/* .askAccount */ .r5)(access, `Deleting ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_5__/* .quoted */ .TL)(name)}`, attempt, { signal });
    }
    catch (error) {
        signal.throwIfAborted();
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .changeFailure */ .Fs)(access, 'delete', name, error, unknown);
    }
}


/***/ }),

/***/ 1610:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ keptContainer),
/* harmony export */   y: () => (/* binding */ settingOf)
/* harmony export */ });
/* harmony import */ var _rest_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3343);
/* harmony import */ var _access_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8954);
/* harmony import */ var _blob_properties_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6317);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4359);




/** Asks for a setting of the account or the container, for a few seconds at most. Throws nothing, also when the signal is aborted. */
async function settingOf(access, signal, ask) {
    const soon = AbortSignal.any([signal, AbortSignal.timeout(_blob_properties_js__WEBPACK_IMPORTED_MODULE_2__/* .curiosity */ .oU)]);
    const attempt = async (own) => ask(own);
    const judge = (error) => (0,_rest_error_js__WEBPACK_IMPORTED_MODULE_0__/* .isRestError */ .T0)(error) && error.statusCode === 403 ? undefined : (0,_access_js__WEBPACK_IMPORTED_MODULE_1__/* .passingOf */ .Xt)(access, error);
    try {
        const limit = access.patience.answer;
        const told = await (0,_access_js__WEBPACK_IMPORTED_MODULE_1__/* .askAccount */ .r5)(access, 'Asking for settings', attempt, {
            ...{ signal: soon, limit, judge, info: () => { } },
        });
        return told === undefined ? { why: 'the account was not asked' } : { told };
    }
    catch (error) {
        if ((0,_rest_error_js__WEBPACK_IMPORTED_MODULE_0__/* .isRestError */ .T0)(error) && error.statusCode === 403)
            return { why: 'azure_client_id may not see it' };
        return { why: soon.aborted ? 'there was no answer in time' : (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .explainStorageError */ .R)(error).cause };
    }
}
/**
 * Why nothing that is written to the container can be deleted; undefined if it can, or nobody says so.
 */
async function keptContainer(access, signal) {
    const container = await settingOf(access, signal, (abortSignal) => access.container.getProperties({ abortSignal }));
    signal.throwIfAborted();
    if (!('told' in container))
        return undefined;
    const { hasLegalHold, hasImmutabilityPolicy, isImmutableStorageWithVersioningEnabled } = container.told;
    if (hasLegalHold)
        return 'the container has a legal hold';
    // With versions, what is deleted becomes an earlier version.
    if (hasImmutabilityPolicy && !isImmutableStorageWithVersioningEnabled)
        return 'the container has an immutability policy';
    return undefined;
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
 * of more than 100 MiB and answers that say which token they want need 2019-12-12; lists with names that XML cannot hold, 2021-02-12;
 * the cold tier, 2021-12-02, which says no word of what an earlier one is told of a blob in it.
 * https://learn.microsoft.com/rest/api/storageservices/previous-azure-storage-service-versions
 */
const serviceVersion = '2021-12-02';
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
 * @param onDate is given the time that each answer tells
 * @param client by which they are sent
 */
function blobHttpClient(onDate = () => { }, client = (0,_azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__/* .createDefaultHttpClient */ .fl)()) {
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
            const date = new Date(response.headers.get('date') ?? '');
            if (!Number.isNaN(date.getTime()))
                onDate(date);
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

/***/ 2042:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  q: () => (/* binding */ signInFor)
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
// EXTERNAL MODULE: ./build/azure/request-json.js
var request_json = __webpack_require__(6136);
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
        (0,request_json/* maskSecretParts */["do"])(mask, bodyAsText);
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
        const ask = () => (0,request_json/* requestJson */.SS)((0,request_json/* requestPipeline */.kh)(patience.answer), { url: url.href, headers, mask, signal });
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

;// CONCATENATED MODULE: ./build/jobs/sign-in.js

/** Signs in. @param scope of the first token: what is asked first @throws Failure */
async function signInFor({ principal, patience }, scope, { mask, signal, info }) {
    const credential = await signIn(principal, scope, { mask, signal, patience, info });
    info(`Signed in as application ${principal.clientId}`);
    return credential;
}


/***/ })

};
