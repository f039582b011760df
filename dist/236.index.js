export const id = 236;
export const ids = [236];
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


/***/ }),

/***/ 3901:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   prune: () => (/* binding */ prune)
/* harmony export */ });
/* harmony import */ var _open_store_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(301);
/* harmony import */ var _retention_apply_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5125);


/**
 * Deletes the backups of a database that the rules of a retention do not keep: works with the container alone, so that it can run under
 * another identity than the one that makes backups. Where some cannot be deleted, the others are, and the result has the problem.
 * @throws Failure if nothing was deleted
 */
async function prune(request, step) {
    const clock = performance.now();
    const { source, patience } = request;
    const store = await (0,_open_store_js__WEBPACK_IMPORTED_MODULE_0__/* .openStore */ .C)(request, step);
    const { outcome, notes, problem } = await (0,_retention_apply_js__WEBPACK_IMPORTED_MODULE_1__/* .applyRetention */ .d)(store, request, patience, step);
    return {
        ...{ job: 'prune', source, outcome, notes },
        place: (0,_open_store_js__WEBPACK_IMPORTED_MODULE_0__/* .placeToShow */ .u)(request.store),
        duration: performance.now() - clock,
        ...(problem && { problem }),
    };
}


/***/ })

};
