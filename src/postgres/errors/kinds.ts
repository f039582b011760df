import { searchablePart } from './server-message.ts';
/** How libpq and the server say that a connection is gone; one of the lines is libpq's own, in English. */
export const lostConnection =
  /terminating connection|server closed the connection|connection to server was lost|could not (receive|send) data|SSL SYSCALL|connection has been closed|no connection to the server/i;

/** How pg_dump says that it waited in vain: its --lock-wait-timeout is a statement_timeout to the server. */
export const lockTimeout = /canceling statement due to (statement|lock) timeout.*\bLOCK TABLE /is;

/**
 * Messages about the server as a whole, or about who else is at work there, and not about what they came in the midst of.
 */
const stateOfServer =
  /no space left|disk full|out of (shared )?memory|shared memory segment|in a read-only transaction|canceling statement|lock timeout|could not obtain lock|waiting for lock|deadlock detected/i;

/**
 * Whether a message is about the connection or the server as a whole, and says nothing about what it came in the midst of.
 * Rows of a table may be quoted below the first line.
 */
export function isOfServer(message: string): boolean {
  const [first = ''] = message.split('\n', 1);
  return lostConnection.test(message) || stateOfServer.test(first);
}

/** Whether pg_dump says that it waited too long for a lock on a table. */
export function isLockTimeout(message: string): boolean {
  return lockTimeout.test(searchablePart(message));
}
