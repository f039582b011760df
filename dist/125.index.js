export const id = 125;
export const ids = [125];
export const modules = {

/***/ 5125:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  d: () => (/* binding */ applyRetention)
});

// EXTERNAL MODULE: ./build/base/format.js
var format = __webpack_require__(8253);
// EXTERNAL MODULE: ./build/azure/storage/upkeep/errors.js
var errors = __webpack_require__(1416);
// EXTERNAL MODULE: ./build/azure/passing.js
var passing = __webpack_require__(8167);
// EXTERNAL MODULE: ./build/azure/rest-error.js
var rest_error = __webpack_require__(3343);
;// CONCATENATED MODULE: ./build/azure/storage/upkeep/refused-with.js


/**
 * Azure's code where the account refused a request for good: then it is about this blob, or these rights. Undefined where the account did
 * not answer, or has trouble that passes by itself: then the next request would meet the same.
 */
function refusedWith({ cause }) {
    if (!(0,rest_error/* isRestError */.T0)(cause) || cause.statusCode === undefined || (0,passing/* retryOf */.W)(cause))
        return undefined;
    if (cause.statusCode === 401)
        return undefined; // of the sign-in, not of a blob: it was waited for, and the next request meets the same
    return (0,rest_error/* detailOf */.Rw)(cause).code;
}

// EXTERNAL MODULE: ./build/base/failure.js
var failure = __webpack_require__(7306);
// EXTERNAL MODULE: ./build/jobs/retention/describe.js
var describe = __webpack_require__(2251);
// EXTERNAL MODULE: ./build/jobs/archive/recorded-backups.js
var recorded_backups = __webpack_require__(3928);
// EXTERNAL MODULE: ./build/jobs/archive/recorded-time.js
var recorded_time = __webpack_require__(4598);
;// CONCATENATED MODULE: ./build/jobs/retention/countable.js

/** Whether the rules count a backup: one that leaves something out is neither counted among whole ones, nor deleted because of them. */
function isCountable(backup, now) {
    return backup.part === undefined && !(0,recorded_time/* hasWrongTime */.b)(backup, now);
}

;// CONCATENATED MODULE: ./build/jobs/retention/calendar.js
const dayLength = 24 * 60 * 60 * 1000;
/** The period that a time lies in, by UTC: `2026-11-28`, `2026-W48` (ISO 8601), `2026-11` or `2026`. */
function periodOf(time, period) {
    if (period === 'week')
        return isoWeek(time);
    const year = String(time.getUTCFullYear());
    if (period === 'year')
        return year;
    const month = `${year}-${twoDigits(time.getUTCMonth() + 1)}`;
    return period === 'month' ? month : `${month}-${twoDigits(time.getUTCDate())}`;
}
function twoDigits(number) {
    return String(number).padStart(2, '0');
}
/** A week belongs to the year of its Thursday, and the first week of a year is that with its first Thursday. */
function isoWeek(time) {
    const sinceMonday = (time.getUTCDay() + 6) % 7;
    const midnight = Math.floor(time.getTime() / dayLength) * dayLength;
    const thursday = new Date(midnight + (3 - sinceMonday) * dayLength);
    const first = new Date(thursday).setUTCMonth(0, 1);
    const number = 1 + Math.floor((thursday.getTime() - first) / (7 * dayLength));
    return `${thursday.getUTCFullYear()}-W${twoDigits(number)}`;
}
/** The time so many days of 24 hours before another, in milliseconds. */
function daysBefore(time, days) {
    return time - days * dayLength;
}

;// CONCATENATED MODULE: ./build/jobs/retention/rules.js


/**
 * What the rules keep, with the name of each rule, or of the period, that keeps it.
 * @param counted backups whose recorded times can be right
 */
function rulesThatKeep(counted, rules) {
    const moments = [...Map.groupBy(counted, ({ at }) => at.getTime())]
        .map(([time, backups]) => ({ time, backups }))
        .toSorted((one, other) => other.time - one.time);
    const kept = new Map();
    const keep = (moment, reason) => {
        for (const backup of moment?.backups ?? [])
            kept.set(backup, [...(kept.get(backup) ?? []), reason]);
    };
    for (const moment of moments.slice(0, rules.last))
        keep(moment, `last ${rules.last}`);
    if (rules.withinDays > 0)
        keepWithin(moments, rules.withinDays, keep);
    keepPeriods(moments, 'day', rules.daily, keep);
    keepPeriods(moments, 'week', rules.weekly, keep);
    keepPeriods(moments, 'month', rules.monthly, keep);
    keepPeriods(moments, 'year', rules.yearly, keep);
    return kept;
}
/**
 * The days count back from the newest backup, not from now: an outage that is longer must not delete all. The last one before them stays too:
 * it is what the database was like when they began.
 */
