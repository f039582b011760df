import { inOneLine } from '../../base/format.ts';
import { ProcessFailure } from '../../base/process.ts';

/**
 * Why a program could not connect.
 * - `passing`: the server, or the way to it, says that it will be there again.
 * - `doubtful`: nobody answers, which passes where it worked before, and is mostly a wrong name or a firewall where it did not.
 * - `rejected`: the server does not take the login, or refuses in words that are not known and name somebody.
 * - `final`: anything else.
 */
export interface ConnectFailure {
  kind: 'passing' | 'doubtful' | 'rejected' | 'final';
  /** Whether it is the server that said it, or a pooler in its place. */
  answered: boolean;
  /** What was said, on one line. */
  said: string;
}

/** How libpq begins a message when it could not connect, in English by LC_ALL; nothing was done before, where it stands first. */
const notConnected =
  /^(?:pg_restore: connecting to (?:new )?database[^\n]*\n)*(?:psql: error: |(?:pg_dump|pg_restore): error: (?=connection to |could not translate host name |could not connect ))/;

/**
 * Why a program could not connect; undefined if it could, or ended for another reason. Only what failed before anything was done
 * counts: a session that is lost later, or a worker of pg_restore that connects later, is another matter.
 */
export function connectFailure(error: unknown): ConnectFailure | undefined {
  if (!(error instanceof ProcessFailure) || !notConnected.test(error.stderr)) return undefined;
  const text = error.stderr.replace(notConnected, '').slice(0, longestLookedInto);
  const answers = [...text.matchAll(answerOfServer)].map(([, answer = '']) => answer);
  const answer = answers.find((each) => kindOfAnswer(each) === 'passing') ?? answers[0];
  if (answer !== undefined) return { kind: kindOfAnswer(answer), answered: true, said: inShort(answer) };
  const [first = ''] = text.split('\n');
  const said = inShort(first.replace(/^connection to .*? failed: /, ''));
  return { kind: kindOfNetwork(text), answered: false, said };
}

const longestLookedInto = 4_000;

function inShort(text: string): string {
  return inOneLine(text.trim().slice(0, 200));
}

/**
 * What a server says, after how severe it is, in its own language: `failed: FATAL:  `. The two spaces are libpq's. One before 14 says
 * nothing of itself before that, and psql of that time `could not connect to server: `. Each address of a host may answer.
 */
const answerOfServer = /(?:^| failed: |could not connect to server: )\p{L}{2,20}: {2}([^\n]*)/gu;

/** Of servers and poolers, which come before any database and name none, nor a role. */
const passingAnswer =
  /^the database system is |too many clients|remaining connection slots|too many connections for|terminating connection|authentication due to timeout|no more connections allowed|query_wait_timeout|server_login_retry|server login has been failing/i;

const rejectedLogin =
  /password authentication failed|SASL authentication failed|access token has expired|authentication failed for user/i;

/** Words that are in almost any English message, and in none of the other languages that a server speaks. */
const english = /\b(?:the|is|are|was|has|been|for|not|of|failed|required?|invalid|unsupported|such)\b/i;

/** Any quotation marks of the languages of PostgreSQL but the apostrophe. */
const quotationMark = /["«»„“”「」『』]/;

/**
 * libpq does not tell the SQLSTATE of an error at the start of a session. In another language than English, what the server says of
 * itself (it starts, it has no room) names neither a role nor a database; what it says of a login does.
 */
function kindOfAnswer(answer: string): ConnectFailure['kind'] {
  if (passingAnswer.test(answer)) return 'passing';
  if (rejectedLogin.test(answer)) return 'rejected';
  if (english.test(answer)) return 'final';
  return quotationMark.test(answer) ? 'rejected' : 'passing';
}

const finalNetwork =
  /certificate|SSL error|does not support SSL|SSL was required|SSL negotiation|authentication request|no password supplied|authentication method|root\.crt/i;

const doubtfulNetwork =
  /timeout expired|timed out|connection refused|no route to host|(?:network|host) is unreachable|name or service not known|no address associated|non-recoverable failure/i;

const passingNetwork =
  /server closed the connection|connection reset|broken pipe|SSL SYSCALL|SSL connection has been closed|could not (?:receive|send)|temporary failure in name resolution|system lacks/i;

/** What libpq says itself, of one address of the host or of several: one that may answer soon is enough. */
function kindOfNetwork(text: string): ConnectFailure['kind'] {
  if (finalNetwork.test(text)) return 'final';
  if (passingNetwork.test(text)) return 'passing';
  return doubtfulNetwork.test(text) ? 'doubtful' : 'final';
}
