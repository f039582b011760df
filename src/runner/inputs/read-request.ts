import { problemWithBlobName } from '../../azure/name-rules.ts';
import { latestName, type Request, type Source } from '../../jobs/request.ts';
import { allowedCompression, parseCompression } from '../../postgres/dump/compression.ts';
import { isSystemDatabase, problemWithDatabaseName } from '../../postgres/server/database-names.ts';
import { getInput } from '../commands.ts';
import { readClientInputs } from './client.ts';
import { InputError, secretInputNames } from './error.ts';
import { warnOfIgnored } from './ignored.ts';
import { readKeeping } from './keeping.ts';
import { readPlace } from './place.ts';
import { type Reader, reader, readToolOptions } from './reader.ts';
import { readRestoreInputs } from './restore.ts';
import { readRetention } from './retention.ts';
import { readServer } from './server.ts';
import { hostsOf, readSource } from './source.ts';
import { readSecretNames } from './vault.ts';

/** The values of the inputs that usually are secrets, by the inputs' names. */
export function inputsToMask(): Record<string, string> {
  return Object.fromEntries(
    secretInputNames.map((name) => [name, getInput(name).trim()]).filter(([, value]) => value !== ''),
  );
}

const jobs = ['backup', 'restore', 'list', 'prune', 'protect', 'unprotect', 'check'] as const;

type Job = (typeof jobs)[number];

/** Those that connect to the server. */
const onServer: ReadonlySet<string> = new Set<Job>(['backup', 'restore', 'check']);

/** Those for which it matters whose a backup is. */
const bySource: ReadonlySet<string> = new Set<Job>(['backup', 'restore', 'list', 'prune', 'check']);

/** Those that are told a backup by its name. */
const withBackup: ReadonlySet<string> = new Set<Job>(['restore', 'protect', 'unprotect']);

/**
 * Reads every input of the action, once, and checks all of them before anything is contacted.
 * @throws InputError that lists all problems together
 */
export function readRequest(): Request {
  const problems: string[] = [];
  const read = reader(problems);

  const job = read('job_to_run', {
    check: (value) => (isJob(value) ? undefined : `must be ${jobs.join(', ').replace(/, (\w+)$/, ' or $1')}`),
  });
  const connects = onServer.has(job) || !isJob(job);
  const source = readSource(read);
  const database = read('db_name', {
    check: (value) => problemWithTarget(value, job),
    optional: !connects && (job !== 'prune' || source.database !== ''),
    exact: true,
  });
  const place = readPlace(read);
  const backupFileName = readBackupFileName(read, job, place.store.folder);

  const secrets = readSecretNames(read, place.cloud, !connects);
  const server = readServer(read, !connects && (withBackup.has(job) || source.hosts !== undefined));
  if (source.isEveryHost && bySource.has(job) && job !== 'list')
    problems.push('source_db_host must be host names; only a list takes * for every server');
  const compression = parseCompression(
    read('compression', {
      check: (value) => (parseCompression(value) ? undefined : `must be ${allowedCompression}`),
      fallback: 'auto',
    }),
  );
  const dumpOptions = readToolOptions(read, 'pg_dump');
  const restoring = readRestoreInputs(read, problems);
  const client = readClientInputs(read);
  const keeping = readKeeping(read, job === 'protect');
  const { retention, maxAgeHours } = readRetention(read, job === 'prune', problems);

  if (problems.length > 0 || !isJob(job) || !compression) throw new InputError(problems);
  warnOfIgnored(job, database, retention);
  const { tier, protect } = keeping;
  const whose: Source = {
    hosts: source.isEveryHost ? undefined : (source.hosts ?? hostsOf(server.host)),
    database: source.database || database,
  };
  const common = { database, ...place };
  const connected = { ...common, secrets, server, client };
  switch (job) {
    case 'backup':
      return {
        ...{ job, ...connected, compression, dumpOptions },
        ...(tier && { tier }),
        ...(protect !== '' && { protect }),
        ...(retention && { retention }),
        source: { hosts: [...new Set([...hostsOf(server.host), ...(source.hosts ?? [])])], database },
      };
    case 'restore':
      return { job, ...connected, backupFileName, ...restoring, source: whose };
    case 'list':
      return { job, ...common, source: whose, ...(maxAgeHours !== undefined && { maxAgeHours }) };
    case 'prune':
      if (!retention) throw new InputError(problems); // readRetention has told that
      return { job, ...common, source: whose, retention };
    case 'protect':
    case 'unprotect':
      return { job, ...common, backupFileName, protect: job === 'protect' ? protect : '' };
    case 'check': {
      const { strategy, restoreOptions } = restoring;
      const asBackup = { compression, dumpOptions, ...(tier && { tier }) };
      return { job, ...connected, ...asBackup, source: whose, strategy, restoreOptions };
    }
  }
}

function isJob(value: string): value is Job {
  return jobs.some((job) => job === value);
}

function problemWithTarget(database: string, job: string): string | undefined {
  return job === 'restore' && isSystemDatabase(database)
    ? "must not be one of the server's own databases, which a restore never replaces"
    : problemWithDatabaseName(database);
}

/** @returns the blob's whole name, `latest`, or nothing */
function readBackupFileName(read: Reader, job: string, folder: string): string {
  const name = read('backup_file_name', {
    check: (value) =>
      value === latestName && withBackup.has(job) && job !== 'restore'
        ? `must name one backup for ${job}: which one is the latest may have changed by then`
        : problemWithBlobName(value.startsWith(folder) ? value : `${folder}${value}`),
    optional: !withBackup.has(job),
    exact: true,
  });
  return name === '' || name === latestName || name.startsWith(folder) ? name : `${folder}${name}`;
}
