export const id = 873;
export const ids = [873];
export const modules = {

/***/ 4789:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ findLatest),
/* harmony export */   x: () => (/* binding */ chooseLatest)
/* harmony export */ });
/* harmony import */ var _base_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7306);
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8253);
/* harmony import */ var _recorded_backups_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3928);
/* harmony import */ var _recorded_time_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4598);
/* harmony import */ var _what_there_is_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6844);





/**
 * Finds the latest backup of a database: the newest one with all of it.
 * @returns its whole name
 * @throws Failure if there is none, with what there is
 */
async function findLatest(store, source, step) {
    const inventory = await (0,_recorded_backups_js__WEBPACK_IMPORTED_MODULE_1__/* .inventoryOf */ .o8)(store, step.signal);
    const found = chooseLatest(inventory, source);
    for (const warning of found.warnings)
        step.warn(warning);
    const { name, at, host, database } = found.latest;
    step.info(`Latest backup of ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .TL)(database)} on ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .TL)(host)}: ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .TL)(name)}, ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatTime */ .fU)(at)} (${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatAge */ .nV)(inventory.now.getTime() - at.getTime())})`);
    return name;
}
/**
 * Chooses the latest of what there is.
 * @returns besides, what is to be warned of: a newer one that is not it
 * @throws Failure as `findLatest`
 */
function chooseLatest(inventory, source) {
    const { now } = inventory;
    const own = inventory.backups.filter((0,_recorded_backups_js__WEBPACK_IMPORTED_MODULE_1__/* .belongsTo */ .g4)(source));
    const latest = (0,_recorded_backups_js__WEBPACK_IMPORTED_MODULE_1__/* .newestWhole */ .Ii)(own, now);
    if (!latest)
        throw noLatest(own, inventory, source);
    const part = own.find((backup) => backup.part !== undefined && !(0,_recorded_time_js__WEBPACK_IMPORTED_MODULE_3__/* .hasWrongTime */ .b)(backup, now));
    if (!part || part.at <= latest.at)
        return { latest, warnings: [] };
    return {
        latest,
        warnings: [
            `A newer backup leaves a part of the database out, so it is not the latest: ${described(part)}, made with ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .TL)(part.part ?? '')}.`,
        ],
    };
}
function noLatest(own, inventory, source) {
    const tried = `Looking for the latest backup of ${(0,_what_there_is_js__WEBPACK_IMPORTED_MODULE_4__/* .describeSource */ .B)(source)}`;
    if (own.length === 0)
        return new _base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR({ tried, cause: 'there is none', advice: (0,_what_there_is_js__WEBPACK_IMPORTED_MODULE_4__/* .whatThereIs */ .V)(inventory) });
    const wrong = own.filter((backup) => (0,_recorded_time_js__WEBPACK_IMPORTED_MODULE_3__/* .hasWrongTime */ .b)(backup, inventory.now)).length;
    const parts = own.length - wrong;
    const reasons = [
        ...(parts > 0 ? [`${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_2__/* .count */ .U9)(parts, 'backup')} of it with only a part of the database`] : []),
        ...(wrong > 0 ? [`${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_2__/* .count */ .U9)(wrong, 'backup')} of it with a recorded time that cannot be right`] : []),
    ];
    return new _base_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR({
        tried,
        cause: `there is no complete one, but ${reasons.join(' and ')}`,
        advice: `Make a backup of the whole database, or name one of these in backup_file_name: ${someFileNames(own)}.`,
    });
}
function described({ name, at, size }) {
    return `${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .TL)(name)} (${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatTime */ .fU)(at)}, ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatBytes */ .z3)(size)})`;
}
function someFileNames(backups) {
    return backups
        .slice(0, 5)
        .map(({ name }) => (0,_base_format_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .TL)(name))
        .join(', ');
}


/***/ }),

/***/ 3932:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ closedPublicSchema),
/* harmony export */   v: () => (/* binding */ publicSchemaFindings)
/* harmony export */ });
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8253);
/* harmony import */ var _postgres_restore_entries_foreign_schema_owners_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8471);
/* harmony import */ var _postgres_server_public_schema_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7543);
/* harmony import */ var _postgres_session_sql_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4953);
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8716);





/** The entries that make an object in their schema, and so need the right to create there. */
const createStatement = /^(TABLE|VIEW|MATERIALIZED VIEW|FOREIGN TABLE|SEQUENCE|FUNCTION|PROCEDURE|AGGREGATE|TYPE|SHELL TYPE|DOMAIN|OPERATOR|OPERATOR CLASS|OPERATOR FAMILY|COLLATION|CONVERSION|TEXT SEARCH \w+|STATISTICS|INDEX|CONSTRAINT)$/;
/**
 * Schema `public` of a new database is the template's: its owner may be somebody else (on Azure, `azure_pg_admin`), and what had been
 * granted in the old database is not there. Who gets objects has to be allowed to create there as well, since pg_restore brings rights
 * back last.
 */
function publicSchemaFindings({ entries, definitions, role, superuser, major, }) {
    const made = entries.filter(({ type, schema }) => schema === 'public' && createStatement.test(type));
    if (superuser || made.length === 0)
        return undefined;
    const what = (0,_finding_js__WEBPACK_IMPORTED_MODULE_3__/* .firstFew */ .Dt)(made.map(({ type, name }) => `${type} ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_4__/* .quoted */ .TL)(name)}`));
    const receivers = (0,_postgres_restore_entries_foreign_schema_owners_js__WEBPACK_IMPORTED_MODULE_0__/* .foreignSchemaOwners */ .K)(entries, definitions)
        .filter(({ host }) => host === _postgres_restore_entries_foreign_schema_owners_js__WEBPACK_IMPORTED_MODULE_0__/* .databaseOwner */ .B)
        .map((owner) => owner.role);
    return async (psql, database) => {
        const found = await (0,_postgres_server_public_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .publicSchema */ .Z)(psql, database, receivers);
        if (!found)
            return [lackingInPublic(what)];
        if (!found.mayCreate)
            return [closedPublicSchema(role, what, found, major)];
        return receiverFindings(found.shutOut);
    };
}
function lackingInPublic(what) {
    return {
        level: 'error',
        text: `New databases on this server have no schema public (template0 has none), and the backup has objects there: ${what}.`,
        remedy: `As a superuser, create schema public with psql:\n${inTemplate(['CREATE SCHEMA public AUTHORIZATION pg_database_owner;'])}`,
    };
}
/**
 * What there is to say of a schema `public` in which the role may not create. Tried on 14, 15 and 17: each remedy lets the role create in
 * `public` of a database that is made afterwards.
 * @param what is to be created there
 */