function keepWithin(moments, days, keep) {
    const start = daysBefore(moments[0]?.time ?? 0, days);
    const within = moments.filter(({ time }) => time >= start);
    for (const moment of within)
        keep(moment, `within ${(0,format/* count */.U9)(days, 'day')}`);
    if (within.at(-1)?.time !== start)
        keep(moments[within.length], `last before the ${(0,format/* count */.U9)(days, 'day')}`);
}
/** The newest backup of each of the newest periods that have one. */
function keepPeriods(moments, period, number, keep) {
    const taken = new Set();
    for (const moment of moments) {
        const name = periodOf(new Date(moment.time), period);
        if (taken.has(name))
            continue;
        if (taken.size === number)
            return;
        taken.add(name);
        keep(moment, `${period} ${name}`);
    }
}

;// CONCATENATED MODULE: ./build/jobs/retention/choose.js




/**
 * Which backups stay by the rules of a retention, and which go. What one rule keeps stays, and so does what must never be deleted. Without
 * any rule all of them stay. Whoever has deleted only some of those that go, and asks again, is told to delete none but the others.
 * @param backups of one database, in any order
 * @param now the account's time
 * @throws if a rule is no whole number: nothing may be chosen by it
 */
function chooseKept(backups, rules, now) {
    for (const [rule, value] of Object.entries(rules))
        if (!Number.isSafeInteger(value) || value < 0)
            throw new RangeError(`${rule} is ${value}`);
    const counted = backups.filter((backup) => isCountable(backup, now));
    const byRules = Object.values(rules).some((value) => value > 0)
        ? rulesThatKeep(counted, rules)
        : new Map(backups.map((backup) => [backup, ['no rule is set']]));
    const newest = latest(counted);
    const last = newestOfEachHost(counted, 'newest');
    const lastVerified = newestOfEachHost(counted.filter(({ verifiedAt }) => verifiedAt !== undefined), 'newest verified');
    const lastFile = fileThatCameLast(counted);
    const reasonsOf = (backup) => [
        ...(last.get(backup) ?? []),
        ...(lastVerified.get(backup) ?? []),
        ...(backup === lastFile && !newest.includes(backup) ? ['newest file'] : []),
        ...ofItself(backup, now),
        ...(byRules.get(backup) ?? []),
    ];
    const judged = backups.toSorted(newestFirst).map((backup) => ({ backup, reasons: reasonsOf(backup) }));
    return {
        kept: judged.filter(({ reasons }) => reasons.length > 0),
        deleted: judged.filter(({ reasons }) => reasons.length === 0).map(({ backup }) => backup),
        wrongClock: judged.map(({ backup }) => backup).filter((backup) => (0,recorded_time/* wrongTime */.j)(backup, now) !== undefined),
    };
}
/** What keeps a backup whatever others there are. */
function ofItself(backup, now) {
    const { part, protection, immutableUntil, hasLegalHold } = backup;
    const wrong = (0,recorded_time/* wrongTime */.j)(backup, now);
    return [
        ...(wrong === undefined ? [] : [wrong]),
        ...(part === undefined ? [] : ['leaves out a part']),
        ...(protection === undefined ? [] : [`protected: ${(0,format/* quoted */.TL)(protection)}`]),
        ...(immutableUntil && immutableUntil > now
            ? [`immutable until ${immutableUntil.toISOString().split('T')[0]}`]
            : []),
        ...(hasLegalHold ? ['legal hold'] : []),
    ];
}
/** All that have the latest time: none of those that share it is deleted. */
function latest(counted) {
    const time = counted.reduce((last, { at }) => Math.max(last, at.getTime()), -Infinity);
    return counted.filter(({ at }) => at.getTime() === time);
}
/**
 * The newest of each server that is named: where two that are in use are given as one that moved, the last backup of neither goes.
 * @param reason of the newest of all; the others' have their host in it
 */
