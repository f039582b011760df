import path from 'node:path';
import type { ProcessFailure } from '../process.ts';

/** How libpq and the server say that a connection is gone; one of the lines is libpq's own, in English. */
const lostConnection =
  /terminating connection|server closed the connection|connection to server was lost|could not (receive|send) data|SSL SYSCALL|connection has been closed|no connection to the server/i;

/** Parts of libpq's and the server's messages, in English, and what to do about them; the first that fits counts. */
const advices: readonly [RegExp, string][] = [
  [
    lostConnection,
    "The connection was ended. Look at the server's log for this time, then run the job again.",
  ],
  [
    /could not translate host name|could not resolve/i,
    'Check azure_db_host; a server with private access has a name that only its own network knows.',
  ],
  [/connection refused/i, 'Check azure_db_host and db_port, and that the server is running.'],
  [
    /timeout expired|timed out|no route to host|network is unreachable/i,
    "Let the runner through the server's firewall, or use a runner inside its network; check azure_db_host and db_port.",
  ],
  [/starting up|shutting down|in recovery mode/i, 'Wait until the server is up, then run the job again.'],
  [
    /server does not support SSL/i,
    'This server speaks no TLS. Turn it on there; ssl_mode: disable sends everything in the clear.',
  ],
  [
    /certificate verify failed|provider signature failure|root certificate file|unable to get (local )?issuer/i,
    "Set ssl_root_cert to a PEM file with the root that issued the server's certificate, or correct the certificate.",
  ],
  [
    /does not match host name|server certificate for/i,
    "Set azure_db_host to a name in the server's certificate; ssl_mode: verify-ca does without the comparison.",
  ],
  [
    /password authentication failed|no password supplied/i,
    'Check the two secrets in Key Vault against what the server knows: the user name, and the password.',
  ],
  [
    /no pg_hba\.conf entry|no encryption/i,
    'The server lets no such connection in: check ssl_mode, the user, and its access rules.',
  ],
  [/database ".*" does not exist/is, 'Check db_name, upper and lower case and spaces included.'],
  [
    /permission denied for database|CONNECT privilege/i,
    'Let the role connect: GRANT CONNECT ON DATABASE … TO … .',
  ],
  [
    /too many (connections|clients)|remaining connection slots/i,
    'Wait for sessions to end, then run the job again.',
  ],
  [
    /permission denied for|must be owner|row-level security/i,
    'Give the role the rights that are missing; one that owns every object of the database has them all.',
  ],
  [
    /lock timeout|could not obtain lock|waiting for lock/i,
    'Another session holds a lock that is in the way. Run the job again when it is gone.',
  ],
  [/no space left|disk full/i, 'Make room on the disk, then run the job again.'],
  [
    /invalid LC_(COLLATE|CTYPE)|locale name|could not (create|open) locale|conflicting locale/i,
    'The server lacks the locale that the backup was made with. Restore to a server that has it.',
  ],
  [
    /is being accessed by other users/i,
    'End the other sessions in the database (pg_stat_activity shows them), or let the role do so (pg_signal_backend), then ' +
      'run the job again.',
  ],
  [
    /members of "azure_pg_admin" are allowed/i,
    'Make the role a member, as the administrator of the server: GRANT azure_pg_admin TO … .',
  ],
  [
    /permission denied to create extension|is not allow-listed|extension ".*" is not available|could not open extension control file/i,
    'Allow the extension on the server (on Azure with the server parameter azure.extensions), then run the job again.',
  ],
];

/** Whether a message says that the connection was lost. */
export function isLostConnection(message: string): boolean {
  return lostConnection.test(message);
}

/** What to do about a message of libpq or the server, where that is known. */
export function adviceFor(message: string): string | undefined {
  return advices.find(([pattern]) => pattern.test(message))?.[1];
}

/** The cause of a failed psql, pg_dump or pg_restore in the words of the program and the server, and what to do. */
export function explainServerError(error: ProcessFailure): { cause: string; advice: string } {
  const cause = essence(error.stderr) || endOf(error);
  return { cause, advice: adviceFor(error.stderr) ?? "See the server's message, then run the job again." };
}

/** How a program ended, where it said nothing itself: `pg_restore exited with status 137`. */
export function endOf({ program, ending }: ProcessFailure): string {
  return `${path.basename(program)} ${ending}`;
}

/** The lines that say what is wrong, without the names of programs in front and without repetitions. */
function essence(stderr: string): string {
  const lines = stderr
    .split('\n')
    .map((line) => line.replace(/^(psql|pg_dump|pg_restore)(:<stdin>:\d+)?: (error: )?/, '').trimEnd())
    .filter((line) => line.trim() !== '');
  return [...new Set(lines)].slice(-12).join('\n');
}
