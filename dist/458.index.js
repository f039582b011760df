export const id = 458;
export const ids = [458];
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

/***/ 5458:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  list: () => (/* binding */ list)
});

// EXTERNAL MODULE: ./build/base/format.js
var format = __webpack_require__(8253);
// EXTERNAL MODULE: ./build/jobs/archive/recorded-backups.js
var recorded_backups = __webpack_require__(3928);
// EXTERNAL MODULE: ./build/jobs/archive/what-there-is.js
var what_there_is = __webpack_require__(6844);
// EXTERNAL MODULE: ./build/jobs/archive/recorded-time.js
var recorded_time = __webpack_require__(4598);
;// CONCATENATED MODULE: ./build/jobs/list/age.js




const advice = 'Look at the last runs of the workflow that makes the backups, and at whether its schedule is still on: GitHub disables it in a public repository without activity for 60 days. Then run a backup.';
const ofRetired = 'If a database is not backed up any more, move its backups to another folder or container, or watch the others one by one with db_name.';
/** More databases than these are counted. */
const mostTold = 10;
/**
 * What is wrong where a backup should have come: the newest complete one of some database is older than so many hours, by the account's clock, or
 * there is none. Each database is looked at by itself: the backup of one says nothing of another. Undefined if
 * nothing is wrong.
 */
function problemOfAge(inventory, source, maxAgeHours) {
    const { now } = inventory;
    const own = inventory.backups.filter((0,recorded_backups/* belongsTo */.g4)(source));
    const oldest = new Date(now.getTime() - maxAgeHours * 3_600_000);
    const groups = (0,recorded_backups/* byDatabase */.Bq)(own, source);
    if (groups.size === 0)
        return {
            title: 'No backup',
            state: `There is no backup of ${(0,what_there_is/* describeSource */.B)(source)}.`,
            cause: `max_age_hours is ${maxAgeHours}`,
            advice: (0,what_there_is/* whatThereIs */.V)(inventory),
        };
    const late = [...groups.values()]
        .map((backups) => ({ backups, newest: (0,recorded_backups/* newestWhole */.Ii)(backups, now) }))
        .filter(({ newest }) => newest === undefined || newest.at < oldest);
    const [first] = late;
    if (!first)
        return undefined;
    return {
        title: late.every(({ newest }) => newest === undefined) ? 'No backup' : 'No recent backup',
        state: late.length === 1
            ? `${lateSentence(first, source, now)}.`
            : `Of ${(0,format/* count */.U9)(groups.size, 'database')}, ${late.length} have no recent backup.`,
        cause: [
            `max_age_hours is ${maxAgeHours}${late.length === 1 ? whichOne(first, now) : ''}`,
            ...(late.length === 1
                ? []
                : late.slice(0, mostTold).map((one) => `- ${lateSentence(one, source, now)}`)),
            ...(late.length > mostTold ? [`- and ${late.length - mostTold} more`] : []),
        ].join('\n'),
        advice: source.database === '' ? `${advice}\n${ofRetired}` : advice,
    };
}
function lateSentence({ backups, newest }, source, now) {
    const [{ database = '', host = '' } = {}] = backups;
    const whose = (0,what_there_is/* describeSource */.B)({ database, hosts: source.hosts ?? [host] });
    return newest
        ? `The newest complete backup of ${whose} is from ${(0,format/* formatTime */.fU)(newest.at)} (${(0,format/* formatAge */.nV)(now.getTime() - newest.at.getTime())})`
        : `There is no complete backup of ${whose}`;
}
/** Which one that is, if there is one, and what is newer and does not count. */
function whichOne({ backups, newest }, now) {
    const newer = newest ? backups.slice(0, backups.indexOf(newest)) : backups; // the newest come first
    const wrong = newer.filter((backup) => (0,recorded_time/* hasWrongTime */.b)(backup, now)).length;
    const parts = newer.length - wrong;
    const besides = [
        ...(parts > 0
            ? [`${(0,format/* count */.U9)(parts, newest ? 'newer one' : 'backup')} with only a part of the database`]
            : []),
        ...(wrong > 0 ? [`${wrong} with a recorded time that cannot be right`] : []),
    ].join(' and ');
    if (!newest)
        return `; ${besides} not counted`;
    return `, and the newest complete backup is ${(0,format/* quoted */.TL)(newest.name)}${besides === '' ? '' : `; ${besides} not counted`}`;
}

;// CONCATENATED MODULE: ./build/jobs/list/shrunk.js



/** More warnings of this kind help nobody. */
const mostShrunk = 5;
/**
 * What is to be warned of: the newest backup of a database on a server has less than half of the size of the one before, although both have
 * all of it.
 * @param backups the newest first
 */
function warningsOfShrinking(backups, now, source) {
    const comparable = backups.filter((backup) => backup.part === undefined && !(0,recorded_time/* hasWrongTime */.b)(backup, now));
    const warnings = [...(0,recorded_backups/* byDatabase */.Bq)(comparable, source).values()].flatMap(([newest, before]) => {
        if (!newest || !before || newest.size * 2 >= before.size)
            return [];
        const otherwise = newest.compression === before.compression
            ? 'Check whether rows are missing in the database.'
            : `Its compression is ${(0,format/* quoted */.TL)(newest.compression)}, that of the one before ${(0,format/* quoted */.TL)(before.compression)}; if that is not the reason, check whether rows are missing in the database.`;
        return [
            `The newest backup of ${(0,format/* quoted */.TL)(newest.database)} on ${(0,format/* quoted */.TL)(newest.host)} has shrunk by more than half: ${(0,format/* quoted */.TL)(newest.name)} has ${(0,format/* formatBytes */.z3)(newest.size)}, the one before, ${(0,format/* quoted */.TL)(before.name)}, ${(0,format/* formatBytes */.z3)(before.size)}.\n${otherwise}`,
        ];
    });
    return warnings.length > mostShrunk
        ? [
            ...warnings.slice(0, mostShrunk),
            `The newest backups of ${warnings.length - mostShrunk} more databases have shrunk by more than half.`,
        ]
        : warnings;
}