function newestOfEachHost(backups, reason) {
    const ofAll = new Set(latest(backups));
    return new Map([...Map.groupBy(backups, ({ host }) => host)].flatMap(([host, those]) => latest(those).map((one) => [one, [ofAll.has(one) ? reason : `${reason} of ${(0,format/* quoted */.TL)(host)}`]])));
}
/** How long after all others a file came that is taken for the last: when many are copied, they come within minutes. */
const apart = 60 * 60 * 1000;
/**
 * The backup whose file came last by Azure's clock. It is the newest too, unless it was made with a clock that is slow: then it looks old, and
 * would be deleted as soon as it is made. Undefined if others came about then.
 */
function fileThatCameLast(counted) {
    const cameAt = ({ createdOn }) => createdOn?.getTime() ?? -Infinity;
    const [last, before] = counted.toSorted((one, other) => (cameAt(one) < cameAt(other) ? 1 : -1));
    if (!last || !before)
        return last;
    return cameAt(last) > cameAt(before) + apart ? last : undefined;
}
function newestFirst(one, other) {
    return readableTime(other) - readableTime(one) || (one.name < other.name ? -1 : 1);
}
/** Those without a time that can be read come last. */
function readableTime({ at }) {
    return Number.isNaN(at.getTime()) ? -Infinity : at.getTime();
}

;// CONCATENATED MODULE: ./build/jobs/retention/hosts-by-turns.js

/**
 * Whether backups come from several servers that are in use at one time, rather than from one that moved to another name: then their hosts
 * take turns. A server that moved, and moved back, changes as often as it has names at most. Undefined if they may be of one server.
 * @param backups of one database, in any order
 * @param now the account's time
 */
function hostsByTurns(backups, now) {
    const dated = backups.filter((backup) => (0,recorded_time/* wrongTime */.j)(backup, now) === undefined);
    const moments = [...Map.groupBy(dated, ({ at }) => at.getTime())].toSorted(([one], [other]) => one - other);
    const newest = new Map();
    let host;
    let changes = -1;
    for (const [, together] of moments) {
        for (const backup of together)
            newest.set(backup.host, backup);
        const others = new Set(together.map((backup) => backup.host).toSorted());
        if (host !== undefined)
            others.delete(host);
        changes += others.size;
        host = [...others].at(-1) ?? host;
    }
    if (changes <= newest.size)
        return undefined;
    const hosts = [...newest].map(([name, backup]) => ({ host: name, newest: backup }));
    return { changes, hosts: hosts.toSorted((one, other) => +other.newest.at - +one.newest.at) };
}

;// CONCATENATED MODULE: ./build/jobs/retention/look.js





/**
 * Looks at what there is now, and chooses what stays.
 * @throws Failure if it cannot be listed
 */
async function lookAtBackups(store, { source, retention, fresh }, signal) {
    // The inputs see to that. Rules that counted the backups of several databases together would delete the last ones of most.
    if (!source.hosts || source.hosts.length === 0 || source.database === '')
        throw new Error('a retention is for one database on one server');
    const inventory = await (0,recorded_backups/* inventoryOf */.o8)(store, signal);
    const own = inventory.backups.filter((0,recorded_backups/* belongsTo */.g4)(source));
    const { kept, deleted, wrongClock } = chooseKept(own, retention.rules, inventory.now);
    const isFresh = ({ name }) => name === fresh;
    const spared = deleted.filter(isFresh).map((backup) => ({ backup, reasons: ['made a moment ago'] }));
    return {
        ...{ inventory, own, wrongClock },
        kept: inOrder([...kept, ...spared]),
        deleted: deleted.filter((backup) => !isFresh(backup)),
    };
}
/** Backups that stay, the newest first. */
function inOrder(kept) {
    return kept.toSorted((one, other) => other.backup.at.getTime() - one.backup.at.getTime());
}
/**
 * Makes sure that what was looked at is what the rules are meant for.
 * @throws Failure if it is not: nothing may be deleted then
 */