function closedPublicSchema(role, what, found, major) {
    const { owner, ownedBySuperuser, member } = found;
    const text = `The role ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_4__/* .quoted */ .TL)(role)} may not create in schema public of a new database on this server, which belongs to ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_4__/* .quoted */ .TL)(owner)}, ` +
        `and the backup has objects there: ${what}.`;
    if (!ownedBySuperuser && owner !== _postgres_restore_entries_foreign_schema_owners_js__WEBPACK_IMPORTED_MODULE_0__/* .databaseOwner */ .B) {
        const onAzure = owner === 'azure_pg_admin';
        const who = onAzure ? "As the server's administrator" : 'As an administrator of the server';
        const grant = `GRANT ${onAzure ? owner : (0,_postgres_session_sql_text_js__WEBPACK_IMPORTED_MODULE_2__/* .identifier */ .Cv)(owner)} TO ${(0,_postgres_session_sql_text_js__WEBPACK_IMPORTED_MODULE_2__/* .identifier */ .Cv)(role)}`;
        const inherit = major >= 16 ? `${grant} WITH INHERIT TRUE` : `ALTER ROLE ${(0,_postgres_session_sql_text_js__WEBPACK_IMPORTED_MODULE_2__/* .identifier */ .Cv)(role)} INHERIT`;
        return { level: 'error', text, remedy: `${who}, run:\n${(0,_postgres_session_sql_text_js__WEBPACK_IMPORTED_MODULE_2__/* .toPaste */ .XM)(`${member ? inherit : grant};`)}` };
    }
    const statements = major >= 14
        ? [`ALTER SCHEMA public OWNER TO ${_postgres_restore_entries_foreign_schema_owners_js__WEBPACK_IMPORTED_MODULE_0__/* .databaseOwner */ .B};`, `GRANT ALL ON SCHEMA public TO ${_postgres_restore_entries_foreign_schema_owners_js__WEBPACK_IMPORTED_MODULE_0__/* .databaseOwner */ .B};`]
        : ['GRANT CREATE ON SCHEMA public TO PUBLIC;'];
    const remedy = `New databases are copies of template0. As a superuser, run this with psql:\n${inTemplate(statements)}`;
    return { level: 'error', text, remedy };
}
function inTemplate(statements) {
    return [
        'ALTER DATABASE template0 ALLOW_CONNECTIONS true;',
        '\\connect template0',
        ...statements,
        '\\connect postgres',
        'ALTER DATABASE template0 ALLOW_CONNECTIONS false;',
    ].join('\n');
}
function receiverFindings(shutOut) {
    if (shutOut.length === 0)
        return [];
    const text = `Roles that own objects in schema public of the backup may not create there in a new database: ${(0,_finding_js__WEBPACK_IMPORTED_MODULE_3__/* .firstFew */ .Dt)(shutOut.map(_base_format_js__WEBPACK_IMPORTED_MODULE_4__/* .quoted */ .TL))}.`;
    return [{ level: 'error', text, remedy: 'Restore without owners (no_owner: true).' }];
}


/***/ }),

/***/ 9163:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GW: () => (/* binding */ extensionFindings),
/* harmony export */   Zt: () => (/* binding */ otherVersion),
/* harmony export */   mt: () => (/* binding */ excludedExtensionFindings)
/* harmony export */ });
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8253);
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8716);


/** What there is to say of the extensions of an archive before there is a database to create them in. */
function extensionFindings({ extensions: needed, wanted }, facts) {
    const { extensions, allowedExtensions, superuser, privileged } = facts;
    const here = needed.filter((name) => Object.hasOwn(extensions, name));
    const missing = needed.filter((name) => !here.includes(name));
    // plpgsql is in every new database, and needs nobody's leave.
    const installed = here.filter((name) => name !== 'plpgsql');
    const forbidden = allowedExtensions && installed.filter((name) => !allowedExtensions.includes(name.toLowerCase()));
    const untrusted = installed.filter((name) => extensions[name]?.trusted !== true);
    const findings = [
        missing.length > 0 && {
            level: 'error',
            text: `The backup needs ${(0,_finding_js__WEBPACK_IMPORTED_MODULE_0__/* .plural */ .LS)('extension', missing)}, which this server does not have.`,
            remedy: `Install ${(0,_finding_js__WEBPACK_IMPORTED_MODULE_0__/* .plural */ .LS)('extension', missing)} on the server, or restore to one that has ${missing.length === 1 ? 'it' : 'them'}.`,
        },
        forbidden !== null &&
            forbidden.length > 0 && {
            level: 'error',
            text: `The backup needs ${(0,_finding_js__WEBPACK_IMPORTED_MODULE_0__/* .plural */ .LS)('extension', forbidden)}, which this server does not allow.`,
            remedy: `Add ${(0,_finding_js__WEBPACK_IMPORTED_MODULE_0__/* .plural */ .LS)('extension', forbidden)} to the server parameter azure.extensions.`,
        },
        allowedExtensions === null &&
            !superuser &&
            !privileged &&
            untrusted.length > 0 && {
            level: 'error',
            text: `The backup needs ${(0,_finding_js__WEBPACK_IMPORTED_MODULE_0__/* .plural */ .LS)('extension', untrusted)}, which only a superuser can create on this server (not trusted).`,
            remedy: 'Restore as a superuser.',
        },
        allowedExtensions !== null &&
            !superuser &&
            !privileged &&
            installed.length > 0 && {
            level: 'warning',
            text: `The backup needs ${(0,_finding_js__WEBPACK_IMPORTED_MODULE_0__/* .plural */ .LS)('extension', installed)}, and the role is not a member of azure_pg_admin, which can create extensions.`,
        },
    ];
    return [...findings.filter((finding) => finding !== false), ...recordedVersionFindings(wanted, extensions)];
}
/** A backup that was made without some extensions has everything else. */
function excludedExtensionFindings({ pg_dump_options: written = '', }) {
    if (!/(^| )(--(exclude-)?extension[= ]|-e)/.test(written))
        return [];
    const text = `The backup was made without some extensions (pg_dump_options: ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_1__/* .quoted */ .TL)(written)}).`;
    return [
        {
            level: 'warning',
            text,
            afterwards: `${text} Create them in the restored database if they are needed.`,
        },
    ];
}
/** Extensions of which the server would install another version than the original database has. */
function recordedVersionFindings(wanted, offered) {
    const others = [];
    const created = wanted.flatMap(({ name, recorded, version, schema }) => {
        const own = Object.hasOwn(offered, name) ? offered[name] : undefined;
        if (!own || recorded === undefined || recorded === own.version)
            return [];
        if (version !== undefined) {
            const text = `The extension ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_1__/* .quoted */ .TL)(name)} is created in version ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_1__/* .plain */ .pj)(recorded)}, as it was. The server's own is ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_1__/* .plain */ .pj)(own.version)}: ALTER EXTENSION … UPDATE leads there.`;
            return [{ level: 'info', text }];
        }
        const why = own.versions.includes(recorded)
            ? `since the backup makes the schema ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_1__/* .quoted */ .TL)(schema ?? '')} for it`
            : 'which this server does not offer';
        others.push({ name, was: recorded, is: own.version, why });
        return [];
    });
    return [...created, ...otherVersions(others)];
}
function otherVersions(others) {
    const [first, ...more] = others;
    if (!first)
        return [];
    if (more.length === 0)
        return [otherVersion(first.name, first.was, first.is, first.why)];
    const each = others.map(({ name, was, is, why }) => `- ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_1__/* .quoted */ .TL)(name)}: ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_1__/* .plain */ .pj)(is)} instead of ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_1__/* .plain */ .pj)(was)}, ${why}`);
    const text = `${others.length} extensions come in another version than the backup was made with. What depends on them may behave differently or fail:\n${each.join('\n')}`;
    return [{ level: 'warning', text }];
}
/** @param why the extension is not in the version that it was, in words that follow a comma */
function otherVersion(name, was, is, why) {
    const text = `The extension ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_1__/* .quoted */ .TL)(name)} comes in version ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_1__/* .plain */ .pj)(is)}. The backup was made with ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_1__/* .plain */ .pj)(was)}, ${why}. What depends on it may behave differently or fail.`;
    return { level: 'warning', text };
}


/***/ }),

/***/ 4363:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ obstacles),
/* harmony export */   u: () => (/* binding */ chooseLocale)
/* harmony export */ });
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8253);
/* harmony import */ var _postgres_server_server_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2221);
/* harmony import */ var _postgres_session_sql_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4953);
/* harmony import */ var _postgres_swap_attempt_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(421);




/**
 * What stands in the way of replacing `database`; nothing if it is none.
 * @param room bytes that are free on the runner's disk; undefined if none are needed
 */
