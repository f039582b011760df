export const id = 347;
export const ids = [347];
export const modules = {

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


/***/ })

};