function assertOneServer({ own, inventory }, { source, fresh }) {
    const tried = `Choosing which backups of ${(0,format/* quoted */.TL)(source.database)} stay`;
    const state = 'Nothing was deleted.';
    if (fresh !== undefined && own.every(({ name }) => name !== fresh))
        throw new failure/* Failure */.HR({
            ...{ tried, state },
            cause: `the account does not list the new backup ${(0,format/* quoted */.TL)(fresh)} among those of this database and server, so its list is not to be relied on`,
            advice: 'Check the container: something between the runner and the account may change answers, or have removed what is recorded with the blob.',
        });
    const turns = hostsByTurns(own, inventory.now);
    if (turns)
        throw new failure/* Failure */.HR({
            ...{ tried, state },
            cause: `the servers take turns, as one that moved to another name does not: ` +
                turns.hosts.map(({ host, newest }) => `${(0,format/* quoted */.TL)(host)} (newest ${(0,format/* formatTime */.fU)(newest.at)})`).join(', '),
            advice: 'In source_db_host, name one server only, by the names that it has and had. Rules count the backups of one server: prune each by itself, also where one server has changed its name back and forth.',
        });
}

;// CONCATENATED MODULE: ./build/jobs/retention/delete.js






/** After how long it is looked again at what there is, as a multiple of the time that one answer has: 60 s. */
const freshness = 3;
/**
 * Deletes backups, one after the other and the oldest first, each only if it is still what was looked at.
 *
 * Whatever comes in between, what should stay does. None of those that stay is touched, so any part of the others may be deleted, in any
 * order, and the rules still hold: a job that is killed leaves a right set, and the next one chooses the same again. The oldest first, since
 * whoever ends a job that deletes too much has the newest left. Another prune by the same rules chooses the same, now or when half is
 * done. By other rules, it deletes what these ones keep; but each of them keeps the newest that it sees, and so never deletes the last. A
 * backup that is made meanwhile makes the rules let go of more, never of one that they still hold: src/jobs/retention/choose.ts. What could
 * be wrong is a look that is old: somebody, or a policy of the account, may have deleted what was to stay. So where deleting takes long, it
 * is looked again, and only what goes by both looks is deleted. Nor is it a failure if somebody protects a backup meanwhile: where one was
 * changed, a last look tells whether it stays by that.
 */
async function deleteBackups(store, first, order, patience, step) {
    const done = { deleted: [], gone: [], stayed: [], failed: [] };
    const changed = new Set();
    const oldestFirst = first.deleted.toReversed();
    let look = first;
    let lookedAt = performance.now();
    for (const [place, backup] of oldestFirst.entries()) {
        try {
            if (performance.now() - lookedAt > freshness * patience.answer) {
                look = await lookAtBackups(store, order, step.signal);
                lookedAt = performance.now();
            }
            await deleteOne(store, backup, look, done, step);
        }
        catch (error) {
            if (step.signal.aborted)
                step.info(`Whether ${(0,format/* quoted */.TL)(backup.name)} was deleted is not known: the job was ended`);
            step.signal.throwIfAborted();
            if (!(error instanceof failure/* Failure */.HR))
                throw error;
            const { cause, advice, state } = error.explanation;
            if (state !== undefined)
                step.info(state);
            step.info(`Not deleted: ${(0,format/* quoted */.TL)(backup.name)}: ${cause}`);
            const failed = { backup, cause, advice };
            done.failed.push(failed);
            if ((0,errors/* isOutdated */.lY)(error))
                changed.add(failed);
            if (refusedWith(error) !== undefined)
                continue;
            // The others would be waited for as long, in vain.
            const left = oldestFirst.slice(place + 1);
            if (left.length > 0)
                step.info(`${left.length} more are not tried`);
            const why = `not tried after ${(0,format/* quoted */.TL)(backup.name)}: ${(0,failure/* causeOf */.rl)(error)}`;
            done.failed.push(...left.map((one) => ({ backup: one, cause: why, advice })));
            return done;
        }
    }
    return changed.size === 0 ? done : withStaying(done, changed, store, order, step);
}
/**
 * The same, but what was changed so that it stays, as by somebody who protects it, is no failure.
 * @param changed those that failed since they are no longer what was looked at
 */
