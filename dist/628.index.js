export const id = 628;
export const ids = [628];
export const modules = {

/***/ 6844:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ describeSource),
/* harmony export */   V: () => (/* binding */ whatThereIs)
/* harmony export */ });
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8253);

/** How many databases are named where there are no backups of the one that is meant. */
const mostGroups = 10;
/** `"app" on "db.example.com" or "old.example.com"`, `every database on every server` */
function describeSource({ database, hosts }) {
    const where = hosts === undefined ? 'every server' : hosts.map(_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .quoted */ .TL).join(' or ');
    return `${database === '' ? 'every database' : (0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .quoted */ .TL)(database)} on ${where}`;
}
/** What there is where there are no backups of those that are meant, and what to check: it may be a name that somebody mistyped. */
function whatThereIs({ backups, foreign }) {
    const groups = [...Map.groupBy(backups, ({ database, host }) => `${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .quoted */ .TL)(database)} on ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .quoted */ .TL)(host)}`)];
    const lines = groups
        .slice(0, mostGroups)
        .map(([whose, those]) => `- ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9)(those.length, 'backup')} of ${whose}`);
    const more = groups.length > mostGroups ? [`- and of ${groups.length - mostGroups} more`] : [];
    return groups.length === 0
        ? `There is no backup of any database there, and ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9)(foreign, 'other file')}. Check storage_container_name and blob_prefix.`
        : `Check db_name and azure_db_host, or source_db_name and source_db_host (upper and lower case of a database's name count). There are:\n${[...lines, ...more].join('\n')}`;
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

/***/ 2966:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  aK: () => (/* binding */ askFirst),
  EP: () => (/* binding */ connectionFor),
  Mx: () => (/* binding */ fetchLogin),
  Br: () => (/* binding */ prepareClient),
  iA: () => (/* binding */ psqlOf),
  uX: () => (/* binding */ readLoginWith),
  w4: () => (/* binding */ signInForVault),
  xu: () => (/* binding */ takeClient)
});

// EXTERNAL MODULE: ./node_modules/@azure/core-rest-pipeline/dist/esm/index.js + 37 modules
var esm = __webpack_require__(1818);
// EXTERNAL MODULE: ./node_modules/@azure/keyvault-secrets/dist/esm/index.js + 31 modules
var dist_esm = __webpack_require__(3917);
// EXTERNAL MODULE: ./build/base/failure.js
var failure = __webpack_require__(7306);
// EXTERNAL MODULE: ./build/base/format.js
var format = __webpack_require__(8253);
// EXTERNAL MODULE: ./build/base/patience.js
var base_patience = __webpack_require__(7705);
// EXTERNAL MODULE: ./build/azure/audience.js
var audience = __webpack_require__(4576);
// EXTERNAL MODULE: ./build/azure/deadline.js
var deadline = __webpack_require__(2902);
// EXTERNAL MODULE: ./build/azure/request-json.js
var request_json = __webpack_require__(6136);
// EXTERNAL MODULE: ./build/base/shell.js
var shell = __webpack_require__(9650);
// EXTERNAL MODULE: ./build/base/system-errors.js
var system_errors = __webpack_require__(1703);
// EXTERNAL MODULE: ./build/azure/not-azure.js
var not_azure = __webpack_require__(983);
// EXTERNAL MODULE: ./build/azure/passing.js
var passing = __webpack_require__(8167);
// EXTERNAL MODULE: ./build/azure/rest-error.js
var rest_error = __webpack_require__(3343);
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
    const client = new dist_esm/* SecretClient */._V(vaultUrl, (0,audience/* restrictedTo */.L)(scope, credential), {
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
            const { id, value } = (0,request_json/* responseOf */.lR)(request, response, mask);
            if (response.status !== 200)
                return response;
            const { status: statusCode } = response;
            const seen = { statusCode, request, response: { ...response, bodyAsText: null } };
            if (typeof value !== 'string')
                throw new esm/* RestError */.pj('the response contains no secret', seen);
            if (typeof id === 'string' && URL.canParse(id) && new URL(id).pathname.startsWith('/secrets/'))
                return response;
            (0,request_json/* maskSecretParts */["do"])(mask, response.bodyAsText);
            throw new esm/* RestError */.pj('the response does not name its secret', seen);
        },
    };
}

