import { describe } from 'vitest';
import { installedClients } from './clients.ts';
import type { PostgresMajor } from './postgres-server.ts';

const clients = (await installedClients()).map(({ major }) => major);

/** Why a server of this major cannot be tested on this machine, in words for a title; undefined if it can. */
export function lackFor(major: number): string | undefined {
  return clients.some((client) => client >= major)
    ? undefined
    : `needs a client ${major} or newer, and ${whatIsHere}`;
}

/** The same where the client has to be of the server's own major. */
export function ownLackFor(major: number): string | undefined {
  return clients.includes(major) ? undefined : `needs a client ${major}, and ${whatIsHere}`;
}

/**
 * Those of several majors on which tests run that take long and are alike on all of them: with EVERY_MAJOR all, and otherwise the newest
 * that this machine can test, or the newest of all where it can test none.
 */
export function someOf(majors: readonly PostgresMajor[], lack = lackFor): PostgresMajor[] {
  if (process.env['EVERY_MAJOR']) return [...majors];
  return majors
    .filter((major) => lack(major) === undefined)
    .slice(-1)
    .concat(majors.slice(-1))
    .slice(0, 1);
}

const whatIsHere =
  clients.length === 0 ? 'this machine has none' : `this machine has only ${clients.join(' and ')}`;

/** A title with the reason why it is skipped, if it is. */
export function titled(title: string, lack: string | undefined): string {
  return lack === undefined ? title : `${title} (${lack})`;
}

/** Declares tests for each major. Those that this machine lacks the client for are skipped, and their title says so. */
export function describeOn(
  majors: readonly PostgresMajor[],
  declare: (major: PostgresMajor) => void,
  { title = (major: PostgresMajor) => `on a server ${major}`, lack = ownLackFor } = {},
): void {
  for (const major of majors) {
    const missing = lack(major);
    describe.skipIf(missing !== undefined)(titled(title(major), missing), () => declare(major));
  }
}