function obstacles(database, facts, size, room) {
    const { target, role } = facts;
    const name = (0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .TL)(database);
    const found = [
        facts.inRecovery && {
            text: 'The server is a replica (in recovery), which is read-only.',
            remedy: 'Set azure_db_host to the primary.',
        },
        !facts.inRecovery &&
            facts.readOnly && {
            text: 'Sessions of this role are read-only (default_transaction_read_only). On Azure the server sets that when its storage is nearly full.',
            remedy: 'Delete data, or enlarge the storage, which cannot be reduced again. If the role or the database is set to read-only, this ends that:\n' +
                statements('SET default_transaction_read_only = off;', // the administrator's own session may be read-only as well
                `ALTER ROLE ${(0,_postgres_session_sql_text_js__WEBPACK_IMPORTED_MODULE_1__/* .identifier */ .Cv)(role)} RESET default_transaction_read_only;`, `ALTER DATABASE ${_postgres_server_server_js__WEBPACK_IMPORTED_MODULE_0__/* .maintenanceDatabase */ .Xb} RESET default_transaction_read_only;`),
        },
        !facts.mayCreateDatabases && {
            text: `The role ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .TL)(role)} may not create databases.`,
            remedy: `As an administrator of the server, run:\n${statements(`ALTER ROLE ${(0,_postgres_session_sql_text_js__WEBPACK_IMPORTED_MODULE_1__/* .identifier */ .Cv)(role)} CREATEDB;`)}`,
        },
        target &&
            !target.owned && {
            text: `The role ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .TL)(role)} does not own database ${name}.`,
            remedy: `Restore as its owner ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .TL)(target.owner)}. Or let an administrator of the server make the role its owner:\n` +
                `${statements(`ALTER DATABASE ${(0,_postgres_session_sql_text_js__WEBPACK_IMPORTED_MODULE_1__/* .identifier */ .Cv)(database)} OWNER TO ${(0,_postgres_session_sql_text_js__WEBPACK_IMPORTED_MODULE_1__/* .identifier */ .Cv)(role)};`)}\n` +
                `Or, only if ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .TL)(target.owner)} is no administrator, a member of that role:\n${statements(`GRANT ${(0,_postgres_session_sql_text_js__WEBPACK_IMPORTED_MODULE_1__/* .identifier */ .Cv)(target.owner)} TO ${(0,_postgres_session_sql_text_js__WEBPACK_IMPORTED_MODULE_1__/* .identifier */ .Cv)(role)};`)}`,
        },
        target?.isTemplate && {
            text: `Database ${name} is a template, which a restore never replaces.`,
            remedy: `Restore into another database, or make this one an ordinary database:\n${statements(`ALTER DATABASE ${(0,_postgres_session_sql_text_js__WEBPACK_IMPORTED_MODULE_1__/* .identifier */ .Cv)(database)} IS_TEMPLATE false;`)}`,
        },
        target &&
            target.preparedTransactions > 0 && {
            text: `Database ${name} is blocked by ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .count */ .U9)(target.preparedTransactions, 'prepared transaction')}.`,
            remedy: (0,_postgres_swap_attempt_js__WEBPACK_IMPORTED_MODULE_2__/* .adviceOnPrepared */ .LX)(database),
        },
        room !== undefined &&
            size > room && {
            text: `The backup has ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .formatBytes */ .z3)(size)}, and the runner's disk has only ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .formatBytes */ .z3)(room)} free.`,
            remedy: 'Use restore_strategy: swap, which needs no space there, or a runner with a larger disk.',
        },
    ];
    return found.flatMap((one) => (one ? [{ level: 'error', ...one }] : []));
}
/** Statements that a person is to run, each on a line of its own whatever is in a name. */
function statements(...all) {
    return all.map(_postgres_session_sql_text_js__WEBPACK_IMPORTED_MODULE_1__/* .toPaste */ .XM).join('\n');
}
/**
 * The encoding and locale for the new database: as recorded with the backup, else as the database has them that it
 * replaces, else undefined for the server's own.
 */
function chooseLocale(record, { target }) {
    const { encoding, collation, character_type: characterType } = record;
    if (!encoding || !collation || !characterType)
        return target?.locale;
    const { locale_provider: provider = '', locale = '', icu_rules: icuRules = '' } = record;
    return { encoding, collation, characterType, provider, locale, icuRules };
}


/***/ }),

/***/ 164:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ rolesOf),
/* harmony export */   x: () => (/* binding */ roleFindings)
/* harmony export */ });
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8253);

/** The roles that options of `pg_restore` name, as which it is to work. */
function rolesOf(options) {
    return options
        .filter((option) => option.startsWith('--role='))
        .map((option) => option.slice('--role='.length));
}
/** What keeps `pg_restore` from working as the role that it is told to. */
function roleFindings(options, { roles, superuser }) {
    return rolesOf(options).flatMap((role) => {
        const text = `pg_restore_options name the role ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .quoted */ .TL)(role)}`;
        if (!Object.hasOwn(roles, role))
            return [
                {
                    level: 'error',
                    text: `${text}, which this server does not have.`,
                    remedy: `Create the role ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .quoted */ .TL)(role)}, or name another one.`,
                },
            ];
        if (superuser || roles[role]?.assumable)
            return [];
        return [
            {
                level: 'error',
                text: `${text}, and the restoring role is not a member of it.`,
                remedy: `Make the restoring role a member of ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_0__/* .quoted */ .TL)(role)}, or name another role.`,
            },
        ];
    });
}


/***/ }),

/***/ 5236:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ targetFindings),
/* harmony export */   f: () => (/* binding */ targetFinding)
/* harmony export */ });
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8253);
/* harmony import */ var _postgres_session_sql_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4953);
/* harmony import */ var _postgres_swap_end_sessions_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1295);
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8716);




/** What there is to say about the server, and the database that is to be replaced. */
function targetFindings(plan, { target }, facts) {
    return [
        ...slotFindings(plan, facts.target?.slots ?? []),
        ...subscriptionFindings(plan, facts.target?.subscriptions ?? []),
        ...sessionFindings(plan.database, facts.unendable),
        sizeFinding(plan, facts.target?.size ?? null),
        targetFinding(plan.database, target),
    ];
}
/**
 * Tried on 15, 17 and 18: while a slot is used, the database can be neither renamed nor dropped. Unused ones stay with
 * the renamed database, and go without a word when that is dropped.
 */
function slotFindings({ database, strategy }, slots) {
    const names = (active) => (0,_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .firstFew */ .Dt)(slots.filter((slot) => slot.active === active).map(({ name }) => (0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .TL)(name)));
    const findings = [];
    if (slots.some(({ active }) => active)) {
        findings.push({
            level: 'error',
            text: `Logical replication is reading database ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .TL)(database)} through the slot ${names(true)}. While it does, the database can be neither renamed nor dropped.`,
            remedy: `Stop the subscriber that reads through the slot ${names(true)}.`,
        });
    }
    if (slots.some(({ active }) => !active)) {
        const text = `Database ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .TL)(database)} has the logical replication slot ${names(false)}.`;
        findings.push(strategy === 'swap'
            ? {
                level: 'warning',
                text: `${text} It stays with the old database and is lost when that is dropped. The restored database has none: set up whatever reads from it again.`,
                afterwards: `The old database had the logical replication slot ${names(false)}. The restored one has none: set up whatever reads from it again.`,
            }
            : {
                level: 'error',
                text: `${text} It would be lost with the old database.`,
                remedy: `Once nobody needs the slot any more, drop it:\n${slots.map(({ name }) => `SELECT pg_drop_replication_slot(${(0,_postgres_session_sql_text_js__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .eu)(name)});`).join('\n')}`,
            });
    }
    return findings;
}
/**
 * Tried on 15, 17 and 18: an enabled one's worker, which a plain role may not end, keeps the database from being renamed;
 * and a database with any is never dropped.
 */
