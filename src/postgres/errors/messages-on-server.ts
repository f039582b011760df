/* What a server says of itself, in English, as in messages-on-objects.ts. */

/** Of the server as a whole, of its disk and its memory, and of the connection; some of it is libpq's. */
const ofState = `
terminating connection due to {reason}
terminating connection because of crash of another server process
terminating background worker {known} due to administrator command
canceling statement due to {reason}
canceling autovacuum task
the database system is starting up
the database system is shutting down
the database system is in recovery mode
the database system is not yet accepting connections
server closed the connection unexpectedly
no connection to the server
connection to server was lost
SSL connection has been closed unexpectedly
SSL SYSCALL error: EOF detected
SSL SYSCALL error: {errno}
could not receive data from server: {errno}
could not send data to server: {errno}
sorry, too many clients already
deadlock detected
could not serialize access due to concurrent update
tuple concurrently updated
tuple concurrently deleted
could not obtain lock on relation {known}
lock timeout
out of memory
out of shared memory
stack depth limit exceeded
invalid memory alloc request size {number}
cannot execute {command} in a read-only transaction
cannot execute {command} during recovery
temporary file size exceeds temp_file_limit ({number}kB)
could not create file {path}: {errno}
could not open file {path}: {errno}
could not stat file {path}: {errno}
could not fsync file {path}: {errno}
could not rename file {path} to {path}: {errno}
could not truncate file {path}: {errno}
could not truncate file {path} to {number} blocks: {errno}
could not extend file {path}: {errno}
could not extend file {path} with FileFallocate(): {errno}
could not extend file {path}: wrote only {number} of {number} bytes at block {number}
could not read block {number} in file {path}: {errno}
could not read block {number} in file {path}: read only {number} of {number} bytes
could not read blocks {number} in file {path}: {errno}
could not read blocks {number} in file {path}: read only {number} of {number} bytes
could not write block {number} in file {path}: {errno}
could not write block {number} in file {path}: wrote only {number} of {number} bytes
could not write to file {path}: {errno}
could not write to log file {path} at offset {number}, length {number}: {errno}
could not write to temporary file: {errno}
could not read from temporary file: {errno}
could not create temporary file {path}: {errno}
could not create temporary directory {path}: {errno}
could not create directory {path}: {errno}
could not open directory {path}: {errno}
could not seek to block {number} in file {path}: {errno}
could not resize shared memory segment {path} to {number} bytes: {errno}
could not open shared memory segment {path}: {errno}
invalid page in block {number} of relation {path}
page verification failed, calculated checksum {number} but expected {number}
missing chunk number {number} for toast value {number} in {toast}
unexpected chunk number {number} (expected {number}) for toast value {number} in {toast}
unexpected chunk size {number} (expected {number}) in chunk {number} for toast value {number} in {toast}
unexpected chunk size {number} (expected {number}) in chunk {number} of {number} for toast value {number} in {toast}
compressed pglz data is corrupt
compressed lz4 data is corrupt
could not open relation with OID {number}
large object {number} does not exist
invalid large-object descriptor: {number}`;

/** Templates of messages that are about the server. */
export const messagesOnServer: readonly string[] = ofState.trim().split('\n');