// EXTERNAL MODULE: ./build/postgres/client/obtain.js + 14 modules
var obtain = __webpack_require__(5997);
// EXTERNAL MODULE: ./build/postgres/server/fit-server.js
var fit_server = __webpack_require__(8079);
// EXTERNAL MODULE: ./build/postgres/session/connection.js
var connection = __webpack_require__(1453);
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

// EXTERNAL MODULE: ./build/jobs/sign-in.js + 6 modules
var sign_in = __webpack_require__(2042);
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
    return (0,sign_in/* signInFor */.q)(request, vaultScope(request), step);
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
    const clients = await (0,obtain/* lookForClients */.V)(request.client, request.job === 'backup', step);
    const psql = psqlOf(await clients.any(), connection, step);
    const server = await askFirst(request, login, psql, ask, step);
    const client = await takeClient(request, server, clients, oldestReader, step);
    return { client, connection, server, psql: psqlOf(client, connection, step) };
}
/** How the programs reach the server with a login. @throws Failure if the machine has nothing to verify it by */
function connectionFor({ server, patience }, login, { scratch, info }) {
    return (0,connection/* prepareConnection */.a_)(server, login, scratch, { patience, info, readPassword: login.readPassword });
}
/** The `psql` of a client. */
function psqlOf(client, connection, { signal }) {
    return { program: client.psql, connection, signal };
}
/** Puts the first questions to a server. @throws Failure if it cannot be reached, refuses, or is none that the action works with */
async function askFirst({ secrets }, login, psql, ask, step) {
    const server = await explainRejectedLogin(login, secrets, step, () => ask(psql));
    (0,fit_server/* assertSupported */.hv)(server, psql.connection);
    return server;
}
/** Takes the client that is best for a server. @throws Failure if there is none */
async function takeClient({ server: { sslMode } }, { major, version }, clients, oldestReader, step) {
    const need = { server: major, ...(oldestReader !== undefined && { oldestReader }) };
    const client = await clients.choose(need, version);
    if ((0,connection/* isUnverified */.sU)({ sslMode }) && client.major < 16)
        step.warn(mayTellPassword(sslMode, client));
    return client;
}
function mayTellPassword(mode, { version }) {
    return (`Set ssl_mode to verify-full, or use a client 16 or newer. With ssl_mode ${mode} an impostor of the server is not detected, and ` +
        `client ${version} sends it the password in clear text if asked to.`);
}


/***/ }),

/***/ 9569:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g2: () => (/* binding */ findClients),
/* harmony export */   yS: () => (/* binding */ folderOf)
/* harmony export */ });
/* unused harmony exports foldersOfEnvironment, programIn */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _actions_exec__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1955);
/* harmony import */ var _install_tool_cache_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4767);
/* harmony import */ var _versions_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7271);





