import { Readable } from 'node:stream';
import { RestError } from '@azure/core-rest-pipeline';
import { secretPartsOf } from '../../../src/azure/json-response.ts';
import { problemWithBlobName } from '../../../src/azure/name-rules.ts';
import { detailOf } from '../../../src/azure/rest-error.ts';
import { explainEntraError } from '../../../src/azure/sign-in/errors.ts';
import { partsOfBackupName } from '../../../src/azure/storage/backup-names.ts';
import { rehydrateAdvice } from '../../../src/azure/storage/blob-commands.ts';
import { explainVaultError } from '../../../src/azure/vault/errors.ts';
import { firstSentence, quoted, shortened, visible } from '../../../src/base/format.ts';
import { linesOf } from '../../../src/base/lines.ts';
import { ProcessFailure } from '../../../src/base/process.ts';
import { explainSystemError } from '../../../src/base/system-errors.ts';
import { fromMetadata, parseVersions, toMetadata } from '../../../src/jobs/archive/metadata.ts';
import { explainForeignFormat } from '../../../src/postgres/archive/foreign-format.ts';
import { ArchiveError } from '../../../src/postgres/archive/header.ts';
import { adviceForArchive } from '../../../src/postgres/archive/read.ts';
import { mayBePartial } from '../../../src/postgres/client/selection-options.ts';
import { optionLines, problemWithToolOptions } from '../../../src/postgres/client/tool-options.ts';
import { parseCompression } from '../../../src/postgres/dump/compression.ts';
import { oversizedTable } from '../../../src/postgres/dump/oversized.ts';
import { excludesExtension, excludesTableData } from '../../../src/postgres/dump/patterns.ts';
import { adviceFor } from '../../../src/postgres/errors/advice.ts';
import { explainServerError } from '../../../src/postgres/errors/explain.ts';
import { isLockTimeout, isOfServer } from '../../../src/postgres/errors/kinds.ts';
import { redactLine, redactValues } from '../../../src/postgres/errors/redact-values.ts';
import { readRestoreMark } from '../../../src/postgres/properties/restore-mark.ts';
import { parseGrants } from '../../../src/postgres/properties/serialize.ts';
import { adviceForRestore } from '../../../src/postgres/restore/errors/advice.ts';
import { describeError } from '../../../src/postgres/restore/errors/describe.ts';
import { collectErrors } from '../../../src/postgres/restore/errors/messages.ts';
import { connectionString, optionsOf } from '../../../src/postgres/session/connection.ts';
import { setCommands } from '../../../src/postgres/session/psql.ts';
import {
  holdsCredential,
  identifier,
  listElements,
  literal,
} from '../../../src/postgres/session/sql-text.ts';
import { escapedForms } from '../../../src/runner/masking.ts';
import { summaryOfFailure } from '../../../src/runner/page/failure-summary.ts';
import { code, inProse, sqlBlock } from '../../../src/runner/page/markdown.ts';

/** Something that takes a text which somebody else may have written, of any length. */
export interface Reader {
  read(text: string): unknown;
  /** What the text may begin with, for it to be looked into at all. */
  beginnings?: readonly string[];
  /** Of the shorter of two texts that are compared, in characters; 4,000 without it. */
  length?: number;
  /** It takes time for each sign: those that mean no more than others are left out. */
  lexes?: true;
}

const signIn = {
  clientId: 'client',
  tenantId: 'tenant',
  authorityHost: 'https://login.microsoftonline.com',
  assertion: 'e30.e30.x',
};
const secret = {
  vaultName: 'kv',
  tenantId: 'tenant',
  clientId: 'client',
  name: 'user',
  input: 'db_user_secret_name',
} as const;

/** Errors as pg_restore reports them, with all that is kept of a text. */
function errorsIn(text: string): ReturnType<ReturnType<typeof collectErrors>['result']>['found'] {
  const collected = collectErrors();
  collected.take('pg_restore: from TOC entry 3; 1259 16385 TABLE DATA t owner');
  for (const line of `pg_restore: error: COPY failed for table "t": ERROR:  ${text}`.split('\n'))
    collected.take(line);
  return collected.result().found;
}

const ofErrors = [
  '',
  'x violates check constraint "',
  '\nDETAIL:  Key (',
  '\nCONTEXT:  ',
  '\nQUERY:  x\nLINE 1: ',
];

