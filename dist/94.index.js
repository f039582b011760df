export const id = 94;
export const ids = [94];
export const modules = {

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

/***/ 8094:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   protect: () => (/* binding */ protect)
/* harmony export */ });
/* harmony import */ var _azure_storage_upkeep_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1416);
/* harmony import */ var _base_failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7306);
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8253);
/* harmony import */ var _archive_metadata_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6355);
/* harmony import */ var _archive_recorded_backups_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3928);
/* harmony import */ var _open_store_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(301);






/**
 * Protects a backup from every retention, with the reason for that, or lifts its protection. All else that is recorded with it stays as
 * it is, and so does its content.
 * @throws Failure
 */
async function protect(asked, step) {
    const clock = performance.now();
    const { job, backupFileName } = asked;
    try {
        const store = await (0,_open_store_js__WEBPACK_IMPORTED_MODULE_4__/* .openStore */ .C)(asked, step);
        const title = `${job === 'protect' ? 'Protect' : 'Unprotect'} ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_5__/* .quoted */ .TL)(backupFileName)}`;
        const done = await step.phase(title, () => changeProtection(store, asked, step));
        return { job, ...done, place: (0,_open_store_js__WEBPACK_IMPORTED_MODULE_4__/* .placeToShow */ .u)(asked.store), duration: performance.now() - clock };
    }
    catch (error) {
        if (!(error instanceof _base_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Failure */ .HR) || error.explanation.state !== undefined)
            throw error;
        const state = `The protection of ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_5__/* .quoted */ .TL)(backupFileName)} was not changed.`;
        throw new _base_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Failure */ .HR({ ...error.explanation, state }, { cause: error });
    }
}
/** How often a backup is looked at again that somebody else changed meanwhile: another protection, or a proof that it can be restored. */
const mostLooksAgain = 2;
async function changeProtection(store, asked, step) {
    const { backupFileName: name, protect: reason } = asked;
    for (let again = 0;; again++) {
        const { stored, backup } = await lookUp(store, asked, step.signal);
        if (again === 0)
            step.info(describe(backup));
        const { protection: before, ...unprotected } = backup;
        const told = before === undefined ? {} : { before };
        if ((before ?? '') === reason) {
            step.info(reason === '' ? 'It is not protected' : `It is protected already: ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_5__/* .quoted */ .TL)(reason)}`);
            return { backup, ...told };
        }
        try {
            const etag = await store.record(stored, (0,_archive_metadata_js__WEBPACK_IMPORTED_MODULE_2__/* .withProtection */ .Mw)(stored.metadata, reason), step.signal);
            step.info(describeChange(before, reason));
            return { backup: { ...unprotected, etag, ...(reason !== '' && { protection: reason }) }, ...told };
        }
        catch (error) {
            if (again === mostLooksAgain || !(0,_azure_storage_upkeep_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .isOutdated */ .lY)(error))
                throw error;
            step.info(`Somebody else changed ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_5__/* .quoted */ .TL)(name)} meanwhile; looking at it again`);
        }
    }
}
/** @throws Failure also if it is no backup that this action made */
async function lookUp(store, { backupFileName: name, database }, signal) {
    const stored = await store.find(name, database, signal);
    const folder = name.slice(0, name.lastIndexOf('/') + 1); // may be given with the name alone
    const backup = (0,_archive_recorded_backups_js__WEBPACK_IMPORTED_MODULE_3__/* .fromListedBlob */ .fY)({ ...stored, tier: '', isRehydrating: false, hasLegalHold: false }, folder);
    if (backup)
        return { stored, backup };
    throw new _base_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Failure */ .HR({
        tried: `Looking at ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_5__/* .quoted */ .TL)(name)}`,
        cause: 'it is no backup of this action: its name, or what is recorded with it, is not what the action gives',
        advice: 'Check backup_file_name: job_to_run list shows the backups. Other files need no protection, since no retention deletes them.',
    });
}
function describe({ name, size, database, host, at, serverVersion }) {
    const version = serverVersion === '' ? '' : `, PostgreSQL ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_5__/* .plain */ .pj)(serverVersion)}`;
    const age = (0,_base_format_js__WEBPACK_IMPORTED_MODULE_5__/* .formatAge */ .nV)(Date.now() - at.getTime());
    return `Found ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_5__/* .quoted */ .TL)(name)} (${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_5__/* .formatBytes */ .z3)(size)}): database ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_5__/* .quoted */ .TL)(database)} on ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_5__/* .quoted */ .TL)(host)} as of ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_5__/* .formatTime */ .fU)(at)} (${age})${version}`;
}
function describeChange(before, reason) {
    if (reason === '')
        return `Lifted the protection ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_5__/* .quoted */ .TL)(before ?? '')}: retention may delete it`;
    const instead = before === undefined ? '' : `, instead of ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_5__/* .quoted */ .TL)(before)}`;
    return `Protected: ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_5__/* .quoted */ .TL)(reason)}${instead}. No retention deletes it`;
}


/***/ })

};