/** The folder that a client's programs are in, as it was found. */
function folderOf({ pgDump }) {
    return node_path__WEBPACK_IMPORTED_MODULE_1__.dirname(pgDump);
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
    const folders = [...foldersOfEnvironment(process.env), ...packaged, ...(await (0,_install_tool_cache_js__WEBPACK_IMPORTED_MODULE_3__/* .cachedClientFolders */ .Fc)())];
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
    return [...PATH.split(node_path__WEBPACK_IMPORTED_MODULE_1__.delimiter), PGBIN].filter((folder) => node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute(folder));
}
/** Where a folder has a program, by the name that the system gives it. */
function programIn(folder, name, platform = process.platform) {
    return node_path__WEBPACK_IMPORTED_MODULE_1__.join(folder, platform === 'win32' ? `${name}.exe` : name);
}
async function clientIn(folder, signal) {
    const programs = {
        psql: programIn(folder, 'psql'),
        pgDump: programIn(folder, 'pg_dump'),
        pgRestore: programIn(folder, 'pg_restore'),
    };
    try {
        await Promise.all(Object.values(programs).map((program) => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.access)(program, node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.constants.X_OK)));
        // Debian's /usr/bin/pg_dump is a script that chooses a version by rules of its own; the real ones are found anyway.
        if ((await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(programs.pgDump)).endsWith('/pg_wrapper'))
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
    const { stdout } = await (0,_actions_exec__WEBPACK_IMPORTED_MODULE_2__/* .getExecOutput */ .H)(commandLine, ['--version'], { env, silent: true });
    return (0,_versions_js__WEBPACK_IMPORTED_MODULE_4__/* .parseVersion */ .ot)(stdout);
}
async function expand(pattern) {
    const star = pattern.indexOf('*');
    if (star === -1)
        return [pattern];
    const parent = node_path__WEBPACK_IMPORTED_MODULE_1__.dirname(pattern.slice(0, star + 1));
    const prefix = node_path__WEBPACK_IMPORTED_MODULE_1__.basename(pattern.slice(0, star + 1)).slice(0, -1);
    const rest = pattern.slice(star + 1);
    const names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(parent).catch(() => []);
    return names.filter((name) => name.startsWith(prefix)).map((name) => node_path__WEBPACK_IMPORTED_MODULE_1__.join(parent, name) + rest);
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

/***/ 5997:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  V: () => (/* binding */ lookForClients)
});

// EXTERNAL MODULE: ./build/base/failure.js
var failure = __webpack_require__(7306);
// EXTERNAL MODULE: ./build/base/format.js
var format = __webpack_require__(8253);
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

// EXTERNAL MODULE: ./build/postgres/client/find.js
var find = __webpack_require__(9569);
// EXTERNAL MODULE: ./build/postgres/client/versions.js
var client_versions = __webpack_require__(7271);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/postgres/client/install/tool-cache.js
var tool_cache = __webpack_require__(4767);
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
    const versions = [...clients].map(([major, version]) => [major, (0,client_versions/* upstreamVersion */.mm)(version)]);
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
    step.info(`PostgreSQL ${(0,format/* plain */.pj)(version)}; using psql, pg_dump and pg_restore ${client.version} (${reason}) from ${(0,find/* folderOf */.yS)(client)}, ` +
        `ready in ${(duration / 1_000).toFixed(1)} s`);
    const fixed = (0,client_versions/* fixedVersion */.FF)(client.version);
    if (fixed !== undefined)
        step.warn(`Update client ${client.version} in ${(0,find/* folderOf */.yS)(client)} to ${fixed} or newer. A malicious server can exploit older ` +
            'clients when they read large objects (CVE-2026-6477).');
    const cache = (0,tool_cache/* toolCache */.XW)();
    const newest = cache === undefined ? undefined : await (0,tool_cache/* readNewest */.L6)(cache);
    const latest = newest?.versions[client.major];
    if (newest && latest !== undefined && (0,client_versions/* isOlderMinor */.oi)(client.version, latest))
        step.info(`There is a newer client, ${latest}, as of ${newest.asked.slice(0, 10)}. ${renewal(client, cache)}`);
}
/** A client of the tool cache is renewed by deleting it; any other by whoever installed it. */
function renewal(client, cache = '') {
    const folder = (0,find/* folderOf */.yS)(client);
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
    const found = clients.map((client) => `${client.version} (${(0,find/* folderOf */.yS)(client)})`).join(', ') || 'none';
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
    let clients = await timed(() => (0,find/* findClients */.g2)(step.signal, known));
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
                clients = await (0,find/* findClients */.g2)(step.signal, known);
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


/***/ }),

/***/ 7271:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FF: () => (/* binding */ fixedVersion),
/* harmony export */   mm: () => (/* binding */ upstreamVersion),
/* harmony export */   oi: () => (/* binding */ isOlderMinor),
/* harmony export */   ot: () => (/* binding */ parseVersion)
/* harmony export */ });
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