;// CONCATENATED MODULE: ./build/jobs/list/table.js


/** More lines help nobody who reads the log; the output `backups` has more. */
const mostRows = 300;
/** The backups as lines of the log, the newest first, in columns; names, which may be long, come last. */
function tableOfListed(backups, now) {
    if (backups.length === 0)
        return [];
    const head = ['DATE', 'AGE', 'SIZE', 'SERVER', 'COMPRESSION', 'TIER', 'VERIFIED', 'FILE'];
    const hasOneHost = new Set(backups.map(({ host }) => host)).size === 1;
    const rows = [head, ...backups.slice(0, mostRows).map((backup) => cellsOf(backup, now, hasOneHost))];
    const widths = head.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
    const lines = rows.map((cells) => cells
        .map((cell, column) => (column < head.length - 1 ? cell.padEnd(widths[column] ?? 0) : cell))
        .join('  '));
    const left = backups.length - mostRows;
    return left > 0 ? [...lines, `… and ${left} older ones`] : lines;
}
function cellsOf(backup, now, hasOneHost) {
    const { at, size, serverVersion, compression, tier, verifiedAt, name, part, protection } = backup;
    const age = (0,recorded_time/* hasWrongTime */.b)(backup, now)
        ? 'wrong clock'
        : (0,format/* formatAge */.nV)(Math.max(0, now.getTime() - at.getTime()));
    const remarks = [
        ...(hasOneHost ? [] : [`on ${(0,format/* quoted */.TL)(backup.host)}`]),
        ...(protection === undefined ? [] : [`protected: ${(0,format/* quoted */.TL)(protection)}`]),
        ...(backup.hasLegalHold ? ['legal hold'] : []),
        ...(backup.immutableUntil && backup.immutableUntil > now
            ? [`immutable until ${(0,format/* formatTime */.fU)(backup.immutableUntil)}`]
            : []),
        ...(part === undefined ? [] : [`leaves a part out: ${(0,format/* quoted */.TL)(part)}`]),
    ];
    return [
        (0,format/* formatTime */.fU)(at),
        age,
        (0,format/* formatBytes */.z3)(size),
        orDash(serverVersion),
        orDash(compression),
        orDash(tier),
        verifiedAt ? (0,format/* formatTime */.fU)(verifiedAt) : 'no',
        [(0,format/* quoted */.TL)(name), ...remarks].join(', '),
    ];
}
function orDash(text) {
    return text === '' ? '-' : (0,format/* plain */.pj)(text);
}

// EXTERNAL MODULE: ./build/jobs/open-store.js
var open_store = __webpack_require__(301);
;// CONCATENATED MODULE: ./build/jobs/list.js







/**
 * Lists the backups of a database, or of all of them, and looks whether the newest one came: it is not too old, and did not shrink by more
 * than half. Works with the container alone, and changes nothing.
 * @throws Failure if the container cannot be listed
 */
async function list(asked, step) {
    const clock = performance.now();
    const { source, maxAgeHours } = asked;
    const store = await (0,open_store/* openStore */.C)(asked, step);
    const title = source.database === '' ? 'List the backups' : `List the backups of ${(0,format/* quoted */.TL)(source.database)}`;
    return step.phase(title, async () => {
        const inventory = await (0,recorded_backups/* inventoryOf */.o8)(store, step.signal);
        const backups = inventory.backups.filter((0,recorded_backups/* belongsTo */.g4)(source));
        const others = inventory.backups.length - backups.length;
        step.info(`Backups of ${(0,what_there_is/* describeSource */.B)(source)}: ${backups.length}`);
        for (const line of tableOfListed(backups, inventory.now))
            step.info(line);
        step.info(`Besides, in the same folder: backups of others ${others}, other files ${inventory.foreign}`);
        for (const warning of warningsOfShrinking(backups, inventory.now, source))
            step.warn(warning);
        const problem = maxAgeHours === undefined ? undefined : problemOfAge(inventory, source, maxAgeHours);
        return {
            ...{ job: 'list', source, backups, others, foreign: inventory.foreign, now: inventory.now },
            place: (0,open_store/* placeToShow */.u)(asked.store),
            duration: performance.now() - clock,
            ...(problem && { problem }),
        };
    });
}


/***/ }),

/***/ 301:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ openStore),
/* harmony export */   u: () => (/* binding */ placeToShow)
/* harmony export */ });
/* harmony import */ var _azure_audience_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4576);
/* harmony import */ var _azure_storage_backup_store_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9798);
/* harmony import */ var _sign_in_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2042);



/**
 * Signs in, and opens the container of the backups, for a job that works with that alone.
 * @throws Failure
 */
async function openStore({ principal, store, patience }, step) {
    const credential = await step.phase('Sign in to Azure', () => (0,_sign_in_js__WEBPACK_IMPORTED_MODULE_1__/* .signInFor */ .q)({ principal, patience }, _azure_audience_js__WEBPACK_IMPORTED_MODULE_2__/* .storageScope */ .s, step));
    return (0,_azure_storage_backup_store_js__WEBPACK_IMPORTED_MODULE_0__/* .openBackupStore */ .i)(store, credential, { patience, info: step.info });
}
/** Where the backups are, for people. */
function placeToShow({ accountUrl, container, folder }) {
    return { container, host: new URL(accountUrl).host, folder };
}


/***/ })

};