function subscriptionFindings({ database, strategy }, subscriptions) {
    if (subscriptions.length === 0)
        return [];
    const names = (0,_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .firstFew */ .Dt)(subscriptions.map(({ name }) => (0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .TL)(name)));
    const enabled = subscriptions.some((subscription) => subscription.enabled);
    const refused = enabled ? 'can be neither renamed nor dropped' : 'cannot be dropped';
    const text = `Database ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .TL)(database)} has the subscription ${names}, and so it ${refused}.`;
    if (strategy === 'swap' && !enabled)
        return [
            {
                level: 'warning',
                text: `${text} The old database will be left over: drop its subscription, then the database.`,
                afterwards: `The old database has the subscription ${names}, and so it cannot be dropped: drop its subscription, then the database.`,
            },
        ];
    const statements = subscriptions.map(({ name }) => (0,_postgres_session_sql_text_js__WEBPACK_IMPORTED_MODULE_0__/* .toPaste */ .XM)(`DROP SUBSCRIPTION ${(0,_postgres_session_sql_text_js__WEBPACK_IMPORTED_MODULE_0__/* .identifier */ .Cv)(name)};`));
    return [
        {
            level: 'error',
            text,
            remedy: `Drop the subscription first, in database ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .TL)(database)}:\n${statements.join('\n')}`,
        },
    ];
}
/** They may be gone by the time that they are in the way. */
function sessionFindings(database, unendable) {
    if (unendable.length === 0)
        return [];
    const text = `${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .count */ .U9)(unendable.length, 'session')} in database ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .TL)(database)} may block the restore, and this role may not end ` +
        `${unendable.length === 1 ? 'it' : 'them'}: ${(0,_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .firstFew */ .Dt)(unendable.map(_postgres_swap_end_sessions_js__WEBPACK_IMPORTED_MODULE_1__/* .describeSession */ ._0))}. If ${unendable.length === 1 ? 'it does' : 'they do'} not end, run this as an ` +
        `administrator of the server:\n${(0,_postgres_swap_end_sessions_js__WEBPACK_IMPORTED_MODULE_1__/* .endingStatement */ .Bl)(unendable)}`;
    return [{ level: 'warning', text }];
}
function sizeFinding({ strategy, backupSize, recordedSize }, size) {
    const sizes = [
        `Backup ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .formatBytes */ .z3)(backupSize)}`,
        ...(recordedSize === undefined ? [] : [`source ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .formatBytes */ .z3)(recordedSize)}`]),
        ...(size === null ? [] : [`current ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .formatBytes */ .z3)(size)}`]),
    ].join(', ');
    const need = recordedSize ?? size;
    const needed = strategy === 'swap' && need !== null ? `; needs about ${roughly(need)} free on the server` : '';
    return { level: 'info', text: `${sizes}${needed}` };
}
/** With two digits, and not less: `38 MB`. */
function roughly(bytes) {
    const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, bytes))) - 1);
    return (0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .formatBytes */ .z3)(Math.ceil(bytes / unit) * unit)
        .replace(/(\.\d*?)0+ /, '$1 ')
        .replace('. ', ' ');
}
/** Of the database that is to be replaced, or made. */
function targetFinding(database, target) {
    if (!target) {
        return {
            level: 'info',
            text: `Database ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .TL)(database)} does not exist on the server; it will be created.`,
        };
    }
    const sessions = Object.entries(target.sessions).map(([name, count]) => `${count} of ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .TL)(name)}`);
    const ended = sessions.length === 0 ? 'no sessions are connected' : `its sessions will be ended: ${(0,_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .firstFew */ .Dt)(sessions)}`;
    return { level: 'info', text: `Database ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .TL)(database)} will be replaced; ${ended}.` };
}


/***/ }),

/***/ 4938:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q3: () => (/* binding */ givesOwner),
/* harmony export */   kG: () => (/* binding */ ownership),
/* harmony export */   yK: () => (/* binding */ signatureOf)
/* harmony export */ });
/* harmony import */ var _statements_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3817);

/** How `GRANT` calls what `ALTER … OWNER TO` calls otherwise; nothing can be granted on what is not here. */
const grantable = {
    TABLE: 'TABLE',
    VIEW: 'TABLE',
    'MATERIALIZED VIEW': 'TABLE',
    'FOREIGN TABLE': 'TABLE',
    SEQUENCE: 'SEQUENCE',
    FUNCTION: 'FUNCTION',
    PROCEDURE: 'PROCEDURE',
    AGGREGATE: 'FUNCTION',
    SCHEMA: 'SCHEMA',
    TYPE: 'TYPE',
    DOMAIN: 'DOMAIN',
    LANGUAGE: 'LANGUAGE',
    'PROCEDURAL LANGUAGE': 'LANGUAGE',
    'FOREIGN DATA WRAPPER': 'FOREIGN DATA WRAPPER',
    SERVER: 'FOREIGN SERVER',
};
/** Whether the SQL of an entry says whom the object belongs to: `ALTER TABLE public.t OWNER TO shop;` */
function givesOwner(sql) {
    return (sql.includes(' OWNER TO ') &&
        sql.split('\n').some((line) => line.endsWith(';') && line.includes(' OWNER TO ')));
}
/** Whom an object belongs to, and how `GRANT` names it; undefined if nothing can be granted on it. */
function ownership(definition) {
    if (!definition?.sql.includes(' OWNER TO '))
        return undefined;
    const statement = (0,_statements_js__WEBPACK_IMPORTED_MODULE_0__/* .statementsOf */ .GX)(definition.sql).find((tokens) => (0,_statements_js__WEBPACK_IMPORTED_MODULE_0__/* .isWord */ .Jg)(tokens[0], 'ALTER') && (0,_statements_js__WEBPACK_IMPORTED_MODULE_0__/* .isWord */ .Jg)(tokens.at(-3), 'OWNER') && (0,_statements_js__WEBPACK_IMPORTED_MODULE_0__/* .isWord */ .Jg)(tokens.at(-2), 'TO'));
    const [owner, end] = [statement?.at(-1), statement?.at(-3)];
    if (!statement || !owner || !end)
        return undefined;
    const kinds = wordsAfter(statement);
    const name = statement[1 + kinds.length];
    const kind = grantable[kinds.join(' ')];
    if (kind === undefined || !name)
        return { owner: owner.value, object: undefined };
    // Of an ordered aggregate, the two lists of arguments are one.
    const called = definition.sql
        .slice(name.from, end.from)
        .trim()
        .replace(/ ORDER BY /, ', ');
    const object = `${kind} ${called}`;
    return { owner: owner.value, object: (0,_statements_js__WEBPACK_IMPORTED_MODULE_0__/* .isPlain */ .$i)(object) ? object : undefined };
}
/**
 * How the catalog itself names what `GRANT` is for: a function with its arguments by their types alone; otherwise as the archive does.
 * @param object as `ownership` has it
 */
