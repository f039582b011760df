export const id = 273;
export const ids = [273];
export const modules = {

/***/ 1703:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
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

/***/ 8273:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   makeScratch: () => (/* binding */ makeScratch)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _base_failure_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7306);
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8253);
/* harmony import */ var _base_system_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1703);





/**
 * Makes a private folder (mode 0700) for the step's files.
 * @param parent that it is to lie in
 * @throws Failure if that folder takes none
 */
async function makeScratch(parent) {
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)(node_path__WEBPACK_IMPORTED_MODULE_1__.join(parent, 'postgres-azure-backup-'));
    }
    catch (cause) {
        throw new _base_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .Failure */ .HR({
            tried: `Making a folder for the step's files in ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_4__/* .quoted */ .TL)(parent)}`,
            cause: (0,_base_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .causeOf */ .rl)(cause),
            advice: "The runner sets RUNNER_TEMP itself (_temp in its work folder): see that it exists, and that the runner's user may write to it.",
            ...(0,_base_system_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .explainSystemError */ .T)(cause),
            state: 'Nothing was changed.',
        }, { cause });
    }
}


/***/ })

};