async function withStaying(done, changed, store, order, { signal, info }) {
    const last = await lookAtBackups(store, order, signal).catch((error) => {
        signal.throwIfAborted();
        if (!(error instanceof failure/* Failure */.HR))
            throw error;
        info(`What was changed was not looked at again: ${(0,failure/* causeOf */.rl)(error)}`);
        return undefined;
    });
    const names = new Set(Array.from(changed, ({ backup }) => backup.name));
    const staying = (last?.kept ?? []).filter(({ backup }) => names.has(backup.name));
    for (const { backup, reasons } of staying)
        info(`Stays: ${(0,format/* quoted */.TL)(backup.name)} was changed meanwhile, and stays now (${reasons.join(', ')})`);
    const stay = new Set(staying.map(({ backup }) => backup.name));
    const failed = done.failed.filter((one) => !changed.has(one) || !stay.has(one.backup.name));
    return { ...done, failed, stayed: [...done.stayed, ...staying] };
}
async function deleteOne(store, backup, look, done, { signal, info }) {
    const isSame = (one) => one.name === backup.name;
    const kept = look.kept.find((one) => isSame(one.backup));
    if (kept) {
        info(`Not deleted: ${(0,format/* quoted */.TL)(backup.name)}: by what there is now, it stays (${kept.reasons.join(', ')})`);
        done.stayed.push(kept);
        return;
    }
    const came = look.deleted.some(isSame) ? await removeUnlessHeld(store, backup, signal) : 'gone';
    if (came === 'removed') {
        info(`Deleted ${(0,describe/* describeRecorded */.S)(backup)}`);
        done.deleted.push(backup);
    }
    else if (came === 'gone') {
        info(`Gone already: ${(0,format/* quoted */.TL)(backup.name)}; somebody else has deleted it`);
        done.gone.push(backup);
    }
    else {
        info(`Not deleted: ${(0,format/* quoted */.TL)(backup.name)}: ${came}`);
        done.stayed.push({ backup, reasons: [came] });
    }
}
/** By Azure's codes: what keeps a blob although its list says nothing of it. */
const holds = {
    BlobImmutableDueToPolicy: 'immutable by a policy of the container',
    BlobImmutableDueToLegalHold: 'legal hold of the container',
};
/** @returns besides what became of it, what keeps it */
async function removeUnlessHeld(store, backup, signal) {
    try {
        return await store.remove(backup, signal);
    }
    catch (error) {
        const hold = error instanceof failure/* Failure */.HR ? holds[refusedWith(error) ?? ''] : undefined;
        if (hold === undefined)
            throw error;
        return hold;
    }
}

// EXTERNAL MODULE: ./build/jobs/archive/what-there-is.js
var what_there_is = __webpack_require__(6844);
;// CONCATENATED MODULE: ./build/jobs/retention/tell.js



/** Tells in the log what stays, each with its reasons, and what does not: every one, since the page has room for the first only. */
function tellRetention({ own, inventory, kept, deleted }, { source, retention: { rules, isDryRun } }, info) {
    const others = inventory.backups.length - own.length;
    info(`Rules: ${(0,describe/* describeRules */.N)(rules)}${isDryRun ? '. This is a dry run: nothing is deleted' : ''}`);
    info(`${(0,format/* count */.U9)(own.length, 'backup')} of ${(0,what_there_is/* describeSource */.B)(source)}. Not counted, and left alone: ${(0,format/* count */.U9)(others, 'backup')} of other databases or servers, ${(0,format/* count */.U9)(inventory.foreign, 'other file')}`);
    for (const { backup, reasons } of kept)
        info(`Stays: ${(0,describe/* describeRecorded */.S)(backup)}: ${reasons.join(', ')}`);
    const goes = isDryRun ? 'Would be deleted' : 'To be deleted';
    for (const backup of deleted)
        info(`${goes}: ${(0,describe/* describeRecorded */.S)(backup)}`);
    if (deleted.length === 0)
        info('Nothing is to be deleted');
}
/** What is said where there are no backups of a database: it may be a name that somebody mistyped. */
function nothingRecorded(inventory, source) {
    return `There is no backup of ${(0,what_there_is/* describeSource */.B)(source)} here, so nothing is to be deleted.\n${(0,what_there_is/* whatThereIs */.V)(inventory)}`;
}
/**
 * What is to be warned of where recorded times cannot be right: such backups pile up. Undefined for none.
 */
function warningOfClocks({ wrongClock }) {
    const wrong = wrongClock;
    if (wrong.length === 0)
        return undefined;
    const [have, them] = wrong.length === 1
        ? ['1 backup has a recorded time', 'it']
        : [`${wrong.length} backups have recorded times`, 'them'];
    return `${have} that cannot be right, so no rule counts ${them} and no retention deletes ${them}: ${someNames(wrong)}.\nDelete ${them} by hand once nobody needs ${them}.`;
}
/** What people should know of those that the rules would delete if nothing kept Azure from it; undefined for none. */
function noteOnHeld(kept) {
    const held = kept.filter(({ reasons }) => reasons.every((reason) => /^(?:immutable|legal hold)/.test(reason)));
    if (held.length === 0)
        return undefined;
    const text = `${(0,format/* count */.U9)(held.length, 'backup')} would go by the rules, and a policy or a legal hold keeps them: ${someNames(held.map(({ backup }) => backup))}. The first retention after its end deletes them.`;
    return { text, quiet: true };
}
/**
 * What people should know of a dry run where the container keeps what is in it, which the list of its blobs does not tell.
 * @param why as a part of a sentence
 */