function signatureOf({ name: called }, object) {
    const [, kind, schema, name] = /^(\w+) ("(?:[^"]|"")*"|[^\s".(]+)\.("(?:[^"]|"")*"|[^\s".(]+)\(/.exec(object) ?? [];
    if (kind === undefined || schema === undefined || name === undefined)
        return object;
    const plain = name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
    const types = called.slice(plain.length);
    const isWhole = called.startsWith(`${plain}(`) && !/[\n\r]/.test(types);
    // `GRANT` calls every aggregate a function, which has no star for no arguments.
    return isWhole
        ? `${kind} ${schema}.${name}${types === '(*)' ? '()' : types}`
        : object.replace(/\(\*\)$/, '()');
}
/** The longest kind of object that the words after `ALTER` name. */
function wordsAfter([, ...rest]) {
    const words = rest.slice(0, 3).map(({ value }) => value.toUpperCase());
    return ([3, 2, 1].map((length) => words.slice(0, length)).find((some) => some.join(' ') in grantable) ??
        words.slice(0, 1));
}


/***/ }),

/***/ 3817:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $i: () => (/* binding */ isPlain),
/* harmony export */   GX: () => (/* binding */ statementsOf),
/* harmony export */   Jg: () => (/* binding */ isWord)
/* harmony export */ });
/**
 * One token, by the kind of its first group that matches. Spaces, comments and the commands of psql (`\connect`) are in none. What is in
 * quotes is taken in runs: a step back for each of some million characters would be more than the engine keeps.
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html
 */
const tokenPattern = /\s+|--[^\n]*|\\[^\n]*|E'(?<escaped>[^'\\]*(?:(?:\\.|'')[^'\\]*)*)'|'(?<text>[^']*(?:''[^']*)*)'|(?<tag>\$\w*\$)|"(?<name>[^"]*(?:""[^"]*)*)"|(?<word>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)|(?<sign>-?\d[\d.]*|.)/gsu;
/**
 * The statements of a script as `pg_restore` writes it, each without its semicolon. Names and values may hold anything, what looks
 * like a comment or like another statement included.
 */
function statementsOf(script) {
    const statements = [[]];
    for (const token of tokensOf(script)) {
        if (token.kind === 'sign' && token.value === ';')
            statements.push([]);
        else
            statements.at(-1)?.push(token);
    }
    return statements.filter((statement) => statement.length > 0);
}
function* tokensOf(script) {
    const scanner = new RegExp(tokenPattern);
    let closing;
    for (let match = scanner.exec(script); match; match = scanner.exec(script)) {
        const tag = match.groups?.['tag'];
        if (tag === undefined) {
            const token = tokenOf(match);
            if (token)
                yield token;
            continue;
        }
        const [from, begin] = [match.index, match.index + tag.length];
        closing ??= lastTags(script);
        if ((closing.get(tag) ?? -1) < begin) {
            // It is never closed.
            yield { kind: 'sign', value: '$', from, to: from + 1 };
            scanner.lastIndex = from + 1;
            continue;
        }
        const end = script.indexOf(tag, begin);
        scanner.lastIndex = end + tag.length;
        yield { kind: 'text', value: script.slice(begin, end), from, to: scanner.lastIndex };
    }
}
/** Where each tag of a text between dollar signs stands last, so that none is looked for in vain. */
function lastTags(script) {
    const tags = script.matchAll(/\$(?=(\w*\$))/g);
    return new Map(Array.from(tags, ({ 1: rest = '', index }) => [`$${rest}`, index]));
}
function tokenOf(match) {
    const { escaped, text, name, word, sign } = match.groups ?? {};
    const place = { from: match.index, to: match.index + match[0].length };
    if (escaped !== undefined)
        return { kind: 'text', value: unescaped(escaped.replaceAll("''", "'")), ...place };
    if (text !== undefined)
        return { kind: 'text', value: text.replaceAll("''", "'"), ...place };
    if (name !== undefined)
        return { kind: 'name', value: name.replaceAll('""', '"'), ...place };
    if (word !== undefined)
        return { kind: 'word', value: word, ...place };
    return sign === undefined ? undefined : { kind: 'sign', value: sign, ...place };
}
/** pg_dump escapes nothing but the backslash itself. */
function unescaped(text) {
    return text.replace(/\\(.)/gs, '$1');
}
/** Whether a token is one of these keywords. */
function isWord(token, ...words) {
    return token?.kind === 'word' && words.includes(token.value.toUpperCase());
}
/**
 * Whether a text is one statement of names, words and numbers alone, as those about rights are. What an archive says may be anything:
 * psql would take a backslash outside of quotes for a command of its own, which may be one for the shell, and a colon for a variable.
 */
function isPlain(sql) {
    const statements = statementsOf(sql);
    const [tokens = []] = statements;
    if (statements.length !== 1)
        return false;
    let end = 0;
    for (const { kind, value, from, to } of tokens) {
        if (sql.slice(end, from).trim() !== '')
            return false;
        if (kind === 'text' || (kind === 'sign' && !/^([(),.[\]*]|\d+)$/.test(value)))
            return false;
        end = to;
    }
    return sql.slice(end).trim() === '';
}


/***/ }),

/***/ 8471:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ databaseOwner),
/* harmony export */   K: () => (/* binding */ foreignSchemaOwners)
/* harmony export */ });
/* harmony import */ var _archive_ownership_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4938);

/** Who owns the schema `public` of a new database from PostgreSQL 15 on: whoever owns the database. */
const databaseOwner = 'pg_database_owner';
/**
 * The roles that get objects in schemas of others. An object is given only to a role that may create in its schema, and
 * pg_restore brings rights back last, after the owners: what those roles may do must come from elsewhere.
 * https://www.postgresql.org/docs/current/sql-altertable.html (OWNER TO)
 */
function foreignSchemaOwners(entries, definitions) {
    const owned = entries.flatMap(({ id, type }) => {
        const definition = definitions.get(id);
        return definition && (0,_archive_ownership_js__WEBPACK_IMPORTED_MODULE_0__/* .givesOwner */ .Q3)(definition.sql) ? [{ type, ...definition }] : [];
    });
    const hosts = new Map([['public', databaseOwner]]);
    for (const { type, name, owner } of owned)
        if (type === 'SCHEMA')
            hosts.set(name, owner);
    const found = new Map();
    for (const { schema, owner: role } of owned) {
        const host = hosts.get(schema);
        if (host !== undefined && host !== role)
            found.set(JSON.stringify([role, schema]), { role, schema, host });
    }
    return [...found.values()];
}


/***/ }),

/***/ 8938:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ preflightFacts)
/* harmony export */ });
/* harmony import */ var _server_server_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2221);
/* harmony import */ var _session_psql_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1793);
/* harmony import */ var _swap_end_sessions_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1295);



/** Administrators as providers make them, who are no superusers. */
const privilegedRoles = ['azure_pg_admin', 'rds_superuser', 'cloudsqlsuperuser', 'alloydbsuperuser'];
/**
 * Asks what a restore of an archive into `target` would meet. Changes nothing.
 *
 * Columns that not every version has are read by way of JSON: `trusted` came with 13; `MEMBER` was split into `SET` and
 * `USAGE` with 16. https://www.postgresql.org/docs/16/release-16.html
 * @throws Failure if the server can't be reached or refuses
 */
