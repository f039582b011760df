import { expect, test } from 'vitest';
import { problemWithBlobName } from '../../src/azure/name-rules.ts';
import { quoted } from '../../src/base/format.ts';
import { toMetadata } from '../../src/jobs/archive/record.ts';
import { parseDefinitions } from '../../src/postgres/archive/definitions.ts';
import { givesOwner } from '../../src/postgres/archive/ownership.ts';
import { adviceForArchive } from '../../src/postgres/archive/read.ts';
import { parseContents } from '../../src/postgres/archive/table-of-contents.ts';
import { parseForeignKey } from '../../src/postgres/archive/without-rows.ts';
import { optionLines, problemWithToolOptions } from '../../src/postgres/client/tool-options.ts';
import { parseCompression } from '../../src/postgres/dump/compression.ts';
import { oversizedTable } from '../../src/postgres/dump/oversized.ts';
import { adviceFor } from '../../src/postgres/errors/advice.ts';
import { isLockTimeout, isOfServer } from '../../src/postgres/errors/kinds.ts';
import { describeError } from '../../src/postgres/restore/errors/describe.ts';
import { adviceOnFunctions } from '../../src/postgres/restore/errors/functions.ts';
import { collectErrors } from '../../src/postgres/restore/errors/messages.ts';
import { connectionString } from '../../src/postgres/session/connection.ts';
import { holdsCredential, identifier, listElements, literal } from '../../src/postgres/session/sql-text.ts';
import { superlinear } from '../support/fuzz/growth.ts';
import { fragments } from '../support/fuzz/hostile-text.ts';

const error = (message: string) => ({ entry: 'TABLE DATA t o', message, statement: '' });

/** What takes text that somebody else may have written, of any length. */
const readers: Record<string, (text: string) => unknown> = {
  problemWithBlobName,
  quoted,
  record: (text) => toMetadata({ icu_rules: text } as Parameters<typeof toMetadata>[0]),
  parseForeignKey,
  parseCompression,
  connectionString,
  parseDefinitions,
  adviceForArchive,
  describeError: (text) => describeError(error(text)),
  collectErrors: (text) => {
    const collected = collectErrors();
    for (const line of text.split('\n')) collected.take(line);
    return collected.result();
  },
  holdsCredential,
  isOfServer,
  adviceFor,
  isLockTimeout,
  oversizedTable,
  adviceOnFunctions: (text) => adviceOnFunctions(error(text)),
  givesOwner,
  sqlText: (text) => [identifier(text), literal(text), listElements(text)],
  parseContents,
  optionLines,
  problemWithToolOptions: (text) => problemWithToolOptions('pg_dump', text),
};

const beginnings = [
  '',
  '"',
  "'",
  '$a$',
  'pg_restore: error: ',
  'COPY failed for table "',
  '--x ',
  'CONTEXT:  ',
];

test.each(Object.keys(readers))(
  '%s takes four times as long for four times as much, whatever it is',
  { timeout: 600_000 },
  (name) => {
    const read = readers[name] ?? (() => {});
    const found = beginnings.flatMap((beginning, index) =>
      fragments.flatMap((fragment) => {
        // Every fragment with the first beginning, a part of them with the others.
        if (index > 0 && !/["'$:(]|\s/.test(fragment)) return [];
        const text = (length: number) =>
          `${beginning}${fragment.repeat(Math.ceil(length / fragment.length))}x`;
        const longest = superlinear((length) => {
          const given = text(length);
          return () => read(given);
        }, 4_000);
        return longest === undefined
          ? []
          : [`${JSON.stringify(beginning)} and ${JSON.stringify(fragment)}: ${longest}`];
      }),
    );
    expect(found).toEqual([]);
  },
);