function noteOnContainer(why) {
    const text = `${why.charAt(0).toUpperCase()}${why.slice(1)}: what it still keeps of the backups that would be deleted stays, and the first retention after its end deletes it.`;
    return { text, quiet: true };
}
/** How many backups are named in a sentence. */
const mostNamed = 5;
function someNames(backups) {
    const more = backups.length - mostNamed;
    const named = backups.slice(0, mostNamed).map(({ name }) => (0,format/* quoted */.TL)(name));
    return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

;// CONCATENATED MODULE: ./build/jobs/retention/apply.js




/**
 * Looks at the backups of a database, tells which of them stay by the rules and why, and deletes the others unless it is a dry run.
 * @throws Failure if nothing was deleted, since it is not clear what may be
 */
async function applyRetention(store, order, patience, step) {
    const { source, retention } = order;
    const look = await step.phase(`Choose which backups of ${(0,format/* quoted */.TL)(source.database)} stay`, () => step.timed('List', async () => {
        const first = await lookAtBackups(store, order, step.signal);
        assertOneServer(first, order);
        if (first.own.length === 0)
            step.warn(nothingRecorded(first.inventory, source));
        else
            tellRetention(first, order, step.info);
        const wrong = warningOfClocks(first);
        if (wrong !== undefined)
            step.warn(wrong);
        return first;
    }));
    if (look.deleted.length === 0 || retention.isDryRun) {
        const all = { deleted: [...look.deleted], gone: [], stayed: [], failed: [] };
        const applied = appliedAs(retention, look, all);
        const why = look.deleted.length === 0 ? undefined : await store.whyKept(step.signal);
        if (why === undefined)
            return applied;
        const note = noteOnContainer(why);
        step.info(note.text);
        return { ...applied, notes: [...applied.notes, note] };
    }
    const done = await step.phase(`Delete ${(0,format/* count */.U9)(look.deleted.length, 'backup')}`, () => step.timed('Delete', () => deleteBackups(store, look, order, patience, step)));
    return appliedAs(retention, look, { ...done, deleted: done.deleted.toReversed() });
}
function appliedAs({ rules, isDryRun }, look, { deleted, gone, stayed, failed }) {
    const kept = inOrder([...look.kept, ...stayed]);
    const note = noteOnHeld(kept);
    return {
        outcome: { rules, isDryRun, kept, deleted, failed, gone },
        notes: note ? [note] : [],
        problem: failed.length === 0 ? undefined : problemOf(failed, deleted.length, look.deleted.length),
    };
}
/** How many causes, and backups with one cause, are told with an error: all of them are in the log. */
const [mostCauses, mostOfCause] = [5, 5];
/** @param all how many were to be deleted */
function problemOf(failed, deleted, all) {
    const causes = [...Map.groupBy(failed, ({ cause }) => cause)].toSorted(([, a], [, b]) => b.length - a.length);
    const told = causes
        .slice(0, mostCauses)
        .flatMap(([cause, those]) => [
        cause,
        ...those.slice(0, mostOfCause).map(({ backup }) => `- ${(0,format/* quoted */.TL)(backup.name)}`),
        ...(those.length > mostOfCause
            ? [`- and ${those.length - mostOfCause} more, which are in the log`]
            : []),
    ]);
    const more = causes.length > mostCauses ? ['Others have other causes, which are in the log.'] : [];
    return {
        cause: [
            `${failed.length} of ${(0,format/* count */.U9)(all, 'backup')} could not be deleted: ${told[0]}`,
            ...told.slice(1),
            ...more,
        ].join('\n'),
        advice: [...new Set(failed.map(({ advice }) => advice))].slice(0, mostCauses).join('\n'),
        state: deleted === 0
            ? 'Nothing was deleted.'
            : `${(0,format/* count */.U9)(deleted, 'backup')} ${deleted === 1 ? 'was' : 'were'} deleted.`,
    };
}


/***/ })

};