async function preflightFacts(psql, target, named) {
    const { extensions, roles, tablespaces } = named;
    return (0,_server_server_js__WEBPACK_IMPORTED_MODULE_0__/* .explainingErrors */ .ng)(psql, _server_server_js__WEBPACK_IMPORTED_MODULE_0__/* .maintenanceDatabase */ .Xb, async () => {
        const facts = await (0,_session_psql_js__WEBPACK_IMPORTED_MODULE_1__/* .ask */ .kA)(psql, _server_server_js__WEBPACK_IMPORTED_MODULE_0__/* .maintenanceDatabase */ .Xb, serverOffersQuery, {
            target,
            extensions: JSON.stringify(extensions),
            roles: JSON.stringify(roles),
            tablespaces: JSON.stringify(tablespaces),
            privileged: JSON.stringify(privilegedRoles),
        });
        const names = { database: target, other: target };
        const { sessions } = await (0,_session_psql_js__WEBPACK_IMPORTED_MODULE_1__/* .ask */ .kA)(psql, _server_server_js__WEBPACK_IMPORTED_MODULE_0__/* .maintenanceDatabase */ .Xb, _swap_end_sessions_js__WEBPACK_IMPORTED_MODULE_2__/* .findObstacles */ .AT, names);
        return { ...facts, unendable: sessions };
    });
}
const askedNames = (variable) => `(SELECT json_array_elements_text(:'${variable}'))`;
const listOf = (columns) => `coalesce(json_agg(json_build_object(${columns})), '[]')`;
const serverOffersQuery = `SELECT json_build_object(
  'superuser', (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),
  'allowedExtensions', to_json(regexp_split_to_array(lower(current_setting('azure.extensions', true)), '[\\s,]+')),
  'privileged', EXISTS (SELECT FROM pg_roles
    WHERE rolname IN ${askedNames('privileged')} AND pg_has_role(oid, 'MEMBER')),
  'mayCreateSubscriptions', EXISTS (SELECT FROM pg_roles
    WHERE rolname = current_user AND rolsuper
      OR rolname = 'pg_create_subscription' AND pg_has_role(oid, 'USAGE')),
  'extensions', (SELECT coalesce(json_object_agg(name, json_build_object(
      'trusted', trusted, 'version', default_version, 'versions', versions)), '{}') FROM (
    SELECT a.name, a.default_version, coalesce(json_agg(v.version) FILTER (WHERE v.version IS NOT NULL), '[]') AS versions,
      coalesce(bool_or((to_jsonb(v) ->> 'trusted')::boolean OR NOT v.superuser)
        FILTER (WHERE v.version = a.default_version), false) AS trusted
    FROM pg_available_extensions AS a LEFT JOIN pg_available_extension_versions AS v ON v.name = a.name
    WHERE a.name IN ${askedNames('extensions')} GROUP BY 1, 2) AS available),
  'roles', (SELECT coalesce(json_object_agg(rolname, json_build_object(
      'assumable', pg_has_role(oid,
        CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END),
      'has', (SELECT json_agg(o.rolname) FROM pg_roles AS o
        WHERE (o.rolname IN ${askedNames('roles')} OR o.rolname = current_user) AND pg_has_role(r.oid, o.oid, 'USAGE')))), '{}')
    FROM pg_roles AS r WHERE rolname IN ${askedNames('roles')}),
  'tablespaces', (SELECT coalesce(json_agg(spcname), '[]') FROM pg_tablespace
    WHERE spcname IN ${askedNames('tablespaces')} AND has_tablespace_privilege(oid, 'CREATE')),
  'target', (SELECT json_build_object(
      'size', CASE WHEN has_database_privilege(d.oid, 'CONNECT') OR pg_has_role('pg_read_all_stats', 'USAGE')
        THEN pg_database_size(d.oid) END,
      'slots', (SELECT ${listOf(`'name', slot_name, 'active', active`)}
        FROM pg_replication_slots WHERE database = d.datname),
      'subscriptions', (SELECT ${listOf(`'name', subname, 'enabled', subenabled`)}
        FROM pg_subscription WHERE subdbid = d.oid))
    FROM pg_database AS d WHERE d.datname = :'target'))`;


/***/ }),

/***/ 7543:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ thingsInPublic),
/* harmony export */   Z: () => (/* binding */ publicSchema)
/* harmony export */ });
/* harmony import */ var _session_psql_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1793);

/**
 * Asks, in the database, about its schema `public`; null if it has none.
 * @param roles besides this one; those that there are not, are not answered
 * @throws ProcessFailure if the server refuses
 */
async function publicSchema(psql, database, roles) {
    return (0,_session_psql_js__WEBPACK_IMPORTED_MODULE_0__/* .ask */ .kA)(psql, database, publicSchemaQuery, { roles: JSON.stringify(roles) });
}
const publicSchemaQuery = `SELECT coalesce((
  SELECT json_build_object(
    'owner', o.rolname,
    'ownedBySuperuser', o.rolsuper,
    'member', pg_has_role(n.nspowner, 'MEMBER'),
    'mayCreate', has_schema_privilege(n.oid, 'CREATE'),
    'shutOut', (SELECT coalesce(json_agg(r.rolname ORDER BY r.rolname), '[]') FROM pg_roles AS r
      WHERE r.rolname IN (SELECT json_array_elements_text(:'roles')) AND NOT has_schema_privilege(r.oid, n.oid, 'CREATE')))
  FROM pg_namespace AS n JOIN pg_roles AS o ON o.oid = n.nspowner WHERE n.nspname = 'public'), 'null')`;
/** The first things in schema `public` of a database that are no extension's, each as an archive would name it: `TABLE "note"`. */
async function thingsInPublic(psql, database) {
    return (0,_session_psql_js__WEBPACK_IMPORTED_MODULE_0__/* .ask */ .kA)(psql, database, thingsInPublicQuery);
}
/** One more than are listed. */
const thingsInPublicQuery = `SELECT coalesce(json_agg(json_build_object('type', type, 'name', name)), '[]') FROM (
  SELECT type, name FROM (
    SELECT 'pg_catalog.pg_class'::regclass AS catalog, c.oid, CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
      WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' WHEN 'c' THEN 'TYPE' ELSE 'TABLE' END AS type, relname::text AS name
    FROM pg_class AS c WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c') AND relnamespace = to_regnamespace('public')
    UNION ALL
    SELECT 'pg_catalog.pg_proc'::regclass, oid, 'FUNCTION', proname FROM pg_proc WHERE pronamespace = to_regnamespace('public')) AS things
  WHERE NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = catalog AND d.objid = oid AND d.deptype = 'e')
  ORDER BY type DESC, name LIMIT 11) AS first`;


/***/ }),

/***/ 2013:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   fA: () => (/* binding */ openSession),
/* harmony export */   v9: () => (/* binding */ sqlStateOf)
/* harmony export */ });
/* unused harmony export answers */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _base_patience_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7705);
/* harmony import */ var _base_process_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3418);
/* harmony import */ var _psql_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1793);
/* harmony import */ var _pulse_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4212);
/* harmony import */ var _reconnect_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6976);






/**
 * Opens a session. A cancel of the step does not end it once it is open: whoever opened it closes it. It ends with this process, even if
 * that is killed, since psql's standard input is a pipe from here.
 * @param applicationName how it is called in `pg_stat_activity`
 * @throws ProcessFailure if psql cannot connect; Failure if the server lets it in and answers nobody
 */