/** What takes the words of servers and programs. */
export const ofMessages: Readonly<Record<string, Reader>> = {
  adviceForArchive: { read: adviceForArchive },
  collectErrors: {
    read: (text) => {
      for (const several of [false, true]) {
        const collected = collectErrors(() => {}, several);
        for (const line of text.split('\n')) collected.take(line);
        collected.result();
      }
    },
    beginnings: ['', 'pg_restore: error: ', 'pg_restore: error: COPY failed for table "', 'Command was: '],
  },
  describeError: { read: (text) => errorsIn(text).map(describeError), beginnings: ofErrors },
  adviceForRestore: {
    read: (text) => errorsIn(text).map((error) => adviceForRestore(error)),
    beginnings: ofErrors,
  },
  withoutValues: {
    read: (text) =>
      errorsIn(text).map(({ message }) => redactValues(message, [message.slice(0, 2_000)], 't')),
    beginnings: ofErrors,
  },
  lineWithoutValues: { read: (text) => redactLine(text, () => false) },
  holdsCredential: { read: holdsCredential },
  isOfServer: { read: isOfServer },
  adviceFor: { read: adviceFor },
  isLockTimeout: { read: isLockTimeout, beginnings: ['', 'canceling statement due to lock timeout'] },
  oversizedTable: { read: oversizedTable, beginnings: ['', 'DETAIL: ', 'Command was: COPY "'] },
  explainServerError: {
    // As much as a failed program's words are kept.
    read: (text) => {
      const lines = text.split('\n').slice(-100);
      const kept = lines.map((line) => line.slice(0, 4_000)).join('\n');
      return explainServerError(new ProcessFailure('pg_dump', 'ended', 1, `CONTEXT:  x\n${kept}`));
    },
    beginnings: ['', 'pg_dump: error: ', 'ERROR:  '],
  },
  linesOf: {
    read: (text) => {
      const stream = new Readable({ read() {} });
      linesOf(stream, () => {}, Number.POSITIVE_INFINITY);
      for (let at = 0; at < text.length; at += 1_024)
        stream.emit('data', Buffer.from(text.slice(at, at + 1_024)));
      stream.emit('end');
    },
  },
  detailOf: { read: (text) => detailOf(new RestError(text, { code: 'x' })) },
  secretPartsOf: { read: secretPartsOf, beginnings: ['', '{"value": "', '{"access_token":"'] },
  explainEntraError: {
    read: (text) => explainEntraError(new Error(text), signIn),
    beginnings: ['', 'AADSTS1: '],
  },
  explainVaultError: {
    read: (text) => explainVaultError(new RestError(text, { statusCode: 403, code: 'Forbidden' }), secret),
    beginnings: ['', 'authorization="https://', 'Client address: '],
  },
  explainSystemError: {
    read: (text) =>
      ['ENOTFOUND', 'ECONNREFUSED', 'ERR_TLS_CERT_ALTNAME_INVALID'].map((code) =>
        explainSystemError(Object.assign(new Error(text), { code })),
      ),
    beginnings: ['', "in the cert's altnames: ", 'getaddrinfo ENOTFOUND ', 'connect ECONNREFUSED '],
  },
};

const notes = [{ text: 'x\n' }];

/** What takes names, values, options and what is written down of a backup, and what shows them. */
export const ofValues: Readonly<Record<string, Reader>> = {
  problemWithBlobName: { read: problemWithBlobName },
  partsOfBackupName: { read: partsOfBackupName },
  toRehydrate: { read: (name) => rehydrateAdvice({ account: 'a', container: name, name }) },
  quoted: { read: quoted },
  visible: { read: visible },
  shortened: { read: (text) => shortened(text, 100) },
  firstSentence: { read: firstSentence },
  code: { read: code },
  inProse: { read: inProse },
  sqlBlock: { read: sqlBlock },
  summaryOfFailure: { read: (text) => summaryOfFailure('x', new Error(text), { warnings: notes }) },
  escapedForms: { read: escapedForms },
  record: { read: (text) => toMetadata({ icu_rules: text } as Parameters<typeof toMetadata>[0]) },
  metadata: {
    read: (text) => [
      parseVersions(fromMetadata({ extensions: text })),
      parseGrants(text),
      mayBePartial(text),
    ],
    beginnings: ['', '[', '[{"'],
  },
  readRestoreMark: { read: (text) => readRestoreMark(text) },
  parseCompression: { read: parseCompression, beginnings: ['', 'zstd:'] },
  connectionString: { read: connectionString },
  psql: { read: (text) => [setCommands({ x: text }), optionsOf({ x: text })] },
  sqlText: { read: (text) => [identifier(text), literal(text), listElements(text)], beginnings: ['', '"'] },
  optionLines: { read: optionLines },
  problemWithToolOptions: {
    read: (text) => problemWithToolOptions('pg_dump', text),
    beginnings: ['', '--x ', '--x "', '-x'],
  },
  patterns: {
    read: (text) => [
      excludesTableData([`--exclude-table-data=${text}`], { schema: 'a', name: 'a'.repeat(63) }),
      excludesTableData(['--exclude-table-data=*a*b'], { schema: 'a', name: text }),
      excludesExtension(['-e', text], 'a'.repeat(63)),
    ],
    beginnings: ['', '"'],
  },
  explainForeign: { read: (text) => explainForeignFormat(Buffer.from(text), new ArchiveError('x')) },
};