async function openSession(psql, database, { applicationName }) {
    psql.signal.throwIfAborted();
    return (0,_reconnect_js__WEBPACK_IMPORTED_MODULE_5__/* .whenConnected */ .O)(psql, database, async () => {
        const command = (0,_psql_js__WEBPACK_IMPORTED_MODULE_3__/* .psqlCommand */ .K9)(psql, database);
        const session = converse({ ...command, env: { ...command.env, PGAPPNAME: applicationName } });
        try {
            await (0,_pulse_js__WEBPACK_IMPORTED_MODULE_4__/* .whileAnswered */ .f)(psql, database, (signal) => (0,_base_patience_js__WEBPACK_IMPORTED_MODULE_1__/* .unlessAborted */ .Wh)(session.run(_psql_js__WEBPACK_IMPORTED_MODULE_3__/* .emptySearchPath */ .v$), signal));
        }
        catch (error) {
            await session.close();
            throw error;
        }
        return session;
    });
}
/** The five characters of an error that the server answered with, `55006`. https://www.postgresql.org/docs/current/errcodes-appendix.html */
function sqlStateOf(error) {
    const cause = error instanceof _base_process_js__WEBPACK_IMPORTED_MODULE_2__/* .ProcessFailure */ .iq ? error.cause : undefined;
    return cause instanceof Error ? /^SQLSTATE (\w{5})$/.exec(cause.message)?.[1] : undefined;
}
/** How long psql may take to leave when its input is closed, in milliseconds. */
const closeTimeout = 2_000;
/** Talks to a psql that is called like this. After every statement it is told to print a line that ends the answer. */
function converse(command) {
    const never = new AbortController().signal;
    const said = answers();
    const running = (0,_base_process_js__WEBPACK_IMPORTED_MODULE_2__/* .start */ .ni)({
        ...command,
        keepInput: true,
        signal: never,
        onStderrLine: (line) => said.add(`${line}\n`),
    });
    const printed = answers();
    running.stdout.setEncoding('utf8').on('data', printed.add);
    const lost = new AbortController();
    let closed = false;
    let over;
    const ended = running.finished
        .then(() => new _base_process_js__WEBPACK_IMPORTED_MODULE_2__/* .ProcessFailure */ .iq(command.program, 'has been closed', 0, ''))
        .catch(({ program, ending, exitCode, stderr }) => {
        const last = stderr.replace(/^.*end-of-answer-\w+(\n|$)/s, ''); // what came before was said of other statements
        return new _base_process_js__WEBPACK_IMPORTED_MODULE_2__/* .ProcessFailure */ .iq(program, ending, exitCode, last);
    })
        .then((failure) => {
        over = failure;
        for (const { fail } of [printed, said])
            fail(failure);
        if (!closed)
            lost.abort(failure);
    });
    async function answer(statement, variables) {
        if (over)
            throw over;
        const mark = `end-of-answer-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(8).toString('hex')}\n`;
        const both = Promise.all([printed.until(mark), said.until(mark)]);
        running.stdin.write(`${(0,_psql_js__WEBPACK_IMPORTED_MODULE_3__/* .setCommands */ .dm)(variables)}${statement}\n;\n\\echo :ERROR :SQLSTATE\n\\echo ${mark}\\warn ${mark}`);
        const [text, complaints] = await both;
        const [, rows = '', failed, sqlState] = /^(?:(.*)\n)?(true|false) (\w{5})\n$/s.exec(text) ?? [];
        if (failed === 'false')
            return rows;
        const cause = new Error(`SQLSTATE ${sqlState}`);
        throw new _base_process_js__WEBPACK_IMPORTED_MODULE_2__/* .ProcessFailure */ .iq(command.program, 'was given an error', null, complaints.trim(), { cause });
    }
    async function run(statement, variables = {}) {
        try {
            return await answer(statement, variables);
        }
        catch (error) {
            if (sqlStateOf(error))
                await answer('ROLLBACK', {}).catch(() => { }); // warns where there is nothing to roll back
            throw error;
        }
    }
    let last = Promise.resolve();
    return {
        lost: lost.signal,
        run(statement, variables) {
            const result = last.then(() => run(statement, variables));
            last = result.catch(() => { });
            return result;
        },
        async close() {
            closed = true;
            running.stdin.end();
            const timer = setTimeout(() => void running.stop(), closeTimeout);
            await ended;
            clearTimeout(timer);
        },
    };
}
/** Takes text in pieces, and hands it out up to a mark that is printed at the end of each answer. */
function answers() {
    let pieces = [];
    /** What comes last, as much as the mark is long: to look at all of it with each piece would take the square of the time. */
    let end = '';
    let waiting;
    return {
        add(piece) {
            if (!waiting)
                return;
            pieces.push(piece);
            end = (end + piece).slice(-waiting.mark.length);
            if (end !== waiting.mark)
                return;
            waiting.resolve(pieces.join('').slice(0, -waiting.mark.length));
            waiting = undefined;
        },
        until(mark) {
            [pieces, end] = [[], ''];
            return new Promise((resolve, reject) => {
                waiting = { mark, resolve, reject };
            });
        },
        fail(reason) {
            waiting?.reject(reason);
        },
    };
}


/***/ }),

/***/ 421:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $w: () => (/* binding */ rename),
/* harmony export */   LX: () => (/* binding */ adviceOnPrepared),
/* harmony export */   Qo: () => (/* binding */ markAfter),
/* harmony export */   i: () => (/* binding */ waitForOthers)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8500);
/* harmony import */ var _base_failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7306);
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8253);
/* harmony import */ var _properties_restore_mark_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5148);
/* harmony import */ var _server_server_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2221);
/* harmony import */ var _session_psql_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1793);
/* harmony import */ var _session_sql_text_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4953);
/* harmony import */ var _end_sessions_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1295);
/* harmony import */ var _proof_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(7630);









/** For how long, before an attempt, sessions are waited for that this role may not end, in milliseconds. */
const longestWaitForSessions = 10_000;
/** An answer that takes longer than its limit by this, in milliseconds, will not come any more. */
const grace = 15_000;
/**
 * Renames both databases. Everything is one message, and so one transaction, which does not depend on us once it is sent. It is a part
 * of it that both are the ones that were looked at before. Never throws.
 * @param limit in milliseconds, after which it is rolled back
 */
async function rename(session, names, before, limit) {
    const { current, fresh, comment } = before;
    const message = [
        `SET LOCAL statement_timeout = ${limit}`,
        `SET LOCAL lock_timeout = ${limit / 2}`,
        ...(current === null ? [] : ['ALTER DATABASE :"current" RENAME TO :"previous"']),
        'ALTER DATABASE :"fresh" RENAME TO :"current"',
        ...(current === null ? [] : [(0,_proof_js__WEBPACK_IMPORTED_MODULE_7__/* .proof */ .n)('previous', 'old')]),
        (0,_proof_js__WEBPACK_IMPORTED_MODULE_7__/* .proof */ .n)('current', 'new'),
        ...(current === null || names.discardedBy === undefined
            ? []
            : [`COMMENT ON DATABASE :"previous" IS :'mark'`]),
        ...(names.statements ?? [
            `COMMENT ON DATABASE :"current" IS ${comment === null ? 'NULL' : ":'comment'"}`,
        ]),
    ];
    const begun = performance.now();
    const held = () => performance.now() - begun;
    const timer = setTimeout(() => void session.close(), limit + grace);
    try {
        await session.run(message.join(' \\;\n'), {
            current: names.current,
            fresh: names.fresh,
            previous: names.previous,
            comment: comment ?? '',
            ...{ old: String(current), new: String(fresh), mark: markAfter(names, before) ?? '' },
        });
        return { held: held() };
    }
    catch (reason) {
        return { held: held(), failed: { reason } };
    }
    finally {
        clearTimeout(timer);
    }
}
/** The comment that what was `current` has after the swap, if it gets a mark. */
function markAfter({ current, discardedBy }, { fresh, comment }) {
    if (discardedBy === undefined)
        return undefined;
    return (0,_properties_restore_mark_js__WEBPACK_IMPORTED_MODULE_2__/* .replacedMark */ .If)({
        database: current,
        run: discardedBy,
        comment,
        ...(fresh !== null && { by: fresh }),
    });
}
/** Waits while there are sessions that this role may not end, before anybody is held back on their account. */
async function waitForOthers(psql, { current, fresh }) {
    const tried = `Replacing database ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_8__/* .quoted */ .TL)(current)}`;
    for (const begun = performance.now();; await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(500)) {
        const variables = { database: current, other: fresh };
        const found = await (0,_session_psql_js__WEBPACK_IMPORTED_MODULE_4__/* .ask */ .kA)(psql, _server_server_js__WEBPACK_IMPORTED_MODULE_3__/* .maintenanceDatabase */ .Xb, _end_sessions_js__WEBPACK_IMPORTED_MODULE_6__/* .findObstacles */ .AT, variables);
        if (found.preparedTransactions > 0) {
            throw new _base_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Failure */ .HR({
                tried,
                cause: `blocked by ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_8__/* .count */ .U9)(found.preparedTransactions, 'prepared transaction')}`,
                advice: adviceOnPrepared(current, fresh),
            });
        }
        if (found.sessions.length === 0)
            return;
        if (performance.now() - begun > longestWaitForSessions) {
            const number = found.sessions.length;
            const blocked = `${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_8__/* .count */ .U9)(number, 'session')} ${number === 1 ? 'is' : 'are'} in the way`;
            const { user } = psql.connection;
            throw new _base_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Failure */ .HR({
                tried,
                cause: `${blocked}, and ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_8__/* .quoted */ .TL)(user)} may not end ${number === 1 ? 'it' : 'them'}: ${found.sessions.map(_end_sessions_js__WEBPACK_IMPORTED_MODULE_6__/* .describeSession */ ._0).join(', ')}`,
                advice: adviceOnSessions(found.sessions, user),
            });
        }
    }
}
function adviceOnSessions(sessions, role) {
    return [
        'As an administrator of the server, run this, then run the job again:',
        (0,_end_sessions_js__WEBPACK_IMPORTED_MODULE_6__/* .endingStatement */ .Bl)(sessions),
        "Or let this role end all sessions but a superuser's from now on:",
        (0,_session_sql_text_js__WEBPACK_IMPORTED_MODULE_5__/* .toPaste */ .XM)(`GRANT pg_signal_backend TO ${(0,_session_sql_text_js__WEBPACK_IMPORTED_MODULE_5__/* .identifier */ .Cv)(role)};`),
    ].join('\n');
}
/** What to do about prepared transactions in a database. */
function adviceOnPrepared(...databases) {
    return [
        'To list the prepared transactions, run:',
        (0,_session_sql_text_js__WEBPACK_IMPORTED_MODULE_5__/* .toPaste */ .XM)(`SELECT gid, owner, database FROM pg_prepared_xacts WHERE database IN (${databases.map(_session_sql_text_js__WEBPACK_IMPORTED_MODULE_5__/* .literal */ .eu).join(', ')});`),
        'End each in its database and as its owner, with COMMIT PREPARED or ROLLBACK PREPARED and its gid, then run the job again.',
    ].join('\n');
}


/***/ }),

/***/ 1295:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AT: () => (/* binding */ findObstacles),
/* harmony export */   Bl: () => (/* binding */ endingStatement),
/* harmony export */   _0: () => (/* binding */ describeSession),
/* harmony export */   m4: () => (/* binding */ whileEndingSessions)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8500);
/* harmony import */ var _base_format_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8253);
/* harmony import */ var _server_server_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2221);
/* harmony import */ var _session_session_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2013);




/** Whether this role may end a session of `pg_stat_activity`. A plain role ends nothing of a superuser's. */
const mayEnd = `(pg_has_role(usesysid, 'USAGE') OR pg_has_role('pg_signal_backend', 'USAGE'))
    AND (NOT (SELECT rolsuper FROM pg_roles WHERE oid = usesysid)
      OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user))`;
/**
 * Ends the client sessions in the databases with the OIDs `:'oids'`, all that this role may end. Other kinds are left
 * alone: a plain role may not end an autovacuum worker, which a drop or a rename sends away by itself.
 */
const endSessions = `
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datid::text = ANY (string_to_array(:'oids', ',')) AND ${_server_server_js__WEBPACK_IMPORTED_MODULE_1__/* .isClient */ .oc} AND pid <> pg_backend_pid() AND ${mayEnd}`;
/** A session in words: `pid 123 ("psql" of "moodle")`. */
function describeSession({ application, user, pid }) {
    return `pid ${pid} (${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .TL)(application || 'unnamed')} of ${(0,_base_format_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .TL)(user)})`;
}
/** The statement that ends sessions, for a role that may. */
function endingStatement(sessions) {
    const [first, ...others] = sessions.map(({ pid }) => pid);
    return others.length === 0
        ? `SELECT pg_terminate_backend(${first});`
        : `SELECT pg_terminate_backend(pid) FROM unnest(ARRAY[${[first, ...others].join(', ')}]) AS pid;`;
}
/** Asks for the obstacles in `:'database'` and `:'other'`, as JSON. */
const findObstacles = `
  SELECT json_build_object(
    'preparedTransactions', (SELECT count(*) FROM pg_prepared_xacts WHERE database IN (:'database', :'other')),
    'sessions', (SELECT coalesce(json_agg(
        json_build_object('application', application_name, 'user', usename, 'pid', pid) ORDER BY pid), '[]')
      FROM pg_stat_activity
      WHERE datname IN (:'database', :'other') AND ${_server_server_js__WEBPACK_IMPORTED_MODULE_1__/* .isClient */ .oc} AND NOT (${mayEnd})))`;
/** Between two rounds of ending sessions, in milliseconds. */
const roundPause = 25;
/**
 * Ends the client sessions in databases, over and over, while `work` runs. It holds a session of its own for that, so that a round takes
 * no longer than its way to the server and back.
 * @param oids of the databases: what somebody else gives their names to is another, and its sessions are left alone
 */
async function whileEndingSessions(psql, oids, work) {
    const ender = await (0,_session_session_js__WEBPACK_IMPORTED_MODULE_2__/* .openSession */ .fA)(psql, _server_server_js__WEBPACK_IMPORTED_MODULE_1__/* .maintenanceDatabase */ .Xb, {
        applicationName: 'postgres-azure-backup end sessions',
    });
    const variables = { oids: oids.filter((oid) => oid !== null).join(',') };
    let over = false;
    const end = async () => {
        while (!over) {
            await ender.run(endSessions, variables).catch(() => { }); // whoever waits for them says who is left
            await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(roundPause);
        }
    };
    try {
        const working = work(); // takes its lock before the first are ended, or they would be back
        void end();
        return await working;
    }
    finally {
        over = true;
        await ender.close();
    }
}


/***/ }),

/***/ 7630:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ isMistaken),
/* harmony export */   n: () => (/* binding */ proof)
/* harmony export */ });
/* harmony import */ var _base_process_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3418);

/** What the server quotes in its error, in any language, if a proof fails. */
const mistaken = 'not the database that was looked at';
/**
 * A statement that fails unless the database of a name is the one with an OID. In one message with a statement that has renamed it, it is
 * a part of that transaction: what was renamed is looked at while nobody else can rename or drop it, and if it is another, nothing has
 * happened. Names and values are psql's variables, since a DO block takes none.
 * @param name the variable with the name
 * @param oid the variable with the OID
 * @param comment the variable with the comment, if that is to be compared
 */
function proof(name, oid, comment) {
    const marked = comment === undefined ? '' : ` AND shobj_description(oid, 'pg_database') = :'${comment}'`;
    return `SELECT CAST(CASE WHEN EXISTS (SELECT FROM pg_database WHERE datname = :'${name}'
      AND oid::text = :'${oid}'${marked}) THEN '0' ELSE '${mistaken}' END AS int)`;
}
/** Whether something failed since another database was met than the one that was looked at. */
function isMistaken(error) {
    return error instanceof _base_process_js__WEBPACK_IMPORTED_MODULE_0__/* .ProcessFailure */ .iq && error.stderr.includes(`"${mistaken}"`);
}


/***/ })

};
